//! Distributions: `…分别增长4%和6%`, `…分列第一、第二`.

use super::{
    Anchor, finish,
    front::front,
    measured::kind_of,
    names::{members_of, plain, what},
    ranked::scope_before,
    shared,
    tail::tail,
    tidy,
};
use crate::{
    clauses,
    context::{Context, Mentions},
    draft::{Draft, What, Who},
    peel,
    statement::{Modality, Type},
    text::Span,
    wordlist,
};

/// `…分别增长4%和6%`, `…分列第一、第二`: members on the left, figures or ranks on the right.
pub(super) fn zipped(
    m: &Mentions<'_>,
    cx: &mut Context,
    clause: Span,
    anchors: &[Anchor<'_>],
) -> Option<Vec<Draft>> {
    let text = m.text;
    let words = clause.of(text);
    let mark = ["分别", "分列", "依次"].iter().filter_map(|w| words.find(w)).min();
    // …分别完成甲、乙、丙，增长4%、5%、6%: the members stand for the next figures too.
    let continues = cx.zip.len() == anchors.len()
        && anchors.len() > 1
        && only_verbs(m, cx, Span::new(clause.start, anchors[0].outer().start));
    let mark = clause.start + mark.or(continues.then_some(0))?;
    let right: Vec<&Anchor<'_>> = anchors.iter().filter(|a| a.outer().start >= mark).collect();
    if right.len() < 2 {
        return None;
    }
    let all_values = right.iter().all(|a| matches!(a, Anchor::Value(_)));
    let all_ranks = right.iter().all(|a| matches!(a, Anchor::Rank(_)));
    if !all_values && !all_ranks {
        return None;
    }
    let mut front = front(m, cx, clause, mark);
    let left = front.rest.unwrap_or(clause);
    // 甲市、乙市生产总值分别达到…: the places are what the figures are shared between.
    let places =
        shared::side_by_side(m, Span::new(clause.start, mark)).filter(|(p, _)| p.len() == right.len());
    let left = places.as_ref().map_or(left, |(_, rest)| *rest);
    let own: Vec<Who> = places.iter().flat_map(|(p, _)| p).cloned().collect();
    let held = cx.who();
    let mut left = Span::new(left.start.min(mark), mark);
    let mut scope = None;
    if all_ranks {
        let between = Span::new(mark, right[0].outer().start);
        scope = scope_before(m, between);
        while let Some((rest, _, _)) = peel::longest_last(text, left, wordlist::stands()) {
            left = rest;
        }
    }
    // The verb stands after 分别 or before it.
    let head = Span::new(mark, right[0].outer().start);
    let (_, mut tail) = self::tail(m, cx, head);
    let (name, before) = self::tail(m, cx, left);
    if all_values {
        left = name;
    }
    let rate = tail
        .rate
        .or(before.rate)
        .or_else(|| peel::longest_last(text, left, wordlist::rates()).map(|(_, hit, _)| hit));
    if tail.change.is_none() {
        tail.change = before.change;
        tail.to_level = before.to_level;
    }
    tail.baseline = tail.baseline.or(before.baseline);
    tail.real |= before.real || cx.real;
    left = without_list_keep(text, left);
    let regions = if places.is_none() { regions(m, left, right.len()) } else { None };
    let names = match places {
        _ if regions.is_some() => regions.iter().map(|(_, of)| what(m, *of, "")).collect(),
        Some(_) if left.is_empty() && cx.what.is_some() => cx.what.clone().into_iter().collect(),
        Some(_) => vec![what(m, left, "")],
        None => names(m, cx, left, right.len(), rate),
    };
    let carried = wordlist::rates().contains(left.of(text))
        || wordlist::pointers().contains(left.of(text))
        || left.is_empty();
    let spread: Vec<Who> = if let Some((regions, _)) = &regions {
        regions.iter().map(|r| Who { span: Some(*r), name: String::new(), code: None }).collect()
    } else if own.is_empty() && carried && cx.zip_who.len() == right.len() {
        cx.zip_who.clone()
    } else {
        own
    };
    let share =
        left.of(text).contains('占') || left.of(text).ends_with("比重") || left.of(text).ends_with("占比");
    let group = cx.next_group();
    let mut drafts = Vec::new();
    let whole = tidy(m, clause);
    let against = ["高于", "低于", "快于", "高出"].iter().any(|w| head.of(text).contains(w));
    let points = right.iter().any(|a| matches!(a, Anchor::Value(v) if v.points()));
    for (i, anchor) in right.iter().enumerate() {
        let mut draft = Draft::new(Type::Quantity, Modality::Fact, whole);
        let mut what = names.get(i).cloned().or_else(|| names.last().cloned())?;
        match anchor {
            Anchor::Value(value) => {
                // 1.5个、8.8个百分点: the unit of the last is meant for all.
                let mut value = (*value).clone();
                if points && value.unit.as_deref() == Some("个") {
                    value.unit = Some("percentage_point".to_owned());
                }
                let mut own = tail.clone();
                own.rate = None;
                draft.kind = kind_of(&value, &mut own, text, what.span, false);
                if rate.is_some() && value.percent() || against && value.points() {
                    draft.kind = Type::Growth;
                }
                if draft.kind == Type::Quantity
                    && value.percent()
                    && what.suffix.is_empty()
                    && what.base.is_some()
                    && share
                {
                    what.suffix = ".share";
                }
                if draft.kind == Type::Growth {
                    what.suffix = if value.points() && (rate.is_some() || against) {
                        ".growth.delta"
                    } else if tail.real {
                        ".growth.real"
                    } else {
                        ".growth"
                    };
                }
                // 分别突破甲、乙: the bound before the first is meant for all.
                if let (None, Some(Anchor::Value(first))) = (value.bound, right.first()) {
                    value.bound = first.bound.filter(|(s, _)| s.end <= first.span.start);
                }
                draft.value = Some(value.clone());
                draft.change = tail.change.map(|(s, n)| {
                    let absolute = !value.percent() && !value.points();
                    (
                        s,
                        if n == "down" && absolute {
                            "down_by"
                        } else if tail.real && n == "up" {
                            "up_real"
                        } else {
                            n
                        },
                    )
                });
                draft.baseline = tail.baseline.clone();
                draft.basis = tail.real.then_some("real");
            }
            Anchor::Rank(rank) => {
                draft.kind = Type::Rank;
                draft.rank = Some((rank.span, rank.norm.clone()));
                draft.scope = scope;
                if rate.is_some() && what.suffix.is_empty() && names.iter().all(|n| n.suffix.is_empty()) {
                    what.suffix = ".growth";
                }
            }
        }
        draft.what = Some(what);
        draft.group = Some(group);
        front.who = spread.get(i).cloned().or(front.who);
        finish(m, cx, clause, whole, &front, &mut draft, tail.aims, tail.forecast);
        front.who = draft.who.clone().filter(|w| w.span.is_some());
        drafts.push(draft);
    }
    if spread.is_empty() && !left.is_empty() {
        drafts.iter().filter_map(|d| d.what.clone()).for_each(|what| cx.name(what));
    }
    cx.zip = drafts.iter().filter_map(|d| d.what.clone()).collect();
    cx.what = None;
    cx.zip_who.clone_from(&spread);
    if let Some(who) = held.filter(|_| !spread.is_empty()) {
        cx.set_who(who); // the places were spoken of once
        cx.what = drafts.first().and_then(|d| d.what.clone());
    }
    Some(drafts)
}

/// Whether nothing but verbs, comparisons and the set of a rank stand before the first figure.
fn only_verbs(m: &Mentions<'_>, cx: &Context, head: Span) -> bool {
    let (mut left, _) = tail(m, cx, head);
    loop {
        let next = peel::longest_last(m.text, left, wordlist::stands())
            .or_else(|| peel::longest_last(m.text, left, wordlist::scopes()));
        let Some((rest, _, _)) = next else { return left.is_empty() };
        left = rest;
    }
}

/// `甲都市圈、乙城市带经济总量分别…`: the regions, and the measure behind the last.
fn regions(m: &Mentions<'_>, left: Span, n: usize) -> Option<(Vec<Span>, Span)> {
    let mut parts = clauses::members(m.text, left);
    let last = parts.pop()?;
    let (whose, of) = super::names::owner(m, last)?;
    parts.push(whose);
    let region = |p: &Span| wordlist::region_ends().suffix(p.of(m.text)).is_some();
    (parts.len() == n && parts.iter().all(region)).then_some((parts, of))
}

pub(super) fn without_list_keep(text: &str, span: Span) -> Span {
    span.trim(text, |c| matches!(c, '，' | '、' | ' ' | '：'))
}

/// The members a shared name stands for, `n` of them.
pub(super) fn names(m: &Mentions<'_>, cx: &Context, left: Span, n: usize, rate: Option<Span>) -> Vec<What> {
    let text = m.text;
    if left.is_empty() && cx.zip.len() == n {
        return cx.zip.clone();
    }
    if left.is_empty() && cx.named.len() >= n {
        return cx.named[cx.named.len() - n..].to_vec();
    }
    let stem = match rate {
        Some(r) if r.end == left.end => Span::new(left.start, r.start),
        _ => left,
    };
    let codes = members_of(&plain(stem.of(text)), n);
    if codes.len() == n {
        return codes.into_iter().map(|base| What { span: left, base: Some(base), suffix: "" }).collect();
    }
    let parts = clauses::members(text, left);
    if parts.len() == n {
        let pointing = |p: Span| {
            let held = cx.what.clone().filter(|_| wordlist::pointers().contains(p.of(text)))?;
            let suffix = if wordlist::rates().contains(p.of(text)) { ".growth" } else { "" };
            Some(What { suffix, ..held })
        };
        return parts.into_iter().map(|p| pointing(p).unwrap_or_else(|| what(m, p, ""))).collect();
    }
    vec![what(m, left, "")]
}
