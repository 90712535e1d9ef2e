//! Branch and bound on the prices: options that cannot be in a better plan go out, the rest is tried.

use super::{
    prices::{Open, Prices, Relaxed},
    problem::{Binding, Fault, Plan, Problem},
};
use serde::Serialize;

/// Why the search ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StoppedBy {
    /// The plan is proven best.
    Optimal,
    /// No plan keeps the limits, which is proven.
    Infeasible,
    /// The work allowed is used up.
    Work,
    /// Somebody said stop.
    Time,
}

/// What was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Selection {
    /// The best plan; none when none was found.
    pub plan: Option<Plan>,
    /// Its value.
    pub value: i64,
    /// No plan is worth more.
    pub bound: i64,
    /// Is the plan best?
    pub proven: bool,
    /// Why the search ended.
    pub stopped_by: StoppedBy,
    /// What binds at the best prices of the whole problem, the dearest first.
    pub binding: Vec<Binding>,
    /// Nodes of the search.
    pub nodes: u64,
}

struct Search<'a> {
    problem: &'a Problem,
    order: Vec<usize>,
    best: Option<Plan>,
    value: f64,
    nodes: u64,
    most: Option<u64>,
    stop: &'a dyn Fn() -> bool,
    stopped: Option<StoppedBy>,
    /// The greatest bound of what was left aside when the search was stopped.
    left: f64,
}

/// Chooses projects and their years. `work` bounds the nodes of the search; `stop` may read a clock.
///
/// # Errors
/// When the problem is malformed or has a circle.
pub fn select(problem: &Problem, work: Option<u64>, stop: &dyn Fn() -> bool) -> Result<Selection, Fault> {
    let order = problem.order()?;
    let mut search = Search {
        problem,
        order,
        best: None,
        value: f64::NEG_INFINITY,
        nodes: 0,
        most: work,
        stop,
        stopped: None,
        left: f64::NEG_INFINITY,
    };
    let mut prices = Prices::zero(problem);
    let mut open = Open::new(problem);
    search.greedy(&Prices::zero(problem), &open);
    // Twice: the second time the value of the first plans is the goal the steps aim at.
    for _ in 0..2 {
        let goal = search.value.max(0.0);
        prices.improve(problem, &open, 250, goal, |_| {});
        search.greedy(&prices, &open);
    }
    let root = prices.relax(problem, &open);
    let binding =
        root.as_ref().map(|relaxed| binding(problem, &prices, relaxed, &search.best)).unwrap_or_default();
    let whole = root.as_ref().map_or(f64::NEG_INFINITY, |relaxed| relaxed.bound);
    search.node(&prices, &mut open, 0);
    let stopped_by = search.stopped.unwrap_or(match search.best {
        Some(_) => StoppedBy::Optimal,
        None => StoppedBy::Infeasible,
    });
    let value = if search.best.is_some() { search.value as i64 } else { 0 };
    let bound = match search.stopped {
        None => value,
        Some(_) => (whole_number(search.left.max(search.value)) as i64).min(whole_number(whole) as i64),
    };
    Ok(Selection {
        proven: search.stopped.is_none(),
        plan: search.best,
        value,
        bound: bound.max(value),
        stopped_by,
        binding,
        nodes: search.nodes,
    })
}

/// Values are whole, so a bound is as good as the whole number below it; a little is left for rounding.
fn whole_number(bound: f64) -> f64 {
    (bound + 1e-9 * bound.abs() + 1e-6).floor()
}

