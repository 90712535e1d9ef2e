//! The keys of a table: one row a key, over all its files.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use jiff::civil::Date;
use rust_decimal::Decimal;
use zhidian_model::{Cell, Period};

use super::{Loader, shown};
use crate::faults::{KEY_REPEATED, ROW_REPEATED};
use crate::schema::Meaning;

/// Where a key stood first.
#[derive(Debug)]
struct First {
    file: Arc<str>,
    row: u64,
    content: u64,
}

/// The keys of one table over all its files.
#[derive(Debug, Default)]
pub(crate) struct Keys {
    /// By 128 bits of hash: equal hashes of different keys do not happen.
    first: HashMap<u128, First>,
}

impl Loader<'_, '_> {
    /// Is it the first row of its key?
    pub(super) fn is_first(&mut self, row: u64, start: usize) -> bool {
        if self.key.is_empty() {
            return true;
        }
        let cells = &self.cells[start..];
        let key: Vec<Part<'_>> = self
            .key
            .iter()
            .map(|&at| Part::of(&cells[at], self.schema.fields[at].meaning == Meaning::Period))
            .collect();
        // The origin counts by what it is, not by the id a dossier gives it.
        let origin = self.origin(start);
        let origin = origin.as_ref().map(|origin| &*origin.id);
        let hash = u128::from(hash_of(0, origin, &key)) << 64 | u128::from(hash_of(1, origin, &key));
        let content = hash_of(2, origin, &cells.iter().map(|cell| Part::of(cell, false)).collect::<Vec<_>>());
        let Some(first) = self.shared.keys.first.get(&hash) else {
            let first = First { file: self.from.file.clone(), row, content };
            self.shared.keys.first.insert(hash, first);
            return true;
        };
        let same = first.content == content && first.file != *self.from.file;
        let fault = if same { ROW_REPEATED } else { KEY_REPEATED };
        let expected = format!("one row a key; the first is row {} of {}", first.row, first.file);
        let names: Vec<&str> = self.schema.primary_key.iter().map(|name| &**name).collect();
        let texts: Vec<String> = self.key.iter().map(|&at| shown(&cells[at])).collect();
        let at = self.from.at().row(row).column(names[0]);
        self.shared.faults.add(fault, at, &texts.join(" "), expected);
        false
    }
}

/// A cell as it counts for a key: 3.5 is 3.50, and 2020-H1 is 2020-01..2020-06.
#[derive(Hash)]
enum Part<'a> {
    Missing,
    Text(&'a str),
    Period(Period),
    Number(Decimal),
    Date(Date),
    Truth(bool),
}

impl<'a> Part<'a> {
    fn of(cell: &'a Cell, is_period: bool) -> Self {
        match cell {
            Cell::Missing => Self::Missing,
            Cell::Text(text) if is_period => text.parse().map_or(Self::Text(text), Self::Period),
            Cell::Text(text) => Self::Text(text),
            Cell::Number(number) => Self::Number(number.normalize()),
            Cell::Date(date) => Self::Date(*date),
            Cell::Truth(truth) => Self::Truth(*truth),
        }
    }
}

fn hash_of(salt: u8, origin: Option<&str>, parts: &[Part<'_>]) -> u64 {
    let mut hasher = DefaultHasher::new();
    (salt, origin, parts).hash(&mut hasher);
    hasher.finish()
}
