//! Schedules against instances with known answers and against trying everything.

use crate::oracle;
use proptest::prelude::*;
use zhidian_locks::{
    Direction,
    schedule::{Chamber, Day, Effort, Schedule, Ship, schedule},
};

fn chamber(capacity: Option<usize>, fixed: f64, per_ship: f64) -> Chamber {
    Chamber { ships: capacity, per_ship, ..Chamber::new("1", fixed) }
}

fn ship(id: usize, arrival: f64, direction: Direction, length: f64, beam: f64) -> Ship {
    Ship { length, beam, ..Ship::new(id.to_string(), arrival, direction) }
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

/// The least cost by trying every lockage at every minute.
fn by_trying(day: &Day, horizon: i32) -> f64 {
    #[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
    struct State {
        served: u32,
        ready: Vec<i32>,
        facing: Vec<Option<usize>>,
    }
    type Seen = std::collections::BTreeMap<(i32, State), f64>;
    fn go(day: &Day, now: i32, horizon: i32, state: &State, cost: f64, best: &mut f64, seen: &mut Seen) {
        if state.served.count_ones() as usize == day.ships.len() {
            *best = best.min(cost);
            return;
        }
        if now > horizon || cost >= *best {
            return;
        }
        // The same state reached before at no more cost has tried everything that follows.
        match seen.get_mut(&(now, state.clone())) {
            Some(before) if *before <= cost => return,
            Some(before) => *before = cost,
            None => drop(seen.insert((now, state.clone()), cost)),
        }
        for (at, chamber) in day.chambers.iter().enumerate() {
            if state.ready[at] > now {
                continue;
            }
            for direction in 0..2 {
                if state.facing[at].is_some_and(|facing| facing != direction) {
                    continue;
                }
                let there: Vec<usize> = (0..day.ships.len())
                    .filter(|i| {
                        let ship = &day.ships[*i];
                        state.served >> i & 1 == 0
                            && ship.direction.index() == direction
                            && ship.arrival <= f64::from(now)
                    })
                    .collect();
                for set in 0_u32..1 << there.len() {
                    let aboard: Vec<usize> = there
                        .iter()
                        .enumerate()
                        .filter(|(k, _)| set >> k & 1 == 1)
                        .map(|(_, i)| *i)
                        .collect();
                    let alone = aboard.iter().any(|i| day.ships[*i].alone);
                    let torn = (0..day.ships.len()).any(|i| {
                        let convoy = &day.ships[i].convoy;
                        convoy.is_some()
                            && !aboard.contains(&i)
                            && aboard.iter().any(|k| day.ships[*k].convoy == *convoy)
                    });
                    let deep =
                        aboard.iter().any(|i| chamber.depth > 0.0 && day.ships[*i].draught > chamber.depth);
                    if torn || deep {
                        continue;
                    }
                    if chamber.ships.is_some_and(|most| aboard.len() > most) || (alone && aboard.len() > 1) {
                        continue;
                    }
                    let mut then = state.clone();
                    let mut more = cost;
                    for i in &aboard {
                        then.served |= 1 << i;
                        more += day.ships[*i].weight * (f64::from(now) - day.ships[*i].arrival);
                    }
                    then.ready[at] = now + (chamber.fixed + chamber.per_ship * aboard.len() as f64) as i32;
                    then.facing[at] = Some(1 - direction);
                    go(day, now, horizon, &then, more, best, seen);
                }
            }
        }
        go(day, now + 1, horizon, state, cost, best, seen);
    }
    let mut best = f64::INFINITY;
    let state = State {
        served: 0,
        ready: day.chambers.iter().map(|c| c.ready as i32).collect(),
        facing: day.chambers.iter().map(|c| c.facing.map(Direction::index)).collect(),
    };
    go(day, 0, horizon, &state, 0.0, &mut best, &mut Seen::new());
    best
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4))]
    #[test]
    fn nothing_is_better_than_what_is_proven_best(
        ships in prop::collection::vec((0..8_u8, any::<bool>(), 1..4_u8, 0..8_u8), 1..4),
        chambers in prop::collection::vec((2..6_u8, 0..3_u8, 1..4_usize, 0..4_u8, 0..3_u8), 1..3),
    ) {
        let ships = ships.iter().enumerate().map(|(at, (arrival, up, weight, alone))| Ship {
            weight: f64::from(*weight),
            alone: *alone == 0,
            ..ship(at, f64::from(*arrival), if *up { Direction::Up } else { Direction::Down }, 0.0, 0.0)
        });
        let chambers = chambers.iter().enumerate().map(|(at, (fixed, per, most, ready, facing))| Chamber {
            id: at.to_string(),
            ready: f64::from(*ready),
            facing: [None, Some(Direction::Up), Some(Direction::Down)][usize::from(*facing)],
            ..chamber(Some(*most), f64::from(*fixed), f64::from(*per))
        });
        let day = Day { ships: ships.collect(), chambers: chambers.collect() };
        let found = solve(&day);
        prop_assert!(found.proven, "not proven: {found:?}");
        let least = by_trying(&day, 44);
        prop_assert_eq!(found.value, least);
    }

}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]
    /// Convoys, and chambers that deep ships cannot enter, against trying everything.
    #[test]
    fn convoys_and_deep_ships_are_scheduled_best(
        ships in prop::collection::vec((0..6_u8, any::<bool>(), 1..3_u8, 0..3_u8, any::<bool>()), 1..4),
        chambers in prop::collection::vec((2..5_u8, 0..2_u8, 2..4_usize, any::<bool>()), 1..3),
    ) {
        let ships: Vec<Ship> = ships.iter().enumerate().map(|(at, (arrival, up, weight, convoy, deep))| Ship {
            weight: f64::from(*weight),
            convoy: (*convoy == 0).then(|| format!("convoy {up}")),
            draught: if *deep { 4.0 } else { 2.0 },
            ..ship(at, f64::from(*arrival), if *up { Direction::Up } else { Direction::Down }, 0.0, 0.0)
        }).collect();
        let mut chambers: Vec<Chamber> = chambers.iter().enumerate().map(|(at, (fixed, per, most, shallow))| Chamber {
            id: at.to_string(),
            depth: if *shallow { 3.0 } else { 5.0 },
            ..chamber(Some(*most), f64::from(*fixed), f64::from(*per))
        }).collect();
        chambers[0].depth = 5.0;
        chambers[0].ships = Some(4);
        let day = Day { ships, chambers };
        let found = solve(&day);
        prop_assert!(found.proven, "not proven: {found:?}");
        prop_assert_eq!(found.value, by_trying(&day, 30));
    }
}

