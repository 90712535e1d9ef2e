//! What a closure leaves behind: the queue as a fluid.

/// The aftermath of a closure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Backlog {
    /// Ships waiting when the lock opens again.
    pub ships: f64,
    /// Days until they are gone.
    pub clears_after: f64,
    /// Days of waiting of all ships together.
    pub delay: f64,
    /// Ships that had to wait.
    pub delayed: f64,
    /// Days of waiting of each of them.
    pub mean_delay: f64,
}

/// A closure of `days` with `arrivals` and `capacity` a day; `None` when the backlog never clears.
pub fn backlog(arrivals: f64, capacity: f64, days: f64) -> Option<Backlog> {
    if !(arrivals >= 0.0 && days >= 0.0 && capacity > arrivals) {
        return None;
    }
    let spare = capacity - arrivals;
    let ships = arrivals * days;
    let delay = ships * days * capacity / (2.0 * spare);
    let delayed = ships * capacity / spare;
    let mean_delay = days / 2.0;
    Some(Backlog { ships, clears_after: ships / spare, delay, delayed, mean_delay })
}
