//! `zhidian indicators` on its templates, on workbooks and SDMX-CSV, and what it explains.

use super::{json, stderr, zhidian};
use serde_json::Value;
use std::{fs, path::PathBuf};
use tempfile::TempDir;

fn templates() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/methods/indicators")
}

fn template(name: &str, verb: &str, more: &[&str]) -> Value {
    let path = |end: &str| templates().join(format!("{name}.{end}")).display().to_string();
    let (figures, recipe) = (path("csv"), path("toml"));
    json(&zhidian(&[&["indicators", verb, &figures, "--recipe", &recipe, "--json"], more].concat()))
}

fn unit<'a>(object: &'a Value, id: &str) -> &'a Value {
    let units = object["result"]["units"].as_array().unwrap();
    units.iter().find(|unit| unit["id"] == id).unwrap_or_else(|| panic!("no {id}"))
}

fn near(value: &Value, expected: f64) {
    let value = value.as_f64().unwrap_or_else(|| panic!("{value} is no number"));
    assert!((value - expected).abs() < 1e-9 * expected.abs().max(1.0), "{value} against {expected}");
}

#[test]
fn every_template_runs_on_its_figures() {
    let mut names = Vec::new();
    for entry in fs::read_dir(templates()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|end| end == "toml") {
            names.push(path.file_stem().unwrap().to_str().unwrap().to_owned());
        }
    }
    names.sort();
    assert_eq!(names.len(), 9, "{names:?}");
    for name in names {
        let object = template(&name, "index", &["--steps", "--analysis"]);
        let scored = object["result"]["units"].as_array().unwrap().iter().filter(|unit| unit["rank"] == 1.0);
        assert!(scored.count() >= 1, "{name}");
    }
}

/// What the formulas say, computed by hand.
#[test]
fn templates_give_what_their_formulas_say() {
    let hdi = template("human-development", "index", &[]);
    let ln = f64::ln;
    let b = ((76.5 - 20.0) / 65.0
        * ((14.2 / 18.0 + 9.8 / 15.0) / 2.0)
        * ((ln(17310.0) - ln(100.0)) / (ln(75000.0) - ln(100.0))))
    .cbrt();
    near(&unit(&hdi, "B")["score"], (b * 1000.0).round() / 1000.0);
    near(&unit(&hdi, "A")["nodes"]["expected_schooling"], 1.0);
    assert!(unit(&hdi, "D")["score"].is_null(), "a missing income leaves no score");
    let formula = template("formula", "index", &[]);
    near(&unit(&formula, "B")["score"], 6.1 * 76.0 / 10.0 / 3.1 * 0.8);
    let perception = template("perception", "index", &["--steps"]);
    assert!(unit(&perception, "D")["score"].is_null(), "two sources are too few");
    near(&unit(&perception, "A")["nodes"]["source_four"], (6.0 - 1.0) / 2.0 * 20.0 + 45.0);
    let adjusted = template("adjusted", "index", &[]);
    let (lo, width) = (62.0 - (69.9 - 46.2) / 2.0, 69.9 - 46.2);
    let north = adjusted["result"]["units"].as_array().unwrap().iter().find(|u| u["id"] == "North").unwrap();
    near(&north["nodes"]["employment"], 70.0 + 60.0 * (68.1 - lo) / width);
    let goals = template("sustainable-development", "index", &[]);
    let a = &unit(&goals, "A")["nodes"];
    near(&a["health"], (a["child_mortality"].as_f64().unwrap() + a["physicians"].as_f64().unwrap()) / 2.0);
    let business = template("business-environment", "index", &[]);
    assert!(unit(&business, "丙")["score"].is_null(), "a topic without data leaves the city undecided");
    let ease = template("doing-business", "index", &[]);
    let of = |id: &str| unit(&ease, id)["score"].as_f64().unwrap();
    near(&unit(&ease, "China")["score"], 0.55 * of("China Shanghai") + 0.45 * of("China Beijing"));
    assert!(unit(&ease, "China Beijing")["rank"].is_null());
}

