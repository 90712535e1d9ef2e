//! Dossiers read from folders made for each test.

mod anything;
mod folder;
mod frictionless;
mod planted;
mod together;
mod workbooks;
