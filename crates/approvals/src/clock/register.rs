//! Cases for the clock, out of a table of cases or out of an event log.

use super::{Filing, Stop};
use crate::log::time::{self, DAY, SECOND};
use crate::log::{EventLog, Transition, Value};
use crate::read::csv::Rows;
use crate::read::{Fault, Limits, Report};
use std::io::Read;

/// A case and, where its file states one, its deadline as an instant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stated {
    /// The case in local days.
    pub filing: Filing,
    /// When the period began (UTC).
    pub start: i64,
    /// The deadline the file states (UTC).
    pub deadline: Option<i64>,
    /// When the case was over (UTC).
    pub end: Option<i64>,
}

const CASE: &[&str] = &["case", "case_id", "id", "办件编号", "案件编号", "编号"];
const START: &[&str] = &["start", "accepted", "startdate", "受理日期", "受理时间", "开始时间"];
const END: &[&str] = &["end", "decided", "enddate", "办结日期", "办结时间", "结束时间"];
const LIMIT: &[&str] = &[
    "limit",
    "n_workdays",
    "limit_days",
    "promised_limit",
    "承诺时限",
    "办理时限",
    "时限",
    "承诺时限（工作日）",
];
const DEADLINE: &[&str] = &["deadline", "due", "办结期限", "截止日期"];
const STOPS: &[&str] = &["stops", "stop", "中止", "特别程序"];
const EXTENDED: &[&str] = &["extended", "extension", "延期", "延长天数"];
const JOINT: &[&str] = &["joint", "联合办理", "联办"];
const RECEIVED: &[&str] = &["received", "收件日期", "收件时间"];
const TOLD: &[&str] = &["told_missing", "补正告知日期", "补正告知"];
const DELIVERED: &[&str] = &["delivered", "送达日期"];
const PROMISED_PAPERS: &[&str] = &["tolerated_until", "容缺期限"];
const PAPERS: &[&str] = &["tolerated_came", "容缺补齐日期"];

/// Is this the header of a table of cases, and not of a log?
pub fn is_register(header: &str) -> bool {
    let names = header_names(header);
    let has = |usual: &[&str]| usual.iter().any(|name| names.iter().any(|column| column == name));
    let log = ["activity", "concept:name", "环节", "环节名称", "办理环节", "活动"];
    has(START) && (has(LIMIT) || has(DEADLINE) || has(STOPS)) && !has(&log)
}

fn header_names(header: &str) -> Vec<String> {
    let line = header.trim_start_matches('\u{feff}').lines().next().unwrap_or_default();
    line.split([',', ';', '\t']).map(|name| name.trim().trim_matches('"').to_lowercase()).collect()
}

/// Reads a table of cases: `case, start, limit, end`, and as far as they are there `deadline, stops, extended, joint,
/// received, told_missing, delivered, tolerated_until, tolerated_came`. Stops read `2021-03-05..2021-03-20 听证`, several with
/// `|` between; one of which the applicant was not told ends in `!`. `zone` is minutes east of UTC.
pub fn read<R: Read>(source: R, zone: i32, limits: Limits) -> (Vec<Stated>, Report) {
    let mut report = Report::new(limits.rejects);
    let mut rows = Rows::new(source, limits);
    let mut cases = Vec::new();
    let header = match rows.next() {
        Ok(Some(row)) => row.texts().iter().map(|name| name.trim().to_lowercase()).collect::<Vec<_>>(),
        _ => {
            report.reject(Fault::Header, 1, None, b"");
            return (cases, report);
        }
    };
    let column =
        |usual: &[&str]| usual.iter().find_map(|name| header.iter().position(|column| column == name));
    let Some(start) = column(START) else {
        report.reject(Fault::Header, 1, Some("start"), header.join(",").as_bytes());
        return (cases, report);
    };
    loop {
        let line = rows.line();
        let row = match rows.next() {
            Ok(Some(row)) => row.texts(),
            Ok(None) => break,
            Err(fault) => {
                report.reject(fault, line, None, b"");
                break;
            }
        };
        let cell = |usual: &[&str]| {
            let text = row.get(column(usual)?)?.trim();
            (!text.is_empty()).then_some(text)
        };
        let mut wrong = None;
        let mut instant = |usual: &'static [&'static str]| {
            let text = cell(usual)?;
            let read = time::parse(text.as_bytes(), zone).map(|stamp| stamp.micros);
            if read.is_none() {
                wrong = Some(text.to_owned());
            }
            read
        };
        let Some(begun) = instant(START) else {
            let shown = row.get(start).cloned().unwrap_or_default();
            report.reject(Fault::TimeForm, line, header.get(start).map(String::as_str), shown.as_bytes());
            continue;
        };
        let (end, deadline) = (instant(END), instant(DEADLINE));
        let (received, told, delivered) = (instant(RECEIVED), instant(TOLD), instant(DELIVERED));
        let (promised, papers) = (instant(PROMISED_PAPERS), instant(PAPERS));
        let stops = cell(STOPS).map(|text| stops(text, zone));
        if wrong.is_none() && stops == Some(None) {
            wrong = cell(STOPS).map(Into::into);
        }
        let limit = cell(LIMIT)
            .map(|text| text.trim_end_matches(['天', '日']).trim_end_matches("个工作").trim().parse());
        if limit.as_ref().is_some_and(Result::is_err) {
            wrong = cell(LIMIT).map(Into::into);
        }
        if let Some(found) = wrong {
            report.reject(Fault::TimeForm, line, None, found.as_bytes());
            continue;
        }
        report.events += 1;
        let day = |micros: i64| local_day(micros, zone);
        let yes = |text: &str| matches!(text.to_lowercase().as_str(), "yes" | "true" | "1" | "是");
        cases.push(Stated {
            filing: Filing {
                case: cell(CASE).map_or_else(|| (line - 1).to_string(), Into::into),
                received: received.map(day),
                told_missing: told.map(day),
                tolerated: promised.map(|promised| (day(promised), papers.map(day))),
                accepted: day(begun),
                limit: limit.and_then(Result::ok),
                joint: cell(JOINT).is_some_and(yes),
                extended: cell(EXTENDED).and_then(|text| match yes(text) && text != "1" {
                    true => Some(0),
                    false => text.parse().ok(),
                }),
                stops: stops.flatten().unwrap_or_default(),
                decided: end.map(day),
                delivered: delivered.map(day),
            },
            start: begun,
            deadline,
            end,
        });
    }
    (cases, report)
}

