//! Asked keys answered by counting and adding the rows of the register.

use super::input::{Amount, Entry, Input, Progress};
use crate::register::Stage;
use jiff::civil::Date;
use rust_decimal::Decimal;
use zhidian_model::{Estimate, Evidence, Finding, Interval, Key, Measure, Period, Subject, Text};
use zhidian_vocabulary::words;

/// Which rows a measure is about, and what of them it asks.
struct Asked {
    rows: fn(&Entry) -> bool,
    dated: fn(&Entry) -> Option<Date>,
    least: Option<Decimal>,
    sums: bool,
    /// Without a kind of its own, a sum over rows of several kinds would answer another question.
    one_kind: bool,
}

fn of_kind(entry: &Entry, words: &[&str]) -> bool {
    let kind = entry.kind.to_lowercase();
    words.iter().any(|word| kind.contains(word))
}

fn new_infrastructure(entry: &Entry) -> bool {
    of_kind(entry, &["新基建", "新型基础设施", "new infrastructure", "new-infrastructure"])
}

fn key_project(entry: &Entry) -> bool {
    of_kind(entry, &["重点", "重大", "key project", "major project"])
}

fn asked(measure: &str) -> Option<Asked> {
    let admitted: fn(&Entry) -> Option<Date> = |entry| entry.admitted;
    let any = Asked { rows: |_| true, dated: admitted, least: None, sums: false, one_kind: false };
    let started = Asked { dated: |entry| entry.start, ..any };
    let (base, sums) = match measure.strip_suffix(".investment") {
        Some(base) => (base, true),
        None => (measure, false),
    };
    let wan = |hundred_millions: i64| Some(Decimal::from(hundred_millions * 100_000_000));
    Some(match base {
        "projects.count" if !sums => any,
        "projects" | "project" if sums => Asked { sums, one_kind: true, ..any },
        "projects.new_infrastructure" => Asked { rows: new_infrastructure, sums, ..any },
        "projects.key" if !sums => Asked { rows: key_project, ..any },
        "projects.started" => Asked { sums, ..started },
        "projects.started.100m" => Asked { least: wan(1), sums, ..started },
        "projects.started.1bn" => Asked { least: wan(10), sums, ..started },
        _ => return None,
    })
}

/// Everything the register says at an asked key.
pub(super) fn answer(input: &Input, key: &Key) -> Vec<Finding> {
    let measure = match &key.measure {
        Measure::Of(measure) => measure,
        Measure::Member(list) if list.ends_with(REGISTER) => {
            return under_way(input, key).into_iter().collect();
        }
        _ => return Vec::new(),
    };
    match &key.subject {
        Subject::Region(region) => {
            let here: Vec<&Entry> =
                input.projects.iter().filter(|entry| lies_in(entry.region, *region)).collect();
            match &**measure {
                "project.investment.done" => done(input, &here, key, |_| true),
                "projects.key.investment" => done(input, &here, key, key_project),
                measure => {
                    asked(measure).and_then(|asked| gathered(&here, key, &asked)).into_iter().collect()
                }
            }
        }
        Subject::Entity { kind, id } if &**kind == "project" => {
            input.project(id).map_or_else(Vec::new, |entry| of_one(input, entry, measure, key))
        }
        Subject::Entity { .. } => Vec::new(),
    }
}

/// The register as a list, by whatever words a statement asks for it.
const REGISTER: &str = ":projects";

/// That a named project is under way or complete by the end of the period, where the register says so. A project in
/// reserve or in preparation is in the register, which does not say that it is being built.
fn under_way(input: &Input, key: &Key) -> Option<Finding> {
    let Subject::Entity { kind, id } = &key.subject else { return None };
    let entry = input.project(id).filter(|_| &**kind == "project")?;
    let stage = entry.stage.filter(|stage| *stage >= Stage::NewStart)?;
    if entry.start.zip(key.period.to()).is_some_and(|(start, end)| start >= end) {
        return None;
    }
    let (zh, en) = stage.words();
    let text = Text::new(
        format!("项目库载有“{}”，阶段：{zh}", entry.name),
        format!("the register holds “{}”, stage: {en}", entry.name),
    );
    let evidence = Evidence::derived("row of the register", Some(key.clone()), entry.evidence.clone(), []);
    let value = Estimate::Truth(Some(true));
    Some(Finding::new(super::ID, key.clone(), value, evidence, "row of the register", text))
}

