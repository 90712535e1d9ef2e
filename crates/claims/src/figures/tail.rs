//! What stands between an indicator and its figure: verbs of state and change, adverbs, comparison.

use super::ranked::without_run;
use crate::{
    context::{Context, Mentions},
    peel,
    periods::Said,
    text::Span,
    wordlist,
};

/// What stands between indicator and figure.
#[derive(Clone, Debug, Default)]
pub(super) struct Tail {
    pub(super) change: Option<(Span, &'static str)>,
    pub(super) to_level: bool,
    /// A noun of rate before a verb of change: 增速…提高.
    pub(super) rate: Option<Span>,
    pub(super) baseline: Option<(Span, String)>,
    pub(super) real: bool,
    /// 同口径, 剔除…因素: on a comparable basis.
    pub(super) comparable: bool,
    pub(super) contributes: Option<Span>,
    /// 达, 达到: a level is told.
    pub(super) reaches: bool,
    pub(super) aims: bool,
    pub(super) forecast: bool,
}

/// Peels verbs, adverbs and comparison off the end of the words before a figure.
pub(super) fn tail(m: &Mentions<'_>, cx: &Context, span: Span) -> (Span, Tail) {
    let text = m.text;
    let mut span = span;
    let mut tail = Tail::default();
    loop {
        let words = span.of(text);
        if words.is_empty() {
            break;
        }
        if m.measures_in(span).any(|n| {
            n.span.end == span.end && n.span.len() >= 6 && wordlist::rates().suffix(n.span.of(text)).is_none()
        }) {
            break;
        }
        if ["到人均", "至人均", "达人均", "为人均"].iter().any(|w| words.ends_with(w)) {
            span = Span::new(span.start, span.end - "人均".len());
            continue;
        }
        if let Some((rest, baseline)) = baseline_at_end(m, cx, span) {
            tail.baseline.get_or_insert(baseline);
            span = rest;
            continue;
        }
        if let Some((rest, hit)) = [
            "按可比价格计算",
            "按不变价格计算",
            "按可比价计算",
            "按不变价计算",
            "可比",
            "扣除价格因素",
            "按可比口径",
            "实际",
        ]
        .iter()
        .find_map(|w| peel::last(text, span, w))
        {
            tail.real |= !hit.of(text).contains("口径");
            span = rest;
            continue;
        }
        if let Some(change) = wordlist::change_at_end(words) {
            let Some((rest, hit)) = peel::last(text, span, change.word) else { break };
            if tail.change.is_some() {
                if wordlist::rates().contains(change.word) && tail.rate.is_none() {
                    tail.rate = Some(hit);
                    span = rest;
                    continue;
                }
                break;
            }
            tail.change = Some((hit, change.norm));
            tail.to_level = change.to_level();
            span = rest;
            continue;
        }
        if let Some(rest) = without_run(text, span) {
            span = rest;
            continue;
        }
        let dated = m.periods_in(span).last();
        if let Some(period) = dated.filter(|p| {
            p.span.end == span.end
                && p.span.start > span.start
                && (!m.undated(p) || text[..p.span.start].ends_with(['由', '从']))
        }) {
            span = Span::new(span.start, period.span.start);
            continue;
        }
        if let Some((rest, _)) =
            ["同口径", "可比口径", "按可比口径", "同口径相比"].iter().find_map(|w| peel::last(text, span, w))
        {
            tail.comparable = true;
            span = rest;
            continue;
        }
        if let Some(at) = ["因素后", "因素", "影响后", "影响"]
            .iter()
            .find(|w| words.ends_with(**w))
            .and_then(|_| words.find("剔除").or_else(|| words.find("扣除")))
        {
            tail.comparable = true;
            span = Span::new(span.start, span.start + at);
            continue;
        }
        if let Some((rest, hit, word)) = peel::longest_last(text, span, wordlist::links()) {
            if word == "均" && rest.of(text).ends_with(['人', '户', '亩', '月', '日', '年', '地']) {
                break; // 月人均, 亩均
            }
            tail.reaches |= tail.change.is_none() && word.starts_with('达') || word == "已达";
            tail.aims |= matches!(word, "力争" | "确保" | "要" | "将" | "将达到");
            tail.forecast |= matches!(word, "预计" | "预期" | "有望");
            let _ = hit;
            span = rest;
            continue;
        }
        break;
    }
    let words = span.of(text);
    if let Some(at) = words.rfind("拉动") {
        let hit = Span::new(span.start + at, span.start + at + "拉动".len());
        tail.contributes = Some(hit);
        span = Span::new(span.start, hit.start);
        span = peel::all_last(text, span, &["，", "共", "将", "可", "对"]);
    }
    (span.trim(text, |c| matches!(c, '，' | '、' | ' ' | '：')), tail)
}

/// 比上年同期, 较去年, 高于全国平均水平, 比一季度, 同比 at the end of a span.
pub(super) fn baseline_at_end(m: &Mentions<'_>, cx: &Context, span: Span) -> Option<(Span, (Span, String))> {
    let text = m.text;
    let words = span.of(text);
    if let Some((rest, hit)) = ["同比", "较同期", "比同期"].iter().find_map(|w| peel::last(text, span, w))
    {
        return Some((rest, (hit, "previous_year".into())));
    }
    let trimmed = peel::all_last(
        text,
        span,
        &[
            "高出", "高于", "快于", "高", "快", "低", "低于", "多", "少", "领先", "同期", "水平", "平均",
            "增速", "底", "末", "的", "又", "再", "各",
        ],
    );
    // 高于全国, 快于全省: the set follows the verb.
    let against = [
        ("全国", "national"),
        ("全省", "province"),
        ("全区", "province"),
        ("目标", "target"),
        ("预期", "target"),
        ("年度目标", "target"),
        ("考核目标", "target"),
        ("控制目标", "target"),
        ("国家考核目标", "target"),
        ("预期目标", "target"),
    ];
    for (word, norm) in against {
        if let Some((rest, hit)) = peel::last(text, trimmed, word) {
            let head = peel::longest_last(
                text,
                rest,
                &[
                    "高于",
                    "快于",
                    "好于",
                    "优于",
                    "低于",
                    "慢于",
                    "领先",
                    "领跑",
                    "比",
                    "较",
                    "高出",
                    "超过",
                    "超",
                    "分别高于",
                    "均高于",
                ],
            );
            if let Some((before, verb, _)) = head {
                return Some((
                    before,
                    (Span::new(verb.start, span.end.min(hit.end.max(trimmed.end))), norm.to_owned()),
                ));
            }
        }
    }
    let period = m.periods_in(span).filter(|p| p.span.end == trimmed.end || p.span.end == span.end).last();
    if let Some(period) = period {
        let before = Span::new(span.start, period.span.start);
        let (rest, verb, _) =
            peel::longest_last(text, before, &["比", "较", "高于", "快于", "低于", "同", "相比", "比之"])?;
        let norm = match period.said {
            Said::Relative { years: -1, part: None } if words.ends_with("全年") => {
                "previous_full_year".to_owned()
            }
            Said::Relative { years: -1, .. } => "previous_year".to_owned(),
            Said::Part(_) => period.said.norm(cx.now())?,
            Said::Year { year, .. } if cx.now().passage == Some(year + 1) => "previous_year".to_owned(),
            _ => period.said.norm(cx.now())?,
        };
        return Some((rest, (Span::new(verb.start, period.span.end), norm)));
    }
    None
}
