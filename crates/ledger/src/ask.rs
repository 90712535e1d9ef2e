//! What a statement asks for: from its words to keys, with every reading the words admit.
//!
//! The reader gives words and norms; here they meet the vocabulary and the dossiers: an indicator becomes a measure
//! with its basis, `浙江第三` becomes a place in every roster that reads so, a designation becomes membership of a list.
//! What cannot be named is kept in its own words ([`TERM`]) so that the answer can say which term is undefined.

mod doubts;
mod lists;
mod measures;
mod scopes;
mod times;

use jiff::civil::Date;
use rust_decimal::Decimal;
use std::{cmp::Ordering, str::FromStr};
use zhidian_claims::{Modality as Mood, Statement, Type};
use zhidian_dossier::{Entity, List};
use zhidian_model::{
    Basis, Claim, Code, Key, Kind, Measure, Modality, Part, Period, Qualifier, Quantity, Reading, Scope,
    Stated, Subject, Test,
};

pub use lists::{Meant, Mentions};
use zhidian_vocabulary::{
    measures::{Better, Composed},
    regions,
};

/// Prefix of a measure, a list or a roster that only has the words of the document.
pub const TERM: &str = "term:";

/// What statements are read against.
pub struct Asker<'a> {
    /// The rosters at hand.
    pub rosters: &'a [Scope],
    /// The lists at hand.
    pub lists: &'a [List],
    /// The named things at hand.
    pub entities: &'a [Entity],
    /// Finds lists and named things in words.
    pub mentions: &'a Mentions,
    /// The document's normalised text: spans are code points of it.
    pub normalised: &'a str,
    /// The document.
    pub document: Code,
    /// Its date.
    pub dated: Option<Date>,
    /// The region it speaks of.
    pub region: Option<u32>,
}

