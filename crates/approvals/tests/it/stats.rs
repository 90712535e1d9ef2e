//! Every figure of the reference against ours.

use crate::oracle;
use serde_json::Value;
use std::collections::BTreeSet;
use zhidian_approvals::{read, stats};

/// Figures of the reference that speak of its own program or of models.
const OTHERS: &[&str] = &[
    "log",
    "pm4py",
    "convention",
    "n_variants_pm4py",
    "dfg_equals_pm4py_discover_dfg",
    "perf_dfg_mean_max_abs_diff_vs_pm4py_s",
    "case_duration_s_pm4py_median",
    "pm4py_handover_directed",
    "pm4py_handover_connections_n",
    "pm4py_handover_top100_normalised",
    "pm4py_handover",
    "im_noise0",
    "im_noise0.2",
    "load_avg_at_end",
];

#[test]
fn figures_of_the_reference_are_ours() {
    for (name, file) in [
        ("running-example", "running-example.xes"),
        ("running-example", "running-example.csv"),
        ("receipt", "receipt.csv.gz"),
        ("bpic2020-DomesticDeclarations", "bpic2020-DomesticDeclarations.xes.gz"),
        ("bpic2020-RequestForPayment", "bpic2020-RequestForPayment.xes.gz"),
        ("roadtraffic100traces", "roadtraffic100traces.xes"),
        ("roadtraffic100traces", "roadtraffic100traces.csv"),
        ("reviewing", "reviewing.xes"),
    ] {
        let Some((log, report)) = oracle::log(file) else { return };
        assert_eq!(report.rejected(), 0, "{file}");
        let ours = serde_json::to_value(stats::of(&log, 20, None)).unwrap();
        let theirs = oracle::json(&format!("{name}.json")).unwrap();
        let mut faults = Vec::new();
        for (field, value) in theirs.as_object().unwrap() {
            if !OTHERS.contains(&field.as_str()) {
                same(field, &ours[field], value, &mut faults);
            }
        }
        assert_eq!(faults, Vec::<String>::new(), "{file}");
    }
}

/// Numbers within 10⁻⁹ of their size; lists of variants and hand-overs regardless of the order of ties.
fn same(path: &str, ours: &Value, theirs: &Value, faults: &mut Vec<String>) {
    match (ours, theirs) {
        (Value::Object(a), Value::Object(b)) => {
            for (key, value) in b {
                match a.get(key) {
                    Some(ours) => same(&format!("{path}.{key}"), ours, value, faults),
                    None => faults.push(format!("{path}.{key} is missing")),
                }
            }
        }
        (Value::Array(a), Value::Array(b)) if path == "top_variants" => ties(path, a, b, faults),
        (Value::Array(a), Value::Array(b)) if path.starts_with("handover_counts") => {
            let set = |list: &[Value]| list.iter().map(ToString::to_string).collect::<BTreeSet<_>>();
            if set(a) != set(b) {
                faults.push(format!("{path}: other pairs"));
            }
        }
        (Value::Array(a), Value::Array(b)) => {
            if a.len() != b.len() {
                faults.push(format!("{path}: {} beside {}", a.len(), b.len()));
            }
            for (at, (ours, theirs)) in a.iter().zip(b).enumerate() {
                same(&format!("{path}[{at}]"), ours, theirs, faults);
            }
        }
        (Value::Number(a), Value::Number(b)) => {
            let (a, b) = (a.as_f64().unwrap(), b.as_f64().unwrap());
            if (a - b).abs() > 1e-9 * b.abs().max(1.0) {
                faults.push(format!("{path}: {a} beside {b}"));
            }
        }
        _ if ours == theirs => {}
        _ => faults.push(format!("{path}: {ours} beside {theirs}")),
    }
}

/// Equal counts in order; equal variants wherever the count is above that of the last one shown.
fn ties(path: &str, ours: &[Value], theirs: &[Value], faults: &mut Vec<String>) {
    let counts = |list: &[Value]| list.iter().map(|one| one["count"].as_u64().unwrap()).collect::<Vec<_>>();
    if counts(ours) != counts(theirs) {
        faults.push(format!("{path}: other counts"));
        return;
    }
    let least = counts(theirs).last().copied().unwrap_or_default();
    let sure = |list: &[Value]| {
        let above = list.iter().filter(|one| one["count"].as_u64().unwrap() > least);
        above.map(|one| one["variant"].to_string()).collect::<BTreeSet<_>>()
    };
    if sure(ours) != sure(theirs) {
        faults.push(format!("{path}: other variants"));
    }
}

#[test]
fn a_streamed_log_counts_the_same() {
    let Some(folder) = oracle::folder() else { return };
    let name = "bpic2020-RequestForPayment.xes.gz";
    let Some((log, _)) = oracle::log(name) else { return };
    let exact = stats::of(&log, 20, None);
    let file = std::fs::File::open(folder.join("logs").join(name)).unwrap();
    let opened = read::open(file).unwrap();
    let mut streamed = stats::Streamed::default();
    let report = read::xes::read(opened.source, &read::Options::default(), &mut streamed);
    assert_eq!(report.rejected(), 0);
    let mut streamed = streamed.finish(20);
    assert!(!streamed.approximate.is_empty());
    for (ours, exact) in streamed.dfg.iter_mut().zip(&exact.dfg) {
        // The sketch names a value of the data within one in a hundred; the exact median may lie between two values.
        if exact.freq > 1000 {
            assert!((ours.median_s / exact.median_s - 1.0).abs() < 0.02, "{ours:?} {exact:?}");
        }
        (ours.median_s, ours.p90_s) = (exact.median_s, exact.p90_s);
    }
    streamed.approximate.clear();
    assert_eq!(streamed, exact);
}
