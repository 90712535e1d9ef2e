//! The rules of evidence as laws: a little world of one measure, a roster and some sources, and what must hold in it
//! whatever the figures are.

use jiff::civil::date;
use proptest::prelude::*;
use rust_decimal::Decimal;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};
use zhidian_ledger::{
    facts::FactStore,
    names::Names,
    operators::Operators,
    verdict::{Judge, Judged},
};
use zhidian_model::{
    Basis, Citation, Claim, Estimate, Evidence, Facts, Finding, Grade, Interval, Key, Kind, Measure,
    Modality, Order, Origin, Outcome, Part, Period, Qualifier, Quantity, Reading, Reason, Scope, Stated,
    Subject, Text,
};

const CITIES: [u32; 5] = [330_100, 330_200, 330_300, 330_400, 330_800];
const OURS: Subject = Subject::Region(330_800);

/// One printed figure of one source: city, tenths, grade, source.
type Row = (usize, i64, Grade, u8);

fn origin(grade: Grade, source: u8) -> Arc<Origin> {
    Arc::new(Origin::new(format!("{grade}-{source}"), grade))
}

fn growth() -> Measure {
    Measure::of("gdp.growth.real")
}

fn finding((city, tenths, grade, source): Row, row: u64) -> Finding {
    let printed = Decimal::new(tenths, 1);
    let key = Key {
        measure: growth(),
        subject: Subject::Region(CITIES[city]),
        period: Period::year(2020),
        scope: None,
    };
    let value = Estimate::Value {
        printed,
        interval: Interval::printed(printed, Decimal::new(1, 1)),
        unit: "percent".into(),
    };
    let evidence = Evidence::row(Citation {
        origin: origin(grade, source),
        file: "t.csv".into(),
        sheet: None,
        row,
        column: "value".into(),
        value: printed.to_string(),
        published: None,
        edition: None,
    });
    Finding::new("indicators", key, value, evidence, "read", Text::default())
}

fn roster() -> Scope {
    Scope {
        id: "peers".into(),
        title: "peers".into(),
        reads: "330000/prefecture".into(),
        stated_size: None,
        members: CITIES
            .map(|code| (Subject::Region(code), Period::ALWAYS))
            .into_iter()
            .collect::<BTreeMap<_, _>>(),
        origin: origin(Grade::Official, 0),
    }
}

fn claim(readings: Vec<Key>, stated: Stated) -> Claim {
    Claim {
        id: "d-001".into(),
        document: "d".into(),
        span: 0..1,
        text: "…".into(),
        kind: Kind::Growth,
        modality: Modality::Fact,
        parts: vec![Part {
            label: "…".into(),
            readings: readings.into_iter().map(|key| Reading { key, basis: Basis::Stated }).collect(),
            stated,
            undefined: None,
        }],
        due: None,
        topics: vec!["indicators".into()],
        group: None,
    }
}

fn level() -> Key {
    Key { measure: growth(), subject: OURS, period: Period::year(2020), scope: None }
}

fn place() -> Key {
    Key { measure: growth().rank(Order::Descending), scope: Some("peers".into()), ..level() }
}

fn figure(tenths: i64, qualifier: Qualifier) -> Stated {
    let quantity =
        Quantity { value: Decimal::new(tenths, 1), ulp: Decimal::new(1, 1), unit: "percent".into() };
    Stated::Figure { quantity, qualifier }
}

fn rank(from: u32, to: u32) -> Stated {
    Stated::Rank { from, to }
}

/// The verdict on a claim in the world of these rows.
fn judged(rows: &[Row], claim: &Claim) -> Judged {
    let mut facts = FactStore::default();
    facts.extend(rows.iter().zip(2..).map(|(row, number)| finding(*row, number)));
    let (names, rosters) = (Names::default(), [roster()]);
    let operators = Operators { facts: &facts, rosters: &rosters, lists: &[], names: &names };
    Judge {
        operators,
        facts: &facts,
        names: &names,
        tables_read: &BTreeSet::new(),
        dated: Some(date(2021, 3, 6)),
    }
    .verdict(claim)
}

fn outcome(rows: &[Row], claim: &Claim) -> Outcome {
    judged(rows, claim).verdict.outcome
}

/// One row a city from one aggregator.
fn one_table(tenths: [i64; 5]) -> Vec<Row> {
    tenths.into_iter().enumerate().map(|(city, value)| (city, value, Grade::Aggregator, 0)).collect()
}

