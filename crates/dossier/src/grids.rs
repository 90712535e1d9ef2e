//! Workbooks (XLSX, XLSM) as they stand: every sheet as rows of texts, for files whose layout is their own.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Reader, Xlsx};

use crate::Limits;
use crate::workbook::{Owned, owned, unpacked};

/// Most cells that are taken of a workbook.
const MOST_CELLS: usize = 20_000_000;

/// A sheet: its rows from the first of the sheet on, so that row 1 of the sheet is the first, ragged to the right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grid {
    /// Its name.
    pub name: String,
    /// Its rows of cells as text; a number as short as it can be said, an error of a formula as it is shown.
    pub rows: Vec<Vec<String>>,
}

/// Why a workbook was not read.
#[derive(Debug, thiserror::Error)]
pub enum GridError {
    /// It unpacks to more than allowed.
    #[error("failed to unpack the workbook: it is larger than {0} bytes unpacked; split it")]
    TooLarge(u64),
    /// It has more cells than allowed, or cells too far apart.
    #[error(
        "failed to read the sheet {0}: it spans more than {MOST_CELLS} cells; delete what stands far off"
    )]
    TooWide(String),
    /// It is none.
    #[error("failed to read the workbook: {0}; save it as XLSX again")]
    Damaged(String),
}

/// Every sheet of a workbook.
///
/// # Errors
/// When it is no workbook or larger than allowed.
pub fn grids(bytes: &[u8], limits: &Limits) -> Result<Vec<Grid>, GridError> {
    let size = unpacked(bytes, limits.unpacked).map_err(GridError::Damaged)?.size;
    if size > limits.unpacked {
        return Err(GridError::TooLarge(limits.unpacked));
    }
    // The reader of workbooks is another's; a panic of it on a damaged file must not end the run.
    catch_unwind(AssertUnwindSafe(|| every(bytes)))
        .unwrap_or_else(|_| Err(GridError::Damaged("its parts do not fit together".into())))
}

fn every(bytes: &[u8]) -> Result<Vec<Grid>, GridError> {
    let damaged = |error: calamine::XlsxError| GridError::Damaged(error.to_string());
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut out = Vec::new();
    let mut cells = 0;
    for name in book.sheet_names() {
        // A sheet of charts has no cells to read.
        let Ok(mut reader) = book.worksheet_cells_reader(&name) else { continue };
        let mut rows: Vec<Vec<String>> = Vec::new();
        while let Some(cell) = reader.next_cell().map_err(damaged)? {
            let (row, column) = cell.get_position();
            let Some(value) = owned(cell.get_value()) else { continue };
            let (row, column) = (row as usize, column as usize);
            let more_rows = (row + 1).saturating_sub(rows.len());
            let wide = rows.get(row).map_or(0, Vec::len);
            cells += more_rows + (column + 1).saturating_sub(wide);
            if cells > MOST_CELLS {
                return Err(GridError::TooWide(name));
            }
            rows.resize_with(rows.len().max(row + 1), Vec::new);
            rows[row].resize_with(wide.max(column + 1), String::new);
            rows[row][column] = said(value);
        }
        out.push(Grid { name, rows });
    }
    Ok(out)
}

fn said(value: Owned) -> String {
    match value {
        Owned::Text(text) => text.trim().to_owned(),
        Owned::Number(number) => number.to_string(),
        Owned::Date(date) => date.to_string(),
        Owned::Truth(truth) => truth.to_string(),
        Owned::Error(error) => error,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::{Sheet, xlsx};

    #[test]
    fn every_sheet_is_read_as_it_stands() {
        let (first, second) = (vec![vec!["甲", "1.5"]], vec![vec!["乙"]]);
        let book = xlsx(&[
            Sheet { name: "数据", header: &["city", "gdp"], rows: &first },
            Sheet { name: "二", header: &["city"], rows: &second },
        ])
        .unwrap();
        let read = grids(&book, &Limits::default()).unwrap();
        assert_eq!(read.iter().map(|grid| &*grid.name).collect::<Vec<_>>(), ["数据", "二"]);
        assert_eq!(read[0].rows, [["city", "gdp"], ["甲", "1.5"]]);
        assert!(matches!(grids(b"PK nothing", &Limits::default()), Err(GridError::Damaged(_))));
    }
}
