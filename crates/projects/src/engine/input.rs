//! The register of a dossier, folded once; every amount keeps its row.

use crate::register::Stage;
use jiff::civil::Date;
use rust_decimal::Decimal;
use std::{collections::BTreeMap, sync::Arc};
use zhidian_model::{Code, Evidence, FromTables, Interval, Period, Problem, Row, Severity, Tables, Text};
use zhidian_vocabulary::units;

/// An amount in yuan with what its printed figure may stand for, and where it stands.
#[derive(Clone, Debug)]
pub struct Amount {
    /// In yuan.
    pub value: Decimal,
    /// ± half the last printed digit.
    pub interval: Interval,
    /// Where it stands.
    pub evidence: Evidence,
}

/// A project of the register.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its code.
    pub code: Arc<str>,
    /// Its name.
    pub name: Arc<str>,
    /// Where it is, by GB/T 2260.
    pub region: u32,
    /// Its kind in the office's words.
    pub kind: Arc<str>,
    /// Trade.
    pub trade: Arc<str>,
    /// Who builds it.
    pub owner: Arc<str>,
    /// Where it stands.
    pub stage: Option<Stage>,
    /// Total investment.
    pub total: Option<Amount>,
    /// Planned for the year of the register.
    pub year_plan: Option<Amount>,
    /// Done since the beginning.
    pub done: Option<Amount>,
    /// Start of building.
    pub start: Option<Date>,
    /// Completion due.
    pub due: Option<Date>,
    /// Admission to the register.
    pub admitted: Option<Date>,
    /// Its row.
    pub evidence: Evidence,
}

/// What was planned, done and spent in one period.
#[derive(Clone, Debug)]
pub struct Progress {
    /// When.
    pub period: Period,
    /// Planned.
    pub planned: Option<Amount>,
    /// Done.
    pub earned: Option<Amount>,
    /// Spent.
    pub spent: Option<Amount>,
}

/// The register of the dossiers at hand.
#[derive(Clone, Debug, Default)]
pub struct Input {
    /// In the order of the rows.
    pub projects: Vec<Entry>,
    /// By code, in the order of the periods.
    pub progress: BTreeMap<Arc<str>, Vec<Progress>>,
    /// Ids of named projects by what they are called, other names included.
    pub named: BTreeMap<Arc<str>, Vec<Arc<str>>>,
    /// Code before, code after, lag in days.
    pub links: Vec<(Arc<str>, Arc<str>, i64)>,
}

impl FromTables for Input {
    fn from_tables(tables: &dyn Tables, problems: &mut Vec<Problem>) -> Self {
        let mut input = Self::default();
        let mut seen: BTreeMap<Arc<str>, u64> = BTreeMap::new();
        tables.each("projects", &mut |row| match entry(row, problems) {
            Some(entry) => {
                if let Some(first) = seen.insert(entry.code.clone(), row.place.row) {
                    let expected = format!("a code that does not stand in row {first}");
                    problems.push(problem(row, Severity::Error, "project.duplicate", "code", &expected));
                } else {
                    input.projects.push(entry);
                }
            }
            None => {
                problems.push(problem(
                    row,
                    Severity::Error,
                    "project.unnamed",
                    "code",
                    "a code and a region",
                ));
            }
        });
        tables.each("project_progress", &mut |row| {
            let period = row.text("period").and_then(|period| period.parse().ok());
            match row.text("code").cloned().zip(period) {
                Some((code, period)) => input.progress.entry(code).or_default().push(Progress {
                    period,
                    planned: amount(row, "planned_value", problems),
                    earned: amount(row, "earned_value", problems),
                    spent: amount(row, "actual_cost", problems),
                }),
                None => {
                    let expected = "a code and a period such as 2025-03";
                    problems.push(problem(row, Severity::Error, "progress.period", "period", expected));
                }
            }
        });
        for progress in input.progress.values_mut() {
            progress.sort_by_key(|progress| progress.period);
        }
        tables.each("entities", &mut |row| {
            let Some(id) = row.text("entity").and_then(|entity| entity.strip_prefix("project:")) else {
                return;
            };
            let others = row.text("names").into_iter().flat_map(|names| names.split(';'));
            let names = row.text("name").map(|name| &**name).into_iter().chain(others).map(str::trim);
            let names = names.filter(|name| !name.is_empty()).map(Into::into);
            input.named.entry(id.into()).or_default().extend(names);
        });
        tables.each("project_links", &mut |row| {
            let lag = row.number("lag_days").and_then(|lag| i64::try_from(lag).ok()).unwrap_or(0);
            if let (Some(before), Some(after)) = (row.text("before"), row.text("after")) {
                input.links.push((before.clone(), after.clone(), lag));
            }
        });
        input
    }
}

