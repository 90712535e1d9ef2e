//! The build's own chores, each a subcommand of `cargo xtask`.
use std::process::ExitCode;

use clap::{Parser, Subcommand};

mod budget;
mod licences;
mod new_engine;
mod reference;
mod regions;

#[derive(Parser)]
#[command(name = "xtask", about = "The build's own chores")]
struct Arguments {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Measure a clean release build: seconds and bytes
    Budget(budget::Options),
    /// Hold every dependency's licence against the list of allowed ones
    Licences(licences::Options),
    /// Write the files of a new engine
    NewEngine(new_engine::Options),
    /// Rebuild the table of China's regions from unpacked packages
    Regions(regions::Options),
    /// Rebuild the reference dossier from the collected facts
    Reference(reference::Options),
}

fn main() -> ExitCode {
    let done = match Arguments::parse().chore {
        Chore::Budget(options) => budget::run(&options),
        Chore::Licences(options) => licences::run(&options),
        Chore::NewEngine(options) => new_engine::run(&options),
        Chore::Regions(options) => regions::run(&options),
        Chore::Reference(options) => reference::run(&options),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error}");
            ExitCode::FAILURE
        }
    }
}
