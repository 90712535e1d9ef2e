//! The one way in for a model.

use crate::{Chart, Code, Evidence, Finding, FromTables, Key, Period, Problem, Quantity, Table, Text};
use schemars::JsonSchema;
use serde::{Serialize, de::DeserializeOwned};
use std::sync::Arc;

/// One kind of question, answered the same way for the command line, the page, the report and Python.
///
/// Engines open no files, read no clock and no global random source, and never depend on each other. The same input,
/// parameters and seed give the same bytes for any number of threads.
pub trait Engine: Send + Sync + 'static {
    /// Options of the method: runs, a tie rule. Thresholds are parameters and live in the dossier.
    type Options: Serialize + DeserializeOwned + Default + JsonSchema;
    /// Folded once from lent rows, compact, cached by the ledger.
    type Input: FromTables;
    /// What the engine is; the page, the report and `zhidian explain` print it.
    const CARD: Card;
    /// Answers the asked keys as far as the input allows. The output comes whole or not at all.
    fn run(input: &Self::Input, options: &Self::Options, context: &Context<'_>) -> Result<Output, Stop>;
}

/// A word in both languages, fixed at compile time.
pub type Words = (&'static str, &'static str);

/// The manual of an engine. Words are (zh, en).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Card {
    /// Lower-case id, the name of the command.
    pub id: &'static str,
    /// The question it answers.
    pub question: Words,
    /// Tables it reads.
    pub tables: &'static [&'static str],
    /// Parameters it needs from the dossier.
    pub parameters: &'static [&'static str],
    /// Measures it finds: codes, or prefixes ending in `.`; `*` is every measure that stands in its tables.
    pub finds: &'static [&'static str],
    /// Measures it needs from other engines.
    pub needs: &'static [&'static str],
    /// How it works.
    pub method: Words,
    /// What it takes for granted.
    pub assumptions: Words,
    /// When not to use it.
    pub not_for: Words,
    /// Papers, laws, manuals.
    pub references: &'static [&'static str],
}

/// What an engine is given beside its input. Shared and read-only: workers may hold it.
pub struct Context<'a> {
    /// The keys that claims ask for. A key at [`Period::ALWAYS`] asks for whatever there is.
    pub asked: &'a [Key],
    /// What tables and earlier engines say.
    pub facts: &'a dyn Facts,
    /// Dated parameters.
    pub parameters: &'a dyn Parameters,
    /// The only source of randomness.
    pub seed: u64,
    /// How many threads it may use.
    pub threads: usize,
    /// Asked often: shall the run stop?
    pub cancelled: &'a (dyn Fn() -> bool + Sync),
    /// Told how far the run is: done, of.
    pub progress: &'a (dyn Fn(u64, u64) + Sync),
}

/// What is known at a key, whoever found it.
pub trait Facts: Sync {
    /// Every finding at the key, strongest grade first.
    fn at(&self, key: &Key) -> Vec<Arc<Finding>>;
}

/// A dated parameter with its evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// Its value.
    pub quantity: Quantity,
    /// Its reference.
    pub evidence: Evidence,
}

/// Thresholds, limits, weights, calendars, rates: dated data with a reference, never a constant in code.
pub trait Parameters: Sync {
    /// The value that holds in a period, or why there is none.
    fn at(&self, name: &str, when: &Period) -> Result<Parameter, Stop>;
}

/// What a run gives back.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Output {
    /// Values at keys.
    pub findings: Vec<Finding>,
    /// Result tables.
    pub tables: Vec<Table>,
    /// Views of the tables.
    pub charts: Vec<Chart>,
    /// What was wrong with the data.
    pub problems: Vec<Problem>,
}

/// Why a run gave nothing back. Dirty data is a [`Problem`], not a stop.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Stop {
    /// Somebody stopped it.
    #[error("the run was cancelled")]
    Cancelled,
    /// It was asked for something it cannot do.
    #[error("{}", .0.en)]
    Misuse(Text),
    /// A parameter the method needs is not in the dossier.
    #[error("parameter {0} is not in the dossier for the period {1}")]
    MissingParameter(Code, Period),
}
