//! `zhidian projects select`.

use super::{Answer, load::Source, print};
use crate::{
    outcome::{Exit, Failure},
    talk::Talk,
};
use clap::Args;
use serde::Deserialize;
use serde_json::{Value, json};
use std::{collections::BTreeMap, time::Instant};
use zhidian_projects::{
    register::{Register, Unit, amounts},
    select::{Candidate, Problem, select},
};

/// What it takes.
#[derive(Debug, Args)]
pub(super) struct Select {
    #[command(flatten)]
    source: Source,
    /// 各年预算 Budget of each year, such as 2026=20亿元,2027=15亿元; for JSON it stands in the file
    #[arg(long, value_name = "YEAR=AMOUNT", value_delimiter = ',')]
    budget: Vec<String>,
    /// 必上项目 Codes of projects that must be started
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    must: Vec<String>,
    /// 推迟一年的折扣 Share of the value that a year's delay costs
    #[arg(long, default_value_t = 0.0, value_name = "SHARE")]
    delay: f64,
    /// 搜索结点数上限 Stop after so many nodes; the same number gives the same plan
    #[arg(long, value_name = "N")]
    work: Option<u64>,
    /// 秒数上限 Stop after so many seconds
    #[arg(long, value_name = "S")]
    seconds: Option<f64>,
}

/// A problem as JSON: amounts are whole numbers of one unit.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Given {
    budget: Vec<i64>,
    candidates: Vec<GivenCandidate>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct GivenCandidate {
    code: String,
    /// One value, or one for each year it may start in.
    value: OneOrMany,
    cost: OneOrMany,
    #[serde(default)]
    must: bool,
    #[serde(default)]
    before: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    One(i64),
    Many(Vec<i64>),
}

impl OneOrMany {
    fn over(self, years: usize) -> Vec<i64> {
        match self {
            Self::One(value) => vec![value; years],
            Self::Many(values) => values,
        }
    }

    fn list(self) -> Vec<i64> {
        match self {
            Self::One(value) => vec![value],
            Self::Many(values) => values,
        }
    }
}

pub(super) fn run(command: &Select, talk: &Talk) -> Result<Exit, Failure> {
    let (problem, years, sha256, problems) = match command.source.json_input()? {
        Some((given, sha256)) => {
            let given: Given = serde_json::from_value(given).map_err(|error| {
                Failure::data(
                    format!("无法读取问题：{error}"),
                    format!("failed to read the problem: {error}"),
                )
            })?;
            let years: Vec<String> = (0..given.budget.len()).map(|year| year.to_string()).collect();
            (of_json(given)?, years, sha256, vec![])
        }
        None => {
            let loaded = command.source.load()?;
            let (problem, years) = of_register(command, &loaded.register)?;
            (problem, years, loaded.sha256, loaded.problems)
        }
    };
    let begun = Instant::now();
    let work = command.work.or(command.seconds.is_none().then_some(20_000));
    let stop = || command.seconds.is_some_and(|seconds| begun.elapsed().as_secs_f64() > seconds);
    let mut found = select(&problem, work, &stop)
        .map_err(|fault| Failure::data(format!("无法选择：{fault}"), format!("failed to select: {fault}")))?;
    let plan = found.plan.clone().unwrap_or_default();
    for binding in &mut found.binding {
        let year =
            binding.limit.strip_prefix("budget ").and_then(|year| years.get(year.parse::<usize>().ok()?));
        if let Some(year) = year {
            binding.limit = format!("budget {year}");
        }
    }
    let chosen: Vec<Value> = problem
        .candidates
        .iter()
        .zip(&plan)
        .filter_map(|(candidate, year)| Some(json!({"code": candidate.code, "year": years[(*year)?]})))
        .collect();
    let mut lines: Vec<String> = chosen
        .iter()
        .map(|chosen| {
            format!("{}  {}", chosen["year"].as_str().unwrap_or(""), chosen["code"].as_str().unwrap_or(""))
        })
        .collect();
    lines.push(format!("{}  {}", talk.pick("价值", "value"), found.value));
    lines.push(format!("{}  {}", talk.pick("上界", "bound"), found.bound));
    for binding in &found.binding {
        lines.push(format!("{}  {}  {:.4}", talk.pick("制约", "binds"), binding.limit, binding.price));
    }
    let result = json!({
        "chosen": chosen, "value": found.value, "bound": found.bound, "proven": found.proven,
        "stopped_by": found.stopped_by, "binding": found.binding,
    });
    let options = json!({"budget": problem.budget, "years": years, "work": work, "delay": command.delay});
    let answer = Answer { verb: "select", sha256, options, seed: 0, result, problems };
    print(answer, &lines, command.source.json, talk)
}