fn entry(row: &Row<'_>, problems: &mut Vec<Problem>) -> Option<Entry> {
    let code = row.text("code").or_else(|| row.text("name"))?.clone();
    let region = row.text("region")?.parse().ok()?;
    let text = |column: &str| row.text(column).cloned().unwrap_or_else(|| "".into());
    let day = |column: &str| match row.cell(column) {
        zhidian_model::Cell::Date(day) => Some(*day),
        zhidian_model::Cell::Text(text) => crate::register::dates::read(text).ok().map(|days| days.first),
        _ => None,
    };
    Some(Entry {
        name: row.text("name").unwrap_or(&code).clone(),
        region,
        kind: text("kind"),
        trade: text("trade"),
        owner: text("owner"),
        stage: row.text("stage").and_then(|stage| Stage::of(stage)),
        total: amount(row, "invest_total", problems),
        year_plan: amount(row, "invest_year", problems),
        done: amount(row, "invest_done", problems),
        start: day("start"),
        due: day("due"),
        admitted: day("admitted"),
        evidence: row.evidence("code"),
        code,
    })
}

/// An amount in the unit of its row. Without a unit there is no amount: it is never guessed.
fn amount(row: &Row<'_>, column: &str, problems: &mut Vec<Problem>) -> Option<Amount> {
    let printed = row.number(column)?;
    let spelled = row.text("unit").map_or("", |unit| unit);
    let spelling = units::spelling(spelled).filter(|spelling| spelling.unit.code == "CNY");
    let Some(spelling) = spelling else {
        problems.push(problem(row, Severity::Error, "money.unit_unknown", "unit", "元, 万元 or 亿元"));
        return None;
    };
    let value = printed.checked_mul(spelling.factor)?;
    if value.is_sign_negative() && !value.is_zero() {
        problems.push(problem(
            row,
            Severity::Error,
            "money.negative",
            column,
            "an amount that is not negative",
        ));
        return None;
    }
    let digit = Decimal::new(1, printed.scale()).checked_mul(spelling.factor)?;
    Some(Amount { value, interval: Interval::printed(value, digit), evidence: row.evidence(column) })
}

fn problem(row: &Row<'_>, severity: Severity, code: &str, column: &str, expected: &str) -> Problem {
    let found: String = match row.cell(column) {
        zhidian_model::Cell::Text(text) => text.to_string(),
        zhidian_model::Cell::Number(number) => number.to_string(),
        _ => String::new(),
    };
    Problem {
        severity,
        code: code.into(),
        file: row.place.file.to_string(),
        sheet: row.place.sheet.as_deref().map(Into::into),
        row: Some(row.place.row),
        column: Some(column.into()),
        found: found.chars().take(80).collect(),
        expected: expected.into(),
        remedy: Text::new(format!("请填写：{expected}"), format!("write {expected}")),
    }
}

impl Input {
    /// The project of the register that a named thing is: by its code, else by a name.
    pub(super) fn project(&self, id: &str) -> Option<&Entry> {
        let names = self.named.get(id);
        let is =
            |entry: &&Entry| &*entry.code == id || names.is_some_and(|names| names.contains(&entry.name));
        self.projects.iter().find(is)
    }
}

/// What things are called when there is nothing better.
pub(super) fn code(text: &str) -> Code {
    text.into()
}
