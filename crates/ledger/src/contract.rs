//! The JSON that others may rely on: `zhidian.assess/1`.
//!
//! Layouts change only with a new version of [`SCHEMA`]. Stated numbers are decimal strings; keys print canonically
//! (measure as text such as `rank(gdp.growth.real)`).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use zhidian_model::{AddressKind, Grade, Problem, Text};

/// Name and version of the layout.
pub const SCHEMA: &str = "zhidian.assess/1";

/// `zhidian assess --json`: one object.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Assessment {
    /// [`SCHEMA`].
    pub schema: String,
    /// The seed of the run.
    pub seed: u64,
    /// What was read.
    pub documents: Vec<Document>,
    /// One answer a statement, in the order of the documents.
    pub answers: Vec<Answer>,
    /// Tables that would decide statements, most statements first.
    pub needs: Vec<TableNeed>,
    /// Every finding an answer refers to.
    pub findings: Vec<Finding>,
    /// Every origin a finding rests on.
    pub origins: Vec<Origin>,
    /// What is wrong with the data.
    pub problems: Vec<Problem>,
}

/// A document that was read.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Document {
    /// Unique among the documents.
    pub id: String,
    /// The dossier it stands in.
    pub dossier: String,
    /// `zh` or `en`.
    pub language: String,
    /// SHA-256 of the file, hexadecimal.
    pub sha256: String,
}

/// The answer to one statement.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Answer {
    /// The statement's id.
    pub id: String,
    /// The statement in the layout of `zhidian read`, with `document`, `key` and `topic`.
    pub claim: Map<String, Value>,
    /// What it asks for: its key in words.
    #[serde(default)]
    pub asked: Option<Text>,
    /// Which of the three kinds of answer.
    pub kind: Kind,
    /// What it comes to.
    pub outcome: Outcome,
    /// Why not more; a closed list.
    pub reasons: Vec<String>,
    /// What was found at the deciding key.
    pub found: Option<Found>,
    /// How near the decision was.
    pub margin: Option<Margin>,
    /// Whether the decision survives rounding, ties and vintage.
    pub robust: Option<Robust>,
    /// How strong the derivation is.
    pub grade: Option<Grade>,
    /// Ids of the findings it rests on.
    pub because: Vec<String>,
    /// Findings that are close but not at the key, and in what they differ.
    pub near: Vec<Near>,
    /// What a goal, a proposal or a list lacks.
    pub lacks: Option<String>,
    /// What would decide it.
    pub missing: Vec<Need>,
    /// Each part on its own, where the statement says several things.
    pub parts: Vec<Part>,
    /// The answer in words.
    pub text: Text,
    /// What persons answer instead, newest first. It stands beside the machine's answer and changes nothing of it.
    #[serde(default)]
    pub overrules: Vec<Overrule>,
}

/// A person's answer instead of the machine's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Overrule {
    /// What it is answered instead.
    pub outcome: Outcome,
    /// Who says so.
    pub name: String,
    /// Why.
    pub reason: String,
    /// ISO date.
    pub date: String,
}

/// Which of the three kinds of answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The statement has a value.
    Verdict,
    /// The document against itself.
    Coherence,
    /// What speaks to a statement without a value.
    Bearing,
}

/// What an answer comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // as in zhidian_model::Outcome
pub enum Outcome {
    Supported,
    Contradicted,
    Disputed,
    Undecided,
    Met,
    Missed,
    OnTrack,
    OffTrack,
    Coherent,
    Incoherent,
    Bearing,
}

impl Outcome {
    /// Every outcome, in the order they are shown.
    pub const ALL: [Self; 11] = [
        Self::Supported,
        Self::Contradicted,
        Self::Disputed,
        Self::Undecided,
        Self::Met,
        Self::Missed,
        Self::OnTrack,
        Self::OffTrack,
        Self::Coherent,
        Self::Incoherent,
        Self::Bearing,
    ];

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
            Self::Coherent => "coherent",
            Self::Incoherent => "incoherent",
            Self::Bearing => "bearing",
        }
    }

    /// The outcome of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.name() == name)
    }

    /// The kind of answer it belongs to.
    pub fn kind(self) -> Kind {
        match self {
            Self::Coherent | Self::Incoherent => Kind::Coherence,
            Self::Bearing => Kind::Bearing,
            _ => Kind::Verdict,
        }
    }

    /// The words for it: zh, en.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Supported => ("证实", "supported"),
            Self::Contradicted => ("不符", "contradicted"),
            Self::Disputed => ("存疑", "disputed"),
            Self::Undecided => ("待定", "undecided"),
            Self::Met => ("完成", "met"),
            Self::Missed => ("未完成", "missed"),
            Self::OnTrack => ("达标", "on track"),
            Self::OffTrack => ("滞后", "off track"),
            Self::Coherent => ("自洽", "coherent"),
            Self::Incoherent => ("自相矛盾", "incoherent"),
            Self::Bearing => ("参考", "bearing"),
        }
    }
}

/// What was found at the deciding key: a figure with its interval, a place, or whether it is so.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Found {
    /// A figure; an open end is null.
    Value {
        /// Low end.
        low: Option<String>,
        /// High end.
        high: Option<String>,
        /// A unit of the vocabulary.
        unit: String,
        /// The unit in words.
        #[serde(default)]
        unit_words: Text,
    },
    /// A place.
    Rank {
        /// The place.
        rank: Rank,
    },
    /// Whether it is so.
    Truth {
        /// Whether it is so.
        truth: bool,
    },
}

/// A place as an interval within a roster.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Rank {
    /// Best place it may be.
    pub least: u32,
    /// Worst place it may be.
    pub most: u32,
    /// Size of the roster.
    pub of: u32,
}

