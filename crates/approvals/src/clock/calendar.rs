//! Which days are worked.
//!
//! Monday to Friday, less public holidays, plus the days at weekends that are worked in exchange (调休). Both are fixed year by
//! year by a notice; a year without one is not yet published, and nothing is guessed for it.

use crate::log::time::{civil, day_number};
use std::collections::{BTreeMap, BTreeSet};

/// The published days on which working days differ from Monday to Friday, with the calendar's sources in its first
/// lines.
pub const PUBLISHED: &str = include_str!("../../data/working_days.tsv");

/// What a day is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayKind {
    /// Monday to Friday.
    Weekday,
    /// Saturday or Sunday.
    Weekend,
    /// A public holiday, or a day off in exchange.
    Holiday,
    /// A Saturday or Sunday that is worked.
    MadeUp,
}

impl DayKind {
    /// Is it worked?
    pub fn works(self) -> bool {
        matches!(self, Self::Weekday | Self::MadeUp)
    }
}

/// No notice has fixed the days of this year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("failed to count working days: the holidays of {0} are not yet published; add them to the calendar")]
pub struct Unpublished(pub i64);

/// A row of a calendar that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "failed to read line {line} of the calendar: expected a date, holiday or workday, and a name, found {found:?}"
)]
pub struct Malformed {
    /// Line, from 1.
    pub line: usize,
    /// What stands there.
    pub found: String,
}

/// A calendar of working days, as running counts: every question is a look-up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    days: BTreeMap<i64, (DayKind, String)>,
    years: BTreeSet<i64>,
    /// First day of the counts.
    from: i64,
    /// Working days before `from + i`.
    before: Vec<u32>,
    /// Every working day in order.
    working: Vec<i64>,
    /// First day of the first year within the counts that is not published, else the end of the counts.
    until: i64,
}

impl Calendar {
    /// From exceptions: day, kind, name. A year is published when it has one.
    pub fn new(exceptions: impl IntoIterator<Item = (i64, DayKind, String)>) -> Self {
        let days: BTreeMap<i64, (DayKind, String)> =
            exceptions.into_iter().map(|(day, kind, name)| (day, (kind, name))).collect();
        let years: BTreeSet<i64> = days.keys().map(|day| civil(*day).0).collect();
        let (first, last) = (years.first().copied().unwrap_or(1970), years.last().copied().unwrap_or(1969));
        let (from, to) = (day_number(first, 1, 1), day_number(last + 1, 1, 1));
        let gap = (first..=last).find(|year| !years.contains(year));
        let mut calendar = Self {
            days,
            years,
            from,
            before: Vec::with_capacity((to - from) as usize + 1),
            working: Vec::new(),
            until: gap.map_or(to, |year| day_number(year, 1, 1)),
        };
        for day in from..to {
            calendar.before.push(calendar.working.len() as u32);
            if calendar.kind_of(day).works() {
                calendar.working.push(day);
            }
        }
        calendar.before.push(calendar.working.len() as u32);
        calendar
    }

    /// The calendar that comes with the product.
    pub fn published() -> Self {
        // The shipped table is read by a test; were it damaged, every year would be "not yet published".
        Self::read(PUBLISHED, &[]).unwrap_or_else(|_| Self::new([]))
    }

    /// From a table: `date`, `holiday` or `workday`, name, tab or comma between; `#` begins a remark. Rows of `more` are
    /// laid over it.
    ///
    /// # Errors
    /// The first row that cannot be read.
    pub fn read(table: &str, more: &[(i64, DayKind, String)]) -> Result<Self, Malformed> {
        let mut rows = exceptions(table)?;
        rows.extend_from_slice(more);
        Ok(Self::new(rows))
    }

    /// The years that are published.
    pub fn years(&self) -> impl Iterator<Item = i64> {
        self.years.iter().copied()
    }

    /// What a day is, and the name of its holiday.
    ///
    /// # Errors
    /// When its year is not published.
    pub fn kind(&self, day: i64) -> Result<(DayKind, &str), Unpublished> {
        let year = civil(day).0;
        if !self.years.contains(&year) {
            return Err(Unpublished(year));
        }
        let name = self.days.get(&day).map_or("", |(_, name)| name);
        Ok((self.kind_of(day), name))
    }

    fn kind_of(&self, day: i64) -> DayKind {
        match self.days.get(&day) {
            Some((kind, _)) => *kind,
            // 1970-01-01 was a Thursday.
            None if (day + 3).rem_euclid(7) >= 5 => DayKind::Weekend,
            None => DayKind::Weekday,
        }
    }

