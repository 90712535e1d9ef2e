//! `zhidian approvals` on files that are broken, hostile or odd: what is wrong is named with its place, the rest is answered.

use super::{json, stderr, zhidian};
use flate2::{Compression, read::GzEncoder};
use serde_json::Value;
use std::io::Read;

const BAD: i32 = 3;

/// `approvals stats` on a file of these bytes.
fn stats(name: &str, bytes: &[u8], more: &[&str]) -> Value {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    let path = path.display().to_string();
    let output = zhidian(&[&["approvals", "stats", &path, "--json"], more].concat());
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    json(&output)
}

fn problem<'a>(object: &'a Value, code: &str) -> &'a Value {
    let problems = object["problems"].as_array().unwrap();
    problems.iter().find(|problem| problem["code"] == code).unwrap_or_else(|| panic!("{code}: {problems:?}"))
}

fn xes(declaration: &str, events: &[(&str, &str)]) -> String {
    let events: String = events
        .iter()
        .map(|(step, time)| format!("<event><string key=\"concept:name\" value=\"{step}\"/>{time}</event>\n"))
        .collect();
    format!("{declaration}<log><trace><string key=\"concept:name\" value=\"一\"/>\n{events}</trace></log>")
}

const FIRST: &str = "<date key=\"time:timestamp\" value=\"2021-03-05T09:30:00+08:00\"/>";
const SECOND: &str = "<date key=\"time:timestamp\" value=\"2021-03-06T09:30:00\"/>";

#[test]
fn entities_and_document_types_are_never_expanded() {
    let bomb = "<!DOCTYPE log [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;\"><!ENTITY c SYSTEM \"file:///etc/passwd\">]>";
    let object =
        stats("bomb.xes", xes(bomb, &[("&b;", FIRST), ("&c;", FIRST), ("受理", FIRST)]).as_bytes(), &[]);
    assert_eq!(object["result"]["n_events"], 1);
    assert_eq!(problem(&object, "log.entity")["row"], 2);
    problem(&object, "log.doctype");
    assert!(!object.to_string().contains("root:"));
}

#[test]
fn a_gzip_that_breaks_off_is_used_up_to_the_break() {
    let many = vec![("受理", FIRST); 20_000];
    let mut packed = Vec::new();
    GzEncoder::new(xes("", &many).as_bytes(), Compression::default()).read_to_end(&mut packed).unwrap();
    let object = stats("log.xes.gz", &packed[..packed.len() / 2], &[]);
    let events = object["result"]["n_events"].as_u64().unwrap();
    assert!((5_000..20_000).contains(&events), "{events}");
    assert!(problem(&object, "log.truncated")["row"].as_u64().unwrap() > 5_000);
}

#[test]
fn times_with_and_without_zone_are_told_apart() {
    let text = xes("", &[("受理", FIRST), ("办结", SECOND)]);
    let object = stats("log.xes", text.as_bytes(), &["--zone", "+08:00"]);
    problem(&object, "log.zones_mixed");
    assert_eq!(object["result"]["case_duration_s"]["max"], 86400.0);
}

#[test]
fn missing_times_negative_durations_and_repeated_events_are_named() {
    let rows = "case,activity,start,end\n\
        1,a,2021-03-05 09:00,2021-03-05 08:00\n\
        1,b,,\n\
        1,c,2021-03-06 09:00,2021-03-06 10:00\n\
        1,c,2021-03-06 09:00,2021-03-06 10:00\n";
    let object = stats("log.csv", rows.as_bytes(), &[]);
    assert_eq!(object["result"]["n_events"], 3);
    assert_eq!(problem(&object, "log.time_missing")["row"], 3);
    assert_eq!(problem(&object, "log.duration_negative")["found"], "1 start after end");
    assert_eq!(problem(&object, "log.event_repeated")["found"], "1 equal events");
}

#[test]
fn gb18030_is_read_and_said() {
    let rows = "办件编号;环节;完成时间;经办人\n一;受理;2021年3月5日 9时30分;甲\n一;办结;2021/3/8 9:30;乙\n";
    let object = stats("log.csv", &encoding_rs::GB18030.encode(rows).0, &[]);
    assert_eq!(object["result"]["start_activities"]["受理"], 1);
    assert_eq!(problem(&object, "log.encoding_detected")["found"], "gb18030");
    let text = xes("<?xml version=\"1.0\" encoding=\"GB2312\"?>", &[("受理", FIRST)]);
    let object = stats("log.xes", &encoding_rs::GBK.encode(&text).0, &["--stream"]);
    assert_eq!(object["result"]["start_activities"]["受理"], 1);
    problem(&object, "log.encoding_detected");
}

#[test]
fn bytes_that_are_no_text_cost_their_event() {
    let mut bytes = xes("", &[("受理", FIRST), ("@", SECOND)]).into_bytes();
    let at = bytes.iter().position(|byte| *byte == b'@').unwrap();
    bytes[at] = 0xFF;
    let object = stats("log.xes", &bytes, &[]);
    assert_eq!(object["result"]["n_events"], 1);
    assert_eq!(problem(&object, "log.encoding")["row"], 3);
}

#[test]
fn dates_that_do_not_tell_day_from_month_are_asked_for() {
    let rows = "case,activity,time\n1,a,2/3/2021 9:30\n1,b,3/3/2021 9:30\n";
    let object = stats("log.csv", rows.as_bytes(), &["--dates", "day"]);
    assert_eq!(object["result"]["case_duration_s"]["max"], 86400.0);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log.csv");
    std::fs::write(&path, rows).unwrap();
    let output = zhidian(&["approvals", "stats", &path.display().to_string()]);
    assert_eq!(output.status.code(), Some(BAD));
    assert!(stderr(&output).contains("--dates"), "{}", stderr(&output));
}
