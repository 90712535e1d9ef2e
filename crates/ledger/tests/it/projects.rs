//! Statements about projects, decided from a register made up for this test.

use crate::shipped::assessed;
use std::fs;
use zhidian_ledger::contract::Outcome::{self, Contradicted, Supported, Undecided};

/// What sentences come to beside a register of three new-infrastructure projects of the given grade.
fn outcomes(grade: &str, text: &str) -> Vec<Outcome> {
    let folder = tempfile::tempdir().unwrap();
    let dossier = folder.path().join("city");
    zhidian_dossier::init(&dossier, "city", Some(410_700), "城市").unwrap();
    let header = "code,name,owner,region,trade,stage,invest_total,invest_year,invest_done,start,due,admitted,kind,unit,origin";
    let rows = [
        "a,甲数据中心,,410700,,续建,1.5,,,2020-04-01,,2020-05-01,新基建,亿元,office",
        "b,乙,,410702,,新开工,25000,,,2020-09-01,,2020-10-01,新基建,万元,office",
        "c,丙数据中心,,410700,,储备,2.0,,,,,2020-11-01,新基建,亿元,office",
    ];
    fs::write(dossier.join("tables/projects.csv"), format!("{header}\n{}\n", rows.join("\n"))).unwrap();
    let entities = "entity,name,names,name_en,region,origin\nproject:a,甲数据中心,,,410700,office\nproject:c,丙数据中心,,,410700,office\n";
    fs::write(dossier.join("registers/entities.csv"), entities).unwrap();
    let origins = fs::read_to_string(dossier.join("origins.csv")).unwrap();
    let names = origins.lines().next().unwrap();
    let more = ",".repeat(names.split(',').count() - 4);
    fs::write(dossier.join("origins.csv"), format!("{names}\noffice,{grade},发展改革委,项目库{more}\n"))
        .unwrap();
    fs::write(dossier.join("documents/text.txt"), text).unwrap();
    let package = fs::read_to_string(dossier.join("datapackage.json")).unwrap();
    let mut package: serde_json::Value = serde_json::from_str(&package).unwrap();
    package["zhidian"]["documents"] = serde_json::json!([
        {"id": "d", "path": "documents/text.txt", "language": "zh", "dated": "2021-03-06"}
    ]);
    fs::write(dossier.join("datapackage.json"), package.to_string()).unwrap();
    let assessment = assessed(&[dossier]).assessment;
    assert!(assessment.problems.is_empty(), "{:?}", assessment.problems);
    assessment.answers.iter().map(|answer| answer.outcome).collect()
}

#[test]
fn counts_and_totals_are_decided_from_a_register() {
    assert_eq!(outcomes("official", "2020年，新乡市共谋划推进新基建项目3个。"), [Supported]);
    assert_eq!(outcomes("official", "2020年，新乡市共谋划推进新基建项目5个。"), [Contradicted]);
    assert_eq!(
        outcomes("official", "2020年，新乡市共谋划推进新基建项目3个，总投资6亿元。"),
        [Supported, Supported]
    );
    assert_eq!(
        outcomes("official", "近一年来，新乡市共谋划推进新基建项目3个，总投资9亿元。"),
        [Supported, Contradicted]
    );
}

#[test]
fn a_synthetic_register_decides_nothing() {
    assert_eq!(outcomes("synthetic", "2020年，新乡市共谋划推进新基建项目3个。"), [Undecided]);
}

#[test]
fn a_named_project_under_way_is_found_in_the_register() {
    // 丙 is in reserve: that it stands in the register does not say that it is being built.
    assert_eq!(outcomes("official", "新乡市正在建设甲数据中心项目。"), [Supported]);
    assert_eq!(outcomes("official", "新乡市正在建设丙数据中心项目。"), [Undecided]);
}
