//! Workbooks (XLSX): one sheet, read row by row into a loader.
//!
//! A workbook is a zip of XML. Its true size is found by unpacking it into nothing first, since the sizes it states may
//! be false, and its cells are taken one by one, since two cells far apart would span a table of billions.

use std::io::{Cursor, Read as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;

use calamine::{DataRef, Dimensions, Reader, Xlsx, XlsxError};
use jiff::civil::Date;

use crate::cells::{Raw, iso_date};
use crate::csv::Irregular;
use crate::faults::{At, CELL_TOO_LONG, CELLS_MERGED, FILE_UNREADABLE, SHEET_MISSING};
use crate::files::{Read, too_large, unreadable};
use crate::folder;
use crate::load::{From, Loader, Shared};
use crate::package::Sheet;
use crate::schema::Schema;

/// Most files within a workbook.
const MOST_PARTS: usize = 10_000;

/// Reads one sheet of a workbook.
pub(crate) fn read(
    path: &Path,
    from: From<'_>,
    sheet: Option<&Sheet>,
    schema: Schema,
    shared: &mut Shared<'_>,
) -> Option<Read> {
    let at = At::file(from.file);
    let bytes = match folder::read(path, shared.limits.file) {
        Ok(bytes) => bytes,
        Err(fault) => {
            unreadable(fault, at, shared.faults);
            return None;
        }
    };
    let mut read = Read { sha256: bytes.sha256, size: bytes.bytes.len() as u64, held: None };
    match unpacked(&bytes.bytes, shared.limits.unpacked) {
        Ok(Unpacked { size, .. }) if size > shared.limits.unpacked => {
            too_large(size, shared.limits.unpacked, at, shared.faults);
            return Some(read);
        }
        // A character takes up to six bytes of XML.
        Ok(Unpacked { longest, part, .. }) if longest > 6 * shared.limits.cell as u64 => {
            let most = format!("at most {} bytes", shared.limits.cell);
            shared.faults.add(CELL_TOO_LONG, at, &format!("{longest} bytes of text in {part}"), most);
            return Some(read);
        }
        Ok(_) => {}
        Err(reason) => {
            shared.faults.add(FILE_UNREADABLE, at, &reason, "a workbook (XLSX)");
            return Some(read);
        }
    }
    // The reader of workbooks is another's; a panic of it on a damaged file must not end the run.
    let sheet = catch_unwind(AssertUnwindSafe(|| {
        take(&bytes.bytes, sheet, shared.limits.columns, *shared.rows_left)
    }));
    match sheet {
        Ok(Ok(sheet)) => read.held = hand_over(&sheet, from, schema, shared),
        Ok(Err(Fault::NoSheet { asked, there })) => {
            shared.faults.add(SHEET_MISSING, at, &asked, there.join(", "));
        }
        Ok(Err(Fault::Damaged(reason))) => {
            shared.faults.add(FILE_UNREADABLE, at, &reason, "a workbook (XLSX)");
        }
        Err(_) => shared.faults.add(FILE_UNREADABLE, at, "a damaged workbook", "a workbook (XLSX)"),
    }
    Some(read)
}

/// What a workbook is like unpacked.
pub(crate) struct Unpacked {
    /// Its size in bytes, counted no further than a little past the limit.
    pub(crate) size: u64,
    /// The longest text of its cells, in bytes of XML.
    longest: u64,
    /// The part it stands in.
    part: String,
}

/// Unpacks a workbook into nothing.
pub(crate) fn unpacked(bytes: &[u8], most: u64) -> Result<Unpacked, String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    if archive.len() > MOST_PARTS {
        return Err(format!("{} parts", archive.len()));
    }
    let mut out = Unpacked { size: 0, longest: 0, part: String::new() };
    let mut chunk = vec![0; 64 << 10];
    for part in 0..archive.len() {
        let mut part = archive.by_index(part).map_err(|error| error.to_string())?;
        let name = part.name().map_err(|error| error.to_string())?.into_owned();
        let plain = name.to_ascii_lowercase();
        let holds_cells = plain.starts_with("xl/worksheets/") || plain == "xl/sharedstrings.xml";
        let mut run = 0;
        loop {
            let read = part.read(&mut chunk).map_err(|error| error.to_string())?;
            out.size += read as u64;
            if read == 0 || out.size > most {
                break;
            }
            for piece in chunk[..read].split_inclusive(|b| *b == b'<') {
                run += piece.len() as u64;
                if holds_cells && run > out.longest {
                    out.longest = run;
                    out.part.clone_from(&name);
                }
                if piece.ends_with(b"<") {
                    run = 0;
                }
            }
        }
    }
    Ok(out)
}

