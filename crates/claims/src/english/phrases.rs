//! Words around a figure: verbs of change and state, noun phrases, sets.

use crate::{context::Mentions, draft::What, text::Span, wordlist};

pub(super) fn lower(s: &str) -> String {
    s.to_ascii_lowercase()
}

/// Verbs whose object, standing before `by`, is what changes.
pub(super) const TRANSITIVE: &[(&str, &str)] = &[
    ("reduced", "down"),
    ("cut", "down"),
    ("lowered", "down"),
    ("raised", "up"),
    ("increased", "up"),
    ("expanded", "up"),
    ("reduce", "down"),
    ("cutting", "down"),
    ("raise", "up"),
    ("increase", "up"),
    ("lower", "down"),
    ("boosted", "up"),
    ("slashed", "down"),
];

pub(super) fn ends_with_word<'w>(words: &str, list: &[&'w str]) -> Option<&'w str> {
    let trimmed = words.trim_end();
    list.iter()
        .filter(|w| {
            trimmed.len() >= w.len()
                && trimmed.is_char_boundary(trimmed.len() - w.len())
                && trimmed[trimmed.len() - w.len()..].eq_ignore_ascii_case(w)
                && !trimmed[..trimmed.len() - w.len()]
                    .ends_with(|c: char| c.is_ascii_alphanumeric() || c == '-')
        })
        .max_by_key(|w| w.len())
        .copied()
}

pub(super) fn cut_end(text: &str, span: Span, word: &str) -> (Span, Span) {
    let trimmed = span.of(text).trim_end();
    let end = span.start + trimmed.len();
    (
        Span::new(span.start, end - word.len()).trim(text, char::is_whitespace),
        Span::new(end - word.len(), end),
    )
}

/// Verbs whose object is what has the level that follows.
const KEEPING: &[&str] = &[
    " keep ",
    " kept ",
    " keeping ",
    " maintain ",
    " maintained ",
    " hold ",
    " limit ",
    " control ",
    " bring ",
    " ensure that ",
    " achieve ",
    " achieved ",
    " see ",
    " saw ",
];

