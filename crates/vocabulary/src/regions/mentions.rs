//! Places named in running text.
//!
//! # Method
//! One pass of a leftmost-longest automaton over every name, together with the words that only look as if they began one
//! (see `data/place_words.tsv`). What it finds are occurrences; each then goes through
//! 1. its edges: roads, villages, stations, universities, firms and the like carry a place's name without being the place;
//! 2. composition: a name directly after the name of a division that holds it becomes one mention of the inner one
//!    (广西来宾市, 河南省新乡市, and in English “Quzhou, Zhejiang”);
//! 3. evidence: short names of counties, short names that are words (来宾, 朝阳) and names that say nothing alone (市中区)
//!    count only if composed, named in full elsewhere in the text, listed beside an accepted neighbour (柳州、来宾), or
//!    lying in or being the division the text is about;
//! 4. resolution: homonyms are decided as in [`super::resolve`] with the context, then by the other places the text
//!    names; what the latter decide is still marked ambiguous.
mod edges;
mod evidence;
mod names;
mod signs;

use std::ops::Range;

use super::{Level, Region, contains};
use names::{Name, Strength};

/// A place named in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Where it stands, in bytes.
    pub range: Range<usize>,
    /// The innermost division named: 广西来宾市 is 来宾市.
    pub region: &'static Region,
    /// Whether another division has the same name and neither rule nor context decides between them; `region` is then
    /// the likeliest, by the other places the text names and after that by the lower code.
    pub ambiguous: bool,
}

/// A name found in the text, before it is known whether it names a place.
#[derive(Clone, Debug)]
struct Occurrence {
    range: Range<usize>,
    strength: Strength,
    /// Whether the name stands without its administrative ending.
    bare: bool,
    latin: bool,
    /// Whether it was composed with the division that holds it.
    composed: bool,
    candidates: Vec<&'static Region>,
}

/// The places named in a text, leftmost and longest first, given the division the text is about.
pub fn mentions(text: &str, within: Option<u32>) -> Vec<Mention> {
    let occurrences = compose(text, places_alone(text, occurrences(text)));
    let mut found = evidence::weigh(text, occurrences, within);
    found.extend(signs::runs(text, &found));
    found.sort_by_key(|mention| mention.range.start);
    found
}

/// Every name in the text, leftmost and longest; blocking words swallow what they cover.
fn occurrences(text: &str) -> Vec<Occurrence> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some((range, name)) = names::next(text, at) {
        at = range.end;
        let Some(name) = name else {
            if let Some((inner, name)) = names::full_name_across(text, &range) {
                at = take(text, inner, name, &mut found);
            }
            continue;
        };
        at = take(text, range, name, &mut found);
    }
    found
}

/// Adds an occurrence, shortened where its last character belongs to the next word; says where the search goes on.
fn take(text: &str, range: Range<usize>, name: &'static Name, found: &mut Vec<Occurrence>) -> usize {
    let (range, name) = match edges::cut(text, &range) {
        None => (range, Some(name)),
        Some(end) => (range.start..end, names::exact(&text[range.start..end])),
    };
    let end = range.end;
    if let Some(name) = name {
        let (range, bare) = edges::with_english_ending(text, range, name);
        let candidates = edges::fitting(text, &range, name);
        if candidates.is_empty() {
            return range.end;
        }
        let strength = if name.latin && !bare { Strength::Full } else { name.strength };
        let end = range.end;
        found.push(Occurrence { range, strength, bare, latin: name.latin, composed: false, candidates });
        return end;
    }
    end
}

/// Leaves out the occurrences that are part of a longer name. A name directly before one that lies in it is never that:
/// 衢州江山 is no river 衢州江.
fn places_alone(text: &str, occurrences: Vec<Occurrence>) -> Vec<Occurrence> {
    let keep: Vec<bool> = occurrences
        .iter()
        .enumerate()
        .map(|(place, occurrence)| {
            let composes =
                occurrences.get(place + 1).is_some_and(|next| join(text, occurrence, next).is_some());
            composes || !edges::belongs_to_another_name(text, occurrence)
        })
        .collect();
    occurrences.into_iter().zip(keep).filter_map(|(occurrence, keep)| keep.then_some(occurrence)).collect()
}

/// Joins each name with the name of the division that holds it, where one directly follows the other.
fn compose(text: &str, occurrences: Vec<Occurrence>) -> Vec<Occurrence> {
    let mut joined: Vec<Occurrence> = Vec::new();
    for next in occurrences {
        if let Some(last) = joined.last_mut()
            && let Some(both) = join(text, last, &next)
        {
            *last = both;
            continue;
        }
        joined.push(next);
    }
    joined
}

fn join(text: &str, first: &Occurrence, second: &Occurrence) -> Option<Occurrence> {
    if first.latin != second.latin {
        return None;
    }
    let gap = text.get(first.range.end..second.range.start)?;
    // Chinese goes from the outer to the inner, English from the inner to the outer.
    let (outer, inner) = match (first.latin, gap) {
        (false, "") => (first, second),
        (true, ", " | " in " | " of ") => (second, first),
        _ => return None,
    };
    let holds = |region: &Region| {
        outer.candidates.iter().any(|other| {
            let near = match inner.strength {
                Strength::Common | Strength::Generic => other.code == region.parent,
                Strength::Full => true,
                Strength::Word | Strength::Short => other.level > Level::Country,
            };
            near && other.code != region.code && contains(other.code, region.code)
        })
    };
    let candidates: Vec<&'static Region> =
        inner.candidates.iter().copied().filter(|region| holds(region)).collect();
    (!candidates.is_empty()).then_some(Occurrence {
        range: first.range.start..second.range.end,
        strength: Strength::Full,
        bare: inner.bare,
        latin: first.latin,
        composed: true,
        candidates,
    })
}
