//! Drafts to statements: words copied, spans in three coordinates, what would decide them, topic.

use crate::{
    draft::{Draft, Who},
    numbers,
    statement::{Check, Copyist, Figure, Indicator, Modality, Normed, Reading, Statement, Subject, Type},
    text::Span,
    values::{Amount, Value},
};
use std::collections::BTreeMap;
use zhidian_vocabulary::topics;

/// Puts drafts in the order of the text, drops doubles, numbers them.
pub(crate) fn all(copyist: Copyist<'_>, mut drafts: Vec<Draft>, prefix: &str) -> Vec<Statement> {
    drafts.sort_by_key(|d| {
        let anchor = d.value.as_ref().map(|v| v.span).or(d.rank.as_ref().map(|r| r.0));
        (d.span.start, d.span.end, anchor.map_or(usize::MAX, |a| a.start), d.kind)
    });
    drafts.dedup_by(|b, a| {
        a.kind == b.kind
            && a.span == b.span
            && a.value == b.value
            && a.rank == b.rank
            && a.what == b.what
            && a.who == b.who
            && a.object == b.object
    });
    let letters = letters(&drafts);
    drafts
        .iter()
        .zip(letters)
        .enumerate()
        .map(|(i, (d, group))| one(copyist, d, format!("{prefix}-{:03}", i + 1), group))
        .collect()
}

/// Letters for groups in the order in which they appear: A … Z, AA …; a group of one is none.
fn letters(drafts: &[Draft]) -> Vec<Option<String>> {
    let mut members: BTreeMap<usize, usize> = BTreeMap::new();
    let mut order = Vec::new();
    for group in drafts.iter().filter_map(|d| d.group) {
        let n = members.entry(group).or_default();
        if *n == 0 {
            order.push(group);
        }
        *n += 1;
    }
    let shared = order.into_iter().filter(|group| members[group] > 1);
    let index: BTreeMap<usize, usize> = shared.enumerate().map(|(i, group)| (group, i)).collect();
    drafts.iter().map(|d| d.group.and_then(|g| index.get(&g)).map(|i| letter(*i))).collect()
}

fn letter(i: usize) -> String {
    let last = char::from(b'A' + u8::try_from(i % 26).unwrap_or(0));
    if i < 26 { last.to_string() } else { format!("{}{last}", letter(i / 26 - 1)) }
}

fn one(c: Copyist<'_>, d: &Draft, id: String, group: Option<String>) -> Statement {
    let text = d.span.of(c.text);
    let raw_span = c.map.raw_points(d.span);
    let span = c.points(d.span);
    let words = |s: Option<Span>| s.map(|s| c.words(s, d.span));
    let normed = |s: Span, norm: Option<String>| c.normed(s, d.span, norm);
    Statement {
        id,
        kind: d.kind,
        modality: d.modality,
        span,
        bspan: [d.span.start, d.span.end],
        raw_span,
        text: text.to_owned(),
        crosses_layout_break: raw_span[1] - raw_span[0] > span[1] - span[0],
        article: d.article.map(|a| a + 1),
        subject: d.who.as_ref().map(|w| subject(c, d.span, w)),
        indicator: d.what.as_ref().map(|w| Indicator {
            text: w.span.of(c.text).to_owned(),
            span: Some(c.points(w.span)),
            canon: w.canon(),
            inherited: !d.span.contains(w.span),
            implicit: false,
        }),
        value: d.value.as_ref().map(|v| figure(c, v)),
        qualifier: d.value.as_ref().and_then(|v| v.bound).map(|(s, b)| normed(s, Some(b.norm().to_owned()))),
        change: d.change.map(|(s, n)| normed(s, Some(n.to_owned()))),
        baseline: d.baseline.clone().map(|(s, n)| normed(s, Some(n))),
        period: d.when.as_ref().map(|w| match w.span {
            Some(s) => normed(s, w.norm.clone()),
            None => Normed {
                text: w.norm.clone().unwrap_or_default(),
                implicit: true,
                norm: w.norm.clone(),
                ..Normed::default()
            },
        }),
        rank: d.rank.clone().map(|(s, n)| normed(s, Some(n))),
        scope: words(d.scope),
        count: d.count.clone().map(|(s, n)| normed(s, Some(n))),
        items: d.items.iter().map(|s| c.words(*s, d.span)).collect(),
        label: words(d.label),
        object: words(d.object),
        attribution: words(d.attribution),
        open_list: d.open_list,
        group,
        basis: d.basis.map(str::to_owned),
        check: d.check.unwrap_or_else(|| check(d)),
        topic: topics::of(text).first().copied().unwrap_or("other").to_owned(),
        readings: d
            .readings
            .iter()
            .map(|(f, n)| Reading { field: (*f).to_owned(), norm: n.clone() })
            .collect(),
    }
}

fn subject(c: Copyist<'_>, clause: Span, who: &Who) -> Subject {
    let code =
        who.code.filter(|code| *code != zhidian_vocabulary::regions::CHINA).map(|code| code.to_string());
    match who.span {
        Some(span) => Subject {
            text: span.of(c.text).to_owned(),
            span: Some(c.points(span)),
            gbt2260: code,
            inherited: !clause.contains(span),
            implicit: false,
        },
        None => {
            Subject { text: who.name.clone(), span: None, gbt2260: code, inherited: false, implicit: true }
        }
    }
}

fn figure(c: Copyist<'_>, v: &Value) -> Figure {
    let mut figure = Figure {
        text: v.span.of(c.text).to_owned(),
        span: c.points(v.span),
        unit: Some(v.unit.clone().unwrap_or_else(|| "count".to_owned())),
        ..Figure::default()
    };
    match &v.amount {
        Amount::One { value, ulp } => {
            figure.num = Some(numbers::print(*value));
            figure.precision = Some(numbers::print(*ulp));
        }
        Amount::Between { low, high, ulp } => {
            figure.low = Some(numbers::print(*low));
            figure.high = Some(numbers::print(*high));
            figure.precision = Some(numbers::print(*ulp));
        }
        Amount::Ratio(ratio) => figure.ratio = Some(ratio.clone()),
    }
    figure
}

fn check(d: &Draft) -> Check {
    let aims = d.modality == Modality::Target;
    match d.kind {
        Type::Quantity | Type::Growth if aims => Check::Tracking,
        Type::Rank if aims => Check::Tracking,
        Type::Quantity | Type::Growth => Check::Table,
        Type::Rank => match d.rank.as_ref().map(|r| r.1.as_str()) {
            Some("first" | "max" | "min" | "first_time") => Check::Registry,
            _ => Check::RankTable,
        },
        Type::Status | Type::Action => Check::Registry,
        Type::Enumeration if aims => Check::TrackingQualitative,
        Type::Enumeration => Check::Internal,
        Type::Goal => Check::TrackingQualitative,
        Type::Proposal => Check::None,
    }
}
