//! Edges of words in running text.
use std::ops::Range;

/// Whether a find stands as whole words: no Latin letter or digit runs over either of its edges.
pub(crate) fn whole_words(text: &str, range: &Range<usize>) -> bool {
    let letter = |c: char| c.is_ascii_alphanumeric();
    let open = !text[range.start..].starts_with(letter) || !text[..range.start].ends_with(letter);
    let close = !text[..range.end].ends_with(letter) || !text[range.end..].starts_with(letter);
    open && close
}
