//! The folder of a dossier: paths that stay inside it, and files read within limits.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use sha2::{Digest, Sha256};

/// A folder whose files may be read, and the name it is shown by.
#[derive(Clone, Debug)]
pub(crate) struct Folder {
    /// Canonical path.
    pub(crate) root: PathBuf,
    /// `quzhou`
    pub(crate) shown: Arc<str>,
}

/// Why a path was not followed.
#[derive(Debug)]
pub(crate) enum PathFault {
    /// It would lead outside, is absolute, or is no path.
    Escapes,
    /// Nothing is there.
    Missing,
    /// It is there and cannot be read: the reason.
    Unreadable(String),
}

impl Folder {
    /// How a file of the folder is shown: `quzhou/tables/observations.csv`.
    pub(crate) fn show(&self, path: &str) -> Arc<str> {
        format!("{}/{}", self.shown, path.trim_start_matches("./")).into()
    }

    /// A file inside the folder. Neither the path nor any link on its way may lead outside.
    pub(crate) fn inside(&self, path: &str) -> Result<PathBuf, PathFault> {
        if !is_relative(path) {
            return Err(PathFault::Escapes);
        }
        let full = self.root.join(path);
        let real = fs::canonicalize(&full).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => PathFault::Missing,
            _ => PathFault::Unreadable(error.to_string()),
        })?;
        if !real.starts_with(&self.root) {
            return Err(PathFault::Escapes);
        }
        let is_file = fs::metadata(&real).is_ok_and(|data| data.is_file());
        if is_file { Ok(real) } else { Err(PathFault::Unreadable("not a plain file".into())) }
    }
}

/// Is it a relative path of plain names, with `/` between, on any system?
fn is_relative(path: &str) -> bool {
    let plain =
        Path::new(path).components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    plain && !path.is_empty() && !path.contains(['\\', '\0', ':'])
}

/// Why a file was not read.
#[derive(Debug)]
pub(crate) enum ReadFault {
    /// It is larger than allowed: its size.
    TooLarge(u64),
    /// The reason of the system.
    Io(io::Error),
}

/// A file that was read whole.
#[derive(Debug)]
pub(crate) struct Bytes {
    /// What it holds.
    pub(crate) bytes: Vec<u8>,
    /// SHA-256 in hexadecimal.
    pub(crate) sha256: String,
}

/// The size of a file in bytes.
pub(crate) fn size(path: &Path) -> Result<u64, ReadFault> {
    fs::metadata(path).map(|data| data.len()).map_err(ReadFault::Io)
}

/// Reads a file whole, unless it is larger than `most` bytes; the size is looked at first and while reading.
pub(crate) fn read(path: &Path, most: u64) -> Result<Bytes, ReadFault> {
    let length = size(path)?;
    if length > most {
        return Err(ReadFault::TooLarge(length));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or_default());
    let file = File::open(path).map_err(ReadFault::Io)?;
    file.take(most.saturating_add(1)).read_to_end(&mut bytes).map_err(ReadFault::Io)?;
    let read = bytes.len() as u64;
    if read > most {
        return Err(ReadFault::TooLarge(read));
    }
    let sha256 = hex(&Sha256::digest(&bytes));
    Ok(Bytes { bytes, sha256 })
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes
        .iter()
        .flat_map(|b| [DIGITS[usize::from(b >> 4)], DIGITS[usize::from(b & 15)]])
        .map(char::from)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_that_lead_outside_are_refused() {
        let dir = tempfile::tempdir().unwrap();
        let root = fs::canonicalize(dir.path()).unwrap().join("dossier");
        fs::create_dir_all(root.join("tables")).unwrap();
        fs::write(root.join("tables/t.csv"), "a\n1\n").unwrap();
        fs::write(root.join("../secret.csv"), "a\n1\n").unwrap();
        let folder = Folder { root: root.clone(), shown: "dossier".into() };
        assert!(folder.inside("tables/t.csv").is_ok());
        assert!(folder.inside("./tables/t.csv").is_ok());
        for path in
            ["", "../secret.csv", "tables/../../secret.csv", "/etc/passwd", "C:\\x.csv", "http://x/y.csv"]
        {
            assert!(matches!(folder.inside(path), Err(PathFault::Escapes)), "{path:?} was followed");
        }
        assert!(matches!(folder.inside("tables/none.csv"), Err(PathFault::Missing)));
        assert!(matches!(folder.inside("tables"), Err(PathFault::Unreadable(_))));
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink("../../secret.csv", root.join("tables/link.csv")).unwrap();
            assert!(matches!(folder.inside("tables/link.csv"), Err(PathFault::Escapes)));
        }
    }

    #[test]
    fn a_file_is_measured_before_it_is_read() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("f");
        fs::write(&path, b"abc").unwrap();
        assert!(matches!(read(&path, 2), Err(ReadFault::TooLarge(3))));
        let read = read(&path, 3).unwrap();
        assert_eq!(read.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
