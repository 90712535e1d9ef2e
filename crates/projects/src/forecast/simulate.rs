//! Monte-Carlo over a portfolio.
//!
//! Draws are made in blocks. Each block and project has a stream of random numbers of its own, so that any number of
//! threads gives the same bytes, and memory holds the totals and nothing else. What drives the total is found by
//! drawing the same numbers a second time, now that the totals are known.

use super::{Item, Pert, Portfolio, Slip, pert::Sampler};
use crate::random::Random;
use std::collections::BTreeMap;

/// Draws of a block.
const BLOCK: usize = 4096;

/// How to simulate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// How many draws.
    pub draws: usize,
    /// The only source of randomness.
    pub seed: u64,
    /// How many threads may be used.
    pub threads: usize,
}

/// What came out.
#[derive(Clone, Debug, PartialEq)]
pub struct Simulated {
    /// The total of each draw, sorted.
    pub sorted: Vec<f64>,
    /// Mean of the totals.
    pub mean: f64,
    /// Standard deviation of the totals.
    pub sd: f64,
    /// By project: covariance of its value with the total.
    pub covariance: Vec<f64>,
    /// By project: mean of its value.
    pub means: Vec<f64>,
    /// Share of the variance by the shock all share, and by each group's shock.
    pub shocks: Vec<f64>,
    /// The tables it drew from, kept for [`by_month`].
    samplers: Samplers,
}

impl Simulated {
    /// Share of draws that reach a target.
    pub fn reaches(&self, target: f64) -> f64 {
        let below = self.sorted.partition_point(|total| *total < target);
        (self.sorted.len() - below) as f64 / self.sorted.len() as f64
    }

    /// The value below which a share of the draws lies (linear between two).
    pub fn quantile(&self, p: f64) -> f64 {
        quantile(&self.sorted, p)
    }
}

/// Linear between the two sorted values around a place.
pub fn quantile(sorted: &[f64], p: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else { return f64::NAN };
    let place = p.clamp(0.0, 1.0) * last as f64;
    let (low, part) = (place.floor() as usize, place.fract());
    sorted[low] + part * (sorted[(low + 1).min(last)] - sorted[low])
}

/// A project ready to be drawn.
struct Drawn<'a> {
    sampler: &'a Sampler,
    done: f64,
    planned: f64,
    /// Probability of a slip, and its mean in months.
    slip: (f64, f64),
    months: f64,
    group: Option<usize>,
    /// What is planned up to each month, where the plan is not even.
    shape: Vec<f64>,
}

/// One sampler for each distinct distribution.
type Samplers = BTreeMap<[u64; 4], Sampler>;

fn key(pert: &Pert) -> [u64; 4] {
    [pert.min, pert.mode, pert.max, pert.lambda].map(f64::to_bits)
}

fn samplers(portfolio: &Portfolio) -> Samplers {
    let mut samplers = Samplers::new();
    for item in &portfolio.items {
        samplers.entry(key(&item.pace)).or_insert_with(|| Sampler::new(item.pace));
    }
    samplers
}

fn odds(slip: Slip) -> (f64, f64) {
    (slip.probability, slip.mean_months)
}

impl<'a> Drawn<'a> {
    fn new(item: &Item, months: usize, samplers: &'a Samplers) -> Option<Self> {
        let slip = item.slip.map_or((0.0, 0.0), odds);
        let shape = if item.is_even() { Vec::new() } else { cumulated(&item.plan) };
        Some(Self {
            sampler: samplers.get(&key(&item.pace))?,
            done: item.done,
            planned: item.planned(),
            slip,
            months: months as f64,
            group: item.group,
            shape,
        })
    }

    /// What it does of what is left in each draw of a block, before the shocks.
    fn draw(&self, random: &mut Random, values: &mut [f64], slips: &mut Vec<(usize, f64)>) {
        for value in values.iter_mut() {
            *value = self.planned * self.sampler.draw(random.bits());
        }
        draw_slips(self.slip, random, values.len(), slips);
        for (at, late) in slips.iter() {
            values[*at] *= self.share(self.months - late);
        }
    }

    /// Which part of what is planned is planned up to a time in months.
    fn share(&self, time: f64) -> f64 {
        if time <= 0.0 {
            return 0.0;
        }
        if self.shape.is_empty() || self.planned == 0.0 {
            return (time / self.months).min(1.0);
        }
        at(&self.shape, time) / self.planned
    }
}

/// Who slips in a block, and by how many months. From one that slips to the next it is a geometric number of draws, so
/// that random numbers are spent on those only.
fn draw_slips(
    (probability, mean): (f64, f64),
    random: &mut Random,
    draws: usize,
    slips: &mut Vec<(usize, f64)>,
) {
    slips.clear();
    if probability <= 0.0 {
        return;
    }
    let scale = 1.0 / (-probability).ln_1p();
    let mut next = 0.0;
    loop {
        next += ((1.0 - random.unit()).ln() * scale) as u64 as f64;
        if next >= draws as f64 {
            return;
        }
        slips.push((next as usize, -mean * (1.0 - random.unit()).ln()));
        next += 1.0;
    }
}

