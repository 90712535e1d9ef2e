//! One engine run by itself, with options, against what a run has found already.

use crate::{
    assess::{Ledger, Run},
    contract,
    registry::Registry,
    view,
};
use serde_json::Value;
use zhidian_dossier::Dossiers;
use zhidian_model::{Context, Output, Stop, Text};

/// Runs one engine with options as JSON, null for its defaults. It is asked for the keys that the documents ask for, and
/// knows what the engines before it found.
///
/// # Errors
/// When there is no such engine, the options do not fit it, or it stops.
pub fn run_engine(
    ledger: &Ledger,
    dossiers: &Dossiers,
    registry: &Registry,
    engine: &str,
    options: &Value,
    run: &Run<'_>,
) -> Result<Output, Stop> {
    let mut problems = Vec::new();
    let ready = registry.fold_one(engine, dossiers.tables(), &mut problems).ok_or_else(|| {
        Stop::Misuse(Text::new(format!("没有引擎“{engine}”"), format!("failed to find an engine {engine:?}")))
    })?;
    let context = Context {
        asked: &ledger.asked,
        facts: &ledger.facts,
        parameters: dossiers.parameters(),
        seed: run.seed,
        threads: run.threads,
        cancelled: run.cancelled,
        progress: &|done, of| (run.progress)(engine, done, of),
    };
    let mut output = ready.run(options, &context)?;
    problems.append(&mut output.problems);
    Ok(Output { problems, ..output })
}

/// The findings and origins of an output in the layout that others rely on.
pub fn shown(output: &Output) -> (Vec<contract::Finding>, Vec<contract::Origin>) {
    let findings = output.findings.iter().map(|finding| view::finding(finding, None)).collect();
    let evidence = output.findings.iter().map(|finding| &finding.evidence);
    let evidence = evidence.chain(output.tables.iter().map(|table| &table.evidence));
    let origins: std::collections::BTreeMap<_, _> = evidence
        .flat_map(|evidence| evidence.origins())
        .map(|origin| (origin.id.clone(), view::origin(origin)))
        .collect();
    (findings, origins.into_values().collect())
}