    /// The last day of a period of `n` working days: the day it begins on is not counted (Civil Code, art. 201).
    ///
    /// # Errors
    /// When the period reaches into a year that is not published.
    pub fn due(&self, start: i64, n: u32) -> Result<i64, Unpublished> {
        if n == 0 {
            return self.within(start).map(|()| start);
        }
        let first = self.count_before(start + 1)? as usize;
        match self.working.get(first + n as usize - 1).filter(|day| **day < self.until) {
            Some(day) => Ok(*day),
            None => Err(Unpublished(civil(self.until).0)),
        }
    }

    /// Working days after `start` up to and including `end`; none when `end` is not later.
    ///
    /// # Errors
    /// When either lies in a year that is not published.
    pub fn between(&self, start: i64, end: i64) -> Result<u32, Unpublished> {
        if end <= start {
            return self.within(start).and_then(|()| self.within(end)).map(|()| 0);
        }
        Ok(self.count_before(end + 1)? - self.count_before(start + 1)?)
    }

    /// Working days before a day, counted from the first published year.
    #[inline]
    pub(super) fn count_before(&self, day: i64) -> Result<u32, Unpublished> {
        if day >= self.from && day <= self.until {
            return Ok(self.before[(day - self.from) as usize]);
        }
        Err(Unpublished(civil(day - i64::from(day > self.until)).0))
    }

    /// Whether a day is worked, quickly; days outside the published years are not.
    #[inline]
    pub(super) fn worked(&self, day: i64) -> bool {
        let at = day - self.from;
        at >= 0 && day < self.until && self.before[at as usize + 1] > self.before[at as usize]
    }

    fn within(&self, day: i64) -> Result<(), Unpublished> {
        match day >= self.from && day < self.until {
            true => Ok(()),
            false => Err(Unpublished(civil(day).0)),
        }
    }
}

/// The rows of a table of exceptions.
///
/// # Errors
/// The first row that cannot be read.
pub fn exceptions(table: &str) -> Result<Vec<(i64, DayKind, String)>, Malformed> {
    let mut rows = Vec::new();
    for (at, line) in table.lines().enumerate() {
        if line.trim().is_empty() || line.starts_with('#') || line.starts_with("date") {
            continue;
        }
        let malformed = || Malformed { line: at + 1, found: line.to_owned() };
        let mut cells = line.split(['\t', ',']);
        let date = cells.next().ok_or_else(malformed)?;
        let stamp = crate::log::time::parse(date.as_bytes(), 0).ok_or_else(malformed)?;
        let kind = match cells.next().map(str::trim) {
            Some("holiday" | "放假") => DayKind::Holiday,
            Some("workday" | "上班" | "调休上班") => DayKind::MadeUp,
            _ => return Err(malformed()),
        };
        let name = cells.next().unwrap_or_default().trim().to_owned();
        rows.push((stamp.micros.div_euclid(crate::log::time::DAY), kind, name));
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_shipped_table_is_whole() {
        let calendar = Calendar::read(PUBLISHED, &[]).unwrap();
        assert_eq!(calendar.years().collect::<Vec<_>>(), (2004..=2026).collect::<Vec<_>>());
        let unpublished = calendar.due(day_number(2026, 12, 20), 30);
        assert_eq!(unpublished, Err(Unpublished(2027)));
        assert!(unpublished.unwrap_err().to_string().contains("not yet published"));
        assert_eq!(calendar.between(day_number(2003, 12, 1), day_number(2004, 1, 5)), Err(Unpublished(2003)));
    }

    #[test]
    fn a_year_between_two_published_ones_is_not_guessed() {
        let day = |year| (day_number(year, 1, 1), DayKind::Holiday, "元旦".to_owned());
        let calendar = Calendar::new([day(2020), day(2022)]);
        assert_eq!(calendar.due(day_number(2020, 12, 25), 10), Err(Unpublished(2021)));
        assert_eq!(calendar.kind(day_number(2021, 5, 1)), Err(Unpublished(2021)));
    }

    proptest! {
        #[test]
        fn a_due_day_is_worked_and_as_far_as_asked(start in 12_500_i64..20_000, n in 1_u32..120) {
            let calendar = Calendar::published();
            let due = calendar.due(start, n).unwrap();
            prop_assert!(calendar.kind(due).unwrap().0.works());
            prop_assert_eq!(calendar.between(start, due), Ok(n));
            prop_assert_eq!(calendar.between(start, due - 1), Ok(n - 1));
        }
    }
}
