//! Where one stands among peers, and since when: places as intervals, gaps, the best place of a window.

/// Which end is first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum First {
    /// The highest value.
    #[default]
    Highest,
    /// The lowest.
    Lowest,
}

/// A figure of a peer: what was printed, and half of its last digit either way.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Printed {
    /// The value; `NaN` where the peer has none.
    pub value: f64,
    /// Half the weight of the last digit of its column.
    pub half: f64,
}

/// A place among peers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// Best place it may be, 1 the first.
    pub least: usize,
    /// Worst place it may be.
    pub most: usize,
    /// Place as printed, ties sharing the best.
    pub printed: usize,
    /// How many others print the same.
    pub ties: usize,
    /// Distance to the next better printed value; none for the first.
    pub gap_above: Option<f64>,
    /// Distance to the next worse printed value; none for the last.
    pub gap_below: Option<f64>,
}

/// The place of each peer that has a value. Peers without one may stand anywhere, so each widens the worst place. Two
/// figures whose intervals touch are not told apart by rounding: figures that print the same share their place as
/// printed and widen it by rounding.
pub fn places(peers: &[Printed], first: First) -> Vec<Option<Place>> {
    let sign = if first == First::Highest { -1.0 } else { 1.0 };
    let missing = peers.iter().filter(|peer| peer.value.is_nan()).count();
    let there = || peers.iter().filter(|peer| !peer.value.is_nan());
    // Ascending: the first comes first.
    let sorted = |edge: &dyn Fn(&Printed) -> f64| {
        let mut edges: Vec<f64> = there().map(edge).collect();
        edges.sort_by(f64::total_cmp);
        edges
    };
    let printed = sorted(&|peer| sign * peer.value);
    let best = sorted(&|peer| sign * peer.value - peer.half);
    let worst = sorted(&|peer| sign * peer.value + peer.half);
    let place = |peer: &Printed| {
        let at = sign * peer.value;
        let ahead = printed.partition_point(|other| *other < at);
        let level = printed.partition_point(|other| *other <= at);
        // Surely ahead: their worst edge is better than our best. Possibly ahead: their best edge is better than our
        // worst, ourselves left out.
        let surely = worst.partition_point(|edge| *edge < at - peer.half);
        let possibly = best.partition_point(|edge| *edge < at + peer.half);
        let itself = usize::from(peer.half > 0.0);
        Place {
            least: surely + 1,
            // Half a digit beyond the last binary one moves no edge, and then nothing was counted that is left out.
            most: possibly.saturating_sub(itself).max(ahead) + 1 + missing,
            printed: ahead + 1,
            ties: level - ahead - 1,
            gap_above: ahead.checked_sub(1).map(|before| at - printed[before]),
            gap_below: printed.get(level).map(|next| next - at),
        }
    };
    peers.iter().map(|peer| (!peer.value.is_nan()).then(|| place(peer))).collect()
}

/// The best place of a series up to its last year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BestSince {
    /// First year of the unbroken run of years in which no place was better than the last one.
    pub from: i32,
    /// How many years that is, both ends counted.
    pub years: u32,
    /// Whether the series ends there rather than a better place: it may have been longer.
    pub exhausted: bool,
}

/// Since when the last place has not been bettered. A year that is missing breaks the run; a place that may be better
/// by rounding breaks it too. Places are `(year, least, most)` with years ascending.
pub fn best_since(places: &[(i32, usize, usize)]) -> Option<BestSince> {
    let (last, _, worst) = *places.last()?;
    let mut from = last;
    for (year, least, _) in places.iter().rev().skip(1) {
        if *year != from - 1 {
            return Some(BestSince { from, years: span(from, last), exhausted: true });
        }
        if *least < worst {
            return Some(BestSince { from, years: span(from, last), exhausted: false });
        }
        from = *year;
    }
    Some(BestSince { from, years: span(from, last), exhausted: true })
}

fn span(from: i32, to: i32) -> u32 {
    (to - from).unsigned_abs() + 1
}

/// Compound growth a year between two values of one edition; nothing unless both are positive and time passes.
pub fn compound_growth(from: f64, to: f64, years: f64) -> Option<f64> {
    (from > 0.0 && to > 0.0 && years > 0.0).then(|| (to / from).powf(1.0 / years) - 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn printed(values: &[f64], half: f64) -> Vec<Printed> {
        values.iter().map(|value| Printed { value: *value, half }).collect()
    }

    #[test]
    fn a_lead_below_the_last_digit_does_not_hold() {
        let places = places(&printed(&[3.9, 3.9, 3.5, 3.4], 0.05), First::Highest);
        let third = places[2].unwrap();
        assert_eq!((third.least, third.most, third.printed, third.ties), (3, 3, 3, 0));
        let first = places[0].unwrap();
        assert_eq!((first.least, first.most, first.printed, first.ties), (1, 2, 1, 1));
        assert_eq!(first.gap_below.map(|gap| (gap * 10.0).round()), Some(4.0));
    }

    #[test]
    fn digits_beyond_the_binary_ones_have_no_width() {
        let places = places(&printed(&[68.383_724_238_341_71, 1.0], 0.5e-17), First::Highest);
        assert_eq!((places[0].unwrap().least, places[0].unwrap().most), (1, 1));
    }

    #[test]
    fn a_peer_without_a_figure_widens_the_place() {
        let places = places(&printed(&[3.0, f64::NAN, 1.0], 0.0), First::Highest);
        assert_eq!(places[1], None);
        assert_eq!((places[0].unwrap().least, places[0].unwrap().most), (1, 2));
        assert_eq!((places[2].unwrap().least, places[2].unwrap().most), (2, 3));
    }

    #[test]
    fn the_best_in_seven_years() {
        let years = |places: &[usize]| -> Vec<(i32, usize, usize)> {
            places.iter().zip(2014..).map(|(place, year)| (year, *place, *place)).collect()
        };
        let since = best_since(&years(&[9, 10, 10, 8, 5, 6, 3])).unwrap();
        assert_eq!((since.from, since.years, since.exhausted), (2014, 7, true));
        let since = best_since(&years(&[2, 10, 10, 8, 5, 6, 3])).unwrap();
        assert_eq!((since.from, since.years, since.exhausted), (2015, 6, false));
        assert_eq!(best_since(&[]), None);
    }

    proptest! {
        /// The printed place lies within the interval, and exact figures have no interval but their ties.
        #[test]
        fn a_place_lies_within_its_interval(values in prop::collection::vec(0_u8..20, 1..30), half in 0.0..2.0_f64) {
            let values: Vec<f64> = values.into_iter().map(f64::from).collect();
            for (exact, rounded) in places(&printed(&values, 0.0), First::Lowest).iter().zip(places(&printed(&values, half), First::Lowest)) {
                let (exact, rounded) = (exact.unwrap(), rounded.unwrap());
                prop_assert_eq!((exact.least, exact.most), (exact.printed, exact.printed));
                prop_assert!(rounded.least <= rounded.printed && rounded.printed <= rounded.most);
                prop_assert!(rounded.most <= values.len());
                if half > 0.0 {
                    prop_assert!(rounded.most >= rounded.printed + rounded.ties);
                }
            }
        }
    }
}
