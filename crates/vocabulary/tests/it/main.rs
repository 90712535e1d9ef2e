//! The vocabulary's laws.
mod measures;
mod mentions;
mod regions;
mod shared;
mod topics;
mod trades;
mod units;
