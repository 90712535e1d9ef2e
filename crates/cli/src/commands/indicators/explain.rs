//! `zhidian indicators explain`: why a unit stands where it does, and what moved it.

use super::{Answer, First, Opened, Source, number, period, print, recipe, refused, standing};
use crate::{
    outcome::{Exit, Failure},
    talk::Talk,
};
use clap::Args;
use serde::Serialize;
use std::path::{Path, PathBuf};
use zhidian_indicators::composite::{
    self, Composite, Data, Fault, Recipe,
    analysis::effective_weights,
    build::{build, order_of},
    explain::{self, World},
    normalise::Normalise,
    recipe::{Indicator, Node},
};

#[derive(Debug, Args)]
pub(super) struct Explain {
    #[command(flatten)]
    source: Source,
    /// 指数的声明 The declaration: index.toml
    #[arg(long, value_name = "FILE", conflicts_with = "measure")]
    recipe: Option<PathBuf>,
    /// 只看一个指标 One measure instead of an index
    #[arg(long)]
    measure: Option<String>,
    /// 何者在前（单一指标） Which end of the measure is first
    #[arg(long, value_enum, default_value_t)]
    first: First,
    /// 单位 The unit
    #[arg(long)]
    unit: String,
    /// 与谁相比 The unit to compare with; by default the next one ahead, for the first the next one behind
    #[arg(long, value_name = "UNIT")]
    against: Option<String>,
    /// 时期 The period; by default the latest
    #[arg(long)]
    period: Option<String>,
    /// 只在这些单位之间排 Only among these units, parted by commas
    #[arg(long, value_delimiter = ',', value_name = "UNIT")]
    among: Vec<String>,
    /// 此前的时期 The earlier period, for what moved the place
    #[arg(long, value_name = "PERIOD")]
    from_period: Option<String>,
    /// 此前的文件 The earlier file: figures as they stood before they were revised
    #[arg(long, value_name = "FILE")]
    from_file: Option<PathBuf>,
    /// 此前的声明 The earlier declaration
    #[arg(long, value_name = "FILE")]
    from_recipe: Option<PathBuf>,
    /// 此前的比较对象 The earlier peers, parted by commas
    #[arg(long, value_delimiter = ',', value_name = "UNIT")]
    from_among: Vec<String>,
}

#[derive(Serialize)]
struct Explained {
    unit: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    period: Option<String>,
    score: Option<f64>,
    rank: Option<f64>,
    of: usize,
    tree: Vec<Part>,
    /// The first unit: how far ahead, and which indicators make the gap.
    frontier: Option<Gap>,
    /// The unit compared with.
    against: Option<Gap>,
    change: Option<Change>,
}

#[derive(Serialize)]
struct Part {
    id: String,
    value: Option<f64>,
    rank: Option<f64>,
    effective_weight: Option<f64>,
}

#[derive(Serialize)]
struct Gap {
    unit: String,
    score: Option<f64>,
    rank: Option<f64>,
    /// Its score minus ours.
    gap: Option<f64>,
    /// What each indicator adds to the gap; they sum to it. None where that cannot be told: a problem says why.
    drivers: Option<Vec<Driver>>,
    /// The least weight that must move for the two to be level.
    smallest_weight_change: Option<Flip>,
}

#[derive(Serialize)]
struct Driver {
    id: String,
    part: f64,
}

#[derive(Serialize)]
struct Flip {
    /// Share of the whole weight that moves.
    share: f64,
    from: Vec<Driver>,
    to: String,
}

#[derive(Serialize)]
struct Change {
    before: Stood,
    after: Stood,
    causes: Vec<Cause>,
}

#[derive(Serialize)]
struct Stood {
    score: Option<f64>,
    rank: Option<f64>,
}

#[derive(Serialize)]
struct Cause {
    cause: &'static str,
    score: Option<f64>,
    rank: Option<f64>,
}

#[derive(Serialize)]
struct Asked {
    unit: String,
    measure: Option<String>,
    period: Option<String>,
    from_period: Option<String>,
    among: Vec<String>,
}

