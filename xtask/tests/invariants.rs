//! The negative invariants of ARCHITECTURE.md, held against the manifests and the sources.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand};

/// The crates that are no engines, each with the crates of ours it may depend on; `*` is every engine.
const HOUSE: &[(&str, &[&str])] = &[
    ("zhidian-model", &[]),
    ("zhidian-vocabulary", &[]),
    ("zhidian-claims", &["zhidian-vocabulary"]),
    ("zhidian-dossier", &["zhidian-model", "zhidian-vocabulary"]),
    ("zhidian-ledger", &["zhidian-model", "zhidian-vocabulary", "zhidian-dossier", "zhidian-claims", "*"]),
    ("zhidian-report", &["zhidian-model", "zhidian-vocabulary", "zhidian-ledger"]),
    (
        "zhidian-server",
        &[
            "zhidian-model",
            "zhidian-vocabulary",
            "zhidian-dossier",
            "zhidian-claims",
            "zhidian-ledger",
            "zhidian-report",
        ],
    ),
    (
        "zhidian",
        &[
            "zhidian-model",
            "zhidian-vocabulary",
            "zhidian-dossier",
            "zhidian-claims",
            "zhidian-ledger",
            "zhidian-report",
            "zhidian-server",
            "*",
        ],
    ),
    ("xtask", &["zhidian-model", "zhidian-vocabulary", "zhidian-dossier", "zhidian-claims"]),
];
/// What an engine may depend on.
const ENGINE: &[&str] = &["zhidian-model", "zhidian-vocabulary"];
/// The crates whose sources may open files.
const FILES: &[&str] = &["zhidian-dossier", "zhidian-server", "zhidian", "xtask"];
/// Ways to a file, a network, the surroundings, a clock or a random source.
const OUTSIDE: &[&str] = &[
    "std::fs",
    "std::net",
    "std::env",
    "std::process",
    "SystemTime",
    "Instant::",
    "Zoned::now",
    "Timestamp::now",
    "thread_rng",
    "rand::rng(",
    "from_os_rng",
    "from_entropy",
];
/// The same through a grouped import: `use std::{env, fs}`.
const OUTSIDE_STD: &[&str] = &["fs", "net", "env", "process"];

#[test]
fn crates_depend_in_one_direction() {
    let metadata = metadata();
    let ours: BTreeSet<&str> = metadata.workspace_packages().iter().map(|p| p.name.as_str()).collect();
    let mut faults = Vec::new();
    for package in metadata.workspace_packages() {
        let may =
            HOUSE.iter().find(|(name, _)| *name == package.name.as_str()).map_or(ENGINE, |(_, may)| may);
        for dependency in package.dependencies.iter().filter(|d| d.kind == DependencyKind::Normal) {
            let name = dependency.name.as_str();
            let allowed = may.contains(&name) || (may.contains(&"*") && is_engine(name));
            if ours.contains(name) && !allowed {
                faults.push(format!("{} depends on {name}", package.name));
            }
        }
    }
    assert_eq!(faults, Vec::<String>::new(), "a new edge between crates is a decision: write it down first");
}

#[test]
fn only_dossier_and_cli_reach_outside() {
    let mut faults = Vec::new();
    for package in metadata().workspace_packages() {
        if FILES.contains(&package.name.as_str()) {
            continue;
        }
        let folder = package.manifest_path.parent().expect("a manifest stands in a folder").join("src");
        for file in sources(folder.as_std_path()) {
            let code = code_of(&file);
            let direct = OUTSIDE.iter().filter(|way| code.contains(*way)).map(|way| (*way).to_owned());
            let grouped =
                imports_of_std(&code).into_iter().filter(|name| OUTSIDE_STD.contains(&name.as_str()));
            for way in direct.chain(grouped) {
                faults.push(format!("{}: {way}", file.display()));
            }
        }
    }
    assert_eq!(
        faults,
        Vec::<String>::new(),
        "files, clocks and random sources are the command line's and the dossier's"
    );
}

