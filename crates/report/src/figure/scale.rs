//! From values to pixels, and the round numbers an axis names.
//!
//! Ticks follow P. S. Heckbert, “Nice numbers for graph labels”, Graphics Gems (1990): the step is 1, 2 or 5 times a
//! power of ten, the one nearest to the range over the wished number of steps. Labels are tight: they lie within.

/// A linear scale. Its domain is never empty and its values are always finite.
#[derive(Clone, Copy, Debug)]
pub(super) struct Linear {
    pub(super) low: f64,
    pub(super) high: f64,
    from: f64,
    to: f64,
}

impl Linear {
    /// A scale from values to pixels; a single value gets room on both sides.
    pub(super) fn new(low: f64, high: f64, from: f64, to: f64) -> Self {
        let (low, high) =
            if low.is_finite() && high.is_finite() { (low.min(high), low.max(high)) } else { (0.0, 1.0) };
        let room = if high - low > f64::EPSILON * low.abs().max(high.abs()).max(1.0) {
            0.0
        } else {
            (low.abs() * 0.1).max(0.5)
        };
        Self { low: low - room, high: high + room, from, to }
    }

    /// The pixel of a value; values beyond the domain lie on its edge.
    pub(super) fn at(&self, value: f64) -> f64 {
        let share = (value - self.low) / (self.high - self.low);
        let share = if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 };
        self.from + share * (self.to - self.from)
    }

    pub(super) fn holds(&self, value: f64) -> bool {
        value >= self.low && value <= self.high
    }

    /// The ticks that fit, each with its text.
    pub(super) fn ticks(&self, wished: usize) -> Vec<(f64, String)> {
        ticks(self.low, self.high, wished)
    }
}

/// Heckbert's nice number: the nearest 1, 2 or 5 times a power of ten.
fn nice(value: f64) -> f64 {
    let power = 10_f64.powf(value.log10().floor());
    let nice = match value / power {
        fraction if fraction < 1.5 => 1.0,
        fraction if fraction < 3.0 => 2.0,
        fraction if fraction < 7.0 => 5.0,
        _ => 10.0,
    };
    nice * power
}

/// Round numbers within `[low, high]`, about `wished` of them, with as many decimals as their step needs.
pub(super) fn ticks(low: f64, high: f64, wished: usize) -> Vec<(f64, String)> {
    if !(low.is_finite() && high.is_finite()) || high <= low {
        return Vec::new();
    }
    let parts = f64::from(u32::try_from(wished.saturating_sub(1).max(1)).unwrap_or(1));
    let step = nice((high - low) / parts);
    if !(step.is_finite() && step > 0.0) {
        return Vec::new();
    }
    let decimals = usize::try_from((-step.log10().floor()).max(0.0) as i64).unwrap_or(0).min(12);
    let slack = step * 1e-9;
    let mut ticks = Vec::new();
    let first = (low / step - 1e-9).ceil();
    for i in 0..100_u32 {
        let value = (first + f64::from(i)) * step;
        if value > high + slack {
            break;
        }
        let text = format!("{value:.decimals$}");
        // −0.0 reads as 0.0
        let text = if text.trim_matches(['-', '0', '.']).is_empty() {
            text.trim_start_matches('-').to_owned()
        } else {
            text
        };
        ticks.push((value, text.replace('-', "−")));
    }
    ticks
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn texts(low: f64, high: f64, wished: usize) -> Vec<String> {
        ticks(low, high, wished).into_iter().map(|(_, text)| text).collect()
    }

    #[test]
    fn ticks_are_round_and_lie_within() {
        assert_eq!(texts(0.0, 10.0, 6), ["0", "2", "4", "6", "8", "10"]);
        assert_eq!(texts(3.18, 3.96, 7), ["3.2", "3.3", "3.4", "3.5", "3.6", "3.7", "3.8", "3.9"]);
        assert_eq!(texts(-0.5, 0.5, 5), ["−0.4", "−0.2", "0.0", "0.2", "0.4"]);
        assert!(ticks(f64::NAN, 1.0, 5).is_empty() && ticks(1.0, 1.0, 5).is_empty());
    }

    #[test]
    fn a_single_value_has_a_scale() {
        let scale = Linear::new(5.0, 5.0, 0.0, 100.0);
        assert!((scale.at(5.0) - 50.0).abs() < 1e-9);
        assert!(Linear::new(f64::NAN, f64::INFINITY, 0.0, 100.0).at(0.3).is_finite());
    }

    proptest! {
        #[test]
        fn whatever_the_domain_pixels_are_finite(low in any::<f64>(), high in any::<f64>(), value in any::<f64>()) {
            let scale = Linear::new(low, high, 10.0, 500.0);
            let at = scale.at(value);
            prop_assert!((10.0..=500.0).contains(&at));
            prop_assert!(scale.ticks(6).len() <= 100);
        }
    }
}
