//! Figures of findings as SVG, drawn at a width in pixels and never scaled, so that words stay 11 px or more.
//!
//! An exhibit holds numbers as text and may hold none at all, or hostile ones: whatever is not a finite number is a
//! point without a figure, and every coordinate that reaches the drawing is finite. Colours are tokens of the page's
//! style sheet; a weak figure is hollow and stands on hatched ground, and the caption says so in words.

mod bump;
mod labels;
mod line;
mod margin;
mod readable;
mod scale;
mod strip;
mod svg;

use crate::Language;
use crate::numbers::{decimal, float};
use zhidian_ledger::contract::{Exhibit, Margin, Mark, Point};
use zhidian_model::Grade;

pub(crate) use margin::{Compared, Side, margin};
pub(crate) use readable::{Readable, readable};

/// Widths at which every figure is drawn, in pixels: beside the text, and on a phone.
pub(crate) const WIDTHS: [u32; 2] = [540, 346];

/// A point that can be drawn.
struct Dot<'a> {
    label: &'a str,
    /// As it is printed.
    shown: &'a str,
    value: f64,
    most: Option<f64>,
    own: bool,
    /// Whether the distance is measured to this one.
    rival: bool,
    weak: bool,
}

/// Draws an exhibit that was made [`readable`]. None where it holds no figure.
pub(crate) fn exhibit(
    exhibit: &Exhibit,
    distance: Option<&Margin>,
    language: Language,
    width: u32,
) -> Option<String> {
    let gap = gap(exhibit, distance);
    let mut steps: Vec<Step<'_>> = Vec::new();
    for (i, point) in exhibit.points.iter().enumerate() {
        let mut dot = dot(point, language);
        if let (Some(dot), Some(gap)) = (&mut dot, &gap) {
            dot.rival = gap.to == i;
        }
        steps.push(Step { label: language.text(&point.label), dot });
    }
    if steps.iter().all(|step| step.dot.is_none()) {
        return None;
    }
    let width = f64::from(width);
    let label = language.text(&exhibit.title);
    Some(match exhibit.mark {
        Mark::Strip => {
            let dots: Vec<Dot<'_>> = steps.into_iter().filter_map(|step| step.dot).collect();
            let text = gap.map(|gap| language.of(format!("差 {}", gap.text), format!("{} apart", gap.text)));
            strip::draw(&dots, text.as_deref(), width, label)
        }
        Mark::Bump => bump::draw(&steps, language, width, label),
        Mark::Line => line::draw(&steps, width, label),
    })
}

/// How far the subject is from a peer.
struct Gap {
    /// Which point.
    to: usize,
    /// The distance, exact.
    text: String,
}

/// The distance from the subject to the peer a margin names, where that is one of the points; else to the next peer behind
/// it, or before it where it is the last. Points stand best first; the distance is the difference of the two figures.
fn gap(exhibit: &Exhibit, distance: Option<&Margin>) -> Option<Gap> {
    let points = &exhibit.points;
    let figure = |i: usize| decimal(points.get(i)?.value.as_deref()?);
    let own = points.iter().position(|point| point.own)?;
    let held = |i: &usize| figure(*i).is_some() && !points[*i].own;
    let named = |i: &usize| {
        let label = &points[*i].label;
        held(i) && distance.is_some_and(|margin| names(&margin.to, &label.zh) || names(&margin.to, &label.en))
    };
    let to = (0..points.len())
        .find(named)
        .or_else(|| (own + 1..points.len()).find(held))
        .or_else(|| (0..own).rev().find(held))?;
    let apart = figure(own)?.checked_sub(figure(to)?)?.abs();
    (!apart.is_zero()).then(|| Gap { to, text: apart.normalize().to_string() })
}

/// Whether a margin's end is the peer of this label: 嘉兴 is 嘉兴市, and a place may follow the name.
fn names(to: &str, label: &str) -> bool {
    !label.is_empty() && !to.is_empty() && (to.contains(label) || label.contains(to))
}

/// Names of the points that hold no figure.
pub(crate) fn without_figure(exhibit: &Exhibit, language: Language) -> Vec<&str> {
    let blank = |point: &&Point| point.value.as_deref().and_then(float).is_none();
    exhibit.points.iter().filter(blank).map(|point| language.text(&point.label)).collect()
}

/// The grades of the points that are drawn hollow, each once, strongest first.
pub(crate) fn weak_grades(exhibit: &Exhibit) -> Vec<Grade> {
    let drawn = |grade: &Grade| {
        exhibit.points.iter().any(|point| point.value.is_some() && point.grade == Some(*grade))
    };
    Grade::ALL.into_iter().filter(|grade| is_weak(*grade) && drawn(grade)).collect()
}

/// What is drawn hollow: what cannot be checked, and what never decides.
pub(crate) fn is_weak(grade: Grade) -> bool {
    grade <= Grade::Unverified
}

