//! What tables and engines say, found by measure and subject.

use std::{collections::BTreeMap, sync::Arc};
use zhidian_model::{Facts, Finding, FindingId, Key, Measure, Period, Subject};

/// All findings of a run so far.
#[derive(Clone, Debug, Default)]
pub struct FactStore {
    by: BTreeMap<(Measure, Subject), Vec<Arc<Finding>>>,
    ids: BTreeMap<FindingId, Arc<Finding>>,
}

impl FactStore {
    /// Adds findings. A finding that is there already is not added twice: the order of rows is irrelevant.
    pub fn extend(&mut self, findings: impl IntoIterator<Item = Finding>) {
        for finding in findings {
            let finding = Arc::new(finding);
            if self.ids.insert(finding.id().clone(), finding.clone()).is_some() {
                continue;
            }
            let at = (finding.key.measure.clone(), finding.key.subject.clone());
            let there = self.by.entry(at).or_default();
            let order = |finding: &Finding| {
                (finding.key.period, std::cmp::Reverse(finding.grade()), finding.id().clone())
            };
            let position = there.partition_point(|other| order(other) < order(&finding));
            there.insert(position, finding);
        }
    }

    /// Every finding of a measure for a subject, earliest period first, then strongest grade.
    pub fn about(&self, measure: &Measure, subject: &Subject) -> &[Arc<Finding>] {
        self.by.get(&(measure.clone(), subject.clone())).map_or(&[], Vec::as_slice)
    }

    /// Every measure that is known of a subject.
    pub fn measures_of(&self, subject: &Subject) -> impl Iterator<Item = &Measure> {
        self.by.keys().filter(move |(_, of)| of == subject).map(|(measure, _)| measure)
    }
}

impl Facts for FactStore {
    fn at(&self, key: &Key) -> Vec<Arc<Finding>> {
        let mut at: Vec<_> = self
            .about(&key.measure, &key.subject)
            .iter()
            .filter(|finding| key.period == Period::ALWAYS || finding.key.period == key.period)
            .filter(|finding| key.scope.is_none() || finding.key.scope == key.scope)
            .cloned()
            .collect();
        at.sort_by_key(|finding| std::cmp::Reverse(finding.grade()));
        at
    }
}
