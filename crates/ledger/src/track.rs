//! Targets that are not due yet: would the years so far reach them?
//!
//! A projection is a model, so it neither supports nor contradicts; it makes a target on track or off track, and only where
//! the whole of its band says so.

use crate::{facts::FactStore, operators::Derivation, words};
use jiff::civil::Date;
use rust_decimal::{
    Decimal,
    prelude::{FromPrimitive, ToPrimitive},
};
use std::sync::Arc;
use zhidian_model::{
    Band, Claim, Due, Estimate, Finding, Interval, Key, Margin, Measure, Modality, Outcome, Part, Qualifier,
    Stated, Text,
};

/// What the measure of a projection ends in, and that of the latest figure beside it: what the engine of indicators answers.
const PROJECTED: &str = ".projected";
const LATEST: &str = ".latest";

/// A target held against where the years so far would lead.
pub(crate) struct Track {
    /// On track or off track.
    pub(crate) outcome: Outcome,
    /// The projections.
    pub(crate) shown: Vec<Derivation>,
    /// What they say, and the pace that is asked for.
    pub(crate) text: Text,
    /// How far the middle of the projection lies from the target.
    pub(crate) margin: Option<Margin>,
}

/// The projections a claim asks for: a target with a figure for a whole year.
pub(crate) fn asked(claim: &Claim) -> impl Iterator<Item = Key> + '_ {
    let is_target = claim.modality == Modality::Target;
    let figures = claim.parts.iter().filter(move |part| is_target && has_figure(part));
    figures.flat_map(|part| part.readings.iter().filter_map(|reading| projection(&reading.key)))
}

fn has_figure(part: &Part) -> bool {
    matches!(part.stated, Stated::Figure { .. } | Stated::Between(..))
}

fn projection(key: &Key) -> Option<Key> {
    let Measure::Of(code) = &key.measure else { return None };
    key.period.as_year()?;
    Some(Key { measure: Measure::of(&format!("{code}{PROJECTED}")), scope: None, ..key.clone() })
}

/// Whether a target is on track by every reading of every part; nothing where one cannot be told, or the target was due when
/// the document was written.
pub(crate) fn of(claim: &Claim, facts: &FactStore, dated: Option<Date>) -> Option<Track> {
    let open = match claim.due? {
        Due::By(day) => dated.is_none_or(|dated| dated <= day),
        Due::Through(period) => dated.is_none_or(|dated| period.last_day().is_none_or(|last| dated <= last)),
        Due::Open => false,
    };
    if claim.modality != Modality::Target || !open || !claim.parts.iter().all(has_figure) {
        return None;
    }
    let parts: Vec<Held> = claim.parts.iter().map(|part| held(part, facts)).collect::<Option<_>>()?;
    let off = parts.iter().find(|part| !part.reached);
    let lead = off.or_else(|| parts.first())?;
    let outcome = if off.is_some() { Outcome::OffTrack } else { Outcome::OnTrack };
    Some(Track {
        outcome,
        text: lead.text.clone(),
        margin: lead.margin.clone(),
        shown: parts.into_iter().flat_map(|part| part.shown).collect(),
    })
}

/// A part held against its projections.
struct Held {
    reached: bool,
    shown: Vec<Derivation>,
    text: Text,
    margin: Option<Margin>,
}

fn held(part: &Part, facts: &FactStore) -> Option<Held> {
    let mut answers = Vec::new();
    for reading in &part.readings {
        let key = projection(&reading.key)?;
        let finding = facts
            .about(&key.measure, &key.subject)
            .iter()
            .find(|finding| finding.key.period == key.period)?;
        answers.push((reached(&part.stated, finding)?, finding.clone()));
    }
    let (reached, finding) = answers.first()?.clone();
    if answers.iter().any(|(other, _)| *other != reached) {
        return None;
    }
    Some(Held {
        reached,
        text: text(part, &finding, facts),
        margin: margin(&part.stated, &finding),
        shown: answers.into_iter().map(|(_, finding)| finding.into()).collect(),
    })
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

/// What the projection says, and for a level the pace the target asks for from the latest figure.
fn text(part: &Part, finding: &Arc<Finding>, facts: &FactStore) -> Text {
    let said = &finding.text;
    let pace = pace(part, finding, facts);
    let (zh, en) = pace.map_or_else(Default::default, |(from, pace)| {
        (format!("；自{from}年起须年均增长{pace}%"), format!("; from {from} on it takes {pace}% a year"))
    });
    Text::new(format!("{}{zh}。", said.zh), format!("{}{en}.", said.en))
}

fn pace(part: &Part, finding: &Arc<Finding>, facts: &FactStore) -> Option<(i16, Decimal)> {
    let Stated::Figure { quantity, qualifier } = &part.stated else { return None };
    let Measure::Of(code) = &finding.key.measure else { return None };
    if &*quantity.unit == "percent" || matches!(qualifier, Qualifier::AtMost | Qualifier::LessThan) {
        return None;
    }
    let latest = Measure::of(&format!("{}{LATEST}", code.strip_suffix(PROJECTED)?));
    let last = facts.about(&latest, &finding.key.subject).last()?;
    let Estimate::Value { printed, unit, .. } = &last.value else { return None };
    let (from, due) = (last.key.period.as_year()?, finding.key.period.as_year()?);
    let years = f64::from(due - from);
    if *unit != quantity.unit || *printed <= Decimal::ZERO || years <= 0.0 {
        return None;
    }
    let ratio = (quantity.value / *printed).to_f64()?;
    let rate = (ratio.powf(1.0 / years) - 1.0) * 100.0;
    Some((from, Decimal::from_f64(rate)?.round_dp(1)))
}

/// What a target on or off track is told as.
pub(crate) fn words(outcome: Outcome, text: &Text) -> Text {
    let (zh, en) = match outcome {
        Outcome::OnTrack => ("按目前走势有望达标", "on track"),
        _ => ("按目前走势难以达标", "off track"),
    };
    Text::new(
        format!("{zh}（推算，不作为事实依据）。{}", text.zh),
        format!("{} (a projection, no fact). {}", words::capital(en), text.en),
    )
}
