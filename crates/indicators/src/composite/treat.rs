//! Outliers tamed before they stretch a scale.

use super::statistics::{greatest, kurtosis, least, skewness};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// When a column has outliers: both limits passed (OECD/JRC Handbook on Constructing Composite Indicators, 2008, and
/// the practice of the JRC audits).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// Of the absolute skewness.
    pub skewness: f64,
    /// Of the excess kurtosis.
    pub kurtosis: f64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { skewness: 2.0, kurtosis: 3.5 }
    }
}

impl Limits {
    /// Whether a column is within them; one with too few values to say is.
    pub fn hold(&self, x: &[f64]) -> bool {
        !(skewness(x).abs() > self.skewness && kurtosis(x) > self.kurtosis)
    }
}

/// A transformation for a column that winsorising does not tame.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Transform {
    /// `ln(x − min + 0.01·(max − min))`
    LogShifted,
    /// `ln(x − min + 1)`
    LogPlusOne,
    /// `ln((max − 1)·(x − min)/(max − min) + 1)`, as the Global Innovation Index has it.
    LogScaled,
    /// `ln x`; a value that is not positive becomes missing.
    Log,
    /// Box and Cox (1964) of `x − min + 1`, with the exponent given.
    BoxCox(f64),
    /// Leave it as it was.
    None,
}

impl Transform {
    /// The transformed column.
    pub fn apply(self, x: &[f64]) -> Vec<f64> {
        let (low, high) = (least(x), greatest(x));
        let each = |change: &dyn Fn(f64) -> f64| x.iter().map(|value| change(*value)).collect();
        match self {
            Self::LogShifted => each(&|x| (x - low + 0.01 * (high - low)).ln()),
            Self::LogPlusOne => each(&|x| (x - low + 1.0).ln()),
            Self::LogScaled => each(&|x| ((high - 1.0) * (x - low) / (high - low) + 1.0).ln()),
            Self::Log => each(&|x| if x > 0.0 { x.ln() } else { f64::NAN }),
            Self::BoxCox(0.0) => each(&|x| (x - low + 1.0).ln()),
            Self::BoxCox(lambda) => each(&|x| ((x - low + 1.0).powf(lambda) - 1.0) / lambda),
            Self::None => x.to_vec(),
        }
    }
}

/// A column after winsorising.
#[derive(Clone, Debug, PartialEq)]
pub struct Winsorised {
    /// The values.
    pub values: Vec<f64>,
    /// How many points were moved.
    pub points: usize,
}

/// Moves the outermost points to the next value, at the end to which the column is skewed, until the limits hold or
/// `most` points have been moved (Tukey, 1962, Annals of Mathematical Statistics 33(1):1–67, iterated). Points that
/// are equal are moved together.
pub fn winsorise(x: &[f64], most: Option<usize>, limits: &Limits) -> Winsorised {
    let mut values = x.to_vec();
    let (mut high, mut low) = (0, 0);
    while !limits.hold(&values) && most.is_none_or(|most| high + low < most) {
        let skewed_up = skewness(&values) >= 0.0;
        let end = if skewed_up { greatest(&values) } else { least(&values) };
        let others = values.iter().copied().filter(|value| !value.is_nan() && *value != end);
        let next = if skewed_up { others.fold(f64::NAN, f64::max) } else { others.fold(f64::NAN, f64::min) };
        if next.is_nan() {
            break;
        }
        let mut moved = 0;
        for value in values.iter_mut().filter(|value| **value == end) {
            *value = next;
            moved += 1;
        }
        // The points moved before are among those equal to the end now, so this is their number, not a step's.
        *(if skewed_up { &mut high } else { &mut low }) = moved;
    }
    Winsorised { values, points: high + low }
}

/// What was done to a column.
#[derive(Clone, Debug, PartialEq)]
pub struct Treated {
    /// The values.
    pub values: Vec<f64>,
    /// How many points were winsorised, where that was tried.
    pub winsorised: Option<usize>,
    /// Whether the transformation was taken instead.
    pub transformed: bool,
    /// Whether the limits hold at the end.
    pub passes: bool,
}

/// Winsorises a column that has outliers; where that is not enough, transforms the column as it came instead.
pub fn treat(x: &[f64], most: Option<usize>, then: Transform, limits: &Limits) -> Treated {
    if limits.hold(x) {
        return Treated { values: x.to_vec(), winsorised: None, transformed: false, passes: true };
    }
    let winsorised = winsorise(x, most, limits);
    let points = Some(winsorised.points);
    if limits.hold(&winsorised.values) {
        return Treated { values: winsorised.values, winsorised: points, transformed: false, passes: true };
    }
    if then == Transform::None {
        return Treated { values: winsorised.values, winsorised: points, transformed: false, passes: false };
    }
    let values = then.apply(x);
    let passes = limits.hold(&values);
    Treated { values, winsorised: points, transformed: true, passes }
}
