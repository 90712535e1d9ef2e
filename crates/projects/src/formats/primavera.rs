//! Primavera P6: its XML (PMXML) and its tables (XER), read.

use super::{
    plan::{Assignment, Calendar, FormatError, Hours, Link, LinkKind, Plan, Resource, Task, minutes},
    xml::{self, Element},
};
use std::collections::BTreeMap;

/// Reads PMXML.
///
/// # Errors
/// When it is no XML, no PMXML, or refused by [`xml::read`].
pub fn read_pmxml(text: &str) -> Result<Plan, FormatError> {
    let tree = xml::read(text).map_err(|error| FormatError(error.to_string()))?;
    if tree.local() != "APIBusinessObjects" {
        return Err(FormatError(format!("<{}> is no document of Primavera", tree.name)));
    }
    let projects: Vec<&Element> = tree.all("Project").chain(tree.all("BaselineProject")).collect();
    let inside = |name: &'static str| {
        tree.all(name).chain(projects.iter().flat_map(move |project| project.all(name))).collect::<Vec<_>>()
    };
    let links = inside("Relationship").into_iter().filter_map(|link| {
        Some(Link {
            from: link.text("PredecessorActivityObjectId")?,
            to: link.text("SuccessorActivityObjectId")?,
            kind: kind(&link.text("Type").unwrap_or_default()),
            lag_minutes: hours_to_minutes(link.text("Lag").as_deref()).unwrap_or(0),
        })
    });
    Ok(Plan {
        name: projects.first().and_then(|project| project.text("Name")).unwrap_or_default(),
        tasks: inside("Activity").into_iter().map(activity).collect(),
        links: links.collect(),
        calendars: inside("Calendar").into_iter().map(pmxml_calendar).collect(),
        resources: inside("Resource")
            .into_iter()
            .map(|resource| Resource {
                uid: resource.text("ObjectId").unwrap_or_default(),
                name: resource.text("Name").unwrap_or_default(),
            })
            .collect(),
        assignments: inside("ResourceAssignment")
            .into_iter()
            .map(|assignment| Assignment {
                task: assignment.text("ActivityObjectId").unwrap_or_default(),
                resource: assignment.text("ResourceObjectId").unwrap_or_default(),
            })
            .collect(),
    })
}

fn kind(text: &str) -> LinkKind {
    match text {
        "Start to Start" | "PR_SS" => LinkKind::StartStart,
        "Finish to Finish" | "PR_FF" => LinkKind::FinishFinish,
        "Start to Finish" | "PR_SF" => LinkKind::StartFinish,
        _ => LinkKind::FinishStart,
    }
}

fn hours_to_minutes(text: Option<&str>) -> Option<i64> {
    let hours: f64 = text?.trim().parse().ok()?;
    (hours.abs() < 1e9).then_some((hours * 60.0).round() as i64)
}

fn activity(activity: &Element) -> Task {
    let planned = hours_to_minutes(activity.text("PlannedDuration").as_deref());
    Task {
        uid: activity.text("ObjectId").unwrap_or_default(),
        code: activity.text("Id").unwrap_or_default(),
        name: activity.text("Name").unwrap_or_default(),
        start: activity.text("StartDate").or_else(|| activity.text("PlannedStartDate")),
        finish: activity.text("FinishDate").or_else(|| activity.text("PlannedFinishDate")),
        minutes: planned,
        done: activity.text("PercentComplete").and_then(|done| done.parse().ok()),
        summary: activity.text("Type").is_some_and(|kind| kind.contains("WBS Summary")),
        milestone: activity.text("Type").is_some_and(|kind| kind.contains("Milestone")),
        calendar: activity.text("CalendarObjectId"),
        cost: None,
        baselines: vec![],
    }
}

const DAYS: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

fn pmxml_calendar(calendar: &Element) -> Calendar {
    let mut out = Calendar {
        uid: calendar.text("ObjectId").unwrap_or_default(),
        name: calendar.text("Name").unwrap_or_default(),
        base: calendar.text("BaseCalendarObjectId"),
        ..Calendar::default()
    };
    for day in calendar.get("StandardWorkWeek").into_iter().flat_map(|week| week.all("StandardWorkHours")) {
        let name = day.text("DayOfWeek").unwrap_or_default();
        if let Some(at) = DAYS.iter().position(|day| *day == name) {
            out.week[at] = Some(pmxml_hours(day));
        }
    }
    for day in calendar.get("HolidayOrExceptions").into_iter().flat_map(|list| list.all("HolidayOrException"))
    {
        if let Some(date) = day.text("Date") {
            let date = date.split('T').next().unwrap_or_default().to_owned();
            out.exceptions.push((date.clone(), date, pmxml_hours(day)));
        }
    }
    out
}

