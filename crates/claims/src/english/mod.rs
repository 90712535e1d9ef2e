//! English statements: figures, growth, ranks, and the commonest designations and goals.
//!
//! # Method
//! A sentence is cut at commas, semicolons and at conjunctions between two figures or ranks, so that each piece holds one.
//! The words before the figure are searched for a verb of change or state: its subject, or its object where the verb
//! takes one, names the indicator; else the noun phrase behind the figure does.

mod clauses;
mod lists;
mod measured;
mod phrases;
mod ranked;
pub(crate) mod ranks;
mod requests;
mod respectively;
mod segments;
mod soft;
mod status;
pub(crate) mod values;
mod verbs;

use crate::{
    articles::{Page, Role},
    clauses::{Clause, bounded},
    context::{Context, Mentions, Mood},
    draft::{Draft, When, Who},
    periods::Said,
    ranks::{Kind, Mention as Rank},
    statement::Modality,
    text::Span,
    values::Value,
};
use phrases::{is_counter, lower, scope_after};

/// No sentence of prose is longer, in bytes; what is, is cut, so that reading stays linear in the length of the text.
const LONGEST: usize = 3000;

/// Reads every statement of an English text.
pub(crate) fn read(m: &Mentions<'_>, page: &Page, context: Context) -> Vec<Draft> {
    let mut cx = context;
    let mut drafts = Vec::new();
    let mut article = None;
    if m.text.contains("China") || m.text.contains("Chinese") {
        cx.country = Some("China");
    }
    for block in &page.blocks {
        if block.article != article && block.article.is_some() {
            article = block.article;
            cx.begin_article(page.homes.get(article.unwrap_or_default()).copied().flatten());
        }
        match block.role {
            Role::Body => {
                let sentences = segments::sentences(m.text, block.span);
                let short = |s: Span| bounded(m.text, Clause { span: s, mark: None }, LONGEST);
                for sentence in sentences.into_iter().flat_map(short).map(|c| c.span) {
                    let before = drafts.len();
                    sentence_of(m, &mut cx, sentence, &mut drafts);
                    for draft in &mut drafts[before..] {
                        draft.article = block.article;
                    }
                    cx.end_sentence();
                }
                cx.end_block();
                cx.mood = Mood::Fact;
            }
            Role::Heading => {
                let words = lower(block.span.of(m.text));
                cx.mood = if ["target", "goal", "plan for", "tasks"].iter().any(|w| words.contains(w)) {
                    Mood::Target
                } else {
                    Mood::Fact
                };
            }
            _ => {}
        }
    }
    drafts
}

/// An anchor: a figure or a rank.
#[derive(Clone, Copy)]
enum Anchor<'m> {
    Value(&'m Value),
    Rank(&'m Rank),
}

impl Anchor<'_> {
    fn outer(&self) -> Span {
        match self {
            Anchor::Value(v) => v.outer(),
            Anchor::Rank(r) => r.span,
        }
    }
}

fn sentence_of(m: &Mentions<'_>, cx: &mut Context, sentence: Span, drafts: &mut Vec<Draft>) {
    let words = lower(sentence.of(m.text));
    let announces = ["main targets", "projected targets", "targets for", "we aim to achieve the following"];
    if announces.iter().any(|w| words.contains(w)) {
        cx.mood = Mood::Target;
    }
    let from = drafts.len();
    for part in segments::parts(m.text, sentence) {
        cx.hear(m, part);
        let found = part_of(m, cx, part);
        drafts.extend(found);
    }
    let soft = soft::read(m, cx, sentence, &drafts[from..]);
    drafts.extend(soft);
}

