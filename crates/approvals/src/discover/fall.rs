//! What is done when no cut is found, most exact first.

use super::Traces;
use super::cuts;
use super::graph::Graph;

/// A way on.
pub(super) enum Fall {
    /// One activity goes its own way beside the rest.
    Beside(Traces, Traces),
    /// Traces are repetitions of shorter ones.
    Repeat(Traces),
    /// Anything goes.
    Flower,
}

pub(super) fn through(graph: &Graph, traces: &Traces) -> Fall {
    once_a_trace(graph, traces)
        .or_else(|| concurrent(graph, traces))
        .or_else(|| {
            repeated(traces, |before, now| {
                graph.ends.contains(&at(graph, before)) && graph.starts.contains(&at(graph, now))
            })
        })
        .or_else(|| repeated(traces, |_, now| graph.starts.contains(&at(graph, now))))
        .unwrap_or(Fall::Flower)
}

fn at(graph: &Graph, activity: u32) -> usize {
    graph.activities.binary_search(&activity).unwrap_or(usize::MAX)
}

/// An activity that stands exactly once in every trace.
fn once_a_trace(graph: &Graph, traces: &Traces) -> Option<Fall> {
    if graph.len() < 2 {
        return None;
    }
    let once = |activity: &&u32| {
        traces.keys().all(|trace| trace.iter().filter(|other| other == activity).count() == 1)
    };
    graph.activities.iter().find(once).map(|activity| beside(*activity, traces))
}

/// An activity without which a cut is found.
fn concurrent(graph: &Graph, traces: &Traces) -> Option<Fall> {
    if graph.len() < 2 {
        return None;
    }
    graph.activities.iter().find_map(|activity| {
        let (alone, mut rest) = halves(*activity, traces);
        let parts = {
            rest.remove([].as_slice());
            cuts::find(&Graph::of(&rest))
        };
        parts.map(|_| Fall::Beside(alone, halves(*activity, traces).1))
    })
}

fn beside(activity: u32, traces: &Traces) -> Fall {
    let (alone, rest) = halves(activity, traces);
    Fall::Beside(alone, rest)
}

fn halves(activity: u32, traces: &Traces) -> (Traces, Traces) {
    let (mut alone, mut rest) = (Traces::new(), Traces::new());
    for (trace, count) in traces {
        let (a, b) = trace.iter().partition(|other| **other == activity);
        *alone.entry(a).or_default() += count;
        *rest.entry(b).or_default() += count;
    }
    (alone, rest)
}

/// Traces cut wherever one may have ended and another begun.
fn repeated(traces: &Traces, between: impl Fn(u32, u32) -> bool) -> Option<Fall> {
    let (mut cut, mut any) = (Traces::new(), false);
    for (trace, count) in traces {
        let mut piece: Vec<u32> = Vec::new();
        for activity in trace {
            if piece.last().is_some_and(|before| between(*before, *activity)) {
                *cut.entry(std::mem::take(&mut piece)).or_default() += count;
                any = true;
            }
            piece.push(*activity);
        }
        *cut.entry(piece).or_default() += count;
    }
    any.then_some(Fall::Repeat(cut))
}
