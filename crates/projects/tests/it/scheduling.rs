//! Schedules: against every possible schedule of tiny problems, and against PSPLIB.

use crate::oracles;
use proptest::prelude::*;
use zhidian_projects::schedule::{
    Activity, Fault, Instance, Mode, Options, Rule, Solution, StoppedBy, Successor, psplib, solve,
};

fn run(instance: &Instance, options: &Options) -> Solution {
    solve(instance, options, 1, &|| false).unwrap()
}

fn work(units: u64) -> Options {
    Options { work: Some(units), ..Options::default() }
}

/// Small problems of up to five activities, up to two modes and two resources of each kind.
fn tiny() -> impl Strategy<Value = Instance> {
    let mode = (0..4_u32, prop::collection::vec(0..4_u32, 2), prop::collection::vec(0..3_u32, 1));
    let activity = prop::collection::vec(mode, 1..3);
    let edges = prop::collection::vec((0..5_usize, 0..5_usize, -3..2_i32), 0..5);
    (prop::collection::vec(activity, 1..6), edges, any::<bool>()).prop_map(
        |(activities, edges, nonrenewable)| {
            let n = activities.len();
            let mut activities: Vec<Activity> = activities
                .into_iter()
                .enumerate()
                .map(|(at, modes)| Activity {
                    name: at.to_string(),
                    modes: modes
                        .into_iter()
                        .map(|(duration, renewable, uses)| Mode {
                            duration,
                            renewable,
                            nonrenewable: if nonrenewable { uses } else { vec![] },
                        })
                        .collect(),
                    successors: vec![],
                })
                .collect();
            for (a, b, lag) in edges {
                if a < b && b < n {
                    activities[a].successors.push(Successor { to: b, lag });
                }
            }
            let nonrenewable = if nonrenewable { vec![n as u32] } else { vec![] };
            Instance { activities, renewable: vec![3, 3], nonrenewable }
        },
    )
}

/// The least makespan by trying every mode and every start.
fn by_force(instance: &Instance) -> Option<u32> {
    fn modes(instance: &Instance, chosen: &mut Vec<usize>, best: &mut Option<u32>) {
        let at = chosen.len();
        if at == instance.activities.len() {
            let used: u32 =
                (0..at).flat_map(|at| instance.activities[at].modes[chosen[at]].nonrenewable.first()).sum();
            if instance.nonrenewable.first().is_none_or(|there| used <= *there) {
                starts(instance, chosen, &mut Vec::new(), best);
            }
            return;
        }
        for mode in 0..instance.activities[at].modes.len() {
            chosen.push(mode);
            modes(instance, chosen, best);
            chosen.pop();
        }
    }
    fn starts(instance: &Instance, mode: &[usize], start: &mut Vec<u32>, best: &mut Option<u32>) {
        let chosen = |at: usize| &instance.activities[at].modes[mode[at]];
        let at = start.len();
        let end = (0..at).map(|at| start[at] + chosen(at).duration).max().unwrap_or(0);
        if best.is_some_and(|best| end >= best) {
            return;
        }
        if at == mode.len() {
            *best = Some(end);
            return;
        }
        let before = (0..at).flat_map(|before| {
            let next = instance.activities[before].successors.iter().filter(move |next| next.to == at);
            next.map(move |next| (before, next.lag))
        });
        let earliest = before.map(|(b, lag)| (start[b] + chosen(b).duration).saturating_add_signed(lag));
        let earliest = earliest.max().unwrap_or(0);
        for time in earliest..=earliest + 20 {
            let fits = (time..time + chosen(at).duration).all(|t| {
                (0..2).all(|k| {
                    let runs = (0..at).filter(|o| start[*o] <= t && t < start[*o] + chosen(*o).duration);
                    let used: u32 = runs.map(|o| chosen(o).renewable[k]).sum();
                    used + chosen(at).renewable[k] <= instance.renewable[k]
                })
            });
            if fits {
                start.push(time);
                starts(instance, mode, start, best);
                start.pop();
            }
        }
    }
    let mut best = None;
    modes(instance, &mut Vec::new(), &mut best);
    best
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]
    #[test]
    fn tiny_problems_are_solved_as_by_force(instance in tiny()) {
        let solution = run(&instance, &work(3_000_000));
        prop_assert!(solution.proven, "{solution:?}");
        match (by_force(&instance), &solution.schedule) {
            (Some(best), Some(schedule)) => {
                prop_assert_eq!(instance.verify(schedule), Ok(()));
                prop_assert_eq!((schedule.makespan, solution.lower_bound), (best, best));
            }
            (None, None) => prop_assert_eq!(solution.stopped_by, StoppedBy::Infeasible),
            (force, ours) => prop_assert!(false, "{force:?} {ours:?}"),
        }
    }

    #[test]
    fn rules_give_feasible_schedules(instance in tiny(), rule in 0..6_usize) {
        let instance = Instance {
            nonrenewable: vec![],
            activities: instance.activities.into_iter().map(|mut activity| {
                activity.modes.truncate(1);
                activity.modes[0].nonrenewable.clear();
                activity
            }).collect(),
            ..instance
        };
        let solution = run(&instance, &Options { rule: Some(Rule::ALL[rule]), ..Options::default() });
        let schedule = solution.schedule.unwrap();
        prop_assert_eq!(instance.verify(&schedule), Ok(()));
        prop_assert!(schedule.makespan >= solution.lower_bound);
    }

    #[test]
    fn any_text_is_read_or_refused(text in "[0-9 \\n*:A-Za-z/-]{0,200}") {
        let _ = psplib::read(&text);
    }
}

