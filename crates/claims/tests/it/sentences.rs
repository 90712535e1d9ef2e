//! The files of `tests/sentences`: a line `> text` and below it, one a line, every statement it makes.
//!
//! A line `@ dated=2026-02 region=410700` sets the options for what follows. A statement is written as
//! `type modality | indicator | figure | field=norm …`. `ZHIDIAN_BLESS=1` rewrites the files from what is read; read the
//! difference before keeping it.

use std::{fmt::Write, fs, path::Path};
use zhidian_claims::{Options, Statement, read};

#[test]
fn every_sentence_states_what_is_written_below_it() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sentences");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    assert!(!files.is_empty());
    let mut wrong = String::new();
    for file in files {
        let written = fs::read_to_string(&file).unwrap();
        let found = answer(&written);
        if std::env::var_os("ZHIDIAN_BLESS").is_some() {
            fs::write(&file, &found).unwrap();
        } else {
            for (a, b) in written.lines().zip(found.lines()).filter(|(a, b)| a != b) {
                writeln!(wrong, "{}:\n  written {a}\n  read    {b}", file.display()).unwrap();
            }
            if written.lines().count() != found.lines().count() {
                writeln!(wrong, "{}: another number of statements", file.display()).unwrap();
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// The files of `tests/pages`: whole texts, with what they state in a file of the same name ending in `.out`.
#[test]
fn every_page_states_what_is_written_beside_it() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    for name in ["delegates", "report", "tables"] {
        let raw = fs::read_to_string(folder.join(name).with_extension("txt")).unwrap();
        let reading = read(&raw, &Options::default()).unwrap();
        let mut found = String::new();
        for article in &reading.articles {
            let words = [&article.office, &article.person, &article.title_text];
            let words: Vec<&str> = words.into_iter().flatten().map(String::as_str).collect();
            writeln!(found, "# {} {}", article.article, words.join(" · ")).unwrap();
        }
        for statement in &reading.statements {
            writeln!(found, "{}: {}\n    {}", statement.id, statement.text, show(statement)).unwrap();
        }
        let beside = folder.join(name).with_extension("out");
        if std::env::var_os("ZHIDIAN_BLESS").is_some() {
            fs::write(&beside, &found).unwrap();
        }
        let written = fs::read_to_string(&beside).unwrap();
        for (a, b) in written.lines().zip(found.lines()) {
            assert_eq!(a, b, "{name}");
        }
        assert_eq!(written.lines().count(), found.lines().count(), "{name}: another number of statements");
    }
}

fn answer(written: &str) -> String {
    let mut options = Options::default();
    let mut out = String::new();
    for line in written.lines() {
        if let Some(settings) = line.strip_prefix("@ ") {
            options = Options::default();
            for (name, value) in settings.split(' ').filter_map(|s| s.split_once('=')) {
                match name {
                    "dated" => options.dated = Some(value.into()),
                    "region" => options.region = value.parse().ok(),
                    other => panic!("unknown setting {other}"),
                }
            }
        }
        if let Some(text) = line.strip_prefix("> ") {
            writeln!(out, "{line}").unwrap();
            for statement in read(text, &options).unwrap().statements {
                writeln!(out, "{}", show(&statement)).unwrap();
            }
        } else if line.is_empty() || line.starts_with(['#', '@']) {
            writeln!(out, "{line}").unwrap();
        }
    }
    out
}

fn show(s: &Statement) -> String {
    let mut out = format!("{:?} {:?}", s.kind, s.modality).to_lowercase();
    let indicator = s.indicator.as_ref().map(|i| i.canon.clone().unwrap_or_else(|| i.text.clone()));
    write!(out, " | {}", indicator.unwrap_or_default()).unwrap();
    if let Some(v) = &s.value {
        let range = v.low.as_ref().zip(v.high.as_ref()).map(|(a, b)| format!("{a}..{b}"));
        let number = v.num.clone().or(range).or(v.ratio.clone()).unwrap_or_default();
        write!(out, " | {number} {}", v.unit.as_deref().unwrap_or("?")).unwrap();
    }
    out.push_str(" |");
    for (name, field) in [
        ("qualifier", &s.qualifier),
        ("change", &s.change),
        ("baseline", &s.baseline),
        ("period", &s.period),
        ("rank", &s.rank),
        ("count", &s.count),
    ] {
        if let Some(norm) = field.as_ref().and_then(|f| f.norm.as_ref()) {
            write!(out, " {name}={norm}").unwrap();
        }
    }
    for (name, field) in [("scope", &s.scope), ("label", &s.label), ("object", &s.object)] {
        if let Some(words) = field {
            write!(out, " {name}={}", words.text).unwrap();
        }
    }
    if !s.items.is_empty() {
        let items: Vec<&str> = s.items.iter().map(|i| i.text.as_str()).collect();
        write!(out, " items={}", items.join("/")).unwrap();
    }
    if let Some(subject) = s.subject.as_ref().filter(|s| !s.implicit) {
        write!(out, " @{}", subject.text).unwrap();
    }
    out
}
