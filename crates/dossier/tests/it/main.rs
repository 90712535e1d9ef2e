//! Dossiers read from folders made for each test.

#![allow(clippy::unwrap_used)]

mod anything;
mod documents;
mod folder;
mod frictionless;
mod limits;
mod planted;
mod shipped;
mod together;
mod workbooks;
