//! A case as it is written in a file: locks, fleet, traffic, and what is asked of them.
//!
//! The same layout serves TOML and JSON. `examples/datengxia.toml` shows all of it.

use crate::{
    Direction,
    capacity::Code,
    lock::{Complex, LockError, numbers},
    need::{Alternative, Outlook},
    schedule::{Chamber, Day, Ship},
    simulate::Bare,
    traffic::{Call, Class, Traffic},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A case.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// Locks one behind the other, from downstream to upstream.
    #[serde(default)]
    pub lock: Vec<Complex>,
    /// The fleet.
    #[serde(default)]
    pub class: Vec<Class>,
    /// When ships come.
    #[serde(default)]
    pub traffic: Option<Traffic>,
    /// Recorded ships instead of a process.
    #[serde(default)]
    pub call: Vec<Call>,
    /// A bare lock instead of a full one.
    #[serde(default)]
    pub bare: Option<Bare>,
    /// Parameters of the design code's formula.
    #[serde(default)]
    pub code: Option<Code>,
    /// Growth, limits and money.
    #[serde(default)]
    pub outlook: Option<Outlook>,
    /// What could be done; the first is doing nothing.
    #[serde(default)]
    pub alternative: Vec<Alternative>,
}

impl Case {
    /// Reads a case from the value of a TOML or JSON file.
    ///
    /// # Errors
    /// Says which field is missing, unknown or of the wrong kind.
    pub fn read(value: Value) -> Result<Self, LockError> {
        let mut case: Self =
            serde_json::from_value(value).map_err(|error| LockError::new("the case", error.to_string()))?;
        for (at, call) in case.call.iter().enumerate() {
            let place = format!("call {}", at + 1);
            numbers(&place, &[("arrival", call.arrival)], 0.0)?;
            if !case.class.iter().any(|class| class.id == call.class) {
                return Err(LockError::new(place, format!("there is no class {}", call.class)));
            }
        }
        if case.call.len() > 5_000_000 {
            return Err(LockError::new("the calls", "more than five million; split them"));
        }
        case.call.sort_by(|a, b| a.arrival.total_cmp(&b.arrival));
        Ok(case)
    }
}

/// Reads the days of a schedule file: one object or a list of objects, each in one of three forms.
///
/// - A day: `ships` with `id, arrival, direction, length_m, beam_m` and perhaps `weight, alone`, and `chambers` with
///   `id, length_m, width_m` (or `ships`, how many it holds), `fixed_min, per_ship_min` and perhaps `facing, ready_min`.
/// - An instance of the lockmaster's problem: `up`, `down` (arrivals), `T`, `capacity`.
/// - A placement instance: `ships` with `id, r, dir, L, W`, and `chamber_L_m, chamber_W_dm, fixed_min, per_ship_min`.
///
/// # Errors
/// Names the record and field at fault.
pub fn read_days(value: &Value) -> Result<Vec<Day>, LockError> {
    let list: Vec<&Value> = match value {
        Value::Array(list) => list.iter().collect(),
        one => vec![one],
    };
    if list.is_empty() || list.len() > 10_000 {
        return Err(LockError::new("the file", "it must hold 1 to 10,000 days"));
    }
    list.into_iter().enumerate().map(|(at, day)| read_day(day, &format!("day {}", at + 1))).collect()
}

fn read_day(value: &Value, place: &str) -> Result<Day, LockError> {
    if !value.is_object() {
        return Err(LockError::new(place, "it must be an object"));
    }
    if value.get("up").is_some() || value.get("down").is_some() {
        return lockmaster(value, place);
    }
    if value.get("chamber_L_m").is_some() {
        return placement(value, place);
    }
    plain(value, place)
}

/// A number of a record; a default where the field may be left out.
fn number(of: &Value, name: &str, default: Option<f64>, place: &str) -> Result<f64, LockError> {
    match of.get(name) {
        None | Some(Value::Null) => default.ok_or_else(|| LockError::new(place, format!("it has no {name}"))),
        Some(value) => value
            .as_f64()
            .ok_or_else(|| LockError::new(place, format!("{name} is {value}, which is no number"))),
    }
}

fn list<'a>(of: &'a Value, name: &str, place: &str) -> Result<&'a Vec<Value>, LockError> {
    match of.get(name) {
        Some(Value::Array(list)) => Ok(list),
        Some(_) => Err(LockError::new(place, format!("{name} is no list"))),
        None => Err(LockError::new(place, format!("it has no {name}"))),
    }
}

fn id(of: &Value, at: usize) -> String {
    match of.get("id") {
        Some(Value::String(id)) => id.clone(),
        Some(Value::Null) | None => (at + 1).to_string(),
        Some(other) => other.to_string(),
    }
}

