//! Token replay, done right: silent steps are chosen by an optimal alignment instead of greedily.
//!
//! Tokens are counted as Rozinat and van der Aalst do ("Conformance checking of processes based on monitoring real
//! behavior", 2008): fitness is ½(1 − missing/consumed) + ½(1 − remaining/produced). Greedy replay picks silent steps before
//! it sees what they are for and so finds fault with traces that fit. Here a trace that is a run of the model never misses a
//! token; in any other, a step the model has but cannot take is forced with the tokens it lacks, and a skipped step leaves its
//! tokens where they are.

use super::align::{Costs, Product};
use crate::log::{EventLog, Ordered};
use crate::procedure::Net;
use schemars::JsonSchema;
use serde::Serialize;

/// Tokens of a log.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct Replay {
    /// Given.
    pub produced: u64,
    /// Taken.
    pub consumed: u64,
    /// Taken though not there.
    pub missing: u64,
    /// Left at the end.
    pub remaining: u64,
    /// ½(1 − missing/consumed) + ½(1 − remaining/produced).
    pub log_fitness: f64,
    /// Share of cases without missing or remaining tokens.
    pub fitting: f64,
}

/// Replays a log; nothing when the model cannot end.
pub fn replay(log: &EventLog, net: &Net) -> Option<Replay> {
    let names: Vec<String> = log.activities.texts().map(Into::into).collect();
    let costs = Costs::default();
    let product = Product::new(net, &names, &costs);
    let mut variants: Ordered<&[u32], u64> = Ordered::default();
    for case in log.each() {
        *variants.entry(case.activity).or_default() += 1;
    }
    let (mut sum, mut cases, mut fitting) = (Replay::default(), 0, 0);
    for (trace, count) in &variants {
        let steps = product.steps(trace)?;
        let one = run(net, &steps);
        sum.produced += one.produced * count;
        sum.consumed += one.consumed * count;
        sum.missing += one.missing * count;
        sum.remaining += one.remaining * count;
        cases += count;
        fitting += if one.missing + one.remaining == 0 { *count } else { 0 };
    }
    let part = |part: u64, of: u64| if of == 0 { 0.0 } else { part as f64 / of as f64 };
    sum.log_fitness =
        0.5 * (1.0 - part(sum.missing, sum.consumed)) + 0.5 * (1.0 - part(sum.remaining, sum.produced));
    sum.fitting = if cases == 0 { 1.0 } else { part(fitting, cases) };
    Some(sum)
}

/// Fires transitions in order, forcing those that are not enabled.
fn run(net: &Net, steps: &[u32]) -> Replay {
    let mut tokens = net.tokens(&net.initial);
    let mut count =
        Replay { produced: tokens.iter().map(|count| u64::from(*count)).sum(), ..Replay::default() };
    let take = |tokens: &mut [u32], arcs: &[(u32, u32)], count: &mut Replay| {
        for (place, weight) in arcs {
            let there = &mut tokens[*place as usize];
            count.consumed += u64::from(*weight);
            count.missing += u64::from(weight.saturating_sub(*there));
            *there = there.saturating_sub(*weight);
        }
    };
    for step in steps {
        let transition = &net.transitions[*step as usize];
        take(&mut tokens, &transition.inputs, &mut count);
        for (place, weight) in &transition.outputs {
            tokens[*place as usize] += weight;
            count.produced += u64::from(*weight);
        }
    }
    take(&mut tokens, &net.finals, &mut count);
    count.remaining = tokens.iter().map(|count| u64::from(*count)).sum();
    count
}
