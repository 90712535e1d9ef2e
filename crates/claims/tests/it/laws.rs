//! What holds on any text: no panic, spans that re-read as their words, offsets that lead back to the raw file, the same
//! text read twice gives the same.

use proptest::prelude::*;
use zhidian_claims::{Language, Options, Reading, numbers_in, read};

fn check(raw: &str, reading: &Reading) -> Result<(), TestCaseError> {
    let points: Vec<char> = reading.normalised.chars().collect();
    let source: Vec<char> = raw.chars().collect();
    let words = |span: [usize; 2]| -> String { points[span[0]..span[1]].iter().collect() };
    for (i, c) in points.iter().enumerate().filter(|(_, c)| !matches!(c, '\n' | ' ')) {
        prop_assert_eq!(reading.map.raw(i).map(|r| source[r]), Some(*c));
    }
    for s in &reading.statements {
        prop_assert_eq!(words(s.span), s.text.clone());
        prop_assert_eq!(&reading.normalised[s.bspan[0]..s.bspan[1]], s.text.as_str());
        let raw_words: String =
            source[s.raw_span[0]..s.raw_span[1]].iter().filter(|c| !c.is_whitespace()).collect();
        let plain: String = s.text.chars().filter(|c| !c.is_whitespace()).collect();
        prop_assert!(raw_words.contains(plain.chars().next().unwrap_or(' ')) || plain.is_empty());
        let normed = [&s.qualifier, &s.change, &s.baseline, &s.period, &s.rank, &s.count];
        for field in normed.into_iter().flatten() {
            if let Some(span) = field.span {
                prop_assert_eq!(words(span), field.text.clone());
            }
        }
        let copied = [&s.scope, &s.label, &s.object, &s.attribution];
        for field in copied.into_iter().flatten().chain(&s.items) {
            if let Some(span) = field.span {
                prop_assert_eq!(words(span), field.text.clone());
            }
        }
        if let Some(v) = &s.value {
            prop_assert_eq!(words(v.span), v.text.clone());
        }
        if let Some((span, text)) = s.indicator.as_ref().and_then(|i| i.span.map(|p| (p, &i.text))) {
            prop_assert_eq!(words(span), text.clone());
        }
        if let Some((span, text)) = s.subject.as_ref().and_then(|i| i.span.map(|p| (p, &i.text))) {
            prop_assert_eq!(words(span), text.clone());
        }
    }
    for unread in &reading.unread {
        prop_assert_eq!(words(unread.span), unread.text.clone());
    }
    for mention in numbers_in(raw) {
        prop_assert!(mention.span[0] < mention.span[1] && mention.span[1] <= source.len());
    }
    Ok(())
}

fn options(language: Option<Language>) -> Options {
    Options { dated: Some("2024-02".into()), region: Some(330_800), language, ..Options::default() }
}

/// Pieces of development prose, whole and broken, to be strung together at random.
const PIECES: &[&str] = &[
    "\n| 指标 | 增长（%） |\n",
    "\t",
    "|",
    "\u{2029}\n",
    "均",
    "宁波市、",
    "高于全国",
    "壹仟",
    "三成",
    "地区生产总值",
    "增长",
    "5.2%",
    "左右",
    "，",
    "。",
    "、",
    "：",
    "“",
    "”",
    "《",
    "》",
    "（",
    "）",
    "分别",
    "分列",
    "第一",
    "第",
    "前十",
    "全省",
    "位列",
    "居",
    "由",
    "提高到",
    "3—5个",
    "项目",
    "12.5亿元",
    "以上",
    "2020年",
    "到2035年",
    "今年",
    "比上年",
    "等",
    "七个",
    "打造",
    "建议",
    "一是",
    "纳入",
    "被列为",
    "之一",
    "中",
    "在",
    "万",
    "亿",
    "千瓦",
    "百",
    "\n",
    " ",
    "衢州",
    "来宾市",
    "全市",
    "力争",
    "其中",
    "和",
    "同比",
    "个百分点",
    "倍",
    "高于",
    "全国",
    "连续",
    "唯一",
    "最高",
    "首个",
    "因",
    "的",
    "与",
    "同步",
    "持平",
    "翻一番",
    "一主一副",
    "年",
    "月",
    "日",
    "1",
    ":",
    "2.0",
    "余",
    "多",
    "把",
    "作为",
    "六",
    "growth of ",
    "5 percent",
    "the ",
    ", ",
    ". ",
    " and ",
    "respectively",
    "ranked third",
    " in the province",
    "from 2 to 3",
    " million",
    "yuan",
];

