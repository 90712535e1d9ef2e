//! The names to look for, and how much each says by itself.
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

use super::super::{Level, Region, TABLE, all, by_code};
use super::edges::WORDS;

/// How much a name says by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Strength {
    /// Says nothing without the city before it: 市中区.
    Generic,
    /// A county's short name that is an everyday word: 红旗.
    Common,
    /// Also a word: 来宾, 江山; or two characters with their ending: 和县.
    Word,
    /// A county's short name.
    Short,
    /// A province's or prefecture's short name, or a full name.
    Full,
}

/// A name with everything that has it.
#[derive(Debug)]
pub(super) struct Name {
    pub(super) strength: Strength,
    /// Without its administrative ending.
    pub(super) bare: bool,
    pub(super) latin: bool,
    pub(super) regions: Vec<&'static Region>,
}

struct Names {
    automaton: AhoCorasick,
    /// By pattern; `None` for a word that only blocks.
    patterns: Vec<Option<Name>>,
    places: BTreeMap<&'static str, usize>,
}

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    let mut spelled: BTreeMap<&'static str, Option<Name>> = BTreeMap::new();
    for word in &WORDS.block {
        spelled.insert(word, None);
    }
    for region in all() {
        let mut names: Vec<(&'static str, bool)> =
            vec![(region.name, false), (region.short, region.name != region.short)];
        names.extend(region.former.iter().map(|(name, _)| (*name, false)));
        names.extend(
            TABLE.aliases.iter().filter(|(_, code)| *code == region.code).map(|(name, _)| (*name, false)),
        );
        names.extend(
            TABLE
                .contractions
                .iter()
                .filter(|(_, code)| *code == region.code)
                .map(|(name, _)| (name.as_str(), false)),
        );
        names.push((region.english, true));
        for (name, bare) in names {
            let name_of = spelled.entry(name).or_insert_with(|| Some(Name::new(name, bare)));
            if let Some(known) = name_of {
                known.add(region, name, bare);
            }
        }
    }
    let mut texts = Vec::new();
    let mut patterns = Vec::new();
    let mut places = BTreeMap::new();
    for (text, name) in spelled {
        if name.is_some() {
            places.insert(text, texts.len());
        }
        texts.push(text);
        patterns.push(name);
    }
    let automaton = AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .build(&texts)
        .expect("the names fit an automaton; the tests build it");
    Names { automaton, patterns, places }
});

impl Name {
    fn new(name: &str, bare: bool) -> Self {
        let latin = name.starts_with(|c: char| !('\u{2e80}'..='\u{9fff}').contains(&c));
        Self { strength: Strength::Generic, bare, latin, regions: Vec::new() }
    }

    fn add(&mut self, region: &'static Region, name: &str, bare: bool) {
        let strength = if WORDS.generic.contains(name) {
            Strength::Generic
        } else if WORDS.word.contains(name) && region.level > Level::Province {
            Strength::Word
        } else if WORDS.common.contains(name) && region.level == Level::County {
            Strength::Common
        } else if region.level < Level::County {
            Strength::Full
        } else if name.chars().count() == 2 && !bare {
            Strength::Word
        } else if bare {
            Strength::Short
        } else {
            Strength::Full
        };
        self.strength = self.strength.max(strength);
        self.bare &= bare;
        if !self.regions.iter().any(|known| known.code == region.code) {
            self.regions.push(region);
        }
    }
}

/// The next name or blocking word from a byte position on.
pub(super) fn next(text: &str, from: usize) -> Option<(Range<usize>, Option<&'static Name>)> {
    let input = aho_corasick::Input::new(text).range(from..);
    let hit = NAMES.automaton.find(input)?;
    Some((hit.start()..hit.end(), NAMES.patterns[hit.pattern().as_usize()].as_ref()))
}

/// A full name that begins inside a blocking word and ends beyond it: the place wins (创新乡市 is 创 + 新乡市).
pub(super) fn full_name_across(text: &str, block: &Range<usize>) -> Option<(Range<usize>, &'static Name)> {
    let inside = text[block.clone()].char_indices().skip(1).map(|(at, _)| block.start + at);
    inside.into_iter().find_map(|from| match next(text, from)? {
        (range, Some(name)) if range.start == from && range.end > block.end && !name.bare => {
            (name.strength == Strength::Full && text[range.clone()].chars().count() > 2)
                .then_some((range, name))
        }
        _ => None,
    })
}

/// The name that is exactly this text.
pub(super) fn exact(text: &str) -> Option<&'static Name> {
    NAMES.patterns[*NAMES.places.get(text)?].as_ref()
}

/// Whether this is the code of a prefecture or something above it.
pub(super) fn is_large(code: u32) -> bool {
    by_code(code).is_some_and(|region| region.level < Level::County)
}
