//! The word lists of the reader, from `data/zh.txt` and `data/en.txt`, embedded and indexed at first use.

use std::{collections::BTreeMap, sync::LazyLock};

/// Words that can be looked for at either end of a stretch of text, the longest first.
pub(crate) trait Words {
    /// The longest word the text starts with.
    fn prefix(&self, text: &str) -> Option<&'static str>;
    /// The longest word the text ends with.
    fn suffix(&self, text: &str) -> Option<&'static str>;
}

impl<const N: usize> Words for [&'static str; N] {
    fn prefix(&self, text: &str) -> Option<&'static str> {
        self.iter().filter(|w| text.starts_with(**w)).max_by_key(|w| w.len()).copied()
    }

    fn suffix(&self, text: &str) -> Option<&'static str> {
        self.iter().filter(|w| text.ends_with(**w)).max_by_key(|w| w.len()).copied()
    }
}

/// Words by the character at one of their ends, the longest first. Most texts end in none of them, so the low bytes of the
/// characters are kept as 256 bits and asked first.
#[derive(Debug, Default)]
struct Ends {
    bits: [u64; 4],
    words: BTreeMap<char, Vec<&'static str>>,
}

impl Ends {
    fn new(words: &[&'static str], end: impl Fn(&str) -> Option<char>) -> Self {
        let mut ends = Self::default();
        for word in words {
            if let Some(c) = end(word) {
                ends.words.entry(c).or_default().push(word);
                let (half, bit) = Self::bit(c);
                ends.bits[half] |= bit;
            }
        }
        for list in ends.words.values_mut() {
            list.sort_by_key(|w| std::cmp::Reverse(w.len()));
        }
        ends
    }

    fn bit(c: char) -> (usize, u64) {
        let low = u32::from(c) & 0xff;
        ((low >> 6) as usize, 1 << (low & 63))
    }

    fn at(&self, c: char) -> &[&'static str] {
        let (half, bit) = Self::bit(c);
        if self.bits[half] & bit == 0 {
            return &[];
        }
        self.words.get(&c).map_or(&[], Vec::as_slice)
    }
}

/// A list with an index by first and by last character.
#[derive(Debug, Default)]
pub(crate) struct WordSet {
    words: Vec<&'static str>,
    first: Ends,
    last: Ends,
}

impl Words for WordSet {
    fn prefix(&self, text: &str) -> Option<&'static str> {
        WordSet::prefix(self, text)
    }

    fn suffix(&self, text: &str) -> Option<&'static str> {
        WordSet::suffix(self, text)
    }
}

impl WordSet {
    /// The longest word the text starts with.
    pub(crate) fn prefix(&self, text: &str) -> Option<&'static str> {
        self.first.at(text.chars().next()?).iter().find(|w| text.starts_with(**w)).copied()
    }

    /// The longest word the text ends with.
    pub(crate) fn suffix(&self, text: &str) -> Option<&'static str> {
        self.last.at(text.chars().next_back()?).iter().find(|w| text.ends_with(**w)).copied()
    }

    fn new(words: Vec<&'static str>) -> Self {
        let first = Ends::new(&words, |w| w.chars().next());
        let last = Ends::new(&words, |w| w.chars().next_back());
        Self { words, first, last }
    }

    /// The words, in the order of the file.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.words.iter().copied()
    }

    /// Whether a whole text is one of the words.
    pub(crate) fn contains(&self, text: &str) -> bool {
        self.prefix(text).is_some_and(|w| w.len() == text.len())
    }

    /// Whether one of the words stands somewhere in a text.
    pub(crate) fn within(&self, text: &str) -> bool {
        self.find(text).is_some()
    }

    /// The first place in a text where one of the words stands, the longest there.
    pub(crate) fn find(&self, text: &str) -> Option<(usize, &'static str)> {
        text.char_indices().find_map(|(at, _)| self.prefix(&text[at..]).map(|w| (at, w)))
    }
}

type Lists = BTreeMap<&'static str, WordSet>;

fn lists(file: &'static str, separator: &str) -> Lists {
    let mut lists: BTreeMap<&'static str, Vec<&'static str>> = BTreeMap::new();
    let mut section = "";
    for line in file.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')) {
        match line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
            Some(name) => section = name,
            None => lists.entry(section).or_default().extend(line.split(separator).filter(|w| !w.is_empty())),
        }
    }
    lists.into_iter().map(|(name, words)| (name, WordSet::new(words))).collect()
}

