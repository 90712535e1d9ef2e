//! Where the projects stand: dependencies, faults, earned value, who is behind, and what statistics count, as tables.

use super::{
    folded,
    input::{Entry, Input, code},
    outlook::{number, text},
};
use crate::{
    progress::{Rule, Way, counted, slipped, status},
    register::{Fen, Month, Register, reconcile},
};
use rust_decimal::{Decimal, prelude::FromPrimitive, prelude::ToPrimitive};
use zhidian_model::{
    Cell, Chart, Context, Evidence, Key, Mark, Measure, Output, Period, Problem, Severity, Stop, Subject,
    Table, Text,
};
use zhidian_vocabulary::words;

/// Least total investment of a project that statistics count, by date.
pub(super) const LEAST: &str = "projects.statistics.least";

/// Rows of a list that is sorted by what matters.
const LISTED: usize = 50;

pub(super) fn show(
    region: u32,
    input: &Input,
    entries: &[&Entry],
    evidence: &Evidence,
    context: &Context<'_>,
    output: &mut Output,
) -> Result<(), Stop> {
    let register = folded::register(input, entries, None);
    links(region, input, entries, evidence, output);
    faults(region, &register, evidence, output);
    share_of_gdp(region, &register, evidence, context, output);
    let Some(month) = folded::last_month(&register) else { return Ok(()) };
    earned(region, &register, month, evidence, output);
    behind(region, &register, month, evidence, output);
    statistics(region, &register, month, evidence, context, output)
}

fn yuan(fen: Fen) -> Cell {
    number(fen as f64 / 100.0)
}

fn ratio(value: Option<f64>) -> Cell {
    value.and_then(Decimal::from_f64).map_or(Cell::Missing, |value| Cell::Number(value.round_dp(4)))
}

fn table(id: &str, title: Text, columns: &[&str], rows: Vec<Vec<Cell>>, evidence: &Evidence) -> Table {
    let columns = columns.iter().map(|name| code(name)).collect();
    Table { id: code(id), title, columns, rows, evidence: evidence.clone() }
}

/// What waits for what, for the bars of time.
fn links(region: u32, input: &Input, entries: &[&Entry], evidence: &Evidence, output: &mut Output) {
    let here: std::collections::BTreeSet<&str> = entries.iter().map(|entry| &*entry.code).collect();
    let rows: Vec<Vec<Cell>> = input
        .links
        .iter()
        .filter(|(before, after, _)| here.contains(&**before) || here.contains(&**after))
        .map(|(before, after, lag)| vec![text(before), text(after), Cell::Number((*lag).into())])
        .collect();
    if rows.is_empty() {
        return;
    }
    let (zh, en) = words::region(region);
    let title = Text::new(format!("{zh}项目先后关系"), format!("{en}: what waits for what"));
    let id = format!("projects.{region}.links");
    output.tables.push(table(&id, title, &["before", "after", "lag_days"], rows, evidence));
}

fn faults(region: u32, register: &Register, evidence: &Evidence, output: &mut Output) {
    let (_, findings) = reconcile(register);
    let rows: Vec<Vec<Cell>> = findings
        .iter()
        .map(|finding| {
            let fault = serde_json::to_value(finding.fault).ok();
            let codes: Vec<&str> =
                finding.projects.iter().map(|at| register.projects[*at].code.as_str()).collect();
            let fault = fault.as_ref().and_then(|fault| fault.as_str()).unwrap_or_default();
            vec![text(fault), text(&codes.join("; ")), text(&finding.found)]
        })
        .collect();
    if rows.is_empty() {
        return;
    }
    let (zh, en) = words::region(region);
    let title = Text::new(format!("{zh}项目库疑点"), format!("{en}: what in the register cannot be"));
    let id = format!("projects.{region}.faults");
    output.tables.push(table(&id, title, &["fault", "projects", "found"], rows, evidence));
}

/// The total beside a year's product of the region, where that is known.
fn share_of_gdp(
    region: u32,
    register: &Register,
    evidence: &Evidence,
    context: &Context<'_>,
    output: &mut Output,
) {
    let total: Fen = register.projects.iter().filter_map(|project| project.total).sum();
    let plan: Fen =
        register.projects.iter().flat_map(|project| &project.year_plan).map(|(_, plan)| plan).sum();
    if total == 0 {
        return;
    }
    let share = |part: f64, of: f64| ratio((of > 0.0).then(|| part / of));
    let mut evidence = vec![evidence.clone()];
    let mut rows = Vec::new();
    if plan > 0 {
        rows.push(vec![text("year_plan_of_total"), text(""), share(plan as f64, total as f64)]);
    }
    let key = Key {
        measure: Measure::of("gdp"),
        subject: Subject::Region(region),
        period: Period::ALWAYS,
        scope: None,
    };
    for fact in context.facts.at(&key).iter().filter(|fact| fact.grade().decides()) {
        let zhidian_model::Estimate::Value { printed, .. } = &fact.value else { continue };
        let gdp = printed.to_f64().unwrap_or(0.0);
        rows.push(vec![
            text("total_of_gdp"),
            text(&fact.key.period.to_string()),
            share(total as f64 / 100.0, gdp),
        ]);
        evidence.push(fact.evidence.clone());
    }
    if rows.is_empty() {
        return;
    }
    let (zh, en) = words::region(region);
    let title = Text::new(format!("{zh}：总投资的分量"), format!("{en}: what the total weighs"));
    let (first, rest) = (evidence.remove(0), evidence);
    let evidence = Evidence::derived("share", None, first, rest);
    let id = format!("projects.{region}.context");
    output.tables.push(table(&id, title, &["share", "period", "value"], rows, &evidence));
}

