//! What follows where nothing is printed: growth within an edition, projections for targets, a declared index.

use super::{Sheet, decimal, found, key, run};
use rust_decimal::Decimal;
use zhidian_model::{Estimate, Grade, Measure, Period};

type Row = [&'static str; 10];

fn level(year: &'static str, value: &'static str, status: &'static str, edition: &'static str) -> Row {
    ["330800", "retail", year, "", value, "亿元", "1", status, edition, "yearbook"]
}

#[test]
fn growth_is_derived_within_one_edition_and_never_across() {
    let asked = || key(Measure::of("retail.growth.nominal"), Period::year(2020));
    let one = found(vec![level("2019", "100.0", "A", "2021"), level("2020", "110.0", "A", "2021")], asked());
    let Estimate::Value { printed, interval, unit } = &one[0].value else { panic!("no value") };
    assert_eq!((*printed, &**unit), (Decimal::TEN, "percent"));
    let (low, high) = (interval.low.unwrap().at, interval.high.unwrap().at);
    assert!(low < Decimal::TEN && Decimal::TEN < high && high - low < decimal("0.3"), "{low} {high}");
    assert_eq!((one[0].evidence.citations().len(), one[0].grade()), (2, Grade::Aggregator));
    assert!(
        found(vec![level("2019", "100.0", "A", "2020"), level("2020", "110.0", "A", "2021")], asked())
            .is_empty()
    );
    for doubt in ["U", "S", "T"] {
        let rows = vec![level("2019", "100.0", doubt, "2021"), level("2020", "110.0", "A", "2021")];
        assert!(found(rows, asked()).is_empty(), "{doubt}");
    }
    let printed = ["330800", "retail.growth", "2020", "", "9.7", "%", "1", "A", "2021", "yearbook"];
    let both = vec![level("2019", "100.0", "A", "2021"), level("2020", "110.0", "A", "2021"), printed];
    assert_eq!(found(both, asked()).len(), 1, "what is printed goes before what follows");
    let real = key(Measure::of("gdp.growth.real"), Period::year(2020));
    let gdp = |year, value| ["330800", "gdp", year, "", value, "亿元", "1", "A", "2021", "yearbook"];
    assert!(
        found(vec![gdp("2019", "100.0"), gdp("2020", "110.0")], real).is_empty(),
        "levels are at current prices"
    );
}

#[test]
fn a_target_is_projected_from_firm_years_of_one_edition() {
    let years: [(&str, &str); 7] = [
        ("2014", "100.0"),
        ("2015", "105.0"),
        ("2016", "110.3"),
        ("2017", "115.7"),
        ("2018", "121.6"),
        ("2019", "127.6"),
        ("2020", "134.0"),
    ];
    let rows: Vec<Row> = years.iter().map(|(year, value)| level(year, value, "A", "2021")).collect();
    let asked = || key(Measure::of("retail.projected"), Period::year(2025));
    let findings = found(rows.clone(), asked());
    let Estimate::Sample { low, median, high, .. } = &findings[0].value else { panic!("no projection") };
    let expected = 134.0e8 * 1.05_f64.powi(5);
    assert!(
        (median / expected - 1.0).abs() < 0.002 && low < median && median < high,
        "{low} {median} {high}"
    );
    assert_eq!(findings[0].grade(), Grade::Modelled);
    assert_eq!(findings[1].key.measure, Measure::of("retail.latest"));
    let mut doubtful = rows.clone();
    doubtful[3][7] = "U";
    let projected =
        |rows| found(rows, asked()).iter().any(|one| one.key.measure == Measure::of("retail.projected"));
    assert!(!projected(doubtful), "a year in doubt breaks the run");
    let mut mixed = rows;
    for row in &mut mixed[..4] {
        row[8] = "2018";
    }
    assert!(!projected(mixed.clone()), "levels of two editions are no series");
    let latest = &found(mixed, asked())[0];
    assert_eq!(
        (latest.key.period, &*latest.text.zh),
        (Period::year(2020), "134.0亿元"),
        "the pace needs the last alone"
    );
}

#[test]
fn a_declared_index_is_computed_over_the_observations() {
    let recipe = "title = \"两项\"\n[[node]]\nid = \"index\"\n[[indicator]]\nid = \"retail\"\nparent = \"index\"\n\
                  [[indicator]]\nid = \"air.pm25\"\nparent = \"index\"\ndirection = \"less\"\n\
                  [[uncertain]]\nfactor = \"weight_noise\"\nshare = 0.5\nsets = 20\n";
    let row = |city, measure, value, unit| [city, measure, "2020", "", value, unit, "0", "A", "", "yearbook"];
    let rows = vec![
        row("330800", "retail", "5", "亿元"),
        row("330700", "retail", "9", "亿元"),
        row("330300", "retail", "7", "亿元"),
        row("330000", "retail", "99", "亿元"),
        row("330800", "air.pm25", "20", "微克/立方米"),
        row("330700", "air.pm25", "30", "微克/立方米"),
        row("330300", "air.pm25", "20", "微克/立方米"),
    ];
    let output = run(Sheet(rows.clone(), Some(recipe)), &[], false).unwrap();
    let scores = output.tables.iter().find(|table| &*table.id == "declared.scores").unwrap();
    assert_eq!(scores.rows.len(), 3, "a province is no peer of cities");
    let text = format!("{:?}", scores.rows[0]);
    assert!(text.contains("330300") && text.contains("75"), "{text}");
    assert!(output.tables.iter().any(|table| &*table.id == "declared.tree"));
    assert!(output.tables.iter().any(|table| &*table.id == "declared.places"));
    assert_eq!(output.charts.len(), 2);
    assert!(output.findings.is_empty());
    let wrong = run(Sheet(rows, Some("titel = 1")), &[], false).unwrap();
    assert_eq!(wrong.problems[0].code, "indicators.index");
    assert!(wrong.problems[0].file.ends_with("index.toml"));
}

#[test]
fn an_index_is_found_at_its_id_and_by_its_name() {
    let recipe = "title = \"两项 | two\"\nenough = 1\n[[node]]\nid = \"vigour\"\n[[indicator]]\nid = \"retail\"\n\
                  parent = \"vigour\"\n[[indicator]]\nid = \"air.pm25\"\nparent = \"vigour\"\ndirection = \"less\"\n";
    let row = |city, measure, value, unit| [city, measure, "2020", "", value, unit, "0", "A", "", "yearbook"];
    let rows = vec![
        row("330800", "retail", "5", "亿元"),
        row("330700", "retail", "9", "亿元"),
        row("330300", "retail", "7", "亿元"),
        row("330800", "air.pm25", "20", "微克/立方米"),
        row("330700", "air.pm25", "30", "微克/立方米"),
    ];
    for name in ["vigour", "term:两项", "term:two"] {
        let asked = [key(Measure::of(name), Period::year(2020)), key(Measure::of(name), Period::ALWAYS)];
        let output = run(Sheet(rows.clone(), Some(recipe)), &asked, false).unwrap();
        assert_eq!(output.findings.len(), 2, "{name}");
        let Estimate::Value { printed, unit, .. } = &output.findings[0].value else { panic!("no value") };
        assert_eq!((*printed, &**unit), (decimal("50"), "score"));
        assert_eq!(output.findings[0].grade(), Grade::Modelled);
    }
    let lacking = zhidian_model::Key {
        subject: zhidian_model::Subject::Region(330_300),
        ..key(Measure::of("vigour"), Period::ALWAYS)
    };
    assert!(
        run(Sheet(rows, Some(recipe)), &[lacking], false).unwrap().findings.is_empty(),
        "it lacks an indicator"
    );
}
