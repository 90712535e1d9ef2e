//! Taking words off the ends of a stretch of text.

use crate::text::Span;

/// The span without `word` at its end, and the word's own span.
pub(crate) fn last(text: &str, span: Span, word: &str) -> Option<(Span, Span)> {
    let words = span.of(text);
    words.ends_with(word).then(|| {
        let cut = span.end - word.len();
        (Span::new(span.start, cut), Span::new(cut, span.end))
    })
}

/// The span without `word` at its start, and the word's own span.
pub(crate) fn first(text: &str, span: Span, word: &str) -> Option<(Span, Span)> {
    span.of(text).starts_with(word).then(|| {
        let cut = span.start + word.len();
        (Span::new(cut, span.end), Span::new(span.start, cut))
    })
}

/// Takes the longest of `words` off the end.
pub(crate) fn longest_last<'w>(text: &str, span: Span, words: &[&'w str]) -> Option<(Span, Span, &'w str)> {
    let word = words.iter().filter(|w| span.of(text).ends_with(**w)).max_by_key(|w| w.len())?;
    last(text, span, word).map(|(rest, hit)| (rest, hit, *word))
}

/// Takes the longest of `words` off the start.
pub(crate) fn longest_first<'w>(text: &str, span: Span, words: &[&'w str]) -> Option<(Span, Span, &'w str)> {
    let word = words.iter().filter(|w| span.of(text).starts_with(**w)).max_by_key(|w| w.len())?;
    first(text, span, word).map(|(rest, hit)| (rest, hit, *word))
}

/// Takes any of `words` off the start as long as there is one.
pub(crate) fn all_first(text: &str, mut span: Span, words: &[&str]) -> Span {
    while let Some((rest, _, _)) = longest_first(text, span, words) {
        span = rest;
    }
    span
}

/// Takes any of `words` off the end as long as there is one.
pub(crate) fn all_last(text: &str, mut span: Span, words: &[&str]) -> Span {
    while let Some((rest, _, _)) = longest_last(text, span, words) {
        span = rest;
    }
    span
}
