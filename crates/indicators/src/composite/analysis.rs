//! What a result hangs on: weights in effect, indicators that say the same, one left out, one choice taken back.

use super::{
    build::{self, Composite, Data},
    fault::Fault,
    linear,
    matrix::Matrix,
    recipe::Recipe,
    statistics::{self, Correlation, correlation},
};

/// The weight of every slot of the tree in the index: weights along the way multiplied. Those of a mean sum to one; those of
/// a total or a product stand as declared.
pub fn effective_weights(composite: &Composite) -> Vec<f64> {
    let mut out = vec![0.0; composite.tree.ids.len()];
    out[composite.tree.root()] = 1.0;
    for (branch, used) in composite.tree.branches.iter().zip(&composite.weights).rev() {
        for (child, weight) in branch.children.iter().zip(&used.weights) {
            out[*child] = out[branch.slot] * weight;
        }
    }
    out
}

/// Correlations of every pair of columns.
pub fn correlations(how: Correlation, x: &Matrix) -> Vec<Vec<f64>> {
    x.each().map(|a| x.each().map(|b| correlation(how, a, b)).collect()).collect()
}

/// Cronbach's alpha of columns taken to measure one thing (Cronbach, 1951, Psychometrika 16(3):297–334), over the
/// units that have all of them.
pub fn cronbach(x: &Matrix) -> f64 {
    let whole: Vec<usize> =
        (0..x.rows()).filter(|unit| x.each().all(|column| !column[*unit].is_nan())).collect();
    let x = x.pick_rows(&whole);
    let k = x.columns() as f64;
    let each: f64 = x.each().map(statistics::variance).sum();
    let sums: Vec<f64> = (0..x.rows()).map(|unit| x.row(unit).iter().sum()).collect();
    k / (k - 1.0) * (1.0 - each / statistics::variance(&sums))
}

/// A principal component.
#[derive(Clone, Debug, PartialEq)]
pub struct Component {
    /// Its variance.
    pub variance: f64,
    /// Its share of the variance of all.
    pub share: f64,
    /// Its loadings, a column each, of length one.
    pub loadings: Vec<f64>,
}

/// Principal components of columns brought to variance one, greatest first, over the units that have all of them.
pub fn principal_components(x: &Matrix) -> Vec<Component> {
    let whole: Vec<usize> =
        (0..x.rows()).filter(|unit| x.each().all(|column| !column[*unit].is_nan())).collect();
    let correlations = correlations(Correlation::Pearson, &x.pick_rows(&whole));
    let pairs = linear::eigen(&correlations);
    let total: f64 = pairs.iter().map(|(value, _)| value).sum();
    pairs
        .into_iter()
        .map(|(variance, loadings)| Component { variance, share: variance / total, loadings })
        .collect()
}

/// The index without one of its nodes or indicators: places of all units, and the mean absolute change of place.
///
/// # Errors
/// When the tree does not stand without it.
pub fn without(data: &Data, recipe: &Recipe, id: &str) -> Result<(Composite, f64), Vec<Fault>> {
    let mut fewer = recipe.clone();
    let mut gone = vec![id.to_owned()];
    while let Some(id) = gone.pop() {
        gone.extend(fewer.nodes.iter().filter(|n| n.parent.as_deref() == Some(&id)).map(|n| n.id.clone()));
        fewer.nodes.retain(|node| node.id != id);
        fewer.indicators.retain(|indicator| indicator.id != id && indicator.parent != id);
    }
    let (with, without) = (build::build(data, recipe)?, build::build(data, &fewer)?);
    let place = |composite: &Composite| composite.places.column(composite.tree.root()).to_vec();
    let moved: Vec<f64> = place(&with).iter().zip(place(&without)).map(|(a, b)| (a - b).abs()).collect();
    Ok((without, statistics::mean(&moved)))
}

/// The least weight that must move so that one unit reaches another.
#[derive(Clone, Debug, PartialEq)]
pub struct Flip {
    /// Share of the whole weight that moves.
    pub share: f64,
    /// Indicators that give, with how much.
    pub from: Vec<(usize, f64)>,
    /// The indicator that takes it.
    pub to: usize,
}

/// The least weight that must move between indicators so that a unit which is ahead is only level, where the index is
/// the sum of `weights` × indicators: weight is taken first where the leader's lead is greatest and given where it is
/// least, which is the optimum of that linear programme. Nothing when no weights do it.
pub fn smallest_flip(weights: &[f64], leader: &[f64], other: &[f64]) -> Option<Flip> {
    let lead: Vec<f64> = leader.iter().zip(other).map(|(a, b)| a - b).collect();
    let mut left: f64 = weights.iter().zip(&lead).map(|(w, d)| w * d).sum();
    let to = (0..lead.len()).min_by(|a, b| lead[*a].total_cmp(&lead[*b]))?;
    if left <= 0.0 {
        return Some(Flip { share: 0.0, from: vec![], to });
    }
    let mut givers: Vec<usize> =
        (0..lead.len()).filter(|at| lead[*at] > lead[to] && weights[*at] > 0.0).collect();
    givers.sort_by(|a, b| lead[*b].total_cmp(&lead[*a]));
    let (mut from, mut share) = (Vec::new(), 0.0);
    for giver in givers {
        let gain = lead[giver] - lead[to];
        let moved = (left / gain).min(weights[giver]);
        from.push((giver, moved));
        share += moved;
        left -= moved * gain;
        if left <= 1e-15 {
            return Some(Flip { share, from, to });
        }
    }
    None
}

/// How much of a change each of its causes explains: the mean over all orders in which they may act (Shapley, 1953).
/// `value` gives the outcome when the causes of a set act, bit `i` for cause `i`. The parts sum to the whole change.
pub fn shapley(causes: usize, value: impl Fn(u32) -> f64) -> Vec<f64> {
    let values: Vec<f64> = (0..1_u32 << causes).map(value).collect();
    let factorial = |n: usize| (1..=n).map(|k| k as f64).product::<f64>();
    let weight = |size: usize| factorial(size) * factorial(causes - size - 1) / factorial(causes);
    (0..causes)
        .map(|cause| {
            let sets = (0..1_u32 << causes).filter(|set| set & 1 << cause == 0);
            sets.map(|set| {
                let gain = values[(set | 1 << cause) as usize] - values[set as usize];
                weight(set.count_ones() as usize) * gain
            })
            .sum()
        })
        .collect()
}
