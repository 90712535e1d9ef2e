//! Stated figures and the bands in which they hold.

use crate::{Code, Key};
use rust_decimal::Decimal;
use std::{cmp::Ordering, collections::BTreeSet, fmt};

/// An exact decimal with the weight of its last printed digit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quantity {
    /// The value in `unit`.
    pub value: Decimal,
    /// Weight of the last printed digit, in `unit`: 2876亿元 in CNY has 100000000.
    pub ulp: Decimal,
    /// A unit of the vocabulary.
    pub unit: Code,
}

/// One end of an interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bound {
    /// Where it lies.
    pub at: Decimal,
    /// Whether the end itself is left out.
    pub open: bool,
}

/// A set of numbers between two bounds; `None` is unbounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interval {
    /// Lower end.
    pub low: Option<Bound>,
    /// Upper end.
    pub high: Option<Bound>,
}

/// The word beside a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Qualifier {
    /// No word.
    Exactly,
    /// 以上
    AtLeast,
    /// 超过, 突破
    MoreThan,
    /// 以内
    AtMost,
    /// 低于, 不足
    LessThan,
    /// 近
    Nearly,
    /// 左右, 约
    About,
}

/// Where a statement surely holds, and where it possibly holds.
///
/// A statement whose figure lies in `sure` holds; outside `possible` it fails; between the two it turns on rounding,
/// truncation or the width of a word, and is undecided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Band {
    /// It surely holds here.
    pub sure: Interval,
    /// It possibly holds here; contains `sure`.
    pub possible: Interval,
}

/// What a document says stands at a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stated {
    /// A figure.
    Figure {
        /// The figure itself.
        quantity: Quantity,
        /// The word beside it.
        qualifier: Qualifier,
    },
    /// A range, both ends included, in a unit.
    Between(Decimal, Decimal, Code),
    /// A place or a span of places, both included.
    Rank {
        /// Best place that makes it true.
        from: u32,
        /// Worst place that makes it true.
        to: u32,
    },
    /// That it is so.
    Truth(bool),
    /// These members.
    Set {
        /// Their names.
        items: BTreeSet<Code>,
        /// Whether the list claims to be complete.
        closed: bool,
    },
    /// Up, down or level.
    Direction(Ordering),
    /// Above, below or level with another key.
    Against(Box<Key>, Ordering),
    /// So much above another key, in points or units; below it where negative.
    Apart(Box<Key>, Quantity),
}

impl Interval {
    /// Everything.
    pub const ALL: Self = Self { low: None, high: None };

    /// Both ends included.
    pub fn closed(low: Decimal, high: Decimal) -> Self {
        Self { low: Some(Bound { at: low, open: false }), high: Some(Bound { at: high, open: false }) }
    }

    /// A printed figure: the value ± half the weight of its last digit.
    pub fn printed(value: Decimal, ulp: Decimal) -> Self {
        let half = ulp / Decimal::TWO;
        Self::closed(value.saturating_sub(half), value.saturating_add(half))
    }

    /// From a bound upwards.
    pub fn above(at: Decimal, open: bool) -> Self {
        Self { low: Some(Bound { at, open }), high: None }
    }

    /// From a bound downwards.
    pub fn below(at: Decimal, open: bool) -> Self {
        Self { low: None, high: Some(Bound { at, open }) }
    }

    /// Does it contain the whole of `other`?
    pub fn contains(&self, other: &Self) -> bool {
        let low = match (self.low, other.low) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(ours), Some(theirs)) => {
                ours.at < theirs.at || (ours.at == theirs.at && (!ours.open || theirs.open))
            }
        };
        let high = match (self.high, other.high) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(ours), Some(theirs)) => {
                ours.at > theirs.at || (ours.at == theirs.at && (!ours.open || theirs.open))
            }
        };
        low && high
    }

    /// Do they share a number?
    pub fn intersects(&self, other: &Self) -> bool {
        let reaches = |low: Option<Bound>, high: Option<Bound>| match (low, high) {
            (Some(low), Some(high)) => low.at < high.at || (low.at == high.at && !low.open && !high.open),
            _ => true,
        };
        reaches(self.low, other.high) && reaches(other.low, self.high)
    }
}

