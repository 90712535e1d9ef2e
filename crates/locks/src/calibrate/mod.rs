//! A lock's records: what they say about arrivals and lockages, and whether that predicts days it has not seen.

mod columns;
mod fit;
mod lockages;
mod predict;
mod records;

pub use fit::{Family, Fit, fit, test};
pub use predict::{DayPredicted, Holdout, predict};
pub use records::{Record, RecordProblem, read_records};

use serde::Serialize;

/// Fits and their test.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Calibration {
    /// The best family for each quantity first, the others after it.
    pub fits: Vec<Fitted>,
    /// Prediction against days kept back.
    pub holdout: Option<Holdout>,
    /// Records used.
    pub records: usize,
}

/// A fit of one quantity.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Fitted {
    /// `interarrival_up`, `interarrival_down`, `lockage`, `headway_exchange`, `headway_same_side`, `wait`: minutes;
    /// `length`, `beam`: metres; `deadweight`, `cargo`: tonnes.
    pub quantity: &'static str,
    /// How many values.
    pub n: usize,
    /// The fit.
    #[serde(flatten)]
    pub fit: Fit,
}

/// Draws of each bootstrap test.
const DRAWS: u32 = 199;

/// Fits what the records hold and tests it on the last `holdout` share of days.
///
/// Records must be in order of start; [`read_records`] gives them so.
pub fn calibrate(records: &[Record], holdout: f64, replications: u32, seed: u64) -> Calibration {
    let mut fits = vec![];
    for (quantity, values) in lockages::quantities(records) {
        for mut one in fit(&values) {
            test(&mut one, &values, DRAWS, seed);
            fits.push(Fitted { quantity, n: values.len(), fit: one });
        }
    }
    Calibration { fits, holdout: predict(records, holdout, replications, seed), records: records.len() }
}
