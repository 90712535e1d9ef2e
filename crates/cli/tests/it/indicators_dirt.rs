//! `zhidian indicators` on bad input: each fault with its place and what to do, and the rest answered.

use super::{json, stderr, zhidian};
use serde_json::Value;
use std::fs;
use tempfile::TempDir;

const RECIPE: &str = r#"
title = "two indicators"
[[node]]
id = "index"
[[indicator]]
id = "growth"
parent = "index"
[[indicator]]
id = "days"
parent = "index"
direction = -1
"#;

/// A folder with figures and a declaration.
struct Case {
    _folder: TempDir,
    figures: String,
    recipe: String,
}

fn case(figures: &str, recipe: &str) -> Case {
    let folder = TempDir::new().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path.display().to_string()
    };
    let (figures, recipe) = (write("figures.csv", figures), write("index.toml", recipe));
    Case { _folder: folder, figures, recipe }
}

impl Case {
    fn index(&self) -> Value {
        json(&zhidian(&["indicators", "index", &self.figures, "--recipe", &self.recipe, "--json"]))
    }

    fn rank(&self, more: &[&str]) -> Value {
        let fixed = ["indicators", "rank", &self.figures, "--measure", "growth", "--json"];
        json(&zhidian(&[&fixed, more].concat()))
    }

    /// The declaration is refused: nothing on stdout, exit 3, what is wrong and where on stderr.
    fn refused(&self, said: &[&str]) {
        let output = zhidian(&["indicators", "index", &self.figures, "--recipe", &self.recipe, "--json"]);
        let talk = stderr(&output);
        assert_eq!(output.status.code(), Some(3), "{talk}");
        assert!(output.stdout.is_empty());
        assert!(talk.contains("failed to") && talk.contains("index.toml"), "{talk}");
        for word in said {
            assert!(talk.contains(word), "{word} is not in {talk}");
        }
    }
}

/// The one problem of a code.
fn problem<'a>(object: &'a Value, code: &str) -> &'a Value {
    let problems = object["problems"].as_array().unwrap();
    let found = problems.iter().find(|problem| problem["code"] == format!("indicators.{code}"));
    let found = found.unwrap_or_else(|| panic!("no {code} in {problems:?}"));
    assert!(found["file"].as_str().unwrap().ends_with("figures.csv"));
    let remedy = &found["remedy"];
    assert!(!remedy["zh"].as_str().unwrap().is_empty() && !remedy["en"].as_str().unwrap().is_empty());
    found
}

#[test]
fn a_cell_that_is_no_number_is_missing_and_named() {
    for (cell, code) in
        [("三", "not_a_number"), ("NaN", "not_finite"), ("inf", "not_finite"), ("1e308", "too_large")]
    {
        let case = case(&format!("city,growth,days\nA,3,9\nB,{cell},8\nC,1,7\nD,2,6\n"), RECIPE);
        for object in [case.index(), case.rank(&[])] {
            let found = problem(&object, code);
            assert_eq!((&found["row"], &found["column"]), (&3.into(), &"growth".into()), "{cell}");
        }
        let units = case.index()["result"]["units"].clone();
        assert_eq!(units.as_array().unwrap().len(), 4, "the rest is answered");
        assert!(units[0]["score"].is_number());
    }
}

#[test]
fn a_unit_that_stands_twice_counts_once() {
    let case =
        case("city,year,growth,days\nA,2020,3,9\nB,2020,2,8\nA,2020,9,1\nA,2021,4,4\nB,2021,1,1\n", RECIPE);
    let object = case.rank(&["--period", "2020"]);
    let found = problem(&object, "duplicate");
    assert_eq!((&found["row"], &found["column"]), (&4.into(), &"A, 2020".into()));
    assert_eq!(object["result"]["rows"][0]["value"], 3.0);
}

