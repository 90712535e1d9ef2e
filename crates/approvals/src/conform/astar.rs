//! A* on the synchronous product (Adriansyah, van Dongen and van der Aalst 2011) with the bound of [`super::bound`].
//!
//! Solutions of the bound are handed on: a step the solution contains costs its child nothing to judge. Log moves and model moves
//! commute, so a log move never directly follows a model move; runs that differ in nothing else are looked at once. Costs are whole
//! numbers, so bounds are rounded up.

use super::align::{Product, Step, Way};
use super::bound::{Answer, Bound};
use crate::log::Interner;

/// The cheapest way; none when the model cannot end. When work runs out, what is paid at least.
pub(super) fn search(product: &Product<'_>, trace: &[u32]) -> Option<Way> {
    let mut search = Search::new(product, trace);
    let (end, states) = search.search()?;
    Some(match end {
        Ok(state) => {
            let cost = search.reached[state as usize].paid;
            Way { cost, proven: true, path: search.path(state), states }
        }
        Err(cost) => Way { cost, proven: false, path: Vec::new(), states },
    })
}

const NONE: u32 = u32::MAX;

/// A state that was reached.
#[derive(Clone, Copy)]
struct Reached {
    paid: u32,
    bound: u32,
    /// Is the bound the solution of a programme, or what is left of its parent's?
    exact: bool,
    /// May a log move follow?
    logs: bool,
    done: bool,
    /// Has it been looked at with log moves?
    done_logs: bool,
    before: u32,
    /// Nothing for the state the search begins with.
    by: Option<Step>,
    solution: u32,
}

struct Search<'a> {
    product: &'a Product<'a>,
    trace: &'a [u32],
    bound: Bound,
    states: Interner,
    reached: Vec<Reached>,
    solutions: Vec<Vec<f32>>,
    /// Open states by what they cost at least; the deepest is taken first.
    open: Vec<Vec<u32>>,
    /// Nothing open costs less.
    lowest: usize,
    /// How often each activity stands in the trace from a position on.
    ahead: Vec<Vec<u32>>,
    /// Events from a position on that the model does not know.
    strange: Vec<u32>,
    packed: Vec<u8>,
}

impl<'a> Search<'a> {
    fn new(product: &'a Product<'a>, trace: &'a [u32]) -> Self {
        let mut ahead = vec![vec![0; product.of_label.len()]; trace.len() + 1];
        for at in (0..trace.len()).rev() {
            ahead[at] = ahead[at + 1].clone();
            if let Some(label) = product.known[trace[at] as usize] {
                ahead[at][label as usize] += 1;
            }
        }
        Self {
            bound: product.bound.clone(),
            product,
            trace,
            states: Interner::default(),
            reached: Vec::new(),
            solutions: Vec::new(),
            open: Vec::new(),
            lowest: 0,
            ahead,
            strange: product.strange(trace),
            packed: Vec::new(),
        }
    }

    /// The end of the cheapest way and how many states were looked at; when work ran out, what is paid at least.
    fn search(&mut self) -> Option<(Result<u32, u32>, usize)> {
        let initial = self.product.net.tokens(&self.product.net.initial);
        self.reach(&initial, 0, 0, None, NONE, 0, NONE);
        let mut looked = 0;
        let (mut tokens, mut next) = (initial.clone(), initial);
        while self.lowest < self.open.len() {
            let lowest = self.lowest;
            let Some(state) = self.open[lowest].pop() else {
                self.lowest += 1;
                continue;
            };
            let node = self.reached[state as usize];
            if (node.done && (node.done_logs || !node.logs)) || node.paid + node.bound != lowest as u32 {
                continue;
            }
            let position = self.unpack(state, &mut tokens);
            if position == self.trace.len() && tokens == self.product.target {
                return Some((Ok(state), looked));
            }
            if !node.exact {
                match self.judge(&tokens, position) {
                    None => {
                        self.reached[state as usize].done = true;
                        self.reached[state as usize].done_logs = true;
                        continue;
                    }
                    Some((bound, solution)) => {
                        let kept = &mut self.reached[state as usize];
                        (kept.exact, kept.solution) = (true, solution);
                        if bound > node.bound {
                            kept.bound = bound;
                            self.push(state);
                            continue;
                        }
                    }
                }
            }
            looked += 1;
            if looked > self.product.costs.work {
                return Some((Err(lowest as u32), looked));
            }
            self.expand(state, position, &tokens, &mut next);
        }
        None
    }

    fn expand(&mut self, state: u32, position: usize, tokens: &[u32], next: &mut Vec<u32>) {
        let node = self.reached[state as usize];
        let product = self.product;
        let repeat = node.done;
        self.reached[state as usize].done = true;
        if node.logs && !node.done_logs && position < self.trace.len() {
            self.reached[state as usize].done_logs = true;
            self.reach(
                tokens,
                position + 1,
                node.paid + product.costs.log,
                Some(Step::Log),
                state,
                node.bound,
                node.solution,
            );
        }
        if repeat {
            return;
        }
        let event = self.trace.get(position).and_then(|activity| product.known[*activity as usize]);
        let marked = tokens.iter().enumerate().filter(|(_, count)| **count > 0).map(|(place, _)| place);
        let candidates = marked.flat_map(|place| product.takers[place].iter()).chain(&product.free);
        let mut both = NONE;
        for transition in candidates.copied() {
            if !product.enabled(transition, tokens) {
                continue;
            }
            if event.is_some() && product.labels[transition as usize] == event && both == NONE {
                both = transition;
            }
            let paid = node.paid + product.model_cost[transition as usize];
            self.fire(transition, tokens, next);
            self.reach(next, position, paid, Some(Step::Model(transition)), state, node.bound, node.solution);
        }
        // Pushed last, so that of equal states the one that reads the trace is taken first.
        if let Some(label) = event.filter(|_| both != NONE) {
            for transition in product.of_label[label as usize].iter().copied() {
                if product.enabled(transition, tokens) {
                    self.fire(transition, tokens, next);
                    self.reach(
                        next,
                        position + 1,
                        node.paid,
                        Some(Step::Both(transition)),
                        state,
                        node.bound,
                        node.solution,
                    );
                }
            }
        }
    }

