//! The rows of a dossier as the plain register that the methods work on.

use super::input::{Amount, Entry, Input};
use crate::register::{Fen, Month, Project, Register};
use rust_decimal::{Decimal, prelude::ToPrimitive};

fn fen(amount: &Option<Amount>) -> Option<Fen> {
    let fen = amount.as_ref()?.value.checked_mul(Decimal::ONE_HUNDRED)?.round();
    // As far below the end of the range as amounts read from files are.
    fen.to_i64().filter(|fen| fen.abs() < 1 << 55)
}

/// The projects of some rows, in their order, with their months; a year's plan stands under `year`.
pub(super) fn register(input: &Input, entries: &[&Entry], year: Option<i16>) -> Register {
    let projects = entries.iter().map(|entry| {
        let mut project = Project {
            code: entry.code.to_string(),
            name: entry.name.to_string(),
            owner: entry.owner.to_string(),
            place: entry.region.to_string(),
            trade: entry.trade.to_string(),
            kind: entry.kind.to_string(),
            stage: entry.stage,
            total: fen(&entry.total),
            year_plan: fen(&entry.year_plan).map(|plan| (year.unwrap_or(0), plan)).into_iter().collect(),
            done: fen(&entry.done),
            start: entry.start,
            due: entry.due,
            admitted: entry.admitted,
            ..Project::default()
        };
        for progress in input.progress.get(&entry.code).into_iter().flatten() {
            let Some(month) = super::outlook::month_of(progress) else { continue };
            let amounts = [&progress.planned, &progress.earned, &progress.spent].map(fen);
            let series = [&mut project.planned, &mut project.earned, &mut project.spent];
            for (series, amount) in series.into_iter().zip(amounts) {
                if let Some(amount) = amount {
                    series.set(month, amount);
                }
            }
        }
        let before = input.links.iter().filter(|(_, after, _)| *after == entry.code);
        project.before = before.map(|(before, ..)| before.to_string()).collect();
        project
    });
    Register { projects: projects.collect(), sheets: Vec::new() }
}

/// The last month in which work was reported.
pub(super) fn last_month(register: &Register) -> Option<Month> {
    register.projects.iter().filter_map(|project| project.earned.last()).max()
}
