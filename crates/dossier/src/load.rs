//! Rows of a file to typed rows of a table.

mod header;
mod keys;
mod meaning;

use std::collections::HashSet;
use std::sync::{Arc, LazyLock};

use zhidian_model::{Cell, Code, Grade, Origin};

use crate::cells::{Broken, Raw, Typed, typed};
use crate::csv::Irregular;
use crate::export::starts_like_a_formula;
use crate::faults::{
    At, CELL_NUMBER_AS_TEXT, CELL_TOO_LONG, Fault, Faults, HEADER_MISSING, INTERVAL_EMPTY, ORIGIN_GRADE,
    ORIGIN_MISSING, QUOTE_STRAY, QUOTE_UNCLOSED, ROW_RAGGED, ROWS_TOO_MANY, STATUS_UNKNOWN, TEXT_FORMULA,
    TEXT_NUL, VALUE_CONSTRAINT, VALUE_MISSING,
};
use crate::limits::Limits;
use crate::observations;
use crate::schema::{Field, Kind, Loss, Meaning, Schema};
use crate::store::Held;
use header::Header;

pub(crate) use keys::Keys;
pub(crate) use meaning::Names;

/// A table being read, and where from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct From<'a> {
    /// Id of the table.
    pub(crate) table: &'a str,
    /// File as shown.
    pub(crate) file: &'a Arc<str>,
    /// Sheet of a workbook.
    pub(crate) sheet: Option<&'a Arc<str>>,
    /// Merged cells of a workbook reach into its first two rows.
    pub(crate) merged_header: bool,
    /// The origin of rows that name none.
    pub(crate) origin: Option<&'a Arc<Origin>>,
}

impl<'a> From<'a> {
    fn at(&self) -> At<'a> {
        At { file: self.file, sheet: self.sheet.map(|sheet| &**sheet), row: None, column: None }
    }
}

/// Everything a loader shares with the others.
pub(crate) struct Shared<'a> {
    pub(crate) names: &'a Names,
    pub(crate) keys: &'a mut Keys,
    pub(crate) faults: &'a mut Faults,
    pub(crate) limits: &'a Limits,
    /// Rows that may still be read, over all tables.
    pub(crate) rows_left: &'a mut u64,
}

/// Reads the rows of one file into a table.
pub(crate) struct Loader<'a, 'b> {
    from: From<'a>,
    schema: Schema,
    shared: &'a mut Shared<'b>,
    header: Header,
    texts: HashSet<Arc<str>>,
    warned: HashSet<(&'static str, String)>,
    unique: HashSet<(usize, String)>,
    observations: Option<observations::Check>,
    interval: Option<(usize, usize)>,
    key: Vec<usize>,
    origin_at: Option<usize>,
    needs_origin: bool,
    cells: Vec<Cell>,
    rows: Vec<(u64, Arc<Origin>)>,
    full: bool,
}

/// Tables whose rows need no origin: origins themselves, and what a person overruled.
const WITHOUT_ORIGIN: &[&str] = &["origins", "overrides"];

static NOBODY: LazyLock<Arc<Origin>> = LazyLock::new(|| Arc::new(Origin::new("", Grade::Assumed)));

impl<'a, 'b> Loader<'a, 'b> {
    /// For one file or sheet of a table.
    pub(crate) fn new(from: From<'a>, schema: Schema, shared: &'a mut Shared<'b>) -> Self {
        Self {
            needs_origin: !WITHOUT_ORIGIN.contains(&from.table),
            from,
            schema,
            shared,
            header: Header::Waiting,
            texts: HashSet::new(),
            warned: HashSet::new(),
            unique: HashSet::new(),
            observations: None,
            interval: None,
            key: Vec::new(),
            origin_at: None,
            cells: Vec::new(),
            rows: Vec::new(),
            full: false,
        }
    }

