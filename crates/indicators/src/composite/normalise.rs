//! Columns brought to one scale. What is better when less is turned round first, by its direction.

use super::{
    curve::Curve,
    post::Post,
    statistics::{Ties, deviation, greatest, least, mean, median, present, ranks},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How a column is brought to the common scale (OECD/JRC Handbook, 2008, chapter 5).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "method", rename_all = "snake_case", deny_unknown_fields)]
pub enum Normalise {
    /// Least to the first end, greatest to the second: `lo + (x − min)/(max − min)·(hi − lo)`.
    MinMax {
        /// The ends.
        #[serde(default = "hundred")]
        range: (f64, f64),
    },
    /// Fixed factors: `(x − subtract)/divide·times + plus`.
    Scaled {
        /// Taken away first.
        #[serde(default)]
        subtract: f64,
        /// Divided by then.
        #[serde(default = "one")]
        divide: f64,
        /// Multiplied by then.
        #[serde(default = "one")]
        times: f64,
        /// Added at last.
        #[serde(default)]
        plus: f64,
        /// Ends the score is cut to.
        #[serde(default)]
        clip: Option<(f64, f64)>,
    },
    /// `(x − mean)/sd·sd' + mean'`.
    ZScore {
        /// Mean afterwards.
        #[serde(default)]
        mean: f64,
        /// Standard deviation afterwards.
        #[serde(default = "one")]
        deviation: f64,
        /// Whether the spread is that of the population (divided by n), not of the sample (by n − 1).
        #[serde(default)]
        population: bool,
        /// Ends the score is cut to.
        #[serde(default)]
        clip: Option<(f64, f64)>,
    },
    /// `1 − (max − x)/(max − min)`: how far from the leader.
    DistanceToMax,
    /// `1 − (x_ref − x)/(x_ref − min)`: how far from a unit; may pass 1 unless capped.
    DistanceToReference {
        /// The unit.
        unit: String,
        /// Cap at 1.
        #[serde(default)]
        cap: bool,
    },
    /// `1 − (target − x)/(target − min)`, or `1 − (x − target)/(max − target)` where less is better.
    DistanceToTarget {
        /// Cap at 1.
        #[serde(default)]
        cap: bool,
    },
    /// `x / max`: for columns with positive values of which more is better.
    FractionOfMax,
    /// `min / x`: for columns with positive values of which less is better.
    FractionOfMin,
    /// `x / x₀·times`, x₀ the unit's own value in a base period; `x₀ / x·times` where less is better.
    FractionOfBase {
        /// The base period.
        period: String,
        /// What the base is worth.
        #[serde(default = "one")]
        times: f64,
    },
    /// `(rank − 1)/(n − 1)`, ranks of ties the least.
    PercentileRank,
    /// The rank from the least value up, ties the least.
    Rank,
    /// `rank − 1`.
    Borda,
    /// Goalposts: `lo + (x − worst)/(best − worst)·(hi − lo)`, cut at both ends (United Nations Development Programme,
    /// Human Development Report, technical notes; the frontier of Doing Business). Posts stand beside each indicator.
    Goalposts {
        /// What the best post is worth, where the worst is worth nothing.
        #[serde(default = "one")]
        scale: f64,
        /// What the posts are worth, where not 0 and `scale`.
        #[serde(default)]
        range: Option<(f64, f64)>,
        /// Cut at both ends.
        #[serde(default = "yes")]
        cut: bool,
    },
    /// The adjusted index's own scale: `70 + 60·(x − lo)/(hi − lo)` with `lo`, `hi` half the range of the data below and
    /// above a reference that is worth 100 (Mazziotta and Pareto, 2016, Social Indicators Research 127:983–1003). The
    /// reference is the mean, or `target` where an indicator names one.
    AroundReference,
    /// As it is, turned round by its direction.
    None,
}

fn hundred() -> (f64, f64) {
    (0.0, 100.0)
}
fn one() -> f64 {
    1.0
}
fn yes() -> bool {
    true
}

