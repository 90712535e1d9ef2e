//! Which projects to start under yearly budgets, with must-do projects and orders among them.
//!
//! A multi-period knapsack with precedence. [`select`] gives the best plan it found and a bound that no plan exceeds;
//! when they meet, the plan is best.

mod prices;
mod problem;
mod search;

pub use problem::{Binding, Candidate, Fault, Plan, Problem};
pub use search::{Selection, StoppedBy, select};
