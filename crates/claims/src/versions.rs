//! What two versions of a document state differently.

use crate::statement::Statement;
use serde::Serialize;

/// A difference between two versions. Statements are given by their place in the two lists.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Change {
    /// Only the new version states it.
    Added {
        /// Place in the new list.
        new: usize,
    },
    /// Only the old version states it.
    Removed {
        /// Place in the old list.
        old: usize,
    },
    /// Both speak of it and say something else.
    Altered {
        /// Place in the old list.
        old: usize,
        /// Place in the new list.
        new: usize,
        /// The fields that differ: `value`, `rank`, `modality`, `qualifier`, `change`, `baseline`, `count`, `scope`.
        fields: Vec<&'static str>,
    },
}

/// Compares two versions, statement by statement.
///
/// Statements belong together when they are of one kind and speak of the same subject, measure and period; those without a
/// measure, when their words do. Among several, equal ones are paired first, then in the order of the texts. What
/// moved and says the same is no difference.
pub fn compare(old: &[Statement], new: &[Statement]) -> Vec<Change> {
    let mut free: Vec<bool> = vec![true; new.len()];
    let mut pairs: Vec<Option<usize>> = vec![None; old.len()];
    let mut index: std::collections::BTreeMap<String, Vec<usize>> = std::collections::BTreeMap::new();
    for (j, statement) in new.iter().enumerate() {
        index.entry(about(statement)).or_default().push(j);
    }
    for equal in [true, false] {
        for (i, statement) in old.iter().enumerate().filter(|(i, _)| pairs[*i].is_none()).collect::<Vec<_>>()
        {
            let candidates = index.get(&about(statement)).map(Vec::as_slice).unwrap_or_default();
            let found = candidates
                .iter()
                .find(|j| free[**j] && (!equal || differing(statement, &new[**j]).is_empty()));
            if let Some(j) = found.copied() {
                free[j] = false;
                pairs[i] = Some(j);
            }
        }
    }
    let mut changes = Vec::new();
    for (i, pair) in pairs.iter().enumerate() {
        match pair {
            Some(j) => {
                let fields = differing(&old[i], &new[*j]);
                if !fields.is_empty() {
                    changes.push(Change::Altered { old: i, new: *j, fields });
                }
            }
            None => changes.push(Change::Removed { old: i }),
        }
    }
    changes.extend((0..new.len()).filter(|j| free[*j]).map(|new| Change::Added { new }));
    changes
}

/// What a statement is about, as a key.
fn about(s: &Statement) -> String {
    let subject = s.subject.as_ref().map(|w| w.gbt2260.clone().unwrap_or_else(|| w.text.clone()));
    let measure = s.indicator.as_ref().map(|w| w.canon.clone().unwrap_or_else(|| w.text.clone()));
    let words = || {
        let said = s.label.as_ref().or(s.object.as_ref());
        said.map_or_else(|| s.text.clone(), |w| w.text.clone())
    };
    let measure = measure.unwrap_or_else(words);
    let period = s.period.as_ref().and_then(|w| w.norm.clone());
    format!("{:?}|{}|{measure}|{}", s.kind, subject.unwrap_or_default(), period.unwrap_or_default())
}

fn differing(a: &Statement, b: &Statement) -> Vec<&'static str> {
    let norm = |w: &Option<crate::statement::Normed>| w.as_ref().and_then(|w| w.norm.clone());
    let figure = |s: &Statement| {
        s.value
            .as_ref()
            .map(|v| (v.num.clone(), v.low.clone(), v.high.clone(), v.ratio.clone(), v.unit.clone()))
    };
    let words = |w: &Option<crate::statement::Words>| w.as_ref().map(|w| w.text.clone());
    let items = |s: &Statement| s.items.iter().map(|w| w.text.clone()).collect::<Vec<_>>();
    [
        ("value", figure(a) != figure(b)),
        ("rank", norm(&a.rank) != norm(&b.rank)),
        ("modality", a.modality != b.modality),
        ("qualifier", norm(&a.qualifier) != norm(&b.qualifier)),
        ("change", norm(&a.change) != norm(&b.change)),
        ("baseline", norm(&a.baseline) != norm(&b.baseline)),
        ("count", norm(&a.count) != norm(&b.count)),
        ("scope", words(&a.scope) != words(&b.scope)),
        ("items", items(a) != items(b)),
    ]
    .into_iter()
    .filter_map(|(name, differs)| differs.then_some(name))
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Options, read};

    fn statements(text: &str) -> Vec<Statement> {
        let options = Options { dated: Some("2026-02".into()), region: Some(330_800), ..Options::default() };
        read(text, &options).unwrap().statements
    }

    #[test]
    fn a_changed_figure_a_new_and_a_lost_statement() {
        let old = statements("全市地区生产总值1850亿元，增长5.6%。新建公路12公里。");
        let new = statements("新建学校3所。全市地区生产总值1860亿元，增长5.6%。");
        let changes = compare(&old, &new);
        assert_eq!(
            changes,
            [
                Change::Altered { old: 0, new: 1, fields: vec!["value"] },
                Change::Removed { old: 2 },
                Change::Added { new: 0 },
            ]
        );
        assert!(compare(&old, &old).is_empty());
    }
}
