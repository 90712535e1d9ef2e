//! A case as it is written in a file: locks, fleet, traffic, and what is asked of them.
//!
//! The same layout serves TOML and JSON. `examples/datengxia.toml` shows all of it.

use crate::{
    capacity::Code,
    lock::{Complex, LockError, numbers},
    need::{Alternative, Outlook},
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
