//! Why a sentence was not read: what in it looks like a statement, and what was missing.

use crate::{
    articles::{Page, Role},
    clauses,
    context::Mentions,
    draft::Draft,
    text::{OffsetMap, Span},
    traps::Trap,
};
use serde::Serialize;

/// A sentence without a statement, or a figure or place in one that no statement took up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unread {
    /// The sentence, the figure or the place, in code points of the normalised text.
    pub span: [usize; 2],
    /// Its words.
    pub text: String,
    /// Why.
    pub reason: Reason,
}

/// Why nothing was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// No figure, place, list, aim, request or completion is told: a slogan, a trend, a description.
    NothingToCheck,
    /// A figure whose measure is named neither in its clause nor before.
    NoMeasure,
    /// A place in an order without the set it is a place in.
    NoSet,
    /// What looks like a figure belongs to a name, a session, a title, a list mark or an idiom.
    LookAlike,
}

/// The sentences and figures of a page that no draft took up, in order.
pub(crate) fn find(m: &Mentions<'_>, page: &Page, drafts: &[Draft], map: &OffsetMap) -> Vec<Unread> {
    let mut told: Vec<Span> = drafts.iter().map(|d| d.span).collect();
    told.sort_unstable();
    let mut taken: Vec<Span> = drafts
        .iter()
        .flat_map(|d| {
            let figures = [
                d.value.as_ref().map(|v| v.span),
                d.rank.as_ref().map(|r| r.0),
                d.count.as_ref().map(|c| c.0),
            ];
            figures.into_iter().flatten().chain(d.baseline.as_ref().map(|b| b.0)).chain(d.label)
        })
        .collect();
    taken.sort_unstable();
    let mut unread = Vec::new();
    let mut say = |span: Span, reason| {
        unread.push(Unread { span: map.points(span), text: span.of(m.text).to_owned(), reason });
    };
    for block in page.blocks.iter().filter(|b| b.role == Role::Body) {
        for sentence in clauses::sentences(m.text, block.span) {
            let (Some(first), Some(last)) = (sentence.clauses.first(), sentence.clauses.last()) else {
                continue;
            };
            let whole = Span::new(first.span.start, last.span.end);
            let (mut measures, mut sets) = (Vec::new(), Vec::new());
            for value in m.values_in(whole).iter().filter(|v| !touches(&taken, v.span)) {
                measures.push(value.span);
            }
            for rank in m.ranks_in(whole).iter().filter(|r| !touches(&taken, r.span)) {
                sets.push(rank.span);
            }
            if touches(&told, whole) {
                measures.into_iter().for_each(|span| say(span, Reason::NoMeasure));
                sets.into_iter().for_each(|span| say(span, Reason::NoSet));
            } else if !measures.is_empty() {
                say(whole, Reason::NoMeasure);
            } else if !sets.is_empty() {
                say(whole, Reason::NoSet);
            } else if m.traps.touching(whole).is_some_and(|t| t.trap != Trap::ListMark) {
                say(whole, Reason::LookAlike);
            } else {
                say(whole, Reason::NothingToCheck);
            }
        }
    }
    unread
}

/// Whether one of the spans, ordered by their starts, overlaps another.
fn touches(spans: &[Span], span: Span) -> bool {
    let to = spans.partition_point(|s| s.start < span.end);
    // Spans may nest, and few begin far before they end: a short look back is enough.
    spans[to.saturating_sub(64)..to].iter().any(|s| s.overlaps(span))
}
