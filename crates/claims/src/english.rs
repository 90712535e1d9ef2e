//! English statements: figures, growth, ranks, and the commonest designations and goals.
//!
//! # Method
//! A sentence is cut at commas, semicolons and at conjunctions between two figures or ranks, so that each piece holds one.
//! The words before the figure are searched for a verb of change or state: its subject, or its object where the verb
//! takes one, names the indicator; else the noun phrase behind the figure does.

use crate::{
    articles::{Page, Role},
    context::{Context, Mentions, Mood},
    draft::{Draft, What, When, Who},
    lexicon,
    ranks::{self, Kind},
    statement::{Modality, Type},
    text::Span,
    values::Value,
    wordlist,
};

/// Reads every statement of an English text.
pub(crate) fn read(m: &Mentions<'_>, page: &Page, context: Context) -> Vec<Draft> {
    let mut cx = context;
    let mut drafts = Vec::new();
    let mut article = None;
    if m.text.contains("China") || m.text.contains("Chinese") {
        cx.country = Some("China");
    }
    for block in &page.blocks {
        if block.article != article && block.article.is_some() {
            article = block.article;
            cx.begin_article(page.homes.get(article.unwrap_or_default()).copied().flatten());
        }
        match block.role {
            Role::Body => {
                for sentence in sentences(m.text, block.span) {
                    let before = drafts.len();
                    sentence_of(m, &mut cx, sentence, &mut drafts);
                    for draft in &mut drafts[before..] {
                        draft.article = block.article;
                    }
                    cx.end_sentence();
                }
                cx.end_block();
                cx.mood = Mood::Fact;
            }
            Role::Heading => {
                let words = lower(block.span.of(m.text));
                cx.mood = if ["target", "goal", "plan for", "tasks"].iter().any(|w| words.contains(w)) {
                    Mood::Target
                } else {
                    Mood::Fact
                };
            }
            _ => {}
        }
    }
    drafts
}

fn lower(s: &str) -> String {
    s.to_ascii_lowercase()
}

/// Sentences of a block: a stop, a blank, and a capital, a digit or a quotation mark; or the end of a line.
fn sentences(text: &str, block: Span) -> Vec<Span> {
    let words = block.of(text);
    let mut out = Vec::new();
    let mut start = 0;
    for (at, c) in words.char_indices() {
        let end = at + c.len_utf8();
        let rest = &words[end..];
        let stop = match c {
            '.' | '!' | '?' => {
                let next = rest.trim_start_matches(['"', '”', '’', ')']).strip_prefix([' ', '\u{a0}']);
                let initial = words[..at].ends_with(|p: char| p.is_ascii_uppercase()) && c == '.';
                !initial
                    && next.is_none_or(|n| {
                        n.trim_start().starts_with(|n: char| {
                            n.is_uppercase() || n.is_ascii_digit() || matches!(n, '“' | '"')
                        })
                    })
                    && !abbreviation(&words[..at])
            }
            '\n' => true,
            _ => false,
        };
        if stop && (rest.is_empty() || rest.starts_with([' ', '\n', '"', '”', ')', '\u{a0}']) || c == '\n')
        {
            push(text, &mut out, block.start + start, block.start + at);
            start = end;
        }
    }
    push(text, &mut out, block.start + start, block.end);
    out
}

fn push(text: &str, out: &mut Vec<Span>, start: usize, end: usize) {
    let span = Span::new(start, end).trim(text, |c| c.is_whitespace() || matches!(c, '"' | '”' | '.'));
    if !span.is_empty() {
        out.push(span);
    }
}

fn abbreviation(before: &str) -> bool {
    ["No", "no", "Mr", "Ms", "Dr", "vs", "etc", "approx", "St"].iter().any(|a| {
        before.ends_with(a) && !before[..before.len() - a.len()].ends_with(|c: char| c.is_alphabetic())
    })
}

/// An anchor: a figure or a rank.
#[derive(Clone, Copy)]
enum Anchor<'m> {
    Value(&'m Value),
    Rank(&'m ranks::Mention),
}

impl Anchor<'_> {
    fn outer(&self) -> Span {
        match self {
            Anchor::Value(v) => v.outer(),
            Anchor::Rank(r) => r.span,
        }
    }
}

