//! Statements with a figure.

use super::{
    finish,
    phrases::{agent, before, cut_end, ends_with_word, is_counter, last_subject, lower, what},
    segments::sentence_part,
};
use crate::{
    context::{Context, Mentions},
    draft::{Draft, What, Who},
    numbers,
    statement::{Modality, Type},
    text::Span,
    values::{Amount, Value},
    wordlist,
};

pub(super) fn measured(
    m: &Mentions<'_>,
    cx: &mut Context,
    sentence: Span,
    piece: Span,
    value: &Value,
    from: Option<&Value>,
) -> Option<Draft> {
    let text = m.text;
    let first = from.map_or(value.outer().start, |v| v.outer().start);
    let pre = Span::new(piece.start.min(first), first);
    let post = Span::new(value.outer().end, piece.end.max(value.outer().end));
    let mut told = before(m, pre);
    if from.is_some() {
        told.to_level = true;
        told.change = told.change.map(|(s, n)| (s, if n.starts_with("down") { "down_to" } else { "up_to" }));
    }
    let after = post.of(text).trim_start();
    let relative = value.percent() || value.points();
    // a 2.5 percent growth, a 5 percent decline
    let growth_noun = [
        ("growth", "up"),
        ("increase", "up"),
        ("rise", "up"),
        ("decline", "down"),
        ("decrease", "down"),
        ("drop", "down"),
        ("reduction", "down"),
        ("year-on-year increase", "up"),
        ("annual growth", "up"),
    ]
    .iter()
    .find(|(w, _)| after.starts_with(w))
    .map(|(w, n)| {
        (
            Span::new(
                post.end - after.len().min(post.len()),
                post.end - after.len().min(post.len()) + w.len(),
            ),
            *n,
        )
    });
    if let Some(hit) = growth_noun {
        told.change.get_or_insert(hit);
    }
    let pre_words = lower(pre.of(text));
    let object_after = !relative && growth_noun.is_none();
    let mut phrase = None;
    let actor = told.name.is_some_and(|n| wordlist::en_actors().contains(&lower(n.of(text))));
    let noun_before = told.name.filter(|_| !actor);
    let counted = value.unit.is_none();
    let of_after = object_after
        && (after.starts_with("of ")
            || after.starts_with("in ") && !m.periods_in(post).any(|p| p.span.start <= post.start + 5));
    if counted
        && !after.is_empty()
        && !after.starts_with(',')
        && ends_with_word(
            pre.of(text),
            &[
                "reached",
                "was",
                "totaled",
                "totaling",
                "totalling",
                "stood at",
                "to",
                "exceeded",
                "by",
                "hit",
                "numbering",
            ],
        )
        .is_none()
    {
        let whole = post.trim(text, char::is_whitespace);
        let receives = whole.of(text).contains(" received ");
        phrase = what(m, whole, !receives);
    }
    // an infusion of 1.5 trillion yuan
    if phrase.is_none() && pre_words.trim_end().ends_with(" of") && told.change.is_none() {
        let (rest, _) = cut_end(text, pre, "of");
        let at = [" a ", " an ", " the ", " with "]
            .iter()
            .filter_map(|w| rest.of(text).rfind(w).map(|i| i + w.len()))
            .max();
        let head = Span::new(rest.start + at.unwrap_or(0), rest.end);
        phrase = what(m, head, true);
    }
    // with a growth rate of 8 percent: of what was spoken of before
    let rate = phrase.as_ref().is_some_and(|p: &What| {
        matches!(lower(p.span.of(text)).as_str(), "growth rate" | "growth" | "increase")
    });
    if rate
        && relative
        && let Some(held) = phrase.take().filter(|_| cx.what.is_some())
    {
        told.change.get_or_insert((held.span, "up"));
        told.name = None;
    }
    let compares = ["over ", "than ", "more than", "less than", "from ", "compared", "higher", "lower"]
        .iter()
        .any(|w| after.starts_with(w));
    if compares && after.starts_with("more than") {
        told.change
            .get_or_insert((Span::new(post.end - after.len(), post.end - after.len() + "more".len()), "up"));
    }
    let object_after = object_after && !compares;
    if phrase.is_none() && of_after && (noun_before.is_none() || told.change.is_none()) {
        phrase = what(m, Span::new(post.end - after.len() + 3, post.end), !after.starts_with("in "));
    }
    if phrase.is_none() {
        phrase = noun_before.map(|n| last_subject(m, n)).and_then(|n| what(m, n, true));
    }
    // a drop of 3 percent in energy consumption
    if phrase.is_none() && relative && after.starts_with("in ") && told.change.is_some() {
        phrase = what(m, Span::new(post.end - after.len() + 3, post.end), true);
    }
    if phrase.is_none() && object_after && !after.is_empty() {
        phrase = what(m, post, true);
    }
    // All remaining residents, totaling 5 million, …
    if pre_words.contains("totaling")
        || pre_words.contains("totalling")
        || pre_words.contains("numbering")
        || pre_words.contains("amounting to")
    {
        let at = ["totaling", "totalling", "numbering", "amounting to"]
            .iter()
            .filter_map(|w| pre_words.find(w))
            .min()?;
        let head = Span::new(pre.start, pre.start + at).trim(text, |c| c.is_whitespace() || c == ',');
        if !head.is_empty() {
            phrase = what(m, head, true).or(phrase);
        }
    }
    let inherited = phrase.is_none();
    let mut what = phrase.or_else(|| cx.what.clone())?;
    let growth = relative && (told.change.is_some() && !told.to_level) || value.points() && inherited;
    let kind = if growth { Type::Growth } else { Type::Quantity };
    what.suffix = match kind {
        Type::Growth if value.points() && inherited => ".growth.delta",
        Type::Growth if cx.real => ".growth.real",
        Type::Growth => ".growth",
        _ => "",
    };
    let mut draft = Draft::new(kind, Modality::Fact, piece);
    let appositive = pre_words.contains("totaling") || pre_words.contains("numbering");
    draft.span = if appositive {
        Span::new(piece.start, sentence_part(text, sentence, value.outer().end))
    } else {
        piece
    };
    draft.change =
        told.change.map(|(s, n)| (s, if n == "down" && !relative && !told.to_level { "down_by" } else { n }));
    draft.value = Some(value.clone());
    // English counts things by their noun: the counter is no unit.
    if value.unit.as_deref().is_some_and(is_counter)
        && let Some(v) = draft.value.as_mut()
    {
        v.unit = None;
    }
    let lowered = lower(piece.of(text));
    if let Some(from) = from
        && let Amount::One { value: n, .. } = &from.amount
    {
        draft.baseline = Some((from.span, format!("from:{}", numbers::print(*n))));
    }
    if draft.baseline.is_none() {
        draft.baseline = against(text, post).or_else(|| {
            let last = [
                "over last year",
                "than last year",
                "from last year",
                "from a year earlier",
                "than a year earlier",
                "over the previous year",
            ];
            let (at, w) = last.iter().find_map(|w| lowered.find(w).map(|at| (at, w)))?;
            Some((Span::new(piece.start + at, piece.start + at + w.len()), "previous_year".to_owned()))
        });
    }
    if let Some(at) = lowered
        .find("year on year")
        .map(|i| (i, 12))
        .or_else(|| lowered.find("year-on-year").map(|i| (i, 12)))
        .or_else(|| lowered.find("over the previous year").map(|i| (i, 22)))
    {
        let hit = Span::new(piece.start + at.0, piece.start + at.0 + at.1);
        draft.baseline.get_or_insert((hit, "previous_year".into()));
    }
    if !inherited {
        cx.named.push(what.clone());
    }
    cx.what = Some(what.clone());
    // lending by large banks; funds from …: who acts.
    let agent = agent(m, what.span, piece);
    draft.what = Some(what);
    finish(m, cx, piece, value.outer(), &mut draft);
    if let Some(agent) = agent {
        draft.who = Some(Who { span: Some(agent), name: String::new(), code: None });
    }
    Some(draft)
}

