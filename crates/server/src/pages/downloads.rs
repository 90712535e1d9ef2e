//! Files to take away: the checklist, the report, a finding as CSV.

use crate::{
    pages::document,
    refusal::Refused,
    view::{View, document_of},
};
use std::collections::BTreeSet;
use zhidian_dossier::export;
use zhidian_ledger::contract::Assessment;
use zhidian_model::Card;
use zhidian_report::{Language, Text};

/// The part of the assessment that belongs to one document.
fn of_document(view: &View, id: &str) -> Assessment {
    let whole = &view.ledger.assessment;
    let answers: Vec<_> = view.answers_of(id).iter().map(|at| view.at(*at).clone()).collect();
    let shown: BTreeSet<&String> = answers
        .iter()
        .flat_map(|answer| answer.because.iter().chain(answer.near.iter().map(|near| &near.finding)))
        .collect();
    let findings: Vec<_> =
        whole.findings.iter().filter(|finding| shown.contains(&finding.id)).cloned().collect();
    let origins: BTreeSet<String> = findings
        .iter()
        .filter_map(|finding| view.ledger.findings.get(&*finding.id))
        .flat_map(|finding| finding.evidence.origins())
        .map(|origin| origin.id.to_string())
        .collect();
    Assessment {
        schema: whole.schema.clone(),
        seed: whole.seed,
        documents: whole.documents.iter().filter(|document| document.id == id).cloned().collect(),
        needs: document::needs_of(view, id),
        origins: whole.origins.iter().filter(|origin| origins.contains(&origin.id)).cloned().collect(),
        problems: whole.problems.clone(),
        findings,
        answers: answers.into_iter().filter(|answer| document_of(answer) == id).collect(),
    }
}

fn texts(view: &View, id: &str) -> Option<Vec<Text>> {
    let document = view.document(id)?;
    let normalised = view.ledger.texts.get(id).cloned().unwrap_or_default();
    Some(vec![Text { document: id.to_owned(), title: document.title.clone(), normalised }])
}

/// The checklist of a document as a workbook.
pub(crate) fn checklist(view: &View, id: &str, language: Language) -> Option<Result<Vec<u8>, Refused>> {
    let texts = texts(view, id)?;
    let made = zhidian_report::checklist(&of_document(view, id), &texts, language);
    Some(
        made.map_err(|error| {
            Refused::conflict(format!("这份核对表写不成工作簿：{error}"), error.to_string())
        }),
    )
}

/// The report of a document as one page.
pub(crate) fn report(view: &View, id: &str, language: Language) -> Option<String> {
    let texts = texts(view, id)?;
    let cards: Vec<Card> = view.ledger.cards.iter().map(|card| **card).collect();
    Some(zhidian_report::html(&of_document(view, id), &texts, &cards, language))
}

/// A finding's points and the cells it rests on, as CSV.
pub(crate) fn finding(view: &View, id: &str) -> Option<Result<String, Refused>> {
    const HEADER: [&str; 13] = [
        "part", "label_zh", "label_en", "value", "most", "unit", "own", "grade", "origin", "file", "sheet",
        "row", "column",
    ];
    let finding = view.finding(id)?;
    let mut rows: Vec<Vec<String>> = Vec::new();
    if let Some(exhibit) = &finding.exhibit {
        rows.extend(exhibit.points.iter().map(|point| {
            let mut row = vec![
                "point".to_owned(),
                point.label.zh.clone(),
                point.label.en.clone(),
                point.value.clone().unwrap_or_default(),
                point.most.clone().unwrap_or_default(),
                exhibit.unit.zh.clone(),
                point.own.to_string(),
                point.grade.map(|grade| grade.name().to_owned()).unwrap_or_default(),
            ];
            row.resize(HEADER.len(), String::new());
            row
        }));
    }
    let grade_of = |origin: &str| {
        let known = view.ledger.assessment.origins.iter().find(|known| known.id == origin);
        known.map(|known| known.grade.name()).unwrap_or_default().to_owned()
    };
    rows.extend(finding.evidence.iter().map(|cell| {
        let blank = String::new;
        vec![
            "evidence".to_owned(),
            blank(),
            blank(),
            cell.value.clone(),
            blank(),
            blank(),
            blank(),
            grade_of(&cell.origin),
            cell.origin.clone(),
            cell.file.clone(),
            cell.sheet.clone().unwrap_or_default(),
            cell.row.to_string(),
            cell.column.clone(),
        ]
    }));
    Some(export::csv(&HEADER, &rows).map_err(|_| Refused::fault()))
}
