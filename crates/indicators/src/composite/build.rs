//! From data to scores, step by step, each step kept.

pub use super::data::{Data, order_of};
use super::{
    composed,
    fault::Fault,
    finish::{beyond, clipped, enough, finished, finishes, rounded, without_scale},
    impute::{self, Impute},
    matrix::Matrix,
    normalise::{Column, Normalise},
    recipe::{Direction, First, Indicator, Node, Recipe, ScaleOver, Step, TieRule},
    statistics::{self, Ties},
    told::{no_column, no_scale, not_defined, off_the_curve, turned_round},
    treat::{self, Treated},
    tree::{Branch, Tree},
    weights::{Weighting, Weights},
};
use std::collections::BTreeMap;

/// An index that has been computed.
#[derive(Clone, Debug, PartialEq)]
pub struct Composite {
    /// The tree.
    pub tree: Tree,
    /// Rows of the data that stayed, in order.
    pub rows: Vec<usize>,
    /// The indicators after each step; the rows of steps before the screening are all rows of the data.
    pub steps: Vec<(Step, Matrix)>,
    /// One column a slot of the tree: indicators as normalised, then nodes.
    pub scores: Matrix,
    /// Places within each period, 1 the first, one column a slot.
    pub places: Matrix,
    /// The weights of each node's children, in the order of the tree's branches.
    pub weights: Vec<Weights>,
    /// What was done to each indicator's outliers, a period each.
    pub treated: Vec<Vec<Treated>>,
    /// What was wrong, and what was done about it.
    pub faults: Vec<Fault>,
}

/// Computes an index. What is wrong with the data is said in `faults` and the rest is computed.
///
/// # Errors
/// When the declaration itself cannot be followed: everything that is wrong with it.
pub fn build(data: &Data, recipe: &Recipe) -> Result<Composite, Vec<Fault>> {
    let tree = Tree::of(recipe)?;
    let mut faults = Vec::new();
    let columns: Vec<Vec<f64>> =
        recipe.indicators.iter().map(|indicator| column(data, indicator, &mut faults)).collect();
    let mut work = Work {
        data,
        recipe,
        values: if columns.is_empty() { Matrix::default() } else { Matrix::from_columns(&columns) },
        rows: (0..data.units.len()).collect(),
        steps: vec![],
        treated: vec![],
        faults,
    };
    for step in &recipe.steps {
        match step {
            Step::Denominate => work.denominate(),
            Step::Impute => work.impute(),
            Step::Screen => work.screen(),
            Step::Curve if !recipe.indicators.iter().any(bends) => continue,
            Step::Curve => work.bend(),
            Step::Treat => work.treat(),
            Step::Normalise => work.normalise(),
            Step::Aggregate => break,
        }
        work.steps.push((*step, work.values.clone()));
    }
    Ok(work.aggregate(tree))
}

/// An indicator's column; one that is not there is missing whole. Infinite values count as missing.
fn column(data: &Data, indicator: &Indicator, faults: &mut Vec<Fault>) -> Vec<f64> {
    if !indicator.words.is_empty() {
        return worded(data, indicator, faults);
    }
    let Some(values) = data.columns.get(indicator.column()) else {
        faults.push(no_column(indicator));
        return vec![f64::NAN; data.units.len()];
    };
    let mut out = values.clone();
    for (value, unit) in out.iter_mut().zip(&data.units).filter(|(value, _)| value.is_infinite()) {
        *value = f64::NAN;
        let (zh, en) = ("数值不是有限数，按缺失处理", "the value is not finite and counts as missing");
        faults.push(Fault::of("not_finite", &indicator.id, zh, en).at(unit));
    }
    out
}

/// An indicator's column of words as numbers; a word without a number is missing and said.
fn worded(data: &Data, indicator: &Indicator, faults: &mut Vec<Fault>) -> Vec<f64> {
    let mut unknown = BTreeMap::new();
    let mut each = |row: usize| {
        let word = data.label(indicator.column(), row)?;
        let number = indicator.words.get(&word).copied();
        if number.is_none() {
            unknown.entry(word).or_insert_with(|| data.units[row].clone());
        }
        number
    };
    let out: Vec<f64> = (0..data.units.len()).map(|row| each(row).unwrap_or(f64::NAN)).collect();
    if !data.has(indicator.column()) {
        faults.push(no_column(indicator));
    }
    faults.extend(unknown.into_iter().map(|(word, unit)| {
        Fault::of(
            "unknown_word",
            &indicator.id,
            format!("words 中没有“{word}”，按缺失处理；请补上"),
            format!("words has no number for {word}, which counts as missing; add it"),
        )
        .at(&unit)
    }));
    out
}

