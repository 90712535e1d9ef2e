//! Rows of a table: filtered, sorted, a page at a time, with the commonest values of its columns.

use crate::{
    api::{Column, Facet, FacetValue, TableCard, TablePage, TableRow},
    asked::Query,
    pages::{engines::printed, statement::title},
    refusal::Refused,
    view::View,
};
use std::{
    cmp::Ordering,
    collections::{BTreeMap, BTreeSet},
};
use zhidian_dossier::{
    export,
    schema::{self, Kind, Meaning, Schema},
};
use zhidian_model::{Cell, Row, Subject, Tables, Text};

/// Rows of a page where nothing is said, and at most.
const LIMIT: usize = 100;
pub(crate) const MOST: u64 = 500;
/// A column has facets when it holds no more different values than this.
const FEW: usize = 60;
/// How many values of a facet are shown.
const SHOWN: usize = 12;
/// Tables whose rows are not lent: they are given out as what they say.
const NOT_LENT: [&str; 2] = ["origins", "overrides"];

/// Which rows are asked for, in which order.
#[derive(Debug, Default)]
pub(crate) struct Asked {
    words: Option<String>,
    sort: Option<(String, bool)>,
    /// For a column, the values of which its cell must have one.
    wheres: BTreeMap<String, Vec<String>>,
}

/// Which part of them is shown.
#[derive(Debug)]
pub(crate) enum Window {
    From(usize, usize),
    /// The page of so many rows that holds this row of a file.
    Holding(String, u64, usize),
}

impl Asked {
    /// Takes the filters out of a query.
    pub(crate) fn take(query: &mut Query) -> Result<Self, Refused> {
        let order = query.word("order", &["asc", "desc"])?;
        Ok(Self {
            words: query.take("q").map(|words| words.trim().to_lowercase()).filter(|words| !words.is_empty()),
            sort: query
                .take("sort")
                .filter(|column| !column.is_empty())
                .map(|column| (column, order == Some("desc"))),
            wheres: query.filters(),
        })
    }

    fn known(&self, columns: &[String]) -> Result<(), Refused> {
        let named = self.wheres.keys().chain(self.sort.iter().map(|(column, _)| column));
        for column in named {
            if !columns.contains(column) {
                return Err(Refused::missing(("列", "column"), column));
            }
        }
        Ok(())
    }

    fn fits(&self, row: &Row<'_>) -> bool {
        let is_one = |column: &String, values: &[String]| {
            let cell = printed(row.cell(column));
            let cell = cell.as_deref().unwrap_or_default();
            values.iter().any(|value| value == cell)
        };
        self.wheres.iter().all(|(column, values)| is_one(column, values))
            && self.words.as_ref().is_none_or(|words| {
                let holds = |cell: &Cell| match cell {
                    Cell::Missing => false,
                    Cell::Text(text) => text.to_lowercase().contains(words),
                    other => printed(other).is_some_and(|text| text.contains(words)),
                };
                row.cells.iter().any(holds)
            })
    }
}

impl Window {
    /// Takes the window out of a query.
    pub(crate) fn take(query: &mut Query) -> Result<Self, Refused> {
        let limit = query.whole("limit", 1, MOST)?.map_or(LIMIT, |limit| limit as usize);
        let offset = query.whole("offset", 0, 1_000_000_000)?.unwrap_or_default() as usize;
        let row = query.whole("row", 1, 1_000_000_000)?;
        Ok(match (query.take("file"), row) {
            (Some(file), Some(row)) => Self::Holding(file, row, limit),
            _ => Self::From(offset, limit),
        })
    }
}

/// Every table: those of the catalogue, then those the dossiers declare.
pub(crate) fn list(view: &View) -> Vec<TableCard> {
    let known = schema::catalogue().iter().map(|known| known.id).filter(|id| !NOT_LENT.contains(id));
    let known: Vec<&str> = known.collect();
    let others = view.dossiers.tables().names().map(|name| &**name).filter(|name| !known.contains(name));
    known.iter().copied().chain(others).map(|id| card(view, id)).collect()
}

/// A table in a list.
pub(crate) fn card(view: &View, id: &str) -> TableCard {
    let store = view.dossiers.tables();
    let needs = view.ledger.assessment.needs.iter().filter(|need| need.table == id);
    let claims: BTreeSet<&String> = needs.flat_map(|need| &need.claims).collect();
    TableCard {
        id: id.to_owned(),
        title: title(id),
        row: schema::table(id).map(|known| known.row.clone()).unwrap_or_default(),
        rows: store.holds(id).then(|| store.rows(id)),
        would_decide: claims.len(),
    }
}

