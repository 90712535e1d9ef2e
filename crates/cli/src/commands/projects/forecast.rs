//! `zhidian projects forecast`.

use super::{Answer, load::Source, print};
use crate::{
    outcome::{Exit, Failure},
    talk::Talk,
};
use clap::Args;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use zhidian_projects::{
    forecast::{Item, Pert, Portfolio, Run, Slip, back_test, by_month, calibrate, drivers, lift, simulate},
    register::{Month, Project, Register, Unit, amounts},
};

/// What it takes.
#[derive(Debug, Args)]
pub(super) struct Forecast {
    #[command(flatten)]
    source: Source,
    /// 年度目标，如 143亿元 The year's target, such as 143亿元; a plain number for JSON
    #[arg(long, value_name = "AMOUNT")]
    target: Option<String>,
    /// 完成率分布 Share of the plan that is done: least, most likely, greatest, and optionally lambda; by default learnt
    /// from past months
    #[arg(long, value_name = "MIN,MODE,MAX[,LAMBDA]", value_delimiter = ',')]
    pace: Vec<f64>,
    /// 延迟开工 Probability that a project slips, and by how many months in the mean
    #[arg(long, value_name = "P,MONTHS", value_delimiter = ',')]
    slip: Vec<f64>,
    /// 共同冲击的标准差 Standard deviation of the shock all projects share
    #[arg(long, value_name = "SD")]
    common: Option<f64>,
    /// 剩余月数 Months that are left; by default those after the last report, or twelve
    #[arg(long, value_name = "N")]
    months: Option<usize>,
    /// 模拟次数 Draws
    #[arg(long, default_value_t = 100_000, value_name = "N")]
    draws: usize,
    /// 希望达到的概率 Say what it takes to reach the target with this probability
    #[arg(long, value_name = "P")]
    wish: Option<f64>,
    /// 随机种子 The only source of randomness
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// 线程数 Threads; the result does not depend on them
    #[arg(long, default_value_t = 1, value_name = "N")]
    threads: usize,
}

/// What is to be forecast, in which unit, and what past months say.
struct Posed {
    portfolio: Portfolio,
    target: Option<f64>,
    unit: &'static str,
    past: Vec<Vec<(f64, f64)>>,
    first: Option<Month>,
}

pub(super) fn run(command: &Forecast, talk: &Talk) -> Result<Exit, Failure> {
    let (posed, sha256, problems) = match command.source.json_input()? {
        Some((given, sha256)) => (of_json(command, &given)?, sha256, vec![]),
        None => {
            let loaded = command.source.load()?;
            (of_register(command, &loaded.register)?, loaded.sha256, loaded.problems)
        }
    };
    if let Some(why) = posed.portfolio.fault() {
        return Err(Failure::data(format!("无法预测：{why}"), format!("failed to forecast: {why}")));
    }
    let draws = command.draws.clamp(1, 20_000_000);
    let run = Run { draws, seed: command.seed, threads: command.threads.clamp(1, 256) };
    let never = || false;
    let Some(simulated) = simulate(&posed.portfolio, run, &never) else { return Ok(Exit::Ok) };
    let ranked = drivers(&posed.portfolio, &simulated);
    let percentiles: Map<String, Value> = [1, 5, 10, 25, 50, 75, 80, 90, 95, 99]
        .iter()
        .map(|p| (p.to_string(), json!(simulated.quantile(f64::from(*p) / 100.0))))
        .collect();
    let months: Vec<Value> = by_month(&posed.portfolio, &simulated, Run { draws: draws.min(10_000), ..run }, &[0.05, 0.5, 0.95])
        .iter()
        .enumerate()
        .map(|(at, row)| {
            let month = posed.first.map(|first| Month(first.0 + at as i32).to_string());
            json!({"month": month.unwrap_or_else(|| (at + 1).to_string()), "p5": row[0], "p50": row[1], "p95": row[2]})
        })
        .collect();
    let p_meet = posed.target.map(|target| simulated.reaches(target));
    let mut result = json!({
        "mean": simulated.mean, "sd": simulated.sd, "p_meet": p_meet, "target": posed.target, "unit": posed.unit,
        "percentiles": percentiles, "drivers": ranked, "months": months,
    });
    if let (Some(wish), Some(target)) = (command.wish, posed.target) {
        let fewer = Run { draws: draws.min(20_000), ..run };
        result["lift"] =
            json!(lift(&posed.portfolio, &simulated, target, wish.clamp(0.0, 1.0), fewer, &never));
    }
    let tests = back_test(&posed.past);
    if !tests.is_empty() {
        let held = tests.iter().filter(|test| test.held()).count();
        result["back_test"] = json!({"months": tests, "held": held, "of": tests.len()});
    }
    let mut lines = vec![
        format!("{}  {:.4} {}", talk.pick("期望", "mean"), simulated.mean, posed.unit),
        format!("{}  {:.4} {}", talk.pick("标准差", "sd"), simulated.sd, posed.unit),
    ];
    if let (Some(target), Some(p)) = (posed.target, p_meet) {
        lines.push(format!("P(≥ {target})  {p:.4}"));
    }
    for driver in ranked.iter().take(10) {
        lines.push(format!("{}  {}  {:.3}", talk.pick("驱动", "driver"), driver.name, driver.share));
    }
    let options = json!({
        "draws": draws, "months": posed.portfolio.months, "common_sd": posed.portfolio.common_sd,
        "pace": posed.portfolio.items.first().map(|item| item.pace), "slip": posed.portfolio.items.first().and_then(|item| item.slip),
    });
    let answer = Answer { verb: "forecast", sha256, options, seed: command.seed, result, problems };
    print(answer, &lines, command.source.json, talk)
}

