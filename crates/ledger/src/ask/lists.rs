//! Designations, listings and named things: which list or register would name them.

use super::{Asker, TERM};
use aho_corasick::{AhoCorasick, MatchKind};
use std::collections::{BTreeMap, BTreeSet};
use zhidian_claims::{Check, Statement};
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
        let words = words.to_lowercase();
        let hits = self.automaton.iter().flat_map(|automaton| automaton.find_iter(&words));
        hits.map(|hit| self.patterns[hit.pattern().as_usize()].clone()).collect()
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
        let objects: Vec<&str> = if statement.items.is_empty() {
            statement.object.iter().map(|words| words.text.as_str()).collect()
        } else {
            statement.items.iter().map(|words| words.text.as_str()).collect()
        };
        objects.into_iter().map(|object| self.designation(statement, object, &subject, basis)).collect()
    }

    fn designation(&self, statement: &Statement, object: &str, subject: &Subject, basis: Basis) -> Part {
        let period = self.until_dated();
        let lists = self.lists_named(object, subject);
        let undefined = lists.is_empty().then(|| object.to_owned());
        let lists = if lists.is_empty() { vec![format!("{TERM}{object}").into()] } else { lists };
        let reading = |list: Code| Reading {
            key: Key { measure: Measure::Member(list), subject: subject.clone(), period, scope: None },
            basis,
        };
        let _ = statement;
        Part {
            label: object.to_owned(),
            readings: lists.into_iter().map(reading).collect(),
            stated: Stated::Truth(true),
            undefined,
        }
    }

    /// The list a designation names. An entry of a list may itself be the designation (a project's rank on a list of
    /// designations); then its list answers.
    fn lists_named(&self, object: &str, subject: &Subject) -> Vec<Code> {
        let meant = self.mentions.find(object);
        let mut lists: Vec<Code> = meant
            .iter()
            .filter_map(|meant| match meant {
                Meant::List(list) => Some(list.clone()),
                _ => None,
            })
            .collect();
        if lists.is_empty() {
            // By the entries of the lists that speak of this very subject: the class is the designation.
            lists = self
                .lists
                .iter()
                .filter(|list| {
                    list.items.iter().any(|item| {
                        item.subject.as_ref() == Some(subject) && names_class(item.class.as_deref(), object)
                    })
                })
                .map(|list| list.id.clone())
                .collect();
        }
        lists.truncate(1);
        lists
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
            self.mentions.find(words).iter().any(|meant| matches!(meant, Meant::List(_) | Meant::Item(..)))
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
        for meant in self.mentions.find(thing) {
            let (list, of) = match &meant {
                Meant::Item(list, at) => (
                    list,
                    self.lists
                        .iter()
                        .find(|held| held.id == *list)
                        .and_then(|held| held.items[*at].subject.clone()),
                ),
                Meant::List(list) => (list, None),
                Meant::Entity(_) => continue,
            };
            let key = Key {
                measure: Measure::Member(list.clone()),
                subject: of.unwrap_or_else(|| subject.clone()),
                period: self.until_dated(),
                scope: None,
            };
            return Part {
                label: thing.to_owned(),
                readings: vec![Reading { key, basis }],
                stated: Stated::Truth(true),
                undefined: None,
            };
        }
        let table = register_for(statement);
        let key = Key {
            measure: Measure::Member(format!("{TERM}{table}").into()),
            subject: subject.clone(),
            period: self.until_dated(),
            scope: None,
        };
        Part {
            label: thing.to_owned(),
            readings: vec![Reading { key, basis }],
            stated: Stated::Truth(true),
            undefined: Some(thing.to_owned()),
        }
    }
}

/// Words of a designation and of a class name each other when the shorter stands in the longer.
fn names_class(class: Option<&str>, object: &str) -> bool {
    let plain = |text: &str| text.replace(['“', '”', '—', '-', '、', ' ', '的'], "");
    let (Some(class), object) = (class.map(plain), plain(object)) else { return false };
    let enough = |text: &str| text.chars().count() >= SHORTEST_NAME;
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
