//! Logs as rows of text: CSV with commas, semicolons or tabs, columns found by the names of the header.

use super::{Fault, Options, Report};
use crate::log::{Builder, NEVER, Transition, Value, time};
use memchr::{memchr, memchr_iter};
use std::io::Read;

/// Names a column of a log may have, the usual first; compared without case and white space.
const CASE: &[&str] = &[
    "case:concept:name",
    "case_id",
    "caseid",
    "case id",
    "case",
    "办件编号",
    "办件号",
    "案件编号",
    "业务编号",
    "办件流水号",
    "流水号",
    "申请编号",
    "受理编号",
    "案号",
];
const ACTIVITY: &[&str] = &[
    "concept:name",
    "activity",
    "activity name",
    "task",
    "event",
    "环节",
    "环节名称",
    "办理环节",
    "审批环节",
    "步骤",
    "活动",
];
const TIME: &[&str] = &[
    "time:timestamp",
    "timestamp",
    "complete timestamp",
    "completetimestamp",
    "end_timestamp",
    "endtime",
    "end time",
    "end",
    "完成时间",
    "结束时间",
    "环节结束时间",
    "办理时间",
    "时间",
    "time",
    "date",
];
const START: &[&str] = &[
    "start_timestamp",
    "start timestamp",
    "starttimestamp",
    "starttime",
    "start time",
    "start",
    "开始时间",
    "环节开始时间",
];
const RESOURCE: &[&str] = &[
    "org:resource",
    "resource",
    "user",
    "经办人",
    "办理人",
    "经办岗位",
    "办理人员",
    "人员",
    "岗位",
    "org:role",
    "org:group",
];
const TRANSITION: &[&str] = &["lifecycle:transition", "lifecycle", "transition"];
/// Columns of a case's own, by the names the clock knows them under.
const OF_CASE: &[(&str, &[&str])] = &[
    ("startdate", &["受理日期", "受理时间"]),
    ("deadline", &["办结期限", "截止日期", "应办结日期"]),
    ("enddate", &["办结日期", "实际办结时间"]),
    ("limit", &["承诺时限", "办理时限", "承诺办结时限"]),
    ("item", &["事项编码", "事项名称"]),
];

/// Reads a log into a builder. Rows that cannot be used are left out and reported.
pub fn read<R: Read>(source: R, options: &Options, builder: &mut Builder) -> Report {
    let mut report = Report::new(options.limits.rejects);
    let mut rows = Rows::new(source, options.limits);
    let header = match rows.next() {
        Ok(Some(row)) => row.texts(),
        Ok(None) => {
            report.reject(Fault::Header, 1, None, b"");
            return report;
        }
        Err(fault) => {
            report.reject(fault, 1, None, b"");
            return report;
        }
    };
    let columns = match Columns::find(&header, options) {
        Ok(columns) => columns,
        Err(missing) => {
            report.reject(Fault::Header, 1, Some(missing), header.join(",").as_bytes());
            return report;
        }
    };
    let mut taker = Taker { columns, header, options, builder, report, last: (Vec::new(), u32::MAX) };
    loop {
        let line = rows.line();
        match rows.next() {
            Ok(Some(row)) => {
                if taker.report.events >= options.limits.events {
                    taker.report.reject(Fault::Limit, line, None, b"");
                    break;
                }
                taker.row(&row, line);
            }
            Ok(None) => break,
            Err(fault) => {
                taker.report.reject(fault, line, None, b"");
                if matches!(fault, Fault::Truncated | Fault::Limit | Fault::Length | Fault::Quote) {
                    break;
                }
            }
        }
    }
    taker.report
}

/// Where the columns stand.
struct Columns {
    case: usize,
    activity: usize,
    time: usize,
    start: Option<usize>,
    resource: Option<usize>,
    transition: Option<usize>,
    /// Attributes of events: column.
    of_event: Vec<usize>,
    /// Attributes of cases: column and name.
    of_case: Vec<(usize, String)>,
}

impl Columns {
    /// By the header, or the name of what no column holds.
    fn find(header: &[String], options: &Options) -> Result<Self, &'static str> {
        let plain: Vec<String> = header.iter().map(|name| name.trim().to_lowercase()).collect();
        let named = |given: &Option<String>, usual: &[&str]| match given {
            Some(name) => header.iter().position(|column| column.trim() == name.trim()),
            None => usual.iter().find_map(|name| plain.iter().position(|column| column == name)),
        };
        let case = named(&options.case, CASE).ok_or("case")?;
        let activity = named(&options.activity, ACTIVITY).ok_or("activity")?;
        let start = named(&options.start, START);
        let time = named(&options.time, TIME).or(start).ok_or("time")?;
        let start = start.filter(|start| *start != time);
        let resource = named(&options.resource, RESOURCE);
        let transition = named(&None, TRANSITION);
        let taken = [Some(case), Some(activity), Some(time), start, resource, transition];
        let (mut of_event, mut of_case) = (Vec::new(), Vec::new());
        for (at, name) in header.iter().enumerate() {
            if taken.contains(&Some(at)) || name.is_empty() {
                continue;
            }
            let known = OF_CASE.iter().find(|(_, names)| names.contains(&name.trim()));
            match (known, name.strip_prefix("case:")) {
                (Some((key, _)), _) => of_case.push((at, (*key).to_owned())),
                (None, Some(key)) => of_case.push((at, key.to_owned())),
                (None, None) => of_event.push(at),
            }
        }
        Ok(Self { case, activity, time, start, resource, transition, of_event, of_case })
    }
}

