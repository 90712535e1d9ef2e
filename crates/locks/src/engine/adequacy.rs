//! What published figures alone say about a lock's adequacy (通过能力适应性).

use super::{
    Locks,
    input::{Figure, Input, period_words},
};
use rust_decimal::{Decimal, prelude::FromPrimitive};
use zhidian_model::{Engine, Estimate, Evidence, Finding, Interval, Key, Measure, Period, Subject, Text};

/// Version of the method, in the evidence of what it finds.
pub(super) const VERSION: &str = env!("CARGO_PKG_VERSION");

/// One finding at the lock and at each lock that would stand beside it.
pub(super) struct Said<'a> {
    pub measure: &'a str,
    pub period: Period,
    pub value: f64,
    pub unit: &'a str,
    pub decimals: u32,
    pub from: Vec<Evidence>,
    pub text: Text,
}

pub(super) fn say(about: &[Subject], said: &Said<'_>, seed: u64) -> Vec<Finding> {
    let Some((first, rest)) = said.from.split_first() else { return vec![] };
    let Some(value) = Decimal::from_f64(said.value).map(|value| value.round_dp(said.decimals)) else {
        return vec![];
    };
    let ulp = Decimal::new(1, said.decimals);
    about
        .iter()
        .map(|subject| {
            let key = Key {
                measure: Measure::of(said.measure),
                subject: subject.clone(),
                period: said.period,
                scope: None,
            };
            let evidence =
                Evidence::model(Locks::CARD.id.into(), VERSION.into(), seed, first.clone(), rest.to_vec());
            let value = Estimate::Value {
                printed: value,
                interval: Interval::printed(value, ulp),
                unit: said.unit.into(),
            };
            Finding::new(Locks::CARD.id, key, value, evidence, "adequacy", said.text.clone())
        })
        .collect()
}

fn days(period: &Period) -> Option<f64> {
    let (from, to) = (period.from()?, period.to()?);
    Some(f64::from((to - from).get_days()))
}

/// Tonnes as 万吨.
fn ten_thousands(tonnes: f64) -> f64 {
    tonnes / 10_000.0
}

pub(super) fn findings(input: &Input, lock: &Subject, about: &[Subject]) -> Vec<Finding> {
    let (zh, en) = input.name(lock);
    let last = |measure: &'static str| input.figures(lock, measure).last();
    let mut out = vec![];
    if let Some(found) = pace(input, lock) {
        let (lockages, hours, load) = (found.lockages, found.hours, found.load);
        let (zh_when, en_when) = period_words(&lockages.period);
        let grown = grown(input, lock, &found);
        let all_day = lockages.value / hours.value * 24.0 * 365.0 * load.value;
        let from = vec![lockages.evidence.clone(), hours.evidence.clone(), load.evidence.clone()];
        out.extend(say(
            about,
            &Said {
                measure: "lock.adequacy.all_day",
                period: lockages.period,
                value: all_day,
                unit: "tonne",
                decimals: 0,
                from: from.clone(),
                text: Text::new(
                    format!(
                        "{zh}{zh_when}日均{}闸次、运行{}小时；按此强度昼夜运行、每闸{:.2}万吨核载，双向一年可过约{:.0}万吨核载量",
                        lockages.value,
                        hours.value,
                        ten_thousands(load.value),
                        ten_thousands(all_day)
                    ),
                    format!(
                        "{en}, {en_when}: {} lockages in {} hours a day; at this pace round the clock and {:.0} t of deadweight each \
                         it could pass about {:.1} million t of deadweight a year both ways",
                        lockages.value,
                        hours.value,
                        load.value,
                        all_day / 1e6
                    ),
                ),
            },
            0,
        ));
        out.extend(say(
            about,
            &Said {
                measure: "lock.adequacy.hours",
                period: hours.period,
                value: hours.value / 24.0 * 100.0,
                unit: "percent",
                decimals: 1,
                from: std::iter::once(&hours.evidence).chain(grown.iter().flat_map(|grown| grown.from)).cloned().collect(),
                text: Text::new(
                    format!(
                        "{zh}{zh_when}每日运行{}小时，占全天{:.0}%{}：当时的瓶颈也可能在运行时间而不在闸室尺度",
                        hours.value,
                        hours.value / 0.24,
                        grown.as_ref().map_or("", |grown| &grown.zh)
                    ),
                    format!(
                        "{en}, {en_when}: worked {} hours a day, {:.0} % of the day{}; hours, not size, may have bound it then",
                        hours.value,
                        hours.value / 0.24,
                        grown.as_ref().map_or("", |grown| &grown.en)
                    ),
                ),
            },
            0,
        ));
        if let Some((deadweight, span)) =
            input.figures(lock, "lock.deadweight").filter_map(|f| Some((f, days(&f.period)?))).next()
        {
            let (zh_when, en_when) = period_words(&deadweight.period);
            let used = deadweight.value / (span * lockages.value * load.value) * 100.0;
            out.extend(say(
                about,
                &Said {
                    measure: "lock.adequacy.used",
                    period: deadweight.period,
                    value: used,
                    unit: "percent",
                    decimals: 0,
                    from: std::iter::once(deadweight.evidence.clone()).chain(from).collect(),
                    text: Text::new(
                        format!(
                            "{zh}{zh_when}过闸核载量{:.0}万吨，相当于每日{}闸次、每闸满载时的{used:.0}%",
                            ten_thousands(deadweight.value),
                            lockages.value
                        ),
                        format!(
                            "{en}, {en_when}: {:.2} million t of deadweight passed, {used:.0} % of {} full lockages a day",
                            deadweight.value / 1e6,
                            lockages.value
                        ),
                    ),
                },
                0,
            ));
        }
    }
    out.extend(plan(input, lock, about));
    if let Some(waiting) = last("lock.vessels.waiting") {
        let (zh_when, en_when) = period_words(&waiting.period);
        let least = waiting.words == "at least";
        out.extend(say(
            about,
            &Said {
                measure: "lock.adequacy.waiting",
                period: waiting.period,
                value: waiting.value,
                unit: "艘",
                decimals: 0,
                from: vec![waiting.evidence.clone()],
                text: Text::new(
                    format!(
                        "{zh}{zh_when}每日待闸船舶{}{}艘",
                        if least { "至少" } else { "" },
                        waiting.value
                    ),
                    format!(
                        "{en}, {en_when}: {}{} ships waiting a day",
                        if least { "at least " } else { "" },
                        waiting.value
                    ),
                ),
            },
            0,
        ));
    }
    if let Some((vessels, per_day)) = traffic(input, lock) {
        let (zh_when, en_when) = period_words(&vessels.period);
        out.extend(say(
            about,
            &Said {
                measure: "lock.adequacy.traffic",
                period: vessels.period,
                value: per_day,
                unit: "艘",
                decimals: 1,
                from: vec![vessels.evidence.clone()],
                text: Text::new(
                    format!("{zh}{zh_when}日均过闸{per_day:.0}艘次"),
                    format!("{en}, {en_when}: {per_day:.0} ships a day on average"),
                ),
            },
            0,
        ));
    }
    out
}

