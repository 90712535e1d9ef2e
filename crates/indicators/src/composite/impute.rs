//! Missing values filled in, and units with too many of them left out.

use super::{matrix::Matrix, statistics};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How a missing value of an indicator is filled in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "method", rename_all = "snake_case", deny_unknown_fields)]
pub enum Impute {
    /// Not at all: what is missing stays missing.
    None,
    /// By a number, whatever the others have.
    Value {
        /// The number, in the units of the indicator at that step.
        value: f64,
    },
    /// By the mean of the units.
    Mean,
    /// By the median of the units.
    Median,
    /// By the mean of the unit's group; a group without any value has none.
    GroupMean {
        /// Column of the data that names the group.
        group: String,
    },
    /// By the median of the unit's group.
    GroupMedian {
        /// Column of the data that names the group.
        group: String,
    },
    /// From the unit's own other periods: the latest before.
    PanelLatest {
        /// How many periods back at most.
        #[serde(default)]
        limit: Option<u32>,
    },
    /// From the unit's own other periods: on the straight line between the periods around it; beyond the ends the
    /// nearest.
    PanelLinear,
}

impl Impute {
    /// The column of the data that names the groups.
    pub fn group(&self) -> Option<&str> {
        match self {
            Self::GroupMean { group } | Self::GroupMedian { group } => Some(group),
            _ => None,
        }
    }
}

/// Fills one column by its own units; `groups` holds each unit's group, empty for none.
pub fn fill(x: &[f64], how: &Impute, groups: &[String]) -> Vec<f64> {
    let whole = |of: &dyn Fn(&[f64]) -> f64| {
        let value = of(x);
        x.iter().map(|x| if x.is_nan() { value } else { *x }).collect()
    };
    let by_group = |of: fn(&[f64]) -> f64| {
        let value = |unit: usize| {
            let peers = x.iter().zip(groups).filter(|(_, group)| **group == groups[unit]);
            of(&peers.map(|(x, _)| *x).collect::<Vec<_>>())
        };
        x.iter().enumerate().map(|(unit, x)| if x.is_nan() { value(unit) } else { *x }).collect()
    };
    match how {
        Impute::Value { value } => whole(&|_| *value),
        Impute::Mean => whole(&statistics::mean),
        Impute::Median => whole(&statistics::median),
        Impute::GroupMean { .. } => by_group(statistics::mean),
        Impute::GroupMedian { .. } => by_group(statistics::median),
        Impute::None | Impute::PanelLatest { .. } | Impute::PanelLinear => x.to_vec(),
    }
}

/// Fills a unit's series in time; `times` ascend and may lie unevenly.
pub fn fill_series(times: &[f64], x: &[f64], how: &Impute) -> Vec<f64> {
    let known: Vec<usize> = (0..x.len()).filter(|at| !x[*at].is_nan()).collect();
    let value = |at: usize| {
        if !x[at].is_nan() {
            return x[at];
        }
        let before = known.iter().rev().find(|known| **known < at).copied();
        let after = known.iter().find(|known| **known > at).copied();
        match (how, before, after) {
            (Impute::PanelLatest { limit }, Some(before), _) => {
                let near = limit.is_none_or(|limit| times[at] - times[before] <= f64::from(limit));
                if near { x[before] } else { f64::NAN }
            }
            (Impute::PanelLinear, Some(before), Some(after)) => {
                let part = (times[at] - times[before]) / (times[after] - times[before]);
                x[before] + part * (x[after] - x[before])
            }
            (Impute::PanelLinear, Some(only), None) | (Impute::PanelLinear, None, Some(only)) => x[only],
            _ => f64::NAN,
        }
    };
    (0..x.len()).map(value).collect()
}

/// Which units stay.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Screen {
    /// What may not be too frequent.
    pub by: Scarce,
    /// Least share of indicators that must be there (or differ from zero).
    pub share: f64,
}

/// What counts against a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Scarce {
    /// Missing values.
    Missing,
    /// Zeros.
    Zeros,
    /// Either.
    Both,
}

/// The units that have enough data, in order.
pub fn screen(data: &Matrix, screen: &Screen) -> Vec<usize> {
    let available = availability(data);
    (0..data.rows())
        .filter(|unit| {
            let a = &available[*unit];
            match screen.by {
                Scarce::Missing => a.there >= screen.share,
                Scarce::Zeros => a.not_zero >= screen.share,
                Scarce::Both => a.there >= screen.share && a.not_zero >= screen.share,
            }
        })
        .collect()
}

/// How much of a unit's data is there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Availability {
    /// Missing values.
    pub missing: usize,
    /// Zeros.
    pub zeros: usize,
    /// Share of indicators that are there.
    pub there: f64,
    /// Share of the indicators that are there which differ from zero.
    pub not_zero: f64,
}

/// The availability of every unit.
pub fn availability(data: &Matrix) -> Vec<Availability> {
    (0..data.rows())
        .map(|unit| {
            let row = data.row(unit);
            let missing = row.iter().filter(|x| x.is_nan()).count();
            let zeros = row.iter().filter(|x| **x == 0.0).count();
            let (n, there) = (row.len() as f64, (row.len() - missing) as f64);
            Availability { missing, zeros, there: there / n, not_zero: 1.0 - zeros as f64 / there }
        })
        .collect()
}
