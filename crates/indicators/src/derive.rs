//! Figures that follow from printed ones of the same edition: growth, shares, values a head. Each is an interval, since what
//! was printed is one.

use rust_decimal::Decimal;
use zhidian_model::{Bound, Interval};

/// The ends of a positive interval.
fn ends(interval: &Interval) -> Option<(Decimal, Decimal)> {
    let (low, high) = (interval.low?.at, interval.high?.at);
    (low > Decimal::ZERO).then_some((low, high))
}

fn between(low: Decimal, high: Decimal) -> Interval {
    Interval { low: Some(Bound { at: low, open: false }), high: Some(Bound { at: high, open: false }) }
}

/// Growth of a level over the one before, per cent; nothing unless both are positive.
pub fn growth(now: &Interval, before: &Interval) -> Option<Interval> {
    let ((low, high), (from, to)) = (ends(now)?, ends(before)?);
    let percent = |ratio: Decimal| (ratio - Decimal::ONE) * Decimal::ONE_HUNDRED;
    Some(between(percent(low.checked_div(to)?), percent(high.checked_div(from)?)))
}

/// Real growth from nominal growth and the change of prices, all per cent: `(1 + g)/(1 + p) − 1`.
pub fn deflated(nominal: &Interval, prices: &Interval) -> Option<Interval> {
    let factor = |x: Decimal| Decimal::ONE + x / Decimal::ONE_HUNDRED;
    let of = |interval: &Interval| Some((factor(interval.low?.at), factor(interval.high?.at)));
    let ((low, high), (from, to)) = (of(nominal)?, of(prices)?);
    let percent = |ratio: Decimal| (ratio - Decimal::ONE) * Decimal::ONE_HUNDRED;
    (from > Decimal::ZERO)
        .then(|| Some(between(percent(low.checked_div(to)?), percent(high.checked_div(from)?))))
        .flatten()
}

/// A part of a whole, per cent; nothing unless both are positive.
pub fn share(part: &Interval, whole: &Interval) -> Option<Interval> {
    let ((low, high), (from, to)) = (ends(part)?, ends(whole)?);
    let hundred = Decimal::ONE_HUNDRED;
    Some(between(low.checked_div(to)? * hundred, high.checked_div(from)? * hundred))
}

/// A value a head; nothing unless both are positive.
pub fn per_head(value: &Interval, heads: &Interval) -> Option<Interval> {
    let ((low, high), (from, to)) = (ends(value)?, ends(heads)?);
    Some(between(low.checked_div(to)?, high.checked_div(from)?))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail loudly")]
    use super::*;

    fn printed(text: &str) -> Interval {
        let value: Decimal = text.parse().unwrap();
        Interval::printed(value, Decimal::new(1, value.scale()))
    }

    #[test]
    fn what_was_rounded_stays_an_interval() {
        let found = growth(&printed("110.0"), &printed("100.0")).unwrap();
        let (low, high) = (found.low.unwrap().at, found.high.unwrap().at);
        assert!(
            low < Decimal::TEN && Decimal::TEN < high && high - low < Decimal::new(22, 2),
            "{low} {high}"
        );
        assert!(growth(&printed("-1"), &printed("5")).is_none());
        let real = deflated(&printed("7.12"), &printed("2.00")).unwrap();
        assert!(real.low.unwrap().at < Decimal::new(502, 2) && real.high.unwrap().at > Decimal::new(501, 2));
        let part = share(&printed("25"), &printed("50")).unwrap();
        assert!(part.low.unwrap().at < Decimal::from(50) && part.high.unwrap().at > Decimal::from(50));
        assert!(per_head(&printed("5"), &printed("0")).is_none());
    }
}
