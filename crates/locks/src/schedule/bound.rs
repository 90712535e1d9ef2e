//! A lower bound: Lagrangian relaxation of "every ship is served once".
//!
//! Each ship has a price for being served. With prices given, a chamber's best day is a shortest path over time and
//! facing side, where a lockage earns the prices of its ships less their waiting and the best load at a moment is a
//! choice among what fits ([`super::prepared::Loads`]). The sum of prices and paths bounds every schedule from below
//! (Geoffrion 1974); prices are moved along deflected subgradients with Polyak steps (Camerini, Fratta and Maffioli
//! 1975). The path also bounds what any unfinished schedule can still come to, which is what the search prunes by.

use super::prepared::{Prepared, Room};

/// Grid points of time, at most; longer days are put on a coarser grid, which keeps the bound valid.
const GRID: i64 = 4_000;

/// The relaxation at one set of prices.
#[derive(Clone, Debug)]
pub(super) struct Bound {
    /// The price of each unit (ship or convoy) of the day made ready.
    pub prices: Vec<f64>,
    /// Ticks of one grid step.
    step: i64,
    grid: usize,
    /// One table for each different chamber: what a path from (time, side) comes to.
    tables: Vec<[Vec<f64>; 2]>,
    /// Which table a chamber uses.
    table_of: Vec<usize>,
    /// The bound itself.
    pub value: f64,
}

impl Bound {
    /// Least a chamber's path from here can come to.
    pub(super) fn ahead(&self, room: usize, tick: i64, facing: usize) -> f64 {
        let table = &self.tables[self.table_of[room]];
        let at = ((tick.max(0) / self.step) as usize).min(self.grid);
        match facing {
            0 | 1 => table[facing][at],
            _ => table[0][at].min(table[1][at]),
        }
    }
}

/// A ship, or a convoy, as the relaxation sees it.
#[derive(Clone, Copy)]
struct Seen {
    unit: usize,
    arrival: i64,
    weight: f64,
}

/// Finds prices.
pub(super) struct Pricing<'a> {
    day: &'a Prepared,
    /// Ships by direction and kind.
    ships: [Vec<Vec<Seen>>; 2],
    n: usize,
    step: i64,
    grid: usize,
    table_of: Vec<usize>,
    rooms: Vec<&'a Room>,
}

impl<'a> Pricing<'a> {
    /// `end` is a tick by which a good schedule is done.
    pub(super) fn new(day: &'a Prepared, end: i64) -> Self {
        let n = day.units.len();
        let mut ships = [vec![vec![]; day.kinds.len()], vec![vec![]; day.kinds.len()]];
        for group in &day.groups {
            let seen = group.units.iter().zip(&group.arrivals).map(|(unit, arrival)| Seen {
                unit: *unit,
                arrival: *arrival,
                weight: day.weights[*unit],
            });
            ships[group.direction][group.kind].extend(seen);
        }
        for kinds in &mut ships {
            for seen in kinds {
                seen.sort_by_key(|seen| (seen.arrival, seen.unit));
            }
        }
        let shortest = day.rooms.iter().map(|room| room.fixed).min().unwrap_or(1);
        let step = (end / GRID + 1).min(shortest).max(1);
        let grid = ((end / step) as usize + 1).min(400_000);
        let mut rooms: Vec<&Room> = vec![];
        let table_of = day
            .rooms
            .iter()
            .map(|room| {
                let same = |other: &&Room| {
                    (other.fixed, other.per_ship) == (room.fixed, room.per_ship)
                        && other.loads.rows == room.loads.rows
                };
                rooms.iter().position(same).unwrap_or_else(|| {
                    rooms.push(room);
                    rooms.len() - 1
                })
            })
            .collect();
        Self { day, ships, n, step, grid, table_of, rooms }
    }

