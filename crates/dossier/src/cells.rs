//! One cell: from what a file holds to what its column asks for.

use jiff::civil::Date;
use rust_decimal::Decimal;
use zhidian_model::Cell;

use crate::faults::{
    CELL_ERROR, DATE_MALFORMED, Fault, INTEGER_MALFORMED, NUMBER_MALFORMED, NUMBER_RANGE, TEXT_MALFORMED,
    TEXT_NUL, TEXT_UNREADABLE, TRUTH_MALFORMED, VALUE_CONSTRAINT, VALUE_NOT_LISTED,
};
use crate::schema::{Constraints, Field, Kind};

/// A cell as a file holds it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Raw<'a> {
    /// Nothing.
    Empty,
    /// Text: every cell of a CSV file, text cells of a workbook.
    Text(&'a str),
    /// A number of a workbook.
    Number(f64),
    /// A day of a workbook.
    Date(Date),
    /// A truth value of a workbook.
    Truth(bool),
    /// An error of a workbook: `#N/A`.
    Error(&'a str),
}

/// What is wrong with a cell: the fault, what was found, what was expected.
pub(crate) type Broken = (&'static Fault, String, String);

impl Raw<'_> {
    /// What stands there, as text.
    pub(crate) fn shown(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) | Self::Error(text) => (*text).to_owned(),
            Self::Number(number) => {
                plain_number(*number).map_or_else(|| number.to_string(), |n| n.to_string())
            }
            Self::Date(date) => date.to_string(),
            Self::Truth(truth) => truth.to_string(),
        }
    }

    /// Does it stand for nothing?
    pub(crate) fn is_missing(&self, missing: &[String]) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(text) => {
                let text = text.trim();
                missing.iter().any(|nothing| nothing == text)
            }
            _ => false,
        }
    }
}

/// A text of a cell, before it is shared with equal ones.
pub(crate) enum Typed {
    /// A cell that holds no text.
    Cell(Cell),
    /// A text.
    Text(String),
    /// A text that stands in the file as it is.
    Same,
}

/// Reads a cell that is not missing as its column asks.
pub(crate) fn typed(field: &Field, raw: &Raw<'_>) -> Result<Typed, Broken> {
    if let Raw::Error(error) = raw {
        return Err((CELL_ERROR, (*error).to_owned(), field.kind.name().to_owned()));
    }
    if let Raw::Text(text) = raw {
        if text.contains('\0') {
            return Err((TEXT_NUL, (*text).to_owned(), "text".to_owned()));
        }
        if text.contains('\u{fffd}') {
            return Err((TEXT_UNREADABLE, (*text).to_owned(), "text".to_owned()));
        }
    }
    let out = match field.kind {
        Kind::Number => Typed::Cell(Cell::Number(number(raw)?)),
        Kind::Integer => Typed::Cell(Cell::Number(integer(raw)?)),
        Kind::Date => Typed::Cell(Cell::Date(date(raw)?)),
        Kind::Truth => Typed::Cell(Cell::Truth(truth(raw)?)),
        Kind::Text => text(raw),
        Kind::Year | Kind::YearMonth => {
            let text = raw.shown();
            let is_month = text.len() == 7 && text.parse::<zhidian_model::Period>().is_ok();
            let is_year = text.len() == 4 && text.parse::<zhidian_model::Period>().is_ok();
            if if field.kind == Kind::Year { is_year } else { is_month } {
                Typed::Text(text)
            } else {
                let expected = if field.kind == Kind::Year { "2020" } else { "2020-09" };
                return Err((TEXT_MALFORMED, text, expected.to_owned()));
            }
        }
    };
    constrained(&field.limits, raw, &out)?;
    Ok(out)
}

fn text(raw: &Raw<'_>) -> Typed {
    match raw {
        Raw::Text(text) if text.trim().len() == text.len() => Typed::Same,
        Raw::Text(text) => Typed::Text(text.trim().to_owned()),
        other => Typed::Text(other.shown()),
    }
}

fn number(raw: &Raw<'_>) -> Result<Decimal, Broken> {
    match raw {
        Raw::Number(number) => plain_number(*number)
            .ok_or_else(|| (NUMBER_RANGE, number.to_string(), "a number of 28 digits".into())),
        Raw::Text(text) => printed_number(text.trim()),
        other => Err((NUMBER_MALFORMED, other.shown(), "a number".into())),
    }
}

/// A number as printed, keeping its decimals: `3.50`, `-1639.12`, `1.2e3`.
pub(crate) fn printed_number(text: &str) -> Result<Decimal, Broken> {
    let malformed = || (NUMBER_MALFORMED, text.to_owned(), "a number such as 1639.12".to_owned());
    let range = || (NUMBER_RANGE, text.to_owned(), "a number of at most 28 digits".to_owned());
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    let unsigned = mantissa.strip_prefix(['+', '-']).unwrap_or(mantissa);
    let (whole, part) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole) || !digits(part) || (whole.is_empty() && part.is_empty()) {
        return Err(malformed());
    }
    let value = Decimal::from_str_exact(mantissa).map_err(|_| range())?;
    let Some(exponent) = exponent else { return Ok(value) };
    let power: i32 = exponent.parse().map_err(|_| malformed())?;
    shifted(value, power).ok_or_else(range)
}

