//! Table Schemas: what the columns of a table are, built in for the tables the product knows and declared by a dossier
//! for its own.

mod catalogue;
mod declared;

use regex::Regex;
use rust_decimal::Decimal;
use zhidian_model::{Code, Text};

pub use catalogue::{Known, catalogue, table};
pub(crate) use declared::{effective, package_schema};

/// The columns of a table.
#[derive(Clone, Debug)]
pub struct Schema {
    /// The columns in order.
    pub fields: Vec<Field>,
    /// The columns that tell rows apart; empty when nothing does.
    pub primary_key: Vec<Code>,
    /// Texts that stand for nothing.
    pub missing: Vec<String>,
}

impl Schema {
    /// The column of this name.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| &*field.name == name)
    }

    /// The place of the column of this name.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.fields.iter().position(|field| &*field.name == name)
    }
}

/// A column.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name in the header.
    pub name: Code,
    /// What it is, in words.
    pub title: Text,
    /// What its cells hold.
    pub kind: Kind,
    /// What its texts mean, where they are checked against something.
    pub meaning: Meaning,
    /// May it be empty?
    pub required: bool,
    /// What a broken cell costs.
    pub loss: Loss,
    /// Further limits on its values.
    pub limits: Constraints,
    /// Does the dossier's own schema name it?
    pub declared: bool,
    /// Does its built-in type go before a declared one?
    pub firm: bool,
}

/// The type of the cells of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Any text.
    Text,
    /// A decimal number.
    Number,
    /// A whole number.
    Integer,
    /// A day, `2020-12-31`.
    Date,
    /// `true` or `false`.
    Truth,
    /// A year, `2020`, kept as text.
    Year,
    /// A month, `2020-12`, kept as text.
    YearMonth,
}

impl Kind {
    /// The name of the type in Table Schema.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "string",
            Self::Number => "number",
            Self::Integer => "integer",
            Self::Date => "date",
            Self::Truth => "boolean",
            Self::Year => "year",
            Self::YearMonth => "yearmonth",
        }
    }
}

/// What the texts of a column mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// Nothing that is checked.
    Plain,
    /// A region code or `kind:id`.
    Subject,
    /// A region code.
    Region,
    /// `kind:id`, where it is named.
    Entity,
    /// A measure with its operators.
    Measure,
    /// A period.
    Period,
    /// A unit as printed.
    Unit,
    /// The id of an origin.
    Origin,
    /// The id of a roster.
    Roster,
    /// The id of a list.
    List,
}

/// What a broken cell costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loss {
    /// Its row: without the cell the row would say something else.
    Row,
    /// The cell alone.
    Cell,
}

/// Constraints of Table Schema.
#[derive(Clone, Debug, Default)]
pub struct Constraints {
    /// The only values allowed; any when empty.
    pub one_of: Vec<Code>,
    /// Least number.
    pub minimum: Option<Decimal>,
    /// Greatest number.
    pub maximum: Option<Decimal>,
    /// Fewest characters.
    pub min_length: Option<u64>,
    /// Most characters.
    pub max_length: Option<u64>,
    /// What the whole text matches.
    pub pattern: Option<Regex>,
    /// May each value stand only once?
    pub unique: bool,
}

/// A column of any text, for a table without a schema.
pub(crate) fn any_text(name: &str) -> Field {
    let origin = name == "origin";
    Field {
        name: name.into(),
        title: Text::same(name),
        kind: Kind::Text,
        meaning: if origin { Meaning::Origin } else { Meaning::Plain },
        required: origin,
        loss: if origin { Loss::Row } else { Loss::Cell },
        limits: Constraints::default(),
        declared: false,
        firm: false,
    }
}
