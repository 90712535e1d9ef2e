//! The adapter: a dossier's registers of matters, logs of cases and ratings in; findings, tables and charts out.

mod cases;
mod input;
mod outlook;
mod registers;
mod times;

pub use input::{Item, Matters, Rating};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use zhidian_model::{Card, Context, Engine, Grade, Key, Measure, Output, Period, Stop};

/// Matters, limits and cases of approval procedures.
pub struct Approvals;

/// Options of the method.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Options {
    /// Share of a commonest step below which a rarer one is put aside in discovery, 0 to 1.
    pub noise: f64,
    /// Rows of a table of results.
    pub rows: usize,
    /// Limit in working days whose share of late cases is told.
    pub limit: Option<u32>,
    /// Share of cases that shall be in time.
    pub confidence: f64,
    /// Replications of the simulation.
    pub replications: usize,
    /// Office hours the simulation works in.
    pub hours: String,
    /// Changes to the procedure: `drop:STEP`, `later:STEP`, `once:STEP`, `merge:A=B`, `parallel:A=B`, `together:A=B=C`, `staff:STEP=N`.
    pub changes: Vec<String>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            noise: 0.2,
            rows: 50,
            limit: None,
            confidence: 0.9,
            replications: 20,
            hours: "09:00-12:00,13:30-17:30".into(),
            changes: Vec::new(),
        }
    }
}

/// Measures found: the registers', then the log's, then the ratings'.
const ITEMS: &str = "approval.items";
const LEGAL: &str = "approval.time_limit.legal";
const PROMISED: &str = "approval.time_limit.promised";
const ON_TIME: &str = "approval.on_time_rate";
const TIME: &str = "approval.time";
const SERVICE: &str = "approval.service";

impl Engine for Approvals {
    type Options = Options;
    type Input = Matters;

    const CARD: Card = Card {
        id: "approvals",
        question: (
            "审批事项有多少，法定、承诺、实际各要几个工作日，按期办结多少，办件卡在哪里？",
            "How many matters need approval, how many working days by law, by promise and in fact, how many are decided in time, \
             and where do cases wait?",
        ),
        tables: &["approval_items", "case_log", "service_ratings", "working_days"],
        parameters: &[],
        finds: &[ITEMS, LEGAL, PROMISED, ON_TIME, TIME, SERVICE],
        needs: &[],
        method: (
            "事项数按清单逐行计数；法定、承诺时限取各事项平均，一个事项缺时限即不给平均；办件按工作日计时，首日不计，调休计入，\
             承诺时限取自同一地区的事项清单；流程以归纳挖掘还原，各环节之间的时间逐一列出；按办件记录模拟，\
             先以七成办件拟合、以其余办件验证，说中了才给出可承诺的时限。",
            "Matters are counted row by row; limits are means over the matters, and none is given when one matter lacks its limit; \
             cases are timed in working days, the first day not counted and made-up days counted, against the promise in the same \
             region's register; the procedure is found by the inductive miner and the time between steps listed; a simulation is fitted to seven tenths of \
             the cases and held against the rest, and only one that is right promises a limit.",
        ),
        assumptions: (
            "清单完整，未合并或拆分事项以改变数量；办件记录的首个环节为受理，末个环节为办结。",
            "The register is complete and matters were not merged or split to change their number; a case is accepted with its \
             first step and decided with its last.",
        ),
        not_for: (
            "清单口径不同的城市之间不可直接比较事项数；中止、延长等法定情形须用 zhidian approvals clock 逐件计算。",
            "Cities that draw their registers differently cannot be compared by number; stops and extensions need the clock of \
             zhidian approvals clock, case by case.",
        ),
        references: &[
            "中华人民共和国行政许可法",
            "Leemans, Fahland, van der Aalst (2014), Discovering Block-Structured Process Models from Event Logs Containing Infrequent Behaviour",
            "IEEE 1849 (XES)",
        ],
    };

    fn run(input: &Matters, options: &Options, context: &Context<'_>) -> Result<Output, Stop> {
        if !(0.0..=1.0).contains(&options.noise) {
            return Err(Stop::Misuse(zhidian_model::Text::new(
                "选项 noise 须在 0 与 1 之间",
                "option noise must lie between 0 and 1",
            )));
        }
        let asked = outlook::Asked::of(options)?;
        let mut output = Output::default();
        for (done, key) in context.asked.iter().enumerate() {
            if (context.cancelled)() {
                return Err(Stop::Cancelled);
            }
            if let Measure::Of(code) = &key.measure {
                match &**code {
                    ITEMS | LEGAL | PROMISED => output.findings.extend(registers::answers(input, code, key)),
                    ON_TIME | TIME => output.findings.extend(cases::answers(input, code, key)),
                    SERVICE => output.findings.extend(registers::ratings(input, key)),
                    _ => {}
                }
            }
            (context.progress)(done as u64 + 1, context.asked.len() as u64);
        }
        registers::tables(input, options, &mut output);
        cases::tables(input, options, &mut output);
        outlook::tables(input, &asked, options, context, &mut output)?;
        Ok(output)
    }
}

/// Does a key ask for this subject and period?
fn asks(key: &Key, subject: &zhidian_model::Subject, period: &Period) -> bool {
    key.subject == *subject && (key.period == Period::ALWAYS || key.period == *period)
}

/// A name in both languages, with a word where what is told of it is made up.
fn labelled((zh, en): (String, String), grade: Grade) -> (String, String) {
    match grade {
        Grade::Synthetic => (format!("{zh}（合成数据）"), format!("{en} (synthetic)")),
        _ => (zh, en),
    }
}
