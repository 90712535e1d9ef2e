//! Rows out of files: CSV in UTF-8, UTF-16 or GB18030, and workbooks.

use calamine::{DataRef, Reader as _, Xlsx};
use jiff::civil::Date;
use std::io::{Cursor, Read};

/// One cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'a> {
    /// Nothing.
    Empty,
    /// Text, trimmed.
    Text(&'a str),
    /// A number of a workbook.
    Number(f64),
    /// A day of a workbook.
    Day(Date),
    /// A cell whose formula fails.
    Error(&'a str),
}

/// What stands in a workbook's sheet beside its rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Merged {
    /// First row and column, counted from zero.
    pub from: (u32, u32),
    /// Last row and column.
    pub to: (u32, u32),
}

/// Why a file gave no rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It is damaged or of another kind.
    Unreadable(String),
    /// It is too large.
    TooLarge(String),
}

/// Most rows and columns of a sheet, bytes of a file, and bytes of a workbook unpacked.
const ROWS: u64 = 1_000_000;
const COLUMNS: usize = 2_000;
const BYTES: u64 = 1 << 30;
const UNPACKED: u64 = 2 << 30;

/// Something that takes rows: of a sheet by its name, with what is merged in it.
pub trait Sink {
    /// A sheet begins; a CSV file has no name.
    fn sheet(&mut self, name: Option<&str>, merged: &[Merged]);
    /// A row, counted from one.
    fn row(&mut self, row: u64, cells: &[Value<'_>]);
}

/// Reads a file of either kind, told by how it begins.
///
/// # Errors
/// See [`Fault`].
pub fn read(mut file: impl Read, sink: &mut dyn Sink) -> Result<(), Fault> {
    let mut bytes = Vec::new();
    let unreadable = |error: &dyn std::fmt::Display| Fault::Unreadable(error.to_string());
    file.by_ref().take(BYTES + 1).read_to_end(&mut bytes).map_err(|error| unreadable(&error))?;
    if bytes.len() as u64 > BYTES {
        return Err(Fault::TooLarge(format!("more than {BYTES} bytes")));
    }
    if bytes.starts_with(b"PK\x03\x04") {
        // The reader of workbooks is another's; a panic of it on a damaged file must not end the run.
        let read = std::panic::AssertUnwindSafe(|| workbook(&bytes, sink));
        std::panic::catch_unwind(read).unwrap_or_else(|_| Err(Fault::Unreadable("a damaged workbook".into())))
    } else {
        csv(&bytes, sink)
    }
}

/// Text of a file in whichever of the usual encodings.
///
/// # Errors
/// When it is in none of them.
pub fn decode(bytes: &[u8]) -> Result<std::borrow::Cow<'_, str>, Fault> {
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(bytes) {
        let (text, _) = encoding.decode_without_bom_handling(&bytes[mark..]);
        return Ok(text);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(text.into());
    }
    match encoding_rs::GB18030.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(text) => Ok(text),
        None => Err(Fault::Unreadable("neither UTF-8 nor GB18030".into())),
    }
}

fn csv(bytes: &[u8], sink: &mut dyn Sink) -> Result<(), Fault> {
    let text = decode(bytes)?;
    let first = text.lines().take(20).max_by_key(|line| line.len()).unwrap_or_default();
    let count = |c: char| first.matches(c).count();
    let delimiter = [',', '\t', ';'].into_iter().max_by_key(|c| (count(*c), *c == ',')).unwrap_or(',');
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter as u8)
        .from_reader(text.as_bytes());
    sink.sheet(None, &[]);
    let mut record = csv::StringRecord::new();
    let mut cells = Vec::new();
    while reader.read_record(&mut record).map_err(|error| Fault::Unreadable(error.to_string()))? {
        let row = record.position().map_or(0, csv::Position::line);
        if row > ROWS || record.len() > COLUMNS {
            return Err(Fault::TooLarge(format!("row {row} with {} columns", record.len())));
        }
        let values = std::mem::take(&mut cells);
        let mut values: Vec<Value<'_>> = reuse(values);
        values.extend(record.iter().map(|cell| match cell.trim() {
            "" => Value::Empty,
            text => Value::Text(text),
        }));
        sink.row(row, &values);
        cells = reuse(values);
    }
    Ok(())
}

