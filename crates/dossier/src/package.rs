//! `datapackage.json`: what a dossier says of itself.

use std::collections::{BTreeSet, HashMap};

use jiff::civil::Date;
use serde_json::{Map, Value};
use zhidian_model::Subject;
use zhidian_vocabulary::regions;

use crate::cells::iso_date;
use crate::decode;
use crate::faults::{
    At, DOCUMENT_PROPERTY, FILE_FORMAT, Faults, PACKAGE_FORMAT, PACKAGE_MALFORMED, PACKAGE_PROPERTY,
    RESOURCE_MALFORMED,
};
use crate::limits::Limits;
use crate::schema;

/// Name of the file.
pub(crate) const FILE: &str = "datapackage.json";

/// The format this crate reads and writes.
pub(crate) const FORMAT: &str = "zhidian.dossier/1";

/// A dossier's own words about itself.
#[derive(Debug, Default)]
pub(crate) struct Package {
    pub(crate) name: String,
    pub(crate) title: String,
    pub(crate) region: Option<u32>,
    pub(crate) reference_date: Option<Date>,
    pub(crate) uses: Vec<String>,
    pub(crate) documents: Vec<DocumentEntry>,
    pub(crate) resources: Vec<Resource>,
    /// Where its texts stand.
    lines: Quoted,
}

/// The line on which each JSON string of a text first stands.
#[derive(Debug, Default)]
struct Quoted(HashMap<String, u64>);

impl Quoted {
    fn of(json: &str) -> Self {
        let (mut lines, mut line, mut start) = (HashMap::new(), 1, None);
        let mut escaped = false;
        for (at, byte) in json.bytes().enumerate() {
            match (byte, start) {
                (b'\n', _) => line += 1,
                (b'"', None) => start = Some(at),
                (b'"', Some(from)) if !escaped => {
                    let text = json.get(from..=at).and_then(|quoted| serde_json::from_str(quoted).ok());
                    if let Some(text) = text {
                        lines.entry(text).or_insert(line);
                    }
                    start = None;
                }
                _ => {}
            }
            escaped = byte == b'\\' && !escaped;
        }
        Self(lines)
    }

    fn line(&self, text: &str) -> Option<u64> {
        self.0.get(text).copied()
    }
}

/// A document as the package lists it.
#[derive(Debug)]
pub(crate) struct DocumentEntry {
    pub(crate) id: String,
    pub(crate) path: String,
    pub(crate) title: Option<String>,
    pub(crate) language: String,
    pub(crate) dated: Option<Date>,
    pub(crate) region: Option<u32>,
    pub(crate) translation_of: Option<String>,
    pub(crate) speaker: Option<String>,
    pub(crate) origin: Option<String>,
    pub(crate) encoding: Option<String>,
}

/// A table as the package lists it.
#[derive(Debug)]
pub(crate) struct Resource {
    pub(crate) path: String,
    pub(crate) table: String,
    pub(crate) format: Format,
    pub(crate) encoding: Option<String>,
    pub(crate) delimiter: u8,
    pub(crate) sheet: Option<Sheet>,
    pub(crate) schema: Option<Value>,
    pub(crate) origin: Option<String>,
}

/// How the file of a table is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Csv,
    Xlsx,
}

/// Which sheet of a workbook.
#[derive(Debug)]
pub(crate) enum Sheet {
    Named(String),
    /// Counted from one.
    Number(usize),
}

impl Package {
    /// Reads the bytes of `datapackage.json`; nothing if it is no JSON object.
    pub(crate) fn read(bytes: Vec<u8>, at: At<'_>, limits: &Limits, faults: &mut Faults) -> Option<Self> {
        let text = decode::text(bytes, encoding_rs::UTF_8);
        let value: Value = match serde_json::from_str(&text) {
            Ok(value) => value,
            Err(error) => {
                let line = u64::try_from(error.line()).ok().filter(|line| *line > 0);
                let column = format!("character {}", error.column());
                let found = line.and_then(|line| text.lines().nth(line as usize - 1)).unwrap_or_default();
                faults.add(PACKAGE_MALFORMED, at.line(line).column(&column), found, error.to_string());
                return None;
            }
        };
        if depth(&value) > limits.nesting {
            let most = format!("at most {} levels", limits.nesting);
            faults.add(PACKAGE_MALFORMED, at.row(1), "deeper nesting", most);
            return None;
        }
        let Value::Object(object) = &value else {
            faults.add(PACKAGE_MALFORMED, at.row(1), &text, "a JSON object");
            return None;
        };
        let lines = Quoted::of(&text);
        let mut reader = Reader { lines: &lines, at, most: limits.listed, faults };
        let package = reader.package(object);
        Some(Self { lines, ..package })
    }

