//! Names to codes: regions, measures, units, trades and topics, in Chinese and English.
//!
//! Everything a document names is looked up here and leaves as a code; nothing here reads a file, a clock or a network.
//! The tables are text files under `data/`, embedded when the crate is built and parsed once at first use.
//!
//! - [`regions`]: China to county level by the codes of GB/T 2260, with years in force, homonyms and mentions in text.
//! - [`measures`]: what a figure measures, with its unit, direction and the basis in which its growth is published.
//! - [`units`]: units with exact decimal conversion; per cent is not a percentage point, a counter stays a counter.
//! - [`trades`]: from the words of development documents to sections and divisions of GB/T 4754-2017.
//! - [`topics`]: what a statement is about, and which table would decide it.
//! - [`words`]: codes back in words, for people to read.
pub mod measures;
pub mod regions;
mod tables;
mod text;
pub mod topics;
pub mod trades;
pub mod units;
pub mod words;
