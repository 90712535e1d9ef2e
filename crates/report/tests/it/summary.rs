use crate::fixture::assessment;
use zhidian_report::{Language, styled_summary, summary};

#[test]
fn summary_in_chinese() {
    insta::assert_snapshot!(summary(&assessment(), Language::Zh));
}

#[test]
fn summary_in_english() {
    insta::assert_snapshot!(summary(&assessment(), Language::En));
}

#[test]
fn styles_add_nothing_but_styles() {
    let styled = styled_summary(&assessment(), Language::En);
    let mut plain = String::new();
    let mut rest = styled.as_str();
    while let Some(at) = rest.find('\u{1b}') {
        plain.push_str(&rest[..at]);
        rest = &rest[at + 1 + rest[at + 1..].find('m').expect("a style ends") + 1 - 1..][1..];
    }
    plain.push_str(rest);
    assert_eq!(plain, summary(&assessment(), Language::En));
    assert_ne!(styled, plain);
}
