//! The inductive miner: a process tree from a log (Leemans, Fahland and van der Aalst 2013; with infrequent behaviour put
//! aside, 2014).
//!
//! With `noise` 0 every trace of the log is a run of the tree, by construction. With noise, pairs of activities that follow each
//! other less often than that share of the commonest pair from the same activity are left out when no cut is found
//! otherwise.

mod cuts;
mod fall;
mod graph;

use crate::log::EventLog;
use crate::procedure::{Operator, Tree};
use graph::Graph;
use std::collections::BTreeMap;

/// Traces and how often each occurs, in order of the traces.
pub(crate) type Traces = BTreeMap<Vec<u32>, u64>;

/// Discovers a tree.
pub fn inductive(log: &EventLog, noise: f64) -> Tree {
    let mut traces = Traces::new();
    for case in log.each() {
        *traces.entry(case.activity.to_vec()).or_default() += 1;
    }
    of_traces(&traces, noise, &|activity| log.activities.text(activity).to_owned())
}

/// Discovers a tree from traces of numbered activities.
pub fn of_traces(traces: &BTreeMap<Vec<u32>, u64>, noise: f64, name: &dyn Fn(u32) -> String) -> Tree {
    Miner { noise: noise.clamp(0.0, 1.0), name }.mine(traces.clone())
}

struct Miner<'a> {
    noise: f64,
    name: &'a dyn Fn(u32) -> String,
}

impl Miner<'_> {
    fn mine(&self, mut traces: Traces) -> Tree {
        let total: u64 = traces.values().sum();
        let empty = traces.remove([].as_slice()).unwrap_or(0);
        if traces.is_empty() {
            return Tree::Silent;
        }
        // A few empty traces are noise; otherwise the whole may be skipped.
        if empty > 0 && (self.noise == 0.0 || empty as f64 > self.noise * total as f64) {
            return Tree::node(Operator::Choice, vec![Tree::Silent, self.mine(traces)]);
        }
        let graph = Graph::of(&traces);
        if let Some(leaf) = self.leaf(&graph, &traces) {
            return leaf;
        }
        if let Some((operator, parts)) = self.cut(&graph, &traces) {
            return Tree::node(operator, parts.into_iter().map(|part| self.mine(part)).collect());
        }
        self.fall(&graph, traces)
    }

    /// One activity, once in every trace; with noise, nearly so.
    fn leaf(&self, graph: &Graph, traces: &Traces) -> Option<Tree> {
        let [activity] = graph.activities[..] else { return None };
        let (cases, events) = traces.iter().fold((0, 0), |(cases, events), (trace, count)| {
            (cases + count, events + count * trace.len() as u64)
        });
        // Repetition is geometric; nearly one event a case is no loop (Leemans 2014, section 4.1).
        let once = cases as f64 / (cases + events) as f64;
        let fits = events == cases || (self.noise > 0.0 && (once - 0.5).abs() <= self.noise / 2.0);
        fits.then(|| Tree::Activity((self.name)(activity)))
    }

    fn cut(&self, graph: &Graph, traces: &Traces) -> Option<(Operator, Vec<Traces>)> {
        cuts::find(graph)
            .or_else(|| (self.noise > 0.0).then(|| cuts::find(&graph.filtered(self.noise)))?)
            .map(|(operator, parts)| (operator, cuts::split(operator, &parts, traces)))
    }

    fn fall(&self, graph: &Graph, traces: Traces) -> Tree {
        match fall::through(graph, &traces) {
            fall::Fall::Beside(alone, rest) => {
                Tree::node(Operator::Parallel, vec![self.mine(alone), self.mine(rest)])
            }
            fall::Fall::Repeat(body) => Tree::node(Operator::Loop, vec![self.mine(body), Tree::Silent]),
            fall::Fall::Flower => {
                let all =
                    graph.activities.iter().map(|activity| Tree::Activity((self.name)(*activity))).collect();
                Tree::node(Operator::Loop, vec![Tree::node(Operator::Choice, all), Tree::Silent])
            }
        }
    }
}
