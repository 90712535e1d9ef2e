//! Chinese statements that carry a figure or a rank: quantity, growth, rank.
//!
//! # Method
//! A clause is cut into pieces so that each holds one figure or rank with the words that belong to it. From a piece the
//! period, the place and connecting words are taken off the front; the verb of state or change, adverbs and the phrase
//! of comparison are peeled off the words before the figure; what is left names the indicator. Where nothing is left the
//! words behind the figure do, else the indicator of the clause before is carried forward. `分别` and `分列` pair the
//! members of the left side with the figures of the right.

use crate::{
    clauses,
    context::{Context, Mentions, Mood},
    draft::{Draft, What, When, Who},
    lexicon, peel,
    periods::Said,
    ranks::{self, Kind},
    statement::{Modality, Type},
    text::Span,
    values::{Amount, Value},
    wordlist,
};

/// A figure or a rank in a clause.
#[derive(Clone, Debug)]
enum Anchor<'m> {
    Value(&'m Value),
    Rank(&'m ranks::Mention),
}

impl Anchor<'_> {
    fn outer(&self) -> Span {
        match self {
            Anchor::Value(v) => v.outer(),
            Anchor::Rank(r) => r.span,
        }
    }
}

/// Reads every figure and rank of one clause. `lead` is where the statement begins when an adverbial clause before it
/// belongs to it.
pub(crate) fn read(m: &Mentions<'_>, cx: &mut Context, clause: Span, lead: Option<Span>) -> Vec<Draft> {
    let anchors = anchors(m, clause);
    let mut drafts = if anchors.is_empty() {
        compared(m, cx, clause).into_iter().collect()
    } else if let Some(drafts) = zipped(m, cx, clause, &anchors) {
        drafts
    } else {
        pieces(m, clause, &anchors)
            .into_iter()
            .flat_map(|piece| read_piece(m, cx, clause, piece, &anchors))
            .collect()
    };
    shared_head(m, cx, clause, &mut drafts);
    if let (Some(lead), Some(first)) = (lead, drafts.first_mut())
        && first.span.start >= lead.end
        && first.span.start <= clause.start + 3
    {
        let old = first.span;
        first.span = Span::new(lead.start, old.end);
        for draft in drafts.iter_mut().skip(1).filter(|d| d.span == old) {
            draft.span = Span::new(lead.start, old.end);
        }
    }
    drafts
}

fn anchors<'m>(m: &'m Mentions<'_>, clause: Span) -> Vec<Anchor<'m>> {
    let values = m.values_in(clause).iter().filter(|v| states(m.text, clause, v)).map(Anchor::Value);
    let ranks = m.ranks_in(clause).iter().filter(|r| stands(m, clause, r)).map(Anchor::Rank);
    let mut anchors: Vec<Anchor<'m>> = values.chain(ranks).collect();
    anchors.sort_by_key(|a| a.outer());
    anchors
}

/// Whether a figure states something of its own: not the size of a set one belongs to (全国15个…之一), not the count of a
/// label (五个方面).
fn states(text: &str, clause: Span, value: &Value) -> bool {
    let after = &text[value.span.end..clause.end];
    let member = after.find("之一").is_some_and(|at| !after[..at].contains('，'));
    let counter = matches!(value.unit.as_deref(), Some("个" | "项" | "条" | "种" | "类"));
    let label = !value.arabic && counter && !value.magnified;
    !member && !label
}

/// Whether a rank has what makes it one: a set before it, a verb of standing, or a window of time.
fn stands(m: &Mentions<'_>, clause: Span, rank: &ranks::Mention) -> bool {
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
    match rank.kind {
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
            words.ends_with('创')
                || words.ends_with("创下")
                || words.ends_with("再创")
                || words.ends_with("刷新")
                || in_scope
        }
    }
}

fn inside_quotes(before: &str) -> bool {
    before.matches('“').count() > before.matches('”').count()
        || before.matches('《').count() > before.matches('》').count()
}

/// The set named right before the end of a span: a place or one of [`wordlist::scopes`], with what may follow it.
fn scope_before(m: &Mentions<'_>, span: Span) -> Option<Span> {
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
    }
    None
}

