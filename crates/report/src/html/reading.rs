//! The document as text to read, with the marks of its statements in it.
//!
//! Statements may share a span, lie within one another or cross. The text is cut wherever one begins or ends; each piece
//! is wrapped once for every span that covers it, the shortest innermost, and each span has a level of its own so that
//! underlines of overlapping statements run side by side. A statement's mark stands where the statement ends.

use super::Report;
use super::marks::{classes, mark, word};
use crate::index::Entry;
use crate::words::{self, Family};
use maud::{Markup, html};
use std::collections::BTreeMap;

/// Statements that stand at one span.
struct Group<'r, 'a> {
    from: usize,
    to: usize,
    level: usize,
    entries: Vec<&'r Entry<'a>>,
}

/// Line of text, in code points.
struct Block {
    from: usize,
    to: usize,
}

impl Report<'_> {
    /// The text of a document with its marks, and after it the statements that have no place in it.
    pub(super) fn reading(&self, document: &str, members: &[usize]) -> Markup {
        let entries: Vec<&Entry<'_>> = members.iter().map(|place| &self.index.entries[*place]).collect();
        let chars: Vec<char> =
            self.words(document).map(|text| text.normalised.chars().collect()).unwrap_or_default();
        let (placed, loose): (Vec<&Entry<'_>>, Vec<&Entry<'_>>) =
            entries.iter().copied().partition(|entry| span(entry, &chars).is_some());
        let groups = group(&placed, &chars);
        let mut blocks = blocks(&chars);
        if blocks.first().is_some_and(|block| self.is_title(block, document, &chars, &groups)) {
            blocks.remove(0);
        }
        html! {
            @for block in &blocks { (self.block(block, &chars, &groups)) }
            @if !loose.is_empty() {
                div class="loose" {
                    p class="lab" { (self.say("没有在正文中定位的表述", "statements without a place in the text")) }
                    ul { @for entry in loose { li {
                        a class={ "st l0 " (classes(entry.answer.outcome)) } href={ "#a-" (entry.anchor) } tabindex="-1" {
                            bdi { (entry.statement.text()) }
                        }
                        (self.inline(entry))
                    } } }
                }
            }
        }
    }

    /// Whether a line only repeats the title; one that states something is kept, so that its mark has a place.
    fn is_title(&self, block: &Block, document: &str, chars: &[char], groups: &[Group<'_, '_>]) -> bool {
        let line: String = chars[block.from..block.to].iter().collect();
        line.trim_start_matches('#').trim() == self.title(document)
            && !groups.iter().any(|group| group.meets(block))
    }

    fn block(&self, block: &Block, chars: &[char], groups: &[Group<'_, '_>]) -> Markup {
        let signs = chars[block.from..block.to].iter().take_while(|c| **c == '#').count();
        let blanks = chars[block.from + signs..block.to].iter().take_while(|c| c.is_whitespace()).count();
        let hashes = if signs > 0 { signs + blanks } else { 0 };
        let hidden = |group: &Group<'_, '_>| group.meets(block) && group.to <= block.from + hashes;
        let from = if groups.iter().any(hidden) { block.from } else { block.from + hashes };
        let heading = hashes > 0 || is_heading(&chars[block.from..block.to], block, groups);
        let pieces = self.pieces(from, block.to, chars, groups);
        let starting: Vec<&Entry<'_>> = groups
            .iter()
            .filter(|group| (block.from..block.to).contains(&group.from))
            .flat_map(|group| group.entries.iter().copied())
            .collect();
        html! {
            div class="ln" {
                div class="gut" aria-hidden="true" { (self.gutter(&starting)) }
                @if heading { h3 dir="auto" { (pieces) } } @else { p dir="auto" { (pieces) } }
            }
        }
    }

    fn pieces(&self, from: usize, to: usize, chars: &[char], groups: &[Group<'_, '_>]) -> Markup {
        let mut cuts = vec![from, to];
        for group in groups.iter().filter(|group| group.from < to && group.to > from) {
            cuts.extend([group.from.clamp(from, to), group.to.clamp(from, to)]);
        }
        cuts.sort_unstable();
        cuts.dedup();
        html! {
            @for pair in cuts.windows(2) {
                @let (a, b) = (pair[0], pair[1]);
                @let text = &chars[a..b];
                @let over = covering(groups, a, b);
                @let ending: Vec<&Group<'_, '_>> = over.iter().copied().filter(|group| group.to == b).collect();
                @if ending.is_empty() {
                    (wrapped(&over, text))
                } @else {
                    @let tail = tail(text);
                    (wrapped(&over, &text[..text.len() - tail]))
                    span class="nb" {
                        (wrapped(&over, &text[text.len() - tail..]))
                        @for group in ending { @for entry in &group.entries { (self.inline(entry)) } }
                    }
                }
            }
        }
    }

    /// The mark of a statement where it ends; the one place a keyboard stops at.
    fn inline(&self, entry: &Entry<'_>) -> Markup {
        let outcome = entry.answer.outcome;
        let word = word(outcome, self.language);
        let number = entry.number;
        let label = match self.language {
            crate::Language::Zh => format!("第 {number} 条：{word}"),
            crate::Language::En => format!("statement {number}: {word}"),
        };
        html! {
            a class={ "im " (classes(outcome)) } id={ "s-" (entry.anchor) } href={ "#a-" (entry.anchor) } aria-label=(label) {
                (mark(outcome, Some(&entry.statement)))
                span class="w" { (word) }
                span class="n" { (number) }
            }
        }
    }

    /// Number, word and shapes beside a paragraph; neighbours of one outcome share the word.
    fn gutter(&self, entries: &[&Entry<'_>]) -> Markup {
        let wide = self.language.of(3, 2);
        let mut rows: Vec<Vec<&Entry<'_>>> = Vec::new();
        for entry in entries {
            match rows.last_mut() {
                Some(row) if row[0].answer.outcome == entry.answer.outcome && row.len() < wide => {
                    row.push(entry);
                }
                _ => rows.push(vec![entry]),
            }
        }
        html! {
            @for row in rows {
                @let outcome = row[0].answer.outcome;
                @let (first, last) = (row[0].number, row[row.len() - 1].number);
                span class={ "gm " (classes(outcome)) } {
                    span class="n" { (first) @if last > first { "–" (last) } }
                    span class="wd" { (word(outcome, self.language)) }
                    span class="ms" { @for entry in &row {
                        a href={ "#a-" (entry.anchor) } tabindex="-1" { (mark(outcome, Some(&entry.statement))) }
                    } }
                }
            }
        }
    }
}