struct Taker<'a> {
    columns: Columns,
    header: Vec<String>,
    options: &'a Options,
    builder: &'a mut Builder,
    report: Report,
    /// Id and number of the case of the row before: rows of a case mostly stand together.
    last: (Vec<u8>, u32),
}

impl Taker<'_> {
    fn row(&mut self, row: &Row<'_>, line: u64) {
        let columns = &self.columns;
        let needed = columns.case.max(columns.activity).max(columns.time);
        if row.fields.len() <= needed {
            self.report.reject(Fault::Fields, line, None, row.bytes);
            return;
        }
        if std::str::from_utf8(row.bytes).is_err() {
            self.report.reject(Fault::Encoding, line, None, row.bytes);
            return;
        }
        let (id, activity) = (row.get(columns.case).trim_ascii(), row.get(columns.activity).trim_ascii());
        let missing = [(id, Fault::Case, columns.case), (activity, Fault::Activity, columns.activity)]
            .into_iter()
            .find(|(text, ..)| text.is_empty());
        if let Some((_, fault, column)) = missing {
            self.report.reject(fault, line, Some(&self.header[column]), row.bytes);
            return;
        }
        let Some(at) = self.stamp(row, self.columns.time, line, true) else { return };
        let start = self.columns.start.and_then(|start| self.stamp(row, start, line, false)).unwrap_or(NEVER);
        if id != self.last.0 || self.last.1 == u32::MAX {
            self.last.1 = self.builder.case(id);
            self.last.0.clear();
            self.last.0.extend_from_slice(id);
        }
        let columns = &self.columns;
        let case = self.last.1;
        let resource = columns.resource.map(|at| row.get(at).trim_ascii()).filter(|text| !text.is_empty());
        let transition =
            columns.transition.map_or(Transition::Complete, |at| Transition::read(row.get(at).trim_ascii()));
        if self.options.attributes {
            let place = self.builder.len();
            for column in &columns.of_event {
                if let Some(text) = text(row.get(*column)) {
                    self.builder.attribute(place, self.header[*column].as_bytes(), Value::Text(text));
                }
            }
        }
        for (column, key) in &columns.of_case {
            if let Some(text) = text(row.get(*column)) {
                self.builder.case_attribute(case, key.as_bytes(), Value::Text(text));
            }
        }
        self.builder.push(case, activity, at, start, resource, transition);
        self.report.events += 1;
    }

    /// The time of a column; a row without the one that is needed is refused.
    fn stamp(&mut self, row: &Row<'_>, column: usize, line: u64, needed: bool) -> Option<i64> {
        let text = row.get(column).trim_ascii();
        if text.is_empty() {
            if needed {
                self.report.reject(Fault::Time, line, Some(&self.header[column]), row.bytes);
            }
            return None;
        }
        let (zone, dates) = (self.options.zone, self.options.dates);
        match time::parse(text, zone).or_else(|| time::parse_year_last(text, zone, dates)) {
            Some(stamp) => {
                self.report.stamp(stamp.zoned);
                Some(stamp.micros)
            }
            None => {
                self.report.reject(Fault::TimeForm, line, Some(&self.header[column]), text);
                None
            }
        }
    }
}

fn text(bytes: &[u8]) -> Option<&str> {
    std::str::from_utf8(bytes).ok().filter(|text| !text.is_empty())
}

/// One row: fields as ranges of its bytes.
pub struct Row<'a> {
    /// The whole row, quotes included, or unquoted where it had any.
    bytes: &'a [u8],
    fields: &'a [(u32, u32)],
}

impl Row<'_> {
    /// A field; empty when the row is too short.
    pub fn get(&self, at: usize) -> &[u8] {
        self.fields.get(at).map_or(&[][..], |(from, to)| &self.bytes[*from as usize..*to as usize])
    }

    /// All fields as texts.
    pub fn texts(&self) -> Vec<String> {
        (0..self.fields.len()).map(|at| String::from_utf8_lossy(self.get(at)).into_owned()).collect()
    }
}

/// Rows of a file after RFC 4180, with the separator found in the first row. A field in quotes may hold separators and
/// line ends.
pub struct Rows<R> {
    source: R,
    limits: super::Limits,
    buffer: Vec<u8>,
    at: usize,
    filled: usize,
    ended: bool,
    broken: bool,
    read: u64,
    line: u64,
    separator: Option<u8>,
    unquoted: Vec<u8>,
    fields: Vec<(u32, u32)>,
}

const STEP: usize = 1 << 17;

