//! What speaks to a goal, a proposal or a list: findings by topic, and what the statement lacks to be checkable.

use crate::{
    ask::{Meant, Mentions},
    names,
    operators::Derivation,
    verdict::Judge,
    words,
};
use jiff::civil::Date;
use std::{collections::BTreeSet, sync::Arc};
use zhidian_dossier::{Item, List};
use zhidian_model::{
    Bearing, Claim, Difference, Due, Estimate, Evidence, Finding, Key, Kind, Lack, Measure, Near, Period,
    Subject, Text,
};
use zhidian_vocabulary::measures;

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
/// speak to everything; they are shown where the words name them.
pub fn measures_for(claim: &Claim) -> Vec<Measure> {
    let named = measures::find(&claim.text).into_iter().map(|alias| alias.measure);
    let topics = claim.topics.iter().filter(|topic| !matches!(&***topic, "indicators" | "other"));
    let topical = topics.flat_map(|topic| measures::all().filter(move |measure| measure.topic == &**topic));
    let mut seen = BTreeSet::new();
    named
        .chain(topical)
        .filter(|measure| seen.insert(measure.code))
        .map(|measure| Measure::of(measure.code))
        .collect()
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
        let mut found: Vec<(Derivation, Vec<Difference>)> = self.listings(claim, mentions);
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
        let by_then = periods.iter().filter(|period| ends_by(period, self.dated)).next_back();
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
                    Derivation { finding: finding.clone(), exhibit: self.through_time(measure, subject) },
                    differs,
                )
            })
            .collect()
    }

    /// Lists that name what the claim names, and the named things' own places on lists.
    fn listings(&self, claim: &Claim, mentions: &Mentions) -> Vec<(Derivation, Vec<Difference>)> {
        let mut found = Vec::new();
        for meant in mentions.find(&claim.text) {
            for list in self.operators.lists {
                let entries = list.items.iter().enumerate().filter(|(at, item)| match &meant {
                    Meant::Item(id, number) => *id == list.id && number == at,
                    Meant::Entity(subject) => item.subject.as_ref() == Some(subject),
                    Meant::List(_) => false,
                });
                found.extend(entries.map(|(_, item)| self.listed(list, item)));
            }
        }
        found
    }

    fn listed(&self, list: &List, item: &Item) -> (Derivation, Vec<Difference>) {
        let subject = item
            .subject
            .clone()
            .unwrap_or_else(|| Subject::Entity { kind: "item".into(), id: item.name.as_str().into() });
        let period = list.issued.unwrap_or(Period::ALWAYS);
        let key = Key { measure: Measure::Member(list.id.clone()), subject, period, scope: None };
        let evidence = Evidence::derived("member", Some(key.clone()), item.evidence.clone(), []);
        let class = item.class.as_deref().filter(|class| !class.is_empty());
        let (zh_class, en_class) = class
            .map_or((String::new(), String::new()), |class| (format!("（{class}）"), format!(" ({class})")));
        let issued = list.issued.map(|issued| names::period(&issued)).unwrap_or_default();
        let text = Text::new(
            format!("“{}”列入“{}”{zh_class}，{}{}", item.name, list.title, list.issuer, issued.zh),
            format!(
                "“{}” is on the list “{}”{en_class}, {} {}",
                item.name, list.title, list.issuer, issued.en
            ),
        );
        let finding = Finding::new("ledger", key, Estimate::Truth(Some(true)), evidence, "member", text);
        let later = list.issued.is_some_and(|issued| !ends_by(&issued, self.dated));
        (Arc::new(finding).into(), if later { vec![Difference::Later] } else { vec![] })
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
        (_, _) if measures::find(&claim.text).is_empty() => Lack::Measure,
        (Kind::Goal | Kind::Proposal, Some(Due::Open) | None) => Lack::DueDate,
        _ => Lack::Nothing,
    }
}
