//! The report: one file that opens by itself, reads without scripts and prints.
//!
//! Nothing is loaded: styles, script and figures stand in the page, and the policy in its head refuses the rest. All
//! words of documents and tables are escaped by the templates; addresses become links only if they are `http` or
//! `https`. The script only keeps the text in place while answers are opened; filters and answers work without it.

mod answer;
mod appendix;
mod marks;
mod needs;
mod policy;
mod reading;
mod shell;

pub(crate) use needs::offer_words;

use crate::index::Index;
use crate::{Language, Text};
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

    /// A document's title: as given, or its first line, or its id.
    fn title(&self, document: &'a str) -> &'a str {
        let words = self.words(document);
        let given = words.and_then(|text| text.title.as_deref());
        let first = || words.and_then(|text| text.normalised.lines().find(|line| !line.trim().is_empty()));
        let title = given.or_else(first).unwrap_or(document).trim_start_matches('#').trim();
        if title.is_empty() { self.say("未命名的文件", "untitled document") } else { title }
    }
}

/// An address that may become a link.
pub(crate) fn link(address: &str) -> Option<&str> {
    let lower = address.get(..8).unwrap_or(address).to_ascii_lowercase();
    let web = lower.starts_with("https://") || lower.starts_with("http://");
    (web && !address.chars().any(|c| c.is_whitespace() || c.is_control())).then_some(address)
}
