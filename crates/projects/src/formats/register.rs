//! A schedule as a register and a register as a schedule: each task that has no tasks below it is a project.

use super::plan::{Link, LinkKind, Plan, Resource, Task};
use crate::{
    register::{Fen, Project, Register, Stage, model::At},
    schedule::{Activity, Instance, Mode, Successor},
};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Working minutes of a day, for durations in days.
const DAY: i64 = 480;

/// Adds the tasks of a schedule to a register, each as a project under its code or number.
///
/// Cost becomes the total, the share done what is done. A task's number in its file stands for its row. A register knows
/// only that one project waits for the end of another: gives the links that say anything else, which are left out.
pub fn add_to(register: &mut Register, plan: &Plan, file: &str) -> Vec<Link> {
    let sheet = register.sheets.len() as u32;
    register.sheets.push((file.to_owned(), None));
    let plain = |link: &&Link| link.kind == LinkKind::FinishStart && link.lag_minutes == 0;
    let codes: BTreeMap<&str, String> =
        plan.tasks.iter().map(|task| (task.uid.as_str(), code_of(task))).collect();
    let leaves = plan.tasks.iter().enumerate().filter(|(_, task)| !task.summary && !task.name.is_empty());
    register.projects.extend(leaves.map(|(at, task)| {
        let before = plan.links.iter().filter(|link| link.to == task.uid).filter(plain);
        let before = before.filter_map(|link| codes.get(link.from.as_str()).cloned()).collect();
        let total = task.cost.as_deref().and_then(cost).filter(|cost| *cost > 0);
        let stage = task.done.map(|done| match done {
            done if done >= 1.0 => Stage::Completed,
            done if done > 0.0 => Stage::Continuing,
            _ => Stage::Preparing,
        });
        Project {
            code: code_of(task),
            name: task.name.clone(),
            stage,
            total,
            done: total.zip(task.done).map(|(total, done)| (total as f64 * done).round() as Fen),
            start: task.start.as_deref().and_then(day),
            due: task.finish.as_deref().and_then(day),
            before,
            at: At { sheet, row: at as u64 + 1 },
            ..Project::default()
        }
    }));
    plan.links.iter().filter(|link| !plain(link)).cloned().collect()
}

fn code_of(task: &Task) -> String {
    if task.code.is_empty() { task.uid.clone() } else { task.code.clone() }
}

/// Costs of MSPDI are hundredths of the currency.
fn cost(text: &str) -> Option<Fen> {
    let cost = text.trim().parse::<f64>().ok().filter(|cost| cost.is_finite() && cost.abs() < 1e16)?;
    Some(cost.round() as Fen)
}

fn day(text: &str) -> Option<Date> {
    text.get(..10)?.parse().ok()
}

/// A register as a schedule: projects as tasks, what goes before as links from finish to start.
pub fn to_plan(register: &Register, name: &str) -> Plan {
    let mut index: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, project) in register.projects.iter().enumerate() {
        for key in [project.code.as_str(), project.name.as_str()] {
            index.entry(key).or_insert(at);
        }
    }
    let uid = |at: usize| (at + 1).to_string();
    let clock = |day: Option<Date>, time: &str| day.map(|day| format!("{day}T{time}"));
    let tasks = register.projects.iter().enumerate().map(|(at, project)| {
        let done = project.total.filter(|total| *total > 0).zip(project.done);
        Task {
            uid: uid(at),
            code: project.code.clone(),
            name: project.called().to_owned(),
            start: clock(project.start, "08:00:00"),
            finish: clock(project.due, "17:00:00"),
            minutes: project.start.zip(project.due).map(|(start, due)| {
                let days = start.until(due).map_or(0, |span| i64::from(span.get_days()));
                (days.max(0) + 1) * DAY
            }),
            done: done.map(|(total, done)| (done as f64 / total as f64).clamp(0.0, 1.0)),
            cost: project.total.map(|total| total.to_string()),
            ..Task::default()
        }
    });
    let links = register.projects.iter().enumerate().flat_map(|(at, project)| {
        let before = project.before.iter().filter_map(|before| index.get(before.as_str()));
        before.map(move |before| Link {
            from: uid(*before),
            to: uid(at),
            kind: LinkKind::FinishStart,
            lag_minutes: 0,
        })
    });
    let mut resources: Vec<&str> = register
        .projects
        .iter()
        .flat_map(|project| project.needs.iter().map(|(name, _)| name.as_str()))
        .collect();
    resources.sort_unstable();
    resources.dedup();
    let resource = |(at, name): (usize, &&str)| Resource { uid: uid(at), name: (*name).to_owned() };
    let assignments = register.projects.iter().enumerate().flat_map(|(at, project)| {
        let resources = &resources;
        project.needs.iter().filter_map(move |(name, _)| {
            let resource = resources.binary_search(&name.as_str()).ok()?;
            Some(super::Assignment { task: uid(at), resource: uid(resource) })
        })
    });
    Plan {
        name: name.to_owned(),
        tasks: tasks.collect(),
        links: links.collect(),
        assignments: assignments.collect(),
        resources: resources.iter().enumerate().map(resource).collect(),
        calendars: Vec::new(),
    }
}

/// A schedule as an instance in working days of eight hours, and the links that it cannot hold: those of tasks that have
/// tasks below them. Every kind of link is kept, with its lag or overlap; parts of a day count as a whole day's wait.
pub fn to_instance(plan: &Plan) -> (Instance, Vec<Link>) {
    let leaves: Vec<&Task> =
        plan.tasks.iter().filter(|task| !task.summary && !task.name.is_empty()).collect();
    let index: BTreeMap<&str, usize> =
        leaves.iter().enumerate().map(|(at, task)| (task.uid.as_str(), at)).collect();
    let days = |minutes: i64| whole_days(minutes).clamp(0, 100_000) as u32;
    let mut activities: Vec<Activity> = leaves
        .iter()
        .map(|task| Activity {
            name: format!("{} {}", code_of(task), task.name),
            modes: vec![Mode {
                duration: if task.milestone { 0 } else { days(task.minutes.unwrap_or(0)) },
                renewable: vec![],
                nonrenewable: vec![],
            }],
            successors: vec![],
        })
        .collect();
    let mut left_out = Vec::new();
    for link in &plan.links {
        let ends = index.get(link.from.as_str()).zip(index.get(link.to.as_str()));
        let Some((from, to)) = ends else {
            left_out.push(link.clone());
            continue;
        };
        // Counted from the end of the one to the start of the other, whichever ends the link speaks of.
        let length = |at: usize| i64::from(activities[at].modes[0].duration);
        let beyond = match link.kind {
            LinkKind::FinishStart => 0,
            LinkKind::StartStart => length(*from),
            LinkKind::FinishFinish => length(*to),
            LinkKind::StartFinish => length(*from) + length(*to),
        };
        let lag = (whole_days(link.lag_minutes) - beyond).clamp(-200_000, 100_000) as i32;
        activities[*from].successors.push(Successor { to: *to, lag });
    }
    (Instance { activities, renewable: vec![], nonrenewable: vec![] }, left_out)
}

/// Days of eight working hours, rounded up.
fn whole_days(minutes: i64) -> i64 {
    minutes.div_euclid(DAY) + i64::from(minutes.rem_euclid(DAY) > 0)
}
