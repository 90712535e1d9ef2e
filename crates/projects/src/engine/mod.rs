//! The adapter: asked keys in, findings, tables and charts out.

mod answer;
mod choice;
mod folded;
mod input;
mod outlook;
mod standing;

pub use input::{Amount, Entry, Input, Progress};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use zhidian_model::{Card, Context, Engine, Output, Stop};

const ID: &str = "projects";

/// Counts, totals, progress and outlook of a register of projects.
pub struct Projects;

/// Options of the method.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// Draws of the forecast.
    pub draws: u32,
    /// The year's target in 100 million yuan; what is planned for the year where none is stated.
    pub target: Option<f64>,
    /// Say what lifts the probability of the target to this.
    pub wish: Option<f64>,
    /// Choose what to start within this budget, in 100 million yuan.
    pub budget: Option<f64>,
    /// Budgets of the years after, in 100 million yuan each.
    pub later: Vec<f64>,
    /// Codes of projects that must be started.
    pub must: Vec<String>,
}

impl Default for Options {
    fn default() -> Self {
        Self { draws: 20_000, target: None, wish: None, budget: None, later: Vec::new(), must: Vec::new() }
    }
}

impl Engine for Projects {
    type Options = Options;
    type Input = Input;

    const CARD: Card = Card {
        id: ID,
        question: (
            "项目库是否对得上数、进度如何、年度目标能否完成？",
            "Does the project register add up, how far is it, and will the year's target be met?",
        ),
        tables: &["projects", "project_progress", "project_links", "entities"],
        parameters: &[standing::LEAST],
        finds: &["projects.", "project.investment", "project.investment.done"],
        needs: &[],
        method: (
            "逐行计数、求和，末位数权重逐行相加；缺日期或金额的行使结果成为区间。完成额按各月形象进度相加，月份不连续则不答。\
             预测用蒙特卡罗：由以往各月完成率拟合 PERT 分布与共同冲击，推算余下月份。",
            "Rows are counted and added, and what their last digits may stand for adds too; a row without a date or an amount \
             widens the answer. Work done is the sum of monthly reports, and not answered where a month is missing. The \
             forecast draws the months left from a PERT pace and a common shock fitted to the months before.",
        ),
        assumptions: (
            "项目库对所述地区、类别完整；各行金额单位写在“unit”列；入库时间即谋划推进的时间。",
            "The register is complete for the region and kind asked; each row states its unit; a project belongs to the period \
             in which it was admitted.",
        ),
        not_for: (
            "不核实项目是否真实存在；合成的项目库不作为依据；预测只作参考，不判定真伪。",
            "It does not check that a project exists; a synthetic register decides nothing; a forecast bears and never decides.",
        ),
        references: &[
            "ANSI/EIA-748, Earned Value Management Systems",
            "Lipke, Schedule is Different (2003)",
            "国家统计局《固定资产投资统计报表制度》",
        ],
    };

    fn run(input: &Input, options: &Options, context: &Context<'_>) -> Result<Output, Stop> {
        let mut output = Output::default();
        let total = context.asked.len() as u64;
        for (done, key) in context.asked.iter().enumerate() {
            if (context.cancelled)() {
                return Err(Stop::Cancelled);
            }
            output.findings.extend(answer::answer(input, key));
            (context.progress)(done as u64 + 1, total);
        }
        outlook::show(input, options, context, &mut output)?;
        Ok(output)
    }
}
