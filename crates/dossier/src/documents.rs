//! What is said: texts with their dates and languages.

use std::path::Path;
use std::sync::Arc;

use jiff::civil::Date;
use sha2::{Digest, Sha256};
use zhidian_model::{Origin, Problem};

use crate::decode::{self, Survey};
use crate::faults::{
    At, DOCUMENT_EMPTY, DOCUMENT_LOCKED, DOCUMENT_NO_TEXT, FILE_FORMAT, FILE_UNREADABLE, Faults, TEXT_NUL,
    TEXT_UNREADABLE,
};
use crate::files::{too_large, unreadable};
use crate::folder::{self, Bytes, ReadFault};
use crate::limits::{Limits, Options};

mod docx;
mod html;
mod lines;
mod pdf;

/// Endings of the files that are read as documents.
pub(crate) const ENDINGS: [&str; 6] = ["txt", "md", "html", "htm", "docx", "pdf"];

/// A text that states something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Its id within the dossier.
    pub id: String,
    /// Name of the dossier it belongs to.
    pub dossier: String,
    /// Its file as shown: `quzhou/documents/quzhou.zh.txt`.
    pub path: String,
    /// Its title.
    pub title: Option<String>,
    /// `zh` or `en`.
    pub language: String,
    /// The day it speaks on.
    pub dated: Option<Date>,
    /// The region it speaks of: its own, else the dossier's.
    pub region: Option<u32>,
    /// Id of the document it translates.
    pub translation_of: Option<String>,
    /// Who speaks.
    pub speaker: Option<String>,
    /// Where it comes from.
    pub origin: Option<Arc<Origin>>,
    /// Its text, without a byte order mark; line ends as in the file. Of a web page, a Word document or a PDF: its
    /// paragraphs and tables, a paragraph separator where the document ends a paragraph.
    pub text: String,
    /// SHA-256 of the file in hexadecimal.
    pub sha256: String,
}

/// The text of a document with the checksum and size of its file.
pub(crate) struct Words {
    pub(crate) text: String,
    pub(crate) sha256: String,
    pub(crate) size: u64,
}

/// Reads one text by itself, outside any dossier: plain text, Markdown, a web page (UTF-8, GB18030 or UTF-16, told apart
/// by what it holds), a Word document, or a PDF with a text layer.
///
/// The text is missing when the problems say that it cannot be read.
pub fn read_text(path: &Path, options: &Options) -> (Option<String>, Vec<Problem>) {
    let mut faults = Faults::new(options.limits.problems);
    let shown = path.display().to_string();
    let words = read(path, None, At::file(&shown), &options.limits, &mut faults);
    (words.map(|words| words.text), faults.finish())
}

/// Reads a text that somebody holds as the bytes of a file of this name; its ending tells the format.
///
/// The text is missing when the problems say that it cannot be read.
pub fn read_bytes(name: &str, bytes: &[u8], options: &Options) -> (Option<String>, Vec<Problem>) {
    let mut faults = Faults::new(options.limits.problems);
    let limits = &options.limits;
    let words = words(Path::new(name), None, At::file(name), limits, &mut faults, |faults| {
        if bytes.len() as u64 > limits.document {
            unreadable(ReadFault::TooLarge(bytes.len() as u64), At::file(name), faults);
            return None;
        }
        Some(Bytes { bytes: bytes.to_vec(), sha256: folder::hex(&Sha256::digest(bytes)) })
    });
    (words.map(|words| words.text), faults.finish())
}

/// Reads the text of a document, if there is one.
pub(crate) fn read(
    path: &Path,
    declared: Option<&str>,
    at: At<'_>,
    limits: &Limits,
    faults: &mut Faults,
) -> Option<Words> {
    words(path, declared, at, limits, faults, |faults| match folder::read(path, limits.document) {
        Ok(bytes) => Some(bytes),
        Err(fault) => {
            unreadable(fault, at, faults);
            None
        }
    })
}

/// The text in the bytes of a file, which are fetched once its format is known to be one that is read.
fn words(
    path: &Path,
    declared: Option<&str>,
    at: At<'_>,
    limits: &Limits,
    faults: &mut Faults,
    fetch: impl FnOnce(&mut Faults) -> Option<Bytes>,
) -> Option<Words> {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_ascii_lowercase();
    if !ENDINGS.contains(&ending.as_str()) {
        faults.add(FILE_FORMAT, at, &ending, ".txt, .md, .html, .docx or .pdf");
        return None;
    }
    let bytes = fetch(faults)?;
    let size = bytes.bytes.len() as u64;
    let text = match ending.as_str() {
        "docx" => word(&bytes.bytes, at, limits, faults)?,
        "pdf" => portable(&bytes.bytes, at, limits, faults)?,
        _ => {
            let survey = Survey::of(&bytes.bytes[..]).ok()?;
            let encoding = survey.encoding(declared, at, faults);
            let text = decode::text(bytes.bytes, encoding);
            match ending.as_str() {
                "html" | "htm" => {
                    let words = html::text(&text, limits.document);
                    if words.is_none() {
                        too_large(limits.document.saturating_add(1), limits.document, at, faults);
                    }
                    words?
                }
                _ => text,
            }
        }
    };
    for (row, line) in (1..).zip(text.lines()) {
        if line.contains('\u{fffd}') {
            faults.add(TEXT_UNREADABLE, at.row(row), line, "text");
        }
        if line.contains('\0') {
            faults.add(TEXT_NUL, at.row(row), line, "text");
        }
    }
    if text.trim().is_empty() {
        faults.add(DOCUMENT_EMPTY, at.row(1), "nothing", "a text");
        return None;
    }
    Some(Words { text, sha256: bytes.sha256, size })
}

/// The text of a Word document; what is wrong with it is noted.
fn word(bytes: &[u8], at: At<'_>, limits: &Limits, faults: &mut Faults) -> Option<String> {
    // A character takes some bytes of XML around it.
    match docx::text(bytes, limits.document.saturating_mul(8).min(limits.unpacked)) {
        Ok(text) => Some(text),
        Err(docx::Unread::Damaged(reason)) => {
            faults.add(FILE_UNREADABLE, at, &reason, "a Word document (DOCX)");
            None
        }
        Err(docx::Unread::TooLarge(size)) => {
            too_large(size, limits.document, at, faults);
            None
        }
    }
}

/// The text of a PDF; what is wrong with it is noted.
fn portable(bytes: &[u8], at: At<'_>, limits: &Limits, faults: &mut Faults) -> Option<String> {
    match pdf::text(bytes, limits.document) {
        Ok(text) => return Some(text),
        Err(pdf::Unread::Damaged(reason)) => faults.add(FILE_UNREADABLE, at, &reason, "a PDF"),
        Err(pdf::Unread::Locked) => faults.add(DOCUMENT_LOCKED, at, "a password", "an open PDF"),
        Err(pdf::Unread::NoText { pages }) => {
            faults.add(DOCUMENT_NO_TEXT, at, &format!("{pages} pages without words"), "a text layer");
        }
        Err(pdf::Unread::TooLarge) => {
            too_large(limits.document.saturating_add(1), limits.document, at, faults);
        }
    }
    None
}
