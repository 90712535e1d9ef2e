//! `zhidian projects`: a register checked, its progress, its outlook, what to start, and when.

mod check;
mod forecast;
mod load;
mod progress;
mod schedule;
mod select;

use super::envelope::{Envelope, Input};
use crate::{
    outcome::{Exit, Failure},
    talk::Talk,
};
use clap::{Args, Subcommand};
use serde::Serialize;
use serde_json::Value;
use zhidian_model::Problem;

/// What `zhidian projects` takes.
#[derive(Debug, Args)]
pub(crate) struct Projects {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// 项目库是否对得上数 Does a register add up: counts, totals, duplicates, impossible dates
    Check(check::Check),
    /// 进度：挣值、挣得进度、S 曲线 Earned value, earned schedule, S-curves, who is behind
    Progress(progress::Progress),
    /// 年度目标能否完成 Will the year's target be met: Monte-Carlo
    Forecast(forecast::Forecast),
    /// 钱不够时先上哪些 Which projects to start under yearly budgets
    Select(select::Select),
    /// 何时做什么 When to do what under limited resources: .rcp, .sm, .mm or a register
    Schedule(schedule::Schedule),
}

pub(crate) fn run(command: &Projects, talk: &Talk) -> Result<Exit, Failure> {
    match &command.verb {
        Verb::Check(command) => check::run(command, talk),
        Verb::Progress(command) => progress::run(command, talk),
        Verb::Forecast(command) => forecast::run(command, talk),
        Verb::Select(command) => select::run(command, talk),
        Verb::Schedule(command) => schedule::run(command, talk),
    }
}

/// What a verb found.
struct Answer<O> {
    verb: &'static str,
    sha256: String,
    options: O,
    seed: u64,
    result: Value,
    problems: Vec<Problem>,
}

/// Prints one object under `--json`; else the lines, with problems on stderr.
fn print<O: Serialize>(
    answer: Answer<O>,
    lines: &[String],
    json: bool,
    talk: &Talk,
) -> Result<Exit, Failure> {
    if json {
        super::print_json(&Envelope {
            schema: format!("zhidian.projects.{}/1", answer.verb),
            input: Input { sha256: answer.sha256 },
            options: answer.options,
            seed: answer.seed,
            result: answer.result,
            findings: vec![],
            problems: answer.problems,
        })?;
    } else {
        talk.problems(&answer.problems);
        super::print(&(lines.join("\n") + "\n"))?;
    }
    Ok(Exit::Ok)
}
