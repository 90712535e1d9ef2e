//! How a statement is answered.

use crate::{Code, FindingId, Grade, Interval, Key, Period, Text};
use rust_decimal::Decimal;

/// There are three kinds of answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// The statement has a value, and the data speaks to it or does not.
    Verdict(Verdict),
    /// The document against itself. It says nothing about the world.
    Coherence(Coherence),
    /// A goal without a measure, a proposal, a list: what speaks to it, and what it lacks.
    Bearing(Bearing),
}

/// What a statement with a value comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// Every reading of every part holds.
    Supported,
    /// A part fails on every reading.
    Contradicted,
    /// Equally good sources are at odds.
    Disputed,
    /// The data cannot say; the reasons and the needs say why.
    Undecided,
    /// A target that was reached when it was due.
    Met,
    /// A target that was not reached when it was due.
    Missed,
    /// A target not yet due that the present pace reaches.
    OnTrack,
    /// A target not yet due that the present pace does not reach.
    OffTrack,
}

impl Outcome {
    /// The name used in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Supported => "supported",
            Self::Contradicted => "contradicted",
            Self::Disputed => "disputed",
            Self::Undecided => "undecided",
            Self::Met => "met",
            Self::Missed => "missed",
            Self::OnTrack => "on_track",
            Self::OffTrack => "off_track",
        }
    }
}

/// The outcome for a statement with a value, and all that a reader needs to check it.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// What it comes to.
    pub outcome: Outcome,
    /// Each part on its own: its label, its outcome, and in words what was found.
    pub parts: Vec<(String, Outcome, Text)>,
    /// What was found at the deciding key.
    pub found: Option<Found>,
    /// How near the decision was.
    pub margin: Option<Margin>,
    /// Whether the decision survives rounding, ties and vintage.
    pub robust: Option<Robust>,
    /// The best sufficient derivation's grade, then the minimum over the parts.
    pub grade: Option<Grade>,
    /// Why not more.
    pub reasons: Vec<Reason>,
    /// The findings it rests on.
    pub because: Vec<FindingId>,
    /// Findings that are close but not at the key.
    pub near: Vec<Near>,
    /// What would decide it.
    pub missing: Vec<Need>,
    /// In words.
    pub text: Text,
}

/// What was found at the deciding key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// A figure.
    Value(Interval, Code),
    /// A place.
    Rank {
        /// Best place it may be.
        least: u32,
        /// Worst place it may be.
        most: u32,
        /// Size of the roster.
        of: u32,
    },
    /// Whether it is so.
    Truth(bool),
}

/// How near a decision was: the distance in the measure's unit, and to whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Margin {
    /// The distance.
    pub value: Decimal,
    /// Its unit.
    pub unit: Code,
    /// To what: the next peer, the edge of the band.
    pub to: String,
}

/// Whether a decision survives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Robust {
    /// Every value rounded to one decimal less.
    pub rounding: bool,
    /// Ties broken either way.
    pub ties: bool,
    /// Judged on what was published by the document's date.
    pub vintage: bool,
}

/// Why a statement is not decided, or not more firmly. A closed list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)] // the names are the documentation; contract.md lists them
pub enum Reason {
    NoFinding,
    PeriodDiffers,
    SubjectDiffers,
    ScopeDiffers,
    UnitDiffers,
    MeasureDiffers,
    EditionDiffers,
    StraddlesRounding,
    Tie,
    ReadingsDiffer,
    SourcesDiffer,
    OnlyModelled,
    OnlySynthetic,
    OnlyAssumed,
    RosterIncomplete,
    TermUndefined,
    NoEngine,
}

impl Reason {
    /// All of them, in the order of the contract.
    pub const ALL: [Self; 17] = [
        Self::NoFinding,
        Self::PeriodDiffers,
        Self::SubjectDiffers,
        Self::ScopeDiffers,
        Self::UnitDiffers,
        Self::MeasureDiffers,
        Self::EditionDiffers,
        Self::StraddlesRounding,
        Self::Tie,
        Self::ReadingsDiffer,
        Self::SourcesDiffer,
        Self::OnlyModelled,
        Self::OnlySynthetic,
        Self::OnlyAssumed,
        Self::RosterIncomplete,
        Self::TermUndefined,
        Self::NoEngine,
    ];

    /// The name used in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::NoFinding => "no_finding",
            Self::PeriodDiffers => "period_differs",
            Self::SubjectDiffers => "subject_differs",
            Self::ScopeDiffers => "scope_differs",
            Self::UnitDiffers => "unit_differs",
            Self::MeasureDiffers => "measure_differs",
            Self::EditionDiffers => "edition_differs",
            Self::StraddlesRounding => "straddles_rounding",
            Self::Tie => "tie",
            Self::ReadingsDiffer => "readings_differ",
            Self::SourcesDiffer => "sources_differ",
            Self::OnlyModelled => "only_modelled",
            Self::OnlySynthetic => "only_synthetic",
            Self::OnlyAssumed => "only_assumed",
            Self::RosterIncomplete => "roster_incomplete",
            Self::TermUndefined => "term_undefined",
            Self::NoEngine => "no_engine",
        }
    }
}

/// A finding that is close to a key but not at it, and in what it differs. It is shown, never judged with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Near {
    /// The finding.
    pub finding: FindingId,
    /// In what it differs.
    pub differs: Vec<Difference>,
}

/// In what a finding differs from what was asked.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Difference {
    /// It is about another period.
    Period(Period),
    /// It is about another subject.
    Subject(String),
    /// It is counted in another roster.
    Scope(Code),
    /// It is another measure.
    Measure(String),
    /// It is in another unit.
    Unit(Code),
    /// It belongs to another edition.
    Edition(Code),
    /// It was published after the document.
    Later,
}

/// What would decide a statement: which rows of which table.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Need {
    /// What is asked.
    pub key: Key,
    /// A table of the vocabulary's catalogue.
    pub table: Code,
    /// The columns that are needed.
    pub columns: Vec<Code>,
    /// The rows that are needed, named as a person would.
    pub rows: Vec<String>,
}

/// The document against itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coherence {
    /// Whether it agrees.
    pub agrees: bool,
    /// What was compared.
    pub text: Text,
}

/// What a goal, a proposal or a list lacks to be checkable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lack {
    /// A measure.
    Measure,
    /// A date.
    DueDate,
    /// A list or register of what it names.
    Register,
    /// Nothing: it can be followed up as it stands.
    Nothing,
}

impl Lack {
    /// The name used in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Measure => "measure",
            Self::DueDate => "due_date",
            Self::Register => "register",
            Self::Nothing => "nothing",
        }
    }
}

/// What speaks to a statement without a value.
#[derive(Clone, Debug, PartialEq)]
pub struct Bearing {
    /// Findings by topic, with how each differs from the statement's own time.
    pub findings: Vec<Near>,
    /// What it lacks.
    pub lacks: Lack,
    /// What would help to follow it up.
    pub missing: Vec<Need>,
    /// In words.
    pub text: Text,
}