fn sentence_of(m: &Mentions<'_>, cx: &mut Context, sentence: Span, drafts: &mut Vec<Draft>) {
    let text = m.text;
    let words = lower(sentence.of(text));
    if ["main targets", "main projected targets", "targets for", "we aim to achieve the following"]
        .iter()
        .any(|w| words.contains(w))
    {
        cx.mood = Mood::Target;
    }
    cx.hear(m, sentence);
    let ranks = m.ranks_in(sentence).iter().filter(|r| holds(text, sentence, r)).map(Anchor::Rank);
    let mut anchors: Vec<Anchor<'_>> =
        m.values_in(sentence).iter().filter(|v| counts(text, v)).map(Anchor::Value).chain(ranks).collect();
    anchors.sort_by_key(Anchor::outer);
    let from = drafts.len();
    if let Some(zipped) = respectively(m, cx, sentence, &anchors) {
        drafts.extend(zipped);
        return;
    }
    let cuts = cuts(text, sentence, &anchors);
    for (i, anchor) in anchors.iter().enumerate() {
        let piece =
            Span::new(cuts[i], cuts[i + 1]).trim(text, |c| c.is_whitespace() || matches!(c, ',' | ';' | ':'));
        let piece = without_opening(text, piece, anchor.outer());
        let draft = match anchor {
            Anchor::Value(v) => measured(m, cx, sentence, piece, v),
            Anchor::Rank(r) => ranked(m, cx, piece, r),
        };
        drafts.extend(draft);
    }
    let hard = drafts.len() > from;
    if !hard {
        drafts.extend(soft(m, cx, sentence));
    }
}

/// A bare small number in words, an ordinal date, a numbered item are no figures.
fn counts(text: &str, value: &Value) -> bool {
    if value.magnified || value.unit.as_deref().is_some_and(|u| !is_counter(u)) {
        return true;
    }
    let after = &text[value.span.end..];
    let before = text[..value.span.start].trim_end();
    let noun = after.starts_with(' ')
        && after[1..].starts_with(|c: char| c.is_ascii_lowercase() || c == '“' || c.is_ascii_uppercase());
    let word = after.trim_start().split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
    let function = [
        "of", "in", "and", "or", "to", "the", "years", "year", "months", "days", "percent", "is", "was",
        "ways", "aspects", "at", "for", "by", "on", "with",
    ]
    .contains(&lower(word).as_str());
    let label = before.ends_with(|c: char| c.is_ascii_uppercase())
        || before.ends_with("No.")
        || before.ends_with("Article")
        || before.ends_with("Chapter")
        || before.ends_with("Covid")
        || before.ends_with('-');
    value.arabic && noun && !function && !label
}

fn holds(text: &str, sentence: Span, rank: &ranks::Mention) -> bool {
    let after = lower(&text[rank.span.end..sentence.end]);
    let scope =
        scope_after(&after).is_some() || after.starts_with(" nationwide") || after.contains("nationwide");
    match rank.kind {
        Kind::Place | Kind::Nth | Kind::Record => true,
        Kind::Extreme | Kind::First | Kind::Only => {
            scope
                && !after.starts_with(" half")
                && !after.starts_with(" quarter")
                && !after.starts_with(" time")
                && !after.starts_with(" of all")
        }
        Kind::Vague => scope,
        Kind::FirstTime => false,
    }
}

