//! The full model where its answer is known, and where it must refuse.

use zhidian_locks::{
    Direction,
    lock::{Chamber, Closure, Complex, Policy, When},
    simulate::{Plan, Source, replicate},
    theory,
    traffic::{Call, Class, Hull, Traffic, Wave},
};

fn chamber() -> Chamber {
    Chamber {
        id: "1".into(),
        length_m: 280.0,
        width_m: 34.0,
        sill_m: 5.8,
        depths_m: vec![],
        head_m: 25.0,
        fill_min: Some(12.0),
        valves: None,
        gate_min: 3.0,
        entry_exchange_min: 8.0,
        entry_turnback_min: 5.0,
        entry_interval_min: 4.0,
        exit_min: 5.0,
        exit_interval_min: 3.0,
        under_keel_m: 0.5,
        gap_length_m: 5.0,
        gap_width_m: 0.6,
        steps: 1,
        variation: 0.0,
        most_ships: None,
    }
}

fn complex(chamber: Chamber, policy: Policy) -> Complex {
    Complex {
        id: "lock".into(),
        chambers: vec![chamber],
        policy,
        closures: vec![],
        reach_min: 0.0,
        announced_min: 0.0,
    }
}

fn class(id: &str, length_m: f64, beam_m: f64, share: f64) -> Class {
    Class {
        id: id.into(),
        length_m,
        beam_m,
        draught_m: 3.0,
        draught_empty_m: 1.0,
        deadweight_t: 1000.0,
        share,
        load_up: 0.3,
        load_down: 0.9,
        dangerous: false,
        priority: false,
        with: vec![],
    }
}

fn fleet() -> Vec<Class> {
    vec![class("small", 45.0, 9.0, 0.4), class("large", 88.0, 16.0, 0.6)]
}

fn traffic(up: f64, down: f64) -> Traffic {
    Traffic::even(up, down)
}

fn plan(days: f64, replications: u64, threads: usize) -> Plan {
    Plan { days, warm_up: 5.0, replications, seed: 3, threads }
}

/// Single ships, nothing to turn for: the full model is an M/D/1 queue.
#[test]
fn a_lock_without_sides_is_a_queue() {
    let one = Chamber {
        fill_min: Some(0.0),
        gate_min: 0.0,
        entry_exchange_min: 12.0,
        entry_turnback_min: 12.0,
        exit_min: 8.0,
        most_ships: Some(1),
        ..chamber()
    };
    let lock = [complex(one, Policy::FirstCome)];
    let traffic = traffic(25.2, 25.2);
    let source = Source::Process(&traffic);
    let found = replicate(&lock, &fleet(), &source, 0, &plan(400.0, 20, 2), &|| false).unwrap().unwrap();
    let expected = theory::wait_one_server(50.4 / 1440.0, 20.0, 0.0).unwrap();
    let z = (found.wait.mean - expected) / found.wait.error;
    assert!(z.abs() < 4.0, "{} against {expected}, z = {z}", found.wait.mean);
}

/// Ships announced long before they come: the chamber is turned behind the lockage before, so half the services are longer
/// by an empty run, whatever the queue. That is an M/G/1 queue.
#[test]
fn a_lock_turned_for_announced_ships_is_a_queue() {
    let one = Chamber {
        fill_min: Some(12.0),
        gate_min: 3.0,
        entry_exchange_min: 0.0,
        entry_turnback_min: 0.0,
        exit_min: 0.0,
        most_ships: Some(1),
        ..chamber()
    };
    let told = |announced_min| {
        let lock = [Complex { announced_min, ..complex(one.clone(), Policy::FirstCome) }];
        let traffic = traffic(12.0, 12.0);
        let source = Source::Process(&traffic);
        replicate(&lock, &fleet(), &source, 0, &plan(400.0, 20, 2), &|| false).unwrap().unwrap().wait
    };
    let wait = told(10_000.0);
    let expected = theory::wait_one_server(24.0 / 1440.0, 27.0, 1.0 / 9.0).unwrap();
    let z = (wait.mean - expected) / wait.error;
    assert!(z.abs() < 4.0, "{} against {expected}, z = {z}", wait.mean);
    assert!(
        told(5.0).mean > wait.mean && told(0.0).mean > told(5.0).mean,
        "the sooner known, the shorter the wait"
    );
}

