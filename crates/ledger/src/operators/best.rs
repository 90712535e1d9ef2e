//! Is the value at the key's period the best of a window?

use super::{Derivation, Operators, Placed};
use crate::{
    contract::{Exhibit, Mark, Point, Series},
    names,
};
use std::collections::BTreeSet;
use std::sync::Arc;
use zhidian_model::{Estimate, Evidence, Finding, Interval, Key, Measure, Period, Subject, Text};

/// A year with the derivation it is taken from.
type Year<'a> = (Period, Option<&'a Derivation>);

/// A place or a value as an interval in which less is better.
#[derive(Clone, Copy)]
struct Standing {
    best: rust_decimal::Decimal,
    worst: rust_decimal::Decimal,
}

impl Operators<'_> {
    /// True when no year of the window is surely or possibly better, false when one surely is, else unknown. A year
    /// without a value leaves it unknown unless another year already decides.
    ///
    /// Each year is taken from its strongest derivation; every other derivation of a year is tried in its place, and
    /// one that turns the answer is a finding of its own, as strong as it is.
    pub(super) fn best(&self, key: &Key, of: &Measure, window: &Period) -> Vec<Derivation> {
        let Some(years) = window.whole_years() else { return vec![] };
        let years: Vec<Period> = years.map(Period::year).collect();
        let at = |period: &Period| {
            self.at(&Key { measure: of.clone(), period: *period, ..key.clone() })
                .into_iter()
                .filter(|derivation| standing(&derivation.finding).is_some())
                .collect::<Vec<_>>()
        };
        let held: Vec<(Period, Vec<Derivation>)> = years.iter().map(|year| (*year, at(year))).collect();
        let strongest: Vec<Year<'_>> = held.iter().map(|(year, all)| (*year, all.first())).collect();
        let Some(first) = self.compared(key, &strongest) else { return vec![] };
        let truth = |derivation: &Derivation| derivation.finding.value.clone();
        let mut found = vec![first];
        for (at, (_, all)) in held.iter().enumerate() {
            for other in all.iter().skip(1) {
                let mut tried = strongest.clone();
                tried[at].1 = Some(other);
                let other = self.compared(key, &tried);
                found.extend(other.filter(|other| truth(other) != truth(&found[0])));
            }
        }
        found
    }

    fn compared(&self, key: &Key, years: &[Year<'_>]) -> Option<Derivation> {
        let own = &years.iter().find(|(year, _)| *year == key.period)?.1?.finding;
        let ours = standing(own)?;
        let others = || years.iter().filter(|(year, _)| *year != key.period);
        let of = |held: &Option<&Derivation>| held.and_then(|derivation| standing(&derivation.finding));
        let beaten = others().any(|(_, held)| of(held).is_some_and(|theirs| theirs.worst < ours.best));
        let unbeaten = others().all(|(_, held)| of(held).is_some_and(|theirs| ours.worst <= theirs.best));
        let truth = match (beaten, unbeaten) {
            (true, _) => Some(false),
            (false, true) => Some(true),
            (false, false) => None,
        };
        let rest = others().filter_map(|(_, held)| Some(held.as_ref()?.finding.evidence.clone()));
        let evidence = Evidence::derived("best", Some(key.clone()), own.evidence.clone(), rest);
        let text = self.best_words(key, years, truth);
        let (mark, unit) = match &own.value {
            Estimate::Value { unit, .. } => (Mark::Line, names::unit(unit)),
            _ => (Mark::Bump, Text::new("位次", "place")),
        };
        let exhibit = Exhibit {
            mark,
            title: text.clone(),
            unit,
            points: years.iter().map(|(year, held)| own_point(year, *held, key)).collect(),
            peers: self.peers(key, years),
        };
        let finding = Finding::new("ledger", key.clone(), Estimate::Truth(truth), evidence, "best", text);
        Some(Derivation { exhibit: Some(exhibit), ..Derivation::from(Arc::new(finding)) })
    }

    /// The places of the roster's other members in the same tables and editions, year by year.
    fn peers(&self, key: &Key, years: &[Year<'_>]) -> Vec<Series> {
        let members: BTreeSet<&Subject> =
            years.iter().flat_map(|(_, held)| placed(*held)).map(|other| &other.subject).collect();
        let series = members.into_iter().map(|member| Series {
            label: self.names.subject(member),
            points: years
                .iter()
                .map(|(year, held)| {
                    let place = placed(*held).iter().find(|other| other.subject == *member);
                    peer_point(year, place, key)
                })
                .collect(),
        });
        series.collect()
    }

    fn best_words(&self, key: &Key, years: &[Year<'_>], truth: Option<bool>) -> Text {
        let each: Vec<String> = years
            .iter()
            .map(|(year, held)| {
                let stands = held.map_or_else(|| "—".into(), |derivation| stands(&derivation.finding));
                format!("{year} {stands}")
            })
            .collect();
        let (zh, en) = match truth {
            Some(true) => ("是其中最好", "the best of them"),
            Some(false) => ("不是其中最好", "not the best of them"),
            None => ("是否最好无法判定", "whether it is the best cannot be decided"),
        };
        let (subject, when) = (self.names.subject(&key.subject), names::period(&key.period));
        let of = match &key.measure {
            Measure::Best(of, _) => self.names.measure(of),
            other => self.names.measure(other),
        };
        Text::new(
            format!("{}{}各年：{}；{}{zh}", subject.zh, of.zh, each.join("，"), when.zh),
            format!("{}, {} by year: {}; {} is {en}", subject.en, of.en, each.join(", "), when.en),
        )
    }
}

/// `3`, `9–10`, or the printed value.
fn stands(finding: &Finding) -> String {
    match &finding.value {
        Estimate::Rank(rank) if rank.least == rank.most => rank.least.to_string(),
        Estimate::Rank(rank) => format!("{}–{}", rank.least, rank.most),
        Estimate::Value { printed, .. } => printed.to_string(),
        _ => "—".into(),
    }
}

fn standing(finding: &Finding) -> Option<Standing> {
    match &finding.value {
        Estimate::Rank(rank) => Some(Standing { best: rank.least.into(), worst: rank.most.into() }),
        Estimate::Value { interval: Interval { low: Some(low), high: Some(high) }, .. } => {
            Some(Standing { best: -high.at, worst: -low.at })
        }
        _ => None,
    }
}

/// The other members' places in a year.
fn placed(held: Option<&Derivation>) -> &[Placed] {
    held.map_or(&[], |derivation| &derivation.others)
}

fn own_point(year: &Period, held: Option<&Derivation>, key: &Key) -> Point {
    let (value, most) = match held.map(|derivation| &derivation.finding.value) {
        Some(Estimate::Rank(rank)) => (Some(rank.least.to_string()), Some(rank.most.to_string())),
        Some(Estimate::Value { printed, .. }) => (Some(printed.to_string()), None),
        _ => (None, None),
    };
    Point {
        label: Text::same(year.to_string()),
        value,
        most,
        own: *year == key.period,
        grade: held.map(|derivation| derivation.finding.grade()),
    }
}

fn peer_point(year: &Period, place: Option<&Placed>, key: &Key) -> Point {
    Point {
        label: Text::same(year.to_string()),
        value: place.map(|place| place.least.to_string()),
        most: place.map(|place| place.most.to_string()),
        own: *year == key.period,
        grade: place.map(|place| place.grade),
    }
}
