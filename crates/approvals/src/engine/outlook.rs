//! What to expect of a region's cases, as they are and after changes, and what could be promised.

use super::input::{Cases, Matters};
use super::{Options, cases::number};
use crate::clock::Hours;
use crate::simulate::validate::Plan;
use crate::simulate::{Change, Misspelt, NoChange, Outlook, Study, promise, study};
use std::sync::Arc;
use zhidian_model::{Cell, Chart, Code, Context, Evidence, Mark, Output, Stop, Table, Text};

/// Shares of cases for which a limit is told.
const SHARES: [f64; 7] = [0.5, 0.75, 0.8, 0.9, 0.95, 0.98, 0.99];

/// The options made ready, or what is wrong with them.
pub(super) struct Asked {
    hours: Hours,
    changes: Vec<Change>,
}

impl Asked {
    pub(super) fn of(options: &Options) -> Result<Self, Stop> {
        if !(options.confidence > 0.0 && options.confidence < 1.0) {
            return Err(misuse(
                "选项 confidence 须在 0 与 1 之间",
                "option confidence must lie between 0 and 1",
            ));
        }
        let hours = Hours::parse(&options.hours, 0).ok_or_else(|| {
            misuse(
                "选项 hours 应写作 09:00-12:00,13:30-17:30",
                "write option hours as 09:00-12:00,13:30-17:30",
            )
        })?;
        let changes = options.changes.iter().map(|text| text.parse()).collect::<Result<_, Misspelt>>();
        let changes =
            changes.map_err(|error| misuse(format!("无法识别改造：{}", error.0), error.to_string()))?;
        Ok(Self { hours, changes })
    }
}

fn misuse(zh: impl Into<String>, en: impl Into<String>) -> Stop {
    Stop::Misuse(Text::new(zh, en))
}

/// Outlook, promises and validation of each region's log. Changes that name no step of a log leave that log as it is.
pub(super) fn tables(
    input: &Matters,
    asked: &Asked,
    options: &Options,
    context: &Context<'_>,
    output: &mut Output,
) -> Result<(), Stop> {
    let mut fits = asked.changes.is_empty();
    let mut why = None;
    for (region, cases) in &input.cases {
        match played(input, cases, asked, options, context) {
            Ok(study) => {
                fits = true;
                let (id, notes) = (region.to_string(), super::cases::notes(region, cases));
                told(&id, &notes, cases, &study, output);
            }
            Err(error) => why = Some(error),
        }
        if (context.cancelled)() {
            return Err(Stop::Cancelled);
        }
    }
    match why {
        Some(error) if !fits => Err(misuse(format!("无法应用改造：{error}"), error.to_string())),
        _ => Ok(()),
    }
}

fn played(
    input: &Matters,
    cases: &Cases,
    asked: &Asked,
    options: &Options,
    context: &Context<'_>,
) -> Result<Study, NoChange> {
    let plan = Plan {
        cases: cases.log.cases.len().clamp(200, 5_000),
        replications: options.replications.clamp(2, 1_000),
        seed: context.seed,
        from: cases.log.each().map(|case| case.times[0]).min().unwrap_or(0),
        zone: 0,
        limit: options.limit,
        cancelled: context.cancelled,
    };
    study(&cases.log, &asked.hours, &input.calendar, &plan, &asked.changes, options.confidence)
}

fn told(region: &str, (zh, en): &(String, String), cases: &Cases, study: &Study, output: &mut Output) {
    let Some((first, rest)) = cases.evidence.split_first() else { return };
    let evidence = Evidence::derived("simulation", None, first.clone(), rest.iter().cloned());
    let id = |what: &str| -> Code { format!("approval_{what}_{region}").into() };
    let text = |text: &str| Cell::Text(Arc::from(text));
    let outlooks: Vec<(&str, &Outlook)> = [("as_is", &study.baseline), ("redesign", &study.redesign)]
        .into_iter()
        .filter_map(|(name, outlook)| Some((name, outlook.as_ref()?)))
        .collect();
    let believed = match &study.holdout {
        Some(holdout) if holdout.believed => "believed",
        Some(_) => "not_believed",
        None => "too_few_cases",
    };
    let rows = outlooks.iter().map(|(name, outlook)| {
        let late = |of: Option<f64>| of.map_or(Cell::Missing, |share| number(share * 100.0));
        let (median, p90) = (outlook.ci.median, outlook.ci.p90);
        vec![
            text(name),
            number(outlook.median),
            number(median.low),
            number(median.high),
            number(outlook.p90),
            number(p90.low),
            number(p90.high),
            late(outlook.late),
            late(outlook.ci.late.map(|late| late.low)),
            late(outlook.ci.late.map(|late| late.high)),
            text(believed),
        ]
    });
    let columns = [
        "procedure",
        "median_days",
        "median_low",
        "median_high",
        "p90_days",
        "p90_low",
        "p90_high",
        "late_percent",
        "late_low",
        "late_high",
        "validation",
    ];
    output.tables.push(Table {
        id: id("outlook"),
        title: Text::new(
            format!("{zh}：模拟所得用时（工作日）"),
            format!("{en}: time to expect by simulation, in working days"),
        ),
        columns: columns.map(Into::into).to_vec(),
        rows: rows.collect(),
        evidence: evidence.clone(),
    });
    // A model that missed what it had not seen promises nothing.
    if believed == "believed" && !outlooks.is_empty() {
        let limit = |name: &str, share: f64| {
            let outlook = outlooks.iter().find(|(which, _)| *which == name);
            outlook.map_or(Cell::Missing, |(_, outlook)| number(promise(outlook, share).limit as f64))
        };
        let rows = SHARES
            .iter()
            .map(|share| vec![number(share * 100.0), limit("as_is", *share), limit("redesign", *share)]);
        output.tables.push(Table {
            id: id("promise"),
            title: Text::new(
                format!("{zh}：可承诺的时限（工作日）"),
                format!("{en}: limit that could be promised, in working days"),
            ),
            columns: ["percent_in_time", "as_is", "redesign"].map(Into::into).to_vec(),
            rows: rows.collect(),
            evidence: evidence.clone(),
        });
        output.charts.push(Chart {
            title: Text::new(
                format!("{zh}：按时率与可承诺时限"),
                format!("{en}: share in time against the limit that could be promised"),
            ),
            table: id("promise"),
            mark: Mark::Bar,
            x: "percent_in_time".into(),
            y: if study.redesign.is_some() {
                vec!["as_is".into(), "redesign".into()]
            } else {
                vec!["as_is".into()]
            },
        });
    }
    let Some(holdout) = &study.holdout else { return };
    let row = |what: &str, seen: f64, low: f64, high: f64| {
        vec![text(what), number(seen), number(low), number(high), number(holdout.cases as f64)]
    };
    output.tables.push(Table {
        id: id("validation"),
        title: Text::new(
            format!("{zh}：对留出时段的预测（工作日）"),
            format!("{en}: prediction of a period not seen, in working days"),
        ),
        columns: ["figure", "seen", "predicted_low", "predicted_high", "cases"].map(Into::into).to_vec(),
        rows: vec![
            row("median", holdout.median, holdout.median_predicted.low, holdout.median_predicted.high),
            row("p90", holdout.p90, holdout.p90_predicted.low, holdout.p90_predicted.high),
        ],
        evidence,
    });
}
