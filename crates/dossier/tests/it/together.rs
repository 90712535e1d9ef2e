//! Dossiers that use one another, and scenarios laid over them.

use crate::folder::{self, Folder, HEADER, ORIGINS};
use zhidian_dossier::{Completeness, Dossiers, Options};
use zhidian_model::{Grade, Node, Parameters, Period, Stop, Subject, Tables};

fn figures(dossiers: &Dossiers) -> Vec<String> {
    let mut out = Vec::new();
    dossiers.tables().each("observations", &mut |row| {
        let cell = |name: &str| row.text(name).unwrap();
        let (file, grade) = (&row.place.file, row.origin.grade);
        out.push(format!(
            "{} {} {} {grade} {file}:{}",
            cell("subject"),
            cell("measure"),
            row.number("value").unwrap(),
            row.place.row
        ));
    });
    out
}

/// A city's dossier that uses one with what all cities share.
fn city() -> Folder {
    let folder = Folder::new();
    let shared = [("observations", "t.csv"), ("origins", "origins.csv"), ("rosters", "rosters.csv")];
    folder.write("shared/datapackage.json", &folder::package("shared", &[], &shared, ""));
    folder.write("shared/origins.csv", &[ORIGINS, "other,media,日报,甲,,,,,,,,\n"].concat());
    folder.write(
        "shared/t.csv",
        &[HEADER, "330800,gdp,2020,,1639.12,亿元,2,A,,,good\n330100,gdp,2020,,16105.83,亿元,2,A,,,other\n"]
            .concat(),
    );
    folder.write(
        "shared/rosters.csv",
        "roster,title,reads,member,from,to,origin\nr,R,330000/prefecture,330800,,,good\nr,R,330000/prefecture,330100,2000-01-01,2010-12-31,good\n",
    );
    folder.write(
        "shared/parameters.toml",
        "[[parameter]]\nname = \"tie\"\nvalue = \"0.05\"\nunit = \"percentage_point\"\nvalid = \"2000..\"\norigin = \"good\"\nreference = \"r\"\n",
    );
    let own = [
        ("observations", "tables/t.csv"),
        ("origins", "origins.csv"),
        ("lists", "registers/lists.csv"),
        ("items", "registers/items.csv"),
    ];
    let documents = r#"{"id": "zh", "path": "documents/a.txt", "language": "zh", "dated": "2021-03-06", "origin": "other"}"#;
    folder.write("city/datapackage.json", &folder::package("city", &["../shared"], &own, documents));
    folder.write("city/origins.csv", "id,grade,publisher,copy_of\nother,unverified,网,good\n");
    folder.write(
        "city/tables/t.csv",
        &[HEADER, "330800,gdp.growth.real,2020,,3.50,%,2,A,,,other\n330800,rank(gdp.growth.real),2020,r,3,位,0,A,,,good\n330800,gdp,2020,,1639.12,亿元,2,A,,,good\n"].concat(),
    );
    folder.write(
        "city/registers/lists.csv",
        "list,title,names,complete,origin,issued\nl,L,甲；乙 ; 丙,for:330800,good,2009-03\n",
    );
    folder.write(
        "city/registers/items.csv",
        "list,item,subject,rank,from,to,origin\nl,衢州市,330800,2,2009-01-01,,good\n",
    );
    folder.write("city/documents/a.txt", "\u{feff}衢州。\r\n");
    folder.write(
        "city/scenarios/faster.toml",
        "title = \"快一点\"\n[[rows.observations]]\nsubject = \"330800\"\nmeasure = \"gdp.growth.real\"\nperiod = \"2020-01..2020-12\"\n\
         value = 3.60\nunit = \"%\"\n[[parameter]]\nname = \"tie\"\nvalue = 0.10\nunit = \"percentage_point\"\nvalid = \"2000..\"\n",
    );
    folder
}