/// What a column's scale also hangs on.
#[derive(Clone, Debug, Default)]
pub struct Column<'a> {
    /// Whether less is better.
    pub less_is_better: bool,
    /// Its target.
    pub target: Option<f64>,
    /// Worst and best post.
    pub posts: Option<(Post, Post)>,
    /// What posts and target are bent by, since the values were.
    pub curve: Option<&'a Curve>,
    /// Position of the reference unit.
    pub reference: Option<usize>,
    /// Where the extremes are taken from, when not from the column: a panel of years, the values before.
    pub extremes: Option<&'a [f64]>,
    /// Each unit's own value in the base period.
    pub base: Option<&'a [f64]>,
}

/// Why a column has no scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoScale {
    /// All its values are equal.
    Constant,
    /// Its target is not given.
    NoTarget,
    /// Its goalposts are not given, or are equal.
    NoPosts,
    /// The reference unit is not there or has no value.
    NoReference,
    /// No unit has a value in the base period.
    NoBase,
}

impl Normalise {
    /// The column on the common scale: more is better afterwards. A column without a scale is an error; what is done
    /// then is up to the caller.
    ///
    /// # Errors
    /// When the scale would divide by nothing.
    pub fn apply(&self, x: &[f64], column: Column<'_>) -> Result<Vec<f64>, NoScale> {
        if let Self::DistanceToTarget { cap } = self {
            return distance_to_target(x, &column, *cap);
        }
        if let Self::Goalposts { scale, range, cut } = self {
            return goalposts(x, &column, range.unwrap_or((0.0, *scale)), *cut);
        }
        if let Self::FractionOfBase { times, .. } = self {
            let base = column.base.filter(|base| base.iter().any(|x| !x.is_nan())).ok_or(NoScale::NoBase)?;
            let share = |(x, base): (&f64, &f64)| if column.less_is_better { base / x } else { x / base };
            return Ok(x.iter().zip(base).map(|pair| finite(share(pair)) * times).collect());
        }
        if *self == Self::FractionOfMin {
            let low = least(column.extremes.unwrap_or(x));
            return Ok(x.iter().map(|x| finite(low / x)).collect());
        }
        let sign = if column.less_is_better { -1.0 } else { 1.0 };
        let x: Vec<f64> = x.iter().map(|value| value * sign).collect();
        let extremes: Option<Vec<f64>> =
            column.extremes.map(|values| values.iter().map(|value| value * sign).collect());
        let over = extremes.as_deref().unwrap_or(&x);
        let (low, high) = (least(over), greatest(over));
        let each = |change: &dyn Fn(f64) -> f64| Ok(x.iter().map(|value| change(*value)).collect());
        let spread = |divisor: f64| if divisor == 0.0 { Err(NoScale::Constant) } else { Ok(divisor) };
        match self {
            Self::MinMax { range: (from, to) } => {
                let width = spread(high - low)?;
                each(&|x| (x - low) / width * (to - from) + from)
            }
            Self::Scaled { subtract, divide, times, plus, clip } => {
                let divide = spread(*divide)?;
                each(&|x| clipped((x - subtract) / divide * times + plus, *clip))
            }
            Self::ZScore { mean: to, deviation: by, population, clip } => {
                let n = present(over).count() as f64;
                let whole = if *population { ((n - 1.0) / n).sqrt() } else { 1.0 };
                let (centre, width) = (mean(over), spread(deviation(over) * whole)?);
                each(&|x| clipped((x - centre) / width * by + to, *clip))
            }
            Self::AroundReference => {
                let given = column.target.map(|target| sign * column.bent(target));
                let centre = given.unwrap_or_else(|| mean(over));
                let width = spread(high - low)?;
                each(&|x| (x - (centre - width / 2.0)) / width * 60.0 + 70.0)
            }
            Self::DistanceToMax => {
                let width = spread(high - low)?;
                each(&|x| 1.0 - (high - x) / width)
            }
            Self::DistanceToReference { cap, .. } => {
                let at = column.reference.map(|at| x[at]).filter(|value| !value.is_nan());
                let reference = at.ok_or(NoScale::NoReference)?;
                let width = spread(reference - low)?;
                each(&|x| capped(1.0 - (reference - x) / width, *cap))
            }
            Self::FractionOfMax => {
                // Where less is better, or nothing is positive, the greatest turned value is not positive and the
                // fraction runs the wrong way: the caller is told by [`Normalise::turns_round`].
                each(&|x| finite(x / high))
            }
            Self::PercentileRank => {
                let n = spread(present(&x).count() as f64 - 1.0)?;
                Ok(ranks(&x, Ties::Least).iter().map(|rank| (rank - 1.0) / n).collect())
            }
            Self::Rank => Ok(ranks(&x, Ties::Least)),
            Self::Borda => Ok(ranks(&x, Ties::Least).iter().map(|rank| rank - 1.0).collect()),
            Self::None
            | Self::DistanceToTarget { .. }
            | Self::Goalposts { .. }
            | Self::FractionOfMin
            | Self::FractionOfBase { .. } => Ok(x),
        }
    }

