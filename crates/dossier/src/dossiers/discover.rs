//! Which folders belong together: the dossiers given and those they use.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use super::OpenError;
use crate::faults::{
    At, FILE_TOO_LARGE, FILE_UNREADABLE, Faults, PACKAGE_MISSING, PATH_ESCAPES, USES_CYCLE, USES_DEEP,
    USES_MANY,
};
use crate::folder::{self, Folder, ReadFault};
use crate::limits::Limits;
use crate::manifest::FileRead;
use crate::package::{self, Package};

/// A dossier found, before its tables are read.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) folder: Folder,
    pub(super) package: Package,
    pub(super) given: bool,
    /// Positions of the dossiers it uses directly.
    pub(super) uses: Vec<usize>,
    pub(super) file: FileRead,
}

impl Found {
    /// `datapackage.json` as shown.
    pub(super) fn package_file(&self) -> Arc<str> {
        self.folder.show(package::FILE)
    }
}

/// The dossiers given, in the order given, then those they use.
pub(super) fn discover(
    paths: &[PathBuf],
    limits: &Limits,
    faults: &mut Faults,
) -> Result<Vec<Found>, OpenError> {
    let mut search = Search { found: Vec::new(), followed: BTreeSet::new(), limits, faults };
    for path in paths {
        search.given(path)?;
    }
    if search.found.is_empty() {
        return Err(OpenError::Nothing);
    }
    let given = search.found.len();
    for at in 0..given {
        search.follow(at, &mut vec![at]);
    }
    Ok(search.found)
}

struct Search<'a> {
    found: Vec<Found>,
    /// Positions of dossiers whose `uses` were followed.
    followed: BTreeSet<usize>,
    limits: &'a Limits,
    faults: &'a mut Faults,
}

impl Search<'_> {
    fn given(&mut self, path: &Path) -> Result<(), OpenError> {
        let folder = if path.file_name().is_some_and(|name| name == package::FILE) {
            path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
        } else {
            path
        };
        let unreadable =
            |error: io::Error| OpenError::Unreadable { path: path.to_owned(), reason: error.to_string() };
        let root = fs::canonicalize(folder).map_err(unreadable)?;
        if !root.join(package::FILE).is_file() {
            return Err(OpenError::NoDossier(path.to_owned()));
        }
        if self.found.iter().any(|found| found.folder.root == root) {
            return Ok(());
        }
        let shown = self.shown(&root);
        match self.read(root, shown, true) {
            Ok(()) => Ok(()),
            Err(ReadFault::Io(error)) => Err(unreadable(error)),
            Err(ReadFault::TooLarge(size)) => {
                let reason = format!("datapackage.json has {size} bytes, more than {}", self.limits.settings);
                Err(OpenError::Unreadable { path: path.to_owned(), reason })
            }
        }
    }

    /// Follows the `uses` of a dossier; `way` leads to it from a given one.
    fn follow(&mut self, at: usize, way: &mut Vec<usize>) {
        if !self.followed.insert(at) {
            return;
        }
        let file = self.found[at].package_file();
        for path in self.found[at].package.uses.clone() {
            let line = self.found[at].package.line_of(&path);
            let place = At::file(&file).line(line).column("zhidian.uses");
            let Some(root) = self.used(at, &path, place) else { continue };
            let known = self.found.iter().position(|found| found.folder.root == root);
            if known.is_some_and(|known| way.contains(&known)) {
                self.faults.add(USES_CYCLE, place, &path, "dossiers that do not use one another in a circle");
                continue;
            }
            if way.len() > self.limits.uses {
                let most = format!("at most {} steps", self.limits.uses);
                self.faults.add(USES_DEEP, place, &path, most);
                continue;
            }
            let next = match known {
                Some(known) => known,
                None => match self.add_used(root, &path, place) {
                    Some(added) => added,
                    None => continue,
                },
            };
            if !self.found[at].uses.contains(&next) {
                self.found[at].uses.push(next);
            }
            way.push(next);
            self.follow(next, way);
            way.pop();
        }
    }

    /// The folder a `uses` points to: beside or below, by a relative path, and itself a dossier.
    fn used(&mut self, at: usize, path: &str, place: At<'_>) -> Option<PathBuf> {
        let parts = Path::new(path).components();
        let plain = |part: Component<'_>| {
            matches!(part, Component::Normal(_) | Component::CurDir | Component::ParentDir)
        };
        if path.is_empty() || path.contains(['\\', '\0', ':']) || !parts.into_iter().all(plain) {
            self.faults.add(PATH_ESCAPES, place, path, "a relative path such as ../reference");
            return None;
        }
        let root = fs::canonicalize(self.found[at].folder.root.join(path)).ok();
        let root = root.filter(|root| root.join(package::FILE).is_file());
        if root.is_none() {
            self.faults.add(PACKAGE_MISSING, place, path, "a folder with datapackage.json");
        }
        root
    }

    fn add_used(&mut self, root: PathBuf, path: &str, place: At<'_>) -> Option<usize> {
        if self.found.len() >= self.limits.dossiers {
            self.faults.add(USES_MANY, place, path, format!("at most {} dossiers", self.limits.dossiers));
            return None;
        }
        let shown = self.shown(&root);
        match self.read(root, shown, false) {
            Ok(()) => Some(self.found.len() - 1),
            Err(ReadFault::TooLarge(size)) => {
                let most = format!("at most {} bytes", self.limits.settings);
                self.faults.add(FILE_TOO_LARGE, place, &format!("{size} bytes"), most);
                None
            }
            Err(ReadFault::Io(error)) => {
                self.faults.add(FILE_UNREADABLE, place, &error.to_string(), "a file that can be read");
                None
            }
        }
    }

    /// Reads `datapackage.json`. A dossier whose package is broken stays as an empty one.
    fn read(&mut self, root: PathBuf, shown: Arc<str>, given: bool) -> Result<(), ReadFault> {
        let folder = Folder { root, shown };
        // A link to a file elsewhere is not followed, even for the package itself.
        let path =
            folder.inside(package::FILE).map_err(|_| ReadFault::Io(io::Error::other("it leads outside")))?;
        let bytes = folder::read(&path, self.limits.settings)?;
        let file = folder.show(package::FILE);
        let read = FileRead {
            path: file.to_string(),
            sha256: bytes.sha256,
            bytes: bytes.bytes.len() as u64,
            table: None,
            rows: None,
        };
        let package =
            Package::read(bytes.bytes, At::file(&file), self.limits, self.faults).unwrap_or_default();
        self.found.push(Found { folder, package, given, uses: Vec::new(), file: read });
        Ok(())
    }

    /// A name for a folder that no other one has: its own, with its parents' where two are alike.
    fn shown(&self, root: &Path) -> Arc<str> {
        let taken: BTreeSet<&str> = self.found.iter().map(|found| &*found.folder.shown).collect();
        let names: Vec<String> = root
            .components()
            .filter_map(|part| match part {
                Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
                _ => None,
            })
            .collect();
        let tails = (0..names.len()).rev().map(|from| names[from..].join("/"));
        let free = tails.into_iter().find(|tail| !taken.contains(tail.as_str()));
        free.unwrap_or_else(|| ".".into()).into()
    }
}
