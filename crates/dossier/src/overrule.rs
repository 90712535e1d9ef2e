//! Keeping what a person answers instead, in a dossier's own `overrides.csv`.
//!
//! The file appears or changes whole. A row of the same key takes the place of the old one: by default one person says
//! one thing about a statement on one day.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::value::RawValue;

use crate::decode::{self, Survey};
use crate::faults::{At, Faults};
use crate::folder::{self, Folder};
use crate::init::resource;
use crate::limits::Limits;
use crate::package::{FILE, Format, Package};
use crate::registers::Override;
use crate::schema;
use crate::write::write_atomically;

/// Its table.
const TABLE: &str = "overrides";

/// Why nothing was kept.
#[derive(Debug, thiserror::Error)]
pub enum OverruleError {
    /// The dossier cannot be read or written.
    #[error("failed to keep it in {}: {reason}", .path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
}

fn failed(path: &Path, reason: impl ToString) -> OverruleError {
    OverruleError::File { path: path.to_owned(), reason: reason.to_string() }
}

/// Adds a row to the overrides of the dossier in a folder; a dossier without such a table gets one.
///
/// # Errors
/// If the dossier cannot be read, its table is no plain CSV or lacks a column, or writing fails. The dossier is as it
/// was then.
pub fn overrule(dossier: &Path, row: &Override) -> Result<(), OverruleError> {
    let root = fs::canonicalize(dossier).map_err(|error| failed(dossier, error))?;
    let folder = Folder { root: root.clone(), shown: "".into() };
    let limits = Limits::default();
    let description = root.join(FILE);
    let bytes = folder::read(&description, limits.settings)
        .map_err(|_| failed(&description, "it cannot be read, or is too large"))?
        .bytes;
    let mut faults = Faults::new(1);
    let package = Package::read(bytes.clone(), At::file(FILE), &limits, &mut faults)
        .ok_or_else(|| failed(&description, "it is no data package"))?;
    let Some(own) = package.resources.iter().find(|resource| resource.table == TABLE) else {
        return first(&root, &description, &bytes, row);
    };
    let named = root.join(&own.path);
    if own.format != Format::Csv || own.sheet.is_some() {
        return Err(failed(&named, "overrides are only added to a CSV file"));
    }
    let path =
        folder.inside(&own.path).map_err(|_| failed(&named, "it is not a plain file of the dossier"))?;
    let held =
        folder::read(&path, limits.file).map_err(|_| failed(&named, "it cannot be read, or is too large"))?;
    let survey = Survey::of(&held.bytes[..]).map_err(|error| failed(&named, error))?;
    let encoding = survey.encoding(own.encoding.as_deref(), At::file(FILE), &mut faults);
    let text = decode::text(held.bytes, encoding);
    let known = schema::table(TABLE).map(|known| &known.schema);
    let key = schema::effective(known, own.schema.as_ref(), At::file(FILE), &mut faults).primary_key;
    let text = with_row(&text, own.delimiter, &key, row).map_err(|reason| failed(&named, reason))?;
    // What was in an older encoding stays in it; UTF-16 is written as UTF-8, whose mark tells readers so.
    let (out, written_in, _) = encoding.encode(&text);
    let mark: &[u8] = if written_in == encoding { &[] } else { b"\xef\xbb\xbf" };
    write_atomically(&path, &[mark, &out].concat()).map_err(|error| failed(&named, error))
}

/// The text of the table with one row more; rows of the same key are left out.
fn with_row(
    text: &str,
    delimiter: u8,
    key: &[zhidian_model::Code],
    row: &Override,
) -> Result<String, String> {
    let mut reader =
        csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(text.as_bytes());
    let header = reader.headers().map_err(|error| error.to_string())?.clone();
    let new = csv::StringRecord::from(cells(row, &header)?);
    let same = |old: &csv::StringRecord| {
        let differs = |name: &zhidian_model::Code| {
            let at = header.iter().position(|column| column.trim() == &**name);
            at.is_none_or(|at| old.get(at).map(str::trim) != new.get(at))
        };
        !key.is_empty() && !key.iter().any(differs)
    };
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).flexible(true).from_writer(Vec::new());
    let mut write =
        |record: &csv::StringRecord| writer.write_record(record).map_err(|error| error.to_string());
    write(&header)?;
    for old in reader.records() {
        let old = old.map_err(|error| error.to_string())?;
        if !same(&old) {
            write(&old)?;
        }
    }
    write(&new)?;
    let bytes = writer.into_inner().map_err(|error| error.to_string())?;
    String::from_utf8(bytes).map_err(|error| error.to_string())
}

/// The cells of a row under a header.
fn cells(row: &Override, header: &csv::StringRecord) -> Result<Vec<String>, String> {
    let date = row.date.to_string();
    let known = [
        ("claim", &row.claim),
        ("answer", &row.answer),
        ("name", &row.name),
        ("reason", &row.reason),
        ("date", &date),
    ];
    for (column, _) in known {
        if !header.iter().any(|name| name.trim() == column) {
            return Err(format!("it has no column {column}"));
        }
    }
    let cell = |name: &str| {
        known.iter().find(|(column, _)| *column == name.trim()).map(|(_, value)| (*value).clone())
    };
    Ok(header.iter().map(|name| cell(name).unwrap_or_default()).collect())
}

