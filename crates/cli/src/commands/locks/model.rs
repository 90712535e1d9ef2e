//! `simulate`, `capacity` and `need`: what is asked of a case.

use super::{Common, File, case, finite, missing, open, unusable};
use crate::{
    outcome::{Exit, Failure},
    talk::Talk,
};
use clap::Args;
use serde::Serialize;
use serde_json::{Value, json};
use std::fmt::Write;
use zhidian_locks::{
    capacity, need,
    simulate::{Plan, Replicated, Sketch, Source, replicate},
    statistics::mean,
};

/// How long and how often.
#[derive(Debug, Args, Serialize)]
struct Length {
    /// 每次重复模拟的天数 Days counted in each replication
    #[arg(long, default_value_t = 365.0)]
    days: f64,
    /// 预热天数 Days before, not counted
    #[arg(long, default_value_t = 30.0)]
    warm_up: f64,
    /// 重复次数 Replications
    #[arg(long, default_value_t = 10)]
    replications: u64,
}

impl Length {
    fn plan(&self, common: &Common) -> Result<Plan, Failure> {
        let fine = |days: f64| days.is_finite() && (0.0..=365_000.0).contains(&days);
        if !fine(self.days) || !fine(self.warm_up) || self.days <= 0.0 || self.replications == 0 {
            return Err(Failure::usage(
                "--days 须大于 0 且不超过 365000，--warm-up 不得为负，--replications 至少为 1",
                "--days must be above 0 and at most 365000, --warm-up not negative, --replications at least 1",
            ));
        }
        Ok(Plan {
            days: self.days,
            warm_up: self.warm_up,
            replications: self.replications,
            seed: common.seed,
            threads: common.threads(),
        })
    }
}

#[derive(Debug, Args)]
pub(super) struct Simulate {
    /// 案例 A case: TOML or JSON
    file: File,
    #[command(flatten)]
    length: Length,
    /// 裸闸的船数 Ships counted, for a case with `bare`
    #[arg(long, default_value_t = 1_000_000)]
    vessels: u64,
    #[command(flatten)]
    common: Common,
}

pub(super) fn simulate(command: &Simulate, talk: &Talk) -> Result<Exit, Failure> {
    let opened = open(&command.file)?;
    let case = case(&command.file, &opened)?;
    if let Some(bare) = &case.bare {
        let found = bare.run(command.vessels, command.common.seed).map_err(|error| {
            let file = command.file.display();
            Failure::data(format!("{file}：{error}"), format!("{file}: {error}"))
        })?;
        let result = json!({
            "vessels": found.vessels,
            "wait": {
                "mean": found.wait.mean,
                "ci99": [found.wait.mean - found.wait.half99, found.wait.mean + found.wait.half99],
                "standard_error": finite(found.wait.error),
                "p50": found.waits.quantile(0.5),
                "p90": found.waits.quantile(0.9),
                "quantile_error": Sketch::ERROR,
            },
            "chambers": [],
            "water": null,
        });
        let lines = format!(
            "{} {}\n{} {:.6} ± {:.6} (99 %)\n",
            talk.pick("船舶", "ships"),
            found.vessels,
            talk.pick("平均等待", "mean wait"),
            found.wait.mean,
            found.wait.half99
        );
        let options = json!({"vessels": command.vessels, "bare": bare});
        return command.common.print("simulate", opened.sha256, options, &result, &lines, vec![], talk);
    }
    if case.lock.is_empty() {
        return Err(missing(&command.file, "lock"));
    }
    let source = match (&case.traffic, case.call.is_empty()) {
        (_, false) => Source::Calls(&case.call),
        (Some(traffic), true) => Source::Process(traffic),
        (None, true) => return Err(missing(&command.file, "traffic")),
    };
    let mut plan = command.length.plan(&command.common)?;
    if let (false, Some(last)) = (case.call.is_empty(), case.call.last()) {
        // A recorded list is as long as it is, with a month for its backlog to clear.
        plan.warm_up = 0.0;
        plan.days = (last.arrival / 1_440.0).ceil() + 30.0;
    }
    let progress = talk.progress();
    let mut each = vec![];
    let mut lines = String::new();
    for at in 0..case.lock.len() {
        progress.report(talk.pick("模拟", "simulating"), at as u64, case.lock.len() as u64);
        let found = replicate(&case.lock, &case.class, &source, at, &plan, &|| false)
            .map_err(|error| unusable(&command.file, &error))?;
        if let Some(found) = found {
            let _ = write!(lines, "{}", told(&case.lock[at], &found, talk));
            each.push(described(&case.lock[at], &found));
        }
    }
    drop(progress);
    let result = match each.len() {
        1 => each.swap_remove(0),
        _ => json!({"locks": each}),
    };
    command.common.print("simulate", opened.sha256, json!(command.length), &result, &lines, vec![], talk)
}

