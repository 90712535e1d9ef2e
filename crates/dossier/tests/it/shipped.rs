//! The dossiers that are shipped.

use std::path::{Path, PathBuf};

use zhidian_dossier::{Options, check};

/// The folders of the shipped dossiers.
pub(crate) fn folders() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../dossiers");
    let entries = std::fs::read_dir(&root).unwrap().flatten().map(|entry| entry.path());
    let mut folders: Vec<PathBuf> = entries.filter(|path| path.join("datapackage.json").is_file()).collect();
    folders.sort();
    folders
}

#[test]
fn shipped_dossiers_check_clean() {
    let folders = folders();
    assert!(!folders.is_empty());
    for folder in folders {
        let (_, problems) = check(&folder, &Options::default()).unwrap();
        assert_eq!(problems, [], "{}", folder.display());
    }
}
