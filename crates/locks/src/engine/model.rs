//! The simulation on the dossier's lock, fleet and parameters.

use super::{
    Input, Locks, Options,
    adequacy::{VERSION, pace, traffic},
    day::day,
    input::{Register, weakest},
    views,
};
use crate::{
    capacity::{Code, capacity},
    lock::{Chamber, Closure, Complex, Policy, When},
    need::{Alternative, Need, Outlook, need},
    simulate::{Plan, Source, replicate},
    traffic::Traffic,
};
use rust_decimal::prelude::ToPrimitive;
use zhidian_model::{
    Context, Engine, Estimate, Evidence, Finding, Key, Measure, Output, Period, Problem, Severity, Stop,
    Subject, Text,
};

/// A dossier's parameters as far as they are there, each with its evidence.
struct Values<'a> {
    context: &'a Context<'a>,
    when: Period,
    evidence: Vec<Evidence>,
}

impl Values<'_> {
    fn get(&mut self, name: &str) -> Result<f64, Stop> {
        let parameter = self.context.parameters.at(name, &self.when)?;
        self.evidence.push(parameter.evidence);
        let value = parameter.quantity.value.to_f64().unwrap_or(0.0);
        // Rates are written in per cent.
        Ok(if &*parameter.quantity.unit == "percent" { value / 100.0 } else { value })
    }
}

/// Runs the model where register, fleet, traffic and parameters are all there; says what is missing where only some are.
pub(super) fn run(
    input: &Input,
    lock: &Subject,
    about: &[Subject],
    options: &Options,
    context: &Context<'_>,
    output: &mut Output,
) -> Result<(), Stop> {
    let Some(register) = input.registers.get(lock) else { return Ok(()) };
    let (Some((vessels, per_day)), false) = (traffic(input, lock), input.fleet.is_empty()) else {
        return Ok(());
    };
    let Some(last) = vessels.period.last_day() else { return Ok(()) };
    let year = last.year();
    let when = Period::year(year);
    let mut values = Values { context, when, evidence: vec![] };
    let (chamber, code, mut outlook) = match (|| {
        let chamber = chamber(lock, register, input, &mut values)?;
        let code = code(&mut values)?;
        Ok((chamber, code, outlook(&mut values, year, options)?))
    })() {
        Ok(all) => all,
        Err(Stop::MissingParameter(name, period)) => {
            output.problems.push(missing(&name, &period));
            return Ok(());
        }
        Err(stop) => return Err(stop),
    };
    // Appointments are tried where the dossier says how they would be given.
    let appointment = values.get("locks.appointment_min").ok();
    outlook.growth = options.growth.unwrap_or(outlook.growth);
    let mut evidence = vec![register.evidence.clone(), vessels.evidence.clone()];
    evidence.extend(input.fleet.iter().map(|class| class.evidence.clone()));
    evidence.extend(values.evidence);
    let hours = options.hours.or_else(|| pace(input, lock).map(|pace| pace.hours.value)).unwrap_or(24.0);
    let alternatives = alternatives(lock, &chamber, hours, options.lines.clamp(1, 4), appointment);
    let classes: Vec<_> = input.fleet.iter().map(|class| class.class.clone()).collect();
    let traffic = Traffic::even(per_day / 2.0, per_day / 2.0);
    let plan = Plan {
        days: f64::from(options.days.clamp(1, 36_500)),
        warm_up: 15.0,
        replications: u64::from(options.replications.clamp(1, 1_000)),
        seed: context.seed,
        threads: context.threads,
    };
    let unusable = |error: crate::lock::LockError| {
        Stop::Misuse(Text::new(format!("{}无法使用：{}", error.place, error.why), error.to_string()))
    };
    let cancelled = || (context.cancelled)();
    let found = need(&alternatives, &classes, &traffic, &outlook, &plan, &cancelled, context.progress)
        .map_err(unusable)?
        .ok_or(Stop::Cancelled)?;
    let full = &alternatives[usize::from(alternatives.len() > 1)];
    let source = Source::Process(&traffic);
    let long = Plan { days: 365.0, ..plan };
    let now = replicate(std::slice::from_ref(&full.lock), &classes, &source, 0, &long, &cancelled)
        .map_err(unusable)?
        .ok_or(Stop::Cancelled)?;
    let capacities =
        capacity(&full.lock, &classes, &code, &plan, &cancelled).map_err(unusable)?.ok_or(Stop::Cancelled)?;
    let model = Model { lock, about, name: input.name(lock), evidence, seed: context.seed, period: when };
    output.findings.extend(model.waits(&alternatives, &found, per_day, &plan));
    output.findings.extend(model.year(&alternatives, &found, &outlook));
    output.findings.extend(model.ways(&capacities));
    let days = alternatives
        .iter()
        .map(|one| day(one, &classes, &traffic, plan.warm_up, context.seed))
        .collect::<Result<Vec<_>, _>>()
        .map_err(unusable)?;
    let shown = views::Shown {
        lock: lock.to_string(),
        name: &model.name,
        alternatives: &alternatives,
        classes: &classes,
        outlook: &outlook,
        ships_per_day: per_day,
        need: &found,
        now: &now,
        capacity: &capacities,
        days: &days,
    };
    views::add(output, &model.joined(), &shown);
    Ok(())
}

