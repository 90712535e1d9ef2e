//! The PERT distribution: a beta distribution with given least, most likely and greatest value (Malcolm and others,
//! 1959; Vose's λ), drawn through a table of its quantiles.
//!
//! A draw costs a look-up and an interpolation instead of two gamma variates. The two outermost cells, where the quantile
//! function bends most, have finer tables, and at their very ends the quantile is computed exactly.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Least, most likely and greatest value, and how much the most likely one weighs.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Pert {
    /// Least value.
    pub min: f64,
    /// Most likely value.
    pub mode: f64,
    /// Greatest value.
    pub max: f64,
    /// Weight of the most likely value; 4 by convention.
    #[serde(default = "four")]
    pub lambda: f64,
}

fn four() -> f64 {
    4.0
}

impl Pert {
    /// Is it a distribution: finite, in order, with a weight that is not negative?
    pub fn is_sound(&self) -> bool {
        let ordered = self.min <= self.mode && self.mode <= self.max;
        ordered
            && self.lambda >= 0.0
            && [self.min, self.max, self.lambda].iter().all(|value| value.is_finite())
    }

    /// Both shapes of the beta distribution.
    pub fn shapes(&self) -> (f64, f64) {
        let width = self.max - self.min;
        if width <= 0.0 {
            return (1.0, 1.0);
        }
        let rise = self.lambda * (self.mode - self.min) / width;
        (1.0 + rise, 1.0 + self.lambda - rise)
    }

    /// `(min + λ mode + max) / (λ + 2)`.
    pub fn mean(&self) -> f64 {
        (self.min + self.lambda * self.mode + self.max) / (self.lambda + 2.0)
    }

    /// `(mean − min)(max − mean) / (λ + 3)`.
    pub fn variance(&self) -> f64 {
        let mean = self.mean();
        (mean - self.min) * (self.max - mean) / (self.lambda + 3.0)
    }
}

/// Cells of a table of quantiles.
const CELLS: usize = 512;
/// Cells of each of the two outermost ones.
const EDGE_CELLS: usize = 32;
/// Weights of the most likely value up to which the distribution is smooth enough for [`smooth_knots`].
const SMOOTH: f64 = 12.0;

/// A PERT distribution ready to be drawn from.
#[derive(Clone, Debug, PartialEq)]
pub struct Sampler {
    pert: Pert,
    knots: Box<[f64; CELLS + 1]>,
    /// Finer knots of the first and of the last cell, where the quantile function bends most.
    edges: [Vec<f64>; 2],
}

impl Sampler {
    /// The table of a distribution.
    pub fn new(pert: Pert) -> Self {
        let (a, b) = pert.shapes();
        let norm = ln_beta(a, b);
        let exact = |p: f64, low: f64| quantile_from(p, a, b, norm, low);
        let shares = if pert.lambda <= SMOOTH {
            smooth_knots(a, b, norm)
        } else {
            let mut low = 0.0;
            (0..=CELLS)
                .map(|at| {
                    low = exact(at as f64 / CELLS as f64, low);
                    low
                })
                .collect()
        };
        let scaled = |share: f64| pert.min + (pert.max - pert.min) * share;
        let edge = |cell: usize| {
            let at = |part: usize| (cell as f64 + part as f64 / EDGE_CELLS as f64) / CELLS as f64;
            (0..=EDGE_CELLS).map(|part| scaled(exact(at(part), 0.0))).collect()
        };
        let edges = [edge(0), edge(CELLS - 1)];
        let mut knots = Box::new([0.0; CELLS + 1]);
        knots.iter_mut().zip(shares).for_each(|(knot, share)| *knot = scaled(share));
        Self { pert, knots, edges }
    }

    /// The value at a probability given by 64 random bits.
    #[inline]
    pub fn draw(&self, bits: u64) -> f64 {
        let cell = (bits >> 55) as usize;
        let part = ((bits << 9) >> 11) as f64 * (1.0 / (1_u64 << 53) as f64);
        if cell == 0 || cell == CELLS - 1 {
            return self.edge(cell, part);
        }
        let low = self.knots[cell];
        low + part * (self.knots[cell + 1] - low)
    }

    #[cold]
    fn edge(&self, cell: usize, part: f64) -> f64 {
        let place = part * EDGE_CELLS as f64;
        let at = (place as usize).min(EDGE_CELLS - 1);
        let outermost = if cell == 0 { 0 } else { EDGE_CELLS - 1 };
        if at == outermost {
            let (a, b) = self.pert.shapes();
            let p = (cell as f64 + part) / CELLS as f64;
            return self.pert.min + (self.pert.max - self.pert.min) * beta_quantile(p, a, b);
        }
        let knots = &self.edges[usize::from(cell != 0)];
        knots[at] + (place - at as f64) * (knots[at + 1] - knots[at])
    }
}

