//! A bare lock: a queue without chambers, sides or sizes.
//!
//! It answers in nanoseconds a ship what the full model answers in microseconds, and its means are known in closed form
//! ([`crate::theory`]), which is what it is checked by.

use crate::{
    random::Random,
    statistics::{Batches, Mean, Sketch},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;

/// How long a lockage takes, with mean `mean`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Service {
    /// Always the same.
    Fixed,
    /// Exponential.
    Exponential,
    /// Erlang with this many phases.
    Erlang(u32),
}

/// What the bare lock does.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Discipline {
    /// Ships one by one, in order of arrival, on this many chambers.
    Single {
        /// Chambers in parallel.
        servers: usize,
    },
    /// One chamber that starts as soon as someone is there and takes up to this many.
    Bulk {
        /// Ships a lockage holds.
        capacity: usize,
    },
    /// One chamber that goes at fixed times and takes up to this many.
    FixedCycle {
        /// Ships a lockage holds.
        capacity: usize,
    },
}

/// A bare lock and its Poisson traffic.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Bare {
    /// Ships a unit of time.
    pub rate: f64,
    /// Mean time of a lockage.
    pub service: f64,
    /// How it varies.
    pub distribution: Service,
    /// Who is served when.
    pub discipline: Discipline,
}

/// What came out.
#[derive(Clone, Debug)]
pub struct BareResult {
    /// Ships counted.
    pub vessels: u64,
    /// Mean wait, by batch means.
    pub wait: Mean,
    /// The waits.
    pub waits: Sketch,
}

/// Why a bare lock cannot be simulated.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("failed to simulate the lock: {0}")]
pub struct BareError(String);

/// A queue longer than this is no queue but a lock that cannot cope.
const LONGEST: usize = 2_000_000;

struct Count {
    skip: u64,
    left: u64,
    batches: Batches,
    waits: Sketch,
}

impl Count {
    /// Takes a wait; false when enough are counted.
    #[inline]
    fn take(&mut self, wait: f64) -> bool {
        if self.skip > 0 {
            self.skip -= 1;
            return true;
        }
        self.batches.add(wait);
        self.waits.add(wait);
        self.left -= 1;
        self.left > 0
    }
}

impl Bare {
    fn check(&self) -> Result<(), BareError> {
        let numbers = [self.rate, self.service];
        if numbers.iter().any(|n| !n.is_finite() || *n <= 0.0) {
            return Err(BareError("rate and service must be above 0".into()));
        }
        let most = match self.discipline {
            Discipline::Single { servers } => servers,
            Discipline::Bulk { capacity } | Discipline::FixedCycle { capacity } => capacity,
        };
        if most == 0 {
            return Err(BareError("its capacity is zero".into()));
        }
        if matches!(self.distribution, Service::Erlang(0)) {
            return Err(BareError("Erlang needs at least one phase".into()));
        }
        if self.rate * self.service >= most as f64 {
            return Err(BareError(format!(
                "traffic {} is not below capacity {}: the queue has no mean",
                self.rate * self.service,
                most
            )));
        }
        Ok(())
    }

    #[inline]
    fn time(&self, random: &mut Random) -> f64 {
        match self.distribution {
            Service::Fixed => self.service,
            Service::Exponential => self.service * random.exponential(),
            Service::Erlang(phases) => {
                // One logarithm for all phases: the sum of logarithms is that of the product.
                let mut product = 1.0;
                let mut sum = 0.0;
                for _ in 0..phases {
                    product *= random.uniform();
                    if product < 1e-280 {
                        sum -= product.ln();
                        product = 1.0;
                    }
                }
                (sum - product.ln()) * self.service / f64::from(phases)
            }
        }
    }

