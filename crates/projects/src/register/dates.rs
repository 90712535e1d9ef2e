//! Days as people write them, and Excel's serial numbers.

use jiff::civil::Date;

/// How much of a day was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grain {
    /// The day.
    Day,
    /// The month.
    Month,
    /// A quarter or a half.
    Part,
    /// The year.
    Year,
}

/// The first and the last day that words may mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    /// First day.
    pub first: Date,
    /// Last day.
    pub last: Date,
    /// How much was written.
    pub grain: Grain,
}

/// Why words are no day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoDay {
    /// It cannot be read.
    Malformed,
    /// 03/04/2025 is the third of April or the fourth of March.
    Ambiguous,
}

/// Reads a day, a month, a part of a year or a year.
///
/// Read are 2025-03-01, 2025/3/1, 2025.3.1, 20250301, 2025年3月1日, 2025年3月, 2025-03, 2025.03, 202503, 二〇二五年三月,
/// 1 Mar 2025, March 2025, 2025-Q1, 2025年一季度, 2025年上半年, 2025年底, 2025年, 2025, and serial numbers of Excel
/// written as text. 13/04/2025 is read; 03/04/2025 is ambiguous.
///
/// # Errors
/// See [`NoDay`].
pub fn read(text: &str) -> Result<Days, NoDay> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).map(plain).collect();
    let text = text.split('T').next().unwrap_or_default();
    if text.is_empty() || text.len() > 60 {
        return Err(NoDay::Malformed);
    }
    if text.bytes().all(|b| b.is_ascii_digit()) {
        return digits(text).ok_or(NoDay::Malformed);
    }
    if text.contains(|c: char| c.is_ascii_alphabetic()) {
        return english(text).ok_or(NoDay::Malformed);
    }
    if let Some((year, rest)) = text.split_once('年') {
        return chinese(year, rest).ok_or(NoDay::Malformed);
    }
    let parts: Vec<&str> = text.split(['-', '/', '.']).collect();
    let number = |at: usize| parts[at].parse::<i32>().ok().filter(|_| parts[at].len() <= 4);
    match parts.len() {
        2 => month(number(0).ok_or(NoDay::Malformed)?, number(1).ok_or(NoDay::Malformed)?)
            .ok_or(NoDay::Malformed),
        3 => {
            let [a, b, c] = [0, 1, 2].map(|at| number(at).unwrap_or(-1));
            if parts[0].len() == 4 {
                day(a, b, c).ok_or(NoDay::Malformed)
            } else if parts[2].len() == 4 {
                // The year stands last: day and month are told apart only where one of them cannot be a month.
                match (a > 12, b > 12) {
                    (true, false) => day(c, b, a).ok_or(NoDay::Malformed),
                    (false, true) => day(c, a, b).ok_or(NoDay::Malformed),
                    (false, false) if a == b => day(c, a, b).ok_or(NoDay::Malformed),
                    (false, false) => Err(NoDay::Ambiguous),
                    _ => Err(NoDay::Malformed),
                }
            } else {
                Err(NoDay::Malformed)
            }
        }
        _ => Err(NoDay::Malformed),
    }
}

/// Full-width and Chinese digits become plain ones.
fn plain(c: char) -> char {
    match c {
        '０'..='９' => char::from(b'0' + (c as u32 - '０' as u32) as u8),
        '〇' | '零' | '○' => '0',
        '．' => '.',
        '／' => '/',
        '－' | '—' => '-',
        '号' => '日',
        other => other,
    }
}

/// The day of a serial number of Excel, within the years 1955 to 2100.
pub fn serial(number: f64) -> Option<Date> {
    if !(20_000.0..73_051.0).contains(&number) {
        return None;
    }
    let days = number.floor() as i64;
    jiff::civil::date(1899, 12, 30).checked_add(jiff::Span::new().days(days)).ok()
}

fn digits(text: &str) -> Option<Days> {
    let number = |part: &str| part.parse::<i32>().ok();
    match text.len() {
        8 => day(number(&text[..4])?, number(&text[4..6])?, number(&text[6..])?),
        6 => month(number(&text[..4])?, number(&text[4..])?),
        5 => serial(f64::from(number(text)?)).map(|day| Days { first: day, last: day, grain: Grain::Day }),
        4 => span(number(text)?, 1, 12, Grain::Year),
        _ => None,
    }
}

