//! A model out of a log.
//!
//! Ways through are those cases took. Arrivals are whole weeks of the log, so that weekdays and hours stay as they are. What a step
//! takes is drawn from what it took after the same step before. Where the log tells when steps began, work and waiting are
//! apart: work is done by pools of staff, and a pool that was busy at least half of its hours makes its tasks queue; the
//! waiting before the tasks of any other pool is for something else than staff and is drawn as it was. Where the log tells
//! only completions, waiting and work cannot be told apart: all of it is drawn as it was, and staff plays no part.

use super::run::{Arrivals, Distribution, MONDAY, Model, Pool, Stage, Task, WEEK, Way};
use crate::clock::{Calendar, Hours};
use crate::flow::{self, Task as Done};
use crate::log::time::DAY;
use crate::log::{EventLog, NONE, Ordered};
use std::collections::{BTreeMap, BTreeSet};

/// What a fit rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct Fitted {
    /// The model.
    pub model: Model,
    /// Cases it was fitted to.
    pub cases: usize,
    /// Does the log tell when steps began? Without it staff cannot be changed.
    pub timed: bool,
    /// Share of its hours each pool was busy.
    pub busy: Vec<f64>,
}

/// Fits a model to the cases that begin in `from..to` (UTC); with hours, work is counted in them.
pub fn fit(log: &EventLog, hours: Option<&Hours>, calendar: &Calendar, from: i64, to: i64) -> Fitted {
    let cases: Vec<Vec<Done>> = log
        .each()
        .filter(|case| (from..to).contains(&case.times[0]))
        .map(|case| flow::tasks(&case))
        .filter(|tasks| !tasks.is_empty())
        .collect();
    let (timed, all) =
        cases.iter().flatten().fold((0, 0), |(timed, all), task| (timed + usize::from(task.timed), all + 1));
    let timed = timed * 2 > all;
    let arrivals = weeks(&cases);
    let mut fitting = Fitting {
        log,
        hours: hours.filter(|_| timed),
        calendar,
        times: Vec::new(),
        known: Ordered::default(),
        pool_of: BTreeMap::new(),
        pools: vec![Pool { name: "anybody".into(), staff: None, hours: false }],
        busy: vec![0.0],
    };
    if timed {
        fitting.pools(&cases);
    }
    let mut ways: Ordered<Vec<u32>, u64> = Ordered::default();
    for tasks in &cases {
        *ways.entry(tasks.iter().map(|task| task.activity).collect()).or_default() += 1;
    }
    fitting.observe(&cases, timed);
    let ways = ways.into_iter().map(|(activities, weight)| fitting.way(&activities, weight)).collect();
    Fitted {
        model: Model {
            arrivals,
            ways,
            times: fitting.times,
            pools: fitting.pools,
            hours: fitting.hours.cloned(),
            calendar: calendar.clone(),
        },
        cases: cases.len(),
        timed,
        busy: fitting.busy,
    }
}

/// Every week from the first to the last, empty ones included.
fn weeks(cases: &[Vec<Done>]) -> Arrivals {
    let mut by: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    for tasks in cases {
        let came = tasks[0].begin - MONDAY;
        by.entry(came.div_euclid(WEEK)).or_default().push(came.rem_euclid(WEEK));
    }
    let (Some(first), Some(last)) =
        (by.first_key_value().map(|(week, _)| *week), by.last_key_value().map(|(week, _)| *week))
    else {
        return Arrivals::Weeks(Vec::new());
    };
    // The first and the last week are rarely whole; they count when there is nothing else.
    let inner = if last - first >= 4 { first + 1..=last - 1 } else { first..=last };
    let weeks = inner.take(10_000).map(|week| {
        let mut offsets = by.remove(&week).unwrap_or_default();
        offsets.sort_unstable();
        offsets
    });
    Arrivals::Weeks(weeks.collect())
}

struct Fitting<'a> {
    log: &'a EventLog,
    hours: Option<&'a Hours>,
    calendar: &'a Calendar,
    times: Vec<Distribution>,
    /// Number of the distribution of (before, activity, work or delay).
    known: Ordered<(u32, u32, u32), u32>,
    pool_of: BTreeMap<u32, u32>,
    pools: Vec<Pool>,
    busy: Vec<f64>,
}

const DELAY: u32 = 0;
const WORK: u32 = 1;

