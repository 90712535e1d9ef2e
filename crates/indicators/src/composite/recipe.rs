//! A composite index as it is declared: `index.toml`.

use super::{
    aggregate::Aggregate,
    impute::{Impute, Screen},
    normalise::Normalise,
    treat::{Limits, Transform},
    uncertainty::Factor,
    weights::Weighting,
};
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, de};

/// An index: a tree of nodes over indicators, and the steps that lead from data to scores.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Recipe {
    /// What it is called.
    pub title: String,
    /// Where the method is published.
    #[serde(default)]
    pub reference: Option<String>,
    /// The steps in their order; those left out are not taken.
    #[serde(default = "usual_steps")]
    pub steps: Vec<Step>,
    /// How missing values are filled in.
    #[serde(default = "not_imputed")]
    pub impute: Impute,
    /// Which units stay.
    #[serde(default)]
    pub screen: Option<Screen>,
    /// What is done about outliers.
    #[serde(default)]
    pub treat: Treat,
    /// How indicators are brought to one scale.
    #[serde(default = "min_max")]
    pub normalise: Normalise,
    /// Whether the extremes of a scale are those of each period or of all.
    #[serde(default)]
    pub scale: ScaleOver,
    /// Where weights come from, where a node does not say.
    #[serde(default)]
    pub weights: Weighting,
    /// How children are put together, where a node does not say.
    #[serde(default = "arithmetic")]
    pub aggregate: Aggregate,
    /// Least share of a node's children that a unit must have to get a value.
    #[serde(default)]
    pub enough: f64,
    /// How ties are placed: 1, 2, 2, 4.
    #[serde(default)]
    pub ties: TieRule,
    /// Nodes above the indicators; one has no parent: the index.
    #[serde(default, rename = "node")]
    pub nodes: Vec<Node>,
    /// The indicators.
    #[serde(default, rename = "indicator")]
    pub indicators: Vec<Indicator>,
    /// What is varied in an analysis of uncertainty and sensitivity.
    #[serde(default, rename = "uncertain", skip_serializing_if = "Vec::is_empty")]
    pub uncertain: Vec<Factor>,
}

/// A step from data to scores.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Divide by what each indicator names.
    Denominate,
    /// Fill in missing values.
    Impute,
    /// Leave out units with too little data.
    Screen,
    /// Tame outliers.
    Treat,
    /// Bring to one scale.
    Normalise,
    /// Put together, up the tree.
    Aggregate,
}

/// What is done about outliers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Treat {
    /// Most points that are winsorised; without a number, as many as it takes.
    pub points: Option<usize>,
    /// What is done instead where that is not enough.
    pub then: Transform,
    /// When a column has outliers.
    pub limits: Limits,
}

impl Default for Treat {
    fn default() -> Self {
        Self { points: Some(5), then: Transform::LogShifted, limits: Limits::default() }
    }
}

/// Whose extremes a scale has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ScaleOver {
    /// Those of each period: scores of different periods cannot be compared.
    #[default]
    EachPeriod,
    /// Those of all periods together.
    AllPeriods,
}

/// How equal scores are placed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TieRule {
    /// The best place: 1, 2, 2, 4.
    #[default]
    Least,
    /// The middle: 1, 2.5, 2.5, 4.
    Average,
}

/// A node above indicators.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Node {
    /// Unique among nodes and indicators.
    pub id: String,
    /// What it is called.
    #[serde(default)]
    pub title: Option<String>,
    /// The node above; none for the index itself.
    #[serde(default)]
    pub parent: Option<String>,
    /// Weight within the parent.
    #[serde(default = "one")]
    pub weight: f64,
    /// Where the weights of its children come from.
    #[serde(default)]
    pub weights: Option<Weighting>,
    /// How its children are put together.
    #[serde(default)]
    pub aggregate: Option<Aggregate>,
    /// Least share of its children that a unit must have.
    #[serde(default)]
    pub enough: Option<f64>,
}

/// An indicator: a column of the data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Indicator {
    /// Unique among nodes and indicators; the column of the data where `column` does not name another.
    pub id: String,
    /// Column of the data.
    #[serde(default)]
    pub column: Option<String>,
    /// What it is called.
    #[serde(default)]
    pub title: Option<String>,
    /// The node above.
    pub parent: String,
    /// Weight within the parent.
    #[serde(default = "one")]
    pub weight: f64,
    /// Whether more or less is better.
    #[serde(default)]
    pub direction: Direction,
    /// Unit of its values.
    #[serde(default)]
    pub unit: Option<String>,
    /// What is to be reached.
    #[serde(default)]
    pub target: Option<f64>,
    /// Worst and best post.
    #[serde(default)]
    pub posts: Option<(f64, f64)>,
    /// Column it is divided by.
    #[serde(default)]
    pub denominator: Option<String>,
    /// A multiplier after dividing.
    #[serde(default = "one")]
    pub per: f64,
    /// Outliers, where they are treated otherwise.
    #[serde(default)]
    pub treat: Option<Treat>,
    /// Whether outliers are left as they are.
    #[serde(default)]
    pub untreated: bool,
    /// Scale, where it is another.
    #[serde(default)]
    pub normalise: Option<Normalise>,
}

impl Indicator {
    /// Its column of the data.
    pub fn column(&self) -> &str {
        self.column.as_deref().unwrap_or(&self.id)
    }
}

/// Whether more or less is better.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// More is better: `1`, `"more"`.
    #[default]
    More,
    /// Less is better: `-1`, `"less"`.
    Less,
}

impl<'de> Deserialize<'de> for Direction {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            Number(i64),
            Word(String),
        }
        let (more, less) = (["1", "+1", "more"], ["-1", "less"]);
        let word = match Written::deserialize(deserializer)? {
            Written::Number(number) => number.to_string(),
            Written::Word(word) => word,
        };
        match word.as_str() {
            word if more.contains(&word) => Ok(Self::More),
            word if less.contains(&word) => Ok(Self::Less),
            other => {
                Err(de::Error::custom(format!("unknown direction {other}; write 1 or -1, more or less")))
            }
        }
    }
}

fn usual_steps() -> Vec<Step> {
    use Step::{Aggregate, Denominate, Impute, Normalise, Screen, Treat};
    vec![Denominate, Impute, Screen, Treat, Normalise, Aggregate]
}
fn not_imputed() -> Impute {
    Impute::None
}
fn min_max() -> Normalise {
    Normalise::MinMax { range: (0.0, 100.0) }
}
fn arithmetic() -> Aggregate {
    Aggregate::Arithmetic
}
fn one() -> f64 {
    1.0
}
