//! The one door to the vocabulary: units, regions and measures as the reader needs them.

use crate::{ordered::Placed, text::Span};
use rust_decimal::Decimal;
use zhidian_vocabulary::{measures, regions, units};

/// A unit found in a text: how long its spelling is, its code in claims, and what one of it is in that unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unit {
    pub(crate) length: usize,
    pub(crate) code: String,
    pub(crate) factor: Decimal,
}

/// The unit whose spelling begins a text, the longest there is.
pub(crate) fn unit(rest: &str) -> Option<Unit> {
    let spelling = units::longest_prefix(rest)?;
    Some(Unit { length: spelling.text.len(), code: spelling.unit.code.to_owned(), factor: spelling.factor })
}

/// A place named in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) span: Span,
    pub(crate) code: u32,
}

impl Placed for Place {
    fn place(&self) -> Span {
        self.span
    }
}

/// The places named in a text, neighbours that name one place by its parents (广西来宾市) made one.
pub(crate) fn places(text: &str, within: Option<u32>) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::new();
    for mention in regions::mentions(text, within) {
        let place =
            Place { span: Span::new(mention.range.start, mention.range.end), code: mention.region.code };
        match places.last_mut() {
            Some(last) if last.span.end == place.span.start && regions::contains(last.code, place.code) => {
                *last = Place { span: Span::new(last.span.start, place.span.end), code: place.code };
            }
            _ => places.push(place),
        }
    }
    places
}

/// Full Chinese and English name of a division.
pub(crate) fn place_name(code: u32) -> Option<(&'static str, &'static str)> {
    regions::by_code(code).map(|r| (r.name, r.english))
}

/// The province a division lies in.
pub(crate) fn province(code: u32) -> u32 {
    regions::province_of(code)
}

/// A measure named in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Named {
    pub(crate) span: Span,
    /// The code used in claims, `GDP`.
    pub(crate) code: Option<&'static str>,
}

impl Placed for Named {
    fn place(&self) -> Span {
        self.span
    }
}

/// The measures named in a text, in order, leftmost and longest. Words that name several at once have no one code.
pub(crate) fn measures(text: &str) -> Vec<Named> {
    let mut named: Vec<Named> = Vec::new();
    for alias in measures::find(text) {
        let span = Span::new(alias.range.start, alias.range.end);
        match named.last_mut() {
            Some(last) if last.span == span => last.code = None,
            _ => named.push(Named { span, code: alias.measure.claims_code }),
        }
    }
    named
}

/// The claim code of the one measure with exactly this name.
pub(crate) fn measure(name: &str) -> Option<&'static str> {
    match measures::exact(name).as_slice() {
        [one] => one.claims_code,
        _ => None,
    }
}

/// The claim codes of the measures that a name names at once (城乡居民人均可支配收入), in the order of their figures.
pub(crate) fn joint(name: &str) -> Vec<&'static str> {
    let all = measures::exact(name);
    let codes: Vec<&'static str> = all.iter().filter_map(|m| m.claims_code).collect();
    if all.len() > 1 && codes.len() == all.len() { codes } else { Vec::new() }
}

/// Whether a character is the short name of a province: 浙, 皖, 闽.
pub(crate) fn province_sign(c: char) -> bool {
    regions::abbreviation(c).is_some()
}

/// Whether a whole text is the name of a division.
pub(crate) fn is_place(name: &str) -> bool {
    !regions::named(name).is_empty()
}
