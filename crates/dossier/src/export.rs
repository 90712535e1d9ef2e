//! Tables out: CSV and XLSX that no spreadsheet takes for formulas.
//!
//! A text that starts with `=`, `+`, `-`, `@`, a tab or a carriage return gets a leading `'`, so that a name such as
//! `=HYPERLINK(…)` in somebody's data is shown and never run. Numbers stay numbers, and so does a text that is one.

use std::borrow::Cow;

use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::{Format, Workbook, XlsxError};
use zhidian_model::Cell;

use crate::cells::printed_number;

/// Something that goes into one cell.
pub trait Written {
    /// Its text.
    fn text(&self) -> Cow<'_, str>;

    /// Its number with its printed decimals, where it is one.
    fn number(&self) -> Option<rust_decimal::Decimal> {
        None
    }

    /// Its number as it was computed, where it is no printed figure.
    fn computed(&self) -> Option<f64> {
        None
    }
}

impl Written for &str {
    fn text(&self) -> Cow<'_, str> {
        Cow::Borrowed(self)
    }
}

impl Written for String {
    fn text(&self) -> Cow<'_, str> {
        Cow::Borrowed(self)
    }
}

impl Written for Cell {
    fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Text(text) => Cow::Borrowed(text),
            other => Cow::Owned(crate::load::shown(other)),
        }
    }

    fn number(&self) -> Option<rust_decimal::Decimal> {
        match self {
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }
}

/// One sheet of a workbook.
#[derive(Clone, Debug)]
pub struct Sheet<'a, C> {
    /// Its name; characters that a sheet name cannot hold are replaced, and it is cut to 31.
    pub name: &'a str,
    /// Names of the columns.
    pub header: &'a [&'a str],
    /// Its rows.
    pub rows: &'a [Vec<C>],
}

/// Why a table was not written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// A row has another number of cells than the header.
    #[error("failed to write row {row}: it has {cells} cells under {columns} columns")]
    Ragged {
        /// The row, the header being row 1.
        row: usize,
        /// Its cells.
        cells: usize,
        /// The columns.
        columns: usize,
    },
    /// It does not fit a workbook.
    #[error("failed to write a workbook: {0}")]
    Workbook(#[from] XlsxError),
}

/// Would a spreadsheet take this text for a formula?
pub fn starts_like_a_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r']) && text.len() > 1 && printed_number(text).is_err()
}

/// A text that no spreadsheet takes for a formula.
pub fn neutral(text: &str) -> Cow<'_, str> {
    if starts_like_a_formula(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// A table as CSV (RFC 4180, UTF-8, lines ending in CR LF).
///
/// # Errors
/// If a row has another number of cells than the header.
pub fn csv<H: AsRef<str>, C: Written>(header: &[H], rows: &[Vec<C>]) -> Result<String, ExportError> {
    let mut out = String::new();
    line(&mut out, header.iter().map(|name| neutral(name.as_ref())));
    for (at, row) in rows.iter().enumerate() {
        same_width(at, row.len(), header.len())?;
        line(&mut out, row.iter().map(safe));
    }
    Ok(out)
}

/// A cell as text, numbers as they are printed.
fn safe<C: Written>(cell: &C) -> Cow<'_, str> {
    if let Some(number) = cell.number() {
        return Cow::Owned(number.to_string());
    }
    if let Some(number) = cell.computed() {
        return Cow::Owned(number.to_string());
    }
    match cell.text() {
        Cow::Borrowed(text) => neutral(text),
        Cow::Owned(text) => Cow::Owned(neutral(&text).into_owned()),
    }
}

fn line<'a>(out: &mut String, cells: impl Iterator<Item = Cow<'a, str>>) {
    let start = out.len();
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            out.push(',');
        }
        if cell.contains([',', '"', '\n', '\r']) || cell.trim().len() != cell.len() {
            out.push('"');
            out.push_str(&cell.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(&cell);
        }
    }
    if out.len() == start {
        // A line of one empty cell must not look like a blank line.
        out.push_str("\"\"");
    }
    out.push_str("\r\n");
}

fn same_width(at: usize, cells: usize, columns: usize) -> Result<(), ExportError> {
    if cells == columns { Ok(()) } else { Err(ExportError::Ragged { row: at + 2, cells, columns }) }
}