fn of_json(given: Given) -> Result<Problem, Failure> {
    let index: BTreeMap<String, usize> =
        given.candidates.iter().enumerate().map(|(at, candidate)| (candidate.code.clone(), at)).collect();
    let years = given.budget.len();
    let mut candidates = Vec::new();
    for candidate in given.candidates {
        let mut before = Vec::new();
        for code in &candidate.before {
            before.push((*index.get(code).ok_or_else(|| unknown(code))?, 0));
        }
        candidates.push(Candidate {
            code: candidate.code,
            value: candidate.value.over(years),
            cost: candidate.cost.list(),
            must: candidate.must,
            before,
        });
    }
    Ok(Problem { candidates, budget: given.budget })
}

fn unknown(code: &str) -> Failure {
    Failure::data(
        format!("没有代码为“{code}”的项目"),
        format!("failed to find a project with the code {code:?}"),
    )
}

/// Projects of a register that are not yet under way: value is the total investment, spending as planned by year, else
/// spread evenly over the years from start to completion. Amounts are in 万元.
fn of_register(command: &Select, register: &Register) -> Result<(Problem, Vec<String>), Failure> {
    let mut budgets: BTreeMap<i16, i64> = BTreeMap::new();
    for text in &command.budget {
        let read = || {
            let (year, amount) = text.split_once('=')?;
            let amount = amounts::read(amount, None).ok()??;
            Some((year.trim().parse::<i16>().ok()?, amount.fen / Unit::TenThousand.fen()))
        };
        let (year, amount) = read().ok_or_else(|| {
            Failure::usage(
                format!("无法理解预算“{text}”；请写成 2026=20亿元"),
                format!("failed to read the budget {text:?}; write it as 2026=20亿元"),
            )
        })?;
        budgets.insert(year, amount);
    }
    let Some((first, last)) = budgets.keys().next().copied().zip(budgets.keys().last().copied()) else {
        return Err(Failure::usage(
            "请用 --budget 给出各年预算，如 2026=20亿元,2027=15亿元",
            "failed to select without a budget: give --budget 2026=20亿元,2027=15亿元",
        ));
    };
    let years: Vec<i16> = (first..=last).collect();
    let budget: Vec<i64> = years.iter().map(|year| budgets.get(year).copied().unwrap_or(0)).collect();
    if let Some(code) = command.must.iter().find(|code| !register.projects.iter().any(|p| p.code == **code)) {
        return Err(unknown(code));
    }
    let open: Vec<usize> =
        (0..register.projects.len()).filter(|at| register.projects[*at].total.is_some()).collect();
    let index: BTreeMap<&str, usize> = open
        .iter()
        .enumerate()
        .map(|(at, project)| (register.projects[*project].code.as_str(), at))
        .collect();
    let wan = |fen: i64| (fen + Unit::TenThousand.fen() - 1) / Unit::TenThousand.fen();
    let candidates = open
        .iter()
        .map(|at| {
            let project = &register.projects[*at];
            let total = wan(project.total.unwrap_or(0));
            let planned: Vec<i64> = project.year_plan.iter().map(|(_, plan)| wan(*plan)).collect();
            let cost = if planned.len() > 1 {
                planned
            } else {
                let length =
                    project.start.zip(project.due).map_or(1, |(start, due)| due.year() - start.year() + 1);
                let length = i64::from(length.clamp(1, 30));
                (0..length).map(|year| total * (year + 1) / length - total * year / length).collect()
            };
            let value = (0..budget.len() as i32)
                .map(|year| (total as f64 * (1.0 - command.delay).powi(year)).round() as i64)
                .collect();
            let before =
                project.before.iter().filter_map(|code| Some((*index.get(code.as_str())?, 0))).collect();
            let must = command.must.contains(&project.code);
            Candidate { code: project.called().to_owned(), value, cost, must, before }
        })
        .collect();
    Ok((Problem { candidates, budget }, years.iter().map(ToString::to_string).collect()))
}
