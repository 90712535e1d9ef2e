//! When: half-open spans of days, how two of them relate, and when something is due.

use jiff::{ToSpan, civil::Date};
use std::{cmp::Ordering, fmt, str::FromStr};

/// A half-open span of days `[from, to)`; `None` is unbounded; never empty.
///
/// The canonical text is the shortest that says it: `2020`, `2020-H1`, `2020-Q3`, `2020-09`, `2020-09-30`, and ranges
/// of these with both ends included: `2014..2020`, `2020-01..2020-09`, `..2035`, `2021..`, and `..` for all time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Period {
    from: Option<Date>,
    to: Option<Date>,
}

/// How one period relates to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// The same days.
    Equal,
    /// The first lies within the second.
    Within,
    /// The first contains the second.
    Contains,
    /// They share days and neither contains the other.
    Overlaps,
    /// The one ends where the other begins.
    Meets,
    /// They share no day.
    Disjoint,
}

/// When something is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Due {
    /// By the end of this day: 到2035年.
    By(Date),
    /// Throughout or within this period: “十四五”时期.
    Through(Period),
    /// No date is stated.
    Open,
}

impl Period {
    /// All time.
    pub const ALWAYS: Self = Self { from: None, to: None };

    /// `[from, to)`, or nothing if that is empty.
    pub fn new(from: Option<Date>, to: Option<Date>) -> Option<Self> {
        match (from, to) {
            (Some(from), Some(to)) if from >= to => None,
            _ => Some(Self { from, to }),
        }
    }

    /// A calendar year. Years outside 1..=9998 are pinned to that range.
    pub fn year(year: i16) -> Self {
        let year = year.clamp(1, 9998);
        Self { from: Some(jiff::civil::date(year, 1, 1)), to: Some(jiff::civil::date(year + 1, 1, 1)) }
    }

    /// Calendar years `first` to `last`, both included, in either order.
    pub fn years(first: i16, last: i16) -> Self {
        Self { from: Self::year(first.min(last)).from, to: Self::year(first.max(last)).to }
    }

    /// A calendar month, if there is one.
    pub fn month(year: i16, month: i8) -> Option<Self> {
        let from = Date::new(year, month, 1).ok()?;
        Some(Self { from: Some(from), to: Some(from.checked_add(1.month()).ok()?) })
    }

    /// One day.
    pub fn day(day: Date) -> Option<Self> {
        Some(Self { from: Some(day), to: Some(day.tomorrow().ok()?) })
    }

    /// First day; `None` if unbounded.
    pub fn from(&self) -> Option<Date> {
        self.from
    }

    /// The day after the last; `None` if unbounded.
    pub fn to(&self) -> Option<Date> {
        self.to
    }

    /// The last day.
    pub fn last_day(&self) -> Option<Date> {
        self.to.and_then(|to| to.yesterday().ok())
    }

    /// The year, if the period is one calendar year.
    pub fn as_year(&self) -> Option<i16> {
        let year = self.from?.year();
        (*self == Self::year(year)).then_some(year)
    }

    /// The calendar years it consists of, if it consists of whole years.
    pub fn whole_years(&self) -> Option<std::ops::RangeInclusive<i16>> {
        let (first, last) = (self.from?.year(), self.last_day()?.year());
        (*self == Self::years(first, last)).then_some(first..=last)
    }

    /// The period of the same kind just before: the year before a year, the same months of the year before.
    pub fn year_before(&self) -> Option<Self> {
        let back = |day: Option<Date>| match day {
            None => Some(None),
            Some(day) => day.checked_sub(1.year()).ok().map(Some),
        };
        Self::new(back(self.from)?, back(self.to)?)
    }

