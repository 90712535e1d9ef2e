//! Schedule generation: from an order of activities to start times.
//!
//! The serial scheme takes the activities one by one and starts each as early as precedence and resources allow; it
//! reaches every active schedule, so an optimal one. The parallel scheme goes through time and starts what fits; it
//! reaches the non-delay schedules (Kolisch, "Serial and parallel resource-constrained project scheduling methods
//! revisited", 1996).

use super::network::{Load, Network};

/// What is free at each time; kept between schedules so that nothing is allocated in the inner loop.
#[derive(Clone, Debug, Default)]
pub(super) struct Profile {
    free: Vec<u64>,
    dirty: usize,
}

impl Profile {
    fn clear(&mut self, load: &Load) {
        let words = load.lanes.words;
        for at in 0..self.dirty.min(self.free.len() / words) {
            self.free[at * words..(at + 1) * words].copy_from_slice(&load.capacity);
        }
        self.dirty = 0;
    }

    fn reach(&mut self, end: usize, load: &Load) {
        while self.free.len() < end * load.lanes.words {
            self.free.extend(&load.capacity);
        }
        self.dirty = self.dirty.max(end);
    }

    /// The first time from `from` on at which an activity fits for its whole duration.
    #[inline]
    fn earliest(&mut self, from: usize, at: usize, load: &Load) -> usize {
        let (duration, words) = (load.duration[at] as usize, load.lanes.words);
        let need = load.need(at);
        if duration == 0 || need.iter().all(|need| *need == 0) {
            return from;
        }
        let (mut time, mut run) = (from, 0);
        if words == 1 {
            let (need, lanes) = (need[0], &load.lanes);
            // Past the end of what was written everything is free.
            while let Some(free) = self.free.get(time) {
                run = if lanes.fits_word(*free, need) { run + 1 } else { 0 };
                time += 1;
                if run == duration {
                    break;
                }
            }
        } else {
            while let Some(free) = self.free.get(time * words..(time + 1) * words) {
                run = if load.lanes.fits(free, need) { run + 1 } else { 0 };
                time += 1;
                if run == duration {
                    break;
                }
            }
        }
        time - run
    }

    #[inline]
    fn take(&mut self, start: usize, at: usize, load: &Load) {
        let end = start + load.duration[at] as usize;
        self.reach(end, load);
        let (need, words) = (load.need(at), load.lanes.words);
        if words == 1 {
            let need = need[0];
            for free in &mut self.free[start..end] {
                *free -= need;
            }
        } else {
            for time in start..end {
                for (free, need) in self.free[time * words..(time + 1) * words].iter_mut().zip(need) {
                    *free -= need;
                }
            }
        }
    }
}

/// Starts each activity of a list as early as it can; the list respects precedence. Gives the makespan.
pub(super) fn serial(
    network: &Network,
    load: &Load,
    list: &[u32],
    start: &mut [u32],
    profile: &mut Profile,
) -> u32 {
    profile.clear(load);
    let mut makespan = 0;
    for &at in list {
        let at = at as usize;
        let mut from = 0;
        for (before, lag) in network.waits_for(at) {
            let before = *before as usize;
            from = from.max((start[before] + load.duration[before]).saturating_add_signed(*lag));
        }
        let time = profile.earliest(from as usize, at, load);
        profile.take(time, at, load);
        start[at] = time as u32;
        makespan = makespan.max(start[at] + load.duration[at]);
    }
    makespan
}

/// Goes through time and starts what fits, the smallest key first. Gives the makespan.
pub(super) fn parallel(
    network: &Network,
    load: &Load,
    key: &[f64],
    start: &mut [u32],
    profile: &mut Profile,
) -> u32 {
    profile.clear(load);
    let n = key.len();
    let mut waits: Vec<usize> = (0..n).map(|at| network.waits_for(at).len()).collect();
    let mut earliest = vec![0_u32; n];
    let mut open: Vec<usize> = (0..n).filter(|at| waits[*at] == 0).collect();
    let (mut time, mut makespan) = (0_u32, 0_u32);
    while !open.is_empty() {
        open.sort_by(|a, b| {
            key[*a].total_cmp(&key[*b]).then(network.position[*a].cmp(&network.position[*b]))
        });
        let mut next = u32::MAX;
        let mut waiting = Vec::new();
        let mut started = false;
        for at in std::mem::take(&mut open) {
            let fits = earliest[at] <= time && profile.earliest(time as usize, at, load) == time as usize;
            if !fits {
                next = next.min(earliest[at].max(time + 1));
                waiting.push(at);
                continue;
            }
            profile.take(time as usize, at, load);
            start[at] = time;
            started = true;
            let end = time + load.duration[at];
            makespan = makespan.max(end);
            for (to, lag) in network.leads_to(at) {
                let to = *to as usize;
                earliest[to] = earliest[to].max(end.saturating_add_signed(*lag));
                waits[to] -= 1;
                if waits[to] == 0 {
                    waiting.push(to);
                }
            }
        }
        open = waiting;
        // Something of no length may have let others start at this very time.
        if !started || !open.iter().any(|at| earliest[*at] <= time) {
            time = open.iter().map(|at| earliest[*at].max(time + 1)).min().unwrap_or(next);
        }
    }
    makespan
}

/// Sorts activities by a time, those of one time by their place in the order of precedence.
pub(super) fn by_time(network: &Network, time: &[u32], list: &mut Vec<u32>, counts: &mut Vec<u32>) {
    let most = time.iter().copied().max().unwrap_or(0) as usize;
    list.clear();
    list.resize(time.len(), 0);
    counts.clear();
    counts.resize(most + 2, 0);
    for &time in time {
        counts[time as usize + 1] += 1;
    }
    for at in 1..counts.len() {
        counts[at] += counts[at - 1];
    }
    for &activity in &network.order {
        let slot = &mut counts[time[activity as usize] as usize];
        list[*slot as usize] = activity;
        *slot += 1;
    }
}

/// A schedule seen from its end: how long before the end each activity ends.
pub(super) fn mirror(start: &[u32], duration: &[u32], makespan: u32, out: &mut [u32]) {
    for ((out, start), duration) in out.iter_mut().zip(start).zip(duration) {
        *out = makespan - (start + duration);
    }
}
