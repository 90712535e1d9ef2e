//! S-curve, forecast of the year, drivers and bars of time as tables with charts.

use super::{
    Options,
    input::{Entry, Input, Progress, code},
};
use crate::{
    forecast::{self, Item, Portfolio, Run},
    register::Month,
};
use rust_decimal::{Decimal, prelude::FromPrimitive, prelude::ToPrimitive};
use std::collections::BTreeMap;
use zhidian_model::{
    Cell, Chart, Context, Estimate, Evidence, Finding, Key, Mark, Measure, Output, Period, Stop, Subject,
    Table, Text,
};
use zhidian_vocabulary::words;

/// Amounts are shown in this unit.
const SHOWN: &str = "亿元";

pub(super) fn number(value: f64) -> Cell {
    Decimal::from_f64(value / 1e8).map_or(Cell::Missing, |value| Cell::Number(value.round_dp(4)))
}

pub(super) fn text(text: &str) -> Cell {
    Cell::Text(text.into())
}

/// The rows of one region, and how they are to be looked at.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    pub(super) region: u32,
    pub(super) input: &'a Input,
    pub(super) entries: &'a [&'a Entry],
    pub(super) evidence: &'a Evidence,
    pub(super) options: &'a Options,
    pub(super) context: &'a Context<'a>,
}

/// Every table and chart that the rows allow.
pub(super) fn show(
    input: &Input,
    options: &Options,
    context: &Context<'_>,
    output: &mut Output,
) -> Result<(), Stop> {
    let mut regions: BTreeMap<u32, Vec<&Entry>> = BTreeMap::new();
    for entry in &input.projects {
        regions.entry(entry.region / 100 * 100).or_default().push(entry);
    }
    for (region, entries) in regions {
        if (context.cancelled)() {
            return Err(Stop::Cancelled);
        }
        let Some(evidence) = together(entries.iter().map(|entry| &entry.evidence), "rows of the register")
        else {
            continue;
        };
        list(region, &entries, &evidence, output);
        curve(region, input, &entries, &evidence, output);
        super::standing::show(region, input, &entries, &evidence, context, output)?;
        let view = View { region, input, entries: &entries, evidence: &evidence, options, context };
        super::choice::show(&view, output);
        outlook(&view, output)?;
    }
    Ok(())
}

fn together<'a>(evidence: impl Iterator<Item = &'a Evidence>, by: &str) -> Option<Evidence> {
    let all: Vec<&Evidence> = evidence.collect();
    let (first, rest) = all.split_first()?;
    Some(Evidence::derived(by, None, (*first).clone(), rest.iter().map(|evidence| (*evidence).clone())))
}

/// The list with its bars of time.
fn list(region: u32, entries: &[&Entry], evidence: &Evidence, output: &mut Output) {
    let (zh, en) = words::region(region);
    let day = |day: Option<jiff::civil::Date>| day.map_or(Cell::Missing, Cell::Date);
    let yuan = |amount: &Option<super::input::Amount>| {
        amount.as_ref().map_or(Cell::Missing, |amount| number(amount.value.to_f64().unwrap_or(f64::NAN)))
    };
    let rows = entries.iter().map(|entry| {
        vec![
            text(&entry.code),
            text(&entry.name),
            text(&entry.trade),
            text(entry.stage.map_or("", |stage| stage.words().0)),
            yuan(&entry.total),
            yuan(&entry.year_plan),
            yuan(&entry.done),
            day(entry.start),
            day(entry.due),
            text(&entry.owner),
            text(words::region(entry.region).0.as_str()),
            text(&entry.kind),
            day(entry.admitted),
        ]
    });
    output.tables.push(Table {
        id: code(&format!("projects.{region}.list")),
        title: Text::new(format!("{zh}项目清单（{SHOWN}）"), format!("projects of {en} (100 million yuan)")),
        columns: [
            "code", "name", "trade", "stage", "total", "year", "done", "start", "due", "owner", "place",
            "kind", "admitted",
        ]
        .map(Into::into)
        .into(),
        rows: rows.collect(),
        evidence: evidence.clone(),
    });
}

/// A month of reports: planned, done, spent, in yuan.
fn by_month(input: &Input, entries: &[&Entry]) -> BTreeMap<Month, [f64; 3]> {
    let mut months: BTreeMap<Month, [f64; 3]> = BTreeMap::new();
    for progress in entries.iter().flat_map(|entry| input.progress.get(&entry.code).into_iter().flatten()) {
        let Some(month) = month_of(progress) else { continue };
        let amounts = [&progress.planned, &progress.earned, &progress.spent];
        for (sum, amount) in months.entry(month).or_default().iter_mut().zip(amounts) {
            *sum += amount.as_ref().and_then(|amount| amount.value.to_f64()).unwrap_or(0.0);
        }
    }
    months
}

pub(super) fn month_of(progress: &Progress) -> Option<Month> {
    let from = progress.period.from()?;
    (Period::month(from.year(), from.month()) == Some(progress.period)).then(|| Month::of(from))
}

