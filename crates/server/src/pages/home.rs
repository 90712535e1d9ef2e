//! The first page: what is served.

use crate::{
    api::{Home, ScenarioCard},
    pages::engines,
    view::View,
};
use zhidian_dossier::Scenario;
use zhidian_model::Text;

/// The page; `texts` are the views of pasted texts, oldest first.
pub(crate) fn page<'a>(
    generation: u64,
    view: &View,
    texts: impl Iterator<Item = &'a View>,
    overrule: bool,
) -> Home {
    Home {
        version: env!("CARGO_PKG_VERSION").into(),
        generation,
        dossiers: view.dossier_cards(),
        documents: view.cards().into_iter().chain(texts.flat_map(View::cards)).collect(),
        engines: engines::cards(),
        problems: view.ledger.assessment.problems.len(),
        overrule,
    }
}

/// What can be supposed.
pub(crate) fn scenarios(view: &View) -> Vec<ScenarioCard> {
    view.dossiers.scenarios().iter().map(scenario).collect()
}

/// A scenario in a list.
pub(crate) fn scenario(scenario: &Scenario) -> ScenarioCard {
    ScenarioCard {
        name: scenario.name.clone(),
        dossier: scenario.dossier.clone(),
        title: Text::same(scenario.title.clone()),
    }
}
