//! The API from outside.
#![allow(clippy::unwrap_used, reason = "a test may fail anywhere")]

mod description;
