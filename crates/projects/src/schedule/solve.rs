//! The whole way: bounds, priority rules, genetic search and exact search in turns, until optimal or told to stop.

use super::{
    Fault, Instance, Rule, Schedule, bounds,
    clauses::{Search, Verdict},
    generation::{self, Profile},
    genetic::Genetic,
    modes,
    network::{Load, Network},
    rules,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How long and by what to search.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// Units of work after which the search stops; the same number gives the same schedule on every machine. A unit is
    /// about a seventeenth of a microsecond.
    pub work: Option<u64>,
    /// Only this priority rule, without any search.
    pub rule: Option<Rule>,
    /// Leave out the exact search.
    pub heuristic_only: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { work: Some(28_000_000), rule: None, heuristic_only: false }
    }
}

/// Why the search ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StoppedBy {
    /// The schedule is proven optimal.
    Optimal,
    /// No schedule exists, which is proven.
    Infeasible,
    /// The work allowed is used up.
    Work,
    /// Somebody said stop: a time limit or a person.
    Time,
    /// Only a rule was asked for.
    Rule,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Solution {
    /// The best schedule; none when none was found.
    pub schedule: Option<Schedule>,
    /// No schedule ends earlier.
    pub lower_bound: u32,
    /// Is the schedule optimal, or proven not to exist?
    pub proven: bool,
    /// Why the search ended.
    pub stopped_by: StoppedBy,
    /// Units of work done.
    pub work: u64,
}

/// Schedules an instance. `stop` is asked often; it may read a clock, which the library does not.
///
/// # Errors
/// When the instance is malformed or has a cycle.
pub fn solve(
    instance: &Instance,
    options: &Options,
    seed: u64,
    stop: &dyn Fn() -> bool,
) -> Result<Solution, Fault> {
    let order = instance.check()?;
    if instance.activities.is_empty() {
        let schedule = Some(Schedule { start: vec![], mode: vec![], makespan: 0 });
        return Ok(Solution {
            schedule,
            lower_bound: 0,
            proven: true,
            stopped_by: StoppedBy::Optimal,
            work: 0,
        });
    }
    let network = Network::new(instance, &order);
    if instance.activities.iter().any(|activity| activity.modes.len() > 1)
        || !instance.nonrenewable.is_empty()
    {
        return Ok(modes::solve(instance, &network, options, seed, stop));
    }
    let load = Load::new(instance, &vec![0; order.len()]);
    Ok(Run { instance, network: &network, load: &load, options, stop }.solve(seed))
}

/// A single-mode problem being solved.
struct Run<'a> {
    instance: &'a Instance,
    network: &'a Network,
    load: &'a Load,
    options: &'a Options,
    stop: &'a dyn Fn() -> bool,
}

/// Units of work of one turn of the genetic search; the exact search gets as many.
const TURN: u64 = 400_000;
/// Units of work before the exact search is first tried.
const WARM_UP: u64 = 300_000;
/// Turns after which a bound that was not raised counts as one that resists.
const RESISTS: u32 = 6;
/// Up to so many activities a proof is within reach: after a few turns the exact search gets most of the work.
const SMALL: usize = 40;
/// The first turns of the exact search, in which it gets no more than the genetic one.
const EARLY: u32 = 4;
/// How many times longer its turns are then.
const LONGER: u64 = 16;
/// The exact search keeps tables by activity and time; beyond this many cells only the others run.
const LARGEST_TABLE: u64 = 4_000_000;

impl Run<'_> {
    fn solve(&self, seed: u64) -> Solution {
        let lower = bounds::lower_bound(self.instance, self.network);
        let first = self.by_rules();
        if self.options.rule.is_some() {
            let best = first.into_iter().min_by_key(|start| self.makespan(start)).unwrap_or_default();
            let proven = self.makespan(&best) == lower;
            return self.solution(&best, lower, proven, StoppedBy::Rule, 0);
        }
        let mut genetic = Genetic::new(self.network, self.load, &first, seed);
        let mut exact = Exact::new(lower);
        let table = self.load.duration.len() as u64 * u64::from(genetic.makespan);
        let try_exact = !self.options.heuristic_only && table <= LARGEST_TABLE;
        let unit = self.load.duration.len() as u64;
        let small = self.load.duration.len() <= SMALL;
        let mut turns = 0_u64;
        let stopped_by = loop {
            if exact.lower >= genetic.makespan {
                break StoppedBy::Optimal;
            }
            let work = genetic.decoded * unit + exact.steps;
            if self.options.work.is_some_and(|most| work >= most) {
                break StoppedBy::Work;
            }
            if (self.stop)() {
                break StoppedBy::Time;
            }
            let goal = if turns == 0 { WARM_UP } else { TURN };
            let until = (genetic.decoded * unit).saturating_add(goal);
            while genetic.decoded * unit < until && genetic.makespan > exact.lower && !(self.stop)() {
                genetic.generation();
            }
            // Proofs that do not come early seldom come where there is much to schedule: the exact search takes every turn
            // first, then every third.
            if try_exact && (small || turns < 40 || turns.is_multiple_of(3)) {
                let spent = genetic.decoded * unit + exact.steps;
                let left = self.options.work.map_or(u64::MAX, |most| most.saturating_sub(spent));
                exact.turn(self, &mut genetic, left);
            }
            turns += 1;
        };
        let work = genetic.decoded * unit + exact.steps;
        let proven = stopped_by == StoppedBy::Optimal;
        self.solution(&genetic.best, exact.lower.min(genetic.makespan), proven, stopped_by, work)
    }

    /// One schedule by each priority rule and each scheme of generation.
    fn by_rules(&self) -> Vec<Vec<u32>> {
        let rules = self.options.rule.map_or(Rule::ALL.to_vec(), |rule| vec![rule]);
        let (mut profile, mut schedules) = (Profile::default(), Vec::new());
        let n = self.load.duration.len();
        for rule in rules {
            let keys = rules::keys(rule, self.instance, self.network, &self.load.duration);
            let list = list_by_keys(self.network, &keys);
            let mut start = vec![0; n];
            generation::serial(self.network, self.load, &list, &mut start, &mut profile);
            schedules.push(start);
            let mut start = vec![0; n];
            generation::parallel(self.network, self.load, &keys, &mut start, &mut profile);
            schedules.push(start);
        }
        schedules
    }

    fn makespan(&self, start: &[u32]) -> u32 {
        start.iter().zip(&self.load.duration).map(|(start, length)| start + length).max().unwrap_or(0)
    }

    fn solution(
        &self,
        start: &[u32],
        lower_bound: u32,
        proven: bool,
        stopped_by: StoppedBy,
        work: u64,
    ) -> Solution {
        let schedule =
            Schedule { start: start.to_vec(), mode: vec![0; start.len()], makespan: self.makespan(start) };
        Solution { schedule: Some(schedule), lower_bound, proven, stopped_by, work }
    }
}

