//! Lockages as records show them, and what can be measured of them.

use super::records::Record;
use std::collections::BTreeMap;

/// A lockage: ships that went through one chamber together.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Lockage {
    pub start: f64,
    /// When its last ship left; its start where no end is recorded.
    pub end: f64,
    pub direction: usize,
    pub ships: usize,
    /// The first arrival among its ships.
    pub first: f64,
    timed: bool,
}

/// Lockages of each chamber, in order of start. Records must be in order of start.
///
/// Ships belong together when they went the same way and one entered before the other had left; where chambers are not
/// named, when they entered or left within a minute, and lockages that overlap are given to different chambers.
pub(super) fn lockages(records: &[Record]) -> Vec<Vec<Lockage>> {
    let named = records.iter().any(|record| !record.chamber.is_empty());
    let mut chambers: BTreeMap<&str, Vec<Lockage>> = BTreeMap::new();
    for record in records {
        let list = chambers.entry(record.chamber.as_str()).or_default();
        let direction = record.direction.index();
        let near = |a: f64, b: f64| (a - b).abs() < 1.0;
        let with = |last: &Lockage| {
            last.direction == direction
                && match (named, record.end) {
                    (true, Some(_)) if last.timed => record.start < last.end - 1e-6,
                    (false, Some(end)) if last.timed => {
                        near(record.start, last.start)
                            || (near(end, last.end) && record.start < last.end - 1e-6)
                    }
                    _ => near(record.start, last.start),
                }
        };
        // Ships of several lockages may be listed between each other when chambers are not named.
        let looked = if named { 1 } else { 4 };
        match list.iter_mut().rev().take(looked).find(|last| with(last)) {
            Some(last) => {
                last.ships += 1;
                last.end = last.end.max(record.end.unwrap_or(record.start));
                last.first = last.first.min(record.arrival);
            }
            None => list.push(Lockage {
                start: record.start,
                end: record.end.unwrap_or(record.start),
                direction,
                ships: 1,
                first: record.arrival,
                timed: record.end.is_some(),
            }),
        }
    }
    if named {
        return chambers.into_values().collect();
    }
    side_by_side(chambers.into_values().flatten().collect())
}

/// Lockages of chambers that are not named: each to the chamber that was free longest.
fn side_by_side(all: Vec<Lockage>) -> Vec<Vec<Lockage>> {
    let mut chambers: Vec<Vec<Lockage>> = vec![];
    for one in all {
        let end = |list: &[Lockage]| list.last().map_or(0.0, |last| last.end);
        let free = (0..chambers.len()).filter(|at| end(&chambers[*at]) <= one.start + 1e-6);
        let longest = free.min_by(|a, b| end(&chambers[*a]).total_cmp(&end(&chambers[*b])));
        match longest {
            Some(at) => chambers[at].push(one),
            None if chambers.len() < 16 => chambers.push(vec![one]),
            None => {}
        }
    }
    chambers
}

/// Minutes during which the lock is worked, told from hours of the day in which nothing ever starts.
#[derive(Clone, Debug)]
pub(super) struct Hours {
    open: [bool; 24],
    /// Open minutes of a day.
    day: f64,
}

impl Hours {
    /// From lockages of so many days. Hours count as closed where the quiet ones make up at least three in a row, at
    /// least a fortnight was seen, and the others are busy enough that chance would not leave them empty.
    pub(super) fn of(chambers: &[Vec<Lockage>], days: f64) -> Self {
        let mut starts = [0_u32; 24];
        for one in chambers.iter().flatten() {
            starts[(one.start.rem_euclid(1_440.0) / 60.0) as usize % 24] += 1;
        }
        let mut open = starts.map(|n| n > 0);
        let quiet = open.iter().filter(|open| !**open).count();
        let busy = f64::from(starts.iter().sum::<u32>()) / (24 - quiet).max(1) as f64;
        let in_a_row = (0..24).any(|at| (0..3).all(|more| !open[(at + more) % 24]));
        if days < 14.0 || !in_a_row || busy < 8.0 || quiet == 24 {
            open = [true; 24];
        }
        Self { open, day: 60.0 * open.iter().filter(|open| **open).count() as f64 }
    }

    /// Open minutes until a moment.
    pub(super) fn worked(&self, at: f64) -> f64 {
        let days = (at / 1_440.0).floor();
        let mut left = at - days * 1_440.0;
        let mut sum = days * self.day;
        for open in self.open {
            if left <= 0.0 {
                break;
            }
            sum += if open { left.min(60.0) } else { 0.0 };
            left -= 60.0;
        }
        sum
    }

    /// The first moment at which so many minutes have been worked.
    pub(super) fn moment(&self, worked: f64) -> f64 {
        let days = (worked / self.day).floor();
        let mut left = worked - days * self.day;
        for (hour, _) in self.open.iter().enumerate().filter(|(_, open)| **open) {
            if left < 60.0 {
                return days * 1_440.0 + 60.0 * hour as f64 + left;
            }
            left -= 60.0;
        }
        (days + 1.0) * 1_440.0
    }

    /// This moment, or the next at which the lock is worked.
    pub(super) fn next(&self, at: f64) -> f64 {
        let mut at = at;
        for _ in 0..25 {
            let hour = (at.rem_euclid(1_440.0) / 60.0) as usize % 24;
            if self.open[hour] {
                break;
            }
            at = ((at / 60.0).floor() + 1.0) * 60.0;
        }
        at
    }
}

