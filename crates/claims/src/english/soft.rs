//! Statements without a figure: designations, lists, goals, actions, requests.
//!
//! # Method
//! A sentence is read part by part (semicolons) and clause by clause ([`clauses`]). A clause asks, or designates, or is led
//! by a verb whose class ([`verbs`]) and object say what it states; lists are members of what the clause states, or a
//! statement of their own.

use super::{
    clauses::{self, Clause},
    lists::{self, List},
    phrases::lower,
    requests, segments, status, values,
    verbs::{self, Class, Form},
};
use crate::{
    context::{Context, Mentions},
    draft::{Draft, When},
    statement::{Check, Modality, Type},
    text::Span,
};

/// Everything a sentence states beside its figures and ranks, which are `hard`.
pub(super) fn read(m: &Mentions<'_>, cx: &mut Context, sentence: Span, hard: &[Draft]) -> Vec<Draft> {
    let text = m.text;
    let mut drafts = Vec::new();
    let mut asking = false;
    let mut group = None;
    if let Some(list) = lists::announced(text, sentence) {
        let asks = list.label.is_some_and(|l| {
            ["proposal", "suggestion", "recommendation"].iter().any(|w| lower(l.of(text)).contains(w))
        });
        let mut draft = drafted(m, cx, &list, sentence);
        draft.modality = if asks { Modality::Proposal } else { Modality::Ongoing };
        let letter = cx.next_group();
        draft.group = Some(letter);
        (cx.list, cx.asking_list) = if asks { (None, Some(letter)) } else { (Some(letter), None) };
        drafts.push(draft);
        return drafts;
    }
    if marked(sentence.of(text)) {
        group = cx.asking_list.or(cx.list);
    }
    for part in segments::parts(text, sentence) {
        let clauses = clauses::split(text, part);
        let spoken = |c: &Clause| hard.iter().any(|d| anchor(d).is_some_and(|a| c.span.overlaps(a)));
        let mut at = 0;
        while at < clauses.len() {
            let run =
                commitments(text, &clauses[at..]).filter(|run| !clauses[at..at + run].iter().any(spoken));
            if let Some(run) = run.filter(|_| !asking && !requests::asks(clauses[at].span.of(text))) {
                drafts.push(committed(m, cx, &clauses[at..at + run]));
                asking = false;
                at += run;
                continue;
            }
            let clause = clauses[at];
            let found = one(m, cx, clause, &mut asking, spoken(&clause));
            drafts.extend(found);
            at += 1;
        }
    }
    // This year the city does A, does B and does C: the first period is that of all.
    let period = m.periods_in(sentence).find(|p| !m.undated(p) && p.span.start < sentence.start + 48);
    if let Some(p) = period {
        for draft in drafts.iter_mut().filter(|d| d.when.as_ref().is_none_or(|w| w.span.is_none())) {
            draft.when = Some(When { span: Some(p.span), norm: p.said.norm(cx.now()) });
        }
    }
    if let Some(first) = drafts.first_mut().filter(|_| group.is_some()) {
        first.group = group;
    }
    drafts
}

fn anchor(draft: &Draft) -> Option<Span> {
    draft.value.as_ref().map(|v| v.span).or(draft.rank.as_ref().map(|r| r.0))
}

/// `First, …`, `Second, …`: the member of an announced list.
fn marked(words: &str) -> bool {
    let word = words.split(' ').next().unwrap_or_default();
    word.ends_with(',')
        && [
            "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
            "firstly", "secondly", "thirdly", "finally", "lastly",
        ]
        .contains(&lower(word.trim_end_matches(',')).as_str())
}

