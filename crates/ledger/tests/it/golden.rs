//! Every statement that the shipped documents were written to make has its answer, and the whole ledger of each city is
//! kept as a golden file.

use crate::shipped::{cities, folder};
use std::collections::{BTreeMap, BTreeSet};
use zhidian_ledger::contract::{Answer, Assessment, Found, Outcome};
use zhidian_model::Grade;

/// One row of `dossiers/statements.csv`: what a document was written to say and how it should be answered.
struct Expected {
    document: String,
    id: String,
    quote: String,
    kind: String,
    outcomes: BTreeSet<String>,
}

fn expected() -> Vec<Expected> {
    let path = folder().join("statements.csv");
    let mut reader = csv::Reader::from_path(&path).unwrap();
    let headers = reader.headers().unwrap().clone();
    let at = |name: &str| headers.iter().position(|header| header == name).unwrap();
    let (document, id, quote, kind, outcomes) =
        (at("document"), at("gold_id"), at("quote"), at("type"), at("expected"));
    reader
        .records()
        .map(|record| record.unwrap())
        .map(|record| Expected {
            document: record[document].into(),
            id: record[id].into(),
            quote: record[quote].into(),
            kind: record[kind].into(),
            outcomes: record[outcomes].split('|').map(Into::into).collect(),
        })
        .collect()
}

fn text(answer: &Answer) -> &str {
    answer.claim["text"].as_str().unwrap()
}

fn word(outcome: Outcome) -> String {
    serde_json::to_value(outcome).unwrap().as_str().unwrap().into()
}

/// Share of the longer text that two texts have in common in one piece.
fn overlap(a: &str, b: &str) -> f64 {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut longest = 0;
    let mut row = vec![0_usize; b.len() + 1];
    for x in &a {
        for at in (0..b.len()).rev() {
            row[at + 1] = if *x == b[at] { row[at] + 1 } else { 0 };
            longest = longest.max(row[at + 1]);
        }
    }
    longest as f64 / a.len().max(b.len()).max(1) as f64
}

/// The answer to a statement, told by its words and kind; several statements may share one sentence (分别), so each is
/// taken once.
fn matched<'a>(
    assessment: &'a Assessment,
    wanted: &Expected,
    taken: &mut BTreeSet<String>,
) -> Option<&'a Answer> {
    let found = assessment
        .answers
        .iter()
        .filter(|answer| answer.claim["document"] == wanted.document.as_str() && !taken.contains(&answer.id))
        .map(|answer| {
            (answer.claim["type"] == wanted.kind.as_str(), overlap(text(answer), &wanted.quote), answer)
        })
        .filter(|(_, overlap, _)| *overlap >= 0.3)
        .max_by(|a, b| (a.0, a.1).partial_cmp(&(b.0, b.1)).unwrap())
        .map(|(_, _, answer)| answer)?;
    taken.insert(found.id.clone());
    Some(found)
}

