//! One stated value against one finding: does it hold?

use rust_decimal::Decimal;
use zhidian_model::{Band, Estimate, Finding, Interval, Margin, Qualifier, Quantity, Reason, Stated};
use zhidian_vocabulary::units;

use crate::operators::gap_unit;

/// What a finding makes of a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Judgement {
    /// It holds.
    Holds,
    /// It fails.
    Fails,
    /// It cannot be said, and why.
    Open(Reason),
}

/// Judges one stated value by one finding at the same key. The finding's grade plays no part here.
pub fn judge(stated: &Stated, finding: &Finding) -> Judgement {
    match (stated, &finding.value) {
        (Stated::Figure { quantity, qualifier }, Estimate::Value { interval, unit, .. }) => {
            if !same_unit(&quantity.unit, unit) {
                return Judgement::Open(Reason::UnitDiffers);
            }
            by_band(&Band::of(&exact_if_counted(quantity), *qualifier), interval)
        }
        // How far two keys stand apart. Who states it has taken one printed figure from the other: what they print alike
        // holds, though each of the two is rounded; what no rounding explains fails.
        (Stated::Apart(_, quantity), Estimate::Value { printed, interval, unit }) => {
            if !same_unit(&quantity.unit, unit) {
                return Judgement::Open(Reason::UnitDiffers);
            }
            if (*printed - quantity.value).abs() <= quantity.ulp / Decimal::TWO {
                return Judgement::Holds;
            }
            by_band(&Band::of(quantity, Qualifier::Exactly), interval)
        }
        (Stated::Between(low, high, stated_unit), Estimate::Value { interval, unit, .. }) => {
            if !same_unit(stated_unit, unit) {
                return Judgement::Open(Reason::UnitDiffers);
            }
            by_band(&Band::between(*low, *high), interval)
        }
        (Stated::Rank { from, to }, Estimate::Rank(found)) => {
            if *from <= found.least && found.most <= *to {
                Judgement::Holds
            } else if found.most < *from || *to < found.least {
                Judgement::Fails
            } else {
                Judgement::Open(if found.missing > 0 { Reason::RosterIncomplete } else { Reason::Tie })
            }
        }
        (Stated::Truth(stated), Estimate::Truth(Some(found))) => decided(stated == found),
        (Stated::Truth(_), Estimate::Truth(None)) => Judgement::Open(Reason::RosterIncomplete),
        (Stated::Against(..), Estimate::Truth(Some(holds))) => decided(*holds),
        (Stated::Against(..), Estimate::Truth(None)) => Judgement::Open(Reason::StraddlesRounding),
        (Stated::Direction(direction), Estimate::Value { interval, .. }) => by_sign(*direction, interval),
        (Stated::Set { items, closed }, Estimate::Set { items: found, complete }) => {
            let outside = items.difference(found).next().is_some();
            let unnamed = found.difference(items).next().is_some();
            match (outside, *closed && unnamed) {
                (false, false) => Judgement::Holds,
                (false, true) => Judgement::Fails,
                (true, _) if *complete => Judgement::Fails,
                (true, _) => Judgement::Open(Reason::RosterIncomplete),
            }
        }
        (_, Estimate::Sample { .. }) => Judgement::Open(Reason::OnlyModelled),
        _ => Judgement::Open(Reason::MeasureDiffers),
    }
}

fn decided(holds: bool) -> Judgement {
    if holds { Judgement::Holds } else { Judgement::Fails }
}

fn by_band(band: &Band, found: &Interval) -> Judgement {
    band.judge(found).map_or(Judgement::Open(Reason::StraddlesRounding), decided)
}

fn by_sign(direction: std::cmp::Ordering, found: &Interval) -> Judgement {
    let (up, down) = (Interval::above(Decimal::ZERO, true), Interval::below(Decimal::ZERO, true));
    let zero = Interval::closed(Decimal::ZERO, Decimal::ZERO);
    let stated = match direction {
        std::cmp::Ordering::Greater => up,
        std::cmp::Ordering::Less => down,
        std::cmp::Ordering::Equal => zero,
    };
    if stated.contains(found) {
        Judgement::Holds
    } else if stated.intersects(found) {
        Judgement::Open(Reason::StraddlesRounding)
    } else {
        Judgement::Fails
    }
}

/// A bare count and a counter say the same thing; everything else must be the same unit.
fn same_unit(a: &str, b: &str) -> bool {
    let counts = |unit: &str| {
        unit == "count" || units::by_code(unit).is_some_and(|unit| unit.kind == units::Kind::Counter)
    };
    a == b || (a == "count" && counts(b)) || (b == "count" && counts(a))
}

/// Three firms are three firms: a count to the last one is exact, there is nothing to round.
fn exact_if_counted(quantity: &Quantity) -> Quantity {
    let counter = units::by_code(&quantity.unit).is_some_and(|unit| unit.kind == units::Kind::Counter);
    let ulp = if counter && quantity.ulp == Decimal::ONE { Decimal::ZERO } else { quantity.ulp };
    Quantity { ulp, ..quantity.clone() }
}

/// How near a decision was.
pub fn margin(
    stated: &Stated,
    finding: &Finding,
    peer: impl Fn(&zhidian_model::Subject) -> String,
) -> Option<Margin> {
    match (stated, &finding.value) {
        (Stated::Figure { quantity, qualifier }, Estimate::Value { printed, unit, .. }) => {
            let sure = Band::of(&exact_if_counted(quantity), *qualifier).sure;
            let edges = [sure.low, sure.high];
            let nearest = edges.iter().flatten().map(|edge| (edge.at - *printed).abs()).min()?;
            Some(Margin { value: nearest, unit: gap_unit(unit), to: "band".into() })
        }
        (Stated::Rank { from, to }, Estimate::Rank(found)) => {
            // What would turn the answer: falling behind the next or passing the one before; where the statement
            // fails, only the way to the place it states, and only if that is the next one.
            let (down, up) = if found.least > *to {
                (None, found.above.as_ref().filter(|_| found.least == *to + 1))
            } else if found.most < *from {
                (found.below.as_ref().filter(|_| found.most + 1 == *from), None)
            } else {
                (found.below.as_ref().filter(|_| *to < found.of), found.above.as_ref().filter(|_| *from > 1))
            };
            let (value, subject) = [down, up].into_iter().flatten().min_by_key(|(gap, _)| *gap)?;
            Some(Margin { value: *value, unit: found.unit.clone(), to: peer(subject) })
        }
        _ => None,
    }
}

/// Does the statement hold when every value is rounded to one decimal less?
pub fn survives_rounding(stated: &Stated, finding: &Finding) -> bool {
    match (stated, &finding.value) {
        (_, Estimate::Rank(found)) => found.survives_rounding.unwrap_or(false),
        (Stated::Figure { quantity, qualifier }, Estimate::Value { printed, interval, .. }) => {
            let (Some(low), Some(high)) = (interval.low, interval.high) else { return false };
            let coarse = Interval::printed(*printed, (high.at - low.at) * Decimal::TEN);
            Band::of(&exact_if_counted(quantity), *qualifier).judge(&coarse) == Some(true)
        }
        _ => true,
    }
}
