//! The parts without a log: working time and simulation.

use crate::processor_seconds;
use serde_json::{Value, json};
use std::hint::black_box;
use zhidian_approvals::clock::{Calendar, Hours};
use zhidian_approvals::log::time::{DAY, SECOND};
use zhidian_approvals::simulate::run::{Arrivals, Model, Way, run};
use zhidian_approvals::simulate::{Distribution, Pool, Random, Stage, Task};

/// Nine to twelve and half past one to half past five, in China.
fn office() -> Hours {
    Hours::new(&[(540, 720), (810, 1050)], 480).unwrap()
}

/// Working time of random intervals of up to sixty days between 2010 and 2024.
pub(crate) fn intervals(count: u64) -> Value {
    let (hours, calendar) = (office(), Calendar::published());
    let mut random = Random::new(11, 0);
    let first = 14_610 * DAY;
    let pairs: Vec<(i64, i64)> = (0..count)
        .map(|_| {
            let from = first + random.below(5_000 * DAY as usize) as i64;
            (from, from + random.below(60 * DAY as usize) as i64)
        })
        .collect();
    let before = processor_seconds();
    let mut sum = 0_i128;
    for (from, to) in &pairs {
        sum += i128::from(hours.between(&calendar, *from, *to).unwrap());
    }
    black_box(sum);
    let took = processor_seconds() - before;
    json!({"intervals": count, "hours": sum / (3600 * i128::from(SECOND)), "cpu_seconds": took, "per_second": count as f64 / took})
}

/// A procedure of six steps in four pools that work by the calendar and are busy for four fifths of their hours.
pub(crate) fn simulate(cases: u64) -> Value {
    let step = |at: u32| {
        let delay = if at == 3 { vec![6] } else { vec![] };
        Stage(vec![Task { name: format!("step {at}"), delay, work: vec![at], pool: at % 4 }])
    };
    let straight = Way { stages: (0..6).map(step).collect(), later: vec![], weight: 3 };
    let side_by_side = Stage([1, 2].into_iter().flat_map(|at| step(at).0).collect());
    let apart = Way {
        stages: [vec![step(0), side_by_side], (3..6).map(step).collect()].concat(),
        later: vec![],
        weight: 1,
    };
    let minutes = |minutes: f64| Distribution::Exponential(minutes * 60.0 * SECOND as f64);
    // A case every eight office minutes on the average of the year.
    let model = Model {
        arrivals: Arrivals::Between(minutes(25.0)),
        ways: vec![straight, apart],
        times: [30.0, 24.0, 40.0, 20.0, 25.0, 15.0, 2880.0].map(minutes).to_vec(),
        pools: (0..4).map(|at| Pool { name: format!("pool {at}"), staff: Some(12), hours: true }).collect(),
        hours: Some(office()),
        calendar: Calendar::published(),
    };
    // 2005 to 2024 holds about 400,000 cases; more are played one stream after the other.
    let (each, from) = (100_000, 12_784 * DAY);
    let before = processor_seconds();
    let (mut tasks, mut waited, mut decided) = (0, 0_i128, 0);
    for replication in 0..cases.div_ceil(each) {
        let (dealt, done) = run(&model, each as usize, from, &mut Random::new(5, replication));
        tasks += done;
        decided += dealt.len();
        waited += dealt.iter().map(|case| i128::from(case.queued)).sum::<i128>();
    }
    let took = processor_seconds() - before;
    let mean = waited as f64 / decided as f64 / SECOND as f64;
    json!({"tasks": tasks, "decided": decided, "mean_queued_s": mean, "cpu_seconds": took, "tasks_per_second": tasks as f64 / took})
}
