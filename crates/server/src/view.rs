//! One assessment with everything looked up once: what the pages are made from. It never changes.

use crate::{
    api::{Count, DocumentCard, DossierCard, Region, StatementRef},
    rendered::Rendered,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex, PoisonError},
};
use zhidian_dossier::{Document, Dossiers};
use zhidian_ledger::{
    Ledger,
    contract::{Answer, Finding, Outcome},
};
use zhidian_model::Text;
use zhidian_vocabulary::words;

/// Longest title that is made from a first line, in characters.
const TITLE: usize = 60;

/// Dossiers with what was answered from them.
pub(crate) struct View {
    /// What was opened.
    pub(crate) dossiers: Dossiers,
    /// What was answered.
    pub(crate) ledger: Ledger,
    /// Whether the document was pasted.
    pub(crate) pasted: bool,
    /// For each document: the places of its answers, in order of their spans.
    documents: BTreeMap<String, Vec<usize>>,
    answers: BTreeMap<String, usize>,
    findings: BTreeMap<String, usize>,
    /// For each finding: the answers that rest on it or show it.
    resting: BTreeMap<String, Vec<usize>>,
    /// For each origin: the findings that rest on it.
    origins: BTreeMap<String, Vec<usize>>,
    /// Pages that were made already.
    made: Mutex<BTreeMap<String, Arc<Rendered>>>,
}

impl View {
    pub(crate) fn new(dossiers: Dossiers, ledger: Ledger, pasted: bool) -> Self {
        let assessment = &ledger.assessment;
        let mut documents: BTreeMap<String, Vec<usize>> =
            assessment.documents.iter().map(|document| (document.id.clone(), vec![])).collect();
        let mut resting: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, answer) in assessment.answers.iter().enumerate() {
            if let Some(own) = documents.get_mut(document_of(answer)) {
                own.push(at);
            }
            let near = answer.near.iter().map(|near| &near.finding);
            let own: BTreeSet<&String> = answer.because.iter().chain(near).collect();
            for finding in own {
                resting.entry(finding.clone()).or_default().push(at);
            }
        }
        for own in documents.values_mut() {
            own.sort_by_key(|at| (span_of(&assessment.answers[*at]), *at));
        }
        let mut origins: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, finding) in assessment.findings.iter().enumerate() {
            let whole = ledger.findings.get(&*finding.id);
            for origin in whole.into_iter().flat_map(|finding| finding.evidence.origins()) {
                origins.entry(origin.id.to_string()).or_default().push(at);
            }
        }
        Self {
            answers: places(assessment.answers.iter().map(|answer| &answer.id)),
            findings: places(assessment.findings.iter().map(|finding| &finding.id)),
            documents,
            resting,
            origins,
            dossiers,
            ledger,
            pasted,
            made: Mutex::default(),
        }
    }

    /// A document by its id.
    pub(crate) fn document(&self, id: &str) -> Option<&Document> {
        self.dossiers.documents().iter().find(|document| document.id == id)
    }

    /// The places of a document's answers, in order of their spans.
    pub(crate) fn answers_of(&self, document: &str) -> &[usize] {
        self.documents.get(document).map(Vec::as_slice).unwrap_or_default()
    }

    /// An answer of a document, and where it stands among the answers of the document.
    pub(crate) fn answer(&self, document: &str, id: &str) -> Option<(usize, &Answer)> {
        let place = *self.answers.get(id)?;
        let among = self.answers_of(document).iter().position(|at| *at == place)?;
        Some((among, self.at(place)))
    }

    /// The answer at a place.
    pub(crate) fn at(&self, place: usize) -> &Answer {
        &self.ledger.assessment.answers[place]
    }

    /// The place of an answer.
    pub(crate) fn place(&self, id: &str) -> Option<usize> {
        self.answers.get(id).copied()
    }

    /// A finding by its id.
    pub(crate) fn finding(&self, id: &str) -> Option<&Finding> {
        self.findings.get(id).map(|at| &self.ledger.assessment.findings[*at])
    }

    /// The answers that rest on a finding or show it.
    pub(crate) fn resting_on(&self, finding: &str) -> Vec<StatementRef> {
        let places = self.resting.get(finding).into_iter().flatten();
        places.map(|at| reference(self.at(*at))).collect()
    }

    /// The answers whose findings rest on an origin.
    pub(crate) fn answers_from(&self, origin: &str) -> BTreeSet<usize> {
        let findings = self.origins.get(origin).into_iter().flatten();
        let ids = findings.map(|at| &self.ledger.assessment.findings[*at].id);
        ids.filter_map(|id| self.resting.get(id)).flatten().copied().collect()
    }

    /// A page that is made once.
    pub(crate) fn page(&self, name: &str, make: impl FnOnce() -> Option<Rendered>) -> Option<Arc<Rendered>> {
        let held = || self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(page) = held().get(name) {
            return Some(page.clone());
        }
        // Made without holding the others up; two readers may make it twice.
        let page = Arc::new(make()?);
        held().insert(name.to_owned(), page.clone());
        Some(page)
    }

    /// The documents as they are listed.
    pub(crate) fn cards(&self) -> Vec<DocumentCard> {
        self.dossiers.documents().iter().map(|document| self.card(document)).collect()
    }

    /// A document as it is listed.
    pub(crate) fn card(&self, document: &Document) -> DocumentCard {
        let own = self.answers_of(&document.id);
        let count = |outcome| own.iter().filter(|at| self.at(**at).outcome == outcome).count();
        let text = self.ledger.texts.get(&document.id).map(String::as_str).unwrap_or_default();
        DocumentCard {
            id: document.id.clone(),
            dossier: document.dossier.clone(),
            title: document.title.clone().unwrap_or_else(|| first_line(text, &document.id)),
            language: document.language.clone(),
            dated: document.dated.map(|dated| dated.to_string()),
            translation_of: document.translation_of.clone(),
            pasted: self.pasted,
            counts: Outcome::ALL
                .into_iter()
                .map(|outcome| Count { outcome, statements: count(outcome) })
                .collect(),
        }
    }

    /// The dossiers that were given.
    pub(crate) fn dossier_cards(&self) -> Vec<DossierCard> {
        let given = self.dossiers.manifest().dossiers.iter().filter(|described| described.given);
        given
            .map(|described| DossierCard {
                name: described.name.clone(),
                title: if described.title.is_empty() { &described.name } else { &described.title }.clone(),
                region: described.region.map(|code| {
                    let (zh, en) = words::region(code);
                    Region { code, name: Text::new(zh, en) }
                }),
                scenarios: self
                    .dossiers
                    .scenarios()
                    .iter()
                    .filter(|scenario| scenario.dossier == described.name)
                    .map(|scenario| scenario.name.clone())
                    .collect(),
            })
            .collect()
    }
}