fn earned(region: u32, register: &Register, month: Month, evidence: &Evidence, output: &mut Output) {
    let found = status(&register.projects, month);
    let value = found.value.as_ref();
    let schedule = found.schedule.as_ref();
    let rows = vec![vec![
        text(&month.to_string()),
        yuan(found.bac),
        yuan(found.pv),
        yuan(found.ev),
        found.ac.map_or(Cell::Missing, yuan),
        ratio(found.spi),
        ratio(value.and_then(|value| value.CPI)),
        ratio(schedule.map(|schedule| schedule.es)),
        ratio(schedule.and_then(|schedule| schedule.spi_t)),
    ]];
    let (zh, en) = words::region(region);
    let title = Text::new(
        format!("{zh}截至{month}的挣值（亿元）"),
        format!("{en}: earned value up to {month} (100 million yuan)"),
    );
    let columns = ["month", "bac", "pv", "ev", "ac", "spi", "cpi", "es", "spi_t"];
    output.tables.push(table(&format!("projects.{region}.earned"), title, &columns, rows, evidence));
}

/// Who moved the target most, the furthest behind first.
fn behind(region: u32, register: &Register, month: Month, evidence: &Evidence, output: &mut Output) {
    let rows: Vec<Vec<Cell>> = slipped(register, month)
        .iter()
        .take(LISTED)
        .map(|slip| {
            let project = &register.projects[slip.project];
            let planned = project.planned.until(month);
            vec![
                text(&project.code),
                text(&project.name),
                text(&project.owner),
                yuan(planned),
                yuan(planned - slip.behind),
                yuan(slip.behind),
            ]
        })
        .collect();
    if rows.is_empty() {
        return;
    }
    let (zh, en) = words::region(region);
    let title = Text::new(
        format!("{zh}截至{month}落后最多的项目（亿元）"),
        format!("{en}: furthest behind up to {month} (100 million yuan)"),
    );
    let id = format!("projects.{region}.behind");
    let columns = ["code", "name", "owner", "planned", "earned", "behind"];
    output.tables.push(table(&id, title.clone(), &columns, rows, evidence));
    let y = vec![code("behind")];
    output.charts.push(Chart { title, table: code(&id), mark: Mark::Bar, x: "name".into(), y });
}

/// A year's investment as statistics count it, both ways, and why the rest does not count.
fn statistics(
    region: u32,
    register: &Register,
    month: Month,
    evidence: &Evidence,
    context: &Context<'_>,
    output: &mut Output,
) -> Result<(), Stop> {
    let period = Period::year(month.year());
    let least = match context.parameters.at(LEAST, &period) {
        Ok(least) => least,
        Err(Stop::MissingParameter(name, period)) => {
            output.problems.push(missing(&name, &period));
            return Ok(());
        }
        Err(stop) => return Err(stop),
    };
    let fen = least.quantity.value * Decimal::ONE_HUNDRED;
    let rows = [(Way::WorkDone, "work_done"), (Way::Spending, "spending")]
        .map(|(way, name)| {
            let rule = Rule { least: fen.to_i64().unwrap_or(Fen::MAX), way };
            let found = counted(register, month.year(), month, rule);
            vec![
                text(name),
                yuan(found.counted),
                Cell::Number(found.projects.into()),
                yuan(found.before_admission),
                yuan(found.too_small),
                yuan(found.not_admitted),
                yuan(found.unknown_size),
            ]
        })
        .into();
    let (zh, en) = words::region(region);
    let title = Text::new(
        format!("{zh}{}年截至{month}按统计制度计入的投资（亿元）", month.year()),
        format!(
            "{en}: investment of {} up to {month} as statistics count it (100 million yuan)",
            month.year()
        ),
    );
    let evidence = Evidence::derived("statistical rule", None, evidence.clone(), [least.evidence]);
    let columns =
        ["way", "counted", "projects", "before_admission", "too_small", "not_admitted", "unknown_size"];
    output.tables.push(table(&format!("projects.{region}.statistics"), title, &columns, rows, &evidence));
    Ok(())
}

fn missing(name: &str, period: &Period) -> Problem {
    Problem {
        severity: Severity::Warning,
        code: "projects.parameter".into(),
        file: "parameters.toml".into(),
        sheet: None,
        row: None,
        column: Some(name.to_owned()),
        found: String::new(),
        expected: format!("a value valid in {period}"),
        remedy: Text::new(
            format!("在 parameters.toml 中给出 {name}（{period} 有效）；在此之前不按统计制度计数"),
            format!(
                "state {name} in parameters.toml, valid in {period}; until then nothing is counted as statistics do"
            ),
        ),
    }
}
