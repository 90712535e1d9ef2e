//! `zhidian projects schedule`.

use super::{
    Answer,
    load::{Source, bytes, left_out, plan, shown},
    print,
};
use crate::{
    outcome::{Exit, Failure},
    talk::Talk,
};
use clap::Args;
use serde_json::{Map, Value, json};
use std::{collections::BTreeMap, time::Instant};
use zhidian_model::{Problem, Text};
use zhidian_projects::{
    formats,
    register::Register,
    schedule::{Activity, Instance, Mode, Options, Rule, Successor, psplib, solve},
};

/// What it takes.
#[derive(Debug, Args)]
pub(super) struct Schedule {
    #[command(flatten)]
    source: Source,
    /// 工作量上限 Stop after so many units of work; the same number gives the same schedule
    #[arg(long, value_name = "N")]
    work: Option<u64>,
    /// 秒数上限 Stop after so many seconds of this process
    #[arg(long, value_name = "S")]
    seconds: Option<f64>,
    /// 只用一条优先规则 Only this priority rule
    #[arg(long, value_name = "RULE")]
    rule: Option<String>,
    /// 不做精确搜索 Leave out the exact search
    #[arg(long)]
    heuristic_only: bool,
    /// 项目库：同时在建的项目数上限 For a register: how many projects may be under way at once
    #[arg(long, value_name = "N")]
    crews: Option<u32>,
    /// 资源上限 For a register with 所需资源: how many there are, such as 塔吊=4,班组=6
    #[arg(long, value_name = "NAME=N", value_delimiter = ',')]
    capacity: Vec<String>,
    /// 随机种子 The only source of randomness
    #[arg(long, default_value_t = 0)]
    seed: u64,
}

pub(super) fn run(command: &Schedule, talk: &Talk) -> Result<Exit, Failure> {
    let (instance, sha256, problems) = command.read()?;
    let rule = match &command.rule {
        None => None,
        Some(name) => Some(rule(name)?),
    };
    let default = Options::default().work.filter(|_| command.seconds.is_none());
    let options = Options { work: command.work.or(default), rule, heuristic_only: command.heuristic_only };
    let begun = Instant::now();
    let stop = || command.seconds.is_some_and(|seconds| begun.elapsed().as_secs_f64() > seconds);
    let found = solve(&instance, &options, command.seed, &stop).map_err(|fault| {
        Failure::data(format!("无法排程：{fault}"), format!("failed to schedule: {fault}"))
    })?;
    let named = |value: &dyn Fn(usize) -> Value| -> Map<String, Value> {
        let activities = instance.activities.iter().enumerate();
        activities.map(|(at, activity)| (activity.name.clone(), value(at))).collect()
    };
    let (start, mode) = match &found.schedule {
        Some(schedule) => (named(&|at| json!(schedule.start[at])), named(&|at| json!(schedule.mode[at] + 1))),
        None => Default::default(),
    };
    let makespan = found.schedule.as_ref().map(|schedule| schedule.makespan);
    let result = json!({
        "makespan": makespan, "lower_bound": found.lower_bound, "proven": found.proven,
        "stopped_by": found.stopped_by, "start": start, "mode": mode,
    });
    let mut lines = vec![
        format!(
            "{}  {}",
            talk.pick("总工期", "makespan"),
            makespan.map_or("—".into(), |time| time.to_string())
        ),
        format!("{}  {}", talk.pick("下界", "lower bound"), found.lower_bound),
        format!("{}  {}", talk.pick("已证明最优", "proven"), found.proven),
    ];
    if let Some(schedule) = &found.schedule {
        let mut order: Vec<usize> = (0..schedule.start.len()).collect();
        order.sort_by_key(|at| (schedule.start[*at], *at));
        lines.extend(
            order.iter().map(|at| format!("{:>6}  {}", schedule.start[*at], instance.activities[*at].name)),
        );
    }
    let answer = Answer { verb: "schedule", sha256, options, seed: command.seed, result, problems };
    print(answer, &lines, command.source.json, talk)
}

fn rule(name: &str) -> Result<Rule, Failure> {
    serde_json::from_value(json!(name)).map_err(|_| {
        let all: Vec<String> =
            Rule::ALL.iter().filter_map(|rule| json!(rule).as_str().map(ToOwned::to_owned)).collect();
        let all = all.join(", ");
        Failure::usage(
            format!("没有规则“{name}”；可用：{all}"),
            format!("failed to find the rule {name:?}; there are {all}"),
        )
    })
}

