//! Codes as a person would say them. A code that the vocabulary does not know stays as it is.

use crate::Language;
use std::str::FromStr;
use zhidian_model::key::{Measure, Order, Test};
use zhidian_vocabulary::{measures, regions, topics, units};

/// A unit: `%`, 个百分点, yuan. Counters have no English word and are left out there.
pub(crate) fn unit(code: &str, language: Language) -> String {
    match units::by_code(code) {
        Some(unit) if unit.code == "percent" => "%".to_owned(),
        Some(unit) => {
            let word = language.of(unit.zh, unit.en);
            if language == Language::En && !word.is_ascii() && unit.en == unit.zh {
                String::new()
            } else {
                word.to_owned()
            }
        }
        None => code.to_owned(),
    }
}

/// A table of the catalogue.
pub(crate) fn table(id: &str, language: Language) -> String {
    topics::table(id).map_or_else(|| id.to_owned(), |table| language.of(table.zh, table.en).to_owned())
}

/// A column of a table of the catalogue.
pub(crate) fn column(table: &str, name: &str, language: Language) -> String {
    topics::table(table)
        .and_then(|table| table.columns.iter().find(|(code, ..)| *code == name))
        .map_or_else(|| measure(name, language), |(_, zh, en)| language.of(*zh, *en).to_owned())
}

/// A region by its six digits; any other subject as it stands.
pub(crate) fn subject(code: &str, language: Language) -> String {
    let region = code.parse().ok().filter(|_| code.len() == 6).and_then(regions::by_code);
    region.map_or_else(|| code.to_owned(), |region| language.of(region.name, region.english).to_owned())
}

/// A measure, operators included: 地区生产总值实际增速的名次, rank of gross domestic product, real growth.
pub(crate) fn measure(text: &str, language: Language) -> String {
    Measure::from_str(text).map_or_else(|_| base(text, language), |measure| operator(&measure, language))
}

fn operator(measure: &Measure, language: Language) -> String {
    let of = |inner: &Measure| operator(inner, language);
    match measure {
        Measure::Of(code) => base(code, language),
        Measure::Member(list) => language.of(format!("列入 {list}"), format!("listed in {list}")),
        Measure::Change(inner) => {
            language.of(format!("{}的变化", of(inner)), format!("change of {}", of(inner)))
        }
        Measure::Ratio(over, under) => language
            .of(format!("{}与{}之比", of(over), of(under)), format!("{} over {}", of(over), of(under))),
        Measure::Rank(inner, Order::Descending) => {
            language.of(format!("{}的名次", of(inner)), format!("rank of {}", of(inner)))
        }
        Measure::Rank(inner, Order::Ascending) => language
            .of(format!("{}由低到高的名次", of(inner)), format!("rank of {}, lowest first", of(inner))),
        Measure::Best(inner, window) => {
            let window = period(&window.to_string(), language);
            language.of(format!("{}为{window}最好", of(inner)), format!("best {} of {window}", of(inner)))
        }
        Measure::Count(several, test) => {
            let names: Vec<String> = several.iter().map(of).collect();
            let (names, test) = (language.list(&names), self::test(test, language));
            language.of(format!("{names}中{test}的项数"), format!("how many of {names} are {test}"))
        }
        Measure::CountIn(inner, test) => {
            let test = self::test(test, language);
            language.of(format!("{}{test}的个数", of(inner)), format!("how many have {} {test}", of(inner)))
        }
    }
}

fn test(test: &Test, language: Language) -> String {
    match test {
        Test::Top(n) => language.of(format!("居前{n}位"), format!("in the top {n}")),
        Test::Up => language.of("比上期进位", "up in rank").to_owned(),
        Test::AtLeast(value) => language.of(format!("不低于{value}"), format!("at least {value}")),
        Test::True => language.of("属实", "true").to_owned(),
    }
}

/// The longest prefix that is a base measure, then what is taken of it.
fn base(code: &str, language: Language) -> String {
    if let Some(term) = code.strip_prefix("term:") {
        return language.of(format!("“{term}”的数值"), format!("values of “{term}”"));
    }
    let mut cut = code.len();
    let found = loop {
        if let Some(found) = measures::by_code(&code[..cut]) {
            break found;
        }
        match code[..cut].rfind('.') {
            Some(dot) => cut = dot,
            None => return code.to_owned(),
        }
    };
    let name = language.of(found.zh, found.en);
    let rest = code[cut..].trim_start_matches('.');
    let of = match rest {
        "" => return name.to_owned(),
        "growth" => ("增速", "growth"),
        "growth.real" => ("实际增速", "real growth"),
        "growth.nominal" => ("名义增速", "nominal growth"),
        "growth.delta" => ("增速之差", "difference of growth"),
        "share" => ("占比", "share"),
        "contribution" => ("拉动", "contribution to growth"),
        other => return format!("{name} · {other}"),
    };
    language.of(format!("{name}{}", of.0), format!("{name}, {}", of.1))
}

