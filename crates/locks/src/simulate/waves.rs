//! Ships held on their way and let go in waves, and ships called by appointment.

use super::closed::Closed;
use crate::{
    Direction,
    lock::Closure,
    traffic::{Traffic, Wave},
};

/// What lies between a ship's wish to come and its coming, for one direction.
#[derive(Clone, Debug)]
pub(super) struct Approach {
    gates: Vec<Gate>,
    /// Least minutes between appointments; 0 for none.
    headway: f64,
    last: f64,
}

/// A place where ships are held now and then.
#[derive(Clone, Debug)]
struct Gate {
    closed: Closed,
    /// Minutes between ships that are let go.
    interval: f64,
    last: f64,
}

impl Approach {
    pub(super) fn new(traffic: &Traffic, direction: Direction, seed: u64, replication: u64) -> Self {
        let gate = |(at, wave): (usize, &Wave)| {
            let closure = Closure { reason: String::new(), when: wave.when.clone(), chambers: vec![] };
            // Both directions meet the same closures: their purpose is the wave's alone.
            let closed = Closed::new(&[closure], "", 500 + at, seed, replication);
            Gate { closed, interval: 60.0 / wave.per_hour, last: f64::NEG_INFINITY }
        };
        let ours = |(_, wave): &(usize, &Wave)| wave.direction.is_none_or(|only| only == direction);
        Self {
            gates: traffic.waves.iter().enumerate().filter(ours).map(gate).collect(),
            headway: traffic.appointment_min,
            last: f64::NEG_INFINITY,
        }
    }

    /// When a ship that sets out at this moment comes to the lock, and when it is called to it. Moments must not go back.
    #[inline]
    pub(super) fn pass(&mut self, at: f64) -> (f64, f64) {
        let mut comes = at;
        if comes.is_finite() {
            for gate in &mut self.gates {
                comes = gate.pass(comes);
            }
        }
        if self.headway <= 0.0 {
            return (comes, comes);
        }
        self.last = comes.max(self.last + self.headway);
        (comes, self.last)
    }
}

impl Gate {
    fn pass(&mut self, at: f64) -> f64 {
        // Behind a ship that was held, the others keep their distance until the wave is over.
        let slot = if self.last > at { self.last + self.interval } else { at };
        let slot = match self.closed.at(slot) {
            Err(until) => until,
            Ok(_) => slot,
        };
        // A ship that nobody held hinders nobody.
        self.last = if slot > at { slot } else { f64::NEG_INFINITY };
        slot
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lock::When;

    #[test]
    fn ships_held_come_one_by_one_and_then_as_they_please() {
        let traffic = Traffic {
            waves: vec![Wave {
                when: When::Planned { day: 1.0, days: 1.0, every_years: 0.0 },
                per_hour: 6.0,
                direction: Some(Direction::Up),
            }],
            ..Traffic::even(1.0, 1.0)
        };
        let mut up = Approach::new(&traffic, Direction::Up, 1, 0);
        let came: Vec<f64> =
            [100.0, 1_500.0, 1_600.0, 2_800.0, 2_885.0, 2_940.0, 2_941.0].map(|at| up.pass(at).0).to_vec();
        assert_eq!(came, [100.0, 2_880.0, 2_890.0, 2_900.0, 2_910.0, 2_940.0, 2_941.0]);
        let mut down = Approach::new(&traffic, Direction::Down, 1, 0);
        assert_eq!(down.pass(1_500.0), (1_500.0, 1_500.0));
    }

    #[test]
    fn appointments_keep_their_distance() {
        let traffic = Traffic { appointment_min: 30.0, ..Traffic::even(1.0, 1.0) };
        let mut up = Approach::new(&traffic, Direction::Up, 1, 0);
        assert_eq!([0.0, 5.0, 100.0].map(|at| up.pass(at)), [(0.0, 0.0), (5.0, 30.0), (100.0, 100.0)]);
    }
}