/// Tables as a workbook, one sheet each, with a header that stays in sight.
///
/// # Errors
/// If a row has another number of cells than its header, or a table does not fit a sheet.
pub fn xlsx<C: Written>(sheets: &[Sheet<'_, C>]) -> Result<Vec<u8>, ExportError> {
    let mut book = Workbook::new();
    let bold = Format::new().set_bold();
    let mut names: Vec<String> = Vec::new();
    for sheet in sheets {
        let name = sheet_name(sheet.name, &names);
        let page = book.add_worksheet();
        page.set_name(&name)?;
        names.push(name);
        page.set_freeze_panes(1, 0)?;
        for (column, name) in (0_u16..).zip(sheet.header) {
            page.write_string_with_format(0, column, neutral(name), &bold)?;
        }
        for (at, row) in sheet.rows.iter().enumerate() {
            same_width(at, row.len(), sheet.header.len())?;
            let line = u32::try_from(at + 1).map_err(|_| XlsxError::RowColumnLimitError)?;
            for (column, cell) in (0_u16..).zip(row) {
                write_cell(page, line, column, cell)?;
            }
        }
    }
    Ok(book.save_to_buffer()?)
}

fn write_cell<C: Written>(
    page: &mut rust_xlsxwriter::Worksheet,
    row: u32,
    column: u16,
    cell: &C,
) -> Result<(), XlsxError> {
    // A workbook holds 15 digits: a longer number stays a text rather than lose some.
    let number =
        cell.number().filter(|number| number.normalize().mantissa().unsigned_abs() < 10_u128.pow(15));
    if let Some((number, float)) = number.and_then(|number| Some((number, number.to_f64()?))) {
        let decimals = "0".repeat(number.scale() as usize);
        let format = if decimals.is_empty() { "0".to_owned() } else { format!("0.{decimals}") };
        page.write_number_with_format(row, column, float, &Format::new().set_num_format(format))?;
        return Ok(());
    }
    if let Some(float) = cell.computed().filter(|float| float.is_finite()) {
        page.write_number(row, column, float)?;
        return Ok(());
    }
    let text = safe(cell);
    if !text.is_empty() {
        page.write_string(row, column, text.as_ref())?;
    }
    Ok(())
}

/// A name that a sheet can have and no other has.
fn sheet_name(name: &str, taken: &[String]) -> String {
    const MOST: usize = 31;
    let plain: String =
        name.chars().map(|c| if "[]:*?/\\'".contains(c) || c.is_control() { ' ' } else { c }).collect();
    let plain = if plain.trim().is_empty() { "table" } else { plain.trim() };
    let cut = |text: &str, most: usize| text.chars().take(most).collect::<String>();
    let first = cut(plain, MOST);
    let others = (2..).map(|number| {
        let end = format!(" {number}");
        cut(plain, MOST - end.len()) + &end
    });
    let is_free = |name: &String| !taken.iter().any(|other| other.to_lowercase() == name.to_lowercase());
    std::iter::once(first).chain(others).find(is_free).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::{Data, Reader};

    #[test]
    fn formulas_are_shown_and_numbers_stay_numbers() {
        for text in ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "-衢州"] {
            assert_eq!(neutral(text), format!("'{text}"));
        }
        for text in ["-3.5", "+7", "1=1", "衢州", "", "-", "’=1"] {
            assert_eq!(neutral(text), text);
        }
        let rows = vec![vec![Cell::Text("=1+1".into()), Cell::Number("-3.50".parse().unwrap())]];
        assert_eq!(csv(&["a", "=b()"], &rows).unwrap(), "a,'=b()\r\n'=1+1,-3.50\r\n");
    }

    #[test]
    fn csv_reads_back() {
        let rows = vec![vec!["x, \"y\"\nz", "", " a "]];
        let text = csv(&["一", "二", "三"], &rows).unwrap();
        let mut reader = ::csv::Reader::from_reader(text.as_bytes());
        let read: Vec<_> = reader.records().map(Result::unwrap).collect();
        assert_eq!(read[0].iter().collect::<Vec<_>>(), rows[0]);
        assert!(matches!(
            csv(&["a"], &[vec!["1", "2"]]),
            Err(ExportError::Ragged { row: 2, cells: 2, columns: 1 })
        ));
    }

    #[test]
    fn a_workbook_holds_what_was_written() {
        let rows =
            vec![vec![Cell::Text("=1+1".into()), Cell::Number("3.50".parse().unwrap()), Cell::Missing]];
        let header = ["a", "b", "c"];
        let sheet = |name| Sheet { name, header: &header, rows: &rows };
        let bytes = xlsx(&[sheet("a/b"), sheet("A b"), sheet("")]).unwrap();
        let mut book = calamine::Xlsx::new(std::io::Cursor::new(bytes)).unwrap();
        assert_eq!(book.sheet_names(), ["a b", "A b 2", "table"]);
        let range = book.worksheet_range("a b").unwrap();
        assert_eq!(range.get_value((1, 0)), Some(&Data::String("'=1+1".into())));
        assert_eq!(range.get_value((1, 1)), Some(&Data::Float(3.5)));
    }
}
