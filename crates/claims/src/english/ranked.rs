//! Statements with a rank.

use super::{
    finish,
    phrases::{cut_end, ends_with_word, last_subject, lower, of_growth, scope_after, what},
};
use crate::{
    context::{Context, Mentions},
    draft::{Draft, What, When},
    periods::Said,
    ranks::{Kind, Mention},
    statement::{Modality, Type},
    text::Span,
    wordlist,
};

pub(super) fn ranked(m: &Mentions<'_>, cx: &mut Context, piece: Span, rank: &Mention) -> Option<Draft> {
    let text = m.text;
    let mut draft = Draft::new(Type::Rank, Modality::Fact, piece);
    draft.rank = Some((rank.span, rank.norm.clone()));
    let post = Span::new(rank.span.end, piece.end.max(rank.span.end));
    let window = m.periods_in(post).find(|p| matches!(p.said, Said::Last(2..)));
    let after = lower(post.of(text));
    draft.scope = scope_after(&after).map(|(a, b)| Span::new(post.start + a, post.start + b)).or_else(|| {
        let place = m.places_in(post).next()?;
        let lead = text[post.start..place.span.start].trim_end();
        (lead.ends_with("in") || lead.ends_with("among") || lead.ends_with("of")).then_some(place.span)
    });
    // ranked 12th among 35 major cities
    if let Some(set) = sized_set(m, post) {
        draft.scope = Some(set);
    }
    if draft.scope.is_none() && matches!(rank.kind, Kind::Nth | Kind::Extreme | Kind::First) {
        without_set(m, possessive(text, piece, rank.span), &mut draft);
    }
    let phrase = match rank.kind {
        // its best place in the last 7 years: of the indicator just told of
        Kind::Extreme | Kind::Record
            if window.is_some() || PLACES.iter().any(|w| text[..rank.span.end].ends_with(w)) =>
        {
            None
        }
        Kind::Place | Kind::Vague | Kind::Record => {
            let head = Span::new(piece.start, rank.span.start);
            let cut = [
                "rank", "placed", "came", "stood", "finished", "was", "were", "has", "have", "is", "are",
                "remained", "remain", "sits", "sit", "ranked", "ranking", "ranks", "placing", "and", "among",
                "in", "into", "the", "took", "no", "no.", "number", "top", "hit", "hits", "reached",
                "reaching", "set", "setting", "to", "at", "rose", "climbed",
            ];
            let mut head = head.trim(text, char::is_whitespace);
            while let Some(word) = ends_with_word(head.of(text), &cut) {
                head = cut_end(text, head, word).0;
            }
            let head = without_set(m, head, &mut draft);
            (!head.is_empty() && !wordlist::en_actors().contains(&lower(head.of(text))))
                .then_some(head)
                .and_then(|h| subject(m, h))
        }
        _ => {
            let stop = scope_after(&after).map_or(post.end, |(a, _)| post.start + a);
            let trimmed = text[post.start..stop]
                .trim_end()
                .trim_end_matches(" in")
                .trim_end_matches(" among")
                .trim_end_matches(" of");
            // second-largest: the size belongs to the rank
            let sized = trimmed.strip_prefix(['-', ' ']).filter(|_| rank.kind == Kind::Nth).and_then(|r| {
                let sizes = ["largest", "biggest", "highest", "longest", "fastest", "busiest", "best"];
                sizes.iter().find_map(|s| r.strip_prefix(s))
            });
            let from = sized.map_or(post.start, |rest| post.start + trimmed.len() - rest.len());
            what(m, Span::new(from, post.start + trimmed.len()), true)
        }
    };
    // among 35 cities in business environment
    let phrase = phrase.or_else(|| {
        let scope = draft.scope.filter(|s| s.end < post.end)?;
        let rest = text.get(scope.end..post.end)?;
        let rest = rest.strip_prefix(" nationwide").unwrap_or(rest);
        let lead = [" in ", " for ", " by ", " in terms of "]
            .iter()
            .filter(|l| rest.starts_with(**l))
            .max_by_key(|l| l.len())?;
        let start = post.end - rest.len() + lead.len();
        let named = Span::new(start, post.end);
        let span = m.places_in(named).next().is_none_or(|p| p.span.start != start).then_some(named)?;
        let low = lower(span.of(text));
        if ["consecutive", "straight", "in a row", "running"].iter().any(|w| low.contains(w)) {
            return None; // for the 17th consecutive year
        }
        let skip = ["the ", "urban", "rural", "growth", "20", "19"]
            .iter()
            .any(|w| low.starts_with(w) && *w != "the ");
        (!skip).then(|| what(m, span, true)).flatten()
    });
    // in terms of GDP growth; for economic growth; in growth
    let phrase = phrase.or_else(|| {
        let at = ["in terms of ", "by ", "for "].iter().find_map(|w| after.find(w).map(|i| i + w.len()))?;
        let named = Span::new(post.start + at, post.end);
        let run =
            ["consecutive", "straight", "time", "year"].iter().any(|w| lower(named.of(text)).contains(w));
        let rate =
            ["growth", "growth rate", "economic growth rate"].contains(&lower(named.of(text)).as_str());
        if rate && cx.what.as_ref().is_some_and(|w| w.base.is_some()) {
            return cx.what.clone().map(|w| What { suffix: ".growth", ..w });
        }
        let people = run
            || ["urban residents", "rural residents"].iter().any(|w| lower(named.of(text)).starts_with(w));
        if people { None } else { what(m, named, true) }
    });
    let inherited = phrase.is_none();
    let mut phrase = phrase.or_else(|| cx.what.clone());
    if let Some(w) = phrase.as_mut()
        && w.base.is_some()
        && !inherited
        && of_growth(text, piece, w.span)
    {
        w.suffix = ".growth";
        let tail = lower(text.get(w.span.end..piece.end).unwrap_or_default());
        if tail.trim_start().starts_with("growth") {
            let extra = tail.find("growth").map_or(0, |i| i + "growth".len());
            w.span = Span::new(w.span.start, w.span.end + extra);
        }
    }
    if phrase.is_none() && draft.scope.is_none() {
        return None;
    }
    if let Some(w) = &phrase
        && matches!(rank.kind, Kind::Place | Kind::Vague)
    {
        cx.what = Some(w.clone());
    }
    // ranked first for urban residents and second for rural residents
    if let Some(w) = phrase.as_mut() {
        let group = ["for urban", "for rural"].iter().position(|g| after.contains(g));
        w.base = match (w.base.as_deref(), group) {
            (Some("DPI" | "DPI.urban" | "DPI.rural"), Some(0)) => Some("DPI.urban".to_owned()),
            (Some("DPI" | "DPI.urban" | "DPI.rural"), Some(1)) => Some("DPI.rural".to_owned()),
            (base, _) => base.map(str::to_owned),
        };
    }
    draft.what = phrase;
    finish(m, cx, piece, rank.span, &mut draft);
    if let Some(period) = window {
        draft.when = Some(When { span: Some(period.span), norm: period.said.norm(cx.now()) });
        // seven years back, or seven years before this one
        if let (Said::Last(n), Some(year)) = (&period.said, cx.now().passage)
            && *n > 1
        {
            let n = i32::try_from(*n).unwrap_or(i32::MAX);
            draft.readings.push(("period", format!("{}..{year}", year.saturating_sub(n))));
        }
    }
    Some(draft)
}