/// What the words before a figure say.
#[derive(Default)]
pub(super) struct Before {
    pub(super) name: Option<Span>,
    pub(super) change: Option<(Span, &'static str)>,
    pub(super) to_level: bool,
    /// The name is the object of a verb.
    pub(super) object: bool,
}

pub(super) fn before(m: &Mentions<'_>, span: Span) -> Before {
    let text = m.text;
    let mut out = Before::default();
    let mut span = span.trim(text, char::is_whitespace);
    // we reduced the burden on firms by 5 percent; raise the number of firms to 10,000
    if let Some(to) = ends_with_word(span.of(text), &["by", "to"]) {
        let (inner, _) = cut_end(text, span, to);
        let words = lower(inner.of(text));
        let verb = TRANSITIVE
            .iter()
            .filter_map(|(v, n)| words.rfind(&format!(" {v} ")).map(|at| (at + 1, *v, *n)))
            .max_by_key(|(at, _, _)| *at);
        if let Some((at, verb, norm)) = verb
            && inner.start + at + verb.len() + 4 < inner.end
            && (to == "by" || !lower(&text[inner.start + at..inner.end]).contains(','))
        {
            let hit = Span::new(inner.start + at, inner.start + at + verb.len());
            out.to_level = to == "to";
            out.change = Some((
                hit,
                match (out.to_level, norm) {
                    (true, "up") => "up_to",
                    (true, _) => "down_to",
                    (false, norm) => norm,
                },
            ));
            out.object = true;
            let object = Span::new(hit.end, inner.end).trim(text, char::is_whitespace);
            let article = ["the ", "a ", "its "].iter().find(|w| object.of(text).starts_with(**w));
            out.name = Some(Span::new(object.start + article.map_or(0, |w| w.len()), object.end));
            return out;
        }
    }
    loop {
        let words = span.of(text);
        if words.is_empty() {
            break;
        }
        // made up: a state, though a word of change ends it
        let state = longest_state(words).map_or(0, str::len);
        if out.change.is_none()
            && let Some(change) = wordlist::english_changes()
                .filter(|c| c.word.len() >= state && ends_with_word(words, &[c.word]).is_some())
                .max_by_key(|c| c.word.len())
        {
            let (rest, hit) = cut_end(text, span, change.word);
            out.change = Some((hit, change.norm));
            out.to_level = change.to_level();
            span = rest;
            continue;
        }
        if let Some(word) = longest_state(words) {
            span = cut_end(text, span, word).0;
            continue;
        }
        if let Some(period) = m.periods_in(span).last().filter(|p| p.span.end == span.end) {
            let cut = text[span.start..period.span.start].trim_end().len();
            span = Span::new(span.start, span.start + cut);
            span = [" in", " during", " by", " for", " of", " at"]
                .iter()
                .find(|w| span.of(text).ends_with(**w))
                .map_or(span, |w| Span::new(span.start, span.end - w.len()));
            continue;
        }
        if let Some(word) = ends_with_word(
            words,
            &[
                "year on year",
                "year-on-year",
                "respectively",
                "steadily",
                "sharply",
                "further",
                "only",
                "also",
                "then",
                "thus",
                "nearly",
                "roughly",
                "an estimated",
                "expected",
                "is expected",
                "are expected",
                "total",
                "annual",
            ],
        ) {
            span = cut_end(text, span, word).0;
            continue;
        }
        break;
    }
    span = span.trim(text, |c| c.is_whitespace() || matches!(c, ',' | ';'));
    // we aim to keep the deficit at
    if let Some(at) = KEEPING.iter().filter_map(|w| span.of(text).rfind(w).map(|at| at + w.len())).max() {
        span = Span::new(span.start + at, span.end);
    }
    // The province expects its economy to: what is expected is named, not who expects.
    if out.change.is_some()
        && let Some(rest) = span.of(text).strip_suffix(" to")
    {
        span = Span::new(span.start, span.start + rest.len());
        let said = [" expects ", " expect ", " projects ", " forecasts ", " wants ", " aims for "];
        if let Some(at) = said.iter().filter_map(|w| span.of(text).rfind(w).map(|at| at + w.len())).max() {
            span = Span::new(span.start + at, span.end);
        }
    }
    // bringing the total to: of what was counted before
    if POINTING.contains(&lower(span.of(text)).as_str()) {
        span = Span::new(span.start, span.start);
    }
    out.name = (!span.is_empty()).then_some(span);
    out
}

/// The longest verb or particle of a level that words end with.
fn longest_state(words: &str) -> Option<&'static str> {
    wordlist::en_states().iter().filter(|w| ends_with_word(words, &[*w]).is_some()).max_by_key(|w| w.len())
}

/// Words that only point back at what was spoken of.
const POINTING: [&str; 13] = [
    "bringing",
    "bringing the total",
    "bringing the total number",
    "bringing the count",
    "bringing its total",
    "bringing their number",
    "the total",
    "the total number",
    "its total",
    "taking the total",
    "bringing the number",
    "growing",
    "making a total",
];

