//! When another line, or a cheaper measure, is needed, and whether it pays.
//!
//! Each alternative is simulated over a range of traffic with the same ships (common random numbers); its wait rises
//! with traffic, so a service limit becomes a critical traffic. Growth is uncertain: paths with a growth of their own and
//! noise from year to year, the same for all alternatives. The probability that a year exceeds the limit is the share of
//! paths above the critical traffic. Benefits are waiting saved against the first alternative.

use crate::{
    lock::{Complex, LockError, numbers},
    random::Random,
    simulate::{Plan, Source, replicate},
    traffic::{Class, Traffic},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Something that could be done; the first of a list is doing nothing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Alternative {
    /// Its name.
    pub id: String,
    /// The lock as it would be.
    pub lock: Complex,
    /// Least minutes between ships of a direction, by appointment; 0 for none.
    #[serde(default)]
    pub appointment_min: f64,
    /// What it costs, in the unit of money of the case.
    #[serde(default)]
    pub cost: f64,
    /// What it costs each year.
    #[serde(default)]
    pub upkeep: f64,
    /// Years of building.
    #[serde(default)]
    pub building_years: u32,
}

/// Growth, limits and money. All are parameters: dated data with a reference where they are kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Outlook {
    /// The year of the traffic given.
    pub from: u32,
    /// Years looked at.
    pub years: u32,
    /// Mean growth a year.
    pub growth: f64,
    /// Its standard deviation between paths.
    pub growth_sd: f64,
    /// Standard deviation of a single year's growth around its path.
    #[serde(default)]
    pub year_sd: f64,
    /// Limit of the mean wait, hours.
    pub limit_mean_h: f64,
    /// Limit of the wait that one ship in ten exceeds, hours.
    pub limit_p90_h: f64,
    /// What an hour of a ship's waiting costs.
    pub cost_per_ship_hour: f64,
    /// Discount rate.
    pub discount: f64,
    /// A ship waits no longer than this before it goes another way, hours: benefits stop there.
    pub longest_h: f64,
    /// Paths of growth.
    #[serde(default = "paths")]
    pub paths: u32,
}

fn paths() -> u32 {
    10_000
}

/// The wait of an alternative at one level of traffic.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Point {
    /// Ships a day, both ways.
    pub ships_per_day: f64,
    /// Mean wait, hours; infinite where the lock cannot cope.
    pub mean_h: f64,
    /// 90 % wait, hours.
    pub p90_h: f64,
}

/// How likely a year exceeds a limit.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Year {
    /// The year.
    pub year: u32,
    /// The alternative.
    pub alternative: String,
    /// Probability that the mean or the 90 % wait is over its limit.
    pub p_exceed: f64,
    /// Median wait over the paths, hours.
    pub mean_wait_h: f64,
}

/// How far paths of growth spread in a year: quantiles at [`SPREAD`].
#[derive(Clone, Debug, PartialEq)]
pub struct Spread {
    /// The year.
    pub year: u32,
    /// The alternative.
    pub alternative: String,
    /// Ships a day.
    pub ships_per_day: [f64; SPREAD.len()],
    /// Mean wait, hours; the outlook's `longest_h` where the lock cannot cope.
    pub wait_h: [f64; SPREAD.len()],
}

/// Shares of paths that lie below each quantile of a [`Spread`].
pub const SPREAD: [f64; 5] = [0.05, 0.25, 0.5, 0.75, 0.95];

/// Whether an alternative pays.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Worth {
    /// The alternative.
    pub alternative: String,
    /// Net present value when begun in the best year.
    pub npv: f64,
    /// The year to begin building; none when it never pays within the years looked at.
    pub best_year: Option<u32>,
    /// Net present value when begun at once.
    pub npv_now: f64,
    /// The cost at which beginning at once would just pay.
    pub break_even_cost: f64,
    /// Ships a day at which the limit is reached; infinite when never within the range simulated.
    pub critical_ships_per_day: f64,
}

/// Everything.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Need {
    /// Year by year.
    pub years: Vec<Year>,
    /// Money.
    pub npv: Vec<Worth>,
    /// Wait against traffic, for each alternative in order.
    pub curves: Vec<Vec<Point>>,
    /// The fan behind the years: what is drawn, not part of the layout.
    #[serde(skip)]
    pub spread: Vec<Spread>,
}

/// Levels of traffic simulated for each alternative.
const LEVELS: usize = 14;

