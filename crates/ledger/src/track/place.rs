//! A place stated as a target: where every member of the roster would stand, each with its band.
//!
//! A member is surely ahead where its whole band lies ahead of the whole of the other; members without a projection may stand
//! anywhere. Bands are held against each other as if each could be at any end of its own, so the interval of places is rather
//! too wide than too narrow.

use super::{Held, at, projected, roster};
use crate::{names, operators::Derivation, operators::Operators, operators::gap_unit};
use rust_decimal::{Decimal, prelude::FromPrimitive};
use std::sync::Arc;
use zhidian_model::{
    Estimate, Evidence, Finding, Key, Measure, Order, Part, RankFound, Scope, Subject, Text,
};

/// The projections of all members of the roster that a place is counted in.
pub(super) fn asked(key: &Key, rosters: &[Scope]) -> Vec<Key> {
    let Measure::Rank(of, _) = &key.measure else { return vec![] };
    let (Measure::Of(code), Some(roster)) = (&**of, roster(key, rosters)) else { return vec![] };
    if key.period.as_year().is_none() {
        return vec![];
    }
    roster.during(&key.period).map(|member| projected(code, member, key.period)).collect()
}

/// A stated place against the projected ones, by every reading.
pub(super) fn held(part: &Part, stated: (u32, u32), operators: &Operators<'_>) -> Option<Held> {
    let answers: Vec<(Option<bool>, Arc<Finding>, Text)> =
        part.readings.iter().filter_map(|reading| one(&reading.key, stated, operators)).collect();
    let (first, _, text) = answers.first()?.clone();
    let told = answers.len() == part.readings.len() && answers.iter().all(|(other, ..)| *other == first);
    Some(Held {
        reached: first.filter(|_| told),
        text,
        margin: None,
        shown: answers.into_iter().map(|(_, finding, _)| finding.into()).collect::<Vec<Derivation>>(),
    })
}

/// A member with where it would stand.
struct Member<'a> {
    subject: &'a Subject,
    low: f64,
    middle: f64,
    high: f64,
    finding: Arc<Finding>,
}

fn one(
    key: &Key,
    stated: (u32, u32),
    operators: &Operators<'_>,
) -> Option<(Option<bool>, Arc<Finding>, Text)> {
    let Measure::Rank(of, order) = &key.measure else { return None };
    let Measure::Of(code) = &**of else { return None };
    let roster = roster(key, operators.rosters)?;
    // Turned round where the lowest is first, so that more is ahead.
    let sign = if *order == Order::Ascending { -1.0 } else { 1.0 };
    let members: Vec<Member<'_>> = roster
        .during(&key.period)
        .filter_map(|subject| {
            let finding = at(&projected(code, subject, key.period), operators.facts)?;
            let Estimate::Sample { low, median, high, .. } = finding.value else { return None };
            let (low, high) = if sign < 0.0 { (-high, -low) } else { (low, high) };
            Some(Member { subject, low, middle: sign * median, high, finding })
        })
        .collect();
    let own = members.iter().find(|member| *member.subject == key.subject)?;
    let Estimate::Sample { unit, .. } = &own.finding.value else { return None };
    let mut others: Vec<&Member<'_>> = members
        .iter()
        .filter(|member| member.subject != own.subject)
        .filter(|member| matches!(&member.finding.value, Estimate::Sample { unit: of, .. } if of == unit))
        .collect();
    others.sort_by(|a, b| b.middle.total_cmp(&a.middle).then(a.subject.cmp(b.subject)));
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let size = roster.size(&key.period);
    let missing = size.checked_sub(1)?.checked_sub(count(others.len()))?;
    let ahead = count(others.iter().filter(|other| other.low > own.high).count());
    let behind = count(others.iter().filter(|other| other.high < own.low).count());
    let (least, most) = (ahead + 1, ahead + (count(others.len()) - ahead - behind) + missing + 1);
    let middle = count(others.iter().filter(|other| other.middle > own.middle).count()) + 1;
    let reached = if stated.0 <= least && most <= stated.1 {
        Some(true)
    } else if least > stated.1 || most < stated.0 {
        Some(false)
    } else {
        None
    };
    let gap = |other: &&Member<'_>| {
        Some((Decimal::from_f64((other.middle - own.middle).abs())?.round_sf(4)?, other.subject.clone()))
    };
    let found = RankFound {
        least,
        most,
        of: size,
        shared: 1,
        missing,
        above: others.iter().rfind(|other| other.middle > own.middle).and_then(gap),
        below: others.iter().find(|other| other.middle <= own.middle).and_then(gap),
        unit: gap_unit(unit),
        survives_rounding: None,
    };
    let asks = asks(own, &others, stated.1, unit, sign, operators);
    let text = said(key, own, &found, middle, operators);
    let rank_of = Measure::of(&format!("{code}{}", super::PROJECTED)).rank(*order);
    let at = Key { measure: rank_of, ..key.clone() };
    let inputs = others.iter().map(|other| other.finding.evidence.clone());
    let evidence = Evidence::derived("rank", Some(at.clone()), own.finding.evidence.clone(), inputs);
    let told = Text::new(format!("{}。{}", text.zh, asks.zh), format!("{}. {}", text.en, asks.en));
    let finding = Finding::new("ledger", at, Estimate::Rank(found), evidence, "rank", text);
    Some((reached, Arc::new(finding), told))
}

fn said(key: &Key, own: &Member<'_>, found: &RankFound, middle: u32, operators: &Operators<'_>) -> Text {
    let roster = operators.names.roster(key.scope.as_deref().unwrap_or_default());
    let (zh_missing, en_missing) = match found.missing {
        0 => (String::new(), String::new()),
        n => (format!("（{n}个无法推算）"), format!(" ({n} cannot be projected)")),
    };
    Text::new(
        format!(
            "{}；同样推算{}（{}个）各自的走势，居第{}至{}位{zh_missing}，居中的推算为第{middle}位",
            own.finding.text.zh, roster.zh, found.of, found.least, found.most
        ),
        format!(
            "{}; by the same projection of all {} of {} it would come between places {} and {}{en_missing}, {middle} by the \
             middle of the bands",
            own.finding.text.en, found.of, roster.en, found.least, found.most
        ),
    )
}

/// What the stated place would take: the middle of the projection of whoever would hold it.
fn asks(
    own: &Member<'_>,
    others: &[&Member<'_>],
    to: u32,
    unit: &str,
    sign: f64,
    operators: &Operators<'_>,
) -> Text {
    let holder = usize::try_from(to).ok().and_then(|to| others.get(to.checked_sub(1)?));
    let Some(holder) = holder.filter(|holder| holder.middle > own.middle) else { return Text::default() };
    let middle = Decimal::from_f64(sign * holder.middle).and_then(|x| x.round_sf(4)).unwrap_or_default();
    let (value, name) = (names::value(middle, unit), operators.names.subject(holder.subject));
    Text::new(
        format!("要居第{to}位，须超过{}的推算值{}。", name.zh, value.zh),
        format!("Place {to} asks for more than the {} projected for {}.", value.en, name.en),
    )
}
