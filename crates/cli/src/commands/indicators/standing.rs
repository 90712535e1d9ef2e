//! `zhidian indicators rank|since`.

use super::{Answer, First, Opened, Source, number, print};
use crate::{
    outcome::{Exit, Failure},
    talk::Talk,
};
use clap::Args;
use serde::Serialize;
use std::collections::BTreeMap;
use zhidian_indicators::{
    composite::Fault,
    standing::{self, Place, Printed},
};

#[derive(Debug, Args)]
pub(super) struct Rank {
    #[command(flatten)]
    source: Source,
    /// 指标 The measure; by default the only one
    #[arg(long)]
    measure: Option<String>,
    /// 时期 The period; by default the latest
    #[arg(long)]
    period: Option<String>,
    /// 何者在前 Which end is first
    #[arg(long, value_enum, default_value_t)]
    first: First,
    /// 只在这些单位之间排 Only among these units, parted by commas; one without a figure widens the places
    #[arg(long, value_delimiter = ',', value_name = "UNIT")]
    among: Vec<String>,
}

#[derive(Debug, Args)]
pub(super) struct Since {
    #[command(flatten)]
    source: Source,
    /// 单位 The unit
    #[arg(long)]
    unit: String,
    /// 指标 The measure; by default the only one
    #[arg(long)]
    measure: Option<String>,
    /// 何者在前 Which end is first
    #[arg(long, value_enum, default_value_t)]
    first: First,
    /// 只在这些单位之间排 Only among these units, parted by commas
    #[arg(long, value_delimiter = ',', value_name = "UNIT")]
    among: Vec<String>,
}

#[derive(Serialize)]
struct Asked {
    measure: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    period: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<String>,
    first: First,
    among: Vec<String>,
}

#[derive(Serialize)]
struct Ranked {
    rows: Vec<Row>,
    scope: Vec<String>,
    tie_rule: &'static str,
}

#[derive(Serialize)]
struct Row {
    subject: String,
    value: Option<f64>,
    rank: Option<Interval>,
    ties: usize,
    gap_next: Option<f64>,
}

#[derive(Serialize)]
struct Interval {
    least: usize,
    most: usize,
}

#[derive(Serialize)]
struct Series {
    series: Vec<Year>,
    best_since: Option<Best>,
}

#[derive(Serialize)]
struct Year {
    period: String,
    rank: Option<Interval>,
    n: usize,
    grade: &'static str,
}

#[derive(Serialize)]
struct Best {
    from: i32,
    years: u32,
    exhausted: bool,
}

pub(super) fn rank(command: &Rank, talk: &Talk) -> Result<Exit, Failure> {
    let opened = command.source.open()?;
    let measure = measure(&opened, command.measure.as_deref())?;
    let period = super::period(&opened, command.period.as_deref())?;
    let table = peers(&opened, &measure, period.as_deref(), &command.among);
    let mut rows: Vec<(usize, Row)> = table
        .iter()
        .zip(places(&table, command.first))
        .map(|((unit, printed), place)| row(unit, *printed, place, opened.sheet.decimals(&measure)))
        .collect();
    rows.sort_by(|a, b| (a.0, &a.1.subject).cmp(&(b.0, &b.1.subject)));
    let mut faults = opened.sheet.faults;
    faults.extend(says_little(&measure, &table));
    let answer = Answer {
        verb: "rank",
        sha256: opened.sha256,
        sheet: opened.named,
        options: Asked { measure, period, unit: None, first: command.first, among: command.among.clone() },
        seed: 0,
        result: Ranked {
            rows: rows.into_iter().map(|(_, row)| row).collect(),
            scope: table.into_iter().map(|(unit, _)| unit).collect(),
            tie_rule: "shared as printed",
        },
        faults,
    };
    command.source.print(answer, talk)
}

pub(super) fn since(command: &Since, talk: &Talk) -> Result<Exit, Failure> {
    let opened = command.source.open()?;
    let measure = measure(&opened, command.measure.as_deref())?;
    if !opened.sheet.data.units.contains(&command.unit) {
        return Err(not_there(&command.unit, &opened.sheet.data.units));
    }
    let mut periods = opened.sheet.periods.clone();
    periods.sort();
    periods.dedup();
    let mut series = Vec::new();
    let mut years = Vec::new();
    for period in periods {
        let table = peers(&opened, &measure, Some(&period), &command.among);
        let placed = places(&table, command.first);
        let place = table.iter().position(|(unit, _)| *unit == command.unit).and_then(|at| placed[at]);
        if let (Some(place), Ok(year)) = (place, period.parse::<i32>()) {
            years.push((year, place.least, place.most));
        }
        let n = table.iter().filter(|(_, printed)| !printed.value.is_nan()).count();
        let rank = place.map(|place| Interval { least: place.least, most: place.most });
        series.push(Year { period, rank, n, grade: "unverified" });
    }
    let best = standing::best_since(&years);
    let answer = Answer {
        verb: "since",
        sha256: opened.sha256,
        sheet: opened.named,
        options: Asked {
            measure,
            period: None,
            unit: Some(command.unit.clone()),
            first: command.first,
            among: command.among.clone(),
        },
        seed: 0,
        result: Series {
            series,
            best_since: best.map(|best| Best {
                from: best.from,
                years: best.years,
                exhausted: best.exhausted,
            }),
        },
        faults: opened.sheet.faults,
    };
    command.source.print(answer, talk)
}