impl Group<'_, '_> {
    fn meets(&self, block: &Block) -> bool {
        self.from < block.to && self.to > block.from
    }
}

/// Where a statement stands in the text, blanks at its ends left out; none if that is no place in it.
fn span(entry: &Entry<'_>, chars: &[char]) -> Option<(usize, usize)> {
    let (from, to) = entry.statement.span()?;
    let words = chars.get(from..to)?;
    let before = words.iter().take_while(|c| c.is_whitespace()).count();
    let after = words.iter().rev().take_while(|c| c.is_whitespace()).count();
    (before < words.len()).then_some((from + before, to - after))
}

/// The groups that cover a piece, innermost first.
fn covering<'g, 'r, 'a>(groups: &'g [Group<'r, 'a>], from: usize, to: usize) -> Vec<&'g Group<'r, 'a>> {
    let mut over: Vec<_> = groups.iter().filter(|group| group.from <= from && group.to >= to).collect();
    over.sort_by_key(|group| group.level);
    over
}

/// One group a span, in the order of the text, with levels such that overlapping groups differ and the inner is lower.
fn group<'r, 'a>(entries: &[&'r Entry<'a>], chars: &[char]) -> Vec<Group<'r, 'a>> {
    let mut by_span: BTreeMap<(usize, usize), Vec<&'r Entry<'a>>> = BTreeMap::new();
    for entry in entries {
        if let Some(span) = span(entry, chars) {
            by_span.entry(span).or_default().push(entry);
        }
    }
    let mut groups: Vec<Group<'r, 'a>> =
        by_span.into_iter().map(|((from, to), entries)| Group { from, to, level: 0, entries }).collect();
    let mut order: Vec<usize> = (0..groups.len()).collect();
    order.sort_by_key(|i| (groups[*i].to - groups[*i].from, groups[*i].from));
    for (done, i) in order.iter().enumerate() {
        let taken: Vec<usize> = order[..done]
            .iter()
            .map(|j| &groups[*j])
            .filter(|other| other.from < groups[*i].to && groups[*i].from < other.to)
            .map(|other| other.level)
            .collect();
        groups[*i].level = (0..).find(|level| !taken.contains(level)).unwrap_or(0);
    }
    groups
}

fn blocks(chars: &[char]) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut from = 0;
    for (i, c) in chars.iter().enumerate().chain([(chars.len(), &'\n')]) {
        if *c == '\n' {
            if chars[from..i].iter().any(|c| !c.is_whitespace()) {
                blocks.push(Block { from, to: i });
            }
            from = i + 1;
        }
    }
    blocks
}

/// A short line without an end and without a statement is a heading.
fn is_heading(line: &[char], block: &Block, groups: &[Group<'_, '_>]) -> bool {
    let closed = line.last().is_some_and(|c| "。！？；：，、.!?;:,”）)…".contains(*c));
    let stated = groups.iter().any(|group| group.meets(block));
    line.len() <= 24 && !closed && !stated
}

/// How many characters keep together with the mark that follows: two Han characters, or the last word.
fn tail(text: &[char]) -> usize {
    let last_word = text.iter().rev().take_while(|c| !c.is_whitespace() && c.is_ascii()).count();
    match last_word {
        0 => text.len().min(2),
        n if n <= 16 => n,
        _ => text.len().min(2),
    }
}

/// A piece of text within all the spans that cover it.
fn wrapped(over: &[&Group<'_, '_>], text: &[char]) -> Markup {
    if text.is_empty() {
        return html! {};
    }
    let text: String = text.iter().map(|c| if c.is_control() { '\u{fffd}' } else { *c }).collect();
    let mut out = html! { (text) };
    for (depth, group) in over.iter().enumerate() {
        let mut classes = format!("st l{} {}", group.level.min(3), pressing(group).class());
        for entry in &group.entries {
            classes.push_str(" o-");
            classes.push_str(words::outcome_name(entry.answer.outcome));
        }
        out = if depth == 0 {
            html! { a class=(classes) href={ "#a-" (group.entries[0].anchor) } tabindex="-1" { (out) } }
        } else {
            html! { span class=(classes) { (out) } }
        };
    }
    out
}

/// The family a shared span is underlined in: what is against it before what is open before what agrees.
fn pressing(group: &Group<'_, '_>) -> Family {
    let families: Vec<Family> =
        group.entries.iter().map(|entry| words::family(entry.answer.outcome)).collect();
    [Family::Against, Family::Open, Family::Agree]
        .into_iter()
        .find(|family| families.contains(family))
        .unwrap_or(Family::Word)
}