impl fmt::Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.low {
            Some(low) => write!(f, "{}{}", if low.open { '(' } else { '[' }, low.at.normalize())?,
            None => f.write_str("(-∞")?,
        }
        match self.high {
            Some(high) => write!(f, ", {}{}", high.at.normalize(), if high.open { ')' } else { ']' }),
            None => f.write_str(", ∞)"),
        }
    }
}

/// How far "about" and "nearly" may possibly reach, as a share of the value. A convention of this product, not of any
/// source: within the printed digit such a statement surely holds, beyond a twentieth it surely fails, and between the
/// two the product says that it cannot decide.
const VAGUE: Decimal = Decimal::from_parts(5, 0, 0, false, 2);

impl Band {
    /// The band of a stated figure.
    ///
    /// | stated | surely | possibly |
    /// |---|---|---|
    /// | `v` | v ± half the last digit (rounding) | v ± one whole digit, open (truncation) |
    /// | at least `v` | ≥ v | ≥ v − half the last digit |
    /// | more than `v` | > v | > v − half the last digit |
    /// | at most, less than | mirrored | mirrored |
    /// | nearly `v` | one digit below v up to v | a twentieth below v, to half a digit above |
    /// | about `v` | v ± half the last digit | v ± a twentieth, or one digit if that is more |
    pub fn of(quantity: &Quantity, qualifier: Qualifier) -> Self {
        let (v, ulp) = (quantity.value, quantity.ulp);
        let half = ulp / Decimal::TWO;
        let (down, up) = (|by: Decimal| v.saturating_sub(by), |by: Decimal| v.saturating_add(by));
        let vague = v.abs().saturating_mul(VAGUE).max(ulp);
        let open = |low: Decimal, high: Decimal| Interval {
            low: Some(Bound { at: low, open: true }),
            high: Some(Bound { at: high, open: true }),
        };
        match qualifier {
            Qualifier::Exactly => {
                Self { sure: Interval::printed(v, ulp), possible: open(down(ulp), up(ulp)).with_point(v) }
            }
            Qualifier::AtLeast => {
                Self { sure: Interval::above(v, false), possible: Interval::above(down(half), false) }
            }
            Qualifier::MoreThan => {
                Self { sure: Interval::above(v, true), possible: Interval::above(down(half), true) }
            }
            Qualifier::AtMost => {
                Self { sure: Interval::below(v, false), possible: Interval::below(up(half), false) }
            }
            Qualifier::LessThan => {
                Self { sure: Interval::below(v, true), possible: Interval::below(up(half), true) }
            }
            Qualifier::Nearly => Self {
                sure: Interval::closed(down(ulp), v),
                possible: Interval::closed(down(vague), up(half)),
            },
            Qualifier::About => {
                Self { sure: Interval::printed(v, ulp), possible: Interval::closed(down(vague), up(vague)) }
            }
        }
    }

    /// The band of a stated range, both ends included.
    pub fn between(low: Decimal, high: Decimal) -> Self {
        let interval = Interval::closed(low.min(high), low.max(high));
        Self { sure: interval, possible: interval }
    }

    /// What a found interval makes of the statement: true within the sure band, false outside the possible one, and
    /// neither between.
    pub fn judge(&self, found: &Interval) -> Option<bool> {
        if self.sure.contains(found) {
            Some(true)
        } else if !self.possible.intersects(found) {
            Some(false)
        } else {
            None
        }
    }
}

