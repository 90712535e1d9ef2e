//! What to start when money is short: the projects not yet under way, under a budget, as tables.

use super::{
    folded,
    input::code,
    outlook::{View, number, text},
};
use crate::{
    register::{Project, Register, Stage},
    select::{Candidate, Problem, select},
};
use zhidian_model::{Cell, Evidence, Output, Table, Text};
use zhidian_vocabulary::words;

/// Nodes of the search; the same number gives the same plan everywhere.
const WORK: u64 = 5_000;
/// Hundredths of a yuan in 万元, the unit of budgets here.
const WAN: i64 = 1_000_000;

/// Chooses among what is in reserve, in preparation or newly started when a budget is given: the most total investment
/// for the year's money. A project costs its year's plan, and its total where that is not stated.
pub(super) fn show(view: &View<'_>, output: &mut Output) {
    let View { region, input, entries, evidence, options, context } = *view;
    let budgets: Vec<f64> = options.budget.into_iter().chain(options.later.iter().copied()).collect();
    if options.budget.is_none() || !budgets.iter().all(|budget| (0.0..1e9).contains(budget)) {
        return;
    }
    let budget = budgets.iter().map(ToString::to_string).collect::<Vec<_>>().join("、");
    let whole: f64 = budgets.iter().sum();
    let register = folded::register(input, entries, None);
    let problem =
        problem(&register, budgets.iter().map(|budget| (budget * 1e4) as i64).collect(), &options.must);
    let Ok(found) = select(&problem, Some(WORK), &|| (context.cancelled)()) else { return };
    let plan = found.plan.clone().unwrap_or_default();
    let rows = problem.candidates.iter().zip(plan).map(|(candidate, year)| {
        vec![
            text(&candidate.code),
            Cell::Text(if year.is_some() { "yes" } else { "no" }.into()),
            year.map_or(Cell::Missing, |year| Cell::Number((year + 1).into())),
            number(candidate.value.first().copied().unwrap_or(0) as f64 * 1e4),
            number(candidate.cost.first().copied().unwrap_or(0) as f64 * 1e4),
        ]
    });
    let (zh, en) = words::region(region);
    let modelled = Evidence::model(
        super::ID.into(),
        env!("CARGO_PKG_VERSION").into(),
        context.seed,
        evidence.clone(),
        [],
    );
    output.tables.push(Table {
        id: code(&format!("projects.{region}.choice")),
        title: Text::new(
            format!("{zh}：{budget}亿元之内先上哪些（亿元）"),
            format!("{en}: what to start within {budget} (100 million yuan)"),
        ),
        columns: ["code", "chosen", "start_year", "total", "cost"].map(Into::into).into(),
        rows: rows.collect(),
        evidence: modelled.clone(),
    });
    let binds = found.binding.first().map_or("", |binding| binding.limit.as_str());
    output.tables.push(Table {
        id: code(&format!("projects.{region}.choice.bound")),
        title: Text::new(
            format!("{zh}：所选合计与上界（亿元）"),
            format!("{en}: chosen, and the bound (100 million yuan)"),
        ),
        columns: ["budget", "value", "bound", "proven", "binds", "price"].map(Into::into).into(),
        rows: vec![vec![
            number(whole * 1e8),
            number(found.value as f64 * 1e4),
            number(found.bound as f64 * 1e4),
            Cell::Text(if found.proven { "yes" } else { "no" }.into()),
            text(binds),
            number(found.binding.first().map_or(f64::NAN, |binding| binding.price) * 1e8),
        ]],
        evidence: modelled,
    });
}

fn problem(register: &Register, budget: Vec<i64>, must: &[String]) -> Problem {
    let open: Vec<usize> = (0..register.projects.len())
        .filter(|at| {
            let project = &register.projects[*at];
            project.total.is_some() && project.stage.is_none_or(|stage| stage <= Stage::NewStart)
        })
        .collect();
    let place = |name: &str| open.iter().position(|at| register.projects[*at].code == name);
    let candidates = open.iter().map(|at| {
        let project = &register.projects[*at];
        let total = project.total.unwrap_or(0) / WAN;
        let cost = project.year_plan.first().map(|(_, plan)| *plan / WAN).filter(|plan| *plan > 0);
        Candidate {
            code: project.code.clone(),
            value: vec![total; budget.len()],
            cost: spread(project, total, cost),
            must: must.contains(&project.code),
            before: project.before.iter().filter_map(|name| Some((place(name)?, 0))).collect(),
        }
    });
    let candidates = candidates.collect();
    Problem { candidates, budget }
}

/// The first year's plan, and what is left evenly over the years until completion.
fn spread(project: &Project, total: i64, first: Option<i64>) -> Vec<i64> {
    let Some(first) = first else { return vec![total] };
    let more = project.start.zip(project.due).map_or(0, |(start, due)| i64::from(due.year() - start.year()));
    let (rest, more) = ((total - first).max(0), more.clamp(0, 30));
    std::iter::once(first)
        .chain((0..more).map(|year| rest * (year + 1) / more - rest * year / more))
        .collect()
}
