//! `zhidian indicators`: places, best since, composite indices, what they hang on and what moved them, on a plain file.

mod analysis;
mod classify;
mod convert;
mod explain;
mod index;
mod print;
mod revisions;
mod sensitivity;
mod standing;
mod tables;

use super::envelope::{Envelope, Input};
use crate::{
    outcome::{Exit, Failure},
    talk::Talk,
};
use clap::{Args, Subcommand, ValueEnum};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use zhidian_dossier::hex;
use zhidian_indicators::{
    composite::{Fault, Recipe},
    sheet::{
        Layout, Limits, Sheet,
        workbook::{self, Grid},
    },
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
    Sensitivity(sensitivity::Sensitivity),
    /// 为何在此位次、为何变动 Why a unit stands where it does, and what moved it
    Explain(explain::Explain),
    /// 两版数据的差异 What two editions of a file have differently
    Revisions(revisions::Revisions),
    /// 按规则分类 Kinds of units by declared rules
    Classify(classify::Classify),
    /// 换一种格式 The figures in another format: SDMX-CSV, CSV, XLSX
    Convert(convert::Convert),
}

/// The file of figures, and how it is to be read.
#[derive(Debug, Args)]
struct Source {
    /// 数据 A CSV or XLSX file: one row a unit, one row a figure, SDMX-CSV, or the COIN Tool's workbook
    file: PathBuf,
    /// 工作表 Sheet of a workbook; by default the COIN Tool's, else the first
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
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
        Verb::Sensitivity(command) => sensitivity::sensitivity(command, talk),
        Verb::Explain(command) => explain::explain(command, talk),
        Verb::Revisions(command) => revisions::revisions(command, talk),
        Verb::Classify(command) => classify::classify(command, talk),
        Verb::Convert(command) => convert::convert(command, talk),
    }
}

/// A file that was read.
struct Opened {
    sheet: Sheet,
    sha256: String,
    /// The index that the file declares itself: the COIN Tool's workbook.
    recipe: Option<Recipe>,
    /// The sheet of a workbook.
    named: Option<String>,
}

impl Source {
    fn open(&self) -> Result<Opened, Failure> {
        self.read(&self.file)
    }

    /// Another file, read in the same way.
    fn read(&self, path: &Path) -> Result<Opened, Failure> {
        let bytes = std::fs::read(path).map_err(|error| Failure::read(path, &error))?;
        let sha256 = hex(&Sha256::digest(&bytes));
        let layout = Layout { unit: self.unit_column.clone(), period: self.period_column.clone() };
        let fails = |error: &dyn std::fmt::Display| {
            let file = path.display();
            Failure::data(format!("无法读取 {file}：{error}"), format!("{file}: {error}"))
        };
        if let Some((zh, en)) = no_table(path, &bytes) {
            let file = path.display();
            return Err(Failure::data(
                format!("无法读取 {file}：{zh}"),
                format!("{file}: failed to read it: {en}"),
            ));
        }
        if !bytes.starts_with(b"PK") {
            let sheet =
                Sheet::read(bytes.as_slice(), &layout, &Limits::default()).map_err(|error| fails(&error))?;
            return Ok(Opened { sheet, sha256, recipe: None, named: None });
        }
        let grids = zhidian_dossier::grids::grids(&bytes, &zhidian_dossier::Limits::default())
            .map_err(|error| fails(&error))?;
        let grids: Vec<Grid> =
            grids.into_iter().map(|grid| Grid { name: grid.name, rows: grid.rows }).collect();
        let book = workbook::read(&grids, self.sheet.as_deref(), &layout, &Limits::default())
            .map_err(|error| fails(&error))?;
        Ok(Opened { sheet: book.sheet, sha256, recipe: book.recipe, named: Some(book.name) })
    }

    /// Prints the result: one object under `--json`, else the lines of a table, problems on stderr.
    fn print<O: Serialize, R: Serialize + print::Lines>(
        &self,
        answer: Answer<O, R>,
        talk: &Talk,
    ) -> Result<Exit, Failure> {
        let problems: Vec<Problem> =
            answer.faults.iter().map(|fault| self.placed(fault, answer.sheet.clone())).collect();
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

    /// Tells on stderr what was wrong with a file that is not answered from.
    fn tell(&self, opened: &Opened, talk: &Talk) {
        let problems: Vec<Problem> =
            opened.sheet.faults.iter().map(|fault| self.placed(fault, opened.named.clone())).collect();
        talk.problems(&problems);
    }

    fn placed(&self, fault: &Fault, sheet: Option<String>) -> Problem {
        Problem {
            severity: Severity::Warning,
            code: format!("indicators.{}", fault.code),
            file: self.file.display().to_string(),
            sheet,
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
    sheet: Option<String>,
    options: O,
    seed: u64,
    result: R,
    faults: Vec<Fault>,
}

/// Why bytes are neither a text of rows nor a workbook.
fn no_table(path: &Path, bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    let start = &bytes[..bytes.len().min(4096)];
    let is = |end: &str| path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case(end));
    let (zip, xml) = (start.starts_with(b"PK"), start.trim_ascii_start().starts_with(b"<"));
    if is("xlsx") && !zip && !bytes.is_empty() {
        return Some((
            "不是 XLSX 工作簿；请重新另存为 .xlsx 或 .csv",
            "it is no XLSX workbook; save it again as .xlsx or .csv",
        ));
    }
    if xml {
        return Some(("这是 XML；SDMX-ML 请另存为 SDMX-CSV", "it is XML; save SDMX-ML as SDMX-CSV"));
    }
    if !zip && start.contains(&0) {
        return Some(("不是文本文件；请另存为 UTF-8 的 CSV", "it is no text; save it as CSV in UTF-8"));
    }
    None
}

/// Reads index.toml; where none is named, the index that a workbook declares itself.
fn recipe(file: Option<&Path>, opened: &Opened) -> Result<Recipe, Failure> {
    let Some(file) = file else {
        return opened.recipe.clone().ok_or_else(|| {
            Failure::usage(
                "请用 --recipe 指明 index.toml（COIN Tool 的工作簿可不指明）",
                "failed to find an index; name index.toml with --recipe (a COIN Tool workbook brings its own)",
            )
        });
    };
    let text = std::fs::read_to_string(file).map_err(|error| Failure::read(file, &error))?;
    toml::from_str(&text).map_err(|error| {
        let file = file.display();
        Failure::data(format!("无法读取 {file}：{error}"), format!("failed to read {file}: {error}"))
    })
}

/// The declaration cannot be followed.
fn refused(file: Option<&Path>, faults: &[Fault]) -> Failure {
    let zh: Vec<String> = faults.iter().map(|fault| format!("{}：{}", fault.node, fault.text.zh)).collect();
    let en: Vec<String> = faults.iter().map(ToString::to_string).collect();
    let file = file.map(|file| file.display().to_string()).unwrap_or_default();
    Failure::data(
        format!("无法按 {file} 计算：{}", zh.join("；")),
        format!("failed to follow {file}: {}", en.join("; ")),
    )
}

/// The period asked for, else the latest; none for a cross-section.
fn period(opened: &Opened, asked: Option<&str>) -> Result<Option<String>, Failure> {
    match asked {
        Some(period) if opened.sheet.periods.iter().any(|other| other == period) => {
            Ok(Some(period.to_owned()))
        }
        Some(period) => Err(standing::not_there(period, &opened.sheet.periods)),
        None => Ok(standing::latest(opened)),
    }
}

/// A missing value is null.
fn number(x: f64) -> Option<f64> {
    x.is_finite().then_some(x)
}