fn missing(name: &str, period: &Period) -> Problem {
    Problem {
        severity: Severity::Warning,
        code: "locks.parameter".into(),
        file: "parameters.toml".into(),
        sheet: None,
        row: None,
        column: Some(name.to_owned()),
        found: String::new(),
        expected: format!("a value valid in {period}"),
        remedy: Text::new(
            format!("在 parameters.toml 中给出 {name}（{period} 有效）；在此之前不做船闸仿真"),
            format!("state {name} in parameters.toml, valid in {period}; until then no lock is simulated"),
        ),
    }
}

fn chamber(
    lock: &Subject,
    register: &Register,
    input: &Input,
    values: &mut Values<'_>,
) -> Result<Chamber, Stop> {
    let fill = input.figures(lock, "lock.fill_time").last();
    values.evidence.extend(fill.map(|figure| figure.evidence.clone()));
    let interval = values.get("locks.interval_min")?;
    Ok(Chamber {
        id: "1".into(),
        length_m: register.length_m,
        width_m: register.width_m,
        sill_m: register.sill_m,
        depths_m: vec![],
        head_m: register.head_m,
        fill_min: Some(match fill {
            Some(figure) => figure.value,
            None => values.get("locks.fill_min")?,
        }),
        valves: None,
        gate_min: values.get("locks.gate_min")?,
        entry_exchange_min: values.get("locks.entry_exchange_min")?,
        entry_turnback_min: values.get("locks.entry_turnback_min")?,
        entry_interval_min: interval,
        exit_min: values.get("locks.exit_min")?,
        exit_interval_min: interval,
        under_keel_m: values.get("locks.under_keel_m")?,
        gap_length_m: values.get("locks.gap_length_m")?,
        gap_width_m: values.get("locks.gap_width_m")?,
        steps: 1,
        variation: values.get("locks.variation")?,
        most_ships: None,
    })
}

fn code(values: &mut Values<'_>) -> Result<Code, Stop> {
    Ok(Code {
        days: values.get("locks.code.days")?,
        hours: values.get("locks.code.hours")?,
        without_cargo: values.get("locks.code.without_cargo")?,
        load: values.get("locks.code.load")?,
        peaking: values.get("locks.code.peaking")?,
        exchange: values.get("locks.code.exchange")?,
    })
}

fn outlook(values: &mut Values<'_>, year: i16, options: &Options) -> Result<Outlook, Stop> {
    Ok(Outlook {
        from: year.max(0) as u32,
        years: 20,
        growth: values.get("locks.growth.mean")?,
        growth_sd: values.get("locks.growth.sd")?,
        year_sd: 0.0,
        limit_mean_h: values.get("locks.limit.mean_h")?,
        limit_p90_h: values.get("locks.limit.p90_h")?,
        cost_per_ship_hour: 0.0,
        discount: 0.0,
        longest_h: 240.0,
        paths: options.paths.clamp(1, 1_000_000),
    })
}

