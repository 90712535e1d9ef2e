//! An index as a function of its choices. The steps up to the common scale are computed once for each of their
//! combinations, so that a run only puts children together.

use super::factor::Factor;
use crate::composite::{
    aggregate::Aggregate,
    build::{self, Data},
    fault::Fault,
    finish,
    matrix::Matrix,
    recipe::{First, Node, Recipe, ScaleOver, Step},
    tree::Tree,
    weights::Weighting,
};
use rand_pcg::{
    Pcg64Mcg,
    rand_core::{Rng, SeedableRng},
};
use std::collections::BTreeMap;

/// A choice of each factor, by its position among the alternatives.
pub type Setting = Vec<usize>;

/// The prepared index.
pub struct Model {
    tree: Tree,
    recipe: Recipe,
    /// Indicators on the common scale, by the choices of the factors that lead there, the last varying fastest.
    scaled: Vec<Scaled>,
    /// Positions of the factors that lead to the common scale, and how many alternatives each has.
    early: Vec<(usize, usize)>,
    /// The factor of weights, where there is one, and the weights of the tree under each alternative.
    weights: Option<(usize, Vec<Branches>)>,
    /// The declared weights.
    declared: Branches,
    /// Whether no node says its own aggregation, weights or scale, so that a run may go straight to the index.
    plain: bool,
    /// Rows of the data that stayed and belong to the period.
    rows: Vec<usize>,
}

/// Weights of a tree.
struct Branches {
    /// Of every branch's children.
    of: Vec<Vec<f64>>,
    /// Of every indicator in the index: what weighted means up the tree come to.
    flat: Vec<f64>,
}

/// Indicators on the common scale.
struct Scaled {
    values: Matrix,
    /// Their logarithms, where all are positive.
    logs: Option<Matrix>,
    whole: bool,
}

/// Room that a run works in, kept from run to run.
#[derive(Default)]
pub struct Room {
    values: Vec<Vec<f64>>,
    logs: Vec<Option<Vec<f64>>>,
    scores: Vec<f64>,
}

impl Room {
    /// The weighted sum of columns, and a function of it.
    fn straight(&mut self, columns: &Matrix, weights: &[f64], then: impl Fn(f64) -> f64) -> &[f64] {
        self.scores.clear();
        self.scores.resize(columns.rows(), 0.0);
        for (column, weight) in columns.each().zip(weights) {
            add(&mut self.scores, column, *weight);
        }
        self.scores.iter_mut().for_each(|x| *x = then(*x));
        &self.scores
    }
}

impl Branches {
    fn of(tree: &Tree, of: Vec<Vec<f64>>) -> Self {
        let mut flat = vec![0.0; tree.ids.len()];
        flat[tree.root()] = 1.0;
        for (branch, weights) in tree.branches.iter().zip(&of).rev() {
            let total: f64 = weights.iter().sum();
            for (child, weight) in branch.children.iter().zip(weights) {
                flat[*child] = flat[branch.slot] * weight / total;
            }
        }
        flat.truncate(tree.indicators);
        Self { of, flat }
    }
}

