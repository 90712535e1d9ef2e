//! Something for each pair of numbers that occurs.

use crate::log::Ordered;

/// Numbers below this have a place in a table; a log has few activities and not many more resources.
const SMALL: u32 = 1024;

/// Values by pair, in order of first sight.
#[derive(Clone, Debug, Default)]
pub(super) struct Pairs<T> {
    /// For small numbers, one more than the place in `values`; `side` rows of `side`.
    table: Vec<u32>,
    side: u32,
    /// The place of every other pair.
    others: Ordered<u64, u32>,
    values: Vec<(u32, u32, T)>,
}

impl<T: Default> Pairs<T> {
    /// The value of a pair, new or known.
    #[inline]
    pub(super) fn of(&mut self, a: u32, b: u32) -> &mut T {
        let next = self.values.len() as u32;
        let larger = a.max(b);
        let at = if larger < SMALL {
            if larger >= self.side {
                self.grow(larger);
            }
            let slot = &mut self.table[(a * self.side + b) as usize];
            if *slot == 0 {
                *slot = next + 1;
            }
            *slot - 1
        } else {
            *self.others.entry(u64::from(a) << 32 | u64::from(b)).or_insert(next)
        };
        if at == next {
            self.values.push((a, b, T::default()));
        }
        &mut self.values[at as usize].2
    }

    pub(super) fn each(&mut self) -> impl Iterator<Item = (u32, u32, &mut T)> {
        self.values.iter_mut().map(|(a, b, value)| (*a, *b, value))
    }

    fn grow(&mut self, larger: u32) {
        self.side = (larger + 1).next_power_of_two().clamp(16, SMALL);
        self.table = vec![0; (self.side * self.side) as usize];
        for (at, (a, b, _)) in self.values.iter().enumerate() {
            if a.max(b) < &self.side {
                self.table[(a * self.side + b) as usize] = at as u32 + 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn pairs_are_counted_as_a_map_counts_them(pairs in proptest::collection::vec((0_u32..40, 1000_u32..1040), 0..300)) {
            let mut counted: Pairs<u64> = Pairs::default();
            let mut expected = std::collections::BTreeMap::<(u32, u32), u64>::new();
            for (a, b) in pairs.iter().flat_map(|(a, b)| [(*a, *b), (*b, *a), (*a, *a)]) {
                *counted.of(a, b) += 1;
                *expected.entry((a, b)).or_default() += 1;
            }
            let counted: std::collections::BTreeMap<_, _> = counted.each().map(|(a, b, n)| ((a, b), *n)).collect();
            prop_assert_eq!(counted, expected);
        }
    }
}
