//! Days to schedule, as files of the field state them.
//!
//! One object, a list of objects, or an object whose one list holds them (`instances`, `days`, `cases`). Keys may come in
//! any order and case; what a file leaves out has a default where the field has one, and is named where it has none.
//!
//! - `ships`, or the ships of each direction in `up` and `down`: objects, or bare numbers for arrivals.
//! - `chambers`: a list of objects, or how many alike; else one chamber from the day's own keys (`T` or `fixed_min`,
//!   `capacity`, `chamber_L_m`, `chamber_W_dm`). A list for any of these keys means one chamber each.
//!
//! The name of a length says its unit (`_m`, `_dm`, `_cm`); bare `L` and `W` of a ship are in the unit of the chamber's.

use super::{Chamber, Day, Ship};
use crate::{Direction, clock, lock::LockError};
use serde_json::Value;
use std::collections::BTreeMap;

/// Days a file may hold.
const MOST_DAYS: usize = 10_000;

const ARRIVAL: &[&str] = &["arrival", "arrival_time", "r", "release", "eta", "time", "t"];
const DIRECTION: &[&str] = &["direction", "dir", "side", "bound"];
const LENGTH: &[&str] = &["length", "len", "l", "loa"];
const BEAM: &[&str] = &["beam", "width", "w", "b"];
const DRAUGHT: &[&str] = &["draught", "draft"];
const WEIGHT: &[&str] = &["weight", "priority_weight", "priority", "prio"];
const ALONE: &[&str] = &["alone", "dangerous", "hazardous", "hazard", "dangerous_goods", "dg", "adn"];
const CONVOY: &[&str] = &["convoy", "convoy_id", "together", "escort_of", "group"];
const NAME: &[&str] = &["id", "name", "ship", "vessel", "chamber"];
const FIXED: &[&str] = &["fixed", "t", "lockage", "lockage_time", "duration", "processing_time", "p"];
const PER_SHIP: &[&str] = &["per_ship", "per_vessel", "each"];
const CAPACITY: &[&str] = &["ships", "capacity", "cap", "most_ships", "c"];
const CHAMBER_LENGTH: &[&str] = &["chamber_l", "chamber_length", "length", "len", "l"];
const CHAMBER_WIDTH: &[&str] = &["chamber_w", "chamber_width", "width", "beam", "w", "b"];
const CHAMBER_DEPTH: &[&str] = &["chamber_depth", "depth", "sill", "sill_depth", "draught", "draft"];
const FACING: &[&str] = &["facing", "start_side", "side", "state", "initial_side"];
const READY: &[&str] = &["ready", "available", "available_from", "free_from"];
const SIDE_SHIPS: [(&[&str], Direction); 2] = [
    (&["up", "upstream", "upbound", "uparrivals", "up_arrivals"], Direction::Up),
    (&["down", "downstream", "downbound", "down_arrivals"], Direction::Down),
];

/// Reads the days of a file that holds JSON or TOML.
///
/// # Errors
/// Names the record and field at fault.
pub fn read_days(value: &Value) -> Result<Vec<Day>, LockError> {
    let wrapped = |object: &serde_json::Map<String, Value>| {
        let names = ["instances", "days", "cases", "problems"];
        let inner = object.iter().find(|(key, _)| names.contains(&key.to_lowercase().as_str()));
        inner
            .and_then(|(_, inner)| inner.as_array())
            .filter(|inner| inner.iter().all(Value::is_object))
            .cloned()
    };
    let list: Vec<&Value>;
    let inner: Vec<Value>;
    match value {
        Value::Array(days) => list = days.iter().collect(),
        Value::Object(object) => match wrapped(object) {
            Some(found) => {
                inner = found;
                list = inner.iter().collect();
            }
            None => list = vec![value],
        },
        _ => return Err(LockError::new("the file", "it must hold an object or a list of objects")),
    }
    if list.is_empty() || list.len() > MOST_DAYS {
        return Err(LockError::new("the file", format!("it must hold 1 to {MOST_DAYS} days")));
    }
    list.into_iter().enumerate().map(|(at, day)| read_day(day, &format!("day {}", at + 1))).collect()
}

