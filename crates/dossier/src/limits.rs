//! How much a dossier may hold. Each limit that is hit is a problem with its place, never a crash.

/// Limits on what is read. The defaults suit a city's dossier many times over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a workbook, or of the kept cells of a CSV file. A cell over its own limit is skipped, not kept.
    pub file: u64,
    /// Bytes of a file that are looked at in all, cells over the limit included.
    pub scanned: u64,
    /// Bytes that a workbook may unpack to.
    pub unpacked: u64,
    /// Rows of all tables together.
    pub rows: u64,
    /// Bytes of a cell, in UTF-8.
    pub cell: usize,
    /// Columns of a table.
    pub columns: usize,
    /// Bytes of a document.
    pub document: u64,
    /// Bytes of `datapackage.json`, `parameters.toml` or a scenario.
    pub settings: u64,
    /// How deep JSON and TOML may nest.
    pub nesting: usize,
    /// Entries of a list in `datapackage.json`, and parameters of a file.
    pub listed: usize,
    /// How many steps of `uses` are followed.
    pub uses: usize,
    /// How many dossiers are opened together, used ones included.
    pub dossiers: usize,
    /// How many problems of one kind are listed for one file; the rest are counted.
    pub problems: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file: 64 << 20,
            scanned: 1 << 30,
            unpacked: 256 << 20,
            rows: 5_000_000,
            cell: 32 << 10,
            columns: 512,
            document: 8 << 20,
            settings: 8 << 20,
            nesting: 32,
            listed: 10_000,
            uses: 8,
            dossiers: 64,
            problems: 1000,
        }
    }
}

/// How to open dossiers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Limits on what is read.
    pub limits: Limits,
}
