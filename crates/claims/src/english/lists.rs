//! Lists in English: members between commas and a last `and`, what they are called, how many they are said to be.

use super::{phrases::lower, verbs};
use crate::{numbers, text::Span};

/// A list found in a clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct List {
    pub(super) span: Span,
    pub(super) items: Vec<Span>,
    pub(super) label: Option<Span>,
    pub(super) count: Option<(Span, String)>,
    pub(super) open: bool,
}

/// No member is longer, in bytes.
const LONGEST_MEMBER: usize = 90;

/// Words that lead to the members and say so.
const LEADS: &[&str] = &["such as ", "including ", "namely ", "namely, ", "like ", ": "];
/// Words after which the first member may begin.
const BEFORE_MEMBERS: &[&str] = &[
    " of ",
    " in ",
    " on ",
    " at ",
    " with ",
    " by ",
    " from ",
    " into ",
    " for ",
    " between ",
    " among ",
    " as ",
    " to ",
];
const DETERMINERS: &[&str] =
    &["a ", "an ", "the ", "its ", "their ", "our ", "on ", "in ", "of ", "to ", "for "];
/// How many of [`DETERMINERS`] are articles and possessives, one as good as the other.
const ARTICLES: usize = 6;
/// Words that end the last member.
const AFTER_MEMBERS: &[&str] = &[
    " as ",
    " to ",
    ", ",
    " so ",
    " that ",
    " which ",
    " with ",
    " will ",
    " is ",
    " are ",
    " was ",
    " were ",
    " have ",
    " has ",
    ": ",
    " by ",
    " through ",
];

/// The lists of three or more members in a clause, and those of fewer closed by `and other …`.
pub(super) fn find(text: &str, clause: Span) -> Vec<List> {
    let mut lists = Vec::new();
    let mut from = clause.start;
    while let Some(list) = next(text, Span::new(from, clause.end)) {
        from = list.span.end.max(from + 1);
        lists.push(list);
        if from >= clause.end || lists.len() > 16 || !text.is_char_boundary(from) {
            break;
        }
    }
    lists
}

fn next(text: &str, span: Span) -> Option<List> {
    let pieces = pieces(text, span);
    for (i, piece) in pieces.iter().enumerate() {
        let words = piece.of(text);
        // The last piece of a run: it starts with `and`, or holds one.
        let (left, right) = match words.strip_prefix("and ") {
            Some(right) => (None, Span::new(piece.end - right.len(), piece.end)),
            None => match words.find(" and ") {
                Some(at) => (
                    Some(Span::new(piece.start, piece.start + at)),
                    Span::new(piece.start + at + " and ".len(), piece.end),
                ),
                None => continue,
            },
        };
        // chips and sensors, medicine, … and machines: an inner `and`, the list ends further on.
        let later = pieces[i + 1..]
            .iter()
            .take_while(|p| plain(p.of(text).trim_start_matches("and ")))
            .any(|p| p.of(text).contains("and "));
        if later && i + 1 < pieces.len() && right.of(text).split(' ').count() <= 6 {
            continue;
        }
        let mut run: Vec<Span> = Vec::new();
        let mut j = i;
        while j > 0 && run.len() < 24 {
            let before = pieces[j - 1];
            let whole = plain(before.of(text));
            run.push(before);
            j -= 1;
            if !whole || text[before.start..before.end].contains(" and ") && run.len() > 12 {
                break;
            }
        }
        run.reverse();
        let mut members = run;
        members.extend(left.filter(|l| !l.is_empty()));
        if left.is_some() && members.len() == 1 && i > 0 && members[0] == pieces[i] {
            continue;
        }
        if let Some(list) = made(text, members, right) {
            return Some(list);
        }
    }
    None
}

/// The words between commas, not inside brackets or quotation marks.
fn pieces(text: &str, span: Span) -> Vec<Span> {
    let mut pieces = Vec::new();
    let mut start = span.start;
    let mut depth = 0_i32;
    let words = span.of(text);
    let mut straight = false;
    for (at, c) in words.char_indices() {
        match c {
            '(' | '“' => depth += 1,
            ')' | '”' => depth -= 1,
            '"' => straight = !straight,
            ',' if depth <= 0 && !straight && words[at + 1..].starts_with(' ') => {
                pieces.push(Span::new(start, span.start + at));
                start = span.start + at + 2;
            }
            _ => {}
        }
    }
    pieces.push(Span::new(start.min(span.end), span.end));
    pieces
}

