//! A day made ready for search: times in whole ticks, ships sorted into kinds and groups, and what fits together.

use super::day::{Chamber, Day};
use crate::{
    Direction,
    packing::{self, Fit, Rectangle},
};
use std::collections::BTreeMap;

/// Kinds of ships a search tells apart; more sizes are drawn together, as long as each still enters the same chambers.
const KINDS: usize = 6;
/// Kinds there may be at most.
const MOST_KINDS: usize = GROUPS / 2;
/// Groups a label of the search counts.
pub(super) const GROUPS: usize = 16;
/// Loads a chamber's table may hold.
const LOADS: usize = 20_000;
/// Work of the placement searches of one table together: a second or less.
const SEARCHED: u64 = 100_000_000;

/// How sizes are drawn together when there are too many, and what an unfinished placement search counts as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// Never more than truly fits: schedules found are real.
    Feasible,
    /// Never less than truly fits: bounds found are valid.
    Relaxed,
}

/// Remembers what fits together, so that plans made again and again ask once.
#[derive(Clone, Debug, Default)]
pub struct Packer {
    known: BTreeMap<(Rectangle, Vec<Rectangle>), Option<bool>>,
}

impl Packer {
    /// Do they fit? None when the search could not tell.
    fn fits(&mut self, room: Rectangle, ships: Vec<Rectangle>, budget: &mut u64) -> Option<bool> {
        if self.known.len() > 200_000 {
            self.known.clear();
        }
        *self.known.entry((room, ships)).or_insert_with_key(|(room, ships)| {
            match packing::pack_within(*room, ships, budget) {
                Fit::Yes(_) => Some(true),
                Fit::No => Some(false),
                Fit::Unknown => None,
            }
        })
    }
}

/// Units that are alike to every chamber: single ships, or convoys that pass together.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Kind {
    /// Nothing else in the lockage.
    alone: bool,
    /// Chambers it enters, one bit each.
    rooms: u16,
    /// One rectangle a ship, in order of the unit's ships.
    pub sizes: Vec<Rectangle>,
}

impl Kind {
    fn area(&self) -> i64 {
        self.sizes.iter().map(|size| size.area()).sum()
    }
}

/// Ships of one direction, kind and weight in order of arrival: among them the first come is served first, since
/// exchanging two of them changes nothing.
#[derive(Clone, Debug)]
pub(super) struct Group {
    pub direction: usize,
    pub kind: usize,
    pub weight: f64,
    /// Indices into the day's units.
    pub units: Vec<usize>,
    /// Their arrivals in ticks.
    pub arrivals: Vec<i64>,
}

/// What fits a chamber together, as counts of each kind. A load without one of its ships is a load.
#[derive(Clone, Debug)]
pub(super) struct Loads {
    most: Vec<usize>,
    fits: Vec<bool>,
    /// Loads without the last kind: counts, how many ships, and how many units of the last kind may join.
    pub rows: Vec<(Vec<u8>, usize, usize)>,
    /// Most ships in any load.
    pub ships: usize,
    /// Ships in one unit of the last kind.
    pub last: usize,
}

impl Loads {
    pub(super) fn fits(&self, counts: &[usize]) -> bool {
        let mut index = 0;
        for (count, most) in counts.iter().zip(&self.most) {
            if count > most {
                return false;
            }
            index = index * (most + 1) + count;
        }
        self.fits[index]
    }

    pub(super) fn most(&self, kind: usize) -> usize {
        self.most[kind]
    }
}

/// A chamber in ticks.
#[derive(Clone, Debug)]
pub(super) struct Room {
    pub fixed: i64,
    pub per_ship: i64,
    pub ready: i64,
    pub facing: Option<usize>,
    pub loads: Loads,
}

impl Room {
    pub(super) fn takes(&self, ships: usize) -> i64 {
        self.fixed + self.per_ship * ships as i64
    }
}

