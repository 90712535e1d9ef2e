//! Requests to another level, and designations, listings and completions.

use crate::{
    context::Mentions,
    draft::{Draft, Who},
    lists, peel,
    statement::{Check, Modality, Type},
    text::Span,
    wordlist,
};

/// Whether the words ask for something by themselves.
pub(crate) fn asks(words: &str) -> bool {
    wordlist::asks().within(words) && !words.contains("合理化建议") && !words.contains("意见建议")
}

/// A request, where the clause is one. `asking` tells that the sentence or the list it stands in asks.
pub(crate) fn proposal(
    m: &Mentions<'_>,
    clause: Span,
    front: Span,
    asking: bool,
    listed: bool,
) -> Option<Draft> {
    let text = m.text;
    let words = clause.of(text);
    let own = asks(words) && crate::reader::mood(words).is_none();
    let gives = wordlist::gives().within(words)
        && !words.contains("被纳入")
        && !words.contains("已纳入")
        && !words.contains("纳入了");
    if !(own || asking && (gives || listed)) {
        return None;
    }
    let mut draft = Draft::new(Type::Proposal, Modality::Proposal, clause);
    let mut object = front;
    if let Some((at, w)) = wordlist::asks().find(object.of(text)) {
        object = Span::new(object.start + at + w.len(), object.end);
    }
    object = peel::all_first(
        text,
        object,
        &[
            "国家",
            "省",
            "支持",
            "进一步",
            "加快",
            "加大",
            "建设",
            "启动",
            "推动",
            "并",
            "对",
            "给予",
            "尽快",
            "：",
            "加强",
        ],
    );
    if let Some((rest, _, _)) = peel::longest_first(text, object, &["将", "把"])
        && let Some(at) = ["纳入", "列入", "列为", "上升", "作为", "打造"]
            .iter()
            .filter_map(|w| rest.of(text).find(w))
            .min()
    {
        object = Span::new(rest.start, rest.start + at);
    }
    object = peel::all_last(text, object, &["的支持力度", "力度", "给予支持"]);
    draft.object = (!object.is_empty()).then_some(object);
    if words.contains("纳入") || words.contains("列入") {
        draft.check = Some(Check::TrackingQualitative);
    }
    if let Some(list) = lists::labelled(m, front) {
        draft.items = list.items;
        draft.open_list = list.open;
    }
    Some(draft)
}

/// A status, where the clause gives one.
pub(crate) fn status(m: &Mentions<'_>, clause: Span, front: Span) -> Option<Draft> {
    let text = m.text;
    let words = clause.of(text);
    let mut draft = Draft::new(Type::Status, Modality::Fact, clause);
    if let Some(by) = words.find('被')
        && let Some((at, verb)) = wordlist::named_as().find(&words[by..]).map(|(i, v)| (by + i, v))
    {
        let agent = Span::new(clause.start + by + 3, clause.start + at);
        if !agent.is_empty() {
            draft.attribution = Some(agent);
        }
        let object = Span::new(clause.start + at + verb.len(), clause.end);
        draft.object = Some(peel::all_last(text, object, &["之一"]));
        if by > 0 {
            let named = peel::all_first(
                text,
                Span::new(clause.start, clause.start + by),
                &["如", "比如", "例如", "其中", "目前"],
            );
            let cut = named.of(text).rfind('的').map_or(named.start, |at| named.start + at + '的'.len_utf8());
            let named = Span::new(cut, named.end);
            if m.places_in(named).all(|p| p.span != named) {
                draft.who = who(m, named);
            }
        }
        counts(m, &mut draft, object);
        if draft.count.is_none()
            && draft.object.is_some_and(|o| o.of(text).contains('和') && !o.of(text).contains('《'))
        {
            draft.items = draft.object.map(|o| crate::clauses::members(text, o)).unwrap_or_default();
        }
        return Some(draft);
    }
    if let Some((rest, _, _)) = peel::longest_first(text, front, wordlist::gained()) {
        draft.object = Some(rest);
        counts(m, &mut draft, rest);
        return (rest.of(text).chars().count() >= 3).then_some(draft);
    }
    // 某工程是国务院批准的…工程
    if let Some(at) = words.find('是').filter(|at| *at >= 9 && !words[..*at].contains('的'))
        && ["工程", "项目", "试点", "示范区", "单位", "城市", "基地", "节点城市", "试验区"]
            .iter()
            .any(|e| words.ends_with(e))
        && !words.contains("唯一")
        && !words[at..].starts_with("是否")
    {
        let named = Span::new(clause.start, clause.start + at);
        let complement = Span::new(clause.start + at + 3, clause.end);
        draft.who = who(m, named);
        let cut = complement.of(text).rfind('的').map_or(complement.start, |i| complement.start + i + 3);
        draft.object = Some(Span::new(cut, complement.end));
        if let Some(i) = complement.of(text).find("批准") {
            draft.attribution =
                Some(Span::new(complement.start, complement.start + i)).filter(|s| !s.is_empty());
        }
        return Some(draft);
    }
    // 某工程全面建成
    if let Some((before, verb, _)) = peel::longest_last(text, front, wordlist::done()) {
        let how = peel::longest_last(text, before, wordlist::done_how());
        let told = how.is_some()
            || matches!(
                verb.of(text),
                "通车" | "投产" | "投用" | "下线" | "揭牌" | "封顶" | "建成投用" | "建成通车" | "通航"
            );
        let named = how.map_or(before, |(rest, _, _)| rest);
        let named = peel::all_last(text, named, wordlist::done_how());
        let starts_with_verb = ["加快", "推动", "推进", "确保", "力争", "争取", "实现", "促进"]
            .iter()
            .any(|w| named.of(text).starts_with(w));
        if told
            && named.of(text).chars().count() >= 3
            && !starts_with_verb
            && !named.of(text).ends_with(['将', '未', '可'])
        {
            draft.object = Some(named);
            return Some(draft);
        }
    }
    // 因…不足，…现象时常发生
    if ["现象", "问题", "矛盾"].iter().any(|w| words.contains(w))
        && [
            "时常发生",
            "时有发生",
            "屡有发生",
            "屡屡发生",
            "不时发生",
            "频繁发生",
            "经常发生",
            "日益突出",
            "较为突出",
            "依然突出",
            "仍然突出",
            "频发",
        ]
        .iter()
        .any(|w| words.ends_with(w))
    {
        draft.object = Some(front);
        return Some(draft);
    }
    None
}

fn who(m: &Mentions<'_>, named: Span) -> Option<Who> {
    if named.is_empty() {
        return None;
    }
    let place = m.places_in(named).find(|p| p.span == named);
    Some(Who { span: Some(named), name: String::new(), code: place.map(|p| p.code) })
}

/// `全国15个…之一`: the size of the set.
fn counts(m: &Mentions<'_>, draft: &mut Draft, object: Span) {
    if let Some(value) = m.values_in(object).first()
        && let crate::values::Amount::One { value: n, .. } = &value.amount
    {
        draft.count = Some((value.span, crate::numbers::print(*n)));
        let before = Span::new(object.start, value.span.start);
        draft.scope = (!before.is_empty()).then_some(before);
        let rest = Span::new(value.span.end, object.end);
        draft.object = Some(peel::all_last(m.text, rest, &["之一"]));
    }
}
