//! Reading everything in the order in which it refers to itself: origins, named things, lists, rosters, then the rest.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use zhidian_model::{Code, Origin, OriginId, Scope};

use super::discover::{Found, discover};
use super::{Dossiers, OpenError};
use crate::documents::Document;
use crate::faults::{
    At, FILE_MISSING, FILE_UNREADABLE, Faults, ORIGIN_UNKNOWN, PATH_ESCAPES, ROSTER_DIFFERS,
};
use crate::files;
use crate::folder::PathFault;
use crate::limits::Limits;
use crate::load::{Keys, Names, Shared};
use crate::manifest::{Described, FileRead, Manifest};
use crate::origins;
use crate::parameters::ParameterStore;
use crate::registers::{self, Entity, List, Override};
use crate::scenarios::Scenario;
use crate::schema::{self, Schema};
use crate::store::{Held, TableStore};

/// Tables that others refer to, in the order of reading; what is not listed comes last.
const FIRST: [&str; 5] = ["origins", "entities", "lists", "items", "rosters"];

/// Tables whose rows are not lent: they are given out as what they say.
const NOT_LENT: [&str; 2] = ["origins", "overrides"];

pub(super) fn open(paths: &[PathBuf], limits: &Limits) -> Result<Dossiers, OpenError> {
    let mut faults = Faults::new(limits.problems);
    let found = discover(paths, limits, &mut faults)?;
    let mut work = Work::new(&found, limits, &mut faults);
    work.origins();
    work.entities();
    work.lists();
    work.items();
    work.rosters();
    work.others();
    work.parameters();
    work.indices();
    work.scenarios();
    work.documents();
    work.unlisted();
    let out = work.finish();
    Ok(Dossiers { problems: faults.finish(), ..out })
}

pub(super) struct Work<'a> {
    pub(super) found: &'a [Found],
    pub(super) limits: &'a Limits,
    pub(super) faults: &'a mut Faults,
    /// For each dossier: itself, then all it uses, nearest first.
    pub(super) reach: Vec<Vec<usize>>,
    pub(super) names: Vec<Names>,
    pub(super) keys: BTreeMap<String, Keys>,
    pub(super) rows_left: u64,
    pub(super) files: Vec<Vec<FileRead>>,
    pub(super) all_origins: BTreeMap<OriginId, Arc<Origin>>,
    pub(super) store: TableStore,
    /// The schema each table was read by.
    pub(super) schemas: BTreeMap<String, Schema>,
    pub(super) scopes: BTreeMap<Code, Scope>,
    pub(super) all_lists: Vec<List>,
    pub(super) all_entities: Vec<Entity>,
    pub(super) all_overrides: Vec<Override>,
    pub(super) stated: ParameterStore,
    pub(super) all_scenarios: Vec<Scenario>,
    pub(super) all_documents: Vec<Document>,
}

impl<'a> Work<'a> {
    fn new(found: &'a [Found], limits: &'a Limits, faults: &'a mut Faults) -> Self {
        Self {
            found,
            limits,
            faults,
            reach: (0..found.len()).map(|at| reach(found, at)).collect(),
            names: found.iter().map(|_| Names::default()).collect(),
            keys: BTreeMap::new(),
            rows_left: limits.rows,
            files: found.iter().map(|found| vec![found.file.clone()]).collect(),
            all_origins: BTreeMap::new(),
            store: TableStore::default(),
            schemas: schema::catalogue()
                .iter()
                .map(|known| (known.id.to_owned(), known.schema.clone()))
                .collect(),
            scopes: BTreeMap::new(),
            all_lists: Vec::new(),
            all_entities: Vec::new(),
            all_overrides: Vec::new(),
            stated: ParameterStore::default(),
            all_scenarios: Vec::new(),
            all_documents: Vec::new(),
        }
    }

