//! `zhidian assess`: everything.

use super::{open, print, print_json, run as join, to_json};
use crate::{
    arguments::{Alarm, Assess},
    outcome::{Exit, Failure},
    talk::Talk,
};
use std::path::Path;
use zhidian_dossier::write_atomically;
use zhidian_ledger::{Language, Ledger, contract::Outcome};
use zhidian_report as report;

pub(crate) fn run(command: &Assess, talk: &Talk) -> Result<Exit, Failure> {
    let dossiers = open(&command.dossiers)?;
    let ledger = join(&dossiers, command.seed, command.threads, talk)?;
    let assessment = &ledger.assessment;
    if let Some(path) = &command.problems {
        let lines: Result<Vec<String>, _> = assessment.problems.iter().map(serde_json::to_string).collect();
        let lines = lines.map_err(|error| Failure::data(error.to_string(), error.to_string()))?;
        write(path, (lines.join("\n") + "\n").as_bytes())?;
    } else {
        talk.problems(&assessment.problems);
    }
    if command.json {
        print_json(assessment)?;
    } else {
        print(&report::styled_summary(assessment, language(talk.language)))?;
    }
    if let Some(dir) = &command.out {
        write_all(dir, &ledger)?;
        let page = dir.join(report::file_name(language(talk.language)));
        talk.say(&format!("报告：{}", page.display()), &format!("report: {}", page.display()));
    }
    let alarmed = assessment
        .answers
        .iter()
        .any(|answer| command.fail_on.iter().any(|alarm| outcome(*alarm) == answer.outcome));
    Ok(if alarmed { Exit::Findings } else { Exit::Ok })
}

/// The reports in both languages, the checklists, and the JSON.
fn write_all(dir: &Path, ledger: &Ledger) -> Result<(), Failure> {
    std::fs::create_dir_all(dir).map_err(|error| Failure::write(dir, &error))?;
    let texts: Vec<report::Text> = ledger
        .texts
        .iter()
        .map(|(document, normalised)| report::Text {
            document: document.clone(),
            title: None,
            normalised: normalised.clone(),
        })
        .collect();
    let cards: Vec<zhidian_model::Card> = ledger.cards.iter().map(|card| **card).collect();
    for (language, code) in [(report::Language::Zh, "zh"), (report::Language::En, "en")] {
        let page = report::html(&ledger.assessment, &texts, &cards, language);
        write(&dir.join(report::file_name(language)), page.as_bytes())?;
        let checklist = report::checklist(&ledger.assessment, &texts, language)
            .map_err(|error| Failure::data(error.to_string(), error.to_string()))?;
        write(&dir.join(format!("checklist.{code}.xlsx")), &checklist)?;
    }
    write(&dir.join("assessment.json"), to_json(&ledger.assessment)?.as_bytes())
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    write_atomically(path, bytes).map_err(|error| Failure::write(path, &error))
}

fn language(language: Language) -> report::Language {
    match language {
        Language::Zh => report::Language::Zh,
        Language::En => report::Language::En,
    }
}

fn outcome(alarm: Alarm) -> Outcome {
    match alarm {
        Alarm::Contradicted => Outcome::Contradicted,
        Alarm::Disputed => Outcome::Disputed,
        Alarm::Undecided => Outcome::Undecided,
        Alarm::Missed => Outcome::Missed,
        Alarm::OffTrack => Outcome::OffTrack,
        Alarm::Incoherent => Outcome::Incoherent,
    }
}