/// Whether words can be a member: short, without a finite verb.
fn plain(words: &str) -> bool {
    let low = lower(words);
    let finite = [" is ", " are ", " was ", " were ", " will ", " has ", " have ", " had "];
    !words.is_empty()
        && words.len() <= LONGEST_MEMBER
        && words.split_whitespace().count() <= 10
        && !finite.iter().any(|w| low.contains(w))
        && !verbs::at(words).is_some_and(|v| v.form == verbs::Form::Third)
        && !["and ", "so that ", "but ", "it ", "which ", "while "].iter().any(|w| low.starts_with(w))
}

fn made(text: &str, mut members: Vec<Span>, right: Span) -> Option<List> {
    // The first member starts behind what leads to it; members before a lead are no members.
    let lead = members.iter().enumerate().rev().find_map(|(i, s)| {
        LEADS.iter().filter_map(|l| s.of(text).rfind(l).map(|at| at + l.len())).max().map(|at| (i, at))
    });
    let mut label = None;
    let mut led = false;
    if let Some((i, at)) = lead {
        let whole = members[i];
        let head = Span::new(whole.start, whole.start + at);
        label = label_before(text, head);
        members.drain(..i);
        members[0] = Span::new(whole.start + at, whole.end);
        led = true;
    } else {
        let first = members.iter().rposition(|s| !plain(s.of(text))).unwrap_or(0);
        members.drain(..first);
        let determined = members.get(1).unwrap_or(&right).of(text);
        let articles = &DETERMINERS[..ARTICLES];
        let determined: &[&str] = match DETERMINERS.iter().position(|d| determined.starts_with(d)) {
            Some(i) if i < ARTICLES => articles,
            Some(i) => &DETERMINERS[i..=i],
            None => &[],
        };
        let first = members.first_mut()?;
        *first = behind(text, *first, determined);
    }
    let (last, open, called) = last(text, right);
    if let Some(last) = last {
        members.push(last);
    }
    label = called.or(label);
    members.retain(|s| !s.is_empty());
    let enough = members.len() >= 3 || open && !members.is_empty() || led && members.len() >= 2;
    if !enough || !members.iter().skip(1).all(|s| plain(s.of(text))) {
        return None;
    }
    let end = if open { label.map_or(right.end, |l| l.end) } else { members.last()?.end };
    let start = members.first()?.start.min(label.map_or(usize::MAX, |l| l.start));
    Some(List { span: Span::new(start, end), items: members, label, count: None, open })
}

/// `new resources such as`: what the members are called.
fn label_before(text: &str, head: Span) -> Option<Span> {
    let words = head.of(text);
    let stem = LEADS.iter().find_map(|l| words.strip_suffix(l))?;
    let stem = stem.trim_end_matches([' ', ',']);
    let start = BEFORE_MEMBERS
        .iter()
        .filter(|w| **w != " of ")
        .chain(&[" and ", ", "])
        .filter_map(|w| stem.rfind(w).map(|at| at + w.len()))
        .max()
        .unwrap_or(0);
    let start = verbs::word_starts(&stem[start..])
        .filter_map(|i| {
            verbs::at(&stem[start + i..])
                .filter(|v| v.form != verbs::Form::Past)
                .map(|v| start + i + v.length)
        })
        .filter(|at| at + 1 < stem.len())
        .last()
        .unwrap_or(start);
    let span = Span::new(head.start + start, head.start + stem.len()).trim(text, char::is_whitespace);
    (!span.is_empty()).then_some(span)
}

