//! Prediction of days kept back.
//!
//! What is learned from the first days is at which hours the lock is worked, how soon one lockage follows another when
//! ships are waiting, by whether it goes the other way (exchange) or the same way again, how many ships a full lockage
//! holds, and in which order sides are served. The days kept back are then replayed: their ships come as they came, lockages
//! follow by headways drawn from what was learned. Each replication draws the days it learns from, so that intervals hold
//! what is not known of the headways, too.

use super::{
    lockages::{Hours, full, headways, in_order, lockages},
    records::Record,
};
use crate::random::Random;
use serde::Serialize;
use std::collections::{BTreeMap, VecDeque};

/// How well unseen days are predicted.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Holdout {
    /// Days learned from.
    pub days_learned: usize,
    /// Days predicted.
    pub days: usize,
    /// Mean wait as recorded on those days, minutes.
    pub recorded_min: f64,
    /// Mean wait as predicted, minutes.
    pub predicted_min: f64,
    /// 90 % interval of it, minutes.
    pub interval90: [f64; 2],
    /// Predicted over recorded, less 1.
    pub error: f64,
    /// Share of those days whose recorded mean wait lies in the day's 90 % interval.
    pub coverage90: f64,
    /// Day by day.
    pub each: Vec<DayPredicted>,
}

/// One day kept back: mean wait of the ships that came on it, minutes.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct DayPredicted {
    /// Days since the first, 0 for the first.
    pub day: i64,
    /// Ships.
    pub ships: usize,
    /// As recorded.
    pub recorded_min: f64,
    /// As predicted, the mean over replications.
    pub predicted_min: f64,
    /// 90 % interval.
    pub interval90: [f64; 2],
}

/// What is learned from days.
struct Learned {
    hours: Hours,
    /// Exchange, same side: by day.
    headways: [Vec<(i64, f64)>; 2],
    /// Ships of full lockages; at least one entry.
    holds: Vec<usize>,
    ordered: bool,
    /// Of each chamber, when its last lockage started and which way.
    busy: Vec<(f64, usize)>,
}

impl Learned {
    /// None when there are too few lockages to say anything.
    fn from(seen: &[Record], cut_at: f64) -> Option<Self> {
        let chambers = lockages(seen);
        let hours = Hours::of(&chambers, cut_at / 1_440.0);
        let [mut exchange, mut same] = headways(&chambers, &hours);
        if exchange.len() + same.len() < 10 {
            return None;
        }
        if exchange.len() < 5 {
            exchange.clone_from(&same);
        }
        if same.len() < 5 {
            // Never seen: a same-side lockage needs an empty run between.
            same = exchange.iter().map(|(day, headway)| (*day, 1.5 * headway)).collect();
        }
        let mut holds = full(seen, &chambers);
        let most = chambers.iter().flatten().map(|one| one.ships).max().unwrap_or(1);
        if holds.len() < 10 {
            holds = vec![most];
        }
        let ordered = in_order(seen, &chambers);
        let busy = chambers
            .iter()
            .map(|list| list.last().map_or((cut_at, 0), |one| (one.start, one.direction)))
            .collect();
        Some(Self { hours, headways: [exchange, same], holds, ordered, busy })
    }

    /// Headways of days drawn with replacement.
    fn drawn(&self, days: i64, random: &mut Random) -> [Vec<f64>; 2] {
        let mut times = vec![0_u32; days.max(1) as usize];
        for _ in 0..days {
            times[(random.bits() % days as u64) as usize] += 1;
        }
        [0, 1].map(|same| {
            let list = &self.headways[same];
            let times = |day: i64| times.get(day as usize).copied().unwrap_or(1) as usize;
            let drawn: Vec<f64> =
                list.iter().flat_map(|(day, gap)| std::iter::repeat_n(*gap, times(*day))).collect();
            if drawn.len() < 5 { list.iter().map(|(_, gap)| *gap).collect() } else { drawn }
        })
    }
}

fn day_of(minute: f64) -> i64 {
    (minute / 1_440.0).floor() as i64
}