/// The need of each alternative.
///
/// # Errors
/// When a record is unusable.
pub fn need(
    alternatives: &[Alternative],
    classes: &[Class],
    traffic: &Traffic,
    outlook: &Outlook,
    plan: &Plan,
    cancelled: &(dyn Fn() -> bool + Sync),
    progress: &(dyn Fn(u64, u64) + Sync),
) -> Result<Option<Need>, LockError> {
    check(alternatives, outlook)?;
    let paths = growth_paths(outlook, plan.seed);
    let now = traffic.up_per_day + traffic.down_per_day;
    let highest = paths.iter().flatten().copied().fold(1.0, f64::max);
    let lowest = paths.iter().flatten().copied().fold(1.0, f64::min);
    let levels: Vec<f64> =
        (0..LEVELS).map(|at| lowest * (highest / lowest).powf(at as f64 / (LEVELS - 1) as f64)).collect();
    let mut curves = vec![];
    for (at, alternative) in alternatives.iter().enumerate() {
        let mut curve: Vec<Point> = vec![];
        for (step, level) in levels.iter().enumerate() {
            if cancelled() {
                return Ok(None);
            }
            let point = match curve.last() {
                Some(last) if last.mean_h.is_infinite() => {
                    Point { ships_per_day: now * level, mean_h: f64::INFINITY, p90_h: f64::INFINITY }
                }
                _ => match point(alternative, classes, traffic, *level, outlook, plan, cancelled)? {
                    Some(point) => point,
                    None => return Ok(None),
                },
            };
            curve.push(point);
            progress((at * LEVELS + step + 1) as u64, (alternatives.len() * LEVELS) as u64);
        }
        rising(&mut curve);
        curves.push(curve);
    }
    let (years, spread) = years(alternatives, outlook, &paths, &curves, now);
    let npv = worth(alternatives, outlook, &paths, &curves, now);
    Ok(Some(Need { years, npv, curves, spread }))
}

fn check(alternatives: &[Alternative], outlook: &Outlook) -> Result<(), LockError> {
    if alternatives.is_empty() || alternatives.len() > 20 {
        return Err(LockError::new("the alternatives", "there must be one to twenty"));
    }
    for alternative in alternatives {
        let all = [
            ("appointment_min", alternative.appointment_min),
            ("cost", alternative.cost.min(1e8)),
            ("upkeep", alternative.upkeep.min(1e8)),
        ];
        numbers(&format!("alternative {}", alternative.id), &all, 0.0)?;
    }
    let all = [
        ("growth_sd", outlook.growth_sd),
        ("year_sd", outlook.year_sd),
        ("limit_mean_h", outlook.limit_mean_h),
        ("limit_p90_h", outlook.limit_p90_h),
        ("cost_per_ship_hour", outlook.cost_per_ship_hour),
        ("discount", outlook.discount),
        ("longest_h", outlook.longest_h),
    ];
    numbers("the outlook", &all, 0.0)?;
    numbers("the outlook", &[("growth", outlook.growth)], -0.5)?;
    if outlook.years == 0 || outlook.years > 100 || outlook.paths == 0 || outlook.paths > 1_000_000 {
        return Err(LockError::new("the outlook", "years must be 1 to 100 and paths 1 to a million"));
    }
    Ok(())
}

/// Traffic of each path and year as a multiple of today's.
fn growth_paths(outlook: &Outlook, seed: u64) -> Vec<Vec<f64>> {
    (0..outlook.paths)
        .map(|path| {
            let mut random = Random::stream(seed, u64::from(path), 77);
            let own = outlook.growth + outlook.growth_sd * random.normal();
            let mut level = 1.0;
            (0..=outlook.years)
                .map(|year| {
                    if year > 0 {
                        level *= (1.0 + own + outlook.year_sd * random.normal()).max(0.5);
                    }
                    level.clamp(0.01, 50.0)
                })
                .collect()
        })
        .collect()
}

fn point(
    alternative: &Alternative,
    classes: &[Class],
    traffic: &Traffic,
    level: f64,
    outlook: &Outlook,
    plan: &Plan,
    cancelled: &(dyn Fn() -> bool + Sync),
) -> Result<Option<Point>, LockError> {
    let now = (traffic.up_per_day + traffic.down_per_day) * level;
    let scaled = Traffic {
        up_per_day: traffic.up_per_day * level,
        down_per_day: traffic.down_per_day * level,
        appointment_min: alternative.appointment_min,
        growth: 0.0,
        ..traffic.clone()
    };
    let lock = std::slice::from_ref(&alternative.lock);
    let lost = Point { ships_per_day: now, mean_h: f64::INFINITY, p90_h: f64::INFINITY };
    match replicate(lock, classes, &Source::Process(&scaled), 0, plan, cancelled) {
        Ok(None) => Ok(None),
        Ok(Some(found)) => {
            let mean_h = (found.wait.mean + found.all.held / (found.all.vessels as f64).max(1.0)) / 60.0;
            let p90_h = found.all.waits.quantile(0.9) / 60.0;
            // More ships came than went: the queue only grows, and the mean says nothing but how long it was watched.
            let days = found.all.minutes() / 1_440.0;
            let lags = (found.all.vessels as f64) < 0.985 * now * days && mean_h > outlook.limit_mean_h;
            Ok(Some(if lags { lost } else { Point { ships_per_day: now, mean_h, p90_h } }))
        }
        Err(error) if error.why.contains("more than it can pass") => Ok(Some(lost)),
        Err(error) => Err(error),
    }
}

/// Waits do not fall as traffic rises; chance may say so between levels.
fn rising(curve: &mut [Point]) {
    for at in 1..curve.len() {
        curve[at].mean_h = curve[at].mean_h.max(curve[at - 1].mean_h);
        curve[at].p90_h = curve[at].p90_h.max(curve[at - 1].p90_h);
    }
}

