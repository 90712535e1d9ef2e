//! When traffic reaches capacity, and what a new line is worth.

/// The year in which traffic `now` in `from`, growing by `growth` a year, reaches the share of capacity. `None` when it
/// never does.
pub fn year_of_need(from: f64, now: f64, growth: f64, capacity: f64, share: f64) -> Option<f64> {
    let wanted = share * capacity / now;
    if !(now > 0.0 && capacity > 0.0 && share > 0.0 && growth > 0.0) {
        return None;
    }
    let years = wanted.ln() / growth.ln_1p();
    years.is_finite().then_some(from + years)
}

/// Value today of a benefit that is `benefit` in the first year (paid at its end), grows by `growth` and runs for
/// `years`, less its cost.
pub fn net_present_value(cost: f64, benefit: f64, growth: f64, rate: f64, years: f64) -> f64 {
    benefit * annuity(growth, rate, years) - cost
}

/// The benefit of the first year at which the value is zero.
pub fn break_even(cost: f64, growth: f64, rate: f64, years: f64) -> f64 {
    cost / annuity(growth, rate, years)
}

fn annuity(growth: f64, rate: f64, years: f64) -> f64 {
    // Near r = g the quotient is 0/0; expm1 keeps it exact on both sides.
    let ratio = (growth.ln_1p() - rate.ln_1p()) * years;
    if (rate - growth).abs() < 1e-12 { years / (1.0 + rate) } else { -ratio.exp_m1() / (rate - growth) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_annuity_is_the_sum_of_its_years(growth in -0.05..0.1_f64, rate in 0.01..0.15_f64, years in 1..60_u32) {
            let sum: f64 = (1..=years).map(|t| (1.0 + growth).powi(t as i32 - 1) / (1.0 + rate).powi(t as i32)).sum();
            prop_assert!((annuity(growth, rate, f64::from(years)) - sum).abs() < 1e-8 * sum);
            let even = break_even(80.0, growth, rate, f64::from(years));
            prop_assert!(net_present_value(80.0, even, growth, rate, f64::from(years)).abs() < 1e-9);
        }
    }

    #[test]
    fn traffic_that_does_not_grow_never_gets_there() {
        assert_eq!(year_of_need(2025.0, 50.0, 0.0, 100.0, 0.8), None);
        assert_eq!(year_of_need(2025.0, 50.0, -0.01, 100.0, 0.8), None);
    }
}
