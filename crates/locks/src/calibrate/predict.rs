//! Prediction of days kept back.
//!
//! What is learned from the first days is how soon one lockage follows another when ships are waiting, by whether it goes
//! the other way (exchange) or the same way again, and how many ships a lockage holds. The days kept back are then
//! replayed: their ships come as they came, lockages follow by headways drawn from what was learned, in order of arrival.

use super::records::Record;
use crate::random::Random;
use serde::Serialize;
use std::collections::{BTreeMap, VecDeque};

/// How well unseen days are predicted.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Holdout {
    /// Days learned from.
    pub days_learned: usize,
    /// Days predicted.
    pub days: usize,
    /// Mean wait as recorded on those days, minutes.
    pub recorded_min: f64,
    /// Mean wait as predicted, minutes.
    pub predicted_min: f64,
    /// Predicted over recorded, less 1.
    pub error: f64,
    /// Share of those days whose recorded mean wait lies in the day's 90 % interval.
    pub coverage90: f64,
}

/// A lockage as the records show it: ships that started together in one chamber.
#[derive(Clone, Debug)]
struct Lockage {
    start: f64,
    end: f64,
    direction: usize,
    ships: usize,
    /// The first arrival among its ships.
    first: f64,
}

/// Lockages of each chamber, in order of start.
fn lockages(records: &[Record]) -> Vec<Vec<Lockage>> {
    let mut chambers: BTreeMap<&str, Vec<Lockage>> = BTreeMap::new();
    for record in records {
        let list = chambers.entry(record.chamber.as_str()).or_default();
        let direction = record.direction.index();
        match list.last_mut() {
            Some(last) if last.direction == direction && (record.start - last.start).abs() < 0.01 => {
                last.ships += 1;
                last.end = last.end.max(record.end);
                last.first = last.first.min(record.arrival);
            }
            _ => list.push(Lockage {
                start: record.start,
                end: record.end,
                direction,
                ships: 1,
                first: record.arrival,
            }),
        }
    }
    chambers.into_values().collect()
}

/// Headways between lockages when a ship of the later one was already waiting: exchange, same side.
fn headways(chambers: &[Vec<Lockage>]) -> [Vec<f64>; 2] {
    let mut headways = [vec![], vec![]];
    for list in chambers {
        for pair in list.windows(2) {
            // It had come before the chamber was ready: the time between is the chamber's, not the ship's.
            if pair[1].first <= pair[0].end {
                let same = usize::from(pair[0].direction == pair[1].direction);
                headways[same].push(pair[1].start - pair[0].start);
            }
        }
    }
    headways
}

/// Are ships of both sides served in order of arrival? Told by the lockages that started while the other side waited, too;
/// otherwise the side that can start first goes.
fn in_order(records: &[Record], chambers: &[Vec<Lockage>]) -> bool {
    // Of the ships that start later, the earliest arrival: by direction, in order of start.
    let later = [0, 1].map(|direction| {
        let mut starts: Vec<(f64, f64)> = records
            .iter()
            .filter(|record| record.direction.index() == direction)
            .map(|record| (record.start, record.arrival))
            .collect();
        starts.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut first = f64::INFINITY;
        for one in starts.iter_mut().rev() {
            first = first.min(one.1);
            one.1 = first;
        }
        starts
    });
    let (mut contested, mut ordered) = (0_u32, 0_u32);
    for one in chambers.iter().flatten() {
        let other = &later[1 - one.direction];
        let next = other.partition_point(|(start, _)| *start <= one.start);
        let Some((_, arrival)) = other.get(next).filter(|(_, arrival)| *arrival <= one.start) else {
            continue;
        };
        contested += 1;
        ordered += u32::from(one.first <= *arrival);
    }
    2 * ordered > contested
}

/// What can be fitted, in minutes.
pub(super) fn quantities(records: &[Record]) -> Vec<(&'static str, Vec<f64>)> {
    let gaps = |direction: usize| {
        let mut arrivals: Vec<f64> =
            records.iter().filter(|r| r.direction.index() == direction).map(|r| r.arrival).collect();
        arrivals.sort_by(f64::total_cmp);
        arrivals.windows(2).map(|pair| pair[1] - pair[0]).collect::<Vec<f64>>()
    };
    let chambers = lockages(records);
    let lockage = chambers.iter().flatten().map(|one| one.end - one.start).collect();
    let [exchange, same] = headways(&chambers);
    vec![
        ("interarrival_up", gaps(0)),
        ("interarrival_down", gaps(1)),
        ("lockage", lockage),
        ("headway_exchange", exchange),
        ("headway_same_side", same),
    ]
}