impl Model {
    /// Prepares an index for the factors of its recipe.
    ///
    /// # Errors
    /// Everything that cannot be varied as declared: a factor of a step that is not taken, fewer than two alternatives,
    /// a combination that is not defined. Nothing is skipped in silence. Of data with periods the last one is taken.
    pub fn new(data: &Data, recipe: &Recipe, seed: u64) -> Result<Self, Vec<Fault>> {
        let tree = Tree::of(recipe)?;
        let faults: Vec<Fault> = recipe
            .uncertain
            .iter()
            .filter_map(|factor| refused(factor, recipe))
            .chain(apart(data, recipe))
            .chain(twice(recipe))
            .collect();
        if !faults.is_empty() {
            return Err(faults);
        }
        let is_early = |factor: &Factor| {
            matches!(factor, Factor::Impute { .. } | Factor::Points { .. } | Factor::Normalise { .. })
        };
        let early: Vec<(usize, usize)> = (0..recipe.uncertain.len())
            .filter(|at| is_early(&recipe.uncertain[*at]))
            .map(|at| (at, recipe.uncertain[at].choices()))
            .collect();
        let says = |node: &Node| {
            node.aggregate.is_some() || node.weights.is_some() || finish::finishes(recipe, node)
        };
        let mut model = Self {
            weights: weights(recipe, &tree, seed),
            declared: Branches::of(
                &tree,
                tree.branches.iter().map(|branch| branch.weights.clone()).collect(),
            ),
            plain: !recipe.nodes.iter().any(says),
            tree,
            recipe: recipe.clone(),
            scaled: vec![],
            early,
            rows: vec![],
        };
        for choices in combinations(&model.early.iter().map(|(_, choices)| *choices).collect::<Vec<_>>()) {
            let built = build::build(data, &model.under(&choices))?;
            let last = data.periods.iter().copied().reduce(f64::max);
            let stay: Vec<usize> = (0..built.rows.len())
                .filter(|place| data.periods.get(built.rows[*place]).copied() == last)
                .collect();
            model.rows = stay.iter().map(|place| built.rows[*place]).collect();
            let indicators: Vec<usize> = (0..model.tree.indicators).collect();
            model.scaled.push(Scaled::of(built.scores.pick_columns(&indicators).pick_rows(&stay)));
        }
        let faults = model.undefined();
        if faults.is_empty() { Ok(model) } else { Err(faults) }
    }

    /// How many alternatives each factor has.
    pub fn choices(&self) -> Vec<usize> {
        self.recipe.uncertain.iter().map(Factor::choices).collect()
    }

