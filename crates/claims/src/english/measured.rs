//! Statements with a figure.

use super::{
    finish,
    phrases::{agent, before, cut_end, ends_with_word, is_counter, last_subject, lower, scope_after, what},
    segments::sentence_part,
};
use crate::{
    context::{Context, Mentions},
    draft::{Draft, What, Who},
    numbers,
    ranks::Kind,
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
    // rose from 52,000 to 55,400: the verb stands before what it rose from.
    let stem = from.and_then(|_| pre.of(text).trim_end().strip_suffix(" from"));
    let mut told = before(m, stem.map_or(pre, |s| Span::new(pre.start, pre.start + s.len())));
    if from.is_some() {
        told.to_level = true;
        told.change = told.change.map(|(s, n)| (s, if n.starts_with("down") { "down_to" } else { "up_to" }));
    }
    let after = post.of(text).trim_start();
    let relative = value.percent() || value.points();
    if from.is_some() && told.change.is_none() {
        told.change = moved(text, pre);
    }
    // 500 billion yuan more than last year: of the indicator in hand
    let more = [
        ("more than ", "up"),
        ("higher than ", "up"),
        ("fewer than ", "down"),
        ("less than ", "down"),
        ("lower than ", "down"),
    ];
    let differs = more
        .iter()
        .find(|(w, _)| !relative && after.starts_with(w))
        .filter(|_| previous_year(text, post).is_some());
    if let Some((words, norm)) = differs {
        let start = post.end - after.len().min(post.len());
        told.change.get_or_insert((Span::new(start, start + words.len() - " than ".len()), norm));
    }
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
    let (nominal, in_real) = (after.starts_with("in nominal terms"), after.starts_with("in real terms"));
    let terms = nominal || in_real;
    let of_after = object_after
        && !terms
        && (after.starts_with("of ")
            || after.starts_with("in ") && !m.periods_in(post).any(|p| p.span.start <= post.start + 5));
    // about 60 million people: the counter is the noun
    if value.unit.as_deref().is_some_and(is_counter)
        && let Some(at) = value.span.of(text).rfind(' ')
    {
        let noun = Span::new(value.span.start + at + 1, piece.end.max(value.span.end));
        phrase = what(m, noun, !noun.of(text).contains(" received "));
    }
    if counted
        && differs.is_none()
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
    // production exceeded 13 million units: the counter names nothing
    let counter = phrase.as_ref().is_some_and(|p: &What| {
        matches!(
            lower(p.span.of(text)).as_str(),
            "units" | "sets" | "pieces" | "items" | "vehicles" | "passengers"
        )
    });
    if counter
        && noun_before.is_some_and(|n| n.len() > 3)
        && ends_with_word(pre.of(text), &["exceeded", "surpassed", "passed"]).is_some()
    {
        phrase = None;
    }
    // an infusion of 1.5 trillion yuan
    let level = ["high of", "total of", "low of", "average of", "record of", "maximum of", "minimum of"]
        .iter()
        .any(|w| pre_words.trim_end().ends_with(w));
    if phrase.is_none() && !level && pre_words.trim_end().ends_with(" of") && told.change.is_none() {
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
    if phrase.is_none() && relative && after.starts_with("in ") && !terms && told.change.is_some() {
        phrase = what(m, Span::new(post.end - after.len() + 3, post.end), true);
    }
    // 14.3 billion yuan is to be invested
    let idle =
        told.name.is_none_or(|n| m.periods_in(n).any(|p| p.span.end == n.end) || n.of(text).is_empty());
    if phrase.as_ref().is_none_or(|w| m.periods_in(w.span).any(|p| p.span == w.span))
        && (idle || phrase.is_some())
        && let Some(spent) = done_with(text, post)
    {
        phrase = Some(What { span: spent, base: None, suffix: "" });
    }
    if phrase.is_none() && object_after && !after.is_empty() && differs.is_none() {
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
    // grew 5 percent to 720 billion yuan: the level of the indicator in hand
    let level_of = cx.what.is_some()
        && matches!(pre_words.trim(), "to" | "to about" | "to around" | "to reach" | "reaching");
    // that by private firms fell: of the indicator in hand
    let that = told.name.is_some_and(|n| {
        let words = n.of(text);
        ["by ", "of ", "in ", "for "].iter().any(|w| words.starts_with(w))
            && lower(&text[..n.start]).trim_end().ends_with(" that")
            && m.measures_in(n).all(|k| k.code.is_none())
    });
    if level_of || that && cx.what.is_some() {
        phrase = None;
    }
    // 81,500 yuan for urban residents and 45,600 for rural ones: parts of the income in hand
    let held = cx.what.as_ref().and_then(|w| w.base.as_deref()).filter(|b| b.starts_with("DPI"));
    let group =
        ["for urban", "for rural"].iter().position(|g| after.starts_with(g)).filter(|_| held.is_some());
    if let Some(group) = group {
        let named = Span::new(post.end - after.len() + "for ".len(), post.end);
        let base = ["DPI.urban", "DPI.rural"][group];
        phrase = Some(What { span: named, base: Some(base.to_owned()), suffix: "" });
    }
    let inherited = phrase.is_none();
    let mut what = phrase.or_else(|| cx.what.clone())?;
    // we reduced the burden on firms: the object of the verb as written
    if told.object
        && what.base.is_none()
        && let Some(name) = told.name.filter(|n| n.contains(what.span))
    {
        what.span = name;
    }
    // 5.0 percent in nominal terms or 4.7 percent in real terms: of the change in hand
    if terms
        && told.change.is_none()
        && let Some(carried) = cx.what.as_ref().filter(|_| what.base.is_some() || inherited)
    {
        let at = lower(Span::new(sentence.start, value.span.start).of(text));
        let last =
            |list: &[&str]| list.iter().filter_map(|w| at.rfind(w).map(|i| (i, w.trim_end().len()))).max();
        let up = last(&["increase", "growth", "rise", "grew", "rose", "up "]);
        let down = last(&["decrease", "decline", "drop", "fell", "down "]);
        let hit = up.max(down);
        told.change = hit.map(|(i, length)| {
            (
                Span::new(sentence.start + i, sentence.start + i + length),
                if hit == up { "up" } else { "down" },
            )
        });
        what = carried.clone();
    }
    let growth = relative && (told.change.is_some() && !told.to_level) || value.points() && inherited;
    let contributes = relative
        && ["contributed ", "contributing ", "contributes "]
            .iter()
            .any(|w| pre_words.ends_with(w) || pre_words.trim_end().ends_with(w.trim_end()));
    let growth = growth || contributes;
    if contributes {
        let at = pre_words.rfind("contribut").unwrap_or(0);
        let length = pre_words[at..].find(|c: char| !c.is_alphabetic()).unwrap_or(pre_words.len() - at);
        told.change = Some((Span::new(pre.start + at, pre.start + at + length), "contributes"));
        let named = Span::new(pre.start, pre.start + at);
        what = self::what(m, named, true).or_else(|| cx.what.clone()).unwrap_or(what);
    }
    let kind = if growth { Type::Growth } else { Type::Quantity };
    let share = value.percent()
        && ["accounted for", "accounting for", "accounts for", "made up", "making up", "makes up"]
            .iter()
            .any(|w| pre_words.contains(w));
    what.suffix = match kind {
        Type::Growth if contributes => ".contribution",
        Type::Quantity if share => ".share",
        Type::Growth if value.points() && inherited => ".growth.delta",
        Type::Growth if cx.real && !nominal || in_real => ".growth.real",
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
    if let Some(from) = from
        && let Amount::One { value: n, .. } = &from.amount
    {
        draft.baseline = Some((from.span, format!("from:{}", numbers::print(*n))));
    }
    if draft.baseline.is_none() {
        draft.baseline = against(text, post);
    }
    if draft.baseline.is_none() {
        draft.baseline = previous_year(text, piece);
    }
    if !inherited {
        cx.name(what.clone());
    }
    cx.what = Some(what.clone());
    // received an infusion from banks; lending by large banks: who acts.
    let agent = agent(m, what.span, piece).or_else(|| giver(text, pre, post));
    draft.what = Some(what);
    finish(m, cx, piece, value.outer(), &mut draft);
    draft.rank =
        m.ranks_in(piece).iter().find(|r| r.kind == Kind::FirstTime).map(|r| (r.span, r.norm.clone()));
    if let Some(agent) = agent {
        draft.who = Some(Who { span: Some(agent), name: String::new(), code: None });
    }
    Some(draft)
}

/// `received … from A`: who gave.
fn giver(text: &str, pre: Span, post: Span) -> Option<Span> {
    let receives = [" received ", " receives ", " got "].iter().any(|w| pre.of(text).contains(w));
    let words = post.of(text);
    let at = words.find(" from ").filter(|_| receives)? + " from ".len();
    let end = words[at..].find([',', ';']).map_or(words.len(), |i| at + i);
    Some(Span::new(post.start + at, post.start + end).trim(text, char::is_whitespace))
}

/// The change that a verb before `from A to B` tells.
fn moved(text: &str, pre: Span) -> Option<(Span, &'static str)> {
    let words = lower(pre.of(text));
    let up = ["raised", "increased", "rose", "grew", "expanded", "climbed", "lifted", "up"];
    let down = ["cut", "reduced", "fell", "dropped", "declined", "lowered", "decreased", "shortened", "down"];
    let find = |list: &[&str], norm: &'static str| {
        list.iter().filter_map(|w| words.rfind(&format!(" {w} ")).map(|at| (at + 1, w.len(), norm))).max()
    };
    let (at, length, norm) = find(&up, "up_to").max(find(&down, "down_to"))?;
    Some((Span::new(pre.start + at, pre.start + at + length), norm))
}

/// `was invested`, `is expected to be spent`: what is done with the money, where nothing else names it.
fn done_with(text: &str, post: Span) -> Option<Span> {
    let words = post.of(text);
    let trimmed = words.trim_start();
    let auxiliaries = [
        "is expected to be ",
        "are expected to be ",
        "is to be ",
        "are to be ",
        "will be ",
        "has been ",
        "have been ",
        "was ",
        "were ",
        "is ",
        "are ",
    ];
    let rest = auxiliaries.iter().find_map(|a| trimmed.strip_prefix(a))?;
    let word = &rest[..rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len())];
    let participle = word.ends_with("ed") || matches!(word, "spent" | "lent" | "paid" | "given" | "raised");
    let start = post.end - rest.len();
    participle.then(|| Span::new(start, start + word.len()))
}

/// `of 10 main indicators, 6 were among Hunan's top three and 8 rose`: a part of a total, with the place it stands at.
pub(super) fn of_total(m: &Mentions<'_>, cx: &mut Context, piece: Span, value: &Value) -> Option<Draft> {
    let text = m.text;
    let (total, noun) = cx.counted.clone()?;
    let mut draft = Draft::new(Type::Quantity, Modality::Fact, piece);
    draft.value = Some(value.clone());
    draft.what = Some(What { span: noun, base: None, suffix: "" });
    if let Amount::One { value: n, .. } = &total.amount {
        draft.count = Some((total.span, numbers::print(*n)));
    }
    finish(m, cx, piece, value.outer(), &mut draft);
    let rank = m.ranks_in(piece).iter().find(|r| r.kind == Kind::Place);
    if let Some(rank) = rank {
        draft.rank = Some((rank.span, rank.norm.clone()));
        let behind = Span::new(value.span.end, rank.span.start);
        let set = m.places_in(behind).last().map(|p| p.span);
        let after = lower(Span::new(rank.span.end, piece.end).of(text));
        let set_after = scope_after(&after).map(|(a, b)| Span::new(rank.span.end + a, rank.span.end + b));
        draft.scope = set.or(set_after);
    }
    draft.baseline = previous_year(text, piece);
    if draft.baseline.is_none() && draft.rank.is_none() {
        let verb = Span::new(value.span.end, piece.end);
        let rose = ["moved up", "rose", "climbed", "grew", "improved"];
        draft.change = rose.iter().find_map(|w| {
            verb.of(text).find(w).map(|i| (Span::new(verb.start + i, verb.start + i + w.len()), "up"))
        });
    }
    Some(draft)
}

/// `year on year`, `over the previous year`, `from a year earlier`.
fn previous_year(text: &str, piece: Span) -> Option<(Span, String)> {
    const WORDS: &[&str] = &[
        "year on year",
        "year-on-year",
        "over the previous year",
        "from the previous year",
        "than the previous year",
        "on the previous year",
        "compared with the previous year",
        "on the year before",
        "than the year before",
        "from the year before",
        "over the year before",
        "from a year earlier",
        "than a year earlier",
        "from a year ago",
        "over last year",
        "from last year",
        "than last year",
        "compared with last year",
        "than in the previous year",
        "over the same period last year",
        "from the same period last year",
        "compared with the same period last year",
        "yoy",
        "on a yearly basis",
    ];
    let words = lower(piece.of(text));
    let (at, length) = WORDS
        .iter()
        .filter_map(|w| words.find(w).map(|at| (at, w.len())))
        .min_by_key(|(at, l)| (*at, std::cmp::Reverse(*l)))?;
    Some((Span::new(piece.start + at, piece.start + at + length), "previous_year".to_owned()))
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

/// `capacity doubled`: a change told as a multiple, without a figure.
pub(super) fn multiplied(m: &Mentions<'_>, cx: &mut Context, part: Span) -> Option<Draft> {
    let text = m.text;
    let words = lower(part.of(text));
    let verbs = [
        (" doubled", "up_x2"),
        (" more than doubled", "up_x2"),
        (" tripled", "up_x3"),
        (" quadrupled", "up_x4"),
    ];
    let (verb, norm) = verbs.iter().find(|(v, _)| words.ends_with(v) || words.contains(&format!("{v} ")))?;
    let at = words.find(verb)?;
    let head = Span::new(part.start, part.start + at);
    let head = head
        .of(text)
        .strip_suffix(" more than")
        .map_or(head, |h| Span::new(head.start, head.start + h.len()));
    let mut what = what(m, last_subject(m, head), false)?;
    what.suffix = ".growth";
    let mut draft = Draft::new(Type::Growth, Modality::Fact, part);
    draft.change = Some((Span::new(part.start + at + 1, part.start + at + verb.len()), norm));
    draft.baseline = previous_year(text, part);
    draft.what = Some(what);
    finish(m, cx, part, part, &mut draft);
    Some(draft)
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
