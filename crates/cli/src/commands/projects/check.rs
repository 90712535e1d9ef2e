//! `zhidian projects check`.

use super::{
    Answer,
    load::{Source, wan, yuan},
    print,
};
use crate::{
    outcome::{Exit, Failure},
    talk::Talk,
};
use clap::Args;
use serde_json::{Map, Value, json};
use std::path::{Path, PathBuf};
use zhidian_dossier::write_atomically;
use zhidian_model::{Problem, Severity, Text};
use zhidian_projects::formats::{mspdi, register::to_plan, workbook};
use zhidian_projects::register::{Fault, Finding, Register, Totals, reconcile};

/// What it takes.
#[derive(Debug, Args)]
pub(super) struct Check {
    #[command(flatten)]
    source: Source,
    /// 另存为 Also write the register as it was understood: .xlsx, or .xml for Microsoft Project
    #[arg(long, value_name = "FILE")]
    write: Option<PathBuf>,
    /// 月报模板 Also write the form of a monthly report (.xlsx) for these projects
    #[arg(long, value_name = "FILE", requires = "month")]
    form: Option<PathBuf>,
    /// 月报的月份 The month of the form, such as 2026-11
    #[arg(long, value_name = "MONTH")]
    month: Option<String>,
}

pub(super) fn run(command: &Check, talk: &Talk) -> Result<Exit, Failure> {
    let loaded = command.source.load()?;
    if let Some(path) = &command.write {
        write(path, &loaded.register)?;
    }
    if let (Some(path), Some(month)) = (&command.form, &command.month) {
        let month = super::load::month(month)?;
        let bytes = workbook::monthly_report(&loaded.register, month);
        save(path, &bytes.map_err(|error| Failure::write(path, &error))?)?;
    }
    let (totals, findings) = reconcile(&loaded.register);
    let mut problems = loaded.problems;
    problems.extend(findings.iter().map(|finding| problem(finding, &loaded.register)));
    let faults: Vec<Value> = findings
        .iter()
        .map(|finding| {
            let codes: Vec<&str> =
                finding.projects.iter().map(|at| loaded.register.projects[*at].called()).collect();
            json!({"fault": finding.fault, "projects": codes, "found": finding.found})
        })
        .collect();
    let result = json!({"counts": counts(&totals, &findings), "totals": sums(&totals), "faults": faults});
    let answer =
        Answer { verb: "check", sha256: loaded.sha256, options: json!({}), seed: 0, result, problems };
    print(answer, &lines(&totals, &findings, talk), command.source.json, talk)
}

fn write(path: &Path, register: &Register) -> Result<(), Failure> {
    let end = path.extension().map(|end| end.to_string_lossy().to_lowercase());
    let bytes = match end.as_deref() {
        Some("xlsx") => workbook::write(register).map_err(|error| Failure::write(path, &error))?,
        Some("xml") => {
            let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
            mspdi::write(&to_plan(register, &name)).into_bytes()
        }
        _ => {
            return Err(Failure::usage(
                "--write 的文件名须以 .xlsx 或 .xml 结尾",
                "failed to write: the file of --write must end in .xlsx or .xml",
            ));
        }
    };
    save(path, &bytes)
}

fn save(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    write_atomically(path, bytes).map_err(|error| Failure::write(path, &error))
}

fn counts(totals: &Totals, findings: &[Finding]) -> Value {
    let stages: Map<String, Value> =
        totals.by_stage.iter().map(|(stage, count)| (stage.words().1.to_owned(), json!(count))).collect();
    let trades: Map<String, Value> =
        totals.by_trade.iter().map(|(trade, (count, _))| (trade.clone(), json!(count))).collect();
    json!({
        "projects": totals.projects,
        "distinct": totals.distinct,
        "with_total": totals.with_total,
        "admitted": totals.admitted,
        "stages": stages,
        "trades": trades,
        "faults": findings.len(),
    })
}

