//! A document against its translation: the same figure of the same measure, place and time is to be printed in both.

use rust_decimal::Decimal;
use zhidian_claims::{Statement, Type};
use zhidian_model::{Coherence, Text};

/// Compares what a statement says with the one statement of the other version that says the same thing; nothing where
/// there is none, or more than one in either version.
pub fn against(statement: &Statement, document: &[Statement], other: &[Statement]) -> Option<Coherence> {
    let key = key(statement)?;
    let mut here = document.iter().filter(|s| self::key(s).as_ref() == Some(&key));
    let mut there = other.iter().filter(|s| self::key(s).as_ref() == Some(&key));
    let counterpart = there.next()?;
    if here.next()?.id != statement.id || here.next().is_some() || there.next().is_some() {
        return None;
    }
    let (own, theirs) = (said(statement)?, said(counterpart)?);
    let agrees = own.equals(&theirs);
    let (zh_end, en_end) = if agrees { ("一致", "they agree") } else { ("不一致", "they do not agree") };
    Some(Coherence {
        agrees,
        text: Text::new(
            format!("本文称{}，译文称{}：{zh_end}", own.words, theirs.words),
            format!("this text says {}, its other version {}: {en_end}", own.words, theirs.words),
        ),
    })
}

/// What two statements must share to be about one thing: words differ between languages, codes do not.
#[derive(PartialEq, Eq)]
struct Key<'a> {
    kind: Type,
    measure: &'a str,
    place: Option<&'a str>,
    time: &'a str,
    /// Whether it is a figure rather than a place in an order.
    figure: bool,
    baseline: Option<&'a str>,
}

fn key(statement: &Statement) -> Option<Key<'_>> {
    if !matches!(statement.kind, Type::Quantity | Type::Growth | Type::Rank) {
        return None;
    }
    Some(Key {
        kind: statement.kind,
        measure: statement.indicator.as_ref()?.canon.as_deref()?,
        place: statement.subject.as_ref()?.gbt2260.as_deref(),
        time: statement.period.as_ref()?.norm.as_deref()?,
        figure: statement.value.is_some(),
        baseline: statement.baseline.as_ref().and_then(|b| b.norm.as_deref()),
    })
}

/// A figure or a place as printed.
struct Said<'a> {
    numbers: Vec<Decimal>,
    norm: Option<&'a str>,
    words: &'a str,
}

impl Said<'_> {
    fn equals(&self, other: &Said<'_>) -> bool {
        self.numbers == other.numbers && self.norm == other.norm
    }
}

fn said(statement: &Statement) -> Option<Said<'_>> {
    let Some(value) = &statement.value else {
        let rank = statement.rank.as_ref()?;
        return Some(Said { numbers: vec![], norm: rank.norm.as_deref(), words: &rank.text });
    };
    let decimal = |text: &str| Decimal::from_str_exact(text).ok().map(|number| number.normalize());
    let numbers = match &value.ratio {
        Some(ratio) => ratio.split(':').map(decimal).collect::<Option<Vec<_>>>()?,
        None => [&value.num, &value.low, &value.high]
            .into_iter()
            .flatten()
            .map(|n| decimal(n))
            .collect::<Option<_>>()?,
    };
    Some(Said { numbers, norm: None, words: &value.text })
}

#[cfg(test)]
mod tests {
    use super::*;
    use zhidian_claims::{Options, read};

    fn compared(zh: &str, en: &str) -> Vec<bool> {
        let options = Options { dated: Some("2026-02".into()), region: Some(330_800), ..Options::default() };
        let (zh, en) = (read(zh, &options).unwrap().statements, read(en, &options).unwrap().statements);
        zh.iter().filter_map(|s| against(s, &zh, &en)).map(|c| c.agrees).collect()
    }

    #[test]
    fn a_figure_and_a_place_that_differ_are_told() {
        let zh = "2025年，衢州市地区生产总值2450亿元，增长5.6%，增速居浙江第三位。";
        let en = "In 2025, Quzhou's GDP reached 245 billion yuan, up 5.6 percent. Quzhou's GDP growth ranked third in Zhejiang.";
        assert_eq!(compared(zh, en), [true, true, true]);
        assert_eq!(compared(zh, &en.replace("245 billion", "254 billion")), [false, true, true]);
        assert_eq!(compared(zh, &en.replace("5.6 percent", "6.5 percent")), [true, false, true]);
        assert_eq!(compared(zh, &en.replace("third", "second")), [true, true, false]);
    }

    #[test]
    fn what_only_one_version_says_is_no_difference() {
        assert!(
            compared("2025年，衢州市地区生产总值2450亿元。", "Quzhou is a city of craftsmen.").is_empty()
        );
    }
}
