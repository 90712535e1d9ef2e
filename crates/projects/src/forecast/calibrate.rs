//! The pace of projects learnt from past months, and whether forecasts made then would have held.

use super::Pert;
use serde::Serialize;

/// What past months say.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Calibrated {
    /// Done over planned: fitted by its extremes among the middle 98 % and its mean.
    pub pace: Pert,
    /// Standard deviation of the whole portfolio's pace from month to month, less what independent projects explain.
    pub common_sd: f64,
    /// Pairs of planned and done it rests on.
    pub pairs: usize,
    /// Months it rests on.
    pub months: usize,
}

/// Fits a pace and a common shock to past months: by month, what each project had planned and did.
///
/// Months and projects in which nothing was planned say nothing. `None` when fewer than three months or twenty pairs
/// are left: then the pace must be stated.
pub fn calibrate(months: &[Vec<(f64, f64)>]) -> Option<Calibrated> {
    let (mut ratios, mut weighted) = (Vec::new(), Vec::new());
    let mut by_month = Vec::new();
    for month in months {
        let (mut planned, mut done, mut squares) = (0.0, 0.0, 0.0);
        for (plan, did) in month.iter().filter(|(plan, did)| *plan > 0.0 && did.is_finite()) {
            ratios.push(did / plan);
            weighted.push((*plan, *did));
            planned += plan;
            done += did;
            squares += plan * plan;
        }
        if planned > 0.0 {
            by_month.push((done / planned, squares / (planned * planned)));
        }
    }
    if by_month.len() < 3 || ratios.len() < 20 {
        return None;
    }
    ratios.sort_unstable_by(f64::total_cmp);
    let (min, max) = (super::quantile(&ratios, 0.01), super::quantile(&ratios, 0.99));
    let planned: f64 = weighted.iter().map(|(plan, _)| plan).sum();
    let mean = weighted.iter().map(|(_, did)| did).sum::<f64>() / planned;
    let lambda = 4.0;
    // The most likely value that gives the mean, within the extremes.
    let mode = ((mean * (lambda + 2.0) - min - max) / lambda).clamp(min, max);
    let pace = Pert { min, mode, max, lambda };
    let n = by_month.len() as f64;
    let average = by_month.iter().map(|(ratio, _)| ratio).sum::<f64>() / n;
    let between = by_month.iter().map(|(ratio, _)| (ratio - average).powi(2)).sum::<f64>() / (n - 1.0);
    let own = pace.variance() * by_month.iter().map(|(_, concentration)| concentration).sum::<f64>() / n;
    let common_sd = if average > 0.0 { (between - own).max(0.0).sqrt() / average } else { 0.0 };
    Some(Calibrated { pace, common_sd, pairs: ratios.len(), months: by_month.len() })
}

/// One forecast of the past beside what came.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BackTest {
    /// Month that was forecast, by its place.
    pub month: usize,
    /// Low end of the band of nine tenths.
    pub low: f64,
    /// Expected.
    pub expected: f64,
    /// High end.
    pub high: f64,
    /// What came.
    pub came: f64,
}

impl BackTest {
    /// Did it come within the band?
    pub fn held(&self) -> bool {
        (self.low..=self.high).contains(&self.came)
    }
}

/// Forecasts each month from the months before it alone, by a normal approximation of the total.
pub fn back_test(months: &[Vec<(f64, f64)>]) -> Vec<BackTest> {
    let forecast = |month: usize| {
        let learnt = calibrate(&months[..month])?;
        let planned: f64 = months[month].iter().map(|(plan, _)| plan).sum();
        let squares: f64 = months[month].iter().map(|(plan, _)| plan * plan).sum();
        let came = months[month].iter().map(|(_, did)| did).sum();
        let expected = planned * learnt.pace.mean();
        let spread =
            1.645 * (learnt.pace.variance() * squares + (expected * learnt.common_sd).powi(2)).sqrt();
        Some(BackTest { month, low: expected - spread, expected, high: expected + spread, came })
    };
    (0..months.len()).filter_map(forecast).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    #[test]
    fn a_known_pace_is_learnt_and_its_bands_hold() {
        let truth = Pert { min: 0.5, mode: 0.9, max: 1.2, lambda: 4.0 };
        let sampler = super::super::pert::Sampler::new(truth);
        let mut random = Random::new(5);
        let months: Vec<Vec<(f64, f64)>> = (0..30)
            .map(|_| {
                let common = 1.0 + 0.05 * random.normal();
                (0..80).map(|_| (1.0, common * sampler.draw(random.bits()))).collect()
            })
            .collect();
        let learnt = calibrate(&months).unwrap();
        assert!((learnt.pace.mean() - truth.mean()).abs() < 0.03, "{learnt:?}");
        assert!((learnt.common_sd - 0.05).abs() < 0.02, "{learnt:?}");
        let tests = back_test(&months);
        let held = tests.iter().filter(|test| test.held()).count();
        assert!(tests.len() == 27 && held >= 21, "{held} of {}", tests.len());
        assert_eq!(calibrate(&months[..2]), None);
    }
}