/// How near the decision was.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Margin {
    /// The distance, a decimal string.
    pub value: String,
    /// A unit of the vocabulary.
    pub unit: String,
    /// The unit in words.
    #[serde(default)]
    pub unit_words: Text,
    /// To what.
    pub to: String,
}

/// Whether the decision survives.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Robust {
    /// Every value rounded to one decimal less.
    pub rounding: bool,
    /// Ties broken either way.
    pub ties: bool,
    /// Judged on what was published by the document's date.
    pub vintage: bool,
}

/// A finding that is close but not at the key.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Near {
    /// Id of the finding.
    pub finding: String,
    /// In what it differs: `period:2020-01..2020-09`, `scope:…`, `later`.
    pub differs: Vec<String>,
    /// The same in words.
    #[serde(default)]
    pub text: Text,
}

/// What would decide a statement.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Need {
    /// What is asked, canonically.
    pub key: String,
    /// What is asked, in words.
    #[serde(default)]
    pub asked: Text,
    /// A table of the catalogue.
    pub table: String,
    /// The columns that are needed.
    pub columns: Vec<String>,
    /// The columns in words.
    #[serde(default)]
    pub titles: Vec<Text>,
    /// The rows that are needed.
    pub rows: Vec<String>,
}

/// One thing among several that a statement says.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Part {
    /// In its own words.
    pub label: String,
    /// What it comes to.
    pub outcome: Outcome,
    /// In words.
    pub text: Text,
}

/// A table that would decide statements.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct TableNeed {
    /// A table of the catalogue.
    pub table: String,
    /// Its name in words.
    pub title: Text,
    /// How many statements it would decide.
    pub statements: usize,
    /// Which.
    pub claims: Vec<String>,
}

/// A finding.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Finding {
    /// Stable between runs.
    pub id: String,
    /// The engine or operator that found it.
    pub engine: String,
    /// What it is about.
    pub key: Key,
    /// What was found.
    pub value: Value,
    /// In words.
    pub text: Text,
    /// As strong as its weakest input.
    pub grade: Grade,
    /// How it was found.
    pub method: String,
    /// The cells it rests on.
    pub evidence: Vec<Citation>,
    /// A picture of it: the peers, the years. A view of these rows and of nothing else.
    pub exhibit: Option<Exhibit>,
}

/// A key, canonically.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Key {
    /// `rank(gdp.growth.real)`
    pub measure: String,
    /// `330800`
    pub subject: String,
    /// `2020`
    pub period: String,
    /// `zhejiang.prefectures`
    pub scope: Option<String>,
}

/// One cell of one row.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Citation {
    /// Id of the origin.
    pub origin: String,
    /// Path of the file.
    pub file: String,
    /// Sheet of a workbook.
    pub sheet: Option<String>,
    /// Row of the file, the header being row 1.
    pub row: u64,
    /// Column by its name.
    pub column: String,
    /// What stands in the cell.
    pub value: String,
}

/// A picture as its data: what is drawn, and each point with the grade it is drawn in.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Exhibit {
    /// How it is drawn.
    pub mark: Mark,
    /// The finding as a title.
    pub title: Text,
    /// Unit of the values, in words.
    pub unit: Text,
    /// The points, best or earliest first.
    pub points: Vec<Point>,
    /// For a bump chart, the places of every other member of the roster, as background: one point for each of `points`.
    #[serde(default)]
    pub peers: Vec<Series>,
}

/// A peer's points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Series {
    /// The peer.
    pub label: Text,
    /// As many as the exhibit has, in the same order, labelled alike.
    pub points: Vec<Point>,
}

/// How an exhibit is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "ExhibitMark")]
pub enum Mark {
    /// One point a peer along the value: a dot strip.
    Strip,
    /// One place a year, the first place on top: a bump chart.
    Bump,
    /// One value a year.
    Line,
}

/// One point of an exhibit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Point {
    /// The peer or the period.
    pub label: Text,
    /// The value, a decimal string; for a bump chart the best place it may be. Null: no figure is held.
    pub value: Option<String>,
    /// For a bump chart, the worst place it may be.
    pub most: Option<String>,
    /// Whether it is the subject's own.
    pub own: bool,
    /// How strong the figure is; weak ones are drawn hollow.
    pub grade: Option<Grade>,
}

/// An origin.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Origin {
    /// Unique.
    pub id: String,
    /// Who first published the figure.
    pub publisher: String,
    /// Title of the publication.
    pub title: String,
    /// Where it was read.
    pub address: String,
    /// Whether that address is the publisher's own.
    pub address_kind: Option<AddressKind>,
    /// ISO date.
    pub published: Option<String>,
    /// Edition of the publication.
    pub edition: Option<String>,
    /// Licence as stated there.
    pub licence: Option<String>,
    /// SHA-256 of the file that was read, where held.
    pub sha256: Option<String>,
    /// How far it can be relied on.
    pub grade: Grade,
    /// What a reader must know.
    pub note: Option<String>,
}

impl Assessment {
    /// How many answers there are of each outcome, zero counts included, in the order they are shown.
    pub fn counts(&self) -> BTreeMap<Outcome, usize> {
        let mut counts: BTreeMap<_, _> = Outcome::ALL.into_iter().map(|outcome| (outcome, 0)).collect();
        for answer in &self.answers {
            *counts.entry(answer.outcome).or_default() += 1;
        }
        counts
    }

    /// A finding by its id.
    pub fn finding(&self, id: &str) -> Option<&Finding> {
        self.findings.iter().find(|finding| finding.id == id)
    }
}