/// Where the pieces begin: `cuts[i]..cuts[i + 1]` holds anchor `i`.
fn cuts(text: &str, sentence: Span, anchors: &[Anchor<'_>]) -> Vec<usize> {
    let mut cuts = Vec::with_capacity(anchors.len() + 1);
    let Some(first) = anchors.first() else { return vec![sentence.start, sentence.end] };
    // Opening clauses without a figure stay out: the last comma before the first anchor that is followed by a subject.
    cuts.push(opening(text, sentence, first.outer().start));
    for pair in anchors.windows(2) {
        let [a, b] = pair else { continue };
        let (start, end) = (a.outer().end, b.outer().start.max(a.outer().end));
        let gap = &text[start..end];
        let at = [
            ", and ",
            ", while ",
            ", with ",
            "; ",
            ", including ",
            ", of which ",
            ", as ",
            ", but ",
            ", which ",
            ", up ",
            ", down ",
            ", ",
            " and ",
            " while ",
            " with ",
            " or ",
        ]
        .iter()
        .find_map(|w| gap.find(w).map(|i| (i, w.len(), *w)))
        .map_or(start, |(i, length, w)| {
            start + i + if matches!(w, ", including " | ", up " | ", down ") { 2 } else { length }
        });
        cuts.push(at.min(b.outer().start));
    }
    cuts.push(closing(text, sentence, anchors.last().map_or(sentence.end, |a| a.outer().end)));
    cuts
}

fn opening(text: &str, sentence: Span, anchor: usize) -> usize {
    let before = &text[sentence.start..anchor];
    let Some(at) = before.rfind(", ").or_else(|| before.rfind("; ").or_else(|| before.rfind(": "))) else {
        return sentence.start;
    };
    let rest = before[at + 2..].trim_start_matches("and ");
    let start = anchor - rest.len();
    let appositive = [
        "totaling",
        "totalling",
        "numbering",
        "amounting",
        "reaching",
        "up ",
        "down ",
        "representing",
        "accounting",
        "an increase",
        "a year-on-year",
        "rising",
        "falling",
    ]
    .iter()
    .any(|w| rest.starts_with(w));
    if appositive { opening(text, sentence, sentence.start + at) } else { start }
}

fn closing(text: &str, sentence: Span, anchor: usize) -> usize {
    let rest = &text[anchor..sentence.end];
    let stop = [
        ", a better",
        ", which",
        ", making",
        ", and ",
        "; ",
        ", so ",
        ", thus",
        ", while ",
        ", thereby",
        ", a ",
        ", the ",
    ]
    .iter()
    .filter_map(|w| rest.find(w))
    .min();
    stop.map_or(sentence.end, |at| anchor + at)
}

/// The piece without words that only open it.
fn without_opening(text: &str, piece: Span, anchor: Span) -> Span {
    let mut span = piece;
    loop {
        let words = span.of(text);
        let Some(word) = [
            "With ",
            "with ",
            "and ",
            "And ",
            "In addition, ",
            "Meanwhile, ",
            "as were ",
            "while ",
            "but ",
            "whereas ",
            "where ",
            "that ",
        ]
        .iter()
        .find(|w| words.starts_with(**w)) else {
            return span;
        };
        if span.start + word.len() > anchor.start {
            return span;
        }
        span = Span::new(span.start + word.len(), span.end);
    }
}

/// Verbs whose object, standing before `by`, is what changes.
const TRANSITIVE: &[(&str, &str)] = &[
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

fn ends_with_word<'w>(words: &str, list: &[&'w str]) -> Option<&'w str> {
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

fn cut_end(text: &str, span: Span, word: &str) -> (Span, Span) {
    let trimmed = span.of(text).trim_end();
    let end = span.start + trimmed.len();
    (
        Span::new(span.start, end - word.len()).trim(text, char::is_whitespace),
        Span::new(end - word.len(), end),
    )
}

