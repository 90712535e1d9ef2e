//! Optimal alignments: the cheapest way to read a trace as a run of the model.
//!
//! A* on the synchronous product (Adriansyah, van Dongen and van der Aalst 2011) with the bound of [`super::bound`]. Solutions of the bound are
//! handed on: a step the solution contains costs its child nothing to judge. Log moves and model moves commute, so a log
//! move never directly follows a model move; runs that differ in nothing else are looked at once. Traces that are equal are
//! aligned once. Costs are whole numbers, so bounds are rounded up.

use super::bound::{Answer, Bound};
use crate::log::{EventLog, Interner, Ordered};
use crate::procedure::Net;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// What moves cost. A silent move is free.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Costs {
    /// An event the model has no place for.
    pub log: u32,
    /// A step of the model that did not happen.
    pub model: u32,
    /// Steps with a cost of their own.
    pub steps: BTreeMap<String, u32>,
    /// Most states looked at for one trace.
    pub work: usize,
}

impl Default for Costs {
    fn default() -> Self {
        Self { log: 1, model: 1, steps: BTreeMap::new(), work: 5_000_000 }
    }
}

/// One move of an alignment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "move", content = "activity")]
pub enum Move {
    /// The event is the model's step.
    Both(String),
    /// The event has no place in the model.
    Log(String),
    /// The model's step did not happen.
    Model(String),
}

/// The alignment of one trace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alignment {
    /// What it costs; when not `proven`, at least this.
    pub cost: u32,
    /// Is the cost optimal? Otherwise the search ran out of work.
    pub proven: bool,
    /// The moves, silent ones left out.
    pub moves: Vec<Move>,
    /// States looked at.
    pub states: usize,
}

/// What an aligned case costs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Aligned {
    /// The case.
    pub case: String,
    /// Its cost.
    pub cost: u32,
    /// Number of its variant in `alignments`.
    #[serde(skip)]
    pub variant: usize,
}

/// A log against a model.
#[derive(Clone, Debug, PartialEq)]
pub struct Conformance {
    /// 1 − cost / (events + cheapest empty run), over the whole log.
    pub log_fitness: f64,
    /// The mean of the same over cases.
    pub average_fitness: f64,
    /// Share of cases that cost nothing.
    pub perfectly_fitting: f64,
    /// Over all cases.
    pub total_cost: u64,
    /// Case by case.
    pub cases: Vec<Aligned>,
    /// Variant by variant: trace, cases, alignment.
    pub alignments: Vec<(Vec<String>, u64, Alignment)>,
    /// Were all costs proven?
    pub proven: bool,
}

/// Why a log could not be aligned.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AlignError {
    /// The model cannot end.
    #[error("failed to align: the model cannot reach its final marking; mend the model")]
    Unsound,
    /// The search was stopped.
    #[error("the alignment was cancelled")]
    Cancelled,
}

/// Aligns every case of a log.
///
/// # Errors
/// When the model cannot reach its end, or the search was cancelled.
pub fn conform(
    log: &EventLog,
    net: &Net,
    costs: &Costs,
    threads: usize,
    cancelled: &(dyn Fn() -> bool + Sync),
) -> Result<Conformance, AlignError> {
    let mut variants: Ordered<&[u32], (u64, Vec<u32>)> = Ordered::default();
    for case in log.each() {
        let entry = variants.entry(case.activity).or_default();
        entry.0 += 1;
        entry.1.push(case.number);
    }
    let names = log.activities.texts().map(Into::into).collect::<Vec<String>>();
    let product = Product::new(net, &names, costs);
    let shortest = product.align(&[]).ok_or(AlignError::Unsound)?.cost;
    let traces: Vec<&[u32]> = variants.keys().copied().collect();
    let aligned =
        spread(&traces, threads.max(1), |trace| if cancelled() { None } else { product.align(trace) });
    if cancelled() {
        return Err(AlignError::Cancelled);
    }
    let mut of_case = vec![None; log.cases.len()];
    let (mut total, mut possible, mut perfect, mut fitness, mut count) = (0, 0, 0, 0.0, 0);
    let mut alignments = Vec::with_capacity(traces.len());
    for (at, ((trace, (times, cases)), alignment)) in variants.iter().zip(aligned).enumerate() {
        let alignment = alignment.ok_or(AlignError::Unsound)?;
        let most = trace.len() as u64 * u64::from(costs.log) + u64::from(shortest);
        total += times * u64::from(alignment.cost);
        possible += times * most;
        perfect += if alignment.cost == 0 { *times } else { 0 };
        fitness +=
            *times as f64 * if most == 0 { 1.0 } else { 1.0 - f64::from(alignment.cost) / most as f64 };
        count += times;
        for case in cases {
            of_case[*case as usize] = Some((alignment.cost, at));
        }
        let words = trace.iter().map(|activity| names[*activity as usize].clone()).collect();
        alignments.push((words, *times, alignment));
    }
    let share = |part: f64| if count == 0 { 1.0 } else { part / count as f64 };
    let cases = of_case.iter().enumerate().filter_map(|(number, of)| {
        of.map(|(cost, variant)| Aligned { case: log.cases.text(number as u32).to_owned(), cost, variant })
    });
    Ok(Conformance {
        log_fitness: if possible == 0 { 1.0 } else { 1.0 - total as f64 / possible as f64 },
        average_fitness: share(fitness),
        perfectly_fitting: share(perfect as f64),
        total_cost: total,
        cases: cases.collect(),
        proven: alignments.iter().all(|(_, _, alignment)| alignment.proven),
        alignments,
    })
}