    /// Sums of the best prices less waits at a grid point: `sums[kind][k]` for the best k ships there.
    fn sums(&self, direction: usize, at: usize, prices: &[f64], sums: &mut [Vec<f64>]) {
        let now = at as i64 * self.step;
        let latest = now + self.step - 1;
        for (kind, seen) in self.ships[direction].iter().enumerate() {
            let out = &mut sums[kind];
            out.clear();
            let most = self.rooms.iter().map(|room| room.loads.most(kind)).max().unwrap_or(0);
            for one in seen {
                if one.arrival > latest {
                    break;
                }
                let worth = prices[one.unit] - one.weight * (now - one.arrival) as f64;
                let place = out.iter().position(|other| *other < worth).unwrap_or(out.len());
                if place < most {
                    if out.len() == most {
                        out.pop();
                    }
                    out.insert(place, worth);
                }
            }
            let mut sum = 0.0;
            for worth in out.iter_mut() {
                sum += *worth;
                *worth = sum;
            }
            out.insert(0, 0.0);
        }
    }

    /// The most that n ships can earn in one lockage, for every n.
    fn earn(&self, room: &Room, sums: &[Vec<f64>], best: &mut [f64]) {
        best.fill(f64::NEG_INFINITY);
        let Some((last, first)) = sums.split_last() else { return };
        for (counts, n, most) in &room.loads.rows {
            let mut sum = 0.0;
            let there = counts.iter().zip(first).all(|(k, sums)| match sums.get(usize::from(*k)) {
                Some(more) => {
                    sum += more;
                    true
                }
                None => false,
            });
            if there {
                for (k, more) in last.iter().enumerate().take(most + 1) {
                    let earned = sum + more;
                    let n = n + k * room.loads.last;
                    if earned > best[n] {
                        best[n] = earned;
                    }
                }
            }
        }
    }

    fn takes(&self, room: &Room, n: usize) -> usize {
        ((room.takes(n) / self.step) as usize).max(1)
    }

    /// What one evaluation takes: loads looked at.
    pub(super) fn work(&self) -> u64 {
        let rows: usize = self.rooms.iter().map(|room| room.loads.rows.len() + room.loads.ships).sum();
        2 * self.grid as u64 * rows as u64
    }

    /// The relaxation at these prices.
    pub(super) fn at(&self, prices: &[f64]) -> Bound {
        let end = self.grid as i64 * self.step;
        let left: f64 = (self.ships.iter().flatten().flatten())
            .map(|one| (prices[one.unit] - one.weight * (end - one.arrival) as f64).max(0.0))
            .sum();
        let mut tables: Vec<[Vec<f64>; 2]> =
            self.rooms.iter().map(|_| [vec![-left; self.grid + 1], vec![-left; self.grid + 1]]).collect();
        let mut sums = vec![vec![]; self.day.kinds.len()];
        let widest = self.rooms.iter().map(|room| room.loads.ships).max().unwrap_or(0);
        let mut best = vec![0.0; widest + 1];
        for at in (0..self.grid).rev() {
            for direction in 0..2 {
                self.sums(direction, at, prices, &mut sums);
                for (table, room) in tables.iter_mut().zip(&self.rooms) {
                    self.earn(room, &sums, &mut best[..=room.loads.ships]);
                    let mut least = table[direction][at + 1];
                    for (n, earned) in best[..=room.loads.ships].iter().enumerate() {
                        let then = (at + self.takes(room, n)).min(self.grid);
                        let value = table[1 - direction][then] - earned;
                        if value < least {
                            least = value;
                        }
                    }
                    table[direction][at] = least;
                }
            }
        }
        let mut bound = Bound {
            prices: prices.to_vec(),
            step: self.step,
            grid: self.grid,
            tables,
            table_of: self.table_of.clone(),
            value: 0.0,
        };
        let paths: f64 = (self.day.rooms.iter().enumerate())
            .map(|(at, room)| bound.ahead(at, room.ready, room.facing.unwrap_or(2)))
            .sum();
        bound.value = prices.iter().sum::<f64>() + paths;
        bound
    }

