//! What the logs of cases say: time taken, share in time, and where the days go.

use super::input::{Cases, Matters, date};
use super::{Approvals, Options, TIME, asks, labelled};
use crate::flow;
use crate::log::time::{DAY, civil};
use crate::stats;
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::sync::Arc;
use zhidian_model::{
    Cell, Chart, Code, Engine, Estimate, Evidence, Finding, Interval, Key, Mark, Output, Period, Subject,
    Table, Text,
};
use zhidian_vocabulary::words;

/// Cases decided in one year.
#[derive(Default)]
struct Year {
    cases: u64,
    days: u64,
    with_limit: u64,
    in_time: u64,
}

/// Findings of one measure at the asked key: by the year in which cases were decided.
pub(super) fn answers(input: &Matters, code: &str, key: &Key) -> Vec<Finding> {
    let Some(cases) = input.cases.get(&key.subject) else { return Vec::new() };
    let Some((first, rest)) = cases.evidence.split_first() else { return Vec::new() };
    let years = years(input, &key.subject, cases);
    let mut found = Vec::new();
    for (year, of) in years {
        let Some(period) = i16::try_from(year).ok().map(Period::year) else { continue };
        if !asks(key, &key.subject, &period) {
            continue;
        }
        let (part, whole, factor, unit, method) = match code {
            TIME => (of.days, of.cases, Decimal::ONE, "工作日", "mean working days"),
            _ => (of.in_time, of.with_limit, Decimal::ONE_HUNDRED, "percent", "share in time"),
        };
        // A limit that is missing for some cases could make them late or not.
        if whole == 0 || (code != TIME && of.with_limit < of.cases) {
            continue;
        }
        let Some(value) = (Decimal::from(part) * factor).checked_div(Decimal::from(whole)) else { continue };
        let key = key.at(period);
        let evidence = Evidence::derived(method, Some(key.clone()), first.clone(), rest.iter().cloned());
        let shown = value.round_dp(2);
        let (zh, en) = notes(&key.subject, cases);
        let text = match code {
            TIME => Text::new(
                format!("{zh}{year}年办结{whole}件，平均{shown}个工作日"),
                format!("{en}, {year}: {whole} cases decided, {shown} working days on average"),
            ),
            _ => Text::new(
                format!("{zh}{year}年办结{whole}件，按承诺时限办结{shown}%"),
                format!("{en}, {year}: {whole} cases decided, {shown}% within the promised limit"),
            ),
        };
        let value =
            Estimate::Value { printed: shown, interval: Interval::closed(value, value), unit: unit.into() };
        found.push(Finding::new(Approvals::CARD.id, key, value, evidence, method, text));
    }
    found
}

/// A case counts in the year of its last step, in working days after the day of its first. A year that is not published has no
/// cases that could be counted.
fn years(input: &Matters, region: &Subject, cases: &Cases) -> BTreeMap<i64, Year> {
    let mut years: BTreeMap<i64, Year> = BTreeMap::new();
    for case in cases.log.each() {
        let (first, last) = (case.times[0].div_euclid(DAY), case.times[case.times.len() - 1].div_euclid(DAY));
        let Ok(days) = input.calendar.between(first, last) else { continue };
        let year = civil(last).0;
        let promised = cases.items.get(&case.number).and_then(|item| promised(input, region, item, last));
        let of = years.entry(year).or_default();
        of.cases += 1;
        of.days += u64::from(days);
        if let Some(promised) = promised {
            of.with_limit += 1;
            of.in_time += u64::from(Decimal::from(days) <= promised);
        }
    }
    years
}

/// The promised limit of a matter in the register of the region that stands for the day.
pub(super) fn promised(input: &Matters, region: &Subject, item: &str, day: i64) -> Option<Decimal> {
    let day = Period::day(date(day)?)?;
    let mut registers = input.items.iter().filter(|((at, period), _)| at == region && period.contains(&day));
    registers.find_map(|(_, items)| {
        items.iter().find(|known| &*known.code == item || &*known.name == item)?.promised
    })
}

