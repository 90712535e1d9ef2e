//! Rows of a dossier folded into matters, a log by region, and ratings.

use crate::clock::{Calendar, DayKind, calendar};
use crate::log::{Builder, EventLog, NEVER, Transition, time};
use jiff::civil::Date;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use std::collections::BTreeMap;
use std::sync::Arc;
use zhidian_model::{
    Cell, Evidence, FromTables, Grade, Period, Problem, Row, Severity, Subject, Tables, Text,
};

/// A declared matter (事项).
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// Its code, or its name where it has none.
    pub code: Arc<str>,
    /// Its name.
    pub name: Arc<str>,
    /// Limit by law, in working days.
    pub legal: Option<Decimal>,
    /// Limit promised.
    pub promised: Option<Decimal>,
    /// Documents asked for.
    pub documents: Option<Decimal>,
    /// Visits needed.
    pub visits: Option<Decimal>,
    /// Names of the documents, where the register lists them.
    pub materials: Vec<Arc<str>>,
    /// Its row, column by column as it is needed.
    pub evidence: Evidence,
    /// Its row's limits.
    pub limits: (Evidence, Evidence),
}

/// A published rating (好差评).
#[derive(Clone, Debug, PartialEq)]
pub struct Rating {
    /// Whose.
    pub region: Subject,
    /// When.
    pub period: Period,
    /// Score as printed.
    pub score: Decimal,
    /// Its row.
    pub evidence: Evidence,
}

/// A region's log.
#[derive(Clone, Debug)]
pub struct Cases {
    /// Its events.
    pub log: EventLog,
    /// Matter of each case, by number of the case.
    pub items: BTreeMap<u32, Arc<str>>,
    /// One row of each origin and file it was read from.
    pub evidence: Vec<Evidence>,
    /// The worst grade of its rows.
    pub grade: Grade,
}

/// Everything the engine works on.
#[derive(Clone, Debug)]
pub struct Matters {
    /// Matters by region and period.
    pub items: BTreeMap<(Subject, Period), Vec<Item>>,
    /// Logs by region.
    pub cases: BTreeMap<Subject, Cases>,
    /// Ratings in order of rows.
    pub ratings: Vec<Rating>,
    /// Working days, the dossier's own laid over those published.
    pub calendar: Calendar,
}

impl FromTables for Matters {
    fn from_tables(tables: &dyn Tables, problems: &mut Vec<Problem>) -> Self {
        let mut items: BTreeMap<(Subject, Period), Vec<Item>> = BTreeMap::new();
        tables.each("approval_items", &mut |row| match item(row) {
            Ok((at, item)) => items.entry(at).or_default().push(item),
            Err(problem) => problems.push(*problem),
        });
        let mut ratings = Vec::new();
        tables.each("service_ratings", &mut |row| match rating(row) {
            Ok(Some(rating)) => ratings.push(rating),
            Ok(None) => {}
            Err(problem) => problems.push(*problem),
        });
        let calendar = working_days(tables, problems);
        Self { items, cases: logs(tables, problems), ratings, calendar }
    }
}

fn item(row: &Row<'_>) -> Result<((Subject, Period), Item), Box<Problem>> {
    let region = parsed(row, "region", "a region code")?;
    let period = parsed(row, "period", "the period the register stands for, such as 2021")?;
    let name = row.text("name").or(row.text("item")).ok_or_else(|| fault(row, "name", "a name"))?.clone();
    let item = Item {
        code: row.text("item").unwrap_or(&name).clone(),
        legal: row.number("legal_limit"),
        promised: row.number("promised_limit"),
        documents: row.number("documents"),
        visits: row.number("visits"),
        materials: row.text("materials").map(|names| listed(names)).unwrap_or_default(),
        evidence: row.evidence("name"),
        limits: (row.evidence("legal_limit"), row.evidence("promised_limit")),
        name,
    };
    Ok(((region, period), item))
}

/// Names with semicolons between.
fn listed(names: &str) -> Vec<Arc<str>> {
    names.split([';', '；']).map(str::trim).filter(|name| !name.is_empty()).map(Arc::from).collect()
}

fn rating(row: &Row<'_>) -> Result<Option<Rating>, Box<Problem>> {
    let region = parsed(row, "region", "a region code")?;
    let period = parsed(row, "period", "a period such as 2021")?;
    Ok(row.number("score").map(|score| Rating { region, period, score, evidence: row.evidence("score") }))
}