/// What a clause states. `asking` is whether the clause before asked.
fn one(m: &Mentions<'_>, cx: &mut Context, clause: Clause, asking: &mut bool, hard: bool) -> Vec<Draft> {
    let text = m.text;
    let mut drafts: Vec<Draft> = Vec::new();
    let counted = lists::counted(text, clause.span);
    if let Some(list) = &counted {
        let mut draft = drafted(m, cx, list, clause.span);
        draft.modality = if clause.ahead { Modality::Target } else { Modality::Fact };
        drafts.push(draft);
    }
    let asked = requests::request(m, cx, clause, *asking);
    *asking = !asked.is_empty();
    if *asking {
        drafts.extend(asked);
        return drafts;
    }
    let designated = status::status(m, cx, clause);
    if !designated.is_empty() {
        drafts.extend(designated);
        return drafts;
    }
    if counted.is_some() {
        return drafts;
    }
    let quoted = lists::quoted(text, clause.span);
    let found: Vec<List> = lists::find(text, clause.span);
    if let Some(draft) = role(m, cx, clause) {
        drafts.push(draft);
        return drafts;
    }
    if hard {
        let unique =
            |d: &&List| d.items.len() >= 3 && m.ranks_in(clause.span).iter().any(|r| r.norm == "unique");
        drafts.extend(found.iter().filter(unique).map(|l| drafted(m, cx, l, l.span)));
        drafts.extend(beside_rank(m, cx, clause));
        return drafts;
    }
    if let Some(mut draft) = goal(m, cx, clause, &found) {
        if draft.items.is_empty()
            && let Some((list, _)) = &quoted
        {
            draft.items.clone_from(&list.items);
        }
        drafts.push(draft);
        return drafts;
    }
    if let Some(draft) = action(m, cx, clause, &found) {
        drafts.push(draft);
        return drafts;
    }
    if let Some((mut list, structure)) = quoted {
        if !structure {
            list.label = idea(text, Span::new(clause.span.start, list.span.start));
        }
        let mut draft = drafted(m, cx, &list, clause.span);
        draft.modality = if structure || clause.ahead { Modality::Target } else { Modality::Ongoing };
        drafts.push(draft);
        return drafts;
    }
    drafts.extend(parallel(m, cx, clause));
    if !drafts.is_empty() {
        return drafts;
    }
    for list in &found {
        // One list is told by the whole clause; of several each by its own words.
        let span = if found.len() > 1 {
            list.span
        } else {
            Span::new(clause.span.start, list.span.end.max(clause.span.start))
        };
        let mut draft = drafted(m, cx, list, span);
        if clause.ahead {
            draft.modality = Modality::Target;
        }
        let firms = list.label.is_some_and(|l| {
            lower(l.of(text)).contains("firm")
                || lower(l.of(text)).contains("compan")
                || lower(l.of(text)).contains("enterprise")
        });
        draft.check = (firms && !clause.ahead).then_some(Check::Registry);
        drafts.push(draft);
    }
    drafts
}

/// A list as a statement, over `span`.
fn drafted(m: &Mentions<'_>, cx: &Context, list: &List, span: Span) -> Draft {
    let mut draft = Draft::new(Type::Enumeration, Modality::Ongoing, span);
    draft.items.clone_from(&list.items);
    draft.label = list.label;
    draft.count.clone_from(&list.count);
    draft.open_list = list.open;
    told(m, cx, &mut draft, span);
    draft
}

/// Who and when, for a statement over `span`.
pub(super) fn told(m: &Mentions<'_>, cx: &Context, draft: &mut Draft, span: Span) {
    draft.who = cx.who();
    let period = m.periods_in(span).find(|p| !m.undated(p));
    draft.when = match period {
        Some(p) => Some(When { span: Some(p.span), norm: p.said.norm(cx.now()) }),
        None if draft.modality == Modality::Fact || cx.ahead() => cx.when(draft.modality),
        None => None, // what is aimed at and being done has no date but its own
    };
}

/// `guiding idea for its work is`: what a quoted list is called.
fn idea(text: &str, before: Span) -> Option<Span> {
    let words = lower(before.of(text));
    let nouns = [
        "guiding idea",
        "guiding principle",
        "working idea",
        "general requirement",
        "principle",
        "strategy",
        "idea",
        "motto",
        "goal",
        "approach",
        "pattern",
        "layout",
        "philosophy",
    ];
    nouns
        .iter()
        .find_map(|n| words.rfind(n).map(|at| Span::new(before.start + at, before.start + at + n.len())))
}

