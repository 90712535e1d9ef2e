//! The simulation itself: cases go through stages, tasks wait for staff, staff work by a calendar.

use super::Random;
use crate::clock::{Calendar, Hours};
use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

/// Times in microseconds.
#[derive(Clone, Debug, PartialEq)]
pub enum Distribution {
    /// Always the same.
    Constant(i64),
    /// Exponential with this mean.
    Exponential(f64),
    /// One of these, each as likely.
    Observed(Vec<i64>),
}

impl Distribution {
    /// One time.
    #[inline]
    pub fn draw(&self, random: &mut Random) -> i64 {
        match self {
            Self::Constant(micros) => *micros,
            Self::Exponential(mean) => (-mean * (1.0 - random.unit()).ln()) as i64,
            Self::Observed(values) if values.is_empty() => 0,
            Self::Observed(values) => values[random.below(values.len())],
        }
    }
}

/// A piece of work: how long it takes before anybody is needed, how long somebody works on it, and who.
#[derive(Clone, Debug, PartialEq)]
pub struct Task {
    /// Its name.
    pub name: String,
    /// Waiting for something other than staff, by the calendar: numbers of distributions, added.
    pub delay: Vec<u32>,
    /// Work: numbers of distributions, added.
    pub work: Vec<u32>,
    /// Number of the pool.
    pub pool: u32,
}

/// Tasks done side by side; the next stage begins when all are done.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stage(pub Vec<Task>);

/// Staff that can do the same work.
#[derive(Clone, Debug, PartialEq)]
pub struct Pool {
    /// Its name.
    pub name: String,
    /// How many there are; none for as many as are needed.
    pub staff: Option<u32>,
    /// Do they work by the model's hours? Otherwise day and night.
    pub hours: bool,
}

/// A way through the procedure, with how many cases took it.
#[derive(Clone, Debug, PartialEq)]
pub struct Way {
    /// What is done until the case is decided.
    pub stages: Vec<Stage>,
    /// What is done after it is decided (告知承诺：事后核查).
    pub later: Vec<Stage>,
    /// Cases.
    pub weight: u64,
}

/// When cases come.
#[derive(Clone, Debug, PartialEq)]
pub enum Arrivals {
    /// With these times between them.
    Between(Distribution),
    /// Whole weeks of the past, drawn at random: instants from the beginning of a week.
    Weeks(Vec<Vec<i64>>),
}

/// A procedure that can be played.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// When cases come.
    pub arrivals: Arrivals,
    /// Ways through.
    pub ways: Vec<Way>,
    /// Distributions that tasks refer to.
    pub times: Vec<Distribution>,
    /// Pools of staff.
    pub pools: Vec<Pool>,
    /// When staff work; none for day and night.
    pub hours: Option<Hours>,
    /// Working days for the hours.
    pub calendar: Calendar,
}

/// What happened to a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dealt {
    /// When it came.
    pub came: i64,
    /// When it was decided.
    pub decided: i64,
    /// Time its tasks waited for staff.
    pub queued: i64,
}

/// A week.
pub(super) const WEEK: i64 = 7 * crate::log::time::DAY;
/// 1970-01-05, a Monday: weeks are counted from it.
pub(super) const MONDAY: i64 = 4 * crate::log::time::DAY;

#[derive(Clone, Copy)]
struct Under {
    way: u32,
    stage: u32,
    open: u32,
    came: i64,
    decided: i64,
    queued: i64,
}

/// Something about to happen to a task of a case.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum What {
    /// Somebody is done with it.
    Done { pool: u32 },
    /// It is ready for staff.
    Ready { task: u32 },
}

