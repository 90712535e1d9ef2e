//! Timestamps as they stand in logs, to microseconds.
//!
//! Microseconds since 1970-01-01 UTC fit an `i64` for the years −9999 to 9999, and differences are exact.

/// Microseconds in a second.
pub const SECOND: i64 = 1_000_000;
/// Microseconds in a day.
pub const DAY: i64 = 86_400 * SECOND;

/// A timestamp and whether it said its offset from UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// Microseconds since 1970-01-01 UTC.
    pub micros: i64,
    /// Did it state a zone? Otherwise it was read in the zone of the log.
    pub zoned: bool,
}

/// Days since 1970-01-01 of a civil date in the proleptic Gregorian calendar (after Hinnant, "chrono-Compatible
/// Low-Level Date Algorithms", 2013).
pub const fn day_number(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// The civil date (year, month, day) of a day number.
pub const fn civil(day: i64) -> (i64, i64, i64) {
    let shifted = day + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let part = (5 * of_year + 2) / 153;
    let month = if part < 10 { part + 3 } else { part - 9 };
    let year = year_of_era + era * 400 + (month <= 2) as i64;
    (year, month, of_year - (153 * part + 2) / 5 + 1)
}

/// Reads a timestamp: ISO 8601 with `T` or a space, `2021/3/5 9:30`, `2021.3.5`, `2021年3月5日 9时30分`, with up to nine decimals of
/// a second (cut to six) and `Z`, `+08:00`, `+0800` or `+08`. A text without a zone is read at `zone` minutes east of UTC.
pub fn parse(text: &[u8], zone: i32) -> Option<Stamp> {
    plain(text, zone).or_else(|| loose(text, zone))
}

/// The fixed form `YYYY-MM-DD?HH:MM:SS`, which nearly every timestamp of a log has.
fn plain(text: &[u8], zone: i32) -> Option<Stamp> {
    if text.len() < 19 || text[4] != b'-' || text[7] != b'-' || text[13] != b':' || text[16] != b':' {
        return None;
    }
    if text[10] != b'T' && text[10] != b' ' {
        return None;
    }
    let two = |at: usize| Some(i64::from(digit(text[at])? * 10 + digit(text[at + 1])?));
    let date = checked_day(two(0)? * 100 + two(2)?, two(5)?, two(8)?)?;
    let time = (two(11)?, two(14)?, two(17)?);
    let (fraction, rest) = fraction(&text[19..])?;
    assemble(date, time, fraction, rest, zone)
}

fn digit(byte: u8) -> Option<u32> {
    byte.is_ascii_digit().then(|| u32::from(byte - b'0'))
}

/// `.123456789` to microseconds, and what stands behind it.
fn fraction(text: &[u8]) -> Option<(i64, &[u8])> {
    if !matches!(text.first(), Some(b'.' | b',')) {
        return Some((0, text));
    }
    let digits = text[1..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    if digits == 0 {
        return None;
    }
    let micros = (0..6).fold(0, |sum, at| {
        let next = if at < digits { i64::from(text[1 + at] - b'0') } else { 0 };
        sum * 10 + next
    });
    Some((micros, &text[1 + digits..]))
}

fn assemble(
    date: i64,
    (hour, minute, second): (i64, i64, i64),
    fraction: i64,
    rest: &[u8],
    zone: i32,
) -> Option<Stamp> {
    // 24:00:00 is the end of the day; a leap second is the second before.
    let midnight = hour == 24 && minute == 0 && second == 0 && fraction == 0;
    if (hour > 23 && !midnight) || minute > 59 || second > 60 {
        return None;
    }
    let offset = offset(rest.trim_ascii())?;
    let local = (hour * 60 + minute) * 60 + second.min(59) - i64::from(offset.unwrap_or(zone)) * 60;
    Some(Stamp { micros: date * DAY + local * SECOND + fraction, zoned: offset.is_some() })
}

/// Minutes east of UTC; nothing stated is `Some(None)`.
fn offset(text: &[u8]) -> Option<Option<i32>> {
    let (sign, digits) = match text {
        [] => return Some(None),
        b"Z" | b"z" | b"UTC" | b"GMT" => return Some(Some(0)),
        [b'+', rest @ ..] => (1, rest),
        [b'-', rest @ ..] => (-1, rest),
        _ => return None,
    };
    let number = |pair: &[u8]| match pair {
        [a, b] => Some((digit(*a)? * 10 + digit(*b)?) as i32),
        _ => None,
    };
    let (hours, minutes) = match digits {
        [_, _] => (number(digits)?, 0),
        [_, _, b':', _, _] => (number(&digits[..2])?, number(&digits[3..])?),
        [_, _, _, _] => (number(&digits[..2])?, number(&digits[2..])?),
        _ => return None,
    };
    (hours <= 18 && minutes < 60).then(|| Some(sign * (hours * 60 + minutes)))
}

fn checked_day(year: i64, month: i64, day: i64) -> Option<i64> {
    if !(1..=9999).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let number = day_number(year, month, day);
    (civil(number) == (year, month, day)).then_some(number)
}

/// Any of the other forms.
fn loose(text: &[u8], zone: i32) -> Option<Stamp> {
    let text = std::str::from_utf8(text).ok()?.trim();
    let (date, rest) = loose_date(text)?;
    clock(date, rest, zone)
}

/// The time of day behind a date, if any.
fn clock(date: i64, rest: &str, zone: i32) -> Option<Stamp> {
    let rest = rest.trim_start_matches(['T', ' ']).trim_start();
    let (time, rest) = match rest.starts_with(|c: char| c.is_ascii_digit()) {
        true => loose_time(rest)?,
        false => ((0, 0, 0), rest),
    };
    let (fraction, rest) = fraction(rest.as_bytes())?;
    assemble(date, time, fraction, rest, zone)
}

/// Which comes first in a date that ends in its year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateOrder {
    /// 28/02/2021
    DayFirst,
    /// 02/28/2021
    MonthFirst,
}

/// A date that ends in its year, with a time behind: `28.02.2021 9:30` and `28-02-2021` have the day first. `2/3/2021` does not tell;
/// it is read when `order` is given.
pub fn parse_year_last(text: &[u8], zone: i32, order: Option<DateOrder>) -> Option<Stamp> {
    let text = std::str::from_utf8(text).ok()?.trim();
    let (first, rest) = number(text, 2)?;
    let mark = rest.chars().next().filter(|mark| ['.', '-', '/'].contains(mark))?;
    let (second, rest) = number(&rest[1..], 2)?;
    let (year, rest) = number(rest.strip_prefix(mark)?, 4).filter(|(year, _)| *year > 999)?;
    let (month, day) = match (mark, order) {
        ('/', None) => return None,
        ('/', Some(DateOrder::MonthFirst)) => (first, second),
        _ => (second, first),
    };
    clock(checked_day(year, month, day)?, rest, zone)
}

fn number(text: &str, most: usize) -> Option<(i64, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    (1..=most).contains(&digits).then(|| text[..digits].parse().ok().map(|value| (value, &text[digits..])))?
}

fn loose_date(text: &str) -> Option<(i64, &str)> {
    let (year, rest) = number(text, 8)?;
    if year >= 1_000_000 {
        return checked_day(year / 10_000, year / 100 % 100, year % 100).map(|day| (day, rest));
    }
    let rest = rest.strip_prefix(['-', '/', '.', '年'])?;
    let (month, rest) = number(rest, 2)?;
    let rest = rest.strip_prefix(['-', '/', '.', '月'])?;
    let (day, rest) = number(rest, 2)?;
    let rest = rest.strip_prefix(['日', '号']).unwrap_or(rest);
    Some((checked_day(year, month, day)?, rest))
}

fn loose_time(text: &str) -> Option<((i64, i64, i64), &str)> {
    let (hour, rest) = number(text, 2)?;
    let rest = rest.strip_prefix([':', '时', '点'])?;
    let Some((minute, rest)) = number(rest, 2) else { return Some(((hour, 0, 0), rest)) };
    let rest = rest.strip_prefix('分').unwrap_or(rest);
    let Some((second, rest)) = rest.strip_prefix(':').or(Some(rest)).and_then(|rest| number(rest, 2)) else {
        return Some(((hour, minute, 0), rest));
    };
    Some(((hour, minute, second), rest.strip_prefix('秒').unwrap_or(rest)))
}

/// `2010-10-02 07:20:39.266000+00:00`, without decimals when there are none.
pub fn utc(micros: i64) -> String {
    let (year, month, day) = civil(micros.div_euclid(DAY));
    let of_day = micros.rem_euclid(DAY);
    let seconds = of_day / SECOND;
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let fraction = match of_day % SECOND {
        0 => String::new(),
        micros => format!(".{micros:06}"),
    };
    format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}{fraction}+00:00")
}

