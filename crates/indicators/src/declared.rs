//! The composite index that a dossier declares in `index.toml`, computed over its observations.
//!
//! Columns of the declaration are codes of measures, units the prefecture-level cities that have any of them, periods years. A
//! figure counts that says what happened and of which there is no doubt, the strongest of its year; nothing is filled in that
//! the declaration does not fill in.

use crate::{
    Observation, Observations, Status,
    composite::{
        Composite, Data, Fault, Recipe, build,
        uncertainty::{self, Options},
    },
};
use rust_decimal::{Decimal, prelude::ToPrimitive};
use std::collections::{BTreeMap, BTreeSet};
use zhidian_model::{
    Cell, Chart, Code, Evidence, Mark, Measure, Output, Problem, Severity, Subject, Table, Text,
};
use zhidian_vocabulary::words;

/// Points of the design when places are varied.
const POINTS: usize = 256;

/// Computes every declared index; what is wrong with a declaration is a problem that names its file.
pub(crate) fn compute(all: &Observations, seed: u64, threads: usize, output: &mut Output) {
    for (file, text) in all.declared() {
        let recipe: Recipe = match toml::from_str(text) {
            Ok(recipe) => recipe,
            Err(error) => {
                output.problems.push(refused(file, &error.to_string(), &error.to_string()));
                continue;
            }
        };
        let panel = Panel::of(all, &recipe);
        let mut evidence = panel.evidence.iter().flatten().cloned();
        let Some(first) = evidence.next() else {
            let (zh, en) = ("指标体系中的指标没有一个有数据", "there is no figure of any of its indicators");
            output.problems.push(refused(file, zh, en));
            continue;
        };
        let evidence = Evidence::derived("index", None, first, evidence);
        match build(&panel.data, &recipe) {
            Ok(built) => {
                let said = built.faults.iter().map(|fault| told(file, fault));
                output.problems.extend(said);
                output.tables.push(panel.scores(&recipe, &built, evidence.clone()));
                output.charts.push(chart("declared.scores", Mark::Bar, "subject", &["score"], &recipe));
                output.tables.push(tree(&recipe, &built, evidence.clone()));
            }
            Err(faults) => {
                output.problems.extend(faults.iter().map(|fault| told(file, fault)));
                continue;
            }
        }
        if recipe.uncertain.is_empty() {
            continue;
        }
        let options = Options { points: POINTS, resamples: 0, seed, threads };
        match uncertainty::analyse(&panel.data, &recipe, &options) {
            Ok(found) => {
                output.tables.push(panel.places(&recipe, &found, evidence));
                output.charts.push(chart(
                    "declared.places",
                    Mark::Dot,
                    "subject",
                    &["low", "nominal", "high"],
                    &recipe,
                ));
            }
            Err(faults) => output.problems.extend(faults.iter().map(|fault| told(file, fault))),
        }
    }
}

/// The observations as units by measures.
pub(crate) struct Panel {
    pub(crate) data: Data,
    /// The region of each row.
    pub(crate) regions: Vec<u32>,
    pub(crate) years: Vec<i16>,
    /// What each row rests on.
    pub(crate) evidence: Vec<Vec<Evidence>>,
}

impl Panel {
    pub(crate) fn of(all: &Observations, recipe: &Recipe) -> Self {
        let mut wanted: BTreeSet<&str> =
            recipe.indicators.iter().map(|indicator| indicator.column()).collect();
        wanted.extend(recipe.indicators.iter().filter_map(|indicator| indicator.denominator.as_deref()));
        let mut best: BTreeMap<(i16, u32), BTreeMap<&str, &Observation>> = BTreeMap::new();
        for one in all.each().filter(|one| counts(one)) {
            let Measure::Of(code) = &one.measure else { continue };
            let (Some(name), Subject::Region(region)) = (wanted.get(&**code), &one.subject) else { continue };
            // A prefecture-level city, not a province and not a county.
            let year = one
                .period
                .last_day()
                .map(|day| day.year())
                .filter(|_| region % 100 == 0 && region % 10_000 != 0);
            let Some(year) = year else { continue };
            let held = best.entry((year, *region)).or_default().entry(name).or_insert(one);
            if one.evidence.grade() > held.evidence.grade() {
                *held = one;
            }
        }
        let value = |row: &BTreeMap<&str, &Observation>, name: &str| {
            row.get(name).and_then(|one| one.value.to_f64()).unwrap_or(f64::NAN)
        };
        let data = Data {
            units: best.keys().map(|(_, region)| words::region(*region).0).collect(),
            periods: best.keys().map(|(year, _)| f64::from(*year)).collect(),
            columns: wanted
                .iter()
                .map(|name| ((*name).to_owned(), best.values().map(|row| value(row, name)).collect()))
                .collect(),
            groups: BTreeMap::new(),
        };
        let cited =
            |row: &BTreeMap<&str, &Observation>| row.values().map(|one| one.evidence.clone()).collect();
        Self {
            data,
            regions: best.keys().map(|(_, region)| *region).collect(),
            years: best.keys().map(|(year, _)| *year).collect(),
            evidence: best.values().map(cited).collect(),
        }
    }

