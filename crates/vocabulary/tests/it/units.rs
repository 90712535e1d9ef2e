//! Units: factors are exact, conversion is exact and inverse or refused.
use proptest::prelude::*;
use rust_decimal::Decimal;
use zhidian_vocabulary::units::{
    Kind, UnitError, all, by_code, convert, longest_prefix, magnitude, spelling,
};

fn d(text: &str) -> Decimal {
    text.parse().unwrap_or_else(|_| panic!("{text}"))
}

#[track_caller]
fn check(text: &str, unit: &str, factor: &str) {
    let found = spelling(text).unwrap_or_else(|| panic!("{text} is no unit"));
    assert_eq!((found.text, found.unit.code, found.factor), (text, unit, d(factor)), "{text}");
}

#[test]
fn spellings_carry_exact_factors() {
    for (text, unit, factor) in [
        ("亿元", "CNY", "100000000"),
        ("万元", "CNY", "10000"),
        ("万亿元", "CNY", "1000000000000"),
        ("元", "CNY", "1"),
        ("万美元", "USD", "10000"),
        ("billion yuan", "CNY", "1000000000"),
        ("trillion yuan", "CNY", "1000000000000"),
        ("亿吨", "tonne", "100000000"),
        ("万吨", "tonne", "10000"),
        ("万千瓦", "kW", "10000"),
        ("亿千瓦", "kW", "100000000"),
        ("兆瓦", "MW", "1"),
        ("亿斤", "jin", "100000000"),
        ("百亿亿次/秒", "ops_per_s", "1000000000000000000"),
        ("EFLOPS", "ops_per_s", "1000000000000000000"),
        ("%", "percent", "1"),
        ("％", "percent", "1"),
        ("个百分点", "percentage_point", "1"),
        ("percentage points", "percentage_point", "1"),
        ("percent", "percent", "1"),
        ("倍", "times_multiplier", "1"),
        ("千米", "km", "1"),
        ("万公里", "km", "10000"),
        ("万户", "户", "10000"),
        ("万人次", "人次", "10000"),
        ("万家", "家", "10000"),
        ("艘次", "艘次", "1"),
        ("万亩", "亩", "10000"),
        ("平方公里", "km2", "1"),
        ("亿立方米", "m3", "100000000"),
        ("亿千瓦时", "kWh", "100000000"),
        ("微克/立方米", "ug_per_m3", "1"),
        ("个工作日", "工作日", "1"),
        ("个月", "个月", "1"),
        ("个", "个", "1"),
        ("万吨/年", "tonne_per_year", "10000"),
    ] {
        check(text, unit, factor);
    }
}

#[test]
fn the_unit_is_the_longest_at_the_start() {
    let prefix = |text: &str| longest_prefix(text).map(|found| (found.text.to_owned(), found.unit.code));
    assert_eq!(prefix("亿元，增长3%"), Some(("亿元".to_owned(), "CNY")));
    assert_eq!(prefix("人次以上"), Some(("人次".to_owned(), "人次")));
    assert_eq!(prefix("个百分点"), Some(("个百分点".to_owned(), "percentage_point")));
    assert_eq!(prefix("个项目"), Some(("个".to_owned(), "个")));
    assert_eq!(prefix(" billion yuan of"), Some((" billion yuan".to_owned(), "CNY")));
    assert_eq!(prefix("mountains"), None);
    assert_eq!(prefix("，"), None);
    assert_eq!(prefix(""), None);
    assert_eq!(magnitude("万亿"), Some((6, d("1000000000000"))));
    assert_eq!(magnitude("元"), None);
}

#[test]
fn every_unit_can_be_spelled() {
    for unit in all() {
        assert_eq!(by_code(unit.code), Some(unit));
        for text in [unit.code, unit.zh] {
            assert!(spelling(text).is_some(), "{text}");
        }
    }
}

#[test]
fn conversions_are_exact_and_refuse_what_they_must() {
    assert_eq!(convert(d("1.5"), "MW", "kW"), Ok(d("1500")));
    assert_eq!(convert(d("2"), "tonne", "jin"), Ok(d("4000")));
    assert_eq!(convert(d("1300"), "jin", "tonne"), Ok(d("0.65")));
    assert_eq!(convert(d("5"), "km2", "hectare"), Ok(d("500")));
    assert_eq!(convert(d("90"), "min", "h"), Ok(d("1.5")));
    assert!(matches!(convert(d("50"), "min", "h"), Err(UnitError::Inexact { .. })));
    for (from, to) in [
        ("percent", "percentage_point"),
        ("percentage_point", "percent"),
        ("家", "个"),
        ("个", "count"),
        ("亩", "hectare"),
        ("CNY", "USD"),
        ("kW", "kWh"),
        ("km", "km2"),
        ("tonne", "tonne_per_year"),
        ("工作日", "天"),
    ] {
        assert!(
            matches!(convert(Decimal::ONE, from, to), Err(UnitError::Incompatible { .. })),
            "{from} to {to}"
        );
    }
    assert!(matches!(convert(Decimal::ONE, "furlong", "km"), Err(UnitError::Unknown(_))));
    assert!(matches!(convert(Decimal::MAX, "km", "mm"), Err(UnitError::Inexact { .. })));
}

#[test]
fn counters_convert_into_nothing_else() {
    let counters: Vec<_> = all().filter(|unit| unit.kind == Kind::Counter).collect();
    for counter in &counters {
        for unit in all().filter(|unit| unit.code != counter.code) {
            assert!(convert(Decimal::ONE, counter.code, unit.code).is_err());
            assert!(convert(Decimal::ONE, unit.code, counter.code).is_err());
        }
    }
}

proptest! {
    #[test]
    fn a_conversion_undone_gives_the_value_back(units in 0..1_000_000_i64, scale in 0..6_u32, from in 0..60_usize, to in 0..60_usize) {
        let codes: Vec<_> = all().filter(|unit| unit.kind != Kind::Counter).map(|unit| unit.code).collect();
        let (from, to) = (codes[from % codes.len()], codes[to % codes.len()]);
        let value = Decimal::new(units, scale);
        if let Ok(there) = convert(value, from, to) {
            prop_assert_eq!(convert(there, to, from), Ok(value), "{} in {} is {} in {}", value, from, there, to);
        }
    }

    #[test]
    fn any_text_is_read_without_a_panic(text in "\\PC{0,40}") {
        if let Some(found) = longest_prefix(&text) {
            prop_assert!(text.starts_with(found.text));
        }
        zhidian_vocabulary::regions::mentions(&text, None);
        zhidian_vocabulary::measures::find(&text);
        zhidian_vocabulary::topics::of(&text);
        zhidian_vocabulary::trades::find(&text);
    }

    #[test]
    fn places_lie_in_order_on_boundaries(words in prop::collection::vec(
        prop::sample::select(vec!["衢州", "河南省", "新乡市", "来宾", "、", "的", "江山", "浙皖闽赣", "县", "市中区", "Quzhou", ", ", "Zhejiang", "大学", "创新", "鼓楼区"]), 0..14)
    ) {
        let text = words.concat();
        let found = zhidian_vocabulary::regions::mentions(&text, Some(330_800));
        for pair in found.windows(2) {
            prop_assert!(pair[0].range.end <= pair[1].range.start);
        }
        for mention in &found {
            prop_assert!(text.get(mention.range.clone()).is_some_and(|words| !words.is_empty()));
        }
    }
}
