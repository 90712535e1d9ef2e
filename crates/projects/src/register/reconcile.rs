//! Does the register add up: counts, totals, and what cannot be.

use super::{Fen, Project, Register, Source, Stage};
use serde::Serialize;
use std::collections::BTreeMap;

/// What cannot be, or should not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// One code stands twice.
    DuplicateCode,
    /// One name stands twice under different codes.
    DuplicateName,
    /// Phases stand beside the whole they belong to.
    PhasesCountedTwice,
    /// It is to be complete before it starts.
    EndsBeforeStart,
    /// It is complete without having started, or was admitted before it could be.
    ImpossibleDates,
    /// A year's plan is more than the total.
    YearOverTotal,
    /// More is done than the total.
    DoneOverTotal,
    /// More funds are in place than the total.
    FundsOverTotal,
    /// The sources do not sum to the funds stated for all of them.
    FundsDisagree,
    /// A milestone lies after completion.
    MilestoneAfterEnd,
    /// It waits for a project that is not in the register.
    UnknownBefore,
    /// Projects wait for each other.
    Circle,
    /// Work is counted before the project was admitted to the statistical register.
    CountedBeforeAdmission,
}

/// One fault with the rows it is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What is wrong.
    pub fault: Fault,
    /// Indices of the projects.
    pub projects: Vec<usize>,
    /// In a few words: names, figures in 万元.
    pub found: String,
}

/// Counts and sums, in fen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Projects, all rows.
    pub projects: usize,
    /// Projects when duplicates and phases beside their whole count once.
    pub distinct: usize,
    /// By stage.
    pub by_stage: BTreeMap<Stage, usize>,
    /// By trade.
    pub by_trade: BTreeMap<String, (usize, Fen)>,
    /// Sum of total investment.
    pub total: Fen,
    /// The same, distinct.
    pub total_distinct: Fen,
    /// How many state a total.
    pub with_total: usize,
    /// Planned by year.
    pub planned: BTreeMap<i16, Fen>,
    /// Done by year.
    pub done: BTreeMap<i16, Fen>,
    /// Done since the beginning.
    pub done_in_all: Fen,
    /// Funds in place.
    pub funds: Fen,
    /// Funds planned.
    pub funds_planned: Fen,
    /// By source: planned and in place.
    pub by_source: BTreeMap<Source, (Fen, Fen)>,
    /// How many are admitted to the statistical register.
    pub admitted: usize,
}

/// Counts, sums and faults of a register.
pub fn reconcile(register: &Register) -> (Totals, Vec<Finding>) {
    let projects = &register.projects;
    let mut findings = Vec::new();
    let repeated = duplicates(projects, &mut findings);
    let mut totals = Totals { projects: projects.len(), ..Totals::default() };
    for (at, project) in projects.iter().enumerate() {
        one(at, project, &mut findings);
        let total = project.total.unwrap_or(0);
        totals.total += total;
        totals.with_total += usize::from(project.total.is_some());
        if !repeated.contains(&at) {
            totals.distinct += 1;
            totals.total_distinct += total;
        }
        if let Some(stage) = project.stage {
            *totals.by_stage.entry(stage).or_default() += 1;
        }
        if !project.trade.is_empty() {
            let (count, sum) = totals.by_trade.entry(project.trade.clone()).or_default();
            *count += 1;
            *sum += total;
        }
        let mut years: Vec<i16> =
            project.year_plan.iter().chain(&project.year_done).map(|(year, _)| *year).collect();
        years.extend(project.planned.iter().chain(project.earned.iter()).map(|(month, _)| month.year()));
        years.sort_unstable();
        years.dedup();
        for year in years {
            if let Some(plan) = project.plan_of(year) {
                *totals.planned.entry(year).or_default() += plan;
            }
            if let Some(done) = project.done_in(year) {
                *totals.done.entry(year).or_default() += done;
            }
        }
        totals.done_in_all += done_so_far(project);
        totals.funds += project.funds_in_place().unwrap_or(0);
        totals.funds_planned += project.funds_planned().unwrap_or(0);
        for fund in project.funds.iter().filter(|fund| fund.source != Source::All) {
            let (planned, in_place) = totals.by_source.entry(fund.source).or_default();
            *planned += fund.planned.unwrap_or(0);
            *in_place += fund.in_place.unwrap_or(0);
        }
        totals.admitted += usize::from(project.admitted.is_some());
    }
    waits(projects, &mut findings);
    findings.sort_by(|a, b| (a.projects.first(), a.fault).cmp(&(b.projects.first(), b.fault)));
    (totals, findings)
}

