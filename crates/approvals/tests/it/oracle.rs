//! Where the files to compare with stand; they are others' and not part of the repository.

use std::path::PathBuf;

/// The folder, or nothing with a word to whoever reads the output.
pub(crate) fn folder() -> Option<PathBuf> {
    let root = std::env::var_os("ZHIDIAN_ORACLES").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/oracles"),
        PathBuf::from,
    );
    let folder = root.join("approvals");
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("skipped: no oracles");
    None
}

/// One of its logs, read whole.
pub(crate) fn log(name: &str) -> Option<(zhidian_approvals::log::EventLog, zhidian_approvals::read::Report)> {
    let file = std::fs::File::open(folder()?.join("logs").join(name)).unwrap();
    Some(zhidian_approvals::read::log(file, &Default::default()).unwrap())
}

/// One of its answers.
pub(crate) fn json(name: &str) -> Option<serde_json::Value> {
    let text = std::fs::read_to_string(folder()?.join("json").join(name)).unwrap();
    Some(serde_json::from_str(&text).unwrap())
}
