//! Which projects to start, and in which year.

use serde::Serialize;
use std::fmt;

/// One project that may be started.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Its code.
    pub code: String,
    /// What it is worth when started in each year of the plan; fewer years than the plan has close the later ones.
    pub value: Vec<i64>,
    /// What it costs in its first year, its second and so on; what lies beyond the plan is not asked of its budgets.
    pub cost: Vec<i64>,
    /// It must be started.
    pub must: bool,
    /// Who must be started before, and how many years earlier at least.
    pub before: Vec<(usize, usize)>,
}

/// Candidates and budgets, all in one unit each of value and of money.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The candidates.
    pub candidates: Vec<Candidate>,
    /// What there is each year.
    pub budget: Vec<i64>,
}

/// The year each candidate is started in; none when it is not.
pub type Plan = Vec<Option<usize>>;

/// A limit that binds: one more unit of it would raise the bound by its price.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Binding {
    /// `budget 0`, `A before B`.
    pub limit: String,
    /// What is used of it and what there is; nothing for an order.
    pub used: Option<(i64, i64)>,
    /// What one more unit of money would add to the bound.
    pub price: f64,
}

/// Why a problem cannot be solved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Candidates wait for each other.
    Circle(Vec<String>),
    /// A predecessor that is not there, a negative cost, too many years.
    Malformed(String),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Circle(names) => {
                write!(f, "projects wait for each other in a circle: {}", names.join(" → "))
            }
            Self::Malformed(what) => f.write_str(what),
        }
    }
}

/// Most years of a plan.
const YEARS: usize = 60;

impl Problem {
    /// Checks it and gives an order in which nobody stands before one it waits for.
    pub(super) fn order(&self) -> Result<Vec<usize>, Fault> {
        let n = self.candidates.len();
        if self.budget.is_empty() || self.budget.len() > YEARS {
            return Err(Fault::Malformed(format!(
                "{} years: 1 to {YEARS} can be planned",
                self.budget.len()
            )));
        }
        let large = |amount: &i64| amount.unsigned_abs() > 1 << 52;
        if self.budget.iter().any(|amount| *amount < 0 || large(amount)) {
            return Err(Fault::Malformed("a budget is negative or too large".into()));
        }
        let mut successors = vec![Vec::new(); n];
        for (at, candidate) in self.candidates.iter().enumerate() {
            let code = &candidate.code;
            if candidate.cost.iter().any(|cost| *cost < 0 || large(cost)) || candidate.value.iter().any(large)
            {
                return Err(Fault::Malformed(format!("an amount of {code} is negative or too large")));
            }
            for (before, _) in &candidate.before {
                if *before >= n {
                    return Err(Fault::Malformed(format!("{code} waits for a project that is not there")));
                }
                successors[*before].push(at);
            }
        }
        crate::schedule::topological(&successors).map_err(|circle| {
            Fault::Circle(circle.into_iter().map(|at| self.candidates[at].code.clone()).collect())
        })
    }

    /// The years a candidate may be started in.
    pub(super) fn years(&self, at: usize) -> usize {
        self.candidates[at].value.len().min(self.budget.len())
    }

    /// What a candidate started in a year costs in each year of the plan.
    pub(super) fn costs(&self, at: usize, year: usize) -> impl Iterator<Item = (usize, i64)> + '_ {
        let costs = self.candidates[at].cost.iter().enumerate();
        costs
            .map(move |(later, cost)| (year + later, *cost))
            .take_while(|(year, _)| *year < self.budget.len())
    }

    /// The value of a plan; none when it breaks a limit. Independent of how the plan was found.
    pub fn verify(&self, plan: &Plan) -> Option<i64> {
        let mut used = vec![0_i64; self.budget.len()];
        let mut value = 0_i64;
        for (at, (candidate, start)) in self.candidates.iter().zip(plan).enumerate() {
            let Some(year) = *start else {
                if candidate.must {
                    return None;
                }
                continue;
            };
            value += candidate.value.get(year).filter(|_| year < self.budget.len())?;
            for (year, cost) in self.costs(at, year) {
                used[year] += cost;
            }
            for (before, gap) in &candidate.before {
                if plan.get(*before).copied().flatten().is_none_or(|earlier| earlier + gap > year) {
                    return None;
                }
            }
        }
        used.iter().zip(&self.budget).all(|(used, there)| used <= there).then_some(value)
    }
}