/// Done since the beginning: as stated, else all months.
pub fn done_so_far(project: &Project) -> Fen {
    project.done.unwrap_or_else(|| project.earned.iter().map(|(_, value)| value).sum())
}

fn wan(fen: Fen) -> String {
    super::amounts::shown(fen, super::Unit::TenThousand)
}

/// Rows that repeat another, by code, by name, or as a phase beside its whole.
fn duplicates(projects: &[Project], findings: &mut Vec<Finding>) -> std::collections::BTreeSet<usize> {
    let mut repeated = std::collections::BTreeSet::new();
    let mut by_code: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut by_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, project) in projects.iter().enumerate() {
        if !project.code.is_empty() {
            by_code.entry(&project.code).or_default().push(at);
        }
        if !project.name.is_empty() {
            let bare = project
                .name
                .chars()
                .filter(|c| !c.is_whitespace() && !"（）()《》“”\"".contains(*c))
                .collect();
            by_name.entry(bare).or_default().push(at);
        }
    }
    for (code, all) in by_code.iter().filter(|(_, all)| all.len() > 1) {
        repeated.extend(&all[1..]);
        findings.push(Finding {
            fault: Fault::DuplicateCode,
            projects: all.clone(),
            found: (*code).to_owned(),
        });
    }
    for (name, all) in by_name.iter().filter(|(_, all)| all.len() > 1) {
        let same_code = !projects[all[0]].code.is_empty()
            && all.iter().all(|at| projects[*at].code == projects[all[0]].code);
        if !same_code {
            repeated.extend(&all[1..]);
            findings.push(Finding {
                fault: Fault::DuplicateName,
                projects: all.clone(),
                found: name.clone(),
            });
        }
    }
    for (stem, parts) in phases(projects, &by_code, &by_name) {
        let mut all = vec![stem];
        all.extend(&parts);
        repeated.extend(parts);
        let found = all.iter().map(|at| projects[*at].called()).collect::<Vec<_>>().join("; ");
        findings.push(Finding { fault: Fault::PhasesCountedTwice, projects: all, found });
    }
    repeated
}

/// Wholes with the phases that stand beside them: by the column that says so, or by name (某工程 and 某工程一期).
fn phases(
    projects: &[Project],
    by_code: &BTreeMap<&str, Vec<usize>>,
    by_name: &BTreeMap<String, Vec<usize>>,
) -> BTreeMap<usize, Vec<usize>> {
    let mut wholes: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, project) in projects.iter().enumerate() {
        let named = by_code.get(project.phase_of.as_str()).or_else(|| by_name.get(&project.phase_of));
        let whole = named.filter(|_| !project.phase_of.is_empty()).or_else(|| {
            let stem = stem(&project.name)?;
            by_name.get(&stem)
        });
        if let Some(whole) = whole.map(|all| all[0]).filter(|whole| *whole != at) {
            wholes.entry(whole).or_default().push(at);
        }
    }
    wholes
}

/// The name of the whole that a phase's name ends in: 一期, 第二期, 三期工程, （一期）.
fn stem(name: &str) -> Option<String> {
    let bare: String =
        name.chars().filter(|c| !c.is_whitespace() && !"（）()《》“”\"".contains(*c)).collect();
    let (body, end) = match bare.strip_suffix("工程").or_else(|| bare.strip_suffix("项目")) {
        Some(body) if body.ends_with('期') => (body, &bare[body.len()..]),
        _ => (bare.as_str(), ""),
    };
    let body = body.strip_suffix('期')?;
    let body = body.trim_end_matches(|c| "一二三四五六七八九十0123456789ⅠⅡⅢⅣⅤ".contains(c));
    let body = body.strip_suffix('第').unwrap_or(body);
    (!body.is_empty() && bare.len() > body.len() + "期".len() + end.len()).then(|| body.to_owned())
}

