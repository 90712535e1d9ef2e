//! Statements without a figure, sentence by sentence.

use crate::{
    clauses::Sentence,
    context::{Context, Mentions, Mood},
    draft::{Draft, When},
    figures, goals, lists, reader, requests,
    statement::{Modality, Type},
    text::Span,
    traps::Trap,
    wordlist,
};

/// Reads a sentence whose figures are in `drafts[from..]` already and adds what else it states.
pub(crate) fn read(
    m: &Mentions<'_>,
    cx: &mut Context,
    sentence: &Sentence,
    from: usize,
    drafts: &mut Vec<Draft>,
) {
    let text = m.text;
    let fronts: Vec<Span> = sentence.clauses.iter().map(|c| figures::soft_front(m, cx, c.span)).collect();
    let mut done = vec![false; sentence.clauses.len()];
    let mut found: Vec<Draft> = Vec::new();
    let hard = Taken::by(&drafts[from..]);

    for (i, j) in lists::parallel(text, &sentence.clauses, &fronts) {
        let asked = (i..j).any(|k| requests::asks(sentence.clauses[k].span.of(text)));
        if asked || (i..j).any(|k| hard.touches(sentence.clauses[k].span)) {
            continue;
        }
        let span = Span::new(sentence.clauses[i].span.start, sentence.clauses[j - 1].span.end);
        let mut list = lists::List { items: fronts[i..j].to_vec(), ..lists::List::default() };
        list.span = Some(span);
        found.push(share(m, cx, list.draft(span), sentence.clauses[i].span));
        done[i..j].fill(true);
    }

    let mut asking = cx.asking_list.is_some() && listed(m, sentence.clauses[0].span).is_some();
    let mut request_from: Option<usize> = None;
    let mut i = 0;
    while i < sentence.clauses.len() {
        let clause = sentence.clauses[i].span;
        let mark = sentence.clauses[i].mark;
        let front = fronts[i];
        let here = i;
        i += 1;
        if done[here] {
            continue;
        }
        let is_hard = hard.touches(clause);
        let list_mark = listed(m, clause);
        // 某某建议： and 从五个方面着手： open lists whose members follow.
        if mark == Some('：')
            && let Some(head) = list_head(m, cx, clause, front)
        {
            asking = head.label.is_some_and(|l| requests::asks(l.of(text)));
            found.push(share(m, cx, head, clause));
            continue;
        }
        if requests::asks(clause.of(text)) && reader::mood(clause.of(text)).is_none() {
            asking = true;
            // 我建议，…: the request follows.
            if mark == Some('，') && clause.of(text).chars().count() <= 6 {
                request_from = Some(clause.start);
                continue;
            }
        }
        let member = list_mark.is_some() && cx.asking_list.is_some() || request_from.is_some();
        if let Some(mut draft) = requests::proposal(m, clause, front, asking, member).filter(|_| !is_hard) {
            if let Some(start) = request_from.take() {
                draft.span = Span::new(start, draft.span.end);
            }
            draft.who = cx.speaker.clone().or_else(|| cx.who());
            if list_mark.is_some() {
                draft.group = cx.asking_list;
            }
            draft.when = explicit_when(m, cx, clause);
            found.push(draft);
            continue;
        }
        if is_hard {
            if let Some(list) = inner_list(m, clause) {
                let span = list.span.unwrap_or(clause);
                let list = lists::List { told: true, ..list };
                found.push(share(m, cx, list.draft(span), clause));
            }
            continue;
        }
        if let Some(mut draft) = requests::status(m, clause, front) {
            if cause_before(text, sentence, here) {
                draft.span =
                    Span::new(sentence.clauses[here - 1].span.start.min(draft.span.start), draft.span.end);
            }
            let named = draft.who.take();
            let mut draft = share(m, cx, draft, clause);
            if named.is_some() {
                draft.who = named;
            }
            found.push(draft);
            continue;
        }
        let listed_list = lists::labelled(m, front);
        let listed_list = listed_list.or_else(|| lists::quoted_count(m, front));
        let counted_label = listed_list.as_ref().is_some_and(|l| l.count.is_some());
        let mut got = if counted_label {
            Vec::new()
        } else {
            goals::goals(m, clause, front, cx.ahead() || cx.mood == Mood::Target)
        };
        if got.is_empty() && !counted_label {
            got.extend(goals::action(m, clause, front));
        }
        if !got.is_empty() {
            let pair = got.len() > 1;
            let group = if pair { Some(cx.next_group()) } else { list_mark.and(cx.list) };
            // 把甲作为“乙”，推动…: the second clause says what for.
            let takes_next = got[0].label.is_some()
                && got[0].kind == Type::Goal
                && mark == Some('，')
                && here + 1 < sentence.clauses.len();
            for mut draft in got {
                draft.group = group;
                if takes_next {
                    draft.span = Span::new(draft.span.start, sentence.clauses[here + 1].span.end);
                    done[here + 1] = true;
                }
                found.push(share(m, cx, draft, clause));
            }
            continue;
        }
        if let Some((list, end)) = clause_list(m, sentence, &fronts, here, listed_list) {
            if end > here {
                done[here + 1..=end].fill(true);
            }
            let span = Span::new(clause.start, sentence.clauses[end].span.end);
            let words = clause.of(text);
            let told = [
                "位于",
                "地处",
                "拥有",
                "聚集",
                "集聚了",
                "培育了",
                "涌现",
                "形成了",
                "建成了",
                "包括",
                "涵盖",
                "有",
            ]
            .iter()
            .any(|w| words.contains(w))
                || words.starts_with('以')
                || list.span.filter(|s| !s.of(text).starts_with('“')).is_some_and(|s| {
                    s.start > front.start
                        && !list.items.is_empty()
                        && list.label.is_some()
                        && wordlist::commits().prefix(front.of(text)).is_none()
                        && wordlist::focus().prefix(front.of(text)).is_none()
                });
            let list = lists::List { told, ..list };
            found.push(share(m, cx, list.draft(span), clause));
            continue;
        }
        if cx.mood == Mood::Target && aimed_without_figure(m, front) {
            let mut draft = Draft::new(Type::Goal, Modality::Target, clause);
            draft.object = m.measures_in(front).next().map(|n| n.span).or(Some(front));
            found.push(share(m, cx, draft, clause));
        }
    }
    drafts.extend(found);
}

