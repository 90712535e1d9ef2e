//! `zhidian compare`: what would change under a scenario.

use super::{open, print, print_json, run as join};
use crate::{
    arguments::Compare,
    outcome::{Exit, Failure},
    talk::Talk,
};
use serde_json::json;
use zhidian_ledger::compare::compare;

pub(crate) fn run(command: &Compare, talk: &Talk) -> Result<Exit, Failure> {
    let dossiers = open(&command.dossiers)?;
    let scenario = dossiers.with_scenario(&command.scenario).map_err(|error| {
        Failure::usage(
            format!("无法采用情景“{}”：{error}", command.scenario),
            format!("failed to use the scenario “{}”: {error}", command.scenario),
        )
    })?;
    let (before, after) = (join(&dossiers, 0, None, talk)?, join(&scenario, 0, None, talk)?);
    let changes = compare(&before.assessment, &after.assessment);
    if command.json {
        print_json(
            &json!({"schema": "zhidian.compare/1", "scenario": command.scenario, "changes": changes}),
        )?;
        return Ok(Exit::Ok);
    }
    for change in &changes {
        let (before, after) = (change.before.words(), change.after.words());
        let arrow = talk
            .pick(&format!("{} → {}", before.0, after.0), &format!("{} → {}", before.1, after.1))
            .to_owned();
        print(&format!("{}  {arrow}  {}\n", change.id, talk.language.of(&change.text)))?;
    }
    talk.say(
        &format!("情景所改数据一律为“假设”级，只作参考，不改变证实或不符的结论；共{}条有变化", changes.len()),
        &format!(
            "what a scenario changes is graded assumed: it bears on statements and decides none; {} changed",
            changes.len()
        ),
    );
    Ok(Exit::Ok)
}
