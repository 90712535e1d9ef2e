//! Petri nets in PNML (ISO/IEC 15909-2), with the final markings and invisible transitions of process mining.

use super::ModelError;
use super::net::{Net, Transition};
use crate::read::Limits;
use crate::read::xml::{Token, Xml, escape};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::io::Read;

#[derive(Default)]
struct Found {
    places: Vec<(String, u32)>,
    transitions: Vec<(String, Option<String>, bool)>,
    arcs: Vec<(String, String, String, u32)>,
    finals: Vec<(String, u32)>,
}

/// Reads a net. A net without final markings ends in the places nothing is taken from.
///
/// # Errors
/// When the file is broken, an arc names what is not there, or no end can be told.
pub fn read<R: Read>(source: R, limits: Limits) -> Result<Net, ModelError> {
    let mut xml = Xml::new(source, limits, true);
    let mut found = Found::default();
    // The elements around the text at hand.
    let mut path: Vec<Vec<u8>> = Vec::new();
    let (mut kind, mut at_final) = (Kind::Other, String::new());
    loop {
        let token = xml.token()?;
        let name = xml.name().to_vec();
        match token {
            Token::Open | Token::Empty => {
                let in_finals = path.iter().any(|element| element == b"finalmarkings");
                match name.as_slice() {
                    b"place" if in_finals => {
                        at_final = xml.value("idref").unwrap_or_default();
                        kind = Kind::Final;
                    }
                    b"place" => {
                        found.places.push((xml.value("id").unwrap_or_default(), 0));
                        kind = Kind::Place;
                    }
                    b"transition" => {
                        found.transitions.push((xml.value("id").unwrap_or_default(), None, false));
                        kind = Kind::Transition;
                    }
                    b"arc" => {
                        let value = |key| xml.value(key).unwrap_or_default();
                        found.arcs.push((value("id"), value("source"), value("target"), 1));
                        kind = Kind::Arc;
                    }
                    b"toolspecific" if kind == Kind::Transition => {
                        let invisible =
                            xml.value("activity").is_some_and(|activity| activity == "$invisible$");
                        if let Some(last) = found.transitions.last_mut() {
                            last.2 |= invisible;
                        }
                    }
                    _ => {}
                }
                if token == Token::Open {
                    path.push(name);
                }
            }
            Token::Close => {
                path.pop();
                if matches!(name.as_slice(), b"place" | b"transition" | b"arc") {
                    kind = Kind::Other;
                }
            }
            Token::Text => {
                let around = path.len().checked_sub(2).map(|at| path[at].as_slice());
                let text = xml.text();
                match (kind, around) {
                    (Kind::Place, Some(b"initialMarking")) => {
                        if let (Some(place), Ok(tokens)) = (found.places.last_mut(), text.parse()) {
                            place.1 = tokens;
                        }
                    }
                    (Kind::Transition, Some(b"name")) => {
                        if let Some(last) = found.transitions.last_mut() {
                            last.1 = Some(text);
                        }
                    }
                    (Kind::Arc, Some(b"inscription")) => {
                        if let (Some(arc), Ok(weight)) = (found.arcs.last_mut(), text.parse()) {
                            arc.3 = weight;
                        }
                    }
                    (Kind::Final, Some(b"place")) => {
                        found.finals.push((at_final.clone(), text.parse().unwrap_or(0)));
                    }
                    _ => {}
                }
            }
            Token::End => break,
        }
    }
    found.net()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Place,
    Transition,
    Arc,
    Final,
    Other,
}

