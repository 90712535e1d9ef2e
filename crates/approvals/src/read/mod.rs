//! Readers of logs: streaming, bounded in memory, answering with what could be read and a report of what could not.

pub mod csv;
mod report;
pub mod xes;
pub mod xml;

pub use report::{Fault, Reject, Report};

use crate::log::{Builder, EventLog};
use std::io::{BufReader, Chain, Cursor, Read};

/// Bounds on what is read from outside, so that no file takes the memory of the machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Most events.
    pub events: u64,
    /// Most bytes after unpacking.
    pub bytes: u64,
    /// Longest row, tag or text in bytes.
    pub piece: usize,
    /// Deepest nesting.
    pub depth: usize,
    /// Rejected rows that are kept with their place; all are counted.
    pub rejects: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { events: 200_000_000, bytes: 1 << 38, piece: 1 << 22, depth: 256, rejects: 1000 }
    }
}

/// How a log is read.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// Bounds.
    pub limits: Limits,
    /// Minutes east of UTC of times that state no zone.
    pub zone: i32,
    /// Keep attributes beyond activity, time, resource and transition?
    pub attributes: bool,
    /// Column or attribute that names the activity, where the usual names will not do.
    pub activity: Option<String>,
    /// The same for the case.
    pub case: Option<String>,
    /// The same for the time.
    pub time: Option<String>,
    /// The same for the start.
    pub start: Option<String>,
    /// The same for the resource.
    pub resource: Option<String>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            limits: Limits::default(),
            zone: 0,
            attributes: true,
            activity: None,
            case: None,
            time: None,
            start: None,
            resource: None,
        }
    }
}

/// What a log looks like from its first bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// XES, or some other XML.
    Xes,
    /// Rows of text.
    Csv,
    /// JSON: an object-centric log.
    Json,
    /// An SQLite database: an object-centric log.
    Sqlite,
}

/// A source whose first bytes have been looked at, unpacked when it is gzip.
pub struct Opened<R: Read> {
    /// What it looks like.
    pub format: Format,
    /// The bytes from the beginning.
    pub source: Source<R>,
}

type Started<R> = Chain<Cursor<Vec<u8>>, R>;
type Members<R> = flate2::bufread::MultiGzDecoder<BufReader<Started<R>>>;

/// Plain or unpacked bytes.
pub enum Source<R: Read> {
    /// As they are.
    Plain(Started<R>),
    /// Out of one or more members of a gzip file.
    Gzip(Box<Chain<Cursor<Vec<u8>>, Members<R>>>),
}

impl<R: Read> Read for Source<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        match self {
            Self::Plain(source) => source.read(buffer),
            Self::Gzip(source) => source.read(buffer),
        }
    }
}

/// Looks at the first bytes.
///
/// # Errors
/// When they cannot be read.
pub fn open<R: Read>(mut source: R) -> std::io::Result<Opened<R>> {
    let head = head(&mut source)?;
    if head.starts_with(&[0x1f, 0x8b]) {
        let packed = BufReader::with_capacity(1 << 16, Cursor::new(head).chain(source));
        let mut unpacked = flate2::bufread::MultiGzDecoder::new(packed);
        let inner = self::head(&mut unpacked)?;
        let format = format(&inner);
        return Ok(Opened { format, source: Source::Gzip(Box::new(Cursor::new(inner).chain(unpacked))) });
    }
    let format = format(&head);
    Ok(Opened { format, source: Source::Plain(Cursor::new(head).chain(source)) })
}

fn head(source: &mut impl Read) -> std::io::Result<Vec<u8>> {
    let mut head = Vec::with_capacity(4096);
    source.take(4096).read_to_end(&mut head)?;
    Ok(head)
}

fn format(head: &[u8]) -> Format {
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    match text.first() {
        _ if head.starts_with(b"SQLite format 3\0") => Format::Sqlite,
        Some(b'<') => Format::Xes,
        Some(b'{') => Format::Json,
        _ => Format::Csv,
    }
}

/// Reads a whole log, XES or CSV, packed or not.
///
/// Object-centric logs (JSON, SQLite) are read by [`crate::ocel`].
///
/// # Errors
/// When not even the first bytes can be read. Everything later is in the report.
pub fn log<R: Read>(source: R, options: &Options) -> std::io::Result<(EventLog, Report)> {
    let opened = open(source)?;
    let mut builder = Builder::default();
    let report = match opened.format {
        Format::Xes => xes::read(opened.source, options, &mut builder),
        _ => csv::read(opened.source, options, &mut builder),
    };
    Ok((builder.finish(), report))
}