fn any_rows() -> impl Strategy<Value = Vec<Row>> {
    prop::collection::vec((0..5_usize, -20..60_i64, 0..7_usize, 0..3_u8), 0..24).prop_map(|rows| {
        rows.into_iter().map(|(city, v, grade, source)| (city, v, Grade::ALL[grade], source)).collect()
    })
}

fn any_stated() -> impl Strategy<Value = (Key, Stated)> {
    prop_oneof![
        (-20..60_i64).prop_map(|v| (level(), figure(v, Qualifier::Exactly))),
        (-20..60_i64).prop_map(|v| (level(), figure(v, Qualifier::AtLeast))),
        (1..6_u32).prop_map(|n| (place(), rank(n, n))),
        (1..6_u32).prop_map(|n| (place(), rank(1, n))),
    ]
}

proptest! {
    #[test]
    fn a_wider_statement_of_a_supported_value_is_supported(rows in any_rows(), n in 1..6_u32, v in -20..60_i64) {
        if outcome(&rows, &claim(vec![place()], rank(n, n))) == Outcome::Supported {
            prop_assert_eq!(outcome(&rows, &claim(vec![place()], rank(1, n))), Outcome::Supported);
            prop_assert_eq!(outcome(&rows, &claim(vec![place()], rank(n, 5))), Outcome::Supported);
        }
        if outcome(&rows, &claim(vec![level()], figure(v, Qualifier::AtLeast))) == Outcome::Supported {
            let wider = claim(vec![level()], figure(v - 1, Qualifier::AtLeast));
            prop_assert_eq!(outcome(&rows, &wider), Outcome::Supported);
        }
    }

    #[test]
    fn dropping_sources_never_adds_a_deciding_finding(rows in any_rows(), (key, stated) in any_stated(), kept in any::<u32>()) {
        let fewer: Vec<Row> = rows.iter().enumerate().filter(|(at, _)| kept >> (at % 32) & 1 == 1).map(|(_, row)| *row).collect();
        // A place is derived within one source from all its rows: a source is dropped whole.
        let fewer = if key.scope.is_some() { rows.iter().filter(|row| kept >> (row.3 % 32) & 1 == 1).copied().collect() } else { fewer };
        let deciding = |rows: &[Row]| -> Vec<String> {
            let mut facts = FactStore::default();
            facts.extend(rows.iter().zip(2..).map(|(row, _)| finding(*row, content(row))));
            let (names, rosters) = (Names::default(), [roster()]);
            let operators = Operators { facts: &facts, rosters: &rosters, lists: &[], names: &names };
            operators.at(&key).iter()
                .filter(|found| found.finding.grade().decides())
                .filter(|found| !matches!(zhidian_ledger::judge::judge(&stated, &found.finding), zhidian_ledger::judge::Judgement::Open(_)))
                .map(|found| found.finding.id().to_string()).collect()
        };
        let (all, some) = (deciding(&rows), deciding(&fewer));
        prop_assert!(some.iter().all(|id| all.contains(id)), "{some:?} of {all:?}");
    }

    #[test]
    fn a_weak_row_changes_no_verdict(rows in any_rows(), weak in any_rows(), (key, stated) in any_stated()) {
        let strong: Vec<Row> = rows.into_iter().filter(|row| row.2.decides()).collect();
        let weak = weak.into_iter().filter(|row| !row.2.decides());
        let both: Vec<Row> = strong.iter().copied().chain(weak).collect();
        let claim = claim(vec![key], stated);
        let (without, with) = (judged(&strong, &claim).verdict, judged(&both, &claim).verdict);
        prop_assert_eq!(without.outcome, with.outcome);
        prop_assert_eq!(without.grade, with.grade);
    }

    #[test]
    fn the_order_of_rows_is_irrelevant(rows in any_rows(), (key, stated) in any_stated(), seed in any::<u64>()) {
        let mut facts = [FactStore::default(), FactStore::default()];
        let numbered: Vec<(Row, u64)> = rows.iter().copied().zip(2..).collect();
        let mut shuffled = numbered.clone();
        shuffled.sort_by_key(|(_, number)| number.wrapping_mul(seed | 1));
        facts[0].extend(numbered.into_iter().map(|(row, number)| finding(row, number)));
        facts[1].extend(shuffled.into_iter().map(|(row, number)| finding(row, number)));
        let (names, rosters) = (Names::default(), [roster()]);
        let verdicts = facts.each_ref().map(|facts| {
            let operators = Operators { facts, rosters: &rosters, lists: &[], names: &names };
            Judge { operators, facts, names: &names, tables_read: &BTreeSet::new(), dated: None }.verdict(&claim(vec![key.clone()], stated.clone())).verdict
        });
        prop_assert_eq!(&verdicts[0], &verdicts[1]);
    }

    #[test]
    fn a_perturbed_digit_is_caught(values in any::<[i8; 5]>(), by in 2..9_i64) {
        let rows = one_table(values.map(i64::from));
        let ours = i64::from(values[4]);
        prop_assert_eq!(outcome(&rows, &claim(vec![level()], figure(ours, Qualifier::Exactly))), Outcome::Supported);
        let wrong = claim(vec![level()], figure(ours + by, Qualifier::Exactly));
        prop_assert_eq!(outcome(&rows, &wrong), Outcome::Contradicted);
    }

    #[test]
    fn a_wrong_place_is_never_supported_and_the_right_one_never_contradicted(values in any::<[i8; 5]>(), stated in 1..6_u32) {
        let rows = one_table(values.map(i64::from));
        let better = values[..4].iter().filter(|other| **other > values[4]).count() as u32;
        let shared = values[..4].iter().filter(|other| **other == values[4]).count() as u32;
        let possible = better + 1..=better + shared + 1;
        let found = outcome(&rows, &claim(vec![place()], rank(stated, stated)));
        if !possible.contains(&stated) {
            prop_assert_eq!(found, Outcome::Contradicted);
        } else if shared == 0 {
            prop_assert_eq!(found, Outcome::Supported);
        } else {
            prop_assert_eq!(found, Outcome::Undecided);
        }
    }

    #[test]
    fn a_missing_peer_widens_the_place(values in any::<[i8; 5]>(), gone in 0..4_usize) {
        let all = one_table(values.map(i64::from));
        let fewer: Vec<Row> = all.iter().copied().filter(|row| row.0 != gone).collect();
        let span = |rows: &[Row]| {
            let mut facts = FactStore::default();
            facts.extend(rows.iter().map(|row| finding(*row, content(row))));
            let (names, rosters) = (Names::default(), [roster()]);
            let operators = Operators { facts: &facts, rosters: &rosters, lists: &[], names: &names };
            operators.at(&place()).first().map(|found| match &found.finding.value {
                Estimate::Rank(rank) => (rank.least, rank.most),
                other => panic!("{other:?} is no place"),
            })
        };
        let (least, most) = span(&all).unwrap_or((1, 5));
        let (wide_least, wide_most) = span(&fewer).unwrap_or((1, 5));
        prop_assert!(wide_least <= least && most <= wide_most);
        prop_assert!(wide_most - wide_least >= 1);
    }

    #[test]
    fn a_verdict_is_as_strong_as_its_weakest_part(grades in prop::collection::vec(0..4_usize, 1..4)) {
        let parts = grades.iter().enumerate().map(|(city, _)| Part {
            label: "…".into(),
            readings: vec![Reading { key: Key { subject: Subject::Region(CITIES[city]), ..level() }, basis: Basis::Stated }],
            stated: figure(30, Qualifier::Exactly),
            undefined: None,
        });
        let claim = Claim { parts: parts.collect(), ..claim(vec![], figure(30, Qualifier::Exactly)) };
        let rows: Vec<Row> = grades.iter().enumerate().map(|(city, grade)| (city, 30, Grade::ALL[*grade], 0)).collect();
        let verdict = judged(&rows, &claim).verdict;
        prop_assert_eq!(verdict.outcome, Outcome::Supported);
        prop_assert_eq!(verdict.grade, grades.iter().map(|grade| Grade::ALL[*grade]).min());
    }
}

