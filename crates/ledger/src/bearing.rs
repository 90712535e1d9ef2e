//! What speaks to a goal, a proposal or a list: findings by topic, and what the statement lacks to be checkable.

use crate::{
    ask::{Meant, Mentions},
    operators::Derivation,
    verdict::Judge,
    words,
};
use jiff::civil::Date;
use std::collections::BTreeSet;
use zhidian_dossier::{Item, List};
use zhidian_model::{Bearing, Claim, Difference, Due, Key, Kind, Lack, Measure, Near, Period, Subject};
use zhidian_vocabulary::{measures, trades};

/// How many findings are shown beside one statement.
const SHOWN: usize = 12;

/// A bearing with every derivation it shows.
pub struct Borne {
    /// The bearing.
    pub bearing: Bearing,
    /// The derivations it refers to.
    pub shown: Vec<Derivation>,
}

/// The measures that speak to a claim: those it names, then those of its topics. The plain indicators are too many to
/// speak to everything; they are shown where the words name them. A measure of a trade speaks only to words that name
/// the trade.
pub fn measures_for(claim: &Claim) -> Vec<Measure> {
    let named = measures::find(&claim.text).into_iter().map(|alias| alias.measure);
    let topics = claim.topics.iter().filter(|topic| !matches!(&***topic, "indicators" | "other"));
    let topical = topics.flat_map(|topic| measures::all().filter(move |measure| measure.topic == &**topic));
    let spoken_of = trades_in(&claim.text);
    let same_trade = topical.filter(|measure| {
        // The first trade a measure names is its own: 碳酸钙产业对工业增长贡献率.
        let own: Vec<String> =
            [measure.zh, measure.en].iter().filter_map(|name| trades_in(name).into_iter().next()).collect();
        own.is_empty() || own.iter().any(|trade| spoken_of.iter().any(|spoken| named_alike(trade, spoken)))
    });
    let mut seen = BTreeSet::new();
    named
        .chain(same_trade)
        .filter(|measure| seen.insert(measure.code))
        .map(|measure| Measure::of(measure.code))
        .collect()
}

/// The words of a text that name trades.
fn trades_in(text: &str) -> Vec<String> {
    trades::find(text).into_iter().map(|mention| text[mention.range].to_lowercase()).collect()
}

/// Do two names of trades speak of one: 氟硅产业 and 氟硅新材料, told by what they begin with. A shared code is too wide:
/// it holds all of chemistry.
fn named_alike(a: &str, b: &str) -> bool {
    let head = |name: &str| match name.split_once(' ') {
        Some((word, _)) => word.to_owned(),
        None if name.is_ascii() => name.to_owned(),
        None => name.chars().take(2).collect(),
    };
    head(a) == head(b)
}

/// The subjects a claim bears on: its region and every named thing it mentions.
pub fn subjects_for(claim: &Claim, region: Option<u32>, mentions: &Mentions) -> Vec<Subject> {
    let named = mentions.find(&claim.text).into_iter().filter_map(|meant| match meant {
        Meant::Entity(subject) => Some(subject),
        _ => None,
    });
    region.map(Subject::Region).into_iter().chain(named).collect()
}

/// What an engine must be asked so that bearings can be shown.
pub fn asked(claim: &Claim, region: Option<u32>, mentions: &Mentions) -> Vec<Key> {
    let measures = measures_for(claim);
    let subjects = subjects_for(claim, region, mentions);
    let each = subjects.into_iter().flat_map(|subject| {
        measures.iter().map(move |measure| Key {
            measure: measure.clone(),
            subject: subject.clone(),
            period: Period::ALWAYS,
            scope: None,
        })
    });
    each.collect()
}