enum Fault {
    NoSheet { asked: String, there: Vec<String> },
    Damaged(String),
}

impl std::convert::From<XlsxError> for Fault {
    fn from(error: XlsxError) -> Self {
        Self::Damaged(error.to_string())
    }
}

/// A cell of a sheet.
pub(crate) enum Owned {
    Text(String),
    Number(f64),
    Date(Date),
    Truth(bool),
    Error(String),
}

/// The cells of a sheet by row and column, counted from zero.
struct Cells {
    name: Arc<str>,
    rows: Vec<(u32, Vec<(u32, Owned)>)>,
    merged: Vec<Dimensions>,
}

fn take(bytes: &[u8], asked: Option<&Sheet>, most_columns: usize, most_rows: u64) -> Result<Cells, Fault> {
    let mut book = Xlsx::new(Cursor::new(bytes))?;
    let there = book.sheet_names();
    let name = match asked {
        None => there.first().cloned(),
        Some(Sheet::Named(name)) => there.iter().find(|other| *other == name).cloned(),
        Some(Sheet::Number(number)) => number.checked_sub(1).and_then(|at| there.get(at)).cloned(),
    };
    let Some(name) = name else {
        let asked = match asked {
            Some(Sheet::Named(name)) => name.clone(),
            Some(Sheet::Number(number)) => number.to_string(),
            None => "the first sheet".to_owned(),
        };
        return Err(Fault::NoSheet { asked, there });
    };
    let merged = book.merge_cells_by_sheet_name(&name)?;
    let mut reader = book.worksheet_cells_reader(&name)?;
    let mut rows: Vec<(u32, Vec<(u32, Owned)>)> = Vec::new();
    while let Some(cell) = reader.next_cell()? {
        let (row, column) = cell.get_position();
        let Some(value) = owned(cell.get_value()) else { continue };
        if !matches!(rows.last(), Some((last, _)) if *last == row) {
            // Two rows of header, and one row over the limit tells that there are too many.
            if rows.len() as u64 > most_rows.saturating_add(2) {
                break;
            }
            rows.push((row, Vec::new()));
        }
        if let Some((_, cells)) = rows.last_mut() {
            // One cell over the limit tells that there are too many.
            if column as usize <= most_columns {
                cells.push((column, value));
            } else if cells.last().is_none_or(|(last, _)| (*last as usize) < most_columns) {
                cells.push((most_columns as u32, Owned::Text("…".into())));
            }
        }
    }
    rows.sort_by_key(|(row, _)| *row);
    for (_, cells) in &mut rows {
        cells.sort_by_key(|(column, _)| *column);
    }
    Ok(Cells { name: name.into(), rows, merged })
}

