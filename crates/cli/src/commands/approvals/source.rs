//! The files of a command: opened, hashed while they are read, and joined into one log.

use crate::commands::envelope::{Envelope, Input};
use crate::commands::{print, print_json};
use crate::outcome::{Exit, Failure};
use crate::talk::Talk;
use clap::Args;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::cell::RefCell;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use zhidian_approvals::log::{EventLog, Transition, time::DateOrder};
use zhidian_approvals::ocel;
use zhidian_approvals::read::{self, Format, Options, Report};
use zhidian_dossier::hex;
use zhidian_model::Problem;

/// Files of a log, and how they are read.
#[derive(Debug, Args)]
pub(crate) struct Source {
    /// 办件记录 Logs: CSV, XES or OCEL 2.0 (JSON, XML, SQLite), packed with gzip or not
    #[arg(required = true, value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
    /// 以 JSON 输出 Print one JSON object
    #[arg(long)]
    pub(super) json: bool,
    /// 未注明时区的时间所用时区 Zone of times that state none: +08:00
    #[arg(long, value_name = "ZONE", value_parser = zone, allow_hyphen_values = true)]
    zone: Option<i32>,
    /// 形如 2/3/2021 的日期：day 日在前，month 月在前 What comes first in dates such as 2/3/2021
    #[arg(long, value_name = "FIRST", value_parser = date_order)]
    dates: Option<DateOrder>,
    /// 办件编号所在列或属性 Column or attribute of the case
    #[arg(long, value_name = "NAME")]
    case: Option<String>,
    /// 环节所在列或属性 Column or attribute of the activity
    #[arg(long, value_name = "NAME")]
    activity: Option<String>,
    /// 时间所在列或属性 Column or attribute of the time
    #[arg(long, value_name = "NAME")]
    time: Option<String>,
    /// 开始时间所在列或属性 Column or attribute of the start
    #[arg(long, value_name = "NAME")]
    start: Option<String>,
    /// 经办人所在列或属性 Column or attribute of the resource
    #[arg(long, value_name = "NAME")]
    resource: Option<String>,
    /// 只取某一状态的事件，如 complete Keep only events of this transition, such as complete
    #[arg(long, value_name = "TRANSITION")]
    lifecycle: Option<String>,
    /// 以哪类对象为办件（OCEL） Which kind of object is a case, in an object-centric log
    #[arg(long, value_name = "KIND")]
    object: Option<String>,
}

/// `+08:00`, `-05:00`, `Z`
fn zone(text: &str) -> Result<i32, String> {
    // The reader of times knows zones; a time in this zone tells its offset.
    let probe = zhidian_approvals::log::time::parse(format!("1970-01-02T00:00:00{text}").as_bytes(), 0);
    let minute = 60 * zhidian_approvals::log::time::SECOND;
    match probe {
        Some(stamp) if stamp.zoned => {
            Ok(((zhidian_approvals::log::time::DAY - stamp.micros) / minute) as i32)
        }
        _ => Err("expected a zone such as +08:00".into()),
    }
}

fn date_order(text: &str) -> Result<DateOrder, String> {
    match text {
        "day" => Ok(DateOrder::DayFirst),
        "month" => Ok(DateOrder::MonthFirst),
        _ => Err("expected day or month".into()),
    }
}

/// A log out of all files.
pub(super) struct Opened {
    pub(super) log: EventLog,
    pub(super) problems: Vec<Problem>,
    pub(super) sha256: String,
}

/// Everything read is hashed, all files into one sum.
pub(super) struct Hashing<R> {
    source: R,
    sum: Rc<RefCell<Sha256>>,
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.source.read(buffer)?;
        self.sum.borrow_mut().update(&buffer[..count]);
        Ok(count)
    }
}

/// A sum over files.
#[derive(Default)]
pub(super) struct Sum(Rc<RefCell<Sha256>>);

impl Sum {
    /// Opens a file; what is read of it is added.
    pub(super) fn open(&self, path: &Path) -> Result<Hashing<BufReader<File>>, Failure> {
        let file = File::open(path).map_err(|error| Failure::read(path, &error))?;
        Ok(Hashing { source: BufReader::with_capacity(1 << 17, file), sum: self.0.clone() })
    }

    /// In hexadecimal.
    pub(super) fn hex(&self) -> String {
        hex(&self.0.borrow().clone().finalize())
    }
}

impl Source {
    /// Minutes east of UTC: as given, else as the command has it.
    pub(super) fn zone_or(&self, usual: i32) -> i32 {
        self.zone.unwrap_or(usual)
    }

    pub(super) fn options(&self, usual_zone: i32) -> Options {
        Options {
            zone: self.zone_or(usual_zone),
            dates: self.dates,
            attributes: false,
            activity: self.activity.clone(),
            case: self.case.clone(),
            time: self.time.clone(),
            start: self.start.clone(),
            resource: self.resource.clone(),
            ..Options::default()
        }
    }

    pub(super) fn transition(&self) -> Option<Transition> {
        self.lifecycle.as_ref().map(|word| Transition::read(word.as_bytes()))
    }

