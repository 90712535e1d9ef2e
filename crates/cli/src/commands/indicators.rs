//! `zhidian indicators`: places, best since, composite indices and what they hang on, on a plain file.

mod index;
mod print;
mod standing;

use super::envelope::{Envelope, Input};
use crate::{
    outcome::{Exit, Failure},
    talk::Talk,
};
use clap::{Args, Subcommand, ValueEnum};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::path::PathBuf;
use zhidian_dossier::hex;
use zhidian_indicators::{
    composite::Fault,
    sheet::{Layout, Limits, Sheet},
};
use zhidian_model::{Problem, Severity};

/// What `zhidian indicators` takes.
#[derive(Debug, Args)]
pub(crate) struct Indicators {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// 一个指标的位次 Places in one measure, as intervals
    Rank(standing::Rank),
    /// 多少年来最好 Since when a place is the best
    Since(standing::Since),
    /// 按 index.toml 合成指数 A composite index, as index.toml declares it
    Index(index::Index),
    /// 指数取决于哪些选择 What the places of an index hang on
    Sensitivity(index::Sensitivity),
}

/// The file of figures, and how it is to be read.
#[derive(Debug, Args)]
struct Source {
    /// 数据 A CSV file: one row a unit, one row a figure, or SDMX-CSV
    file: PathBuf,
    /// 单位所在列 Column of the units; by default told by its name, else the first
    #[arg(long, value_name = "COLUMN")]
    unit_column: Option<String>,
    /// 时期所在列 Column of the periods; by default told by its name
    #[arg(long, value_name = "COLUMN")]
    period_column: Option<String>,
    /// 以 JSON 输出 Print one JSON object
    #[arg(long)]
    json: bool,
}

/// Which end is first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "snake_case")]
enum First {
    /// 高者在前 The highest value
    #[default]
    Highest,
    /// 低者在前 The lowest value
    Lowest,
}

pub(crate) fn run(command: &Indicators, talk: &Talk) -> Result<Exit, Failure> {
    match &command.verb {
        Verb::Rank(command) => standing::rank(command, talk),
        Verb::Since(command) => standing::since(command, talk),
        Verb::Index(command) => index::index(command, talk),
        Verb::Sensitivity(command) => index::sensitivity(command, talk),
    }
}

/// A file that was read.
struct Opened {
    sheet: Sheet,
    sha256: String,
}

impl Source {
    fn open(&self) -> Result<Opened, Failure> {
        let bytes = std::fs::read(&self.file).map_err(|error| Failure::read(&self.file, &error))?;
        let layout = Layout { unit: self.unit_column.clone(), period: self.period_column.clone() };
        let sheet = Sheet::read(bytes.as_slice(), &layout, &Limits::default()).map_err(|error| {
            let file = self.file.display();
            Failure::data(format!("无法读取 {file}：{error}"), format!("{file}: {error}"))
        })?;
        let sha256 = hex(&Sha256::digest(&bytes));
        Ok(Opened { sheet, sha256 })
    }

    /// Prints the result: one object under `--json`, else the lines of a table, problems on stderr.
    fn print<O: Serialize, R: Serialize + print::Lines>(
        &self,
        answer: Answer<O, R>,
        talk: &Talk,
    ) -> Result<Exit, Failure> {
        let problems: Vec<Problem> = answer.faults.iter().map(|fault| self.problem(fault)).collect();
        if self.json {
            super::print_json(&Envelope {
                schema: format!("zhidian.indicators.{}/1", answer.verb),
                input: Input { sha256: answer.sha256 },
                options: answer.options,
                seed: answer.seed,
                result: answer.result,
                findings: vec![],
                problems,
            })?;
        } else {
            talk.problems(&problems);
            super::print(&print::table(&answer.result))?;
        }
        Ok(Exit::Ok)
    }

    fn problem(&self, fault: &Fault) -> Problem {
        Problem {
            severity: Severity::Warning,
            code: format!("indicators.{}", fault.code),
            file: self.file.display().to_string(),
            sheet: None,
            row: fault.row,
            column: Some(fault.node.clone()),
            found: fault.unit.clone().unwrap_or_default(),
            expected: String::new(),
            remedy: fault.text.clone(),
        }
    }
}

/// What a verb found.
struct Answer<O, R> {
    verb: &'static str,
    sha256: String,
    options: O,
    seed: u64,
    result: R,
    faults: Vec<Fault>,
}

/// A missing value is null.
fn number(x: f64) -> Option<f64> {
    x.is_finite().then_some(x)
}
