//! Places named in running text.
use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

use super::{Level, Region, Resolution, all, resolve};

/// A place named in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Where it stands, in bytes.
    pub range: Range<usize>,
    /// The innermost division named: 广西来宾市 is 来宾市.
    pub region: &'static Region,
    /// Whether another division has the same name and nothing decides between them.
    pub ambiguous: bool,
}

static NAMES: LazyLock<(AhoCorasick, Vec<&'static str>)> = LazyLock::new(|| {
    let mut names: Vec<&'static str> = Vec::new();
    for region in all() {
        names.push(region.name);
        if region.level < Level::County {
            names.push(region.short);
        }
    }
    names.sort_unstable();
    names.dedup();
    let automaton = AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .build(&names)
        .expect("the names fit an automaton; the tests build it");
    (automaton, names)
});

/// The places named in a text, leftmost and longest first, given the division the text is about.
pub fn mentions(text: &str, within: Option<u32>) -> Vec<Mention> {
    let (automaton, names) = &*NAMES;
    automaton
        .find_iter(text)
        .filter_map(|hit| {
            let range = hit.start()..hit.end();
            match resolve(names[hit.pattern().as_usize()], within) {
                Resolution::One(region) => Some(Mention { range, region, ambiguous: false }),
                Resolution::Several(regions) => Some(Mention { range, region: regions[0], ambiguous: true }),
                Resolution::None => None,
            }
        })
        .collect()
}
