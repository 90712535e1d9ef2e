//! Several modes: a local search over modes and orders, and the exact search in turns.
//!
//! The local search changes the modes of a few activities, decodes the order forwards, backwards and forwards again, and
//! keeps what is no worse. Nonrenewable resources are respected throughout: a choice of modes that uses too much is
//! repaired first, and only what is within them is decoded.

use super::{
    Instance, Options, Schedule, Solution, StoppedBy, bounds,
    clauses::{Search, Verdict},
    generation::{self, Profile},
    network::{Load, Network},
    rules,
    solve::list_by_keys,
};
use crate::random::Random;

/// Units of work of a turn of each search.
const TURN: u64 = 200_000;
/// The exact search keeps tables by activity and time; beyond this many cells only the other runs.
const LARGEST_TABLE: u64 = 4_000_000;

pub(super) fn solve(
    whole: &Instance,
    network: &Network,
    options: &Options,
    seed: u64,
    stop: &dyn Fn() -> bool,
) -> Solution {
    let (instance, kept) = without_unfit(whole);
    let shortest: Vec<usize> = instance
        .activities
        .iter()
        .map(|activity| {
            (0..activity.modes.len()).min_by_key(|mode| activity.modes[*mode].duration).unwrap_or(0)
        })
        .collect();
    let load = Load::new(&instance, &shortest);
    let mut lower = bounds::lower_bound(&instance, network);
    let mut local = Local::new(&instance, network, shortest, seed);
    let mut exact: Option<(Search, u32)> = None;
    let (mut steps, unit) = (0_u64, instance.activities.len() as u64);
    let longest: u64 = instance
        .activities
        .iter()
        .map(|activity| {
            let lag: u64 = activity.successors.iter().map(|next| u64::try_from(next.lag).unwrap_or(0)).sum();
            lag + u64::from(activity.modes.iter().map(|mode| mode.duration).max().unwrap_or(0))
        })
        .sum();
    let longest = u32::try_from(longest).unwrap_or(u32::MAX);
    let stopped_by = loop {
        if local.makespan <= lower {
            break StoppedBy::Optimal;
        }
        let work = local.decoded * unit + steps;
        if options.work.is_some_and(|most| work >= most) {
            break StoppedBy::Work;
        }
        if stop() {
            break StoppedBy::Time;
        }
        local.run(TURN / unit.max(1), lower, stop);
        if local.makespan <= lower {
            continue;
        }
        let bound = local.makespan.min(longest.saturating_add(1)) - 1;
        if options.heuristic_only || options.rule.is_some() || unit * u64::from(bound) > LARGEST_TABLE {
            continue;
        }
        let (search, at) = match &mut exact {
            Some((search, at)) => (search, at),
            None => match Search::new(&instance, network, &load, bound) {
                Some(search) => {
                    let (search, at) = exact.insert((search, bound));
                    (search, at)
                }
                None => {
                    lower = bound + 1;
                    continue;
                }
            },
        };
        if *at > bound {
            search.tighten(bound);
            *at = bound;
        }
        if !local.best.start.is_empty() {
            search.hint(&local.best.start, &local.best.mode);
        }
        let before = search.steps();
        let verdict = search.run(TURN, stop);
        steps += search.steps() - before;
        match verdict {
            Verdict::Found(start, mode) => local.learn(start, mode),
            Verdict::Refuted if local.best.start.is_empty() => break StoppedBy::Infeasible,
            Verdict::Refuted => lower = local.makespan,
            Verdict::Open => {}
        }
    };
    let work = local.decoded * unit + steps;
    let mut schedule = (!local.best.start.is_empty()).then_some(local.best);
    if let Some(schedule) = &mut schedule {
        for (mode, kept) in schedule.mode.iter_mut().zip(&kept) {
            *mode = kept[*mode];
        }
    }
    let proven = matches!(stopped_by, StoppedBy::Optimal | StoppedBy::Infeasible);
    Solution { schedule, lower_bound: lower, proven, stopped_by, work }
}

/// The instance without modes that no capacity allows, and which modes were kept.
fn without_unfit(whole: &Instance) -> (Instance, Vec<Vec<usize>>) {
    let mut instance = whole.clone();
    let mut kept = Vec::with_capacity(whole.activities.len());
    for activity in &mut instance.activities {
        let fits: Vec<usize> = (0..activity.modes.len())
            .filter(|mode| {
                let mode = &activity.modes[*mode];
                let within =
                    |need: &[u32], there: &[u32]| need.iter().zip(there).all(|(need, there)| need <= there);
                (mode.duration == 0 || within(&mode.renewable, &whole.renewable))
                    && within(&mode.nonrenewable, &whole.nonrenewable)
            })
            .collect();
        // Nothing fits: the exact search says that there is no schedule.
        let fits = if fits.is_empty() { (0..activity.modes.len()).collect() } else { fits };
        activity.modes = fits.iter().map(|mode| activity.modes[*mode].clone()).collect();
        kept.push(fits);
    }
    (instance, kept)
}

