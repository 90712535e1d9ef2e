//! `zhidian projects`: what its verbs print, and how they end.

use super::{json, stderr, stdout, zhidian};
use std::fs;

/// A file with this text in a folder of its own.
fn file(name: &str, text: &str) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, text).unwrap();
    (folder, path.display().to_string())
}

fn run(arguments: &[&str]) -> serde_json::Value {
    let output = zhidian(&[&["projects"], arguments, &["--json", "--quiet"]].concat());
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let object = json(&output);
    for member in ["schema", "input", "options", "seed", "result", "findings", "problems"] {
        assert!(!object[member].is_null(), "{member} is missing");
    }
    assert_eq!(object["input"]["sha256"].as_str().unwrap().len(), 64);
    object
}

fn register() -> (tempfile::TempDir, String) {
    let mut text =
        String::from("项目代码,项目名称,总投资（万元）,2026年计划投资（万元）,开工时间,竣工时间,前置项目");
    for what in ["计划", "完成投资"] {
        for month in 1..=12 {
            text += &format!(",2026年{month}月{what}（万元）");
        }
    }
    text.push('\n');
    for at in 0..10 {
        let before = if at == 0 { String::new() } else { format!("P{}", at - 1) };
        text += &format!("P{at},项目{at},{},120,2026-01,2026-06,{before}", 200 + at);
        (0..12).for_each(|_| text += ",10");
        (0..12).for_each(|month| {
            text += &if month < 8 { format!(",{}", 8 + (at + month) % 4) } else { ",".into() }
        });
        text.push('\n');
    }
    file("register.csv", &text)
}

#[test]
fn a_register_is_checked() {
    let (_folder, path) = register();
    let object = run(&["check", &path]);
    assert_eq!(object["schema"], "zhidian.projects.check/1");
    assert_eq!(object["result"]["counts"]["projects"], 10);
    assert_eq!(object["result"]["totals"]["invest_total"], "20450000");
    assert_eq!(object["result"]["totals"]["planned"]["2026"], "12000000");
    let (_folder, path) = file("bad.csv", "项目代码,项目名称,总投资\nA,甲,5\nA,乙,-3万元\n");
    let object = run(&["check", &path]);
    let codes: Vec<&str> = object["problems"]
        .as_array()
        .unwrap()
        .iter()
        .map(|problem| problem["code"].as_str().unwrap())
        .collect();
    assert_eq!(codes, ["money.unit_unknown", "money.negative", "register.duplicate_code"]);
}

#[test]
fn progress_of_a_register_and_of_figures() {
    let (_folder, path) = register();
    let object = run(&["progress", &path, "--by", "project"]);
    assert_eq!(object["result"]["month"], "2026-08");
    assert_eq!(object["result"]["pv"], "8000000");
    assert_eq!(object["result"]["curves"].as_object().unwrap().len(), 10);
    let figures = r#"{"evm":[{"inputs":{"BAC":100,"PV":50,"EV":40,"AC":60}}],"earned_schedule":[{"pv":[5,12,22,35],"ev":30,"at":4}]}"#;
    let (_folder, path) = file("figures.json", figures);
    let object = run(&["progress", &path]);
    assert_eq!(object["result"]["evm"][0]["SPI"], 0.8);
    assert!(
        (object["result"]["earned_schedule"][0]["es"].as_f64().unwrap() - 3.0 - 8.0 / 13.0).abs() < 1e-12
    );
}

