//! `zhidian approvals discover` and `conform`

use super::print::table;
use super::source::{Answer, Source};
use crate::outcome::{Exit, Failure};
use crate::talk::Talk;
use clap::Args;
use serde::Serialize;
use std::path::{Path, PathBuf};
use zhidian_approvals::conform::{self, Aligned, Costs, Move, replay::Replay, rules::Departure};
use zhidian_approvals::discover::inductive;
use zhidian_approvals::procedure::{Bpmn, Net, pnml};
use zhidian_approvals::read::Limits;

#[derive(Debug, Args)]
pub(crate) struct Discover {
    #[command(flatten)]
    source: Source,
    /// 低于此比例的罕见走法不计，0 至 1 Put aside what is rarer than this share of the commonest, 0 to 1
    #[arg(long, default_value_t = 0.0)]
    noise: f64,
    /// 另存流程图（BPMN 2.0） Write the procedure as BPMN here
    #[arg(long, value_name = "FILE")]
    bpmn: Option<PathBuf>,
    /// 另存 Petri 网（PNML） Write the procedure as PNML here
    #[arg(long, value_name = "FILE")]
    pnml: Option<PathBuf>,
}

#[derive(Serialize)]
struct DiscoverOptions {
    noise: f64,
}

#[derive(Serialize)]
struct Discovered {
    tree: String,
    pnml: String,
    bpmn: String,
}

pub(super) fn discover(command: &Discover, talk: &Talk) -> Result<Exit, Failure> {
    if !(0.0..=1.0).contains(&command.noise) {
        return Err(Failure::usage("--noise 须在 0 与 1 之间", "--noise must lie between 0 and 1"));
    }
    let opened = command.source.open(&command.source.options(0), |path, _| Err(no_model(path)))?;
    let tree = inductive(&opened.log, command.noise);
    let result = Discovered {
        tree: tree.to_string(),
        pnml: pnml::write(&tree.net()),
        bpmn: Bpmn::of_tree(&tree).write(),
    };
    for (path, text) in [(&command.bpmn, &result.bpmn), (&command.pnml, &result.pnml)] {
        if let Some(path) = path {
            std::fs::write(path, text).map_err(|error| Failure::write(path, &error))?;
        }
    }
    let options = DiscoverOptions { noise: command.noise };
    let answer = Answer { sha256: opened.sha256, options, seed: 0, result, problems: opened.problems };
    command.source.print("discover", answer, |result| result.tree.clone() + "\n", talk)
}

fn no_model(path: &Path) -> Failure {
    let path = path.display();
    Failure::usage(format!("{path} 是流程模型，不是办件记录"), format!("{path} is a model, not a log"))
}

#[derive(Debug, Args)]
pub(crate) struct Conform {
    #[command(flatten)]
    source: Source,
    /// 规定流程 The declared procedure: PNML or BPMN; may also stand among the files
    #[arg(long, value_name = "FILE")]
    model: Option<PathBuf>,
    /// 多出一个环节的代价 What an event the procedure has no place for costs
    #[arg(long, default_value_t = 1)]
    log_cost: u32,
    /// 缺少一个环节的代价 What a step that did not happen costs
    #[arg(long, default_value_t = 1)]
    model_cost: u32,
    /// 线程数 Threads; by default all cores
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
}

#[derive(Serialize)]
struct ConformOptions {
    log_cost: u32,
    model_cost: u32,
}

#[derive(Serialize)]
struct Conformed {
    log_fitness: f64,
    average_fitness: f64,
    perfectly_fitting: f64,
    total_cost: u64,
    /// Were all costs proven to be the least?
    proven: bool,
    token_replay: Option<Replay>,
    departures: Vec<Departure>,
    variants: Vec<Way>,
    cases: Vec<Aligned>,
}

#[derive(Serialize)]
struct Way {
    cases: u64,
    cost: u32,
    moves: Vec<Move>,
}

