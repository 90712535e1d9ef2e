//! Taking words off the ends of a stretch of text.

use crate::{text::Span, wordlist::Words};

/// The span without `word` at its end, and the word's own span.
pub(crate) fn last(text: &str, span: Span, word: &str) -> Option<(Span, Span)> {
    span.of(text).ends_with(word).then(|| {
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
pub(crate) fn longest_last(text: &str, span: Span, words: &impl Words) -> Option<(Span, Span, &'static str)> {
    let word = words.suffix(span.of(text))?;
    last(text, span, word).map(|(rest, hit)| (rest, hit, word))
}

/// Takes the longest of `words` off the start.
pub(crate) fn longest_first(
    text: &str,
    span: Span,
    words: &impl Words,
) -> Option<(Span, Span, &'static str)> {
    let word = words.prefix(span.of(text))?;
    first(text, span, word).map(|(rest, hit)| (rest, hit, word))
}

/// Takes any of `words` off the start as long as there is one.
pub(crate) fn all_first(text: &str, mut span: Span, words: &impl Words) -> Span {
    while let Some((rest, _, _)) = longest_first(text, span, words) {
        span = rest;
    }
    span
}

/// Takes any of `words` off the end as long as there is one.
pub(crate) fn all_last(text: &str, mut span: Span, words: &impl Words) -> Span {
    while let Some((rest, _, _)) = longest_last(text, span, words) {
        span = rest;
    }
    span
}
