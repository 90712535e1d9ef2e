//! The clock against published calendars, a log with its own deadlines, and worked cases.

use crate::oracle;
use std::collections::BTreeMap;
use zhidian_approvals::clock::statute::{self, reckon, renewal};
use zhidian_approvals::clock::{Calendar, Filing, Hours, Statute, register};
use zhidian_approvals::log::time::{self, DAY, date_text};

const STATUTE: Statute = Statute {
    single: 20,
    single_extension: 10,
    joint: 45,
    joint_extension: 15,
    supplement: 5,
    delivery: 10,
    renewal: 30,
};

fn day(text: &str) -> i64 {
    time::parse(text.as_bytes(), 0).unwrap().micros.div_euclid(DAY)
}

#[test]
fn due_days_and_intervals_are_those_of_the_reference() {
    let Some(json) = oracle::json("cn_working_days.json") else { return };
    let calendar = Calendar::published();
    for (year, count) in json["workdays_per_year"].as_object().unwrap() {
        let year: i64 = year.parse().unwrap();
        let (first, last) = (time::day_number(year, 1, 1), time::day_number(year, 12, 31));
        let counted = (first..=last).filter(|day| calendar.kind(*day).unwrap().0.works()).count() as u64;
        assert_eq!(counted, count.as_u64().unwrap(), "{year}");
    }
    let cases = json["due_date_cases"]["cases"].as_array().unwrap();
    for case in cases {
        let due =
            calendar.due(day(case["start"].as_str().unwrap()), case["n_workdays"].as_u64().unwrap() as u32);
        assert_eq!(date_text(due.unwrap()), case["due"].as_str().unwrap(), "{case}");
    }
    let hours = Hours::new(&[(540, 720), (810, 1050)], 0).unwrap();
    let intervals = json["interval_cases"].as_array().unwrap();
    assert_eq!((cases.len(), intervals.len()), (300, 400));
    for case in intervals {
        let at = |key: &str| time::parse(case[key].as_str().unwrap().as_bytes(), 0).unwrap().micros;
        let (start, end) = (at("start"), at("end"));
        let days = calendar.between(start.div_euclid(DAY), end.div_euclid(DAY)).unwrap();
        assert_eq!(u64::from(days), case["workdays_after_start_day_to_end_day"].as_u64().unwrap(), "{case}");
        let worked = time::seconds(hours.between(&calendar, start, end).unwrap());
        assert_eq!(worked, case["work_seconds_0900_1200_1330_1730"].as_f64().unwrap(), "{case}");
    }
}

#[test]
fn deadlines_of_a_log_are_kept_as_it_says() {
    let Some((log, _)) = oracle::log("receipt.csv.gz") else { return };
    let json = oracle::json("receipt_deadlines.json").unwrap();
    let cases = register::of_log(&log, 60);
    let decided: Vec<_> = cases.iter().filter_map(|case| Some((case, case.deadline?, case.end?))).collect();
    let late: Vec<_> = decided.iter().filter(|(_, deadline, end)| end > deadline).collect();
    assert_eq!(decided.len() as u64, json["with_enddate"].as_u64().unwrap());
    assert_eq!(late.len() as u64, json["ended_after_deadline"].as_u64().unwrap());
    let ids: std::collections::BTreeSet<_> =
        late.iter().map(|(case, ..)| case.filing.case.as_str()).collect();
    assert!(json["list_late"].as_array().unwrap().iter().all(|case| ids.contains(case[0].as_str().unwrap())));
}