/// How many clauses from the first on are commitments side by side: three or more, none an end state.
fn commitments(text: &str, clauses: &[Clause]) -> Option<usize> {
    let plain = |c: &Clause| match c.verb {
        Some((_, v)) => {
            let object = c.object(text);
            let words = object.of(text);
            v.form != Form::Ing
                && !words.is_empty()
                && c.span.len() <= 220
                && (v.class != Class::Goal || v.base == "build" && words.starts_with("the "))
                && !["work to", "strive to", "aim to", "seek to", "strive for"].contains(&v.base)
                && !(v.base == "move" && words.contains(" to "))
                && !words.contains(" into ")
                && !words.contains("such as")
                && !(v.base == "raise" && words.contains(" to "))
                && !words.starts_with("it ")
        }
        None => false,
    };
    let first = clauses.first()?;
    let form = first.verb?.1.form;
    let alike = |c: &Clause| plain(c) && c.carried && c.verb.is_some_and(|v| v.1.form == form);
    // makes A new and B greener, makes C fast and D safe
    let makes =
        |c: &&Clause| c.verb.is_some_and(|v| v.1.base == "make") && c.object(text).of(text).contains(" and ");
    let made = clauses.iter().take_while(makes).count();
    if made >= 2 {
        return Some(made);
    }
    if !plain(first) {
        return None;
    }
    let n = 1 + clauses[1..].iter().take_while(|c| alike(c)).count();
    (n >= 3 && clauses[..n].iter().any(|c| c.verb.is_some_and(|v| v.1.class == Class::Generic))).then_some(n)
}

/// Commitments side by side: a list, or where named things are among what shall be done, a goal.
fn committed(m: &Mentions<'_>, cx: &Context, clauses: &[Clause]) -> Draft {
    let (Some(first), Some(last)) = (clauses.first(), clauses.last()) else {
        return Draft::new(Type::Enumeration, Modality::Ongoing, Span::new(0, 0));
    };
    let span = Span::new(first.span.start, last.span.end);
    let item = |c: &Clause| Span::new(c.verb.map_or(c.span.start, |(at, _)| at), c.span.end);
    let names = clauses
        .iter()
        .any(|c| c.verb.is_some_and(|v| v.1.class != Class::Generic) && named(m, c.object(m.text)));
    let kind = if first.ahead && names { Type::Goal } else { Type::Enumeration };
    let mut draft = Draft::new(kind, if first.ahead { Modality::Target } else { Modality::Ongoing }, span);
    draft.items = if clauses.len() > 2 {
        clauses.iter().map(item).collect()
    } else {
        clauses.iter().flat_map(|c| lists::split(m.text, item(c))).collect()
    };
    told(m, cx, &mut draft, span);
    draft
}

/// Whether words name a thing: a proper name that is no place alone, a quoted name, projects called major.
fn named(m: &Mentions<'_>, object: Span) -> bool {
    let text = m.text;
    let words = object.of(text);
    if words.contains(['"', '“'])
        || ["major project", "key project", "landmark project", "flagship project"]
            .iter()
            .any(|w| words.contains(w))
    {
        return true;
    }
    let plain = ["China", "Chinese", "Party", "State", "Central", "The", "National", "I", "GDP", "CPC"];
    // the Yueyang ethylene complex: a thing called by its place
    let start = object.start + if words.starts_with("the ") { "the ".len() } else { words.len() };
    if m.places_in(object).any(|p| p.span.start == start && text[p.span.end..object.end].starts_with(' ')) {
        return true;
    }
    verbs::word_starts(words).any(|at| {
        let word = &words[at..];
        let word = &word[..word.find(|c: char| !c.is_alphanumeric()).unwrap_or(word.len())];
        let here = object.start + at;
        let next = &words[at + word.len()..];
        word.starts_with(|c: char| c.is_ascii_uppercase())
            && !plain.contains(&word)
            && (m.places_in(object).all(|p| !p.span.contains(Span::new(here, here + word.len())))
                || next.starts_with(' ') && next[1..].starts_with(|c: char| c.is_ascii_uppercase()))
    })
}