impl Schedule {
    fn read(&self) -> Result<(Instance, String, Vec<Problem>), Failure> {
        if let [path] = self.source.files.as_slice() {
            let end = path.extension().map(|end| end.to_string_lossy().to_lowercase());
            if matches!(end.as_deref(), Some("rcp" | "sm" | "mm")) {
                let (bytes, sha256) = bytes(path)?;
                let instance = psplib::read(&String::from_utf8_lossy(&bytes))
                    .map_err(|error| Failure::read(path, &error))?;
                return Ok((instance, sha256, vec![]));
            }
        }
        if let [path] = self.source.files.as_slice() {
            let (bytes, sha256) = bytes(path)?;
            if let Some(plan) = plan(path, &bytes)? {
                let (mut instance, unused) = formats::register::to_instance(&plan);
                limit(&mut instance, self.crews);
                let file = path.display().to_string();
                let mut problems: Vec<Problem> =
                    unused.iter().map(|link| link_left_out(&file, link)).collect();
                problems.extend(calendars_left_out(&file, &plan));
                return Ok((instance, sha256, problems));
            }
        }
        let loaded = self.source.load()?;
        Ok((of_register(&loaded.register, self)?, loaded.sha256, loaded.problems))
    }
}

/// One crew for each activity, where crews are limited.
fn limit(instance: &mut Instance, crews: Option<u32>) {
    let Some(crews) = crews else { return };
    instance.renewable.push(crews);
    for mode in instance.activities.iter_mut().flat_map(|activity| &mut activity.modes) {
        mode.renewable.push(1);
    }
}

/// A link of a task that has tasks below it.
fn link_left_out(file: &str, link: &formats::Link) -> Problem {
    left_out(
        "link.left_out",
        file,
        shown(link),
        "a link between tasks that have no tasks below them",
        Text::new(
            "该关系涉及汇总任务（或文件中没有的任务），排程未用；请改为连到其下的任务",
            "this link of a summary task, or of a task that is not there, is left out: link the tasks below it",
        ),
    )
}

/// That time counts in working days of eight hours, not by the calendars of the file.
fn calendars_left_out(file: &str, plan: &formats::Plan) -> Option<Problem> {
    let names: Vec<&str> = plan.calendars.iter().map(|calendar| calendar.name.as_str()).take(5).collect();
    (!names.is_empty()).then(|| {
        left_out(
            "calendar.left_out",
            file,
            format!("{} ({})", plan.calendars.len(), names.join(", ")),
            "working days of eight hours",
            Text::new(
            "排程以八小时工作日计，不按文件中的日历（节假日、班次）排日期；请自行换算成日期",
            "the schedule counts working days of eight hours and does not place them on the calendars of the file \
             (holidays, shifts): turn them into dates by your calendar",
            ),
        )
    })
}

/// Projects as activities in months, from start to completion; one crew each where crews are limited, and the resources
/// the register names where their capacity is given.
fn of_register(register: &Register, command: &Schedule) -> Result<Instance, Failure> {
    let mut capacity: Vec<(String, u32)> = Vec::new();
    for text in &command.capacity {
        let read = || {
            let (name, number) = text.split_once('=')?;
            Some((name.trim().to_owned(), number.trim().parse().ok()?))
        };
        capacity.push(read().ok_or_else(|| {
            Failure::usage(
                format!("无法理解“{text}”；请写成 塔吊=4"),
                format!("failed to read {text:?}; write it as 塔吊=4"),
            )
        })?);
    }
    let names = register.projects.iter().enumerate().rev().map(|(at, project)| (project.name.as_str(), at));
    let codes = register.projects.iter().enumerate().rev().map(|(at, project)| (project.code.as_str(), at));
    let index: BTreeMap<&str, usize> = names.chain(codes).filter(|(key, _)| !key.is_empty()).collect();
    let mut activities: Vec<Activity> = register
        .projects
        .iter()
        .map(|project| {
            let months = project.start.zip(project.due).map_or(1, |(start, due)| {
                i32::from(due.year() - start.year()) * 12 + i32::from(due.month()) - i32::from(start.month())
                    + 1
            });
            let duration = u32::try_from(months).unwrap_or(0).min(1200);
            let takes = |name: &str| {
                let own = project.needs.iter().filter(|(need, _)| need == name);
                own.map(|(_, number)| *number).sum::<u32>()
            };
            let renewable = capacity.iter().map(|(name, _)| takes(name)).collect();
            let name = if project.code.is_empty() { &project.name } else { &project.code };
            Activity {
                name: name.clone(),
                modes: vec![Mode { duration, renewable, nonrenewable: vec![] }],
                successors: vec![],
            }
        })
        .collect();
    for (at, project) in register.projects.iter().enumerate() {
        for before in project.before.iter().filter_map(|before| index.get(before.as_str())) {
            activities[*before].successors.push(Successor { to: at, lag: 0 });
        }
    }
    let renewable = capacity.iter().map(|(_, number)| *number).collect();
    let mut instance = Instance { activities, renewable, nonrenewable: vec![] };
    limit(&mut instance, command.crews);
    Ok(instance)
}