/// Quantiles at even probabilities by way of the distribution function at even values: exact near the ends, Simpson's
/// rule between, and inverted within each cell by the cubic that has its ends and slopes.
fn smooth_knots(a: f64, b: f64, norm: f64) -> Vec<f64> {
    let outer = CELLS / 16;
    let value = |at: f64| at / CELLS as f64;
    let density = |x: f64| ((a - 1.0) * x.ln() + (b - 1.0) * (-x).ln_1p() - norm).exp();
    let mut below = vec![0.0; CELLS + 1];
    let mut slope = vec![0.0; CELLS + 1];
    for (at, slope) in slope.iter_mut().enumerate().take(CELLS).skip(1) {
        *slope = density(value(at as f64));
    }
    slope[0] = if a > 1.0 { 0.0 } else { (-norm).exp() };
    slope[CELLS] = if b > 1.0 { 0.0 } else { (-norm).exp() };
    for at in (0..=outer).chain(CELLS - outer..=CELLS) {
        below[at] = incomplete_beta(value(at as f64), a, b, norm);
    }
    let mut sum = below[outer];
    for at in outer..CELLS - outer {
        sum += (slope[at] + 4.0 * density(value(at as f64 + 0.5)) + slope[at + 1]) / (6.0 * CELLS as f64);
        if at + 1 < CELLS - outer {
            below[at + 1] = sum;
        }
    }
    let (mut cell, width) = (0, 1.0 / CELLS as f64);
    let mut knots = vec![0.0];
    for knot in 1..CELLS {
        let p = value(knot as f64);
        while cell + 1 < CELLS && below[cell + 1] < p {
            cell += 1;
        }
        if cell == 0 || cell == CELLS - 1 {
            // The density may rise from zero more steeply than any cubic.
            knots.push(quantile_from(p, a, b, norm, 0.0));
            continue;
        }
        let (from, rise) = (below[cell], below[cell + 1] - below[cell]);
        let (left, right) = (slope[cell] * width, slope[cell + 1] * width);
        let mut t = ((p - from) / rise).clamp(0.0, 1.0);
        for _ in 0..3 {
            let (square, cube) = (t * t, t * t * t);
            let here = (cube - 2.0 * square + t) * left
                + (3.0 * square - 2.0 * cube) * rise
                + (cube - square) * right;
            let steep = (3.0 * square - 4.0 * t + 1.0) * left
                + 6.0 * (t - square) * rise
                + (3.0 * square - 2.0 * t) * right;
            if steep > 0.0 {
                t = (t - (here - (p - from)) / steep).clamp(0.0, 1.0);
            }
        }
        knots.push(value(cell as f64 + t));
    }
    knots.push(1.0);
    knots
}

/// The quantile of a beta distribution, to about 1e-12: Newton's steps kept within a bracket.
pub fn beta_quantile(p: f64, a: f64, b: f64) -> f64 {
    quantile_from(p.clamp(0.0, 1.0), a, b, ln_beta(a, b), 0.0)
}

/// The same, known to lie above `low`.
fn quantile_from(p: f64, a: f64, b: f64, norm: f64, low: f64) -> f64 {
    if p <= 0.0 {
        return 0.0;
    }
    if p >= 1.0 {
        return 1.0;
    }
    let (mut low, mut high) = (low, 1.0);
    let mut x = if low > 0.0 {
        low + (1.0 - low) * 0.01
    } else if p < 0.5 {
        // Near its ends the distribution function is a power.
        (((p * a).ln() + norm) / a).exp().clamp(1e-12, 0.9)
    } else {
        1.0 - ((((1.0 - p) * b).ln() + norm) / b).exp().clamp(1e-12, 0.9)
    };
    for _ in 0..200 {
        let above = incomplete_beta(x, a, b, norm) - p;
        if above > 0.0 {
            high = x;
        } else {
            low = x;
        }
        let density = ((a - 1.0) * x.ln() + (b - 1.0) * (-x).ln_1p() - norm).exp();
        let next = x - above / density;
        let next = if next > low && next < high { next } else { 0.5 * (low + high) };
        if (next - x).abs() <= 1e-13 * x {
            return next;
        }
        x = next;
    }
    x
}

