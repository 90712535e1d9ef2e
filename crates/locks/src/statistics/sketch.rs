//! Quantiles of a stream in fixed memory, within a stated relative error.

/// Counts values in buckets whose ends grow by a fixed factor: the top seven bits of the mantissa under each exponent.
///
/// A quantile is off by at most [`Sketch::ERROR`] of itself, as in DDSketch (Masson, Rim and Lee, VLDB 2019), with the
/// buckets taken from the number's own bits instead of a logarithm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sketch {
    /// Values that are zero or too small to matter.
    zeros: u64,
    counts: Vec<u64>,
    total: u64,
}

/// Mantissa bits that tell buckets apart.
const BITS: u32 = 7;
/// Values from 2^-20 (a ten-thousandth of a second, in minutes) to 2^40.
const LOWEST: u64 = 1023 - 20;
const OCTAVES: u64 = 60;

impl Default for Sketch {
    fn default() -> Self {
        Self { zeros: 0, counts: vec![0; (OCTAVES << BITS) as usize], total: 0 }
    }
}

impl Sketch {
    /// A quantile lies within this share of what is stated.
    pub const ERROR: f64 = 1.0 / 256.0;

    /// Counts a value; negative ones count as zero.
    #[inline]
    pub fn add(&mut self, value: f64) {
        self.total += 1;
        let bucket = (value.to_bits() >> (52 - BITS)).wrapping_sub(LOWEST << BITS);
        if value < 1.0 / 1_048_576.0 {
            self.zeros += 1;
        } else {
            let last = self.counts.len() - 1;
            self.counts[(bucket as usize).min(last)] += 1;
        }
    }

    /// Adds the counts of another.
    pub fn merge(&mut self, other: &Self) {
        self.zeros += other.zeros;
        self.total += other.total;
        for (own, theirs) in self.counts.iter_mut().zip(&other.counts) {
            *own += theirs;
        }
    }

    /// How many values there are.
    pub fn total(&self) -> u64 {
        self.total
    }

    /// The value that this share of all values does not exceed; 0 when there are none.
    pub fn quantile(&self, share: f64) -> f64 {
        let wanted = (share.clamp(0.0, 1.0) * self.total as f64).ceil().max(1.0) as u64;
        let mut seen = self.zeros;
        if seen >= wanted || self.total == 0 {
            return 0.0;
        }
        for (bucket, count) in self.counts.iter().enumerate() {
            seen += count;
            if seen >= wanted {
                let low = f64::from_bits(((bucket as u64) + (LOWEST << BITS)) << (52 - BITS));
                let high = f64::from_bits(((bucket as u64 + 1) + (LOWEST << BITS)) << (52 - BITS));
                return 0.5 * (low + high);
            }
        }
        f64::INFINITY
    }

    /// The share of values above a limit.
    pub fn share_above(&self, limit: f64) -> f64 {
        if self.total == 0 {
            return 0.0;
        }
        let above = self.counts.iter().enumerate().filter(|(bucket, _)| {
            let low = f64::from_bits(((*bucket as u64) + (LOWEST << BITS)) << (52 - BITS));
            low >= limit
        });
        above.map(|(_, count)| *count).sum::<u64>() as f64 / self.total as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn quantiles_are_within_the_stated_error(values in prop::collection::vec(0.001..1e6_f64, 1..300), share in 0.01..1.0_f64) {
            let mut sketch = Sketch::default();
            values.iter().for_each(|v| sketch.add(*v));
            let mut sorted = values;
            sorted.sort_by(f64::total_cmp);
            let exact = sorted[((share * sorted.len() as f64).ceil() as usize).max(1) - 1];
            prop_assert!((sketch.quantile(share) - exact).abs() <= Sketch::ERROR * exact * 1.001);
        }
    }
}
