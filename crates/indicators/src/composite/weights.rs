//! Weights of the children of a node: given, equal, or from the data. Every method gives weights that sum to one.

use super::{
    linear,
    matrix::Matrix,
    statistics::{Correlation, correlation, deviation, greatest, least, sum_of, variance},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where the weights of a node's children come from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "method", rename_all = "snake_case", deny_unknown_fields)]
pub enum Weighting {
    /// As declared beside each child; one where nothing is said.
    #[default]
    Given,
    /// All the same.
    Equal,
    /// By how unevenly a column's sum is spread (Shannon, 1948; Hwang and Yoon, 1981).
    Entropy,
    /// By contrast and conflict: deviation × Σ(1 − correlation), columns scaled to their range (Diakoulaki, Mavrotas
    /// and Papayannakis, 1995, Computers & Operations Research 22(7):763–770).
    Critic,
    /// By what removing a column does to the scores (Keshavarz-Ghorabaee et al., 2021, Symmetry 13(4):525).
    Merec,
    /// By the standard deviation of columns scaled to their range (Wang and Luo, 2010).
    StandardDeviation,
    /// By the variance of columns scaled to their range.
    Variance,
    /// By the Gini coefficient of each column (Li and Chi, 2009).
    Gini,
    /// By least relative impact loss (Zavadskas and Podvezko, 2016, IJITDM 15(2):267–283).
    Cilos,
    /// Entropy and impact loss together (Zavadskas and Podvezko, 2016).
    Idocriw,
    /// By the angle between each column and the constant one (Shuai et al., 2012).
    Angle,
    /// Squared loadings of the first principal component.
    PrincipalComponent,
    /// Pairwise judgements, principal eigenvector (Saaty, 1977, Journal of Mathematical Psychology 15(3):234–281).
    Ahp {
        /// Row over column, on Saaty's scale.
        judgements: Vec<Vec<f64>>,
    },
}

/// Weights with what must be known about them.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights {
    /// One a child, summing to one.
    pub weights: Vec<f64>,
    /// Saaty's consistency ratio, for pairwise judgements.
    pub consistency: Option<f64>,
    /// Children whose columns tell nothing: constant, or without positive values where logarithms are taken.
    pub dull: Vec<usize>,
}

impl Weighting {
    /// The weights; `given` stands beside the children. Units that lack a value are left out. A child that tells
    /// nothing gets no weight; where none tells anything, all get the same.
    pub fn of(&self, children: &Matrix, given: &[f64]) -> Weights {
        let n = children.columns();
        if let Self::Given = self {
            return weights(given.to_vec(), vec![]);
        }
        if let Self::Equal = self {
            return weights(vec![1.0; n], vec![]);
        }
        if let Self::Ahp { judgements } = self {
            let (lambda, vector) = linear::dominant(judgements);
            return Weights { consistency: Some(consistency(lambda, n)), ..weights(vector, vec![]) };
        }
        let whole = children.whole_rows();
        let x = children.of_rows(&whole);
        let takes_logs = matches!(self, Self::Entropy | Self::Merec);
        let tells = |column: &[f64]| {
            column.iter().any(|x| *x != column[0]) && !(takes_logs && column.iter().any(|x| *x < 0.0))
        };
        let (telling, dull): (Vec<usize>, Vec<usize>) = (0..n).partition(|at| tells(x.column(*at)));
        if telling.is_empty() || whole.len() < 2 {
            return weights(vec![1.0; n], dull);
        }
        let of_telling =
            if dull.is_empty() { self.of_columns(&x) } else { self.of_columns(&x.pick_columns(&telling)) };
        let mut all = vec![0.0; n];
        for (at, weight) in telling.into_iter().zip(of_telling) {
            all[at] = weight;
        }
        weights(all, dull)
    }

    fn of_columns(&self, x: &Matrix) -> Vec<f64> {
        match self {
            Self::Entropy => x.each().map(|column| 1.0 - entropy(column)).collect(),
            Self::Critic => critic(x),
            Self::Merec => merec(x),
            Self::StandardDeviation => ranged(x).each().map(deviation).collect(),
            Self::Variance => ranged(x).each().map(variance).collect(),
            Self::Gini => x.each().map(gini).collect(),
            Self::Cilos => cilos(x),
            Self::Idocriw => {
                let entropy: Vec<f64> = x.each().map(|column| 1.0 - entropy(column)).collect();
                entropy.iter().zip(cilos(x)).map(|(entropy, loss)| entropy * loss).collect()
            }
            Self::Angle => x.each().map(angle).collect(),
            Self::PrincipalComponent => principal_component(x),
            Self::Given | Self::Equal | Self::Ahp { .. } => vec![1.0; x.columns()],
        }
    }
}

