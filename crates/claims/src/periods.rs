//! Stretches of time as written, to the norms of the claim layout.

use crate::{numbers, ordered::Placed, text::Span};
use regex::Regex;
use std::sync::LazyLock;

/// What a mention says, before the document's date is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Said {
    /// A part of a stated year (whole where `part` is none).
    Year { year: i32, part: Option<Part>, until: bool },
    /// From a year to a year, both in.
    Years { from: i32, to: i32 },
    /// A year counted from the document's: 0 this year, −1 last year.
    Relative { years: i32, part: Option<Part> },
    /// A part of a year that is not stated.
    Part(Part),
    /// The year the passage is about: 全年, the year.
    Whole,
    /// The last `n` years.
    Last(u32),
    /// The next `n` years.
    Next(u32),
    /// 近年来.
    Recent,
    /// 未来, 今后.
    Future,
}

/// A part of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// Half 1 or 2.
    Half(u8),
    /// Quarter 1 to 4.
    Quarter(u8),
    /// The first three quarters and the like.
    Quarters(u8, u8),
    /// Month 1 to 12.
    Month(u8),
    /// From a month to a month.
    Months(u8, u8),
}

impl Part {
    fn norm(self) -> String {
        match self {
            Part::Half(n) => format!("H{n}"),
            Part::Quarter(n) => format!("Q{n}"),
            Part::Quarters(a, b) => format!("Q{a}..Q{b}"),
            Part::Month(m) => format!("{m:02}"),
            Part::Months(a, b) => format!("{a:02}..{b:02}"),
        }
    }
}

/// A mention of a stretch of time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mention {
    pub(crate) span: Span,
    pub(crate) said: Said,
}

impl Placed for Mention {
    fn place(&self) -> Span {
        self.span
    }
}

/// What relative words are counted from.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Now {
    /// The year of the document.
    pub(crate) year: Option<i32>,
    /// The year the passage is about, where one was stated.
    pub(crate) passage: Option<i32>,
}

impl Said {
    /// The norm of the claim layout; none where it needs a year nobody stated.
    pub(crate) fn norm(&self, now: Now) -> Option<String> {
        Some(match self {
            Said::Year { year, part: None, until: false } => year.to_string(),
            // by the end of a year gone by: then; of one to come: until then
            Said::Year { year, part: Some(_), until: true } if now.year.is_none_or(|now| *year >= now) => {
                format!("..{year}")
            }
            Said::Year { year, part: None, until: true } => format!("..{year}"),
            Said::Year { year, part: Some(part), .. } => dated(*year, *part),
            Said::Years { from, to } => format!("{from}..{to}"),
            Said::Relative { years, part } => match (now.year, part) {
                (Some(year), None) => (year + years).to_string(),
                (Some(year), Some(part)) => dated(year + years, *part),
                (None, Some(part @ (Part::Half(_) | Part::Quarter(_)))) => part.norm(),
                (None, _) => return None,
            },
            Said::Part(part @ (Part::Month(_) | Part::Months(..))) => match now.passage.or(now.year) {
                Some(year) => dated(year, *part),
                None => return None,
            },
            Said::Part(part) => part.norm(),
            Said::Whole => now.passage.or(now.year)?.to_string(),
            Said::Last(n) => match now.passage {
                Some(year) if *n > 1 => format!("{}..{year}", year - i32::try_from(*n).ok()? + 1),
                _ => format!("P{n}Y"),
            },
            Said::Next(n) => format!("P{n}Y"),
            Said::Recent => "recent".into(),
            Said::Future => "future".into(),
        })
    }

    /// The year a mention fixes for what follows it.
    pub(crate) fn year(&self, now: Now) -> Option<i32> {
        match self {
            Said::Year { year, until: false, .. } => Some(*year),
            Said::Relative { years, .. } => now.year.map(|y| y + years),
            _ => None,
        }
    }

