//! Where the days go: waiting against work, bottlenecks, queues, batches and who works with whom.

use crate::log::time::DAY;
use crate::log::{Case, EventLog, NEVER, NONE, Ordered, Transition};
use crate::stats::quantile;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// Time between two steps over a log.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Wait {
    /// The step before.
    pub from: String,
    /// The step after.
    pub to: String,
    /// How often.
    pub n: u64,
    /// Days waited before the step began.
    pub waiting_days: f64,
    /// Days worked on it, where beginnings are logged; else zero, and all of it counts as waiting.
    pub working_days: f64,
    /// Both, in all: what would be gained if the step took no time.
    pub days_lost: f64,
    /// Median days of both.
    pub median_days: f64,
    /// Nine in ten take at most so many.
    pub p90_days: f64,
}

/// A step as carried out: begun, finished.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Task {
    /// Its activity.
    pub activity: u32,
    /// When it began; equal to `end` where the log does not tell.
    pub begin: i64,
    /// When it was finished.
    pub end: i64,
    /// By whom, or [`NONE`].
    pub resource: u32,
    /// Is the beginning logged?
    pub timed: bool,
}

/// The steps of a case. A start is matched with the next completion of its activity (first in, first out); an end before its
/// beginning counts as taking no time.
pub fn tasks(case: &Case<'_>) -> Vec<Task> {
    let mut open: BTreeMap<u32, std::collections::VecDeque<i64>> = BTreeMap::new();
    let mut tasks = Vec::with_capacity(case.activity.len());
    for (at, activity) in case.activity.iter().enumerate() {
        let transition = case.transitions.get(at).copied().unwrap_or_default();
        match transition {
            Transition::Start => open.entry(*activity).or_default().push_back(case.times[at]),
            Transition::Complete => {
                let own = case.starts.get(at).copied().filter(|start| *start != NEVER);
                let begun = own.or_else(|| open.get_mut(activity).and_then(|queue| queue.pop_front()));
                let end = case.times[at];
                tasks.push(Task {
                    activity: *activity,
                    begin: begun.unwrap_or(end).min(end),
                    end,
                    resource: case.resource[at],
                    timed: begun.is_some(),
                });
            }
            _ => {}
        }
    }
    tasks
}

/// Every pair of steps that follow each other, by the days they cost in all.
pub fn bottlenecks(log: &EventLog) -> Vec<Wait> {
    let mut pairs: Ordered<u64, (Vec<i64>, i128, i128)> = Ordered::default();
    for case in log.each() {
        for pair in tasks(&case).windows(2) {
            let key = u64::from(pair[0].activity) << 32 | u64::from(pair[1].activity);
            // Work that overlaps the step before is not waited for.
            let begin = pair[1].begin.max(pair[0].end).min(pair[1].end);
            let (waited, worked) = (begin - pair[0].end, pair[1].end - begin);
            let entry = pairs.entry(key).or_default();
            entry.0.push((waited + worked).max(0));
            entry.1 += i128::from(waited.max(0));
            entry.2 += i128::from(worked.max(0));
        }
    }
    let days = |micros: f64| micros / DAY as f64;
    let mut waits: Vec<Wait> = pairs
        .into_iter()
        .map(|(key, (mut took, waited, worked))| {
            took.sort_unstable();
            Wait {
                from: log.activities.text((key >> 32) as u32).to_owned(),
                to: log.activities.text(key as u32).to_owned(),
                n: took.len() as u64,
                waiting_days: days(waited as f64),
                working_days: days(worked as f64),
                days_lost: days((waited + worked) as f64),
                median_days: days(quantile(&took, 0.5)),
                p90_days: days(quantile(&took, 0.9)),
            }
        })
        .collect();
    waits.sort_by(|a, b| {
        b.days_lost.total_cmp(&a.days_lost).then_with(|| (&a.from, &a.to).cmp(&(&b.from, &b.to)))
    });
    waits
}

/// Cases under way at the end of each day (UTC), from the first to the last: the queue over time.
pub fn queue(log: &EventLog) -> Vec<(i64, u64)> {
    let mut changes: BTreeMap<i64, i64> = BTreeMap::new();
    for case in log.each() {
        *changes.entry(case.times[0].div_euclid(DAY)).or_default() += 1;
        *changes.entry(case.times[case.times.len() - 1].div_euclid(DAY)).or_default() -= 1;
    }
    let (Some(first), Some(last)) =
        (changes.first_key_value().map(|(day, _)| *day), changes.last_key_value().map(|(day, _)| *day))
    else {
        return Vec::new();
    };
    let mut under_way = 0;
    // A log over more than a thousand years has a wrong date in it, not a queue.
    (first..=last.min(first + 366_000))
        .map(|day| {
            under_way += changes.get(&day).copied().unwrap_or(0);
            (day, under_way.max(0) as u64)
        })
        .collect()
}

/// Cases on which two work together: most first.
pub fn working_together(log: &EventLog) -> Vec<(String, String, u64)> {
    let mut pairs: Ordered<u64, u64> = Ordered::default();
    for case in log.each() {
        let mut who: Vec<u32> = case.resource.iter().copied().filter(|resource| *resource != NONE).collect();
        who.sort_unstable();
        who.dedup();
        for (at, a) in who.iter().enumerate() {
            for b in &who[at + 1..] {
                *pairs.entry(u64::from(*a) << 32 | u64::from(*b)).or_default() += 1;
            }
        }
    }
    let name = |id: u32| log.resources.text(id).to_owned();
    let mut together: Vec<_> =
        pairs.into_iter().map(|(key, count)| (name((key >> 32) as u32), name(key as u32), count)).collect();
    together.sort_by(|a, b| b.2.cmp(&a.2).then_with(|| (&a.0, &a.1).cmp(&(&b.0, &b.1))));
    together
}

/// Work done in batches.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Batches {
    /// The step.
    pub activity: String,
    /// Events of it that were finished by one resource within a minute of one another, three or more together.
    pub batched: u64,
    /// All its events.
    pub events: u64,
}

/// Steps that are done in batches: runs of at least three completions by one resource, each within a minute of the last.
pub fn batches(log: &EventLog) -> Vec<Batches> {
    let mut by: BTreeMap<(u32, u32), Vec<i64>> = BTreeMap::new();
    for case in log.each() {
        for task in tasks(&case).iter().filter(|task| task.resource != NONE) {
            by.entry((task.activity, task.resource)).or_default().push(task.end);
        }
    }
    let mut counts: BTreeMap<u32, (u64, u64)> = BTreeMap::new();
    for ((activity, _), mut times) in by {
        times.sort_unstable();
        let counted = counts.entry(activity).or_default();
        counted.1 += times.len() as u64;
        let runs = times.chunk_by(|a, b| b - a <= 60 * crate::log::time::SECOND);
        counted.0 += runs.filter(|run| run.len() >= 3).map(|run| run.len() as u64).sum::<u64>();
    }
    let mut batches: Vec<Batches> = counts
        .into_iter()
        .map(|(activity, (batched, events))| Batches {
            activity: log.activities.text(activity).to_owned(),
            batched,
            events,
        })
        .collect();
    batches.sort_by(|a, b| b.batched.cmp(&a.batched).then_with(|| a.activity.cmp(&b.activity)));
    batches
}
