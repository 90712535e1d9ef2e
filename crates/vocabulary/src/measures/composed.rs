//! A base measure with a suffix: `gdp.growth.real`, `tax.share`.
use std::fmt;
use std::str::FromStr;

use super::{Basis, Measure, by_claims_code, by_code};

/// What is taken of a base measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Suffix {
    /// Its level.
    None,
    /// Its rate of change as published, the basis unstated; per cent.
    Growth,
    /// Its rate of change at constant prices; per cent.
    GrowthReal,
    /// Its rate of change at current prices; per cent.
    GrowthNominal,
    /// A difference of two rates of change; percentage points.
    GrowthDelta,
    /// Its part of a whole; per cent.
    Share,
    /// What it adds to the growth of a whole (拉动); percentage points.
    Contribution,
}

impl Suffix {
    /// Every suffix, the plain level first.
    pub const ALL: [Self; 7] = [
        Self::None,
        Self::Growth,
        Self::GrowthReal,
        Self::GrowthNominal,
        Self::GrowthDelta,
        Self::Share,
        Self::Contribution,
    ];

    /// As it stands after a code, with its dot.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Growth => ".growth",
            Self::GrowthReal => ".growth.real",
            Self::GrowthNominal => ".growth.nominal",
            Self::GrowthDelta => ".growth.delta",
            Self::Share => ".share",
            Self::Contribution => ".contribution",
        }
    }
}

/// A base measure and what is taken of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Composed {
    /// The base.
    pub base: &'static Measure,
    /// What is taken of it.
    pub suffix: Suffix,
}

/// A text that is no code of a measure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseMeasureError {
    code: String,
}

impl fmt::Display for ParseMeasureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "unknown measure code “{}”; expected a base such as gdp with an optional suffix such as .growth.real",
            self.code
        )
    }
}

impl std::error::Error for ParseMeasureError {}

impl Composed {
    /// Our code: `gdp.growth.real`.
    pub fn code(&self) -> String {
        format!("{}{}", self.base.code, self.suffix.as_str())
    }

    /// The code of annotated claims, `GDP.growth.real`; `None` where the base has none.
    pub fn claims_code(&self) -> Option<String> {
        let base = self.base.claims_code.filter(|_| self.suffix != Suffix::GrowthNominal)?;
        Some(format!("{base}{}", self.suffix.as_str()))
    }

    /// Reads our code.
    ///
    /// # Errors
    /// If no base measure with an optional suffix has this code.
    pub fn parse_code(code: &str) -> Result<Self, ParseMeasureError> {
        parse(code, by_code)
    }

    /// Reads a code of annotated claims.
    ///
    /// # Errors
    /// If no base measure with an optional suffix has this code.
    pub fn parse_claims_code(code: &str) -> Result<Self, ParseMeasureError> {
        parse(code, by_claims_code)
    }

    /// With the basis that goes without saying: `gdp.growth` is `gdp.growth.real`, `fai.growth` is `fai.growth.nominal`.
    /// Anything else stays as it is.
    #[must_use]
    pub fn conventional(&self) -> Self {
        let suffix = match (self.suffix, self.base.growth_basis) {
            (Suffix::Growth, Some(Basis::Real)) => Suffix::GrowthReal,
            (Suffix::Growth, Some(Basis::Nominal)) => Suffix::GrowthNominal,
            (suffix, _) => suffix,
        };
        Self { base: self.base, suffix }
    }
}

fn parse(code: &str, base: impl Fn(&str) -> Option<&'static Measure>) -> Result<Composed, ParseMeasureError> {
    Suffix::ALL
        .into_iter()
        .filter_map(|suffix| Some((suffix, code.strip_suffix(suffix.as_str())?)))
        .find_map(|(suffix, stem)| base(stem).map(|base| Composed { base, suffix }))
        .ok_or_else(|| ParseMeasureError { code: code.to_owned() })
}

impl fmt::Display for Composed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.base.code, self.suffix.as_str())
    }
}

impl FromStr for Composed {
    type Err = ParseMeasureError;

    fn from_str(code: &str) -> Result<Self, Self::Err> {
        Self::parse_code(code)
    }
}
