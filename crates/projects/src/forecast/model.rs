//! What is uncertain about a year's investment.

use super::Pert;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A project may start, or resume, later than planned.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Slip {
    /// Probability that it does.
    pub probability: f64,
    /// Mean of the slip when it does, in months; exponentially distributed.
    pub mean_months: f64,
}

/// One project's share in the forecast.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Item {
    /// Its code.
    pub code: String,
    /// Done already in the period, for certain.
    #[serde(default)]
    pub done: f64,
    /// Planned for each month that is left, in the unit of the target. A single value is spread evenly.
    pub plan: Vec<f64>,
    /// Which part of its plan a project does when it is not late.
    pub pace: Pert,
    /// How late it may be.
    #[serde(default)]
    pub slip: Option<Slip>,
    /// The group whose shock it shares (an owner, a trade), by its number.
    #[serde(default)]
    pub group: Option<usize>,
}

/// A portfolio and its shocks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Portfolio {
    /// The projects.
    pub items: Vec<Item>,
    /// Standard deviation of the shock all share: what is left is multiplied by `1 + sd · N(0, 1)`.
    #[serde(default)]
    pub common_sd: f64,
    /// Standard deviation of each group's shock, of the same form.
    #[serde(default)]
    pub group_sd: Vec<f64>,
    /// Months that are left of the period.
    pub months: usize,
}

impl Portfolio {
    /// What is wrong with it, if anything.
    pub fn fault(&self) -> Option<String> {
        if self.items.is_empty() {
            return Some("there is no project to forecast".into());
        }
        if self.months == 0 || self.months > 1200 {
            return Some(format!("{} months cannot be forecast: 1 to 1200 can", self.months));
        }
        let sound = |sd: &f64| sd.is_finite() && *sd >= 0.0;
        if !sound(&self.common_sd) || !self.group_sd.iter().all(sound) {
            return Some("a standard deviation is negative".into());
        }
        self.items.iter().find_map(|item| {
            let slip = item.slip.is_none_or(|slip| {
                (0.0..=1.0).contains(&slip.probability)
                    && slip.mean_months.is_finite()
                    && slip.mean_months >= 0.0
            });
            let plan = !item.plan.is_empty()
                && item.plan.len() <= self.months
                && item.plan.iter().chain([&item.done]).all(|value| value.is_finite());
            let group = item.group.is_none_or(|group| group < self.group_sd.len());
            match (item.pace.is_sound(), slip, plan, group) {
                (true, true, true, true) => None,
                (false, ..) => Some(format!("the pace of {} is no distribution", item.code)),
                (_, false, ..) => Some(format!("the slip of {} is no distribution", item.code)),
                (_, _, false, _) => Some(format!("the plan of {} is empty or too long", item.code)),
                _ => Some(format!("{} belongs to a group without a shock", item.code)),
            }
        })
    }
}

impl Item {
    /// What is planned for the months left.
    pub fn planned(&self) -> f64 {
        self.plan.iter().sum()
    }

    /// Does a slip take away its share of months, whatever the month? So it does when the plan is even.
    pub(super) fn is_even(&self) -> bool {
        self.plan.len() == 1
            || self.plan.windows(2).all(|pair| (pair[0] - pair[1]).abs() <= 1e-12 * pair[0].abs())
    }

    /// Expected share of the plan that is done within the months left.
    pub fn expected(&self, months: usize) -> f64 {
        self.pace.mean()
            * (1.0 - self.slip.map_or(0.0, |slip| slip.probability * lost(slip.mean_months, months)))
    }
}

/// Expected share of an even plan that an exponential slip takes away: `E[min(X / m, 1)]`.
fn lost(mean: f64, months: usize) -> f64 {
    if mean <= 0.0 {
        return 0.0;
    }
    let months = months as f64;
    mean / months * (1.0 - (-months / mean).exp())
}