#[test]
fn maps_keep_their_order() {
    let mut faults = Vec::new();
    for package in metadata().workspace_packages() {
        if FILES.contains(&package.name.as_str()) {
            continue;
        }
        let folder = package.manifest_path.parent().expect("a manifest stands in a folder").join("src");
        for file in sources(folder.as_std_path()) {
            let code = code_of(&file);
            let found = ["HashMap", "HashSet"].into_iter().filter(|map| code.contains(map));
            faults.extend(found.map(|map| format!("{}: {map}", file.display())));
        }
    }
    assert_eq!(faults, Vec::<String>::new(), "their order is random: take BTreeMap or IndexMap");
}

#[test]
fn model_knows_no_engine_and_ledger_only_in_its_registry() {
    let metadata = metadata();
    let engines: Vec<String> = metadata
        .workspace_packages()
        .iter()
        .filter(|p| is_engine(&p.name))
        .map(|p| p.name.replace('-', "_"))
        .collect();
    assert!(!engines.is_empty());
    let mut faults = Vec::new();
    for (krate, except) in [("model", None), ("ledger", Some("registry.rs"))] {
        for file in sources(&root().join("crates").join(krate).join("src")) {
            if except.is_some_and(|name| file.file_name().is_some_and(|f| f == name)) {
                continue;
            }
            let code = code_of(&file);
            faults.extend(
                engines.iter().filter(|e| code.contains(*e)).map(|e| format!("{}: {e}", file.display())),
            );
        }
    }
    assert_eq!(faults, Vec::<String>::new());
}

#[test]
fn the_binary_holds_no_heavy_library_and_nothing_twice() {
    let (binary, build) = (tree("normal,no-proc-macro"), tree("normal,build"));
    assert!(build.contains_key("zhidian-model") && build.len() >= binary.len());
    for heavy in ["datafusion", "highs", "highs-sys", "typst", "arrow", "polars", "duckdb"] {
        assert!(!build.contains_key(heavy), "{heavy} is in the default build");
    }
    for tool in ["cc", "cmake", "bindgen"] {
        assert!(!build.contains_key(tool), "{tool}: the default build compiles C or C++");
    }
    let twice: Vec<_> = binary.iter().filter(|(_, versions)| versions.len() > 1).collect();
    assert!(twice.is_empty(), "in more than one version: {twice:?}");
}

#[test]
fn every_crate_takes_the_lints_of_the_workspace() {
    for package in metadata().workspace_packages() {
        let manifest = std::fs::read_to_string(&package.manifest_path).expect("the manifest can be read");
        let lints = manifest.contains("[lints]\nworkspace = true");
        let forbids = manifest.contains("unsafe_code = \"forbid\"");
        assert!(lints || (package.name == "xtask" && forbids), "{}", package.manifest_path);
        assert!(package.rust_version.is_some() && package.license.is_some(), "{}", package.manifest_path);
    }
}

/// The page the product was first tried on belongs to its publisher: no sentence of it stands in the repository.
#[test]
fn no_sentence_of_the_page_is_tracked() {
    let Ok(page) = std::fs::read_to_string(shared().join("seed/page.txt")) else {
        println!("skipped: no page");
        return;
    };
    let sentences: BTreeSet<String> = page
        .split(['。', '！', '？', '；', '\n'])
        .map(bare)
        .filter(|sentence| sentence.chars().count() >= 20)
        .collect();
    assert!(sentences.len() > 20, "the page has {} sentences", sentences.len());
    let mut faults = Vec::new();
    for file in tracked() {
        let Ok(text) = std::fs::read_to_string(&file) else { continue };
        let text = bare(&text);
        faults.extend(
            sentences.iter().filter(|s| text.contains(*s)).map(|s| format!("{}: {s}", file.display())),
        );
    }
    assert_eq!(faults, Vec::<String>::new());
}

