//! How many measures, or how many members of a scope, pass a test.

use super::{Derivation, Operators};
use rust_decimal::Decimal;
use std::sync::Arc;
use zhidian_model::{Estimate, Evidence, Finding, Interval, Key, Measure, Order, Test, Text};

impl Operators<'_> {
    /// How many of the measures pass, for the key's subject. A measure that cannot be tested widens the count.
    pub(super) fn count(&self, key: &Key, of: &[Measure], test: &Test) -> Vec<Derivation> {
        let tested =
            of.iter().map(|measure| self.passes(&Key { measure: measure.clone(), ..key.clone() }, test));
        self.counted(key, tested.collect(), "count")
    }

    /// How many members of the key's scope pass. A member that cannot be tested widens the count.
    pub(super) fn count_in(&self, key: &Key, of: &Measure, test: &Test) -> Vec<Derivation> {
        let Some(roster) = key.scope.as_deref().and_then(|scope| self.roster(scope)) else { return vec![] };
        let tested = roster.during(&key.period).map(|member| {
            self.passes(&Key { measure: of.clone(), subject: member.clone(), ..key.clone() }, test)
        });
        self.counted(key, tested.collect(), "count_in")
    }

    /// Whether the strongest derivation passes, with its evidence; none where it cannot be said.
    fn passes(&self, key: &Key, test: &Test) -> Option<(bool, Evidence)> {
        let tested = match test {
            Test::Top(_) => key.measure.clone().rank(Order::Descending),
            Test::Up => return self.moved_up(key),
            Test::AtLeast(_) | Test::True => key.measure.clone(),
        };
        self.at(&Key { measure: tested, ..key.clone() }).into_iter().find_map(|derivation| {
            let passed = match (&derivation.finding.value, test) {
                (Estimate::Rank(rank), Test::Top(n)) => sure(rank.most <= *n, rank.least > *n),
                (Estimate::Value { interval, .. }, Test::AtLeast(limit)) => {
                    let enough = Interval::above(*limit, false);
                    sure(enough.contains(interval), !enough.intersects(interval))
                }
                (Estimate::Truth(truth), Test::True) => *truth,
                _ => None,
            };
            passed.map(|passed| (passed, derivation.finding.evidence.clone()))
        })
    }

    fn moved_up(&self, key: &Key) -> Option<(bool, Evidence)> {
        let rank = key.measure.clone().rank(Order::Descending);
        let at = |period| self.at(&Key { measure: rank.clone(), period, ..key.clone() });
        let (now, then) = (at(key.period), at(key.period.year_before()?));
        let (now, then) = (&now.first()?.finding, &then.first()?.finding);
        match (&now.value, &then.value) {
            (Estimate::Rank(a), Estimate::Rank(b)) => {
                let evidence =
                    Evidence::derived("change", None, now.evidence.clone(), [then.evidence.clone()]);
                sure(a.most < b.least, a.least >= b.most).map(|up| (up, evidence))
            }
            _ => None,
        }
    }

    fn counted(&self, key: &Key, tested: Vec<Option<(bool, Evidence)>>, by: &str) -> Vec<Derivation> {
        let open = tested.iter().filter(|test| test.is_none()).count();
        let passed = tested.iter().flatten().filter(|(passed, _)| *passed).count();
        let mut evidence = tested.iter().flatten().map(|(_, evidence)| evidence.clone());
        let Some(first) = evidence.next() else { return vec![] };
        let evidence = Evidence::derived(by, Some(key.clone()), first, evidence);
        let (least, most) = (Decimal::from(passed), Decimal::from(passed + open));
        let (asked, of) = (self.names.key(key), tested.len());
        let text = Text::new(
            format!("{}：{of}个中{passed}个符合，{open}个缺数", asked.zh),
            format!("{}: {passed} of {of} pass, {open} without a figure", asked.en),
        );
        let value =
            Estimate::Value { printed: least, interval: Interval::closed(least, most), unit: "count".into() };
        vec![Arc::new(Finding::new("ledger", key.clone(), value, evidence, by, text)).into()]
    }
}

/// Surely yes, surely no, or neither.
fn sure(yes: bool, no: bool) -> Option<bool> {
    match (yes, no) {
        (true, _) => Some(true),
        (_, true) => Some(false),
        _ => None,
    }
}
