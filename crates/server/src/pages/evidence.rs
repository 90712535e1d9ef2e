//! A finding with its whole tree of evidence.

use crate::{
    api::{FindingPage, Step, StepKind},
    pages::{methods, statement},
    view::View,
};
use zhidian_ledger::{contract::Citation, names::Names, operators};
use zhidian_model::{Evidence, Node, Text};

/// Deepest step and most steps that are sent; what lies beyond is counted in the table of cells beside it.
const DEEPEST: usize = 24;
const MOST: usize = 4000;

/// The page of a finding.
pub(crate) fn page(view: &View, id: &str) -> Option<FindingPage> {
    let finding = view.finding(id)?;
    let whole = view.ledger.findings.get(id)?;
    let mut left = MOST;
    Some(FindingPage {
        method: methods::method(finding),
        tree: step(&whole.evidence, &view.ledger.names, DEEPEST, &mut left),
        origins: statement::origins(view, std::slice::from_ref(finding)),
        files: statement::files(view, std::slice::from_ref(finding)),
        statements: view.resting_on(id),
        finding: finding.clone(),
    })
}

fn step(evidence: &Evidence, names: &Names, deep: usize, left: &mut usize) -> Step {
    let (by, label, citation) = match evidence.node() {
        Node::Row(cell) => {
            let citation = Citation {
                origin: cell.origin.id.to_string(),
                file: cell.file.to_string(),
                sheet: cell.sheet.as_deref().map(Into::into),
                row: cell.row,
                column: cell.column.to_string(),
                value: cell.value.clone(),
            };
            (StepKind::Row, Text::same(cell.column.to_string()), Some(citation))
        }
        Node::Parameter { name, valid, .. } => {
            let when = zhidian_ledger::names::period(valid);
            let label = Text::new(format!("{name}（{}）", when.zh), format!("{name} ({})", when.en));
            (StepKind::Parameter, label, None)
        }
        Node::Derived { by, key, .. } => {
            let rule = rule(by);
            let label = match key.as_deref().map(|key| names.key(key)) {
                Some(key) => {
                    Text::new(format!("{}：{}", rule.zh, key.zh), format!("{}: {}", rule.en, key.en))
                }
                None => rule,
            };
            (StepKind::Derived, label, None)
        }
        Node::Model { engine, version, seed, .. } => {
            let label = Text::new(
                format!("模型 {engine} {version}，种子 {seed}"),
                format!("model {engine} {version}, seed {seed}"),
            );
            (StepKind::Model, label, None)
        }
    };
    let mut from = Vec::new();
    for input in evidence.inputs() {
        if deep == 0 || *left == 0 {
            break;
        }
        *left -= 1;
        from.push(step(input, names, deep - 1, left));
    }
    Step { by, label, grade: evidence.grade(), citation, from }
}

/// The short name of an operator; a rule of an engine stands for itself.
fn rule(by: &str) -> Text {
    let (zh, en) = match operators::card(by).map(|card| card.id) {
        Some("rank") => ("名次", "place"),
        Some("best") => ("历年最好", "best of the years"),
        Some("change") => ("变动", "change"),
        Some("ratio") => ("比值", "ratio"),
        Some("count") => ("计数", "count"),
        Some("count_in") => ("同列计数", "count among peers"),
        Some("member") => ("名单", "membership"),
        _ => (by, by),
    };
    Text::new(zh, en)
}