impl Found {
    fn net(self) -> Result<Net, ModelError> {
        let mut net = Net::default();
        let mut places = BTreeMap::new();
        for (id, tokens) in &self.places {
            let place = net.place(id);
            places.insert(id.as_str(), place);
            if *tokens > 0 {
                net.initial.push((place, *tokens));
            }
        }
        let mut transitions = BTreeMap::new();
        for (id, label, invisible) in &self.transitions {
            transitions.insert(id.as_str(), net.transitions.len());
            let label = label.clone().filter(|label| !invisible && !label.is_empty());
            net.transitions.push(Transition { id: id.clone(), label, ..Transition::default() });
        }
        for (id, source, target, weight) in &self.arcs {
            let ends = (places.get(source.as_str()), transitions.get(target.as_str()));
            let back = (transitions.get(source.as_str()), places.get(target.as_str()));
            match (ends, back) {
                ((Some(place), Some(transition)), _) => {
                    net.transitions[*transition].inputs.push((*place, *weight));
                }
                (_, (Some(transition), Some(place))) => {
                    net.transitions[*transition].outputs.push((*place, *weight));
                }
                _ => {
                    let known = |end: &str| places.contains_key(end) || transitions.contains_key(end);
                    let missing = if known(source) { target } else { source };
                    return Err(ModelError::Dangling {
                        kind: "arc",
                        id: id.clone(),
                        missing: missing.clone(),
                    });
                }
            }
        }
        for (id, tokens) in self.finals.iter().filter(|(_, tokens)| *tokens > 0) {
            let Some(place) = places.get(id.as_str()) else {
                return Err(ModelError::Dangling {
                    kind: "final marking",
                    id: id.clone(),
                    missing: id.clone(),
                });
            };
            net.finals.push((*place, *tokens));
        }
        let within = |arcs: fn(&Transition) -> &Vec<(u32, u32)>| {
            let used: std::collections::BTreeSet<u32> = net
                .transitions
                .iter()
                .flat_map(|transition| arcs(transition).iter().map(|arc| arc.0))
                .collect();
            (0..net.places.len() as u32)
                .filter(|place| !used.contains(place))
                .map(|place| (place, 1))
                .collect()
        };
        let (sources, sinks): (Vec<_>, Vec<_>) = (within(|t| &t.outputs), within(|t| &t.inputs));
        if net.initial.is_empty() {
            net.initial = sources;
        }
        if net.finals.is_empty() {
            net.finals = sinks;
        }
        match (net.initial.is_empty(), net.finals.is_empty()) {
            (true, _) => Err(ModelError::Marking("initial")),
            (_, true) => Err(ModelError::Marking("final")),
            _ => Ok(net),
        }
    }
}

/// Writes a net.
pub fn write(net: &Net) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<pnml xmlns=\"http://www.pnml.org/version-2009/grammar/pnml\">\n<net id=\"net\" type=\"http://www.pnml.org/version-2009/grammar/ptnet\">\n<page id=\"page\">\n",
    );
    let started = net.tokens(&net.initial);
    // Writing to a string cannot fail.
    for (at, place) in net.places.iter().enumerate() {
        let _ = write!(out, "<place id=\"p{at}\"><name><text>{}</text></name>", escape(place));
        if started[at] > 0 {
            let _ = write!(out, "<initialMarking><text>{}</text></initialMarking>", started[at]);
        }
        out.push_str("</place>\n");
    }
    for (at, transition) in net.transitions.iter().enumerate() {
        let name = transition.label.as_deref().unwrap_or(&transition.id);
        let _ = write!(out, "<transition id=\"t{at}\"><name><text>{}</text></name>", escape(name));
        if transition.label.is_none() {
            out.push_str("<toolspecific tool=\"ProM\" version=\"6.4\" activity=\"$invisible$\"/>");
        }
        out.push_str("</transition>\n");
    }
    let mut arc = 0;
    let mut line = |source: String, target: String, weight: u32, out: &mut String| {
        let _ = write!(out, "<arc id=\"a{arc}\" source=\"{source}\" target=\"{target}\">");
        let _ = writeln!(out, "<inscription><text>{weight}</text></inscription></arc>");
        arc += 1;
    };
    for (at, transition) in net.transitions.iter().enumerate() {
        for (place, weight) in &transition.inputs {
            line(format!("p{place}"), format!("t{at}"), *weight, &mut out);
        }
        for (place, weight) in &transition.outputs {
            line(format!("t{at}"), format!("p{place}"), *weight, &mut out);
        }
    }
    out.push_str("</page>\n<finalmarkings><marking>");
    for (place, tokens) in &net.finals {
        let _ = write!(out, "<place idref=\"p{place}\"><text>{tokens}</text></place>");
    }
    out.push_str("</marking></finalmarkings>\n</net>\n</pnml>\n");
    out
}
