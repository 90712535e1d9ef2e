//! Earned value and earned schedule against the reference.

use crate::oracles;
use serde_json::Value;
use zhidian_projects::progress::{Inputs, earned_schedule, earned_value};

fn close(name: &str, ours: &Value, theirs: &Value) {
    let (a, b) = (ours.as_f64().unwrap(), theirs.as_f64().unwrap());
    assert!((a - b).abs() <= 1e-9 * b.abs().max(1.0), "{name}: {a} is not {b}");
}

#[test]
fn every_figure_of_the_reference_is_met() {
    let Some(expected) = oracles::json("expected_evm_portfolio.json") else { return };
    for case in expected["evm"].as_array().unwrap() {
        let given = |name: &str| case["inputs"][name].as_f64().unwrap();
        let inputs = Inputs { bac: given("BAC"), pv: given("PV"), ev: given("EV"), ac: given("AC") };
        let ours = serde_json::to_value(earned_value(inputs)).unwrap();
        for (name, theirs) in case.as_object().unwrap().iter().filter(|(name, _)| *name != "inputs") {
            close(name, &ours[name], theirs);
        }
    }
    for case in expected["earned_schedule"].as_array().unwrap() {
        let plan: Vec<f64> = case["pv"].as_array().unwrap().iter().map(|v| v.as_f64().unwrap()).collect();
        let ours =
            earned_schedule(&plan, case["ev"].as_f64().unwrap(), case["at"].as_f64().unwrap()).unwrap();
        let ours = serde_json::to_value(ours).unwrap();
        for name in ["es", "spi_t", "sv_t", "eac_t"] {
            close(name, &ours[name], &case[name]);
        }
    }
}
