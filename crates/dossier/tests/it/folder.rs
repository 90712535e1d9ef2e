//! Folders made for a test.
#![allow(dead_code, unreachable_pub, clippy::unwrap_used)]

use std::fs;
use std::path::PathBuf;

/// The header of observations.
pub const HEADER: &str = "subject,measure,period,scope,value,unit,decimals,status,published,edition,origin\n";

/// One origin.
pub const ORIGINS: &str = "id,grade,publisher,title,address,address_kind,published,edition,licence,sha256,copy_of,note\n\
good,official,统计局,公报,http://a,primary,2021-03-01,,,,,\n";

/// A temporary folder that is gone when the test ends.
pub struct Folder(tempfile::TempDir);

impl Folder {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    pub fn write(&self, path: &str, text: &str) {
        self.write_bytes(path, text.as_bytes());
    }

    pub fn write_bytes(&self, path: &str, bytes: &[u8]) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

/// A `datapackage.json` with these dossiers used, these tables (name and path) and these documents (JSON).
pub fn package(name: &str, uses: &[&str], tables: &[(&str, &str)], documents: &str) -> String {
    let uses: Vec<String> = uses.iter().map(|path| format!("\n    \"{path}\"")).collect();
    let tables: Vec<String> = tables
        .iter()
        .enumerate()
        .map(|(at, (table, path))| {
            format!("\n    {{\"name\": \"r{at}\", \"path\": \"{path}\", \"encoding\": \"utf-8\", \"zhidian\": {{\"table\": \"{table}\"}}}}")
        })
        .collect();
    format!(
        "{{\n  \"name\": \"{name}\",\n  \"title\": \"{name}\",\n  \"zhidian\": {{\n    \"format\": \"zhidian.dossier/1\",\n    \
         \"region\": \"330800\",\n    \"uses\": [{}],\n    \"documents\": [{documents}]}},\n  \"resources\": [{}]\n}}\n",
        uses.join(","),
        tables.join(",")
    )
}