    /// Names of the factors.
    pub fn factors(&self) -> Vec<&'static str> {
        self.recipe.uncertain.iter().map(Factor::name).collect()
    }

    /// Rows of the data that stayed.
    pub fn rows(&self) -> &[usize] {
        &self.rows
    }

    /// The scores of the index under a setting, one a row that stayed.
    pub fn scores<'a>(&self, setting: &[usize], room: &'a mut Room) -> &'a [f64] {
        let scaled = &self.scaled[self.early.iter().fold(0, |key, (at, n)| key * n + setting[*at])];
        let chosen = self.weights.as_ref().map(|(at, alternatives)| &alternatives[setting[*at]]);
        let weights = chosen.unwrap_or(&self.declared);
        let weighting = self.weighting(setting);
        let (how, logs) = (self.aggregate(setting), scaled.logs.as_ref());
        if self.plain && scaled.whole && *weighting == Weighting::Given {
            // Weighted means of weighted means are one weighted mean; so are logarithms of geometric ones.
            match (how, logs) {
                (Aggregate::Arithmetic, _) => return room.straight(&scaled.values, &weights.flat, |x| x),
                (Aggregate::Geometric, Some(logs)) => return room.straight(logs, &weights.flat, f64::exp),
                _ => {}
            }
        }
        let slots = self.tree.ids.len();
        room.values.resize(slots, vec![]);
        room.logs.resize(slots, None);
        for (at, branch) in self.tree.branches.iter().enumerate() {
            let node = &self.recipe.nodes[branch.node];
            let how = node.aggregate.as_ref().unwrap_or(how);
            let weighting = node.weights.as_ref().unwrap_or(weighting);
            let declared = &weights.of[at];
            let quick = matches!(weighting, Weighting::Given) && scaled.whole;
            let step = Branching {
                scaled,
                indicators: self.tree.indicators,
                children: &branch.children,
                rows: self.rows.len(),
            };
            let (values, logs) = match how {
                Aggregate::Arithmetic if quick => (step.mean(declared, room), None),
                Aggregate::Geometric if quick => step.log_mean(declared, room),
                _ => {
                    let children = step.children(room);
                    let as_they_stand = how.takes_signed_weights() && *weighting == Weighting::Given;
                    let used = if as_they_stand {
                        declared.clone()
                    } else {
                        weighting.of(&children, declared).weights
                    };
                    let enough = finish::enough(&self.recipe, node, branch.children.len());
                    (how.apply(&children, &used, enough).values, None)
                }
            };
            let (values, logs) = if finish::finishes(&self.recipe, node) {
                (finish::finished(&self.recipe, node, &values, None).0, None)
            } else {
                (values, logs)
            };
            room.values[branch.slot] = values;
            room.logs[branch.slot] = logs;
        }
        &room.values[self.tree.root()]
    }

    /// The recipe under choices of the early factors.
    fn under(&self, choices: &[usize]) -> Recipe {
        let mut recipe = self.recipe.clone();
        recipe.uncertain.clear();
        for ((at, _), choice) in self.early.iter().zip(choices) {
            match &self.recipe.uncertain[*at] {
                Factor::Impute { choices } => recipe.impute = choices[*choice].clone(),
                Factor::Points { choices } => {
                    recipe.treat.get_or_insert_default().points = Some(choices[*choice]);
                }
                Factor::Normalise { choices } => recipe.normalise = choices[*choice].clone(),
                _ => {}
            }
        }
        recipe
    }

    fn aggregate(&self, setting: &[usize]) -> &Aggregate {
        let chosen = self.recipe.uncertain.iter().zip(setting).find_map(|(factor, choice)| match factor {
            Factor::Aggregate { choices } => Some(&choices[*choice]),
            _ => None,
        });
        chosen.unwrap_or(&self.recipe.aggregate)
    }

    fn weighting(&self, setting: &[usize]) -> &Weighting {
        let chosen = self.recipe.uncertain.iter().zip(setting).find_map(|(factor, choice)| match factor {
            Factor::Weights { choices } => Some(&choices[*choice]),
            _ => None,
        });
        chosen.unwrap_or(&self.recipe.weights)
    }

    /// Whether the least score is the best, under the recipe as it stands.
    pub fn lowest_first(&self) -> bool {
        let root = self.tree.branches.last().map(|branch| &self.recipe.nodes[branch.node]);
        self.recipe.first(root) == First::Lowest
    }

    /// Combinations of scale and aggregation under which no unit has a score at all, or a score is lost that others
    /// have: the run would compare what cannot be compared.
    fn undefined(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        let mut room = Room::default();
        let aggregations = self.recipe.uncertain.iter().position(|f| matches!(f, Factor::Aggregate { .. }));
        for key in combinations(&self.early.iter().map(|(_, choices)| *choices).collect::<Vec<_>>()) {
            for choice in 0..aggregations.map_or(1, |at| self.recipe.uncertain[at].choices()) {
                let mut setting = vec![0; self.recipe.uncertain.len()];
                for ((at, _), chosen) in self.early.iter().zip(&key) {
                    setting[*at] = *chosen;
                }
                if let Some(at) = aggregations {
                    setting[at] = choice;
                }
                if self.scores(&setting, &mut room).iter().any(|score| score.is_nan()) {
                    let named: Vec<String> = self
                        .factors()
                        .iter()
                        .zip(&setting)
                        .map(|(factor, choice)| format!("{factor} {}", choice + 1))
                        .collect();
                    let named = named.join(", ");
                    faults.push(Fault::of(
                        "combination_undefined",
                        &named,
                        format!("这一组合下有单位无得分：{named}；请改用从 1 起的标尺，或去掉这一备选"),
                        format!("some unit has no score under {named}; use a scale that starts at 1, or drop the alternative"),
                    ));
                }
            }
        }
        faults
    }
}

impl Scaled {
    fn of(values: Matrix) -> Self {
        let positive = values.each().flatten().all(|x| *x > 0.0);
        let logs = positive.then(|| values.map_columns(|_, column| column.iter().map(|x| x.ln()).collect()));
        let whole = values.each().flatten().all(|x| !x.is_nan());
        Self { values, logs, whole }
    }
}

/// One node under way.
struct Branching<'a> {
    scaled: &'a Scaled,
    indicators: usize,
    children: &'a [usize],
    rows: usize,
}