/// The end of a working time is its last minute: 11:59 ends at noon.
fn pmxml_hours(day: &Element) -> Hours {
    let times = day.all("WorkTime").filter_map(|time| {
        let (from, to) = (minutes(&time.text("Start")?)?, minutes(&time.text("Finish")?)?);
        Some((from, if to % 10 == 9 { to + 1 } else { to }))
    });
    times.collect()
}

/// Tables of an XER file: by name, rows of fields.
type Tables = BTreeMap<String, Vec<BTreeMap<String, String>>>;

/// Reads XER: tab-separated tables, each with its name (`%T`), its fields (`%F`) and its rows (`%R`).
///
/// # Errors
/// When it does not begin as XER does, ends before its end mark, or a row has no fields.
pub fn read_xer(text: &str) -> Result<Plan, FormatError> {
    let tables = xer_tables(text)?;
    let rows = |name: &str| tables.get(name).into_iter().flatten();
    let field = |row: &BTreeMap<String, String>, name: &str| row.get(name).cloned().unwrap_or_default();
    let filled =
        |row: &BTreeMap<String, String>, name: &str| row.get(name).cloned().filter(|text| !text.is_empty());
    let tasks = rows("TASK").map(|row| Task {
        uid: field(row, "task_id"),
        code: field(row, "task_code"),
        name: field(row, "task_name"),
        start: filled(row, "act_start_date").or_else(|| filled(row, "target_start_date")),
        finish: filled(row, "act_end_date").or_else(|| filled(row, "target_end_date")),
        minutes: hours_to_minutes(row.get("target_drtn_hr_cnt").map(String::as_str)),
        done: xer_done(row),
        summary: row.get("task_type").is_some_and(|kind| kind == "TT_WBS"),
        milestone: row.get("task_type").is_some_and(|kind| kind == "TT_Mile" || kind == "TT_FinMile"),
        calendar: filled(row, "clndr_id"),
        cost: None,
        baselines: vec![],
    });
    let links = rows("TASKPRED").map(|row| Link {
        from: field(row, "pred_task_id"),
        to: field(row, "task_id"),
        kind: kind(&field(row, "pred_type")),
        lag_minutes: hours_to_minutes(row.get("lag_hr_cnt").map(String::as_str)).unwrap_or(0),
    });
    Ok(Plan {
        name: rows("PROJWBS").next().map(|row| field(row, "wbs_name")).unwrap_or_default(),
        tasks: tasks.collect(),
        links: links.collect(),
        calendars: rows("CALENDAR").map(xer_calendar).collect(),
        resources: rows("RSRC")
            .map(|row| Resource { uid: field(row, "rsrc_id"), name: field(row, "rsrc_name") })
            .collect(),
        assignments: rows("TASKRSRC")
            .map(|row| Assignment { task: field(row, "task_id"), resource: field(row, "rsrc_id") })
            .collect(),
    })
}

fn xer_done(row: &BTreeMap<String, String>) -> Option<f64> {
    if row.get("status_code").is_some_and(|status| status == "TK_Complete") {
        return Some(1.0);
    }
    row.get("phys_complete_pct").and_then(|done| done.parse::<f64>().ok()).map(|done| done / 100.0)
}

const MOST_ROWS: usize = 5_000_000;

