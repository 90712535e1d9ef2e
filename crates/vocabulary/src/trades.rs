//! From the words of development documents to sections and divisions of GB/T 4754-2017.
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::tables::{list, rows};
use crate::text::whole_words;

/// A section (门类, one letter) or a division (大类, two digits) of GB/T 4754-2017.
#[derive(Debug, PartialEq, Eq)]
pub struct Trade {
    /// `C` or `26`.
    pub code: &'static str,
    /// Name in Chinese.
    pub zh: &'static str,
    /// Name in English.
    pub en: &'static str,
    /// The section a division lies in; empty for a section.
    pub section: &'static str,
}

/// A trade named in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Where it stands, in bytes.
    pub range: Range<usize>,
    /// The sections or divisions it stands for; several where the word straddles the classification.
    pub trades: Vec<&'static Trade>,
}

static TRADES: LazyLock<BTreeMap<&'static str, Trade>> = LazyLock::new(|| {
    rows(include_str!("../data/trades.tsv"))
        .map(|[code, section, zh, en]| (code, Trade { code, zh, en, section }))
        .collect()
});

struct Names {
    automaton: AhoCorasick,
    patterns: Vec<(&'static str, Vec<&'static Trade>)>,
}

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    let mut names: BTreeMap<&'static str, Vec<&'static Trade>> = BTreeMap::new();
    for trade in all() {
        names.entry(trade.zh).or_default().push(trade);
        names.entry(trade.en).or_default().push(trade);
    }
    for [zh, en, codes] in rows(include_str!("../data/trade_aliases.tsv")) {
        for name in list(zh).chain(list(en)) {
            let trades = names.entry(name).or_default();
            trades.extend(list(codes).filter_map(by_code));
            trades.sort_by_key(|trade| trade.code);
            trades.dedup();
        }
    }
    let patterns: Vec<(&'static str, Vec<&'static Trade>)> = names.into_iter().collect();
    let automaton = AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .ascii_case_insensitive(true)
        .build(patterns.iter().map(|(name, _)| name))
        .expect("the names fit an automaton; the tests build it");
    Names { automaton, patterns }
});

/// The section or division with this code.
pub fn by_code(code: &str) -> Option<&'static Trade> {
    TRADES.get(code)
}

/// Every section and division, in the order of the codes.
pub fn all() -> impl Iterator<Item = &'static Trade> {
    TRADES.values()
}

/// The sections and divisions a name stands for; empty if the name is not known.
pub fn named(name: &str) -> Vec<&'static Trade> {
    let name = name.trim();
    let known = NAMES.patterns.iter().find(|(other, _)| other.eq_ignore_ascii_case(name));
    known.map(|(_, trades)| trades.clone()).unwrap_or_default()
}

/// The trades named in a text, leftmost and longest first. English names must stand as whole words, in any case.
pub fn find(text: &str) -> Vec<Mention> {
    NAMES
        .automaton
        .find_iter(text)
        .filter(|hit| whole_words(text, &hit.range()))
        .map(|hit| Mention {
            range: hit.start()..hit.end(),
            trades: NAMES.patterns[hit.pattern().as_usize()].1.clone(),
        })
        .collect()
}