/// Cuts a clause so that each piece holds one anchor, or several that make one statement.
fn pieces(m: &Mentions<'_>, clause: Span, anchors: &[Anchor<'_>]) -> Vec<Span> {
    let text = m.text;
    let mut cuts: Vec<usize> = vec![clause.start];
    for pair in anchors.windows(2) {
        let [a, b] = pair else { continue };
        let between = Span::new(a.outer().end, b.outer().start.max(a.outer().end));
        let gap = between.of(text);
        if together(text, clause, a, b, gap) {
            continue;
        }
        let mark = gap.find(['、', '；', '（', '，', '(']).map(|at| {
            let c = gap[at..].chars().next().map_or(0, char::len_utf8);
            between.start + at + c
        });
        let conjunction = ["以及", "和", "及", "并", "与", "且"]
            .iter()
            .find(|w| gap.starts_with(**w))
            .map(|w| between.start + w.len());
        cuts.push(mark.or(conjunction).unwrap_or(between.start));
    }
    cuts.push(clause.end);
    cuts.windows(2)
        .map(|w| Span::new(w[0], w[1]).trim(text, |c| matches!(c, '、' | '；' | '，' | '（' | '(' | ' ')))
        .filter(|p| !p.is_empty())
        .collect()
}

/// Whether two neighbouring anchors are parts of one statement.
fn together(text: &str, clause: Span, a: &Anchor<'_>, b: &Anchor<'_>, gap: &str) -> bool {
    match (a, b) {
        // 全球首台25兆瓦, 全国最大的300米
        (Anchor::Rank(r), Anchor::Value(_)) => {
            gap.chars().count() <= 2 && !matches!(r.kind, Kind::Place | Kind::Vague)
                || r.kind == Kind::FirstTime && !gap.contains('、')
        }
        // 6项增幅居全省前三
        (Anchor::Value(v), Anchor::Rank(r)) => {
            let counted =
                v.unit.as_deref().is_some_and(|u| matches!(u, "个" | "项" | "家" | "种" | "类" | "条"));
            counted
                && !gap.contains('、')
                && matches!(r.kind, Kind::Place | Kind::Vague)
                && gap.chars().count() <= 16
        }
        // 由4.1%提高到5.6%
        (Anchor::Value(v), Anchor::Value(_)) => {
            let before = &text[clause.start..v.outer().start];
            (before.ends_with(['由', '从']) || before.ends_with("的"))
                && (gap.ends_with('到') || gap.ends_with('至') || gap.ends_with("为"))
                && !gap.contains('、')
                && before.ends_with(['由', '从'])
        }
        (Anchor::Rank(a), Anchor::Rank(b)) => {
            let before = &text[clause.start..a.span.start];
            before.ends_with(['由', '从']) && !gap.contains('、') && b.kind == Kind::Place
        }
    }
}

/// What the front of a piece says.
#[derive(Default)]
struct Front {
    rest: Option<Span>,
    when: Option<When>,
    who: Option<Who>,
    /// `在…中`: the stretch inside.
    within: Option<Span>,
    forecast: bool,
    aims: bool,
    ahead: bool,
}

