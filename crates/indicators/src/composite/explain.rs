//! Why a unit stands where it does: which indicators make the gap to another, how little weight would close it, and which
//! cause moved its place from one computation to the next.

use super::{
    aggregate::Aggregate,
    analysis::{self, Flip},
    build::{Composite, Data, build, order_of},
    fault::Fault,
    recipe::Recipe,
    tree::Branch,
};

/// Children beyond which a node that is not additive is not taken apart.
const MOST: usize = 16;

/// What each slot adds to the gap between two rows of an index: score of `a` minus score of `b`. A node's gap is shared among
/// its children by Shapley values (1953), each child's share within it in the proportions of its own gap (as Owen, 1977, has
/// it for unions), so that the shares of the indicators sum to the gap of the index.
///
/// Where a method compares units with each other, the two rows change places child by child, and the whole exchange turns one
/// score into the other, since no method looks at who a unit is; `peers` are all rows of their period.
///
/// # Errors
/// A fault that names the node which cannot be taken apart and what can be done.
pub fn drivers(
    composite: &Composite,
    recipe: &Recipe,
    peers: &[usize],
    (a, b): (usize, usize),
) -> Result<Vec<f64>, Box<Fault>> {
    let gap = |slot: usize| composite.scores.at(a, slot) - composite.scores.at(b, slot);
    let mut share = vec![0.0; composite.tree.ids.len()];
    share[composite.tree.root()] = gap(composite.tree.root());
    for (branch, used) in composite.tree.branches.iter().zip(&composite.weights).rev() {
        let of_node = share[branch.slot];
        let node = &recipe.nodes[branch.node];
        let how = node.aggregate.as_ref().unwrap_or(&recipe.aggregate);
        if node.weights_by.is_some() {
            let (zh, en) = (
                "该节点各组权重不同（weights_by），两单位之差不作分解；可在同一权重下另算",
                "the node has weights by groups (weights_by), so the gap is not taken apart; declare one set of weights for that",
            );
            return Err(Box::new(Fault::of("not_taken_apart", &node.id, zh, en)));
        }
        let parts = match how.compares_units() {
            true => exchanged(composite, branch, &used.weights, how, peers, (a, b)),
            false => parts(composite, branch, &used.weights, how, a, b),
        };
        let parts = parts.ok_or_else(|| {
            Box::new(Fault::of(
                "not_taken_apart",
                &node.id,
                format!("该节点的差距不能分解：下级多于 {MOST} 个，或两两比较的工作量过大，或有缺数；可分成几个下级节点"),
                format!(
                    "the gap of the node cannot be taken apart: it has more than {MOST} children, or too many units to compare, or \
                     a value is missing; divide it into nodes"
                ),
            ))
        })?;
        let total: f64 = parts.iter().sum();
        for (child, part) in branch.children.iter().zip(&parts) {
            share[*child] = if total == 0.0 { 0.0 } else { part / total * of_node };
        }
    }
    Ok(share)
}

/// Most pairs of units times children that exchanging takes.
const MOST_WORK: f64 = 4e9;

/// What each child adds to the gap of a node whose method compares units: the value of a set of children is the score that `b`
/// has when the two rows have exchanged these.
fn exchanged(
    composite: &Composite,
    branch: &Branch,
    weights: &[f64],
    how: &Aggregate,
    peers: &[usize],
    (a, b): (usize, usize),
) -> Option<Vec<f64>> {
    let n = branch.children.len();
    let place = |row: usize| peers.iter().position(|peer| *peer == row);
    let (a, b) = (place(a)?, place(b)?);
    let work = 2.0_f64.powi(i32::try_from(n).ok()?) * (peers.len() * peers.len() * n) as f64;
    let children = composite.scores.pick_columns(&branch.children).pick_rows(peers);
    let whole = children.each().all(|column| !column[a].is_nan() && !column[b].is_nan());
    if n > MOST || work > MOST_WORK || !whole {
        return None;
    }
    let score = |set: u32| {
        let mut world = children.clone();
        for at in (0..n).filter(|at| set & 1 << at != 0) {
            world.column_mut(at).swap(a, b);
        }
        how.apply(&world, weights, 0.0).values[b]
    };
    Some(analysis::shapley(n, score))
}

/// What each child adds to the gap of a node, before its curve and scale.
fn parts(
    composite: &Composite,
    branch: &Branch,
    weights: &[f64],
    how: &Aggregate,
    a: usize,
    b: usize,
) -> Option<Vec<f64>> {
    let value = |row: usize, at: usize| composite.scores.at(row, branch.children[at]);
    let n = branch.children.len();
    let whole = (0..n).all(|at| !value(a, at).is_nan() && !value(b, at).is_nan());
    if whole && matches!(how, Aggregate::Arithmetic | Aggregate::Sum) {
        return Some((0..n).map(|at| weights[at] * (value(a, at) - value(b, at))).collect());
    }
    if n > MOST {
        return None;
    }
    let mixed = |set: u32| {
        let of = |at: usize| if set & 1 << at == 0 { value(b, at) } else { value(a, at) };
        let there: Vec<(f64, f64)> =
            (0..n).map(|at| (of(at), weights[at])).filter(|(x, _)| !x.is_nan()).collect();
        let (x, w): (Vec<f64>, Vec<f64>) = there.into_iter().unzip();
        if x.is_empty() { 0.0 } else { how.of(&x, &w).unwrap_or(0.0) }
    };
    Some(analysis::shapley(n, mixed))
}