#[test]
fn figures_pass_through_every_format() {
    let folder = TempDir::new().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    let start = path("figures.csv");
    fs::write(
        &start,
        "city,year,gdp,days\n甲,2019,1.50,3\n\"乙, 县\",2019,2.25,4\n甲,2020,1.75,2\n\"乙, 县\",2020,2,1\n",
    )
    .unwrap();
    let rank = |file: &str| {
        json(&zhidian(&["indicators", "rank", file, "--measure", "gdp", "--json"]))["result"].clone()
    };
    let mut last = start.clone();
    for (to, name) in
        [("sdmx-csv-1", "one.csv"), ("xlsx", "book.xlsx"), ("sdmx-csv-2", "two.csv"), ("csv", "plain.csv")]
    {
        let next = path(name);
        let output = zhidian(&["indicators", "convert", &last, "--to", to, "--out", &next]);
        assert!(output.status.success() && output.stdout.is_empty(), "{to}: {}", stderr(&output));
        let (before, after) = (rank(&start), rank(&next));
        for (a, b) in before["rows"].as_array().unwrap().iter().zip(after["rows"].as_array().unwrap()) {
            assert_eq!((&a["subject"], &a["value"]), (&b["subject"], &b["value"]), "{to}");
        }
        last = next;
    }
    assert!(
        fs::read_to_string(path("two.csv")).unwrap().starts_with("STRUCTURE,STRUCTURE_ID,ACTION,REF_AREA,")
    );
}

#[test]
fn an_index_is_written_as_a_workbook_and_read_back() {
    let folder = TempDir::new().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    let (book, sdmx) = (path("out.xlsx"), path("out.csv"));
    let object = template("innovation", "index", &["--xlsx", &book, "--sdmx", &sdmx]);
    let best = &object["result"]["units"][0];
    for file in [&book, &sdmx] {
        let read = json(&zhidian(&["indicators", "rank", file, "--measure", "innovation", "--json"]));
        let row = &read["result"]["rows"][0];
        assert_eq!(row["subject"], best["id"]);
        near(&row["value"], best["score"].as_f64().unwrap());
    }
    let places = json(&zhidian(&[
        "indicators",
        "rank",
        &book,
        "--sheet",
        "places",
        "--measure",
        "innovation",
        "--json",
    ]));
    assert_eq!(
        places["result"]["rows"][0]["value"].as_f64().map(f64::round),
        places["result"]["rows"][0]["value"].as_f64()
    );
    let missing = zhidian(&["indicators", "rank", &book, "--sheet", "nowhere", "--measure", "x"]);
    assert_eq!(missing.status.code(), Some(3));
    assert!(stderr(&missing).contains("scores, places"), "{}", stderr(&missing));
}

#[test]
fn a_gap_is_taken_apart_and_sums() {
    let object = template("innovation", "explain", &["--unit", "DD", "--against", "BB"]);
    let result = &object["result"];
    for gap in [&result["frontier"], &result["against"]] {
        let parts = gap["drivers"].as_array().unwrap().iter().map(|driver| driver["part"].as_f64().unwrap());
        near(&gap["gap"], parts.sum());
    }
    assert!(result["against"]["smallest_weight_change"]["share"].as_f64().unwrap() > 0.0);
    let incomplete = template("innovation", "explain", &["--unit", "DD", "--against", "EE"]);
    assert!(incomplete["result"]["against"]["smallest_weight_change"].is_null(), "EE lacks figures");
}

