//! A measure among its peers, year by year: what is there to be ranked, the figures, and the places.

use super::{First, Input, Options};
use crate::{
    observation::{Observation, Status},
    standing::{self, Place, Printed},
};
use rust_decimal::{Decimal, prelude::ToPrimitive};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use zhidian_model::{Cell, Context, Evidence, Grade, Key, Measure, Output, Subject, Table, Text};
use zhidian_vocabulary::{measures, words};

/// Fewer peers than these make no ranking.
const FEWEST: usize = 3;

/// The cities ranked against each other.
pub(super) struct Peers {
    /// The city most asked about.
    pub home: u32,
    /// Codes, ascending.
    pub codes: Vec<u32>,
}

/// Figures of one measure by year and city: of each year those of the edition that holds most peers.
pub(super) type Years<'a> = BTreeMap<i16, BTreeMap<u32, &'a Observation>>;

fn is_city(code: u32) -> bool {
    code.is_multiple_of(100) && !code.is_multiple_of(10_000)
}

fn city(subject: &Subject) -> Option<u32> {
    subject.region().filter(|code| is_city(*code))
}

/// The peers asked for; else the cities of the province of the city most asked about.
pub(super) fn peers(input: &Input, options: &Options, context: &Context<'_>) -> Option<Peers> {
    let mut asked: BTreeMap<u32, usize> = BTreeMap::new();
    for key in context.asked {
        if let Some(code) = city(&key.subject) {
            *asked.entry(code).or_default() += 1;
        }
    }
    let there: BTreeSet<u32> = input.observations.subjects().filter_map(city).collect();
    let given: BTreeSet<u32> = options.peers.iter().filter_map(|code| code.parse().ok()).collect();
    let held = asked.into_iter().filter(|(code, _)| there.contains(code));
    let home = held.max_by_key(|(code, times)| (*times, std::cmp::Reverse(*code))).map(|(code, _)| code);
    let home = home.or_else(|| there.first().copied())?;
    let home = if given.is_empty() || given.contains(&home) { home } else { *given.first()? };
    let codes = if given.is_empty() {
        there.into_iter().filter(|code| code / 10_000 == home / 10_000).collect()
    } else {
        given.into_iter().collect()
    };
    Some(Peers { home, codes })
}

/// Figures of whole years that happened.
pub(super) fn years<'a>(input: &'a Input, measure: &str, peers: &[u32]) -> Years<'a> {
    let mut editions: BTreeMap<(i16, Option<&str>), BTreeMap<u32, &Observation>> = BTreeMap::new();
    for (subject, figures) in input.observations.of(Measure::of(measure)) {
        let Some(code) = city(subject) else { continue };
        for figure in figures.iter().filter(|figure| figure.status != Status::Target) {
            let Some(year) = figure.period.as_year() else { continue };
            let held = editions.entry((year, figure.edition.as_deref())).or_default();
            let stronger = |other: &Observation| other.evidence.grade() < figure.evidence.grade();
            if held.get(&code).is_none_or(|other| stronger(other)) {
                held.insert(code, figure);
            }
        }
    }
    let mut years: Years<'a> = BTreeMap::new();
    let covers = |held: &BTreeMap<u32, &Observation>| {
        let decides = held.values().all(|figure| figure.evidence.grade() > Grade::Unverified);
        (peers.iter().filter(|code| held.contains_key(code)).count(), decides)
    };
    for ((year, _), held) in editions {
        if years.get(&year).is_none_or(|other| covers(&held) >= covers(other)) {
            years.insert(year, held);
        }
    }
    years
}

/// The measure asked for; else the one most asked about that can be ranked.
fn measure(input: &Input, options: &Options, context: &Context<'_>, peers: &Peers) -> Option<String> {
    if let Some(measure) = &options.measure {
        return Some(measure.clone());
    }
    let mut asked: BTreeMap<&str, usize> = BTreeMap::new();
    for key in context.asked {
        if let Measure::Of(code) = &key.measure {
            *asked.entry(code).or_default() += 1;
        }
    }
    rankable(input, peers)
        .into_iter()
        .max_by_key(|one| {
            (
                asked.get(one.code.as_str()).copied().unwrap_or(0),
                one.cities,
                std::cmp::Reverse(one.code.clone()),
            )
        })
        .map(|one| one.code)
}

/// A measure that can be ranked.
struct Rankable {
    code: String,
    cities: usize,
    from: i16,
    to: i16,
}

fn rankable(input: &Input, peers: &Peers) -> Vec<Rankable> {
    let codes = input.observations.measures().filter_map(|measure| match measure {
        Measure::Of(code) => Some(code.to_string()),
        _ => None,
    });
    codes
        .filter_map(|code| {
            let years = years(input, &code, &peers.codes);
            let held = |all: &BTreeMap<u32, &Observation>| {
                peers.codes.iter().filter(|peer| all.contains_key(peer)).count()
            };
            let mut there =
                years.iter().filter(|(_, all)| held(all) >= FEWEST).map(|(year, all)| (*year, held(all)));
            let (from, first) = there.next()?;
            let (to, cities) = there.fold((from, first), |(_, most), (year, held)| (year, most.max(held)));
            Some(Rankable { code, cities, from, to })
        })
        .collect()
}

/// Half of the last digit of a figure.
fn half(figure: &Observation) -> Decimal {
    match (figure.interval().low, figure.interval().high) {
        (Some(low), Some(high)) => (high.at - low.at) / Decimal::TWO,
        _ => Decimal::ZERO,
    }
}

