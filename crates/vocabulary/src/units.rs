//! Units: spellings with their exact factors, and conversion that is exact or refused.
//!
//! Money is in yuan, rates in per cent; a percentage point (个百分点) is another unit than per cent (%), because a
//! difference of rates is no rate. Counters (个, 家, 艘次 …) stay as written and convert into nothing: three 家 are not
//! three 个. 亩 is kept as a counter too, since no decimal says exactly what it is in square metres.
use std::collections::BTreeMap;
use std::sync::LazyLock;

use rust_decimal::Decimal;

use crate::tables::rows;

/// What a unit measures. Only units of one kind convert into each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A currency.
    Money,
    /// Per cent and per mille.
    Rate,
    /// A difference of rates.
    Points,
    /// A ratio or a multiple.
    Ratio,
    /// An index number with its base.
    Index,
    /// A score or grade.
    Score,
    /// Length.
    Length,
    /// Area.
    Area,
    /// Volume.
    Volume,
    /// Mass.
    Mass,
    /// Mass per time.
    MassFlow,
    /// Power.
    Power,
    /// Energy.
    Energy,
    /// Computing power.
    Computing,
    /// Concentration in air.
    Concentration,
    /// Time.
    Time,
    /// Mass carried over a distance.
    Haulage,
    /// A counter, as written.
    Counter,
}

/// A unit.
#[derive(Debug, PartialEq, Eq)]
pub struct Unit {
    /// `CNY`, `percent`, `percentage_point`, `tonne`, `个` …
    pub code: &'static str,
    /// As written in Chinese.
    pub zh: &'static str,
    /// As written in English.
    pub en: &'static str,
    /// What it measures.
    pub kind: Kind,
    /// How many of the smallest unit of its family it is; `None` for a unit that converts into no other.
    size: Option<(Decimal, &'static str)>,
}

/// A unit as it stands in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spelling<'a> {
    /// The words: 亿元.
    pub text: &'a str,
    /// The unit they name: CNY.
    pub unit: &'static Unit,
    /// What a figure before them is multiplied by, exact: 10⁸.
    pub factor: Decimal,
}

/// Why a value was not converted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnitError {
    /// No unit has this code.
    Unknown(String),
    /// The two measure different things, or one is a counter.
    Incompatible {
        /// Code of the unit converted from.
        from: &'static str,
        /// Code of the unit converted to.
        to: &'static str,
    },
    /// The result has no exact decimal of 28 digits.
    Inexact {
        /// Code of the unit converted from.
        from: &'static str,
        /// Code of the unit converted to.
        to: &'static str,
    },
}

impl std::fmt::Display for UnitError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Unknown(code) => {
                write!(f, "unknown unit “{code}”; use a code of the vocabulary such as CNY or percent")
            }
            Self::Incompatible { from, to } => {
                write!(f, "{from} does not convert into {to}; state both in one unit")
            }
            Self::Inexact { from, to } => {
                write!(f, "the value in {from} has no exact decimal in {to}; keep it in {from}")
            }
        }
    }
}

impl std::error::Error for UnitError {}

struct Table {
    units: BTreeMap<&'static str, Unit>,
    /// By first character: spelling, unit code and factor, the longest spelling first.
    spellings: BTreeMap<char, Vec<(&'static str, &'static str, Decimal)>>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let number = |text: &str| {
        Decimal::from_scientific(text)
            .or_else(|_| text.parse())
            .expect("factors are decimals; the tests read every row")
    };
    let units: BTreeMap<&'static str, Unit> = rows(include_str!("../data/units.tsv"))
        .map(|[code, zh, en, kind, family, size]| {
            let size = (!size.is_empty()).then(|| (number(size), family));
            (code, Unit { code, zh, en, kind: self::kind(kind), size })
        })
        .collect();
    let mut spellings: BTreeMap<&'static str, (&'static str, Decimal)> = BTreeMap::new();
    for [text, code, factor] in rows(include_str!("../data/spellings.tsv")) {
        spellings.insert(text, (code, number(factor)));
    }
    for unit in units.values() {
        for text in [unit.zh, unit.en, unit.code] {
            spellings.entry(text).or_insert((unit.code, Decimal::ONE));
        }
    }
    let mut by_first: BTreeMap<char, Vec<(&'static str, &'static str, Decimal)>> = BTreeMap::new();
    for (text, (code, factor)) in spellings {
        by_first.entry(text.chars().next().unwrap_or_default()).or_default().push((text, code, factor));
    }
    for group in by_first.values_mut() {
        group.sort_by_key(|(text, ..)| std::cmp::Reverse(text.len()));
    }
    Table { units, spellings: by_first }
});

fn kind(name: &str) -> Kind {
    match name {
        "money" => Kind::Money,
        "rate" => Kind::Rate,
        "points" => Kind::Points,
        "ratio" => Kind::Ratio,
        "index" => Kind::Index,
        "score" => Kind::Score,
        "length" => Kind::Length,
        "area" => Kind::Area,
        "volume" => Kind::Volume,
        "mass" => Kind::Mass,
        "mass_flow" => Kind::MassFlow,
        "power" => Kind::Power,
        "energy" => Kind::Energy,
        "computing" => Kind::Computing,
        "concentration" => Kind::Concentration,
        "time" => Kind::Time,
        "haulage" => Kind::Haulage,
        _ => Kind::Counter,
    }
}

/// The unit with this code.
pub fn by_code(code: &str) -> Option<&'static Unit> {
    TABLE.units.get(code)
}

/// Every unit, in the order of the codes.
pub fn all() -> impl Iterator<Item = &'static Unit> {
    TABLE.units.values()
}

