//! Growth told by comparison without a figure.

use super::{
    finish,
    front::front,
    names::{code_of, what, without_list},
    tail::tail,
    tidy,
};
use crate::{
    context::{Context, Mentions},
    draft::Draft,
    peel,
    periods::Said,
    statement::{Modality, Type},
    text::Span,
    wordlist,
};

/// A comparison without a figure: 与…同步, 持平, 高于全国, 比去年…增长, 翻一番.
pub(super) fn compared(m: &Mentions<'_>, cx: &mut Context, clause: Span) -> Option<Draft> {
    let text = m.text;
    let words = clause.of(text);
    let front = front(m, cx, clause, clause.end);
    let rest = front.rest.unwrap_or(clause);
    let growth = |cx: &mut Context,
                  name: Span,
                  change: Option<(Span, &'static str)>,
                  baseline: Option<(Span, String)>| {
        let name = without_list(text, name);
        let mut what = if name.is_empty() || wordlist::pointers().contains(name.of(text)) {
            cx.what.clone()?
        } else {
            what(m, name, "")
        };
        // 不良贷款率0.9%，低于全国: levels are compared.
        let flat = change.is_some_and(|(_, norm)| norm == "flat");
        let rate = change.is_some() && !(flat && cx.value_unit.as_deref() == Some("percent"))
            || what.suffix.starts_with(".growth")
            || wordlist::rates().within(words)
            || words.contains("增长");
        what.suffix = if rate { ".growth" } else { "" };
        if what.base.is_none()
            && !name.is_empty()
            && !name.of(text).contains(['入', '量', '额', '值', '率', '资', '积', '口'])
        {
            return None;
        }
        let mut draft = Draft::new(Type::Growth, Modality::Fact, tidy(m, clause));
        draft.change = change;
        draft.baseline = baseline;
        draft.what = Some(what.clone());
        cx.what = Some(what);
        finish(m, cx, clause, clause, &front, &mut draft, false, false);
        Some(draft)
    };
    if words.ends_with("同步") || words.ends_with("持平") || words.ends_with("相当") {
        let at = words.rfind(['与', '和']).filter(|at| *at > 0 || cx.what.is_some());
        if let Some(at) = at {
            let basis = Span::new(clause.start + at, rest.end);
            let (name, tail) = tail(m, cx, Span::new(rest.start.min(basis.start), basis.start));
            let other = peel::all_last(
                text,
                Span::new(basis.start + 3, basis.end),
                &["同步", "基本同步", "持平", "基本", "相当", "大体", "保持"],
            );
            let (stem, other_tail) = self::tail(m, cx, other);
            let norm = match code_of(stem.of(text)) {
                Some(code) if other_tail.change.is_some() => format!("eq:{code}.growth"),
                Some(code) => format!("eq:{code}"),
                None => match m.periods_in(other).next().map(|p| &p.said) {
                    Some(Said::Relative { years: -1, .. }) => "previous_year".to_owned(),
                    _ if other.of(text).contains("全国") => "national".to_owned(),
                    _ => return None,
                },
            };
            let flat =
                words.ends_with("持平").then(|| Span::new(clause.end - 6, clause.end)).map(|s| (s, "flat"));
            return growth(cx, name, tail.change.or(flat), Some((basis, norm)));
        }
    }
    if ["翻一番", "翻了一番", "翻番", "翻两番", "翻了两番"].iter().any(|w| words.ends_with(w))
    {
        let at = rest.of(text).rfind('翻')?;
        let verb = Span::new(rest.start + at, rest.end);
        let (name, tail) = tail(m, cx, Span::new(rest.start, verb.start));
        let norm = if verb.of(text).contains('两') { "up_x4" } else { "up_x2" };
        return growth(cx, name, Some((verb, norm)), tail.baseline);
    }
    if let Some((before, hit, _)) =
        peel::longest_last(text, rest, &["只增不减", "不降低", "不减少", "只升不降"])
    {
        let (name, _) = tail(m, cx, before);
        return growth(cx, name, Some((hit, "nondecreasing")), None);
    }
    // 高于全国平均水平, 快于全省
    for (verb, _) in [("高于", 0), ("快于", 0), ("好于", 0), ("优于", 0), ("低于", 0), ("慢于", 0)]
    {
        if let Some(at) = rest.of(text).find(verb) {
            let basis = Span::new(rest.start + at, rest.end);
            let target = basis.of(text)[verb.len()..].trim_start_matches('全');
            let norm = if target.starts_with('国') {
                "national".to_owned()
            } else {
                let stem = peel::all_last(
                    text,
                    Span::new(basis.start + verb.len(), basis.end),
                    &["增速", "增长", "水平", "平均"],
                );
                format!("gt:{}.growth", code_of(stem.of(text))?)
            };
            let (name, tail) = tail(m, cx, Span::new(rest.start, basis.start));
            return growth(cx, name, tail.change, Some((basis, norm)));
        }
    }
    // 比去年实现更多增长
    if let Some(p) = m.periods_in(clause).find(|p| {
        matches!(p.said, Said::Relative { years: -1, .. }) && text[..p.span.start].ends_with(['比', '较'])
    }) {
        let verb = ["增长", "提高", "下降", "减少", "增加"].iter().find_map(|w| peel::last(text, clause, w));
        if let Some((_, hit)) = verb {
            let norm = if matches!(hit.of(text), "下降" | "减少") { "down" } else { "up" };
            let name = Span::new(rest.start, (p.span.start - 3).max(rest.start));
            let (name, _) = tail(m, cx, name);
            let basis = Span::new(p.span.start - 3, p.span.end);
            return growth(cx, name, Some((hit, norm)), Some((basis, "previous_year".into())));
        }
    }
    // 利润总额由负转正: the indicator is named for the figures that follow.
    if let Some(named) = m.measure_at(rest.start).filter(|n| n.span.end < rest.end && n.span.len() >= 9) {
        cx.what = Some(what(m, named.span, ""));
    }
    None
}
