//! Statements with a figure: quantity and growth.

use super::{
    finish,
    front::front,
    names::{self, code_of, noun_after, sector_code, without_list, without_verb},
    tail::{Tail, tail},
    tidy,
};
use crate::{
    context::{Context, Mentions},
    draft::{Draft, What, Who},
    numbers, peel,
    periods::Said,
    ranks::Kind,
    statement::{Modality, Type},
    text::Span,
    values::{Amount, Value},
    wordlist,
};

/// Turns of a trend told between a name and its figure.
const TURNS: [&str; 7] = ["由负转正", "由降转升", "由升转降", "由正转负", "扭转", "止跌回升", "企稳回升"];

pub(super) fn is_from(text: &str, clause: Span, value: &Value) -> bool {
    let before = &text[clause.start..value.outer().start];
    // 由4.1%, 由2020年的9.8:41.2:49
    before.ends_with(['由', '从']) || before.ends_with('的') && before.contains(['由', '从'])
}

/// A statement with a figure.
pub(super) fn measured(
    m: &Mentions<'_>,
    cx: &mut Context,
    clause: Span,
    piece: Span,
    value: &Value,
    cut: Option<usize>,
) -> Option<Draft> {
    let text = m.text;
    let before_end = cut.unwrap_or(value.outer().start).max(piece.start);
    let mut front = front(m, cx, piece, before_end);
    let rest = front.rest.unwrap_or(piece);
    let rival = if value.points() { super::rivals::rival(m, rest) } else { None };
    let (mut name, mut tail) = tail(m, cx, rival.as_ref().map_or(rest, |r| r.rest));
    if let Some(rival) = &rival {
        tail.baseline = Some((rival.span, rival.norm.clone()));
        // A rate of change compared: nothing went up or down by the figure.
        if tail.change.is_some_and(|(s, _)| wordlist::rates().contains(s.of(text))) {
            tail.rate = tail.change.take().map(|c| c.0);
        }
    }
    tail.comparable |= front.comparable;
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
    let multiple =
        (value.unit.as_deref() == Some("times_multiplier")).then(|| multiple_of(m, cx, name)).flatten();
    if multiple.is_some() {
        name = Span::new(name.start, name.start);
    }
    if value.percent()
        && tail.change.is_none()
        && let Some((verb, norm, rest)) = changed_first(text, name)
    {
        tail.change = Some((verb, norm));
        name = rest;
    }
    name = without_list(text, name);
    name = without_verb(m, name);
    if !value.percent() && !value.points() {
        name = names::behind_verb(m, name);
    }
    // 固定资产投资增速由负转正、增长5%: the turn is no part of the name.
    if let Some(at) = TURNS.iter().filter_map(|turn| name.of(text).find(turn)).min().filter(|at| *at > 3) {
        name = Span::new(name.start, name.start + at);
        if let Some((stem, _, _)) =
            peel::longest_last(text, name, wordlist::rates()).filter(|(s, ..)| !s.is_empty())
        {
            name = stem;
        }
    }
    // 比自贸港建设前提高24.7个百分点: an event it is compared with.
    if name.of(text).starts_with(['比', '较']) && tail.change.is_some() && name.of(text).chars().count() > 2
    {
        let compared = name.of(text).chars().skip(1).collect::<String>();
        tail.baseline.get_or_insert((name, compared));
        name = Span::new(name.start, name.start);
    }
    if front.who.is_none()
        && let Some((whose, of)) = names::owner(m, name)
    {
        front.who = Some(Who { span: Some(whose), name: String::new(), code: None });
        name = of;
    }
    let post = Span::new(value.outer().end, piece.end);
    let growth_after = growth_noun_after(text, post);
    if let Some(hit) = growth_after {
        tail.change.get_or_insert((hit, "up"));
    }
    let first_time = m.ranks_in(piece).iter().find(|r| r.kind == Kind::FirstTime);
    let counted = !value.percent() && !value.points();
    let verb_only = name.is_empty() || code_of(name.of(text)).is_none() && only_verbs(text, name);
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
    // 竣工56个 after 开工项目98个: the projects are meant.
    let repeats = verb_only
        && span_name == name
        && !name.is_empty()
        && cx.value_unit == value.unit
        && cx.what.is_some();
    let mut what_here =
        (!span_name.is_empty() && !pointer && !repeats).then(|| names::what(m, span_name, ""));
    if let Some(w) = what_here.as_mut().filter(|w| w.base.is_none()) {
        let whole = cx.what.as_ref().and_then(|w| w.base.as_deref());
        w.base = names::part_of(whole, span_name.of(text));
    }
    if value.unit.is_none() && !bare_counts(text, value, what_here.as_ref(), &tail) {
        return None;
    }
    let inherited = what_here.is_none();
    let mut what = match what_here {
        Some(w) => w,
        // 其中甲下降1%，扣除甲后增长2%: of the whole the sentence began with.
        None => match cx.named.first().filter(|_| front.comparable).cloned().or_else(|| cx.what.clone()) {
            Some(w) => w,
            None if pointer => names::what(m, span_name, ""),
            None => return None,
        },
    };
    // 新增企业12家、总数达56家: the stock is of what was added.
    if inherited
        && pointer
        && what.base.is_none()
        && matches!(name.of(text), "总数" | "总量" | "数量" | "总规模")
    {
        what.span = peel::all_first(text, what.span, &["新增", "净增", "新引进", "新认定"]);
    }
    let rate_before = cx.what.as_ref().is_some_and(|w| w.suffix.starts_with(".growth")) && inherited;
    let tail_reaches = tail.reaches;
    let kind = kind_of(
        value,
        &mut tail,
        text,
        span_name,
        rate_before
            && (name.is_empty()
                && !(tail_reaches && value.percent() && cx.value_unit.as_deref() != Some("percent"))
                || wordlist::rates().contains(name.of(text))),
    );
    let levels = rival.as_ref().is_some_and(|r| !r.rates)
        && !rate_before
        && tail.change.is_none()
        && tail.rate.is_none();
    if kind == Type::Growth && levels {
        what.suffix = ""; // two levels compared
    } else if kind == Type::Growth {
        let noun_rate = tail.change.is_some_and(|(s, _)| wordlist::rates().contains(s.of(text)))
            || wordlist::rates().suffix(span_name.of(text)).is_some();
        what.suffix = if tail.contributes.is_some() {
            ".contribution"
        } else if value.points()
            && (tail.rate.is_some()
                || rate_before
                || rival.as_ref().is_some_and(|r| r.rates)
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
    } else if inherited && value.unit.as_deref() == Some("位") && what.suffix.starts_with(".growth") {
        what.suffix = ".growth"; // 前移5位 is told of the rate ranked before
    } else if inherited {
        what.suffix = "";
    }
    if kind == Type::Growth && what.base.is_none() && !inherited && tail.contributes.is_none() {
        what.base = names::grown(what.span.of(text));
    }
    if tail.contributes.is_some() && what.base.is_none() {
        what.base = sector_code(what.span.of(text));
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
    if draft.baseline.is_none() {
        draft.baseline = multiple;
    }
    if draft.baseline.is_none() && value.unit.as_deref() == Some("times_multiplier") {
        draft.baseline = multiplied(m, cx, Span::new(piece.start, value.span.start));
    }
    draft.value = Some(value.clone());
    if tail.comparable {
        draft.basis = Some("comparable");
    } else if tail.real || cx.real && kind == Type::Growth {
        draft.basis = Some("real");
    }
    if let Some(rank) = first_time {
        draft.rank = Some((rank.span, rank.norm.clone()));
    }
    let total = cx.counted.clone().filter(|(c, _)| c.unit == value.unit && c.span.start < value.span.start);
    if let Some((count, noun)) = total
        && let Amount::One { value: n, .. } = &count.amount
    {
        draft.count = Some((count.span, numbers::print(*n)));
        what = names::what(m, noun, "");
    }
    if value.unit.is_none()
        && what.base.as_deref() == Some("CPI")
        && let Some(v) = draft.value.as_mut()
    {
        v.unit = Some("index_prev_year_100".to_owned());
    }
    cx.value_unit.clone_from(&value.unit);
    draft.what = Some(what.clone());
    if draft.count.is_none() {
        if !inherited {
            cx.name(what.clone());
        }
        // 对经济增长的贡献率 tells of what was named before, which the next clause may carry on.
        let told_of = what.span.of(text);
        if !(told_of.starts_with('对') && told_of.contains("贡献") && cx.what.is_some()) {
            if told_of.starts_with('占') {
                cx.whole = cx.what.take().filter(|w| !w.span.of(text).starts_with('占')).or(cx.whole.take());
            }
            cx.what = Some(what);
        }
    }
    finish(m, cx, clause, piece, &front, &mut draft, tail.aims, tail.forecast);
    Some(draft)
}

/// Whether a name is nothing but verbs of counting: 整合设立, 新建改造.
fn only_verbs(text: &str, name: Span) -> bool {
    peel::all_first(text, name, wordlist::counted_verbs()).is_empty()
}

/// A number without a unit counts something only where what it counts is named and it is large or measured.
pub(super) fn bare_counts(text: &str, value: &Value, what: Option<&What>, tail: &Tail) -> bool {
    if tail.baseline.is_some() && tail.change.is_some() && value.arabic {
        return true; // 比上年缩小0.04
    }
    let index = what.is_some_and(|w| {
        ["指数", "系数", "比", "得分", "强度", "倍差", "倍数", "比值"]
            .iter()
            .any(|e| w.span.of(text).ends_with(e))
    });
    let named = what.is_some_and(|w| w.base.is_some());
    value.arabic && (index || value.magnified && what.is_some() || named && tail.change.is_none())
}

pub(super) fn kind_of(value: &Value, tail: &mut Tail, text: &str, name: Span, held_rate: bool) -> Type {
    let change = tail.change.is_some() && !tail.to_level;
    // The natural rate of increase is a level of its own.
    let natural = name.of(text).ends_with("自然增长率");
    let rate_name = wordlist::rates().suffix(name.of(text)).is_some() && !natural || held_rate;
    let relative = value.percent() || value.points() || value.unit.as_deref() == Some("times_multiplier");
    let compared = tail.baseline.is_some() && value.points();
    let told = change || rate_name || compared || tail.contributes.is_some() || tail.rate.is_some();
    if relative && told { Type::Growth } else { Type::Quantity }
}

/// `5.2%的增长`, `6%的增速` behind a figure.
pub(super) fn growth_noun_after(text: &str, post: Span) -> Option<Span> {
    let rest = peel::all_first(text, post, &["左右", "以上"]);
    let (rest, _) = peel::first(text, rest, "的")?;
    ["增长", "增速", "增幅", "涨幅", "降幅"]
        .iter()
        .find_map(|w| peel::first(text, rest, w))
        .map(|(_, hit)| hit)
}

/// `压减一般性支出5%`: a verb of change before what it changes.
fn changed_first(text: &str, name: Span) -> Option<(Span, &'static str, Span)> {
    const VERBS: [(&str, &str); 13] = [
        ("压减", "down"),
        ("压降", "down"),
        ("降低", "down"),
        ("减少", "down"),
        ("下调", "down"),
        ("削减", "down"),
        ("缩减", "down"),
        ("压缩", "down"),
        ("缩短", "down"),
        ("提高", "up"),
        ("提升", "up"),
        ("上调", "up"),
        ("增加", "up"),
    ];
    VERBS.iter().find_map(|(verb, norm)| {
        let (rest, hit) = peel::first(text, name, verb)?;
        let long =
            rest.of(text).chars().count() >= 3 && !rest.of(text).starts_with(['值', '到', '至', '幅', '率']);
        long.then_some((hit, *norm, rest))
    })
}

/// `是2015年的2.1倍`, `相当于全国平均水平的1.4倍`: what a multiple is of, where the name before it says no more.
fn multiple_of(m: &Mentions<'_>, cx: &Context, name: Span) -> Option<(Span, String)> {
    let text = m.text;
    let of = peel::all_first(text, name, &["是", "为", "达", "达到", "相当于", "超过", "约", "近"]);
    let of = peel::all_last(text, of, &["的", "同期", "平均水平", "平均"]);
    if let Some(period) = m.periods_in(of).next().filter(|p| p.span == of) {
        let norm = match period.said {
            Said::Relative { years: -1, .. } => "previous_year".to_owned(),
            _ => period.said.norm(cx.now())?,
        };
        return Some((of, norm));
    }
    matches!(of.of(text), "全国").then(|| (of, "national".to_owned()))
}

/// `是2020年的2.3倍`: the period a multiple is of.
fn multiplied(m: &Mentions<'_>, cx: &Context, before: Span) -> Option<(Span, String)> {
    let period = m.periods_in(before).last().filter(|p| m.undated(p))?;
    let norm = match period.said {
        Said::Relative { years: -1, .. } => "previous_year".to_owned(),
        _ => period.said.norm(cx.now())?,
    };
    Some((period.span, norm))
}