#[test]
fn every_statement_of_the_page_has_its_answer() {
    let assessment = cities().assessment;
    let (mut taken, mut faults) = (BTreeSet::new(), Vec::new());
    let expected = expected();
    assert_eq!(expected.iter().map(|row| &row.id).collect::<BTreeSet<_>>().len(), 97);
    for wanted in &expected {
        match matched(&assessment, wanted, &mut taken) {
            None => faults.push(format!("{} has no answer: {}", wanted.id, wanted.quote)),
            Some(answer) if !wanted.outcomes.contains(&word(answer.outcome)) => faults.push(format!(
                "{} came to {}, not {:?}: {}",
                wanted.id,
                word(answer.outcome),
                wanted.outcomes,
                text(answer)
            )),
            Some(_) => {}
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn answer_to<'a>(assessment: &'a Assessment, document: &str, words: &[&str]) -> &'a Answer {
    assessment
        .answers
        .iter()
        .find(|answer| {
            answer.claim["document"] == document && words.iter().all(|word| text(answer).contains(word))
        })
        .unwrap_or_else(|| panic!("no statement of {document} holds {words:?}"))
}

#[test]
fn quzhou_was_third_by_five_hundredths() {
    let assessment = cities().assessment;
    let third = answer_to(&assessment, "quzhou-zh", &["地区生产总值", "第三"]);
    assert_eq!(third.outcome, Outcome::Supported);
    assert_eq!(third.grade, Some(Grade::Aggregator));
    let margin = third.margin.as_ref().unwrap();
    assert_eq!(
        (margin.value.as_str(), margin.unit.as_str(), margin.to.as_str()),
        ("0.05", "percentage_point", "嘉兴市")
    );
    assert!(!third.robust.unwrap().rounding, "at one decimal the two are tied");
    let Some(Found::Rank { rank }) = &third.found else { panic!("no place was found") };
    assert_eq!((rank.least, rank.most, rank.of), (3, 3, 11));
    let finding = assessment.finding(&third.because[0]).unwrap();
    let values: BTreeMap<&str, Option<&str>> = finding
        .exhibit
        .as_ref()
        .unwrap()
        .points
        .iter()
        .map(|point| (point.label.zh.as_str(), point.value.as_deref()))
        .collect();
    for (city, value) in [("衢州市", "3.5"), ("嘉兴市", "3.45"), ("舟山市", "12.01"), ("杭州市", "3.9")]
    {
        let found: rust_decimal::Decimal = values[city].unwrap().parse().unwrap();
        assert_eq!(found.normalize().to_string(), value, "{city}");
    }
}

#[test]
fn the_best_place_in_seven_years_holds_on_both_readings_at_the_weak_panels_grade() {
    let assessment = cities().assessment;
    let best = answer_to(&assessment, "quzhou-zh", &["近7年"]);
    assert_eq!(best.outcome, Outcome::Supported);
    assert_eq!(best.grade, Some(Grade::Unverified));
    assert_eq!(best.because.len(), 2, "2014–2020 and 2013–2020");
    let finding = assessment.finding(&best.because[0]).unwrap();
    let places: Vec<&str> = finding
        .exhibit
        .as_ref()
        .unwrap()
        .points
        .iter()
        .map(|point| point.value.as_deref().unwrap())
        .collect();
    assert_eq!(places, ["9", "9", "7", "8", "6", "9", "3"]);
}

#[test]
fn incomes_of_nine_months_stand_beside_the_year_and_do_not_answer_it() {
    let assessment = cities().assessment;
    let incomes: Vec<&Answer> = assessment
        .answers
        .iter()
        .filter(|answer| answer.claim["document"] == "quzhou-zh" && text(answer).contains("可支配收入"))
        .collect();
    assert_eq!(incomes.len(), 2);
    for (answer, place) in incomes.iter().zip([1, 2]) {
        assert_eq!(answer.outcome, Outcome::Undecided);
        assert!(answer.reasons.contains(&"period_differs".into()));
        let near = &answer.near[0];
        assert_eq!(near.differs, ["period:2020-01..2020-09"]);
        let finding = assessment.finding(&near.finding).unwrap();
        assert_eq!(finding.value["rank"]["least"], place);
        assert_eq!(finding.grade, Grade::Official);
    }
}

#[test]
fn a_sentence_of_two_designations_says_which_part_holds() {
    let assessment = cities().assessment;
    let heshan = answer_to(&assessment, "laibin-zh", &["合山市", "资源枯竭城市", "衰退型"]);
    assert_eq!(heshan.outcome, Outcome::Undecided);
    let parts: Vec<Outcome> = heshan.parts.iter().map(|part| part.outcome).collect();
    assert_eq!(parts, [Outcome::Supported, Outcome::Undecided]);
    assert_eq!(heshan.missing.iter().map(|need| need.table.as_str()).collect::<Vec<_>>(), ["lists"]);
}

#[test]
fn datengxia_is_what_the_media_say_it_is() {
    let assessment = cities().assessment;
    for words in [["大藤峡", "防洪控制性"], ["大藤峡", "标志性工程"]] {
        let answer = answer_to(&assessment, "laibin-zh", &words);
        assert_eq!((answer.outcome, answer.grade), (Outcome::Supported, Some(Grade::Media)), "{words:?}");
    }
}

#[test]
fn lines_two_and_three_are_borne_on_by_a_later_list() {
    let assessment = cities().assessment;
    let answer = answer_to(&assessment, "laibin-zh", &["十四五", "船闸"]);
    assert_eq!(answer.outcome, Outcome::Bearing);
    let near = answer.near.iter().find(|near| near.differs.contains(&"later".into())).expect("a later list");
    assert!(assessment.finding(&near.finding).unwrap().key.period.starts_with("2022-04"));
}

#[test]
fn the_debt_bears_on_the_debt_goal() {
    let assessment = cities().assessment;
    let goal = answer_to(&assessment, "laibin-zh", &["化解政府债务"]);
    let said: Vec<&str> =
        goal.near.iter().map(|near| assessment.finding(&near.finding).unwrap().text.zh.as_str()).collect();
    assert!(said.iter().any(|text| text.contains("251.81亿元")), "{said:?}");
    assert!(said.iter().any(|text| text.contains("641.53亿元")), "{said:?}");
}

#[test]
fn seven_bridgeheads_are_seven() {
    let assessment = cities().assessment;
    assert_eq!(answer_to(&assessment, "quzhou-zh", &["七个桥头堡"]).outcome, Outcome::Coherent);
}

#[test]
fn a_project_register_would_decide_most() {
    let assessment = cities().assessment;
    let first = &assessment.needs[0];
    assert_eq!(first.table, "projects");
    assert!(first.statements >= 10, "{}", first.statements);
    assert!(assessment.needs.windows(2).all(|pair| pair[0].statements >= pair[1].statements));
}

#[test]
fn nothing_weak_decides_anything() {
    let assessment = cities().assessment;
    for answer in &assessment.answers {
        let decided = matches!(
            answer.outcome,
            Outcome::Supported | Outcome::Contradicted | Outcome::Met | Outcome::Missed
        );
        assert!(!decided || answer.grade.is_some_and(Grade::decides), "{}", answer.id);
        let projected = matches!(answer.outcome, Outcome::OnTrack | Outcome::OffTrack);
        assert!(!projected || answer.grade == Some(Grade::Modelled), "{} is a projection", answer.id);
        for id in answer.because.iter().filter(|_| !projected) {
            assert!(assessment.finding(id).unwrap().grade.decides(), "{} rests on {id}", answer.id);
        }
    }
}

#[test]
fn every_reference_leads_somewhere() {
    let assessment = cities().assessment;
    let origins: BTreeSet<&str> = assessment.origins.iter().map(|origin| origin.id.as_str()).collect();
    for answer in &assessment.answers {
        for id in answer.because.iter().chain(answer.near.iter().map(|near| &near.finding)) {
            let finding = assessment.finding(id).unwrap_or_else(|| panic!("{} refers to {id}", answer.id));
            assert!(!finding.evidence.is_empty(), "{id} cites nothing");
            assert!(finding.evidence.iter().all(|cell| origins.contains(cell.origin.as_str())), "{id}");
        }
        assert!(
            answer.outcome != Outcome::Undecided || !answer.reasons.is_empty(),
            "{} does not say why",
            answer.id
        );
        assert!(
            answer.outcome != Outcome::Undecided || !answer.missing.is_empty(),
            "{} names no table",
            answer.id
        );
    }
}

#[test]
fn the_same_run_gives_the_same_bytes() {
    let print = || serde_json::to_string(&cities().assessment).unwrap();
    assert_eq!(print(), print());
}

#[test]
fn the_ledger_of_each_city_is_as_it_was() {
    let assessment = cities().assessment;
    for city in
        ["quzhou-zh", "quzhou-en", "laibin-zh", "laibin-en", "xinxiang-zh", "xinxiang-en", "quzhou-targets"]
    {
        let answers = assessment.answers.iter().filter(|answer| answer.claim["document"] == city);
        let lines: Vec<String> = answers
            .map(|answer| {
                let grade = answer.grade.map(|grade| format!(" {grade}")).unwrap_or_default();
                let why = if answer.reasons.is_empty() {
                    String::new()
                } else {
                    format!(" ({})", answer.reasons.join(", "))
                };
                let lacks =
                    answer.lacks.as_deref().map(|lacks| format!(" lacks {lacks}")).unwrap_or_default();
                format!(
                    "{} {}{grade}{why}{lacks}\n  {}\n  {}",
                    answer.id,
                    word(answer.outcome),
                    text(answer),
                    answer.text.en
                )
            })
            .collect();
        insta::assert_snapshot!(city, lines.join("\n"));
    }
}