/// An object with its keys made alike.
struct Record<'a> {
    fields: BTreeMap<String, &'a Value>,
    place: String,
}

impl<'a> Record<'a> {
    fn of(value: &'a Value, place: String) -> Result<Self, LockError> {
        let Some(object) = value.as_object() else {
            return Err(LockError::new(place, "it must be an object"));
        };
        let alike = |key: &str| key.trim().to_lowercase().replace([' ', '-'], "_");
        let fields = object.iter().filter(|(_, value)| !value.is_null());
        Ok(Self { fields: fields.map(|(key, value)| (alike(key), value)).collect(), place })
    }

    fn wrong(&self, name: &str, found: &Value, expected: &str) -> LockError {
        let found: String = found.to_string().chars().take(60).collect();
        LockError::new(self.place.clone(), format!("{name} is {found}, which is no {expected}"))
    }

    /// The first of these names that is there, with its value.
    fn find(&self, names: &[&str]) -> Option<(&str, &'a Value)> {
        names
            .iter()
            .find_map(|name| self.fields.get_key_value(*name).map(|(key, value)| (key.as_str(), *value)))
    }

    /// The first of these names that is there with a unit behind it or none, the unit's factor, and the value.
    fn find_in(&self, names: &[&str], units: &[(&str, f64)]) -> Option<(String, f64, &'a Value)> {
        names.iter().find_map(|name| {
            units.iter().find_map(|(unit, factor)| {
                let key = format!("{name}{unit}");
                self.fields.get(&key).map(|value| (key.clone(), *factor, *value))
            })
        })
    }

    fn number_of(&self, name: &str, value: &Value) -> Result<f64, LockError> {
        let number = match value {
            Value::String(text) => text.trim().parse().ok(),
            Value::Bool(yes) => Some(f64::from(u8::from(*yes))),
            other => other.as_f64(),
        };
        number.filter(|n: &f64| n.is_finite()).ok_or_else(|| self.wrong(name, value, "number"))
    }

    fn yes(&self, names: &[&str]) -> Result<bool, LockError> {
        let Some((name, value)) = self.find(names) else { return Ok(false) };
        match value {
            Value::Bool(yes) => Ok(*yes),
            Value::Number(number) => Ok(number.as_f64() != Some(0.0)),
            Value::String(text) => match text.trim().to_lowercase().as_str() {
                "" | "no" | "false" | "n" | "0" | "none" | "否" => Ok(false),
                "yes" | "true" | "y" | "1" | "是" => Ok(true),
                _ => Err(self.wrong(name, value, "yes or no")),
            },
            other => Err(self.wrong(name, other, "yes or no")),
        }
    }

    fn direction(&self, names: &[&str]) -> Result<Option<Direction>, LockError> {
        let Some((name, value)) = self.find(names) else { return Ok(None) };
        let text = value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned);
        match text.trim().to_lowercase().as_str() {
            "" | "free" | "any" | "either" | "none" | "both" => Ok(None),
            text => match Direction::read(text) {
                Some(direction) => Ok(Some(direction)),
                None => Err(LockError::new(
                    self.place.clone(),
                    format!("{name} is {text}; it must be up or down (0 or 1)"),
                )),
            },
        }
    }

    fn text(&self, names: &[&str]) -> Option<String> {
        self.find(names).map(|(_, value)| value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned))
    }
}

/// Minutes by the name's ending; a bare name is in minutes.
const MINUTES: [(&str, f64); 8] = [
    ("_min", 1.0),
    ("_minutes", 1.0),
    ("_h", 60.0),
    ("_hours", 60.0),
    ("_s", 1.0 / 60.0),
    ("_sec", 1.0 / 60.0),
    ("_seconds", 1.0 / 60.0),
    ("", 1.0),
];
/// Metres by the name's ending.
const METRES: [(&str, f64); 5] = [("_m", 1.0), ("_dm", 0.1), ("_cm", 0.01), ("_mm", 0.001), ("_metres", 1.0)];

