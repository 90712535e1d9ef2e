//! Children of a node put together into the node.

use super::{matrix::Matrix, mcdm, statistics, weights::benefit_of_the_doubt};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How the children of a node are put together. Weights are taken relative to the children that are there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "method", rename_all = "snake_case", deny_unknown_fields)]
pub enum Aggregate {
    /// `Σwx/Σw`
    Arithmetic,
    /// `exp(Σw·ln x/Σw)`, for positive values.
    Geometric,
    /// `Σw/Σ(w/x)`, for values other than zero.
    Harmonic,
    /// `(Σw·x^p/Σw)^(1/p)`, for positive values.
    Power {
        /// The exponent, not zero.
        p: f64,
    },
    /// Weighted median.
    Median,
    /// Least of the children.
    Least,
    /// Greatest of the children.
    Greatest,
    /// `Σwx`, not divided by the weights: a total. A weight may be negative.
    Sum,
    /// `Πx^w`, not brought to the first power: a product, or with a negative weight a quotient.
    Product,
    /// Mean ∓ standard deviation × coefficient of variation, which punishes imbalance: Mazziotta and Pareto (2016),
    /// Social Indicators Research 127:983–1003. Made for values around 100 with a deviation of 10.
    MazziottaPareto {
        /// Whether more of the phenomenon is better: then imbalance is subtracted.
        #[serde(default = "yes")]
        positive: bool,
        /// Whether the deviation is that of the population (divided by m), not of the sample (by m − 1).
        #[serde(default)]
        population: bool,
    },
    /// Each unit under the weights most favourable to itself: no weights are declared. The best score is 1 (Melyn and
    /// Moesen, 1991; Cherchye et al., 2007, Social Indicators Research 82:111–145).
    BenefitOfTheDoubt,
    /// Pairwise contests of units, won by the greater weight of indicators; the score is won minus lost (Copeland,
    /// 1951; Munda and Nardo, 2009, Applied Economics 41(12):1513–1523).
    Copeland,
    /// A method that weighs alternatives against ideals or each other.
    #[serde(untagged)]
    Multicriteria(mcdm::Method),
}

fn yes() -> bool {
    true
}

/// What stood in the way at a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gap {
    /// A value that is not positive under a logarithm or a root.
    NotPositive,
    /// A zero under a fraction: no value.
    Zero,
    /// A zero under a logarithm or a fraction whose limit is zero: the unit gets zero, whatever else it has.
    Vanishes,
}

/// A node's values, and the units where something stood in the way: their value is missing, or zero where it vanishes.
#[derive(Clone, Debug, PartialEq)]
pub struct Aggregated {
    /// One value a unit.
    pub values: Vec<f64>,
    /// Unit and what stood in the way.
    pub gaps: Vec<(usize, Gap)>,
}

impl Aggregate {
    /// Whether its least score is the best.
    pub fn less_is_better(&self) -> bool {
        matches!(self, Self::Multicriteria(mcdm::Method::Vikor { .. }))
    }

    /// Whether units are weighed against each other, so that the score of one hangs on all.
    pub fn compares_units(&self) -> bool {
        matches!(self, Self::Copeland | Self::BenefitOfTheDoubt | Self::Multicriteria(_))
    }

    /// Whether weights are taken as they are, so that a negative one has a meaning.
    pub fn takes_signed_weights(&self) -> bool {
        matches!(self, Self::Sum | Self::Product)
    }

    /// Puts the children together; `weights` has one weight a child, `enough` the least share of children that must be
    /// there for a unit to have a value.
    pub fn apply(&self, children: &Matrix, weights: &[f64], enough: f64) -> Aggregated {
        match self {
            Self::Copeland => whole(copeland(children, weights)),
            Self::BenefitOfTheDoubt => whole(benefit_of_the_doubt(children)),
            Self::Multicriteria(method) => whole(method.score(children, weights)),
            _ => self.by_unit(children, weights, enough),
        }
    }

    fn by_unit(&self, children: &Matrix, weights: &[f64], enough: f64) -> Aggregated {
        let mut out = Aggregated { values: Vec::with_capacity(children.rows()), gaps: vec![] };
        let (mut x, mut w) = (Vec::new(), Vec::new());
        for unit in 0..children.rows() {
            x.clear();
            w.clear();
            for (column, weight) in children.each().zip(weights) {
                if !column[unit].is_nan() {
                    x.push(column[unit]);
                    w.push(*weight);
                }
            }
            let there = x.len() as f64 / children.columns() as f64;
            let value = if x.is_empty() || there < enough { Ok(f64::NAN) } else { self.of(&x, &w) };
            out.values.push(value.unwrap_or_else(|gap| {
                out.gaps.push((unit, gap));
                if gap == Gap::Vanishes { 0.0 } else { f64::NAN }
            }));
        }
        out
    }

