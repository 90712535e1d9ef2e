//! Sentences and clauses: where one statement ends and the next begins. Marks inside quotation marks, brackets and book
//! titles do not count.

use crate::text::Span;

/// A stretch between two separators, with the mark that ends it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Clause {
    /// Without its closing mark and outer blanks.
    pub(crate) span: Span,
    /// The mark that ends it; none at the end of a block.
    pub(crate) mark: Option<char>,
}

/// A run of clauses up to a full stop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sentence {
    pub(crate) clauses: Vec<Clause>,
}

/// No clause of prose is longer, in bytes; what is, is cut, so that reading stays linear in the length of the text.
const LONGEST: usize = 1500;

/// A clause in stretches of at most `longest` bytes.
pub(crate) fn bounded(text: &str, clause: Clause, longest: usize) -> Vec<Clause> {
    let mut out = Vec::new();
    let mut start = clause.span.start;
    while clause.span.end - start > longest {
        let mut cut = start + longest;
        while !text.is_char_boundary(cut) {
            cut -= 1;
        }
        out.push(Clause { span: Span::new(start, cut), mark: None });
        start = cut;
    }
    out.push(Clause { span: Span::new(start, clause.span.end), mark: clause.mark });
    out
}

/// Splits a block of Chinese text.
pub(crate) fn sentences(text: &str, block: Span) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    let mut clauses = Vec::new();
    for clause in
        split(text, block, |c| matches!(c, '，' | '；' | '：' | '。' | '！' | '？' | ',' | ';' | '\n'), 6)
    {
        let full_stop = clause.mark.is_none_or(|m| matches!(m, '。' | '！' | '？' | '\n'));
        if !clause.span.is_empty() {
            clauses.extend(bounded(text, clause, LONGEST));
        }
        if full_stop && !clauses.is_empty() {
            sentences.push(Sentence { clauses: std::mem::take(&mut clauses) });
        }
    }
    if !clauses.is_empty() {
        sentences.push(Sentence { clauses });
    }
    sentences
}

/// The stretches of `span` between the marks `at` accepts, outside quotation marks, brackets and titles. An opening mark
/// that is not closed within its block, or nested deeper than `depth`, protects nothing.
pub(crate) fn split(text: &str, span: Span, at: impl Fn(char) -> bool, depth: usize) -> Vec<Clause> {
    let words = span.of(text);
    let closed = matched(words, depth);
    let mut out = Vec::new();
    let mut start = span.start;
    let mut level = 0_usize;
    let mut next = 0;
    for (offset, c) in words.char_indices() {
        if closed.get(next).is_some_and(|m| m.0 == offset) {
            if closed[next].1 {
                level += 1;
            } else {
                level = level.saturating_sub(1);
            }
            next += 1;
            continue;
        }
        let here = span.start + offset;
        let decimal = matches!(c, ',' | ':' | '：')
            && digit_before(words, offset)
            && digit_after(words, offset + c.len_utf8());
        if level == 0 && at(c) && !decimal {
            out.push(Clause { span: Span::new(start, here).trim(text, char::is_whitespace), mark: Some(c) });
            start = here + c.len_utf8();
        }
    }
    if start < span.end {
        out.push(Clause { span: Span::new(start, span.end).trim(text, char::is_whitespace), mark: None });
    }
    out
}

fn digit_before(words: &str, at: usize) -> bool {
    words[..at].ends_with(|c: char| c.is_ascii_digit())
}

fn digit_after(words: &str, at: usize) -> bool {
    words.get(at..).is_some_and(|r| r.starts_with(|c: char| c.is_ascii_digit()))
}

const PAIRS: &[(char, char)] = &[
    ('“', '”'),
    ('‘', '’'),
    ('（', '）'),
    ('(', ')'),
    ('《', '》'),
    ('「', '」'),
    ('【', '】'),
    ('〔', '〕'),
];

/// Offsets of the opening (true) and closing marks that belong together.
fn matched(words: &str, depth: usize) -> Vec<(usize, bool)> {
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut pairs = Vec::new();
    for (offset, c) in words.char_indices() {
        if let Some((_, close)) = PAIRS.iter().find(|(o, _)| *o == c) {
            if open.len() < depth {
                open.push((offset, *close));
            }
        } else if let Some(at) = open.iter().rposition(|(_, close)| *close == c) {
            pairs.push((open[at].0, true));
            pairs.push((offset, false));
            open.truncate(at);
        }
    }
    pairs.sort_unstable();
    pairs
}

/// The members of a list written with 、 (and 和, 及, 与, 以及 before the last), inside `span`.
pub(crate) fn members(text: &str, span: Span) -> Vec<Span> {
    let mut parts: Vec<Span> =
        split(text, span, |c| matches!(c, '、'), 6).into_iter().map(|c| c.span).collect();
    if let Some(last) = parts.last().copied()
        && let Some((a, b)) = conjoined(text, last)
    {
        parts.pop();
        parts.push(a);
        parts.push(b);
    }
    parts.retain(|p| !p.is_empty());
    parts
}

/// Splits `A和B` once, where both sides are whole phrases outside quotation marks.
pub(crate) fn conjoined(text: &str, span: Span) -> Option<(Span, Span)> {
    let words = span.of(text);
    for mark in ["以及", "和", "及", "与"] {
        for (offset, _) in words.match_indices(mark) {
            let (a, b) = (&words[..offset], &words[offset + mark.len()..]);
            let balanced = a.matches('“').count() == a.matches('”').count()
                && a.matches('（').count() == a.matches('）').count();
            let whole = a.chars().count() >= 2 && b.chars().count() >= 2;
            let name = b.starts_with(['平', '谐', '田']) || a.ends_with(['共', '参', '总']);
            if balanced && whole && !name {
                let start = span.start;
                return Some((
                    Span::new(start, start + offset),
                    Span::new(start + offset + mark.len(), span.end),
                ));
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<Vec<&str>> {
        sentences(text, Span::new(0, text.len()))
            .iter()
            .map(|s| s.clauses.iter().map(|c| c.span.of(text)).collect())
            .collect()
    }

    #[test]
    fn marks_inside_quotes_do_not_split() {
        let got = words("坚持“稳中求进，以进促稳”总基调，全市增长5%。服务业（含金融，保险）增长6%。");
        assert_eq!(
            got,
            [vec!["坚持“稳中求进，以进促稳”总基调", "全市增长5%"], vec!["服务业（含金融，保险）增长6%"]]
        );
    }

    #[test]
    fn an_unclosed_quote_protects_nothing() {
        assert_eq!(words("实施“强基，提升。"), [vec!["实施“强基", "提升"]]);
    }

    #[test]
    fn lists_end_in_a_conjunction() {
        let text = "新能源、新材料和生物医药";
        let got: Vec<&str> = members(text, Span::new(0, text.len())).iter().map(|s| s.of(text)).collect();
        assert_eq!(got, ["新能源", "新材料", "生物医药"]);
    }
}