    /// How often each ship is served on the best paths.
    fn served(&self, bound: &Bound) -> Vec<f64> {
        let mut served = vec![0.0; self.n];
        let mut sums = vec![vec![]; self.day.kinds.len()];
        for (number, real) in self.day.rooms.iter().enumerate() {
            let table = &bound.tables[self.table_of[number]];
            let room = self.rooms[self.table_of[number]];
            let mut at = ((real.ready / self.step) as usize).min(self.grid);
            let mut facing = real.facing.unwrap_or_else(|| usize::from(table[1][at] < table[0][at]));
            let mut best = vec![0.0; room.loads.ships + 1];
            while at < self.grid {
                if table[facing][at + 1] <= table[facing][at] {
                    at += 1;
                    continue;
                }
                self.sums(facing, at, &bound.prices, &mut sums);
                self.earn(room, &sums, &mut best);
                let value = |n: usize| table[1 - facing][(at + self.takes(room, n)).min(self.grid)] - best[n];
                let Some(n) = (0..best.len()).min_by(|a, b| value(*a).total_cmp(&value(*b))) else { break };
                self.mark(room, facing, at, n, best[n], &sums, &bound.prices, &mut served);
                at += self.takes(room, n);
                facing = 1 - facing;
            }
            if at >= self.grid {
                let end = self.grid as i64 * self.step;
                for one in self.ships.iter().flatten().flatten() {
                    let worth = bound.prices[one.unit] - one.weight * (end - one.arrival) as f64;
                    served[one.unit] += f64::from(u8::from(worth > 0.0));
                }
            }
        }
        served
    }

    /// Marks the ships of the load of n that earns the most.
    #[expect(clippy::too_many_arguments, reason = "one step of a path, all of it local")]
    fn mark(
        &self,
        room: &Room,
        direction: usize,
        at: usize,
        n: usize,
        earned: f64,
        sums: &[Vec<f64>],
        prices: &[f64],
        served: &mut [f64],
    ) {
        let Some((last, first)) = sums.split_last() else { return };
        for (counts, own, most) in &room.loads.rows {
            let Some(more) = n.checked_sub(*own).filter(|more| more % room.loads.last == 0) else { continue };
            let more = more / room.loads.last;
            if more > *most || more >= last.len() {
                continue;
            }
            let there = counts.iter().zip(first).all(|(k, sums)| usize::from(*k) < sums.len());
            if !there {
                continue;
            }
            let sum: f64 = counts.iter().zip(first).map(|(k, sums)| sums[usize::from(*k)]).sum();
            if sum + last[more] < earned - 1e-9 * earned.abs().max(1.0) {
                continue;
            }
            let now = at as i64 * self.step;
            let all = counts.iter().map(|k| usize::from(*k)).chain([more]);
            for (kind, k) in all.enumerate() {
                let mut there: Vec<(f64, usize)> = self.ships[direction][kind]
                    .iter()
                    .take_while(|one| one.arrival < now + self.step)
                    .map(|one| (prices[one.unit] - one.weight * (now - one.arrival) as f64, one.unit))
                    .collect();
                there.sort_by(|a, b| b.0.total_cmp(&a.0));
                for (_, ship) in there.into_iter().take(k) {
                    served[ship] += 1.0;
                }
            }
            return;
        }
    }

    /// Climbs from these prices; `reach` is the value of a known schedule. Stops when told, after `rounds`, or when
    /// the bound meets the schedule.
    pub(super) fn climb(
        &self,
        start: Vec<f64>,
        reach: f64,
        rounds: usize,
        stop: &dyn Fn() -> bool,
    ) -> (Bound, usize) {
        let mut prices = start;
        let mut best = self.at(&vec![0.0; self.n]);
        let (mut alpha, mut since) = (1.0, 0);
        let mut direction = vec![0.0; self.n];
        for round in 0..rounds {
            if stop() || alpha < 1e-4 {
                return (best, round);
            }
            let bound = self.at(&prices);
            let slope: Vec<f64> = self.served(&bound).iter().map(|times| 1.0 - times).collect();
            let value = bound.value;
            if value > best.value + 1e-9 * best.value.abs() {
                since = 0;
                best = bound;
            } else {
                since += 1;
                if since >= 12 {
                    (alpha, since) = (alpha * 0.7, 0);
                    prices.clone_from(&best.prices);
                    direction.fill(0.0);
                    continue;
                }
            }
            if best.value >= reach - 1e-6 {
                return (best, round);
            }
            for (d, s) in direction.iter_mut().zip(&slope) {
                *d = 0.6 * *d + *s;
            }
            let norm: f64 = direction.iter().map(|d| d * d).sum();
            if norm < 1e-12 {
                return (best, round);
            }
            let length = alpha * (reach - value).max(1e-3 * reach.abs()) / norm;
            for (price, d) in prices.iter_mut().zip(&direction) {
                *price = (*price + length * d).max(0.0);
            }
        }
        (best, rounds)
    }
}
