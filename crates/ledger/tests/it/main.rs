//! The ledger's laws, its golden answers to the shipped dossiers, and what a changed digit does to them.

mod golden;
mod laws;
mod perturbed;
mod shipped;
