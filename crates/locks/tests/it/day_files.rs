//! Days as files state them: other orders of keys, other names, what is left out.

use serde_json::{Value, json};
use zhidian_locks::schedule::{Day, Effort, read_days, schedule};

fn one(value: Value) -> Day {
    read_days(&value).unwrap().swap_remove(0)
}

fn best(value: Value) -> f64 {
    let found = schedule(&one(value), &Effort { work: 1_000_000, stop: &|| false }).unwrap();
    assert!(found.proven);
    found.value
}

fn refused(value: &Value, what: &str) {
    let error = read_days(value).unwrap_err().to_string();
    assert!(error.contains(what), "{error}");
}

#[test]
fn an_instance_of_the_lockmaster_may_be_written_in_many_ways() {
    for same in [
        json!({"up": [2, 6], "down": [4], "T": 10, "capacity": 2}),
        json!({"capacity": 2, "T": 10.0, "down": [4], "up": [2, 6], "opt_total_wait": 16, "note": "x"}),
        json!({"Up": ["2", 6], "Down": [{"r": 4}], "t": "10", "Capacity": "2"}),
        json!({"instances": [{"up": [2, 6], "down": [4], "T": 10, "capacity": 2}]}),
        json!({"ships": [{"r": 2, "dir": 0}, {"dir": "down", "r": 4}, {"arrival": 6, "side": "up"}], "T": 10, "capacity": 2}),
        json!({"up": [2, 6], "down": [4], "chambers": [{"T": 10, "capacity": 2}]}),
        json!({"up": [2, 6], "down": [4], "T": 10, "capacity": [2], "chambers": 1}),
    ] {
        assert_eq!(best(same.clone()), 16.0, "{same}");
    }
    // Nobody on one side, or nobody at all.
    assert_eq!(best(json!({"up": [], "down": [8, 14], "T": 3, "capacity": 2})), 0.0);
    assert_eq!(best(json!({"down": [8, 14], "T": 3, "capacity": null, "cap": 2})), 0.0);
    assert_eq!(best(json!({"up": [], "down": [], "T": 3, "capacity": 2})), 0.0);
    // Capacity without limit, two chambers, chambers of their own.
    assert_eq!(best(json!({"up": [0, 0, 0], "T": 5, "capacity": "inf"})), 0.0);
    assert_eq!(best(json!({"up": [0, 0], "T": 5, "capacity": 1, "chambers": 2})), 0.0);
    let two = one(json!({"up": [0, 0], "T": [5, 7], "capacity": [1, 3]}));
    assert_eq!((two.chambers.len(), two.chambers[1].fixed, two.chambers[1].ships), (2, 7.0, Some(3)));
}

#[test]
fn a_placement_day_may_be_written_in_many_ways() {
    let metres = json!({
        "chamber_L_m": 280, "chamber_W_m": 34, "fixed_min": 40, "per_ship_min": 8,
        "ships": [{"id": 0, "r": 9, "dir": 0, "L": 95, "W": 16.8}, {"id": 1, "r": 11, "dir": 1, "L": 79, "W": 14.6}],
    });
    let decimetres = json!({
        "ships": [{"W": 168, "L": 95, "dir": 0, "r": 9, "id": 0}, {"W": 146, "L": 79, "dir": 1, "r": 11, "id": 1}],
        "per_ship_min": 8, "fixed_min": 40, "chamber_W_dm": 340, "chamber_L_m": 280, "proven_optimal": true,
    });
    let plain = json!({
        "chambers": [{"id": "1", "length_m": 280, "width_m": 34, "fixed_min": 40, "per_ship_min": 8}],
        "ships": [
            {"id": 0, "arrival": 9, "direction": "up", "length_m": 95, "beam_m": 16.8},
            {"id": 1, "arrival_min": 11, "direction": "下行", "length_dm": 790, "width_cm": 1460},
        ],
    });
    assert_eq!(one(metres), one(decimetres.clone()));
    assert_eq!(one(plain), one(decimetres.clone()));
    let mut more = decimetres;
    more["chambers"] = json!(2);
    assert_eq!(one(more).chambers.len(), 2);
}

#[test]
fn special_ships_are_read() {
    let day = one(json!({
        "T": 40, "capacity": 6, "start_side": "down", "ready_h": 0.5,
        "ships": [
            {"r": "08:30", "dir": "up", "dangerous": true, "priority": 3},
            {"r": "2:05 PM", "dir": "up", "dg": 0, "priority": true},
            {"r": 900, "dir": "down", "convoy": 4, "weight": 2.5, "draught_m": 3.2, "priority": 0},
            {"r": 905, "dir": "down", "convoy": 4, "priority": 0},
        ],
    }));
    assert_eq!(day.ships.iter().map(|ship| ship.arrival).collect::<Vec<_>>(), [510.0, 845.0, 900.0, 905.0]);
    assert_eq!(day.ships.iter().map(|ship| ship.weight).collect::<Vec<_>>(), [3.0, 10.0, 2.5, 1.0]);
    assert_eq!(day.ships.iter().map(|ship| ship.alone).collect::<Vec<_>>(), [true, false, false, false]);
    assert_eq!(day.ships[2].convoy, day.ships[3].convoy);
    assert_eq!((day.chambers[0].ready, day.ships[2].draught), (30.0, 3.2));
    assert_eq!(day.chambers[0].facing, Some(zhidian_locks::Direction::Down));
    let dated = one(json!({
        "T": 40, "capacity": 6,
        "ships": [{"id": "a", "r": "2026-03-01 08:30", "dir": 0}, {"id": "a", "r": "2026-03-02 00:10", "dir": 1}],
    }));
    assert_eq!(dated.ships.iter().map(|ship| ship.arrival).collect::<Vec<_>>(), [510.0, 1_450.0]);
    assert_ne!(dated.ships[0].id, dated.ships[1].id);
}

#[test]
fn what_is_missing_is_named_with_its_place() {
    refused(&json!({"up": [1], "T": 8}), "capacity");
    refused(&json!({"up": [1], "capacity": 8}), "time of a lockage");
    refused(&json!({"T": 4, "capacity": 8}), "no ships");
    refused(
        &json!([{"up": [1], "T": 4, "capacity": 1}, {"up": ["x"], "T": 4, "capacity": 1}]),
        "day 2, up 1",
    );
    refused(&json!({"T": 4, "capacity": 8, "ships": [{"r": 3}]}), "day 1, ship 1: it has no direction");
    refused(&json!({"T": 4, "capacity": 8, "ships": [{"dir": 0}]}), "arrival");
    refused(&json!({"T": 4, "capacity": 8, "ships": [{"dir": 7, "r": 1}]}), "dir is 7");
    refused(&json!({"T": 4, "capacity": -1, "ships": []}), "capacity is -1");
    refused(
        &json!({"T": 4, "capacity": 8, "ships": [{"r": 9, "departure": 3, "dir": 0}]}),
        "departure 3 is before its arrival 9",
    );
    let no_size =
        json!({"fixed_min": 4, "chamber_L_m": 100, "chamber_W_m": 10, "ships": [{"r": 1, "dir": 0, "W": 3}]});
    refused(&no_size, "ship 1: it has no length");
    refused(&json!(3), "an object");
    refused(&json!([]), "1 to 10000");
}
