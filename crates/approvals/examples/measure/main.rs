//! What `bench/approvals` measures of this library, and the logs it measures on; prints one JSON object.
//!
//! `measure generate CASES SEED FILE.xes|.csv`, `import FILE.xes`, `stream FILE.xes`, `follow FILE.csv [all]`,
//! `handover FILE.xes`, `intervals NUMBER`, `variants LOG OUT.json`, `discover LOG OUT.pnml NOISE`,
//! `align LOG NET.pnml TIMES`, `simulate CASES`.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a tool for measuring: it stops at the first mistake"
)]

mod generate;
mod play;

use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs::File;
use zhidian_approvals::conform::{Costs, conform};
use zhidian_approvals::log::{self, EventLog};
use zhidian_approvals::procedure::pnml;
use zhidian_approvals::read::{self, Limits, Options};
use zhidian_approvals::stats::{self, Streamed};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let answer = match words[..] {
        ["generate", cases, seed, file] => generate::generate(number(cases), number(seed), file),
        ["import", file] => import(file),
        ["stream", file] => stream(file),
        ["follow", file] => follow(file, false),
        ["follow", file, "all"] => follow(file, true),
        ["handover", file] => handover(file),
        ["intervals", count] => play::intervals(number(count)),
        ["variants", file, out] => variants(file, out),
        ["discover", file, out, noise] => discover(file, out, noise.parse().unwrap()),
        ["align", file, net, times] => align(file, net, number(times)),
        ["simulate", cases] => play::simulate(number(cases)),
        _ => panic!("see the first lines of examples/measure/main.rs"),
    };
    println!("{answer}");
}

fn number(word: &str) -> u64 {
    word.replace('_', "").parse().unwrap()
}

fn load(file: &str, attributes: bool) -> EventLog {
    let options = Options { attributes, ..Options::default() };
    let (log, report) = read::log(File::open(file).unwrap(), &options).unwrap();
    assert_eq!(report.rejected(), 0, "{:?}", report.rejects.first());
    log
}

/// The whole log with every attribute, and sums over each kind of value that show it was read.
fn import(file: &str) -> Value {
    let log = load(file, true);
    // Activity, time, resource and transition are columns of their own; the transition of a finished step is not kept.
    let (mut values, mut ints) = (4 * log.len() as u64, 0_i64);
    let mut texts = 0;
    for case in log.each() {
        let of =
            |names: &log::Interner, ids: &[u32]| ids.iter().map(|id| names.get(*id).len()).sum::<usize>();
        texts += of(&log.activities, case.activity) + of(&log.resources, case.resource);
        texts += case.activity.len() * "complete".len();
    }
    for key in log.attributes.keys() {
        for (_, value) in log.attributes.column(key) {
            values += 1;
            match value {
                log::Value::Text(text) => texts += text.len(),
                log::Value::Int(number) => ints += number,
                _ => {}
            }
        }
    }
    let answer = json!({"cases": log.cases.len(), "events": log.len(), "values": values, "text_bytes": texts, "ints": ints});
    // Giving the memory back is no part of reading.
    std::mem::forget(log);
    answer
}

/// Directly-follows counts and seconds, variants and durations, case after case.
fn stream(file: &str) -> Value {
    let options = Options { attributes: false, ..Options::default() };
    let mut counting = Streamed::default();
    let opened = read::open(File::open(file).unwrap()).unwrap();
    let report = read::xes::read(opened.source, &options, &mut counting);
    assert_eq!(report.rejected(), 0);
    let stats = counting.finish(1);
    let millis = |seconds: f64| (seconds * 1000.0).round() as i64;
    let dfg: BTreeMap<String, (u64, i64)> = stats
        .dfg
        .iter()
        .map(|edge| (format!("{}>{}", edge.a, edge.b), (edge.freq, millis(edge.sum_s))))
        .collect();
    let duration = millis(stats.case_duration_s.mean * stats.case_duration_s.n as f64);
    json!({"cases": stats.n_cases, "events": stats.n_events, "variants": stats.n_variants, "duration_ms": duration, "dfg": dfg})
}

/// A table of rows loaded, put in order, and its directly-follows graph with mean and median seconds.
fn follow(file: &str, all: bool) -> Value {
    let before = processor_seconds();
    let log = load(file, all);
    let edges = stats::follows(&log);
    let took = processor_seconds() - before;
    let dfg: BTreeMap<String, (u64, f64, f64)> = edges
        .iter()
        .map(|edge| (format!("{}>{}", edge.a, edge.b), (edge.freq, edge.mean_s, edge.median_s)))
        .collect();
    std::mem::forget(log);
    json!({"cpu_seconds": took, "dfg": dfg})
}

/// Who passes on to whom.
fn handover(file: &str) -> Value {
    let log = load(file, false);
    let before = processor_seconds();
    let pairs = stats::handovers(&log);
    let took = processor_seconds() - before;
    let steps: u64 = pairs.iter().map(|pair| pair.n).sum();
    json!({"events": log.len(), "pairs": pairs.len(), "steps": steps, "cpu_seconds": took})
}

/// Every variant with the number of its cases, as the peer takes them.
fn variants(file: &str, out: &str) -> Value {
    let log = load(file, false);
    let mut variants: BTreeMap<Vec<&str>, u64> = BTreeMap::new();
    for case in log.each() {
        *variants.entry(case.activity.iter().map(|id| log.activities.text(*id)).collect()).or_default() += 1;
    }
    let variants: Vec<_> = variants.into_iter().collect();
    std::fs::write(out, serde_json::to_string(&variants).unwrap()).unwrap();
    json!({"cases": log.cases.len(), "variants": variants.len()})
}

fn discover(file: &str, out: &str, noise: f64) -> Value {
    let log = load(file, false);
    let before = processor_seconds();
    let tree = zhidian_approvals::discover::inductive(&log, noise);
    let took = processor_seconds() - before;
    std::fs::write(out, pnml::write(&tree.net())).unwrap();
    json!({"cpu_seconds": took, "tree_bytes": tree.to_string().len()})
}

/// Optimal alignments of every variant, again and again; processor seconds of one time.
fn align(file: &str, net: &str, times: u64) -> Value {
    let log = load(file, false);
    let net = pnml::read(File::open(net).unwrap(), Limits::default()).unwrap();
    let before = processor_seconds();
    let mut found = None;
    for _ in 0..times {
        found = Some(conform(&log, &net, &Costs::default(), 1, &|| false).unwrap());
    }
    let took = (processor_seconds() - before) / times as f64;
    let found = found.unwrap();
    json!({"cost": found.total_cost, "proven": found.proven, "log_fitness": found.log_fitness, "cpu_seconds": took})
}

/// Of all threads of this process, in nanoseconds as the kernel counts them.
pub(crate) fn processor_seconds() -> f64 {
    let of =
        |task: std::fs::DirEntry| std::fs::read_to_string(task.path().join("schedstat")).unwrap_or_default();
    let nanos = |text: String| text.split(' ').next().and_then(|word| word.parse::<u64>().ok()).unwrap_or(0);
    let tasks = std::fs::read_dir("/proc/self/task").unwrap().flatten();
    tasks.map(|task| nanos(of(task))).sum::<u64>() as f64 / 1e9
}
