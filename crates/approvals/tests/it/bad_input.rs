//! Files that are broken, hostile or odd: reported with their place, the rest answered.

use proptest::prelude::*;
use std::io::Read;
use zhidian_approvals::log::EventLog;
use zhidian_approvals::read::{self, Fault, Limits, Options, Report};

fn read_with(bytes: &[u8], options: &Options) -> (EventLog, Report) {
    read::log(bytes, options).unwrap()
}

fn read(text: &str) -> (EventLog, Report) {
    read_with(text.as_bytes(), &Options::default())
}

fn faults(report: &Report) -> Vec<(Fault, u64)> {
    report.rejects.iter().map(|reject| (reject.fault, reject.line)).collect()
}

fn event(activity: &str, time: &str) -> String {
    format!(
        "<event><string key=\"concept:name\" value=\"{activity}\"/><date key=\"time:timestamp\" value=\"{time}\"/></event>\n"
    )
}

fn trace(events: &str) -> String {
    format!("<trace><string key=\"concept:name\" value=\"c\"/>\n{events}</trace>\n")
}

const DAY: &str = "2021-03-05T09:30:00+08:00";

#[test]
fn an_entity_bomb_does_not_go_off() {
    let bomb = "<!DOCTYPE log [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>";
    let text = format!(
        "<?xml version=\"1.0\"?>{bomb}<log>{}</log>",
        trace(&(event("&b;", DAY) + &event("ok &amp; fine", DAY)))
    );
    let (log, report) = read(&text);
    assert_eq!(log.len(), 1);
    assert_eq!(log.activities.text(0), "ok & fine");
    assert!(report.counts.contains_key(&Fault::Entity) && report.counts.contains_key(&Fault::Doctype));
}

#[test]
fn a_broken_gzip_gives_what_stands_before() {
    let text = format!("<log>{}</log>", trace(&event("a", DAY)).repeat(4000));
    let mut packed = Vec::new();
    flate2::read::GzEncoder::new(text.as_bytes(), flate2::Compression::default())
        .read_to_end(&mut packed)
        .unwrap();
    packed.truncate(packed.len() / 2);
    let (log, report) = read_with(&packed, &Options::default());
    assert!(!log.is_empty());
    assert_eq!(report.counts[&Fault::Truncated], 1);
}

#[test]
fn a_small_gzip_that_breaks_off_gives_what_stands_before() {
    let text = format!("<log>{}</log>", trace(&(event("a", DAY) + &event("b", DAY))));
    let mut packed = Vec::new();
    flate2::read::GzEncoder::new(text.as_bytes(), flate2::Compression::none())
        .read_to_end(&mut packed)
        .unwrap();
    packed.truncate(packed.len() - 60);
    let (log, report) = read_with(&packed, &Options::default());
    assert_eq!((log.len(), report.counts[&Fault::Truncated]), (1, 1));
}

#[test]
fn missing_and_malformed_cells_are_left_out_with_their_lines() {
    let (log, report) = read(
        "case,activity,time,start\n1,a,2021-03-05 09:30:00,\n,a,2021-03-05 09:30:00,\n1,,2021-03-05 09:30:00,\n1,b,,\n1,b,soon,\n1\n1,c,2021-03-05 10:00:00,2021-03-05 11:00:00\n",
    );
    assert_eq!(log.len(), 2);
    assert_eq!(
        faults(&report),
        [(Fault::Case, 3), (Fault::Activity, 4), (Fault::Time, 5), (Fault::TimeForm, 6), (Fault::Fields, 7)]
    );
    assert_eq!(log.negative, 1);
    let codes: Vec<_> = report.problems("f.csv", Some(&log)).iter().map(|p| p.code.clone()).collect();
    assert!(codes.contains(&"log.duration_negative".into()), "{codes:?}");
}

#[test]
fn mixed_zones_are_told() {
    let (log, report) = read("case,activity,time\n1,a,2021-03-05 09:30:00\n1,b,2021-03-05 09:30:00+08:00\n");
    assert_eq!(log.activities.text(log.activity[0]), "b");
    assert!(report.problems("f", None).iter().any(|problem| problem.code == "log.zones_mixed"));
}

#[test]
fn bytes_that_are_no_text_cost_their_row() {
    let mut bytes = b"case,activity,time\n1,".to_vec();
    bytes.extend([0xFF, 0xFF]);
    bytes.extend(b",2021-03-05 09:30:00\n1,b,2021-03-05 09:30:00\n");
    let (log, report) = read_with(&bytes, &Options::default());
    assert_eq!((log.len(), faults(&report)), (1, vec![(Fault::Encoding, 2)]));
}

