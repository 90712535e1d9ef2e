//! The count itself, case after case.

use super::follows::Follows;
use super::handovers::Handovers;
use super::{DAYS, Durations, Spread, Stats, Variant, add, range};
use crate::log::Interner;
use crate::log::time::{DAY, SECOND};
use std::collections::BTreeMap;

/// A count of cases seen so far. Memory grows with variants, pairs and, by a few bytes, with cases; with [`super::Exact`]
/// also by eight bytes an event.
#[derive(Clone, Debug, Default)]
pub struct Tally<D> {
    events: u64,
    activities: Vec<u64>,
    first: Option<i64>,
    last: i64,
    variants: Interner,
    variant_counts: Vec<u64>,
    starts: Vec<u64>,
    ends: Vec<u64>,
    follows: Follows<D>,
    lengths: BTreeMap<u64, u64>,
    durations: Vec<i64>,
    reworked: Vec<u64>,
    rework_events: u64,
    rework_cases: u64,
    handovers: Handovers,
    /// Events out of order, as the reader counted them.
    pub out_of_order: u64,
    packed: Vec<u8>,
    /// Number of the case in which an activity was seen last, and how often there.
    seen: Vec<(u64, u32)>,
    cases: u64,
}

impl<D: Durations> Tally<D> {
    /// Adds a case: its events in order.
    pub fn case(
        &mut self,
        activity: &[u32],
        times: &[i64],
        resource: &[u32],
        between: Option<&dyn Fn(i64, i64) -> i64>,
    ) {
        let (Some(first), Some(last)) = (activity.first(), activity.last()) else { return };
        let took = |from: i64, to: i64| between.map_or(to - from, |between| between(from, to));
        self.cases += 1;
        self.events += activity.len() as u64;
        let (begun, over) = (times[0], times[times.len() - 1]);
        self.first = Some(self.first.map_or(begun, |first| first.min(begun)));
        self.last = if self.cases == 1 { over } else { self.last.max(over) };
        add(&mut self.starts, *first);
        add(&mut self.ends, *last);
        *self.lengths.entry(activity.len() as u64).or_default() += 1;
        self.durations.push(took(begun, over));
        self.variant(activity);
        self.rework(activity);
        for (pair, at) in activity.windows(2).zip(times.windows(2)) {
            self.follows.add(pair[0], pair[1], took(at[0], at[1]));
        }
        self.handovers.case(resource);
    }

    fn variant(&mut self, activity: &[u32]) {
        self.packed.clear();
        for activity in activity {
            pack(*activity, &mut self.packed);
        }
        let variant = self.variants.intern(&self.packed);
        add(&mut self.variant_counts, variant);
    }

    fn rework(&mut self, activity: &[u32]) {
        let before = self.rework_events;
        for activity in activity {
            add(&mut self.activities, *activity);
            let at = *activity as usize;
            if at >= self.seen.len() {
                self.seen.resize(at + 1, (0, 0));
            }
            let seen = &mut self.seen[at];
            *seen = if seen.0 == self.cases { (self.cases, seen.1 + 1) } else { (self.cases, 1) };
            if seen.1 > 1 {
                self.rework_events += 1;
                if seen.1 == 2 {
                    add(&mut self.reworked, *activity);
                }
            }
        }
        self.rework_cases += u64::from(self.rework_events > before);
    }