/// The room of a list for cells of another lifetime.
fn reuse<'a>(mut cells: Vec<Value<'_>>) -> Vec<Value<'a>> {
    cells.clear();
    cells.into_iter().map(|_| Value::Empty).collect()
}

/// A cell that outlives the reader.
enum Owned {
    Text(String),
    Number(f64),
    Day(Date),
    Error(String),
}

fn workbook(bytes: &[u8], sink: &mut dyn Sink) -> Result<(), Fault> {
    let unreadable = |error: &dyn std::fmt::Display| Fault::Unreadable(error.to_string());
    check_size(bytes)?;
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|error| unreadable(&error))?;
    for name in book.sheet_names() {
        let merged = book.merge_cells_by_sheet_name(&name).unwrap_or_default();
        let merged: Vec<Merged> =
            merged.iter().map(|range| Merged { from: range.start, to: range.end }).collect();
        let mut reader = book.worksheet_cells_reader(&name).map_err(|error| unreadable(&error))?;
        let mut rows: Vec<(u32, Vec<(u32, Owned)>)> = Vec::new();
        while let Some(cell) = reader.next_cell().map_err(|error| unreadable(&error))? {
            let (row, column) = cell.get_position();
            if column as usize > COLUMNS || rows.len() as u64 > ROWS {
                return Err(Fault::TooLarge(format!("sheet {name}, row {}, column {}", row + 1, column + 1)));
            }
            let Some(value) = owned(cell.get_value()) else { continue };
            if rows.last().is_none_or(|(last, _)| *last != row) {
                rows.push((row, Vec::new()));
            }
            if let Some((_, cells)) = rows.last_mut() {
                cells.push((column, value));
            }
        }
        rows.sort_by_key(|(row, _)| *row);
        sink.sheet(Some(&name), &merged);
        for (row, cells) in &rows {
            let width = cells.iter().map(|(column, _)| *column as usize + 1).max().unwrap_or(0);
            let mut values = vec![Value::Empty; width];
            for (column, value) in cells {
                values[*column as usize] = match value {
                    Owned::Text(text) if text.trim().is_empty() => Value::Empty,
                    Owned::Text(text) => Value::Text(text.trim()),
                    Owned::Number(number) => Value::Number(*number),
                    Owned::Day(day) => Value::Day(*day),
                    Owned::Error(error) => Value::Error(error),
                };
            }
            sink.row(u64::from(*row) + 1, &values);
        }
    }
    Ok(())
}

/// A workbook's true size is found by unpacking it into nothing, since the sizes it states may be false.
fn check_size(bytes: &[u8]) -> Result<(), Fault> {
    let unreadable = |error: &dyn std::fmt::Display| Fault::Unreadable(error.to_string());
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| unreadable(&error))?;
    if archive.len() > 10_000 {
        return Err(Fault::TooLarge(format!("{} parts", archive.len())));
    }
    let mut left = UNPACKED;
    for part in 0..archive.len() {
        let part = archive.by_index(part).map_err(|error| unreadable(&error))?;
        let read = std::io::copy(&mut part.take(left + 1), &mut std::io::sink())
            .map_err(|error| unreadable(&error))?;
        left =
            left.checked_sub(read).ok_or_else(|| Fault::TooLarge(format!("more than {UNPACKED} bytes")))?;
    }
    Ok(())
}

fn owned(value: &DataRef<'_>) -> Option<Owned> {
    Some(match value {
        DataRef::Empty => return None,
        DataRef::Int(number) => Owned::Number(*number as f64),
        DataRef::Float(number) => Owned::Number(*number),
        DataRef::String(text) => Owned::Text(text.clone()),
        DataRef::SharedString(text) => Owned::Text((*text).to_owned()),
        DataRef::Bool(truth) => Owned::Text(truth.to_string()),
        DataRef::DateTime(time) => {
            let (year, month, day, ..) = time.to_ymd_hms_milli();
            let date = i16::try_from(year).ok().and_then(|year| Date::new(year, month as i8, day as i8).ok());
            date.map_or(Owned::Number(time.as_f64()), Owned::Day)
        }
        DataRef::DateTimeIso(text) => match text.get(..10).and_then(|day| day.parse().ok()) {
            Some(day) => Owned::Day(day),
            None => Owned::Text(text.clone()),
        },
        DataRef::DurationIso(text) => Owned::Text(text.clone()),
        DataRef::Error(error) => Owned::Error(error.to_string()),
    })
}
