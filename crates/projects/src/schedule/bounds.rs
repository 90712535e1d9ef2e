//! Lower bounds on the makespan that need no search.

use super::{Instance, network::Network};

/// The critical path, and for each resource the work that must lie between early heads and late tails.
///
/// For activities with heads of at least `a` and tails of at least `b`, their work takes at least `work / capacity`
/// periods between `a` and `end − b`. Multi-mode: each activity counts with its least work and duration.
pub(super) fn lower_bound(instance: &Instance, network: &Network) -> u32 {
    let shortest: Vec<u32> = instance
        .activities
        .iter()
        .map(|activity| activity.modes.iter().map(|mode| mode.duration).min().unwrap_or(0))
        .collect();
    let (head, tail) = (network.heads(&shortest), network.mirrored().heads(&shortest));
    let mut best = instance.critical_path();
    for (resource, capacity) in instance.renewable.iter().enumerate().filter(|(_, capacity)| **capacity > 0) {
        let mut work: Vec<(u32, u32, u64)> = instance
            .activities
            .iter()
            .enumerate()
            .filter_map(|(at, activity)| {
                let least =
                    activity.modes.iter().map(|m| u64::from(m.duration) * u64::from(m.renewable[resource]));
                least.min().filter(|work| *work > 0).map(|work| (head[at], tail[at], work))
            })
            .collect();
        work.sort_unstable_by_key(|(_, tail, _)| std::cmp::Reverse(*tail));
        let mut heads: Vec<u32> = work.iter().map(|(head, ..)| *head).collect();
        heads.sort_unstable();
        heads.dedup();
        // More than enough for one resource of a large portfolio; small problems try every head.
        let stride = heads.len().div_ceil(256).max(1);
        for from in heads.iter().step_by(stride) {
            let mut sum = 0_u64;
            for (head, tail, work) in &work {
                if head >= from {
                    sum += work;
                    let length = sum.div_ceil(u64::from(*capacity));
                    let end = u64::from(*from) + length + u64::from(*tail);
                    best = best.max(u32::try_from(end).unwrap_or(u32::MAX));
                }
            }
        }
    }
    best
}