fn working_days(tables: &dyn Tables, problems: &mut Vec<Problem>) -> Calendar {
    let mut more = Vec::new();
    tables.each("working_days", &mut |row| {
        let (Some(date), Some(kind)) = (row.date("date"), row.text("kind")) else {
            problems.push(*fault(row, "kind", "a date, and holiday or workday"));
            return;
        };
        let kind = match &**kind {
            "holiday" | "放假" => DayKind::Holiday,
            "workday" | "上班" => DayKind::MadeUp,
            _ => {
                problems.push(*fault(row, "kind", "holiday or workday"));
                return;
            }
        };
        let name = row.text("name").map(ToString::to_string).unwrap_or_default();
        more.push((day_number(date), kind, name));
    });
    Calendar::read(calendar::PUBLISHED, &more).unwrap_or_else(|_| Calendar::new(more))
}

fn day_number(date: Date) -> i64 {
    time::day_number(date.year().into(), date.month().into(), date.day().into())
}

/// The day of a day number as a date.
pub(super) fn date(day: i64) -> Option<Date> {
    let (year, month, day) = time::civil(day);
    Date::new(year.to_i16()?, month.to_i8()?, day.to_i8()?).ok()
}

struct Filling {
    builder: Builder,
    items: BTreeMap<u32, Arc<str>>,
    /// One row of each origin and file.
    evidence: BTreeMap<(Arc<str>, Arc<str>), Evidence>,
    grade: Grade,
}

fn logs(tables: &dyn Tables, problems: &mut Vec<Problem>) -> BTreeMap<Subject, Cases> {
    let mut filling: BTreeMap<Subject, Filling> = BTreeMap::new();
    tables.each("case_log", &mut |row| {
        if let Err(problem) = event(row, &mut filling) {
            problems.push(*problem);
        }
    });
    let done = |filling: Filling| Cases {
        log: filling.builder.finish(),
        items: filling.items,
        evidence: filling.evidence.into_values().collect(),
        grade: filling.grade,
    };
    filling.into_iter().map(|(region, filling)| (region, done(filling))).collect()
}

/// Times of a case log are local; they are kept as if they were UTC.
fn event(row: &Row<'_>, filling: &mut BTreeMap<Subject, Filling>) -> Result<(), Box<Problem>> {
    let region: Subject = parsed(row, "region", "a region code")?;
    let text = |column: &str, expected: &str| row.text(column).ok_or_else(|| fault(row, column, expected));
    let case = text("case", "a case id")?;
    let activity = text("activity", "a step")?;
    let stamp = |column: &str| match row.cell(column) {
        Cell::Missing => Ok(None),
        Cell::Date(date) => Ok(Some(day_number(*date) * time::DAY)),
        Cell::Text(text) => match time::parse(text.as_bytes(), 0) {
            Some(stamp) => Ok(Some(stamp.micros)),
            None => Err(fault(row, column, "a time such as 2021-03-05 09:30")),
        },
        _ => Err(fault(row, column, "a time such as 2021-03-05 09:30")),
    };
    let (start, end) = (stamp("start")?, stamp("end")?);
    let at = end.or(start).ok_or_else(|| fault(row, "end", "a time such as 2021-03-05 09:30"))?;
    let into = filling.entry(region).or_insert_with(|| Filling {
        builder: Builder::default(),
        items: BTreeMap::new(),
        evidence: BTreeMap::new(),
        grade: Grade::Official,
    });
    let number = into.builder.case(case.as_bytes());
    if let Some(item) = row.text("item") {
        into.items.entry(number).or_insert_with(|| item.clone());
    }
    let resource = row.text("resource").map(|resource| resource.as_bytes());
    let start = start.filter(|_| end.is_some()).unwrap_or(NEVER);
    into.builder.push(number, activity.as_bytes(), at, start, resource, Transition::Complete);
    into.grade = into.grade.min(row.origin.grade);
    let origin = (row.origin.id.clone(), row.place.file.clone());
    into.evidence.entry(origin).or_insert_with(|| row.evidence("activity"));
    Ok(())
}

fn parsed<T: std::str::FromStr>(row: &Row<'_>, column: &str, expected: &str) -> Result<T, Box<Problem>> {
    row.text(column).and_then(|text| text.parse().ok()).ok_or_else(|| fault(row, column, expected))
}

/// A row that is left out, with its place and the remedy.
fn fault(row: &Row<'_>, column: &str, expected: &str) -> Box<Problem> {
    Box::new(Problem {
        severity: Severity::Error,
        code: "cell.malformed".into(),
        file: row.place.file.to_string(),
        sheet: row.place.sheet.as_deref().map(Into::into),
        row: Some(row.place.row),
        column: Some(column.into()),
        found: match row.cell(column) {
            Cell::Text(text) => text.to_string(),
            Cell::Missing => String::new(),
            other => format!("{other:?}"),
        },
        expected: expected.into(),
        remedy: Text::new(format!("请在该格填写：{expected}"), format!("write {expected} in this cell")),
    })
}
