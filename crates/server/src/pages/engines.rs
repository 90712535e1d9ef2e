//! The manuals of the engines, and what they can be asked here.

use crate::{
    api::{EngineCard, EnginePage, EngineResult, ParameterCard, ResultChart, ResultTable, StatedParameter},
    pages::{methods::words, tables},
    view::View,
};
use serde_json::Value;
use zhidian_ledger::{Registry, alone, view as layout};
use zhidian_model::{Cell, Mark, Output};

/// The engines.
pub(crate) fn cards() -> Vec<EngineCard> {
    let cards = Registry::standard().cards();
    cards.into_iter().map(|card| EngineCard { id: card.id.into(), question: words(card.question) }).collect()
}

/// The page of an engine.
pub(crate) fn page(view: &View, id: &str) -> Option<EnginePage> {
    let registry = Registry::standard();
    let card = registry.cards().into_iter().find(|card| card.id == id)?;
    let options = registry.options().into_iter().find(|(engine, _)| *engine == id).map(|(_, schema)| schema);
    let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    Some(EnginePage {
        id: card.id.into(),
        question: words(card.question),
        tables: card.tables.iter().map(|table| tables::card(view, table)).collect(),
        parameters: card.parameters.iter().map(|name| parameter(view, name)).collect(),
        finds: owned(card.finds),
        needs: owned(card.needs),
        method: words(card.method),
        assumptions: words(card.assumptions),
        not_for: words(card.not_for),
        references: owned(card.references),
        options: options.unwrap_or_default(),
        defaults: registry.defaults(id).unwrap_or_default(),
    })
}

fn parameter(view: &View, name: &str) -> ParameterCard {
    let of_name = |stated: &str| stated == name || (name.ends_with('.') && stated.starts_with(name));
    let mut stated: Vec<_> =
        view.dossiers.parameters().all().filter(|stated| of_name(&stated.name)).collect();
    stated.sort_by_key(|stated| stated.valid);
    ParameterCard {
        name: name.into(),
        stated: stated
            .into_iter()
            .map(|stated| StatedParameter {
                valid: stated.valid.to_string(),
                value: stated.quantity.value.to_string(),
                unit: stated.quantity.unit.to_string(),
                origin: layout::origin(&stated.origin),
            })
            .collect(),
    }
}

/// What a run of an engine gave.
pub(crate) fn result(
    engine: &str,
    options: Value,
    seed: u64,
    scenario: Option<String>,
    output: &Output,
) -> EngineResult {
    let (mut findings, origins) = alone::shown(output);
    let findings_in_all = findings.len();
    findings.truncate(EngineResult::FINDINGS);
    EngineResult {
        engine: engine.to_owned(),
        options,
        seed,
        scenario,
        findings,
        findings_in_all,
        tables: output
            .tables
            .iter()
            .map(|table| ResultTable {
                id: table.id.to_string(),
                title: table.title.clone(),
                columns: table.columns.iter().map(ToString::to_string).collect(),
                rows: table.rows.iter().map(|row| row.iter().map(printed).collect()).collect(),
                grade: table.evidence.grade(),
                origins: table.evidence.origins().iter().map(|origin| origin.id.to_string()).collect(),
            })
            .collect(),
        charts: output
            .charts
            .iter()
            .map(|chart| ResultChart {
                title: chart.title.clone(),
                table: chart.table.to_string(),
                mark: match chart.mark {
                    Mark::Dot => "dot",
                    Mark::Line => "line",
                    Mark::Bump => "bump",
                    Mark::Bar => "bar",
                }
                .into(),
                x: chart.x.to_string(),
                y: chart.y.iter().map(ToString::to_string).collect(),
            })
            .collect(),
        origins,
        problems: output.problems.clone(),
    }
}

/// A cell as it is printed.
pub(crate) fn printed(cell: &Cell) -> Option<String> {
    match cell {
        Cell::Missing => None,
        Cell::Text(text) => Some(text.to_string()),
        Cell::Number(number) => Some(number.to_string()),
        Cell::Date(date) => Some(date.to_string()),
        Cell::Truth(truth) => Some(truth.to_string()),
    }
}
