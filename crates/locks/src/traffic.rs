//! Ships and when they come.

use crate::{
    Direction,
    lock::{Complex, LockError, When, numbers},
    packing::{Rectangle, Skyline, centimetres_down, centimetres_up},
    random::Random,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Ships of one kind. 核载 (rated deadweight) and what is really aboard are kept apart.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Class {
    /// Its name.
    pub id: String,
    /// Length over all, m.
    pub length_m: f64,
    /// Beam, m.
    pub beam_m: f64,
    /// Draught at rated deadweight, m.
    pub draught_m: f64,
    /// Draught empty, m.
    #[serde(default)]
    pub draught_empty_m: f64,
    /// Rated deadweight, t.
    pub deadweight_t: f64,
    /// Share of all ships.
    pub share: f64,
    /// Cargo upstream as a share of deadweight.
    #[serde(default)]
    pub load_up: f64,
    /// Cargo downstream as a share of deadweight.
    #[serde(default)]
    pub load_down: f64,
    /// Dangerous cargo: passes alone.
    #[serde(default)]
    pub dangerous: bool,
    /// Goes before others (passenger, official, relief).
    #[serde(default)]
    pub priority: bool,
    /// Hulls that pass with it in one lockage: its escort, or the rest of its convoy.
    #[serde(default)]
    pub with: Vec<Hull>,
}

/// A hull in company.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Hull {
    /// Length over all, m.
    pub length_m: f64,
    /// Beam, m.
    pub beam_m: f64,
}

/// Ships held elsewhere and let go again: what comes after a closure of another lock, a flood or fog on the way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Wave {
    /// When ships are held.
    pub when: When,
    /// Ships an hour and direction that are let go once it ends.
    pub per_hour: f64,
    /// Which way; both when left out.
    #[serde(default)]
    pub direction: Option<Direction>,
}

impl Class {
    /// Share of deadweight that is aboard each way.
    pub(crate) fn load(&self, direction: Direction) -> f64 {
        match direction {
            Direction::Up => self.load_up,
            Direction::Down => self.load_down,
        }
    }

    /// The greatest share of deadweight with which it floats in so much water; none when it cannot even empty. A ship
    /// whose empty draught is not known cannot be lightened.
    pub(crate) fn floats(&self, direction: Direction, water: f64) -> Option<f64> {
        let load = self.load(direction);
        let deep = self.draught_m - self.draught_empty_m;
        if self.draught_empty_m <= 0.0 || deep <= 0.0 {
            return (self.draught_m <= water + 1e-9).then_some(load);
        }
        let most = (water + 1e-9 - self.draught_empty_m) / deep;
        (most >= 0.0).then(|| load.min(most))
    }
}

/// When ships come.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Traffic {
    /// Ships a day upstream, mean of the first year.
    pub up_per_day: f64,
    /// Ships a day downstream.
    pub down_per_day: f64,
    /// Growth a year.
    #[serde(default)]
    pub growth: f64,
    /// Weight of each hour of the day; even when left out.
    #[serde(default)]
    pub hours: Vec<f64>,
    /// Weight of each day of the week.
    #[serde(default)]
    pub weekdays: Vec<f64>,
    /// Weight of each month.
    #[serde(default)]
    pub months: Vec<f64>,
    /// Mean ships in a batch that comes together (geometric); 1 for single ships.
    #[serde(default = "single")]
    pub batch: f64,
    /// Appointments (过闸预约): least minutes between ships of a direction; a ship waits for its slot elsewhere.
    #[serde(default)]
    pub appointment_min: f64,
    /// Where ships are held on their way and come in waves.
    #[serde(default)]
    pub waves: Vec<Wave>,
}

impl Traffic {
    /// So many ships a day each way, evenly.
    pub fn even(up_per_day: f64, down_per_day: f64) -> Self {
        Self {
            up_per_day,
            down_per_day,
            growth: 0.0,
            hours: vec![],
            weekdays: vec![],
            months: vec![],
            batch: 1.0,
            appointment_min: 0.0,
            waves: vec![],
        }
    }
}

fn single() -> f64 {
    1.0
}

/// A ship of a recorded list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Call {
    /// Minutes from the start of the run.
    pub arrival: f64,
    /// Which way.
    pub direction: Direction,
    /// The class it belongs to.
    pub class: String,
}

