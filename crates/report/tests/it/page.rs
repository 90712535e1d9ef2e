//! What must hold of every page, whatever is in it.

use crate::fixture::{CARD, assessment, texts};
use std::collections::{BTreeMap, BTreeSet};
use zhidian_report::{Assessment, Language, html};

fn page(language: Language) -> String {
    html(&assessment(), &texts(), &[CARD], language)
}

/// A tag with its attributes.
struct Tag {
    name: String,
    attributes: BTreeMap<String, String>,
}

const VOID: [&str; 6] = ["meta", "br", "input", "link", "img", "hr"];

/// Reads a page as strictly as an XML reader would, void elements apart: every tag closed in order, every attribute
/// quoted, no stray `<`. Text of style and script is skipped.
fn parse(page: &str) -> Vec<Tag> {
    let mut tags = Vec::new();
    let mut open: Vec<String> = Vec::new();
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if rest.starts_with('!') {
            rest = &rest[rest.find('>').expect("a declaration ends") + 1..];
            continue;
        }
        if let Some(closing) = rest.strip_prefix('/') {
            let end = closing.find('>').expect("a closing tag ends");
            assert_eq!(open.pop().as_deref(), Some(&closing[..end]), "tags close in order near {:.80}", rest);
            rest = &closing[end + 1..];
            continue;
        }
        let name: String = rest.chars().take_while(|c| c.is_ascii_alphanumeric()).collect();
        assert!(!name.is_empty(), "a stray < near {rest:.80}");
        rest = &rest[name.len()..];
        let mut attributes = BTreeMap::new();
        loop {
            rest = rest.trim_start();
            if let Some(after) = rest.strip_prefix("/>") {
                rest = after;
                break;
            }
            if let Some(after) = rest.strip_prefix('>') {
                rest = after;
                if !VOID.contains(&name.as_str()) {
                    open.push(name.clone());
                }
                break;
            }
            let end = rest
                .find(|c: char| !(c.is_ascii_alphanumeric() || "-:_".contains(c)))
                .expect("an attribute ends");
            assert!(end > 0, "not an attribute in <{name}: {rest:.80}");
            let key = rest[..end].to_owned();
            rest = &rest[end..];
            let mut value = String::new();
            if let Some(quoted) = rest.strip_prefix("=\"") {
                let end = quoted.find('"').expect("a value ends");
                quoted[..end].clone_into(&mut value);
                rest = &quoted[end + 1..];
            }
            assert!(attributes.insert(key.clone(), value).is_none(), "{key} twice in <{name}>");
        }
        if matches!(name.as_str(), "style" | "script") {
            let end = rest.find(&format!("</{name}>")).expect("it ends");
            rest = &rest[end..];
        }
        tags.push(Tag { name, attributes });
    }
    assert!(open.is_empty(), "left open: {open:?}");
    tags
}

fn ids(tags: &[Tag]) -> BTreeSet<&str> {
    let mut ids = BTreeSet::new();
    for id in tags.iter().filter_map(|tag| tag.attributes.get("id")) {
        assert!(ids.insert(id.as_str()), "the id {id} stands twice");
    }
    ids
}

#[test]
fn the_page_is_well_formed_and_every_inner_link_has_its_target() {
    for language in [Language::Zh, Language::En] {
        let page = page(language);
        let tags = parse(&page);
        let ids = ids(&tags);
        let inner = tags.iter().filter_map(|tag| tag.attributes.get("href")?.strip_prefix('#'));
        for target in inner {
            assert!(ids.contains(target), "nothing is called {target}");
        }
        for reference in tags.iter().filter_map(|tag| tag.attributes.get("aria-labelledby")) {
            assert!(ids.contains(reference.as_str()), "nothing is called {reference}");
        }
        assert_eq!(tags.iter().filter(|tag| tag.name == "h1").count(), 1);
        assert_eq!(tags.iter().filter(|tag| tag.name == "main").count(), 1);
        let fragment = page.find("<html lang=\"").expect("a language");
        assert!(page[fragment + 12..].starts_with(language.tag()));
    }
}

#[test]
fn every_answer_has_an_anchor_and_a_mark() {
    let assessment = assessment();
    let page = page(Language::Zh);
    let tags = parse(&page);
    let ids = ids(&tags);
    let answers = ids.iter().filter(|id| id.starts_with("a-")).count();
    let marks = ids.iter().filter(|id| id.starts_with("s-")).count();
    assert_eq!((answers, marks), (assessment.answers.len(), assessment.answers.len()));
    for anchor in ids.iter().filter_map(|id| id.strip_prefix("a-")) {
        assert!(ids.contains(format!("s-{anchor}").as_str()), "{anchor} has no mark");
    }
    for outcome in assessment.answers.iter().map(|answer| answer.outcome) {
        assert!(page.contains(&format!("<span class=\"wd\">{}</span>", outcome.words().0)));
    }
}

