//! Lines for people.

/// Rows under a head, columns as wide as they need to be; figures to the right.
pub(super) fn table(head: &[&str], rows: &[Vec<String>]) -> String {
    let width = |text: &str| text.chars().map(|c| if (c as u32) < 0x1100 { 1 } else { 2 }).sum::<usize>();
    let mut widths: Vec<usize> = head.iter().map(|text| width(text)).collect();
    for row in rows {
        for (most, cell) in widths.iter_mut().zip(row) {
            *most = (*most).max(width(cell));
        }
    }
    let figure = |text: &str| text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-' | '%'));
    let line = |cells: Vec<&str>| {
        let mut line = String::new();
        for (cell, most) in cells.iter().zip(&widths) {
            let gap = " ".repeat(most - width(cell).min(*most));
            match figure(cell) {
                true => line += &format!("{gap}{cell}  "),
                false => line += &format!("{cell}{gap}  "),
            }
        }
        line.trim_end().to_owned() + "\n"
    };
    let mut out = line(head.to_vec());
    for row in rows {
        out += &line(row.iter().map(String::as_str).collect());
    }
    out
}

/// Seconds as the largest unit that fits: `3.2 d`, `45 min`.
pub(super) fn span(seconds: f64) -> String {
    let (value, unit) = match seconds.abs() {
        s if s >= 86_400.0 => (seconds / 86_400.0, "d"),
        s if s >= 3600.0 => (seconds / 3600.0, "h"),
        s if s >= 60.0 => (seconds / 60.0, "min"),
        _ => (seconds, "s"),
    };
    format!("{value:.1} {unit}")
}
