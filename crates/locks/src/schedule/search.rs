//! The search for schedules: labels in layers of one lockage each.
//!
//! A label says how many ships of each group are served, when each chamber is ready and which way it faces. Of two
//! labels with the same ships served, one that is nowhere earlier and costs no less is dropped: a Pareto dynamic
//! programme. Labels whose cost and bound together reach a known schedule are dropped too. With all the rest kept the
//! search is exact; when a layer is cut to a width, the least bound among those cut off is still a bound for the day.

use super::{
    bound::Bound,
    prepared::{GROUPS, Prepared},
};

/// Chambers a label follows.
pub(super) const ROOMS: usize = super::day::MOST_CHAMBERS;

#[derive(Clone, Debug)]
struct Label {
    served: [u16; GROUPS],
    ready: [i32; ROOMS],
    facing: [u8; ROOMS],
    /// Chambers whose last lockage was empty.
    empty: u8,
    last: i32,
    cost: f64,
    /// Prices of the ships not yet served.
    left: f64,
    bound: f64,
    /// The step that led to the label it was made from, and what was done there.
    parent: u32,
    room: u8,
    direction: u8,
    start: i32,
    taken: [u16; GROUPS],
}

/// One lockage of a found schedule.
#[derive(Clone, Debug)]
pub(super) struct Move {
    pub room: usize,
    pub start: i64,
    pub direction: usize,
    /// How many of each group.
    pub taken: [u16; GROUPS],
}

/// What a label that was kept remembers of how it was made.
#[derive(Clone, Debug)]
struct Step {
    parent: u32,
    room: u8,
    direction: u8,
    start: i32,
    taken: [u16; GROUPS],
}

impl Step {
    fn made(&self) -> Move {
        Move {
            room: usize::from(self.room),
            start: i64::from(self.start),
            direction: usize::from(self.direction),
            taken: self.taken,
        }
    }
}

/// Labels being made from one label.
struct Making<'b> {
    label: &'b Label,
    /// Its own step.
    step: u32,
    /// Bounds from here on are of no use.
    limit: f64,
    out: &'b mut Vec<Label>,
    made: u64,
}

/// What a search found.
#[derive(Clone, Debug)]
pub(super) struct Found {
    /// A better schedule than was known.
    pub better: Option<(f64, Vec<Move>)>,
    /// No schedule costs less than this, as far as this search can say.
    pub floor: f64,
    /// It was stopped before its end.
    pub stopped: bool,
    /// Labels made.
    pub work: u64,
}

pub(super) struct Search<'a> {
    day: &'a Prepared,
    bound: &'a Bound,
    /// The price of each ship of each group, summed: `prices[group][k]` for the first k.
    prices: Vec<Vec<f64>>,
    total: usize,
}

/// Labels one layer may make, and steps a search may remember: they bound its memory to about 2 GiB.
const CHILDREN: usize = 8_000_000;
const STEPS: usize = 12_000_000;

impl<'a> Search<'a> {
    pub(super) fn new(day: &'a Prepared, bound: &'a Bound) -> Self {
        let prices = day
            .groups
            .iter()
            .map(|group| {
                let mut sum = 0.0;
                let sums = group.units.iter().map(|unit| {
                    sum += bound.prices[*unit];
                    sum
                });
                std::iter::once(0.0).chain(sums.collect::<Vec<_>>()).collect()
            })
            .collect();
        Self { day, bound, prices, total: day.groups.iter().map(|group| group.units.len()).sum() }
    }

    /// Searches layers of at most `width` labels for schedules under `reach`.
    pub(super) fn run(&self, reach: f64, width: usize, most: u64, stop: &dyn Fn() -> bool) -> Found {
        let mut found = Found { better: None, floor: f64::INFINITY, stopped: false, work: 0 };
        let mut reach = reach;
        let mut steps: Vec<Step> = vec![];
        let mut layer = vec![self.root()];
        let mut children: Vec<Label> = vec![];
        // A lockage at least every other time: longer chains of empty runs are never useful.
        let deepest = 2 * self.total * self.day.rooms.len() + 8;
        for depth in 0..deepest {
            children.clear();
            for (at, label) in layer.iter().enumerate() {
                let step = match depth {
                    0 => u32::MAX,
                    _ => (steps.len() - layer.len() + at) as u32,
                };
                let limit = self.limit(reach);
                let mut making = Making { label, step, limit, out: &mut children, made: 0 };
                self.expand(&mut making);
                found.work += making.made + 1;
                if found.work > most || children.len() > CHILDREN || (at % 64 == 63 && stop()) {
                    found.stopped = true;
                    return found;
                }
            }
            let done = children
                .iter()
                .filter(|child| self.all_served(child))
                .min_by(|a, b| a.cost.total_cmp(&b.cost));
            if let Some(done) = done
                && done.cost < reach - 1e-9
            {
                reach = done.cost;
                found.better = Some((done.cost, moves(done, &steps)));
            }
            let limit = self.limit(reach);
            children.retain(|child| child.bound < limit && !self.all_served(child));
            pareto(&mut children);
            if children.len() > width {
                children.select_nth_unstable_by(width, order);
                let cut = children[width..].iter().map(|label| label.bound);
                found.floor = cut.fold(found.floor, f64::min);
                children.truncate(width);
                children.sort_unstable_by(order);
            }
            if children.is_empty() {
                break;
            }
            steps.extend(children.iter().map(Label::step));
            std::mem::swap(&mut layer, &mut children);
            if stop() || steps.len() > STEPS {
                found.stopped = true;
                return found;
            }
        }
        found.floor = found.floor.min(reach);
        found
    }