    /// Whether the stretch lies ahead by its own words.
    pub(crate) fn ahead(&self, now: Now) -> bool {
        match self {
            Said::Year { until: true, year, .. } => now.year.is_none_or(|y| *year >= y),
            Said::Year { year, .. } => now.year.is_some_and(|y| *year > y),
            Said::Years { to, .. } => now.year.is_some_and(|y| *to > y),
            Said::Relative { years, .. } => *years > 0,
            Said::Next(_) | Said::Future => true,
            _ => false,
        }
    }
}

fn dated(year: i32, part: Part) -> String {
    match part {
        Part::Months(a, b) => format!("{year}-{a:02}..{year}-{b:02}"),
        Part::Quarters(a, b) => format!("{year}-Q{a}..{year}-Q{b}"),
        part => format!("{year}-{}", part.norm()),
    }
}

#[expect(clippy::expect_used, reason = "constant patterns, compiled in tests")]
static CHINESE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?P<until>(?:力争)?(?:到|至))?(?P<y1>(?:19|20)[0-9]{2})年?(?:[-—–－~～至到]{1,2})(?P<y2>(?:19|20)[0-9]{2})年",
        r"|(?P<until2>到|至|截至|截止|截止到|截至到)?(?P<year>(?:19|20)[0-9]{2}|二[〇零][〇零一二三四五六七八九]{2})年(?P<part>上半年|下半年|前三季度|第?[一二三四1-4]季度|[0-9]{1,2}[-—–－~～至到]{1,2}[0-9]{1,2}月份?|[0-9]{1,2}月份?(?:[0-9]{1,2}日|底|末)?|底|末|初)?",
        r"|(?P<until3>到)?[“‘]?(?P<plan>十[一二三四五六七]五)[”’]?(?P<tail>时期|期间|以来|末期?|期末|规划期)?",
        r"|(?P<rel>今年|本年度?|去年|上年|上一年|前年|明年|后年|年内|当年)(?P<rpart>上半年|下半年|前三季度|第?[一二三四]季度|[0-9]{1,2}[-—–－~～至到]{1,2}[0-9]{1,2}月份?|[0-9]{1,2}月份?(?:底|末)?|底|末)?(?:全年|以来)?",
        r"|(?P<bare>上半年|下半年|前三季度|第?[一二三四]季度末?|[0-9]{1,2}[-—–－~～至到]{1,2}[0-9]{1,2}月份?|前[一二三四五六七八九十0-9]{1,3}个?月|[0-9]{1,2}月份|[0-9]{1,2}月(?:末|底)|年底|年末|年初)",
        r"|(?P<last>(?:近|最近|过去|这)(?P<ln>[一二两三四五六七八九十0-9]{1,3})年(?:来|里|间)?|(?P<ln2>[一二两三四五六七八九十0-9]{1,3})年来)",
        r"|(?P<nn2>[一二两三四五六七八九十0-9]{1,3})年内|(?P<next>(?:未来|今后|往后|再用)(?P<nn>[一二两三四五六七八九十0-9]{1,3})(?:[到至—-][一二两三四五六七八九十0-9]{1,3})?年(?:内|左右)?)",
        r"|(?P<recent>近年来?|近几年来?|近些年来?)|(?P<future>未来|今后|下一步|接下来)|(?P<whole>全年|一年来)",
    ))
    .expect("a constant pattern")
});

