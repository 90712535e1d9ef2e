//! What moves the total, and what it would take to reach a target with a chosen probability.

use super::{Portfolio, Run, Simulated, simulate};
use serde::Serialize;

/// One thing that moves the total.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Driver {
    /// A project's code, `common`, or `group N`.
    pub name: String,
    /// Is it a project or a shock?
    pub project: bool,
    /// Its share of the variance of the total. A project's share holds what it has of the shocks, so the shares of all
    /// projects sum to one and those of the shocks stand beside.
    pub share: f64,
    /// Planned less expected: what it is expected to fall short by. Zero for a shock.
    pub shortfall: f64,
}

/// Everything that moves the total, the greatest share first.
pub fn drivers(portfolio: &Portfolio, simulated: &Simulated) -> Vec<Driver> {
    let variance = simulated.covariance.iter().sum::<f64>();
    let share = |covariance: f64| if variance > 0.0 { covariance / variance } else { 0.0 };
    let projects = portfolio.items.iter().enumerate().map(|(at, item)| Driver {
        name: item.code.clone(),
        project: true,
        share: share(simulated.covariance[at]),
        shortfall: item.done + item.planned() - simulated.means[at],
    });
    let shocks = simulated.shocks.iter().enumerate().map(|(at, share)| Driver {
        name: if at == 0 { "common".into() } else { format!("group {}", at - 1) },
        project: false,
        share: *share,
        shortfall: 0.0,
    });
    let mut all: Vec<Driver> = projects.chain(shocks.filter(|shock| shock.share > 0.0)).collect();
    all.sort_by(|a, b| b.share.total_cmp(&a.share).then_with(|| a.name.cmp(&b.name)));
    all
}

/// What lifts the probability of a target.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Lift {
    /// The probability wished for.
    pub wished: f64,
    /// More investment of the same riskiness as none: what must be added for certain.
    pub add: f64,
    /// Projects to hold to their plan, in the order in which they help most, and the probability once each is held.
    pub hold: Vec<(String, f64)>,
    /// The probability with all of these held, simulated.
    pub reached: f64,
}

/// What it takes to reach `target` with probability `wished`: an amount, or projects that are held to their plan.
///
/// Projects are taken by expected shortfall. The probability is simulated anew each time their number doubles and at
/// the end, so that at most about a dozen simulations are made.
pub fn lift(
    portfolio: &Portfolio,
    simulated: &Simulated,
    target: f64,
    wished: f64,
    run: Run,
    cancelled: &(dyn Fn() -> bool + Sync),
) -> Option<Lift> {
    let add = (target - simulated.quantile(1.0 - wished)).max(0.0);
    let mut order: Vec<usize> = (0..portfolio.items.len()).collect();
    let shortfall = |at: usize| {
        let item = &portfolio.items[at];
        item.done + item.planned() - simulated.means[at]
    };
    order.sort_by(|a, b| shortfall(*b).total_cmp(&shortfall(*a)).then(a.cmp(b)));
    order.retain(|at| shortfall(*at) > 0.0);
    let probability = |held: usize| {
        let mut changed = portfolio.clone();
        for at in &order[..held] {
            let item = &mut changed.items[*at];
            let (min, max) = (1.0, 1.0);
            item.pace = super::Pert { min, mode: 1.0, max, ..item.pace };
            item.slip = None;
        }
        simulate(&changed, run, cancelled).map(|simulated| simulated.reaches(target))
    };
    let now = simulated.reaches(target);
    let (mut low, mut high, mut reached) = (0, 0, now);
    let mut tried = vec![(0, now)];
    while reached < wished && high < order.len() {
        low = high;
        high = (high * 2).max(1).min(order.len());
        reached = probability(high)?;
        tried.push((high, reached));
    }
    while reached >= wished && low + 1 < high {
        let middle = (low + high) / 2;
        let here = probability(middle)?;
        tried.push((middle, here));
        if here >= wished { (high, reached) = (middle, here) } else { low = middle }
    }
    tried.sort_by_key(|(held, _)| *held);
    let at = |held: usize| tried.iter().rev().find(|(tried, _)| *tried <= held).map_or(now, |(_, p)| *p);
    let hold = order[..high]
        .iter()
        .enumerate()
        .map(|(index, project)| (portfolio.items[*project].code.clone(), at(index + 1)))
        .collect();
    Some(Lift { wished, add, hold, reached })
}
