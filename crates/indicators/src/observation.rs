//! Figures as they were printed, each with its unit made one and its last digit kept.

use rust_decimal::Decimal;
use std::{collections::BTreeMap, fmt, str::FromStr, sync::Arc};
use zhidian_model::{
    Citation, Code, Evidence, FromTables, Grade, Interval, Key, Measure, Node, Origin, Period, Problem, Row,
    Severity, Subject, Tables, Text,
};
use zhidian_vocabulary::{measures::Composed, units, words};

/// What is known about how a figure stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// As published.
    Normal,
    /// Published as provisional.
    Provisional,
    /// Published as final.
    Final,
    /// Estimated by its publisher.
    Estimated,
    /// Computed by whoever compiled the table.
    Derived,
    /// A target stated by its publisher: never what happened.
    Target,
    /// Made up to try something out.
    Synthetic,
    /// Read with doubt.
    Unverified,
}

impl Status {
    /// The word for it: zh, en. Empty where nothing needs saying.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Normal => ("", ""),
            Self::Provisional => ("初步数", "provisional"),
            Self::Final => ("最终核实数", "final"),
            Self::Estimated => ("估计数", "estimated"),
            Self::Derived => ("推算数", "derived"),
            Self::Target => ("目标", "target"),
            Self::Synthetic => ("示例数", "synthetic"),
            Self::Unverified => ("存疑读数", "unverified reading"),
        }
    }
}

impl FromStr for Status {
    type Err = ();

    /// The letters of the dossier format; an empty cell is normal.
    fn from_str(text: &str) -> Result<Self, ()> {
        Ok(match text {
            "" | "A" => Self::Normal,
            "P" => Self::Provisional,
            "F" => Self::Final,
            "E" => Self::Estimated,
            "D" => Self::Derived,
            "T" => Self::Target,
            "S" => Self::Synthetic,
            "U" => Self::Unverified,
            _ => return Err(()),
        })
    }
}

/// One printed figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Observation {
    /// Of what.
    pub subject: Subject,
    /// A measure with its conventional basis, or a published rank.
    pub measure: Measure,
    /// When.
    pub period: Period,
    /// The roster a published rank is counted in.
    pub scope: Option<Code>,
    /// The value in `unit`.
    pub value: Decimal,
    /// Weight of the last digit of its column, in `unit`.
    pub ulp: Decimal,
    /// A unit of the vocabulary, or `rank`.
    pub unit: Code,
    /// The figure and unit as printed, for people: `3.50%`.
    pub printed: String,
    /// How it stands.
    pub status: Status,
    /// The edition it belongs to; figures of different editions are never compared.
    pub edition: Option<Arc<str>>,
    /// Where it stands.
    pub evidence: Evidence,
}

impl Observation {
    /// What the printed figure may stand for: ± half the last digit of its column. A count of things is exact.
    pub fn interval(&self) -> Interval {
        let counted = units::by_code(&self.unit).is_some_and(|unit| unit.kind == units::Kind::Counter);
        let ulp = if counted && self.ulp == Decimal::ONE { Decimal::ZERO } else { self.ulp };
        Interval::printed(self.value, ulp)
    }
}

/// All figures, found by measure and subject.
#[derive(Clone, Debug, Default)]
pub struct Observations {
    by: BTreeMap<(Measure, Subject), Vec<Observation>>,
    /// What named things are called: zh, en.
    names: BTreeMap<Subject, (String, String)>,
    /// Composite indices that dossiers declare: the file and its text.
    declared: Vec<(String, String)>,
}

impl Observations {
    /// Every figure at a key, in the order of period, then of the rows. A key at [`Period::ALWAYS`] asks for every
    /// period; a key without a scope asks for every scope.
    pub fn at<'a>(&'a self, key: &'a Key) -> impl Iterator<Item = &'a Observation> {
        let at = (key.measure.clone(), key.subject.clone());
        self.by.get(&at).into_iter().flatten().filter(|observation| {
            (key.period == Period::ALWAYS || key.period == observation.period)
                && (key.scope.is_none() || key.scope == observation.scope)
        })
    }

    /// What a subject is called: zh, en.
    pub fn name(&self, subject: &Subject) -> (String, String) {
        match subject {
            Subject::Region(code) => words::region(*code),
            entity @ Subject::Entity { id, .. } => {
                self.names.get(entity).cloned().unwrap_or_else(|| (id.to_string(), id.to_string()))
            }
        }
    }

    /// Every figure of a measure, subject by subject.
    pub fn of(&self, measure: Measure) -> impl Iterator<Item = (&Subject, &[Observation])> {
        let all = self.by.iter().filter(move |((of, _), _)| *of == measure);
        all.map(|((_, subject), figures)| (subject, figures.as_slice()))
    }

    /// Everybody of whom there is a figure; who has several measures comes several times.
    pub fn subjects(&self) -> impl Iterator<Item = &Subject> {
        self.by.keys().map(|(_, subject)| subject)
    }

    /// The measures that stand in the tables.
    pub fn measures(&self) -> impl Iterator<Item = &Measure> {
        let mut last = None;
        self.by
            .keys()
            .map(|(measure, _)| measure)
            .filter(move |measure| last.replace((*measure).clone()).as_ref() != Some(*measure))
    }

    /// Every figure, by measure, subject and period.
    pub fn each(&self) -> impl Iterator<Item = &Observation> {
        self.by.values().flatten()
    }