    /// Takes the next row as it stands in the file: its cells, how many there are in all, and what is irregular.
    /// Answers whether to go on.
    pub(crate) fn row(
        &mut self,
        row: u64,
        cells: &[Raw<'_>],
        width: usize,
        odd: &[(usize, Irregular)],
    ) -> bool {
        match std::mem::replace(&mut self.header, Header::Broken) {
            Header::Waiting => {
                self.irregular(row, cells, odd, &|place| format!("#{}", place + 1));
                self.first(row, cells, width);
            }
            Header::Second { row: first, names, width: first_width } => {
                self.second(row, cells, width, first, names, first_width);
            }
            Header::Ready { places, width: expected } => {
                let go_on = self.data(row, cells, width, odd, &places, expected);
                self.header = Header::Ready { places, width: expected };
                return go_on;
            }
            Header::Broken => {}
        }
        !matches!(self.header, Header::Broken)
    }

    /// The rows that can be used, if the table could be read at all.
    pub(crate) fn finish(mut self) -> Option<Held> {
        match std::mem::replace(&mut self.header, Header::Broken) {
            Header::Waiting => {
                self.shared.faults.add(HEADER_MISSING, self.from.at(), "nothing", "a row of column names");
                None
            }
            Header::Second { row, names, .. } => {
                self.refuse(row, &names);
                None
            }
            Header::Ready { .. } => Some(Held {
                file: self.from.file.clone(),
                sheet: self.from.sheet.cloned(),
                columns: self.schema.fields.iter().map(|field| field.name.clone()).collect(),
                cells: self.cells,
                rows: self.rows,
            }),
            Header::Broken => None,
        }
    }

    fn data(
        &mut self,
        row: u64,
        cells: &[Raw<'_>],
        width: usize,
        odd: &[(usize, Irregular)],
        places: &[Option<usize>],
        expected: usize,
    ) -> bool {
        if *self.shared.rows_left == 0 {
            if !std::mem::replace(&mut self.full, true) {
                let most = format!("at most {} rows in all", self.shared.limits.rows);
                self.shared.faults.add(ROWS_TOO_MANY, self.from.at().row(row), "one row more", most);
            }
            return false;
        }
        if cells.iter().all(|cell| matches!(cell, Raw::Empty | Raw::Text(""))) && odd.is_empty() {
            return true;
        }
        *self.shared.rows_left -= 1;
        if !self.regular(row, cells, width, odd, places, expected) {
            // Which cell is whose cannot be told.
            return true;
        }
        let mut keep = true;
        let start = self.cells.len();
        let schema = std::mem::take(&mut self.schema.fields);
        for (at, field) in schema.iter().enumerate() {
            let raw = places[at].and_then(|place| cells.get(place)).unwrap_or(&Raw::Empty);
            let broken = places[at].is_some_and(|place| is_broken(odd, place));
            let cell = if broken {
                // It was reported where it is irregular.
                keep &= field.loss == Loss::Cell && !field.required;
                Cell::Missing
            } else {
                self.cell(row, at, field, raw, &mut keep)
            };
            self.cells.push(cell);
        }
        self.schema.fields = schema;
        keep = keep && self.whole_row(row, start);
        match self.origin(start).filter(|_| keep) {
            Some(origin) => self.rows.push((row, origin)),
            None => self.cells.truncate(start),
        }
        true
    }

    /// Notes what is irregular about cells.
    fn irregular(
        &mut self,
        row: u64,
        cells: &[Raw<'_>],
        odd: &[(usize, Irregular)],
        name: &dyn Fn(usize) -> String,
    ) {
        for (place, irregular) in odd {
            let column = name(*place);
            let at = self.from.at().row(row).column(&column);
            let found = cells.get(*place).map(Raw::shown).unwrap_or_default();
            let faults = &mut *self.shared.faults;
            match irregular {
                Irregular::Stray => faults.add(QUOTE_STRAY, at, &found, "quotes around a whole cell"),
                Irregular::Nul => faults.add(TEXT_NUL, at, &found, "text"),
                Irregular::Unclosed => faults.add(QUOTE_UNCLOSED, at, &found, "a closing quote"),
                Irregular::Long(length) => {
                    let most = format!("at most {} bytes", self.shared.limits.cell);
                    faults.add(CELL_TOO_LONG, at, &format!("{length} bytes: {found}"), most);
                }
            }
        }
    }

    /// Notes what is irregular about a row as a whole; answers whether it can be used.
    fn regular(
        &mut self,
        row: u64,
        cells: &[Raw<'_>],
        width: usize,
        odd: &[(usize, Irregular)],
        places: &[Option<usize>],
        expected: usize,
    ) -> bool {
        let at = self.from.at().row(row);
        if !odd.is_empty() {
            let names: Vec<Code> = self.schema.fields.iter().map(|field| field.name.clone()).collect();
            self.irregular(row, cells, odd, &|place| {
                let field = places.iter().position(|other| *other == Some(place));
                field.map_or_else(|| format!("#{}", place + 1), |field| names[field].to_string())
            });
        }
        if odd.iter().any(|(_, odd)| *odd == Irregular::Unclosed) {
            return false;
        }
        let over = cells.get(expected..).unwrap_or_default();
        let spilled = width > expected
            && (over.iter().any(|cell| !cell.is_missing(&self.schema.missing)) || width > cells.len());
        if width < expected || spilled {
            let found = format!("{width} cells");
            self.shared.faults.add(ROW_RAGGED, at, &found, format!("{expected} cells"));
            return false;
        }
        true
    }

    fn cell(&mut self, row: u64, at: usize, field: &Field, raw: &Raw<'_>, keep: &mut bool) -> Cell {
        let place = self.from.at().row(row).column(&field.name);
        if raw.is_missing(&self.schema.missing) {
            let from_resource = field.meaning == Meaning::Origin && self.from.origin.is_some();
            if field.required && !from_resource {
                *keep = false;
                let fault = if field.meaning == Meaning::Origin { ORIGIN_MISSING } else { VALUE_MISSING };
                self.shared.faults.add(fault, place, "nothing", expected_of(field));
            }
            return Cell::Missing;
        }
        match self.read(at, field, raw, place) {
            Ok(cell) => cell,
            Err((fault, found, expected)) => {
                self.shared.faults.add(fault, place, &found, expected);
                *keep &= field.loss == Loss::Cell;
                Cell::Missing
            }
        }
    }

    fn read(&mut self, at: usize, field: &Field, raw: &Raw<'_>, place: At<'_>) -> Result<Cell, Broken> {
        let named = |(fault, found, expected): Broken| {
            // Two closed sets have remedies of their own.
            let fault = match (self.from.table, &*field.name, fault.code) {
                ("observations", "status", "value.not_listed") => STATUS_UNKNOWN,
                ("origins", "grade", "value.not_listed") => ORIGIN_GRADE,
                _ => fault,
            };
            (fault, found, expected)
        };
        let cell = match typed(field, raw).map_err(named)? {
            Typed::Cell(cell) => cell,
            Typed::Text(text) => Cell::Text(self.share(&text)),
            Typed::Same => match raw {
                Raw::Text(text) => Cell::Text(self.share(text)),
                _ => Cell::Missing,
            },
        };
        if let (Cell::Number(_), Raw::Text(text), Some(_)) = (&cell, raw, self.from.sheet) {
            self.warn(CELL_NUMBER_AS_TEXT, place, text, "a number");
        }
        if let Cell::Text(text) = &cell {
            let text = text.clone();
            self.means(field.meaning, &text, raw, place)?;
            if field.meaning == Meaning::Plain && starts_like_a_formula(&text) {
                self.warn(TEXT_FORMULA, place, &text, "text");
            }
        }
        if field.limits.unique && !self.unique.insert((at, raw.shown())) {
            return Err((VALUE_CONSTRAINT, raw.shown(), "each value once".to_owned()));
        }
        Ok(cell)
    }

    /// One copy of each text.
    fn share(&mut self, text: &str) -> Arc<str> {
        match self.texts.get(text) {
            Some(shared) => shared.clone(),
            None => {
                let shared: Arc<str> = text.into();
                self.texts.insert(shared.clone());
                shared
            }
        }
    }

    /// Notes a warning once for each text.
    fn warn(&mut self, fault: &'static Fault, at: At<'_>, found: &str, expected: &str) {
        if self.warned.insert((fault.code, found.to_owned())) {
            self.shared.faults.add(fault, at, found, expected);
        }
    }

    /// Checks that need more than one cell; answers whether the row can be used.
    fn whole_row(&mut self, row: u64, start: usize) -> bool {
        let at = self.from.at().row(row);
        let cells = &mut self.cells[start..];
        if let Some((from, to)) = self.interval
            && let (Cell::Date(first), Cell::Date(last)) = (&cells[from], &cells[to])
            && first > last
        {
            let found = format!("{first} to {last}");
            self.shared.faults.add(
                INTERVAL_EMPTY,
                at.column("from"),
                &found,
                "the first day before the last",
            );
            return false;
        }
        if let Some(check) = &mut self.observations
            && !check.row(cells, at, self.shared.faults, &mut self.warned)
        {
            return false;
        }
        self.is_first(row, start)
    }

    /// The origin of the row whose cells start there.
    fn origin(&self, start: usize) -> Option<Arc<Origin>> {
        if !self.needs_origin {
            return Some(NOBODY.clone());
        }
        match self.origin_at.and_then(|at| self.cells.get(start + at)) {
            Some(Cell::Text(id)) => self.shared.names.origins.get(id).cloned(),
            _ => self.from.origin.cloned(),
        }
    }
}

impl Irregular {
    /// Can the cell not be used?
    fn breaks(self) -> bool {
        !matches!(self, Self::Stray)
    }
}

fn expected_of(field: &Field) -> String {
    match field.kind {
        Kind::Text => field.title.en.clone(),
        kind => format!("{}: {}", kind.name(), field.title.en),
    }
}

/// Can the cell at a place not be used? The irregular ones come in the order of their places.
fn is_broken(odd: &[(usize, Irregular)], place: usize) -> bool {
    let from = odd.partition_point(|(at, _)| *at < place);
    odd[from..].iter().take_while(|(at, _)| *at == place).any(|(_, odd)| odd.breaks())
}

/// What stands in a cell.
pub(crate) fn shown(cell: &Cell) -> String {
    match cell {
        Cell::Missing => String::new(),
        Cell::Text(text) => text.to_string(),
        Cell::Number(number) => number.to_string(),
        Cell::Date(date) => date.to_string(),
        Cell::Truth(truth) => truth.to_string(),
    }
}
