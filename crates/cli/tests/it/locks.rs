//! `zhidian locks`, as a waterway office uses it.

use crate::{json, root, stderr, stdout, zhidian};
use std::fs;

fn example() -> String {
    root().join("crates/locks/examples/datengxia.toml").display().to_string()
}

#[test]
fn a_case_is_simulated_the_same_for_any_number_of_threads() {
    let run = |threads: &str| {
        let file = example();
        let arguments = [
            "locks",
            "simulate",
            &file,
            "--days",
            "20",
            "--replications",
            "3",
            "--threads",
            threads,
            "--json",
            "--quiet",
        ];
        zhidian(&arguments)
    };
    let (one, two) = (run("1"), run("2"));
    assert_eq!(one.status.code(), Some(0), "{}", stderr(&one));
    assert_eq!(one.stdout, two.stdout);
    let object = json(&one);
    assert_eq!(object["schema"], "zhidian.locks.simulate/1");
    let result = &object["result"];
    for member in ["vessels", "wait", "chambers", "water"] {
        assert!(!result[member].is_null(), "{member} is missing");
    }
    for member in ["mean", "ci99", "p50", "p90"] {
        assert!(!result["wait"][member].is_null(), "{member} is missing");
    }
}

#[test]
fn capacity_and_need_have_the_layout_of_the_contract() {
    let short = ["--days", "15", "--warm-up", "2", "--replications", "1", "--json", "--quiet"];
    let file = example();
    let output = zhidian(&[&["locks", "capacity", &file], &short[..]].concat());
    let object = json(&output);
    assert_eq!(object["result"]["methods"].as_array().unwrap().len(), 3);
    assert!(object["result"]["methods"][0]["mt_per_year_one_way"].as_f64().unwrap() > 1.0);
    assert!(!object["result"]["differences"].as_array().unwrap().is_empty());
    let output = zhidian(&[&["locks", "need", &file], &short[..]].concat());
    let object = json(&output);
    for member in ["year", "alternative", "p_exceed"] {
        assert!(!object["result"]["years"][0][member].is_null(), "{member} is missing");
    }
    for member in ["alternative", "npv"] {
        assert!(!object["result"]["npv"][0][member].is_null(), "{member} is missing");
    }
}

#[test]
fn days_are_scheduled_in_every_form_and_bad_ones_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path.display().to_string()
    };
    let lockmaster = file("a.json", r#"[{"up": [2, 6], "down": [4], "T": 10, "capacity": 2}]"#);
    let object = json(&zhidian(&["locks", "schedule", &lockmaster, "--json", "--quiet"]));
    // Both up ships go at 6, the one down at 16.
    assert_eq!(object["result"]["value"], 16.0);
    assert_eq!(object["result"]["proven"], true);
    assert_eq!(object["result"]["stopped_by"], "optimal");
    let day = "[[ships]]\nid = \"a\"\narrival = 3\ndirection = \"up\"\nlength_m = 90\nbeam_m = 16\n\
               [[chambers]]\nid = \"1\"\nlength_m = 280\nwidth_m = 34\nfixed_min = 40\nper_ship_min = 8\n";
    let plain = file("b.toml", day);
    let object = json(&zhidian(&["locks", "schedule", &plain, "--rolling", "60", "--json", "--quiet"]));
    assert_eq!(object["result"]["lockages"][0]["ships"][0]["id"], "a");
    assert_eq!(object["result"]["policies"][1]["policy"], "rolling");
    let long = file("c.toml", &day.replace("90", "290"));
    let output = zhidian(&["locks", "schedule", &long, "--lang", "en"]);
    assert_eq!(output.status.code(), Some(3));
    assert!(
        stderr(&output).contains("ship a (record 1): 290 m × 16 m fits no chamber"),
        "{}",
        stderr(&output)
    );
    assert!(stdout(&output).is_empty());
    let none = file("d.json", r#"{"up": [1], "T": 8}"#);
    let output = zhidian(&["locks", "schedule", &none, "--lang", "en"]);
    assert!(stderr(&output).contains("capacity"), "{}", stderr(&output));
}

#[test]
fn records_are_calibrated_and_bad_rows_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("records.csv");
    let mut text = "arrival,start,end,direction,ship\n".to_owned();
    for n in 0..200 {
        let arrival = f64::from(n) * 60.0 + f64::from(n * 37 % 50);
        let takes = 20.0 + f64::from(n * 13 % 9);
        let way = ["up", "down"][n as usize % 2];
        text += &format!("{arrival},{},{},{way},s{n}\n", arrival + 5.0, arrival + 5.0 + takes);
    }
    text += "10,5,20,up,early\n";
    fs::write(&path, text).unwrap();
    let output = zhidian(&["locks", "calibrate", &path.display().to_string(), "--json", "--quiet"]);
    let object = json(&output);
    assert_eq!(object["schema"], "zhidian.locks.calibrate/1");
    assert!(!object["result"]["fits"][0]["family"].is_null());
    assert_eq!(object["problems"][0]["row"], 202);
    assert_eq!(object["problems"][0]["column"], "start");
}
