//! `zhidian explain`: why is this number so.

use super::{open, print, print_json, run as join};
use crate::{
    arguments::Explain,
    outcome::{Exit, Failure},
    talk::Talk,
};
use zhidian_ledger::explain;

pub(crate) fn run(command: &Explain, talk: &Talk) -> Result<Exit, Failure> {
    let dossiers = open(&command.dossiers)?;
    let ledger = join(&dossiers, 0, None, talk)?;
    let id = command.id.as_str();
    if command.json {
        if let Some(answer) = ledger.assessment.answers.iter().find(|answer| answer.id == id) {
            print_json(answer)?;
            return Ok(Exit::Ok);
        }
        if let Some(finding) = ledger.assessment.finding(id) {
            print_json(finding)?;
            return Ok(Exit::Ok);
        }
    } else if let Some(tree) = explain(&ledger, id, talk.language) {
        print(&tree)?;
        return Ok(Exit::Ok);
    }
    let example = ledger.assessment.answers.first().map_or("quzhou-zh-001", |answer| &answer.id);
    Err(Failure::usage(
        format!("没有编号为“{id}”的表述或结果；编号形如“{example}”，zhidian assess --json 列出全部"),
        format!(
            "failed to find a statement or finding with the id “{id}”; ids look like “{example}”, zhidian assess --json lists them"
        ),
    ))
}
