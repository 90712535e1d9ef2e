//! Claims and findings joined: asked keys, operators, readings, verdicts.
//!
//! > Documents state. Models find. The ledger joins them.
//!
//! The way of a statement through this crate:
//!
//! | module | what it does |
//! |---|---|
//! | [`ask`] | a statement's words become the keys it asks for, with every reading |
//! | [`registry`], [`facts`] | the engines answer the plain keys |
//! | [`operators`] | rank, best, change, ratio, count and membership are applied to what is known |
//! | [`judge`], [`verdict`] | stated beside found, by the rules of evidence |
//! | [`coherence`], [`bearing`] | the other two kinds of answer |
//! | [`needs`] | which table would decide what is undecided |
//! | [`view`], [`contract`] | the result in the layout that others rely on |
//! | [`mod@explain`] | why is this number so |
//! | [`mod@suppose`] | what if the text had said something else |
//! | [`alone`] | one engine run by itself |
//! | [`mod@assess`] | the whole way |

pub mod alone;
pub mod ask;
pub mod assess;
pub mod bearing;
pub mod coherence;
pub mod compare;
pub mod contract;
pub mod explain;
pub mod facts;
pub mod judge;
pub mod names;
pub mod needs;
pub mod operators;
pub mod registry;
pub mod suppose;
mod track;
pub mod verdict;
pub mod view;
pub mod words;

pub use assess::{AssessError, Ledger, Run, assess};
pub use explain::{Language, explain};
pub use registry::Registry;
