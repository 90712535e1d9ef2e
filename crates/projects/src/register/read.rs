//! From rows to a register: the header is found, each column gets its meaning and unit, each cell its value or a problem.

use super::{
    Fen, Milestone, Month, Project, Register, Source, Stage,
    amounts::{self, NoAmount, Unit},
    dates::{self, NoDay},
    header::{self, Field, Mapping, What},
    model::{At, Fund},
    problems::{self as kinds, Problems},
    sheets::{self, Merged, Value},
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, io::Read};
use zhidian_model::Problem;

/// How to read a register, beside what its own headers say.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Reading {
    /// Unit of the columns whose header states none.
    pub unit: Option<String>,
    /// Year of the report, for columns such as 年度计划投资 and 3月.
    pub year: Option<i16>,
    /// Row of the header, counted from one; found by itself when not given.
    pub header: Option<u64>,
    /// Sheets to read; all that look like a register when not given.
    pub sheets: Vec<String>,
    /// Column as printed → what it holds: `invest_total`, `invest_year:2026`, `earned:2025-01`.
    pub columns: Mapping,
}

impl Reading {
    /// From a mapping file (TOML with the fields of this struct).
    ///
    /// # Errors
    /// When it is no such file, or names a field that does not exist.
    pub fn from_toml(text: &str) -> Result<Self, String> {
        let reading: Self = toml::from_str(text).map_err(|error| error.to_string())?;
        if let Some((column, field)) =
            reading.columns.iter().find(|(_, field)| header::named(field).is_none())
        {
            return Err(format!("column {column:?}: there is no field {field:?}"));
        }
        if let Some(unit) = reading.unit.as_deref().filter(|unit| Unit::named(unit).is_none()) {
            return Err(format!("there is no unit {unit:?}"));
        }
        Ok(reading)
    }
}

/// Reads a register from a CSV file or a workbook. Whatever is wrong is a problem; the rest is used.
pub fn read(name: &str, file: impl Read, reading: &Reading) -> (Register, Vec<Problem>) {
    read_into(Register::default(), name, file, reading)
}

/// Reads one more file into a register: progress by month beside the list of projects.
pub fn read_into(
    register: Register,
    name: &str,
    file: impl Read,
    reading: &Reading,
) -> (Register, Vec<Problem>) {
    let mut reader = Reader::new(register, name, reading);
    match sheets::read(file, &mut reader) {
        Ok(()) => reader.end_sheet(),
        Err(sheets::Fault::Unreadable(why)) => reader.problems.add(&kinds::UNREADABLE, None, None, &why),
        Err(sheets::Fault::TooLarge(why)) => reader.problems.add(&kinds::TOO_BIG, None, None, &why),
    }
    if !reader.any_header && reader.problems.all.is_empty() {
        reader.problems.add(&kinds::NO_HEADER, None, None, "no header");
    }
    (reader.register, reader.problems.finish())
}

/// A column with its meaning.
#[derive(Clone, Debug)]
struct Column {
    at: usize,
    name: String,
    field: Field,
    unit: Option<Unit>,
    /// Logarithm of amounts with their rows, to see units that are mixed.
    sizes: Vec<(u64, Fen)>,
}

/// A row kept until the header is known.
type Kept = (u64, Vec<Option<String>>);

struct Reader<'a> {
    register: Register,
    by_code: BTreeMap<String, usize>,
    reading: &'a Reading,
    mapping: Mapping,
    unit: Option<Unit>,
    /// Unit of a line above the header.
    sheet_unit: Option<Unit>,
    year: Option<i16>,
    columns: Vec<Column>,
    /// Where each row states the unit of its amounts, if it does.
    unit_at: Option<usize>,
    is_progress: bool,
    any_header: bool,
    header_row: Option<u64>,
    /// The header row itself, until it is known whether a second row follows.
    first_header: Option<Kept>,
    merged: Vec<Merged>,
    skip: bool,
    had_register: bool,
    problems: Problems,
}

/// Rows among which the header is looked for.
const HEADER_WITHIN: u64 = 20;