/// A decimal times a power of ten.
fn shifted(value: Decimal, power: i32) -> Option<Decimal> {
    let mut value = value;
    if power >= 0 {
        for _ in 0..power.min(64) {
            if value.scale() > 0 {
                value.set_scale(value.scale() - 1).ok()?;
            } else {
                value = value.checked_mul(Decimal::TEN)?;
            }
        }
        (power <= 64).then_some(value)
    } else {
        let scale = value.scale().checked_add(power.unsigned_abs())?;
        (scale <= Decimal::MAX_SCALE).then_some(())?;
        value.set_scale(scale).ok()?;
        Some(value)
    }
}

/// A number of a workbook, which holds 15 significant digits and drops trailing zeros.
pub(crate) fn plain_number(number: f64) -> Option<Decimal> {
    if !number.is_finite() {
        return None;
    }
    let rounded: f64 = format!("{number:.14e}").parse().ok()?;
    Decimal::from_str_exact(&format!("{rounded}")).ok()
}

fn integer(raw: &Raw<'_>) -> Result<Decimal, Broken> {
    let malformed = || (INTEGER_MALFORMED, raw.shown(), "a whole number".to_owned());
    let value = number(raw).map_err(|_| malformed())?;
    if value.fract().is_zero() { Ok(value.normalize()) } else { Err(malformed()) }
}

fn date(raw: &Raw<'_>) -> Result<Date, Broken> {
    let malformed = || (DATE_MALFORMED, raw.shown(), "2020-12-31".to_owned());
    match raw {
        Raw::Date(date) => Ok(*date),
        Raw::Text(text) => iso_date(text.trim()).ok_or_else(malformed),
        _ => Err(malformed()),
    }
}

/// A day written `2020-12-31` and nothing else.
pub(crate) fn iso_date(text: &str) -> Option<Date> {
    let plain = text.len() == 10
        && text.bytes().enumerate().all(|(at, b)| match at {
            4 | 7 => b == b'-',
            _ => b.is_ascii_digit(),
        });
    if plain { text.parse().ok() } else { None }
}

fn truth(raw: &Raw<'_>) -> Result<bool, Broken> {
    match raw {
        Raw::Truth(truth) => Ok(*truth),
        Raw::Text("true" | "True" | "TRUE" | "1") => Ok(true),
        Raw::Text("false" | "False" | "FALSE" | "0") => Ok(false),
        other => Err((TRUTH_MALFORMED, other.shown(), "true or false".to_owned())),
    }
}

fn constrained(limits: &Constraints, raw: &Raw<'_>, out: &Typed) -> Result<(), Broken> {
    let shown = || raw.shown().trim().to_owned();
    if !limits.one_of.is_empty() {
        let text = shown();
        if !limits.one_of.iter().any(|one| **one == *text) {
            return Err((VALUE_NOT_LISTED, text, limits.one_of.join(", ")));
        }
    }
    if let Typed::Cell(Cell::Number(number)) = out {
        let low = limits.minimum.filter(|least| number < least).map(|least| format!("at least {least}"));
        let high = limits.maximum.filter(|most| number > most).map(|most| format!("at most {most}"));
        if let Some(expected) = low.or(high) {
            return Err((VALUE_CONSTRAINT, shown(), expected));
        }
    }
    if limits.min_length.is_some() || limits.max_length.is_some() {
        let text = shown();
        let length = text.chars().count() as u64;
        let short = limits
            .min_length
            .filter(|least| length < *least)
            .map(|least| format!("at least {least} characters"));
        let long =
            limits.max_length.filter(|most| length > *most).map(|most| format!("at most {most} characters"));
        if let Some(expected) = short.or(long) {
            return Err((VALUE_CONSTRAINT, text, expected));
        }
    }
    if let Some(pattern) = &limits.pattern {
        let text = shown();
        if !pattern.is_match(&text) {
            return Err((VALUE_CONSTRAINT, text, format!("a text that matches {pattern}")));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_printed_decimals() {
        for (text, printed) in
            [("3.50", "3.50"), ("-0", "0"), ("+7", "7"), (".5", "0.5"), ("1.2e3", "1200"), ("5e-2", "0.05")]
        {
            assert_eq!(printed_number(text).unwrap().to_string().trim_start_matches('-'), printed, "{text}");
        }
        for text in
            ["", ".", "1,234", "3.5%", "−3", "３", "1_000", "NaN", "inf", "1e", "e5", "1e99", "--1", "1.2.3"]
        {
            assert!(printed_number(text).is_err(), "{text:?} was read");
        }
        assert_eq!(printed_number(&"9".repeat(40)).unwrap_err().0.code, "number.range");
    }

    #[test]
    fn numbers_of_a_workbook_lose_only_binary_dust() {
        assert_eq!(plain_number(0.1 + 0.2).unwrap().to_string(), "0.3");
        assert_eq!(plain_number(330_800.0).unwrap().to_string(), "330800");
        assert_eq!(plain_number(-1639.12).unwrap().to_string(), "-1639.12");
        assert_eq!(plain_number(f64::NAN), None);
        assert_eq!(plain_number(1e300), None);
    }

    #[test]
    fn days_are_written_one_way() {
        assert!(iso_date("2020-12-31").is_some());
        for text in ["2020-2-3", "2020/12/31", "2020-13-01", "2021-02-29", "20201231", "2020-12-31T00:00"] {
            assert!(iso_date(text).is_none(), "{text}");
        }
    }
}
