//! Rows of origins.csv to origins, one id one origin over all dossiers at hand.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use zhidian_model::{AddressKind, Grade, Origin, OriginId, Row};

use crate::faults::{At, Faults, ORIGIN_ADDRESS, ORIGIN_COPY, ORIGIN_RENAMED};
use crate::store::Held;

/// An origin as one dossier writes it, with its row.
#[derive(Debug)]
pub(crate) struct Written {
    origin: Origin,
    file: Arc<str>,
    row: u64,
}

/// The origins in the rows of one file.
pub(crate) fn written(held: &Held, faults: &mut Faults) -> Vec<Written> {
    let mut out = Vec::new();
    held.each(&BTreeSet::new(), &mut |row| {
        let Some(origin) = of_row(row) else { return };
        if origin.address.is_empty() != origin.address_kind.is_none() {
            let at = At::file(&held.file).row(row.place.row).column("address_kind");
            let kind = row.text("address_kind").map_or("nothing", |kind| kind);
            let expected =
                if origin.address.is_empty() { "nothing without an address" } else { "primary or repost" };
            faults.add(ORIGIN_ADDRESS, at, kind, expected);
        }
        out.push(Written { origin, file: held.file.clone(), row: row.place.row });
    });
    out
}

fn of_row(row: &Row<'_>) -> Option<Origin> {
    let some = |name: &str| row.text(name).map(|text| text.to_string());
    let grade: Grade = row.text("grade")?.parse().ok()?;
    Some(Origin {
        id: row.text("id")?.clone(),
        grade,
        publisher: some("publisher").unwrap_or_default(),
        title: some("title").unwrap_or_default(),
        address: some("address").unwrap_or_default(),
        address_kind: match row.text("address_kind").map(|kind| &**kind) {
            Some("primary") => Some(AddressKind::Primary),
            Some("repost") => Some(AddressKind::Repost),
            _ => None,
        },
        published: row.date("published"),
        edition: some("edition"),
        licence: some("licence"),
        sha256: some("sha256"),
        copy_of: row.text("copy_of").cloned(),
        note: some("note"),
    })
}

/// Gives the origins of one dossier ids that are unique over all: an id that another dossier gave to another origin gets
/// the dossier's name before it. Comes back: the origins by the ids the dossier itself uses.
pub(crate) fn settle(
    dossier: &str,
    written: Vec<Written>,
    reached: &BTreeMap<Arc<str>, Arc<Origin>>,
    all: &mut BTreeMap<OriginId, Arc<Origin>>,
    faults: &mut Faults,
) -> BTreeMap<Arc<str>, Arc<Origin>> {
    let roots = roots(&written, reached, faults);
    let mut own = BTreeMap::new();
    let mut names: BTreeMap<Arc<str>, OriginId> = BTreeMap::new();
    for entry in &written {
        let origin = Origin { copy_of: roots.get(&entry.origin.id).cloned(), ..entry.origin.clone() };
        let clash = all.get(&origin.id).is_some_and(|other| **other != origin);
        if clash {
            let id: OriginId = format!("{dossier}:{}", origin.id).into();
            let at = At::file(&entry.file).row(entry.row).column("id");
            faults.add(ORIGIN_RENAMED, at, &origin.id, format!("an id of its own; read as {id}"));
            names.insert(origin.id.clone(), id);
        }
    }
    let locals: BTreeSet<OriginId> = written.iter().map(|entry| entry.origin.id.clone()).collect();
    for entry in written {
        let local = entry.origin.id.clone();
        let renamed = |id: &OriginId| {
            let elsewhere = reached.get(id).filter(|_| !locals.contains(id)).map(|origin| &origin.id);
            names.get(id).or(elsewhere).unwrap_or(id).clone()
        };
        let origin = Origin { id: renamed(&local), copy_of: roots.get(&local).map(renamed), ..entry.origin };
        let shared = all.entry(origin.id.clone()).or_insert_with(|| Arc::new(origin)).clone();
        own.insert(local, shared);
    }
    own
}

/// What each copy repeats in the end.
fn roots(
    written: &[Written],
    reached: &BTreeMap<Arc<str>, Arc<Origin>>,
    faults: &mut Faults,
) -> BTreeMap<OriginId, OriginId> {
    let own: BTreeMap<&OriginId, &Written> = written.iter().map(|entry| (&entry.origin.id, entry)).collect();
    let next = |id: &OriginId| match own.get(id) {
        Some(entry) => entry.origin.copy_of.clone(),
        None => reached.get(id).and_then(|origin| origin.copy_of.clone()),
    };
    let mut roots = BTreeMap::new();
    for entry in written {
        let Some(first) = &entry.origin.copy_of else { continue };
        let at = At::file(&entry.file).row(entry.row).column("copy_of");
        let known = own.contains_key(first) || reached.contains_key(first);
        if !known {
            // Two copies of one unlisted original are still copies of one another.
            faults.add(ORIGIN_COPY, at, first, "the id of a listed origin");
            roots.insert(entry.origin.id.clone(), first.clone());
            continue;
        }
        let (mut root, mut seen) = (first.clone(), BTreeSet::from([entry.origin.id.clone()]));
        let circle = loop {
            if !seen.insert(root.clone()) {
                break true;
            }
            match next(&root) {
                Some(further) => root = further,
                None => break false,
            }
        };
        if circle {
            faults.add(ORIGIN_COPY, at, first, "an origin that is no copy of this one");
        } else {
            roots.insert(entry.origin.id.clone(), root);
        }
    }
    roots
}
