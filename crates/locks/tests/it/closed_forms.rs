//! Closed forms to nine digits.

use crate::oracle;
use serde_json::Value;
use zhidian_locks::{
    filling::Filling,
    theory::{self, Pattern},
};

fn number(of: &Value, name: &str) -> f64 {
    of[name].as_f64().unwrap_or_else(|| panic!("{name} is no number"))
}

fn close(found: f64, expected: f64, what: &str) {
    let off = (found - expected).abs();
    assert!(off <= 1e-9 * expected.abs().max(1.0), "{what}: {found} against {expected}");
}

#[test]
fn queues() {
    let Some(all) = oracle("oracle_numbers.json") else { return };
    for case in all["single_server_unit_service_Wq"].as_array().unwrap() {
        let load = number(case, "rho");
        close(theory::wait_one_server(load, 1.0, 1.0).unwrap(), number(case, "Wq_MM1"), "M/M/1");
        close(theory::wait_one_server(load, 1.0, 0.0).unwrap(), number(case, "Wq_MD1"), "M/D/1");
        close(theory::wait_one_server(load, 1.0, 0.5).unwrap(), number(case, "Wq_ME2_1"), "M/E2/1");
        for c in [2_u32, 3] {
            let rate = load * f64::from(c);
            let exponential = theory::wait_many_exponential(rate, 1.0, c).unwrap().1;
            close(exponential, number(case, &format!("Wq_MM{c}")), "M/M/c");
            let fixed = theory::wait_many_fixed(rate, 1.0, c).unwrap();
            close(fixed, number(case, &format!("Wq_MD{c}")), "M/D/c");
        }
    }
}

#[test]
fn bulk_queues() {
    let Some(all) = oracle("oracle_numbers.json") else { return };
    for case in all["bulk_MM_1K"].as_array().unwrap() {
        let capacity = number(case, "K") as u32;
        let bulk = theory::bulk(number(case, "rho") * f64::from(capacity), 1.0, capacity).unwrap();
        close(bulk.root, number(case, "r"), "root");
        close(bulk.idle, number(case, "p_idle"), "idle");
        close(bulk.waiting, number(case, "Lq"), "waiting");
        close(bulk.wait, number(case, "Wq"), "wait");
    }
    for case in all["bailey_fixed_cycle_bulk"].as_array().unwrap() {
        let capacity = number(case, "K") as u32;
        let rate = number(case, "rho") * f64::from(capacity);
        let cycle = theory::fixed_cycle(rate, 1.0, capacity).unwrap();
        close(cycle.waiting, number(case, "L_before"), "before");
        close(cycle.left, number(case, "L_after"), "after");
        close(cycle.wait, number(case, "Wq_over_T"), "wait");
    }
}

#[test]
fn filling_times() {
    let Some(all) = oracle("oracle_numbers.json") else { return };
    let inputs = &all["fill"]["inputs"];
    let filling = Filling {
        chamber: number(inputs, "C"),
        valves: number(inputs, "omega"),
        discharge: number(inputs, "mu"),
        opening: number(inputs, "t_v"),
    };
    for case in all["fill"]["cases"].as_array().unwrap() {
        close(filling.seconds(number(case, "head_m")), number(case, "time_s"), "filling time");
    }
}

#[test]
fn waits_by_intensity_over_capacity() {
    let Some(all) = oracle("oracle_numbers.json") else { return };
    let patterns = [("uneven", Pattern::Uneven), ("avg", Pattern::Average), ("even", Pattern::Even)];
    for case in all["kooman_t0_in_cycles"].as_array().unwrap() {
        for (name, pattern) in patterns {
            close(theory::kooman_wait(number(case, "IC"), pattern).unwrap(), number(case, name), name);
        }
    }
}

#[test]
fn closures_and_money() {
    let Some(all) = oracle("oracle_numbers.json") else { return };
    let closure = &all["closure"];
    let inputs = &closure["inputs"];
    let found = theory::backlog(
        number(inputs, "lambda_per_day"),
        number(inputs, "mu_per_day"),
        number(inputs, "closure_days"),
    )
    .unwrap();
    close(found.ships, number(closure, "backlog"), "backlog");
    close(found.clears_after, number(closure, "clears_after_days"), "clears after");
    close(found.delay, number(closure, "delay_ship_days"), "delay");
    close(found.delayed, number(closure, "ships_delayed"), "delayed");
    close(found.mean_delay, number(closure, "mean_delay_days"), "mean delay");

    let need = &all["year_of_need"];
    let inputs = &need["inputs"];
    for case in need["cases"].as_array().unwrap() {
        let year = theory::year_of_need(
            number(inputs, "y0"),
            number(inputs, "q0"),
            number(inputs, "g"),
            number(inputs, "C"),
            number(case, "r"),
        );
        close(year.unwrap(), number(case, "year"), "year of need");
    }
    let money = &all["npv_growing_annuity"];
    let inputs = &money["inputs"];
    let value = theory::net_present_value(
        number(inputs, "C"),
        number(inputs, "B"),
        number(inputs, "g"),
        number(inputs, "r"),
        number(inputs, "T"),
    );
    close(value, number(money, "npv"), "net present value");
    let single = &all["turn_back_fcfs_single_ship"];
    close(theory::single_ship_throughput(0.5), number(single, "throughput_times_S"), "turn-back");
}
