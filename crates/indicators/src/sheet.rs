//! Plain files of figures: one row a unit (wide), or one row a figure (long, SDMX-CSV 1.0 and 2.0).

mod column;
mod columns;
pub mod workbook;

use crate::composite::{Data, Fault, build::order_of};
use column::Column;
use columns::Columns;
use indexmap::IndexMap;
use std::io::Read;

/// Limits on what is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Cells in all.
    pub cells: usize,
    /// Faults that are kept; more are counted alone.
    pub faults: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { cells: 200_000_000, faults: 1_000 }
    }
}

/// Which columns mean what, where their names do not tell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// Column of the units.
    pub unit: Option<String>,
    /// Column of the periods.
    pub period: Option<String>,
}

/// A file of figures as it was read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    /// The figures: one row a unit and period.
    pub data: Data,
    /// The period of each row as it is written; empty for a cross-section.
    pub periods: Vec<String>,
    /// Columns of figures in the order of the file.
    pub measures: Vec<String>,
    /// The greatest number of decimals printed in each of them.
    pub decimals: Vec<u32>,
    /// What was wrong; rows by their number in the file, the header being row 1.
    pub faults: Vec<Fault>,
    /// How many more faults there were.
    pub more_faults: usize,
}

/// Why nothing could be read.
#[derive(Debug, thiserror::Error)]
pub enum SheetError {
    /// The file is not CSV.
    #[error("failed to read row {row}: {why}")]
    Row {
        /// Row of the file.
        row: u64,
        /// Why.
        why: String,
    },
    /// There is nothing in it.
    #[error("failed to find anything in it: the file is empty; it needs a header and at least one row")]
    Nothing,
    /// There are no rows.
    #[error("failed to find any row below the header; the file needs a header and at least one row")]
    Empty,
    /// No column holds the units.
    #[error("failed to find the column of units; name it with --unit-column. Columns: {0}")]
    NoUnits(String),
    /// A column that was named is not there.
    #[error("failed to find the column {name}. Columns: {columns}")]
    NoColumn {
        /// The name.
        name: String,
        /// What there is.
        columns: String,
    },
    /// The file is larger than allowed.
    #[error("failed to read beyond {0} cells; split the file")]
    TooLarge(usize),
}

impl Sheet {
    /// Reads a CSV file, wide or long, told apart by its columns. Cells that are no numbers are missing and said so.
    ///
    /// # Errors
    /// When the file is no table of figures at all.
    pub fn read(file: impl Read, layout: &Layout, limits: &Limits) -> Result<Self, SheetError> {
        let mut reader = csv::ReaderBuilder::new().flexible(true).buffer_capacity(1 << 20).from_reader(file);
        let header = reader.byte_headers().map_err(|error| at_row(1, &error))?;
        let header: Vec<String> = header
            .iter()
            .map(|name| String::from_utf8_lossy(name).trim_start_matches('\u{feff}').trim().to_owned())
            .collect();
        if header.iter().all(String::is_empty) {
            return Err(SheetError::Nothing);
        }
        let columns = Columns::of(&header, layout)?;
        let mut sheet = Reading { limits: *limits, sheet: Self::default(), cells: 0 };
        match columns {
            Columns::Wide { unit, period } => sheet.wide(&mut reader, &header, unit, period)?,
            Columns::Long { unit, period, measure, value } => {
                sheet.long(&mut reader, &header, unit, period, &measure, value)?;
            }
        }
        if sheet.sheet.data.units.is_empty() { Err(SheetError::Empty) } else { Ok(sheet.sheet) }
    }

    /// The values of a measure.
    pub fn values(&self, measure: &str) -> Option<&[f64]> {
        self.data.columns.get(measure).map(Vec::as_slice)
    }

    /// The greatest number of decimals printed in a measure's column.
    pub fn decimals(&self, measure: &str) -> u32 {
        let at = self.measures.iter().position(|name| name == measure);
        at.map_or(0, |at| self.decimals[at])
    }

    /// Half the weight of the last digit of a measure's column.
    pub fn half(&self, measure: &str) -> f64 {
        0.5 * 10_f64.powi(-i32::try_from(self.decimals(measure)).unwrap_or(0))
    }
}

/// A file being read.
struct Reading {
    limits: Limits,
    sheet: Sheet,
    cells: usize,
}

type Records<R> = csv::Reader<R>;