impl Asker<'_> {
    /// The claim a statement makes.
    pub fn claim(&self, statement: &Statement) -> Claim {
        Claim {
            id: statement.id.as_str().into(),
            document: self.document.clone(),
            span: statement.span[0]..statement.span[1],
            text: statement.text.clone(),
            kind: kind(statement.kind),
            modality: modality(statement.modality),
            parts: self.parts(statement),
            due: self.due(statement),
            topics: topics(statement),
            group: statement.group.as_deref().map(Into::into),
        }
    }

    fn parts(&self, statement: &Statement) -> Vec<Part> {
        let mut parts = self.plain_parts(statement);
        for reading in parts.iter_mut().flat_map(|part| &mut part.readings) {
            let dated =
                (!matches!(reading.key.measure, Measure::Member(_))).then_some(match &reading.key.measure {
                    Measure::Best(_, window) => *window,
                    _ => reading.key.period,
                });
            if self.doubtful(statement, &reading.key.subject, dated.as_ref()) {
                reading.basis = Basis::Assumed;
            }
        }
        parts
    }

    /// The parts as the words plainly read.
    fn plain_parts(&self, statement: &Statement) -> Vec<Part> {
        match statement.kind {
            Type::Quantity | Type::Growth => self.figure(statement).into_iter().collect(),
            Type::Rank => self.place(statement).into_iter().collect(),
            Type::Status => self.designations(statement),
            Type::Action => self.named_things(statement),
            Type::Enumeration => self.listed_things(statement),
            Type::Goal | Type::Proposal => vec![],
        }
    }

    /// A level, a count, a rate.
    fn figure(&self, statement: &Statement) -> Option<Part> {
        if let Some(count) = self.count_of_measures(statement) {
            return Some(count);
        }
        let label =
            statement.indicator.as_ref().map_or_else(|| statement.text.clone(), |words| words.text.clone());
        let mut named = measures::named(statement);
        let (subject, subject_basis) = self.subject(statement);
        let stated = if let Some((measure, apart)) = self.apart(statement, &subject) {
            named = measures::Named { readings: vec![(measure, Basis::Stated)], undefined: None };
            apart
        } else {
            stated_figure(statement).or_else(|| self.against(statement, &named, &subject))?
        };
        let mut readings = Vec::new();
        for (period, period_basis) in self.periods(statement) {
            for (measure, basis) in &named.readings {
                readings.push(Reading {
                    key: Key { measure: measure.clone(), subject: subject.clone(), period, scope: None },
                    basis: (*basis).min(period_basis).min(subject_basis),
                });
            }
        }
        Some(Part { label, readings, stated, undefined: named.undefined })
    }

    /// `增速高于全国`: compared with the same measure of a wider region; `与经济增长同步` with another measure of the same.
    fn against(&self, statement: &Statement, named: &measures::Named, subject: &Subject) -> Option<Stated> {
        let (measure, _) = named.readings.first()?;
        let key = self.rival(statement, measure, subject)?;
        Some(Stated::Against(Box::new(key), compared(&statement.baseline.as_ref()?.text)?))
    }

    /// `增速高于全国0.9个百分点`: the measure, and how far it stands from the same measure of a wider region or another of
    /// the same. A difference to an earlier time is no such distance.
    fn apart(&self, statement: &Statement, subject: &Subject) -> Option<(Measure, Stated)> {
        let points = statement.value.as_ref()?.unit.as_deref() == Some("percentage_point");
        let canon = statement
            .indicator
            .as_ref()
            .filter(|_| points && statement.change.is_none())?
            .canon
            .as_deref()?;
        let measure = measures::coded(canon.strip_suffix(".delta").unwrap_or(canon))?;
        let key = self.rival(statement, &measure, subject)?;
        let baseline = &statement.baseline.as_ref()?.text;
        let below = compared(baseline) == Some(Ordering::Less) || baseline.ends_with(['低', '慢', '少']);
        let Some(Stated::Figure { mut quantity, qualifier: Qualifier::Exactly }) = stated_figure(statement)
        else {
            return None;
        };
        if below {
            quantity.value = -quantity.value;
        }
        Some((measure, Stated::Apart(Box::new(key), quantity)))
    }

    /// What a statement compares itself with, where that is a wider region or another measure.
    fn rival(&self, statement: &Statement, measure: &Measure, subject: &Subject) -> Option<Key> {
        let (period, _) = self.periods(statement).into_iter().next()?;
        let (measure, of) = match statement.baseline.as_ref()?.norm.as_deref()? {
            "national" => (measure.clone(), Subject::Region(100_000)),
            "province" => (measure.clone(), Subject::Region(regions::province_of(subject.region()?))),
            norm => (
                measures::coded(norm.strip_prefix("eq:").or_else(|| norm.strip_prefix("gt:"))?)?,
                subject.clone(),
            ),
        };
        Some(Key { measure, subject: of, period, scope: None })
    }

    /// `10项主要经济指标中6项前三`: a count of measures, which the text may not name.
    fn count_of_measures(&self, statement: &Statement) -> Option<Part> {
        let words = &statement.indicator.as_ref()?.text;
        let of_measures = words.contains("指标") || words.to_lowercase().contains("indicator");
        let moved =
            ["进位", "前移", "上升", "moved up", "improved"].iter().any(|up| statement.text.contains(up));
        let test = match statement.rank.as_ref().and_then(|rank| rank.norm.as_deref()).map(places) {
            Some(Some((1, to))) => Test::Top(to),
            _ if moved => Test::Up,
            _ => return None,
        };
        let stated = of_measures.then(|| stated_figure(statement)).flatten()?;
        let (subject, basis) = self.subject(statement);
        let scope = self.scopes(statement, &subject).into_iter().next();
        let readings = self
            .periods(statement)
            .into_iter()
            .map(|(period, period_basis)| Reading {
                key: Key {
                    measure: Measure::Count(vec![], test.clone()),
                    subject: subject.clone(),
                    period,
                    scope: scope.clone(),
                },
                basis: basis.min(period_basis),
            })
            .collect();
        Some(Part { label: words.clone(), readings, stated, undefined: Some(words.clone()) })
    }

    /// A place, a record, the only one.
    fn place(&self, statement: &Statement) -> Option<Part> {
        let norm = statement.rank.as_ref()?.norm.clone()?;
        let named = measures::named(statement);
        let label =
            statement.indicator.as_ref().map_or_else(|| statement.text.clone(), |words| words.text.clone());
        let (subject, subject_basis) = self.subject(statement);
        let scopes = self.scopes(statement, &subject);
        let mut readings = Vec::new();
        for (period, period_basis) in self.periods(statement) {
            let window = period.whole_years().is_some_and(|years| years.count() > 1);
            let record = window && matches!(norm.as_str(), "best" | "max");
            let of_places = ["位次", "名次", "排名", "位置", "place", "rank"]
                .iter()
                .any(|word| statement.text.contains(word));
            for (measure, basis) in &named.readings {
                let basis = (*basis).min(period_basis).min(subject_basis);
                let rank = measure.clone().rank(measures::order(&norm, measure));
                for scope in &scopes {
                    let (measure, period) = match (record, period.whole_years()) {
                        (true, Some(years)) => {
                            let of = if of_places { rank.clone() } else { measure.clone() };
                            (Measure::Best(Box::new(of), period), Period::year(*years.end()))
                        }
                        _ if norm == "unique" => {
                            (Measure::CountIn(Box::new(measure.clone()), Test::True), period)
                        }
                        _ => (rank.clone(), period),
                    };
                    let key = Key { measure, subject: subject.clone(), period, scope: Some(scope.clone()) };
                    readings.push(Reading { key, basis });
                }
            }
        }
        let record =
            matches!(readings.first(), Some(reading) if matches!(reading.key.measure, Measure::Best(..)));
        let (stated, undefined) = match places(&norm) {
            Some((from, to)) => (Stated::Rank { from, to }, named.undefined),
            None if record => (Stated::Truth(true), named.undefined),
            None if norm == "unique" => (exactly_one(), named.undefined),
            None if matches!(norm.as_str(), "best" | "max" | "min" | "first") => {
                (Stated::Rank { from: 1, to: 1 }, named.undefined)
            }
            None => {
                let words = statement.rank.as_ref().map(|rank| rank.text.clone());
                (Stated::Rank { from: 1, to: u32::MAX }, words)
            }
        };
        Some(Part { label, readings, stated, undefined })
    }

    /// Whom a statement is about, and how sure that is.
    fn subject(&self, statement: &Statement) -> (Subject, Basis) {
        let words = statement.subject.as_ref();
        let coded = words.and_then(|words| words.gbt2260.as_deref()).and_then(|code| code.parse().ok());
        let carried = words.is_none_or(|words| words.inherited || words.implicit);
        if carried && let Some(code) = self.only_place(&statement.text) {
            return (Subject::Region(code), Basis::Stated);
        }
        if let Some(code) = coded {
            return (Subject::Region(code), if carried { Basis::Inherited } else { Basis::Stated });
        }
        if let Some(entity) = words.and_then(|words| self.mentions.entity(&words.text)) {
            return (entity, Basis::Stated);
        }
        if let Some(code) = words.and_then(|words| self.only_place(&words.text)) {
            return (Subject::Region(code), Basis::Stated);
        }
        match self.region {
            Some(code) => (Subject::Region(code), Basis::Inherited),
            None => (Subject::Entity { kind: "unknown".into(), id: "unnamed".into() }, Basis::Assumed),
        }
    }

    /// The one city or county that words name; a province is rather what something is ranked in.
    fn only_place(&self, words: &str) -> Option<u32> {
        let lower = words.to_lowercase();
        if ["china's ", "national gdp", "the nation's "].iter().any(|nation| lower.contains(nation)) {
            return Some(100_000);
        }
        let mentions = regions::mentions(words, self.region);
        let mut places = mentions
            .iter()
            .map(|mention| mention.region)
            .filter(|region| matches!(region.level, regions::Level::Prefecture | regions::Level::County));
        let first = places.next()?;
        places.all(|other| other.code == first.code).then_some(first.code)
    }
}

