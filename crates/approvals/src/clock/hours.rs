//! Working time within days: how much of an interval was office hours.

use super::{Calendar, Unpublished};
use crate::log::time::{DAY, SECOND};

/// Office hours of every working day, in local time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hours {
    /// Spans of a day in microseconds from midnight, ascending and apart.
    spans: Vec<(i64, i64)>,
    /// Sum of the spans.
    day: i64,
    /// Microseconds to add to UTC for local time.
    offset: i64,
}

impl Hours {
    /// From spans in minutes after midnight and the zone in minutes east of UTC. Nothing for spans that overlap or leave the
    /// day.
    pub fn new(spans: &[(u32, u32)], zone: i32) -> Option<Self> {
        let apart = spans.windows(2).all(|pair| pair[0].1 <= pair[1].0);
        let inside = spans.iter().all(|(from, to)| from < to && *to <= 1440);
        let micros = |minutes: u32| i64::from(minutes) * 60 * SECOND;
        (apart && inside).then(|| {
            let spans: Vec<_> = spans.iter().map(|(from, to)| (micros(*from), micros(*to))).collect();
            let day = spans.iter().map(|(from, to)| to - from).sum();
            Self { spans, day, offset: i64::from(zone) * 60 * SECOND }
        })
    }

    /// `09:00-12:00,13:30-17:30` at `zone` minutes east of UTC.
    pub fn parse(text: &str, zone: i32) -> Option<Self> {
        let minute = |text: &str| {
            let (hour, minute) = text.trim().split_once(':')?;
            let minute = minute.parse::<u32>().ok().filter(|minute| *minute < 60)?;
            Some(hour.parse::<u32>().ok().filter(|hour| *hour <= 24)? * 60 + minute)
        };
        let spans: Option<Vec<(u32, u32)>> = text
            .split(',')
            .map(|span| {
                let (from, to) = span.split_once('-')?;
                Some((minute(from)?, minute(to)?))
            })
            .collect();
        Self::new(&spans?, zone)
    }

    /// Microseconds of a whole working day.
    pub fn day(&self) -> i64 {
        self.day
    }

    /// Working microseconds between two instants (UTC); none when the second is not later.
    ///
    /// # Errors
    /// When the interval reaches into a year whose calendar is not published.
    #[inline]
    pub fn between(&self, calendar: &Calendar, from: i64, to: i64) -> Result<i64, Unpublished> {
        if to <= from {
            return Ok(0);
        }
        let (from, to) = (from + self.offset, to + self.offset);
        let (first, last) = (from.div_euclid(DAY), to.div_euclid(DAY));
        let days = i64::from(calendar.count_before(last)?) - i64::from(calendar.count_before(first)?);
        let mut sum = days * self.day;
        if calendar.worked(first) {
            sum -= self.until(from - first * DAY);
        }
        if calendar.worked(last) {
            sum += self.until(to - last * DAY);
        }
        Ok(sum)
    }

    /// The instant at which `micros` of working time have passed since `from` (UTC): the end of a task.
    ///
    /// # Errors
    /// When the calendar is not published that far.
    pub fn after(&self, calendar: &Calendar, from: i64, micros: i64) -> Result<i64, Unpublished> {
        let local = from + self.offset;
        let first = local.div_euclid(DAY);
        let gone = if calendar.worked(first) { self.until(local - first * DAY) } else { 0 };
        // Time since the beginning of the first day's work.
        let need = gone + micros;
        if calendar.worked(first) && need <= self.day && (micros > 0 || self.open(local - first * DAY)) {
            return Ok(first * DAY + self.at(need) - self.offset);
        }
        let beyond = need - if calendar.worked(first) { self.day } else { 0 };
        let whole = (beyond.max(1) - 1) / self.day.max(1);
        let day = calendar.due(first, whole as u32 + 1)?;
        Ok(day * DAY + self.at(beyond - whole * self.day) - self.offset)
    }

    /// Working time of a day up to a time of day.
    #[inline]
    fn until(&self, time: i64) -> i64 {
        self.spans.iter().map(|(from, to)| (time.min(*to) - from).max(0)).sum()
    }

    fn open(&self, time: i64) -> bool {
        self.spans.iter().any(|(from, to)| (*from..*to).contains(&time))
    }

    /// The time of day at which so much of the day's work is done.
    fn at(&self, mut done: i64) -> i64 {
        for (from, to) in &self.spans {
            if done <= to - from {
                return from + done;
            }
            done -= to - from;
        }
        self.spans.last().map_or(0, |(_, to)| *to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn office() -> (Hours, Calendar) {
        (Hours::new(&[(540, 720), (810, 1050)], 480).unwrap(), Calendar::published())
    }

    #[test]
    fn spans_must_lie_apart_within_the_day() {
        assert!(Hours::new(&[(540, 720), (700, 900)], 0).is_none());
        assert!(Hours::new(&[(540, 1500)], 0).is_none());
        assert_eq!(Hours::parse("09:00-12:00, 13:30-17:30", 480), Some(office().0));
        assert!(Hours::parse("nine", 0).is_none() && Hours::parse("4000000000:00-1:00", 0).is_none());
    }

    proptest! {
        #[test]
        fn parts_add_up(a in 13_000_i64..20_000, b in 0_i64..40 * DAY, c in 0_i64..40 * DAY) {
            let (hours, calendar) = office();
            let a = a * DAY;
            let whole = hours.between(&calendar, a, a + b + c).unwrap();
            let parts = hours.between(&calendar, a, a + b).unwrap() + hours.between(&calendar, a + b, a + b + c).unwrap();
            prop_assert_eq!(whole, parts);
        }

        #[test]
        fn the_end_of_work_is_that_far(a in 13_000_i64 * DAY..20_000 * DAY, work in 1_i64..20 * DAY) {
            let (hours, calendar) = office();
            let end = hours.after(&calendar, a, work).unwrap();
            prop_assert_eq!(hours.between(&calendar, a, end), Ok(work));
            prop_assert!(hours.between(&calendar, a, end - 1).unwrap() < work);
        }
    }
}
