//! Modes: one variable of 0 or 1 for each mode of an activity that has several.
//!
//! What is certain of an activity whose mode is open are the least duration and the least demands among the modes left.

use super::bounds::{Bounds, Conflict, Literal, Reason, Side};
use crate::schedule::{
    Instance,
    lanes::Lanes,
    network::{Load, Network},
};

/// The modes of every activity and what is certain of each.
#[derive(Clone, Debug)]
pub(super) struct Choice {
    activities: usize,
    modes: Vec<Vec<Option>>,
    /// The first variable of each activity's modes.
    first: Vec<usize>,
    /// By variable after the end: whose mode it is.
    owner: Vec<u32>,
    duration: Vec<i32>,
    demand: Vec<Vec<u32>>,
    need: Vec<u64>,
    lanes: Lanes,
    /// Who waits for whom, where durations are not fixed.
    leads_to: Vec<Vec<(u32, i32)>>,
    waits_for: Vec<Vec<(u32, i32)>>,
    nonrenewable: Vec<u32>,
    changed: bool,
}

#[derive(Clone, Debug)]
struct Option {
    duration: i32,
    demand: Vec<u32>,
    uses: Vec<u32>,
}

impl Choice {
    /// The variables stand after those of the starts and the end.
    pub(super) fn new(instance: &Instance, network: &Network, load: &Load) -> Self {
        let n = instance.activities.len();
        let (mut first, mut owner) = (Vec::with_capacity(n), Vec::new());
        let mut modes = Vec::with_capacity(n);
        for (at, activity) in instance.activities.iter().enumerate() {
            first.push(n + 1 + owner.len());
            if activity.modes.len() > 1 {
                owner.extend(activity.modes.iter().map(|_| at as u32));
            }
            let option = |mode: &crate::schedule::Mode| Option {
                duration: mode.duration as i32,
                demand: mode.renewable.clone(),
                uses: mode.nonrenewable.clone(),
            };
            modes.push(activity.modes.iter().map(option).collect());
        }
        let several = |at: usize| instance.activities[at].modes.len() > 1;
        // The end waits for whoever may end last; with one mode the edges of the bounds say it all.
        let mut leads_to = vec![Vec::new(); n + 1];
        let mut waits_for = vec![Vec::new(); n + 1];
        for at in (0..n).filter(|at| several(*at)) {
            let mut to: Vec<(u32, i32)> = network.leads_to(at).to_vec();
            if network.may_end_last(at) {
                to.push((n as u32, 0));
            }
            for (to, lag) in &to {
                waits_for[*to as usize].push((at as u32, *lag));
            }
            leads_to[at] = to;
        }
        let mut choice = Self {
            activities: n,
            modes,
            first,
            owner,
            duration: vec![0; n],
            demand: vec![Vec::new(); n],
            need: vec![0; n * load.lanes.words],
            lanes: load.lanes.clone(),
            leads_to,
            waits_for,
            nonrenewable: instance.nonrenewable.clone(),
            changed: !instance.nonrenewable.is_empty(),
        };
        for at in 0..n {
            choice.least(at, |_| true);
        }
        choice
    }

    /// How many activities there are.
    pub(super) fn len(&self) -> usize {
        self.activities
    }

    /// How many variables the modes take.
    pub(super) fn variables(&self) -> usize {
        self.owner.len()
    }

    /// Exactly one mode of each activity.
    pub(super) fn exactly_one(&self, bounds: &mut Bounds) {
        for at in (0..self.activities).filter(|at| self.modes[*at].len() > 1) {
            let chosen = |mode: usize| Literal::new(2 * (self.first[at] + mode) as Side, 1);
            let all: Vec<Literal> = (0..self.modes[at].len()).map(chosen).collect();
            bounds.learn(&all, 0);
            for a in 0..all.len() {
                for b in a + 1..all.len() {
                    bounds.learn(&[all[a].negated(), all[b].negated()], 0);
                }
            }
        }
    }

    pub(super) fn duration(&self, at: usize) -> i32 {
        self.duration[at]
    }

    pub(super) fn demand(&self, at: usize) -> &[u32] {
        &self.demand[at]
    }

    #[inline]
    pub(super) fn need(&self, at: usize) -> &[u64] {
        let words = self.lanes.words;
        &self.need[at * words..(at + 1) * words]
    }

    /// Whose start or mode a side speaks of; the end is nobody's.
    pub(super) fn activity_of(&self, side: Side) -> std::option::Option<usize> {
        let variable = side as usize / 2;
        match variable {
            at if at < self.activities => Some(at),
            at if at == self.activities => None,
            at => self.owner.get(at - self.activities - 1).map(|at| *at as usize),
        }
    }

    /// Takes in that a bound of an activity has changed, or is undone.
    pub(super) fn refresh(&mut self, bounds: &Bounds, at: usize, side: Side) {
        if side as usize / 2 > self.activities {
            let first = self.first[at];
            self.least(at, |mode| bounds.range(first + mode).1 == 1);
            self.changed = true;
        }
    }

    fn least(&mut self, at: usize, left: impl Fn(usize) -> bool) {
        let modes = &self.modes[at];
        let open: Vec<&Option> =
            modes.iter().enumerate().filter(|(m, _)| left(*m)).map(|(_, mode)| mode).collect();
        let open = if open.is_empty() { modes.iter().collect() } else { open };
        self.duration[at] = open.iter().map(|mode| mode.duration).min().unwrap_or(0);
        let resources = open.first().map_or(0, |mode| mode.demand.len());
        self.demand[at] =
            (0..resources).map(|k| open.iter().map(|mode| mode.demand[k]).min().unwrap_or(0)).collect();
        let words = self.lanes.words;
        self.need[at * words..(at + 1) * words].copy_from_slice(&self.lanes.pack(&self.demand[at]));
    }

