//! Statements with a rank.

use super::{
    finish,
    front::{Front, front},
    names::{code_of, happens, what, without_list},
    tidy,
};
use crate::{
    context::{Context, Mentions},
    draft::{Draft, When},
    peel,
    periods::Said,
    ranks::{self, Kind},
    statement::{Modality, Type},
    text::Span,
    wordlist,
};

/// Whether a rank has what makes it one: a set before it, a verb of standing, or a window of time.
pub(super) fn stands(m: &Mentions<'_>, clause: Span, rank: &ranks::Mention) -> bool {
    let text = m.text;
    let before = Span::new(clause.start, rank.span.start);
    let words = before.of(text);
    if inside_quotes(words) {
        return false;
    }
    let in_scope = scope_before(m, before).is_some();
    let verb = peel::longest_last(text, before, wordlist::stands()).is_some_and(|(_, _, w)| {
        w.chars().count() >= 1 && !matches!(w, "的" | "，" | "、" | "实现" | "从" | "由")
    });
    let scoped = wordlist::scopes().within(words) || m.places_in(before).next().is_some();
    // 由第8位升至第6位
    let from = words.ends_with(['由', '从']) && text[rank.span.end..clause.end].contains(['至', '到']);
    match rank.kind {
        Kind::Place if from => true,
        Kind::Place => in_scope || verb || scoped && words.chars().count() > 3,
        Kind::Vague => in_scope || verb && scoped,
        Kind::Nth => in_scope || scoped || verb,
        Kind::Only => in_scope || scoped,
        Kind::Extreme => {
            let window = m
                .periods_in(before)
                .any(|p| matches!(p.said, Said::Last(_)) && p.span.end == rank.span.start);
            let after = &text[rank.span.end..clause.end];
            let closes = after.is_empty() || after.starts_with(['、', '，', '（']);
            in_scope || window || scoped && closes || words.ends_with("历史")
        }
        Kind::First => in_scope,
        Kind::FirstTime => true,
        Kind::Record => {
            let verb = ["创", "创下", "创出", "再创", "刷新"].iter().any(|w| words.ends_with(w));
            let window = m
                .periods_in(before)
                .any(|p| matches!(p.said, Said::Last(_)) && p.span.end == rank.span.start);
            verb || window || in_scope
        }
    }
}

pub(super) fn inside_quotes(before: &str) -> bool {
    before.matches('“').count() > before.matches('”').count()
        || before.matches('《').count() > before.matches('》').count()
}

/// The set named right before the end of a span: a place or one of [`wordlist::scopes`], with what may follow it.
pub(super) fn scope_before(m: &Mentions<'_>, span: Span) -> Option<Span> {
    let end = peel::all_last(
        m.text,
        span,
        &["的", "中", "范围内", "同类", "上", "各设区市", "排名", "综合排名", "位次", "地区", "“"],
    );
    for candidate in [span, end] {
        if let Some((_, hit, _)) = peel::longest_last(m.text, candidate, wordlist::scopes()) {
            return Some(hit);
        }
        if let Some(place) = m.places_in(span).find(|p| p.span.end == candidate.end) {
            return Some(place.span);
        }
        if let Some(set) = set_before(m.text, candidate) {
            return Some(set);
        }
    }
    None
}

