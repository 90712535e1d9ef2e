//! A folder of tables and documents, read with origins and problems.
//!
//! The one library crate that touches files. [`Dossiers::open`] reads one or more dossiers with everything they use;
//! whatever is wrong with them is a [`Problem`](zhidian_model::Problem) with its file, sheet, row, column and remedy, and
//! the rest is used. `docs/dossier-format.md` describes the format, `docs/problems.md` every code.
//!
//! | module | what it does |
//! |---|---|
//! | [`schema`] | the columns of the tables, built in and declared |
//! | [`export`] | tables out, with nothing a spreadsheet takes for a formula |
//! | [`grids`] | a workbook as it stands, cell by cell, for layouts of its own |
//! | [`scenarios`] | rows and parameters laid over a dossier |

mod cells;
mod csv;
mod decode;
mod documents;
mod dossiers;
pub mod export;
mod faults;
mod files;
mod folder;
pub mod grids;
mod init;
mod limits;
mod load;
mod manifest;
mod observations;
mod origins;
mod overrule;
mod package;
mod parameters;
mod registers;
pub mod scenarios;
pub mod schema;
mod settings;
mod store;
mod workbook;
mod write;

pub use documents::{Document, read_bytes, read_text};
pub use dossiers::{Dossiers, OpenError, check};
pub use faults::{FAULTS, Fault};
pub use folder::hex;
pub use init::{InitError, init};
pub use limits::{Limits, Options};
pub use manifest::{Described, FileRead, Manifest};
pub use overrule::{OverruleError, overrule};
pub use parameters::{ParameterStore, Stated};
pub use registers::{Completeness, Entity, Item, List, Override};
pub use scenarios::{Scenario, ScenarioError};
pub use store::TableStore;
pub use write::write_atomically;