/// What the part of a sentence between semicolons states.
fn part_of(m: &Mentions<'_>, cx: &mut Context, part: Span) -> Vec<Draft> {
    let text = m.text;
    let ranks = m.ranks_in(part).iter().filter(|r| holds(m, part, r)).map(Anchor::Rank);
    let mut anchors: Vec<Anchor<'_>> =
        m.values_in(part).iter().filter(|v| counts(text, v)).map(Anchor::Value).chain(ranks).collect();
    anchors.sort_by_key(Anchor::outer);
    if anchors.is_empty() {
        let told = measured::in_step(m, cx, part).or_else(|| measured::multiplied(m, cx, part));
        return told.into_iter().collect();
    }
    // ranked 12th among 35 cities: the size of the set is no figure.
    let sized: Vec<usize> = anchors
        .windows(2)
        .filter_map(|pair| match pair {
            [Anchor::Rank(r), Anchor::Value(v)] if v.unit.as_deref().is_none_or(is_counter) => {
                let gap = text.get(r.span.end..v.span.start)?.trim();
                let set =
                    ["among", "of", "out of", "among the", "of the", "among all", "of all"].contains(&gap);
                set.then_some(v.span.start)
            }
            _ => None,
        })
        .collect();
    anchors.retain(|a| !matches!(a, Anchor::Value(v) if sized.contains(&v.span.start)));
    let counted = counted(m, part, &anchors);
    if let Some((total, noun)) = &counted {
        anchors.retain(|a| a.outer() != total.outer());
        cx.counted = Some(((*total).clone(), *noun));
        // 6 were among the top three: the rank is told of the count.
        anchors.retain(|a| match a {
            Anchor::Value(_) => true,
            Anchor::Rank(r) => r.kind != Kind::Place,
        });
    }
    let shared = respectively::runs(m, part, &anchors);
    let pieces = segments::pieces(text, part, &anchors);
    cx.lead = pieces.first().map(|p| Span::new(part.start, p.start));
    let mut drafts = Vec::new();
    let mut skip_to = 0;
    for (i, (anchor, piece)) in anchors.iter().zip(&pieces).enumerate() {
        if i < skip_to {
            continue;
        }
        if let Some((start, end)) = shared.iter().copied().find(|(start, _)| *start == i)
            && let Some(zipped) = respectively::respectively(m, cx, part, *piece, &anchors[start..end])
        {
            drafts.extend(zipped);
            skip_to = end;
            continue;
        }
        // from 1.2 million to 1.5 million
        if let (Anchor::Value(a), Some(Anchor::Value(b))) = (anchor, anchors.get(i + 1))
            && text[..a.outer().start].ends_with("from ")
            && text.get(a.outer().end..b.outer().start) == Some(" to ")
        {
            let whole = Span::new(piece.start, pieces[i + 1].end);
            drafts.extend(measured::measured(m, cx, part, whole, b, Some(a)));
            skip_to = i + 2;
            continue;
        }
        if let Anchor::Value(v) = anchor
            && cx.counted.is_some()
            && v.unit.is_none()
        {
            drafts.extend(measured::of_total(m, cx, *piece, v));
            continue;
        }
        // reached a record high of 695 million tonnes: a level, and a place of it
        if let (Anchor::Rank(r), Some(Anchor::Value(v))) = (anchor, anchors.get(i + 1))
            && r.kind == Kind::Record
            && text.get(r.span.end..v.outer().start) == Some(" of ")
        {
            let whole = Span::new(piece.start, pieces[i + 1].end);
            drafts.extend(measured::measured(m, cx, part, whole, v, None));
            drafts.extend(ranked::ranked(m, cx, whole, r));
            skip_to = i + 2;
            continue;
        }
        drafts.extend(match anchor {
            Anchor::Value(v) => {
                let told = measured::measured(m, cx, part, *piece, v, None);
                // The rail network, the longest in the world, reached 48,000 km: the subject stands before an insertion.
                told.or_else(|| {
                    cx.what = subject_of(m, part, piece.start);
                    cx.what.is_some().then(|| measured::measured(m, cx, part, *piece, v, None)).flatten()
                })
            }
            Anchor::Rank(r) => ranked::ranked(m, cx, *piece, r),
        });
    }
    shared_set(cx, &mut drafts);
    drafts
}

/// What the words up to the first comma name, where a piece names nothing.
fn subject_of(m: &Mentions<'_>, part: Span, before: usize) -> Option<crate::draft::What> {
    let head = m.text.get(part.start..before)?;
    let comma = head.find(", ")?;
    let span = Span::new(part.start, part.start + comma);
    let opening =
        ["As ", "By ", "In ", "At ", "Since ", "From ", "On ", "During ", "With ", "After ", "For "];
    if opening.iter().any(|o| head.starts_with(o)) {
        return None;
    }
    if m.values_in(span).iter().any(|v| v.unit.is_some())
        || m.periods_in(span).any(|p| p.span.end == span.end)
    {
        return None;
    }
    phrases::what(m, phrases::last_subject(m, span), true)
}

