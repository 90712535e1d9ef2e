//! Approvals: where cases wait, what the law's clock says, and what a limit could be promised.

pub mod clock;
pub mod conform;
pub mod discover;
mod engine;
pub mod flow;
pub mod items;
pub mod log;
pub mod ocel;
pub mod procedure;
pub mod read;
pub mod simulate;
pub mod stats;

pub use engine::{Approvals, Item, Matters, Options, Rating};
