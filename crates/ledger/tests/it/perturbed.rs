//! One digit or place changed in a shipped document: what was supported turns, and nothing turns falsely.

use crate::shipped::{assessed, folder};
use std::{
    fs,
    path::{Path, PathBuf},
};
use zhidian_ledger::contract::{Answer, Assessment, Outcome};

/// A copy of the shipped dossiers with one document changed.
fn changed(city: &str, from: &str, to: &str) -> Assessment {
    let copy = tempfile::tempdir().unwrap();
    copy_folder(&folder(), copy.path());
    let document = copy.path().join(city).join(format!("documents/{city}.zh.txt"));
    let text = fs::read_to_string(&document).unwrap();
    assert!(text.contains(from), "{city} does not say {from}");
    fs::write(&document, text.replacen(from, to, 1)).unwrap();
    assessed(&[copy.path().join(city)]).assessment
}

fn copy_folder(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target: PathBuf = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            fs::create_dir_all(&target).unwrap();
            copy_folder(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn outcome(assessment: &Assessment, document: &str, words: &str) -> Outcome {
    let says = |answer: &&Answer| {
        answer.claim["document"] == document && answer.claim["text"].as_str().unwrap().contains(words)
    };
    assessment.answers.iter().find(says).unwrap_or_else(|| panic!("nothing says {words}")).outcome
}

#[test]
fn a_wrong_place_is_contradicted() {
    for place in ["第一", "第二", "第四", "第五", "第十"] {
        let assessment = changed("quzhou", "浙江第三", &format!("浙江{place}"));
        assert_eq!(outcome(&assessment, "quzhou-zh", "地区生产总值"), Outcome::Contradicted, "{place}");
    }
}

#[test]
fn a_wrong_year_is_contradicted() {
    // In 2019 the city was ninth.
    let assessment = changed("quzhou", "2020年，衢州地区", "2019年，衢州地区");
    assert_eq!(outcome(&assessment, "quzhou-zh", "第三"), Outcome::Contradicted);
}

#[test]
fn a_record_of_a_window_that_holds_a_better_place_is_contradicted() {
    // In 2011 the city was second.
    let assessment = changed("quzhou", "近7年", "近10年");
    assert_eq!(outcome(&assessment, "quzhou-zh", "近10年"), Outcome::Contradicted);
}

#[test]
fn a_wrong_count_is_incoherent() {
    let assessment = changed("quzhou", "七个桥头堡", "六个桥头堡");
    assert_eq!(outcome(&assessment, "quzhou-zh", "六个桥头堡"), Outcome::Incoherent);
}

#[test]
fn nothing_else_turns() {
    let before = assessed(&[folder().join("quzhou")]).assessment;
    let after = changed("quzhou", "浙江第三", "浙江第四");
    let others = |assessment: &Assessment| -> Vec<(String, Outcome)> {
        assessment
            .answers
            .iter()
            .filter(|answer| !answer.claim["text"].as_str().unwrap().contains("地区生产总值"))
            .map(|answer| (answer.claim["text"].to_string(), answer.outcome))
            .collect()
    };
    assert_eq!(others(&before), others(&after));
    let turned = after.answers.iter().filter(|answer| answer.outcome == Outcome::Contradicted);
    assert!(turned.filter(|answer| answer.claim["document"] == "quzhou-zh").count() == 1);
}

#[test]
fn a_city_that_is_on_no_list_is_not_supported() {
    let assessment = changed("laibin", "合山市已被认定", "武宣县已被认定");
    assert_ne!(outcome(&assessment, "laibin-zh", "资源枯竭城市和衰退型"), Outcome::Supported);
}

#[test]
fn a_record_after_a_place_that_is_not_read_takes_no_other_measure() {
    let assessment = changed("quzhou", "浙江第三位", "浙江末位");
    assert_ne!(outcome(&assessment, "quzhou-zh", "近7年"), Outcome::Supported);
}

/// What a numeral is changed into: one of the same kind that says another number.
const OTHERS: [(&str, &[&str]); 32] = [
    ("一", &["二", "四"]),
    ("二", &["三", "五"]),
    ("三", &["四", "六"]),
    ("四", &["三", "五"]),
    ("五", &["四", "八"]),
    ("六", &["五", "九"]),
    ("七", &["六", "八"]),
    ("八", &["七", "九"]),
    ("九", &["八", "六"]),
    ("两", &["三", "四"]),
    ("first", &["second", "fourth"]),
    ("second", &["third", "fifth"]),
    ("third", &["fourth", "sixth"]),
    ("fourth", &["third", "fifth"]),
    ("fifth", &["fourth", "sixth"]),
    ("two", &["three", "five"]),
    ("three", &["four", "six"]),
    ("four", &["three", "five"]),
    ("five", &["four", "six"]),
    ("six", &["five", "nine"]),
    ("seven", &["six", "eight"]),
    ("ten", &["nine", "six"]),
    ("0", &["3", "8"]),
    ("1", &["2", "7"]),
    ("2", &["3", "9"]),
    ("3", &["4", "8"]),
    ("4", &["5", "9"]),
    ("5", &["6", "1"]),
    ("6", &["7", "2"]),
    ("7", &["8", "3"]),
    ("8", &["9", "4"]),
    ("9", &["8", "5"]),
];

/// The spans, in code points, of the numbers a claim states: its figure, place and count.
fn numbers(claim: &serde_json::Value) -> Vec<[usize; 2]> {
    let end = |field: &serde_json::Value, at: usize| usize::try_from(field["span"][at].as_u64()?).ok();
    let of = |name: &str| Some([end(&claim[name], 0)?, end(&claim[name], 1)?]);
    ["value", "rank", "count"].into_iter().filter_map(of).collect()
}

/// Every numeral inside a span, with what stands in its place: byte range and other words.
fn changes(text: &str, span: [usize; 2]) -> Vec<(std::ops::Range<usize>, &'static str)> {
    let byte = |point: usize| text.char_indices().nth(point).map_or(text.len(), |(at, _)| at);
    let (start, end) = (byte(span[0]), byte(span[1]));
    let mut found = Vec::new();
    let mut at = start;
    while at < end {
        let here = OTHERS
            .iter()
            .filter(|(word, _)| text[at..end].starts_with(word))
            .max_by_key(|(word, _)| word.len());
        if let Some((word, others)) = here {
            found.extend(others.iter().map(|other| (at..at + word.len(), *other)));
            at += word.len();
        } else {
            at += text[at..].chars().next().unwrap().len_utf8();
        }
    }
    found
}

fn holds(outcome: Outcome) -> bool {
    matches!(outcome, Outcome::Supported | Outcome::Coherent | Outcome::Met)
}

/// Every number of every answer that holds, in every shipped document of both languages, is changed in turn: at least
/// nineteen in twenty of the answers no longer hold, and no answer whose words were left alone turns.
#[test]
fn what_holds_turns_with_its_numbers_and_nothing_else_does() {
    let copy = tempfile::tempdir().unwrap();
    copy_folder(&folder(), copy.path());
    let (mut turned, mut tried, mut kept) = (0, 0, Vec::new());
    for city in ["quzhou", "laibin", "xinxiang"] {
        let path = copy.path().join(city);
        let before = assessed(std::slice::from_ref(&path)).assessment;
        for language in ["zh", "en"] {
            let id = format!("{city}-{language}");
            let document = path.join(format!("documents/{city}.{language}.txt"));
            let raw = fs::read_to_string(&document).unwrap();
            let text = zhidian_claims::read(&raw, &zhidian_claims::Options::default()).unwrap().normalised;
            let of_document = |a: &&Answer| a.claim["document"] == id.as_str();
            let mut seen = std::collections::BTreeSet::new();
            for (at, answer) in before.answers.iter().filter(of_document).enumerate() {
                for span in
                    numbers(&answer.claim.clone().into()).into_iter().filter(|_| holds(answer.outcome))
                {
                    for (range, other) in changes(&text, span) {
                        // the words as they stand in the file: a numeral is never broken over lines
                        let nth = text[..range.start].matches(&text[range.clone()]).count();
                        let Some((place, word)) = raw.match_indices(&text[range.clone()]).nth(nth) else {
                            continue;
                        };
                        if !seen.insert((at, range.start, other)) {
                            continue;
                        }
                        let changed = format!("{}{other}{}", &raw[..place], &raw[place + word.len()..]);
                        fs::write(&document, changed).unwrap();
                        let after = assessed(std::slice::from_ref(&path)).assessment;
                        let now: Vec<&Answer> = after.answers.iter().filter(of_document).collect();
                        let words = &text[range.clone()];
                        tried += 1;
                        let here = now.get(at).filter(|a| a.claim["type"] == answer.claim["type"]);
                        if here.is_none_or(|a| !holds(a.outcome)) {
                            turned += 1;
                        } else {
                            kept.push(format!("{id}: {words} to {other} in {}", answer.claim["text"]));
                        }
                        let point = text[..range.start].chars().count();
                        for (old, new) in before.answers.iter().filter(of_document).zip(&now) {
                            let own =
                                |at: usize| usize::try_from(old.claim["span"][at].as_u64().unwrap()).unwrap();
                            let touched = own(0) <= point && point < own(1)
                                || old.claim.get("group") == answer.claim.get("group")
                                    && answer.claim.contains_key("group");
                            let falsely = !touched
                                && old.outcome != new.outcome
                                && matches!(new.outcome, Outcome::Contradicted | Outcome::Incoherent);
                            assert!(!falsely, "{id}: {words} to {other} turns {}", old.claim["text"]);
                        }
                    }
                }
            }
            fs::write(&document, &raw).unwrap();
        }
    }
    eprintln!("{turned} of {tried} turned; kept: {kept:#?}");
    assert!(tried >= 20, "{tried}");
    assert!(turned * 20 >= tried * 19, "{turned} of {tried} turned: {kept:#?}");
}