fn xer_tables(text: &str) -> Result<Tables, FormatError> {
    let mut lines = text.lines().enumerate();
    if !lines.next().is_some_and(|(_, line)| line.trim_start_matches('\u{feff}').starts_with("ERMHDR")) {
        return Err(FormatError("line 1: a file of Primavera begins with ERMHDR".into()));
    }
    let (mut tables, mut name, mut fields, mut ended, mut count) =
        (Tables::new(), String::new(), Vec::<String>::new(), false, 0);
    for (at, line) in lines {
        let (mark, rest) = line.split_once('\t').unwrap_or((line, ""));
        match mark.trim_end() {
            "%T" => {
                name = rest.trim().to_owned();
                fields.clear();
                tables.entry(name.clone()).or_default();
            }
            "%F" => fields = rest.split('\t').map(|field| field.trim().to_owned()).collect(),
            "%R" => {
                count += 1;
                if fields.is_empty() || count > MOST_ROWS {
                    return Err(FormatError(format!("line {}: a row without fields, or too many", at + 1)));
                }
                let row = fields.iter().cloned().zip(rest.split('\t').map(|cell| cell.trim_end().to_owned()));
                tables.entry(name.clone()).or_default().push(row.collect());
            }
            "%E" => {
                ended = true;
                break;
            }
            _ => {}
        }
    }
    if !ended {
        return Err(FormatError("the file ends before its end mark %E: it was cut off".into()));
    }
    Ok(tables)
}

/// A calendar's data: nested brackets `(0||NAME(FIELDS)(CHILDREN))`.
fn xer_calendar(row: &BTreeMap<String, String>) -> Calendar {
    let mut out = Calendar {
        uid: row.get("clndr_id").cloned().unwrap_or_default(),
        name: row.get("clndr_name").cloned().unwrap_or_default(),
        base: row.get("base_clndr_id").cloned().filter(|base| !base.is_empty()),
        ..Calendar::default()
    };
    let data: Vec<char> = row.get("clndr_data").map(|data| data.chars().collect()).unwrap_or_default();
    let mut at = 0;
    let Some(root) = block(&data, &mut at, 0) else { return out };
    for part in &root.children {
        match part.name.as_str() {
            "DaysOfWeek" => {
                for day in &part.children {
                    if let Some(slot) = day.name.parse::<usize>().ok().filter(|day| (1..=7).contains(day)) {
                        out.week[slot - 1] = Some(block_hours(day));
                    }
                }
            }
            "Exceptions" => {
                for day in &part.children {
                    let serial = day.fields.strip_prefix("d|").and_then(|serial| serial.parse().ok());
                    if let Some(date) = serial.and_then(crate::register::dates::serial) {
                        out.exceptions.push((date.to_string(), date.to_string(), block_hours(day)));
                    }
                }
            }
            _ => {}
        }
    }
    out
}

fn block_hours(day: &Block) -> Hours {
    let hours = |shift: &Block| {
        let parts: Vec<&str> = shift.fields.split('|').collect();
        let after =
            |key: &str| parts.iter().position(|part| *part == key).and_then(|at| parts.get(at + 1).copied());
        Some((minutes(after("s")?)?, minutes(after("f")?)?))
    };
    day.children.iter().filter_map(hours).collect()
}

#[derive(Debug, Default)]
struct Block {
    name: String,
    fields: String,
    children: Vec<Block>,
}

/// `(0||NAME(FIELDS)(CHILDREN))` from an opening bracket on.
fn block(data: &[char], at: &mut usize, depth: usize) -> Option<Block> {
    let skip = |at: &mut usize| {
        while data.get(*at).is_some_and(|c| c.is_whitespace() || *c == '\u{7f}') {
            *at += 1;
        }
    };
    skip(at);
    if depth > 16 || data.get(*at) != Some(&'(') {
        return None;
    }
    *at += 1;
    let until = |at: &mut usize, ends: &[char]| {
        let from = *at;
        while data.get(*at).is_some_and(|c| !ends.contains(c)) {
            *at += 1;
        }
        data[from..*at].iter().collect::<String>()
    };
    let head = until(at, &['(', ')']);
    let mut out =
        Block { name: head.rsplit("||").next().unwrap_or_default().trim().to_owned(), ..Block::default() };
    skip(at);
    if data.get(*at) == Some(&'(') {
        *at += 1;
        out.fields = until(at, &['(', ')']);
        (data.get(*at) == Some(&')')).then(|| *at += 1)?;
    }
    skip(at);
    if data.get(*at) == Some(&'(') {
        *at += 1;
        loop {
            skip(at);
            match data.get(*at) {
                Some('(') => out.children.push(block(data, at, depth + 1)?),
                Some(')') => {
                    *at += 1;
                    break;
                }
                _ => return None,
            }
        }
    }
    skip(at);
    (data.get(*at) == Some(&')')).then(|| *at += 1)?;
    Some(out)
}