    /// The line of `datapackage.json` where a text stands in quotes.
    pub(crate) fn line_of(&self, value: &str) -> Option<u64> {
        self.lines.line(value)
    }
}

/// How deep a value nests.
fn depth(value: &Value) -> usize {
    match value {
        Value::Array(values) => 1 + values.iter().map(depth).max().unwrap_or_default(),
        Value::Object(values) => 1 + values.values().map(depth).max().unwrap_or_default(),
        _ => 0,
    }
}

struct Reader<'a, 'b> {
    lines: &'a Quoted,
    at: At<'a>,
    most: usize,
    faults: &'b mut Faults,
}

impl Reader<'_, '_> {
    fn package(&mut self, object: &Map<String, Value>) -> Package {
        let none = Map::new();
        let own = match object.get("zhidian") {
            Some(Value::Object(own)) => own,
            Some(other) => {
                self.wrong("zhidian", other, "an object");
                &none
            }
            None => {
                self.faults.add(PACKAGE_FORMAT, self.at.column("zhidian.format"), "nothing", FORMAT);
                &none
            }
        };
        if !own.is_empty() && own.get("format").and_then(Value::as_str) != Some(FORMAT) {
            let found = own.get("format").map(Value::to_string).unwrap_or_else(|| "nothing".into());
            let line = own.get("format").and_then(Value::as_str).and_then(|format| self.lines.line(format));
            self.faults.add(PACKAGE_FORMAT, self.at.column("zhidian.format").line(line), &found, FORMAT);
        }
        let name = self.string(object, "name", "name").unwrap_or_default();
        let uses = self.list(own, "uses", "zhidian.uses");
        let documents = self.list(own, "documents", "zhidian.documents");
        let resources = self.list(object, "resources", "resources");
        let mut package = Package {
            title: self.string(object, "title", "title").unwrap_or_else(|| name.clone()),
            name,
            region: self.region(own, "zhidian.region"),
            reference_date: self.date(own, "reference_date", "zhidian.reference_date"),
            ..Package::default()
        };
        for (at, entry) in uses.iter().enumerate() {
            match entry {
                Value::String(path) => package.uses.push(path.clone()),
                other => self.wrong(&format!("zhidian.uses[{at}]"), other, "a path"),
            }
        }
        for (at, entry) in documents.iter().enumerate() {
            let place = format!("zhidian.documents[{at}]");
            if let Some(document) = self.document(entry, &place) {
                if package.documents.iter().any(|other| other.id == document.id) {
                    let at = self.at.column(&place).line(self.lines.line(&document.id));
                    self.faults.add(DOCUMENT_PROPERTY, at, &document.id, "an id of its own");
                } else {
                    package.documents.push(document);
                }
            }
        }
        let mut names: BTreeSet<String> = BTreeSet::new();
        for (at, entry) in resources.iter().enumerate() {
            let place = format!("resources[{at}]");
            self.resource(entry, &place, &mut names, &mut package.resources);
        }
        package
    }

    fn document(&mut self, entry: &Value, place: &str) -> Option<DocumentEntry> {
        let Value::Object(object) = entry else {
            self.wrong(place, entry, "an object with id, path and language");
            return None;
        };
        let id = self.string(object, "id", &format!("{place}.id")).filter(|id| !id.is_empty());
        let path = self.string(object, "path", &format!("{place}.path")).filter(|path| !path.is_empty());
        let (Some(id), Some(path)) = (id, path) else {
            let at = self.at.column(place);
            self.faults.add(DOCUMENT_PROPERTY, at, &entry.to_string(), "an id and a path");
            return None;
        };
        let language =
            self.string(object, "language", &format!("{place}.language")).unwrap_or_else(|| "zh".into());
        if !["zh", "en"].contains(&language.as_str()) {
            let at = self.at.column(place).line(self.lines.line(&id));
            self.faults.add(DOCUMENT_PROPERTY, at, &language, "zh or en");
        }
        Some(DocumentEntry {
            dated: self.date(object, "dated", &format!("{place}.dated")),
            region: self.region(object, &format!("{place}.region")),
            title: self.string(object, "title", place),
            translation_of: self.string(object, "translation_of", place),
            speaker: self.string(object, "speaker", place),
            origin: self.string(object, "origin", place),
            encoding: self.string(object, "encoding", place),
            id,
            path,
            language,
        })
    }