fn curve(region: u32, input: &Input, entries: &[&Entry], evidence: &Evidence, output: &mut Output) {
    let months = by_month(input, entries);
    if months.len() < 2 {
        return;
    }
    let (zh, en) = words::region(region);
    let mut so_far = [0.0; 3];
    let rows = months.iter().map(|(month, sums)| {
        so_far.iter_mut().zip(sums).for_each(|(so_far, sum)| *so_far += sum);
        let [planned, earned, spent] = so_far.map(number);
        vec![text(&month.to_string()), planned, earned, spent]
    });
    let id = code(&format!("projects.{region}.curve"));
    let title = Text::new(
        format!("{zh}累计计划、完成与支出（{SHOWN}）"),
        format!("{en}: planned, done and spent so far (100 million yuan)"),
    );
    output.tables.push(Table {
        id: id.clone(),
        title: title.clone(),
        columns: ["month", "planned", "earned", "spent"].map(Into::into).into(),
        rows: rows.collect(),
        evidence: evidence.clone(),
    });
    let y = ["planned", "earned", "spent"].map(Into::into).into();
    output.charts.push(Chart { title, table: id, mark: Mark::Line, x: "month".into(), y });
}

/// Forecasts the year of the last report from the pace of the months before.
fn outlook(view: &View<'_>, output: &mut Output) -> Result<(), Stop> {
    let View { region, input, entries, evidence, options, context } = *view;
    let Some((portfolio, first, year)) = portfolio(input, entries) else { return Ok(()) };
    let run = Run {
        draws: options.draws.clamp(100, 10_000_000) as usize,
        seed: context.seed,
        threads: context.threads,
    };
    let simulated = forecast::simulate(&portfolio, run, context.cancelled).ok_or(Stop::Cancelled)?;
    let modelled = Evidence::model(
        super::ID.into(),
        env!("CARGO_PKG_VERSION").into(),
        context.seed,
        evidence.clone(),
        [],
    );
    let key = Key {
        measure: Measure::of("project.investment.done"),
        subject: Subject::Region(region),
        period: Period::year(year),
        scope: None,
    };
    let (zh, en) = words::region(region);
    let shown = |value: f64| format!("{:.2}", value / 1e8);
    let (low, median, high) = (simulated.quantile(0.05), simulated.quantile(0.5), simulated.quantile(0.95));
    let told = Text::new(
        format!(
            "{zh}{year}年预计完成投资{}亿元（九成在{}至{}亿元之间）",
            shown(median),
            shown(low),
            shown(high)
        ),
        format!(
            "{en}, {year}: {} (100 million yuan) expected to be done, nine in ten between {} and {}",
            shown(median),
            shown(low),
            shown(high)
        ),
    );
    let value = Estimate::Sample {
        runs: run.draws as u32,
        low,
        median,
        high,
        error: 1.2533 * simulated.sd / (run.draws as f64).sqrt(),
        unit: "CNY".into(),
    };
    output.findings.push(Finding::new(super::ID, key, value, modelled.clone(), "monte-carlo", told.clone()));
    let probabilities = [0.05, 0.5, 0.95];
    let months = forecast::by_month(
        &portfolio,
        &simulated,
        Run { draws: run.draws.min(10_000), ..run },
        &probabilities,
    );
    let id = code(&format!("projects.{region}.outlook"));
    output.tables.push(Table {
        id: id.clone(),
        title: told.clone(),
        columns: ["month", "p5", "p50", "p95"].map(Into::into).into(),
        rows: months
            .iter()
            .enumerate()
            .map(|(at, row)| {
                let mut cells = vec![text(&Month(first.0 + at as i32).to_string())];
                cells.extend(row.iter().map(|value| number(*value)));
                cells
            })
            .collect(),
        evidence: modelled.clone(),
    });
    let y = ["p5", "p50", "p95"].map(Into::into).into();
    output.charts.push(Chart { title: told, table: id, mark: Mark::Line, x: "month".into(), y });
    let run = Run { draws: run.draws.min(10_000), ..run };
    let forecast = Forecast { portfolio: &portfolio, simulated: &simulated, run, year, evidence: &modelled };
    target(view, &forecast, output);
    tornado(region, &forecast, output);
    Ok(())
}

/// A forecast of a year, made.
struct Forecast<'a> {
    portfolio: &'a Portfolio,
    simulated: &'a forecast::Simulated,
    run: Run,
    year: i16,
    evidence: &'a Evidence,
}

