//! Verbs that lead a clause, in every form.

use crate::wordlist;
use std::{collections::BTreeMap, sync::LazyLock};

/// What a clause led by a verb states.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Class {
    /// An end state.
    Goal,
    /// A named thing is pushed or built.
    Named,
    /// Anything else that is done.
    Generic,
}

/// The form of a verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// build
    Base,
    /// builds
    Third,
    /// built
    Past,
    /// building
    Ing,
}

/// A verb found at the start of some words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Verb {
    pub(super) base: &'static str,
    pub(super) class: Class,
    pub(super) form: Form,
    /// Bytes it takes, its particle included.
    pub(super) length: usize,
}

struct Entry {
    base: &'static str,
    class: Class,
    form: Form,
    /// What follows the first word, with its blank: ` up`.
    particle: String,
}

static FORMS: LazyLock<BTreeMap<String, Vec<Entry>>> = LazyLock::new(|| {
    let mut forms: BTreeMap<String, Vec<Entry>> = BTreeMap::new();
    let lists = [
        (wordlist::en_goal_verbs(), Class::Goal),
        (wordlist::en_named_verbs(), Class::Named),
        (wordlist::en_generic_verbs(), Class::Generic),
    ];
    for (list, class) in lists {
        for written in list.iter() {
            let mut parts = written.split('/');
            let base = parts.next().unwrap_or(written);
            let (word, particle) = base.split_once(' ').unwrap_or((base, ""));
            let first = |s: &str| s.split(' ').next().unwrap_or(s).to_owned();
            let past = parts.next().map_or_else(|| past(word), first);
            let ing = parts.next().map_or_else(|| ing(word), first);
            let particle = if particle.is_empty() { String::new() } else { format!(" {particle}") };
            let all = [
                (word.to_owned(), Form::Base),
                (third(word), Form::Third),
                (past, Form::Past),
                (ing, Form::Ing),
            ];
            for (form, kind) in all {
                let entry = Entry { base, class, form: kind, particle: particle.clone() };
                forms.entry(form).or_default().push(entry);
            }
        }
    }
    for entries in forms.values_mut() {
        entries.sort_by_key(|e| std::cmp::Reverse(e.particle.len()));
    }
    forms
});

fn consonant_y(word: &str) -> Option<&str> {
    word.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'i', 'o', 'u']))
}

fn third(word: &str) -> String {
    match consonant_y(word) {
        Some(stem) => format!("{stem}ies"),
        None if word.ends_with(['s', 'x']) || word.ends_with("ch") || word.ends_with("sh") => {
            format!("{word}es")
        }
        None => format!("{word}s"),
    }
}

fn past(word: &str) -> String {
    match consonant_y(word) {
        Some(stem) => format!("{stem}ied"),
        None if word.ends_with('e') => format!("{word}d"),
        None => format!("{word}ed"),
    }
}

fn ing(word: &str) -> String {
    match word.strip_suffix('e').filter(|stem| !stem.ends_with('e')) {
        Some(stem) => format!("{stem}ing"),
        None => format!("{word}ing"),
    }
}

/// The verb some words start with, with the longest particle that follows it; the class that says most stands.
pub(super) fn at(words: &str) -> Option<Verb> {
    let length = words.bytes().take_while(|b| b.is_ascii_alphabetic()).count();
    let entries = FORMS.get(&words[..length].to_ascii_lowercase())?;
    let rest = &words[length..];
    let follows = |e: &&Entry| {
        rest.starts_with(e.particle.as_str())
            && !rest[e.particle.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '-')
    };
    let entry = entries.iter().find(follows)?;
    Some(Verb {
        base: entry.base,
        class: entry.class,
        form: entry.form,
        length: length + entry.particle.len(),
    })
}

/// The places at which words start.
pub(super) fn word_starts(words: &str) -> impl Iterator<Item = usize> + '_ {
    let mut before = ' ';
    words.char_indices().filter_map(move |(i, c)| {
        let starts = c.is_alphanumeric()
            && !before.is_alphanumeric()
            && before != '-'
            && before != '\''
            && before != '’';
        before = c;
        starts.then_some(i)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms() {
        let read = |w: &str| at(w).map(|v| (v.base, v.form));
        assert_eq!(read("carries out the plan"), Some(("carry out", Form::Third)));
        assert_eq!(read("setting up a centre"), Some(("set up", Form::Ing)));
        assert_eq!(read("achieving growth"), Some(("achieve", Form::Ing)));
        assert_eq!(read("built a port"), Some(("build", Form::Past)));
        assert_eq!(read("buildings rose"), None);
        assert_eq!(read("moves ahead with the park").map(|r| r.0), Some("move ahead with"));
    }
}
