//! Departures in words: a step skipped, done in the wrong order, done without need, papers asked for more than once.

use super::align::{Alignment, Move};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// What a departure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The procedure asks for the step; it did not happen.
    Skipped,
    /// The step happened, but not where the procedure has it.
    WrongOrder,
    /// The procedure does not have the step, or not once more.
    Extra,
    /// Papers were asked for beyond the one time the law allows.
    ExtraSupplement,
}

/// A departure and in how many cases it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Departure {
    /// What it is.
    pub kind: Kind,
    /// The step.
    pub activity: String,
    /// Cases.
    pub cases: u64,
}

/// Words of steps by which papers are asked for.
pub const SUPPLEMENT: [&str; 3] = ["补正", "补齐", "supplement"];

/// Departures of aligned variants, commonest first. A step that is skipped at one place and done at another stands in the wrong
/// order.
pub fn departures(alignments: &[(Vec<String>, u64, Alignment)]) -> Vec<Departure> {
    let mut counts: BTreeMap<(Kind, &str), u64> = BTreeMap::new();
    for (trace, cases, alignment) in alignments {
        let mut balance: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
        for step in &alignment.moves {
            match step {
                Move::Both(_) => {}
                Move::Model(name) => balance.entry(name).or_default().0 += 1,
                Move::Log(name) => balance.entry(name).or_default().1 += 1,
            }
        }
        for (name, (skipped, extra)) in balance {
            let kinds = [
                (Kind::WrongOrder, skipped.min(extra)),
                (Kind::Skipped, skipped.saturating_sub(extra)),
                (Kind::Extra, extra.saturating_sub(skipped)),
            ];
            for (kind, _) in kinds.iter().filter(|(_, count)| *count > 0) {
                *counts.entry((*kind, name)).or_default() += cases;
            }
        }
        let asked: Vec<&String> = trace
            .iter()
            .filter(|name| SUPPLEMENT.iter().any(|word| name.to_lowercase().contains(word)))
            .collect();
        if let (true, Some(first)) = (asked.len() > 1, asked.first()) {
            *counts.entry((Kind::ExtraSupplement, first.as_str())).or_default() += cases;
        }
    }
    let mut departures: Vec<Departure> = counts
        .into_iter()
        .map(|((kind, activity), cases)| Departure { kind, activity: activity.into(), cases })
        .collect();
    departures.sort_by(|a, b| {
        b.cases.cmp(&a.cases).then_with(|| (a.kind, &a.activity).cmp(&(b.kind, &b.activity)))
    });
    departures
}
