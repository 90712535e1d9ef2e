//! Which way a ship goes.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Upstream or downstream.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// Upstream, 上行.
    #[default]
    Up,
    /// Downstream, 下行.
    Down,
}

impl Direction {
    /// Both.
    pub const BOTH: [Self; 2] = [Self::Up, Self::Down];

    /// 0 for up, 1 for down.
    pub fn index(self) -> usize {
        self as usize
    }

    /// Up for 0, down for anything else.
    pub fn of(index: usize) -> Self {
        if index == 0 { Self::Up } else { Self::Down }
    }

    /// The other way.
    pub fn other(self) -> Self {
        Self::of(1 - self.index())
    }

    /// Reads the words records use.
    pub fn read(text: &str) -> Option<Self> {
        match text.trim().to_lowercase().as_str() {
            "up" | "u" | "0" | "0.0" | "upstream" | "upbound" | "upriver" | "upward" | "northbound"
            | "上行" | "上水" | "上" => Some(Self::Up),
            "down" | "d" | "1" | "1.0" | "downstream" | "downbound" | "downriver" | "downward"
            | "southbound" | "下行" | "下水" | "下" => Some(Self::Down),
            _ => None,
        }
    }
}
