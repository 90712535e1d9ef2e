//! A dot strip: one point a peer along the value. Where neighbours stand too close to tell apart, the whole range is
//! shown small and the neighbourhood of the subject enlarged below it.

use super::Dot;
use super::labels::{Area, Placer};
use super::scale::Linear;
use super::svg::{Anchor, Svg, advance, shorten};
use std::cmp::Ordering;

const EDGE: f64 = 16.0;
/// Neighbours nearer than this, in pixels, need the lens.
const CLOSE: f64 = 16.0;

/// `gap` is the distance to the rival among the dots, in words.
pub(super) fn draw(dots: &[Dot<'_>], gap: Option<&str>, width: f64, label: &str) -> String {
    let low = dots.iter().map(|dot| dot.value).fold(f64::INFINITY, f64::min);
    let high = dots.iter().map(|dot| dot.value).fold(f64::NEG_INFINITY, f64::max);
    let room = (high - low) * 0.03;
    let whole = Linear::new(low - room, high + room, EDGE, width - EDGE);
    let mut svg = Svg::default();
    let Some((low, high)) = lens(dots, &whole) else {
        let height = panel(&mut svg, dots, &whole, 0.0, &Rest { gap, width });
        return svg.finish(width, height, label);
    };
    let inset = Linear::new(low, high, EDGE + 4.0, width - EDGE - 4.0);
    let top = overview(&mut svg, dots, &whole, (low, high), width);
    let mut inner = Svg::default();
    let height = panel(&mut inner, dots, &inset, top, &Rest { gap, width });
    svg.rect("lens", (EDGE - 12.0, top), (width - 2.0 * EDGE + 24.0, height - top), 4.0);
    svg.append(inner);
    svg.finish(width, height, label)
}

/// The neighbourhood worth enlarging: the subject and the nearer half of its peers, if that is much less than the whole.
fn lens(dots: &[Dot<'_>], whole: &Linear) -> Option<(f64, f64)> {
    let own = dots.iter().find(|dot| dot.own)?;
    let mut others: Vec<f64> = dots.iter().filter(|dot| !dot.own).map(|dot| dot.value).collect();
    others.sort_by(|a, b| (a - own.value).abs().total_cmp(&(b - own.value).abs()));
    let nearest = others.iter().copied().find(|other| *other != own.value)?;
    if (whole.at(nearest) - whole.at(own.value)).abs() >= CLOSE || others.len() < 4 {
        return None;
    }
    let share = |low: f64, high: f64| (high - low) / (whole.high - whole.low);
    // as many near peers as a fair enlargement bears
    for count in (3..others.len()).rev() {
        let near = others.iter().take(count).copied().chain([own.value]);
        let (low, high) =
            near.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)));
        let room = (high - low) * 0.08;
        let (low, high) = (low - room, high + room);
        if high > low && share(low, high) <= 0.45 {
            return Some((low, high));
        }
    }
    None
}

/// The whole range, small, with what lies outside the lens named; returns where the lens begins.
fn overview(svg: &mut Svg, dots: &[Dot<'_>], scale: &Linear, lens: (f64, f64), width: f64) -> f64 {
    let base = 30.0;
    for (value, text) in scale.ticks(6) {
        svg.text("tk", (scale.at(value), 12.0), Anchor::Middle, &text);
        svg.line("ax", (scale.at(value), base - 5.0), (scale.at(value), base));
    }
    let top = base + 40.0;
    let (from, to) = (scale.at(lens.0), scale.at(lens.1));
    svg.polyline("lens", &[(from, base), (to, base), (width - EDGE + 12.0, top), (EDGE - 12.0, top)], true);
    svg.line("ax", (EDGE, base), (width - EDGE, base));
    let mut placer = Placer::new(-10.0, width + 10.0);
    for dot in dots.iter().filter(|dot| !dot.own).chain(dots.iter().filter(|dot| dot.own)) {
        svg.circle(class(dot), (scale.at(dot.value), base), if dot.own { 5.0 } else { 3.5 });
    }
    let outside = |dot: &&Dot<'_>| dot.value < lens.0 || dot.value > lens.1;
    for dot in dots.iter().filter(outside) {
        let text = shorten(&format!("{} {}", dot.label, dot.shown), 11.5, width * 0.4);
        let w = advance(&text, 11.5);
        let left = (scale.at(dot.value) - w / 2.0).clamp(2.0, (width - w - 2.0).max(2.0));
        if placer.first_free([((), vec![Area::new(left - 5.0, base + 7.0, w + 10.0, 15.0)])]).is_some() {
            svg.text("lb", (left, base + 20.0), Anchor::Start, &text);
        }
    }
    top
}

struct Rest<'a> {
    gap: Option<&'a str>,
    width: f64,
}

