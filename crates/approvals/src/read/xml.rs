//! A small pull reader of XML for machine-written files: tags, attributes, text.
//!
//! It copies nothing it need not, holds one tag at a time, and never expands an entity beyond the five of XML and
//! characters by number. Document type definitions are skipped unread, so no entity bomb can go off.

use super::{Fault, Limits};
use memchr::{memchr, memmem};
use std::borrow::Cow;
use std::io::Read;
use std::ops::Range;

/// What stands next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token {
    /// `<name …>`
    Open,
    /// `<name …/>`
    Empty,
    /// `</name>`
    Close,
    /// Text between tags that is not white space; only when asked for.
    Text,
    /// The end of the file.
    End,
}

/// Why reading stopped, and at which line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// Why.
    pub fault: Fault,
    /// Line, from 1.
    pub line: u64,
    /// What stands there.
    pub found: String,
}

/// A reader of XML.
pub struct Xml<R> {
    source: R,
    buffer: Vec<u8>,
    at: usize,
    filled: usize,
    ended: bool,
    broken_off: Option<String>,
    read: u64,
    lines: u64,
    limits: Limits,
    texts: bool,
    depth: usize,
    name: Range<usize>,
    attributes: Vec<(Range<usize>, Range<usize>)>,
    text: Range<usize>,
    /// Was there a document type definition?
    pub doctype: bool,
}

const STEP: usize = 1 << 17;

impl<R: Read> Xml<R> {
    /// A reader that gives texts or passes over them.
    pub fn new(source: R, limits: Limits, texts: bool) -> Self {
        Self {
            source,
            buffer: vec![0; STEP],
            at: 0,
            filled: 0,
            ended: false,
            broken_off: None,
            read: 0,
            lines: 1,
            limits,
            texts,
            depth: 0,
            name: 0..0,
            attributes: Vec::new(),
            text: 0..0,
            doctype: false,
        }
    }

    /// How deep the last tag stands; the root is 1.
    pub fn depth(&self) -> usize {
        self.depth
    }

    /// Name of the last tag, without its prefix.
    pub fn name(&self) -> &[u8] {
        let name = &self.buffer[self.name.clone()];
        memchr(b':', name).map_or(name, |colon| &name[colon + 1..])
    }

    /// Raw value of an attribute of the last tag.
    pub fn raw(&self, key: &[u8]) -> Option<&[u8]> {
        let found = self.attributes.iter().find(|(name, _)| &self.buffer[name.clone()] == key)?;
        Some(&self.buffer[found.1.clone()])
    }

    /// Value of an attribute as text.
    pub fn value(&self, key: &str) -> Option<String> {
        self.raw(key.as_bytes())
            .and_then(|raw| unescape(raw).ok())
            .and_then(|value| String::from_utf8(value.into_owned()).ok())
    }

    /// The last text, trimmed.
    pub fn text(&self) -> String {
        let raw = self.buffer[self.text.clone()].trim_ascii();
        unescape(raw).ok().map(|text| String::from_utf8_lossy(&text).into_owned()).unwrap_or_default()
    }

    /// Line of the last tag.
    pub fn line(&self) -> u64 {
        let to = self.name.start.min(self.at);
        self.lines + newlines(&self.buffer[..to])
    }

    /// The next tag or text.
    ///
    /// # Errors
    /// When the XML is malformed, breaks off or goes beyond the limits.
    pub fn token(&mut self) -> Result<Token, Broken> {
        loop {
            let Some(found) = memchr(b'<', &self.buffer[self.at..self.filled]) else {
                if self.texts && self.at < self.filled && self.more()? {
                    continue;
                }
                self.at = self.filled;
                if !self.more()? {
                    self.name = self.at..self.at;
                    return match (self.depth, self.broken_off.take()) {
                        (0, None) => Ok(Token::End),
                        (_, why) => {
                            Err(self.broken(Fault::Truncated, why.unwrap_or_else(|| "end of file".into())))
                        }
                    };
                }
                continue;
            };
            let tag = self.at + found;
            if self.texts && !self.buffer[self.at..tag].trim_ascii().is_empty() {
                self.text = self.at..tag;
                self.at = tag;
                return Ok(Token::Text);
            }
            self.at = tag;
            if self.filled - tag < 2 {
                if !self.more()? {
                    return Err(self.broken(Fault::Truncated, "<".into()));
                }
                continue;
            }
            let token = match self.buffer[tag + 1] {
                b'!' => {
                    if self.declaration()? {
                        return Ok(Token::Text);
                    }
                    continue;
                }
                b'?' => {
                    self.skip_past(b"?>")?;
                    continue;
                }
                b'/' => self.close(),
                _ => self.open(),
            };
            match token {
                Scan::Token(Token::Open) => {
                    self.depth += 1;
                    if self.depth > self.limits.depth {
                        let depth = self.depth.to_string();
                        return Err(self.broken(Fault::Depth, depth));
                    }
                    return Ok(Token::Open);
                }
                Scan::Token(Token::Close) => {
                    self.depth = match self.depth.checked_sub(1) {
                        Some(depth) => depth,
                        None => return Err(self.broken_here(Fault::Markup)),
                    };
                    return Ok(Token::Close);
                }
                Scan::Token(token) => return Ok(token),
                Scan::Malformed => return Err(self.broken_here(Fault::Markup)),
                Scan::More => {
                    if !self.more()? {
                        let why = self.broken_off.take().unwrap_or_else(|| "end of file within a tag".into());
                        return Err(self.broken(Fault::Truncated, why));
                    }
                }
            }
        }
    }

