//! One day at a lock: the ships, the chambers, and what counts as a schedule.
//!
//! The rules are those of the lockmaster's problem (Passchyn et al., *EJOR* 251, 2016) with placement (Verstichel et
//! al. 2014): a lockage starts when every ship in it has arrived and its chamber faces their way; the chamber is busy
//! for a fixed time and a time for each ship, and then faces the other way; an empty run costs the fixed time. What is
//! minimised is the weighted sum of the waits from arrival to the start of the lockage.

use crate::{
    Direction,
    packing::{self, Rectangle},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A ship that wants to pass.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ship {
    /// As in the list that was given.
    pub id: String,
    /// When it may first be served, minutes.
    pub arrival: f64,
    /// Which way it goes.
    pub direction: Direction,
    /// Length with its safety gap, metres; 0 when only the number of ships counts.
    pub length: f64,
    /// Beam with its safety gap, metres.
    pub beam: f64,
    /// What a minute of its waiting weighs.
    pub weight: f64,
    /// Dangerous cargo: passes alone.
    pub alone: bool,
    /// Draught, metres; 0 when it is not known.
    pub draught: f64,
    /// Ships of one convoy (an escort and what it escorts) pass in one lockage.
    pub convoy: Option<String>,
}

impl Ship {
    /// A ship without size, company or special cargo, of weight 1.
    pub fn new(id: impl Into<String>, arrival: f64, direction: Direction) -> Self {
        Self {
            id: id.into(),
            arrival,
            direction,
            length: 0.0,
            beam: 0.0,
            weight: 1.0,
            alone: false,
            draught: 0.0,
            convoy: None,
        }
    }
}

/// A chamber and its state when the day begins.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Chamber {
    /// Its name.
    pub id: String,
    /// Effective length, metres; 0 when only the number of ships counts.
    pub length: f64,
    /// Effective width, metres.
    pub width: f64,
    /// How many ships a lockage may hold at most.
    pub ships: Option<usize>,
    /// Which way it faces; none when it may be had either way.
    pub facing: Option<Direction>,
    /// When it is ready, minutes.
    pub ready: f64,
    /// Minutes of a lockage without ships.
    pub fixed: f64,
    /// Minutes more for each ship.
    pub per_ship: f64,
    /// Greatest draught that may enter, metres; 0 when it is not known.
    pub depth: f64,
}

impl Chamber {
    /// A chamber without size that holds any number of ships, is ready at once and may be had either way.
    pub fn new(id: impl Into<String>, fixed: f64) -> Self {
        Self {
            id: id.into(),
            length: 0.0,
            width: 0.0,
            ships: None,
            facing: None,
            ready: 0.0,
            fixed,
            per_ship: 0.0,
            depth: 0.0,
        }
    }
}

/// Ships and chambers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Day {
    /// The ships.
    pub ships: Vec<Ship>,
    /// The chambers, side by side.
    pub chambers: Vec<Chamber>,
}

/// Where a ship lies in a lockage, metres from the far gate and the left wall.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Berth {
    /// The ship.
    pub id: String,
    /// Along the chamber.
    pub x: f64,
    /// Across the chamber.
    pub y: f64,
}

/// One lockage of a schedule.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Lockage {
    /// The chamber.
    pub chamber: String,
    /// When it starts, minutes.
    pub start: f64,
    /// When the chamber is ready again, minutes.
    pub end: f64,
    /// Which way it goes.
    pub side: Direction,
    /// The ships in it; none on an empty run.
    pub ships: Vec<Berth>,
}

/// Why a day cannot be scheduled; `what` names the record.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("failed to schedule {what}: {why}")]
pub struct DayError {
    /// The ship or chamber.
    pub what: String,
    /// What is wrong with it.
    pub why: String,
}

impl DayError {
    fn new(what: impl Into<String>, why: impl Into<String>) -> Self {
        Self { what: what.into(), why: why.into() }
    }
}

/// A day of more ships is refused: no lock passes as many in a day.
pub const MOST_SHIPS: usize = 2_000;
/// Chambers side by side that a day may have.
pub const MOST_CHAMBERS: usize = 8;

