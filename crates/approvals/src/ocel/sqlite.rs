//! Reads the tables of an SQLite database file: enough for logs kept in one, without the library.
//!
//! After the published file format (sqlite.org/fileformat2.html): the schema table, table b-trees, overflow pages, records. It
//! reads ordinary tables of UTF-8 databases. It does not read `WITHOUT ROWID` tables, nor changes that stand in a write-ahead log
//! beside the file, and an `INTEGER PRIMARY KEY`, which is the number of the row, reads as nothing.

use super::OcelError;

/// A value of a row.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing.
    Null,
    /// A whole number.
    Integer(i64),
    /// A number.
    Real(f64),
    /// Text.
    Text(String),
    /// Bytes.
    Blob(Vec<u8>),
}

impl Cell {
    /// As text; nothing for NULL.
    pub fn text(&self) -> Option<String> {
        match self {
            Self::Null | Self::Blob(_) => None,
            Self::Integer(number) => Some(number.to_string()),
            Self::Real(number) => Some(number.to_string()),
            Self::Text(text) => Some(text.clone()),
        }
    }
}

/// A table: names of columns and where its rows begin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableOf {
    /// Its name.
    pub name: String,
    /// Its columns.
    pub columns: Vec<String>,
    root: u32,
}

/// A database in memory.
pub struct Database<'a> {
    bytes: &'a [u8],
    page: usize,
    usable: usize,
}

fn broken(found: &str) -> OcelError {
    OcelError::malformed("the SQLite file", found)
}

const DEEPEST: usize = 40;

impl<'a> Database<'a> {
    /// Looks at the header.
    ///
    /// # Errors
    /// When it is no database, or one in another encoding than UTF-8.
    pub fn open(bytes: &'a [u8]) -> Result<Self, OcelError> {
        if !bytes.starts_with(b"SQLite format 3\0") || bytes.len() < 100 {
            return Err(broken("no SQLite header"));
        }
        let page = match u16::from_be_bytes([bytes[16], bytes[17]]) {
            1 => 65_536,
            size => usize::from(size),
        };
        if !page.is_power_of_two() || page < 512 {
            return Err(broken("no possible size of a page"));
        }
        if !matches!(bytes[59], 0 | 1) {
            return Err(broken("an encoding other than UTF-8"));
        }
        let usable = page.saturating_sub(usize::from(bytes[20]));
        if usable < 480 {
            return Err(broken("no possible size of a page"));
        }
        Ok(Self { bytes, page, usable })
    }

    /// The ordinary tables.
    ///
    /// # Errors
    /// When the schema is broken.
    pub fn tables(&self) -> Result<Vec<TableOf>, OcelError> {
        let mut tables = Vec::new();
        for row in self.rows_from(1)? {
            let [Cell::Text(kind), Cell::Text(name), _, Cell::Integer(root), Cell::Text(sql), ..] = &row[..]
            else {
                continue;
            };
            if kind == "table" {
                let root = u32::try_from(*root).map_err(|_| broken("a page number"))?;
                tables.push(TableOf { name: name.clone(), columns: columns(sql), root });
            }
        }
        Ok(tables)
    }

    /// All rows of a table.
    ///
    /// # Errors
    /// When a page is broken.
    pub fn rows(&self, table: &TableOf) -> Result<Vec<Vec<Cell>>, OcelError> {
        self.rows_from(table.root)
    }

    fn rows_from(&self, root: u32) -> Result<Vec<Vec<Cell>>, OcelError> {
        let mut rows = Vec::new();
        // No page can be read twice in a tree: more visits than pages are a circle.
        let mut left = self.bytes.len() / self.page + 1;
        self.walk(root, 0, &mut left, &mut rows)?;
        Ok(rows)
    }

