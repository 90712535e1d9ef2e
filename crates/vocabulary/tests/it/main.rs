//! The vocabulary's laws.
mod mentions;
