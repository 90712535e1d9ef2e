//! `zhidian check`: is the data well-formed.

use super::{open, print};
use crate::{
    arguments::Check,
    outcome::{Exit, Failure},
    talk::{Talk, problem_line},
};
use zhidian_model::Severity;

pub(crate) fn run(command: &Check, talk: &Talk) -> Result<Exit, Failure> {
    let dossiers = open(&command.dossiers)?;
    let problems = dossiers.problems();
    for problem in problems {
        let line = if command.json {
            serde_json::to_string(problem)
                .map_err(|error| Failure::data(error.to_string(), error.to_string()))?
        } else {
            problem_line(problem, talk.language)
        };
        print(&(line + "\n"))?;
    }
    let count = |severity: Severity| problems.iter().filter(|problem| problem.severity == severity).count();
    let (warnings, errors, fatal) =
        (count(Severity::Warning), count(Severity::Error), count(Severity::Fatal));
    if errors + fatal == 0 {
        talk.say(&format!("合格；提示{warnings}条"), &format!("well-formed; {warnings} warnings"));
        return Ok(Exit::Ok);
    }
    talk.say(
        &format!("严重{fatal}条，错误{errors}条，提示{warnings}条；其余数据照常可用"),
        &format!("{fatal} fatal, {errors} errors, {warnings} warnings; the rest of the data still works"),
    );
    Ok(Exit::Data)
}
