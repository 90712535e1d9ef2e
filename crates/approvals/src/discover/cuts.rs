//! The four cuts of the inductive miner and how a log is split along them.

use super::Traces;
use super::graph::Graph;
use crate::procedure::Operator;
use std::collections::BTreeSet;

/// The first cut that is there: choice, sequence, parallel, loop. Parts hold activities.
pub(super) fn find(graph: &Graph) -> Option<(Operator, Vec<Vec<u32>>)> {
    let cut = choice(graph)
        .map(|parts| (Operator::Choice, parts))
        .or_else(|| sequence(graph).map(|parts| (Operator::Sequence, parts)))
        .or_else(|| parallel(graph).map(|parts| (Operator::Parallel, parts)))
        .or_else(|| repetition(graph).map(|parts| (Operator::Loop, parts)));
    let named = |part: Vec<usize>| part.into_iter().map(|at| graph.activities[at]).collect();
    cut.map(|(operator, parts)| (operator, parts.into_iter().map(named).collect()))
}

type Parts = Option<Vec<Vec<usize>>>;

fn several(parts: Vec<Vec<usize>>) -> Parts {
    (parts.len() > 1).then_some(parts)
}

/// Activities that are never linked.
fn choice(graph: &Graph) -> Parts {
    several(graph.components(0..graph.len(), |a, b| graph.edge(a, b) || graph.edge(b, a)))
}

/// Groups that can only be gone through in one direction: those reachable both ways, and those reachable neither way, belong
/// together.
fn sequence(graph: &Graph) -> Parts {
    let (n, reach) = (graph.len(), graph.reach());
    let mut groups = graph.components(0..n, |a, b| reach[a * n + b] == reach[b * n + a]);
    groups.sort_by_key(|group| {
        let before = (0..n).filter(|other| !group.contains(other) && reach[other * n + group[0]]).count();
        (before, group[0])
    });
    several(groups)
}

/// Groups of which each activity follows and precedes each of every other group, and each of which can begin and end.
fn parallel(graph: &Graph) -> Parts {
    let mut groups = graph.components(0..graph.len(), |a, b| !(graph.edge(a, b) && graph.edge(b, a)));
    // A group that cannot begin or end belongs to another.
    loop {
        let whole = |group: &Vec<usize>| {
            group.iter().any(|at| graph.starts.contains(at)) && group.iter().any(|at| graph.ends.contains(at))
        };
        let Some(odd) = groups.iter().position(|group| !whole(group)) else { return several(groups) };
        if groups.len() < 3 {
            return None;
        }
        let group = groups.remove(odd);
        // Join it to one that lacks what it has, else to the first.
        let into = groups.iter().position(|other| !whole(other)).unwrap_or(0);
        groups[into].extend(group);
        groups[into].sort_unstable();
    }
}

/// A body that begins and ends, and groups through which it is come back to.
fn repetition(graph: &Graph) -> Parts {
    let mut body: BTreeSet<usize> = graph.starts.union(&graph.ends).copied().collect();
    let rest = (0..graph.len()).filter(|at| !graph.starts.contains(at) && !graph.ends.contains(at));
    let mut redo = Vec::new();
    for group in graph.components(rest, |a, b| graph.edge(a, b) || graph.edge(b, a)) {
        match comes_back(graph, &group) {
            true => redo.push(group),
            false => body.extend(group),
        }
    }
    let mut parts = vec![body.into_iter().collect()];
    parts.extend(redo);
    several(parts)
}

/// Entered only from ends and left only to starts, from all of them and to all of them.
fn comes_back(graph: &Graph, group: &[usize]) -> bool {
    group.iter().all(|at| {
        let from_other = graph.starts.difference(&graph.ends).any(|start| graph.edge(*start, *at));
        let to_other = graph.ends.difference(&graph.starts).any(|end| graph.edge(*at, *end));
        let entered = graph.ends.iter().filter(|end| graph.edge(**end, *at)).count();
        let left = graph.starts.iter().filter(|start| graph.edge(*at, **start)).count();
        let all = |count: usize, of: usize| count == 0 || count == of;
        !from_other && !to_other && all(entered, graph.ends.len()) && all(left, graph.starts.len())
    })
}

/// Splits a log along a cut; events that do not fit are left out.
pub(super) fn split(operator: Operator, parts: &[Vec<u32>], traces: &Traces) -> Vec<Traces> {
    let part_of = |activity: u32| parts.iter().position(|part| part.binary_search(&activity).is_ok());
    let mut split = vec![Traces::new(); parts.len()];
    let mut add = |part: usize, trace: Vec<u32>, count: u64| *split[part].entry(trace).or_default() += count;
    for (trace, count) in traces {
        match operator {
            Operator::Choice => {
                // The part most of the trace belongs to.
                let of =
                    |part: usize| trace.iter().filter(|activity| part_of(**activity) == Some(part)).count();
                let part = (0..parts.len()).rev().max_by_key(|part| of(*part)).unwrap_or(0);
                add(part, kept(trace, &parts[part]), *count);
            }
            Operator::Parallel => {
                for (at, part) in parts.iter().enumerate() {
                    add(at, kept(trace, part), *count);
                }
            }
            Operator::Sequence => {
                for (at, piece) in pieces(trace, parts).into_iter().enumerate() {
                    add(at, kept(piece, &parts[at]), *count);
                }
            }
            Operator::Loop => {
                let (mut part, mut piece) = (0, Vec::new());
                for activity in trace {
                    let Some(next) = part_of(*activity) else { continue };
                    if next != part {
                        add(part, std::mem::take(&mut piece), *count);
                        // From one way back straight to another: the body was passed without a trace.
                        if part != 0 && next != 0 {
                            add(0, Vec::new(), *count);
                        }
                        part = next;
                    }
                    piece.push(*activity);
                }
                add(part, piece, *count);
                if part != 0 {
                    add(0, Vec::new(), *count);
                }
            }
        }
    }
    split
}

fn kept(trace: &[u32], part: &[u32]) -> Vec<u32> {
    trace.iter().copied().filter(|activity| part.binary_search(activity).is_ok()).collect()
}

/// Cuts a trace into one piece a part so that as many events as possible lie in the piece of their part.
fn pieces<'a>(trace: &'a [u32], parts: &[Vec<u32>]) -> Vec<&'a [u32]> {
    let n = trace.len();
    // best[i]: most events that fit when the first i events go to the parts so far; from[part][i]: where its piece begins.
    let mut best = vec![0_u32; n + 1];
    let mut begins = Vec::with_capacity(parts.len());
    for (at, part) in parts.iter().enumerate() {
        let (mut next, mut from) = (vec![0; n + 1], vec![0; n + 1]);
        // Running: the best way to have this part's piece begin at or before here, counted to here.
        let (mut running, mut begin) = (best[0], 0);
        next[0] = running;
        for i in 1..=n {
            running += u32::from(part.binary_search(&trace[i - 1]).is_ok());
            let fresh = if at == 0 { 0 } else { best[i] };
            if at > 0 && fresh >= running {
                (running, begin) = (fresh, i);
            }
            (next[i], from[i]) = (running, begin);
        }
        best = next;
        begins.push(from);
    }
    let mut cut = vec![&trace[..0]; parts.len()];
    let mut end = n;
    for at in (0..parts.len()).rev() {
        let begin = begins[at][end];
        cut[at] = &trace[begin..end];
        end = begin;
    }
    cut
}
