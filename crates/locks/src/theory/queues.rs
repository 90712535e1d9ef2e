//! Mean waits of queues with one or several servers.
//!
//! Rates and times are in one unit of time of the caller's choice. Loads of 1 or more have no mean wait: `None`.

/// Mean wait in queue with Poisson arrivals and one server whose service times have this mean and squared coefficient
/// of variation: 1 for exponential, 0 for fixed, 1/k for Erlang-k (Pollaczek 1930, Khinchine 1932).
pub fn wait_one_server(rate: f64, service: f64, scv: f64) -> Option<f64> {
    let load = rate * service;
    ((0.0..1.0).contains(&load) && scv >= 0.0).then(|| load * service * (1.0 + scv) / (2.0 * (1.0 - load)))
}

/// Probability that all of `servers` are busy, and the mean wait, with exponential service (Erlang 1917).
pub fn wait_many_exponential(rate: f64, service: f64, servers: u32) -> Option<(f64, f64)> {
    let offered = rate * service;
    let c = f64::from(servers);
    if servers == 0 || !(0.0..c).contains(&offered) {
        return None;
    }
    // Erlang B by its recursion, then C: stable for any number of servers.
    let blocked = (1..=servers).fold(1.0, |b, k| offered * b / (f64::from(k) + offered * b));
    let busy = blocked / (1.0 - offered / c * (1.0 - blocked));
    Some((busy, busy * service / (c - offered)))
}

/// Mean wait with fixed service on `servers` in parallel (Crommelin 1932).
///
/// A queue of fixed service sees every server's state again one service later, so it is the fixed cycle of
/// [`fixed_cycle`] without the half cycle that a ship waits for the cycle itself.
pub fn wait_many_fixed(rate: f64, service: f64, servers: u32) -> Option<f64> {
    let cycle = fixed_cycle(rate, service, servers)?;
    if rate == 0.0 {
        return Some(0.0);
    }
    Some(cycle.left / rate)
}

/// A lock that goes every `cycle` and takes up to `capacity` ships (Bailey 1954).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FixedCycle {
    /// Mean number of ships just before a departure.
    pub waiting: f64,
    /// Mean number just after.
    pub left: f64,
    /// Mean wait until the departure a ship leaves with.
    pub wait: f64,
}

/// Mean queue and wait of the fixed cycle. The roots of `z^K = exp(a (z - 1))` in the unit disc carry the answer.
pub fn fixed_cycle(rate: f64, cycle: f64, capacity: u32) -> Option<FixedCycle> {
    let (a, k) = (rate * cycle, f64::from(capacity));
    if capacity == 0 || capacity > 10_000 || !(0.0..k).contains(&a) {
        return None;
    }
    let roots: f64 = (1..capacity).map(|j| one_over_one_less(a, capacity, j)).sum();
    let waiting = a + roots + (a * a - k * (k - 1.0)) / (2.0 * (k - a));
    let left = (waiting - a).max(0.0);
    let wait = if a > 0.0 { cycle * (left / a + 0.5) } else { cycle / 2.0 };
    Some(FixedCycle { waiting, left, wait })
}

/// The real part of `1 / (1 - z)` for the j-th root: roots come in conjugate pairs, so real parts add up.
fn one_over_one_less(a: f64, capacity: u32, j: u32) -> f64 {
    let k = f64::from(capacity);
    let turn = std::f64::consts::TAU * f64::from(j) / k;
    // z = w exp(a (z - 1) / K): a contraction near enough to start Newton's method from.
    let (mut x, mut y) = (0.0_f64, 0.0_f64);
    let image = |x: f64, y: f64| {
        let (size, angle) = ((a * (x - 1.0) / k).exp(), turn + a * y / k);
        (size * angle.cos(), size * angle.sin())
    };
    for _ in 0..30 {
        (x, y) = image(x, y);
    }
    for _ in 0..60 {
        // Newton on g(z) = z - image(z), g' = 1 - (a/K) image(z).
        let (u, v) = image(x, y);
        let (g, h) = (x - u, y - v);
        let (p, q) = (1.0 - a / k * u, -a / k * v);
        let size = p * p + q * q;
        let (dx, dy) = ((g * p + h * q) / size, (h * p - g * q) / size);
        (x, y) = (x - dx, y - dy);
        if dx.abs() + dy.abs() < 1e-16 {
            break;
        }
    }
    (1.0 - x) / ((1.0 - x) * (1.0 - x) + y * y)
}

/// A lock that starts as soon as it is free and someone is there, takes up to `capacity`, and takes an exponential time:
/// M/M\[1,K\]/1 with partial batches.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bulk {
    /// The root of `μ r^(K+1) - (λ+μ) r + λ = 0` between 0 and 1: queue lengths fall by this factor.
    pub root: f64,
    /// Probability that the lock is idle.
    pub idle: f64,
    /// Mean number waiting.
    pub waiting: f64,
    /// Mean wait.
    pub wait: f64,
}

/// Mean queue of the bulk lock (Gross and Harris, *Fundamentals of Queueing Theory*, section 3.2).
pub fn bulk(rate: f64, service: f64, capacity: u32) -> Option<Bulk> {
    if capacity == 0 || rate <= 0.0 || service <= 0.0 || rate * service >= f64::from(capacity) {
        return None;
    }
    let a = rate * service;
    // With z = 1 divided out, z + z² + … + z^K = λ/μ has one positive root; the left side grows, so halving finds it.
    let over = |z: f64| (1..=capacity).fold(0.0, |sum, _| (sum + 1.0) * z) - a;
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..200 {
        let middle = 0.5 * (low + high);
        if over(middle) > 0.0 { high = middle } else { low = middle }
    }
    let root = 0.5 * (low + high);
    let first = 1.0 / (1.0 / (1.0 - root) + 1.0 / a);
    let waiting = first * root / ((1.0 - root) * (1.0 - root));
    Some(Bulk { root, idle: first / a, waiting, wait: waiting / rate })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn one_server_is_one_of_many(rate in 0.01..0.99_f64) {
            let (_, many) = wait_many_exponential(rate, 1.0, 1).unwrap();
            prop_assert!((many - wait_one_server(rate, 1.0, 1.0).unwrap()).abs() < 1e-9 * (1.0 + many));
            let fixed = wait_many_fixed(rate, 1.0, 1).unwrap();
            prop_assert!((fixed - wait_one_server(rate, 1.0, 0.0).unwrap()).abs() < 1e-9 * (1.0 + fixed));
            let single = bulk(rate, 1.0, 1).unwrap();
            prop_assert!((single.wait - many).abs() < 1e-9 * (1.0 + many));
        }

        #[test]
        fn more_room_never_means_more_waiting(load in 0.05..0.95_f64, capacity in 1..40_u32) {
            let rate = load * f64::from(capacity);
            let less = fixed_cycle(rate, 1.0, capacity).unwrap();
            let more = fixed_cycle(rate, 1.0, capacity + 1).unwrap();
            prop_assert!(more.wait <= less.wait + 1e-9);
            let less = bulk(rate, 1.0, capacity).unwrap();
            let more = bulk(rate, 1.0, capacity + 1).unwrap();
            prop_assert!(more.wait <= less.wait + 1e-9);
        }
    }

    #[test]
    fn too_much_traffic_has_no_mean_wait() {
        assert_eq!(wait_one_server(1.0, 1.0, 1.0), None);
        assert_eq!(wait_many_exponential(2.0, 1.0, 2), None);
        assert_eq!(fixed_cycle(3.0, 1.0, 3), None);
        assert_eq!(bulk(3.0, 1.0, 3), None);
    }
}
