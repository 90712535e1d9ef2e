//! One figure or rank said of several: 甲市、乙市均超1万亿元; 出口、进口均增长8%; …，均创历史新高.

use super::{Anchor, bodies, names::what};
use crate::{
    clauses,
    context::{Context, Mentions},
    draft::{Draft, What, Who},
    peel,
    statement::Type,
    text::Span,
    wordlist,
};

/// The most statements one sentence shares a figure between.
const MOST: usize = 6;

/// The places, or bodies named after places, a span begins with when several stand side by side, and what follows them.
pub(super) fn side_by_side(m: &Mentions<'_>, span: Span) -> Option<(Vec<Who>, Span)> {
    let text = m.text;
    let mut places: Vec<Who> = Vec::new();
    let mut end = span.start;
    for place in m.places_in(span) {
        if place.span.start < end {
            continue; // inside the name of a body
        }
        let gap = text.get(end..place.span.start)?;
        let joined = if places.is_empty() {
            gap.chars().count() <= 8 && !gap.contains('、')
        } else {
            matches!(gap, "、" | "和" | "与" | "及" | "以及")
        };
        if !joined {
            break;
        }
        let rest = Span::new(place.span.start, span.end);
        let body =
            bodies::after_place(rest.of(text)).map(|length| Span::new(rest.start, rest.start + length));
        places.push(match body.filter(|b| b.end > place.span.end) {
            Some(body) => Who { span: Some(body), name: String::new(), code: None },
            None => Who { span: Some(place.span), name: String::new(), code: Some(place.code) },
        });
        end = body.map_or(place.span.end, |b| b.end.max(place.span.end));
    }
    let rest = Span::new(end, span.end);
    let rest = peel::all_first(
        m.text,
        rest,
        &[
            "两市", "三市", "四市", "五市", "两地", "三地", "四地", "两省", "三省", "两县", "三县", "两区",
            "三区",
        ],
    );
    // 等 after the list: more than are named.
    (places.len() > 1 && !rest.of(text).starts_with('等')).then_some((places, rest))
}

/// Where `均`, `双双` or `都` shares what follows between what stands before it.
fn sharing(text: &str, before: Span) -> Option<Span> {
    let words = before.of(text);
    words
        .rmatch_indices(['均', '都'])
        .map(|(at, w)| (at, w.len()))
        .chain(words.rfind("双双").map(|at| (at, 6)))
        .find_map(|(at, length)| {
            let name = words[..at]
                .ends_with(['人', '户', '亩', '月', '日', '年', '平', '地', '成', '首', '国', '古'])
                || words[at + length..].starts_with(['市', '衡', '等', '可', '工', '产', '质', '价']);
            (!name).then(|| Span::new(before.start + at, before.start + at + length))
        })
}

/// Spreads the one statement of a clause over all it is said of.
pub(super) fn spread(
    m: &Mentions<'_>,
    cx: &mut Context,
    clause: Span,
    anchors: &[Anchor<'_>],
    named_before: &[What],
    drafts: &mut Vec<Draft>,
) {
    let text = m.text;
    let ([anchor], [draft]) = (anchors, drafts.as_slice()) else { return };
    let before = Span::new(clause.start, anchor.outer().start.max(clause.start));
    let Some(mark) = sharing(text, before) else { return };
    let head = Span::new(clause.start, mark.start);
    let copies: Vec<Draft> = if let Some((places, _)) = side_by_side(m, head) {
        places.into_iter().map(|who| Draft { who: Some(who), ..draft.clone() }).collect()
    } else if let Some(name) = draft.what.as_ref().filter(|w| clause.contains(w.span)) {
        // 甲、乙产量均占全国三成: the name ends where the sharing begins.
        let span =
            if name.span.end > mark.start { Span::new(name.span.start, mark.start) } else { name.span };
        let members = clauses::members(text, span);
        let long = members.iter().all(|p| p.of(text).chars().count() >= 2);
        let named: Vec<What> = members.iter().map(|p| what(m, *p, name.suffix)).collect();
        if !long || named.len() > 2 && named.iter().all(|w| w.base.is_none()) && members.len() > MOST {
            return;
        }
        named.into_iter().map(|what| Draft { what: Some(what), ..draft.clone() }).collect()
    } else if let Some(held) = &draft.what {
        let pair = mark.of(text) == "双双";
        let from = named_before.len().saturating_sub(if pair { 2 } else { MOST });
        let suffix = held.suffix;
        let rank = draft.kind == Type::Rank;
        let rates = wordlist::rates().within(head.of(text));
        let carried = named_before[from..].iter().cloned().map(|w| What {
            suffix: if rank && !rates {
                ""
            } else if rank {
                ".growth"
            } else {
                suffix
            },
            ..w
        });
        carried.map(|what| Draft { what: Some(what), ..draft.clone() }).collect()
    } else {
        return;
    };
    if copies.len() < 2 || copies.len() > MOST {
        return;
    }
    let group = cx.next_group();
    *drafts = copies.into_iter().map(|d| Draft { group: Some(group), ..d }).collect();
}
