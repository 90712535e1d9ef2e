//! Sentences with what they state, laws that hold on any text, and the annotated texts where they are at hand.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test that cannot read its files should stop and say so"
)]

mod laws;
mod oracle;
mod recognizers;
mod sentences;
