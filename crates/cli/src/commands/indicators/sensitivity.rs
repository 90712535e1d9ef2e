//! `zhidian indicators sensitivity`: the choices of an index varied.

use super::{Answer, Opened, Source, number, print, recipe, refused};
use crate::{
    outcome::{Exit, Failure},
    talk::Talk,
};
use clap::Args;
use serde::Serialize;
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};
use zhidian_indicators::composite::{
    Fault,
    build::order_of,
    uncertainty::{self, Model, Setting, sobol},
};

#[derive(Debug, Args)]
pub(super) struct Sensitivity {
    #[command(flatten)]
    source: Source,
    /// 指数的声明，含不确定因素 The declaration with its uncertain factors: index.toml
    #[arg(long, value_name = "FILE")]
    recipe: Option<PathBuf>,
    /// 时期 The period; by default the latest
    #[arg(long)]
    period: Option<String>,
    /// 设计点数 Points of the design; the index is computed (factors + 2) times as often
    #[arg(long, default_value_t = 1024)]
    points: usize,
    /// 自助法重抽次数 Resamples of the bootstrap
    #[arg(long, default_value_t = 200)]
    resamples: usize,
    /// 随机种子 The only source of randomness
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// 线程数 Threads; by default all cores
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
    /// 重放给定的选择 Replay given choices: a CSV with a column a factor, alternatives counted from 1
    #[arg(long, value_name = "FILE")]
    replay: Option<PathBuf>,
}

#[derive(Serialize)]
struct Varied {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    replications: Vec<Replication>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    places: Vec<Spread>,
    sobol: Vec<Sensitive>,
    unsettled: Option<f64>,
}

#[derive(Serialize)]
struct Replication {
    params: BTreeMap<&'static str, usize>,
    scores: BTreeMap<String, Option<f64>>,
}

#[derive(Serialize)]
struct Spread {
    id: String,
    nominal: Option<f64>,
    median: f64,
    q5: f64,
    q95: f64,
}

/// A unit is null for the mean absolute change of place.
#[derive(Serialize)]
struct Sensitive {
    unit: Option<String>,
    of: &'static str,
    factor: &'static str,
    si: f64,
    sti: f64,
    ci: [[f64; 2]; 2],
}

#[derive(Serialize)]
struct Ran {
    points: usize,
    resamples: usize,
    replay: bool,
}

pub(super) fn sensitivity(command: &Sensitivity, talk: &Talk) -> Result<Exit, Failure> {
    let mut opened = command.source.open()?;
    let file = command.recipe.as_deref();
    let recipe = recipe(file, &opened)?;
    // The analysis takes the last period there is; later ones are left out where another is asked for.
    if let Some(last) = super::period(&opened, command.period.as_deref())? {
        let time = order_of(&last);
        let periods = opened.sheet.data.periods.clone();
        opened.sheet.data = opened.sheet.data.rows_where(|row| periods[row] <= time);
    }
    let threads =
        command.threads.or_else(|| std::thread::available_parallelism().ok().map(Into::into)).unwrap_or(1);
    let refused = |faults: Vec<Fault>| refused(file, &faults);
    let result = match &command.replay {
        Some(file) => {
            let model = Model::new(&opened.sheet.data, &recipe, command.seed).map_err(refused)?;
            let settings = settings(file, &model)?;
            let scores = uncertainty::replay(&model, &settings, threads);
            Varied {
                replications: replications(&opened, model.rows(), &model.factors(), &settings, &scores),
                places: vec![],
                sobol: vec![],
                unsettled: None,
            }
        }
        None => {
            let options = uncertainty::Options {
                points: command.points,
                resamples: command.resamples,
                seed: command.seed,
                threads,
            };
            let found = uncertainty::analyse(&opened.sheet.data, &recipe, &options).map_err(refused)?;
            varied(&opened, &found)
        }
    };
    let answer = Answer {
        verb: "sensitivity",
        sha256: opened.sha256.clone(),
        sheet: opened.named.clone(),
        options: Ran {
            points: command.points,
            resamples: command.resamples,
            replay: command.replay.is_some(),
        },
        seed: command.seed,
        result,
        faults: opened.sheet.faults,
    };
    command.source.print(answer, talk)
}