/// Works through a list on several threads; answers stand in the order of the list.
fn spread<T: Sync, A: Send>(list: &[T], threads: usize, work: impl Fn(&T) -> A + Sync) -> Vec<A> {
    if threads == 1 || list.len() < 2 {
        return list.iter().map(work).collect();
    }
    let (next, work) = (std::sync::atomic::AtomicUsize::new(0), &work);
    let next = &next;
    let mut answers: Vec<(usize, A)> = std::thread::scope(|scope| {
        let runs: Vec<_> = (0..threads)
            .map(|_| {
                scope.spawn(move || {
                    let mut own = Vec::new();
                    loop {
                        let at = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                        let Some(item) = list.get(at) else { return own };
                        own.push((at, work(item)));
                    }
                })
            })
            .collect();
        // A thread that panicked takes the whole run with it, as it would alone.
        runs.into_iter()
            .flat_map(|run| run.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect()
    });
    answers.sort_by_key(|(at, _)| *at);
    answers.into_iter().map(|(_, answer)| answer).collect()
}

/// A model made ready for the activities of a log.
pub(crate) struct Product<'a> {
    net: &'a Net,
    names: &'a [String],
    costs: &'a Costs,
    /// Activity of each transition among those the log and the model know.
    labels: Vec<Option<u32>>,
    /// Transitions of each activity.
    of_label: Vec<Vec<u32>>,
    /// Transitions that take from a place, by place, plus those that take from nowhere.
    takers: Vec<Vec<u32>>,
    free: Vec<u32>,
    /// What a model move of each transition costs.
    model_cost: Vec<u32>,
    /// Activities of the log that the model has, as numbers of `labels`.
    known: Vec<Option<u32>>,
    bound: Bound,
    target: Vec<u32>,
}

impl<'a> Product<'a> {
    pub(crate) fn new(net: &'a Net, names: &'a [String], costs: &'a Costs) -> Self {
        let mut activities: Vec<&str> = Vec::new();
        let labels: Vec<Option<u32>> = net
            .transitions
            .iter()
            .map(|transition| {
                let label = transition.label.as_deref()?;
                let at = activities.iter().position(|name| *name == label).unwrap_or_else(|| {
                    activities.push(label);
                    activities.len() - 1
                });
                Some(at as u32)
            })
            .collect();
        let step = |name: &str| costs.steps.get(name).copied().unwrap_or(costs.model);
        let model: Vec<f64> = activities.iter().map(|name| f64::from(step(name))).collect();
        let mut of_label = vec![Vec::new(); activities.len()];
        for (at, label) in labels.iter().enumerate() {
            if let Some(label) = label {
                of_label[*label as usize].push(at as u32);
            }
        }
        let mut takers = vec![Vec::new(); net.places.len()];
        let mut free = Vec::new();
        for (at, transition) in net.transitions.iter().enumerate() {
            match transition.inputs.first() {
                Some((place, _)) => takers[*place as usize].push(at as u32),
                None => free.push(at as u32),
            }
        }
        Self {
            bound: Bound::new(net, &labels, activities.len(), &model, f64::from(costs.log)),
            model_cost: labels
                .iter()
                .map(|label| label.map_or(0, |label| step(activities[label as usize])))
                .collect(),
            known: names
                .iter()
                .map(|name| activities.iter().position(|label| label == name).map(|at| at as u32))
                .collect(),
            target: net.tokens(&net.finals),
            of_label,
            takers,
            free,
            labels,
            net,
            names,
            costs,
        }
    }