    /// The composite indices that dossiers declare: the file and its text.
    pub fn declared(&self) -> &[(String, String)] {
        &self.declared
    }

    /// How many figures there are.
    pub fn len(&self) -> usize {
        self.by.values().map(Vec::len).sum()
    }

    /// Are there none?
    pub fn is_empty(&self) -> bool {
        self.by.is_empty()
    }
}

/// The measure with the basis that goes without saying: `gdp.growth` is `gdp.growth.real`. Operators keep their form.
pub fn conventional(measure: Measure) -> Measure {
    match measure {
        Measure::Of(code) => match Composed::parse_code(&code) {
            Ok(composed) => Measure::of(&composed.conventional().code()),
            Err(_) => Measure::Of(code),
        },
        Measure::Rank(of, order) => Measure::Rank(Box::new(conventional(*of)), order),
        other => other,
    }
}

impl FromTables for Observations {
    fn from_tables(tables: &dyn Tables, problems: &mut Vec<Problem>) -> Self {
        let mut all = Self::default();
        tables.each("observations", &mut |row| match read(row) {
            Ok(observation) => {
                let at = (observation.measure.clone(), observation.subject.clone());
                all.by.entry(at).or_default().push(observation);
            }
            Err(fault) => problems.push(fault.problem(row)),
        });
        tables.each("entities", &mut |row| {
            let subject = row.text("entity").and_then(|entity| entity.parse().ok());
            if let (Some(subject), Some(zh)) = (subject, row.text("name")) {
                let en = row.text("name_en").unwrap_or(zh);
                all.names.insert(subject, (zh.to_string(), en.to_string()));
            }
        });
        tables.each("indices", &mut |row| {
            if let Some(recipe) = row.text("recipe") {
                all.declared.push((row.place.file.to_string(), recipe.to_string()));
            }
        });
        for observations in all.by.values_mut() {
            observations.sort_by_key(|observation| observation.period);
        }
        all
    }
}

/// Why a row is left out: the column, and what should stand there.
struct Fault {
    column: &'static str,
    expected: &'static str,
}

impl Fault {
    fn problem(self, row: &Row<'_>) -> Problem {
        let found = row.text(self.column).map(ToString::to_string).unwrap_or_default();
        Problem {
            severity: Severity::Error,
            code: format!("observation.{}", self.column),
            file: row.place.file.to_string(),
            sheet: row.place.sheet.as_deref().map(Into::into),
            row: Some(row.place.row),
            column: Some(self.column.into()),
            found: found.chars().take(80).collect(),
            expected: self.expected.into(),
            remedy: Text::new(
                "改正此格；在此之前该行不参与计算",
                "correct the cell; until then the row is left out",
            ),
        }
    }
}

fn read(row: &Row<'_>) -> Result<Observation, Fault> {
    let subject: Subject = parse(row, "subject", "a region code or kind:id")?;
    let measure: Measure = parse(row, "measure", "a measure code or rank(code)")?;
    let period = parse(row, "period", "a period such as 2020 or 2020-Q3")?;
    let printed = row.number("value").ok_or(Fault { column: "value", expected: "a number" })?;
    let spelled = row.text("unit").map_or("", |unit| unit);
    let (unit, factor): (Code, Decimal) = if matches!(measure, Measure::Rank(..)) {
        ("rank".into(), Decimal::ONE)
    } else {
        let spelling =
            units::spelling(spelled).ok_or(Fault { column: "unit", expected: "a unit of the vocabulary" })?;
        (spelling.unit.code.into(), spelling.factor)
    };
    let decimals = row.number("decimals").and_then(|decimals| u32::try_from(decimals).ok());
    let decimals = decimals.unwrap_or_else(|| printed.scale()).min(20);
    let overflow = Fault { column: "value", expected: "a number that fits its unit" };
    let value = printed.checked_mul(factor).ok_or(overflow)?;
    let mut shown = printed;
    shown.rescale(decimals);
    let status =
        parse(row, "status", "one of A P F E D T S U").or_else(|fault| match row.text("status") {
            None => Ok(Status::Normal),
            Some(_) => Err(fault),
        })?;
    Ok(Observation {
        subject,
        measure: conventional(measure),
        period,
        scope: row.text("scope").filter(|scope| !scope.is_empty()).cloned(),
        value,
        ulp: Decimal::new(1, decimals) * factor,
        unit,
        printed: format!("{shown}{}", if spelled == "位" { "" } else { spelled }),
        status,
        edition: row.text("edition").filter(|edition| !edition.is_empty()).cloned(),
        evidence: graded(row.evidence("value"), status),
    })
}

/// A figure is no stronger than its status: what is made up or read with doubt stays so, whoever is named as its source.
fn graded(evidence: Evidence, status: Status) -> Evidence {
    let at_most = match status {
        Status::Synthetic => Grade::Synthetic,
        Status::Unverified => Grade::Unverified,
        _ => return evidence,
    };
    match evidence.node() {
        Node::Row(citation) if citation.origin.grade > at_most => {
            let origin = Arc::new(Origin { grade: at_most, ..(*citation.origin).clone() });
            Evidence::row(Citation { origin, ..citation.clone() })
        }
        _ => evidence,
    }
}

fn parse<T: FromStr>(row: &Row<'_>, column: &'static str, expected: &'static str) -> Result<T, Fault> {
    row.text(column).and_then(|text| text.parse().ok()).ok_or(Fault { column, expected })
}

impl fmt::Display for Observation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}: {}", self.measure, self.subject, self.period, self.printed)
    }
}
