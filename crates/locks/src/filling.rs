//! How long a chamber takes to fill, and how much water a lockage takes.

/// Gravity, m/s².
pub const GRAVITY: f64 = 9.81;

/// A filling or emptying system: valves that open linearly and then stay open.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Filling {
    /// Area of the chamber, m².
    pub chamber: f64,
    /// Area of the fully open valves, m².
    pub valves: f64,
    /// Discharge coefficient.
    pub discharge: f64,
    /// Seconds the valves take to open.
    pub opening: f64,
}

impl Filling {
    /// Seconds until the levels meet, from a head in metres.
    ///
    /// The square root of the head falls by `k` a second once the valves are open, with `k = μ ω √(2g) / (2 C)`, and by
    /// a share of it that grows linearly before. Heads so small that the levels meet before the valves are open end
    /// in the first phase.
    pub fn seconds(&self, head: f64) -> f64 {
        if head <= 0.0 {
            return 0.0;
        }
        let k = self.discharge * self.valves * (2.0 * GRAVITY).sqrt() / (2.0 * self.chamber);
        let while_opening = k * self.opening / 2.0;
        if head.sqrt() > while_opening {
            self.opening + (head.sqrt() - while_opening) / k
        } else {
            (2.0 * self.opening * head.sqrt() / k).sqrt()
        }
    }

    /// Water a lockage lets down, m³: the prism between the levels. Ships displace the same volume on the way in and
    /// out of the chamber, so that only a difference in cargo between the directions would change it.
    pub fn water(&self, head: f64) -> f64 {
        self.chamber * head.max(0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]
        /// The closed form against the differential equation it solves.
        #[test]
        fn it_solves_the_equation(head in 0.5..40.0_f64, opening in 1.0..600.0_f64) {
            let filling = Filling { chamber: 9520.0, valves: 60.0, discharge: 0.75, opening };
            let k = filling.discharge * filling.valves * (2.0 * GRAVITY).sqrt() / (2.0 * filling.chamber);
            let (mut root, mut t, step) = (head.sqrt(), 0.0_f64, 0.01);
            while root > 0.0 {
                root -= k * step * ((t + step / 2.0) / opening).min(1.0);
                t += step;
            }
            prop_assert!((t - filling.seconds(head)).abs() < 0.03);
        }
    }
}
