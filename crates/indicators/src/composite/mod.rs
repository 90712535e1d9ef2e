//! Composite indices: a declared tree over indicators, every step from data to places, and what the result hangs on.
//!
//! Follows the OECD/JRC Handbook on Constructing Composite Indicators (2008). Pure functions on columns of numbers; a
//! missing value is `NaN`.
//!
//! | module | what it does |
//! |---|---|
//! | [`recipe`] | the declaration, `index.toml` |
//! | [`data`] | what an index is made from |
//! | [`tree`], [`check`] | checked and put in order |
//! | [`build`](mod@build) | data to scores, every step kept |
//! | [`impute`], [`curve`], [`treat`], [`post`], [`normalise`], [`weights`], [`aggregate`], [`mcdm`] | the steps |
//! | [`analysis`], [`explain`] | what each part contributes, why a unit stands where it does |
//! | [`uncertainty`] | the steps varied: intervals of places, and which choice they hang on |
//! | [`fault`] | what was wrong, with its place |

pub mod aggregate;
pub mod analysis;
pub mod build;
pub mod check;
mod composed;
pub mod curve;
pub mod data;
pub mod explain;
pub mod fault;
mod finish;
pub mod impute;
pub mod linear;
pub mod matrix;
pub mod mcdm;
pub mod normalise;
pub mod post;
pub mod recipe;
pub mod statistics;
mod told;
pub mod treat;
pub mod tree;
pub mod uncertainty;
pub mod weights;

pub use build::{Composite, Data, build};
pub use fault::Fault;
pub use matrix::Matrix;
pub use recipe::Recipe;