/// The smallest change of indicators' weights that brings `b` level with `a`, where the whole tree is weighted means and both
/// have all values; nothing otherwise, or when no weights do it.
pub fn flip(composite: &Composite, recipe: &Recipe, a: usize, b: usize) -> Option<Flip> {
    let additive = recipe.nodes.iter().all(|node| {
        let how = node.aggregate.as_ref().unwrap_or(&recipe.aggregate);
        *how == Aggregate::Arithmetic
            && node.weights_by.is_none()
            && node.curve.is_none()
            && node.rescale.is_none()
            && node.clip.is_none()
    });
    let n = composite.tree.indicators;
    let values = |row: usize| -> Vec<f64> { (0..n).map(|slot| composite.scores.at(row, slot)).collect() };
    let (leader, other) = (values(a), values(b));
    if !additive || leader.iter().chain(&other).any(|x| x.is_nan()) {
        return None;
    }
    let weights = analysis::effective_weights(composite);
    analysis::smallest_flip(&weights[..n], &leader, &other)
}

/// A computation of an index: which file, period, recipe and peers.
#[derive(Clone, Debug)]
pub struct World<'a> {
    /// The figures.
    pub data: &'a Data,
    /// The period as it is written; none for a cross-section.
    pub period: Option<&'a str>,
    /// The declaration.
    pub recipe: &'a Recipe,
    /// The peers; all where none is named.
    pub among: &'a [String],
}

/// Where a unit stood and stands, and what moved it.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// Score and place before.
    pub before: (f64, f64),
    /// Score and place after.
    pub after: (f64, f64),
    /// Each cause with what it adds to the score and to the place. They sum to the whole change.
    pub causes: Vec<(&'static str, f64, f64)>,
}

/// Takes a change of score and place apart into its causes by Shapley values: `data` (another period), `revision` (the
/// figures of a period as another file has them), `method` (another recipe), `peers` (others to compare with). Only what
/// differs is a cause. Where the earlier file lacks the later period, that period is taken from the later file.
///
/// # Errors
/// When one of the computations cannot be made, or the unit has no place in it.
pub fn change(unit: &str, before: &World<'_>, after: &World<'_>) -> Result<Change, Vec<Fault>> {
    let mut causes: Vec<&'static str> = Vec::new();
    let differs = [
        ("data", before.period != after.period),
        ("revision", !std::ptr::eq(before.data, after.data)),
        ("method", before.recipe != after.recipe),
        ("peers", before.among != after.among),
    ];
    causes.extend(differs.iter().filter(|(_, differs)| *differs).map(|(cause, _)| *cause));
    let mut found = Vec::new();
    for set in 0..1_u32 << causes.len() {
        let acts = |cause: &str| {
            causes.iter().position(|other| *other == cause).is_some_and(|at| set & 1 << at != 0)
        };
        let period = if acts("data") { after.period } else { before.period };
        let earlier_has = period.is_none_or(|period| before.data.periods.contains(&order_of(period)));
        let world = World {
            data: if acts("revision") || !earlier_has { after.data } else { before.data },
            period,
            recipe: if acts("method") { after.recipe } else { before.recipe },
            among: if acts("peers") { after.among } else { before.among },
        };
        found.push(world.stands(unit)?);
    }
    let part = |of: fn(&(f64, f64)) -> f64| analysis::shapley(causes.len(), |set| of(&found[set as usize]));
    let (scores, places) = (part(|found| found.0), part(|found| found.1));
    let causes = causes.iter().zip(scores).zip(places).map(|((cause, score), place)| (*cause, score, place));
    Ok(Change { before: found[0], after: found[found.len() - 1], causes: causes.collect() })
}

impl World<'_> {
    /// Score and place of a unit.
    fn stands(&self, unit: &str) -> Result<(f64, f64), Vec<Fault>> {
        let data = self.data.among(self.among);
        let built = build(&data, self.recipe)?;
        let time = self.period.map(order_of);
        let at = built.rows.iter().position(|row| {
            data.units[*row] == unit && time.is_none_or(|time| data.periods.get(*row) == Some(&time))
        });
        let root = built.tree.root();
        let stands = at.map(|at| (built.scores.at(at, root), built.places.at(at, root)));
        stands.filter(|(score, _)| !score.is_nan()).ok_or_else(|| {
            let when = self.period.unwrap_or_default();
            let (zh, en) = (
                format!("该单位{when}没有得分，变化无从分解"),
                format!("the unit has no score {when}, so its change cannot be taken apart"),
            );
            vec![Fault::of("no_score", unit, zh, en)]
        })
    }
}