/// The local search.
struct Local<'a> {
    instance: &'a Instance,
    networks: [Network; 2],
    load: Load,
    random: Random,
    /// Modes and keys it is at.
    mode: Vec<usize>,
    keys: Vec<f64>,
    here: u32,
    best: Schedule,
    makespan: u32,
    decoded: u64,
    profile: Profile,
}

impl<'a> Local<'a> {
    fn new(instance: &'a Instance, network: &Network, shortest: Vec<usize>, seed: u64) -> Self {
        let load = Load::new(instance, &shortest);
        let keys = rules::keys(rules::Rule::LatestFinish, instance, network, &load.duration);
        Self {
            instance,
            networks: [network.clone(), network.mirrored()],
            load,
            random: Random::new(seed),
            mode: shortest,
            keys,
            here: u32::MAX,
            best: Schedule { start: Vec::new(), mode: Vec::new(), makespan: u32::MAX },
            makespan: u32::MAX,
            decoded: 0,
            profile: Profile::default(),
        }
    }

    fn learn(&mut self, start: Vec<u32>, mode: Vec<usize>) {
        let ends = start.iter().zip(&mode).enumerate();
        let makespan =
            ends.map(|(at, (start, mode))| start + self.instance.activities[at].modes[*mode].duration).max();
        let makespan = makespan.unwrap_or(0);
        if makespan < self.makespan {
            self.keys = start.iter().map(|start| f64::from(*start)).collect();
            self.mode.clone_from(&mode);
            (self.makespan, self.here) = (makespan, makespan);
            self.best = Schedule { start, mode, makespan };
        }
    }

    /// So many schedules more, or until the bound is reached.
    fn run(&mut self, decodes: u64, lower: u32, stop: &dyn Fn() -> bool) {
        let until = self.decoded + decodes.max(1);
        while self.decoded < until && self.makespan > lower && !stop() {
            let (mode, keys) = (self.mode.clone(), self.keys.clone());
            if self.here < u32::MAX {
                self.perturb();
            }
            if !self.repair() {
                (self.mode, self.keys) = (mode, keys);
                self.decoded += 1;
                continue;
            }
            let makespan = self.decode();
            let worse = makespan > self.here && self.random.below(200) > 0;
            if worse {
                (self.mode, self.keys) = (mode, keys);
            } else {
                self.here = makespan;
            }
        }
    }

    fn perturb(&mut self) {
        let n = self.mode.len();
        for _ in 0..1 + self.random.below(3) {
            let at = self.random.below(n);
            self.mode[at] = self.random.below(self.instance.activities[at].modes.len());
        }
        for _ in 0..self.random.below(3) {
            let (at, by) = (self.random.below(n), self.random.below(11) as f64 - 5.0);
            self.keys[at] += by;
        }
    }

    /// Changes modes until no nonrenewable resource is used up; `false` when that does not come about.
    fn repair(&mut self) -> bool {
        let n = self.mode.len();
        let excess = |mode: &[usize]| -> i64 {
            let resources = self.instance.nonrenewable.iter().enumerate();
            let over = resources.map(|(k, there)| {
                let used: i64 = (0..n)
                    .map(|at| i64::from(self.instance.activities[at].modes[mode[at]].nonrenewable[k]))
                    .sum();
                (used - i64::from(*there)).max(0)
            });
            over.sum()
        };
        let mut over = excess(&self.mode);
        for _ in 0..4 * n {
            if over == 0 {
                return true;
            }
            let at = self.random.below(n);
            let had = self.mode[at];
            self.mode[at] = self.random.below(self.instance.activities[at].modes.len());
            let now = excess(&self.mode);
            if now <= over {
                over = now;
            } else {
                self.mode[at] = had;
            }
        }
        over == 0
    }

    /// Forwards, backwards, forwards; the keys become the start times.
    fn decode(&mut self) -> u32 {
        let n = self.mode.len();
        for at in 0..n {
            self.load.set(self.instance, at, self.mode[at]);
        }
        let mut start = vec![0; n];
        let mut makespan = 0;
        for side in [0, 1, 0] {
            let list = list_by_keys(&self.networks[side], &self.keys);
            makespan =
                generation::serial(&self.networks[side], &self.load, &list, &mut start, &mut self.profile);
            self.decoded += 1;
            let ends = start.iter().zip(&self.load.duration).map(|(start, length)| start + length);
            self.keys = ends.map(|end| -f64::from(end)).collect();
        }
        self.keys = start.iter().map(|start| f64::from(*start)).collect();
        if makespan < self.makespan {
            self.makespan = makespan;
            self.best = Schedule { start, mode: self.mode.clone(), makespan };
        }
        makespan
    }
}
