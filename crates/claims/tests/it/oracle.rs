//! The annotated texts, where they are at hand (`ZHIDIAN_ORACLES`, else beside the workspace).

use serde_json::Value;
use std::path::{Path, PathBuf};
use zhidian_claims::{Options, read};

pub(crate) fn oracles() -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/oracles");
    let folder = std::env::var_os("ZHIDIAN_ORACLES").map_or_else(beside, PathBuf::from).join("claims");
    if folder.is_dir() {
        Some(folder)
    } else {
        println!("skipped: no oracles");
        None
    }
}

fn lines(path: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(path).unwrap();
    text.lines().filter(|l| !l.trim().is_empty()).map(|l| serde_json::from_str(l).unwrap()).collect()
}

fn predictions(text: &Path, dated: Option<&str>, region: Option<u32>) -> Vec<Value> {
    let raw = std::fs::read_to_string(text).unwrap();
    let options = Options { dated: dated.map(str::to_owned), region, ..Options::default() };
    read(&raw, &options).unwrap().statements.iter().map(|s| serde_json::to_value(s).unwrap()).collect()
}

fn hard(c: &Value) -> bool {
    matches!(c["type"].as_str(), Some("quantity" | "growth" | "rank"))
}

/// Number and unit of the figure, or norm of the rank.
fn anchor(c: &Value) -> Option<String> {
    if c["type"] == "rank" {
        return c["rank"]["norm"].as_str().map(|n| format!("rank {n}"));
    }
    let v = c.get("value")?;
    let decimal = |name: &str| {
        v[name]
            .as_str()
            .and_then(|n| rust_decimal::Decimal::from_str_exact(n).ok())
            .map(|d| d.normalize().to_string())
    };
    let number = decimal("num").or_else(|| Some(format!("{}..{}", decimal("low")?, decimal("high")?)));
    Some(format!("{} {}", number.or_else(|| v["ratio"].as_str().map(str::to_owned))?, v["unit"].as_str()?))
}

fn span(c: &Value, field: &str) -> (u64, u64) {
    (c[field][0].as_u64().unwrap(), c[field][1].as_u64().unwrap())
}

fn overlap(a: (u64, u64), b: (u64, u64)) -> f64 {
    let inner = a.1.min(b.1).saturating_sub(a.0.max(b.0)) as f64;
    inner / (a.1.max(b.1) - a.0.min(b.0)) as f64
}

/// F1 over the statements `select` keeps: spans overlapping by three tenths of their union, hard ones with equal type and
/// anchor, others of equal type.
fn f1(gold: &[Value], found: &[Value], field: &str, select: impl Fn(&Value) -> bool) -> f64 {
    let gold: Vec<&Value> = gold.iter().filter(|c| select(c)).collect();
    let found: Vec<&Value> = found.iter().filter(|c| select(c)).collect();
    let mut free = vec![true; found.len()];
    let mut hits = 0.0;
    for g in &gold {
        let best = found
            .iter()
            .enumerate()
            .filter(|(j, p)| free[*j] && p["type"] == g["type"] && (!hard(g) || anchor(g) == anchor(p)))
            .map(|(j, p)| (j, overlap(span(g, field), span(p, field))))
            .filter(|(_, o)| *o >= 0.3)
            .max_by(|a, b| a.1.total_cmp(&b.1));
        if let Some((j, _)) = best {
            free[j] = false;
            hits += 1.0;
        }
    }
    2.0 * hits / (gold.len() + found.len()) as f64
}

#[test]
fn the_page() {
    let Some(folder) = oracles() else { return };
    let page = folder.join("../../seed/page.txt");
    let gold = lines(&folder.join("seed-gold.jsonl"));
    let found = predictions(&page, None, None);
    for field in ["span", "raw_span"] {
        let score = f1(&gold, &found, field, hard);
        assert!(score >= 0.90, "hard F1 {score:.3} by {field}");
        let score = f1(&gold, &found, field, |_| true);
        assert!(score >= 0.80, "F1 {score:.3} by {field}");
    }
    let normalised = std::fs::read_to_string(folder.join("seed-normalised.txt")).unwrap();
    assert_eq!(
        read(&std::fs::read_to_string(&page).unwrap(), &Options::default()).unwrap().normalised,
        normalised
    );
    let mut hits = 0;
    for trap in lines(&folder.join("seed-traps.jsonl")) {
        let trap = span(&trap, "span");
        let touched = found.iter().any(|c| {
            ["value", "rank", "count"]
                .iter()
                .filter(|f| c[**f]["span"].is_array())
                .any(|f| overlap(span(&c[*f], "span"), trap) > 0.0)
        });
        hits += usize::from(touched);
    }
    assert!(hits <= 6, "{hits} look-alikes taken for values");
}

#[test]
fn the_development_texts() {
    let Some(folder) = oracles() else { return };
    for (name, dated, region) in [
        ("h1-henan-2026", "2026-01", Some(410_000)),
        ("h3-guizhou-2026", "2026-01", Some(520_000)),
        ("h6-state-council-2021-en", "2021-03", None),
    ] {
        let gold = lines(&folder.join(format!("dev/{name}.jsonl")));
        let found = predictions(&folder.join(format!("dev/{name}.txt")), Some(dated), region);
        let score = f1(&gold, &found, "span", hard);
        assert!(score >= 0.80, "{name}: hard F1 {score:.3}");
    }
}
