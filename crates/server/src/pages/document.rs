//! A document with its marks.

use crate::{
    api::{Block, BlockKind, DocumentPage, Mark, Shape},
    pages::notable,
    view::{View, span_of},
};
use zhidian_ledger::{
    contract::{Answer, Kind},
    needs, view as layout,
};
use zhidian_model::Answer as Answered;

/// Most characters of a line that is taken for a heading.
const HEADING: usize = 24;

/// The page of a document.
pub(crate) fn page(view: &View, id: &str) -> Option<DocumentPage> {
    let document = view.document(id)?;
    let text = view.ledger.texts.get(id).cloned().unwrap_or_default();
    let dossier = view.dossier_cards().into_iter().find(|card| card.name == document.dossier)?;
    let statements: Vec<Mark> =
        view.answers_of(id).iter().zip(1..).map(|(at, number)| mark(view.at(*at), number)).collect();
    let needs = needs_of(view, id);
    Some(DocumentPage {
        document: view.card(document),
        dossier,
        speaker: document.speaker.clone(),
        origin: document.origin.as_deref().map(layout::origin),
        blocks: blocks(&text, document.title.as_deref(), &statements),
        notable: notable::of(view, id, &needs),
        statements,
        needs,
        text,
    })
}

/// Tables that would decide statements of a document, most statements first.
pub(crate) fn needs_of(view: &View, document: &str) -> Vec<zhidian_ledger::contract::TableNeed> {
    let own = view.answers_of(document).iter().filter_map(|at| {
        let answered = view.ledger.answered.get(*at)?;
        match &answered.answer {
            Answered::Verdict(verdict) => Some((&*answered.claim.id, verdict.missing.as_slice())),
            _ => None,
        }
    });
    needs::by_table(own)
}

fn mark(answer: &Answer, number: usize) -> Mark {
    Mark {
        id: answer.id.clone(),
        number,
        span: span_of(answer),
        outcome: answer.outcome,
        kind: answer.kind,
        shape: shape(answer),
        grade: answer.grade,
        overruled: !answer.overrules.is_empty(),
    }
}

/// The shape a statement is marked in.
pub(crate) fn shape(answer: &Answer) -> Shape {
    let kind = answer.claim.get("type").and_then(|kind| kind.as_str()).unwrap_or_default();
    match (answer.kind, kind) {
        (Kind::Verdict | Kind::Coherence, _) => Shape::Outcome,
        (_, "goal") => Shape::Goal,
        (_, "proposal") => Shape::Proposal,
        _ => Shape::List,
    }
}

/// The lines of the text: titles, headings and paragraphs. The signs of Markdown before a heading are no part of it.
fn blocks(text: &str, title: Option<&str>, statements: &[Mark]) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::new();
    let mut from = 0;
    // Statements come in order of their spans: one walk along both.
    let mut next = 0;
    for line in text.split('\n') {
        let length = line.chars().count();
        let (start, end) = (from, from + length);
        from = end + 1;
        if line.trim().is_empty() {
            continue;
        }
        while statements.get(next).is_some_and(|mark| mark.span.1 <= start) {
            next += 1;
        }
        let stated =
            statements[next..].iter().take_while(|mark| mark.span.0 < end).any(|mark| mark.span.1 > start);
        let signs = line.chars().take_while(|c| *c == '#').count();
        let blanks = line.chars().skip(signs).take_while(|c| c.is_whitespace()).count();
        let hashes = if signs > 0 { signs + blanks } else { 0 };
        let words: String = line.chars().skip(hashes).collect();
        let closed = words.trim_end().ends_with(|c| "。！？；：，、.!?;:,”）)…".contains(c));
        let heading = hashes > 0 || (length <= HEADING && !closed && !stated);
        let is_title = out.is_empty() && (title.is_some_and(|title| title.trim() == words.trim()) || heading);
        let kind = match (is_title, heading) {
            (true, _) => BlockKind::Title,
            (false, true) => BlockKind::Heading,
            (false, false) => BlockKind::Paragraph,
        };
        out.push(Block { kind, span: (start + hashes, end) });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_titles_headings_and_paragraphs() {
        let text =
            "# 题目\n\n一、开头\n这是一段话。\n\n第二段没有句号但是很长很长很长很长很长很长很长很长很长\n";
        let found: Vec<_> =
            blocks(text, None, &[]).into_iter().map(|block| (block.kind, block.span)).collect();
        assert_eq!(found[0], (BlockKind::Title, (2, 4)));
        assert_eq!(found[1], (BlockKind::Heading, (6, 10)));
        assert_eq!(found[2], (BlockKind::Paragraph, (11, 17)));
        assert_eq!(found[3].0, BlockKind::Paragraph);
        assert_eq!(found.len(), 4);
    }
}
