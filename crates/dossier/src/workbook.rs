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
use crate::faults::{At, CELLS_MERGED, FILE_UNREADABLE, SHEET_MISSING};
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
        Ok(size) if size <= shared.limits.unpacked => {}
        Ok(size) => {
            too_large(size, shared.limits.unpacked, at, shared.faults);
            return Some(read);
        }
        Err(reason) => {
            shared.faults.add(FILE_UNREADABLE, at, &reason, "a workbook (XLSX)");
            return Some(read);
        }
    }
    // The reader of workbooks is another's; a panic of it on a damaged file must not end the run.
    let sheet = catch_unwind(AssertUnwindSafe(|| take(&bytes.bytes, sheet, shared.limits.columns)));
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

/// Bytes a zip unpacks to, counted no further than a little past `most`.
fn unpacked(bytes: &[u8], most: u64) -> Result<u64, String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    if archive.len() > MOST_PARTS {
        return Err(format!("{} parts", archive.len()));
    }
    let (mut size, mut chunk) = (0_u64, vec![0; 64 << 10]);
    for part in 0..archive.len() {
        let mut part = archive.by_index(part).map_err(|error| error.to_string())?;
        loop {
            let read = part.read(&mut chunk).map_err(|error| error.to_string())?;
            size += read as u64;
            if read == 0 || size > most {
                break;
            }
        }
    }
    Ok(size)
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
enum Owned {
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

fn take(bytes: &[u8], asked: Option<&Sheet>, most_columns: usize) -> Result<Cells, Fault> {
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
    Ok(Cells { name: name.into(), rows, merged })
}

fn owned(value: &DataRef<'_>) -> Option<Owned> {
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
