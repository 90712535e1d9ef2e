//! An index as a function of its choices. The steps up to the common scale are computed once for each of their
//! combinations, so that a run only puts children together.

use super::factor::Factor;
use crate::composite::{
    aggregate::Aggregate,
    build::{self, Data},
    fault::Fault,
    matrix::Matrix,
    recipe::{Recipe, Step},
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
    /// Indicators on the common scale, by the choices of the factors that lead there.
    scaled: BTreeMap<Vec<usize>, Scaled>,
    /// Positions of the factors that lead to the common scale.
    early: Vec<usize>,
    /// The factor of weights, where there is one, and the weights of every branch's children under each alternative.
    weights: Option<(usize, Vec<Vec<Vec<f64>>>)>,
    /// Rows of the data that stayed.
    rows: Vec<usize>,
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
}

impl Model {
    /// Prepares an index for the factors of its recipe.
    ///
    /// # Errors
    /// Everything that cannot be varied as declared: a factor of a step that is not taken, fewer than two alternatives,
    /// a combination that is not defined. Nothing is skipped in silence.
    pub fn new(data: &Data, recipe: &Recipe, seed: u64) -> Result<Self, Vec<Fault>> {
        let tree = Tree::of(recipe)?;
        let faults: Vec<Fault> = recipe
            .uncertain
            .iter()
            .filter_map(|factor| refused(factor, recipe))
            .chain(twice(recipe))
            .collect();
        if !faults.is_empty() {
            return Err(faults);
        }
        let is_early = |factor: &Factor| {
            matches!(factor, Factor::Impute { .. } | Factor::Points { .. } | Factor::Normalise { .. })
        };
        let early: Vec<usize> =
            (0..recipe.uncertain.len()).filter(|at| is_early(&recipe.uncertain[*at])).collect();
        let mut model = Self {
            weights: weights(recipe, &tree, seed),
            tree,
            recipe: recipe.clone(),
            scaled: BTreeMap::new(),
            early,
            rows: vec![],
        };
        for choices in
            combinations(&model.early.iter().map(|at| recipe.uncertain[*at].choices()).collect::<Vec<_>>())
        {
            let built = build::build(data, &model.under(&choices))?;
            model.rows = built.rows;
            let values = built.steps.last().map(|(_, values)| values.clone()).unwrap_or_default();
            model.scaled.insert(choices, Scaled::of(values));
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
        let key: Vec<usize> = self.early.iter().map(|at| setting[*at]).collect();
        let scaled = &self.scaled[&key];
        let slots = self.tree.ids.len();
        room.values.resize(slots, vec![]);
        room.logs.resize(slots, None);
        let weighting = self.weighting(setting);
        let sets = self.weights.as_ref().map(|(at, alternatives)| &alternatives[setting[*at]]);
        for (at, branch) in self.tree.branches.iter().enumerate() {
            let node = &self.recipe.nodes[branch.node];
            let how = node.aggregate.as_ref().unwrap_or_else(|| self.aggregate(setting));
            let weighting = node.weights.as_ref().unwrap_or(weighting);
            let declared = sets.map_or(&branch.weights, |sets| &sets[at]);
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
                    let used = weighting.of(&children, declared).weights;
                    let enough = node.enough.unwrap_or(self.recipe.enough);
                    (how.apply(&children, &used, enough).values, None)
                }
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
        for (at, choice) in self.early.iter().zip(choices) {
            match &self.recipe.uncertain[*at] {
                Factor::Impute { choices } => recipe.impute = choices[*choice].clone(),
                Factor::Points { choices } => recipe.treat.points = Some(choices[*choice]),
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

    /// Combinations of scale and aggregation under which no unit has a score at all, or a score is lost that others
    /// have: the run would compare what cannot be compared.
    fn undefined(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        let mut room = Room::default();
        let aggregations = self.recipe.uncertain.iter().position(|f| matches!(f, Factor::Aggregate { .. }));
        for key in self.scaled.keys() {
            for choice in 0..aggregations.map_or(1, |at| self.recipe.uncertain[at].choices()) {
                let mut setting = vec![0; self.recipe.uncertain.len()];
                for (at, chosen) in self.early.iter().zip(key) {
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
        for (slot, weight) in self.children.iter().zip(weights) {
            let held = if *slot < self.indicators {
                self.scaled.logs.as_ref().map(|logs| logs.column(*slot))
            } else {
                room.logs[*slot].as_deref()
            };
            match held {
                Some(logs) => add(&mut sum, logs, *weight),
                None => {
                    // ln of what is not positive is no number, and so is the score.
                    let logs: Vec<f64> = self
                        .values(*slot, room)
                        .iter()
                        .map(|x| if *x > 0.0 { x.ln() } else { f64::NAN })
                        .collect();
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

/// The factor of weights, and the weights of every branch's children under each of its alternatives.
fn weights(recipe: &Recipe, tree: &Tree, seed: u64) -> Option<(usize, Vec<Vec<Vec<f64>>>)> {
    recipe.uncertain.iter().enumerate().find_map(|(at, factor)| {
        let alternatives = match factor {
            Factor::WeightSets { sets } => sets.iter().map(|set| from_set(tree, set)).collect(),
            Factor::WeightNoise { share, sets, nodes } => {
                (0..*sets).map(|set| noisy(recipe, tree, *share, nodes, seed, set)).collect()
            }
            _ => return None,
        };
        Some((at, alternatives))
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
