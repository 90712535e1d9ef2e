//! The year of a document that bears no date, from its own words.

use crate::{context::Mentions, periods::Said, text::Span};
use serde::Serialize;

/// A year inferred, and the words it rests on (code points of the normalised text).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Inferred {
    /// The year.
    pub year: i32,
    /// The words.
    pub because: Vec<[usize; 2]>,
}

/// The year a text speaks from.
///
/// A writer calls the current year 今年 and a past one by its number. So where 今年 (年内, this year) is said and years
/// are told of, the document is of the year after the latest year told of as past; where 今年 is never said, of the
/// latest year itself. A year that is aimed at (到2035年, 2030年将) tells nothing. A latest past year that ends a
/// five-year plan agrees with a next plan named as running.
pub(crate) fn infer(m: &Mentions<'_>) -> Option<(i32, Vec<Span>)> {
    let mut latest: Option<(i32, Span)> = None;
    let mut this_year: Option<Span> = None;
    for period in &m.periods {
        let title = m.traps.touching(period.span).is_some_and(|t| t.trap == crate::traps::Trap::Title);
        match &period.said {
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
    let (year, span) = latest?;
    match this_year {
        Some(now) => Some((year + 1, vec![span, now])),
        None => Some((year, vec![span])),
    }
}

/// Whether the words around a year place it ahead.
fn aims(m: &Mentions<'_>, span: Span) -> bool {
    let after: String = m.text[span.end..].chars().take(12).collect();
    let before: String = m.text[..span.start].chars().rev().take(4).collect();
    ["将", "力争", "目标", "要", "达到", "will", "to reach"].iter().any(|w| after.contains(w))
        || before.contains(['到', '至'])
}
