//! What if the text had said something else.

use crate::shipped::folder;
use rust_decimal::Decimal;
use zhidian_dossier::{Dossiers, Options};
use zhidian_ledger::{
    Ledger, Registry, Run, assess,
    contract::Outcome,
    suppose::{movable, suppose, with_value},
};
use zhidian_model::{Qualifier, Stated};

fn cities() -> (Dossiers, Ledger) {
    let paths = ["quzhou", "laibin", "xinxiang"].map(|city| folder().join(city));
    let dossiers = Dossiers::open(&paths, &Options::default()).unwrap();
    let ledger = assess(&dossiers, &Registry::standard(), &Run::default()).unwrap();
    (dossiers, ledger)
}

#[test]
fn what_was_stated_gives_the_same_answer_again() {
    let (dossiers, ledger) = cities();
    let mut asked = 0;
    for (answered, answer) in ledger.answered.iter().zip(&ledger.assessment.answers) {
        let Some(movable) = movable(&ledger, answered) else { continue };
        assert!(movable.least <= movable.stated && movable.stated <= movable.most, "{movable:?}");
        assert!(movable.step > Decimal::ZERO);
        let again = suppose(&ledger, &dossiers, answered, movable.stated).unwrap();
        let plain = |answer: &zhidian_ledger::contract::Answer| serde_json::to_value(answer).unwrap();
        assert_eq!(plain(&again.answer), plain(answer), "{}", answer.id);
        for finding in &again.findings {
            assert!(ledger.findings.contains_key(&*finding.id), "{}", finding.id);
        }
        asked += 1;
    }
    assert!(asked >= 10, "{asked}");
}

#[test]
fn another_place_is_contradicted_and_a_wider_span_of_places_stays_supported() {
    let (dossiers, ledger) = cities();
    let third = ledger.answered.iter().find(|answered| &*answered.claim.id == "quzhou-zh-005").unwrap();
    let outcome = |place: i64| {
        let value = Decimal::from(place);
        suppose(&ledger, &dossiers, third, value).unwrap().answer.outcome
    };
    assert_eq!(outcome(3), Outcome::Supported);
    for other in [1, 2, 4, 11] {
        assert_eq!(outcome(other), Outcome::Contradicted, "{other}");
    }
    let mut among = third.claim.clone();
    among.parts[0].stated = Stated::Rank { from: 1, to: 3 };
    for wider in 3..=11 {
        let wide = with_value(&among, Decimal::from(wider)).unwrap();
        assert_eq!(wide.parts[0].stated, Stated::Rank { from: 1, to: wider });
    }
    assert!(with_value(&third.claim, "2.5".parse().unwrap()).is_none(), "there is no place two and a half");
    assert!(with_value(&third.claim, Decimal::ZERO).is_none());
}

#[test]
fn asking_for_less_of_a_supported_figure_stays_supported() {
    let (dossiers, ledger) = cities();
    let mut asked = 0;
    for answered in &ledger.answered {
        let Some(Stated::Figure { quantity, .. }) = answered.claim.parts.first().map(|part| &part.stated)
        else {
            continue;
        };
        let id = &*answered.claim.id;
        let answer = ledger.assessment.answers.iter().find(|answer| answer.id == id).unwrap();
        if answer.outcome != Outcome::Supported || answered.claim.parts.len() > 1 {
            continue;
        }
        let value = quantity.value;
        let mut at_least = answered.claim.clone();
        if let Stated::Figure { qualifier, quantity } = &mut at_least.parts[0].stated {
            *qualifier = Qualifier::AtLeast;
            quantity.value = value - quantity.ulp;
        }
        let answered = zhidian_ledger::assess::Answered {
            statement: answered.statement.clone(),
            claim: at_least,
            answer: answered.answer.clone(),
        };
        let movable = movable(&ledger, &answered).unwrap();
        for steps in 0..8 {
            let less = movable.stated - movable.step * Decimal::from(steps);
            let supposed = suppose(&ledger, &dossiers, &answered, less).unwrap();
            assert_eq!(supposed.answer.outcome, Outcome::Supported, "{id} at least {less}");
            asked += 1;
        }
    }
    if asked == 0 {
        println!("no shipped statement of a single figure is supported");
    }
}
