//! Places through the years, the first place on top. A place that is an interval is a bar from best to worst.

use super::scale::{Linear, ticks};
use super::svg::{Anchor, Svg, advance, shorten};
use super::{Language, Step};

pub(super) fn draw(steps: &[Step<'_>], language: Language, width: f64, label: &str) -> String {
    let worst = steps
        .iter()
        .filter_map(|step| step.dot.as_ref())
        .map(|dot| dot.most.unwrap_or(dot.value).max(dot.value))
        .fold(5.0, f64::max)
        .min(1e6)
        .ceil();
    let weak_ground = steps.iter().any(|step| step.dot.as_ref().is_some_and(|dot| dot.weak));
    let left = advance(&format!("{worst:.0}"), 11.0).max(14.0) + 14.0;
    let top = if weak_ground { 34.0 } else { 18.0 };
    let bottom = top + (worst * 22.0).clamp(110.0, 230.0);
    let count = f64::from(u32::try_from(steps.len()).unwrap_or(u32::MAX)).max(1.0);
    let room = ((width - left - 8.0) / count).clamp(4.0, 76.0);
    let across = |i: usize| left + room * (f64::from(u32::try_from(i).unwrap_or(0)) + 0.5);
    let down = Linear::new(1.0, worst, top, bottom);
    let radius = (room / 2.0 - 1.5).clamp(3.0, 10.0);

    let mut svg = Svg::default();
    ground(&mut svg, steps, &across, room, (top - 16.0, bottom + 16.0), language);
    for place in places(worst) {
        svg.line(
            "gx",
            (left - 4.0, down.at(place)),
            (across(steps.len().saturating_sub(1)) + room / 2.0, down.at(place)),
        );
        svg.text("tk", (left - 10.0, down.at(place) + 4.0), Anchor::End, &format!("{place:.0}"));
    }
    years(&mut svg, steps, &across, bottom + 34.0, width);
    for run in runs(steps, |dot| (dot.value, dot.most)) {
        let points: Vec<(f64, f64)> = run
            .iter()
            .map(|(i, (best, most))| (across(*i), down.at(f64::midpoint(*best, most.unwrap_or(*best)))))
            .collect();
        svg.bumps("ln halo", &points);
        svg.bumps("ln own", &points);
    }
    for (i, step) in steps.iter().enumerate() {
        let Some(dot) = &step.dot else { continue };
        let (best, most) = (dot.value, dot.most.unwrap_or(dot.value).max(dot.value));
        let (x, from, to) = (across(i), down.at(best), down.at(most));
        let class = match (dot.own, dot.weak) {
            (true, false) => "pt own",
            (false, false) => "pt year",
            (_, true) => "pt own weak",
        };
        svg.rect(class, (x - radius, from - radius), (radius * 2.0, to - from + radius * 2.0), radius);
        let text = if most > best { format!("{best:.0}–{most:.0}") } else { format!("{best:.0}") };
        let ink = if dot.weak { "pn weak" } else { "pn" };
        if advance(&text, 11.0) <= radius * 2.0 - 2.0 {
            svg.text(ink, (x, f64::midpoint(from, to) + 4.0), Anchor::Middle, &text);
        } else if room >= advance(&text, 11.0) {
            svg.text("tk own", (x, from - radius - 4.0), Anchor::Middle, &text);
        }
    }
    svg.finish(width, bottom + 42.0, label)
}

/// The places an axis names: the first, round ones, the last.
fn places(worst: f64) -> Vec<f64> {
    let mut places = vec![1.0];
    for (place, _) in ticks(1.0, worst, 5) {
        if place.fract() == 0.0 && place > 1.0 + worst * 0.08 && place < worst - worst * 0.08 {
            places.push(place);
        }
    }
    places.push(worst);
    places
}

/// Hatched ground under runs of weak figures, named once.
fn ground(
    svg: &mut Svg,
    steps: &[Step<'_>],
    across: &impl Fn(usize) -> f64,
    room: f64,
    (top, bottom): (f64, f64),
    language: Language,
) {
    let weak = |i: usize| steps.get(i).is_some_and(|step| step.dot.as_ref().is_some_and(|dot| dot.weak));
    let mut named = false;
    let mut i = 0;
    while i < steps.len() {
        if !weak(i) {
            i += 1;
            continue;
        }
        let from = i;
        while weak(i) {
            i += 1;
        }
        let (left, right) = (across(from) - room / 2.0, across(i - 1) + room / 2.0);
        svg.rect("hatch", (left, top), (right - left, bottom - top), 2.0);
        if !named {
            svg.text(
                "tk",
                (left + 2.0, top - 5.0),
                Anchor::Start,
                language.of("斜纹：弱来源", "hatched: weak source"),
            );
            named = true;
        }
    }
}

/// Names the years, as many as there is room for; the last always.
pub(super) fn years(svg: &mut Svg, steps: &[Step<'_>], across: &impl Fn(usize) -> f64, y: f64, width: f64) {
    let widest = steps.iter().map(|step| advance(step.label, 11.5).min(90.0)).fold(0.0, f64::max) + 6.0;
    let gap = if steps.len() > 1 { across(1) - across(0) } else { width };
    let every = ((widest / gap.max(1.0)).ceil().max(1.0)) as usize;
    let last = steps.len().saturating_sub(1);
    for (i, step) in steps.iter().enumerate() {
        if (last - i).is_multiple_of(every) {
            let own = step.dot.as_ref().is_some_and(|dot| dot.own);
            let text = shorten(step.label, 11.5, 90.0);
            let half = advance(&text, 11.5) / 2.0;
            let x = across(i).clamp(half, (width - half).max(half));
            svg.text(if own { "tk now" } else { "tk" }, (x, y), Anchor::Middle, &text);
        }
    }
}

/// Runs of steps that hold a figure, each with its place.
pub(super) fn runs<'a, T>(steps: &'a [Step<'a>], of: impl Fn(&super::Dot<'a>) -> T) -> Vec<Vec<(usize, T)>> {
    let mut runs = Vec::new();
    let mut run = Vec::new();
    for (i, step) in steps.iter().enumerate() {
        match &step.dot {
            Some(dot) => run.push((i, of(dot))),
            None if !run.is_empty() => runs.push(std::mem::take(&mut run)),
            None => {}
        }
    }
    if !run.is_empty() {
        runs.push(run);
    }
    runs
}
