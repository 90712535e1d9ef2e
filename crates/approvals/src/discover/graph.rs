//! The directly-follows graph of a part of a log.

use super::Traces;
use std::collections::{BTreeMap, BTreeSet};

/// Activities numbered densely within the part.
#[derive(Clone, Debug)]
pub(crate) struct Graph {
    /// The activities, ascending.
    pub(crate) activities: Vec<u32>,
    /// Does `a` directly precede `b`, and how often: `a * n + b`.
    pub(crate) follows: Vec<u64>,
    /// Dense numbers of those that begin a trace.
    pub(crate) starts: BTreeSet<usize>,
    /// Of those that end one.
    pub(crate) ends: BTreeSet<usize>,
}

impl Graph {
    pub(crate) fn of(traces: &Traces) -> Self {
        let activities: Vec<u32> =
            traces.keys().flatten().copied().collect::<BTreeSet<_>>().into_iter().collect();
        let number: BTreeMap<u32, usize> = activities.iter().enumerate().map(|(at, id)| (*id, at)).collect();
        let n = activities.len();
        let mut graph =
            Self { activities, follows: vec![0; n * n], starts: BTreeSet::new(), ends: BTreeSet::new() };
        for (trace, count) in traces {
            for pair in trace.windows(2) {
                graph.follows[number[&pair[0]] * n + number[&pair[1]]] += count;
            }
            if let (Some(first), Some(last)) = (trace.first(), trace.last()) {
                graph.starts.insert(number[first]);
                graph.ends.insert(number[last]);
            }
        }
        graph
    }

    pub(crate) fn len(&self) -> usize {
        self.activities.len()
    }

    pub(crate) fn edge(&self, a: usize, b: usize) -> bool {
        self.follows[a * self.len() + b] > 0
    }

    /// Without the pairs that are rare beside the commonest from the same activity.
    pub(crate) fn filtered(&self, noise: f64) -> Self {
        let (n, mut kept) = (self.len(), self.clone());
        for row in kept.follows.chunks_mut(n.max(1)) {
            let most = row.iter().copied().max().unwrap_or(0) as f64;
            for count in row {
                if (*count as f64) < noise * most {
                    *count = 0;
                }
            }
        }
        kept
    }

    /// Whether `b` can be reached from `a` by one pair or more: `a * n + b`.
    pub(crate) fn reach(&self) -> Vec<bool> {
        let n = self.len();
        let mut reach: Vec<bool> = self.follows.iter().map(|count| *count > 0).collect();
        for via in 0..n {
            for a in 0..n {
                if reach[a * n + via] {
                    for b in 0..n {
                        reach[a * n + b] |= reach[via * n + b];
                    }
                }
            }
        }
        reach
    }

    /// Groups of the nodes that are linked, directly or by others.
    pub(crate) fn components(
        &self,
        nodes: impl Iterator<Item = usize> + Clone,
        linked: impl Fn(usize, usize) -> bool,
    ) -> Vec<Vec<usize>> {
        let mut left: BTreeSet<usize> = nodes.collect();
        let mut groups = Vec::new();
        while let Some(first) = left.pop_first() {
            let (mut group, mut next) = (vec![first], vec![first]);
            while let Some(at) = next.pop() {
                let near: Vec<usize> = left.iter().copied().filter(|other| linked(at, *other)).collect();
                for other in near {
                    left.remove(&other);
                    group.push(other);
                    next.push(other);
                }
            }
            group.sort_unstable();
            groups.push(group);
        }
        groups
    }
}