/// A noun phrase without article, place, period and what follows its first preposition where `short`.
pub(super) fn noun(m: &Mentions<'_>, span: Span, short: bool) -> Span {
    let text = m.text;
    let mut span = span.trim(text, |c| c.is_whitespace() || matches!(c, ',' | '“' | '”' | '"'));
    loop {
        let words = span.of(text);
        let cut = [
            "the ",
            "The ",
            "a ",
            "A ",
            "an ",
            "An ",
            "its ",
            "Its ",
            "their ",
            "all ",
            "All ",
            "total of ",
            "of ",
            "in ",
            "remaining ",
            "new and ",
            "over ",
            "In ",
            "including ",
            "where ",
            "among which ",
            "of which ",
            "that ",
            "when ",
            "which ",
        ]
        .iter()
        .find(|w| words.starts_with(**w))
        .map(|w| w.len());
        let period = m
            .periods_in(span)
            .next()
            .filter(|p| p.span.start == span.start && p.span.end < span.end)
            .map(|p| p.span.end - span.start);
        let place = m
            .places_in(span)
            .next()
            .filter(|p| p.span.start == span.start && p.span.end < span.end)
            .map(|p| p.span.end - span.start);
        let possessive = words
            .find("'s ")
            .or_else(|| words.find("’s "))
            .filter(|at| *at <= 24)
            .map(|at| at + if words[at..].starts_with('’') { 5 } else { 3 });
        match possessive.or(place).or(period).or(cut) {
            Some(length) if span.start + length < span.end => {
                span = Span::new(span.start + length, span.end).trim(text, |c| c.is_whitespace() || c == ',');
            }
            _ => break,
        }
    }
    // We introduced tax cuts worth: who acts and what they do is no part of the name.
    if let Some(rest) = span.of(text).strip_prefix("We ").or_else(|| span.of(text).strip_prefix("we "))
        && let Some((verb, object)) = rest.split_once(' ')
        && verb.ends_with("ed")
    {
        span = Span::new(span.end - object.len(), span.end);
    }
    for end in [" worth", " totaling", " of"] {
        if span.of(text).ends_with(end) {
            span = Span::new(span.start, span.end - end.len());
        }
    }
    let words = span.of(text);
    // A period inside ends the phrase.
    let period = m.periods_in(span).next().map(|p| p.span.start - span.start);
    let stops: &[&str] = if short {
        &[
            " by ",
            " to ",
            " were ",
            " was ",
            " have ",
            " has ",
            " had ",
            " in ",
            " from ",
            " at ",
            ", ",
            " nationwide",
            " across ",
            " through ",
            " that ",
            " which ",
            " are ",
            " is ",
            " will ",
            " with ",
            " year on year",
            " settled",
            " moved",
            " opened",
            " joined",
            " came",
            " entered",
            " started",
            " went",
        ]
    } else {
        &[" nationwide", ", ", " were ", " was ", " year on year", " compared"]
    };
    let whole_of = [
        "share of",
        "proportion of",
        "number of",
        "ratio of",
        "contribution of",
        "contribution rate of",
        "investment in",
        "expenditure on",
        "spending on",
        "deficit-to",
        "use of",
        "intensity of",
        "consumption of",
    ]
    .iter()
    .any(|w| words.to_ascii_lowercase().starts_with(w));
    let stop = stops
        .iter()
        .filter(|w| !(whole_of && matches!(**w, " in " | " to " | " with ")))
        .filter_map(|w| words.find(w))
        .chain(period)
        // build laboratories and raise: the next verb
        .chain(
            words
                .match_indices(" and ")
                .map(|(at, _)| at)
                .find(|at| super::verbs::at(&words[at + 5..]).is_some()),
        )
        .filter(|at| *at > 0)
        .min();
    let span = stop.map_or(span, |at| Span::new(span.start, span.start + at));
    span.trim(text, |c| c.is_whitespace() || matches!(c, ',' | '“' | '”' | '"'))
}

