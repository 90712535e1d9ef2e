//! What could not be read, where, and what to do about it.

use crate::log::EventLog;
use std::collections::BTreeMap;
use zhidian_model::{Problem, Severity, Text};

/// Why a row, an event or the rest of a file was left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// Bytes that are no UTF-8.
    Encoding,
    /// No case.
    Case,
    /// No activity.
    Activity,
    /// No time.
    Time,
    /// A time that cannot be read.
    TimeForm,
    /// A row that is too short for what it must hold.
    Fields,
    /// A quotation mark that is never closed.
    Quote,
    /// An entity other than the five of XML.
    Entity,
    /// Nested too deep.
    Depth,
    /// A row or a tag that is too long.
    Length,
    /// XML that is not well-formed.
    Markup,
    /// The file breaks off.
    Truncated,
    /// More events or bytes than may be read.
    Limit,
    /// No header names what must be there.
    Header,
    /// A document type definition, which is never read.
    Doctype,
}

impl Fault {
    fn code(self) -> &'static str {
        match self {
            Self::Encoding => "log.encoding",
            Self::Case => "log.case_missing",
            Self::Activity => "log.activity_missing",
            Self::Time => "log.time_missing",
            Self::TimeForm => "log.time_malformed",
            Self::Fields => "log.row_short",
            Self::Quote => "log.quote_open",
            Self::Entity => "log.entity",
            Self::Depth => "log.depth",
            Self::Length => "log.length",
            Self::Markup => "log.markup",
            Self::Truncated => "log.truncated",
            Self::Limit => "log.limit",
            Self::Header => "log.header",
            Self::Doctype => "log.doctype",
        }
    }

    fn severity(self) -> Severity {
        match self {
            Self::Header => Severity::Fatal,
            Self::Doctype => Severity::Warning,
            _ => Severity::Error,
        }
    }

    fn expected(self) -> &'static str {
        match self {
            Self::Encoding => "UTF-8",
            Self::Case => "a case id",
            Self::Activity => "an activity",
            Self::Time | Self::TimeForm => "a time such as 2021-03-05T09:30:00+08:00",
            Self::Fields => "as many fields as the header",
            Self::Quote => "a closing quotation mark",
            Self::Entity => "&lt; &gt; &amp; &quot; &apos; or a character by its number",
            Self::Depth => "less nesting",
            Self::Length => "a shorter piece",
            Self::Markup => "well-formed XML",
            Self::Truncated => "the whole file",
            Self::Limit => "a log within the limits",
            Self::Header => "a header that names case, activity and time",
            Self::Doctype => "no document type definition",
        }
    }

    fn remedy(self) -> Text {
        let (zh, en) = match self {
            Self::Encoding => (
                "该处不是有效文字，已略去；请将文件另存为 UTF-8",
                "bytes that are no text were left out; save the file as UTF-8",
            ),
            Self::Case => ("请补填办件编号", "fill in the case id"),
            Self::Activity => ("请补填环节名称", "fill in the activity"),
            Self::Time => ("请补填办理时间", "fill in the time"),
            Self::TimeForm => (
                "请按 2021-03-05 09:30:00 的格式填写时间；形如 2/3/2021 的日期请用 --dates 说明日月顺序",
                "write the time as 2021-03-05 09:30:00; for dates such as 2/3/2021 say with --dates which comes first",
            ),
            Self::Fields => ("请补齐该行各列", "fill in the fields of this row"),
            Self::Quote => ("请补上引号后重新导出", "close the quotation mark or export again"),
            Self::Entity => {
                ("请去掉自定义实体；出于安全，实体不展开", "remove the entity; entities are never expanded")
            }
            Self::Depth => ("请减少嵌套层数", "nest less deep"),
            Self::Length => ("请检查是否漏了换行或引号", "look for a missing line end or quotation mark"),
            Self::Markup => ("请检查该处标签", "mend the tag at this place"),
            Self::Truncated => (
                "文件不完整，此前的内容已采用；请重新取得文件",
                "the file breaks off; what stands before was used; get the file again",
            ),
            Self::Limit => ("超过读取上限；请拆分日志", "beyond the limits; split the log"),
            Self::Header => (
                "请在表头写明办件编号、环节、时间三列，或用选项指定",
                "name the columns of case, activity and time in the header, or give them as options",
            ),
            Self::Doctype => ("已忽略文档类型定义", "the document type definition was ignored"),
        };
        Text::new(zh, en)
    }
}

/// One thing left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reject {
    /// Why.
    pub fault: Fault,
    /// Line of the file, the first being 1.
    pub line: u64,
    /// Column, where it is known.
    pub column: Option<String>,
    /// What stands there, shortened.
    pub found: String,
}

