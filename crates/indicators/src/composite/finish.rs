//! What is done to a node once its children are put together: curve, scale, ends, rounding.

use super::{
    normalise::{Column, NoScale, Normalise},
    post::Post,
    recipe::{Beyond, Direction, Node, Recipe},
};

/// Values cut to two ends, which stand where the values `over` say.
pub(super) fn clipped(x: &[f64], over: &[f64], ends: Option<(Post, Post)>, less_is_better: bool) -> Vec<f64> {
    let Some((one, other)) = ends else { return x.to_vec() };
    let (one, other) = (one.at(over, less_is_better, |x| x), other.at(over, less_is_better, |x| x));
    let (low, high) = (one.min(other), one.max(other));
    x.iter().map(|x| if x.is_nan() { f64::NAN } else { x.max(low).min(high) }).collect()
}

/// Values beyond two ends set to the nearest value within, or missing.
pub(super) fn beyond(x: &[f64], cut: &[f64], how: Beyond) -> Vec<f64> {
    let within = || x.iter().zip(cut).filter(|(x, cut)| x == cut).map(|(x, _)| *x);
    let (low, high) = (within().fold(f64::NAN, f64::min), within().fold(f64::NAN, f64::max));
    let each = |(x, cut): (&f64, &f64)| match how {
        Beyond::Nearest if x < cut => low,
        Beyond::Nearest if x > cut => high,
        Beyond::Missing if x != cut => f64::NAN,
        _ => *cut,
    };
    x.iter().zip(cut).map(each).collect()
}

/// Least share of a node's children that a unit must have, by share and by number.
pub(super) fn enough(recipe: &Recipe, node: &Node, children: usize) -> f64 {
    let share = node.enough.unwrap_or(recipe.enough);
    let number = node.at_least.unwrap_or(recipe.at_least).min(children);
    share.max(number as f64 / children as f64)
}

/// Decimals a node is rounded to.
fn rounding(recipe: &Recipe, node: &Node) -> Option<u32> {
    node.round.or(recipe.round.filter(|_| node.parent.is_none()))
}

/// Whether anything is done to a node once its children are put together.
pub(super) fn finishes(recipe: &Recipe, node: &Node) -> bool {
    node.curve.is_some() || node.rescale.is_some() || node.clip.is_some() || rounding(recipe, node).is_some()
}

/// What is done to a node of one period once its children are put together: curve, scale, ends, rounding. Says why
/// where it has no scale.
pub(super) fn finished(
    recipe: &Recipe,
    node: &Node,
    x: &[f64],
    extremes: Option<&[f64]>,
) -> (Vec<f64>, Option<NoScale>) {
    let less_is_better = node.direction == Direction::Less;
    let bend = |x: f64| node.curve.as_ref().map_or(x, |curve| curve.at(x));
    let mut x: Vec<f64> = x.iter().map(|x| bend(*x)).collect();
    let extremes: Option<Vec<f64>> = extremes.map(|x| x.iter().map(|x| bend(*x)).collect());
    let mut why = None;
    if let Some(how) = &node.rescale {
        let column = Column {
            less_is_better,
            target: node.target,
            posts: node.posts,
            curve: node.curve.as_ref(),
            reference: None,
            extremes: extremes.as_deref(),
            base: None,
        };
        let scaled = how.apply(&x, column).unwrap_or_else(|no| {
            why = Some(no);
            without_scale(how, &x, no)
        });
        x = scaled;
    }
    x = clipped(&x, &x, node.clip, less_is_better);
    if let Some(decimals) = rounding(recipe, node) {
        x.iter_mut().for_each(|x| *x = rounded(*x, decimals));
    }
    (x, why)
}

/// Rounded half away from zero, where the last binary digits do not count.
pub(super) fn rounded(x: f64, decimals: u32) -> f64 {
    let unit = 10_f64.powi(decimals.min(15) as i32);
    let scaled = x * unit;
    let nearest = (scaled + scaled.signum() * 1e-9).round();
    if nearest.is_finite() { nearest / unit } else { x }
}

/// What units get where a column has no scale: the middle where all are equal, else nothing.
pub(super) fn without_scale(how: &Normalise, x: &[f64], why: NoScale) -> Vec<f64> {
    let middle = if why == NoScale::Constant { how.middle(x) } else { f64::NAN };
    x.iter().map(|x| if x.is_nan() { f64::NAN } else { middle }).collect()
}