/// What the words before a figure say.
#[derive(Default)]
struct Before {
    name: Option<Span>,
    change: Option<(Span, &'static str)>,
    to_level: bool,
}

fn before(m: &Mentions<'_>, span: Span) -> Before {
    let text = m.text;
    let mut out = Before::default();
    let mut span = span.trim(text, char::is_whitespace);
    // we reduced the burden on firms by 5 percent
    if ends_with_word(span.of(text), &["by"]).is_some() {
        let (inner, _) = cut_end(text, span, "by");
        let words = lower(inner.of(text));
        let verb = TRANSITIVE
            .iter()
            .filter_map(|(v, n)| words.rfind(&format!(" {v} ")).map(|at| (at + 1, *v, *n)))
            .max_by_key(|(at, _, _)| *at);
        if let Some((at, verb, norm)) = verb
            && inner.start + at + verb.len() + 4 < inner.end
        {
            let hit = Span::new(inner.start + at, inner.start + at + verb.len());
            out.change = Some((hit, norm));
            out.name = Some(Span::new(hit.end, inner.end).trim(text, char::is_whitespace));
            return out;
        }
    }
    loop {
        let words = span.of(text);
        if words.is_empty() {
            break;
        }
        if out.change.is_none()
            && let Some(change) = wordlist::english_changes()
                .filter(|c| ends_with_word(words, &[c.word]).is_some())
                .max_by_key(|c| c.word.len())
        {
            let (rest, hit) = cut_end(text, span, change.word);
            out.change = Some((hit, change.norm));
            out.to_level = change.to_level();
            span = rest;
            continue;
        }
        if let Some(word) = wordlist::en_states()
            .iter()
            .filter(|w| ends_with_word(words, &[*w]).is_some())
            .max_by_key(|w| w.len())
        {
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
    out.name = (!span.is_empty()).then_some(span);
    out
}

/// A noun phrase without article, place, period and what follows its first preposition where `short`.
fn noun(m: &Mentions<'_>, span: Span, short: bool) -> Span {
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
            " for ",
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
        ]
    } else {
        &[" nationwide", ", ", " were ", " was ", " year on year", " compared"]
    };
    let stop = stops.iter().filter_map(|w| words.find(w)).chain(period).filter(|at| *at > 0).min();
    let span = stop.map_or(span, |at| Span::new(span.start, span.start + at));
    span.trim(text, |c| c.is_whitespace() || matches!(c, ',' | '“' | '”' | '"'))
}

/// The indicator a phrase names: a known measure inside it, else the phrase.
fn what(m: &Mentions<'_>, phrase: Span, short: bool) -> Option<What> {
    let named = m
        .measures_in(phrase)
        .filter(|n| n.code.is_some() && n.span.end <= phrase.end)
        .max_by_key(|n| n.span.len())
        .cloned();
    if let Some(named) = named {
        let before = m.text[phrase.start..named.span.start].trim().to_ascii_lowercase();
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
                ]
                .contains(w)
            })
            .count();
        if modifier <= 1 {
            return Some(What { span: named.span, base: named.code.map(str::to_owned), suffix: "" });
        }
    }
    let phrase = noun(m, phrase, short);
    (!phrase.is_empty() && phrase.len() > 1).then_some(What { span: phrase, base: None, suffix: "" })
}

