//! What a document states.

use crate::{Code, Due, Key, Stated};
use std::{ops::Range, sync::Arc};

/// Stable within a document: `quzhou-zh-015`.
pub type ClaimId = Arc<str>;

/// One checkable statement of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Stable within its document.
    pub id: ClaimId,
    /// The document that states it.
    pub document: Code,
    /// Where, in code points of the normalised text.
    pub span: Range<usize>,
    /// Its words.
    pub text: String,
    /// What kind of statement.
    pub kind: Kind,
    /// In which mood.
    pub modality: Modality,
    /// A sentence may say several things; it holds when all its parts hold. No parts: it meets findings by topic only.
    pub parts: Vec<Part>,
    /// When it is due, for targets.
    pub due: Option<Due>,
    /// What it speaks of, most specific first.
    pub topics: Vec<Code>,
    /// Statements made in one breath.
    pub group: Option<Code>,
}

/// What kind of statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A level or a count.
    Quantity,
    /// A rate or a change.
    Growth,
    /// A place, a record, the only one.
    Rank,
    /// A designation, a listing, a completion.
    Status,
    /// A list.
    Enumeration,
    /// An end state.
    Goal,
    /// A named project or programme.
    Action,
    /// A request addressed to another level.
    Proposal,
}

/// In which mood a statement is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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

/// One value stated at one key, with every key that the words admit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// What this part is about, in its own words.
    pub label: String,
    /// Every admissible reading of measure, period and scope; true on all, it is supported; false on all,
    /// contradicted; else undecided, naming the reading it turns on.
    pub readings: Vec<Reading>,
    /// The value.
    pub stated: Stated,
    /// Words of the statement that no key could be found for.
    pub undefined: Option<String>,
}

/// One way to read a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// What it asks for.
    pub key: Key,
    /// How sure the reading is: the weakest of the key's parts.
    pub basis: Basis,
}

/// How a reading was come by, weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Basis {
    /// Guessed; it illustrates, it never decides.
    Assumed,
    /// By a convention of the field: GDP growth is published at constant prices.
    Convention,
    /// Carried forward from the text before.
    Inherited,
    /// Said.
    Stated,
}
