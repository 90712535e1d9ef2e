//! Statements with a rank.

use super::{
    finish,
    phrases::{cut_end, ends_with_word, last_subject, lower, scope_after, what},
};
use crate::{
    context::{Context, Mentions},
    draft::Draft,
    ranks::{self, Kind},
    statement::{Modality, Type},
    text::Span,
    wordlist,
};

pub(super) fn ranked(
    m: &Mentions<'_>,
    cx: &mut Context,
    piece: Span,
    rank: &ranks::Mention,
) -> Option<Draft> {
    let text = m.text;
    let mut draft = Draft::new(Type::Rank, Modality::Fact, piece);
    draft.rank = Some((rank.span, rank.norm.clone()));
    let post = Span::new(rank.span.end, piece.end.max(rank.span.end));
    let after = lower(post.of(text));
    draft.scope = scope_after(&after).map(|(a, b)| Span::new(post.start + a, post.start + b)).or_else(|| {
        let place = m.places_in(post).next()?;
        let lead = text[post.start..place.span.start].trim_end();
        (lead.ends_with("in") || lead.ends_with("among") || lead.ends_with("of")).then_some(place.span)
    });
    let phrase = match rank.kind {
        Kind::Place | Kind::Vague => {
            let head = Span::new(piece.start, rank.span.start);
            let cut = [
                "rank", "placed", "came", "stood", "finished", "was", "were", "has", "have", "is", "are",
                "remained", "remain", "sits", "sit", "ranked", "ranking", "ranks", "placing", "and",
            ];
            let mut head = head.trim(text, char::is_whitespace);
            while let Some(word) = ends_with_word(head.of(text), &cut) {
                head = cut_end(text, head, word).0;
            }
            (!head.is_empty() && !wordlist::en_actors().contains(&lower(head.of(text))))
                .then_some(head)
                .and_then(|h| what(m, last_subject(m, h), true))
        }
        _ => {
            let stop = scope_after(&after).map_or(post.end, |(a, _)| post.start + a);
            let trimmed = text[post.start..stop]
                .trim_end()
                .trim_end_matches(" in")
                .trim_end_matches(" among")
                .trim_end_matches(" of");
            what(m, Span::new(post.start, post.start + trimmed.len()), true)
        }
    };
    // in terms of GDP growth; for economic growth
    let phrase = phrase.or_else(|| {
        let at = ["in terms of ", "by "].iter().find_map(|w| after.find(w).map(|i| i + w.len()))?;
        what(m, Span::new(post.start + at, post.end), true)
    });
    let mut phrase = phrase.or_else(|| cx.what.clone());
    if let Some(w) = phrase.as_mut() {
        let tail = lower(text.get(w.span.end..piece.end).unwrap_or_default());
        if w.base.is_some() && tail.trim_start().starts_with("growth") {
            w.suffix = ".growth";
            let extra = tail.find("growth").map_or(0, |i| i + "growth".len());
            w.span = Span::new(w.span.start, w.span.end + extra);
        }
    }
    if phrase.is_none() && draft.scope.is_none() {
        return None;
    }
    if rank.kind == Kind::Place {
        cx.what.clone_from(&phrase);
    }
    draft.what = phrase;
    finish(m, cx, piece, rank.span, &mut draft);
    Some(draft)
}
