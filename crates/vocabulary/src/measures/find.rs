//! Measures named in running text.
use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

use super::{Measure, all};

/// A measure named in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alias {
    /// Where it stands, in bytes.
    pub range: Range<usize>,
    /// The measure named.
    pub measure: &'static Measure,
}

struct Names {
    automaton: AhoCorasick,
    patterns: Vec<(&'static str, &'static Measure)>,
}

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    let mut patterns: Vec<(&'static str, &'static Measure)> = Vec::new();
    for measure in all() {
        let zh = std::iter::once(measure.zh).chain(measure.aliases_zh.iter().copied());
        let en = std::iter::once(measure.en).chain(measure.aliases_en.iter().copied());
        patterns.extend(zh.chain(en).map(|name| (name, measure)));
    }
    patterns.sort_by_key(|(name, measure)| (*name, measure.code));
    let automaton = AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .ascii_case_insensitive(true)
        .build(patterns.iter().map(|(name, _)| name))
        .expect("the names fit an automaton; the tests build it");
    Names { automaton, patterns }
});

/// The measures named in a text, leftmost and longest first. English names must stand as whole words, in any case.
pub fn find(text: &str) -> Vec<Alias> {
    NAMES
        .automaton
        .find_iter(text)
        .filter(|hit| whole_word(text, hit.start(), hit.end()))
        .map(|hit| Alias {
            range: hit.start()..hit.end(),
            measure: NAMES.patterns[hit.pattern().as_usize()].1,
        })
        .collect()
}

/// The measures with exactly this name; the tests hold that there is never more than one.
pub fn exact(alias: &str) -> Vec<&'static Measure> {
    let alias = alias.trim();
    let mut measures: Vec<&'static Measure> = NAMES
        .patterns
        .iter()
        .filter(|(name, _)| name.eq_ignore_ascii_case(alias))
        .map(|(_, measure)| *measure)
        .collect();
    measures.dedup();
    measures
}

/// Whether no Latin letter or digit runs over either edge.
fn whole_word(text: &str, start: usize, end: usize) -> bool {
    let letter = |c: char| c.is_ascii_alphanumeric();
    let open = !text[start..].starts_with(letter) || !text[..start].ends_with(letter);
    let close = !text[..end].ends_with(letter) || !text[end..].starts_with(letter);
    open && close
}
