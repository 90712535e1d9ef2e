//! Choosing projects: against every possible plan of small problems.

use proptest::prelude::*;
use zhidian_projects::select::{Candidate, Fault, Plan, Problem, StoppedBy, select};

fn by_force(problem: &Problem) -> Option<i64> {
    fn go(problem: &Problem, plan: &mut Plan, best: &mut Option<i64>) {
        if plan.len() == problem.candidates.len() {
            if let Some(value) = problem.verify(plan) {
                *best = Some(best.map_or(value, |best| best.max(value)));
            }
            return;
        }
        for option in std::iter::once(None).chain((0..problem.budget.len()).map(Some)) {
            plan.push(option);
            go(problem, plan, best);
            plan.pop();
        }
    }
    let mut best = None;
    go(problem, &mut Vec::new(), &mut best);
    best
}

fn small() -> impl Strategy<Value = Problem> {
    let candidate = (
        1..60_i64,
        prop::collection::vec(0..20_i64, 1..3),
        0..8_u8,
        prop::option::of((0..6_usize, 0..2_usize)),
    );
    (prop::collection::vec(candidate, 1..7), prop::collection::vec(5..40_i64, 1..4)).prop_map(
        |(rows, budget)| {
            let candidates = rows
                .into_iter()
                .enumerate()
                .map(|(at, (value, cost, must, before))| Candidate {
                    code: format!("P{at}"),
                    value: (0..budget.len() as i64).map(|year| value - year).collect(),
                    cost,
                    must: must == 0,
                    before: before.filter(|(before, _)| *before < at).into_iter().collect(),
                })
                .collect();
            Problem { candidates, budget }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]
    #[test]
    fn small_problems_are_solved_as_by_force(problem in small()) {
        let found = select(&problem, None, &|| false).unwrap();
        prop_assert!(found.proven);
        match (by_force(&problem), found.plan) {
            (Some(best), Some(plan)) => {
                prop_assert_eq!(problem.verify(&plan), Some(best));
                prop_assert_eq!((found.value, found.bound), (best, best));
            }
            (None, None) => prop_assert_eq!(found.stopped_by, StoppedBy::Infeasible),
            (force, ours) => prop_assert!(false, "{force:?} {ours:?}"),
        }
    }

    #[test]
    fn a_stopped_search_still_bounds(problem in small(), nodes in 1..4_u64) {
        let found = select(&problem, Some(nodes), &|| false).unwrap();
        if let Some(best) = by_force(&problem) {
            prop_assert!(found.bound >= best && found.plan.is_none_or(|plan| problem.verify(&plan) == Some(found.value)));
        }
    }
}

#[test]
fn what_binds_is_told_and_circles_are_named() {
    let candidate = |code: &str, value: i64, cost: i64, before: Vec<(usize, usize)>| Candidate {
        code: code.into(),
        value: vec![value],
        cost: vec![cost],
        must: false,
        before,
    };
    let mut problem = Problem {
        candidates: vec![
            candidate("A", 10, 5, vec![]),
            candidate("B", 8, 5, vec![]),
            candidate("C", 1, 5, vec![]),
        ],
        budget: vec![10],
    };
    let found = select(&problem, None, &|| false).unwrap();
    assert_eq!((found.value, found.proven, found.plan), (18, true, Some(vec![Some(0), Some(0), None])));
    assert_eq!((found.binding[0].limit.as_str(), found.binding[0].used), ("budget 0", Some((10, 10))));
    problem.candidates[0].before = vec![(1, 0)];
    problem.candidates[1].before = vec![(0, 0)];
    assert_eq!(select(&problem, None, &|| false), Err(Fault::Circle(vec!["A".into(), "B".into()])));
}

#[test]
fn four_hundred_projects_over_five_years_are_bounded_closely() {
    let mut state = 12345_u64;
    let mut next = |most: i64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as i64 % most
    };
    let candidates = (0..410)
        .map(|at| {
            let cost: Vec<i64> = (0..1 + next(3)).map(|_| 10 + next(500)).collect();
            let value = cost.iter().sum::<i64>() + next(400);
            Candidate {
                code: format!("P{at}"),
                value: (0..5).map(|year| value * (100 - 4 * year) / 100).collect(),
                cost,
                must: at % 40 == 0,
                before: if at > 0 && next(10) == 0 { vec![(next(at as i64) as usize, 0)] } else { vec![] },
            }
        })
        .collect();
    let problem = Problem { candidates, budget: vec![20_000, 18_000, 16_000, 15_000, 15_000] };
    let found = select(&problem, Some(60), &|| false).unwrap();
    assert_eq!(problem.verify(&found.plan.unwrap()), Some(found.value));
    let gap = (found.bound - found.value) as f64 / found.value as f64;
    assert!(gap < 0.02, "the gap is {gap}");
}
