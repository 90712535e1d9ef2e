//! Which occurrences name a place after all, and which place.
use std::collections::BTreeSet;

use super::super::{CHINA, Region, Resolution, by_code, contains};
use super::edges::is_han;
use super::names::{Strength, is_large};
use super::{Mention, Occurrence};
use crate::regions::resolve::decide;

/// The occurrences with enough evidence, each with its division.
pub(super) fn weigh(text: &str, occurrences: Vec<Occurrence>, within: Option<u32>) -> Vec<Mention> {
    let declared = declared(&occurrences);
    let mut accepted: Vec<bool> =
        occurrences.iter().map(|occurrence| stands_alone(text, occurrence, within, &declared)).collect();
    // Lists are read in both directions, so that one sure member carries the rest.
    for place in 1..occurrences.len() {
        accepted[place] |= accepted[place - 1] && listed(text, &occurrences[place - 1], &occurrences[place]);
    }
    for place in (1..occurrences.len()).rev() {
        accepted[place - 1] |= accepted[place] && listed(text, &occurrences[place], &occurrences[place - 1]);
    }
    let sure: Vec<&Occurrence> = occurrences
        .iter()
        .zip(&accepted)
        .filter(|(_, accepted)| **accepted)
        .map(|(occurrence, _)| occurrence)
        .collect();
    let places = Places::of(&sure, within);
    let with_holders: BTreeSet<u32> = declared.iter().flat_map(|&code| up(code)).collect();
    sure.into_iter().filter_map(|occurrence| settle(occurrence, within, &with_holders, &places)).collect()
}

/// Codes of the divisions that the text names in full and that nothing else is called.
fn declared(occurrences: &[Occurrence]) -> BTreeSet<u32> {
    occurrences
        .iter()
        .filter(|occurrence| {
            occurrence.composed || (occurrence.strength == Strength::Full && !occurrence.bare)
        })
        .filter_map(|occurrence| match occurrence.candidates.as_slice() {
            [region] => Some(region.code),
            _ => None,
        })
        .collect()
}

/// Whether an occurrence names a place without help from its neighbours.
fn stands_alone(text: &str, occurrence: &Occurrence, within: Option<u32>, declared: &BTreeSet<u32>) -> bool {
    let declared = occurrence.candidates.iter().any(|region| declared.contains(&region.code));
    let about = |region: &&'static Region| within.is_some_and(|context| is_about(context, region.code));
    let about = occurrence.candidates.iter().any(about);
    match occurrence.strength {
        Strength::Full => true,
        Strength::Short => declared || (about && !occurrence.latin),
        Strength::Word if occurrence.bare => {
            (about && !occurrence.latin) || (declared && is_large_place(occurrence))
        }
        // 和县: two characters with their ending, in the text's own prefecture or between punctuation.
        Strength::Word => about || between_punctuation(text, occurrence),
        Strength::Common | Strength::Generic => false,
    }
}

fn is_large_place(occurrence: &Occurrence) -> bool {
    occurrence.candidates.iter().any(|region| is_large(region.code))
}

fn between_punctuation(text: &str, occurrence: &Occurrence) -> bool {
    let open = text[..occurrence.range.start].chars().next_back().is_none_or(|c| !is_han(c));
    let close = text[occurrence.range.end..].chars().next().is_none_or(|c| !is_han(c));
    open && close
}

/// Whether a place lies so near the division the text is about that its short name is meant: the division itself, what
/// holds it, or what lies in the same prefecture. A province's text may use the short names of its prefectures.
fn is_about(context: u32, code: u32) -> bool {
    let prefecture = context / 100 * 100;
    let near = by_code(prefecture).map_or(context, |region| region.code);
    contains(code, context) || (contains(near, code) && (!near.is_multiple_of(10_000) || is_large(code)))
}

/// Whether two occurrences stand in one list and are of a kind: prefectures, or
/// divisions directly under the same one (counties of a prefecture; 济源 beside the prefectures of 河南).
fn listed(text: &str, sure: &Occurrence, doubtful: &Occurrence) -> bool {
    if doubtful.strength == Strength::Generic || sure.latin != doubtful.latin {
        return false;
    }
    let (first, second) =
        if sure.range.start < doubtful.range.start { (sure, doubtful) } else { (doubtful, sure) };
    let between = text
        .get(first.range.end..second.range.start)
        .is_some_and(|gap| matches!(gap, "、" | "和" | "与" | "及" | "，"));
    let alike = |region: &Region| {
        sure.candidates.iter().any(|other| {
            other.parent == region.parent || (other.level == region.level && is_large(region.code))
        })
    };
    between && doubtful.candidates.iter().any(|region| alike(region))
}

/// The places that the sure occurrences name without doubt.
struct Places {
    named: BTreeSet<u32>,
    /// Everything that holds one of them, themselves included.
    holders: BTreeSet<u32>,
}

impl Places {
    fn of(sure: &[&Occurrence], within: Option<u32>) -> Self {
        let named: BTreeSet<u32> = sure
            .iter()
            .filter_map(|occurrence| match decide(occurrence.candidates.clone(), None, within) {
                Resolution::One(region) => Some(region.code),
                _ => None,
            })
            .collect();
        let holders = named.iter().flat_map(|&code| up(code)).collect();
        Self { named, holders }
    }

    /// Whether one of the places holds the division, or lies beside it under the same parent.
    fn are_near(&self, region: &Region) -> bool {
        self.holders.contains(&region.parent) || up(region.code).any(|code| self.named.contains(&code))
    }
}

/// A division and all that hold it, except China as a whole, which holds every candidate alike.
fn up(code: u32) -> impl Iterator<Item = u32> {
    std::iter::successors(by_code(code), |region| by_code(region.parent))
        .map(|region| region.code)
        .filter(|code| *code != CHINA)
}

fn settle(
    occurrence: &Occurrence,
    within: Option<u32>,
    declared: &BTreeSet<u32>,
    places: &Places,
) -> Option<Mention> {
    let range = occurrence.range.clone();
    let mut candidates = occurrence.candidates.clone();
    // What the text names in full, or what holds that: after 北京市朝阳区, 朝阳 is the district, not the city in Liaoning;
    // after 白银市白银区, 白银 is still the city.
    let known = |region: &Region| declared.contains(&region.code);
    if occurrence.strength < Strength::Full && candidates.iter().any(|region| known(region)) {
        candidates.retain(|region| known(region));
    }
    let several = match decide(candidates, None, within) {
        Resolution::None => return None,
        Resolution::One(region) => return Some(Mention { range, region, ambiguous: false }),
        Resolution::Several(several) => several,
    };
    let likeliest = several.iter().find(|region| places.are_near(region)).or_else(|| several.first())?;
    Some(Mention { range, region: likeliest, ambiguous: true })
}