/// Saturated, one ship a lockage, in order of arrival: half the lockages need an empty run first.
#[test]
fn turning_back_costs_a_third_of_the_lockages() {
    let one = Chamber {
        fill_min: Some(30.0),
        gate_min: 0.0,
        entry_exchange_min: 0.0,
        entry_turnback_min: 0.0,
        exit_min: 0.0,
        most_ships: Some(1),
        ..chamber()
    };
    let lock = [complex(one, Policy::FirstCome)];
    let traffic = traffic(80.0, 80.0);
    let source = Source::Process(&traffic);
    let found = replicate(&lock, &fleet(), &source, 0, &plan(400.0, 1, 1), &|| false).unwrap().unwrap();
    let expected = theory::single_ship_throughput(0.5) / 30.0 * found.all.minutes();
    let share = found.all.vessels as f64 / expected;
    assert!((share - 1.0).abs() < 0.02, "{share}");
}

#[test]
fn threads_change_nothing_and_alternatives_meet_the_same_ships() {
    let traffic = traffic(20.0, 20.0);
    let source = Source::Process(&traffic);
    let run = |policy, threads| {
        let mut lock = complex(chamber(), policy);
        lock.closures.push(Closure {
            reason: "fog".into(),
            when: When::Random { per_year: vec![30.0], hours: 3.0 },
            chambers: vec![],
        });
        replicate(&[lock], &fleet(), &source, 0, &plan(60.0, 5, threads), &|| false).unwrap().unwrap()
    };
    let (one, two) = (run(Policy::SkipFit, 1), run(Policy::SkipFit, 2));
    assert_eq!(one.each, two.each);
    assert_eq!(one.all.waits, two.all.waits);
    for policy in [
        Policy::FirstCome,
        Policy::Alternate,
        Policy::Runs { up: 2, down: 2 },
        Policy::MinimumFill { fill: 0.6, longest_min: 120.0 },
        Policy::Optimised { ahead_min: 60.0 },
    ] {
        let other = run(policy, 2);
        // Ships still waiting at the end are all that may differ.
        let off = other.all.vessels.abs_diff(one.all.vessels);
        assert!(off < 200, "{policy:?}: {off} ships differ");
        assert!(other.wait.mean > 0.0);
    }
}

#[test]
fn two_lines_wait_less_and_a_second_lock_adds_its_own_wait() {
    let traffic = traffic(30.0, 30.0);
    let source = Source::Process(&traffic);
    let run = |locks: &[Complex], at| {
        replicate(locks, &fleet(), &source, at, &plan(100.0, 2, 2), &|| false).unwrap().unwrap()
    };
    let single = complex(chamber(), Policy::SkipFit);
    let mut double = single.clone();
    double.chambers.push(Chamber { id: "2".into(), ..chamber() });
    let one = run(std::slice::from_ref(&single), 0);
    assert!(run(std::slice::from_ref(&double), 0).wait.mean < one.wait.mean);
    let chain = [Complex { reach_min: 90.0, ..single.clone() }, single];
    let upper = run(&chain, 1);
    let passed = upper.all.vessels as f64 / one.all.vessels as f64;
    assert!((passed - 1.0).abs() < 0.05 && upper.wait.mean > 0.0, "{passed}");
}