pub(crate) fn owned(value: &DataRef<'_>) -> Option<Owned> {
    Some(match value {
        DataRef::Empty => return None,
        DataRef::Int(number) => Owned::Number(*number as f64),
        DataRef::Float(number) => Owned::Number(*number),
        DataRef::String(text) => Owned::Text(text.clone()),
        DataRef::SharedString(text) => Owned::Text((*text).to_owned()),
        DataRef::Bool(truth) => Owned::Truth(*truth),
        DataRef::DateTime(time) if time.is_datetime() => {
            let (year, month, day, ..) = time.to_ymd_hms_milli();
            let date = i16::try_from(year).ok().and_then(|year| Date::new(year, month as i8, day as i8).ok());
            date.map_or(Owned::Number(time.as_f64()), Owned::Date)
        }
        DataRef::DateTime(time) => Owned::Number(time.as_f64()),
        DataRef::DateTimeIso(text) => match text.get(..10).and_then(iso_date) {
            Some(date) => Owned::Date(date),
            None => Owned::Text(text.clone()),
        },
        DataRef::DurationIso(text) => Owned::Text(text.clone()),
        DataRef::Error(error) => Owned::Error(error.to_string()),
    })
}

/// Gives the rows of a sheet to a loader, and notes merged cells among the data.
fn hand_over(
    sheet: &Cells,
    from: From<'_>,
    schema: Schema,
    shared: &mut Shared<'_>,
) -> Option<crate::store::Held> {
    let first = sheet.rows.first().map_or(0, |(row, _)| *row);
    let wide = |merged: &&Dimensions| merged.start != merged.end;
    let merged_header =
        sheet.merged.iter().filter(wide).any(|merged| merged.start.0 <= first + 1 && merged.end.0 >= first);
    let from = From { sheet: Some(&sheet.name), merged_header, ..from };
    for merged in sheet.merged.iter().filter(wide).filter(|merged| merged.start.0 > first + 1) {
        let at = At {
            file: from.file,
            sheet: Some(&sheet.name),
            row: Some(u64::from(merged.start.0) + 1),
            column: None,
        };
        let header =
            sheet.rows.first().and_then(|(_, cells)| cells.iter().find(|(at, _)| *at == merged.start.1));
        let column = match header {
            Some((_, Owned::Text(name))) => name.clone(),
            _ => letters(merged.start.1),
        };
        let found = format!(
            "{}{}:{}{}",
            letters(merged.start.1),
            merged.start.0 + 1,
            letters(merged.end.1),
            merged.end.0 + 1
        );
        shared.faults.add(CELLS_MERGED, at.column(&column), &found, "one value a cell");
    }
    let width_of = |cells: &[(u32, Owned)]| cells.last().map_or(0, |(at, _)| *at as usize + 1);
    let header_width = sheet.rows.iter().take(2).map(|(_, cells)| width_of(cells)).max().unwrap_or_default();
    let most = shared.limits.cell;
    let mut loader = Loader::new(from, schema, shared);
    for (row, cells) in &sheet.rows {
        let width = width_of(cells).max(header_width);
        let mut raw = vec![Raw::Empty; width];
        let mut odd = Vec::new();
        for (at, value) in cells {
            let at = *at as usize;
            raw[at] = match value {
                Owned::Text(text) if text.len() > most => {
                    odd.push((at, Irregular::Long(text.len() as u64)));
                    Raw::Text(&text[..text.floor_char_boundary(most)])
                }
                Owned::Text(text) if text.trim().is_empty() => Raw::Empty,
                Owned::Text(text) => Raw::Text(text),
                Owned::Number(number) => Raw::Number(*number),
                Owned::Date(date) => Raw::Date(*date),
                Owned::Truth(truth) => Raw::Truth(*truth),
                Owned::Error(error) => Raw::Error(error),
            };
        }
        if !loader.row(u64::from(*row) + 1, &raw, width, &odd) {
            break;
        }
    }
    loader.finish()
}

/// The letters of a column counted from zero: A, B, … AA.
fn letters(column: u32) -> String {
    let (mut column, mut out) = (column + 1, Vec::new());
    while column > 0 {
        out.push(b'A' + ((column - 1) % 26) as u8);
        column = (column - 1) / 26;
    }
    out.iter().rev().map(|b| char::from(*b)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_letters() {
        assert_eq!([0, 25, 26, 701, 702].map(letters), ["A", "Z", "AA", "ZZ", "AAA"]);
    }
}
