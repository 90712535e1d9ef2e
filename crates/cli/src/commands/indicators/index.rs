//! `zhidian indicators index`: scores and places of a declared index.

use super::{
    Answer, Opened, Source, analysis, number, print, recipe, refused,
    tables::{self, Table},
};
use crate::{
    outcome::{Exit, Failure},
    talk::Talk,
};
use clap::Args;
use serde::Serialize;
use std::{collections::BTreeMap, path::PathBuf};
use zhidian_indicators::composite::{Composite, Recipe, analysis::effective_weights, build};

#[derive(Debug, Args)]
pub(super) struct Index {
    #[command(flatten)]
    source: Source,
    /// 指数的声明 The declaration: index.toml; a COIN Tool workbook brings its own
    #[arg(long, value_name = "FILE")]
    recipe: Option<PathBuf>,
    /// 输出每一步 Print every step
    #[arg(long)]
    steps: bool,
    /// 输出统计、相关、主成分、信度、有效权重与逐一去除 Print statistics, availability, correlations, components, alpha,
    /// effective weights, and the index without each part
    #[arg(long)]
    analysis: bool,
    /// 写入工作簿 Write scores, places, every step and weights as a workbook
    #[arg(long, value_name = "FILE")]
    xlsx: Option<PathBuf>,
    /// 写成 SDMX-CSV 2.0 Write the scores of all nodes as SDMX-CSV 2.0
    #[arg(long, value_name = "FILE")]
    sdmx: Option<PathBuf>,
}

#[derive(Serialize)]
struct Scores {
    units: Vec<Unit>,
    tree: Vec<Branch>,
    #[serde(skip_serializing_if = "Option::is_none")]
    steps: Option<BTreeMap<&'static str, Table>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    analysis: Option<analysis::Analysis>,
}

/// A node or indicator with its weight within its parent and in the index.
#[derive(Serialize)]
struct Branch {
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    parent: Option<String>,
    weight: Option<f64>,
    effective: Option<f64>,
    /// Saaty's consistency ratio of the judgements about its children.
    #[serde(skip_serializing_if = "Option::is_none")]
    consistency: Option<f64>,
}

#[derive(Serialize)]
struct Unit {
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    period: Option<String>,
    score: Option<f64>,
    rank: Option<f64>,
    nodes: BTreeMap<String, Option<f64>>,
}

pub(super) fn index(command: &Index, talk: &Talk) -> Result<Exit, Failure> {
    let opened = command.source.open()?;
    let file = command.recipe.as_deref();
    let recipe = recipe(file, &opened)?;
    let built = build(&opened.sheet.data, &recipe).map_err(|faults| refused(file, &faults))?;
    let faults = [opened.sheet.faults.clone(), built.faults.clone()].concat();
    if let Some(path) = &command.xlsx {
        tables::workbook(path, &opened, &recipe, &built)?;
    }
    if let Some(path) = &command.sdmx {
        tables::sdmx(path, &opened, &built)?;
    }
    let answer = Answer {
        verb: "index",
        sha256: opened.sha256.clone(),
        sheet: opened.named.clone(),
        options: recipe.clone(),
        seed: 0,
        result: Scores {
            units: units(&opened, &built),
            tree: tree(&recipe, &built),
            steps: command.steps.then(|| tables::steps(&opened, &recipe, &built)),
            analysis: match command.analysis {
                true => {
                    Some(analysis::of(&opened, &recipe, &built).map_err(|faults| refused(file, &faults))?)
                }
                false => None,
            },
        },
        faults,
    };
    command.source.print(answer, talk)
}

/// The tree with the weights that were used.
fn tree(recipe: &Recipe, built: &Composite) -> Vec<Branch> {
    let effective = effective_weights(built);
    let parent = |slot: usize| built.tree.branches.iter().find(|branch| branch.children.contains(&slot));
    let one = |slot: usize| {
        let id = &built.tree.ids[slot];
        let branch = built.tree.branches.iter().position(|branch| branch.slot == slot);
        let node = branch.map(|at| &recipe.nodes[built.tree.branches[at].node]);
        let title = node.map_or_else(|| recipe.indicators[slot].title.clone(), |node| node.title.clone());
        let weight = built.tree.branches.iter().zip(&built.weights).find_map(|(branch, used)| {
            branch.children.iter().position(|child| *child == slot).map(|at| used.weights[at])
        });
        Branch {
            id: id.clone(),
            title,
            parent: parent(slot).map(|branch| built.tree.ids[branch.slot].clone()),
            weight: weight.and_then(number),
            effective: number(effective[slot]),
            consistency: branch.and_then(|at| built.weights[at].consistency),
        }
    };
    (0..built.tree.ids.len()).rev().map(one).collect()
}

fn units(opened: &Opened, built: &Composite) -> Vec<Unit> {
    let root = built.tree.root();
    let mut units: Vec<Unit> = built
        .rows
        .iter()
        .enumerate()
        .map(|(place, row)| Unit {
            id: opened.sheet.data.units[*row].clone(),
            period: opened.sheet.periods.get(*row).cloned(),
            score: number(built.scores.at(place, root)),
            rank: number(built.places.at(place, root)),
            nodes: (0..root)
                .map(|slot| (built.tree.ids[slot].clone(), number(built.scores.at(place, slot))))
                .collect(),
        })
        .collect();
    let order = |unit: &Unit| unit.rank.unwrap_or(f64::INFINITY);
    units.sort_by(|a, b| {
        a.period.cmp(&b.period).then(order(a).total_cmp(&order(b))).then_with(|| a.id.cmp(&b.id))
    });
    units
}

impl print::Lines for Scores {
    fn header(&self) -> Vec<String> {
        let nodes = self.units.first().map(|unit| unit.nodes.keys().cloned().collect::<Vec<_>>());
        let fixed = ["id", "period", "score", "rank"].map(str::to_owned);
        fixed.into_iter().chain(nodes.unwrap_or_default()).collect()
    }

    fn rows(&self) -> Vec<Vec<String>> {
        let row = |unit: &Unit| {
            let fixed = [
                unit.id.clone(),
                unit.period.clone().unwrap_or_default(),
                print::cell(unit.score),
                print::cell(unit.rank),
            ];
            fixed.into_iter().chain(unit.nodes.values().map(|value| print::cell(*value))).collect()
        };
        self.units.iter().map(row).collect()
    }

    fn more(&self) -> Vec<(String, Vec<Vec<String>>)> {
        let steps = self.steps.iter().flatten().map(|(name, table)| ((*name).to_owned(), table.lines()));
        steps.chain(self.analysis.iter().flat_map(analysis::Analysis::lines)).collect()
    }
}