/// `2010-10-02`
pub fn date_text(day: i64) -> String {
    let (year, month, day) = civil(day);
    format!("{year:04}-{month:02}-{day:02}")
}

/// Seconds of a difference of microseconds.
pub fn seconds(micros: i64) -> f64 {
    micros as f64 / SECOND as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(text: &str) -> Option<String> {
        parse(text.as_bytes(), 480).map(|stamp| utc(stamp.micros))
    }

    #[test]
    fn forms_of_logs_are_read() {
        let nine = Some("2021-03-05 01:30:00+00:00".to_owned());
        for text in [
            "2021-03-05T09:30:00+08:00",
            "2021-03-05 09:30:00",
            "2021-03-05T01:30:00Z",
            "2021/3/5 9:30",
            "2021年3月5日 9时30分",
            "2021-03-04T20:30:00.000-0500",
            "20210305 09:30:00",
        ] {
            assert_eq!(at(text), nine, "{text}");
        }
        assert_eq!(at("2021-03-05 09:30:00.1234567"), Some("2021-03-05 01:30:00.123456+00:00".into()));
        assert_eq!(at("2021.3.5"), Some("2021-03-04 16:00:00+00:00".into()));
    }

    #[test]
    fn dates_that_end_in_their_year_need_an_order_where_they_do_not_tell() {
        let at =
            |text: &str, order| parse_year_last(text.as_bytes(), 0, order).map(|stamp| utc(stamp.micros));
        let third = Some("2021-03-02 09:30:00+00:00".to_owned());
        assert_eq!(at("02.03.2021 09:30", None), third);
        assert_eq!(at("2-3-2021 9:30:00", None), third);
        assert_eq!(at("2/3/2021 9:30", None), None);
        assert_eq!(at("2/3/2021 9:30", Some(DateOrder::DayFirst)), third);
        assert_eq!(at("3/2/2021 9:30", Some(DateOrder::MonthFirst)), third);
        assert_eq!(at("30/30/2021", Some(DateOrder::DayFirst)), None);
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for text in [
            "",
            "soon",
            "2021-02-30 00:00:00",
            "2021-13-01",
            "2021-03-05T25:00:00",
            "2021-03-05T09:30:00+99:00",
            "12",
        ] {
            assert_eq!(at(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn days_and_dates_agree(day in -700_000_i64..2_900_000) {
            let (year, month, of_month) = civil(day);
            prop_assert_eq!(day_number(year, month, of_month), day);
        }

        #[test]
        fn anything_is_read_or_refused(text in "\\PC{0,40}") {
            let _ = parse(text.as_bytes(), 0);
        }
    }
}