impl Branching<'_> {
    fn values<'r>(&'r self, slot: usize, room: &'r Room) -> &'r [f64] {
        if slot < self.indicators { self.scaled.values.column(slot) } else { &room.values[slot] }
    }

    fn children(&self, room: &Room) -> Matrix {
        Matrix::from_columns(
            &self.children.iter().map(|slot| self.values(*slot, room).to_vec()).collect::<Vec<_>>(),
        )
    }

    fn mean(&self, weights: &[f64], room: &Room) -> Vec<f64> {
        let total: f64 = weights.iter().sum();
        let mut sum = vec![0.0; self.rows];
        for (slot, weight) in self.children.iter().zip(weights) {
            add(&mut sum, self.values(*slot, room), *weight);
        }
        sum.iter_mut().for_each(|x| *x /= total);
        sum
    }

    /// Geometric mean with its logarithm, which a geometric parent takes as it is.
    fn log_mean(&self, weights: &[f64], room: &Room) -> (Vec<f64>, Option<Vec<f64>>) {
        let total: f64 = weights.iter().sum();
        let mut sum = vec![0.0; self.rows];
        // A weight of zero says nothing, also about the logarithm of a zero.
        for (slot, weight) in self.children.iter().zip(weights).filter(|(_, weight)| **weight != 0.0) {
            let held = if *slot < self.indicators {
                self.scaled.logs.as_ref().map(|logs| logs.column(*slot))
            } else {
                room.logs[*slot].as_deref()
            };
            match held {
                Some(logs) => add(&mut sum, logs, *weight),
                None => {
                    // ln of a negative value is no number, and so is the score; of a zero it is −∞, and the score zero.
                    let logs: Vec<f64> = self.values(*slot, room).iter().map(|x| x.ln()).collect();
                    add(&mut sum, &logs, *weight);
                }
            }
        }
        sum.iter_mut().for_each(|x| *x /= total);
        (sum.iter().map(|x| x.exp()).collect(), Some(sum))
    }
}

fn add(sum: &mut [f64], x: &[f64], weight: f64) {
    sum.iter_mut().zip(x).for_each(|(sum, x)| *sum += weight * x);
}

/// What an analysis cannot do with these data or with these factors together.
fn apart(data: &Data, recipe: &Recipe) -> Option<Fault> {
    if let Some(composed) = recipe.composed.first() {
        let (zh, en) = (
            "由其他单位合成的单位不参与变动分析；请先去掉 [[composed]]",
            "units put together from others cannot be varied; drop [[composed]] for this analysis",
        );
        return Some(Fault::of("composed_varied", &composed.unit, zh, en));
    }
    if let Some(node) =
        recipe.nodes.iter().find(|node| node.weights_by.is_some() || node.enough_indicators > 0.0)
    {
        let (zh, en) = (
            "weights_by 与 enough_indicators 不参与变动分析；请先去掉",
            "weights_by and enough_indicators cannot be varied; drop them for this analysis",
        );
        return Some(Fault::of("groups_varied", &node.id, zh, en));
    }
    let scaled = recipe.nodes.iter().find(|node| node.rescale.is_some())?;
    let panel = data.periods.iter().any(|time| Some(time) != data.periods.first());
    (panel && recipe.scale != ScaleOver::EachPeriod).then(|| {
        let (zh, en) = (
            "节点的 rescale 取全部时期的极值，而分析只算一期；请去掉其一",
            "the node is rescaled over all periods, and the analysis takes one alone; drop one of the two",
        );
        Fault::of("rescale_over_periods", &scaled.id, zh, en)
    })
}

/// Why a factor cannot be varied.
fn refused(factor: &Factor, recipe: &Recipe) -> Option<Fault> {
    let step = match factor {
        Factor::Impute { .. } => Step::Impute,
        Factor::Points { .. } => Step::Treat,
        Factor::Normalise { .. } => Step::Normalise,
        _ => Step::Aggregate,
    };
    if !recipe.steps.contains(&step) {
        return Some(Fault::of(
            "factor_without_step",
            factor.name(),
            "要变动的步骤不在 steps 之中；请加入该步骤或去掉这一因素",
            "the step that is to be varied is not among the steps; add it or drop the factor",
        ));
    }
    if factor.choices() < 2 {
        let (zh, en) = ("至少要有两个备选", "at least two alternatives are needed");
        return Some(Fault::of("factor_choices", factor.name(), zh, en));
    }
    if let Factor::WeightNoise { share, .. } = factor
        && !(0.0..=1.0).contains(share)
    {
        let (zh, en) = ("share 须在 0 与 1 之间", "share must lie between 0 and 1");
        return Some(Fault::of("factor_share", factor.name(), zh, en));
    }
    let turned = |how: &Aggregate| how.less_is_better();
    if let Factor::Aggregate { choices } = factor
        && choices.iter().any(turned)
        && !choices.iter().all(turned)
    {
        let (zh, en) = (
            "VIKOR 以低分为优，不能与以高分为优的合成方法放在一起变动",
            "VIKOR's best score is the least, so it cannot be varied against methods whose best is the greatest",
        );
        return Some(Fault::of("factor_directions", factor.name(), zh, en));
    }
    let fixed = match factor {
        Factor::Aggregate { .. } => recipe.nodes.iter().all(|node| node.aggregate.is_some()),
        Factor::Weights { .. } => recipe.nodes.iter().all(|node| node.weights.is_some()),
        Factor::Normalise { .. } => recipe.indicators.iter().all(|indicator| indicator.normalise.is_some()),
        Factor::Points { .. } => recipe.indicators.iter().all(|i| i.untreated || i.treat.is_some()),
        _ => false,
    };
    fixed.then(|| {
        let (zh, en) = (
            "每个节点或指标都自有规定，变动不起作用",
            "every node or indicator says its own, so that nothing would vary",
        );
        Fault::of("factor_fixed", factor.name(), zh, en)
    })
}