pub(super) fn explain(command: &Explain, talk: &Talk) -> Result<Exit, Failure> {
    let opened = command.source.open()?;
    let file = command.recipe.as_deref();
    let recipe = match &command.measure {
        Some(measure) => of_measure(&standing::measure(&opened, Some(measure))?, command.first),
        None => recipe(file, &opened)?,
    };
    let now = period(&opened, command.period.as_deref())?;
    let data = opened.sheet.data.among(&command.among);
    let built = build(&data, &recipe).map_err(|faults| refused(file, &faults))?;
    let rows = in_period(&data, &built, now.as_deref());
    let at = |unit: &str| rows.iter().copied().find(|row| data.units[built.rows[*row]] == unit);
    let Some(own) = at(&command.unit) else {
        return Err(standing::not_there(&command.unit, &data.units));
    };
    let view = View { data: &data, built: &built, recipe: &recipe, rows: &rows };
    let other = match &command.against {
        Some(unit) => Some(at(unit).ok_or_else(|| standing::not_there(unit, &data.units))?),
        None => view.next(own),
    };
    let change = change(command, &opened, &recipe, now.as_deref())?;
    let root = built.tree.root();
    let mut faults = [opened.sheet.faults.clone(), built.faults.clone()].concat();
    let mut gap = |other: usize| {
        let (gap, fault) = view.gap(own, other);
        faults.extend(fault.filter(|fault| !faults.contains(fault)));
        gap
    };
    let frontier = view.frontier().filter(|first| *first != own).map(&mut gap);
    let against = other.map(&mut gap);
    let answer = Answer {
        verb: "explain",
        sha256: opened.sha256.clone(),
        sheet: opened.named,
        options: Asked {
            unit: command.unit.clone(),
            measure: command.measure.clone(),
            period: now.clone(),
            from_period: command.from_period.clone(),
            among: command.among.clone(),
        },
        seed: 0,
        result: Explained {
            unit: command.unit.clone(),
            period: now,
            score: number(built.scores.at(own, root)),
            rank: number(built.places.at(own, root)),
            of: rows.iter().filter(|row| !built.places.at(**row, root).is_nan()).count(),
            tree: view.parts(own),
            frontier,
            against,
            change,
        },
        faults,
    };
    command.source.print(answer, talk)
}

/// An index of one measure as it stands.
fn of_measure(measure: &str, first: First) -> Recipe {
    let mut indicator = Indicator::named("value", "index");
    indicator.column = Some(measure.to_owned());
    Recipe {
        title: measure.to_owned(),
        normalise: Normalise::None,
        first: Some(match first {
            First::Highest => composite::recipe::First::Highest,
            First::Lowest => composite::recipe::First::Lowest,
        }),
        nodes: vec![Node::named("index", None)],
        indicators: vec![indicator],
        ..Recipe::default()
    }
}

/// Places of the composite that belong to a period.
fn in_period(data: &Data, built: &Composite, period: Option<&str>) -> Vec<usize> {
    let time = period.map(order_of);
    let is_then = |row: usize| time.is_none_or(|time| data.periods.get(row) == Some(&time));
    (0..built.rows.len()).filter(|place| is_then(built.rows[*place])).collect()
}

/// An index at one period.
struct View<'a> {
    data: &'a Data,
    built: &'a Composite,
    recipe: &'a Recipe,
    rows: &'a [usize],
}

impl View<'_> {
    fn rank(&self, row: usize) -> f64 {
        self.built.places.at(row, self.built.tree.root())
    }

    fn frontier(&self) -> Option<usize> {
        self.rows.iter().copied().find(|row| self.rank(*row) == 1.0)
    }

    /// The next one ahead; for the first, the next one behind.
    fn next(&self, own: usize) -> Option<usize> {
        let there = || self.rows.iter().copied().filter(|row| *row != own && !self.rank(*row).is_nan());
        let ahead = there().filter(|row| self.rank(*row) < self.rank(own));
        let ahead = ahead.max_by(|a, b| self.rank(*a).total_cmp(&self.rank(*b)));
        ahead.or_else(|| there().min_by(|a, b| self.rank(*a).total_cmp(&self.rank(*b))))
    }

    fn parts(&self, own: usize) -> Vec<Part> {
        let effective = effective_weights(self.built);
        let part = |slot: usize| Part {
            id: self.built.tree.ids[slot].clone(),
            value: number(self.built.scores.at(own, slot)),
            rank: number(self.built.places.at(own, slot)),
            effective_weight: number(effective[slot]),
        };
        (0..self.built.tree.ids.len()).rev().map(part).collect()
    }

    /// The gap, and why it is not taken apart where it is not.
    fn gap(&self, own: usize, other: usize) -> (Gap, Option<Fault>) {
        let (built, root) = (self.built, self.built.tree.root());
        let gap = built.scores.at(other, root) - built.scores.at(own, root);
        let ids = &built.tree.ids;
        let found = match gap.is_finite() {
            true => explain::drivers(built, self.recipe, self.rows, (other, own)).map(Some),
            false => Ok(None),
        };
        let (found, fault) = match found {
            Ok(found) => (found, None),
            Err(fault) => (None, Some(*fault)),
        };
        let drivers = found.map(|parts| {
            let mut drivers: Vec<Driver> = (0..built.tree.indicators)
                .map(|slot| Driver { id: ids[slot].clone(), part: parts[slot] })
                .collect();
            drivers.sort_by(|a, b| b.part.abs().total_cmp(&a.part.abs()));
            drivers
        });
        let (leader, behind) = if gap >= 0.0 { (other, own) } else { (own, other) };
        let flip = explain::flip(built, self.recipe, leader, behind).map(|flip| Flip {
            share: flip.share,
            from: flip.from.iter().map(|(at, share)| Driver { id: ids[*at].clone(), part: *share }).collect(),
            to: ids[flip.to].clone(),
        });
        let gap = Gap {
            unit: self.data.units[built.rows[other]].clone(),
            score: number(built.scores.at(other, root)),
            rank: number(self.rank(other)),
            gap: number(gap),
            drivers,
            smallest_weight_change: flip,
        };
        (gap, fault)
    }
}