/// Plays `cases` cases from an instant on. Cases not decided within the published calendar are left out. The second value is the
/// number of tasks carried out.
pub fn run(model: &Model, cases: usize, from: i64, random: &mut Random) -> (Vec<Dealt>, u64) {
    let mut play = Play {
        model,
        heap: BinaryHeap::new(),
        order: 0,
        free: model.pools.iter().map(|pool| pool.staff.unwrap_or(u32::MAX)).collect(),
        queues: vec![VecDeque::new(); model.pools.len()],
        under: Vec::with_capacity(cases),
        tasks: 0,
    };
    if model.ways.is_empty() {
        return (Vec::new(), 0);
    }
    let mut ends = Vec::with_capacity(model.ways.len());
    let total = model.ways.iter().fold(0, |sum, way| {
        ends.push(sum + way.weight);
        sum + way.weight
    });
    // Weeks of the past begin on Mondays, and so do the weeks they are played in.
    let at = match model.arrivals {
        Arrivals::Weeks(_) => from - (from - MONDAY).rem_euclid(WEEK),
        Arrivals::Between(_) => from,
    };
    let mut source = Source { arrivals: &model.arrivals, at, week: Vec::new(), next: 0 };
    let mut left = cases;
    let mut upcoming = (left > 0).then(|| source.next(random)).flatten();
    loop {
        let first = play.heap.peek().map(|Reverse((at, ..))| *at);
        match (upcoming, first) {
            (Some(came), at) if at.is_none_or(|at| came <= at) => {
                let draw = random.below(total.max(1) as usize) as u64;
                let way = ends.partition_point(|end| *end <= draw) as u32;
                let case = play.under.len() as u32;
                play.under.push(Under { way, stage: 0, open: 0, came, decided: i64::MIN, queued: 0 });
                play.begin(case, came, random);
                left -= 1;
                upcoming = (left > 0).then(|| source.next(random)).flatten();
            }
            (_, Some(_)) => play.step(random),
            (_, None) => break,
        }
    }
    let dealt = play.under.iter().filter(|under| under.decided != i64::MIN).map(|under| Dealt {
        came: under.came,
        decided: under.decided,
        queued: under.queued,
    });
    (dealt.collect(), play.tasks)
}

struct Source<'a> {
    arrivals: &'a Arrivals,
    at: i64,
    week: Vec<i64>,
    next: usize,
}

impl Source<'_> {
    fn next(&mut self, random: &mut Random) -> Option<i64> {
        match self.arrivals {
            Arrivals::Between(between) => {
                self.at += between.draw(random);
                Some(self.at)
            }
            Arrivals::Weeks(weeks) if weeks.iter().all(Vec::is_empty) => None,
            Arrivals::Weeks(weeks) => {
                while self.next >= self.week.len() {
                    let week = &weeks[random.below(weeks.len())];
                    self.week = week.iter().map(|offset| self.at + offset).collect();
                    self.at += WEEK;
                    self.next = 0;
                }
                self.next += 1;
                Some(self.week[self.next - 1])
            }
        }
    }
}

struct Play<'a> {
    model: &'a Model,
    heap: BinaryHeap<Reverse<(i64, u64, What, u32)>>,
    order: u64,
    free: Vec<u32>,
    queues: Vec<VecDeque<(u32, u32, i64)>>,
    under: Vec<Under>,
    tasks: u64,
}

