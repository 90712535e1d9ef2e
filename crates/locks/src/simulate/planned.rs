//! The optimised policy: rolling plans inside the simulation.
//!
//! Whenever a chamber is free, the ships that wait and those that have announced themselves are scheduled to the least
//! weighted waiting; the chamber does what the plan gives it first. The plan knows mean times alone and no ship that has
//! not been announced: what it is worth shows in the same simulation as every other policy.

use super::world::{Room, Station, Vessel, rectangle};
use crate::{
    Direction,
    lock::Chamber,
    schedule::{self, Packer, Planned, Ship},
    traffic::Class,
};

/// Ships of each direction a plan sees: what lies further back changes the next lockage little.
const SEEN: usize = 14;
/// What a minute of a ship with priority weighs.
const PRIORITY: f64 = 10.0;

/// What a chamber does next.
#[derive(Clone, Debug)]
pub(super) struct Step {
    pub start: f64,
    pub direction: usize,
    /// Places in the queue of that direction, in order; none for an empty run.
    pub ships: Vec<usize>,
}

/// Plans of one complex.
#[derive(Default)]
pub(super) struct Planner {
    pub ahead: f64,
    packer: Packer,
}

impl Planner {
    pub(super) fn new(ahead: f64) -> Self {
        Self { ahead, packer: Packer::default() }
    }

    /// The first step of a fresh plan for one chamber; nothing when there is no ship to plan for or no plan.
    pub(super) fn next(
        &mut self,
        station: &Station,
        room: usize,
        now: f64,
        announced: &[Vec<Vessel>; 2],
        classes: &[Class],
    ) -> Option<Step> {
        let mut ships: Vec<Ship> = vec![];
        // Where a ship of the plan stands: its direction and place in the queue, if it is there.
        let mut stands: Vec<(usize, Option<usize>)> = vec![];
        for (direction, announced) in announced.iter().enumerate() {
            let queue = station.queues[direction].iter().enumerate().map(|(at, vessel)| (Some(at), vessel));
            let coming = announced.iter().map(|vessel| (None, vessel));
            for (place, vessel) in queue.chain(coming).take(SEEN) {
                // A ship that no chamber takes in this water waits; it is no part of the plan.
                if !station.rooms.iter().any(|one| one.takes(vessel.class as usize, direction, now)) {
                    continue;
                }
                let class = &classes[vessel.class as usize];
                ships.push(ship(ships.len().to_string(), vessel, class, &station.rooms[room].chamber, now));
                stands.push((direction, place));
            }
        }
        if ships.is_empty() {
            return None;
        }
        let chambers = station.rooms.iter().enumerate().map(|(at, one)| chamber(at, one, now)).collect();
        let day = schedule::Day { ships, chambers };
        let plan = schedule::plan(&day, &mut self.packer)?;
        let Some(first) = plan.into_iter().find(|step: &Planned| step.chamber == room) else {
            // The others do what there is to do.
            return Some(Step { start: f64::INFINITY, direction: 0, ships: vec![] });
        };
        let places = first.ships.iter().map(|at| stands[*at].1);
        let mut places: Vec<usize> = match first.start <= 1e-9 {
            true => places.collect::<Option<_>>()?,
            false => vec![],
        };
        places.sort_unstable();
        Some(Step { start: now + first.start, direction: first.direction.index(), ships: places })
    }
}

/// A ship as the plan sees it: minutes count from now, and what it has waited already weighs as it does.
fn ship(id: String, vessel: &Vessel, class: &Class, chamber: &Chamber, now: f64) -> Ship {
    let size = rectangle(chamber, class.length_m, class.beam_m);
    Ship {
        length: f64::from(size.length) / 100.0,
        beam: f64::from(size.beam) / 100.0,
        weight: if class.priority { PRIORITY } else { 1.0 },
        alone: class.dangerous || !class.with.is_empty(),
        // Whole minutes keep plans small.
        ..Ship::new(id, (vessel.arrival - now).max(0.0).ceil(), vessel.direction)
    }
}

fn chamber(at: usize, room: &Room, now: f64) -> schedule::Chamber {
    let own = &room.chamber;
    let each = own.entry_interval_min + own.exit_interval_min;
    schedule::Chamber {
        length: own.length_m,
        width: own.width_m,
        ships: own.most_ships,
        facing: (own.steps <= 1).then(|| Direction::of(room.facing)),
        ready: (room.free.max(room.shut) - now).max(0.0).ceil(),
        per_ship: each.round(),
        ..schedule::Chamber::new(at.to_string(), (own.lockage(1, true) - each).round().max(1.0))
    }
}
