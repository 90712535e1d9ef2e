//! Simulation of a procedure and of changes to it: what a limit could be promised.
//!
//! [`fit()`] takes arrivals, ways through, times and staff from a log; [`run`] plays them as discrete events with calendars; a model is
//! [`validate`]d on a period it was not fitted to before its predictions are believed; [`redesign`] changes it.

pub mod fit;
mod random;
pub mod redesign;
pub mod run;
pub mod study;
pub mod validate;

pub use fit::fit;
pub use random::Random;
pub use redesign::{Change, Misspelt, NoChange};
pub use run::{Dealt, Distribution, Model, Pool, Stage, Task};
pub use study::{Promised, Study, study};
pub use validate::{Holdout, Outlook, Promise, outlook, promise};
