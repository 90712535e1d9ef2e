//! An exhibit as a reader wants it: large sums in 亿 or billions, every figure with the decimals of its column, dates of
//! one day in every year as years. What is drawn and what the table beside it says are the same words.

use crate::numbers::{decimal, float};
use crate::{Language, names};
use rust_decimal::Decimal;
use zhidian_ledger::contract::{Exhibit, Mark, Point};

/// An exhibit with figures and labels to print, and its unit in words.
pub(crate) struct Readable {
    /// The exhibit with its values rewritten; what is no finite number is gone.
    pub(crate) exhibit: Exhibit,
    /// `亿元`; empty where there is none.
    pub(crate) unit: String,
    /// What every label had in common and no longer says: `12月31日`.
    pub(crate) common: Option<String>,
}

/// Makes an exhibit readable in a language.
pub(crate) fn readable(exhibit: &Exhibit, language: Language) -> Readable {
    let mut exhibit = exhibit.clone();
    let mut unit = unit(&exhibit, language);
    for point in &mut exhibit.points {
        for value in [&mut point.value, &mut point.most] {
            *value = value.take().map(|text| text.trim().to_owned()).filter(|text| float(text).is_some());
        }
    }
    if exhibit.mark != Mark::Bump {
        if let Some((by, word)) = magnitude(&exhibit.points, &unit, language) {
            for value in exhibit.points.iter_mut().filter_map(|point| point.value.as_mut()) {
                if let Some(scaled) = decimal(value).and_then(|value| value.checked_div(by)) {
                    *value = scaled.normalize().to_string();
                }
            }
            unit = format!("{word}{unit}");
        }
        pad(&mut exhibit.points);
    }
    let years = exhibit.mark != Mark::Strip;
    // through time every point is the subject's own: then none of them stands out
    if years && exhibit.points.iter().all(|point| point.own) {
        exhibit.points.iter_mut().for_each(|point| point.own = false);
    }
    let common = if years { shorten_dates(&mut exhibit.points, language) } else { None };
    Readable { exhibit, unit, common }
}

/// The unit in words; a bare code is looked up.
fn unit(exhibit: &Exhibit, language: Language) -> String {
    let unit = language.text(&exhibit.unit);
    if exhibit.unit.zh == exhibit.unit.en { names::unit(unit, language) } else { unit.to_owned() }
}

/// A power of ten by which the figures read better, for whole units such as yuan and tonnes.
fn magnitude(points: &[Point], unit: &str, language: Language) -> Option<(Decimal, &'static str)> {
    // 亿元 already is a scaled unit, and a rate needs none
    if unit.is_empty() || unit.starts_with(['亿', '万', '%', '百', '1']) || unit.contains("illion") {
        return None;
    }
    let largest =
        points.iter().filter_map(|point| decimal(point.value.as_deref()?)).map(|value| value.abs()).max()?;
    let steps: [(i64, (&str, &str)); 2] = match language {
        Language::Zh => [(100_000_000, ("亿", "")), (10_000, ("万", ""))],
        Language::En => [(1_000_000_000, ("", "billion ")), (1_000_000, ("", "million "))],
    };
    // from ten times the step, so that most figures stay above one
    steps
        .into_iter()
        .map(|(by, words)| (Decimal::from(by), language.pair(words)))
        .find(|(by, _)| largest >= *by * Decimal::TEN)
}

/// Sheets drop zeros at the end: 3.5 beside 3.45 is 3.50.
fn pad(points: &mut [Point]) {
    let scale = |point: &Point| Some(decimal(point.value.as_deref()?)?.scale());
    let places = points.iter().filter_map(scale).max().unwrap_or(0).min(6);
    for value in points.iter_mut().filter_map(|point| point.value.as_mut()) {
        if let Some(mut padded) = decimal(value).filter(|value| value.scale() < places) {
            padded.rescale(places);
            *value = padded.to_string();
        }
    }
}

/// Labels that are one day of every year become years; returns the day.
fn shorten_dates(points: &mut [Point], language: Language) -> Option<String> {
    let split = |text: &str| -> Option<(String, String)> {
        let year: String = text.chars().take(4).collect();
        let digits = year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit());
        digits.then(|| (year, text.chars().skip(4).collect::<String>()))
    };
    let labels: Option<Vec<_>> = points.iter().map(|point| split(language.text(&point.label))).collect();
    let labels = labels.filter(|labels| labels.len() > 1)?;
    let rest = &labels[0].1;
    if rest.chars().count() < 3 || labels.iter().any(|(_, other)| other != rest) {
        return None;
    }
    let day = rest.trim_start_matches(['年', '-', ' ']).to_owned();
    for (point, (year, _)) in points.iter_mut().zip(labels) {
        point.label = zhidian_model::Text::same(year);
    }
    Some(day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use zhidian_model::Text;

    fn exhibit(unit: &str, points: &[(&str, &str)]) -> Exhibit {
        let points = points
            .iter()
            .map(|(label, value)| Point {
                label: Text::same(*label),
                value: Some((*value).to_owned()),
                most: None,
                own: true,
                grade: None,
            })
            .collect();
        Exhibit { mark: Mark::Line, title: Text::default(), unit: Text::same(unit), points, peers: vec![] }
    }

    fn values(readable: &Readable) -> Vec<Option<&str>> {
        readable.exhibit.points.iter().map(|point| point.value.as_deref()).collect()
    }

    #[test]
    fn sums_are_read_in_their_magnitude() {
        let debt = exhibit(
            "CNY",
            &[("2019-12-31", "25181000000.00"), ("2020-12-31", "64153000000"), ("2021-12-31", "NaN")],
        );
        let zh = readable(&debt, Language::Zh);
        assert_eq!((values(&zh), zh.unit.as_str()), (vec![Some("251.81"), Some("641.53"), None], "亿元"));
        assert_eq!((zh.common.as_deref(), zh.exhibit.points[0].label.zh.as_str()), (Some("12-31"), "2019"));
        assert!(zh.exhibit.points.iter().all(|point| !point.own));
        let en = readable(&debt, Language::En);
        assert_eq!(
            (values(&en), en.unit.as_str()),
            (vec![Some("25.181"), Some("64.153"), None], "billion yuan")
        );
    }

    #[test]
    fn rates_get_the_decimals_of_their_column() {
        let growth = readable(&exhibit("percent", &[("2019", "3.5"), ("2020", "12.01")]), Language::Zh);
        assert_eq!((values(&growth), growth.unit.as_str()), (vec![Some("3.50"), Some("12.01")], "%"));
        assert!(growth.common.is_none());
    }
}
