//! What the resources imply.
//!
//! An activity surely runs between its latest start and its earliest end, and surely needs what the least of its modes
//! needs. Where those parts leave too little, others must start later or earlier (timetable), each deduction explained
//! by the bounds of as few activities as suffice at one moment. Two activities that cannot run together are ordered as
//! soon as one order is impossible.

use super::{
    bounds::{Bounds, Conflict, Literal, Side},
    choice::Choice,
};
use crate::schedule::{Instance, lanes::Lanes, network::Load};

/// The part of the timetable that one activity takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Part {
    from: i32,
    to: i32,
}

/// The resources of a problem and the timetable of what surely runs.
#[derive(Clone, Debug)]
pub(super) struct Resources {
    lanes: Lanes,
    capacity: Vec<u32>,
    /// By resource: who may need it, the greatest demand first.
    users: Vec<Vec<u32>>,
    /// Who cannot run beside an activity, whatever the modes.
    apart: Vec<Vec<u32>>,
    free: Vec<u64>,
    parts: Vec<Part>,
    /// Packed needs as they stand in the timetable.
    taken: Vec<u64>,
    /// Changes before this one are in the timetable.
    head: usize,
    dirty: Vec<u32>,
    is_dirty: Vec<bool>,
    because: Vec<Literal>,
    undone: Vec<u32>,
    pub(super) steps: u64,
}

impl Resources {
    pub(super) fn new(instance: &Instance, load: &Load, choice: &Choice, horizon: usize) -> Self {
        let n = choice.len();
        let capacity = instance.renewable.clone();
        let users = (0..capacity.len())
            .map(|resource| {
                let most = |at: u32| {
                    let modes = instance.activities[at as usize].modes.iter();
                    modes
                        .filter(|mode| mode.duration > 0)
                        .map(|mode| mode.renewable[resource])
                        .max()
                        .unwrap_or(0)
                };
                let mut users: Vec<u32> = (0..n as u32).filter(|at| most(*at) > 0).collect();
                users.sort_by_key(|at| (std::cmp::Reverse(most(*at)), *at));
                users
            })
            .collect();
        let clash = |a: usize, b: usize| {
            let least = |at: usize, k: usize| choice.demand(at)[k];
            a != b
                && choice.duration(a) > 0
                && choice.duration(b) > 0
                && (0..capacity.len()).any(|k| least(a, k) + least(b, k) > capacity[k])
        };
        let apart = (0..n).map(|a| (0..n).filter(|b| clash(a, *b)).map(|b| b as u32).collect()).collect();
        let words = load.lanes.words;
        Self {
            lanes: load.lanes.clone(),
            capacity,
            users,
            apart,
            free: load.capacity.iter().copied().cycle().take((horizon + 1) * words).collect(),
            parts: vec![Part::default(); n],
            taken: vec![0; n * words],
            head: 0,
            dirty: (0..n as u32).collect(),
            is_dirty: vec![true; n],
            because: Vec::new(),
            undone: Vec::new(),
            steps: 0,
        }
    }

    /// Takes in the bounds that hold from the outset.
    pub(super) fn begin(&mut self, bounds: &Bounds, choice: &Choice) -> Result<(), Conflict> {
        (0..choice.len()).try_for_each(|at| self.sync(bounds, choice, at))
    }

    /// Brings the part of one activity up to its bounds.
    fn sync(&mut self, bounds: &Bounds, choice: &Choice, at: usize) -> Result<(), Conflict> {
        let (low, high) = bounds.range(at);
        let words = self.lanes.words;
        let need = choice.need(at);
        // A mode that has just become the only one may reach past the end before that is noticed.
        let mut part = Part { from: high, to: (low + choice.duration(at)).min(self.horizon()) };
        if part.from >= part.to || need.iter().all(|need| *need == 0) {
            part = Part::default();
        }
        let old = self.parts[at];
        let same_need = self.taken[at * words..(at + 1) * words] == *need;
        if part == old && (same_need || part.from >= part.to) {
            return Ok(());
        }
        if !same_need {
            // Another need: what stood there goes, the whole part comes anew.
            let taken = self.taken[at * words..(at + 1) * words].to_vec();
            self.give_back(&taken, old.from, old.to);
            self.parts[at] = Part::default();
            self.taken[at * words..(at + 1) * words].copy_from_slice(need);
        }
        let old = self.parts[at];
        let (gone, come) = difference(old, part);
        for time in come.iter().flat_map(|part| part.from..part.to) {
            let free = &self.free[time as usize * words..(time as usize + 1) * words];
            if let Some(resource) = self.lanes.short(free, need) {
                return Err(self.overload(bounds, choice, resource, time));
            }
        }
        for part in gone {
            self.give_back(need, part.from, part.to);
        }
        for part in come {
            self.steps += (part.to - part.from).max(0) as u64;
            for time in part.from..part.to {
                let free = &mut self.free[time as usize * words..(time as usize + 1) * words];
                free.iter_mut().zip(need).for_each(|(free, need)| *free -= need);
            }
            if part.from < part.to {
                self.touch_overlapping(bounds, choice, part);
            }
        }
        self.parts[at] = part;
        Ok(())
    }

