//! The files of PSPLIB: Patterson's format (`.rcp`) and the long formats (`.sm` one mode, `.mm` several).

use super::{Activity, Fault, Instance, Mode, Successor};
use std::fmt;

/// Why a file could not be read, and at which line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadError {
    /// Counted from one; the last line when the file ends too early.
    pub line: usize,
    /// What was expected and what stands there.
    pub what: String,
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.what)
    }
}

/// Most activities, and most resources.
const MOST: usize = 100_000;

/// Reads a file by what it looks like: the long formats begin with a line of asterisks.
///
/// # Errors
/// The first thing that is not as the format says.
pub fn read(text: &str) -> Result<Instance, ReadError> {
    let instance = if text.trim_start().starts_with('*') { long(text) } else { patterson(text) }?;
    let line = text.lines().count();
    instance.check().map_err(|fault: Fault| ReadError { line, what: fault.to_string() })?;
    Ok(instance)
}

/// Numbers with their lines.
struct Numbers<'a> {
    tokens: Box<dyn Iterator<Item = (usize, &'a str)> + 'a>,
    line: usize,
}

impl<'a> Numbers<'a> {
    fn new(text: &'a str) -> Self {
        let tokens =
            text.lines().enumerate().flat_map(|(at, line)| line.split_whitespace().map(move |t| (at + 1, t)));
        Self { tokens: Box::new(tokens), line: 1 }
    }

    fn next(&mut self, what: &str) -> Result<u32, ReadError> {
        let Some((line, token)) = self.tokens.next() else {
            return Err(ReadError {
                line: self.line,
                what: format!("the file ends where {what} should stand"),
            });
        };
        self.line = line;
        number(token, what, line)
    }

    fn list(&mut self, count: usize, what: &str) -> Result<Vec<u32>, ReadError> {
        (0..count).map(|_| self.next(what)).collect()
    }

    fn count(&mut self, what: &str) -> Result<usize, ReadError> {
        let count = self.next(what)? as usize;
        if count > MOST {
            return Err(ReadError {
                line: self.line,
                what: format!("{count} is too large for {what}: at most {MOST}"),
            });
        }
        Ok(count)
    }
}

fn number(token: &str, what: &str, line: usize) -> Result<u32, ReadError> {
    let value = token.parse::<u32>().ok().filter(|value| *value < 1 << 30);
    value.ok_or_else(|| ReadError {
        line,
        what: format!("expected {what}, a whole number, and found {token:?}"),
    })
}

/// Number of activities and resources; capacities; then for each activity its duration, demands, and successors.
fn patterson(text: &str) -> Result<Instance, ReadError> {
    let mut numbers = Numbers::new(text);
    let n = numbers.count("the number of activities")?;
    let resources = numbers.count("the number of resources")?;
    let renewable = numbers.list(resources, "a capacity")?;
    let mut activities = Vec::new();
    for at in 0..n {
        let duration = numbers.next("a duration")?;
        let demand = numbers.list(resources, "a demand")?;
        let successors = numbers.count("a number of successors")?;
        let to = numbers.list(successors, "a successor")?;
        let successors = to.into_iter().map(|to| successor(to, n, numbers.line)).collect::<Result<_, _>>()?;
        let mode = Mode { duration, renewable: demand, nonrenewable: Vec::new() };
        activities.push(Activity { name: (at + 1).to_string(), modes: vec![mode], successors });
    }
    Ok(Instance { activities, renewable, nonrenewable: Vec::new() })
}

/// Jobs are counted from one.
fn successor(to: u32, n: usize, line: usize) -> Result<Successor, ReadError> {
    match (to as usize).checked_sub(1).filter(|to| *to < n) {
        Some(to) => Ok(Successor { to, lag: 0 }),
        None => Err(ReadError { line, what: format!("successor {to} is not among the {n} activities") }),
    }
}

