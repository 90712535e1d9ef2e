//! What a statement is about, and which table would decide it.
use std::collections::BTreeMap;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::tables::{list, rows};
use crate::text::whole_words;

/// The closed list of topics, in the order in which ties are ranked.
pub const TOPICS: &[&str] = &[
    "indicators",
    "approvals",
    "projects",
    "locks",
    "chains",
    "siting",
    "reach",
    "debt",
    "credit",
    "environment",
    "resources",
    "designations",
    "governance",
    "other",
];

/// A table a dossier may hold.
#[derive(Debug, PartialEq, Eq)]
pub struct Table {
    /// `projects`, `approval_items` …
    pub id: &'static str,
    /// Name in Chinese.
    pub zh: &'static str,
    /// Name in English.
    pub en: &'static str,
    /// Columns: name, title in Chinese, title in English.
    pub columns: Vec<(&'static str, &'static str, &'static str)>,
    /// The topics whose statements it decides.
    pub topics: Vec<&'static str>,
}

static TABLES: LazyLock<Vec<Table>> = LazyLock::new(|| {
    rows(include_str!("../data/tables.tsv"))
        .map(|[id, zh, en, topics, columns]| Table {
            id,
            zh,
            en,
            topics: list(topics).collect(),
            columns: list(columns)
                .map(|column| {
                    let mut parts = column.splitn(3, ':');
                    let mut part = || parts.next().unwrap_or_default();
                    (part(), part(), part())
                })
                .collect(),
        })
        .collect()
});

struct Terms {
    automaton: AhoCorasick,
    /// Term, topic, weight.
    patterns: Vec<(&'static str, &'static str, u32)>,
}

static TERMS: LazyLock<Terms> = LazyLock::new(|| {
    let mut patterns = Vec::new();
    for [topic, weight, terms] in rows(include_str!("../data/topics.tsv")) {
        let weight: u32 = weight.parse().expect("weights are numbers; the tests read every row");
        patterns.extend(list(terms).map(|term| (term, topic, weight)));
    }
    let automaton = AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .ascii_case_insensitive(true)
        .build(patterns.iter().map(|(term, _, _)| term))
        .expect("the terms fit an automaton; the tests build it");
    Terms { automaton, patterns }
});

/// The topics of a text, the strongest first; `["other"]` if nothing is known about it.
///
/// Each key term adds its weight once for every place it stands; the longest term wins where two overlap. Equal sums are
/// ranked in the order of [`TOPICS`].
pub fn of(text: &str) -> Vec<&'static str> {
    let mut sums: BTreeMap<&'static str, u32> = BTreeMap::new();
    for hit in TERMS.automaton.find_iter(text).filter(|hit| whole_words(text, &hit.range())) {
        let (_, topic, weight) = TERMS.patterns[hit.pattern().as_usize()];
        *sums.entry(topic).or_default() += weight;
    }
    let place = |topic: &str| TOPICS.iter().position(|other| *other == topic).unwrap_or(TOPICS.len());
    let mut ranked: Vec<(&'static str, u32)> = sums.into_iter().collect();
    ranked.sort_by_key(|(topic, sum)| (std::cmp::Reverse(*sum), place(topic)));
    if ranked.is_empty() { vec!["other"] } else { ranked.into_iter().map(|(topic, _)| topic).collect() }
}

/// The catalogue of tables.
pub fn tables() -> &'static [Table] {
    &TABLES
}

/// The table with this id.
pub fn table(id: &str) -> Option<&'static Table> {
    TABLES.iter().find(|table| table.id == id)
}

/// The tables that decide statements of a topic, in the order of the catalogue.
pub fn tables_for(topic: &str) -> Vec<&'static Table> {
    TABLES.iter().filter(|table| table.topics.contains(&topic)).collect()
}
