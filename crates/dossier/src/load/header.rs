//! The header of a file: which column stands where.

use super::Loader;
use crate::cells::Raw;
use crate::faults::{
    COLUMN_ABSENT, COLUMN_MISSING, COLUMN_REPEATED, COLUMN_UNEXPECTED, COLUMNS_TOO_MANY, HEADER_MERGED,
    HEADER_MISSING, HEADER_TWO_ROWS, ORIGIN_MISSING,
};
use crate::observations;
use crate::schema::{Field, Meaning, any_text};

/// How far the header is known.
pub(super) enum Header {
    /// No row was seen.
    Waiting,
    /// The first row does not name the columns; the next one may.
    Second { row: u64, names: Vec<String>, width: usize },
    /// Where each column of the schema stands in the file.
    Ready { places: Vec<Option<usize>>, width: usize },
    /// The table cannot be read.
    Broken,
}

impl Loader<'_, '_> {
    pub(super) fn first(&mut self, row: u64, cells: &[Raw<'_>], width: usize) {
        let names: Vec<String> = cells.iter().map(name).collect();
        if width > self.shared.limits.columns {
            let most = format!("at most {}", self.shared.limits.columns);
            self.shared.faults.add(COLUMNS_TOO_MANY, self.from.at().row(row), &width.to_string(), most);
            return;
        }
        if self.names_required(&names) && !self.from.merged_header {
            self.accept(row, names, width);
        } else {
            self.header = Header::Second { row, names, width };
        }
    }

    /// The second row names the columns where the first is a title or a heading over several columns.
    pub(super) fn second(
        &mut self,
        row: u64,
        cells: &[Raw<'_>],
        width: usize,
        first: u64,
        above: Vec<String>,
        first_width: usize,
    ) {
        let below: Vec<String> = cells.iter().map(name).collect();
        let both: Vec<String> = (0..above.len().max(below.len()))
            .map(|at| {
                let lower = below.get(at).filter(|name| !name.is_empty());
                lower.or(above.get(at)).cloned().unwrap_or_default()
            })
            .collect();
        let is_header = |name: &String| self.schema.field(name).is_some();
        let better = both.iter().filter(|name| is_header(name)).count()
            > above.iter().filter(|n| is_header(n)).count();
        if self.names_required(&both) && (better || !self.names_required(&above)) {
            self.shared.faults.add(
                HEADER_TWO_ROWS,
                self.from.at().row(first),
                &above.join(","),
                "one row of column names",
            );
            self.accept(row, both, width.max(first_width));
        } else if self.names_required(&above) {
            // Merged, and yet every column has its name: the second row is data.
            self.accept(first, above, first_width);
            if let Header::Ready { places, width: expected } =
                std::mem::replace(&mut self.header, Header::Broken)
            {
                self.data(row, cells, width, &[], &places, expected);
                self.header = Header::Ready { places, width: expected };
            }
        } else {
            self.refuse(first, &above);
        }
    }

    pub(super) fn names_required(&self, names: &[String]) -> bool {
        let named = |field: &Field| names.iter().any(|name| *name == *field.name);
        // Without a single required column any name of the schema tells a header from data.
        let required = self.schema.fields.iter().filter(|field| self.must_stand(field));
        required.clone().all(named)
            && (required.count() > 0 || self.schema.fields.is_empty() || self.schema.fields.iter().any(named))
    }

    pub(super) fn must_stand(&self, field: &Field) -> bool {
        field.required && !(field.meaning == Meaning::Origin && self.from.origin.is_some())
    }

    pub(super) fn refuse(&mut self, row: u64, names: &[String]) {
        let at = self.from.at().row(row);
        let mut told = self.from.merged_header;
        if told {
            let expected = "one header row without merged cells";
            self.shared.faults.add(HEADER_MERGED, at, &names.join(","), expected);
        }
        for field in &self.schema.fields {
            if self.must_stand(field) && !names.iter().any(|name| *name == *field.name) {
                let at = at.column(&field.name);
                self.shared.faults.add(
                    COLUMN_MISSING,
                    at,
                    &names.join(","),
                    format!("a column {}", field.name),
                );
                told = true;
            }
        }
        if !told {
            let expected = "a row of column names of the schema";
            self.shared.faults.add(HEADER_MISSING, at, &names.join(","), expected);
        }
        self.header = Header::Broken;
    }

    pub(super) fn accept(&mut self, row: u64, names: Vec<String>, width: usize) {
        let at = self.from.at().row(row);
        let faults = &mut *self.shared.faults;
        let mut places = vec![None; self.schema.fields.len()];
        let open = self.schema.fields.is_empty();
        for (place, name) in names.iter().enumerate().filter(|(_, name)| !name.is_empty()) {
            match self.schema.position(name) {
                Some(field) if places[field].is_none() => places[field] = Some(place),
                Some(_) => faults.add(COLUMN_REPEATED, at.column(name), name, "each name once"),
                None if open => {}
                None => faults.add(COLUMN_UNEXPECTED, at.column(name), name, "a column of the schema"),
            }
        }
        if open {
            // Without a schema every column is text.
            for (place, name) in names.iter().enumerate().filter(|(_, name)| !name.is_empty()) {
                if self.schema.position(name).is_none() {
                    self.schema.fields.push(any_text(name));
                    places.push(Some(place));
                }
            }
        }
        for (field, place) in self.schema.fields.iter().zip(&places) {
            if place.is_none() && field.declared && !field.required {
                faults.add(
                    COLUMN_ABSENT,
                    at.column(&field.name),
                    "no such column",
                    format!("a column {}", field.name),
                );
            }
        }
        self.origin_at = self.schema.fields.iter().position(|field| field.meaning == Meaning::Origin);
        if self.needs_origin
            && self.from.origin.is_none()
            && self.origin_at.is_none_or(|at| places[at].is_none())
        {
            faults.add(
                ORIGIN_MISSING,
                at.column("origin"),
                "no such column",
                "a column origin, or zhidian.origin",
            );
            return;
        }
        self.key = self.schema.primary_key.iter().filter_map(|name| self.schema.position(name)).collect();
        self.interval = self.schema.position("from").zip(self.schema.position("to"));
        if self.from.table == "observations" {
            self.observations = observations::Check::new(&self.schema);
        }
        self.header = Header::Ready { places, width };
    }
}

/// A column name as it stands in a header.
fn name(cell: &Raw<'_>) -> String {
    cell.shown().trim().trim_start_matches('\u{feff}').to_owned()
}
