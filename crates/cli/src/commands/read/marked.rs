//! The text as a page of its own, its statements marked.

use super::{name, value};
use std::fmt::Write;
use zhidian_claims::{Reading, Statement};

const STYLE: &str = "body{max-width:42em;margin:2em auto;padding:0 1em;font:17px/1.9 serif;color:#222}\
mark{background:#fff3c4;border-bottom:2px solid #c90;cursor:help}mark.soft{background:#eef4ff;border-color:#68a}\
p{margin:.6em 0}footer{color:#666;font-size:14px;margin-top:2em}\
@media(prefers-color-scheme:dark){body{background:#181818;color:#ddd}mark{background:#4a3c10;color:#eee}\
mark.soft{background:#1f2c40;color:#eee}}";

/// One HTML page without anything from elsewhere. A statement inside another is marked within it.
pub(super) fn page(reading: &Reading, title: &str) -> String {
    let chars: Vec<char> = reading.normalised.chars().collect();
    let mut opens: Vec<&Statement> = reading.statements.iter().collect();
    opens.sort_by_key(|s| (s.span[0], std::cmp::Reverse(s.span[1])));
    let mut out = format!(
        "<!doctype html>\n<html lang=\"{}\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>{}</title><style>{STYLE}</style>\n<main>\n<p>",
        if reading.language == zhidian_claims::Language::Zh { "zh-CN" } else { "en" },
        escaped(title)
    );
    let mut open: Vec<usize> = Vec::new();
    let mut next = 0;
    for (at, c) in chars.iter().enumerate() {
        while open.last().is_some_and(|end| *end <= at) {
            open.pop();
            out.push_str("</mark>");
        }
        while let Some(statement) = opens.get(next).filter(|s| s.span[0] <= at) {
            next += 1;
            // What reaches past the one around it ends there: marks nest.
            let end = statement.span[1].min(open.last().copied().unwrap_or(usize::MAX));
            if end > at {
                let soft = if statement.kind.hard() { "" } else { " class=\"soft\"" };
                let _ = write!(
                    out,
                    "<mark id=\"{}\"{soft} title=\"{}\">",
                    escaped(&statement.id),
                    escaped(&said(statement))
                );
                open.push(end);
            }
        }
        if *c == '\n' {
            for _ in open.drain(..) {
                out.push_str("</mark>");
            }
            out.push_str("</p>\n<p>");
        } else {
            out.push_str(&escaped(&c.to_string()));
        }
    }
    for _ in open {
        out.push_str("</mark>");
    }
    let _ = write!(
        out,
        "</p>\n</main>\n<footer>{} · {}</footer>\n</html>\n",
        escaped(title),
        reading.statements.len()
    );
    out
}

/// `growth · fact · GDP.growth · 5.6% · 2025`
fn said(statement: &Statement) -> String {
    let indicator = statement.indicator.as_ref().map(|i| i.canon.clone().unwrap_or_else(|| i.text.clone()));
    let period = statement.period.as_ref().and_then(|p| p.norm.clone());
    let figure = Some(value(statement)).filter(|v| v != "·");
    let words = [Some(name(&statement.kind)), Some(name(&statement.modality)), indicator, figure, period];
    words.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn escaped(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
