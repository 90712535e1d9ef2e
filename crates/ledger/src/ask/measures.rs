//! From an indicator's words to measures with their basis.

use super::term;
use zhidian_claims::{Statement, Type};
use zhidian_model::{Basis, Measure, Order};
use zhidian_vocabulary::measures::{self, Better, Composed, Suffix};

/// The measures that words admit; where none fits, the words themselves.
pub(super) struct Named {
    /// Each measure with how sure it is.
    pub(super) readings: Vec<(Measure, Basis)>,
    /// Words that no measure could be found for.
    pub(super) undefined: Option<String>,
}

impl Named {
    /// Nothing but the words.
    fn words(words: &str) -> Self {
        Self { readings: vec![(term(words), Basis::Stated)], undefined: Some(words.to_owned()) }
    }
}

/// The measures an indicator's words admit.
///
/// A growth rate without a stated basis is read by the convention of its measure, and says so. Words that name no
/// measure of the vocabulary stay words.
pub(super) fn named(statement: &Statement) -> Named {
    let Some(indicator) = &statement.indicator else { return only_mentioned(statement) };
    let composed = indicator.canon.as_deref().and_then(|canon| Composed::parse_claims_code(canon).ok());
    let composed = composed.or_else(|| by_alias(&indicator.text, statement));
    let Some(composed) = composed else { return Named::words(&indicator.text) };
    let stated_basis = match statement.basis.as_deref() {
        Some("real" | "comparable") => Some(Suffix::GrowthReal),
        Some("nominal") => Some(Suffix::GrowthNominal),
        _ => None,
    };
    let (composed, basis) = match (composed.suffix, stated_basis) {
        (Suffix::Growth, Some(suffix)) => (Composed { suffix, ..composed }, Basis::Stated),
        (Suffix::Growth, None) => (composed.conventional(), Basis::Convention),
        _ => (composed, Basis::Stated),
    };
    let basis = if indicator.inherited { basis.min(Basis::Inherited) } else { basis };
    Named { readings: every_reading(composed, statement, basis), undefined: None }
}

/// The measure, or each of those its words may mean (审批时限 by law, by promise, in fact).
fn every_reading(composed: Composed, statement: &Statement, basis: Basis) -> Vec<(Measure, Basis)> {
    match measures::readings(composed.base.code) {
        [] => vec![(by_how_much(composed, statement), basis)],
        readings => readings
            .iter()
            .map(|base| (by_how_much(Composed { base, ..composed }, statement), basis))
            .collect(),
    }
}

/// `粮食产量增加2.3万吨`, `城镇化率提高0.5个百分点`: a level that went up by so much is asked for its change, a level that
/// went up by so many per cent for its growth.
fn by_how_much(composed: Composed, statement: &Statement) -> Measure {
    let level = Measure::of(&composed.code());
    let change = statement.change.as_ref().and_then(|change| change.norm.as_deref());
    let unit = statement.value.as_ref().and_then(|value| value.unit.as_deref());
    let by = matches!(change, Some("up" | "down" | "down_by")) && composed.suffix == Suffix::None;
    match unit {
        Some("percent") if by && composed.base.unit != "percent" => {
            let growth = Composed { suffix: Suffix::Growth, ..composed }.conventional();
            Measure::of(&growth.code())
        }
        Some(_) if by => Measure::Change(Box::new(level)),
        _ => level,
    }
}

/// The measure of a code of annotated claims, in its conventional basis.
pub(super) fn coded(code: &str) -> Option<Measure> {
    let composed = Composed::parse_claims_code(code).ok()?;
    Some(Measure::of(&composed.conventional().code()))
}

/// Without an indicator of its own a statement speaks of the one measure it mentions, if it mentions one.
fn only_mentioned(statement: &Statement) -> Named {
    match measures::find(&statement.text).as_slice() {
        [one] => Named { readings: vec![(Measure::of(one.measure.code), Basis::Stated)], undefined: None },
        _ => Named::words(&statement.text),
    }
}

/// A measure whose name or alias the words are, or that stands at their end (高新技术产业增加值 is no 增加值).
fn by_alias(words: &str, statement: &Statement) -> Option<Composed> {
    let suffix = if statement.kind == Type::Growth { Suffix::Growth } else { Suffix::None };
    let exact = measures::exact(words);
    let base = match exact.as_slice() {
        [one] => *one,
        _ => return None,
    };
    Some(Composed { base, suffix })
}

/// Which end of the ranking is the first place: the word decides (最少), else the greatest value is first. Growth of
/// something that had better be low still ranks from the greatest: the sentence says first, not best.
pub(super) fn order(norm: &str, measure: &Measure) -> Order {
    let lower = match (norm, measure) {
        ("best", Measure::Of(code)) => {
            Composed::parse_code(code).is_ok_and(|composed| composed.base.better == Better::Lower)
        }
        _ => norm == "min",
    };
    if lower { Order::Ascending } else { Order::Descending }
}