#[test]
fn bad_records_are_named() {
    let traffic = traffic(20.0, 20.0);
    let says = |lock: Complex, classes: Vec<Class>, traffic: &Traffic, what: &str| {
        let source = Source::Process(traffic);
        let error =
            replicate(&[lock], &classes, &source, 0, &plan(10.0, 1, 1), &|| false).unwrap_err().to_string();
        assert!(error.contains(what), "{error}");
    };
    let fine = || complex(chamber(), Policy::SkipFit);
    says(fine(), vec![class("giant", 300.0, 16.0, 1.0)], &traffic, "class giant (record 1)");
    says(complex(Chamber { length_m: 0.0, ..chamber() }, Policy::SkipFit), fleet(), &traffic, "chamber 1");
    says(complex(Chamber { most_ships: Some(0), ..chamber() }, Policy::SkipFit), fleet(), &traffic, "zero");
    says(complex(Chamber { gate_min: -1.0, ..chamber() }, Policy::SkipFit), fleet(), &traffic, "gate_min");
    let planned = |day, days| Closure {
        reason: "works".into(),
        when: When::Planned { day, days, every_years: 0.0 },
        chambers: vec![],
    };
    let mut twice = fine();
    twice.closures = vec![planned(10.0, 20.0), planned(25.0, 3.0)];
    says(twice, fleet(), &traffic, "overlaps closure 1");
    let crowd = Traffic { up_per_day: 100_000.0, ..traffic.clone() };
    says(fine(), fleet(), &crowd, "50,000");
    let more = Traffic { up_per_day: 20_000.0, ..traffic };
    let source = Source::Process(&more);
    let error = replicate(&[fine()], &fleet(), &source, 0, &plan(400.0, 1, 1), &|| false).unwrap_err();
    assert!(error.to_string().contains("more than it can pass"), "{error}");
}

/// Plans made again and again inside the simulation, with the ships announced so far, beat the keeper's rules on ships
/// neither has seen.
#[test]
fn the_optimised_policy_waits_less_than_rules() {
    let traffic = traffic(38.0, 38.0);
    let source = Source::Process(&traffic);
    let mean = |policy| {
        let lock = [complex(chamber(), policy)];
        replicate(&lock, &fleet(), &source, 0, &plan(25.0, 2, 2), &|| false).unwrap().unwrap().wait.mean
    };
    let best = [Policy::FirstCome, Policy::SkipFit, Policy::Alternate].map(mean);
    let planned = mean(Policy::Optimised { ahead_min: 120.0 });
    assert!(best.iter().all(|rule| planned < *rule), "{planned} against {best:?}");
}

#[test]
fn shallow_months_lighten_ships_or_make_them_wait() {
    let mut depths = vec![5.8; 12];
    depths[1] = 2.7;
    let low = Chamber { depths_m: depths, ..chamber() };
    let traffic = traffic(10.0, 10.0);
    let source = Source::Process(&traffic);
    let run = |classes: &[Class], chamber: Chamber| {
        let plan = Plan { warm_up: 0.0, ..plan(59.0, 1, 1) };
        replicate(&[complex(chamber, Policy::SkipFit)], classes, &source, 0, &plan, &|| false)
            .unwrap()
            .unwrap()
    };
    // 0.5 m under the keel leave 2.2 m: 3 m at full load and 1 m empty float with 0.6 of it, down want 0.9.
    let (full, light) = (run(&fleet(), chamber()), run(&fleet(), low.clone()));
    assert_eq!(full.all.deadweight, light.all.deadweight);
    assert!((light.all.cargo[0] / full.all.cargo[0] - 1.0).abs() < 1e-9, "up they carry 0.3 and float");
    let share = light.all.cargo[1] / light.all.deadweight[1];
    assert!(share < 0.8 && share > 0.7, "{share}: half the ships came in the shallow month");
    // What cannot be lightened waits until March.
    let stiff: Vec<Class> =
        fleet().into_iter().map(|class| Class { draught_empty_m: 0.0, ..class }).collect();
    let waits = run(&stiff, low);
    assert!(waits.all.vessels < full.all.vessels * 6 / 10, "{}", waits.all.vessels);
}