#[test]
fn a_forecast_learns_its_pace_and_says_what_it_takes() {
    let (_folder, path) = register();
    let object = run(&["forecast", &path, "--target", "0.12亿元", "--draws", "5000", "--wish", "0.9"]);
    let result = &object["result"];
    let (mean, p) = (result["mean"].as_f64().unwrap(), result["p_meet"].as_f64().unwrap());
    assert!((10e6..12.5e6).contains(&mean) && (0.0..=1.0).contains(&p), "{mean} {p}");
    assert_eq!(result["months"].as_array().unwrap().len(), 4);
    assert!(!result["drivers"].as_array().unwrap().is_empty() && !result["lift"].is_null());
    let (_folder, path) = file("plain.json", r#"{"plan_values":[10,20,30],"target":50}"#);
    let object =
        run(&["forecast", &path, "--pace", "0.5,0.98,1.15", "--slip", "0.15,1.5", "--common", "0.03"]);
    assert!((object["result"]["mean"].as_f64().unwrap() - 54.66).abs() < 0.1);
    let output = zhidian(&["projects", "forecast", &path]);
    assert_eq!(output.status.code(), Some(3), "without a pace there is no forecast");
    assert!(stderr(&output).contains("--pace"));
}

#[test]
fn projects_are_selected_within_a_budget() {
    let problem = r#"{"budget":[10,5],"candidates":[{"code":"A","value":10,"cost":5},{"code":"B","value":8,"cost":[5,5],"before":["A"]},{"code":"C","value":9,"cost":10}]}"#;
    let (_folder, path) = file("problem.json", problem);
    let result = run(&["select", &path])["result"].clone();
    assert_eq!(
        (result["value"].as_i64(), result["bound"].as_i64(), &result["proven"]),
        (Some(19), Some(19), &true.into()),
        "C first, A in the second year"
    );
    let (_folder, path) = register();
    let object = run(&["select", &path, "--budget", "2026=500万元,2027=500万元", "--must", "P0"]);
    assert_eq!(object["result"]["chosen"][0]["code"], "项目0");
    let output = zhidian(&["projects", "select", &path]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn schedules_of_files_and_registers() {
    let (_folder, path) = file("tiny.rcp", "4 1\n2\n0 0 2 2 3\n3 2 1 4\n2 1 1 4\n0 0 0\n");
    let object = run(&["schedule", &path]);
    let result = &object["result"];
    assert_eq!((result["makespan"].as_i64(), result["lower_bound"].as_i64()), (Some(5), Some(5)));
    assert_eq!((&result["proven"], &result["stopped_by"]), (&true.into(), &"optimal".into()));
    assert_eq!(result["start"].as_object().unwrap().len(), 4);
    let (_folder, path) = register();
    let object = run(&["schedule", &path, "--crews", "2"]);
    assert_eq!(object["result"]["makespan"], 60, "ten projects of six months one after another");
    let (_folder, path) = file("circle.rcp", "2 1\n1\n1 1 1 2\n1 1 1 1\n");
    let output = zhidian(&["projects", "schedule", &path]);
    assert_eq!(output.status.code(), Some(3));
    assert!(stderr(&output).contains("1 → 2"), "{}", stderr(&output));
}

#[test]
fn lines_for_people_name_what_was_found() {
    let (_folder, path) = register();
    let output = zhidian(&["--lang", "zh", "projects", "check", &path]);
    assert!(stdout(&output).contains("总投资  2045 万元"), "{}", stdout(&output));
}

/// The problems of a register, as code, row and column.
fn problems(name: &str, text: &[u8]) -> Vec<(String, Option<u64>, Option<String>)> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, text).unwrap();
    let object = run(&["check", path.to_str().unwrap()]);
    let told = object["problems"].as_array().unwrap().iter().map(|problem| {
        let words = [&problem["expected"], &problem["remedy"]["zh"], &problem["remedy"]["en"]];
        assert!(words.iter().all(|words| !words.as_str().unwrap().is_empty()), "{problem}");
        let text = |field: &str| problem[field].as_str().map(ToOwned::to_owned);
        (text("code").unwrap(), problem["row"].as_u64(), text("column"))
    });
    let mut told: Vec<_> = told.collect();
    told.sort_by_key(|(_, row, _)| *row);
    told
}

#[test]
fn what_is_wrong_with_a_register_is_told_by_its_cell() {
    let at = |code: &str, row: u64, column: &str| (code.to_owned(), Some(row), Some(column.to_owned()));
    let circle = "项目代码,项目名称,总投资（万元）,前置项目\nA,甲,100,C\nB,乙,100,A\nC,丙,100,B\n";
    assert_eq!(problems("r.csv", circle.as_bytes()), [("register.circle".into(), Some(2), None)]);
    let negative = "项目代码,项目名称,总投资（万元）\nA,甲,-100\n";
    assert_eq!(problems("r.csv", negative.as_bytes()), [at("money.negative", 2, "总投资（万元）")]);
    let mut mixed = String::from("项目代码,项目名称,总投资（万元）\n");
    (0..12).for_each(|at| mixed += &format!("P{at},项目{at},{}\n", 20_000 + at * 100));
    mixed += "Q,大,3.5\nR,明,3.5亿元\n";
    assert_eq!(
        problems("r.csv", mixed.as_bytes()),
        [at("money.magnitude", 14, "总投资（万元）"), at("money.unit_differs", 15, "总投资（万元）")],
        "seen by size and by what the cell says; nothing is converted"
    );
    let days = "项目代码,项目名称,总投资（万元）,开工时间\nA,甲,100,46023\nB,乙,100,二〇二六年三月\n\
        C,丙,100,2026.3.1\nD,丁,100,20260301\nE,戊,100,2026年一季度\nF,己,100,2026/3/1\nG,庚,100,2026年3月上旬\n\
        H,辛,100,2026年底\nI,壬,100,2026-03\nJ,癸,100,2026年3月1日\nK,子,100,明年初\n";
    let expected = [at("date.serial", 2, "开工时间"), at("date.malformed", 12, "开工时间")];
    assert_eq!(problems("r.csv", days.as_bytes()), expected);
    // 项目代码,项目名称,总投资（万元） and a row, in GB18030.
    let (bytes, _, _) = encoding_rs::GB18030.encode("项目代码,项目名称,总投资（万元）\nA,㐂甲,100\n");
    assert_eq!(problems("r.csv", &bytes), []);
    assert_eq!(problems("csv_in_truth.xlsx", "项目代码,项目名称,总投资（万元）\nA,甲,100\n".as_bytes()), []);
}

#[test]
fn files_that_cannot_be_read_are_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let bomb = "<?xml version=\"1.0\"?><!DOCTYPE l [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]><Project>&b;</Project>";
    let cut = "<?xml version=\"1.0\"?><Project><Tasks><Task><Name>a";
    let files: [(&str, &[u8], &str); 6] = [
        ("empty.csv", b"", "header"),
        ("empty.xml", b"", "neither XER nor XML"),
        ("cut.xml", cut.as_bytes(), "ends within <Name>"),
        ("bomb.xml", bomb.as_bytes(), "document type"),
        ("zip.csv", b"PK\x03\x04nothing", "CSV or XLSX"),
        ("noise.csv", &[0xff, 0xfe, 0x00, 0x81, 0x00], "noise.csv"),
    ];
    for (name, bytes, word) in files {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        for verb in ["check", "schedule"] {
            let output = zhidian(&["projects", verb, path.to_str().unwrap()]);
            assert_eq!(output.status.code(), Some(3), "{verb} {name}: {}", stderr(&output));
            assert!(stderr(&output).contains(word) && stderr(&output).contains(name), "{}", stderr(&output));
            assert!(stdout(&output).is_empty());
        }
    }
    for path in [folder.path().to_str().unwrap(), "no/such/file.csv"] {
        let output = zhidian(&["projects", "check", path]);
        assert_eq!(output.status.code(), Some(3), "{}", stderr(&output));
        assert!(stderr(&output).contains(path), "{}", stderr(&output));
    }
}

#[test]
fn links_and_calendars_that_are_not_used_are_told() {
    let xml = "<Project><Calendars><Calendar><UID>1</UID><Name>两班</Name></Calendar></Calendars><Tasks>\
        <Task><UID>1</UID><Name>a</Name><Duration>PT16H0M0S</Duration></Task>\
        <Task><UID>2</UID><Name>b</Name><Duration>PT24H0M0S</Duration><PredecessorLink><PredecessorUID>1</PredecessorUID>\
        <Type>3</Type><LinkLag>4800</LinkLag></PredecessorLink></Task></Tasks></Project>";
    let (_folder, path) = file("plan.xml", xml);
    let object = run(&["schedule", &path]);
    assert_eq!(object["result"]["makespan"], 4, "the second starts a day after the first has started");
    assert_eq!(object["problems"][0]["code"], "calendar.left_out");
    let object = run(&["check", &path]);
    assert_eq!(object["problems"][0]["code"], "link.left_out", "a register cannot hold this link");
}
