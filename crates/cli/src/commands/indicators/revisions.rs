//! `zhidian indicators revisions`: which figures of an earlier file a later one has otherwise.

use super::{Answer, Source, number, print};
use crate::{
    outcome::{Exit, Failure},
    talk::Talk,
};
use clap::Args;
use serde::Serialize;
use std::{collections::BTreeMap, path::PathBuf};
use zhidian_indicators::sheet::Sheet;

#[derive(Debug, Args)]
pub(super) struct Revisions {
    #[command(flatten)]
    source: Source,
    /// 此前的文件 The earlier file
    #[arg(long, value_name = "FILE")]
    before: PathBuf,
}

#[derive(Serialize)]
struct Asked {
    before: String,
}

#[derive(Serialize)]
struct Revised {
    compared: usize,
    rows: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    unit: String,
    period: String,
    measure: String,
    before: Option<f64>,
    after: Option<f64>,
    change: Option<f64>,
}

pub(super) fn revisions(command: &Revisions, talk: &Talk) -> Result<Exit, Failure> {
    let opened = command.source.open()?;
    let earlier = command.source.read(&command.before)?;
    let answer = Answer {
        verb: "revisions",
        sha256: opened.sha256.clone(),
        sheet: opened.named.clone(),
        options: Asked { before: earlier.sha256 },
        seed: 0,
        result: compare(&earlier.sheet, &opened.sheet),
        faults: [earlier.sheet.faults.clone(), opened.sheet.faults.clone()].concat(),
    };
    command.source.print(answer, talk)
}

/// The figures of units, periods and measures that both files know, and what differs: changed, withdrawn, or first given.
fn compare(before: &Sheet, after: &Sheet) -> Revised {
    let at = |sheet: &Sheet, row: usize| {
        (sheet.data.units[row].clone(), sheet.periods.get(row).cloned().unwrap_or_default())
    };
    let rows: BTreeMap<(String, String), usize> =
        (0..after.data.units.len()).map(|row| (at(after, row), row)).collect();
    let mut out = Revised { compared: 0, rows: vec![] };
    for measure in before.measures.iter().filter(|measure| after.values(measure).is_some()) {
        let (Some(old), Some(new)) = (before.values(measure), after.values(measure)) else { continue };
        for (row, old) in old.iter().enumerate() {
            let key = at(before, row);
            let Some(new) = rows.get(&key).map(|row| new[*row]) else { continue };
            out.compared += 1;
            if *old == new || old.is_nan() && new.is_nan() {
                continue;
            }
            out.rows.push(Row {
                unit: key.0,
                period: key.1,
                measure: measure.clone(),
                before: number(*old),
                after: number(new),
                change: number(new - old),
            });
        }
    }
    out
}

impl print::Lines for Revised {
    fn header(&self) -> Vec<String> {
        ["unit", "period", "measure", "before", "after", "change"].map(str::to_owned).to_vec()
    }

    fn rows(&self) -> Vec<Vec<String>> {
        let row = |row: &Row| {
            let numbers = [row.before, row.after, row.change].map(print::cell);
            [row.unit.clone(), row.period.clone(), row.measure.clone()].into_iter().chain(numbers).collect()
        };
        self.rows.iter().map(row).collect()
    }
}
