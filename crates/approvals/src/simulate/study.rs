//! A log played as it is and after changes, held against a period not seen, and what could then be promised.

use super::redesign::{Change, NoChange, apply};
use super::validate::{Plan, holdout};
use super::{Holdout, Outlook, fit, outlook, promise};
use crate::clock::{Calendar, Hours};
use crate::log::EventLog;
use schemars::JsonSchema;
use serde::Serialize;

/// What a study came to.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Study {
    /// The procedure as it is; none when no case was decided.
    pub baseline: Option<Outlook>,
    /// After the changes, where there were any.
    pub redesign: Option<Outlook>,
    /// Against a period the model has not seen; none when there are too few cases.
    pub holdout: Option<Holdout>,
    /// What could be promised.
    pub promise: Promised,
    /// Does the log tell when steps began?
    pub timed: bool,
}

/// A limit that could be promised, or why there is none.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Promised {
    /// Share of cases that shall be in time.
    pub confidence: f64,
    /// In working days; none while the model is not believed.
    pub limit: Option<i64>,
    /// `no_case_decided`, `too_few_cases_to_validate` or `model_not_believed`.
    pub reason: Option<&'static str>,
}

impl Study {
    /// What is asked about: the procedure after the changes, else as it is.
    pub fn asked(&self) -> Option<&Outlook> {
        self.redesign.as_ref().or(self.baseline.as_ref())
    }
}

/// Fits, validates, plays and changes.
///
/// # Errors
/// When a change names what is not there or would do nothing.
pub fn study(
    log: &EventLog,
    hours: &Hours,
    calendar: &Calendar,
    plan: &Plan<'_>,
    changes: &[Change],
    confidence: f64,
) -> Result<Study, NoChange> {
    let fitted = fit(log, Some(hours), calendar, i64::MIN, i64::MAX);
    let mut changed = fitted.model.clone();
    for change in changes {
        apply(&mut changed, change)?;
    }
    let redesign = if changes.is_empty() { None } else { outlook(&changed, plan) };
    let mut study = Study {
        baseline: outlook(&fitted.model, plan),
        redesign,
        holdout: holdout(log, Some(hours), calendar, plan),
        promise: Promised { confidence, limit: None, reason: None },
        timed: fitted.timed,
    };
    let believed = study.holdout.as_ref().map(|holdout| holdout.believed);
    let asked = if changes.is_empty() { &study.baseline } else { &study.redesign };
    (study.promise.limit, study.promise.reason) = match (asked, believed) {
        (None, _) => (None, Some("no_case_decided")),
        (_, None) => (None, Some("too_few_cases_to_validate")),
        (_, Some(false)) => (None, Some("model_not_believed")),
        (Some(asked), Some(true)) => (Some(promise(asked, confidence).limit), None),
    };
    Ok(study)
}
