//! What is wrong with data, where, and what to do about it.

use crate::Text;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How much of the data a problem costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Everything is used, but a reader should know.
    Warning,
    /// The row or the cell is left out; the rest is used.
    Error,
    /// The file or the table is left out; the rest of the dossier is used.
    Fatal,
}

/// Dirty data is a problem, not an error: it names its place and the remedy, and the rest of the data still works.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Problem {
    /// How much it costs.
    pub severity: Severity,
    /// A stable short name: `number.malformed`, `origin.unknown`.
    pub code: String,
    /// Path of the file relative to the dossier, `/` between.
    pub file: String,
    /// Sheet of a workbook.
    pub sheet: Option<String>,
    /// Row of the file, the header being row 1; lines for text files.
    pub row: Option<u64>,
    /// Column by its name.
    pub column: Option<String>,
    /// What stands there, shortened.
    pub found: String,
    /// What should stand there.
    pub expected: String,
    /// What to do.
    pub remedy: Text,
}