fn dot<'a>(point: &'a Point, language: Language) -> Option<Dot<'a>> {
    let shown = point.value.as_deref()?;
    Some(Dot {
        label: language.text(&point.label),
        shown,
        value: float(shown)?,
        most: point.most.as_deref().and_then(float),
        own: point.own,
        rival: false,
        weak: point.grade.is_some_and(is_weak),
    })
}

/// A place on the axis of time, with its figure if there is one.
struct Step<'a> {
    label: &'a str,
    dot: Option<Dot<'a>>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use zhidian_model::Text;

    fn exhibit_of(mark: Mark, points: Vec<(String, String, bool, Option<Grade>)>) -> Exhibit {
        let points = points
            .into_iter()
            .map(|(label, value, own, grade)| Point {
                label: Text::same(label),
                value: Some(value),
                most: None,
                own,
                grade,
            })
            .collect();
        Exhibit { mark, title: Text::same("title"), unit: Text::same("percent"), points, peers: vec![] }
    }

    /// The number an attribute has, wherever it stands in a drawing.
    fn numbers(svg: &str, attribute: &str) -> Vec<f64> {
        svg.split(&format!(" {attribute}=\""))
            .skip(1)
            .map(|rest| rest.split('"').next().unwrap().parse().unwrap())
            .collect()
    }

    /// Left, right and base line of every label of a drawing, with its text.
    fn labels(svg: &str) -> Vec<(f64, f64, f64, String)> {
        svg.split("<text class=\"lb")
            .skip(1)
            .map(|rest| {
                let attribute =
                    |name: &str| rest.split(&format!("{name}=\"")).nth(1).unwrap().split('"').next().unwrap();
                let (x, y): (f64, f64) = (attribute(" x").parse().unwrap(), attribute(" y").parse().unwrap());
                let text = rest.split('>').nth(1).unwrap().split('<').next().unwrap().to_owned();
                let w = svg::advance(&text, 11.5);
                let left = match attribute("text-anchor") {
                    "start" => x,
                    "middle" => x - w / 2.0,
                    _ => x - w,
                };
                (left, left + w, y, text)
            })
            .collect()
    }

    #[test]
    fn labels_of_a_strip_keep_apart_and_name_the_subject_and_its_rival() {
        let values = ["12.01", "3.9", "3.5", "3.45", "3.4", "3.38", "3.35", "3.3", "3.26", "3.26", "2.76"];
        let points = values
            .iter()
            .enumerate()
            .map(|(i, value)| (format!("城市{i}"), (*value).to_owned(), i == 2, None))
            .collect();
        let readable = readable(&exhibit_of(Mark::Strip, points), Language::Zh);
        for width in WIDTHS {
            let svg = exhibit(&readable.exhibit, None, Language::Zh, width).unwrap();
            for needed in ["城市2 3.50", "城市3 3.45", "城市0 12.01", "差 0.05"] {
                assert!(svg.contains(needed), "{needed} at {width}");
            }
            // what stands in the lens is moved down as a group, so only labels of one group are compared
            let group = svg.rsplit("<g transform").next().unwrap();
            let labels = labels(group);
            for (i, a) in labels.iter().enumerate() {
                for b in &labels[..i] {
                    let apart = a.1 <= b.0 || b.1 <= a.0 || (a.2 - b.2).abs() >= 11.0;
                    assert!(apart, "{} runs into {} at {width}", a.3, b.3);
                }
            }
        }
    }

    #[test]
    fn points_without_figures_are_named_and_an_empty_exhibit_is_not_drawn() {
        let points = vec![
            ("甲".to_owned(), "NaN".to_owned(), true, None),
            ("乙".to_owned(), "many".to_owned(), false, None),
        ];
        let readable = readable(&exhibit_of(Mark::Line, points), Language::Zh);
        assert_eq!(without_figure(&readable.exhibit, Language::Zh), ["甲", "乙"]);
        assert!(exhibit(&readable.exhibit, None, Language::Zh, 540).is_none());
    }

    proptest! {
        #[test]
        fn whatever_is_drawn_stays_on_the_paper(
            mark in prop::sample::select(vec![Mark::Strip, Mark::Bump, Mark::Line]),
            points in prop::collection::vec((".{0,40}", prop_oneof![
                (-1e9..1e9_f64).prop_map(|value| value.to_string()),
                (1..400_u32).prop_map(|value| value.to_string()),
                any::<f64>().prop_map(|value| value.to_string()),
                ".{0,8}",
            ], any::<bool>(), prop::option::of(prop::sample::select(Grade::ALL.to_vec()))), 0..60),
            width in prop::sample::select(WIDTHS.to_vec()),
        ) {
            for language in [Language::Zh, Language::En] {
                let readable = readable(&exhibit_of(mark, points.clone()), language);
                let Some(svg) = exhibit(&readable.exhibit, None, language, width) else { continue };
                for x in ["x1", "x2", "cx"].iter().flat_map(|name| numbers(&svg, name)) {
                    prop_assert!(x >= -1.0 && x <= f64::from(width) + 1.0, "{} of {}", x, width);
                }
                prop_assert!(!svg.contains("NaN\"") && !svg.contains("inf\""));
            }
        }
    }
}