/// What is wrong with one row by itself.
fn one(at: usize, project: &Project, findings: &mut Vec<Finding>) {
    let mut add = |fault, found: String| findings.push(Finding { fault, projects: vec![at], found });
    if let (Some(start), Some(due)) = (project.start, project.due)
        && due < start
    {
        add(Fault::EndsBeforeStart, format!("{start} … {due}"));
    }
    let running = matches!(project.stage, Some(Stage::Continuing | Stage::Completed));
    let worked = !project.earned.is_empty() && project.earned.iter().any(|(_, value)| value > 0);
    if let (Some(start), Some((first, _))) =
        (project.start, project.earned.iter().find(|(_, value)| *value > 0))
        && first < super::Month::of(start)
    {
        add(Fault::ImpossibleDates, format!("{first} < {start}"));
    }
    if running && project.start.is_none() && project.done == Some(0) && !worked {
        add(Fault::ImpossibleDates, "under way or complete without a start or any work".into());
    }
    if let Some(admitted) = project.admitted
        && let Some((first, _)) = project.earned.iter().find(|(_, value)| *value > 0)
        && first < super::Month::of(admitted)
    {
        add(Fault::CountedBeforeAdmission, format!("{first} < {admitted}"));
    }
    let parts = |part: fn(&super::Fund) -> Option<Fen>| {
        let all = project.funds.iter().find(|fund| fund.source == Source::All).and_then(part);
        let each = project.funds.iter().filter(|fund| fund.source != Source::All).filter_map(part);
        all.zip(each.reduce(|a, b| a + b)).filter(|(all, each)| all != each)
    };
    for (all, each) in [parts(|fund| fund.planned), parts(|fund| fund.in_place)].into_iter().flatten() {
        add(Fault::FundsDisagree, format!("{} ≠ {} 万元", wan(all), wan(each)));
    }
    for milestone in &project.milestones {
        if let Some(due) = project.due.filter(|due| milestone.due > *due) {
            add(Fault::MilestoneAfterEnd, format!("{} {} > {due}", milestone.name, milestone.due));
        }
    }
    let Some(total) = project.total else { return };
    for (year, plan) in project.year_plan.iter().filter(|(_, plan)| *plan > total) {
        let year = if *year == 0 { String::new() } else { format!("{year}: ") };
        add(Fault::YearOverTotal, format!("{year}{} > {} 万元", wan(*plan), wan(total)));
    }
    let done = done_so_far(project);
    if done > total {
        add(Fault::DoneOverTotal, format!("{} > {} 万元", wan(done), wan(total)));
    }
    let funds = project.funds_in_place().unwrap_or(0);
    if funds > total {
        add(Fault::FundsOverTotal, format!("{} > {} 万元", wan(funds), wan(total)));
    }
}

/// Projects that wait for what is not there, or for each other.
fn waits(projects: &[Project], findings: &mut Vec<Finding>) {
    // Where a code stands twice, the first row has it; a code goes before a name.
    let names = projects.iter().enumerate().rev().map(|(at, project)| (project.name.as_str(), at));
    let codes = projects.iter().enumerate().rev().map(|(at, project)| (project.code.as_str(), at));
    let index: BTreeMap<&str, usize> = names.chain(codes).filter(|(key, _)| !key.is_empty()).collect();
    let mut successors = vec![Vec::new(); projects.len()];
    for (at, project) in projects.iter().enumerate() {
        for before in &project.before {
            match index.get(before.as_str()) {
                Some(before) => successors[*before].push(at),
                None => findings.push(Finding {
                    fault: Fault::UnknownBefore,
                    projects: vec![at],
                    found: before.clone(),
                }),
            }
        }
    }
    if let Err(circle) = crate::schedule::topological(&successors) {
        let found = circle.iter().map(|at| projects[*at].called()).collect::<Vec<_>>().join(" → ");
        findings.push(Finding { fault: Fault::Circle, projects: circle, found });
    }
}
