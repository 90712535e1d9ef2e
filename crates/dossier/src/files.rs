//! The file of a table, CSV or XLSX, read row by row into a loader.

use std::fs::File;
use std::io;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use zhidian_model::Origin;

use crate::cells::Raw;
use crate::csv::{self, Record, Splitter};
use crate::decode::{self, Survey};
use crate::faults::{At, FILE_TOO_LARGE, FILE_UNREADABLE, Faults};
use crate::folder::{self, ReadFault};
use crate::load::{From, Loader, Shared};
use crate::package::{Format, Resource};
use crate::schema::Schema;
use crate::store::Held;
use crate::workbook;

/// What was read of a file.
#[derive(Debug)]
pub(crate) struct Read {
    /// SHA-256 in hexadecimal.
    pub(crate) sha256: String,
    /// Size in bytes.
    pub(crate) size: u64,
    /// The usable rows, if it is a table.
    pub(crate) held: Option<Held>,
}

/// Reads the file of a resource. Nothing comes back only if not a byte of it could be read.
pub(crate) fn read(
    path: &Path,
    file: &Arc<str>,
    resource: &Resource,
    schema: Schema,
    origin: Option<&Arc<Origin>>,
    shared: &mut Shared<'_>,
) -> Option<Read> {
    let from = From { table: &resource.table, file, sheet: None, merged_header: false, origin };
    match resource.format {
        Format::Xlsx => workbook::read(path, from, resource.sheet.as_ref(), schema, shared),
        Format::Csv => read_csv(path, from, resource, schema, shared),
    }
}

fn read_csv(
    path: &Path,
    from: From<'_>,
    resource: &Resource,
    schema: Schema,
    shared: &mut Shared<'_>,
) -> Option<Read> {
    let at = At::file(from.file);
    let size = match folder::size(path) {
        Ok(size) if size <= shared.limits.scanned => size,
        Ok(size) => {
            too_large(size, shared.limits.scanned, at, shared.faults);
            return None;
        }
        Err(fault) => {
            unreadable(fault, at, shared.faults);
            return None;
        }
    };
    let read = if size <= shared.limits.file {
        at_hand(path, from, resource, schema, shared)
    } else {
        streamed(path, from, resource, schema, shared)
    };
    match read {
        Ok(read) => Some(read),
        Err(fault) => {
            unreadable(fault, at, shared.faults);
            None
        }
    }
}

/// A file of usual size is read whole.
fn at_hand(
    path: &Path,
    from: From<'_>,
    resource: &Resource,
    schema: Schema,
    shared: &mut Shared<'_>,
) -> Result<Read, ReadFault> {
    let bytes = folder::read(path, shared.limits.file)?;
    let survey = Survey::of(&bytes.bytes[..]).map_err(ReadFault::Io)?;
    let encoding = survey.encoding(resource.encoding.as_deref(), At::file(from.file), shared.faults);
    let size = bytes.bytes.len() as u64;
    let text = decode::text(bytes.bytes, encoding);
    let (most_bytes, most_columns) = (shared.limits.cell, shared.limits.columns);
    let mut loader = Loader::new(from, schema, shared);
    csv::split(&text, resource.delimiter, most_bytes, most_columns, &mut |record| {
        hand_over(&mut loader, &record)
    });
    Ok(Read { sha256: bytes.sha256, size, held: loader.finish() })
}

/// A larger file is read piece by piece: what makes it large may be one cell, and the rest is wanted. It is given up
/// when what is kept of it passes the limit.
fn streamed(
    path: &Path,
    from: From<'_>,
    resource: &Resource,
    schema: Schema,
    shared: &mut Shared<'_>,
) -> Result<Read, ReadFault> {
    let open = || File::open(path).map_err(ReadFault::Io);
    let survey = Survey::of(open()?).map_err(ReadFault::Io)?;
    let at = At::file(from.file);
    let encoding = survey.encoding(resource.encoding.as_deref(), at, shared.faults);
    let most = shared.limits.file;
    let mut splitter = Splitter::new(resource.delimiter, shared.limits.cell, shared.limits.columns);
    let (mut kept, mut gone_on) = (0_u64, true);
    let mut loader = Loader::new(from, schema, shared);
    decode::stream(open()?, encoding, &mut |piece| {
        gone_on = splitter.feed(piece, &mut |record| {
            kept += record.cells().map(|cell| cell.len() as u64 + 1).sum::<u64>();
            kept <= most && hand_over(&mut loader, &record)
        });
        if gone_on { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })
    .map_err(ReadFault::Io)?;
    if gone_on {
        splitter.finish(&mut |record| hand_over(&mut loader, &record));
    }
    let held = loader.finish();
    if kept > most {
        too_large(survey.size, most, at, shared.faults);
        return Ok(Read { sha256: survey.sha256, size: survey.size, held: None });
    }
    Ok(Read { sha256: survey.sha256, size: survey.size, held })
}

fn hand_over(loader: &mut Loader<'_, '_>, record: &Record<'_>) -> bool {
    let cells: Vec<Raw<'_>> =
        record.cells().map(|cell| if cell.is_empty() { Raw::Empty } else { Raw::Text(cell) }).collect();
    loader.row(record.row, &cells, record.width, record.irregular)
}

/// Notes a file over its limit.
pub(crate) fn too_large(size: u64, most: u64, at: At<'_>, faults: &mut Faults) {
    faults.add(FILE_TOO_LARGE, at, &format!("{size} bytes"), format!("at most {most} bytes"));
}

/// Notes why a file was not read.
pub(crate) fn unreadable(fault: ReadFault, at: At<'_>, faults: &mut Faults) {
    match fault {
        ReadFault::TooLarge(size) => {
            faults.add(FILE_TOO_LARGE, at, &format!("{size} bytes"), "a smaller file");
        }
        ReadFault::Io(error) if error.kind() == io::ErrorKind::NotFound => {
            faults.add(crate::faults::FILE_MISSING, at, "nothing", "a file");
        }
        ReadFault::Io(error) => {
            faults.add(FILE_UNREADABLE, at, &error.to_string(), "a file that can be read");
        }
    }
}
