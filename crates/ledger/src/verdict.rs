//! The join: a claim's parts against what the operators find, by the rules of evidence.
//!
//! A reading is decided by its strongest sufficient derivations; a part holds when it holds on every reading, and a
//! statement when all its parts hold. Whatever lies between is undecided and says why.

use crate::{
    facts::FactStore,
    judge::{self, Judgement},
    names::Names,
    needs,
    operators::{Derivation, Operators, main_growth_measures},
    track, words,
};
use jiff::civil::Date;
use std::{collections::BTreeSet, sync::Arc};
use zhidian_model::{
    Basis, Claim, Difference, Estimate, Finding, Found, Grade, Key, Margin, Measure, Modality, Near, Need,
    Order, OriginId, Outcome, Part, Period, Reading, Reason, Robust, Stated, Text, Verdict,
};

/// What verdicts are made with.
#[derive(Clone, Copy)]
pub struct Judge<'a> {
    /// Applies the operators.
    pub operators: Operators<'a>,
    /// What is known at plain measures.
    pub facts: &'a FactStore,
    /// What things are called.
    pub names: &'a Names,
    /// The tables that the ledger and the engines at hand can read: a need for another also needs an engine.
    pub tables_read: &'a BTreeSet<&'static str>,
    /// The document's date.
    pub dated: Option<Date>,
}

/// A verdict with every derivation it shows.
pub struct Judged {
    /// The verdict.
    pub verdict: Verdict,
    /// The derivations that `because` and `near` refer to.
    pub shown: Vec<Derivation>,
}

/// What one reading of a part comes to.
struct ReadingOutcome {
    outcome: Outcome,
    deciding: Option<Derivation>,
    reasons: BTreeSet<Reason>,
    /// Published after the document, and at odds with what was published by then.
    revised: Vec<Derivation>,
}

/// What one part comes to.
struct PartOutcome {
    outcome: Outcome,
    deciding: Vec<Derivation>,
    reasons: BTreeSet<Reason>,
    near: Vec<(Derivation, Vec<Difference>)>,
    missing: Vec<Need>,
    text: Text,
}

