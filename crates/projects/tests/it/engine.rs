//! The engine on a small register made up for these tests.

use rust_decimal::Decimal;
use std::sync::Arc;
use zhidian_model::{
    Cell, Code, Context, Engine, Estimate, Facts, Finding, FromTables, Grade, Key, Measure, Origin, Output,
    Parameter, Parameters, Period, Place, Row, Stop, Subject, Tables,
};
use zhidian_projects::{
    Projects,
    engine::{Input, Options},
};

/// Tables by name: columns and rows of texts; numbers are recognised.
struct Made(Vec<(&'static str, &'static str, Vec<String>)>, Grade);

impl Tables for Made {
    fn each(&self, table: &str, see: &mut dyn FnMut(&Row<'_>)) {
        let origin = Arc::new(Origin::new("made-up", self.1));
        for (name, columns, rows) in self.0.iter().filter(|(name, ..)| *name == table) {
            let columns: Vec<Code> = columns.split(',').map(Into::into).collect();
            for (row, at) in rows.iter().zip(2..) {
                let place = Place { file: format!("tables/{name}.csv").into(), sheet: None, row: at };
                let cells: Vec<Cell> =
                    row.split(',')
                        .zip(&columns)
                        .map(|(text, column)| match &**column {
                            _ if text.is_empty() => Cell::Missing,
                            "invest_total" | "invest_year" | "planned_value" | "earned_value"
                            | "lag_days" => Cell::Number(text.parse().unwrap()),
                            _ => Cell::Text(text.into()),
                        })
                        .collect();
                see(&Row { place: &place, columns: &columns, cells: &cells, origin: &origin });
            }
        }
    }

    fn holds(&self, table: &str) -> bool {
        self.0.iter().any(|(name, ..)| *name == table)
    }
}

struct Nothing;

impl Facts for Nothing {
    fn at(&self, _: &Key) -> Vec<Arc<Finding>> {
        Vec::new()
    }
}

impl Parameters for Nothing {
    fn at(&self, name: &str, when: &Period) -> Result<Parameter, Stop> {
        Err(Stop::MissingParameter(name.into(), *when))
    }
}

const REGISTER: &str = "code,name,region,kind,stage,invest_total,start,admitted,unit";

fn register() -> (&'static str, &'static str, Vec<String>) {
    let rows = [
        "a,甲,410700,新基建,续建,1.5,2020-04-01,2020-05-01,亿元",
        "b,乙,410702,新基建,新开工,25000,2020-09-01,2020-10-01,万元",
        "c,丙,410700,新基建,储备,2.0,,2019-01-01,亿元",
        "d,丁,410100,新基建,续建,9,2020-04-01,2020-05-01,亿元",
    ];
    ("projects", REGISTER, rows.map(Into::into).to_vec())
}

fn ask(tables: Made, measure: &str, period: &str) -> (Output, Vec<String>) {
    let options =
        Options { draws: 2000, target: Some(0.5), wish: Some(0.9), budget: Some(3.0), ..Options::default() };
    ask_with(tables, measure, period, &options)
}

fn ask_with(tables: Made, measure: &str, period: &str, options: &Options) -> (Output, Vec<String>) {
    let mut problems = Vec::new();
    let input = Input::from_tables(&tables, &mut problems);
    let key = Key {
        measure: Measure::of(measure),
        subject: Subject::Region(410_700),
        period: period.parse().unwrap(),
        scope: None,
    };
    let asked = [key];
    let context = Context {
        asked: &asked,
        facts: &Nothing,
        parameters: &Nothing,
        seed: 1,
        threads: 1,
        cancelled: &|| false,
        progress: &|_, _| {},
    };
    let output = Projects::run(&input, options, &context).unwrap();
    (output, problems.into_iter().map(|problem| problem.code).collect())
}

fn value(output: &Output) -> (Decimal, Decimal, Decimal) {
    match &output.findings[0].value {
        Estimate::Value { printed, interval, .. } => {
            let high = interval.high.map_or(Decimal::MAX, |bound| bound.at);
            (*printed, interval.low.unwrap().at, high)
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn rows_of_the_region_and_the_year_are_counted_and_added() {
    let (output, problems) =
        ask(Made(vec![register()], Grade::Official), "projects.new_infrastructure", "2020-03-06..2021-03-05");
    assert_eq!(problems, Vec::<String>::new());
    assert_eq!(value(&output), (Decimal::TWO, Decimal::TWO, Decimal::TWO));
    assert_eq!(output.findings[0].grade(), Grade::Official);
    assert_eq!(output.findings[0].evidence.citations().len(), 2);
    let (output, _) =
        ask(Made(vec![register()], Grade::Official), "project.investment", "2020-03-06..2021-03-05");
    let yuan = |text: &str| text.parse::<Decimal>().unwrap();
    assert_eq!(value(&output), (yuan("400000000"), yuan("394995000"), yuan("405005000")));
    let (output, _) = ask(Made(vec![register()], Grade::Official), "projects.started", "2020");
    assert_eq!(value(&output).0, Decimal::TWO);
}

#[test]
fn a_row_without_a_date_widens_and_one_without_a_unit_is_a_problem() {
    let mut made = register();
    made.2.push("e,戊,410700,新基建,续建,3,,,".into());
    let (output, problems) =
        ask(Made(vec![made.clone()], Grade::Official), "projects.new_infrastructure", "2020");
    assert_eq!(problems, ["money.unit_unknown"]);
    assert_eq!(value(&output), (Decimal::TWO, Decimal::TWO, Decimal::from(3)));
    let (output, _) =
        ask(Made(vec![made], Grade::Official), "projects.new_infrastructure.investment", "2020");
    assert_eq!(value(&output).2, Decimal::MAX, "an amount that is not known has no upper end");
}

#[test]
fn a_sum_over_several_kinds_is_not_given_for_one_of_them() {
    let mut made = register();
    made.2.push("f,己,410700,旅游,续建,3,,2020-05-05,亿元".into());
    let (output, _) = ask(Made(vec![made], Grade::Official), "project.investment", "2020");
    assert!(output.findings.iter().all(|finding| finding.method.as_ref() == "monte-carlo"));
}

fn progress(months: usize) -> (&'static str, &'static str, Vec<String>) {
    let mut rows = Vec::new();
    for month in 0..12 {
        for (code, plan) in [("a", 100.0), ("b", 300.0), ("c", 50.0)] {
            let did = plan * (0.85 + 0.02 * ((month * 7 + plan as usize) % 11) as f64);
            let earned = if month < months { format!("{did:.1}") } else { String::new() };
            rows.push(format!("{code},2021-{:02},{plan},{earned},万元", month + 1));
        }
    }
    ("project_progress", "code,period,planned_value,earned_value,unit", rows)
}

#[test]
fn work_done_is_the_sum_of_months_and_a_gap_is_no_answer() {
    let (output, _) =
        ask(Made(vec![register(), progress(12)], Grade::Official), "project.investment.done", "2021");
    assert_eq!(output.findings[0].key.period, Period::year(2021));
    assert!(value(&output).0 > Decimal::from(40_000_000));
    let (output, _) =
        ask(Made(vec![register(), progress(9)], Grade::Official), "project.investment.done", "2021");
    assert_eq!(
        output.findings[0].key.period.to_string(),
        "2021-01..2021-09",
        "part of a year stands at its part"
    );
    let mut gap = progress(12);
    gap.2.retain(|row| !row.contains("2021-05"));
    let (output, _) = ask(Made(vec![register(), gap], Grade::Official), "project.investment.done", "2021");
    assert_eq!(
        output.findings.iter().filter(|finding| finding.method.as_ref() == "sum of progress").count(),
        0
    );
}

#[test]
fn the_outlook_is_modelled_and_has_its_tables() {
    let (output, _) =
        ask(Made(vec![register(), progress(9)], Grade::Official), "project.investment.done", "2021");
    let outlook = output.findings.iter().find(|finding| finding.method.as_ref() == "monte-carlo").unwrap();
    assert_eq!(outlook.grade(), Grade::Modelled);
    let Estimate::Sample { low, median, high, .. } = outlook.value else { panic!("no sample") };
    assert!(low < median && median < high && median > 45e6 && median < 54e6, "{low} {median} {high}");
    let ids: Vec<&str> = output.tables.iter().map(|table| &*table.id).collect();
    assert_eq!(
        ids,
        [
            "projects.410100.list",
            "projects.410100.choice",
            "projects.410100.choice.bound",
            "projects.410700.list",
            "projects.410700.curve",
            "projects.410700.earned",
            "projects.410700.behind",
            "projects.410700.choice",
            "projects.410700.choice.bound",
            "projects.410700.outlook",
            "projects.410700.target",
            "projects.410700.lift",
            "projects.410700.drivers"
        ]
    );
    let row = |id: &str| &output.tables.iter().find(|table| &*table.id == id).unwrap().rows[0];
    assert_eq!(row("projects.410700.target")[1], Cell::Number(Decimal::new(5, 1)));
    let bound = row("projects.410700.choice.bound");
    // 乙 and 丙 are open, cost 2.5 and 2.0, and 3.0 is there: the dearer of the two.
    assert_eq!(
        bound[1..4],
        [Cell::Number(Decimal::new(25, 1)), Cell::Number(Decimal::new(25, 1)), Cell::Text("yes".into())]
    );
    let told: Vec<&str> = output.problems.iter().map(|problem| problem.code.as_str()).collect();
    assert_eq!(told, ["projects.parameter"], "nothing is counted as statistics do without the rule in force");
    for chart in &output.charts {
        let table = output.tables.iter().find(|table| table.id == chart.table).unwrap();
        assert!(chart.y.iter().chain([&chart.x]).all(|column| table.columns.contains(column)));
    }
}

#[test]
fn a_made_up_register_stays_made_up() {
    let (output, _) = ask(Made(vec![register()], Grade::Synthetic), "projects.new_infrastructure", "2020");
    assert!(!output.findings[0].grade().decides());
}

#[test]
fn money_of_later_years_starts_more() {
    let tables = || Made(vec![register(), progress(9)], Grade::Official);
    let chosen = |later: Vec<f64>| {
        let options = Options { budget: Some(3.0), later, ..Options::default() };
        let (output, _) = ask_with(tables(), "project.investment.done", "2021", &options);
        let table = output.tables.into_iter().find(|table| &*table.id == "projects.410700.choice").unwrap();
        let starts = |row: &Vec<Cell>| (row[1] == Cell::Text("yes".into())).then(|| row[2].clone());
        table.rows.iter().filter_map(starts).collect::<Vec<_>>()
    };
    let year = |year: i64| Cell::Number(year.into());
    assert_eq!(chosen(vec![]), [year(1)]);
    let mut both = chosen(vec![3.0]);
    both.sort_by_key(|year| format!("{year:?}"));
    assert_eq!(both, [year(1), year(2)]);
}