/// The indicator a phrase names: a known measure inside it, else the phrase.
pub(super) fn what(m: &Mentions<'_>, phrase: Span, short: bool) -> Option<What> {
    let named = m
        .measures_in(phrase)
        .filter(|n| n.code.is_some() && n.span.end <= phrase.end && !m.text[..n.span.start].ends_with('-'))
        .filter(|n| !m.text[n.span.end..].starts_with('-'))
        .max_by_key(|n| n.span.len())
        .cloned();
    if let Some(named) = named {
        // A place, a period or a possessive before the measure is no modifier of it.
        let lead = Span::new(phrase.start, named.span.start);
        let told = m.periods_in(lead).map(|p| p.span.end).chain(m.places_in(lead).map(|p| p.span.end)).max();
        let possessive = ["'s ", "’s "]
            .iter()
            .filter_map(|w| lead.of(m.text).rfind(w).map(|i| lead.start + i + w.len()))
            .max();
        let from = told.max(possessive).unwrap_or(lead.start);
        let before = m.text[from..named.span.start].trim().to_ascii_lowercase();
        let before = before.trim_start_matches("'s").trim_start_matches("’s").trim();
        let modifier = before
            .split_whitespace()
            .filter(|w| {
                ![
                    "the",
                    "total",
                    "of",
                    "year-end",
                    "a",
                    "in",
                    "its",
                    "annual",
                    "china's",
                    "national",
                    "new",
                    "and",
                    "city's",
                    "province's",
                    "value",
                    "added",
                    "growth",
                    "rate",
                    "increase",
                    "rise",
                ]
                .contains(w)
            })
            .count();
        // urban permanent residents: a part of the measure, under another name
        let part = ["urban", "rural"].iter().any(|w| before.split_whitespace().any(|b| b == *w))
            && named.code.is_some_and(|code| code == "POP.resident");
        if modifier <= 1 && !part && !of_some_goods(m, named.span, phrase) {
            return Some(What { span: named.span, base: named.code.map(str::to_owned), suffix: "" });
        }
    }
    // its economy grew
    if matches!(
        lower(noun(m, phrase, short).of(m.text)).as_str(),
        "economy" | "national economy" | "city's economy"
    ) {
        return Some(What { span: noun(m, phrase, short), base: Some("GDP".to_owned()), suffix: "" });
    }
    let phrase = noun(m, phrase, short);
    (!phrase.is_empty() && phrase.len() > 1).then_some(What { span: phrase, base: None, suffix: "" })
}

/// `exports of electric vehicles`: the trade in some goods alone, not the measure.
fn of_some_goods(m: &Mentions<'_>, measure: Span, phrase: Span) -> bool {
    let trade = ["export", "import", "retail sales"].iter().any(|w| lower(measure.of(m.text)).contains(w));
    let rest = m.text.get(measure.end..phrase.end).unwrap_or_default();
    let Some(of) = rest.strip_prefix(" of ").filter(|_| trade) else { return false };
    let start = phrase.end - of.len();
    let whole = [
        "goods",
        "consumer goods",
        "the city",
        "the province",
        "the country",
        "the region",
        "the nation",
        "the year",
    ];
    !whole.iter().any(|w| of.starts_with(w))
        && m.places_in(Span::new(start, phrase.end)).next().is_none_or(|p| p.span.start != start)
        && m.periods_in(Span::new(start, phrase.end)).next().is_none_or(|p| p.span.start != start)
}