impl Judge<'_> {
    /// The verdict on a claim that has parts.
    pub fn verdict(&self, claim: &Claim) -> Judged {
        let parts: Vec<PartOutcome> = claim.parts.iter().map(|part| self.part(claim, part)).collect();
        let all = |outcome| parts.iter().all(|part| part.outcome == outcome);
        let any = |outcome| parts.iter().any(|part| part.outcome == outcome);
        let outcome = if all(Outcome::Supported) {
            Outcome::Supported
        } else if any(Outcome::Contradicted) {
            Outcome::Contradicted
        } else if any(Outcome::Disputed) {
            Outcome::Disputed
        } else {
            Outcome::Undecided
        };
        let lead = claim.parts.iter().zip(&parts).find(|(_, part)| part.outcome == outcome);
        let deciding = lead.and_then(|(stated, part)| Some((stated, &part.deciding.first()?.finding)));
        let grade = decided(outcome)
            .then(|| {
                parts.iter().filter_map(|part| part.deciding.iter().map(|d| d.finding.grade()).max()).min()
            })
            .flatten();
        let verdict = Verdict {
            outcome: for_targets(outcome, claim.modality),
            found: deciding.and_then(|(_, finding)| found(finding)),
            margin: deciding.and_then(|(part, finding)| self.margin(&part.stated, finding)),
            robust: deciding
                .filter(|_| decided(outcome))
                .and_then(|(part, finding)| self.robust(&part.stated, finding)),
            grade,
            reasons: parts
                .iter()
                .flat_map(|part| part.reasons.iter().copied())
                .collect::<BTreeSet<_>>()
                .into_iter()
                .collect(),
            because: ids(parts.iter().flat_map(|part| &part.deciding)),
            near: nears(&parts),
            missing: parts
                .iter()
                .flat_map(|part| part.missing.iter().cloned())
                .collect::<BTreeSet<_>>()
                .into_iter()
                .collect(),
            text: words::verdict(
                outcome,
                grade,
                &parts.iter().map(|part| part.text.clone()).collect::<Vec<_>>(),
            ),
            parts: claim
                .parts
                .iter()
                .zip(&parts)
                .map(|(stated, part)| {
                    (stated.label.clone(), for_targets(part.outcome, claim.modality), part.text.clone())
                })
                .collect(),
        };
        let shown = parts
            .into_iter()
            .flat_map(|part| {
                part.deciding.into_iter().chain(part.near.into_iter().map(|(derivation, _)| derivation))
            })
            .collect();
        self.tracked(claim, Judged { verdict, shown })
    }

    /// A target that no figure decides yet is on track or off track where a projection says so; the pace it asks for is told
    /// in any case.
    fn tracked(&self, claim: &Claim, mut judged: Judged) -> Judged {
        let verdict = &mut judged.verdict;
        let undecided = verdict.outcome == Outcome::Undecided;
        let Some(track) = track::of(claim, &self.operators, self.dated).filter(|_| undecided) else {
            return judged;
        };
        verdict.text = track::words(track.outcome, &track.text, &verdict.text);
        verdict.margin = track.margin;
        if let Some(outcome) = track.outcome {
            verdict.outcome = outcome;
            verdict.grade = track.shown.iter().map(|derivation| derivation.finding.grade()).min();
            verdict.reasons = vec![Reason::OnlyModelled];
            verdict.because = ids(track.shown.iter());
        } else {
            // A projection that does not say stands beside the answer.
            if !track.shown.is_empty() && !verdict.reasons.contains(&Reason::OnlyModelled) {
                verdict.reasons.push(Reason::OnlyModelled);
                verdict.reasons.sort_unstable();
            }
            let shown = ids(track.shown.iter()).into_iter();
            verdict.near.splice(0..0, shown.map(|finding| Near { finding, differs: vec![] }));
        }
        judged.shown.splice(0..0, track.shown);
        judged
    }

    fn part(&self, claim: &Claim, part: &Part) -> PartOutcome {
        let readings: Vec<ReadingOutcome> =
            part.readings.iter().map(|reading| self.reading(reading, &part.stated)).collect();
        let all = |outcome| !readings.is_empty() && readings.iter().all(|reading| reading.outcome == outcome);
        let any_decided = readings.iter().any(|reading| decided(reading.outcome));
        let mut reasons: BTreeSet<Reason> =
            readings.iter().flat_map(|reading| reading.reasons.iter().copied()).collect();
        let outcome = if all(Outcome::Supported) {
            Outcome::Supported
        } else if all(Outcome::Contradicted) {
            Outcome::Contradicted
        } else if readings.iter().any(|reading| reading.outcome == Outcome::Disputed) {
            reasons.insert(Reason::SourcesDiffer);
            Outcome::Disputed
        } else {
            if any_decided {
                reasons.insert(Reason::ReadingsDiffer);
            }
            Outcome::Undecided
        };
        if outcome == Outcome::Undecided && part.undefined.is_some() {
            reasons.insert(Reason::TermUndefined);
        }
        let mut deciding: Vec<Derivation> = Vec::new();
        let mut near: Vec<(Derivation, Vec<Difference>)> = Vec::new();
        for reading in readings {
            if outcome == Outcome::Undecided {
                near.extend(reading.deciding.into_iter().map(|derivation| (derivation, vec![])));
            } else {
                push_new(&mut deciding, reading.deciding);
            }
            near.extend(reading.revised.into_iter().map(|derivation| (derivation, vec![Difference::Later])));
        }
        let mut missing = Vec::new();
        if outcome == Outcome::Undecided {
            for reading in &part.readings {
                near.extend(self.near(reading));
            }
            reasons.extend(near.iter().flat_map(|(_, differs)| differs.iter().filter_map(reason)));
            missing.extend(part.readings.first().map(|first| needs::of(claim, part, &first.key, self)));
            if missing.iter().any(|need| !self.tables_read.contains(&*need.table)) {
                reasons.insert(Reason::NoEngine);
            }
        }
        dedup(&mut near);
        let text = words::part(part, outcome, &deciding, &near, &reasons, &missing, self.names);
        PartOutcome { outcome, deciding, reasons, near, missing, text }
    }

    fn reading(&self, reading: &Reading, stated: &Stated) -> ReadingOutcome {
        let derivations = match stated {
            Stated::Against(other, order) => self.operators.against(&reading.key, other, *order),
            Stated::Apart(other, _) => self.operators.apart(&reading.key, other),
            _ => self.operators.at(&reading.key),
        };
        let derivations = without_copies(derivations);
        let mut reasons = BTreeSet::new();
        let mut decisive: Vec<(bool, Derivation)> = Vec::new();
        for derivation in &derivations {
            match judge::judge(stated, &derivation.finding) {
                _ if !derivation.finding.grade().decides() => {
                    reasons.insert(only(derivation.finding.grade()));
                }
                Judgement::Holds => decisive.push((true, derivation.clone())),
                Judgement::Fails => decisive.push((false, derivation.clone())),
                Judgement::Open(reason) => {
                    reasons.insert(reason);
                }
            }
        }
        if derivations.is_empty() {
            reasons.insert(Reason::NoFinding);
        }
        if reading.basis == Basis::Assumed {
            reasons.insert(Reason::OnlyAssumed);
            return ReadingOutcome { outcome: Outcome::Undecided, deciding: None, reasons, revised: vec![] };
        }
        self.decide(decisive, derivations, reasons)
    }

    /// The strongest sufficient derivations decide; what was published by the document's date goes before what was
    /// published later. Equally strong ones at odds make it disputed; weaker ones at odds are said.
    fn decide(
        &self,
        decisive: Vec<(bool, Derivation)>,
        derivations: Vec<Derivation>,
        mut reasons: BTreeSet<Reason>,
    ) -> ReadingOutcome {
        let (by_then, later): (Vec<_>, Vec<_>) =
            decisive.into_iter().partition(|(_, derivation)| self.published_by_then(&derivation.finding));
        let (by_then, later) = if by_then.is_empty() { (later, vec![]) } else { (by_then, later) };
        let Some(best) = by_then.iter().map(|(_, derivation)| derivation.finding.grade()).max() else {
            let deciding = derivations.into_iter().next();
            return ReadingOutcome { outcome: Outcome::Undecided, deciding, reasons, revised: vec![] };
        };
        let of_best = |holds: bool| by_then.iter().find(|(h, d)| *h == holds && d.finding.grade() == best);
        let (outcome, holds) = match (of_best(true), of_best(false)) {
            (Some(_), Some(_)) => (Outcome::Disputed, true),
            (Some(_), None) => (Outcome::Supported, true),
            (None, _) => (Outcome::Contradicted, false),
        };
        reasons.retain(|reason| *reason == Reason::SourcesDiffer);
        if by_then.iter().any(|(other, _)| *other != holds) {
            reasons.insert(Reason::SourcesDiffer);
        }
        let deciding = of_best(holds).map(|(_, derivation)| derivation.clone());
        let revised = later
            .into_iter()
            .filter(|(other, _)| *other != holds)
            .map(|(_, derivation)| derivation)
            .collect();
        ReadingOutcome { outcome, deciding, reasons, revised }
    }

    fn published_by_then(&self, finding: &Finding) -> bool {
        match (finding.evidence.published(), self.dated) {
            (Some(published), Some(dated)) => published <= dated,
            _ => false,
        }
    }

    /// Findings close to a key that has none: another period that shares days with it, else the last before it; a rank
    /// printed for another roster.
    fn near(&self, reading: &Reading) -> Vec<(Derivation, Vec<Difference>)> {
        let key = &reading.key;
        let mut near = Vec::new();
        if let Measure::Count(of, _) = &key.measure
            && of.is_empty()
        {
            return self.places_in_growth(key);
        }
        let periods = self.operators.periods(key);
        let sharing: Vec<Period> = periods
            .iter()
            .filter(|period| **period != key.period && period.intersects(&key.period))
            .copied()
            .collect();
        let before = periods
            .iter()
            .rfind(|period| period.to().is_some_and(|to| Some(to) <= key.period.from()))
            .copied();
        let others = if sharing.is_empty() { before.into_iter().collect() } else { sharing };
        if !matches!(key.measure, Measure::Best(..) | Measure::Member(_)) {
            for period in others {
                let at = self.operators.at(&key.at(period));
                near.extend(
                    at.into_iter().take(1).map(|derivation| (derivation, vec![Difference::Period(period)])),
                );
                near.extend(self.printed_elsewhere(key, period));
            }
        }
        near.extend(self.printed_elsewhere(key, key.period));
        near
    }

    /// Places printed for another roster than the key's.
    fn printed_elsewhere(&self, key: &Key, period: Period) -> Vec<(Derivation, Vec<Difference>)> {
        let printed = self.facts.about(&key.measure, &key.subject).iter();
        let elsewhere =
            printed.filter(|finding| finding.key.period == period && finding.key.scope != key.scope);
        elsewhere
            .map(|finding| {
                let scope = finding.key.scope.clone().unwrap_or_else(|| "".into());
                let when = (period != key.period).then_some(Difference::Period(period));
                (finding.clone().into(), when.into_iter().chain([Difference::Scope(scope)]).collect())
            })
            .collect()
    }

    /// Where the subject stands by each growth rate at hand that its period holds or shares days with: what the data
    /// shows where a count does not name its measures.
    fn places_in_growth(&self, key: &Key) -> Vec<(Derivation, Vec<Difference>)> {
        let mut near = Vec::new();
        for code in main_growth_measures() {
            let plain = Measure::Of(code.clone());
            let rank = Key { measure: plain.clone().rank(Order::Descending), ..key.clone() };
            let sharing =
                self.operators.periods(&rank).into_iter().filter(|period| period.intersects(&key.period));
            for period in sharing {
                let differs = if period == key.period { vec![] } else { vec![Difference::Period(period)] };
                let differs = [vec![Difference::Measure(code.to_string())], differs].concat();
                near.extend(
                    self.operators
                        .at(&rank.at(period))
                        .into_iter()
                        .take(1)
                        .map(|place| (place, differs.clone())),
                );
            }
        }
        near
    }

    fn margin(&self, stated: &Stated, finding: &Finding) -> Option<Margin> {
        judge::margin(stated, finding, |subject| self.names.subject(subject).zh)
    }

    fn robust(&self, stated: &Stated, finding: &Finding) -> Option<Robust> {
        let ties = match &finding.value {
            Estimate::Rank(rank) => rank.shared == 1,
            Estimate::Truth(_) => return None,
            _ => true,
        };
        let rounding = judge::survives_rounding(stated, finding);
        Some(Robust { rounding, ties, vintage: self.published_by_then(finding) })
    }
}