/// The first member without the words that lead to it.
fn behind(text: &str, piece: Span, determined: &[&str]) -> Span {
    let words = piece.of(text);
    let fits = |at: usize| {
        at < words.len() && (determined.is_empty() || determined.iter().any(|d| words[at..].starts_with(d)))
    };
    let preposition = BEFORE_MEMBERS.iter().filter_map(|w| {
        let at = words.rfind(w)?;
        let inside = determined.contains(&w.trim_start());
        Some(at + if inside { 1 } else { w.len() })
    });
    let verb = verbs::word_starts(words).filter_map(|i| {
        verbs::at(&words[i..]).filter(|v| v.form != verbs::Form::Ing).map(|v| i + v.length + 1)
    });
    let opener = ["With ", "In ", "On ", "By "].iter().find(|o| words.starts_with(**o)).map(|o| o.len());
    let start =
        preposition.chain(verb).chain(opener).filter(|at| words.is_char_boundary(*at) && fits(*at)).max();
    Span::new(piece.start + start.unwrap_or(0), piece.end).trim(text, char::is_whitespace)
}

/// The last member, or `other projects`: whether the list is open, and what it is called.
fn last(text: &str, right: Span) -> (Option<Span>, bool, Option<Span>) {
    let words = right.of(text);
    let mut quoted = false;
    let quotes: Vec<usize> =
        words.char_indices().filter(|(_, c)| matches!(c, '"' | '“' | '”')).map(|(i, _)| i).collect();
    let cut = AFTER_MEMBERS
        .iter()
        .flat_map(|w| words.find(w))
        .filter(|at| {
            quoted = quotes.iter().filter(|q| *q < at).count() % 2 == 1;
            !quoted
        })
        .min()
        .unwrap_or(words.len());
    let span = Span::new(right.start, right.start + cut).trim(text, |c| c.is_whitespace() || c == ',');
    for other in ["other ", "others"] {
        if let Some(rest) = span.of(text).strip_prefix(other) {
            let cut =
                [" in ", " of ", " for "].iter().filter_map(|w| rest.find(w)).min().unwrap_or(rest.len());
            let label = Span::new(span.end - rest.len(), span.end - rest.len() + cut);
            return (None, true, (!label.is_empty()).then_some(label));
        }
    }
    ((!span.is_empty()).then_some(span), false, None)
}

/// `four provinces, A, B, C and D`; `seven tasks: …`: a count and as many members.
pub(super) fn counted(text: &str, clause: Span) -> Option<List> {
    let words = clause.of(text);
    for at in verbs::word_starts(words).take(400) {
        if words[..at].matches('"').count() % 2 == 1
            || words[..at].matches('“').count() > words[..at].matches('”').count()
        {
            continue;
        }
        let Some((count, noun, rest)) = count_at(text, Span::new(clause.start + at, clause.end)) else {
            continue;
        };
        let wanted: usize = count.1.parse().ok()?;
        let members = Span::new(rest, clause.end)
            .trim(text, |c: char| c.is_whitespace() || matches!(c, ',' | ':' | '—' | '–'));
        let members = match members.of(text).strip_prefix("namely") {
            Some(rest) => Span::new(members.end - rest.trim_start_matches([',', ' ']).len(), members.end),
            None => members,
        };
        let items = split(text, members);
        if items.len() == wanted
            && wanted >= 2
            && items.iter().all(|i| {
                plain(i.of(text)) && !verbs::at(i.of(text)).is_some_and(|v| v.form != verbs::Form::Base)
            })
        {
            let end = items.last()?.end;
            return Some(List {
                span: Span::new(count.0.start, end),
                items,
                label: Some(Span::new(count.0.start, noun.end)),
                count: Some(count),
                open: false,
            });
        }
    }
    None
}

/// `five respects` at the start of a span: the count, the noun, where the noun's clause is left by a comma or a colon.
fn count_at(text: &str, span: Span) -> Option<((Span, String), Span, usize)> {
    let n = numbers::english(text, span.start).filter(|n| !n.magnified && n.value.is_integer())?;
    if n.value < rust_decimal::Decimal::TWO || n.value > rust_decimal::Decimal::from(40) || n.end >= span.end
    {
        return None;
    }
    let rest = text[n.end..span.end].strip_prefix(' ')?;
    let stop = rest.find([',', ':', ';', '—'])?;
    let noun = &rest[..stop];
    let start = n.end + 1;
    if noun.split_whitespace().count() > 7
        || noun.is_empty()
        || !noun.starts_with(|c: char| c.is_alphabetic() || c == '"' || c == '“')
    {
        return None;
    }
    let count = (Span::new(span.start, n.end), numbers::print(n.value));
    Some((count, Span::new(start, start + stop), start + stop))
}

