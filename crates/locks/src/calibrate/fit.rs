//! Distributions fitted by maximum likelihood, and how well they fit.

use crate::statistics::{ln_gamma, normal_below};
use serde::Serialize;

/// A family of distributions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Family {
    /// One parameter: mean.
    Exponential,
    /// Shape and scale.
    Gamma,
    /// Mean and deviation of the logarithm.
    Lognormal,
    /// Shape and scale.
    Weibull,
    /// Mean and deviation.
    Normal,
}

/// A fitted family.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Fit {
    /// Which.
    pub family: Family,
    /// Its parameters, as [`Family`] names them.
    pub params: Vec<f64>,
    /// Kolmogorov's distance between the fit and the values.
    pub ks: f64,
    /// Akaike's criterion: the least is the best.
    pub aic: f64,
}

/// Every family that can be fitted to positive values, the best by Akaike's criterion first. Fewer than five different
/// values fit nothing.
pub fn fit(values: &[f64]) -> Vec<Fit> {
    let mut sorted: Vec<f64> = values.iter().copied().filter(|v| v.is_finite() && *v > 0.0).collect();
    sorted.sort_by(f64::total_cmp);
    let mut different = sorted.clone();
    different.dedup();
    if different.len() < 5 {
        return vec![];
    }
    let n = sorted.len() as f64;
    let mean = sorted.iter().sum::<f64>() / n;
    let logs: Vec<f64> = sorted.iter().map(|v| v.ln()).collect();
    let mean_log = logs.iter().sum::<f64>() / n;
    let sd = |of: &[f64], mean: f64| (of.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / n).sqrt();
    let families = [
        (Family::Exponential, vec![mean]),
        (Family::Gamma, gamma(mean, mean_log)),
        (Family::Lognormal, vec![mean_log, sd(&logs, mean_log)]),
        (Family::Weibull, weibull(&sorted, mean_log)),
        (Family::Normal, vec![mean, sd(&sorted, mean)]),
    ];
    let mut fits: Vec<Fit> = families
        .into_iter()
        .filter(|(_, params)| params.iter().all(|p| p.is_finite()))
        .map(|(family, params)| {
            let likelihood: f64 = sorted.iter().map(|v| ln_density(family, &params, *v)).sum();
            let ks = distance(family, &params, &sorted);
            Fit { family, aic: 2.0 * params.len() as f64 - 2.0 * likelihood, params, ks }
        })
        .filter(|fit| fit.aic.is_finite())
        .collect();
    fits.sort_by(|a, b| a.aic.total_cmp(&b.aic).then(a.family.cmp(&b.family)));
    fits
}

/// Newton's method on the likelihood equation `ln k − ψ(k) = ln mean − mean ln`.
fn gamma(mean: f64, mean_log: f64) -> Vec<f64> {
    let s = mean.ln() - mean_log;
    if s <= 0.0 {
        return vec![f64::NAN];
    }
    let mut k = (3.0 - s + ((s - 3.0).powi(2) + 24.0 * s).sqrt()) / (12.0 * s);
    for _ in 0..100 {
        let h = 1e-5 * k;
        let slope = |x: f64| (x.ln() - digamma(x)) - s;
        let step = slope(k) / ((slope(k + h) - slope(k - h)) / (2.0 * h));
        let next = (k - step).max(k / 10.0);
        if (next - k).abs() < 1e-12 * k {
            break;
        }
        k = next;
    }
    vec![k, mean / k]
}

fn digamma(x: f64) -> f64 {
    let (mut x, mut shift) = (x, 0.0);
    while x < 10.0 {
        shift -= 1.0 / x;
        x += 1.0;
    }
    let y = 1.0 / (x * x);
    shift + x.ln() - 0.5 / x - y * (1.0 / 12.0 - y * (1.0 / 120.0 - y * (1.0 / 252.0 - y / 240.0)))
}

fn weibull(sorted: &[f64], mean_log: f64) -> Vec<f64> {
    let top = sorted.last().copied().unwrap_or(1.0);
    // Values are scaled by their largest so that powers stay in range.
    let equation = |k: f64| {
        let (mut a, mut b) = (0.0, 0.0);
        for v in sorted {
            let p = (v / top).powf(k);
            a += p * v.ln();
            b += p;
        }
        a / b - 1.0 / k - mean_log
    };
    let (mut low, mut high) = (0.01, 500.0);
    for _ in 0..80 {
        let middle: f64 = f64::sqrt(low * high);
        if equation(middle) > 0.0 { high = middle } else { low = middle }
    }
    let k: f64 = f64::sqrt(low * high);
    let mean_power = sorted.iter().map(|v| (v / top).powf(k)).sum::<f64>() / sorted.len() as f64;
    vec![k, top * mean_power.powf(1.0 / k)]
}

