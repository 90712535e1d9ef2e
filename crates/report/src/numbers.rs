//! How figures print: exact decimals, grouped, in the units a reader of either language expects.

use crate::Language;
use crate::names;
use rust_decimal::Decimal;

/// A decimal of the contract, if it is one.
pub(crate) fn decimal(text: &str) -> Option<Decimal> {
    let text = text.trim();
    text.parse().or_else(|_| Decimal::from_scientific(text)).ok()
}

/// A decimal for drawing: finite and no larger than anything that is measured, or nothing.
pub(crate) fn float(text: &str) -> Option<f64> {
    text.trim().parse::<f64>().ok().filter(|value| value.abs() < 1e27)
}

/// `1234567.50` as `1,234,567.50` in English; Chinese figures stay ungrouped up to five digits and are scaled beyond.
fn grouped(value: Decimal, language: Language) -> String {
    let text = value.abs().to_string();
    let (whole, rest) = text.split_at(text.find('.').unwrap_or(text.len()));
    let sign = if value.is_sign_negative() && !value.is_zero() { "−" } else { "" };
    if language == Language::Zh && whole.len() <= 5 {
        return format!("{sign}{text}");
    }
    let mut out = String::with_capacity(text.len() + 8);
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    format!("{sign}{out}{rest}")
}

/// The largest word of magnitude that leaves a figure above one: 亿, billion. Powers of ten only, so nothing is rounded.
fn scaled(value: Decimal, language: Language) -> (Decimal, &'static str) {
    let steps: &[(i64, &str)] = match language {
        Language::Zh => &[(100_000_000, "亿"), (100_000, "万")],
        Language::En => &[(1_000_000_000, " billion"), (1_000_000, " million")],
    };
    for (from, word) in steps {
        if value.abs() >= Decimal::from(*from) {
            let by = match *word {
                "亿" => 100_000_000,
                "万" => 10_000,
                " billion" => 1_000_000_000,
                _ => 1_000_000,
            };
            return (shift(value, by), word);
        }
    }
    (value, "")
}

/// Divides by a power of ten; zeros that only the scaling brought are dropped, printed decimals stay.
fn shift(value: Decimal, by: i64) -> Decimal {
    match value.checked_div(Decimal::from(by)) {
        Some(divided) => {
            let mut out = divided.normalize();
            if out.scale() == 0 && value.scale() > 0 {
                out.rescale(1);
            }
            out
        }
        None => value,
    }
}

/// A figure with its unit: `3.50%`, `2876亿元`, `287.6 billion yuan`.
pub(crate) fn quantity(value: Decimal, unit: &str, language: Language) -> String {
    let (value, magnitude) = scaled(value, language);
    let figure = grouped(value, language);
    let unit = names::unit(unit, language);
    match language {
        Language::Zh => format!("{figure}{magnitude}{unit}"),
        Language::En if unit == "%" => format!("{figure}{magnitude}%"),
        Language::En if unit.is_empty() => format!("{figure}{magnitude}"),
        Language::En => format!("{figure}{magnitude} {unit}"),
    }
}

/// A figure with its unit from the contract's text, which stays as it is where it is no decimal.
pub(crate) fn quantity_text(value: &str, unit: &str, language: Language) -> String {
    match decimal(value) {
        Some(value) => quantity(value, unit, language),
        None => format!("{value} {}", names::unit(unit, language)).trim().to_owned(),
    }
}

/// An interval as a reader takes it in: the printed figure, and below it what it stands for.
pub(crate) struct Interval {
    /// `3.50%`, `≥ 7%`, `3.2–3.4%`.
    pub(crate) figure: String,
    /// `3.495% 至 3.505%`; none where the figure says it all.
    pub(crate) bounds: Option<String>,
}

/// Prints an interval.
///
/// An interval that is half a unit of the last digit on either side of a decimal is that decimal as printed: `[3.495,
/// 3.505]` is 3.50. Any other one shows its ends.
pub(crate) fn interval(low: Option<&str>, high: Option<&str>, unit: &str, language: Language) -> Interval {
    let both = |low: &str, high: &str| {
        let (Some(l), Some(h)) = (decimal(low), decimal(high)) else {
            return Interval {
                figure: format!("{low}–{high} {}", names::unit(unit, language)),
                bounds: None,
            };
        };
        if l == h {
            return Interval { figure: quantity(l, unit, language), bounds: None };
        }
        let bounds = format!(
            "{}{}{}",
            quantity(l, unit, language),
            language.of(" 至 ", " to "),
            quantity(h, unit, language)
        );
        match printed(l, h) {
            Some(middle) => Interval { figure: quantity(middle, unit, language), bounds: Some(bounds) },
            None => Interval { figure: bounds, bounds: None },
        }
    };
    match (low, high) {
        (Some(low), Some(high)) => both(low, high),
        (Some(low), None) => {
            Interval { figure: format!("≥ {}", quantity_text(low, unit, language)), bounds: None }
        }
        (None, Some(high)) => {
            Interval { figure: format!("≤ {}", quantity_text(high, unit, language)), bounds: None }
        }
        (None, None) => Interval { figure: language.of("不限", "any").to_owned(), bounds: None },
    }
}

/// The decimal whose rounding an interval is, with the digits it was printed with.
fn printed(low: Decimal, high: Decimal) -> Option<Decimal> {
    let two = Decimal::TWO;
    let mut middle = low.checked_add(high)?.checked_div(two)?.normalize();
    let half = high.checked_sub(low)?.checked_div(two)?.normalize();
    // half must be 5 × 10^-(k+1): half a unit of the k-th decimal
    if half.mantissa() != 5 && half.mantissa().abs() != 5 {
        // a half above one: 0.5, 5, 50 …
        let mut mantissa = half.mantissa();
        while mantissa % 10 == 0 && mantissa != 0 {
            mantissa /= 10;
        }
        if mantissa != 5 || half.scale() != 0 {
            return None;
        }
    }
    let places = half.scale().saturating_sub(1);
    if middle.scale() > places {
        return None;
    }
    middle.rescale(places);
    Some(middle)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn interval_of(low: &str, high: &str, unit: &str) -> (String, Option<String>) {
        let shown = interval(Some(low), Some(high), unit, Language::Zh);
        (shown.figure, shown.bounds)
    }

    #[test]
    fn an_interval_of_half_a_digit_prints_as_the_figure_it_came_from() {
        assert_eq!(
            interval_of("3.495", "3.505", "percent"),
            ("3.50%".into(), Some("3.495% 至 3.505%".into()))
        );
        assert_eq!(interval_of("3.45", "3.55", "percent").0, "3.5%");
        assert_eq!(interval_of("2.5", "3.5", "项").0, "3项");
        assert_eq!(interval_of("3.2", "3.45", "percent").0, "3.2% 至 3.45%");
    }

    #[test]
    fn money_is_scaled_without_rounding() {
        assert_eq!(quantity_text("287600000000", "CNY", Language::Zh), "2876亿元");
        assert_eq!(quantity_text("287600000000", "CNY", Language::En), "287.6 billion yuan");
        assert_eq!(quantity_text("301451000000", "CNY", Language::Zh), "3014.51亿元");
        assert_eq!(quantity_text("72192", "CNY", Language::Zh), "72192元");
        assert_eq!(quantity_text("-0.25", "percent", Language::En), "−0.25%");
    }

    #[test]
    fn a_text_that_is_no_number_is_shown_as_it_is() {
        assert_eq!(quantity_text("many", "家", Language::Zh), "many 家");
        assert!(float("NaN").is_none() && float("inf").is_none());
    }
}
