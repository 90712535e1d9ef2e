//! Targets: the pace they ask for, and where the years so far would lead.
//!
//! A projection is a model and decides nothing about the world; it says whether a target is on track. Its band is that of a
//! random walk with drift, the error of the drift included (Hyndman and Athanasopoulos, Forecasting: Principles and Practice,
//! 5.5), or, for rates of growth, of a mean that stays.

/// How a measure moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Movement {
    /// A positive level: its logarithm drifts.
    Level,
    /// A share, a price or anything that may be small: it drifts itself.
    Drift,
    /// A rate of growth: it scatters about its mean.
    Rate,
}

/// Where a measure would stand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Projection {
    /// Lower end of the 90 % band.
    pub low: f64,
    /// Its middle.
    pub median: f64,
    /// Upper end.
    pub high: f64,
    /// First year that was used.
    pub from: i16,
    /// Last year that was used.
    pub to: i16,
    /// How many yearly steps, or rates, it rests on.
    pub steps: usize,
}

/// Fewest steps that a projection rests on.
const FEWEST: usize = 5;

/// 95 % quantiles of Student's t by degrees of freedom, 1 to 30.
const T95: [f64; 30] = [
    6.3138, 2.9200, 2.3534, 2.1318, 2.0150, 1.9432, 1.8946, 1.8595, 1.8331, 1.8125, 1.7959, 1.7823, 1.7709,
    1.7613, 1.7531, 1.7459, 1.7396, 1.7341, 1.7291, 1.7247, 1.7207, 1.7171, 1.7139, 1.7109, 1.7081, 1.7056,
    1.7033, 1.7011, 1.6991, 1.6973,
];

/// Where a yearly series would stand in a later year. Only the last unbroken run of years counts; it must hold at least five
/// steps and reach back as far as the projection reaches forward. Years ascend.
pub fn project(series: &[(i16, f64)], due: i16, movement: Movement) -> Option<Projection> {
    let run = last_run(series);
    let (from, (to, last)) = (run.first()?.0, *run.last()?);
    let ahead = f64::from(due - to);
    if due <= to || run.iter().any(|(_, x)| !x.is_finite()) {
        return None;
    }
    let x: Vec<f64> = match movement {
        Movement::Level if run.iter().any(|(_, x)| *x <= 0.0) => return None,
        Movement::Level => run.iter().map(|(_, x)| x.ln()).collect(),
        _ => run.iter().map(|(_, x)| *x).collect(),
    };
    let steps: Vec<f64> = match movement {
        Movement::Rate => x,
        _ => x.windows(2).map(|pair| pair[1] - pair[0]).collect(),
    };
    let n = steps.len() as f64;
    if steps.len() < FEWEST || ahead > n {
        return None;
    }
    let (mean, spread) = scatter(&steps);
    let (middle, width) = match movement {
        Movement::Rate => (mean, spread * (1.0 + 1.0 / n).sqrt()),
        Movement::Drift => (last + ahead * mean, spread * (ahead + ahead * ahead / n).sqrt()),
        Movement::Level => (last.ln() + ahead * mean, spread * (ahead + ahead * ahead / n).sqrt()),
    };
    let of = |x: f64| if movement == Movement::Level { x.exp() } else { x };
    let steps = steps.len();
    Some(around(middle, width, of, (from, to), steps))
}

/// The last unbroken run of years.
fn last_run(series: &[(i16, f64)]) -> &[(i16, f64)] {
    let start = (1..series.len()).rev().find(|at| series[at - 1].0 + 1 != series[*at].0).unwrap_or(0);
    &series[start..]
}

/// The mean of at least [`FEWEST`] steps, and their deviation times the quantile of Student's t.
fn scatter(steps: &[f64]) -> (f64, f64) {
    let n = steps.len() as f64;
    let mean = steps.iter().sum::<f64>() / n;
    let deviation = (steps.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (n - 1.0)).sqrt();
    (mean, T95[(steps.len() - 2).min(T95.len() - 1)] * deviation)
}

/// The band around a middle, carried back by `of` to where the series stands.
fn around(
    middle: f64,
    width: f64,
    of: impl Fn(f64) -> f64,
    (from, to): (i16, i16),
    steps: usize,
) -> Projection {
    Projection { low: of(middle - width), median: of(middle), high: of(middle + width), from, to, steps }
}

