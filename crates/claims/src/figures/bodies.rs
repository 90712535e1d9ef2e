//! Bodies with a name of their own that are the subject of a figure: 某地机场, 某某运河.

use crate::{lexicon, text::Span, wordlist};
use std::{collections::BTreeSet, sync::LazyLock};

/// Endings of names that are proper whatever stands before them.
const PROPER: [&str; 16] = [
    "铁路口岸",
    "公路口岸",
    "运河",
    "铁路",
    "高铁",
    "国际机场",
    "机场",
    "港",
    "水利枢纽",
    "自贸港",
    "治旱工程",
    "调水工程",
    "引水工程",
    "灌区",
    "集团",
    "公司",
];

/// What may stand between a place and the kind of station: 沈阳桃仙机场.
const STATIONS: [&str; 6] = ["国际机场", "机场", "综合保税区", "口岸", "港", "站"];

/// Beginnings of names that are general: 高速铁路, 沿海港.
const GENERAL: [&str; 22] = [
    "高速", "普速", "城际", "国际", "沿海", "内河", "主要", "通用", "民用", "运输", "支线", "新建", "续建",
    "改建", "建成", "开通", "推进", "建设", "重点", "境内", "地方", "大型",
];

/// What is told of such a body next.
const FOLLOW: [&str; 36] = [
    "货物",
    "集装箱",
    "旅客",
    "累计",
    "完成",
    "吞吐",
    "外贸",
    "开行",
    "运输",
    "货运",
    "客运",
    "年",
    "全年",
    "进出口",
    "通航",
    "国际",
    "新增",
    "恢复",
    "跨境",
    "货邮",
    "航线",
    "航班",
    "共",
    "发送",
    "运送",
    "实现",
    "首次",
    "净增",
    "整车",
    "销量",
    "产量",
    "营业收入",
    "营收",
    "产值",
    "利润",
    "已",
];

/// The longest proper name before its kind, in characters.
const LONGEST: usize = 9;

/// The body a span begins with, before the name of an indicator.
pub(super) fn named(text: &str, span: Span) -> Option<Span> {
    let words = span.of(text);
    if !may_name(words) {
        return None;
    }
    let end = after_place(words).or_else(|| proper(words))?;
    let after = &words[end..];
    let told = after.chars().count() >= 2 && !after.starts_with(['、', '和', '的', '建']);
    told.then(|| Span::new(span.start, span.start + end))
}

/// Whether one of the last characters of a body's name stands near the front: looked at first, since most words name none.
fn may_name(words: &str) -> bool {
    static LAST: LazyLock<BTreeSet<char>> = LazyLock::new(|| {
        let all = wordlist::bodies().iter().chain(PROPER).chain(STATIONS);
        all.filter_map(|name| name.chars().next_back()).collect()
    });
    words.chars().take(LONGEST + 12).skip(2).any(|c| LAST.contains(&c))
}

/// The end of a body named after the place, or the two places, that the words begin with.
pub(super) fn after_place(words: &str) -> Option<usize> {
    let place = place(words)?;
    let rest = &words[place..];
    if let Some(body) = wordlist::bodies().prefix(rest) {
        return Some(place + body.len());
    }
    let inner = rest.char_indices().map(|(at, _)| at).skip(2).take(2);
    let station = inner
        .filter(|at| !rest[..*at].contains(['、', '，', '和', '的']))
        .find_map(|at| STATIONS.iter().find(|s| rest[at..].starts_with(**s)).map(|s| at + s.len()));
    station.filter(|end| follows(&rest[*end..])).map(|end| place + end)
}

/// The end of the place words begin with, or of two that share a body (宁波舟山港).
fn place(words: &str) -> Option<usize> {
    let end_of = |words: &str| {
        let ends = words.char_indices().map(|(at, c)| at + c.len_utf8()).skip(1).take(3);
        ends.filter(|end| lexicon::is_place(&words[..*end])).find(|end| {
            let rest = &words[*end..];
            wordlist::bodies().prefix(rest).is_some() || station_ahead(rest) || is_place_ahead(rest)
        })
    };
    let first = end_of(words)?;
    match end_of(&words[first..]) {
        Some(second) if wordlist::bodies().prefix(&words[first..]).is_none() => Some(first + second),
        _ => Some(first),
    }
}

fn station_ahead(rest: &str) -> bool {
    rest.char_indices().skip(2).take(2).any(|(at, _)| STATIONS.iter().any(|s| rest[at..].starts_with(*s)))
}

fn is_place_ahead(rest: &str) -> bool {
    let ends = rest.char_indices().map(|(at, c)| at + c.len_utf8()).skip(1).take(2);
    ends.into_iter()
        .any(|end| lexicon::is_place(&rest[..end]) && wordlist::bodies().prefix(&rest[end..]).is_some())
}

/// The end of a proper name by its last words: 平陆运河, 中老铁路, 北部湾港.
fn proper(words: &str) -> Option<usize> {
    let near = words.char_indices().nth(LONGEST + 4).map_or(words.len(), |(at, _)| at);
    let head = &words[..near];
    let end = PROPER
        .iter()
        .filter_map(|kind| head.find(kind).map(|at| (at, at + kind.len())))
        .min_by_key(|(at, end)| (*at, std::cmp::Reverse(*end)))?;
    let name = &head[..end.0];
    let long = (2..=LONGEST).contains(&name.chars().count());
    let han = name.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
        && !name.contains(['全', '各', '的', '等', '是', '在']);
    let general = GENERAL.iter().any(|g| name.starts_with(g))
        || wordlist::counted_verbs().prefix(name).is_some()
        || wordlist::connectors().prefix(name).is_some() && wordlist::whole_words().prefix(name).is_none();
    (long && han && !general && follows(&words[end.1..])).then_some(end.1)
}

fn follows(after: &str) -> bool {
    FOLLOW.iter().any(|f| after.starts_with(f))
}