    fn give_back(&mut self, need: &[u64], from: i32, to: i32) {
        let words = self.lanes.words;
        for time in from..to {
            let free = &mut self.free[time as usize * words..(time as usize + 1) * words];
            free.iter_mut().zip(need).for_each(|(free, need)| *free += need);
        }
    }

    /// Whoever may run within a stretch of time must be looked at again.
    fn touch_overlapping(&mut self, bounds: &Bounds, choice: &Choice, part: Part) {
        for at in 0..choice.len() {
            let (low, high) = bounds.range(at);
            if low < high {
                let length = choice.duration(at);
                let meets = |start: i32| start < part.to && start + length > part.from;
                if meets(low) || meets(high) {
                    self.touch(at);
                }
            }
        }
    }

    pub(super) fn touch(&mut self, at: usize) {
        if !std::mem::replace(&mut self.is_dirty[at], true) {
            self.dirty.push(at as u32);
        }
    }

    /// A change is undone; [`Self::undo_done`] follows when all are.
    pub(super) fn undo(&mut self, activity: Option<usize>, index: usize) {
        if index < self.head {
            self.head = index;
            self.undone.extend(activity.map(|at| at as u32));
        }
    }

    /// Brings the timetable back to the bounds that hold again.
    pub(super) fn undo_done(&mut self, bounds: &Bounds, choice: &Choice) {
        let mut undone = std::mem::take(&mut self.undone);
        // Parts only shrink here, so nothing can be short.
        for at in undone.drain(..) {
            let _ = self.sync(bounds, choice, at as usize);
        }
        self.undone = undone;
    }

    /// Takes the bounds that are new into the timetable, then looks at one activity that may have to move. Gives whether
    /// there was anything to do.
    pub(super) fn step(&mut self, bounds: &mut Bounds, choice: &mut Choice) -> Result<bool, Conflict> {
        while let Some(change) = bounds.trail.get(self.head) {
            let side = change.side;
            if let Some(at) = choice.activity_of(side) {
                choice.refresh(bounds, at, side);
                // Counted as taken in even when it fails, so that undoing it brings the activity back.
                self.head += 1;
                self.sync(bounds, choice, at)?;
                self.touch(at);
            } else {
                self.head += 1;
            }
        }
        if choice.use_up(bounds)? {
            return Ok(true);
        }
        let Some(at) = self.dirty.pop() else { return Ok(false) };
        self.is_dirty[at as usize] = false;
        if let Err(conflict) = self.look(bounds, choice, at as usize) {
            // Put aside half-way: it must be looked at again.
            self.touch(at as usize);
            return Err(conflict);
        }
        Ok(true)
    }

    fn look(&mut self, bounds: &mut Bounds, choice: &Choice, at: usize) -> Result<(), Conflict> {
        self.steps += 1;
        choice.lengths(bounds, at)?;
        if choice.duration(at) == 0 {
            return Ok(());
        }
        self.later(bounds, choice, at)?;
        self.earlier(bounds, choice, at)?;
        self.order(bounds, choice, at)
    }

    /// Starts an activity later while it does not fit where it could start.
    fn later(&mut self, bounds: &mut Bounds, choice: &Choice, at: usize) -> Result<(), Conflict> {
        let length = choice.duration(at);
        loop {
            let (low, high) = bounds.range(at);
            if low >= high {
                return Ok(());
            }
            // Within its own sure part it has its place already.
            let own = self.parts[at];
            let end = if own.from < own.to { (low + length).min(own.from) } else { low + length };
            let end = end.min(self.horizon());
            self.steps += (end - low).max(0) as u64 / 4;
            let clash = (low..end).rev().find_map(|time| self.clash(choice, at, time).map(|k| (time, k)));
            let Some((time, resource)) = clash else { return Ok(()) };
            self.because.clear();
            self.because.push(Literal::new(2 * at as Side, time - length + 1));
            self.running(bounds, choice, resource, time, Some(at));
            bounds.set_because(Literal::new(2 * at as Side, time + 1), &self.because)?;
        }
    }

