//! Where a figure comes from.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr, sync::Arc};

/// The id of an origin within the dossiers at hand.
pub type OriginId = Arc<str>;

/// How far a figure can be relied on, weakest first.
///
/// The three weakest never support or contradict a fact: they illustrate or bear on it. See [`Grade::decides`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    /// Assumed by a scenario or an example.
    Assumed,
    /// Made up to try something out.
    Synthetic,
    /// Computed by a model from other figures.
    Modelled,
    /// A source that cannot be checked.
    Unverified,
    /// A third party's copy or compilation of somebody else's figures.
    Aggregator,
    /// A named medium.
    Media,
    /// The office that makes the figure.
    Official,
}

impl Grade {
    /// All grades, strongest first.
    pub const ALL: [Self; 7] = [
        Self::Official,
        Self::Media,
        Self::Aggregator,
        Self::Unverified,
        Self::Modelled,
        Self::Synthetic,
        Self::Assumed,
    ];

    /// May a figure of this grade support or contradict a fact?
    pub fn decides(self) -> bool {
        self >= Self::Unverified
    }

    /// The name used in tables and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Official => "official",
            Self::Media => "media",
            Self::Aggregator => "aggregator",
            Self::Unverified => "unverified",
            Self::Modelled => "modelled",
            Self::Synthetic => "synthetic",
            Self::Assumed => "assumed",
        }
    }
}

impl fmt::Display for Grade {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A text that is not a grade.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "failed to read a grade from {0:?}: expected official, media, aggregator, unverified, modelled, synthetic or assumed"
)]
pub struct GradeError(String);

impl FromStr for Grade {
    type Err = GradeError;

    fn from_str(text: &str) -> Result<Self, GradeError> {
        Self::ALL.into_iter().find(|grade| grade.name() == text).ok_or_else(|| GradeError(text.into()))
    }
}

/// Whether an address is the publisher's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AddressKind {
    /// The publisher's own address.
    Primary,
    /// Somebody else's copy of what the publisher printed.
    Repost,
}

/// Where a figure comes from: the publisher apart from the address it was read at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// Unique among the dossiers at hand.
    pub id: OriginId,
    /// How far it can be relied on.
    pub grade: Grade,
    /// Who first published the figure.
    pub publisher: String,
    /// Title of the publication.
    pub title: String,
    /// Where it was read; empty when it has no address.
    pub address: String,
    /// Whether that address is the publisher's own.
    pub address_kind: Option<AddressKind>,
    /// When it was published, where known.
    pub published: Option<Date>,
    /// Edition of the publication.
    pub edition: Option<String>,
    /// Licence as stated there; none when none is stated.
    pub licence: Option<String>,
    /// SHA-256 of the file that was read, in hexadecimal, where held.
    pub sha256: Option<String>,
    /// The origin this one repeats: copies count once.
    pub copy_of: Option<OriginId>,
    /// What a reader must know.
    pub note: Option<String>,
}

impl Origin {
    /// An origin of which nothing is known yet but its id and grade.
    pub fn new(id: impl Into<OriginId>, grade: Grade) -> Self {
        Self {
            id: id.into(),
            grade,
            publisher: String::new(),
            title: String::new(),
            address: String::new(),
            address_kind: None,
            published: None,
            edition: None,
            licence: None,
            sha256: None,
            copy_of: None,
            note: None,
        }
    }

    /// The origin that counts when copies are counted once.
    pub fn root(&self) -> &OriginId {
        self.copy_of.as_ref().unwrap_or(&self.id)
    }
}
