//! Scenarios: rows and parameters laid over the dossier. What a scenario changes is graded assumed.
//!
//! ```toml
//! title = "嘉兴多增长 0.1 个百分点"
//!
//! [[rows.observations]]
//! subject = "330400"
//! measure = "gdp.growth.real"
//! period = "2020"
//! value = "3.55"
//! unit = "%"
//! decimals = 2
//!
//! [[parameter]]
//! name = "indicators.rounding.tie"
//! value = "0.10"
//! unit = "percentage_point"
//! valid = "2000.."
//! ```
//!
//! A row replaces every row of the same thing: of the same primary key, whatever its origin, status, edition and date of
//! publication. A number may stand with or without quotes; it keeps its decimals.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use toml::de::{DeTable, DeValue};
use zhidian_model::{Cell, Code, Grade, Origin, Period};

use crate::cells::Raw;
use crate::faults::{At, SCENARIO_MALFORMED, SCENARIO_TABLE};
use crate::load::{From, Loader, Shared, shown};
use crate::parameters::{self, ParameterStore, Reading, Stated};
use crate::schema::{Meaning, Schema};
use crate::settings::{self, Lines, written};
use crate::store::{Held, Segment, TableStore};

/// Columns that say where a figure comes from, not what it is about.
const PROVENANCE: [&str; 4] = ["origin", "status", "edition", "published"];

/// Tables that a scenario cannot change: they say what others mean.
const FIXED: [&str; 6] = ["origins", "entities", "rosters", "lists", "items", "overrides"];

/// Rows and parameters to lay over the dossiers.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// Its name: that of its file.
    pub name: String,
    /// Name of the dossier it belongs to.
    pub dossier: String,
    /// Its title, else its name.
    pub title: String,
    /// What a reader must know; empty when there is nothing.
    pub note: String,
    /// The origin of all it changes, graded assumed.
    pub origin: Arc<Origin>,
    /// The tables it changes, with how many rows.
    pub tables: BTreeMap<Code, usize>,
    /// The parameters it changes.
    pub parameters: Vec<Stated>,
    layers: Vec<Layer>,
}

/// The rows of one table.
#[derive(Clone, Debug)]
struct Layer {
    table: Code,
    /// The columns that tell what a row is about, and whether each holds periods.
    key: Vec<(Code, bool)>,
    held: Arc<Held>,
}

/// Why a scenario was not laid over.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ScenarioError {
    /// No scenario has the name.
    #[error("failed to find a scenario {name:?}: there are {}", .there.join(", "))]
    Unknown {
        /// The name asked for.
        name: String,
        /// The names there are.
        there: Vec<String>,
    },
}

impl Scenario {
    /// Lays it over tables and parameters.
    pub(crate) fn lay_over(&self, tables: &mut TableStore, parameters: &mut ParameterStore) {
        for layer in &self.layers {
            let replaced: BTreeSet<Vec<String>> =
                (0..layer.held.rows.len()).map(|at| layer.key_of(&layer.held, at)).collect();
            let segments = tables.tables.entry(layer.table.clone()).or_default();
            for segment in segments.iter_mut().filter(|_| !layer.key.is_empty()) {
                let Segment { held, hidden } = segment;
                hidden.extend((0..held.rows.len()).filter(|at| replaced.contains(&layer.key_of(held, *at))));
            }
            segments.push(Segment { held: layer.held.clone(), hidden: BTreeSet::new() });
        }
        parameters.lay_over(&self.parameters);
    }
}

impl Layer {
    /// What a row is about.
    fn key_of(&self, held: &Held, at: usize) -> Vec<String> {
        let cells = held.cells_of(at);
        let cell = |(name, is_period): &(Code, bool)| {
            let place = held.columns.iter().position(|column| column == name);
            let text = shown(place.and_then(|place| cells.get(place)).unwrap_or(&Cell::Missing));
            match text.parse::<Period>() {
                Ok(period) if *is_period => period.to_string(),
                _ => text,
            }
        };
        self.key.iter().map(cell).collect()
    }
}

