//! The crate process_mining on the same files: `approvals-peer import|stream|align …` prints one JSON object.

use process_mining::conformance::alignments::{AlignmentOptions, align_variants, compute_fitness};
use process_mining::core::event_data::case_centric::utils::activity_projection::EventLogActivityProjection;
use process_mining::core::event_data::case_centric::xes::{
    XESImportOptions, build_ignore_attributes, import_xes_path, stream_xes_from_path,
};
use process_mining::core::event_data::case_centric::{Attribute, AttributeValue, Trace};
use process_mining::{EventLog, PetriNet};
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap};
use std::path::Path;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let answer = match words[..] {
        ["import", file] => import(Path::new(file)),
        ["stream", file] => stream(Path::new(file), options()),
        ["stream-few", file] => stream(Path::new(file), few()),
        ["align", variants, net, times] => align(variants, net, times.parse().expect("a number")),
        _ => panic!("usage: approvals-peer import FILE | stream FILE | stream-few FILE | align VARIANTS.json NET.pnml TIMES"),
    };
    println!("{answer}");
}

fn options() -> XESImportOptions {
    XESImportOptions { verbose: false, ..XESImportOptions::default() }
}

/// Only the attributes that are counted: its quickest way.
fn few() -> XESImportOptions {
    XESImportOptions {
        ignore_event_attributes_except: Some(build_ignore_attributes(["concept:name", "time:timestamp", "org:resource"])),
        ignore_trace_attributes_except: Some(build_ignore_attributes(["concept:name"])),
        ignore_log_attributes_except: Some(build_ignore_attributes(Vec::<&str>::new())),
        ..options()
    }
}

/// The whole log with every attribute, and sums over each kind of value that show it was read.
fn import(path: &Path) -> Value {
    let log: EventLog = import_xes_path(path, options()).expect("a log");
    let (mut events, mut values, mut texts, mut ints) = (0_u64, 0_u64, 0_u64, 0_i64);
    for trace in &log.traces {
        events += trace.events.len() as u64;
        for attribute in trace.events.iter().flat_map(|event| &event.attributes) {
            values += 1;
            match &attribute.value {
                AttributeValue::String(text) => texts += text.len() as u64,
                AttributeValue::Int(number) => ints += number,
                _ => {}
            }
        }
    }
    let answer = json!({"cases": log.traces.len(), "events": events, "values": values, "text_bytes": texts, "ints": ints});
    // Giving the memory back is no part of reading.
    std::mem::forget(log);
    answer
}

/// Directly-follows counts and seconds, variants and durations, case after case.
fn stream(path: &Path, options: XESImportOptions) -> Value {
    let (mut traces, _) = stream_xes_from_path(path, options).expect("a log");
    let mut numbers: HashMap<String, u32> = HashMap::new();
    let mut follows: HashMap<(u32, u32), (u64, i64)> = HashMap::new();
    let mut variants: HashMap<Vec<u32>, u64> = HashMap::new();
    let (mut cases, mut events, mut durations) = (0_u64, 0_u64, 0_i64);
    for trace in &mut traces {
        let steps = steps(&trace, &mut numbers);
        cases += 1;
        events += steps.len() as u64;
        for pair in steps.windows(2) {
            let edge = follows.entry((pair[0].0, pair[1].0)).or_default();
            edge.0 += 1;
            edge.1 += pair[1].1 - pair[0].1;
        }
        if let (Some(first), Some(last)) = (steps.first(), steps.last()) {
            durations += last.1 - first.1;
        }
        *variants.entry(steps.iter().map(|step| step.0).collect()).or_default() += 1;
    }
    let mut names = vec![String::new(); numbers.len()];
    for (name, number) in numbers {
        names[number as usize] = name;
    }
    let dfg: BTreeMap<String, (u64, i64)> = follows
        .into_iter()
        .map(|((a, b), edge)| (format!("{}>{}", names[a as usize], names[b as usize]), edge))
        .collect();
    json!({"cases": cases, "events": events, "variants": variants.len(), "duration_ms": durations, "dfg": dfg})
}

fn steps(trace: &Trace, numbers: &mut HashMap<String, u32>) -> Vec<(u32, i64)> {
    let find = |attributes: &[Attribute], key: &str| attributes.iter().position(|attribute| attribute.key == key);
    let mut steps: Vec<(u32, i64)> = trace
        .events
        .iter()
        .map(|event| {
            let name = find(&event.attributes, "concept:name").expect("an activity");
            let AttributeValue::String(name) = &event.attributes[name].value else { panic!("a text") };
            let time = find(&event.attributes, "time:timestamp").expect("a time");
            let AttributeValue::Date(time) = &event.attributes[time].value else { panic!("a time") };
            let next = numbers.len() as u32;
            let number = match numbers.get(name) {
                Some(number) => *number,
                None => *numbers.entry(name.clone()).or_insert(next),
            };
            (number, time.timestamp_millis())
        })
        .collect();
    steps.sort_by_key(|step| step.1);
    steps
}

/// Optimal alignments of variants with a net, again and again; processor seconds of one time.
fn align(variants: &str, net: &str, times: u32) -> Value {
    let text = std::fs::read_to_string(variants).expect("variants");
    let given: Vec<(Vec<String>, u64)> = serde_json::from_str(&text).expect("variants");
    let net = PetriNet::import_pnml(net).expect("a net");
    let mut activities: Vec<String> = given.iter().flat_map(|(trace, _)| trace.clone()).collect();
    activities.sort();
    activities.dedup();
    let act_to_index: HashMap<String, usize> =
        activities.iter().enumerate().map(|(number, name)| (name.clone(), number)).collect();
    let traces =
        given.iter().map(|(trace, count)| (trace.iter().map(|name| act_to_index[name]).collect(), *count)).collect();
    let log = EventLogActivityProjection { activities, act_to_index, traces };
    let options = AlignmentOptions { max_states: None, ..AlignmentOptions::default() };
    let before = processor_seconds();
    let mut found = None;
    for _ in 0..times {
        found = Some(align_variants(&net, &log, &options));
    }
    let took = (processor_seconds() - before) / f64::from(times);
    let found = found.expect("at least one time");
    let fitness = compute_fitness(&found, &net, &options).expect("every trace aligned");
    json!({"cost": fitness.total_costs, "log_fitness": fitness.log_fitness, "cpu_seconds": took})
}

/// Of all threads of this process, in nanoseconds as the kernel counts them.
fn processor_seconds() -> f64 {
    let tasks = std::fs::read_dir("/proc/self/task").expect("Linux");
    let of = |task: std::fs::DirEntry| std::fs::read_to_string(task.path().join("schedstat")).unwrap_or_default();
    let nanos = tasks.flatten().map(|task| of(task).split(' ').next().and_then(|n| n.parse::<u64>().ok()).unwrap_or(0));
    nanos.sum::<u64>() as f64 / 1e9
}
