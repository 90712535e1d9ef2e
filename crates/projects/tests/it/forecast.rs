//! The forecast against closed forms and against the reference.

use crate::oracles;
use zhidian_projects::forecast::{Item, Pert, Portfolio, Run, Slip, by_month, drivers, lift, simulate};

fn run(draws: usize) -> Run {
    Run { draws, seed: 11, threads: 1 }
}

fn portfolio(plans: &[f64]) -> Portfolio {
    let item = |(at, plan): (usize, &f64)| Item {
        code: format!("P{at:03}"),
        done: 0.0,
        plan: vec![*plan],
        pace: Pert { min: 0.5, mode: 0.98, max: 1.15, lambda: 4.0 },
        slip: Some(Slip { probability: 0.15, mean_months: 1.5 }),
        group: None,
    };
    Portfolio {
        items: plans.iter().enumerate().map(item).collect(),
        common_sd: 0.03,
        group_sd: vec![],
        months: 12,
    }
}

#[test]
fn the_portfolio_of_the_reference_is_met_within_its_tolerance() {
    let Some(expected) = oracles::json("expected_evm_portfolio.json") else { return };
    let expected = &expected["portfolio_mc"];
    let plans: Vec<f64> =
        expected["plan_values"].as_array().unwrap().iter().map(|value| value.as_f64().unwrap()).collect();
    let portfolio = portfolio(&plans);
    let simulated = simulate(&portfolio, run(100_000), &|| false).unwrap();
    assert!((simulated.mean - 136.640).abs() < 0.05, "mean {}", simulated.mean);
    assert!((simulated.sd - 4.4575).abs() < 0.05, "sd {}", simulated.sd);
    let p = simulated.reaches(143.0);
    assert!((p - 0.0759).abs() < 0.003, "P {p}");
    for (p, theirs) in expected["percentiles"].as_object().unwrap() {
        let ours = simulated.quantile(p.parse::<f64>().unwrap() / 100.0);
        assert!((ours - theirs.as_f64().unwrap()).abs() < 0.12, "{p}: {ours} is not {theirs}");
    }
    let analytic: f64 = portfolio.items.iter().map(|item| item.planned() * item.expected(12)).sum();
    assert!((analytic - expected["analytic_mean"].as_f64().unwrap()).abs() < 1e-6, "{analytic}");
}

#[test]
fn threads_change_nothing() {
    let mut portfolio = portfolio(&[1.0, 2.0, 3.0, 4.0]);
    portfolio.group_sd = vec![0.1, 0.2];
    portfolio.items[1].group = Some(0);
    portfolio.items[2].group = Some(1);
    let one = simulate(&portfolio, run(20_000), &|| false).unwrap();
    let two = simulate(&portfolio, Run { threads: 2, ..run(20_000) }, &|| false).unwrap();
    assert_eq!(one, two);
    assert_eq!(simulate(&portfolio, run(20_000), &|| true), None);
}

#[test]
fn drivers_are_ranked_and_shares_sum_to_one() {
    let mut portfolio = portfolio(&[1.0, 10.0, 3.0]);
    portfolio.common_sd = 0.0;
    let simulated = simulate(&portfolio, run(16_000), &|| false).unwrap();
    let ranked = drivers(&portfolio, &simulated);
    assert_eq!(ranked[0].name, "P001");
    let sum: f64 = ranked.iter().filter(|driver| driver.project).map(|driver| driver.share).sum();
    assert!((sum - 1.0).abs() < 1e-9);
    // Independent projects of one shape share the variance as the squares of their size.
    assert!((ranked[0].share - 100.0 / 110.0).abs() < 0.02, "{}", ranked[0].share);
}

#[test]
fn months_end_where_the_year_ends_and_quantiles_are_in_order() {
    let mut portfolio = portfolio(&[12.0, 24.0]);
    portfolio.items[1].plan = (1..=12).map(f64::from).collect();
    let whole = simulate(&portfolio, run(20_000), &|| false).unwrap();
    let rows = by_month(&portfolio, &whole, run(20_000), &[0.1, 0.5, 0.9]);
    assert_eq!(rows.len(), 12);
    assert!(rows.iter().all(|row| row[0] <= row[1] && row[1] <= row[2]));
    assert!(rows.windows(2).all(|pair| pair[0][1] <= pair[1][1]));
    for (at, p) in [0.1, 0.5, 0.9].into_iter().enumerate() {
        assert!((rows[11][at] - whole.quantile(p)).abs() < 1e-9);
    }
}

#[test]
fn holding_projects_to_their_plan_lifts_the_probability() {
    let portfolio = portfolio(&[10.0; 20]);
    let simulated = simulate(&portfolio, run(8_000), &|| false).unwrap();
    let (target, before) = (190.0, simulated.reaches(190.0));
    let lifted = lift(&portfolio, &simulated, target, 0.8, run(8_000), &|| false).unwrap();
    assert!(before < 0.3 && lifted.reached >= 0.8 && !lifted.hold.is_empty(), "{before} {lifted:?}");
    let shifted = simulated.sorted.iter().filter(|total| **total + lifted.add >= target).count();
    assert!((shifted as f64 / 8_000.0 - 0.8).abs() < 0.01);
}

#[test]
fn what_is_no_forecast_is_refused() {
    let sound = portfolio(&[1.0]);
    assert_eq!(sound.fault(), None);
    let with = |change: &dyn Fn(&mut Portfolio)| {
        let mut changed = sound.clone();
        change(&mut changed);
        changed.fault()
    };
    assert!(with(&|p| p.items[0].pace.min = 2.0).is_some());
    assert!(with(&|p| p.items[0].plan = vec![]).is_some());
    assert!(with(&|p| p.items[0].plan = vec![f64::NAN]).is_some());
    assert!(with(&|p| p.items[0].slip = Some(Slip { probability: 2.0, mean_months: 1.0 })).is_some());
    assert!(with(&|p| p.items[0].group = Some(3)).is_some());
    assert!(with(&|p| p.months = 0).is_some());
    assert!(with(&|p| p.items.clear()).is_some());
}
