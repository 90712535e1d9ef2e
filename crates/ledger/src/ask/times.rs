//! From the norm of a period to periods, and when something is due.

use super::Asker;
use jiff::{ToSpan, civil::Date};
use zhidian_claims::{Modality as Mood, Statement};
use zhidian_model::{Basis, Due, Period};

impl Asker<'_> {
    /// Every period the words admit, the first reading first. Words without a period speak of what stood at the
    /// document's date; that is assumed, so it illustrates and never decides a figure.
    pub(super) fn periods(&self, statement: &Statement) -> Vec<(Period, Basis)> {
        let words = statement.period.as_ref();
        let basis = match words {
            Some(words) if words.implicit => Basis::Convention,
            Some(words) if words.inherited => Basis::Inherited,
            _ => Basis::Stated,
        };
        let others = statement
            .readings
            .iter()
            .filter(|reading| reading.field == "period")
            .map(|reading| &reading.norm);
        let first = words.and_then(|words| words.norm.as_ref());
        let at_its_end = words.is_some_and(|words| at_the_end(&words.text));
        let mut periods: Vec<(Period, Basis)> = first
            .into_iter()
            .chain(others)
            .filter_map(|norm| self.period(norm))
            .map(|period| if at_its_end { last_day(period) } else { due_year(period) })
            .map(|period| (period, basis))
            .collect();
        periods.dedup_by_key(|(period, _)| *period);
        if periods.is_empty() {
            periods.push((self.until_dated(), Basis::Assumed));
        }
        periods
    }

    /// One norm: a period, or a span that ends at the document's date (`P1Y`).
    fn period(&self, norm: &str) -> Option<Period> {
        if let Ok(period) = norm.parse() {
            return Some(period);
        }
        let years: i64 = norm
            .strip_prefix('P')?
            .strip_suffix('Y')?
            .parse()
            .ok()
            .filter(|years| (1..=100).contains(years))?;
        let dated = self.dated?;
        Period::new(dated.checked_sub(years.years()).ok(), dated.tomorrow().ok())
    }

    /// Everything up to the document's date.
    pub(super) fn until_dated(&self) -> Period {
        let to = self.dated.and_then(|dated: Date| dated.tomorrow().ok());
        Period::new(None, to).unwrap_or(Period::ALWAYS)
    }

    /// When a target is due; nothing for what is already so.
    pub(super) fn due(&self, statement: &Statement) -> Option<Due> {
        if !matches!(statement.modality, Mood::Target | Mood::Forecast | Mood::Proposal) {
            return None;
        }
        let period = statement
            .period
            .as_ref()
            .and_then(|words| words.norm.as_deref())
            .and_then(|norm| self.period(norm));
        Some(match period {
            Some(period) if period.from().is_none() => period.last_day().map_or(Due::Open, Due::By),
            Some(period) => Due::Through(period),
            None => Due::Open,
        })
    }
}

/// 2020年末, 截至2020年底, at the end of 2020: a day, not a month.
fn at_the_end(words: &str) -> bool {
    words.ends_with(['末', '底']) || words.to_lowercase().contains("end of")
}

fn last_day(period: Period) -> Period {
    period.last_day().and_then(Period::day).unwrap_or(period)
}

/// 到2025年 asks for the year 2025, whenever the way there began.
fn due_year(period: Period) -> Period {
    match (period.from(), period.last_day()) {
        (None, Some(last)) if (last.month(), last.day()) == (12, 31) => Period::year(last.year()),
        _ => period,
    }
}
