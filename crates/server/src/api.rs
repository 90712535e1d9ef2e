//! What the pages are made of, as JSON.
//!
//! The address of a page's twin is that of the page with `/api` before it: `/d/quzhou-zh` is a page and
//! `/api/d/quzhou-zh` its [`DocumentPage`]. Words come in both languages, so that a page changes its language without
//! asking again. Figures are decimal strings; spans are half-open offsets in code points of the text beside them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use zhidian_ledger::{
    compare::Change,
    contract::{Answer, Citation, Finding, Kind, Origin, Outcome, Overrule, TableNeed},
};
use zhidian_model::{Grade, Problem, Text};

/// `GET /api`: what is served.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Home {
    /// Version of the program.
    pub version: String,
    /// Changes whenever the dossiers are read again.
    pub generation: u64,
    /// The dossiers that were given.
    pub dossiers: Vec<DossierCard>,
    /// The documents, those of the dossiers first, then those that were pasted.
    pub documents: Vec<DocumentCard>,
    /// The engines.
    pub engines: Vec<EngineCard>,
    /// How many problems the data has.
    pub problems: usize,
    /// Whether an answer can be overruled here: the dossiers can be written.
    pub overrule: bool,
}

/// A dossier in a list.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct DossierCard {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// The region it is about.
    pub region: Option<Region>,
    /// Names of its scenarios.
    pub scenarios: Vec<String>,
}

/// A region.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Region {
    /// GB/T 2260.
    pub code: u32,
    /// What it is called.
    pub name: Text,
}

/// A document in a list.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct DocumentCard {
    /// Its id.
    pub id: String,
    /// Its dossier.
    pub dossier: String,
    /// Its title; its first line where none is given.
    pub title: String,
    /// `zh` or `en`.
    pub language: String,
    /// ISO date.
    pub dated: Option<String>,
    /// Id of the document it translates.
    pub translation_of: Option<String>,
    /// Whether it was pasted or dropped in: it is held in memory alone.
    pub pasted: bool,
    /// How many answers of each outcome, in the order they are shown, zero counts included.
    pub counts: Vec<Count>,
}

/// How many answers come to an outcome.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Count {
    /// The outcome.
    pub outcome: Outcome,
    /// How many statements.
    pub statements: usize,
}

/// `GET /api/d/{document}`: a document with its marks.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct DocumentPage {
    /// The document.
    pub document: DocumentCard,
    /// Its dossier.
    pub dossier: DossierCard,
    /// Who speaks.
    pub speaker: Option<String>,
    /// Where the text comes from.
    pub origin: Option<Origin>,
    /// The normalised text.
    pub text: String,
    /// The text's titles, headings and paragraphs, in order.
    pub blocks: Vec<Block>,
    /// The statements in order of their spans.
    pub statements: Vec<Mark>,
    /// What is worth looking at first.
    pub notable: Vec<Notable>,
    /// Tables that would decide statements of this document, most statements first.
    pub needs: Vec<TableNeed>,
}

/// A piece of the text that stands on its own.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Code points.
    pub span: (usize, usize),
}

/// What a piece of the text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum BlockKind {
    /// The document's title.
    Title,
    /// A heading within it.
    Heading,
    /// A paragraph.
    Paragraph,
}

/// A statement as it is marked in the text.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Mark {
    /// The statement's id.
    pub id: String,
    /// Its number within the document, from 1.
    pub number: usize,
    /// Code points.
    pub span: (usize, usize),
    /// What it comes to.
    pub outcome: Outcome,
    /// Which of the three kinds of answer.
    pub kind: Kind,
    /// For a statement without a value, which shape it is drawn in.
    pub shape: Shape,
    /// How strong the derivation is.
    pub grade: Option<Grade>,
    /// Whether a person has overruled the answer.
    pub overruled: bool,
}

/// The shape of a mark; a statement with a value has the shape of its outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// That of the outcome.
    Outcome,
    /// A goal without a measure.
    Goal,
    /// A proposal.
    Proposal,
    /// A list, an action, a state.
    List,
}

/// A statement that is worth looking at first, and why.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Notable {
    /// The statement's id.
    pub statement: String,
    /// What is notable, as a title: the lead is 0.05 points.
    pub title: Text,
    /// What it means: one decimal less and it is a tie.
    pub note: Text,
}

