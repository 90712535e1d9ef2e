//! Designations, listings and named things: which list or register would name them.

use super::{Asker, TERM};
use aho_corasick::{AhoCorasick, MatchKind};
use std::collections::{BTreeMap, BTreeSet};
use zhidian_claims::{Check, Modality, Statement, Type};
use zhidian_dossier::{Entity, List};
use zhidian_model::{Basis, Code, Key, Measure, Part, Reading, Stated, Subject};
use zhidian_vocabulary::topics;

/// Finds the lists, the list entries and the named things of the dossiers in words.
pub struct Mentions {
    automaton: Option<AhoCorasick>,
    patterns: Vec<Meant>,
    entities: BTreeMap<String, Subject>,
}

/// What a name stands for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Meant {
    /// A list by its id.
    List(Code),
    /// An entry of a list: the list's id and the entry's number.
    Item(Code, usize),
    /// A named thing.
    Entity(Subject),
}

/// Shorter names match too much.
const SHORTEST_NAME: usize = 3;
/// `标志性工程` alone says nothing: of what it is a landmark is the designation.
const SHORTEST_CLASS: usize = 6;

impl Mentions {
    /// Over everything the dossiers name.
    pub fn new(lists: &[List], entities: &[Entity]) -> Self {
        let mut named: BTreeMap<String, Meant> = BTreeMap::new();
        let mut add = |name: &str, meant: Meant| {
            let name = name.trim().to_lowercase();
            if name.chars().count() >= SHORTEST_NAME {
                named.entry(name).or_insert(meant);
            }
        };
        for list in lists {
            for name in list.names.iter().map(String::as_str).chain([list.title.as_str()]) {
                add(name, Meant::List(list.id.clone()));
            }
        }
        let mut by_name = BTreeMap::new();
        for entity in entities {
            let names = entity.names.iter().chain([&entity.name, &entity.name_en]);
            for name in names {
                by_name.entry(name.trim().to_lowercase()).or_insert_with(|| entity.subject.clone());
                add(name, Meant::Entity(entity.subject.clone()));
            }
        }
        for list in lists {
            for (at, item) in list.items.iter().enumerate() {
                // A region on a list is found by its own name, not here: every text names regions.
                if item.subject.as_ref().is_none_or(|subject| subject.region().is_none()) {
                    for name in item.names.iter().chain([&item.name]) {
                        add(name, Meant::Item(list.id.clone(), at));
                    }
                }
            }
        }
        let (names, patterns): (Vec<_>, Vec<_>) = named.into_iter().unzip();
        let automaton = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(&names).ok();
        Self { automaton, patterns, entities: by_name }
    }

    /// Everything that words name, each once, in a stable order.
    pub fn find(&self, words: &str) -> BTreeSet<Meant> {
        self.find_named(words).into_iter().map(|(_, meant)| meant).collect()
    }

    /// Everything that words name with the words that name it, in the order of the words.
    fn find_named(&self, words: &str) -> Vec<(String, Meant)> {
        let words = words.to_lowercase();
        let hits = self.automaton.iter().flat_map(|automaton| automaton.find_iter(&words));
        hits.map(|hit| (words[hit.range()].to_owned(), self.patterns[hit.pattern().as_usize()].clone()))
            .collect()
    }

    /// The thing these words are the name of, or the one thing they mention.
    pub fn entity(&self, words: &str) -> Option<Subject> {
        if let Some(subject) = self.entities.get(&words.trim().to_lowercase()) {
            return Some(subject.clone());
        }
        let mut meant = self.find(words).into_iter().filter_map(|meant| match meant {
            Meant::Entity(subject) => Some(subject),
            _ => None,
        });
        meant.next().filter(|_| meant.next().is_none())
    }
}

