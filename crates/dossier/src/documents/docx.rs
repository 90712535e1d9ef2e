//! Word documents (DOCX): paragraphs, headings and tables of the main text.

use std::io::{Cursor, Read as _};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::lines::Lines;

/// Most elements within elements; a document of a person is far below.
const DEEPEST: usize = 256;

/// Why a document was not read.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Unread {
    /// It is no Word document, or damaged.
    Damaged(String),
    /// It unpacks to more than may be read.
    TooLarge(u64),
}

/// The text of a document that unpacks to at most `most` bytes.
pub(super) fn text(bytes: &[u8], most: u64) -> Result<String, Unread> {
    let damaged = |error: &dyn std::fmt::Display| Unread::Damaged(error.to_string());
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    let part = archive.by_name("word/document.xml").map_err(|error| damaged(&error))?;
    let mut xml = Vec::new();
    // What it states of its size may be false: no more is unpacked than may be read.
    part.take(most.saturating_add(1)).read_to_end(&mut xml).map_err(|error| damaged(&error))?;
    if xml.len() as u64 > most {
        return Err(Unread::TooLarge(xml.len() as u64));
    }
    let xml = String::from_utf8(xml).map_err(|error| damaged(&error))?;
    read(&xml, most)
}

/// A table being read.
#[derive(Default)]
struct Table {
    rows: Vec<Vec<String>>,
    cell: String,
    wide: usize,
    /// The cell goes on from the row above.
    goes_on: bool,
}

fn read(xml: &str, most: u64) -> Result<String, Unread> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = false;
    let mut lines = Lines::new(most);
    let (mut words, mut level, mut depth) = (String::new(), 0, 0_usize);
    let (mut told, mut skipped) = (false, 0_usize);
    let mut tables: Vec<Table> = Vec::new();
    loop {
        let event = reader.read_event().map_err(|error| Unread::Damaged(error.to_string()))?;
        match event {
            Event::Start(tag) => {
                depth += 1;
                if depth > DEEPEST {
                    return Err(Unread::Damaged(format!("more than {DEEPEST} elements within each other")));
                }
                match tag.local_name().as_ref() {
                    // The older form of what was just read in the newer, and what was deleted.
                    "Fallback" | "del" | "moveFrom" => skipped += 1,
                    "tbl" => tables.push(Table::default()),
                    "tr" => in_table(&mut tables, |table| table.rows.push(Vec::new())),
                    "tc" => in_table(&mut tables, |table| {
                        table.cell.clear();
                        (table.wide, table.goes_on) = (1, false);
                    }),
                    "p" => (words, level) = (String::new(), 0),
                    "t" => told = true,
                    name => mark(name, &tag, &mut words, &mut level, &mut tables),
                }
            }
            Event::Empty(tag) => {
                let name = tag.local_name();
                mark(name.as_ref(), &tag, &mut words, &mut level, &mut tables);
            }
            Event::Text(part) if told && skipped == 0 => {
                words.push_str(&part.xml10_content());
            }
            Event::GeneralRef(reference) if told && skipped == 0 => match reference.resolve_char_ref() {
                Ok(Some(c)) => words.push(c),
                _ => words
                    .push_str(quick_xml::escape::resolve_predefined_entity(&reference).unwrap_or_default()),
            },
            Event::CData(part) if told && skipped == 0 => {
                words.push_str(&part);
            }
            Event::End(tag) => {
                depth = depth.saturating_sub(1);
                match tag.local_name().as_ref() {
                    "Fallback" | "del" | "moveFrom" => skipped = skipped.saturating_sub(1),
                    "t" => told = false,
                    "p" => match tables.last_mut() {
                        Some(table) => {
                            table.cell.push_str(&words);
                            table.cell.push(' ');
                        }
                        None => lines.paragraph(&words, level),
                    },
                    "tc" => in_table(&mut tables, Table::end_cell),
                    "tbl" => end_table(&mut tables, &mut lines),
                    _ => {}
                }
            }
            Event::Eof => break,
            _ => {}
        }
        if lines.full() {
            return Err(Unread::TooLarge(most + 1));
        }
    }
    while !tables.is_empty() {
        end_table(&mut tables, &mut lines);
    }
    Ok(lines.finish())
}

fn in_table(tables: &mut [Table], what: impl FnOnce(&mut Table)) {
    if let Some(table) = tables.last_mut() {
        what(table);
    }
}

/// What an element says without words of its own.
fn mark(name: &str, tag: &BytesStart<'_>, words: &mut String, level: &mut usize, tables: &mut [Table]) {
    let value = || {
        tag.attributes()
            .flatten()
            .find(|attribute| attribute.key.local_name().as_ref() == "val")
            .map(|attribute| attribute.value.into_owned())
    };
    match name {
        "tab" | "br" | "cr" => words.push(' '),
        "noBreakHyphen" => words.push('-'),
        "pStyle" => *level = value().as_deref().map_or(0, heading),
        "outlineLvl" => {
            *level = value().and_then(|v| v.parse::<usize>().ok()).filter(|l| *l < 9).map_or(0, |l| l + 1);
        }
        "gridSpan" => in_table(tables, |table| {
            table.wide = value().and_then(|v| v.parse().ok()).unwrap_or(1).clamp(1, 64);
        }),
        "vMerge" => in_table(tables, |table| table.goes_on = value().is_none_or(|v| v == "continue")),
        _ => {}
    }
}

/// The level that the name of a style gives a heading: `Heading1`, `1`, `Title`, `标题 2`.
fn heading(style: &str) -> usize {
    let style = style.trim();
    if style.eq_ignore_ascii_case("title") || style == "标题" {
        return 1;
    }
    let rest = ["Heading", "heading", "标题"].iter().find_map(|name| style.strip_prefix(name));
    rest.unwrap_or(style).trim().parse::<usize>().ok().filter(|level| (1..=9).contains(level)).unwrap_or(0)
}

impl Table {
    fn end_cell(&mut self) {
        let Some(column) = self.rows.last().map(Vec::len) else { return };
        let words = match (self.goes_on, self.rows.iter().rev().nth(1)) {
            (true, Some(above)) => above.get(column).cloned().unwrap_or_default(),
            _ => std::mem::take(&mut self.cell),
        };
        if let Some(row) = self.rows.last_mut() {
            row.extend(std::iter::repeat_n(words, self.wide));
        }
    }
}

fn end_table(tables: &mut Vec<Table>, lines: &mut Lines) {
    let Some(table) = tables.pop() else { return };
    match tables.last_mut() {
        // A table within a cell is words of that cell.
        Some(outer) => {
            for row in &table.rows {
                outer.cell.push_str(&row.join(" "));
                outer.cell.push(' ');
            }
        }
        None => lines.table(&table.rows),
    }
}