/// A county lies in its city and its province by its code.
fn lies_in(region: u32, of: u32) -> bool {
    let whole = match of {
        100_000 => return true,
        of if of % 10_000 == 0 => 10_000,
        of if of % 100 == 0 => 100,
        _ => 1,
    };
    region / whole == of / whole
}

/// A count or a sum over rows that fit. A row that may fit or not, for want of a date or an amount, widens the answer.
fn gathered(here: &[&Entry], key: &Key, asked: &Asked) -> Option<Finding> {
    let always = key.period == Period::ALWAYS;
    let mut fit: Vec<(&Entry, bool)> = Vec::new();
    for entry in here.iter().filter(|entry| (asked.rows)(entry)) {
        let large = match (asked.least, &entry.total) {
            (None, _) => Some(true),
            (Some(least), Some(total)) => Some(total.value >= least),
            (Some(_), None) => None,
        };
        let within =
            if always { Some(true) } else { (asked.dated)(entry).map(|day| holds(&key.period, day)) };
        match (large, within) {
            (Some(false), _) | (_, Some(false)) => {}
            (Some(true), Some(true)) => fit.push((entry, true)),
            _ => fit.push((entry, false)),
        }
    }
    if asked.one_kind && fit.windows(2).any(|pair| pair[0].0.kind != pair[1].0.kind) {
        return None;
    }
    let certain: Vec<&Entry> = fit.iter().filter(|(_, sure)| *sure).map(|(entry, _)| *entry).collect();
    let doubtful: Vec<&Entry> = fit.iter().filter(|(_, sure)| !*sure).map(|(entry, _)| *entry).collect();
    let (first, rest) = fit.split_first()?;
    let evidence = |entry: &Entry| match (&entry.total, asked.sums) {
        (Some(total), true) => total.evidence.clone(),
        _ => entry.evidence.clone(),
    };
    let by = if asked.sums { "sum of projects" } else { "count of projects" };
    let evidence = Evidence::derived(
        by,
        Some(key.clone()),
        evidence(first.0),
        rest.iter().map(|(entry, _)| evidence(entry)),
    );
    let (printed, interval, unit) = if asked.sums {
        let stated: Vec<&Amount> = certain.iter().filter_map(|entry| entry.total.as_ref()).collect();
        let (printed, mut interval) = sum(&stated)?;
        let unstated = certain.iter().any(|entry| entry.total.is_none());
        match doubtful.iter().map(|entry| entry.total.as_ref()).collect::<Option<Vec<_>>>() {
            Some(more) if !unstated => {
                let (_, more) = sum(&more)?;
                interval.high = add(interval.high, more.high);
            }
            _ => interval.high = None,
        }
        (printed, interval, "CNY")
    } else {
        let count = Decimal::from(certain.len());
        (count, Interval::closed(count, count + Decimal::from(doubtful.len())), "个")
    };
    let text = told(key, printed, unit, fit.len(), doubtful.len());
    let value = Estimate::Value { printed, interval, unit: unit.into() };
    Some(Finding::new(super::ID, key.clone(), value, evidence, by, text))
}

fn holds(period: &Period, day: Date) -> bool {
    period.from().is_none_or(|from| from <= day) && period.to().is_none_or(|to| day < to)
}

fn add(a: Option<zhidian_model::Bound>, b: Option<zhidian_model::Bound>) -> Option<zhidian_model::Bound> {
    let (a, b) = a.zip(b)?;
    Some(zhidian_model::Bound { at: a.at.checked_add(b.at)?, open: a.open || b.open })
}

/// Printed sum and the sum of what the figures may stand for.
fn sum(amounts: &[&Amount]) -> Option<(Decimal, Interval)> {
    let mut printed = Decimal::ZERO;
    let mut interval = Interval::closed(Decimal::ZERO, Decimal::ZERO);
    for amount in amounts {
        printed = printed.checked_add(amount.value)?;
        interval.low = add(interval.low, amount.interval.low);
        interval.high = add(interval.high, amount.interval.high);
    }
    Some((printed, interval))
}