/// A statement with a rank. `cut` is where the words that name the indicator end, if before the rank.
pub(super) fn ranked(
    m: &Mentions<'_>,
    cx: &mut Context,
    clause: Span,
    piece: Span,
    rank: &ranks::Mention,
    cut: Option<usize>,
) -> Option<Draft> {
    let text = m.text;
    let end = cut.unwrap_or(rank.span.start);
    let mut front = front(m, cx, piece, end);
    let rest = front.rest.unwrap_or(piece);
    let mut span = Span::new(rest.start.min(end), end);
    let mut scope: Option<Span> = None;
    let mut level = false;
    // A place that the front took for the subject is the set when nothing but a verb follows it.
    loop {
        if span.is_empty() {
            break;
        }
        if let Some(place) = m
            .places_in(Span::new(piece.start, span.end))
            .filter(|p| p.span.end == span.end && p.span.start >= span.start)
            .last()
        {
            let joined = |set: &Span| set.start == place.span.end && !set.of(text).starts_with('全');
            match scope {
                // 全国百强县: one set in two words.
                Some(set) if joined(&set) && place.span.of(text) == "全国" => {
                    scope = Some(Span::new(place.span.start, set.end));
                }
                Some(_) => break,
                None => scope = Some(place.span),
            }
            span = Span::new(span.start, place.span.start);
            continue;
        }
        if let Some(set) = set_before(text, span).filter(|_| scope.is_none()) {
            scope = Some(set);
            span = Span::new(span.start, set.start);
            continue;
        }
        if let Some((rest, hit, _)) = peel::longest_last(text, span, wordlist::scopes()) {
            match scope {
                // 全国百强县: one set in two words.
                Some(set)
                    if set.start == hit.end && hit.of(text) == "全国" && !set.of(text).starts_with('全') =>
                {
                    scope = Some(Span::new(hit.start, set.end));
                }
                Some(_) => break,
                None => scope = Some(hit),
            }
            span = rest;
            continue;
        }
        if m.measures_in(span).any(|n| n.span.end == span.end && n.span.len() >= 6) {
            break;
        }
        if let Some(period) = m.periods_in(span).filter(|p| p.span.end == span.end).last() {
            front.when = Some(When { span: Some(period.span), norm: period.said.norm(cx.now()) });
            span = Span::new(span.start, period.span.start);
            continue;
        }
        if let Some((rest, hit, _)) = peel::longest_last(text, span, wordlist::stands()) {
            level |= hit.of(text) == "总量";
            span = rest;
            continue;
        }
        if let Some(rest) = without_run(text, span) {
            span = rest;
            continue;
        }
        break;
    }
    if scope.is_none() {
        scope = trailing_scope(m, &mut front, piece, rank);
    }
    if let Some(within) = front.within.filter(|w| !m.values_in(*w).is_empty()) {
        scope = Some(within); // 在全国168个重点城市中
        span = Span::new(within.end, within.end);
    } else if let Some(within) = front.within {
        let (rest, hit) = match peel::longest_first(text, within, wordlist::scopes()) {
            Some((rest, hit, _)) => (rest, Some(hit)),
            None => match m.places_in(within).next().filter(|p| p.span.start == within.start) {
                Some(p) => (Span::new(p.span.end, within.end), Some(p.span)),
                None => (within, None),
            },
        };
        if scope.is_none() {
            scope = hit;
        }
        if span.is_empty() {
            span = rest;
        }
    }
    if scope.is_none()
        && let Some((rest, hit)) = lead_scope(m, span)
    {
        scope = Some(hit);
        span = rest;
    }
    // 某地在全省办事环节最少: the set stands inside.
    if scope.is_none()
        && let Some(at) = span.of(text).rfind('在')
        && let Some((rest, hit)) = lead_scope(m, Span::new(span.start + at, span.end))
    {
        scope = Some(hit);
        span = peel::all_last(text, rest, &["中", "方面", "上"]);
    }
    let mut name = without_list(text, span.trim(text, |c| matches!(c, '，' | '、' | ' ' | '在' | '“' | '”')));
    let mut extreme_of = None;
    if matches!(rank.kind, Kind::Nth | Kind::First | Kind::Only)
        || rank.kind == Kind::Extreme && (name.is_empty() || scope.is_some_and(|s| s.end == rank.span.start))
    {
        let post = Span::new(rank.span.end, piece.end);
        let noun = noun_of_rank(m, post, rank.kind);
        if !noun.is_empty() {
            extreme_of = Some(noun);
        }
    }
    if let Some(noun) = extreme_of {
        name = noun;
    }
    let mut what = (!name.is_empty()
        && !wordlist::pointers().contains(name.of(text))
        && !wordlist::stands().contains(name.of(text)))
    .then(|| what(m, name, ""));
    if let Some(w) = what.as_mut()
        && w.base.is_none()
        && let Some((stem, _, _)) = peel::longest_last(text, w.span, wordlist::rates())
    {
        w.base = code_of(stem.of(text));
        w.suffix = ".growth";
    }
    if let Some(w) = what.as_mut()
        && w.base.is_none()
        && let Some((stem, _)) = peel::last(text, w.span, "总量")
        && let Some(base) = code_of(stem.of(text))
    {
        w.base = Some(base);
    }
    let inherited = what.is_none();
    // 占全国一成，居全国首位: of what the share is of.
    let share = cx.what.as_ref().is_some_and(|w| w.span.of(text).starts_with('占'));
    let mut what = what.or_else(|| cx.whole.clone().filter(|_| share).or_else(|| cx.what.clone()));
    if let Some(w) = what.as_mut().filter(|w| inherited && w.suffix == ".growth.delta") {
        w.suffix = ".growth"; // the rate is ranked, not the difference told of it
    }
    if let Some(w) = what.as_mut()
        && inherited
        && (level || matches!(name.of(text), "规模" | "总量" | "总额" | "总数" | "数量" | "总规模"))
    {
        w.suffix = ""; // the level, not the rate told just before
    }
    if let Some(w) = what.as_mut()
        && inherited
        && w.base.is_some()
        && wordlist::rates().contains(name.of(text))
    {
        w.suffix = ".growth";
    }
    if what.is_none() && scope.is_none() && rank.kind != Kind::Record {
        return None;
    }
    let mut draft = Draft::new(Type::Rank, Modality::Fact, piece);
    draft.span = tidy(m, piece);
    draft.rank = Some((rank.span, rank.norm.clone()));
    draft.scope = scope;
    if let Some(w) = what {
        if !inherited && extreme_of.is_none() {
            cx.what = Some(w.clone());
        }
        draft.what = Some(w);
    }
    finish(m, cx, clause, piece, &front, &mut draft, false, false);
    Some(draft)
}