#[test]
fn what_is_used_is_read_beside_what_is_given() {
    let folder = city();
    let dossiers = Dossiers::open(&[folder.path("city")], &Options::default()).unwrap();
    let codes: Vec<&str> = dossiers.problems().iter().map(|problem| &*problem.code).collect();
    assert_eq!(codes, ["encoding.bom", "origin.renamed", "row.repeated"], "{:#?}", dossiers.problems());
    assert_eq!(
        figures(&dossiers),
        [
            "330800 gdp.growth.real 3.50 unverified city/tables/t.csv:2",
            "330800 rank(gdp.growth.real) 3 official city/tables/t.csv:3",
            "330800 gdp 1639.12 official city/tables/t.csv:4",
            "330100 gdp 16105.83 media shared/t.csv:3",
        ]
    );
    let origin = &dossiers.origins()["city:other"];
    assert_eq!((origin.grade, &**origin.root()), (Grade::Unverified, "good"));
    assert_eq!(dossiers.origins()["other"].grade, Grade::Media);

    let scopes = dossiers.rosters_reading("330000/prefecture");
    let members: Vec<String> = scopes[0].during(&Period::year(2020)).map(Subject::to_string).collect();
    assert_eq!(members, ["330800"]);
    assert_eq!(scopes[0].members[&Subject::Region(330_100)].to_string(), "2000..2010");
    assert!(dossiers.rosters_reading("450000/prefecture").is_empty());

    let list = &dossiers.lists()[0];
    assert_eq!(list.names, ["甲", "乙", "丙"]);
    assert_eq!(list.complete, Completeness::For([Subject::Region(330_800)].into()));
    assert_eq!(list.issued.unwrap().to_string(), "2009-03");
    assert_eq!((list.items[0].rank, list.items[0].valid.to_string()), (Some(2), "2009..".into()));
    let citation = list.items[0].evidence.citations()[0].clone();
    assert_eq!((&*citation.file, citation.row, &*citation.value), ("city/registers/items.csv", 2, "衢州市"));

    let document = &dossiers.documents()[0];
    assert_eq!(document.text, "衢州。\r\n");
    assert_eq!(
        (document.region, document.origin.as_ref().unwrap().grade),
        (Some(330_800), Grade::Unverified)
    );

    let manifest = dossiers.manifest();
    let named: Vec<_> =
        manifest.dossiers.iter().map(|one| (&*one.folder, one.given, one.uses.len())).collect();
    assert_eq!(named, [("city", true, 1), ("shared", false, 0)]);
    let file = manifest.dossiers[1].files.iter().find(|file| file.path == "shared/t.csv").unwrap();
    assert_eq!((file.rows, file.sha256.len()), (Some(1), 64));
}

#[test]
fn a_dossier_given_twice_or_both_given_and_used_is_read_once() {
    let folder = city();
    let paths = [folder.path("city"), folder.path("shared"), folder.path("city/datapackage.json")];
    let dossiers = Dossiers::open(&paths, &Options::default()).unwrap();
    assert_eq!(figures(&dossiers).len(), 4);
    assert_eq!(dossiers.documents().len(), 1);
}

#[test]
fn a_dossier_does_not_see_what_it_does_not_use() {
    let folder = city();
    folder.write("lone/datapackage.json", &folder::package("lone", &[], &[("observations", "t.csv")], ""));
    folder.write("lone/t.csv", &[HEADER, "330800,gdp,2019,,1573.52,亿元,2,A,,,good\n"].concat());
    let dossiers = Dossiers::open(&[folder.path("city"), folder.path("lone")], &Options::default()).unwrap();
    let lone: Vec<_> = dossiers.problems().iter().filter(|problem| problem.file == "lone/t.csv").collect();
    assert_eq!(lone.len(), 1);
    assert_eq!(lone[0].code, "origin.unknown");
}

#[test]
fn folders_of_one_name_are_told_apart() {
    let folder = Folder::new();
    for path in ["a/city", "b/city"] {
        folder.write(&format!("{path}/datapackage.json"), &folder::package("city", &[], &[], ""));
    }
    let dossiers =
        Dossiers::open(&[folder.path("a/city"), folder.path("b/city")], &Options::default()).unwrap();
    let shown: Vec<&str> = dossiers.manifest().dossiers.iter().map(|one| &*one.folder).collect();
    assert_eq!(shown, ["city", "b/city"]);
}

#[test]
fn parameters_hold_in_their_time_only() {
    let folder = city();
    let dossiers = Dossiers::open(&[folder.path("city")], &Options::default()).unwrap();
    let tie = dossiers.parameters().at("tie", &Period::year(2020)).unwrap();
    assert_eq!(
        (tie.quantity.value.to_string(), tie.quantity.ulp.to_string()),
        ("0.05".into(), "0.01".into())
    );
    assert_eq!(&*tie.quantity.unit, "percentage_point");
    assert!(matches!(tie.evidence.node(), Node::Parameter { .. }));
    assert!(matches!(dossiers.parameters().at("tie", &Period::year(1999)), Err(Stop::MissingParameter(..))));
    assert!(matches!(dossiers.parameters().at("lost", &Period::year(2020)), Err(Stop::MissingParameter(..))));
}

#[test]
fn a_scenario_replaces_what_it_speaks_of_and_is_graded_assumed() {
    let folder = city();
    let plain = Dossiers::open(&[folder.path("city")], &Options::default()).unwrap();
    let laid = plain.with_scenario("faster").unwrap();
    assert_eq!(plain.scenarios()[0].title, "快一点");
    let (before, after) = (figures(&plain), figures(&laid));
    assert_eq!(
        after,
        [
            &before[1],
            &before[2],
            &before[3],
            "330800 gdp.growth.real 3.60 assumed city/scenarios/faster.toml:2"
        ]
    );
    let tie = laid.parameters().at("tie", &Period::year(2020)).unwrap();
    assert_eq!((tie.quantity.value.to_string(), tie.evidence.grade()), ("0.10".into(), Grade::Assumed));
    assert_eq!(laid.origins()["scenario:faster"].grade, Grade::Assumed);
    let error = plain.with_scenario("slower").unwrap_err().to_string();
    assert!(error.contains("faster"), "{error}");
}
