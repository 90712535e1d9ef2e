//! Records made by the model itself: what is fitted from some days must predict the others.

use std::fmt::Write;
use zhidian_locks::{
    calibrate::{Family, calibrate, read_records},
    random::Random,
};

/// Ninety days of a lock with gamma lockages that serves single ships from alternating sides.
fn made_up(days: f64) -> String {
    let mut random = Random::stream(9, 0, 0);
    let mut text = "ship,arrival,start,end,direction\n".to_owned();
    let (mut arrival, mut free, mut side) = (0.0, 0.0_f64, 0);
    let mut n = 0;
    loop {
        arrival += 40.0 * random.exponential();
        if arrival > days * 1440.0 {
            return text;
        }
        let direction = usize::from(random.uniform() < 0.5);
        let turn = if direction == side { 10.0 } else { 0.0 };
        let start = arrival.max(free + turn);
        let takes = 22.0 * random.gamma(9.0);
        free = start + takes;
        side = 1 - direction;
        n += 1;
        writeln!(text, "s{n},{arrival:.4},{start:.4},{free:.4},{}", ["up", "down"][direction]).unwrap();
    }
}

#[test]
fn days_kept_back_are_predicted() {
    let (records, problems) = read_records(made_up(90.0).as_bytes());
    assert!(problems.is_empty());
    let found = calibrate(&records, 0.3, 100, 1);
    let best = |quantity: &str| found.fits.iter().find(|fitted| fitted.quantity == quantity).unwrap();
    assert_eq!(best("lockage").fit.family, Family::Gamma);
    assert!(best("lockage").fit.ks < 0.03);
    assert!(best("interarrival_up").fit.ks < 0.05);
    let holdout = found.holdout.unwrap();
    assert_eq!(holdout.days_learned, 63);
    assert!(holdout.error.abs() < 0.2, "{holdout:?}");
    assert!(holdout.coverage90 > 0.7, "{holdout:?}");
}

#[test]
fn too_few_records_are_not_stretched() {
    let (records, _) = read_records("arrival,start,end,direction\n1,2,3,up\n5,6,7,down\n".as_bytes());
    let found = calibrate(&records, 0.3, 10, 1);
    assert!(found.fits.is_empty() && found.holdout.is_none());
}
