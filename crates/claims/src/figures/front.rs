//! The front of a piece: marks, time, place and connecting words before the indicator.

use super::bodies;
use crate::{
    context::{Context, Mentions},
    draft::{When, Who},
    lexicon, peel,
    text::Span,
    traps::Trap,
    wordlist,
};

/// What the front of a piece says.
#[derive(Default)]
pub(super) struct Front {
    pub(super) rest: Option<Span>,
    pub(super) when: Option<When>,
    pub(super) who: Option<Who>,
    /// `在…中`: the stretch inside.
    pub(super) within: Option<Span>,
    pub(super) forecast: bool,
    pub(super) aims: bool,
    pub(super) ahead: bool,
    /// 剔除…因素后: on a comparable basis.
    pub(super) comparable: bool,
}

pub(super) fn front(m: &Mentions<'_>, cx: &Context, piece: Span, limit: usize) -> Front {
    let text = m.text;
    let mut front = Front::default();
    let mut span = Span::new(piece.start, limit.max(piece.start));
    loop {
        let start = span.start;
        if let Some(mark) = m
            .traps
            .touching(Span::new(start, start + 1))
            .filter(|t| t.trap == Trap::ListMark && t.span.start == start)
        {
            span = Span::new(mark.span.end.min(span.end), span.end);
            continue;
        }
        if let Some(rest) = excluding(text, span) {
            front.comparable = true;
            span = rest;
            continue;
        }
        if let Some(period) = m.periods_in(span).next().filter(|p| p.span.start == start && !m.undated(p)) {
            if front.when.is_none() {
                front.when = Some(When { span: Some(period.span), norm: period.said.norm(cx.now()) });
                front.ahead = period.said.ahead(cx.now());
            }
            span = Span::new(period.span.end, span.end);
            span = peel::all_first(text, span, &["，", "的", "以来", "来", "期间", "、", "里"]);
            continue;
        }
        let named = m.measure_at(start).filter(|n| n.span.end <= span.end).map(|n| n.span.of(text));
        if named.is_some_and(|n| !n.starts_with('全') && !n.starts_with("累计")) {
            break;
        }
        if let Some((rest, who)) = deictic(m, cx, span) {
            front.who = Some(who);
            span = rest;
            continue;
        }
        if let Some(whole) = bodies::named(text, span) {
            front.who = Some(Who { span: Some(whole), name: String::new(), code: None });
            span = Span::new(whole.end, span.end);
            continue;
        }
        if let Some(set) = listed_places(m, span) {
            front.who = Some(Who { span: Some(set), name: String::new(), code: None });
            span = Span::new(set.end, span.end);
            continue;
        }
        if let Some(place) = m.places_in(span).next().filter(|p| p.span.start == start && p.span.end <= limit)
            && (wordlist::region_ends().prefix(&text[place.span.end..limit.max(place.span.end)]).is_none()
                || place.span.end >= limit
                || m.measure_at(place.span.end).is_some())
            && (place.span.end < limit || text[limit..].starts_with(|c: char| c.is_ascii_digit()))
        {
            front.who = Some(Who { span: Some(place.span), name: String::new(), code: Some(place.code) });
            span = Span::new(place.span.end, span.end);
            span = peel::all_first(text, span, &["的", "，"]);
            continue;
        }
        if text[span.start..span.end].starts_with('在')
            && let Some(at) = ["中", "方面", "上", "里", "下"]
                .iter()
                .filter_map(|w| span.of(text).find(w).map(|i| (i, w.len())))
                .min()
            && at.0 > 3
        {
            front.within = Some(Span::new(start + 3, start + at.0));
            span = Span::new(start + at.0 + at.1, span.end);
            span = peel::all_first(text, span, &["，"]);
            continue;
        }
        if wordlist::whole_words().prefix(span.of(text)).is_some() {
            break;
        }
        if let Some((rest, hit, _)) = peel::longest_first(text, span, wordlist::verb_adverbs())
            && (wordlist::counted_verbs().prefix(rest.of(text)).is_some()
                || wordlist::states_strong().prefix(rest.of(text)).is_some())
        {
            front.aims |= matches!(hit.of(text), "重点" | "着力" | "全力" | "加快" | "大力");
            span = rest;
            continue;
        }
        if let Some((rest, hit, _)) = peel::longest_first(text, span, wordlist::connectors()) {
            let word = hit.of(text);
            front.forecast |= matches!(word, "预计" | "有望" | "预期");
            let obtained = word == "争取" && resource(&text[rest.start..limit.max(rest.start)]);
            front.aims |= !obtained
                && matches!(
                    word,
                    "力争" | "争取" | "确保" | "努力" | "将" | "要" | "计划" | "重点" | "着力" | "全力"
                );
            // 新增, 实现 and the like may begin an indicator; a name of one character left over is no name.
            if rest.of(text).chars().count() == 1 && !matches!(word, "，" | "、" | "其中") {
                break;
            }
            span = rest;
            continue;
        }
        break;
    }
    front.rest = Some(span);
    front
}

