//! The adapter: registers of locks, figures and fleets in; what bears on a lock's adequacy out.

mod adequacy;
mod day;
mod input;
mod model;
mod views;

pub use input::Input;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use zhidian_model::{Card, Context, Engine, Measure, Output, Stop};

/// The engine of locks.
pub struct Locks;

/// Options of the method, and what-ifs to try; limits, rates and times are parameters of the dossier.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// Replications at each level of traffic.
    pub replications: u32,
    /// Days counted in each.
    pub days: u32,
    /// Paths of growth.
    pub paths: u32,
    /// Try it with these hours a day instead of those published.
    pub hours: Option<f64>,
    /// Try it with up to so many lines, 1 to 4.
    pub lines: u32,
    /// Try it with this growth a year instead of the parameter.
    pub growth: Option<f64>,
}

impl Default for Options {
    fn default() -> Self {
        Self { replications: 1, days: 90, paths: 2_000, hours: None, lines: 3, growth: None }
    }
}

impl Engine for Locks {
    type Options = Options;
    type Input = Input;

    const CARD: Card = Card {
        id: "locks",
        question: (
            "船闸为什么堵，哪一年需要扩能，加闸线还是先用便宜的办法？",
            "Why do ships jam at a lock, when is another line needed, and would something cheaper do?",
        ),
        tables: &["locks", "lock_fleet", "observations", "remarks"],
        parameters: &[
            "locks.gate_min",
            "locks.entry_exchange_min",
            "locks.entry_turnback_min",
            "locks.interval_min",
            "locks.exit_min",
            "locks.variation",
            "locks.growth.mean",
            "locks.growth.sd",
            "locks.appointment_min",
            "locks.limit.mean_h",
            "locks.limit.p90_h",
            "locks.code.days",
            "locks.code.without_cargo",
            "locks.code.load",
            "locks.code.peaking",
            "locks.code.exchange",
        ],
        finds: &["lock.adequacy."],
        needs: &[],
        method: (
            "先由公布数推算：实际运行强度下的利用率、昼夜运行可通过量、核载量与设计能力之比、待闸船舶。再以离散事件仿真（二维排档、\
             先到先服务并填空、上下行泊松到船）求待闸时间随船流量的曲线，以不确定的增长率外推各方案超限概率；通过能力用三种方法对照\
             （《船闸总体设计规范》公式、饱和仿真、Kooman 闭式）。",
            "First from published figures: how far the lock as worked was used, what it could pass round the clock, deadweight \
             against the design capacity, ships waiting. Then an event simulation (two-dimensional placement, in order of arrival \
             with filling, Poisson arrivals both ways) gives waits against traffic; uncertain growth carries them forward to the \
             probability that each alternative exceeds its limit. Capacity is found three ways (design code, saturation, Kooman).",
        ),
        assumptions: (
            "到船为泊松过程，船型构成与操作时间取自资料夹所列的表和参数，其等级随之；昼夜强度按已知小时强度外推；核载量不等于实载量。",
            "Ships come as a Poisson process; fleet and operating times are those of the dossier's tables and parameters and carry \
             their grades; the pace of known hours is held for the others; deadweight is not cargo.",
        ),
        not_for: (
            "不能替代工程可行性研究；未列入闸址水流、引航道通过能力、联合调度的上下游约束；模型结果只作参考，不判定表述真伪。",
            "It is no feasibility study: currents, approach channels and joint dispatch with other locks are left out. What a \
             model finds bears on a statement and never decides it.",
        ),
        references: &[
            "JTJ 305-2001 船闸总体设计规范 (formula as remembered, unverified)",
            "Passchyn, Briskorn, Spieksma, Mathematical programming models for lock scheduling, EJOR 251, 2016",
            "Verstichel et al., The generalized lock scheduling problem, EJOR 2014",
            "Kooman, de Bruijn, Lock capacity and traffic resistance of locks, Rijkswaterstaat Communications 22, 1975",
        ],
    };

    fn run(input: &Input, options: &Options, context: &Context<'_>) -> Result<Output, Stop> {
        let mut output = Output::default();
        let ours = |measure: &Measure| matches!(measure, Measure::Of(code) if code.starts_with("lock."));
        let asked = |key: &&zhidian_model::Key| ours(&key.measure);
        if !context.asked.is_empty() && !context.asked.iter().any(|key| asked(&key)) {
            return Ok(output);
        }
        for lock in input.subjects() {
            if (context.cancelled)() {
                return Err(Stop::Cancelled);
            }
            let about = input.beside(&lock);
            let wanted = context.asked.is_empty()
                || context.asked.iter().any(|key| ours(&key.measure) && about.contains(&key.subject));
            if !wanted {
                continue;
            }
            output.findings.extend(adequacy::findings(input, &lock, &about));
            model::run(input, &lock, &about, options, context, &mut output)?;
        }
        Ok(output)
    }
}
