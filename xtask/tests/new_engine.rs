//! A new engine, written into a copy of the workspace: it compiles, its tests pass, and the ledger takes its one line.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// What the workspace needs to be built.
const PARTS: &[&str] = &["Cargo.toml", "Cargo.lock", "rustfmt.toml", "clippy.toml", "crates", "xtask"];

#[test]
fn a_new_engine_compiles_and_the_ledger_takes_it() {
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let copy = scratch.join("new-engine");
    if copy.exists() {
        std::fs::remove_dir_all(&copy).expect("the last copy can be removed");
    }
    for part in PARTS {
        copy_to(&root().join(part), &copy.join(part));
    }

    let written =
        run(Command::new(env!("CARGO_BIN_EXE_xtask")).current_dir(&copy).args(["new-engine", "ship_trial"]));
    let talk = String::from_utf8_lossy(&written.stdout).into_owned();
    let again = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .current_dir(&copy)
        .args(["new-engine", "ship_trial"])
        .output();
    assert!(!again.expect("xtask runs").status.success(), "an engine was overwritten");

    let cargo = || {
        let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        let target = scratch.parent().expect("the scratch folder stands in the target folder");
        command.current_dir(&copy).env("CARGO_TARGET_DIR", target);
        command
    };
    let tested = run(cargo().args(["test", "--offline", "--package", "zhidian-ship_trial"]));
    assert!(String::from_utf8_lossy(&tested.stdout).contains("3 passed"), "the engine's own tests ran");

    let line =
        talk.lines().find(|line| line.contains("registry.rs")).and_then(|line| line.split(":  ").nth(1));
    register(&copy.join("crates/ledger/src/registry.rs"), line.expect("the line of the registry is printed"));
    run(cargo().args(["check", "--offline", "--package", "zhidian-ledger"]));
}

/// Puts the printed line after the line that registers an engine already.
fn register(registry: &Path, line: &str) {
    let text = std::fs::read_to_string(registry).expect("the registry can be read");
    let known = text
        .lines()
        .find(|line| line.contains("zhidian_indicators::Indicators>("))
        .expect("an engine is known");
    std::fs::write(registry, text.replacen(known, &format!("{known}\n{line}"), 1))
        .expect("the copy can be written");
}

fn run(command: &mut Command) -> Output {
    let output = command.output().expect("the command can be run");
    assert!(
        output.status.success(),
        "{command:?} failed\n{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    output
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask stands in the workspace").to_owned()
}

fn copy_to(from: &Path, to: &Path) {
    if from.is_dir() {
        for entry in std::fs::read_dir(from).expect("the folder can be read").flatten() {
            copy_to(&entry.path(), &to.join(entry.file_name()));
        }
    } else {
        std::fs::create_dir_all(to.parent().expect("a file stands in a folder"))
            .expect("the copy can be made");
        std::fs::copy(from, to).expect("the file can be copied");
    }
}
