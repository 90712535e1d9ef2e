//! What stands directly before and after a name, and what that makes of it.
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use super::super::Region;
use super::Occurrence;
use super::names::Name;
use crate::tables::{list, rows};

/// The word lists of `data/place_words.tsv`, by kind.
pub(super) struct Words {
    pub(super) word: BTreeSet<&'static str>,
    pub(super) common: BTreeSet<&'static str>,
    pub(super) generic: BTreeSet<&'static str>,
    pub(super) block: BTreeSet<&'static str>,
    /// Words after a run of provinces' signs that say that places are meant.
    pub(super) after: Vec<&'static str>,
    tail: Vec<&'static str>,
    except: Vec<&'static str>,
    cut: Vec<&'static str>,
    prefix: Vec<&'static str>,
    institution: Vec<&'static str>,
    field: Vec<&'static str>,
    firm: Vec<&'static str>,
    stop: Vec<&'static str>,
    english: Vec<&'static str>,
    english_before: Vec<&'static str>,
}

pub(super) static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let of = |kind: &str| -> Vec<&'static str> {
        let mut words: Vec<&'static str> = rows(include_str!("../../../data/place_words.tsv"))
            .filter(|[row, _]| *row == kind)
            .flat_map(|[_, words]| list(words))
            .collect();
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        words
    };
    Words {
        word: of("word").into_iter().collect(),
        common: of("common").into_iter().collect(),
        generic: of("generic").into_iter().collect(),
        block: of("block").into_iter().collect(),
        after: of("after"),
        tail: of("tail"),
        except: of("except"),
        cut: of("cut"),
        prefix: of("prefix"),
        institution: of("institution"),
        field: of("field"),
        firm: of("firm"),
        stop: of("stop"),
        english: of("english"),
        english_before: of("english_before"),
    }
});

/// Endings of English names and the Chinese endings of the divisions they can stand for.
const ENGLISH_ENDINGS: &[(&str, &[&str])] = &[
    (" Autonomous Region", &["自治区"]),
    (" Autonomous Prefecture", &["自治州"]),
    (" Autonomous County", &["自治县"]),
    (" Autonomous Banner", &["自治旗"]),
    (" New Area", &["新区"]),
    (" Province", &["省"]),
    (" Municipality", &["市"]),
    (" City", &["市"]),
    (" city", &["市"]),
    (" Prefecture", &["市", "地区", "州"]),
    (" League", &["盟"]),
    (" County", &["县"]),
    (" county", &["县"]),
    (" Banner", &["旗"]),
    (" District", &["区"]),
    (" district", &["区"]),
];

/// Longest name of a field of study or a firm that is looked through, in characters.
const REACH: usize = 16;

/// Where a full name ends if its last character belongs to the next word: 义乌市场 is 义乌 + 市场.
pub(super) fn cut(text: &str, range: &Range<usize>) -> Option<usize> {
    let (last, _) = text[range.clone()].char_indices().next_back().filter(|(last, _)| *last > 0)?;
    let rest = &text[range.start + last..];
    WORDS.cut.iter().any(|word| rest.starts_with(word)).then_some(range.start + last)
}

/// An English name with its administrative ending, and whether it is still without one.
pub(super) fn with_english_ending(text: &str, range: Range<usize>, name: &Name) -> (Range<usize>, bool) {
    if !name.latin {
        return (range, name.bare);
    }
    match english_ending(text, range.end) {
        Some((ending, _)) => (range.start..range.end + ending.len(), false),
        None => (range, name.bare),
    }
}

fn english_ending(text: &str, end: usize) -> Option<(&'static str, &'static [&'static str])> {
    ENGLISH_ENDINGS.iter().copied().find(|(ending, _)| {
        text[end..]
            .strip_prefix(ending)
            .is_some_and(|after| !after.starts_with(|c: char| c.is_alphanumeric()))
    })
}

/// The divisions that have this name and fit its English ending, if it has one.
pub(super) fn fitting(text: &str, range: &Range<usize>, name: &Name) -> Vec<&'static Region> {
    let ending =
        ENGLISH_ENDINGS.iter().find(|(ending, _)| name.latin && text[range.clone()].ends_with(ending));
    let fits = |region: &&'static Region| {
        ending.is_none_or(|(_, chinese)| chinese.iter().any(|chinese| region.name.ends_with(chinese)))
    };
    name.regions.iter().copied().filter(fits).collect()
}

