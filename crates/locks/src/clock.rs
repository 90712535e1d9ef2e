//! Times as records write them: minutes, times of day, dates of many forms.

/// Minutes above this are of the calendar: they count from 1970, and numbers of minutes of a run never get there.
pub(crate) const CALENDAR: f64 = 1e7;

/// Minutes of a time of day, or of a date with a time counted from the first minute of 1970.
pub(crate) fn moment(text: &str) -> Option<f64> {
    time_of_day(text).or_else(|| date_and_time(text, false))
}

/// Minutes since midnight: `8:30`, `08:30:15`, `8:30 PM`, `8时30分`, `下午2:05`.
pub(crate) fn time_of_day(text: &str) -> Option<f64> {
    let mut text = text.trim().to_lowercase();
    let mut afternoon = None;
    for (word, after) in [("am", false), ("pm", true), ("上午", false), ("下午", true)] {
        if text.contains(word) {
            text = text.replacen(word, "", 1);
            afternoon = Some(after);
        }
    }
    let text = text.trim().trim_end_matches('z').replace(['时', '点', '分', '：'], ":").replace('秒', "");
    // A zone behind the time says nothing about how long a ship waited.
    let text = text.split(['+']).next().unwrap_or_default().trim_end_matches(':').trim();
    let mut parts = text.split(':');
    let (hour, minute) = (parts.next()?.trim(), parts.next()?.trim());
    let second = parts.next().unwrap_or("0").trim();
    let second = second.split('-').next().unwrap_or(second);
    let mut hour: f64 = whole(hour)?;
    let minute: f64 = whole(minute)?;
    let second: f64 = second.replace(',', ".").parse().ok()?;
    if let Some(afternoon) = afternoon {
        if !(0.0..=12.0).contains(&hour) {
            return None;
        }
        hour = hour % 12.0 + if afternoon { 12.0 } else { 0.0 };
    }
    let sane = (0.0..=24.0).contains(&hour) && (0.0..60.0).contains(&minute) && (0.0..61.0).contains(&second);
    sane.then_some(hour * 60.0 + minute + second / 60.0)
}

fn whole(text: &str) -> Option<f64> {
    let digits = !text.is_empty() && text.len() <= 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok())?
}

/// Minutes since 1970 of a date, with its time where one follows. Dates of three numbers that do not begin with the year
/// have the day first if so told, else the month.
pub(crate) fn date_and_time(text: &str, day_first: bool) -> Option<f64> {
    let text = text.trim();
    if let Some(minutes) = compact(text) {
        return Some(minutes);
    }
    let (date, time) = split(text)?;
    let midnight = date_of(date, day_first)?;
    match time.trim() {
        "" => Some(midnight),
        time => Some(midnight + time_of_day(time)?),
    }
}

/// Where the date ends and the time begins.
fn split(text: &str) -> Option<(&str, &str)> {
    if let Some(at) = text.find(['日', '号']) {
        let after = text[at..].chars().next()?.len_utf8();
        return Some((&text[..at], &text[at + after..]));
    }
    let colon = text.find([':', '时', '点', '：']).unwrap_or(text.len());
    let gap = text[..colon].rfind([' ', 'T', 't', '\u{3000}'].as_slice());
    match gap {
        // The t of a month's name is no gap.
        Some(at) if colon < text.len() && !text[at + 1..colon].trim().is_empty() => {
            let after = text[at..].chars().next()?.len_utf8();
            Some((&text[..at], &text[at + after..]))
        }
        _ if colon == text.len() => Some((text, "")),
        _ => None,
    }
}

/// `20240301`, `202403010830`, `20240301083000`.
fn compact(text: &str) -> Option<f64> {
    let digits: String = text.chars().filter(|c| !matches!(c, ' ' | 'T')).collect();
    if !matches!(digits.len(), 8 | 12 | 14) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number = |from: usize, to: usize| digits.get(from..to).and_then(|part| part.parse::<i32>().ok());
    let year = number(0, 4).filter(|year| (1900..2200).contains(year))?;
    let midnight = days(year, number(4, 6)?, number(6, 8)?)?;
    let (hour, minute) = (number(8, 10).unwrap_or(0), number(10, 12).unwrap_or(0));
    let second = number(12, 14).unwrap_or(0);
    let sane = hour <= 24 && minute < 60 && second < 61;
    sane.then(|| midnight + f64::from(hour * 60 + minute) + f64::from(second) / 60.0)
}

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