/// The units of a period with their figures. Units that were named and have no row count as missing.
fn peers(opened: &Opened, measure: &str, period: Option<&str>, among: &[String]) -> Vec<(String, Printed)> {
    let sheet = &opened.sheet;
    let half = sheet.half(measure);
    let values = sheet.values(measure).unwrap_or_default();
    let in_period = |row: &usize| period.is_none_or(|period| sheet.periods[*row] == period);
    let mut there: BTreeMap<&str, f64> = BTreeMap::new();
    let mut order: Vec<&str> = Vec::new();
    for row in (0..values.len()).filter(in_period) {
        let unit = &*sheet.data.units[row];
        if there.insert(unit, values[row]).is_none() {
            order.push(unit);
        }
    }
    let named: Vec<&str> = if among.is_empty() { order } else { among.iter().map(String::as_str).collect() };
    let printed = |unit: &str| Printed { value: there.get(unit).copied().unwrap_or(f64::NAN), half };
    named.into_iter().map(|unit| (unit.to_owned(), printed(unit))).collect()
}

fn places(table: &[(String, Printed)], first: First) -> Vec<Option<Place>> {
    let first = match first {
        First::Highest => standing::First::Highest,
        First::Lowest => standing::First::Lowest,
    };
    standing::places(&table.iter().map(|(_, printed)| *printed).collect::<Vec<_>>(), first)
}

fn row(unit: &str, printed: Printed, place: Option<Place>, decimals: u32) -> (usize, Row) {
    let at = place.map_or(usize::MAX, |place| place.printed);
    let row = Row {
        subject: unit.to_owned(),
        value: number(printed.value),
        rank: place.map(|place| Interval { least: place.least, most: place.most }),
        ties: place.map_or(0, |place| place.ties),
        gap_next: place.and_then(|place| place.gap_below).map(|gap| rounded(gap, decimals)),
    };
    (at, row)
}

/// What places among such peers do not say.
fn says_little(measure: &str, table: &[(String, Printed)]) -> Option<Fault> {
    let there: Vec<f64> = table.iter().map(|(_, printed)| printed.value).filter(|x| !x.is_nan()).collect();
    if table.len() < 2 {
        return Some(Fault::of(
            "one_peer",
            measure,
            "只有一个单位，位次没有意义；请增加比较对象",
            "there is one unit alone, so its place says nothing; name more peers",
        ));
    }
    (there.len() > 1 && there.iter().all(|x| *x == there[0])).then(|| {
        Fault::of(
            "all_equal",
            measure,
            "各单位数值相同，并列第一，位次没有意义；请核对该列",
            "all units print the same and share the first place, which says nothing; check the column",
        )
    })
}

/// A difference of printed figures has no more decimals than they have.
fn rounded(x: f64, decimals: u32) -> f64 {
    format!("{x:.*}", decimals as usize).parse().unwrap_or(x)
}

pub(super) fn measure(opened: &Opened, named: Option<&str>) -> Result<String, Failure> {
    let there = &opened.sheet.measures;
    match (named, there.as_slice()) {
        (Some(name), _) if there.iter().any(|measure| measure == name) => Ok(name.to_owned()),
        (None, [only]) => Ok(only.clone()),
        (Some(name), _) => Err(not_there(name, there)),
        (None, _) => {
            let all = there.join(", ");
            Err(Failure::usage(
                format!("文件中有多个指标，请用 --measure 指明：{all}"),
                format!("failed to choose among the measures; name one with --measure: {all}"),
            ))
        }
    }
}

pub(super) fn latest(opened: &Opened) -> Option<String> {
    let periods = opened.sheet.data.periods.iter().zip(&opened.sheet.periods);
    periods.max_by(|a, b| a.0.total_cmp(b.0)).map(|(_, period)| period.clone())
}

pub(super) fn not_there(name: &str, there: &[String]) -> Failure {
    let mut some: Vec<&str> = there.iter().map(String::as_str).collect();
    some.sort_unstable();
    some.dedup();
    some.truncate(20);
    if some.is_empty() {
        return Failure::usage(
            format!("文件中没有“{name}”，也没有任何一列数"),
            format!("failed to find {name} in the file, which has no column of figures at all"),
        );
    }
    let some = some.join(", ");
    Failure::usage(
        format!("文件中没有“{name}”；有：{some}"),
        format!("failed to find {name} in the file; there are: {some}"),
    )
}

impl print::Lines for Ranked {
    fn header(&self) -> Vec<String> {
        ["subject", "value", "least", "most", "ties", "gap_next"].map(str::to_owned).to_vec()
    }

    fn rows(&self) -> Vec<Vec<String>> {
        let row = |row: &Row| {
            let (least, most) = edges(row.rank.as_ref());
            vec![
                row.subject.clone(),
                print::cell(row.value),
                least,
                most,
                row.ties.to_string(),
                print::cell(row.gap_next),
            ]
        };
        self.rows.iter().map(row).collect()
    }
}

impl print::Lines for Series {
    fn header(&self) -> Vec<String> {
        ["period", "least", "most", "n"].map(str::to_owned).to_vec()
    }

    fn rows(&self) -> Vec<Vec<String>> {
        let row = |year: &Year| {
            let (least, most) = edges(year.rank.as_ref());
            vec![year.period.clone(), least, most, year.n.to_string()]
        };
        let best = self.best_since.as_ref().map(|best| {
            let more = if best.exhausted { "≥" } else { "" };
            vec![
                "best_since".to_owned(),
                best.from.to_string(),
                format!("{more}{}", best.years),
                String::new(),
            ]
        });
        self.series.iter().map(row).chain(best).collect()
    }
}

fn edges(rank: Option<&Interval>) -> (String, String) {
    rank.map_or_else(Default::default, |rank| (rank.least.to_string(), rank.most.to_string()))
}
