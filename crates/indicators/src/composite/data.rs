//! Units, periods and columns: what an index is made from.

use std::collections::BTreeMap;

/// What an index is made from: one row a unit, or a unit in a period.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Data {
    /// The unit of each row.
    pub units: Vec<String>,
    /// The period of each row as a number that orders them; empty for a cross-section.
    pub periods: Vec<f64>,
    /// Columns of numbers.
    pub columns: BTreeMap<String, Vec<f64>>,
    /// Columns of words: groups.
    pub groups: BTreeMap<String, Vec<String>>,
}

impl Data {
    /// The rows of some units alone; all where none is named.
    #[must_use]
    pub fn among(&self, units: &[String]) -> Self {
        self.rows_where(|row| units.is_empty() || units.contains(&self.units[row]))
    }

    /// Whether there is such a column, of numbers or of words.
    pub fn has(&self, column: &str) -> bool {
        self.columns.contains_key(column) || self.groups.contains_key(column)
    }

    /// What stands in a column at a row, as a word: a group, or a number as it is written. Nothing where it is empty.
    pub fn label(&self, column: &str, row: usize) -> Option<String> {
        match self.groups.get(column) {
            Some(words) => Some(words[row].clone()).filter(|word| !word.is_empty()),
            None => self.columns.get(column).map(|x| x[row]).filter(|x| !x.is_nan()).map(|x| x.to_string()),
        }
    }

    /// Some of the rows, in order.
    #[must_use]
    pub fn rows_where(&self, stays: impl Fn(usize) -> bool) -> Self {
        let rows: Vec<usize> = (0..self.units.len()).filter(|row| stays(*row)).collect();
        let words = |column: &[String]| rows.iter().map(|row| column[*row].clone()).collect::<Vec<_>>();
        let numbers = |column: &[f64]| rows.iter().map(|row| column[*row]).collect::<Vec<_>>();
        Self {
            units: words(&self.units),
            periods: if self.periods.is_empty() { vec![] } else { numbers(&self.periods) },
            columns: self.columns.iter().map(|(name, column)| (name.clone(), numbers(column))).collect(),
            groups: self.groups.iter().map(|(name, column)| (name.clone(), words(column))).collect(),
        }
    }
}

/// A number that orders periods: the year and what follows it (`2020`, `2020-Q3`, `2020-07`).
pub fn order_of(period: &str) -> f64 {
    let year: String = period.chars().take_while(char::is_ascii_digit).collect();
    let rest: String = period.chars().skip(year.len()).filter(char::is_ascii_digit).collect();
    let year: f64 = year.parse().unwrap_or(0.0);
    let part: f64 = rest.parse().unwrap_or(0.0);
    year + part / 10_000.0
}
