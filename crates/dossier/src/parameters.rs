//! Dated parameters with their references.

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;
use toml::de::{DeTable, DeValue};
use zhidian_model::{Code, Evidence, Origin, Parameter, Parameters, Period, Quantity, Stop};
use zhidian_vocabulary::units;

use crate::cells::printed_number;
use crate::faults::{
    At, Faults, ORIGIN_UNKNOWN, PARAMETER_MALFORMED, PARAMETER_OVERLAP, PARAMETER_SHADOWED, UNIT_UNKNOWN,
};
use crate::settings::{Lines, written};

/// A parameter as a dossier states it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stated {
    /// Its name.
    pub name: Code,
    /// Its value in a unit of the vocabulary.
    pub quantity: Quantity,
    /// When it holds.
    pub valid: Period,
    /// Where it comes from.
    pub origin: Arc<Origin>,
    /// The law, rule or paper it stands in.
    pub reference: String,
    /// Its file as shown.
    pub file: Arc<str>,
    /// Its line there.
    pub line: u64,
}

/// The parameters of all dossiers opened together. Where two dossiers state one for the same time, the one opened first
/// counts.
#[derive(Clone, Debug, Default)]
pub struct ParameterStore {
    by_name: BTreeMap<Code, Vec<Stated>>,
}

impl ParameterStore {
    /// Every parameter, by name and in the order of the files.
    pub fn all(&self) -> impl Iterator<Item = &Stated> {
        self.by_name.values().flatten()
    }

    /// Adds those of one dossier behind the ones that are there.
    pub(crate) fn add(&mut self, stated: Vec<Stated>, faults: &mut Faults) {
        for new in stated {
            let known = self.by_name.entry(new.name.clone()).or_default();
            let earlier = known.iter().find(|other| other.valid.intersects(&new.valid));
            if let Some(earlier) = earlier {
                let fault = if earlier.file == new.file { PARAMETER_OVERLAP } else { PARAMETER_SHADOWED };
                let at = At::file(&new.file).row(new.line).column("valid");
                let found = format!("{} {}", new.name, new.valid);
                let expected =
                    format!("outside {}, line {} of {}", earlier.valid, earlier.line, earlier.file);
                faults.add(fault, at, &found, expected);
                if earlier.file == new.file {
                    continue;
                }
            }
            known.push(new);
        }
    }

    /// Lays those of a scenario over the ones that are there.
    pub(crate) fn lay_over(&mut self, stated: &[Stated]) {
        for new in stated {
            self.by_name.entry(new.name.clone()).or_default().insert(0, new.clone());
        }
    }
}

impl Parameters for ParameterStore {
    fn at(&self, name: &str, when: &Period) -> Result<Parameter, Stop> {
        let stated = self.by_name.get(name).into_iter().flatten().find(|stated| stated.valid.contains(when));
        let stated = stated.ok_or_else(|| Stop::MissingParameter(name.into(), *when))?;
        Ok(Parameter {
            quantity: stated.quantity.clone(),
            evidence: Evidence::parameter(stated.name.clone(), stated.valid, stated.origin.clone()),
        })
    }
}

/// What a list of parameters is read with.
pub(crate) struct Reading<'a> {
    pub(crate) file: &'a Arc<str>,
    pub(crate) lines: &'a Lines,
    /// At most so many are read.
    pub(crate) most: usize,
    pub(crate) origins: &'a BTreeMap<Arc<str>, Arc<Origin>>,
    /// The origin of parameters that name none: that of a scenario.
    pub(crate) origin: Option<&'a Arc<Origin>>,
}