impl Day {
    /// Is every record usable, and can every ship pass some chamber?
    ///
    /// # Errors
    /// Names the first record at fault and what is wrong with it.
    pub fn check(&self) -> Result<(), DayError> {
        if self.ships.len() > MOST_SHIPS {
            let why = format!("a day holds at most {MOST_SHIPS} ships; split it");
            return Err(DayError::new(format!("{} ships", self.ships.len()), why));
        }
        if self.chambers.is_empty() || self.chambers.len() > MOST_CHAMBERS {
            return Err(DayError::new("the chambers", format!("there must be 1 to {MOST_CHAMBERS}")));
        }
        for (at, chamber) in self.chambers.iter().enumerate() {
            let name = format!("chamber {}", chamber.id);
            if self.chambers[..at].iter().any(|other| other.id == chamber.id) {
                return Err(DayError::new(name, "two chambers have this name"));
            }
            if chamber.ships == Some(0) {
                return Err(DayError::new(name, "its capacity is zero ships"));
            }
            let sizes = [chamber.length, chamber.width, chamber.depth];
            let times = [chamber.ready, chamber.fixed, chamber.per_ship];
            let numbers = [sizes, times].concat();
            if numbers.iter().any(|n| !n.is_finite() || *n < 0.0 || *n > 1e7) {
                return Err(DayError::new(name, "sizes and times must be numbers from 0 to 10 million"));
            }
            if chamber.length > 5_000.0 || chamber.width > 500.0 {
                return Err(DayError::new(name, "it is longer than 5 km or wider than 500 m"));
            }
            if chamber.fixed <= 0.0 {
                return Err(DayError::new(name, "a lockage must take longer than 0 minutes"));
            }
            if chamber.ships.is_none() && !chamber.sized() {
                return Err(DayError::new(name, "it needs a length and a width, or a capacity in ships"));
            }
        }
        let mut names: BTreeMap<&str, usize> = BTreeMap::new();
        for (at, ship) in self.ships.iter().enumerate() {
            let name = format!("ship {} (record {})", ship.id, at + 1);
            if let Some(first) = names.insert(&ship.id, at) {
                return Err(DayError::new(name, format!("record {} has the same name", first + 1)));
            }
            let numbers = [ship.arrival, ship.length, ship.beam, ship.weight, ship.draught];
            if numbers.iter().any(|n| !n.is_finite() || *n > 1e7) {
                return Err(DayError::new(name, "sizes, times and weights must be numbers up to 10 million"));
            }
            if ship.arrival < 0.0 {
                return Err(DayError::new(name, format!("its arrival {} is negative", ship.arrival)));
            }
            if ship.length < 0.0 || ship.beam < 0.0 || ship.weight < 0.0 || ship.draught < 0.0 {
                return Err(DayError::new(name, "its length, beam, draught and weight must not be negative"));
            }
            if !self.chambers.iter().any(|chamber| fits(ship, chamber)) {
                let deep = match ship.draught {
                    draught if draught > 0.0 => format!(" × {draught} m"),
                    _ => String::new(),
                };
                let why = format!("{} m × {} m{deep} fits no chamber", ship.length, ship.beam);
                return Err(DayError::new(name, why));
            }
        }
        self.check_convoys()
    }

    /// Ships by convoy, in order of their first record.
    pub(crate) fn convoys(&self) -> Vec<Vec<usize>> {
        let mut convoys: Vec<(&str, Vec<usize>)> = vec![];
        for (at, ship) in self.ships.iter().enumerate() {
            let Some(convoy) = ship.convoy.as_deref() else { continue };
            match convoys.iter_mut().find(|(name, _)| *name == convoy) {
                Some((_, members)) => members.push(at),
                None => convoys.push((convoy, vec![at])),
            }
        }
        convoys.into_iter().map(|(_, members)| members).collect()
    }

    /// A convoy goes one way, has no member that must pass alone, and fits some chamber.
    fn check_convoys(&self) -> Result<(), DayError> {
        for members in self.convoys() {
            let first = &self.ships[members[0]];
            let name = format!("convoy {}", first.convoy.as_deref().unwrap_or_default());
            if members.len() > 16 {
                return Err(DayError::new(name, "it has more than 16 ships"));
            }
            let others = || members.iter().map(|at| &self.ships[*at]);
            if let Some(other) = others().find(|ship| ship.direction != first.direction) {
                let why = format!("ships {} and {} go different ways", first.id, other.id);
                return Err(DayError::new(name, why));
            }
            if let (true, Some(alone)) = (members.len() > 1, others().find(|ship| ship.alone)) {
                let why = format!("ship {} must pass alone and cannot be in company", alone.id);
                return Err(DayError::new(name, why));
            }
            let together = |chamber: &&Chamber| {
                chamber.ships.is_none_or(|most| members.len() <= most)
                    && others().all(|ship| fits(ship, chamber))
                    && (!chamber.sized() || {
                        let sizes: Vec<_> = others().map(Ship::rectangle).collect();
                        matches!(packing::pack(chamber.rectangle(), &sizes), packing::Fit::Yes(_))
                    })
            };
            if !self.chambers.iter().any(|chamber| together(&chamber)) {
                return Err(DayError::new(name, "its ships fit no chamber together"));
            }
        }
        Ok(())
    }