impl Reading {
    fn wide<R: Read>(
        &mut self,
        reader: &mut Records<R>,
        header: &[String],
        unit: usize,
        period: Option<usize>,
    ) -> Result<(), SheetError> {
        let others: Vec<usize> = (0..header.len()).filter(|at| *at != unit && Some(*at) != period).collect();
        let mut columns: Vec<Column> = others.iter().map(|at| Column::new(&header[*at])).collect();
        let mut seen: IndexMap<(String, String), ()> = IndexMap::new();
        let mut record = csv::ByteRecord::new();
        let mut row = 1;
        while read(reader, &mut record, &mut row)? {
            self.count(record.len())?;
            // Spreadsheets write rows of nothing but commas below a table.
            if record.iter().all(|cell| cell.trim_ascii().is_empty()) {
                continue;
            }
            let name = text(record.get(unit).unwrap_or_default());
            let when = period.map(|at| text(record.get(at).unwrap_or_default())).unwrap_or_default();
            if name.is_empty() {
                self.fault(
                    "no_unit",
                    &header[unit],
                    row,
                    "没有单位名，该行略去",
                    "the unit has no name; the row is left out",
                );
                continue;
            }
            if seen.insert((name.clone(), when.clone()), ()).is_some() {
                self.duplicate(&name, &when, row);
                continue;
            }
            self.row(name, when);
            self.period(row);
            for (column, at) in columns.iter_mut().zip(&others) {
                column.push(record.get(*at).unwrap_or_default(), row);
            }
        }
        for column in columns {
            self.column(column);
        }
        Ok(())
    }

    fn long<R: Read>(
        &mut self,
        reader: &mut Records<R>,
        header: &[String],
        unit: usize,
        period: Option<usize>,
        measure: &[usize],
        value: usize,
    ) -> Result<(), SheetError> {
        let mut rows: IndexMap<(Vec<u8>, Vec<u8>), ()> = IndexMap::new();
        let mut columns: IndexMap<Vec<u8>, Column> = IndexMap::new();
        let (mut key, mut name) = ((Vec::new(), Vec::new()), Vec::new());
        let action = header.iter().position(|column| column.eq_ignore_ascii_case("action"));
        let mut record = csv::ByteRecord::new();
        let mut row = 1;
        while read(reader, &mut record, &mut row)? {
            self.count(1)?;
            if record.get(unit).unwrap_or_default().trim_ascii().is_empty() {
                if !record.iter().all(|cell| cell.trim_ascii().is_empty()) {
                    let (zh, en) = ("没有单位名，该行略去", "the unit has no name; the row is left out");
                    self.fault("no_unit", &header[unit], row, zh, en);
                }
                continue;
            }
            if action.and_then(|at| record.get(at)).is_some_and(|action| action.trim_ascii() == b"D") {
                let (zh, en) =
                    ("该行的 ACTION 为 D（删除），略去", "its ACTION is D, delete; the row is left out");
                self.fault("deleted", &header[value], row, zh, en);
                continue;
            }
            key.0.clear();
            key.0.extend_from_slice(record.get(unit).unwrap_or_default());
            key.1.clear();
            key.1.extend_from_slice(period.and_then(|at| record.get(at)).unwrap_or_default());
            name.clear();
            for (at, part) in measure.iter().enumerate() {
                if at > 0 {
                    name.push(b'.');
                }
                name.extend_from_slice(record.get(*part).unwrap_or_default());
            }
            if name.is_empty() {
                // No dimension names the figure: its column does.
                name.extend_from_slice(header[value].as_bytes());
            }
            let place = match rows.get_index_of(&key) {
                Some(place) => place,
                None => {
                    self.row(text(&key.0), text(&key.1));
                    self.period(row);
                    rows.insert_full(key.clone(), ()).0
                }
            };
            if !columns.contains_key(&name) {
                columns.insert(name.clone(), Column::new(&text(&name)));
            }
            if let Some(column) = columns.get_mut(&name) {
                let again = column.set(place, record.get(value).unwrap_or_default(), row);
                if again {
                    self.duplicate(&text(&key.0), &text(&key.1), row);
                }
            }
        }
        let rows = self.sheet.data.units.len();
        for mut column in columns.into_values() {
            column.values.resize(rows, f64::NAN);
            column.is_number = true;
            self.column(column);
        }
        Ok(())
    }

    fn row(&mut self, unit: String, period: String) {
        self.sheet.data.units.push(unit);
        if !period.is_empty() {
            self.sheet.data.periods.push(order_of(&period));
            self.sheet.periods.push(period);
        }
    }

    /// Says where the period of the row just added is none.
    fn period(&mut self, row: u64) {
        let Some(period) = self.sheet.periods.last() else { return };
        let year = period.chars().take_while(char::is_ascii_digit).count();
        if year != 4 {
            let (zh, en) = (
                format!("“{period}”不是时期；请写作 2020、2020-Q3 或 2020-07"),
                format!("“{period}” is no period; write 2020, 2020-Q3 or 2020-07"),
            );
            self.fault("odd_period", "period", row, &zh, &en);
        }
    }

    fn count(&mut self, cells: usize) -> Result<(), SheetError> {
        self.cells += cells;
        if self.cells > self.limits.cells { Err(SheetError::TooLarge(self.limits.cells)) } else { Ok(()) }
    }

