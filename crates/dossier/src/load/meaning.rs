//! What texts mean: codes, periods, units, and names of other rows.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use zhidian_model::{Code, Measure, Origin, Period, Subject};
use zhidian_vocabulary::{regions, units};

use super::Loader;
use crate::cells::{Broken, Raw};
use crate::faults::{
    At, ENTITY_UNKNOWN, Fault, LIST_UNKNOWN, MEASURE_MALFORMED, ORIGIN_UNKNOWN, PERIOD_MALFORMED,
    REGION_UNKNOWN, ROSTER_UNKNOWN, SUBJECT_MALFORMED, UNIT_UNKNOWN,
};
use crate::schema::Meaning;

/// Names that rows may refer to, as one dossier sees them.
#[derive(Debug, Default)]
pub(crate) struct Names {
    /// Origins by the id the dossier uses.
    pub(crate) origins: BTreeMap<Arc<str>, Arc<Origin>>,
    /// Ids of rosters; none are asked for before they are read.
    pub(crate) rosters: Option<BTreeSet<Code>>,
    /// Ids of lists.
    pub(crate) lists: BTreeSet<Code>,
    /// Named things; none are asked for before they are read.
    pub(crate) entities: Option<BTreeSet<Code>>,
}

impl Loader<'_, '_> {
    /// Does a text mean what its column asks for?
    pub(super) fn means(
        &mut self,
        meaning: Meaning,
        text: &Arc<str>,
        raw: &Raw<'_>,
        at: At<'_>,
    ) -> Result<(), Broken> {
        let broken =
            |fault: &'static Fault, expected: &str| Err((fault, text.to_string(), expected.to_owned()));
        match meaning {
            Meaning::Plain => Ok(()),
            Meaning::Subject | Meaning::Entity => match text.parse::<Subject>() {
                Ok(Subject::Region(code)) if meaning == Meaning::Subject => known_region(code, text),
                Ok(Subject::Region(_)) => broken(SUBJECT_MALFORMED, "kind:id"),
                // An entry of a list is itself a naming.
                Ok(Subject::Entity { .. }) if self.from.table == "items" => Ok(()),
                Ok(Subject::Entity { .. }) => {
                    let unknown =
                        self.shared.names.entities.as_ref().is_some_and(|known| !known.contains(text));
                    if unknown {
                        self.warn(ENTITY_UNKNOWN, at, text, "a thing named in registers/entities.csv");
                    }
                    Ok(())
                }
                Err(_) => broken(SUBJECT_MALFORMED, "330800 or kind:id"),
            },
            Meaning::Region => match text.parse::<Subject>() {
                Ok(Subject::Region(code)) => known_region(code, text),
                _ => broken(REGION_UNKNOWN, "a six-digit code such as 330800"),
            },
            Meaning::Measure => match text.parse::<Measure>() {
                Ok(_) => Ok(()),
                Err(_) => {
                    broken(MEASURE_MALFORMED, "a code such as gdp.growth.real, or rank(gdp.growth.real)")
                }
            },
            Meaning::Period => {
                // A spreadsheet makes a day of a month: 2020-09 became 1 September.
                let may_be_month = matches!(raw, Raw::Date(day) if day.day() == 1);
                if may_be_month {
                    return Err((
                        PERIOD_MALFORMED,
                        format!("{text} (a date)"),
                        "2020-09 as text, or 2020-09-01 as text".into(),
                    ));
                }
                match text.parse::<Period>() {
                    Ok(_) => Ok(()),
                    Err(_) => broken(
                        PERIOD_MALFORMED,
                        "2020, 2020-H1, 2020-Q3, 2020-09, 2020-12-31, 2020-01..2020-09",
                    ),
                }
            }
            Meaning::Unit => match units::spelling(text) {
                Some(_) => Ok(()),
                None => broken(UNIT_UNKNOWN, "a unit such as 亿元, %, 个百分点, 万人, 位"),
            },
            Meaning::Origin => match self.shared.names.origins.contains_key(text) {
                true => Ok(()),
                false => broken(ORIGIN_UNKNOWN, "an id of origins.csv"),
            },
            Meaning::Roster => match &self.shared.names.rosters {
                Some(known) if !known.contains(text) => broken(ROSTER_UNKNOWN, "an id of rosters.csv"),
                _ => Ok(()),
            },
            Meaning::List => match self.shared.names.lists.contains(text) {
                true => Ok(()),
                false => broken(LIST_UNKNOWN, "an id of registers/lists.csv"),
            },
        }
    }
}

fn known_region(code: u32, text: &Arc<str>) -> Result<(), Broken> {
    match regions::by_code(code) {
        Some(_) => Ok(()),
        None => Err((REGION_UNKNOWN, text.to_string(), "a six-digit code of GB/T 2260".to_owned())),
    }
}