/// Factors that vary the same choice again: one of them would be skipped. Noise and given sets both choose the declared
/// weights.
fn twice(recipe: &Recipe) -> impl Iterator<Item = Fault> {
    let chooses = |factor: &Factor| match factor {
        Factor::WeightNoise { .. } | Factor::WeightSets { .. } => "declared weights",
        other => other.name(),
    };
    recipe.uncertain.iter().enumerate().filter_map(move |(at, factor)| {
        let before = recipe.uncertain[..at].iter().any(|other| chooses(other) == chooses(factor));
        before.then(|| {
            let (zh, en) = (
                "同一项选择已由另一因素变动；请合并",
                "another factor varies the same choice; put them together",
            );
            Fault::of("factor_twice", factor.name(), zh, en)
        })
    })
}

/// The factor of weights, and the weights of the tree under each of its alternatives.
fn weights(recipe: &Recipe, tree: &Tree, seed: u64) -> Option<(usize, Vec<Branches>)> {
    recipe.uncertain.iter().enumerate().find_map(|(at, factor)| {
        let alternatives = match factor {
            Factor::WeightSets { sets } => sets.iter().map(|set| from_set(tree, set)).collect::<Vec<_>>(),
            Factor::WeightNoise { share, sets, nodes } => {
                (0..*sets).map(|set| noisy(recipe, tree, *share, nodes, seed, set)).collect()
            }
            _ => return None,
        };
        Some((at, alternatives.into_iter().map(|of| Branches::of(tree, of)).collect()))
    })
}

fn from_set(tree: &Tree, set: &BTreeMap<String, f64>) -> Vec<Vec<f64>> {
    let of = |slot: usize, own: f64| set.get(&tree.ids[slot]).copied().unwrap_or(own);
    let branch = |branch: &super::super::tree::Branch| {
        branch.children.iter().zip(&branch.weights).map(|(slot, own)| of(*slot, *own)).collect()
    };
    tree.branches.iter().map(branch).collect()
}

fn noisy(recipe: &Recipe, tree: &Tree, share: f64, nodes: &[String], seed: u64, set: usize) -> Vec<Vec<f64>> {
    // One stream a set, so that a set does not hang on how many there are.
    let mut random = Pcg64Mcg::seed_from_u64(seed ^ (set as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15));
    let mut draw = || (random.next_u64() >> 11) as f64 / (1_u64 << 53) as f64;
    tree.branches
        .iter()
        .map(|branch| {
            let varied = nodes.is_empty() || nodes.contains(&recipe.nodes[branch.node].id);
            branch
                .weights
                .iter()
                .map(|own| if varied { own * (1.0 + share * (2.0 * draw() - 1.0)) } else { *own })
                .collect()
        })
        .collect()
}

/// Every combination of choices, the last varying fastest.
fn combinations(sizes: &[usize]) -> Vec<Vec<usize>> {
    sizes.iter().fold(vec![vec![]], |all, size| {
        all.iter()
            .flat_map(|one| (0..*size).map(move |choice| [one.as_slice(), &[choice]].concat()))
            .collect()
    })
}
