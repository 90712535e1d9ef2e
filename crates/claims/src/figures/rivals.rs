//! Comparisons in points with whatever stands on the other side: 高于规上工业7.2个百分点, 比全国平均水平快0.4个百分点.

use super::names::code_of;
use crate::{context::Mentions, peel, text::Span, wordlist};

/// A comparison at the end of the words before a figure in points.
pub(super) struct Rival {
    /// The words before the comparison.
    pub(super) rest: Span,
    /// The comparison, from its verb to the figure.
    pub(super) span: Span,
    /// Norm of the baseline.
    pub(super) norm: String,
    /// Whether rates of change are compared: 增速.
    pub(super) rates: bool,
}

const ABOVE: [&str; 12] =
    ["高于", "快于", "好于", "优于", "低于", "慢于", "高出", "高过", "低出", "领先于", "领先", "超出"];
const THAN: [char; 2] = ['比', '较'];
const BY: [&str; 12] = ["高", "快", "低", "慢", "多", "少", "高出", "快了", "高了", "低了", "领先", "回落"];

/// Longest name of the other side, in characters.
const LONGEST: usize = 24;

/// Reads the comparison that ends `span`, where its other side is named and is no stretch of time.
pub(super) fn rival(m: &Mentions<'_>, span: Span) -> Option<Rival> {
    let text = m.text;
    let words = span.of(text);
    let near = words.char_indices().rev().nth(LONGEST + 4).map_or(0, |(at, _)| at);
    let above = ABOVE
        .iter()
        .filter_map(|verb| words[near..].rfind(verb).map(|at| (near + at, near + at + verb.len())))
        .max_by_key(|(start, end)| (*start, *end))
        .map(|(start, end)| (start, end, words.len()));
    let than = || {
        let by = peel::longest_last(text, span, &BY)?;
        let inner = by.0.of(text);
        if inner.ends_with(['提', '升', '增', '抬', '减', '降', '新', '最', '走', '推', '调']) {
            return None; // 提高
        }
        let at = inner.get(near.min(inner.len())..)?.rfind(THAN)? + near;
        Some((at, at + '比'.len_utf8(), inner.len()))
    };
    let (start, from, to) = above.or_else(than)?;
    // 收入比, 占比: the 比 of a name.
    if words[..start].ends_with(['占', '同', '环'])
        || words[from..].starts_with(['重', '例', '率', '值'])
        || from >= to
    {
        return None;
    }
    let named = Span::new(span.start + from, span.start + to);
    let named = peel::all_first(text, named, &["了"]);
    let dated = m.periods_in(named).next().is_some_and(|p| p.span.start == named.start);
    let length = named.of(text).chars().count();
    if named.is_empty() || length > LONGEST || named.of(text).contains(['，', '、']) && length > 12 || dated
    {
        return None;
    }
    let rates = wordlist::rates().suffix(peel::all_last(text, named, &["水平", "平均"]).of(text)).is_some()
        || named.of(text).ends_with("增长");
    let bare = peel::all_last(
        text,
        named,
        &["平均水平", "平均增速", "平均", "水平", "增速", "增幅", "增长", "的", "涨幅", "同期", "约"],
    );
    let other = bare.of(text);
    let norm = match other {
        "全国" => "national".to_owned(),
        "全省" | "全区" | "全市" => "province".to_owned(),
        _ if other.ends_with("目标") || other.ends_with("预期") || other.ends_with("任务") => {
            "target".to_owned()
        }
        _ => match code_of(other) {
            Some(code) if rates => format!("gt:{code}.growth"),
            Some(code) => format!("gt:{code}"),
            None if other.is_empty() => return None,
            None => format!("gt:{other}"),
        },
    };
    Some(Rival {
        rest: Span::new(span.start, span.start + start).trim(text, |c| matches!(c, '，' | '、')),
        span: Span::new(span.start + start, span.end),
        norm,
        rates,
    })
}