/// Learns from the first days and predicts the last `share` of them. None when there are too few records.
pub fn predict(records: &[Record], share: f64, replications: u32, seed: u64) -> Option<Holdout> {
    let last = records.iter().map(|record| day_of(record.arrival)).max()?;
    let days = (last + 1) as f64;
    let cut = ((1.0 - share.clamp(0.0, 0.9)) * days).round();
    if cut < 1.0 || cut >= days {
        return None;
    }
    let cut_at = cut * 1_440.0;
    let seen: Vec<Record> = records.iter().filter(|record| record.start < cut_at).cloned().collect();
    let learned = Learned::from(&seen, cut_at)?;
    // Ships that were there when the days kept back began are waiting, too.
    let mut ships: Vec<&Record> = records.iter().filter(|record| record.start >= cut_at).collect();
    ships.sort_by(|a, b| a.arrival.total_cmp(&b.arrival).then(a.row.cmp(&b.row)));
    // Those of earlier days count to the first day kept back.
    let of_day = |ship: &Record| day_of(ship.arrival).max(cut as i64);
    let mut predicted: BTreeMap<i64, Vec<f64>> = BTreeMap::new();
    let mut means = vec![];
    let n = ships.len() as f64;
    for replication in 0..replications.max(1) {
        let mut random = Random::stream(seed, u64::from(replication), 40);
        let headways = learned.drawn(cut as i64, &mut random);
        let waits = replay(&ships, &learned, &headways, cut_at, &mut random);
        means.push(waits.iter().sum::<f64>() / n);
        for (day, mean) in means_by_day(&ships, &waits, &of_day) {
            predicted.entry(day).or_default().push(mean.0);
        }
    }
    let recorded: Vec<f64> = ships.iter().map(|ship| ship.start - ship.arrival).collect();
    let each: Vec<DayPredicted> = means_by_day(&ships, &recorded, &of_day)
        .into_iter()
        .filter_map(|(day, (recorded_min, ships))| {
            let list = predicted.get_mut(&day)?;
            let predicted_min = list.iter().sum::<f64>() / list.len() as f64;
            Some(DayPredicted { day, ships, recorded_min, predicted_min, interval90: interval(list) })
        })
        .collect();
    if each.is_empty() {
        return None;
    }
    let inside = |one: &&DayPredicted| (one.interval90[0]..=one.interval90[1]).contains(&one.recorded_min);
    let recorded_min = recorded.iter().sum::<f64>() / n;
    let predicted_min = means.iter().sum::<f64>() / means.len() as f64;
    Some(Holdout {
        days_learned: cut as usize,
        days: each.len(),
        recorded_min,
        predicted_min,
        interval90: interval(&mut means),
        error: if recorded_min > 0.0 { predicted_min / recorded_min - 1.0 } else { predicted_min },
        coverage90: each.iter().filter(inside).count() as f64 / each.len() as f64,
        each,
    })
}

/// From the twentieth to the nineteen twentieths.
fn interval(list: &mut [f64]) -> [f64; 2] {
    list.sort_by(f64::total_cmp);
    let at = |share: f64| list[((list.len() - 1) as f64 * share).round() as usize];
    // Replications that all say the same to the last digit differ from a record in its last digit.
    [at(0.05) - 1e-6, at(0.95) + 1e-6]
}

/// Mean wait and number of ships of each day.
fn means_by_day(
    ships: &[&Record],
    waits: &[f64],
    of_day: &dyn Fn(&Record) -> i64,
) -> BTreeMap<i64, (f64, usize)> {
    let mut days: BTreeMap<i64, (f64, usize)> = BTreeMap::new();
    for (ship, wait) in ships.iter().zip(waits) {
        let entry = days.entry(of_day(ship)).or_default();
        entry.0 += wait;
        entry.1 += 1;
    }
    days.values_mut().for_each(|(sum, n)| *sum /= *n as f64);
    days
}

/// Waits of the ships, in their order, under headways drawn from what was learned.
fn replay(
    ships: &[&Record],
    learned: &Learned,
    headways: &[Vec<f64>; 2],
    from: f64,
    random: &mut Random,
) -> Vec<f64> {
    let hours = &learned.hours;
    // When a lockage may follow one that started at a moment.
    let follow = |start: f64, same: usize, random: &mut Random| {
        let list = &headways[same];
        let gap = list[(random.bits() % list.len() as u64) as usize];
        hours.moment(hours.worked(start) + gap)
    };
    let mut waits = vec![0.0; ships.len()];
    let mut queues: [VecDeque<usize>; 2] = [VecDeque::new(), VecDeque::new()];
    let mut next = 0;
    // For each chamber: when a lockage either way may start.
    let mut ready: Vec<[f64; 2]> = (0..learned.busy.len().max(1))
        .map(|at| {
            let (start, direction) = learned.busy.get(at).copied().unwrap_or((from, 0));
            let mut ready = [0.0; 2];
            ready[direction] = follow(start, 1, random);
            ready[1 - direction] = follow(start, 0, random);
            ready.map(|time| time.max(from))
        })
        .collect();
    loop {
        if queues.iter().all(VecDeque::is_empty) {
            if next == ships.len() {
                return waits;
            }
            queues[ships[next].direction.index()].push_back(next);
            next += 1;
        }
        // The side whose first ship can start first goes; ships that come until then join.
        let start_of = |queues: &[VecDeque<usize>; 2], ready: &[[f64; 2]]| {
            let mut best: Option<(f64, f64, usize, usize)> = None;
            for direction in 0..2 {
                let Some(first) = queues[direction].front() else { continue };
                for (chamber, times) in ready.iter().enumerate() {
                    let arrival = ships[*first].arrival;
                    let start = hours.next(times[direction].max(arrival));
                    let goes = |s: f64, a: f64| {
                        if learned.ordered { (arrival, start) < (a, s) } else { (start, arrival) < (s, a) }
                    };
                    if best.is_none_or(|(s, a, _, _)| goes(s, a)) {
                        best = Some((start, arrival, chamber, direction));
                    }
                }
            }
            best
        };
        let Some((start, _, _, _)) = start_of(&queues, &ready) else { return waits };
        while next < ships.len() && ships[next].arrival <= start {
            queues[ships[next].direction.index()].push_back(next);
            next += 1;
        }
        let Some((start, _, chamber, direction)) = start_of(&queues, &ready) else {
            return waits;
        };
        let holds = learned.holds[(random.bits() % learned.holds.len() as u64) as usize];
        for _ in 0..holds {
            match queues[direction].front() {
                Some(ship) if ships[*ship].arrival <= start => {
                    waits[*ship] = start - ships[*ship].arrival;
                    queues[direction].pop_front();
                }
                _ => break,
            }
        }
        ready[chamber][direction] = follow(start, 1, random);
        ready[chamber][1 - direction] = follow(start, 0, random);
    }
}
