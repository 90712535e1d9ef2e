//! OCEL 2.0 out of the tables of an SQLite database.

use super::sqlite::{Cell, Database, TableOf};
use super::{Event, Object, Ocel, OcelError};
use crate::log::time;
use std::collections::BTreeMap;

pub(super) fn read(bytes: &[u8], zone: i32) -> Result<Ocel, OcelError> {
    let reading = Reading::new(bytes, zone)?;
    let mut ocel = Ocel::default();
    let mut event_at = BTreeMap::new();
    for row in reading.rows("event")? {
        event_at.insert(row.need("ocel_id")?, ocel.events.len());
        ocel.events.push(Event {
            id: row.need("ocel_id")?,
            kind: row.need("ocel_type")?,
            ..Event::default()
        });
    }
    let mut object_at = BTreeMap::new();
    for row in reading.rows("object")? {
        object_at.insert(row.need("ocel_id")?, ocel.objects.len());
        ocel.objects.push(Object {
            id: row.need("ocel_id")?,
            kind: row.need("ocel_type")?,
            ..Object::default()
        });
    }
    for row in reading.rows("event_object")? {
        if let Some(at) = event_at.get(&row.need("ocel_event_id")?) {
            let relation = (row.need("ocel_object_id")?, row.get("ocel_qualifier").unwrap_or_default());
            ocel.events[*at].objects.push(relation);
        }
    }
    for row in reading.rows("object_object")? {
        if let Some(at) = object_at.get(&row.need("ocel_source_id")?) {
            let relation = (row.need("ocel_target_id")?, row.get("ocel_qualifier").unwrap_or_default());
            ocel.objects[*at].objects.push(relation);
        }
    }
    for map in reading.rows("event_map_type")? {
        for row in reading.rows(&format!("event_{}", map.need("ocel_type_map")?))? {
            let Some(at) = event_at.get(&row.need("ocel_id")?) else { continue };
            let event = &mut ocel.events[*at];
            event.time = reading.stamp(&row)?;
            event.attributes = row.others().collect();
        }
    }
    for map in reading.rows("object_map_type")? {
        for row in reading.rows(&format!("object_{}", map.need("ocel_type_map")?))? {
            let Some(at) = object_at.get(&row.need("ocel_id")?) else { continue };
            // The first row of an object says what it was like at first; rows with a changed field say what it became.
            let changed = row.get("ocel_changed_field");
            let time = if changed.is_some() { reading.stamp(&row)? } else { 0 };
            for (name, value) in row.others() {
                if changed.as_ref().is_none_or(|field| *field == name) {
                    ocel.objects[*at].attributes.push((name, time, value));
                }
            }
        }
    }
    Ok(ocel)
}

struct Reading<'a> {
    database: Database<'a>,
    tables: Vec<TableOf>,
    zone: i32,
}

struct Named<'a> {
    table: &'a TableOf,
    cells: Vec<Cell>,
}

impl<'a> Reading<'a> {
    fn new(bytes: &'a [u8], zone: i32) -> Result<Self, OcelError> {
        let database = Database::open(bytes)?;
        Ok(Self { tables: database.tables()?, database, zone })
    }

    fn rows(&self, name: &str) -> Result<Vec<Named<'_>>, OcelError> {
        let table = self.tables.iter().find(|table| table.name == name);
        let table = table.ok_or_else(|| OcelError::malformed(format!("table {name}"), "no such table"))?;
        Ok(self.database.rows(table)?.into_iter().map(|cells| Named { table, cells }).collect())
    }

    fn stamp(&self, row: &Named<'_>) -> Result<i64, OcelError> {
        let text = row.need("ocel_time")?;
        let stamp = time::parse(text.as_bytes(), self.zone);
        stamp.map(|stamp| stamp.micros).ok_or_else(|| OcelError::malformed("ocel_time", text))
    }
}

impl Named<'_> {
    fn get(&self, column: &str) -> Option<String> {
        let at = self.table.columns.iter().position(|name| name == column)?;
        self.cells.get(at)?.text()
    }

    fn need(&self, column: &str) -> Result<String, OcelError> {
        self.get(column)
            .ok_or_else(|| OcelError::malformed(format!("{}.{column}", self.table.name), "nothing"))
    }

    /// Values beyond the format's own columns.
    fn others(&self) -> impl Iterator<Item = (String, String)> + '_ {
        let named = self.table.columns.iter().zip(&self.cells).filter(|(name, _)| !name.starts_with("ocel_"));
        named.filter_map(|(name, cell)| cell.text().map(|value| (name.clone(), value)))
    }
}
