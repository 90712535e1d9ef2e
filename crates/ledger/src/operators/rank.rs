//! A place within a dated roster, as an interval.

use super::{ByVintage, Derivation, Operators, Placed};
use crate::{
    contract::{Exhibit, Mark, Point},
    names,
};
use rust_decimal::{Decimal, RoundingStrategy};
use std::{collections::BTreeMap, sync::Arc};
use zhidian_model::{
    Code, Estimate, Evidence, Facts, Finding, Grade, Interval, Key, Measure, Order, RankFound, Subject, Text,
};

/// One member of a roster with its figure.
struct Peer<'a> {
    subject: &'a Subject,
    finding: Arc<Finding>,
    printed: Decimal,
    interval: Interval,
}

impl Operators<'_> {
    /// The place of the key's subject by a measure, once for each table and edition in which it has a figure.
    ///
    /// The least place counts the peers that are surely better, the most place also those that may be: tied as
    /// printed, or without a figure. A roster the subject does not belong to gives no place.
    pub(super) fn rank(&self, key: &Key, of: &Measure, order: Order) -> Vec<Derivation> {
        let Some(roster) = key.scope.as_deref().and_then(|scope| self.roster(scope)) else { return vec![] };
        let members: Vec<&Subject> = roster.during(&key.period).collect();
        if !members.contains(&&key.subject) {
            return vec![];
        }
        let plain = |subject: &Subject| Key {
            measure: of.clone(),
            subject: subject.clone(),
            period: key.period,
            scope: None,
        };
        let figures: BTreeMap<&Subject, ByVintage> =
            members.iter().map(|member| (*member, ByVintage::new(self.facts.at(&plain(member))))).collect();
        let mut derived = Vec::new();
        for assumptions in [false, true] {
            for vintage in ByVintage::vintages(figures.get(&key.subject), figures.values(), assumptions) {
                let peers: Vec<Peer<'_>> = members
                    .iter()
                    .filter_map(|member| {
                        Peer::new(member, figures.get(member)?.get(vintage, assumptions)?.clone())
                    })
                    .collect();
                if assumptions && !peers.iter().any(|peer| peer.finding.grade() == Grade::Assumed) {
                    continue;
                }
                let Some(found) = place(&key.subject, &peers, roster.size(&key.period), order) else {
                    continue;
                };
                let everywhere = found.least == 1 && found.most == found.of && found.of > 1;
                if !everywhere {
                    derived.push(self.ranked(key, &peers, found, order, &members));
                }
            }
        }
        derived
    }

    fn ranked(
        &self,
        key: &Key,
        peers: &[Peer<'_>],
        found: RankFound,
        order: Order,
        members: &[&Subject],
    ) -> Derivation {
        let own = peers.iter().find(|peer| *peer.subject == key.subject);
        let others = peers
            .iter()
            .filter(|peer| *peer.subject != key.subject)
            .map(|peer| peer.finding.evidence.clone());
        let mut inputs = own.into_iter().map(|peer| peer.finding.evidence.clone()).chain(others);
        let first = inputs.next().expect("a place is counted from the subject's own figure");
        let evidence = Evidence::derived("rank", Some(key.clone()), first, inputs);
        let text = self.rank_words(key, own, &found);
        let exhibit = Exhibit {
            mark: Mark::Strip,
            title: text.clone(),
            unit: own.and_then(|own| own.unit()).map(|unit| names::unit(unit)).unwrap_or_default(),
            points: self.strip(key, peers, members, order),
            peers: vec![],
        };
        let others = others_placed(&key.subject, peers, found.of, order);
        let finding = Finding::new("ledger", key.clone(), Estimate::Rank(found), evidence, "rank", text);
        Derivation { finding: Arc::new(finding), exhibit: Some(exhibit), others }
    }

    /// `衢州市2020年地区生产总值增速（可比价）3.50%，在浙江11个设区市中居第3位，比其后的嘉兴市高0.05个百分点`
    fn rank_words(&self, key: &Key, own: Option<&Peer<'_>>, found: &RankFound) -> Text {
        let stands = own.map_or_else(|| self.names.key(key), |own| own.finding.text.clone());
        let roster = self.names.roster(key.scope.as_deref().unwrap_or_default());
        let (zh_place, en_place) = place_words(found);
        let gap = |zh: &str, en: &str, gap: &Option<(Decimal, Subject)>| {
            gap.as_ref().map_or((String::new(), String::new()), |(distance, peer)| {
                let (distance, peer) = (names::value(*distance, &found.unit), self.names.subject(peer));
                (format!("，{zh}{}{}", peer.zh, distance.zh), format!(", {} {en} {}", distance.en, peer.en))
            })
        };
        let (zh_below, en_below) = gap("领先", "ahead of", &found.below);
        let (zh_above, en_above) = gap("落后", "behind", &found.above);
        Text::new(
            format!("{}，在{}（{}个）中居{zh_place}{zh_below}{zh_above}", stands.zh, roster.zh, found.of),
            format!("{}; {en_place} of {} in {}{en_below}{en_above}", stands.en, found.of, roster.en),
        )
    }

    fn strip(&self, key: &Key, peers: &[Peer<'_>], members: &[&Subject], order: Order) -> Vec<Point> {
        let mut sorted: Vec<&Peer<'_>> = peers.iter().collect();
        sorted.sort_by(|a, b| better(order, b.printed, a.printed).then_with(|| a.subject.cmp(b.subject)));
        let with = sorted.into_iter().map(|peer| Point {
            label: self.names.subject(peer.subject),
            value: Some(peer.printed.to_string()),
            most: None,
            own: *peer.subject == key.subject,
            grade: Some(peer.finding.grade()),
        });
        let without = members.iter().filter(|member| !peers.iter().any(|peer| peer.subject == **member)).map(
            |member| Point {
                label: self.names.subject(member),
                value: None,
                most: None,
                own: false,
                grade: None,
            },
        );
        with.chain(without).collect()
    }
}

/// 第3位, or 第3至5位; whether it is shared is said.
fn place_words(found: &RankFound) -> (String, String) {
    let (zh, en) = if found.least == found.most {
        (format!("第{}位", found.least), format!("place {}", found.least))
    } else {
        (
            format!("第{}至{}位", found.least, found.most),
            format!("between places {} and {}", found.least, found.most),
        )
    };
    let (mut zh_why, mut en_why) = (Vec::new(), Vec::new());
    if found.shared > 1 {
        zh_why.push(format!("按公布位数与{}个并列", found.shared - 1));
        en_why.push(format!("tied as printed with {}", found.shared - 1));
    }
    if found.missing > 0 {
        zh_why.push(format!("{}个缺数", found.missing));
        en_why.push(format!("{} without a figure", found.missing));
    }
    match zh_why.is_empty() {
        true => (zh, en),
        false => (format!("{zh}（{}）", zh_why.join("，")), format!("{en} ({})", en_why.join(", "))),
    }
}

impl<'a> Peer<'a> {
    fn new(subject: &'a Subject, finding: Arc<Finding>) -> Option<Self> {
        match &finding.value {
            Estimate::Value { printed, interval, .. } => {
                Some(Self { subject, printed: *printed, interval: *interval, finding: finding.clone() })
            }
            _ => None,
        }
    }

    fn unit(&self) -> Option<&Code> {
        match &self.finding.value {
            Estimate::Value { unit, .. } => Some(unit),
            _ => None,
        }
    }
}

/// Which of two values is the better one: `Greater` when the first is.
fn better(order: Order, a: Decimal, b: Decimal) -> std::cmp::Ordering {
    match order {
        Order::Descending => a.cmp(&b),
        Order::Ascending => b.cmp(&a),
    }
}

/// The place of `subject` among `peers` (itself included) of a roster of `size`.
fn place(subject: &Subject, peers: &[Peer<'_>], size: u32, order: Order) -> Option<RankFound> {
    let own = peers.iter().find(|peer| peer.subject == subject)?;
    let unit = own.unit()?;
    let others: Vec<&Peer<'_>> =
        peers.iter().filter(|peer| peer.subject != subject && peer.unit() == Some(unit)).collect();
    let missing = size.checked_sub(1)?.checked_sub(count(others.len()))?;
    let surely = count(others.iter().filter(|peer| surely_better(order, peer, own)).count());
    let surely_worse = others.iter().filter(|peer| surely_better(order, own, peer)).count();
    let tied = count(others.len()).saturating_sub(surely).saturating_sub(count(surely_worse));
    let printed_better = |peer: &&&Peer<'_>| better(order, peer.printed, own.printed).is_gt();
    let printed_worse = |peer: &&&Peer<'_>| better(order, peer.printed, own.printed).is_lt();
    let gap = |peer: &&Peer<'_>| ((peer.printed - own.printed).abs(), peer.subject.clone());
    Some(RankFound {
        least: surely + 1,
        most: surely + tied + missing + 1,
        of: size,
        shared: 1 + count(others.iter().filter(|peer| peer.printed == own.printed).count()),
        missing,
        above: others.iter().filter(printed_better).map(gap).min(),
        below: others.iter().filter(printed_worse).map(gap).min(),
        unit: gap_unit(unit),
        survives_rounding: (missing == 0).then(|| survives(own, &others, order)),
    })
}

/// The places of everyone but `subject`, by the rule of [`place`].
fn others_placed(subject: &Subject, peers: &[Peer<'_>], size: u32, order: Order) -> Vec<Placed> {
    let others = peers.iter().filter(|peer| peer.subject != subject);
    let placed = others.filter_map(|peer| {
        let found = place(peer.subject, peers, size, order)?;
        Some(Placed {
            subject: peer.subject.clone(),
            least: found.least,
            most: found.most,
            grade: peer.finding.grade(),
        })
    });
    placed.collect()
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// Is one printed value better wherever in their intervals the two may lie? Neighbours as printed (3.4 and 3.5) touch in
/// one point and are told apart; what is printed alike is not.
fn surely_better(order: Order, one: &Peer<'_>, other: &Peer<'_>) -> bool {
    let (high, low) = match order {
        Order::Descending => (one, other),
        Order::Ascending => (other, one),
    };
    match (high.interval.low, low.interval.high) {
        (Some(least), Some(most)) => high.printed > low.printed && least.at >= most.at,
        _ => false,
    }
}

/// The unit of a difference: rates differ by percentage points.
pub(crate) fn gap_unit(unit: &Code) -> Code {
    if &**unit == "percent" { "percentage_point".into() } else { unit.clone() }
}

/// Does the place stay when every value is rounded to one decimal less than its column prints?
fn survives(own: &Peer<'_>, others: &[&Peer<'_>], order: Order) -> bool {
    let coarse = |peer: &Peer<'_>| {
        let ulp = match (peer.interval.low, peer.interval.high) {
            (Some(low), Some(high)) => high.at - low.at,
            _ => Decimal::ZERO,
        };
        let step = ulp * Decimal::TEN;
        if step.is_zero() {
            return peer.printed;
        }
        (peer.printed / step).round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero) * step
    };
    let rounded = coarse(own);
    let place = |value: Decimal, values: &mut dyn Iterator<Item = Decimal>| {
        let (mut ahead, mut level) = (0, 0);
        for other in values {
            match better(order, other, value) {
                std::cmp::Ordering::Greater => ahead += 1,
                std::cmp::Ordering::Equal => level += 1,
                std::cmp::Ordering::Less => {}
            }
        }
        (ahead, level)
    };
    let fine = place(own.printed, &mut others.iter().map(|peer| peer.printed));
    fine == place(rounded, &mut others.iter().map(|peer| coarse(peer)))
}