/// What a yearly rate of growth, per cent, would come to on average over the years `first` to `last`: the years that are known
/// as they were, those still to come about the mean of all. Rates are compounded.
pub fn project_mean(series: &[(i16, f64)], first: i16, last: i16) -> Option<Projection> {
    let run = last_run(series);
    let (from, to) = (run.first()?.0, run.last()?.0);
    let years = f64::from(last - first) + 1.0;
    let ahead = f64::from(last - to.max(first - 1));
    let n = run.len() as f64;
    // Every year of the span must be known or lie ahead of what is known.
    let open = to < last && (from <= first || to < first);
    if !open
        || run.len() < FEWEST
        || f64::from(last - to) > n
        || run.iter().any(|(_, x)| !x.is_finite() || *x <= -100.0)
    {
        return None;
    }
    let logs: Vec<f64> = run.iter().map(|(_, x)| (x / 100.0).ln_1p()).collect();
    let known: f64 = run.iter().zip(&logs).filter(|((year, _), _)| *year >= first).map(|(_, log)| log).sum();
    let (mean, spread) = scatter(&logs);
    let width = spread * (ahead + ahead * ahead / n).sqrt() / years;
    let middle = (known + ahead * mean) / years;
    Some(around(middle, width, |x| x.exp_m1() * 100.0, (from, to), run.len()))
}

/// The yearly growth that leads from a level to a target, per cent; nothing unless both are positive and time is left.
pub fn required_pace(last: f64, target: f64, years: f64) -> Option<f64> {
    crate::standing::compound_growth(last, target, years).map(|rate| rate * 100.0)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail loudly")]
    use super::*;
    use proptest::prelude::*;

    fn years(values: &[f64]) -> Vec<(i16, f64)> {
        (2010..).zip(values.iter().copied()).collect()
    }

    #[test]
    fn steady_growth_goes_on_without_a_band() {
        let x: Vec<f64> = (0..8).map(|at| 100.0 * 1.05_f64.powi(at)).collect();
        let found = project(&years(&x), 2020, Movement::Level).unwrap();
        assert!((found.median - 100.0 * 1.05_f64.powi(10)).abs() < 1e-6, "{found:?}");
        assert!(found.high - found.low < 1e-6 && found.steps == 7 && found.to == 2017);
        assert!((required_pace(100.0, 121.0, 2.0).unwrap() - 10.0).abs() < 1e-9);
    }

    #[test]
    fn a_gap_too_few_years_or_too_far_ahead_gives_nothing() {
        let mut broken = years(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0]);
        broken.remove(3);
        assert_eq!(project(&broken, 2018, Movement::Drift), None);
        assert_eq!(project(&years(&[1.0, 2.0, 3.0, 4.0, 5.0]), 2016, Movement::Level), None);
        assert_eq!(project(&years(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]), 2021, Movement::Level), None);
        assert_eq!(project(&years(&[1.0, 0.0, 3.0, 4.0, 5.0, 6.0]), 2016, Movement::Level), None);
        assert_eq!(project(&[], 2016, Movement::Level), None);
    }

    #[test]
    fn a_mean_of_years_takes_those_known_as_they_were() {
        let rates =
            [(2016, 5.0), (2017, 5.0), (2018, 5.0), (2019, 5.0), (2020, 5.0), (2021, 5.0), (2022, 5.0)];
        let found = project_mean(&rates, 2021, 2025).unwrap();
        assert!((found.median - 5.0).abs() < 1e-9 && found.high - found.low < 1e-9, "{found:?}");
        assert_eq!(project_mean(&rates, 2026, 2030), None, "further ahead than the years reach back");
        assert_eq!(project_mean(&rates, 2018, 2022), None, "nothing is left");
        let mut scattered = rates;
        scattered[2].1 = 9.0;
        let (near, far) =
            (project_mean(&scattered, 2021, 2023).unwrap(), project_mean(&scattered, 2021, 2025).unwrap());
        assert!(near.low < near.median && near.median < near.high);
        assert!(far.high - far.low > near.high - near.low, "what is known narrows the band");
    }

    proptest! {
        /// The further ahead, the wider; the middle lies within.
        #[test]
        fn the_band_widens(values in prop::collection::vec(1.0..100.0_f64, 8..20)) {
            let series = years(&values);
            let last = series.last().unwrap().0;
            let mut width = 0.0;
            for ahead in 1..5 {
                let found = project(&series, last + ahead, Movement::Drift).unwrap();
                prop_assert!(found.low <= found.median && found.median <= found.high);
                prop_assert!(found.high - found.low >= width);
                width = found.high - found.low;
            }
        }
    }
}
