//! Targets that are not due yet: would the years so far reach them, and what pace do they ask for?
//!
//! A projection is a model, so it neither supports nor contradicts; it makes a target on track or off track, and only where
//! the whole of its band says so. The pace is arithmetic on the latest figure and is told whether or not there is a projection.

mod pace;
mod place;

use crate::{facts::FactStore, operators::Derivation, operators::Operators, words};
use jiff::civil::Date;
use rust_decimal::{Decimal, prelude::FromPrimitive};
use std::sync::Arc;
use zhidian_dossier::Dossiers;
use zhidian_model::{
    Band, Claim, Due, Estimate, Finding, Interval, Key, Margin, Measure, Modality, Outcome, Part, Period,
    Scope, Stated, Subject, Text,
};

/// What the measure of a projection ends in, and that of the latest figure beside it: what the engine of indicators answers.
const PROJECTED: &str = ".projected";
const LATEST: &str = ".latest";

/// A target held against where the years so far would lead.
pub(crate) struct Track {
    /// On track or off track; nothing where no projection says.
    pub(crate) outcome: Option<Outcome>,
    /// The projections.
    pub(crate) shown: Vec<Derivation>,
    /// What they say, and the pace that is asked for.
    pub(crate) text: Text,
    /// How far the middle of the projection lies from the target.
    pub(crate) margin: Option<Margin>,
}

/// The projections a claim asks for: a target with a figure or a place for a whole year, or a mean of several.
pub(crate) fn asked<'a>(claim: &'a Claim, dossiers: &'a Dossiers) -> impl Iterator<Item = Key> + 'a {
    let is_target = claim.modality == Modality::Target;
    let figures = claim.parts.iter().filter(move |part| is_target && can_be_held(part));
    figures.flat_map(move |part| {
        part.readings.iter().flat_map(move |reading| match &reading.key.measure {
            Measure::Rank(..) => place::asked(&reading.key, dossiers.rosters()),
            _ => projection(&reading.key, claim).into_iter().collect(),
        })
    })
}

fn can_be_held(part: &Part) -> bool {
    matches!(part.stated, Stated::Figure { .. } | Stated::Between(..) | Stated::Rank { .. })
}

/// The key of a projection: of one year; of several where the words say that a mean of them is meant.
fn projection(key: &Key, claim: &Claim) -> Option<Key> {
    let Measure::Of(code) = &key.measure else { return None };
    let years = key.period.whole_years()?;
    if years.start() != years.end() && !says_mean(&claim.text) {
        return None;
    }
    Some(projected(code, &key.subject, key.period))
}

fn projected(code: &str, subject: &Subject, period: Period) -> Key {
    Key { measure: Measure::of(&format!("{code}{PROJECTED}")), subject: subject.clone(), period, scope: None }
}

fn says_mean(words: &str) -> bool {
    let lower = words.to_lowercase();
    ["年均", "年平均", "每年", "annual", "a year", "per year", "on average"]
        .iter()
        .any(|one| lower.contains(one))
}

/// What is said of a target that is not due: whether it is on track by every reading of every part, and the pace it asks for.
/// Nothing where neither can be told, or the target was due when the document was written.
pub(crate) fn of(claim: &Claim, operators: &Operators<'_>, dated: Option<Date>) -> Option<Track> {
    let open = match claim.due? {
        Due::By(day) => dated.is_none_or(|dated| dated <= day),
        Due::Through(period) => dated.is_none_or(|dated| period.last_day().is_none_or(|last| dated <= last)),
        Due::Open => false,
    };
    if claim.modality != Modality::Target || !open || !claim.parts.iter().all(can_be_held) {
        return None;
    }
    let parts: Vec<Held> =
        claim.parts.iter().map(|part| held(claim, part, operators)).collect::<Option<_>>()?;
    let off = parts.iter().find(|part| part.reached == Some(false));
    let open = parts.iter().find(|part| part.reached.is_none());
    let lead = off.or(open).or_else(|| parts.first())?;
    let outcome = match (off, open) {
        (Some(_), _) => Some(Outcome::OffTrack),
        (None, Some(_)) => None,
        (None, None) => Some(Outcome::OnTrack),
    };
    Some(Track {
        outcome,
        text: lead.text.clone(),
        margin: lead.margin.clone(),
        shown: parts.into_iter().flat_map(|part| part.shown).collect(),
    })
}