impl Asker<'_> {
    /// `被界定为全国资源枯竭城市和衰退型城市`: one part for each designation, since the sentence holds when all do.
    pub(super) fn designations(&self, statement: &Statement) -> Vec<Part> {
        let (subject, basis) = self.subject(statement);
        let objects: Vec<&str> = match statement.items.as_slice() {
            [] => statement.object.iter().map(|words| words.text.as_str()).collect(),
            items => items.iter().map(|words| words.text.as_str()).collect(),
        };
        objects.into_iter().flat_map(|object| self.designation(statement, object, &subject, basis)).collect()
    }

    /// One part for each list that the words name; where they name none, one part in the words alone.
    fn designation(&self, statement: &Statement, object: &str, subject: &Subject, basis: Basis) -> Vec<Part> {
        let part = |label: String, list: Code, undefined: Option<String>| {
            let key = Key {
                measure: Measure::Member(list),
                subject: subject.clone(),
                period: self.until_dated(),
                scope: None,
            };
            Part { label, readings: vec![Reading { key, basis }], stated: Stated::Truth(true), undefined }
        };
        let whole = statement.items.is_empty().then_some(statement.text.as_str());
        let named = self.lists_named(object, whole, subject);
        let named: Vec<_> =
            named.into_iter().filter(|(name, list)| self.as_told(statement, name, list)).collect();
        if named.is_empty() {
            return vec![part(object.to_owned(), format!("{TERM}{object}").into(), Some(object.to_owned()))];
        }
        named.into_iter().map(|(name, list)| part(name, list, None)).collect()
    }

    /// Does the list say what the sentence says around its name? Another batch, another issuer or another year is another
    /// list, which is not at hand.
    fn as_told(&self, statement: &Statement, name: &str, id: &str) -> bool {
        let Some(list) = self.lists.iter().find(|list| &*list.id == id) else { return false };
        let text = statement.text.to_lowercase();
        let before = text.split(name).next().unwrap_or_default();
        let batch = before.ends_with('批') || before.contains("batch");
        let issuer =
            statement.attribution.as_ref().map(|words| words.text.as_str()).filter(|words| !words.is_ascii());
        let other_issuer =
            issuer.is_some_and(|issuer| !list.issuer.is_empty() && !abbreviates(issuer, &list.issuer));
        let told = statement.period.as_ref().filter(|period| !period.implicit && !period.inherited);
        let told_year = told.and_then(|period| period.norm.as_deref()?.get(..4)?.parse::<i16>().ok());
        let issued_year = list.issued.and_then(|issued| issued.from()).map(|day| day.year());
        let other_year = matches!((told_year, issued_year), (Some(told), Some(issued)) if told != issued);
        !batch && !other_issuer && !other_year
    }

    /// The lists that words name, each with the words that name it; where the object alone names none, the lists that
    /// the whole sentence names. Where a class of entries is itself the designation (a project's rank among projects),
    /// the list that says so of this very subject answers.
    fn lists_named(&self, object: &str, whole: Option<&str>, subject: &Subject) -> Vec<(String, Code)> {
        for words in [Some(object), whole].into_iter().flatten() {
            let named = self.mentions.find_named(words).into_iter().filter_map(|(name, meant)| match meant {
                Meant::List(list) => Some((name, list)),
                _ => None,
            });
            let named: Vec<(String, Code)> = named.collect();
            if !named.is_empty() {
                return named;
            }
        }
        let says_so = |list: &&List| {
            list.items.iter().any(|item| {
                item.subject.as_ref() == Some(subject) && names_class(item.class.as_deref(), object)
            })
        };
        self.lists.iter().find(says_so).map(|list| (object.to_owned(), list.id.clone())).into_iter().collect()
    }

    /// Projects, institutions and partners that a register would name.
    pub(super) fn named_things(&self, statement: &Statement) -> Vec<Part> {
        if statement.check != Check::Registry {
            return vec![];
        }
        let things: Vec<&str> = match statement.items.as_slice() {
            [] => statement.object.iter().map(|words| words.text.as_str()).collect(),
            items => items.iter().map(|words| words.text.as_str()).collect(),
        };
        let (subject, basis) = self.subject(statement);
        things.into_iter().map(|thing| self.registered(statement, thing, &subject, basis)).collect()
    }

    /// A list whose members a register would name (`…等全球知名企业`), or some of whose members stand on a list at hand.
    /// Every other list is a list: it is checked against itself, or borne on.
    pub(super) fn listed_things(&self, statement: &Statement) -> Vec<Part> {
        let on_a_list = |words: &str| {
            self.mentions.find(words).iter().any(|meant| match meant {
                Meant::List(_) | Meant::Item(..) => true,
                Meant::Entity(thing) => self.lists.iter().any(|list| holds(list, thing)),
            })
        };
        let any_listed = statement.items.iter().any(|item| on_a_list(&item.text));
        if statement.count.is_some() || !(statement.check == Check::Registry || any_listed) {
            return vec![];
        }
        let (subject, basis) = self.subject(statement);
        statement.items.iter().map(|item| self.registered(statement, &item.text, &subject, basis)).collect()
    }

    /// Whether a named thing stands in a register: on a list at hand, else in the register that its topic would need.
    fn registered(&self, statement: &Statement, thing: &str, subject: &Subject, basis: Basis) -> Part {
        let (list, subject, undefined) = match self.listed(statement, thing, subject) {
            Some((list, of)) => (list, of, None),
            None => {
                // A project by its own name is asked for itself: a register knows how far it is. That it is complete
                // is more than a register's row says of one under way, so only what goes on is asked so.
                let project = self.mentions.entity(thing).filter(is_project);
                let of =
                    project.filter(|_| statement.modality == Modality::Ongoing).unwrap_or(subject.clone());
                (format!("{TERM}{}", register_for(statement)).into(), of, Some(thing.to_owned()))
            }
        };
        let key = Key { measure: Measure::Member(list), subject, period: self.until_dated(), scope: None };
        Part {
            label: thing.to_owned(),
            readings: vec![Reading { key, basis }],
            stated: Stated::Truth(true),
            undefined,
        }
    }

    /// The list that words put a thing on, and the thing: an entry that is named, a named thing on a named list, or the
    /// statement's own subject on a named list. Of lists called alike (the second batch of a list) the one that holds
    /// the thing and was issued by the document's date answers.
    fn listed(&self, statement: &Statement, words: &str, subject: &Subject) -> Option<(Code, Subject)> {
        let meant = self.mentions.find(words);
        let entry = meant.iter().find_map(|meant| match meant {
            Meant::Item(id, at) => {
                let list = self.lists.iter().find(|list| list.id == *id)?;
                Some((id.clone(), list.items.get(*at)?.subject.clone()?))
            }
            _ => None,
        });
        let list = meant.iter().find_map(|meant| match meant {
            Meant::List(id) => self.lists.iter().find(|list| list.id == *id),
            _ => None,
        });
        let things = meant.iter().filter_map(|meant| match meant {
            Meant::Entity(thing) => Some(thing),
            _ => None,
        });
        let until = self.until_dated();
        let by_then = |list: &List| list.issued.is_none_or(|issued| until.contains(&issued));
        let holding = |thing: &Subject| {
            let alike =
                |other: &&List| list.is_none_or(|list| called_alike(list, other)) && holds(other, thing);
            self.lists.iter().filter(alike).min_by_key(|other| (!by_then(other), other.id.clone()))
        };
        let own = list.map(|_| subject);
        // That a project stands on some list does not say that it is being built: an action needs its list named.
        let things = things.filter(|_| list.is_some() || statement.kind != Type::Action);
        let held = things.chain(own).find_map(|thing| Some((holding(thing)?.id.clone(), thing.clone())));
        held.or_else(|| list.map(|list| (list.id.clone(), subject.clone()))).or(entry)
    }
}