/// The day made ready.
#[derive(Clone, Debug)]
pub(super) struct Prepared {
    /// Ticks in a minute.
    pub ticks: f64,
    pub kinds: Vec<Kind>,
    pub groups: Vec<Group>,
    pub rooms: Vec<Room>,
    /// Ships that pass together, mostly single ones.
    pub units: Vec<Vec<usize>>,
    /// What a tick of a unit's waiting weighs.
    pub weights: Vec<f64>,
    /// Weighted ticks that members of convoys wait for the last of them, whatever the schedule.
    pub base: f64,
    /// Weighted ticks by which rounding of times may have raised costs.
    pub rounding: f64,
    /// Every time fell on a tick, every size kept its kind and every weight its group.
    pub exact: bool,
    /// All weights are whole: costs in ticks are whole.
    pub whole: bool,
    /// Taking one more ship that is there and fits never costs more than leaving it.
    pub fill: bool,
}

impl Prepared {
    /// How many ships so many units of each group are.
    pub(super) fn ships(&self, taken: &[u16; GROUPS]) -> usize {
        let ships = |(group, n): (&Group, &u16)| usize::from(*n) * self.kinds[group.kind].sizes.len();
        self.groups.iter().zip(taken).map(ships).sum()
    }
}

/// Ticks in a minute on which every time falls, if there are such; fewer where the day is so long that ticks overflow.
fn ticks(day: &Day) -> (f64, bool) {
    let times = || {
        let chambers = day.chambers.iter().flat_map(|c| [c.ready, c.fixed, c.per_ship]);
        day.ships.iter().map(|ship| ship.arrival).chain(chambers)
    };
    let on = |ticks: f64| times().all(|time| ((time * ticks).round() - time * ticks).abs() < 1e-6 * ticks);
    let last = times().fold(0.0, f64::max);
    let longest = day.chambers.iter().map(|c| 2.0 * c.fixed + c.per_ship).fold(0.0, f64::max);
    let span = last + longest * (day.ships.len() + 2) as f64;
    let all = [1.0, 2.0, 4.0, 10.0, 60.0, 100.0, 600.0];
    let mut possible = all.into_iter().filter(|ticks| ticks * span < 1e9);
    match possible.clone().find(|ticks| on(*ticks)) {
        Some(ticks) => (ticks, true),
        None => (possible.next_back().unwrap_or(1.0), false),
    }
}

/// What passes together: convoys, and every other ship by itself.
fn units(day: &Day) -> Vec<Vec<usize>> {
    let convoys = day.convoys();
    let single = (0..day.ships.len()).filter(|at| day.ships[*at].convoy.is_none()).map(|at| vec![at]);
    let mut units: Vec<Vec<usize>> = single.chain(convoys).collect();
    units.sort_unstable();
    units
}

/// The day made ready, with as many kinds as keep the tables of loads small; none when its ships are of too many kinds
/// that cannot be drawn together.
pub(super) fn prepare(day: &Day, side: Side, packer: &mut Packer) -> Option<Prepared> {
    let mut made = prepare_with(day, side, packer, KINDS)?;
    for limit in (1..KINDS).rev() {
        if made.1 <= LOADS {
            break;
        }
        made = prepare_with(day, side, packer, limit)?;
    }
    Some(made.0)
}