impl<'a> Reader<'a> {
    fn new(register: Register, name: &str, reading: &'a Reading) -> Self {
        let by_code =
            register.projects.iter().enumerate().map(|(at, project)| (key(project).to_owned(), at)).collect();
        Self {
            had_register: !register.projects.is_empty(),
            register,
            by_code,
            reading,
            mapping: reading.columns.clone(),
            unit: reading.unit.as_deref().and_then(Unit::named),
            sheet_unit: None,
            year: reading.year,
            columns: Vec::new(),
            unit_at: None,
            is_progress: false,
            any_header: false,
            header_row: None,
            first_header: None,
            merged: Vec::new(),
            skip: false,
            problems: Problems { file: name.to_owned(), ..Problems::default() },
        }
    }

    /// Looks for the header in a row, and for a unit and a year in the lines above it.
    fn look_for_header(&mut self, row: u64, cells: &[Value<'_>]) {
        let texts: Vec<Option<String>> = cells
            .iter()
            .map(|cell| match cell {
                Value::Text(text) => Some((*text).to_owned()),
                Value::Day(day) => Some(Month::of(*day).to_string()),
                Value::Number(number) => Some(number.to_string()),
                _ => None,
            })
            .collect();
        if let Some((first_row, first)) = self.first_header.take() {
            let second_counts = self.reading.header.is_none() && self.is_second_header(&first, &texts);
            let header = if second_counts { joined(&first, &texts, &self.merged, first_row) } else { first };
            self.take_header(if second_counts { row } else { first_row }, &header);
            if !second_counts {
                self.data(row, cells);
            }
            return;
        }
        let known = texts.iter().flatten().filter(|text| self.meaning(text).is_some()).count();
        let named = texts
            .iter()
            .flatten()
            .any(|text| matches!(self.meaning(text), Some((Field::Code | Field::Name, _))));
        if self.reading.header.map_or(known >= 2 && named, |header| header == row) {
            self.first_header = Some((row, texts));
            return;
        }
        for text in texts.iter().flatten() {
            if text.contains("单位") || text.to_lowercase().contains("unit") {
                self.sheet_unit = Unit::in_words(text).or(self.sheet_unit);
            }
            let year = text.char_indices().filter_map(|(at, _)| text.get(at..at + 4)?.parse::<i16>().ok());
            self.year = self.year.or(year.into_iter().find(|year| (1990..2100).contains(year)));
        }
        if row > HEADER_WITHIN {
            self.skip = true;
        }
    }

    fn meaning(&self, text: &str) -> Option<(Field, Option<Unit>)> {
        header::meaning(text, &self.mapping, self.year)
    }

    /// Does the row under the header name columns too: months under 完成投资, say?
    fn is_second_header(&self, first: &[Option<String>], second: &[Option<String>]) -> bool {
        // A row of data has something under the code or the name.
        let data = first.iter().zip(second).any(|(above, below)| {
            let named = above.as_deref().and_then(|text| self.meaning(text));
            matches!(named, Some((Field::Code | Field::Name, _))) && below.is_some()
        });
        let names = second
            .iter()
            .flatten()
            .filter(|text| self.meaning(text).is_some() || text.ends_with('月') || dates::read(text).is_ok());
        !data && names.count() >= 1
    }

    fn take_header(&mut self, row: u64, header: &[Option<String>]) {
        self.header_row = Some(row);
        self.any_header = true;
        self.columns.clear();
        let meanings: Vec<_> =
            header.iter().map(|name| name.as_ref().and_then(|name| self.meaning(name))).collect();
        self.unit_at =
            meanings.iter().position(|meaning| meaning.is_some_and(|(field, _)| field == Field::Unit));
        for (at, (name, meaning)) in header.iter().zip(meanings).enumerate() {
            let (Some(name), Some((field, unit))) = (name, meaning) else { continue };
            if field == Field::Unit {
                continue;
            }
            // Where rows state their unit, what holds for all is only for rows that do not.
            let for_all = self.sheet_unit.or(self.unit).filter(|_| self.unit_at.is_none());
            let unit = unit.or(for_all);
            let silent = field.is_money() && unit.is_none() && self.unit_at.is_none();
            if silent && !self.columns.iter().any(|other| other.field == field) {
                // Cells may still state their own.
                self.problems.add(&kinds::UNIT_UNKNOWN, Some(row), Some(name), name);
            }
            if !self.columns.iter().any(|other| other.field == field) {
                self.columns.push(Column { at, name: name.clone(), field, unit, sizes: Vec::new() });
            }
        }
        self.is_progress = self.columns.iter().any(|column| column.field == Field::Period);
        if !self.is_progress {
            // 完成投资 beside a list of projects is what was done so far.
            for column in &mut self.columns {
                if column.field == Field::Amount(What::Earned) {
                    column.field = Field::Done;
                }
            }
        }
    }

    /// A row of data.
    fn data(&mut self, row: u64, cells: &[Value<'_>]) {
        if cells.iter().all(|cell| matches!(cell, Value::Empty)) {
            return;
        }
        if self.is_total(cells) {
            self.compare_total(row, cells);
            return;
        }
        let at = At { sheet: self.register.sheets.len().saturating_sub(1) as u32, row };
        let mut project = Project { at, ..Project::default() };
        let mut period = None;
        let mut amounts: Vec<(What, Fen)> = Vec::new();
        let row_unit = self.row_unit(row, cells);
        let mut columns = std::mem::take(&mut self.columns);
        for column in &mut columns {
            let cell = cells.get(column.at).unwrap_or(&Value::Empty);
            if matches!(cell, Value::Empty) {
                continue;
            }
            if let Value::Error(error) = cell {
                self.problems.add(&kinds::ERROR_CELL, Some(row), Some(&column.name), error);
                continue;
            }
            match column.field {
                Field::Period => {
                    period = self.days(row, column, cell).map(|days| Month::of(days.first));
                }
                field if field.is_money() => {
                    let Some(fen) = self.money(row, column, cell, row_unit) else { continue };
                    match field {
                        Field::Amount(what) => amounts.push((what, fen)),
                        field => set_money(&mut project, field, fen, self.year),
                    }
                }
                Field::Start | Field::Due | Field::Admitted => {
                    let Some(days) = self.days(row, column, cell) else { continue };
                    match column.field {
                        Field::Start => project.start = Some(days.first),
                        Field::Due => project.due = Some(days.last),
                        _ => project.admitted = Some(days.first),
                    }
                }
                _ => self.words(row, column, cell, &mut project),
            }
        }
        self.columns = columns;
        if key(&project).is_empty() {
            let found = cells.iter().filter(|cell| !matches!(cell, Value::Empty)).count();
            self.problems.add(
                &kinds::NO_PROJECT,
                Some(row),
                None,
                &format!("{found} cells without a project"),
            );
            return;
        }
        if self.is_progress { self.progress(row, project, period, &amounts) } else { self.add(project) }
    }

    /// The line of totals under a table is no project.
    fn is_total(&self, cells: &[Value<'_>]) -> bool {
        let named = self.columns.iter().filter(|column| matches!(column.field, Field::Code | Field::Name));
        let places = [0, 1].into_iter().chain(named.map(|column| column.at));
        places.filter_map(|at| cells.get(at)).any(|cell| {
            matches!(cell, Value::Text(text)
                if matches!(text.trim(), "合计" | "总计" | "小计" | "合 计" | "总 计" | "小 计" | "Total" | "total"))
        })
    }

    /// A stated total beside the sum of its column. A subtotal is of rows that nobody tells, so it is passed over.
    fn compare_total(&mut self, row: u64, cells: &[Value<'_>]) {
        if cells.iter().any(|cell| matches!(cell, Value::Text(text) if text.starts_with('小'))) {
            return;
        }
        let columns = std::mem::take(&mut self.columns);
        for column in columns.iter().filter(|column| column.field.is_money() && !column.sizes.is_empty()) {
            let text = match cells.get(column.at) {
                Some(Value::Text(text)) => (*text).to_owned(),
                Some(Value::Number(number)) => number.to_string(),
                _ => continue,
            };
            let Some((unit, stated)) =
                column.unit.zip(amounts::read(&text, column.unit).ok().flatten().map(|amount| amount.fen))
            else {
                continue;
            };
            let sum: Fen = column.sizes.iter().map(|(_, fen)| fen).sum();
            // Each amount may be rounded to the unit's last digit; a whole unit is more than that.
            if (sum - stated).abs() >= unit.fen() {
                let found = format!("{text}; {}", amounts::shown(sum, unit));
                self.problems.add(&kinds::TOTAL_DIFFERS, Some(row), Some(&column.name), &found);
            }
        }
        self.columns = columns;
    }

    fn add(&mut self, project: Project) {
        self.by_code.entry(key(&project).to_owned()).or_insert(self.register.projects.len());
        self.register.projects.push(project);
    }

    /// A row of progress belongs to the project of its code.
    fn progress(&mut self, row: u64, project: Project, period: Option<Month>, amounts: &[(What, Fen)]) {
        let Some(month) = period else {
            self.problems.add(&kinds::BAD_PERIOD, Some(row), None, key(&project));
            return;
        };
        let at = match self.by_code.get(key(&project)) {
            Some(at) => *at,
            None => {
                if self.had_register {
                    self.problems.add(&kinds::NOT_IN_REGISTER, Some(row), None, key(&project));
                }
                self.add(project);
                self.register.projects.len() - 1
            }
        };
        let project = &mut self.register.projects[at];
        for (what, fen) in amounts {
            series(project, *what).set(month, *fen);
        }
    }

    /// The unit a row states for its amounts, else the one that holds for all.
    fn row_unit(&mut self, row: u64, cells: &[Value<'_>]) -> Option<Unit> {
        let cell = cells.get(self.unit_at?).unwrap_or(&Value::Empty);
        let for_all = self.sheet_unit.or(self.unit);
        let found = match cell {
            Value::Empty => String::new(),
            Value::Text(text) => (*text).trim().to_owned(),
            _ => "?".to_owned(),
        };
        let own = Unit::named(&found);
        let money = |column: &Column| {
            column.field.is_money()
                && column.unit.is_none()
                && cells.get(column.at).is_some_and(|cell| !matches!(cell, Value::Empty))
        };
        let wanted = self.columns.iter().any(money);
        if wanted && own.is_none() && (!found.is_empty() || for_all.is_none()) {
            self.problems.add(&kinds::UNIT_UNKNOWN, Some(row), Some("unit"), &found);
        }
        // A unit that is not understood is not replaced by another.
        if found.is_empty() { for_all } else { own }
    }

    fn words(&mut self, row: u64, column: &Column, cell: &Value<'_>, project: &mut Project) {
        let text = match cell {
            Value::Text(text) => (*text).to_owned(),
            Value::Number(number) => number.to_string(),
            Value::Day(day) => day.to_string(),
            _ => return,
        };
        match column.field {
            Field::Code => project.code = text,
            Field::Name => project.name = text,
            Field::Owner => project.owner = text,
            Field::Place => project.place = text,
            Field::Trade => project.trade = text,
            Field::Kind => project.kind = text,
            Field::PhaseOf => project.phase_of = text,
            Field::Milestones => {
                for part in text.split([';', '；', '\n']).map(str::trim).filter(|part| !part.is_empty()) {
                    match milestone(part) {
                        Ok(milestone) => project.milestones.push(milestone),
                        Err(NoDay::Ambiguous) => {
                            self.problems.add(&kinds::AMBIGUOUS_DAY, Some(row), Some(&column.name), part);
                        }
                        Err(_) => {
                            self.problems.add(&kinds::MALFORMED_DAY, Some(row), Some(&column.name), part);
                        }
                    }
                }
            }
            Field::Needs => {
                for part in text.split([';', '；', '\n', '，', ',', '、']).map(str::trim) {
                    match need(part) {
                        Some(need) => project.needs.push(need),
                        None if part.is_empty() => {}
                        None => {
                            self.problems.add(&kinds::MALFORMED_NEED, Some(row), Some(&column.name), part);
                        }
                    }
                }
            }
            Field::Before => {
                let parts = text.split([';', '；', ',', '，', '、', '|']).map(str::trim);
                project.before = parts.filter(|part| !part.is_empty()).map(Into::into).collect();
            }
            Field::Stage => {
                project.stage = Stage::of(&text);
                if project.stage.is_none() {
                    self.problems.add(&kinds::UNKNOWN_STAGE, Some(row), Some(&column.name), &text);
                }
            }
            _ => {}
        }
    }

    fn money(
        &mut self,
        row: u64,
        column: &mut Column,
        cell: &Value<'_>,
        row_unit: Option<Unit>,
    ) -> Option<Fen> {
        let unit = column.unit.or(row_unit);
        let printed;
        let text = match cell {
            Value::Text(text) => *text,
            Value::Number(number) => {
                printed = number.to_string();
                &printed
            }
            _ => {
                self.problems.add(&kinds::MALFORMED_MONEY, Some(row), Some(&column.name), "a date");
                return None;
            }
        };
        let amount = match amounts::read(text, unit) {
            Ok(amount) => amount?,
            Err(NoAmount::NoUnit) => return None, // said once, at the header or at the row's unit
            Err(why) => {
                let kind =
                    if why == NoAmount::TooLarge { &kinds::TOO_LARGE } else { &kinds::MALFORMED_MONEY };
                self.problems.add(kind, Some(row), Some(&column.name), text);
                return None;
            }
        };
        if amount.fen < 0 {
            self.problems.add(&kinds::NEGATIVE, Some(row), Some(&column.name), text);
            return None;
        }
        if amount.own_unit.is_some() && amount.own_unit != unit {
            self.problems.add(&kinds::OWN_UNIT, Some(row), Some(&column.name), text);
        }
        // Numbers of a workbook carry digits nobody wrote.
        if amount.rounded && matches!(cell, Value::Text(_)) {
            self.problems.add(&kinds::ROUNDED, Some(row), Some(&column.name), text);
        }
        if amount.fen > 0 && !matches!(column.field, Field::Monthly(..)) {
            column.sizes.push((row, amount.fen));
        }
        Some(amount.fen)
    }

    fn days(&mut self, row: u64, column: &Column, cell: &Value<'_>) -> Option<dates::Days> {
        let whole = |day: Date| dates::Days { first: day, last: day, grain: dates::Grain::Day };
        let text = match cell {
            Value::Day(day) => return Some(whole(*day)),
            Value::Number(number) if number.fract() == 0.0 && (1900.0..2200.0).contains(number) => {
                number.to_string()
            }
            Value::Number(number) if (190_001.0..220_013.0).contains(number) => number.to_string(),
            Value::Number(number) => match dates::serial(*number) {
                Some(day) => {
                    self.problems.add(&kinds::SERIAL_DAY, Some(row), Some(&column.name), &number.to_string());
                    return Some(whole(day));
                }
                None => number.to_string(),
            },
            Value::Text(text) if matches!(*text, "-" | "—" | "/" | "无" | "待定" | "未定") => {
                return None;
            }
            Value::Text(text) => (*text).to_owned(),
            _ => return None,
        };
        match dates::read(&text) {
            Ok(days) => {
                if text.len() == 5 && text.bytes().all(|b| b.is_ascii_digit()) {
                    self.problems.add(&kinds::SERIAL_DAY, Some(row), Some(&column.name), &text);
                }
                Some(days)
            }
            Err(why) => {
                let kind =
                    if why == NoDay::Ambiguous { &kinds::AMBIGUOUS_DAY } else { &kinds::MALFORMED_DAY };
                self.problems.add(kind, Some(row), Some(&column.name), &text);
                None
            }
        }
    }

    fn end_sheet(&mut self) {
        if let Some((row, header)) = self.first_header.take() {
            self.take_header(row, &header);
        }
        for column in std::mem::take(&mut self.columns) {
            for (row, fen) in mixed(column.sizes) {
                let unit = column.unit.unwrap_or(Unit::Yuan);
                let found = format!("{} {}", amounts::shown(fen, unit), unit.name());
                self.problems.add(&kinds::MAGNITUDE, Some(row), Some(&column.name), &found);
            }
        }
        self.header_row = None;
        self.sheet_unit = None;
    }
}

impl sheets::Sink for Reader<'_> {
    fn sheet(&mut self, name: Option<&str>, merged: &[Merged]) {
        self.end_sheet();
        self.merged = merged.to_vec();
        let wanted = &self.reading.sheets;
        self.skip = !wanted.is_empty() && name.is_some_and(|name| !wanted.iter().any(|other| other == name));
        self.problems.sheet = name.map(Into::into);
        self.register.sheets.push((self.problems.file.clone(), name.map(Into::into)));
    }

    fn row(&mut self, row: u64, cells: &[Value<'_>]) {
        match self.header_row {
            _ if self.skip => {}
            None => self.look_for_header(row, cells),
            Some(_) => self.data(row, cells),
        }
    }
}

/// A project is known by its code, else by its name.
fn key(project: &Project) -> &str {
    if project.code.is_empty() { &project.name } else { &project.code }
}

fn series(project: &mut Project, what: What) -> &mut super::Series {
    match what {
        What::Planned => &mut project.planned,
        What::Earned => &mut project.earned,
        What::Spent => &mut project.spent,
    }
}

fn set_money(project: &mut Project, field: Field, fen: Fen, year: Option<i16>) {
    let fund =
        |project: &mut Project, source: Source, planned: Option<Fen>, in_place: Option<Fen>| match project
            .funds
            .iter_mut()
            .find(|fund| fund.source == source)
        {
            Some(fund) => {
                fund.planned = planned.or(fund.planned);
                fund.in_place = in_place.or(fund.in_place);
            }
            None => {
                project.funds.push(Fund { source, planned, in_place });
                project.funds.sort_by_key(|fund| fund.source);
            }
        };
    match field {
        Field::Total => project.total = Some(fen),
        Field::YearPlan(of) => project.year_plan.extend(of.or(year).or(Some(0)).map(|year| (year, fen))),
        Field::YearDone(of) => project.year_done.extend(of.or(year).or(Some(0)).map(|year| (year, fen))),
        Field::Done => project.done = Some(fen),
        Field::Funds(source) => fund(project, source, Some(fen), None),
        Field::FundsIn(source) => fund(project, source, None, Some(fen)),
        Field::Monthly(month, what) => {
            series(project, what).set(month, fen);
        }
        _ => {}
    }
}

/// 桩基完成 2026-03, 封顶：2026年8月: a name, then a day.
fn milestone(part: &str) -> Result<Milestone, NoDay> {
    let at = part.find(|c: char| c.is_numeric() || "二〇".contains(c)).ok_or(NoDay::Malformed)?;
    let mut split = part
        .rfind([' ', '：', ':', '，'])
        .map_or(at, |at| at + part[at..].chars().next().map_or(1, char::len_utf8));
    if dates::read(part[split..].trim()).is_err() {
        split = at;
    }
    let days = dates::read(part[split..].trim())?;
    let name = part[..split].trim_end_matches([' ', '：', ':', '，', ',']).to_owned();
    Ok(Milestone { name, due: days.last })
}

/// 塔吊2台, 班组：3: a name, a number, perhaps a measure word.
fn need(part: &str) -> Option<(String, u32)> {
    let at = part.find(|c: char| c.is_ascii_digit())?;
    let digits = part[at..].bytes().take_while(u8::is_ascii_digit).count();
    let name = part[..at].trim_end_matches([' ', '：', ':', '×', 'x', '=']);
    let tail = &part[at + digits..];
    let plain = tail.chars().count() <= 2 && !tail.contains(|c: char| c.is_ascii_digit() || c == '.');
    (plain && !name.is_empty()).then_some(())?;
    Some((name.to_owned(), part[at..at + digits].parse().ok()?))
}

/// Two rows of header as one: what is merged or empty above is carried to the right over what stands below.
fn joined(
    first: &[Option<String>],
    second: &[Option<String>],
    merged: &[Merged],
    first_row: u64,
) -> Vec<Option<String>> {
    let width = first.len().max(second.len());
    let mut above: Option<&String> = None;
    (0..width)
        .map(|at| {
            let own = first.get(at).and_then(Option::as_ref);
            let below = second.get(at).and_then(Option::as_ref);
            let covered = merged.iter().any(|range| {
                u64::from(range.from.0) + 1 == first_row
                    && (range.from.1 as usize..=range.to.1 as usize).contains(&at)
                    && range.to.1 > range.from.1
            });
            above = own.or(if covered || (merged.is_empty() && below.is_some()) { above } else { None });
            match (above, below) {
                (Some(above), Some(below)) => Some(format!("{above}{below}")),
                (Some(_), None) => own.cloned(),
                (None, below) => below.cloned(),
            }
        })
        .collect()
}

/// The amounts of a column that stand about ten thousand times apart from the others: the smaller crowd of two.
fn mixed(mut sizes: Vec<(u64, Fen)>) -> Vec<(u64, Fen)> {
    const APART: f64 = 2.5;
    if sizes.len() < 3 {
        return Vec::new();
    }
    sizes.sort_by_key(|(row, fen)| (*fen, *row));
    let log = |at: usize| (sizes[at].1 as f64).log10();
    let split = (1..sizes.len()).max_by(|a, b| (log(*a) - log(a - 1)).total_cmp(&(log(*b) - log(b - 1))));
    let Some(split) = split.filter(|at| log(*at) - log(at - 1) >= APART) else { return Vec::new() };
    let median = |from: usize, to: usize| log((from + to) / 2);
    let distance = median(split, sizes.len()) - median(0, split);
    if distance < 3.3 {
        return Vec::new();
    }
    let mut few = if split * 2 <= sizes.len() { sizes[..split].to_vec() } else { sizes[split..].to_vec() };
    few.sort_unstable();
    few
}
