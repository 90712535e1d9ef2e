//! Whether what a recipe declares can be followed: numbers that must be finite, tables that must be square.

use super::{
    aggregate::Aggregate,
    curve::Curve,
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
        faults.extend(indicator.curve.as_ref().and_then(|curve| ascending(&indicator.id, curve)));
        if indicator.posts_by.is_some() && !matches!(how, Normalise::Goalposts { .. }) {
            let (zh, en) = (
                "posts_by 只用于 goalposts；请改用该方法或去掉",
                "posts_by is for goalposts alone; choose that method or drop it",
            );
            faults.push(Fault::of("posts_by", &indicator.id, zh, en));
        }
        if !indicator.per.is_finite() || indicator.per == 0.0 {
            let (zh, en) = ("per 须为非零有限数", "per must be a finite number other than zero");
            faults.push(Fault::of("per", &indicator.id, zh, en));
        }
    }
    for node in &recipe.nodes {
        faults.extend(node.rescale.as_ref().and_then(|how| scale(&node.id, how)));
        faults.extend(node.curve.as_ref().and_then(|curve| ascending(&node.id, curve)));
        faults.extend(of_node(recipe, node));
        faults.extend(of_groups(recipe, node));
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

/// Thresholds and points must ascend.
fn ascending(id: &str, curve: &Curve) -> Option<Fault> {
    let (Curve::Steps(points) | Curve::Through(points)) = curve else { return None };
    let ascend = points.windows(2).all(|pair| pair[0].0 < pair[1].0);
    let finite = points.iter().all(|(x, y)| x.is_finite() && y.is_finite());
    (points.is_empty() || !ascend || !finite).then(|| {
        let (zh, en) = (
            "steps 与 through 须为由小到大的 [值, 得分] 表，且不为空",
            "steps and through take a list of [value, score], values ascending, not empty",
        );
        Fault::of("curve_points", id, zh, en)
    })
}

/// Weights by groups of units: children that are there, methods that go unit by unit, weights that do not vanish.
fn of_groups(recipe: &Recipe, node: &Node) -> Option<Fault> {
    if !(0.0..=1.0).contains(&node.enough_indicators) {
        let (zh, en) =
            ("enough_indicators 应为 0 与 1 之间的比例", "enough_indicators must be a share between 0 and 1");
        return Some(Fault::of("share", &node.id, zh, en));
    }
    let by = node.weights_by.as_ref()?;
    let children: Vec<(&str, f64)> = children(recipe, &node.id);
    let how = node.aggregate.as_ref().unwrap_or(&recipe.aggregate);
    if how.compares_units() || *node.weights.as_ref().unwrap_or(&recipe.weights) != Weighting::Given {
        let (zh, en) = (
            "weights_by 须与逐单位的合成方法及 weights = given 同用",
            "weights_by needs a method that goes unit by unit, and weights given",
        );
        return Some(Fault::of("weights_by", &node.id, zh, en));
    }
    for (group, weights) in &by.of {
        if let Some(id) = weights.keys().find(|id| !children.iter().any(|(child, _)| child == id)) {
            return Some(Fault::of(
                "weights_by",
                &node.id,
                format!("组“{group}”中的“{id}”不是该节点的下级；请改正"),
                format!("the group {group} names {id}, which is no child of the node; correct it"),
            ));
        }
        let all = children.iter().map(|(child, own)| weights.get(*child).copied().unwrap_or(*own));
        let signed = how.takes_signed_weights();
        if all.clone().any(|x| !x.is_finite() || x < 0.0 && !signed) || all.sum::<f64>() == 0.0 {
            return Some(Fault::of(
                "weights_by",
                &node.id,
                format!("组“{group}”的权重须为非负有限数且合计不为零"),
                format!("the weights of the group {group} must be finite, not negative and not sum to zero"),
            ));
        }
    }
    None
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