/// `GET /api/d/{document}/{statement}`: a statement with all that its answer rests on.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct StatementPage {
    /// Id of the document.
    pub document: String,
    /// Its number within the document, from 1.
    pub number: usize,
    /// The shape it is marked in.
    pub shape: Shape,
    /// The machine's answer.
    pub answer: Answer,
    /// What a person answers instead, newest first; never mixed with the answer.
    pub overrules: Vec<Overrule>,
    /// What was stated, in words: `第3`, `2,876亿元`.
    pub stated: Option<Text>,
    /// The findings that `because` and `near` refer to.
    pub findings: Vec<Finding>,
    /// The origins they rest on.
    pub origins: Vec<Origin>,
    /// How the findings were found: cards of the engines and of the ledger's own operators.
    pub methods: Vec<Method>,
    /// What could be asked instead, where the stated value can be moved.
    pub what_if: Option<WhatIf>,
    /// The titles of the tables named under `missing`.
    pub tables: Vec<TableTitle>,
    /// The tables that the cited files belong to.
    pub files: Vec<CitedFile>,
    /// Id of the statement before it.
    pub previous: Option<String>,
    /// Id of the statement after it.
    pub next: Option<String>,
}

/// A file that is cited, with the table whose rows it holds: a citation's row stands at
/// `/tables/{table}?file={file}&row={row}`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct CitedFile {
    /// Path of the file.
    pub file: String,
    /// Sheet of a workbook.
    pub sheet: Option<String>,
    /// A table of the catalogue.
    pub table: String,
}

/// The name of a table.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct TableTitle {
    /// A table of the catalogue.
    pub id: String,
    /// Its name in words.
    pub title: Text,
}

/// How a finding was found.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Method {
    /// The engine, or the operator of the ledger.
    pub id: String,
    /// Whether there is a page of the engine.
    pub engine: bool,
    /// What it does.
    pub name: Text,
    /// How it works.
    pub method: Text,
    /// What it takes for granted.
    pub assumptions: Text,
    /// When not to use it.
    pub not_for: Text,
    /// Papers, laws, manuals.
    pub references: Vec<String>,
}

/// How the stated value can be moved.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct WhatIf {
    /// The value that was stated, a decimal string.
    pub stated: String,
    /// Its unit in words; `第` and `名` need none.
    pub unit: Text,
    /// Whether it is a place.
    pub rank: bool,
    /// Lowest value that can be asked.
    pub least: String,
    /// Highest.
    pub most: String,
    /// One step: the weight of the last digit.
    pub step: String,
}

/// `POST /api/d/{document}/{statement}/what-if`
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Supposed {
    /// What the text had said, a decimal string in the unit of [`WhatIf`].
    #[schemars(regex(pattern = r"^-?[0-9]{1,15}(\.[0-9]{1,9})?$"))]
    pub value: String,
}

/// The same finding joined with another stated value. Nothing of it is kept.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SupposedAnswer {
    /// What the text had said, in words.
    pub stated: Text,
    /// The answer it would have had.
    pub answer: Answer,
    /// The findings it refers to.
    pub findings: Vec<Finding>,
}

/// `POST /api/d/{document}/{statement}/overrules`: kept in the dossier's `overrides.csv`.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewOverrule {
    /// What it is answered instead.
    pub outcome: Outcome,
    /// Who says so.
    #[schemars(length(min = 1, max = 60))]
    pub name: String,
    /// Why.
    #[schemars(length(min = 1, max = 1000))]
    pub reason: String,
}

/// `GET /api/f/{finding}`: a finding with its whole tree of evidence.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct FindingPage {
    /// The finding.
    pub finding: Finding,
    /// How it was found.
    pub method: Option<Method>,
    /// From the figure down to rows.
    pub tree: Step,
    /// The origins it rests on.
    pub origins: Vec<Origin>,
    /// The tables that the cited files belong to.
    pub files: Vec<CitedFile>,
    /// The statements that rest on it or show it.
    pub statements: Vec<StatementRef>,
}

/// One step of the way from a figure back to its rows.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Step {
    /// What was done.
    pub by: StepKind,
    /// The operator, the engine, the parameter, the column.
    pub label: Text,
    /// As strong as its weakest input.
    pub grade: Grade,
    /// The cell, for a row.
    pub citation: Option<Citation>,
    /// What it was computed from.
    pub from: Vec<Step>,
}

/// What a step did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum StepKind {
    /// Read a cell.
    Row,
    /// Took a dated parameter.
    Parameter,
    /// Computed by a stated rule.
    Derived,
    /// Computed by a model.
    Model,
}

/// A statement that something refers to.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct StatementRef {
    /// Its document.
    pub document: String,
    /// Its id.
    pub id: String,
    /// Its words.
    pub text: String,
    /// What it comes to.
    pub outcome: Outcome,
}

