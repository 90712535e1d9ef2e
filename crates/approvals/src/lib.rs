//! Approvals: where cases wait, what the law's clock says, and what a limit could be promised.

pub mod clock;
pub mod log;
pub mod read;
pub mod stats;
