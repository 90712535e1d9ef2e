//! Limits are problems with their places, and what fits is read.

use crate::folder::{self, Folder, HEADER, ORIGINS};
use zhidian_dossier::{Dossiers, Limits, Options};
use zhidian_model::Problem;

const ROWS: &str = "330800,gdp,2018,,1,亿元,0,A,,,good\n330800,gdp,2019,,1,亿元,0,A,,,good\n330800,gdp,2020,,1,亿元,0,A,,,good\n";

fn dossier(observations: &str) -> Folder {
    let folder = Folder::new();
    let tables = [("observations", "o.csv"), ("origins", "origins.csv")];
    folder.write("d/datapackage.json", &folder::package("d", &[], &tables, ""));
    folder.write("d/origins.csv", ORIGINS);
    folder.write("d/o.csv", &[HEADER, observations].concat());
    folder
}

/// The only problem, and how many observations were read.
fn only(folder: &Folder, limits: Limits) -> (Problem, usize) {
    let dossiers = Dossiers::open(&[folder.path("d")], &Options { limits }).unwrap();
    let [problem] = dossiers.problems() else { panic!("{:#?}", dossiers.problems()) };
    (problem.clone(), dossiers.tables().rows("observations"))
}

#[test]
fn rows_beyond_the_limit_are_not_read() {
    // One row goes to the origins.
    let (problem, rows) = only(&dossier(ROWS), Limits { rows: 3, ..Limits::default() });
    assert_eq!((&*problem.code, problem.row, rows), ("rows.too_many", Some(4), 2));
}

#[test]
fn a_file_is_given_up_when_what_it_holds_is_too_much() {
    let rows: String =
        (0..100).map(|edition| format!("330800,gdp,2018,,1,亿元,0,A,,{edition},good\n")).collect();
    let folder = dossier(&rows);
    let (problem, rows) = only(&folder, Limits { file: 1000, ..Limits::default() });
    assert_eq!((&*problem.code, &*problem.file, rows), ("file.too_large", "d/o.csv", 0));
    let (problem, rows) = only(&folder, Limits { scanned: 1000, ..Limits::default() });
    assert_eq!((&*problem.code, &*problem.file, rows), ("file.too_large", "d/o.csv", 0));
}

#[test]
fn a_file_read_piece_by_piece_gives_the_same_rows() {
    let long = format!("330800,gdp,2017,,1,亿元,0,A,,{},good\n", "长".repeat(3000));
    let folder = dossier(&[ROWS, &long].concat());
    let limits = Limits { cell: 100, ..Limits::default() };
    let (whole, rows) = only(&folder, limits.clone());
    let (streamed, same) = only(&folder, Limits { file: 1000, ..limits });
    assert_eq!((whole.row, whole.column.as_deref(), rows), (Some(5), Some("edition"), 3));
    assert_eq!((streamed, same), (whole, rows));
}

#[test]
fn problems_beyond_the_limit_are_counted() {
    let folder = dossier(&"330800,gdp,2018,,x,亿元,0,A,,,good\n".repeat(9));
    let limits = Limits { problems: 2, ..Limits::default() };
    let dossiers = Dossiers::open(&[folder.path("d")], &Options { limits }).unwrap();
    let codes: Vec<&str> = dossiers.problems().iter().map(|problem| &*problem.code).collect();
    assert_eq!(codes, ["number.malformed", "number.malformed", "problems.more"]);
    assert_eq!(dossiers.problems()[2].found, "9 × number.malformed");
}

#[test]
fn long_ways_of_use_end_and_many_dossiers_too() {
    let folder = Folder::new();
    for at in 0..12 {
        let next = format!("../d{}", at + 1);
        let uses: Vec<&str> = if at < 11 { vec![&next] } else { vec![] };
        folder.write(&format!("d{at}/datapackage.json"), &folder::package("d", &uses, &[], ""));
    }
    let open = |limits| Dossiers::open(&[folder.path("d0")], &Options { limits }).unwrap();
    let deep = open(Limits::default());
    assert_eq!(deep.problems()[0].code, "uses.deep");
    assert_eq!(deep.manifest().dossiers.len(), 9);
    let many = open(Limits { dossiers: 3, ..Limits::default() });
    assert_eq!(many.problems()[0].code, "uses.many");
    assert_eq!(many.manifest().dossiers.len(), 3);
}

#[test]
fn json_that_nests_deep_is_refused() {
    let folder = Folder::new();
    for depth in [40, 100_000] {
        folder
            .write("d/datapackage.json", &format!("{{\"a\": {}1{}}}", "[".repeat(depth), "]".repeat(depth)));
        let (problem, _) = only(&folder, Limits::default());
        assert_eq!(problem.code, "package.malformed");
    }
}

#[test]
fn quotes_without_end_take_little_time() {
    let folder = dossier(&"\"330800,gdp,2018,,1,亿元,0,A,,,good\n".repeat(100_001));
    let start = std::time::Instant::now();
    Dossiers::open(&[folder.path("d")], &Options::default()).unwrap();
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}

#[test]
fn a_long_cell_in_the_header_is_named_by_its_place() {
    let folder = dossier(ROWS);
    folder.write(
        "d/o.csv",
        &[HEADER.trim(), ",", &"x".repeat(40_000), "\n", ROWS].concat().replace("good\n", "good,\n"),
    );
    let dossiers = Dossiers::open(&[folder.path("d")], &Options::default()).unwrap();
    let codes: Vec<_> = dossiers.problems().iter().map(|problem| (&*problem.code, problem.row)).collect();
    assert_eq!(codes, [("cell.too_long", Some(1)), ("column.unexpected", Some(1))]);
    assert_eq!(dossiers.tables().rows("observations"), 3);
}

#[test]
fn a_table_whose_header_names_no_column_is_said_to_have_none() {
    let folder = Folder::new();
    let package = r#"{"name": "d", "zhidian": {"format": "zhidian.dossier/1"}, "resources": [
        {"name": "own", "path": "own.csv", "schema": {"fields": [{"name": "a"}, {"name": "b"}]}}]}"#;
    folder.write("d/datapackage.json", package);
    folder.write("d/own.csv", "1,2\n3,4\n");
    let (problem, _) = only(&folder, Limits::default());
    assert_eq!((&*problem.code, problem.row, &*problem.found), ("header.missing", Some(1), "1,2"));
}

#[test]
fn long_lists_are_cut_and_take_little_time() {
    let start = std::time::Instant::now();
    let folder = Folder::new();
    let resources: Vec<String> =
        (0..60_000).map(|at| format!(r#"{{"name": "r{at}", "path": "t{at}.csv"}}"#)).collect();
    let package = format!(
        r#"{{"name": "d", "zhidian": {{"format": "zhidian.dossier/1"}}, "resources": [{}]}}"#,
        resources.join(",\n")
    );
    folder.write("d/datapackage.json", &package);
    let parameter = "[[parameter]]\nname = \"a\"\nvalue = \"1\"\nunit = \"%\"\nvalid = \"2020\"\norigin = \"o\"\nreference = \"r\"\n";
    folder.write("d/parameters.toml", &parameter.repeat(60_000));
    let keys: String = (0..60_000).map(|at| format!("k{at} = 1\n")).collect();
    folder.write("d/scenarios/wide.toml", &["[[rows.observations]]\n", &keys].concat());
    let dossiers = Dossiers::open(&[folder.path("d")], &Options::default()).unwrap();
    let told = |code: &str| dossiers.problems().iter().any(|problem| problem.code == code);
    assert!(told("package.property") && told("parameter.malformed") && told("columns.too_many"));
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}
