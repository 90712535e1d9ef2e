//! What a terminal shows after a run: how the statements came out, and what would decide the rest.

use crate::html::offer_words;
use crate::words::{Family, family};
use crate::{Assessment, Language, names};
use anstyle::{AnsiColor, Style};
use std::fmt::Write as _;
use zhidian_ledger::contract::Outcome;
use zhidian_model::Severity;

/// The summary as plain text: a line an outcome that occurs, the needs as offers, problems counted. Ends in a line feed.
pub fn summary(assessment: &Assessment, language: Language) -> String {
    lines(assessment, language, |_, text| text.to_owned())
}

/// The same with ANSI colours; the words and signs say everything the colours say.
pub fn styled_summary(assessment: &Assessment, language: Language) -> String {
    lines(assessment, language, |style, text| format!("{style}{text}{style:#}"))
}

fn lines(assessment: &Assessment, language: Language, paint: impl Fn(Style, &str) -> String) -> String {
    let bold = Style::new().bold();
    let dim = Style::new().dimmed();
    let mut out = String::new();
    let (all, documents) = (assessment.answers.len(), assessment.documents.len());
    let head = language.of(
        format!("{documents} 份文件，{all} 条表述"),
        format!("{}, {}", counted(documents, "document"), counted(all, "statement")),
    );
    let _ = writeln!(out, "{}", paint(bold, &head));
    let counts = assessment.counts();
    let width = Outcome::ALL.iter().map(|outcome| columns(language.pair(outcome.words()))).max().unwrap_or(0);
    for outcome in Outcome::ALL {
        let count = counts.get(&outcome).copied().unwrap_or(0);
        if count == 0 {
            continue;
        }
        let word = language.pair(outcome.words());
        let gap = " ".repeat(width - columns(word));
        let _ = writeln!(
            out,
            "  {} {}{gap} {count:>4}",
            paint(colour(outcome), sign(outcome)),
            paint(colour(outcome), word)
        );
    }
    let overruled = assessment.answers.iter().filter(|answer| !answer.overrules.is_empty()).count();
    if overruled > 0 {
        let line = language.of(
            format!("  其中 {overruled} 条有人工改判（不计入以上）"),
            format!("  {} overruled by a person (not counted above)", counted(overruled, "statement")),
        );
        let _ = writeln!(out, "{}", paint(dim, &line));
    }
    if !assessment.needs.is_empty() {
        let _ =
            writeln!(out, "{}", paint(bold, language.of("补什么，能判定什么", "what would decide the rest")));
    }
    for need in &assessment.needs {
        let title = match language.text(&need.title) {
            "" => names::table(&need.table, language),
            title => title.to_owned(),
        };
        let _ = writeln!(
            out,
            "  {} {}",
            offer_words(need, &title, language),
            paint(dim, &format!("({})", need.table))
        );
    }
    if !assessment.problems.is_empty() {
        let lost = assessment.problems.iter().filter(|problem| problem.severity > Severity::Warning).count();
        let all = assessment.problems.len();
        let line = language.of(
            format!("数据有 {all} 处问题，其中 {lost} 处使行或表未用"),
            format!("{} with the data, {lost} of which cost a row or a table", counted(all, "problem")),
        );
        let _ = writeln!(out, "{}", paint(AnsiColor::Yellow.on_default(), &line));
    }
    out
}

fn counted(n: usize, thing: &str) -> String {
    format!("{n} {thing}{}", if n == 1 { "" } else { "s" })
}

/// A Han character takes two columns.
fn columns(text: &str) -> usize {
    text.chars().map(|c| if (c as u32) < 0x1100 { 1 } else { 2 }).sum()
}

fn sign(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Supported | Outcome::Met => "✓",
        Outcome::OnTrack => "▲",
        Outcome::Coherent => "=",
        Outcome::Contradicted | Outcome::Missed => "✗",
        Outcome::OffTrack => "▼",
        Outcome::Incoherent => "≠",
        Outcome::Disputed => "±",
        Outcome::Undecided => "?",
        Outcome::Bearing => "·",
    }
}

fn colour(outcome: Outcome) -> Style {
    match family(outcome) {
        Family::Agree => AnsiColor::Cyan.on_default(),
        Family::Against => AnsiColor::Red.on_default().bold(),
        Family::Open => AnsiColor::Yellow.on_default(),
        Family::Word => Style::new(),
    }
}