/// Deadweight of a year against the planned yearly capacity; two different things, and the text says so.
fn plan(input: &Input, lock: &Subject, about: &[Subject]) -> Vec<Finding> {
    let (zh, en) = input.name(lock);
    let deadweight = input.figures(lock, "lock.deadweight").find_map(|f| Some((f, days(&f.period)?)));
    let design = input.figures(lock, "lock.capacity.design").last();
    let (Some((deadweight, span)), Some(design)) = (deadweight, design) else { return vec![] };
    let (zh_when, en_when) = period_words(&deadweight.period);
    let share = deadweight.value / span * 365.0 / design.value * 100.0;
    say(
        about,
        &Said {
            measure: "lock.adequacy.plan",
            period: deadweight.period,
            value: share,
            unit: "percent",
            decimals: 1,
            from: vec![deadweight.evidence.clone(), design.evidence.clone()],
            text: Text::new(
                format!(
                    "{zh}{zh_when}过闸核载量{:.0}万吨，为设计年货运量{:.0}万吨的{share:.0}%（核载量是船舶吨位，实载货物更少）",
                    ten_thousands(deadweight.value),
                    ten_thousands(design.value)
                ),
                format!(
                    "{en}, {en_when}: {:.2} million t of deadweight passed, {share:.0} % of the {:.0} million t planned a year \
                     (deadweight is the size of ships; cargo was less)",
                    deadweight.value / 1e6,
                    design.value / 1e6
                ),
            ),
        },
        0,
    )
}

/// How the lock was worked: lockages and hours of one period, and the most a lockage holds.
pub(super) struct Pace<'a> {
    pub lockages: &'a Figure,
    pub hours: &'a Figure,
    pub load: &'a Figure,
}

pub(super) fn pace<'a>(input: &'a Input, lock: &Subject) -> Option<Pace<'a>> {
    let load = input.figures(lock, "lock.load.per_lockage.max").last()?;
    let hours = || input.figures(lock, "lock.hours.per_day");
    let pair = |lockages: &'a Figure| {
        let same = hours().find(|hours| hours.period == lockages.period && hours.value > 0.0)?;
        Some(Pace { lockages, hours: same, load })
    };
    input.figures(lock, "lock.lockages.per_day").filter_map(pair).last()
}

/// How its working grew, in words, and what says so.
struct Grown<'a> {
    from: [&'a Evidence; 2],
    zh: String,
    en: String,
}

/// From the first period of which lockages and hours are known to the last.
fn grown<'a>(input: &'a Input, lock: &Subject, last: &Pace<'_>) -> Option<Grown<'a>> {
    let lockages = input.figures(lock, "lock.lockages.per_day").find(|f| f.period != last.lockages.period)?;
    let hours = input.figures(lock, "lock.hours.per_day").find(|f| f.period == lockages.period)?;
    let pace = |lockages: &Figure, hours: &Figure| lockages.value / hours.value.max(1e-9);
    let (zh_when, en_when) = period_words(&lockages.period);
    Some(Grown {
        from: [&lockages.evidence, &hours.evidence],
        zh: format!(
            "（{zh_when}为{}小时、日均{}闸次，后为{}闸次，每小时由{:.2}增至{:.2}闸次）",
            hours.value,
            lockages.value,
            last.lockages.value,
            pace(lockages, hours),
            pace(last.lockages, last.hours)
        ),
        en: format!(
            " ({en_when}: {} lockages in {} hours; then {} lockages, from {:.2} to {:.2} an hour)",
            lockages.value,
            hours.value,
            last.lockages.value,
            pace(lockages, hours),
            pace(last.lockages, last.hours)
        ),
    })
}

/// Ships a day over the longest period known.
pub(super) fn traffic<'a>(input: &'a Input, lock: &Subject) -> Option<(&'a Figure, f64)> {
    let all = input.figures(lock, "lock.vessels").filter_map(|f| Some((f, days(&f.period)?)));
    all.max_by(|a, b| a.1.total_cmp(&b.1)).map(|(figure, days)| (figure, figure.value / days))
}