/// A list that respects precedence: of those that could come next, the smallest key.
pub(super) fn list_by_keys(network: &Network, keys: &[f64]) -> Vec<u32> {
    let n = keys.len();
    let mut waits: Vec<usize> = (0..n).map(|at| network.waits_for(at).len()).collect();
    let mut open: Vec<usize> = (0..n).filter(|at| waits[*at] == 0).collect();
    let mut list = Vec::with_capacity(n);
    while !open.is_empty() {
        let before = |a: &usize, b: &usize| keys[*a].total_cmp(&keys[*b]).then(a.cmp(b));
        let best = (0..open.len()).min_by(|a, b| before(&open[*a], &open[*b])).unwrap_or(0);
        let at = open.swap_remove(best);
        list.push(at as u32);
        for (to, _) in network.leads_to(at) {
            waits[*to as usize] -= 1;
            if waits[*to as usize] == 0 {
                open.push(*to as usize);
            }
        }
    }
    list
}

/// The exact search from both ends: is there anything better than the best, and can the bound be raised?
struct Exact {
    lower: u32,
    steps: u64,
    /// Looks for a schedule better than the best known.
    above: Option<Search>,
    above_bound: u32,
    /// Looks for a schedule that ends at the lower bound.
    below: Option<Search>,
    below_bound: u32,
    /// Turns in a row that did not raise the bound.
    resisted: u32,
    turns: u32,
}

impl Exact {
    fn new(lower: u32) -> Self {
        Self {
            lower,
            steps: 0,
            above: None,
            above_bound: u32::MAX,
            below: None,
            below_bound: 0,
            resisted: 0,
            turns: 0,
        }
    }

    /// One turn, of at most the work that is left.
    fn turn(&mut self, run: &Run<'_>, genetic: &mut Genetic<'_>, left: u64) {
        let small = run.load.duration.len() <= SMALL;
        let longer = if small && self.turns >= EARLY { LONGER } else { 1 };
        let until = self.steps + (TURN * longer).min(left);
        // A bound that resists is left in peace most of the time.
        self.turns += 1;
        if self.resisted < RESISTS || self.turns.is_multiple_of(4) {
            let lower = self.lower;
            self.raise(run, genetic, if small { TURN / 10 } else { TURN / 2 });
            self.resisted = if self.lower > lower { 0 } else { self.resisted + 1 };
        }
        while self.steps < until && genetic.makespan > self.lower {
            let bound = genetic.makespan - 1;
            if self.above.is_none() {
                self.above = Search::new(run.instance, run.network, run.load, bound);
                self.above_bound = bound;
            }
            let Some(search) = &mut self.above else {
                self.lower = genetic.makespan;
                return;
            };
            if self.above_bound > bound {
                search.tighten(bound);
                self.above_bound = bound;
            }
            search.hint(&genetic.best, &[]);
            let before = search.steps();
            let verdict = search.run(until - self.steps, run.stop);
            self.steps += search.steps() - before;
            match verdict {
                Verdict::Found(start, _) => genetic.learn(&start),
                Verdict::Refuted => {
                    self.lower = genetic.makespan;
                    return;
                }
                Verdict::Open => return,
            }
        }
    }

    /// Raises the bound while its refutation comes within the work allowed.
    fn raise(&mut self, run: &Run<'_>, genetic: &mut Genetic<'_>, allowed: u64) {
        let until = self.steps + allowed;
        while self.steps < until && self.lower + 1 < genetic.makespan {
            if self.below.is_none() || self.below_bound != self.lower {
                self.below = Search::new(run.instance, run.network, run.load, self.lower);
                self.below_bound = self.lower;
            }
            let Some(search) = &mut self.below else {
                self.lower += 1;
                continue;
            };
            let before = search.steps();
            let verdict = search.run(until - self.steps, run.stop);
            self.steps += (search.steps() - before).max(1);
            match verdict {
                Verdict::Found(start, _) => genetic.learn(&start),
                Verdict::Refuted => {
                    self.lower += 1;
                    self.below = None;
                }
                Verdict::Open => return,
            }
        }
    }
}
