//! What is counted of a run: folds over the stream of events.

use super::world::{Event, Sink};
use crate::{
    Direction,
    lock::Complex,
    statistics::{Batches, Mean, Sketch},
    traffic::Class,
};
use serde::Serialize;

const DAY: f64 = 1_440.0;
const MONTH: f64 = 525_600.0 / 12.0;
/// Closures long enough to leave a backlog worth naming, minutes.
const LONG: f64 = 360.0;
/// Closures whose aftermath is kept.
const CLOSURES: usize = 200;
/// Lockages kept one by one.
const LOCKAGES: usize = 400;

/// What one chamber did.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Used {
    /// Lockages with ships.
    pub lockages: u64,
    /// Empty runs.
    pub empty: u64,
    /// Minutes busy.
    pub busy: f64,
    /// Shares of area, summed over lockages with ships.
    pub area: f64,
    /// Ships.
    pub ships: u64,
    /// Minutes found closed.
    pub closed: f64,
}

/// What a long closure left behind.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Aftermath {
    /// Day of the run on which it began.
    pub day: f64,
    /// How long it was, in hours.
    pub hours: f64,
    /// Ships waiting when it began.
    pub before: u64,
    /// Ships waiting when it ended.
    pub after: u64,
    /// Hours until no more waited than before; none if the run ended first.
    pub clears_h: Option<f64>,
}

/// One lockage, as a line of a Gantt.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Line {
    /// Chamber within the complex.
    pub chamber: usize,
    /// Start, minutes of the run.
    pub start: f64,
    /// End.
    pub end: f64,
    /// Which way.
    pub direction: Direction,
    /// How many ships.
    pub ships: usize,
}

/// Counts one complex.
#[derive(Clone, Debug)]
pub struct Tally {
    complex: usize,
    from: f64,
    /// Ships that have started.
    pub vessels: u64,
    /// Waits in minutes.
    pub waits: Sketch,
    batches: Batches,
    sum: f64,
    /// Waits summed by direction, and how many.
    pub by_direction: [(f64, u64); 2],
    /// Minutes that appointments held ships elsewhere, summed.
    pub held: f64,
    /// Chamber by chamber.
    pub used: Vec<Used>,
    /// Rated deadweight passed by direction, t.
    pub deadweight: [f64; 2],
    /// Cargo passed by direction, t.
    pub cargo: [f64; 2],
    /// Water let down, m³.
    pub water: f64,
    waiting: u64,
    last: f64,
    integral: f64,
    /// Ships waiting by month of the run: ship-minutes, and the most at once.
    pub months: Vec<(f64, u64)>,
    /// Long closures.
    pub closures: Vec<Aftermath>,
    open_backlog: Option<(usize, f64)>,
    /// The first lockages.
    pub lines: Vec<Line>,
    classes: Vec<f64>,
    water_per: Vec<f64>,
    most: u64,
}

impl Tally {
    /// Counts complex number `complex` from minute `from` on; stops after `most` ships.
    pub fn new(complex: usize, lock: &Complex, classes: &[Class], from: f64, most: u64) -> Self {
        Self {
            complex,
            from,
            vessels: 0,
            waits: Sketch::default(),
            batches: Batches::new(1_000),
            sum: 0.0,
            by_direction: [(0.0, 0); 2],
            held: 0.0,
            used: vec![Used::default(); lock.chambers.len()],
            deadweight: [0.0; 2],
            cargo: [0.0; 2],
            water: 0.0,
            waiting: 0,
            last: from,
            integral: 0.0,
            months: vec![],
            closures: vec![],
            open_backlog: None,
            lines: vec![],
            classes: classes.iter().map(|class| class.deadweight_t).collect(),
            water_per: lock.chambers.iter().map(|chamber| chamber.water()).collect(),
            most,
        }
    }

    fn pass_time(&mut self, now: f64) {
        if now <= self.last {
            return;
        }
        let month = (self.last / MONTH) as usize;
        if self.months.len() <= month && month < 4_800 {
            self.months.resize(month + 1, (0.0, 0));
        }
        // Steps are short beside a month: each counts to the month it begins in.
        let minutes = (now - self.last) * self.waiting as f64;
        self.integral += minutes;
        if let Some(entry) = self.months.get_mut(month) {
            entry.0 += minutes;
            entry.1 = entry.1.max(self.waiting);
        }
        self.last = now;
    }