/// Worked minutes between lockages when a ship of the later one was already waiting, with the day on which the later one
/// started: exchange, same side.
pub(super) fn headways(chambers: &[Vec<Lockage>], hours: &Hours) -> [Vec<(i64, f64)>; 2] {
    let mut headways = [vec![], vec![]];
    for list in chambers {
        for pair in list.windows(2) {
            // It had come before the chamber was ready: the time between is the chamber's, not the ship's.
            if pair[1].first <= pair[0].end {
                let same = usize::from(pair[0].direction == pair[1].direction);
                let day = (pair[1].start / 1_440.0).floor() as i64;
                headways[same].push((day, hours.worked(pair[1].start) - hours.worked(pair[0].start)));
            }
        }
    }
    headways
}

/// How many ships lockages held that left others of their way behind.
pub(super) fn full(records: &[Record], chambers: &[Vec<Lockage>]) -> Vec<usize> {
    let of = |direction: usize, time: fn(&Record) -> f64| {
        let mut times: Vec<f64> =
            records.iter().filter(|record| record.direction.index() == direction).map(time).collect();
        times.sort_by(f64::total_cmp);
        times
    };
    let arrivals = [0, 1].map(|direction| of(direction, |record| record.arrival));
    let starts = [0, 1].map(|direction| of(direction, |record| record.start));
    let left_behind = |one: &&Lockage| {
        let came = arrivals[one.direction].partition_point(|arrival| *arrival <= one.start);
        // Ships of a lockage may enter minutes after its first.
        let gone = starts[one.direction].partition_point(|start| *start <= one.end.max(one.start + 1.0));
        came > gone
    };
    chambers.iter().flatten().filter(left_behind).map(|one| one.ships).collect()
}

/// Are ships of both sides served in order of arrival? Told by the lockages that started while the other side waited, too;
/// otherwise the side that can start first goes.
pub(super) fn in_order(records: &[Record], chambers: &[Vec<Lockage>]) -> bool {
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

/// What can be fitted: minutes, metres, tonnes.
pub(super) fn quantities(records: &[Record]) -> Vec<(&'static str, Vec<f64>)> {
    let gaps = |direction: usize| {
        let mut arrivals: Vec<f64> =
            records.iter().filter(|r| r.direction.index() == direction).map(|r| r.arrival).collect();
        arrivals.sort_by(f64::total_cmp);
        arrivals.windows(2).map(|pair| pair[1] - pair[0]).collect::<Vec<f64>>()
    };
    let chambers = lockages(records);
    let lockage = chambers.iter().flatten().filter(|one| one.timed).map(|one| one.end - one.start).collect();
    let last = records.iter().map(|record| record.start).fold(0.0, f64::max);
    let hours = Hours::of(&chambers, last / 1_440.0);
    let [exchange, same] =
        headways(&chambers, &hours).map(|list| list.into_iter().map(|(_, gap)| gap).collect());
    let size = |at: usize| records.iter().filter_map(|record| record.sizes[at]).collect();
    vec![
        ("interarrival_up", gaps(0)),
        ("interarrival_down", gaps(1)),
        ("lockage", lockage),
        ("headway_exchange", exchange),
        ("headway_same_side", same),
        ("wait", records.iter().map(|record| record.start - record.arrival).collect()),
        ("length", size(0)),
        ("beam", size(1)),
        ("deadweight", size(2)),
        ("cargo", size(3)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lockage(start: f64) -> Lockage {
        Lockage { start, end: start + 30.0, direction: 0, ships: 1, first: start, timed: true }
    }

    #[test]
    fn hours_worked_are_told_from_starts() {
        let starts =
            (0..20).flat_map(|day| (6..19).map(move |hour| lockage(f64::from(day * 1_440 + hour * 60 + 5))));
        let hours = Hours::of(&[starts.collect()], 20.0);
        assert_eq!(hours.worked(1_440.0), 780.0);
        assert_eq!(hours.worked(6.0 * 60.0 + 30.0), 30.0);
        assert_eq!(hours.moment(30.0), 390.0);
        assert_eq!(hours.moment(780.0), 1_440.0 + 360.0);
        assert_eq!(hours.next(1_200.0), 1_440.0 + 360.0);
        assert_eq!(hours.next(700.0), 700.0);
        let few = Hours::of(&[vec![lockage(400.0)]], 20.0);
        assert_eq!(few.worked(1_440.0), 1_440.0);
    }

    #[test]
    fn ships_that_went_together_are_one_lockage() {
        let record = |start: f64, end: f64, up: bool, chamber: &str| Record {
            start,
            arrival: start - 5.0,
            end: Some(end),
            direction: if up { crate::Direction::Up } else { crate::Direction::Down },
            chamber: chamber.into(),
            ..Record::default()
        };
        let named = [
            record(0.0, 40.0, true, "1"),
            record(4.0, 42.0, true, "1"),
            record(10.0, 60.0, true, "2"),
            record(45.0, 80.0, false, "1"),
        ];
        let found = lockages(&named);
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].iter().map(|one| one.ships).collect::<Vec<_>>(), [2, 1]);
        let unnamed = [
            record(0.0, 40.0, true, ""),
            record(0.0, 40.0, true, ""),
            record(10.0, 60.0, false, ""),
            record(45.0, 80.0, false, ""),
        ];
        let found = lockages(&unnamed);
        assert_eq!(found.iter().map(Vec::len).collect::<Vec<_>>(), [2, 1]);
    }
}
