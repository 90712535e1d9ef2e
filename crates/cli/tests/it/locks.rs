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

/// Runs the command on a file of this name and text; gives exit code, what was said, and whether anything was printed.
fn refused(verb: &str, name: &str, text: &str) -> (Option<i32>, String, bool) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, text).unwrap();
    let output = zhidian(&["locks", verb, &path.display().to_string(), "--lang", "en"]);
    (output.status.code(), stderr(&output), !stdout(&output).is_empty())
}

fn case(change: &[(&str, &str)]) -> String {
    let mut text = fs::read_to_string(example()).unwrap();
    for (from, to) in change {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    }
    text
}

#[test]
fn a_ship_longer_than_the_chamber_is_named() {
    let long = case(&[("length_m = 88.0", "length_m = 288.0")]);
    let (code, said, printed) = refused("simulate", "a.toml", &long);
    assert_eq!((code, printed), (Some(3), false));
    assert!(said.contains("class 3000 t (record 4): 288 m"), "{said}");
    let day = r#"{"T": 40, "chamber_L_m": 280, "chamber_W_m": 34, "ships": [{"r": 1, "dir": 0, "L": 300, "W": 10}]}"#;
    let (code, said, _) = refused("schedule", "a.json", day);
    assert_eq!(code, Some(3));
    assert!(said.contains("ship 1 (record 1): 300 m"), "{said}");
}

#[test]
fn negative_times_are_named() {
    let day = r#"{"T": 40, "capacity": 2, "ships": [{"r": 1, "dir": 0}, {"r": -5, "dir": 0}]}"#;
    let (code, said, _) = refused("schedule", "a.json", day);
    assert_eq!(code, Some(3));
    assert!(said.contains("ship 2 (record 2)") && said.contains("negative"), "{said}");
    let (code, said, _) = refused("schedule", "a.json", r#"{"T": -40, "capacity": 2, "up": [1]}"#);
    assert_eq!(code, Some(3), "{said}");
    let (code, said, _) = refused("simulate", "a.toml", &case(&[("gate_min = 3.0", "gate_min = -3.0")]));
    assert_eq!(code, Some(3));
    assert!(said.contains("chamber 1") && said.contains("gate_min"), "{said}");
    let (code, said, _) = refused("calibrate", "a.csv", "arrival,start,end,direction\n-5,2,3,up\n");
    assert_eq!(code, Some(3));
    assert!(said.contains("-5"), "{said}");
}

#[test]
fn a_departure_before_the_arrival_is_named() {
    let (code, said, _) =
        refused("calibrate", "a.csv", "arrival,start,end,direction\n50,60,55,up\n50,40,70,up\n");
    assert_eq!(code, Some(3));
    assert!(said.contains("not before the start") && said.contains("not before the arrival"), "{said}");
    let day = r#"{"T": 40, "capacity": 2, "ships": [{"r": 9, "departure": 3, "dir": 0}]}"#;
    let (code, said, _) = refused("schedule", "a.json", day);
    assert_eq!(code, Some(3));
    assert!(said.contains("ship 1") && said.contains("before its arrival"), "{said}");
}

#[test]
fn overlapping_closures_are_named() {
    let twice = case(&[(
        "[[lock.closures]]\nreason = \"fog\"\nwhen = { random",
        "[[lock.closures]]\nreason = \"gate\"\nwhen = { planned = { day = 60.0, days = 3.0 } }\n\n[[lock.closures]]\nreason = \"fog\"\nwhen = { random",
    )]);
    let (code, said, _) = refused("simulate", "a.toml", &twice);
    assert_eq!(code, Some(3));
    assert!(said.contains("closure 2") && said.contains("overlaps closure 1"), "{said}");
}

#[test]
fn zero_capacity_is_named() {
    let (code, said, _) = refused("schedule", "a.json", r#"{"T": 40, "capacity": 0, "up": [1]}"#);
    assert_eq!(code, Some(3));
    assert!(said.contains("chamber 1") && said.contains("zero"), "{said}");
    let bare = "[bare]\nrate = 0.5\nservice = 1.0\ndistribution = \"fixed\"\ndiscipline = { bulk = { capacity = 0 } }\n";
    let (code, said, _) = refused("simulate", "a.toml", bare);
    assert_eq!(code, Some(3));
    assert!(said.contains("zero"), "{said}");
}

#[test]
fn a_day_with_a_hundred_thousand_ships_is_answered() {
    let ships: Vec<String> =
        (0..100_000).map(|at| format!(r#"{{"r": {}, "dir": {}}}"#, at % 1440, at % 2)).collect();
    let day = format!(r#"{{"T": 40, "capacity": 6, "ships": [{}]}}"#, ships.join(","));
    let (code, said, _) = refused("schedule", "a.json", &day);
    assert_eq!(code, Some(3));
    assert!(said.contains("100000 ships") && said.contains("at most"), "{said}");
    let (code, said, _) =
        refused("simulate", "a.toml", &case(&[("up_per_day = 36.5", "up_per_day = 100000.0")]));
    assert_eq!(code, Some(3));
    assert!(said.contains("the traffic"), "{said}");
}

#[test]
fn a_run_that_is_stopped_leaves_nothing_half_written() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out.json");
    let file = fs::File::create(&out).unwrap();
    let mut run = std::process::Command::new(env!("CARGO_BIN_EXE_zhidian"))
        .args(["locks", "simulate", &example(), "--days", "360000", "--json", "--quiet"])
        .stdout(file)
        .spawn()
        .unwrap();
    std::thread::sleep(std::time::Duration::from_millis(300));
    assert!(run.try_wait().unwrap().is_none(), "it should still be running");
    run.kill().unwrap();
    run.wait().unwrap();
    assert_eq!(fs::metadata(&out).unwrap().len(), 0);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}