/// A length in metres; `bare` is what the name without a unit stands for.
fn metres(of: &Record<'_>, names: &[&str], bare: f64) -> Result<Option<f64>, LockError> {
    let mut units = METRES.to_vec();
    units.push(("", bare));
    let Some((name, factor, value)) = of.find_in(names, &units) else { return Ok(None) };
    Ok(Some(scaled(of.number_of(&name, value)?, factor)))
}

/// Whole units keep their decimal digits: 168 dm are 16.8 m and no hair more.
fn scaled(number: f64, factor: f64) -> f64 {
    if factor < 1.0 { number / (1.0 / factor).round() } else { number * factor }
}

/// A moment in minutes: a number, a time of day, or a date with a time.
fn moment(of: &Record<'_>, names: &[&str]) -> Result<Option<f64>, LockError> {
    let Some((name, factor, value)) = of.find_in(names, &MINUTES) else { return Ok(None) };
    if let Value::String(text) = value
        && let Some(minutes) = clock::moment(text)
    {
        return Ok(Some(minutes));
    }
    Ok(Some(scaled(of.number_of(&name, value)?, factor)))
}

fn read_day(value: &Value, place: &str) -> Result<Day, LockError> {
    let record = Record::of(value, place.to_owned())?;
    let chambers = chambers(&record)?;
    let sized = chambers.iter().any(Chamber::sized);
    let mut ships = ships(&record, sized)?;
    let mut chambers = chambers;
    // Times of the calendar count from the first midnight.
    let first = ships.iter().map(|ship| ship.arrival).fold(f64::INFINITY, f64::min);
    if first.is_finite() && first >= clock::CALENDAR {
        let midnight = (first / 1_440.0).floor() * 1_440.0;
        ships.iter_mut().for_each(|ship| ship.arrival -= midnight);
        for chamber in chambers.iter_mut().filter(|chamber| chamber.ready >= clock::CALENDAR) {
            chamber.ready = (chamber.ready - midnight).max(0.0);
        }
    }
    told_apart(&mut ships);
    Ok(Day { ships, chambers })
}

/// Ships of one name get the number of their record behind it: a ship may pass twice.
fn told_apart(ships: &mut [Ship]) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for (at, ship) in ships.iter_mut().enumerate() {
        if seen.insert(ship.id.clone(), at).is_some() {
            ship.id = format!("{} (record {})", ship.id, at + 1);
        }
    }
}

fn ships(day: &Record<'_>, sized: bool) -> Result<Vec<Ship>, LockError> {
    // Bare sizes are in the chamber's units, and gaps may be stated once for all ships.
    let unit = |names: &[&str]| day.find_in(names, &METRES).map_or(1.0, |(_, factor, _)| factor);
    let shape = Shape {
        sized,
        length: unit(&CHAMBER_LENGTH[..2]),
        beam: unit(&CHAMBER_WIDTH[..2]),
        gaps: [
            metres(day, &["gap_length", "gap_l"], 1.0)?.unwrap_or(0.0),
            metres(day, &["gap_width", "gap_w", "gap_beam"], 1.0)?.unwrap_or(0.0),
        ],
    };
    let mut ships = vec![];
    let mut any = false;
    if let Some((name, value)) = day.find(&["ships", "vessels", "jobs"]) {
        any = true;
        let Some(list) = value.as_array() else { return Err(day.wrong(name, value, "list")) };
        for (at, one) in list.iter().enumerate() {
            ships.push(ship(
                one,
                format!("{}, ship {}", day.place, at + 1),
                (at + 1).to_string(),
                None,
                &shape,
            )?);
        }
    }
    for (names, direction) in SIDE_SHIPS {
        let Some((name, value)) = day.find(names) else { continue };
        any = true;
        let Some(list) = value.as_array() else { return Err(day.wrong(name, value, "list")) };
        for (at, one) in list.iter().enumerate() {
            let place = format!("{}, {name} {}", day.place, at + 1);
            ships.push(ship(one, place, format!("{name}-{}", at + 1), Some(direction), &shape)?);
        }
    }
    if !any {
        return Err(LockError::new(day.place.clone(), "it has no ships (nor up, down)"));
    }
    Ok(ships)
}

