//! The main job: read the documents, ask, run the engines, join.

use crate::{
    ask::{Asker, Mentions},
    bearing, coherence,
    contract::{Assessment, Exhibit},
    facts::FactStore,
    names::Names,
    operators::{self, Operators},
    registry::{Ready, Registry},
    verdict::{self, Judge},
    view, words,
};
use std::{
    collections::{BTreeMap, BTreeSet, btree_map::Entry},
    sync::Arc,
};
use zhidian_claims::Statement;
use zhidian_dossier::{Document, Dossiers};
use zhidian_model::{
    Answer, Card, Claim, Coherence, Context, Estimate, Finding, FindingId, Key, Kind, Outcome, Problem,
    RankFound, Scope, Stop,
};
use zhidian_vocabulary::topics;

/// How a run is made.
pub struct Run<'a> {
    /// The only source of randomness.
    pub seed: u64,
    /// How many threads engines may use.
    pub threads: usize,
    /// Asked often: shall the run stop?
    pub cancelled: &'a (dyn Fn() -> bool + Sync),
    /// Told how far the run is: what is being done, done, of.
    pub progress: &'a (dyn Fn(&str, u64, u64) + Sync),
}

impl Default for Run<'_> {
    fn default() -> Self {
        Self { seed: 0, threads: 1, cancelled: &|| false, progress: &|_, _, _| () }
    }
}

/// One document as it was read.
pub struct Read<'a> {
    /// The document.
    pub document: &'a Document,
    /// Its normalised text: spans of statements are code points of it.
    pub normalised: String,
    /// Its statements.
    pub statements: Vec<Statement>,
    /// What they ask for, one claim a statement.
    pub claims: Vec<Claim>,
}

/// A statement with its claim and its answer.
pub struct Answered {
    /// The statement.
    pub statement: Statement,
    /// What it asks for.
    pub claim: Claim,
    /// How it is answered.
    pub answer: Answer,
}

/// The result of a run.
pub struct Ledger {
    /// In the layout that others rely on.
    pub assessment: Assessment,
    /// Every document's normalised text by its id.
    pub texts: BTreeMap<String, String>,
    /// Every statement with its claim and answer.
    pub answered: Vec<Answered>,
    /// The findings with their whole trees of evidence.
    pub findings: BTreeMap<FindingId, Arc<Finding>>,
    /// The cards of the engines that ran.
    pub cards: Vec<&'static Card>,
    /// What things are called.
    pub names: Names,
    /// What the tables and the engines say at plain measures.
    pub facts: FactStore,
    /// The plain keys that were asked.
    pub asked: Vec<Key>,
    /// The tables that could be read.
    pub tables_read: BTreeSet<&'static str>,
}

/// What goes wrong before a run can begin.
#[derive(Debug, thiserror::Error)]
pub enum AssessError {
    /// A document is longer than the reader takes.
    #[error("failed to read document {document}: {why}")]
    Document {
        /// Its id.
        document: String,
        /// Why.
        why: String,
    },
    /// An engine gave nothing back.
    #[error("failed to run {engine}: {stop}")]
    Engine {
        /// Its id.
        engine: String,
        /// Why.
        stop: Stop,
    },
}

/// Reads, asks, runs and joins.
///
/// # Errors
/// When a document cannot be read or an engine stops; dirty data is a problem of the assessment, not an error.
pub fn assess(dossiers: &Dossiers, registry: &Registry, run: &Run<'_>) -> Result<Ledger, AssessError> {
    let names = Names::new(dossiers.entities(), dossiers.rosters(), dossiers.lists());
    let mentions = Mentions::new(dossiers.lists(), dossiers.entities());
    let documents = read_all(dossiers, &mentions, run)?;
    let mut problems: Vec<Problem> = dossiers.problems().to_vec();
    let asked = asked(dossiers, &documents, &mentions);
    let facts = find(dossiers, registry, &asked, run, &mut problems)?;
    let operators =
        Operators { facts: &facts, rosters: dossiers.rosters(), lists: dossiers.lists(), names: &names };
    let tables_read = registry.tables();
    let mut answered = Vec::new();
    let mut shown: BTreeMap<FindingId, (Arc<Finding>, Option<Exhibit>)> = BTreeMap::new();
    for (done, read) in documents.iter().enumerate() {
        (run.progress)("join", done as u64, documents.len() as u64);
        let judge = Judge {
            operators,
            facts: &facts,
            names: &names,
            tables_read: &tables_read,
            dated: read.document.dated,
        };
        let translation = translation(read, &documents);
        for (statement, claim) in read.statements.iter().zip(&read.claims) {
            let (answer, derivations) = answer(&judge, statement, claim, read, translation, &mentions);
            for derivation in derivations {
                // Thousands of statements may rest on one finding: its picture is drawn once.
                if let Entry::Vacant(place) = shown.entry(derivation.finding.id().clone()) {
                    let exhibit = derivation.exhibit.or_else(|| judge.through_time_of(&derivation.finding));
                    place.insert((derivation.finding, exhibit));
                }
            }
            answered.push(Answered { statement: statement.clone(), claim: claim.clone(), answer });
        }
    }
    let texts =
        documents.iter().map(|read| (read.document.id.to_string(), read.normalised.clone())).collect();
    let mut assessment = view::assessment(run.seed, dossiers, &answered, &names, &shown, problems);
    view::overrule(&mut assessment, dossiers.overrides());
    let findings = shown.into_iter().map(|(id, (finding, _))| (id, finding)).collect();
    let cards = registry.cards();
    Ok(Ledger { assessment, texts, answered, findings, cards, names, facts, asked, tables_read })
}

