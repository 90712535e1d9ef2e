//! Why ships jam at a lock, when another line is needed, and today's best schedule.

pub mod calibrate;
pub mod capacity;
pub mod case;
mod clock;
mod direction;
mod engine;
pub mod filling;
pub mod lock;
pub mod need;
pub mod packing;
pub mod random;
pub mod schedule;
pub mod simulate;
pub mod statistics;
pub mod theory;
pub mod traffic;

pub use direction::Direction;
pub use engine::{Input, Locks, Options};
