//! What the engine works on: figures, and the trees of indices that the dossiers declare.

use crate::observation::Observations;
use rust_decimal::prelude::ToPrimitive;
use std::collections::BTreeMap;
use zhidian_model::{Evidence, FromTables, Problem, Tables};

/// A node or an indicator of a declared index.
#[derive(Clone, Debug)]
pub(super) struct Declared {
    /// Its id; of an indicator the code of its measure.
    pub id: String,
    /// The node above; none of the index itself.
    pub parent: Option<String>,
    pub weight: f64,
    pub less_is_better: bool,
    /// What it is called, `中文 | English`.
    pub title: String,
    pub evidence: Evidence,
}

/// Folded once from the tables.
#[derive(Clone, Debug, Default)]
pub struct Input {
    pub(super) observations: Observations,
    /// Declared indices by their id, rows in order.
    pub(super) indices: BTreeMap<String, Vec<Declared>>,
}

impl FromTables for Input {
    fn from_tables(tables: &dyn Tables, problems: &mut Vec<Problem>) -> Self {
        let observations = Observations::from_tables(tables, problems);
        let mut indices: BTreeMap<String, Vec<Declared>> = BTreeMap::new();
        tables.each("evaluation_indicators", &mut |row| {
            let (Some(index), Some(id)) = (row.text("evaluation"), row.text("indicator")) else { return };
            indices.entry(index.to_string()).or_default().push(Declared {
                id: id.to_string(),
                parent: row.text("parent").filter(|parent| !parent.is_empty()).map(ToString::to_string),
                weight: row.number("weight").and_then(|weight| weight.to_f64()).unwrap_or(1.0),
                less_is_better: row
                    .text("direction")
                    .is_some_and(|way| ["-1", "less", "lower", "逆向", "负向"].contains(&way.trim())),
                title: row.text("definition").unwrap_or(id).to_string(),
                evidence: row.evidence("weight"),
            });
        });
        Self { observations, indices }
    }
}
