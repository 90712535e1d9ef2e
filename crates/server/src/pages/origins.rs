//! Origins with what rests on them.

use crate::{
    api::{OriginCard, OriginPage, OriginRows, TableTitle},
    pages::statement::title,
    view::{View, reference},
};
use std::collections::BTreeMap;
use zhidian_ledger::view as layout;
use zhidian_model::Tables;

/// Every origin of the dossiers.
pub(crate) fn list(view: &View) -> Vec<OriginCard> {
    let rows = rows(view);
    let of = |id: &str| rows.get(id).map(|tables| tables.values().sum()).unwrap_or_default();
    view.dossiers
        .origins()
        .values()
        .map(|origin| OriginCard {
            origin: layout::origin(origin),
            rows: of(&origin.id),
            statements: view.answers_from(&origin.id).len(),
        })
        .collect()
}

/// One origin.
pub(crate) fn page(view: &View, id: &str) -> Option<OriginPage> {
    let origin = view.dossiers.origins().get(id)?;
    let tables = rows(view).remove(id).unwrap_or_default();
    Some(OriginPage {
        origin: layout::origin(origin),
        tables: tables
            .into_iter()
            .map(|(id, rows)| OriginRows { table: TableTitle { title: title(&id), id }, rows })
            .collect(),
        statements: view.answers_from(id).into_iter().map(|at| reference(view.at(at))).collect(),
    })
}

/// How many rows of each table come from each origin.
fn rows(view: &View) -> BTreeMap<String, BTreeMap<String, usize>> {
    let store = view.dossiers.tables();
    let mut out: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
    for table in store.names() {
        let mut by: BTreeMap<zhidian_model::OriginId, usize> = BTreeMap::new();
        store.each(table, &mut |row| match by.get_mut(&row.origin.id) {
            Some(rows) => *rows += 1,
            None => drop(by.insert(row.origin.id.clone(), 1)),
        });
        for (origin, rows) in by {
            out.entry(origin.to_string()).or_default().insert(table.to_string(), rows);
        }
    }
    out
}
