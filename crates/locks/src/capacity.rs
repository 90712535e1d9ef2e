//! What a lock can pass in a year, found three ways, and why they differ.
//!
//! 1. The throughput formula of the Chinese design code for locks (船闸总体设计规范, JTJ 305-2001):
//!    `P = ½ (n − n₀) N G α / β` one way, with `n` lockages a day, `n₀` of them without cargo, `N` days a year, `G` rated
//!    deadweight of a lockage, load factor `α` and peaking `β`. Written from memory of the code and graded unverified
//!    until its text is at hand; every number in it is a parameter.
//! 2. Saturation: the full model with ships always waiting on both sides.
//! 3. Kooman's and BIVAS' closed form: ships of a full lockage over a cycle of both directions, all year.

use crate::{
    lock::{Complex, LockError},
    simulate::{Plan, Replicated, Source, replicate},
    theory,
    traffic::Class,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Parameters of the design code's formula: dated data, with their reference where they are kept.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Code {
    /// Days a year the lock is worked.
    pub days: f64,
    /// Hours a day it is worked.
    pub hours: f64,
    /// Lockages a day without cargo (official, passenger, empty).
    pub without_cargo: f64,
    /// Cargo over rated deadweight.
    pub load: f64,
    /// Peak month over mean month.
    pub peaking: f64,
    /// Share of lockages that exchange directions; the others turn back.
    pub exchange: f64,
}

/// One way of finding capacity.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Method {
    /// `code`, `saturation`, `kooman`.
    pub name: &'static str,
    /// Cargo one way, million tonnes a year.
    pub mt_per_year_one_way: f64,
    /// Lockages a day, both ways.
    pub lockages_per_day: f64,
    /// Ships a day, both ways.
    pub ships_per_day: f64,
    /// Ships in a lockage.
    pub ships_per_lockage: f64,
}

/// Why one method's answer differs from the code's: factors whose product is the ratio.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Difference {
    /// The method compared with `code`.
    pub method: &'static str,
    /// Its answer over the code's.
    pub ratio: f64,
    /// What it comes from.
    pub factors: Vec<Factor>,
}

/// One reason.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Factor {
    /// `time` (days and hours worked), `pace` (lockages an hour worked), `fill` (deadweight of a lockage),
    /// `cargo` (lockages without cargo, load and peaking).
    pub name: &'static str,
    /// By how much.
    pub factor: f64,
}

/// Capacity three ways.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Capacity {
    /// The methods.
    pub methods: Vec<Method>,
    /// How the other methods differ from the code.
    pub differences: Vec<Difference>,
    /// Rated deadweight of a full lockage in the saturated model, t.
    pub deadweight_per_lockage: f64,
}

