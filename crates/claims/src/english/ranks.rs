//! Places, top groups and extremes of an English text.

use crate::{
    ranks::{Kind, Mention},
    text::Span,
};
use regex::Regex;
use std::sync::LazyLock;

/// A place in words or digits.
const ORDINAL: &str =
    "[0-9]{1,3}(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth";
/// The size of a top group.
const TOP: &str = "[0-9]{1,3}|two|three|four|five|six|eight|ten|twenty|thirty|fifty|hundred";
/// Whose largest, whose top three: an article or a possessive.
const WHOSE: &str = "(?:the |its |their |(?:'s|’s|s’) )";

#[expect(clippy::expect_used, reason = "a constant pattern, compiled in tests")]
static RANKS: LazyLock<Regex> = LazyLock::new(|| {
    let verb = r"rank(?:ed|s|ing)?|came(?: in)?|coming|placed|placing|stood|finished|sits?|remain(?:ed|s)?|moved up to|climbed to";
    let place = format!(
        r"\b(?:{verb})(?: in| at)?(?: the)? (?:(?P<place>{ORDINAL})|(?:no\.|number) ?(?P<no>[0-9]{{1,3}}|one|two|three))\b"
    );
    let is = format!(
        r"\b(?:is|was|are|were|took|takes|taking|holds|held|won|in)(?: the)? (?P<is>{ORDINAL})(?: place| position| spot|,? (?:in|among) (?:the|all|[A-Z][a-z]+)\b| nationwide| nationally)"
    );
    let top = format!(
        r"\b(?:among|in|into|within|entered|entering|joined|rank(?:ed|s|ing)?)(?: the| its|(?: the)? [\p{{L}}]+(?:[ -][\p{{L}}]+)?(?:'s|’s|s’))?(?: (?:country|province|nation|world)(?:'s|’s))? top[ -](?P<top>{TOP})\b"
    );
    let nth = format!(
        r"(?:\b|[^ ]){WHOSE}(?P<nth>{ORDINAL})[- ](?:largest|biggest|highest|longest|fastest|busiest|best)"
    );
    let sizes = "largest|biggest|highest|longest|fastest|most|busiest|deepest|strongest|tallest|greatest";
    let least = "lowest|smallest|fewest|shortest|least|slowest";
    let extreme = format!(r"(?:\b|[^ ]){WHOSE}(?:(?P<max>{sizes})|(?P<min>{least}))\b");
    let best = r"\b(?:the|its|their) (?P<best>best)\b(?: (?:place|position|rank|ranking|showing|result|performance|level))?";
    let of_set = format!(r"(?:'s|’s) (?P<setnth>{ORDINAL}) (?P<setnoun>[\p{{L}}-]+)");
    let rest = r"\bthe (?P<only>only)\b|(?:\bthe|’s|'s) (?P<first>first)\b|\b(?P<firsttime>for the first time)\b|\b(?P<record>(?:a |an |new )?(?:record|all-time|historic) (?:high|low))\b|\b(?P<tops>topp(?:ed|ing)|tops) (?:the (?:province|country|nation|list)|all )|\b(?P<vague>among the (?:(?:world|country|nation|province)(?:'s|’s) )?(?:top|leading|forefront|highest|best|front|fastest|largest|busiest|most)|(?:at|in|to) the (?:forefront|front rank|front ranks|front row|top ranks))\b";
    // 40 million tonnes, third in the world: an apposition
    let beside = format!(
        r", (?P<beside>{ORDINAL}) (?:in|among) (?:the (?:world|country|province|nation|region)\b|[A-Z][a-z]+\b|China\b)"
    );
    Regex::new(&format!("(?i)(?:{beside}|{place}|{is}|{top}|{nth}|{extreme}|{best}|{of_set}|{rest})"))
        .expect("a constant pattern")
});

#[expect(clippy::expect_used, reason = "a constant pattern, compiled in tests")]
static NEXT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(r"(?i)(?:,| and|, and) (?P<place>{ORDINAL})(?: place)?(?: (?:in|for|among|by|and|respectively|nationally|nationwide)\b|[,.;]|$)"))
        .expect("a constant pattern")
});

/// The longest a quoted name with a rank in it may be, in bytes.
const LONGEST_NAME: usize = 110;

/// What an ordinal with a possessive counts when it is a time, a meeting or a part, and so no place.
const COUNTED: &[&str] = &[
    "half",
    "quarter",
    "year",
    "session",
    "plenary",
    "phase",
    "batch",
    "round",
    "meeting",
    "line",
    "term",
    "time",
    "day",
    "anniversary",
    "generation",
    "stage",
    "month",
    "decade",
    "century",
    "part",
    "step",
    "conference",
    "congress",
    "committee",
    "five-year",
    "plan",
    "class",
    "tier",
    "industry",
    "sector",
];