    /// Mean wait, minutes.
    pub fn mean(&self) -> f64 {
        if self.vessels == 0 { 0.0 } else { self.sum / self.vessels as f64 }
    }

    /// Mean wait with its interval by batch means: for one long run.
    pub fn mean_with_interval(&self) -> Mean {
        self.batches.mean()
    }

    /// Minutes counted.
    pub fn minutes(&self) -> f64 {
        self.last - self.from
    }

    /// Mean number of ships waiting.
    pub fn mean_waiting(&self) -> f64 {
        if self.minutes() > 0.0 { self.integral / self.minutes() } else { 0.0 }
    }

    /// Adds what another run of the same lock counted.
    pub fn merge(&mut self, other: &Self) {
        self.vessels += other.vessels;
        self.waits.merge(&other.waits);
        self.sum += other.sum;
        self.held += other.held;
        self.water += other.water;
        self.integral += other.integral;
        self.last += other.minutes();
        for direction in 0..2 {
            self.by_direction[direction].0 += other.by_direction[direction].0;
            self.by_direction[direction].1 += other.by_direction[direction].1;
            self.deadweight[direction] += other.deadweight[direction];
            self.cargo[direction] += other.cargo[direction];
        }
        for (own, theirs) in self.used.iter_mut().zip(&other.used) {
            own.lockages += theirs.lockages;
            own.empty += theirs.empty;
            own.busy += theirs.busy;
            own.area += theirs.area;
            own.ships += theirs.ships;
            own.closed += theirs.closed;
        }
        if self.months.len() < other.months.len() {
            self.months.resize(other.months.len(), (0.0, 0));
        }
        for (own, theirs) in self.months.iter_mut().zip(&other.months) {
            own.0 += theirs.0;
            own.1 = own.1.max(theirs.1);
        }
    }
}

impl Sink for Tally {
    fn see(&mut self, now: f64, complex: usize, event: &Event<'_>) {
        if complex != self.complex {
            return;
        }
        self.pass_time(now);
        let counted = now >= self.from;
        match *event {
            Event::Arrived(_) => self.waiting += 1,
            Event::Started { vessel, wait, load } => {
                self.waiting = self.waiting.saturating_sub(1);
                if counted {
                    let direction = vessel.direction.index();
                    self.vessels += 1;
                    self.sum += wait;
                    self.waits.add(wait);
                    self.batches.add(wait);
                    self.by_direction[direction].0 += wait;
                    self.by_direction[direction].1 += 1;
                    self.held += vessel.arrival - vessel.wanted;
                    let deadweight = self.classes[vessel.class as usize];
                    self.deadweight[direction] += deadweight;
                    self.cargo[direction] += deadweight * load;
                }
            }
            Event::Lockage { chamber, direction, begun, until, busy, ships, area } => {
                if let Some((at, ended)) = self.open_backlog
                    && self.waiting <= self.closures[at].before
                {
                    self.closures[at].clears_h = Some((now - ended) / 60.0);
                    self.open_backlog = None;
                }
                if counted {
                    let used = &mut self.used[chamber];
                    used.busy += busy;
                    used.ships += ships as u64;
                    self.water += self.water_per[chamber];
                    if ships == 0 {
                        used.empty += 1;
                    } else {
                        used.lockages += 1;
                        used.area += area;
                    }
                    if self.lines.len() < LOCKAGES {
                        self.lines.push(Line { chamber, start: begun, end: until, direction, ships });
                    }
                }
                if let Some((at, ended)) = self.open_backlog
                    && self.closures[at].after == 0
                    && now >= ended
                {
                    self.closures[at].after = self.waiting + ships as u64;
                }
            }
            Event::Closed { chamber, until } => {
                if counted {
                    self.used[chamber].closed += until - now;
                    if until - now >= LONG && self.closures.len() < CLOSURES && self.open_backlog.is_none() {
                        self.open_backlog = Some((self.closures.len(), until));
                        self.closures.push(Aftermath {
                            day: now / DAY,
                            hours: (until - now) / 60.0,
                            before: self.waiting,
                            after: 0,
                            clears_h: None,
                        });
                    }
                }
            }
        }
    }

    fn enough(&self) -> bool {
        self.vessels >= self.most
    }
}
