//! The API from outside: without a socket where that will do, over one where it matters.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on shall say where")]

mod description;
mod hostile;
mod pages;
mod runs;
mod socket;
mod support;
mod tables;
mod writing;