#[test]
fn worked_cases_come_out_as_a_lawyer_would_count() {
    let text = include_str!("../cases/clock.md");
    let calendar = Calendar::published();
    let mut run = 0;
    for section in text.split("\n## ").skip(1) {
        let title = section.lines().next().unwrap();
        let values: BTreeMap<&str, &str> = section
            .lines()
            .filter_map(|line| line.split_once(": "))
            .filter(|(name, _)| name.chars().all(|c| c.is_ascii_lowercase()))
            .map(|(name, value)| (name, value.trim()))
            .collect();
        let at = |name: &str| values.get(name).map(|text| day(text));
        let filing = Filing {
            case: title.into(),
            received: at("received"),
            told_missing: at("told"),
            tolerated: at("tolerated").map(|promised| (promised, None)),
            accepted: at("accepted").unwrap(),
            limit: values.get("limit").map(|limit| limit.parse().unwrap()),
            joint: values.contains_key("joint"),
            extended: values.get("extended").map(|days| days.parse().unwrap()),
            stops: values.get("stops").map(|text| register::stops(text, 0).unwrap()).unwrap_or_default(),
            decided: at("decided"),
            delivered: at("delivered"),
        };
        run += 1;
        let reckoning = match reckon(&filing, &STATUTE, &calendar, None) {
            Ok(reckoning) => reckoning,
            Err(unpublished) => {
                assert_eq!(values["due"], format!("unpublished {}", unpublished.0), "{title}");
                continue;
            }
        };
        assert_eq!(reckoning.due.map(date_text).as_deref(), Some(values["due"]), "{title}");
        assert_eq!(reckoning.used.to_string(), values["used"], "{title}");
        assert_eq!(reckoning.late, Some(values["late"] == "yes"), "{title}");
        assert_eq!(
            reckoning.remarks.join("; "),
            values.get("remark").copied().unwrap_or_default(),
            "{title}"
        );
        assert_eq!(reckoning.delivery_late, values.get("delivery").map(|said| *said == "late"), "{title}");
        let counted = reckoning.audit.iter().filter(|day| day.counted).count();
        assert_eq!(counted as u32, reckoning.used, "{title}: the audit is the count");
    }
    assert_eq!(run, 15);
}

#[test]
fn an_undecided_case_is_late_once_its_limit_is_past() {
    let calendar = Calendar::published();
    let filing = Filing { accepted: day("2021-03-01"), limit: Some(5), ..Filing::default() };
    let late = |today: &str| reckon(&filing, &STATUTE, &calendar, Some(day(today))).unwrap().late;
    assert_eq!((late("2021-03-08"), late("2021-03-09")), (None, Some(true)));
    let stopped = Filing { stops: register::stops("2021-03-02.. 检测", 0).unwrap(), ..filing };
    let open = reckon(&stopped, &STATUTE, &calendar, Some(day("2021-06-01"))).unwrap();
    assert_eq!((open.due, open.late, open.used), (None, None, 1));
}

#[test]
fn silence_renews_what_was_asked_for_in_time() {
    let asked = |applied: &str, decided: Option<&str>| {
        let answer = renewal(day("2021-06-30"), day(applied), decided.map(day), &STATUTE);
        (answer.in_time, answer.deemed)
    };
    assert_eq!(asked("2021-05-31", None), (true, true));
    assert_eq!(asked("2021-06-01", None), (false, false));
    assert_eq!(asked("2021-05-31", Some("2021-06-30")), (true, false));
    assert_eq!(asked("2021-05-31", Some("2021-07-01")), (true, true));
}

#[test]
fn a_table_of_cases_is_read() {
    let text = "办件编号,受理日期,承诺时限,办结日期,特别程序\na,2021-03-01,5个工作日,2021-03-12,2021-03-04..2021-03-10 听证\nb,soon,5,,\n";
    assert!(register::is_register(text));
    let (cases, report) = register::read(text.as_bytes(), 480, Default::default());
    assert_eq!((cases.len(), report.rejected(), report.rejects[0].line), (1, 1, 3));
    let reckoning = reckon(&cases[0].filing, &STATUTE, &Calendar::published(), None).unwrap();
    assert_eq!((reckoning.late, reckoning.used), (Some(false), 5));
    assert!(statute::PARAMETERS.iter().all(|(name, _)| name.starts_with("approvals.limit.")));
}
