#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "tests stop at the first surprise, and say what they skip"
)]
//! Laws, and the figures of reference programs.

mod bad_input;
mod clock;
mod models;
mod ocel;
mod oracle;
mod permits;
mod stats;