fn date_of(text: &str, day_first: bool) -> Option<f64> {
    let parts: Vec<&str> = text
        .split(['-', '/', '.', ',', '年', '月', ' '])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    let [a, b, c] = parts[..] else { return None };
    let number = |part: &str| part.parse::<i32>().ok().filter(|n| (0..10_000).contains(n));
    let month_of = |part: &str| {
        let part = part.to_lowercase();
        MONTHS.iter().position(|name| part.starts_with(name)).map(|at| at as i32 + 1)
    };
    let full = |year: i32| if year < 100 { 2000 + year } else { year };
    if let Some(month) = month_of(b) {
        // 1-Mar-2024
        return match a.len() {
            4 => days(number(a)?, month, number(c)?),
            _ => days(full(number(c)?), month, number(a)?),
        };
    }
    if let Some(month) = month_of(a) {
        return days(full(number(c)?), month, number(b)?);
    }
    let (a, b, c, year_first) = (number(a)?, number(b)?, number(c)?, a.len() == 4);
    if year_first {
        return days(a, b, c);
    }
    let (month, day) = if day_first || a > 12 { (b, a) } else { (a, b) };
    days(full(c), month, day)
}

/// Is this a date of three numbers that can only have its day first?
pub(crate) fn has_day_first(text: &str) -> bool {
    let date = text.trim().split([' ', 'T']).next().unwrap_or_default();
    let parts: Vec<&str> = date.split(['-', '/', '.']).collect();
    let [a, b, _] = parts[..] else { return false };
    let number = |part: &str| part.parse::<u32>().unwrap_or(0);
    a.len() <= 2 && number(a) > 12 && (1..=12).contains(&number(b))
}

fn days(year: i32, month: i32, day: i32) -> Option<f64> {
    let (year, month, day) = (year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?);
    let date = jiff::civil::Date::new(year, month, day).ok()?;
    Some(f64::from((date - jiff::civil::date(1970, 1, 1)).get_days()) * 1_440.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_in_the_forms_of_records() {
        let midnight = days(2024, 3, 1).unwrap();
        for text in [
            "2024-03-01 08:30",
            "2024-03-01T08:30:00",
            "2024-03-01T08:30:00Z",
            "2024-03-01T08:30:00+08:00",
            "2024/3/1 8:30",
            "2024.3.1 8:30",
            "2024年3月1日 8时30分",
            "2024年3月1日8:30",
            "03/01/2024 08:30 AM",
            "3/1/24 8:30",
            "202403010830",
            "20240301083000",
            "20240301 0830",
            "1-Mar-2024 08:30",
            "Mar 1, 2024 8:30",
        ] {
            assert_eq!(moment(text), Some(midnight + 510.0), "{text}");
        }
        assert_eq!(date_and_time("01/03/2024 08:30", true), Some(midnight + 510.0));
        assert_eq!(date_and_time("13/03/2024", false), days(2024, 3, 13));
        assert!(has_day_first("13/03/2024 08:30") && !has_day_first("03/13/2024"));
        assert_eq!(moment("2024-03-01"), Some(midnight));
        assert_eq!(moment("1-Oct-2024 23:59"), days(2024, 10, 1).map(|day| day + 1_439.0));
        assert_eq!(moment("下午2:05"), Some(845.0));
        assert_eq!(moment("12:10 am"), Some(10.0));
        assert_eq!(moment("24:00"), Some(1_440.0));
        for text in
            ["", "soon", "2024-13-01 08:30", "2024-02-30", "08:61", "25:00", "8", "2024-03-01 soon", "1/2"]
        {
            assert_eq!(moment(text), None, "{text}");
        }
    }
}