/// What a reading came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Events taken.
    pub events: u64,
    /// The first rejects, with their places.
    pub rejects: Vec<Reject>,
    /// How many of each.
    pub counts: BTreeMap<Fault, u64>,
    /// Times that stated their zone.
    pub zoned: u64,
    /// Times that did not.
    pub unzoned: u64,
    /// Cases without an event.
    pub empty_cases: u64,
    /// The encoding it was read in, where that is not UTF-8.
    pub encoding: Option<&'static str>,
    /// Most rejects to keep.
    pub(crate) keep: usize,
}

impl Report {
    pub(crate) fn new(keep: usize) -> Self {
        Self { keep, ..Self::default() }
    }

    pub(crate) fn reject(&mut self, fault: Fault, line: u64, column: Option<&str>, found: &[u8]) {
        *self.counts.entry(fault).or_default() += 1;
        if self.rejects.len() < self.keep {
            let found = String::from_utf8_lossy(&found[..found.len().min(120)]).into_owned();
            self.rejects.push(Reject { fault, line, column: column.map(Into::into), found });
        }
    }

    pub(crate) fn stamp(&mut self, zoned: bool) {
        *(if zoned { &mut self.zoned } else { &mut self.unzoned }) += 1;
    }

    /// How many events were left out.
    pub fn rejected(&self) -> u64 {
        self.counts.iter().filter(|(fault, _)| **fault != Fault::Doctype).map(|(_, count)| count).sum()
    }

    /// The report as problems of a file, the log's own oddities included.
    pub fn problems(&self, file: &str, log: Option<&EventLog>) -> Vec<Problem> {
        let mut problems: Vec<Problem> = self.rejects.iter().map(|reject| problem(file, reject)).collect();
        let kept = self.rejects.iter().filter(|reject| reject.fault != Fault::Doctype).count() as u64;
        if self.rejected() > kept {
            problems.push(note(
                file,
                "log.more",
                format!("{} more", self.rejected() - kept),
                Text::new(
                    "其余同类问题未逐条列出",
                    "further rows were left out and are not listed one by one",
                ),
            ));
        }
        if let Some(encoding) = self.encoding {
            problems.push(note(
                file,
                "log.encoding_detected",
                encoding.to_owned(),
                Text::new(
                    format!("按 {encoding} 编码读取；如有乱码，请另存为 UTF-8"),
                    format!("read as {encoding}; save the file as UTF-8 should names look wrong"),
                ),
            ));
        }
        if self.zoned > 0 && self.unzoned > 0 {
            problems.push(note(
                file,
                "log.zones_mixed",
                format!("{} with a zone, {} without", self.zoned, self.unzoned),
                Text::new(
                    "部分时间未注明时区，按选项所给时区读取；请统一",
                    "times without a zone were read in the zone of the options; state the zone everywhere",
                ),
            ));
        }
        if self.empty_cases > 0 {
            problems.push(note(
                file,
                "log.case_empty",
                format!("{} cases without an event", self.empty_cases),
                Text::new("没有事件的办件未计入", "cases without an event are not counted"),
            ));
        }
        let Some(log) = log else { return problems };
        let oddities = [
            (
                log.negative,
                "log.duration_negative",
                "start after end",
                "开始晚于结束，按零时长计",
                "start lies after end; the duration counts as zero",
            ),
            (
                log.repeated,
                "log.event_repeated",
                "equal events",
                "完全相同的事件已保留；请核实是否重复导出",
                "equal events are kept; check whether they were exported twice",
            ),
            (
                log.out_of_order,
                "log.out_of_order",
                "events out of order",
                "已按时间重新排序",
                "events were put in order of time",
            ),
        ];
        for (count, code, what, zh, en) in oddities {
            if count > 0 {
                problems.push(note(file, code, format!("{count} {what}"), Text::new(zh, en)));
            }
        }
        problems
    }
}

fn problem(file: &str, reject: &Reject) -> Problem {
    Problem {
        severity: reject.fault.severity(),
        code: reject.fault.code().into(),
        file: file.into(),
        sheet: None,
        row: Some(reject.line),
        column: reject.column.clone(),
        found: reject.found.clone(),
        expected: reject.fault.expected().into(),
        remedy: reject.fault.remedy(),
    }
}

fn note(file: &str, code: &str, found: String, remedy: Text) -> Problem {
    Problem {
        severity: Severity::Warning,
        code: code.into(),
        file: file.into(),
        sheet: None,
        row: None,
        column: None,
        found,
        expected: String::new(),
        remedy,
    }
}
