//! Holds every dependency's licence against a list of what this product may be built from.
//!
//! The product is MIT OR Apache-2.0, so a dependency must be usable under terms that ask for nothing more than notice,
//! or, file by file, for its own source (MPL-2.0). All packages of the lock file count: build scripts, tests, and
//! platforms other than this one.
use std::error::Error;

use cargo_metadata::{MetadataCommand, Package};
use spdx::{Expression, LicenseReq, ParseMode};

/// What `cargo xtask licences` takes.
#[derive(clap::Args)]
pub struct Options {
    /// Print every dependency with its licence
    #[arg(long)]
    table: bool,
}

/// The licences a dependency may be used under, each with its reason.
const ALLOWED: &[(&str, &str)] = &[
    ("MIT", "notice only; one of our own two"),
    ("MIT-0", "MIT without the notice"),
    ("Apache-2.0", "notice and patent grant; one of our own two"),
    ("BSD-2-Clause", "notice only"),
    ("BSD-3-Clause", "notice only, no endorsement"),
    ("ISC", "notice only"),
    ("Zlib", "no notice in binaries"),
    ("0BSD", "no conditions"),
    ("BSL-1.0", "no notice in binaries"),
    ("Unlicense", "public domain"),
    ("CC0-1.0", "public domain"),
    ("Unicode-3.0", "tables of the Unicode Consortium, notice only"),
    ("MPL-2.0", "copyleft for its own files only, which are used unchanged"),
];

/// Exceptions that only widen what a licence allows.
const EXCEPTIONS: &[&str] = &["LLVM-exception"];

/// Checks the lock file's packages; the error names every package at fault.
pub fn run(options: &Options) -> Result<(), Box<dyn Error>> {
    let metadata = MetadataCommand::new().other_options(vec!["--locked".into()]).exec()?;
    let mut packages: Vec<&Package> = metadata.packages.iter().filter(|p| p.source.is_some()).collect();
    packages.sort_by(|a, b| (&a.name, &a.version).cmp(&(&b.name, &b.version)));
    let mut faults = Vec::new();
    for package in &packages {
        let licence = package.license.as_deref();
        if options.table {
            println!("{}\t{}\t{}", package.name, package.version, licence.unwrap_or("none stated"));
        }
        if let Err(fault) = judge(licence) {
            faults.push(format!("{} {}: {fault}", package.name, package.version));
        }
    }
    if !faults.is_empty() {
        return Err(format!(
            "failed to accept the licences of {} dependencies; use another crate, or add the licence with its reason \
             to xtask/src/licences.rs\n  {}",
            faults.len(),
            faults.join("\n  ")
        )
        .into());
    }
    eprintln!("licences: {} dependencies checked", packages.len());
    Ok(())
}

/// Can the package be used under allowed terms alone? Of alternatives one must do, of what is joined all must.
fn judge(licence: Option<&str>) -> Result<(), String> {
    let licence = licence.ok_or("no licence is stated")?;
    let expression = Expression::parse_mode(licence, ParseMode::LAX)
        .map_err(|error| format!("licence {licence:?} is no SPDX expression ({})", error.reason))?;
    if expression.evaluate(allowed) { Ok(()) } else { Err(format!("licence {licence:?} is not on the list")) }
}

fn allowed(required: &LicenseReq) -> bool {
    let exception = match &required.addition {
        None => true,
        Some(addition) => {
            addition.id().is_some_and(|exception| EXCEPTIONS.iter().any(|name| *name == exception.name))
        }
    };
    let licence =
        required.license.id().is_some_and(|id| ALLOWED.iter().any(|(allowed, _)| *allowed == id.name));
    exception && licence
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alternatives_need_one_and_conjunctions_all() {
        for good in [
            "MIT",
            "MIT/Apache-2.0",
            "MIT OR GPL-3.0-only",
            "(MIT OR Apache-2.0) AND Unicode-3.0",
            "Apache-2.0 WITH LLVM-exception",
            "MPL-2.0",
        ] {
            assert_eq!(judge(Some(good)), Ok(()), "{good}");
        }
        for bad in [
            "AGPL-3.0-only",
            "GPL-3.0-or-later",
            "LGPL-2.1-only",
            "MIT AND GPL-2.0-only",
            "BUSL-1.1",
            "GPL-2.0-only WITH Classpath-exception-2.0",
            "MIT OR",
            "LicenseRef-ours",
            "",
        ] {
            assert!(judge(Some(bad)).is_err(), "{bad:?} was accepted");
        }
        assert!(judge(None).is_err());
    }

    #[test]
    fn every_name_on_the_list_is_a_licence() {
        for (name, _) in ALLOWED {
            assert!(spdx::license_id(name).is_some(), "{name} is no SPDX licence");
        }
        for name in EXCEPTIONS {
            assert!(spdx::exception_id(name).is_some(), "{name} is no SPDX exception");
        }
    }
}
