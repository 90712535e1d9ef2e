//! Procedures as models: process trees, Petri nets (PNML) and BPMN 2.0.

pub mod bpmn;
pub mod net;
pub mod pnml;
pub mod tree;

pub use bpmn::Bpmn;
pub use net::Net;
pub use tree::{Operator, Tree};

use crate::read::xml::Broken;

/// A model that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ModelError {
    /// The XML is broken.
    #[error("failed to read the model at line {}: {:?}, found {:?}; mend the file", .0.line, .0.fault, .0.found)]
    Xml(Broken),
    /// An arc or a flow names something that is not there.
    #[error("failed to join {kind} {id}: it names {missing}, which is not in the model")]
    Dangling {
        /// What names it.
        kind: &'static str,
        /// Its id.
        id: String,
        /// What is missing.
        missing: String,
    },
    /// An element whose meaning is not supported.
    #[error("failed to use {element} {id}: only {supported} are supported; replace it")]
    Unsupported {
        /// The element.
        element: String,
        /// Its id.
        id: String,
        /// What is.
        supported: &'static str,
    },
    /// No place of a net begins or ends it.
    #[error("failed to use the net: it has no {0} marking and none can be told from its places")]
    Marking(&'static str),
}

impl From<Broken> for ModelError {
    fn from(broken: Broken) -> Self {
        Self::Xml(broken)
    }
}
