//! `zhidian indicators index --analysis`: what the data and the result are like.

use super::{Opened, number};
use serde::Serialize;
use std::collections::BTreeMap;
use zhidian_indicators::composite::{
    Composite, Fault, Matrix, Recipe, analysis,
    impute::availability,
    recipe::Step,
    statistics::{self, Correlation},
};

/// The analysis of an index.
#[derive(Serialize)]
pub(super) struct Analysis {
    /// Of each indicator before outliers and scale, over all rows.
    statistics: Vec<Statistics>,
    /// Of each unit, in the data as it came.
    availability: Vec<Available>,
    /// Of indicators on the common scale and nodes, every pair.
    correlations: Correlations,
    /// Of indicators on the common scale, over rows that have all of them.
    components: Vec<Component>,
    /// Cronbach's alpha of each node's children, where there are two or more.
    alpha: BTreeMap<String, Option<f64>>,
    /// Weight of each node and indicator in the index.
    effective_weights: BTreeMap<String, Option<f64>>,
    /// The index without each node or indicator.
    without: Vec<Without>,
}

#[derive(Serialize)]
struct Statistics {
    id: String,
    there: usize,
    missing: usize,
    zeros: usize,
    least: Option<f64>,
    median: Option<f64>,
    mean: Option<f64>,
    greatest: Option<f64>,
    deviation: Option<f64>,
    skewness: Option<f64>,
    kurtosis: Option<f64>,
}

#[derive(Serialize)]
struct Available {
    unit: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    period: Option<String>,
    missing: usize,
    zeros: usize,
    there: Option<f64>,
    not_zero: Option<f64>,
}

#[derive(Serialize)]
struct Correlations {
    ids: Vec<String>,
    pearson: Vec<Vec<Option<f64>>>,
    spearman: Vec<Vec<Option<f64>>>,
}

#[derive(Serialize)]
struct Component {
    variance: Option<f64>,
    share: Option<f64>,
    loadings: BTreeMap<String, Option<f64>>,
}

#[derive(Serialize)]
struct Without {
    id: String,
    /// Mean absolute change of place.
    change: Option<f64>,
}

/// Analyses an index.
pub(super) fn of(opened: &Opened, recipe: &Recipe, built: &Composite) -> Result<Analysis, Vec<Fault>> {
    let data = &opened.sheet.data;
    let ids: Vec<String> = recipe.indicators.iter().map(|indicator| indicator.id.clone()).collect();
    let raw = raw(opened, recipe);
    let before = |step: &Step| !matches!(step, Step::Treat | Step::Normalise | Step::Aggregate);
    let untreated = built.steps.iter().take_while(|(step, _)| before(step)).last();
    let untreated = untreated.map_or(&raw, |(_, values)| values);
    let scaled = built.scores.pick_columns(&(0..ids.len()).collect::<Vec<_>>());
    let whole = scaled.each().all(|column| statistics::count(column) > 2);
    Ok(Analysis {
        statistics: ids.iter().zip(untreated.each()).map(|(id, column)| statistics_of(id, column)).collect(),
        availability: availability(&raw)
            .into_iter()
            .enumerate()
            .map(|(row, available)| Available {
                unit: data.units[row].clone(),
                period: opened.sheet.periods.get(row).cloned(),
                missing: available.missing,
                zeros: available.zeros,
                there: number(available.there),
                not_zero: number(available.not_zero),
            })
            .collect(),
        correlations: Correlations {
            ids: built.tree.ids.clone(),
            pearson: numbers(analysis::correlations(Correlation::Pearson, &built.scores)),
            spearman: numbers(analysis::correlations(Correlation::Spearman, &built.scores)),
        },
        components: if whole { components(&ids, &scaled) } else { vec![] },
        alpha: built
            .tree
            .branches
            .iter()
            .filter(|branch| branch.children.len() > 1)
            .map(|branch| {
                let alpha = analysis::cronbach(&built.scores.pick_columns(&branch.children));
                (built.tree.ids[branch.slot].clone(), number(alpha))
            })
            .collect(),
        effective_weights: built
            .tree
            .ids
            .iter()
            .cloned()
            .zip(analysis::effective_weights(built).into_iter().map(number))
            .collect(),
        without: without(opened, recipe, built),
    })
}

