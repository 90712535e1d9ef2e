//! Change from the period before, and ratios: both within one table and edition only.

use super::{ByVintage, Derivation, Operators, rank::gap_unit};
use crate::names;
use rust_decimal::Decimal;
use std::{cmp::Ordering, sync::Arc};
use zhidian_model::{Bound, Code, Estimate, Evidence, Facts, Finding, Interval, Key, Measure, Text};

/// A plain figure.
struct Figure {
    printed: Decimal,
    low: Decimal,
    high: Decimal,
    unit: Code,
}

impl Operators<'_> {
    /// The measure at the key's period less the measure a year before.
    pub(super) fn change(&self, key: &Key, of: &Measure) -> Vec<Derivation> {
        let Some(before) = key.period.year_before() else { return vec![] };
        let at = |period| Key { measure: of.clone(), period, subject: key.subject.clone(), scope: None };
        self.paired(key, &at(key.period), &at(before), "change", |now, then| {
            Some((now.printed - then.printed, now.low - then.high, now.high - then.low, gap_unit(&now.unit)))
        })
    }

    /// One measure over another; nothing where the divisor may be zero.
    pub(super) fn ratio(&self, key: &Key, over: &Measure, under: &Measure) -> Vec<Derivation> {
        let at = |measure: &Measure| Key { measure: measure.clone(), scope: None, ..key.clone() };
        self.paired(key, &at(over), &at(under), "ratio", |over, under| {
            if under.low <= Decimal::ZERO || over.unit != under.unit {
                return None;
            }
            let low = over.low.checked_div(if over.low >= Decimal::ZERO { under.high } else { under.low })?;
            let high =
                over.high.checked_div(if over.high >= Decimal::ZERO { under.low } else { under.high })?;
            Some((over.printed.checked_div(under.printed)?, low, high, "ratio".into()))
        })
    }

    /// Whether the value at one key is above, below or level with the value at another, for each pair of derivations.
    /// The two may come from different tables: nothing is derived across them, they are only compared.
    pub fn against(&self, key: &Key, other: &Key, stated: Ordering) -> Vec<Derivation> {
        let others = self.facts.at(other);
        let mut found: Vec<Derivation> = self
            .facts
            .at(key)
            .iter()
            .flat_map(|one| others.iter().filter_map(|two| self.beside(key, one, two, stated)))
            .collect();
        found.sort_by_key(|derivation| std::cmp::Reverse(derivation.finding.grade()));
        found
    }

    /// How far the value at one key stands from the value at another, for each pair of derivations. As above, the two
    /// may come from different tables.
    pub fn apart(&self, key: &Key, other: &Key) -> Vec<Derivation> {
        let others = self.facts.at(other);
        let mut found: Vec<Derivation> = self
            .facts
            .at(key)
            .iter()
            .flat_map(|one| others.iter().filter_map(|two| distance(key, one, two)))
            .collect();
        found.sort_by_key(|derivation| std::cmp::Reverse(derivation.finding.grade()));
        found
    }

    fn beside(&self, key: &Key, one: &Finding, two: &Finding, stated: Ordering) -> Option<Derivation> {
        let (a, b) = (figure(one)?, figure(two)?);
        if a.unit != b.unit {
            return None;
        }
        let found = if a.low > b.high {
            Some(Ordering::Greater)
        } else if a.high < b.low {
            Some(Ordering::Less)
        } else {
            // Printed alike is level as far as the figures go; anything else turns on rounding.
            (a.printed == b.printed).then_some(Ordering::Equal)
        };
        let evidence =
            Evidence::derived("against", Some(key.clone()), one.evidence.clone(), [two.evidence.clone()]);
        let text = Text::new(
            format!("{}；{}", one.text.zh, two.text.zh),
            format!("{}; {}", one.text.en, two.text.en),
        );
        let value = Estimate::Truth(found.map(|found| found == stated));
        Some(Arc::new(Finding::new("ledger", key.clone(), value, evidence, "against", text)).into())
    }

    fn paired(
        &self,
        key: &Key,
        first: &Key,
        second: &Key,
        by: &str,
        combine: impl Fn(&Figure, &Figure) -> Option<(Decimal, Decimal, Decimal, Code)>,
    ) -> Vec<Derivation> {
        let (firsts, seconds) = (ByVintage::new(self.facts.at(first)), ByVintage::new(self.facts.at(second)));
        let vintages = ByVintage::vintages(Some(&firsts), [&seconds], true);
        vintages
            .into_iter()
            .filter_map(|vintage| {
                let (first, second) = (firsts.get(vintage, true)?, seconds.get(vintage, true)?);
                let (printed, low, high, unit) = combine(&figure(first)?, &figure(second)?)?;
                let evidence = Evidence::derived(
                    by,
                    Some(key.clone()),
                    first.evidence.clone(),
                    [second.evidence.clone()],
                );
                let (asked, shown) = (self.names.key(key), names::value(printed.round_dp(4), &unit));
                let text =
                    Text::new(format!("{}：{}", asked.zh, shown.zh), format!("{}: {}", asked.en, shown.en));
                let interval = Interval {
                    low: Some(Bound { at: low, open: false }),
                    high: Some(Bound { at: high, open: false }),
                };
                let value = Estimate::Value { printed, interval, unit };
                Some(Arc::new(Finding::new("ledger", key.clone(), value, evidence, by, text)).into())
            })
            .collect()
    }
}

fn distance(key: &Key, one: &Finding, two: &Finding) -> Option<Derivation> {
    let (a, b) = (figure(one)?, figure(two)?);
    if a.unit != b.unit {
        return None;
    }
    let unit = gap_unit(&a.unit);
    let printed = a.printed - b.printed;
    let evidence =
        Evidence::derived("apart", Some(key.clone()), one.evidence.clone(), [two.evidence.clone()]);
    let shown = names::value(printed.round_dp(4), &unit);
    let text = Text::new(
        format!("{}；{}；相差{}", one.text.zh, two.text.zh, shown.zh),
        format!("{}; {}; they stand {} apart", one.text.en, two.text.en, shown.en),
    );
    let value = Estimate::Value { printed, interval: Interval::closed(a.low - b.high, a.high - b.low), unit };
    Some(Arc::new(Finding::new("ledger", key.clone(), value, evidence, "apart", text)).into())
}

fn figure(finding: &Finding) -> Option<Figure> {
    match &finding.value {
        Estimate::Value { printed, interval: Interval { low: Some(low), high: Some(high) }, unit } => {
            Some(Figure { printed: *printed, low: low.at, high: high.at, unit: unit.clone() })
        }
        _ => None,
    }
}
