//! Conformance: how far what happened departs from the declared procedure.

pub mod align;
mod bound;
pub mod replay;
pub mod rules;

pub use align::{Aligned, Alignment, Conformance, Costs, Move, conform};
