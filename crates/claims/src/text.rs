//! Spans over a normalised text and their three coordinates: UTF-8 bytes, code points, code points of the raw text.

use serde::Serialize;

/// A half-open range of byte offsets in the normalised text. Both ends lie on code point boundaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The range `start..end`.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end: end.max(start) }
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether nothing lies inside.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The words between the offsets; empty where they do not fit `text`.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or("")
    }

    /// Whether the two share at least one byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The same range without the characters `drop` accepts at either end.
    pub fn trim(self, text: &str, drop: impl Fn(char) -> bool + Copy) -> Span {
        let whole = self.of(text);
        let left = whole.trim_start_matches(drop);
        let start = self.start + (whole.len() - left.len());
        Span::new(start, start + left.trim_end_matches(drop).len())
    }
}

/// Where every code point of the normalised text stands, in bytes and in the raw file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct OffsetMap {
    /// Byte offset of each code point, and at the end the length of the text.
    bytes: Vec<u32>,
    /// Raw code point offset of each code point; a line feed put in by the repair points at the end of its block.
    raw: Vec<u32>,
}

impl OffsetMap {
    pub(crate) fn push(&mut self, byte: usize, raw: usize) {
        self.bytes.push(u32::try_from(byte).unwrap_or(u32::MAX));
        self.raw.push(u32::try_from(raw).unwrap_or(u32::MAX));
    }

    pub(crate) fn finish(&mut self, length: usize) {
        self.bytes.push(u32::try_from(length).unwrap_or(u32::MAX));
    }

    /// Number of code points in the normalised text.
    pub fn len(&self) -> usize {
        self.raw.len()
    }

    /// Whether the text is empty.
    pub fn is_empty(&self) -> bool {
        self.raw.is_empty()
    }

    /// The code point at or before a byte offset.
    pub fn point(&self, byte: usize) -> usize {
        let byte = u32::try_from(byte).unwrap_or(u32::MAX);
        self.bytes.partition_point(|&b| b < byte)
    }

    /// The raw code point offset of a normalised code point.
    pub fn raw(&self, point: usize) -> Option<usize> {
        self.raw.get(point).map(|&r| r as usize)
    }

    /// A span as half-open code point offsets in the normalised text.
    pub fn points(&self, span: Span) -> [usize; 2] {
        [self.point(span.start), self.point(span.end)]
    }

    /// A span as half-open code point offsets in the raw text: from its first character to one past its last, so that a
    /// layout break inside is covered. Empty where the span is.
    pub fn raw_points(&self, span: Span) -> [usize; 2] {
        let [a, b] = self.points(span);
        match (self.raw(a), b.checked_sub(1).and_then(|last| self.raw(last))) {
            (Some(start), Some(last)) if b > a => [start, last + 1],
            (Some(start), _) => [start, start],
            _ => [0, 0],
        }
    }
}
