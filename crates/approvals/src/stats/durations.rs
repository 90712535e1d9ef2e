//! Collections of durations: exact, or sketched in bounded memory.

use schemars::JsonSchema;
use serde::Serialize;

/// A spread of values. Empty ones are all zero with `n` = 0.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[allow(missing_docs, reason = "quantiles by their names")]
pub struct Spread {
    pub min: f64,
    pub p05: f64,
    pub p10: f64,
    pub p25: f64,
    pub p50: f64,
    pub p75: f64,
    pub p90: f64,
    pub p95: f64,
    pub p99: f64,
    pub max: f64,
    pub mean: f64,
    pub n: u64,
    /// Standard deviation of the population.
    pub std_pop: f64,
}

impl Spread {
    /// Of values given in `unit`s: microseconds with a unit of 10⁶ give seconds.
    pub fn of(mut values: Vec<i64>, unit: f64) -> Self {
        if values.is_empty() {
            return Self::default();
        }
        values.sort_unstable();
        let at = |share: f64| quantile(&values, share) / unit;
        let n = values.len() as f64;
        let sum: i128 = values.iter().map(|value| i128::from(*value)).sum();
        let mean = sum as f64 / n;
        let variance = values.iter().map(|value| (*value as f64 - mean).powi(2)).sum::<f64>() / n;
        Self {
            min: at(0.0),
            p05: at(0.05),
            p10: at(0.1),
            p25: at(0.25),
            p50: at(0.5),
            p75: at(0.75),
            p90: at(0.9),
            p95: at(0.95),
            p99: at(0.99),
            max: at(1.0),
            mean: mean / unit,
            n: values.len() as u64,
            std_pop: variance.sqrt() / unit,
        }
    }
}

/// Quantile of sorted values, interpolated linearly (type 7).
pub fn quantile(sorted: &[i64], share: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else { return f64::NAN };
    let place = share * last as f64;
    let below = (place.floor() as usize).min(last);
    let (low, high) = (sorted[below] as f64, sorted[(below + 1).min(last)] as f64);
    low + (high - low) * (place - below as f64)
}

/// A collection of durations in microseconds.
pub trait Durations: Default {
    /// Figures that are not exact.
    const APPROXIMATE: &'static [&'static str];
    /// Adds one.
    fn add(&mut self, micros: i64);
    /// Median and ninetieth percentile, in microseconds.
    fn quantiles(&mut self) -> (f64, f64);
}

/// Every value kept.
#[derive(Clone, Debug, Default)]
pub struct Exact(Vec<i64>);

impl Durations for Exact {
    const APPROXIMATE: &'static [&'static str] = &[];

    fn add(&mut self, micros: i64) {
        self.0.push(micros);
    }

    fn quantiles(&mut self) -> (f64, f64) {
        (select(&mut self.0, 0.5), select(&mut self.0, 0.9))
    }
}

/// One quantile without sorting everything.
fn select(values: &mut [i64], share: f64) -> f64 {
    let Some(last) = values.len().checked_sub(1) else { return f64::NAN };
    let place = share * last as f64;
    let below = (place.floor() as usize).min(last);
    let (_, low, above) = values.select_nth_unstable(below);
    let low = *low as f64;
    let high = above.iter().min().map_or(low, |high| *high as f64);
    low + (high - low) * (place - below as f64)
}

/// Counts in buckets that grow by two parts in a hundred, so that a quantile is within one (after Masson, Rim and Lee,
/// "DDSketch", 2019). At most 2,100 counters, however many values.
#[derive(Clone, Debug, Default)]
pub struct Sketch {
    /// Values of zero and less.
    low: u64,
    counts: Vec<u32>,
    from: usize,
    total: u64,
}

const GROWTH: f64 = 1.02;

impl Durations for Sketch {
    const APPROXIMATE: &'static [&'static str] = &["dfg.median_s", "dfg.p90_s"];

    fn add(&mut self, micros: i64) {
        self.total += 1;
        if micros <= 0 {
            self.low += 1;
            return;
        }
        let bucket = ((micros as f64).ln() / GROWTH.ln()) as usize;
        if self.counts.is_empty() {
            self.from = bucket;
        }
        if bucket < self.from {
            let more = self.from - bucket;
            self.counts.splice(0..0, std::iter::repeat_n(0, more));
            self.from = bucket;
        }
        let at = bucket - self.from;
        if at >= self.counts.len() {
            self.counts.resize(at + 1, 0);
        }
        self.counts[at] = self.counts[at].saturating_add(1);
    }

    fn quantiles(&mut self) -> (f64, f64) {
        (self.at(0.5), self.at(0.9))
    }
}

impl Sketch {
    fn at(&self, share: f64) -> f64 {
        let place = (share * self.total.saturating_sub(1) as f64).floor() as u64;
        let mut seen = self.low;
        if place < seen {
            return 0.0;
        }
        for (at, count) in self.counts.iter().enumerate() {
            seen += u64::from(*count);
            if place < seen {
                // The middle of a bucket, in ratios.
                return GROWTH.powf((self.from + at) as f64 + 0.5);
            }
        }
        0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_selected_quantile_is_that_of_the_sorted(mut values in proptest::collection::vec(-50_i64..1000, 1..80)) {
            let chosen = (select(&mut values, 0.5), select(&mut values, 0.9));
            values.sort_unstable();
            prop_assert_eq!(chosen, (quantile(&values, 0.5), quantile(&values, 0.9)));
        }

        #[test]
        fn a_sketch_is_within_one_in_a_hundred(values in proptest::collection::vec(1_i64..10_000_000_000, 1..200)) {
            let mut sketch = Sketch::default();
            values.iter().for_each(|value| sketch.add(*value));
            let mut sorted = values;
            sorted.sort_unstable();
            let exact = sorted[((sorted.len() - 1) as f64 * 0.9).floor() as usize] as f64;
            prop_assert!((sketch.at(0.9) / exact - 1.0).abs() < 0.0101, "{} {exact}", sketch.at(0.9));
        }
    }
}
