//! Targets that are not due: places, rates, means of years and levels, with the pace they ask for.

use crate::sentences::with;
use zhidian_ledger::contract::Outcome::{self, OffTrack, OnTrack, Undecided};

/// Growth of three cities of one province from 2013 to 2020, a tenth of a point up and down about 8, 5 and 3, and the level of
/// one of them.
fn rows() -> String {
    let mut rows = Vec::new();
    for (city, mean) in [("410700", 80), ("410100", 50), ("410300", 30)] {
        for year in 2013..=2020 {
            let tenths = mean + year % 2;
            let value = format!("{}.{}", tenths / 10, tenths % 10);
            rows.push(format!("{city},gdp.growth.real,{year},,{value},%,1,A,,公报{year},bureau"));
        }
    }
    rows.push("410700,gdp,2019,,2000.0,亿元,1,A,,公报2019,bureau".into());
    rows.push("410700,gdp,2020,,2420.0,亿元,1,A,,公报2020,bureau".into());
    rows.join("\n")
}

pub(crate) const ROSTER: &str = "roster,title,reads,member,from,to,origin\nthree,三市,410000/prefecture,410700,,,bureau\nthree,三市,410000/prefecture,410100,,,bureau\n\
                      three,三市,410000/prefecture,410300,,,bureau";

/// Outcome and words of the one statement.
fn told(text: &str) -> (Outcome, String) {
    let assessment = with(&rows(), &[("rosters.csv", ROSTER)], "zh", "2021-03-06", text);
    let answer = &assessment.answers[0];
    (answer.outcome, answer.text.zh.clone())
}

#[test]
fn a_place_is_held_against_where_all_of_the_roster_would_stand() {
    for (text, expected) in [
        ("力争到2023年，新乡市地区生产总值增速居全省第一位。", OnTrack),
        ("力争到2023年，新乡市地区生产总值增速进入全省前2位。", OnTrack),
        ("力争到2023年，洛阳市地区生产总值增速进入全省前2位。", OffTrack),
        ("力争到2035年，新乡市地区生产总值增速居全省第一位。", Undecided),
    ] {
        let (outcome, words) = told(text);
        assert_eq!(outcome, expected, "{text} {words}");
    }
    let (_, words) = told("力争到2023年，洛阳市地区生产总值增速进入全省前2位。");
    assert!(words.contains("第3至3位") && words.contains("须超过郑州市的推算值"), "{words}");
}

#[test]
fn a_rate_of_one_year_and_a_mean_of_several() {
    for (text, expected) in [
        ("2023年，力争新乡市地区生产总值增长7%以上。", OnTrack),
        ("2023年，力争新乡市地区生产总值增长9%以上。", OffTrack),
        ("“十四五”时期，力争新乡市地区生产总值年均增长7.5%以上。", OnTrack),
        ("“十四五”时期，力争新乡市地区生产总值年均增长8.5%以上。", OffTrack),
    ] {
        let (outcome, words) = told(text);
        assert_eq!(outcome, expected, "{text} {words}");
    }
}

#[test]
fn the_pace_is_told_without_a_projection_and_nothing_is_derived_across_editions() {
    let (outcome, words) = told("到2022年，力争新乡市地区生产总值达到2928.2亿元。");
    assert_eq!(outcome, Undecided);
    assert!(words.contains("自2020年的2420亿元起，须年均增长10.0%"), "{words}");
    assert!(words.contains("没有同一版本"), "{words}");
}

#[test]
fn the_rate_that_the_years_left_must_have() {
    let assessment =
        with(&rows(), &[], "zh", "2021-03-06", "2019—2022年，力争新乡市地区生产总值年均增长9%以上。");
    let words = &assessment.answers[0].text.zh;
    // 8.1 and 8.0 are done: (1.09⁴ / 1.081 / 1.08)^½ − 1.
    assert!(words.contains("2019—2020年年均8.0%，此后须年均10.0%"), "{words}");
}
