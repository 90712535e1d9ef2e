//! `zhidian approvals simulate` and `redesign`

use super::print::table;
use super::source::{Answer, Source};
use crate::outcome::{Exit, Failure};
use crate::talk::Talk;
use clap::Args;
use serde::Serialize;
use std::path::PathBuf;
use zhidian_approvals::clock::Hours;
use zhidian_approvals::log::EventLog;
use zhidian_approvals::simulate::validate::Plan;
use zhidian_approvals::simulate::{Change, Study, study};
use zhidian_model::{Problem, Severity, Text};

/// How a log is played again.
#[derive(Debug, Args)]
pub(crate) struct Simulate {
    #[command(flatten)]
    source: Source,
    /// 时限（工作日） Limit in working days
    #[arg(long, value_name = "DAYS")]
    limit: Option<u32>,
    /// 按时办结的把握，0 至 1 Share of cases that shall be in time, 0 to 1
    #[arg(long, default_value_t = 0.95)]
    confidence: f64,
    /// 重复次数 Replications
    #[arg(long, default_value_t = 40)]
    replications: usize,
    /// 每次办件数 Cases in a replication; by default as many as the log has, at most 20,000
    #[arg(long)]
    cases: Option<usize>,
    /// 随机种子 The only source of randomness
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// 工作时间 Office hours, such as 09:00-12:00,13:30-17:30
    #[arg(long, value_name = "SPANS", default_value = "09:00-12:00,13:30-17:30")]
    hours: String,
    /// 自备工作日安排 A table of holidays and made-up days, laid over the one that comes with the product
    #[arg(long, value_name = "FILE")]
    calendar: Option<PathBuf>,
}

/// A change to the procedure, played beside the procedure as it is.
#[derive(Debug, Args)]
pub(crate) struct Redesign {
    #[command(flatten)]
    simulate: Simulate,
    /// 合并两个环节 Do the second step together with the first
    #[arg(long, value_name = "STEP=STEP")]
    merge: Vec<String>,
    /// 两个环节并行 Do two steps side by side
    #[arg(long, value_name = "STEP=STEP")]
    parallel: Vec<String>,
    /// 告知承诺：改为办结后核查 Approve first, check later: do the step after the decision
    #[arg(long, value_name = "STEP")]
    later: Vec<String>,
    /// 取消环节 Leave a step out
    #[arg(long, value_name = "STEP")]
    drop: Vec<String>,
    /// 调整人手 Staff of the pool of a step
    #[arg(long, value_name = "STEP=N")]
    staff: Vec<String>,
    /// 一业一证：几项审查同时办理 One trade, one licence: do these reviews side by side, wherever they stand
    #[arg(long, value_name = "STEP=STEP=…")]
    together: Vec<String>,
    /// 多次办理的环节只办一次 Do a step once that a case did several times, such as acceptance
    #[arg(long, value_name = "STEP")]
    once: Vec<String>,
    /// 改为的工作时间 New office hours
    #[arg(long, value_name = "SPANS")]
    new_hours: Option<String>,
}

#[derive(Serialize)]
struct Options {
    limit: Option<u32>,
    confidence: f64,
    replications: usize,
    cases: usize,
    hours: String,
    changes: Vec<String>,
}

pub(super) fn simulate(command: &Simulate, talk: &Talk) -> Result<Exit, Failure> {
    play(command, "simulate", &[], talk)
}

pub(super) fn redesign(command: &Redesign, talk: &Talk) -> Result<Exit, Failure> {
    let zone = command.simulate.source.zone_or(8 * 60);
    let mut changes = Vec::new();
    let pair = |text: &str| -> Result<(String, String), Failure> {
        let (a, b) = text.split_once('=').ok_or_else(|| {
            Failure::usage(format!("应写作“甲=乙”：{text}"), format!("write it as A=B: {text}"))
        })?;
        Ok((a.trim().into(), b.trim().into()))
    };
    for text in &command.merge {
        let (a, b) = pair(text)?;
        changes.push(Change::Merge(a, b));
    }
    for text in &command.parallel {
        let (a, b) = pair(text)?;
        changes.push(Change::Parallel(a, b));
    }
    for text in &command.together {
        changes.push(format!("together:{text}").parse().map_err(|_| {
            Failure::usage(format!("应写作“甲=乙=丙”：{text}"), format!("write it as A=B=C: {text}"))
        })?);
    }
    changes.extend(command.once.iter().cloned().map(Change::Once));
    changes.extend(command.later.iter().cloned().map(Change::Later));
    changes.extend(command.drop.iter().cloned().map(Change::Drop));
    for text in &command.staff {
        let (step, count) = pair(text)?;
        let count = count.parse().map_err(|_| {
            Failure::usage(format!("人数不是整数：{count}"), format!("staff is no whole number: {count}"))
        })?;
        changes.push(Change::Staff(step, count));
    }
    if let Some(spans) = &command.new_hours {
        changes.push(Change::Hours(hours(spans, zone)?));
    }
    if changes.is_empty() {
        return Err(Failure::usage(
            "请至少给出一项改造，如 --drop 环节",
            "give at least one change, such as --drop STEP",
        ));
    }
    play(&command.simulate, "redesign", &changes, talk)
}

