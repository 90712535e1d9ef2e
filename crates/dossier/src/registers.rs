//! Rosters, lists with their items, named things, and what a person overruled.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;
use zhidian_model::{Code, Evidence, Origin, Period, Row, Scope, Subject};
use zhidian_vocabulary::regions;

use crate::faults::{At, Faults, LIST_COMPLETE, ROSTER_DIFFERS, ROSTER_OVERLAP, ROSTER_READS};
use crate::store::Held;

/// What it means not to stand on a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Completeness {
    /// Who is not on it is no member.
    Yes,
    /// Absence decides nothing.
    No,
    /// Complete for these subjects and what lies in them; absence decides nothing elsewhere.
    For(BTreeSet<Subject>),
}

/// A list answers questions of membership, designation and naming.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List {
    /// Its id.
    pub id: Code,
    /// Its title.
    pub title: String,
    /// What documents call it.
    pub names: Vec<String>,
    /// Who issued it; empty when not known.
    pub issuer: String,
    /// When it was issued, as far as known: a day, a month or a year.
    pub issued: Option<Period>,
    /// What absence means.
    pub complete: Completeness,
    /// Its topic; empty when none is given.
    pub topic: String,
    /// What kind of subject stands on it: a level of region, or a kind of entity; empty when not given.
    pub about: String,
    /// Where it comes from.
    pub origin: Arc<Origin>,
    /// What a reader must know; empty when there is nothing.
    pub note: String,
    /// What stands on it, in the order of the file.
    pub items: Vec<Item>,
    /// Its row.
    pub place: Evidence,
}

/// An entry of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// As printed.
    pub name: String,
    /// The region or the named thing, where it is one.
    pub subject: Option<Subject>,
    /// Other names.
    pub names: Vec<String>,
    /// Its class on the list.
    pub class: Option<String>,
    /// Its place on the list.
    pub rank: Option<u32>,
    /// How long it stood there.
    pub valid: Period,
    /// Where it comes from.
    pub origin: Arc<Origin>,
    /// What a reader must know; empty when there is nothing.
    pub note: String,
    /// Its row.
    pub evidence: Evidence,
}

/// A named thing: a lock, a park, a project, a chain, a firm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// `lock:datengxia`
    pub subject: Subject,
    /// Its name.
    pub name: String,
    /// Other names.
    pub names: Vec<String>,
    /// Its English name; empty when not given.
    pub name_en: String,
    /// The region it lies in.
    pub region: Option<u32>,
    /// Where it comes from.
    pub origin: Arc<Origin>,
    /// Its row.
    pub evidence: Evidence,
}

/// An answer that a person has overruled. It is kept apart from what was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Override {
    /// Id of the claim.
    pub claim: String,
    /// What it is answered instead.
    pub answer: String,
    /// Who says so.
    pub name: String,
    /// Why.
    pub reason: String,
    /// When.
    pub date: Date,
}