pub(super) fn conform(command: &Conform, talk: &Talk) -> Result<Exit, Failure> {
    let mut net = match &command.model {
        Some(path) => {
            let bytes = std::fs::read(path).map_err(|error| Failure::read(path, &error))?;
            Some(read_model(path, &bytes)?)
        }
        None => None,
    };
    let opened = command.source.open(&command.source.options(0), |path, bytes| {
        net = Some(read_model(path, &bytes)?);
        Ok(())
    })?;
    let net = net.ok_or_else(|| {
        Failure::usage(
            "请给出规定流程：--model 流程.pnml 或 流程.bpmn",
            "give the declared procedure: --model with a .pnml or .bpmn file",
        )
    })?;
    let costs = Costs { log: command.log_cost, model: command.model_cost, ..Costs::default() };
    let threads =
        command.threads.or_else(|| std::thread::available_parallelism().ok().map(Into::into)).unwrap_or(1);
    let found = conform::conform(&opened.log, &net, &costs, threads, &|| false).map_err(|error| {
        Failure::data(format!("模型无法走到终点，请修改模型（{error}）"), error.to_string())
    })?;
    let mut problems = opened.problems;
    if !found.proven {
        problems.push(unproven(&found));
    }
    let result = Conformed {
        log_fitness: found.log_fitness,
        average_fitness: found.average_fitness,
        perfectly_fitting: found.perfectly_fitting,
        total_cost: found.total_cost,
        proven: found.proven,
        token_replay: conform::replay::replay(&opened.log, &net),
        departures: conform::rules::departures(&found.alignments),
        variants: found
            .alignments
            .iter()
            .map(|(_, cases, way)| Way { cases: *cases, cost: way.cost, moves: way.moves.clone() })
            .collect(),
        cases: found.cases,
    };
    let options = ConformOptions { log_cost: command.log_cost, model_cost: command.model_cost };
    let answer = Answer { sha256: opened.sha256, options, seed: 0, result, problems };
    command.source.print("conform", answer, |result| lines(result, talk), talk)
}

fn unproven(found: &conform::Conformance) -> zhidian_model::Problem {
    let count = found.alignments.iter().filter(|(_, _, way)| !way.proven).count();
    zhidian_model::Problem {
        severity: zhidian_model::Severity::Warning,
        code: "conform.unproven".into(),
        file: String::new(),
        sheet: None,
        row: None,
        column: None,
        found: format!("{count} variants"),
        expected: String::new(),
        remedy: zhidian_model::Text::new(
            "部分路径的代价只是下限；请简化模型",
            "the cost of some variants is a lower bound; simplify the model",
        ),
    }
}

fn read_model(path: &Path, bytes: &[u8]) -> Result<Net, Failure> {
    let limits = Limits::default();
    let drawing = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).contains("definitions");
    let net = match drawing {
        true => Bpmn::read(bytes, limits).and_then(|bpmn| bpmn.net()),
        false => pnml::read(bytes, limits),
    };
    net.map_err(|error| {
        let path = path.display();
        Failure::data(format!("无法读取流程模型 {path}：{error}"), format!("{path}: {error}"))
    })
}

fn lines(result: &Conformed, talk: &Talk) -> String {
    let head = talk.pick(
        "符合度 平均符合度 完全符合 总代价",
        "log fitness, average fitness, perfectly fitting, total cost",
    );
    let figures = format!(
        "{:.6} {:.6} {:.6} {}",
        result.log_fitness, result.average_fitness, result.perfectly_fitting, result.total_cost
    );
    let rows: Vec<Vec<String>> = result
        .departures
        .iter()
        .take(20)
        .map(|departure| {
            let kind = match departure.kind {
                conform::rules::Kind::Skipped => talk.pick("漏做", "skipped"),
                conform::rules::Kind::WrongOrder => talk.pick("次序不对", "wrong order"),
                conform::rules::Kind::Extra => talk.pick("多做", "extra"),
                conform::rules::Kind::ExtraSupplement => talk.pick("多次补正", "extra supplement"),
            };
            vec![kind.to_owned(), departure.activity.clone(), departure.cases.to_string()]
        })
        .collect();
    format!(
        "{head}\n{figures}\n\n{}",
        table(&["", talk.pick("环节", "step"), talk.pick("办件", "cases")], &rows)
    )
}
