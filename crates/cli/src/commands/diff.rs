//! `zhidian diff`: what two versions of a document state differently.

use super::{
    print,
    read::{line, reading},
};
use crate::{
    arguments::Diff,
    outcome::{Exit, Failure},
    talk::Talk,
};
use zhidian_claims::{Change, Statement, compare};

pub(crate) fn run(command: &Diff, talk: &Talk) -> Result<Exit, Failure> {
    let old = reading(&command.old, &command.about, talk)?.statements;
    let new = reading(&command.new, &command.about, talk)?.statements;
    let changes = compare(&old, &new);
    let mut out = String::new();
    for change in &changes {
        if command.json {
            let said = serde_json::to_string(&Said::of(change, &old, &new));
            out += &(said.map_err(|e| Failure::data(e.to_string(), e.to_string()))? + "\n");
        } else {
            out += &shown(change, &old, &new, talk);
        }
    }
    print(&out)?;
    talk.say(&format!("{}处不同", changes.len()), &format!("{} differences", changes.len()));
    Ok(Exit::Ok)
}

/// A difference with the statements themselves.
#[derive(serde::Serialize)]
struct Said<'a> {
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    old: Option<&'a Statement>,
    #[serde(skip_serializing_if = "Option::is_none")]
    new: Option<&'a Statement>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fields: Vec<&'static str>,
}

impl<'a> Said<'a> {
    fn of(change: &Change, before: &'a [Statement], after: &'a [Statement]) -> Self {
        match change {
            Change::Added { new } => Self { kind: "added", old: None, new: after.get(*new), fields: vec![] },
            Change::Removed { old } => {
                Self { kind: "removed", old: before.get(*old), new: None, fields: vec![] }
            }
            Change::Altered { old, new, fields } => {
                Self { kind: "altered", old: before.get(*old), new: after.get(*new), fields: fields.clone() }
            }
        }
    }
}

/// `- ` before, `+ ` after, as lines of `zhidian read`.
fn shown(change: &Change, old: &[Statement], new: &[Statement], talk: &Talk) -> String {
    let said = Said::of(change, old, new);
    let mark = |sign: &str, statement: Option<&Statement>| {
        statement.map(|s| format!("{sign} {}", line(s))).unwrap_or_default()
    };
    let head = match said.kind {
        "added" => talk.pick("新增", "added").to_owned(),
        "removed" => talk.pick("删去", "removed").to_owned(),
        _ => format!("{}: {}", talk.pick("改动", "altered"), said.fields.join(", ")),
    };
    format!("{head}\n{}{}", mark("-", said.old), mark("+", said.new))
}
