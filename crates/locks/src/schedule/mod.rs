//! Today's schedule: which ships go in which lockage, when and where, with a certified lower bound.

mod bound;
mod day;
mod file;
mod prepared;
mod rolling;
mod search;

pub use day::{Berth, Chamber, Day, DayError, Lockage, MOST_CHAMBERS, MOST_SHIPS, Ship};
pub use file::read_days;
pub use rolling::{Outcome, compare, rolling};

use crate::{
    Direction,
    packing::{self, Fit, Rectangle},
};
use bound::Pricing;
pub use prepared::Packer;
use prepared::{Prepared, Side, prepare};
use search::{Move, Search};
use serde::Serialize;

/// How much work a schedule may take.
pub struct Effort<'a> {
    /// Labels the widest search may make; the same work gives the same schedule.
    pub work: u64,
    /// Asked often: shall it stop with what it has?
    pub stop: &'a dyn Fn() -> bool,
}

/// Why a search ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StoppedBy {
    /// The schedule is proven best.
    Optimal,
    /// Its work was used up.
    Work,
    /// It was told to stop.
    Time,
}

/// A schedule and how far from the best it can be.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Schedule {
    /// Weighted sum of waits, minutes.
    pub value: f64,
    /// No schedule has less, minutes.
    pub lower_bound: f64,
    /// `(value - lower_bound) / value`; 0 for a value of 0.
    pub gap: f64,
    /// Is it proven best?
    pub proven: bool,
    /// Why the search ended.
    pub stopped_by: StoppedBy,
    /// The lockages, in order of start.
    pub lockages: Vec<Lockage>,
}

/// Widths of the layers, one search after the other.
const WIDTHS: [usize; 8] = [30, 300, 2_000, 10_000, 50_000, 200_000, 800_000, usize::MAX];

/// Rounds of pricing that are made whatever the work allows.
const LEAST_ROUNDS: u64 = 40;

/// The best schedule the effort allows.
///
/// # Errors
/// When a record is unusable; see [`Day::check`].
pub fn schedule(day: &Day, effort: &Effort<'_>) -> Result<Schedule, DayError> {
    day.check()?;
    if day.ships.is_empty() {
        return Ok(finished(0.0, 0.0, StoppedBy::Optimal, vec![]));
    }
    let (real, relaxed) = both(day)?;
    // Convoys that parted for the bound have other prices than the search's: it then goes by its own costs alone.
    let whole = relaxed.units == real.units;
    let sure = real.exact
        && relaxed.exact
        && real.rooms.iter().zip(&relaxed.rooms).all(|(a, b)| a.loads.rows == b.loads.rows);
    let mut best = dispatched(&real);
    let end = best.1.iter().map(|made| made.start).max().unwrap_or(0);
    let pricing = Pricing::new(&relaxed, end + real.rooms[0].fixed);
    let mut prices = vec![0.0; relaxed.units.len()];
    if relaxed.units == real.units {
        for (unit, wait) in waits(&real, &best.1) {
            prices[unit] = wait * 0.5;
        }
    }
    let mut floor = f64::NEG_INFINITY;
    let mut stopped_by = StoppedBy::Work;
    let mut left = effort.work;
    for (round, width) in WIDTHS.into_iter().enumerate() {
        // Prices are refined while there is a better schedule to aim at; their work is counted in grid points.
        let rounds = [60, 120, 400, 400, 200, 100, 100, 100][round];
        let affordable = effort.work / 2 / pricing.work().max(1);
        let rounds = rounds.min(affordable.max(LEAST_ROUNDS) as usize);
        let (bound, _) = pricing.climb(prices, best.0, rounds, effort.stop);
        prices = bound.prices.clone();
        floor = f64::max(floor, whole_up(bound.value, real.whole));
        if floor >= best.0 - 1e-6 {
            stopped_by = StoppedBy::Optimal;
            break;
        }
        if !whole {
            if (effort.stop)() {
                stopped_by = StoppedBy::Time;
                break;
            }
            continue;
        }
        let found = Search::new(&real, &bound).run(best.0, width, left, effort.stop);
        left = left.saturating_sub(found.work);
        if let Some(better) = found.better {
            best = better;
        }
        if sure && !found.stopped {
            floor = f64::max(floor, whole_up(found.floor, real.whole).min(best.0));
        }
        if floor >= best.0 - 1e-6 {
            stopped_by = StoppedBy::Optimal;
            break;
        }
        if (effort.stop)() {
            stopped_by = StoppedBy::Time;
            break;
        }
        if found.stopped || left == 0 {
            break;
        }
    }
    let lockages = lockages(day, &real, &best.1);
    let value = day.value(&lockages)?;
    let lower = ((floor + relaxed.base - relaxed.rounding) / relaxed.ticks).min(value).max(0.0);
    Ok(finished(value, lower, stopped_by, lockages))
}