    /// The modes of an activity that are out, as part of an explanation.
    pub(super) fn excluded(&self, bounds: &Bounds, at: usize, out: &mut Vec<Literal>) {
        if self.modes[at].len() > 1 {
            let sides = (0..self.modes[at].len()).map(|mode| 2 * (self.first[at] + mode) as Side + 1);
            out.extend(sides.map(|side| Literal::new(side, 0)).filter(|literal| bounds.is_true(*literal)));
        }
    }

    /// Who is open keeps its successors and predecessors as far away as its shortest mode asks; modes that are too long
    /// go out.
    pub(super) fn lengths(&self, bounds: &mut Bounds, at: usize) -> Result<(), Conflict> {
        let start = 2 * at as Side;
        for (to, lag) in &self.leads_to[at] {
            let (low, _) = bounds.range(at);
            let mut because = vec![Literal::new(start, low)];
            self.excluded(bounds, at, &mut because);
            bounds.set_because(Literal::new(2 * to, low + self.duration[at] + lag), &because)?;
            let (_, latest) = bounds.range(*to as usize);
            for (mode, option) in self.modes[at].iter().enumerate() {
                if low + option.duration + lag > latest {
                    let out = Literal::new(2 * (self.first[at] + mode) as Side + 1, 0);
                    let because = [Literal::new(start, low), Literal::new(2 * to + 1, -latest)];
                    bounds.set_because(out, &because)?;
                }
            }
            self.before(bounds, at, *to as usize, *lag)?;
        }
        for (from, lag) in &self.waits_for[at] {
            self.before(bounds, *from as usize, at, *lag)?;
        }
        Ok(())
    }

    /// An activity starts so early that its shortest mode ends before another's latest start.
    fn before(&self, bounds: &mut Bounds, at: usize, to: usize, lag: i32) -> Result<(), Conflict> {
        let (_, latest) = bounds.range(to);
        let mut because = vec![Literal::new(2 * to as Side + 1, -latest)];
        self.excluded(bounds, at, &mut because);
        bounds.set_because(Literal::new(2 * at as Side + 1, self.duration[at] + lag - latest), &because)
    }

    /// Modes that would use up a nonrenewable resource go out. Gives whether anything changed.
    pub(super) fn use_up(&mut self, bounds: &mut Bounds) -> Result<bool, Conflict> {
        if !std::mem::take(&mut self.changed) {
            return Ok(false);
        }
        let before = bounds.trail.len();
        let result = (0..self.nonrenewable.len()).try_for_each(|k| self.use_up_one(bounds, k));
        if result.is_err() {
            self.changed = true;
        }
        result.map(|()| bounds.trail.len() > before)
    }

    fn use_up_one(&self, bounds: &mut Bounds, resource: usize) -> Result<(), Conflict> {
        let open = |bounds: &Bounds, at: usize, mode: usize| {
            self.modes[at].len() == 1 || bounds.range(self.first[at] + mode).1 == 1
        };
        let least = |bounds: &Bounds, at: usize| {
            let modes = self.modes[at].iter().enumerate().filter(|(mode, _)| open(bounds, at, *mode));
            modes.map(|(_, mode)| mode.uses[resource]).min().unwrap_or(u32::MAX)
        };
        let leasts: Vec<i64> = (0..self.activities).map(|at| i64::from(least(bounds, at))).collect();
        let slack = i64::from(self.nonrenewable[resource]) - leasts.iter().sum::<i64>();
        let why = |bounds: &Bounds, but: usize| {
            let mut because = Vec::new();
            for at in (0..self.activities).filter(|at| *at != but) {
                for (mode, option) in self.modes[at].iter().enumerate() {
                    if i64::from(option.uses[resource]) < leasts[at] && !open(bounds, at, mode) {
                        because.push(Literal::new(2 * (self.first[at] + mode) as Side + 1, 0));
                    }
                }
            }
            because
        };
        if slack < 0 {
            return Err(Conflict(why(bounds, usize::MAX)));
        }
        for (at, least) in leasts.iter().enumerate() {
            for (mode, option) in self.modes[at].iter().enumerate() {
                if i64::from(option.uses[resource]) - least > slack && open(bounds, at, mode) {
                    let because = why(bounds, at);
                    let out = Literal::new(2 * (self.first[at] + mode) as Side + 1, 0);
                    if because.is_empty() {
                        bounds.set(out, Reason::Because { first: 0, last: 0 })?;
                    } else {
                        bounds.set_because(out, &because)?;
                    }
                }
            }
        }
        Ok(())
    }

    /// Writes the modes of a schedule among the values to try first.
    pub(super) fn hint(&self, modes: &[usize], hint: &mut [i32]) {
        for (at, chosen) in modes.iter().enumerate().filter(|(at, _)| self.modes[*at].len() > 1) {
            for mode in 0..self.modes[at].len() {
                hint[self.first[at] + mode] = i32::from(mode == *chosen);
            }
        }
    }

    /// The mode of each activity once all variables are fixed.
    pub(super) fn chosen(&self, bounds: &Bounds) -> Vec<usize> {
        (0..self.activities)
            .map(|at| {
                let count = self.modes[at].len();
                (0..count).find(|mode| count > 1 && bounds.range(self.first[at] + mode).0 == 1).unwrap_or(0)
            })
            .collect()
    }
}