fn ln_density(family: Family, p: &[f64], x: f64) -> f64 {
    let tau = std::f64::consts::TAU;
    match family {
        Family::Exponential => -p[0].ln() - x / p[0],
        Family::Gamma => (p[0] - 1.0) * x.ln() - x / p[1] - ln_gamma(p[0]) - p[0] * p[1].ln(),
        Family::Lognormal => -0.5 * ((x.ln() - p[0]) / p[1]).powi(2) - (x * p[1]).ln() - 0.5 * tau.ln(),
        Family::Weibull => (p[0] / p[1]).ln() + (p[0] - 1.0) * (x / p[1]).ln() - (x / p[1]).powf(p[0]),
        Family::Normal => -0.5 * ((x - p[0]) / p[1]).powi(2) - p[1].ln() - 0.5 * tau.ln(),
    }
}

/// The distribution function.
fn below(family: Family, p: &[f64], x: f64) -> f64 {
    match family {
        Family::Exponential => 1.0 - (-x / p[0]).exp(),
        Family::Gamma => incomplete_gamma(p[0], x / p[1]),
        Family::Lognormal => normal_below((x.ln() - p[0]) / p[1]),
        Family::Weibull => 1.0 - (-(x / p[1]).powf(p[0])).exp(),
        Family::Normal => normal_below((x - p[0]) / p[1]),
    }
}

/// Regularised lower incomplete gamma function: series below, continued fraction above.
fn incomplete_gamma(a: f64, x: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    let front = (a * x.ln() - x - ln_gamma(a)).exp();
    if x < a + 1.0 {
        let (mut sum, mut term, mut n) = (1.0 / a, 1.0 / a, a);
        while term.abs() > 1e-15 * sum {
            n += 1.0;
            term *= x / n;
            sum += term;
        }
        return front * sum;
    }
    let mut b = x + 1.0 - a;
    let mut c = 1e300;
    let mut d = 1.0 / b;
    let mut h = d;
    for i in 1..10_000 {
        let i = f64::from(i);
        let an = -i * (i - a);
        b += 2.0;
        d = 1.0 / (an * d + b);
        c = b + an / c;
        let step = d * c;
        h *= step;
        if (step - 1.0).abs() < 1e-15 {
            break;
        }
    }
    1.0 - front * h
}

fn distance(family: Family, params: &[f64], sorted: &[f64]) -> f64 {
    let n = sorted.len() as f64;
    sorted
        .iter()
        .enumerate()
        .map(|(at, value)| {
            let f = below(family, params, *value);
            (f - at as f64 / n).abs().max((f - (at + 1) as f64 / n).abs())
        })
        .fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    #[test]
    fn what_was_drawn_is_found_again() {
        let mut random = Random::stream(5, 0, 0);
        let gamma: Vec<f64> = (0..20_000).map(|_| 30.0 * random.gamma(4.0)).collect();
        let best = &fit(&gamma)[0];
        assert_eq!(best.family, Family::Gamma);
        assert!((best.params[0] - 4.0).abs() < 0.15 && (best.params[1] - 7.5).abs() < 0.3, "{best:?}");
        assert!(best.ks < 0.015);
        let lognormal: Vec<f64> = (0..20_000).map(|_| (3.0 + 0.5 * random.normal()).exp()).collect();
        let best = &fit(&lognormal)[0];
        assert_eq!(best.family, Family::Lognormal);
        assert!((best.params[0] - 3.0).abs() < 0.02 && (best.params[1] - 0.5).abs() < 0.02);
        let weibull: Vec<f64> = (0..20_000).map(|_| 40.0 * random.exponential().powf(1.0 / 2.5)).collect();
        let best = &fit(&weibull)[0];
        assert_eq!(best.family, Family::Weibull);
        assert!((best.params[0] - 2.5).abs() < 0.06 && (best.params[1] - 40.0).abs() < 0.6);
        assert!(fit(&[1.0, 1.0, 2.0]).is_empty());
    }
}
