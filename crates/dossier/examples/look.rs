//! Opens dossiers and prints what was read and what is wrong: `cargo run --example look -- dossiers/quzhou`.
#![allow(clippy::print_stdout)]

use std::time::Instant;
use zhidian_dossier::{Dossiers, OpenError, Options};

fn main() -> Result<(), OpenError> {
    let paths: Vec<_> = std::env::args_os().skip(1).map(Into::into).collect();
    let start = Instant::now();
    let dossiers = Dossiers::open(&paths, &Options::default())?;
    let taken = start.elapsed();
    for problem in dossiers.problems() {
        let place = [problem.sheet.clone(), problem.row.map(|row| row.to_string()), problem.column.clone()];
        let place: Vec<String> = place.into_iter().flatten().collect();
        println!(
            "{:?} {} {}:{}: found {:?}, expected {}; {}",
            problem.severity,
            problem.code,
            problem.file,
            place.join(":"),
            problem.found,
            problem.expected,
            problem.remedy.en
        );
    }
    for table in dossiers.tables().names() {
        println!("{table}: {} rows", dossiers.tables().rows(table));
    }
    println!(
        "{} documents, {} rosters, {} lists, {} entities, {} origins, {} parameters, {} problems, {taken:?}",
        dossiers.documents().len(),
        dossiers.rosters().len(),
        dossiers.lists().len(),
        dossiers.entities().len(),
        dossiers.origins().len(),
        dossiers.parameters().all().count(),
        dossiers.problems().len(),
    );
    Ok(())
}
