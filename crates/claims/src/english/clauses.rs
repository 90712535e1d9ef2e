//! Clauses of an English sentence: each with the verb that leads it.

use super::{
    phrases::lower,
    verbs::{self, Form, Verb},
};
use crate::text::Span;

/// A stretch of a sentence led by one verb.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clause {
    pub(super) span: Span,
    /// The verb and where it stands, in bytes of the text.
    pub(super) verb: Option<(usize, Verb)>,
    /// It shall be: behind `will`, `must`, `is to`, `to`.
    pub(super) ahead: bool,
    /// It is being done: behind `is`, `are`, or in the present.
    pub(super) done: bool,
    /// The words begin with the verb: the subject stands before.
    pub(super) carried: bool,
}

impl Clause {
    /// What stands behind the verb.
    pub(super) fn object(&self, text: &str) -> Span {
        let start = self.verb.map_or(self.span.end, |(at, v)| (at + v.length).min(self.span.end));
        Span::new(start, self.span.end).trim(text, |c| c.is_whitespace() || matches!(c, ',' | ':'))
    }
}

const JOINTS: &[&str] = &["; ", ": ", ", and ", ", but ", ", ", " and ", " but "];
const PRONOUNS: &[&str] = &["it", "they", "we", "which", "this", "he", "she"];
const MODALS: &[&str] = &["will", "must", "should", "shall", "would", "to"];
const AUXILIARIES: &[&str] = &["is", "are", "was", "were", "has", "have", "had", "been", "be"];
const ADVERBS: &[&str] = &[
    "also",
    "then",
    "thus",
    "further",
    "again",
    "soon",
    "now",
    "still",
    "above",
    "all",
    "particular",
    "first",
    "next",
    "together",
    "continue",
    "continues",
    "actively",
];
/// A form in -s before one of these is a noun.
const NOT_BEHIND: &[&str] =
    &["of", "and", "or", "are", "is", "were", "was", "have", "has", "that", "which", "in", "by"];
/// Behind one of these the word is a noun.
const NOT_BEFORE: &[&str] = &[
    "the", "a", "an", "its", "their", "our", "these", "those", "of", "in", "for", "such", "other", "new",
    "major", "key", "and/or", "with", "by", "on", "as", "from",
];

fn adverb(word: &str) -> bool {
    ADVERBS.contains(&word) || word.len() > 4 && word.ends_with("ly")
}

/// The clauses of a part of a sentence, in order; together they cover it.
pub(super) fn split(text: &str, part: Span) -> Vec<Clause> {
    let words = part.of(text);
    let mut starts = vec![0];
    let mut infinitive = false;
    for joint in joints(words) {
        let since = *starts.last().unwrap_or(&0);
        let before = lower(&words[since..joint]);
        infinitive = infinitive
            || [" to ", "will ", " must ", " should ", " shall "].iter().any(|w| before.contains(w))
            || before.starts_with("to ");
        let names_roles = words[..joint].ends_with(": ") && words[joint..].starts_with("with ");
        let opened = OPENERS.iter().any(|o| words[since..].starts_with(o)) && new_subject(&words[joint..]);
        if names_roles || opened || leads(&words[joint..], infinitive) {
            starts.push(joint);
            infinitive = false;
            let ahead = words[..joint].to_ascii_lowercase();
            let carried = verbs::at(&words[joint..]).is_some_and(|v| v.form == Form::Base);
            if carried && [" to ", "will ", " must "].iter().any(|w| ahead.contains(w)) {
                infinitive = true;
            }
        }
    }
    let mut clauses = Vec::new();
    let mut ahead = false;
    for (i, start) in starts.iter().enumerate() {
        let end = starts.get(i + 1).copied().unwrap_or(words.len());
        let span = Span::new(part.start + start, part.start + end);
        let mut clause = clause(text, trimmed(text, span));
        // to integrate, promote and complete: the modal of the first holds for those that follow.
        if clause.carried && clause.verb.is_some_and(|(_, v)| v.form == Form::Base) {
            clause.ahead |= ahead;
        }
        ahead = clause.ahead;
        clauses.push(clause);
    }
    clauses
}

fn trimmed(text: &str, span: Span) -> Span {
    let mut span = span.trim(text, |c| c.is_whitespace() || matches!(c, ',' | ';' | ':'));
    while let Some(w) = [" and", ", and", " but"].iter().find(|w| span.of(text).ends_with(**w)) {
        span = Span::new(span.start, span.end - w.len()).trim(text, |c| c.is_whitespace() || c == ',');
    }
    span
}

/// Where the words behind a comma or a conjunction begin, outside quotation marks.
fn joints(words: &str) -> Vec<usize> {
    let mut out = Vec::new();
    let mut quoted = false;
    let mut at = 0;
    while let Some(c) = words[at..].chars().next() {
        match c {
            '"' => quoted = !quoted,
            '“' | '(' => quoted = true,
            '”' | ')' => quoted = false,
            ' ' | ',' | ';' | ':' if !quoted => {
                if let Some(joint) = JOINTS.iter().find(|j| words[at..].starts_with(**j)) {
                    at += joint.len();
                    out.push(at);
                    continue;
                }
            }
            _ => {}
        }
        at += c.len_utf8();
    }
    out
}

fn next_word(words: &str) -> &str {
    let words = words.trim_start_matches([' ', '"', '“']);
    &words[..words.find(|c: char| !(c.is_alphanumeric() || c == '-' || c == '\'')).unwrap_or(words.len())]
}