/// `with the park as the "main centre"`, `with A and B as its footing`: what things are to be.
fn role(m: &Mentions<'_>, cx: &Context, clause: Clause) -> Option<Draft> {
    let text = m.text;
    let words = clause.span.of(text);
    let low = lower(words);
    let with = if low.starts_with("with ") { 0 } else { low.find(": with ").map(|i| i + 2)? };
    let from = with + "with ".len();
    let at = from + low[from..].find(" as ")?;
    if m.values_in(Span::new(clause.span.start + from, clause.span.start + at))
        .iter()
        .any(|v| v.unit.is_some())
    {
        return None;
    }
    let things = Span::new(clause.span.start + from, clause.span.start + at);
    let rest = Span::new(clause.span.start + at + " as ".len(), clause.span.end);
    let quoted = values::quoted_names_in(text, rest)
        .into_iter()
        .next()
        .filter(|q| q.start <= rest.start + "the ".len() + 3);
    let items = lists::split(text, things);
    let items: Vec<Span> = items.into_iter().map(|s| without_article(text, s)).collect();
    let span = Span::new(clause.span.start + with, clause.span.end);
    let mut draft = if let Some(label) = quoted {
        let mut draft = Draft::new(Type::Goal, Modality::Target, span);
        draft.label = Some(label);
        let number = lower(label.of(text))
            .split(' ')
            .next()
            .and_then(|w| crate::numbers::english(w, 0))
            .map(|n| n.value);
        if let Some(n) = number {
            let end = label.start + label.of(text).find(' ').unwrap_or(label.len());
            draft.count = Some((Span::new(label.start, end), crate::numbers::print(n)));
        }
        draft
    } else {
        let roles = [
            "footing",
            "base",
            "focus",
            "basis",
            "core",
            "support",
            "carrier",
            "carriers",
            "backbone",
            "mainstay",
            "pillar",
            "pillars",
            "platform",
            "platforms",
            "key",
            "priority",
            "vehicles",
        ];
        let told = lower(rest.of(text).split(',').next().unwrap_or_default());
        if !roles.iter().any(|r| told.split(' ').any(|w| w == *r)) || items.len() < 2 {
            return None;
        }
        Draft::new(Type::Enumeration, Modality::Target, Span::new(span.start, rest.start + told.len()))
    };
    if items.len() == 1 && draft.kind == Type::Goal {
        draft.object = Some(items[0]);
    } else {
        draft.items = items;
    }
    told(m, cx, &mut draft, span);
    Some(draft)
}

pub(super) fn without_article(text: &str, span: Span) -> Span {
    let mut span = span.trim(text, |c| c.is_whitespace() || matches!(c, ',' | '.'));
    while let Some(w) =
        ["the ", "The ", "a ", "an ", "its ", "their "].iter().find(|w| span.of(text).starts_with(**w))
    {
        span = Span::new(span.start + w.len(), span.end);
    }
    span
}

/// `is to be the centre of the region and its third port`: the end state told before a place.
fn beside_rank(m: &Mentions<'_>, cx: &Context, clause: Clause) -> Option<Draft> {
    let rank = m.ranks_in(clause.span).first()?;
    let object = clause.object(m.text);
    let at = m.text.get(object.start..rank.span.start)?.rfind(" and ")?;
    let head = Clause { span: Span::new(clause.span.start, object.start + at), ..clause };
    let figures = m.values_in(head.span).iter().any(|v| v.arabic || v.unit.is_some());
    (!figures).then(|| goal(m, cx, head, &[])).flatten()
}

/// An end state without a figure.
fn goal(m: &Mentions<'_>, cx: &Context, clause: Clause, lists: &[List]) -> Option<Draft> {
    let text = m.text;
    let (_, verb) = clause.verb?;
    if clause.done && verb.form == Form::Past {
        return None;
    }
    let mut object = clause.object(text);
    let words = object.of(text);
    let low = lower(words);
    if words.is_empty() {
        return None;
    }
    let into = words.find(" into ").map(|at| Span::new(object.start + at + " into ".len(), object.end));
    let striving = ["work to", "strive to", "aim to", "seek to"].contains(&verb.base);
    let state = if striving {
        let inner = verbs::at(words).filter(|v| v.form == Form::Base);
        if let Some(inner) = inner {
            object = Span::new(object.start + inner.length, object.end).trim(text, char::is_whitespace);
        }
        true
    } else if verb.base == "be" {
        // is to be the centre of …
        clause.ahead && ["the ", "a ", "an ", "one of "].iter().any(|w| low.starts_with(w))
    } else if verb.class == Class::Goal {
        let definite = low.starts_with("the ") && named(m, object) && verb.base == "build" && into.is_none();
        let vain = ["sure", "use of", "efforts", "progress", "contributions", "every effort", "it "];
        let fact = verb.form == Form::Third
            && matches!(verb.base, "make" | "create" | "form" | "become" | "be" | "achieve");
        let makes_state = verb.base == "make"
            && [" a ", " an "].iter().any(|w| low.contains(w))
            && !low.contains(" an industry");
        !definite
            && !vain.iter().any(|w| low.starts_with(w))
            && (!fact || makes_state)
            && verb.form != Form::Past
    } else if into.is_some()
        || matches!(verb.base, "raise" | "move") && (low.contains(" to ") || low.contains(" as "))
    {
        verb.form != Form::Past
            && (into.is_some() || clause.ahead || verb.base == "move" || low.starts_with("it "))
    } else if matches!(verb.base, "complete" | "perfect" | "improve") {
        ["system", "mechanism", "pattern", "environment"].iter().any(|w| low.contains(w))
            && lists.iter().any(|l| l.items.len() >= 3)
    } else if matches!(verb.base, "advance" | "promote" | "speed up" | "accelerate") {
        let building = ["the building of ", "the construction of ", "building of ", "the development of "]
            .iter()
            .any(|w| low.starts_with(w));
        building && !named(m, object)
    } else {
        false
    };
    if !state {
        return None;
    }
    if let Some(into) = into {
        object = into;
    } else if let Some(rest) = words.strip_prefix("it to ") {
        object = Span::new(object.end - rest.len(), object.end);
    } else if verb.base == "make"
        && let Some(at) = [" a ", " an "].iter().filter_map(|w| words.find(w)).min()
    {
        object = Span::new(object.start + at + 1, object.end);
    }
    let mut draft = Draft::new(Type::Goal, Modality::Target, clause.span);
    if verb.form == Form::Ing
        || striving && verb.form == Form::Third
        || matches!(verb.base, "advance" | "promote" | "move") && !clause.ahead
    {
        draft.modality = Modality::Ongoing;
    }
    let items = lists.iter().find(|l| l.items.len() >= 2 && object.overlaps(l.span));
    if let Some(list) = items {
        draft.items.clone_from(&list.items);
        draft.open_list = list.open;
    }
    draft.object = Some(without_article(text, object)).filter(|o| !o.is_empty());
    told(m, cx, &mut draft, clause.span);
    Some(draft)
}

