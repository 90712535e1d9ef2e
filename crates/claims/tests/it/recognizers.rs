//! The specifications of Microsoft Recognizers-Text for Chinese numbers, percentages, money and ordinals, where they are at
//! hand beside the other oracles. What is read differently on purpose stands in `crates/claims/README.md`.

use crate::oracle::oracles;
use rust_decimal::prelude::ToPrimitive;
use serde_json::Value;
use zhidian_claims::{NumberKind, NumberMention, numbers_in};

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