    /// Scores and places, a row a unit and year.
    fn scores(&self, recipe: &Recipe, built: &Composite, evidence: Evidence) -> Table {
        let root = built.tree.root();
        let fixed = ["subject", "year", "score", "place"].map(Code::from);
        let columns: Vec<Code> =
            fixed.into_iter().chain(built.tree.ids[..root].iter().map(|id| Code::from(&**id))).collect();
        let mut order: Vec<usize> = (0..built.rows.len()).collect();
        let place = |at: &usize| built.places.at(*at, root);
        order.sort_by(|a, b| {
            let years = (self.years[built.rows[*b]], self.years[built.rows[*a]]);
            years.0.cmp(&years.1).then(place(a).total_cmp(&place(b)))
        });
        let row = |at: usize| {
            let of = built.rows[at];
            let start = [
                self.name(of),
                number(f64::from(self.years[of])),
                number(built.scores.at(at, root)),
                number(place(&at)),
            ];
            start.into_iter().chain((0..root).map(|slot| number(built.scores.at(at, slot)))).collect()
        };
        Table {
            id: "declared.scores".into(),
            title: Text::new(recipe.title.clone(), recipe.title.clone()),
            columns,
            rows: order.into_iter().map(row).collect(),
            evidence,
        }
    }

    /// Where places of the last year lie when the declared choices are varied.
    fn places(&self, recipe: &Recipe, found: &uncertainty::Uncertainty, evidence: Evidence) -> Table {
        let mut order: Vec<usize> = (0..found.rows.len()).collect();
        order.sort_by(|a, b| found.places[*a].nominal.total_cmp(&found.places[*b].nominal));
        let row = |at: usize| {
            let (of, place) = (found.rows[at], &found.places[at]);
            let numbers = [place.nominal, place.low, place.median, place.high].map(number);
            [self.name(of), number(f64::from(self.years[of]))].into_iter().chain(numbers).collect()
        };
        Table {
            id: "declared.places".into(),
            title: Text::new(
                format!("{}：位次区间", recipe.title),
                format!("{}: where places lie", recipe.title),
            ),
            columns: ["subject", "year", "nominal", "low", "median", "high"].map(Code::from).to_vec(),
            rows: order.into_iter().map(row).collect(),
            evidence,
        }
    }

    fn name(&self, row: usize) -> Cell {
        Cell::Text(self.regions[row].to_string().into())
    }
}

fn counts(one: &Observation) -> bool {
    matches!(one.status, Status::Normal | Status::Provisional | Status::Final)
        && one.evidence.grade().decides()
        && one.scope.is_none()
        && (one.period.as_year().is_some()
            || one.period.from().is_some_and(|day| Some(day) == one.period.last_day()))
}

/// The tree with the weights that were used.
fn tree(recipe: &Recipe, built: &Composite, evidence: Evidence) -> Table {
    let effective = crate::composite::analysis::effective_weights(built);
    let mut rows = vec![vec![
        Cell::Text(built.tree.ids[built.tree.root()].clone().into()),
        Cell::Missing,
        number(1.0),
        number(1.0),
    ]];
    for (branch, used) in built.tree.branches.iter().zip(&built.weights).rev() {
        for (child, weight) in branch.children.iter().zip(&used.weights) {
            rows.push(vec![
                Cell::Text(built.tree.ids[*child].clone().into()),
                Cell::Text(built.tree.ids[branch.slot].clone().into()),
                number(*weight),
                number(effective[*child]),
            ]);
        }
    }
    Table {
        id: "declared.tree".into(),
        title: Text::new(format!("{}：指标树", recipe.title), format!("{}: its tree", recipe.title)),
        columns: ["id", "parent", "weight", "effective"].map(Code::from).to_vec(),
        rows,
        evidence,
    }
}

fn chart(table: &str, mark: Mark, x: &str, y: &[&str], recipe: &Recipe) -> Chart {
    Chart {
        title: Text::new(recipe.title.clone(), recipe.title.clone()),
        table: table.into(),
        mark,
        x: x.into(),
        y: y.iter().map(|column| Code::from(*column)).collect(),
    }
}

/// Nine digits, as a table shows them; nothing for a missing number.
fn number(x: f64) -> Cell {
    let decimal = Decimal::from_f64_retain(x).and_then(|x| x.round_sf(9));
    decimal.map_or(Cell::Missing, |x| Cell::Number(x.normalize()))
}

fn told(file: &str, fault: &Fault) -> Problem {
    Problem {
        severity: Severity::Warning,
        code: format!("indicators.{}", fault.code),
        file: file.to_owned(),
        sheet: None,
        row: None,
        column: Some(fault.node.clone()),
        found: fault.unit.clone().unwrap_or_default(),
        expected: String::new(),
        remedy: fault.text.clone(),
    }
}

fn refused(file: &str, zh: &str, en: &str) -> Problem {
    Problem {
        severity: Severity::Error,
        code: "indicators.index".to_owned(),
        file: file.to_owned(),
        sheet: None,
        row: None,
        column: None,
        found: String::new(),
        expected: "index.toml".into(),
        remedy: Text::new(format!("无法计算指数：{zh}"), format!("failed to compute the index: {en}")),
    }
}
