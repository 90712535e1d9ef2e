//! A column being read: figures, and words as long as it may yet be one of words.

use super::text;

/// Cells that say "no value".
const MISSING: [&str; 10] = ["", "NA", "N/A", "null", "..", "...", ":", "-", "—", "…"];
/// Beyond this the square of a number is none.
const GREATEST: f64 = 1e150;

/// A column being read: figures, and words as long as it may yet be one of words.
pub(super) struct Column {
    pub(super) name: String,
    pub(super) values: Vec<f64>,
    pub(super) words: Vec<String>,
    pub(super) decimals: u32,
    pub(super) numbers: usize,
    pub(super) said: usize,
    pub(super) odd: Vec<(u64, String)>,
    pub(super) more_odd: usize,
    pub(super) is_number: bool,
}

/// How many cells that are no numbers are remembered of a column.
const ODD: usize = 100;
/// After so many figures without a word a column is one of figures, and its words are no longer kept.
const SURE: usize = 64;

impl Column {
    pub(super) fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            values: vec![],
            words: vec![],
            decimals: 0,
            numbers: 0,
            said: 0,
            odd: vec![],
            more_odd: 0,
            is_number: false,
        }
    }

    pub(super) fn push(&mut self, cell: &[u8], row: u64) {
        let value = self.number(cell, row);
        self.values.push(value);
        if !self.is_number {
            self.words.push(text(cell));
            if self.numbers == SURE && self.said == SURE {
                self.is_number = true;
                self.words = vec![];
            }
        }
    }

    /// Sets the value of a row; whether it had one.
    pub(super) fn set(&mut self, place: usize, cell: &[u8], row: u64) -> bool {
        if self.values.len() <= place {
            self.values.resize(place + 1, f64::NAN);
        } else if !self.values[place].is_nan() {
            return true;
        }
        let value = self.number(cell, row);
        self.values[place] = value;
        false
    }

    fn number(&mut self, cell: &[u8], row: u64) -> f64 {
        let cell = cell.trim_ascii();
        let Ok(cell) = std::str::from_utf8(cell) else {
            self.strange(row, &String::from_utf8_lossy(cell));
            return f64::NAN;
        };
        if MISSING.contains(&cell) {
            return f64::NAN;
        }
        self.said += 1;
        match cell.parse::<f64>() {
            Ok(value) if value.abs() <= GREATEST => {
                self.numbers += 1;
                let decimals = cell
                    .split_once('.')
                    .map_or(0, |(_, rest)| rest.bytes().take_while(u8::is_ascii_digit).count());
                self.decimals = self.decimals.max(decimals as u32);
                value
            }
            _ => {
                self.strange(row, cell);
                f64::NAN
            }
        }
    }

    fn strange(&mut self, row: u64, cell: &str) {
        if self.odd.len() < ODD {
            self.odd.push((row, cell.chars().take(40).collect()));
        } else {
            self.more_odd += 1;
        }
    }
}
