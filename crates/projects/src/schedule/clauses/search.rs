//! Decisions, restarts, and the bound on the makespan.

use super::{
    activity::Activity,
    analysis::Analysis,
    bounds::{Bounds, Conflict, Literal, Reason, Side},
    choice::Choice,
    resource::Resources,
};
use crate::schedule::{
    Instance,
    network::{Load, Network},
};

/// What a stretch of search came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::schedule) enum Verdict {
    /// Start times and modes that end within the bound.
    Found(Vec<u32>, Vec<usize>),
    /// No schedule ends within the bound.
    Refuted,
    /// The work allowed was used up.
    Open,
}

/// A search for schedules that end by a bound; it can be left and taken up again.
pub(in crate::schedule) struct Search {
    bounds: Bounds,
    resources: Resources,
    choice: Choice,
    activity: Activity,
    analysis: Analysis,
    /// The variable that stands for the makespan.
    end: usize,
    /// Values to try first.
    hint: Vec<i32>,
    conflicts: u64,
    learnt_limit: usize,
    restarts: u64,
    refuted: bool,
}

/// Restarts follow Luby's sequence in this many contradictions.
const RESTART: u64 = 128;

impl Search {
    /// Schedules that end by `bound` at the latest; `None` when precedence alone forbids it. The load is that of the
    /// shortest modes.
    pub(in crate::schedule) fn new(
        instance: &Instance,
        network: &Network,
        load: &Load,
        bound: u32,
    ) -> Option<Self> {
        let n = load.duration.len();
        let (head, tail) = (network.heads(&load.duration), network.mirrored().heads(&load.duration));
        let mut ranges = Vec::with_capacity(n + 1);
        for at in 0..n {
            let latest = i64::from(bound) - i64::from(tail[at]) - i64::from(load.duration[at]);
            if latest < i64::from(head[at]) {
                return None;
            }
            ranges.push((head[at] as i32, latest as i32));
        }
        let least = (0..n).map(|at| head[at] + load.duration[at] + tail[at]).max().unwrap_or(0) as i32;
        ranges.push((least, bound as i32));
        let choice = Choice::new(instance, network, load);
        ranges.extend((0..choice.variables()).map(|_| (0, 1)));
        let mut bounds = Bounds::new(&ranges);
        for at in 0..n {
            for (to, lag) in network.leads_to(at) {
                bounds.edge(at, *to as usize, load.duration[at] as i32 + lag);
            }
            if network.may_end_last(at) {
                bounds.edge(at, n, load.duration[at] as i32);
            }
        }
        choice.exactly_one(&mut bounds);
        let mut resources = Resources::new(instance, load, &choice, bound as usize);
        let refuted = resources.begin(&bounds, &choice).is_err();
        Some(Self {
            activity: Activity::new(&ranges),
            analysis: Analysis::default(),
            hint: ranges.iter().map(|(low, _)| *low).collect(),
            bounds,
            resources,
            choice,
            end: n,
            conflicts: 0,
            learnt_limit: 3000,
            restarts: 0,
            refuted,
        })
    }

    /// Values to try first: those of a good schedule with its modes.
    pub(in crate::schedule) fn hint(&mut self, start: &[u32], modes: &[usize]) {
        for (hint, start) in self.hint.iter_mut().zip(start) {
            *hint = *start as i32;
        }
        self.choice.hint(modes, &mut self.hint);
    }

    /// Asks for a still earlier end from now on.
    pub(in crate::schedule) fn tighten(&mut self, bound: u32) {
        self.restart();
        let end = Literal::new(2 * self.end as Side + 1, -(bound as i32));
        self.refuted |= self.bounds.set(end, Reason::None).is_err();
    }

    /// Work done so far, in steps of propagation.
    pub(in crate::schedule) fn steps(&self) -> u64 {
        self.bounds.steps + self.resources.steps
    }

