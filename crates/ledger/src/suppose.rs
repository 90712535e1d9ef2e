//! What if the text had said something else: one claim judged again, with another stated value, against the same facts.

use crate::{
    assess::{Answered, Ledger},
    contract, operators,
    verdict::Judge,
    view, words,
};
use rust_decimal::Decimal;
use zhidian_dossier::Dossiers;
use zhidian_model::{Answer, Claim, Estimate, Finding, Interval, Stated, Text};
use zhidian_vocabulary::units;

/// Steps that can be asked on either side of what is stated and found.
const ROOM: i64 = 20;

/// The stated value of a claim that can be moved, and how far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Movable {
    /// The value that was stated, divided by `factor`.
    pub stated: Decimal,
    /// What a value is multiplied by to be in the unit of the claim: 2876亿元 is 2876 times 10⁸ yuan.
    pub factor: Decimal,
    /// The unit of `stated` in words; empty for a place.
    pub unit: Text,
    /// Whether it is a place.
    pub rank: bool,
    /// Lowest value to ask.
    pub least: Decimal,
    /// Highest.
    pub most: Decimal,
    /// The weight of the last digit.
    pub step: Decimal,
}

/// A claim with another stated value, and what it comes to. Nothing of it is kept.
pub struct Supposed {
    /// What the text had said, in words.
    pub stated: Text,
    /// The answer it would have had.
    pub answer: contract::Answer,
    /// The findings that answer refers to.
    pub findings: Vec<contract::Finding>,
}

/// How the value of a claim can be moved: that of its first part which states a figure or a place. Nothing for a claim
/// that states neither.
pub fn movable(ledger: &Ledger, answered: &Answered) -> Option<Movable> {
    let (_, stated) = first_movable(&answered.claim)?;
    let found = deciding(ledger, answered);
    match stated {
        Stated::Rank { to, .. } => {
            let of = match found.map(|finding| &finding.value) {
                Some(Estimate::Rank(rank)) if rank.of > 0 => rank.of,
                _ => (*to).max(ROOM.unsigned_abs() as u32),
            };
            Some(Movable {
                stated: Decimal::from(*to),
                factor: Decimal::ONE,
                unit: Text::default(),
                rank: true,
                least: Decimal::ONE,
                most: Decimal::from(of.max(*to)),
                step: Decimal::ONE,
            })
        }
        Stated::Figure { quantity, .. } => {
            let (factor, unit) = shown_in(quantity.value, &quantity.unit);
            let (stated, step) = (quantity.value / factor, step(quantity.ulp, &quantity.unit) / factor);
            let interval = match found.map(|finding| &finding.value) {
                Some(Estimate::Value { interval, .. }) => *interval,
                _ => Interval::ALL,
            };
            let ends = [interval.low, interval.high].into_iter().flatten();
            let far = ends.map(|end| (end.at / factor - stated).abs()).max().unwrap_or_default();
            let steps = (far * Decimal::TWO / step).ceil().max(Decimal::from(ROOM));
            let (least, most) = (stated.saturating_sub(steps * step), stated.saturating_add(steps * step));
            // What cannot be less than nothing is not asked below it.
            let counted = !matches!(&*quantity.unit, "percent" | "percentage_point");
            let least = if counted && !stated.is_sign_negative() { least.max(Decimal::ZERO) } else { least };
            let [stated, least, most, step] = [stated, least, most, step].map(|value| value.normalize());
            Some(Movable { stated, factor, unit, rank: false, least, most, step })
        }
        _ => None,
    }
}

/// Judges a claim again, with another value in the place of the one that can be moved. Nothing where none can be.
pub fn suppose(
    ledger: &Ledger,
    dossiers: &Dossiers,
    answered: &Answered,
    value: Decimal,
) -> Option<Supposed> {
    let movable = movable(ledger, answered)?;
    let claim = with_value(&answered.claim, value.checked_mul(movable.factor)?)?;
    let document = dossiers.documents().iter().find(|document| *document.id == *claim.document);
    let judge = Judge {
        operators: operators::Operators {
            facts: &ledger.facts,
            rosters: dossiers.rosters(),
            lists: dossiers.lists(),
            names: &ledger.names,
        },
        facts: &ledger.facts,
        names: &ledger.names,
        tables_read: &ledger.tables_read,
        dated: document.and_then(|document| document.dated),
    };
    let judged = judge.verdict(&claim);
    let (_, stated) = first_movable(&claim)?;
    let stated = words::stated(stated);
    let findings = judged
        .shown
        .into_iter()
        .map(|derivation| {
            let exhibit = derivation.exhibit.or_else(|| judge.through_time_of(&derivation.finding));
            view::finding(&derivation.finding, exhibit)
        })
        .collect();
    let supposed =
        Answered { statement: answered.statement.clone(), claim, answer: Answer::Verdict(judged.verdict) };
    Some(Supposed { stated, answer: view::answer(&supposed, &ledger.names), findings })
}

/// The claim with another value, in its own unit, in the place of its first figure or place. The word beside the figure
/// and the weight of its last digit stay; of a span of places the far end moves.
pub fn with_value(claim: &Claim, value: Decimal) -> Option<Claim> {
    let (at, _) = first_movable(claim)?;
    let mut claim = claim.clone();
    match &mut claim.parts[at].stated {
        Stated::Figure { quantity, .. } => quantity.value = value,
        Stated::Rank { from, to } => {
            let place = u32::try_from(value.normalize()).ok().filter(|place| *place > 0)?;
            if value.normalize().scale() > 0 {
                return None;
            }
            *from = if *from == *to { place } else { (*from).min(place) };
            *to = place;
        }
        _ => return None,
    }
    Some(claim)
}

fn first_movable(claim: &Claim) -> Option<(usize, &Stated)> {
    let stated = claim.parts.iter().map(|part| &part.stated).enumerate();
    stated.into_iter().find(|(_, stated)| match stated {
        Stated::Figure { .. } => true,
        Stated::Rank { to, .. } => *to < u32::MAX,
        _ => false,
    })
}

/// The finding that decided, if there is one.
fn deciding<'a>(ledger: &'a Ledger, answered: &Answered) -> Option<&'a Finding> {
    let Answer::Verdict(verdict) = &answered.answer else { return None };
    let near = verdict.near.iter().map(|near| &near.finding);
    verdict.because.iter().chain(near).find_map(|id| ledger.findings.get(id)).map(|finding| &**finding)
}

/// The factor and the unit a value is moved in: the myriads a Chinese text would say.
fn shown_in(value: Decimal, unit: &str) -> (Decimal, Text) {
    let (zh, en) = match units::by_code(unit) {
        Some(known) if known.code == "percent" => ("%", "%"),
        Some(known) => (known.zh, known.en),
        None => (unit, unit),
    };
    let (hundred_million, ten_thousand) = (Decimal::new(100_000_000, 0), Decimal::new(10_000, 0));
    match value.abs() {
        size if size >= hundred_million => {
            (hundred_million, Text::new(format!("亿{zh}"), format!("hundred million {en}")))
        }
        size if size >= ten_thousand => {
            (ten_thousand, Text::new(format!("万{zh}"), format!("ten thousand {en}")))
        }
        _ => (Decimal::ONE, Text::new(zh, en)),
    }
}

/// One step: the weight of the last digit; where none is known, one.
fn step(ulp: Decimal, unit: &str) -> Decimal {
    match (ulp > Decimal::ZERO, unit) {
        (true, _) => ulp,
        (false, "percent" | "percentage_point") => Decimal::new(1, 1),
        (false, _) => Decimal::ONE,
    }
}