/// Copies count once: where what they repeat is at hand, they add nothing and contradict nothing.
fn without_copies(derivations: Vec<Derivation>) -> Vec<Derivation> {
    let held: BTreeSet<OriginId> = derivations
        .iter()
        .flat_map(|derivation| derivation.finding.evidence.origins())
        .map(|origin| origin.id.clone())
        .collect();
    let copies = |derivation: &Derivation| {
        let origins = derivation.finding.evidence.origins();
        origins.iter().any(|origin| origin.copy_of.as_ref().is_some_and(|of| held.contains(of)))
    };
    derivations.into_iter().filter(|derivation| !copies(derivation)).collect()
}

fn decided(outcome: Outcome) -> bool {
    matches!(outcome, Outcome::Supported | Outcome::Contradicted | Outcome::Disputed)
}

/// A target that can be judged is met or missed.
fn for_targets(outcome: Outcome, modality: Modality) -> Outcome {
    match (outcome, modality) {
        (Outcome::Supported, Modality::Target | Modality::Forecast) => Outcome::Met,
        (Outcome::Contradicted, Modality::Target | Modality::Forecast) => Outcome::Missed,
        _ => outcome,
    }
}

fn only(grade: Grade) -> Reason {
    match grade {
        Grade::Modelled => Reason::OnlyModelled,
        Grade::Synthetic => Reason::OnlySynthetic,
        _ => Reason::OnlyAssumed,
    }
}

