//! When a chamber is closed: all closures drawn into one process, made as time goes on.

use crate::{
    lock::{Closure, When},
    random::Random,
    traffic::{YEAR, month_of},
};

const DAY: f64 = 1_440.0;

/// One closure's next interval.
#[derive(Clone, Debug)]
struct Source {
    when: When,
    random: Random,
    from: f64,
    to: f64,
}

/// The closures of one chamber.
#[derive(Clone, Debug)]
pub(super) struct Closed {
    sources: Vec<Source>,
}

impl Closed {
    /// The closures that hold for this chamber. Random ones draw from a stream of their own, so that alternatives share
    /// the same storms and breakdowns.
    pub(super) fn new(
        closures: &[Closure],
        chamber: &str,
        complex: usize,
        seed: u64,
        replication: u64,
    ) -> Self {
        let sources = closures
            .iter()
            .enumerate()
            .filter(|(_, closure)| {
                closure.chambers.is_empty() || closure.chambers.iter().any(|id| id == chamber)
            })
            .map(|(at, closure)| {
                let purpose = 1_000 + 100 * complex as u64 + at as u64;
                let mut source = Source {
                    when: closure.when.clone(),
                    random: Random::stream(seed, replication, purpose),
                    from: 0.0,
                    to: 0.0,
                };
                source.first();
                source
            })
            .collect();
        Self { sources }
    }

    /// Until when it is closed, if it is closed now; else when it closes next. `now` must not go back.
    pub(super) fn at(&mut self, now: f64) -> Result<f64, f64> {
        let mut next = f64::INFINITY;
        let mut until = now;
        loop {
            let mut moved = false;
            for source in &mut self.sources {
                while source.to <= until && source.from < f64::INFINITY {
                    source.next();
                }
                if source.from <= until && source.to > until {
                    until = source.to;
                    moved = true;
                } else if source.from > until {
                    next = next.min(source.from);
                }
            }
            if !moved {
                break;
            }
        }
        if until > now { Err(until) } else { Ok(next) }
    }
}

impl Source {
    fn first(&mut self) {
        match &self.when {
            When::OpenHours { from, .. } => (self.from, self.to) = (f64::NEG_INFINITY, from * 60.0),
            When::Planned { day, days, .. } => (self.from, self.to) = (day * DAY, (day + days) * DAY),
            When::Random { .. } => self.next(),
        }
        if self.to <= self.from {
            self.next();
        }
    }

    fn next(&mut self) {
        match &self.when {
            When::OpenHours { from, to } => {
                let day = (self.to / DAY).floor();
                self.from = day * DAY + to * 60.0;
                self.to = (day + 1.0) * DAY + from * 60.0;
                if from + 24.0 <= *to {
                    (self.from, self.to) = (f64::INFINITY, f64::INFINITY);
                }
            }
            When::Planned { days, every_years, .. } => {
                self.from = if *every_years > 0.0 && *days > 0.0 {
                    self.from + every_years * YEAR
                } else {
                    f64::INFINITY
                };
                self.to = self.from + days * DAY;
            }
            When::Random { per_year, hours } => {
                // Thinning of a process at the rate of the busiest month.
                let most = per_year.iter().copied().fold(0.0, f64::max);
                if most <= 0.0 || *hours <= 0.0 {
                    (self.from, self.to) = (f64::INFINITY, f64::INFINITY);
                    return;
                }
                let mut at = self.to;
                loop {
                    at += self.random.exponential() * YEAR / most;
                    let month = if per_year.len() == 12 { month_of(at) } else { 0 };
                    if self.random.uniform() * most <= per_year[month] {
                        break;
                    }
                }
                self.from = at;
                self.to = at + self.random.exponential() * hours * 60.0;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn closed(when: When) -> Closed {
        Closed::new(&[Closure { reason: "test".into(), when, chambers: vec![] }], "1", 0, 1, 0)
    }

    #[test]
    fn hours_and_plans_are_met() {
        let mut night = closed(When::OpenHours { from: 8.0, to: 18.0 });
        assert_eq!(night.at(0.0), Err(480.0));
        assert_eq!(night.at(480.0), Ok(1080.0));
        assert_eq!(night.at(1080.0), Err(1920.0));
        assert_eq!(night.at(1920.0), Ok(2520.0));
        let mut works = closed(When::Planned { day: 10.0, days: 2.0, every_years: 1.0 });
        assert_eq!(works.at(0.0), Ok(14_400.0));
        assert_eq!(works.at(14_400.0), Err(17_280.0));
        assert_eq!(works.at(17_280.0), Ok(14_400.0 + YEAR));
    }

    #[test]
    fn random_closures_take_their_share_of_time() {
        let mut fog = closed(When::Random { per_year: vec![100.0], hours: 4.0 });
        let (mut now, mut shut) = (0.0, 0.0);
        while now < 200.0 * YEAR {
            match fog.at(now) {
                Ok(next) => now = next,
                Err(until) => {
                    shut += until - now;
                    now = until;
                }
            }
        }
        // Episodes follow one another: 100 a year of open time.
        let share: f64 = shut / now;
        let expected = 4.0 / (8_760.0 / 100.0 + 4.0);
        assert!((share / expected - 1.0).abs() < 0.03, "{share} against {expected}");
    }
}
