//! Object-centric logs, OCEL 2.0 (Berti et al. 2024) in JSON, XML and SQLite, and OCEL 1.0 in JSON.

mod json;
pub mod sqlite;
mod tables;
mod xml;

use crate::log::{Builder, EventLog, NEVER, Transition};
use crate::read::{Format, Limits};
use std::collections::BTreeMap;
use std::io::Read;

/// An event and the objects it is about.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Event {
    /// Its id.
    pub id: String,
    /// What was done.
    pub kind: String,
    /// Microseconds since 1970-01-01 UTC.
    pub time: i64,
    /// Attributes by name.
    pub attributes: BTreeMap<String, String>,
    /// Ids of objects and what they were to it.
    pub objects: Vec<(String, String)>,
}

/// An object, what it was like when, and the objects it belongs to.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Object {
    /// Its id.
    pub id: String,
    /// What it is.
    pub kind: String,
    /// Name, time (1970 for what it was like at first), value.
    pub attributes: Vec<(String, i64, String)>,
    /// Ids of objects and what they are to it.
    pub objects: Vec<(String, String)>,
}

/// A log of events about objects.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ocel {
    /// Events in order of the file.
    pub events: Vec<Event>,
    /// Objects in order of the file.
    pub objects: Vec<Object>,
}

/// An object-centric log that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OcelError {
    /// The bytes cannot be read.
    #[error("failed to read the object-centric log: {0}")]
    Read(String),
    /// It is larger than may be held.
    #[error("failed to read the object-centric log: more than {0} bytes; split it")]
    Large(usize),
    /// Something in it is not as the format says.
    #[error("failed to read {what} of the object-centric log: {found}; export it again as OCEL 2.0")]
    Malformed {
        /// Where.
        what: String,
        /// What stands there.
        found: String,
    },
}

impl OcelError {
    fn malformed(what: impl Into<String>, found: impl Into<String>) -> Self {
        Self::Malformed { what: what.into(), found: found.into().chars().take(120).collect() }
    }
}

/// Most bytes held: these formats cannot be streamed.
const MOST: usize = 1 << 30;

/// Reads a log in any of its encodings. `zone` is minutes east of UTC of times that state none, as in SQLite.
///
/// # Errors
/// When it cannot be read as what it looks like.
pub fn read<R: Read>(source: R, zone: i32, limits: Limits) -> Result<Ocel, OcelError> {
    let opened = crate::read::open(source).map_err(|error| OcelError::Read(error.to_string()))?;
    let format = opened.format;
    if matches!(format, Format::Xes | Format::OcelXml) {
        return xml::read(opened.source, zone, limits);
    }
    let most = usize::try_from(limits.bytes).unwrap_or(MOST).min(MOST);
    let mut bytes = Vec::new();
    opened
        .source
        .take(most as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| OcelError::Read(error.to_string()))?;
    if bytes.len() > most {
        return Err(OcelError::Large(most));
    }
    match format {
        Format::Sqlite => tables::read(&bytes, zone),
        _ => json::read(&bytes, zone),
    }
}

impl Ocel {
    /// Pairs of event and object.
    pub fn event_objects(&self) -> usize {
        self.events.iter().map(|event| event.objects.len()).sum()
    }

    /// Pairs of object and object.
    pub fn object_objects(&self) -> usize {
        self.objects.iter().map(|object| object.objects.len()).sum()
    }

    /// Values of objects that changed after their beginning.
    pub fn object_changes(&self) -> usize {
        self.objects.iter().flat_map(|object| &object.attributes).filter(|(_, time, _)| *time != 0).count()
    }

    /// The same log with everything in order of ids, so that two encodings can be compared.
    pub fn sorted(mut self) -> Self {
        self.events.iter_mut().for_each(|event| event.objects.sort());
        for object in &mut self.objects {
            object.attributes.sort();
            object.objects.sort();
        }
        self.events.sort();
        self.objects.sort();
        self
    }

    /// The kinds of objects.
    pub fn kinds(&self) -> Vec<&str> {
        let mut kinds: Vec<&str> = self.objects.iter().map(|object| object.kind.as_str()).collect();
        kinds.sort_unstable();
        kinds.dedup();
        kinds
    }

    /// Which event directly follows which in the life of objects of one kind: pairs of what was done, with the number of
    /// different pairs of events. Objects that go through the same two events together count once here, and one by one in
    /// [`Ocel::flat`].
    pub fn couples(&self, kind: &str) -> BTreeMap<(&str, &str), u64> {
        let mut lives: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        let of = self.objects.iter().filter(|object| object.kind == kind);
        lives.extend(of.map(|object| (object.id.as_str(), Vec::new())));
        for (at, event) in self.events.iter().enumerate() {
            for (object, _) in &event.objects {
                match lives.get_mut(object.as_str()) {
                    Some(life) if life.last() != Some(&at) => life.push(at),
                    _ => {}
                }
            }
        }
        let mut pairs = std::collections::BTreeSet::new();
        for mut life in lives.into_values() {
            life.sort_by_key(|at| self.events[*at].time);
            pairs.extend(life.windows(2).map(|pair| (pair[0], pair[1])));
        }
        let mut couples = BTreeMap::new();
        for (a, b) in pairs {
            *couples.entry((self.events[a].kind.as_str(), self.events[b].kind.as_str())).or_default() += 1;
        }
        couples
    }

    /// The log as objects of one kind see it: each object a case.
    pub fn flat(&self, kind: &str) -> EventLog {
        let of: BTreeMap<&str, &str> =
            self.objects.iter().map(|object| (object.id.as_str(), object.kind.as_str())).collect();
        let mut builder = Builder::default();
        for event in &self.events {
            let mut seen: Vec<&str> = Vec::new();
            for (object, _) in &event.objects {
                if of.get(object.as_str()) != Some(&kind) || seen.contains(&object.as_str()) {
                    continue;
                }
                seen.push(object);
                let case = builder.case(object.as_bytes());
                builder.push(case, event.kind.as_bytes(), event.time, NEVER, None, Transition::Complete);
            }
        }
        builder.finish()
    }
}