    /// Does it contain every day of `other`?
    pub fn contains(&self, other: &Self) -> bool {
        let starts = match (self.from, other.from) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(ours), Some(theirs)) => ours <= theirs,
        };
        let ends = match (self.to, other.to) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(ours), Some(theirs)) => ours >= theirs,
        };
        starts && ends
    }

    /// How it relates to `other`.
    pub fn relation(&self, other: &Self) -> Relation {
        let before = |end: Option<Date>, start: Option<Date>| match (end, start) {
            (Some(end), Some(start)) => end.cmp(&start),
            _ => Ordering::Greater,
        };
        let (a, b) = (before(self.to, other.from), before(other.to, self.from));
        if a == Ordering::Less || b == Ordering::Less {
            Relation::Disjoint
        } else if a == Ordering::Equal || b == Ordering::Equal {
            Relation::Meets
        } else if self == other {
            Relation::Equal
        } else if other.contains(self) {
            Relation::Within
        } else if self.contains(other) {
            Relation::Contains
        } else {
            Relation::Overlaps
        }
    }

    /// Do they share a day?
    pub fn intersects(&self, other: &Self) -> bool {
        !matches!(self.relation(other), Relation::Meets | Relation::Disjoint)
    }
}

impl Ord for Period {
    /// By first day, then by last; unbounded ends lie outermost.
    fn cmp(&self, other: &Self) -> Ordering {
        let ends = |period: &Self| (period.to.is_none(), period.to);
        self.from.cmp(&other.from).then_with(|| ends(self).cmp(&ends(other)))
    }
}

impl PartialOrd for Period {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The calendar unit that a span of days is, if it is one.
fn unit(from: Date, to: Date) -> Option<String> {
    let year = from.year();
    let months = |first: i8, count: i32| {
        Date::new(year, first, 1).is_ok_and(|day| day == from)
            && from.checked_add(count.months()).is_ok_and(|day| day == to)
    };
    if months(1, 12) {
        return Some(format!("{year:04}"));
    }
    for half in 0..2 {
        if months(half * 6 + 1, 6) {
            return Some(format!("{year:04}-H{}", half + 1));
        }
    }
    for quarter in 0..4 {
        if months(quarter * 3 + 1, 3) {
            return Some(format!("{year:04}-Q{}", quarter + 1));
        }
    }
    if months(from.month(), 1) {
        return Some(format!("{year:04}-{:02}", from.month()));
    }
    from.tomorrow().is_ok_and(|day| day == to).then(|| from.to_string())
}

/// The coarsest unit that starts on this day.
fn starting(from: Date) -> String {
    match (from.month(), from.day()) {
        (1, 1) => format!("{:04}", from.year()),
        (_, 1) => format!("{:04}-{:02}", from.year(), from.month()),
        _ => from.to_string(),
    }
}

/// The coarsest unit that ends before this day.
fn ending(to: Date) -> String {
    let last = to.yesterday().unwrap_or(to);
    match (to.month(), to.day()) {
        (1, 1) => format!("{:04}", last.year()),
        (_, 1) => format!("{:04}-{:02}", last.year(), last.month()),
        _ => last.to_string(),
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.from, self.to) {
            (None, None) => f.write_str(".."),
            (None, Some(to)) => write!(f, "..{}", ending(to)),
            (Some(from), None) => write!(f, "{}..", starting(from)),
            (Some(from), Some(to)) => match unit(from, to) {
                Some(unit) => f.write_str(&unit),
                None => {
                    let (first, last) = (starting(from), ending(to));
                    // One grain for both ends: a year beside a month reads as a month.
                    let (first, last) = match (first.len(), last.len()) {
                        (4, 7) => (format!("{first}-01"), last),
                        (7, 4) => (first, format!("{last}-12")),
                        (10, n) if n < 10 => (first, to.yesterday().unwrap_or(to).to_string()),
                        (n, 10) if n < 10 => (from.to_string(), last),
                        _ => (first, last),
                    };
                    write!(f, "{first}..{last}")
                }
            },
        }
    }
}

/// A text that is not a period.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "failed to read a period from {0:?}: expected 2020, 2020-H1, 2020-Q3, 2020-09, 2020-09-30 or a range such as 2020-01..2020-09"
)]
pub struct PeriodError(String);

impl FromStr for Period {
    type Err = PeriodError;

