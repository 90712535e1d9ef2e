//! A statement that asks for a composite index: the declared tree answers beside it, and decides nothing.

use crate::{sentences::with, targets::ROSTER};
use zhidian_ledger::contract::Outcome;
use zhidian_model::Grade;

const INDEX: &str = r#"
title = "城市活力 | city vigour"
[[node]]
id = "evaluation.business_environment"
[[indicator]]
id = "gdp.growth.real"
parent = "evaluation.business_environment"
[[indicator]]
id = "air.pm25"
parent = "evaluation.business_environment"
direction = "less"
"#;

fn rows() -> String {
    let cities = [("410700", "8.0", "50"), ("410100", "5.0", "40"), ("410300", "3.0", "60")];
    let rows = cities.map(|(city, growth, air)| {
        format!(
            "{city},gdp.growth.real,2020,,{growth},%,1,A,,公报2020,bureau\n{city},air.pm25,2020,,{air},微克/立方米,0,A,,公报2020,bureau"
        )
    });
    rows.join("\n")
}

#[test]
fn a_place_by_an_index_is_found_from_its_tree_and_stays_undecided() {
    let files = [("rosters.csv", ROSTER), ("index.toml", INDEX)];
    let assessment = with(&rows(), &files, "zh", "2021-03-06", "2020年，新乡市营商环境评价居全省第一位。");
    let answer = &assessment.answers[0];
    assert_eq!(answer.outcome, Outcome::Undecided);
    assert!(answer.reasons.iter().any(|reason| reason == "only_modelled"), "{:?}", answer.reasons);
    // (100 + 50) / 2 against (40 + 100) / 2: the first place of three, by a model.
    let places = answer.near.iter().map(|near| assessment.finding(&near.finding).unwrap());
    let place =
        places.into_iter().find(|finding| finding.text.zh.contains("居第1位")).expect(&answer.text.zh);
    assert!(place.text.zh.contains("城市活力得分75"), "{}", place.text.zh);
    assert_eq!(place.grade, Grade::Modelled);
}

#[test]
fn without_figures_or_a_tree_the_table_that_is_missing_is_named() {
    let assessment = with(
        &rows(),
        &[("rosters.csv", ROSTER)],
        "zh",
        "2021-03-06",
        "2020年，新乡市营商环境评价居全省第一位。",
    );
    let answer = &assessment.answers[0];
    assert_eq!(answer.outcome, Outcome::Undecided);
    assert!(!answer.missing.is_empty() && answer.near.is_empty(), "{}", answer.text.zh);
}
