//! What a model predicts, whether it may be believed, and what could be promised.

use super::Random;
use super::fit::{Fitted, fit};
use super::run::{Dealt, Model, run};
use crate::clock::{Calendar, Hours};
use crate::log::EventLog;
use crate::log::time::{DAY, SECOND};
use crate::stats::quantile;
use schemars::JsonSchema;
use serde::Serialize;

/// A predicted figure with the interval it lies in nine times of ten.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Interval {
    /// Low end.
    pub low: f64,
    /// High end.
    pub high: f64,
}

/// Intervals of the figures of an outlook.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Intervals {
    /// Of the median.
    pub median: Interval,
    /// Of the ninetieth percentile.
    pub p90: Interval,
    /// Of the share that is late.
    pub late: Option<Interval>,
}

/// What is to be expected, in working days after the day a case comes.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Outlook {
    /// Half the cases take at most so many.
    pub median: f64,
    /// Nine in ten take at most so many.
    pub p90: f64,
    /// Share of cases beyond the limit, where one was given.
    pub late: Option<f64>,
    /// Nine in ten replications lie within.
    pub ci: Intervals,
    /// Replications.
    pub replications: usize,
    /// Cases in each.
    pub cases: usize,
    /// Working days of all cases of all replications, sorted; for promises.
    #[serde(skip)]
    pub days: Vec<Vec<i64>>,
}

/// Against a period the model has not seen.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Holdout {
    /// Cases the model was fitted to.
    pub fitted_cases: usize,
    /// Cases it was held against.
    pub cases: usize,
    /// What their median was.
    pub median: f64,
    /// What was predicted.
    pub median_predicted: Interval,
    /// What their ninetieth percentile was.
    pub p90: f64,
    /// What was predicted.
    pub p90_predicted: Interval,
    /// Do both lie within what was predicted, or within a working day of it?
    pub believed: bool,
}

/// A limit that could be promised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Serialize, JsonSchema)]
pub struct Promise {
    /// Share of cases that shall be in time, in parts of a thousand.
    #[serde(skip)]
    pub permille: u32,
    /// In working days.
    pub limit: i64,
}

/// How a model is played.
#[derive(Clone, Copy)]
pub struct Plan<'a> {
    /// Cases of a replication, the warm-up included.
    pub cases: usize,
    /// Replications.
    pub replications: usize,
    /// The only source of randomness.
    pub seed: u64,
    /// When it begins (UTC).
    pub from: i64,
    /// Minutes east of UTC of the days that are counted.
    pub zone: i32,
    /// Limit in working days.
    pub limit: Option<u32>,
    /// Shall it stop?
    pub cancelled: &'a (dyn Fn() -> bool + Sync),
}

/// Plays a model; the first tenth of the cases fills the procedure and is not counted. Nothing when it was cancelled or no case was
/// decided.
pub fn outlook(model: &Model, plan: &Plan<'_>) -> Option<Outlook> {
    let mut days: Vec<Vec<i64>> = Vec::with_capacity(plan.replications);
    for replication in 0..plan.replications {
        if (plan.cancelled)() {
            return None;
        }
        let mut random = Random::new(plan.seed, replication as u64);
        let (dealt, _) = run(model, plan.cases, plan.from, &mut random);
        let counted = dealt.get(plan.cases / 10..).unwrap_or_default();
        let mut one: Vec<i64> =
            counted.iter().filter_map(|case| working_days(case, &model.calendar, plan.zone)).collect();
        if one.is_empty() {
            return None;
        }
        one.sort_unstable();
        days.push(one);
    }
    let of = |measure: &dyn Fn(&[i64]) -> f64| {
        let mut values: Vec<f64> = days.iter().map(|one| measure(one)).collect();
        values.sort_by(f64::total_cmp);
        (middle(&values, 0.5), Interval { low: middle(&values, 0.05), high: middle(&values, 0.95) })
    };
    let (median, median_ci) = of(&|one| quantile(one, 0.5));
    let (p90, p90_ci) = of(&|one| quantile(one, 0.9));
    let late = plan.limit.map(|limit| {
        of(&|one| one.iter().filter(|days| **days > i64::from(limit)).count() as f64 / one.len() as f64)
    });
    Some(Outlook {
        median,
        p90,
        late: late.map(|late| late.0),
        ci: Intervals { median: median_ci, p90: p90_ci, late: late.map(|late| late.1) },
        replications: days.len(),
        cases: days[0].len(),
        days,
    })
}

fn working_days(case: &Dealt, calendar: &Calendar, zone: i32) -> Option<i64> {
    let day = |micros: i64| (micros + i64::from(zone) * 60 * SECOND).div_euclid(DAY);
    calendar.between(day(case.came), day(case.decided)).ok().map(i64::from)
}

fn middle(sorted: &[f64], share: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else { return f64::NAN };
    let place = share * last as f64;
    let below = place.floor() as usize;
    sorted[below] + (sorted[(below + 1).min(last)] - sorted[below]) * (place - below as f64)
}

/// The least limit that nine in ten replications keep for the asked share of cases.
pub fn promise(outlook: &Outlook, confidence: f64) -> Promise {
    let mut limits: Vec<i64> = outlook
        .days
        .iter()
        .map(|one| {
            let kept = (confidence * one.len() as f64).ceil() as usize;
            one[kept.clamp(1, one.len()) - 1]
        })
        .collect();
    limits.sort_unstable();
    let at = (limits.len() * 9).div_ceil(10).clamp(1, limits.len().max(1)) - 1;
    Promise { permille: (confidence * 1000.0).round() as u32, limit: limits.get(at).copied().unwrap_or(0) }
}

/// Fits the first part of a log and holds the prediction against the rest. Cases still under way at the border are left to neither.
/// Nothing when a part has fewer than thirty cases.
pub fn holdout(
    log: &EventLog,
    hours: Option<&Hours>,
    calendar: &Calendar,
    plan: &Plan<'_>,
) -> Option<Holdout> {
    let mut begins: Vec<i64> = log.each().map(|case| case.times[0]).collect();
    begins.sort_unstable();
    let border = *begins.get(begins.len() * 7 / 10)?;
    let Fitted { model, cases, .. } = fit(log, hours, calendar, i64::MIN, border);
    let mut seen: Vec<i64> = log
        .each()
        .filter(|case| case.times[0] >= border)
        .filter_map(|case| {
            let dealt = Dealt { came: case.times[0], decided: case.times[case.times.len() - 1], queued: 0 };
            working_days(&dealt, calendar, plan.zone)
        })
        .collect();
    if cases < 30 || seen.len() < 30 {
        return None;
    }
    seen.sort_unstable();
    // As many cases as were seen, behind a warm-up.
    let plan = Plan { cases: seen.len() * 10 / 9 + 1, from: border, ..*plan };
    let predicted = outlook(&model, &plan)?;
    let (median, p90) = (quantile(&seen, 0.5), quantile(&seen, 0.9));
    let within = |value: f64, interval: Interval| value >= interval.low - 1.0 && value <= interval.high + 1.0;
    Some(Holdout {
        fitted_cases: cases,
        cases: seen.len(),
        median,
        median_predicted: predicted.ci.median,
        p90,
        p90_predicted: predicted.ci.p90,
        believed: within(median, predicted.ci.median) && within(p90, predicted.ci.p90),
    })
}