fn day(year: i32, month: i32, day: i32) -> Option<Days> {
    let date = Date::new(plausible(year)?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    Some(Days { first: date, last: date, grain: Grain::Day })
}

fn month(year: i32, month: i32) -> Option<Days> {
    span(year, i8::try_from(month).ok()?, i8::try_from(month).ok()?, Grain::Month)
}

fn plausible(year: i32) -> Option<i16> {
    i16::try_from(year).ok().filter(|year| (1900..2200).contains(year))
}

fn span(year: i32, from: i8, to: i8, grain: Grain) -> Option<Days> {
    let year = plausible(year)?;
    let first = Date::new(year, from, 1).ok()?;
    Some(Days { first, last: Date::new(year, to, 1).ok()?.last_of_month(), grain })
}

fn chinese(year: &str, rest: &str) -> Option<Days> {
    let year = number(year)?;
    let rest = rest.trim_end_matches(['前', '份']);
    match rest {
        "" | "内" | "年底" => return span(year, 1, 12, Grain::Year),
        "底" | "末" => return span(year, 12, 12, Grain::Month),
        "初" => return span(year, 1, 1, Grain::Month),
        "上半年" => return span(year, 1, 6, Grain::Part),
        "下半年" => return span(year, 7, 12, Grain::Part),
        _ => {}
    }
    if let Some(quarter) = rest.strip_suffix("季度") {
        let at = number(quarter.trim_start_matches('第')).filter(|at| (1..=4).contains(at))? as i8;
        return span(year, at * 3 - 2, at * 3, Grain::Part);
    }
    let (of, rest) = rest.split_once('月')?;
    let of = number(of)?;
    match rest {
        "" | "底" | "末" | "初" | "中旬" | "上旬" | "下旬" => month(year, of),
        _ => day(year, of, number(rest.strip_suffix('日')?)?),
    }
}

/// 12, 十二, 二0二五 (digit by digit), 一.
fn number(text: &str) -> Option<i32> {
    if let Ok(number) = text.parse::<i32>() {
        return Some(number);
    }
    let digit = |c: char| {
        "0一二三四五六七八九".chars().position(|d| d == c).or_else(|| c.to_digit(10).map(|d| d as usize))
    };
    if text.chars().count() >= 4 || !text.contains('十') {
        let mut value = 0;
        for c in text.chars().take(5) {
            value = value * 10 + digit(c)? as i32;
        }
        return (!text.is_empty()).then_some(value);
    }
    let (tens, ones) = text.split_once('十')?;
    let part = |part: &str, empty: i32| match part.chars().next() {
        None => Some(empty),
        Some(c) => digit(c).map(|d| d as i32),
    };
    Some(part(tens, 1)? * 10 + part(ones, 0)?)
}

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// 1Mar2025, Mar-25 is refused, March2025, 2025-Q1, 2025H2, March1,2025.
fn english(text: &str) -> Option<Days> {
    let lower = text.to_ascii_lowercase().replace([',', '-', '.', '/'], "");
    let letters: String = lower.chars().filter(char::is_ascii_alphabetic).collect();
    let (before, after) = lower.split_once(letters.as_str())?;
    if let ("q" | "h", Ok(year), Ok(at)) = (letters.as_str(), before.parse::<i32>(), after.parse::<i8>()) {
        let length = if letters == "q" { 3 } else { 6 };
        return (at >= 1 && at * length <= 12)
            .then(|| span(year, (at - 1) * length + 1, at * length, Grain::Part))?;
    }
    let at = MONTHS.iter().position(|name| letters.starts_with(name) && letters.len() <= 9)? as i32 + 1;
    let year = |text: &str| text.parse::<i32>().ok().filter(|_| text.len() == 4);
    match (before, after) {
        ("", rest) if rest.len() > 4 => {
            day(year(&rest[rest.len() - 4..])?, at, rest[..rest.len() - 4].parse().ok()?)
        }
        ("", rest) => month(year(rest)?, at),
        (of, rest) => day(year(rest)?, at, of.parse().ok()?),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn days_in_many_styles() {
        for text in [
            "2025-03-01",
            "2025/3/1",
            "2025.3.1",
            "20250301",
            "2025年3月1日",
            "２０２５年３月１日",
            "1 Mar 2025",
            "March 1, 2025",
            "2025-03-01T08:00:00",
            "二〇二五年三月一日",
            "2025年3月1号",
            "45717",
        ] {
            let days = read(text).unwrap_or_else(|why| panic!("{text}: {why:?}"));
            assert_eq!((days.first.to_string(), days.grain), ("2025-03-01".into(), Grain::Day), "{text}");
        }
        for text in [
            "2025年3月",
            "2025-03",
            "2025.03",
            "202503",
            "2025/3",
            "二〇二五年三月",
            "Mar 2025",
            "2025年3月底",
        ] {
            let days = read(text).unwrap_or_else(|why| panic!("{text}: {why:?}"));
            assert_eq!((days.last.to_string(), days.grain), ("2025-03-31".into(), Grain::Month), "{text}");
        }
        let last = |text: &str| read(text).map(|days| days.last.to_string());
        assert_eq!(last("2025年一季度"), Ok("2025-03-31".into()));
        assert_eq!(last("2025年上半年"), Ok("2025-06-30".into()));
        assert_eq!(last("2025年底"), Ok("2025-12-31".into()));
        assert_eq!(last("2025-Q3"), Ok("2025-09-30".into()));
        assert_eq!(last("2025"), Ok("2025-12-31".into()));
        assert_eq!(last("二〇二五年十二月三十一日"), Ok("2025-12-31".into()));
        assert_eq!(last("13/04/2025"), Ok("2025-04-13".into()));
        assert_eq!(read("03/04/2025"), Err(NoDay::Ambiguous));
        for text in ["2025-13-01", "2025-02-30", "开工后", "25-3-1", "999999", "2025年13月", ""] {
            assert_eq!(read(text), Err(NoDay::Malformed), "{text}");
        }
        assert_eq!(serial(45717.5).unwrap().to_string(), "2025-03-01");
        assert_eq!(serial(12.0), None);
    }

    proptest! {
        #[test]
        fn anything_is_read_or_refused(text in "[0-9年月日季度上下半底QHMarch./ -]{0,20}") {
            let _ = read(&text);
        }

        #[test]
        fn any_text_is_read_or_refused(text in ".{0,30}") {
            let _ = read(&text);
        }
    }
}
