//! Optimal alignments: the cheapest way to read a trace as a run of the model.
//!
//! Most traces are cheap to align: they are tried by [`super::plain`] first, which looks at states in order of what was paid. Where that
//! takes too many states, [`super::astar`] goes on with a bound of what is left to pay. Both are exact. Traces that are equal are aligned
//! once. Costs are whole numbers.

use super::bound::Bound;
use super::{astar, plain};
use crate::log::{EventLog, Ordered};
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
    pub(super) net: &'a Net,
    names: &'a [String],
    pub(super) costs: &'a Costs,
    /// Activity of each transition among those the log and the model know.
    pub(super) labels: Vec<Option<u32>>,
    /// Transitions of each activity.
    pub(super) of_label: Vec<Vec<u32>>,
    /// Transitions that take from a place, by place, plus those that take from nowhere.
    pub(super) takers: Vec<Vec<u32>>,
    pub(super) free: Vec<u32>,
    /// For each activity, the silent transitions that lead to it through silent ones alone, the furthest first; last those
    /// that may lead to the end: all.
    pub(super) leading: Vec<Vec<u32>>,
    /// What a model move of each transition costs.
    pub(super) model_cost: Vec<u32>,
    /// Activities of the log that the model has, as numbers of `labels`.
    pub(super) known: Vec<Option<u32>>,
    pub(super) bound: Bound,
    pub(super) target: Vec<u32>,
    plain: plain::Masks,
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
            leading: leading(net, &of_label),
            plain: plain::Masks::of(net),
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
        let way = self.way(trace)?;
        let moves = way.path.iter().filter_map(|(step, position)| {
            let name = || self.names[trace[*position as usize - 1] as usize].clone();
            match step {
                Step::Both(_) => Some(Move::Both(name())),
                Step::Log => Some(Move::Log(name())),
                Step::Model(transition) => {
                    self.net.transitions[*transition as usize].label.clone().map(Move::Model)
                }
            }
        });
        Some(Alignment { cost: way.cost, proven: way.proven, moves: moves.collect(), states: way.states })
    }

    /// Transitions for token replay: silent and joint moves of the optimal alignment, and every event the model has but
    /// could not take there; steps that did not happen are left out.
    pub(crate) fn steps(&self, trace: &[u32]) -> Option<Vec<u32>> {
        let steps = self.way(trace)?.path.into_iter().filter_map(|(step, position)| match step {
            Step::Both(transition) => Some(transition),
            Step::Model(transition) => self.labels[transition as usize].is_none().then_some(transition),
            Step::Log => {
                let label = self.known[trace[position as usize - 1] as usize]?;
                self.of_label[label as usize].first().copied()
            }
        });
        Some(steps.collect())
    }

    fn way(&self, trace: &[u32]) -> Option<Way> {
        plain::search(&self.plain, self, trace).or_else(|| astar::search(self, trace))
    }

    /// Events from each position on that the model does not know.
    pub(super) fn strange(&self, trace: &[u32]) -> Vec<u32> {
        let mut strange = vec![0; trace.len() + 1];
        for at in (0..trace.len()).rev() {
            strange[at] = strange[at + 1] + u32::from(self.known[trace[at] as usize].is_none());
        }
        strange
    }

    pub(super) fn enabled(&self, transition: u32, tokens: &[u32]) -> bool {
        self.net.transitions[transition as usize]
            .inputs
            .iter()
            .all(|(place, weight)| tokens[*place as usize] >= *weight)
    }
}

fn silent(net: &Net) -> impl Iterator<Item = u32> {
    (0..).zip(&net.transitions).filter(|(_, transition)| transition.label.is_none()).map(|(at, _)| at)
}

/// [`Product::leading`], for each activity's transitions.
fn leading(net: &Net, of_label: &[Vec<u32>]) -> Vec<Vec<u32>> {
    let mut givers = vec![Vec::new(); net.places.len()];
    for at in silent(net) {
        for (place, _) in &net.transitions[at as usize].outputs {
            givers[*place as usize].push(at);
        }
    }
    of_label.iter().map(|goals| leading_to(net, &givers, goals)).chain([silent(net).collect()]).collect()
}

/// The silent transitions from which the goals are reached through silent ones alone, the furthest first; `givers` names the
/// silent transitions that give to each place.
fn leading_to(net: &Net, givers: &[Vec<u32>], goals: &[u32]) -> Vec<u32> {
    let mut seen = vec![false; net.transitions.len()];
    let mut found: Vec<u32> = Vec::new();
    let mut wave: Vec<u32> = goals.to_vec();
    while !wave.is_empty() {
        let mut next = Vec::new();
        for (place, _) in wave.iter().flat_map(|at| &net.transitions[*at as usize].inputs) {
            for giver in &givers[*place as usize] {
                if !std::mem::replace(&mut seen[*giver as usize], true) {
                    next.push(*giver);
                }
            }
        }
        found.extend(&next);
        wave = next;
    }
    found.reverse();
    found
}

/// One step of a way, silent ones included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// The event and a transition.
    Both(u32),
    /// The event alone.
    Log,
    /// A transition alone.
    Model(u32),
}

/// The cheapest way through trace and model.
pub(super) struct Way {
    pub(super) cost: u32,
    pub(super) proven: bool,
    /// Steps and the position in the trace behind each; empty when not proven.
    pub(super) path: Vec<(Step, u32)>,
    pub(super) states: usize,
}
