//! What follows from the tables where nothing is printed: growth from levels of one edition, and where a measure would stand
//! when a target is due.

use crate::{
    Indicators, Observation, Observations, Status, derive,
    observation::conventional,
    target::{self, Movement, Projection},
};
use rust_decimal::{Decimal, prelude::ToPrimitive};
use std::collections::BTreeMap;
use zhidian_model::{
    Card, Code, Engine, Estimate, Evidence, Finding, Interval, Key, Measure, OriginId, Period, Text,
};
use zhidian_vocabulary::{
    measures::{Composed, Suffix},
    words,
};

/// What the measure of a projection ends in; the ledger asks for it where a target has no figure yet.
pub const PROJECTED: &str = ".projected";
/// What the measure of the latest figure ends in.
pub const LATEST: &str = ".latest";

const CARD: Card = Indicators::CARD;

/// Figures of one table and edition can be compared.
type Edition = (Option<std::sync::Arc<str>>, Vec<OriginId>);

fn edition(observation: &Observation) -> Edition {
    let origins = observation.evidence.origins().iter().map(|origin| origin.id.clone()).collect();
    (observation.edition.clone(), origins)
}

/// Figures that say what happened, and of which there is no doubt.
fn firm(observation: &&Observation) -> bool {
    matches!(observation.status, Status::Normal | Status::Provisional | Status::Final)
        && observation.evidence.grade().decides()
        && observation.scope.is_none()
}

/// Growth at a key from the levels of that year and the one before, where both stand in one edition. Growth at constant
/// prices is never derived: levels are at current prices.
pub(crate) fn growth(key: &Key, all: &Observations) -> Vec<Finding> {
    let level = match &key.measure {
        Measure::Of(code) => Composed::parse_code(code).ok().filter(|of| {
            of.suffix == Suffix::GrowthNominal
                || of.suffix == Suffix::Growth && of.base.growth_basis.is_none()
        }),
        _ => None,
    };
    let (Some(level), Some(year)) = (level, key.period.as_year()) else { return vec![] };
    let of = |year: i16| {
        let measure = Measure::of(level.base.code);
        Key { measure, subject: key.subject.clone(), period: Period::year(year), scope: None }
    };
    let (this, last) = (of(year), of(year - 1));
    let before: Vec<&Observation> = all.at(&last).filter(firm).collect();
    let pairs = all.at(&this).filter(firm).filter_map(|now| {
        let before =
            before.iter().find(|before| edition(before) == edition(now) && before.unit == now.unit)?;
        Some((now, *before))
    });
    // A rate of rates is none.
    pairs
        .filter(|(now, _)| &*now.unit != "percent")
        .filter_map(|(now, before)| grown(key, now, before, all))
        .collect()
}

fn grown(key: &Key, now: &Observation, before: &Observation, all: &Observations) -> Option<Finding> {
    let interval = derive::growth(&now.interval(), &before.interval())?;
    let printed = (now.value.checked_div(before.value)? - Decimal::ONE) * Decimal::ONE_HUNDRED;
    let evidence =
        Evidence::derived("growth", Some(key.clone()), now.evidence.clone(), [before.evidence.clone()]);
    let ((zh_subject, en_subject), period) = (all.name(&key.subject), words::period(&key.period.to_string()));
    let measure = words::measure(&key.measure.to_string());
    let shown = format!("{}%", printed.round_dp(2));
    let text = Text::new(
        format!(
            "{zh_subject}{}{}{shown}（由{}与上年{}推算）",
            period.0, measure.0, now.printed, before.printed
        ),
        format!(
            "{en_subject}, {}: {} {shown}, from {} and {} the year before",
            period.1, measure.1, now.printed, before.printed
        ),
    );
    let value = Estimate::Value { printed: printed.round_dp(6), interval, unit: "percent".into() };
    Some(Finding::new(CARD.id, key.clone(), value, evidence, "growth", text))
}

/// Where a measure would stand at the period of a key whose measure ends in [`PROJECTED`], and of a rate of growth over several
/// years what it would come to on average; with the latest figures beside it, from which a pace is counted.
pub(crate) fn projected(key: &Key, all: &Observations) -> Vec<Finding> {
    let code = match &key.measure {
        Measure::Of(code) => code.strip_suffix(PROJECTED),
        _ => None,
    };
    let (Some(code), Some(span)) = (code, key.period.whole_years()) else { return vec![] };
    let measure = conventional(Measure::of(code));
    let always = Key { measure, subject: key.subject.clone(), period: Period::ALWAYS, scope: None };
    let firm: Vec<&Observation> =
        all.at(&always).filter(firm).filter(|one| one.period.as_year().is_some()).collect();
    let mut findings = latest(key, code, &span, &firm);
    let Some(series) = series(code, &firm) else { return findings };
    let points: Vec<(i16, f64)> =
        series.iter().filter_map(|one| Some((one.period.as_year()?, one.value.to_f64()?))).collect();
    let found = match span.start() == span.end() {
        true => target::project(&points, *span.end(), movement(code, &series)),
        false if is_rate(code) => target::project_mean(&points, *span.start(), *span.end()),
        false => None,
    };
    let Some(found) = found else { return findings };
    let used = series.iter().filter(|one| one.period.as_year().is_some_and(|year| year >= found.from));
    let mut cited = used.map(|one| one.evidence.clone());
    let (Some(first), Some(last)) = (cited.next(), series.last()) else { return findings };
    let evidence = Evidence::model(CARD.id.into(), "drift/1".into(), 0, first, cited);
    let value = Estimate::Sample {
        runs: u32::try_from(found.steps).unwrap_or(u32::MAX),
        low: found.low,
        median: found.median,
        high: found.high,
        error: 0.0,
        unit: last.unit.clone(),
    };
    let text = said(key, code, &found, &last.unit, all);
    findings.insert(0, Finding::new(CARD.id, key.clone(), value, evidence, "projection", text));
    findings
}

