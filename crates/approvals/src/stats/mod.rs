//! What a log holds: cases, variants, who follows whom and how long it takes, rework and hand-overs. One pass.
//!
//! Events of a case follow each other in order of time, ties in order of the file. All transitions count as events
//! unless the log was cut to some ([`EventLog::only`]). Quantiles interpolate linearly between order statistics
//! (Hyndman and Fan, "Sample Quantiles in Statistical Packages", 1996, type 7).

mod durations;
mod follows;
mod handovers;
mod pairs;
mod streamed;
mod tally;

pub use durations::quantile;
pub use durations::{Durations, Exact, Sketch, Spread};
pub use follows::follows;
pub use handovers::handovers;
pub use streamed::Streamed;
pub use tally::Tally;
pub(crate) use tally::{pack, unpack};

use crate::log::EventLog;
use crate::log::time;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// One pair of activities of which the second directly follows the first.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Edge {
    /// The first.
    pub a: String,
    /// The second.
    pub b: String,
    /// How often.
    pub freq: u64,
    /// Mean seconds between them.
    pub mean_s: f64,
    /// Median seconds.
    pub median_s: f64,
    /// Nine in ten take at most this.
    pub p90_s: f64,
    /// Fewest seconds.
    pub min_s: f64,
    /// Most seconds.
    pub max_s: f64,
    /// Seconds in all.
    pub sum_s: f64,
}

/// A way through the process and how many cases took it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Variant {
    /// Its activities in order.
    pub variant: Vec<String>,
    /// Cases.
    pub count: u64,
}

/// Work passed on from one to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Handover {
    /// Who had it.
    pub from: String,
    /// Who has it next; the same one where work stays.
    pub to: String,
    /// How often.
    pub n: u64,
}

/// Everything counted. Names of fields are those of the JSON.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Stats {
    /// Events.
    pub n_events: u64,
    /// Cases with at least one event.
    pub n_cases: u64,
    /// Different activities.
    pub n_activities: u64,
    /// Events of each activity.
    pub activities: BTreeMap<String, u64>,
    /// First and last time, in UTC.
    pub time_range: Option<[String; 2]>,
    /// Events that stood before an earlier one of their case in the file.
    pub out_of_order_events_in_file_order: u64,
    /// Different ways through the process.
    pub n_variants: u64,
    /// The commonest.
    pub top_variants: Vec<Variant>,
    /// Cases that begin with an activity.
    pub start_activities: BTreeMap<String, u64>,
    /// Cases that end with an activity.
    pub end_activities: BTreeMap<String, u64>,
    /// Pairs in `dfg`.
    pub n_dfg_edges: u64,
    /// Which activity directly follows which, and after how long.
    pub dfg: Vec<Edge>,
    /// First to last event of a case, in seconds.
    pub case_duration_s: Spread,
    /// Events of a case.
    pub case_length: Spread,
    /// Cases that took longer than so many days.
    pub cases_over_calendar_days: BTreeMap<String, u64>,
    /// Cases in which an activity happens more than once.
    pub rework_cases_per_activity: BTreeMap<String, u64>,
    /// Events beyond the first of their activity in their case.
    pub rework_events_total: u64,
    /// Cases with any such event.
    pub cases_with_rework: u64,
    /// An activity directly after itself.
    pub self_loops_events: u64,
    /// Different resources.
    pub n_resources: u64,
    /// Events that name none.
    pub events_without_resource: u64,
    /// Who passes on to whom, those who keep the work included; most first.
    pub handover_counts_all_pairs_incl_self: Vec<Handover>,
    /// Pairs in that list.
    pub handover_pairs_total: u64,
    /// Steps between two events that both name a resource.
    pub handover_events_total: u64,
    /// Those between different ones.
    pub handover_events_between_different: u64,
    /// The same by case.
    pub handovers_per_case: Spread,
    /// Events of each resource.
    pub resource_activity_counts: BTreeMap<String, u64>,
    /// Figures that are within one part in a hundred instead of exact: those of a streamed log.
    pub approximate: Vec<String>,
}

/// Days for which cases are counted that took longer.
pub const DAYS: [i64; 11] = [1, 5, 7, 10, 15, 20, 30, 56, 60, 90, 180];

/// Counts a log. Time between events is measured by `between` where working time is wanted, else by the calendar.
pub fn of(log: &EventLog, top: usize, between: Option<&dyn Fn(i64, i64) -> i64>) -> Stats {
    let mut tally = Tally::<Exact>::default();
    for case in log.each() {
        tally.case(case.activity, case.times, case.resource, between);
    }
    tally.out_of_order = log.out_of_order;
    tally.finish(&log.activities, &log.resources, top)
}

fn range(first: i64, last: i64) -> Option<[String; 2]> {
    (first <= last).then(|| [time::utc(first), time::utc(last)])
}

/// One more at a place, which may be new.
fn add(counts: &mut Vec<u64>, at: u32) {
    let at = at as usize;
    if at >= counts.len() {
        counts.resize(at + 1, 0);
    }
    counts[at] += 1;
}