/// The indicators as they came.
fn raw(opened: &Opened, recipe: &Recipe) -> Matrix {
    let rows = opened.sheet.data.units.len();
    let column = |id: &str| opened.sheet.values(id).map_or_else(|| vec![f64::NAN; rows], <[f64]>::to_vec);
    let columns: Vec<Vec<f64>> =
        recipe.indicators.iter().map(|indicator| column(indicator.column())).collect();
    if columns.is_empty() { Matrix::default() } else { Matrix::from_columns(&columns) }
}

fn statistics_of(id: &str, x: &[f64]) -> Statistics {
    let there = statistics::count(x);
    Statistics {
        id: id.to_owned(),
        there,
        missing: x.len() - there,
        zeros: x.iter().filter(|x| **x == 0.0).count(),
        least: number(statistics::least(x)),
        median: number(statistics::median(x)),
        mean: number(statistics::mean(x)),
        greatest: number(statistics::greatest(x)),
        deviation: number(statistics::deviation(x)),
        skewness: number(statistics::skewness(x)),
        kurtosis: number(statistics::kurtosis(x)),
    }
}

fn numbers(table: Vec<Vec<f64>>) -> Vec<Vec<Option<f64>>> {
    table.into_iter().map(|row| row.into_iter().map(number).collect()).collect()
}

fn components(ids: &[String], scaled: &Matrix) -> Vec<Component> {
    let one = |component: analysis::Component| Component {
        variance: number(component.variance),
        share: number(component.share),
        loadings: ids.iter().cloned().zip(component.loadings.into_iter().map(number)).collect(),
    };
    analysis::principal_components(scaled).into_iter().map(one).collect()
}

/// Each part left out in turn; a part without which no tree stands is passed over.
fn without(opened: &Opened, recipe: &Recipe, built: &Composite) -> Vec<Without> {
    let root = &built.tree.ids[built.tree.root()];
    let ids = built.tree.ids.iter().filter(|id| *id != root);
    ids.filter_map(|id| {
        let (_, change) = analysis::without(&opened.sheet.data, recipe, id).ok()?;
        Some(Without { id: id.clone(), change: number(change) })
    })
    .collect()
}

impl Analysis {
    /// Its tables for a terminal.
    pub(super) fn lines(&self) -> Vec<(String, Vec<Vec<String>>)> {
        let said = |x: Option<f64>| x.map(|x| x.to_string()).unwrap_or_default();
        let mut statistics = vec![
            [
                "id",
                "there",
                "missing",
                "least",
                "median",
                "mean",
                "greatest",
                "deviation",
                "skewness",
                "kurtosis",
            ]
            .map(str::to_owned)
            .to_vec(),
        ];
        statistics.extend(self.statistics.iter().map(|one| {
            let numbers =
                [one.least, one.median, one.mean, one.greatest, one.deviation, one.skewness, one.kurtosis];
            [one.id.clone(), one.there.to_string(), one.missing.to_string()]
                .into_iter()
                .chain(numbers.map(said))
                .collect()
        }));
        let pairs = |map: &BTreeMap<String, Option<f64>>| -> Vec<Vec<String>> {
            map.iter().map(|(id, x)| vec![id.clone(), said(*x)]).collect()
        };
        let mut correlations =
            vec![std::iter::once(String::new()).chain(self.correlations.ids.clone()).collect()];
        correlations.extend(self.correlations.ids.iter().zip(&self.correlations.pearson).map(|(id, row)| {
            std::iter::once(id.clone()).chain(row.iter().map(|x| said(*x))).collect::<Vec<String>>()
        }));
        let components = self.components.iter().enumerate();
        let components =
            components.map(|(at, one)| vec![(at + 1).to_string(), said(one.variance), said(one.share)]);
        vec![
            ("statistics".into(), statistics),
            ("correlations".into(), correlations),
            ("components".into(), components.collect()),
            ("alpha".into(), pairs(&self.alpha)),
            ("effective_weights".into(), pairs(&self.effective_weights)),
            (
                "without".into(),
                self.without.iter().map(|one| vec![one.id.clone(), said(one.change)]).collect(),
            ),
        ]
    }
}
