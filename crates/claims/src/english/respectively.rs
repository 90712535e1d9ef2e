//! Distributions: `A and B grew by 4 percent and 6 percent respectively`.

use super::{
    Anchor, finish,
    phrases::{Before, before, lower, what},
    segments::split_and,
};
use crate::{
    context::{Context, Mentions},
    draft::{Draft, What, Who},
    statement::{Modality, Type},
    text::Span,
    values::Value,
};

/// The runs of figures that are distributed, first and one past the last of each: those of one unit right before
/// `respectively`, the equally long runs of other units before them (by 4 and 6 percent to 8,000 and 5,000 yuan
/// respectively), and pairs behind words that name two: urban and rural residents.
pub(super) fn runs(m: &Mentions<'_>, part: Span, anchors: &[Anchor<'_>]) -> Vec<(usize, usize)> {
    let text = m.text;
    let at = lower(part.of(text)).find("respectively").map(|at| part.start + at);
    let end = anchors.partition_point(|a| at.is_none_or(|at| a.outer().end <= at));
    let mut runs = Vec::new();
    let Some(mut run) = run(text, &anchors[..end]) else { return runs };
    let head = anchors.first().map_or(part, |a| Span::new(part.start, a.outer().start));
    if at.is_none() && (run.1 - run.0 != 2 || !names_two(m, head)) {
        return runs;
    }
    let length = run.1 - run.0;
    loop {
        runs.push(run);
        let before = &anchors[..run.0];
        let Some(earlier) = self::run(text, before).filter(|r| r.1 - r.0 == length) else { return runs };
        if !near(text, &before[earlier.1 - 1], &anchors[run.0]) {
            return runs;
        }
        run = earlier;
    }
}

