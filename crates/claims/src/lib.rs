//! Texts to claims: every statement a development document makes, with exact spans and fields.
//!
//! [`read`] takes a raw text, Chinese or English, and returns its statements: figures, growth rates, ranks,
//! designations, lists, goals, actions and proposals, each anchored to the words it stands on in code points and bytes of
//! the repaired text and in code points of the raw file. Nothing here reads a file, a clock or a network, and the same
//! text gives the same statements.
//!
//! # Method
//! The layout is repaired ([`layout`]), the page set out in articles ([`articles`]). One pass each finds look-alikes
//! ([`traps`]), periods ([`periods`]), ranks ([`ranks`]), figures ([`values`]), places and measures ([`lexicon`]); look-alikes
//! go first, so that no later stage takes the 七 of a seventh session for a figure. Then clause after clause is read with
//! what was said before in mind ([`context`]): figures and ranks by [`figures`], the rest by [`soft`], English by
//! [`english`].

mod articles;
mod clauses;
mod context;
mod dating;
mod draft;
mod emit;
mod english;
mod figures;
mod goals;
mod layout;
mod lexicon;
mod lists;
mod numbers;
mod numerals;
mod ordered;
mod peel;
mod periods;
mod ranks;
mod reader;
mod requests;
mod soft;
mod statement;
mod tables;
mod text;
mod traps;
mod unread;
mod values;
mod versions;
mod wordlist;

pub use articles::Article;
pub use dating::Inferred;
pub use numerals::{NumberKind, NumberMention, find as numbers_in};
pub use statement::{
    Check, Figure, Indicator, Modality, Normed, Reading as OtherReading, Statement, Subject, Type, Words,
};
pub use text::{OffsetMap, Span};
pub use unread::{Reason, Unread};
pub use versions::{Change, compare};

use context::{Context, Mentions};
use draft::Who;
use ordered::Ordered;
use serde::Serialize;

/// The longest text read, in bytes. A page, a report, a yearbook chapter are far below; a longer file is no document.
pub const LONGEST: usize = 64 << 20;

/// The language of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Chinese.
    Zh,
    /// English.
    En,
}

/// What the reader is told about a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The ids of the statements are `prefix-001` and so on; `claim` where empty.
    pub id_prefix: String,
    /// Date of the document, ISO 8601: `2026`, `2026-01` or `2026-01-27`. Without it the year is inferred where it can.
    pub dated: Option<String>,
    /// GB/T 2260 code of the place the document is about, where known.
    pub region: Option<u32>,
    /// Its language, where known.
    pub language: Option<Language>,
}

/// Why a text was not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadError {
    /// The text is longer than [`LONGEST`].
    TooLong {
        /// Its length in bytes.
        bytes: usize,
    },
    /// The date in the options is no ISO date.
    BadDate {
        /// What was given.
        given: String,
    },
}

impl std::fmt::Display for ReadError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::TooLong { bytes } => {
                write!(
                    f,
                    "the text has {bytes} bytes, more than the {LONGEST} that are read; split it into its documents"
                )
            }
            Self::BadDate { given } => {
                write!(f, "“{given}” is no date; give it as 2026, 2026-01 or 2026-01-27")
            }
        }
    }
}

impl std::error::Error for ReadError {}

/// A text read.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reading {
    /// The text with its layout repaired; all spans but `raw_span` refer to it.
    pub normalised: String,
    /// From code points of the normalised text to bytes and to the raw file.
    #[serde(skip)]
    pub map: OffsetMap,
    /// The articles, in order.
    pub articles: Vec<Article>,
    /// The statements, in order.
    pub statements: Vec<Statement>,
    /// The language it was read in.
    pub language: Language,
    /// The year inferred from the text where no date was given.
    pub dated_inferred: Option<Inferred>,
    /// What was not read, and why.
    pub unread: Vec<Unread>,
}

