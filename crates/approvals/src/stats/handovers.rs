//! Who passes work on to whom.

use super::pairs::Pairs;
use super::{Handover, add};
use crate::log::{EventLog, Interner, NONE};
use std::collections::BTreeMap;

/// Steps between two events that both name a resource.
#[derive(Clone, Debug, Default)]
pub(super) struct Handovers {
    pairs: Pairs<u64>,
    /// Events of each resource.
    pub(super) events: Vec<u64>,
    /// Events that name none.
    pub(super) without: u64,
    /// Cases by the number of steps between different ones.
    pub(super) of_case: BTreeMap<u64, u64>,
}

impl Handovers {
    /// Adds a case: its resources in order.
    pub(super) fn case(&mut self, resource: &[u32]) {
        let (mut different, mut before) = (0, NONE);
        for now in resource {
            if *now == NONE {
                self.without += 1;
            } else {
                add(&mut self.events, *now);
                if before != NONE {
                    *self.pairs.of(before, *now) += 1;
                    different += u64::from(before != *now);
                }
            }
            before = *now;
        }
        *self.of_case.entry(different).or_default() += 1;
    }

    /// The pairs by name, most first.
    pub(super) fn finish(&mut self, resources: &Interner) -> Vec<Handover> {
        let name = |id: u32| resources.text(id).to_owned();
        let mut pairs: Vec<Handover> = self
            .pairs
            .each()
            .map(|(from, to, n)| Handover { from: name(from), to: name(to), n: *n })
            .collect();
        pairs.sort_by(|x, y| y.n.cmp(&x.n).then_with(|| (&x.from, &x.to).cmp(&(&y.from, &y.to))));
        pairs
    }
}

/// Who passes on to whom in a log, those who keep the work included; most first.
pub fn handovers(log: &EventLog) -> Vec<Handover> {
    let mut handovers = Handovers::default();
    log.each().for_each(|case| handovers.case(case.resource));
    handovers.finish(&log.resources)
}
