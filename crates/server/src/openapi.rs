//! The description of the API, made from the same operations that the router is made of.
//!
//! OpenAPI 3.1; the schemas come from the types that are sent. What is sent is described as it is written (a missing
//! value is `null`, never left out), what is received as it is read.

use crate::api::Refusal;
use schemars::{JsonSchema, Schema, SchemaGenerator, generate::SchemaSettings};
use serde_json::{Map, Value, json};

/// One method at one path: what it takes, what it gives.
#[derive(Clone, Debug)]
pub(crate) struct Operation {
    pub(crate) method: Method,
    /// `/api/d/{document}`
    pub(crate) path: &'static str,
    id: &'static str,
    summary: &'static str,
    parameters: Vec<Value>,
    body: Option<Made>,
    answers: Vec<(u16, &'static str, Content)>,
    refusals: Vec<(u16, &'static str)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Method {
    Get,
    Post,
    Delete,
}

impl Method {
    fn name(self) -> &'static str {
        match self {
            Self::Get => "get",
            Self::Post => "post",
            Self::Delete => "delete",
        }
    }
}

type Made = fn(&mut SchemaGenerator) -> Schema;

#[derive(Clone, Copy, Debug)]
enum Content {
    Json(Made),
    /// One of two objects.
    Either(Made, Made),
    /// Server-sent events whose data is such an object.
    Events(Made),
    Bytes(&'static str),
}

fn made<T: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    generator.subschema_for::<T>()
}

impl Operation {
    fn new(method: Method, path: &'static str, id: &'static str, summary: &'static str) -> Self {
        let parameters = path_parameters(path);
        let refusals = if parameters.is_empty() {
            vec![]
        } else {
            vec![(400, "The address is not well-formed."), (404, "There is no such thing here.")]
        };
        Self { method, path, id, summary, parameters, body: None, answers: vec![], refusals }
    }

    pub(crate) fn get(path: &'static str, id: &'static str, summary: &'static str) -> Self {
        Self::new(Method::Get, path, id, summary)
    }

    pub(crate) fn post(path: &'static str, id: &'static str, summary: &'static str) -> Self {
        Self::new(Method::Post, path, id, summary)
    }

    pub(crate) fn delete(path: &'static str, id: &'static str, summary: &'static str) -> Self {
        Self::new(Method::Delete, path, id, summary)
    }

    /// Takes a parameter of the query.
    pub(crate) fn query(mut self, name: &str, schema: Value, description: &str) -> Self {
        self.parameters.push(json!({
            "name": name, "in": "query", "required": false, "schema": schema, "description": description,
        }));
        self.refuses(400, "A parameter is unknown, given twice, or not well-formed.")
    }

    /// Takes any number of parameters of the query whose names match a pattern.
    pub(crate) fn queries(mut self, name: &str, pattern: &str, description: &str) -> Self {
        self.parameters.push(json!({
            "name": name, "in": "query", "required": false, "style": "form", "explode": true,
            "description": description,
            "schema": {
                "type": "object", "propertyNames": { "pattern": pattern },
                "additionalProperties": { "type": "string", "maxLength": 500 },
            },
        }));
        self
    }

    /// Takes a JSON object.
    pub(crate) fn takes<T: JsonSchema>(mut self) -> Self {
        self.body = Some(made::<T>);
        self.refuses(400, "The body is not JSON.")
            .refuses(413, "The body is larger than is taken.")
            .refuses(415, "The body is not sent as application/json.")
            .refuses(422, "The body is JSON, but not what is asked for.")
    }

    /// Gives a JSON object.
    pub(crate) fn gives<T: JsonSchema>(self, description: &'static str) -> Self {
        self.gives_at::<T>(200, description)
    }

    pub(crate) fn gives_at<T: JsonSchema>(mut self, status: u16, description: &'static str) -> Self {
        self.answers.push((status, description, Content::Json(made::<T>)));
        self
    }

    /// Gives one of two JSON objects.
    pub(crate) fn gives_either<A: JsonSchema, B: JsonSchema>(mut self, description: &'static str) -> Self {
        self.answers.push((200, description, Content::Either(made::<A>, made::<B>)));
        self
    }

    /// Gives server-sent events, each with a JSON object as its data.
    pub(crate) fn streams<T: JsonSchema>(mut self, description: &'static str) -> Self {
        self.answers.push((200, description, Content::Events(made::<T>)));
        self
    }

