//! Projects: does a portfolio add up, how far is it, will its target be met, and what comes first.
//!
//! | module | question |
//! |---|---|
//! | [`register`] | what an office keeps of its projects, read from files and reconciled |
//! | [`progress`] | how far they are: earned value, earned schedule, S-curves, investment as statistics count it |
//! | [`forecast`] | will the year's target be met: Monte-Carlo with shared shocks, drivers, calibration |
//! | [`schedule`] | when to do what under limited resources, in one mode or several |
//! | [`select`] | which to start under yearly budgets |
//! | [`formats`] | schedules of Microsoft Project and Primavera, registers as workbooks |
//!
//! Each is plain mathematics on plain data; [`engine`] adapts a dossier's tables to it.

pub mod engine;
pub mod forecast;
pub mod formats;
pub mod progress;
mod random;
pub mod register;
pub mod schedule;
pub mod select;

pub use engine::Projects;
