//! What was opened and read.

use jiff::civil::Date;
use serde::Serialize;
use std::path::PathBuf;

/// The dossiers that were opened together and every file read of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Manifest {
    /// The dossiers given, in the order given, then those they use.
    pub dossiers: Vec<Described>,
}

/// One dossier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Described {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// The folder's name by which its files are shown.
    pub folder: String,
    /// The folder itself; a matter of this machine, and not told.
    #[serde(skip)]
    pub root: PathBuf,
    /// The region it is about.
    pub region: Option<u32>,
    /// The day it looks from.
    pub reference_date: Option<Date>,
    /// Was it given, rather than used by another?
    pub given: bool,
    /// Folders of the dossiers it uses.
    pub uses: Vec<String>,
    /// The files that were read.
    pub files: Vec<FileRead>,
}

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FileRead {
    /// Path as shown: `quzhou/tables/observations.csv`.
    pub path: String,
    /// SHA-256 in hexadecimal.
    pub sha256: String,
    /// Size in bytes.
    pub bytes: u64,
    /// The table its rows belong to; none for documents and settings.
    pub table: Option<String>,
    /// Rows that can be used.
    pub rows: Option<u64>,
}