/// The region's name in both languages, with a word where its cases are made up.
pub(super) fn notes(region: &Subject, cases: &Cases) -> (String, String) {
    labelled(words::region(region.region().unwrap_or_default()), cases.grade)
}

/// Steps, ways between steps and waiting, region by region.
pub(super) fn tables(input: &Matters, options: &Options, output: &mut Output) {
    for (region, cases) in &input.cases {
        let Some((first, rest)) = cases.evidence.split_first() else { continue };
        let evidence = Evidence::derived("process mining", None, first.clone(), rest.iter().cloned());
        let id = |what: &str| -> Code { format!("approval_{what}_{region}").into() };
        let (zh, en) = notes(region, cases);
        let title =
            |what_zh: &str, what_en: &str| Text::new(format!("{zh}：{what_zh}"), format!("{en}: {what_en}"));
        let stats = stats::of(&cases.log, 20, None);
        let text = |text: &str| Cell::Text(Arc::from(text));
        let hours = |seconds: f64| number(seconds / 3600.0);
        let rows = stats.dfg.iter().take(options.rows.max(1)).map(|edge| {
            let count = Cell::Number(Decimal::from(edge.freq));
            vec![text(&edge.a), text(&edge.b), count, hours(edge.median_s), hours(edge.p90_s)]
        });
        output.tables.push(Table {
            id: id("map"),
            title: title("流程图：环节之间", "process map, from step to step"),
            columns: ["from", "to", "cases", "median_hours", "p90_hours"].map(Into::into).to_vec(),
            rows: rows.collect(),
            evidence: evidence.clone(),
        });
        let waits = flow::bottlenecks(&cases.log);
        let rows = waits.iter().take(options.rows.max(1)).map(|wait| {
            let label = format!("{} → {}", wait.from, wait.to);
            vec![
                text(&label),
                Cell::Number(Decimal::from(wait.n)),
                number(wait.days_lost),
                number(wait.median_days),
                number(wait.waiting_days),
                number(wait.working_days),
                number(wait.days_lost / cases.log.each().count().max(1) as f64),
            ]
        });
        output.tables.push(Table {
            id: id("waits"),
            title: title("时间花在哪里", "where the days go"),
            columns: [
                "step",
                "cases",
                "days_lost",
                "median_days",
                "waiting_days",
                "working_days",
                "days_a_case",
            ]
            .map(Into::into)
            .to_vec(),
            rows: rows.collect(),
            evidence: evidence.clone(),
        });
        output.charts.push(Chart {
            title: title("各环节之间耗去的总天数", "days spent between steps, in all"),
            table: id("waits"),
            mark: Mark::Bar,
            x: "step".into(),
            y: vec!["days_lost".into()],
        });
        let variants = stats.top_variants.iter().map(|variant| {
            vec![text(&variant.variant.join(" → ")), Cell::Number(Decimal::from(variant.count))]
        });
        output.tables.push(Table {
            id: id("variants"),
            title: title("最常见的办理路径", "commonest ways through"),
            columns: ["way", "cases"].map(Into::into).to_vec(),
            rows: variants.collect(),
            evidence: evidence.clone(),
        });
        let tree = crate::discover::inductive(&cases.log, options.noise);
        output.tables.push(Table {
            id: id("procedure"),
            title: title("还原的流程", "the procedure as found"),
            columns: ["tree"].map(Into::into).to_vec(),
            rows: vec![vec![text(&tree.to_string())]],
            evidence: evidence.clone(),
        });
        super::times::tables(input, region, cases, &evidence, output);
    }
}

pub(super) fn number(value: f64) -> Cell {
    Decimal::try_from(value).map_or(Cell::Missing, |value| Cell::Number(value.round_dp(2)))
}
