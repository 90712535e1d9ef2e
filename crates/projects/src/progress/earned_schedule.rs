//! Earned schedule: earned value read off the time axis of the plan (Lipke, "Schedule is Different", 2003).
//!
//! The schedule index of earned value ends at 1 however late the work was; that of earned schedule does not.

use super::evm::over;
use serde::Serialize;

/// When the plan meant to be where the work is.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct EarnedSchedule {
    /// Earned schedule, in the plan's periods from its start.
    pub es: f64,
    /// `ES / AT`.
    pub spi_t: Option<f64>,
    /// `ES − AT`, in periods.
    pub sv_t: f64,
    /// Independent estimate of the duration: planned duration over `SPI(t)`.
    pub eac_t: Option<f64>,
}

/// Earned schedule of `ev` at actual time `at` against planned values cumulated to the end of each period.
///
/// Between two periods the plan is linear. A plan that has reached its total is over: later periods that add nothing
/// do not count, so work finished on time has earned its planned duration and no more. `None` for an empty plan.
pub fn earned_schedule(planned: &[f64], ev: f64, at: f64) -> Option<EarnedSchedule> {
    let total = *planned.last()?;
    let duration = planned.iter().position(|value| *value >= total)? + 1;
    let reached = planned[..duration].iter().take_while(|value| **value <= ev).count();
    let es = if reached == duration {
        duration as f64
    } else {
        let before = if reached == 0 { 0.0 } else { planned[reached - 1] };
        let part = over(ev.max(0.0) - before, planned[reached] - before).unwrap_or(0.0);
        reached as f64 + part.max(0.0)
    };
    let spi_t = over(es, at);
    let eac_t = spi_t.and_then(|spi| over(planned.len() as f64, spi));
    Some(EarnedSchedule { es, spi_t, sv_t: es - at, eac_t })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ends_of_the_plan() {
        let plan = [5.0, 12.0, 22.0, 22.0];
        assert_eq!(earned_schedule(&plan, 0.0, 2.0).unwrap().es, 0.0);
        assert_eq!(earned_schedule(&plan, 2.5, 2.0).unwrap().es, 0.5);
        assert_eq!(earned_schedule(&plan, 22.0, 3.0).unwrap().es, 3.0, "the flat end adds no time");
        assert_eq!(earned_schedule(&plan, 99.0, 3.0).unwrap().es, 3.0);
        assert_eq!(earned_schedule(&[], 1.0, 1.0), None);
    }

    proptest! {
        #[test]
        fn earning_the_plan_of_a_month_is_that_month(steps in prop::collection::vec(0.1..9.0_f64, 1..40), at in 0..40_usize) {
            let plan: Vec<f64> = steps.iter().scan(0.0, |sum, step| { *sum += step; Some(*sum) }).collect();
            let at = at % plan.len();
            let found = earned_schedule(&plan, plan[at], (at + 1) as f64).unwrap();
            prop_assert!((found.es - (at + 1) as f64).abs() < 1e-9);
            prop_assert!(found.sv_t.abs() < 1e-9);
        }

        #[test]
        fn earning_more_is_never_earlier(steps in prop::collection::vec(0.0..9.0_f64, 1..40), a in 0.0..100.0_f64, b in 0.0..100.0_f64) {
            let plan: Vec<f64> = steps.iter().scan(0.0, |sum, step| { *sum += step; Some(*sum) }).collect();
            let (less, more) = (a.min(b), a.max(b));
            prop_assert!(earned_schedule(&plan, less, 1.0).unwrap().es <= earned_schedule(&plan, more, 1.0).unwrap().es + 1e-9);
        }
    }
}