    /// A column is one of figures when at least half of its cells that say something are numbers; else of words.
    fn column(&mut self, column: Column) {
        if column.is_number || column.numbers * 2 >= column.said && column.numbers > 0 {
            for (row, cell) in &column.odd {
                let number = cell.parse::<f64>();
                let (code, zh, en) = match number {
                    Ok(number) if number.is_finite() => (
                        "too_large",
                        "数值过大，按缺失处理；请核对单位与位数",
                        "is too large and counts as missing; check its unit and zeros",
                    ),
                    Ok(_) => (
                        "not_finite",
                        "不是有限数，按缺失处理；请填数值，缺数留空",
                        "is no finite number and counts as missing; write a number, or nothing where there is none",
                    ),
                    Err(_) => (
                        "not_a_number",
                        "不是数，按缺失处理；请改为数字",
                        "is no number and counts as missing; write a number",
                    ),
                };
                self.fault(code, &column.name, *row, &format!("“{cell}”{zh}"), &format!("“{cell}” {en}"));
            }
            self.sheet.more_faults += column.more_odd;
            self.sheet.measures.push(column.name.clone());
            self.sheet.decimals.push(column.decimals);
            self.sheet.data.columns.insert(column.name, column.values);
        } else {
            self.sheet.data.groups.insert(column.name, column.words);
        }
    }

    fn duplicate(&mut self, unit: &str, period: &str, row: u64) {
        let of = if period.is_empty() { unit.to_owned() } else { format!("{unit}, {period}") };
        self.fault(
            "duplicate",
            &of,
            row,
            &format!("{of}重复出现，只取第一次"),
            &format!("{of} stands there again; only the first is taken"),
        );
    }

    fn fault(&mut self, code: &'static str, column: &str, row: u64, zh: &str, en: &str) {
        if self.sheet.faults.len() < self.limits.faults {
            self.sheet.faults.push(Fault::of(code, column, zh, en).in_row(row));
        } else {
            self.sheet.more_faults += 1;
        }
    }
}

fn read<R: Read>(
    reader: &mut Records<R>,
    record: &mut csv::ByteRecord,
    row: &mut u64,
) -> Result<bool, SheetError> {
    let more = reader.read_byte_record(record).map_err(|error| at_row(*row + 1, &error))?;
    *row = record.position().map_or(*row + 1, csv::Position::line);
    Ok(more)
}

fn at_row(row: u64, error: &csv::Error) -> SheetError {
    SheetError::Row { row, why: error.to_string() }
}

fn text(cell: &[u8]) -> String {
    String::from_utf8_lossy(cell).trim().to_owned()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail loudly")]
    use super::*;

    fn sheet(text: &str) -> Sheet {
        Sheet::read(text.as_bytes(), &Layout::default(), &Limits::default()).unwrap()
    }

    #[test]
    fn wide_with_groups_and_dirt() {
        let read =
            sheet("city,province,gdp,growth\nA,东,1.50,3\nB,西,二,4.25\nA,东,9,9\n,西,1,1\nC,西,,..\n");
        assert_eq!(read.data.units, ["A", "B", "C"]);
        assert_eq!(read.measures, ["gdp", "growth"]);
        assert_eq!(read.decimals, [2, 2]);
        assert_eq!(read.data.groups["province"], ["东", "西", "西"]);
        let codes: Vec<&str> = read.faults.iter().map(|fault| fault.code).collect();
        assert_eq!(codes, ["duplicate", "no_unit", "not_a_number"]);
        assert!(read.faults[2].to_string().contains("row 3"), "{}", read.faults[2]);
    }

    #[test]
    fn long_and_sdmx_say_the_same() {
        let long =
            sheet("subject,measure,period,value\nA,gdp,2019,1\nA,gdp,2020,2.5\nB,gdp,2020,3\nA,pop,2020,7\n");
        let sdmx = sheet(
            "STRUCTURE,STRUCTURE_ID,ACTION,REF_AREA,INDICATOR,TIME_PERIOD,OBS_VALUE,OBS_STATUS\n\
             dataflow,X:Y(1.0),I,A,gdp,2019,1,A\ndataflow,X:Y(1.0),I,A,gdp,2020,2.5,A\n\
             dataflow,X:Y(1.0),I,B,gdp,2020,3,A\ndataflow,X:Y(1.0),I,A,pop,2020,7,A\n",
        );
        assert_eq!(format!("{:?}", long.data), format!("{:?}", sdmx.data));
        assert_eq!(long.periods, ["2019", "2020", "2020"]);
        assert_eq!(long.data.columns["gdp"], [1.0, 2.5, 3.0]);
        assert!(long.data.columns["pop"][0].is_nan());
    }

    #[test]
    fn what_is_no_table_is_refused() {
        let refuse = |text: &str| {
            Sheet::read(text.as_bytes(), &Layout::default(), &Limits::default()).unwrap_err().to_string()
        };
        assert!(refuse("").contains("empty"), "{}", refuse(""));
        assert!(refuse("a,b\n").contains("any row"));
        let few = Limits { cells: 3, faults: 1 };
        let large = Sheet::read("a,b\nx,1\ny,2\n".as_bytes(), &Layout::default(), &few).unwrap_err();
        assert!(large.to_string().contains("3 cells"));
    }
}