/// Worked as it was, worked round the clock, cheaper measures at all hours, and with more lines.
fn alternatives(
    lock: &Subject,
    chamber: &Chamber,
    hours: f64,
    lines: u32,
    appointment_min: Option<f64>,
) -> Vec<Alternative> {
    let with = |id: String, lines: u32, policy: Policy, closures: Vec<Closure>| Alternative {
        id,
        lock: Complex {
            id: lock.to_string(),
            chambers: (1..=lines).map(|line| Chamber { id: line.to_string(), ..chamber.clone() }).collect(),
            policy,
            closures,
            reach_min: 0.0,
            announced_min: 0.0,
        },
        appointment_min: 0.0,
        cost: 0.0,
        upkeep: 0.0,
        building_years: 0,
    };
    let mut all = vec![];
    if hours < 24.0 {
        let open = When::OpenHours { from: 0.0, to: hours.max(0.5) };
        let night = Closure { reason: "night".into(), when: open, chambers: vec![] };
        all.push(with(format!("1 line {hours} h"), 1, Policy::SkipFit, vec![night]));
    }
    all.push(with("1 line 24 h".into(), 1, Policy::SkipFit, vec![]));
    all.push(with("1 line 24 h, exchange".into(), 1, Policy::Alternate, vec![]));
    if let Some(headway) = appointment_min {
        let called = with("1 line 24 h, appointments".into(), 1, Policy::SkipFit, vec![]);
        all.push(Alternative { appointment_min: headway, ..called });
    }
    all.extend((2..=lines).map(|n| with(format!("{n} lines 24 h"), n, Policy::SkipFit, vec![])));
    all
}

struct Model<'a> {
    lock: &'a Subject,
    about: &'a [Subject],
    name: (String, String),
    evidence: Vec<Evidence>,
    seed: u64,
    period: Period,
}