/// Large days of every sort: schedules keep the rules (checked by [`solve`]'s own count), bounds hold, work ends.
#[test]
#[ignore = "long: make oracles"]
fn large_days_of_many_sorts_are_scheduled_and_bounded() {
    let mut random = zhidian_locks::random::Random::stream(11, 0, 0);
    for sort in 0..8 {
        let n = 40 + 30 * sort;
        let ships = (0..n).map(|at| {
            let direction = Direction::of(usize::from(random.uniform() < 0.5));
            let (length, beam) = match sort {
                // As many sizes as ships.
                0 | 1 => (30.0 + 80.0 * random.uniform(), 6.0 + 10.0 * random.uniform()),
                // Long and slender, short and broad: drawn together they would fit nothing.
                2 => {
                    if random.uniform() < 0.5 {
                        (150.0 + at as f64, 8.0)
                    } else {
                        (50.0, 20.0 + 0.1 * at as f64)
                    }
                }
                _ => [(50.0, 9.6), (63.0, 11.6), (79.0, 14.6), (95.0, 16.8)]
                    [(4.0 * random.uniform()) as usize % 4],
            };
            let arrival = 900.0 * random.uniform();
            Ship {
                weight: if sort == 3 { (1.0 + 9.0 * random.uniform()).floor() } else { 1.0 },
                alone: sort == 4 && random.uniform() < 0.1,
                convoy: (sort == 5 && at % 10 < 2).then(|| format!("{} {direction:?}", at / 10)),
                draught: if sort == 6 && random.uniform() < 0.3 { 5.0 } else { 3.0 },
                ..ship(at, if sort % 2 == 0 { arrival } else { arrival.floor() }, direction, length, beam)
            }
        });
        let chambers = (0..1 + sort % 4).map(|at| Chamber {
            id: at.to_string(),
            length: 280.0,
            width: 34.0,
            depth: if at == 0 { 6.0 } else { 4.0 },
            ..chamber(None, 40.0, 8.0)
        });
        let day = Day { ships: ships.collect(), chambers: chambers.collect() };
        let found = schedule(&day, &Effort { work: 30_000, stop: &|| false }).unwrap();
        assert!((day.value(&found.lockages).unwrap() - found.value).abs() < 1e-6, "sort {sort}");
        assert!(found.lower_bound > 0.0 && found.lower_bound <= found.value + 1e-9, "sort {sort}: {found:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]
    #[test]
    fn every_schedule_keeps_the_rules(
        ships in prop::collection::vec((0.0..600.0_f64, any::<bool>(), 20.0..110.0_f64, 8.0..17.0_f64, 0..10_u8), 1..7),
        fixed in 20.0..50.0_f64,
        lines in 1..3_usize,
    ) {
        let ships = ships.iter().enumerate().map(|(at, (arrival, up, length, beam, alone))| Ship {
            alone: *alone == 0,
            ..ship(at, *arrival, if *up { Direction::Up } else { Direction::Down }, *length, *beam)
        });
        let chambers = (0..lines).map(|at| Chamber {
            id: at.to_string(),
            length: 230.0,
            width: 34.0,
            ..chamber(None, fixed, 6.0)
        });
        let day = Day { ships: ships.collect(), chambers: chambers.collect() };
        let found = schedule(&day, &Effort { work: 2_000, stop: &|| false }).unwrap();
        prop_assert!((day.value(&found.lockages).unwrap() - found.value).abs() < 1e-6);
        prop_assert!(found.lower_bound <= found.value + 1e-9);
    }
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

#[test]
fn plans_that_do_not_know_the_future_keep_the_rules_and_cost_no_less_than_hindsight() {
    let mut random = zhidian_locks::random::Random::stream(4, 0, 0);
    for _ in 0..3 {
        let ships = (0..12).map(|at| {
            let direction = Direction::of(usize::from(random.uniform() < 0.5));
            ship(at, (random.uniform() * 300.0).floor(), direction, 0.0, 0.0)
        });
        let day = Day { ships: ships.collect(), chambers: vec![chamber(Some(3), 20.0, 4.0)] };
        let best = solve(&day).value;
        let effort = Effort { work: 20_000, stop: &|| false };
        let outcomes = zhidian_locks::schedule::compare(&day, 60.0, &effort, best).unwrap();
        for outcome in outcomes {
            assert!(outcome.value >= best - 1e-6, "{outcome:?} against {best}");
        }
        // With the whole day announced before it begins, the first plan is the best one.
        let all = zhidian_locks::schedule::rolling(&day, 1_000.0, &effort).unwrap();
        assert!(day.value(&all).unwrap() <= best + 1e-6);
    }
}
