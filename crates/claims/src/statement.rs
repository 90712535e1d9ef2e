//! What the reader returns: statements in the layout of the annotation guide.

use crate::text::{OffsetMap, Span};
use serde::Serialize;

/// The kind of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Type {
    /// A level of an indicator, or a count.
    Quantity,
    /// A rate of change, a difference, a comparison without a value.
    Growth,
    /// A place in an order, an extreme, the only one, a first.
    Rank,
    /// A designation, a listing, a completion.
    Status,
    /// A list: stated count, structure label, three or more members.
    Enumeration,
    /// A stated end state without a number.
    Goal,
    /// A named project, programme or partner being built or pushed.
    Action,
    /// A request addressed to another level.
    Proposal,
}

impl Type {
    /// Whether it carries a value or a rank.
    pub fn hard(self) -> bool {
        matches!(self, Type::Quantity | Type::Growth | Type::Rank)
    }
}

/// The mood of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Modality {
    /// It is so.
    Fact,
    /// It is expected.
    Forecast,
    /// It shall be.
    Target,
    /// It is being done.
    Ongoing,
    /// It is asked for.
    Proposal,
}

/// What would decide a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Check {
    /// A data table.
    Table,
    /// The table of the peers it is ranked against.
    RankTable,
    /// A list or a document.
    Registry,
    /// The text itself.
    Internal,
    /// A table, at the target's date.
    Tracking,
    /// Judgement, at the target's date.
    TrackingQualitative,
    /// Nothing.
    None,
}

/// Words copied from the text, or inferred where `implicit`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Words {
    /// The words.
    pub text: String,
    /// Where they stand, in code points; none where implicit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub span: Option<[usize; 2]>,
    /// They stand outside the clause of the statement.
    #[serde(skip_serializing_if = "is_false")]
    pub inherited: bool,
    /// They are not in the text.
    #[serde(skip_serializing_if = "is_false")]
    pub implicit: bool,
}

/// Words with a norm from a closed list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Normed {
    /// The words.
    pub text: String,
    /// Where they stand, in code points.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub span: Option<[usize; 2]>,
    /// They stand outside the clause of the statement.
    #[serde(skip_serializing_if = "is_false")]
    pub inherited: bool,
    /// They are not in the text.
    #[serde(skip_serializing_if = "is_false")]
    pub implicit: bool,
    /// The norm; none where the words need what nobody stated (今年 in an undated text).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub norm: Option<String>,
}

/// Who or what a statement is about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Subject {
    /// The words.
    pub text: String,
    /// Where they stand, in code points.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub span: Option<[usize; 2]>,
    /// Code of GB/T 2260 where it is a division.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gbt2260: Option<String>,
    /// It stands outside the clause of the statement.
    #[serde(skip_serializing_if = "is_false")]
    pub inherited: bool,
    /// It is not in the text.
    #[serde(skip_serializing_if = "is_false")]
    pub implicit: bool,
}

/// What is measured.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Indicator {
    /// The words.
    pub text: String,
    /// Where they stand, in code points.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub span: Option<[usize; 2]>,
    /// The composed code, where one fits: `DPI.urban.growth`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub canon: Option<String>,
    /// They stand outside the clause of the statement.
    #[serde(skip_serializing_if = "is_false")]
    pub inherited: bool,
    /// They are not in the text.
    #[serde(skip_serializing_if = "is_false")]
    pub implicit: bool,
}

/// A stated figure. Numbers are exact decimals in base units, printed without exponent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Figure {
    /// Number, magnitude and unit as written.
    pub text: String,
    /// Where, in code points.
    pub span: [usize; 2],
    /// The number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub num: Option<String>,
    /// The lower end of a range.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub low: Option<String>,
    /// The upper end of a range.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub high: Option<String>,
    /// `a:b:c`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ratio: Option<String>,
    /// Code of the unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Weight of the last printed digit, in base units.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub precision: Option<String>,
}

/// One statement of a text. All offsets are half-open and in code points but `bspan`, which is in bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Statement {
    /// `prefix-001`, in the order of the text.
    pub id: String,
    /// Its kind.
    #[serde(rename = "type")]
    pub kind: Type,
    /// Its mood.
    pub modality: Modality,
    /// In the normalised text.
    pub span: [usize; 2],
    /// Bytes of the normalised text.
    pub bspan: [usize; 2],
    /// In the raw text; a layout break may lie inside.
    pub raw_span: [usize; 2],
    /// Its words.
    pub text: String,
    /// A layout break lies inside.
    #[serde(skip_serializing_if = "is_false")]
    pub crosses_layout_break: bool,
    /// Number of the article it stands in, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub article: Option<usize>,
    /// Who or what it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<Subject>,
    /// What is measured.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub indicator: Option<Indicator>,
    /// The stated figure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Figure>,
    /// `gt`, `ge`, `le`, `approx`, `lt_approx`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub qualifier: Option<Normed>,
    /// `up`, `down`, `up_to` …
    #[serde(skip_serializing_if = "Option::is_none")]
    pub change: Option<Normed>,
    /// What it is compared with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub baseline: Option<Normed>,
    /// When.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub period: Option<Normed>,
    /// The place in an order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rank: Option<Normed>,
    /// The set it is ranked or counted in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scope: Option<Words>,
    /// A stated count that is not the figure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<Normed>,
    /// The members of a list.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<Words>,
    /// What a list is called.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<Words>,
    /// What a goal, action, proposal or status is of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub object: Option<Words>,
    /// Who says or decided it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attribution: Option<Words>,
    /// 等 leaves the list open.
    #[serde(skip_serializing_if = "is_false")]
    pub open_list: bool,
    /// Statements of one shared head or one list have one letter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// The price basis the words name: `real`, `nominal`, `comparable`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub basis: Option<String>,
    /// What would decide it.
    pub check: Check,
    /// Topic of the vocabulary.
    pub topic: String,
    /// Other norms the words admit, field by field; the first reading stands in the field itself.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub readings: Vec<Reading>,
}

/// Another way to read a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reading {
    /// Name of the field.
    pub field: String,
    /// The other norm.
    pub norm: String,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_false(b: &bool) -> bool {
    !*b
}

/// Copies words and spans out of the normalised text.
#[derive(Clone, Copy)]
pub(crate) struct Copyist<'a> {
    pub(crate) text: &'a str,
    pub(crate) map: &'a OffsetMap,
}

impl Copyist<'_> {
    pub(crate) fn points(self, span: Span) -> [usize; 2] {
        self.map.points(span)
    }

    pub(crate) fn words(self, span: Span, clause: Span) -> Words {
        Words {
            text: span.of(self.text).to_owned(),
            span: Some(self.points(span)),
            inherited: !clause.contains(span),
            implicit: false,
        }
    }

    pub(crate) fn normed(self, span: Span, clause: Span, norm: Option<String>) -> Normed {
        Normed {
            text: span.of(self.text).to_owned(),
            span: Some(self.points(span)),
            inherited: !clause.contains(span),
            implicit: false,
            norm,
        }
    }
}