/// The last figures of one unit with nothing between them.
fn run(text: &str, anchors: &[Anchor<'_>]) -> Option<(usize, usize)> {
    let unit = |a: &Anchor<'_>| if let Anchor::Value(v) = a { Some(v.unit.clone()) } else { None };
    let end = anchors.len();
    let last = unit(anchors.last()?)?;
    let mut start = end;
    while start > 0
        && unit(&anchors[start - 1]) == Some(last.clone())
        && (start == end || near(text, &anchors[start - 1], &anchors[start]))
    {
        start -= 1;
    }
    (end - start >= 2).then_some((start, end))
}

/// Whether the words before two figures name two that have them, without `respectively`.
fn names_two(m: &Mentions<'_>, head: Span) -> bool {
    let words = lower(head.of(m.text));
    if words.contains("income") && (words.contains("urban and rural") || words.contains("rural and urban")) {
        return true;
    }
    let places: Vec<_> = m.places_in(head).collect();
    matches!(places[..], [a, b] if m.text.get(a.span.end..b.span.start) == Some(" and "))
}

/// Whether nothing but a comma or a conjunction stands between two figures.
fn near(text: &str, a: &Anchor<'_>, b: &Anchor<'_>) -> bool {
    let gap = text.get(a.outer().end..b.outer().start).unwrap_or_default();
    matches!(gap.trim(), "," | "and" | ", and" | "to" | ", to" | ", reaching" | ", by" | "and by")
}

/// Pairs the figures with the members named before them in the piece, or else with the last indicators of the sentence.
pub(super) fn respectively(
    m: &Mentions<'_>,
    cx: &mut Context,
    part: Span,
    piece: Span,
    anchors: &[Anchor<'_>],
) -> Option<Vec<Draft>> {
    let text = m.text;
    let values: Vec<&Value> =
        anchors.iter().filter_map(|a| if let Anchor::Value(v) = a { Some(*v) } else { None }).collect();
    let told = before(m, Span::new(piece.start, values.first()?.outer().start));
    let parts: Vec<Span> = told.name.map(|n| split_and(text, n)).unwrap_or_default();
    if let Some(drafts) = of_places(m, cx, part, piece, &values, &told) {
        return Some(drafts);
    }
    let names: Vec<What> = if let Some(three) =
        sectors(m, Span::new(part.start, values.first()?.outer().start)).filter(|_| values.len() == 3)
    {
        three
    } else if let Some(both) = told.name.and_then(|n| urban_and_rural(m, n)).filter(|_| values.len() == 2) {
        both
    } else if parts.len() == values.len() {
        parts.iter().filter_map(|p| what(m, *p, false)).collect()
    } else if parts.is_empty() && cx.named.len() >= values.len() {
        cx.named[cx.named.len() - values.len()..].to_vec()
    } else {
        // Fewer were named: all are of the indicator in hand.
        cx.what.iter().cycle().take(values.len()).cloned().collect()
    };
    if names.len() != values.len() {
        return None;
    }
    let group = cx.next_group();
    let end = lower(part.of(text))
        .find("respectively")
        .map_or(part.end, |at| part.start + at + "respectively".len());
    let whole = Span::new(piece.start, end);
    let drafts = names.into_iter().zip(values).map(|(name, value)| {
        let relative = value.percent() || value.points();
        let growth = relative && told.change.is_some() && !told.to_level;
        let mut draft = Draft::new(if growth { Type::Growth } else { Type::Quantity }, Modality::Fact, whole);
        draft.what = Some(What { suffix: if growth { ".growth" } else { "" }, ..name });
        draft.change = told.change;
        draft.value = Some(value.clone());
        draft.group = Some(group);
        finish(m, cx, whole, value.outer(), &mut draft);
        if let Some(what) = draft.what.clone() {
            cx.name(What { suffix: "", ..what });
        }
        draft
    });
    Some(drafts.collect())
}

/// `the added value of the primary, secondary and tertiary industries`: the three measures that it names.
fn sectors(m: &Mentions<'_>, head: Span) -> Option<Vec<What>> {
    let words = lower(head.of(m.text));
    let at = ["primary, secondary and tertiary", "primary, secondary, and tertiary"]
        .iter()
        .find_map(|w| words.find(w))?;
    let span = Span::new(head.start + at, head.end).trim(m.text, char::is_whitespace);
    let end =
        ["industries", "sectors"].iter().find_map(|w| lower(span.of(m.text)).find(w).map(|i| i + w.len()))?;
    let span = Span::new(span.start, span.start + end);
    let named = |base: &str| What { span, base: Some(base.to_owned()), suffix: "" };
    Some(["VA.primary", "VA.secondary", "VA.tertiary"].map(named).to_vec())
}

/// `income of urban and rural residents`: the two measures that it names.
fn urban_and_rural(m: &Mentions<'_>, name: Span) -> Option<Vec<What>> {
    let words = lower(name.of(m.text));
    let income =
        words.contains("income") && (words.contains("urban and rural") || words.contains("rural and urban"));
    let named = |base: &str| What { span: name, base: Some(base.to_owned()), suffix: "" };
    let mut both = vec![named("DPI.urban"), named("DPI.rural")];
    if words.find("rural") < words.find("urban") {
        both.reverse();
    }
    income.then_some(both)
}

/// `the GDP of A and B grew by 4 and 6 percent respectively`: one measure, several places.
fn of_places(
    m: &Mentions<'_>,
    cx: &mut Context,
    part: Span,
    piece: Span,
    values: &[&Value],
    told: &Before,
) -> Option<Vec<Draft>> {
    let name = told.name?;
    // A and B saw their GDP grow: the places stand before the verb.
    let head = Span::new(piece.start, values.first()?.outer().start);
    let places: Vec<_> = m.places_in(head).cloned().collect();
    let mut measures = m.measures_in(name).filter(|n| n.code.is_some());
    // Shenzhen and Guangzhou contributed: of the measure in hand
    let (measure, base) = match measures.next() {
        Some(named) => (named.span, named.code.map(str::to_owned)),
        None => {
            let held = cx.what.clone().filter(|w| w.base.is_some())?;
            let after = m.text.get(places.last()?.span.end..values.first()?.outer().start)?;
            (after.split_whitespace().count() <= 2).then_some((held.span, held.base))?
        }
    };
    if places.len() != values.len() || measures.next().is_some() {
        return None;
    }
    let group = cx.next_group();
    let end = lower(part.of(m.text))
        .find("respectively")
        .map_or(part.end, |at| part.start + at + "respectively".len());
    let whole = Span::new(piece.start, end);
    let drafts = places.iter().zip(values).map(|(place, value)| {
        let growth = (value.percent() || value.points()) && told.change.is_some() && !told.to_level;
        let mut draft = Draft::new(if growth { Type::Growth } else { Type::Quantity }, Modality::Fact, whole);
        let suffix = if growth { ".growth" } else { "" };
        draft.what = Some(What { span: measure, base: base.clone(), suffix });
        draft.change = told.change;
        draft.value = Some((*value).clone());
        draft.group = Some(group);
        finish(m, cx, whole, value.outer(), &mut draft);
        draft.who = Some(Who { span: Some(place.span), name: String::new(), code: Some(place.code) });
        draft
    });
    Some(drafts.collect())
}