/// Every document's statements and claims.
fn read_all<'a>(
    dossiers: &'a Dossiers,
    mentions: &Mentions,
    run: &Run<'_>,
) -> Result<Vec<Read<'a>>, AssessError> {
    let documents = dossiers.documents();
    let mut out = Vec::new();
    for (done, document) in documents.iter().enumerate() {
        (run.progress)("read", done as u64, documents.len() as u64);
        out.push(read(dossiers, document, mentions)?);
    }
    Ok(out)
}

fn read<'a>(
    dossiers: &Dossiers,
    document: &'a Document,
    mentions: &Mentions,
) -> Result<Read<'a>, AssessError> {
    let options = zhidian_claims::Options {
        id_prefix: document.id.to_string(),
        dated: document.dated.map(|dated| dated.to_string()),
        region: document.region,
        ..Default::default()
    };
    let reading = zhidian_claims::read(&document.text, &options).map_err(|error| AssessError::Document {
        document: document.id.to_string(),
        why: error.to_string(),
    })?;
    let asker = Asker {
        rosters: dossiers.rosters(),
        lists: dossiers.lists(),
        entities: dossiers.entities(),
        mentions,
        normalised: &reading.normalised,
        document: document.id.as_str().into(),
        dated: document.dated,
        region: document.region,
    };
    let claims = reading.statements.iter().map(|statement| asker.claim(statement)).collect();
    Ok(Read { document, normalised: reading.normalised, statements: reading.statements, claims })
}

