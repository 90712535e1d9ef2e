//! Readers of logs: streaming, bounded in memory, answering with what could be read and a report of what could not.

pub mod csv;
mod encoding;
mod report;
pub mod xes;
pub mod xml;

pub use encoding::Decoded;
pub use report::{Fault, Reject, Report};

use crate::log::{Builder, EventLog, time::DateOrder};
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
    /// Whether day or month comes first in `2/3/2021`; such a date is refused where nobody says.
    pub dates: Option<DateOrder>,
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
            dates: None,
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
    /// XML of an object-centric log.
    OcelXml,
    /// Rows of text.
    Csv,
    /// JSON: an object-centric log.
    Json,
    /// An SQLite database: an object-centric log.
    Sqlite,
}

/// A source whose first bytes have been looked at, unpacked when it is gzip, turned into UTF-8 when it is not.
pub struct Opened<R: Read> {
    /// What it looks like.
    pub format: Format,
    /// The encoding it is in, where that is not UTF-8.
    pub encoding: Option<&'static str>,
    /// The bytes from the beginning.
    pub source: Source<R>,
}

type Started<R> = Chain<Cursor<Vec<u8>>, R>;
type Members<R> = flate2::bufread::MultiGzDecoder<BufReader<Started<R>>>;

/// Plain, unpacked or decoded bytes.
pub enum Source<R: Read> {
    /// As they are.
    Plain(Started<R>),
    /// Out of one or more members of a gzip file.
    Gzip(Box<Chain<Cursor<Vec<u8>>, Members<R>>>),
    /// What could be read before the source broke off within its first bytes, and how it broke off.
    Broken(Cursor<Vec<u8>>, Option<std::io::Error>),
    /// Any of them, out of another encoding.
    Decoded(Box<Decoded<Source<R>>>),
}

impl<R: Read> Read for Source<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        match self {
            Self::Plain(source) => source.read(buffer),
            Self::Gzip(source) => source.read(buffer),
            Self::Decoded(source) => source.read(buffer),
            Self::Broken(source, error) => match (source.read(buffer)?, error.take()) {
                (0, Some(error)) => Err(error),
                (count, left) => {
                    *error = left;
                    Ok(count)
                }
            },
        }
    }
}

/// Looks at the first bytes.
///
/// # Errors
/// When they cannot be read.
pub fn open<R: Read>(mut source: R) -> std::io::Result<Opened<R>> {
    let (head, broken) = head(&mut source)?;
    if !head.starts_with(&[0x1f, 0x8b]) {
        let source = match broken {
            Some(error) => Source::Broken(Cursor::new(head.clone()), Some(error)),
            None => Source::Plain(Cursor::new(head.clone()).chain(source)),
        };
        return Ok(decoded(&head, source));
    }
    let packed = BufReader::with_capacity(1 << 16, Cursor::new(head).chain(source));
    let mut unpacked = flate2::bufread::MultiGzDecoder::new(packed);
    let (head, broken) = self::head(&mut unpacked)?;
    let source = match broken {
        Some(error) => Source::Broken(Cursor::new(head.clone()), Some(error)),
        None => Source::Gzip(Box::new(Cursor::new(head.clone()).chain(unpacked))),
    };
    Ok(decoded(&head, source))
}

/// The source as UTF-8, by its head.
fn decoded<R: Read>(head: &[u8], source: Source<R>) -> Opened<R> {
    let Some(encoding) = encoding::of_head(head) else {
        return Opened { format: format(head), encoding: None, source };
    };
    let format = format(encoding::text(encoding, head).as_bytes());
    let source = Source::Decoded(Box::new(Decoded::new(source, encoding)));
    Opened { format, encoding: Some(encoding.name()), source }
}

/// Bytes looked at before reading: enough that Chinese in a table shows itself behind an English header.
const HEAD: usize = 1 << 15;

/// The first bytes; where the source breaks off within them, those before the break and why.
fn head(source: &mut impl Read) -> std::io::Result<(Vec<u8>, Option<std::io::Error>)> {
    let mut head = Vec::with_capacity(HEAD);
    match source.take(HEAD as u64).read_to_end(&mut head) {
        Err(error) if head.is_empty() => Err(error),
        outcome => Ok((head, outcome.err())),
    }
}

fn format(head: &[u8]) -> Format {
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    match text.first() {
        _ if head.starts_with(b"SQLite format 3\0") => Format::Sqlite,
        Some(b'<')
            if ["<object-types", "<event-types", "<objects"]
                .iter()
                .any(|tag| memchr::memmem::find(head, tag.as_bytes()).is_some()) =>
        {
            Format::OcelXml
        }
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
    let mut report = match opened.format {
        Format::Xes | Format::OcelXml => xes::read(opened.source, options, &mut builder),
        _ => csv::read(opened.source, options, &mut builder),
    };
    report.encoding = opened.encoding;
    Ok((builder.finish(), report))
}