/// Work done in a period: over the stretch that reports cover, which is the asked period or a part of it from its start.
fn done(input: &Input, here: &[&Entry], key: &Key, rows: fn(&Entry) -> bool) -> Vec<Finding> {
    let reported: Vec<&Progress> = here
        .iter()
        .filter(|entry| rows(entry))
        .flat_map(|entry| input.progress.get(&entry.code).into_iter().flatten())
        .filter(|progress| progress.earned.is_some())
        .collect();
    let periods: Vec<Period> = if key.period == Period::ALWAYS {
        let years: std::collections::BTreeSet<i16> =
            reported.iter().filter_map(|progress| progress.period.from()).map(|day| day.year()).collect();
        years.into_iter().map(Period::year).collect()
    } else {
        vec![key.period]
    };
    periods.iter().filter_map(|period| done_in(&reported, key, period)).collect()
}

fn done_in(reported: &[&Progress], key: &Key, period: &Period) -> Option<Finding> {
    let within: Vec<&&Progress> =
        reported.iter().filter(|progress| period.contains(&progress.period)).collect();
    let last = within.iter().filter_map(|progress| progress.period.to()).max()?;
    // Every day up to the last must lie in some report: a missing month is no month without work.
    let mut covered = period.from()?;
    let mut spans: Vec<(Date, Date)> =
        within.iter().filter_map(|progress| progress.period.from().zip(progress.period.to())).collect();
    spans.sort_unstable();
    for (from, to) in spans {
        if from > covered {
            return None;
        }
        covered = covered.max(to);
    }
    let at = key.at(Period::new(period.from(), Some(last))?);
    let amounts: Vec<&Amount> = within.iter().filter_map(|progress| progress.earned.as_ref()).collect();
    let (printed, interval) = sum(&amounts)?;
    let (first, rest) = amounts.split_first()?;
    let evidence = Evidence::derived(
        "sum of progress",
        Some(at.clone()),
        first.evidence.clone(),
        rest.iter().map(|amount| amount.evidence.clone()),
    );
    let text = told(&at, printed, "CNY", amounts.len(), 0);
    let value = Estimate::Value { printed, interval, unit: "CNY".into() };
    Some(Finding::new(super::ID, at, value, evidence, "sum of progress", text))
}

/// What the register says of one project.
fn of_one(input: &Input, entry: &Entry, measure: &str, key: &Key) -> Vec<Finding> {
    let amount = match measure {
        "project.investment" => &entry.total,
        "project.investment.done" => {
            let mut found = done(input, &[entry], key, |_| true);
            if let (Some(done), true) = (&entry.done, key.period == Period::ALWAYS) {
                found.push(read(done, key));
            }
            return found;
        }
        _ => return Vec::new(),
    };
    amount.iter().map(|amount| read(amount, key)).collect()
}

fn read(amount: &Amount, key: &Key) -> Finding {
    let text = told(key, amount.value, "CNY", 1, 0);
    let value = Estimate::Value { printed: amount.value, interval: amount.interval, unit: "CNY".into() };
    Finding::new(super::ID, key.clone(), value, amount.evidence.clone(), "read", text)
}

/// `新乡市2020年新型基础设施项目410个（项目库410行）`
fn told(key: &Key, value: Decimal, unit: &str, rows: usize, doubtful: usize) -> Text {
    let (zh_subject, en_subject) = match &key.subject {
        Subject::Region(code) => words::region(*code),
        Subject::Entity { id, .. } => (id.to_string(), id.to_string()),
    };
    let (zh_measure, en_measure) = words::measure(&key.measure.to_string());
    let (zh_period, en_period) = match key.period {
        Period::ALWAYS => (String::new(), "all rows".into()),
        period => words::period(&period.to_string()),
    };
    let (zh_value, en_value) = words::value(value, unit);
    let (zh_doubt, en_doubt) = match doubtful {
        0 => Default::default(),
        n => (format!("，另{n}行日期或金额不明"), format!(", {n} more without a date or an amount")),
    };
    Text::new(
        format!("{zh_subject}{zh_period}{zh_measure}{zh_value}（项目库{rows}行{zh_doubt}）"),
        format!("{en_subject}, {en_period}: {en_measure} {en_value} ({rows} rows of the register{en_doubt})"),
    )
}
