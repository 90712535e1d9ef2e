//! From data to scores, step by step, each step kept.

use super::{
    aggregate::Gap,
    fault::Fault,
    impute::{self, Impute},
    matrix::Matrix,
    normalise::{Column, NoScale, Normalise},
    recipe::{Direction, Indicator, Recipe, ScaleOver, Step, TieRule},
    statistics::{self, Ties},
    treat::{self, Treated},
    tree::Tree,
    weights::Weights,
};
use std::collections::BTreeMap;

/// What an index is made from: one row a unit, or a unit in a period.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Data {
    /// The unit of each row.
    pub units: Vec<String>,
    /// The period of each row as a number that orders them; empty for a cross-section.
    pub periods: Vec<f64>,
    /// Columns of numbers.
    pub columns: BTreeMap<String, Vec<f64>>,
    /// Columns of words: groups.
    pub groups: BTreeMap<String, Vec<String>>,
}

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
    let Some(values) = data.columns.get(indicator.column()) else {
        faults.push(Fault::of(
            "no_column",
            &indicator.id,
            format!("数据中没有“{}”这一列；该指标按全部缺失处理", indicator.column()),
            format!("the data has no column {}; the indicator counts as missing", indicator.column()),
        ));
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
        let how = &self.recipe.impute;
        let none = vec![String::new(); self.data.units.len()];
        let groups = match how.group() {
            Some(group) => self.data.groups.get(group).unwrap_or_else(|| {
                let (zh, en) = (
                    "数据中没有这一分组列；不填补",
                    "the data has no such column of groups; nothing is filled in",
                );
                self.faults.push(Fault::of("no_group", group, zh, en));
                &none
            }),
            None => &none,
        };
        if how.group().is_some_and(|group| !self.data.groups.contains_key(group)) {
            return;
        }
        let parts = match how {
            Impute::PanelLatest { .. } | Impute::PanelLinear => self.series(),
            _ => self.periods(),
        };
        for at in 0..self.values.columns() {
            for part in &parts {
                let x: Vec<f64> = part.iter().map(|place| self.values.at(*place, at)).collect();
                let filled = match how {
                    Impute::PanelLatest { .. } | Impute::PanelLinear => {
                        let times: Vec<f64> =
                            part.iter().map(|place| self.data.periods[self.rows[*place]]).collect();
                        impute::fill_series(&times, &x, how)
                    }
                    _ => {
                        let groups: Vec<String> =
                            part.iter().map(|place| groups[self.rows[*place]].clone()).collect();
                        impute::fill(&x, how, &groups)
                    }
                };
                for (place, value) in part.iter().zip(filled) {
                    self.values.column_mut(at)[*place] = value;
                }
            }
        }
    }

    fn screen(&mut self) {
        let Some(screen) = &self.recipe.screen else { return };
        let stay = impute::screen(&self.values, screen);
        self.values = self.values.pick_rows(&stay);
        self.rows = stay.iter().map(|place| self.rows[*place]).collect();
    }

    fn treat(&mut self) {
        let parts = self.periods();
        for (at, indicator) in self.recipe.indicators.iter().enumerate() {
            let how = indicator.treat.as_ref().unwrap_or(&self.recipe.treat);
            let mut done = Vec::new();
            for part in parts.iter().filter(|_| !indicator.untreated) {
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
        for (at, indicator) in self.recipe.indicators.iter().enumerate() {
            let how = indicator.normalise.as_ref().unwrap_or(&self.recipe.normalise);
            for part in &parts {
                let x: Vec<f64> = part.iter().map(|place| before.at(*place, at)).collect();
                if how.turns_round(&x, indicator.direction == Direction::Less) {
                    self.faults.push(turned_round(&indicator.id));
                }
                let column = Column {
                    less_is_better: indicator.direction == Direction::Less,
                    target: indicator.target,
                    posts: indicator.posts,
                    reference: self.reference(how, part),
                    extremes: (self.recipe.scale == ScaleOver::AllPeriods).then(|| before.column(at)),
                };
                let scaled = match how.apply(&x, column) {
                    Ok(scaled) => scaled,
                    Err(why) => {
                        self.faults.push(no_scale(&indicator.id, why));
                        let middle = if why == NoScale::Constant { how.middle(&x) } else { f64::NAN };
                        x.iter().map(|x| if x.is_nan() { f64::NAN } else { middle }).collect()
                    }
                };
                for (place, value) in part.iter().zip(scaled) {
                    self.values.column_mut(at)[*place] = value;
                }
            }
        }
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
            let used = weighting.of(&children, &branch.weights);
            for dull in &used.dull {
                let (zh, en) =
                    ("该列没有区分度，权重取零", "the column tells nothing apart and gets no weight");
                self.faults.push(Fault::of("dull_column", &tree.ids[branch.children[*dull]], zh, en));
            }
            let how = node.aggregate.as_ref().unwrap_or(&self.recipe.aggregate);
            let enough = node.enough.unwrap_or(self.recipe.enough);
            let mut column = vec![f64::NAN; self.rows.len()];
            for part in &parts {
                let aggregated = how.apply(&children.pick_rows(part), &used.weights, enough);
                for (place, value) in part.iter().zip(&aggregated.values) {
                    column[*place] = *value;
                }
                for (unit, gap) in aggregated.gaps {
                    let unit = &self.data.units[self.rows[part[unit]]];
                    self.faults.push(not_defined(&node.id, gap).at(unit));
                }
            }
            scores.push(column);
            weights.push(used);
        }
        let scores = if scores.is_empty() { Matrix::default() } else { Matrix::from_columns(&scores) };
        let places = self.places(&scores, &parts);
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

    fn places(&self, scores: &Matrix, parts: &[Vec<usize>]) -> Matrix {
        let ties = match self.recipe.ties {
            TieRule::Least => Ties::Least,
            TieRule::Average => Ties::Average,
        };
        scores.map_columns(|_, column| {
            let mut out = vec![f64::NAN; column.len()];
            for part in parts {
                let x: Vec<f64> = part.iter().map(|place| column[*place]).collect();
                for (place, rank) in part.iter().zip(statistics::places(&x, ties)) {
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

fn no_scale(indicator: &str, why: NoScale) -> Fault {
    match why {
        NoScale::Constant => Fault::of(
            "constant_column",
            indicator,
            "各单位数值相同，无法定标；一律取标尺中点",
            "all units are equal, so there is no scale; each gets the middle of it",
        ),
        NoScale::NoTarget => Fault::of(
            "no_target",
            indicator,
            "没有给出 target；按缺失处理",
            "no target is given; the indicator counts as missing",
        ),
        NoScale::NoPosts => Fault::of(
            "no_posts",
            indicator,
            "没有给出两个不同的 posts；按缺失处理",
            "no two different posts are given; the indicator counts as missing",
        ),
        NoScale::NoReference => Fault::of(
            "no_reference",
            indicator,
            "参照单位不在数据中或没有数值；按缺失处理",
            "the reference unit is not in the data or has no value; the indicator counts as missing",
        ),
    }
}

fn turned_round(indicator: &str) -> Fault {
    Fault::of(
        "turned_round",
        indicator,
        "“占最大值的比例”不适用于逆向或非正的指标，方向会颠倒；请改用其他定标方法",
        "a fraction of the greatest value does not fit a column where less is better or nothing is positive: it runs \
         the wrong way; choose another scale",
    )
}

fn not_defined(node: &str, gap: Gap) -> Fault {
    match gap {
        Gap::NotPositive => Fault::of(
            "not_positive",
            node,
            "几何或幂平均遇到非正值，该单位无得分；请改用从 1 起的标尺",
            "a value that is not positive stands under a logarithm; the unit has no score; use a scale that starts at 1",
        ),
        Gap::Zero => Fault::of(
            "zero_value",
            node,
            "除数为零，该单位无得分",
            "a zero stands under a fraction; the unit has no score",
        ),
    }
}
