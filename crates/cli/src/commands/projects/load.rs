//! Files in: registers, and JSON of figures that are no register.

use crate::outcome::Failure;
use clap::Args;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use zhidian_model::{Problem, Severity, Text};
use zhidian_projects::{
    formats::{self, Plan},
    register::{Month, Reading, Register, Unit, dates, read_into, sheets},
};

/// The files of a register, and how they are to be read.
#[derive(Debug, Args)]
pub(super) struct Source {
    /// 项目库、月报 Registers and monthly reports: CSV or XLSX; several are joined by the projects' codes
    #[arg(required = true, value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
    /// 金额单位（表头未写时） Unit of amounts where no header states one: 元, 万元, 亿元
    #[arg(long, value_name = "UNIT")]
    unit: Option<String>,
    /// 报告年度 Year of the report, for columns such as 年度计划投资
    #[arg(long, value_name = "YEAR")]
    pub(super) year: Option<i16>,
    /// 列名对照文件 A mapping file (TOML) that says what odd columns are
    #[arg(long, value_name = "FILE")]
    map: Option<PathBuf>,
    /// 以 JSON 输出 Print one JSON object
    #[arg(long)]
    pub(super) json: bool,
}

/// What was read.
pub(super) struct Loaded {
    pub(super) register: Register,
    pub(super) problems: Vec<Problem>,
    pub(super) sha256: String,
}

/// A file and its checksum.
pub(super) fn bytes(path: &Path) -> Result<(Vec<u8>, String), Failure> {
    let bytes = std::fs::read(path).map_err(|error| Failure::read(path, &error))?;
    let sha256 = hex(&bytes);
    Ok((bytes, sha256))
}

fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Source {
    /// The one JSON file, where the input is one.
    pub(super) fn json_input(&self) -> Result<Option<(serde_json::Value, String)>, Failure> {
        let [path] = self.files.as_slice() else { return Ok(None) };
        if path.extension().is_none_or(|end| !end.eq_ignore_ascii_case("json")) {
            return Ok(None);
        }
        let (bytes, sha256) = bytes(path)?;
        let value = serde_json::from_slice(&bytes).map_err(|error| Failure::read(path, &error))?;
        Ok(Some((value, sha256)))
    }

    /// The register of all files.
    pub(super) fn load(&self) -> Result<Loaded, Failure> {
        let mut reading = match &self.map {
            None => Reading::default(),
            Some(path) => {
                let (bytes, _) = bytes(path)?;
                let text = String::from_utf8_lossy(&bytes);
                Reading::from_toml(&text).map_err(|why| {
                    let path = path.display();
                    Failure::usage(
                        format!("无法读取对照文件 {path}：{why}"),
                        format!("failed to read the mapping {path}: {why}"),
                    )
                })?
            }
        };
        if let Some(unit) = &self.unit {
            if Unit::named(unit).is_none() {
                return Err(Failure::usage(
                    format!("不认识单位“{unit}”；请用 元、万元 或 亿元"),
                    format!("failed to find the unit {unit:?}; use 元, 万元 or 亿元"),
                ));
            }
            reading.unit = Some(unit.clone());
        }
        reading.year = self.year.or(reading.year);
        let mut loaded =
            Loaded { register: Register::default(), problems: Vec::new(), sha256: String::new() };
        let mut all = Vec::new();
        for path in &self.files {
            let (bytes, sha256) = bytes(path)?;
            let name = path.display().to_string();
            if let Some(plan) = plan(path, &bytes)? {
                let unused = formats::register::add_to(&mut loaded.register, &plan, &name);
                loaded.problems.extend(links_left_out(&name, &unused));
                all.push(sha256);
                continue;
            }
            let (register, problems) =
                read_into(std::mem::take(&mut loaded.register), &name, bytes.as_slice(), &reading);
            if let Some(fatal) = problems.iter().find(|problem| problem.severity == Severity::Fatal) {
                return Err(Failure::data(
                    format!("无法读取 {name}：{}（{}）", fatal.remedy.zh, fatal.found),
                    format!("failed to read {name}: {} ({})", fatal.remedy.en, fatal.found),
                ));
            }
            loaded.register = register;
            loaded.problems.extend(problems);
            all.push(sha256);
        }
        loaded.sha256 = match all.as_slice() {
            [one] => one.clone(),
            several => hex(several.join("").as_bytes()),
        };
        Ok(loaded)
    }
}

/// The schedule of Microsoft Project or Primavera that a file holds, where it holds one.
pub(super) fn plan(path: &Path, bytes: &[u8]) -> Result<Option<Plan>, Failure> {
    let named = path.extension().is_some_and(|end| {
        ["xml", "xer", "pmxml", "mspdi"].iter().any(|other| end.eq_ignore_ascii_case(other))
    });
    if !named && !bytes.starts_with(b"ERMHDR") && !bytes.starts_with(b"<?xml") {
        return Ok(None);
    }
    let text = sheets::decode(bytes).map_err(|fault| match fault {
        sheets::Fault::Unreadable(why) | sheets::Fault::TooLarge(why) => Failure::read(path, &why),
    })?;
    formats::read(&text).map(Some).map_err(|error| Failure::read(path, &error))
}

/// That a register holds no links but plain ones.
fn links_left_out(file: &str, links: &[formats::Link]) -> Option<Problem> {
    let first = links.first()?;
    Some(left_out(
        "link.left_out",
        file,
        format!("{} links, the first {}", links.len(), shown(first)),
        "links from finish to start without lag",
        Text::new(
            "项目库只有“完成后开始”的先后关系，其他关系未读入；要按这些关系排程，请单独用 schedule 读该文件",
            "a register knows only that one project waits for the end of another; to keep the other links, give this \
             file alone to schedule",
        ),
    ))
}

/// Something a file holds that is not used.
pub(super) fn left_out(code: &str, file: &str, found: String, expected: &str, remedy: Text) -> Problem {
    Problem {
        severity: Severity::Warning,
        code: code.into(),
        file: file.to_owned(),
        sheet: None,
        row: None,
        column: None,
        found,
        expected: expected.into(),
        remedy,
    }
}

/// A link as it is told.
pub(super) fn shown(link: &formats::Link) -> String {
    format!("{} → {} {:?} {} min", link.from, link.to, link.kind, link.lag_minutes)
}

/// Yuan as a decimal string, out of hundredths.
pub(super) fn yuan(fen: i64) -> String {
    zhidian_projects::register::amounts::shown(fen, Unit::Yuan)
}

/// 万元 for people.
pub(super) fn wan(fen: i64) -> String {
    zhidian_projects::register::amounts::shown(fen, Unit::TenThousand)
}

/// The month a person names.
pub(super) fn month(text: &str) -> Result<Month, Failure> {
    dates::read(text).map(|days| Month::of(days.first)).map_err(|_| {
        Failure::usage(
            format!("无法理解月份“{text}”；请写成 2026-10"),
            format!("failed to read the month {text:?}; write it as 2026-10"),
        )
    })
}