    /// Gives a file.
    pub(crate) fn sends(mut self, media: &'static str, description: &'static str) -> Self {
        self.answers.push((200, description, Content::Bytes(media)));
        self
    }

    /// May end in a refusal.
    pub(crate) fn refuses(mut self, status: u16, description: &'static str) -> Self {
        match self.refusals.iter_mut().find(|(known, _)| *known == status) {
            Some((_, words)) => *words = description,
            None => self.refusals.push((status, description)),
        }
        self
    }

    fn described(&self, sent: &mut SchemaGenerator, received: &mut SchemaGenerator) -> Value {
        let refusal = sent.subschema_for::<Refusal>();
        let mut responses = Map::new();
        for (status, description, content) in &self.answers {
            responses.insert(
                status.to_string(),
                json!({ "description": description, "content": content.described(sent) }),
            );
        }
        for (status, description) in EVERYWHERE.iter().chain(&self.refusals) {
            responses.insert(
                status.to_string(),
                json!({ "description": description, "content": { "application/json": { "schema": refusal } } }),
            );
        }
        responses.sort_keys();
        let mut operation = Map::new();
        operation.insert("operationId".into(), json!(self.id));
        operation.insert("summary".into(), json!(self.summary));
        if !self.parameters.is_empty() {
            operation.insert("parameters".into(), json!(self.parameters));
        }
        if let Some(body) = self.body {
            let schema = body(received);
            let content = json!({ "application/json": { "schema": schema } });
            operation.insert("requestBody".into(), json!({ "required": true, "content": content }));
        }
        operation.insert("responses".into(), Value::Object(responses));
        Value::Object(operation)
    }
}

impl Content {
    fn described(self, sent: &mut SchemaGenerator) -> Value {
        match self {
            Self::Json(made) => json!({ "application/json": { "schema": made(sent) } }),
            Self::Either(a, b) => {
                json!({ "application/json": { "schema": { "anyOf": [a(sent), b(sent)] } } })
            }
            Self::Events(made) => {
                // The data of an event is an object of this kind; the stream itself is text.
                let data = made(sent);
                json!({ "text/event-stream": { "schema": { "type": "string" }, "x-event-data": data } })
            }
            Self::Bytes(media) => json!({ media: { "schema": { "type": "string", "format": "binary" } } }),
        }
    }
}

/// What every operation may answer.
const EVERYWHERE: [(u16, &str); 4] = [
    (401, "This address asks for a token."),
    (403, "The request comes from another site or by another name, or the dossiers are only read."),
    (500, "Something is wrong with the program."),
    (503, "Too many requests at once, or this one took too long."),
];

fn path_parameters(path: &str) -> Vec<Value> {
    path.split(['{', '}'])
        .skip(1)
        .step_by(2)
        .map(|name| {
            json!({
                "name": name, "in": "path", "required": true,
                "schema": { "type": "string", "minLength": 1, "maxLength": 300 },
            })
        })
        .collect()
}

/// The whole description.
pub(crate) fn describe(operations: &[Operation]) -> Value {
    let settings = || {
        SchemaSettings::draft2020_12().with(|settings| {
            settings.definitions_path = "/components/schemas".into();
            settings.meta_schema = None;
        })
    };
    let mut sent = settings().for_serialize().into_generator();
    let mut received = settings().for_deserialize().into_generator();
    let mut paths: Map<String, Value> = Map::new();
    for operation in operations {
        let described = operation.described(&mut sent, &mut received);
        let at = paths.entry(operation.path).or_insert_with(|| json!({}));
        at[operation.method.name()] = described;
    }
    let mut schemas = received.take_definitions(true);
    schemas.extend(sent.take_definitions(true));
    schemas.sort_keys();
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Zhidian 支点",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "What a city says beside what it knows. The address of a page's twin is that of the page \
                with `/api` before it. Words come in both languages; figures are decimal strings; spans are half-open \
                offsets in code points.",
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "servers": [{ "url": "/" }],
        "security": [{}, { "token": [] }, { "cookie": [] }],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {
                "token": { "type": "http", "scheme": "bearer" },
                "cookie": { "type": "apiKey", "in": "cookie", "name": crate::guard::COOKIE },
            },
        },
    })
}
