//! The one JSON object that a command of an engine prints: `zhidian.ENGINE.VERB/1`.

use schemars::JsonSchema;
use serde::Serialize;
use zhidian_ledger::contract::Finding;
use zhidian_model::Problem;

/// What a command of an engine gives back under `--json`.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Envelope<O, R> {
    /// `zhidian.locks.simulate/1`
    pub(crate) schema: String,
    /// What was read.
    pub(crate) input: Input,
    /// The options of the method, defaults included.
    pub(crate) options: O,
    /// The seed of the run.
    pub(crate) seed: u64,
    /// The layout belongs to the verb.
    pub(crate) result: R,
    /// What was found, each with its evidence.
    pub(crate) findings: Vec<Finding>,
    /// What is wrong with the input.
    pub(crate) problems: Vec<Problem>,
}

/// The input by its checksum.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Input {
    /// SHA-256 of the bytes read, hexadecimal.
    pub(crate) sha256: String,
}