/// The fleet must fit the lock.
///
/// # Errors
/// Names the class and what is wrong with it.
pub fn check_fleet(classes: &[Class], complexes: &[Complex]) -> Result<(), LockError> {
    if classes.is_empty() || classes.len() > 64 {
        return Err(LockError::new("the fleet", "it must have 1 to 64 classes"));
    }
    for (at, class) in classes.iter().enumerate() {
        let place = format!("class {} (record {})", class.id, at + 1);
        let sizes = [("length_m", class.length_m), ("beam_m", class.beam_m)];
        numbers(&place, &sizes, 0.1)?;
        let rest = [
            ("draught_m", class.draught_m),
            ("draught_empty_m", class.draught_empty_m),
            ("deadweight_t", class.deadweight_t),
            ("share", class.share),
            ("load_up", class.load_up),
            ("load_down", class.load_down),
        ];
        numbers(&place, &rest, 0.0)?;
        for hull in &class.with {
            numbers(&place, &[("with.length_m", hull.length_m), ("with.beam_m", hull.beam_m)], 0.1)?;
        }
        if class.with.len() > 15 {
            return Err(LockError::new(place, "a convoy has at most 16 hulls"));
        }
        if class.load_up > 1.5 || class.load_down > 1.5 {
            return Err(LockError::new(place, "a load above 1.5 of deadweight is not a load"));
        }
        for complex in complexes {
            let fits = complex.chambers.iter().any(|chamber| {
                class.length_m + chamber.gap_length_m <= chamber.length_m + 1e-9
                    && class.beam_m + chamber.gap_width_m <= chamber.width_m + 1e-9
                    && Direction::BOTH.iter().all(|direction| match chamber.depths_m.is_empty() {
                        true => class.draught_m + chamber.under_keel_m <= chamber.sill_m + 1e-9,
                        false => class.floats(*direction, chamber.deepest() - chamber.under_keel_m).is_some(),
                    })
            });
            let together = || {
                complex.chambers.iter().any(|chamber| {
                    let room = Rectangle {
                        length: centimetres_down(chamber.length_m),
                        beam: centimetres_down(chamber.width_m),
                    };
                    let mut skyline = Skyline::new(room);
                    let hulls = class.with.iter().map(|hull| (hull.length_m, hull.beam_m));
                    let mut all = std::iter::once((class.length_m, class.beam_m)).chain(hulls);
                    all.all(|(length, beam)| {
                        let hull = Rectangle {
                            length: centimetres_up(length + chamber.gap_length_m),
                            beam: centimetres_up(beam + chamber.gap_width_m),
                        };
                        skyline.place(hull).is_some()
                    }) && chamber.most_ships.is_none_or(|most| class.with.len() < most)
                })
            };
            if fits && !class.with.is_empty() && !together() {
                let why =
                    format!("it and what passes with it fit no chamber of lock {} together", complex.id);
                return Err(LockError::new(place, why));
            }
            if !fits {
                let why = format!(
                    "{} m × {} m × {} m fits no chamber of lock {}",
                    class.length_m, class.beam_m, class.draught_m, complex.id
                );
                return Err(LockError::new(place, why));
            }
        }
    }
    let total: f64 = classes.iter().map(|class| class.share).sum();
    if total <= 0.0 {
        return Err(LockError::new("the fleet", "the shares of its classes sum to zero"));
    }
    Ok(())
}

impl Traffic {
    /// Is every number usable?
    ///
    /// # Errors
    /// Names what is wrong.
    pub fn check(&self) -> Result<(), LockError> {
        let all = [
            ("up_per_day", self.up_per_day),
            ("down_per_day", self.down_per_day),
            ("appointment_min", self.appointment_min),
        ];
        numbers("the traffic", &all, 0.0)?;
        numbers("the traffic", &[("batch", self.batch)], 1.0)?;
        numbers("the traffic", &[("growth", self.growth)], -0.5)?;
        for (at, wave) in self.waves.iter().enumerate() {
            let place = format!("wave {} of the traffic", at + 1);
            wave.when.check(&place)?;
            numbers(&place, &[("per_hour", wave.per_hour)], 0.001)?;
        }
        if self.up_per_day + self.down_per_day > 50_000.0 {
            return Err(LockError::new(
                "the traffic",
                "more than 50,000 ships a day are more than any lock sees",
            ));
        }
        for (name, weights, n) in
            [("hours", &self.hours, 24), ("weekdays", &self.weekdays, 7), ("months", &self.months, 12)]
        {
            if !weights.is_empty() {
                if weights.len() != n || weights.iter().any(|w| !w.is_finite() || *w < 0.0) {
                    return Err(LockError::new(
                        "the traffic",
                        format!("{name} needs {n} weights of 0 or more"),
                    ));
                }
                if weights.iter().sum::<f64>() <= 0.0 {
                    return Err(LockError::new("the traffic", format!("the weights of {name} are all zero")));
                }
            }
        }
        Ok(())
    }

    fn weight(weights: &[f64], at: usize) -> f64 {
        let total: f64 = weights.iter().sum();
        if weights.is_empty() { 1.0 } else { weights[at] * weights.len() as f64 / total }
    }
}

/// Minutes of a year of 365 days.
pub const YEAR: f64 = 525_600.0;
const DAY: f64 = 1_440.0;
const MONTHS: [f64; 12] = [31.0, 28.0, 31.0, 30.0, 31.0, 30.0, 31.0, 31.0, 30.0, 31.0, 30.0, 31.0];