/// The regularised incomplete beta function by its continued fraction (Lentz's method).
fn incomplete_beta(x: f64, a: f64, b: f64, norm: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if x >= 1.0 {
        return 1.0;
    }
    let front = (a * x.ln() + b * (-x).ln_1p() - norm).exp();
    if x < (a + 1.0) / (a + b + 2.0) {
        front * fraction(x, a, b) / a
    } else {
        1.0 - front * fraction(1.0 - x, b, a) / b
    }
}

fn fraction(x: f64, a: f64, b: f64) -> f64 {
    let tiny = |value: f64| if value.abs() < 1e-300 { 1e-300 } else { value };
    let mut c = 1.0;
    let mut d = 1.0 / tiny(1.0 - (a + b) * x / (a + 1.0));
    let mut result = d;
    for m in 1..300 {
        let m = f64::from(m);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / tiny(1.0 + even * d);
        c = tiny(1.0 + even / c);
        result *= d * c;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / tiny(1.0 + odd * d);
        c = tiny(1.0 + odd / c);
        let step = d * c;
        result *= step;
        if (step - 1.0).abs() < 1e-15 {
            break;
        }
    }
    result
}

fn ln_beta(a: f64, b: f64) -> f64 {
    ln_gamma(a) + ln_gamma(b) - ln_gamma(a + b)
}

/// The logarithm of the gamma function for positive arguments: Stirling's series after a shift upwards.
fn ln_gamma(x: f64) -> f64 {
    let (mut x, mut shift) = (x, 0.0);
    while x < 12.0 {
        shift -= x.ln();
        x += 1.0;
    }
    let inverse = 1.0 / (x * x);
    let series = (1.0 / 12.0
        - inverse * (1.0 / 360.0 - inverse * (1.0 / 1260.0 - inverse * (1.0 / 1680.0 - inverse / 1188.0))))
        / x;
    shift + (x - 0.5) * x.ln() - x + 0.5 * std::f64::consts::TAU.ln() + series
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;
    use proptest::prelude::*;

    #[test]
    fn known_values() {
        assert!((ln_gamma(0.5) - std::f64::consts::PI.sqrt().ln()).abs() < 1e-12);
        assert!((ln_gamma(5.0) - 24_f64.ln()).abs() < 1e-12);
        // Beta(2, 3): I(x) = 6x² − 8x³ + 3x⁴.
        let x: f64 = 0.3;
        let exact = 6.0 * x.powi(2) - 8.0 * x.powi(3) + 3.0 * x.powi(4);
        assert!((incomplete_beta(x, 2.0, 3.0, ln_beta(2.0, 3.0)) - exact).abs() < 1e-13);
        assert!((beta_quantile(exact, 2.0, 3.0) - x).abs() < 1e-12);
        assert!((beta_quantile(0.25, 1.0, 1.0) - 0.25).abs() < 1e-12);
    }

    #[test]
    fn knots_are_quantiles() {
        for (a, b) in [(1.0, 5.0), (1.05, 4.95), (1.5, 4.5), (3.95, 2.05), (5.0, 1.0), (7.0, 7.0), (1.0, 1.0)]
        {
            for (at, knot) in smooth_knots(a, b, ln_beta(a, b)).iter().enumerate() {
                let exact = beta_quantile(at as f64 / CELLS as f64, a, b);
                assert!((knot - exact).abs() < 2e-6, "Beta({a}, {b}) at {at}: {knot} is not {exact}");
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]
        #[test]
        fn draws_have_the_moments_of_the_distribution(min in -2.0..2.0, width in 0.01..5.0, at in 0.0..1.0, lambda in 0.0..12.0) {
            let pert = Pert { min, mode: min + at * width, max: min + width, lambda };
            let sampler = Sampler::new(pert);
            let n = 20_000;
            // Evenly spread probabilities integrate the table itself.
            let values: Vec<f64> = (0..n).map(|i| sampler.draw((((i as f64 + 0.5) / f64::from(n)) * 2_f64.powi(64)) as u64)).collect();
            let mean = values.iter().sum::<f64>() / f64::from(n);
            let variance = values.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / f64::from(n);
            prop_assert!((mean - pert.mean()).abs() < 2e-4 * width);
            prop_assert!((variance - pert.variance()).abs() < 4e-4 * width * width);
            prop_assert!(values.windows(2).all(|pair| pair[0] <= pair[1] + 1e-12));
            let mut random = Random::new(3);
            prop_assert!((0..100).map(|_| sampler.draw(random.bits())).all(|v| v >= min - 1e-9 && v <= min + width + 1e-9));
        }
    }
}