impl Play<'_> {
    fn step(&mut self, random: &mut Random) {
        let Some(Reverse((now, _, what, case))) = self.heap.pop() else { return };
        match what {
            What::Ready { task } => self.ready(case, task, now, random),
            What::Done { pool } => {
                if self.model.pools[pool as usize].staff.is_some() {
                    match self.queues[pool as usize].pop_front() {
                        Some((next, task, since)) => {
                            self.under[next as usize].queued += now - since;
                            self.start(next, task, now, random);
                        }
                        None => self.free[pool as usize] += 1,
                    }
                }
                self.finished(case, now, random);
            }
        }
    }

    /// Begins the stage a case stands at, or decides it when there is none left.
    fn begin(&mut self, case: u32, now: i64, random: &mut Random) {
        loop {
            let under = self.under[case as usize];
            let way = &self.model.ways[under.way as usize];
            let stage = under.stage as usize;
            if stage >= way.stages.len() && under.decided == i64::MIN {
                self.under[case as usize].decided = now;
            }
            let Some(stage) = way.stages.get(stage).or_else(|| way.later.get(stage - way.stages.len()))
            else {
                return;
            };
            if stage.0.is_empty() {
                self.under[case as usize].stage += 1;
                continue;
            }
            self.under[case as usize].open = stage.0.len() as u32;
            for (at, task) in stage.0.iter().enumerate() {
                let delay: i64 =
                    task.delay.iter().map(|time| self.model.times[*time as usize].draw(random)).sum();
                match delay {
                    0 => self.ready(case, at as u32, now, random),
                    _ => self.push(now + delay, What::Ready { task: at as u32 }, case),
                }
            }
            return;
        }
    }

    fn ready(&mut self, case: u32, task: u32, now: i64, random: &mut Random) {
        let pool = self.task(case, task).pool as usize;
        if self.model.pools[pool].staff.is_none() {
            self.start(case, task, now, random);
        } else if self.free[pool] > 0 {
            self.free[pool] -= 1;
            self.start(case, task, now, random);
        } else {
            self.queues[pool].push_back((case, task, now));
        }
    }

    fn task(&self, case: u32, task: u32) -> &Task {
        let under = &self.under[case as usize];
        let way = &self.model.ways[under.way as usize];
        let stage = under.stage as usize;
        let stages = way.stages.len();
        let stage = if stage < stages { &way.stages[stage] } else { &way.later[stage - stages] };
        &stage.0[task as usize]
    }

    fn start(&mut self, case: u32, task: u32, now: i64, random: &mut Random) {
        self.tasks += 1;
        let model = self.model;
        let task = self.task(case, task);
        let pool = task.pool;
        let work: i64 = task.work.iter().map(|time| model.times[*time as usize].draw(random)).sum();
        let end = match &model.hours {
            Some(hours) if model.pools[pool as usize].hours => hours.after(&model.calendar, now, work),
            _ => Ok(now + work),
        };
        // A task that would end in a year that is not published never ends here; its case is left out.
        if let Ok(end) = end {
            self.push(end, What::Done { pool }, case);
        }
    }

    fn finished(&mut self, case: u32, now: i64, random: &mut Random) {
        let under = &mut self.under[case as usize];
        under.open -= 1;
        if under.open == 0 {
            under.stage += 1;
            self.begin(case, now, random);
        }
    }

    fn push(&mut self, at: i64, what: What, case: u32) {
        self.order += 1;
        self.heap.push(Reverse((at, self.order, what, case)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::time::SECOND;

    /// One pool of `c` with exponential arrivals and services.
    fn queue(arrivals: f64, service: f64, c: u32) -> Model {
        Model {
            arrivals: Arrivals::Between(Distribution::Exponential(arrivals * SECOND as f64)),
            ways: vec![Way {
                stages: vec![Stage(vec![Task { name: "a".into(), delay: vec![], work: vec![0], pool: 0 }])],
                later: vec![],
                weight: 1,
            }],
            times: vec![Distribution::Exponential(service * SECOND as f64)],
            pools: vec![Pool { name: "p".into(), staff: Some(c), hours: false }],
            hours: None,
            calendar: Calendar::new([]),
        }
    }

    /// Mean wait in an M/M/c queue (Erlang 1917), in units of the service time.
    fn erlang(load: f64, c: u32) -> f64 {
        let mut term = 1.0;
        let mut sum = 1.0;
        for k in 1..c {
            term *= load / f64::from(k);
            sum += term;
        }
        let last = term * load / f64::from(c) / (1.0 - load / f64::from(c));
        let waits = last / (sum + last);
        waits / (f64::from(c) - load)
    }

    #[test]
    fn waits_are_those_of_queueing_theory() {
        for (c, busy) in [(1, 0.5), (1, 0.8), (3, 0.7), (8, 0.85)] {
            let load = busy * f64::from(c);
            let model = queue(1.0 / load, 1.0, c);
            let means: Vec<f64> = (0..12)
                .map(|replication| {
                    let (dealt, tasks) = run(&model, 60_000, 0, &mut Random::new(7, replication));
                    assert_eq!(tasks, 60_000);
                    let settled = &dealt[6_000..];
                    settled.iter().map(|case| case.queued as f64).sum::<f64>()
                        / settled.len() as f64
                        / SECOND as f64
                })
                .collect();
            let mean = means.iter().sum::<f64>() / means.len() as f64;
            let variance =
                means.iter().map(|one| (one - mean).powi(2)).sum::<f64>() / (means.len() - 1) as f64;
            // 99.9 % of Student's t with eleven degrees of freedom.
            let within = 4.437 * (variance / means.len() as f64).sqrt();
            assert!(
                (mean - erlang(load, c)).abs() < within,
                "{c} {busy}: {mean} ± {within}, {}",
                erlang(load, c)
            );
            assert!(within < 0.12 * mean.max(0.1), "{c} {busy}: too loose to tell anything");
        }
    }

    #[test]
    fn the_same_seed_gives_the_same_cases() {
        let model = queue(1.0, 0.9, 1);
        let one = run(&model, 500, 0, &mut Random::new(3, 1)).0;
        assert_eq!(one, run(&model, 500, 0, &mut Random::new(3, 1)).0);
        assert_ne!(one, run(&model, 500, 0, &mut Random::new(3, 2)).0);
    }

    #[test]
    fn side_by_side_takes_as_long_as_the_longest() {
        let mut model = queue(1000.0, 1.0, 1);
        model.times = vec![Distribution::Constant(5 * SECOND), Distribution::Constant(3 * SECOND)];
        model.pools[0].staff = None;
        let task = |time| Task { name: String::new(), delay: vec![], work: vec![time], pool: 0 };
        model.ways[0].stages = vec![Stage(vec![task(0), task(1)]), Stage(vec![task(1)])];
        model.ways[0].later = vec![Stage(vec![task(0)])];
        let (dealt, tasks) = run(&model, 3, 0, &mut Random::new(0, 0));
        assert!(dealt.iter().all(|case| case.decided - case.came == 8 * SECOND));
        assert_eq!(tasks, 12);
    }
}