fn is_project(thing: &Subject) -> bool {
    matches!(thing, Subject::Entity { kind, .. } if &**kind == "project")
}

fn holds(list: &List, thing: &Subject) -> bool {
    list.items.iter().any(|item| item.subject.as_ref() == Some(thing))
}

/// Does a name of one list stand in a name of the other: the second batch of a list is called after the list.
fn called_alike(list: &List, other: &List) -> bool {
    list.id == other.id
        || other.names.iter().any(|name| list.names.iter().any(|of| name.contains(of.as_str())))
}

/// Is the one name short for the other: 国家发改委 for 国家发展和改革委员会, by its characters in their order?
fn abbreviates(short: &str, long: &str) -> bool {
    let mut rest = long.chars();
    short.chars().all(|c| rest.any(|other| other == c)) || short.contains(long)
}

/// Words of a designation and of a class name each other when the shorter stands in the longer.
fn names_class(class: Option<&str>, object: &str) -> bool {
    let plain = |text: &str| text.replace(['“', '”', '—', '-', '、', ' ', '的'], "");
    let (Some(class), object) = (class.map(plain), plain(object)) else { return false };
    let enough = |text: &str| text.chars().count() >= SHORTEST_CLASS;
    enough(&class) && enough(&object) && (class.contains(&object) || object.contains(&class))
}

/// The register that would name what a statement names: firms for companies, else projects.
fn register_for(statement: &Statement) -> &'static str {
    let firms = statement
        .label
        .as_ref()
        .is_some_and(|label| label.text.contains("企业") || label.text.to_lowercase().contains("compan"));
    let table = if firms { "firms" } else { "projects" };
    topics::table(table).map_or("projects", |table| table.id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_names_of_offices() {
        assert!(abbreviates("国家发改委", "国家发展和改革委员会"));
        assert!(abbreviates("国务院", "国务院"));
        assert!(!abbreviates("水利部", "国务院"));
    }
}
