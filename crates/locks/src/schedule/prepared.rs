//! A day made ready for search: times in whole ticks, ships sorted into kinds and groups, and what fits together.

use super::day::{Chamber, Day};
use crate::{
    Direction,
    packing::{self, Fit, Rectangle},
};

/// Kinds of ships a search tells apart; more sizes are drawn together.
const KINDS: usize = 6;
/// Groups a label of the search counts.
pub(super) const GROUPS: usize = 16;
/// Loads a chamber's table may hold.
const LOADS: usize = 60_000;

/// How sizes are drawn together when there are too many, and what an unfinished placement search counts as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// Never more than truly fits: schedules found are real.
    Feasible,
    /// Never less than truly fits: bounds found are valid.
    Relaxed,
}

/// Ships that are alike to a chamber.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Kind {
    size: Rectangle,
    alone: bool,
}

/// Ships of one direction, kind and weight in order of arrival: among them the first come is served first, since
/// exchanging two of them changes nothing.
#[derive(Clone, Debug)]
pub(super) struct Group {
    pub direction: usize,
    pub kind: usize,
    pub weight: f64,
    /// Indices into the day's ships.
    pub ships: Vec<usize>,
    /// Their arrivals in ticks.
    pub arrivals: Vec<i64>,
}

/// What fits a chamber together, as counts of each kind. A load without one of its ships is a load.
#[derive(Clone, Debug)]
pub(super) struct Loads {
    most: Vec<usize>,
    fits: Vec<bool>,
    /// Loads without the last kind: counts, how many ships, and how many of the last kind may join.
    pub rows: Vec<(Vec<u8>, usize, usize)>,
    /// Most ships in any load.
    pub ships: usize,
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
    pub kinds: usize,
    pub groups: Vec<Group>,
    pub rooms: Vec<Room>,
    /// Every time fell on a tick, every size kept its kind and every weight its group.
    pub exact: bool,
    /// All weights are whole: costs in ticks are whole.
    pub whole: bool,
    /// Taking one more ship that is there and fits never costs more than leaving it.
    pub fill: bool,
}

/// Ticks in a minute on which every time falls, if there are such.
fn ticks(day: &Day) -> (f64, bool) {
    let times = || {
        let chambers = day.chambers.iter().flat_map(|c| [c.ready, c.fixed, c.per_ship]);
        day.ships.iter().map(|ship| ship.arrival).chain(chambers)
    };
    let on = |ticks: f64| times().all(|time| ((time * ticks).round() - time * ticks).abs() < 1e-6 * ticks);
    match [1.0, 2.0, 4.0, 10.0, 60.0, 100.0, 600.0].into_iter().find(|ticks| on(*ticks)) {
        Some(ticks) => (ticks, true),
        None => (600.0, false),
    }
}

pub(super) fn prepare(day: &Day, side: Side) -> Prepared {
    let (ticks, on_tick) = ticks(day);
    let sized = day.chambers.iter().any(|chamber| chamber.length > 0.0 && chamber.width > 0.0);
    let (kind_of, kinds, kept) = kinds(day, sized, side);
    let (groups, grouped) = groups(day, &kind_of, ticks, side);
    let to = |minutes: f64| match side {
        Side::Feasible => (minutes * ticks - 1e-6).ceil() as i64,
        Side::Relaxed => (minutes * ticks + 1e-6).floor() as i64,
    };
    let mut rooms: Vec<Room> = vec![];
    for (at, chamber) in day.chambers.iter().enumerate() {
        let twin = day.chambers[..at].iter().position(|other| {
            (other.length, other.width, other.ships) == (chamber.length, chamber.width, chamber.ships)
        });
        let loads = match twin {
            Some(twin) => rooms[twin].loads.clone(),
            None => loads(chamber, &kinds, &groups, side),
        };
        rooms.push(Room {
            fixed: to(chamber.fixed).max(1),
            per_ship: to(chamber.per_ship),
            ready: to(chamber.ready),
            facing: chamber.facing.map(Direction::index),
            loads,
        });
    }
    let weights: Vec<f64> = day.ships.iter().map(|ship| ship.weight).collect();
    let same = weights.windows(2).all(|pair| pair[0] == pair[1]);
    let fill = same && rooms.iter().all(|room| 2 * room.fixed >= room.per_ship * room.loads.ships as i64);
    Prepared {
        ticks,
        kinds: kinds.len(),
        groups,
        fill: fill && rooms.len() == 1,
        rooms,
        exact: on_tick && kept && grouped,
        whole: on_tick && weights.iter().all(|weight| weight.fract() == 0.0),
    }
}