    /// Bounds from here on cannot better a schedule of this cost.
    fn limit(&self, reach: f64) -> f64 {
        if self.day.whole { reach - 1.0 + 1e-6 } else { reach - 1e-9 * reach.abs().max(1.0) }
    }

    fn all_served(&self, label: &Label) -> bool {
        label.served.iter().zip(&self.day.groups).all(|(n, group)| usize::from(*n) == group.units.len())
    }

    fn root(&self) -> Label {
        let mut label = Label {
            served: [0; GROUPS],
            ready: [0; ROOMS],
            facing: [2; ROOMS],
            empty: 0,
            last: 0,
            cost: 0.0,
            left: self.bound.prices.iter().sum(),
            bound: 0.0,
            parent: u32::MAX,
            room: 0,
            direction: 0,
            start: 0,
            taken: [0; GROUPS],
        };
        for (at, room) in self.day.rooms.iter().enumerate() {
            label.ready[at] = room.ready as i32;
            label.facing[at] = room.facing.map_or(2, |facing| facing as u8);
        }
        label.bound = label.left + self.ahead(&label);
        label
    }

    fn ahead(&self, label: &Label) -> f64 {
        (0..self.day.rooms.len())
            .map(|at| {
                let tick = label.ready[at].max(label.last);
                self.bound.ahead(at, i64::from(tick), usize::from(label.facing[at]))
            })
            .sum()
    }

    fn expand(&self, making: &mut Making<'_>) {
        let label = making.label;
        for room in 0..self.day.rooms.len() {
            let twin = (0..room).any(|other| self.interchangeable(label, room, other));
            if twin {
                continue;
            }
            for direction in 0..2 {
                if label.facing[room] != 2 && usize::from(label.facing[room]) != direction {
                    continue;
                }
                let now = i64::from(label.ready[room].max(label.last));
                if label.facing[room] != 2 && (label.empty >> room) & 1 == 0 {
                    let turn = Move { room, start: now, direction, taken: [0; GROUPS] };
                    self.push(making, turn, label.cost, label.left);
                }
                for start in self.starts(label, direction, now) {
                    let mut waited = label.clone();
                    waited.ready[room] = start as i32;
                    waited.facing[room] = direction as u8;
                    if label.left + label.cost + self.ahead(&waited) >= making.limit {
                        break;
                    }
                    let load = Load { room, direction, start, waits: start > now };
                    self.fill(making, &load, 0, &mut [0; GROUPS], &mut vec![0; self.day.kinds.len()]);
                }
            }
        }
    }

    /// Do two chambers differ in nothing from here on?
    fn interchangeable(&self, label: &Label, a: usize, b: usize) -> bool {
        let (x, y) = (&self.day.rooms[a], &self.day.rooms[b]);
        label.ready[a].max(label.last) == label.ready[b].max(label.last)
            && label.facing[a] == label.facing[b]
            && (label.empty >> a) & 1 == (label.empty >> b) & 1
            && (x.fixed, x.per_ship) == (y.fixed, y.per_ship)
            && x.loads.rows == y.loads.rows
    }

    /// Now, and every later moment at which a ship of this direction comes.
    fn starts(&self, label: &Label, direction: usize, now: i64) -> Vec<i64> {
        let mut starts = vec![now];
        for (at, group) in self.day.groups.iter().enumerate() {
            if group.direction == direction {
                let waiting = &group.arrivals[usize::from(label.served[at])..];
                starts.extend(waiting.iter().filter(|arrival| **arrival > now));
            }
        }
        starts.sort_unstable();
        starts.dedup();
        starts
    }

    /// Chooses how many of each group to take, group by group.
    fn fill(
        &self,
        making: &mut Making<'_>,
        load: &Load,
        group: usize,
        taken: &mut [u16; GROUPS],
        kinds: &mut [usize],
    ) {
        let Some(own) = self.day.groups.get(group) else {
            self.filled(making, load, taken, kinds);
            return;
        };
        if own.direction != load.direction {
            self.fill(making, load, group + 1, taken, kinds);
            return;
        }
        let before = kinds[own.kind];
        for n in 0..=self.there(making.label, load, group) {
            kinds[own.kind] = before + n;
            if !self.day.rooms[load.room].loads.fits(kinds) {
                break;
            }
            taken[group] = n as u16;
            self.fill(making, load, group + 1, taken, kinds);
        }
        kinds[own.kind] = before;
        taken[group] = 0;
    }