    /// The figures, with names for the numbers.
    pub fn finish(mut self, activities: &Interner, resources: &Interner, top: usize) -> Stats {
        let named = |counts: &[u64], names: &Interner| -> BTreeMap<String, u64> {
            let each = counts.iter().enumerate().filter(|(_, count)| **count > 0);
            each.map(|(id, count)| (names.text(id as u32).to_owned(), *count)).collect()
        };
        let top_variants = self.top(activities, top);
        let dfg = self.follows.finish(activities);
        let handovers = self.handovers.finish(resources);
        let over = DAYS.map(|days| {
            let longer = self.durations.iter().filter(|micros| **micros > days * DAY).count();
            (days.to_string(), longer as u64)
        });
        Stats {
            n_events: self.events,
            n_cases: self.cases,
            n_activities: self.activities.iter().filter(|count| **count > 0).count() as u64,
            activities: named(&self.activities, activities),
            time_range: self.first.and_then(|first| range(first, self.last)),
            out_of_order_events_in_file_order: self.out_of_order,
            n_variants: self.variants.len() as u64,
            top_variants,
            start_activities: named(&self.starts, activities),
            end_activities: named(&self.ends, activities),
            n_dfg_edges: dfg.len() as u64,
            self_loops_events: dfg.iter().filter(|edge| edge.a == edge.b).map(|edge| edge.freq).sum(),
            dfg,
            case_duration_s: Spread::of(std::mem::take(&mut self.durations), SECOND as f64),
            case_length: Spread::of(spelt(&self.lengths), 1.0),
            cases_over_calendar_days: over.into_iter().collect(),
            rework_cases_per_activity: named(&self.reworked, activities),
            rework_events_total: self.rework_events,
            cases_with_rework: self.rework_cases,
            n_resources: self.handovers.events.iter().filter(|count| **count > 0).count() as u64,
            events_without_resource: self.handovers.without,
            handover_pairs_total: handovers.len() as u64,
            handover_events_total: handovers.iter().map(|pair| pair.n).sum(),
            handover_events_between_different: handovers
                .iter()
                .filter(|pair| pair.from != pair.to)
                .map(|pair| pair.n)
                .sum(),
            handover_counts_all_pairs_incl_self: handovers,
            handovers_per_case: Spread::of(spelt(&self.handovers.of_case), 1.0),
            resource_activity_counts: named(&self.handovers.events, resources),
            approximate: D::APPROXIMATE.iter().map(|name| (*name).to_owned()).collect(),
        }
    }

    /// The commonest variants; of equally common ones, those first in the alphabet.
    fn top(&self, activities: &Interner, top: usize) -> Vec<Variant> {
        let mut order: Vec<u32> = (0..self.variant_counts.len() as u32).collect();
        let by_count = |id: &u32| std::cmp::Reverse(self.variant_counts[*id as usize]);
        order.sort_by_key(by_count);
        // Everything as common as the last one shown, so that ties are broken by name and not by order of sight.
        let least = order.get(top.saturating_sub(1)).map_or(0, |last| self.variant_counts[*last as usize]);
        let mut shown: Vec<Variant> = order
            .iter()
            .take_while(|id| self.variant_counts[**id as usize] >= least)
            .map(|id| Variant {
                variant: unpack(self.variants.get(*id)).map(|id| activities.text(id).to_owned()).collect(),
                count: self.variant_counts[*id as usize],
            })
            .collect();
        shown.sort_by(|x, y| y.count.cmp(&x.count).then_with(|| x.variant.cmp(&y.variant)));
        shown.truncate(top);
        shown
    }
}

fn spelt(counts: &BTreeMap<u64, u64>) -> Vec<i64> {
    counts.iter().flat_map(|(value, count)| std::iter::repeat_n(*value as i64, *count as usize)).collect()
}

/// Seven bits a byte, the highest bit saying that more follow: most logs have fewer than 128 activities.
pub(crate) fn pack(mut number: u32, into: &mut Vec<u8>) {
    while number >= 0x80 {
        into.push(number as u8 | 0x80);
        number >>= 7;
    }
    into.push(number as u8);
}

pub(crate) fn unpack(bytes: &[u8]) -> impl Iterator<Item = u32> {
    let (mut number, mut shift) = (0_u32, 0);
    bytes.iter().filter_map(move |byte| {
        number |= u32::from(byte & 0x7F) << shift;
        if byte & 0x80 != 0 {
            shift += 7;
            return None;
        }
        shift = 0;
        Some(std::mem::take(&mut number))
    })
}