fn front(m: &Mentions<'_>, cx: &Context, piece: Span, limit: usize) -> Front {
    let text = m.text;
    let mut front = Front::default();
    let mut span = Span::new(piece.start, limit.max(piece.start));
    loop {
        let start = span.start;
        if let Some(mark) = m
            .traps
            .touching(Span::new(start, start + 1))
            .filter(|t| t.trap == crate::traps::Trap::ListMark && t.span.start == start)
        {
            span = Span::new(mark.span.end.min(span.end), span.end);
            continue;
        }
        if let Some(period) = m.periods_in(span).next().filter(|p| p.span.start == start) {
            if front.when.is_none() {
                front.when = Some(When { span: Some(period.span), norm: period.said.norm(cx.now()) });
                front.ahead = period.said.ahead(cx.now());
            }
            span = Span::new(period.span.end, span.end);
            span = peel::all_first(text, span, &["，", "的", "以来", "来", "期间", "、", "里"]);
            continue;
        }
        if m.measure_at(start).is_some_and(|n| n.span.end <= span.end && !n.span.of(text).starts_with("全"))
        {
            break;
        }
        if let Some((rest, who)) = deictic(m, cx, span) {
            front.who = Some(who);
            span = rest;
            continue;
        }
        if let Some(whole) = organisation(text, span) {
            front.who = Some(Who { span: Some(whole), name: String::new(), code: None });
            span = Span::new(whole.end, span.end);
            continue;
        }
        if let Some(place) = m.places_in(span).next().filter(|p| p.span.start == start && p.span.end < limit)
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
        if let Some((rest, hit, _)) = peel::longest_first(text, span, wordlist::connectors()) {
            let word = hit.of(text);
            front.forecast |= matches!(word, "预计" | "有望" | "预期");
            front.aims |= matches!(
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
    (!rest.is_empty()).then(|| (rest, Who { span: Some(hit), name: String::new(), code }))
}

/// A body named after a place at the start of a span, before the name of an indicator: 某地机场, 某地港.
fn organisation(text: &str, span: Span) -> Option<Span> {
    let words = span.of(text);
    let name = words.char_indices().map(|(at, c)| at + c.len_utf8()).skip(1).take(3);
    name.filter(|end| lexicon::is_place(&words[..*end])).find_map(|end| {
        let body = wordlist::bodies().prefix(&words[end..])?;
        let whole = Span::new(span.start, span.start + end + body.len());
        (whole.end + 6 <= span.end && !words[end + body.len()..].starts_with(['、', '和', '的', '建']))
            .then_some(whole)
    })
}

/// What stands between indicator and figure.
#[derive(Clone, Debug, Default)]
struct Tail {
    change: Option<(Span, &'static str)>,
    to_level: bool,
    /// A noun of rate before a verb of change: 增速…提高.
    rate: Option<Span>,
    baseline: Option<(Span, String)>,
    real: bool,
    contributes: Option<Span>,
    aims: bool,
    forecast: bool,
}

/// Peels verbs, adverbs and comparison off the end of the words before a figure.
fn tail(m: &Mentions<'_>, cx: &Context, span: Span) -> (Span, Tail) {
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
        if let Some((rest, hit, word)) = peel::longest_last(text, span, wordlist::links()) {
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
fn baseline_at_end(m: &Mentions<'_>, cx: &Context, span: Span) -> Option<(Span, (Span, String))> {
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

/// Reads one piece, which may hold more than one anchor.
fn read_piece(
    m: &Mentions<'_>,
    cx: &mut Context,
    clause: Span,
    piece: Span,
    anchors: &[Anchor<'_>],
) -> Option<Draft> {
    let inside: Vec<&Anchor<'_>> =
        anchors.iter().filter(|a| piece.contains(a.outer()) || piece.overlaps(a.outer())).collect();
    let values: Vec<&Value> =
        inside.iter().filter_map(|a| if let Anchor::Value(v) = a { Some(*v) } else { None }).collect();
    let ranks: Vec<&ranks::Mention> =
        inside.iter().filter_map(|a| if let Anchor::Rank(r) = a { Some(*r) } else { None }).collect();
    match (values.as_slice(), ranks.as_slice()) {
        ([], [rank, ..]) if rank.kind == Kind::FirstTime => None,
        ([], [first, .., last]) if first.kind == Kind::Place => {
            let mut draft = ranked(m, cx, clause, piece, last, Some(first.span.start))?;
            draft.baseline = Some((first.span, format!("from:{}", first.norm)));
            Some(draft)
        }
        ([], [rank, ..]) => ranked(m, cx, clause, piece, rank, None),
        ([value, ..], [rank, ..]) if rank.span.start < value.span.start && rank.kind != Kind::FirstTime => {
            let mut draft = ranked(m, cx, clause, piece, rank, None)?;
            let post = Span::new(value.outer().end, piece.end);
            let noun = noun_after(m, post);
            if !noun.is_empty() {
                draft.what = Some(what(m, noun, ""));
            }
            draft.value = Some((*value).clone());
            Some(draft)
        }
        ([first, last], []) if is_from(m.text, clause, first) => {
            let mut draft = measured(m, cx, clause, piece, last, Some(first.outer().start))?;
            if let Amount::One { value, .. } = &first.amount {
                draft.baseline = Some((first.span, format!("from:{}", crate::numbers::print(*value))));
            }
            Some(draft)
        }
        ([value, ..], ranks) => {
            let mut draft = measured(m, cx, clause, piece, value, None)?;
            if let Some(rank) = ranks.first() {
                draft.rank = Some((rank.span, rank.norm.clone()));
                draft.scope =
                    scope_before(m, Span::new(value.outer().end.min(rank.span.start), rank.span.start));
            }
            Some(draft)
        }
        ([], []) => None,
    }
}

fn is_from(text: &str, clause: Span, value: &Value) -> bool {
    text[clause.start..value.outer().start].ends_with(['由', '从'])
}

/// A statement with a figure.
fn measured(
    m: &Mentions<'_>,
    cx: &mut Context,
    clause: Span,
    piece: Span,
    value: &Value,
    cut: Option<usize>,
) -> Option<Draft> {
    let text = m.text;
    let before_end = cut.unwrap_or(value.outer().start).max(piece.start);
    let front = front(m, cx, piece, before_end);
    let rest = front.rest.unwrap_or(piece);
    let (mut name, mut tail) = tail(m, cx, rest);
    if let Some(cut) = cut {
        // 由甲提高到乙: the verb stands between the two figures.
        let between = Span::new(cut, value.outer().start);
        if let Some(change) = wordlist::change_at_end(between.of(text))
            && let Some((_, hit)) = peel::last(text, between, change.word)
        {
            tail.change = Some((hit, change.norm));
            tail.to_level = change.to_level();
        }
    }
    if let Some(hit) = tail.rate.or(tail.change.map(|c| c.0))
        && name.is_empty()
        && tail.rate.is_some()
    {
        name = Span::new(hit.start, hit.start);
    }
    name = without_list(text, name);
    name = without_verb(m, name);
    let post = Span::new(value.outer().end, piece.end);
    let growth_after = growth_noun_after(text, post);
    if let Some(hit) = growth_after {
        tail.change.get_or_insert((hit, "up"));
    }
    let first_time = m.ranks_in(piece).iter().find(|r| r.kind == Kind::FirstTime);
    let counted = !value.percent() && !value.points();
    let verb_only = name.is_empty() || wordlist::counted_verbs().contains(name.of(text));
    let pointer = wordlist::pointers().contains(name.of(text));
    let mut span_name = name;
    if verb_only && counted || name.is_empty() && growth_after.is_none() {
        let noun = noun_after(m, post);
        if !noun.is_empty() {
            span_name = noun;
        } else if verb_only && !name.is_empty() {
            span_name = name;
        }
    }
    let what_here = (!span_name.is_empty() && !pointer).then(|| what(m, span_name, ""));
    if value.unit.is_none() && !bare_counts(cx, value, what_here.as_ref(), &tail) {
        return None;
    }
    let inherited = what_here.is_none();
    let mut what = match what_here {
        Some(w) => w,
        None => match cx.what.clone() {
            Some(w) => w,
            None if pointer => self::what(m, span_name, ""),
            None => return None,
        },
    };
    let rate_before = cx.what.as_ref().is_some_and(|w| w.suffix.starts_with(".growth")) && inherited;
    let kind = kind_of(value, &mut tail, rate_before, text, span_name, inherited && pointer);
    if kind == Type::Growth {
        let noun_rate = tail.change.is_some_and(|(s, _)| wordlist::rates().contains(s.of(text)))
            || wordlist::rates().suffix(span_name.of(text)).is_some();
        what.suffix = if tail.contributes.is_some() {
            ".contribution"
        } else if value.points()
            && (tail.rate.is_some()
                || rate_before
                || noun_rate
                || pointer && wordlist::rates().contains(name.of(text)))
        {
            ".growth.delta"
        } else if tail.real || cx.real {
            ".growth.real"
        } else {
            ".growth"
        };
        if what.base.is_none()
            && let Some(stem) = peel::longest_last(text, what.span, wordlist::rates())
        {
            what.base = code_of(stem.0.of(text));
        }
    } else if inherited {
        what.suffix = "";
    }
    let mut draft = Draft::new(kind, Modality::Fact, piece);
    draft.span = tidy(m, piece);
    if let Some(hit) = tail.contributes {
        draft.change = Some((hit, "contributes"));
    } else if let Some((hit, norm)) = tail.change {
        let norm = match (norm, value.percent() || value.points()) {
            ("down", false) if value.unit.as_deref() != Some("times_multiplier") => "down_by",
            ("up", _) if tail.real => "up_real",
            (norm, _) => norm,
        };
        draft.change = Some((hit, norm));
    }
    draft.baseline = tail.baseline.clone().or_else(|| {
        let at = piece.of(text).find("同比")?;
        let hit = Span::new(piece.start + at, piece.start + at + "同比".len());
        Some((hit, "previous_year".to_owned()))
    });
    draft.value = Some(value.clone());
    if tail.real || cx.real && kind == Type::Growth {
        draft.basis = Some("real");
    }
    if let Some(rank) = first_time {
        draft.rank = Some((rank.span, rank.norm.clone()));
    }
    if let Some((count, noun)) =
        cx.counted.clone().filter(|(c, _)| c.unit == value.unit && c.span.start < value.span.start)
    {
        if let Amount::One { value: n, .. } = &count.amount {
            draft.count = Some((count.span, crate::numbers::print(*n)));
            what = self::what(m, noun, "");
        }
    }
    draft.what = Some(what.clone());
    if draft.count.is_none() {
        cx.what = Some(what);
    }
    finish(m, cx, clause, piece, &front, &mut draft, tail.aims, tail.forecast);
    Some(draft)
}

/// A number without a unit counts something only where what it counts is named and it is large or measured.
fn bare_counts(cx: &Context, value: &Value, what: Option<&What>, tail: &Tail) -> bool {
    let _ = cx;
    let named = what.is_some_and(|w| w.base.is_some());
    value.arabic && (value.magnified && what.is_some() || named && tail.change.is_none())
}

fn kind_of(value: &Value, tail: &mut Tail, rate_before: bool, text: &str, name: Span, pointer: bool) -> Type {
    let change = tail.change.is_some() && !tail.to_level;
    let rate_name = wordlist::rates().suffix(name.of(text)).is_some() || pointer && rate_before;
    let relative = value.percent() || value.points() || value.unit.as_deref() == Some("times_multiplier");
    let compared = tail.baseline.is_some() && value.points();
    if relative && (change || rate_name || compared || tail.contributes.is_some())
        || tail.rate.is_some() && relative
    {
        Type::Growth
    } else {
        Type::Quantity
    }
}

/// `5.2%的增长`, `6%的增速` behind a figure.
fn growth_noun_after(text: &str, post: Span) -> Option<Span> {
    let rest = peel::all_first(text, post, &["左右", "以上"]);
    let (rest, _) = peel::first(text, rest, "的")?;
    ["增长", "增速", "增幅", "涨幅", "降幅"]
        .iter()
        .find_map(|w| peel::first(text, rest, w))
        .map(|(_, hit)| hit)
}

/// The name of what is counted behind a figure: the words after the last 的, without verbs of what happens to it.
fn noun_after(m: &Mentions<'_>, post: Span) -> Span {
    let text = m.text;
    let mut span = peel::all_first(text, post, &["的", "余", "多", "以上", "左右", "，"]);
    let words = span.of(text);
    if let Some(at) = words.find(['（', '(', '；', '，']) {
        span = Span::new(span.start, span.start + at);
    }
    let words = span.of(text);
    if let Some(at) = words.rfind('的').filter(|at| at + 3 < words.len()) {
        span = Span::new(span.start + at + 3, span.end);
    }
    let words = span.of(text);
    let cut = [
        "建设", "建成", "实现", "达到", "完成", "投入", "通过", "入选", "获", "同比", "开工", "落地", "投产",
        "正在", "已", "进入", "被", "纳入", "全部", "顺利", "成功", "竣工", "签约", "加快", "有序",
    ]
    .iter()
    .filter_map(|w| words.find(w))
    .filter(|at| *at >= 6)
    .min();
    if let Some(at) = cut {
        span = Span::new(span.start, span.start + at);
    }
    span.trim(text, |c| matches!(c, '、' | ' ' | '，'))
}

/// Cuts `甲、乙、丙等` off the front of a name.
fn without_list(text: &str, name: Span) -> Span {
    let words = name.of(text);
    let Some(at) = words.rfind('等').filter(|at| words[..*at].contains('、')) else { return name };
    let rest = Span::new(name.start + at + '等'.len_utf8(), name.end);
    if rest.is_empty() { name } else { rest }
}

/// Cuts verbs off the front of a name where three characters or more remain and the whole is no known indicator.
fn without_verb(m: &Mentions<'_>, name: Span) -> Span {
    let text = m.text;
    let mut span = name;
    while let Some((rest, _, verb)) = peel::longest_first(text, span, wordlist::counted_verbs()) {
        let known = m.measure_at(span.start).is_some_and(|n| n.span.end <= span.end);
        let left = rest.of(text).trim_start_matches('了');
        if known
            || left.chars().count() < 3
            || matches!(
                verb,
                "新增"
                    | "有"
                    | "出口"
                    | "进口"
                    | "生产"
                    | "销售"
                    | "发展"
                    | "投入"
                    | "服务"
                    | "转移"
                    | "支持"
                    | "登记"
            )
        {
            break;
        }
        span = Span::new(rest.end - left.len(), rest.end);
        for (mark, cut) in [("各类", true), ("一批", true)] {
            if cut && span.of(text).starts_with(mark) && span.of(text).chars().count() > 4 {
                span = Span::new(span.start + mark.len(), span.end);
            }
        }
    }
    span
}

/// The code of a name in claims. 经济 alone is the economy's product where its growth is told.
fn code_of(name: &str) -> Option<String> {
    let name = plain(name);
    if matches!(name.as_str(), "经济" | "经济增长" | "经济总量" | "经济增速") {
        return Some("GDP".to_owned());
    }
    lexicon::measure(&name).map(str::to_owned)
}

/// The indicator of a name: the composed code where the whole name is a known one.
fn what(m: &Mentions<'_>, name: Span, suffix: &'static str) -> What {
    What { span: name, base: code_of(name.of(m.text)), suffix }
}

/// A name without what does not change what it names.
fn plain(words: &str) -> String {
    let mut name = words.replace("常住居民", "居民").replace("全体居民", "居民").replace(['“', '”', ' '], "");
    if let Some(at) = name.find(['（', '(']) {
        name.truncate(at);
    }
    for front in ["全年", "全市", "全省", "全区", "全县", "全部", "我市", "我省", "年度"] {
        if let Some(rest) = name.strip_prefix(front) {
            name = rest.to_owned();
        }
    }
    name
}

/// A statement with a rank. `cut` is where the words that name the indicator end, if before the rank.
fn ranked(
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
    let mut scope = None;
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
            if scope.is_some() {
                break;
            }
            scope = Some(place.span);
            span = Span::new(span.start, place.span.start);
            continue;
        }
        if let Some((rest, hit, _)) = peel::longest_last(text, span, wordlist::scopes()) {
            if scope.is_some() {
                break;
            }
            scope = Some(hit);
            span = rest;
            continue;
        }
        if m.measures_in(span).any(|n| n.span.end == span.end && n.span.len() >= 6) {
            break;
        }
        if let Some(period) = m.periods_in(span).filter(|p| p.span.end == span.end).last() {
            front.when = Some(When { span: Some(period.span), norm: period.said.norm(cx.now()) });
            add_window(cx, &period.said, &mut front);
            span = Span::new(span.start, period.span.start);
            continue;
        }
        if let Some((rest, _, _)) = peel::longest_last(text, span, wordlist::stands()) {
            span = rest;
            continue;
        }
        break;
    }
    if scope.is_none() {
        scope = trailing_scope(m, &mut front, piece, rank);
    }
    if let Some(within) = front.within {
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
        && let Some(base) = lexicon::measure(&plain(stem.of(text)))
    {
        w.base = Some(base.to_owned());
    }
    let inherited = what.is_none();
    let mut what = what.or_else(|| cx.what.clone());
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

fn add_window(cx: &Context, said: &Said, front: &mut Front) {
    // 近7年 counted to the year the passage is about may also be read as the seven years before it.
    let _ = (cx, said, front);
}

/// When the front of the piece swallowed the set as its subject (浙江第三), gives it back.
fn trailing_scope(m: &Mentions<'_>, front: &mut Front, piece: Span, rank: &ranks::Mention) -> Option<Span> {
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
fn lead_scope(m: &Mentions<'_>, span: Span) -> Option<(Span, Span)> {
    let span = peel::all_first(m.text, span, &["在"]);
    if let Some((rest, hit, _)) = peel::longest_first(m.text, span, wordlist::scopes()) {
        return Some((rest, hit));
    }
    None
}

/// What is the first, the only, the greatest.
fn noun_of_rank(m: &Mentions<'_>, post: Span, kind: Kind) -> Span {
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
    if kind == Kind::Only {
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
        return span;
    }
    if kind == Kind::Extreme {
        span = peel::all_first(text, span, &["直径", "口径", "单体", "规模", "的"]);
    }
    let words = span.of(text);
    if let Some(at) = words.rfind('的').filter(|at| at + 3 < words.len()) {
        span = Span::new(span.start + at + 3, span.end);
    }
    let words = span.of(text);
    let cut = [
        "成功", "下线", "建成", "投入", "投产", "开工", "启动", "落地", "正式", "顺利", "通车", "开通",
        "获批", "揭牌", "上线", "诞生", "问世",
    ]
    .iter()
    .filter_map(|w| words.find(w))
    .filter(|at| *at >= 6)
    .min();
    cut.map_or(span, |at| Span::new(span.start, span.start + at))
}

/// The piece without marks of a list and connecting punctuation at its ends.
fn tidy(m: &Mentions<'_>, piece: Span) -> Span {
    piece.trim(m.text, |c| matches!(c, '，' | '、' | ' ' | '；' | '：' | '）' | ')' | '。'))
}

/// Subject, period, mood: what every statement of a piece shares.
#[expect(clippy::too_many_arguments, reason = "one place where the parts of a piece meet")]
fn finish(
    m: &Mentions<'_>,
    cx: &mut Context,
    clause: Span,
    piece: Span,
    front: &Front,
    draft: &mut Draft,
    aims: bool,
    forecast: bool,
) {
    let text = m.text;
    let carried = draft.what.as_ref().is_some_and(|w| w.span.end <= piece.start);
    draft.who = match front.who.clone() {
        // A body named after a place is the subject of its own figure and of those that carry its indicator on.
        Some(who) if who.code.is_none() => {
            cx.body = Some(who.clone());
            Some(who)
        }
        Some(who) => {
            cx.body = None;
            cx.set_who(who.clone());
            Some(who)
        }
        None if carried && cx.body.is_some() => cx.body.clone(),
        None => {
            cx.body = None;
            cx.who()
        }
    };
    let own = front.when.clone().or_else(|| {
        let baseline = draft.baseline.as_ref().map(|b| b.0);
        let spans = [Some(piece), Some(clause)];
        spans.into_iter().flatten().find_map(|s| {
            let limit = Span::new(s.start, draft.span.end);
            m.periods_in(limit)
                .find(|p| {
                    let comparison = baseline.is_some_and(|b| b.overlaps(p.span));
                    let before = &text[..p.span.start];
                    !comparison && !before.ends_with(['比', '较', '于', '《'])
                })
                .map(|p| When { span: Some(p.span), norm: p.said.norm(cx.now()) })
        })
    });
    let ahead = front.ahead || cx.ahead();
    let before = text
        [clause.start..draft.value.as_ref().map_or(draft.span.end, |v| v.span.start).max(clause.start)]
        .to_owned();
    let aims = aims
        || front.aims
        || ahead
        || cx.mood == Mood::Target
        || ["力争", "争取", "确保", "努力实现", "打造", "计划", "目标", "将", "拟"]
            .iter()
            .any(|w| before.contains(w))
            && !before.contains("目标任务");
    draft.modality = if forecast || front.forecast || before.contains("预计") {
        Modality::Forecast
    } else if aims && !before.contains('已') {
        Modality::Target
    } else {
        Modality::Fact
    };
    draft.when = match own {
        Some(when) => Some(when),
        None => cx.when(draft.modality),
    };
    if let Some(When { span: Some(span), .. }) = &draft.when
        && let Some(p) = m.periods_in(*span).next()
        && let Said::Last(n) = p.said
        && let (Some(year), true) = (cx.now().passage, n > 1)
    {
        let n = i32::try_from(n).unwrap_or(i32::MAX);
        draft.readings.push(("period", format!("{}..{year}", year.saturating_sub(n))));
    }
}

/// Several extremes or places in one clause where only the first has a set: one head, one group.
fn shared_head(m: &Mentions<'_>, cx: &mut Context, clause: Span, drafts: &mut [Draft]) {
    let shares = drafts.len() > 1
        && drafts.iter().all(|d| d.kind == Type::Rank)
        && drafts.first().is_some_and(|d| d.scope.is_some())
        && drafts.iter().skip(1).all(|d| d.scope.is_none());
    if !shares {
        return;
    }
    let scope = drafts[0].scope;
    let group = cx.next_group();
    let whole = tidy(m, clause);
    let (who, when, modality) = (drafts[0].who.clone(), drafts[0].when.clone(), drafts[0].modality);
    for draft in drafts {
        draft.scope = scope;
        draft.group = Some(group);
        draft.span = whole;
        draft.who.clone_from(&who);
        draft.when.clone_from(&when);
        draft.modality = modality;
    }
}

/// `…分别增长4%和6%`, `…分列第一、第二`: members on the left, figures or ranks on the right.
fn zipped(m: &Mentions<'_>, cx: &mut Context, clause: Span, anchors: &[Anchor<'_>]) -> Option<Vec<Draft>> {
    let text = m.text;
    let words = clause.of(text);
    let mark = ["分别", "分列", "依次"].iter().filter_map(|w| words.find(w)).min()?;
    let mark = clause.start + mark;
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
    let names = names(m, cx, left, right.len(), rate);
    let group = cx.next_group();
    let mut drafts = Vec::new();
    let whole = tidy(m, clause);
    for (i, anchor) in right.iter().enumerate() {
        let mut draft = Draft::new(Type::Quantity, Modality::Fact, whole);
        let mut what = names.get(i).cloned().or_else(|| names.last().cloned())?;
        match anchor {
            Anchor::Value(value) => {
                let mut own = tail.clone();
                own.rate = None;
                draft.kind = kind_of(value, &mut own, false, text, what.span, false);
                if rate.is_some() && value.percent() {
                    draft.kind = Type::Growth;
                }
                if draft.kind == Type::Growth {
                    what.suffix = if value.points() && rate.is_some() {
                        ".growth.delta"
                    } else if tail.real {
                        ".growth.real"
                    } else {
                        ".growth"
                    };
                }
                draft.value = Some((*value).clone());
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
                if rate.is_some() {
                    what.suffix = ".growth";
                }
            }
        }
        draft.what = Some(what);
        draft.group = Some(group);
        finish(m, cx, clause, whole, &front, &mut draft, tail.aims, tail.forecast);
        front.who = draft.who.clone().filter(|w| w.span.is_some());
        drafts.push(draft);
    }
    cx.zip = drafts.iter().filter_map(|d| d.what.clone()).collect();
    cx.what = None;
    Some(drafts)
}

fn without_list_keep(text: &str, span: Span) -> Span {
    span.trim(text, |c| matches!(c, '，' | '、' | ' ' | '：'))
}

/// The members a shared name stands for, `n` of them.
fn names(m: &Mentions<'_>, cx: &Context, left: Span, n: usize, rate: Option<Span>) -> Vec<What> {
    let text = m.text;
    if left.is_empty() && cx.zip.len() == n {
        return cx.zip.clone();
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
        return parts.into_iter().map(|p| what(m, p, "")).collect();
    }
    vec![what(m, left, "")]
}

/// The codes of a name that holds several: 城乡居民…, 一二三产增加值, 城镇、农村居民….
fn members_of(name: &str, n: usize) -> Vec<String> {
    let code = |name: &str| lexicon::measure(name).map(str::to_owned);
    if n == 2
        && let Some(rest) = name.strip_prefix("城乡")
        && let (Some(a), Some(b)) = (code(&format!("城镇{rest}")), code(&format!("农村{rest}")))
    {
        return vec![a, b];
    }
    if n == 3
        && ["一二三产", "一、二、三产", "三次产业", "第一、二、三产", "第一、第二、第三产", "三产"]
            .iter()
            .any(|p| name.starts_with(p))
    {
        return ["第一", "第二", "第三"].iter().filter_map(|o| code(&format!("{o}产业增加值"))).collect();
    }
    let parts: Vec<&str> = name.split(['、', '和', '及', '与']).filter(|p| !p.is_empty()).collect();
    let Some(last) = parts.last().filter(|_| parts.len() == n) else { return Vec::new() };
    parts
        .iter()
        .filter_map(|part| {
            code(part).or_else(|| {
                last.char_indices().map(|(i, _)| &last[i..]).find_map(|tail| code(&format!("{part}{tail}")))
            })
        })
        .collect()
}

/// A comparison without a figure: 与…同步, 持平, 高于全国, 比去年…增长, 翻一番.
fn compared(m: &Mentions<'_>, cx: &mut Context, clause: Span) -> Option<Draft> {
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
        what.suffix = ".growth";
        if what.base.is_none()
            && !name.is_empty()
            && !name.of(text).contains(['入', '量', '额', '值', '率', '资'])
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
        let at = rest.of(text).rfind(['与', '和']).filter(|at| *at > 0);
        if let Some(at) = at {
            let basis = Span::new(rest.start + at, rest.end);
            let (name, tail) = tail(m, cx, Span::new(rest.start, rest.start + at));
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
    if words.ends_with("翻一番") || words.ends_with("翻番") || words.ends_with("翻两番") {
        let at = rest.of(text).rfind('翻')?;
        let verb = Span::new(rest.start + at, rest.end);
        let (name, _) = tail(m, cx, Span::new(rest.start, verb.start));
        let norm = if verb.of(text).contains('两') { "up_x4" } else { "up_x2" };
        return growth(cx, name, Some((verb, norm)), None);
    }
    // 高于全国平均水平, 快于全省
    for (verb, _) in [("高于", 0), ("快于", 0), ("好于", 0), ("优于", 0)] {
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
    None
}

/// Whether a clause only sets the stage for the next: a time, a place, `10项指标中`, `在…方面`.
pub(crate) fn adverbial(m: &Mentions<'_>, cx: &mut Context, clause: Span) -> bool {
    let text = m.text;
    let words = clause.of(text);
    if words.ends_with('中')
        && let [value] = m.values_in(clause)
        && value.outer().start <= clause.start + 6
        && value.unit.is_some()
    {
        let noun = Span::new(value.outer().end, clause.end - '中'.len_utf8());
        if !noun.is_empty() {
            cx.counted = Some((value.clone(), noun));
            return true;
        }
    }
    if !m.values_in(clause).is_empty() || m.ranks_in(clause).iter().any(|r| r.kind == Kind::Place) {
        return false;
    }
    let front = front(m, cx, clause, clause.end);
    let rest = front.rest.unwrap_or(clause);
    let empty = rest.is_empty() || matches!(rest.of(text), "市" | "省" | "，" | "时期" | "期间");
    if let Some(who) = front.who.filter(|_| empty) {
        cx.set_who(who);
    }
    empty && (words.chars().count() > 1)
}

/// A clause without mark of a list, time, subject and adverbs, so that it begins with its verb.
pub(crate) fn soft_front(m: &Mentions<'_>, cx: &Context, clause: Span) -> Span {
    let text = m.text;
    let mut span = clause;
    loop {
        let start = span.start;
        let mark = m.traps.touching(Span::new(start, start + 1));
        if let Some(mark) = mark.filter(|t| t.trap == crate::traps::Trap::ListMark && t.span.start == start) {
            span = Span::new(mark.span.end.min(span.end), span.end);
        } else if let Some(period) = m.periods_in(span).next().filter(|p| p.span.start == start) {
            span = Span::new(period.span.end.min(span.end), span.end);
            span = peel::all_first(text, span, &["，", "以来", "来", "期间"]);
        } else if let Some((rest, _)) = deictic(m, cx, span) {
            span = rest;
        } else if let Some(place) =
            m.places_in(span).next().filter(|p| p.span.start == start && p.span.end < span.end)
            && wordlist::subject_verbs().prefix(&text[place.span.end..span.end]).is_some()
        {
            span = Span::new(place.span.end, span.end);
        } else if let Some((rest, _, _)) = peel::longest_first(text, span, wordlist::adverbs()) {
            span = rest;
        } else {
            break;
        }
    }
    if span.is_empty() { clause } else { span }
}
