//! Where the reference results are, when they are there.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The folder of this engine's oracles; says so when there is none.
pub(crate) fn folder() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let all =
        std::env::var_os("ZHIDIAN_ORACLES").map_or_else(|| root.join("../shared/oracles"), PathBuf::from);
    let folder = all.join("projects");
    if folder.is_dir() {
        return Some(folder);
    }
    println!("skipped: no oracles");
    None
}

/// A JSON file of the oracles.
pub(crate) fn json(name: &str) -> Option<serde_json::Value> {
    let text = std::fs::read_to_string(folder()?.join(name)).unwrap();
    Some(serde_json::from_str(&text).unwrap())
}

/// The files of an archive by name, in order.
pub(crate) fn archive(name: &str) -> Option<Vec<(String, String)>> {
    let archive = folder()?.join(name);
    let into = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name.replace('/', "-"));
    std::fs::create_dir_all(&into).unwrap();
    let done = Command::new("tar").arg("-xzf").arg(&archive).arg("-C").arg(&into).status();
    if !done.is_ok_and(|status| status.success()) {
        println!("skipped: no tar");
        return None;
    }
    let mut files = Vec::new();
    for folder in
        [into.clone()].into_iter().chain(std::fs::read_dir(&into).unwrap().map(|e| e.unwrap().path()))
    {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let text = path.is_file().then(|| std::fs::read_to_string(&path).ok()).flatten();
            if let (Some(text), Some(stem)) = (text, path.file_stem()) {
                files.push((stem.to_string_lossy().into_owned(), text));
            }
        }
    }
    files.sort();
    Some(files)
}
