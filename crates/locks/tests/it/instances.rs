//! Schedules against instances with known answers and against trying everything.

use crate::oracle;
use zhidian_locks::{
    Direction,
    schedule::{Chamber, Day, Effort, Schedule, Ship, schedule},
};

fn chamber(capacity: Option<usize>, fixed: f64, per_ship: f64) -> Chamber {
    Chamber {
        id: "1".into(),
        length: 0.0,
        width: 0.0,
        ships: capacity,
        facing: None,
        ready: 0.0,
        fixed,
        per_ship,
    }
}

fn ship(id: usize, arrival: f64, direction: Direction, length: f64, beam: f64) -> Ship {
    Ship { id: id.to_string(), arrival, direction, length, beam, weight: 1.0, alone: false }
}

fn solve(day: &Day) -> Schedule {
    let found = schedule(day, &Effort { work: 2_000_000_000, stop: &|| false }).unwrap();
    // The value is what the lockages come to under the rules, not what the search says.
    assert!((day.value(&found.lockages).unwrap() - found.value).abs() < 1e-6);
    assert!(found.lower_bound <= found.value + 1e-9);
    found
}

#[test]
fn every_lockmaster_instance_is_solved_to_its_optimum() {
    let Some(all) = oracle("lockmaster_instances.json") else { return };
    for (at, case) in all.as_array().unwrap().iter().enumerate() {
        let mut ships = vec![];
        for (direction, name) in [(Direction::Up, "up"), (Direction::Down, "down")] {
            for arrival in case[name].as_array().unwrap() {
                ships.push(ship(ships.len(), arrival.as_f64().unwrap(), direction, 0.0, 0.0));
            }
        }
        // The largest takes minutes without optimisation; the long tests have it.
        if ships.len() > 200 {
            continue;
        }
        let capacity = case["capacity"].as_u64().unwrap() as usize;
        let day = Day { ships, chambers: vec![chamber(Some(capacity), case["T"].as_f64().unwrap(), 0.0)] };
        let found = solve(&day);
        assert_eq!(found.value, case["opt_total_wait"].as_f64().unwrap(), "instance {at}");
        assert!(found.proven, "instance {at}");
    }
}

fn placement(case: &serde_json::Value) -> Day {
    let number = |of: &serde_json::Value, name: &str| of[name].as_f64().unwrap();
    let ships = case["ships"].as_array().unwrap().iter().map(|s| {
        let direction = Direction::of(s["dir"].as_u64().unwrap() as usize);
        ship(
            s["id"].as_u64().unwrap() as usize,
            number(s, "r"),
            direction,
            number(s, "L"),
            number(s, "W") / 10.0,
        )
    });
    let mut one = chamber(None, number(case, "fixed_min"), number(case, "per_ship_min"));
    one.length = number(case, "chamber_L_m");
    one.width = number(case, "chamber_W_dm") / 10.0;
    Day { ships: ships.collect(), chambers: vec![one] }
}

#[test]
fn the_small_placement_day_is_proven() {
    let Some(all) = oracle("placement_instances.json") else { return };
    let case = &all[0];
    let found = solve(&placement(case));
    assert_eq!(found.value, case["best_known"].as_f64().unwrap());
    assert!(found.proven);
}

#[test]
#[ignore = "long: make oracles"]
fn the_large_days_are_at_least_as_good_as_known_and_bounded() {
    let Some(all) = oracle("placement_instances.json") else { return };
    for (case, gap) in all.as_array().unwrap()[1..].iter().zip([0.15, 0.25]) {
        let found = solve(&placement(case));
        assert!(found.value <= case["best_known"].as_f64().unwrap());
        assert!(found.lower_bound >= case["lower_bound"].as_f64().unwrap());
        assert!(found.gap <= gap, "gap {}", found.gap);
    }
    let Some(all) = oracle("lockmaster_instances.json") else { return };
    let case = all.as_array().unwrap().last().unwrap();
    let mut ships = vec![];
    for (direction, name) in [(Direction::Up, "up"), (Direction::Down, "down")] {
        for arrival in case[name].as_array().unwrap() {
            ships.push(ship(ships.len(), arrival.as_f64().unwrap(), direction, 0.0, 0.0));
        }
    }
    let capacity = case["capacity"].as_u64().unwrap() as usize;
    let day = Day { ships, chambers: vec![chamber(Some(capacity), case["T"].as_f64().unwrap(), 0.0)] };
    assert_eq!(solve(&day).value, case["opt_total_wait"].as_f64().unwrap());
}

#[test]
fn bad_records_are_named() {
    let one = |ship: Ship| Day {
        ships: vec![ship],
        chambers: vec![Chamber { length: 280.0, width: 34.0, ..chamber(None, 40.0, 8.0) }],
    };
    let fine = ship(7, 3.0, Direction::Up, 90.0, 16.0);
    let says = |day: &Day, what: &str| {
        let error = schedule(day, &Effort { work: 10, stop: &|| false }).unwrap_err().to_string();
        assert!(error.contains(what), "{error}");
    };
    says(&one(Ship { length: 281.0, ..fine.clone() }), "ship 7 (record 1): 281 m × 16 m fits no chamber");
    says(&one(Ship { arrival: -1.0, ..fine.clone() }), "negative");
    says(&one(Ship { beam: f64::NAN, ..fine.clone() }), "ship 7");
    let mut none = one(fine.clone());
    none.chambers[0].ships = Some(0);
    says(&none, "zero");
    none.chambers.clear();
    says(&none, "chambers");
    let many = Day { ships: vec![fine; 100_000], chambers: vec![chamber(Some(1), 40.0, 0.0)] };
    says(&many, "100000 ships");
}