/// The day made ready with so many kinds, where they can be drawn together, and the size its largest table should have.
fn prepare_with(day: &Day, side: Side, packer: &mut Packer, limit: usize) -> Option<(Prepared, usize)> {
    let (ticks, on_tick) = ticks(day);
    let mut units = units(day);
    let sized = day.chambers.iter().any(Chamber::sized);
    let (kind_of, kinds, kept) = match kinds(day, &units, sized, side, limit) {
        Some(found) => found,
        // Convoys of too many shapes: for a bound their ships may part.
        None if side == Side::Relaxed && units.len() < day.ships.len() => {
            units = (0..day.ships.len()).map(|at| vec![at]).collect();
            let (kind_of, kinds, _) = kinds(day, &units, sized, side, limit)?;
            (kind_of, kinds, false)
        }
        None => return None,
    };
    let to = |minutes: f64| match side {
        Side::Feasible => (minutes * ticks - 1e-6).ceil() as i64,
        Side::Relaxed => (minutes * ticks + 1e-6).floor() as i64,
    };
    let arrivals: Vec<i64> = units
        .iter()
        .map(|unit| unit.iter().map(|at| to(day.ships[*at].arrival)).max().unwrap_or(0))
        .collect();
    let weights: Vec<f64> =
        units.iter().map(|unit| unit.iter().map(|at| day.ships[*at].weight).sum()).collect();
    let base = units
        .iter()
        .zip(&arrivals)
        .flat_map(|(unit, last)| unit.iter().map(move |at| (&day.ships[*at], *last)))
        .map(|(ship, last)| ship.weight * (last - to(ship.arrival)) as f64)
        .sum();
    let (groups, grouped) = groups(day, &units, &kind_of, &arrivals, &weights);
    let mut rooms: Vec<Room> = vec![];
    let mut largest = 0;
    for (at, chamber) in day.chambers.iter().enumerate() {
        let twin = day.chambers[..at].iter().position(|other| {
            (other.length, other.width, other.ships, other.depth)
                == (chamber.length, chamber.width, chamber.ships, chamber.depth)
        });
        let loads = match twin {
            Some(twin) => rooms[twin].loads.clone(),
            None => {
                let (loads, size) = loads(at, chamber, &kinds, &groups, side, packer, limit == 1);
                largest = largest.max(size);
                loads
            }
        };
        rooms.push(Room {
            fixed: to(chamber.fixed).max(1),
            per_ship: to(chamber.per_ship),
            ready: to(chamber.ready),
            facing: chamber.facing.map(Direction::index),
            loads,
        });
    }
    let same = weights.windows(2).all(|pair| pair[0] == pair[1]);
    let single = kinds.iter().all(|kind| kind.sizes.len() == 1);
    let fill =
        single && same && rooms.iter().all(|room| 2 * room.fixed >= room.per_ship * room.loads.ships as i64);
    let rounding = if on_tick { 0.0 } else { day.ships.iter().map(|ship| ship.weight).sum() };
    let prepared = Prepared {
        ticks,
        kinds,
        groups,
        fill: fill && rooms.len() == 1,
        rooms,
        exact: on_tick && kept && grouped,
        whole: on_tick && day.ships.iter().all(|ship| ship.weight.fract() == 0.0),
        units,
        weights,
        base,
        rounding,
    };
    Some((prepared, largest))
}

/// The kind of a unit as it is.
fn kind(day: &Day, unit: &[usize], sized: bool) -> Kind {
    let ships = || unit.iter().map(|at| &day.ships[*at]);
    let enters = |chamber: &Chamber| ships().all(|ship| super::day::fits(ship, chamber));
    let rooms = day.chambers.iter().enumerate().filter(|(_, chamber)| enters(chamber));
    let size = |ship: &super::Ship| match sized {
        true => ship.rectangle(),
        false => Rectangle { length: 0, beam: 0 },
    };
    Kind {
        alone: ships().any(|ship| ship.alone),
        rooms: rooms.map(|(at, _)| 1 << at).sum(),
        sizes: ships().map(size).collect(),
    }
}

/// The kind that stands for several: as large as the largest, or as small as the smallest. None where it would enter
/// other chambers than they do.
fn hull(day: &Day, members: &[&Kind], side: Side) -> Option<Kind> {
    let first = members[0];
    if members.iter().any(|kind| (kind.alone, kind.sizes.len()) != (first.alone, first.sizes.len())) {
        return None;
    }
    let over = |of: fn(&Rectangle) -> i32, at: usize| {
        let all = members.iter().map(|kind| of(&kind.sizes[at]));
        match side {
            Side::Feasible => all.max(),
            Side::Relaxed => all.min(),
        }
    };
    let sizes: Vec<Rectangle> = (0..first.sizes.len())
        .filter_map(|at| Some(Rectangle { length: over(|r| r.length, at)?, beam: over(|r| r.beam, at)? }))
        .collect();
    let rooms = match side {
        Side::Relaxed => members.iter().fold(0, |all, kind| all | kind.rooms),
        Side::Feasible => {
            let same = members.iter().all(|kind| kind.rooms == first.rooms);
            let enters = |(at, chamber): (usize, &Chamber)| {
                let room = chamber.rectangle();
                first.rooms >> at & 1 == 0
                    || !chamber.sized()
                    || matches!(packing::pack(room, &sizes), Fit::Yes(_))
            };
            if !same || !day.chambers.iter().enumerate().all(enters) {
                return None;
            }
            first.rooms
        }
    };
    Some(Kind { alone: first.alone, rooms, sizes })
}

