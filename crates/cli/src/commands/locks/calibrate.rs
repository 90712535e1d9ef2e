//! `calibrate`: records in, fits and a test on unseen days out.

use super::{Common, File, open};
use crate::{
    outcome::{Exit, Failure},
    talk::Talk,
};
use clap::Args;
use serde_json::json;
use std::fmt::Write;
use zhidian_locks::calibrate::{self, RecordProblem};
use zhidian_model::{Problem, Severity, Text};

#[derive(Debug, Args)]
pub(super) struct Calibrate {
    /// 过闸记录 Records, CSV: arrival, start, end, direction, and perhaps ship and chamber
    file: File,
    /// 留作检验的天数占比 Share of the last days kept back
    #[arg(long, default_value_t = 0.3)]
    holdout: f64,
    /// 预测的重复次数 Replications of the prediction
    #[arg(long, default_value_t = 200)]
    replications: u32,
    #[command(flatten)]
    common: Common,
}

pub(super) fn run(command: &Calibrate, talk: &Talk) -> Result<Exit, Failure> {
    if !(0.0..=0.9).contains(&command.holdout) {
        return Err(Failure::usage("--holdout 须在 0 到 0.9 之间", "--holdout must be from 0 to 0.9"));
    }
    let opened = open(&command.file)?;
    let (records, faults) = calibrate::read_records(opened.bytes.as_slice());
    let file = command.file.display().to_string();
    let problems: Vec<Problem> = faults.iter().map(|fault| problem(&file, fault)).collect();
    if records.is_empty() {
        talk.problems(&problems);
        return Err(Failure::data(
            format!("{file} 中没有可用的记录"),
            format!("{file} has no usable record"),
        ));
    }
    let found = calibrate::calibrate(&records, command.holdout, command.replications, command.common.seed);
    let mut lines = format!("{} {}\n", found.records, talk.pick("条记录", "records"));
    for fitted in &found.fits {
        let params: Vec<String> = fitted.fit.params.iter().map(|p| format!("{p:.4}")).collect();
        let _ = writeln!(
            lines,
            "{:<18} n {:<7} {:<12} ({})  KS {:.4} p {}  AD {:.3} p {}  AIC {:.1}",
            fitted.quantity,
            fitted.n,
            format!("{:?}", fitted.fit.family).to_lowercase(),
            params.join(", "),
            fitted.fit.ks,
            share(fitted.fit.ks_p),
            fitted.fit.ad,
            share(fitted.fit.ad_p),
            fitted.fit.aic
        );
    }
    match &found.holdout {
        Some(holdout) => {
            let _ = writeln!(
                lines,
                "{}: {} {:.1} min, {} {:.1} min [{:.1}, {:.1}] ({:+.1} %), {} {:.0} %",
                talk.pick("留出检验", "days kept back"),
                talk.pick("实际平均等待", "recorded mean wait"),
                holdout.recorded_min,
                talk.pick("预测", "predicted"),
                holdout.predicted_min,
                holdout.interval90[0],
                holdout.interval90[1],
                100.0 * holdout.error,
                talk.pick("90% 区间覆盖", "inside the 90 % interval"),
                100.0 * holdout.coverage90
            );
        }
        None => lines.push_str(talk.pick("记录太少，无法留出检验\n", "too few records to keep days back\n")),
    }
    let options = json!({"holdout": command.holdout, "replications": command.replications});
    command.common.print("calibrate", opened.sha256, options, &found, &lines, problems, talk)
}

/// A share with three digits, where there is one.
fn share(p: Option<f64>) -> String {
    p.map_or_else(|| "—".to_owned(), |p| format!("{p:.3}"))
}

fn problem(file: &str, fault: &RecordProblem) -> Problem {
    Problem {
        severity: if fault.row.is_some() { Severity::Error } else { Severity::Fatal },
        code: "locks.record".into(),
        file: file.to_owned(),
        sheet: None,
        row: fault.row,
        column: Some(fault.column.into()),
        found: fault.found.clone(),
        expected: fault.expected.into(),
        remedy: Text::new(
            format!("请改正此处；应为 {}", fault.expected),
            format!("correct this; there should be {}", fault.expected),
        ),
    }
}
