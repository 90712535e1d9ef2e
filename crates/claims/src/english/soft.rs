//! Designations, goals and requests of a sentence without figures.

use super::phrases::lower;
use crate::{
    context::{Context, Mentions},
    draft::{Draft, When},
    statement::{Modality, Type},
    text::Span,
};

/// Designations, goals and requests of a sentence without figures.
pub(super) fn soft(m: &Mentions<'_>, cx: &Context, sentence: Span) -> Option<Draft> {
    let text = m.text;
    let words = lower(sentence.of(text));
    let object = |w: &str| {
        let at = sentence.start + words.find(w)? + w.len();
        let span = Span::new(at, sentence.end).trim(text, char::is_whitespace);
        (!span.is_empty()).then_some(span)
    };
    let of = |list: &[&str], kind: Type, modality: Modality| {
        let word = list.iter().find(|w| words.contains(**w))?;
        let mut draft = Draft::new(kind, modality, sentence);
        draft.object = object(word);
        draft.who = cx.who();
        draft.when =
            m.periods_in(sentence).next().map(|p| When { span: Some(p.span), norm: p.said.norm(cx.now()) });
        Some(draft)
    };
    of(
        &[
            "suggests that",
            "suggested that",
            "proposes that",
            "proposed that",
            "recommends that",
            "recommended that",
            "urges ",
            "calls on ",
            "called on ",
        ],
        Type::Proposal,
        Modality::Proposal,
    )
    .or_else(|| {
        of(
            &[
                "was named",
                "were named",
                "was designated",
                "was listed",
                "was recognized as",
                "was included in",
                "were included in",
                "was selected as",
                "was approved as",
            ],
            Type::Status,
            Modality::Fact,
        )
    })
    .or_else(|| {
        of(
            &[
                "aims to become",
                "will become",
                "strive to become",
                "build itself into",
                "will be built into",
                "aims to build",
                "will build",
                "be developed into",
                "strives to build",
                "to turn the city into",
            ],
            Type::Goal,
            Modality::Target,
        )
    })
}
