//! One module a command.

pub(crate) mod approvals;
pub(crate) mod assess;
pub(crate) mod check;
pub(crate) mod compare;
pub(crate) mod diff;
pub(crate) mod envelope;
pub(crate) mod explain;
pub(crate) mod indicators;
pub(crate) mod init;
pub(crate) mod locks;
pub(crate) mod projects;
pub(crate) mod read;
pub(crate) mod schema;
pub(crate) mod serve;

use crate::{outcome::Failure, talk::Talk};
use std::path::PathBuf;
use zhidian_dossier::{Dossiers, Options};
use zhidian_ledger::{AssessError, Ledger, Registry, Run, assess as join};

/// Opens dossiers; only a path that is no dossier at all is a failure.
fn open(paths: &[PathBuf]) -> Result<Dossiers, Failure> {
    Dossiers::open(paths, &Options::default()).map_err(|error| {
        Failure::data(format!("无法打开资料夹：{error}"), format!("failed to open the dossier: {error}"))
    })
}

/// Reads, runs and joins with progress.
fn run(dossiers: &Dossiers, seed: u64, threads: Option<usize>, talk: &Talk) -> Result<Ledger, Failure> {
    let threads = threads.or_else(|| std::thread::available_parallelism().ok().map(Into::into)).unwrap_or(1);
    let progress = talk.progress();
    let report = |stage: &str, done: u64, of: u64| progress.report(stage, done, of);
    let run = Run { seed, threads, cancelled: &|| false, progress: &report };
    join(dossiers, &Registry::standard(), &run)
        .map_err(|error: AssessError| Failure::data(error.to_string(), error.to_string()))
}

/// Writes to stdout, with styles only where somebody sees them; a reader that went away is no failure.
fn print(text: &str) -> Result<(), Failure> {
    use std::io::Write;
    let mut out = anstream::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Failure::write(std::path::Path::new("stdout"), &error))
        }
        _ => Ok(()),
    }
}

/// Writes a value as JSON to stdout, one object.
fn print_json(value: &impl serde::Serialize) -> Result<(), Failure> {
    print(&(to_json(value)? + "\n"))
}

fn to_json(value: &impl serde::Serialize) -> Result<String, Failure> {
    serde_json::to_string_pretty(value).map_err(|error| {
        Failure::data(format!("无法写成 JSON：{error}"), format!("failed to write JSON: {error}"))
    })
}
