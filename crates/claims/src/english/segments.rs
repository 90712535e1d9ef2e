//! Sentences, and the stretch of a sentence that belongs to one figure or rank.

use super::Anchor;
use crate::text::Span;

/// Sentences of a block: a stop, a blank, and a capital, a digit or a quotation mark; or the end of a line.
pub(super) fn sentences(text: &str, block: Span) -> Vec<Span> {
    let words = block.of(text);
    let mut out = Vec::new();
    let mut start = 0;
    for (at, c) in words.char_indices() {
        let end = at + c.len_utf8();
        let rest = &words[end..];
        let stop = match c {
            '.' | '!' | '?' => {
                let next = rest.trim_start_matches(['"', '”', '’', ')']).strip_prefix([' ', '\u{a0}']);
                // J. Smith, but not GDP. The
                let capital = words[..at].strip_suffix(|p: char| p.is_ascii_uppercase());
                let initial = c == '.' && capital.is_some_and(|w| !w.ends_with(char::is_alphanumeric));
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
    let span = Span::new(start, end).trim(text, |c| c.is_whitespace() || matches!(c, '”' | '.'));
    // A closing mark left over from the sentence before.
    let rest = span.of(text).strip_prefix("\" ").unwrap_or(span.of(text));
    let span = Span::new(span.end - rest.len(), span.end);
    if !span.is_empty() {
        out.push(span);
    }
}

fn abbreviation(before: &str) -> bool {
    ["No", "no", "Mr", "Ms", "Dr", "vs", "etc", "approx", "St"].iter().any(|a| {
        before.ends_with(a) && !before[..before.len() - a.len()].ends_with(|c: char| c.is_alphabetic())
    })
}

/// The parts of a sentence between semicolons.
pub(super) fn parts(text: &str, sentence: Span) -> Vec<Span> {
    let mut parts = Vec::new();
    let mut start = sentence.start;
    for (at, _) in sentence.of(text).match_indices("; ") {
        parts.push(Span::new(start, sentence.start + at));
        start = sentence.start + at + 2;
    }
    parts.push(Span::new(start, sentence.end));
    parts
}

/// Conjunctions at which a piece may end, the stronger first, and how much of each stays out of the next piece.
const JOINTS: &[(&str, usize)] = &[
    (", and ", 6),
    (", while ", 8),
    (", with ", 7),
    (", including ", 2),
    (", of which ", 11),
    (", as ", 5),
    (", but ", 6),
    (", which ", 8),
    (", ranking ", 2),
    (", up ", 2),
    (", down ", 2),
    (", ", 2),
    (" and ", 5),
    (" while ", 7),
    (" with ", 6),
    (" or ", 4),
];

/// The stretch that belongs to each anchor.
pub(super) fn pieces(text: &str, part: Span, anchors: &[Anchor<'_>]) -> Vec<Span> {
    let mut starts = Vec::with_capacity(anchors.len());
    let mut ends = Vec::with_capacity(anchors.len());
    let (Some(first), Some(last)) = (anchors.first(), anchors.last()) else { return Vec::new() };
    // Opening clauses without a figure stay out.
    starts.push(opening(text, part, first.outer().start));
    for pair in anchors.windows(2) {
        let [a, b] = pair else { continue };
        let (start, end) = (a.outer().end, b.outer().start.max(a.outer().end));
        // rose 4.6 percent year on year to 44.1 trillion yuan: the comparison belongs to the figure before it.
        let compared = [
            "year on year",
            "year-on-year",
            "over the previous year",
            "from a year earlier",
            "from the previous year",
        ];
        let lead = text[start..end].trim_start();
        let passed =
            compared.iter().find(|w| lead.starts_with(**w)).map_or(0, |w| end - start - lead.len() + w.len());
        let start = start + passed;
        let gap = &text[start..end];
        let joint = JOINTS.iter().find_map(|(w, out)| gap.find(w).map(|i| (start + i, start + i + out)));
        let (cut, next) = joint.unwrap_or((start, start));
        ends.push(cut);
        starts.push(next.min(b.outer().start));
    }
    ends.push(closing(text, part, last.outer().end));
    let trimmed = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':');
    starts
        .iter()
        .zip(&ends)
        .zip(anchors)
        .map(|((start, end), anchor)| {
            without_opening(text, Span::new(*start, *end).trim(text, trimmed), anchor.outer())
        })
        .collect()
}

pub(super) fn opening(text: &str, sentence: Span, anchor: usize) -> usize {
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

pub(super) fn sentence_part(text: &str, sentence: Span, from: usize) -> usize {
    let rest = &text[from..sentence.end];
    let first = rest.find(", ").map_or(rest.len(), |i| i + 2);
    rest[first..].find(", ").map_or(sentence.end, |i| from + first + i)
}

pub(super) fn split_and(text: &str, span: Span) -> Vec<Span> {
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