    fn page(&self, number: u32) -> Result<&'a [u8], OcelError> {
        let from = (number as usize).checked_sub(1).and_then(|page| page.checked_mul(self.page));
        let page = from.and_then(|from| self.bytes.get(from..from.checked_add(self.page)?));
        page.ok_or_else(|| broken("a page beyond the end of the file"))
    }

    fn walk(
        &self,
        number: u32,
        depth: usize,
        left: &mut usize,
        rows: &mut Vec<Vec<Cell>>,
    ) -> Result<(), OcelError> {
        *left = left.checked_sub(1).ok_or_else(|| broken("a circle of pages"))?;
        if depth > DEEPEST {
            return Err(broken("a tree too deep"));
        }
        let page = self.page(number)?;
        let head = if number == 1 { 100 } else { 0 };
        let cells = usize::from(u16::from_be_bytes([page[head + 3], page[head + 4]]));
        let leaf = match page[head] {
            0x0D => true,
            0x05 => false,
            _ => {
                return Err(broken(
                    "a page that is no part of an ordinary table (WITHOUT ROWID is not read)",
                ));
            }
        };
        let pointers = head + if leaf { 8 } else { 12 };
        for cell in 0..cells {
            let at = pointers + 2 * cell;
            let pointer = page.get(at..at + 2).ok_or_else(|| broken("a cell pointer"))?;
            let at = usize::from(u16::from_be_bytes([pointer[0], pointer[1]]));
            let cell = page.get(at..self.usable).ok_or_else(|| broken("a cell"))?;
            match leaf {
                true => rows.push(self.record(cell)?),
                false => self.walk(be32(cell)?, depth + 1, left, rows)?,
            }
        }
        if !leaf {
            self.walk(be32(&page[head + 8..])?, depth + 1, left, rows)?;
        }
        Ok(())
    }

    /// The record of a cell of a leaf, overflow pages included.
    fn record(&self, cell: &[u8]) -> Result<Vec<Cell>, OcelError> {
        let (length, cell) = varint(cell)?;
        let (_, cell) = varint(cell)?;
        let length = usize::try_from(length).ok().filter(|length| *length <= self.bytes.len());
        let length = length.ok_or_else(|| broken("a record longer than the file"))?;
        let most = self.usable - 35;
        if length <= most {
            return values(cell.get(..length).ok_or_else(|| broken("a record"))?);
        }
        let least = (self.usable - 12) * 32 / 255 - 23;
        let here = least + (length - least) % (self.usable - 4);
        let here = if here <= most { here } else { least };
        let mut record = cell.get(..here).ok_or_else(|| broken("a record"))?.to_vec();
        let mut next = be32(cell.get(here..).unwrap_or_default())?;
        while record.len() < length {
            let page = self.page(next)?;
            next = be32(page)?;
            let take = (length - record.len()).min(self.usable - 4);
            record.extend_from_slice(&page[4..4 + take]);
        }
        values(&record)
    }
}

fn be32(bytes: &[u8]) -> Result<u32, OcelError> {
    let bytes: [u8; 4] =
        bytes.get(..4).and_then(|bytes| bytes.try_into().ok()).ok_or_else(|| broken("a number"))?;
    Ok(u32::from_be_bytes(bytes))
}

/// Seven bits a byte, the most significant first, at most nine bytes of which the last has eight.
fn varint(bytes: &[u8]) -> Result<(u64, &[u8]), OcelError> {
    let mut value = 0_u64;
    for (at, byte) in bytes.iter().take(9).enumerate() {
        if at == 8 {
            return Ok((value << 8 | u64::from(*byte), &bytes[9..]));
        }
        value = value << 7 | u64::from(byte & 0x7F);
        if byte & 0x80 == 0 {
            return Ok((value, &bytes[at + 1..]));
        }
    }
    Err(broken("a number"))
}

fn values(record: &[u8]) -> Result<Vec<Cell>, OcelError> {
    let (head, rest) = varint(record)?;
    let used = record.len() - rest.len();
    let head = usize::try_from(head).ok().filter(|head| (used..=record.len()).contains(head));
    let head = head.ok_or_else(|| broken("the head of a record"))?;
    let (mut types, mut body) = (&record[used..head], &record[head..]);
    let mut cells = Vec::new();
    while !types.is_empty() {
        let (kind, rest) = varint(types)?;
        types = rest;
        let size = match kind {
            0 | 8 | 9 => 0,
            1..=4 => kind as usize,
            5 => 6,
            6 | 7 => 8,
            10 | 11 => return Err(broken("a reserved type")),
            _ => usize::try_from((kind - 12) / 2).map_err(|_| broken("a length"))?,
        };
        let value = body.get(..size).ok_or_else(|| broken("a value"))?;
        body = &body[size..];
        let integer = || {
            // Sign-extended from its first byte.
            let first = value.first().map_or(0, |byte| i64::from(*byte as i8));
            value.iter().skip(1).fold(first, |sum, byte| sum << 8 | i64::from(*byte))
        };
        cells.push(match kind {
            0 => Cell::Null,
            8 => Cell::Integer(0),
            9 => Cell::Integer(1),
            7 => Cell::Real(f64::from_bits(integer() as u64)),
            1..=6 => Cell::Integer(integer()),
            _ if kind % 2 == 0 => Cell::Blob(value.to_vec()),
            _ => Cell::Text(String::from_utf8_lossy(value).into_owned()),
        });
    }
    Ok(cells)
}

/// Names of the columns of a CREATE TABLE.
fn columns(sql: &str) -> Vec<String> {
    let body = sql.split_once('(').map(|(_, body)| body).unwrap_or_default();
    let (mut parts, mut depth, mut part) = (Vec::new(), 0, String::new());
    for character in body.chars() {
        match character {
            '(' => depth += 1,
            ')' if depth == 0 => break,
            ')' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(std::mem::take(&mut part));
                continue;
            }
            _ => {}
        }
        part.push(character);
    }
    parts.push(part);
    let constraint = ["PRIMARY", "FOREIGN", "UNIQUE", "CHECK", "CONSTRAINT"];
    parts
        .iter()
        .map(|part| part.trim())
        .filter(|part| !constraint.iter().any(|word| part.to_uppercase().starts_with(word)))
        .filter_map(|part| {
            let close = match part.chars().next()? {
                '"' => '"',
                '`' => '`',
                '[' => ']',
                '\'' => '\'',
                _ => return part.split_whitespace().next().map(Into::into),
            };
            part[1..].split(close).next().map(Into::into)
        })
        .collect()
}