/// Names with `;` between, in either width.
fn split(row: &Row<'_>, column: &str) -> Vec<String> {
    let names = row.text(column).map(|text| text.split([';', '；'])).into_iter().flatten();
    names.map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

fn string(row: &Row<'_>, column: &str) -> String {
    row.text(column).map(|text| text.to_string()).unwrap_or_default()
}

/// The days from the first to the last, both included.
fn interval(row: &Row<'_>) -> Option<Period> {
    let to = match row.date("to") {
        Some(last) => Some(last.tomorrow().ok()?),
        None => None,
    };
    Period::new(row.date("from"), to)
}

/// The rosters in the rows of one dossier.
pub(crate) fn rosters(held: &[Arc<Held>], faults: &mut Faults) -> BTreeMap<Code, Scope> {
    let mut scopes: BTreeMap<Code, Scope> = BTreeMap::new();
    for held in held {
        held.each(&BTreeSet::new(), &mut |row| member(row, At::file(&held.file), &mut scopes, faults));
    }
    scopes
}

fn member(row: &Row<'_>, at: At<'_>, scopes: &mut BTreeMap<Code, Scope>, faults: &mut Faults) {
    let at = At { sheet: row.place.sheet.as_deref(), ..at.row(row.place.row) };
    let subject = row.text("member").and_then(|text| text.parse::<Subject>().ok());
    let (Some(id), Some(reads), Some(subject), Some(valid)) =
        (row.text("roster"), row.text("reads"), subject, interval(row))
    else {
        return;
    };
    let title = string(row, "title");
    let scope = scopes.entry(id.clone()).or_insert_with(|| {
        if !is_reading(reads) {
            faults.add(
                ROSTER_READS,
                at.column("reads"),
                reads,
                "a region code, a slash and a kind: 330000/prefecture",
            );
        }
        Scope {
            id: id.clone(),
            title: title.clone(),
            reads: reads.clone(),
            members: BTreeMap::new(),
            stated_size: row.number("of").and_then(|of| u32::try_from(of).ok()),
            origin: row.origin.clone(),
        }
    });
    for (column, here, first) in [
        ("title", &*title, &*scope.title),
        ("reads", reads, &*scope.reads),
        ("origin", &*row.origin.id, &*scope.origin.id),
    ] {
        if here != first {
            faults.add(ROSTER_DIFFERS, at.column(column), here, first);
        }
    }
    match scope.members.get_mut(&subject) {
        None => {
            scope.members.insert(subject, valid);
        }
        Some(known) => match joined(known, &valid) {
            Some(whole) => *known = whole,
            None => {
                let found = format!("{subject} {valid}");
                faults.add(
                    ROSTER_OVERLAP,
                    at.column("from"),
                    &found,
                    format!("one stretch of time; listed for {known}"),
                );
            }
        },
    }
}

/// Two periods as one, if the one ends where the other begins.
fn joined(a: &Period, b: &Period) -> Option<Period> {
    if a.to().is_some() && a.to() == b.from() {
        Period::new(a.from(), b.to())
    } else if b.to().is_some() && b.to() == a.from() {
        Period::new(b.from(), a.to())
    } else {
        None
    }
}

/// `330000/prefecture`, or a name such as `city-credit/prefecture-level` for what no region has.
fn is_reading(reads: &str) -> bool {
    let (code, kind) = reads.split_once('/').unwrap_or((reads, "-"));
    let is_code = code.bytes().all(|b| b.is_ascii_digit());
    let known = code.len() == 6 && code.parse().is_ok_and(|code| regions::by_code(code).is_some());
    (known || !is_code) && !kind.is_empty() && !reads.contains(char::is_whitespace)
}

/// The lists in the rows of one dossier, without their items.
pub(crate) fn lists(held: &[Arc<Held>], faults: &mut Faults) -> Vec<List> {
    let mut lists = Vec::new();
    for held in held {
        held.each(&BTreeSet::new(), &mut |row| {
            let Some(id) = row.text("list") else { return };
            let said = string(row, "complete");
            let complete = completeness(&said).unwrap_or_else(|| {
                let at = At { sheet: row.place.sheet.as_deref(), ..At::file(&held.file).row(row.place.row) };
                faults.add(LIST_COMPLETE, at.column("complete"), &said, "yes, no or for:330800;451300");
                Completeness::No
            });
            lists.push(List {
                id: id.clone(),
                title: string(row, "title"),
                names: split(row, "names"),
                issuer: string(row, "issuer"),
                issued: row.text("issued").and_then(|text| text.parse().ok()),
                complete,
                topic: string(row, "topic"),
                about: string(row, "about"),
                origin: row.origin.clone(),
                note: string(row, "note"),
                items: Vec::new(),
                place: row.evidence("list"),
            });
        });
    }
    lists
}

fn completeness(text: &str) -> Option<Completeness> {
    match text {
        "yes" => Some(Completeness::Yes),
        "no" => Some(Completeness::No),
        _ => {
            let subjects = text.strip_prefix("for:")?.split([';', '；']).map(str::trim);
            let subjects: Result<BTreeSet<Subject>, _> = subjects.map(str::parse).collect();
            let known =
                |subject: &Subject| subject.region().is_none_or(|code| regions::by_code(code).is_some());
            subjects.ok().filter(|subjects| subjects.iter().all(known)).map(Completeness::For)
        }
    }
}

/// Puts the entries in the rows of one dossier on their lists; comes back with the things they name.
pub(crate) fn items(held: &[Arc<Held>], lists: &mut [List]) -> BTreeSet<Code> {
    let mut named = BTreeSet::new();
    let places: BTreeMap<Code, usize> = (0..lists.len()).map(|at| (lists[at].id.clone(), at)).collect();
    for held in held {
        held.each(&BTreeSet::new(), &mut |row| {
            let place = row.text("list").and_then(|id| places.get(id));
            let (Some(place), Some(valid)) = (place, interval(row)) else { return };
            let list = &mut lists[*place];
            named.extend(row.text("subject").cloned());
            list.items.push(Item {
                name: string(row, "item"),
                subject: row.text("subject").and_then(|text| text.parse().ok()),
                names: split(row, "names"),
                class: row.text("class").map(|text| text.to_string()),
                rank: row.number("rank").and_then(|rank| rank.try_into().ok()),
                valid,
                origin: row.origin.clone(),
                note: string(row, "note"),
                evidence: row.evidence("item"),
            });
        });
    }
    named
}

/// The named things in the rows of one dossier.
pub(crate) fn entities(held: &[Arc<Held>]) -> Vec<Entity> {
    let mut entities = Vec::new();
    for held in held {
        held.each(&BTreeSet::new(), &mut |row| {
            let Some(subject) = row.text("entity").and_then(|text| text.parse().ok()) else { return };
            entities.push(Entity {
                subject,
                name: string(row, "name"),
                names: split(row, "names"),
                name_en: string(row, "name_en"),
                region: row.text("region").and_then(|text| text.parse().ok()),
                origin: row.origin.clone(),
                evidence: row.evidence("name"),
            });
        });
    }
    entities
}

/// The overruled answers in the rows of one dossier.
pub(crate) fn overrides(held: &[Arc<Held>]) -> Vec<Override> {
    let mut overrides = Vec::new();
    for held in held {
        held.each(&BTreeSet::new(), &mut |row| {
            let Some(date) = row.date("date") else { return };
            overrides.push(Override {
                claim: string(row, "claim"),
                answer: string(row, "answer"),
                name: string(row, "name"),
                reason: string(row, "reason"),
                date,
            });
        });
    }
    overrides
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn completeness_is_said_in_three_ways() {
        assert_eq!(completeness("yes"), Some(Completeness::Yes));
        assert_eq!(completeness("no"), Some(Completeness::No));
        let regions = BTreeSet::from([Subject::Region(330_800), Subject::Region(451_300)]);
        assert_eq!(completeness("for:330800;451300"), Some(Completeness::For(regions)));
        for text in ["", "maybe", "for:", "for:99", "for:999999"] {
            assert_eq!(completeness(text), None, "{text}");
        }
    }

    #[test]
    fn stretches_that_meet_are_one() {
        let period = |text: &str| text.parse::<Period>().unwrap();
        assert_eq!(joined(&period("2010..2012"), &period("2013..")), Some(period("2010..")));
        assert_eq!(joined(&period("2013.."), &period("2010..2012")), Some(period("2010..")));
        assert_eq!(joined(&period("2010..2013"), &period("2013..")), None);
        assert_eq!(joined(&period("2010..2011"), &period("2013..")), None);
    }

    #[test]
    fn a_reading_names_a_region_and_a_kind() {
        assert!(is_reading("330000/prefecture"));
        assert!(is_reading("city-credit/prefecture-level"));
        for text in ["", "330000/", "999999/prefecture", "33/prefecture", "all cities"] {
            assert!(!is_reading(text), "{text}");
        }
    }
}
