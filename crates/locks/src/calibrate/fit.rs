//! Distributions fitted by maximum likelihood, and how well they fit.

use crate::{
    random::Random,
    statistics::{ln_gamma, normal_below},
};
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
    /// Anderson and Darling's statistic, which looks at the ends.
    pub ad: f64,
    /// How often values drawn from the fit, and fitted again, lie as far from their own fit: by Kolmogorov's distance, and
    /// by Anderson and Darling's. None before [`test()`].
    pub ks_p: Option<f64>,
    /// The same by Anderson and Darling's statistic.
    pub ad_p: Option<f64>,
    /// Values the two shares are of: all, or an even sample of as many.
    pub tested: Option<usize>,
    /// Akaike's criterion: the least is the best.
    pub aic: f64,
}

/// Every family that can be fitted to positive values, the best by Akaike's criterion first. Fewer than five different
/// values fit nothing.
pub fn fit(values: &[f64]) -> Vec<Fit> {
    let sorted = sorted(values);
    let mut different = sorted.clone();
    different.dedup();
    if different.len() < 5 {
        return vec![];
    }
    let all = [Family::Exponential, Family::Gamma, Family::Lognormal, Family::Weibull, Family::Normal];
    let mut fits: Vec<Fit> = all
        .into_iter()
        .map(|family| (family, parameters(family, &sorted)))
        .filter(|(_, params)| params.iter().all(|p| p.is_finite()))
        .map(|(family, params)| {
            let likelihood: f64 = sorted.iter().map(|v| ln_density(family, &params, *v)).sum();
            let (ks, ad) = distances(family, &params, &sorted);
            let aic = 2.0 * params.len() as f64 - 2.0 * likelihood;
            Fit { family, aic, params, ks, ad, ks_p: None, ad_p: None, tested: None }
        })
        .filter(|fit| fit.aic.is_finite())
        .collect();
    fits.sort_by(|a, b| a.aic.total_cmp(&b.aic).then(a.family.cmp(&b.family)));
    fits
}

fn sorted(values: &[f64]) -> Vec<f64> {
    let mut sorted: Vec<f64> = values.iter().copied().filter(|v| v.is_finite() && *v > 0.0).collect();
    sorted.sort_by(f64::total_cmp);
    sorted
}

/// Values a test looks at, at most: with more, every fit of real records is refused.
const TESTED: usize = 500;

/// Tests a fit by the parametric bootstrap (Stute, Manteiga and Quindimil, *Metrika* 40, 1993): since the parameters were
/// fitted to the same values, tables of the statistics do not hold.
pub fn test(fit: &mut Fit, values: &[f64], draws: u32, seed: u64) {
    let all = sorted(values);
    if all.is_empty() || draws == 0 {
        return;
    }
    let n = all.len().min(TESTED);
    // An even sample: every so manieth in order of size would look better than chance, so they are drawn.
    let mut random = Random::stream(seed, 0, 50 + fit.family as u64);
    let sample: Vec<f64> = match n == all.len() {
        true => all,
        false => {
            sorted(&(0..n).map(|_| all[(random.bits() % all.len() as u64) as usize]).collect::<Vec<_>>())
        }
    };
    let own = parameters(fit.family, &sample);
    let (ks, ad) = distances(fit.family, &own, &sample);
    let (mut farther_ks, mut farther_ad) = (0_u32, 0_u32);
    for _ in 0..draws {
        let drawn: Vec<f64> = (0..n).map(|_| draw(fit.family, &own, &mut random)).collect();
        let mut drawn = match fit.family {
            Family::Normal => drawn,
            _ => sorted(&drawn),
        };
        drawn.sort_by(f64::total_cmp);
        let again = parameters(fit.family, &drawn);
        let (k, a) = distances(fit.family, &again, &drawn);
        farther_ks += u32::from(k >= ks);
        farther_ad += u32::from(a >= ad);
    }
    let share = |farther: u32| f64::from(farther + 1) / f64::from(draws + 1);
    (fit.ks_p, fit.ad_p, fit.tested) = (Some(share(farther_ks)), Some(share(farther_ad)), Some(n));
}