/// Whether an occurrence is part of a longer name: a word in Latin letters, a road or village, an institution, a firm.
pub(super) fn belongs_to_another_name(text: &str, occurrence: &Occurrence) -> bool {
    let before = &text[..occurrence.range.start];
    let after = &text[occurrence.range.end..];
    if occurrence.latin {
        let inside_word = before.ends_with(char::is_alphanumeric) || after.starts_with(char::is_alphanumeric);
        return inside_word || (occurrence.bare && is_english_institution(before, after));
    }
    (occurrence.bare && has_tail(&text[occurrence.range.clone()], after))
        || is_institution(before, after)
        || is_firm(after)
}

fn has_tail(name: &str, after: &str) -> bool {
    // 新乡村 is a village; 衢州乡村 is countryside.
    let excused =
        !name.ends_with(['乡', '镇', '村']) && WORDS.except.iter().any(|word| after.starts_with(word));
    !excused && WORDS.tail.iter().any(|tail| after.starts_with(tail))
}

/// A place, any number of fields of study, and an institution; 中科院 before the place allows any field.
fn is_institution(before: &str, after: &str) -> bool {
    if WORDS.prefix.iter().any(|prefix| before.ends_with(prefix)) {
        let name = leading_words(after);
        return WORDS.institution.iter().chain(&WORDS.firm).any(|ending| name.contains(ending));
    }
    fields_and_institution(leading_words(after))
}

/// Any number of fields of study and an institution; 医学院 is 医 + 学院, so every way to cut is tried. The words are few
/// ([`REACH`]), so trying is cheap whatever they are.
fn fields_and_institution(words: &str) -> bool {
    WORDS.institution.iter().any(|ending| words.starts_with(ending))
        || WORDS.field.iter().filter_map(|field| words.strip_prefix(field)).any(fields_and_institution)
}

/// A place, at most two words with capitals, and an institution or a road: Henan Normal University, Beijing Road.
fn is_english_institution(before: &str, after: &str) -> bool {
    const WORDS_BETWEEN: usize = 2;
    if WORDS.english_before.iter().any(|words| before.ends_with(words)) {
        return true;
    }
    let mut rest = after;
    for _ in 0..=WORDS_BETWEEN {
        let Some(words) = rest.strip_prefix(' ') else { return false };
        let end = words.find(|c: char| !c.is_alphanumeric()).unwrap_or(words.len());
        let word = &words[..end];
        if WORDS.english.contains(&word) {
            return true;
        }
        if !word.starts_with(char::is_uppercase) {
            return false;
        }
        rest = &words[end..];
    }
    false
}

/// A place, a proper name of a few characters and the ending of a firm's name.
fn is_firm(after: &str) -> bool {
    let name = leading_words(after);
    WORDS.firm.iter().filter_map(|ending| name.find(ending).map(|at| (ending, at))).any(|(ending, at)| {
        let proper = &name[..at];
        let formal = ending.ends_with("公司") || *ending == "事务所";
        let short_enough = formal || (1..=4).contains(&proper.chars().count());
        short_enough && !WORDS.stop.iter().any(|word| proper.contains(word))
    })
}

/// The unbroken Chinese words at the start of a text, as far as a name can reach.
fn leading_words(text: &str) -> &str {
    let end = text
        .char_indices()
        .take(REACH)
        .take_while(|(_, c)| is_han(*c))
        .last()
        .map_or(0, |(at, c)| at + c.len_utf8());
    &text[..end]
}

pub(super) fn is_han(c: char) -> bool {
    ('\u{3400}'..='\u{9fff}').contains(&c)
}