fn play(command: &Simulate, verb: &str, changes: &[Change], talk: &Talk) -> Result<Exit, Failure> {
    if !(command.confidence > 0.0 && command.confidence < 1.0) {
        return Err(Failure::usage("--confidence 须在 0 与 1 之间", "--confidence must lie between 0 and 1"));
    }
    let zone = command.source.zone_or(8 * 60);
    let opened = command.source.open(&command.source.options(8 * 60), |path, _| {
        let path = path.display();
        Err(Failure::usage(
            format!("{path} 是流程模型，不是办件记录"),
            format!("{path} is a model, not a log"),
        ))
    })?;
    let calendar = super::clock::working_days(command.calendar.as_deref())?;
    let hours = hours(&command.hours, zone)?;
    let cases = command.cases.unwrap_or_else(|| opened.log.cases.len().clamp(200, 20_000)).max(10);
    let plan = Plan {
        cases,
        replications: command.replications.clamp(2, 10_000),
        seed: command.seed,
        from: begin(&opened.log),
        zone,
        limit: command.limit,
        cancelled: &|| false,
    };
    let result = study(&opened.log, &hours, &calendar, &plan, changes, command.confidence)
        .map_err(|error| Failure::usage(format!("无法应用改造：{error}"), error.to_string()))?;
    let mut problems = opened.problems;
    problems.extend(result.promise.reason.map(no_promise));
    let options = Options {
        limit: command.limit,
        confidence: command.confidence,
        replications: plan.replications,
        cases,
        hours: command.hours.clone(),
        changes: changes.iter().map(|change| format!("{change:?}")).collect(),
    };
    let answer = Answer { sha256: opened.sha256, options, seed: command.seed, result, problems };
    command.source.print(verb, answer, |result| lines(result, talk), talk)
}

fn begin(log: &EventLog) -> i64 {
    log.each().map(|case| case.times[0]).min().unwrap_or(0)
}

fn no_promise(reason: &str) -> Problem {
    let (zh, en) = match reason {
        "no_case_decided" => (
            "模拟中没有办结的办件，多因日志所在年份的放假安排不在日历内；请用 --calendar 补充",
            "no case was decided, mostly because the calendar does not hold the years of the log; add them with --calendar",
        ),
        "too_few_cases_to_validate" => (
            "办件太少，无法用留出的时段验证，不给出可承诺的时限",
            "too few cases to hold the model against a period it has not seen; no limit is promised",
        ),
        _ => (
            "模型未能说中留出的时段，不给出可承诺的时限",
            "the model missed the period it had not seen; no limit is promised",
        ),
    };
    Problem {
        severity: Severity::Warning,
        code: format!("simulate.{reason}"),
        file: String::new(),
        sheet: None,
        row: None,
        column: None,
        found: String::new(),
        expected: String::new(),
        remedy: Text::new(zh, en),
    }
}

/// `09:00-12:00,13:30-17:30`
fn hours(text: &str, zone: i32) -> Result<Hours, Failure> {
    Hours::parse(text, zone).ok_or_else(|| {
        Failure::usage(
            format!("工作时间应写作 09:00-12:00,13:30-17:30：{text}"),
            format!("write office hours as 09:00-12:00,13:30-17:30: {text}"),
        )
    })
}

fn lines(result: &Study, talk: &Talk) -> String {
    let mut rows = Vec::new();
    let both = [
        (talk.pick("现状", "as it is"), &result.baseline),
        (talk.pick("改造后", "redesigned"), &result.redesign),
    ];
    for (name, outlook) in both {
        if let Some(outlook) = outlook {
            rows.push(vec![
                name.to_owned(),
                format!("{:.1}", outlook.median),
                format!("{:.1}", outlook.p90),
                outlook.late.map_or_else(|| "–".into(), |late| format!("{:.1}%", late * 100.0)),
            ]);
        }
    }
    let head = ["", talk.pick("中位数（工作日）", "median (working days)"), "p90", talk.pick("逾期", "late")];
    let mut out = table(&head, &rows);
    if let Some(holdout) = &result.holdout {
        let verdict = match holdout.believed {
            true => talk.pick("可信", "believed"),
            false => talk.pick("不可信", "not believed"),
        };
        out += &format!(
            "{} {verdict}: {:.1} [{:.1}, {:.1}], p90 {:.1} [{:.1}, {:.1}]\n",
            talk.pick("留出时段验证", "against a period not seen"),
            holdout.median,
            holdout.median_predicted.low,
            holdout.median_predicted.high,
            holdout.p90,
            holdout.p90_predicted.low,
            holdout.p90_predicted.high
        );
    }
    if let Some(limit) = result.promise.limit {
        out += &format!(
            "{} {:.0}%: {limit}\n",
            talk.pick("可承诺时限（工作日），把握", "limit that could be promised (working days), at"),
            result.promise.confidence * 100.0
        );
    }
    out
}