/// A named project, programme or partner.
fn action(m: &Mentions<'_>, cx: &Context, clause: Clause, lists: &[List]) -> Option<Draft> {
    let text = m.text;
    let (_, verb) = clause.verb?;
    let object = clause.object(text);
    let pushes = verb.class == Class::Named || verb.base == "build";
    if !pushes || object.is_empty() || !named(m, object) {
        return None;
    }
    let mut draft =
        Draft::new(Type::Action, if clause.done { Modality::Fact } else { Modality::Ongoing }, clause.span);
    if clause.ahead {
        draft.modality = Modality::Target;
    }
    match lists.iter().find(|l| object.overlaps(l.span)) {
        Some(list) => {
            draft.items = list.items.iter().map(|i| without_article(text, *i)).collect();
            draft.open_list = list.open;
        }
        None => {
            let thing = [
                "the building of ",
                "the construction of ",
                "building of ",
                "construction of ",
                "the development of ",
                "its cooperation with ",
                "cooperation with ",
            ]
            .iter()
            .find(|w| object.of(text).starts_with(**w))
            .map_or(object, |w| Span::new(object.start + w.len(), object.end));
            let pair: Vec<Span> =
                lists::split(text, thing).into_iter().map(|s| without_article(text, s)).collect();
            if pair.len() == 2 && pair.iter().all(|p| p.len() >= 6) && !thing.of(text).contains(", ") {
                draft.items = pair;
            } else {
                draft.object = Some(without_article(text, thing));
            }
        }
    }
    told(m, cx, &mut draft, clause.span);
    Some(draft)
}

/// Three or more things done side by side behind one verb: `at gathering A, fostering B and tapping C`; `makes A B and C D,
/// makes …`.
fn parallel(m: &Mentions<'_>, cx: &Context, clause: Clause) -> Option<Draft> {
    let text = m.text;
    let words = clause.span.of(text);
    let items: Vec<Span> = lists::split(text, clause.span)
        .into_iter()
        .map(|s| {
            let at = verbs::word_starts(s.of(text))
                .find(|i| verbs::at(&s.of(text)[*i..]).is_some_and(|v| v.form == Form::Ing));
            Span::new(s.start + at.unwrap_or(0), s.end)
        })
        .collect();
    let doing = |s: &Span| verbs::at(s.of(text)).is_some_and(|v| v.form == Form::Ing);
    if items.len() < 3 || items.iter().filter(|s| doing(s)).count() < 3 || words.is_empty() {
        return None;
    }
    let mut draft = Draft::new(Type::Enumeration, Modality::Ongoing, clause.span);
    draft.items = items.into_iter().filter(|s| doing(s)).collect();
    told(m, cx, &mut draft, clause.span);
    Some(draft)
}
