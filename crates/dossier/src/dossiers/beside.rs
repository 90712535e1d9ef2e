//! What stands beside the tables: parameters, scenarios, documents, and files that nothing names.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::open::Work;
use crate::decode;
use crate::documents::{self, Document};
use crate::faults::{At, DOCUMENT_PROPERTY, FILE_UNLISTED, ORIGIN_UNKNOWN, SCENARIO_REPEATED};
use crate::files;
use crate::folder;
use crate::load::{Keys, Shared};
use crate::manifest::FileRead;
use crate::parameters::{self, Reading};
use crate::scenarios;
use crate::settings::{self, Lines};
use crate::store::Held;
use zhidian_model::{Cell, Grade, Origin};

impl Work<'_> {
    pub(super) fn parameters(&mut self) {
        for at in 0..self.found.len() {
            let Some((file, text)) = self.settings(at, "parameters.toml") else { continue };
            let Some(table) = settings::parse(&text, At::file(&file), self.limits, self.faults) else {
                continue;
            };
            let reading = Reading {
                file: &file,
                lines: &Lines::of(&text),
                most: self.limits.listed,
                origins: &self.names[at].origins,
                origin: None,
            };
            let stated = parameters::read(&table, &reading, self.faults);
            self.stated.add(stated, self.faults);
        }
    }

    /// The composite index that a dossier declares, as the one row of a table of its own: its text is read by the engine.
    pub(super) fn indices(&mut self) {
        for at in 0..self.found.len() {
            let Some((file, text)) = self.settings(at, "index.toml") else { continue };
            let origin = Arc::new(Origin::new(file.as_ref(), Grade::Assumed));
            let held = Held {
                file,
                sheet: None,
                columns: ["recipe"].map(Into::into).into(),
                cells: vec![Cell::Text(text.into())],
                rows: vec![(1, origin)],
            };
            self.store.add("indices", held);
        }
    }

    /// The text of a TOML file of a dossier, if it is there.
    fn settings(&mut self, at: usize, name: &str) -> Option<(Arc<str>, String)> {
        let found = &self.found[at];
        let file = found.folder.show(name);
        if fs::symlink_metadata(found.folder.root.join(name)).is_err() {
            return None;
        }
        let path = self.locate(at, name, At::file(&file))?;
        match folder::read(&path, self.limits.settings) {
            Ok(bytes) => {
                self.files[at].push(FileRead {
                    path: file.to_string(),
                    sha256: bytes.sha256,
                    bytes: bytes.bytes.len() as u64,
                    table: None,
                    rows: None,
                });
                Some((file, decode::text(bytes.bytes, encoding_rs::UTF_8)))
            }
            Err(fault) => {
                files::unreadable(fault, At::file(&file), self.faults);
                None
            }
        }
    }

    pub(super) fn scenarios(&mut self) {
        for at in (0..self.found.len()).filter(|at| self.found[*at].given) {
            for name in files_in(&self.found[at].folder.root.join("scenarios"), &["toml"]) {
                let Some((file, text)) = self.settings(at, &format!("scenarios/{name}")) else { continue };
                let stem = name.trim_end_matches(".toml");
                let mut shared = Shared {
                    names: &self.names[at],
                    keys: &mut Keys::default(),
                    faults: self.faults,
                    limits: self.limits,
                    rows_left: &mut self.rows_left,
                };
                let dossier = &self.found[at].package.name;
                let read = scenarios::read(stem, dossier, &file, &text, &self.schemas, &mut shared);
                let Some(scenario) = read else { continue };
                if self.all_scenarios.iter().any(|other| other.name == scenario.name) {
                    self.faults.add(
                        SCENARIO_REPEATED,
                        At::file(&file).row(1),
                        &scenario.name,
                        "a name of its own",
                    );
                } else {
                    self.all_scenarios.push(scenario);
                }
            }
        }
    }

    pub(super) fn documents(&mut self) {
        for at in (0..self.found.len()).filter(|at| self.found[*at].given) {
            let found = &self.found[at];
            let package = found.package_file();
            let ids: BTreeSet<&str> = found.package.documents.iter().map(|document| &*document.id).collect();
            for entry in &found.package.documents {
                let place = At::file(&package).line(found.package.line_of(&entry.id));
                if let Some(other) = entry.translation_of.as_ref().filter(|other| !ids.contains(&***other)) {
                    let place = place.column("zhidian.documents.translation_of");
                    self.faults.add(DOCUMENT_PROPERTY, place, other, "the id of another document");
                }
                let origin = entry.origin.as_ref().and_then(|id| {
                    let origin = self.names[at].origins.get(&**id).cloned();
                    if origin.is_none() {
                        let place = place.column("zhidian.documents.origin");
                        self.faults.add(ORIGIN_UNKNOWN, place, id, "an id of origins.csv");
                    }
                    origin
                });
                let line =
                    At { row: found.package.line_of(&entry.path), ..place.column("zhidian.documents.path") };
                let Some(path) = self.locate(at, &entry.path, line) else { continue };
                let file = found.folder.show(&entry.path);
                let words = documents::read(
                    &path,
                    entry.encoding.as_deref(),
                    At::file(&file),
                    self.limits,
                    self.faults,
                );
                let Some(words) = words else { continue };
                self.files[at].push(FileRead {
                    path: file.to_string(),
                    sha256: words.sha256.clone(),
                    bytes: words.size,
                    table: None,
                    rows: None,
                });
                self.all_documents.push(Document {
                    id: entry.id.clone(),
                    dossier: found.package.name.clone(),
                    path: file.to_string(),
                    title: entry.title.clone(),
                    language: entry.language.clone(),
                    dated: entry.dated,
                    region: entry.region.or(found.package.region),
                    translation_of: entry.translation_of.clone(),
                    speaker: entry.speaker.clone(),
                    origin,
                    text: words.text,
                    sha256: words.sha256,
                });
            }
        }
    }

    /// Files that look as if they should be read, and are not.
    pub(super) fn unlisted(&mut self) {
        const TABLES: [&str; 4] = ["csv", "tsv", "xlsx", "xlsm"];
        for found in self.found {
            let root = &found.folder.root;
            let paths = found.package.resources.iter().map(|other| &other.path);
            let paths = paths.chain(found.package.documents.iter().map(|document| &document.path));
            let listed: BTreeSet<PathBuf> =
                paths.filter_map(|path| fs::canonicalize(root.join(path)).ok()).collect();
            let lying = [
                (".", &TABLES[..]),
                ("tables", &TABLES),
                ("registers", &TABLES),
                ("documents", &documents::ENDINGS),
            ];
            for (folder, endings) in lying {
                for name in files_in(&root.join(folder), endings) {
                    let real = fs::canonicalize(root.join(folder).join(&name)).ok();
                    if real.is_none_or(|real| listed.contains(&real))
                        || name.eq_ignore_ascii_case("readme.md")
                    {
                        continue;
                    }
                    let path = if folder == "." { name } else { format!("{folder}/{name}") };
                    let file = found.folder.show(&path);
                    self.faults.add(FILE_UNLISTED, At::file(&file), &path, "an entry of datapackage.json");
                }
            }
        }
    }
}

/// Names of the plain files with these endings in a folder, sorted.
fn files_in(folder: &Path, endings: &[&str]) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut names: Vec<String> = entries
        .flatten()
        .filter(|entry| entry.path().is_file())
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| {
            let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
            !name.starts_with(['.', '~']) && ending.is_some_and(|ending| endings.contains(&&*ending))
        })
        .collect();
    names.sort();
    names
}
