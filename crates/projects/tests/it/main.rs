//! The engine and its methods on files, against laws and against reference results.
#![allow(missing_docs)]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]
#![allow(clippy::print_stdout, reason = "says which comparison was skipped")]

mod engine;
mod evm;
mod forecast;
mod formats;
mod oracles;
mod register;
mod scheduling;
mod selecting;
