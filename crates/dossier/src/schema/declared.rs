//! Schemas a dossier declares in its `datapackage.json`.

use regex::{Regex, RegexBuilder};
use rust_decimal::Decimal;
use serde_json::{Map, Value, json};
use zhidian_model::Text;

use super::{Constraints, Field, Kind, Loss, Meaning, Schema};
use crate::faults::{At, Faults, SCHEMA_DIFFERS, SCHEMA_MALFORMED, SCHEMA_NONE};

/// The schema a table is read by: the built-in one where there is one, and the declared one for everything else.
pub(crate) fn effective(
    known: Option<&Schema>,
    declared: Option<&Value>,
    at: At<'_>,
    faults: &mut Faults,
) -> Schema {
    let declared = declared.and_then(|value| read(value, at, faults));
    let Some(known) = known else {
        return declared.unwrap_or_else(|| {
            faults.add(SCHEMA_NONE, at, "no schema", "fields with names and types");
            Schema { fields: Vec::new(), primary_key: Vec::new(), missing: vec![String::new()] }
        });
    };
    let Some(declared) = declared else { return known.clone() };
    let mut schema = Schema { missing: declared.missing, ..known.clone() };
    for field in declared.fields {
        let Some(own) = schema.fields.iter_mut().find(|own| own.name == field.name) else {
            schema.fields.push(field);
            continue;
        };
        let close = own.kind == Kind::Number && field.kind == Kind::Integer;
        if !own.firm {
            own.kind = field.kind;
        } else if own.kind != field.kind && !close {
            faults.add(SCHEMA_DIFFERS, at.column(&field.name), field.kind.name(), own.kind.name());
        }
        own.declared = true;
        if field.required && !own.required {
            own.required = true;
            own.loss = Loss::Row;
        }
        let one_of = std::mem::take(&mut own.limits.one_of);
        own.limits = Constraints { one_of, ..field.limits };
    }
    for own in schema.fields.iter().filter(|own| own.required && !own.declared) {
        faults.add(SCHEMA_DIFFERS, at.column(&own.name), "not in the schema", "a field of this name");
    }
    schema
}

/// Fields of a schema that are looked at; a table has fewer columns.
const MOST_FIELDS: usize = 1024;

fn read(value: &Value, at: At<'_>, faults: &mut Faults) -> Option<Schema> {
    let Some(list) = value.get("fields").and_then(Value::as_array) else {
        faults.add(SCHEMA_MALFORMED, at, &value.to_string(), "an object with a list of fields");
        return None;
    };
    let mut fields: Vec<Field> = Vec::new();
    for entry in list.iter().take(MOST_FIELDS) {
        let Some(name) = entry.get("name").and_then(Value::as_str).filter(|name| !name.is_empty()) else {
            faults.add(SCHEMA_MALFORMED, at, &entry.to_string(), "a field with a name");
            continue;
        };
        if fields.iter().any(|field| &*field.name == name) {
            faults.add(SCHEMA_MALFORMED, at.column(name), "named twice", "one field of a name");
            continue;
        }
        fields.push(field(name, entry, at, faults));
    }
    let primary_key = match value.get("primaryKey") {
        Some(Value::String(name)) => vec![name.as_str().into()],
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).map(Into::into).collect(),
        _ => Vec::new(),
    };
    let missing = match value.get("missingValues").and_then(Value::as_array) {
        Some(texts) => texts.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        None => vec![String::new()],
    };
    Some(Schema { fields, primary_key, missing })
}

fn field(name: &str, entry: &Value, at: At<'_>, faults: &mut Faults) -> Field {
    let said = entry.get("type").and_then(Value::as_str).unwrap_or("string");
    let kind = match said {
        "number" => Kind::Number,
        "integer" => Kind::Integer,
        "date" => Kind::Date,
        "boolean" => Kind::Truth,
        "year" => Kind::Year,
        "yearmonth" => Kind::YearMonth,
        "string" | "any" | "datetime" | "time" | "duration" | "geopoint" | "geojson" | "object" | "array" => {
            Kind::Text
        }
        _ => {
            faults.add(SCHEMA_MALFORMED, at.column(name), said, "a type of Table Schema");
            Kind::Text
        }
    };
    let none = Map::new();
    let constraints = entry.get("constraints").and_then(Value::as_object).unwrap_or(&none);
    let required = constraints.get("required").and_then(Value::as_bool).unwrap_or(false);
    let title = entry.get("title").and_then(Value::as_str).unwrap_or(name);
    Field {
        name: name.into(),
        title: Text::same(title),
        kind,
        meaning: if name == "origin" { Meaning::Origin } else { Meaning::Plain },
        required: required || name == "origin",
        loss: if required || name == "origin" { Loss::Row } else { Loss::Cell },
        limits: limits(constraints, at.column(name), faults),
        declared: true,
        firm: false,
    }
}