/// How ships of a day state their sizes.
struct Shape {
    sized: bool,
    length: f64,
    beam: f64,
    gaps: [f64; 2],
}

fn ship(
    value: &Value,
    place: String,
    name: String,
    direction: Option<Direction>,
    shape: &Shape,
) -> Result<Ship, LockError> {
    if !value.is_object() {
        let (Some(direction), false) = (direction, shape.sized) else {
            return Err(LockError::new(
                place,
                "it must be an object with arrival, direction, length and beam",
            ));
        };
        let arrival = match value {
            Value::String(text) => clock::moment(text).or_else(|| text.trim().parse().ok()),
            other => other.as_f64(),
        };
        let Some(arrival) = arrival else {
            return Err(LockError::new(place, format!("{value} is no number")));
        };
        return Ok(Ship::new(name, arrival, direction));
    }
    let record = Record::of(value, place)?;
    let lacks = |what: &str| LockError::new(record.place.clone(), format!("it has no {what}"));
    let arrival = moment(&record, ARRIVAL)?.ok_or_else(|| lacks("arrival"))?;
    let direction = match record.direction(DIRECTION)? {
        Some(stated) => stated,
        None => direction.ok_or_else(|| lacks("direction"))?,
    };
    if let Some(departure) = moment(&record, &["departure", "deadline", "d"])?
        && departure < arrival
    {
        let why = format!("its departure {departure} is before its arrival {arrival}");
        return Err(LockError::new(record.place, why));
    }
    let size = |names, unit, what, gap: f64| -> Result<f64, LockError> {
        match metres(&record, names, unit)? {
            Some(size) => Ok(size + gap),
            None if shape.sized => Err(lacks(what)),
            None => Ok(0.0),
        }
    };
    let length = size(LENGTH, shape.length, "length", shape.gaps[0])?;
    let beam = size(BEAM, shape.beam, "beam", shape.gaps[1])?;
    let draught = metres(&record, DRAUGHT, 1.0)?.unwrap_or(0.0);
    let weight = match record.find(WEIGHT) {
        // A ship that has priority without saying how much counts ten times.
        Some((name, value @ (Value::Bool(_) | Value::String(_)))) => {
            match value.as_str().map(str::parse::<f64>) {
                Some(Ok(weight)) => weight,
                _ if record.yes(&[name])? => 10.0,
                _ => 1.0,
            }
        }
        Some((name, value)) => match record.number_of(name, value)? {
            // As a rank, 0 is no priority.
            0.0 if name != "weight" => 1.0,
            number => number,
        },
        None => 1.0,
    };
    let (alone, convoy) = (record.yes(ALONE)?, record.text(CONVOY).filter(|name| !name.trim().is_empty()));
    let id = record.text(&NAME[..4]).unwrap_or(name);
    Ok(Ship { id, arrival, direction, length, beam, weight, alone, draught, convoy })
}