    /// Simulates from empty: a fiftieth of the ships (at most a million) warm it up, `vessels` are counted.
    ///
    /// # Errors
    /// When a number is unusable or the traffic is more than the lock can pass.
    pub fn run(&self, vessels: u64, seed: u64) -> Result<BareResult, BareError> {
        self.check()?;
        let mut count = Count {
            skip: (vessels / 50).min(1_000_000),
            left: vessels.max(1),
            batches: Batches::new((vessels / 100).max(1)),
            waits: Sketch::default(),
        };
        let mut arrivals = Random::stream(seed, 0, 1);
        let mut services = Random::stream(seed, 0, 2);
        match self.discipline {
            Discipline::Single { servers: 1 } => self.one(&mut count, &mut arrivals, &mut services),
            Discipline::Single { servers } => {
                self.many(servers, &mut count, &mut arrivals, &mut services);
            }
            Discipline::Bulk { capacity } => {
                self.bulk(capacity, &mut count, &mut arrivals, &mut services)?;
            }
            Discipline::FixedCycle { capacity } => self.cycle(capacity, &mut count, &mut arrivals)?,
        }
        Ok(BareResult { vessels: vessels.max(1), wait: count.batches.mean(), waits: count.waits })
    }

    /// Lindley's recursion.
    fn one(&self, count: &mut Count, arrivals: &mut Random, services: &mut Random) {
        let between = 1.0 / self.rate;
        let mut wait = 0.0_f64;
        while count.take(wait) {
            wait = (wait + self.time(services) - between * arrivals.exponential()).max(0.0);
        }
    }

    /// Kiefer and Wolfowitz: the work ahead on each server, least first.
    fn many(&self, servers: usize, count: &mut Count, arrivals: &mut Random, services: &mut Random) {
        let between = 1.0 / self.rate;
        let mut work = vec![0.0_f64; servers];
        while count.take(work[0]) {
            let done = work[0] + self.time(services);
            let gap = between * arrivals.exponential();
            // Put the new end in its place while all others move up by one, then let the gap pass.
            let mut at = 0;
            while at + 1 < servers && work[at + 1] < done {
                work[at] = (work[at + 1] - gap).max(0.0);
                at += 1;
            }
            work[at] = (done - gap).max(0.0);
            for later in &mut work[at + 1..] {
                *later = (*later - gap).max(0.0);
            }
        }
    }

    fn bulk(
        &self,
        capacity: usize,
        count: &mut Count,
        arrivals: &mut Random,
        services: &mut Random,
    ) -> Result<(), BareError> {
        let between = 1.0 / self.rate;
        let mut queue: VecDeque<f64> = VecDeque::new();
        let mut next = between * arrivals.exponential();
        let mut free = 0.0_f64;
        loop {
            while next <= free {
                queue.push_back(next);
                next += between * arrivals.exponential();
            }
            if queue.len() > LONGEST {
                return Err(BareError("the queue grows without end".into()));
            }
            if queue.is_empty() {
                free = next;
                continue;
            }
            let n = queue.len().min(capacity);
            for arrival in queue.drain(..n) {
                if !count.take(free - arrival) {
                    return Ok(());
                }
            }
            free += self.time(services);
            rebase(&mut free, &mut next, &mut queue);
        }
    }

    fn cycle(&self, capacity: usize, count: &mut Count, arrivals: &mut Random) -> Result<(), BareError> {
        let between = 1.0 / self.rate;
        let mut queue: VecDeque<f64> = VecDeque::new();
        let mut next = between * arrivals.exponential();
        let mut departure = 0.0_f64;
        loop {
            departure += self.service;
            while next <= departure {
                queue.push_back(next);
                next += between * arrivals.exponential();
            }
            if queue.len() > LONGEST {
                return Err(BareError("the queue grows without end".into()));
            }
            let n = queue.len().min(capacity);
            for arrival in queue.drain(..n) {
                if !count.take(departure - arrival) {
                    return Ok(());
                }
            }
            rebase(&mut departure, &mut next, &mut queue);
        }
    }
}

/// Moves the clock back before differences of large times lose digits.
fn rebase(now: &mut f64, next: &mut f64, queue: &mut VecDeque<f64>) {
    if *now > 1e6 {
        let by = *now;
        *now = 0.0;
        *next -= by;
        queue.iter_mut().for_each(|arrival| *arrival -= by);
    }
}