/// Maximum likelihood for values in order; not finite where there is none.
fn parameters(family: Family, sorted: &[f64]) -> Vec<f64> {
    let n = sorted.len() as f64;
    let mean = sorted.iter().sum::<f64>() / n;
    let sd = |of: &[f64], mean: f64| (of.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / n).sqrt();
    let logs = || sorted.iter().map(|v| v.ln()).collect::<Vec<f64>>();
    match family {
        Family::Exponential => vec![mean],
        Family::Normal => vec![mean, sd(sorted, mean)],
        Family::Gamma => gamma(mean, logs().iter().sum::<f64>() / n),
        Family::Lognormal => {
            let logs = logs();
            let mean_log = logs.iter().sum::<f64>() / n;
            vec![mean_log, sd(&logs, mean_log)]
        }
        Family::Weibull => weibull(&logs()),
    }
}

/// A value of a fitted family.
fn draw(family: Family, p: &[f64], random: &mut Random) -> f64 {
    match family {
        Family::Exponential => p[0] * random.exponential(),
        Family::Gamma => p[0] * p[1] * random.gamma(p[0]),
        Family::Lognormal => (p[0] + p[1] * random.normal()).exp(),
        Family::Weibull => p[1] * random.exponential().powf(1.0 / p[0]),
        Family::Normal => p[0] + p[1] * random.normal(),
    }
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

/// The likelihood equation of the shape, halved down from where it is certain and finished by Newton's steps.
fn weibull(logs: &[f64]) -> Vec<f64> {
    let n = logs.len() as f64;
    let mean_log = logs.iter().sum::<f64>() / n;
    // Logarithms are taken from the largest so that powers stay in range.
    let top = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let spread = (logs.iter().map(|l| (l - mean_log).powi(2)).sum::<f64>() / n).sqrt();
    let sums = |k: f64| {
        logs.iter().fold((0.0, 0.0, 0.0), |(a, b, c), log| {
            let p = (k * (log - top)).exp();
            (a + p, b + p * log, c + p * log * log)
        })
    };
    if spread <= 0.0 {
        return vec![f64::NAN];
    }
    // The logarithm has deviation π / (k √6).
    let mut k = (std::f64::consts::PI / (spread * 6.0_f64.sqrt())).clamp(0.01, 500.0);
    for _ in 0..50 {
        let (a, b, c) = sums(k);
        let value = b / a - 1.0 / k - mean_log;
        let slope = (c / a - (b / a).powi(2)) + 1.0 / (k * k);
        let next = (k - value / slope).clamp(k / 3.0, 3.0 * k);
        let done = (next - k).abs() < 1e-10 * k;
        k = next;
        if done {
            break;
        }
    }
    let (a, _, _) = sums(k);
    vec![k, (top + (a / n).ln() / k).exp()]
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

/// Kolmogorov's distance and Anderson and Darling's statistic of values in order.
fn distances(family: Family, params: &[f64], sorted: &[f64]) -> (f64, f64) {
    let n = sorted.len() as f64;
    let f: Vec<f64> = sorted.iter().map(|value| below(family, params, *value)).collect();
    let ks = f
        .iter()
        .enumerate()
        .map(|(at, f)| (f - at as f64 / n).abs().max((f - (at + 1) as f64 / n).abs()))
        .fold(0.0, f64::max);
    let inside = |f: f64| f.clamp(1e-12, 1.0 - 1e-12);
    let sum: f64 = (0..f.len())
        .map(|at| {
            let (low, high) = (inside(f[at]), inside(f[f.len() - 1 - at]));
            (2.0 * at as f64 + 1.0) * (low.ln() + (1.0 - high).ln())
        })
        .sum();
    (ks, -n - sum / n)
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

    /// Values of a family are refused by its test about as often as its level says; those of another nearly always.
    #[test]
    fn a_test_keeps_its_level_and_sees_what_is_wrong() {
        let mut random = Random::stream(6, 0, 0);
        let mut refused = 0;
        for round in 0..60 {
            let values: Vec<f64> = (0..120).map(|_| 30.0 * random.gamma(4.0)).collect();
            let mut fits = fit(&values);
            let gamma = fits.iter_mut().find(|fit| fit.family == Family::Gamma).unwrap();
            test(gamma, &values, 99, round);
            refused += u32::from(gamma.ks_p.unwrap() <= 0.1);
            let exponential = fits.iter_mut().find(|fit| fit.family == Family::Exponential).unwrap();
            test(exponential, &values, 99, round);
            assert!(exponential.ad_p.unwrap() <= 0.05, "{exponential:?}");
        }
        // Binomial with mean 6 and deviation 2.3.
        assert!((1..=14).contains(&refused), "{refused} of 60");
    }
}
