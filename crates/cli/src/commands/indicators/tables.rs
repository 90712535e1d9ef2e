//! Steps, scores and weights as tables: in the JSON, as a workbook, as SDMX-CSV.

use super::{Opened, number};
use crate::outcome::Failure;
use serde::Serialize;
use std::{borrow::Cow, collections::BTreeMap, path::Path};
use zhidian_dossier::{
    export::{self, Written},
    write_atomically,
};
use zhidian_indicators::{
    composite::{Composite, Matrix, Recipe, analysis::effective_weights, recipe::Step},
    sdmx,
    sheet::Sheet,
};

/// A table of units, and periods where there are several, by columns of numbers.
#[derive(Serialize)]
pub(super) struct Table {
    pub(super) columns: Vec<String>,
    pub(super) rows: Vec<Vec<serde_json::Value>>,
}

impl Table {
    /// Its lines for a terminal, the header first.
    pub(super) fn lines(&self) -> Vec<Vec<String>> {
        let said = |cell: &serde_json::Value| match cell {
            serde_json::Value::Null => String::new(),
            serde_json::Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        let rows = self.rows.iter().map(|row| row.iter().map(said).collect());
        std::iter::once(self.columns.clone()).chain(rows).collect()
    }
}

/// The indicators after each step, and the scores of all nodes.
pub(super) fn steps(opened: &Opened, recipe: &Recipe, built: &Composite) -> BTreeMap<&'static str, Table> {
    let indicators: Vec<String> = recipe.indicators.iter().map(|indicator| indicator.id.clone()).collect();
    let all: Vec<usize> = (0..opened.sheet.data.units.len()).collect();
    let mut out: BTreeMap<&'static str, Table> = built
        .steps
        .iter()
        .map(|(step, values)| {
            let rows = if values.rows() == built.rows.len() { &built.rows } else { &all };
            (name(*step), table(opened, rows, &indicators, values))
        })
        .collect();
    out.insert(name(Step::Aggregate), table(opened, &built.rows, &built.tree.ids, &built.scores));
    out
}

fn table(opened: &Opened, rows: &[usize], columns: &[String], values: &Matrix) -> Table {
    // Rows of one period need not say it.
    let timed = opened.sheet.periods.iter().any(|period| *period != opened.sheet.periods[0]);
    let head = |row: usize| {
        let period = opened.sheet.periods.get(row).filter(|_| timed).cloned();
        std::iter::once(opened.sheet.data.units[row].clone()).chain(period)
    };
    let row = |(place, row): (usize, &usize)| {
        let cells = (0..values.columns()).map(|column| number(values.at(place, column)).into());
        head(*row).map(serde_json::Value::from).chain(cells).collect()
    };
    let names = ["unit", "period"].map(str::to_owned).into_iter().take(if timed { 2 } else { 1 });
    Table {
        columns: names.chain(columns.iter().cloned()).collect(),
        rows: rows.iter().enumerate().map(row).collect(),
    }
}

fn name(step: Step) -> &'static str {
    match step {
        Step::Denominate => "denominate",
        Step::Impute => "impute",
        Step::Screen => "screen",
        Step::Curve => "curve",
        Step::Treat => "treat",
        Step::Normalise => "normalise",
        Step::Aggregate => "aggregate",
    }
}

/// A cell of a workbook.
pub(super) enum Cell {
    Text(String),
    Number(f64),
    Nothing,
}

impl Cell {
    fn of(value: &serde_json::Value) -> Self {
        match value {
            serde_json::Value::String(text) => Self::Text(text.clone()),
            other => other.as_f64().map_or(Self::Nothing, Self::Number),
        }
    }
}

impl Written for Cell {
    fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Text(text) => Cow::Borrowed(text),
            Self::Number(number) => Cow::Owned(number.to_string()),
            Self::Nothing => Cow::Borrowed(""),
        }
    }

    fn computed(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }
}

/// A workbook: scores, places, weights, every step, problems.
pub(super) fn workbook(
    path: &Path,
    opened: &Opened,
    recipe: &Recipe,
    built: &Composite,
) -> Result<(), Failure> {
    let mut pages: Vec<(String, Table)> = vec![
        ("scores".into(), table(opened, &built.rows, &built.tree.ids, &built.scores)),
        ("places".into(), table(opened, &built.rows, &built.tree.ids, &built.places)),
        ("weights".into(), weights(built)),
    ];
    pages.extend(steps(opened, recipe, built).into_iter().map(|(name, table)| (name.to_owned(), table)));
    let faults = opened.sheet.faults.iter().chain(&built.faults);
    let problem = |fault: &zhidian_indicators::composite::Fault| {
        let text = |text: &str| serde_json::Value::from(text);
        vec![
            text(fault.code),
            text(&fault.node),
            text(fault.unit.as_deref().unwrap_or_default()),
            fault.row.into(),
            text(&fault.text.zh),
            text(&fault.text.en),
        ]
    };
    pages.push((
        "problems".into(),
        Table {
            columns: ["code", "column", "unit", "row", "zh", "en"].map(str::to_owned).to_vec(),
            rows: faults.map(problem).collect(),
        },
    ));
    save(path, &pages)
}

/// Writes tables as the sheets of a workbook.
pub(super) fn save(path: &Path, pages: &[(String, Table)]) -> Result<(), Failure> {
    let cells: Vec<Vec<Vec<Cell>>> = pages
        .iter()
        .map(|(_, table)| table.rows.iter().map(|row| row.iter().map(Cell::of).collect()).collect())
        .collect();
    let headers: Vec<Vec<&str>> =
        pages.iter().map(|(_, table)| table.columns.iter().map(String::as_str).collect()).collect();
    let sheets: Vec<export::Sheet<'_, Cell>> = pages
        .iter()
        .zip(&headers)
        .zip(&cells)
        .map(|(((name, _), header), rows)| export::Sheet { name, header, rows })
        .collect();
    let bytes = export::xlsx(&sheets).map_err(|error| {
        let path = path.display();
        Failure::data(format!("无法写入 {path}：{error}"), format!("{path}: {error}"))
    })?;
    write_atomically(path, &bytes).map_err(|error| Failure::write(path, &error))
}

fn weights(built: &Composite) -> Table {
    let effective = effective_weights(built);
    let mut rows = Vec::new();
    for (branch, used) in built.tree.branches.iter().zip(&built.weights) {
        for (child, weight) in branch.children.iter().zip(&used.weights) {
            rows.push(vec![
                built.tree.ids[branch.slot].clone().into(),
                built.tree.ids[*child].clone().into(),
                number(*weight).into(),
                number(effective[*child]).into(),
            ]);
        }
    }
    Table { columns: ["parent", "id", "weight", "effective"].map(str::to_owned).to_vec(), rows }
}

/// The scores of all slots as SDMX-CSV 2.0.
pub(super) fn sdmx(path: &Path, opened: &Opened, built: &Composite) -> Result<(), Failure> {
    let mut scores = Sheet::default();
    for row in &built.rows {
        scores.data.units.push(opened.sheet.data.units[*row].clone());
        scores.periods.extend(opened.sheet.periods.get(*row).cloned());
        scores.data.periods.extend(opened.sheet.data.periods.get(*row));
    }
    for (slot, id) in built.tree.ids.iter().enumerate() {
        scores.measures.push(id.clone());
        scores.decimals.push(0);
        scores.data.columns.insert(id.clone(), built.scores.column(slot).to_vec());
    }
    let text = sdmx::write(&scores, sdmx::Edition::Two, "ZHIDIAN:INDEX(1.0)");
    write_atomically(path, text.as_bytes()).map_err(|error| Failure::write(path, &error))
}
