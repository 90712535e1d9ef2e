//! Figures of findings as SVG, drawn at a width in pixels and never scaled, so that words stay 11 px or more.
//!
//! An exhibit holds numbers as text and may hold none at all, or hostile ones: whatever is not a finite number is a
//! point without a figure, and every coordinate that reaches the drawing is finite. Colours are tokens of the page's
//! style sheet; a weak figure is hollow and stands on hatched ground, and the caption says so in words.

mod bump;
mod labels;
mod line;
mod margin;
mod scale;
mod strip;
mod svg;

use crate::Language;
use crate::numbers::{decimal, float};
use zhidian_ledger::contract::{Exhibit, Margin, Mark, Point};
use zhidian_model::Grade;

pub(crate) use margin::{Compared, Side, margin};

/// Widths at which every figure is drawn, in pixels: beside the text, and on a phone.
pub(crate) const WIDTHS: [u32; 2] = [540, 346];

/// A point that can be drawn.
struct Dot<'a> {
    label: &'a str,
    /// As it is printed, with the decimals its column has.
    shown: String,
    value: f64,
    most: Option<f64>,
    own: bool,
    /// Whether the distance is measured to this one.
    rival: bool,
    weak: bool,
}

/// Draws an exhibit. None where it holds no figure.
pub(crate) fn exhibit(
    exhibit: &Exhibit,
    distance: Option<&Margin>,
    language: Language,
    width: u32,
) -> Option<String> {
    let gap = gap(exhibit, distance);
    let places = decimals(exhibit);
    let mut steps: Vec<Step<'_>> = Vec::new();
    for (i, point) in exhibit.points.iter().enumerate() {
        let mut dot = dot(point, places, language);
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

/// The distance a decision had, where its end is one of the points; else that to the next peer behind the subject, or
/// before it where it is the last. Points stand best first.
fn gap(exhibit: &Exhibit, distance: Option<&Margin>) -> Option<Gap> {
    let points = &exhibit.points;
    let figure = |i: usize| decimal(points.get(i)?.value.as_deref()?);
    let own = points.iter().position(|point| point.own)?;
    if let Some(margin) = distance {
        let named = |point: &Point| {
            !point.own && (names(&margin.to, &point.label.zh) || names(&margin.to, &point.label.en))
        };
        if let Some(to) = points.iter().position(named) {
            let text = decimal(&margin.value)
                .map_or_else(|| margin.value.clone(), |value| value.normalize().to_string());
            return Some(Gap { to, text });
        }
    }
    let held = |i: &usize| figure(*i).is_some() && !points[*i].own;
    let to = (own + 1..points.len()).find(held).or_else(|| (0..own).rev().find(held))?;
    let apart = figure(own)?.checked_sub(figure(to)?)?.abs();
    (!apart.is_zero()).then(|| Gap { to, text: apart.normalize().to_string() })
}

/// Whether a margin's end is the peer of this label: 嘉兴 is 嘉兴市, and a place may follow the name.
fn names(to: &str, label: &str) -> bool {
    !label.is_empty() && !to.is_empty() && (to.contains(label) || label.contains(to))
}

/// The decimals of a column: sheets drop zeros at the end, so 3.5 beside 3.45 is 3.50. Places have none.
pub(crate) fn decimals(exhibit: &Exhibit) -> u32 {
    let scale = |point: &Point| Some(decimal(point.value.as_deref()?)?.scale());
    exhibit.points.iter().filter_map(scale).max().unwrap_or(0).min(6)
}

/// A point's figure with the decimals of its column; none where it is no figure.
pub(crate) fn printed(point: &Point, places: u32) -> Option<String> {
    let text = point.value.as_deref()?.trim();
    float(text)?;
    Some(match decimal(text) {
        Some(mut value) if value.scale() < places => {
            value.rescale(places);
            value.to_string()
        }
        _ => text.to_owned(),
    })
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

fn dot<'a>(point: &'a Point, places: u32, language: Language) -> Option<Dot<'a>> {
    Some(Dot {
        label: language.text(&point.label),
        shown: printed(point, places)?,
        value: float(point.value.as_deref()?)?,
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