/// Capacity of one complex.
///
/// # Errors
/// When a record is unusable.
pub fn capacity(
    complex: &Complex,
    classes: &[Class],
    code: &Code,
    plan: &Plan,
    cancelled: &(dyn Fn() -> bool + Sync),
) -> Result<Option<Capacity>, LockError> {
    let numbers = [code.days, code.hours, code.without_cargo, code.load, code.peaking, code.exchange];
    if numbers.iter().any(|n| !n.is_finite() || *n < 0.0)
        || code.days > 366.0
        || code.hours > 24.0
        || code.peaking < 1.0
        || code.exchange > 1.0
    {
        let why = "days up to 366, hours up to 24, exchange up to 1, peaking at least 1, nothing negative";
        return Err(LockError::new("the parameters of the code", why));
    }
    let one = std::slice::from_ref(complex);
    let Some(full) = replicate(one, classes, &Source::Always, 0, plan, cancelled)? else { return Ok(None) };
    let saturated = Saturated::of(&full);
    let cargo_per_deadweight = code.load;
    let mean_time = |exchange: f64| -> f64 {
        // Chambers side by side: their lockages an hour add.
        let n = saturated.ships_per_lockage.round().max(1.0) as usize;
        let an_hour: f64 = complex
            .chambers
            .iter()
            .map(|chamber| {
                60.0 / (exchange * chamber.lockage(n, true) + (1.0 - exchange) * chamber.follow(n))
            })
            .sum();
        an_hour
    };
    let an_hour = mean_time(code.exchange);
    let n = code.hours * an_hour;
    let cargo_lockages = (n - code.without_cargo).max(0.0);
    let g = saturated.deadweight_per_lockage;
    let by_code = Method {
        name: "code",
        mt_per_year_one_way: 0.5 * cargo_lockages * code.days * g * code.load / code.peaking / 1e6,
        lockages_per_day: n,
        ships_per_day: n * saturated.ships_per_lockage,
        ships_per_lockage: saturated.ships_per_lockage,
    };
    let by_saturation = Method {
        name: "saturation",
        mt_per_year_one_way: saturated.deadweight_per_day * 365.0 / 2.0 * cargo_per_deadweight / 1e6,
        lockages_per_day: saturated.lockages_per_day,
        ships_per_day: saturated.ships_per_day,
        ships_per_lockage: saturated.ships_per_lockage,
    };
    let always = mean_time(1.0);
    let an_hour_each = theory::kooman_capacity(saturated.ships_per_lockage, 2.0 * 60.0 / always);
    let by_kooman = Method {
        name: "kooman",
        mt_per_year_one_way: an_hour_each * 8_760.0 * g / saturated.ships_per_lockage.max(1e-9)
            * cargo_per_deadweight
            / 1e6,
        lockages_per_day: 24.0 * always,
        ships_per_day: 48.0 * an_hour_each,
        ships_per_lockage: saturated.ships_per_lockage,
    };
    let worked = code.days * code.hours / 8_760.0;
    let cargo = if n > 0.0 { cargo_lockages / n / code.peaking } else { 0.0 };
    let open = saturated.open_share;
    let saturated_an_hour = saturated.lockages_per_day / 24.0 / open.max(1e-9);
    let differences = vec![
        difference(&by_saturation, &by_code, [open / worked, saturated_an_hour / an_hour, 1.0, 1.0 / cargo]),
        difference(&by_kooman, &by_code, [1.0 / worked, always / an_hour, 1.0, 1.0 / cargo]),
    ];
    Ok(Some(Capacity {
        methods: vec![by_code, by_saturation, by_kooman],
        differences,
        deadweight_per_lockage: g,
    }))
}

fn difference(method: &Method, code: &Method, factors: [f64; 4]) -> Difference {
    let names = ["time", "pace", "fill", "cargo"];
    Difference {
        method: method.name,
        ratio: method.mt_per_year_one_way / code.mt_per_year_one_way,
        factors: names.into_iter().zip(factors).map(|(name, factor)| Factor { name, factor }).collect(),
    }
}

struct Saturated {
    lockages_per_day: f64,
    ships_per_day: f64,
    ships_per_lockage: f64,
    deadweight_per_lockage: f64,
    deadweight_per_day: f64,
    open_share: f64,
}

impl Saturated {
    fn of(full: &Replicated) -> Self {
        let days = full.all.minutes() / 1_440.0;
        let lockages: u64 = full.all.used.iter().map(|used| used.lockages).sum();
        let ships: u64 = full.all.used.iter().map(|used| used.ships).sum();
        let deadweight: f64 = full.all.deadweight.iter().sum();
        let chambers = full.all.used.len() as f64;
        let closed: f64 = full.all.used.iter().map(|used| used.closed).sum();
        Self {
            lockages_per_day: lockages as f64 / days,
            ships_per_day: ships as f64 / days,
            ships_per_lockage: ships as f64 / (lockages as f64).max(1.0),
            deadweight_per_lockage: deadweight / (lockages as f64).max(1.0),
            deadweight_per_day: deadweight / days,
            open_share: 1.0 - closed / (chambers * full.all.minutes()),
        }
    }
}