fn kind(kind: Type) -> Kind {
    match kind {
        Type::Quantity => Kind::Quantity,
        Type::Growth => Kind::Growth,
        Type::Rank => Kind::Rank,
        Type::Status => Kind::Status,
        Type::Enumeration => Kind::Enumeration,
        Type::Goal => Kind::Goal,
        Type::Action => Kind::Action,
        Type::Proposal => Kind::Proposal,
    }
}

fn modality(mood: Mood) -> Modality {
    match mood {
        Mood::Fact => Modality::Fact,
        Mood::Forecast => Modality::Forecast,
        Mood::Target => Modality::Target,
        Mood::Ongoing => Modality::Ongoing,
        Mood::Proposal => Modality::Proposal,
    }
}

/// The reader's topic first, then every topic of the words.
fn topics(statement: &Statement) -> Vec<Code> {
    let mut topics: Vec<Code> = vec![statement.topic.as_str().into()];
    for topic in zhidian_vocabulary::topics::of(&statement.text) {
        if !topics.iter().any(|there| &**there == topic) {
            topics.push(topic.into());
        }
    }
    topics.retain(|topic| &**topic != "other" && !topic.is_empty());
    if topics.is_empty() {
        topics.push("other".into());
    }
    topics
}

/// `3` is the third place, `<=10` the first ten.
fn places(norm: &str) -> Option<(u32, u32)> {
    match norm.strip_prefix("<=") {
        Some(to) => to.parse().ok().map(|to| (1, to)),
        None => norm.parse().ok().map(|place| (place, place)),
    }
}

