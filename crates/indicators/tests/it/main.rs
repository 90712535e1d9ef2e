//! Printed figures in, findings out: units, last digits, bases, statuses, editions and dirty rows.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on shall say where")]

mod composite;
mod inferred;

use rust_decimal::Decimal;
use std::sync::Arc;
use zhidian_indicators::{Indicators, Observations, engine::Input};
use zhidian_model::{
    Cell, Code, Context, Engine, Estimate, Evidence, Facts, Finding, FromTables, Grade, Interval, Key,
    Measure, Order, Origin, Output, Parameter, Parameters, Period, Place, Row, Stop, Subject, Tables,
};

const COLUMNS: [&str; 10] =
    ["subject", "measure", "period", "scope", "value", "unit", "decimals", "status", "edition", "origin"];

/// A table of observations in memory: cells as they would stand in a file, empty for missing.
struct Sheet(Vec<[&'static str; 10]>, Option<&'static str>);

impl Tables for Sheet {
    fn each(&self, table: &str, see: &mut dyn FnMut(&Row<'_>)) {
        if let (Some(recipe), "indices") = (self.1, table) {
            let place = Place { file: "t/index.toml".into(), sheet: None, row: 1 };
            see(&Row {
                place: &place,
                columns: &["recipe".into()],
                cells: &[Cell::Text(recipe.into())],
                origin: &origin(),
            });
        }
        if table != "observations" {
            return;
        }
        let columns: Vec<Code> = COLUMNS.iter().map(|name| (*name).into()).collect();
        for (cells, number) in self.0.iter().zip(2..) {
            let cells: Vec<Cell> =
                cells.iter().zip(COLUMNS).map(|(text, column)| cell(text, column)).collect();
            let place = Place { file: "t/tables/observations.csv".into(), sheet: None, row: number };
            see(&Row { place: &place, columns: &columns, cells: &cells, origin: &origin() });
        }
    }

    fn holds(&self, table: &str) -> bool {
        table == "observations"
    }
}

fn cell(text: &str, column: &str) -> Cell {
    match column {
        _ if text.is_empty() => Cell::Missing,
        "value" | "decimals" => text.parse().map_or_else(|_| Cell::Text(text.into()), Cell::Number),
        _ => Cell::Text(text.into()),
    }
}

fn origin() -> Arc<Origin> {
    Arc::new(Origin::new("yearbook", Grade::Aggregator))
}

/// No facts and no parameters.
struct Nothing;

impl Facts for Nothing {
    fn at(&self, _: &Key) -> Vec<Arc<Finding>> {
        vec![]
    }
}

impl Parameters for Nothing {
    fn at(&self, name: &str, when: &Period) -> Result<Parameter, Stop> {
        Err(Stop::MissingParameter(name.into(), *when))
    }
}

fn key(measure: Measure, period: Period) -> Key {
    Key { measure, subject: Subject::Region(330_800), period, scope: None }
}

fn run(sheet: Sheet, asked: &[Key], cancelled: bool) -> Result<Output, Stop> {
    let mut problems = Vec::new();
    let input = Input::from_tables(&sheet, &mut problems);
    let context = Context {
        asked,
        facts: &Nothing,
        parameters: &Nothing,
        seed: 0,
        threads: 1,
        cancelled: &|| cancelled,
        progress: &|_, _| (),
    };
    Indicators::run(&input, &Default::default(), &context)
}

fn found(rows: Vec<[&'static str; 10]>, asked: Key) -> Vec<Finding> {
    run(Sheet(rows, None), &[asked], false).unwrap().findings
}

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

#[test]
fn units_are_made_one_and_the_last_digit_is_kept() {
    let rows = vec![["330800", "gdp", "2020", "", "1639.12", "亿元", "2", "A", "2021", "yearbook"]];
    let findings = found(rows, key(Measure::of("gdp"), Period::year(2020)));
    let expected = Estimate::Value {
        printed: decimal("163912000000"),
        interval: Interval::printed(decimal("163912000000"), decimal("1000000")),
        unit: "CNY".into(),
    };
    assert_eq!(findings[0].value, expected);
    assert!(findings[0].text.zh.contains("1639.12亿元"), "{}", findings[0].text.zh);
}

#[test]
fn a_columns_decimals_go_before_the_cells() {
    let rows = vec![["330800", "gdp.growth", "2020", "", "3.5", "%", "2", "A", "2021", "yearbook"]];
    let findings = found(rows, key(Measure::of("gdp.growth.real"), Period::year(2020)));
    let Estimate::Value { interval, .. } = &findings[0].value else { panic!("no value") };
    assert_eq!(*interval, Interval::printed(decimal("3.50"), decimal("0.01")));
    assert!(findings[0].text.zh.contains("3.50%"), "{}", findings[0].text.zh);
}

#[test]
fn growth_without_a_basis_has_its_conventional_one() {
    let rows = vec![
        ["330800", "gdp.growth", "2020", "", "3.5", "%", "1", "A", "", "yearbook"],
        ["330800", "retail.growth", "2020", "", "-2.1", "%", "1", "A", "", "yearbook"],
    ];
    let at = |code: &str| found(rows.clone(), key(Measure::of(code), Period::year(2020))).len();
    assert_eq!((at("gdp.growth.real"), at("gdp.growth.nominal")), (1, 0));
    assert_eq!((at("retail.growth.nominal"), at("retail.growth.real")), (1, 0));
    assert_eq!(at("gdp.growth"), 1, "a question without a basis has it too");
}

#[test]
fn a_count_of_things_is_exact() {
    let rows = vec![["330800", "projects.count", "2020", "", "410", "个", "0", "A", "", "yearbook"]];
    let findings = found(rows, key(Measure::of("projects.count"), Period::year(2020)));
    let Estimate::Value { interval, .. } = &findings[0].value else { panic!("no value") };
    assert_eq!(*interval, Interval::closed(decimal("410"), decimal("410")));
}

#[test]
fn a_printed_place_is_a_finding_in_its_roster() {
    let rows = vec![["330800", "rank(gdp.growth)", "2020", "peers", "3", "位", "0", "A", "", "yearbook"]];
    let rank = Measure::of("gdp.growth.real").rank(Order::Descending);
    let asked = Key { scope: Some("peers".into()), ..key(rank.clone(), Period::year(2020)) };
    let findings = found(rows.clone(), asked);
    let Estimate::Rank(place) = &findings[0].value else { panic!("no place") };
    assert_eq!((place.least, place.most, place.survives_rounding), (3, 3, None));
    let elsewhere = Key { scope: Some("others".into()), ..key(rank, Period::year(2020)) };
    assert!(found(rows, elsewhere).is_empty());
}

#[test]
fn a_target_is_never_what_happened() {
    let rows = vec![["330800", "gdp.growth.real", "2021", "", "7.5", "%", "1", "T", "", "yearbook"]];
    assert!(
        found(rows, key(Measure::of("gdp.growth.real"), Period::year(2021)))
            .iter()
            .all(|finding| { finding.key.measure == Measure::of("gdp.growth.real.target") })
    );
}

#[test]
fn asking_for_all_time_gives_every_period_in_order() {
    let rows = vec![
        ["330800", "gdp", "2021", "", "2", "亿元", "0", "A", "", "yearbook"],
        ["330800", "gdp", "2020-Q1", "", "1", "亿元", "0", "A", "", "yearbook"],
        ["330800", "gdp", "2020", "", "1", "亿元", "0", "A", "", "yearbook"],
        ["330100", "gdp", "2020", "", "1", "亿元", "0", "A", "", "yearbook"],
    ];
    let findings = found(rows, key(Measure::of("gdp"), Period::ALWAYS));
    let periods: Vec<String> = findings.iter().map(|finding| finding.key.period.to_string()).collect();
    assert_eq!(periods, ["2020-Q1", "2020", "2021"]);
}

#[test]
fn a_dirty_row_is_named_and_the_rest_is_used() {
    let rows = vec![
        ["330800", "gdp", "2020", "", "1", "亿元", "0", "A", "", "yearbook"],
        ["Quzhou", "gdp", "2020", "", "1", "亿元", "0", "A", "", "yearbook"],
        ["330800", "gdp", "last year", "", "1", "亿元", "0", "A", "", "yearbook"],
        ["330800", "gdp", "2020", "", "much", "亿元", "0", "A", "", "yearbook"],
        ["330800", "gdp", "2020", "", "1", "bushels", "0", "A", "", "yearbook"],
        ["330800", "gdp", "2020", "", "1", "亿元", "0", "?", "", "yearbook"],
        ["330800", "gdp", "2020", "", "79000000000000000000000000000", "亿元", "0", "A", "", "yearbook"],
    ];
    let mut problems = Vec::new();
    let input = Observations::from_tables(&Sheet(rows, None), &mut problems);
    assert_eq!(input.len(), 1);
    let named: Vec<(Option<u64>, &str)> =
        problems.iter().map(|problem| (problem.row, problem.column.as_deref().unwrap())).collect();
    assert_eq!(
        named,
        [
            (Some(3), "subject"),
            (Some(4), "period"),
            (Some(5), "value"),
            (Some(6), "unit"),
            (Some(7), "status"),
            (Some(8), "value")
        ]
    );
}

#[test]
fn a_finding_cites_its_cell_and_edition() {
    let rows = vec![["330800", "gdp", "2020", "", "1639.1", "亿元", "1", "A", "2021", "yearbook"]];
    let findings = found(rows, key(Measure::of("gdp"), Period::year(2020)));
    let evidence: &Evidence = &findings[0].evidence;
    let cell = evidence.citations()[0];
    assert_eq!((&*cell.file, cell.row, &*cell.column), ("t/tables/observations.csv", 2, "value"));
    assert_eq!((cell.value.as_str(), cell.edition.as_deref()), ("1639.1", Some("2021")));
    assert_eq!(findings[0].grade(), Grade::Aggregator);
}

#[test]
fn a_cancelled_run_gives_nothing_back() {
    let stopped = run(Sheet(vec![], None), &[key(Measure::of("gdp"), Period::year(2020))], true).unwrap_err();
    assert_eq!(stopped, Stop::Cancelled);
}

#[test]
fn a_ranking_is_of_the_province_most_asked_about_and_of_one_edition_a_year() {
    let row = |subject, value, edition| {
        [subject, "gdp.growth.real", "2020", "", value, "%", "1", "A", edition, "yearbook"]
    };
    let rows = vec![
        row("330800", "3.5", "a"),
        row("330300", "3.4", "a"),
        row("330400", "3.5", "a"),
        row("330500", "3.3", "a"),
        row("330500", "9.9", "b"),
        row("410700", "3.2", "a"),
    ];
    let output =
        run(Sheet(rows, None), &[key(Measure::of("gdp.growth.real"), Period::year(2020))], false).unwrap();
    let places = output.tables.iter().find(|table| &*table.id == "places").unwrap();
    let told: Vec<String> = places
        .rows
        .iter()
        .map(|row| {
            let cell = |at: usize| match &row[at] {
                Cell::Text(text) => text.to_string(),
                Cell::Number(number) => number.to_string(),
                _ => "-".into(),
            };
            format!("{} {} {}-{} of {}", cell(0), cell(4), cell(5), cell(6), cell(8))
        })
        .collect();
    // 3.4 may have been 3.45, as 3.5 may: who touches is not surely behind.
    assert_eq!(told, ["330300 3 1-3 of 4", "330400 1 1-2 of 4", "330500 4 3-4 of 4", "330800 1 1-2 of 4"]);
}