/// The 99 % interval of a quantile over replications; nulls for a single one.
fn interval(each: &[f64]) -> [Option<f64>; 2] {
    let found = mean(each);
    [finite(found.mean - found.half99), finite(found.mean + found.half99)]
}

/// The contract's object for one lock.
fn described(lock: &zhidian_locks::lock::Complex, found: &Replicated) -> Value {
    let all = &found.all;
    let minutes = all.minutes().max(1e-9);
    let by = |at: usize| {
        let (sum, n) = all.by_direction[at];
        json!({"vessels": n, "mean_wait": if n > 0 { sum / n as f64 } else { 0.0 },
               "deadweight_t": all.deadweight[at], "cargo_t": all.cargo[at]})
    };
    let chambers: Vec<Value> = lock
        .chambers
        .iter()
        .zip(&all.used)
        .map(|(chamber, used)| {
            json!({
                "id": chamber.id,
                "lockages": used.lockages,
                "empty_runs": used.empty,
                "utilisation": used.busy / minutes,
                "closed": used.closed / minutes,
                "area": used.area / (used.lockages as f64).max(1.0),
                "ships_per_lockage": used.ships as f64 / (used.lockages as f64).max(1.0),
            })
        })
        .collect();
    let runs = found.each.len() as f64;
    let month = 525_600.0 / 12.0;
    let months: Vec<Value> = all
        .months
        .iter()
        .enumerate()
        .map(|(at, (sum, most))| json!({"month": at + 1, "mean_waiting": sum / month / runs, "most_waiting": most}))
        .collect();
    json!({
        "lock": lock.id,
        "vessels": all.vessels,
        "days": minutes / 1_440.0,
        "wait": {
            "unit": "min",
            "mean": found.wait.mean,
            "ci99": [finite(found.wait.mean - found.wait.half99), finite(found.wait.mean + found.wait.half99)],
            "p50": all.waits.quantile(0.5),
            "p90": all.waits.quantile(0.9),
            "p50_ci99": interval(&found.each_p50),
            "p90_ci99": interval(&found.each_p90),
            "quantile_error": Sketch::ERROR,
            "held_by_appointment": all.held / (all.vessels as f64).max(1.0),
        },
        "waiting": {"mean": all.mean_waiting(), "months": months},
        "up": by(0),
        "down": by(1),
        "chambers": chambers,
        "water": all.water,
        "closures": all.closures,
        "gantt": all.lines,
    })
}

fn told(lock: &zhidian_locks::lock::Complex, found: &Replicated, talk: &Talk) -> String {
    let all = &found.all;
    let mut lines = format!(
        "{} {}: {} {}, {} {:.1} ± {:.1} min (99 %), p50 {:.1}, p90 {:.1} (±{:.1} %)\n",
        talk.pick("船闸", "lock"),
        lock.id,
        all.vessels,
        talk.pick("艘次", "ships"),
        talk.pick("平均等待", "mean wait"),
        found.wait.mean,
        found.wait.half99,
        all.waits.quantile(0.5),
        all.waits.quantile(0.9),
        100.0 * Sketch::ERROR
    );
    let _ =
        writeln!(lines, "  {} {:.1}", talk.pick("平均滞留船舶", "ships waiting, mean"), all.mean_waiting());
    for (chamber, used) in lock.chambers.iter().zip(&all.used) {
        let _ = writeln!(
            lines,
            "  {} {}: {} {}, {} {:.3}, {} {:.3}",
            talk.pick("闸室", "chamber"),
            chamber.id,
            used.lockages,
            talk.pick("闸次", "lockages"),
            talk.pick("利用率", "utilisation"),
            used.busy / all.minutes().max(1e-9),
            talk.pick("闸室面积利用率", "area taken"),
            used.area / (used.lockages as f64).max(1.0)
        );
    }
    lines
}