/// What moved the place, where something earlier is named.
fn change(
    command: &Explain,
    opened: &Opened,
    recipe: &Recipe,
    now: Option<&str>,
) -> Result<Option<Change>, Failure> {
    let (period, file) = (command.from_period.as_deref(), command.from_file.as_deref());
    let earlier_recipe = command.from_recipe.as_deref();
    if period.is_none() && file.is_none() && earlier_recipe.is_none() && command.from_among.is_empty() {
        return Ok(None);
    }
    let earlier = file.map(|file| command.source.read(file)).transpose()?;
    let earlier_data = earlier.as_ref().map_or(&opened.sheet.data, |earlier| &earlier.sheet.data);
    if let Some(period) = period
        && !earlier_data.periods.contains(&order_of(period))
    {
        let there = earlier.as_ref().map_or(&opened.sheet.periods, |earlier| &earlier.sheet.periods);
        return Err(standing::not_there(period, there));
    }
    let method = earlier_recipe.map(|file| super::recipe(Some(file), opened)).transpose()?;
    let peers = if command.from_among.is_empty() { &command.among } else { &command.from_among };
    let before = World {
        data: earlier_data,
        period: period.or(now),
        recipe: method.as_ref().unwrap_or(recipe),
        among: peers,
    };
    let after = World { data: &opened.sheet.data, period: now, recipe, among: &command.among };
    let fails = |faults: Vec<Fault>| refused(command.recipe.as_deref().or(Some(Path::new(""))), &faults);
    let found = explain::change(&command.unit, &before, &after).map_err(fails)?;
    let stood = |(score, rank): (f64, f64)| Stood { score: number(score), rank: number(rank) };
    Ok(Some(Change {
        before: stood(found.before),
        after: stood(found.after),
        causes: found
            .causes
            .into_iter()
            .map(|(cause, score, rank)| Cause { cause, score: number(score), rank: number(rank) })
            .collect(),
    }))
}

impl print::Lines for Explained {
    fn header(&self) -> Vec<String> {
        ["id", "value", "rank", "effective_weight"].map(str::to_owned).to_vec()
    }

    fn rows(&self) -> Vec<Vec<String>> {
        let row = |part: &Part| {
            let numbers = [part.value, part.rank, part.effective_weight];
            std::iter::once(part.id.clone()).chain(numbers.map(print::cell)).collect()
        };
        self.tree.iter().map(row).collect()
    }

    fn more(&self) -> Vec<(String, Vec<Vec<String>>)> {
        let gap = |name: &str, gap: &Gap| {
            let mut rows = vec![vec!["gap".to_owned(), print::cell(gap.gap)]];
            for driver in gap.drivers.iter().flatten() {
                rows.push(vec![driver.id.clone(), driver.part.to_string()]);
            }
            if let Some(flip) = &gap.smallest_weight_change {
                rows.push(vec!["weight_change".to_owned(), flip.share.to_string(), flip.to.clone()]);
            }
            (format!("{name} {}", gap.unit), rows)
        };
        let mut out: Vec<_> = self.frontier.iter().map(|one| gap("frontier", one)).collect();
        out.extend(self.against.iter().map(|one| gap("against", one)));
        if let Some(change) = &self.change {
            let row = |name: &str, score, rank| vec![name.to_owned(), print::cell(score), print::cell(rank)];
            let mut rows = vec![row("before", change.before.score, change.before.rank)];
            rows.extend(change.causes.iter().map(|cause| row(cause.cause, cause.score, cause.rank)));
            rows.push(row("after", change.after.score, change.after.rank));
            out.push(("change".to_owned(), rows));
        }
        out
    }
}
