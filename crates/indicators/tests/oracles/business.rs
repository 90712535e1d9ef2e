//! Doing Business: places from topic scores, and a country from its cities.

use crate::sheet::{Sheet, oracles};
use zhidian_indicators::composite::statistics::{Ties, places};

#[test]
fn places_of_2020_and_china_from_its_cities() {
    if oracles().is_none() {
        return;
    }
    let sheet = Sheet::read("doing_business/db2016_2020_topic_scores.csv");
    let topics: Vec<String> =
        sheet.columns.iter().filter(|name| name.starts_with("Score-")).cloned().collect();
    assert_eq!(topics.len(), 10);
    let scores: Vec<Vec<f64>> = topics.iter().map(|topic| sheet.numbers(topic)).collect();
    let overall = |row: usize| scores.iter().map(|topic| topic[row]).sum::<f64>() / 10.0;
    let (years, published) = (sheet.numbers("year"), sheet.numbers("rank_db2020"));
    let ranked: Vec<usize> =
        (0..years.len()).filter(|row| years[*row] == 2020.0 && !published[*row].is_nan()).collect();
    assert_eq!(ranked.len(), 190);
    let ours = places(&ranked.iter().map(|row| overall(*row)).collect::<Vec<_>>(), Ties::Least);
    for (ours, row) in ours.iter().zip(&ranked) {
        assert_eq!(*ours, published[*row], "{}", sheet.text("economy")[*row]);
    }
    let economies = sheet.text("economy");
    for year in 2016..=2020 {
        let at = |named: &str| {
            (0..years.len())
                .find(|row| years[*row] == f64::from(year) && economies[*row].contains(named))
                .unwrap()
        };
        let (shanghai, beijing) = (overall(at("Shanghai")), overall(at("Beijing")));
        let china = (0..years.len())
            .find(|row| years[*row] == f64::from(year) && economies[*row] == "China")
            .unwrap();
        assert!((overall(china) - 0.55 * shanghai - 0.45 * beijing).abs() < 1e-4, "{year}");
    }
}
