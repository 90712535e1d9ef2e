//! Replications in parallel, with the same result for any number of threads.

use super::{
    tally::Tally,
    world::{Setup, Source, run},
};
use crate::{
    lock::{Complex, LockError},
    statistics::{Mean, mean},
    traffic::{Class, check_fleet},
};

/// How a simulation is run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plan {
    /// Days counted in each replication.
    pub days: f64,
    /// Days before, not counted.
    pub warm_up: f64,
    /// Replications.
    pub replications: u64,
    /// The only source of randomness.
    pub seed: u64,
    /// Threads it may use.
    pub threads: usize,
}

/// What all replications came to, for one complex.
#[derive(Clone, Debug)]
pub struct Replicated {
    /// Everything counted, summed.
    pub all: Tally,
    /// Mean wait of all ships; its interval from replications, or from batches when there is but one.
    pub wait: Mean,
    /// The mean wait of each replication, minutes.
    pub each: Vec<f64>,
    /// The median wait of each replication, minutes.
    pub each_p50: Vec<f64>,
    /// The 90 % wait of each replication, minutes.
    pub each_p90: Vec<f64>,
}

/// Simulates complex number `at` of a waterway.
///
/// # Errors
/// When a record is unusable, or the lock cannot cope with the traffic.
pub fn replicate(
    complexes: &[Complex],
    classes: &[Class],
    source: &Source<'_>,
    at: usize,
    plan: &Plan,
    cancelled: &(dyn Fn() -> bool + Sync),
) -> Result<Option<Replicated>, LockError> {
    complexes.iter().try_for_each(Complex::check)?;
    check_fleet(classes, complexes)?;
    if let Source::Process(traffic) = source {
        traffic.check()?;
    }
    let n = plan.replications.max(1);
    let threads = plan.threads.clamp(1, 64).min(n as usize);
    let one = |replication: u64| -> Result<Tally, LockError> {
        let from = plan.warm_up * 1_440.0;
        let mut tally = Tally::new(at, &complexes[at], classes, from, u64::MAX);
        let setup = Setup {
            complexes,
            classes,
            source: source.clone(),
            horizon: from + plan.days * 1_440.0,
            seed: plan.seed,
            replication,
        };
        run(&setup, &mut tally)?;
        Ok(tally)
    };
    let mut all: Option<Tally> = None;
    let (mut each, mut each_p50, mut each_p90) = (vec![], vec![], vec![]);
    let mut first = None;
    // Rounds of one replication a thread: memory does not grow with the number of replications, and they are added
    // in their order.
    let mut next = 0;
    while next < n {
        if cancelled() {
            return Ok(None);
        }
        let round: Vec<u64> = (next..n.min(next + threads as u64)).collect();
        next += round.len() as u64;
        let done: Vec<Result<Tally, LockError>> = if round.len() == 1 {
            vec![one(round[0])]
        } else {
            std::thread::scope(|scope| {
                let handles: Vec<_> = round.iter().map(|r| scope.spawn(|| one(*r))).collect();
                handles
                    .into_iter()
                    .map(|handle| {
                        handle.join().unwrap_or_else(|_| {
                            Err(LockError::new("a replication", "it stopped unexpectedly"))
                        })
                    })
                    .collect()
            })
        };
        for tally in done {
            let tally = tally?;
            each.push(tally.mean());
            each_p50.push(tally.waits.quantile(0.5));
            each_p90.push(tally.waits.quantile(0.9));
            match &mut all {
                None => {
                    first = Some(tally.mean_with_interval());
                    all = Some(tally);
                }
                Some(all) => all.merge(&tally),
            }
        }
    }
    let Some(all) = all else { return Ok(None) };
    let wait = match (n, first) {
        (1, Some(batches)) => Mean { mean: all.mean(), ..batches },
        _ => Mean { mean: all.mean(), ..mean(&each) },
    };
    Ok(Some(Replicated { all, wait, each, each_p50, each_p90 }))
}
