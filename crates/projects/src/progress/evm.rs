//! Earned value: what was planned, what was achieved, what was paid.
//!
//! Terms and formulas follow ANSI/EIA-748 and the Practice Standard for Earned Value Management of the PMI; the three
//! estimates at completion are kept apart by what they assume of the rest of the work.

use serde::Serialize;

/// The five figures everything else is computed from, all in one unit and at one day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Inputs {
    /// Budget at completion.
    pub bac: f64,
    /// Planned value: what was to be done by now.
    pub pv: f64,
    /// Earned value: the budget of what is done.
    pub ev: f64,
    /// Actual cost of what is done.
    pub ac: f64,
}

/// What they say. A quotient by zero is `None`, never an infinity.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[allow(non_snake_case, reason = "the names of the field, as they are printed")]
pub struct EarnedValue {
    /// Cost variance `EV − AC`.
    pub CV: f64,
    /// Schedule variance `EV − PV`.
    pub SV: f64,
    /// Cost performance index `EV / AC`.
    pub CPI: Option<f64>,
    /// Schedule performance index `EV / PV`.
    pub SPI: Option<f64>,
    /// Estimate at completion when the cost index stays: `BAC / CPI`.
    pub EAC_cpi: Option<f64>,
    /// Estimate at completion when the rest goes as budgeted: `AC + BAC − EV`.
    pub EAC_rem: f64,
    /// Estimate at completion when both indices weigh on the rest: `AC + (BAC − EV) / (CPI · SPI)`.
    pub EAC_cpi_spi: Option<f64>,
    /// Estimate to complete `EAC_cpi − AC`.
    pub ETC: Option<f64>,
    /// Variance at completion `BAC − EAC_cpi`.
    pub VAC: Option<f64>,
    /// Cost index the rest needs to end at the budget: `(BAC − EV) / (BAC − AC)`.
    pub TCPI_bac: Option<f64>,
    /// Cost index the rest needs to end at the estimate: `(BAC − EV) / (EAC_cpi − AC)`.
    pub TCPI_eac: Option<f64>,
    /// `EV / BAC`.
    pub percent_complete: Option<f64>,
}

/// Every index of the five figures.
pub fn earned_value(inputs: Inputs) -> EarnedValue {
    let Inputs { bac, pv, ev, ac } = inputs;
    let cpi = over(ev, ac);
    let spi = over(ev, pv);
    let eac = cpi.and_then(|cpi| over(bac, cpi));
    let both = cpi.zip(spi).and_then(|(cpi, spi)| over(bac - ev, cpi * spi));
    EarnedValue {
        CV: ev - ac,
        SV: ev - pv,
        CPI: cpi,
        SPI: spi,
        EAC_cpi: eac,
        EAC_rem: ac + bac - ev,
        EAC_cpi_spi: both.map(|rest| ac + rest),
        ETC: eac.map(|eac| eac - ac),
        VAC: eac.map(|eac| bac - eac),
        TCPI_bac: over(bac - ev, bac - ac),
        TCPI_eac: eac.and_then(|eac| over(bac - ev, eac - ac)),
        percent_complete: over(ev, bac),
    }
}

/// A quotient, where there is one.
pub(crate) fn over(numerator: f64, denominator: f64) -> Option<f64> {
    let quotient = numerator / denominator;
    (denominator != 0.0 && quotient.is_finite()).then_some(quotient)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn nothing_done_and_nothing_paid_gives_no_index() {
        let none = earned_value(Inputs { bac: 100.0, pv: 0.0, ev: 0.0, ac: 0.0 });
        assert_eq!((none.CPI, none.SPI, none.EAC_cpi), (None, None, None));
        assert_eq!((none.EAC_rem, none.percent_complete), (100.0, Some(0.0)));
    }

    proptest! {
        #[test]
        fn on_plan_and_on_cost_ends_at_the_budget(bac in 1.0..1e9, share in 0.01..0.99) {
            let done = bac * share;
            let on = earned_value(Inputs { bac, pv: done, ev: done, ac: done });
            for estimate in [on.EAC_cpi.unwrap(), on.EAC_rem, on.EAC_cpi_spi.unwrap()] {
                prop_assert!((estimate / bac - 1.0).abs() < 1e-9);
            }
            prop_assert_eq!((on.CPI, on.SPI), (Some(1.0), Some(1.0)));
        }

        #[test]
        fn indices_do_not_depend_on_the_unit(bac in 1.0..1e6, pv in 1.0..1e6, ev in 1.0..1e6, ac in 1.0..1e6) {
            let one = earned_value(Inputs { bac, pv, ev, ac });
            let other = earned_value(Inputs { bac: bac * 1e4, pv: pv * 1e4, ev: ev * 1e4, ac: ac * 1e4 });
            prop_assert!((one.CPI.unwrap() / other.CPI.unwrap() - 1.0).abs() < 1e-9);
            prop_assert!((one.SPI.unwrap() / other.SPI.unwrap() - 1.0).abs() < 1e-9);
        }
    }
}
