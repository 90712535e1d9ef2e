//! Several small counters in one machine word: a demand is compared with what is free of all resources in one
//! subtraction.
//!
//! Each resource has a lane of 16 bits (32 where a capacity needs it) whose highest bit is a guard. `free | guard − need`
//! keeps every guard exactly when no lane runs short, since a lane cannot borrow from its neighbour past the guard.

/// How capacities and demands are packed.
#[derive(Clone, Debug)]
pub(super) struct Lanes {
    bits: u32,
    per_word: usize,
    /// Words a vector of resources takes.
    pub(super) words: usize,
    guard: u64,
}

impl Lanes {
    pub(super) fn new(capacities: &[u32]) -> Self {
        let bits = if capacities.iter().all(|capacity| *capacity < 1 << 15) { 16 } else { 32 };
        let per_word = (64 / bits) as usize;
        let guard = (0..per_word).fold(0, |guard, lane| guard | 1 << (lane as u32 * bits + bits - 1));
        Self { bits, per_word, words: capacities.len().div_ceil(per_word).max(1), guard }
    }

    /// Packs a vector of resources; values are pinned below the guard.
    pub(super) fn pack(&self, values: &[u32]) -> Vec<u64> {
        let mut words = vec![0; self.words];
        let most = (1_u64 << (self.bits - 1)) - 1;
        for (at, value) in values.iter().enumerate() {
            let lane = (at % self.per_word) as u32 * self.bits;
            words[at / self.per_word] |= u64::from(*value).min(most) << lane;
        }
        words
    }

    /// Do the needs fit into what is free?
    #[inline]
    pub(super) fn fits(&self, free: &[u64], need: &[u64]) -> bool {
        free.iter().zip(need).all(|(free, need)| self.fits_word(*free, *need))
    }

    #[inline]
    pub(super) fn fits_word(&self, free: u64, need: u64) -> bool {
        (free | self.guard).wrapping_sub(need) & self.guard == self.guard
    }

    /// The first resource whose need does not fit.
    pub(super) fn short(&self, free: &[u64], need: &[u64]) -> Option<usize> {
        for (word, (free, need)) in free.iter().zip(need).enumerate() {
            let missing = !(free | self.guard).wrapping_sub(*need) & self.guard;
            if missing != 0 {
                return Some(word * self.per_word + (missing.trailing_zeros() / self.bits) as usize);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn fits_is_lane_by_lane(
            large in any::<bool>(),
            pairs in prop::collection::vec((0..30_000_u32, 0..30_000_u32), 0..9),
        ) {
            let factor = if large { 60_000 } else { 1 };
            let free: Vec<u32> = pairs.iter().map(|(free, _)| free * factor).collect();
            let need: Vec<u32> = pairs.iter().map(|(_, need)| need * factor).collect();
            let lanes = Lanes::new(&free);
            let (packed, needed) = (lanes.pack(&free), lanes.pack(&need));
            let short = free.iter().zip(&need).position(|(free, need)| need > free);
            // With wide needs only those below the guard are ever asked for: larger ones were refused before.
            prop_assume!(need.iter().all(|need| *need < if large { 1 << 31 } else { 1 << 15 }));
            prop_assert_eq!(lanes.fits(&packed, &needed), short.is_none());
            prop_assert_eq!(lanes.short(&packed, &needed), short);
        }
    }
}
