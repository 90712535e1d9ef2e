//! One sentence at a time against a small dossier whose figures are known: what it comes to.

use crate::shipped::assessed;
use std::{fs, path::Path};
use zhidian_ledger::contract::{
    Assessment,
    Outcome::{self, Contradicted, Met, Missed, Supported, Undecided},
};

/// Xinxiang in 2020: figures of one yearbook, and a few of its neighbours.
const FIGURES: [(&str, &str, &str, &str, &str, u32); 12] = [
    ("410700", "gdp", "2020", "3014.51", "亿元", 2),
    ("410700", "gdp", "2019", "2918.18", "亿元", 2),
    ("410700", "gdp.growth.real", "2020", "3.2", "%", 1),
    ("410700", "gdp.growth.real", "2020-Q1", "-6.4", "%", 1),
    ("100000", "gdp.growth.real", "2020", "2.3", "%", 1),
    ("410000", "gdp.growth.real", "2020", "1.3", "%", 1),
    ("410700", "retail.growth.nominal", "2020", "-4.2", "%", 1),
    ("410700", "population.resident", "2020-12-31", "625.19", "万人", 2),
    ("410700", "debt.balance", "2020-12-31", "300.5", "亿元", 1),
    ("410100", "gdp", "2020", "12003", "亿元", 0),
    ("410300", "gdp", "2020", "5128.4", "亿元", 1),
    ("410700", "gdp", "2022", "3464", "亿元", 0),
];

fn outcomes(language: &str, text: &str) -> Vec<(String, Outcome)> {
    let rows = FIGURES.map(|(subject, measure, period, value, unit, decimals)| {
        format!("{subject},{measure},{period},,{value},{unit},{decimals},A,,2020公报,bureau")
    });
    let assessment = with(&rows.join("\n"), &[], language, "2021-03-06", text);
    assessment
        .answers
        .iter()
        .map(|answer| (answer.claim["text"].as_str().unwrap().into(), answer.outcome))
        .collect()
}

/// The answers to a text by rows of observations and further files of the dossier.
pub(crate) fn with(
    rows: &str,
    files: &[(&str, &str)],
    language: &str,
    dated: &str,
    text: &str,
) -> Assessment {
    let folder = tempfile::tempdir().unwrap();
    let dossier = folder.path().join("city");
    zhidian_dossier::init(&dossier, "city", Some(410_700), "城市").unwrap();
    let header = "subject,measure,period,scope,value,unit,decimals,status,published,edition,origin";
    write(&dossier, "tables/observations.csv", &format!("{header}\n{rows}\n"));
    for (path, text) in files {
        write(&dossier, path, text);
    }
    let origins = fs::read_to_string(dossier.join("origins.csv")).unwrap();
    let width = origins.lines().next().unwrap().split(',').count();
    let cells = ["bureau", "official", "统计局", "公报"].join(",");
    write(
        &dossier,
        "origins.csv",
        &format!("{}\n{cells}{}\n", origins.lines().next().unwrap(), ",".repeat(width - 4)),
    );
    write(&dossier, "documents/text.txt", text);
    let package = fs::read_to_string(dossier.join("datapackage.json")).unwrap();
    let mut package: serde_json::Value = serde_json::from_str(&package).unwrap();
    package["zhidian"]["documents"] = serde_json::json!([
        {"id": "d", "path": "documents/text.txt", "language": language, "dated": dated}
    ]);
    write(&dossier, "datapackage.json", &package.to_string());
    let assessment = assessed(&[dossier]).assessment;
    assert!(assessment.problems.is_empty(), "{:?}", assessment.problems);
    assessment
}

fn write(dossier: &Path, path: &str, text: &str) {
    fs::write(dossier.join(path), text).unwrap();
}

/// Each sentence alone; the first statement it makes.
fn come_to(language: &str, sentences: &[(&str, Outcome)]) {
    let faults: Vec<String> = sentences
        .iter()
        .filter_map(|(sentence, expected)| {
            let found = outcomes(language, sentence);
            let first = found.first().map(|(_, outcome)| *outcome);
            (first != Some(*expected))
                .then(|| format!("{sentence}: expected {expected:?}, came to {found:?}"))
        })
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn plain_figures() {
    come_to(
        "zh",
        &[
            ("2020年，新乡市地区生产总值3014.51亿元。", Supported),
            ("2020年，新乡市地区生产总值3104.51亿元。", Contradicted),
            ("2020年，新乡市地区生产总值突破3000亿元。", Supported),
            ("2020年，新乡市地区生产总值增长3.2%。", Supported),
            ("2020年一季度，新乡市地区生产总值下降6.4%。", Supported),
            ("2020年一季度，新乡市地区生产总值增长6.4%。", Contradicted),
            ("2020年，社会消费品零售总额下降4.2%。", Supported),
            ("2020年，郑州市地区生产总值12003亿元。", Supported),
        ],
    );
}

#[test]
fn year_ends_are_days() {
    come_to(
        "zh",
        &[
            ("2020年末，新乡市常住人口625.19万人。", Supported),
            ("截至2020年底，新乡市政府债务余额300.5亿元。", Supported),
            ("截至2020年底，新乡市政府债务余额305.0亿元。", Contradicted),
        ],
    );
}

#[test]
fn changes_and_comparisons() {
    come_to(
        "zh",
        &[
            ("2020年，新乡市地区生产总值比上年增加96亿元。", Supported),
            ("2020年，新乡市地区生产总值比上年增加196亿元。", Contradicted),
            ("2020年，新乡市地区生产总值增速高于全国。", Supported),
        ],
    );
}

#[test]
fn targets_ask_for_at_least() {
    come_to(
        "zh",
        &[
            ("力争到2022年地区生产总值达到3400亿元。", Met),
            ("力争到2022年地区生产总值达到3600亿元。", Missed),
            ("力争到2025年地区生产总值达到4000亿元。", Undecided),
        ],
    );
}

#[test]
fn what_is_denied_hedged_or_said_of_several_is_not_decided() {
    come_to(
        "zh",
        &[
            ("2020年，郑州、洛阳、新乡地区生产总值分别为12003亿元、5128.4亿元、3014.51亿元。", Undecided),
            ("2020年，新乡市地区生产总值可能增长3.2%。", Undecided),
        ],
    );
    come_to(
        "en",
        &[
            ("In 2020 Xinxiang's GDP did not exceed 300 billion yuan.", Undecided),
            ("In 2020 Xinxiang's GDP failed to exceed 300 billion yuan.", Undecided),
            ("In 2020 China's GDP grew by 2.3%.", Supported),
            ("In 2020 Xinxiang's GDP grew by 3.2%.", Supported),
            ("In 2020 Xinxiang's GDP grew by 4.2%.", Contradicted),
        ],
    );
}

#[test]
fn distances_in_points() {
    come_to(
        "zh",
        &[
            ("2020年，新乡市地区生产总值增速高于全国0.9个百分点。", Supported),
            ("2020年，新乡市地区生产总值增速高于全国1.9个百分点。", Contradicted),
            ("2020年，新乡市地区生产总值增速低于全国0.9个百分点。", Contradicted),
            ("2020年，新乡市地区生产总值增速比全国平均水平高0.9个百分点。", Supported),
            ("2020年，新乡市地区生产总值增速比全国平均水平低0.9个百分点。", Contradicted),
            ("2020年，新乡市地区生产总值增速高于全省1.9个百分点。", Supported),
            ("2020年，新乡市地区生产总值增速高于全省0.9个百分点。", Contradicted),
            ("2020年，新乡市社会消费品零售总额增速低于全国0.3个百分点。", Undecided),
        ],
    );
}