/// The latest firm figure, of whatever edition; of a rate over several years that of each year of them that is known.
fn latest(
    key: &Key,
    code: &str,
    span: &std::ops::RangeInclusive<i16>,
    firm: &[&Observation],
) -> Vec<Finding> {
    let mut strongest: BTreeMap<i16, &Observation> = BTreeMap::new();
    for one in firm {
        let Some(year) = one.period.as_year() else { continue };
        let held = strongest.entry(year).or_insert(one);
        if one.evidence.grade() > held.evidence.grade() {
            *held = one;
        }
    }
    let last = strongest.keys().last().copied();
    let shown = strongest.into_iter().filter(|(year, _)| {
        Some(*year) == last || span.start() < span.end() && is_rate(code) && span.contains(year)
    });
    let measure = Measure::of(&format!("{code}{LATEST}"));
    shown
        .map(|(_, one)| {
            let at = Key { measure: measure.clone(), period: one.period, ..key.clone() };
            let figure =
                Estimate::Value { printed: one.value, interval: one.interval(), unit: one.unit.clone() };
            let told = Text::new(one.printed.clone(), one.printed.clone());
            Finding::new(CARD.id, at, figure, one.evidence.clone(), "read", told)
        })
        .collect()
}

/// The series a projection rests on: of levels that of the edition which reaches furthest and longest, since levels of
/// different editions are not compared; of published rates the strongest of each year.
fn series<'a>(code: &str, firm: &[&'a Observation]) -> Option<Vec<&'a Observation>> {
    let mut editions: BTreeMap<Edition, BTreeMap<i16, &'a Observation>> = BTreeMap::new();
    for one in firm {
        let year = one.period.as_year()?;
        let of = if is_rate(code) { (None, vec![]) } else { edition(one) };
        let held = editions.entry(of).or_default().entry(year).or_insert(one);
        if one.evidence.grade() > held.evidence.grade() {
            *held = one;
        }
    }
    let reach = |series: &BTreeMap<i16, &Observation>| (series.keys().last().copied(), series.len());
    let best = editions.into_values().max_by_key(reach)?;
    let unit: Code = best.values().last()?.unit.clone();
    Some(best.into_values().filter(|one| one.unit == unit).collect())
}

fn is_rate(code: &str) -> bool {
    Composed::parse_code(code)
        .is_ok_and(|of| matches!(of.suffix, Suffix::Growth | Suffix::GrowthReal | Suffix::GrowthNominal))
}

fn movement(code: &str, series: &[&Observation]) -> Movement {
    if is_rate(code) {
        Movement::Rate
    } else if series.iter().any(|one| &*one.unit == "percent" || one.value <= Decimal::ZERO) {
        Movement::Drift
    } else {
        Movement::Level
    }
}

/// `按2015—2024年的走势推算，2025年为… （90%区间…至…）`
fn said(key: &Key, code: &str, found: &Projection, unit: &str, all: &Observations) -> Text {
    let shown = |x: f64| {
        let decimal = Decimal::from_f64_retain(x).unwrap_or_default();
        words::value(round(decimal), unit)
    };
    let (low, median, high) = (shown(found.low), shown(found.median), shown(found.high));
    let ((zh_subject, en_subject), measure) = (all.name(&key.subject), words::measure(code));
    let period = words::period(&key.period.to_string());
    Text::new(
        format!(
            "{zh_subject}{}{}：按{}—{}年的走势推算约{}，九成区间为{}至{}",
            period.0, measure.0, found.from, found.to, median.0, low.0, high.0
        ),
        format!(
            "{en_subject}, {}: {} would be about {} by the years {} to {}, nine in ten between {} and {}",
            period.1, measure.1, median.1, found.from, found.to, low.1, high.1
        ),
    )
}

/// Four digits: a projection knows no more.
fn round(x: Decimal) -> Decimal {
    x.round_sf(4).unwrap_or(x)
}

/// The ends of a projection as an interval.
pub fn band(value: &Estimate) -> Option<(Interval, Code)> {
    let Estimate::Sample { low, high, unit, .. } = value else { return None };
    let ends = (Decimal::from_f64_retain(*low)?, Decimal::from_f64_retain(*high)?);
    Some((Interval::closed(ends.0, ends.1), unit.clone()))
}