    /// The weighted sum of waits of a schedule, minutes, if it keeps every rule: each ship exactly once, nobody before
    /// arrival, no two lockages of a chamber at once, sides alternate, ships inside the chamber and apart.
    ///
    /// # Errors
    /// Names the lockage or ship at fault.
    pub fn value(&self, lockages: &[Lockage]) -> Result<f64, DayError> {
        let mut served = vec![0_u32; self.ships.len()];
        let mut value = 0.0;
        for chamber in &self.chambers {
            let mut ready = chamber.ready;
            let mut facing = chamber.facing;
            for lockage in lockages.iter().filter(|lockage| lockage.chamber == chamber.id) {
                let name = format!("the lockage of chamber {} at {}", chamber.id, lockage.start);
                if lockage.start + 1e-6 < ready {
                    return Err(DayError::new(name, "it starts before the chamber is ready"));
                }
                if facing.is_some_and(|facing| facing != lockage.side) {
                    return Err(DayError::new(name, "the chamber faces the other way"));
                }
                for berth in &lockage.ships {
                    let Some(at) = self.ships.iter().position(|ship| ship.id == berth.id) else {
                        return Err(DayError::new(name, format!("there is no ship {}", berth.id)));
                    };
                    let ship = &self.ships[at];
                    if ship.arrival > lockage.start + 1e-6 || ship.direction != lockage.side {
                        return Err(DayError::new(name, format!("ship {} is not there", berth.id)));
                    }
                    served[at] += 1;
                    value += ship.weight * (lockage.start - ship.arrival);
                }
                self.berths_apart(chamber, lockage)?;
                ready = lockage.start + chamber.fixed + chamber.per_ship * lockage.ships.len() as f64;
                facing = Some(lockage.side.other());
            }
        }
        for members in self.convoys() {
            let aboard = |lockage: &&Lockage| lockage.ships.iter().any(|b| b.id == self.ships[members[0]].id);
            let whole = lockages.iter().find(aboard).is_some_and(|lockage| {
                members.iter().all(|at| lockage.ships.iter().any(|berth| berth.id == self.ships[*at].id))
            });
            if !whole {
                let name = format!("the convoy of ship {}", self.ships[members[0]].id);
                return Err(DayError::new(name, "its ships are not in one lockage"));
            }
        }
        match served.iter().position(|n| *n != 1) {
            Some(at) => Err(DayError::new(
                format!("ship {}", self.ships[at].id),
                format!("served {} times", served[at]),
            )),
            None => Ok(value),
        }
    }

    fn berths_apart(&self, chamber: &Chamber, lockage: &Lockage) -> Result<(), DayError> {
        let name = || format!("the lockage of chamber {} at {}", chamber.id, lockage.start);
        if chamber.ships.is_some_and(|most| lockage.ships.len() > most) {
            return Err(DayError::new(name(), "more ships than it may hold"));
        }
        let ship = |berth: &Berth| self.ships.iter().find(|ship| ship.id == berth.id);
        let boxes: Vec<_> = lockage.ships.iter().filter_map(|berth| Some((berth, ship(berth)?))).collect();
        if boxes.len() > 1 && boxes.iter().any(|(_, ship)| ship.alone) {
            return Err(DayError::new(name(), "a ship that passes alone is in company"));
        }
        if let Some((_, ship)) = boxes.iter().find(|(_, ship)| !fits(ship, chamber)) {
            return Err(DayError::new(name(), format!("ship {} does not fit the chamber", ship.id)));
        }
        if !chamber.sized() {
            return Ok(());
        }
        for (at, (a, ship)) in boxes.iter().enumerate() {
            if a.x + ship.length > chamber.length + 1e-6 || a.y + ship.beam > chamber.width + 1e-6 {
                return Err(DayError::new(name(), format!("ship {} sticks out", ship.id)));
            }
            for (b, other) in &boxes[..at] {
                let apart = a.x + 1e-6 >= b.x + other.length
                    || b.x + 1e-6 >= a.x + ship.length
                    || a.y + 1e-6 >= b.y + other.beam
                    || b.y + 1e-6 >= a.y + ship.beam;
                if !apart {
                    return Err(DayError::new(name(), format!("ships {} and {} overlap", ship.id, other.id)));
                }
            }
        }
        Ok(())
    }
}

impl Ship {
    /// Its size in whole centimetres.
    pub(crate) fn rectangle(&self) -> Rectangle {
        Rectangle { length: packing::centimetres_up(self.length), beam: packing::centimetres_up(self.beam) }
    }
}

impl Chamber {
    /// Has it a size, or only a number of ships it holds?
    pub(crate) fn sized(&self) -> bool {
        self.length > 0.0 && self.width > 0.0
    }

    /// Its size in whole centimetres.
    pub(crate) fn rectangle(&self) -> Rectangle {
        Rectangle {
            length: packing::centimetres_down(self.length),
            beam: packing::centimetres_down(self.width),
        }
    }
}

/// Does the ship fit the chamber when it is alone in it?
pub(crate) fn fits(ship: &Ship, chamber: &Chamber) -> bool {
    if ship.draught > 0.0 && chamber.depth > 0.0 && ship.draught > chamber.depth + 1e-9 {
        return false;
    }
    let (ship, room) = (ship.rectangle(), chamber.rectangle());
    !chamber.sized() || (ship.length <= room.length && ship.beam <= room.beam)
}