/// One lockage of a plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Planned {
    /// Index of its chamber.
    pub chamber: usize,
    /// When it starts, minutes.
    pub start: f64,
    /// Which way.
    pub direction: Direction,
    /// Indices of its ships; none on an empty run.
    pub ships: Vec<usize>,
}

/// Rounds of pricing and width of the search of a plan: milliseconds, for plans made thousands of times.
const PLAN: (usize, usize) = (6, 24);

/// A good schedule in milliseconds, without a bound, in order of start: what a plan that is made again and again needs.
/// None when a record is unusable.
pub fn plan(day: &Day, packer: &mut Packer) -> Option<Vec<Planned>> {
    let real = prepare(day, Side::Feasible, packer)?;
    let mut best = dispatched(&real);
    let end = best.1.iter().map(|made| made.start).max().unwrap_or(0);
    let pricing = Pricing::new(&real, end + real.rooms[0].fixed);
    let mut prices = vec![0.0; real.units.len()];
    for (unit, wait) in waits(&real, &best.1) {
        prices[unit] = wait * 0.5;
    }
    let (bound, _) = pricing.climb(prices, best.0, PLAN.0, &|| false);
    let found = Search::new(&real, &bound).run(best.0, PLAN.1, u64::MAX, &|| false);
    if let Some(better) = found.better {
        best = better;
    }
    let mut served = vec![0_usize; real.groups.len()];
    let step = |made: &Move| {
        let mut ships = vec![];
        for (at, group) in real.groups.iter().enumerate() {
            for _ in 0..made.taken[at] {
                ships.extend(&real.units[group.units[served[at]]]);
                served[at] += 1;
            }
        }
        let (start, direction) = (made.start as f64 / real.ticks, Direction::of(made.direction));
        Planned { chamber: made.room, start, direction, ships }
    };
    let mut plan: Vec<Planned> = best.1.iter().map(step).collect();
    plan.sort_by(|a, b| a.start.total_cmp(&b.start));
    Some(plan)
}

/// The day made ready for schedules and for bounds.
fn both(day: &Day) -> Result<(Prepared, Prepared), DayError> {
    let mut packer = Packer::default();
    let mut ready = |side| {
        prepare(day, side, &mut packer).ok_or_else(|| DayError {
            what: "the ships".into(),
            why: "there are too many kinds of convoys and of ships that enter different chambers; split the day".into(),
        })
    };
    Ok((ready(Side::Feasible)?, ready(Side::Relaxed)?))
}

fn whole_up(value: f64, whole: bool) -> f64 {
    if whole { (value - 1e-6).ceil() } else { value }
}

fn finished(value: f64, lower_bound: f64, stopped_by: StoppedBy, lockages: Vec<Lockage>) -> Schedule {
    let gap = if value > 0.0 { (value - lower_bound) / value } else { 0.0 };
    let proven = gap <= 1e-9;
    let stopped_by = if proven { StoppedBy::Optimal } else { stopped_by };
    Schedule { value, lower_bound, gap, proven, stopped_by, lockages }
}