/// The kind of every ship, the kinds, and whether every size kept its own.
fn kinds(day: &Day, sized: bool, side: Side) -> (Vec<usize>, Vec<Kind>, bool) {
    let rectangle = |at: usize| {
        let ship = &day.ships[at];
        match sized {
            true => Rectangle {
                length: packing::centimetres_up(ship.length),
                beam: packing::centimetres_up(ship.beam),
            },
            false => Rectangle { length: 0, beam: 0 },
        }
    };
    let own: Vec<(bool, Rectangle)> =
        (0..day.ships.len()).map(|at| (day.ships[at].alone, rectangle(at))).collect();
    let mut sizes: Vec<(bool, Rectangle, usize)> = vec![];
    let mut sorted = own.clone();
    sorted.sort_unstable_by_key(|(alone, size)| (*alone, size.area(), *size));
    for (alone, size) in sorted {
        match sizes.last_mut() {
            Some(last) if (last.0, last.1) == (alone, size) => last.2 += 1,
            _ => sizes.push((alone, size, 1)),
        }
    }
    // Each cluster is a run of sizes in order of area; neighbours that cost least are drawn together.
    let mut clusters: Vec<Vec<usize>> = (0..sizes.len()).map(|at| vec![at]).collect();
    let hull = |members: &[usize]| {
        let lengths = members.iter().map(|at| sizes[*at].1.length);
        let beams = members.iter().map(|at| sizes[*at].1.beam);
        match side {
            Side::Feasible => {
                Rectangle { length: lengths.max().unwrap_or(0), beam: beams.max().unwrap_or(0) }
            }
            Side::Relaxed => Rectangle { length: lengths.min().unwrap_or(0), beam: beams.min().unwrap_or(0) },
        }
    };
    let loss = |members: &[usize]| -> i64 {
        let area = hull(members).area();
        members.iter().map(|at| (sizes[*at].1.area() - area).abs() * sizes[*at].2 as i64).sum()
    };
    let kept = clusters.len() <= KINDS;
    while clusters.len() > KINDS {
        let joined = |at: usize| [clusters[at].as_slice(), &clusters[at + 1]].concat();
        let cheapest = (0..clusters.len() - 1)
            .filter(|at| sizes[clusters[*at][0]].0 == sizes[clusters[at + 1][0]].0)
            .min_by_key(|at| loss(&joined(*at)) - loss(&clusters[*at]) - loss(&clusters[at + 1]));
        let Some(at) = cheapest else { break };
        let both = joined(at);
        clusters.splice(at..=at + 1, [both]);
    }
    let all: Vec<Kind> =
        clusters.iter().map(|members| Kind { size: hull(members), alone: sizes[members[0]].0 }).collect();
    let kind_of = own
        .iter()
        .map(|(alone, size)| {
            let at = sizes.iter().position(|(a, s, _)| (a, s) == (alone, size));
            clusters.iter().position(|members| at.is_some_and(|at| members.contains(&at))).unwrap_or(0)
        })
        .collect();
    (kind_of, all, kept)
}

/// The groups, and whether every weight kept its own.
fn groups(day: &Day, kind_of: &[usize], ticks: f64, side: Side) -> (Vec<Group>, bool) {
    let build = |by_weight: bool| {
        let mut groups: Vec<Group> = vec![];
        let mut order: Vec<usize> = (0..day.ships.len()).collect();
        order.sort_by(|a, b| day.ships[*a].arrival.total_cmp(&day.ships[*b].arrival).then(a.cmp(b)));
        for at in order {
            let ship = &day.ships[at];
            let arrival = match side {
                Side::Feasible => (ship.arrival * ticks - 1e-6).ceil(),
                Side::Relaxed => (ship.arrival * ticks + 1e-6).floor(),
            } as i64;
            let (direction, kind) = (ship.direction.index(), kind_of[at]);
            let found = groups.iter_mut().find(|group| {
                (group.direction, group.kind) == (direction, kind)
                    && (!by_weight || group.weight == ship.weight)
            });
            match found {
                Some(group) => {
                    group.ships.push(at);
                    group.arrivals.push(arrival);
                }
                None => groups.push(Group {
                    direction,
                    kind,
                    weight: ship.weight,
                    ships: vec![at],
                    arrivals: vec![arrival],
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

/// Every load of a chamber.
fn loads(chamber: &Chamber, kinds: &[Kind], groups: &[Group], side: Side) -> Loads {
    let room = Rectangle {
        length: packing::centimetres_down(chamber.length),
        beam: packing::centimetres_down(chamber.width),
    };
    let sized = chamber.length > 0.0 && chamber.width > 0.0;
    let capacity = chamber.ships.unwrap_or(usize::MAX);
    let there = |kind: usize| {
        (0..2)
            .map(|direction| {
                groups
                    .iter()
                    .filter(|group| (group.direction, group.kind) == (direction, kind))
                    .map(|group| group.ships.len())
                    .sum::<usize>()
            })
            .max()
            .unwrap_or(0)
    };
    let together = |counts: &[usize]| {
        let n: usize = counts.iter().sum();
        let alone = counts.iter().zip(kinds).any(|(count, kind)| *count > 0 && kind.alone);
        if n > capacity || (alone && n > 1) {
            return false;
        }
        if !sized {
            return true;
        }
        let ships: Vec<Rectangle> =
            counts.iter().zip(kinds).flat_map(|(n, kind)| std::iter::repeat_n(kind.size, *n)).collect();
        match packing::pack(room, &ships) {
            Fit::Yes(_) => true,
            Fit::No => false,
            Fit::Unknown => side == Side::Relaxed,
        }
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
    // A table that would be too large is cut where a schedule loses least; a bound must not be cut.
    while side == Side::Feasible && most.iter().map(|n| n + 1).product::<usize>() > LOADS {
        if let Some(largest) = most.iter_mut().max() {
            *largest -= 1;
        }
    }
    let size: usize = most.iter().map(|n| n + 1).product();
    let mut table = Loads { most, fits: vec![false; size], rows: vec![], ships: 0 };
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
            let n: usize = counts.iter().sum();
            table.ships = table.ships.max(n);
            let (last, first) = counts.split_last().map_or((0, &[][..]), |(last, first)| (*last, first));
            let first: Vec<u8> = first.iter().map(|n| (*n).min(255) as u8).collect();
            match table.rows.last_mut() {
                Some(row) if row.0 == first => row.2 = last,
                _ => table.rows.push((first, n - last, last)),
            }
        }
    }
    table
}
