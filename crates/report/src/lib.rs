//! A ledger as a self-contained HTML report, an XLSX checklist and a terminal summary.
//!
//! One input, the [`Assessment`], and beside it the words of each document; no file, clock or network is touched, so
//! the same assessment gives the same bytes.
//!
//! | module | what it holds |
//! |---|---|
//! | [`html()`] | the report: the document with its marks, an answer a statement, what would decide the rest |
//! | [`checklist()`] | 核对表: a workbook for the desk of whoever checks a draft |
//! | [`summary()`] | the lines a terminal shows after a run |
//! | [`stated()`], [`found()`] | what was stated and what was found, in words |
//! | `figure` | SVG drawn at a fixed width in pixels, so that its words keep their size |
//! | `words`, `names` | the closed lists in both languages; codes as a person would say them |
//! | `statement`, `numbers`, `index` | what a statement says, how figures print, who refers to whom |

mod checklist;
mod figure;
mod html;
mod index;
mod names;
mod numbers;
mod said;
mod statement;
mod summary;
mod words;

pub use checklist::{ChecklistError, checklist};
pub use html::{file_name, html};
pub use said::{found, stated};
pub use summary::{styled_summary, summary};
pub use words::Language;

#[doc(no_inline)]
pub use zhidian_ledger::contract::Assessment;

/// The words of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// Id of the document in the assessment.
    pub document: String,
    /// Its title; its first line where none is given.
    pub title: Option<String>,
    /// The normalised text: spans of statements are half-open offsets in code points of it.
    pub normalised: String,
}
