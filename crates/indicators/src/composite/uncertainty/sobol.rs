//! Which factor the variance of an output hangs on.

use crate::composite::statistics::quantile;
use rand_pcg::{
    Pcg64Mcg,
    rand_core::{Rng, SeedableRng},
};

/// The share of an output's variance that a factor explains, with a bootstrap interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Index {
    /// First order: alone.
    pub first: f64,
    /// Total: with all its interactions.
    pub total: f64,
    /// 90 % interval of the first order.
    pub first_interval: (f64, f64),
    /// 90 % interval of the total.
    pub total_interval: (f64, f64),
}

/// Points of the unit cube in Saltelli's radial design: A, B, then for each factor A with that factor from B; `n` rows
/// each (Saltelli et al., 2010, Computer Physics Communications 181(2):259–270). Points are a Sobol sequence with
/// Owen's scrambling (Burley, 2020, Journal of Computer Graphics Techniques 9(4)). At most 2^16 rows.
pub fn design(n: usize, factors: usize, seed: u32) -> Vec<Vec<f64>> {
    let point =
        |row: usize, dimension: usize| f64::from(sobol_burley::sample(row as u32, dimension as u32, seed));
    let a = |row: usize| (0..factors).map(|factor| point(row, factor)).collect::<Vec<f64>>();
    let b = |row: usize| (0..factors).map(|factor| point(row, factors + factor)).collect::<Vec<f64>>();
    let mixed = |row: usize, varied: usize| {
        let mut x = a(row);
        x[varied] = point(row, factors + varied);
        x
    };
    let (first, second) = ((0..n).map(a), (0..n).map(b));
    first
        .chain(second)
        .chain((0..factors).flat_map(|varied| (0..n).map(move |row| mixed(row, varied))))
        .collect()
}

/// First-order indices by Saltelli et al. (2010), total ones by Jansen (1999, Computer Physics Communications
/// 117:35–43), from the outputs `y` of a [`design`], in its order. A constant output has indices of zero.
pub fn indices(y: &[f64], n: usize, resamples: usize, seed: u64) -> Vec<Index> {
    let factors = y.len() / n - 2;
    let (a, b) = (&y[..n], &y[n..2 * n]);
    let terms: Vec<Terms> = (0..factors).map(|at| Terms::of(a, b, &y[(2 + at) * n..(3 + at) * n])).collect();
    let once = vec![1.0; n];
    let whole = variance(a, b, &once);
    let mut drawn: Vec<Vec<(f64, f64)>> = vec![Vec::with_capacity(resamples); factors];
    let mut random = Pcg64Mcg::seed_from_u64(seed);
    let mut times = vec![0.0; n];
    for _ in 0..resamples {
        times.fill(0.0);
        for _ in 0..n {
            let row = (u128::from(random.next_u64()) * n as u128) >> 64;
            times[row as usize] += 1.0;
        }
        let variance = variance(a, b, &times);
        for (terms, drawn) in terms.iter().zip(&mut drawn) {
            drawn.push(terms.estimate(&times, variance));
        }
    }
    terms
        .iter()
        .zip(&drawn)
        .map(|(terms, drawn)| {
            let (first, total) = terms.estimate(&once, whole);
            let (firsts, totals): (Vec<f64>, Vec<f64>) = drawn.iter().copied().unzip();
            let interval = |x: &[f64]| (quantile(x, 0.05), quantile(x, 0.95));
            Index { first, total, first_interval: interval(&firsts), total_interval: interval(&totals) }
        })
        .collect()
}

/// What each row adds to the estimates of one factor.
struct Terms {
    first: Vec<f64>,
    total: Vec<f64>,
}

impl Terms {
    fn of(a: &[f64], b: &[f64], mixed: &[f64]) -> Self {
        let rows = || a.iter().zip(b).zip(mixed);
        Self {
            first: rows().map(|((a, b), mixed)| b * (mixed - a)).collect(),
            total: rows().map(|((a, _), mixed)| (a - mixed).powi(2)).collect(),
        }
    }

    /// First-order and total index, each row taken so many times.
    fn estimate(&self, times: &[f64], variance: f64) -> (f64, f64) {
        if variance <= 0.0 {
            return (0.0, 0.0);
        }
        let n = times.len() as f64;
        let sum = |terms: &[f64]| terms.iter().zip(times).map(|(term, times)| term * times).sum::<f64>();
        (sum(&self.first) / n / variance, sum(&self.total) / (2.0 * n) / variance)
    }
}

/// Sample variance of A and B together, each row taken so many times.
fn variance(a: &[f64], b: &[f64], times: &[f64]) -> f64 {
    let n = 2.0 * times.iter().sum::<f64>();
    let rows = || a.iter().zip(b).zip(times);
    let mean = rows().map(|((a, b), times)| (a + b) * times).sum::<f64>() / n;
    rows().map(|((a, b), times)| ((a - mean).powi(2) + (b - mean).powi(2)) * times).sum::<f64>() / (n - 1.0)
}