    fn from_str(text: &str) -> Result<Self, PeriodError> {
        let read = || match text.split_once("..") {
            None => simple(text),
            Some((from, to)) => {
                let from = if from.is_empty() { None } else { Some(simple(from)?.from?) };
                let to = if to.is_empty() { None } else { Some(simple(to)?.to?) };
                Self::new(from, to)
            }
        };
        read().ok_or_else(|| PeriodError(text.into()))
    }
}

/// One calendar unit.
fn simple(text: &str) -> Option<Period> {
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let year = text
        .get(..4)
        .filter(|part| digits(part))?
        .parse::<i16>()
        .ok()
        .filter(|year| *year > 0 && *year < 9999)?;
    let months = |first: i8, count: i32| {
        let from = Date::new(year, first, 1).ok()?;
        Period::new(Some(from), Some(from.checked_add(count.months()).ok()?))
    };
    match text.get(4..)? {
        "" => Some(Period::year(year)),
        "-H1" => months(1, 6),
        "-H2" => months(7, 6),
        "-Q1" => months(1, 3),
        "-Q2" => months(4, 3),
        "-Q3" => months(7, 3),
        "-Q4" => months(10, 3),
        rest if rest.len() == 3 => {
            rest.strip_prefix('-').filter(|m| digits(m))?.parse().ok().and_then(|m| months(m, 1))
        }
        rest if rest.len() == 6 => text.parse::<Date>().ok().and_then(Period::day),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn canonical_texts_read_back() {
        for text in [
            "2020",
            "2020-H1",
            "2020-Q3",
            "2020-09",
            "2020-09-30",
            "2014..2020",
            "2020-01..2020-09",
            "..2035",
            "2021..",
            "..",
            "2020-11..2021-02",
            "2020-01-05..2020-03-31",
        ] {
            assert_eq!(text.parse::<Period>().unwrap().to_string(), text);
        }
        assert_eq!("2020-01..2020-06".parse::<Period>().unwrap().to_string(), "2020-H1");
        assert_eq!("2020..2020".parse::<Period>().unwrap(), Period::year(2020));
    }

    #[test]
    fn what_is_no_period_is_refused() {
        for text in ["", "20", "2020-13", "2020-Q5", "2020-02-30", "2021..2020", "去年", "2020-1", "２０２０"]
        {
            assert!(text.parse::<Period>().is_err(), "{text:?} was read");
        }
    }

    #[test]
    fn part_of_a_year_lies_within_it() {
        let (year, part) = (Period::year(2020), "2020-01..2020-09".parse::<Period>().unwrap());
        assert_eq!(part.relation(&year), Relation::Within);
        assert_eq!(year.relation(&part), Relation::Contains);
        assert_eq!(Period::year(2019).relation(&year), Relation::Meets);
        assert_eq!(Period::year(2018).relation(&year), Relation::Disjoint);
        assert_eq!(Period::years(2014, 2020).whole_years(), Some(2014..=2020));
        assert_eq!(part.year_before().unwrap().to_string(), "2019-01..2019-09");
    }

    fn any_period() -> impl Strategy<Value = Period> {
        (0..8000_i32, 0..3000_i32, any::<(bool, bool)>()).prop_filter_map(
            "empty",
            |(start, length, (open, closed))| {
                let from = jiff::civil::date(2000, 1, 1).checked_add(start.days()).ok()?;
                let to = from.checked_add(length.days()).ok()?;
                Period::new((!open).then_some(from), (!closed).then_some(to))
            },
        )
    }

    proptest! {
        #[test]
        fn every_period_reads_back(period in any_period()) {
            prop_assert_eq!(period.to_string().parse::<Period>().unwrap(), period);
        }

        #[test]
        fn relations_mirror(a in any_period(), b in any_period()) {
            let mirrored = match a.relation(&b) {
                Relation::Within => Relation::Contains,
                Relation::Contains => Relation::Within,
                other => other,
            };
            prop_assert_eq!(b.relation(&a), mirrored);
        }
    }
}