    fn origins(&mut self) {
        let mut own: Vec<BTreeMap<Arc<str>, Arc<Origin>>> = vec![BTreeMap::new(); self.found.len()];
        let mut written: Vec<Vec<origins::Written>> = Vec::new();
        for at in 0..self.found.len() {
            // Each dossier numbers its origins for itself.
            self.keys.remove("origins");
            let held = self.read_table(at, "origins");
            written.push(held.iter().flat_map(|held| origins::written(held, self.faults)).collect());
        }
        // Those that are used come first, so that copies of their origins are known as such, and keep their ids.
        for at in used_first(self.found) {
            let mut reached = BTreeMap::new();
            for other in self.reach[at].iter().skip(1) {
                for (id, origin) in &own[*other] {
                    reached.entry(id.clone()).or_insert_with(|| origin.clone());
                }
            }
            let rows = std::mem::take(&mut written[at]);
            let name = &self.found[at].folder.shown;
            own[at] = origins::settle(name, rows, &reached, &mut self.all_origins, self.faults);
        }
        for at in 0..self.found.len() {
            for other in &self.reach[at] {
                for (id, origin) in &own[*other] {
                    self.names[at].origins.entry(id.clone()).or_insert_with(|| origin.clone());
                }
            }
        }
    }

    fn entities(&mut self) {
        let mut own = Vec::new();
        for at in 0..self.found.len() {
            let held = self.read_table(at, "entities");
            let entities = registers::entities(&held);
            own.push(
                entities.iter().map(|entity| entity.subject.to_string().into()).collect::<BTreeSet<Code>>(),
            );
            self.all_entities.extend(entities);
        }
        for at in 0..self.found.len() {
            let known = self.reach[at].iter().flat_map(|other| own[*other].iter().cloned()).collect();
            self.names[at].entities = Some(known);
        }
    }

    fn rosters(&mut self) {
        let mut own = Vec::new();
        for at in 0..self.found.len() {
            let held = self.read_table(at, "rosters");
            let scopes = registers::rosters(&held, self.faults);
            own.push(scopes.keys().cloned().collect::<BTreeSet<Code>>());
            for (id, scope) in scopes {
                match self.scopes.get(&id) {
                    None => {
                        self.scopes.insert(id, scope);
                    }
                    Some(known) if *known == scope => {}
                    Some(known) => {
                        let file = held.first().map(|held| held.file.clone()).unwrap_or_default();
                        let expected = format!("the roster as {} gives it", known.origin.id);
                        self.faults.add(ROSTER_DIFFERS, At::file(&file).column("roster"), &id, expected);
                    }
                }
            }
        }
        for at in 0..self.found.len() {
            let known = self.reach[at].iter().flat_map(|other| own[*other].iter().cloned()).collect();
            self.names[at].rosters = Some(known);
        }
    }

    fn lists(&mut self) {
        let mut own = Vec::new();
        for at in 0..self.found.len() {
            let held = self.read_table(at, "lists");
            let lists = registers::lists(&held, self.faults);
            own.push(lists.iter().map(|list| list.id.clone()).collect::<BTreeSet<Code>>());
            self.all_lists.extend(lists);
        }
        for at in 0..self.found.len() {
            self.names[at].lists =
                self.reach[at].iter().flat_map(|other| own[*other].iter().cloned()).collect();
        }
    }

    fn items(&mut self) {
        let mut named: Vec<BTreeSet<Code>> = Vec::new();
        for at in 0..self.found.len() {
            let held = self.read_table(at, "items");
            named.push(registers::items(&held, &mut self.all_lists));
        }
        for at in 0..self.found.len() {
            let known = self.names[at].entities.get_or_insert_default();
            known.extend(self.reach[at].iter().flat_map(|other| named[*other].iter().cloned()));
        }
    }

    fn others(&mut self) {
        for at in 0..self.found.len() {
            let tables: BTreeSet<&str> =
                self.found[at].package.resources.iter().map(|other| &*other.table).collect();
            for table in tables.into_iter().filter(|table| !FIRST.contains(table)) {
                let held = self.read_table(at, table);
                if table == "overrides" && self.found[at].given {
                    self.all_overrides.extend(registers::overrides(&held));
                }
            }
        }
    }