fn limits(constraints: &Map<String, Value>, at: At<'_>, faults: &mut Faults) -> Constraints {
    let number = |name: &str| constraints.get(name).and_then(decimal);
    let length = |name: &str| constraints.get(name).and_then(Value::as_u64);
    let plain = |value: &Value| match value {
        Value::String(text) => text.as_str().into(),
        other => other.to_string().into(),
    };
    let one_of = constraints.get("enum").and_then(Value::as_array);
    let pattern = constraints.get("pattern").and_then(Value::as_str).and_then(|pattern| {
        let read = whole(pattern);
        if read.is_none() {
            faults.add(SCHEMA_MALFORMED, at, pattern, "a regular expression");
        }
        read
    });
    Constraints {
        one_of: one_of.map(|values| values.iter().map(plain).collect()).unwrap_or_default(),
        minimum: number("minimum"),
        maximum: number("maximum"),
        min_length: length("minLength"),
        max_length: length("maxLength"),
        pattern,
        unique: constraints.get("unique").and_then(Value::as_bool).unwrap_or(false),
    }
}

/// A pattern that matches whole texts and takes linear time and little room.
fn whole(pattern: &str) -> Option<Regex> {
    RegexBuilder::new(&format!("^(?:{pattern})$")).size_limit(1 << 20).build().ok()
}

fn decimal(value: &Value) -> Option<Decimal> {
    match value {
        Value::Number(number) => number.to_string().parse().ok(),
        Value::String(text) => text.parse().ok(),
        _ => None,
    }
}

/// A schema as it stands in `datapackage.json`.
pub(crate) fn package_schema(schema: &Schema) -> Value {
    let fields: Vec<Value> = schema.fields.iter().map(package_field).collect();
    let mut out = json!({ "fields": fields });
    if !schema.primary_key.is_empty() {
        out["primaryKey"] = json!(schema.primary_key);
    }
    out
}

fn package_field(field: &Field) -> Value {
    let mut constraints = Map::new();
    if field.required {
        constraints.insert("required".into(), json!(true));
    }
    if !field.limits.one_of.is_empty() {
        constraints.insert("enum".into(), json!(field.limits.one_of));
    }
    let mut out = json!({
        "name": field.name,
        "type": field.kind.name(),
        "title": format!("{} | {}", first(&field.title.zh), first(&field.title.en)),
        "description": format!("{} | {}", field.title.zh, field.title.en),
    });
    if !constraints.is_empty() {
        out["constraints"] = Value::Object(constraints);
    }
    out
}

/// The words before the explanation.
fn first(title: &str) -> &str {
    title.split(['：', '；', '，', ':', ';', ',']).next().unwrap_or(title)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::catalogue;

    #[test]
    fn a_built_in_schema_agrees_with_itself_as_declared() {
        for known in catalogue() {
            let mut faults = Faults::new(10);
            let declared = package_schema(&known.schema);
            let schema = effective(Some(&known.schema), Some(&declared), At::file("f"), &mut faults);
            assert_eq!(faults.finish(), [], "{}", known.id);
            assert_eq!(schema.fields.len(), known.schema.fields.len());
        }
    }

    #[test]
    fn a_foreign_schema_is_read_with_its_constraints() {
        let mut faults = Faults::new(10);
        let declared = json!({"fields": [
            {"name": "a", "type": "integer", "constraints": {"required": true, "minimum": 1, "pattern": "[0-9]+"}},
            {"name": "b", "type": "quark"}, {"type": "string"}, {"name": "a"},
            {"name": "c", "constraints": {"pattern": "(", "enum": ["x", 2]}}
        ], "primaryKey": "a", "missingValues": ["", "-"]});
        let schema = effective(None, Some(&declared), At::file("f"), &mut faults);
        assert_eq!(schema.fields.len(), 3);
        assert_eq!(schema.fields[0].limits.minimum, Some(Decimal::ONE));
        assert_eq!(&*schema.primary_key[0], "a");
        assert_eq!(schema.missing, ["", "-"]);
        assert_eq!(schema.fields[2].limits.one_of.len(), 2);
        assert_eq!(faults.finish().len(), 4);
    }
}
