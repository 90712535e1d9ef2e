//! The adapter: asked keys in, findings out; for the page a ranking and the declared indices as tables.

mod index;
mod input;
mod panel;
mod scored;

pub use input::Input;

use crate::{
    declared, inferred,
    observation::{Observation, Observations, Status, conventional},
};
use rust_decimal::prelude::ToPrimitive;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use zhidian_model::{Card, Context, Engine, Estimate, Finding, Key, Measure, Output, RankFound, Stop, Text};
use zhidian_vocabulary::words;

/// Levels, growth and published ranks as they stand in the tables.
pub struct Indicators;

const ID: &str = "indicators";

/// What is ranked against whom, and the weights of indices. Reading a printed figure admits no choice.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// Code of the measure that is ranked; left unset, the one most asked about.
    pub measure: Option<String>,
    /// Which end is first; left unset, the better one.
    pub first: Option<First>,
    /// Codes of the cities ranked; none for those of the province most asked about.
    pub peers: Vec<String>,
    /// Weights of an index's nodes and indicators where they are not as declared.
    pub weights: BTreeMap<String, f64>,
    /// How far weights are varied for intervals of places: each by up to this share either way, 0 to 1.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub noise: f64,
}

/// Which end is first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum First {
    /// The highest value.
    Highest,
    /// The lowest.
    Lowest,
}

impl Default for Options {
    fn default() -> Self {
        Self { measure: None, first: None, peers: vec![], weights: BTreeMap::new(), noise: 0.25 }
    }
}

impl Engine for Indicators {
    type Options = Options;
    type Input = Input;

    const CARD: Card = Card {
        id: ID,
        question: (
            "某地某期某指标是多少，谁公布的，哪一版？",
            "What does a measure stand at, who published it, in which edition?",
        ),
        tables: &["observations", "entities", "evaluation_indicators"],
        parameters: &[],
        finds: &["*"],
        needs: &[],
        method: (
            "按指标、地区、时期读取公布数；单位精确换算为基本单位；末位数权重取原表该列的小数位数，数值视为上下各半个末位的区间。\
             没有公布增速时，由同一版本的相邻两年水平值推算名义增速；未到期的目标，按历年走势（对数随机游走加漂移，增速取均值）推算\
             到期值及九成区间，据此判断是否有望达标。",
            "Reads printed figures by measure, subject and period; units are converted exactly; the weight of the last digit is \
             that of the source's column, and a figure stands for the interval of half a last digit either way. Where no growth is printed, growth at current prices follows from the levels of two \
             years in one edition. Of a target not yet due, the years so far are carried on (a random walk with drift of the \
             logarithm; growth about its mean) with a band of nine in ten, which says whether it is on track.",
        ),
        assumptions: (
            "原表数值按四舍五入印出；未注明基期的增速采用统计惯例（如地区生产总值按可比价）。",
            "Figures were rounded when printed; growth without a stated basis follows the convention of its measure (GDP at \
             constant prices).",
        ),
        not_for: (
            "不跨版本推算增速；不从水平值倒推排名以外的口径。目标值只作为目标列示，绝不当作实绩。",
            "It never derives growth across editions, and a target is listed as a target, never as what happened.",
        ),
        references: &["SDMX 2.1, code list CL_OBS_STATUS", "国家统计局《国民经济核算体系（2016）》"],
    };

    fn run(input: &Input, options: &Options, context: &Context<'_>) -> Result<Output, Stop> {
        let mut output = Output::default();
        let figures = &input.observations;
        let total = context.asked.len() as u64;
        let scored = scored::Scored::of(input, context);
        for (done, asked) in context.asked.iter().enumerate() {
            if (context.cancelled)() {
                return Err(Stop::Cancelled);
            }
            let key = Key { measure: conventional(asked.measure.clone()), ..asked.clone() };
            let mut found: Vec<Finding> =
                figures.at(&key).filter_map(|observation| finding(observation, figures)).collect();
            if found.is_empty() {
                found = inferred::growth(&key, figures);
            }
            found.extend(inferred::projected(asked, figures));
            found.extend(scored.at(asked));
            output.findings.extend(found);
            (context.progress)(done as u64 + 1, total);
        }
        if let Some(peers) = panel::peers(input, options, context) {
            panel::tables(input, options, context, &peers, &mut output);
            index::tables(input, options, context, &peers.codes, &mut output)?;
        }
        declared::compute(figures, context.seed, context.threads, &mut output);
        Ok(output)
    }
}

/// A printed figure as a finding at its own key.
fn finding(observation: &Observation, all: &Observations) -> Option<Finding> {
    let measure = match (&observation.measure, observation.status) {
        (Measure::Of(code), Status::Target) => Measure::of(&format!("{code}.target")),
        (_, Status::Target) => return None,
        (measure, _) => measure.clone(),
    };
    let key = Key {
        measure,
        subject: observation.subject.clone(),
        period: observation.period,
        scope: observation.scope.clone(),
    };
    let value = match &observation.measure {
        Measure::Rank(..) => {
            let place = observation.value.to_u32().filter(|place| *place > 0)?;
            Estimate::Rank(RankFound {
                least: place,
                most: place,
                of: 0,
                shared: 1,
                missing: 0,
                above: None,
                below: None,
                unit: observation.unit.clone(),
                survives_rounding: None,
            })
        }
        _ => Estimate::Value {
            printed: observation.value,
            interval: observation.interval(),
            unit: observation.unit.clone(),
        },
    };
    let text = words(observation, all);
    Some(Finding::new(Indicators::CARD.id, key, value, observation.evidence.clone(), "read", text))
}

/// `衢州市2020年地区生产总值增速（可比价）3.50%`
fn words(observation: &Observation, all: &Observations) -> Text {
    let (zh_subject, en_subject) = all.name(&observation.subject);
    let (of, rank) = match &observation.measure {
        Measure::Rank(of, _) => (of.to_string(), true),
        other => (other.to_string(), false),
    };
    let (zh_measure, en_measure) = words::measure(&of);
    let (zh_period, en_period) = words::period(&observation.period.to_string());
    let (zh_value, en_value) = match rank {
        true => (
            format!("位次第{}（公布）", observation.value),
            format!("place {} (as published)", observation.value),
        ),
        false => (observation.printed.clone(), words::value(observation.value, &observation.unit).1),
    };
    let (zh_status, en_status) = match observation.status.words() {
        ("", _) => (String::new(), String::new()),
        (zh, en) => (format!("（{zh}）"), format!(" ({en})")),
    };
    Text::new(
        format!("{zh_subject}{zh_period}{zh_measure}{zh_value}{zh_status}"),
        format!("{en_subject}, {en_period}: {en_measure} {en_value}{en_status}"),
    )
}