/// Whether words behind a joint begin a clause of their own.
fn leads(words: &str, infinitive: bool) -> bool {
    let mut rest = words;
    let (mut pronoun, mut modal, mut auxiliary) = (false, false, false);
    for _ in 0..6 {
        let word = next_word(rest);
        let low = lower(word);
        if word.is_empty() || !rest.starts_with(word) {
            break;
        }
        if PRONOUNS.contains(&low.as_str()) {
            pronoun = true;
        } else if MODALS.contains(&low.as_str()) {
            modal = true;
        } else if AUXILIARIES.contains(&low.as_str()) {
            auxiliary = true;
        } else if !(adverb(&low) || low == "in" && rest[2..].starts_with(" particular")) {
            break;
        }
        rest = rest[word.len()..].trim_start_matches(' ');
    }
    if pronoun || auxiliary && !rest.is_empty() {
        return true;
    }
    if let Some(verb) = verbs::at(rest) {
        let after = lower(next_word(&rest[verb.length..]));
        let noun = NOT_BEHIND.contains(&after.as_str()) || after.is_empty();
        return match verb.form {
            Form::Base => modal || infinitive && !noun,
            Form::Third => !noun,
            Form::Past => !noun && !rest[verb.length..].starts_with(','),
            Form::Ing => false,
        };
    }
    modal && !rest.is_empty() && lower(&words[..words.len().min(3)]) != "to " || own_subject(words)
}

/// `Quzhou's ways were taken up`: a subject and its verb within a few words.
fn own_subject(words: &str) -> bool {
    let stop = words.find([',', ';', ':']).unwrap_or(words.len());
    let head = &words[..stop];
    let opens = head.starts_with(|c: char| c.is_uppercase() || c == '"' || c == '“')
        || ["the ", "its ", "a ", "this ", "these ", "their ", "work on "]
            .iter()
            .any(|w| head.starts_with(w));
    let low = lower(head);
    let finite = [" is ", " are ", " was ", " were ", " has ", " have ", " will ", " must "];
    opens
        && finite
            .iter()
            .filter_map(|w| low.find(w))
            .min()
            .is_some_and(|at| low[..at].split(' ').count() <= 12)
}

/// Prepositions that open a phrase before the subject.
const OPENERS: &[&str] = &["With ", "with ", "Through ", "By "];

/// `…, Laibin goes its own way`: a name or a pronoun and a verb in -s behind an opening phrase.
fn new_subject(words: &str) -> bool {
    let subject = next_word(words);
    let rest = &words[subject.len().min(words.len())..];
    let verb = next_word(rest);
    let after = rest.trim_start().get(verb.len()..).unwrap_or_default();
    subject.starts_with(|c: char| c.is_uppercase())
        && words.starts_with(subject)
        && rest.starts_with(' ')
        && verb.starts_with(|c: char| c.is_lowercase())
        && verb.ends_with('s')
        && after.starts_with(' ')
}

/// One clause with its main verb.
fn clause(text: &str, span: Span) -> Clause {
    let words = span.of(text);
    let mut clause = Clause { span, verb: None, ahead: false, done: false, carried: false };
    let mut before: Vec<String> = Vec::new();
    let mut reached = 0;
    // With a plan to build a port, …: no verb of its own.
    let phrase = OPENERS.iter().any(|o| words.starts_with(o));
    for at in verbs::word_starts(words) {
        if at < reached {
            continue;
        }
        let word = next_word(&words[at..]);
        let previous = before.iter().rev().find(|w| !adverb(w) && w.as_str() != "in").cloned();
        let previous = previous.as_deref().unwrap_or_default();
        if let Some(verb) = verbs::at(&words[at..]) {
            let after = lower(next_word(&words[at + verb.length..]));
            let behind_noun = NOT_BEFORE.contains(&before.last().map_or("", String::as_str));
            let main = match verb.form {
                Form::Base => {
                    ["has", "have", "had"].contains(&previous)
                        || MODALS.contains(&previous)
                        || before.is_empty()
                        || before.iter().all(|w| adverb(w) || w == "in")
                }
                Form::Third => !NOT_BEHIND.contains(&after.as_str()) && !behind_noun && verb.base != "be",
                Form::Past => {
                    !behind_noun
                        && after != "by"
                        && verb.base != "be"
                        && !AUXILIARIES[..4].contains(&previous)
                }
                Form::Ing => ["is", "are", "was", "were", "been"].contains(&previous),
            };
            if main && !phrase {
                clause.verb = Some((span.start + at, verb));
                clause.ahead = verb.form == Form::Base && MODALS.contains(&previous);
                clause.done = matches!(verb.form, Form::Past) || ["has", "have", "had"].contains(&previous);
                clause.carried =
                    before.iter().all(|w| adverb(w) || w == "in" || MODALS.contains(&w.as_str()));
                break;
            }
            reached = at + word.len();
        }
        before.push(lower(word));
    }
    // set up and put are past and base alike: has set up.
    if let Some((_, verb)) = clause.verb.as_mut()
        && clause.done
        && verb.form == Form::Base
    {
        verb.form = Form::Past;
    }
    clause
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(&str, Option<&'static str>)> {
        split(text, Span::new(0, text.len()))
            .into_iter()
            .map(|c| (c.span.of(text), c.verb.map(|v| v.1.base)))
            .collect()
    }

    #[test]
    fn clauses_begin_at_verbs_and_not_in_lists() {
        assert_eq!(
            read("The port deepens its channels, opens up new routes and serves farms, mills and mines"),
            [
                ("The port deepens its channels", Some("deepen")),
                ("opens up new routes", Some("open up")),
                ("serves farms, mills and mines", Some("serve")),
            ]
        );
        assert_eq!(
            read("In future it will integrate lines, complete chains and build the port into a hub"),
            [
                ("In future it will integrate lines", Some("integrate")),
                ("complete chains", Some("complete")),
                ("build the port into a hub", Some("build")),
            ]
        );
    }
}