/// `甲、乙、丙等五市` at the start of a span: several places named as one subject.
fn listed_places(m: &Mentions<'_>, span: Span) -> Option<Span> {
    let text = m.text;
    let mut end = span.start;
    for (i, place) in m.places_in(span).enumerate() {
        if !matches!((i, text.get(end..place.span.start)?), (0, "") | (1.., "、" | "和" | "及")) {
            break;
        }
        end = place.span.end;
    }
    let number = |c: char| "一二两三四五六七八九十0123456789".contains(c);
    let rest =
        text.get(end..span.end).filter(|r| end > span.start && r.starts_with(|c| c == '等' || number(c)))?;
    let after = rest.trim_start_matches('等').trim_start_matches(number).trim_start_matches('个');
    let class =
        ["设区市", "地市", "城市", "市州", "县区", "县市", "省份", "省市", "市", "县", "区", "省", "地"]
            .iter()
            .find(|c| after.starts_with(**c))?;
    let length = rest.len() - after.len() + class.len();
    Some(Span::new(span.start, end + length))
}

/// `剔除价格因素后`, `扣除基数影响` at the start of a span: what follows it.
fn excluding(text: &str, span: Span) -> Option<Span> {
    let words = span.of(text);
    if !["剔除", "扣除", "不含"].iter().any(|w| words.starts_with(w)) {
        return None;
    }
    let end = ["因素影响后", "因素后", "影响后", "因素影响", "因素", "影响"]
        .iter()
        .filter_map(|w| words.find(w).map(|at| (at, at + w.len())))
        .min_by_key(|(at, end)| (*at, std::cmp::Reverse(*end)))
        .map(|(_, end)| end)
        .or_else(|| words.find('后').map(|at| at + '后'.len_utf8()))?;
    Some(peel::all_first(text, Span::new(span.start + end, span.end), &["，"]))
}

/// 全市, 我省, 本县: the place of the article or its province.
pub(crate) fn deictic(m: &Mentions<'_>, cx: &Context, span: Span) -> Option<(Span, Who)> {
    let (rest, hit, code) = if let Some((rest, hit, _)) = peel::longest_first(m.text, span, wordlist::own()) {
        (rest, hit, cx.home)
    } else if let Some((rest, hit, _)) =
        peel::longest_first(m.text, span, &["全省", "我省", "本省", "全自治区"])
    {
        (rest, hit, cx.home.map(lexicon::province))
    } else {
        let (rest, hit, _) = peel::longest_first(m.text, span, &["我国"])?;
        (rest, hit, Some(100_000))
    };
    Some((rest, Who { span: Some(hit), name: String::new(), code }))
}

/// What is obtained rather than striven for: 争取资金, 争取项目.
fn resource(words: &str) -> bool {
    ["资金", "债券", "国债", "贷款", "项目", "指标", "补助", "额度"].iter().any(|w| words.contains(w))
}