/// The first row: the file is made, then the description names it. The words of the description stay as they are.
fn first(root: &Path, description: &Path, bytes: &[u8], row: &Override) -> Result<(), OverruleError> {
    let known = schema::table(TABLE).ok_or_else(|| failed(root, "the table is not known"))?;
    let path = root.join(&known.path);
    if fs::symlink_metadata(&path).is_ok() {
        return Err(failed(&path, "it is there, but datapackage.json does not name it"));
    }
    let header: Vec<&str> = known.schema.fields.iter().map(|field| &*field.name).collect();
    let text =
        with_row(&(header.join(",") + "\n"), b',', &[], row).map_err(|reason| failed(&path, reason))?;
    let described = with_resource(bytes, known).map_err(|reason| failed(description, reason))?;
    write_atomically(&path, text.as_bytes()).map_err(|error| failed(&path, error))?;
    write_atomically(description, described.as_bytes()).map_err(|error| {
        // A file that nothing names would be in the way the next time.
        let _ = fs::remove_file(&path);
        failed(description, error)
    })
}

/// The description with one resource more.
fn with_resource(bytes: &[u8], known: &schema::Known) -> Result<String, String> {
    let text = std::str::from_utf8(bytes).map_err(|error| error.to_string())?.trim_start_matches('\u{feff}');
    let package: indexmap::IndexMap<String, Box<RawValue>> =
        serde_json::from_str(text).map_err(|error| error.to_string())?;
    let mut resources: Vec<Box<RawValue>> = match package.get("resources") {
        Some(resources) => serde_json::from_str(resources.get()).map_err(|error| error.to_string())?,
        None => Vec::new(),
    };
    let own = serde_json::to_string_pretty(&resource(known)).map_err(|error| error.to_string())?;
    let own = own.replace('\n', "\n    ");
    resources.push(RawValue::from_string(own).map_err(|error| error.to_string())?);
    let listed: Vec<&str> = resources.iter().map(|resource| resource.get()).collect();
    let listed = format!("[\n    {}\n  ]", listed.join(",\n    "));
    let mut entries: Vec<(&str, &str)> =
        package.iter().map(|(name, value)| (name.as_str(), value.get())).collect();
    match entries.iter_mut().find(|(name, _)| *name == "resources") {
        Some((_, value)) => *value = &listed,
        None => entries.push(("resources", &listed)),
    }
    let quoted = |name: &str| serde_json::to_string(name).map_err(|error| error.to_string());
    let lines: Result<Vec<String>, String> =
        entries.iter().map(|(name, value)| Ok(format!("  {}: {value}", quoted(name)?))).collect();
    Ok(format!("{{\n{}\n}}\n", lines?.join(",\n")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Dossiers, Options, init};

    fn row(claim: &str, name: &str, day: i8) -> Override {
        Override {
            claim: claim.into(),
            answer: "supported".into(),
            name: name.into(),
            reason: "统计局,来函 \"证实\"".into(),
            date: jiff::civil::date(2026, 11, day),
        }
    }

    fn kept(dir: &Path) -> Vec<Override> {
        let dossiers = Dossiers::open(&[dir.to_owned()], &Options::default()).unwrap();
        assert_eq!(dossiers.problems(), []);
        dossiers.overrides().to_vec()
    }

    #[test]
    fn rows_are_added_and_the_same_person_speaks_once_a_day() {
        let parent = tempfile::tempdir().unwrap();
        let dir = parent.path().join("d");
        init(&dir, "d", None, "d").unwrap();
        for (claim, name, day) in
            [("a-001", "甲", 1), ("a-001", "乙", 1), ("a-001", "甲", 2), ("a-001", "甲", 2)]
        {
            overrule(&dir, &row(claim, name, day)).unwrap();
        }
        let expected = [row("a-001", "甲", 1), row("a-001", "乙", 1), row("a-001", "甲", 2)];
        assert_eq!(kept(&dir), expected);
    }

    #[test]
    fn a_dossier_without_the_table_gets_one_and_its_description_keeps_its_words() {
        let parent = tempfile::tempdir().unwrap();
        let dir = parent.path();
        let text = "{\n  \"name\": \"d\",\n  \"title\":   \"衢州 \\u4e00\",\n  \"resources\": [],\n  \"zhidian\": {\"format\": \"zhidian.dossier/1\"}\n}\n";
        fs::write(dir.join(FILE), text).unwrap();
        overrule(dir, &row("a-001", "甲", 1)).unwrap();
        let described = fs::read_to_string(dir.join(FILE)).unwrap();
        assert!(described.contains("\"title\": \"衢州 \\u4e00\""), "{described}");
        assert_eq!(kept(dir), [row("a-001", "甲", 1)]);
        overrule(dir, &row("a-002", "甲", 1)).unwrap();
        assert_eq!(kept(dir).len(), 2);
    }

    #[test]
    fn a_table_in_gb18030_stays_in_it() {
        let parent = tempfile::tempdir().unwrap();
        let dir = parent.path().join("d");
        init(&dir, "d", None, "d").unwrap();
        let (bytes, _, _) = encoding_rs::GB18030.encode(
            "claim,answer,name,reason,date\na-001,undecided,李四,衢州市统计局的来函说明了这个数,2026-11-01\n",
        );
        fs::write(dir.join("overrides.csv"), &bytes).unwrap();
        overrule(&dir, &row("a-002", "甲", 1)).unwrap();
        let after = fs::read(dir.join("overrides.csv")).unwrap();
        assert!(std::str::from_utf8(&after).is_err());
        let (text, _, _) = encoding_rs::GB18030.decode(&after);
        assert!(text.contains("李四") && text.contains("a-002"), "{text}");
    }

    #[test]
    fn a_file_that_nothing_names_is_left_alone() {
        let parent = tempfile::tempdir().unwrap();
        let dir = parent.path();
        fs::write(dir.join(FILE), "{\"name\": \"d\", \"resources\": []}").unwrap();
        fs::write(dir.join("overrides.csv"), "x\n").unwrap();
        assert!(overrule(dir, &row("a-001", "甲", 1)).is_err());
        assert_eq!(fs::read_to_string(dir.join("overrides.csv")).unwrap(), "x\n");
    }
}
