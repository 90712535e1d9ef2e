//! Who follows whom, and after how long.

use super::pairs::Pairs;
use super::{Durations, Edge, Exact};
use crate::log::time::{SECOND, seconds};
use crate::log::{EventLog, Interner};

/// Pairs of activities that follow each other directly, with the times between them.
#[derive(Clone, Debug, Default)]
pub(super) struct Follows<D>(Pairs<Between<D>>);

#[derive(Clone, Debug, Default)]
struct Between<D> {
    count: u64,
    sum: i128,
    min: i64,
    max: i64,
    values: D,
}

impl<D: Durations> Follows<D> {
    /// `b` followed `a` after so many microseconds.
    #[inline]
    pub(super) fn add(&mut self, a: u32, b: u32, micros: i64) {
        let between = self.0.of(a, b);
        (between.min, between.max) = match between.count {
            0 => (micros, micros),
            _ => (between.min.min(micros), between.max.max(micros)),
        };
        between.count += 1;
        between.sum += i128::from(micros);
        between.values.add(micros);
    }

    /// The pairs by name.
    pub(super) fn finish(mut self, activities: &Interner) -> Vec<Edge> {
        let mut edges: Vec<Edge> = self
            .0
            .each()
            .map(|(a, b, between)| {
                let (median, p90) = between.values.quantiles();
                Edge {
                    a: activities.text(a).to_owned(),
                    b: activities.text(b).to_owned(),
                    freq: between.count,
                    mean_s: between.sum as f64 / between.count as f64 / SECOND as f64,
                    median_s: median / SECOND as f64,
                    p90_s: p90 / SECOND as f64,
                    min_s: seconds(between.min),
                    max_s: seconds(between.max),
                    sum_s: between.sum as f64 / SECOND as f64,
                }
            })
            .collect();
        edges.sort_by(|x, y| (&x.a, &x.b).cmp(&(&y.a, &y.b)));
        edges
    }
}

/// The directly-follows graph of a log with exact means, medians and ninetieth percentiles.
pub fn follows(log: &EventLog) -> Vec<Edge> {
    let mut follows = Follows::<Exact>::default();
    for case in log.each() {
        for (pair, at) in case.activity.windows(2).zip(case.times.windows(2)) {
            follows.add(pair[0], pair[1], at[1] - at[0]);
        }
    }
    follows.finish(&log.activities)
}
