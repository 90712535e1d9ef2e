//! PDF files with a text layer: words by where they stand on the page, made lines again.
//!
//! # Method
//! The operators of each page are followed: where a run of text begins, its size, its words by the font's map to Unicode.
//! Runs on one base line make a line, in the order of the file; a gap of two characters or more between runs is a tab, so
//! that rows of tables keep their columns. Lines repeated on most pages and page numbers are left out. Lines broken in
//! mid-sentence stay broken: the reader of statements joins them.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use encoding_rs::GBK;
use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Encoding, LoadOptions, Object, ObjectId};

/// Most pages read.
const MOST_PAGES: usize = 5_000;
/// Most operators of a page.
const MOST_OPERATIONS: usize = 2_000_000;
/// Forms within forms that are followed.
const DEEPEST: usize = 6;
/// Lines found at the edge of this many pages or more are the pages', not the text's.
const REPEATED: usize = 3;

/// Why a file was not read.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Unread {
    /// It is no PDF, or damaged.
    Damaged(String),
    /// A password is needed.
    Locked,
    /// Pages, and no words on them: pictures of text, or fonts without a map to Unicode.
    NoText {
        /// How many pages there are.
        pages: usize,
    },
    /// It unpacks to more than may be read.
    TooLarge,
}

/// The text of a file, at most `most` bytes of it.
pub(super) fn text(bytes: &[u8], most: u64) -> Result<String, Unread> {
    // The reader of PDF files is another's; a panic of it on a damaged file must not end the run.
    catch_unwind(AssertUnwindSafe(|| read(bytes, most)))
        .unwrap_or_else(|_| Err(Unread::Damaged("a damaged PDF".into())))
}

fn read(bytes: &[u8], most: u64) -> Result<String, Unread> {
    let limit = usize::try_from(most).unwrap_or(usize::MAX).saturating_mul(16).min(256 << 20);
    let options = LoadOptions { max_decompressed_size: Some(limit), ..LoadOptions::default() };
    let document = match Document::load_mem_with_options(bytes, options) {
        Ok(document) => document,
        Err(lopdf::Error::Decryption(_) | lopdf::Error::InvalidPassword) => return Err(Unread::Locked),
        Err(error) => return Err(Unread::Damaged(error.to_string())),
    };
    if document.is_encrypted() {
        return Err(Unread::Locked);
    }
    let pages: Vec<ObjectId> = document.page_iter().take(MOST_PAGES).collect();
    let mut set = Vec::new();
    let mut length = 0_u64;
    for page in &pages {
        let lines = page_lines(&document, *page, limit)?;
        length += lines.iter().map(|line| line.len() as u64 + 1).sum::<u64>();
        if length > most {
            return Err(Unread::TooLarge);
        }
        set.push(lines);
    }
    let letters =
        set.iter().flatten().flat_map(|line| line.chars()).filter(|c| c.is_alphanumeric()).take(20).count();
    if letters < 20 && !pages.is_empty() {
        return Err(Unread::NoText { pages: pages.len() });
    }
    Ok(without_furniture(set).join("\n"))
}

/// A run of text and where it begins.
struct Run {
    x: f64,
    y: f64,
    size: f64,
    words: String,
}

/// Fonts by name, with what their codes mean.
type Fonts<'a> = BTreeMap<Vec<u8>, Encoding<'a>>;

fn page_lines(document: &Document, page: ObjectId, limit: usize) -> Result<Vec<String>, Unread> {
    let content = document.get_page_content_with_limit(page, limit).map_err(|_| Unread::TooLarge)?;
    let (own, shared) = document.get_page_resources(page).unwrap_or_default();
    let resources: Vec<&Dictionary> =
        own.into_iter().chain(shared.iter().filter_map(|id| document.get_dictionary(*id).ok())).collect();
    let mut walk = Walk { document, limit, runs: Vec::new(), left: MOST_OPERATIONS };
    walk.content(&content, &resources, IDENTITY, 0);
    Ok(lines(walk.runs))
}

/// An affine map of the plane: x' = a x + c y + e, y' = b x + d y + f.
type Matrix = [f64; 6];
const IDENTITY: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

/// First `m`, then `n`.
fn then(m: Matrix, n: Matrix) -> Matrix {
    [
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    ]
}

struct Walk<'a> {
    document: &'a Document,
    limit: usize,
    runs: Vec<Run>,
    left: usize,
}