    /// One unit: its children that are there, with their weights.
    ///
    /// # Errors
    /// When the method is not defined for these values.
    pub fn of(&self, x: &[f64], w: &[f64]) -> Result<f64, Gap> {
        let total: f64 = w.iter().sum();
        let sum = |each: &dyn Fn(f64) -> f64| x.iter().zip(w).map(|(x, w)| w * each(*x)).sum::<f64>();
        let positive = || match () {
            () if x.iter().any(|x| *x < 0.0) => Err(Gap::NotPositive),
            () if x.iter().zip(w).any(|(x, w)| *x == 0.0 && *w > 0.0) => Err(Gap::Vanishes),
            () => Ok(()),
        };
        // A weight of zero says nothing, also about a zero.
        let logs = || x.iter().zip(w).filter(|(_, w)| **w != 0.0).map(|(x, w)| w * x.ln()).sum::<f64>();
        Ok(match self {
            Self::Arithmetic => sum(&|x| x) / total,
            Self::Geometric => {
                positive()?;
                (logs() / total).exp()
            }
            Self::Harmonic => {
                if x.iter().zip(w).any(|(x, w)| *x == 0.0 && *w > 0.0) {
                    return Err(Gap::Vanishes);
                }
                total / x.iter().zip(w).filter(|(_, w)| **w != 0.0).map(|(x, w)| w / x).sum::<f64>()
            }
            Self::Power { p } => {
                if *p > 0.0 && x.iter().any(|x| *x < 0.0) {
                    return Err(Gap::NotPositive);
                }
                if *p <= 0.0 {
                    positive()?;
                }
                (sum(&|x| x.powf(*p)) / total).powf(1.0 / p)
            }
            Self::Sum => sum(&|x| x),
            Self::Product => {
                let whole = x.iter().zip(w).map(|(x, w)| x.powf(*w)).product::<f64>();
                match whole {
                    product if product.is_nan() => return Err(Gap::NotPositive),
                    product if product.is_infinite() => return Err(Gap::Zero),
                    product => product,
                }
            }
            Self::Median => weighted_median(x, w),
            Self::Least => statistics::least(x),
            Self::Greatest => statistics::greatest(x),
            Self::MazziottaPareto { positive, population } => {
                let (mean, deviation) = (statistics::mean(x), statistics::deviation(x));
                let n = x.len() as f64;
                let whole = if *population { ((n - 1.0) / n).sqrt() } else { 1.0 };
                let deviation = if x.len() < 2 { 0.0 } else { deviation * whole };
                if mean == 0.0 {
                    return Err(Gap::Zero);
                }
                let penalty = deviation * deviation / mean;
                if *positive { mean - penalty } else { mean + penalty }
            }
            Self::Copeland | Self::BenefitOfTheDoubt | Self::Multicriteria(_) => f64::NAN,
        })
    }
}

fn whole(values: Vec<f64>) -> Aggregated {
    Aggregated { values, gaps: vec![] }
}

/// The value at which half of the weight lies below; between two, their middle.
fn weighted_median(x: &[f64], w: &[f64]) -> f64 {
    let mut order: Vec<usize> = (0..x.len()).collect();
    order.sort_by(|a, b| x[*a].total_cmp(&x[*b]));
    let half = w.iter().sum::<f64>() / 2.0;
    let mut below = 0.0;
    for (place, at) in order.iter().enumerate() {
        below += w[*at];
        if below > half {
            return x[*at];
        }
        if below == half {
            return order.get(place + 1).map_or(x[*at], |next| f64::midpoint(x[*at], x[*next]));
        }
    }
    f64::NAN
}

/// Share of the weight by which each unit outranks each other one, ties halved: row `i`, column `j` is i over j. An
/// indicator that one of the two lacks has no say.
pub fn outranking(children: &Matrix, weights: &[f64]) -> Vec<Vec<f64>> {
    let n = children.rows();
    let total: f64 = weights.iter().sum();
    let mut share = vec![vec![0.0; n]; n];
    for i in 0..n {
        for j in (0..n).filter(|j| *j != i) {
            for (column, weight) in children.each().zip(weights) {
                if column[i] > column[j] {
                    share[i][j] += weight / total;
                } else if column[i] == column[j] {
                    share[i][j] += weight / total / 2.0;
                }
            }
        }
    }
    share
}

fn copeland(children: &Matrix, weights: &[f64]) -> Vec<f64> {
    let share = outranking(children, weights);
    let n = children.rows();
    let contest = |i: usize, j: usize| match share[i][j].total_cmp(&share[j][i]) {
        std::cmp::Ordering::Greater => 1.0,
        std::cmp::Ordering::Equal => 0.0,
        std::cmp::Ordering::Less => -1.0,
    };
    (0..n).map(|i| (0..n).filter(|j| *j != i).map(|j| contest(i, j)).sum()).collect()
}
