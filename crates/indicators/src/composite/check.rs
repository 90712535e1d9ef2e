//! Whether what a recipe declares can be followed: numbers that must be finite, tables that must be square.

use super::{
    aggregate::Aggregate,
    fault::Fault,
    normalise::Normalise,
    recipe::{Node, Recipe, Step},
    tree::children,
    uncertainty::Factor,
    weights::Weighting,
};
use std::collections::BTreeSet;

/// Everything that is wrong with the values a recipe declares; the tree is checked apart.
pub fn values(recipe: &Recipe) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut seen = BTreeSet::new();
    for step in recipe.steps.iter().filter(|step| !seen.insert(**step)) {
        let name = format!("{step:?}").to_lowercase();
        faults.push(Fault::of(
            "step_twice",
            &name,
            "步骤重复；请只写一次",
            "the step stands twice; write it once",
        ));
    }
    if let Some(at) = recipe.steps.iter().position(|step| *step == Step::Aggregate)
        && at + 1 < recipe.steps.len()
    {
        let (zh, en) =
            ("aggregate 之后不能再有步骤；请移到前面", "no step can follow aggregate; move it before");
        faults.push(Fault::of("step_after_aggregate", "steps", zh, en));
    }
    for (name, share) in
        [("enough", recipe.enough), ("screen.share", recipe.screen.as_ref().map_or(0.0, |s| s.share))]
    {
        if !(0.0..=1.0).contains(&share) {
            let (zh, en) = ("应为 0 与 1 之间的比例", "it must be a share between 0 and 1");
            faults.push(Fault::of("share", name, zh, en));
        }
    }
    for indicator in &recipe.indicators {
        let how = indicator.normalise.as_ref().unwrap_or(&recipe.normalise);
        faults.extend(scale(&indicator.id, how));
        if !indicator.per.is_finite() || indicator.per == 0.0 {
            let (zh, en) = ("per 须为非零有限数", "per must be a finite number other than zero");
            faults.push(Fault::of("per", &indicator.id, zh, en));
        }
    }
    for node in &recipe.nodes {
        faults.extend(node.rescale.as_ref().and_then(|how| scale(&node.id, how)));
        faults.extend(of_node(recipe, node));
    }
    for composed in &recipe.composed {
        let weights = composed.parts.values();
        if !weights.clone().all(|weight| weight.is_finite() && *weight >= 0.0) || weights.sum::<f64>() <= 0.0
        {
            let (zh, en) = (
                "各部分的权重须为非负有限数且不全为零",
                "the weights of its parts must be finite, not negative and not all zero",
            );
            faults.push(Fault::of("composed_weights", &composed.unit, zh, en));
        }
    }
    faults.extend(recipe.uncertain.iter().filter_map(|factor| unknown_ids(recipe, factor)));
    faults
}

fn scale(id: &str, how: &Normalise) -> Option<Fault> {
    let all = |numbers: &[f64]| numbers.iter().all(|x| x.is_finite());
    let right = match how {
        Normalise::MinMax { range: (from, to) } => all(&[*from, *to]),
        Normalise::Scaled { subtract, divide, times, plus, .. } => {
            all(&[*subtract, *divide, *times, *plus]) && *divide != 0.0
        }
        Normalise::ZScore { mean, deviation, .. } => all(&[*mean, *deviation]),
        Normalise::Goalposts { scale, range, .. } => {
            all(&[*scale]) && range.is_none_or(|(from, to)| all(&[from, to]))
        }
        _ => true,
    };
    (!right).then(|| {
        let (zh, en) = (
            "定标的数须为有限数，divide 不得为零",
            "the numbers of a scale must be finite, and divide not zero",
        );
        Fault::of("scale", id, zh, en)
    })
}

fn of_node(recipe: &Recipe, node: &Node) -> Option<Fault> {
    let n = children(recipe, &node.id).len();
    if let Aggregate::Power { p } = node.aggregate.as_ref().unwrap_or(&recipe.aggregate)
        && (!p.is_finite() || *p == 0.0)
    {
        let (zh, en) = (
            "幂平均的 p 须为非零有限数；p 为零时请用 geometric",
            "p of a power mean must be finite and not zero; for zero write geometric",
        );
        return Some(Fault::of("power", &node.id, zh, en));
    }
    let weighting = node.weights.as_ref().unwrap_or(&recipe.weights);
    judgements(&node.id, weighting, n)
}

/// Pairwise judgements: a square table with a row a child, positive, ones on the diagonal, reciprocal across it.
fn judgements(id: &str, weighting: &Weighting, children: usize) -> Option<Fault> {
    let Weighting::Ahp { judgements } = weighting else { return None };
    let n = judgements.len();
    if n != children || judgements.iter().any(|row| row.len() != n) {
        return Some(Fault::of(
            "ahp_size",
            id,
            format!("判断矩阵须为 {children}×{children}，行列顺序同下级（先节点后指标，各按声明顺序）"),
            format!(
                "the judgements must be {children} by {children}, in the order of the children (nodes, then indicators, \
                 as declared)"
            ),
        ));
    }
    let pairs = || (0..n).flat_map(|i| (0..n).map(move |j| (i, j)));
    // Judgements are often written with a few digits: 0.3333 for a third.
    let odd = |(i, j): &(usize, usize)| {
        let (a, b) = (judgements[*i][*j], judgements[*j][*i]);
        let reciprocal = a.is_finite() && a > 0.0 && (a * b - 1.0).abs() < 0.02;
        !reciprocal
    };
    pairs().find(odd).map(|(i, j)| {
        Fault::of(
            "ahp_reciprocal",
            id,
            format!("判断矩阵第{}行第{}列须为正数且与对称位置互为倒数", i + 1, j + 1),
            format!(
                "row {}, column {} of the judgements must be positive and the reciprocal of its mirror",
                i + 1,
                j + 1
            ),
        )
    })
}

/// Ids that a factor names and the tree does not have.
fn unknown_ids(recipe: &Recipe, factor: &Factor) -> Option<Fault> {
    let named: Vec<&String> = match factor {
        Factor::WeightSets { sets } => sets.iter().flat_map(|set| set.keys()).collect(),
        Factor::WeightNoise { nodes, .. } => nodes.iter().collect(),
        _ => return None,
    };
    let nodes = recipe.nodes.iter().map(|node| &node.id);
    let known: BTreeSet<&String> = nodes.chain(recipe.indicators.iter().map(|i| &i.id)).collect();
    named.into_iter().find(|id| !known.contains(id)).map(|id| {
        Fault::of(
            "factor_id",
            factor.name(),
            format!("其中的“{id}”不是节点也不是指标；请改正"),
            format!("it names {id}, which is no node and no indicator; correct it"),
        )
    })
}
