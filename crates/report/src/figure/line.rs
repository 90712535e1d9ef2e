//! One value a year.

use super::Step;
use super::bump::{runs, years};
use super::labels::{Area, Placer};
use super::scale::Linear;
use super::svg::{Anchor, Svg, advance, shorten};

pub(super) fn draw(steps: &[Step<'_>], width: f64, label: &str) -> String {
    let values: Vec<f64> = steps.iter().filter_map(|step| Some(step.dot.as_ref()?.value)).collect();
    let low = values.iter().copied().fold(f64::INFINITY, f64::min);
    let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    // a level that is far from zero is not squeezed against it, one that is near keeps it in sight
    let low = if low > 0.0 && low < high * 0.5 { 0.0 } else { low };
    let room = (high - low) * 0.12;
    let floor = if low == 0.0 { 0.0 } else { low - room };
    let (top, bottom) = (22.0, 178.0);
    let down = Linear::new(floor, high + room, bottom, top);
    let ticks = down.ticks(5);
    let left =
        ticks.iter().map(|(_, text)| advance(text, 11.0)).fold(12.0, f64::max).min(width * 0.25) + 12.0;
    let count = f64::from(u32::try_from(steps.len()).unwrap_or(u32::MAX)).max(1.0);
    let step = (width - left - 10.0) / count;
    let across = |i: usize| left + step * (f64::from(u32::try_from(i).unwrap_or(0)) + 0.5);

    let mut svg = Svg::default();
    for (value, text) in &ticks {
        let y = down.at(*value);
        svg.line("gx", (left, y), (width - 6.0, y));
        svg.text("tk", (left - 6.0, y + 4.0), Anchor::End, &shorten(text, 11.0, width * 0.25));
    }
    years(&mut svg, steps, &across, bottom + 20.0, width);
    let mut placer = Placer::new(left - 4.0, width);
    for run in runs(steps, |dot| dot.value) {
        let points: Vec<(f64, f64)> = run.iter().map(|(i, value)| (across(*i), down.at(*value))).collect();
        svg.polyline("ln own", &points, false);
        for pair in points.windows(2) {
            cover(&mut placer, pair[0], pair[1]);
        }
    }
    for (i, step) in steps.iter().enumerate() {
        let Some(dot) = &step.dot else { continue };
        let at = (across(i), down.at(dot.value));
        let class = match (dot.own, dot.weak) {
            (_, true) => "pt own weak",
            (true, false) => "pt own",
            (false, false) => "pt year",
        };
        svg.circle(class, at, if dot.own { 5.5 } else { 4.0 });
        placer.take(Area::around(at, 6.0));
    }
    name(&mut svg, steps, &across, &down, &mut placer);
    svg.finish(width, bottom + 28.0, label)
}

/// Labels keep off the line itself: it is covered by small boxes.
fn cover(placer: &mut Placer, a: (f64, f64), b: (f64, f64)) {
    let parts = ((b.0 - a.0).abs().max((b.1 - a.1).abs()) / 6.0).clamp(1.0, 60.0).ceil();
    let mut i = 1.0;
    while i < parts {
        let share = i / parts;
        placer.take(Area::around((a.0 + (b.0 - a.0) * share, a.1 + (b.1 - a.1) * share), 1.5));
        i += 1.0;
    }
}

/// Prints figures at their points: the subject's own year, both ends, the rest as there is room.
fn name(
    svg: &mut Svg,
    steps: &[Step<'_>],
    across: &impl Fn(usize) -> f64,
    down: &Linear,
    placer: &mut Placer,
) {
    let held: Vec<usize> = (0..steps.len()).filter(|i| steps[*i].dot.is_some()).collect();
    let mut order: Vec<usize> =
        held.iter().copied().filter(|i| steps[*i].dot.as_ref().is_some_and(|dot| dot.own)).collect();
    order.extend(held.last());
    order.extend(held.first());
    order.extend(&held);
    let mut done = Vec::new();
    for i in order {
        let Some(dot) = steps[i].dot.as_ref().filter(|_| !done.contains(&i)) else { continue };
        done.push(i);
        let text = shorten(dot.shown, 11.5, 110.0);
        let w = advance(&text, 11.5);
        let (x, y) = (across(i), down.at(dot.value));
        let place = |dx: f64, dy: f64| {
            let area = Area::new(x + dx - w / 2.0 - 2.0, y + dy - 11.0, w + 4.0, 14.0);
            ((x + dx, y + dy), vec![area])
        };
        let side = w / 2.0 + 10.0;
        let candidates =
            [place(0.0, -10.0), place(0.0, 20.0), place(-side, 4.0), place(side, 4.0), place(0.0, -22.0)];
        if let Some(at) = placer.first_free(candidates) {
            svg.text(if dot.own { "lb own" } else { "lb" }, at, Anchor::Middle, &text);
        }
    }
}
