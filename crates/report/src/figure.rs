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

use crate::numbers::float;
use crate::{Language, words};
use zhidian_ledger::contract::{Exhibit, Margin, Mark, Point};
use zhidian_model::Grade;

pub(crate) use margin::{Compared, Side, margin};

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
    weak: bool,
}

/// Draws an exhibit. None where it holds no figure.
pub(crate) fn exhibit(
    exhibit: &Exhibit,
    distance: Option<&Margin>,
    language: Language,
    width: u32,
) -> Option<String> {
    let dots: Vec<Dot<'_>> = exhibit.points.iter().filter_map(|point| dot(point, language)).collect();
    if dots.is_empty() {
        return None;
    }
    let width = f64::from(width);
    let label = language.text(&exhibit.title);
    Some(match exhibit.mark {
        Mark::Strip => strip::draw(&dots, distance, language, width, label),
        Mark::Bump => bump::draw(&series(exhibit, language), language, width, label),
        Mark::Line => line::draw(&series(exhibit, language), width, label),
    })
}

/// Names of the points that hold no figure.
pub(crate) fn without_figure(exhibit: &Exhibit, language: Language) -> Vec<&str> {
    let blank = |point: &&Point| dot(point, language).is_none();
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
    let shown = point.value.as_deref()?.trim();
    Some(Dot {
        label: language.text(&point.label),
        shown,
        value: float(shown)?,
        most: point.most.as_deref().and_then(float),
        own: point.own,
        weak: point.grade.is_some_and(is_weak),
    })
}

/// A place on the axis of time, with its figure if there is one.
struct Step<'a> {
    label: &'a str,
    dot: Option<Dot<'a>>,
}

fn series(exhibit: &Exhibit, language: Language) -> Vec<Step<'_>> {
    exhibit
        .points
        .iter()
        .map(|point| Step { label: language.text(&point.label), dot: dot(point, language) })
        .collect()
}

/// The words beside hatched ground.
fn weak_words(language: Language) -> &'static str {
    language.pair(words::grade(Grade::Unverified))
}