fn reason(difference: &Difference) -> Option<Reason> {
    Some(match difference {
        Difference::Period(_) => Reason::PeriodDiffers,
        Difference::Subject(_) => Reason::SubjectDiffers,
        Difference::Scope(_) => Reason::ScopeDiffers,
        Difference::Measure(_) => Reason::MeasureDiffers,
        Difference::Unit(_) => Reason::UnitDiffers,
        Difference::Edition(_) => Reason::EditionDiffers,
        Difference::Later => return None,
    })
}

fn found(finding: &Arc<Finding>) -> Option<Found> {
    match &finding.value {
        Estimate::Value { interval, unit, .. } => Some(Found::Value(*interval, unit.clone())),
        Estimate::Rank(rank) => Some(Found::Rank { least: rank.least, most: rank.most, of: rank.of }),
        Estimate::Truth(truth) => truth.map(Found::Truth),
        Estimate::Set { .. } | Estimate::Sample { .. } => None,
    }
}

fn ids<'a>(derivations: impl Iterator<Item = &'a Derivation>) -> Vec<zhidian_model::FindingId> {
    let mut seen = BTreeSet::new();
    derivations
        .map(|derivation| derivation.finding.id().clone())
        .filter(|id| seen.insert(id.clone()))
        .collect()
}

fn nears(parts: &[PartOutcome]) -> Vec<Near> {
    let mut seen = BTreeSet::new();
    parts
        .iter()
        .flat_map(|part| &part.near)
        .filter(|(derivation, _)| seen.insert(derivation.finding.id().clone()))
        .map(|(derivation, differs)| Near {
            finding: derivation.finding.id().clone(),
            differs: differs.clone(),
        })
        .collect()
}

fn push_new(to: &mut Vec<Derivation>, one: Option<Derivation>) {
    to.extend(one.filter(|new| !to.iter().any(|there| there.finding.id() == new.finding.id())));
}

fn dedup(near: &mut Vec<(Derivation, Vec<Difference>)>) {
    let mut seen = BTreeSet::new();
    near.retain(|(derivation, _)| seen.insert(derivation.finding.id().clone()));
}

/// Does a claim ask for anything that has a value?
pub fn has_value(claim: &Claim) -> bool {
    !claim.parts.is_empty()
}

/// Every key a claim asks for.
pub fn asked(claim: &Claim) -> impl Iterator<Item = &Key> {
    claim.parts.iter().flat_map(|part| {
        let other = match &part.stated {
            Stated::Against(other, _) | Stated::Apart(other, _) => Some(&**other),
            _ => None,
        };
        part.readings.iter().map(|reading| &reading.key).chain(other)
    })
}
