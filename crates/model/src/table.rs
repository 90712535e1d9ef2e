//! Lent rows, result tables, and charts as views of tables.

use crate::{Code, Evidence, Origin, Problem, Text};
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Serialize;
use std::sync::Arc;

/// The tables of the dossiers at hand. A scenario is tables laid over tables.
pub trait Tables: Sync {
    /// Lends every usable row of a table in order; several files may hold one table. A table that is not there has no
    /// rows.
    fn each(&self, table: &str, see: &mut dyn FnMut(&Row<'_>));

    /// Is there such a table, if only an empty one?
    fn holds(&self, table: &str) -> bool;
}

/// Something folded once from lent rows: what an engine works on.
pub trait FromTables: Sized + Send + Sync + 'static {
    /// Folds the rows it needs. Dirty rows go to `problems` and are left out.
    fn from_tables(tables: &dyn Tables, problems: &mut Vec<Problem>) -> Self;
}

/// Where a row stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Path of the file relative to the place the dossiers share, `/` between.
    pub file: Arc<str>,
    /// Sheet of a workbook.
    pub sheet: Option<Arc<str>>,
    /// Row of the file, the header being row 1.
    pub row: u64,
}

/// A row lent by a dossier: its cells have been checked against the table's schema.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// Where it stands.
    pub place: &'a Place,
    /// Names of the columns.
    pub columns: &'a [Code],
    /// One cell a column.
    pub cells: &'a [Cell],
    /// Where the row says it comes from.
    pub origin: &'a Arc<Origin>,
}

/// One checked cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Empty.
    Missing,
    /// Text.
    Text(Arc<str>),
    /// A number as printed: its scale is the number of printed decimals.
    Number(Decimal),
    /// A day.
    Date(Date),
    /// Yes or no.
    Truth(bool),
}

impl<'a> Row<'a> {
    /// The cell of a column; missing when there is no such column.
    pub fn cell(&self, column: &str) -> &'a Cell {
        let at = self.columns.iter().position(|name| &**name == column);
        at.and_then(|at| self.cells.get(at)).unwrap_or(&Cell::Missing)
    }

    /// The text of a column.
    pub fn text(&self, column: &str) -> Option<&'a Arc<str>> {
        match self.cell(column) {
            Cell::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The number of a column.
    pub fn number(&self, column: &str) -> Option<Decimal> {
        match self.cell(column) {
            Cell::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// The day of a column.
    pub fn date(&self, column: &str) -> Option<Date> {
        match self.cell(column) {
            Cell::Date(date) => Some(*date),
            _ => None,
        }
    }

    /// The evidence of one of its cells. The row's own `published` and `edition` go before its origin's.
    pub fn evidence(&self, column: &str) -> Evidence {
        let value = match self.cell(column) {
            Cell::Missing => String::new(),
            Cell::Text(text) => text.to_string(),
            Cell::Number(number) => number.to_string(),
            Cell::Date(date) => date.to_string(),
            Cell::Truth(truth) => truth.to_string(),
        };
        let edition =
            self.text("edition").cloned().or_else(|| self.origin.edition.as_deref().map(Into::into));
        Evidence::row(crate::Citation {
            origin: self.origin.clone(),
            file: self.place.file.clone(),
            sheet: self.place.sheet.clone(),
            row: self.place.row,
            column: column.into(),
            value,
            published: self.date("published").or(self.origin.published),
            edition,
        })
    }
}

/// A result table: what a chart is a view of, what a download holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// Stable within an engine's output.
    pub id: Code,
    /// Its title.
    pub title: Text,
    /// Names of the columns.
    pub columns: Vec<Code>,
    /// Rows of texts and numbers.
    pub rows: Vec<Vec<Cell>>,
    /// What it rests on.
    pub evidence: Evidence,
}

/// How a chart draws.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// Points on a line: a dot strip.
    Dot,
    /// A line over time.
    Line,
    /// Ranks over time.
    Bump,
    /// Bars.
    Bar,
}

/// A chart is a view of a table, so every chart has one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chart {
    /// The finding as its title.
    pub title: Text,
    /// The table it draws.
    pub table: Code,
    /// How it draws.
    pub mark: Mark,
    /// The column along.
    pub x: Code,
    /// The columns drawn.
    pub y: Vec<Code>,
}
