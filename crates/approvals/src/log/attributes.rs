//! Attributes beyond activity, time, resource and transition: one sparse column a key.

use super::Interner;

/// A value of an attribute.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value<'a> {
    /// Text.
    Text(&'a str),
    /// Whole number.
    Int(i64),
    /// Number.
    Float(f64),
    /// Yes or no.
    Truth(bool),
    /// Microseconds since 1970-01-01 UTC.
    Time(i64),
}

/// Columns by key, each holding the rows that have a value. Rows are numbered by whoever fills them, in ascending order.
#[derive(Clone, Debug, Default)]
pub struct Attributes {
    keys: Interner,
    texts: Interner,
    columns: Vec<Column>,
}

#[derive(Clone, Debug, Default)]
struct Column {
    rows: Vec<u32>,
    kinds: Vec<u8>,
    bits: Vec<u64>,
}

impl Attributes {
    /// Puts a value at a row; the first value of a key at a row stays.
    pub fn put(&mut self, row: u32, key: &[u8], value: Value<'_>) {
        let key = self.keys.intern(key) as usize;
        if key == self.columns.len() {
            self.columns.push(Column::default());
        }
        let (kind, bits) = match value {
            Value::Text(text) => (0, u64::from(self.texts.intern(text.as_bytes()))),
            Value::Int(number) => (1, number as u64),
            Value::Float(number) => (2, number.to_bits()),
            Value::Truth(truth) => (3, u64::from(truth)),
            Value::Time(micros) => (4, micros as u64),
        };
        let column = &mut self.columns[key];
        match column.rows.last() {
            Some(last) if *last > row => {
                if let Err(at) = column.rows.binary_search(&row) {
                    column.rows.insert(at, row);
                    column.kinds.insert(at, kind);
                    column.bits.insert(at, bits);
                }
            }
            Some(last) if *last == row => {}
            _ => {
                column.rows.push(row);
                column.kinds.push(kind);
                column.bits.push(bits);
            }
        }
    }

    /// Takes back what was put at the last row: its event was refused.
    pub fn take_back(&mut self, row: u32) {
        for column in &mut self.columns {
            if column.rows.last() == Some(&row) {
                column.rows.pop();
                column.kinds.pop();
                column.bits.pop();
            }
        }
    }

    /// The value at a row.
    pub fn get(&self, row: u32, key: &str) -> Option<Value<'_>> {
        let column = &self.columns[self.keys.find(key.as_bytes())? as usize];
        column.rows.binary_search(&row).ok().map(|at| self.value(column, at))
    }

    /// The keys in order of first sight.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.keys.texts()
    }

    /// Every (row, value) of a key.
    pub fn column(&self, key: &str) -> impl Iterator<Item = (u32, Value<'_>)> {
        let column = self.keys.find(key.as_bytes()).and_then(|key| self.columns.get(key as usize));
        column
            .into_iter()
            .flat_map(|column| column.rows.iter().enumerate().map(|(at, row)| (*row, self.value(column, at))))
    }

    fn value(&self, column: &Column, at: usize) -> Value<'_> {
        let bits = column.bits[at];
        match column.kinds[at] {
            0 => Value::Text(self.texts.text(bits as u32)),
            1 => Value::Int(bits as i64),
            2 => Value::Float(f64::from_bits(bits)),
            3 => Value::Truth(bits != 0),
            _ => Value::Time(bits as i64),
        }
    }
}

/// A number the way people read it.
impl std::fmt::Display for Value<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Value::Text(text) => f.write_str(text),
            Value::Int(number) => number.fmt(f),
            Value::Float(number) => number.fmt(f),
            Value::Truth(truth) => truth.fmt(f),
            Value::Time(micros) => f.write_str(&super::time::utc(*micros)),
        }
    }
}