#[test]
fn a_circle_is_named() {
    let text = "3 1\n2\n1 1 1 2\n1 1 1 3\n1 1 1 1\n";
    let error = psplib::read(text).unwrap_err();
    assert!(error.what.contains("1 → 2 → 3"), "{error}");
    let cut = psplib::read("3 1\n2\n1 1 1 2\n").unwrap_err();
    assert_eq!((cut.line, cut.what.contains("ends")), (3, true));
    assert!(psplib::read("2 1\n2\n1 9 0\n1 1 0\n").unwrap_err().what.contains("fits"));
}

#[test]
fn lags_and_wide_capacities_are_kept() {
    let mode = |duration, need| vec![Mode { duration, renewable: vec![need; 5], nonrenewable: vec![] }];
    let activity = |name: &str, modes, successors| Activity { name: name.into(), modes, successors };
    let instance = Instance {
        activities: vec![
            activity("a", mode(2, 600_000), vec![Successor { to: 1, lag: 3 }]),
            activity("b", mode(4, 1), vec![]),
            activity("c", mode(3, 500_000), vec![]),
        ],
        renewable: vec![1_000_000; 5],
        nonrenewable: vec![],
    };
    let solution = run(&instance, &work(1_000_000));
    assert_eq!((solution.schedule.unwrap().makespan, solution.proven), (9, true));
}

#[test]
fn the_same_work_gives_the_same_schedule() {
    let Some(files) = oracles::archive("psplib/j60.rcp.tar.gz") else { return };
    let (_, text) = files.iter().find(|(name, _)| name == "j60_13_1").unwrap();
    let instance = psplib::read(text).unwrap();
    assert_eq!(run(&instance, &work(1_000_000)), run(&instance, &work(1_000_000)));
    assert!(matches!(instance.verify(&run(&instance, &work(1)).schedule.unwrap()), Ok::<(), Fault>(())));
}

/// Solves every `step`-th instance of a set; gives how many are at the best known, proven, and the gaps' sum in percent.
fn compare(set: &str, step: usize, units: u64) -> Option<(usize, usize, usize, f64)> {
    let files = oracles::archive(&format!("psplib/{set}.rcp.tar.gz"))?;
    let known = oracles::json("psplib/best_known.json")?;
    let (mut n, mut at_best, mut proven, mut gap) = (0, 0, 0, 0.0);
    for (name, text) in files.iter().step_by(step) {
        let instance = psplib::read(text).unwrap();
        let solution = run(&instance, &work(units));
        let schedule = solution.schedule.unwrap();
        assert_eq!(instance.verify(&schedule), Ok(()), "{name}");
        let (upper, lower) = (&known[set][name]["ub_all"], &known[set][name]["lb_all"]);
        let (upper, lower) = (upper.as_u64().unwrap(), lower.as_u64().unwrap());
        let makespan = u64::from(schedule.makespan);
        assert!(makespan >= lower, "{name}: {makespan} is below {lower}");
        assert!(u64::from(solution.lower_bound) <= upper, "{name}: a bound of {}", solution.lower_bound);
        n += 1;
        at_best += usize::from(makespan <= upper);
        proven += usize::from(solution.proven);
        gap += 100.0 * (makespan as f64 / upper as f64 - 1.0);
    }
    Some((n, at_best, proven, gap))
}

#[test]
fn forty_eight_of_j30_are_optimal() {
    let Some((n, at_best, proven, _)) = compare("j30", 10, 6_000_000) else { return };
    assert_eq!((n, at_best), (48, 48));
    assert!(proven >= 46, "{proven} of 48 are proven");
}

#[test]
#[ignore = "long: make oracles"]
fn j30_is_optimal() {
    let Some((n, at_best, proven, _)) = compare("j30", 1, 28_000_000) else { return };
    assert_eq!((n, at_best), (480, 480));
    assert!(proven * 100 >= 95 * n, "{proven} of {n} are proven");
}

#[test]
#[ignore = "long: make oracles"]
fn j60_is_near_the_best_known() {
    let Some((n, _, _, gap)) = compare("j60", 1, 18_000_000) else { return };
    assert!(gap / n as f64 <= 0.8, "the mean gap is {:.3} %", gap / n as f64);
}

#[test]
fn several_modes_are_feasible_and_never_below_the_critical_path() {
    let Some(files) = oracles::archive("psplib/j10.mm.tar.gz") else { return };
    let mut infeasible = 0;
    for (name, text) in files.iter().filter(|(name, _)| !name.contains("opt")).step_by(12) {
        let instance = psplib::read(text).unwrap();
        let solution = run(&instance, &work(2_000_000));
        assert!(solution.proven, "{name}");
        match solution.schedule {
            Some(schedule) => {
                assert_eq!(instance.verify(&schedule), Ok(()), "{name}");
                assert!(schedule.makespan >= instance.critical_path(), "{name}");
            }
            None => infeasible += 1,
        }
    }
    assert!(infeasible < 5);
}
