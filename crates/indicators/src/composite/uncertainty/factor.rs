//! What is varied.

use crate::composite::{aggregate::Aggregate, impute::Impute, normalise::Normalise, weights::Weighting};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A choice of method that could have been made otherwise; its alternatives are equally likely.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "factor", rename_all = "snake_case", deny_unknown_fields)]
pub enum Factor {
    /// How missing values are filled in.
    Impute {
        /// The alternatives.
        choices: Vec<Impute>,
    },
    /// Most points that are winsorised.
    Points {
        /// The alternatives.
        choices: Vec<usize>,
    },
    /// How indicators are brought to one scale, where an indicator does not say itself.
    Normalise {
        /// The alternatives.
        choices: Vec<Normalise>,
    },
    /// Where weights come from, where a node does not say itself.
    Weights {
        /// The alternatives.
        choices: Vec<Weighting>,
    },
    /// Given sets of weights, by node or indicator; those not named keep their own.
    WeightSets {
        /// The alternatives.
        sets: Vec<BTreeMap<String, f64>>,
    },
    /// Declared weights multiplied by an even draw between 1 − share and 1 + share, each on its own.
    WeightNoise {
        /// How far, 0 to 1.
        share: f64,
        /// How many sets are drawn.
        #[serde(default = "thousand")]
        sets: usize,
        /// Only children of these nodes; all where none is named.
        #[serde(default)]
        nodes: Vec<String>,
    },
    /// How children are put together, where a node does not say itself.
    Aggregate {
        /// The alternatives.
        choices: Vec<Aggregate>,
    },
}

fn thousand() -> usize {
    1000
}

impl Factor {
    /// Its name in tables.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Impute { .. } => "impute",
            Self::Points { .. } => "points",
            Self::Normalise { .. } => "normalise",
            Self::Weights { .. } => "weights",
            Self::WeightSets { .. } => "weight_sets",
            Self::WeightNoise { .. } => "weight_noise",
            Self::Aggregate { .. } => "aggregate",
        }
    }

    /// How many alternatives there are.
    pub fn choices(&self) -> usize {
        match self {
            Self::Impute { choices } => choices.len(),
            Self::Points { choices } => choices.len(),
            Self::Normalise { choices } => choices.len(),
            Self::Weights { choices } => choices.len(),
            Self::WeightSets { sets } => sets.len(),
            Self::WeightNoise { sets, .. } => *sets,
            Self::Aggregate { choices } => choices.len(),
        }
    }
}
