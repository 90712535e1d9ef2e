//! Changes to a procedure, applied to a model before it is played again.

use super::run::{Model, Stage, Task};
use crate::clock::Hours;

/// One change. Steps and pools go by their names.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// The second step is done together with the first, by the first's staff: its waiting falls away, its work stays.
    Merge(String, String),
    /// The two steps are done side by side when they follow each other.
    Parallel(String, String),
    /// The step is done after the decision (告知承诺: approve first, check later).
    Later(String),
    /// The step falls away.
    Drop(String),
    /// A pool gets so many staff; a pool is named by any of its steps.
    Staff(String, u32),
    /// Office hours.
    Hours(Hours),
}

/// A change that does nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoChange {
    /// No step has this name.
    #[error("failed to change the procedure: no step is called {0:?}; take a name from the log")]
    Step(String),
    /// The log does not tell when steps began, so waiting for staff is not known.
    #[error(
        "failed to change staff: the log does not tell when steps began, so waiting for staff cannot be told from work"
    )]
    Staff,
    /// The two steps never follow each other.
    #[error("failed to change the procedure: {0:?} and {1:?} never follow each other")]
    Apart(String, String),
}

/// Applies a change.
///
/// # Errors
/// When it names what is not there or would do nothing.
pub fn apply(model: &mut Model, change: &Change) -> Result<(), NoChange> {
    match change {
        Change::Hours(hours) => {
            model.hours = Some(hours.clone());
            Ok(())
        }
        Change::Staff(step, staff) => {
            let pool = tasks(model).find(|task| &task.name == step).map(|task| task.pool as usize);
            let pool = pool.ok_or_else(|| NoChange::Step(step.clone()))?;
            if pool == 0 {
                return Err(NoChange::Staff);
            }
            model.pools[pool].staff = Some((*staff).max(1));
            Ok(())
        }
        Change::Later(step) => each_way(model, step, |stages, later, step| {
            later.extend(taken(stages, step).into_iter().map(|mut task| {
                // Checked when somebody comes to it: what it waited for before the decision no longer holds it up.
                task.delay.clear();
                Stage(vec![task])
            }));
        }),
        Change::Drop(step) => each_way(model, step, |stages, _, step| drop(taken(stages, step))),
        Change::Merge(first, second) => pairs(model, first, second, |first, mut second| {
            first.work.append(&mut second.work);
            None
        }),
        Change::Parallel(first, second) => pairs(model, first, second, |_, second| Some(second)),
    }
}

fn tasks(model: &Model) -> impl Iterator<Item = &Task> {
    model.ways.iter().flat_map(|way| way.stages.iter().chain(&way.later)).flat_map(|stage| &stage.0)
}

fn each_way(
    model: &mut Model,
    step: &str,
    change: impl Fn(&mut Vec<Stage>, &mut Vec<Stage>, &str),
) -> Result<(), NoChange> {
    if !tasks(model).any(|task| task.name == step) {
        return Err(NoChange::Step(step.into()));
    }
    model.ways.iter_mut().for_each(|way| change(&mut way.stages, &mut way.later, step));
    Ok(())
}

/// Takes every task of a name out of the stages; stages left empty fall away.
fn taken(stages: &mut Vec<Stage>, step: &str) -> Vec<Task> {
    let mut out = Vec::new();
    for stage in stages.iter_mut() {
        let (taken, kept) = std::mem::take(&mut stage.0).into_iter().partition(|task| task.name == step);
        stage.0 = kept;
        out.extend::<Vec<Task>>(taken);
    }
    stages.retain(|stage| !stage.0.is_empty());
    out
}

/// Joins stages of which the first holds one step and the next the other, in either order for steps side by side.
fn pairs(
    model: &mut Model,
    first: &str,
    second: &str,
    join: impl Fn(&mut Task, Task) -> Option<Task>,
) -> Result<(), NoChange> {
    for name in [first, second] {
        if !tasks(model).any(|task| task.name == name) {
            return Err(NoChange::Step(name.into()));
        }
    }
    let mut done = false;
    for way in &mut model.ways {
        let mut at = 0;
        while at + 1 < way.stages.len() {
            let holds = |stage: &Stage, name: &str| stage.0.iter().any(|task| task.name == name);
            let alone = |stage: &Stage, name: &str| matches!(&stage.0[..], [task] if task.name == name);
            let joined = holds(&way.stages[at], first) && alone(&way.stages[at + 1], second);
            if !joined {
                at += 1;
                continue;
            }
            done = true;
            let next = way.stages.remove(at + 1).0.remove(0);
            let stage = &mut way.stages[at];
            let Some(holder) = stage.0.iter_mut().find(|task| task.name == first) else { continue };
            if let Some(beside) = join(holder, next) {
                stage.0.push(beside);
            }
        }
    }
    if done { Ok(()) } else { Err(NoChange::Apart(first.into(), second.into())) }
}
