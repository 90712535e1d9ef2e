//! Composite indices: a declared tree over indicators, every step from data to places, and what the result hangs on.
//!
//! Follows the OECD/JRC Handbook on Constructing Composite Indicators (2008). Pure functions on columns of numbers; a
//! missing value is `NaN`.
//!
//! | module | what it does |
//! |---|---|
//! | [`recipe`] | the declaration, `index.toml` |
//! | [`tree`] | checked and put in order |
//! | [`build`](mod@build) | data to scores, every step kept |
//! | [`impute`], [`treat`], [`normalise`], [`weights`], [`aggregate`], [`mcdm`] | the steps |
//! | [`analysis`] | statistics of the result: what each part contributes |
//! | [`uncertainty`] | the steps varied: intervals of places, and which choice they hang on |
//! | [`fault`] | what was wrong, with its place |

pub mod aggregate;
pub mod analysis;
pub mod build;
pub mod fault;
pub mod impute;
pub mod linear;
pub mod matrix;
pub mod mcdm;
pub mod normalise;
pub mod recipe;
pub mod statistics;
pub mod treat;
pub mod tree;
pub mod uncertainty;
pub mod weights;

pub use build::{Composite, Data, build};
pub use fault::Fault;
pub use matrix::Matrix;
pub use recipe::Recipe;
