//! Time as an approval counts it: working days with their exceptions, working hours, and the statutory clock.

pub mod calendar;
mod hours;
pub mod register;
pub mod statute;

pub use calendar::{Calendar, DayKind, Unpublished};
pub use hours::Hours;
pub use statute::{AuditDay, Filing, Reckoning, Statute, Stop};
