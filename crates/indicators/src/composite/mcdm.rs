//! Multi-criteria methods: units weighed against ideals or against each other. Criteria are benefits: directions have
//! been turned before.

use super::{
    matrix::Matrix,
    statistics::{ends, greatest, least, mean, present, sum_of},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A method. More is better in every score but VIKOR's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "method", rename_all = "snake_case", deny_unknown_fields)]
pub enum Method {
    /// Weighted sum of columns scaled to sum to one (Fishburn, 1967).
    Wsm,
    /// Weighted product of columns scaled to sum to one (Miller and Starr, 1969).
    Wpm,
    /// Closeness to the ideal (Hwang and Yoon, 1981, Multiple Attribute Decision Making).
    Topsis {
        /// How columns are scaled first.
        #[serde(default)]
        scale: Scale,
    },
    /// Compromise between group utility and individual regret; LESS IS BETTER (Opricovic, 1998; Opricovic and Tzeng,
    /// 2004, EJOR 156(2):445–455).
    Vikor {
        /// Weight of the group utility.
        #[serde(default = "half")]
        v: f64,
    },
    /// Distance from the average (Keshavarz Ghorabaee et al., 2015, Informatica 26(3):435–451).
    Edas,
    /// Euclidean, then taxicab distance from the worst (Keshavarz Ghorabaee et al., 2016, ECECSR 50(3):25–44).
    Codas {
        /// Below this difference of Euclidean distances the taxicab distance decides.
        #[serde(default = "hundredth")]
        threshold: f64,
    },
    /// Ratio to the optimum (Zavadskas and Turskis, 2010, TEDE 16(2):159–172).
    Aras,
    /// Distance from the border of approximation (Pamučar and Ćirović, 2015, Expert Systems with Applications
    /// 42(6):3016–3028).
    Mabac,
    /// Compromise with ideal and anti-ideal (Stević et al., 2020, Computers & Industrial Engineering 140:106231).
    Marcos,
    /// Half sum, half product (Zavadskas et al., 2012, Elektronika ir Elektrotechnika 122(6):3–6).
    Waspas {
        /// Weight of the sum.
        #[serde(default = "half")]
        lambda: f64,
    },
    /// Net flow of preferences with the usual criterion (Brans and Vincke, 1985, Management Science 31(6):647–656).
    Promethee,
}

/// How columns are scaled before distances are taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Scale {
    /// Least to 0, greatest to 1.
    #[default]
    MinMax,
    /// Divided by the Euclidean norm.
    Vector,
}

fn half() -> f64 {
    0.5
}
fn hundredth() -> f64 {
    0.02
}

impl Method {
    /// One score a unit; a unit that lacks a value has none. Weights are taken relative to their sum; a constant
    /// column tells nothing and has no say where it would divide by nothing.
    pub fn score(&self, children: &Matrix, weights: &[f64]) -> Vec<f64> {
        let whole = children.whole_rows();
        let total: f64 = weights.iter().sum();
        let weights: Vec<f64> = weights.iter().map(|weight| weight / total).collect();
        let scores =
            if whole.is_empty() { vec![] } else { self.of_whole(&children.of_rows(&whole), &weights) };
        let mut out = vec![f64::NAN; children.rows()];
        for (unit, score) in whole.into_iter().zip(scores) {
            out[unit] = score;
        }
        out
    }

    fn of_whole(&self, x: &Matrix, w: &[f64]) -> Vec<f64> {
        match self {
            Self::Wsm => by_unit(&scaled(x, by_sum), |row| dot(row, w)),
            Self::Wpm => by_unit(&scaled(x, by_sum), |row| product(row, w)),
            Self::Topsis { scale } => topsis(x, w, *scale),
            Self::Vikor { v } => vikor(x, w, *v),
            Self::Edas => edas(x, w),
            Self::Codas { threshold } => codas(x, w, *threshold),
            Self::Aras => aras(x, w),
            Self::Mabac => mabac(x, w),
            Self::Marcos => marcos(x, w),
            Self::Waspas { lambda } => {
                let x = scaled(x, by_max);
                by_unit(&x, |row| lambda * dot(row, w) + (1.0 - lambda) * product(row, w))
            }
            Self::Promethee => promethee(x, w),
        }
    }
}

