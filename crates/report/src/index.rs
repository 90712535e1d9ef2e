//! Who refers to whom: anchors, numbers within a document, findings and origins by id.

use crate::Language;
use crate::statement::Statement;
use std::collections::{BTreeMap, BTreeSet};
use zhidian_ledger::contract::{Answer, Assessment, Finding, Origin};

/// An answer with its place in the report.
pub(crate) struct Entry<'a> {
    pub(crate) answer: &'a Answer,
    pub(crate) statement: Statement<'a>,
    /// From 1 within its document.
    pub(crate) number: usize,
    /// Unique in the page, safe in an address: what follows `a-` and `s-`.
    pub(crate) anchor: String,
}

/// The assessment, looked up.
pub(crate) struct Index<'a> {
    pub(crate) assessment: &'a Assessment,
    /// In the order of the assessment.
    pub(crate) entries: Vec<Entry<'a>>,
    /// Documents in the order of the assessment, then those only an answer names; with the places of their answers.
    pub(crate) documents: Vec<(&'a str, Vec<usize>)>,
    by_id: BTreeMap<&'a str, Vec<usize>>,
    findings: BTreeMap<&'a str, &'a Finding>,
    origins: BTreeMap<&'a str, &'a Origin>,
}

impl<'a> Index<'a> {
    pub(crate) fn new(assessment: &'a Assessment) -> Self {
        let mut documents: Vec<(&str, Vec<usize>)> =
            assessment.documents.iter().map(|document| (document.id.as_str(), Vec::new())).collect();
        let mut entries = Vec::with_capacity(assessment.answers.len());
        let mut by_id: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        let mut taken = BTreeSet::new();
        for (place, answer) in assessment.answers.iter().enumerate() {
            let statement = Statement(&answer.claim);
            let document = statement.document();
            let at = documents.iter().position(|(id, _)| *id == document).unwrap_or_else(|| {
                documents.push((document, Vec::new()));
                documents.len() - 1
            });
            let members = &mut documents[at].1;
            members.push(place);
            by_id.entry(&answer.id).or_default().push(place);
            entries.push(Entry {
                answer,
                statement,
                number: members.len(),
                anchor: unique(&answer.id, &mut taken),
            });
        }
        Self {
            assessment,
            entries,
            documents,
            by_id,
            findings: assessment.findings.iter().map(|finding| (finding.id.as_str(), finding)).collect(),
            origins: assessment.origins.iter().map(|origin| (origin.id.as_str(), origin)).collect(),
        }
    }

    pub(crate) fn finding(&self, id: &str) -> Option<&'a Finding> {
        self.findings.get(id).copied()
    }

    pub(crate) fn origin(&self, id: &str) -> Option<&'a Origin> {
        self.origins.get(id).copied()
    }

    /// The answers a statement's id names.
    pub(crate) fn answers(&self, id: &str) -> impl Iterator<Item = &Entry<'a>> {
        self.by_id.get(id).into_iter().flatten().map(|place| &self.entries[*place])
    }

    /// The name in a language of the peer a margin is measured to, as the figures of the answer have it.
    pub(crate) fn peer(&self, answer: &Answer, name: &'a str, language: Language) -> &'a str {
        let exhibits = self.because(answer).into_iter().filter_map(|finding| finding.exhibit.as_ref());
        exhibits
            .flat_map(|exhibit| &exhibit.points)
            .map(|point| &point.label)
            .find(|label| label.zh == name || label.en == name)
            .map_or(name, |label| language.text(label))
    }

    /// Findings an answer rests on, those that are there.
    pub(crate) fn because(&self, answer: &Answer) -> Vec<&'a Finding> {
        answer.because.iter().filter_map(|id| self.finding(id)).collect()
    }
}

/// A name that is its own in the page.
fn unique(id: &str, taken: &mut BTreeSet<String>) -> String {
    let base = slug(id);
    let mut name = base.clone();
    let mut n = 2;
    while !taken.insert(name.clone()) {
        name = format!("{base}~{n}");
        n += 1;
    }
    name
}

/// An id with only letters, digits, `-` and `.` of ASCII; every other byte as `_` and two hexadecimal digits.
/// Different ids stay different.
pub(crate) fn slug(id: &str) -> String {
    use std::fmt::Write as _;
    let mut out = String::with_capacity(id.len());
    for byte in id.bytes() {
        if byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'.' {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "_{byte:02x}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchors_are_safe_and_stay_apart() {
        assert_eq!(slug("quzhou-015"), "quzhou-015");
        assert_eq!(slug("a\"b<c"), "a_22b_3cc");
        let mut taken = BTreeSet::new();
        assert_eq!(unique("x", &mut taken), "x");
        assert_eq!(unique("x", &mut taken), "x~2");
        assert_ne!(slug("a_22"), slug("a\""));
    }
}