#[test]
fn nothing_is_loaded_and_no_script_comes_in() {
    let page = page(Language::En);
    let tags = parse(&page);
    for tag in &tags {
        for (key, value) in &tag.attributes {
            assert!(!key.starts_with("on"), "<{} {key}>", tag.name);
            assert!(
                !matches!(key.as_str(), "src" | "srcset" | "style" | "data" | "action"),
                "<{} {key}>",
                tag.name
            );
            if value.starts_with("http") {
                assert!(tag.name == "a" && key == "href", "<{} {key}={value}>", tag.name);
            }
            assert!(!(key == "href" && value.to_lowercase().contains("script:")), "{value}");
        }
        assert!(
            !matches!(tag.name.as_str(), "img" | "iframe" | "link" | "object" | "embed" | "form" | "b2"),
            "{}",
            tag.name
        );
    }
    assert_eq!(tags.iter().filter(|tag| tag.name == "script").count(), 1);
    assert!(!page.contains("url(http") && !page.contains("@import"));
    let policy = tags
        .iter()
        .find_map(|tag| tag.attributes.get("content").filter(|value| value.contains("default-src")));
    assert!(policy.is_some_and(|policy| policy.contains("default-src 'none'") && !policy.contains("unsafe")));
    assert!(!page.contains("NaN"), "no figure that is none is drawn");
}

#[test]
fn the_text_of_a_document_stands_whole_between_its_marks() {
    let page = page(Language::Zh);
    let from = page.find("id=\"d-yangli\"").expect("the first document");
    let body = &page[from..from + page[from..].find("<aside").expect("its panel")];
    // without tags, gutters and marks, what is left is the document
    let mut text = String::new();
    let mut skip = 0_usize;
    let mut rest = &body[body.find("<div class=\"body\">").expect("its body")..];
    while let Some(at) = rest.find('<') {
        if skip == 0 {
            text.push_str(&rest[..at]);
        }
        let end = at + rest[at..].find('>').expect("a tag ends");
        let tag = &rest[at..=end];
        let hidden = tag.contains("class=\"gut\"") || tag.contains("class=\"im ") || tag.starts_with("<svg");
        if skip > 0 || hidden {
            if tag.starts_with("</") {
                skip -= 1;
            } else if !tag.ends_with("/>") {
                skip += 1;
            }
        }
        rest = &rest[end + 1..];
    }
    let whole: String = crate::fixture::texts()[0].normalised.lines().skip(1).collect();
    assert_eq!(text.split_whitespace().collect::<String>(), whole);
}

#[test]
fn grades_that_never_decide_are_named_in_words() {
    for (language, words) in [
        (Language::Zh, ["模型推算", "合成", "不作判据", "转载"]),
        (Language::En, ["modelled", "synthetic", "never decide", "repost"]),
    ] {
        let page = page(language);
        for word in words {
            assert!(page.contains(word), "{word}");
        }
    }
}

#[test]
fn the_same_input_gives_the_same_bytes_and_not_too_many() {
    let page = page(Language::Zh);
    assert_eq!(page, self::page(Language::Zh));
    assert!(page.len() < 320_000, "{} bytes for 16 statements", page.len());
}

#[test]
fn an_empty_assessment_is_a_page_too() {
    let empty: Assessment = serde_json::from_value(
        serde_json::json!({"schema": "zhidian.assess/1", "seed": 0, "documents": [], "answers": [],
        "needs": [], "findings": [], "origins": [], "problems": []}),
    )
    .expect("an assessment");
    for language in [Language::Zh, Language::En] {
        ids(&parse(&html(&empty, &[], &[], language)));
    }
}

/// The part of a page from a marker to the end of its element's line of siblings.
fn fragment(page: &str, from: &str, to: &str) -> String {
    let at = page.find(from).unwrap_or_else(|| panic!("{from} is in the page"));
    let end = at + page[at..].find(to).unwrap_or_else(|| panic!("{to} follows"));
    page[at..end].replace("><", ">\n<")
}

#[test]
fn an_offer() {
    insta::assert_snapshot!(fragment(&page(Language::En), "<li id=\"n-1\">", "<li id=\"n-2\">"));
}

#[test]
fn a_line_with_nested_shared_and_crossing_statements() {
    insta::assert_snapshot!(fragment(&page(Language::Zh), "id=\"s-q-012\"", "</p>"));
}