    fn resource(
        &mut self,
        entry: &Value,
        place: &str,
        names: &mut BTreeSet<String>,
        out: &mut Vec<Resource>,
    ) {
        let Value::Object(object) = entry else {
            self.faults.add(RESOURCE_MALFORMED, self.at.column(place), &entry.to_string(), "an object");
            return;
        };
        let name = object.get("name").and_then(Value::as_str).unwrap_or_default();
        let line = self.lines.line(name);
        let at = self.at.column(place).line(line);
        if name.is_empty() || !names.insert(name.to_owned()) {
            self.faults.add(RESOURCE_MALFORMED, at, name, "a name of its own");
        }
        let Some(path) = object.get("path").and_then(Value::as_str) else {
            let found = object.get("path").map(Value::to_string).unwrap_or_else(|| "no path".into());
            self.faults.add(RESOURCE_MALFORMED, at, &found, "one path");
            return;
        };
        let none = Map::new();
        let own = object.get("zhidian").and_then(Value::as_object).unwrap_or(&none);
        let table = own.get("table").and_then(Value::as_str);
        let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
        let format = match ending.as_str() {
            "csv" | "tsv" => Format::Csv,
            "xlsx" | "xlsm" => Format::Xlsx,
            // A package may carry other files: maps, papers. Only a table must be one.
            _ if table.is_none() && schema::table(name).is_none() => return,
            _ => {
                self.faults.add(
                    FILE_FORMAT,
                    self.at.column(place).line(self.lines.line(path)),
                    path,
                    ".csv or .xlsx",
                );
                return;
            }
        };
        let dialect = object.get("dialect").and_then(Value::as_object).unwrap_or(&none);
        let delimiter =
            dialect.get("delimiter").or_else(|| dialect.get("csv").and_then(|csv| csv.get("delimiter")));
        let sheet =
            dialect.get("sheet").or_else(|| dialect.get("excel").and_then(|excel| excel.get("sheet")));
        out.push(Resource {
            path: path.to_owned(),
            table: table.unwrap_or(name).to_owned(),
            format,
            encoding: object.get("encoding").and_then(Value::as_str).map(str::to_owned),
            delimiter: match delimiter.and_then(Value::as_str).map(str::as_bytes) {
                Some([one]) if one.is_ascii() && !b"\"\r\n".contains(one) => *one,
                _ if ending == "tsv" => b'\t',
                _ => b',',
            },
            sheet: match sheet {
                Some(Value::String(name)) => Some(Sheet::Named(name.clone())),
                Some(Value::Number(number)) => number.as_u64().map(|number| Sheet::Number(number as usize)),
                _ => None,
            },
            schema: object.get("schema").cloned(),
            origin: own.get("origin").and_then(Value::as_str).map(str::to_owned),
        });
    }

    fn string(&mut self, object: &Map<String, Value>, name: &str, place: &str) -> Option<String> {
        match object.get(name) {
            Some(Value::String(text)) => Some(text.clone()),
            None | Some(Value::Null) if name == "name" => {
                self.faults.add(PACKAGE_PROPERTY, self.at.column(place), "nothing", "a name");
                None
            }
            None | Some(Value::Null) => None,
            Some(other) => {
                self.wrong(place, other, "a text");
                None
            }
        }
    }

    fn list<'v>(&mut self, object: &'v Map<String, Value>, name: &str, place: &str) -> &'v [Value] {
        match object.get(name) {
            Some(Value::Array(values)) if values.len() > self.most => {
                let expected = format!("at most {} entries", self.most);
                self.faults.add(PACKAGE_PROPERTY, self.at.column(place), &values.len().to_string(), expected);
                &values[..self.most]
            }
            Some(Value::Array(values)) => values,
            None | Some(Value::Null) => &[],
            Some(other) => {
                self.wrong(place, other, "a list");
                &[]
            }
        }
    }

    fn region(&mut self, object: &Map<String, Value>, place: &str) -> Option<u32> {
        let code = match object.get("region")? {
            Value::Null => return None,
            Value::String(text) => text.parse::<Subject>().ok().and_then(|subject| subject.region()),
            Value::Number(number) => number.as_u64().and_then(|code| u32::try_from(code).ok()),
            _ => None,
        };
        let known = code.filter(|code| regions::by_code(*code).is_some());
        if known.is_none() {
            self.wrong(place, &object["region"], "a six-digit code of GB/T 2260");
        }
        known
    }

    fn date(&mut self, object: &Map<String, Value>, name: &str, place: &str) -> Option<Date> {
        let value = object.get(name).filter(|value| !value.is_null())?;
        let date = value.as_str().and_then(iso_date);
        if date.is_none() {
            self.wrong(place, value, "2020-12-31");
        }
        date
    }

    fn wrong(&mut self, place: &str, found: &Value, expected: &str) {
        let line = found.as_str().and_then(|text| self.lines.line(text));
        self.faults.add(PACKAGE_PROPERTY, self.at.column(place).line(line), &found.to_string(), expected);
    }
}