/// The month of a minute of the run, 0 to 11.
pub(crate) fn month_of(minute: f64) -> usize {
    let mut day = (minute.rem_euclid(YEAR)) / DAY;
    for (month, days) in MONTHS.iter().enumerate() {
        if day < *days {
            return month;
        }
        day -= days;
    }
    11
}

/// The first minute of the next month.
pub(crate) fn next_month(minute: f64) -> f64 {
    let month = month_of(minute);
    let before: f64 = MONTHS[..=month].iter().sum();
    (minute / YEAR).floor() * YEAR + before * DAY
}

/// Arrivals of one direction: a Poisson process whose rate is constant within each hour, by inversion.
#[derive(Clone, Debug)]
pub(crate) struct Arrivals {
    random: Random,
    hour: [f64; 24],
    weekday: [f64; 7],
    month: [f64; 12],
    growth: f64,
    /// Batches a minute at weight 1.
    rate: f64,
    batch: f64,
    /// All weights are 1: no hours to walk through.
    even: bool,
    now: f64,
    /// The rate now and until when it holds.
    current: f64,
    until: f64,
    more: u64,
}

impl Arrivals {
    pub(crate) fn new(traffic: &Traffic, direction: Direction, seed: u64, replication: u64) -> Self {
        let per_day = match direction {
            Direction::Up => traffic.up_per_day,
            Direction::Down => traffic.down_per_day,
        };
        let even = traffic.hours.is_empty()
            && traffic.weekdays.is_empty()
            && traffic.months.is_empty()
            && traffic.growth == 0.0;
        let mut arrivals = Self {
            random: Random::stream(seed, replication, 10 + direction.index() as u64),
            hour: std::array::from_fn(|at| Traffic::weight(&traffic.hours, at)),
            weekday: std::array::from_fn(|at| Traffic::weight(&traffic.weekdays, at)),
            month: std::array::from_fn(|at| Traffic::weight(&traffic.months, at)),
            growth: traffic.growth,
            rate: per_day / traffic.batch / DAY,
            batch: traffic.batch,
            even,
            now: 0.0,
            current: 0.0,
            until: 0.0,
            more: 0,
        };
        if arrivals.even {
            (arrivals.current, arrivals.until) = (arrivals.rate, f64::INFINITY);
        }
        arrivals
    }

    /// When the next ship comes; infinite when there are no more.
    #[inline]
    pub(crate) fn next(&mut self) -> f64 {
        if self.more > 0 {
            self.more -= 1;
        } else {
            self.advance();
            if self.batch > 1.0 && self.now.is_finite() {
                // Geometric with this mean.
                let p = 1.0 - 1.0 / self.batch;
                self.more = (self.random.uniform().ln() / p.ln()) as u64;
            }
        }
        self.now
    }

    fn advance(&mut self) {
        if self.rate <= 0.0 {
            self.now = f64::INFINITY;
            return;
        }
        let mut left = self.random.exponential();
        loop {
            if left <= self.current * (self.until - self.now) {
                self.now += left / self.current;
                return;
            }
            left -= self.current * (self.until - self.now);
            self.now = self.until;
            self.hour_begins();
        }
    }

    fn hour_begins(&mut self) {
        let hour = (self.now / 60.0).round();
        let day = (hour / 24.0).floor();
        let year = (self.now / YEAR).floor();
        self.until = (hour + 1.0) * 60.0;
        let weight = self.hour[(hour - day * 24.0) as usize % 24]
            * self.weekday[day.rem_euclid(7.0) as usize % 7]
            * self.month[month_of(self.now)]
            * (1.0 + self.growth).powf(year);
        self.current = self.rate * weight;
        if self.current <= 0.0 {
            self.current = 1e-300;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_move_ships_but_not_their_number() {
        let mut hours = vec![0.0; 24];
        hours[6..18].fill(1.0);
        let traffic = Traffic {
            hours,
            months: vec![2.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0],
            batch: 3.0,
            ..Traffic::even(50.0, 0.0)
        };
        let mut arrivals = Arrivals::new(&traffic, Direction::Up, 1, 0);
        let (mut n, mut january) = (0, 0);
        loop {
            let at = arrivals.next();
            if at > 40.0 * YEAR {
                break;
            }
            let hour = (at / 60.0).rem_euclid(24.0);
            assert!((6.0..18.0).contains(&hour));
            n += 1;
            january += u32::from(month_of(at) == 0);
        }
        let (expected, wanted) = (40.0 * 365.0 * 50.0, 2.0 * 12.0 / 13.0 * 31.0 / 365.0);
        // Months differ in length, so the mean of weights is not quite one.
        assert!((f64::from(n) / expected - 1.0).abs() < 0.02, "{n} against {expected}");
        assert!((f64::from(january) / f64::from(n) / wanted - 1.0).abs() < 0.03);
        assert_eq!(Arrivals::new(&traffic, Direction::Down, 1, 0).next(), f64::INFINITY);
    }
}