fn exactly_one() -> Stated {
    let quantity = Quantity { value: Decimal::ONE, ulp: Decimal::ZERO, unit: "count".into() };
    Stated::Figure { quantity, qualifier: Qualifier::Exactly }
}

/// The stated figure with its sign, its last digit and the word beside it.
fn stated_figure(statement: &Statement) -> Option<Stated> {
    let decimal = |text: &str| Decimal::from_str(text).ok();
    let change = statement.change.as_ref().and_then(|change| change.norm.as_deref());
    let Some(value) = &statement.value else {
        return match (change, statement.baseline.as_ref()) {
            (Some("up"), None) => Some(Stated::Direction(Ordering::Greater)),
            (Some("down"), None) => Some(Stated::Direction(Ordering::Less)),
            (Some("flat"), None) => Some(Stated::Direction(Ordering::Equal)),
            _ => None,
        };
    };
    let unit: Code = value.unit.as_deref().unwrap_or("count").into();
    if let (Some(low), Some(high)) = (&value.low, &value.high) {
        return Some(Stated::Between(decimal(low)?, decimal(high)?, unit));
    }
    let falls = matches!(change, Some("down" | "down_by"));
    let number = decimal(value.num.as_deref()?)?;
    let number = if falls && number.is_sign_positive() { -number } else { number };
    let ulp = value.precision.as_deref().and_then(decimal).unwrap_or_else(|| Decimal::new(1, number.scale()));
    let qualifier = match statement.qualifier.as_ref().and_then(|word| word.norm.as_deref()) {
        Some("gt") => Qualifier::MoreThan,
        Some("ge") => Qualifier::AtLeast,
        Some("le") => Qualifier::AtMost,
        Some("lt") => Qualifier::LessThan,
        Some("approx") => Qualifier::About,
        Some("lt_approx") => Qualifier::Nearly,
        _ => Qualifier::Exactly,
    };
    let qualifier = if qualifier == Qualifier::Exactly { reached(statement) } else { qualifier };
    Some(Stated::Figure { quantity: Quantity { value: number, ulp, unit }, qualifier })
}

/// Above, below or level with: by the words of the comparison.
fn compared(words: &str) -> Option<Ordering> {
    let lower = words.to_lowercase();
    let any = |list: &[&str]| list.iter().any(|word| lower.contains(word));
    if any(&["高于", "快于", "好于", "优于", "超过", "高出", "above", "faster", "higher", "outpac"])
    {
        Some(Ordering::Greater)
    } else if any(&["低于", "慢于", "below", "slower", "lower"]) {
        Some(Ordering::Less)
    } else if any(&["同步", "持平", "相当", "in line", "in step", "level with"]) {
        Some(Ordering::Equal)
    } else {
        None
    }
}

/// A target is met by reaching it: 到2025年达到1000亿元 asks for at least as much, of what had better be low for at most.
fn reached(statement: &Statement) -> Qualifier {
    let by = statement
        .period
        .as_ref()
        .and_then(|period| period.norm.as_deref())
        .is_some_and(|norm| norm.starts_with(".."));
    let target = by || statement.modality == Mood::Target;
    let canon = statement.indicator.as_ref().and_then(|indicator| indicator.canon.as_deref());
    let better =
        canon.and_then(|canon| Composed::parse_claims_code(canon).ok()).map(|composed| composed.base.better);
    match better {
        Some(Better::Higher) if target => Qualifier::AtLeast,
        Some(Better::Lower) if target => Qualifier::AtMost,
        _ => Qualifier::Exactly,
    }
}

/// A key for something only the document's words name.
fn term(words: &str) -> Measure {
    Measure::of(&format!("{TERM}{}", words.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use zhidian_model::Order;

    #[test]
    fn norms_of_places() {
        assert_eq!(places("3"), Some((3, 3)));
        assert_eq!(places("<=10"), Some((1, 10)));
        assert_eq!(places("best"), None);
    }

    #[test]
    fn the_fewest_is_first_from_below() {
        assert_eq!(measures::order("min", &Measure::of("approvals.items")), Order::Ascending);
        assert_eq!(measures::order("1", &Measure::of("gdp.growth.real")), Order::Descending);
    }
}