    /// The cheapest alignment; none when the model cannot end.
    pub(crate) fn align(&self, trace: &[u32]) -> Option<Alignment> {
        Search::new(self, trace).run()
    }

    /// Transitions for token replay: silent and joint moves of the optimal alignment, and every event the model has but
    /// could not take there; steps that did not happen are left out.
    pub(crate) fn steps(&self, trace: &[u32]) -> Option<Vec<u32>> {
        Search::new(self, trace).steps()
    }

    fn enabled(&self, transition: u32, tokens: &[u32]) -> bool {
        self.net.transitions[transition as usize]
            .inputs
            .iter()
            .all(|(place, weight)| tokens[*place as usize] >= *weight)
    }
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
    by: Step,
    solution: u32,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Begin,
    Both(u32),
    Log,
    Model(u32),
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
        let mut strange = vec![0; trace.len() + 1];
        for at in (0..trace.len()).rev() {
            ahead[at] = ahead[at + 1].clone();
            strange[at] = strange[at + 1];
            match product.known[trace[at] as usize] {
                Some(label) => ahead[at][label as usize] += 1,
                None => strange[at] += 1,
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
            strange,
            packed: Vec::new(),
        }
    }

    fn run(mut self) -> Option<Alignment> {
        let (end, looked) = self.search()?;
        Some(match end {
            Ok(state) => self.finish(state, looked),
            Err(cost) => Alignment { cost, proven: false, moves: Vec::new(), states: looked },
        })
    }

    fn steps(mut self) -> Option<Vec<u32>> {
        let (mut steps, mut at) = (Vec::new(), self.search()?.0.unwrap_or(NONE));
        while at != NONE {
            let node = &self.reached[at as usize];
            match node.by {
                Step::Both(transition) => steps.push(transition),
                Step::Model(transition) if self.product.labels[transition as usize].is_none() => {
                    steps.push(transition);
                }
                Step::Log => {
                    let position = crate::stats::unpack(self.states.get(at)).next().unwrap_or(0) as usize;
                    let label = self.product.known[self.trace[position - 1] as usize];
                    let forced = label.and_then(|label| self.product.of_label[label as usize].first());
                    steps.extend(forced);
                }
                Step::Begin | Step::Model(_) => {}
            }
            at = node.before;
        }
        steps.reverse();
        Some(steps)
    }

    /// The end of the cheapest way and how many states were looked at; when work ran out, what is paid at least.
    fn search(&mut self) -> Option<(Result<u32, u32>, usize)> {
        let initial = self.product.net.tokens(&self.product.net.initial);
        self.reach(&initial, 0, 0, Step::Begin, NONE, 0, NONE);
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
                Step::Log,
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
            self.reach(next, position, paid, Step::Model(transition), state, node.bound, node.solution);
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
                        Step::Both(transition),
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
        by: Step,
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
        let logs = !matches!(by, Step::Model(_));
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
    fn inherit(&mut self, by: Step, position: usize, parent: u32) -> (bool, u32) {
        let Some(solution) = self.solutions.get(parent as usize) else { return (false, NONE) };
        let product = self.product;
        let (transitions, activities) = (product.labels.len(), product.of_label.len());
        let mut used: [Option<usize>; 2] = [None; 2];
        match by {
            Step::Begin => return (false, NONE),
            Step::Both(transition) => used[0] = Some(transition as usize),
            Step::Model(transition) => {
                used[0] = Some(transition as usize);
                used[1] = product.labels[transition as usize].map(|label| transitions + label as usize);
            }
            Step::Log => match product.known[self.trace[position - 1] as usize] {
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

    fn finish(&self, state: u32, states: usize) -> Alignment {
        let (mut moves, mut at) = (Vec::new(), state);
        while at != NONE {
            let node = &self.reached[at as usize];
            let position = crate::stats::unpack(self.states.get(at)).next().unwrap_or(0) as usize;
            let name = || self.product.names[self.trace[position - 1] as usize].clone();
            match node.by {
                Step::Begin => {}
                Step::Both(_) => moves.push(Move::Both(name())),
                Step::Log => moves.push(Move::Log(name())),
                Step::Model(transition) => {
                    if let Some(label) = &self.product.net.transitions[transition as usize].label {
                        moves.push(Move::Model(label.clone()));
                    }
                }
            }
            at = node.before;
        }
        moves.reverse();
        Alignment { cost: self.reached[state as usize].paid, proven: true, moves, states }
    }
}