fn places<'a>(ids: impl Iterator<Item = &'a String>) -> BTreeMap<String, usize> {
    ids.enumerate().map(|(at, id)| (id.clone(), at)).collect()
}

/// The document an answer belongs to.
pub(crate) fn document_of(answer: &Answer) -> &str {
    answer.claim.get("document").and_then(|id| id.as_str()).unwrap_or_default()
}

/// Where a statement stands, in code points.
pub(crate) fn span_of(answer: &Answer) -> (usize, usize) {
    let span = answer.claim.get("span").and_then(|span| span.as_array());
    let at = |end: usize| {
        let number = span.and_then(|span| span.get(end)).and_then(serde_json::Value::as_u64);
        number.and_then(|number| usize::try_from(number).ok()).unwrap_or_default()
    };
    (at(0), at(1))
}

/// A statement's own words.
pub(crate) fn text_of(answer: &Answer) -> &str {
    answer.claim.get("text").and_then(|text| text.as_str()).unwrap_or_default()
}

/// A statement that something refers to.
pub(crate) fn reference(answer: &Answer) -> StatementRef {
    StatementRef {
        document: document_of(answer).to_owned(),
        id: answer.id.clone(),
        text: text_of(answer).to_owned(),
        outcome: answer.outcome,
    }
}

/// The first line of a text as a title.
fn first_line(text: &str, id: &str) -> String {
    let line = text.lines().map(|line| line.trim_start_matches('#').trim()).find(|line| !line.is_empty());
    let line = line.unwrap_or(id);
    match line.char_indices().nth(TITLE) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.to_owned(),
    }
}