/// Dots, labels, the margin and the axis, from `top` downwards; returns where it ends.
fn panel(svg: &mut Svg, dots: &[Dot<'_>], scale: &Linear, top: f64, rest: &Rest<'_>) -> f64 {
    let shown: Vec<&Dot<'_>> = dots.iter().filter(|dot| scale.holds(dot.value)).collect();
    let radius = match shown.len() {
        0..=40 => 5.2,
        41..=120 => 3.6,
        _ => 2.6,
    };
    let mut placer = Placer::new(2.0, rest.width - 2.0);
    let places = swarm(&shown, scale, radius);
    for (dot, place) in shown.iter().zip(&places) {
        placer.take(Area::around(*place, if dot.own { radius + 3.0 } else { radius + 1.0 }));
    }
    let mut ink = Svg::default();
    let bracket = margin(&mut ink, &shown, &places, &mut placer, rest);
    let mut labels = Svg::default();
    name(&mut labels, &shown, &places, &mut placer, bracket, rest);
    let rise = -placer.top().min(-radius - 4.0) + 8.0;
    let fall = placer.bottom().max(radius + 6.0) + 8.0;
    let base = top + rise;

    if !shown.is_empty() && shown.iter().all(|dot| dot.weak) {
        svg.rect("hatch", (EDGE - 12.0, top), (rest.width - 2.0 * EDGE + 24.0, rise + fall), 4.0);
    }
    svg.line("ax", (EDGE - 8.0, base), (rest.width - EDGE + 8.0, base));
    svg.append(ink.lower(base));
    let mut marks = Svg::default();
    // the subject last, so that nothing lies over it
    for pass in [false, true] {
        for (dot, place) in shown.iter().zip(&places).filter(|(dot, _)| dot.own == pass) {
            marks.circle(class(dot), *place, if dot.own { radius + 2.0 } else { radius });
        }
    }
    svg.append(marks.lower(base));
    svg.append(labels.lower(base));
    let foot = base + fall;
    svg.line("gx", (EDGE - 8.0, foot), (rest.width - EDGE + 8.0, foot));
    let wished = if rest.width < 420.0 { 5 } else { 8 };
    let mut last = f64::NEG_INFINITY;
    for (value, text) in scale.ticks(wished) {
        let (x, half) = (scale.at(value), advance(&text, 11.0) / 2.0);
        svg.line("ax", (x, foot), (x, foot + 4.0));
        if x - half > last + 6.0 && x - half >= 0.0 && x + half <= rest.width {
            svg.text("tk", (x, foot + 16.0), Anchor::Middle, &text);
            last = x + half;
        }
    }
    foot + 22.0
}

/// Places of the dots, the axis at height 0: who would overlap a neighbour moves up.
fn swarm(dots: &[&Dot<'_>], scale: &Linear, radius: f64) -> Vec<(f64, f64)> {
    const HIGHEST: usize = 12;
    let mut order: Vec<usize> = (0..dots.len()).collect();
    order.sort_by(|a, b| {
        dots[*b].own.cmp(&dots[*a].own).then(dots[*a].value.total_cmp(&dots[*b].value)).then(a.cmp(b))
    });
    let mut places = vec![(0.0, 0.0); dots.len()];
    let mut set: Vec<(f64, f64, f64)> = Vec::new();
    for i in order {
        let x = scale.at(dots[i].value);
        let r = if dots[i].own { radius + 2.0 } else { radius };
        let level = |level: usize| -(f64::from(u32::try_from(level).unwrap_or(0)) * (radius * 2.0 + 2.0));
        let clear = |y: f64| set.iter().all(|(ox, oy, or)| (x - ox).hypot(y - oy) >= r + or + 0.8);
        let y = (0..HIGHEST).map(level).find(|y| clear(*y)).unwrap_or_else(|| level(HIGHEST));
        set.push((x, y, r));
        places[i] = (x, y);
    }
    places
}

/// The distance the decision had, between the subject and the peer it is measured to.
fn margin(
    svg: &mut Svg,
    dots: &[&Dot<'_>],
    places: &[(f64, f64)],
    placer: &mut Placer,
    rest: &Rest<'_>,
) -> Option<usize> {
    let text = rest.gap?;
    let own = dots.iter().position(|dot| dot.own)?;
    let to = dots.iter().position(|dot| dot.rival)?;
    let (a, b) = (places[own].0.min(places[to].0), places[own].0.max(places[to].0));
    if b - a < 3.0 {
        return Some(to);
    }
    let y = 16.0;
    svg.line("mg", (a, y), (b, y));
    svg.line("mg", (a, y - 4.0), (a, y + 4.0));
    svg.line("mg", (b, y - 4.0), (b, y + 4.0));
    let w = advance(text, 12.0);
    let x = (f64::midpoint(a, b)).clamp(w / 2.0 + 4.0, rest.width - w / 2.0 - 4.0);
    svg.text("lb mgt", (x, y + 18.0), Anchor::Middle, text);
    placer.take(Area::new(a - 2.0, y - 5.0, b - a + 4.0, 10.0));
    placer.take(Area::new(x - w / 2.0 - 4.0, y + 6.0, w + 8.0, 15.0));
    Some(to)
}

/// Names as many dots as there is room for: the subject first, then who the margin is to, neighbours, both ends.
fn name(
    svg: &mut Svg,
    dots: &[&Dot<'_>],
    places: &[(f64, f64)],
    placer: &mut Placer,
    bracket: Option<usize>,
    rest: &Rest<'_>,
) {
    let mut by_value: Vec<usize> = (0..dots.len()).collect();
    by_value.sort_by(|a, b| dots[*a].value.total_cmp(&dots[*b].value).then(a.cmp(b)));
    let own = by_value.iter().position(|i| dots[*i].own);
    let mut order: Vec<usize> = Vec::new();
    let mut push = |i: Option<&usize>| {
        if let Some(i) = i
            && !order.contains(i)
        {
            order.push(*i);
        }
    };
    push(own.and_then(|at| by_value.get(at)));
    push(bracket.as_ref());
    push(own.and_then(|at| by_value.get(at + 1)));
    push(own.and_then(|at| by_value.get(at.checked_sub(1)?)));
    push(by_value.first());
    push(by_value.last());
    for i in 0..dots.len() {
        push(Some(&i));
    }
    // a crowd is not named one by one
    order.truncate(if dots.len() > 40 { 9 } else { 24 });

    let ceiling = places.iter().map(|(_, y)| *y).fold(0.0, f64::min);
    for i in order {
        let dot = dots[i];
        let (x, y) = places[i];
        let size = if dot.own { 13.0 } else { 11.5 };
        let text = shorten(&format!("{} {}", dot.label, dot.shown), size, rest.width * 0.45);
        let w = advance(&text, size) + 2.0;
        // the subject leans away from who its margin is measured to, so that both have room
        let leaning = match bracket.map(|to| places[to].0.total_cmp(&x)).filter(|_| dot.own) {
            Some(Ordering::Less) => [Anchor::Start, Anchor::Middle, Anchor::End],
            Some(Ordering::Greater) => [Anchor::End, Anchor::Middle, Anchor::Start],
            _ => [Anchor::Middle, Anchor::Start, Anchor::End],
        };
        let mut candidates = Vec::new();
        for row in 0..4_u32 {
            let step = f64::from(row) * 17.0;
            for above in [true, false] {
                let bottom = if above { ceiling - 11.0 - step } else { 24.0 + step };
                let text_top = bottom - 13.0;
                for (anchor, left) in leaning.map(|anchor| match anchor {
                    Anchor::Middle => (anchor, x - w / 2.0),
                    Anchor::Start => (anchor, x - 4.0),
                    Anchor::End => (anchor, x - w + 4.0),
                }) {
                    let label = Area::new(left - 3.0, text_top, w + 6.0, 16.0);
                    let (from, to) = if above { (bottom + 3.0, y - 9.0) } else { (y + 9.0, text_top) };
                    let mut areas = vec![label];
                    if to > from {
                        areas.push(Area::new(x - 1.0, from, 2.0, to - from));
                    }
                    let at = match anchor {
                        Anchor::Middle => x,
                        Anchor::Start => left + 1.0,
                        Anchor::End => left + w - 1.0,
                    };
                    candidates.push((((at, bottom - 2.0), anchor, (x, from, to)), areas));
                }
            }
        }
        if let Some((at, anchor, (x, from, to))) = placer.first_free(candidates) {
            if to - from > 6.0 {
                svg.line("ld", (x, from), (x, to));
            }
            svg.text(if dot.own { "lb own" } else { "lb" }, at, anchor, &text);
        }
    }
}

fn class(dot: &Dot<'_>) -> &'static str {
    match (dot.own, dot.weak) {
        (true, false) => "pt own",
        (true, true) => "pt own weak",
        (false, false) => "pt",
        (false, true) => "pt weak",
    }
}
