//! `zhidian approvals stats`

use super::print::{span, table};
use super::source::{Answer, Source, Sum};
use crate::outcome::{Exit, Failure};
use crate::talk::Talk;
use clap::Args;
use serde::Serialize;
use zhidian_approvals::flow::{self, Batches, Wait};
use zhidian_approvals::log::time::date_text;
use zhidian_approvals::read;
use zhidian_approvals::stats::{self, Streamed};

#[derive(Debug, Args)]
pub(crate) struct Stats {
    #[command(flatten)]
    source: Source,
    /// 列出最常见的路径数 Variants to list
    #[arg(long, default_value_t = 20)]
    top: usize,
    /// 边读边算，不保存日志（仅 XES，单个文件） Count while reading, without holding the log: one file of XES
    #[arg(long)]
    stream: bool,
    /// 另列等待、排队、协作与批量 Add waiting, the queue, who works together, and batches
    #[arg(long, conflicts_with = "stream")]
    flow: bool,
}

#[derive(Serialize)]
struct Options {
    top: usize,
    stream: bool,
    flow: bool,
    lifecycle: Option<String>,
}

#[derive(Serialize)]
struct Counted {
    #[serde(flatten)]
    stats: stats::Stats,
    #[serde(skip_serializing_if = "Option::is_none")]
    flow: Option<Flow>,
}

#[derive(Serialize)]
struct Flow {
    bottlenecks: Vec<Wait>,
    queue: Vec<(String, u64)>,
    working_together: Vec<(String, String, u64)>,
    batches: Vec<Batches>,
}

pub(super) fn run(command: &Stats, talk: &Talk) -> Result<Exit, Failure> {
    let options = command.source.options(0);
    let (result, sha256, problems) = match command.stream {
        true => streamed(command, &options)?,
        false => {
            let opened = command.source.open(&options, |path, _| {
                Err(Failure::usage(
                    format!("{} 是流程模型，不是办件记录", path.display()),
                    format!("{} is a model, not a log", path.display()),
                ))
            })?;
            let flow = command.flow.then(|| Flow {
                bottlenecks: flow::bottlenecks(&opened.log),
                queue: flow::queue(&opened.log).into_iter().map(|(day, n)| (date_text(day), n)).collect(),
                working_together: flow::working_together(&opened.log),
                batches: flow::batches(&opened.log),
            });
            let stats = stats::of(&opened.log, command.top, None);
            (Counted { stats, flow }, opened.sha256, opened.problems)
        }
    };
    let chosen = Options {
        top: command.top,
        stream: command.stream,
        flow: command.flow,
        lifecycle: command.source.transition().map(|transition| format!("{transition:?}").to_lowercase()),
    };
    let answer = Answer { sha256, options: chosen, seed: 0, result, problems };
    command.source.print("stats", answer, |result| lines(&result.stats, talk), talk)
}

fn streamed(
    command: &Stats,
    options: &read::Options,
) -> Result<(Counted, String, Vec<zhidian_model::Problem>), Failure> {
    let [path] = &command.source.files[..] else {
        return Err(Failure::usage("--stream 只读一个文件", "--stream reads one file"));
    };
    let sum = Sum::default();
    let opened = read::open(sum.open(path)?).map_err(|error| Failure::read(path, &error))?;
    if opened.format != read::Format::Xes {
        return Err(Failure::usage(
            "--stream 只读 XES",
            "--stream reads XES alone; leave it out for other formats",
        ));
    }
    let mut counting = Streamed::only(command.source.transition());
    let mut report = read::xes::read(opened.source, options, &mut counting);
    report.encoding = opened.encoding;
    let result = Counted { stats: counting.finish(command.top), flow: None };
    Ok((result, sum.hex(), report.problems(&path.display().to_string(), None)))
}

fn lines(stats: &stats::Stats, talk: &Talk) -> String {
    let mut out = String::new();
    let spread = &stats.case_duration_s;
    out += talk.pick("办件、事件、环节、路径\n", "cases, events, activities, variants\n");
    out += &format!("{} {} {} {}\n", stats.n_cases, stats.n_events, stats.n_activities, stats.n_variants);
    out += &format!(
        "{} {} · {} · {}\n\n",
        talk.pick("用时 中位数·九成·最长", "duration: median, p90, longest"),
        span(spread.p50),
        span(spread.p90),
        span(spread.max)
    );
    let mut edges: Vec<_> = stats.dfg.iter().collect();
    edges.sort_by(|a, b| b.freq.cmp(&a.freq).then_with(|| (&a.a, &a.b).cmp(&(&b.a, &b.b))));
    let rows: Vec<Vec<String>> = edges
        .iter()
        .take(20)
        .map(|edge| {
            vec![edge.a.clone(), edge.b.clone(), edge.freq.to_string(), span(edge.median_s), span(edge.p90_s)]
        })
        .collect();
    out + &table(&["from", "to", "n", "median", "p90"], &rows)
}
