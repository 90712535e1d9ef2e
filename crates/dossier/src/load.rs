//! Rows of a file to typed rows of a table: header, cells, meanings, keys.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, LazyLock};

use jiff::civil::Date;
use rust_decimal::Decimal;
use zhidian_model::{Cell, Code, Grade, Measure, Origin, Period, Subject};
use zhidian_vocabulary::{regions, units};

use crate::cells::{Broken, Raw, Typed, typed};
use crate::csv::Irregular;
use crate::export::starts_like_a_formula;
use crate::faults::{
    At, CELL_NUMBER_AS_TEXT, CELL_TOO_LONG, COLUMN_ABSENT, COLUMN_MISSING, COLUMN_REPEATED,
    COLUMN_UNEXPECTED, COLUMNS_TOO_MANY, ENTITY_UNKNOWN, Fault, Faults, HEADER_MERGED, HEADER_MISSING,
    HEADER_TWO_ROWS, INTERVAL_EMPTY, KEY_REPEATED, LIST_UNKNOWN, MEASURE_MALFORMED, ORIGIN_GRADE,
    ORIGIN_MISSING, ORIGIN_UNKNOWN, PERIOD_MALFORMED, QUOTE_STRAY, QUOTE_UNCLOSED, REGION_UNKNOWN,
    ROSTER_UNKNOWN, ROW_RAGGED, ROW_REPEATED, ROWS_TOO_MANY, STATUS_UNKNOWN, SUBJECT_MALFORMED, TEXT_FORMULA,
    TEXT_NUL, UNIT_UNKNOWN, VALUE_CONSTRAINT, VALUE_MISSING,
};
use crate::limits::Limits;
use crate::observations;
use crate::schema::{Field, Kind, Loss, Meaning, Schema};
use crate::store::Held;

/// Names that rows may refer to, as one dossier sees them.
#[derive(Debug, Default)]
pub(crate) struct Names {
    /// Origins by the id the dossier uses.
    pub(crate) origins: BTreeMap<Arc<str>, Arc<Origin>>,
    /// Ids of rosters; none are asked for before they are read.
    pub(crate) rosters: Option<BTreeSet<Code>>,
    /// Ids of lists.
    pub(crate) lists: BTreeSet<Code>,
    /// Named things; none are asked for before they are read.
    pub(crate) entities: Option<BTreeSet<Code>>,
}

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

enum Header {
    /// No row was seen.
    Waiting,
    /// The first row does not name the columns; the next one may.
    Second { row: u64, names: Vec<String>, width: usize },
    /// Where each column of the schema stands in the file.
    Ready { places: Vec<Option<usize>>, width: usize },
    /// The table cannot be read.
    Broken,
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

static NOBODY: LazyLock<Arc<Origin>> = LazyLock::new(|| {
    Arc::new(Origin {
        id: "".into(),
        grade: Grade::Assumed,
        publisher: String::new(),
        title: String::new(),
        address: String::new(),
        address_kind: None,
        published: None,
        edition: None,
        licence: None,
        sha256: None,
        copy_of: None,
        note: None,
    })
});

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

