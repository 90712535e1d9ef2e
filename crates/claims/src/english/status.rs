//! Designations, listings, completions.

use super::{
    clauses::Clause,
    lists,
    phrases::lower,
    soft::{told, without_article},
};
use crate::{
    context::{Context, Mentions},
    draft::{Draft, Who},
    numbers,
    statement::{Modality, Type},
    text::Span,
    values::Amount,
};
use regex::Regex;
use std::sync::LazyLock;

#[expect(clippy::expect_used, reason = "a constant pattern, compiled in tests")]
static DESIGNATED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)\b(?:was|were|is|are|has been|have been|had been|been)(?: [\p{L}]+ly| also)? (?P<verb>named|listed|designated|classed",
        r"|classified|chosen|selected|recognized|recognised|rated|included|approved|identified|certified|awarded|taken up|written",
        r"|entered|incorporated|inscribed|added|ranked|crowned|put on|placed on|admitted|accredited|honored|honoured|elected",
        r"|short-listed|shortlisted|confirmed|defined)(?: by (?P<by>[^,;]+?))?(?P<as> as| in| into| among| to| on| for| one of| an?| the) ",
        r"|\b(?P<won>won|received|awarded|earned|obtained) the (?:title|honor|honour|name|designation) of "
    ))
    .expect("a constant pattern")
});

#[expect(clippy::expect_used, reason = "a constant pattern, compiled in tests")]
static IS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i) (?:is|are|was) (?:also )?(?:an?|one of the|the) (?P<what>[^,;]*\b(?:project|works|pilot|demonstration|base|zone|area|park|city|county|town|port)\b",
        r"[^,;]*)"
    ))
    .expect("a constant pattern")
});

#[expect(clippy::expect_used, reason = "a constant pattern, compiled in tests")]
static DONE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)\b(?:was|were|has been|have been) (?:officially |formally |fully |successfully )?(?:launched|inaugurated|unveiled|put into (?:operation|use|service|production)",
        r"|opened to traffic|opened|completed|commissioned|established|set up|founded)\b|\b(?:went|came|entered) into (?:operation|service|use|force|production)\b",
        r"|\b(?:is|are) (?:insufficient|inadequate)\b|\boccur(?:s|red)? (?:time and again|often|frequently|repeatedly)"
    ))
    .expect("a constant pattern")
});

/// What a clause says a thing was designated, listed or completed as.
pub(super) fn status(m: &Mentions<'_>, cx: &mut Context, clause: Clause) -> Vec<Draft> {
    let text = m.text;
    let words = clause.span.of(text);
    let mut draft = Draft::new(Type::Status, Modality::Fact, clause.span);
    if clause.ahead && lower(words).starts_with("to ") {
        return Vec::new();
    }
    if let Some(c) = DESIGNATED.captures(words) {
        let Some(whole) = c.get(0) else { return Vec::new() };
        let verb = c.name("verb").map_or("", |v| v.as_str());
        let link = c.name("as").map_or("", |l| l.as_str()).trim();
        let bare = matches!(link, "a" | "an" | "the");
        let names = matches!(verb, "named" | "rated" | "awarded" | "crowned" | "elected");
        let prose = matches!(
            verb,
            "included"
                | "added"
                | "placed on"
                | "put on"
                | "ranked"
                | "entered"
                | "confirmed"
                | "approved"
                | "defined"
                | "identified"
                | "written"
                | "selected"
                | "chosen"
        );
        if bare && !names
            || link == "to" && !matches!(verb, "added" | "admitted")
            || prose && matches!(link, "on" | "for") && verb != "put on" && verb != "placed on"
            || verb == "ranked"
        {
            return Vec::new();
        }
        draft.attribution =
            c.name("by").map(|b| Span::new(clause.span.start + b.start(), clause.span.start + b.end()));
        let start = match link {
            "a" | "an" | "the" => c.name("as").map_or(whole.end(), |l| l.start() + 1),
            "one of" => c.name("as").map_or(whole.end(), |l| l.start() + 1),
            _ => whole.end(),
        };
        let object = Span::new(clause.span.start + start, clause.span.end);
        subject(m, cx, &mut draft, Span::new(clause.span.start, clause.span.start + whole.start()));
        designated(m, &mut draft, object);
    } else if let Some(c) = DONE.find(words) {
        if m.values_in(clause.span).iter().any(|v| v.unit.is_some() || v.arabic) {
            return Vec::new();
        }
        let head = Span::new(clause.span.start, clause.span.start + c.start());
        let named = head
            .of(text)
            .split(' ')
            .skip(1)
            .any(|w| w.trim_start_matches(['"', '“']).starts_with(|c: char| c.is_uppercase()));
        let lacking = ["insufficient", "inadequate", "occur"].iter().any(|w| c.as_str().contains(w));
        if !named && !lacking {
            return Vec::new();
        }
        subject(m, cx, &mut draft, head);
        draft.object = Some(without_article(text, head)).filter(|o| !o.is_empty());
    } else if let Some(c) = IS.captures(words) {
        let Some(what) = c.name("what") else { return Vec::new() };
        let words_of = lower(what.as_str());
        let decided = [
            "approved by",
            "designated by",
            "recognized by",
            "listed by",
            "landmark",
            "national-level",
            "state-level",
            "controlling",
            "pilot",
            "demonstration",
        ];
        if !decided.iter().any(|w| words_of.contains(w)) || !m.ranks_in(clause.span).is_empty() {
            return Vec::new();
        }
        let object = Span::new(clause.span.start + what.start(), clause.span.start + what.end());
        subject(
            m,
            cx,
            &mut draft,
            Span::new(clause.span.start, clause.span.start + c.get(0).map_or(0, |w| w.start())),
        );
        let by = ["approved by ", "designated by ", "recognized by "]
            .iter()
            .find_map(|w| words_of.find(w).map(|at| (at, w.len())));
        if let Some((at, length)) = by {
            draft.attribution = Some(Span::new(object.start + at + length, object.end));
            draft.object = Some(Span::new(object.start, object.start + at).trim(text, char::is_whitespace));
        } else {
            draft.object = Some(object);
        }
    } else {
        return Vec::new();
    }
    let who = draft.who.take();
    told(m, cx, &mut draft, clause.span);
    draft.who = who.or(draft.who);
    vec![draft]
}

