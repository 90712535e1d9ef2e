//! The command line of Zhidian.
//!
//! stdout is data, stderr is talk. What was typed ([`arguments`]) is turned into work by one module a command
//! ([`commands`]); errors end in one of five exit codes ([`outcome::Exit`]).

mod arguments;
mod commands;
mod outcome;
mod talk;

use arguments::{Arguments, Command};
use clap::Parser;
use outcome::{Exit, Failure};
use std::process::ExitCode;
use talk::Talk;

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            let code = if error.use_stderr() { Exit::Usage } else { Exit::Ok };
            let _ = error.print();
            return code.into();
        }
    };
    let talk = Talk::new(arguments.lang, arguments.quiet);
    outcome::guard_against_panics();
    match std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| run(&arguments, &talk))) {
        Ok(Ok(exit)) => exit.into(),
        Ok(Err(failure)) => {
            talk.fail(&failure);
            failure.exit.into()
        }
        Err(_) => Exit::Bug.into(),
    }
}

fn run(arguments: &Arguments, talk: &Talk) -> Result<Exit, Failure> {
    match &arguments.command {
        Command::Assess(command) => commands::assess::run(command, talk),
        Command::Read(command) => commands::read::run(command, talk),
        Command::Diff(command) => commands::diff::run(command, talk),
        Command::Explain(command) => commands::explain::run(command, talk),
        Command::Check(command) => commands::check::run(command, talk),
        Command::Compare(command) => commands::compare::run(command, talk),
        Command::Init(command) => commands::init::run(command, talk),
        Command::Serve(command) => commands::serve::run(command, talk),
        Command::Schema(command) => commands::schema::run(command),
        Command::Indicators(command) => commands::indicators::run(command, talk),
        Command::Approvals(command) => commands::approvals::run(command, talk),
        Command::Locks(command) => commands::locks::run(command, talk),
        Command::Projects(command) => commands::projects::run(command, talk),
    }
}
