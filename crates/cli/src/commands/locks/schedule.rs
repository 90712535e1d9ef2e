//! `schedule`: today's lockages.

use super::{Common, File, open, unschedulable, unusable, value};
use crate::{
    outcome::{Exit, Failure},
    talk::Talk,
};
use clap::Args;
use serde::Serialize;
use serde_json::json;
use std::fmt::Write;
use std::time::{Duration, Instant};
use zhidian_locks::schedule::{self, Effort, read_days};

/// A schedule, and how ways of working compare on its day.
#[derive(Serialize)]
struct Scheduled {
    #[serde(flatten)]
    schedule: schedule::Schedule,
    #[serde(skip_serializing_if = "Option::is_none")]
    policies: Option<Vec<schedule::Outcome>>,
}

#[derive(Debug, Args)]
pub(super) struct Schedule {
    /// 船舶与闸室 Ships and chambers, JSON or TOML: a day, or instances of the lockmaster's or the placement problem
    file: File,
    /// 工作量上限 Labels the search may make; the same work gives the same schedule
    #[arg(long, default_value_t = 1_000_000_000, value_name = "N")]
    work: u64,
    /// 时间上限（秒） Stop after so many seconds; says `stopped_by: time`
    #[arg(long, value_name = "S")]
    seconds: Option<f64>,
    /// 另作滚动计划检验：船舶提前多少分钟报到 Also carry the day out by plans that see ships so many minutes ahead
    #[arg(long, value_name = "MIN")]
    rolling: Option<f64>,
    /// 只排第几天 Only this day of the file, 1 for the first
    #[arg(long, value_name = "N")]
    day: Option<usize>,
    #[command(flatten)]
    common: Common,
}

pub(super) fn run(command: &Schedule, talk: &Talk) -> Result<Exit, Failure> {
    let opened = open(&command.file)?;
    let days = read_days(&value(&command.file, &opened)?).map_err(|error| unusable(&command.file, &error))?;
    if command.seconds.is_some_and(|s| !s.is_finite() || s < 0.0) {
        return Err(Failure::usage("--seconds 须为非负数", "--seconds must be 0 or more"));
    }
    if command.rolling.is_some_and(|ahead| !ahead.is_finite() || ahead < 0.0) {
        return Err(Failure::usage("--rolling 须为非负分钟数", "--rolling must be 0 minutes or more"));
    }
    if let Some(day) = command.day
        && (day == 0 || day > days.len())
    {
        return Err(Failure::usage(
            format!("--day 须在 1 到 {} 之间", days.len()),
            format!("--day must be from 1 to {}", days.len()),
        ));
    }
    let progress = talk.progress();
    let stage = talk.pick("排闸", "scheduling");
    let mut found = vec![];
    let mut lines = String::new();
    for (at, day) in days.iter().enumerate() {
        if command.day.is_some_and(|only| only != at + 1) {
            continue;
        }
        progress.report(stage, at as u64, days.len() as u64);
        let begun = Instant::now();
        let limit = command.seconds.map(Duration::from_secs_f64);
        let stop = || limit.is_some_and(|limit| begun.elapsed() >= limit);
        let effort = Effort { work: command.work, stop: &stop };
        let place = if days.len() > 1 { format!("day {}, ", at + 1) } else { String::new() };
        let one =
            schedule::schedule(day, &effort).map_err(|error| unschedulable(&command.file, &place, &error))?;
        let _ = writeln!(
            lines,
            "{place}{} {}, {} {:.3}, {} {:.3}, {} {:.4}{}",
            day.ships.len(),
            talk.pick("艘", "ships"),
            talk.pick("总等待", "total wait"),
            one.value,
            talk.pick("下界", "lower bound"),
            one.lower_bound,
            talk.pick("差距", "gap"),
            one.gap,
            if one.proven { talk.pick("，已证最优", ", proven best") } else { "" }
        );
        if days.len() == 1 || command.day.is_some() {
            for lockage in &one.lockages {
                let ships: Vec<String> = lockage
                    .ships
                    .iter()
                    .map(|ship| format!("{}@{:.1},{:.1}", ship.id, ship.x, ship.y))
                    .collect();
                let way = match lockage.side {
                    zhidian_locks::Direction::Up => talk.pick("上行", "up"),
                    zhidian_locks::Direction::Down => talk.pick("下行", "down"),
                };
                let (chamber, start) = (&lockage.chamber, lockage.start);
                let _ = writeln!(lines, "  {chamber}  {start:8.1}  {way}  {}", ships.join(" "));
            }
        }
        let mut one = Scheduled { schedule: one, policies: None };
        if let Some(ahead) = command.rolling {
            let plan = Effort { work: 20_000, stop: &stop };
            let outcomes = schedule::compare(day, ahead, &plan, one.schedule.value)
                .map_err(|error| unschedulable(&command.file, &place, &error))?;
            for outcome in &outcomes {
                let _ = writeln!(lines, "  {:<10} {:.3}", outcome.policy, outcome.value);
            }
            one.policies = Some(outcomes);
        }
        found.push(one);
    }
    drop(progress);
    let options = json!({"work": command.work, "seconds": command.seconds, "day": command.day, "rolling": command.rolling});
    let common = &command.common;
    match found.as_slice() {
        [one] => common.print("schedule", opened.sha256, options, one, &lines, vec![], talk),
        all => {
            let result = json!({"days": all});
            common.print("schedule", opened.sha256, options, &result, &lines, vec![], talk)
        }
    }
}