    /// Passes over everything up to the end of the element just opened.
    ///
    /// # Errors
    /// As [`Xml::token`].
    pub fn skip(&mut self) -> Result<(), Broken> {
        let depth = self.depth;
        while self.depth >= depth {
            if self.token()? == Token::End {
                break;
            }
        }
        Ok(())
    }

    fn open(&mut self) -> Scan {
        let bytes = &self.buffer[..self.filled];
        let from = self.at + 1;
        let Some(length) =
            bytes[from..].iter().position(|byte| matches!(byte, b' ' | b'/' | b'>' | b'\t' | b'\n' | b'\r'))
        else {
            return Scan::More;
        };
        if length == 0 {
            return Scan::Malformed;
        }
        self.name = from..from + length;
        self.attributes.clear();
        let mut at = from + length;
        loop {
            while matches!(bytes.get(at), Some(b' ' | b'\t' | b'\n' | b'\r')) {
                at += 1;
            }
            match bytes.get(at) {
                None => return Scan::More,
                Some(b'>') => {
                    self.at = at + 1;
                    return Scan::Token(Token::Open);
                }
                Some(b'/') => match bytes.get(at + 1) {
                    None => return Scan::More,
                    Some(b'>') => {
                        self.at = at + 2;
                        return Scan::Token(Token::Empty);
                    }
                    Some(_) => return Scan::Malformed,
                },
                Some(b'<' | b'=' | b'"' | b'\'') => return Scan::Malformed,
                Some(_) => {}
            }
            let name = at;
            while !matches!(bytes.get(at), None | Some(b'=' | b' ' | b'\t' | b'\n' | b'\r' | b'>' | b'<')) {
                at += 1;
            }
            let name = name..at;
            while matches!(bytes.get(at), Some(b' ' | b'\t' | b'\n' | b'\r')) {
                at += 1;
            }
            match bytes.get(at) {
                None => return Scan::More,
                Some(b'=') => at += 1,
                Some(_) => return Scan::Malformed,
            }
            while matches!(bytes.get(at), Some(b' ' | b'\t' | b'\n' | b'\r')) {
                at += 1;
            }
            let quote = match bytes.get(at) {
                None => return Scan::More,
                Some(quote @ (b'"' | b'\'')) => *quote,
                Some(_) => return Scan::Malformed,
            };
            at += 1;
            let Some(length) = memchr(quote, &bytes[at..]) else { return Scan::More };
            self.attributes.push((name, at..at + length));
            at += length + 1;
        }
    }

    fn close(&mut self) -> Scan {
        let from = self.at + 2;
        let Some(length) = memchr(b'>', &self.buffer[from..self.filled]) else { return Scan::More };
        let name = self.buffer[from..from + length].trim_ascii_end().len();
        self.name = from..from + name;
        self.attributes.clear();
        self.at = from + length + 1;
        Scan::Token(Token::Close)
    }

    /// A comment, a document type, or character data: true when the last is text that was asked for.
    fn declaration(&mut self) -> Result<bool, Broken> {
        while self.filled - self.at < 9 && self.more()? {}
        let head = &self.buffer[self.at..self.filled];
        if head.starts_with(b"<!--") {
            self.at += 4;
            self.skip_past(b"-->")?;
            return Ok(false);
        }
        if head.starts_with(b"<![CDATA[") {
            self.at += 9;
            let length = loop {
                if let Some(end) = memmem::find(&self.buffer[self.at..self.filled], b"]]>") {
                    break end;
                }
                if !self.more()? {
                    return Err(self.broken(Fault::Truncated, "<![CDATA[".into()));
                }
            };
            self.text = self.at..self.at + length;
            self.at += length + 3;
            return Ok(self.texts && length > 0);
        }
        self.doctype = true;
        self.skip_doctype()?;
        Ok(false)
    }

