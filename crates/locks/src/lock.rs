//! A lock: complexes of chambers, how they are worked, and when they are closed.
//!
//! Times are minutes, sizes metres, loads tonnes. Everything can be written in TOML or JSON as it stands here.

use crate::filling::Filling;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One chamber.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Chamber {
    /// Its name.
    pub id: String,
    /// Effective length, m.
    pub length_m: f64,
    /// Effective width, m.
    pub width_m: f64,
    /// Depth over the sill, m.
    pub sill_m: f64,
    /// Depth over the sill by month, m, where it changes with the season (12 numbers); else `sill_m` holds all year.
    /// Ships are loaded less when that lets them pass, and wait for deeper water when it does not.
    #[serde(default)]
    pub depths_m: Vec<f64>,
    /// Head, m; it sets the water of a lockage and, with `valves`, the filling time.
    #[serde(default)]
    pub head_m: f64,
    /// Minutes to fill or empty, where known; else from `valves`.
    #[serde(default)]
    pub fill_min: Option<f64>,
    /// The filling system.
    #[serde(default)]
    pub valves: Option<Valves>,
    /// Minutes to open or to close the gates.
    pub gate_min: f64,
    /// Minutes the first ship takes to enter when ships of the other direction have just left (迎向).
    pub entry_exchange_min: f64,
    /// Minutes the first ship takes to enter when the chamber has come back empty (单向).
    pub entry_turnback_min: f64,
    /// Minutes between ships entering.
    pub entry_interval_min: f64,
    /// Minutes the first ship takes to leave.
    pub exit_min: f64,
    /// Minutes between ships leaving.
    pub exit_interval_min: f64,
    /// Water kept under a ship, m.
    #[serde(default)]
    pub under_keel_m: f64,
    /// Safety gap behind each ship, m.
    #[serde(default)]
    pub gap_length_m: f64,
    /// Safety gap beside each ship, m.
    #[serde(default)]
    pub gap_width_m: f64,
    /// Chambers in series that a ship passes one after the other (a flight). A lockage takes the time of all of them; the
    /// next one the same way may follow as soon as the first chamber is free and at its level again.
    #[serde(default = "one")]
    pub steps: u32,
    /// Coefficient of variation of the time of a lockage (gamma); 0 for fixed times.
    #[serde(default)]
    pub variation: f64,
    /// Most ships a lockage may hold, whatever their size.
    #[serde(default)]
    pub most_ships: Option<usize>,
}

fn one() -> u32 {
    1
}

/// A filling system as [`Filling`] takes it; the chamber's area comes from its size.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Valves {
    /// Fully open area, m².
    pub area_m2: f64,
    /// Discharge coefficient.
    pub discharge: f64,
    /// Seconds to open.
    pub opening_s: f64,
}

impl Chamber {
    /// Minutes to fill or empty once.
    pub fn fill(&self) -> f64 {
        let head = self.head_m / f64::from(self.steps.max(1));
        match (self.fill_min, self.valves) {
            (Some(minutes), _) => minutes,
            (None, Some(valves)) => {
                let filling = Filling {
                    chamber: self.length_m * self.width_m,
                    valves: valves.area_m2,
                    discharge: valves.discharge,
                    opening: valves.opening_s,
                };
                filling.seconds(head) / 60.0
            }
            (None, None) => 0.0,
        }
    }

    /// Water a lockage lets down, m³.
    pub fn water(&self) -> f64 {
        self.length_m * self.width_m * self.head_m / f64::from(self.steps.max(1))
    }

    /// Minutes of an empty run.
    pub fn empty(&self) -> f64 {
        (2.0 * self.gate_min + self.fill()) * f64::from(self.steps.max(1))
    }

    /// Minutes of a lockage of n ships, from the first entering to the last leaving.
    pub fn lockage(&self, ships: usize, exchange: bool) -> f64 {
        let entry = if exchange { self.entry_exchange_min } else { self.entry_turnback_min };
        let more = ships.saturating_sub(1) as f64;
        let out = self.exit_min + more * self.exit_interval_min;
        // From each chamber of a flight ships move on to the next as they leave the last.
        entry + more * self.entry_interval_min + out * f64::from(self.steps.max(1)) + self.empty()
    }

    /// Minutes after which the next lockage of n ships the same way may start: after an empty run of a single chamber,
    /// or, on a flight, when its first chamber is free and at its level again.
    pub fn follow(&self, ships: usize) -> f64 {
        if self.steps <= 1 {
            return self.lockage(ships, false) + self.empty();
        }
        let step = 2.0 * self.gate_min + self.fill();
        let more = ships.saturating_sub(1) as f64;
        let moves = self.entry_turnback_min + self.exit_min;
        moves + more * (self.entry_interval_min + self.exit_interval_min) + 2.0 * step
    }

    /// Greatest depth over the sill in the year, m.
    pub(crate) fn deepest(&self) -> f64 {
        self.depths_m.iter().copied().fold(if self.depths_m.is_empty() { self.sill_m } else { 0.0 }, f64::max)
    }
}

