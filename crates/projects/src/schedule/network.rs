//! An instance laid out for speed: precedence both ways in flat arrays, demands packed into words.

use super::{Instance, lanes::Lanes};

/// Who waits for whom, in flat arrays.
#[derive(Clone, Debug, Default)]
struct Edges {
    first: Vec<u32>,
    to: Vec<(u32, i32)>,
}

impl Edges {
    fn new(lists: &[Vec<(u32, i32)>]) -> Self {
        let mut edges = Self { first: vec![0], to: Vec::new() };
        for list in lists {
            edges.to.extend(list);
            edges.first.push(edges.to.len() as u32);
        }
        edges
    }

    fn of(&self, at: usize) -> &[(u32, i32)] {
        &self.to[self.first[at] as usize..self.first[at + 1] as usize]
    }
}

/// The precedence of an instance in one direction of time, and its mirror image.
#[derive(Clone, Debug)]
pub(super) struct Network {
    waits_for: Edges,
    leads_to: Edges,
    /// Position of each activity in an order that respects precedence.
    pub(super) position: Vec<u32>,
    /// That order.
    pub(super) order: Vec<u32>,
}

impl Network {
    /// Of a checked instance and its topological order.
    pub(super) fn new(instance: &Instance, order: &[usize]) -> Self {
        let n = instance.activities.len();
        let (mut before, mut after) = (vec![Vec::new(); n], vec![Vec::new(); n]);
        for (at, activity) in instance.activities.iter().enumerate() {
            for successor in &activity.successors {
                after[at].push((successor.to as u32, successor.lag));
                before[successor.to].push((at as u32, successor.lag));
            }
        }
        Self::of(Edges::new(&before), Edges::new(&after), order.iter().map(|at| *at as u32).collect())
    }

    fn of(waits_for: Edges, leads_to: Edges, order: Vec<u32>) -> Self {
        let mut position = vec![0; order.len()];
        for (at, activity) in order.iter().enumerate() {
            position[*activity as usize] = at as u32;
        }
        Self { waits_for, leads_to, position, order }
    }

    /// Time runs backwards.
    pub(super) fn mirrored(&self) -> Self {
        let order = self.order.iter().rev().copied().collect();
        Self::of(self.leads_to.clone(), self.waits_for.clone(), order)
    }

    /// Whom an activity waits for, with lags.
    pub(super) fn waits_for(&self, at: usize) -> &[(u32, i32)] {
        self.waits_for.of(at)
    }

    /// Who waits for an activity, with lags.
    pub(super) fn leads_to(&self, at: usize) -> &[(u32, i32)] {
        self.leads_to.of(at)
    }

    /// Can an activity end after everyone who waits for it?
    pub(super) fn may_end_last(&self, at: usize) -> bool {
        self.leads_to(at).iter().all(|(_, lag)| *lag < 0)
    }

    /// Earliest starts when resources do not count.
    pub(super) fn heads(&self, duration: &[u32]) -> Vec<u32> {
        let mut head = vec![0_u32; duration.len()];
        for &at in &self.order {
            let at = at as usize;
            let earliest = self
                .waits_for(at)
                .iter()
                .map(|(of, lag)| (head[*of as usize] + duration[*of as usize]).saturating_add_signed(*lag));
            head[at] = earliest.max().unwrap_or(0);
        }
        head
    }
}

/// Durations and packed demands of each activity in one choice of modes.
#[derive(Clone, Debug)]
pub(super) struct Load {
    pub(super) lanes: Lanes,
    pub(super) duration: Vec<u32>,
    /// `lanes.words` for each activity.
    pub(super) need: Vec<u64>,
    pub(super) capacity: Vec<u64>,
}

impl Load {
    /// The load of these modes.
    pub(super) fn new(instance: &Instance, modes: &[usize]) -> Self {
        let lanes = Lanes::new(&instance.renewable);
        let capacity = lanes.pack(&instance.renewable);
        let mut load = Self { lanes, duration: Vec::new(), need: Vec::new(), capacity };
        for (activity, mode) in instance.activities.iter().zip(modes) {
            let mode = &activity.modes[*mode];
            load.duration.push(mode.duration);
            load.need.extend(load.lanes.pack(&mode.renewable));
        }
        load
    }

    /// Takes another mode for one activity.
    pub(super) fn set(&mut self, instance: &Instance, at: usize, mode: usize) {
        let mode = &instance.activities[at].modes[mode];
        self.duration[at] = mode.duration;
        let words = self.lanes.words;
        self.need[at * words..(at + 1) * words].copy_from_slice(&self.lanes.pack(&mode.renewable));
    }

    #[inline]
    pub(super) fn need(&self, at: usize) -> &[u64] {
        let words = self.lanes.words;
        &self.need[at * words..(at + 1) * words]
    }
}