impl Judge<'_> {
    /// What speaks to a claim without a value.
    pub fn bearing(&self, claim: &Claim, region: Option<u32>, mentions: &Mentions) -> Borne {
        let mut found: Vec<(Derivation, Vec<Difference>)> = self.listings(claim, region, mentions);
        for subject in subjects_for(claim, region, mentions) {
            for measure in measures_for(claim) {
                found.extend(self.first_and_last(&measure, &subject));
            }
        }
        let mut seen = BTreeSet::new();
        found.retain(|(derivation, _)| seen.insert(derivation.finding.id().clone()));
        found.truncate(SHOWN);
        let lacks = lacks(claim);
        let text = words::bearing(&found, lacks);
        let findings = found
            .iter()
            .map(|(derivation, differs)| Near {
                finding: derivation.finding.id().clone(),
                differs: differs.clone(),
            })
            .collect();
        let shown = found.into_iter().map(|(derivation, _)| derivation).collect();
        Borne { bearing: Bearing { findings, lacks, missing: vec![], text }, shown }
    }

    /// The last figure before the document's date, and the last there is, said to be later.
    fn first_and_last(&self, measure: &Measure, subject: &Subject) -> Vec<(Derivation, Vec<Difference>)> {
        let strongest_at = |period: Period| {
            self.facts
                .about(measure, subject)
                .iter()
                .filter(|finding| finding.key.period == period)
                .max_by_key(|finding| finding.grade())
        };
        let periods: BTreeSet<Period> =
            self.facts.about(measure, subject).iter().map(|finding| finding.key.period).collect();
        let by_then = periods.iter().rfind(|period| ends_by(period, self.dated));
        let last = periods.last();
        let chosen: BTreeSet<&Period> = by_then.into_iter().chain(last).collect();
        chosen
            .into_iter()
            .filter_map(|period| strongest_at(*period))
            .map(|finding| {
                let later = !ends_by(&finding.key.period, self.dated);
                let differs = if later {
                    vec![Difference::Period(finding.key.period), Difference::Later]
                } else {
                    vec![]
                };
                (
                    Derivation {
                        exhibit: self.through_time(measure, subject),
                        ..Derivation::from(finding.clone())
                    },
                    differs,
                )
            })
            .collect()
    }

    /// What the lists at hand say of what the claim names: a named thing's places on them, an entry that is named, and
    /// for a list that is named, whether the claim's own region is on it.
    fn listings(
        &self,
        claim: &Claim,
        region: Option<u32>,
        mentions: &Mentions,
    ) -> Vec<(Derivation, Vec<Difference>)> {
        let home = region.map(Subject::Region);
        let mut found = Vec::new();
        for meant in mentions.find(&claim.text) {
            for list in self.operators.lists {
                let entries = list.items.iter().enumerate().filter(|(at, item)| match &meant {
                    Meant::Item(id, number) => *id == list.id && number == at,
                    Meant::Entity(subject) => item.subject.as_ref() == Some(subject),
                    Meant::List(id) => *id == list.id && item.subject.is_some() && item.subject == home,
                });
                found.extend(entries.map(|(_, item)| self.listed(list, item)));
            }
        }
        found
    }

    fn listed(&self, list: &List, item: &Item) -> (Derivation, Vec<Difference>) {
        let unnamed = || Subject::Entity { kind: "item".into(), id: item.name.as_str().into() };
        let key = Key {
            measure: Measure::Member(list.id.clone()),
            subject: item.subject.clone().unwrap_or_else(unnamed),
            period: list.issued.unwrap_or(Period::ALWAYS),
            scope: None,
        };
        let later = list.issued.is_some_and(|issued| !ends_by(&issued, self.dated));
        (self.operators.entry(&key, list, item), if later { vec![Difference::Later] } else { vec![] })
    }
}

fn ends_by(period: &Period, dated: Option<Date>) -> bool {
    match (period.last_day(), dated) {
        (Some(last), Some(dated)) => last <= dated,
        _ => true,
    }
}

/// What a statement lacks: something named lacks a register, a goal a measure, one with a measure a date.
fn lacks(claim: &Claim) -> Lack {
    match (claim.kind, claim.due) {
        (Kind::Action, _) => Lack::Register,
        (Kind::Enumeration, _) => Lack::Measure,
        (Kind::Proposal, Some(Due::By(_) | Due::Through(_))) => Lack::Register,
        (Kind::Proposal, _) => Lack::DueDate,
        (_, _) if measures::find(&claim.text).is_empty() => Lack::Measure,
        (Kind::Goal, Some(Due::Open) | None) => Lack::DueDate,
        _ => Lack::Nothing,
    }
}
