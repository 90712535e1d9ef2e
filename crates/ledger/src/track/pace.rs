//! The pace a target asks for from the latest figure on.

use super::LATEST;
use crate::{facts::FactStore, names};
use rust_decimal::{
    Decimal,
    prelude::{FromPrimitive, ToPrimitive},
};
use zhidian_model::{Estimate, Key, Measure, Qualifier, Quantity, Stated, Text};

/// Of a level the yearly growth that leads to it; of a mean rate over several years the rate that the years left must have.
/// Nothing where less is asked for, or nothing is known.
pub(super) fn of(stated: &Stated, key: &Key, facts: &FactStore) -> Option<Text> {
    let Stated::Figure { quantity, qualifier } = stated else { return None };
    if matches!(qualifier, Qualifier::AtMost | Qualifier::LessThan) {
        return None;
    }
    let Measure::Of(code) = &key.measure else { return None };
    let latest = Measure::of(&format!("{code}{LATEST}"));
    let known: Vec<(i16, Decimal)> = facts
        .about(&latest, &key.subject)
        .iter()
        .filter_map(|finding| match &finding.value {
            Estimate::Value { printed, unit, .. } if *unit == quantity.unit => {
                Some((finding.key.period.as_year()?, *printed))
            }
            _ => None,
        })
        .collect();
    let years = key.period.whole_years()?;
    match (years.start() == years.end(), &*quantity.unit == "percent") {
        (true, false) => level(quantity, *years.end(), &known),
        (false, true) => rate(quantity, &years, &known),
        _ => None,
    }
}

fn level(quantity: &Quantity, due: i16, known: &[(i16, Decimal)]) -> Option<Text> {
    let (from, last) = *known.iter().rfind(|(year, _)| *year < due)?;
    if last <= Decimal::ZERO {
        return None;
    }
    let ratio = (quantity.value.checked_div(last)?).to_f64()?;
    let rate = (ratio.powf(1.0 / f64::from(due - from)) - 1.0) * 100.0;
    let (rate, shown) = (Decimal::from_f64(rate)?.round_dp(1), names::value(last, &quantity.unit));
    Some(Text::new(
        format!("自{from}年的{}起，须年均增长{rate}%。", shown.zh),
        format!("from {} in {from} it takes {rate}% a year.", shown.en),
    ))
}

/// The rate is compounded over the years left, as the mean is.
fn rate(
    quantity: &Quantity,
    years: &std::ops::RangeInclusive<i16>,
    known: &[(i16, Decimal)],
) -> Option<Text> {
    let of = |year: i16| known.iter().find(|(at, _)| *at == year)?.1.to_f64();
    let done: Vec<f64> = years.clone().map_while(of).map(|rate| (rate / 100.0).ln_1p()).collect();
    let next = years.start() + i16::try_from(done.len()).ok()?;
    if done.is_empty() || next > *years.end() {
        return None;
    }
    let whole = (quantity.value.to_f64()? / 100.0).ln_1p() * f64::from(years.end() - years.start() + 1);
    let left = f64::from(years.end() - next + 1);
    let asked = ((whole - done.iter().sum::<f64>()) / left).exp_m1() * 100.0;
    let so_far = (done.iter().sum::<f64>() / done.len() as f64).exp_m1() * 100.0;
    let (asked, so_far) = (Decimal::from_f64(asked)?.round_dp(1), Decimal::from_f64(so_far)?.round_dp(1));
    let (first, last) = (years.start(), next - 1);
    Some(Text::new(
        format!("{first}—{last}年年均{so_far}%，此后须年均{asked}%。"),
        format!("{first} to {last} came to {so_far}% a year; the years left must come to {asked}% a year."),
    ))
}
