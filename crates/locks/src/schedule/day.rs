//! One day at a lock: the ships, the chambers, and what counts as a schedule.
//!
//! The rules are those of the lockmaster's problem (Passchyn et al., *EJOR* 251, 2016) with placement (Verstichel et
//! al. 2014): a lockage starts when every ship in it has arrived and its chamber faces their way; the chamber is busy
//! for a fixed time and a time for each ship, and then faces the other way; an empty run costs the fixed time. What is
//! minimised is the weighted sum of the waits from arrival to the start of the lockage.

use crate::{Direction, packing};
use serde::{Deserialize, Serialize};

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
        if self.chambers.is_empty() || self.chambers.len() > 4 {
            return Err(DayError::new("the chambers", "there must be one to four"));
        }
        for chamber in &self.chambers {
            let name = format!("chamber {}", chamber.id);
            if chamber.ships == Some(0) {
                return Err(DayError::new(name, "its capacity is zero ships"));
            }
            let numbers = [chamber.length, chamber.width, chamber.ready, chamber.fixed, chamber.per_ship];
            if numbers.iter().any(|n| !n.is_finite() || *n < 0.0 || *n > 1e7) {
                return Err(DayError::new(name, "sizes and times must be numbers from 0 to 10 million"));
            }
            if chamber.length > 5_000.0 || chamber.width > 500.0 {
                return Err(DayError::new(name, "it is longer than 5 km or wider than 500 m"));
            }
            if chamber.fixed <= 0.0 {
                return Err(DayError::new(name, "a lockage must take longer than 0 minutes"));
            }
            if chamber.ships.is_none() && (chamber.length <= 0.0 || chamber.width <= 0.0) {
                return Err(DayError::new(name, "it needs a length and a width, or a capacity in ships"));
            }
        }
        for (at, ship) in self.ships.iter().enumerate() {
            let name = format!("ship {} (record {})", ship.id, at + 1);
            let numbers = [ship.arrival, ship.length, ship.beam, ship.weight];
            if numbers.iter().any(|n| !n.is_finite() || *n > 1e7) {
                return Err(DayError::new(name, "sizes, times and weights must be numbers up to 10 million"));
            }
            if ship.arrival < 0.0 {
                return Err(DayError::new(name, format!("its arrival {} is negative", ship.arrival)));
            }
            if ship.length < 0.0 || ship.beam < 0.0 || ship.weight < 0.0 {
                return Err(DayError::new(name, "its length, beam and weight must not be negative"));
            }
            if !self.chambers.iter().any(|chamber| fits(ship, chamber)) {
                let why = format!("{} m × {} m fits no chamber", ship.length, ship.beam);
                return Err(DayError::new(name, why));
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
        if chamber.length <= 0.0 || chamber.width <= 0.0 {
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

/// Does the ship fit the chamber when it is alone in it?
pub(crate) fn fits(ship: &Ship, chamber: &Chamber) -> bool {
    if chamber.length <= 0.0 || chamber.width <= 0.0 {
        return true;
    }
    packing::centimetres_up(ship.length) <= packing::centimetres_down(chamber.length)
        && packing::centimetres_up(ship.beam) <= packing::centimetres_down(chamber.width)
}