/// What an extreme is told of when it is a standing.
const PLACES: &[&str] =
    &["place", "position", "rank", "ranking", "showing", "result", "level", "performance"];

/// The indicator named before the verb: after the last comma, but whole where the words hold a measure.
fn subject(m: &Mentions<'_>, head: Span) -> Option<What> {
    what(m, last_subject(m, head), true)
}

/// `6 were among Hunan's`: the set in a possessive before the rank, taken off.
fn without_set(m: &Mentions<'_>, head: Span, draft: &mut Draft) -> Span {
    let text = m.text;
    for mark in ["'s", "’s"] {
        let Some(stem) = head.of(text).strip_suffix(mark) else { continue };
        let stem = Span::new(head.start, head.start + stem.len());
        let set = m.places_in(stem).last().filter(|p| p.span.end == stem.end).map(|p| p.span);
        let set = set.or_else(|| {
            let sets = ["the province", "the country", "the nation", "the world", "China", "the city"];
            sets.iter()
                .find(|s| stem.of(text).ends_with(**s))
                .map(|s| Span::new(stem.end - s.len(), stem.end))
        });
        if let Some(set) = set {
            draft.scope.get_or_insert(set);
            let mut rest = Span::new(head.start, set.start).trim(text, char::is_whitespace);
            while let Some(word) = ends_with_word(
                rest.of(text),
                &["among", "in", "into", "within", "were", "was", "are", "is", "ranked", "entered"],
            ) {
                rest = cut_end(text, rest, word).0;
            }
            return rest;
        }
    }
    head
}

/// `35 major cities` behind `among` or `of`: a set with its size.
fn sized_set(m: &Mentions<'_>, post: Span) -> Option<Span> {
    let text = m.text;
    let value = m.values_in(post).first().filter(|v| v.unit.is_none())?;
    let gap = text.get(post.start..value.span.start)?.trim();
    if !["among", "of", "out of", "among the", "of the", "among all", "of all"].contains(&gap) {
        return None;
    }
    let rest = text.get(value.span.end..post.end)?;
    let stops = [" in ", " for ", ",", " by ", " nationwide", " with ", ";"];
    let end = stops.iter().filter_map(|w| rest.find(w)).min().unwrap_or(rest.len());
    Some(Span::new(value.span.start, value.span.end + end))
}

/// The words up to the possessive right before a rank: `Hunan's` of `Hunan's largest`.
fn possessive(text: &str, piece: Span, rank: Span) -> Span {
    let end = text[..rank.start].trim_end().len();
    let end = if text[rank.start..].starts_with("'s") || text[rank.start..].starts_with("’s") {
        rank.start + if text[rank.start..].starts_with('’') { '’'.len_utf8() + 1 } else { 2 }
    } else {
        end
    };
    Span::new(piece.start.min(end), end)
}
