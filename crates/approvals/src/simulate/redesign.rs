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
    /// The reviews are done side by side, where the first of them stands, wherever the others stood (一业一证: several licences out of one
    /// application). What is in between comes after them.
    Together(Vec<String>),
    /// Of a step done several times in a case only the first is done: one acceptance, one delivery.
    Once(String),
}

/// A change that cannot be read from text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "failed to read the change {0:?}; write drop:STEP, later:STEP, once:STEP, merge:A=B, parallel:A=B, together:A=B=C or staff:STEP=N"
)]
pub struct Misspelt(pub String);

impl std::str::FromStr for Change {
    type Err = Misspelt;

    /// `drop:STEP`, `later:STEP`, `once:STEP`, `merge:A=B`, `parallel:A=B`, `together:A=B=C`, `staff:STEP=N`.
    fn from_str(text: &str) -> Result<Self, Misspelt> {
        let misspelt = || Misspelt(text.to_owned());
        let (kind, what) = text.split_once(':').ok_or_else(misspelt)?;
        let names: Vec<String> = what.split('=').map(|name| name.trim().to_owned()).collect();
        if names.iter().any(String::is_empty) {
            return Err(misspelt());
        }
        match (kind.trim(), names.as_slice()) {
            ("drop", [step]) => Ok(Self::Drop(step.clone())),
            ("later", [step]) => Ok(Self::Later(step.clone())),
            ("once", [step]) => Ok(Self::Once(step.clone())),
            ("merge", [a, b]) => Ok(Self::Merge(a.clone(), b.clone())),
            ("parallel", [a, b]) => Ok(Self::Parallel(a.clone(), b.clone())),
            ("together", [_, _, ..]) => Ok(Self::Together(names)),
            ("staff", [step, count]) => {
                count.parse().map(|count| Self::Staff(step.clone(), count)).map_err(|_| misspelt())
            }
            _ => Err(misspelt()),
        }
    }
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
        Change::Once(step) => each_way(model, step, |stages, _, step| {
            let mut seen = false;
            for stage in stages.iter_mut() {
                stage.0.retain(|task| task.name != step || !std::mem::replace(&mut seen, true));
            }
            stages.retain(|stage| !stage.0.is_empty());
        }),
        Change::Together(steps) => together(model, steps),
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

/// Gathers the named steps of each way in one stage, where the first of them stood.
fn together(model: &mut Model, steps: &[String]) -> Result<(), NoChange> {
    for step in steps {
        if !tasks(model).any(|task| &task.name == step) {
            return Err(NoChange::Step(step.clone()));
        }
    }
    let named = |task: &Task| steps.contains(&task.name);
    let mut done = false;
    for way in &mut model.ways {
        let Some(first) = way.stages.iter().position(|stage| stage.0.iter().any(named)) else { continue };
        let mut gathered = Vec::new();
        for stage in &mut way.stages[first + 1..] {
            let (taken, kept) = std::mem::take(&mut stage.0).into_iter().partition(named);
            stage.0 = kept;
            gathered.extend::<Vec<Task>>(taken);
        }
        done |= !gathered.is_empty();
        way.stages[first].0.extend(gathered);
        way.stages.retain(|stage| !stage.0.is_empty());
    }
    if done { Ok(()) } else { Err(NoChange::Apart(steps[0].clone(), steps[1..].join(", "))) }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulate::run::{Arrivals, Distribution, Way};

    fn model(steps: &[&str]) -> Model {
        let task = |name: &str| Task { name: name.into(), delay: vec![], work: vec![0], pool: 0 };
        Model {
            arrivals: Arrivals::Between(Distribution::Constant(1)),
            ways: vec![Way {
                stages: steps.iter().map(|name| Stage(vec![task(name)])).collect(),
                later: vec![],
                weight: 1,
            }],
            times: vec![Distribution::Constant(1)],
            pools: vec![],
            hours: None,
            calendar: crate::clock::Calendar::new([]),
        }
    }

    fn after(steps: &[&str], changes: &[&str]) -> Vec<Vec<String>> {
        let mut model = model(steps);
        for change in changes {
            apply(&mut model, &change.parse().unwrap()).unwrap();
        }
        let names = |stage: &Stage| stage.0.iter().map(|task| task.name.clone()).collect();
        model.ways[0].stages.iter().map(names).collect()
    }

    #[test]
    fn one_trade_has_one_licence() {
        let apart = ["accept", "food", "deliver", "accept", "fire", "deliver"];
        assert_eq!(
            after(&apart, &["together:food=fire", "once:accept", "once:deliver"]),
            [vec!["accept"], vec!["food", "fire"], vec!["deliver"]]
        );
        assert_eq!(after(&["a", "b", "c"], &["parallel:b=c"]), [vec!["a"], vec!["b", "c"]]);
        assert_eq!(after(&["a", "b", "c"], &["drop:b"]), [vec!["a"], vec!["c"]]);
        assert_eq!(after(&["a", "b"], &["merge:a=b"]), [vec!["a"]]);
    }

    #[test]
    fn what_is_no_change_is_refused() {
        for text in ["", "drop", "drop:", "merge:a", "staff:a=many", "paint:a"] {
            assert_eq!(text.parse::<Change>(), Err(Misspelt(text.into())));
        }
        assert!(apply(&mut model(&["a"]), &Change::Drop("b".into())).is_err());
        assert!(apply(&mut model(&["a", "b"]), &"together:a=c".parse().unwrap()).is_err());
    }
}
