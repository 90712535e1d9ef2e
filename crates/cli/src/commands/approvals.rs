//! `zhidian approvals`: logs of cases counted, the procedure found and held against, the statutory clock, simulation.

mod clock;
mod discover;
mod print;
mod simulate;
mod source;
mod stats;

use crate::{
    outcome::{Exit, Failure},
    talk::Talk,
};
use clap::{Args, Subcommand};

/// What `zhidian approvals` takes.
#[derive(Debug, Args)]
pub(crate) struct Approvals {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// 办件、环节、路径、用时、返工、交接 Cases, variants, who follows whom, rework and hand-overs
    Stats(stats::Stats),
    /// 从办件记录还原流程 The procedure behind a log: tree, PNML and BPMN
    Discover(discover::Discover),
    /// 办件与规定流程的偏离 How far cases depart from a declared procedure
    Conform(discover::Conform),
    /// 法定时限逐日计算 The statutory clock, day by day
    Clock(clock::Clock),
    /// 按办件记录模拟，可承诺的时限 Simulation fitted to a log, and the limit that could be promised
    Simulate(simulate::Simulate),
    /// 流程改造后的时限 The same after a change to the procedure
    Redesign(simulate::Redesign),
}

pub(crate) fn run(command: &Approvals, talk: &Talk) -> Result<Exit, Failure> {
    match &command.verb {
        Verb::Stats(command) => stats::run(command, talk),
        Verb::Discover(command) => discover::discover(command, talk),
        Verb::Conform(command) => discover::conform(command, talk),
        Verb::Clock(command) => clock::run(command, talk),
        Verb::Simulate(command) => simulate::simulate(command, talk),
        Verb::Redesign(command) => simulate::redesign(command, talk),
    }
}
