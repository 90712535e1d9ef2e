//! Layout repair: a raw text whose lines may break in mid-sentence becomes blocks of running text, with an exact map
//! from every code point back to the raw file.
//!
//! # Method
//! Blank lines go, outer blanks of a line go. A line of body text (25 code points or more, or itself a continuation)
//! that does not end in closing punctuation is continued by the next line, which is appended without a separator; where
//! both sides of the joint are Latin letters or digits a single blank of the raw text stands between them. Otherwise the
//! next line starts a new block. Page furniture stays a block of its own. Nothing else changes: no folding of widths, no
//! conversion between scripts.

use crate::text::{OffsetMap, Span};

/// A line this long that does not end a sentence is taken to go on in the next.
const BODY: usize = 25;
/// What ends a block of body text.
const CLOSING: &[char] = &['。', '！', '？', '；', '：', '…', '”', '）', ')', '.', '!', '?', ';', ':', '"'];
/// Furniture of a page that belongs to no article.
const CHROME: &[&str] = &[
    "相关报道",
    "相关链接",
    "相关阅读",
    "请扫描二维码",
    "扫描二维码",
    "扫一扫",
    "延伸阅读",
    "责任编辑",
    "分享到",
    "Related",
    "Read more",
    "Scan the QR code",
];

/// A text whose lines are whole again.
#[derive(Clone, Debug)]
pub(crate) struct Layout {
    pub(crate) text: String,
    pub(crate) map: OffsetMap,
    /// The blocks, in order; they are separated by one line feed each.
    pub(crate) blocks: Vec<Span>,
}

/// Repairs the layout of `raw`.
pub(crate) fn repair(raw: &str) -> Layout {
    let mut layout =
        Layout { text: String::with_capacity(raw.len()), map: OffsetMap::default(), blocks: Vec::new() };
    let mut open: Option<(usize, bool)> = None; // where the block in hand began, and whether the next line continues it
    let mut point = 0;
    let mut blank_before = false;
    for line in raw.split('\n') {
        let length = line.chars().count();
        // A paragraph separator says that the paragraph ends here, whatever its last character.
        let ends = line.trim_end_matches(['\r', ' ']).ends_with('\u{2029}');
        let trimmed_start = line.trim_start_matches(blank);
        let first = point + (length - trimmed_start.chars().count());
        let content = trimmed_start.trim_end_matches(blank);
        point += length + 1;
        if content.is_empty() {
            blank_before = true;
            continue;
        }
        let chrome = is_chrome(content);
        let apart =
            std::mem::take(&mut blank_before) && begins_paragraph(&layout.text, content) || is_row(content);
        let continued = open.is_some_and(|(_, goes_on)| goes_on) && !chrome && !apart;
        if !continued {
            close(&mut layout, open.take());
            if !layout.text.is_empty() {
                layout.map.push(layout.text.len(), first.saturating_sub(1));
                layout.text.push('\n');
            }
        } else if joins_words(&layout.text, content) {
            layout.map.push(layout.text.len(), first.saturating_sub(1));
            layout.text.push(' ');
        }
        let start = match open {
            Some((start, _)) if continued => start,
            _ => layout.text.len(),
        };
        let mut count = 0;
        for (offset, c) in content.chars().enumerate() {
            layout.map.push(layout.text.len(), first + offset);
            layout.text.push(c);
            count = offset + 1;
        }
        let body = continued || (count >= BODY && !chrome);
        let goes_on = body && !ends && !content.ends_with(CLOSING) && !is_heading(content);
        open = Some((start, goes_on));
    }
    close(&mut layout, open.take());
    layout.map.finish(layout.text.len());
    layout
}

/// Whether a block is page furniture.
pub(crate) fn is_chrome(block: &str) -> bool {
    block.chars().count() <= 16 && CHROME.iter().any(|mark| block.starts_with(mark))
}

fn close(layout: &mut Layout, open: Option<(usize, bool)>) {
    if let Some((start, _)) = open {
        layout.blocks.push(Span::new(start, layout.text.len()));
    }
}

fn blank(c: char) -> bool {
    (c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}') && c != '\n'
}

/// A heading of Markdown or the row of a table never continues.
fn is_heading(line: &str) -> bool {
    line.starts_with('#') || is_row(line) || is_title(line)
}

/// A title in Latin letters: all its longer words begin with capitals, and nothing ends it.
fn is_title(line: &str) -> bool {
    let mut long = line.split_whitespace().filter(|w| w.len() > 3).peekable();
    line.is_ascii()
        && line.len() <= 90
        && long.peek().is_some()
        && long.all(|w| !w.starts_with(|c: char| c.is_ascii_lowercase()))
        && !line.contains(|c: char| c.is_ascii_digit() || matches!(c, '%' | ';'))
        && line.ends_with(|c: char| c.is_ascii_alphanumeric())
        && line.split_whitespace().count() > 1
}

/// The row of a table: cells between bars, or two tabs and more.
fn is_row(line: &str) -> bool {
    line.starts_with('|') && line.ends_with('|') && line.len() > 2 || line.matches('\t').count() > 1
}

/// Whether a line behind a blank one opens a paragraph: Latin words with a capital behind Latin words, an English title
/// and what follows it.
fn begins_paragraph(before: &str, line: &str) -> bool {
    let capital =
        line.trim_start_matches(['"', '“', '\'', '‘']).starts_with(|c: char| c.is_ascii_uppercase());
    capital && before.ends_with(|c: char| c.is_ascii_alphanumeric())
}

fn joins_words(before: &str, after: &str) -> bool {
    let word = |c: char| c.is_ascii_alphanumeric() || matches!(c, ',' | '%' | '\'');
    before.chars().next_back().is_some_and(word)
        && after.chars().next().is_some_and(|c| c.is_ascii_alphanumeric() || c == '(')
        && before.len() > 1
        && latin(before)
}

/// Whether the last stretch of a text is set in Latin script, so that a line end there stands for a blank.
fn latin(text: &str) -> bool {
    let tail: Vec<char> = text.chars().rev().take(12).collect();
    tail.iter().filter(|c| c.is_ascii()).count() * 2 > tail.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_broken_in_mid_sentence_is_joined() {
        let raw = "短标题\n\n  去年全市完成固定资产投资一千二百余亿元并且连续三年保持两位\n\n数增长，总量居前。\n又一段。\n";
        let layout = repair(raw);
        assert_eq!(layout.blocks.len(), 3);
        assert!(layout.text.contains("保持两位数增长"));
        let points: Vec<char> = raw.chars().collect();
        for (i, c) in layout.text.chars().enumerate() {
            if c != '\n' {
                assert_eq!(points[layout.map.raw(i).unwrap()], c);
            }
        }
    }

    #[test]
    fn furniture_is_never_joined() {
        let raw = "这一行正文很长并且没有以句号结束因此看上去还要继续往下写下去\n相关报道\n请扫描二维码";
        let layout = repair(raw);
        assert_eq!(layout.blocks.len(), 3);
        assert!(is_chrome(layout.blocks[1].of(&layout.text)));
    }

    #[test]
    fn english_lines_keep_a_blank_between_words() {
        let layout = repair("The city opened two new terminals last year and\nexpects three more by 2030.");
        assert!(layout.text.contains("and expects"));
        assert_eq!(layout.blocks.len(), 1);
    }
}
