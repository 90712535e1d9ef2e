//! Conformance: how far what happened departs from the declared procedure.

pub mod align;
mod astar;
mod bound;
mod plain;
pub mod replay;
pub mod rules;

pub use align::{Aligned, Alignment, Conformance, Costs, Move, conform};