impl Search<'_> {
    /// Looks for a better plan among the open options.
    fn node(&mut self, prices: &Prices, open: &mut Open, depth: usize) {
        self.nodes += 1;
        let mut prices = prices.clone();
        if self.stopped.is_some() || depth > 10_000 {
            self.aside(prices.relax(self.problem, open));
            return;
        }
        if self.most.is_some_and(|most| self.nodes > most) {
            self.stopped = Some(StoppedBy::Work);
        } else if (self.stop)() {
            self.stopped = Some(StoppedBy::Time);
        }
        let steps = if depth == 0 { 60 } else { 12 };
        if !self.close(open) {
            return;
        }
        let Some(relaxed) = prices.improve(self.problem, open, steps, self.value.max(0.0), |_| {}) else {
            return;
        };
        if whole_number(relaxed.bound) <= self.value {
            return;
        }
        if self.stopped.is_some() {
            self.aside(Some(relaxed));
            return;
        }
        self.greedy(&prices, open);
        if !self.fix(open, &relaxed) || whole_number(relaxed.bound) <= self.value {
            return;
        }
        let Some(at) = self.branch_on(open, &relaxed) else {
            self.leaf(open);
            return;
        };
        // The option of the relaxed problem first, then all others.
        let chosen = relaxed.choice[at];
        let keep = open.clone();
        open.none[at] = chosen.is_none();
        for (year, is_open) in open.years[at].iter_mut().enumerate() {
            *is_open &= chosen == Some(year);
        }
        self.node(&prices, open, depth + 1);
        *open = keep;
        match chosen {
            None => open.none[at] = false,
            Some(year) => open.years[at][year] = false,
        }
        self.node(&prices, open, depth + 1);
    }

    /// What is not looked into any more still bounds.
    fn aside(&mut self, relaxed: Option<Relaxed>) {
        self.left = self.left.max(relaxed.map_or(f64::NEG_INFINITY, |relaxed| relaxed.bound));
    }

    /// Closes options that orders forbid; `false` when somebody has none left.
    fn close(&self, open: &mut Open) -> bool {
        let problem = self.problem;
        for &at in &self.order {
            for (before, gap) in &problem.candidates[at].before {
                let earliest = open.years[*before].iter().position(|is_open| *is_open);
                for (year, is_open) in open.years[at].iter_mut().enumerate() {
                    *is_open &= earliest.is_some_and(|earliest| earliest + gap <= year);
                }
            }
        }
        for &at in self.order.iter().rev() {
            // Who must be started makes those it waits for started, early enough.
            if !open.none[at] {
                let latest = open.years[at].iter().rposition(|is_open| *is_open);
                for (before, gap) in &problem.candidates[at].before {
                    open.none[*before] = false;
                    for (year, is_open) in open.years[*before].iter_mut().enumerate() {
                        *is_open &= latest.is_some_and(|latest| year + gap <= latest);
                    }
                }
            }
        }
        (0..open.none.len()).all(|at| open.count(at) > 0)
    }

    /// Options that cannot be in a plan better than the best go out; `false` when somebody has none left.
    fn fix(&self, open: &mut Open, relaxed: &Relaxed) -> bool {
        for at in 0..open.none.len() {
            let own = relaxed.choice[at].map_or(relaxed.none[at], |year| relaxed.worth[at][year]);
            let hopeless = |worth: f64| whole_number(relaxed.bound - own + worth) <= self.value;
            open.none[at] &= !hopeless(relaxed.none[at]);
            for (year, is_open) in open.years[at].iter_mut().enumerate() {
                *is_open &= !hopeless(relaxed.worth[at][year]);
            }
            if open.count(at) == 0 {
                return false;
            }
        }
        true
    }

    /// The candidate whose best two options are nearest to each other, weighed by what it costs.
    fn branch_on(&self, open: &Open, relaxed: &Relaxed) -> Option<usize> {
        let distance = |at: usize| {
            let years = relaxed.worth[at].iter().zip(&open.years[at]).filter(|(_, open)| **open);
            let none = open.none[at].then_some(&relaxed.none[at]);
            let mut worths: Vec<f64> = years.map(|(worth, _)| worth).chain(none).copied().collect();
            worths.sort_by(|a, b| b.total_cmp(a));
            let cost: i64 = self.problem.candidates[at].cost.iter().sum();
            (worths[0] - worths[1]) / (1.0 + cost as f64)
        };
        (0..open.none.len())
            .filter(|at| open.count(*at) > 1)
            .min_by(|a, b| distance(*a).total_cmp(&distance(*b)))
    }

    /// Everything is decided: it is a plan, or none.
    fn leaf(&mut self, open: &Open) {
        let plan: Plan = (0..open.none.len())
            .map(|at| if open.none[at] { None } else { open.years[at].iter().position(|is_open| *is_open) })
            .collect();
        self.offer(plan);
    }

    fn offer(&mut self, plan: Plan) {
        if let Some(value) =
            self.problem.verify(&plan).map(|value| value as f64).filter(|value| *value > self.value)
        {
            self.value = value;
            self.best = Some(plan);
        }
    }

    /// A plan by taking candidates in the order of what they are worth at the prices by what they cost, each with those
    /// it waits for, in the earliest year that is open and fits.
    fn greedy(&mut self, prices: &Prices, open: &Open) {
        let Some(relaxed) = prices.relax(self.problem, open) else { return };
        let n = self.problem.candidates.len();
        let rate = |at: usize| {
            let best = relaxed.worth[at].iter().zip(&open.years[at]).filter(|(_, open)| **open);
            let best = best.map(|(worth, _)| *worth).fold(f64::NEG_INFINITY, f64::max);
            let cost: i64 = self.problem.candidates[at].cost.iter().sum();
            best / (1.0 + cost as f64)
        };
        let mut by_rate: Vec<usize> = (0..n).collect();
        by_rate.sort_by(|a, b| rate(*b).total_cmp(&rate(*a)).then(a.cmp(b)));
        let musts = self.order.iter().copied().filter(|at| !open.none[*at]);
        let mut state = (vec![None; n], self.problem.budget.clone());
        for at in musts.chain(by_rate) {
            let before = state.clone();
            if !self.start(at, open, &relaxed, &mut state, 0) {
                state = before;
            }
        }
        self.offer(state.0);
    }

    /// Starts a candidate and those it waits for; `false` when there is no room.
    fn start(
        &self,
        at: usize,
        open: &Open,
        relaxed: &Relaxed,
        state: &mut (Plan, Vec<i64>),
        depth: usize,
    ) -> bool {
        if state.0[at].is_some() {
            return true;
        }
        if depth > self.problem.candidates.len() {
            return false;
        }
        let mut from = 0;
        for (before, gap) in &self.problem.candidates[at].before {
            if !self.start(*before, open, relaxed, state, depth + 1) {
                return false;
            }
            from = from.max(state.0[*before].unwrap_or(0) + gap);
        }
        let mut years: Vec<usize> =
            (from..self.problem.years(at)).filter(|year| open.years[at][*year]).collect();
        years.sort_by(|a, b| relaxed.worth[at][*b].total_cmp(&relaxed.worth[at][*a]).then(a.cmp(b)));
        for year in years {
            if self.problem.costs(at, year).all(|(year, cost)| cost <= state.1[year]) {
                for (year, cost) in self.problem.costs(at, year) {
                    state.1[year] -= cost;
                }
                state.0[at] = Some(year);
                return true;
            }
        }
        false
    }
}

/// The limits with a price at the best prices of the whole problem.
fn binding(problem: &Problem, prices: &Prices, relaxed: &Relaxed, plan: &Option<Plan>) -> Vec<Binding> {
    let plan = plan.as_ref().unwrap_or(&relaxed.choice);
    let mut used = vec![0; problem.budget.len()];
    for (at, year) in plan.iter().enumerate() {
        for (year, cost) in year.iter().flat_map(|year| problem.costs(at, *year)) {
            used[year] += cost;
        }
    }
    let budgets = prices.budget.iter().enumerate().map(|(year, price)| Binding {
        limit: format!("budget {year}"),
        used: Some((used[year], problem.budget[year])),
        price: *price,
    });
    let orders = problem.candidates.iter().zip(&prices.order).flat_map(|(candidate, prices)| {
        candidate.before.iter().zip(prices).map(|((before, _), price)| Binding {
            limit: format!("{} before {}", problem.candidates[*before].code, candidate.code),
            used: None,
            price: *price,
        })
    });
    let mut all: Vec<Binding> = budgets.chain(orders).filter(|binding| binding.price > 1e-9).collect();
    all.sort_by(|a, b| b.price.total_cmp(&a.price).then_with(|| a.limit.cmp(&b.limit)));
    all
}
