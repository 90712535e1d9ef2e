//! What was stated and what was found, in both languages at once, for those who show them elsewhere.

use crate::{Language, numbers, statement};
use statement::Statement;
use zhidian_ledger::contract::{Answer, Found};
use zhidian_model::Text;

/// What a statement states: `第3位`, `143亿元以上`. None where it has no value.
pub fn stated(answer: &Answer) -> Option<Text> {
    let of = |language| Statement(&answer.claim).stated(language).map(|stated| stated.figure);
    Some(Text::new(of(Language::Zh)?, of(Language::En)?))
}

/// What was found at the deciding key: a figure, a place, or whether it is so.
pub fn found(answer: &Answer) -> Option<Text> {
    let found = answer.found.as_ref()?;
    let of = |language: Language| match found {
        Found::Value { low, high, unit, .. } => {
            numbers::interval(low.as_deref(), high.as_deref(), unit, language).figure
        }
        Found::Rank { rank } if rank.least == rank.most => statement::ordinal(rank.least, language),
        Found::Rank { rank } => language
            .of(format!("第 {}–{} 位", rank.least, rank.most), format!("place {}–{}", rank.least, rank.most)),
        Found::Truth { truth: true } => language.of("属实", "so").to_owned(),
        Found::Truth { truth: false } => language.of("不属实", "not so").to_owned(),
    };
    Some(Text::new(of(Language::Zh), of(Language::En)))
}