/// `POST /api/texts`: a text to be read and answered against the dossiers.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewText {
    /// The text itself, or nothing when `file` is given; at most 8 MB.
    #[serde(default)]
    pub text: String,
    /// Name of the file it was dropped as; its ending tells the format.
    #[serde(default)]
    pub name: Option<String>,
    /// The bytes of a file, base64.
    #[serde(default)]
    pub file: Option<String>,
    /// The dossier it is answered against.
    pub dossier: String,
    /// ISO date of the text, for "this year"; the dossier's reference date where none is given.
    #[serde(default)]
    pub dated: Option<String>,
    /// The region it speaks of; the dossier's where none is given.
    #[serde(default)]
    pub region: Option<u32>,
}

/// `GET /api/runs/{run}`, and each event of `GET /api/runs/{run}/events`. `DELETE /api/runs/{run}` cancels it.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct RunStatus {
    /// Its id.
    pub id: String,
    /// What is run: `text`, `compare`, or an engine's id.
    pub what: String,
    /// How far it is.
    pub state: RunState,
    /// What is being done.
    pub stage: Option<String>,
    /// Steps done of this stage.
    pub done: u64,
    /// Steps of this stage.
    pub of: u64,
    /// Why it failed.
    pub error: Option<Text>,
    /// Where its result stands once it is done: `/api/d/text-1a2b3c`, `/api/runs/7/result`.
    pub result: Option<String>,
}

/// How far a run is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RunState {
    /// Waits for others.
    Waiting,
    /// Runs.
    Running,
    /// Came to its end.
    Done,
    /// Somebody stopped it.
    Cancelled,
    /// Gave nothing back.
    Failed,
}

/// An engine in a list.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct EngineCard {
    /// Its id.
    pub id: String,
    /// The question it answers.
    pub question: Text,
}

/// `GET /api/engines/{engine}`: the manual of an engine, and what it can be asked here.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct EnginePage {
    /// Its id.
    pub id: String,
    /// The question it answers.
    pub question: Text,
    /// Tables it reads, with how many rows are at hand.
    pub tables: Vec<TableCard>,
    /// Parameters it needs from the dossier, with what is at hand.
    pub parameters: Vec<ParameterCard>,
    /// Measures it finds.
    pub finds: Vec<String>,
    /// Measures it needs from other engines.
    pub needs: Vec<String>,
    /// How it works.
    pub method: Text,
    /// What it takes for granted.
    pub assumptions: Text,
    /// When not to use it.
    pub not_for: Text,
    /// Papers, laws, manuals.
    pub references: Vec<String>,
    /// JSON Schema of its options.
    pub options: Value,
    /// Its options where nothing is said.
    pub defaults: Value,
}

/// A parameter that an engine needs.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ParameterCard {
    /// Its name.
    pub name: String,
    /// What the dossiers state for it, oldest first.
    pub stated: Vec<StatedParameter>,
}

/// A dated value of a parameter.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct StatedParameter {
    /// The period it holds in.
    pub valid: String,
    /// A decimal string.
    pub value: String,
    /// Its unit.
    pub unit: String,
    /// Where it comes from.
    pub origin: Origin,
}

/// `POST /api/engines/{engine}/runs`
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRun {
    /// Options of the method; null for its defaults.
    #[serde(default)]
    pub options: Value,
    /// The only source of randomness.
    #[serde(default)]
    pub seed: u64,
    /// A scenario laid over the dossiers.
    #[serde(default)]
    pub scenario: Option<String>,
}

/// `GET /api/runs/{run}/result` of an engine's run.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct EngineResult {
    /// The engine.
    pub engine: String,
    /// The options it ran with.
    pub options: Value,
    /// The seed it ran with.
    pub seed: u64,
    /// The scenario it ran under.
    pub scenario: Option<String>,
    /// Values at keys, at most [`EngineResult::FINDINGS`].
    pub findings: Vec<Finding>,
    /// How many there are.
    pub findings_in_all: usize,
    /// Result tables.
    pub tables: Vec<ResultTable>,
    /// Views of the tables.
    pub charts: Vec<ResultChart>,
    /// The origins they rest on.
    pub origins: Vec<Origin>,
    /// What was wrong with the data.
    pub problems: Vec<Problem>,
}

impl EngineResult {
    /// How many findings a result shows.
    pub const FINDINGS: usize = 500;
}

/// A result table.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ResultTable {
    /// Stable within an engine's output.
    pub id: String,
    /// Its title.
    pub title: Text,
    /// Names of the columns.
    pub columns: Vec<String>,
    /// Cells as printed; null for a missing one.
    pub rows: Vec<Vec<Option<String>>>,
    /// How strong it is.
    pub grade: Grade,
    /// The origins it rests on.
    pub origins: Vec<String>,
}

/// A chart: a view of a result table.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ResultChart {
    /// The finding as its title.
    pub title: Text,
    /// The table it draws.
    pub table: String,
    /// How it draws: `dot`, `line`, `bump`, `bar`.
    pub mark: String,
    /// The column along.
    pub x: String,
    /// The columns drawn.
    pub y: Vec<String>,
}

