//! Measures named in running text.
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

use super::{Measure, all, by_code};
use crate::tables::{list, rows};
use crate::text::whole_words;

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
    /// By pattern: the measures named, one unless the words name several at once.
    measures: Vec<Vec<&'static Measure>>,
    /// Lower-cased name → pattern.
    patterns: BTreeMap<String, usize>,
}

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    let mut names: BTreeMap<String, Vec<&'static Measure>> = BTreeMap::new();
    for measure in all() {
        let zh = std::iter::once(measure.zh).chain(measure.aliases_zh.iter().copied());
        let en = std::iter::once(measure.en).chain(measure.aliases_en.iter().copied());
        for name in zh.chain(en) {
            let named = names.entry(name.to_ascii_lowercase()).or_default();
            if !named.contains(&measure) {
                named.push(measure);
            }
        }
    }
    for [joint, codes] in rows(include_str!("../../data/measure_joints.tsv")) {
        for name in list(joint) {
            names.insert(name.to_ascii_lowercase(), list(codes).filter_map(by_code).collect());
        }
    }
    let automaton = AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .ascii_case_insensitive(true)
        .build(names.keys())
        .expect("the names fit an automaton; the tests build it");
    let patterns = names.keys().cloned().enumerate().map(|(pattern, name)| (name, pattern)).collect();
    Names { automaton, measures: names.into_values().collect(), patterns }
});

/// The measures named in a text, leftmost and longest first. English names must stand as whole words, in any case.
///
/// Words that name several measures at once (城乡居民人均可支配收入) give one alias for each over the same range, in the
/// order in which figures follow such words (urban, then rural).
pub fn find(text: &str) -> Vec<Alias> {
    NAMES
        .automaton
        .find_iter(text)
        .filter(|hit| whole_words(text, &hit.range()))
        .flat_map(|hit| {
            let measures = &NAMES.measures[hit.pattern().as_usize()];
            measures.iter().map(move |measure| Alias { range: hit.range(), measure })
        })
        .collect()
}

/// The measures with exactly this name: one, or several for words that name several at once, or none.
pub fn exact(alias: &str) -> Vec<&'static Measure> {
    let pattern = NAMES.patterns.get(&alias.trim().to_ascii_lowercase());
    pattern.map(|&pattern| NAMES.measures[pattern].clone()).unwrap_or_default()
}
