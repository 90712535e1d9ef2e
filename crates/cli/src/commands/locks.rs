//! `zhidian locks`: simulate, capacity, need, schedule and calibrate a lock from a plain file.

mod calibrate;
mod model;
mod schedule;

use super::envelope::{Envelope, Input};
use crate::{
    outcome::{Exit, Failure},
    talk::Talk,
};
use clap::{Args, Subcommand};
use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use zhidian_dossier::hex;
use zhidian_locks::{case::Case, lock::LockError, schedule::DayError};
use zhidian_model::Problem;

/// What `zhidian locks` takes.
#[derive(Debug, Args)]
pub(crate) struct Locks {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// 船舶等多久 How long ships wait: simulates the lock of a case
    Simulate(model::Simulate),
    /// 一年能过多少 What it can pass in a year, found three ways
    Capacity(model::Capacity),
    /// 哪年需要扩能 When a line or a cheaper measure is needed, and whether it pays
    Need(model::Need),
    /// 今天怎样排闸 Today's lockages, with a certified lower bound
    Schedule(schedule::Schedule),
    /// 用过闸记录校准 Fits records and predicts days kept back
    Calibrate(calibrate::Calibrate),
}

pub(crate) fn run(command: &Locks, talk: &Talk) -> Result<Exit, Failure> {
    match &command.verb {
        Verb::Simulate(command) => model::simulate(command, talk),
        Verb::Capacity(command) => model::capacity(command, talk),
        Verb::Need(command) => model::need(command, talk),
        Verb::Schedule(command) => schedule::run(command, talk),
        Verb::Calibrate(command) => calibrate::run(command, talk),
    }
}

/// A file in bytes, at most this many.
const LARGEST: u64 = 512 * 1024 * 1024;

struct Opened {
    bytes: Vec<u8>,
    sha256: String,
}

fn open(file: &Path) -> Result<Opened, Failure> {
    let shown = file.display();
    let size = std::fs::metadata(file).map_err(|error| Failure::read(file, &error))?.len();
    if size > LARGEST {
        return Err(Failure::data(
            format!("无法读取 {shown}：超过 512 MiB，请拆分"),
            format!("failed to read {shown}: it is larger than 512 MiB; split it"),
        ));
    }
    let bytes = std::fs::read(file).map_err(|error| Failure::read(file, &error))?;
    let sha256 = hex(&Sha256::digest(&bytes));
    Ok(Opened { bytes, sha256 })
}

/// The value of a TOML or JSON file, told by its name, else by its first character.
fn value(file: &Path, opened: &Opened) -> Result<Value, Failure> {
    let shown = file.display();
    let bad = |error: String| {
        Failure::data(format!("无法读取 {shown}：{error}"), format!("failed to read {shown}: {error}"))
    };
    let text = std::str::from_utf8(&opened.bytes).map_err(|error| bad(error.to_string()))?;
    let text = text.trim_start_matches('\u{feff}');
    let json = match file.extension().and_then(|extension| extension.to_str()) {
        Some("json") => true,
        Some("toml") => false,
        _ => text.trim_start().starts_with(['{', '[']) && serde_json::from_str::<Value>(text).is_ok(),
    };
    if json {
        serde_json::from_str(text).map_err(|error| bad(error.to_string()))
    } else {
        toml::from_str(text).map_err(|error: toml::de::Error| bad(error.to_string()))
    }
}

fn case(file: &Path, opened: &Opened) -> Result<Case, Failure> {
    Case::read(value(file, opened)?).map_err(|error| unusable(file, &error))
}

/// A record that cannot be used.
fn unusable(file: &Path, error: &LockError) -> Failure {
    let file = file.display();
    let (place, why) = (&error.place, &error.why);
    Failure::data(format!("{file}：{place}无法使用：{why}"), format!("{file}: failed to use {place}: {why}"))
}

fn unschedulable(file: &Path, place: &str, error: &DayError) -> Failure {
    let file = file.display();
    let (what, why) = (&error.what, &error.why);
    Failure::data(
        format!("{file}：{place}{what}无法排入计划：{why}"),
        format!("{file}: failed to schedule {place}{what}: {why}"),
    )
}

/// Something the case lacks.
fn missing(file: &Path, what: &str) -> Failure {
    let file = file.display();
    Failure::data(
        format!("{file}缺少 [{what}]；字段见 docs/methods/locks.md"),
        format!("{file} has no [{what}]; docs/methods/locks.md lists its fields"),
    )
}

/// What every verb takes.
#[derive(Debug, Args)]
struct Common {
    /// 以 JSON 输出 Print one JSON object
    #[arg(long)]
    json: bool,
    /// 随机种子 The only source of randomness
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// 线程数 Threads; by default all cores. The result is the same for any number
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
}

impl Common {
    fn threads(&self) -> usize {
        let all = || std::thread::available_parallelism().map_or(1, Into::into);
        self.threads.unwrap_or_else(all).max(1)
    }

    /// Prints the object, or the lines.
    #[expect(clippy::too_many_arguments, reason = "each is one part of the object that is printed")]
    fn print<O: Serialize, R: Serialize>(
        &self,
        verb: &str,
        sha256: String,
        options: O,
        result: &R,
        lines: &str,
        problems: Vec<Problem>,
        talk: &Talk,
    ) -> Result<Exit, Failure> {
        if self.json {
            super::print_json(&Envelope {
                schema: format!("zhidian.locks.{verb}/1"),
                input: Input { sha256 },
                options,
                seed: self.seed,
                result,
                findings: vec![],
                problems,
            })?;
        } else {
            talk.problems(&problems);
            super::print(lines)?;
        }
        Ok(Exit::Ok)
    }
}

/// A number that JSON can hold: infinite ones become null.
fn finite(number: f64) -> Option<f64> {
    number.is_finite().then_some(number)
}

/// The file, for clap.
type File = PathBuf;