/// Finds the periods of a Chinese text, in order.
pub(crate) fn chinese(text: &str) -> Vec<Mention> {
    let mut mentions = Vec::new();
    for c in CHINESE.captures_iter(text) {
        let Some(whole) = c.get(0) else { continue };
        let span = Span::new(whole.start(), whole.end());
        let group = |name: &str| c.name(name).map(|m| m.as_str());
        let said = if let (Some(a), Some(b)) = (group("y1"), group("y2")) {
            match (year(a), year(b)) {
                (Some(from), Some(to)) if from <= to => Some(Said::Years { from, to }),
                _ => None,
            }
        } else if let Some(y) = group("year") {
            let until = group("until2").is_some_and(|u| !u.starts_with('截'));
            year(y).map(|year| {
                let part = group("part").and_then(part);
                Said::Year { year, part: if until { None } else { part }, until }
            })
        } else if let Some(p) = group("plan") {
            plan(p).map(|(from, to)| match group("tail") {
                Some("末" | "末期" | "期末") => {
                    Said::Year { year: to, part: None, until: group("until3").is_some() }
                }
                _ => Said::Years { from, to },
            })
        } else if let Some(r) = group("rel") {
            let years = match r {
                "去年" | "上年" | "上一年" => -1,
                "前年" => -2,
                "明年" => 1,
                "后年" => 2,
                _ => 0,
            };
            Some(Said::Relative { years, part: group("rpart").and_then(part) })
        } else if let Some(b) = group("bare") {
            part(b).map(Said::Part)
        } else if group("last").is_some() {
            group("ln").or(group("ln2")).and_then(small).map(Said::Last)
        } else if let Some(n) = group("nn2") {
            small(n).map(Said::Next)
        } else if group("next").is_some() {
            group("nn").and_then(small).map(Said::Next)
        } else if group("recent").is_some() {
            Some(Said::Recent)
        } else if group("future").is_some() {
            Some(Said::Future)
        } else {
            Some(Said::Whole)
        };
        if let Some(said) = said {
            mentions.push(Mention { span, said });
        }
    }
    mentions
}

fn year(s: &str) -> Option<i32> {
    let digits: String = s
        .chars()
        .filter_map(|c| numbers::arabic_digit(c).or_else(|| numbers::chinese_digit(c)))
        .filter_map(|d| char::from_digit(d, 10))
        .collect();
    digits.parse().ok()
}

fn small(s: &str) -> Option<u32> {
    let n = numbers::chinese(s, 0, |_| false)?;
    u32::try_from(n.value.trunc().mantissa()).ok().filter(|n| (1..=200).contains(n))
}

/// The first and last year of a five-year plan by its number: the first ran from 1953, and from the sixth on each began
/// five years after the one before (the sixth in 1981).
fn plan(s: &str) -> Option<(i32, i32)> {
    let number = numbers::chinese(s.strip_suffix('五')?, 0, |_| false)?.value;
    let number = i32::try_from(number.mantissa()).ok().filter(|n| *n >= 6)?;
    let from = 1981 + 5 * (number - 6);
    Some((from, from + 4))
}

fn part(s: &str) -> Option<Part> {
    let s = s.trim_start_matches('第');
    Some(match s {
        "上半年" => Part::Half(1),
        "下半年" => Part::Half(2),
        "前三季度" => Part::Quarters(1, 3),
        "底" | "末" | "年底" | "年末" => Part::Month(12),
        "初" | "年初" => Part::Month(1),
        _ if s.ends_with("季度末") => {
            Part::Month(3 * u8::try_from(small(s)?).ok().filter(|q| (1..=4).contains(q))?)
        }
        _ if s.ends_with("季度") => {
            Part::Quarter(u8::try_from(small(s)?).ok().filter(|q| (1..=4).contains(q))?)
        }
        _ if s.starts_with('前') => Part::Months(1, month(&s['前'.len_utf8()..])?),
        _ => {
            let first = month(s)?;
            let rest = s.trim_start_matches(|c: char| c.is_ascii_digit());
            match month(rest.trim_start_matches(['-', '—', '–', '－', '~', '～', '至', '到'])) {
                Some(last) if !rest.starts_with('月') && last > first => Part::Months(first, last),
                _ => Part::Month(first),
            }
        }
    })
}

fn month(s: &str) -> Option<u8> {
    u8::try_from(small(s)?).ok().filter(|m| (1..=12).contains(m))
}

