//! Will the year's target be met: Monte-Carlo over slips, pace and shared shocks.

mod calibrate;
mod drivers;
mod model;
mod pert;
mod simulate;

pub use calibrate::{BackTest, Calibrated, back_test, calibrate};
pub use drivers::{Driver, Lift, drivers, lift};
pub use model::{Item, Portfolio, Slip};
pub use pert::{Pert, Sampler, beta_quantile};
pub use simulate::{Run, Simulated, by_month, quantile, simulate};