/// `GET /api/scenarios`: what can be supposed.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ScenarioCard {
    /// Its name.
    pub name: String,
    /// Its dossier.
    pub dossier: String,
    /// Its title.
    pub title: Text,
}

/// `POST /api/scenarios/{scenario}/runs`, then `GET /api/runs/{run}/result`: what would change.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Comparison {
    /// The scenario.
    pub scenario: ScenarioCard,
    /// The answers that differ.
    pub changes: Vec<Changed>,
}

/// One answer that a scenario changes.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Changed {
    /// The statement.
    pub statement: StatementRef,
    /// Before and after.
    pub change: ChangeShown,
}

/// Before and after, in words.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ChangeShown {
    /// What it comes to without the scenario.
    pub before: Outcome,
    /// What it comes to with it.
    pub after: Outcome,
    /// The answer with it, in words.
    pub text: Text,
}

impl From<Change> for ChangeShown {
    fn from(change: Change) -> Self {
        Self { before: change.before, after: change.after, text: change.text }
    }
}

/// `POST /api/scenarios/{scenario}/runs`
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewScenarioRun {
    /// The only source of randomness.
    #[serde(default)]
    pub seed: u64,
}

/// A table in a list.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct TableCard {
    /// A table of the catalogue.
    pub id: String,
    /// Its name.
    pub title: Text,
    /// What a row is.
    pub row: Text,
    /// How many usable rows are at hand; none where the table is missing.
    pub rows: Option<usize>,
    /// How many statements it would decide.
    pub would_decide: usize,
}

/// `GET /api/tables/{table}?q=&sort=&order=&offset=&limit=&file=&row=&where.COLUMN=VALUE`
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct TablePage {
    /// The table.
    pub table: TableCard,
    /// Its columns.
    pub columns: Vec<Column>,
    /// How many rows fit the filters.
    pub matching: usize,
    /// The first row shown, from 0.
    pub offset: usize,
    /// The rows asked for.
    pub rows: Vec<TableRow>,
    /// The commonest values of the columns that hold few, under the filters.
    pub facets: Vec<Facet>,
}

/// A column of a table.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Column {
    /// Its name in the file.
    pub name: String,
    /// Its name in words.
    pub title: Text,
    /// `text`, `number`, `date`, `truth`
    pub kind: String,
}

/// A row with its place and origin.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct TableRow {
    /// Path of the file.
    pub file: String,
    /// Sheet of a workbook.
    pub sheet: Option<String>,
    /// Row of the file, the header being row 1.
    pub row: u64,
    /// Id of the origin.
    pub origin: String,
    /// How strong it is.
    pub grade: Grade,
    /// Cells as printed; null for a missing one.
    pub cells: Vec<Option<String>>,
}

/// The commonest values of a column.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Facet {
    /// The column.
    pub column: String,
    /// Values, commonest first.
    pub values: Vec<FacetValue>,
    /// How many values there are beyond these.
    pub more: usize,
}

/// A value with how many rows hold it.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct FacetValue {
    /// As it stands in the cell.
    pub value: String,
    /// What it means, where it is a code.
    pub words: Option<Text>,
    /// How many rows.
    pub rows: usize,
}

/// `GET /api/origins/{origin}`: an origin with what rests on it.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct OriginPage {
    /// The origin.
    pub origin: Origin,
    /// How many rows of each table come from it.
    pub tables: Vec<OriginRows>,
    /// Statements whose answers rest on it.
    pub statements: Vec<StatementRef>,
}

/// Rows of a table that come from an origin.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct OriginRows {
    /// The table.
    pub table: TableTitle,
    /// How many rows.
    pub rows: usize,
}

/// `GET /api/origins`: an origin in a list.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct OriginCard {
    /// The origin.
    pub origin: Origin,
    /// How many rows come from it.
    pub rows: usize,
    /// How many answers rest on it.
    pub statements: usize,
}

/// `GET /api/problems?q=&offset=&limit=`: what is wrong with the data, gravest first.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ProblemPage {
    /// How many problems hold the words.
    pub matching: usize,
    /// The first problem shown, from 0.
    pub offset: usize,
    /// The problems asked for.
    pub problems: Vec<Problem>,
}

/// `GET /api/events`: an event named `generation`, at once and whenever the dossiers are read again.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Event {
    /// That of [`Home`]. Pages of another generation are out of date.
    pub generation: u64,
    /// Why the dossiers could not be read again: what was read before is still shown.
    pub problem: Option<Text>,
}

/// What an error looks like, with the status of HTTP that fits.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Refusal {
    /// What went wrong and what to do.
    pub error: Text,
}
