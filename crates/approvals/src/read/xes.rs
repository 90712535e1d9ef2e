//! XES 1.0 and 2.0 (IEEE 1849-2016 and -2023): one pass, one event in memory.

use super::xml::{Broken, Token, Xml, unescape};
use super::{Fault, Options, Report};
use crate::log::{Builder, NEVER, Transition, Value, time};
use std::borrow::Cow;
use std::io::Read;

/// An event as it stands in a file; texts are UTF-8.
#[derive(Clone, Copy, Debug)]
pub struct Event<'a> {
    /// What was done.
    pub activity: &'a [u8],
    /// When, in microseconds since 1970-01-01 UTC.
    pub time: i64,
    /// When it began, or [`NEVER`].
    pub start: i64,
    /// By whom.
    pub resource: Option<&'a [u8]>,
    /// Where in its life cycle.
    pub transition: Transition,
}

/// Takes events as they come: the events of a case, then the case's id.
pub trait Sink {
    /// One event; attributes that belong to it come first, through [`Sink::attribute`].
    fn event(&mut self, event: &Event<'_>);
    /// An attribute of the event to come.
    fn attribute(&mut self, key: &[u8], value: Value<'_>);
    /// The event whose attributes came is refused.
    fn refuse(&mut self);
    /// The case is over.
    fn end_case(&mut self, id: &[u8]);
    /// An attribute of the case that was just ended.
    fn case_attribute(&mut self, key: &[u8], value: Value<'_>);
}

impl Sink for Builder {
    fn event(&mut self, event: &Event<'_>) {
        self.push(u32::MAX, event.activity, event.time, event.start, event.resource, event.transition);
    }

    fn attribute(&mut self, key: &[u8], value: Value<'_>) {
        let place = self.len();
        Builder::attribute(self, place, key, value);
    }

    fn refuse(&mut self) {
        self.take_back();
    }

    fn end_case(&mut self, id: &[u8]) {
        self.close_case(id);
    }

    fn case_attribute(&mut self, key: &[u8], value: Value<'_>) {
        self.last_case_attribute(key, value);
    }
}

/// Reads a log into a sink. What cannot be used is left out and reported; what stands before a break is used.
pub fn read<R: Read>(source: R, options: &Options, sink: &mut impl Sink) -> Report {
    let mut reader = Reader {
        xml: Xml::new(source, options.limits, false),
        options,
        report: Report::new(options.limits.rejects),
        activity: Vec::new(),
        resource: Vec::new(),
        keys: Keys::of(options),
        case: Vec::new(),
        case_attributes: Vec::new(),
        traces: 0,
    };
    if let Err(broken) = reader.log(sink) {
        reader.report.reject(broken.fault, broken.line, None, broken.found.as_bytes());
    }
    if reader.xml.doctype {
        reader.report.reject(Fault::Doctype, 1, None, b"<!DOCTYPE");
    }
    reader.report
}

/// Names of the attributes that are understood.
struct Keys {
    activity: Vec<u8>,
    case: Vec<u8>,
    time: Vec<u8>,
    start: Vec<u8>,
    resource: Vec<u8>,
}

impl Keys {
    fn of(options: &Options) -> Self {
        let name =
            |given: &Option<String>, usual: &str| given.as_deref().unwrap_or(usual).as_bytes().to_vec();
        Self {
            activity: name(&options.activity, "concept:name"),
            case: name(&options.case, "concept:name"),
            time: name(&options.time, "time:timestamp"),
            start: name(&options.start, "start_timestamp"),
            resource: name(&options.resource, "org:resource"),
        }
    }
}

struct Reader<'a, R> {
    xml: Xml<R>,
    options: &'a Options,
    report: Report,
    activity: Vec<u8>,
    resource: Vec<u8>,
    keys: Keys,
    case: Vec<u8>,
    case_attributes: Vec<(Vec<u8>, Kept)>,
    traces: u64,
}

/// A value of a case's attribute, kept until its case is over.
enum Kept {
    Text(String),
    Other(Value<'static>),
}

impl<R: Read> Reader<'_, R> {
    fn log(&mut self, sink: &mut impl Sink) -> Result<(), Broken> {
        loop {
            match self.xml.token()? {
                Token::End => return Ok(()),
                Token::Open if self.xml.depth() == 1 => {}
                Token::Open if self.xml.name() == b"trace" => self.trace(sink)?,
                Token::Open => self.xml.skip()?,
                Token::Empty if self.xml.name() == b"trace" => self.report.empty_cases += 1,
                _ => {}
            }
        }
    }

    fn trace(&mut self, sink: &mut impl Sink) -> Result<(), Broken> {
        self.traces += 1;
        self.case.clear();
        self.case_attributes.clear();
        let before = self.report.events;
        let outcome = self.events(sink);
        if self.report.events > before {
            if self.case.is_empty() {
                self.case = format!("trace {}", self.traces).into_bytes();
            }
            sink.end_case(&self.case);
            for (key, value) in &self.case_attributes {
                let value = match value {
                    Kept::Text(text) => Value::Text(text),
                    Kept::Other(value) => *value,
                };
                sink.case_attribute(key, value);
            }
        } else {
            self.report.empty_cases += 1;
        }
        outcome
    }

    fn events(&mut self, sink: &mut impl Sink) -> Result<(), Broken> {
        loop {
            match self.xml.token()? {
                Token::Open if self.xml.name() == b"event" => {
                    if self.report.events >= self.options.limits.events {
                        let found = self.report.events.to_string();
                        return Err(Broken { fault: Fault::Limit, line: self.xml.line(), found });
                    }
                    self.event(sink)?;
                }
                Token::Open => {
                    self.trace_attribute();
                    self.xml.skip()?;
                }
                Token::Empty if self.xml.name() != b"event" => self.trace_attribute(),
                Token::Empty => self.report.reject(Fault::Activity, self.xml.line(), None, b"<event/>"),
                Token::Close | Token::End => return Ok(()),
                Token::Text => {}
            }
        }
    }

    fn trace_attribute(&mut self) {
        let (Some(key), Some(raw)) = (self.xml.raw(b"key"), self.xml.raw(b"value")) else { return };
        let Ok(value) = unescape(raw) else {
            self.report.reject(Fault::Entity, self.xml.line(), None, raw);
            return;
        };
        if key == self.keys.case {
            match std::str::from_utf8(&value) {
                Ok(_) => self.case = value.into_owned(),
                Err(_) => self.report.reject(Fault::Encoding, self.xml.line(), None, raw),
            }
        } else if self.options.attributes
            && let Some(value) = typed(self.xml.name(), &value, self.options.zone)
        {
            let kept = match value {
                Value::Text(text) => Kept::Text(text.to_owned()),
                Value::Int(number) => Kept::Other(Value::Int(number)),
                Value::Float(number) => Kept::Other(Value::Float(number)),
                Value::Truth(truth) => Kept::Other(Value::Truth(truth)),
                Value::Time(micros) => Kept::Other(Value::Time(micros)),
            };
            let key = key.to_vec();
            self.case_attributes.push((key, kept));
        }
    }

    /// One event: what it lacks is only known at its end.
    fn event(&mut self, sink: &mut impl Sink) -> Result<(), Broken> {
        self.activity.clear();
        self.resource.clear();
        let (mut at, mut start, mut transition) = (NEVER, NEVER, Transition::Complete);
        let (mut fault, mut found) = (None, Vec::new());
        loop {
            let token = self.xml.token()?;
            match token {
                Token::Empty | Token::Open => {}
                Token::Close => break,
                Token::End | Token::Text => continue,
            }
            let (Some(key), Some(raw)) = (self.xml.raw(b"key"), self.xml.raw(b"value")) else {
                if token == Token::Open {
                    self.xml.skip()?;
                }
                continue;
            };
            let value = match unescape(raw) {
                Ok(value) => value,
                Err(entity) => {
                    (fault, found) = (Some(entity), raw.to_vec());
                    Cow::Borrowed(&[][..])
                }
            };
            let mut stamp = |into: &mut i64| match time::parse(&value, self.options.zone) {
                Some(read) => {
                    self.report.stamp(read.zoned);
                    *into = read.micros;
                }
                None => (fault, found) = (Some(Fault::TimeForm), raw.to_vec()),
            };
            if key == self.keys.activity {
                self.activity.clear();
                self.activity.extend_from_slice(&value);
            } else if key == self.keys.time {
                stamp(&mut at);
            } else if key == self.keys.resource {
                self.resource.clear();
                self.resource.extend_from_slice(&value);
            } else if key == b"lifecycle:transition" {
                transition = Transition::read(&value);
            } else if key == self.keys.start {
                stamp(&mut start);
            } else if self.options.attributes {
                match typed(self.xml.name(), &value, self.options.zone) {
                    Some(value) if std::str::from_utf8(key).is_ok() => sink.attribute(key, value),
                    _ => {}
                }
            }
            if token == Token::Open {
                self.xml.skip()?;
            }
        }
        let texts = std::str::from_utf8(&self.activity).and(std::str::from_utf8(&self.resource));
        let fault = match (fault, texts) {
            (Some(fault), _) => Some(fault),
            (None, Err(_)) => Some(Fault::Encoding),
            _ if self.activity.is_empty() => Some(Fault::Activity),
            _ if at == NEVER => Some(Fault::Time),
            _ => None,
        };
        if let Some(fault) = fault {
            // Counting lines costs; it is done for those that are kept.
            let kept = self.report.rejects.len() < self.report.keep;
            let line = if kept { self.xml.line() } else { 0 };
            let shown = if found.is_empty() { &self.activity } else { &found };
            self.report.reject(fault, line, None, shown);
            sink.refuse();
            return Ok(());
        }
        self.report.events += 1;
        let resource = (!self.resource.is_empty()).then_some(&*self.resource);
        sink.event(&Event { activity: &self.activity, time: at, start, resource, transition });
        Ok(())
    }
}

/// The value of an attribute by the name of its element; lists and malformed numbers are no values.
fn typed<'a>(element: &[u8], value: &'a [u8], zone: i32) -> Option<Value<'a>> {
    let text = std::str::from_utf8(value).ok()?;
    match element {
        b"string" | b"id" => Some(Value::Text(text)),
        b"int" => text.trim().parse().ok().map(Value::Int),
        b"float" => text.trim().parse().ok().map(Value::Float),
        b"boolean" => text.trim().parse().ok().map(Value::Truth),
        b"date" => time::parse(value, zone).map(|stamp| Value::Time(stamp.micros)),
        _ => None,
    }
}