    fn first(&mut self, row: u64, cells: &[Raw<'_>], width: usize) {
        let names: Vec<String> = cells.iter().map(name).collect();
        if width > self.shared.limits.columns {
            let most = format!("at most {}", self.shared.limits.columns);
            self.shared.faults.add(COLUMNS_TOO_MANY, self.from.at().row(row), &width.to_string(), most);
            return;
        }
        if self.names_required(&names) && !self.from.merged_header {
            self.accept(row, names, width);
        } else {
            self.header = Header::Second { row, names, width };
        }
    }

    /// The second row names the columns where the first is a title or a heading over several columns.
    fn second(
        &mut self,
        row: u64,
        cells: &[Raw<'_>],
        width: usize,
        first: u64,
        above: Vec<String>,
        first_width: usize,
    ) {
        let below: Vec<String> = cells.iter().map(name).collect();
        let both: Vec<String> = (0..above.len().max(below.len()))
            .map(|at| {
                let lower = below.get(at).filter(|name| !name.is_empty());
                lower.or(above.get(at)).cloned().unwrap_or_default()
            })
            .collect();
        let is_header = |name: &String| self.schema.field(name).is_some();
        let better = both.iter().filter(|name| is_header(name)).count()
            > above.iter().filter(|n| is_header(n)).count();
        if self.names_required(&both) && (better || !self.names_required(&above)) {
            self.shared.faults.add(
                HEADER_TWO_ROWS,
                self.from.at().row(first),
                &above.join(","),
                "one row of column names",
            );
            self.accept(row, both, width.max(first_width));
        } else if self.names_required(&above) {
            // Merged, and yet every column has its name: the second row is data.
            self.accept(first, above, first_width);
            if let Header::Ready { places, width: expected } =
                std::mem::replace(&mut self.header, Header::Broken)
            {
                self.data(row, cells, width, &[], &places, expected);
                self.header = Header::Ready { places, width: expected };
            }
        } else {
            self.refuse(first, &above);
        }
    }

    fn names_required(&self, names: &[String]) -> bool {
        let named = |field: &Field| names.iter().any(|name| *name == *field.name);
        // Without a single required column any name of the schema tells a header from data.
        let required = self.schema.fields.iter().filter(|field| self.must_stand(field));
        required.clone().all(named)
            && (required.count() > 0 || self.schema.fields.is_empty() || self.schema.fields.iter().any(named))
    }

    fn must_stand(&self, field: &Field) -> bool {
        field.required && !(field.meaning == Meaning::Origin && self.from.origin.is_some())
    }

    fn refuse(&mut self, row: u64, names: &[String]) {
        let at = self.from.at().row(row);
        if self.from.merged_header {
            let expected = "one header row without merged cells";
            self.shared.faults.add(HEADER_MERGED, at, &names.join(","), expected);
        }
        for field in &self.schema.fields {
            if self.must_stand(field) && !names.iter().any(|name| *name == *field.name) {
                let at = at.column(&field.name);
                self.shared.faults.add(
                    COLUMN_MISSING,
                    at,
                    &names.join(","),
                    format!("a column {}", field.name),
                );
            }
        }
        self.header = Header::Broken;
    }

    fn accept(&mut self, row: u64, names: Vec<String>, width: usize) {
        let at = self.from.at().row(row);
        let faults = &mut *self.shared.faults;
        let mut places = vec![None; self.schema.fields.len()];
        let open = self.schema.fields.is_empty();
        for (place, name) in names.iter().enumerate().filter(|(_, name)| !name.is_empty()) {
            match self.schema.position(name) {
                Some(field) if places[field].is_none() => places[field] = Some(place),
                Some(_) => faults.add(COLUMN_REPEATED, at.column(name), name, "each name once"),
                None if open => {}
                None => faults.add(COLUMN_UNEXPECTED, at.column(name), name, "a column of the schema"),
            }
        }
        if open {
            // Without a schema every column is text.
            for (place, name) in names.iter().enumerate().filter(|(_, name)| !name.is_empty()) {
                if self.schema.position(name).is_none() {
                    self.schema.fields.push(crate::schema::any_text(name));
                    places.push(Some(place));
                }
            }
        }
        for (field, place) in self.schema.fields.iter().zip(&places) {
            if place.is_none() && field.declared && !field.required {
                faults.add(
                    COLUMN_ABSENT,
                    at.column(&field.name),
                    "no such column",
                    format!("a column {}", field.name),
                );
            }
        }
        self.origin_at = self.schema.fields.iter().position(|field| field.meaning == Meaning::Origin);
        if self.needs_origin
            && self.from.origin.is_none()
            && self.origin_at.is_none_or(|at| places[at].is_none())
        {
            faults.add(
                ORIGIN_MISSING,
                at.column("origin"),
                "no such column",
                "a column origin, or zhidian.origin",
            );
            return;
        }
        self.key = self.schema.primary_key.iter().filter_map(|name| self.schema.position(name)).collect();
        self.interval = self.schema.position("from").zip(self.schema.position("to"));
        if self.from.table == "observations" {
            self.observations = observations::Check::new(&self.schema);
        }
        self.header = Header::Ready { places, width };
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
            let broken =
                places[at].is_some_and(|place| odd.iter().any(|(at, odd)| *at == place && odd.breaks()));
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

    /// Does a text mean what its column asks for?
    fn means(&mut self, meaning: Meaning, text: &Arc<str>, raw: &Raw<'_>, at: At<'_>) -> Result<(), Broken> {
        let broken =
            |fault: &'static Fault, expected: &str| Err((fault, text.to_string(), expected.to_owned()));
        match meaning {
            Meaning::Plain => Ok(()),
            Meaning::Subject | Meaning::Entity => match text.parse::<Subject>() {
                Ok(Subject::Region(code)) if meaning == Meaning::Subject => known_region(code, text),
                Ok(Subject::Region(_)) => broken(SUBJECT_MALFORMED, "kind:id"),
                // An entry of a list is itself a naming.
                Ok(Subject::Entity { .. }) if self.from.table == "items" => Ok(()),
                Ok(Subject::Entity { .. }) => {
                    let unknown =
                        self.shared.names.entities.as_ref().is_some_and(|known| !known.contains(text));
                    if unknown {
                        self.warn(ENTITY_UNKNOWN, at, text, "a thing named in registers/entities.csv");
                    }
                    Ok(())
                }
                Err(_) => broken(SUBJECT_MALFORMED, "330800 or kind:id"),
            },
            Meaning::Region => match text.parse::<Subject>() {
                Ok(Subject::Region(code)) => known_region(code, text),
                _ => broken(REGION_UNKNOWN, "a six-digit code such as 330800"),
            },
            Meaning::Measure => match text.parse::<Measure>() {
                Ok(_) => Ok(()),
                Err(_) => {
                    broken(MEASURE_MALFORMED, "a code such as gdp.growth.real, or rank(gdp.growth.real)")
                }
            },
            Meaning::Period => {
                // A spreadsheet makes a day of a month: 2020-09 became 1 September.
                let may_be_month = matches!(raw, Raw::Date(day) if day.day() == 1);
                if may_be_month {
                    return Err((
                        PERIOD_MALFORMED,
                        format!("{text} (a date)"),
                        "2020-09 as text, or 2020-09-01 as text".into(),
                    ));
                }
                match text.parse::<Period>() {
                    Ok(_) => Ok(()),
                    Err(_) => broken(
                        PERIOD_MALFORMED,
                        "2020, 2020-H1, 2020-Q3, 2020-09, 2020-12-31, 2020-01..2020-09",
                    ),
                }
            }
            Meaning::Unit => match units::spelling(text) {
                Some(_) => Ok(()),
                None => broken(UNIT_UNKNOWN, "a unit such as 亿元, %, 个百分点, 万人, 位"),
            },
            Meaning::Origin => match self.shared.names.origins.contains_key(text) {
                true => Ok(()),
                false => broken(ORIGIN_UNKNOWN, "an id of origins.csv"),
            },
            Meaning::Roster => match &self.shared.names.rosters {
                Some(known) if !known.contains(text) => broken(ROSTER_UNKNOWN, "an id of rosters.csv"),
                _ => Ok(()),
            },
            Meaning::List => match self.shared.names.lists.contains(text) {
                true => Ok(()),
                false => broken(LIST_UNKNOWN, "an id of registers/lists.csv"),
            },
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

    /// Is it the first row of its key?
    fn is_first(&mut self, row: u64, start: usize) -> bool {
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

/// A column name as it stands in a header.
fn name(cell: &Raw<'_>) -> String {
    cell.shown().trim().trim_start_matches('\u{feff}').to_owned()
}

fn known_region(code: u32, text: &Arc<str>) -> Result<(), Broken> {
    match regions::by_code(code) {
        Some(_) => Ok(()),
        None => Err((REGION_UNKNOWN, text.to_string(), "a six-digit code of GB/T 2260".to_owned())),
    }
}

fn expected_of(field: &Field) -> String {
    match field.kind {
        Kind::Text => field.title.en.clone(),
        kind => format!("{}: {}", kind.name(), field.title.en),
    }
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