/// `2021-03-05..2021-03-20 听证|2021-04-01.. 检测!`
pub fn stops(text: &str, zone: i32) -> Option<Vec<Stop>> {
    text.split('|').map(str::trim).filter(|part| !part.is_empty()).map(|part| stop(part, zone)).collect()
}

fn stop(part: &str, zone: i32) -> Option<Stop> {
    let (span, ground) = part.split_once(' ').unwrap_or((part, ""));
    let (from, to) = span.split_once("..")?;
    let day = |text: &str| time::parse(text.as_bytes(), zone).map(|stamp| local_day(stamp.micros, zone));
    let to = match to.is_empty() {
        true => None,
        false => Some(day(to)?),
    };
    let ground = ground.trim();
    let told = !ground.ends_with('!');
    Some(Stop { from: day(from)?, to, ground: ground.trim_end_matches('!').trim().into(), told })
}

/// The local day of an instant.
pub fn local_day(micros: i64, zone: i32) -> i64 {
    (micros + i64::from(zone) * 60 * SECOND).div_euclid(DAY)
}

/// Cases out of a log. Start, deadline, end and limit are taken from attributes of the case (`startdate`, `deadline`, `enddate`,
/// `limit`) where the log has them; without `startdate` and `enddate` in the whole log, from the first and the last event.
/// Suspended and resumed activities stop the clock on the ground of the activity's name.
pub fn of_log(log: &EventLog, zone: i32) -> Vec<Stated> {
    let has = |key: &str| log.case_attributes.keys().any(|name| name == key);
    let dated = has("enddate") || has("deadline");
    let attributed = |case: u32, key: &str| instant(log.case_attributes.get(case, key)?, zone);
    log.each()
        .map(|case| {
            let first = case.times.first().copied().unwrap_or_default();
            let start = attributed(case.number, "startdate").unwrap_or(first);
            let end = match dated {
                true => attributed(case.number, "enddate"),
                false => case.times.last().copied(),
            };
            let day = |micros: i64| local_day(micros, zone);
            let limit = log
                .case_attributes
                .get(case.number, "limit")
                .and_then(|limit| limit.to_string().parse().ok());
            Stated {
                filing: Filing {
                    case: case.id.to_owned(),
                    accepted: day(start),
                    limit,
                    stops: suspensions(log, &case, zone),
                    decided: end.map(day),
                    ..Filing::default()
                },
                start,
                deadline: attributed(case.number, "deadline"),
                end,
            }
        })
        .collect()
}

fn instant(value: Value<'_>, zone: i32) -> Option<i64> {
    match value {
        Value::Time(micros) => Some(micros),
        Value::Text(text) => time::parse(text.as_bytes(), zone).map(|stamp| stamp.micros),
        _ => None,
    }
}

fn suspensions(log: &EventLog, case: &crate::log::Case<'_>, zone: i32) -> Vec<Stop> {
    let mut stops: Vec<Stop> = Vec::new();
    for (at, transition) in case.transitions.iter().enumerate() {
        let day = local_day(case.times[at], zone);
        let ground = log.activities.text(case.activity[at]);
        match transition {
            Transition::Suspend => {
                stops.push(Stop { from: day, to: None, ground: ground.into(), told: true });
            }
            Transition::Resume => {
                let open = stops.iter_mut().rev().find(|stop| stop.to.is_none() && stop.ground == ground);
                if let Some(stop) = open {
                    stop.to = Some(day);
                }
            }
            _ => {}
        }
    }
    stops
}