/// Reads the `parameter` array of a TOML file.
pub(crate) fn read(table: &DeTable<'_>, reading: &Reading<'_>, faults: &mut Faults) -> Vec<Stated> {
    let Some(list) = table.get("parameter") else { return Vec::new() };
    let at = At::file(reading.file);
    let Some(entries) = list.get_ref().as_array() else {
        let line = reading.lines.at(list.span().start);
        faults.add(
            PARAMETER_MALFORMED,
            at.row(line).column("parameter"),
            list.get_ref().type_str(),
            "[[parameter]]",
        );
        return Vec::new();
    };
    let mut out = Vec::new();
    for (count, entry) in entries.iter().enumerate() {
        if count == reading.most {
            let line = reading.lines.at(entry.span().start);
            faults.add(PARAMETER_MALFORMED, at.row(line), "one more", format!("at most {count} parameters"));
            break;
        }
        let line = reading.lines.at(entry.span().start);
        match entry.get_ref() {
            DeValue::Table(table) => out.extend(one(table, line, reading, faults)),
            other => faults.add(PARAMETER_MALFORMED, at.row(line), other.type_str(), "[[parameter]]"),
        }
    }
    out
}

fn one(table: &DeTable<'_>, line: u64, reading: &Reading<'_>, faults: &mut Faults) -> Option<Stated> {
    let at = At::file(reading.file);
    let cell = |name: &str| {
        let value = table.get(name)?;
        Some((written(value.get_ref()).unwrap_or_default(), reading.lines.at(value.span().start)))
    };
    let text = |name: &str, expected: &str, faults: &mut Faults| match cell(name) {
        Some((text, line)) if !text.is_empty() => Some((text, line)),
        found => {
            let line = found.map_or(line, |(_, line)| line);
            faults.add(PARAMETER_MALFORMED, at.row(line).column(name), "nothing", expected);
            None
        }
    };
    let name = text("name", "a name", faults);
    let value = text("value", "a number in quotes", faults);
    let unit = text("unit", "a unit", faults);
    let valid = text("valid", "a period such as 2000..", faults);
    let reference = match reading.origin {
        Some(_) => Some((cell("reference").map(|(text, _)| text).unwrap_or_default(), line)),
        None => text("reference", "where it stands", faults),
    };
    let origin = match (cell("origin"), reading.origin) {
        (None, Some(origin)) => Some(origin.clone()),
        (None, None) => text("origin", "an id of origins.csv", faults).and(None),
        (Some((id, line)), _) => {
            let known = reading.origins.get(&*id).cloned();
            if known.is_none() {
                faults.add(ORIGIN_UNKNOWN, at.row(line).column("origin"), &id, "an id of origins.csv");
            }
            known
        }
    };
    let value = value.and_then(|(value, line)| match printed_number(&value) {
        Ok(number) => Some(number),
        Err((_, found, expected)) => {
            faults.add(PARAMETER_MALFORMED, at.row(line).column("value"), &found, expected);
            None
        }
    });
    let spelled = unit.and_then(|(unit, line)| {
        let spelled = units::spelling(&unit).map(|spelled| (spelled.unit.code, spelled.factor));
        if spelled.is_none() {
            faults.add(
                UNIT_UNKNOWN,
                at.row(line).column("unit"),
                &unit,
                "a unit such as percentage_point, 亿元, 天",
            );
        }
        spelled
    });
    let valid = valid.and_then(|(valid, line)| {
        let period = valid.parse::<Period>().ok();
        if period.is_none() {
            faults.add(
                PARAMETER_MALFORMED,
                at.row(line).column("valid"),
                &valid,
                "a period such as 2000.. or 2014..2020",
            );
        }
        period
    });
    let (name, _) = name?;
    let quantity = in_unit(value?, spelled?);
    if quantity.is_none() {
        faults.add(
            PARAMETER_MALFORMED,
            at.row(line).column("value"),
            "too large",
            "a number of at most 28 digits",
        );
    }
    Some(Stated {
        name: name.into(),
        quantity: quantity?,
        valid: valid?,
        origin: origin?,
        reference: reference?.0,
        file: reading.file.clone(),
        line,
    })
}

/// A printed number in the unit of the vocabulary, with the weight of its last digit.
fn in_unit(value: Decimal, (unit, factor): (&str, Decimal)) -> Option<Quantity> {
    let ulp = Decimal::try_from_i128_with_scale(1, value.scale()).ok()?;
    Some(Quantity { value: value.checked_mul(factor)?, ulp: ulp.checked_mul(factor)?, unit: unit.into() })
}
