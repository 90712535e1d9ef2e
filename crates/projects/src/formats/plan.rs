//! A schedule as the programs of the field exchange it: tasks, links, calendars, resources, assignments.

use serde::Serialize;

/// How one task depends on another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkKind {
    /// Starts when the other has ended.
    FinishStart,
    /// Starts when the other has started.
    StartStart,
    /// Ends when the other has ended.
    FinishFinish,
    /// Ends when the other has started.
    StartFinish,
}

/// One task.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Task {
    /// Unique in the file.
    pub uid: String,
    /// Its code or number for people.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Start as written, to the minute.
    pub start: Option<String>,
    /// Finish as written.
    pub finish: Option<String>,
    /// Working time in minutes.
    pub minutes: Option<i64>,
    /// Share that is done, 0 to 1.
    pub done: Option<f64>,
    /// Has tasks below it.
    pub summary: bool,
    /// Takes no time.
    pub milestone: bool,
    /// Its calendar.
    pub calendar: Option<String>,
    /// Cost as written.
    pub cost: Option<String>,
    /// Saved baselines: number, start, finish.
    pub baselines: Vec<(String, Option<String>, Option<String>)>,
}

/// One dependency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Link {
    /// Uid of the task that goes before.
    pub from: String,
    /// Uid of the task that waits.
    pub to: String,
    /// How.
    pub kind: LinkKind,
    /// Working time between, in minutes; negative overlaps.
    pub lag_minutes: i64,
}

/// Working hours of a day: from and to, in minutes after midnight.
pub type Hours = Vec<(u32, u32)>;

/// One calendar.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Calendar {
    /// Unique in the file.
    pub uid: String,
    /// Its name.
    pub name: String,
    /// The calendar it changes.
    pub base: Option<String>,
    /// Sunday first; none where the base says it.
    pub week: [Option<Hours>; 7],
    /// First day, last day and hours of exceptions.
    pub exceptions: Vec<(String, String, Hours)>,
}

/// One resource.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Resource {
    /// Unique in the file.
    pub uid: String,
    /// Its name.
    pub name: String,
}

/// One assignment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Assignment {
    /// Uid of the task.
    pub task: String,
    /// Uid of the resource.
    pub resource: String,
}

/// A schedule.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Plan {
    /// Its name.
    pub name: String,
    /// In the order of the file.
    pub tasks: Vec<Task>,
    /// In the order of the file.
    pub links: Vec<Link>,
    /// In the order of the file.
    pub calendars: Vec<Calendar>,
    /// In the order of the file.
    pub resources: Vec<Resource>,
    /// In the order of the file.
    pub assignments: Vec<Assignment>,
}

/// Why a file is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormatError(pub String);

impl std::fmt::Display for FormatError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// `08:00`, `08:00:00` in minutes after midnight.
pub(super) fn minutes(text: &str) -> Option<u32> {
    let mut parts = text.trim().split(':').map(|part| part.parse::<u32>().ok());
    let (hours, minutes) = (parts.next()??, parts.next()??);
    (hours <= 24 && minutes < 60).then_some(hours * 60 + minutes)
}

/// `PT24H30M0S` in minutes.
pub(super) fn duration(text: &str) -> Option<i64> {
    let (negative, text) = text.trim().strip_prefix('-').map_or((false, text.trim()), |rest| (true, rest));
    let text = text.strip_prefix('P')?;
    let (days, time) = text.split_once('T').unwrap_or((text, ""));
    let mut total = 0.0;
    for (part, units) in [(days, [('D', 1440.0), ('Y', 0.0)]), (time, [('H', 60.0), ('M', 1.0)])] {
        let mut number = String::new();
        for c in part.chars() {
            if c.is_ascii_digit() || c == '.' {
                number.push(c);
                continue;
            }
            let value: f64 = number.parse().ok()?;
            number.clear();
            let unit = units.iter().find(|(unit, _)| *unit == c).map(|(_, minutes)| *minutes);
            total += value * unit.or((c == 'S').then_some(1.0 / 60.0))?;
        }
    }
    let total = if negative { -total } else { total };
    (total.is_finite() && total.abs() < 1e12).then_some(total.round() as i64)
}