fn measured(m: &Mentions<'_>, cx: &mut Context, sentence: Span, piece: Span, value: &Value) -> Option<Draft> {
    let text = m.text;
    let pre = Span::new(piece.start.min(value.outer().start), value.outer().start);
    let post = Span::new(value.outer().end, piece.end.max(value.outer().end));
    let mut told = before(m, pre);
    let after = post.of(text).trim_start();
    let relative = value.percent() || value.points();
    // a 2.5 percent growth, a 5 percent decline
    let growth_noun = [
        ("growth", "up"),
        ("increase", "up"),
        ("rise", "up"),
        ("decline", "down"),
        ("decrease", "down"),
        ("drop", "down"),
        ("reduction", "down"),
        ("year-on-year increase", "up"),
        ("annual growth", "up"),
    ]
    .iter()
    .find(|(w, _)| after.starts_with(w))
    .map(|(w, n)| {
        (
            Span::new(
                post.end - after.len().min(post.len()),
                post.end - after.len().min(post.len()) + w.len(),
            ),
            *n,
        )
    });
    if let Some(hit) = growth_noun {
        told.change.get_or_insert(hit);
    }
    let pre_words = lower(pre.of(text));
    let object_after = !relative && growth_noun.is_none();
    let mut phrase = None;
    let actor = told.name.is_some_and(|n| wordlist::en_actors().contains(&lower(n.of(text))));
    let noun_before = told.name.filter(|_| !actor);
    let counted = value.unit.is_none();
    let of_after = object_after
        && (after.starts_with("of ")
            || after.starts_with("in ") && !m.periods_in(post).any(|p| p.span.start <= post.start + 5));
    if counted
        && !after.is_empty()
        && !after.starts_with(',')
        && !ends_with_word(
            pre.of(text),
            &[
                "reached",
                "was",
                "totaled",
                "totaling",
                "totalling",
                "stood at",
                "to",
                "exceeded",
                "by",
                "hit",
                "numbering",
            ],
        )
        .is_some()
    {
        let whole = post.trim(text, char::is_whitespace);
        let receives = whole.of(text).contains(" received ");
        phrase = what(m, whole, !receives);
    }
    // an infusion of 1.5 trillion yuan
    if phrase.is_none() && pre_words.trim_end().ends_with(" of") && !relative && told.change.is_none() {
        let (rest, _) = cut_end(text, pre, "of");
        let at = [" a ", " an ", " the ", " with "]
            .iter()
            .filter_map(|w| rest.of(text).rfind(w).map(|i| i + w.len()))
            .max();
        let head = Span::new(rest.start + at.unwrap_or(0), rest.end);
        phrase = what(m, head, true);
    }
    if phrase.is_none() && of_after && (noun_before.is_none() || told.change.is_none()) {
        phrase = what(m, Span::new(post.end - after.len() + 3, post.end), !after.starts_with("in "));
    }
    if phrase.is_none() {
        phrase = noun_before.map(|n| last_subject(m, n)).and_then(|n| what(m, n, true));
    }
    if phrase.is_none() && object_after && !after.is_empty() {
        phrase = what(m, post, true);
    }
    // All remaining residents, totaling 5 million, …
    if pre_words.contains("totaling")
        || pre_words.contains("totalling")
        || pre_words.contains("numbering")
        || pre_words.contains("amounting to")
    {
        let at = ["totaling", "totalling", "numbering", "amounting to"]
            .iter()
            .filter_map(|w| pre_words.find(w))
            .min()?;
        let head = Span::new(pre.start, pre.start + at).trim(text, |c| c.is_whitespace() || c == ',');
        if !head.is_empty() {
            phrase = what(m, head, true).or(phrase);
        }
    }
    let inherited = phrase.is_none();
    let mut what = phrase.or_else(|| cx.what.clone())?;
    let growth = relative && (told.change.is_some() && !told.to_level) || value.points() && inherited;
    let kind = if growth { Type::Growth } else { Type::Quantity };
    what.suffix = match kind {
        Type::Growth if value.points() && inherited => ".growth.delta",
        Type::Growth if cx.real => ".growth.real",
        Type::Growth => ".growth",
        _ => "",
    };
    let mut draft = Draft::new(kind, Modality::Fact, piece);
    let appositive = pre_words.contains("totaling") || pre_words.contains("numbering");
    draft.span = if appositive {
        Span::new(piece.start, sentence_part(text, sentence, value.outer().end))
    } else {
        piece
    };
    draft.change =
        told.change.map(|(s, n)| (s, if n == "down" && !relative && !told.to_level { "down_by" } else { n }));
    draft.value = Some(value.clone());
    if value.unit.is_none() || value.unit.as_deref().is_some_and(is_counter) {
        if let Some(v) = draft.value.as_mut() {
            v.unit = None;
        }
    }
    let lowered = lower(piece.of(text));
    if let Some(at) = lowered
        .find("year on year")
        .map(|i| (i, 12))
        .or_else(|| lowered.find("year-on-year").map(|i| (i, 12)))
        .or_else(|| lowered.find("over the previous year").map(|i| (i, 22)))
    {
        draft.baseline =
            Some((Span::new(piece.start + at.0, piece.start + at.0 + at.1), "previous_year".into()));
    }
    cx.what = Some(what.clone());
    // lending by large banks; funds from …: who acts.
    let agent = agent(m, what.span, piece);
    draft.what = Some(what);
    finish(m, cx, piece, value.outer(), &mut draft);
    if let Some(agent) = agent {
        draft.who = Some(Who { span: Some(agent), name: String::new(), code: None });
    }
    Some(draft)
}