#[test]
fn other_encodings_are_read_where_they_show_themselves() {
    let rows =
        "办件编号,环节,完成时间,经办人\n一,受理,2021-03-05 09:30:00,甲\n一,办结,2021-03-06 09:30:00,乙\n";
    let (gb, ..) = encoding_rs::GB18030.encode(rows);
    let wide: Vec<u8> = [0xFEFF].into_iter().chain(rows.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let (expected, _) = read(rows);
    for (bytes, name) in [(gb.to_vec(), "gb18030"), (wide, "UTF-16LE")] {
        let (log, report) = read_with(&bytes, &Options::default());
        assert_eq!(report.encoding, Some(name));
        assert!(log.activities.texts().eq(expected.activities.texts()));
        assert_eq!((&log.times, faults(&report)), (&expected.times, vec![]));
        assert!(report.problems("f", None).iter().any(|problem| problem.code == "log.encoding_detected"));
    }
    let text = format!("<?xml version=\"1.0\" encoding=\"GBK\"?><log>{}</log>", trace(&event("受理", DAY)));
    let (log, report) = read_with(&encoding_rs::GBK.encode(&text).0, &Options::default());
    assert_eq!((log.activities.text(0), report.encoding), ("受理", Some("GBK")));
    let late = format!("办件编号,环节,完成时间\n{}", "一,受理,2021-03-05 09:30:00\n".repeat(2000));
    let mut late = encoding_rs::GB18030.encode(&late).0.into_owned();
    late.extend(b"1,\xff\xff,2021-03-07 09:30:00\n1,b,2021-03-07 09:30:00\n");
    let (log, report) = read_with(&late, &Options::default());
    assert_eq!((log.len(), faults(&report)), (2001, vec![(Fault::Encoding, 2002)]));
}

#[test]
fn repeated_events_are_kept_and_told() {
    let (log, report) = read(&format!("<log>{}</log>", trace(&event("a", DAY).repeat(3))));
    assert_eq!((log.len(), log.repeated), (3, 2));
    assert!(report.problems("f", Some(&log)).iter().any(|problem| problem.code == "log.event_repeated"));
}

#[test]
fn depth_length_and_number_are_bounded() {
    let deep = format!("<log><trace>{}", "<list key=\"x\">".repeat(500));
    assert!(read(&deep).1.counts.contains_key(&Fault::Depth));
    let limits = Limits { piece: 300_000, events: 5, ..Limits::default() };
    let options = Options { limits, ..Options::default() };
    let long = format!("<log><trace><string key=\"concept:name\" value=\"{}", "x".repeat(2_000_000));
    assert!(read_with(long.as_bytes(), &options).1.counts.contains_key(&Fault::Length));
    let quote = format!("case,activity,time\n1,\"{}", "x\n".repeat(1_000_000));
    assert!(read_with(quote.as_bytes(), &options).1.counts.contains_key(&Fault::Quote));
    let many = format!("<log>{}</log>", trace(&event("a", DAY).repeat(9)));
    let (log, report) = read_with(many.as_bytes(), &options);
    assert_eq!((log.len(), report.counts[&Fault::Limit]), (5, 1));
}

#[test]
fn attributes_of_a_refused_event_are_not_the_next_ones() {
    let odd = "<event><string key=\"cost\" value=\"7\"/></event>";
    let (log, _) = read(&format!("<log>{}</log>", trace(&(odd.to_owned() + &event("a", DAY)))));
    assert_eq!(log.attributes.get(0, "cost"), None);
}

#[test]
fn a_case_may_be_long() {
    let mut text = "case,activity,time\n".to_owned();
    for at in 0..200_000 {
        text += &format!("1,a{},2021-03-05 09:{:02}:{:02}\n", at % 3, at / 60 % 60, at % 60);
    }
    let (log, _) = read(&text);
    assert_eq!(zhidian_approvals::stats::of(&log, 1, None).case_length.max, 200_000.0);
}

/// Rows of one case without end, as a file would give them.
struct OneCase {
    row: u64,
    rows: u64,
    left: Vec<u8>,
}

impl Read for OneCase {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.left.is_empty() && self.row < self.rows {
            let (row, second) = (self.row, self.row % 86_400);
            let (day, hour, minute) = (1 + row / 86_400 % 28, second / 3600, second / 60 % 60);
            self.left = format!("1,a{},2021-03-{day:02} {hour:02}:{minute:02}:{:02}\n", row % 3, second % 60)
                .into_bytes();
            self.left.reverse();
            self.row += 1;
        }
        let count = buffer.len().min(self.left.len());
        for slot in &mut buffer[..count] {
            *slot = self.left.pop().unwrap();
        }
        Ok(count)
    }
}

#[test]
#[ignore = "long: make oracles"]
fn a_case_may_have_ten_million_events() {
    let rows = 10_000_000;
    let head = b"case,activity,time\n".chain(OneCase { row: 0, rows, left: Vec::new() });
    let (log, report) = read::log(std::io::BufReader::new(head), &Options::default()).unwrap();
    assert_eq!((log.len() as u64, log.cases.len(), report.rejected()), (rows, 1, 0));
    assert_eq!(zhidian_approvals::stats::of(&log, 1, None).case_length.max, rows as f64);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = read::log(&*bytes, &Options::default());
    }

    #[test]
    fn any_cut_or_change_of_a_log_is_read_or_refused(cut in 0_usize..700, at in 0_usize..700, byte in any::<u8>(), packed in any::<bool>()) {
        let text = format!("<?xml version=\"1.0\"?><!-- x --><log>{}{}</log>", trace(&event("a", DAY)), trace(&(event("b", DAY) + &event("c", DAY))));
        let mut bytes = text.into_bytes();
        if packed {
            let mut out = Vec::new();
            flate2::read::GzEncoder::new(&*bytes, flate2::Compression::default()).read_to_end(&mut out).unwrap();
            bytes = out;
        }
        bytes.truncate(cut.max(1));
        let at = at % bytes.len();
        bytes[at] = byte;
        // A gzip file whose very first bytes are broken is the one thing that is an error and not a report.
        let _ = read::log(&*bytes, &Options::default());
    }

    #[test]
    fn any_rows_are_read_or_refused(rows in "(case|1|\"|,|;|\n|\r|activity|time|2021-03-05 09:30:00|申请){0,60}") {
        read(&format!("case,activity,time\n{rows}"));
    }
}
