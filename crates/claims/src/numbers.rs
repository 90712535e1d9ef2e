//! Number words and figures to exact decimals: Arabic and Chinese digits, magnitudes, ranges, ratios, and the weight of
//! the last printed digit.

use rust_decimal::Decimal;

/// A number as printed, before its unit is applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Number {
    /// Byte offset one past its last character (magnitude characters included).
    pub(crate) end: usize,
    /// Its exact value.
    pub(crate) value: Decimal,
    /// The weight of its last printed digit: `6.66万` has 0.01 × 10⁴.
    pub(crate) ulp: Decimal,
    /// Whether it is written in Arabic digits.
    pub(crate) arabic: bool,
    /// Whether it holds a magnitude character or word (万, 亿, million …).
    pub(crate) magnified: bool,
    /// Whether it is nothing but magnitudes (百万, 千亿), which on their own are no number.
    pub(crate) bare: bool,
}

/// Reads the number that begins at byte `at` of a Chinese text.
///
/// `stop` tells whether a unit begins at a byte offset, so that the 千 of 千瓦 is not taken for a magnitude.
pub(crate) fn chinese(text: &str, at: usize, stop: impl Fn(usize) -> bool) -> Option<Number> {
    let first = text.get(at..)?.chars().next()?;
    if arabic_digit(first).is_some() { figure(text, at, stop) } else { words(text, at, stop) }
}

/// The digit a character stands for in European figures, full width included.
pub(crate) fn arabic_digit(c: char) -> Option<u32> {
    match c {
        '0'..='9' => Some(c as u32 - '0' as u32),
        '０'..='９' => Some(c as u32 - '０' as u32),
        _ => None,
    }
}