struct Work<'a> {
    data: &'a Data,
    recipe: &'a Recipe,
    values: Matrix,
    /// Rows of the data that are left.
    rows: Vec<usize>,
    steps: Vec<(Step, Matrix)>,
    treated: Vec<Vec<Treated>>,
    faults: Vec<Fault>,
}

impl Work<'_> {
    fn denominate(&mut self) {
        for (at, indicator) in self.recipe.indicators.iter().enumerate() {
            let Some(by) = &indicator.denominator else { continue };
            let Some(divisor) = self.data.columns.get(by) else {
                self.faults.push(Fault::of(
                    "no_denominator",
                    &indicator.id,
                    format!("数据中没有分母列“{by}”；该指标按全部缺失处理"),
                    format!("the data has no column {by} to divide by; the indicator counts as missing"),
                ));
                self.values.column_mut(at).fill(f64::NAN);
                continue;
            };
            for (place, row) in self.rows.iter().enumerate() {
                let value = &mut self.values.column_mut(at)[place];
                let divided = *value / divisor[*row] * indicator.per;
                if divisor[*row] == 0.0 && !value.is_nan() {
                    let unit = &self.data.units[*row];
                    let (zh, en) =
                        ("分母为零，按缺失处理", "the denominator is zero; the value counts as missing");
                    self.faults.push(Fault::of("zero_denominator", &indicator.id, zh, en).at(unit));
                }
                *value = if divided.is_finite() { divided } else { f64::NAN };
            }
        }
    }

    fn impute(&mut self) {
        let (series, periods) = (self.series(), self.periods());
        for (at, indicator) in self.recipe.indicators.iter().enumerate() {
            let how = indicator.impute.as_ref().unwrap_or(&self.recipe.impute);
            let over_time = matches!(how, Impute::PanelLatest { .. } | Impute::PanelLinear);
            let none = vec![String::new(); self.data.units.len()];
            let groups = match how.group() {
                Some(group) if !self.data.groups.contains_key(group) => {
                    let (zh, en) = (
                        format!("数据中没有分组列“{group}”；不填补"),
                        format!("the data has no column of groups {group}; nothing is filled in"),
                    );
                    self.faults.push(Fault::of("no_group", &indicator.id, zh, en));
                    continue;
                }
                Some(group) => &self.data.groups[group],
                None => &none,
            };
            for part in if over_time { &series } else { &periods } {
                let x: Vec<f64> = part.iter().map(|place| self.values.at(*place, at)).collect();
                if x.iter().all(|x| !x.is_nan()) {
                    continue;
                }
                let rows = || part.iter().map(|place| self.rows[*place]);
                let filled = if over_time && !self.data.periods.is_empty() {
                    let times: Vec<f64> = rows().map(|row| self.data.periods[row]).collect();
                    impute::fill_series(&times, &x, how)
                } else {
                    impute::fill(&x, how, &rows().map(|row| groups[row].clone()).collect::<Vec<_>>())
                };
                for (place, value) in part.iter().zip(filled) {
                    self.values.column_mut(at)[*place] = value;
                }
            }
        }
    }

    /// Cuts and bends each indicator that says so.
    fn bend(&mut self) {
        for (at, indicator) in self.recipe.indicators.iter().enumerate().filter(|(_, i)| bends(i)) {
            for part in self.periods() {
                let x: Vec<f64> = part.iter().map(|place| self.values.at(*place, at)).collect();
                let base = self.base(at, &self.values);
                let less = indicator.direction == Direction::Less;
                let cut = clipped(&x, base.as_deref().unwrap_or(&x), indicator.clip, less);
                let cut = beyond(&x, &cut, indicator.beyond);
                for (place, before) in part.iter().zip(cut) {
                    let after = indicator.curve.as_ref().map_or(before, |curve| curve.at(before));
                    if after.is_nan() && !before.is_nan() {
                        let unit = &self.data.units[self.rows[*place]];
                        self.faults.push(off_the_curve(&indicator.id, before).at(unit));
                    }
                    self.values.column_mut(at)[*place] = after;
                }
            }
        }
    }

    fn screen(&mut self) {
        let Some(screen) = &self.recipe.screen else { return };
        let composed = |place: &usize| {
            self.recipe.composed.iter().any(|one| one.unit == self.data.units[self.rows[*place]])
        };
        let enough = impute::screen(&self.values, screen);
        let stay: Vec<usize> = (0..self.rows.len())
            .filter(|place| enough.binary_search(place).is_ok() || composed(place))
            .collect();
        self.values = self.values.pick_rows(&stay);
        self.rows = stay.iter().map(|place| self.rows[*place]).collect();
    }

    fn treat(&mut self) {
        let parts = self.periods();
        for (at, indicator) in self.recipe.indicators.iter().enumerate() {
            let how = indicator.treat.as_ref().or(self.recipe.treat.as_ref());
            let mut done = Vec::new();
            let Some(how) = how.filter(|_| !indicator.untreated) else {
                self.treated.push(done);
                continue;
            };
            for part in &parts {
                let x: Vec<f64> = part.iter().map(|place| self.values.at(*place, at)).collect();
                let treated = treat::treat(&x, how.points, how.then, &how.limits);
                for (place, value) in part.iter().zip(&treated.values) {
                    self.values.column_mut(at)[*place] = *value;
                }
                if !treated.passes {
                    let (zh, en) = (
                        "处理后偏度与峰度仍超限",
                        "skewness and kurtosis still pass the limits after treatment",
                    );
                    self.faults.push(Fault::of("still_skewed", &indicator.id, zh, en));
                }
                done.push(treated);
            }
            self.treated.push(done);
        }
    }

    fn normalise(&mut self) {
        let parts = self.periods();
        let before = self.values.clone();
        let curved = self.recipe.steps.contains(&Step::Curve);
        if let ScaleOver::Period(period) = &self.recipe.scale
            && !self.data.periods.iter().any(|time| *time == order_of(period))
        {
            let (zh, en) = (
                "数据中没有作为基准的时期；各期改用自身的极值",
                "the data has no such base period; each period takes its own extremes",
            );
            self.faults.push(Fault::of("no_base_period", period, zh, en));
        }
        for (at, indicator) in self.recipe.indicators.iter().enumerate() {
            let how = indicator.normalise.as_ref().unwrap_or(&self.recipe.normalise);
            let base = self.base(at, &before);
            for part in &parts {
                let x: Vec<f64> = part.iter().map(|place| before.at(*place, at)).collect();
                if x.iter().all(|x| x.is_nan()) {
                    continue;
                }
                if how.turns_round(&x, indicator.direction == Direction::Less) {
                    self.faults.push(turned_round(&indicator.id));
                }
                let own_base = self.own_base(how, part, before.column(at));
                let column = Column {
                    less_is_better: indicator.direction == Direction::Less,
                    target: indicator.target,
                    posts: indicator.posts,
                    curve: indicator.curve.as_ref().filter(|_| curved),
                    reference: self.reference(how, part),
                    extremes: base.as_deref(),
                    base: own_base.as_deref(),
                };
                let mut faults = Vec::new();
                let mut scaled = how.apply(&x, column.clone()).unwrap_or_else(|why| {
                    faults.push(no_scale(&indicator.id, why));
                    without_scale(how, &x, why)
                });
                if let Some(by) = &indicator.posts_by {
                    // Posts of a group replace the common ones for its units; those who take the common posts keep theirs.
                    faults.clear();
                    for (group, posts) in &by.of {
                        let column = Column { posts: Some(*posts), ..column.clone() };
                        let theirs = how.apply(&x, column).unwrap_or_else(|why| {
                            faults.push(no_scale(&indicator.id, why));
                            vec![f64::NAN; x.len()]
                        });
                        for (at, place) in part.iter().enumerate() {
                            if self.data.label(&by.column, self.rows[*place]).as_ref() == Some(group) {
                                scaled[at] = theirs[at];
                            }
                        }
                    }
                }
                self.faults.extend(faults);
                for (place, value) in part.iter().zip(scaled) {
                    self.values.column_mut(at)[*place] =
                        indicator.round.map_or(value, |decimals| rounded(value, decimals));
                }
            }
        }
    }

    /// The values that a scale takes its extremes from, where not from the period's own.
    fn base(&self, at: usize, values: &Matrix) -> Option<Vec<f64>> {
        let column = values.column(at);
        match &self.recipe.scale {
            ScaleOver::EachPeriod => None,
            ScaleOver::AllPeriods => Some(column.to_vec()),
            ScaleOver::Period(period) => {
                let time = order_of(period);
                let rows = self.rows.iter().zip(column);
                let then: Vec<f64> = rows
                    .filter(|(row, _)| self.data.periods.get(**row) == Some(&time))
                    .map(|(_, x)| *x)
                    .collect();
                (!then.is_empty()).then_some(then)
            }
        }
    }

    /// Each unit's own value in the base period of a scale that has one; `values` are those of all rows.
    fn own_base(&self, how: &Normalise, part: &[usize], values: &[f64]) -> Option<Vec<f64>> {
        let Normalise::FractionOfBase { period, .. } = how else { return None };
        let time = order_of(period);
        let then: BTreeMap<&str, f64> = self
            .rows
            .iter()
            .zip(values)
            .filter(|(row, _)| self.data.periods.get(**row) == Some(&time))
            .map(|(row, x)| (self.data.units[*row].as_str(), *x))
            .collect();
        let of = |place: &usize| then.get(&*self.data.units[self.rows[*place]]).copied().unwrap_or(f64::NAN);
        Some(part.iter().map(of).collect())
    }

    fn reference(&self, how: &Normalise, part: &[usize]) -> Option<usize> {
        let Normalise::DistanceToReference { unit, .. } = how else { return None };
        part.iter().position(|place| self.data.units[self.rows[*place]] == *unit)
    }

    fn aggregate(mut self, tree: Tree) -> Composite {
        let parts = self.periods();
        let mut scores: Vec<Vec<f64>> = self.values.each().map(<[f64]>::to_vec).collect();
        let mut weights = Vec::new();
        for branch in &tree.branches {
            let node = &self.recipe.nodes[branch.node];
            let children = Matrix::from_columns(
                &branch.children.iter().map(|slot| scores[*slot].clone()).collect::<Vec<_>>(),
            );
            let weighting = node.weights.as_ref().unwrap_or(&self.recipe.weights);
            let how = node.aggregate.as_ref().unwrap_or(&self.recipe.aggregate);
            let mut used = weighting.of(&children, &branch.weights);
            if how.takes_signed_weights() && *weighting == Weighting::Given {
                // A total and a product take weights as they stand.
                used.weights.clone_from(&branch.weights);
            }
            for dull in &used.dull {
                let (zh, en) =
                    ("该列没有区分度，权重取零", "the column tells nothing apart and gets no weight");
                self.faults.push(Fault::of("dull_column", &tree.ids[branch.children[*dull]], zh, en));
            }
            let enough = enough(self.recipe, node, branch.children.len());
            let mut column = vec![f64::NAN; self.rows.len()];
            for part in &parts {
                for (weights, rows) in self.weighted(node, &tree, branch, &used.weights, part) {
                    let aggregated = how.apply(&children.pick_rows(part), &weights, enough);
                    for (at, value) in aggregated.values.iter().enumerate().filter(|(at, _)| rows[*at]) {
                        column[part[at]] = *value;
                    }
                    for (at, gap) in aggregated.gaps.into_iter().filter(|(at, _)| rows[*at]) {
                        let unit = &self.data.units[self.rows[part[at]]];
                        self.faults.push(not_defined(&node.id, gap).at(unit));
                    }
                }
            }
            self.covered(node, &tree, branch, &mut column);
            self.finish(node, &parts, &mut column);
            scores.push(column);
            weights.push(used);
        }
        let mut scores = if scores.is_empty() { Matrix::default() } else { Matrix::from_columns(&scores) };
        let hidden =
            composed::compose(self.data, self.recipe, &self.rows, &parts, &mut scores, &mut self.faults);
        let places = self.places(&tree, &scores, &parts, &hidden);
        Composite {
            tree,
            rows: self.rows,
            steps: self.steps,
            scores,
            places,
            weights,
            treated: self.treated,
            faults: self.faults,
        }
    }

    /// The weights of a node's children with whom they are for: one set for all, or one a group of units.
    fn weighted(
        &self,
        node: &Node,
        tree: &Tree,
        branch: &Branch,
        used: &[f64],
        part: &[usize],
    ) -> Vec<(Vec<f64>, Vec<bool>)> {
        let Some(by) = &node.weights_by else { return vec![(used.to_vec(), vec![true; part.len()])] };
        let group = |place: &usize| self.data.label(&by.column, self.rows[*place]);
        let groups: Vec<Option<String>> =
            part.iter().map(group).map(|group| group.filter(|group| by.of.contains_key(group))).collect();
        let mut sets = vec![(used.to_vec(), groups.iter().map(Option::is_none).collect())];
        for (name, own) in &by.of {
            let weights = branch
                .children
                .iter()
                .zip(&branch.weights)
                .map(|(child, declared)| own.get(&tree.ids[*child]).copied().unwrap_or(*declared));
            sets.push((weights.collect(), groups.iter().map(|group| group.as_ref() == Some(name)).collect()));
        }
        sets
    }

    /// Takes the value of a node from units that lack too many of the indicators below it.
    fn covered(&self, node: &Node, tree: &Tree, branch: &Branch, column: &mut [f64]) {
        if node.enough_indicators <= 0.0 {
            return;
        }
        let below = tree.indicators_below(branch);
        for (place, value) in column.iter_mut().enumerate() {
            let there = below.iter().filter(|slot| !self.values.at(place, **slot).is_nan()).count();
            if (there as f64) < node.enough_indicators * below.len() as f64 {
                *value = f64::NAN;
            }
        }
    }

    /// Curve, scale, ends and rounding of a node.
    fn finish(&mut self, node: &Node, parts: &[Vec<usize>], column: &mut [f64]) {
        if !finishes(self.recipe, node) {
            return;
        }
        let before = column.to_vec();
        for part in parts {
            let x: Vec<f64> = part.iter().map(|place| before[*place]).collect();
            let over = (self.recipe.scale == ScaleOver::AllPeriods).then_some(before.as_slice());
            let (finished, why) = finished(self.recipe, node, &x, over);
            if let Some(why) = why {
                self.faults.push(no_scale(&node.id, why));
            }
            for (place, value) in part.iter().zip(finished) {
                column[*place] = value;
            }
        }
    }

    fn places(&self, tree: &Tree, scores: &Matrix, parts: &[Vec<usize>], hidden: &[bool]) -> Matrix {
        let ties = match self.recipe.ties {
            TieRule::Least => Ties::Least,
            TieRule::Average => Ties::Average,
            TieRule::Greatest => Ties::Greatest,
            TieRule::Dense => Ties::Dense,
        };
        scores.map_columns(|slot, column| {
            let node = tree.branches.iter().find(|branch| branch.slot == slot);
            let first = match node.map(|branch| &self.recipe.nodes[branch.node]) {
                Some(node) => self.recipe.first(Some(node)),
                None => self.recipe.first.unwrap_or_default(),
            };
            let mut out = vec![f64::NAN; column.len()];
            for part in parts {
                let shown = |place: &usize| if hidden[*place] { f64::NAN } else { column[*place] };
                let x: Vec<f64> = part.iter().map(shown).collect();
                let ranked = match first {
                    First::Highest => statistics::places(&x, ties),
                    First::Lowest => statistics::ranks(&x, ties),
                };
                for (place, rank) in part.iter().zip(ranked) {
                    out[*place] = rank;
                }
            }
            out
        })
    }

    /// The rows of each period, periods ascending.
    fn periods(&self) -> Vec<Vec<usize>> {
        if self.data.periods.is_empty() {
            return vec![(0..self.rows.len()).collect()];
        }
        self.split(
            |row| self.data.periods[row].to_bits(),
            |a, b| self.data.periods[a].total_cmp(&self.data.periods[b]),
        )
    }

    /// The rows of each unit, periods ascending.
    fn series(&self) -> Vec<Vec<usize>> {
        if self.data.periods.is_empty() {
            return (0..self.rows.len()).map(|place| vec![place]).collect();
        }
        let mut units: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (place, row) in self.rows.iter().enumerate() {
            units.entry(&self.data.units[*row]).or_default().push(place);
        }
        let mut series: Vec<Vec<usize>> = units.into_values().collect();
        for one in &mut series {
            one.sort_by(|a, b| self.data.periods[self.rows[*a]].total_cmp(&self.data.periods[self.rows[*b]]));
        }
        series
    }

    fn split(
        &self,
        key: impl Fn(usize) -> u64,
        order: impl Fn(usize, usize) -> std::cmp::Ordering,
    ) -> Vec<Vec<usize>> {
        let mut parts: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
        for (place, row) in self.rows.iter().enumerate() {
            parts.entry(key(*row)).or_default().push(place);
        }
        let mut parts: Vec<Vec<usize>> = parts.into_values().collect();
        parts.sort_by(|a, b| order(self.rows[a[0]], self.rows[b[0]]));
        parts
    }
}

/// Whether an indicator is cut or bent.
fn bends(indicator: &Indicator) -> bool {
    indicator.clip.is_some() || indicator.curve.is_some()
}
