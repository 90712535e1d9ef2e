//! `zhidian approvals`: what it prints and how it ends.

use super::{json, stderr, stdout, zhidian};
use std::fs;

const LOG: &str = "办件编号,环节,开始时间,完成时间,经办人\n\
    a,受理,2021-03-01 09:00,2021-03-01 09:30,甲\n\
    a,审查,2021-03-02 09:00,2021-03-03 10:00,乙\n\
    a,决定,2021-03-08 09:00,2021-03-08 10:00,丙\n\
    b,受理,2021-03-01 10:00,2021-03-01 10:30,甲\n\
    b,决定,2021-03-02 09:00,2021-03-09 10:00,丙\n\
    ,决定,2021-03-02 09:00,2021-03-09 10:00,丙\n";

fn written(name: &str, text: &str) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, text).unwrap();
    let shown = path.display().to_string();
    (folder, shown)
}

#[test]
fn a_log_is_counted_and_its_faults_are_named() {
    let (_folder, log) = written("log.csv", LOG);
    let output = zhidian(&["approvals", "stats", &log, "--json", "--flow"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let object = json(&output);
    assert_eq!(object["schema"], "zhidian.approvals.stats/1");
    assert_eq!((&object["result"]["n_cases"], &object["result"]["n_events"]), (&2.into(), &5.into()));
    assert_eq!(object["problems"][0]["code"], "log.case_missing");
    assert_eq!(object["problems"][0]["row"], 7);
    assert!(object["result"]["flow"]["bottlenecks"][0]["days_lost"].as_f64().unwrap() > 4.0);
    assert!(stdout(&zhidian(&["approvals", "stats", &log])).contains("受理"));
}

#[test]
fn a_procedure_is_found_and_held_against() {
    let (folder, log) = written("log.csv", LOG);
    let pnml = folder.path().join("found.pnml").display().to_string();
    let output = zhidian(&["approvals", "discover", &log, "--json", "--pnml", &pnml]);
    assert_eq!(json(&output)["result"]["tree"], "->( '受理', X( tau, '审查' ), '决定' )");
    let output = zhidian(&["approvals", "conform", &log, &pnml, "--json"]);
    assert_eq!(json(&output)["result"]["total_cost"], 0, "{}", stderr(&output));
    let output = zhidian(&["approvals", "conform", &log]);
    assert_eq!(output.status.code(), Some(2), "a model is needed");
}

#[test]
fn the_clock_tells_each_day() {
    let (_folder, cases) = written(
        "cases.csv",
        "case,start,limit,end\na,2021-03-01,5,2021-03-08\nb,2021-03-01,5,2021-03-09\nc,2026-12-30,5,2027-01-04\n",
    );
    let output = zhidian(&["approvals", "clock", &cases, "--json"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let object = json(&output);
    assert_eq!((&object["result"]["late"], &object["result"]["decided"]), (&1.into(), &3.into()));
    let case = &object["result"]["cases"][0];
    assert_eq!((&case["due"], &case["used"], &case["limit"]), (&"2021-03-08".into(), &5.into(), &5.into()));
    assert_eq!(case["audit"][0]["why"], "start");
    assert_eq!(object["problems"][0]["code"], "clock.not_yet_published");
}

#[test]
fn too_few_cases_promise_nothing() {
    let (_folder, log) = written("log.csv", LOG);
    let output = zhidian(&["approvals", "redesign", &log, "--drop", "审查", "--replications", "3", "--json"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let object = json(&output);
    assert_eq!(object["result"]["promise"]["reason"], "too_few_cases_to_validate");
    assert!(
        object["result"]["redesign"]["median"].as_f64() <= object["result"]["baseline"]["median"].as_f64()
    );
    let output = zhidian(&["approvals", "redesign", &log, "--drop", "不存在"]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn a_file_that_is_no_log_ends_in_data() {
    let (_folder, nothing) = written("nothing.csv", "a,b\n1,2\n");
    let output = zhidian(&["approvals", "stats", &nothing]);
    assert_eq!(output.status.code(), Some(3));
    assert!(stderr(&output).contains("case"), "{}", stderr(&output));
}
