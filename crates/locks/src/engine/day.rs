//! One day of an alternative, ship by ship: what chambers to scale and a Gantt are drawn from.
//!
//! Everything is a fold over the stream of events. The stream names the ships of a lockage in the order in which they were
//! placed, so their places follow from the same skyline.

use crate::{
    Direction,
    lock::{Chamber, LockError},
    need::Alternative,
    packing::{Place, Rectangle, Skyline, centimetres_down, centimetres_up},
    simulate::{Event, Setup, Sink, Source, Vessel, run},
    traffic::{Class, Traffic},
};
use std::collections::BTreeMap;

const DAY: f64 = 1_440.0;

/// A ship that was seen on the day.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Seen {
    pub class: usize,
    pub direction: Direction,
    /// Minutes from the day's beginning; before it, less than nothing.
    pub arrival: f64,
    /// Its lockage; none while it still waits at the end of the day.
    pub passed: Option<Passed>,
}

/// How a ship passed.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Passed {
    /// Number of the lockage within the day.
    pub lockage: usize,
    /// Distance from the gate at which the first ship moors, and from the left wall, m.
    pub place: Option<(f64, f64)>,
}

/// What a chamber did for a while.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Span {
    pub chamber: usize,
    pub kind: Kind,
    pub direction: Option<Direction>,
    /// Minutes from the day's beginning.
    pub start: f64,
    pub end: f64,
    pub ships: usize,
    /// Share of the chamber's area taken.
    pub area: f64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Lockage,
    Empty,
    Closed,
}

/// A day.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Day {
    pub ships: Vec<Seen>,
    pub spans: Vec<Span>,
}

/// Day number `day` of the run of an alternative.
pub(super) fn day(
    alternative: &Alternative,
    classes: &[Class],
    traffic: &Traffic,
    day: f64,
    seed: u64,
) -> Result<Day, LockError> {
    let from = day * DAY;
    let chambers = &alternative.lock.chambers;
    let mut witness =
        Witness { from, chambers, classes, waiting: BTreeMap::new(), aboard: vec![], day: Day::default() };
    let setup = Setup {
        complexes: std::slice::from_ref(&alternative.lock),
        classes,
        source: Source::Process(traffic),
        horizon: from + DAY,
        seed,
        replication: 0,
    };
    run(&setup, &mut witness)?;
    let Witness { waiting, mut day, .. } = witness;
    day.ships.extend(waiting.into_values());
    day.ships.sort_by(|a, b| a.arrival.total_cmp(&b.arrival));
    Ok(day)
}

struct Witness<'a> {
    from: f64,
    chambers: &'a [Chamber],
    classes: &'a [Class],
    /// By number.
    waiting: BTreeMap<u64, Seen>,
    /// Ships of the lockage that starts now, in the order of their placement.
    aboard: Vec<Seen>,
    day: Day,
}

impl Sink for Witness<'_> {
    fn see(&mut self, now: f64, _: usize, event: &Event<'_>) {
        if now >= self.from + DAY {
            return; // midnight already is the next day
        }
        match *event {
            Event::Arrived(vessel) => {
                self.waiting.insert(vessel.number, self.seen(vessel));
            }
            Event::Started { vessel, .. } => self.aboard.extend(self.waiting.remove(&vessel.number)),
            Event::Lockage { chamber, direction, until, ships, area, .. } => {
                let kind = if ships > 0 { Kind::Lockage } else { Kind::Empty };
                self.span(Span {
                    chamber,
                    kind,
                    direction: Some(direction),
                    start: now,
                    end: until,
                    ships,
                    area,
                });
            }
            Event::Closed { chamber, until } => {
                let kind = Kind::Closed;
                self.span(Span {
                    chamber,
                    kind,
                    direction: None,
                    start: now,
                    end: until,
                    ships: 0,
                    area: 0.0,
                });
            }
        }
    }
}

