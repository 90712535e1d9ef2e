//! Claims and findings joined: asked keys, operators, readings, verdicts.

pub mod contract;
