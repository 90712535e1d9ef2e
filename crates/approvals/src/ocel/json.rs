//! OCEL 2.0 and 1.0 in JSON.

use super::{Event, Object, Ocel, OcelError};
use crate::log::time;
use indexmap::IndexMap;
use serde::Deserialize;
use serde_json::{Map, Value};

pub(super) fn read(bytes: &[u8], zone: i32) -> Result<Ocel, OcelError> {
    let broken = |error: serde_json::Error| OcelError::malformed("the JSON", error.to_string());
    if memchr::memmem::find(bytes, b"\"ocel:events\"").is_some() {
        return first(&serde_json::from_slice(bytes).map_err(broken)?, zone);
    }
    second(&serde_json::from_slice(bytes).map_err(broken)?, zone)
}

/// OCEL 1.0 keeps events and objects in maps; events at one time stand in the order of the file.
#[derive(Deserialize)]
struct First {
    #[serde(rename = "ocel:events")]
    events: IndexMap<String, Value>,
    #[serde(rename = "ocel:objects")]
    objects: IndexMap<String, Value>,
}

fn second(log: &Map<String, Value>, zone: i32) -> Result<Ocel, OcelError> {
    let list = |key: &str| {
        let list = log.get(key).and_then(Value::as_array);
        list.ok_or_else(|| OcelError::malformed(key, "no list of this name"))
    };
    let mut ocel = Ocel::default();
    for value in list("events")? {
        let id = text(value, "id")?;
        ocel.events.push(Event {
            time: stamp(&text(value, "time")?, &id, zone)?,
            kind: text(value, "type")?,
            attributes: each(value, "attributes")
                .map(|attribute| Ok((text(attribute, "name")?, plain(&attribute["value"]))))
                .collect::<Result<_, OcelError>>()?,
            objects: relations(value)?,
            id,
        });
    }
    for value in list("objects")? {
        let id = text(value, "id")?;
        let attributes = each(value, "attributes").map(|attribute| {
            let time = attribute.get("time").map_or(Ok(0), |time| stamp(&plain(time), &id, zone))?;
            Ok((text(attribute, "name")?, time, plain(&attribute["value"])))
        });
        ocel.objects.push(Object {
            kind: text(value, "type")?,
            attributes: attributes.collect::<Result<_, OcelError>>()?,
            objects: relations(value)?,
            id: id.clone(),
        });
    }
    Ok(ocel)
}

fn first(log: &First, zone: i32) -> Result<Ocel, OcelError> {
    let mut ocel = Ocel::default();
    for (id, value) in &log.events {
        let objects = each(value, "ocel:omap").map(|object| (plain(object), String::new()));
        ocel.events.push(Event {
            id: id.clone(),
            kind: text(value, "ocel:activity")?,
            time: stamp(&text(value, "ocel:timestamp")?, id, zone)?,
            attributes: pairs(value, "ocel:vmap").collect(),
            objects: objects.collect(),
        });
    }
    for (id, value) in &log.objects {
        ocel.objects.push(Object {
            id: id.clone(),
            kind: text(value, "ocel:type")?,
            attributes: pairs(value, "ocel:ovmap").map(|(name, value)| (name, 0, value)).collect(),
            objects: Vec::new(),
        });
    }
    Ok(ocel)
}

fn each<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> + use<'a> {
    value.get(key).and_then(Value::as_array).into_iter().flatten()
}

fn pairs<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = (String, String)> + use<'a> {
    let map = value.get(key).and_then(Value::as_object);
    map.into_iter().flatten().map(|(name, value)| (name.clone(), plain(value)))
}

fn relations(value: &Value) -> Result<Vec<(String, String)>, OcelError> {
    each(value, "relationships")
        .map(|relation| {
            Ok((text(relation, "objectId")?, relation.get("qualifier").map(plain).unwrap_or_default()))
        })
        .collect()
}

fn text(value: &Value, key: &str) -> Result<String, OcelError> {
    let text = value.get(key).map(plain).filter(|text| !text.is_empty());
    text.ok_or_else(|| OcelError::malformed(key, value.to_string()))
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

fn stamp(text: &str, id: &str, zone: i32) -> Result<i64, OcelError> {
    let stamp = time::parse(text.as_bytes(), zone);
    stamp.map(|stamp| stamp.micros).ok_or_else(|| OcelError::malformed(format!("the time of {id}"), text))
}