    /// Reads the files that are logs into one. `model` takes the files that are models.
    pub(super) fn open(
        &self,
        options: &Options,
        mut model: impl FnMut(&Path, Vec<u8>) -> Result<(), Failure>,
    ) -> Result<Opened, Failure> {
        let sum = Sum::default();
        let mut builder = zhidian_approvals::log::Builder::default();
        let (mut problems, mut reports): (Vec<Problem>, Vec<(String, Report)>) = (Vec::new(), Vec::new());
        let mut flat: Option<EventLog> = None;
        for path in &self.files {
            let shown = path.display().to_string();
            if is_model(path)? {
                let mut bytes = Vec::new();
                sum.open(path)?
                    .take(1 << 26)
                    .read_to_end(&mut bytes)
                    .map_err(|error| Failure::read(path, &error))?;
                model(path, bytes)?;
                continue;
            }
            let opened = read::open(sum.open(path)?).map_err(|error| Failure::read(path, &error))?;
            let encoding = opened.encoding;
            let mut report = match opened.format {
                Format::Xes => read::xes::read(opened.source, options, &mut builder),
                Format::Csv => read::csv::read(opened.source, options, &mut builder),
                Format::Json | Format::OcelXml | Format::Sqlite => {
                    let log = ocel::read(opened.source, options.zone, options.limits).map_err(|error| {
                        Failure::data(format!("{shown}：{error}"), format!("{shown}: {error}"))
                    })?;
                    flat = Some(log.flat(&self.kind(&log, &shown)?));
                    continue;
                }
            };
            report.encoding = encoding;
            reports.push((shown, report));
        }
        let mut log = builder.finish();
        match flat {
            Some(flat) if log.is_empty() => log = flat,
            Some(_) => {
                return Err(Failure::usage(
                    "面向对象的日志不能与其他日志合并，请分别运行",
                    "an object-centric log cannot be joined with another; run them one by one",
                ));
            }
            None => {}
        }
        for (at, (shown, report)) in reports.iter().enumerate() {
            problems.extend(report.problems(shown, (at == 0).then_some(&log)));
        }
        if log.is_empty() {
            let why = problems.first().map(|problem| format!("{}: {}", problem.code, problem.remedy.en));
            let files: Vec<String> = self.files.iter().map(|path| path.display().to_string()).collect();
            return Err(Failure::data(
                format!(
                    "{} 中没有可用的事件；{}",
                    files.join("、"),
                    problems.first().map_or("", |problem| problem.remedy.zh.as_str())
                ),
                format!("failed to find an event in {}; {}", files.join(", "), why.unwrap_or_default()),
            ));
        }
        if let Some(transition) = self.transition() {
            log = log.only(transition);
        }
        Ok(Opened { log, problems, sha256: sum.hex() })
    }

    /// The kind of object that is a case: as given, else the only one.
    fn kind(&self, log: &ocel::Ocel, shown: &str) -> Result<String, Failure> {
        let kinds = log.kinds();
        match (&self.object, kinds.as_slice()) {
            (Some(kind), _) if kinds.contains(&kind.as_str()) => Ok(kind.clone()),
            (None, [one]) => Ok((*one).to_owned()),
            _ => {
                let all = kinds.join(", ");
                Err(Failure::usage(
                    format!("请用 --object 指定 {shown} 中以哪类对象为办件：{all}"),
                    format!("say with --object which kind of object of {shown} is a case: {all}"),
                ))
            }
        }
    }

    /// Prints one object under `--json`, else lines, with the problems on stderr.
    pub(super) fn print<O: Serialize, R: Serialize>(
        &self,
        verb: &str,
        answer: Answer<O, R>,
        lines: impl FnOnce(&R) -> String,
        talk: &Talk,
    ) -> Result<Exit, Failure> {
        if self.json {
            print_json(&Envelope {
                schema: format!("zhidian.approvals.{verb}/1"),
                input: Input { sha256: answer.sha256 },
                options: answer.options,
                seed: answer.seed,
                result: answer.result,
                findings: vec![],
                problems: answer.problems,
            })?;
        } else {
            talk.problems(&answer.problems);
            print(&lines(&answer.result))?;
        }
        Ok(Exit::Ok)
    }
}

/// What a verb came to.
pub(super) struct Answer<O, R> {
    pub(super) sha256: String,
    pub(super) options: O,
    pub(super) seed: u64,
    pub(super) result: R,
    pub(super) problems: Vec<Problem>,
}

/// A net or a drawing, by its first tag.
fn is_model(path: &Path) -> Result<bool, Failure> {
    let mut head = Vec::new();
    let file = File::open(path).map_err(|error| Failure::read(path, &error))?;
    file.take(2048).read_to_end(&mut head).map_err(|error| Failure::read(path, &error))?;
    let text = String::from_utf8_lossy(&head);
    Ok(text.trim_start_matches('\u{feff}').trim_start().starts_with('<')
        && (text.contains("<pnml") || text.contains("definitions") && text.contains("BPMN")))
}
