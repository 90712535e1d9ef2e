//! The closed set of operators over measures: rank, best, change, ratio, count, count_in, member.
//!
//! Engines find figures at plain measures; the operators are applied here, for the keys that are asked and no others.
//! Each derivation is made within one table and edition; several derivations of one key are several findings.

mod best;
mod cards;
mod count;
mod member;
mod rank;
mod relation;

pub use cards::{CARDS, card};

use crate::{contract::Exhibit, facts::FactStore, names::Names};
pub(crate) use rank::gap_unit;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};
use zhidian_dossier::List;
use zhidian_model::{Code, Evidence, Facts, Finding, Grade, Key, Measure, Node, Period, Scope, Subject};
use zhidian_vocabulary::measures::{self, Composed, Suffix};

/// A finding with the picture of how it came about.
#[derive(Clone, Debug)]
pub struct Derivation {
    /// The finding.
    pub finding: Arc<Finding>,
    /// Its picture, for those that have one.
    pub exhibit: Option<Exhibit>,
    /// Of a place that was computed: the places of the other members, by the same figures.
    pub others: Vec<Placed>,
}

/// A member of a roster with its place, as an interval.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// The member.
    pub subject: Subject,
    /// Best place it may be.
    pub least: u32,
    /// Worst place it may be.
    pub most: u32,
    /// How strong its figure is.
    pub grade: Grade,
}

impl From<Arc<Finding>> for Derivation {
    fn from(finding: Arc<Finding>) -> Self {
        Self { finding, exhibit: None, others: vec![] }
    }
}

/// What the operators work on.
#[derive(Clone, Copy, Debug)]
pub struct Operators<'a> {
    /// What is known at plain measures.
    pub facts: &'a FactStore,
    /// The rosters at hand.
    pub rosters: &'a [Scope],
    /// The lists at hand.
    pub lists: &'a [List],
    /// What things are called.
    pub names: &'a Names,
}

impl Operators<'_> {
    /// Every derivation of a value at a key, strongest grade first.
    pub fn at(&self, key: &Key) -> Vec<Derivation> {
        let mut found: Vec<Derivation> = match &key.measure {
            Measure::Of(_) => self.facts.at(key).into_iter().map(Into::into).collect(),
            Measure::Member(list) => {
                // A list says it, or an engine that reads a register.
                let read = self.facts.at(key).into_iter().map(Derivation::from);
                self.member(key, list).into_iter().chain(read).collect()
            }
            Measure::Change(of) => self.change(key, of),
            Measure::Ratio(over, under) => self.ratio(key, over, under),
            Measure::Rank(of, order) => {
                // A rank may be printed as well as computed: both are derivations of the same key.
                let printed = self.facts.at(key).into_iter().map(Derivation::from);
                self.rank(key, of, *order).into_iter().chain(printed).collect()
            }
            Measure::Best(of, window) => self.best(key, of, window),
            Measure::Count(of, test) => self.count(key, of, test),
            Measure::CountIn(of, test) => self.count_in(key, of, test),
        };
        found.sort_by_key(|derivation| std::cmp::Reverse(derivation.finding.grade()));
        found
    }

    /// The periods at which a plain measure below the operators is known for the subject.
    pub fn periods(&self, key: &Key) -> Vec<Period> {
        let mut periods: Vec<Period> = key
            .measure
            .codes()
            .into_iter()
            .flat_map(|code| self.facts.about(&Measure::Of(code.clone()), &key.subject))
            .map(|finding| finding.key.period)
            .collect();
        periods.extend(self.facts.about(&key.measure, &key.subject).iter().map(|finding| finding.key.period));
        periods.sort_unstable();
        periods.dedup();
        periods
    }

    fn roster(&self, id: &str) -> Option<&Scope> {
        self.rosters.iter().find(|roster| &*roster.id == id)
    }
}

