//! Files beside the workspace that some tests compare with; they are no part of the repository.
use std::path::PathBuf;

/// The folder of reference answers, if it is there: `ZHIDIAN_ORACLES`, else `../shared/oracles` beside the workspace.
pub(crate) fn oracles() -> Option<PathBuf> {
    let folder = std::env::var_os("ZHIDIAN_ORACLES")
        .map_or_else(|| workspace().join("../shared/oracles"), PathBuf::from);
    folder.is_dir().then_some(folder)
}

/// The folder of collected facts, if it is there.
pub(crate) fn facts() -> Option<PathBuf> {
    let folder = workspace().join("../shared/facts");
    folder.is_dir().then_some(folder)
}

fn workspace() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}