#[expect(clippy::expect_used, reason = "constant patterns, compiled in tests")]
static ENGLISH: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)\b(?:(?P<until>by(?: the end of)?|until) (?P<uy>(?:19|20)[0-9]{2})",
        r"|(?:from )?(?P<y1>(?:19|20)[0-9]{2})(?:-|–|—| to | through )(?P<y2>(?:19|20)[0-9]{2})",
        r"|(?:(?P<edge>early|late|the end of|year-end|end-) ?)(?P<ey>(?:19|20)[0-9]{2})",
        r"|(?:(?:in|during|over) )?(?:the )?first three quarters(?: of (?P<tqy>(?:19|20)[0-9]{2}|this year|last year))?(?P<tq>)",
        r"|(?:from )?(?P<m1>January|February|March|April|May|June|July|August|September|October|November|December)(?: to | through |-|–)(?P<m2>January|February|March|April|May|June|July|August|September|October|November|December)(?:,? (?:of )?(?P<mmy>(?:19|20)[0-9]{2}|this year|last year))?",
        r"|(?:in|during|over|for) the (?:past|last) (?P<ly>year)",
        r"|(?P<half>first|second) half(?: of (?P<hy>(?:19|20)[0-9]{2}|the year|this year|last year))?",
        r"|(?P<quarter>first|second|third|fourth) quarter(?: of (?P<qy>(?:19|20)[0-9]{2}))?",
        r"|(?P<month>January|February|March|April|May|June|July|August|September|October|November|December) (?P<my>(?:19|20)[0-9]{2})",
        r"|(?:in|during|for|since) (?P<yin>(?:19|20)[0-9]{2})",
        r"|(?P<plan>1[0-9])th five-year plan(?: period)?",
        r"|(?P<rel>this year|last year|next year|the previous year|within the year)",
        r"|(?P<yearend>year-end|the end of the year)",
        r"|(?:over|in|during|for) the (?:past|last) (?P<ln>[a-z]+|[0-9]+) years",
        r"|(?:over|in|during|for) the (?:next|coming) (?P<nn>[a-z]+|[0-9]+) years",
        r"|(?P<recent>in recent years)|(?P<future>in the future|going forward|in the years ahead)",
        r"|(?P<whole>for the year|over the year|during the year)",
        r"|(?P<year>(?:19|20)[0-9]{2}))\b",
    ))
    .expect("a constant pattern")
});

/// Finds the periods of an English text, in order.
pub(crate) fn english(text: &str) -> Vec<Mention> {
    let mut mentions = Vec::new();
    for c in ENGLISH.captures_iter(text) {
        let Some(whole) = c.get(0) else { continue };
        let span = Span::new(whole.start(), whole.end());
        let group = |name: &str| c.name(name).map(|m| m.as_str());
        let nth = |word: &str| match word.to_ascii_lowercase().as_str() {
            "first" => 1,
            "second" => 2,
            "third" => 3,
            _ => 4,
        };
        let count = |word: &str| {
            numbers::english(word, 0)
                .and_then(|n| u32::try_from(n.value.mantissa()).ok())
                .filter(|n| (1..=200).contains(n))
        };
        let in_year = |y: Option<&str>, part: Part| match y.map(str::to_ascii_lowercase).as_deref() {
            Some("this year") => Said::Relative { years: 0, part: Some(part) },
            Some("last year") => Said::Relative { years: -1, part: Some(part) },
            Some(y) => {
                year(y).map_or(Said::Part(part), |year| Said::Year { year, part: Some(part), until: false })
            }
            None => Said::Part(part),
        };
        let said = if let Some(y) = group("uy") {
            let end = group("until").is_some_and(|u| u.to_ascii_lowercase().ends_with("end of"));
            year(y).map(|year| Said::Year { year, part: end.then_some(Part::Month(12)), until: true })
        } else if let (Some(a), Some(b)) = (group("y1"), group("y2")) {
            year(a).zip(year(b)).filter(|(a, b)| a <= b).map(|(from, to)| Said::Years { from, to })
        } else if let (Some(edge), Some(y)) = (group("edge"), group("ey")) {
            let part = if edge.eq_ignore_ascii_case("early") { Part::Month(1) } else { Part::Month(12) };
            year(y).map(|year| Said::Year { year, part: Some(part), until: false })
        } else if group("tq").is_some() {
            Some(in_year(group("tqy"), Part::Quarters(1, 3)))
        } else if let (Some(a), Some(b)) = (group("m1"), group("m2")) {
            let months = english_month(a).zip(english_month(b)).filter(|(a, b)| a < b);
            months.map(|(a, b)| in_year(group("mmy"), Part::Months(a, b)))
        } else if group("ly").is_some() {
            Some(Said::Last(1))
        } else if let Some(h) = group("half") {
            Some(in_year(group("hy"), Part::Half(nth(h))))
        } else if let Some(q) = group("quarter") {
            Some(in_year(group("qy"), Part::Quarter(nth(q))))
        } else if let (Some(m), Some(y)) = (group("month"), group("my")) {
            year(y).zip(english_month(m)).map(|(year, m)| Said::Year {
                year,
                part: Some(Part::Month(m)),
                until: false,
            })
        } else if let Some(p) = group("plan") {
            p.parse::<i32>().ok().map(|n| Said::Years { from: 1981 + 5 * (n - 6), to: 1985 + 5 * (n - 6) })
        } else if let Some(r) = group("rel") {
            let years = match r.to_ascii_lowercase().as_str() {
                "this year" | "within the year" => 0,
                "next year" => 1,
                _ => -1,
            };
            Some(Said::Relative { years, part: None })
        } else if group("yearend").is_some() {
            Some(Said::Part(Part::Month(12)))
        } else if let Some(n) = group("ln") {
            count(n).map(Said::Last)
        } else if let Some(n) = group("nn") {
            count(n).map(Said::Next)
        } else if group("recent").is_some() {
            Some(Said::Recent)
        } else if group("future").is_some() {
            Some(Said::Future)
        } else if group("whole").is_some() {
            Some(Said::Whole)
        } else {
            group("yin").or(group("year")).and_then(year).map(|year| Said::Year {
                year,
                part: None,
                until: false,
            })
        };
        if let Some(said) = said {
            mentions.push(Mention { span, said });
        }
    }
    mentions
}

