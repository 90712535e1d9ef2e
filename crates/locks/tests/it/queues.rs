//! The bare lock against its closed forms.

use crate::oracle;
use zhidian_locks::{
    simulate::{Bare, Discipline, Service},
    theory,
};

/// Every closed form at these loads, with what simulates it.
fn cases(loads: &[f64]) -> Vec<(String, Bare, f64)> {
    let mut cases = vec![];
    let single = |servers| Discipline::Single { servers };
    for load in loads {
        let mut add = |name: &str, capacity: usize, discipline, distribution, wait: Option<f64>| {
            let rate = load * capacity as f64;
            let bare = Bare { rate, service: 1.0, distribution, discipline };
            cases.push((format!("{name} at {load}"), bare, wait.unwrap()));
        };
        add("M/M/1", 1, single(1), Service::Exponential, theory::wait_one_server(*load, 1.0, 1.0));
        add("M/D/1", 1, single(1), Service::Fixed, theory::wait_one_server(*load, 1.0, 0.0));
        add("M/E2/1", 1, single(1), Service::Erlang(2), theory::wait_one_server(*load, 1.0, 0.5));
        for c in [2_u32, 3] {
            let rate = load * f64::from(c);
            let wait = theory::wait_many_exponential(rate, 1.0, c).map(|(_, wait)| wait);
            add("M/M/c", c as usize, single(c as usize), Service::Exponential, wait);
            let wait = theory::wait_many_fixed(rate, 1.0, c);
            add("M/D/c", c as usize, single(c as usize), Service::Fixed, wait);
        }
        for k in [1_u32, 2, 3, 4, 6, 8] {
            let capacity = k as usize;
            let rate = load * f64::from(k);
            let wait = theory::bulk(rate, 1.0, k).map(|bulk| bulk.wait);
            add("bulk", capacity, Discipline::Bulk { capacity }, Service::Exponential, wait);
            let wait = theory::fixed_cycle(rate, 1.0, k).map(|cycle| cycle.wait);
            add("fixed cycle", capacity, Discipline::FixedCycle { capacity }, Service::Fixed, wait);
        }
    }
    cases
}

/// Over five seeds each: no z-score of 4 or more, and at least this share inside their 99 % intervals. Cases share their
/// arrivals, so that short runs miss together.
fn compare(cases: &[(String, Bare, f64)], vessels: u64, share: f64) {
    let (mut inside, mut all) = (0, 0);
    for (name, bare, wait) in cases {
        for seed in 0..5 {
            let found = bare.run(vessels, seed).unwrap();
            let z = (found.wait.mean - wait) / found.wait.error;
            assert!(z.abs() < 4.0, "{name}, seed {seed}: {} against {wait}, z = {z}", found.wait.mean);
            inside += u32::from((found.wait.mean - wait).abs() <= found.wait.half99);
            all += 1;
        }
    }
    println!("{inside} of {all} inside their 99 % intervals");
    assert!(f64::from(inside) >= share * f64::from(all), "{inside} of {all} inside");
}

#[test]
fn simulated_waits_agree_with_closed_forms() {
    compare(&cases(&[0.3, 0.7]), 100_000, 0.9);
}

#[test]
#[ignore = "long: make oracles"]
fn simulated_waits_agree_with_closed_forms_over_ten_million_ships() {
    if oracle("oracle_numbers.json").is_none() {
        return;
    }
    compare(&cases(&[0.1, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95]), 10_000_000, 0.97);
}

#[test]
fn the_same_seed_gives_the_same_ships() {
    let (_, bare, _) = &cases(&[0.7])[0];
    let (a, b) = (bare.run(10_000, 3).unwrap(), bare.run(10_000, 3).unwrap());
    assert_eq!(a.wait, b.wait);
    assert_eq!(a.waits, b.waits);
    assert_ne!(a.wait, bare.run(10_000, 4).unwrap().wait);
}

#[test]
fn what_cannot_be_simulated_is_refused() {
    let fine = cases(&[0.5])[0].1;
    let too_much = Bare { rate: 1.0, ..fine };
    assert!(too_much.run(10, 0).unwrap_err().to_string().contains("capacity"));
    let none = Bare { discipline: Discipline::Bulk { capacity: 0 }, ..fine };
    assert!(none.run(10, 0).unwrap_err().to_string().contains("zero"));
    assert!(Bare { rate: f64::NAN, ..fine }.run(10, 0).is_err());
    assert!(Bare { service: -1.0, ..fine }.run(10, 0).is_err());
}