/// The choices in a file: a column a factor, alternatives counted from 1.
fn settings(file: &Path, model: &Model) -> Result<Vec<Setting>, Failure> {
    let bytes = std::fs::read(file).map_err(|error| Failure::read(file, &error))?;
    let wrong = |row: usize, column: &str, found: &str, most: usize| {
        let file = file.display();
        Failure::data(
            format!("{file} 第{row}行 {column} 列：“{found}”不是 1 到 {most} 的整数"),
            format!(
                "failed to read {file}, row {row}, column {column}: {found:?} is no whole number from 1 to {most}"
            ),
        )
    };
    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    let broken = |error: csv::Error| {
        let file = file.display();
        Failure::data(format!("无法读取 {file}：{error}"), format!("failed to read {file}: {error}"))
    };
    let header = reader.headers().map_err(broken)?.clone();
    let factors: Vec<(&str, usize)> = model.factors().into_iter().zip(model.choices()).collect();
    let mut out = Vec::new();
    for (at, record) in reader.records().enumerate() {
        let record = record.map_err(broken)?;
        let choice = |(factor, most): &(&str, usize)| {
            let cell = header.iter().position(|name| name == *factor).and_then(|column| record.get(column));
            let cell = cell.unwrap_or_default();
            let choice = cell.trim().parse::<usize>().ok().filter(|choice| (1..=*most).contains(choice));
            choice.map(|choice| choice - 1).ok_or_else(|| wrong(at + 2, factor, cell, *most))
        };
        out.push(factors.iter().map(choice).collect::<Result<Setting, Failure>>()?);
    }
    Ok(out)
}

fn replications(
    opened: &Opened,
    rows: &[usize],
    factors: &[&'static str],
    settings: &[Setting],
    scores: &[Vec<f64>],
) -> Vec<Replication> {
    let one = |(setting, scores): (&Setting, &Vec<f64>)| Replication {
        params: factors.iter().copied().zip(setting.iter().map(|choice| choice + 1)).collect(),
        scores: rows
            .iter()
            .zip(scores)
            .map(|(row, score)| (opened.sheet.data.units[*row].clone(), number(*score)))
            .collect(),
    };
    settings.iter().zip(scores).map(one).collect()
}

fn varied(opened: &Opened, found: &uncertainty::Uncertainty) -> Varied {
    let id = |at: usize| opened.sheet.data.units[found.rows[at]].clone();
    let indices = |unit: Option<String>, of: &'static str, indices: &[sobol::Index]| -> Vec<Sensitive> {
        let one = |(factor, index): (&&'static str, &sobol::Index)| Sensitive {
            unit: unit.clone(),
            of,
            factor,
            si: index.first,
            sti: index.total,
            ci: [index.first_interval.into(), index.total_interval.into()],
        };
        found.factors.iter().zip(indices).map(one).collect()
    };
    let mut all = indices(None, "mean_change_of_place", &found.of_change);
    for at in 0..found.rows.len() {
        all.extend(indices(Some(id(at)), "score", &found.of_score[at]));
        all.extend(indices(Some(id(at)), "place", &found.of_place[at]));
    }
    Varied {
        replications: replications(opened, &found.rows, &found.factors, &found.settings, &found.scores),
        places: found
            .places
            .iter()
            .enumerate()
            .map(|(at, spread)| Spread {
                id: id(at),
                nominal: number(spread.nominal),
                median: spread.median,
                q5: spread.low,
                q95: spread.high,
            })
            .collect(),
        sobol: all,
        unsettled: number(found.unsettled),
    }
}

impl print::Lines for Varied {
    fn header(&self) -> Vec<String> {
        if self.places.is_empty() {
            let units = self.replications.first().map(|run| run.scores.keys().cloned().collect::<Vec<_>>());
            return std::iter::once("run".to_owned()).chain(units.unwrap_or_default()).collect();
        }
        ["id", "nominal", "median", "q5", "q95"].map(str::to_owned).to_vec()
    }

    fn rows(&self) -> Vec<Vec<String>> {
        if self.places.is_empty() {
            let row = |(at, run): (usize, &Replication)| {
                let scores = run.scores.values().map(|score| print::cell(*score));
                std::iter::once((at + 1).to_string()).chain(scores).collect()
            };
            return self.replications.iter().enumerate().map(row).collect();
        }
        let spread = |spread: &Spread| {
            let numbers = [spread.nominal, Some(spread.median), Some(spread.q5), Some(spread.q95)];
            std::iter::once(spread.id.clone()).chain(numbers.map(print::cell)).collect()
        };
        let index = |index: &&Sensitive| {
            vec![index.factor.to_owned(), format!("si {}", index.si), format!("sti {}", index.sti)]
        };
        let of_all = self.sobol.iter().filter(|index| index.unit.is_none());
        self.places.iter().map(spread).chain(of_all.collect::<Vec<_>>().iter().map(index)).collect()
    }
}
