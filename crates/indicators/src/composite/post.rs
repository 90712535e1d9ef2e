//! Posts of a scale: fixed numbers, or places of the column's own distribution.

use super::statistics::{deviation, greatest, least, mean, median, present, quantile};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where one end of a scale stands.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "Written", into = "Written")]
#[schemars(with = "Written")]
pub enum Post {
    /// At a number, in the units of the indicator (after dividing, before its curve).
    At(f64),
    /// The least value there is: `"min"`.
    Least,
    /// The greatest: `"max"`.
    Greatest,
    /// Their mean: `"mean"`.
    Mean,
    /// Their median: `"median"`.
    Median,
    /// A percentile, interpolated (type 7): `"p2.5"`.
    Percentile(f64),
    /// The mean of so many best values, by the indicator's direction: `"best5"`.
    Best(usize),
    /// The mean of so many worst values: `"worst3"`.
    Worst(usize),
    /// So many sample standard deviations from the mean: `"mean+2sd"`, `"mean-1.5sd"`.
    Deviations(f64),
    /// So many distances between the quartiles from a percentile, as Tukey's fences: `"p75+1.5iqr"`, `"p25-1.5iqr"`.
    Fence(f64, f64),
}

/// A post as it is written: a number or a word.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
enum Written {
    Number(f64),
    Word(String),
}

impl TryFrom<Written> for Post {
    type Error = String;

    fn try_from(written: Written) -> Result<Self, String> {
        match written {
            Written::Number(number) if number.is_finite() => Ok(Self::At(number)),
            Written::Number(number) => Err(format!("a post must be a finite number, not {number}")),
            Written::Word(word) => Self::word(word.trim()).ok_or_else(|| {
                format!(
                    "unknown post {word:?}; write a number, \"min\", \"max\", \"mean\", \"median\", a percentile such \
                     as \"p5\", \"best5\", \"worst5\", \"mean+2sd\", or \"p75+1.5iqr\""
                )
            }),
        }
    }
}

impl From<Post> for Written {
    fn from(post: Post) -> Self {
        match post {
            Post::At(number) => Self::Number(number),
            Post::Least => Self::Word("min".into()),
            Post::Greatest => Self::Word("max".into()),
            Post::Mean => Self::Word("mean".into()),
            Post::Median => Self::Word("median".into()),
            Post::Percentile(at) => Self::Word(format!("p{at}")),
            Post::Best(n) => Self::Word(format!("best{n}")),
            Post::Worst(n) => Self::Word(format!("worst{n}")),
            Post::Deviations(by) => Self::Word(format!("mean{by:+}sd")),
            Post::Fence(at, by) => Self::Word(format!("p{at}{by:+}iqr")),
        }
    }
}

impl Post {
    fn word(word: &str) -> Option<Self> {
        let counted = |rest: &str| rest.parse::<usize>().ok().filter(|n| *n > 0);
        match word {
            "min" => return Some(Self::Least),
            "max" => return Some(Self::Greatest),
            "mean" => return Some(Self::Mean),
            "median" => return Some(Self::Median),
            _ => {}
        }
        if let Some(rest) = word.strip_prefix("best") {
            return counted(rest).map(Self::Best);
        }
        if let Some(rest) = word.strip_prefix("worst") {
            return counted(rest).map(Self::Worst);
        }
        if let Some(rest) = word.strip_prefix("mean").and_then(|rest| rest.strip_suffix("sd")) {
            let by = rest.replace(' ', "").parse::<f64>().ok();
            return by.filter(|by| by.is_finite()).map(Self::Deviations);
        }
        let rest = word.strip_prefix('p')?;
        let percent = |text: &str| text.parse::<f64>().ok().filter(|percent| (0.0..=100.0).contains(percent));
        if let Some(fence) = rest.strip_suffix("iqr") {
            let sign = fence.rfind(['+', '-'])?;
            let by = fence[sign..].parse::<f64>().ok().filter(|by| by.is_finite())?;
            return Some(Self::Fence(percent(&fence[..sign])?, by));
        }
        percent(rest).map(Self::Percentile)
    }

    /// The number it stands at, for values `x`; `of_number` carries a number to where the values stand (their curve).
    /// `NaN` where there are no values.
    pub fn at(self, x: &[f64], less_is_better: bool, of_number: impl Fn(f64) -> f64) -> f64 {
        let outermost = |n: usize, from_top: bool| {
            let mut sorted: Vec<f64> = present(x).collect();
            sorted.sort_by(f64::total_cmp);
            if from_top {
                sorted.reverse();
            }
            sorted.truncate(n);
            mean(&sorted)
        };
        match self {
            Self::At(number) => of_number(number),
            Self::Least => least(x),
            Self::Greatest => greatest(x),
            Self::Mean => mean(x),
            Self::Median => median(x),
            Self::Percentile(percent) => quantile(x, percent / 100.0),
            Self::Best(n) => outermost(n, !less_is_better),
            Self::Worst(n) => outermost(n, less_is_better),
            Self::Deviations(by) => mean(x) + by * deviation(x),
            Self::Fence(percent, by) => {
                quantile(x, percent / 100.0) + by * (quantile(x, 0.75) - quantile(x, 0.25))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail loudly")]
    use super::*;

    fn post(word: &str) -> Result<Post, String> {
        Post::try_from(Written::Word(word.into()))
    }

    #[test]
    fn words_stand_where_they_say() {
        let x: Vec<f64> = (0..=10).map(f64::from).chain([f64::NAN]).collect();
        let at = |word: &str, less: bool| post(word).unwrap().at(&x, less, |x| x);
        assert_eq!([at("min", false), at("max", false), at("median", false)], [0.0, 10.0, 5.0]);
        assert_eq!([at("p25", false), at("p2.5", false)], [2.5, 0.25]);
        assert_eq!([at("best3", false), at("best3", true), at("worst2", false)], [9.0, 1.0, 0.5]);
        assert!((at("mean+2sd", false) - (5.0 + 2.0 * 11.0_f64.sqrt())).abs() < 1e-12);
        assert!((at("mean-1sd", false) - (5.0 - 11.0_f64.sqrt())).abs() < 1e-12);
        assert_eq!([at("p75+1.5iqr", false), at("p25-2iqr", false)], [15.0, -7.5]);
        for wrong in ["p101", "p75iqr", "p101+1iqr", "best0", "top", "mean2", "pp", "mean+xsd"] {
            assert!(post(wrong).unwrap_err().contains("unknown post"), "{wrong}");
        }
    }
}
