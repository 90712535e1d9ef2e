//! Units by indicators.

use std::borrow::Cow;

/// A table of numbers, units down and indicators across, kept column by column; a missing value is `NaN`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Matrix {
    rows: usize,
    values: Vec<f64>,
}

impl Matrix {
    /// From columns of equal length.
    ///
    /// # Panics
    /// When the columns differ in length.
    pub fn from_columns(columns: &[Vec<f64>]) -> Self {
        let rows = columns.first().map_or(0, Vec::len);
        assert!(columns.iter().all(|column| column.len() == rows), "columns of equal length");
        Self { rows, values: columns.concat() }
    }

    /// From rows of equal length.
    ///
    /// # Panics
    /// When the rows differ in length.
    pub fn from_rows(rows: &[Vec<f64>]) -> Self {
        let columns = rows.first().map_or(0, Vec::len);
        assert!(rows.iter().all(|row| row.len() == columns), "rows of equal length");
        let values = (0..columns).flat_map(|column| rows.iter().map(move |row| row[column])).collect();
        Self { rows: rows.len(), values }
    }

    /// How many units.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// How many indicators.
    pub fn columns(&self) -> usize {
        self.values.len().checked_div(self.rows).unwrap_or(0)
    }

    /// One indicator.
    pub fn column(&self, column: usize) -> &[f64] {
        &self.values[column * self.rows..(column + 1) * self.rows]
    }

    /// One indicator, to be changed.
    pub fn column_mut(&mut self, column: usize) -> &mut [f64] {
        &mut self.values[column * self.rows..(column + 1) * self.rows]
    }

    /// Every indicator in turn.
    pub fn each(&self) -> impl ExactSizeIterator<Item = &[f64]> {
        self.values.chunks_exact(self.rows.max(1))
    }

    /// One cell.
    pub fn at(&self, row: usize, column: usize) -> f64 {
        self.values[column * self.rows + row]
    }

    /// One unit's values.
    pub fn row(&self, row: usize) -> Vec<f64> {
        (0..self.columns()).map(|column| self.at(row, column)).collect()
    }

    /// Some of the units, in the order given.
    pub fn pick_rows(&self, rows: &[usize]) -> Self {
        let values = self.each().flat_map(|column| rows.iter().map(|row| column[*row])).collect();
        Self { rows: rows.len(), values }
    }

    /// The units that have all indicators, in order.
    pub fn whole_rows(&self) -> Vec<usize> {
        let mut missing = vec![false; self.rows];
        for column in self.each() {
            missing.iter_mut().zip(column).for_each(|(missing, x)| *missing |= x.is_nan());
        }
        (0..self.rows).filter(|row| !missing[*row]).collect()
    }

    /// Some of the units, without a copy where they are all.
    pub(super) fn of_rows(&self, rows: &[usize]) -> Cow<'_, Self> {
        if rows.len() == self.rows { Cow::Borrowed(self) } else { Cow::Owned(self.pick_rows(rows)) }
    }

    /// Some of the indicators, in the order given.
    pub fn pick_columns(&self, columns: &[usize]) -> Self {
        let values = columns.iter().flat_map(|column| self.column(*column).iter().copied()).collect();
        Self { rows: self.rows, values }
    }

    /// Every column changed by a function of the column and its position.
    pub fn map_columns(&self, mut change: impl FnMut(usize, &[f64]) -> Vec<f64>) -> Self {
        let columns: Vec<Vec<f64>> = self.each().enumerate().map(|(at, column)| change(at, column)).collect();
        Self::from_columns(&columns)
    }
}