impl Interval {
    /// An exact count has no digit to round: keep its one point inside.
    fn with_point(self, point: Decimal) -> Self {
        let empty = matches!((self.low, self.high), (Some(low), Some(high)) if low.at >= high.at);
        if empty { Self::closed(point, point) } else { self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn quantity(value: &str, ulp: &str) -> Quantity {
        Quantity { value: value.parse().unwrap(), ulp: ulp.parse().unwrap(), unit: "CNY".into() }
    }

    fn printed(value: &str, ulp: &str) -> Interval {
        Interval::printed(value.parse().unwrap(), ulp.parse().unwrap())
    }

    #[test]
    fn a_figure_holds_within_half_its_last_digit() {
        let band = Band::of(&quantity("3.5", "0.1"), Qualifier::Exactly);
        assert_eq!(band.judge(&printed("3.50", "0.01")), Some(true));
        assert_eq!(band.judge(&printed("3.54", "0.01")), Some(true));
        assert_eq!(band.judge(&printed("3.58", "0.01")), None, "truncation may have made 3.5 of 3.58");
        assert_eq!(band.judge(&printed("3.61", "0.01")), Some(false));
        assert_eq!(band.judge(&printed("3.5", "0.1")), Some(true));
        assert_eq!(band.judge(&printed("4", "1")), None, "a coarser figure decides nothing");
    }

    #[test]
    fn words_move_the_band() {
        let q = quantity("143", "1");
        assert_eq!(Band::of(&q, Qualifier::AtLeast).judge(&printed("150", "0.1")), Some(true));
        assert_eq!(Band::of(&q, Qualifier::AtLeast).judge(&printed("142.7", "0.1")), None);
        assert_eq!(Band::of(&q, Qualifier::AtLeast).judge(&printed("142", "0.1")), Some(false));
        assert_eq!(Band::of(&q, Qualifier::LessThan).judge(&printed("142.9", "0.01")), Some(true));
        assert_eq!(Band::of(&q, Qualifier::Nearly).judge(&printed("142.5", "0.1")), Some(true));
        assert_eq!(Band::of(&q, Qualifier::Nearly).judge(&printed("144", "0.1")), Some(false));
        assert_eq!(Band::of(&q, Qualifier::About).judge(&printed("148", "0.1")), None);
    }

    const WORDS: [Qualifier; 7] = [
        Qualifier::Exactly,
        Qualifier::AtLeast,
        Qualifier::MoreThan,
        Qualifier::AtMost,
        Qualifier::LessThan,
        Qualifier::Nearly,
        Qualifier::About,
    ];

    proptest! {
        #[test]
        fn possible_contains_sure(value in -100_000_i64..100_000, scale in 0..4_u32, word in 0..7_usize) {
            let quantity = Quantity { value: Decimal::new(value, scale), ulp: Decimal::new(1, scale), unit: "CNY".into() };
            let band = Band::of(&quantity, WORDS[word]);
            prop_assert!(band.possible.contains(&band.sure) || WORDS[word] == Qualifier::Nearly && value.abs() < 20);
        }

        #[test]
        fn a_wider_statement_of_a_supported_value_is_supported(
            value in -100_000_i64..100_000, found in -100_000_i64..100_000, word in 0..7_usize,
        ) {
            let fine = Quantity { value: Decimal::new(value, 2), ulp: Decimal::new(1, 2), unit: "CNY".into() };
            let found = Interval::printed(Decimal::new(found, 2), Decimal::new(1, 2));
            let wide = Quantity { ulp: Decimal::new(1, 1), ..fine.clone() };
            if Band::of(&fine, WORDS[word]).judge(&found) == Some(true) {
                prop_assert_eq!(Band::of(&wide, WORDS[word]).judge(&found), Some(true));
            }
        }

        #[test]
        fn a_perturbed_digit_is_caught(value in -100_000_i64..100_000, by in 2_i64..10) {
            let found = Interval::printed(Decimal::new(value, 1), Decimal::new(1, 1));
            let stated = |v: i64| Quantity { value: Decimal::new(v, 1), ulp: Decimal::new(1, 1), unit: "percent".into() };
            prop_assert_eq!(Band::of(&stated(value), Qualifier::Exactly).judge(&found), Some(true));
            prop_assert_eq!(Band::of(&stated(value + by), Qualifier::Exactly).judge(&found), Some(false));
        }
    }
}