fn cumulated(plan: &[f64]) -> Vec<f64> {
    plan.iter()
        .scan(0.0, |sum, value| {
            *sum += value;
            Some(*sum)
        })
        .collect()
}

/// A cumulated plan at a time, linear within months.
fn at(shape: &[f64], time: f64) -> f64 {
    let month = time as usize;
    if month >= shape.len() {
        return shape.last().copied().unwrap_or(0.0);
    }
    let before = if month == 0 { 0.0 } else { shape[month - 1] };
    before + (time - month as f64) * (shape[month] - before)
}

/// Streams after those of the projects: the shocks.
const SHOCKS: u64 = u64::MAX / 2;

/// Simulates the total of the period.
pub fn simulate(portfolio: &Portfolio, run: Run, cancelled: &(dyn Fn() -> bool + Sync)) -> Option<Simulated> {
    let samplers = samplers(portfolio);
    let drawn: Vec<Drawn<'_>> =
        portfolio.items.iter().filter_map(|item| Drawn::new(item, portfolio.months, &samplers)).collect();
    let blocks = run.draws.div_ceil(BLOCK);
    let mut totals = vec![0.0; run.draws];
    let first = |block: usize, totals: &mut [f64]| one_block(portfolio, &drawn, run.seed, block, totals);
    in_threads(&mut totals, run.threads, &|block, totals| {
        if !cancelled() {
            first(block, totals);
        }
    });
    if cancelled() {
        return None;
    }
    let n = run.draws as f64;
    let mean = totals.iter().sum::<f64>() / n;
    let variance = totals.iter().map(|total| (total - mean).powi(2)).sum::<f64>() / (n - 1.0).max(1.0);
    // The second time, for a part of the draws that is large enough to rank what drives the total.
    let looked_at = blocks.min(DRIVERS.div_ceil(BLOCK));
    let (mut covariance, mut means) = (vec![0.0; drawn.len()], vec![0.0; drawn.len()]);
    let mut shocks = vec![0.0; 1 + portfolio.group_sd.len()];
    let mut seen = 0;
    for block in 0..looked_at {
        let from = block * BLOCK;
        let totals = &totals[from..(from + BLOCK).min(run.draws)];
        seen += totals.len();
        drivers(portfolio, &drawn, run.seed, block, totals, mean, (&mut covariance, &mut means, &mut shocks));
    }
    let seen = (seen as f64).max(1.0);
    covariance.iter_mut().chain(&mut means).for_each(|sum| *sum /= seen);
    for shock in &mut shocks {
        // The square of the correlation of a shock with the total is its share of the variance.
        let correlation = *shock / seen / variance.sqrt();
        *shock = if variance > 0.0 { correlation * correlation } else { 0.0 };
    }
    totals.sort_unstable_by(f64::total_cmp);
    Some(Simulated { sorted: totals, mean, sd: variance.sqrt(), covariance, means, shocks, samplers })
}

/// Draws from which the drivers are ranked.
const DRIVERS: usize = 16_384;

/// Gives each block of the totals to a thread, in the order of the blocks.
fn in_threads(totals: &mut [f64], threads: usize, work: &(dyn Fn(usize, &mut [f64]) + Sync)) {
    if threads <= 1 {
        totals.chunks_mut(BLOCK).enumerate().for_each(|(block, totals)| work(block, totals));
        return;
    }
    let mut shares: Vec<Vec<(usize, &mut [f64])>> = (0..threads).map(|_| Vec::new()).collect();
    for (block, totals) in totals.chunks_mut(BLOCK).enumerate() {
        shares[block % threads].push((block, totals));
    }
    std::thread::scope(|scope| {
        for share in shares {
            scope.spawn(move || share.into_iter().for_each(|(block, totals)| work(block, totals)));
        }
    });
}

fn stream(portfolio: &Portfolio, seed: u64, block: usize, part: u64) -> Random {
    let parts = portfolio.items.len() as u64 + portfolio.group_sd.len() as u64 + 2;
    Random::of(
        seed,
        (block as u64).wrapping_mul(parts).wrapping_add(part % SHOCKS + part / SHOCKS * (parts - 1)),
    )
}

/// Standard normal shocks of a block: the common one, then each group's.
fn shocks(portfolio: &Portfolio, seed: u64, block: usize, draws: usize) -> Vec<Vec<f64>> {
    let mut random = stream(portfolio, seed, block, SHOCKS);
    let sds = std::iter::once(&portfolio.common_sd).chain(&portfolio.group_sd);
    sds.map(|sd| if *sd > 0.0 { (0..draws).map(|_| random.normal()).collect() } else { vec![0.0; draws] })
        .collect()
}

