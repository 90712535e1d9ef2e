//! Scheduling under limited resources, in one mode or several (RCPSP, MRCPSP).
//!
//! [`solve()`] gives a schedule, a lower bound and how far apart they are, whenever it is stopped.

mod bounds;
mod clauses;
mod generation;
mod genetic;
mod instance;
mod lanes;
mod modes;
mod network;
pub mod psplib;
mod rules;
mod solve;

pub use instance::{Activity, Fault, Instance, Mode, Schedule, Successor, topological};
pub use rules::Rule;
pub use solve::{Options, Solution, StoppedBy, solve};
