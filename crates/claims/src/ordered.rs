//! What was found in a text, in order, found again by place.

use crate::text::Span;

/// Something that stands at a place of the text.
pub(crate) trait Placed {
    /// Where it stands.
    fn place(&self) -> Span;
}

/// log₂ of the bytes of a block.
const BLOCK: u32 = 6;

/// Elements in the order of the text, none overlapping. The first element of every block of 64 bytes is indexed, so that a
/// lookup takes as long as there are elements in a block, however long the text is.
pub(crate) struct Ordered<T> {
    elements: Vec<T>,
    /// For each block, how many elements start before it.
    before: Vec<u32>,
}

impl<T: Placed> Ordered<T> {
    /// Indexes elements that stand in order.
    pub(crate) fn new(elements: Vec<T>) -> Self {
        let mut before = Vec::with_capacity(elements.last().map_or(0, |e| e.place().start >> BLOCK) + 1);
        for (i, element) in (0..).zip(&elements) {
            let block = element.place().start >> BLOCK;
            if before.len() <= block {
                before.resize(block + 1, i);
            }
        }
        Self { elements, before }
    }

    /// How many elements start before a place.
    fn starting_before(&self, place: usize) -> usize {
        let Some(&first) = self.before.get(place >> BLOCK) else { return self.elements.len() };
        let first = first as usize;
        first + self.elements[first..].iter().take_while(|e| e.place().start < place).count()
    }

    /// The elements that lie inside `span`.
    pub(crate) fn within(&self, span: Span) -> &[T] {
        let from = self.starting_before(span.start);
        let mut to = from.max(self.starting_before(span.end));
        while to > from && self.elements[to - 1].place().end > span.end {
            to -= 1;
        }
        &self.elements[from..to]
    }

    /// The element that starts at a place.
    pub(crate) fn at(&self, start: usize) -> Option<&T> {
        self.elements.get(self.starting_before(start)).filter(|e| e.place().start == start)
    }

    /// The first element that shares a byte with `span`.
    pub(crate) fn touching(&self, span: Span) -> Option<&T> {
        let next = self.starting_before(span.start);
        let before =
            next.checked_sub(1).and_then(|i| self.elements.get(i)).filter(|e| e.place().end > span.start);
        before.or_else(|| self.elements.get(next)).filter(|e| e.place().overlaps(span))
    }

    /// All of them.
    pub(crate) fn iter(&self) -> std::slice::Iter<'_, T> {
        self.elements.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    impl Placed for Span {
        fn place(&self) -> Span {
            *self
        }
    }

    proptest! {
        #[test]
        fn a_lookup_finds_what_a_search_through_all_finds(
            steps in prop::collection::vec((0usize..90, 1usize..90), 0..40), from in 0usize..4000, length in 0usize..900,
        ) {
            let mut end = 0;
            let spans: Vec<Span> = steps
                .into_iter()
                .map(|(gap, long)| {
                    let start = end + gap;
                    end = start + long;
                    Span::new(start, end)
                })
                .collect();
            let asked = Span::new(from, from + length);
            let all: Vec<Span> = spans.iter().copied().filter(|s| asked.contains(*s)).collect();
            let ordered = Ordered::new(spans.clone());
            prop_assert_eq!(ordered.within(asked), all.as_slice());
            prop_assert_eq!(ordered.touching(asked), spans.iter().find(|s| s.overlaps(asked)));
            prop_assert_eq!(ordered.at(from), spans.iter().find(|s| s.start == from));
        }
    }
}
