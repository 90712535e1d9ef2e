//! What would change: two ledgers side by side.

use crate::contract::{Answer, Assessment, Outcome};
use schemars::JsonSchema;
use serde::Serialize;
use zhidian_model::Text;

/// One answer that a scenario changes.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Change {
    /// The statement's id.
    pub id: String,
    /// What it comes to without the scenario.
    pub before: Outcome,
    /// What it comes to with it.
    pub after: Outcome,
    /// The answer with it, in words.
    pub text: Text,
}

/// The answers that differ, in the order of the documents. An answer whose outcome stays but which rests on other
/// findings has changed too.
pub fn compare(before: &Assessment, after: &Assessment) -> Vec<Change> {
    let differs = |a: &Answer, b: &Answer| {
        a.outcome != b.outcome || a.because != b.because || a.near.len() != b.near.len()
    };
    before
        .answers
        .iter()
        .filter_map(|old| {
            let new = after.answers.iter().find(|new| new.id == old.id).filter(|new| differs(old, new))?;
            Some(Change {
                id: old.id.clone(),
                before: old.outcome,
                after: new.outcome,
                text: new.text.clone(),
            })
        })
        .collect()
}
