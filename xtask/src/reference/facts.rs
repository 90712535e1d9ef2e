//! Reading the collected facts and the compiler's decisions about them.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use serde::{Deserialize, de::DeserializeOwned};

/// A plain message: what failed and where.
pub(crate) type Failure = Box<dyn std::error::Error>;

/// One collected figure, as it stands in a file of facts.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Fact {
    pub region_code: String,
    pub region_name: String,
    pub indicator: String,
    pub period: String,
    pub value: String,
    pub unit: String,
    #[serde(rename = "source_url_or_repo")]
    pub source: String,
    #[serde(rename = "source_quality")]
    pub quality: String,
}

/// One collected entry of a list.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Entry {
    pub register_id: String,
    pub item_region_code: String,
    pub item_name: String,
    pub class: String,
    #[serde(rename = "source_url")]
    pub source: String,
    pub grade: String,
    pub note: String,
}

/// What becomes of an indicator: its measure, or why it is left out.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Indicator {
    pub indicator: String,
    pub measure: String,
    /// `flow` keeps its period, `stock` is an instant (a year means its last day), `constant` is a property.
    pub kind: String,
    pub status: String,
    pub unit: String,
    pub decision: String,
    pub note: String,
}

/// An origin as the compiler describes it, found by its address.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Described {
    pub address: String,
    pub id: String,
    pub grade: String,
    pub publisher: String,
    pub title: String,
    pub published: String,
    pub address_kind: String,
    pub edition: String,
    pub licence: String,
    pub copy_of: String,
    pub note: String,
}

/// The named thing a printed name stands for.
#[derive(Debug, Deserialize)]
struct Named {
    name: String,
    subject: String,
}

/// An indicator that is about a part of its subject: one line of a lock, a park of a city.
#[derive(Debug, Deserialize)]
struct Part {
    indicator: String,
    subject: String,
    line: String,
}

/// Among whom a printed rank is counted.
#[derive(Debug, Deserialize)]
pub(crate) struct Ranked {
    pub unit: String,
    pub province: String,
    pub indicator: String,
    pub scope: String,
}

/// A list, in the layout of `registers/lists.csv`.
#[derive(Debug, Deserialize)]
pub(crate) struct List {
    pub list: String,
    pub title: String,
    pub names: String,
    pub issuer: String,
    pub issued: String,
    pub complete: String,
    pub topic: String,
    pub about: String,
    pub origin: String,
    pub note: String,
}

/// The lists an entry of a collected register belongs to.
#[derive(Debug, Deserialize)]
pub(crate) struct Sorted {
    pub register: String,
    pub class: String,
    pub lists: String,
}

/// A fact that is an entry of a list rather than a figure.
#[derive(Debug, Deserialize)]
pub(crate) struct Item {
    pub indicator: String,
    pub origin: String,
    pub list: String,
    pub item: String,
    pub subject: String,
    pub class: String,
}

/// An entity, in the layout of `registers/entities.csv`.
#[derive(Debug, Deserialize)]
pub(crate) struct Entity {
    pub entity: String,
    pub name: String,
    pub names: String,
    pub name_en: String,
    pub region: String,
    pub origin: String,
}

/// A set of peers: the cities of a province in the yearbook, or what a ranking names.
#[derive(Debug, Deserialize)]
pub(crate) struct Roster {
    pub roster: String,
    pub title: String,
    pub reads: String,
    pub province: String,
    pub extra: String,
    pub lists: String,
    pub of: String,
    pub origin: String,
}

#[derive(Debug, Deserialize)]
struct Host {
    host: String,
    publisher: String,
}

/// The compiler's decisions: the tables beside this chore, read whole.
pub(crate) struct Decisions {
    pub indicators: BTreeMap<String, Indicator>,
    pub described: Vec<Described>,
    pub scopes: Vec<Ranked>,
    pub lists: Vec<List>,
    pub sorted: Vec<Sorted>,
    pub items: Vec<Item>,
    pub entities: Vec<Entity>,
    pub rosters: Vec<Roster>,
    subjects: BTreeMap<String, String>,
    parts: BTreeMap<(String, String), String>,
    hosts: BTreeMap<String, String>,
}

impl Decisions {
    /// Reads the tables of decisions from their folder.
    pub(crate) fn read(folder: &Path) -> Result<Self, Failure> {
        let rows = |name: &str| folder.join(name);
        let subjects: Vec<Named> = read(&rows("subjects.csv"))?;
        let parts: Vec<Part> = read(&rows("lines.csv"))?;
        let hosts: Vec<Host> = read(&rows("hosts.csv"))?;
        let indicators: Vec<Indicator> = read(&rows("indicators.csv"))?;
        Ok(Self {
            indicators: indicators.into_iter().map(|row| (row.indicator.clone(), row)).collect(),
            described: read(&rows("origins.csv"))?,
            scopes: read(&rows("scopes.csv"))?,
            lists: read(&rows("lists.csv"))?,
            sorted: read(&rows("registers.csv"))?,
            items: read(&rows("items.csv"))?,
            entities: read(&rows("entities.csv"))?,
            rosters: read(&rows("rosters.csv"))?,
            subjects: subjects.into_iter().map(|row| (row.name, row.subject)).collect(),
            parts: parts.into_iter().map(|row| ((row.indicator, row.subject), row.line)).collect(),
            hosts: hosts.into_iter().map(|row| (row.host, row.publisher)).collect(),
        })
    }

    /// The subject a printed name stands for, else the region's code.
    pub(crate) fn subject(&self, name: &str, code: &str) -> String {
        self.subjects.get(name).map_or_else(|| code.to_string(), Clone::clone)
    }

    /// The subject of a fact: a part of the thing named, where the indicator says so.
    pub(crate) fn subject_of(&self, fact: &Fact) -> String {
        let whole = self.subject(&fact.region_name, &fact.region_code);
        self.parts.get(&(fact.indicator.clone(), whole.clone())).cloned().unwrap_or(whole)
    }

    /// Who publishes at a host, else the host itself.
    pub(crate) fn publisher_at<'a>(&'a self, host: &'a str) -> &'a str {
        let host = host.strip_prefix("www.").unwrap_or(host);
        self.hosts.get(host).map_or(host, String::as_str)
    }

    /// The roster a printed rank is counted in.
    pub(crate) fn scope(&self, fact: &Fact) -> Option<&str> {
        let printed = fact.unit.split(" (").next().unwrap_or_default();
        self.scopes
            .iter()
            .find(|row| {
                row.unit == printed
                    && fact.region_code.starts_with(&row.province)
                    && (row.indicator.is_empty() || row.indicator == fact.indicator)
            })
            .map(|row| row.scope.as_str())
    }

    /// The lists an entry belongs to; empty when it belongs to none that is carried.
    pub(crate) fn lists_of(&self, entry: &Entry) -> Result<Vec<&str>, Failure> {
        let found = self
            .sorted
            .iter()
            .find(|row| row.register == entry.register_id && (row.class == "*" || row.class == entry.class));
        let row = found
            .ok_or_else(|| format!("no list for register {} class {:?}", entry.register_id, entry.class))?;
        Ok(row.lists.split(';').filter(|list| !list.is_empty()).collect())
    }
}

/// Reads a CSV file with a heading, with or without a byte order mark.
pub(crate) fn read<T: DeserializeOwned>(path: &PathBuf) -> Result<Vec<T>, Failure> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let rows: Result<Vec<T>, _> = reader.deserialize().collect();
    Ok(rows.map_err(|error| format!("{}: {error}", path.display()))?)
}
