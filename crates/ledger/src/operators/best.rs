//! Is the value at the key's period the best of a window?

use super::{Derivation, Operators};
use crate::{
    contract::{Exhibit, Mark, Point},
    names,
};
use std::sync::Arc;
use zhidian_model::{Estimate, Evidence, Finding, Interval, Key, Measure, Period, Text};

/// A place or a value as an interval in which less is better.
#[derive(Clone, Copy)]
struct Standing {
    best: rust_decimal::Decimal,
    worst: rust_decimal::Decimal,
}

impl Operators<'_> {
    /// True when no year of the window is surely or possibly better, false when one surely is, else unknown. A year
    /// without a value leaves it unknown unless another year already decides.
    ///
    /// Each year is taken from its strongest derivation; every other derivation of a year is tried in its place, and
    /// one that turns the answer is a finding of its own, as strong as it is.
    pub(super) fn best(&self, key: &Key, of: &Measure, window: &Period) -> Vec<Derivation> {
        let Some(years) = window.whole_years() else { return vec![] };
        let years: Vec<Period> = years.map(Period::year).collect();
        let at = |period: &Period| {
            self.at(&Key { measure: of.clone(), period: *period, ..key.clone() })
                .into_iter()
                .filter(|derivation| standing(&derivation.finding).is_some())
                .collect::<Vec<_>>()
        };
        let held: Vec<(Period, Vec<Derivation>)> = years.iter().map(|year| (*year, at(year))).collect();
        let strongest: Vec<(Period, Option<Arc<Finding>>)> =
            held.iter().map(|(year, all)| (*year, all.first().map(|first| first.finding.clone()))).collect();
        let Some(first) = self.compared(key, &strongest) else { return vec![] };
        let truth = |derivation: &Derivation| derivation.finding.value.clone();
        let mut found = vec![first];
        for (at, (_, all)) in held.iter().enumerate() {
            for other in all.iter().skip(1) {
                let mut tried = strongest.clone();
                tried[at].1 = Some(other.finding.clone());
                let other = self.compared(key, &tried);
                found.extend(other.filter(|other| truth(other) != truth(&found[0])));
            }
        }
        found
    }

    fn compared(&self, key: &Key, years: &[(Period, Option<Arc<Finding>>)]) -> Option<Derivation> {
        let own = years.iter().find(|(year, _)| *year == key.period)?.1.clone()?;
        let ours = standing(&own)?;
        let others = || years.iter().filter(|(year, _)| *year != key.period);
        let of = |finding: &Option<Arc<Finding>>| finding.as_ref().and_then(|finding| standing(finding));
        let beaten = others().any(|(_, finding)| of(finding).is_some_and(|theirs| theirs.worst < ours.best));
        let unbeaten =
            others().all(|(_, finding)| of(finding).is_some_and(|theirs| ours.worst <= theirs.best));
        let truth = match (beaten, unbeaten) {
            (true, _) => Some(false),
            (false, true) => Some(true),
            (false, false) => None,
        };
        let rest = others().filter_map(|(_, finding)| Some(finding.as_ref()?.evidence.clone()));
        let evidence = Evidence::derived("best", Some(key.clone()), own.evidence.clone(), rest);
        let text = self.best_words(key, years, truth);
        let exhibit = Exhibit {
            mark: if matches!(own.value, Estimate::Rank(_)) { Mark::Bump } else { Mark::Line },
            title: text.clone(),
            unit: Text::new("位次", "place"),
            points: years.iter().map(|(year, finding)| point(year, finding.as_deref(), key)).collect(),
        };
        let finding = Finding::new("ledger", key.clone(), Estimate::Truth(truth), evidence, "best", text);
        Some(Derivation { finding: Arc::new(finding), exhibit: Some(exhibit) })
    }

    fn best_words(&self, key: &Key, years: &[(Period, Option<Arc<Finding>>)], truth: Option<bool>) -> Text {
        let each: Vec<String> = years
            .iter()
            .map(|(year, finding)| {
                let stands = finding.as_deref().map_or_else(|| "—".into(), stands);
                format!("{year} {stands}")
            })
            .collect();
        let (zh, en) = match truth {
            Some(true) => ("是其中最好", "the best of them"),
            Some(false) => ("不是其中最好", "not the best of them"),
            None => ("是否最好无法判定", "whether it is the best cannot be decided"),
        };
        let (subject, when) = (self.names.subject(&key.subject), names::period(&key.period));
        let of = match &key.measure {
            Measure::Best(of, _) => self.names.measure(of),
            other => self.names.measure(other),
        };
        Text::new(
            format!("{}{}各年：{}；{}{zh}", subject.zh, of.zh, each.join("，"), when.zh),
            format!("{}, {} by year: {}; {} is {en}", subject.en, of.en, each.join(", "), when.en),
        )
    }
}

/// `3`, `9–10`, or the printed value.
fn stands(finding: &Finding) -> String {
    match &finding.value {
        Estimate::Rank(rank) if rank.least == rank.most => rank.least.to_string(),
        Estimate::Rank(rank) => format!("{}–{}", rank.least, rank.most),
        Estimate::Value { printed, .. } => printed.to_string(),
        _ => "—".into(),
    }
}

fn standing(finding: &Finding) -> Option<Standing> {
    match &finding.value {
        Estimate::Rank(rank) => Some(Standing { best: rank.least.into(), worst: rank.most.into() }),
        Estimate::Value { interval: Interval { low: Some(low), high: Some(high) }, .. } => {
            Some(Standing { best: -high.at, worst: -low.at })
        }
        _ => None,
    }
}

fn point(year: &Period, finding: Option<&Finding>, key: &Key) -> Point {
    let (value, most) = match finding.map(|finding| &finding.value) {
        Some(Estimate::Rank(rank)) => (Some(rank.least.to_string()), Some(rank.most.to_string())),
        Some(Estimate::Value { printed, .. }) => (Some(printed.to_string()), None),
        _ => (None, None),
    };
    Point {
        label: Text::same(year.to_string()),
        value,
        most,
        own: *year == key.period,
        grade: finding.map(Finding::grade),
    }
}
