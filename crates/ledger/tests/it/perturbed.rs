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