/// A part held against its projections.
struct Held {
    /// Does the whole band reach the target, or none of it? Nothing where it lies across, or readings differ.
    reached: Option<bool>,
    shown: Vec<Derivation>,
    text: Text,
    margin: Option<Margin>,
}

fn held(claim: &Claim, part: &Part, operators: &Operators<'_>) -> Option<Held> {
    if let Stated::Rank { from, to } = part.stated {
        return place::held(part, (from, to), operators);
    }
    let facts = operators.facts;
    let mut answers = Vec::new();
    for reading in &part.readings {
        let key = projection(&reading.key, claim)?;
        if let Some(finding) = at(&key, facts) {
            answers.push((reached(&part.stated, &finding), finding));
        }
    }
    let pace = part.readings.first().and_then(|first| pace::of(&part.stated, &first.key, facts));
    let Some((first, finding)) = answers.first().cloned() else {
        // Nothing to carry on: the pace alone is told.
        return pace.map(|text| Held {
            reached: None,
            shown: vec![],
            text: Text::new(
                format!("没有同一版本、足够多年的数据可供推算。{}", text.zh),
                format!(
                    "No years of one edition are at hand, enough of them to carry on. {}",
                    words::capital(&text.en)
                ),
            ),
            margin: None,
        });
    };
    let told = answers.len() == part.readings.len() && answers.iter().all(|(other, _)| *other == first);
    let text = match pace {
        Some(pace) => Text::new(
            format!("{}。{}", finding.text.zh, pace.zh),
            format!("{}. {}", finding.text.en, words::capital(&pace.en)),
        ),
        None => Text::new(format!("{}。", finding.text.zh), format!("{}.", finding.text.en)),
    };
    Some(Held {
        reached: first.filter(|_| told),
        text,
        margin: margin(&part.stated, &finding),
        shown: answers.into_iter().map(|(_, finding)| finding.into()).collect(),
    })
}

/// The projection at a key.
fn at(key: &Key, facts: &FactStore) -> Option<Arc<Finding>> {
    facts.about(&key.measure, &key.subject).iter().find(|finding| finding.key.period == key.period).cloned()
}

/// Does the whole band reach the target, or none of it?
fn reached(stated: &Stated, finding: &Arc<Finding>) -> Option<bool> {
    let Estimate::Sample { low, high, unit, .. } = &finding.value else { return None };
    let band = match stated {
        Stated::Figure { quantity, qualifier } if quantity.unit == *unit => Band::of(quantity, *qualifier),
        Stated::Between(from, to, of) if of == unit => Band::between(*from, *to),
        _ => return None,
    };
    band.judge(&Interval::closed(Decimal::from_f64(*low)?, Decimal::from_f64(*high)?))
}

fn margin(stated: &Stated, finding: &Arc<Finding>) -> Option<Margin> {
    let Estimate::Sample { median, unit, .. } = &finding.value else { return None };
    let Stated::Figure { quantity, .. } = stated else { return None };
    let value = (Decimal::from_f64(*median)? - quantity.value).abs().round_sf(4)?;
    Some(Margin { value, unit: crate::operators::gap_unit(unit), to: "projection".into() })
}

/// The roster a key counts in.
fn roster<'a>(key: &Key, rosters: &'a [Scope]) -> Option<&'a Scope> {
    rosters.iter().find(|roster| Some(&roster.id) == key.scope.as_ref())
}

/// What a target not due yet is told as; `undecided` is what was said without projection and pace.
pub(crate) fn words(outcome: Option<Outcome>, text: &Text, undecided: &Text) -> Text {
    let (zh, en) = match outcome {
        Some(Outcome::OnTrack) => ("按目前走势有望达标", "on track"),
        Some(_) => ("按目前走势难以达标", "off track"),
        None => {
            return Text::new(
                format!("尚未到期，走势能否达标不能断定。{}{}", text.zh, undecided.zh),
                format!(
                    "Not due yet, and whether it is on track cannot be told. {} {}",
                    text.en, undecided.en
                ),
            );
        }
    };
    Text::new(
        format!("{zh}（推算，不作为事实依据）。{}", text.zh),
        format!("{} (a projection, no fact). {}", words::capital(en), text.en),
    )
}