/// Who is served next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Policy {
    /// Strictly in order of arrival over both directions; a lockage ends with the first ship that does not fit.
    FirstCome,
    /// In order of arrival, but ships further back fill what is left of the chamber.
    #[default]
    SkipFit,
    /// The side the chamber faces while anyone waits there, so that directions alternate; ships further back fill.
    Alternate,
    /// So many lockages up, then so many down, while anyone waits.
    Runs {
        /// Lockages up in a row.
        up: u32,
        /// Lockages down in a row.
        down: u32,
    },
    /// A lockage starts when this share of the chamber's area is taken or the first ship has waited long enough.
    MinimumFill {
        /// Share of the area, 0 to 1.
        fill: f64,
        /// Minutes.
        longest_min: f64,
    },
    /// Planned again and again: at each decision the ships that wait and those announced are scheduled to the least
    /// weighted waiting, and the first lockage of the plan is carried out (see [`crate::schedule::plan`]).
    Optimised {
        /// Minutes before arrival at which a ship is announced.
        ahead_min: f64,
    },
}

/// When chambers are closed. One process covers every reason.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Closure {
    /// For people: maintenance, breakdown, flood, low flow, fog, night.
    pub reason: String,
    /// When.
    pub when: When,
    /// Which chambers; all when left out.
    #[serde(default)]
    pub chambers: Vec<String>,
}

/// When a closure happens.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum When {
    /// Closed every day outside these hours.
    OpenHours {
        /// Hour of opening.
        from: f64,
        /// Hour of closing.
        to: f64,
    },
    /// Closed for some days, once or every so many years.
    Planned {
        /// Day of the run on which it begins, 0 for the first.
        day: f64,
        /// How long, in days.
        days: f64,
        /// Years after which it comes again; 0 for never.
        #[serde(default)]
        every_years: f64,
    },
    /// Closed at random.
    Random {
        /// Times a year, by month (12 numbers) or all the same (1 number).
        per_year: Vec<f64>,
        /// Mean hours each time, exponential.
        hours: f64,
    },
}

impl When {
    /// Is every number usable?
    pub(crate) fn check(&self, place: &str) -> Result<(), LockError> {
        match self {
            Self::OpenHours { from, to } => {
                numbers(place, &[("from", *from), ("to", *to)], 0.0)?;
                if from >= to || *to > 24.0 {
                    return Err(LockError::new(place, "opening must come before closing, within 24 hours"));
                }
            }
            Self::Planned { day, days, every_years } => {
                numbers(place, &[("day", *day), ("days", *days), ("every_years", *every_years)], 0.0)?;
                if *every_years > 0.0 && *days >= every_years * 365.0 {
                    return Err(LockError::new(place, "it lasts until it comes again"));
                }
            }
            Self::Random { per_year, hours } => {
                if per_year.len() != 1 && per_year.len() != 12 {
                    return Err(LockError::new(place, "per_year needs 1 or 12 numbers"));
                }
                let all: Vec<_> = per_year.iter().map(|n| ("per_year", *n)).collect();
                numbers(place, &all, 0.0)?;
                numbers(place, &[("hours", *hours)], 0.0)?;
            }
        }
        Ok(())
    }
}

/// Locks beside and behind each other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Complex {
    /// Its name.
    pub id: String,
    /// Chambers side by side.
    pub chambers: Vec<Chamber>,
    /// How it is worked.
    #[serde(default)]
    pub policy: Policy,
    /// When it is closed.
    #[serde(default)]
    pub closures: Vec<Closure>,
    /// Minutes from here to the next complex upstream.
    #[serde(default)]
    pub reach_min: f64,
    /// Minutes before they come that ships announce themselves. An idle chamber is turned to the other side for the next
    /// ship as soon as it is announced.
    #[serde(default)]
    pub announced_min: f64,
}

/// Why a lock, its fleet or its traffic cannot be used; `place` is the record.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("failed to use {place}: {why}")]
pub struct LockError {
    /// The record.
    pub place: String,
    /// What is wrong with it.
    pub why: String,
}

impl LockError {
    pub(crate) fn new(place: impl Into<String>, why: impl Into<String>) -> Self {
        Self { place: place.into(), why: why.into() }
    }
}

pub(crate) fn numbers(place: &str, all: &[(&str, f64)], least: f64) -> Result<(), LockError> {
    match all.iter().find(|(_, n)| !n.is_finite() || *n < least || *n > 1e9) {
        Some((name, n)) => Err(LockError::new(place, format!("{name} is {n}; it must be at least {least}"))),
        None => Ok(()),
    }
}

