//! `zhidian approvals clock`

use super::print::table;
use super::source::{Answer, Source, Sum};
use crate::outcome::{Exit, Failure};
use crate::talk::Talk;
use clap::Args;
use serde::Serialize;
use std::io::Read;
use std::path::{Path, PathBuf};
use zhidian_approvals::clock::calendar::{self, Calendar};
use zhidian_approvals::clock::register::{self, Stated};
use zhidian_approvals::clock::{AuditDay, Reckoning, Statute, Unpublished, statute};
use zhidian_approvals::log::time::{DAY, date_text, parse, utc};
use zhidian_approvals::read::{self, Limits};
use zhidian_model::{Problem, Severity, Text};

/// The parameters that come with the product: dated, with their references.
const PARAMETERS: &str = include_str!("../../../../../dossiers/reference/parameters.toml");

#[derive(Debug, Args)]
pub(crate) struct Clock {
    #[command(flatten)]
    source: Source,
    /// 时限（工作日） Limit in working days, for cases that state none
    #[arg(long, value_name = "DAYS")]
    limit: Option<u32>,
    /// 自备工作日安排，覆盖随附的一份 A table of holidays and made-up days, laid over the one that comes with the product
    #[arg(long, value_name = "FILE")]
    calendar: Option<PathBuf>,
    /// 自备法定时限参数 A parameters.toml with the limits of the law, in place of the one that comes with the product
    #[arg(long, value_name = "FILE")]
    parameters: Option<PathBuf>,
    /// 计至哪一天（未办结的办件） The last day looked at, for cases not decided
    #[arg(long, value_name = "DATE")]
    today: Option<String>,
}

#[derive(Serialize)]
struct Options {
    zone_minutes: i32,
    limit: Option<u32>,
    statute: Statute,
    today: Option<String>,
}

#[derive(Serialize)]
struct Clocked {
    /// Decided or overdue cases that are late.
    late: u64,
    /// Cases that were decided.
    decided: u64,
    cases: Vec<Case>,
}

#[derive(Serialize)]
struct Case {
    case: String,
    start: String,
    due: Option<String>,
    end: Option<String>,
    /// Working days counted; none when a year is not published.
    used: Option<u32>,
    limit: Option<u32>,
    late: Option<bool>,
    delivery_late: Option<bool>,
    remarks: Vec<String>,
    audit: Vec<AuditDay>,
}

pub(super) fn run(command: &Clock, talk: &Talk) -> Result<Exit, Failure> {
    let zone = command.source.zone_or(8 * 60);
    let statute = statute(command.parameters.as_deref())?;
    let calendar = working_days(command.calendar.as_deref())?;
    let today = match &command.today {
        Some(text) => {
            Some(parse(text.as_bytes(), 0).map(|stamp| stamp.micros.div_euclid(DAY)).ok_or_else(|| {
                Failure::usage(format!("--today 不是日期：{text}"), format!("--today is no date: {text}"))
            })?)
        }
        None => None,
    };
    let (cases, sha256, mut problems) = cases(command, zone)?;
    let mut result = Clocked { late: 0, decided: 0, cases: Vec::with_capacity(cases.len()) };
    for mut stated in cases {
        stated.filing.limit = stated.filing.limit.or(command.limit);
        let reckoned = statute::reckon(&stated.filing, &statute, &calendar, today);
        if let Err(unpublished) = &reckoned {
            problems.push(not_published(&stated.filing.case, *unpublished));
        }
        let case = case(&stated, reckoned.ok());
        result.decided += u64::from(stated.end.is_some());
        result.late += u64::from(case.late == Some(true));
        result.cases.push(case);
    }
    let options = Options { zone_minutes: zone, limit: command.limit, statute, today: command.today.clone() };
    let answer = Answer { sha256, options, seed: 0, result, problems };
    command.source.print("clock", answer, |result| lines(result, talk), talk)
}

/// Cases out of tables of cases and logs, whichever the files are.
fn cases(command: &Clock, zone: i32) -> Result<(Vec<Stated>, String, Vec<Problem>), Failure> {
    if let [path] = &command.source.files[..]
        && register::is_register(&head(path)?)
    {
        let sum = Sum::default();
        let opened = read::open(sum.open(path)?).map_err(|error| Failure::read(path, &error))?;
        let (cases, mut report) = register::read(opened.source, zone, Limits::default());
        report.encoding = opened.encoding;
        return Ok((cases, sum.hex(), report.problems(&path.display().to_string(), None)));
    }
    let mut options = command.source.options(8 * 60);
    options.attributes = true;
    let opened = command.source.open(&options, |path, _| {
        let path = path.display();
        Err(Failure::usage(
            format!("{path} 是流程模型，不是办件记录"),
            format!("{path} is a model, not a log"),
        ))
    })?;
    Ok((register::of_log(&opened.log, zone), opened.sha256, opened.problems))
}

