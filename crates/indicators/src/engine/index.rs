//! A declared index over the figures at hand: its tree, what each city scores at each node, and how far its place hangs on the
//! weights.

use super::{Input, Options, input::Declared, panel};
use crate::composite::{Composite, Data, Recipe, build, uncertainty};
use rust_decimal::{Decimal, prelude::FromPrimitive, prelude::ToPrimitive};
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::Arc;
use zhidian_model::{Cell, Code, Context, Evidence, Output, Problem, Severity, Stop, Table, Text};
use zhidian_vocabulary::words;

/// Points of the design with which weights are varied.
const POINTS: usize = 512;

/// Adds the tables of every declared index.
pub(super) fn tables(
    input: &Input,
    options: &Options,
    context: &Context<'_>,
    peers: &[u32],
    output: &mut Output,
) -> Result<(), Stop> {
    for (id, rows) in &input.indices {
        if (context.cancelled)() {
            return Err(Stop::Cancelled);
        }
        match one(input, options, context, peers, id, rows) {
            Ok(tables) => output.tables.extend(tables),
            Err(problem) => output.problems.push(*problem),
        }
    }
    Ok(())
}

fn one(
    input: &Input,
    options: &Options,
    context: &Context<'_>,
    peers: &[u32],
    id: &str,
    rows: &[Declared],
) -> Result<Vec<Table>, Box<Problem>> {
    let leaves = leaves(id, rows);
    let Some((year, data, figures)) = data(input, peers, &leaves) else {
        return Err(problem(id, "所列城市没有任何一年的数据", "the cities have no figures of any year"));
    };
    let evidence = panel::together("index", rows.iter().map(|row| row.evidence.clone()).chain(figures));
    let Some(evidence) = evidence else {
        return Err(problem(id, "没有依据", "there is nothing it rests on"));
    };
    let evidence =
        Evidence::model(super::ID.into(), env!("CARGO_PKG_VERSION").into(), context.seed, evidence, []);
    let refused = |faults: Vec<crate::composite::Fault>| {
        let said = |zh: bool| {
            faults
                .iter()
                .map(|f| if zh { f.text.zh.as_str() } else { f.text.en.as_str() })
                .collect::<Vec<_>>()
                .join("; ")
        };
        problem(id, &said(true), &said(false))
    };
    let weights: BTreeMap<&str, f64> = rows
        .iter()
        .map(|row| (row.id.as_str(), options.weights.get(&row.id).copied().unwrap_or(row.weight)))
        .collect();
    let recipe = recipe(id, rows, &leaves, &weights, options)
        .map_err(|error| problem(id, &error.to_string(), &error.to_string()))?;
    let built = build(&data, &recipe).map_err(refused)?;
    let spread =
        uncertainty::Options { points: POINTS, resamples: 0, seed: context.seed, threads: context.threads };
    let spread = uncertainty::analyse(&data, &recipe, &spread).map_err(refused)?;
    let tables =
        Tables { id, year, rows, leaves: &leaves, data: &data, weights: &weights, evidence: &evidence };
    Ok(vec![tables.nodes(&built), tables.scores(&built), tables.places(&spread)])
}

/// The rows of a tree that have none below them: its indicators.
pub(super) fn leaves<'a>(id: &str, rows: &'a [Declared]) -> Vec<&'a Declared> {
    let above =
        |row: &Declared| row.id == id || rows.iter().any(|other| other.parent.as_deref() == Some(&*row.id));
    rows.iter().filter(|row| !above(row)).collect()
}

fn problem(id: &str, zh: &str, en: &str) -> Box<Problem> {
    Box::new(Problem {
        severity: Severity::Warning,
        code: "indicators.index".into(),
        file: "evaluation_indicators".into(),
        sheet: None,
        row: None,
        column: None,
        found: id.chars().take(80).collect(),
        expected: "an index that can be computed".into(),
        remedy: Text::new(
            format!("指数“{id}”未计算：{zh}"),
            format!("the index {id} was not computed: {en}"),
        ),
    })
}

/// Figures of the last year that holds most of them, cities down and indicators across, with what they rest on.
fn data(input: &Input, peers: &[u32], leaves: &[&Declared]) -> Option<(i16, Data, Vec<Evidence>)> {
    let all: Vec<panel::Years<'_>> = leaves.iter().map(|leaf| panel::years(input, &leaf.id, peers)).collect();
    let held = |year: i16| -> usize {
        let there = |years: &panel::Years<'_>| {
            years.get(&year).map_or(0, |held| peers.iter().filter(|code| held.contains_key(code)).count())
        };
        all.iter().map(there).sum()
    };
    let year = all.iter().flat_map(|years| years.keys().copied()).max_by_key(|year| (held(*year), *year))?;
    let mut evidence = vec![];
    let mut columns = BTreeMap::new();
    for (leaf, years) in leaves.iter().zip(&all) {
        let column = peers.iter().map(|code| {
            let figure = years.get(&year).and_then(|held| held.get(code));
            evidence.extend(figure.map(|figure| figure.evidence.clone()));
            figure.and_then(|figure| figure.value.to_f64()).unwrap_or(f64::NAN)
        });
        columns.insert(leaf.id.clone(), column.collect());
    }
    let units = peers.iter().map(ToString::to_string).collect();
    (held(year) > 0).then_some((year, Data { units, columns, ..Data::default() }, evidence))
}

