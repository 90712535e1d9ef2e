//! What is to be scheduled: activities with modes, precedence, and resources.

use serde::Serialize;
use std::fmt;

/// One way to carry out an activity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mode {
    /// In periods.
    pub duration: u32,
    /// Units of each renewable resource while it runs.
    pub renewable: Vec<u32>,
    /// Units of each nonrenewable resource it uses up.
    pub nonrenewable: Vec<u32>,
}

/// That one activity may start only when another has ended, or so long before or after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Successor {
    /// Index of the activity that waits.
    pub to: usize,
    /// Periods between the end of the one and the start of the other; negative when they may overlap.
    pub lag: i32,
}

/// One activity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Activity {
    /// Its number or name in the file.
    pub name: String,
    /// At least one.
    pub modes: Vec<Mode>,
    /// Who waits for it.
    pub successors: Vec<Successor>,
}

/// A resource-constrained scheduling problem, single-mode or multi-mode (RCPSP, MRCPSP). The makespan is to be least.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instance {
    /// In any order; a source and a sink are not required.
    pub activities: Vec<Activity>,
    /// Units of each renewable resource at any time.
    pub renewable: Vec<u32>,
    /// Units of each nonrenewable resource in all.
    pub nonrenewable: Vec<u32>,
}

/// Start times and modes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Schedule {
    /// Start of each activity.
    pub start: Vec<u32>,
    /// Index of the mode of each activity.
    pub mode: Vec<usize>,
    /// When the last one ends.
    pub makespan: u32,
}

/// Why an instance or a schedule cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// An activity without a mode, a successor that is not there, a demand for a resource that is not there.
    Malformed(String),
    /// Activities that wait for each other, by their names in order.
    Cycle(Vec<String>),
    /// No mode of this activity fits the capacities.
    TooLarge(String),
    /// The schedule starts an activity before one it waits for has ended.
    Precedence(String, String),
    /// The schedule needs more than there is of a renewable resource, at a time.
    Overload(usize, u32),
    /// The modes use up more than there is of a nonrenewable resource.
    UsedUp(usize),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed(what) => f.write_str(what),
            Self::Cycle(names) => {
                write!(f, "activities wait for each other in a circle: {}", names.join(" → "))
            }
            Self::TooLarge(name) => write!(f, "no mode of activity {name} fits the capacities"),
            Self::Precedence(before, after) => write!(f, "activity {after} starts before {before} has ended"),
            Self::Overload(resource, time) => write!(f, "resource {} is overloaded at {time}", resource + 1),
            Self::UsedUp(resource) => write!(f, "nonrenewable resource {} is used up", resource + 1),
        }
    }
}

impl Instance {
    /// Checks it, and gives an order in which nobody stands before one it waits for.
    ///
    /// # Errors
    /// The first [`Fault`].
    pub fn check(&self) -> Result<Vec<usize>, Fault> {
        let n = self.activities.len();
        for activity in &self.activities {
            let name = &activity.name;
            if activity.modes.is_empty() {
                return Err(Fault::Malformed(format!("activity {name} has no mode")));
            }
            if activity.successors.iter().any(|successor| successor.to >= n) {
                return Err(Fault::Malformed(format!("activity {name} has a successor that is not there")));
            }
            let fits_shape = |mode: &Mode| {
                mode.renewable.len() == self.renewable.len()
                    && mode.nonrenewable.len() == self.nonrenewable.len()
            };
            if !activity.modes.iter().all(fits_shape) {
                return Err(Fault::Malformed(format!(
                    "activity {name} does not state one demand for each resource"
                )));
            }
            let fits = |mode: &Mode| {
                mode.duration == 0
                    || mode.renewable.iter().zip(&self.renewable).all(|(need, there)| need <= there)
            };
            if !activity.modes.iter().any(fits) {
                return Err(Fault::TooLarge(name.clone()));
            }
        }
        self.order().map_err(|cycle| {
            Fault::Cycle(cycle.into_iter().map(|at| self.activities[at].name.clone()).collect())
        })
    }

    /// A topological order, or a cycle.
    fn order(&self) -> Result<Vec<usize>, Vec<usize>> {
        let successors: Vec<Vec<usize>> =
            self.activities.iter().map(|a| a.successors.iter().map(|s| s.to).collect()).collect();
        topological(&successors)
    }

