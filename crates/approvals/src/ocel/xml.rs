//! OCEL 2.0 in XML.

use super::{Event, Object, Ocel, OcelError};
use crate::log::time;
use crate::read::Limits;
use crate::read::xml::{Token, Xml};
use std::io::Read;

enum At {
    Outside,
    Event(Event),
    Object(Object),
}

pub(super) fn read<R: Read>(source: R, zone: i32, limits: Limits) -> Result<Ocel, OcelError> {
    let mut xml = Xml::new(source, limits, true);
    let mut ocel = Ocel::default();
    let (mut at, mut attribute) = (At::Outside, None);
    let stamp = |text: &str, id: &str| {
        let stamp = time::parse(text.as_bytes(), zone);
        stamp.map(|stamp| stamp.micros).ok_or_else(|| OcelError::malformed(format!("the time of {id}"), text))
    };
    loop {
        let broken = |broken: crate::read::xml::Broken| {
            OcelError::malformed(
                format!("line {}", broken.line),
                format!("{:?}: {}", broken.fault, broken.found),
            )
        };
        let token = xml.token().map_err(broken)?;
        let value = |key| xml.value(key).unwrap_or_default();
        match (token, xml.name()) {
            (Token::End, _) => return Ok(ocel),
            // Relations stand in <objects> again: an object without a type is a relation.
            (Token::Open | Token::Empty, b"event") => {
                let id = value("id");
                let event =
                    Event { time: stamp(&value("time"), &id)?, kind: value("type"), id, ..Event::default() };
                at = At::Event(event);
                if token == Token::Empty {
                    put(std::mem::replace(&mut at, At::Outside), &mut ocel);
                }
            }
            (Token::Open | Token::Empty, b"object") if matches!(at, At::Outside) => {
                at = At::Object(Object { id: value("id"), kind: value("type"), ..Object::default() });
                if token == Token::Empty {
                    put(std::mem::replace(&mut at, At::Outside), &mut ocel);
                }
            }
            (Token::Open | Token::Empty, b"relationship" | b"object") => {
                let relation = (value("object-id"), value("qualifier"));
                match &mut at {
                    At::Event(event) => event.objects.push(relation),
                    At::Object(object) => object.objects.push(relation),
                    At::Outside => {}
                }
            }
            (Token::Open, b"attribute") => attribute = Some((value("name"), value("time"), String::new())),
            (Token::Text, _) => {
                if let Some(attribute) = &mut attribute {
                    attribute.2 = xml.text();
                }
            }
            (Token::Close, b"attribute") => match (attribute.take(), &mut at) {
                (Some((name, _, value)), At::Event(event)) => drop(event.attributes.insert(name, value)),
                (Some((name, time, value)), At::Object(object)) => {
                    let time = if time.is_empty() { 0 } else { stamp(&time, &object.id)? };
                    object.attributes.push((name, time, value));
                }
                _ => {}
            },
            (Token::Close, b"event") => put(std::mem::replace(&mut at, At::Outside), &mut ocel),
            (Token::Close, b"object") if matches!(at, At::Object(_)) => {
                put(std::mem::replace(&mut at, At::Outside), &mut ocel);
            }
            _ => {}
        }
    }
}

fn put(at: At, ocel: &mut Ocel) {
    match at {
        At::Event(event) => ocel.events.push(event),
        At::Object(object) => ocel.objects.push(object),
        At::Outside => {}
    }
}
