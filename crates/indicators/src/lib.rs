//! Where a city stands: levels, growth, published ranks, status and vintage.
//!
//! Pure methods on plain data stand in [`observation`]; [`engine`] adapts a dossier's tables to them and answers the
//! keys that claims ask for. Places within a roster are not computed here: the ledger does that for every measure, of
//! whichever engine.

pub mod composite;
mod declared;
pub mod derive;
pub mod engine;
pub mod inferred;
pub mod observation;
pub mod sdmx;
pub mod sheet;
pub mod standing;
pub mod target;
pub mod typology;

pub use engine::Indicators;
pub use observation::{Observation, Observations, Status};
