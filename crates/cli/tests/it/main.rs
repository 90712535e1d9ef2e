//! The product as a user meets it: its commands, what they print where, and how they end.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on shall say where")]

mod approvals;
mod approvals_files;
mod indicators;
mod indicators_dirt;
mod indicators_files;
mod locks;
mod projects;
mod serve;

use serde_json::Value;
use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn dossier(name: &str) -> String {
    root().join("dossiers").join(name).display().to_string()
}

fn zhidian(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_zhidian"))
        .args(arguments)
        .env("LANG", "C")
        .env_remove("LC_ALL")
        .output()
        .unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {}", stderr(output)))
}

#[test]
fn assess_prints_one_object_in_the_layout_of_the_contract() {
    let output = zhidian(&["assess", &dossier("quzhou"), "--json", "--quiet"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(output.stderr.is_empty(), "quiet means quiet: {}", stderr(&output));
    let object = json(&output);
    assert_eq!(object["schema"], "zhidian.assess/1");
    for member in ["seed", "documents", "answers", "needs", "findings", "origins", "problems"] {
        assert!(!object[member].is_null(), "{member} is missing");
    }
    let answer = &object["answers"][0];
    for member in ["id", "claim", "kind", "outcome", "reasons", "because", "near", "missing"] {
        assert!(!answer[member].is_null(), "{member} of an answer is missing");
    }
    for member in [
        "id", "type", "modality", "span", "bspan", "raw_span", "text", "subject", "check", "document",
        "topic",
    ] {
        assert!(!answer["claim"][member].is_null(), "{member} of a claim is missing");
    }
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let run = |threads: &str| {
        stdout(&zhidian(&["assess", &dossier("laibin"), "--json", "-q", "--threads", threads]))
    };
    assert_eq!(run("1"), run("4"));
}

#[test]
fn assess_speaks_both_languages_and_writes_the_reports() {
    let out = tempfile::tempdir().unwrap();
    let dir = out.path().display().to_string();
    let zh = zhidian(&["assess", &dossier("quzhou"), "--out", &dir, "--lang", "zh"]);
    assert_eq!(zh.status.code(), Some(0), "{}", stderr(&zh));
    assert!(stdout(&zh).contains("证实") && stderr(&zh).contains("报告"), "{}", stderr(&zh));
    let en = zhidian(&["assess", &dossier("quzhou"), "--lang", "en"]);
    assert!(stdout(&en).contains("supported"), "{}", stdout(&en));
    assert!(!stdout(&en).contains('\u{1b}'), "no colour where nobody sees it");
    let mut names: Vec<String> =
        fs::read_dir(&dir).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    assert_eq!(
        names,
        ["assessment.json", "checklist.en.xlsx", "checklist.zh.xlsx", "report.en.html", "report.zh.html"]
    );
    let page = fs::read_to_string(out.path().join("report.zh.html")).unwrap();
    assert!(page.contains("衢州") && !page.contains("src=\"http"), "self-contained");
}

#[test]
fn a_threshold_ends_in_one() {
    let output = zhidian(&["assess", &dossier("quzhou"), "-q", "--fail-on", "contradicted"]);
    assert_eq!(output.status.code(), Some(0));
    let output = zhidian(&["assess", &dossier("quzhou"), "-q", "--fail-on", "contradicted,undecided"]);
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn explain_leads_down_to_file_and_row() {
    let all = json(&zhidian(&["assess", &dossier("quzhou"), "--json", "-q"]));
    let supported =
        all["answers"].as_array().unwrap().iter().find(|answer| answer["outcome"] == "supported").unwrap();
    let id = supported["id"].as_str().unwrap();
    let tree = stdout(&zhidian(&["explain", id, &dossier("quzhou"), "-q"]));
    assert!(tree.contains("reference/tables/") && tree.contains("value = 3.5"), "{tree}");
    let finding = supported["because"][0].as_str().unwrap();
    let tree = stdout(&zhidian(&["explain", finding, &dossier("quzhou"), "-q", "--lang", "zh"]));
    assert!(tree.contains("汇编"), "{tree}");
    let card = stdout(&zhidian(&["explain", "indicators", &dossier("quzhou"), "-q"]));
    assert!(card.contains("method: ") && card.contains("observations"), "{card}");
    let output = zhidian(&["explain", "no-such-id", &dossier("quzhou"), "-q"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("failed to find"), "{}", stderr(&output));
}

#[test]
fn read_prints_json_lines_with_exact_spans() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("report.txt");
    let text = "2024年，全市地区生产总值增长6.5%，居全省第二位。\n";
    fs::write(&file, text).unwrap();
    let output = zhidian(&["read", &file.display().to_string(), "--json", "--region", "330800"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let lines: Vec<Value> = stdout(&output).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(lines.iter().any(|line| line["type"] == "growth"), "{lines:?}");
    assert!(lines.iter().any(|line| line["type"] == "rank"), "{lines:?}");
    for line in &lines {
        let at = |end: usize| line["raw_span"][end].as_u64().unwrap() as usize;
        let words: String = text.chars().skip(at(0)).take(at(1) - at(0)).collect();
        assert_eq!(line["text"], words.as_str());
    }
    let table = stdout(&zhidian(&["read", &file.display().to_string(), "--csv", "-q"]));
    assert_eq!(table.lines().count(), lines.len() + 1);
}

#[test]
fn a_text_in_gb18030_reads_as_one_in_utf_8() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("gbk.txt");
    // 全市生产总值增长5.2%。 in GB18030
    let bytes: &[u8] = b"\xc8\xab\xca\xd0\xc9\xfa\xb2\xfa\xd7\xdc\xd6\xb5\xd4\xf6\xb3\xa45.2%\xa1\xa3";
    fs::write(&file, bytes).unwrap();
    let output = zhidian(&["read", &file.display().to_string(), "--json", "-q"]);
    assert!(stdout(&output).contains("生产总值"), "{} {}", stdout(&output), stderr(&output));
}

#[test]
fn what_cannot_be_used_ends_in_two_or_three_and_says_what_to_do() {
    let output = zhidian(&["assess"]);
    assert_eq!(output.status.code(), Some(2));
    let output = zhidian(&["assess", "/no/such/folder"]);
    assert_eq!(output.status.code(), Some(3));
    assert!(stderr(&output).contains("/no/such/folder"), "{}", stderr(&output));
    let output = zhidian(&["read", "/no/such/file.txt", "-q"]);
    assert_eq!(output.status.code(), Some(3));
    assert!(stderr(&output).contains("failed to read"), "{}", stderr(&output));
    assert!(stdout(&output).is_empty());
}

#[test]
fn a_new_dossier_checks_clean_and_is_never_written_over() {
    let dir = tempfile::tempdir().unwrap();
    let at = dir.path().display().to_string();
    let made = zhidian(&["init", "test-city", "--at", &at, "--region", "330800", "--title", "测试"]);
    assert_eq!(made.status.code(), Some(0), "{}", stderr(&made));
    let path = dir.path().join("test-city").display().to_string();
    let checked = zhidian(&["check", &path]);
    assert_eq!(checked.status.code(), Some(0), "{}", stdout(&checked));
    assert!(stdout(&checked).is_empty());
    let again = zhidian(&["init", "test-city", "--at", &at]);
    assert_eq!(again.status.code(), Some(2));
}

#[test]
fn check_names_file_row_column_and_remedy() {
    let dir = tempfile::tempdir().unwrap();
    let at = dir.path().display().to_string();
    zhidian(&["init", "faulty", "--at", &at, "-q"]);
    let table = dir.path().join("faulty/tables/observations.csv");
    let header = fs::read_to_string(&table).unwrap();
    let columns: Vec<&str> = header.trim().split(',').collect();
    let row = columns.iter().map(|column| match *column {
        "subject" => "330800",
        "measure" => "gdp",
        "period" => "2020",
        "value" => "many",
        "unit" => "亿元",
        "origin" => "nowhere",
        _ => "",
    });
    fs::write(&table, format!("{}\n{}\n", header.trim(), row.collect::<Vec<_>>().join(","))).unwrap();
    let output = zhidian(&["check", &dir.path().join("faulty").display().to_string(), "--json", "-q"]);
    assert_eq!(output.status.code(), Some(3));
    let problems: Vec<Value> =
        stdout(&output).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let value = problems.iter().find(|problem| problem["column"] == "value").expect("the value is named");
    assert_eq!((&value["row"], &value["found"]), (&Value::from(2), &Value::from("many")));
    assert!(value["file"].as_str().unwrap().ends_with("tables/observations.csv"));
    assert!(
        !value["remedy"]["zh"].as_str().unwrap().is_empty()
            && !value["remedy"]["en"].as_str().unwrap().is_empty()
    );
}

#[test]
fn the_shipped_dossiers_check_clean() {
    for name in ["reference", "quzhou", "laibin", "xinxiang"] {
        let output = zhidian(&["check", &dossier(name), "--lang", "en"]);
        assert_eq!(output.status.code(), Some(0), "{name}: {}", stdout(&output));
    }
}

/// The page names every option of every engine, and says what it does, in both languages.
#[test]
fn every_option_has_words_in_the_page() {
    let engines = json(&zhidian(&["schema", "options"]));
    let locales = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../web/locales");
    for language in ["zh-CN", "en"] {
        let words = std::fs::read_to_string(locales.join(language).join("engines.ftl")).unwrap();
        for (engine, schema) in engines.as_object().unwrap() {
            for name in schema["properties"].as_object().unwrap().keys() {
                for id in [format!("option-{engine}-{name} = "), format!("option-{engine}-{name}-note = ")] {
                    assert!(words.lines().any(|line| line.starts_with(&id)), "{language}: {id}");
                }
            }
        }
    }
}

#[test]
fn the_schemas_describe_what_is_printed() {
    let schemas = json(&zhidian(&["schema"]));
    for name in ["assess", "problem", "options"] {
        assert!(schemas[name].is_object(), "{name}");
    }
    let layout = json(&zhidian(&["schema", "assess"]));
    let printed = json(&zhidian(&["assess", &dossier("quzhou"), "--json", "-q"]));
    let described: Vec<&String> = layout["properties"].as_object().unwrap().keys().collect();
    let members: Vec<&String> = printed.as_object().unwrap().keys().collect();
    assert_eq!(described, members);
}

#[test]
fn a_scenario_shows_what_would_change_and_decides_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let at = dir.path().display().to_string();
    zhidian(&["init", "city", "--at", &at, "--region", "330800", "-q"]);
    let city = dir.path().join("city");
    let write = |path: &str, text: &str| {
        fs::create_dir_all(city.join(path).parent().unwrap()).unwrap();
        fs::write(city.join(path), text).unwrap();
    };
    let header = |path: &str| fs::read_to_string(city.join(path)).unwrap().lines().next().unwrap().to_owned();
    let row = |path: &str, cells: &[(&str, &str)]| {
        let header = header(path);
        let cell = |column: &str| {
            cells.iter().find(|(name, _)| *name == column).map_or("", |(_, value)| *value).to_owned()
        };
        let row: Vec<String> = header.split(',').map(cell).collect();
        format!("{header}\n{}\n", row.join(","))
    };
    let observed = [
        ("subject", "330800"),
        ("measure", "gdp.growth.real"),
        ("period", "2020"),
        ("value", "3.5"),
        ("unit", "%"),
        ("decimals", "1"),
        ("origin", "bureau"),
    ];
    write("tables/observations.csv", &row("tables/observations.csv", &observed));
    let bureau = [("id", "bureau"), ("grade", "official"), ("publisher", "统计局"), ("title", "公报")];
    write("origins.csv", &row("origins.csv", &bureau));
    write("documents/city.txt", "2020年，衢州市地区生产总值增长3.5%。\n");
    write(
        "scenarios/slow.toml",
        "title = \"慢\"\n\n[[rows.observations]]\nsubject = \"330800\"\nmeasure = \"gdp.growth.real\"\nperiod = \"2020\"\nvalue = \"2.0\"\nunit = \"%\"\ndecimals = 1\n",
    );
    let package = fs::read_to_string(city.join("datapackage.json")).unwrap();
    let mut package: Value = serde_json::from_str(&package).unwrap();
    package["zhidian"]["documents"] = serde_json::json!([{"id": "city-zh", "path": "documents/city.txt", "language": "zh", "dated": "2021-03-06"}]);
    write("datapackage.json", &package.to_string());
    let city = city.display().to_string();
    let before = json(&zhidian(&["assess", &city, "--json", "-q"]));
    assert_eq!(before["answers"][0]["outcome"], "supported", "{before:#}");
    let output = zhidian(&["compare", &city, "--scenario", "slow", "--json", "-q"]);
    let changes = json(&output)["changes"].clone();
    assert_eq!(changes[0]["before"], "supported");
    assert_eq!(changes[0]["after"], "undecided", "a scenario never contradicts a fact");
    assert_eq!(zhidian(&["compare", &city, "--scenario", "none", "-q"]).status.code(), Some(2));
}

#[test]
fn read_says_why_marks_a_page_and_tells_versions_apart() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path.display().to_string()
    };
    let old = write("old.txt", "全市地区生产总值1850亿元，增长5.6%。\n全市上下精神振奋。\n");
    let new = write("new.md", "全市地区生产总值1860亿元，增长5.6%。\n全市上下精神振奋。\n");
    let settings = ["--date", "2026-02", "--region", "330800", "-q"];
    let with = |head: &[&str]| zhidian(&[head, &settings].concat());
    let why = stdout(&with(&["read", &old, "--why", "--lang", "en"]));
    assert_eq!(why.lines().count(), 1, "{why}");
    assert!(why.starts_with("nothing to check"), "{why}");
    let page = stdout(&with(&["read", &old, "--html"]));
    assert_eq!(page.matches("<mark").count(), 2, "{page}");
    assert_eq!(page.matches("</mark>").count(), 2);
    let diff = stdout(&with(&["diff", &old, &new, "--json"]));
    assert_eq!(diff.lines().count(), 1, "{diff}");
    let change: Value = serde_json::from_str(&diff).unwrap();
    assert_eq!(change["fields"], serde_json::json!(["value"]));
    let same = stdout(&with(&["diff", &old, &old]));
    assert!(same.is_empty(), "{same}");
}
