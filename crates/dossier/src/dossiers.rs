//! Dossiers opened together, with everything they use.

mod beside;
mod discover;
mod open;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use zhidian_model::{Origin, OriginId, Problem, Scope};

use crate::documents::Document;
use crate::limits::Options;
use crate::manifest::Manifest;
use crate::parameters::ParameterStore;
use crate::registers::{Entity, List, Override};
use crate::scenarios::{Scenario, ScenarioError};
use crate::store::TableStore;

/// One or more dossiers opened together, with everything they use.
///
/// Opening reads every file once, checks it whole and keeps what can be used; what cannot is in
/// [`problems`](Self::problems) with its place.
#[derive(Clone, Debug)]
pub struct Dossiers {
    documents: Vec<Document>,
    tables: TableStore,
    rosters: Vec<Scope>,
    lists: Vec<List>,
    entities: Vec<Entity>,
    origins: BTreeMap<OriginId, Arc<Origin>>,
    parameters: ParameterStore,
    scenarios: Vec<Scenario>,
    overrides: Vec<Override>,
    problems: Vec<Problem>,
    manifest: Manifest,
}

/// Why nothing was opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// No path was given.
    #[error("failed to open dossiers: no folder was given; name at least one")]
    Nothing,
    /// The folder holds no `datapackage.json`.
    #[error("failed to open {}: no datapackage.json in it; `zhidian init` makes a new dossier", .0.display())]
    NoDossier(PathBuf),
    /// The folder or its `datapackage.json` cannot be read.
    #[error("failed to open {}: {reason}", .path.display())]
    Unreadable {
        /// The folder.
        path: PathBuf,
        /// The reason.
        reason: String,
    },
}

impl Dossiers {
    /// Opens dossiers by their folders, or by the paths of their `datapackage.json`.
    ///
    /// # Errors
    /// If a path is no dossier at all or cannot be read. Everything else is a [`Problem`].
    pub fn open(paths: &[PathBuf], options: &Options) -> Result<Self, OpenError> {
        open::open(paths, &options.limits)
    }

    /// The documents of the dossiers given, not of those they use.
    pub fn documents(&self) -> &[Document] {
        &self.documents
    }

    /// The same dossiers with other documents in the place of theirs.
    pub fn with_documents(&self, documents: Vec<Document>) -> Self {
        Self { documents, ..self.clone() }
    }

    /// The usable rows of all tables.
    pub fn tables(&self) -> &TableStore {
        &self.tables
    }

    /// All rosters, by id.
    pub fn rosters(&self) -> &[Scope] {
        &self.rosters
    }

    /// The rosters that documents call this: readings of one another.
    pub fn rosters_reading(&self, reads: &str) -> Vec<&Scope> {
        self.rosters.iter().filter(|scope| &*scope.reads == reads).collect()
    }

    /// All lists with their items.
    pub fn lists(&self) -> &[List] {
        &self.lists
    }

    /// All named things.
    pub fn entities(&self) -> &[Entity] {
        &self.entities
    }

    /// All origins by id.
    pub fn origins(&self) -> &BTreeMap<OriginId, Arc<Origin>> {
        &self.origins
    }

    /// All dated parameters.
    pub fn parameters(&self) -> &ParameterStore {
        &self.parameters
    }

    /// The scenarios of the dossiers given.
    pub fn scenarios(&self) -> &[Scenario] {
        &self.scenarios
    }

    /// The dossiers with the rows and parameters of a scenario laid over them.
    ///
    /// # Errors
    /// If no scenario has this name.
    pub fn with_scenario(&self, name: &str) -> Result<Self, ScenarioError> {
        let there = || self.scenarios.iter().map(|scenario| scenario.name.clone()).collect();
        let scenario = self
            .scenarios
            .iter()
            .find(|scenario| scenario.name == name)
            .ok_or_else(|| ScenarioError::Unknown { name: name.to_owned(), there: there() })?;
        let mut laid = self.clone();
        scenario.lay_over(&mut laid.tables, &mut laid.parameters);
        laid.origins.insert(scenario.origin.id.clone(), scenario.origin.clone());
        Ok(laid)
    }

    /// The answers that a person has overruled, of the dossiers given.
    pub fn overrides(&self) -> &[Override] {
        &self.overrides
    }

    /// What is wrong with the data, file by file.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// What was opened and read.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }
}

/// Checks one dossier with all it uses: everything that is wrong, in one run.
///
/// # Errors
/// If the path is no dossier at all or cannot be read.
pub fn check(path: &Path, options: &Options) -> Result<(Manifest, Vec<Problem>), OpenError> {
    let opened = Dossiers::open(&[path.to_owned()], options)?;
    Ok((opened.manifest, opened.problems))
}
