//! Investment as statistics count it.
//!
//! Two ways are in use: the value of the work done (形象进度法), and what the accounts of the building unit show
//! (财务支出法). Only projects of a least size count, only once admitted to the statistical register, and not those of
//! farm households. Least size and way are dated parameters.

use crate::register::{Fen, Month, Project, Register};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How investment is counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// The value of work done (形象进度法).
    #[default]
    WorkDone,
    /// What was spent by the accounts (财务支出法).
    Spending,
}

/// The rule in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Least total investment of a project that counts, in fen.
    pub least: Fen,
    /// How it is counted.
    pub way: Way,
}

/// What counts of a year up to a month, and why the rest does not.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counted {
    /// In fen.
    pub counted: Fen,
    /// Projects that count.
    pub projects: usize,
    /// Work before admission to the statistical register.
    pub before_admission: Fen,
    /// Work of projects below the least size.
    pub too_small: Fen,
    /// Work of projects that are not admitted.
    pub not_admitted: Fen,
    /// Work of projects whose total is not known.
    pub unknown_size: Fen,
}

/// Counts a year's investment up to and including a month.
pub fn counted(register: &Register, year: i16, until: Month, rule: Rule) -> Counted {
    let mut out = Counted::default();
    for project in &register.projects {
        one(project, year, until, rule, &mut out);
    }
    out
}

fn one(project: &Project, year: i16, until: Month, rule: Rule, out: &mut Counted) {
    let series = match rule.way {
        Way::WorkDone => &project.earned,
        Way::Spending => &project.spent,
    };
    let admitted = project.admitted.map(Month::of);
    let (mut all, mut before) = (0, 0);
    for (month, value) in series.iter().filter(|(month, _)| month.year() == year && *month <= until) {
        all += value;
        if admitted.is_some_and(|admitted| month < admitted) {
            before += value;
        }
    }
    match (project.total, admitted) {
        (None, _) => out.unknown_size += all,
        (Some(total), _) if total < rule.least => out.too_small += all,
        (_, None) => out.not_admitted += all,
        _ => {
            out.before_admission += before;
            out.counted += all - before;
            out.projects += usize::from(all > before);
        }
    }
}