/// The stretches that statements with a figure take up, apart and in order.
struct Taken(Vec<Span>);

impl Taken {
    fn by(drafts: &[Draft]) -> Self {
        let mut spans: Vec<Span> = drafts.iter().map(|d| d.span).collect();
        spans.sort_unstable();
        let mut apart: Vec<Span> = Vec::new();
        for span in spans {
            match apart.last_mut() {
                Some(last) if span.start < last.end => last.end = last.end.max(span.end),
                _ => apart.push(span),
            }
        }
        Self(apart)
    }

    fn touches(&self, clause: Span) -> bool {
        let i = self.0.partition_point(|s| s.end <= clause.start);
        self.0.get(i).is_some_and(|s| s.overlaps(clause))
    }
}

/// The mark of a list at the start of a clause.
fn listed(m: &Mentions<'_>, clause: Span) -> Option<Span> {
    m.traps
        .touching(Span::new(clause.start, clause.start + 1))
        .filter(|t| t.trap == Trap::ListMark && t.span.start == clause.start)
        .map(|t| t.span)
}

/// `…建议：` or `从五个方面着手：`.
fn list_head(m: &Mentions<'_>, cx: &mut Context, clause: Span, front: Span) -> Option<Draft> {
    let text = m.text;
    let words = clause.of(text);
    if words.ends_with("建议") || words.ends_with("建议如下") || words.ends_with("提出如下建议") {
        let at = clause.start + words.rfind("建议")?;
        let group = cx.next_group();
        cx.asking_list = Some(group);
        cx.list = Some(group);
        // The head of the list is the speaker and the verb, not the occasion before it.
        let start = words.rfind(['，', '、']).map_or(clause.start, |i| clause.start + i + 3);
        let named = cx
            .speaker
            .as_ref()
            .and_then(|w| w.span)
            .map(|s| s.of(text))
            .and_then(|name| words.rfind(name))
            .map(|i| clause.start + i);
        let mut draft =
            Draft::new(Type::Enumeration, Modality::Proposal, Span::new(named.unwrap_or(start), clause.end));
        draft.who.clone_from(&cx.speaker);
        draft.label = Some(Span::new(at, at + "建议".len()));
        draft.group = Some(group);
        return Some(draft);
    }
    let list = lists::counted(m, front)?;
    let group = cx.next_group();
    cx.asking_list = None;
    cx.list = Some(group);
    let mut draft = list.draft(clause);
    draft.group = Some(group);
    Some(draft)
}

