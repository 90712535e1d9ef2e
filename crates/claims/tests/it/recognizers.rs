//! The specifications of Microsoft Recognizers-Text for Chinese numbers, percentages, money and ordinals, where they are at
//! hand beside the other oracles. What is read differently on purpose stands in `crates/claims/README.md`.

use crate::oracle::oracles;
use rust_decimal::prelude::ToPrimitive;
use serde_json::Value;
use zhidian_claims::{NumberKind, NumberMention, Options, numbers_in, read};

/// Words found, in half width and lower case as the specifications print them, and their value.
type Found = Vec<(String, Option<f64>)>;

fn half_width(words: &str) -> String {
    let half = |c: char| match c {
        '！'..='～' => char::from_u32(c as u32 - 0xFEE0).unwrap(),
        '\u{3000}' => ' ',
        c => c,
    };
    words.chars().map(half).collect::<String>().to_lowercase()
}

fn expected(case: &Value) -> Found {
    let results = case["Results"].as_array().unwrap().iter();
    let value =
        |r: &Value| r["Resolution"]["value"].as_str().and_then(|v| v.trim_end_matches('%').parse().ok());
    results.map(|r| (half_width(r["Text"].as_str().unwrap()), value(r))).collect()
}

fn shown(text: &[char], mention: &NumberMention) -> (String, Option<f64>) {
    let words: String = text[mention.span[0]..mention.span[1]].iter().collect();
    (half_width(&words), mention.value.and_then(|v| v.to_f64()))
}

/// The number inside a percentage or an ordinal, which the specifications list as a number of its own.
fn inside(text: &[char], mention: &NumberMention) -> Option<(String, Option<f64>)> {
    let [from, to] = mention.span;
    if matches!(text[to - 1], '折' | '成') {
        return None;
    }
    let from = text[from..to].iter().position(|c| matches!(c, '之' | '第')).map_or(from, |at| from + at + 1);
    let words: String = text[from..to].iter().filter(|c| !"个個百分点點%％".contains(**c)).collect();
    let inner: Vec<char> = words.chars().collect();
    numbers_in(&words).first().map(|m| shown(&inner, m))
}

fn found(input: &str, model: &str) -> Found {
    let text: Vec<char> = input.chars().collect();
    let all = numbers_in(input);
    let of = |m: &NumberMention| match (model, &m.kind) {
        ("Percent", NumberKind::Percent | NumberKind::Points)
        | ("Currency", NumberKind::Money(_))
        | ("Ordinal", NumberKind::Ordinal)
        | ("Number", NumberKind::Number) => Some(shown(&text, m)),
        ("Number", NumberKind::Percent | NumberKind::Points | NumberKind::Ordinal) => inside(&text, m),
        _ => None,
    };
    all.iter().filter_map(of).collect()
}

fn same(a: &Found, b: &Found) -> bool {
    let equal = |x: Option<f64>, y: Option<f64>| match (x, y) {
        (Some(x), Some(y)) => (x - y).abs() <= 1e-9 * x.abs().max(1e-9),
        (x, y) => x == y,
    };
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.0 == b.0 && equal(a.1, b.1))
}

#[test]
fn the_specifications_of_recognizers_text() {
    let Some(folder) = oracles() else { return };
    for (model, file) in [
        ("Number", "Number/Chinese/NumberModel.json"),
        ("Percent", "Number/Chinese/PercentModel.json"),
        ("Currency", "NumberWithUnit/Chinese/CurrencyModel.json"),
        ("Ordinal", "Number/Chinese/OrdinalModel.json"),
    ] {
        let text = std::fs::read_to_string(folder.join("recognizers-specs").join(file)).unwrap();
        let cases: Vec<Value> = serde_json::from_str(text.trim_start_matches('\u{feff}')).unwrap();
        let differs: Vec<String> = cases
            .iter()
            .map(|case| (case["Input"].as_str().unwrap(), expected(case)))
            .filter(|(input, wanted)| !same(wanted, &found(input, model)))
            .map(|(input, wanted)| format!("{input}: {wanted:?}, read {:?}", found(input, model)))
            .collect();
        let right = (cases.len() - differs.len()) as f64 / cases.len() as f64;
        println!("{model}: {} of {}", cases.len() - differs.len(), cases.len());
        assert!(right >= 0.97, "{model}: {right:.3}\n{}", differs.join("\n"));
    }
}