    fn fire(&self, transition: u32, tokens: &[u32], next: &mut Vec<u32>) {
        next.clear();
        next.extend_from_slice(tokens);
        let transition = &self.product.net.transitions[transition as usize];
        for (place, weight) in &transition.inputs {
            next[*place as usize] -= weight;
        }
        for (place, weight) in &transition.outputs {
            next[*place as usize] += weight;
        }
    }

    /// Notes that a state was reached, if more cheaply than before, or with a freedom it had not.
    #[allow(clippy::too_many_arguments, reason = "a state and the way to it")]
    fn reach(
        &mut self,
        tokens: &[u32],
        position: usize,
        paid: u32,
        by: Option<Step>,
        before: u32,
        parent_bound: u32,
        parent_solution: u32,
    ) {
        self.packed.clear();
        crate::stats::pack(position as u32, &mut self.packed);
        for count in tokens {
            crate::stats::pack(*count, &mut self.packed);
        }
        let state = self.states.intern(&self.packed);
        let logs = !matches!(by, Some(Step::Model(_)));
        let cost = if before == NONE { 0 } else { paid - self.reached[before as usize].paid };
        if (state as usize) < self.reached.len() {
            let known = &mut self.reached[state as usize];
            if paid < known.paid {
                (known.paid, known.before, known.by) = (paid, before, by);
                known.bound = known.bound.max(parent_bound.saturating_sub(cost));
                (known.logs, known.done, known.done_logs) = (logs, false, false);
                self.push(state);
            } else if paid == known.paid && logs && !known.logs {
                // The way to it must end in a move a log move may follow.
                (known.logs, known.before, known.by) = (true, before, by);
                self.push(state);
            }
            return;
        }
        let (exact, solution) = self.inherit(by, position, parent_solution);
        self.reached.push(Reached {
            paid,
            bound: parent_bound.saturating_sub(cost),
            exact,
            logs,
            done: false,
            done_logs: false,
            before,
            by,
            solution,
        });
        self.push(state);
    }

    /// When the solution of the parent contains the step, what is left of it solves the child.
    fn inherit(&mut self, by: Option<Step>, position: usize, parent: u32) -> (bool, u32) {
        let Some(solution) = self.solutions.get(parent as usize) else { return (false, NONE) };
        let product = self.product;
        let (transitions, activities) = (product.labels.len(), product.of_label.len());
        let mut used: [Option<usize>; 2] = [None; 2];
        match by {
            None => return (false, NONE),
            Some(Step::Both(transition)) => used[0] = Some(transition as usize),
            Some(Step::Model(transition)) => {
                used[0] = Some(transition as usize);
                used[1] = product.labels[transition as usize].map(|label| transitions + label as usize);
            }
            Some(Step::Log) => match product.known[self.trace[position - 1] as usize] {
                Some(label) => used[0] = Some(transitions + activities + label as usize),
                // The model does not know the event: nothing in the programme changes.
                None => return (true, parent),
            },
        }
        let used = used.into_iter().flatten();
        if used.clone().any(|at| solution[at] < 0.999) {
            return (false, NONE);
        }
        let mut rest = solution.clone();
        for at in used {
            rest[at] -= 1.0;
        }
        self.solutions.push(rest);
        (true, self.solutions.len() as u32 - 1)
    }

    /// The bound of a state, rounded up; none when it cannot end.
    fn judge(&mut self, tokens: &[u32], position: usize) -> Option<(u32, u32)> {
        let product = self.product;
        let right: Vec<f64> = product
            .target
            .iter()
            .zip(tokens)
            .map(|(target, now)| f64::from(*target) - f64::from(*now))
            .chain(self.ahead[position].iter().map(|count| f64::from(*count)))
            .collect();
        let strange = self.strange[position] * product.costs.log;
        match self.bound.ask(&right) {
            Answer::Never => None,
            Answer::AtLeast(value, solution) => {
                let solution = solution.map_or(NONE, |solution| {
                    self.solutions.push(solution);
                    self.solutions.len() as u32 - 1
                });
                Some(((value - 1e-4).ceil().max(0.0) as u32 + strange, solution))
            }
        }
    }

    fn push(&mut self, state: u32) {
        let node = &self.reached[state as usize];
        let at = (node.paid + node.bound) as usize;
        if at >= self.open.len() {
            self.open.resize(at + 1, Vec::new());
        }
        self.open[at].push(state);
        self.lowest = self.lowest.min(at);
    }

    fn unpack(&self, state: u32, tokens: &mut [u32]) -> usize {
        let mut numbers = crate::stats::unpack(self.states.get(state));
        let position = numbers.next().unwrap_or(0) as usize;
        for (slot, count) in tokens.iter_mut().zip(numbers) {
            *slot = count;
        }
        position
    }

    fn path(&self, state: u32) -> Vec<(Step, u32)> {
        let (mut path, mut at) = (Vec::new(), state);
        while at != NONE {
            let node = &self.reached[at as usize];
            let position = crate::stats::unpack(self.states.get(at)).next().unwrap_or(0);
            path.extend(node.by.map(|by| (by, position)));
            at = node.before;
        }
        path.reverse();
        path
    }
}