/// The year's target with its probability, and what it would take to reach it with the probability wished for. Without a
/// stated target it is what is planned for the year.
fn target(view: &View<'_>, forecast: &Forecast<'_>, output: &mut Output) {
    let View { region, options, context, .. } = *view;
    let Forecast { portfolio, simulated, run, year, evidence } = *forecast;
    let planned = portfolio.items.iter().map(|item| item.done + item.planned()).sum::<f64>();
    let stated = options.target.filter(|target| target.is_finite()).map(|target| target * 1e8);
    let target = stated.unwrap_or(planned);
    let (zh, en) = words::region(region);
    let p =
        Decimal::from_f64(simulated.reaches(target)).map_or(Cell::Missing, |p| Cell::Number(p.round_dp(4)));
    output.tables.push(Table {
        id: code(&format!("projects.{region}.target")),
        title: Text::new(
            format!("{zh}{year}年目标能否完成（亿元）"),
            format!("{en}: will the target of {year} be met (100 million yuan)"),
        ),
        columns: ["year", "target", "from", "mean", "p5", "p50", "p95", "p_meet"].map(Into::into).into(),
        rows: vec![vec![
            text(&year.to_string()),
            number(target),
            text(if stated.is_some() { "stated" } else { "planned" }),
            number(simulated.mean),
            number(simulated.quantile(0.05)),
            number(simulated.quantile(0.5)),
            number(simulated.quantile(0.95)),
            p,
        ]],
        evidence: evidence.clone(),
    });
    let Some(wish) = options.wish.filter(|wish| (0.0..=1.0).contains(wish)) else { return };
    let Some(lift) = forecast::lift(portfolio, simulated, target, wish, run, context.cancelled) else {
        return;
    };
    let share = |p: f64| Decimal::from_f64(p).map_or(Cell::Missing, |p| Cell::Number(p.round_dp(4)));
    output.tables.push(Table {
        id: code(&format!("projects.{region}.lift")),
        title: Text::new(
            format!("{zh}：另增{:.2}亿元，或依次守住下列项目的计划，可使概率升至{wish}", lift.add / 1e8),
            format!("{en}: {:.2} (100 million yuan) more, or these projects held to their plan, lift it to {wish}", lift.add / 1e8),
        ),
        columns: ["code", "p_meet"].map(Into::into).into(),
        rows: lift.hold.iter().map(|(code, p)| vec![text(code), share(*p)]).collect(),
        evidence: evidence.clone(),
    });
}

fn tornado(region: u32, forecast: &Forecast<'_>, output: &mut Output) {
    let Forecast { portfolio, simulated, evidence, .. } = *forecast;
    let (zh, en) = words::region(region);
    let id = code(&format!("projects.{region}.drivers"));
    let title =
        Text::new(format!("{zh}：哪些项目左右全年完成额"), format!("{en}: what moves the year's total most"));
    let share =
        |share: f64| Decimal::from_f64(share).map_or(Cell::Missing, |share| Cell::Number(share.round_dp(4)));
    let drivers = forecast::drivers(portfolio, simulated);
    let rows = drivers
        .iter()
        .take(30)
        .map(|driver| vec![text(&driver.name), share(driver.share), number(driver.shortfall)]);
    output.tables.push(Table {
        id: id.clone(),
        title: title.clone(),
        columns: ["driver", "share", "shortfall"].map(Into::into).into(),
        rows: rows.collect(),
        evidence: evidence.clone(),
    });
    output.charts.push(Chart {
        title,
        table: id,
        mark: Mark::Bar,
        x: "driver".into(),
        y: vec!["share".into()],
    });
}

/// The months left of the year of the last report, with the pace learnt from the months before; the first month left and
/// the year.
fn portfolio(input: &Input, entries: &[&Entry]) -> Option<(Portfolio, Month, i16)> {
    let mut reports: BTreeMap<Month, Vec<(f64, f64)>> = BTreeMap::new();
    let yuan =
        |amount: &Option<super::input::Amount>| amount.as_ref().and_then(|amount| amount.value.to_f64());
    let last = entries
        .iter()
        .flat_map(|entry| input.progress.get(&entry.code).into_iter().flatten())
        .filter(|progress| progress.earned.is_some())
        .filter_map(month_of)
        .max()?;
    let year = last.year();
    let left = 12 - last.number() as usize;
    if left == 0 {
        return None;
    }
    let mut items = Vec::new();
    for entry in entries {
        let mut item = Item {
            code: entry.code.to_string(),
            done: 0.0,
            plan: vec![0.0; left],
            pace: forecast::Pert { min: 1.0, mode: 1.0, max: 1.0, lambda: 4.0 },
            slip: None,
            group: None,
        };
        for progress in input.progress.get(&entry.code).into_iter().flatten() {
            let Some(month) = month_of(progress) else { continue };
            let (planned, earned) = (yuan(&progress.planned), yuan(&progress.earned));
            if month > last && month.year() == year {
                item.plan[(month.0 - last.0 - 1) as usize] += planned.unwrap_or(0.0);
            } else if month <= last {
                if month.year() == year {
                    item.done += earned.unwrap_or(0.0);
                }
                if let Some(planned) = planned {
                    reports.entry(month).or_default().push((planned, earned.unwrap_or(0.0)));
                }
            }
        }
        items.push(item);
    }
    let learnt = forecast::calibrate(&reports.into_values().collect::<Vec<_>>())?;
    items.iter_mut().for_each(|item| item.pace = learnt.pace);
    let portfolio = Portfolio { items, common_sd: learnt.common_sd, group_sd: vec![], months: left };
    portfolio.fault().is_none().then_some((portfolio, Month(last.0 + 1), year))
}
