//! A new dossier: every table empty, with its description.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use zhidian_vocabulary::regions;

use crate::package::{FILE, FORMAT};
use crate::schema::{Known, catalogue, package_schema};

/// Why no dossier was made.
#[derive(Debug, thiserror::Error)]
pub enum InitError {
    /// Something is there.
    #[error("failed to make a dossier in {}: it is there already; choose another name", .0.display())]
    Exists(PathBuf),
    /// The name is not one a package can have.
    #[error("failed to name a dossier {0:?}: use lower-case letters, digits, `-`, `_` and `.`")]
    Name(String),
    /// No region has the code.
    #[error("failed to find region {0}: use a six-digit code of GB/T 2260")]
    Region(u32),
    /// The reason of the system.
    #[error("failed to write {}: {reason}", .path.display())]
    Io {
        /// Where.
        path: PathBuf,
        /// Why.
        reason: io::Error,
    },
}

/// Makes a new dossier in the folder `dir`, which must not exist: all known tables empty with their headers and
/// bilingual descriptions. It is written beside its place and moved there whole.
///
/// # Errors
/// If something is there already, the name cannot be a package's, no region has the code, or writing fails; nothing is
/// left behind then.
pub fn init(dir: &Path, name: &str, region: Option<u32>, title: &str) -> Result<(), InitError> {
    if !is_package_name(name) {
        return Err(InitError::Name(name.to_owned()));
    }
    if let Some(code) = region.filter(|code| regions::by_code(*code).is_none()) {
        return Err(InitError::Region(code));
    }
    if fs::symlink_metadata(dir).is_ok() {
        return Err(InitError::Exists(dir.to_owned()));
    }
    let parent = dir.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let failed = |reason| InitError::Io { path: dir.to_owned(), reason };
    fs::create_dir_all(parent).map_err(failed)?;
    let temporary = tempfile::Builder::new().prefix(".zhidian-").tempdir_in(parent).map_err(failed)?;
    let root = temporary.path().join("dossier");
    for (path, text) in files(name, region, title) {
        let path = root.join(path);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(failed)?;
        }
        fs::write(&path, text).map_err(failed)?;
    }
    // A folder that came up meanwhile is not replaced: renaming onto a folder that is not empty fails.
    fs::rename(&root, dir).map_err(failed)
}

/// The names the Frictionless tools take.
fn is_package_name(name: &str) -> bool {
    !name.is_empty()
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_.".contains(c))
}

fn files(name: &str, region: Option<u32>, title: &str) -> Vec<(String, String)> {
    let mut files = vec![(FILE.to_owned(), package(name, region, title))];
    for known in catalogue() {
        let header: Vec<&str> = known.schema.fields.iter().map(|field| &*field.name).collect();
        files.push((known.path.clone(), header.join(",") + "\n"));
    }
    files.push(("parameters.toml".into(), PARAMETERS.into()));
    files.push(("documents/README.md".into(), DOCUMENTS.into()));
    files.push(("scenarios/README.md".into(), SCENARIOS.into()));
    files
}

fn package(name: &str, region: Option<u32>, title: &str) -> String {
    let resources: Vec<Value> = catalogue().iter().map(resource).collect();
    let mut own = json!({"format": FORMAT, "uses": [], "documents": []});
    if let Some(code) = region {
        own["region"] = json!(format!("{code:06}"));
    }
    let package = json!({
        "name": name,
        "title": title,
        "profile": "tabular-data-package",
        "zhidian": own,
        "resources": resources,
    });
    // A value made of texts, lists and objects always prints.
    serde_json::to_string_pretty(&package).unwrap_or_default() + "\n"
}

/// How a table of the catalogue is described.
pub(crate) fn resource(known: &Known) -> Value {
    json!({
        "name": known.id,
        "title": format!("{} | {}", known.title.zh, known.title.en),
        "description": format!("{} | {}", known.row.zh, known.row.en),
        "path": known.path,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "zhidian": {"table": known.id},
        "schema": package_schema(&known.schema),
    })
}

const PARAMETERS: &str = r#"# 有时效的参数：阈值、限额、权重、日历、费率，各附出处。
# Dated parameters: thresholds, limits, weights, calendars, rates, each with its reference.
#
# [[parameter]]
# name = "indicators.rounding.tie"
# value = "0.05"
# unit = "percentage_point"
# valid = "2000.."
# origin = "id of origins.csv"
# reference = "where it stands"
"#;

const DOCUMENTS: &str = r#"# 文稿 documents

把要核对的文稿（.txt 或 .md）放在这里，并在 datapackage.json 的 zhidian.documents 中登记：

Put the texts to be checked (.txt, .md, .html, .docx, or .pdf with a text layer) here and list them under zhidian.documents in datapackage.json:

    {"id": "report-zh", "path": "documents/report.zh.txt", "language": "zh", "dated": "2021-03-06"}
"#;

const SCENARIOS: &str = r#"# 情景 scenarios

每个 .toml 文件是一个情景：叠加在资料夹之上的行与参数，等级一律为“假设”。

Each .toml file is a scenario: rows and parameters laid over the dossier, always graded assumed.

    title = "what if"

    [[rows.observations]]
    subject = "330800"
    measure = "gdp.growth.real"
    period = "2020"
    value = "3.6"
    unit = "%"
"#;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Options, check};

    #[test]
    fn a_new_dossier_checks_clean_and_is_not_overwritten() {
        let parent = tempfile::tempdir().unwrap();
        let dir = parent.path().join("deep/quzhou");
        init(&dir, "quzhou", Some(330_800), "衢州").unwrap();
        let (manifest, problems) = check(&dir, &Options::default()).unwrap();
        assert_eq!(problems, []);
        assert_eq!(manifest.dossiers[0].region, Some(330_800));
        assert_eq!(manifest.dossiers[0].title, "衢州");
        assert!(matches!(init(&dir, "quzhou", None, "x"), Err(InitError::Exists(_))));
        assert_eq!(fs::read_dir(dir.parent().unwrap()).unwrap().count(), 1, "something was left behind");
    }

    #[test]
    fn names_and_regions_are_checked_before_anything_is_written() {
        let parent = tempfile::tempdir().unwrap();
        let dir = parent.path().join("x");
        assert!(matches!(init(&dir, "Quzhou", None, ""), Err(InitError::Name(_))));
        assert!(matches!(init(&dir, "quzhou", Some(999_999), ""), Err(InitError::Region(_))));
        assert!(!dir.exists());
    }
}