fn exists(view: &View, id: &str) -> Result<(), Refused> {
    let lent = !NOT_LENT.contains(&id);
    if lent && (view.dossiers.tables().holds(id) || schema::table(id).is_some()) {
        return Ok(());
    }
    Err(Refused::missing(("数据表", "table"), id))
}

/// A page of rows.
pub(crate) fn page(view: &View, id: &str, asked: &Asked, window: &Window) -> Result<TablePage, Refused> {
    exists(view, id)?;
    let columns = columns(view, id);
    asked.known(&columns)?;
    let schema = schema::table(id).map(|known| &known.schema);
    let mut tallies = Tallies::new(&columns, schema);
    let matching = matching(view, id, asked, |row| tallies.add(row));
    let (offset, limit) = match window {
        Window::From(offset, limit) => (*offset, *limit),
        Window::Holding(file, row, limit) => {
            let here = |found: &Found| found.row == *row && *found.file == **file;
            let at = matching.iter().position(here).ok_or_else(|| {
                Refused::missing(
                    ("行（或已被筛去）", "row (or it is filtered out)"),
                    &format!("{file}:{row}"),
                )
            })?;
            (at / limit * limit, *limit)
        }
    };
    let shown: Vec<usize> = matching.iter().skip(offset).take(limit).map(|found| found.ordinal).collect();
    Ok(TablePage {
        table: card(view, id),
        matching: matching.len(),
        offset,
        rows: rows(view, id, &columns, &shown),
        facets: tallies.facets(view, schema),
        columns: columns.into_iter().map(|name| column(name, schema)).collect(),
    })
}

/// All rows that fit as CSV, with the file and row each stands in.
pub(crate) fn csv(view: &View, id: &str, asked: &Asked) -> Result<String, Refused> {
    exists(view, id)?;
    let columns = columns(view, id);
    asked.known(&columns)?;
    let ordinals: Vec<usize> = matching(view, id, asked, |_| ()).iter().map(|found| found.ordinal).collect();
    let rows: Vec<Vec<String>> = rows(view, id, &columns, &ordinals)
        .into_iter()
        .map(|row| {
            let cells = row.cells.into_iter().map(Option::unwrap_or_default);
            cells.chain([row.file, row.row.to_string()]).collect()
        })
        .collect();
    let header: Vec<String> = columns.into_iter().chain(["file".into(), "row".into()]).collect();
    export::csv(&header, &rows).map_err(|_| Refused::fault())
}

/// A row that fits, by its place in the table.
struct Found {
    ordinal: usize,
    file: std::sync::Arc<str>,
    row: u64,
    key: Cell,
}