/// `of 10 main indicators, 6 rose`: the total that the counts of the sentence are parts of, and its noun.
fn counted<'m>(m: &Mentions<'m>, part: Span, anchors: &[Anchor<'m>]) -> Option<(&'m Value, Span)> {
    let text = m.text;
    let Some(Anchor::Value(total)) =
        anchors.iter().find(|a| matches!(a, Anchor::Value(v) if v.unit.is_none()))
    else {
        return None;
    };
    let before = lower(Span::new(part.start, total.outer().start).of(text));
    let before = before.trim_end();
    let lead = [
        "of",
        "of the",
        "of its",
        "among",
        "among the",
        "among its",
        "out of",
        "out of the",
        "of the city's",
        "of all",
    ]
    .iter()
    .any(|w| before == *w || before.ends_with(&format!(", {w}")) || before.ends_with(&format!("; {w}")));
    let comma = total.span.end + text[total.span.end..part.end].find(", ")?;
    let noun = Span::new(total.span.end, comma).trim(text, char::is_whitespace);
    let follows =
        anchors.iter().any(|a| matches!(a, Anchor::Value(v) if v.span.start > comma && v.unit.is_none()));
    (lead && !noun.is_empty() && follows).then_some((*total, noun))
}

/// `the fewest items, the shortest times and the best services in the province`: the set named last is that of all, and
/// they make one group.
fn shared_set(cx: &mut Context, drafts: &mut [Draft]) {
    let extreme = |d: &Draft| d.rank.as_ref().is_some_and(|r| matches!(r.1.as_str(), "max" | "min" | "best"));
    for i in 1..drafts.len() {
        let (before, here) = drafts.split_at_mut(i);
        let (Some(before), Some(here)) = (before.last_mut(), here.first_mut()) else { continue };
        let place = |d: &Draft| d.rank.as_ref().filter(|r| r.1.parse::<u32>().is_ok()).map(|r| r.0);
        // ranked first in the province for imports and second for exports
        if let (Some(_), Some(at)) = (place(before), place(here))
            && here.scope.is_none()
            && before.scope.is_some()
            && at.start <= here.span.start + 4
        {
            here.scope = before.scope;
            let group = before.group.unwrap_or_else(|| cx.next_group());
            (before.group, here.group) = (Some(group), Some(group));
        }
    }
    let Some(last) = drafts.iter().rposition(|d| extreme(d) && d.scope.is_some()) else { return };
    let mut first = last;
    while first > 0 && extreme(&drafts[first - 1]) && drafts[first - 1].scope.is_none() {
        first -= 1;
    }
    if first == last {
        return;
    }
    let scope = drafts[last].scope;
    let group = cx.next_group();
    let modality = drafts[first].modality;
    let when = drafts[first].when.clone();
    for draft in &mut drafts[first..=last] {
        draft.scope = scope;
        draft.group = Some(group);
        draft.modality = modality;
        draft.when.clone_from(&when);
    }
}