    /// Passes over `<!DOCTYPE … [ … ]>` by counting brackets outside quotes.
    fn skip_doctype(&mut self) -> Result<(), Broken> {
        let (mut inside, mut quote) = (0_u32, None);
        self.at += 2;
        loop {
            if self.at == self.filled && !self.more()? {
                return Err(self.broken(Fault::Truncated, "<!DOCTYPE".into()));
            }
            let byte = self.buffer[self.at];
            self.at += 1;
            match (quote, byte) {
                (Some(open), _) if byte == open => quote = None,
                (Some(_), _) => {}
                (None, b'"' | b'\'') => quote = Some(byte),
                (None, b'[' | b'<') => inside += 1,
                (None, b']') => inside = inside.saturating_sub(1),
                (None, b'>') if inside == 0 => return Ok(()),
                (None, b'>') => inside -= 1,
                _ => {}
            }
        }
    }

    fn skip_past(&mut self, end: &[u8]) -> Result<(), Broken> {
        loop {
            if let Some(found) = memmem::find(&self.buffer[self.at..self.filled], end) {
                self.at += found + end.len();
                return Ok(());
            }
            // Keep what may be the beginning of the end.
            self.at = self.at.max(self.filled.saturating_sub(end.len() - 1));
            if !self.more()? {
                let end = String::from_utf8_lossy(end).into_owned();
                return Err(self.broken(Fault::Truncated, end));
            }
        }
    }

    /// Reads on, keeping everything from `at`; false at the end.
    fn more(&mut self) -> Result<bool, Broken> {
        if self.ended {
            return Ok(false);
        }
        self.lines += newlines(&self.buffer[..self.at]);
        self.buffer.copy_within(self.at..self.filled, 0);
        self.filled -= self.at;
        self.at = 0;
        if self.filled > self.limits.piece {
            return Err(self.broken_here(Fault::Length));
        }
        if self.buffer.len() - self.filled < STEP / 2 {
            self.buffer.resize(self.buffer.len() * 2, 0);
        }
        match read_once(&mut self.source, &mut self.buffer[self.filled..]) {
            Ok(0) => self.ended = true,
            Ok(count) => {
                self.filled += count;
                self.read += count as u64;
            }
            Err(error) => {
                self.ended = true;
                self.broken_off = Some(error.to_string());
            }
        }
        if self.read > self.limits.bytes {
            return Err(self.broken_here(Fault::Limit));
        }
        Ok(!self.ended)
    }

    fn broken(&self, fault: Fault, found: String) -> Broken {
        Broken { fault, line: self.lines + newlines(&self.buffer[..self.at]), found }
    }

    fn broken_here(&self, fault: Fault) -> Broken {
        let to = self.filled.min(self.at + 60);
        self.broken(fault, String::from_utf8_lossy(&self.buffer[self.at..to]).into_owned())
    }
}

enum Scan {
    Token(Token),
    More,
    Malformed,
}

fn newlines(bytes: &[u8]) -> u64 {
    memchr::memchr_iter(b'\n', bytes).count() as u64
}

pub(super) fn read_once(source: &mut impl Read, buffer: &mut [u8]) -> std::io::Result<usize> {
    loop {
        match source.read(buffer) {
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            other => return other,
        }
    }
}

/// The text behind the five entities of XML and characters by number; any other entity is refused.
///
/// # Errors
/// The entity that is not known.
pub fn unescape(raw: &[u8]) -> Result<Cow<'_, [u8]>, Fault> {
    let Some(first) = memchr(b'&', raw) else { return Ok(Cow::Borrowed(raw)) };
    let mut out = raw[..first].to_vec();
    let mut rest = &raw[first..];
    loop {
        let end = memchr(b';', rest).filter(|end| *end <= 12).ok_or(Fault::Entity)?;
        match &rest[1..end] {
            b"lt" => out.push(b'<'),
            b"gt" => out.push(b'>'),
            b"amp" => out.push(b'&'),
            b"quot" => out.push(b'"'),
            b"apos" => out.push(b'\''),
            [b'#', digits @ ..] => {
                let character = number(digits).and_then(char::from_u32).ok_or(Fault::Entity)?;
                out.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
            }
            _ => return Err(Fault::Entity),
        }
        rest = &rest[end + 1..];
        let Some(next) = memchr(b'&', rest) else {
            out.extend_from_slice(rest);
            return Ok(Cow::Owned(out));
        };
        out.extend_from_slice(&rest[..next]);
        rest = &rest[next..];
    }
}

fn number(digits: &[u8]) -> Option<u32> {
    let text = std::str::from_utf8(digits).ok()?;
    match text.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok(),
        None => text.parse().ok(),
    }
}

/// Text made safe to stand in XML.
pub fn escape(text: &str) -> Cow<'_, str> {
    if !text.contains(['<', '>', '&', '"']) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;"))
}