/// The rows that fit, in order; `see` is shown each of them.
fn matching(view: &View, id: &str, asked: &Asked, mut see: impl FnMut(&Row<'_>)) -> Vec<Found> {
    let mut out = Vec::new();
    let mut ordinal = 0;
    view.dossiers.tables().each(id, &mut |row| {
        if asked.fits(row) {
            see(row);
            let key = asked.sort.as_ref().map_or(Cell::Missing, |(column, _)| row.cell(column).clone());
            out.push(Found { ordinal, file: row.place.file.clone(), row: row.place.row, key });
        }
        ordinal += 1;
    });
    if let Some((_, descending)) = asked.sort {
        out.sort_by(|a, b| by_cell(&a.key, &b.key, descending));
    }
    out
}

/// Numbers by value, days by time, texts by their characters; what is missing comes last either way.
fn by_cell(a: &Cell, b: &Cell, descending: bool) -> Ordering {
    let order = match (a, b) {
        (Cell::Missing, Cell::Missing) => return Ordering::Equal,
        (Cell::Missing, _) => return Ordering::Greater,
        (_, Cell::Missing) => return Ordering::Less,
        (Cell::Number(a), Cell::Number(b)) => a.cmp(b),
        (Cell::Date(a), Cell::Date(b)) => a.cmp(b),
        (Cell::Truth(a), Cell::Truth(b)) => a.cmp(b),
        (Cell::Text(a), Cell::Text(b)) => a.cmp(b),
        (a, b) => printed(a).cmp(&printed(b)),
    };
    if descending { order.reverse() } else { order }
}

/// The rows at some ordinals, in their order.
fn rows(view: &View, id: &str, columns: &[String], ordinals: &[usize]) -> Vec<TableRow> {
    let places: BTreeMap<usize, usize> = ordinals.iter().copied().zip(0..).collect();
    let mut out: Vec<Option<TableRow>> = ordinals.iter().map(|_| None).collect();
    let mut ordinal = 0;
    view.dossiers.tables().each(id, &mut |row| {
        if let Some(place) = places.get(&ordinal) {
            out[*place] = Some(TableRow {
                file: row.place.file.to_string(),
                sheet: row.place.sheet.as_deref().map(Into::into),
                row: row.place.row,
                origin: row.origin.id.to_string(),
                grade: row.origin.grade,
                cells: columns.iter().map(|column| printed(row.cell(column))).collect(),
            });
        }
        ordinal += 1;
    });
    out.into_iter().flatten().collect()
}

/// The columns of a table: those of its schema that some file has, in the schema's order, then the others. Of a table
/// without rows, those of its schema.
fn columns(view: &View, id: &str) -> Vec<String> {
    let mut there: Vec<String> = Vec::new();
    let mut last: *const zhidian_model::Code = std::ptr::null();
    view.dossiers.tables().each(id, &mut |row| {
        if std::ptr::eq(row.columns.as_ptr(), last) {
            return;
        }
        last = row.columns.as_ptr();
        for name in row.columns {
            if !there.iter().any(|known| **known == **name) {
                there.push(name.to_string());
            }
        }
    });
    let Some(known) = schema::table(id) else { return there };
    let named: Vec<String> = known.schema.fields.iter().map(|field| field.name.to_string()).collect();
    if there.is_empty() {
        return named;
    }
    let (first, rest): (Vec<String>, Vec<String>) = (
        named.iter().filter(|name| there.contains(name)).cloned().collect(),
        there.into_iter().filter(|name| !named.contains(name)).collect(),
    );
    [first, rest].concat()
}

fn column(name: String, schema: Option<&Schema>) -> Column {
    let field = schema.and_then(|schema| schema.field(&name));
    let kind = match field.map(|field| field.kind) {
        Some(Kind::Number | Kind::Integer) => "number",
        Some(Kind::Date) => "date",
        Some(Kind::Truth) => "truth",
        _ => "text",
    };
    Column {
        title: field.map_or_else(|| Text::same(&*name), |field| field.title.clone()),
        kind: kind.into(),
        name,
    }
}

/// The values of each column, counted while there are few.
struct Tallies<'a> {
    columns: Vec<(&'a str, Option<BTreeMap<String, usize>>)>,
}

impl<'a> Tallies<'a> {
    fn new(columns: &'a [String], schema: Option<&Schema>) -> Self {
        let counted = |name: &str| {
            let kind = schema.and_then(|schema| schema.field(name)).map(|field| field.kind);
            !matches!(kind, Some(Kind::Number | Kind::Integer | Kind::Date)) && name != "note"
        };
        let columns = columns.iter().map(|name| (&**name, counted(name).then(BTreeMap::new)));
        Self { columns: columns.collect() }
    }

    fn add(&mut self, row: &Row<'_>) {
        for (column, tally) in &mut self.columns {
            let Some(counts) = tally else { continue };
            let value = match row.cell(column) {
                Cell::Text(text) => match counts.get_mut(&**text) {
                    Some(count) => {
                        *count += 1;
                        continue;
                    }
                    None => text.to_string(),
                },
                Cell::Truth(truth) => truth.to_string(),
                _ => continue,
            };
            *counts.entry(value).or_default() += 1;
            if counts.len() > FEW {
                *tally = None;
            }
        }
    }

    fn facets(self, view: &View, schema: Option<&Schema>) -> Vec<Facet> {
        let held = self.columns.into_iter().filter_map(|(column, tally)| Some((column, tally?)));
        held.filter(|(_, counts)| !counts.is_empty())
            .map(|(column, counts)| {
                let meaning = schema.and_then(|schema| schema.field(column)).map(|field| field.meaning);
                let mut values: Vec<(String, usize)> = counts.into_iter().collect();
                values.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
                let more = values.len().saturating_sub(SHOWN);
                let values = values.into_iter().take(SHOWN).map(|(value, rows)| FacetValue {
                    words: meaning.and_then(|meaning| words(view, meaning, &value)),
                    value,
                    rows,
                });
                Facet { column: column.to_owned(), values: values.collect(), more }
            })
            .collect()
    }
}

/// What a code means.
fn words(view: &View, meaning: Meaning, value: &str) -> Option<Text> {
    let names = &view.ledger.names;
    let words = match meaning {
        Meaning::Subject | Meaning::Region | Meaning::Entity => {
            names.subject(&value.parse::<Subject>().ok()?)
        }
        Meaning::Measure => names.measure(&value.parse().ok()?),
        Meaning::Period => zhidian_ledger::names::period(&value.parse().ok()?),
        Meaning::Roster => names.roster(value),
        Meaning::List => names.list(value),
        Meaning::Origin => Text::same(view.dossiers.origins().get(value)?.title.clone()),
        Meaning::Plain | Meaning::Unit => return None,
    };
    (words.zh != value && !words.zh.is_empty()).then_some(words)
}