    /// Starts an activity earlier while it does not fit where it could start last.
    fn earlier(&mut self, bounds: &mut Bounds, choice: &Choice, at: usize) -> Result<(), Conflict> {
        let length = choice.duration(at);
        loop {
            let (low, high) = bounds.range(at);
            if low >= high {
                return Ok(());
            }
            let own = self.parts[at];
            let from = if own.from < own.to { high.max(own.to) } else { high };
            self.steps += (high + length - from).max(0) as u64 / 4;
            let clash = (from..(high + length).min(self.horizon()))
                .find_map(|time| self.clash(choice, at, time).map(|k| (time, k)));
            let Some((time, resource)) = clash else { return Ok(()) };
            self.because.clear();
            self.because.push(Literal::new(2 * at as Side + 1, -time));
            self.running(bounds, choice, resource, time, Some(at));
            bounds.set_because(Literal::new(2 * at as Side + 1, length - time), &self.because)?;
        }
    }

    fn horizon(&self) -> i32 {
        (self.free.len() / self.lanes.words) as i32
    }

    #[inline]
    fn clash(&self, choice: &Choice, at: usize, time: i32) -> Option<usize> {
        let words = self.lanes.words;
        let free = &self.free[time as usize * words..(time as usize + 1) * words];
        let need = choice.need(at);
        if words == 1 && self.lanes.fits_word(free[0], need[0]) {
            return None;
        }
        self.lanes.short(free, need)
    }

    /// Adds to the explanation as few activities as suffice that surely run at a time, so that nobody fits beside them.
    fn running(
        &mut self,
        bounds: &Bounds,
        choice: &Choice,
        resource: usize,
        time: i32,
        beside: Option<usize>,
    ) {
        let mut left = i64::from(self.capacity[resource]);
        if let Some(at) = beside {
            left -= i64::from(choice.demand(at)[resource]);
            choice.excluded(bounds, at, &mut self.because);
        }
        for &other in &self.users[resource] {
            let at = other as usize;
            if left < 0 {
                return;
            }
            let (low, high) = bounds.range(at);
            let (length, demand) = (choice.duration(at), choice.demand(at)[resource]);
            if beside != Some(at) && demand > 0 && high <= time && time < low + length {
                left -= i64::from(demand);
                self.because.push(Literal::new(2 * at as Side, time - length + 1));
                self.because.push(Literal::new(2 * at as Side + 1, -time));
                choice.excluded(bounds, at, &mut self.because);
            }
        }
        debug_assert!(left < 0, "the explanation of resource {resource} at {time} is short");
    }

    fn overload(&mut self, bounds: &Bounds, choice: &Choice, resource: usize, time: i32) -> Conflict {
        self.because.clear();
        self.running(bounds, choice, resource, time, None);
        Conflict(self.because.clone())
    }

    /// Orders an activity and those that cannot run beside it.
    fn order(&mut self, bounds: &mut Bounds, choice: &Choice, at: usize) -> Result<(), Conflict> {
        for index in 0..self.apart[at].len() {
            let other = self.apart[at][index] as usize;
            order_pair(bounds, choice, at, other)?;
            order_pair(bounds, choice, other, at)?;
        }
        self.steps += self.apart[at].len() as u64 / 4;
        Ok(())
    }
}

/// What of one part is not in the other, both ways. Parts of one activity that both exist overlap.
fn difference(old: Part, new: Part) -> ([Part; 2], [Part; 2]) {
    let none = Part::default();
    if old.from >= old.to {
        return ([none, none], [new, none]);
    }
    if new.from >= new.to {
        return ([old, none], [none, none]);
    }
    let part = |from: i32, to: i32| if from < to { Part { from, to } } else { none };
    (
        [part(old.from, new.from.min(old.to)), part(new.to.max(old.from), old.to)],
        [part(new.from, old.from.min(new.to)), part(old.to.max(new.from), new.to)],
    )
}

/// When the second cannot end before the first must have started, the first goes before the second.
fn order_pair(bounds: &mut Bounds, choice: &Choice, first: usize, second: usize) -> Result<(), Conflict> {
    let (low, high) = bounds.range(first);
    let (second_low, second_high) = bounds.range(second);
    let (length, second_length) = (choice.duration(first), choice.duration(second));
    if second_low + second_length <= high || (second_low >= low + length && high <= second_high - length) {
        return Ok(());
    }
    // second ≥ v and first ≤ v + its length − 1 exclude the other order; v is the bound there is.
    let mut because = vec![
        Literal::new(2 * second as Side, second_low),
        Literal::new(2 * first as Side + 1, 1 - second_low - second_length),
    ];
    choice.excluded(bounds, first, &mut because);
    choice.excluded(bounds, second, &mut because);
    let shared = because.len();
    if second_low < low + length {
        because.push(Literal::new(2 * first as Side, low));
        bounds.set_because(Literal::new(2 * second as Side, low + length), &because)?;
    }
    because.truncate(shared);
    if high > second_high - length {
        because.push(Literal::new(2 * second as Side + 1, -second_high));
        bounds.set_because(Literal::new(2 * first as Side + 1, length - second_high), &because)?;
    }
    Ok(())
}