fn by_unit(x: &Matrix, score: impl Fn(&[f64]) -> f64) -> Vec<f64> {
    (0..x.rows()).map(|unit| score(&x.row(unit))).collect()
}

fn dot(row: &[f64], w: &[f64]) -> f64 {
    row.iter().zip(w).map(|(x, w)| x * w).sum()
}

fn product(row: &[f64], w: &[f64]) -> f64 {
    row.iter().zip(w).map(|(x, w)| x.powf(*w)).product()
}

fn scaled(x: &Matrix, scale: fn(&[f64]) -> Vec<f64>) -> Matrix {
    x.map_columns(|_, column| scale(column))
}

fn divided(column: &[f64], by: f64) -> Vec<f64> {
    column.iter().map(|x| if by == 0.0 { 0.0 } else { x / by }).collect()
}

fn by_sum(column: &[f64]) -> Vec<f64> {
    divided(column, column.iter().sum())
}

fn by_max(column: &[f64]) -> Vec<f64> {
    divided(column, greatest(column))
}

fn by_range(column: &[f64]) -> Vec<f64> {
    let low = least(column);
    divided(&column.iter().map(|x| x - low).collect::<Vec<_>>(), greatest(column) - low)
}

fn weighted(x: &Matrix, w: &[f64]) -> Matrix {
    x.map_columns(|at, column| column.iter().map(|x| x * w[at]).collect())
}

fn extremes(x: &Matrix) -> (Vec<f64>, Vec<f64>) {
    (x.each().map(least).collect(), x.each().map(greatest).collect())
}

fn distance(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt()
}

/// Goes column by column, so that a wide table is read once in the order it is kept.
fn topsis(x: &Matrix, w: &[f64], scale: Scale) -> Vec<f64> {
    let (mut to_worst, mut to_best) = (vec![0.0; x.rows()], vec![0.0; x.rows()]);
    for (column, w) in x.each().zip(w) {
        let (low, high) = ends(column);
        let (origin, unit) = match scale {
            Scale::MinMax => (low, high - low),
            Scale::Vector => (0.0, sum_of(column, |x| x * x).sqrt()),
        };
        if unit == 0.0 {
            continue;
        }
        let by = w / unit;
        let (worst, best) = ((low - origin) * by, (high - origin) * by);
        for ((x, to_worst), to_best) in column.iter().zip(&mut to_worst).zip(&mut to_best) {
            let x = (x - origin) * by;
            *to_worst += (x - worst) * (x - worst);
            *to_best += (x - best) * (x - best);
        }
    }
    to_worst
        .iter()
        .zip(&to_best)
        .map(|(worst, best)| {
            let (worst, best) = (worst.sqrt(), best.sqrt());
            if worst + best == 0.0 { 0.5 } else { worst / (worst + best) }
        })
        .collect()
}

fn vikor(x: &Matrix, w: &[f64], v: f64) -> Vec<f64> {
    let (worst, best) = extremes(x);
    let regrets = |row: &[f64]| -> Vec<f64> {
        (0..row.len())
            .map(|j| if best[j] == worst[j] { 0.0 } else { w[j] * (best[j] - row[j]) / (best[j] - worst[j]) })
            .collect()
    };
    let utility = by_unit(x, |row| regrets(row).iter().sum());
    let regret = by_unit(x, |row| regrets(row).into_iter().fold(0.0, f64::max));
    let share = |values: &[f64], at: usize| {
        let (low, high) = (least(values), greatest(values));
        if high == low { 0.0 } else { (values[at] - low) / (high - low) }
    };
    (0..x.rows()).map(|at| v * share(&utility, at) + (1.0 - v) * share(&regret, at)).collect()
}

