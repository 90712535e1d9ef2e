//! The Frictionless descriptor of the reference dossier.

use serde::Serialize;

/// A resource: one table of the dossier.
pub(crate) struct Table {
    pub name: &'static str,
    pub path: &'static str,
    pub kind: &'static str,
    pub title: &'static str,
    pub source: &'static str,
}

#[derive(Serialize)]
struct Package<'a> {
    name: &'a str,
    title: &'a str,
    description: &'a str,
    profile: &'a str,
    zhidian: Zhidian<'a>,
    resources: Vec<Resource<'a>>,
}

#[derive(Serialize)]
struct Zhidian<'a> {
    format: &'a str,
    reference_date: &'a str,
    uses: [&'a str; 0],
    documents: [&'a str; 0],
}

#[derive(Serialize)]
struct Resource<'a> {
    name: &'a str,
    title: &'a str,
    path: &'a str,
    profile: &'a str,
    format: &'a str,
    encoding: &'a str,
    zhidian: Kind<'a>,
    schema: Schema<'a>,
    sources: [Source<'a>; 1],
}

#[derive(Serialize)]
struct Kind<'a> {
    table: &'a str,
}

#[derive(Serialize)]
struct Source<'a> {
    title: &'a str,
    path: &'a str,
}

#[derive(Serialize)]
struct Schema<'a> {
    fields: Vec<Field<'a>>,
    #[serde(rename = "primaryKey")]
    primary_key: &'a [&'a str],
}

#[derive(Serialize)]
struct Field<'a> {
    name: &'a str,
    #[serde(rename = "type")]
    kind: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    constraints: Option<Constraints>,
}

#[derive(Serialize)]
struct Constraints {
    required: bool,
}

/// Columns as `name:type`, a star for those that must not be empty, and the primary key.
type Layout = (&'static [&'static str], &'static [&'static str]);

const OBSERVATIONS: Layout = (
    &[
        "subject*",
        "measure*",
        "period*",
        "scope",
        "value:number*",
        "unit*",
        "decimals:integer*",
        "status*",
        "published:date",
        "edition",
        "origin*",
    ],
    &["subject", "measure", "period", "scope", "status", "edition", "origin"],
);
const REMARKS: Layout = (
    &["subject*", "measure", "period", "value:number", "unit", "text*", "origin*"],
    &["subject", "measure", "period", "value", "text", "origin"],
);
const ORIGINS: Layout = (
    &[
        "id*",
        "grade*",
        "publisher",
        "title",
        "address",
        "address_kind",
        "published:date",
        "edition",
        "licence",
        "sha256",
        "copy_of",
        "note",
    ],
    &["id"],
);
const ROSTERS: Layout = (
    &["roster*", "title*", "reads*", "member*", "from:date", "to:date", "of:integer", "origin*"],
    &["roster", "member", "from"],
);
const LISTS: Layout = (
    &["list*", "title*", "names", "issuer", "issued", "complete*", "topic", "about", "origin*", "note"],
    &["list"],
);
const ITEMS: Layout = (
    &[
        "list*",
        "item*",
        "subject*",
        "names",
        "class",
        "rank:integer",
        "from:date",
        "to:date",
        "origin*",
        "note",
    ],
    &["list", "item", "class", "origin"],
);
const ENTITIES: Layout = (&["entity*", "name*", "names", "name_en", "region", "origin*"], &["entity"]);

fn layout(kind: &str) -> Layout {
    match kind {
        "remarks" => REMARKS,
        "origins" => ORIGINS,
        "rosters" => ROSTERS,
        "lists" => LISTS,
        "items" => ITEMS,
        "entities" => ENTITIES,
        _ => OBSERVATIONS,
    }
}

/// Writes `datapackage.json`.
///
/// # Errors
/// None in practice: the descriptor is made of plain text.
pub(crate) fn descriptor(tables: &[Table]) -> Result<Vec<u8>, serde_json::Error> {
    let package = Package {
        name: "reference",
        title: "参考数据：浙江、广西、河南各市",
        description: "Figures of the cities of Zhejiang, Guangxi and Henan with peers for locks, rankings and lists. \
                      Made by `cargo xtask reference`; do not edit.",
        profile: "tabular-data-package",
        zhidian: Zhidian {
            format: "zhidian.dossier/1",
            reference_date: "2026-11-24",
            uses: [],
            documents: [],
        },
        resources: tables.iter().map(resource).collect(),
    };
    let mut text = serde_json::to_vec_pretty(&package)?;
    text.push(b'\n');
    Ok(text)
}

fn resource(table: &Table) -> Resource<'_> {
    let (columns, primary_key) = layout(table.kind);
    Resource {
        name: table.name,
        title: table.title,
        path: table.path,
        profile: "tabular-data-resource",
        format: "csv",
        encoding: "utf-8",
        zhidian: Kind { table: table.kind },
        schema: Schema { fields: columns.iter().map(|column| field(column)).collect(), primary_key },
        sources: [Source { title: table.source, path: "origins.csv" }],
    }
}

fn field(column: &'static str) -> Field<'static> {
    let plain = column.trim_end_matches('*');
    let (name, kind) = plain.split_once(':').unwrap_or((plain, "string"));
    Field { name, kind, constraints: column.ends_with('*').then_some(Constraints { required: true }) }
}