impl Fitting<'_> {
    /// Steps whose staff overlap by more than half share a pool.
    fn pools(&mut self, cases: &[Vec<Done>]) {
        let mut staff: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
        for task in cases.iter().flatten().filter(|task| task.resource != NONE) {
            staff.entry(task.activity).or_default().insert(task.resource);
        }
        let mut groups: Vec<(BTreeSet<u32>, Vec<u32>)> = Vec::new();
        for (activity, who) in staff {
            let alike =
                |other: &BTreeSet<u32>| 2 * other.intersection(&who).count() > other.union(&who).count();
            match groups.iter_mut().find(|(other, _)| alike(other)) {
                Some((other, activities)) => {
                    other.extend(who);
                    activities.push(activity);
                }
                None => groups.push((who, vec![activity])),
            }
        }
        for (who, activities) in groups {
            let number = self.pools.len() as u32;
            let name = activities
                .iter()
                .map(|activity| self.log.activities.text(*activity))
                .collect::<Vec<_>>()
                .join(" / ");
            self.pool_of.extend(activities.iter().map(|activity| (*activity, number)));
            let (present, busy) = self.presence(cases, &activities, who.len());
            // A pool with time to spare keeps nobody waiting.
            let staff = (busy >= 0.5).then_some(present);
            self.pools.push(Pool { name, staff, hours: self.hours.is_some() });
            self.busy.push(busy);
        }
    }

    /// How many are at work on a median day of work, and the share of their time that is taken.
    fn presence(&self, cases: &[Vec<Done>], activities: &[u32], most: usize) -> (u32, f64) {
        let mut days: BTreeMap<i64, BTreeSet<u32>> = BTreeMap::new();
        let mut work = 0_i128;
        for task in cases.iter().flatten().filter(|task| activities.contains(&task.activity)) {
            days.entry(task.end.div_euclid(DAY)).or_default().insert(task.resource);
            work += i128::from(self.took(task.begin, task.end));
        }
        let mut present: Vec<usize> = days.values().map(BTreeSet::len).collect();
        present.sort_unstable();
        let median = present.get(present.len() / 2).copied().unwrap_or(1).clamp(1, most.max(1));
        let a_day = self.hours.map_or(DAY, Hours::day).max(1);
        let offered = present.len() as i128 * median as i128 * i128::from(a_day);
        (median as u32, if offered == 0 { 0.0 } else { work as f64 / offered as f64 })
    }

    fn took(&self, from: i64, to: i64) -> i64 {
        let worked = self.hours.and_then(|hours| hours.between(self.calendar, from, to).ok());
        worked.unwrap_or(to - from).max(0)
    }

    fn observe(&mut self, cases: &[Vec<Done>], timed: bool) {
        for tasks in cases {
            let (mut before, mut over) = (NONE, tasks[0].begin);
            for task in tasks {
                let begin = task.begin.max(over).min(task.end);
                let pool = self.pool_of.get(&task.activity).copied().unwrap_or(0);
                if timed {
                    // Waiting for staff comes out of the queue; other waiting is drawn.
                    if self.pools[pool as usize].staff.is_none() {
                        self.add((before, task.activity, DELAY), begin - over);
                    }
                    let worked = self.took(begin, task.end);
                    self.add((NONE, task.activity, WORK), worked);
                } else {
                    self.add((before, task.activity, DELAY), task.end - over);
                }
                (before, over) = (task.activity, task.end.max(over));
            }
        }
    }

    fn add(&mut self, key: (u32, u32, u32), micros: i64) {
        let next = self.times.len() as u32;
        let at = *self.known.entry(key).or_insert(next);
        if at == next {
            self.times.push(Distribution::Observed(Vec::new()));
        }
        if let Distribution::Observed(values) = &mut self.times[at as usize] {
            values.push(micros.max(0));
        }
    }

    fn way(&self, activities: &[u32], weight: u64) -> Way {
        let mut before = NONE;
        let stages = activities.iter().map(|activity| {
            let find = |key| self.known.get(&key).copied().into_iter().collect();
            let task = Task {
                name: self.log.activities.text(*activity).to_owned(),
                delay: find((before, *activity, DELAY)),
                work: find((NONE, *activity, WORK)),
                pool: self.pool_of.get(activity).copied().unwrap_or(0),
            };
            before = *activity;
            Stage(vec![task])
        });
        Way { stages: stages.collect(), later: Vec::new(), weight }
    }
}