impl Forecast {
    fn stated_pace(&self) -> Result<Option<Pert>, Failure> {
        match *self.pace.as_slice() {
            [] => Ok(None),
            [min, mode, max] => Ok(Some(Pert { min, mode, max, lambda: 4.0 })),
            [min, mode, max, lambda] => Ok(Some(Pert { min, mode, max, lambda })),
            _ => Err(Failure::usage(
                "--pace 需要三个或四个数：最低、最可能、最高[、λ]",
                "failed to read --pace: give least, most likely, greatest[, lambda]",
            )),
        }
    }

    fn stated_slip(&self) -> Result<Option<Slip>, Failure> {
        match *self.slip.as_slice() {
            [] => Ok(None),
            [probability, mean_months] => Ok(Some(Slip { probability, mean_months })),
            _ => Err(Failure::usage(
                "--slip 需要两个数：概率、平均月数",
                "failed to read --slip: give a probability and a mean in months",
            )),
        }
    }
}

/// A portfolio as such (`items`, `common_sd`, `months`), or plan values with the options of the command line.
fn of_json(command: &Forecast, given: &Value) -> Result<Posed, Failure> {
    let given = if given["portfolio_mc"].is_object() { &given["portfolio_mc"] } else { given };
    let target = match &command.target {
        Some(text) => Some(text.trim().parse().map_err(|_| bad_target(text))?),
        None => given["target"].as_f64(),
    };
    let portfolio = if given["items"].is_array() {
        serde_json::from_value(given.clone()).map_err(|error| {
            Failure::data(format!("无法读取组合：{error}"), format!("failed to read the portfolio: {error}"))
        })?
    } else {
        let plans: Vec<f64> =
            given["plan_values"].as_array().into_iter().flatten().filter_map(Value::as_f64).collect();
        let pace = command.stated_pace()?.ok_or_else(no_pace)?;
        let slip = command.stated_slip()?;
        let item = |(at, plan): (usize, f64)| Item {
            code: (at + 1).to_string(),
            done: 0.0,
            plan: vec![plan],
            pace,
            slip,
            group: None,
        };
        Portfolio {
            items: plans.into_iter().enumerate().map(item).collect(),
            common_sd: command.common.unwrap_or(0.0),
            group_sd: vec![],
            months: command.months.unwrap_or(12),
        }
    };
    Ok(Posed { portfolio, target, unit: "", past: vec![], first: None })
}

fn bad_target(text: &str) -> Failure {
    Failure::usage(
        format!("无法理解目标“{text}”；请写成 143亿元"),
        format!("failed to read the target {text:?}; write it as 143亿元"),
    )
}

fn no_pace() -> Failure {
    Failure::data(
        "以往月份的计划与完成不足以推算完成率（至少三个月、二十组）；请用 --pace 给出",
        "failed to learn the pace from past months (three months and twenty pairs are needed); state it with --pace",
    )
}

/// The months left of the year, in yuan.
fn of_register(command: &Forecast, register: &Register) -> Result<Posed, Failure> {
    let no_year = || {
        Failure::data(
            "没有年度计划，也没有月份；无法预测",
            "failed to forecast: there is neither a plan for a year nor any month",
        )
    };
    let year = command.source.year.or_else(|| register.year()).ok_or_else(no_year)?;
    let last = register
        .projects
        .iter()
        .filter_map(|project| project.earned.last())
        .filter(|month| month.year() == year)
        .max();
    let done_months = last.map_or(0, |month| month.number() as usize);
    let months = command.months.unwrap_or(12 - done_months.min(11)).max(1);
    let first = Month(Month::new(year, 1).0 + done_months as i32);
    let past = past(register, last.unwrap_or(Month::new(year, 1)));
    let learnt = calibrate(&past);
    let pace = command.stated_pace()?.or(learnt.as_ref().map(|learnt| learnt.pace)).ok_or_else(no_pace)?;
    let slip = command.stated_slip()?;
    let common_sd = command.common.or(learnt.as_ref().map(|learnt| learnt.common_sd)).unwrap_or(0.0);
    let yuan = |fen: i64| fen as f64 / 100.0;
    let item = |project: &Project| -> Option<Item> {
        let done = project.done_in(year).unwrap_or(0);
        let planned: Vec<f64> =
            (0..months).map(|at| project.planned.at(Month(first.0 + at as i32)).map_or(0.0, yuan)).collect();
        let plan = if planned.iter().any(|plan| *plan > 0.0) {
            planned
        } else {
            vec![yuan((project.plan_of(year)? - done).max(0))]
        };
        Some(Item { code: project.called().to_owned(), done: yuan(done), plan, pace, slip, group: None })
    };
    let items: Vec<Item> = register.projects.iter().filter_map(item).collect();
    let target = match &command.target {
        None => None,
        Some(text) => {
            let amount = amounts::read(text, None).ok().flatten().ok_or_else(|| bad_target(text))?;
            Some(yuan(amount.fen))
        }
    };
    let _ = Unit::Yuan;
    let portfolio = Portfolio { items, common_sd, group_sd: vec![], months };
    Ok(Posed { portfolio, target, unit: "元", past, first: Some(first) })
}

/// By month up to the last report: what each project had planned and did.
fn past(register: &Register, last: Month) -> Vec<Vec<(f64, f64)>> {
    let mut months: BTreeMap<Month, Vec<(f64, f64)>> = BTreeMap::new();
    for project in &register.projects {
        for (month, planned) in project.planned.iter().take_while(|(month, _)| *month <= last) {
            if let Some(earned) = project.earned.at(month) {
                months.entry(month).or_default().push((planned as f64, earned as f64));
            }
        }
    }
    months.into_values().collect()
}