#[derive(Debug, Args)]
pub(super) struct Capacity {
    /// 案例 A case with `lock`, `class` and `code`
    file: File,
    #[command(flatten)]
    length: Length,
    #[command(flatten)]
    common: Common,
}

pub(super) fn capacity(command: &Capacity, talk: &Talk) -> Result<Exit, Failure> {
    let opened = open(&command.file)?;
    let case = case(&command.file, &opened)?;
    let lock = case.lock.first().ok_or_else(|| missing(&command.file, "lock"))?;
    let code = case.code.ok_or_else(|| missing(&command.file, "code"))?;
    let plan = command.length.plan(&command.common)?;
    let found = capacity::capacity(lock, &case.class, &code, &plan, &|| false)
        .map_err(|error| unusable(&command.file, &error))?;
    let Some(found) = found else { return Ok(Exit::Ok) };
    let mut lines = String::new();
    for method in &found.methods {
        let _ = writeln!(
            lines,
            "{:<11} {:8.2} Mt/a {} ({:.1} {}, {:.2} {})",
            method.name,
            method.mt_per_year_one_way,
            talk.pick("单向", "one way"),
            method.lockages_per_day,
            talk.pick("闸次/日", "lockages a day"),
            method.ships_per_lockage,
            talk.pick("艘/闸次", "ships a lockage")
        );
    }
    for difference in &found.differences {
        let factors: Vec<String> =
            difference.factors.iter().map(|f| format!("{} × {:.3}", f.name, f.factor)).collect();
        let _ =
            writeln!(lines, "{} / code = {:.3}: {}", difference.method, difference.ratio, factors.join(", "));
    }
    let options = json!({"length": command.length, "code": code, "code_grade": "unverified"});
    command.common.print("capacity", opened.sha256, options, &found, &lines, vec![], talk)
}

#[derive(Debug, Args)]
pub(super) struct Need {
    /// 案例 A case with `class`, `traffic`, `outlook` and alternatives
    file: File,
    #[command(flatten)]
    length: Length,
    #[command(flatten)]
    common: Common,
}

pub(super) fn need(command: &Need, talk: &Talk) -> Result<Exit, Failure> {
    let opened = open(&command.file)?;
    let case = case(&command.file, &opened)?;
    let traffic = case.traffic.as_ref().ok_or_else(|| missing(&command.file, "traffic"))?;
    let outlook = case.outlook.as_ref().ok_or_else(|| missing(&command.file, "outlook"))?;
    if case.alternative.is_empty() {
        return Err(missing(&command.file, "[alternative]"));
    }
    let plan = command.length.plan(&command.common)?;
    let progress = talk.progress();
    let stage = talk.pick("模拟各方案", "simulating alternatives");
    let report = |done: u64, of: u64| progress.report(stage, done, of);
    let found = need::need(&case.alternative, &case.class, traffic, outlook, &plan, &|| false, &report)
        .map_err(|error| unusable(&command.file, &error))?;
    drop(progress);
    let Some(found) = found else { return Ok(Exit::Ok) };
    let mut lines = String::new();
    for worth in &found.npv {
        let first = found
            .years
            .iter()
            .find(|year| year.alternative == worth.alternative && year.p_exceed >= 0.5)
            .map_or_else(|| "—".to_owned(), |year| year.year.to_string());
        let best = worth.best_year.map_or_else(|| "—".to_owned(), |year| year.to_string());
        let _ = writeln!(
            lines,
            "{}: {} {first}, NPV {:.1}, {} {best}",
            worth.alternative,
            talk.pick("过半可能超限的首年", "first year more likely than not over the limit"),
            worth.npv,
            talk.pick("最佳开工年", "best year to begin")
        );
    }
    let options = json!({"length": command.length, "outlook": outlook});
    command.common.print("need", opened.sha256, options, &found, &lines, vec![], talk)
}
