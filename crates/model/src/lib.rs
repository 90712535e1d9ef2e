//! The core types of Zhidian: what a figure is about, what was stated, what was found, and how it is answered.
//!
//! > Documents state. Models find. The ledger joins them.
//!
//! A [`Claim`] states a value at a [`Key`]; a [`Finding`] computes a value at a key; the ledger is their join. This
//! crate holds the nouns of that sentence and the one trait by which models join in ([`Engine`]). It reads no file,
//! no clock and no random source, and it knows no engine.
//!
//! | module | what it holds |
//! |---|---|
//! | [`key`] | [`Key`], [`Measure`] and its closed set of operators, [`Subject`] |
//! | [`period`] | [`Period`], how two periods relate, when something is [`Due`] |
//! | [`quantity`] | exact decimals with the weight of their last digit, [`Interval`]s, [`Band`]s, what was [`Stated`] |
//! | [`scope`] | dated rosters: the peers a rank is counted among |
//! | [`origin`] | where a figure comes from, and its [`Grade`] |
//! | [`evidence`] | the way from a figure back to its rows; it cannot be empty |
//! | [`claim`], [`finding`], [`answer`] | the two sides of the join and its result |
//! | [`table`], [`problem`] | lent rows, tables and charts as views of them; what is wrong with data and what to do |
//! | [`engine`] | the one way in for a model |

pub mod answer;
pub mod claim;
pub mod engine;
pub mod evidence;
pub mod finding;
pub mod key;
pub mod origin;
pub mod period;
pub mod problem;
pub mod quantity;
pub mod scope;
pub mod table;
pub mod text;

pub use answer::{
    Answer, Bearing, Coherence, Difference, Found, Lack, Margin, Near, Need, Outcome, Reason, Robust, Verdict,
};
pub use claim::{Basis, Claim, ClaimId, Kind, Modality, Part, Reading};
pub use engine::{Card, Context, Engine, Facts, Output, Parameter, Parameters, Stop};
pub use evidence::{Citation, Evidence, Node};
pub use finding::{Estimate, Finding, FindingId, RankFound};
pub use key::{Code, Key, Measure, Order, Subject, Test};
pub use origin::{AddressKind, Grade, Origin, OriginId};
pub use period::{Due, Period, Relation};
pub use problem::{Problem, Severity};
pub use quantity::{Band, Bound, Interval, Qualifier, Quantity, Stated};
pub use scope::Scope;
pub use table::{Cell, Chart, FromTables, Mark, Place, Row, Table, Tables};
pub use text::Text;