/// The value of a rising curve at a traffic; `high` where the lock cannot cope.
fn at(curve: &[Point], ships: f64, value: impl Fn(&Point) -> f64, high: f64) -> f64 {
    let next = curve.partition_point(|point| point.ships_per_day < ships);
    let Some(b) = curve.get(next).or(curve.last()) else { return 0.0 };
    let Some(a) = next.checked_sub(1).and_then(|before| curve.get(before)) else { return value(b).min(high) };
    let (low, up) = (value(a).min(high), value(b).min(high));
    let span = b.ships_per_day - a.ships_per_day;
    let share = if span > 0.0 { ((ships - a.ships_per_day) / span).clamp(0.0, 1.0) } else { 1.0 };
    low + share * (up - low)
}

/// Ships a day from which a limit is exceeded.
fn critical(curve: &[Point], outlook: &Outlook) -> f64 {
    let over = |value: f64, limit: f64| if limit > 0.0 { value / limit } else { f64::INFINITY };
    let worst = |point: &Point| {
        over(point.mean_h, outlook.limit_mean_h).max(over(point.p90_h, outlook.limit_p90_h)).min(4.0)
    };
    match curve.iter().position(|point| worst(point) > 1.0) {
        None => f64::INFINITY,
        Some(0) => curve[0].ships_per_day,
        Some(first) => {
            let (a, b) = (&curve[first - 1], &curve[first]);
            let share = (1.0 - worst(a)) / (worst(b) - worst(a));
            a.ships_per_day + share.clamp(0.0, 1.0) * (b.ships_per_day - a.ships_per_day)
        }
    }
}

fn years(
    alternatives: &[Alternative],
    outlook: &Outlook,
    paths: &[Vec<f64>],
    curves: &[Vec<Point>],
    now: f64,
) -> (Vec<Year>, Vec<Spread>) {
    let (mut years, mut spread) = (vec![], vec![]);
    for (alternative, curve) in alternatives.iter().zip(curves) {
        let limit = critical(curve, outlook);
        for year in 0..=outlook.years {
            let mut levels: Vec<f64> = paths.iter().map(|path| path[year as usize]).collect();
            levels.sort_by(f64::total_cmp);
            let over = levels.iter().filter(|level| **level * now > limit).count();
            let median = levels[levels.len() / 2] * now;
            let wait = |ships: f64| at(curve, ships, |point| point.mean_h, outlook.longest_h);
            let ships_per_day =
                SPREAD.map(|q| levels[((levels.len() - 1) as f64 * q).round() as usize] * now);
            years.push(Year {
                year: outlook.from + year,
                alternative: alternative.id.clone(),
                p_exceed: over as f64 / levels.len() as f64,
                mean_wait_h: wait(median),
            });
            // A wait rises with traffic, so its quantiles are the waits at the quantiles of traffic.
            spread.push(Spread {
                year: outlook.from + year,
                alternative: alternative.id.clone(),
                ships_per_day,
                wait_h: ships_per_day.map(wait),
            });
        }
    }
    (years, spread)
}

fn worth(
    alternatives: &[Alternative],
    outlook: &Outlook,
    paths: &[Vec<f64>],
    curves: &[Vec<Point>],
    now: f64,
) -> Vec<Worth> {
    let Some(base) = curves.first() else { return vec![] };
    let sample: Vec<&Vec<f64>> = paths.iter().step_by((paths.len() / 1_000).max(1)).collect();
    let discount = |year: u32| (1.0 + outlook.discount).powi(-(year as i32));
    let waits = |curve: &[Point], ships: f64| at(curve, ships, |point| point.mean_h, outlook.longest_h);
    let list = alternatives.iter().zip(curves).map(|(alternative, curve)| {
        // Mean benefit of each year once it works.
        let benefit: Vec<f64> = (0..=outlook.years)
            .map(|year| {
                let saved: f64 = sample
                    .iter()
                    .map(|path| {
                        let ships = path[year as usize] * now;
                        (waits(base, ships) - waits(curve, ships)) * ships * 365.0
                    })
                    .sum();
                saved / sample.len() as f64 * outlook.cost_per_ship_hour
            })
            .collect();
        let gains = |begun: u32| -> f64 {
            (begun + alternative.building_years + 1..=outlook.years)
                .map(|year| (benefit[year as usize] - alternative.upkeep) * discount(year))
                .sum()
        };
        let value = |begun: u32| gains(begun) - alternative.cost * discount(begun);
        let best =
            (0..=outlook.years).max_by(|a, b| value(*a).total_cmp(&value(*b)).then(b.cmp(a))).unwrap_or(0);
        let pays = value(best) > 0.0;
        Worth {
            alternative: alternative.id.clone(),
            npv: value(best),
            best_year: pays.then_some(outlook.from + best),
            npv_now: value(0),
            break_even_cost: gains(0),
            critical_ships_per_day: critical(curve, outlook),
        }
    });
    list.collect()
}