fn lockmaster(value: &Value, place: &str) -> Result<Day, LockError> {
    let mut ships = vec![];
    for (name, direction) in [("up", Direction::Up), ("down", Direction::Down)] {
        if value.get(name).is_none() {
            continue;
        }
        for (at, arrival) in list(value, name, place)?.iter().enumerate() {
            let arrival = arrival.as_f64().ok_or_else(|| {
                LockError::new(format!("{place}, {name} {}", at + 1), format!("{arrival} is no number"))
            })?;
            let id = format!("{name}-{}", at + 1);
            ships.push(Ship { id, arrival, direction, length: 0.0, beam: 0.0, weight: 1.0, alone: false });
        }
    }
    let capacity = number(value, "capacity", None, place)?;
    let chamber = Chamber {
        id: "1".into(),
        length: 0.0,
        width: 0.0,
        ships: Some(capacity.clamp(0.0, 1e9) as usize),
        facing: None,
        ready: 0.0,
        fixed: number(value, "T", None, place)?,
        per_ship: number(value, "per_ship", Some(0.0), place)?,
    };
    let lines = number(value, "chambers", Some(1.0), place)?.clamp(0.0, 100.0) as usize;
    let chambers = (1..=lines).map(|line| Chamber { id: line.to_string(), ..chamber.clone() });
    Ok(Day { ships, chambers: chambers.collect() })
}

fn placement(value: &Value, place: &str) -> Result<Day, LockError> {
    let mut ships = vec![];
    for (at, ship) in list(value, "ships", place)?.iter().enumerate() {
        let place = format!("{place}, ship {}", at + 1);
        let direction = match number(ship, "dir", None, &place)? {
            0.0 => Direction::Up,
            1.0 => Direction::Down,
            other => return Err(LockError::new(place, format!("dir is {other}; it must be 0 or 1"))),
        };
        ships.push(Ship {
            id: id(ship, at),
            arrival: number(ship, "r", None, &place)?,
            direction,
            length: number(ship, "L", None, &place)?,
            beam: number(ship, "W", None, &place)? / 10.0,
            weight: number(ship, "weight", Some(1.0), &place)?,
            alone: ship.get("alone").and_then(Value::as_bool).unwrap_or(false),
        });
    }
    let chamber = Chamber {
        id: "1".into(),
        length: number(value, "chamber_L_m", None, place)?,
        width: number(value, "chamber_W_dm", None, place)? / 10.0,
        ships: None,
        facing: None,
        ready: 0.0,
        fixed: number(value, "fixed_min", None, place)?,
        per_ship: number(value, "per_ship_min", Some(0.0), place)?,
    };
    let lines = number(value, "chambers", Some(1.0), place)?.clamp(0.0, 100.0) as usize;
    let chambers = (1..=lines).map(|line| Chamber { id: line.to_string(), ..chamber.clone() });
    Ok(Day { ships, chambers: chambers.collect() })
}

fn plain(value: &Value, place: &str) -> Result<Day, LockError> {
    let direction = |of: &Value, name: &str, place: &str| match of.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => {
            let text = value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned);
            match Direction::read(&text) {
                Some(direction) => Ok(Some(direction)),
                None => Err(LockError::new(place, format!("{name} is {text}; it must be up or down"))),
            }
        }
    };
    let mut ships = vec![];
    for (at, ship) in list(value, "ships", place)?.iter().enumerate() {
        let place = format!("{place}, ship {}", at + 1);
        ships.push(Ship {
            id: id(ship, at),
            arrival: number(ship, "arrival", None, &place)?,
            direction: direction(ship, "direction", &place)?
                .ok_or_else(|| LockError::new(place.clone(), "it has no direction"))?,
            length: number(ship, "length_m", Some(0.0), &place)?,
            beam: number(ship, "beam_m", Some(0.0), &place)?,
            weight: number(ship, "weight", Some(1.0), &place)?,
            alone: ship.get("alone").and_then(Value::as_bool).unwrap_or(false),
        });
    }
    let mut chambers = vec![];
    for (at, chamber) in list(value, "chambers", place)?.iter().enumerate() {
        let place = format!("{place}, chamber {}", at + 1);
        let most = match chamber.get("ships") {
            None | Some(Value::Null) => None,
            Some(_) => Some(number(chamber, "ships", None, &place)?.clamp(0.0, 1e9) as usize),
        };
        chambers.push(Chamber {
            id: id(chamber, at),
            length: number(chamber, "length_m", Some(0.0), &place)?,
            width: number(chamber, "width_m", Some(0.0), &place)?,
            ships: most,
            facing: direction(chamber, "facing", &place)?,
            ready: number(chamber, "ready_min", Some(0.0), &place)?,
            fixed: number(chamber, "fixed_min", None, &place)?,
            per_ship: number(chamber, "per_ship_min", Some(0.0), &place)?,
        });
    }
    Ok(Day { ships, chambers })
}
