//! Approvals: where cases wait, what the law's clock says, and what a limit could be promised.

pub mod clock;
pub mod conform;
pub mod discover;
pub mod log;
pub mod procedure;
pub mod read;
pub mod stats;