    /// Searches until something is known, or this many more steps have been done, or `stop` says so.
    pub(in crate::schedule) fn run(&mut self, more: u64, stop: &dyn Fn() -> bool) -> Verdict {
        let until = self.steps().saturating_add(more);
        let mut patience = RESTART * luby(self.restarts + 1);
        loop {
            if self.refuted {
                return Verdict::Refuted;
            }
            match self.propagate() {
                Err(conflict) => {
                    self.conflicts += 1;
                    patience = patience.saturating_sub(1);
                    if !self.learn(&conflict) {
                        self.refuted = true;
                    }
                    if self.steps() > until || (self.conflicts.is_multiple_of(64) && stop()) {
                        return Verdict::Open;
                    }
                }
                Ok(()) => {
                    if patience == 0 {
                        self.restarts += 1;
                        patience = RESTART * luby(self.restarts + 1);
                        self.restart();
                        continue;
                    }
                    let bounds = &self.bounds;
                    let next = self.activity.pop(|variable, value| {
                        let (low, high) = bounds.range(variable);
                        low <= value && value < high
                    });
                    match next {
                        Some((variable, value)) => self.decide(variable, value),
                        None => {
                            let start = (0..self.end).map(|at| self.bounds.range(at).0 as u32).collect();
                            let modes = self.choice.chosen(&self.bounds);
                            self.restart();
                            return Verdict::Found(start, modes);
                        }
                    }
                }
            }
        }
    }

    fn decide(&mut self, variable: usize, value: i32) {
        self.bounds.push_level();
        let at_most = Literal::new(2 * variable as Side + 1, -value);
        let literal = if self.hint[variable] <= value { at_most } else { at_most.negated() };
        // The bound is open, so it can be set.
        let _ = self.bounds.set(literal, Reason::None);
    }

    fn propagate(&mut self) -> Result<(), Conflict> {
        loop {
            self.bounds.propagate()?;
            if !self.resources.step(&mut self.bounds, &mut self.choice)? {
                return Ok(());
            }
        }
    }

    /// Learns from a contradiction; `false` when there is nothing left to decide otherwise.
    fn learn(&mut self, conflict: &Conflict) -> bool {
        let Some(learnt) = self.analysis.analyse(&mut self.bounds, conflict) else { return false };
        for literal in &learnt.touched {
            self.activity.bump(*literal);
        }
        self.activity.decay();
        self.back_to(learnt.level);
        let first = learnt.literals[0];
        let reason = match learnt.literals.len() {
            1 => Reason::None,
            _ => self.bounds.learn(&learnt.literals, learnt.levels),
        };
        if self.bounds.set(first, reason).is_err() {
            return learnt.level > 0;
        }
        if self.bounds.live > self.learnt_limit {
            self.learnt_limit += 300;
            self.bounds.forget();
        }
        true
    }

    fn restart(&mut self) {
        self.back_to(0);
    }

    fn back_to(&mut self, level: u32) {
        let (activity, resources, choice) = (&mut self.activity, &mut self.resources, &self.choice);
        let mut index = self.bounds.trail.len();
        let mut modes = Vec::new();
        self.bounds.back_to(level, |change| {
            index -= 1;
            let at = choice.activity_of(change.side);
            resources.undo(at, index);
            if let Some(at) = at.filter(|at| change.side as usize / 2 > self.end && *at < self.end) {
                modes.push((at, change.side));
            }
            activity.reopen(change.side, change.old, change.new);
        });
        for (at, side) in modes {
            self.choice.refresh(&self.bounds, at, side);
        }
        self.resources.undo_done(&self.bounds, &self.choice);
    }
}

/// 1 1 2 1 1 2 4 … (Luby, Sinclair and Zuckerman, 1993).
fn luby(mut at: u64) -> u64 {
    loop {
        let power = (at + 1).next_power_of_two();
        if power == at + 1 {
            return power / 2;
        }
        at -= power / 2 - 1;
    }
}

#[cfg(test)]
mod tests {
    use super::luby;

    #[test]
    fn luby_begins_as_published() {
        let first: Vec<u64> = (1..=15).map(luby).collect();
        assert_eq!(first, [1, 1, 2, 1, 1, 2, 4, 1, 1, 2, 1, 1, 2, 4, 8]);
    }
}
