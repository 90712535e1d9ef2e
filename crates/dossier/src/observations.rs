//! What the cells of an observation must be to one another.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use rust_decimal::Decimal;
use zhidian_model::{Cell, Measure};
use zhidian_vocabulary::measures::{Composed, Suffix};
use zhidian_vocabulary::units::{self, Kind, UnitError};

use crate::faults::{
    At, DECIMALS_FEW, DECIMALS_MALFORMED, Fault, Faults, MEASURE_UNKNOWN, SCOPE_MISSING, UNIT_COUNTER,
    UNIT_DIFFERS,
};
use crate::schema::Schema;

/// What a measure and a unit make of each other.
#[derive(Clone, Debug)]
enum Match {
    Fits,
    /// No measure of the vocabulary has this code.
    Unknown,
    /// Another counter than the measure's own.
    Counter(String),
    /// The unit measures something else: what is expected.
    Differs(String),
}

/// The checks of an observation, with the columns they look at.
pub(crate) struct Check {
    measure: usize,
    scope: usize,
    value: usize,
    unit: usize,
    decimals: usize,
    /// Measures and units seen before.
    seen: HashMap<(Arc<str>, Arc<str>), Match>,
}

impl Check {
    /// For the columns of a schema, if they are all there.
    pub(crate) fn new(schema: &Schema) -> Option<Self> {
        Some(Self {
            measure: schema.position("measure")?,
            scope: schema.position("scope")?,
            value: schema.position("value")?,
            unit: schema.position("unit")?,
            decimals: schema.position("decimals")?,
            seen: HashMap::new(),
        })
    }

    /// Checks a row; answers whether it can be used.
    pub(crate) fn row(
        &mut self,
        cells: &mut [Cell],
        at: At<'_>,
        faults: &mut Faults,
        warned: &mut HashSet<(&'static str, String)>,
    ) -> bool {
        let (Cell::Text(measure), Cell::Text(unit)) = (&cells[self.measure], &cells[self.unit]) else {
            return true;
        };
        let is_rank = measure.starts_with("rank(");
        if is_rank && cells[self.scope] == Cell::Missing && once(warned, SCOPE_MISSING, measure) {
            faults.add(SCOPE_MISSING, at.column("scope"), "nothing", "an id of rosters.csv");
        }
        let pair = (measure.clone(), unit.clone());
        let fits = self.seen.entry(pair).or_insert_with(|| compare(measure, unit)).clone();
        match fits {
            Match::Fits => {}
            Match::Unknown => {
                if once(warned, MEASURE_UNKNOWN, measure) {
                    faults.add(MEASURE_UNKNOWN, at.column("measure"), measure, "a code of the vocabulary");
                }
            }
            Match::Counter(expected) => {
                if once(warned, UNIT_COUNTER, &format!("{measure} {unit}")) {
                    faults.add(UNIT_COUNTER, at.column("unit"), unit, format!("{expected} for {measure}"));
                }
            }
            Match::Differs(expected) => {
                faults.add(UNIT_DIFFERS, at.column("unit"), unit, format!("{expected} for {measure}"));
                return false;
            }
        }
        let scale = match &cells[self.value] {
            Cell::Number(value) => value.scale(),
            _ => return true,
        };
        if let Cell::Number(decimals) = &cells[self.decimals] {
            let found = decimals.to_string();
            let fault = match u32::try_from(*decimals) {
                Ok(count) if count > Decimal::MAX_SCALE => Some(DECIMALS_MALFORMED),
                Ok(count) if count < scale => Some(DECIMALS_FEW),
                Ok(_) => None,
                Err(_) => Some(DECIMALS_MALFORMED),
            };
            if let Some(fault) = fault {
                faults.add(
                    fault,
                    at.column("decimals"),
                    &found,
                    format!("a whole number from {scale} to 28"),
                );
                cells[self.decimals] = Cell::Missing;
            }
        }
        true
    }
}

fn once(warned: &mut HashSet<(&'static str, String)>, fault: &'static Fault, found: &str) -> bool {
    warned.insert((fault.code, found.to_owned()))
}

/// Does a unit as printed measure what a measure is about?
fn compare(measure: &str, unit: &str) -> Match {
    let Ok(measure) = measure.parse::<Measure>() else { return Match::Fits };
    if measure.codes().into_iter().any(|code| Composed::parse_code(code).is_err()) {
        // A place is a place whatever it is a place in.
        let wrong_place = matches!(measure, Measure::Rank(..)) && unit != "位";
        return if wrong_place { Match::Differs("位".into()) } else { Match::Unknown };
    }
    let Some(spelled) = units::spelling(unit) else { return Match::Fits };
    let expected = match &measure {
        Measure::Rank(..) => {
            return if unit == "位" { Match::Fits } else { Match::Differs("位".into()) };
        }
        Measure::Of(code) => unit_of(code),
        Measure::Change(of) => match &**of {
            Measure::Of(code) => match unit_of(code) {
                Some("percent") => Some("percentage_point"),
                other => other,
            },
            _ => None,
        },
        _ => None,
    };
    let Some(expected) = expected else { return Match::Fits };
    let counts = |code: &str| units::by_code(code).is_some_and(|unit| unit.kind == Kind::Counter);
    match units::convert(Decimal::ONE, spelled.unit.code, expected) {
        Ok(_) | Err(UnitError::Inexact { .. }) => Match::Fits,
        // A measure that counts anything is counted in any counter: 个, 家, 项.
        Err(_) if expected == "count" && counts(spelled.unit.code) => Match::Fits,
        Err(_) => {
            let shown = units::by_code(expected).map_or(expected, |unit| unit.zh).to_owned();
            let both_count = counts(expected) && counts(spelled.unit.code) && spelled.unit.code != "位";
            if both_count { Match::Counter(shown) } else { Match::Differs(shown) }
        }
    }
}

/// The unit of a measure of the vocabulary.
fn unit_of(code: &str) -> Option<&'static str> {
    let measure = Composed::parse_code(code).ok()?;
    Some(match measure.suffix {
        Suffix::None => measure.base.unit,
        Suffix::Growth | Suffix::GrowthReal | Suffix::GrowthNominal | Suffix::Share => "percent",
        Suffix::GrowthDelta | Suffix::Contribution => "percentage_point",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_must_measure_what_the_measure_is_about() {
        for (measure, unit) in [
            ("gdp", "亿元"),
            ("gdp.growth.real", "%"),
            ("rank(gdp.growth.real)", "位"),
            ("rank(made.up)", "位"),
            ("gdp.growth.delta", "个百分点"),
            ("change(gdp.growth.real)", "个百分点"),
        ] {
            assert!(!matches!(compare(measure, unit), Match::Differs(_)), "{measure} in {unit}");
        }
        for (measure, unit) in [
            ("gdp", "%"),
            ("gdp.growth.real", "个百分点"),
            ("gdp.growth.real", "亿元"),
            ("rank(gdp.growth.real)", "%"),
            ("gdp", "位"),
        ] {
            assert!(matches!(compare(measure, unit), Match::Differs(_)), "{measure} in {unit}");
        }
        assert!(matches!(compare("made.up", "亿元"), Match::Unknown));
    }
}
