//! How findings were found: the cards of engines and of the ledger's own operators.

use crate::api::Method;
use std::collections::BTreeSet;
use zhidian_ledger::{Registry, contract::Finding, operators};
use zhidian_model::{Card, Text};

/// The methods of some findings, each once.
pub(crate) fn of(findings: &[Finding]) -> Vec<Method> {
    let mut seen = BTreeSet::new();
    findings.iter().filter_map(method).filter(|method| seen.insert(method.id.clone())).collect()
}

/// How one finding was found.
pub(crate) fn method(finding: &Finding) -> Option<Method> {
    if finding.engine == "ledger" {
        return operators::card(&finding.method).map(|card| shown(card, false));
    }
    let cards = Registry::standard().cards();
    cards.into_iter().find(|card| card.id == finding.engine).map(|card| shown(card, true))
}

fn shown(card: &Card, engine: bool) -> Method {
    Method {
        id: card.id.to_owned(),
        engine,
        name: words(card.question),
        method: words(card.method),
        assumptions: words(card.assumptions),
        not_for: words(card.not_for),
        references: card.references.iter().map(|reference| (*reference).to_owned()).collect(),
    }
}

/// A pair of words as a text.
pub(crate) fn words((zh, en): (&str, &str)) -> Text {
    Text::new(zh, en)
}
