//! `zhidian indicators` on plain files.

use super::{json, stderr, stdout, zhidian};
use std::{fs, path::PathBuf};
use tempfile::TempDir;

const FIGURES: &str = "city,year,group,growth,days\n\
    甲,2019,东,3.9,10\n乙,2019,东,3.5,12\n丙,2019,西,3.4,9\n\
    甲,2020,东,3.9,11\n乙,2020,东,4.1,12\n丙,2020,西,x,8\n";

const RECIPE: &str = r#"
title = "two indicators"
[normalise]
method = "min_max"
range = [1, 100]
[[node]]
id = "index"
[[indicator]]
id = "growth"
parent = "index"
[[indicator]]
id = "days"
parent = "index"
direction = -1
weight = 2
[[uncertain]]
factor = "aggregate"
choices = [{ method = "arithmetic" }, { method = "geometric" }]
"#;

fn files(figures: &str, recipe: &str) -> (TempDir, String, String) {
    let folder = TempDir::new().unwrap();
    let write = |name: &str, text: &str| {
        let path: PathBuf = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path.display().to_string()
    };
    let (figures, recipe) = (write("figures.csv", figures), write("index.toml", recipe));
    (folder, figures, recipe)
}

#[test]
fn a_place_is_an_interval_and_dirt_is_told_with_its_row() {
    let (_folder, figures, _) = files(FIGURES, RECIPE);
    let output = zhidian(&["indicators", "rank", &figures, "--measure", "growth", "--json"]);
    let object = json(&output);
    assert_eq!(object["schema"], "zhidian.indicators.rank/1");
    assert_eq!(object["options"]["period"], "2020");
    let rows = object["result"]["rows"].as_array().unwrap();
    assert_eq!(rows[0]["subject"], "乙");
    // The third city has no figure and may stand anywhere, so the places of the others reach one further.
    assert_eq!((&rows[0]["rank"]["least"], &rows[0]["rank"]["most"]), (&1.into(), &2.into()));
    assert_eq!(rows[0]["gap_next"], 0.2);
    assert!(rows[2]["rank"].is_null());
    assert_eq!(object["problems"][0]["row"], 7);
    assert_eq!(object["problems"][0]["column"], "growth");
}

#[test]
fn best_since_counts_back_until_a_better_place() {
    let (_folder, figures, _) = files(FIGURES, RECIPE);
    let since = |unit: &str| {
        json(&zhidian(&["indicators", "since", &figures, "--measure", "days", "--unit", unit, "--json"]))
    };
    let best = since("乙")["result"]["best_since"].clone();
    assert_eq!((&best["from"], &best["exhausted"]), (&2019.into(), &true.into()));
}

#[test]
fn an_index_is_computed_with_every_step() {
    let (_folder, figures, recipe) = files(FIGURES, RECIPE);
    let output = zhidian(&["indicators", "index", &figures, "--recipe", &recipe, "--steps", "--json"]);
    let object = json(&output);
    let unit = &object["result"]["units"][0];
    assert_eq!((&unit["id"], &unit["period"], &unit["rank"]), (&"甲".into(), &"2019".into(), &1.0.into()));
    assert_eq!(unit["nodes"]["growth"], 100.0);
    let steps = object["result"]["steps"].as_object().unwrap();
    assert_eq!(steps.len(), 6);
    assert_eq!(steps["normalise"]["columns"], serde_json::json!(["unit", "period", "growth", "days"]));
}

#[test]
fn choices_are_replayed_as_given_and_refused_where_they_do_not_exist() {
    let whole = FIGURES.replace(",x,", ",3.8,").replace("2019", "2020");
    let once: String = whole.lines().take(4).map(|line| format!("{line}\n")).collect();
    let (folder, figures, recipe) = files(&once, RECIPE);
    let choices = folder.path().join("choices.csv");
    fs::write(&choices, "aggregate\n1\n2\n").unwrap();
    let replay = |file: &str| {
        zhidian(&["indicators", "sensitivity", &figures, "--recipe", &recipe, "--replay", file, "--json"])
    };
    let object = json(&replay(&choices.display().to_string()));
    let runs = object["result"]["replications"].as_array().unwrap();
    assert_eq!((runs.len(), &runs[1]["params"]["aggregate"]), (2, &2.into()));
    let score = |run: usize| runs[run]["scores"]["乙"].as_f64().unwrap();
    assert!(score(0) > score(1), "a geometric mean is never greater: {} {}", score(0), score(1));
    fs::write(&choices, "aggregate\n3\n").unwrap();
    let refused = replay(&choices.display().to_string());
    assert_eq!(refused.status.code(), Some(3));
    assert!(stderr(&refused).contains("row 2, column aggregate"), "{}", stderr(&refused));
}

#[test]
fn a_wrong_declaration_stops_with_its_place() {
    for (wrong, said) in [
        (
            RECIPE.replace("parent = \"index\"\ndirection = -1", "parent = \"nowhere\"\ndirection = -1"),
            "nowhere",
        ),
        (RECIPE.replace("direction = -1", "direction = \"up\""), "unknown direction up"),
        (RECIPE.replace("id = \"index\"", "id = \"index\"\nparent = \"index\""), "index"),
        (
            RECIPE
                .replace("weight = 2", "weight = 0")
                .replace("id = \"growth\"", "id = \"growth\"\nweight = 0"),
            "sum to zero",
        ),
    ] {
        let (_folder, figures, recipe) = files(FIGURES, &wrong);
        let output = zhidian(&["indicators", "index", &figures, "--recipe", &recipe]);
        assert_eq!(output.status.code(), Some(3), "{wrong}");
        assert!(stdout(&output).is_empty());
        assert!(
            stderr(&output).contains("failed to") && stderr(&output).contains(said),
            "{}",
            stderr(&output)
        );
    }
}