/// The first rows as text, unpacked and decoded.
fn head(path: &Path) -> Result<String, Failure> {
    let file = std::fs::File::open(path).map_err(|error| Failure::read(path, &error))?;
    let opened = read::open(file).map_err(|error| Failure::read(path, &error))?;
    let mut head = Vec::new();
    // A file that breaks off is reported when it is read.
    let _ = opened.source.take(1 << 14).read_to_end(&mut head);
    Ok(String::from_utf8_lossy(&head).into_owned())
}

/// A deadline the file states goes before the one that is reckoned; the audit stands beside it either way.
fn case(stated: &Stated, reckoned: Option<Reckoning>) -> Case {
    let late = match (stated.deadline, stated.end) {
        (Some(deadline), Some(end)) => Some(end > deadline),
        (Some(_), None) => None,
        (None, _) => reckoned.as_ref().and_then(|reckoned| reckoned.late),
    };
    let due = match stated.deadline {
        Some(deadline) => Some(utc(deadline)),
        None => reckoned.as_ref().and_then(|reckoned| reckoned.due).map(date_text),
    };
    Case {
        case: stated.filing.case.clone(),
        start: date_text(reckoned.as_ref().map_or(stated.filing.accepted, |reckoned| reckoned.start)),
        due,
        end: match stated.deadline {
            Some(_) => stated.end.map(utc),
            None => stated.filing.decided.map(date_text),
        },
        used: reckoned.as_ref().map(|reckoned| reckoned.used),
        limit: reckoned.as_ref().filter(|_| stated.deadline.is_none()).map(|reckoned| reckoned.limit),
        late,
        delivery_late: reckoned.as_ref().and_then(|reckoned| reckoned.delivery_late),
        remarks: reckoned.as_ref().map(|reckoned| reckoned.remarks.clone()).unwrap_or_default(),
        audit: reckoned.map(|reckoned| reckoned.audit).unwrap_or_default(),
    }
}

pub(super) fn working_days(path: Option<&Path>) -> Result<Calendar, Failure> {
    let Some(path) = path else { return Ok(Calendar::published()) };
    let text = std::fs::read_to_string(path).map_err(|error| Failure::read(path, &error))?;
    let more = calendar::exceptions(&text).and_then(|more| Calendar::read(calendar::PUBLISHED, &more));
    more.map_err(|error| {
        let path = path.display();
        Failure::data(
            format!("无法读取工作日安排 {path} 第{}行：{}", error.line, error.found),
            format!("{path}: {error}"),
        )
    })
}

/// The limits of the law out of a table of parameters.
fn statute(path: Option<&Path>) -> Result<Statute, Failure> {
    let (shown, text) = match path {
        Some(path) => {
            let text = std::fs::read_to_string(path).map_err(|error| Failure::read(path, &error))?;
            (path.display().to_string(), text)
        }
        None => ("parameters.toml".to_owned(), PARAMETERS.to_owned()),
    };
    let table: toml::Table = text.parse().map_err(|error: toml::de::Error| {
        Failure::data(format!("无法读取 {shown}：{error}"), format!("failed to read {shown}: {error}"))
    })?;
    let rows = table.get("parameter").and_then(toml::Value::as_array).cloned().unwrap_or_default();
    Statute::from_parameters(|name| {
        let row = rows.iter().find(|row| row.get("name").and_then(toml::Value::as_str) == Some(name));
        let value = row.and_then(|row| row.get("value")).and_then(toml::Value::as_str);
        value.and_then(|value| value.parse().ok()).ok_or_else(|| {
            Failure::data(
                format!("{shown} 中缺少参数 {name}；请补充后再算"),
                format!("failed to find parameter {name} in {shown}; add it"),
            )
        })
    })
}

fn not_published(case: &str, unpublished: Unpublished) -> Problem {
    Problem {
        severity: Severity::Warning,
        code: "clock.not_yet_published".into(),
        file: String::new(),
        sheet: None,
        row: None,
        column: None,
        found: format!("{case}: {}", unpublished.0),
        expected: String::new(),
        remedy: Text::new(
            format!("{}年放假安排尚未公布，该件不计算；公布后用 --calendar 补充", unpublished.0),
            format!(
                "the holidays of {} are not yet published; add them with --calendar once they are",
                unpublished.0
            ),
        ),
    }
}

fn lines(result: &Clocked, talk: &Talk) -> String {
    let mut out = format!("{} {} / {}\n", talk.pick("逾期", "late"), result.late, result.decided);
    let rows: Vec<Vec<String>> = result
        .cases
        .iter()
        .filter(|case| case.late == Some(true) || !case.remarks.is_empty())
        .take(50)
        .map(|case| {
            let or_none = |text: &Option<String>| text.clone().unwrap_or_else(|| "–".into());
            vec![
                case.case.clone(),
                case.start.clone(),
                or_none(&case.due),
                or_none(&case.end),
                case.used.map_or_else(|| "–".into(), |used| used.to_string()),
                case.remarks.join("; "),
            ]
        })
        .collect();
    let head = [
        talk.pick("办件", "case"),
        talk.pick("起算", "start"),
        talk.pick("到期", "due"),
        talk.pick("办结", "end"),
        talk.pick("已用工作日", "used"),
        talk.pick("备注", "remarks"),
    ];
    out += &table(&head, &rows);
    out
}