/// A list inside a clause that carries a figure.
fn inner_list(m: &Mentions<'_>, clause: Span) -> Option<lists::List> {
    let with_count = lists::labelled(m, clause).filter(|l| l.items.len() >= 3);
    with_count.or_else(|| lists::summed(m, clause))
}

/// A list that fills a clause, or runs over the next one: the list and the index of its last clause.
fn clause_list(
    m: &Mentions<'_>,
    sentence: &Sentence,
    fronts: &[Span],
    here: usize,
    labelled: Option<lists::List>,
) -> Option<(lists::List, usize)> {
    let text = m.text;
    let clause = sentence.clauses[here].span;
    let front = fronts[here];
    if let Some(list) = labelled.or_else(|| lists::labelled(m, clause)) {
        return Some((list, here));
    }
    if let Some(list) = lists::provinces(m, clause)
        .or_else(|| lists::structure(m, clause))
        .or_else(|| lists::quoted_list(m, clause))
    {
        return Some((list, here));
    }
    // 突出甲、乙，丙、丁
    if let (Some(next), true) = (fronts.get(here + 1), front.of(text).matches('、').count() == 1)
        && ["突出", "坚持", "聚焦"].iter().any(|v| front.of(text).starts_with(v))
        && next.of(text).matches('、').count() == 1
    {
        let own = crate::clauses::members(text, Span::new(front.start + "突出".len(), front.end));
        let more = crate::clauses::members(text, *next);
        let length = |s: &Span| s.of(text).chars().count();
        if own.iter().chain(&more).all(|s| length(s) == length(&own[0])) {
            let list = lists::List { items: own.into_iter().chain(more).collect(), ..lists::List::default() };
            return Some((list, here + 1));
        }
    }
    if let Some(list) = lists::focused(m, front).or_else(|| lists::commitments(m, front)) {
        return Some((list, here));
    }
    lists::summed(m, clause).or_else(|| lists::counted(m, clause)).map(|l| (l, here))
}

/// `因…不足，` right before.
fn cause_before(text: &str, sentence: &Sentence, here: usize) -> bool {
    here > 0
        && sentence.clauses[here - 1].span.of(text).trim_start_matches('但').starts_with(['因', '由'])
        && ["发生", "突出", "频发"].iter().any(|w| sentence.clauses[here].span.of(text).ends_with(w))
}

/// Among targets, a clause that names an indicator and gives it no figure.
fn aimed_without_figure(m: &Mentions<'_>, front: Span) -> bool {
    let words = front.of(m.text);
    let named = m.measures_in(front).any(|n| n.span.start <= front.start + 6)
        || ["进出口", "能耗", "排放", "居民收入"]
            .iter()
            .any(|w| words.starts_with(w) || words.contains("排放"));
    named && words.chars().count() >= 5
}

fn explicit_when(m: &Mentions<'_>, cx: &Context, clause: Span) -> Option<When> {
    m.periods_in(clause)
        .find(|p| !m.undated(p))
        .map(|p| When { span: Some(p.span), norm: p.said.norm(cx.now()) })
}

/// Subject, period and mood of a statement without a figure.
fn share(m: &Mentions<'_>, cx: &Context, mut draft: Draft, clause: Span) -> Draft {
    let own = m
        .places_in(clause)
        .find(|p| m.text[clause.start..p.span.start].chars().count() <= 6 && p.span.end < clause.end)
        .map(|p| crate::draft::Who { span: Some(p.span), name: String::new(), code: Some(p.code) });
    let deictic = figures::deictic(m, cx, clause).map(|(_, who)| who);
    if draft.who.is_none() {
        draft.who = deictic.or_else(|| own.filter(|w| w.code == cx.home)).or_else(|| cx.who());
    }
    draft.when = draft.when.or_else(|| explicit_when(m, cx, clause)).or_else(|| cx.when(draft.modality));
    let words = clause.of(m.text);
    if matches!(draft.kind, Type::Enumeration | Type::Goal)
        && draft.modality != Modality::Proposal
        && (cx.ahead() || cx.mood == Mood::Target || words.contains('将'))
    {
        draft.modality = Modality::Target;
    }
    draft
}