impl Model<'_> {
    fn joined(&self) -> Evidence {
        let (first, rest) = (self.evidence[0].clone(), self.evidence[1..].to_vec());
        Evidence::model(Locks::CARD.id.into(), VERSION.into(), self.seed, first, rest)
    }

    fn finding(&self, measure: &str, value: &Estimate, text: &Text) -> Vec<Finding> {
        debug_assert!(self.about.contains(self.lock));
        let evidence = self.joined();
        let key = |subject: &Subject| Key {
            measure: Measure::of(measure),
            subject: subject.clone(),
            period: self.period,
            scope: None,
        };
        let one = |subject| {
            Finding::new(
                Locks::CARD.id,
                key(subject),
                value.clone(),
                evidence.clone(),
                "simulate",
                text.clone(),
            )
        };
        self.about.iter().map(one).collect()
    }

    /// What the grade of the inputs makes of the result, in words: zh, en.
    fn caution(&self) -> (&'static str, &'static str) {
        match weakest(&self.evidence.iter().collect::<Vec<_>>()) {
            zhidian_model::Grade::Synthetic => {
                ("（仿真，船型构成为示例数据）", " (simulated on a synthetic fleet)")
            }
            zhidian_model::Grade::Assumed => {
                ("（仿真，含假定参数）", " (simulated, with assumed parameters)")
            }
            _ => ("（仿真）", " (simulated)"),
        }
    }

    /// The wait at today's traffic, worked as it was and round the clock.
    fn waits(&self, alternatives: &[Alternative], found: &Need, per_day: f64, plan: &Plan) -> Vec<Finding> {
        let told = |at: usize| -> Option<(String, String, f64)> {
            let curve = found.curves.get(at)?;
            let near = curve.iter().min_by(|a, b| {
                (a.ships_per_day - per_day).abs().total_cmp(&(b.ships_per_day - per_day).abs())
            })?;
            let id = &alternatives.get(at)?.id;
            Some(match near.mean_h {
                h if h.is_finite() => (format!("{id}：{h:.1}小时"), format!("{id}: {h:.1} h"), h),
                _ => (format!("{id}：排队持续增长"), format!("{id}: the queue only grows"), f64::INFINITY),
            })
        };
        let all: Vec<_> = (0..alternatives.len()).filter_map(told).collect();
        let Some(round) = alternatives.iter().position(|a| a.lock.closures.is_empty()) else { return vec![] };
        let Some((_, _, hours)) = all.get(round).filter(|one| one.2.is_finite()) else { return vec![] };
        let (zh, en) = &self.name;
        let (zh_grade, en_grade) = self.caution();
        let list = |zh: bool| {
            let parts: Vec<&str> =
                all.iter().map(|(z, e, _)| if zh { z.as_str() } else { e.as_str() }).collect();
            parts.join(if zh { "；" } else { "; " })
        };
        let text = Text::new(
            format!("{zh}按日均{per_day:.0}艘，平均待闸时间{}{zh_grade}", list(true)),
            format!("{en} at {per_day:.0} ships a day, mean wait: {}{en_grade}", list(false)),
        );
        let value = Estimate::Sample {
            runs: plan.replications as u32,
            low: *hours,
            median: *hours,
            high: *hours,
            error: 0.0,
            unit: "h".into(),
        };
        self.finding("lock.adequacy.wait", &value, &text)
    }

    /// The first year in which the limit is more likely exceeded than not.
    fn year(&self, alternatives: &[Alternative], found: &Need, outlook: &Outlook) -> Vec<Finding> {
        let first = |id: &str, share: f64| {
            found
                .years
                .iter()
                .find(|year| year.alternative == id && year.p_exceed >= share)
                .map(|year| year.year)
        };
        let said: Vec<(String, String)> = alternatives
            .iter()
            .map(|one| match first(&one.id, 0.5) {
                Some(year) => (format!("{}：{year}年", one.id), format!("{}: {year}", one.id)),
                None => {
                    let end = outlook.from + outlook.years;
                    (format!("{}：{end}年前不会", one.id), format!("{}: not before {end}", one.id))
                }
            })
            .collect();
        let Some(round) = alternatives.iter().find(|a| a.lock.closures.is_empty()) else { return vec![] };
        let end = f64::from(outlook.from + outlook.years);
        let at = |share: f64| first(&round.id, share).map_or(end, f64::from);
        let value = Estimate::Sample {
            runs: outlook.paths,
            low: at(0.05),
            median: at(0.5),
            high: at(0.95),
            error: 0.0,
            unit: "年".into(),
        };
        let (zh, en) = &self.name;
        let (zh_grade, en_grade) = self.caution();
        let parts = |zh: bool| {
            let parts: Vec<&str> =
                said.iter().map(|(z, e)| if zh { z.as_str() } else { e.as_str() }).collect();
            parts.join(if zh { "；" } else { "; " })
        };
        let (mean, p90) = (outlook.limit_mean_h, outlook.limit_p90_h);
        let text = Text::new(
            format!(
                "{zh}平均待闸超过{mean}小时或九成船舶超过{p90}小时，过半可能的首年——{}{zh_grade}",
                parts(true)
            ),
            format!(
                "{en}: first year more likely than not with a mean wait over {mean} h or one ship in ten over {p90} h: {}{en_grade}",
                parts(false)
            ),
        );
        self.finding("lock.adequacy.need_year", &value, &text)
    }

    /// Capacity by three methods.
    fn ways(&self, found: &crate::capacity::Capacity) -> Vec<Finding> {
        let all: Vec<f64> = found.methods.iter().map(|method| method.mt_per_year_one_way).collect();
        let Some(code) = all.first() else { return vec![] };
        let low = all.iter().copied().fold(f64::INFINITY, f64::min);
        let high = all.iter().copied().fold(0.0, f64::max);
        let parts: Vec<String> =
            found.methods.iter().map(|m| format!("{} {:.1}", m.name, m.mt_per_year_one_way)).collect();
        let (zh, en) = &self.name;
        let (zh_grade, en_grade) = self.caution();
        let text = Text::new(
            format!("{zh}昼夜运行单向年通过能力（百万吨货物）：{}{zh_grade}", parts.join("，")),
            format!("{en} round the clock, cargo one way, million t a year: {}{en_grade}", parts.join(", ")),
        );
        let value = Estimate::Sample {
            runs: all.len() as u32,
            low: low * 1e6,
            median: code * 1e6,
            high: high * 1e6,
            error: 0.0,
            unit: "tonne".into(),
        };
        self.finding("lock.adequacy.capacity", &value, &text)
    }
}