/// A row number that depends on the row alone, so that the same row has the same id in every world.
fn content(row: &Row) -> u64 {
    ((row.0 as u64) << 40) + (row.1 + 1000) as u64 * 100 + row.2 as u64 * 10 + u64::from(row.3)
}

#[test]
fn readings_that_differ_are_undecided_and_say_so() {
    let rows: Vec<Row> = vec![(4, 30, Grade::Official, 0), (3, 50, Grade::Official, 0)];
    let other = Key { subject: Subject::Region(CITIES[3]), ..level() };
    let verdict = judged(&rows, &claim(vec![level(), other], figure(30, Qualifier::Exactly))).verdict;
    assert_eq!(verdict.outcome, Outcome::Undecided);
    assert!(verdict.reasons.contains(&Reason::ReadingsDiffer));
}

#[test]
fn a_guessed_reading_never_decides() {
    let mut claim = claim(vec![level()], figure(30, Qualifier::Exactly));
    claim.parts[0].readings[0].basis = Basis::Assumed;
    let verdict = judged(&[(4, 30, Grade::Official, 0)], &claim).verdict;
    assert_eq!(verdict.outcome, Outcome::Undecided);
    assert!(verdict.reasons.contains(&Reason::OnlyAssumed));
}

#[test]
fn equally_strong_sources_at_odds_are_disputed_and_a_weaker_one_is_said() {
    let claim = claim(vec![level()], figure(30, Qualifier::Exactly));
    let two = [(4, 30, Grade::Media, 0), (4, 50, Grade::Media, 1)];
    assert_eq!(outcome(&two, &claim), Outcome::Disputed);
    let weaker = [(4, 30, Grade::Official, 0), (4, 50, Grade::Unverified, 1)];
    let verdict = judged(&weaker, &claim).verdict;
    assert_eq!(verdict.outcome, Outcome::Supported);
    assert_eq!(verdict.grade, Some(Grade::Official));
    assert!(verdict.reasons.contains(&Reason::SourcesDiffer));
}

