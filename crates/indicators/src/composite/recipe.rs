//! A composite index as it is declared: `index.toml`.

use super::{
    aggregate::Aggregate,
    curve::Curve,
    impute::{Impute, Screen},
    normalise::Normalise,
    post::Post,
    treat::{Limits, Transform},
    uncertainty::Factor,
    weights::Weighting,
};
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, de};
use std::collections::BTreeMap;

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
    /// What is done about outliers; nothing where it is not declared.
    #[serde(default)]
    pub treat: Option<Treat>,
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
    /// Least number of a node's children that a unit must have.
    #[serde(default)]
    pub at_least: usize,
    /// How ties are placed: 1, 2, 2, 4.
    #[serde(default)]
    pub ties: TieRule,
    /// Which end of the index is first. Where nothing is said: the highest, or the lowest of VIKOR's scores.
    #[serde(default)]
    pub first: Option<First>,
    /// Decimals that the index is rounded to before places are given; not rounded where nothing is said.
    #[serde(default)]
    pub round: Option<u32>,
    /// Nodes above the indicators; one has no parent: the index.
    #[serde(default, rename = "node")]
    pub nodes: Vec<Node>,
    /// The indicators.
    #[serde(default, rename = "indicator")]
    pub indicators: Vec<Indicator>,
    /// Units put together from the scores of others.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub composed: Vec<Composed>,
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
    /// Cut at given ends, then bend by a curve: `clip` and `curve` of the indicators.
    Curve,
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
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ScaleOver {
    /// Those of each period: scores of different periods cannot be compared.
    #[default]
    EachPeriod,
    /// Those of all periods together.
    AllPeriods,
    /// Those of one period, the base: `scale = { period = "2015" }`.
    Period(String),
}

/// Which end is first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum First {
    /// The highest score.
    #[default]
    Highest,
    /// The lowest score.
    Lowest,
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
    /// The worst place: 1, 3, 3, 4.
    Greatest,
    /// No place is left out: 1, 2, 2, 3.
    Dense,
}

/// What becomes of a value beyond the ends of `clip`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Beyond {
    /// It is set to the end.
    #[default]
    End,
    /// It is set to the nearest value there is within the ends.
    Nearest,
    /// It counts as missing.
    Missing,
}

/// Posts by a column of groups: `{ column = "sex", of = { F = [22.5, 87.5], M = [17.5, 82.5] } }`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PostsBy {
    /// Column of the data that names the group.
    pub column: String,
    /// Worst and best post of each group; units of other groups take `posts`.
    pub of: BTreeMap<String, (Post, Post)>,
}

/// Weights of a node's children by a column of groups: `{ column = "stage", of = { 1 = { basic = 60, rest = 40 } } }`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WeightsBy {
    /// Column of the data that names the group.
    pub column: String,
    /// Weights of the children for units of each group; a child that is not named keeps its own, and so do units of other
    /// groups.
    pub of: BTreeMap<String, BTreeMap<String, f64>>,
}

