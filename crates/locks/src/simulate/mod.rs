//! Simulation: the bare lock in nanoseconds a ship, the full model event by event.

mod bare;
mod closed;
mod planned;
mod replicate;
mod tally;
mod waves;
mod world;

pub use crate::statistics::Sketch;
pub use bare::{Bare, BareError, BareResult, Discipline, Service};
pub use replicate::{Plan, Replicated, replicate};
pub use tally::{Aftermath, Line, Tally, Used};
pub use world::{Event, LONGEST, Setup, Sink, Source, Vessel, run};