impl Witness<'_> {
    fn seen(&self, vessel: &Vessel) -> Seen {
        Seen {
            class: vessel.class as usize,
            direction: vessel.direction,
            arrival: vessel.arrival - self.from,
            passed: None,
        }
    }

    /// Keeps what reaches into the day, with the ships in it.
    fn span(&mut self, span: Span) {
        let aboard = if span.kind == Kind::Lockage { std::mem::take(&mut self.aboard) } else { vec![] };
        if span.end <= self.from {
            return;
        }
        let lockage = self.day.spans.len();
        let places = self.places(span.chamber, &aboard);
        self.day.ships.extend(
            aboard
                .into_iter()
                .zip(places)
                .map(|(ship, place)| Seen { passed: Some(Passed { lockage, place }), ..ship }),
        );
        self.day.spans.push(Span { start: span.start - self.from, end: span.end - self.from, ..span });
    }

    fn places(&self, chamber: usize, ships: &[Seen]) -> Vec<Option<(f64, f64)>> {
        let Some(chamber) = self.chambers.get(chamber) else { return vec![None; ships.len()] };
        let size =
            Rectangle { length: centimetres_down(chamber.length_m), beam: centimetres_down(chamber.width_m) };
        let mut skyline = Skyline::new(size);
        let metres = |place: Place| (f64::from(place.x) / 100.0, f64::from(place.y) / 100.0);
        ships
            .iter()
            .map(|ship| {
                let class = &self.classes[ship.class];
                let ship = Rectangle {
                    length: centimetres_up(class.length_m + chamber.gap_length_m),
                    beam: centimetres_up(class.beam_m + chamber.gap_width_m),
                };
                skyline.place(ship).map(metres)
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lock::{Closure, Complex, Policy, When};

    fn chamber() -> Chamber {
        Chamber {
            id: "1".into(),
            length_m: 280.0,
            width_m: 34.0,
            sill_m: 5.8,
            depths_m: vec![],
            head_m: 40.0,
            fill_min: Some(12.0),
            valves: None,
            gate_min: 3.0,
            entry_exchange_min: 8.0,
            entry_turnback_min: 5.0,
            entry_interval_min: 3.0,
            exit_min: 6.0,
            exit_interval_min: 3.0,
            under_keel_m: 0.5,
            gap_length_m: 5.0,
            gap_width_m: 0.5,
            steps: 1,
            variation: 0.0,
            most_ships: None,
        }
    }

    fn seen() -> (Day, Vec<Class>) {
        let class = |id: &str, length_m, beam_m, share| Class {
            id: id.into(),
            length_m,
            beam_m,
            draught_m: 3.0,
            draught_empty_m: 0.0,
            deadweight_t: 1_000.0,
            share,
            load_up: 0.5,
            load_down: 0.5,
            dangerous: false,
            priority: false,
            with: vec![],
        };
        let classes = vec![class("small", 58.0, 10.8, 0.5), class("large", 88.0, 16.2, 0.5)];
        let night = Closure {
            reason: "night".into(),
            when: When::OpenHours { from: 0.0, to: 13.0 },
            chambers: vec![],
        };
        let lock = Complex {
            id: "lock".into(),
            chambers: vec![chamber(), Chamber { id: "2".into(), ..chamber() }],
            policy: Policy::SkipFit,
            closures: vec![night],
            reach_min: 0.0,
            announced_min: 0.0,
        };
        let alternative = Alternative {
            id: "as it is".into(),
            lock,
            appointment_min: 0.0,
            cost: 0.0,
            upkeep: 0.0,
            building_years: 0,
        };
        let traffic = Traffic::even(50.0, 50.0);
        (day(&alternative, &classes, &traffic, 5.0, 7).unwrap(), classes)
    }

    #[test]
    fn every_ship_of_a_lockage_has_a_place_of_its_own() {
        let (day, classes) = seen();
        let chamber = chamber();
        for (at, span) in day.spans.iter().enumerate().filter(|(_, span)| span.kind == Kind::Lockage) {
            let aboard: Vec<_> =
                day.ships.iter().filter(|s| s.passed.as_ref().is_some_and(|p| p.lockage == at)).collect();
            assert_eq!(aboard.len(), span.ships, "the ships of lockage {at} are all known");
            let boxes: Vec<_> = aboard
                .iter()
                .map(|ship| {
                    let class = &classes[ship.class];
                    let (x, y) = ship.passed.as_ref().unwrap().place.unwrap();
                    (x, y, x + class.length_m + chamber.gap_length_m, y + class.beam_m + chamber.gap_width_m)
                })
                .collect();
            for (i, a) in boxes.iter().enumerate() {
                assert!(a.2 <= chamber.length_m + 1e-9 && a.3 <= chamber.width_m + 1e-9);
                let apart = |b: &(f64, f64, f64, f64)| a.0 >= b.2 || b.0 >= a.2 || a.1 >= b.3 || b.1 >= a.3;
                assert!(boxes[..i].iter().all(apart), "two ships of lockage {at} overlap");
            }
        }
        assert!(day.spans.iter().any(|span| span.ships > 1), "ships share a chamber");
    }

    #[test]
    fn a_chamber_does_one_thing_at_a_time_and_nothing_while_closed() {
        let (day, _) = seen();
        assert!(day.spans.iter().any(|span| span.kind == Kind::Closed));
        for chamber in 0..2 {
            let spans: Vec<_> = day.spans.iter().filter(|span| span.chamber == chamber).collect();
            assert!(spans.windows(2).all(|pair| pair[0].end <= pair[1].start + 1e-6));
            let late = spans.iter().filter(|span| span.kind != Kind::Closed && span.start > 13.0 * 60.0);
            assert_eq!(late.count(), 0);
        }
    }

    #[test]
    fn no_ship_starts_before_it_comes() {
        let (day, _) = seen();
        for ship in &day.ships {
            if let Some(passed) = &ship.passed {
                assert!(day.spans[passed.lockage].start >= ship.arrival - 1e-9);
                assert_eq!(day.spans[passed.lockage].direction, Some(ship.direction));
            }
        }
        assert!(
            day.ships.iter().any(|ship| ship.passed.is_none()),
            "closed at night, so some wait at midnight"
        );
    }
}
