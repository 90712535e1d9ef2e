//! The scores of declared indices as findings, where a statement asks for one: by its id, which may be the code of a measure, or
//! by its name. They are modelled, so they stand beside a statement and never decide it.

use super::{ID, Input, Options, index};
use crate::{
    composite::{Recipe, build},
    declared::Panel,
};
use rust_decimal::{Decimal, prelude::FromPrimitive};
use std::collections::BTreeMap;
use zhidian_model::{Context, Estimate, Evidence, Finding, Interval, Key, Measure, Period, Subject, Text};
use zhidian_vocabulary::words;

/// What a key for something only the words of a document name begins with.
const TERM: &str = "term:";
/// Decimals of a score as it is shown.
const DECIMALS: u32 = 2;

/// A declared index: how it is called, and how it is computed.
struct Index {
    id: String,
    /// zh, en.
    title: (String, String),
    recipe: Recipe,
    /// What the declaration rests on, where its rows say.
    declared: Vec<Evidence>,
}

/// A score of a city in a year.
struct Score {
    value: Decimal,
    evidence: Evidence,
    title: (String, String),
    of: usize,
}

/// The scores of the indices that are asked for, by what they are asked by.
#[derive(Default)]
pub(super) struct Scored {
    by: BTreeMap<(String, u32), BTreeMap<i16, Score>>,
}

impl Scored {
    /// Computes the indices that some key asks for. What is wrong with a declaration is said with its tables.
    pub(super) fn of(input: &Input, context: &Context<'_>) -> Self {
        let mut out = Self::default();
        for index in all(input) {
            let names =
                [index.id.clone(), format!("{TERM}{}", index.title.0), format!("{TERM}{}", index.title.1)];
            let asked: Vec<&String> = names
                .iter()
                .filter(|name| {
                    context
                        .asked
                        .iter()
                        .any(|key| matches!(&key.measure, Measure::Of(code) if **code == ***name))
                })
                .collect();
            if !asked.is_empty() {
                out.add(&index, &asked, input, context.seed);
            }
        }
        out
    }

    fn add(&mut self, index: &Index, asked: &[&String], input: &Input, seed: u64) {
        let panel = Panel::of(&input.observations, &index.recipe);
        let Ok(built) = build(&panel.data, &index.recipe) else { return };
        let root = built.tree.root();
        let scores = built.scores.column(root);
        for (place, row) in built.rows.iter().enumerate().filter(|(place, _)| !scores[*place].is_nan()) {
            let year = panel.years[*row];
            let mut rests = panel.evidence[*row].iter().chain(&index.declared).cloned();
            let (Some(first), Some(value)) = (rests.next(), Decimal::from_f64(scores[place])) else {
                continue;
            };
            let peers = built.rows.iter().enumerate();
            let of = peers.filter(|(at, row)| panel.years[**row] == year && !scores[*at].is_nan()).count();
            for name in asked {
                let score = Score {
                    value: value.round_dp(DECIMALS),
                    evidence: Evidence::model(
                        ID.into(),
                        index.id.as_str().into(),
                        seed,
                        first.clone(),
                        rests.clone(),
                    ),
                    title: index.title.clone(),
                    of,
                };
                self.by.entry(((*name).clone(), panel.regions[*row])).or_default().insert(year, score);
            }
        }
    }

    /// The scores at a key.
    pub(super) fn at(&self, key: &Key) -> Vec<Finding> {
        let (Measure::Of(code), Subject::Region(region)) = (&key.measure, &key.subject) else {
            return vec![];
        };
        let years = self.by.get(&(code.to_string(), *region)).into_iter().flatten();
        let wanted =
            years.filter(|(year, _)| key.period == Period::ALWAYS || key.period == Period::year(**year));
        wanted.map(|(year, score)| score.finding(key, *year)).collect()
    }
}

impl Score {
    fn finding(&self, key: &Key, year: i16) -> Finding {
        let (zh, en) = key.subject.region().map(words::region).unwrap_or_default();
        let text = Text::new(
            format!(
                "{zh}{year}年{}得分{}（按声明的指标体系在{}个城市间计算）",
                self.title.0, self.value, self.of
            ),
            format!(
                "{en}, {year}: {} {} (by the declared index, among {} cities)",
                self.title.1, self.value, self.of
            ),
        );
        let value = Estimate::Value {
            printed: self.value,
            interval: Interval::printed(self.value, Decimal::new(1, DECIMALS)),
            unit: "score".into(),
        };
        let at = Key { period: Period::year(year), scope: None, ..key.clone() };
        Finding::new(ID, at, value, self.evidence.clone(), "index", text)
    }
}

/// Both ways of declaring an index as one: the table of an evaluation's indicators, and index.toml.
fn all(input: &Input) -> Vec<Index> {
    let of_tables = input.indices.iter().filter_map(|(id, rows)| {
        let leaves = index::leaves(id, rows);
        let weights = rows.iter().map(|row| (row.id.as_str(), row.weight)).collect();
        let recipe = index::recipe(id, rows, &leaves, &weights, &Options::default()).ok()?;
        let root = rows.iter().find(|row| row.id == *id).map_or(id.as_str(), |row| &row.title);
        Some(Index {
            id: id.clone(),
            title: (index::side(root, true).into(), index::side(root, false).into()),
            // The table says no rule for what is missing: a city that lacks an indicator has no score.
            recipe: Recipe { enough: 1.0, uncertain: vec![], ..recipe },
            declared: rows.first().map(|row| row.evidence.clone()).into_iter().collect(),
        })
    });
    let of_files = input.observations.declared().iter().filter_map(|(_, text)| {
        let recipe: Recipe = toml::from_str(text).ok()?;
        let id = recipe.nodes.iter().find(|node| node.parent.is_none())?.id.clone();
        let title = (index::side(&recipe.title, true).into(), index::side(&recipe.title, false).into());
        Some(Index { id, title, recipe, declared: vec![] })
    });
    of_tables.chain(of_files).collect()
}