/// What a lock keeper would do: serve who is there on the side the chamber faces, else turn for who waits on the other.
fn dispatched(day: &Prepared) -> (f64, Vec<Move>) {
    let mut served = vec![0_usize; day.groups.len()];
    let mut ready: Vec<i64> = day.rooms.iter().map(|room| room.ready).collect();
    let mut facing: Vec<Option<usize>> = day.rooms.iter().map(|room| room.facing).collect();
    let (mut cost, mut moves) = (0.0, vec![]);
    let mut now = 0;
    while served.iter().zip(&day.groups).any(|(n, group)| *n < group.units.len()) {
        let room = (0..day.rooms.len()).min_by_key(|at| (ready[*at].max(now), *at)).unwrap_or(0);
        now = now.max(ready[room]);
        let next = |direction: usize| {
            let groups = day.groups.iter().zip(&served).filter(|(group, _)| group.direction == direction);
            groups.filter_map(|(group, n)| group.arrivals.get(*n)).min().copied()
        };
        let waits = |direction: usize| next(direction).is_some_and(|arrival| arrival <= now);
        let first = facing[room].unwrap_or(usize::from(next(1) < next(0)));
        let direction = match (waits(first), waits(1 - first)) {
            (true, _) => first,
            (false, true) if facing[room].is_none() => 1 - first,
            (false, true) => {
                moves.push(Move { room, start: now, direction: first, taken: [0; prepared::GROUPS] });
                ready[room] = now + day.rooms[room].fixed;
                facing[room] = Some(1 - first);
                continue;
            }
            (false, false) => {
                ready[room] = [next(0), next(1)].into_iter().flatten().min().unwrap_or(now + 1).max(now + 1);
                now = ready.iter().min().copied().unwrap_or(now).max(now);
                continue;
            }
        };
        let mut taken = [0; prepared::GROUPS];
        let mut kinds = vec![0; day.kinds.len()];
        let mut order: Vec<(i64, usize)> = vec![];
        for (at, group) in day.groups.iter().enumerate().filter(|(_, group)| group.direction == direction) {
            let there = group.arrivals[served[at]..].iter().take_while(|arrival| **arrival <= now);
            order.extend(there.map(|arrival| (*arrival, at)));
        }
        order.sort_unstable();
        for (arrival, at) in order {
            let group = &day.groups[at];
            kinds[group.kind] += 1;
            let next_of_group = group.arrivals[served[at]] == arrival;
            if next_of_group && day.rooms[room].loads.fits(&kinds) {
                taken[at] += 1;
                served[at] += 1;
                cost += group.weight * (now - arrival) as f64;
                if served[at] == group.units.len() {
                    continue;
                }
            } else {
                kinds[group.kind] -= 1;
            }
        }
        moves.push(Move { room, start: now, direction, taken });
        ready[room] = now + day.rooms[room].takes(day.ships(&taken));
        facing[room] = Some(1 - direction);
    }
    (cost, moves)
}

/// Each ship and its wait in ticks.
fn waits(day: &Prepared, moves: &[Move]) -> Vec<(usize, f64)> {
    let mut served = vec![0_usize; day.groups.len()];
    let mut waits = vec![];
    for made in moves {
        for (at, group) in day.groups.iter().enumerate() {
            for _ in 0..made.taken[at] {
                let ship = served[at];
                served[at] += 1;
                waits.push((group.units[ship], group.weight * (made.start - group.arrivals[ship]) as f64));
            }
        }
    }
    waits
}

/// The lockages of a chain of moves, with every ship's berth.
fn lockages(day: &Day, real: &Prepared, moves: &[Move]) -> Vec<Lockage> {
    let mut served = vec![0_usize; real.groups.len()];
    let mut out = vec![];
    for made in moves {
        let chamber = &day.chambers[made.room];
        // Ships kind after kind, as their rectangles are.
        let mut aboard: Vec<(usize, usize)> = vec![];
        for (at, group) in real.groups.iter().enumerate() {
            for _ in 0..made.taken[at] {
                aboard.push((group.kind, group.units[served[at]]));
                served[at] += 1;
            }
        }
        aboard.sort_unstable();
        let ships: Vec<usize> = aboard.iter().flat_map(|(_, unit)| real.units[*unit].clone()).collect();
        let hulls = aboard.iter().flat_map(|(kind, _)| real.kinds[*kind].sizes.clone()).collect();
        let start = made.start as f64 / real.ticks;
        let end = start + chamber.fixed + chamber.per_ship * ships.len() as f64;
        let side = Direction::of(made.direction);
        let ships = berths(day, chamber, &ships, hulls);
        out.push(Lockage { chamber: chamber.id.clone(), start, end, side, ships });
    }
    // An empty run at the end serves nobody.
    while out.last().is_some_and(|last| last.ships.is_empty()) {
        out.pop();
    }
    out
}

/// Where each ship lies: by its own size, or by the size it was counted with, which is known to fit.
fn berths(day: &Day, chamber: &Chamber, aboard: &[usize], hulls: Vec<Rectangle>) -> Vec<Berth> {
    let own: Vec<Rectangle> = aboard.iter().map(|at| day.ships[*at].rectangle()).collect();
    let found = [own, hulls].into_iter().find_map(|sizes| match packing::pack(chamber.rectangle(), &sizes) {
        Fit::Yes(places) => Some(places),
        _ => None,
    });
    let places = found.unwrap_or_else(|| vec![packing::Place { x: 0, y: 0 }; aboard.len()]);
    let berth = |(at, place): (&usize, &packing::Place)| Berth {
        id: day.ships[*at].id.clone(),
        x: f64::from(place.x) / 100.0,
        y: f64::from(place.y) / 100.0,
    };
    aboard.iter().zip(&places).map(berth).collect()
}