#[test]
fn a_duplicate_in_a_long_file_counts_once() {
    let text = "subject,measure,period,value\nA,growth,2020,3\nB,growth,2020,2\nA,growth,2020,9\n";
    let object = case(text, RECIPE).rank(&[]);
    assert_eq!(problem(&object, "duplicate")["row"], 4);
    assert_eq!(object["result"]["rows"][0]["value"], 3.0);
}

#[test]
fn one_peer_and_equal_figures_say_nothing() {
    let case = case("city,growth,days\nA,3,9\nB,3,8\nC,3,7\n", RECIPE);
    assert_eq!(problem(&case.rank(&[]), "all_equal")["column"], "growth");
    let alone = case.rank(&["--among", "A"]);
    problem(&alone, "one_peer");
    assert_eq!(alone["result"]["rows"][0]["rank"]["least"], 1);
    // In an index a constant column favours nobody: each gets the middle of the scale.
    let object = case.index();
    assert_eq!(problem(&object, "constant_column")["column"], "growth");
    assert_eq!(object["result"]["units"][0]["nodes"]["growth"], 50.0);
}

#[test]
fn an_empty_file_and_one_without_rows_are_refused_with_what_is_needed() {
    for (text, said) in [("", "the file is empty"), ("city,growth\n", "header and at least one row")] {
        let case = case(text, RECIPE);
        let output = zhidian(&["indicators", "rank", &case.figures]);
        assert_eq!(output.status.code(), Some(3));
        assert!(
            stderr(&output).contains("figures.csv") && stderr(&output).contains(said),
            "{}",
            stderr(&output)
        );
    }
}

#[test]
fn a_declaration_that_cannot_be_followed_is_refused_with_its_place() {
    let figures = "city,growth,days\nA,3,9\nB,2,8\n";
    let wrong = |from: &str, to: &str, said: &[&str]| {
        let recipe = RECIPE.replacen(from, to, 1);
        assert_ne!(recipe, RECIPE);
        case(figures, &recipe).refused(said);
    };
    wrong("direction = -1", "direction = \"up\"", &["unknown direction up", "1 or -1"]);
    let circle = "id = \"index\"\n[[node]]\nid = \"a\"\nparent = \"b\"\n[[node]]\nid = \"b\"\nparent = \"a\"";
    wrong("id = \"index\"", circle, &["a, b", "circle"]);
    wrong(
        "direction = -1",
        "direction = -1\nweight = 0\n[[indicator]]\nid=\"x\"\nparent=\"index\"\nweight=-1",
        &["x", "not negative"],
    );
    let zero = RECIPE.replace("parent = \"index\"", "parent = \"index\"\nweight = 0");
    case(figures, &zero).refused(&["index", "sum to zero"]);
    wrong("direction = -1", "directon = -1", &["directon", "line"]);
    wrong("direction = -1", "normalise = { method = \"minmax\" }", &["minmax", "min_max"]);
    wrong("direction = -1", "posts = [\"top\", 3]", &["unknown post", "p5"]);
    wrong("title", "aggregate = { method = \"median_of_medians\" }\ntitle", &["median_of_medians"]);
    wrong("title", "aggregate = { method = \"power\", p = 0 }\ntitle", &["index", "geometric"]);
    wrong("title", "weights = { method = \"ahp\", judgements = [[1, 3]] }\ntitle", &["2 by 2"]);
    wrong("title", "steps = [\"aggregate\", \"normalise\"]\ntitle", &["no step can follow"]);
}

#[test]
fn a_column_that_is_not_there_is_missing_and_a_zero_denominator_too() {
    let recipe = RECIPE.replacen("id = \"growth\"", "id = \"growth\"\ndenominator = \"people\"", 1);
    let object = case("city,growth,days,people\nA,3,9,2\nB,2,8,0\nC,2,8,1\n", &recipe).index();
    assert_eq!(problem(&object, "zero_denominator")["found"], "B");
    let object = case("city,days\nA,9\nB,8\n", RECIPE).index();
    assert_eq!(problem(&object, "no_column")["column"], "growth");
    assert!(object["result"]["units"][0]["score"].is_number());
}