/// The sections of the long formats, found by their headings.
fn long(text: &str) -> Result<Instance, ReadError> {
    let lines: Vec<&str> = text.lines().collect();
    let after = |heading: &str| {
        lines
            .iter()
            .position(|line| line.trim_start().to_uppercase().starts_with(heading))
            .map(|at| at + 1)
            .ok_or_else(|| ReadError { line: lines.len(), what: format!("there is no section {heading}") })
    };
    let stated = |key: &str| {
        let at = lines.iter().position(|line| line.trim_start().starts_with(key));
        let at =
            at.ok_or_else(|| ReadError { line: lines.len(), what: format!("there is no line {key:?}") })?;
        let value = lines[at].split(':').nth(1).unwrap_or_default();
        let token = value.split_whitespace().next().unwrap_or_default();
        number(token, key, at + 1).map(|value| value as usize)
    };
    let n = stated("jobs")?;
    let (renewable, nonrenewable) = (stated("- renewable")?, stated("- nonrenewable")?);
    if stated("- doubly constrained")? > 0 {
        return Err(ReadError { line: 1, what: "doubly constrained resources are not supported".into() });
    }
    if n > MOST || renewable + nonrenewable > MOST {
        return Err(ReadError { line: 1, what: format!("too large: at most {MOST} jobs and resources") });
    }
    let mut activities: Vec<Activity> = Vec::new();
    let mut modes = Vec::new();
    for (line, numbers) in rows(&lines, after("PRECEDENCE RELATIONS")?)?.into_iter().take(n) {
        let (job, list) = (activities.len() as u32 + 1, numbers);
        let [number, count, successors, to @ ..] = list.as_slice() else {
            return Err(ReadError { line, what: "expected job, modes, successors".into() });
        };
        if *number != job || to.len() != *successors as usize {
            return Err(ReadError { line, what: format!("expected job {job} with {successors} successors") });
        }
        modes.push(*count as usize);
        let successors = to.iter().map(|to| successor(*to, n, line)).collect::<Result<_, _>>()?;
        activities.push(Activity { name: job.to_string(), modes: Vec::new(), successors });
    }
    if activities.len() != n {
        return Err(ReadError {
            line: lines.len(),
            what: format!("{} of {n} jobs are there", activities.len()),
        });
    }
    let mut job = 0;
    for (line, numbers) in rows(&lines, after("REQUESTS/DURATIONS")?)? {
        let columns = renewable + nonrenewable;
        while job < n && activities[job].modes.len() == modes[job] {
            job += 1;
        }
        // The first mode of a job names the job; the others leave it out.
        let rest = match numbers.len() {
            length if length == columns + 3 => &numbers[1..],
            length if length == columns + 2 => &numbers[..],
            length => {
                return Err(ReadError {
                    line,
                    what: format!("{length} numbers where {} should be", columns + 3),
                });
            }
        };
        let Some(activity) = activities.get_mut(job) else { break };
        activity.modes.push(Mode {
            duration: rest[1],
            renewable: rest[2..2 + renewable].to_vec(),
            nonrenewable: rest[2 + renewable..].to_vec(),
        });
    }
    let at = after("RESOURCEAVAILABILITIES")?;
    let (_, capacity) = rows(&lines, at)?.into_iter().next().unwrap_or_default();
    if capacity.len() != renewable + nonrenewable {
        return Err(ReadError { line: at + 1, what: "there is not one capacity for each resource".into() });
    }
    let (first, second) = capacity.split_at(renewable);
    Ok(Instance { activities, renewable: first.to_vec(), nonrenewable: second.to_vec() })
}

type NumberedRow = (usize, Vec<u32>);

/// The rows of whole numbers of a section, with their lines.
fn rows(lines: &[&str], from: usize) -> Result<Vec<NumberedRow>, ReadError> {
    let section = lines.iter().enumerate().skip(from).take_while(|(_, line)| !line.starts_with("**"));
    let rows = section.filter(|(_, line)| line.trim_start().starts_with(|c: char| c.is_ascii_digit()));
    rows.map(|(at, line)| {
        let numbers = line.split_whitespace().map(|token| number(token, "a number", at + 1));
        numbers.collect::<Result<Vec<u32>, _>>().map(|numbers| (at + 1, numbers))
    })
    .collect()
}