/// The kind of every unit, the kinds, and whether every size kept its own. None when there are too many.
fn kinds(
    day: &Day,
    units: &[Vec<usize>],
    sized: bool,
    side: Side,
    limit: usize,
) -> Option<(Vec<usize>, Vec<Kind>, bool)> {
    let own: Vec<Kind> = units.iter().map(|unit| kind(day, unit, sized)).collect();
    let mut distinct: Vec<(Kind, usize)> = vec![];
    let mut sorted = own.clone();
    sorted.sort_unstable_by_key(|kind| (kind.alone, kind.sizes.len(), kind.rooms, kind.area(), kind.clone()));
    for kind in sorted {
        match distinct.last_mut() {
            Some(last) if last.0 == kind => last.1 += 1,
            _ => distinct.push((kind, 1)),
        }
    }
    // Each cluster is a run of kinds in order of area; neighbours that cost least are drawn together.
    let mut clusters: Vec<Vec<usize>> = (0..distinct.len()).map(|at| vec![at]).collect();
    let joined = |members: &[usize]| {
        let kinds: Vec<&Kind> = members.iter().map(|at| &distinct[*at].0).collect();
        hull(day, &kinds, side)
    };
    let loss = |members: &[usize]| -> Option<i64> {
        let area = joined(members)?.area();
        Some(members.iter().map(|at| (distinct[*at].0.area() - area).abs() * distinct[*at].1 as i64).sum())
    };
    let kept = clusters.len() <= limit;
    // What joining each neighbour costs; only the neighbours of a join change.
    let cost = |clusters: &[Vec<usize>], at: usize| {
        let both = [clusters[at].as_slice(), &clusters[at + 1]].concat();
        Some(loss(&both)? - loss(&clusters[at])? - loss(&clusters[at + 1])?)
    };
    let mut costs: Vec<Option<i64>> = (0..clusters.len().saturating_sub(1))
        .map(|at| if kept { None } else { cost(&clusters, at) })
        .collect();
    while clusters.len() > limit {
        let cheapest = (0..costs.len()).filter_map(|at| Some((costs[at]?, at))).min();
        let Some((_, at)) = cheapest else { break };
        let both = [clusters[at].as_slice(), &clusters[at + 1]].concat();
        clusters.splice(at..=at + 1, [both]);
        costs.remove(at);
        for near in [at.wrapping_sub(1), at] {
            if near < costs.len() {
                costs[near] = cost(&clusters, near);
            }
        }
    }
    if clusters.len() > MOST_KINDS {
        return None;
    }
    let all: Vec<Kind> = clusters.iter().filter_map(|members| joined(members)).collect();
    let kind_of = own
        .iter()
        .map(|kind| {
            let at = distinct.iter().position(|(other, _)| other == kind);
            clusters.iter().position(|members| at.is_some_and(|at| members.contains(&at))).unwrap_or(0)
        })
        .collect();
    Some((kind_of, all, kept))
}

/// The groups, and whether every weight kept its own.
fn groups(
    day: &Day,
    units: &[Vec<usize>],
    kind_of: &[usize],
    arrivals: &[i64],
    weights: &[f64],
) -> (Vec<Group>, bool) {
    let mut order: Vec<usize> = (0..units.len()).collect();
    order.sort_by_key(|at| (arrivals[*at], *at));
    let build = |by_weight: bool| {
        let mut groups: Vec<Group> = vec![];
        for &at in &order {
            let (direction, kind) = (day.ships[units[at][0]].direction.index(), kind_of[at]);
            let found = groups.iter_mut().find(|group| {
                (group.direction, group.kind) == (direction, kind)
                    && (!by_weight || group.weight == weights[at])
            });
            match found {
                Some(group) => {
                    group.units.push(at);
                    group.arrivals.push(arrivals[at]);
                }
                None => groups.push(Group {
                    direction,
                    kind,
                    weight: weights[at],
                    units: vec![at],
                    arrivals: vec![arrivals[at]],
                }),
            }
        }
        groups.sort_by(|a, b| {
            (a.direction, a.kind).cmp(&(b.direction, b.kind)).then(a.weight.total_cmp(&b.weight))
        });
        groups
    };
    let own = build(true);
    if own.len() <= GROUPS { (own, true) } else { (build(false), false) }
}