#[test]
fn what_is_no_table_is_refused_with_what_to_do() {
    let folder = TempDir::new().unwrap();
    let noise: Vec<u8> = (0..=255).collect();
    for (name, bytes, said) in [
        ("empty.xlsx", b"".as_slice(), "the file is empty"),
        ("text.xlsx", b"city,growth\nA,1\n", "no XLSX workbook"),
        ("cut.xlsx", b"PK\x03\x04 and nothing more", "failed to"),
        ("data.xml", b"<?xml version=\"1.0\"?><GenericData/>", "SDMX-CSV"),
        ("noise.csv", &noise, "no text"),
    ] {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        let output = zhidian(&["indicators", "rank", path.to_str().unwrap(), "--measure", "growth"]);
        let talk = stderr(&output);
        assert_eq!(output.status.code(), Some(3), "{name} {talk}");
        assert!(output.stdout.is_empty() && talk.contains(name) && talk.contains(said), "{name}: {talk}");
    }
}

#[test]
fn dirty_sdmx_is_answered_as_far_as_it_goes() {
    let text = "STRUCTURE,STRUCTURE_ID,ACTION,REF_AREA,INDICATOR,TIME_PERIOD,OBS_VALUE\n\
                dataflow,X,I,A,growth,2020,3\ndataflow,X,I,B,growth,2020,abc\ndataflow,X,D,C,growth,2020,9\n\
                dataflow,X,I,D,growth,20x0,5\ndataflow,X,I,E,growth,2020,2\n";
    let object = case(text, RECIPE).rank(&["--period", "2020"]);
    for (code, row) in [("not_a_number", 3), ("deleted", 4), ("odd_period", 5)] {
        assert_eq!(problem(&object, code)["row"], row, "{code}");
    }
    let rows = object["result"]["rows"].as_array().unwrap();
    assert_eq!((rows[0]["subject"].as_str(), rows[0]["value"].as_f64()), (Some("A"), Some(3.0)));
    let bare = case("REF_AREA,TIME_PERIOD\nA,2020\nB,2020\n", RECIPE);
    let output = zhidian(&["indicators", "rank", &bare.figures, "--measure", "growth"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("no column of figures"), "{}", stderr(&output));
    // Where no dimension names the figure, its column does.
    let one = case("DATAFLOW,REF_AREA,TIME_PERIOD,OBS_VALUE\nX,A,2020,1\nX,B,2020,2\n", RECIPE);
    let object = json(&zhidian(&["indicators", "rank", &one.figures, "--measure", "OBS_VALUE", "--json"]));
    assert_eq!(object["result"]["rows"][0]["subject"], "B");
}

#[test]
fn a_gap_under_a_comparing_method_is_taken_apart_or_refused_with_the_reason() {
    let figures = "city,growth,days\nA,3,9\nB,2,8\nC,9,1\nD,4,4\n";
    let explained = |recipe: &str| {
        let case = case(figures, recipe);
        let command =
            ["indicators", "explain", &case.figures, "--recipe", &case.recipe, "--unit", "B", "--json"];
        json(&zhidian(&command))
    };
    for method in ["topsis", "vikor", "copeland"] {
        let object = explained(&RECIPE.replacen(
            "title",
            &format!("aggregate = {{ method = \"{method}\" }}\ntitle"),
            1,
        ));
        let against = &object["result"]["against"];
        let parts =
            against["drivers"].as_array().unwrap().iter().map(|driver| driver["part"].as_f64().unwrap());
        assert!((parts.sum::<f64>() - against["gap"].as_f64().unwrap()).abs() < 1e-12, "{method} {against}");
    }
    let many: String = (0..20)
        .map(|at| format!("[[indicator]]\nid = \"x{at}\"\ncolumn = \"days\"\nparent = \"index\"\n"))
        .collect();
    let object = explained(&format!("aggregate = {{ method = \"topsis\" }}\n{RECIPE}{many}"));
    assert!(object["result"]["against"]["drivers"].is_null());
    assert_eq!(problem(&object, "not_taken_apart")["column"], "index");
}