fn weights(raw: Vec<f64>, dull: Vec<usize>) -> Weights {
    let total: f64 = raw.iter().sum();
    let n = raw.len() as f64;
    let weights = raw.iter().map(|weight| if total == 0.0 { 1.0 / n } else { weight / total }).collect();
    Weights { weights, consistency: None, dull }
}

fn ranged(x: &Matrix) -> Matrix {
    x.map_columns(|_, column| {
        let (low, high) = (least(column), greatest(column));
        column.iter().map(|x| (x - low) / (high - low)).collect()
    })
}

fn entropy(column: &[f64]) -> f64 {
    let by = 1.0 / sum_of(column, |x| x);
    // First all products, which a processor takes several of at once, then their sum.
    let products: Vec<f64> = column.iter().map(|x| share_times_log(x * by)).collect();
    -sum_of(&products, |x| x) / (column.len() as f64).ln()
}

/// `p·ln p` of a share, nothing for nothing. The logarithm is that of the exponent and, as a series of the inverse
/// hyperbolic tangent, of the mantissa between √½ and √2; it is right to two units in the last place, and free of branches.
fn share_times_log(p: f64) -> f64 {
    const MANTISSA: u64 = (1 << 52) - 1;
    // An integer below 2^52 in the mantissa of 2^52 is that much more than 2^52.
    const SHIFT: f64 = 4_503_599_627_370_496.0;
    let bits = p.to_bits();
    let exponent = f64::from_bits(SHIFT.to_bits() | (bits >> 52)) - SHIFT - 1023.0;
    let mantissa = f64::from_bits(bits & MANTISSA | 1.0_f64.to_bits());
    let upper = mantissa > std::f64::consts::SQRT_2;
    let (mantissa, exponent) =
        (if upper { 0.5 * mantissa } else { mantissa }, if upper { exponent + 1.0 } else { exponent });
    let s = (mantissa - 1.0) / (mantissa + 1.0);
    let t = s * s;
    let high = 1.0 / 15.0 + t * (1.0 / 17.0 + t * (1.0 / 19.0 + t * (1.0 / 21.0)));
    let series = 1.0
        + t * (1.0 / 3.0
            + t * (1.0 / 5.0
                + t * (1.0 / 7.0 + t * (1.0 / 9.0 + t * (1.0 / 11.0 + t * (1.0 / 13.0 + t * high))))));
    let log = 2.0 * s * series + exponent * std::f64::consts::LN_2;
    // Of zero and below the normal numbers the logarithm is wrong and finite, and the product nothing.
    p * log
}

fn critic(x: &Matrix) -> Vec<f64> {
    let x = ranged(x);
    let conflict = |at: usize| -> f64 {
        x.each().map(|other| 1.0 - correlation(Correlation::Pearson, x.column(at), other)).sum()
    };
    (0..x.columns()).map(|at| deviation(x.column(at)) * conflict(at)).collect()
}

fn merec(x: &Matrix) -> Vec<f64> {
    let scaled = x.map_columns(|_, column| {
        let low = least(column);
        column.iter().map(|x| low / x).collect()
    });
    let m = x.columns() as f64;
    let logs = scaled.map_columns(|_, column| column.iter().map(|x| x.ln().abs()).collect());
    let overall: Vec<f64> = (0..x.rows()).map(|unit| logs.row(unit).iter().sum::<f64>() / m).collect();
    let effect = |column: &[f64]| -> f64 {
        column
            .iter()
            .zip(&overall)
            .map(|(log, all)| ((1.0 + all - log / m).ln() - (1.0 + all).ln()).abs())
            .sum()
    };
    logs.each().map(effect).collect()
}

/// Gini coefficient: mean absolute difference of all pairs over twice the mean.
pub fn gini(column: &[f64]) -> f64 {
    let mut sorted = column.to_vec();
    sorted.sort_by(f64::total_cmp);
    let n = sorted.len() as f64;
    let total: f64 = sorted.iter().sum();
    let ranked: f64 = sorted.iter().enumerate().map(|(at, x)| (2.0 * (at as f64 + 1.0) - n - 1.0) * x).sum();
    ranked / (n * total)
}

