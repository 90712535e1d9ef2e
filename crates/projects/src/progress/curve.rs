//! S-curves: cumulated plan, work and spending by month, for a project, an owner, a trade or all.

use super::{EarnedSchedule, EarnedValue, Inputs, earned_schedule, earned_value};
use crate::register::{Fen, Month, Project, Register};
use serde::Serialize;
use std::collections::BTreeMap;

/// One month of a curve, cumulated from its first month on, in fen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Point {
    /// The month.
    pub month: Month,
    /// Planned by its end.
    pub planned: Fen,
    /// Done by its end.
    pub earned: Fen,
    /// Spent by its end.
    pub spent: Fen,
}

/// By what projects are gathered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// All together.
    Portfolio,
    /// By who builds them.
    Owner,
    /// By trade.
    Trade,
    /// Each by itself.
    Project,
}

/// The name of a project's group.
pub fn group_of(project: &Project, group: Group) -> &str {
    match group {
        Group::Portfolio => "",
        Group::Owner => &project.owner,
        Group::Trade => &project.trade,
        Group::Project if project.code.is_empty() => &project.name,
        Group::Project => &project.code,
    }
}

/// The curve of some projects, over every month in which any of them planned, did or paid something.
pub fn curve<'a>(projects: impl IntoIterator<Item = &'a Project>) -> Vec<Point> {
    let mut sums: BTreeMap<Month, [Fen; 3]> = BTreeMap::new();
    for project in projects {
        for (at, series) in [&project.planned, &project.earned, &project.spent].into_iter().enumerate() {
            for (month, value) in series.iter() {
                sums.entry(month).or_default()[at] += value;
            }
        }
    }
    let mut so_far = [0; 3];
    sums.into_iter()
        .map(|(month, sum)| {
            so_far.iter_mut().zip(sum).for_each(|(so_far, sum)| *so_far += sum);
            let [planned, earned, spent] = so_far;
            Point { month, planned, earned, spent }
        })
        .collect()
}

/// The curves of every group.
pub fn curves(register: &Register, group: Group) -> BTreeMap<String, Vec<Point>> {
    let mut members: BTreeMap<&str, Vec<&Project>> = BTreeMap::new();
    for project in &register.projects {
        members.entry(group_of(project, group)).or_default().push(project);
    }
    members.into_iter().map(|(name, members)| (name.to_owned(), curve(members))).collect()
}

/// Earned value and earned schedule of some projects at the end of a month.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Status {
    /// Budget at completion, in fen.
    pub bac: Fen,
    /// Planned value.
    pub pv: Fen,
    /// Earned value.
    pub ev: Fen,
    /// Actual cost; none where no spending is reported.
    pub ac: Option<Fen>,
    /// Every index of earned value; those of cost only where spending is reported.
    pub value: Option<EarnedValue>,
    /// Schedule performance index `EV / PV`.
    pub spi: Option<f64>,
    /// Earned schedule, in months of the plan.
    pub schedule: Option<EarnedSchedule>,
}

/// How far some projects are at the end of a month. The budget is the sum of the monthly plan.
pub fn status<'a>(projects: impl IntoIterator<Item = &'a Project>, month: Month) -> Status {
    let points = curve(projects);
    let at = points.iter().take_while(|point| point.month <= month).last();
    let (pv, ev, spent) = at.map_or((0, 0, 0), |point| (point.planned, point.earned, point.spent));
    let bac = points.last().map_or(0, |point| point.planned);
    let ac = points.iter().any(|point| point.spent > 0).then_some(spent);
    let value =
        ac.map(|ac| earned_value(Inputs { bac: bac as f64, pv: pv as f64, ev: ev as f64, ac: ac as f64 }));
    let spi = super::evm::over(ev as f64, pv as f64);
    Status { bac, pv, ev, ac, value, spi, schedule: schedule_of(&points, month) }
}

/// Earned schedule on a plan that may have gaps between its months.
fn schedule_of(points: &[Point], month: Month) -> Option<EarnedSchedule> {
    let planned: Vec<&Point> = points.iter().collect();
    let (first, last) = (planned.first()?.month, planned.last()?.month);
    let mut plan = Vec::with_capacity((last.0 - first.0 + 1) as usize);
    let (mut at, mut so_far) = (0, 0.0);
    for number in first.0..=last.0 {
        while planned.get(at).is_some_and(|point| point.month.0 <= number) {
            so_far = planned[at].planned as f64;
            at += 1;
        }
        plan.push(so_far);
    }
    let earned =
        points.iter().take_while(|point| point.month <= month).last().map_or(0, |point| point.earned);
    earned_schedule(&plan, earned as f64, f64::from(month.0 - first.0 + 1))
}

/// A project that is behind or ahead of its plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Slip {
    /// Index of the project.
    pub project: usize,
    /// Planned less done by the end of the month, in fen; negative when ahead.
    pub behind: Fen,
}

/// Who moved the total most, the furthest behind first.
pub fn slipped(register: &Register, month: Month) -> Vec<Slip> {
    let mut all: Vec<Slip> = register
        .projects
        .iter()
        .enumerate()
        .filter(|(_, project)| !project.planned.is_empty())
        .map(|(at, project)| Slip {
            project: at,
            behind: project.planned.until(month) - project.earned.until(month),
        })
        .collect();
    all.sort_by(|a, b| b.behind.cmp(&a.behind).then(a.project.cmp(&b.project)));
    all
}