fn english_month(name: &str) -> Option<u8> {
    let at = MONTHS.iter().position(|m| m.eq_ignore_ascii_case(name))?;
    u8::try_from(at + 1).ok()
}

const MONTHS: &[&str] = &[
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn norms(text: &str, now: Now) -> Vec<Option<String>> {
        chinese(text).iter().map(|m| m.said.norm(now)).collect()
    }

    fn one(text: &str) -> String {
        norms(text, Now { year: Some(2024), passage: None }).into_iter().next().unwrap().unwrap()
    }

    #[test]
    fn chinese_periods() {
        assert_eq!(one("2019年完成"), "2019");
        assert_eq!(one("到2030年建成"), "..2030");
        assert_eq!(one("2016—2020年累计"), "2016..2020");
        assert_eq!(one("“十五五”时期"), "2026..2030");
        assert_eq!(one("今年以来"), "2024");
        assert_eq!(one("去年"), "2023");
        assert_eq!(one("年内"), "2024");
        assert_eq!(one("上半年"), "H1");
        assert_eq!(one("一季度"), "Q1");
        assert_eq!(one("2023年上半年"), "2023-H1");
        assert_eq!(one("截至2022年底"), "2022-12");
        assert_eq!(one("近年来"), "recent");
        assert_eq!(one("近一年来"), "P1Y");
        assert_eq!(one("二〇二五年"), "2025");
        assert_eq!(one("1—9月"), "2024-01..2024-09");
        assert_eq!(
            norms("近5年", Now { year: Some(2024), passage: Some(2023) }),
            vec![Some("2019..2023".into())]
        );
    }

    #[test]
    fn an_amount_is_no_year() {
        assert!(chinese("进口总值2035.7亿元").is_empty());
    }

    #[test]
    fn english_periods() {
        let one = |t: &str| english(t)[0].said.norm(Now { year: Some(2021), passage: Some(2020) }).unwrap();
        assert_eq!(one("by 2030 the city will"), "..2030");
        assert_eq!(one("for the year"), "2020");
        assert_eq!(one("in early 2019"), "2019-01");
        assert_eq!(one("year-end rate"), "2020-12");
        assert_eq!(one("during the 14th Five-Year Plan period"), "2021..2025");
        assert_eq!(one("In the first half of 2022"), "2022-H1");
    }
}
