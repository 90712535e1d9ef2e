//! Amounts of money as people write them: a unit in the header, in the cell, or nowhere.

use super::Fen;

/// A unit of money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    /// 元
    Yuan,
    /// 千元
    Thousand,
    /// 万元
    TenThousand,
    /// 百万元
    Million,
    /// 亿元
    HundredMillion,
}

/// Spellings, longest first, so that 万元 is not read as 元.
const SPELLINGS: [(&str, Unit); 14] = [
    ("百万元", Unit::Million),
    ("人民币元", Unit::Yuan),
    ("亿元", Unit::HundredMillion),
    ("万元", Unit::TenThousand),
    ("千元", Unit::Thousand),
    ("100 million yuan", Unit::HundredMillion),
    ("10,000 yuan", Unit::TenThousand),
    ("10000 yuan", Unit::TenThousand),
    ("million yuan", Unit::Million),
    ("thousand yuan", Unit::Thousand),
    ("亿", Unit::HundredMillion),
    ("万", Unit::TenThousand),
    ("yuan", Unit::Yuan),
    ("元", Unit::Yuan),
];

impl Unit {
    /// Its hundredths of a yuan.
    pub fn fen(self) -> i64 {
        match self {
            Self::Yuan => 100,
            Self::Thousand => 100_000,
            Self::TenThousand => 1_000_000,
            Self::Million => 100_000_000,
            Self::HundredMillion => 10_000_000_000,
        }
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Yuan => "元",
            Self::Thousand => "千元",
            Self::TenThousand => "万元",
            Self::Million => "百万元",
            Self::HundredMillion => "亿元",
        }
    }

    /// The unit that words speak of, if they speak of one.
    pub fn in_words(words: &str) -> Option<Self> {
        let words = words.to_lowercase();
        SPELLINGS[..10]
            .iter()
            .chain(&SPELLINGS[12..])
            .find(|(name, _)| words.contains(name))
            .map(|(_, unit)| *unit)
    }

    /// The unit of exactly these words: what a person gives as `--unit`.
    pub fn named(word: &str) -> Option<Self> {
        let word = word.trim().to_lowercase();
        SPELLINGS.iter().find(|(name, _)| *name == word).map(|(_, unit)| *unit)
    }
}

/// An amount that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amount {
    /// In fen, rounded half away from zero.
    pub fen: Fen,
    /// The unit written in the cell itself.
    pub own_unit: Option<Unit>,
    /// Were there digits below a fen?
    pub rounded: bool,
}

/// Why a cell is no amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoAmount {
    /// It is no number.
    Malformed,
    /// It is a number without a unit.
    NoUnit,
    /// It does not fit.
    TooLarge,
}

/// Reads an amount; `unit` is that of the column.
///
/// # Errors
/// See [`NoAmount`]. A dash or an oblique stroke stands for nothing: `Ok(None)`.
pub fn read(text: &str, unit: Option<Unit>) -> Result<Option<Amount>, NoAmount> {
    let text = text.trim();
    if matches!(text, "" | "-" | "—" | "--" | "——" | "/" | "无" | "…") {
        return Ok(None);
    }
    let (digits, own_unit) = split_unit(text);
    let (mantissa, scale) = decimal(digits).ok_or(NoAmount::Malformed)?;
    let unit = own_unit.or(unit).ok_or(NoAmount::NoUnit)?;
    let scaled = mantissa.checked_mul(i128::from(unit.fen())).ok_or(NoAmount::TooLarge)?;
    let divisor = 10_i128.pow(scale);
    let (whole, rest) = (scaled / divisor, scaled % divisor);
    let up = if rest.abs() * 2 >= divisor { rest.signum() } else { 0 };
    // Far below the end of the range, so that sums over a register cannot overflow.
    let fen = i64::try_from(whole + up).ok().filter(|fen| fen.abs() < 1 << 55).ok_or(NoAmount::TooLarge)?;
    Ok(Some(Amount { fen, own_unit, rounded: rest != 0 }))
}

fn split_unit(text: &str) -> (&str, Option<Unit>) {
    if text.ends_with(|c: char| c.is_ascii_digit()) {
        return (text, None);
    }
    let found = SPELLINGS.iter().find(|(name, _)| text.ends_with(name));
    found.map_or((text, None), |(name, unit)| (text[..text.len() - name.len()].trim_end(), Some(*unit)))
}

/// A decimal with thousands' separators and full-width digits as mantissa and scale.
fn decimal(text: &str) -> Option<(i128, u32)> {
    let (negative, text) = match text.strip_prefix(['-', '－', '−']) {
        Some(rest) => (true, rest),
        None => match text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix(['+', '¥', '￥']).unwrap_or(text)),
        },
    };
    let (mut mantissa, mut scale, mut digits, mut point) = (0_i128, 0, 0, false);
    for c in text.chars() {
        let digit = match c {
            '0'..='9' => c as u32 - '0' as u32,
            '０'..='９' => c as u32 - '０' as u32,
            '.' | '．' if !point => {
                point = true;
                continue;
            }
            ',' | '，' | ' ' if !point && digits > 0 => continue,
            _ => return None,
        };
        digits += 1;
        // More digits than any sum of money has.
        if digits > 24 {
            return None;
        }
        mantissa = mantissa * 10 + i128::from(digit);
        scale += u32::from(point);
    }
    (digits > 0).then_some((if negative { -mantissa } else { mantissa }, scale))
}

/// An amount of fen in a unit, for people: no more digits than it has.
pub fn shown(fen: Fen, unit: Unit) -> String {
    let value = rust_decimal::Decimal::from(fen) / rust_decimal::Decimal::from(unit.fen());
    value.normalize().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn amounts_as_people_write_them() {
        let fen = |text: &str, unit| read(text, unit).map(|amount| amount.map(|amount| amount.fen));
        let wan = Some(Unit::TenThousand);
        assert_eq!(fen("1,234.5", wan), Ok(Some(1_234_500_000)));
        assert_eq!(fen("3.5亿元", wan), Ok(Some(35_000_000_000)));
        assert_eq!(fen("３５０００", wan), Ok(Some(35_000_000_000)));
        assert_eq!(fen("-2", wan), Ok(Some(-2_000_000)));
        assert_eq!(fen("12.345", None), Err(NoAmount::NoUnit));
        assert_eq!(fen("约12", wan), Err(NoAmount::Malformed));
        assert_eq!(fen("1e5", wan), Err(NoAmount::Malformed));
        assert_eq!(fen("—", wan), Ok(None));
        assert_eq!(fen("99999999999999999999", wan), Err(NoAmount::TooLarge));
        assert_eq!(Unit::in_words("总投资（亿元）"), Some(Unit::HundredMillion));
        assert_eq!(Unit::in_words("总投资"), None);
        assert_eq!(shown(35_000_000_000, Unit::HundredMillion), "3.5");
    }

    proptest! {
        #[test]
        fn anything_is_read_or_refused(text in ".{0,40}") {
            let _ = read(&text, Some(Unit::TenThousand));
        }

        #[test]
        fn a_printed_amount_reads_back(fen in -1_000_000_000_000_i64..1_000_000_000_000) {
            for unit in [Unit::Yuan, Unit::TenThousand, Unit::HundredMillion] {
                prop_assert_eq!(read(&shown(fen, unit), Some(unit)).unwrap().map(|amount| amount.fen), Some(fen));
            }
        }
    }
}
