//! The marks: colour says which side, shape says which kind, the word always stands beside. Filled is judged, outlined
//! is not.

use crate::statement::Statement;
use crate::{Language, figure, words};
use maud::{Markup, PreEscaped, html};
use zhidian_ledger::contract::Outcome;
use zhidian_model::Grade;

/// Every shape once, by id; `currentColor` is the family's, `--panel` the ground.
pub(super) fn sprite() -> Markup {
    const TICK: &str = r#"fill="none" stroke="var(--panel)" stroke-width="1.9" stroke-linecap="round" stroke-linejoin="round""#;
    let shapes = [
        ("supported", format!(r#"<circle cx="8" cy="8" r="7" fill="currentColor"/><path d="M4.6 8.3l2.4 2.4 4.5-5" {TICK}/>"#)),
        ("met", format!(r#"<rect x="1.2" y="1.2" width="13.6" height="13.6" rx="2.6" fill="currentColor"/><path d="M4.4 8.3l2.4 2.4 4.7-5.1" {TICK}/>"#)),
        ("on_track", format!(r#"<path d="M8 .8L15 14.2H1z" fill="currentColor"/><path d="M8 12V6.6M5.9 8.5L8 6.3l2.1 2.2" {TICK}/>"#)),
        ("coherent", format!(r#"<circle cx="8" cy="8" r="7" fill="currentColor"/><path d="M4.8 6.2h6.4M4.8 9.8h6.4" {TICK}/>"#)),
        ("contradicted", format!(r#"<rect x="2.6" y="2.6" width="10.8" height="10.8" transform="rotate(45 8 8)" fill="currentColor"/><path d="M5.7 5.7l4.6 4.6M10.3 5.7l-4.6 4.6" {TICK}/>"#)),
        ("missed", format!(r#"<rect x="1.2" y="1.2" width="13.6" height="13.6" rx="2.6" fill="currentColor"/><path d="M5 5l6 6M11 5l-6 6" {TICK}/>"#)),
        ("off_track", format!(r#"<path d="M8 15.2L15 1.8H1z" fill="currentColor"/><path d="M8 4v5.4M5.9 7.5L8 9.7l2.1-2.2" {TICK}/>"#)),
        ("incoherent", format!(r#"<path d="M5.1 1h5.8L15 5.1v5.8L10.9 15H5.1L1 10.9V5.1z" fill="currentColor"/><path d="M4.8 6.2h6.4M4.8 9.8h6.4M10 3.9L6 12.1" {TICK}/>"#)),
        ("disputed", r#"<circle cx="8" cy="8" r="6.4" fill="none" stroke="currentColor" stroke-width="1.6"/><path d="M8 1.6a6.4 6.4 0 0 1 0 12.8z" fill="currentColor"/>"#.to_owned()),
        ("undecided", r#"<circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" stroke-width="1.7" stroke-dasharray="2.6 2.27"/><path d="M6.2 6.4a1.9 1.9 0 1 1 2.6 1.8c-.6.25-.8.6-.8 1.2" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round"/><circle cx="8" cy="11.4" r=".95" fill="currentColor"/>"#.to_owned()),
        ("goal", r#"<path d="M3.5 15V1.5M3.5 2.2h9l-2.3 3.1 2.3 3.1h-9" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linejoin="round" stroke-linecap="round"/>"#.to_owned()),
        ("proposal", r#"<path d="M1.5 2.5h13v8.4H8.2L4.6 14v-3.1H1.5z" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linejoin="round"/>"#.to_owned()),
        ("list", r#"<path d="M5.8 3.6h8.4M5.8 8h8.4M5.8 12.4h8.4" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round"/><circle cx="2.6" cy="3.6" r="1.2" fill="none" stroke="currentColor"/><circle cx="2.6" cy="8" r="1.2" fill="none" stroke="currentColor"/><circle cx="2.6" cy="12.4" r="1.2" fill="none" stroke="currentColor"/>"#.to_owned()),
    ];
    html! {
        svg class="sprite" width="0" height="0" aria-hidden="true" focusable="false" {
            defs {
                pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)" {
                    rect class="hg" width="6" height="6" {}
                    line class="hl" x1="0" y1="0" x2="0" y2="6" {}
                }
            }
            @for (id, shape) in &shapes {
                symbol id={ "k-" (id) } viewBox="0 0 16 16" { (PreEscaped(shape)) }
            }
        }
    }
}

/// The shape of an outcome; a statement without a value has the shape of its kind.
fn shape(outcome: Outcome, statement: Option<&Statement<'_>>) -> &'static str {
    if outcome != Outcome::Bearing {
        return words::outcome_name(outcome);
    }
    match statement.map(|statement| (statement.kind(), statement.modality())) {
        Some(("proposal", _) | (_, "proposal")) => "proposal",
        Some(("enumeration" | "status" | "action", _)) => "list",
        _ => "goal",
    }
}

/// The shape alone, hidden from readers that speak: the word stands beside.
pub(super) fn mark(outcome: Outcome, statement: Option<&Statement<'_>>) -> Markup {
    named(shape(outcome, statement))
}

/// A shape by its id.
pub(super) fn named(id: &str) -> Markup {
    html! { svg class="mk" viewBox="0 0 16 16" aria-hidden="true" { use href={ "#k-" (id) } {} } }
}

/// The word of an outcome.
pub(super) fn word(outcome: Outcome, language: Language) -> &'static str {
    language.pair(outcome.words())
}

/// Classes of an outcome: its family and itself.
pub(super) fn classes(outcome: Outcome) -> String {
    format!("{} o-{}", words::family(outcome).class(), words::outcome_name(outcome))
}

/// The chip of a grade: a bar and the word; what never decides says so.
pub(super) fn grade(grade: Grade, language: Language) -> Markup {
    let weak = if figure::is_weak(grade) { " weak" } else { "" };
    html! {
        span class={ "grade" (weak) } title=(language.pair(words::grade_meaning(grade))) {
            i class={ "g-" (grade.name()) } aria-hidden="true" {}
            (language.pair(words::grade(grade)))
            @if !grade.decides() { small { (language.of("不作判据", "never decides")) } }
        }
    }
}