#[test]
fn part_of_a_year_never_answers_a_year() {
    let mut facts = FactStore::default();
    let part = Key { period: "2020-01..2020-09".parse().unwrap(), ..level() };
    let read = finding((4, 30, Grade::Official, 0), 2);
    facts.extend([Finding::new(
        "indicators",
        part,
        read.value.clone(),
        read.evidence,
        "read",
        Text::default(),
    )]);
    let (names, rosters) = (Names::default(), [roster()]);
    let operators = Operators { facts: &facts, rosters: &rosters, lists: &[], names: &names };
    let judge = Judge { operators, facts: &facts, names: &names, tables_read: &BTreeSet::new(), dated: None };
    let verdict = judge.verdict(&claim(vec![level()], figure(30, Qualifier::Exactly))).verdict;
    assert_eq!(verdict.outcome, Outcome::Undecided);
    assert!(verdict.reasons.contains(&Reason::PeriodDiffers));
    assert_eq!(verdict.near.len(), 1, "it is shown beside the answer");
    assert!(facts.at(&level()).is_empty());
}

#[test]
fn only_weak_findings_say_so() {
    let claim = claim(vec![level()], figure(30, Qualifier::Exactly));
    for (grade, reason) in [
        (Grade::Synthetic, Reason::OnlySynthetic),
        (Grade::Modelled, Reason::OnlyModelled),
        (Grade::Assumed, Reason::OnlyAssumed),
    ] {
        let verdict = judged(&[(4, 30, grade, 0)], &claim).verdict;
        assert_eq!(verdict.outcome, Outcome::Undecided);
        assert!(verdict.reasons.contains(&reason), "{:?}", verdict.reasons);
    }
}

#[test]
fn copies_count_once() {
    let claim = claim(vec![level()], figure(30, Qualifier::Exactly));
    let copied = |tenths: i64, copy_of: Option<&str>, id: &str, row: u64| {
        let read = finding((4, tenths, Grade::Media, 0), row);
        let origin = Origin { copy_of: copy_of.map(Into::into), ..Origin::new(id, Grade::Media) };
        let cell = read.evidence.citations()[0].clone();
        let evidence = Evidence::row(Citation { origin: Arc::new(origin), ..cell });
        Finding::new("indicators", read.key.clone(), read.value, evidence, "read", Text::default())
    };
    let verdict = |findings: Vec<Finding>| {
        let mut facts = FactStore::default();
        facts.extend(findings);
        let (names, rosters) = (Names::default(), [roster()]);
        let operators = Operators { facts: &facts, rosters: &rosters, lists: &[], names: &names };
        let none = BTreeSet::new();
        let judge = Judge { operators, facts: &facts, names: &names, tables_read: &none, dated: None };
        judge.verdict(&claim).verdict.outcome
    };
    let original = || copied(30, None, "paper", 2);
    assert_eq!(verdict(vec![original(), copied(50, Some("paper"), "repost", 3)]), Outcome::Supported);
    assert_eq!(verdict(vec![original(), copied(50, None, "other paper", 3)]), Outcome::Disputed);
}