proptest! {
    #[test]
    fn any_string_is_read_without_panic(raw in "\\PC{0,200}") {
        for language in [None, Some(Language::Zh), Some(Language::En)] {
            let reading = read(&raw, &options(language)).unwrap();
            check(&raw, &reading)?;
        }
    }

    #[test]
    fn any_prose_is_read_without_panic(parts in proptest::collection::vec(proptest::sample::select(PIECES), 0..60)) {
        let raw = parts.concat();
        for language in [Some(Language::Zh), Some(Language::En)] {
            let reading = read(&raw, &options(language)).unwrap();
            check(&raw, &reading)?;
            prop_assert_eq!(&reading, &read(&raw, &options(language)).unwrap());
        }
    }
}

#[test]
fn a_text_too_long_and_a_date_that_is_none_are_errors() {
    let long = "字".repeat(zhidian_claims::LONGEST / 3 + 1);
    assert!(read(&long, &Options::default()).unwrap_err().to_string().contains("split"));
    let options = Options { dated: Some("last spring".into()), ..Options::default() };
    assert!(read("", &options).unwrap_err().to_string().contains("2026-01"));
}

#[test]
fn hostile_texts_are_read_in_linear_time() {
    let size = 1 << 16;
    for piece in [
        "9",
        "、",
        "“",
        "（",
        "一",
        "亿",
        "第",
        "等",
        "分别",
        "在",
        "由",
        "5%、",
        "，",
        "the ",
        "\n",
        "某市市长李大明：\n",
        "“甲、乙等",
        "growth, ",
    ] {
        let raw = piece.repeat(size / piece.len());
        for language in [Language::Zh, Language::En] {
            let start = std::time::Instant::now();
            read(&raw, &options(Some(language))).unwrap();
            let seconds = start.elapsed().as_secs_f64();
            assert!(seconds < 20.0, "{size} bytes of {piece} took {seconds} s in {language:?}");
        }
    }
}

/// A figure with another digit is another figure: every digit of a page that belongs to a statement's figure, rank or
/// count changes what is read.
#[test]
fn a_changed_digit_changes_what_is_read() {
    let raw = include_str!("../pages/delegates.txt");
    let whole = |raw: &str| {
        let reading = read(raw, &Options::default()).unwrap();
        let norms = |s: &zhidian_claims::Statement| {
            format!("{:?} {:?} {:?} {:?}", s.value, s.rank, s.count, s.period)
        };
        reading.statements.iter().map(norms).collect::<Vec<_>>()
    };
    let before = whole(raw);
    let reading = read(raw, &Options::default()).unwrap();
    let points: Vec<char> = raw.chars().collect();
    let mut changed = 0;
    for statement in &reading.statements {
        let Some(value) = &statement.value else { continue };
        for point in value.span[0]..value.span[1] {
            let at = reading.map.raw(point).unwrap();
            let Some(digit) = points[at].to_digit(10) else { continue };
            let mut other = points.clone();
            other[at] = char::from_digit(if digit == 9 { 8 } else { digit + 1 }, 10).unwrap();
            assert_ne!(before, whole(&other.into_iter().collect::<String>()), "{}", statement.text);
            changed += 1;
        }
    }
    assert!(changed > 8);
}
