//! Chinese statements that carry a figure or a rank: quantity, growth, rank.
//!
//! # Method
//! A clause is cut into pieces so that each holds one figure or rank with the words that belong to it. From a piece the
//! period, the place and connecting words are taken off the front; the verb of state or change, adverbs and the phrase
//! of comparison are peeled off the words before the figure; what is left names the indicator. Where nothing is left the
//! words behind the figure do, else the indicator of the clause before is carried forward. `分别` and `分列` pair the
//! members of the left side with the figures of the right.

mod bodies;
mod compared;
mod front;
mod measured;
mod names;
mod ranked;
mod rivals;
mod shared;
mod tail;
mod zipped;

pub(crate) use front::deictic;
pub(crate) use names::part_of as part;

use crate::{
    context::{Context, Mentions, Mood},
    draft::{Draft, When},
    peel,
    periods::Said,
    ranks::{self, Kind},
    statement::{Modality, Type},
    text::Span,
    traps::Trap,
    values::{Amount, Value},
    wordlist,
};
use compared::compared;
use front::{Front, front};
use measured::{is_from, measured};
use names::{noun_after, what};
use ranked::{ranked, scope_before, stands};
use zipped::zipped;

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

/// The indicator of a name that stands by itself, as in a table.
pub(crate) fn named(m: &Mentions<'_>, name: Span) -> crate::draft::What {
    what(m, name, "")
}

/// Reads every figure and rank of one clause. `lead` is where the statement begins when an adverbial clause before it
/// belongs to it.
pub(crate) fn read(m: &Mentions<'_>, cx: &mut Context, clause: Span, lead: Option<Span>) -> Vec<Draft> {
    cx.lead = lead;
    let anchors = anchors(m, clause);
    let named_before = cx.named.clone();
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
    sets_in_turn(m, &mut drafts);
    shared::spread(m, cx, clause, &anchors, &named_before, &mut drafts);
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
    let run = text[clause.start..value.span.start].ends_with("连续");
    // 12345热线: a number that is part of a name.
    let named = value.unit.is_none()
        && !value.magnified
        && after.starts_with(|c: char| ('\u{4e00}'..='\u{9fff}').contains(&c))
        && value.bound.is_none()
        && !from_level(text, clause, value);
    let member = after.find("之一").is_some_and(|at| !after[..at].contains('，'));
    let counter = matches!(value.unit.as_deref(), Some("个" | "项" | "条" | "种" | "类"));
    let label = !value.arabic && counter && !value.magnified;
    // 收入50万元以上的村占比达到60%: the first figure is part of the name of the second.
    let part = value.bound.is_some()
        && text[value.outer().end..clause.end].starts_with('的')
        && text[value.outer().end..clause.end].contains(|c: char| c.is_ascii_digit())
        && !text[value.outer().end..clause.end].contains('、');
    // 13类民生支出占一般公共预算支出的81.5%
    let class = counter && !after.starts_with(['，', '、', '；', '（', '。']) && share_follows(after);
    // 1000吨级航道: the class of what is counted.
    let sized = value.unit.as_deref() == Some("吨级")
        && after.starts_with(|c: char| ('\u{4e00}'..='\u{9fff}').contains(&c) && c != '以');
    // 居13个粮食主产省第2位: the size of the set.
    let before = &text[clause.start..value.span.start];
    let set = counter
        && ["居", "列", "位居", "位列", "排", "排名"].iter().any(|w| before.ends_with(w))
        && after.contains('第')
        && !after.split('第').next().unwrap_or_default().contains(['，', '、', '；']);
    !member && !part && !label && !run && !named && !class && !sized && !set
}

/// `由2.51缩小到2.29`: a level without a unit that something moved from.
fn from_level(text: &str, clause: Span, value: &Value) -> bool {
    let after = &text[value.span.end..clause.end];
    let verb = wordlist::changes().iter().any(|w| after.starts_with(w));
    verb && value.arabic && is_from(text, clause, value)
}

