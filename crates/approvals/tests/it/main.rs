#![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]
//! Laws, and the figures of reference programs.

mod bad_input;
mod clock;
mod models;
mod ocel;
mod oracle;
mod stats;
