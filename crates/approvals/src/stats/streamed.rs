//! A log counted while it is read: one case in memory.

use super::{Sketch, Stats, Tally};
use crate::log::{Interner, NONE, Transition, Value};
use crate::read::xes::{Event, Sink};

/// Counts cases as a reader of XES hands them over, without holding the log. Cases must stand together, as they do in
/// XES; two traces of one name count as two cases.
#[derive(Clone, Debug, Default)]
pub struct Streamed {
    activities: Interner,
    resources: Interner,
    activity: Vec<u32>,
    times: Vec<i64>,
    resource: Vec<u32>,
    only: Option<Transition>,
    tally: Tally<Sketch>,
}

impl Streamed {
    /// Counts only the events of one transition.
    pub fn only(transition: Option<Transition>) -> Self {
        Self { only: transition, ..Self::default() }
    }

    /// The figures.
    pub fn finish(self, top: usize) -> Stats {
        self.tally.finish(&self.activities, &self.resources, top)
    }

    /// Puts the case in order of time, stably.
    fn order(&mut self) {
        let backward = self.times.windows(2).filter(|pair| pair[1] < pair[0]).count() as u64;
        if backward == 0 {
            return;
        }
        self.tally.out_of_order += backward;
        let mut order: Vec<usize> = (0..self.times.len()).collect();
        order.sort_by_key(|at| self.times[*at]);
        self.activity = order.iter().map(|at| self.activity[*at]).collect();
        self.resource = order.iter().map(|at| self.resource[*at]).collect();
        self.times = order.iter().map(|at| self.times[*at]).collect();
    }
}

impl Sink for Streamed {
    fn event(&mut self, event: &Event<'_>) {
        if self.only.is_some_and(|only| only != event.transition) {
            return;
        }
        self.activity.push(self.activities.intern(event.activity));
        self.times.push(event.time);
        self.resource.push(event.resource.map_or(NONE, |resource| self.resources.intern(resource)));
    }

    fn attribute(&mut self, _: &[u8], _: Value<'_>) {}

    fn refuse(&mut self) {}

    fn end_case(&mut self, _: &[u8]) {
        self.order();
        self.tally.case(&self.activity, &self.times, &self.resource, None);
        self.activity.clear();
        self.times.clear();
        self.resource.clear();
    }

    fn case_attribute(&mut self, _: &[u8], _: Value<'_>) {}
}