#[test]
fn ships_held_elsewhere_come_in_waves_and_wait() {
    let even = traffic(20.0, 20.0);
    let held = Traffic {
        waves: vec![Wave {
            when: When::Planned { day: 10.0, days: 5.0, every_years: 0.0 },
            per_hour: 6.0,
            direction: None,
        }],
        ..even.clone()
    };
    let run = |traffic: &Traffic| {
        let lock = [complex(chamber(), Policy::SkipFit)];
        replicate(&lock, &fleet(), &Source::Process(traffic), 0, &plan(40.0, 1, 1), &|| false)
            .unwrap()
            .unwrap()
    };
    let (even, held) = (run(&even), run(&held));
    assert!(held.wait.mean > 1.5 * even.wait.mean, "{} against {}", held.wait.mean, even.wait.mean);
    // Nobody is lost and what they waited elsewhere is not counted here.
    assert!(held.all.vessels.abs_diff(even.all.vessels) < 15);
    assert_eq!(held.all.held, 0.0);
}

/// A flight lets the next lockage in as soon as its first chamber is free: the same way it passes more than one that takes
/// the time of all steps would.
#[test]
fn a_flight_is_worked_one_lockage_behind_the_other() {
    let steps = |steps| Chamber { steps, most_ships: Some(1), ..chamber() };
    let one = steps(5);
    assert!(one.follow(1) < one.lockage(1, true) / 2.0);
    let run = |chamber: Chamber, up, down| {
        let traffic = Traffic::even(up, down);
        let lock = [complex(chamber, Policy::SkipFit)];
        replicate(&lock, &fleet(), &Source::Process(&traffic), 0, &plan(60.0, 1, 1), &|| false)
            .unwrap()
            .unwrap()
    };
    let busy = run(steps(5), 40.0, 0.0);
    let per_day = busy.all.vessels as f64 / busy.all.minutes() * 1_440.0;
    let expected = 1_440.0 / one.follow(1);
    assert!((per_day / expected - 1.0).abs() < 0.02, "{per_day} against {expected}");
    // The chamber that ships enter is never busy for longer than there is time.
    assert!(busy.all.used[0].busy <= busy.all.minutes() + 60.0);
    let both = run(steps(5), 4.0, 4.0);
    assert!(both.wait.mean > 0.0 && both.all.vessels > 400);
}

/// Two tugs and their barge, or a tanker and its escort: all in one lockage or none.
#[test]
fn convoys_stay_together_and_dangerous_cargo_keeps_its_escort() {
    let barge = Hull { length_m: 88.0, beam_m: 16.0 };
    let convoy = Class { with: vec![barge; 3], share: 1.0, ..class("convoy", 88.0, 16.0, 1.0) };
    let tanker = Class { dangerous: true, with: vec![barge], ..class("tanker", 88.0, 16.0, 1.0) };
    let calls: Vec<Call> = ["convoy", "tanker", "convoy", "tanker"]
        .iter()
        .map(|id| Call { arrival: 0.0, direction: Direction::Up, class: (*id).into() })
        .collect();
    let classes = [convoy.clone(), tanker];
    let plan = Plan { warm_up: 0.0, ..plan(2.0, 1, 1) };
    let lock = [complex(chamber(), Policy::SkipFit)];
    let found = replicate(&lock, &classes, &Source::Calls(&calls), 0, &plan, &|| false).unwrap().unwrap();
    // Four hulls of 93 m by 16.6 m fill two thirds of 280 m by 34 m: nothing else fits, so four lockages.
    assert_eq!((found.all.vessels, found.all.used[0].lockages), (4, 4));
    let six = Class { with: vec![barge; 6], ..convoy };
    let error = replicate(&lock, &[six], &Source::Calls(&[]), 0, &plan, &|| false).unwrap_err().to_string();
    assert!(error.contains("convoy"), "{error}");
}
