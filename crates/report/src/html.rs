//! The report: one file that opens by itself, reads without scripts and prints.
//!
//! Nothing is loaded: styles, script and figures stand in the page, and the policy in its head refuses the rest. All
//! words of documents and tables are escaped by the templates; addresses become links only if they are `http` or
//! `https`. The script only keeps the text in place while answers are opened; filters and answers work without it.

mod answer;
mod appendix;
mod marks;
mod needs;
mod overrules;
mod policy;
mod reading;
mod shell;

pub(crate) use needs::offer_words;

use crate::index::Index;
use crate::{Language, Text};
use std::borrow::Cow;
use zhidian_ledger::contract::Assessment;
use zhidian_model::engine::Card;

/// The name a report of a language is saved under; its sibling links to it by this name.
pub fn file_name(language: Language) -> &'static str {
    language.of("report.zh.html", "report.en.html")
}

/// A self-contained report in one language.
///
/// `texts` are the documents' words, by id; a document without its words is shown as the list of its statements.
/// `cards` are the method cards of the engines that ran. The same input gives the same bytes.
pub fn html(assessment: &Assessment, texts: &[Text], cards: &[Card], language: Language) -> String {
    let index = Index::new(assessment);
    shell::page(&Report { index, texts, cards, language }).into_string()
}

/// What every part of the page is made from.
struct Report<'a> {
    index: Index<'a>,
    texts: &'a [Text],
    cards: &'a [Card],
    language: Language,
}

impl<'a> Report<'a> {
    /// One of two wordings.
    fn say(&self, zh: &'static str, en: &'static str) -> &'static str {
        self.language.of(zh, en)
    }

    fn words(&self, document: &str) -> Option<&'a Text> {
        self.texts.iter().find(|text| text.document == document)
    }

    /// A document's title: as given, or its first line, or its id. A first line that is a whole paragraph is cut.
    fn title(&self, document: &'a str) -> Cow<'a, str> {
        let words = self.words(document);
        let given = words.and_then(|text| text.title.as_deref());
        let first = || words.and_then(|text| text.normalised.lines().find(|line| !line.trim().is_empty()));
        let title = given.or_else(first).unwrap_or(document).trim_start_matches('#').trim();
        if title.is_empty() {
            self.say("未命名的文件", "untitled document").into()
        } else {
            cut(title, TITLE)
        }
    }
}

/// The longest title, in columns of which a Han character takes two.
const TITLE: usize = 120;

/// A text cut to a width at the end of a word, with an ellipsis.
fn cut(text: &str, columns: usize) -> Cow<'_, str> {
    let mut width = 0;
    let mut end = text.len();
    for (at, c) in text.char_indices() {
        width += if (c as u32) < 0x1100 { 1 } else { 2 };
        if width > columns {
            end = at;
            break;
        }
    }
    if end == text.len() {
        return text.into();
    }
    let whole = text[..end].rfind(' ').filter(|at| *at > end / 2).unwrap_or(end);
    format!("{}…", text[..whole].trim_end_matches([',', ';', ' '])).into()
}

/// An address that may become a link.
pub(crate) fn link(address: &str) -> Option<&str> {
    let lower = address.get(..8).unwrap_or(address).to_ascii_lowercase();
    let web = lower.starts_with("https://") || lower.starts_with("http://");
    (web && !address.chars().any(|c| c.is_whitespace() || c.is_control())).then_some(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paragraph_is_no_title() {
        assert_eq!(cut("一个短标题", 84), "一个短标题");
        let long = "A city that has, as it says, everything it needs for a long and prosperous future among its neighbours";
        assert_eq!(cut(long, 40), "A city that has, as it says, everything…");
        assert_eq!(cut(&"长".repeat(99), 10), "长长长长长…");
    }

    #[test]
    fn only_web_addresses_become_links() {
        assert_eq!(link("HTTPS://example.org/a"), Some("HTTPS://example.org/a"));
        for address in
            ["javascript:alert(1)", "http://a b", "data:text/html,x", "file:///etc/passwd", "https:/", ""]
        {
            assert_eq!(link(address), None, "{address}");
        }
    }
}