impl<R: Read> Rows<R> {
    /// The rows of a file.
    pub fn new(source: R, limits: super::Limits) -> Self {
        Self {
            source,
            limits,
            buffer: vec![0; STEP],
            at: 0,
            filled: 0,
            ended: false,
            broken: false,
            read: 0,
            line: 1,
            separator: None,
            unquoted: Vec::new(),
            fields: Vec::new(),
        }
    }

    /// The line the next row begins at.
    pub fn line(&self) -> u64 {
        self.line
    }

    /// The next row that is not blank.
    ///
    /// # Errors
    /// When the file breaks off, a quotation is never closed, or a row is too long.
    #[allow(clippy::should_implement_trait, reason = "it lends from itself")]
    pub fn next(&mut self) -> Result<Option<Row<'_>>, Fault> {
        if self.read == 0 {
            self.more()?;
            if self.buffer[..self.filled].starts_with(b"\xef\xbb\xbf") {
                self.at = 3;
            }
        }
        loop {
            let Some(length) = self.record()? else {
                return if self.broken { Err(Fault::Truncated) } else { Ok(None) };
            };
            let from = self.at;
            self.at = (from + length + 1).min(self.filled);
            let record = self.buffer[from..from + length].trim_ascii_end().len();
            if record == 0 {
                self.line += 1;
                continue;
            }
            let range = from..from + length;
            self.line += 1;
            return Ok(Some(self.split(range)));
        }
    }

    /// Length of the record at hand, its line end excluded; nothing at the end of the file.
    fn record(&mut self) -> Result<Option<usize>, Fault> {
        let (mut seen, mut quoted) = (0, false);
        loop {
            let bytes = &self.buffer[self.at..self.filled];
            // A line end counts when an even number of quotation marks stands before it.
            while let Some(end) = memchr(b'\n', &bytes[seen..]) {
                let line = &bytes[seen..seen + end];
                if memchr(b'"', line).is_some() && memchr_iter(b'"', line).count() % 2 == 1 {
                    quoted = !quoted;
                }
                if !quoted {
                    return Ok(Some(seen + end));
                }
                self.line += 1;
                seen += end + 1;
            }
            if bytes.len() > self.limits.piece {
                return Err(if quoted { Fault::Quote } else { Fault::Length });
            }
            let seen_before = seen;
            if !self.more()? {
                let rest = self.filled - self.at;
                let odd =
                    memchr_iter(b'"', &self.buffer[self.at + seen_before..self.filled]).count() % 2 == 1;
                return match rest {
                    0 => Ok(None),
                    _ if quoted != odd => Err(Fault::Quote),
                    _ if self.broken => Err(Fault::Truncated),
                    _ => Ok(Some(rest)),
                };
            }
        }
    }

    fn split(&mut self, range: std::ops::Range<usize>) -> Row<'_> {
        let mut range = range;
        if self.buffer[range.clone()].ends_with(b"\r") {
            range.end -= 1;
        }
        let record = &self.buffer[range];
        let separator = *self.separator.get_or_insert_with(|| {
            let count = |separator: &u8| memchr_iter(*separator, record).count();
            [b',', b';', b'\t'].into_iter().rev().max_by_key(|separator| count(separator)).unwrap_or(b',')
        });
        self.fields.clear();
        if memchr(b'"', record).is_none() {
            let mut from = 0;
            for at in memchr_iter(separator, record) {
                self.fields.push((from, at as u32));
                from = at as u32 + 1;
            }
            self.fields.push((from, record.len() as u32));
            return Row { bytes: record, fields: &self.fields };
        }
        self.unquoted.clear();
        let (mut from, mut quoted, mut at) = (0_u32, false, 0);
        while at < record.len() {
            match record[at] {
                b'"' if quoted && record.get(at + 1) == Some(&b'"') => {
                    self.unquoted.push(b'"');
                    at += 1;
                }
                b'"' => quoted = !quoted,
                byte if byte == separator && !quoted => {
                    self.fields.push((from, self.unquoted.len() as u32));
                    from = self.unquoted.len() as u32;
                }
                byte => self.unquoted.push(byte),
            }
            at += 1;
        }
        self.fields.push((from, self.unquoted.len() as u32));
        Row { bytes: &self.unquoted, fields: &self.fields }
    }

    fn more(&mut self) -> Result<bool, Fault> {
        if self.ended {
            return Ok(false);
        }
        self.buffer.copy_within(self.at..self.filled, 0);
        self.filled -= self.at;
        self.at = 0;
        if self.buffer.len() - self.filled < STEP / 2 {
            self.buffer.resize(self.buffer.len() * 2, 0);
        }
        match super::xml::read_once(&mut self.source, &mut self.buffer[self.filled..]) {
            Ok(0) => self.ended = true,
            Ok(count) => {
                self.filled += count;
                self.read += count as u64;
            }
            Err(_) => (self.ended, self.broken) = (true, true),
        }
        if self.read > self.limits.bytes {
            return Err(Fault::Limit);
        }
        Ok(!self.ended)
    }
}