impl Complex {
    /// Is every number usable, and does no planned closure overlap another?
    ///
    /// # Errors
    /// Names the record and what is wrong with it.
    pub fn check(&self) -> Result<(), LockError> {
        if self.chambers.is_empty() || self.chambers.len() > 16 {
            return Err(LockError::new(format!("lock {}", self.id), "it must have one to sixteen chambers"));
        }
        for chamber in &self.chambers {
            chamber.check(&self.id)?;
        }
        numbers(&format!("lock {}", self.id), &[("announced_min", self.announced_min)], 0.0)?;
        match self.policy {
            Policy::Runs { up: 0, .. } | Policy::Runs { down: 0, .. } => {
                return Err(LockError::new(
                    format!("lock {}", self.id),
                    "runs must be of one lockage or more",
                ));
            }
            Policy::MinimumFill { fill, longest_min } => {
                numbers(&format!("lock {}", self.id), &[("fill", fill), ("longest_min", longest_min)], 0.0)?;
                if fill > 1.0 {
                    return Err(LockError::new(format!("lock {}", self.id), "fill is a share, at most 1"));
                }
            }
            Policy::Optimised { ahead_min } => {
                numbers(&format!("lock {}", self.id), &[("ahead_min", ahead_min)], 0.0)?;
                if ahead_min > 1_440.0 {
                    return Err(LockError::new(format!("lock {}", self.id), "ahead_min is at most a day"));
                }
            }
            _ => {}
        }
        self.check_closures()
    }

    fn check_closures(&self) -> Result<(), LockError> {
        for (at, closure) in self.closures.iter().enumerate() {
            let place = format!("closure {} ({}) of lock {}", at + 1, closure.reason, self.id);
            if let Some(unknown) =
                closure.chambers.iter().find(|id| !self.chambers.iter().any(|c| c.id == **id))
            {
                return Err(LockError::new(place, format!("there is no chamber {unknown}")));
            }
            closure.when.check(&place)?;
        }
        self.check_overlaps()
    }

    /// Two planned closures of one chamber at once are a mistake in the plan.
    fn check_overlaps(&self) -> Result<(), LockError> {
        let planned: Vec<_> = self
            .closures
            .iter()
            .enumerate()
            .filter_map(|(at, closure)| match closure.when {
                When::Planned { day, days, .. } => Some((at, closure, day, day + days)),
                _ => None,
            })
            .collect();
        for (i, a) in planned.iter().enumerate() {
            for b in &planned[..i] {
                let same = a.1.chambers.is_empty()
                    || b.1.chambers.is_empty()
                    || a.1.chambers.iter().any(|id| b.1.chambers.contains(id));
                if same && a.2 < b.3 && b.2 < a.3 {
                    return Err(LockError::new(
                        format!("closure {} of lock {}", a.0 + 1, self.id),
                        format!(
                            "it overlaps closure {}: days {} to {} and {} to {}; draw them together",
                            b.0 + 1,
                            a.2,
                            a.3,
                            b.2,
                            b.3
                        ),
                    ));
                }
            }
        }
        Ok(())
    }
}

impl Chamber {
    fn check(&self, lock: &str) -> Result<(), LockError> {
        let place = format!("chamber {} of lock {lock}", self.id);
        let sizes = [("length_m", self.length_m), ("width_m", self.width_m), ("sill_m", self.sill_m)];
        numbers(&place, &sizes, 0.01)?;
        if !self.depths_m.is_empty() && self.depths_m.len() != 12 {
            return Err(LockError::new(place, "depths_m needs 12 numbers, one a month"));
        }
        let depths: Vec<_> = self.depths_m.iter().map(|depth| ("depths_m", *depth)).collect();
        numbers(&place, &depths, 0.0)?;
        if self.length_m > 5_000.0 || self.width_m > 500.0 {
            return Err(LockError::new(place, "it is longer than 5 km or wider than 500 m"));
        }
        let rest = [
            ("head_m", self.head_m),
            ("fill_min", self.fill_min.unwrap_or(0.0)),
            ("gate_min", self.gate_min),
            ("entry_exchange_min", self.entry_exchange_min),
            ("entry_turnback_min", self.entry_turnback_min),
            ("entry_interval_min", self.entry_interval_min),
            ("exit_min", self.exit_min),
            ("exit_interval_min", self.exit_interval_min),
            ("under_keel_m", self.under_keel_m),
            ("gap_length_m", self.gap_length_m),
            ("gap_width_m", self.gap_width_m),
            ("variation", self.variation),
        ];
        numbers(&place, &rest, 0.0)?;
        if let Some(valves) = self.valves {
            let all = [("valves.area_m2", valves.area_m2), ("valves.discharge", valves.discharge)];
            numbers(&place, &all, 1e-6)?;
            numbers(&place, &[("valves.opening_s", valves.opening_s)], 0.0)?;
        }
        if self.most_ships == Some(0) {
            return Err(LockError::new(place, "its capacity is zero ships"));
        }
        if self.steps == 0 || self.steps > 20 {
            return Err(LockError::new(place, "steps must be 1 to 20"));
        }
        if self.lockage(1, true) <= 0.0 {
            return Err(LockError::new(place, "a lockage must take longer than 0 minutes"));
        }
        Ok(())
    }
}