/// A bare small number in words, an ordinal date, a numbered item are no figures.
fn counts(text: &str, value: &Value) -> bool {
    if value.magnified || value.unit.as_deref().is_some_and(|u| !is_counter(u)) {
        return true;
    }
    let after = &text[value.span.end..];
    let before = text[..value.span.start].trim_end();
    let noun = after.starts_with(' ')
        && after[1..].starts_with(|c: char| c.is_ascii_lowercase() || c == '“' || c.is_ascii_uppercase());
    let word = after.trim_start().split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
    let function = [
        "of", "in", "and", "or", "to", "the", "years", "year", "months", "days", "percent", "is", "was",
        "ways", "aspects", "at", "for", "by", "on", "with",
    ]
    .contains(&lower(word).as_str());
    let one_of = [
        "one of",
        "one of the",
        "one of its",
        "one of only",
        "one of China's",
        "one of the country's",
        "one of the first",
    ];
    if one_of.iter().any(|w| before.ends_with(w)) {
        return false; // one of 15 model cities: the size of the set
    }
    let previous = before.rsplit(' ').next().unwrap_or_default();
    let names = [
        "line",
        "lines",
        "phase",
        "version",
        "section",
        "table",
        "figure",
        "item",
        "stage",
        "class",
        "tier",
        "grade",
        "level",
        "route",
        "unit",
        "page",
        "column",
        "type",
        "zone",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    if names.contains(&lower(previous).as_str()) || names[19..].contains(&lower(word).as_str()) {
        return false;
    }
    let moved = [
        "were",
        "was",
        "are",
        "rose",
        "moved",
        "entered",
        "ranked",
        "fell",
        "grew",
        "exceeded",
        "saw",
        "climbed",
        "improved",
        "recorded",
        "outperformed",
        "met",
        "reached",
    ]
    .contains(&lower(word).as_str());
    if moved && value.arabic && (before.ends_with(',') || before.ends_with(" and")) {
        return true; // of 10 indicators, 6 were …
    }
    let label = before.ends_with(|c: char| c.is_ascii_uppercase())
        || before.ends_with("No.")
        || before.ends_with("Article")
        || before.ends_with("Chapter")
        || before.ends_with("Covid")
        || before.ends_with('-');
    // bringing the total to 1,080: a level of what was counted
    let level = [" to", " total of", " totaled", " totalled", " exceeded", " stood at"]
        .iter()
        .any(|w| before.ends_with(w));
    // rose from 52,000 to 55,400
    if value.arabic
        && before.ends_with(" from")
        && after.strip_prefix(" to ").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    {
        return true;
    }
    let dated = [" by the end of", " by 20", " by year-end", " in 20", " this year", " last year"];
    if value.arabic
        && level
        && value.span.len() >= 3
        && (after.is_empty()
            || after.starts_with([',', '.', ';', '\n'])
            || dated.iter().any(|w| after.starts_with(w)))
    {
        return true;
    }
    value.arabic && noun && !function && !label
}

/// `the fewest items, the shortest times and the best services in the province`: another extreme follows.
fn beside_another(after: &str) -> bool {
    let stop = [", ", " and "].iter().filter_map(|j| after.find(j).map(|at| at + j.len())).min();
    let Some(rest) = stop.filter(|at| *at < 70).map(|at| after[at..].trim_start_matches("and ")) else {
        return false;
    };
    let Some(rest) = rest.strip_prefix("the ") else { return false };
    let extremes = [
        "largest",
        "biggest",
        "highest",
        "longest",
        "fastest",
        "most",
        "best",
        "lowest",
        "smallest",
        "fewest",
        "shortest",
        "least",
        "strongest",
    ];
    extremes.iter().any(|e| rest.starts_with(e))
}

fn holds(m: &Mentions<'_>, sentence: Span, rank: &Rank) -> bool {
    let text = m.text;
    let behind = Span::new(rank.span.end, sentence.end.max(rank.span.end));
    let in_place = m.places_in(behind).next().is_some_and(|p| {
        let gap = &text[behind.start..p.span.start];
        gap.len() < 60
            && !gap.contains(',')
            && [" in ", " of ", " in all ", " in the whole of "].iter().any(|w| gap.ends_with(w))
    });
    let after = lower(&text[rank.span.end..sentence.end]);
    let scope =
        scope_after(&after).is_some() || after.starts_with(" nationwide") || after.contains("nationwide");
    let before = &text[sentence.start..rank.span.start];
    let possessive = before.trim_end().ends_with("'s")
        || before.trim_end().ends_with("’s")
        || text[rank.span.start..].starts_with("'s");
    let windows = [
        "in the last ",
        "in the past ",
        "in recent years",
        "over the last ",
        "over the past ",
        "on record",
        "in history",
        "in a decade",
        "in nearly a decade",
        "in recent decades",
    ];
    let window = windows.iter().any(|w| after.find(w).is_some_and(|at| at <= 16));
    let scope = scope || in_place || possessive || window || beside_another(&after);
    match rank.kind {
        Kind::Place | Kind::Nth | Kind::Record => true,
        Kind::Extreme | Kind::First | Kind::Only => {
            scope
                && !after.starts_with(" half")
                && !after.starts_with(" quarter")
                && !after.starts_with(" time")
                && !after.starts_with(" of all")
        }
        Kind::Vague => scope,
        Kind::FirstTime => false,
    }
}

fn finish(m: &Mentions<'_>, cx: &mut Context, piece: Span, anchor: Span, draft: &mut Draft) {
    let text = m.text;
    let words = lower(piece.of(text));
    let has = |list: &[&str]| list.iter().any(|w| words.contains(w));
    let period = m.periods_in(piece).find(|p| !m.undated(p));
    let period = period.or_else(|| cx.lead.and_then(|l| m.periods_in(l).filter(|p| !m.undated(p)).last()));
    let ahead = period.is_some_and(|p| p.said.ahead(cx.now()));
    // What goes on from a target or a forecast: an increase of 5 percent; with exports up 3 percent.
    let goes_on = cx.lead.is_some()
        && ["an increase of", "a decrease of", "up ", "down ", "with "].iter().any(|w| {
            words.starts_with(w) || text[..piece.start].ends_with(w) && text[..piece.start].ends_with("with ")
        });
    draft.modality = if has(&[
        "is expected to",
        "are expected to",
        "is projected",
        "is forecast",
        "estimated to reach",
        " expects ",
        " expect ",
    ]) || goes_on && cx.forecast
    {
        Modality::Forecast
    } else if ahead
        || cx.mood == Mood::Target
        || has(&[
            "will ",
            "aim to",
            "aims to",
            "target of",
            "strive to",
            "plan to",
            "plans to",
            "is set to",
            "strives ",
            "strive for",
            "works to",
            "aims at",
            "seeks to",
            "is to ",
            "are to ",
            "been set",
            "is set at",
            "are set at",
        ])
        || goes_on && cx.aiming
    {
        Modality::Target
    } else {
        Modality::Fact
    };
    cx.forecast = draft.modality == Modality::Forecast;
    cx.aiming = draft.modality == Modality::Target;
    draft.when = match period {
        Some(p) => Some(When { span: Some(p.span), norm: p.said.norm(cx.now()) }),
        None => cx.when(draft.modality),
    };
    if period.is_none()
        && draft.when.as_ref().is_none_or(|w| w.span.is_none())
        && let Some(when) = cx.year_phrase.clone()
    {
        draft.when = Some(when);
    }
    if let Some(p) = period.filter(|p| p.said == Said::Whole) {
        cx.year_phrase = Some(When { span: Some(p.span), norm: p.said.norm(cx.now()) });
    }
    // What shall be is not of a year gone by, though the passage told of one.
    if draft.modality == Modality::Target && period.is_none() {
        let told = draft.when.as_ref().and_then(|w| w.norm.as_deref()?.get(..4)?.parse::<i32>().ok());
        if let (Some(told), Some(year)) = (told, cx.year)
            && told < year
        {
            draft.when = Some(When { span: None, norm: Some(year.to_string()) });
        }
    }
    let place = m.places_in(Span::new(piece.start, anchor.start)).find(|p| draft.scope != Some(p.span));
    let place = place.map(|p| Who { span: Some(p.span), name: String::new(), code: Some(p.code) });
    let carried = draft.what.as_ref().is_some_and(|w| w.span.end <= piece.start);
    if let Some(body) = body(text, Span::new(piece.start, anchor.start.max(piece.start))) {
        cx.body = Some(body);
    } else if !carried {
        cx.body = None;
    }
    if cx.body.is_some() {
        draft.who.clone_from(&cx.body);
        return;
    }
    match place.filter(|w| w.code != Some(zhidian_vocabulary::regions::CHINA)) {
        Some(who) => {
            cx.set_who(who.clone());
            draft.who = Some(who);
        }
        None => draft.who = cx.who(),
    }
}

/// `Ningbo Zhoushan Port handled`: a body with a proper name that begins a piece.
fn body(text: &str, head: Span) -> Option<Who> {
    const KINDS: [&str; 10] = [
        "Port",
        "Airport",
        "Canal",
        "Railway",
        "Expressway",
        "Zone",
        "Park",
        "University",
        "Company",
        "Group",
    ];
    let words = head.of(text);
    let mut end = 0;
    let mut count = 0;
    for word in words.split(' ') {
        if !word.starts_with(|c: char| c.is_ascii_uppercase()) || word.ends_with([',', '.']) {
            break;
        }
        end += word.len() + usize::from(count > 0);
        count += 1;
    }
    let name = words[..end].strip_prefix("The ").unwrap_or(&words[..end]);
    let kind = name.rsplit(' ').next().unwrap_or_default();
    let proper = count > 1 && KINDS.contains(&kind.trim_end_matches("'s").trim_end_matches("’s"));
    let start = head.start + end - name.len();
    proper.then(|| Who { span: Some(Span::new(start, start + name.len())), name: String::new(), code: None })
}
