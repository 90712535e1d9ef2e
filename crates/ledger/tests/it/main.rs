//! The ledger's laws, its golden answers to the shipped dossiers, and what a changed digit does to them.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on shall say where")]

mod golden;
mod indices;
mod laws;
mod perturbed;
mod projects;
mod sentences;
mod shipped;
mod suppose;
mod targets;