/// Reads every statement of a text.
///
/// # Errors
/// If the text is longer than [`LONGEST`] or the date in the options is no date.
pub fn read(raw: &str, options: &Options) -> Result<Reading, ReadError> {
    if raw.len() > LONGEST {
        return Err(ReadError::TooLong { bytes: raw.len() });
    }
    let date = options.dated.as_deref().map(date).transpose()?;
    let layout = layout::repair(raw);
    let text = layout.text.as_str();
    let language = options.language.unwrap_or_else(|| language(text));
    let mut page = articles::arrange(&layout, options.region);
    let traps = traps::find(text);
    let (periods, ranks) = match language {
        Language::Zh => (periods::chinese(text), ranks::chinese(text, &traps)),
        Language::En => (periods::english(text), english::ranks::find(text)),
    };
    let taken = values::taken(&periods, &ranks);
    let values = match language {
        Language::Zh => values::chinese(text, &traps, &taken),
        Language::En => english::values::find(text, &taken),
    };
    let places = lexicon::places(text, options.region);
    let measures = lexicon::measures(text);
    let mentions = Mentions {
        text,
        traps,
        periods: Ordered::new(periods),
        ranks: Ordered::new(ranks),
        values: Ordered::new(values),
        places: Ordered::new(places),
        measures: Ordered::new(measures),
    };
    if language == Language::Zh || !text.contains("China") {
        find_homes(&mentions, &mut page);
    }

    let spoken = if date.is_none() { dating::infer(&mentions) } else { None };
    let year = date.map(|d| d.0).or(spoken.as_ref().map(|s| s.year));
    // A document of the first months tells of the year before.
    let early =
        |(year, month): (i32, Option<u32>)| if month.is_none_or(|m| m <= 4) { year - 1 } else { year };
    let dated = spoken.as_ref().filter(|s| s.month.is_some()).map(|s| (s.year, s.month));
    let told = date.or(dated).map(early);
    let context = Context::new(options.region, year, told, language == Language::En);
    let tabled = tables::read(&mentions, &mut page, &context);
    let mut drafts = match language {
        Language::Zh => reader::chinese(&mentions, &page, &speakers(&mentions, &page), context),
        Language::En => english::read(&mentions, &page, context),
    };
    drafts.extend(tabled);
    let unread = unread::find(&mentions, &page, &drafts, &layout.map);
    let prefix = if options.id_prefix.is_empty() { "claim" } else { options.id_prefix.as_str() };
    let statements = emit::all(statement::Copyist { text, map: &layout.map }, drafts, prefix);
    let points = |spans: Vec<Span>| spans.into_iter().map(|s| layout.map.points(s)).collect();
    let dated_inferred = spoken.map(|s| Inferred { year: s.year, because: points(s.because) });
    let articles = page.articles;
    Ok(Reading {
        normalised: layout.text,
        map: layout.map,
        articles,
        statements,
        language,
        dated_inferred,
        unread,
    })
}

/// Year and month of an ISO date.
fn date(given: &str) -> Result<(i32, Option<u32>), ReadError> {
    let bad = || ReadError::BadDate { given: given.to_owned() };
    let mut parts = given.trim().split('-');
    let year: i32 =
        parts.next().and_then(|y| y.parse().ok()).filter(|y| (1900..=2200).contains(y)).ok_or_else(bad)?;
    let month = match parts.next() {
        Some(m) => Some(m.parse().ok().filter(|m| (1..=12).contains(m)).ok_or_else(bad)?),
        None => None,
    };
    Ok((year, month))
}

/// Chinese where a tenth of the first characters are Chinese.
fn language(text: &str) -> Language {
    let (mut han, mut letters) = (0_usize, 0_usize);
    for c in text.chars().filter(|c| c.is_alphabetic()).take(4000) {
        letters += 1;
        han += usize::from(('\u{3400}'..='\u{9fff}').contains(&c));
    }
    if han * 10 >= letters && han > 0 { Language::Zh } else { Language::En }
}

/// The place of each article whose head names none.
fn find_homes(m: &Mentions<'_>, page: &mut articles::Page) {
    let ranges = page.ranges();
    for (index, blocks) in ranges.into_iter().enumerate().filter(|(_, r)| !r.is_empty()) {
        if page.homes[index].is_some() || page.named[index].is_some() {
            continue;
        }
        let blocks = &page.blocks[blocks];
        let (Some(first), Some(last)) = (blocks.first(), blocks.last()) else { continue };
        let whole = Span::new(first.span.start, last.span.end);
        let title = blocks.iter().find(|b| b.role == articles::Role::Title).map(|b| b.span);
        let places: Vec<_> =
            m.places_in(whole).filter(|p| p.code != zhidian_vocabulary::regions::CHINA).cloned().collect();
        let home = articles::about(&places, title);
        page.homes[index] = home;
        page.articles[index].region_gbt2260 = home.map(|c| c.to_string());
    }
}

/// The speaker of each article, where its head names them.
fn speakers(m: &Mentions<'_>, page: &articles::Page) -> Vec<Option<Who>> {
    let speaker = |(article, blocks): (&Article, std::ops::Range<usize>)| {
        let name = article.person.as_deref()?;
        let head = page.blocks[blocks].iter().find(|b| b.role == articles::Role::Head)?;
        let start = head.span.start + head.span.of(m.text).rfind(name)?;
        Some(Who { span: Some(Span::new(start, start + name.len())), name: name.to_owned(), code: None })
    };
    page.articles.iter().zip(page.ranges()).map(speaker).collect()
}
