//! Writes the files of a new engine: `cargo xtask new-engine NAME`.
//!
//! The new crate compiles, passes its tests and answers one simple question, so that the first change to it is about
//! its own field. The manifests that must know the crate are changed; the line of the registry is printed, since where
//! it goes is a decision.
use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What `cargo xtask new-engine` takes.
#[derive(clap::Args)]
pub struct Options {
    /// Lower-case name: the crate is zhidian-NAME, the command `zhidian NAME`
    name: String,
    /// Root of the workspace
    #[arg(long, default_value = ".")]
    root: PathBuf,
}

/// The files of an engine and what stands in them.
const FILES: [(&str, &str); 5] = [
    ("Cargo.toml", include_str!("../templates/engine/Cargo.toml.txt")),
    ("README.md", include_str!("../templates/engine/README.md.txt")),
    ("src/lib.rs", include_str!("../templates/engine/src/lib.rs.txt")),
    ("src/engine.rs", include_str!("../templates/engine/src/engine.rs.txt")),
    ("tests/it/main.rs", include_str!("../templates/engine/tests/it/main.rs.txt")),
];

/// Writes the files, adds the dependency lines and says what is left to do.
pub fn run(options: &Options) -> Result<(), Box<dyn Error>> {
    let name = checked(&options.name)?;
    let folder = options.root.join("crates").join(name);
    if folder.exists() {
        return Err(format!("failed to write {}: it exists; choose another name", folder.display()).into());
    }
    let workspace = with_dependency(
        &options.root.join("Cargo.toml"),
        &format!("zhidian-{name} = {{ path = \"crates/{name}\" }}"),
    )?;
    let ledger = with_dependency(
        &options.root.join("crates/ledger/Cargo.toml"),
        &format!("zhidian-{name}.workspace = true"),
    )?;
    for (file, template) in FILES {
        let path = folder.join(file);
        std::fs::create_dir_all(path.parent().unwrap_or(&folder))?;
        std::fs::write(path, filled(template, name))?;
    }
    std::fs::write(&workspace.0, workspace.1)?;
    std::fs::write(&ledger.0, ledger.1)?;
    format(&folder);
    println!("crates/{name} is written; the manifests of the workspace and the ledger know it.");
    println!("add to crates/ledger/src/registry.rs:  {}", registration(name));
    println!("add to crates/vocabulary/data/measures.tsv the measures it finds.");
    println!("then: cargo test -p zhidian-{name}");
    Ok(())
}

/// The one line by which the ledger knows an engine.
fn registration(name: &str) -> String {
    format!("registry.add::<zhidian_{name}::{}>();", type_name(name))
}

/// A name that can be a crate, a module and a command.
fn checked(name: &str) -> Result<&str, String> {
    let first = name.starts_with(|c: char| c.is_ascii_lowercase());
    let rest = name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    if first && rest && !name.ends_with('_') && !name.contains("__") {
        Ok(name)
    } else {
        Err(format!("failed to use {name:?} as a name: expected lower-case letters, digits and single _"))
    }
}

fn filled(template: &str, name: &str) -> String {
    template.replace("{{name}}", name).replace("{{Name}}", &type_name(name))
}

/// `ship_locks` → `ShipLocks`.
fn type_name(name: &str) -> String {
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters.next().map(|c| c.to_ascii_uppercase().to_string() + letters.as_str()).unwrap_or_default()
    };
    name.split('_').map(capital).collect()
}

/// The manifest with the line after the last line that names one of our crates.
fn with_dependency(manifest: &Path, line: &str) -> Result<(PathBuf, String), Box<dyn Error>> {
    let text = std::fs::read_to_string(manifest).map_err(|error| {
        format!("failed to read {}: {error}; run at the workspace's root", manifest.display())
    })?;
    let lines: Vec<&str> = text.lines().collect();
    let depends = |line: &&str| {
        line.starts_with("zhidian-") && (line.contains("path =") || line.contains(".workspace"))
    };
    let after = lines.iter().rposition(depends).ok_or_else(|| {
        format!("failed to find a line that starts with zhidian- in {}", manifest.display())
    })?;
    let (before, rest) = lines.split_at(after + 1);
    let new: Vec<&str> = before.iter().copied().chain([line]).chain(rest.iter().copied()).collect();
    Ok((manifest.to_owned(), new.join("\n") + "\n"))
}

/// Line breaks depend on the name's length; without rustfmt the files stay as the template breaks them.
fn format(folder: &Path) {
    let files = FILES.iter().filter(|(file, _)| file.ends_with(".rs")).map(|(file, _)| folder.join(file));
    let done = Command::new("rustfmt").args(["--edition", "2024"]).args(files).status();
    if !done.is_ok_and(|status| status.success()) {
        eprintln!("xtask: rustfmt could not be run; run cargo fmt");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_checked() {
        for good in ["locks", "ship_locks", "a1"] {
            assert_eq!(checked(good), Ok(good));
        }
        for bad in ["", "Locks", "1a", "ship-locks", "_a", "a_", "a__b", "船闸", "../x"] {
            assert!(checked(bad).is_err(), "{bad:?} was accepted");
        }
        assert_eq!(type_name("ship_locks"), "ShipLocks");
    }

    #[test]
    fn no_placeholder_is_left() {
        for (file, template) in FILES {
            assert!(!filled(template, "ship_locks").contains("{{"), "{file}");
        }
    }
}