/// Finds the ranks of an English text, in order.
pub(crate) fn find(text: &str) -> Vec<Mention> {
    // What stands in a quoted name is part of the name.
    let names = super::values::quoted_names(text, LONGEST_NAME);
    let named = |span: Span| {
        let i = names.partition_point(|n| n.end <= span.start);
        names.get(i).is_some_and(|n| n.overlaps(span))
    };
    let mut mentions: Vec<Mention> = Vec::new();
    for c in RANKS.captures_iter(text) {
        let group = |name: &str| c.name(name);
        let hit = |m: regex::Match<'_>, norm: String, kind| Mention {
            span: Span::new(m.start(), m.end()),
            norm,
            kind,
        };
        let mention = if let Some(m) = group("place").or(group("no")).or(group("is")).or(group("beside")) {
            ordinal(m.as_str()).map(|n| hit(m, n.to_string(), Kind::Place))
        } else if let Some(m) = group("top") {
            ordinal(m.as_str()).map(|n| hit(m, format!("<={n}"), Kind::Place))
        } else if let Some(m) = group("tops") {
            Some(hit(m, "1".into(), Kind::Place))
        } else if let Some(m) = group("nth") {
            ordinal(m.as_str()).map(|n| hit(m, n.to_string(), Kind::Nth))
        } else if let (Some(m), Some(noun)) = (group("setnth"), group("setnoun")) {
            let word = noun.as_str().to_ascii_lowercase();
            let first = m.as_str().eq_ignore_ascii_case("first");
            match ordinal(m.as_str()).filter(|_| !COUNTED.contains(&word.as_str())) {
                Some(_) if first => Some(hit(m, "first".into(), Kind::First)),
                Some(n) => Some(hit(m, n.to_string(), Kind::Nth)),
                None => None,
            }
        } else if let Some(m) = group("record") {
            let norm = if m.as_str().to_ascii_lowercase().ends_with("low") { "min" } else { "max" };
            Some(hit(m, norm.into(), Kind::Record))
        } else {
            let simple = [
                ("max", "max", Kind::Extreme),
                ("min", "min", Kind::Extreme),
                ("best", "best", Kind::Extreme),
                ("only", "unique", Kind::Only),
                ("first", "first", Kind::First),
                ("firsttime", "first_time", Kind::FirstTime),
                ("vague", "top_vague", Kind::Vague),
            ];
            simple.iter().find_map(|(name, norm, kind)| group(name).map(|m| hit(m, (*norm).into(), *kind)))
        };
        let Some(mention) = mention.filter(|m| !named(m.span)) else { continue };
        if mentions.last().is_some_and(|l| l.span.end > mention.span.start) {
            continue;
        }
        let (kind, end) = (mention.kind, mention.span.end);
        mentions.push(mention);
        if kind == Kind::Place {
            following(text, end, &mut mentions);
        }
    }
    mentions
}

/// `first for urban residents and second for rural residents`: the places that follow in the same sentence.
fn following(text: &str, from: usize, mentions: &mut Vec<Mention>) {
    let reach: usize = text[from..].chars().take(160).map(char::len_utf8).sum();
    let words = &text[from..from + reach];
    let words = &words[..words.find([';', '\n']).unwrap_or(words.len())];
    let words = &words[..words.find(". ").unwrap_or(words.len())];
    let mut at = 0;
    while let Some(c) = NEXT.captures_at(words, at) {
        let Some(m) = c.name("place") else { break };
        let told = words[..m.start()].to_ascii_lowercase();
        if told.contains("rank") || told.contains(" came ") {
            break;
        }
        if let Some(n) = ordinal(m.as_str()) {
            let span = Span::new(from + m.start(), from + m.end());
            mentions.push(Mention { span, norm: n.to_string(), kind: Kind::Place });
        }
        at = m.end();
    }
}

fn ordinal(word: &str) -> Option<u32> {
    let word = word.to_ascii_lowercase();
    let digits: String = word.chars().take_while(char::is_ascii_digit).collect();
    if let Ok(n) = digits.parse() {
        return Some(n);
    }
    Some(match word.as_str() {
        "first" | "one" => 1,
        "second" | "two" => 2,
        "third" | "three" => 3,
        "fourth" | "four" => 4,
        "fifth" | "five" => 5,
        "sixth" | "six" => 6,
        "seventh" => 7,
        "eighth" | "eight" => 8,
        "ninth" => 9,
        "tenth" | "ten" => 10,
        "twenty" => 20,
        "thirty" => 30,
        "fifty" => 50,
        "hundred" => 100,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn norms(text: &str) -> Vec<String> {
        find(text).into_iter().map(|m| m.norm).collect()
    }

    #[test]
    fn ranks_in_english_words() {
        assert_eq!(norms("output ranked third in the province"), ["3"]);
        assert_eq!(norms("the city ranked among the top ten nationwide"), ["<=10"]);
        assert_eq!(norms("home to the second-largest port"), ["2"]);
        assert_eq!(norms("the only inland port"), ["unique"]);
        assert_eq!(norms("exports hit a record high"), ["max"]);
        assert_eq!(norms("four were among Hunan's top five"), ["<=5"]);
        assert_eq!(norms("became Hunan's fourth port city"), ["4"]);
        assert_eq!(norms("China’s largest lake port"), ["max"]);
        assert_eq!(norms("its best place in the last 5 years"), ["best"]);
        assert_eq!(norms("ranked second in Hunan for exports and fourth for imports"), ["2", "4"]);
        assert_eq!(norms("took first place in the assessment"), ["1"]);
    }

    #[test]
    fn ordinals_of_time_and_meetings_are_no_ranks() {
        for text in
            ["Hunan's second quarter", "the committee's fifth session", "was first proposed", "a third party"]
        {
            assert!(norms(text).is_empty(), "{text}: {:?}", norms(text));
        }
    }
}
