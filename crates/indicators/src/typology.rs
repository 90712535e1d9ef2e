//! Kinds of units by declared rules: which kind a unit is, which it may be, and which figures would tell.
//!
//! A kind has conditions on columns; it holds where all of them do and is ruled out where one fails. What is missing rules
//! nothing out. Thresholds are declared with their reference, never taken from the code.

use crate::composite::Data;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Declared rules: `typology.toml`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// What is told apart.
    pub title: String,
    /// Where the kinds are published.
    #[serde(default)]
    pub reference: Option<String>,
    /// Where the thresholds come from; they are an assumption where nobody published them.
    #[serde(default)]
    pub thresholds: Option<String>,
    /// The kinds.
    #[serde(rename = "kind")]
    pub kinds: Vec<Kind>,
}

/// A kind of unit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Kind {
    /// Unique.
    pub id: String,
    /// What it is called.
    #[serde(default)]
    pub title: Option<String>,
    /// What must hold, all of it.
    pub when: Vec<Condition>,
}

/// A condition on a column; both ends may be given.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// The column.
    pub column: String,
    /// `x ≥`
    #[serde(default)]
    pub at_least: Option<f64>,
    /// `x ≤`
    #[serde(default)]
    pub at_most: Option<f64>,
    /// `x >`
    #[serde(default)]
    pub more_than: Option<f64>,
    /// `x <`
    #[serde(default)]
    pub less_than: Option<f64>,
}

impl Condition {
    /// Whether it holds; nothing for a missing value.
    pub fn holds(&self, x: f64) -> Option<bool> {
        (!x.is_nan()).then(|| {
            self.at_least.is_none_or(|least| x >= least)
                && self.at_most.is_none_or(|most| x <= most)
                && self.more_than.is_none_or(|more| x > more)
                && self.less_than.is_none_or(|less| x < less)
        })
    }
}

/// What a unit is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Position among the kinds: the one that holds while all others are ruled out.
    pub kind: Option<usize>,
    /// The kinds that are not ruled out.
    pub possible: Vec<usize>,
    /// The columns that would tell, where nothing is told.
    pub missing: Vec<String>,
}

/// Tells one row of the data.
pub fn tell(rules: &Rules, data: &Data, row: usize) -> Told {
    let value = |column: &str| data.columns.get(column).map_or(f64::NAN, |values| values[row]);
    let verdicts: Vec<Option<bool>> = rules
        .kinds
        .iter()
        .map(|kind| {
            let held: Vec<Option<bool>> = kind.when.iter().map(|one| one.holds(value(&one.column))).collect();
            if held.contains(&Some(false)) {
                Some(false)
            } else if held.contains(&None) || held.is_empty() {
                None
            } else {
                Some(true)
            }
        })
        .collect();
    let possible: Vec<usize> = (0..verdicts.len()).filter(|at| verdicts[*at] != Some(false)).collect();
    let kind = match possible.as_slice() {
        [only] if verdicts[*only] == Some(true) => Some(*only),
        _ => None,
    };
    let mut missing: Vec<String> = Vec::new();
    for at in possible.iter().filter(|_| kind.is_none()) {
        for condition in rules.kinds[*at].when.iter().filter(|one| value(&one.column).is_nan()) {
            if !missing.contains(&condition.column) {
                missing.push(condition.column.clone());
            }
        }
    }
    Told { kind, possible, missing }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules() -> Rules {
        let condition = |column: &str, at_least, less_than| Condition {
            column: column.into(),
            at_least,
            at_most: None,
            more_than: None,
            less_than,
        };
        let kind = |id: &str, when| Kind { id: id.into(), title: None, when };
        Rules {
            title: "t".into(),
            reference: None,
            thresholds: None,
            kinds: vec![
                kind(
                    "declining",
                    vec![condition("years", None, Some(10.0)), condition("growth", None, Some(5.0))],
                ),
                kind("mature", vec![condition("years", Some(10.0), None)]),
            ],
        }
    }

    #[test]
    fn what_is_missing_rules_nothing_out() {
        let data = Data {
            units: ["a", "b", "c", "d"].map(str::to_owned).to_vec(),
            columns: [
                ("years".to_owned(), vec![3.0, 20.0, f64::NAN, 3.0]),
                ("growth".to_owned(), vec![2.0, 2.0, 9.0, f64::NAN]),
            ]
            .into(),
            ..Data::default()
        };
        let told = |row| tell(&rules(), &data, row);
        assert_eq!((told(0).kind, told(1).kind), (Some(0), Some(1)));
        // Growing fast it is not declining; whether it is mature hangs on its years.
        assert_eq!(told(2), Told { kind: None, possible: vec![1], missing: vec!["years".into()] });
        assert_eq!(told(3), Told { kind: None, possible: vec![0], missing: vec!["growth".into()] });
    }
}
