//! Statements while they are being read: spans in bytes, nothing copied yet.

use crate::{
    statement::{Check, Modality, Type},
    text::Span,
    values::Value,
};

/// Who or what is spoken of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Who {
    /// Where it is named; none where inferred.
    pub(crate) span: Option<Span>,
    /// Its name where inferred.
    pub(crate) name: String,
    /// Code of GB/T 2260.
    pub(crate) code: Option<u32>,
}

/// When.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct When {
    /// Where it is said; none where inferred.
    pub(crate) span: Option<Span>,
    pub(crate) norm: Option<String>,
}

/// What is measured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct What {
    pub(crate) span: Span,
    /// Base code in claims, without suffix: `GDP`.
    pub(crate) base: Option<String>,
    /// Suffix: `.growth` and the like.
    pub(crate) suffix: &'static str,
}

impl What {
    /// The composed code.
    pub(crate) fn canon(&self) -> Option<String> {
        self.base.as_ref().map(|b| format!("{b}{}", self.suffix))
    }
}

/// A statement in the making.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) kind: Type,
    pub(crate) modality: Modality,
    pub(crate) span: Span,
    pub(crate) article: Option<usize>,
    pub(crate) who: Option<Who>,
    pub(crate) what: Option<What>,
    pub(crate) value: Option<Value>,
    pub(crate) change: Option<(Span, &'static str)>,
    pub(crate) baseline: Option<(Span, String)>,
    pub(crate) when: Option<When>,
    pub(crate) rank: Option<(Span, String)>,
    pub(crate) scope: Option<Span>,
    pub(crate) count: Option<(Span, String)>,
    pub(crate) items: Vec<Span>,
    pub(crate) label: Option<Span>,
    pub(crate) object: Option<Span>,
    pub(crate) attribution: Option<Span>,
    pub(crate) open_list: bool,
    pub(crate) group: Option<usize>,
    pub(crate) basis: Option<&'static str>,
    pub(crate) check: Option<Check>,
    /// Other norms the words admit: field and norm.
    pub(crate) readings: Vec<(&'static str, String)>,
}

impl Draft {
    pub(crate) fn new(kind: Type, modality: Modality, span: Span) -> Self {
        Self {
            kind,
            modality,
            span,
            article: None,
            who: None,
            what: None,
            value: None,
            change: None,
            baseline: None,
            when: None,
            rank: None,
            scope: None,
            count: None,
            items: Vec::new(),
            label: None,
            object: None,
            attribution: None,
            open_list: false,
            group: None,
            basis: None,
            check: None,
            readings: Vec::new(),
        }
    }
}