/// Cuts `连续八个月`, `连续3年` off the end.
pub(super) fn without_run(text: &str, span: Span) -> Option<Span> {
    let words = span.of(text);
    let at = words.rfind("连续")?;
    let run = &words[at + "连续".len()..];
    let whole = ["年", "个月", "个季度", "次", "届", "月"].iter().any(|w| run.ends_with(w))
        && run.chars().count() <= 6;
    whole.then(|| Span::new(span.start, span.start + at))
}

/// When the front of the piece swallowed the set as its subject (浙江第三), gives it back.
pub(super) fn trailing_scope(
    m: &Mentions<'_>,
    front: &mut Front,
    piece: Span,
    rank: &ranks::Mention,
) -> Option<Span> {
    let who = front.who.as_ref()?;
    let span = who.span?;
    let between = m.text.get(span.end..rank.span.start)?;
    let _ = piece;
    if between.is_empty()
        || wordlist::stands().contains(between)
            && !matches!(between, "位列" | "位居" | "居" | "列" | "排名" | "跻身" | "进入")
    {
        front.who = None;
        Some(span)
    } else {
        None
    }
}

/// A set at the start of a name: 全省审批事项.
pub(super) fn lead_scope(m: &Mentions<'_>, span: Span) -> Option<(Span, Span)> {
    let span = peel::all_first(m.text, span, &["在"]);
    if let Some((rest, hit, _)) = peel::longest_first(m.text, span, wordlist::scopes()) {
        return Some((rest, hit));
    }
    None
}

/// What is the first, the only, the greatest.
pub(super) fn noun_of_rank(m: &Mentions<'_>, post: Span, kind: Kind) -> Span {
    let text = m.text;
    let mut span = post;
    if kind == Kind::Nth {
        span = peel::all_first(text, span, &["大"]);
    }
    span = peel::all_first(
        text,
        span,
        &["一个", "一家", "一座", "一条", "的", "个", "家", "座", "条", "入选", "获批"],
    );
    if let Some(at) = span.of(text).find(['、', '，', '（']).filter(|_| kind != Kind::Only) {
        span = Span::new(span.start, span.start + at);
    }
    let words = span.of(text);
    if matches!(kind, Kind::Only | Kind::First) {
        const CLASSES: &[&str] = &[
            "地市",
            "城市",
            "地区",
            "省份",
            "县",
            "市",
            "区",
            "企业",
            "地级市",
            "县区",
            "园区",
            "省",
            "地方",
            "县市",
        ];
        if let Some(at) = words.rfind('的').filter(|at| CLASSES.contains(&&words[at + 3..])) {
            return Span::new(span.start, span.start + at);
        }
        if kind == Kind::Only {
            return span;
        }
    }
    if kind == Kind::Extreme {
        span = peel::all_first(text, span, &["直径", "口径", "单体", "规模", "的"]);
    }
    let words = span.of(text);
    if let Some(at) = words.rfind('的').filter(|at| at + 3 < words.len()) {
        span = Span::new(span.start + at + 3, span.end);
    }
    let words = span.of(text);
    // 生态产品价值实现机制试点市: a name that ends in a noun of its own is whole.
    const WHOLE: [&str; 10] = ["市", "区", "县", "省", "基地", "园区", "试点", "中心", "平台", "项目"];
    if WHOLE.iter().any(|w| words.ends_with(w)) && !words.contains("获批") {
        return span;
    }
    let cut = happens(words);
    cut.map_or(span, |at| Span::new(span.start, span.start + at))
}

/// A set named between a verb of standing and the rank: 居某流域, 位列同类城市.
fn set_before(text: &str, span: Span) -> Option<Span> {
    let words = span.of(text);
    wordlist::set_endings().suffix(words)?;
    let near: usize = words.char_indices().rev().nth(11).map_or(0, |(at, _)| at);
    let verb = ["是", "位列", "位居", "居", "列", "排名", "排", "跻身", "进入", "稳居", "在"];
    let start = verb.iter().filter_map(|v| words[near..].rfind(v).map(|at| near + at + v.len())).max()?;
    (start < words.len()).then(|| Span::new(span.start + start, span.end))
}