fn first(options: &Options, measure: &str) -> standing::First {
    let lower = measures::by_code(measure).is_some_and(|measure| measure.better == measures::Better::Lower);
    match options.first {
        Some(First::Highest) => standing::First::Highest,
        Some(First::Lowest) => standing::First::Lowest,
        None if lower => standing::First::Lowest,
        None => standing::First::Highest,
    }
}

/// One piece of evidence of each origin.
pub(super) fn together(by: &str, all: impl Iterator<Item = Evidence>) -> Option<Evidence> {
    let mut seen = BTreeSet::new();
    let mut kept = all.filter(|evidence| {
        let origins: Vec<String> = evidence.origins().iter().map(|origin| origin.id.to_string()).collect();
        seen.insert(origins)
    });
    let first = kept.next()?;
    Some(Evidence::derived(by, None::<Key>, first, kept))
}

fn text(text: &str) -> Cell {
    Cell::Text(Arc::from(text))
}

fn count(n: usize) -> Cell {
    Cell::Number(Decimal::from(n))
}

/// Adds the tables of a ranking.
pub(super) fn tables(
    input: &Input,
    options: &Options,
    context: &Context<'_>,
    peers: &Peers,
    output: &mut Output,
) {
    let Some(measure) = measure(input, options, context, peers) else { return };
    let years = years(input, &measure, &peers.codes);
    let Some(evidence) =
        together("places", years.values().flat_map(|held| held.values().map(|f| f.evidence.clone())))
    else {
        return;
    };
    let (zh, en) = words::measure(&measure);
    let named = |code: u32| {
        let (zh, en) = words::region(code);
        [text(&code.to_string()), text(&zh), text(&en)]
    };
    let rows = rankable(input, peers).into_iter().map(|one| {
        let (zh, en) = words::measure(&one.code);
        let chosen = if one.code == measure { "yes" } else { "no" };
        vec![
            text(&one.code),
            text(&zh),
            text(&en),
            count(one.cities),
            text(&one.from.to_string()),
            text(&one.to.to_string()),
            text(chosen),
        ]
    });
    output.tables.push(Table {
        id: "measures".into(),
        title: Text::new("可排名的指标", "measures that can be ranked"),
        columns: ["measure", "name_zh", "name_en", "cities", "from_year", "to_year", "chosen"]
            .map(Into::into)
            .to_vec(),
        rows: rows.collect(),
        evidence: evidence.clone(),
    });
    let rows = years.iter().flat_map(|(year, held)| {
        held.iter().map(|(code, figure)| {
            let (zh, en) = words::region(code / 10_000 * 10_000);
            let grade = format!("{:?}", figure.evidence.grade()).to_lowercase();
            let rest = [
                text(&year.to_string()),
                Cell::Number(figure.value),
                Cell::Number(half(figure).normalize()),
                text(&figure.printed),
                text(&figure.unit),
                text(&grade),
                text(&zh),
                text(&en),
            ];
            named(*code).into_iter().chain(rest).collect()
        })
    });
    output.tables.push(Table {
        id: "panel".into(),
        title: Text::new(format!("{zh}：各市各年"), format!("{en}: cities by year")),
        columns: [
            "subject",
            "name_zh",
            "name_en",
            "year",
            "value",
            "half",
            "printed",
            "unit",
            "grade",
            "province_zh",
            "province_en",
        ]
        .map(Into::into)
        .to_vec(),
        rows: rows.collect(),
        evidence: evidence.clone(),
    });
    let first = first(options, &measure);
    let way = if first == standing::First::Highest { "highest" } else { "lowest" };
    let rows = years.iter().flat_map(|(year, held)| {
        placed(held, &peers.codes, first).into_iter().map(move |(code, place)| {
            let home = if code == peers.home { "yes" } else { "no" };
            let rest = [
                text(&year.to_string()),
                count(place.printed),
                count(place.least),
                count(place.most),
                count(place.ties),
                count(peers.codes.len()),
                text(way),
                text(home),
            ];
            named(code).into_iter().chain(rest).collect()
        })
    });
    output.tables.push(Table {
        id: "places".into(),
        title: Text::new(format!("{zh}：名次"), format!("{en}: places")),
        columns: [
            "subject", "name_zh", "name_en", "year", "place", "least", "most", "ties", "of", "first", "home",
        ]
        .map(Into::into)
        .to_vec(),
        rows: rows.collect(),
        evidence,
    });
}

/// The places of a year; years with too few peers have none.
fn placed(held: &BTreeMap<u32, &Observation>, peers: &[u32], first: standing::First) -> Vec<(u32, Place)> {
    // Whole numbers of the finest last digit, so that intervals that touch are seen to touch.
    let there = || peers.iter().filter_map(|code| held.get(code));
    let finest =
        there().flat_map(|figure| [figure.value, half(figure)]).map(|value| value.normalize().scale()).max();
    let whole = |value: Decimal| -> f64 {
        let by = (0..finest.unwrap_or(0)).fold(Decimal::ONE, |by, _| by * Decimal::TEN);
        value.checked_mul(by).unwrap_or(value).to_f64().unwrap_or(f64::NAN)
    };
    let figures: Vec<Printed> = peers
        .iter()
        .map(|code| match held.get(code) {
            Some(figure) => Printed { value: whole(figure.value), half: whole(half(figure)) },
            None => Printed { value: f64::NAN, half: 0.0 },
        })
        .collect();
    if figures.iter().filter(|figure| !figure.value.is_nan()).count() < FEWEST {
        return vec![];
    }
    let places = standing::places(&figures, first);
    peers.iter().copied().zip(places).filter_map(|(code, place)| Some((code, place?))).collect()
}