impl<'a> Walk<'a> {
    fn content(&mut self, content: &[u8], resources: &[&'a Dictionary], base: Matrix, depth: usize) {
        let Ok(content) = Content::decode(content) else { return };
        let fonts = self.fonts(resources);
        let mut state = State { matrix: base, ..State::default() };
        let mut held = Vec::new();
        for Operation { operator, operands } in &content.operations {
            if self.left == 0 {
                return;
            }
            self.left -= 1;
            let number = |at: usize| operands.get(at).and_then(|o| o.as_float().ok()).map_or(0.0, f64::from);
            match operator.as_str() {
                "q" if held.len() < 256 => held.push(state.clone()),
                "Q" => state = held.pop().unwrap_or(state),
                "cm" => state.matrix = then(std::array::from_fn(number), state.matrix),
                "BT" => (state.text, state.line) = (IDENTITY, IDENTITY),
                "Tf" => {
                    state.font = operands.first().and_then(|o| o.as_name().ok()).map(<[u8]>::to_vec);
                    state.size = number(1);
                }
                "TL" => state.leading = number(0),
                "Td" => state.go(number(0), number(1)),
                "TD" => {
                    state.leading = -number(1);
                    state.go(number(0), number(1));
                }
                "Tm" => {
                    state.line = std::array::from_fn(number);
                    state.text = state.line;
                    state.moved = true;
                }
                "T*" => state.go(0.0, -state.leading),
                "Tj" | "TJ" => self.show(operands, &fonts, &mut state),
                "'" | "\"" => {
                    state.go(0.0, -state.leading);
                    self.show(operands, &fonts, &mut state);
                }
                "Do" if depth < DEEPEST => {
                    let name = operands.first().and_then(|o| o.as_name().ok());
                    if let Some(name) = name {
                        self.form(name, resources, state.matrix, depth);
                    }
                }
                _ => {}
            }
        }
    }

    fn fonts(&self, resources: &[&'a Dictionary]) -> Fonts<'a> {
        let mut fonts = Fonts::new();
        for resource in resources {
            let Some(named) = self.dictionary(resource.get(b"Font").ok()) else { continue };
            for (name, font) in named.iter() {
                let encoding = self
                    .dictionary(Some(font))
                    .and_then(|font| font.get_font_encoding_with_limit(self.document, self.limit).ok());
                if let Some(encoding) = encoding {
                    fonts.entry(name.clone()).or_insert(encoding);
                }
            }
        }
        fonts
    }

    fn dictionary(&self, object: Option<&'a Object>) -> Option<&'a Dictionary> {
        self.document.dereference(object?).ok()?.1.as_dict().ok()
    }

    /// Follows a form: a piece of page kept apart.
    fn form(&mut self, name: &[u8], resources: &[&'a Dictionary], matrix: Matrix, depth: usize) {
        let found = resources.iter().find_map(|r| self.dictionary(r.get(b"XObject").ok())?.get(name).ok());
        let stream =
            found.and_then(|o| self.document.dereference(o).ok()).and_then(|(_, o)| o.as_stream().ok());
        let Some(stream) = stream else { return };
        if stream.dict.get(b"Subtype").and_then(Object::as_name).ok() != Some(b"Form") {
            return;
        }
        let Ok(content) = stream.decompressed_content_with_limit(self.limit) else { return };
        let own = stream.dict.get(b"Matrix").and_then(Object::as_array).ok();
        let own = own.map_or(IDENTITY, |array| {
            std::array::from_fn(|i| {
                array.get(i).and_then(|o| o.as_float().ok()).map_or(IDENTITY[i], f64::from)
            })
        });
        let inner = self.dictionary(stream.dict.get(b"Resources").ok());
        let resources: Vec<&Dictionary> = inner.into_iter().chain(resources.iter().copied()).collect();
        self.content(&content, &resources, then(own, matrix), depth + 1);
    }

    fn show(&mut self, operands: &[Object], fonts: &Fonts<'_>, state: &mut State) {
        let mut words = String::new();
        let encoding = state.font.as_ref().and_then(|name| fonts.get(name));
        let say = |object: &Object, words: &mut String| match object {
            Object::String(bytes, _) => words.push_str(&decoded(encoding, bytes)),
            // Set apart by more than a fifth of a character: a blank between Latin words.
            other => {
                let apart = other.as_float().map_or(0.0, f64::from);
                if apart < -200.0 && words.ends_with(|c: char| c.is_ascii_alphanumeric() || c == ',') {
                    words.push(' ');
                }
            }
        };
        for operand in operands {
            match operand {
                Object::Array(parts) => parts.iter().for_each(|part| say(part, &mut words)),
                Object::String(..) => say(operand, &mut words),
                _ => {}
            }
        }
        let words: String = words.chars().filter(|c| !c.is_control() && *c != '\u{fffd}').collect();
        if words.is_empty() {
            return;
        }
        let place = then(state.text, state.matrix);
        let size = (state.size * place[3].hypot(place[2])).abs().max(0.1);
        match self.runs.last_mut() {
            Some(run) if !std::mem::take(&mut state.moved) && (run.y - place[5]).abs() < 0.1 => {
                run.words.push_str(&words);
            }
            _ => self.runs.push(Run { x: place[4], y: place[5], size, words }),
        }
        state.moved = false;
    }
}

/// What the operators have set so far.
#[derive(Clone)]
struct State {
    matrix: Matrix,
    text: Matrix,
    line: Matrix,
    font: Option<Vec<u8>>,
    size: f64,
    leading: f64,
    moved: bool,
}

impl Default for State {
    fn default() -> Self {
        let (matrix, text, line) = (IDENTITY, IDENTITY, IDENTITY);
        Self { matrix, text, line, font: None, size: 1.0, leading: 0.0, moved: true }
    }
}

impl State {
    fn go(&mut self, x: f64, y: f64) {
        self.line = then([1.0, 0.0, 0.0, 1.0, x, y], self.line);
        self.text = self.line;
        self.moved = true;
    }
}

/// The words of some codes of a font.
fn decoded(encoding: Option<&Encoding<'_>>, bytes: &[u8]) -> String {
    match encoding {
        Some(Encoding::SimpleEncoding(name)) if name.starts_with(b"GB") => GBK.decode(bytes).0.into_owned(),
        Some(Encoding::SimpleEncoding(name)) if name.starts_with(b"Uni") => {
            encoding_rs::UTF_16BE.decode(bytes).0.into_owned()
        }
        Some(encoding) => Document::decode_text(encoding, bytes).unwrap_or_default(),
        None => String::new(),
    }
}

/// Runs to lines. Runs on one base line follow each other with a tab where they stand apart.
fn lines(runs: Vec<Run>) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut before: Option<Run> = None;
    for run in runs {
        let width = |run: &Run| {
            let ems = |c: char| if c >= '\u{2e80}' { 1.0 } else { 0.5 };
            run.words.chars().map(ems).sum::<f64>() * run.size
        };
        match (&before, lines.last_mut()) {
            (Some(last), Some(line)) if (last.y - run.y).abs() < 0.4 * run.size && run.x >= last.x => {
                let gap = run.x - (last.x + width(last));
                if gap > 1.6 * run.size {
                    line.push('\t');
                } else if gap > 0.25 * run.size
                    && latin(line)
                    && run.words.starts_with(|c: char| c.is_ascii())
                {
                    line.push(' ');
                }
                line.push_str(&run.words);
            }
            _ => lines.push(run.words.clone()),
        }
        before = Some(run);
    }
    lines.retain(|line| !line.trim().is_empty());
    lines
}

fn latin(line: &str) -> bool {
    line.ends_with(|c: char| c.is_ascii_alphanumeric() || c == ',')
}

/// The lines of all pages without page numbers and without what most pages begin or end with.
fn without_furniture(pages: Vec<Vec<String>>) -> Vec<String> {
    let edges = |page: &Vec<String>| {
        let mut edges = vec![page.first().cloned(), page.last().cloned()];
        edges.dedup();
        edges
    };
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for edge in pages.iter().flat_map(edges).flatten() {
        *counts.entry(edge).or_default() += 1;
    }
    let repeated = |line: &String| counts.get(line).is_some_and(|n| *n >= REPEATED && *n * 2 > pages.len());
    let numbered = |line: &str| {
        let bare: String =
            line.chars().filter(|c| !c.is_whitespace() && !"-—–－·第页共/".contains(*c)).collect();
        !bare.is_empty() && bare.len() <= 9 && bare.chars().all(|c| c.is_ascii_digit())
    };
    let mut kept = Vec::new();
    for page in &pages {
        let last = page.len().saturating_sub(1);
        for (i, line) in page.iter().enumerate() {
            let edge = i == 0 || i == last;
            if !(edge && (repeated(line) || numbered(line))) {
                kept.push(line.clone());
            }
        }
    }
    kept
}
