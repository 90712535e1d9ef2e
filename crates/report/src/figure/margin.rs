//! How near a decision was: what was stated and what was found on one axis, and the distance between them.

use super::labels::{Area, Placer};
use super::scale::Linear;
use super::svg::{Anchor, Svg, advance};
use crate::Language;

/// Which values a statement allows beside the one it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// The value itself.
    At,
    /// It or more.
    Above,
    /// It or less.
    Below,
}

/// What is compared.
pub(crate) struct Compared<'a> {
    pub(crate) stated: f64,
    pub(crate) stated_text: &'a str,
    pub(crate) side: Side,
    pub(crate) found: (f64, f64),
    pub(crate) found_text: &'a str,
    pub(crate) distance: &'a str,
    /// Whether what was found is weak.
    pub(crate) weak: bool,
    /// Family of the outcome, as a class.
    pub(crate) family: &'a str,
}

/// Draws the comparison. None where a number is not finite.
pub(crate) fn margin(compared: &Compared<'_>, language: Language, width: u32, label: &str) -> Option<String> {
    let width = f64::from(width);
    let (low, high) = compared.found;
    let values = [compared.stated, low, high];
    if values.iter().any(|value| !value.is_finite()) {
        return None;
    }
    let least = values.iter().copied().fold(f64::INFINITY, f64::min);
    let most = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let room = ((most - least) * 0.45).max(most.abs() * 0.002);
    let scale = Linear::new(least - room, most + room, 20.0, width - 20.0);
    let base = 46.0;
    let mut svg = Svg::default();
    match compared.side {
        Side::At => {}
        Side::Above => svg.rect(
            "band",
            (scale.at(compared.stated), base - 9.0),
            (width - 20.0 - scale.at(compared.stated), 18.0),
            0.0,
        ),
        Side::Below => svg.rect("band", (20.0, base - 9.0), (scale.at(compared.stated) - 20.0, 18.0), 0.0),
    }
    svg.line("ax", (20.0, base), (width - 20.0, base));
    for (value, text) in scale.ticks(if width < 420.0 { 4 } else { 7 }) {
        svg.line("ax", (scale.at(value), base), (scale.at(value), base + 5.0));
        svg.text("tk", (scale.at(value), 104.0), Anchor::Middle, &text);
    }
    let stated = scale.at(compared.stated);
    let found = f64::midpoint(scale.at(low), scale.at(high));
    let mut placer = Placer::new(0.0, width);
    let ours = if compared.weak { "pt own weak" } else { "pt own" };
    svg.line("st", (stated, base - 14.0), (stated, base + 14.0));
    let half = ((scale.at(high) - scale.at(low)) / 2.0).max(6.0);
    svg.rect(ours, (found - half, base - 6.0), (half * 2.0, 12.0), 6.0);
    let said = format!("{} {}", language.of("原文", "stated"), compared.stated_text);
    let held = format!("{} {}", language.of("查得", "found"), compared.found_text);
    for (text, x, class) in [(&held, found, "lb own"), (&said, stated, "lb")] {
        let w = advance(text, 12.0);
        let left = |shift: f64| (x - w / 2.0 + shift).clamp(2.0, (width - w - 2.0).max(2.0));
        let rows = [(0.0, 0.0), (-w / 2.0, 0.0), (w / 2.0, 0.0), (0.0, -16.0)].map(|(shift, up)| {
            let at = left(shift);
            ((at, base - 20.0 + up), vec![Area::new(at - 4.0, base - 32.0 + up, w + 8.0, 15.0)])
        });
        if let Some(at) = placer.first_free(rows) {
            svg.text(class, at, Anchor::Start, text);
        }
    }
    let (from, to) = (stated.min(found), stated.max(found));
    if to - from > 8.0 {
        let y = base + 22.0;
        svg.line("mg", (from, y), (to, y));
        svg.line("mg", (from, y - 4.0), (from, y + 4.0));
        svg.line("mg", (to, y - 4.0), (to, y + 4.0));
        let text = language.of(format!("差 {}", compared.distance), format!("{} apart", compared.distance));
        let w = advance(&text, 12.0);
        let x = f64::midpoint(from, to).clamp(w / 2.0 + 2.0, (width - w / 2.0 - 2.0).max(w / 2.0 + 2.0));
        svg.text("lb mgt", (x, y + 17.0), Anchor::Middle, &text);
    }
    let mut whole = Svg::default();
    whole.append(svg);
    Some(format!(r#"<span class="{}">{}</span>"#, compared.family, whole.finish(width, 110.0, label)))
}