    /// Whether more would be worse afterwards, since the method is not made for such a column.
    pub fn turns_round(&self, x: &[f64], less_is_better: bool) -> bool {
        match self {
            Self::FractionOfMax => (if less_is_better { -least(x) } else { greatest(x) }) <= 0.0,
            Self::FractionOfMin => !less_is_better || least(x) <= 0.0,
            Self::FractionOfBase { .. } => least(x) < 0.0,
            _ => false,
        }
    }

    /// The value a column without a scale is given: the middle of the scale, so that it favours nobody.
    pub fn middle(&self, x: &[f64]) -> f64 {
        match self {
            Self::MinMax { range: (from, to) } => f64::midpoint(*from, *to),
            Self::ZScore { mean, .. } => *mean,
            Self::AroundReference => 100.0,
            Self::Goalposts { scale, range, .. } => {
                let (from, to) = range.unwrap_or((0.0, *scale));
                f64::midpoint(from, to)
            }
            Self::Rank => f64::midpoint(1.0, present(x).count() as f64),
            Self::Borda => (present(x).count() as f64 - 1.0) / 2.0,
            Self::Scaled { .. } | Self::None => median(x),
            _ => 0.5,
        }
    }
}

impl Column<'_> {
    /// A number in the units of the indicator, where its values stand.
    fn bent(&self, x: f64) -> f64 {
        self.curve.map_or(x, |curve| curve.at(x))
    }
}

fn clipped(x: f64, ends: Option<(f64, f64)>) -> f64 {
    match ends {
        Some((low, high)) if !x.is_nan() => x.max(low).min(high),
        _ => x,
    }
}

fn finite(x: f64) -> f64 {
    if x.is_finite() { x } else { f64::NAN }
}

fn capped(x: f64, cap: bool) -> f64 {
    if cap && x > 1.0 { 1.0 } else { x }
}

fn distance_to_target(x: &[f64], column: &Column<'_>, cap: bool) -> Result<Vec<f64>, NoScale> {
    let target = column.bent(column.target.ok_or(NoScale::NoTarget)?);
    let over = column.extremes.unwrap_or(x);
    let width = if column.less_is_better { greatest(over) - target } else { target - least(over) };
    if width == 0.0 || width.is_nan() {
        return Err(NoScale::Constant);
    }
    let distance = |x: f64| if column.less_is_better { (x - target) / width } else { (target - x) / width };
    Ok(x.iter().map(|x| capped(1.0 - distance(*x), cap)).collect())
}

fn goalposts(x: &[f64], column: &Column<'_>, range: (f64, f64), cut: bool) -> Result<Vec<f64>, NoScale> {
    let over = column.extremes.unwrap_or(x);
    let stands = |post: Post| post.at(over, column.less_is_better, |number| column.bent(number));
    let (worst, best) = column.posts.ok_or(NoScale::NoPosts)?;
    let (worst, best) = (stands(worst), stands(best));
    if worst.is_nan() || best.is_nan() || worst == best {
        return Err(NoScale::NoPosts);
    }
    let (from, to) = range;
    let score = |x: f64| {
        let share = (x - worst) / (best - worst);
        let share = if cut && !share.is_nan() { share.clamp(0.0, 1.0) } else { share };
        from + share * (to - from)
    };
    Ok(x.iter().map(|x| score(*x)).collect())
}
