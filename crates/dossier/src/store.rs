//! Rows in memory, lent to engines.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use zhidian_model::{Cell, Code, Origin, Place, Row, Tables};

/// The rows of one file that hold for one table.
#[derive(Debug)]
pub(crate) struct Held {
    /// File as shown.
    pub(crate) file: Arc<str>,
    /// Sheet of a workbook.
    pub(crate) sheet: Option<Arc<str>>,
    /// Names of the columns.
    pub(crate) columns: Arc<[Code]>,
    /// Cells, row by row.
    pub(crate) cells: Vec<Cell>,
    /// Row of the file and origin of each row.
    pub(crate) rows: Vec<(u64, Arc<Origin>)>,
}

impl Held {
    /// The cells of a row by its position.
    pub(crate) fn cells_of(&self, at: usize) -> &[Cell] {
        let width = self.columns.len();
        self.cells.get(at * width..(at + 1) * width).unwrap_or_default()
    }

    /// Lends every row that is not hidden.
    pub(crate) fn each(&self, hidden: &BTreeSet<usize>, see: &mut dyn FnMut(&Row<'_>)) {
        let mut place = Place { file: self.file.clone(), sheet: self.sheet.clone(), row: 0 };
        for (at, (row, origin)) in self.rows.iter().enumerate() {
            if hidden.contains(&at) {
                continue;
            }
            place.row = *row;
            see(&Row { place: &place, columns: &self.columns, cells: self.cells_of(at), origin });
        }
    }
}

/// Rows of one file, less those that a scenario replaced.
#[derive(Clone, Debug)]
pub(crate) struct Segment {
    /// The rows.
    pub(crate) held: Arc<Held>,
    /// Positions of replaced rows.
    pub(crate) hidden: BTreeSet<usize>,
}

/// The tables of all dossiers opened together, used ones included.
#[derive(Clone, Debug, Default)]
pub struct TableStore {
    pub(crate) tables: BTreeMap<Code, Vec<Segment>>,
}

impl TableStore {
    /// Adds the rows of a file to a table.
    pub(crate) fn add(&mut self, table: &str, held: Held) -> Arc<Held> {
        let held = Arc::new(held);
        let segment = Segment { held: held.clone(), hidden: BTreeSet::new() };
        self.tables.entry(table.into()).or_default().push(segment);
        held
    }

    /// Ids of the tables that are there, if only empty ones.
    pub fn names(&self) -> impl Iterator<Item = &Code> {
        self.tables.keys()
    }

    /// The table that a file, or a sheet of a workbook, holds rows of.
    pub fn of_file(&self, file: &str, sheet: Option<&str>) -> Option<&Code> {
        let here = |segment: &Segment| &*segment.held.file == file && segment.held.sheet.as_deref() == sheet;
        self.tables.iter().find(|(_, segments)| segments.iter().any(here)).map(|(table, _)| table)
    }

    /// How many rows a table has.
    pub fn rows(&self, table: &str) -> usize {
        let segments = self.tables.get(table).map(Vec::as_slice).unwrap_or_default();
        segments.iter().map(|segment| segment.held.rows.len() - segment.hidden.len()).sum()
    }
}

impl Tables for TableStore {
    fn each(&self, table: &str, see: &mut dyn FnMut(&Row<'_>)) {
        for segment in self.tables.get(table).into_iter().flatten() {
            segment.held.each(&segment.hidden, see);
        }
    }

    fn holds(&self, table: &str) -> bool {
        self.tables.contains_key(table)
    }
}