static ZH: LazyLock<Lists> = LazyLock::new(|| lists(include_str!("../data/zh.txt"), " "));
static EN: LazyLock<Lists> = LazyLock::new(|| lists(include_str!("../data/en.txt"), " | "));
static NONE: LazyLock<WordSet> = LazyLock::new(WordSet::default);

macro_rules! sets {
    ($lists:ident, $all:ident: $($name:ident = $section:literal,)*) => {
        $(#[doc = concat!("The section `", $section, "`.")]
        pub(crate) fn $name() -> &'static WordSet {
            static SET: LazyLock<&'static WordSet> = LazyLock::new(|| $lists.get($section).unwrap_or(&NONE));
            &SET
        })*

        #[cfg(test)]
        fn $all() -> Vec<(&'static str, &'static WordSet)> {
            vec![$(($section, $name())),*]
        }
    };
}

sets! { ZH, every_zh:
    connectors = "connectors",
    counted_verbs = "counted_verbs",
    links = "links",
    rates = "rates",
    pointers = "pointers",
    stands = "stands",
    scopes = "scopes",
    own = "own",
    bodies = "bodies",
    region_ends = "region_ends",
    states_strong = "states_strong",
    states_weak = "states_weak",
    states = "states",
    doing = "doing",
    named = "named",
    generic = "generic",
    focus = "focus",
    commits = "commits",
    asks = "asks",
    gives = "gives",
    named_as = "named_as",
    gained = "gained",
    done = "done",
    done_how = "done_how",
    aims = "aims",
    tells = "tells",
    adverbs = "adverbs",
    happens = "happens",
    roles = "roles",
    label_ends = "label_ends",
    list_labels = "list_labels",
    counted_labels = "counted_labels",
    verb_adverbs = "verb_adverbs",
    whole_words = "whole_words",
    counters = "counters",
    set_endings = "set_endings",
    subject_verbs = "subject_verbs",
}

sets! { EN, every_en:
    en_states = "states",
    en_actors = "actors",
    en_sets = "sets",
    en_goal_verbs = "goal_verbs",
    en_named_verbs = "named_verbs",
    en_generic_verbs = "generic_verbs",
}

/// A verb or noun of change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Change {
    pub(crate) word: &'static str,
    /// The norm of the claim layout: `up`, `down`, `up_to` …
    pub(crate) norm: &'static str,
}

impl Change {
    /// Whether it leads to a level: 提高到.
    pub(crate) fn to_level(self) -> bool {
        matches!(self.norm, "up_to" | "down_to")
    }
}

const NORMS: [&str; 5] = ["up_to", "down_to", "up_real", "up", "down"];

/// The longest word of change a Chinese text ends with.
pub(crate) fn change_at_end(text: &str) -> Option<Change> {
    static SETS: LazyLock<Vec<(&str, &WordSet)>> =
        LazyLock::new(|| NORMS.iter().filter_map(|norm| Some((*norm, ZH.get(norm)?))).collect());
    let found = SETS.iter().filter_map(|(norm, set)| Some(Change { word: set.suffix(text)?, norm }));
    found.max_by_key(|c| c.word.len())
}

/// Every Chinese verb of change that leads to a level, by its form: 缩小到.
pub(crate) fn changes() -> &'static [&'static str] {
    static ALL: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
        ["up_to", "down_to"].iter().filter_map(|norm| ZH.get(norm)).flat_map(WordSet::iter).collect()
    });
    &ALL
}

/// Every English word of change.
pub(crate) fn english_changes() -> impl Iterator<Item = Change> {
    NORMS
        .iter()
        .filter_map(|norm| EN.get(norm).map(|set| (norm, set)))
        .flat_map(|(norm, set)| set.iter().map(|word| Change { word, norm }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_is_there_and_has_no_double() {
        for (name, set) in every_zh().into_iter().chain(every_en()) {
            assert!(set.iter().count() > 0, "{name} is empty");
            let mut words: Vec<&str> = set.iter().collect();
            words.sort_unstable();
            let n = words.len();
            words.dedup();
            assert_eq!(words.len(), n, "{name} holds a word twice");
        }
    }

    #[test]
    fn the_longest_word_wins() {
        assert_eq!(change_at_end("比重提高到").map(|c| (c.word, c.norm)), Some(("提高到", "up_to")));
        assert_eq!(change_at_end("产值增长").map(|c| c.norm), Some("up"));
        assert_eq!(rates().suffix("工业增长速度"), Some("增长速度"));
    }
}
