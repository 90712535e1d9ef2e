//! Words that admit several quantities: 审批时限 is by law, by promise or in fact.

use super::{Measure, by_code};
use crate::tables::{list, rows};
use std::collections::BTreeMap;
use std::sync::LazyLock;

static READINGS: LazyLock<BTreeMap<&'static str, Vec<&'static Measure>>> = LazyLock::new(|| {
    rows(include_str!("../../data/measure_readings.tsv"))
        .map(|[code, readings]| (code, list(readings).filter_map(by_code).collect()))
        .collect()
});

/// The measures a measure's words may mean, where they do not say which; none where they do.
pub fn readings(code: &str) -> &'static [&'static Measure] {
    READINGS.get(code).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reading_is_a_measure_of_the_same_unit() {
        for (code, readings) in READINGS.iter() {
            let unit = by_code(code).expect("a measure").unit;
            assert!(readings.len() > 1 && readings.iter().all(|reading| reading.unit == unit), "{code}");
        }
        assert_eq!(readings("approval.time_limit").len(), 3);
        assert!(readings("approval.items").is_empty());
    }
}
