//! A new dossier against Frictionless' own tool, where it is installed.

use std::path::Path;
use std::process::Command;

use crate::folder::Folder;

/// The version the output was written for.
const VERSION: &str = "5.21.0";

/// The tool named by `ZHIDIAN_FRICTIONLESS`, else that of the Python at hand.
fn tool() -> Option<Vec<String>> {
    let tools = match std::env::var("ZHIDIAN_FRICTIONLESS") {
        Ok(path) => vec![vec![path]],
        Err(_) => vec![vec!["python3".to_owned(), "-m".to_owned(), "frictionless".to_owned()]],
    };
    tools.into_iter().find(|tool| {
        let out = Command::new(&tool[0]).args(&tool[1..]).arg("--version").output();
        out.is_ok_and(|out| String::from_utf8_lossy(&out.stdout).trim() == VERSION)
    })
}

fn validate(tool: &[String], package: &Path) -> (bool, String) {
    let out = Command::new(&tool[0])
        .args(&tool[1..])
        .args(["validate", "--json"])
        .arg(package.file_name().unwrap())
        .current_dir(package.parent().unwrap())
        .output()
        .unwrap();
    (out.status.success(), String::from_utf8_lossy(&out.stdout).into_owned())
}

#[test]
fn a_new_dossier_is_a_valid_data_package() {
    let Some(tool) = tool() else {
        println!("skipped: no frictionless {VERSION}");
        return;
    };
    let folder = Folder::new();
    let dir = folder.path("new");
    zhidian_dossier::init(&dir, "new", Some(330_800), "衢州").unwrap();
    let (valid, report) = validate(&tool, &dir.join("datapackage.json"));
    assert!(valid, "{report}");
    // The tool does look: a figure that is none is refused.
    let header = std::fs::read_to_string(dir.join("tables/observations.csv")).unwrap();
    folder.write("new/tables/observations.csv", &(header + "330800,gdp,2020,,x,亿元,2,A,,,good\n"));
    assert!(!validate(&tool, &dir.join("datapackage.json")).0);
}

#[test]
fn shipped_dossiers_are_valid_data_packages() {
    let Some(tool) = tool() else {
        println!("skipped: no frictionless {VERSION}");
        return;
    };
    for folder in crate::shipped::folders() {
        let (valid, report) = validate(&tool, &folder.join("datapackage.json"));
        assert!(valid, "{report}");
    }
}