/// Files of others that answers are compared with stay where they are.
#[test]
fn no_oracle_is_tracked() {
    let oracles = std::env::var_os("ZHIDIAN_ORACLES").map_or_else(|| shared().join("oracles"), PathBuf::from);
    if !oracles.is_dir() {
        println!("skipped: no oracles");
        return;
    }
    let mut by_size: BTreeMap<u64, Vec<PathBuf>> = BTreeMap::new();
    for file in files(&oracles) {
        let size = file.metadata().expect("the oracle can be read").len();
        if size > 200 {
            by_size.entry(size).or_default().push(file);
        }
    }
    for file in tracked() {
        let Ok(data) = file.metadata() else { continue };
        for oracle in by_size.get(&data.len()).into_iter().flatten() {
            let same = std::fs::read(&file).ok() == std::fs::read(oracle).ok();
            assert!(!same, "{} is a copy of {}", file.display(), oracle.display());
        }
    }
}

fn metadata() -> Metadata {
    let mut command = MetadataCommand::new();
    command.manifest_path(root().join("Cargo.toml"));
    command.exec().expect("cargo can read the workspace")
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask stands in the workspace").to_owned()
}

fn shared() -> PathBuf {
    root().join("../shared")
}

fn is_engine(name: &str) -> bool {
    name.starts_with("zhidian-") && !HOUSE.iter().any(|(house, _)| *house == name)
}

/// Names and versions that go into the binary on this system, by the kinds of edges that `cargo tree` knows.
fn tree(edges: &str) -> BTreeMap<String, BTreeSet<String>> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .current_dir(root())
        .args(["tree", "--package", "zhidian", "--edges", edges, "--prefix", "none", "--no-dedupe"])
        .output()
        .expect("cargo can be run");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut tree: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let mut words = line.split(' ');
        if let (Some(name), Some(version)) = (words.next(), words.next()) {
            tree.entry(name.into()).or_default().insert(version.into());
        }
    }
    tree
}

/// Rust files below a folder, in order.
fn sources(folder: &Path) -> Vec<PathBuf> {
    files(folder).into_iter().filter(|file| file.extension().is_some_and(|e| e == "rs")).collect()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut out = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() { out.extend(files(&path)) } else { out.push(path) }
    }
    out.sort();
    out
}

/// A source without its comments and without the tests at its end.
fn code_of(file: &Path) -> String {
    let text = std::fs::read_to_string(file).expect("the source can be read");
    let code = text.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
    code.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// The first names below `use std::{…}`.
fn imports_of_std(code: &str) -> Vec<String> {
    let mut names = Vec::new();
    for group in code.split("use std::{").skip(1) {
        let mut depth = 0;
        let mut name = String::new();
        for c in group.chars() {
            match c {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                ',' if depth == 0 => names.push(std::mem::take(&mut name)),
                _ if depth == 0 => name.push(c),
                _ => {}
            }
        }
        names.push(name);
    }
    names.iter().map(|name| name.trim().split("::").next().unwrap_or_default().to_owned()).collect()
}

/// A text without white space: sentences are found across line breaks.
fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The files git knows; outside a clone nothing is tracked.
fn tracked() -> Vec<PathBuf> {
    let Ok(output) = Command::new("git").arg("-C").arg(root()).args(["ls-files", "-z"]).output() else {
        println!("skipped: no git");
        return Vec::new();
    };
    let list = String::from_utf8_lossy(&output.stdout).into_owned();
    list.split('\0').filter(|name| !name.is_empty()).map(|name| root().join(name)).collect()
}

#[test]
fn the_readers_of_sources_see_what_they_must() {
    let names = imports_of_std("use std::{collections::{BTreeMap, fs}, env, io};\nuse std::{fs};");
    assert_eq!(names, ["collections", "env", "io", "fs"]);
    assert_eq!(bare("一 二\n三"), "一二三");
}
