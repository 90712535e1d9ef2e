//! How far a portfolio is.
//!
//! | module | what it does |
//! |---|---|
//! | [`evm`] | earned value: variances, indices, estimates at completion |
//! | [`mod@earned_schedule`] | earned value read off the time axis of the plan |
//! | [`curve`](mod@curve) | S-curves by project, owner, trade and in all; who is behind |
//! | [`counted`](mod@counted) | investment as statistics count it |

pub mod counted;
pub mod curve;
pub mod earned_schedule;
pub mod evm;

pub use counted::{Counted, Rule, Way, counted};
pub use curve::{Group, Point, Slip, Status, curve, curves, slipped, status};
pub use earned_schedule::{EarnedSchedule, earned_schedule};
pub use evm::{EarnedValue, Inputs, earned_value};
