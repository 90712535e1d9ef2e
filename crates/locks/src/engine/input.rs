//! What is read from tables.

use rust_decimal::prelude::ToPrimitive;
use std::collections::{BTreeMap, BTreeSet};
use zhidian_model::{Evidence, FromTables, Grade, Period, Problem, Row, Severity, Subject, Tables, Text};
use zhidian_vocabulary::{measures, units, words};

/// A published figure about a lock.
#[derive(Clone, Debug)]
pub(super) struct Figure {
    pub measure: String,
    pub period: Period,
    /// In the measure's plain unit.
    pub value: f64,
    /// `at least`, `more than`; empty for a plain figure.
    pub words: String,
    pub evidence: Evidence,
}

/// A lock of the register.
#[derive(Clone, Debug)]
pub(super) struct Register {
    pub length_m: f64,
    pub width_m: f64,
    pub sill_m: f64,
    pub head_m: f64,
    pub evidence: Evidence,
}

/// A class of the fleet.
#[derive(Clone, Debug)]
pub(super) struct FleetClass {
    pub class: crate::traffic::Class,
    pub evidence: Evidence,
}

/// Everything the engine works on.
#[derive(Clone, Debug, Default)]
pub struct Input {
    figures: BTreeMap<Subject, Vec<Figure>>,
    pub(super) registers: BTreeMap<Subject, Register>,
    /// Locks that would stand beside another.
    beside: BTreeMap<Subject, Subject>,
    names: BTreeMap<Subject, (String, String)>,
    pub(super) fleet: Vec<FleetClass>,
}

impl Input {
    /// Locks of which something is known.
    pub(super) fn subjects(&self) -> Vec<Subject> {
        let all: BTreeSet<Subject> = self.figures.keys().chain(self.registers.keys()).cloned().collect();
        all.into_iter().filter(|subject| !self.beside.contains_key(subject)).collect()
    }

    /// The lock itself and those that would stand beside it: what is found of it bears on them.
    pub(super) fn beside(&self, lock: &Subject) -> Vec<Subject> {
        let others = self.beside.iter().filter(|(_, of)| *of == lock).map(|(subject, _)| subject.clone());
        std::iter::once(lock.clone()).chain(others).collect()
    }

    /// Figures of a measure, earliest period first.
    pub(super) fn figures<'a>(
        &'a self,
        lock: &Subject,
        measure: &'a str,
    ) -> impl Iterator<Item = &'a Figure> {
        self.figures.get(lock).into_iter().flatten().filter(move |figure| figure.measure == measure)
    }

    /// What a lock is called: zh, en.
    pub(super) fn name(&self, lock: &Subject) -> (String, String) {
        self.names.get(lock).cloned().unwrap_or_else(|| (lock.to_string(), lock.to_string()))
    }
}

impl FromTables for Input {
    fn from_tables(tables: &dyn Tables, problems: &mut Vec<Problem>) -> Self {
        let mut input = Self::default();
        for table in ["observations", "remarks"] {
            tables.each(table, &mut |row| {
                if let Some((subject, figure)) = figure(row) {
                    input.figures.entry(subject).or_default().push(figure);
                }
            });
        }
        for figures in input.figures.values_mut() {
            // A figure that decides goes before one that does not; then the earlier period.
            figures.sort_by_key(|figure| (figure.period, std::cmp::Reverse(figure.evidence.grade())));
        }
        tables.each("entities", &mut |row| {
            let subject = row.text("entity").and_then(|entity| entity.parse().ok());
            if let (Some(subject), Some(zh)) = (subject, row.text("name")) {
                let en = row.text("name_en").unwrap_or(zh);
                input.names.insert(subject, (zh.to_string(), en.to_string()));
            }
        });
        tables.each("locks", &mut |row| register(row, &mut input, problems));
        tables.each("lock_fleet", &mut |row| match class(row) {
            Ok(one) => input.fleet.push(one),
            Err(problem) => problems.push(*problem),
        });
        input
    }
}

