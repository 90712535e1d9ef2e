//! Curves: what an indicator is bent by before it is scaled, since the tenth unit of it is not worth the first.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A function of one value. Where it is not defined the value becomes missing.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Curve {
    /// Natural logarithm, for positive values.
    Ln,
    /// Logarithm to base 10, for positive values. After a linear scale it gives what `ln` gives.
    Log10,
    /// `ln(1 + x)`, for values above −1.
    LnPlusOne,
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
}

impl Curve {
    /// The value on the curve; `NaN` where the curve is not defined.
    pub fn at(self, x: f64) -> f64 {
        let y = match self {
            Self::Ln => x.ln(),
            Self::Log10 => x.log10(),
            Self::LnPlusOne => x.ln_1p(),
            Self::Sqrt => x.sqrt(),
            Self::Square => x * x,
            Self::Reciprocal => 1.0 / x,
            Self::Exp => x.exp(),
            Self::Absolute => x.abs(),
            Self::Power(p) => x.powf(p),
            Self::DistanceFrom(a) => (x - a).abs(),
        };
        if y.is_finite() { y } else { f64::NAN }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