fn is_counter(code: &str) -> bool {
    code.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

fn sentence_part(text: &str, sentence: Span, from: usize) -> usize {
    let rest = &text[from..sentence.end];
    let first = rest.find(", ").map_or(rest.len(), |i| i + 2);
    rest[first..].find(", ").map_or(sentence.end, |i| from + first + i)
}

/// `lending by large commercial banks`: the doer named after the indicator.
fn agent(m: &Mentions<'_>, name: Span, piece: Span) -> Option<Span> {
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

/// The subject right before the verb: after the last conjunction or relative word of the words before it.
fn last_subject(m: &Mentions<'_>, span: Span) -> Span {
    let words = span.of(m.text);
    let at = [" that ", " and the ", " while the ", " with ", ", "]
        .iter()
        .filter_map(|w| words.rfind(w).map(|i| i + w.len()))
        .max()
        .unwrap_or(0);
    if words.len() - at < 3 { span } else { Span::new(span.start + at, span.end) }
}

fn scope_after(after: &str) -> Option<(usize, usize)> {
    for lead in [" in ", " among ", " of ", " across ", " within "] {
        let Some(at) = after.find(lead).filter(|at| *at < 60) else { continue };
        let rest = &after[at + lead.len()..];
        if let Some(set) = wordlist::en_sets().prefix(rest) {
            return Some((at + lead.len(), at + lead.len() + set.len()));
        }
    }
    after.find("nationwide").filter(|at| *at < 40).map(|at| (at, at + 10))
}

fn ranked(m: &Mentions<'_>, cx: &mut Context, piece: Span, rank: &ranks::Mention) -> Option<Draft> {
    let text = m.text;
    let mut draft = Draft::new(Type::Rank, Modality::Fact, piece);
    draft.rank = Some((rank.span, rank.norm.clone()));
    let post = Span::new(rank.span.end, piece.end.max(rank.span.end));
    let after = lower(post.of(text));
    draft.scope = scope_after(&after).map(|(a, b)| Span::new(post.start + a, post.start + b)).or_else(|| {
        let place = m.places_in(post).next()?;
        let lead = text[post.start..place.span.start].trim_end();
        (lead.ends_with("in") || lead.ends_with("among") || lead.ends_with("of")).then_some(place.span)
    });
    let phrase = match rank.kind {
        Kind::Place | Kind::Vague => {
            let head = Span::new(piece.start, rank.span.start);
            let cut = [
                "rank", "placed", "came", "stood", "finished", "was", "were", "has", "have", "is", "are",
                "remained", "remain", "sits", "sit", "ranked", "ranking", "ranks", "placing", "and",
            ];
            let mut head = head.trim(text, char::is_whitespace);
            while let Some(word) = ends_with_word(head.of(text), &cut) {
                head = cut_end(text, head, word).0;
            }
            (!head.is_empty() && !wordlist::en_actors().contains(&lower(head.of(text))))
                .then_some(head)
                .and_then(|h| what(m, last_subject(m, h), true))
        }
        _ => {
            let stop = scope_after(&after).map_or(post.end, |(a, _)| post.start + a);
            let trimmed = text[post.start..stop]
                .trim_end()
                .trim_end_matches(" in")
                .trim_end_matches(" among")
                .trim_end_matches(" of");
            what(m, Span::new(post.start, post.start + trimmed.len()), true)
        }
    };
    // in terms of GDP growth; for economic growth
    let phrase = phrase.or_else(|| {
        let at = ["in terms of ", "by "].iter().find_map(|w| after.find(w).map(|i| i + w.len()))?;
        what(m, Span::new(post.start + at, post.end), true)
    });
    let mut phrase = phrase.or_else(|| cx.what.clone());
    if let Some(w) = phrase.as_mut() {
        let tail = lower(text.get(w.span.end..piece.end).unwrap_or_default());
        if w.base.is_some() && tail.trim_start().starts_with("growth") {
            w.suffix = ".growth";
            let extra = tail.find("growth").map_or(0, |i| i + "growth".len());
            w.span = Span::new(w.span.start, w.span.end + extra);
        }
    }
    if phrase.is_none() && draft.scope.is_none() {
        return None;
    }
    draft.what = phrase;
    finish(m, cx, piece, rank.span, &mut draft);
    Some(draft)
}

/// `A and B grew by 4 percent and 6 percent respectively`.
fn respectively(
    m: &Mentions<'_>,
    cx: &mut Context,
    sentence: Span,
    anchors: &[Anchor<'_>],
) -> Option<Vec<Draft>> {
    let text = m.text;
    let words = lower(sentence.of(text));
    words.find("respectively")?;
    let values: Vec<&Value> =
        anchors.iter().filter_map(|a| if let Anchor::Value(v) = a { Some(*v) } else { None }).collect();
    if values.len() != anchors.len() || values.len() < 2 {
        return None;
    }
    let told =
        before(m, Span::new(opening(text, sentence, values[0].outer().start), values[0].outer().start));
    let left = told.name?;
    let parts: Vec<Span> = split_and(text, left);
    if parts.len() != values.len() {
        return None;
    }
    let group = cx.next_group();
    let whole = Span::new(left.start, sentence.end);
    let drafts = parts.iter().zip(values).filter_map(|(part, value)| {
        let relative = value.percent() || value.points();
        let growth = relative && told.change.is_some() && !told.to_level;
        let mut draft = Draft::new(if growth { Type::Growth } else { Type::Quantity }, Modality::Fact, whole);
        let mut what = what(m, *part, true)?;
        what.suffix = if growth { ".growth" } else { "" };
        draft.what = Some(what);
        draft.change = told.change;
        draft.value = Some(value.clone());
        draft.group = Some(group);
        finish(m, cx, whole, value.outer(), &mut draft);
        Some(draft)
    });
    Some(drafts.collect())
}

fn split_and(text: &str, span: Span) -> Vec<Span> {
    let mut parts = Vec::new();
    let mut start = span.start;
    let words = span.of(text);
    let mut at = 0;
    while at < words.len() {
        let hit = [", and ", ", ", " and "]
            .iter()
            .filter_map(|w| words[at..].find(w).map(|i| (at + i, w.len())))
            .min();
        let Some((i, length)) = hit else { break };
        parts.push(Span::new(start, span.start + i));
        start = span.start + i + length;
        at = i + length;
    }
    parts.push(Span::new(start, span.end));
    parts.retain(|p| !p.is_empty());
    parts
}

fn finish(m: &Mentions<'_>, cx: &mut Context, piece: Span, anchor: Span, draft: &mut Draft) {
    let text = m.text;
    let words = lower(piece.of(text));
    let has = |list: &[&str]| list.iter().any(|w| words.contains(w));
    let period = m.periods_in(piece).find(|p| !m.undated(p));
    let ahead = period.is_some_and(|p| p.said.ahead(cx.now()));
    draft.modality =
        if has(&["is expected to", "are expected to", "is projected", "is forecast", "estimated to reach"]) {
            Modality::Forecast
        } else if ahead
            || cx.mood == Mood::Target
            || has(&[
                "will ",
                "aim to",
                "aims to",
                "target of",
                "strive to",
                "plan to",
                "plans to",
                "is set to",
            ])
        {
            Modality::Target
        } else {
            Modality::Fact
        };
    draft.when = match period {
        Some(p) => Some(When { span: Some(p.span), norm: p.said.norm(cx.now()) }),
        None => cx.when(draft.modality),
    };
    if period.is_none()
        && draft.when.as_ref().is_none_or(|w| w.span.is_none())
        && let Some(when) = cx.year_phrase.clone()
    {
        draft.when = Some(when);
    }
    if let Some(p) = period.filter(|p| p.said == crate::periods::Said::Whole) {
        cx.year_phrase = Some(When { span: Some(p.span), norm: p.said.norm(cx.now()) });
    }
    let place = m.places_in(Span::new(piece.start, anchor.start)).find(|p| draft.scope != Some(p.span));
    let place = place.map(|p| Who { span: Some(p.span), name: String::new(), code: Some(p.code) });
    match place.filter(|w| w.code != Some(zhidian_vocabulary::regions::CHINA)) {
        Some(who) => {
            cx.set_who(who.clone());
            draft.who = Some(who);
        }
        None => draft.who = cx.who(),
    }
    let _ = lexicon::place_name;
}

/// Designations, goals and requests of a sentence without figures.
fn soft(m: &Mentions<'_>, cx: &Context, sentence: Span) -> Option<Draft> {
    let text = m.text;
    let words = lower(sentence.of(text));
    let object = |w: &str| {
        let at = sentence.start + words.find(w)? + w.len();
        let span = Span::new(at, sentence.end).trim(text, char::is_whitespace);
        (!span.is_empty()).then_some(span)
    };
    let of = |list: &[&str], kind: Type, modality: Modality| {
        let word = list.iter().find(|w| words.contains(**w))?;
        let mut draft = Draft::new(kind, modality, sentence);
        draft.object = object(word);
        draft.who = cx.who();
        draft.when =
            m.periods_in(sentence).next().map(|p| When { span: Some(p.span), norm: p.said.norm(cx.now()) });
        Some(draft)
    };
    of(
        &[
            "suggests that",
            "suggested that",
            "proposes that",
            "proposed that",
            "recommends that",
            "recommended that",
            "urges ",
            "calls on ",
            "called on ",
        ],
        Type::Proposal,
        Modality::Proposal,
    )
    .or_else(|| {
        of(
            &[
                "was named",
                "were named",
                "was designated",
                "was listed",
                "was recognized as",
                "was included in",
                "were included in",
                "was selected as",
                "was approved as",
            ],
            Type::Status,
            Modality::Fact,
        )
    })
    .or_else(|| {
        of(
            &[
                "aims to become",
                "will become",
                "strive to become",
                "build itself into",
                "will be built into",
                "aims to build",
                "will build",
                "be developed into",
                "strives to build",
                "to turn the city into",
            ],
            Type::Goal,
            Modality::Target,
        )
    })
}
