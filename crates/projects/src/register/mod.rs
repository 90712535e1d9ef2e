//! A register of projects: read from files, checked, and reconciled.
//!
//! | module | what it does |
//! |---|---|
//! | [`model`] | what a register holds |
//! | [`amounts`], [`dates`], [`header`] | money, days and columns as people write them |
//! | [`sheets`] | rows out of CSV files and workbooks |
//! | [`read`](mod@read) | rows into a register |
//! | [`reconcile`](mod@reconcile) | counts, totals, and what cannot be |

pub mod amounts;
pub mod dates;
pub mod header;
pub mod model;
mod problems;
pub mod read;
pub mod reconcile;
pub mod sheets;

pub use amounts::Unit;
pub use model::{Fen, Fund, Milestone, Month, Project, Register, Series, Source, Stage};
pub use read::{Reading, read, read_into};
pub use reconcile::{Fault, Finding, Totals, done_so_far, reconcile};