fn edas(x: &Matrix, w: &[f64]) -> Vec<f64> {
    let average: Vec<f64> = x.each().map(mean).collect();
    let part = |row: &[f64], sign: f64| -> f64 {
        let each = row
            .iter()
            .zip(&average)
            .map(|(x, a)| if *a == 0.0 { 0.0 } else { (sign * (x - a)).max(0.0) / a });
        each.zip(w).map(|(part, w)| part * w).sum()
    };
    let above = by_unit(x, |row| part(row, 1.0));
    let below = by_unit(x, |row| part(row, -1.0));
    let (most_above, most_below) = (greatest(&above), greatest(&below));
    let ratio = |part: f64, most: f64| if most == 0.0 { 0.0 } else { part / most };
    above
        .iter()
        .zip(&below)
        .map(|(a, b)| f64::midpoint(ratio(*a, most_above), 1.0 - ratio(*b, most_below)))
        .collect()
}

fn codas(x: &Matrix, w: &[f64], threshold: f64) -> Vec<f64> {
    let x = weighted(&scaled(x, by_max), w);
    let worst: Vec<f64> = x.each().map(least).collect();
    let euclid = by_unit(&x, |row| distance(row, &worst));
    let taxicab = by_unit(&x, |row| row.iter().zip(&worst).map(|(x, worst)| (x - worst).abs()).sum());
    let against = |i: usize, k: usize| {
        let apart = euclid[i] - euclid[k];
        if apart.abs() >= threshold { apart + taxicab[i] - taxicab[k] } else { apart }
    };
    (0..x.rows()).map(|i| (0..x.rows()).map(|k| against(i, k)).sum()).collect()
}

fn aras(x: &Matrix, w: &[f64]) -> Vec<f64> {
    let (_, best) = extremes(x);
    let with_best = x.map_columns(|at, column| [column, &best[at..=at]].concat());
    let sums = by_unit(&scaled(&with_best, by_sum), |row| dot(row, w));
    let optimum = sums[x.rows()];
    sums[..x.rows()].iter().map(|sum| sum / optimum).collect()
}

fn mabac(x: &Matrix, w: &[f64]) -> Vec<f64> {
    let n = x.rows() as f64;
    let v = scaled(x, by_range).map_columns(|at, column| column.iter().map(|x| w[at] * (x + 1.0)).collect());
    let border: Vec<f64> = v.each().map(|column| column.iter().map(|x| x.powf(1.0 / n)).product()).collect();
    by_unit(&v, |row| row.iter().zip(&border).map(|(x, border)| x - border).sum())
}

fn marcos(x: &Matrix, w: &[f64]) -> Vec<f64> {
    let (worst, best) = extremes(x);
    let ratio = |x: f64, best: f64| if best == 0.0 { 0.0 } else { x / best };
    let sum = |row: &[f64]| -> f64 { (0..row.len()).map(|j| w[j] * ratio(row[j], best[j])).sum() };
    let (ideal, anti) = (sum(&best), sum(&worst));
    by_unit(x, |row| {
        let (to_anti, to_ideal) = (ratio(sum(row), anti), ratio(sum(row), ideal));
        let (f_anti, f_ideal) = (to_ideal / (to_anti + to_ideal), to_anti / (to_anti + to_ideal));
        (to_anti + to_ideal) / (1.0 + (1.0 - f_ideal) / f_ideal + (1.0 - f_anti) / f_anti)
    })
}

fn promethee(x: &Matrix, w: &[f64]) -> Vec<f64> {
    let n = x.rows();
    let others = (n as f64 - 1.0).max(1.0);
    let preference = |i: usize, k: usize| -> f64 {
        x.each().zip(w).map(|(column, w)| if column[i] > column[k] { *w } else { 0.0 }).sum()
    };
    let net = |i: usize| (0..n).map(|k| preference(i, k) - preference(k, i)).sum::<f64>() / others;
    debug_assert!(x.each().all(|column| present(column).count() == n));
    (0..n).map(net).collect()
}
