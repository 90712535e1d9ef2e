//! The build's own chores, each a subcommand: `cargo xtask regions PATH`, …
use std::process::ExitCode;

use clap::{Parser, Subcommand};

mod regions;

#[derive(Parser)]
#[command(name = "xtask", about = "The build's own chores")]
struct Arguments {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Rebuild the table of China's regions from unpacked packages
    Regions(regions::Options),
}

fn main() -> ExitCode {
    let done = match Arguments::parse().chore {
        Chore::Regions(options) => regions::run(&options),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error}");
            ExitCode::FAILURE
        }
    }
}