fn one_block(portfolio: &Portfolio, drawn: &[Drawn<'_>], seed: u64, block: usize, totals: &mut [f64]) {
    let shocks = shocks(portfolio, seed, block, totals.len());
    let mut done = 0.0;
    let (mut values, mut slips) = (vec![0.0; totals.len()], Vec::new());
    for (index, project) in drawn.iter().enumerate() {
        project.draw(&mut stream(portfolio, seed, block, index as u64), &mut values, &mut slips);
        done += project.done;
        match project.group.filter(|group| portfolio.group_sd[*group] > 0.0) {
            None => totals.iter_mut().zip(&values).for_each(|(total, value)| *total += value),
            Some(group) => {
                let sd = portfolio.group_sd[group];
                for ((total, value), shock) in totals.iter_mut().zip(&values).zip(&shocks[1 + group]) {
                    *total += value * (1.0 + sd * shock);
                }
            }
        }
    }
    for (total, shock) in totals.iter_mut().zip(&shocks[0]) {
        *total = *total * (1.0 + portfolio.common_sd * shock) + done;
    }
}

/// Adds up what each project and each shock has in common with the total.
fn drivers(
    portfolio: &Portfolio,
    drawn: &[Drawn<'_>],
    seed: u64,
    block: usize,
    totals: &[f64],
    mean: f64,
    (covariance, means, by_shock): (&mut [f64], &mut [f64], &mut [f64]),
) {
    let shocks = shocks(portfolio, seed, block, totals.len());
    for (sum, shock) in by_shock.iter_mut().zip(&shocks) {
        *sum += shock.iter().zip(totals).map(|(shock, total)| shock * (total - mean)).sum::<f64>();
    }
    let common: Vec<f64> = shocks[0].iter().map(|shock| 1.0 + portfolio.common_sd * shock).collect();
    let (mut values, mut slips) = (vec![0.0; totals.len()], Vec::new());
    for (index, project) in drawn.iter().enumerate() {
        project.draw(&mut stream(portfolio, seed, block, index as u64), &mut values, &mut slips);
        if let Some(group) = project.group {
            let sd = portfolio.group_sd[group];
            values.iter_mut().zip(&shocks[1 + group]).for_each(|(value, shock)| *value *= 1.0 + sd * shock);
        }
        for ((value, common), total) in values.iter().zip(&common).zip(totals) {
            let value = value * common;
            covariance[index] += value * (total - mean);
            means[index] += value + project.done;
        }
    }
}

/// Quantiles of the cumulated total at the end of each month, for a portfolio that was simulated: one row a month, one
/// value a probability.
pub fn by_month(
    portfolio: &Portfolio,
    simulated: &Simulated,
    run: Run,
    probabilities: &[f64],
) -> Vec<Vec<f64>> {
    let (months, draws) = (portfolio.months, run.draws);
    let shapes: Vec<Vec<f64>> = portfolio
        .items
        .iter()
        .map(|item| match item.plan.as_slice() {
            [whole] => (1..=months).map(|month| whole * month as f64 / months as f64).collect(),
            plan => cumulated(plan),
        })
        .collect();
    let mut rows = vec![vec![0.0; draws]; months];
    // One draw's months lie side by side, so that the inner loop runs over neighbours.
    let mut sums = vec![0.0; BLOCK * months];
    let (mut paces, mut slips) = (vec![0.0; BLOCK], Vec::new());
    for from in (0..draws).step_by(BLOCK) {
        let length = BLOCK.min(draws - from);
        let block = from / BLOCK;
        let shocks = shocks(portfolio, run.seed, block, length);
        let mut done = 0.0;
        sums.fill(0.0);
        for (index, item) in portfolio.items.iter().enumerate() {
            let Some(sampler) = simulated.samplers.get(&key(&item.pace)) else { continue };
            let mut random = stream(portfolio, run.seed, block, index as u64);
            let shape = &shapes[index];
            done += item.done;
            paces[..length].iter_mut().for_each(|pace| *pace = sampler.draw(random.bits()));
            draw_slips(item.slip.map_or((0.0, 0.0), odds), &mut random, length, &mut slips);
            let mut slipped = slips.iter().peekable();
            for (draw, sums) in sums.chunks_exact_mut(months).take(length).enumerate() {
                let late = slipped.next_if(|(at, _)| *at == draw).map_or(0.0, |(_, late)| *late);
                let group =
                    item.group.map_or(1.0, |group| 1.0 + portfolio.group_sd[group] * shocks[1 + group][draw]);
                let part = paces[draw] * group;
                if late <= 0.0 && shape.len() == months {
                    sums.iter_mut().zip(shape).for_each(|(sum, planned)| *sum += part * planned);
                    continue;
                }
                for (month, sum) in sums.iter_mut().enumerate() {
                    let time = (month + 1) as f64 - late;
                    if time > 0.0 {
                        *sum += part * at(shape, time);
                    }
                }
            }
        }
        for (draw, sums) in sums.chunks_exact(months).take(length).enumerate() {
            let common = 1.0 + portfolio.common_sd * shocks[0][draw];
            for (row, sum) in rows.iter_mut().zip(sums) {
                row[from + draw] = sum * common + done;
            }
        }
    }
    rows.iter_mut()
        .map(|row| {
            row.sort_unstable_by(f64::total_cmp);
            probabilities.iter().map(|p| quantile(row, *p)).collect()
        })
        .collect()
}