    /// Longest path from the first start to the last end when every activity runs in its shortest mode.
    pub fn critical_path(&self) -> u32 {
        let Ok(order) = self.order() else { return 0 };
        let mut start = vec![0_u32; self.activities.len()];
        let mut end = 0;
        for at in order {
            let shortest = self.activities[at].modes.iter().map(|mode| mode.duration).min().unwrap_or(0);
            let finish = start[at].saturating_add(shortest);
            end = end.max(finish);
            for successor in &self.activities[at].successors {
                start[successor.to] = start[successor.to].max(finish.saturating_add_signed(successor.lag));
            }
        }
        end
    }

    /// Checks a schedule independently of how it was made.
    ///
    /// # Errors
    /// The first [`Fault`] of the schedule.
    pub fn verify(&self, schedule: &Schedule) -> Result<(), Fault> {
        let (n, start) = (self.activities.len(), &schedule.start);
        if start.len() != n || schedule.mode.len() != n {
            return Err(Fault::Malformed("the schedule does not hold every activity".into()));
        }
        let mut chosen = Vec::with_capacity(n);
        for (activity, mode) in self.activities.iter().zip(&schedule.mode) {
            let mode =
                activity.modes.get(*mode).ok_or_else(|| Fault::Malformed("a mode is not there".into()))?;
            chosen.push(mode);
        }
        let end = |at: usize| u64::from(start[at]) + u64::from(chosen[at].duration);
        for (at, activity) in self.activities.iter().enumerate() {
            for successor in &activity.successors {
                if i64::from(start[successor.to]) < end(at) as i64 + i64::from(successor.lag) {
                    let after = self.activities[successor.to].name.clone();
                    return Err(Fault::Precedence(activity.name.clone(), after));
                }
            }
        }
        for (resource, there) in self.renewable.iter().enumerate() {
            // Use rises only where something starts.
            for time in start {
                let runs = |at: &usize| start[*at] <= *time && u64::from(*time) < end(*at);
                let used: u64 = (0..n).filter(runs).map(|at| u64::from(chosen[at].renewable[resource])).sum();
                if used > u64::from(*there) {
                    return Err(Fault::Overload(resource, *time));
                }
            }
        }
        for (resource, there) in self.nonrenewable.iter().enumerate() {
            let used: u64 = chosen.iter().map(|mode| u64::from(mode.nonrenewable[resource])).sum();
            if used > u64::from(*there) {
                return Err(Fault::UsedUp(resource));
            }
        }
        let last = (0..n).map(end).max().unwrap_or(0);
        if last != u64::from(schedule.makespan) {
            return Err(Fault::Malformed(format!("the makespan is {last}, not {}", schedule.makespan)));
        }
        Ok(())
    }
}

/// An order of a graph in which every edge leads forward, or one of its cycles.
///
/// # Errors
/// The nodes of a cycle, each leading to the next and the last to the first.
pub fn topological(successors: &[Vec<usize>]) -> Result<Vec<usize>, Vec<usize>> {
    let n = successors.len();
    let mut waits = vec![0_usize; n];
    for to in successors.iter().flatten() {
        waits[*to] += 1;
    }
    // Taken from the front so that the order is as near to the file's as it can be.
    let mut ready: std::collections::BTreeSet<usize> = (0..n).filter(|at| waits[*at] == 0).collect();
    let mut order = Vec::with_capacity(n);
    while let Some(at) = ready.pop_first() {
        order.push(at);
        for to in &successors[at] {
            waits[*to] -= 1;
            if waits[*to] == 0 {
                ready.insert(*to);
            }
        }
    }
    if order.len() == n { Ok(order) } else { Err(cycle(successors, &waits)) }
}

/// Walks backwards among the nodes that still wait: each has a predecessor that waits too, so the walk closes.
fn cycle(successors: &[Vec<usize>], waits: &[usize]) -> Vec<usize> {
    let mut before = vec![usize::MAX; waits.len()];
    for (at, to) in successors.iter().enumerate().flat_map(|(at, all)| all.iter().map(move |to| (at, *to))) {
        if waits[at] > 0 && waits[to] > 0 {
            before[to] = at;
        }
    }
    let Some(mut at) = waits.iter().position(|waits| *waits > 0) else { return Vec::new() };
    let mut seen = vec![false; waits.len()];
    while !seen[at] {
        seen[at] = true;
        at = before[at];
    }
    let (first, mut walk) = (at, vec![at]);
    while before[at] != first {
        at = before[at];
        walk.push(at);
    }
    walk.reverse();
    // Told from its first node on, so that it is told in one way.
    let least = (0..walk.len()).min_by_key(|at| walk[*at]).unwrap_or(0);
    walk.rotate_left(least);
    walk
}
