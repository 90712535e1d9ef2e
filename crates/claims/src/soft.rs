//! Statements without a figure.
use crate::{
    clauses::Sentence,
    context::{Context, Mentions},
    draft::Draft,
};

pub(crate) fn read(
    _m: &Mentions<'_>,
    _cx: &mut Context,
    _sentence: &Sentence,
    _from: usize,
    _drafts: &mut Vec<Draft>,
) {
}
