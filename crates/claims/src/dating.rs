//! The year of a document that bears no date, from its own words.

use crate::{
    context::Mentions,
    periods::{Part, Said},
    text::Span,
    traps::Trap,
};
use serde::Serialize;

/// A year inferred, and the words it rests on (code points of the normalised text).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Inferred {
    /// The year.
    pub year: i32,
    /// The words.
    pub because: Vec<[usize; 2]>,
}

/// A year, its month where known, and the words it rests on.
pub(crate) struct Spoken {
    pub(crate) year: i32,
    pub(crate) month: Option<u32>,
    pub(crate) because: Vec<Span>,
}

/// The year a text speaks from.
///
/// A day by its date (2026年1月27日在…会议上) that is not before any year told of is the day of the document. Without one:
/// a writer calls the current year 今年 and a past one by its number. So where 今年 (年内, this year) is said and years
/// are told of, the document is of the year after the latest year told of as past; where 今年 is never said, of the
/// latest year itself. A year that is aimed at (到2035年, 2030年将) tells nothing.
pub(crate) fn infer(m: &Mentions<'_>) -> Option<Spoken> {
    let mut latest: Option<(i32, Span)> = None;
    let mut day: Option<(i32, Option<Part>, Span)> = None;
    let mut this_year: Option<Span> = None;
    for period in m.periods.iter() {
        let title = m.traps.touching(period.span).is_some_and(|t| t.trap == Trap::Title);
        match &period.said {
            Said::Year { year, part, until: false }
                if period.span.of(m.text).ends_with('日') && day.is_none_or(|(y, _, _)| *year > y) =>
            {
                day = Some((*year, *part, period.span));
            }
            Said::Year { year, until: false, .. }
                if !title && latest.is_none_or(|(y, _)| *year > y) && !aims(m, period.span) =>
            {
                latest = Some((*year, period.span));
            }
            Said::Relative { years: 0, .. } => {
                this_year.get_or_insert(period.span);
            }
            _ => {}
        }
    }
    if let Some((year, part, span)) = day.filter(|(y, _, _)| latest.is_none_or(|(told, _)| told <= *y)) {
        let month = if let Some(Part::Month(m)) = part { Some(u32::from(m)) } else { None };
        return Some(Spoken { year, month, because: vec![span] });
    }
    let (year, span) = latest?;
    Some(match this_year {
        Some(now) => Spoken { year: year + 1, month: None, because: vec![span, now] },
        None => Spoken { year, month: None, because: vec![span] },
    })
}

/// Whether the words around a year place it ahead.
fn aims(m: &Mentions<'_>, span: Span) -> bool {
    let after: String = m.text[span.end..].chars().take(12).collect();
    let before: String = m.text[..span.start].chars().rev().take(4).collect();
    ["将", "力争", "目标", "要", "达到", "工作", "安排", "计划", "will", "to reach"]
        .iter()
        .any(|w| after.contains(w))
        || before.contains(['到', '至'])
}