/// The digit a Chinese numeral stands for.
pub(crate) fn chinese_digit(c: char) -> Option<u32> {
    Some(match c {
        '零' | '〇' => 0,
        '一' => 1,
        '二' | '两' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

fn power(c: char) -> Option<u32> {
    Some(match c {
        '十' => 1,
        '百' => 2,
        '千' => 3,
        '万' | '萬' => 4,
        '亿' | '億' => 8,
        _ => return None,
    })
}

/// The plain figure at `at` (digits, separators of thousands, decimal point), without magnitudes.
pub(crate) fn plain_figure(text: &str, at: usize) -> Option<(usize, Decimal, Decimal)> {
    let mut digits = String::new();
    let mut end = at;
    let mut rest = text.get(at..)?.chars().peekable();
    let mut scale: Option<usize> = None;
    while let Some(&c) = rest.peek() {
        if let Some(d) = arabic_digit(c) {
            digits.push(char::from_digit(d, 10)?);
            if let Some(s) = scale.as_mut() {
                *s += 1;
            }
            end += c.len_utf8();
            rest.next();
        } else if matches!(c, '.' | '．') && scale.is_none() && next_digits(text, end + c.len_utf8()) > 0 {
            scale = Some(0);
            digits.push('.');
            end += c.len_utf8();
            rest.next();
        } else if c == ','
            && scale.is_none()
            && digits.len() <= 3 + 4 * count_commas(text.get(at..end)?)
            && next_digits(text, end + 1) == 3
        {
            end += 1;
            rest.next();
        } else {
            break;
        }
        if digits.len() > 27 {
            return None;
        }
    }
    if digits.is_empty() {
        return None;
    }
    let value = Decimal::from_str_exact(&digits).ok()?;
    let places = u32::try_from(scale.unwrap_or(0)).ok()?;
    Some((end, value, Decimal::try_new(1, places).ok()?))
}

fn count_commas(s: &str) -> usize {
    s.bytes().filter(|&b| b == b',').count()
}

fn next_digits(text: &str, at: usize) -> usize {
    text.get(at..).map_or(0, |rest| rest.chars().take(28).take_while(|&c| arabic_digit(c).is_some()).count())
}

fn figure(text: &str, at: usize, stop: impl Fn(usize) -> bool) -> Option<Number> {
    let (mut end, mut value, mut ulp) = plain_figure(text, at)?;
    let mut magnified = false;
    while let Some(c) = text.get(end..).and_then(|r| r.chars().next()) {
        let Some(p) = power(c) else { break };
        if stop(end) {
            break;
        }
        let by = Decimal::from(10_u64.pow(p));
        value = value.checked_mul(by)?;
        ulp = ulp.checked_mul(by)?;
        end += c.len_utf8();
        magnified = true;
    }
    Some(Number { end, value, ulp, arabic: true, magnified, bare: false })
}

/// A number in Chinese characters: 一百二十三, 两千亿, 二〇二五, 十, 百万.
fn words(text: &str, at: usize, stop: impl Fn(usize) -> bool) -> Option<Number> {
    let mut end = at;
    let (mut total, mut section, mut digit) = (Decimal::ZERO, Decimal::ZERO, None::<Decimal>);
    let (mut digits, mut powers) = (0_u32, 0_u32);
    let mut ulp = Decimal::ONE;
    let mut previous_digit = false;
    for c in text.get(at..)?.chars() {
        if let Some(d) = chinese_digit(c) {
            let d = Decimal::from(d);
            digit = Some(match digit {
                Some(held) if previous_digit => held.checked_mul(Decimal::TEN)?.checked_add(d)?,
                _ => d,
            });
            if !previous_digit || powers == 0 {
                ulp = Decimal::ONE;
            }
            previous_digit = true;
            digits += 1;
        } else if let Some(p) = power(c) {
            if stop(end) && (digits + powers > 0) {
                break;
            }
            let by = Decimal::from(10_u64.pow(p));
            if p < 4 {
                section = section.checked_add(digit.take().unwrap_or(Decimal::ONE).checked_mul(by)?)?;
            } else {
                let held = section.checked_add(digit.take().unwrap_or(Decimal::ZERO))?;
                let held = if held.is_zero() && total.is_zero() { Decimal::ONE } else { held };
                if held.is_zero() {
                    total = total.checked_mul(by)?; // 万亿, 百亿亿
                } else if total > by {
                    total = total.checked_add(held.checked_mul(by)?)?; // 一亿三千万
                } else {
                    total = total.checked_add(held)?.checked_mul(by)?;
                }
                section = Decimal::ZERO;
            }
            ulp = by;
            previous_digit = false;
            powers += 1;
        } else {
            break;
        }
        end += c.len_utf8();
        if digits + powers > 24 {
            return None;
        }
    }
    if digits + powers == 0 {
        return None;
    }
    let value = total.checked_add(section)?.checked_add(digit.unwrap_or(Decimal::ZERO))?;
    let bare = digits == 0 && !(powers == 1 && text.get(at..)?.starts_with('十'));
    Some(Number { end, value, ulp, arabic: false, magnified: powers > 0, bare })
}

/// English number words below a hundred and the magnitudes above.
const WORDS: &[(&str, u32)] = &[
    ("zero", 0),
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("thirteen", 13),
    ("fourteen", 14),
    ("fifteen", 15),
    ("sixteen", 16),
    ("seventeen", 17),
    ("eighteen", 18),
    ("nineteen", 19),
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("seventy", 70),
    ("eighty", 80),
    ("ninety", 90),
];
const MAGNITUDES: &[(&str, u64)] = &[
    ("hundred", 100),
    ("thousand", 1_000),
    ("million", 1_000_000),
    ("billion", 1_000_000_000),
    ("trillion", 1_000_000_000_000),
    ("bn", 1_000_000_000),
    ("mn", 1_000_000),
    ("trn", 1_000_000_000_000),
];

/// Reads the number that begins at byte `at` of an English text: `1.28 million`, `two trillion`, `twenty-five`.
pub(crate) fn english(text: &str, at: usize) -> Option<Number> {
    let rest = text.get(at..)?;
    let first = rest.chars().next()?;
    let (mut end, mut value, mut ulp, arabic) = if arabic_digit(first).is_some() {
        let (end, value, ulp) = plain_figure(text, at)?;
        (end, value, ulp, true)
    } else {
        let (end, value) = english_words(text, at)?;
        (end, value, Decimal::ONE, false)
    };
    let mut magnified = false;
    while let Some((after, by)) = magnitude(text, end) {
        value = value.checked_mul(Decimal::from(by))?;
        ulp = ulp.checked_mul(Decimal::from(by))?;
        end = after;
        magnified = true;
    }
    Some(Number { end, value, ulp, arabic, magnified, bare: false })
}

fn english_words(text: &str, at: usize) -> Option<(usize, Decimal)> {
    let (end, word) = word_at(text, at)?;
    let value = WORDS.iter().find(|(w, _)| word.eq_ignore_ascii_case(w))?.1;
    if value >= 20
        && text.get(end..).is_some_and(|r| r.starts_with('-'))
        && let Some((after, unit)) = word_at(text, end + 1)
        && let Some((_, digit)) =
            WORDS.iter().find(|(w, v)| unit.eq_ignore_ascii_case(w) && (1..10).contains(v))
    {
        return Some((after, Decimal::from(value + digit)));
    }
    Some((end, Decimal::from(value)))
}

fn magnitude(text: &str, at: usize) -> Option<(usize, u64)> {
    let gap = text.get(at..)?.chars().next().filter(|c| matches!(c, ' ' | '-' | '\u{a0}'))?;
    let (end, word) = word_at(text, at + gap.len_utf8())?;
    let by = MAGNITUDES.iter().find(|(w, _)| word.eq_ignore_ascii_case(w))?.1;
    Some((end, by))
}

/// The run of Latin letters at `at` and where it ends.
pub(crate) fn word_at(text: &str, at: usize) -> Option<(usize, &str)> {
    let rest = text.get(at..)?;
    let length = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    (length > 0).then(|| (at + length, &rest[..length]))
}

/// Prints a decimal the short way: no trailing zeros, no exponent.
pub(crate) fn print(value: Decimal) -> String {
    value.normalize().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zh(s: &str) -> (String, &str) {
        let n = chinese(s, 0, |at| s[at..].starts_with("千瓦") || s[at..].starts_with("千米")).unwrap();
        (print(n.value), &s[n.end..])
    }

    #[test]
    fn figures_with_magnitudes() {
        assert_eq!(zh("7.25万亿元"), ("7250000000000".into(), "元"));
        assert_eq!(zh("4.2百亿亿次"), ("4200000000000000000".into(), "次"));
        assert_eq!(zh("12千瓦"), ("12".into(), "千瓦"));
        assert_eq!(zh("3亿千瓦"), ("300000000".into(), "千瓦"));
        assert_eq!(zh("1,234,567.8元"), ("1234567.8".into(), "元"));
        assert_eq!(zh("3.5.2"), ("3.5".into(), ".2"));
    }

    #[test]
    fn chinese_numerals() {
        assert_eq!(zh("一百二十三家").0, "123");
        assert_eq!(zh("二十家").0, "20");
        assert_eq!(zh("十二项").0, "12");
        assert_eq!(zh("两千三百亿元").0, "230000000000");
        assert_eq!(zh("一亿三千万人").0, "130000000");
        assert_eq!(zh("三万五千人").0, "35000");
        assert_eq!(zh("二〇二五年").0, "2025");
        assert!(chinese("千亿", 0, |_| false).unwrap().bare);
    }

    #[test]
    fn precision_is_the_weight_of_the_last_digit() {
        let n = chinese("6.66万", 0, |_| false).unwrap();
        assert_eq!(print(n.ulp), "100");
        let n = chinese("2876亿", 0, |_| false).unwrap();
        assert_eq!(print(n.ulp), "100000000");
    }

    #[test]
    fn english_numbers() {
        let value = |s: &str| print(english(s, 0).unwrap().value);
        assert_eq!(value("two trillion yuan"), "2000000000000");
        assert_eq!(value("11.86 million"), "11860000");
        assert_eq!(value("twenty-five counties"), "25");
        assert_eq!(value("1,500 firms"), "1500");
        assert!(english("tender", 0).is_none());
    }

    #[test]
    fn absurd_lengths_are_no_number() {
        assert!(chinese(&"9".repeat(400), 0, |_| false).is_none());
        assert!(chinese(&"亿".repeat(400), 0, |_| false).is_none());
    }
}