/// Learns from the first days and predicts the last `share` of them. None when there are too few records.
pub fn predict(records: &[Record], share: f64, replications: u32, seed: u64) -> Option<Holdout> {
    let day = |minute: f64| (minute / 1_440.0).floor() as i64;
    let last = records.iter().map(|record| day(record.arrival)).max()?;
    let days = (last + 1) as f64;
    let cut = ((1.0 - share.clamp(0.0, 0.9)) * days).round();
    if cut < 1.0 || cut >= days {
        return None;
    }
    let cut_at = cut * 1_440.0;
    let seen: Vec<Record> = records.iter().filter(|record| record.start < cut_at).cloned().collect();
    let learned = lockages(&seen);
    let [mut exchange, mut same] = headways(&learned);
    if exchange.len() + same.len() < 10 {
        return None;
    }
    if exchange.len() < 5 {
        exchange.clone_from(&same);
    }
    if same.len() < 5 {
        // Never seen: a same-side lockage needs an empty run between.
        same = exchange.iter().map(|headway| 1.5 * headway).collect();
    }
    let holds = learned.iter().flatten().map(|one| one.ships).max().unwrap_or(1);
    // Ships that were there when the days kept back began are waiting, too.
    let mut ships: Vec<&Record> = records.iter().filter(|record| record.start >= cut_at).collect();
    ships.sort_by(|a, b| a.arrival.total_cmp(&b.arrival).then(a.row.cmp(&b.row)));
    let mut recorded: BTreeMap<i64, (f64, f64)> = BTreeMap::new();
    for record in &ships {
        let entry = recorded.entry(day(record.arrival).max(cut as i64)).or_default();
        entry.0 += record.start - record.arrival;
        entry.1 += 1.0;
    }
    if recorded.is_empty() {
        return None;
    }
    let ordered = in_order(&seen, &learned);
    let busy: Vec<(f64, usize)> = learned
        .iter()
        .map(|list| list.last().map_or((cut_at, 0), |one| (one.start, one.direction)))
        .collect();
    let mut predicted: BTreeMap<i64, Vec<f64>> = BTreeMap::new();
    let mut total = 0.0;
    for replication in 0..replications.max(1) {
        let mut random = Random::stream(seed, u64::from(replication), 40);
        let waits = replay(&ships, &busy, [&exchange, &same], (holds, ordered), cut_at, &mut random);
        let mut by_day: BTreeMap<i64, (f64, f64)> = BTreeMap::new();
        for (ship, wait) in ships.iter().zip(&waits) {
            let entry = by_day.entry(day(ship.arrival).max(cut as i64)).or_default();
            entry.0 += wait;
            entry.1 += 1.0;
            total += wait;
        }
        for (day, (sum, n)) in by_day {
            predicted.entry(day).or_default().push(sum / n);
        }
    }
    let inside = recorded
        .iter()
        .filter(|(day, (sum, n))| {
            let Some(list) = predicted.get(day) else { return false };
            let mut sorted = list.clone();
            sorted.sort_by(f64::total_cmp);
            let at = |share: f64| sorted[((sorted.len() - 1) as f64 * share).round() as usize];
            (at(0.05)..=at(0.95)).contains(&(sum / n))
        })
        .count();
    let n = ships.len() as f64;
    let recorded_min = recorded.values().map(|(sum, _)| sum).sum::<f64>() / n;
    let predicted_min = total / n / f64::from(replications.max(1));
    Some(Holdout {
        days_learned: cut as usize,
        days: recorded.len(),
        recorded_min,
        predicted_min,
        error: if recorded_min > 0.0 { predicted_min / recorded_min - 1.0 } else { predicted_min },
        coverage90: inside as f64 / recorded.len() as f64,
    })
}

/// Waits of the ships, in their order, under headways drawn from what was learned.
fn replay(
    ships: &[&Record],
    busy: &[(f64, usize)],
    headways: [&Vec<f64>; 2],
    (holds, ordered): (usize, bool),
    from: f64,
    random: &mut Random,
) -> Vec<f64> {
    let mut draw = |same: usize| {
        let list = headways[same];
        list[(random.bits() % list.len() as u64) as usize]
    };
    let mut waits = vec![0.0; ships.len()];
    let mut queues: [VecDeque<usize>; 2] = [VecDeque::new(), VecDeque::new()];
    let mut next = 0;
    // For each chamber: when a lockage either way may start.
    let mut ready: Vec<[f64; 2]> = (0..busy.len().max(1))
        .map(|at| {
            let (start, direction) = busy.get(at).copied().unwrap_or((from, 0));
            let mut ready = [0.0; 2];
            ready[direction] = start + draw(1);
            ready[1 - direction] = start + draw(0);
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
                    let start = times[direction].max(arrival);
                    let goes = |s: f64, a: f64| {
                        if ordered { (arrival, start) < (a, s) } else { (start, arrival) < (s, a) }
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
        for _ in 0..holds {
            match queues[direction].front() {
                Some(ship) if ships[*ship].arrival <= start => {
                    waits[*ship] = start - ships[*ship].arrival;
                    queues[direction].pop_front();
                }
                _ => break,
            }
        }
        ready[chamber][direction] = start + draw(1);
        ready[chamber][1 - direction] = start + draw(0);
    }
}