/// The subject right before the verb: a place, or another name.
fn subject(m: &Mentions<'_>, cx: &mut Context, draft: &mut Draft, head: Span) {
    let text = m.text;
    let from = [", ", "; ", " but ", " and "]
        .iter()
        .filter_map(|w| head.of(text).rfind(w).map(|at| at + w.len()))
        .max()
        .unwrap_or(0);
    let head = without_article(text, Span::new(head.start + from, head.end));
    if head.is_empty() || matches!(lower(head.of(text)).as_str(), "it" | "they" | "we" | "this" | "which") {
        return;
    }
    if crate::wordlist::en_actors().contains(&format!("the {}", lower(head.of(text)))) {
        return;
    }
    let place = m.places_in(head).next();
    // Heshan in Guangxi: the place is the subject, what it lies in is not.
    let who = match place
        .filter(|p| p.span.start == head.start && !text[p.span.end..head.end].starts_with(['\'', '’']))
    {
        Some(p) => Who { span: Some(p.span), name: String::new(), code: Some(p.code) },
        None => Who { span: Some(head), name: String::new(), code: None },
    };
    if who.code.is_some() {
        cx.set_who(who.clone());
    }
    draft.who = Some(who);
}

/// The object of a designation: its count and scope, or its members.
fn designated(m: &Mentions<'_>, draft: &mut Draft, object: Span) {
    let text = m.text;
    let mut object = object;
    for lead in ["one of ", "among ", "as ", "the first batch of ", "the first group of ", "the list of "] {
        if let Some(rest) = object.of(text).strip_prefix(lead) {
            object = Span::new(object.end - rest.len(), object.end);
        }
    }
    object = without_article(text, object);
    if let Some(value) =
        m.values_in(object).first().filter(|v| v.unit.is_none() && v.span.start <= object.start + 24)
        && let Amount::One { value: n, .. } = &value.amount
    {
        draft.count = Some((value.span, numbers::print(*n)));
        object = Span::new(value.span.end, object.end).trim(text, char::is_whitespace);
    }
    // in China, nationwide: the set
    if let Some(place) = m.places_in(object).last().filter(|p| p.span.end == object.end) {
        let head = text[object.start..place.span.start].trim_end();
        if let Some(head) = head.strip_suffix(" in").or_else(|| head.strip_suffix(" of")) {
            draft.scope = Some(place.span);
            object = Span::new(object.start, object.start + head.len());
        }
    }
    let items: Vec<Span> = lists::split(text, object).into_iter().map(|s| without_article(text, s)).collect();
    let classes = items.len() >= 2
        && items.iter().all(|i| i.of(text).split(' ').count() >= 2)
        && !object.of(text).contains(" of ");
    if classes { draft.items = items } else { draft.object = Some(object).filter(|o| !o.is_empty()) }
}
