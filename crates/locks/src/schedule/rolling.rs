//! Planning as a lock keeper can: again and again, with the ships that have announced themselves so far.
//!
//! A schedule made with the whole day in hand cannot be had in life (Golak et al. 2025): what a method is worth shows on
//! ships it did not know. Each plan here sees ships `ahead` minutes before they come; its first lockage is carried out
//! unless a ship is announced before that starts, and then the plan is made again.

use super::{Chamber, Day, DayError, Effort, Lockage, both, dispatched, lockages, schedule};
use serde::Serialize;

/// What a way of working comes to on one day.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Outcome {
    /// `dispatch`: who is there on the side the chamber faces, else turn. `rolling`: planned again and again.
    /// `hindsight`: planned with the whole day in hand, which nobody can.
    pub policy: &'static str,
    /// Weighted sum of waits, minutes.
    pub value: f64,
}

/// Carries the day out with plans that see ships `ahead` minutes before they come. Each plan may take the effort.
///
/// # Errors
/// When a record is unusable; see [`Day::check`].
pub fn rolling(day: &Day, ahead: f64, effort: &Effort<'_>) -> Result<Vec<Lockage>, DayError> {
    day.check()?;
    let mut state: Vec<Chamber> = day.chambers.clone();
    let mut left: Vec<usize> = (0..day.ships.len()).collect();
    let mut done: Vec<Lockage> = vec![];
    let mut now = 0.0_f64;
    let announced = |at: usize| day.ships[at].arrival - ahead;
    // Each round serves a ship, turns a chamber for one, or moves on to an announcement.
    let most = 20 * day.ships.len() + 100;
    for _ in 0..most {
        if left.is_empty() {
            return Ok(done);
        }
        let next =
            left.iter().map(|at| announced(*at)).filter(|time| *time > now).fold(f64::INFINITY, f64::min);
        let known: Vec<usize> = left.iter().copied().filter(|at| announced(*at) <= now).collect();
        if known.is_empty() {
            now = next;
            continue;
        }
        let chambers =
            state.iter().map(|chamber| Chamber { ready: chamber.ready.max(now), ..chamber.clone() });
        let seen = Day {
            ships: known.iter().map(|at| day.ships[*at].clone()).collect(),
            chambers: chambers.collect(),
        };
        let plan = schedule(&seen, effort)?;
        let Some(first) = plan.lockages.into_iter().min_by(|a, b| a.start.total_cmp(&b.start)) else { break };
        if first.start > next {
            now = next;
            continue;
        }
        now = now.max(first.start);
        if let Some(chamber) = state.iter_mut().find(|chamber| chamber.id == first.chamber) {
            chamber.ready = first.end;
            chamber.facing = Some(first.side.other());
        }
        left.retain(|at| !first.ships.iter().any(|berth| berth.id == day.ships[*at].id));
        done.push(first);
    }
    if left.is_empty() {
        return Ok(done);
    }
    let why = "no plan served every ship; give it more work";
    Err(DayError { what: format!("{} ships", left.len()), why: why.into() })
}

/// Ways of working compared on one day.
///
/// # Errors
/// When a record is unusable.
pub fn compare(day: &Day, ahead: f64, plan: &Effort<'_>, hindsight: f64) -> Result<Vec<Outcome>, DayError> {
    day.check()?;
    let (real, _) = both(day)?;
    let (_, moves) = dispatched(&real);
    let by_rule = day.value(&lockages(day, &real, &moves))?;
    let by_plan = day.value(&rolling(day, ahead, plan)?)?;
    Ok(vec![
        Outcome { policy: "dispatch", value: by_rule },
        Outcome { policy: "rolling", value: by_plan },
        Outcome { policy: "hindsight", value: hindsight },
    ])
}