/// The unit a whole text names, with magnitude words before it: 亿元, 万千瓦, billion yuan.
pub fn spelling(text: &str) -> Option<Spelling<'_>> {
    longest_prefix(text).filter(|spelling| spelling.text.len() == text.len())
}

/// The unit at the start of a text, after any magnitude words. The longest reading wins; of two equally long ones, the
/// one with the longer unit, so that 千米 is the kilometre. English words must end where the match ends.
pub fn longest_prefix(text: &str) -> Option<Spelling<'_>> {
    let mut best: Option<(usize, usize, Spelling<'_>)> = None;
    for (start, magnitude) in magnitudes(text) {
        let Some((end, code, factor)) = unit_at(text, start) else { continue };
        let (Some(unit), Some(factor)) = (by_code(code), magnitude.checked_mul(factor)) else { continue };
        let better = best.as_ref().is_none_or(|(length, from, _)| (end, *from) > (*length, start));
        if better {
            best = Some((end, start, Spelling { text: &text[..end], unit, factor }));
        }
    }
    best.map(|(_, _, spelling)| spelling)
}

/// The magnitude words at the start of a text: how many bytes they take and what they multiply by. 万亿 is (6, 10¹²).
pub fn magnitude(text: &str) -> Option<(usize, Decimal)> {
    magnitudes(text).pop().filter(|(length, _)| *length > 0)
}

/// Every way to end the run of magnitude words at the start of a text, the empty one first.
fn magnitudes(text: &str) -> Vec<(usize, Decimal)> {
    let mut ends = vec![(0, Decimal::ONE)];
    let mut end = 0;
    let mut factor = Decimal::ONE;
    while let Some((word, power)) = next_magnitude(&text[end..]) {
        let Some(product) = factor.checked_mul(power) else { break };
        end += word;
        factor = product;
        ends.push((end, factor));
    }
    ends
}

const MAGNITUDES_EN: &[(&str, i64)] = &[
    ("hundred", 100),
    ("thousand", 1_000),
    ("million", 1_000_000),
    ("billion", 1_000_000_000),
    ("trillion", 1_000_000_000_000),
];

fn next_magnitude(text: &str) -> Option<(usize, Decimal)> {
    let first = text.chars().next()?;
    let power = match first {
        '十' => 10,
        '百' => 100,
        '千' => 1_000,
        '万' => 10_000,
        '亿' => 100_000_000,
        _ => {
            let word = after_gap(text);
            let skipped = text.len() - word.len();
            let (name, power) = MAGNITUDES_EN.iter().find(|(name, _)| {
                word.get(..name.len()).is_some_and(|head| head.eq_ignore_ascii_case(name))
                    && !word[name.len()..].starts_with(|c: char| c.is_ascii_alphanumeric())
            })?;
            return Some((skipped + name.len(), Decimal::from(*power)));
        }
    };
    Some((first.len_utf8(), Decimal::from(power)))
}

/// A text without the one blank or hyphen that may stand between a figure, a magnitude word and a unit.
fn after_gap(text: &str) -> &str {
    text.strip_prefix([' ', '\u{a0}', '-']).unwrap_or(text)
}

/// The longest spelling that starts here: where it ends, the unit's code, the factor.
fn unit_at(text: &str, start: usize) -> Option<(usize, &'static str, Decimal)> {
    let rest = &text[start..];
    let word = after_gap(rest);
    let begin = start + rest.len() - word.len();
    let spellings = TABLE.spellings.get(&word.chars().next()?)?;
    spellings.iter().filter(|(spelling, ..)| word.starts_with(spelling)).find_map(
        |(spelling, code, factor)| {
            let latin = spelling.ends_with(|c: char| c.is_ascii_alphabetic());
            let cut = latin && word[spelling.len()..].starts_with(|c: char| c.is_ascii_alphanumeric());
            (!cut).then_some((begin + spelling.len(), *code, *factor))
        },
    )
}

/// A value in another unit, exact to the last digit.
///
/// # Errors
/// If a unit is unknown, if the two do not measure the same thing (per cent and percentage points do not; counters never
/// do), or if the result is no decimal of at most 28 digits (50 minutes in hours).
pub fn convert(value: Decimal, from: &str, to: &str) -> Result<Decimal, UnitError> {
    let from = by_code(from).ok_or_else(|| UnitError::Unknown(from.to_owned()))?;
    let to = by_code(to).ok_or_else(|| UnitError::Unknown(to.to_owned()))?;
    if from.code == to.code {
        return Ok(value);
    }
    let (Some((size_from, family_from)), Some((size_to, family_to))) = (from.size, to.size) else {
        return Err(UnitError::Incompatible { from: from.code, to: to.code });
    };
    if from.kind != to.kind || family_from != family_to {
        return Err(UnitError::Incompatible { from: from.code, to: to.code });
    }
    exact_product(value, size_from)
        .and_then(|small| exact_quotient(small, size_to))
        .ok_or(UnitError::Inexact { from: from.code, to: to.code })
}

/// The product, unless a digit would be lost.
fn exact_product(a: Decimal, b: Decimal) -> Option<Decimal> {
    let (a, b) = (a.normalize(), b.normalize());
    if a.is_zero() || b.is_zero() {
        return Some(Decimal::ZERO);
    }
    let product = a.checked_mul(b)?;
    (product.scale() == a.scale() + b.scale()).then(|| product.normalize())
}

/// The quotient, unless a digit would be lost.
fn exact_quotient(a: Decimal, b: Decimal) -> Option<Decimal> {
    let quotient = a.checked_div(b)?.normalize();
    (exact_product(quotient, b)? == a).then_some(quotient)
}
