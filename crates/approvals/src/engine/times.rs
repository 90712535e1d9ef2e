//! How long cases took, for a plan of limits, and where an average case's days went.

use super::cases::promised;
use super::input::{Cases, Matters};
use crate::clock::Calendar;
use crate::flow::tasks;
use crate::log::time::DAY;
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::sync::Arc;
use zhidian_model::{Cell, Code, Evidence, Output, Subject, Table, Text};
use zhidian_vocabulary::words;

/// Working days that cases of one matter took.
#[derive(Debug, Default, PartialEq)]
struct Matter {
    /// Cases by days.
    days: BTreeMap<u32, u64>,
    promised: Option<Decimal>,
}

/// Days between two steps, summed over all cases.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Part {
    times: u64,
    /// On working days, before the step began.
    waiting: f64,
    /// On working days, while it was worked on; nothing where beginnings are not logged.
    working: f64,
    /// On days that are none.
    rest: f64,
}

/// Days between two steps by the steps, most days first.
type Parts = Vec<((u32, u32), Part)>;

/// Tables of a region's log.
pub(super) fn tables(
    input: &Matters,
    region: &Subject,
    cases: &Cases,
    evidence: &Evidence,
    output: &mut Output,
) {
    let (zh, en) = words::region(region.region().unwrap_or_default());
    let id = |what: &str| -> Code { format!("approval_{what}_{region}").into() };
    let text = |text: &str| Cell::Text(Arc::from(text));
    let count = |n: u64| Cell::Number(Decimal::from(n));
    let rows = matters(input, region, cases).into_iter().flat_map(|(item, of)| {
        let limit = of.promised.map_or(Cell::Missing, Cell::Number);
        of.days
            .into_iter()
            .map(|(days, cases)| vec![text(&item), count(days.into()), count(cases), limit.clone()])
            .collect::<Vec<_>>()
    });
    output.tables.push(Table {
        id: id("days"),
        title: Text::new(format!("{zh}办件用时（工作日）"), format!("{en}: working days that cases took")),
        columns: ["item", "days", "cases", "promised"].map(Into::into).to_vec(),
        rows: rows.collect(),
        evidence: evidence.clone(),
    });
    let (all, parts) = parts(&input.calendar, cases);
    let mean = |days: f64| {
        let value = Decimal::try_from(days / all.max(1) as f64);
        value.map_or(Cell::Missing, |value| Cell::Number(value.round_dp(3)))
    };
    let rows = parts.into_iter().map(|((from, to), part)| {
        let steps =
            [text(cases.log.activities.text(from)), text(cases.log.activities.text(to)), count(part.times)];
        steps.into_iter().chain([part.waiting, part.working, part.rest].map(mean)).collect()
    });
    output.tables.push(Table {
        id: id("parts"),
        title: Text::new(
            format!("{zh}平均每件的天数花在哪里"),
            format!("{en}: where the days of an average case go"),
        ),
        columns: ["from", "to", "times", "waiting_days", "working_days", "rest_days"]
            .map(Into::into)
            .to_vec(),
        rows: rows.collect(),
        evidence: evidence.clone(),
    });
}

/// Cases by the working days they took, matter by matter. A case that reaches into a year whose holidays are not published is
/// not counted.
fn matters(input: &Matters, region: &Subject, cases: &Cases) -> BTreeMap<Arc<str>, Matter> {
    let mut all: BTreeMap<Arc<str>, Matter> = BTreeMap::new();
    let unnamed: Arc<str> = Arc::from("");
    for case in cases.log.each() {
        let (first, last) = (case.times[0].div_euclid(DAY), case.times[case.times.len() - 1].div_euclid(DAY));
        let Ok(days) = input.calendar.between(first, last) else { continue };
        let item = cases.items.get(&case.number).unwrap_or(&unnamed);
        let of = all.entry(item.clone()).or_default();
        *of.days.entry(days).or_default() += 1;
        of.promised = of.promised.or_else(|| promised(input, region, item, last));
    }
    all
}

/// Days between steps by the steps, and how many cases were counted; most days first.
fn parts(calendar: &Calendar, cases: &Cases) -> (u64, Parts) {
    let mut parts: BTreeMap<(u32, u32), Part> = BTreeMap::new();
    let mut all = 0;
    for case in cases.log.each() {
        let tasks = tasks(&case);
        let spans = tasks.windows(2).map(|pair| {
            // Work that overlaps the step before is not waited for.
            let begin = pair[1].begin.max(pair[0].end).min(pair[1].end);
            let waited = split(calendar, pair[0].end, begin)?;
            Some(((pair[0].activity, pair[1].activity), waited, split(calendar, begin, pair[1].end)?))
        });
        let Some(spans) = spans.collect::<Option<Vec<_>>>() else { continue };
        all += 1;
        for (steps, (waiting, idle), (working, rest)) in spans {
            let part = parts.entry(steps).or_default();
            part.times += 1;
            part.waiting += waiting;
            part.working += working;
            part.rest += idle + rest;
        }
    }
    let mut parts: Parts = parts.into_iter().collect();
    let days = |part: &Part| part.waiting + part.working + part.rest;
    parts.sort_by(|a, b| days(&b.1).total_cmp(&days(&a.1)).then(a.0.cmp(&b.0)));
    (all, parts)
}

/// Days between two times on working days and on others; nothing where a year is not published.
fn split(calendar: &Calendar, from: i64, to: i64) -> Option<(f64, f64)> {
    let elapsed = (to - from).max(0) as f64 / DAY as f64;
    let (first, last) = (from.div_euclid(DAY), to.div_euclid(DAY));
    let working = calendar.between(first, last.max(first)).ok()?;
    let rest = ((last - first).max(0) as f64 - f64::from(working)).clamp(0.0, elapsed);
    Some((elapsed - rest, rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::time::DAY;

    /// Days since 1970 of a day of 2021.
    fn day(month: i8, day: i8) -> i64 {
        let date = jiff::civil::date(2021, month, day);
        i64::from((date - jiff::civil::date(1970, 1, 1)).get_days())
    }

    #[test]
    fn a_weekend_is_no_working_time() {
        let calendar = Calendar::published();
        // Friday noon to Monday noon: three days, two of them a weekend.
        let (from, to) = (day(3, 5) * DAY + DAY / 2, day(3, 8) * DAY + DAY / 2);
        assert_eq!(split(&calendar, from, to), Some((1.0, 2.0)));
    }

    #[test]
    fn a_made_up_saturday_is_working_time() {
        let calendar = Calendar::published();
        // 25 April 2021 was a Sunday worked for the Labour Day holiday.
        assert_eq!(split(&calendar, day(4, 24) * DAY, day(4, 25) * DAY), Some((1.0, 0.0)));
    }

    #[test]
    fn time_adds_up_and_an_unpublished_year_is_not_guessed() {
        let calendar = Calendar::published();
        let (from, to) = (day(1, 4) * DAY + 7, day(2, 20) * DAY + 11);
        let (open, rest) = split(&calendar, from, to).unwrap();
        assert!((open + rest - (to - from) as f64 / DAY as f64).abs() < 1e-9);
        assert!(open > 0.0 && rest > 0.0);
        assert_eq!(split(&calendar, 0, 1), None, "1970 is not published");
    }
}
