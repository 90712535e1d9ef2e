//! Fills a log event by event, in any order, and puts it in order once.

use super::{Attributes, EventLog, Interner, NEVER, NONE, Transition, Value};

/// A log being filled.
#[derive(Clone, Debug, Default)]
pub struct Builder {
    activities: Interner,
    resources: Interner,
    cases: Interner,
    case: Vec<u32>,
    activity: Vec<u32>,
    times: Vec<i64>,
    starts: Vec<i64>,
    resource: Vec<u32>,
    transitions: Vec<Transition>,
    attributes: Attributes,
    case_attributes: Attributes,
    last: u32,
}

impl Builder {
    /// The number of a case, new or known.
    pub fn case(&mut self, id: &[u8]) -> u32 {
        self.cases.intern(id)
    }

    /// Number of events so far, and so the place of the next one.
    pub fn len(&self) -> usize {
        self.activity.len()
    }

    /// Is there no event yet?
    pub fn is_empty(&self) -> bool {
        self.activity.is_empty()
    }

    /// Adds an event; texts must be UTF-8.
    pub fn push(
        &mut self,
        case: u32,
        activity: &[u8],
        time: i64,
        start: i64,
        resource: Option<&[u8]>,
        transition: Transition,
    ) {
        if start != NEVER && self.starts.is_empty() {
            self.starts = vec![NEVER; self.activity.len()];
        }
        if start != NEVER || !self.starts.is_empty() {
            self.starts.push(start);
        }
        if transition != Transition::Complete && self.transitions.is_empty() {
            self.transitions = vec![Transition::Complete; self.activity.len()];
        }
        if transition != Transition::Complete || !self.transitions.is_empty() {
            self.transitions.push(transition);
        }
        self.case.push(case);
        self.activity.push(self.activities.intern(activity));
        self.times.push(time);
        self.resource.push(resource.map_or(NONE, |resource| self.resources.intern(resource)));
    }

    /// Gives the events that have no case yet (`u32::MAX`) to a case: XES may name a case after its events.
    pub(crate) fn close_case(&mut self, id: &[u8]) {
        let case = self.cases.intern(id);
        for slot in self.case.iter_mut().rev().take_while(|slot| **slot == u32::MAX) {
            *slot = case;
        }
        self.last = case;
    }

    /// An attribute of the case closed last.
    pub(crate) fn last_case_attribute(&mut self, key: &[u8], value: Value<'_>) {
        self.case_attributes.put(self.last, key, value);
    }

    /// An attribute of the event at a place.
    pub fn attribute(&mut self, place: usize, key: &[u8], value: Value<'_>) {
        self.attributes.put(place as u32, key, value);
    }

    /// Takes back the attributes of the event to come.
    pub(crate) fn take_back(&mut self) {
        self.attributes.take_back(self.activity.len() as u32);
    }

    /// An attribute of a case.
    pub fn case_attribute(&mut self, case: u32, key: &[u8], value: Value<'_>) {
        self.case_attributes.put(case, key, value);
    }

    /// Orders the events by case, time and place: a counting sort by case, then a stable sort where a case needs one.
    pub fn finish(self) -> EventLog {
        let count = self.activity.len();
        let mut offsets = vec![0_u32; self.cases.len() + 1];
        for case in &self.case {
            offsets[*case as usize + 1] += 1;
        }
        for at in 1..offsets.len() {
            offsets[at] += offsets[at - 1];
        }
        let grouped = self.case.windows(2).all(|pair| pair[0] <= pair[1]);
        let mut order: Vec<u32> = Vec::new();
        if !grouped {
            let mut next = offsets.clone();
            order = vec![0; count];
            for (place, case) in self.case.iter().enumerate() {
                order[next[*case as usize] as usize] = place as u32;
                next[*case as usize] += 1;
            }
        }
        let mut out_of_order = 0;
        for case in offsets.windows(2) {
            let range = case[0] as usize..case[1] as usize;
            let place = |at: usize| if order.is_empty() { at } else { order[at] as usize };
            let backward = range
                .clone()
                .skip(1)
                .filter(|at| self.times[place(*at)] < self.times[place(*at - 1)])
                .count() as u64;
            if backward > 0 {
                out_of_order += backward;
                if order.is_empty() {
                    order = (0..count as u32).collect();
                }
                order[range].sort_by_key(|place| self.times[*place as usize]);
            }
        }
        drop(self.case);
        let mut log = EventLog {
            activities: self.activities,
            resources: self.resources,
            cases: self.cases,
            offsets,
            activity: ordered(self.activity, &order),
            times: ordered(self.times, &order),
            starts: ordered(self.starts, &order),
            resource: ordered(self.resource, &order),
            transitions: ordered(self.transitions, &order),
            places: order,
            attributes: self.attributes,
            case_attributes: self.case_attributes,
            out_of_order,
            negative: 0,
            repeated: 0,
        };
        log.negative =
            log.starts.iter().zip(&log.times).filter(|(start, end)| **start != NEVER && start > end).count()
                as u64;
        log.repeated = log.each().map(|case| repeated(&case)).sum();
        log
    }
}

fn repeated(case: &super::Case<'_>) -> u64 {
    (1..case.activity.len())
        .filter(|at| {
            let at = *at;
            case.times[at] == case.times[at - 1]
                && case.activity[at] == case.activity[at - 1]
                && case.resource[at] == case.resource[at - 1]
                && case.transitions.get(at) == case.transitions.get(at - 1)
                && case.starts.get(at) == case.starts.get(at - 1)
        })
        .count() as u64
}

fn ordered<T: Copy>(column: Vec<T>, order: &[u32]) -> Vec<T> {
    match order.is_empty() || column.is_empty() {
        true => column,
        false => order.iter().map(|place| column[*place as usize]).collect(),
    }
}