/// `in five respects:` at the end of a sentence whose members are the sentences that follow.
pub(super) fn announced(text: &str, sentence: Span) -> Option<List> {
    let words = sentence.of(text);
    let low = lower(words);
    let closes = words.ends_with(':') || ["as follows", "in the following"].iter().any(|w| low.ends_with(w));
    let nouns = [
        "respects",
        "aspects",
        "areas",
        "fields",
        "ways",
        "proposals",
        "suggestions",
        "recommendations",
        "tasks",
        "goals",
        "priorities",
        "measures",
        "steps",
        "points",
        "actions",
        "projects",
        "directions",
    ];
    let mut best = None;
    for at in verbs::word_starts(words).take(400) {
        let start = sentence.start + at;
        let Some(n) = numbers::english(text, start).filter(|n| !n.magnified && n.value.is_integer()) else {
            continue;
        };
        if n.value < rust_decimal::Decimal::TWO || n.value > rust_decimal::Decimal::from(40) {
            continue;
        }
        let Some(rest) = text.get(n.end..sentence.end).and_then(|r| r.strip_prefix(' ')) else { continue };
        let noun_end =
            rest.find(|c: char| !(c.is_alphabetic() || c == ' ' || c == '-')).unwrap_or(rest.len());
        let noun = &rest[..noun_end];
        let Some(last) = nouns.iter().filter_map(|w| noun.find(w).map(|i| i + w.len())).min() else {
            continue;
        };
        let known = noun[..last].split_whitespace().count() <= 4;
        if known && (closes && noun_end + 1 >= rest.len() || text[..start].ends_with("in ")) {
            let label = Span::new(n.end + 1, n.end + 1 + last);
            best = Some((Span::new(start, n.end), numbers::print(n.value), label));
        }
    }
    let (at, n, label) = best?;
    Some(List {
        span: Span::new(at.start, label.end),
        items: Vec::new(),
        label: Some(label),
        count: Some((at, n)),
        open: false,
    })
}

/// The members of words that are nothing but a list.
pub(super) fn split(text: &str, span: Span) -> Vec<Span> {
    let pieces = pieces(text, span);
    let Some((tail, head)) = pieces.split_last() else { return Vec::new() };
    let mut items = head.to_vec();
    let words = tail.of(text);
    match words.strip_prefix("and ") {
        Some(right) => items.push(Span::new(tail.end - right.len(), tail.end)),
        // The last `and` closes the list: `health and education and talent` is two.
        None => match words.rfind(" and ") {
            Some(at) => {
                items.push(Span::new(tail.start, tail.start + at));
                items.push(Span::new(tail.start + at + " and ".len(), tail.end));
            }
            None => items.push(*tail),
        },
    }
    if let Some(last) = items.last_mut() {
        *last = last.trim(text, |c| c.is_whitespace() || matches!(c, '.' | ',' | ';'));
    }
    items.retain(|i| !i.is_empty() && i.len() <= 2 * LONGEST_MEMBER);
    items
}

/// A quoted list of three phrases or more: its members, whether it is a structure (`one core, two belts and many
/// points`), and the words between the quotation marks.
pub(super) fn quoted(text: &str, clause: Span) -> Option<(List, bool)> {
    for name in super::values::quoted_names_in(text, clause) {
        let items = split(text, name);
        if items.len() < 3 || !name.of(text).contains(", ") {
            continue;
        }
        let numbered = |s: &Span| {
            let word = lower(s.of(text).split(' ').next().unwrap_or_default());
            matches!(word.as_str(), "many" | "multiple" | "several" | "dual" | "single" | "double" | "all")
                || numbers::english(&word, 0).is_some()
        };
        let structure = items.iter().all(numbered);
        let label = if structure { Some(name) } else { None };
        let list = List { span: name, items, label, count: None, open: false };
        return Some((list, structure));
    }
    None
}
