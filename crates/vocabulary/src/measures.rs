//! What a figure measures: codes with unit, direction, engine and the basis in which growth is published.
mod composed;
mod find;
mod readings;

use std::collections::BTreeMap;
use std::sync::LazyLock;

pub use composed::{Composed, ParseMeasureError, Suffix};
pub use find::{Alias, exact, find};
pub use readings::readings;

use crate::tables::{list, rows};

/// Which way is better for the place that is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Better {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
    /// Neither: prices, structures, populations.
    Neither,
}

/// Prices in which a growth rate is reckoned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Basis {
    /// At constant prices.
    Real,
    /// At current prices.
    Nominal,
}

/// A base measure.
#[derive(Debug, PartialEq, Eq)]
pub struct Measure {
    /// Ours: `gdp`, `income.urban`, `fiscal.revenue`.
    pub code: &'static str,
    /// The code used in annotated claims, where one fits: `GDP`, `DPI.urban`; one to one.
    pub claims_code: Option<&'static str>,
    /// Name in Chinese.
    pub zh: &'static str,
    /// Name in English.
    pub en: &'static str,
    /// Other Chinese names; each belongs to this measure alone.
    pub aliases_zh: Vec<&'static str>,
    /// Other English names; each belongs to this measure alone.
    pub aliases_en: Vec<&'static str>,
    /// Code of the unit of its level.
    pub unit: &'static str,
    /// Which way is better.
    pub better: Better,
    /// The basis in which its growth is published by convention; `None` where growth has no price basis.
    pub growth_basis: Option<Basis>,
    /// The engine that answers for it.
    pub engine: &'static str,
    /// The topic it belongs to.
    pub topic: &'static str,
}

static MEASURES: LazyLock<BTreeMap<&'static str, Measure>> = LazyLock::new(|| {
    rows(include_str!("../data/measures.tsv"))
        .map(|[code, claims_code, zh, en, aliases_zh, aliases_en, unit, better, basis, engine, topic]| {
            let measure = Measure {
                code,
                claims_code: Some(claims_code).filter(|claims_code| !claims_code.is_empty()),
                zh,
                en,
                aliases_zh: list(aliases_zh).collect(),
                aliases_en: list(aliases_en).collect(),
                unit,
                better: match better {
                    "higher" => Better::Higher,
                    "lower" => Better::Lower,
                    _ => Better::Neither,
                },
                growth_basis: match basis {
                    "real" => Some(Basis::Real),
                    "nominal" => Some(Basis::Nominal),
                    _ => None,
                },
                engine,
                topic,
            };
            (code, measure)
        })
        .collect()
});

/// The base measure with this code of ours.
pub fn by_code(code: &str) -> Option<&'static Measure> {
    MEASURES.get(code)
}

/// The base measure with this code of annotated claims.
pub fn by_claims_code(code: &str) -> Option<&'static Measure> {
    all().find(|measure| measure.claims_code == Some(code))
}

/// Every base measure, in the order of the codes.
pub fn all() -> impl Iterator<Item = &'static Measure> {
    MEASURES.values()
}