/// A figure about a lock; rows about anything else are not ours, and what is wrong with them the indicators say.
fn figure(row: &Row<'_>) -> Option<(Subject, Figure)> {
    let subject: Subject = row.text("subject")?.parse().ok()?;
    if !matches!(&subject, Subject::Entity { kind, .. } if &**kind == "lock") {
        return None;
    }
    let status = row.text("status").map_or("A", |status| status);
    if matches!(status, "T" | "S") {
        return None;
    }
    let measure = row.text("measure")?.to_string();
    let period: Period = row.text("period")?.parse().ok()?;
    let spelling = units::spelling(row.text("unit").map_or("", |unit| unit))?;
    let printed = row.number("value")?.checked_mul(spelling.factor)?;
    let plain = measures::by_code(&measure).map_or(spelling.unit.code, |known| known.unit);
    let value = units::convert(printed, spelling.unit.code, plain).unwrap_or(printed).to_f64()?;
    let words = row.text("text").map(ToString::to_string).unwrap_or_default();
    Some((subject, Figure { measure, period, value, words, evidence: row.evidence("value") }))
}

fn register(row: &Row<'_>, input: &mut Input, problems: &mut Vec<Problem>) {
    let Some(lock) = row.text("lock").and_then(|lock| lock.parse::<Subject>().ok()) else {
        problems.push(*fault(row, "lock", "an id such as lock:datengxia"));
        return;
    };
    if let Some(other) = row.text("beside").filter(|other| !other.is_empty()) {
        match other.parse::<Subject>() {
            Ok(other) if other != lock => drop(input.beside.insert(lock.clone(), other)),
            _ => problems.push(*fault(row, "beside", "the id of another lock")),
        }
    }
    let size = |column: &str| row.number(column).and_then(|number| number.to_f64());
    let (Some(length_m), Some(width_m), Some(sill_m)) = (size("length_m"), size("width_m"), size("sill_m"))
    else {
        return;
    };
    if length_m <= 0.0 || width_m <= 0.0 || sill_m <= 0.0 {
        problems.push(*fault(row, "length_m", "sizes above 0"));
        return;
    }
    let head_m = size("head_m").unwrap_or(0.0).max(0.0);
    let evidence = row.evidence("length_m");
    input.registers.entry(lock).or_insert(Register { length_m, width_m, sill_m, head_m, evidence });
}

fn class(row: &Row<'_>) -> Result<FleetClass, Box<Problem>> {
    let number = |column: &'static str, least: f64| {
        let value = row.number(column).and_then(|number| number.to_f64());
        value.filter(|value| *value >= least).ok_or_else(|| fault(row, column, "a number"))
    };
    Ok(FleetClass {
        class: crate::traffic::Class {
            id: row.text("class").map(ToString::to_string).ok_or_else(|| fault(row, "class", "a name"))?,
            length_m: number("length_m", 0.1)?,
            beam_m: number("beam_m", 0.1)?,
            draught_m: number("draught_m", 0.0)?,
            draught_empty_m: 0.0,
            deadweight_t: number("deadweight_t", 0.0)?,
            share: number("share", 0.0)?,
            load_up: number("load_up", 0.0)?,
            load_down: number("load_down", 0.0)?,
            dangerous: false,
            priority: false,
            with: vec![],
        },
        evidence: row.evidence("share"),
    })
}

fn fault(row: &Row<'_>, column: &str, expected: &str) -> Box<Problem> {
    Box::new(Problem {
        severity: Severity::Error,
        code: "locks.cell".into(),
        file: row.place.file.to_string(),
        sheet: row.place.sheet.as_deref().map(Into::into),
        row: Some(row.place.row),
        column: Some(column.into()),
        found: row.text(column).map(ToString::to_string).unwrap_or_default(),
        expected: expected.into(),
        remedy: Text::new(
            format!("改正此格（应为{expected}）；在此之前该行不参与计算"),
            format!("correct the cell ({expected}); until then the row is left out"),
        ),
    })
}

/// A period in words: zh, en.
pub(super) fn period_words(period: &Period) -> (String, String) {
    words::period(&period.to_string())
}

/// The weaker of all grades.
pub(super) fn weakest(all: &[&Evidence]) -> Grade {
    all.iter().map(|evidence| evidence.grade()).min().unwrap_or(Grade::Assumed)
}
