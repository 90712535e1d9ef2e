//! An exact search by lazy clause generation (Schutt, Feydy, Stuckey and Wallace, "Explaining the cumulative
//! propagator", 2011): every deduction on start times is explained by bounds, a contradiction is traced to the bounds
//! that cause it, and the clause learnt from it keeps the search from ever failing for that reason again.
//!
//! | module | what it does |
//! |---|---|
//! | [`bounds`] | start times as bounds, the trail of their changes, clauses over bounds |
//! | [`resource`] | what the resources imply: timetables and pairs that cannot run together |
//! | [`choice`] | modes: what is certain of an activity whose mode is open |
//! | [`analysis`] | from a contradiction to a clause and the level to return to |
//! | [`activity`] | which bound to decide next |
//! | [`search`] | decisions, restarts, the bound on the makespan |

mod activity;
mod analysis;
mod bounds;
mod choice;
mod resource;
mod search;

pub(super) use search::{Search, Verdict};
