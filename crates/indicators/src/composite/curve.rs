//! Curves: what an indicator is bent by before it is scaled, since the tenth unit of it is not worth the first.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A function of one value. Where it is not defined the value becomes missing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Curve {
    /// Natural logarithm, for positive values.
    Ln,
    /// Logarithm to base 10, for positive values. After a linear scale it gives what `ln` gives.
    Log10,
    /// `ln(1 + x)`, for values above −1.
    LnPlusOne,
    /// `ln(x + a)`, for values above `−a`.
    LnPlus(f64),
    /// Square root, for values from 0.
    Sqrt,
    /// `x²`
    Square,
    /// `1/x`, for values other than zero. Note that it turns the order round.
    Reciprocal,
    /// `e^x`
    Exp,
    /// `|x|`
    Absolute,
    /// `x^p`, for positive values; for a whole `p` for all.
    Power(f64),
    /// How far from a number: `|x − a|`.
    DistanceFrom(f64),
    /// Classes: thresholds, ascending, each with what counts from it on. Below the first the first counts.
    Steps(Vec<(f64, f64)>),
    /// Straight lines through points, ascending; flat beyond the ends.
    Through(Vec<(f64, f64)>),
}

impl Curve {
    /// The value on the curve; `NaN` where the curve is not defined.
    pub fn at(&self, x: f64) -> f64 {
        let y = match self {
            Self::Ln => x.ln(),
            Self::Log10 => x.log10(),
            Self::LnPlusOne => x.ln_1p(),
            Self::LnPlus(a) => (x + a).ln(),
            Self::Sqrt => x.sqrt(),
            Self::Square => x * x,
            Self::Reciprocal => 1.0 / x,
            Self::Exp => x.exp(),
            Self::Absolute => x.abs(),
            Self::Power(p) => x.powf(*p),
            Self::DistanceFrom(a) => (x - a).abs(),
            Self::Steps(_) | Self::Through(_) if x.is_nan() => f64::NAN,
            Self::Steps(steps) => {
                let above = steps.partition_point(|(from, _)| *from <= x);
                steps.get(above.saturating_sub(1)).map_or(f64::NAN, |(_, y)| *y)
            }
            Self::Through(points) => through(points, x),
        };
        if y.is_finite() { y } else { f64::NAN }
    }
}

/// On the straight line between the points around `x`.
fn through(points: &[(f64, f64)], x: f64) -> f64 {
    let above = points.partition_point(|(at, _)| *at <= x);
    match (above.checked_sub(1).and_then(|at| points.get(at)), points.get(above)) {
        (Some((x0, y0)), Some((x1, y1))) => y0 + (x - x0) / (x1 - x0) * (y1 - y0),
        (Some((_, only)), None) | (None, Some((_, only))) => *only,
        (None, None) => f64::NAN,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_and_broken_lines() {
        let classes = Curve::Steps(vec![(0.0, 1.0), (50.0, 2.0), (100.0, 3.0)]);
        assert_eq!([-5.0, 0.0, 49.9, 50.0, 250.0].map(|x| classes.at(x)), [1.0, 1.0, 1.0, 2.0, 3.0]);
        // The index of air quality of PM2.5 by HJ 633: 35 µg/m³ is 50, 75 is 100.
        let line = Curve::Through(vec![(0.0, 0.0), (35.0, 50.0), (75.0, 100.0)]);
        assert_eq!([-1.0, 0.0, 35.0, 55.0, 80.0].map(|x| line.at(x)), [0.0, 0.0, 50.0, 75.0, 100.0]);
        assert!(classes.at(f64::NAN).is_nan() && line.at(f64::NAN).is_nan());
        assert!((Curve::LnPlus(2.0).at(1.0) - 3.0_f64.ln()).abs() < 1e-15);
    }

    #[test]
    fn where_a_curve_is_not_defined_the_value_is_missing() {
        for (curve, x) in [
            (Curve::Ln, 0.0),
            (Curve::Ln, -1.0),
            (Curve::Sqrt, -1.0),
            (Curve::Reciprocal, 0.0),
            (Curve::Power(0.5), -4.0),
        ] {
            assert!(curve.at(x).is_nan(), "{curve:?}");
        }
        assert_eq!(Curve::Power(3.0).at(-2.0), -8.0);
        assert_eq!(Curve::DistanceFrom(2.0).at(-1.0), 3.0);
        assert!((Curve::Log10.at(1000.0) - 3.0).abs() < 1e-12);
    }
}