    /// How many of a group are there and unserved at the start.
    fn there(&self, label: &Label, load: &Load, group: usize) -> usize {
        let served = usize::from(label.served[group]);
        let arrivals = &self.day.groups[group].arrivals[served..];
        arrivals.partition_point(|arrival| *arrival <= load.start)
    }

    /// Keeps a chosen load, unless it waits for nobody or leaves a ship that would fit.
    fn filled(&self, making: &mut Making<'_>, load: &Load, taken: &[u16; GROUPS], kinds: &mut [usize]) {
        let label = making.label;
        let n: usize = kinds.iter().sum();
        if n == 0 {
            return;
        }
        let groups =
            self.day.groups.iter().enumerate().filter(|(_, group)| group.direction == load.direction);
        let mut latest = i64::MIN;
        let (mut cost, mut left) = (label.cost, label.left);
        for (at, group) in groups {
            let (from, k) = (usize::from(label.served[at]), usize::from(taken[at]));
            for arrival in &group.arrivals[from..from + k] {
                cost += group.weight * (load.start - arrival) as f64;
                latest = latest.max(*arrival);
            }
            left -= self.prices[at][from + k] - self.prices[at][from];
        }
        if load.waits && latest < load.start {
            return;
        }
        if self.day.fill {
            let loads = &self.day.rooms[load.room].loads;
            for (at, group) in self.day.groups.iter().enumerate() {
                if group.direction == load.direction && self.there(label, load, at) > usize::from(taken[at]) {
                    kinds[group.kind] += 1;
                    let fits = loads.fits(kinds);
                    kinds[group.kind] -= 1;
                    if fits {
                        return;
                    }
                }
            }
        }
        let made = Move { room: load.room, start: load.start, direction: load.direction, taken: *taken };
        self.push(making, made, cost, left);
    }

    fn push(&self, making: &mut Making<'_>, made: Move, cost: f64, left: f64) {
        making.made += 1;
        let mut child = making.label.clone();
        let n: usize = self.day.ships(&made.taken);
        for (served, taken) in child.served.iter_mut().zip(&made.taken) {
            *served += taken;
        }
        let (room, bit) = (made.room, 1 << made.room);
        child.ready[room] = (made.start + self.day.rooms[room].takes(n)) as i32;
        child.facing[room] = 1 - made.direction as u8;
        child.empty = if n == 0 { child.empty | bit } else { child.empty & !bit };
        child.last = made.start as i32;
        if self.day.rooms.len() == 1 {
            child.last = child.ready[0];
        }
        child.cost = cost;
        child.left = left;
        child.bound = cost + left + self.ahead(&child);
        if child.bound >= making.limit {
            return;
        }
        child.parent = making.step;
        child.room = made.room as u8;
        child.direction = made.direction as u8;
        child.start = made.start as i32;
        child.taken = made.taken;
        making.out.push(child);
    }
}

impl Label {
    /// Makes orders total, so that runs repeat.
    fn key(&self) -> (&[u16; GROUPS], u8, u8, i32, u32) {
        (&self.served, self.room, self.direction, self.start, self.parent)
    }

    fn step(&self) -> Step {
        Step {
            parent: self.parent,
            room: self.room,
            direction: self.direction,
            start: self.start,
            taken: self.taken,
        }
    }
}

fn moves(last: &Label, steps: &[Step]) -> Vec<Move> {
    let mut moves = vec![last.step().made()];
    let mut at = last.parent;
    while let Some(step) = steps.get(at as usize) {
        moves.push(step.made());
        at = step.parent;
    }
    moves.reverse();
    moves
}

/// A lockage whose load is being chosen.
struct Load {
    room: usize,
    direction: usize,
    start: i64,
    /// It starts later than the chamber could: only for a ship that comes at that moment.
    waits: bool,
}

/// Best bound first; the rest only makes the order total.
fn order(a: &Label, b: &Label) -> std::cmp::Ordering {
    a.bound.total_cmp(&b.bound).then_with(|| a.key().cmp(&b.key()))
}

/// Drops labels that another one with the same ships served is no worse than.
fn pareto(labels: &mut Vec<Label>) {
    labels.sort_unstable_by(|a, b| {
        (a.served, a.facing)
            .cmp(&(b.served, b.facing))
            .then_with(|| (a.last, a.ready).cmp(&(b.last, b.ready)))
            .then_with(|| a.cost.total_cmp(&b.cost))
            .then_with(|| a.empty.cmp(&b.empty))
            .then_with(|| a.key().cmp(&b.key()))
    });
    let mut kept: Vec<Label> = Vec::with_capacity(labels.len());
    let mut run = 0;
    for label in labels.drain(..) {
        let same = kept.last().is_some_and(|last| (last.served, last.facing) == (label.served, label.facing));
        if !same {
            run = kept.len();
        }
        let worse = kept[run..].iter().any(|other| {
            other.cost <= label.cost
                && other.last <= label.last
                && other.ready.iter().zip(&label.ready).all(|(a, b)| a <= b)
                && (other.empty & !label.empty) == 0
        });
        if !worse {
            kept.push(label);
        }
    }
    *labels = kept;
}
