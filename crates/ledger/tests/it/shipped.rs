//! The dossiers that ship with the product.

use std::path::{Path, PathBuf};
use zhidian_dossier::{Dossiers, Options};
use zhidian_ledger::{Ledger, Registry, Run, assess};

/// The workspace's `dossiers/`.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../dossiers")
}

/// The whole run over dossiers at these paths.
pub(crate) fn assessed(paths: &[PathBuf]) -> Ledger {
    let dossiers = Dossiers::open(paths, &Options::default()).unwrap();
    assess(&dossiers, &Registry::standard(), &Run::default()).unwrap()
}

/// The whole run over the three cities.
pub(crate) fn cities() -> Ledger {
    assessed(&["quzhou", "laibin", "xinxiang"].map(|city| folder().join(city)))
}
