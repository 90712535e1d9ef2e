//! Priority rules: which of the activities that could start comes first.

use super::{Instance, network::Network};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A priority rule of the literature (Kolisch and Hartmann, 1999).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// Latest finish time first.
    LatestFinish,
    /// Latest start time first.
    LatestStart,
    /// Least slack first.
    LeastSlack,
    /// Most successors in all first.
    MostSuccessors,
    /// Greatest rank positional weight (own duration and those of the successors) first.
    GreatestWeight,
    /// Shortest duration first.
    ShortestFirst,
}

impl Rule {
    /// Every rule, the best known first.
    pub const ALL: [Self; 6] = [
        Self::LatestFinish,
        Self::LatestStart,
        Self::LeastSlack,
        Self::MostSuccessors,
        Self::GreatestWeight,
        Self::ShortestFirst,
    ];
}

/// The key of each activity under a rule; the smallest comes first.
pub(super) fn keys(rule: Rule, instance: &Instance, network: &Network, duration: &[u32]) -> Vec<f64> {
    let n = duration.len();
    let head = network.heads(duration);
    let tail = network.mirrored().heads(duration);
    let end = (0..n).map(|at| head[at] + duration[at] + tail[at]).max().unwrap_or(0);
    let latest_start = |at: usize| f64::from(end - tail[at] - duration[at]);
    (0..n)
        .map(|at| match rule {
            Rule::LatestFinish => f64::from(end - tail[at]),
            Rule::LatestStart => latest_start(at),
            Rule::LeastSlack => latest_start(at) - f64::from(head[at]),
            Rule::MostSuccessors => -(descendants(instance, at).len() as f64),
            Rule::GreatestWeight => {
                let below: u32 =
                    instance.activities[at].successors.iter().map(|next| duration[next.to]).sum();
                -f64::from(duration[at] + below)
            }
            Rule::ShortestFirst => f64::from(duration[at]),
        })
        .collect()
}

fn descendants(instance: &Instance, at: usize) -> std::collections::BTreeSet<usize> {
    let (mut seen, mut open) = (std::collections::BTreeSet::new(), vec![at]);
    while let Some(at) = open.pop() {
        for next in &instance.activities[at].successors {
            if seen.insert(next.to) {
                open.push(next.to);
            }
        }
    }
    seen
}