#[test]
fn a_change_is_shared_among_its_causes() {
    let folder = TempDir::new().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path.display().to_string()
    };
    let old = write("old.csv", "city,year,gdp,days\nA,2019,5,9\nB,2019,7,8\nC,2019,1,1\n");
    let new = write(
        "new.csv",
        "city,year,gdp,days\nA,2019,6,9\nB,2019,7,8\nC,2019,1,1\nA,2020,9,5\nB,2020,8,7\nC,2020,2,6\nD,2020,10,1\n",
    );
    let recipe = |weight: u32| {
        format!(
            "title = \"x\"\n[[node]]\nid = \"index\"\n[[indicator]]\nid = \"gdp\"\nparent = \"index\"\nweight = {weight}\n\
             [[indicator]]\nid = \"days\"\nparent = \"index\"\ndirection = -1\n"
        )
    };
    let (before, after) = (write("before.toml", &recipe(1)), write("after.toml", &recipe(3)));
    let object = json(&zhidian(&[
        "indicators",
        "explain",
        &new,
        "--recipe",
        &after,
        "--unit",
        "A",
        "--from-file",
        &old,
        "--from-recipe",
        &before,
        "--from-period",
        "2019",
        "--from-among",
        "A,B,C",
        "--json",
    ]));
    let change = &object["result"]["change"];
    let causes = change["causes"].as_array().unwrap();
    let names: Vec<&str> = causes.iter().map(|cause| cause["cause"].as_str().unwrap()).collect();
    assert_eq!(names, ["data", "revision", "method", "peers"]);
    for of in ["score", "rank"] {
        let whole = change["after"][of].as_f64().unwrap() - change["before"][of].as_f64().unwrap();
        near(&whole.into(), causes.iter().map(|cause| cause[of].as_f64().unwrap()).sum());
    }
    let measure = json(&zhidian(&[
        "indicators",
        "explain",
        &new,
        "--measure",
        "days",
        "--first",
        "lowest",
        "--unit",
        "A",
        "--from-period",
        "2019",
        "--json",
    ]));
    assert_eq!(
        (&measure["result"]["change"]["before"]["rank"], &measure["result"]["rank"]),
        (&3.0.into(), &2.0.into())
    );
}

#[test]
fn a_coin_tool_workbook_brings_its_own_index() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("tool.xlsx").display().to_string();
    let plain = folder.path().join("database.csv").display().to_string();
    // The rows of a `Database` sheet, through a plain table of words.
    fs::write(
        &plain,
        "a,label,x,y,z\n,Indicator code,Ind.01,Ind.02,Ind.03\n,Direction,1,-1,1\n,Pillar,P,P,Q\nAUT,Austria,4.1,2,70\nBEL,Belgium,4,1.5,60\n",
    )
    .unwrap();
    let text = fs::read_to_string(&plain).unwrap();
    let rows: Vec<Vec<String>> =
        text.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect();
    let header: Vec<&str> = rows[0].iter().map(String::as_str).collect();
    let book = zhidian_dossier::export::xlsx(&[zhidian_dossier::export::Sheet {
        name: "Database",
        header: &header,
        rows: &rows[1..],
    }])
    .unwrap();
    fs::write(&path, book).unwrap();
    let object = json(&zhidian(&["indicators", "index", &path, "--json"]));
    assert_eq!(object["result"]["units"].as_array().unwrap().len(), 2);
    near(&unit(&object, "AUT")["nodes"]["P"], 50.0);
    near(&unit(&object, "AUT")["nodes"]["Q"], 100.0);
}

#[test]
fn a_resource_city_is_told_by_its_list_and_others_by_what_is_at_hand() {
    let path = |end: &str| templates().join(format!("typology/resource-cities.{end}")).display().to_string();
    let (figures, rules) = (path("csv"), path("toml"));
    let object = json(&zhidian(&["indicators", "classify", &figures, "--rules", &rules, "--json"]));
    assert_eq!(
        (&unit(&object, "合山市")["kind"], &unit(&object, "合山市")["title"]),
        (&"declining".into(), &"衰退型".into())
    );
    assert_eq!(unit(&object, "C")["kind"], "mature");
    let open = unit(&object, "D");
    assert!(open["kind"].is_null(), "undecided where the share is missing");
    assert_eq!(open["missing"], serde_json::json!(["resource_share", "output_growth"]));
}

#[test]
fn revised_figures_are_listed() {
    let folder = TempDir::new().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path.display().to_string()
    };
    let old = write("old.csv", "city,year,gdp\nA,2019,5\nB,2019,7\nC,2019,\n");
    let new = write("new.csv", "city,year,gdp\nA,2019,6\nB,2019,7\nC,2019,2\nA,2020,9\n");
    let object = json(&zhidian(&["indicators", "revisions", &new, "--before", &old, "--json"]));
    assert_eq!(object["result"]["compared"], 3);
    let rows = object["result"]["rows"].as_array().unwrap();
    assert_eq!((rows.len(), &rows[0]["unit"], &rows[0]["change"]), (2, &"A".into(), &1.0.into()));
    assert!(rows[1]["before"].is_null());
}