/// The declaration as the methods take it.
pub(super) fn recipe(
    id: &str,
    rows: &[Declared],
    leaves: &[&Declared],
    weights: &BTreeMap<&str, f64>,
    options: &Options,
) -> Result<Recipe, serde_json::Error> {
    let is_leaf = |row: &Declared| leaves.iter().any(|leaf| leaf.id == row.id);
    let mut nodes = vec![json!({ "id": id })];
    nodes.extend(rows.iter().filter(|row| row.id != id && !is_leaf(row)).map(|row| {
        json!({ "id": row.id, "parent": row.parent.as_deref().unwrap_or(id), "weight": weights[&*row.id] })
    }));
    let indicators: Vec<_> = leaves
        .iter()
        .map(|row| {
            json!({
                "id": row.id, "parent": row.parent.as_deref().unwrap_or(id), "weight": weights[&*row.id],
                "direction": if row.less_is_better { "less" } else { "more" },
            })
        })
        .collect();
    serde_json::from_value(json!({
        "title": id, "node": nodes, "indicator": indicators,
        "uncertain": [{ "factor": "weight_noise", "share": options.noise.clamp(0.0, 1.0) }],
    }))
}

struct Tables<'a> {
    id: &'a str,
    year: i16,
    rows: &'a [Declared],
    leaves: &'a [&'a Declared],
    data: &'a Data,
    weights: &'a BTreeMap<&'a str, f64>,
    evidence: &'a Evidence,
}

fn text(text: &str) -> Cell {
    Cell::Text(Arc::from(text))
}

/// Enough digits for scores to be put together again in the page.
fn number(value: f64) -> Cell {
    Decimal::from_f64(value)
        .filter(|_| value.is_finite())
        .map_or(Cell::Missing, |value| Cell::Number(value.round_dp(12).normalize()))
}

impl Tables<'_> {
    fn table(&self, what: &str, zh: &str, en: &str, columns: &[&str], rows: Vec<Vec<Cell>>) -> Table {
        let year = self.year;
        Table {
            id: Code::from(format!("index_{what}.{}", self.id)),
            title: Text::new(
                format!("{}（{year}年）：{zh}", self.title(true)),
                format!("{}, {year}: {en}", self.title(false)),
            ),
            columns: columns.iter().map(|column| Code::from(*column)).collect(),
            rows,
            evidence: self.evidence.clone(),
        }
    }

    /// What the index is called: the title of its root row, else its id.
    fn title(&self, zh: bool) -> String {
        let root = self.rows.iter().find(|row| row.id == self.id);
        side(root.map_or(self.id, |row| &row.title), zh).to_owned()
    }

    fn nodes(&self, built: &Composite) -> Table {
        let mut rows = vec![vec![
            text(self.id),
            Cell::Missing,
            text(&self.title(true)),
            text(&self.title(false)),
            number(1.0),
            number(1.0),
            text("node"),
            Cell::Missing,
        ]];
        for row in self.rows.iter().filter(|row| built.tree.ids.contains(&row.id) && row.id != self.id) {
            let leaf = self.leaves.iter().any(|leaf| leaf.id == row.id);
            let (zh, en) = if leaf {
                words::measure(&row.id)
            } else {
                (side(&row.title, true).into(), side(&row.title, false).into())
            };
            rows.push(vec![
                text(&row.id),
                text(row.parent.as_deref().unwrap_or(self.id)),
                text(&zh),
                text(&en),
                number(row.weight),
                number(self.weights[&*row.id]),
                text(if leaf { "indicator" } else { "node" }),
                if leaf { text(if row.less_is_better { "less" } else { "more" }) } else { Cell::Missing },
            ]);
        }
        let columns =
            ["node", "parent", "name_zh", "name_en", "declared_weight", "weight", "kind", "direction"];
        self.table("nodes", "指标树", "tree", &columns, rows)
    }

    fn scores(&self, built: &Composite) -> Table {
        let mut rows = vec![];
        for (slot, node) in built.tree.ids.iter().enumerate() {
            for (at, row) in built.rows.iter().enumerate() {
                let code = self.data.units[*row].parse().unwrap_or(0);
                let (zh, en) = words::region(code);
                let unit = text(&self.data.units[*row]);
                rows.push(vec![
                    text(node),
                    unit,
                    text(&zh),
                    text(&en),
                    number(built.scores.at(at, slot)),
                    number(built.places.at(at, slot)),
                ]);
            }
        }
        self.table(
            "scores",
            "得分",
            "scores",
            &["node", "subject", "name_zh", "name_en", "score", "place"],
            rows,
        )
    }

    fn places(&self, spread: &uncertainty::Uncertainty) -> Table {
        let rows = spread.rows.iter().zip(&spread.places).map(|(row, place)| {
            let (zh, en) = words::region(self.data.units[*row].parse().unwrap_or(0));
            let of = [place.nominal, place.low, place.median, place.high].map(number);
            [text(&self.data.units[*row]), text(&zh), text(&en)].into_iter().chain(of).collect()
        });
        let columns = ["subject", "name_zh", "name_en", "place", "p5", "p50", "p95"];
        self.table("places", "名次区间", "intervals of places", &columns, rows.collect())
    }
}

/// One side of `中文 | English`.
pub(super) fn side(title: &str, zh: bool) -> &str {
    match title.split_once(" | ") {
        Some((left, _)) if zh => left,
        Some((_, right)) => right,
        None => title,
    }
}
