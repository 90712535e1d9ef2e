//! The shipped dossiers against the facts they come from and the statements they must hold.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    process::Command,
};

/// The folder of the workspace.
fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the workspace").to_path_buf()
}

/// The rows of a CSV file, by heading.
fn rows(path: &Path) -> Vec<BTreeMap<String, String>> {
    let mut reader =
        csv::Reader::from_path(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    reader
        .deserialize()
        .map(|row| row.unwrap_or_else(|error| panic!("{}: {error}", path.display())))
        .collect()
}

/// Every CSV file below a folder.
fn tables(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(tables(&path));
        } else if path.extension().is_some_and(|extension| extension == "csv") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Files below a folder by their path in it.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    fn walk(root: &Path, folder: &Path, found: &mut BTreeMap<PathBuf, Vec<u8>>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(root, &path, found);
            } else {
                let name = path.strip_prefix(root).unwrap().to_path_buf();
                found.insert(name, std::fs::read(&path).unwrap());
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(folder, folder, &mut found);
    found
}

#[test]
fn the_shipped_tables_are_what_the_facts_give() {
    let workspace = workspace();
    let facts =
        std::env::var_os("ZHIDIAN_FACTS").map_or_else(|| workspace.join("../shared/facts"), PathBuf::from);
    if !facts.is_dir() {
        println!("skipped: no facts");
        return;
    }
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("reference");
    if out.is_dir() {
        std::fs::remove_dir_all(&out).unwrap();
    }
    let done = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .arg("reference")
        .arg("--facts")
        .arg(&facts)
        .arg("--decisions")
        .arg(workspace.join("xtask/reference"))
        .arg("--out")
        .arg(&out)
        .output()
        .unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let rebuilt = files(&out);
    assert!(rebuilt.len() > 20, "only {} files were rebuilt", rebuilt.len());
    for (path, bytes) in &rebuilt {
        let shipped = workspace.join("dossiers").join(path);
        let held = std::fs::read(&shipped).unwrap_or_default();
        assert!(held == *bytes, "{} is not what `cargo xtask reference` makes", shipped.display());
    }
    let shipped: BTreeSet<PathBuf> = files(&workspace.join("dossiers/reference")).into_keys().collect();
    let made: BTreeSet<PathBuf> = rebuilt
        .keys()
        .filter_map(|path| path.strip_prefix("reference").ok().map(Path::to_path_buf))
        .collect();
    assert_eq!(shipped, made, "the reference dossier holds files that nothing rebuilds");
}

#[test]
fn every_row_has_an_origin_that_is_described() {
    let dossiers = workspace().join("dossiers");
    let of = |name: &str| -> BTreeSet<String> {
        rows(&dossiers.join(name).join("origins.csv"))
            .into_iter()
            .map(|mut row| row.remove("id").unwrap())
            .collect()
    };
    let reference = of("reference");
    for name in ["reference", "quzhou", "laibin", "xinxiang"] {
        let known: BTreeSet<String> = of(name).union(&reference).cloned().collect();
        for table in tables(&dossiers.join(name)) {
            for (at, row) in rows(&table).iter().enumerate() {
                let Some(origin) = row.get("origin") else { continue };
                assert!(known.contains(origin), "{} row {}: origin {origin:?}", table.display(), at + 2);
            }
        }
    }
}

#[test]
fn faults_of_the_facts_stay_out() {
    let dossiers = workspace().join("dossiers");
    let origins = rows(&dossiers.join("reference/origins.csv"));
    for origin in &origins {
        for machine_written in ["nianjianbao", "ksdka.cn"] {
            assert!(!origin["address"].contains(machine_written), "{}", origin["id"]);
        }
    }
    let yearbook = rows(&dossiers.join("reference/tables/yearbook.csv"));
    let held = |subject: &str, measure: &str, period: &str| {
        yearbook
            .iter()
            .any(|row| row["subject"] == subject && row["measure"] == measure && row["period"] == period)
    };
    assert!(!held("330800", "trade.imports", "2019"), "total trade printed in the column of imports");
    assert!(held("330800", "trade.imports", "2020"));
    assert!(!held("330800", "air.pm25", "2018"), "heading doubtful");
    let declining = rows(&dossiers.join("reference/registers/items.csv"));
    let classed = |list: &str| declining.iter().any(|row| row["list"] == list && row["subject"] == "451381");
    assert!(classed("resource-exhausted-cities"));
    assert!(!classed("declining-cities-2013"), "the class of Heshan is known from memory only");
}

#[test]
fn decimals_are_those_of_the_column() {
    let yearbook = rows(&workspace().join("dossiers/reference/tables/yearbook.csv"));
    let quzhou = yearbook.iter().find(|row| {
        row["subject"] == "330800" && row["measure"] == "gdp.growth.real" && row["period"] == "2020"
    });
    let quzhou = quzhou.expect("the yearbook holds Quzhou's growth of 2020");
    assert_eq!((quzhou["value"].as_str(), quzhou["decimals"].as_str()), ("3.5", "2"));
    let recent = rows(&workspace().join("dossiers/reference/tables/recent.csv"));
    let growth = recent.iter().filter(|row| row["measure"] == "gdp.growth.real" && row["period"] == "2024");
    for row in growth {
        assert_eq!(row["decimals"], "1", "{}: the zeros of {} are padding", row["subject"], row["value"]);
    }
}

#[test]
fn every_statement_of_the_example_stands_in_its_document() {
    let dossiers = workspace().join("dossiers");
    let statements = rows(&dossiers.join("statements.csv"));
    let expected: BTreeSet<String> = (1..=97).map(|number| format!("seed-{number:03}")).collect();
    let stated: BTreeSet<String> = statements.iter().map(|row| row["gold_id"].clone()).collect();
    assert_eq!(stated, expected);
    assert_eq!(statements.len(), 97, "each statement once");
    let outcomes =
        ["supported", "contradicted", "disputed", "undecided", "coherent", "incoherent", "bearing"];
    for row in &statements {
        let document = dossiers.join(&row["dossier"]).join(format!("documents/{}.zh.txt", row["dossier"]));
        let text = std::fs::read_to_string(&document).unwrap();
        assert_eq!(text.matches(&row["quote"]).count(), 1, "{}: {}", row["gold_id"], row["quote"]);
        for outcome in row["expected"].split('|') {
            assert!(outcomes.contains(&outcome), "{}: {outcome}", row["gold_id"]);
        }
    }
}

#[test]
fn the_documents_do_not_repeat_the_page() {
    let oracles = std::env::var_os("ZHIDIAN_ORACLES")
        .map_or_else(|| workspace().join("../shared/oracles"), PathBuf::from);
    let Ok(page) = std::fs::read_to_string(oracles.join("claims/seed-normalised.txt")) else {
        println!("skipped: no oracles");
        return;
    };
    // Names and formulas of a number with its unit recur; no clause of the page does. The longest name is a list of two parks.
    const LONGEST: usize = 36;
    for city in ["quzhou", "laibin", "xinxiang"] {
        let path = workspace().join(format!("dossiers/{city}/documents/{city}.zh.txt"));
        let text: Vec<char> = std::fs::read_to_string(&path).unwrap().chars().collect();
        for window in text.windows(LONGEST) {
            let run: String = window.iter().collect();
            assert!(!page.contains(&run), "{city}: {run}");
        }
    }
}