/// The plain keys that engines must be asked for so that the operators can answer `key`. They are asked at all
/// periods: what is known of other periods is shown beside the answer, never judged with; and at the very period asked.
pub fn plain_keys(key: &Key, rosters: &[Scope]) -> Vec<Key> {
    let mut subjects = vec![key.subject.clone()];
    if let Some(scope) = &key.scope {
        let of_scope = rosters.iter().filter(|roster| roster.id == *scope);
        subjects.extend(of_scope.flat_map(|roster| roster.members.keys().cloned()));
    }
    let whenever = |measure: Measure, subject: &Subject| Key {
        measure,
        subject: subject.clone(),
        period: Period::ALWAYS,
        scope: None,
    };
    let codes = match &key.measure {
        Measure::Count(of, _) if of.is_empty() => main_growth_measures(),
        measure => measure.codes().into_iter().cloned().collect(),
    };
    let mut keys = Vec::new();
    if matches!(key.measure, Measure::Of(_) | Measure::Member(_)) {
        // What an engine adds up over a period it must be asked for: a count of a year from March to March; and whether
        // a register has a named thing by a day.
        keys.push(key.clone());
    }
    for code in codes {
        keys.extend(subjects.iter().map(|subject| whenever(Measure::Of(code.clone()), subject)));
    }
    if let Measure::Rank(..) = key.measure {
        keys.push(whenever(key.measure.clone(), &key.subject));
    }
    keys
}

/// The growth of every plain indicator in its conventional basis: what "the main economic indicators" may be, where a
/// text does not name them.
pub fn main_growth_measures() -> Vec<Code> {
    let plain =
        measures::all().filter(|measure| measure.topic == "indicators" && measure.growth_basis.is_some());
    plain.map(|base| Composed { base, suffix: Suffix::Growth }.conventional().code().into()).collect()
}

/// Findings that may be compared with each other: of one table and one edition (of one origin where no edition is
/// stated).
type Vintage = (Arc<str>, Arc<str>);

/// The table and edition a read figure belongs to; none for a figure that stands on more than one.
fn vintage(evidence: &Evidence) -> Option<Vintage> {
    match evidence.node() {
        Node::Row(citation) => {
            let edition = citation.edition.clone().unwrap_or_else(|| citation.origin.root().clone());
            Some((citation.file.clone(), edition))
        }
        // What one model computed is of one make, whatever tables it took.
        Node::Model { engine, version, .. } => Some((engine.clone(), version.clone())),
        _ => {
            let mut inputs = evidence.inputs().iter().map(vintage);
            let first = inputs.next()??;
            inputs.all(|other| other.as_ref() == Some(&first)).then_some(first)
        }
    }
}

/// Findings of one key by the table and edition they belong to.
#[derive(Default)]
struct ByVintage {
    dated: BTreeMap<Vintage, Arc<Finding>>,
    /// What a scenario lays over the tables has no edition of its own: it stands in every one of them.
    assumed: Option<Arc<Finding>>,
}

impl ByVintage {
    fn new(findings: Vec<Arc<Finding>>) -> Self {
        let mut by = Self::default();
        for finding in findings {
            if finding.grade() == Grade::Assumed && finding.evidence.editions().is_empty() {
                by.assumed.get_or_insert(finding);
            } else if let Some(vintage) = vintage(&finding.evidence) {
                // Findings come strongest first: a weaker one of the same edition never takes its place.
                by.dated.entry(vintage).or_insert(finding);
            }
        }
        by
    }

    /// The figure of a vintage; where there is none and assumptions are let in, what a scenario puts in its place.
    /// Assumptions never displace a figure: what rests on figures alone is derived beside what rests on assumptions.
    fn get(&self, vintage: &Vintage, assumptions: bool) -> Option<&Arc<Finding>> {
        self.dated.get(vintage).or(self.assumed.as_ref().filter(|_| assumptions))
    }

    /// The vintages to compare in: its own; all of the others' where it stands on an assumption alone.
    fn vintages<'a>(
        own: Option<&'a Self>,
        others: impl IntoIterator<Item = &'a Self>,
        assumptions: bool,
    ) -> BTreeSet<&'a Vintage> {
        match own {
            Some(own) if own.dated.is_empty() && own.assumed.is_some() && assumptions => {
                others.into_iter().flat_map(|other| other.dated.keys()).collect()
            }
            Some(own) => own.dated.keys().collect(),
            None => BTreeSet::new(),
        }
    }
}
