//! `zhidian indicators classify`: kinds of units by declared rules.

use super::{Answer, Source, print};
use crate::{
    outcome::{Exit, Failure},
    talk::Talk,
};
use clap::Args;
use serde::Serialize;
use std::path::PathBuf;
use zhidian_indicators::typology::{self, Rules};

#[derive(Debug, Args)]
pub(super) struct Classify {
    #[command(flatten)]
    source: Source,
    /// 规则 The declared rules: typology.toml
    #[arg(long, value_name = "FILE")]
    rules: PathBuf,
}

#[derive(Serialize)]
struct Kinds {
    units: Vec<Unit>,
}

#[derive(Serialize)]
struct Unit {
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    period: Option<String>,
    /// The kind; none where it is undecided.
    kind: Option<String>,
    title: Option<String>,
    /// The kinds that are not ruled out.
    possible: Vec<String>,
    /// The columns that would tell.
    missing: Vec<String>,
}

pub(super) fn classify(command: &Classify, talk: &Talk) -> Result<Exit, Failure> {
    let opened = command.source.open()?;
    let text =
        std::fs::read_to_string(&command.rules).map_err(|error| Failure::read(&command.rules, &error))?;
    let rules: Rules = toml::from_str(&text).map_err(|error| {
        let file = command.rules.display();
        Failure::data(format!("无法读取 {file}：{error}"), format!("failed to read {file}: {error}"))
    })?;
    let data = &opened.sheet.data;
    let id = |at: &usize| rules.kinds[*at].id.clone();
    let unit = |row: usize| {
        let told = typology::tell(&rules, data, row);
        Unit {
            id: data.units[row].clone(),
            period: opened.sheet.periods.get(row).cloned(),
            kind: told.kind.as_ref().map(id),
            title: told.kind.and_then(|at| rules.kinds[at].title.clone()),
            possible: told.possible.iter().map(id).collect(),
            missing: told.missing,
        }
    };
    let answer = Answer {
        verb: "classify",
        sha256: opened.sha256.clone(),
        sheet: opened.named.clone(),
        options: rules.clone(),
        seed: 0,
        result: Kinds { units: (0..data.units.len()).map(unit).collect() },
        faults: opened.sheet.faults.clone(),
    };
    command.source.print(answer, talk)
}

impl print::Lines for Kinds {
    fn header(&self) -> Vec<String> {
        ["id", "period", "kind", "title", "possible", "missing"].map(str::to_owned).to_vec()
    }

    fn rows(&self) -> Vec<Vec<String>> {
        let row = |unit: &Unit| {
            vec![
                unit.id.clone(),
                unit.period.clone().unwrap_or_default(),
                unit.kind.clone().unwrap_or_default(),
                unit.title.clone().unwrap_or_default(),
                unit.possible.join(" "),
                unit.missing.join(" "),
            ]
        };
        self.units.iter().map(row).collect()
    }
}