/// The rectangles of so many of each kind, kind after kind.
pub(super) fn rectangles(counts: &[usize], kinds: &[Kind]) -> Vec<Rectangle> {
    let each = counts.iter().zip(kinds).flat_map(|(n, kind)| std::iter::repeat_n(&kind.sizes, *n));
    each.flatten().copied().collect()
}

/// Every load of a chamber, and how large a table of all of them is.
fn loads(
    at: usize,
    chamber: &Chamber,
    kinds: &[Kind],
    groups: &[Group],
    side: Side,
    packer: &mut Packer,
    last_resort: bool,
) -> (Loads, usize) {
    let room = chamber.rectangle();
    let sized = chamber.sized();
    let capacity = chamber.ships.unwrap_or(usize::MAX);
    let mut budget = SEARCHED;
    let there = |kind: usize| {
        (0..2)
            .map(|direction| {
                groups
                    .iter()
                    .filter(|group| (group.direction, group.kind) == (direction, kind))
                    .map(|group| group.units.len())
                    .sum::<usize>()
            })
            .max()
            .unwrap_or(0)
    };
    let mut together = |counts: &[usize]| {
        let n: usize = counts.iter().sum();
        let ships: usize = counts.iter().zip(kinds).map(|(count, kind)| count * kind.sizes.len()).sum();
        let aboard = || counts.iter().zip(kinds).filter(|(count, _)| **count > 0);
        let alone = aboard().any(|(_, kind)| kind.alone);
        let enters = aboard().all(|(_, kind)| kind.rooms >> at & 1 == 1);
        if ships > capacity || (alone && n > 1) || !enters {
            return false;
        }
        if !sized {
            return true;
        }
        packer.fits(room, rectangles(counts, kinds), &mut budget).unwrap_or(side == Side::Relaxed)
    };
    let mut most: Vec<usize> = (0..kinds.len())
        .map(|kind| {
            let mut counts = vec![0; kinds.len()];
            let mut n = 0;
            while n < there(kind).min(capacity) {
                counts[kind] = n + 1;
                if !together(&counts) {
                    break;
                }
                n += 1;
            }
            n
        })
        .collect();
    let wanted: usize = most.iter().map(|n| n + 1).product();
    if wanted > LOADS && !last_resort {
        // It will be made again with fewer kinds.
        most.fill(0);
    }
    // When no kinds can be joined any more, a table is cut where a schedule loses least; a bound must not be cut.
    while side == Side::Feasible && most.iter().map(|n| n + 1).product::<usize>() > LOADS {
        if let Some(largest) = most.iter_mut().max() {
            *largest -= 1;
        }
    }
    let size: usize = most.iter().map(|n| n + 1).product();
    let last_kind = kinds.last().map_or(1, |kind| kind.sizes.len());
    let mut table = Loads { most, fits: vec![false; size], rows: vec![], ships: 0, last: last_kind };
    let mut counts = vec![0; kinds.len()];
    for index in 0..size {
        let mut rest = index;
        for kind in (0..kinds.len()).rev() {
            counts[kind] = rest % (table.most[kind] + 1);
            rest /= table.most[kind] + 1;
        }
        let mut stride = 1;
        let mut smaller = true;
        for kind in (0..kinds.len()).rev() {
            smaller &= counts[kind] == 0 || table.fits[index - stride];
            stride *= table.most[kind] + 1;
        }
        table.fits[index] = smaller && together(&counts);
        if table.fits[index] {
            let n: usize = counts.iter().zip(kinds).map(|(n, kind)| n * kind.sizes.len()).sum();
            table.ships = table.ships.max(n);
            let (last, first) = counts.split_last().map_or((0, &[][..]), |(last, first)| (*last, first));
            let first: Vec<u8> = first.iter().map(|n| (*n).min(255) as u8).collect();
            match table.rows.last_mut() {
                Some(row) if row.0 == first => row.2 = last,
                _ => table.rows.push((first, n - last * last_kind, last)),
            }
        }
    }
    (table, wanted)
}
