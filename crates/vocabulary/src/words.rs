//! Codes in words, Chinese and English: what a person reads where a table holds a code.
use crate::measures::{Composed, Suffix};
use crate::{regions, units};
use rust_decimal::Decimal;

/// The same thing said twice: zh, en.
pub type Words = (String, String);

/// `gdp.growth.real` is 地区生产总值增速（可比价）, "gross domestic product, real growth". An unknown code stands for itself.
pub fn measure(code: &str) -> Words {
    let Ok(composed) = Composed::parse_code(code) else {
        return match code.strip_suffix(".target") {
            Some(of) => {
                let (zh, en) = measure(of);
                (format!("{zh}目标"), format!("{en}, target"))
            }
            None => (code.to_owned(), code.to_owned()),
        };
    };
    let (zh, en) = match composed.suffix {
        Suffix::None => ("", ""),
        Suffix::Growth => ("增速", ", growth"),
        Suffix::GrowthReal => ("增速（可比价）", ", real growth"),
        Suffix::GrowthNominal => ("增速（名义）", ", nominal growth"),
        Suffix::GrowthDelta => ("增速变动", ", change of growth"),
        Suffix::Share => ("占比", ", share"),
        Suffix::Contribution => ("拉动", ", contribution"),
    };
    (format!("{}{zh}", composed.base.zh), format!("{}{en}", composed.base.en))
}

/// `330800` is 衢州市, Quzhou.
pub fn region(code: u32) -> Words {
    match regions::by_code(code) {
        Some(region) => (region.name.to_owned(), region.english.to_owned()),
        None => (code.to_string(), code.to_string()),
    }
}

/// A canonical period: `2020` is 2020年; `2020-01..2020-09` is 2020年1—9月; `..2035` is 到2035年.
pub fn period(canonical: &str) -> Words {
    let zh = match canonical.split_once("..") {
        None => calendar(canonical),
        Some(("", "")) => "各期".to_owned(),
        Some(("", to)) => format!("到{}", calendar(to)),
        Some((from, "")) => format!("自{}起", calendar(from)),
        Some((from, to)) => match (from.split_once('-'), to.split_once('-')) {
            (None, None) => format!("{from}—{to}年"),
            (Some((year, first)), Some((same, last)))
                if year == same && first.len() == 2 && last.len() == 2 =>
            {
                format!("{year}年{}—{}月", plain(first), plain(last))
            }
            _ => format!("{}至{}", calendar(from), calendar(to)),
        },
    };
    let en = match canonical.split_once("..") {
        Some(("", "")) => "all periods".to_owned(),
        Some(("", to)) => format!("by {to}"),
        Some((from, "")) => format!("from {from}"),
        Some((from, to)) => format!("{from} to {to}"),
        None => canonical.to_owned(),
    };
    (zh, en)
}

/// `2020-09` is 2020年9月.
fn calendar(unit: &str) -> String {
    let mut parts = unit.splitn(3, '-');
    let year = parts.next().unwrap_or_default();
    match (parts.next(), parts.next()) {
        (None, _) => format!("{year}年"),
        (Some("H1"), _) => format!("{year}年上半年"),
        (Some("H2"), _) => format!("{year}年下半年"),
        (Some(quarter), _) if quarter.starts_with('Q') => {
            let name = match quarter {
                "Q1" => "一",
                "Q2" => "二",
                "Q3" => "三",
                _ => "四",
            };
            format!("{year}年{name}季度")
        }
        (Some(month), None) => format!("{year}年{}月", plain(month)),
        (Some(month), Some(day)) => format!("{year}年{}月{}日", plain(month), plain(day)),
    }
}

/// `09` is 9.
fn plain(digits: &str) -> &str {
    digits.trim_start_matches('0')
}

/// A value in a unit of the vocabulary as people write it: 287600000000 CNY is 2876亿元, "287.6 bn yuan".
pub fn value(value: Decimal, unit: &str) -> Words {
    let plain = value.normalize();
    match unit {
        "CNY" => (money_zh(plain), money_en(plain)),
        "percent" => (format!("{value}%"), format!("{value}%")),
        "percentage_point" => (format!("{value}个百分点"), format!("{value} percentage points")),
        "rank" => (format!("第{plain}位"), format!("place {plain}")),
        "count" => (plain.to_string(), plain.to_string()),
        _ => match units::by_code(unit) {
            Some(unit) => (format!("{plain}{}", unit.zh), format!("{plain} {}", unit.en)),
            None => (format!("{plain}{unit}"), format!("{plain} {unit}")),
        },
    }
}

fn money_zh(yuan: Decimal) -> String {
    let (wan, yi) = (Decimal::new(10_000, 0), Decimal::new(100_000_000, 0));
    match yuan.abs() {
        size if size >= yi => format!("{}亿元", (yuan / yi).normalize()),
        size if size >= wan => format!("{}万元", (yuan / wan).normalize()),
        _ => format!("{yuan}元"),
    }
}

fn money_en(yuan: Decimal) -> String {
    let (million, billion) = (Decimal::new(1_000_000, 0), Decimal::new(1_000_000_000, 0));
    match yuan.abs() {
        size if size >= billion => format!("{} bn yuan", (yuan / billion).normalize()),
        size if size >= million => format!("{} m yuan", (yuan / million).normalize()),
        _ => format!("{yuan} yuan"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_read_as_people_write_them() {
        for (canonical, zh) in [
            ("2020", "2020年"),
            ("2020-Q3", "2020年三季度"),
            ("2020-H1", "2020年上半年"),
            ("2020-09", "2020年9月"),
            ("2020-12-31", "2020年12月31日"),
            ("2020-01..2020-09", "2020年1—9月"),
            ("2014..2020", "2014—2020年"),
            ("..2035", "到2035年"),
            ("2021..", "自2021年起"),
        ] {
            assert_eq!(period(canonical).0, zh);
        }
    }

    #[test]
    fn money_reads_as_people_write_it() {
        let yuan = Decimal::new(287_600_000_000, 0);
        assert_eq!(value(yuan, "CNY"), ("2876亿元".to_owned(), "287.6 bn yuan".to_owned()));
        assert_eq!(value(Decimal::new(350, 2), "percent").0, "3.50%");
    }

    #[test]
    fn an_unknown_code_stands_for_itself() {
        assert_eq!(measure("no.such").0, "no.such");
        assert!(measure("gdp.growth.real").0.contains("可比价"));
    }
}