/// A period: 2020年1月至9月, 2020 Jan–Sep. A text that is no period stays as it is.
pub(crate) fn period(text: &str, language: Language) -> String {
    match text {
        ".." => return language.of("任何时候", "any time").to_owned(),
        "recent" => return language.of("近期", "recently").to_owned(),
        "future" => return language.of("今后", "in future").to_owned(),
        _ => {}
    }
    let one = |text: &str| instant(text, language);
    match text.split_once("..") {
        None => one(text).unwrap_or_else(|| text.to_owned()),
        Some(("", to)) => {
            one(to).map_or_else(|| text.to_owned(), |to| language.of(format!("到{to}"), format!("by {to}")))
        }
        Some((from, "")) => one(from)
            .map_or_else(|| text.to_owned(), |from| language.of(format!("{from}起"), format!("from {from}"))),
        Some((from, to)) => match (one(from), one(to)) {
            (Some(first), Some(last)) => {
                // 2020年1月至9月 rather than 2020年1月至2020年9月
                let last = match (from.get(..5), to.get(..5), language) {
                    (Some(a), Some(b), Language::Zh) if a == b => {
                        last.split_once('年').map_or(last.clone(), |(_, rest)| rest.to_owned())
                    }
                    _ => last,
                };
                language.of(format!("{first}至{last}"), format!("{first} to {last}"))
            }
            _ => text.to_owned(),
        },
    }
}

/// `2020`, `2020-H1`, `2020-Q3`, `2020-09`, `2020-09-30`.
fn instant(text: &str, language: Language) -> Option<String> {
    const MONTHS: [&str; 12] = [
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
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let year = text.get(..4).filter(|year| digits(year))?;
    let parts: Vec<&str> = text.get(4..)?.split('-').skip(1).collect();
    let month = |part: &str| part.parse::<usize>().ok().filter(|month| (1..=12).contains(month));
    match (parts.as_slice(), text.len()) {
        ([], 4) => Some(language.of(format!("{year}年"), year.to_owned())),
        (["H1"], _) => Some(language.of(format!("{year}年上半年"), format!("first half of {year}"))),
        (["H2"], _) => Some(language.of(format!("{year}年下半年"), format!("second half of {year}"))),
        ([quarter], _) if quarter.len() == 2 && quarter.starts_with('Q') => {
            let n: usize = quarter[1..].parse().ok().filter(|n| (1..=4).contains(n))?;
            let word = ["一", "二", "三", "四"][n - 1];
            Some(language.of(format!("{year}年{word}季度"), format!("Q{n} {year}")))
        }
        ([m], 7) => {
            month(m).map(|m| language.of(format!("{year}年{m}月"), format!("{} {year}", MONTHS[m - 1])))
        }
        ([m, d], 10) => {
            let (m, d) = (month(m)?, d.parse::<u8>().ok()?);
            Some(language.of(format!("{year}年{m}月{d}日"), format!("{d} {} {year}", MONTHS[m - 1])))
        }
        _ => None,
    }
}

/// In what a finding differs from what was asked: `period:2020-01..2020-09`, `scope:…`, `later`.
pub(crate) fn difference(text: &str, language: Language) -> String {
    let (kind, rest) = text.split_once(':').unwrap_or((text, ""));
    let (label, value) = match kind {
        "period" => (("时段为", "period: "), period(rest, language)),
        "subject" => (("对象为", "subject: "), subject(rest, language)),
        "scope" => (("比较范围为", "peers: "), rest.to_owned()),
        "measure" => (("指标为", "measure: "), measure(rest, language)),
        "unit" => (("单位为", "unit: "), unit(rest, language)),
        "edition" => (("版次为", "edition: "), rest.to_owned()),
        "later" => (("发布晚于本文件", "published after the document"), String::new()),
        _ => return text.to_owned(),
    };
    format!("{}{value}", language.pair(label))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_read_as_a_person_says_them() {
        assert_eq!(period("2020-01..2020-09", Language::Zh), "2020年1月至9月");
        assert_eq!(period("2014..2020", Language::Zh), "2014年至2020年");
        assert_eq!(period("..2035", Language::En), "by 2035");
        assert_eq!(period("2020-Q3", Language::Zh), "2020年三季度");
        assert_eq!(period("P1Y", Language::Zh), "P1Y");
        assert_eq!(period("2020-13", Language::En), "2020-13");
    }

    #[test]
    fn measures_read_as_words() {
        assert_eq!(measure("rank(gdp.growth.real)", Language::Zh), "地区生产总值实际增速的名次");
        assert_eq!(measure("something.else", Language::Zh), "something.else");
        assert_eq!(difference("period:2020-01..2020-09", Language::Zh), "时段为2020年1月至9月");
    }
}