/// Every plain key that the documents ask for.
fn asked(dossiers: &Dossiers, documents: &[Read<'_>], mentions: &Mentions) -> Vec<Key> {
    let claims =
        documents.iter().flat_map(|read| read.claims.iter().map(move |claim| (read.document.region, claim)));
    let mut asked: Vec<Key> = Vec::new();
    for (region, claim) in claims {
        for key in verdict::asked(claim) {
            asked.extend(operators::plain_keys(key, dossiers.rosters()));
        }
        asked.extend(crate::track::asked(claim, dossiers));
        asked.extend(bearing::asked(claim, region, mentions));
    }
    asked.sort();
    asked.dedup();
    asked
}

/// Runs the engines for every key that is asked.
fn find(
    dossiers: &Dossiers,
    registry: &Registry,
    asked: &[Key],
    run: &Run<'_>,
    problems: &mut Vec<Problem>,
) -> Result<FactStore, AssessError> {
    let failed = |engine: &str| {
        let engine = engine.to_owned();
        move |stop| AssessError::Engine { engine, stop }
    };
    let engines: Vec<Box<dyn Ready>> =
        registry.fold(dossiers.tables(), problems).map_err(failed("the engines"))?;
    let mut facts = FactStore::default();
    for engine in &engines {
        let id = engine.card().id;
        let output = {
            let context = Context {
                asked,
                facts: &facts,
                parameters: dossiers.parameters(),
                seed: run.seed,
                threads: run.threads,
                cancelled: run.cancelled,
                progress: &|done, of| (run.progress)(id, done, of),
            };
            engine.run(&serde_json::Value::Null, &context).map_err(failed(id))?
        };
        problems.extend(output.problems);
        facts.extend(output.findings.into_iter().map(|finding| sized(finding, dossiers.rosters())));
    }
    Ok(facts)
}

/// A table prints a place without the size of its roster; the roster says it.
fn sized(finding: Finding, rosters: &[Scope]) -> Finding {
    let Estimate::Rank(rank) = &finding.value else { return finding };
    let roster = rosters.iter().find(|roster| Some(&roster.id) == finding.key.scope.as_ref());
    let Some(roster) = roster.filter(|_| rank.of == 0) else { return finding };
    let of = roster.size(&finding.key.period);
    let value = Estimate::Rank(RankFound { of, ..rank.clone() });
    Finding::new(&finding.engine, finding.key, value, finding.evidence, &finding.method, finding.text)
}

/// The other version of a document, in the other language.
fn translation<'r, 'd>(read: &Read<'d>, documents: &'r [Read<'d>]) -> Option<&'r Read<'d>> {
    documents.iter().find(|other| {
        let of = |a: &Document, b: &Document| {
            a.dossier == b.dossier && a.translation_of.as_deref() == Some(&*b.id)
        };
        of(other.document, read.document) || of(read.document, other.document)
    })
}

/// Where a figure does not agree with the others of its document, or with the document's translation.
fn at_odds(statement: &Statement, read: &Read<'_>, translation: Option<&Read<'_>>) -> Option<Coherence> {
    let within = coherence::figures::against(statement, &read.statements);
    within.filter(|found| !found.agrees).or_else(|| {
        let found = coherence::translation::against(statement, &read.statements, &translation?.statements)?;
        (!found.agrees).then_some(found)
    })
}

/// The one of the three kinds of answer that fits.
fn answer(
    judge: &Judge<'_>,
    statement: &Statement,
    claim: &Claim,
    read: &Read<'_>,
    translation: Option<&Read<'_>>,
    mentions: &Mentions,
) -> (Answer, Vec<operators::Derivation>) {
    if verdict::has_value(claim) {
        let mut judged = judge.verdict(claim);
        // Where the data cannot say, the document itself may: its figures may not agree with each other.
        if judged.verdict.outcome == Outcome::Undecided
            && let Some(coherence) = at_odds(statement, read, translation)
        {
            return (Answer::Coherence(coherence), judged.shown);
        }
        // How a lock fares (it jams, its capacity is short) is on no list; what is known of the lock stands beside it.
        let fares =
            claim.kind == Kind::Status && claim.topics.first().is_some_and(|topic| &**topic == "locks");
        if fares && judged.verdict.outcome == Outcome::Undecided && judged.verdict.near.is_empty() {
            let borne =
                judge.bearing(&in_its_sentence(claim, statement, read), read.document.region, mentions);
            judged.verdict.text = words::beside(&judged.verdict.text, &borne.shown);
            judged.verdict.near = borne.bearing.findings;
            judged.shown.extend(borne.shown);
        }
        return (Answer::Verdict(judged.verdict), judged.shown);
    }
    if let Some(coherence) = coherence::check(statement, &read.statements) {
        return (Answer::Coherence(coherence), vec![]);
    }
    let mut borne = judge.bearing(claim, read.document.region, mentions);
    if borne.shown.is_empty() && claim.kind == Kind::Proposal {
        // A request may leave its matter to the rest of its sentence: it must begin urgently.
        borne = judge.bearing(&in_its_sentence(claim, statement, read), read.document.region, mentions);
    }
    (Answer::Bearing(borne.bearing), borne.shown)
}

/// A claim with the words and the topics of the whole sentence it stands in.
fn in_its_sentence(claim: &Claim, statement: &Statement, read: &Read<'_>) -> Claim {
    let [from, to] = statement.bspan;
    let (before, after) = (&read.normalised[..from], &read.normalised[to..]);
    let stops = |rest: &str| {
        rest.starts_with(['。', '！', '？', '\n'])
            || rest.strip_prefix('.').is_some_and(|next| next.chars().next().is_none_or(char::is_whitespace))
    };
    // The stop before may be the one right before the statement, so what follows it is looked at too.
    let stop_before = before.char_indices().rev().find(|(at, _)| stops(&read.normalised[*at..]));
    let start = stop_before.map_or(0, |(at, stop)| at + stop.len_utf8());
    let stop_after = after.char_indices().find(|(at, _)| stops(&after[*at..]));
    let end = stop_after.map_or(read.normalised.len(), |(at, _)| to + at);
    let text = read.normalised[start..end].to_owned();
    let topics = topics::of(&text).into_iter().map(Into::into).collect();
    Claim { text, topics, ..claim.clone() }
}
