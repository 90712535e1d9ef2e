//! A statement with all that its answer rests on.

use crate::{
    api::{CitedFile, StatementPage, Supposed, SupposedAnswer, TableTitle, WhatIf},
    pages::{document::shape, methods},
    refusal::Refused,
    view::View,
};
use rust_decimal::Decimal;
use std::collections::BTreeSet;
use zhidian_dossier::schema;
use zhidian_ledger::{
    contract::{Answer, Finding, Origin},
    suppose, view as layout,
};
use zhidian_model::Text;

/// The page of a statement.
pub(crate) fn page(view: &View, document: &str, id: &str) -> Option<StatementPage> {
    let (among, answer) = view.answer(document, id)?;
    let findings: Vec<Finding> =
        shown(answer).into_iter().filter_map(|id| view.finding(id)).cloned().collect();
    let neighbour = |at: Option<usize>| {
        at.and_then(|at| view.answers_of(document).get(at)).map(|place| view.at(*place).id.clone())
    };
    Some(StatementPage {
        document: document.to_owned(),
        number: among + 1,
        shape: shape(answer),
        overrules: answer.overrules.clone(),
        stated: zhidian_report::stated(answer),
        origins: origins(view, &findings),
        methods: methods::of(&findings),
        what_if: what_if(view, id),
        tables: tables(answer),
        files: files(view, &findings),
        previous: neighbour(among.checked_sub(1)),
        next: neighbour(Some(among + 1)),
        answer: answer.clone(),
        findings,
    })
}

/// The findings an answer refers to, those it rests on first, each once.
fn shown(answer: &Answer) -> Vec<&str> {
    let mut seen = BTreeSet::new();
    let near = answer.near.iter().map(|near| near.finding.as_str());
    answer.because.iter().map(String::as_str).chain(near).filter(|id| seen.insert(*id)).collect()
}

/// The origins that findings rest on.
pub(crate) fn origins(view: &View, findings: &[Finding]) -> Vec<Origin> {
    let mut seen = BTreeSet::new();
    findings
        .iter()
        .filter_map(|finding| view.ledger.findings.get(&*finding.id))
        .flat_map(|finding| finding.evidence.origins())
        .filter(|origin| seen.insert(origin.id.clone()))
        .map(|origin| layout::origin(origin))
        .collect()
}

/// The tables that the files cited by findings belong to, each file once.
pub(crate) fn files(view: &View, findings: &[Finding]) -> Vec<CitedFile> {
    let cited: BTreeSet<(&str, Option<&str>)> = findings
        .iter()
        .flat_map(|finding| &finding.evidence)
        .map(|citation| (citation.file.as_str(), citation.sheet.as_deref()))
        .collect();
    let tables = view.dossiers.tables();
    let known = cited.into_iter().filter_map(|(file, sheet)| {
        let table = tables.of_file(file, sheet)?;
        Some(CitedFile { file: file.into(), sheet: sheet.map(Into::into), table: table.to_string() })
    });
    known.collect()
}

fn tables(answer: &Answer) -> Vec<TableTitle> {
    let ids: BTreeSet<&str> = answer.missing.iter().map(|need| need.table.as_str()).collect();
    ids.into_iter().map(|id| TableTitle { id: id.to_owned(), title: title(id) }).collect()
}

/// The title of a table of the catalogue; its id for another.
pub(crate) fn title(table: &str) -> Text {
    schema::table(table).map_or_else(|| Text::same(table), |known| known.title.clone())
}

fn what_if(view: &View, id: &str) -> Option<WhatIf> {
    let answered = view.ledger.answered.get(view.place(id)?)?;
    let movable = suppose::movable(&view.ledger, answered)?;
    Some(WhatIf {
        stated: movable.stated.to_string(),
        unit: movable.unit,
        rank: movable.rank,
        least: movable.least.to_string(),
        most: movable.most.to_string(),
        step: movable.step.to_string(),
    })
}

/// What the answer would be if the text had said something else.
pub(crate) fn supposed(view: &View, id: &str, supposed: &Supposed) -> Result<SupposedAnswer, Refused> {
    let nothing = || {
        Refused::conflict(
            "这一句没有可以移动的数值或位次",
            "failed to suppose another value: the statement states no figure and no place",
        )
    };
    let answered = view.place(id).and_then(|place| view.ledger.answered.get(place)).ok_or_else(nothing)?;
    let movable = suppose::movable(&view.ledger, answered).ok_or_else(nothing)?;
    let value: Decimal = supposed.value.trim().parse().map_err(|_| {
        Refused::unfit("数值应为十进制小数", "failed to read the value: expected a decimal such as 3.5")
    })?;
    let outside = value < movable.least || value > movable.most;
    let half = movable.rank && value.normalize().scale() > 0;
    if outside || half {
        let (least, most) = (movable.least, movable.most);
        return Err(Refused::conflict(
            format!("请在{least}至{most}之间取值"),
            format!("failed to suppose this value: it must lie between {least} and {most}"),
        ));
    }
    let supposed = suppose::suppose(&view.ledger, &view.dossiers, answered, value).ok_or_else(nothing)?;
    Ok(SupposedAnswer { stated: supposed.stated, answer: supposed.answer, findings: supposed.findings })
}