/// Sums in yuan, as decimal strings.
fn sums(totals: &Totals) -> Value {
    let years = |sums: &std::collections::BTreeMap<i16, i64>| -> Map<String, Value> {
        sums.iter().map(|(year, sum)| (year.to_string(), json!(yuan(*sum)))).collect()
    };
    let sources: Map<String, Value> = totals
        .by_source
        .iter()
        .map(|(source, (planned, in_place))| {
            (source.words().1.to_owned(), json!({"planned": yuan(*planned), "in_place": yuan(*in_place)}))
        })
        .collect();
    json!({
        "unit": "元",
        "invest_total": yuan(totals.total),
        "invest_total_distinct": yuan(totals.total_distinct),
        "planned": years(&totals.planned),
        "done": years(&totals.done),
        "done_in_all": yuan(totals.done_in_all),
        "funds": yuan(totals.funds),
        "funds_planned": yuan(totals.funds_planned),
        "funds_share": (totals.funds_planned > 0).then(|| totals.funds as f64 / totals.funds_planned as f64),
        "sources": sources,
    })
}

fn lines(totals: &Totals, findings: &[Finding], talk: &Talk) -> Vec<String> {
    let mut lines = vec![
        format!("{}  {}", talk.pick("项目", "projects"), totals.projects),
        format!("{}  {}", talk.pick("去重后", "distinct"), totals.distinct),
        format!("{}  {} 万元", talk.pick("总投资", "total investment"), wan(totals.total)),
    ];
    for (year, plan) in &totals.planned {
        lines.push(format!("{year} {}  {} 万元", talk.pick("计划", "planned"), wan(*plan)));
    }
    for (year, done) in &totals.done {
        lines.push(format!("{year} {}  {} 万元", talk.pick("完成", "done"), wan(*done)));
    }
    lines.push(format!("{}  {}", talk.pick("疑点", "faults"), findings.len()));
    lines
}

/// A fault of the register as a problem at its first row.
fn problem(finding: &Finding, register: &Register) -> Problem {
    let first = finding.projects.first().and_then(|at| register.projects.get(*at));
    let place = first.and_then(|project| register.sheets.get(project.at.sheet as usize));
    let (zh, en) = words(finding.fault);
    let code = serde_json::to_value(finding.fault).ok().and_then(|code| code.as_str().map(ToOwned::to_owned));
    Problem {
        severity: Severity::Warning,
        code: format!("register.{}", code.unwrap_or_default()),
        file: place.map(|(file, _)| file.clone()).unwrap_or_default(),
        sheet: place.and_then(|(_, sheet)| sheet.clone()),
        row: first.map(|project| project.at.row),
        column: None,
        found: finding.found.clone(),
        expected: "rows that agree with each other".into(),
        remedy: Text::new(zh, en),
    }
}

fn words(fault: Fault) -> (&'static str, &'static str) {
    match fault {
        Fault::DuplicateCode => ("同一代码出现多次，请核对", "one code stands twice: check it"),
        Fault::DuplicateName => ("同一名称出现多次，请核对", "one name stands twice: check it"),
        Fault::PhasesCountedTwice => (
            "整体与分期同时列入，合计会重复计算",
            "phases stand beside their whole: the sum counts them twice",
        ),
        Fault::EndsBeforeStart => ("竣工早于开工，请核对日期", "it ends before it starts: check the dates"),
        Fault::ImpossibleDates => ("日期与进度不符，请核对", "dates and progress cannot both be: check them"),
        Fault::YearOverTotal => {
            ("年度计划大于总投资，请核对", "the year's plan is more than the total: check it")
        }
        Fault::DoneOverTotal => ("完成投资大于总投资，请核对", "more is done than the total: check it"),
        Fault::FundsOverTotal => {
            ("到位资金大于总投资，请核对", "more funds are in place than the total: check it")
        }
        Fault::FundsDisagree => (
            "各来源之和与资金合计不符，请核对",
            "the sources do not sum to the funds stated for all: check them",
        ),
        Fault::MilestoneAfterEnd => {
            ("节点晚于竣工时间，请核对", "a milestone lies after completion: check the dates")
        }
        Fault::UnknownBefore => ("前置项目不在项目库中", "the project before it is not in the register"),
        Fault::Circle => ("前后置关系成环，请改正", "the projects wait for each other in a circle: mend it"),
        Fault::CountedBeforeAdmission => (
            "入库前已计投资，按“先入库后有数”不应计入",
            "work is counted before admission to the statistical register",
        ),
    }
}