#[test]
fn numbers_of_offices() {
    let show = |text: &str| -> Vec<String> {
        let chars: Vec<char> = text.chars().collect();
        let words = |m: &NumberMention| chars[m.span[0]..m.span[1]].iter().collect::<String>();
        numbers_in(text)
            .iter()
            .map(|m| format!("{} {:?} {:?}", words(m), m.kind, m.value.map(|v| v.normalize().to_string())))
            .collect()
    };
    assert_eq!(show("投资壹仟贰佰萬元"), ["壹仟贰佰萬元 Money(\"CNY\") Some(\"12000000\")"]);
    assert_eq!(show("占三成五，排第十二"), ["三成五 Percent Some(\"35\")", "第十二 Ordinal Some(\"12\")"]);
    assert_eq!(show("提高1.8个百分点"), ["1.8个百分点 Points Some(\"1.8\")"]);
    assert_eq!(show("一切、四川、收拾、部队"), Vec::<String>::new());
}

/// The specifications of one model of the library.
fn cases(folder: &std::path::Path, file: &str) -> Vec<Value> {
    let text = std::fs::read_to_string(folder.join("recognizers-specs").join(file)).unwrap();
    serde_json::from_str(text.trim_start_matches('\u{feff}')).unwrap()
}

/// Lengths, weights, areas and powers that reports state: the spelling is put into a sentence of a report, which is what
/// the reader of statements reads.
#[test]
fn dimensions_of_reports() {
    let Some(folder) = oracles() else { return };
    // Name there, code here, and what one of it is.
    let units = [
        ("Kilometer", "km", 1.0),
        ("Meter", "m", 1.0),
        ("Ton", "tonne", 1.0),
        ("Jin", "jin", 1.0),
        ("Kilowatt", "kW", 1.0),
        ("Mu", "亩", 1.0),
    ];
    let (mut all, mut differs) = (0, Vec::new());
    for case in cases(&folder, "NumberWithUnit/Chinese/DimensionModel.json") {
        for result in case["Results"].as_array().unwrap() {
            let unit = result["Resolution"]["unit"].as_str().unwrap();
            let Some((_, code, one)) = units.iter().find(|(there, _, _)| *there == unit) else { continue };
            let wanted: f64 = result["Resolution"]["value"].as_str().unwrap().parse().unwrap();
            let words = result["Text"].as_str().unwrap();
            // 三百米, 一吨半: a report's figures stand in digits; see the README.
            if !words.contains(|c: char| c.is_ascii_digit()) {
                continue;
            }
            let reading = read(&format!("该项指标达到{words}。"), &Options::default()).unwrap();
            let figure = reading.statements.first().and_then(|s| s.value.clone());
            let found =
                figure.as_ref().and_then(|v| Some((v.num.as_ref()?.parse::<f64>().ok()?, v.unit.clone()?)));
            all += 1;
            if found.as_ref().is_none_or(|(n, u)| (n - wanted * one).abs() > 1e-9 || u != code) {
                differs.push(format!("{words}: {wanted} {code}, read {found:?}"));
            }
        }
    }
    println!("Dimension: {} of {all}; {differs:#?}", all - differs.len());
    assert!(all > 3 && differs.is_empty(), "{differs:#?}");
}

/// Years and months, by their number or from the date of the document: what the layout of claims writes as `2018` and
/// `2018-10`.
#[test]
fn periods_of_reports() {
    let Some(folder) = oracles() else { return };
    let plain = |timex: &str| {
        let digits = |s: &str, n: usize| s.len() == n && s.bytes().all(|b| b.is_ascii_digit());
        match timex.split_once('-') {
            Some((year, month)) => digits(year, 4) && digits(month, 2),
            None => digits(timex, 4),
        }
    };
    let (mut all, mut differs) = (0, Vec::new());
    for case in cases(&folder, "DateTime/Chinese/DatePeriodParser.json") {
        for result in case["Results"].as_array().unwrap() {
            let words = result["Text"].as_str().unwrap();
            let Some(timex) = result["Value"]["Timex"].as_str().filter(|t| plain(t)) else { continue };
            // The day a report appears is no time it tells of.
            let dated = case["Context"]["ReferenceDateTime"].as_str().map(|date| date[..7].to_owned());
            let reading = read(
                &format!("{words}，工业总产值为5亿元。"),
                &Options { dated, region: Some(330_800), ..Options::default() },
            )
            .unwrap();
            let found = reading.statements.first().and_then(|s| s.period.as_ref()?.norm.clone());
            all += 1;
            if found.as_deref() != Some(timex) {
                differs.push(format!("{words}: {timex}, read {found:?}"));
            }
        }
    }
    println!("DateTime: {} of {all}; {differs:#?}", all - differs.len());
    assert!(all > 5);
}
