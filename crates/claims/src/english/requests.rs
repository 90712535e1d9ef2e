//! Requests to another level.

use super::{
    clauses::Clause,
    phrases::lower,
    soft::{told, without_article},
};
use crate::{
    context::{Context, Mentions},
    draft::Draft,
    statement::{Modality, Type},
    text::Span,
};
use regex::Regex;
use std::sync::LazyLock;

#[expect(clippy::expect_used, reason = "a constant pattern, compiled in tests")]
static ASKS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)\b(?:(?:we|i|it|they|he|she|[\p{L}]+) (?:also )?(?:propose|suggest|recommend)s?(?: that| to)?\b",
        r"|(?:proposed|suggested|recommended) that (?:the )?(?:state|country|central|government|ministry|province|national|authorities)",
        r"|(?:suggested|recommended|proposed) that [^,;]{2,60} (?:increase|support|include|give|grant|list|strengthen|set up|be)\b",
        r"|(?:is|are) (?:also )?(?:proposed|suggested|recommended|hoped|asked|requested|urged|called on)(?: that| to| for)?\b",
        r"|(?:ask|asks|asked) (?:for|that|the (?:state|central|province|government|country))\b",
        r"|(?:urge|urges|urged|request|requests|requested) (?:for |that |the )",
        r"|(?:call|calls|called) (?:on|upon) the\b",
        r"|hopes? (?:that )?the (?:state|central|government|country|province)\b",
        r"|more support (?:for|is)\b",
        r"|(?:must|should|needs? to) (?:begin|start|be started|be launched) urgently|urgent(?:ly)? need(?:s|ed)?",
        r"|(?:should|must|ought to) be (?:included|listed|given|granted|incorporated|brought|put|supported)",
        r"|(?:the state|the central government|the country|the ministry) should\b)"
    ))
    .expect("a constant pattern")
});

/// Whether words ask.
pub(super) fn asks(words: &str) -> bool {
    ASKS.find(words).is_some()
}

/// The request of a clause; `asking` where the clause before asks and this one goes on.
pub(super) fn request(m: &Mentions<'_>, cx: &Context, clause: Clause, asking: bool) -> Vec<Draft> {
    let text = m.text;
    let words = clause.span.of(text);
    let hit = ASKS.find(words);
    let goes_on =
        asking && (words.starts_with("to ") || words.starts_with("in ") || clause.carried && clause.ahead);
    if hit.is_none() && !goes_on {
        return Vec::new();
    }
    let from = clause.span.start + hit.map_or(0, |h| h.end());
    let mut object = Span::new(from, clause.span.end);
    if goes_on && hit.is_none() {
        object = clause.span;
        if clause.object(text).of(text).split(' ').count() <= 1 {
            return Vec::new(); // and to support them
        }
    }
    let rest = lower(object.of(text));
    let object =
        match ["support in ", "support for "].iter().find_map(|w| rest.find(w).map(|at| at + w.len())) {
            Some(at) => Span::new(object.start + at, object.end),
            None => object,
        };
    // to include it in A, and in B: two requests.
    let second = object.of(text).find(", and in ").map(|at| object.start + at);
    let first = Span::new(object.start, second.unwrap_or(object.end));
    let draft = |span: Span, object: Span| {
        let mut draft = Draft::new(Type::Proposal, Modality::Proposal, span);
        draft.object = Some(without_article(text, object)).filter(|o| !o.is_empty());
        told(m, cx, &mut draft, span);
        draft
    };
    let mut drafts = vec![draft(Span::new(clause.span.start, first.end), first)];
    drafts.extend(second.map(|at| {
        let rest = Span::new(at + ", and ".len(), clause.span.end);
        draft(rest, rest)
    }));
    drafts
}