/// Reads a scenario; nothing if its file is no TOML.
pub(crate) fn read(
    name: &str,
    dossier: &str,
    file: &Arc<str>,
    text: &str,
    schemas: &BTreeMap<String, Schema>,
    shared: &mut Shared<'_>,
) -> Option<Scenario> {
    let at = At::file(file);
    let table = settings::parse(text, at, shared.limits, shared.faults)?;
    let lines = Lines::of(text);
    for (key, value) in
        table.iter().filter(|(key, _)| !["title", "note", "rows", "parameter"].contains(&&**key.get_ref()))
    {
        let line = lines.at(value.span().start);
        let expected = "title, note, [[rows.TABLE]] or [[parameter]]";
        shared.faults.add(SCENARIO_MALFORMED, at.row(line).column(key.get_ref()), key.get_ref(), expected);
    }
    let words = |key: &str| table.get(key).and_then(|value| written(value.get_ref()));
    let title = words("title").unwrap_or_else(|| name.to_owned());
    let origin = Arc::new(assumed(name, dossier, &title));
    let reading = Reading {
        file,
        lines: &lines,
        most: shared.limits.listed,
        origins: &BTreeMap::new(),
        origin: Some(&origin),
    };
    let parameters = parameters::read(&table, &reading, shared.faults);
    let mut store = ParameterStore::default();
    store.add(parameters, shared.faults);
    let mut scenario = Scenario {
        name: name.to_owned(),
        dossier: dossier.to_owned(),
        title,
        note: words("note").unwrap_or_default(),
        tables: BTreeMap::new(),
        parameters: store.all().cloned().collect(),
        layers: Vec::new(),
        origin,
    };
    match table.get("rows").map(|rows| (rows.get_ref(), rows.span())) {
        None => {}
        Some((DeValue::Table(rows), _)) => {
            for (table, rows) in rows.iter() {
                let line = lines.at(rows.span().start);
                let layer = layer(
                    &scenario.origin,
                    table.get_ref(),
                    rows.get_ref(),
                    line,
                    (file, &lines),
                    schemas,
                    shared,
                );
                let Some(layer) = layer else { continue };
                scenario.tables.insert(layer.table.clone(), layer.held.rows.len());
                scenario.layers.push(layer);
            }
        }
        Some((other, span)) => {
            let at = at.row(lines.at(span.start)).column("rows");
            shared.faults.add(SCENARIO_MALFORMED, at, other.type_str(), "[[rows.TABLE]]");
        }
    }
    Some(scenario)
}

fn assumed(name: &str, dossier: &str, title: &str) -> Origin {
    Origin {
        publisher: dossier.to_owned(),
        title: title.to_owned(),
        ..Origin::new(format!("scenario:{name}"), Grade::Assumed)
    }
}

/// The rows of one table, checked like those of a file; a row's number is its line.
fn layer(
    origin: &Arc<Origin>,
    table: &str,
    rows: &DeValue<'_>,
    line: u64,
    (file, lines): (&Arc<str>, &Lines),
    schemas: &BTreeMap<String, Schema>,
    shared: &mut Shared<'_>,
) -> Option<Layer> {
    let at = At::file(file).row(line);
    let Some(schema) = schemas.get(table).filter(|_| !FIXED.contains(&table)) else {
        let there: Vec<&str> =
            schemas.keys().map(|name| &**name).filter(|name| !FIXED.contains(name)).collect();
        shared.faults.add(SCENARIO_TABLE, at.column("rows"), table, there.join(", "));
        return None;
    };
    let Some(entries) = rows.as_array() else {
        shared.faults.add(SCENARIO_MALFORMED, at.column(table), rows.type_str(), format!("[[rows.{table}]]"));
        return None;
    };
    let mut numbered: Vec<(u64, &DeTable<'_>)> = Vec::new();
    for entry in entries.iter() {
        let line = lines.at(entry.span().start);
        match entry.get_ref() {
            DeValue::Table(row) => numbered.push((line, row)),
            other => shared.faults.add(SCENARIO_MALFORMED, at.row(line), other.type_str(), "a row"),
        }
    }
    let mut columns: Vec<String> = Vec::new();
    for (line, row) in &numbered {
        for (name, _) in row.iter() {
            let name: &str = name.get_ref();
            if name == "origin" {
                let at = at.row(*line).column("origin");
                shared.faults.add(
                    SCENARIO_MALFORMED,
                    at,
                    name,
                    "no origin: what a scenario changes is assumed",
                );
            } else if columns.len() <= shared.limits.columns && !columns.iter().any(|column| column == name) {
                columns.push(name.to_owned());
            }
        }
    }
    // A scenario's row comes from the scenario and holds what it changes: it need not say from where else, nor have
    // every column of the table's files.
    let mut schema = Schema { primary_key: Vec::new(), ..schema.clone() };
    for field in &mut schema.fields {
        field.declared = false;
        field.required &= !PROVENANCE.contains(&&*field.name);
    }
    let key = schemas[table].primary_key.iter().filter(|name| !PROVENANCE.contains(&&***name));
    let is_period = |name: &Code| schema.field(name).is_some_and(|field| field.meaning == Meaning::Period);
    let key = key.map(|name| (name.clone(), is_period(name))).collect();
    let from = From { table, file, sheet: None, merged_header: false, origin: Some(origin) };
    let mut loader = Loader::new(from, schema, shared);
    let header: Vec<Raw<'_>> = columns.iter().map(|name| Raw::Text(name)).collect();
    loader.row(line, &header, header.len(), &[]);
    for (line, row) in numbered {
        let texts: Vec<String> = columns
            .iter()
            .map(|name| row.get(name.as_str()).and_then(|value| written(value.get_ref())).unwrap_or_default())
            .collect();
        let cells: Vec<Raw<'_>> = texts.iter().map(|text| Raw::Text(text)).collect();
        if !loader.row(line, &cells, cells.len(), &[]) {
            break;
        }
    }
    let held = Arc::new(loader.finish()?);
    Some(Layer { table: table.into(), key, held })
}
