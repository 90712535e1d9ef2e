//! Waiting from the ratio of intensity to capacity, as Kooman's curves give it.
//!
//! Kooman and de Bruijn, *Lock capacity and traffic resistance of locks* (Rijkswaterstaat Communications 22, 1975);
//! the curves are those of the Dutch BIVAS model. The coefficients here are recovered from tabulated values of these
//! curves (to the last digit), not read in the original: graded unverified.

/// How evenly the ships come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pattern {
    /// In bunches.
    Uneven,
    /// As usual.
    Average,
    /// Evenly.
    Even,
}

const SCALE: f64 = 0.176_087_973_759_948_47;
const POWER: f64 = 1.407;
/// Below this ratio nobody waits longer than the lockage itself takes.
const FREE: f64 = 0.4;

fn coefficients(pattern: Pattern) -> (f64, f64) {
    match pattern {
        Pattern::Uneven => (3.56, 0.0),
        Pattern::Average => (3.77, 1.41),
        Pattern::Even => (3.97, 2.91),
    }
}

/// Mean waiting beyond the passage itself, in lock cycles, at a ratio of intensity to capacity from 0 to below 1.
pub fn kooman_wait(ratio: f64, pattern: Pattern) -> Option<f64> {
    if !(0.0..1.0).contains(&ratio) {
        return None;
    }
    let (a, b) = coefficients(pattern);
    let over = (ratio - FREE).max(0.0);
    Some(SCALE * over / (1.0 - ratio) * (a - b * ratio).powf(POWER))
}

/// Ships a chamber passes in an hour and direction when full every time: `ships` a lockage, a cycle of both directions
/// in minutes.
pub fn kooman_capacity(ships: f64, cycle: f64) -> f64 {
    60.0 * ships / cycle
}
