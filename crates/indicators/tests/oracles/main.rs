//! Composite indices against the values of reference programs and publications.
#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test may fail loudly, and says what it skips"
)]

mod asem;
mod business;
mod methods;
mod sheet;
