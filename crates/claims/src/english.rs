//! English.
use crate::{
    articles::Page,
    context::{Context, Mentions},
    draft::Draft,
};

pub(crate) fn read(_m: &Mentions<'_>, _page: &Page, _context: Context) -> Vec<Draft> {
    Vec::new()
}