    /// Reads all files of one table of a dossier.
    fn read_table(&mut self, at: usize, table: &str) -> Vec<Arc<Held>> {
        let found = &self.found[at];
        let package = found.package_file();
        let mut out = Vec::new();
        for resource in found.package.resources.iter().filter(|resource| resource.table == table) {
            let place =
                At::file(&package).line(found.package.line_of(&resource.path)).column("resources.path");
            let Some(path) = self.locate(at, &resource.path, place) else { continue };
            let file = found.folder.show(&resource.path);
            let known = schema::table(table).map(|known| &known.schema);
            let schema = schema::effective(known, resource.schema.as_ref(), place, self.faults);
            self.schemas.insert(table.to_owned(), schema.clone());
            let origin = resource.origin.as_ref().and_then(|id| {
                let origin = self.names[at].origins.get(&**id).cloned();
                if origin.is_none() {
                    let place =
                        At::file(&package).line(found.package.line_of(id)).column("resources.zhidian.origin");
                    self.faults.add(ORIGIN_UNKNOWN, place, id, "an id of origins.csv");
                }
                origin
            });
            let mut shared = Shared {
                names: &self.names[at],
                keys: self.keys.entry(table.to_owned()).or_default(),
                faults: self.faults,
                limits: self.limits,
                rows_left: &mut self.rows_left,
            };
            let Some(read) = files::read(&path, &file, resource, schema, origin.as_ref(), &mut shared) else {
                continue;
            };
            self.files[at].push(FileRead {
                path: file.to_string(),
                sha256: read.sha256,
                bytes: read.size,
                table: Some(table.to_owned()),
                rows: read.held.as_ref().map(|held| held.rows.len() as u64),
            });
            let Some(held) = read.held else { continue };
            if NOT_LENT.contains(&table) {
                out.push(Arc::new(held));
            } else {
                out.push(self.store.add(table, held));
            }
        }
        out
    }

    /// The file of a path that a dossier states, or a problem at the place that states it.
    pub(super) fn locate(&mut self, at: usize, path: &str, place: At<'_>) -> Option<PathBuf> {
        match self.found[at].folder.inside(path) {
            Ok(path) => return Some(path),
            Err(PathFault::Escapes) => {
                self.faults.add(PATH_ESCAPES, place, path, "a path within the dossier");
            }
            Err(PathFault::Missing) => self.faults.add(FILE_MISSING, place, path, "a file at this path"),
            Err(PathFault::Unreadable(reason)) => {
                self.faults.add(
                    FILE_UNREADABLE,
                    place,
                    &format!("{path}: {reason}"),
                    "a plain file that can be read",
                );
            }
        }
        None
    }

    fn finish(self) -> Dossiers {
        let mut files = self.files;
        let described = |at: usize, found: &Found| Described {
            name: found.package.name.clone(),
            title: found.package.title.clone(),
            folder: found.folder.shown.to_string(),
            root: found.folder.root.clone(),
            region: found.package.region,
            reference_date: found.package.reference_date,
            given: found.given,
            uses: found.uses.iter().map(|other| self.found[*other].folder.shown.to_string()).collect(),
            files: std::mem::take(&mut files[at]),
        };
        let mut described = described;
        let manifest = Manifest {
            dossiers: self.found.iter().enumerate().map(|(at, found)| described(at, found)).collect(),
        };
        Dossiers {
            documents: self.all_documents,
            tables: self.store,
            rosters: self.scopes.into_values().collect(),
            lists: self.all_lists,
            entities: self.all_entities,
            origins: self.all_origins,
            parameters: self.stated,
            scenarios: self.all_scenarios,
            overrides: self.all_overrides,
            problems: Vec::new(),
            manifest,
        }
    }
}

/// A dossier and all it uses, nearest first.
fn reach(found: &[Found], at: usize) -> Vec<usize> {
    let mut out = vec![at];
    let mut next = 0;
    while let Some(&dossier) = out.get(next) {
        for used in &found[dossier].uses {
            if !out.contains(used) {
                out.push(*used);
            }
        }
        next += 1;
    }
    out
}

/// The dossiers in an order in which each comes after all it uses.
fn used_first(found: &[Found]) -> Vec<usize> {
    fn visit(found: &[Found], at: usize, out: &mut Vec<usize>) {
        if out.contains(&at) {
            return;
        }
        for used in &found[at].uses {
            visit(found, *used, out);
        }
        out.push(at);
    }
    let mut out = Vec::new();
    for at in 0..found.len() {
        visit(found, at, &mut out);
    }
    out
}