/// A unit whose scores are weighted means of others': a country of its cities.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Composed {
    /// The unit: a row of the data, whose own cells do not count.
    pub unit: String,
    /// Its parts and their weights.
    pub parts: BTreeMap<String, f64>,
    /// Whether the parts take places of their own.
    #[serde(default)]
    pub parts_ranked: bool,
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
    /// Least number of its children that a unit must have.
    #[serde(default)]
    pub at_least: Option<usize>,
    /// Least share of the indicators anywhere below it that a unit must have.
    #[serde(default)]
    pub enough_indicators: f64,
    /// Weights of its children by groups of units.
    #[serde(default)]
    pub weights_by: Option<WeightsBy>,
    /// What its value is bent by once its children are put together.
    #[serde(default)]
    pub curve: Option<Curve>,
    /// The scale it is brought to then.
    #[serde(default)]
    pub rescale: Option<Normalise>,
    /// Worst and best post, for a rescale by goalposts.
    #[serde(default)]
    pub posts: Option<(Post, Post)>,
    /// What is to be reached, for a rescale by distance to target.
    #[serde(default)]
    pub target: Option<f64>,
    /// Whether more or less of it is better, for its rescale.
    #[serde(default)]
    pub direction: Direction,
    /// Ends it is cut to at last.
    #[serde(default)]
    pub clip: Option<(Post, Post)>,
    /// Decimals it is rounded to at last.
    #[serde(default)]
    pub round: Option<u32>,
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
    /// Worst and best post: numbers, or words such as `"p5"`.
    #[serde(default)]
    pub posts: Option<(Post, Post)>,
    /// Ends its values are cut to: numbers, or words such as `"p95"`.
    #[serde(default)]
    pub clip: Option<(Post, Post)>,
    /// What becomes of values beyond those ends.
    #[serde(default)]
    pub beyond: Beyond,
    /// Numbers for the words of a column of words: `{ yes = 1, no = 0 }`.
    #[serde(default)]
    pub words: BTreeMap<String, f64>,
    /// Worst and best post by groups of units.
    #[serde(default)]
    pub posts_by: Option<PostsBy>,
    /// Decimals its score is rounded to, once it is on the common scale.
    #[serde(default)]
    pub round: Option<u32>,
    /// What its values are bent by, posts and target with them.
    #[serde(default)]
    pub curve: Option<Curve>,
    /// How its missing values are filled in, where otherwise than the others'.
    #[serde(default)]
    pub impute: Option<Impute>,
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

impl Default for Recipe {
    /// An index without a tree; what is not declared is as in a file.
    fn default() -> Self {
        Self {
            title: String::new(),
            reference: None,
            steps: usual_steps(),
            impute: not_imputed(),
            screen: None,
            treat: None,
            normalise: min_max(),
            scale: ScaleOver::default(),
            weights: Weighting::default(),
            aggregate: arithmetic(),
            enough: 0.0,
            at_least: 0,
            ties: TieRule::default(),
            first: None,
            round: None,
            nodes: vec![],
            indicators: vec![],
            composed: vec![],
            uncertain: vec![],
        }
    }
}

impl Node {
    /// A node with nothing declared but its place in the tree.
    pub fn named(id: &str, parent: Option<&str>) -> Self {
        Self {
            id: id.to_owned(),
            title: None,
            parent: parent.map(ToOwned::to_owned),
            weight: 1.0,
            weights: None,
            aggregate: None,
            enough: None,
            at_least: None,
            enough_indicators: 0.0,
            weights_by: None,
            curve: None,
            rescale: None,
            posts: None,
            target: None,
            direction: Direction::More,
            clip: None,
            round: None,
        }
    }
}

impl Indicator {
    /// An indicator with nothing declared but its place in the tree.
    pub fn named(id: &str, parent: &str) -> Self {
        Self {
            id: id.to_owned(),
            column: None,
            title: None,
            parent: parent.to_owned(),
            weight: 1.0,
            direction: Direction::More,
            unit: None,
            target: None,
            posts: None,
            clip: None,
            beyond: Beyond::End,
            words: BTreeMap::new(),
            posts_by: None,
            round: None,
            curve: None,
            impute: None,
            denominator: None,
            per: 1.0,
            treat: None,
            untreated: false,
            normalise: None,
        }
    }
}

impl Recipe {
    /// Which end of a node is first: as declared, else by its aggregation.
    pub fn first(&self, node: Option<&Node>) -> First {
        let how = node.and_then(|node| node.aggregate.as_ref()).unwrap_or(&self.aggregate);
        let own = if how.less_is_better() { First::Lowest } else { First::Highest };
        self.first.unwrap_or(own)
    }
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
    use Step::{Aggregate, Curve, Denominate, Impute, Normalise, Screen, Treat};
    vec![Denominate, Impute, Screen, Curve, Treat, Normalise, Aggregate]
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