/// `higher than the national average`, `above the national level` behind a figure.
fn against(text: &str, post: Span) -> Option<(Span, String)> {
    let words = lower(post.of(text));
    let at = ["higher than", "faster than", "above", "lower than", "below", "ahead of"]
        .iter()
        .filter_map(|w| words.find(w))
        .filter(|at| *at <= 2)
        .min()?;
    let national = ["national", "the country", "nationwide"].iter().any(|w| words[at..].contains(w));
    national.then(|| (Span::new(post.start + at, post.end), "national".to_owned()))
}

/// `growth in personal income in step with economic growth`: a comparison without a figure.
pub(super) fn in_step(m: &Mentions<'_>, cx: &mut Context, part: Span) -> Option<Draft> {
    let text = m.text;
    let words = lower(part.of(text));
    let at = ["in step with", "keep pace with", "in line with", "in pace with"]
        .iter()
        .filter_map(|w| words.find(w))
        .min()?;
    let basis = Span::new(part.start + at, part.end);
    let other = lower(basis.of(text));
    let norm = if other.contains("economic growth") || other.contains("gdp growth") {
        "eq:GDP.growth"
    } else {
        return None;
    };
    let head = Span::new(part.start, basis.start);
    let measure = m.measures_in(head).next().cloned()?;
    let mut draft = Draft::new(Type::Growth, Modality::Fact, part);
    let mut what = what(m, measure.span, true)?;
    what.suffix = ".growth";
    let growth = words[..at].find("growth").or_else(|| words[..at].find("increase"));
    draft.change = growth.map(|i| (Span::new(part.start + i, part.start + i + "growth".len()), "up"));
    draft.baseline = Some((basis, norm.to_owned()));
    draft.what = Some(what);
    finish(m, cx, part, part, &mut draft);
    Some(draft)
}
