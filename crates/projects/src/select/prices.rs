//! Lagrangian bounds: budgets and orders become prices (Fisher, "The Lagrangian relaxation method", 1981).
//!
//! With a price on each year's money and on each order, every candidate decides alone, so the best of the relaxed
//! problem is a sum of maxima. It bounds every plan from above whatever the prices are; a subgradient search looks for
//! the prices that bound best.

use super::problem::Problem;

/// Prices of the limits, none negative.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Prices {
    pub(super) budget: Vec<f64>,
    /// By candidate and predecessor in the order of the problem.
    pub(super) order: Vec<Vec<f64>>,
}

/// The options that are left: by candidate, whether it may be left out and each year it may be started in.
#[derive(Clone, Debug)]
pub(super) struct Open {
    pub(super) none: Vec<bool>,
    pub(super) years: Vec<Vec<bool>>,
}

impl Open {
    pub(super) fn new(problem: &Problem) -> Self {
        let n = problem.candidates.len();
        Self {
            none: problem.candidates.iter().map(|candidate| !candidate.must).collect(),
            years: (0..n).map(|at| vec![true; problem.years(at)]).collect(),
        }
    }

    /// How many options a candidate has left.
    pub(super) fn count(&self, at: usize) -> usize {
        usize::from(self.none[at]) + self.years[at].iter().filter(|open| **open).count()
    }
}

/// The relaxed problem at some prices.
#[derive(Clone, Debug)]
pub(super) struct Relaxed {
    /// No plan within the open options is worth more.
    pub(super) bound: f64,
    /// What each candidate chooses by itself.
    pub(super) choice: Vec<Option<usize>>,
    /// By candidate: what leaving it out, and each year, is worth at the prices.
    pub(super) none: Vec<f64>,
    pub(super) worth: Vec<Vec<f64>>,
}

impl Prices {
    pub(super) fn zero(problem: &Problem) -> Self {
        Self {
            budget: vec![0.0; problem.budget.len()],
            order: problem.candidates.iter().map(|candidate| vec![0.0; candidate.before.len()]).collect(),
        }
    }

    /// Solves the relaxed problem; `None` when a candidate has no option left.
    pub(super) fn relax(&self, problem: &Problem, open: &Open) -> Option<Relaxed> {
        let n = problem.candidates.len();
        // Being started earns the prices of those that wait for it and pays those of whom it waits for.
        let mut started = vec![0.0; n];
        for (at, candidate) in problem.candidates.iter().enumerate() {
            for ((before, _), price) in candidate.before.iter().zip(&self.order[at]) {
                started[*before] += price;
                started[at] -= price;
            }
        }
        let mut bound: f64 =
            self.budget.iter().zip(&problem.budget).map(|(price, there)| price * *there as f64).sum();
        let (mut choice, mut worth) = (Vec::with_capacity(n), Vec::with_capacity(n));
        for (at, started) in started.iter().enumerate() {
            let values: Vec<f64> = (0..problem.years(at))
                .map(|year| {
                    let paid: f64 =
                        problem.costs(at, year).map(|(year, cost)| self.budget[year] * cost as f64).sum();
                    problem.candidates[at].value[year] as f64 + started - paid
                })
                .collect();
            let mut best = open.none[at].then_some((0.0, None));
            for (year, value) in values.iter().enumerate().filter(|(year, _)| open.years[at][*year]) {
                if best.is_none_or(|(than, _)| *value > than) {
                    best = Some((*value, Some(year)));
                }
            }
            let (value, chosen) = best?;
            bound += value;
            choice.push(chosen);
            worth.push(values);
        }
        Some(Relaxed { bound, choice, none: vec![0.0; n], worth })
    }

    /// Moves the prices towards a better bound; gives the best one found with its prices.
    pub(super) fn improve(
        &mut self,
        problem: &Problem,
        open: &Open,
        steps: usize,
        goal: f64,
        mut see: impl FnMut(&Relaxed),
    ) -> Option<Relaxed> {
        let mut best = self.relax(problem, open)?;
        see(&best);
        let (mut at, mut here, mut best_prices) = (self.clone(), best.clone(), self.clone());
        let (mut scale, mut stale) = (1.5, 0);
        for _ in 0..steps {
            let (budget, order, length) = at.slopes(problem, &here);
            if length <= 0.0 || best.bound <= goal {
                break;
            }
            let step = scale * (here.bound - goal).max(here.bound.abs() * 1e-6 + 1e-9) / length;
            for (price, slope) in at.budget.iter_mut().zip(&budget) {
                *price = (*price - step * slope).max(0.0);
            }
            for (prices, slopes) in at.order.iter_mut().zip(&order) {
                for (price, slope) in prices.iter_mut().zip(slopes) {
                    *price = (*price - step * slope).max(0.0);
                }
            }
            here = at.relax(problem, open)?;
            see(&here);
            if here.bound < best.bound - 1e-9 * best.bound.abs() {
                (best, best_prices, stale) = (here.clone(), at.clone(), 0);
            } else {
                stale += 1;
                if stale >= 8 {
                    (scale, stale) = (scale * 0.6, 0);
                    (at, here) = (best_prices.clone(), best.clone());
                }
            }
        }
        *self = best_prices;
        Some(best)
    }

    /// What is left of each limit by the relaxed choice, and the square of its length. Money is weighed by its budget,
    /// so that years of very different size move alike.
    fn slopes(&self, problem: &Problem, relaxed: &Relaxed) -> (Vec<f64>, Vec<Vec<f64>>, f64) {
        let mut left: Vec<f64> = problem.budget.iter().map(|there| *there as f64).collect();
        for (at, year) in relaxed.choice.iter().enumerate() {
            for (year, cost) in year.iter().flat_map(|year| problem.costs(at, *year)) {
                left[year] -= cost as f64;
            }
        }
        let started = |at: usize| f64::from(u8::from(relaxed.choice[at].is_some()));
        let order: Vec<Vec<f64>> = problem
            .candidates
            .iter()
            .enumerate()
            .map(|(at, candidate)| {
                candidate.before.iter().map(|(before, _)| started(*before) - started(at)).collect()
            })
            .collect();
        let mut length = 0.0;
        for (slope, price) in left.iter_mut().zip(&self.budget) {
            if *slope > 0.0 && *price <= 0.0 {
                *slope = 0.0;
            }
            length += *slope * *slope;
        }
        for (slope, price) in order.iter().flatten().zip(self.order.iter().flatten()) {
            if !(*slope > 0.0 && *price <= 0.0) {
                length += slope * slope;
            }
        }
        (left, order, length)
    }
}