pub(super) fn is_counter(code: &str) -> bool {
    code.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

/// `lending by large commercial banks`: the doer named after the indicator.
pub(super) fn agent(m: &Mentions<'_>, name: Span, piece: Span) -> Option<Span> {
    let rest = m.text.get(name.end..piece.end)?;
    let by = rest.strip_prefix(" by ")?;
    if by.starts_with(|c: char| c.is_ascii_digit()) || by.starts_with("more") || by.starts_with("over") {
        return None;
    }
    let end = [
        " to ",
        " increased",
        " rose",
        " grew",
        " in ",
        " reached",
        " was",
        " were",
        ",",
        " fell",
        " totaled",
    ]
    .iter()
    .filter_map(|w| by.find(w))
    .min()?;
    Some(Span::new(name.end + 4, name.end + 4 + end))
}

/// Whether words beside a measure speak of its growth: `growth of GDP`, `GDP growth`.
pub(super) fn of_growth(text: &str, piece: Span, measure: Span) -> bool {
    let before = lower(text.get(piece.start..measure.start).unwrap_or_default());
    let before = before.trim_end().trim_end_matches(" the").trim_end_matches(" its");
    let rates = ["growth", "growth rate", "growth rates", "rate of growth", "increase", "rise"];
    let ahead = [" of", " in", " for"]
        .iter()
        .filter_map(|w| before.strip_suffix(w))
        .any(|b| rates.iter().any(|r| b.ends_with(r)));
    let after = lower(text.get(measure.end..piece.end).unwrap_or_default());
    let after = after.trim_start();
    ahead || ["growth", "increased at", "grew at"].iter().any(|w| after.starts_with(w))
}

/// The subject right before the verb: after the last conjunction or relative word of the words before it.
pub(super) fn last_subject(m: &Mentions<'_>, span: Span) -> Span {
    let words = span.of(m.text);
    let part_of =
        ["share of", "number of", "proportion of", "ratio of"].iter().any(|w| lower(words).contains(w));
    let at = [" that ", " and the ", " while the ", " with ", ", "]
        .iter()
        .filter(|w| !(part_of && **w == " with "))
        .filter_map(|w| words.rfind(w).map(|i| (i, w)))
        // Trade with partners: no clause stands before
        .filter(|(i, w)| **w != " with " || words[..*i].split_whitespace().count() > 2)
        .map(|(i, w)| i + w.len())
        .max()
        .unwrap_or(0);
    // Exports of vehicles, batteries and panels: a list, not a subject behind a clause.
    let listed = words.find(" of ").is_some_and(|of| words.find(", ").is_some_and(|comma| of < comma))
        && words[at..].contains(" and ")
        && words[..at].ends_with(", ")
        && super::verbs::at(&words[at..]).is_none();
    if words.len() - at < 3 || listed { span } else { Span::new(span.start + at, span.end) }
}

pub(super) fn scope_after(after: &str) -> Option<(usize, usize)> {
    for lead in [" among ", " of ", " out of "] {
        let Some(rest) = after.strip_prefix(lead) else { continue };
        if let Some(length) = set_of_its_kind(rest) {
            return Some((lead.len(), lead.len() + length));
        }
    }
    for lead in [" in ", " among ", " of ", " across ", " within "] {
        let Some(at) = after.find(lead).filter(|at| *at < 60) else { continue };
        let rest = &after[at + lead.len()..];
        if let Some(set) = wordlist::en_sets().prefix(rest) {
            return Some((at + lead.len(), at + lead.len() + set.len()));
        }
    }
    let everywhere =
        ["nationwide", "worldwide", "globally", "nationally", "provincewide", "province-wide", "citywide"];
    everywhere.iter().filter_map(|w| after.find(w).filter(|at| *at < 40).map(|at| (at, at + w.len()))).min()
}

/// The length of `all Chinese cities`, `any city in the country`: a set told by what its members are.
fn set_of_its_kind(words: &str) -> Option<usize> {
    const KINDS: [&str; 16] = [
        "cities",
        "city",
        "provinces",
        "province",
        "regions",
        "municipalities",
        "counties",
        "districts",
        "prefectures",
        "ports",
        "airports",
        "areas",
        "zones",
        "parks",
        "economies",
        "countries",
    ];
    let stop = [", ", "; ", " for ", " by ", " with ", " and "].iter().filter_map(|w| words.find(w)).min();
    let head = &words[..stop.unwrap_or(words.len())];
    let mut end = 0;
    let kind = head.split(' ').take(6).find_map(|word| {
        let start = end;
        end += word.len() + 1;
        KINDS.contains(&word).then_some(start + word.len())
    })?;
    // any city in the country
    let within = head[kind..].strip_prefix(" in ").and_then(|rest| {
        let length = wordlist::en_sets().prefix(rest)?.len();
        Some(kind + " in ".len() + length)
    });
    Some(within.unwrap_or(kind))
}
