//! What the data or a model says stands at a key.

use crate::{Code, Evidence, Grade, Interval, Key, Text};
use rust_decimal::Decimal;
use sha2::{Digest, Sha256};
use std::{collections::BTreeSet, sync::Arc};

/// Stable: the same finding has the same id in every run (a digest of engine, key, value and the cells it rests on).
pub type FindingId = Arc<str>;

/// A value computed at a key, with the evidence it stands on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    id: FindingId,
    /// The engine or operator that found it.
    pub engine: Code,
    /// What it is about.
    pub key: Key,
    /// What was found.
    pub value: Estimate,
    /// What it rests on.
    pub evidence: Evidence,
    /// How it was found, in a few words: `read`, `rank`, `sum of parts`.
    pub method: Code,
    /// In words.
    pub text: Text,
}

/// A found value and how well it is known.
#[derive(Clone, Debug, PartialEq)]
pub enum Estimate {
    /// A figure: the printed value and the interval it stands for (± half the last digit of its column).
    Value {
        /// As printed.
        printed: Decimal,
        /// What that may stand for.
        interval: Interval,
        /// A unit of the vocabulary.
        unit: Code,
    },
    /// A place.
    Rank(RankFound),
    /// Whether it is so; `None` when the data cannot say.
    Truth(Option<bool>),
    /// Members; open world unless complete.
    Set {
        /// Their names.
        items: BTreeSet<Code>,
        /// Whether absence from it means no.
        complete: bool,
    },
    /// A simulated distribution; its evidence is a model, so it is modelled at best.
    Sample {
        /// Number of runs.
        runs: u32,
        /// Low end of the stated interval.
        low: f64,
        /// Median.
        median: f64,
        /// High end of the stated interval.
        high: f64,
        /// Standard error of the median.
        error: f64,
        /// A unit of the vocabulary.
        unit: Code,
    },
}

// The floats of a sample are never NaN: engines construct samples from sorted finite runs.
impl Eq for Estimate {}

/// A place within a roster, as an interval: it is wider than one place when peers are missing or tied as printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RankFound {
    /// Best place it may be.
    pub least: u32,
    /// Worst place it may be.
    pub most: u32,
    /// Size of the roster; zero where a table prints a place without it.
    pub of: u32,
    /// How many share the printed value, itself included; 1 is no tie.
    pub shared: u32,
    /// Roster members without a figure.
    pub missing: u32,
    /// Distance to the next better value and who has it, in the measure's unit.
    pub above: Option<(Decimal, crate::Subject)>,
    /// Distance to the next worse value and who has it.
    pub below: Option<(Decimal, crate::Subject)>,
    /// Unit of the distances.
    pub unit: Code,
    /// Whether the place stays when every value is rounded to one decimal less; unknown for a published rank.
    pub survives_rounding: Option<bool>,
}

impl Finding {
    /// A finding. It needs evidence, and evidence needs a source.
    pub fn new(
        engine: &str,
        key: Key,
        value: Estimate,
        evidence: Evidence,
        method: &str,
        text: Text,
    ) -> Self {
        let id = digest(engine, &key, &value, &evidence);
        Self { id, engine: engine.into(), key, value, evidence, method: method.into(), text }
    }

    /// Its stable id.
    pub fn id(&self) -> &FindingId {
        &self.id
    }

    /// As strong as its weakest input.
    pub fn grade(&self) -> Grade {
        self.evidence.grade()
    }
}

fn digest(engine: &str, key: &Key, value: &Estimate, evidence: &Evidence) -> FindingId {
    let mut hash = Sha256::new();
    hash.update(format!("{engine}\n{key}\n{value:?}\n"));
    for cell in evidence.citations() {
        // Not the row number: an address shall outlast a row put in above.
        hash.update(format!(
            "{}\t{:?}\t{}\t{}\t{}\n",
            cell.file, cell.edition, cell.origin.id, cell.column, cell.value
        ));
    }
    let bytes = hash.finalize();
    let hex: String = bytes.iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    format!("f-{hex}").into()
}