fn chambers(day: &Record<'_>) -> Result<Vec<Chamber>, LockError> {
    if let Some((name, value)) = day.find(&["chambers", "locks", "lines"])
        && let Value::Array(list) = value
    {
        if list.is_empty() {
            return Err(day.wrong(name, value, "list of chambers"));
        }
        // What a chamber leaves out, the day may state for all.
        let each = list.iter().enumerate().map(|(at, one)| {
            let mut record = Record::of(one, format!("{}, chamber {}", day.place, at + 1))?;
            let name = record.text(NAME);
            for (key, value) in &day.fields {
                if !record.fields.contains_key(key) && !matches!(value, Value::Array(_)) {
                    record.fields.insert(key.clone(), value);
                }
            }
            chamber(&record, at, name)
        });
        return each.collect();
    }
    if let Some(("chamber" | "lock", value @ Value::Object(_))) = day.find(&["chamber", "lock"]) {
        let record = Record::of(value, format!("{}, chamber", day.place))?;
        return Ok(vec![chamber(&record, 0, record.text(NAME))?]);
    }
    let stated = match day.find(&["chambers", "n_chambers", "num_chambers", "lines", "m"]) {
        Some((name, value)) => day.number_of(name, value)?,
        None => 1.0,
    };
    if !(1.0..=100.0).contains(&stated) || stated.fract() != 0.0 {
        return Err(LockError::new(day.place.clone(), format!("it has {stated} chambers")));
    }
    // A list means one value for each chamber.
    let lists = day.fields.iter().filter(|(key, _)| is_of_a_chamber(key));
    let lengths = lists.filter_map(|(_, value)| value.as_array().map(Vec::len));
    let n = lengths.chain([stated as usize]).max().unwrap_or(1);
    (0..n)
        .map(|at| {
            let mut record = Record { fields: day.fields.clone(), place: day.place.clone() };
            for (key, value) in &mut record.fields {
                if let (true, Value::Array(each)) = (is_of_a_chamber(key), *value)
                    && let Some(own) = each.get(at).or(each.last())
                {
                    *value = own;
                }
            }
            record.fields.remove("ships");
            chamber(&record, at, None)
        })
        .collect()
}

/// Is this key of a day one that chambers have?
fn is_of_a_chamber(key: &str) -> bool {
    let all =
        [FIXED, PER_SHIP, CAPACITY, CHAMBER_LENGTH, CHAMBER_WIDTH, CHAMBER_DEPTH, FACING, READY].concat();
    let units = MINUTES.iter().chain(&METRES).map(|(unit, _)| *unit);
    key != "ships"
        && units.chain([""]).any(|unit| key.strip_suffix(unit).is_some_and(|base| all.contains(&base)))
}

fn chamber(record: &Record<'_>, at: usize, name: Option<String>) -> Result<Chamber, LockError> {
    let ships = match record.find(CAPACITY).filter(|(_, value)| !value.is_array()) {
        None => None,
        Some((name, value)) => {
            let number = match value.as_str().map(|text| text.trim().to_lowercase()).as_deref() {
                Some("inf" | "infinity" | "unlimited" | "none" | "") => f64::INFINITY,
                _ => record.number_of(name, value)?,
            };
            if number < 0.0 {
                return Err(record.wrong(name, value, "number of ships"));
            }
            Some(number.min(1e9) as usize)
        }
    };
    let minutes = |names: &[&str]| -> Result<Option<f64>, LockError> {
        match record.find_in(names, &MINUTES) {
            Some((name, factor, value)) => Ok(Some(scaled(record.number_of(&name, value)?, factor))),
            None => Ok(None),
        }
    };
    let fixed = minutes(FIXED)?.ok_or_else(|| {
        LockError::new(record.place.clone(), "it has no time of a lockage (T or fixed_min)")
    })?;
    let length = metres(record, CHAMBER_LENGTH, 1.0)?.unwrap_or(0.0);
    let width = metres(record, CHAMBER_WIDTH, 1.0)?.unwrap_or(0.0);
    if ships.is_none() && (length == 0.0 || width == 0.0) {
        let why = "it has neither a capacity in ships nor a length and a width";
        return Err(LockError::new(record.place.clone(), why));
    }
    Ok(Chamber {
        id: name.unwrap_or_else(|| (at + 1).to_string()),
        length,
        width,
        ships,
        facing: record.direction(FACING)?,
        ready: moment(record, READY)?.unwrap_or(0.0),
        fixed,
        per_ship: minutes(PER_SHIP)?.unwrap_or(0.0),
        depth: metres(record, CHAMBER_DEPTH, 1.0)?.unwrap_or(0.0),
    })
}
