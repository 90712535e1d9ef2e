//! `zhidian projects progress`.

use super::{
    Answer,
    load::{Source, wan, yuan},
    print,
};
use crate::{
    outcome::{Exit, Failure},
    talk::Talk,
};
use clap::{Args, ValueEnum};
use serde_json::{Value, json};
use zhidian_projects::{
    progress::{
        Group, Inputs, Point, Rule, Way, counted, curves, earned_schedule, earned_value, slipped, status,
    },
    register::{Month, Register, Unit, amounts},
};

/// What it takes.
#[derive(Debug, Args)]
pub(super) struct Progress {
    #[command(flatten)]
    source: Source,
    /// 截至月份 Up to this month, such as 2026-10; by default the last with a report
    #[arg(long, value_name = "MONTH")]
    month: Option<String>,
    /// 分组 Gather projects by this
    #[arg(long, value_enum, default_value = "portfolio")]
    by: By,
    /// 统计起点（如 500万元），给出则按统计制度计数 Least total investment that statistics count, such as 500万元
    #[arg(long, value_name = "AMOUNT")]
    least: Option<String>,
    /// 统计方法 How statistics count
    #[arg(long, value_enum, default_value = "work-done")]
    counted_by: CountedBy,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum By {
    /// 全部
    Portfolio,
    /// 项目单位
    Owner,
    /// 行业
    Trade,
    /// 逐个项目
    Project,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum CountedBy {
    /// 形象进度法
    WorkDone,
    /// 财务支出法
    Spending,
}

pub(super) fn run(command: &Progress, talk: &Talk) -> Result<Exit, Failure> {
    if let Some((given, sha256)) = command.source.json_input()? {
        let result = of_figures(&given)?;
        let text = serde_json::to_string_pretty(&result).unwrap_or_default();
        let answer =
            Answer { verb: "progress", sha256, options: json!({}), seed: 0, result, problems: vec![] };
        return print(answer, &[text], command.source.json, talk);
    }
    let loaded = command.source.load()?;
    let month = match &command.month {
        Some(text) => super::load::month(text)?,
        None => loaded.register.last_month().ok_or_else(|| {
            Failure::data(
                "没有任何月份的完成或支出；请附上月报",
                "failed to find any month of work or spending; add the monthly report",
            )
        })?,
    };
    let result = of_register(command, &loaded.register, month)?;
    let lines = lines(&loaded.register, month, talk);
    let options = json!({"month": month.to_string(), "by": format!("{:?}", command.by).to_lowercase()});
    let answer = Answer {
        verb: "progress",
        sha256: loaded.sha256,
        options,
        seed: 0,
        result,
        problems: loaded.problems,
    };
    print(answer, &lines, command.source.json, talk)
}

/// The five figures and plans of a JSON file: `evm[{inputs}]`, `earned_schedule[{pv, ev, at}]`.
fn of_figures(given: &Value) -> Result<Value, Failure> {
    let bad = |what: &str| {
        Failure::data(
            format!("缺少 {what}；需要 evm[].inputs 的 BAC、PV、EV、AC，或 earned_schedule[] 的 pv、ev、at"),
            format!(
                "failed to find {what}; give BAC, PV, EV, AC in evm[].inputs, or pv, ev, at in earned_schedule[]"
            ),
        )
    };
    let number = |value: &Value, name: &str| value[name].as_f64().ok_or_else(|| bad(name));
    let list = |name: &str| given[name].as_array().cloned().unwrap_or_default();
    if list("evm").is_empty() && list("earned_schedule").is_empty() {
        return Err(bad("evm"));
    }
    let mut evm = Vec::new();
    for case in list("evm") {
        let inputs = if case["inputs"].is_object() { &case["inputs"] } else { &case };
        let figures = Inputs {
            bac: number(inputs, "BAC")?,
            pv: number(inputs, "PV")?,
            ev: number(inputs, "EV")?,
            ac: number(inputs, "AC")?,
        };
        let mut shown = json!(earned_value(figures));
        shown["inputs"] = inputs.clone();
        evm.push(shown);
    }
    let mut schedules = Vec::new();
    for case in list("earned_schedule") {
        let pv: Option<Vec<f64>> =
            case["pv"].as_array().map(|pv| pv.iter().filter_map(Value::as_f64).collect());
        let pv = pv.ok_or_else(|| bad("pv"))?;
        let (ev, at) = (number(&case, "ev")?, number(&case, "at")?);
        let found = earned_schedule(&pv, ev, at).ok_or_else(|| bad("pv"))?;
        let mut shown = json!(found);
        (shown["pv"], shown["ev"], shown["at"]) = (json!(pv), json!(ev), json!(at));
        schedules.push(shown);
    }
    Ok(json!({"evm": evm, "earned_schedule": schedules}))
}

fn of_register(command: &Progress, register: &Register, month: Month) -> Result<Value, Failure> {
    let whole = status(&register.projects, month);
    let (fen, at) = (|fen: i64| fen as f64 / 100.0, month.to_string());
    let mut evm = Vec::new();
    if let (Some(value), Some(ac)) = (&whole.value, whole.ac) {
        let mut shown = json!(value);
        for name in ["CV", "SV", "EAC_cpi", "EAC_rem", "EAC_cpi_spi", "ETC", "VAC"] {
            if let Some(value) = shown[name].as_f64() {
                shown[name] = json!(value / 100.0);
            }
        }
        shown["inputs"] =
            json!({"BAC": fen(whole.bac), "PV": fen(whole.pv), "EV": fen(whole.ev), "AC": fen(ac)});
        evm.push(shown);
    }
    let group = match command.by {
        By::Portfolio => Group::Portfolio,
        By::Owner => Group::Owner,
        By::Trade => Group::Trade,
        By::Project => Group::Project,
    };
    let point = |point: &Point| {
        json!({"month": point.month.to_string(), "planned": yuan(point.planned), "earned": yuan(point.earned),
            "spent": yuan(point.spent)})
    };
    let curves: serde_json::Map<String, Value> = curves(register, group)
        .into_iter()
        .map(|(name, points)| (name, points.iter().map(point).collect()))
        .collect();
    let slipped: Vec<Value> = slipped(register, month)
        .iter()
        .take(50)
        .map(|slip| json!({"project": register.projects[slip.project].called(), "behind": yuan(slip.behind)}))
        .collect();
    let mut result = json!({
        "month": at, "unit": "元", "evm": evm,
        "earned_schedule": whole.schedule.iter().collect::<Vec<_>>(),
        "pv": yuan(whole.pv), "ev": yuan(whole.ev), "ac": whole.ac.map(yuan), "spi": whole.spi,
        "curves": curves, "slipped": slipped,
    });
    if let Some(text) = &command.least {
        let least = amounts::read(text, Some(Unit::Yuan)).ok().flatten().ok_or_else(|| {
            Failure::usage(
                format!("无法理解金额“{text}”；请写成 500万元"),
                format!("failed to read the amount {text:?}; write it as 500万元"),
            )
        })?;
        let way = match command.counted_by {
            CountedBy::WorkDone => Way::WorkDone,
            CountedBy::Spending => Way::Spending,
        };
        let found = counted(register, month.year(), month, Rule { least: least.fen, way });
        result["counted"] = json!({
            "way": way, "counted": yuan(found.counted), "projects": found.projects,
            "before_admission": yuan(found.before_admission), "too_small": yuan(found.too_small),
            "not_admitted": yuan(found.not_admitted), "unknown_size": yuan(found.unknown_size),
        });
    }
    Ok(result)
}

fn lines(register: &Register, month: Month, talk: &Talk) -> Vec<String> {
    let whole = status(&register.projects, month);
    let mut lines = vec![
        format!("{}  {month}", talk.pick("截至", "up to")),
        format!("{}  {} 万元", talk.pick("计划", "planned"), wan(whole.pv)),
        format!("{}  {} 万元", talk.pick("完成", "done"), wan(whole.ev)),
    ];
    if let Some(spi) = whole.spi {
        lines.push(format!("SPI  {spi:.3}"));
    }
    if let Some(schedule) = whole.schedule {
        lines.push(format!(
            "{}  {:.2}",
            talk.pick("挣得进度（月）", "earned schedule (months)"),
            schedule.es
        ));
    }
    for slip in slipped(register, month).iter().take(10).filter(|slip| slip.behind > 0) {
        let name = register.projects[slip.project].called();
        lines.push(format!("{}  {name}  {} 万元", talk.pick("落后", "behind"), wan(slip.behind)));
    }
    lines
}