/// Whether what is counted is the name of a share told next.
fn share_follows(after: &str) -> bool {
    let Some(at) = after.find(|c: char| c.is_ascii_digit()) else { return false };
    let (name, figure) = after.split_at(at);
    let tail = figure.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    tail.starts_with('%')
        && (name.contains('占') || name.ends_with(['率', '比']))
        && !name.contains(['、', '，', '；'])
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
            is_from(text, clause, v) && gap.ends_with(['到', '至', '为']) && !gap.contains('、')
        }
        (Anchor::Rank(a), Anchor::Rank(b)) => {
            let before = &text[clause.start..a.span.start];
            before.contains(['由', '从'])
                && gap.contains(['至', '到'])
                && !gap.contains('、')
                && b.kind == Kind::Place
                && a.kind == Kind::Place
        }
    }
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
            let from = match &first.amount {
                Amount::One { value, .. } => Some(crate::numbers::print(*value)),
                Amount::Ratio(ratio) => Some(ratio.clone()),
                Amount::Between { .. } => None,
            };
            draft.baseline = from.map(|from| (first.span, format!("from:{from}")));
            Some(draft)
        }
        // 在全国168个重点城市中排名第15位
        ([value, ..], [rank, ..]) if in_set(m.text, piece, value, rank) => {
            let mut draft = ranked(m, cx, clause, piece, rank, None)?;
            if let Amount::One { value: n, .. } = &value.amount {
                draft.count = Some((value.span, crate::numbers::print(*n)));
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

/// The piece without marks of a list and connecting punctuation at its ends.
fn tidy(m: &Mentions<'_>, piece: Span) -> Span {
    let span = piece.trim(m.text, |c| matches!(c, '，' | '、' | ' ' | '；' | '：' | '。'));
    let words = span.of(m.text);
    let closing = words.ends_with(['）', ')'])
        && words.matches(['）', ')']).count() > words.matches(['（', '(']).count();
    let mark = words.chars().next_back().map_or(0, char::len_utf8);
    if closing { Span::new(span.start, span.end - mark) } else { span }
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
        None if cx.body.is_some()
            && (carried || draft.what.as_ref().is_some_and(|w| of_body(w.span.of(text)))) =>
        {
            cx.body.clone()
        }
        None => {
            cx.body = None;
            cx.who()
        }
    };
    let own = front.when.clone().or_else(|| {
        let baseline = draft.baseline.as_ref().map(|b| b.0);
        let spans = [cx.lead, Some(piece), Some(clause)];
        spans.into_iter().flatten().find_map(|s| {
            let limit = Span::new(s.start, if cx.lead == Some(s) { s.end } else { draft.span.end });
            m.periods_in(limit)
                .find(|p| {
                    let comparison = baseline.is_some_and(|b| b.overlaps(p.span));
                    let before = &text[..p.span.start];
                    !comparison && !before.ends_with(['比', '较', '于', '《']) && !m.undated(p)
                })
                .map(|p| When { span: Some(p.span), norm: p.said.norm(cx.now()) })
        })
    });
    let ahead = front.ahead || cx.ahead();
    let before = text
        [clause.start..draft.value.as_ref().map_or(draft.span.end, |v| v.span.start).max(clause.start)]
        .to_owned();
    // 力争甲增长5%，乙增长6%: what was aimed at holds to the end of the sentence.
    let led = &text[clause.start..draft.span.start.max(clause.start)];
    cx.aiming |= !before.contains('已')
        && (before.starts_with("计划")
            || ["力争", "确保", "努力实现", "将"].iter().any(|w| led.contains(w) || before.contains(w)));
    let dated = own.clone().or_else(|| cx.when(Modality::Fact));
    let aims = aims
        || cx.aiming
        || dated.is_some_and(|when| year_ahead(m, cx, &when))
        || front.aims
        || ahead
        || cx.mood == Mood::Target
        || ["力争", "确保", "努力实现", "打造", "计划", "将", "拟"].iter().any(|w| before.contains(w))
        || before.contains("目标")
            && !["目标任务", "目标的", "成目标", "度目标", "超目标", "年任务"]
                .iter()
                .any(|w| before.contains(w))
            && draft.baseline.as_ref().is_none_or(|b| b.1 != "target");
    cx.forecast |= forecast || front.forecast || before.contains("预计");
    draft.modality = if cx.forecast {
        Modality::Forecast
    } else if aims && !before.contains('已') {
        Modality::Target
    } else {
        Modality::Fact
    };
    draft.when = match own {
        Some(when) => Some(when),
        None if carried && cx.what_when.is_some() => cx.what_when.clone(),
        None if draft.modality == Modality::Fact && ["年均", "累计"].iter().any(|w| before.contains(w)) => {
            cx.window().or_else(|| cx.when(draft.modality))
        }
        None => cx.when(draft.modality),
    };
    cx.what_when.clone_from(&draft.when);
    if let Some(When { span: Some(span), .. }) = &draft.when
        && let Some(p) = m.periods_in(*span).next()
        && let Said::Last(n) = p.said
        && let (Some(year), true) = (cx.now().passage, n > 1)
    {
        let n = i32::try_from(n).unwrap_or(i32::MAX);
        draft.readings.push(("period", format!("{}..{year}", year.saturating_sub(n))));
    }
}

/// Whether an indicator is of the port, railway or works spoken of, where no other subject is named.
fn of_body(name: &str) -> bool {
    let traffic = ["吞吐量", "运量", "发送量", "航线", "航班", "旅客", "货物", "班列", "标箱"];
    name.starts_with("占") || traffic.iter().any(|t| name.contains(t)) && !name.starts_with(['全', '各'])
}

/// Whether 今年 stands for the year that has only begun: told in a document whose facts are of the year before.
fn year_ahead(m: &Mentions<'_>, cx: &Context, when: &When) -> bool {
    let Some((span, year)) = when.span.zip(cx.year) else { return false };
    let begun = cx.told == Some(year - 1) && when.norm.as_deref() == Some(year.to_string().as_str());
    begun && matches!(span.of(m.text), "今年" | "本年" | "今年全年" | "本年度")
}

/// `居全国第8、长江第1`: what stands right before a further place is its set, not another indicator.
fn sets_in_turn(m: &Mentions<'_>, drafts: &mut [Draft]) {
    for i in 1..drafts.len() {
        let (done, rest) = drafts.split_at_mut(i);
        let (Some(before), Some(draft)) = (done.last(), rest.first_mut()) else { return };
        let ranks = before.kind == Type::Rank && draft.kind == Type::Rank && draft.value.is_none();
        let (Some(what), Some(rank)) = (&draft.what, &draft.rank) else { continue };
        let name = what.span.of(m.text);
        let placed = rank.1.parse::<u32>().is_ok() && what.span.end == rank.0.start;
        let set = name.chars().count() <= 5
            && what.base.is_none()
            && !name.ends_with(['量', '额', '值', '率', '数', '度', '比', '入', '资', '模', '积', '力']);
        if ranks && before.scope.is_some() && draft.scope.is_none() && placed && set && before.what.is_some()
        {
            draft.scope = Some(what.span);
            draft.what.clone_from(&before.what);
            draft.who.clone_from(&before.who);
        }
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
        if let Some(mark) = mark.filter(|t| t.trap == Trap::ListMark && t.span.start == start) {
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

/// Whether a count is the size of the set a rank is in: 在全国168个城市中排第15位.
fn in_set(text: &str, piece: Span, value: &Value, rank: &ranks::Mention) -> bool {
    let before = &text[piece.start..value.span.start.max(piece.start)];
    value.span.end <= rank.span.start
        && before.contains('在')
        && text[value.span.end..rank.span.start].contains('中')
}