fn cilos(x: &Matrix) -> Vec<f64> {
    let n = x.columns();
    let shares = x.map_columns(|_, column| {
        let total: f64 = column.iter().sum();
        column.iter().map(|x| x / total).collect()
    });
    let best = |at: usize| {
        let column = shares.column(at);
        (0..column.len()).max_by(|a, b| column[*a].total_cmp(&column[*b]).then(b.cmp(a))).unwrap_or(0)
    };
    let square: Vec<Vec<f64>> = (0..n).map(|i| shares.row(best(i))).collect();
    let top: Vec<f64> = (0..n).map(|j| square[j][j]).collect();
    let loss = |i: usize, j: usize| (top[j] - square[i][j]) / top[j];
    let total = |j: usize| (0..n).map(|i| loss(i, j)).sum::<f64>();
    let cell = |i: usize, j: usize| if i == j { -total(j) } else { loss(i, j) };
    let f: Vec<Vec<f64>> = (0..n).map(|i| (0..n).map(|j| cell(i, j)).collect()).collect();
    null_vector(&f)
}

/// A vector with `F q = 0`, by elimination with the last component put to one.
fn null_vector(f: &[Vec<f64>]) -> Vec<f64> {
    let n = f.len();
    let mut rows: Vec<Vec<f64>> = f[..n - 1].to_vec();
    for k in 0..n - 1 {
        let pivot = (k..n - 1).max_by(|a, b| rows[*a][k].abs().total_cmp(&rows[*b][k].abs())).unwrap_or(k);
        rows.swap(k, pivot);
        if rows[k][k] == 0.0 {
            return vec![1.0; n];
        }
        let row = rows[k].clone();
        for other in (0..n - 1).filter(|other| *other != k) {
            let factor = rows[other][k] / row[k];
            rows[other].iter_mut().zip(&row).for_each(|(x, by)| *x -= factor * by);
        }
    }
    (0..n - 1).map(|k| -rows[k][n - 1] / rows[k][k]).chain([1.0]).collect()
}

fn angle(column: &[f64]) -> f64 {
    let total: f64 = column.iter().sum();
    let shares: Vec<f64> = column.iter().map(|x| x / total).collect();
    let norm = shares.iter().map(|x| x * x).sum::<f64>().sqrt();
    let n = column.len() as f64;
    (shares.iter().sum::<f64>() / (norm * n.sqrt())).clamp(-1.0, 1.0).acos()
}

fn principal_component(x: &Matrix) -> Vec<f64> {
    let correlations: Vec<Vec<f64>> =
        x.each().map(|a| x.each().map(|b| correlation(Correlation::Pearson, a, b)).collect()).collect();
    linear::eigen(&correlations)[0].1.iter().map(|loading| loading * loading).collect()
}

/// Saaty's consistency ratio: (λ − n)/(n − 1) over the mean of random judgements; 0 for up to two things. Up to 0.1 is
/// taken as consistent.
fn consistency(lambda: f64, n: usize) -> f64 {
    // Saaty (1980), The Analytic Hierarchy Process, table of random indices for 1 to 15 things.
    const RANDOM: [f64; 15] =
        [0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59];
    if n < 3 {
        return 0.0;
    }
    let index = (lambda - n as f64) / (n as f64 - 1.0);
    index / RANDOM[n.min(15) - 1]
}

/// Benefit of the doubt: each unit's score under the weights most favourable to itself, such that no unit passes one
/// (Melyn and Moesen, 1991; Cherchye et al., 2007, Social Indicators Research 82:111–145). A unit that lacks a value
/// has none.
pub fn benefit_of_the_doubt(x: &Matrix) -> Vec<f64> {
    let whole: Vec<usize> =
        (0..x.rows()).filter(|unit| x.each().all(|column| !column[*unit].is_nan())).collect();
    let rows: Vec<Vec<f64>> = whole.iter().map(|unit| x.row(*unit)).collect();
    let ones = vec![1.0; rows.len()];
    let mut out = vec![f64::NAN; x.rows()];
    for (unit, row) in whole.iter().zip(&rows) {
        out[*unit] = linear::maximise(row, &rows, &ones).map_or(f64::NAN, |(value, _)| value);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_logarithm_of_shares_is_that_of_the_library(exponent in -1000.0..0.0_f64) {
            let p = exponent.exp2();
            let (ours, theirs) = (share_times_log(p), p * p.ln());
            prop_assert!((ours - theirs).abs() <= 1e-15 * theirs.abs() + 1e-300, "{} {}", ours, theirs);
        }
    }

    #[test]
    fn nothing_has_no_entropy() {
        assert_eq!(share_times_log(0.0), 0.0);
        assert_eq!(share_times_log(1.0), 0.0);
        assert!(share_times_log(1e-320).abs() < 1e-300);
    }
}
