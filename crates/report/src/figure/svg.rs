//! A drawing under construction. Numbers are printed with one decimal, so that the same figure gives the same bytes.

use std::fmt::Write as _;

/// Which end of a text stands at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// A drawing of a fixed width; its height is known when it is finished.
#[derive(Default)]
pub(super) struct Svg {
    body: String,
}

impl Svg {
    pub(super) fn line(&mut self, class: &str, from: (f64, f64), to: (f64, f64)) {
        let _ = write!(
            self.body,
            r#"<line class="{class}" x1="{}" y1="{}" x2="{}" y2="{}"/>"#,
            n(from.0),
            n(from.1),
            n(to.0),
            n(to.1)
        );
    }

    pub(super) fn circle(&mut self, class: &str, at: (f64, f64), radius: f64) {
        let _ = write!(
            self.body,
            r#"<circle class="{class}" cx="{}" cy="{}" r="{}"/>"#,
            n(at.0),
            n(at.1),
            n(radius)
        );
    }

    pub(super) fn rect(&mut self, class: &str, at: (f64, f64), size: (f64, f64), round: f64) {
        let (w, h) = (size.0.max(0.0), size.1.max(0.0));
        let _ = write!(
            self.body,
            r#"<rect class="{class}" x="{}" y="{}" width="{}" height="{}" rx="{}"/>"#,
            n(at.0),
            n(at.1),
            n(w),
            n(h),
            n(round)
        );
    }

    /// A closed or open figure; `points` are joined by straight lines.
    pub(super) fn polyline(&mut self, class: &str, points: &[(f64, f64)], closed: bool) {
        let mut path = String::new();
        for (i, point) in points.iter().enumerate() {
            let _ = write!(path, "{}{} {}", if i == 0 { 'M' } else { 'L' }, n(point.0), n(point.1));
        }
        if closed {
            path.push('Z');
        }
        let _ = write!(self.body, r#"<path class="{class}" d="{path}"/>"#);
    }

    /// A line through points with level tangents, as in a bump chart.
    pub(super) fn bumps(&mut self, class: &str, points: &[(f64, f64)]) {
        let mut path = String::new();
        for (i, (x, y)) in points.iter().enumerate() {
            match i.checked_sub(1).and_then(|before| points.get(before)) {
                None => {
                    let _ = write!(path, "M{} {}", n(*x), n(*y));
                }
                Some((px, py)) => {
                    let half = f64::midpoint(*px, *x);
                    let _ = write!(path, "C{} {} {} {} {} {}", n(half), n(*py), n(half), n(*y), n(*x), n(*y));
                }
            }
        }
        let _ = write!(self.body, r#"<path class="{class}" d="{path}"/>"#);
    }

    pub(super) fn text(&mut self, class: &str, at: (f64, f64), anchor: Anchor, text: &str) {
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let _ = write!(
            self.body,
            r#"<text class="{class}" x="{}" y="{}" text-anchor="{anchor}">{}</text>"#,
            n(at.0),
            n(at.1),
            escape(text)
        );
    }

    /// Everything drawn so far moved down, as a group.
    pub(super) fn lower(self, by: f64) -> Self {
        Self { body: format!(r#"<g transform="translate(0 {})">{}</g>"#, n(by), self.body) }
    }

    pub(super) fn append(&mut self, other: Self) {
        self.body.push_str(&other.body);
    }

    /// The finished drawing.
    pub(super) fn finish(self, width: f64, height: f64, label: &str) -> String {
        format!(
            r#"<svg class="fig" role="img" aria-label="{}" width="{w}" height="{h}" viewBox="0 0 {w} {h}">{}</svg>"#,
            escape(label),
            self.body,
            w = n(width),
            h = n(height.max(1.0)),
        )
    }
}

/// A coordinate with at most one decimal; never NaN, never infinite, never `-0`.
fn n(value: f64) -> String {
    let value = if value.is_finite() { value.clamp(-1e5, 1e5) } else { 0.0 };
    let text = format!("{value:.1}");
    let text = text.strip_suffix(".0").unwrap_or(&text);
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// Text for an element or a quoted attribute. Control characters have no place in a drawing.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// About how wide a text is set, in pixels: a Han character is as wide as the type is high.
pub(super) fn advance(text: &str, size: f64) -> f64 {
    let em: f64 = text
        .chars()
        .map(|c| match c {
            ' ' | '.' | ',' | '\'' | 'i' | 'j' | 'l' | 'I' | '|' | '!' | ':' | ';' => 0.3,
            'm' | 'w' | 'M' | 'W' | '%' | '—' => 0.9,
            c if c.is_ascii_uppercase() => 0.68,
            c if (c as u32) < 0x1100 => 0.58,
            '–' | '−' | '’' | '“' | '”' => 0.6,
            _ => 1.0,
        })
        .sum();
    em * size
}

/// A text cut to a width, with an ellipsis.
pub(super) fn shorten(text: &str, size: f64, width: f64) -> String {
    if advance(text, size) <= width {
        return text.to_owned();
    }
    let mut out = String::new();
    for c in text.chars() {
        out.push(c);
        if advance(&out, size) + size > width {
            break;
        }
    }
    out.push('…');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_always_numbers() {
        assert_eq!([n(f64::NAN), n(-0.01), n(12.34), n(7.0), n(f64::INFINITY)], ["0", "0", "12.3", "7", "0"]);
    }

    #[test]
    fn long_names_are_cut() {
        let cut = shorten(&"长".repeat(200), 12.0, 100.0);
        assert!(cut.ends_with('…') && advance(&cut, 12.0) <= 112.0);
        assert_eq!(shorten("短", 12.0, 100.0), "短");
    }

    #[test]
    fn words_in_a_drawing_are_escaped() {
        let mut svg = Svg::default();
        svg.text("lb", (0.0, 0.0), Anchor::Start, "<script>\"&\u{0}");
        let out = svg.finish(10.0, 10.0, "\"><b>");
        assert!(!out.contains("<script>") && !out.contains("<b>") && !out.contains('\u{0}'));
    }
}
