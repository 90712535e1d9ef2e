//! A genetic search over schedules in two populations (Debels and Vanhoucke, "A decomposition-based genetic algorithm for
//! the resource-constrained project-scheduling problem", 2007).
//!
//! One population holds schedules pushed to the left, the other schedules pushed to the right. Children of the one are
//! decoded in the other direction of time, so that each generation is also a forward-backward improvement (Valls,
//! Ballestín and Quintanilla, "Justification and RCPSP", 2005). The crossover keeps of one parent the stretch of time
//! in which resources are used most. When a population no longer improves, the search starts again with a larger one.

use super::{
    generation::{self, Profile},
    network::{Load, Network},
};
use crate::random::Random;

/// Start times that respect precedence and resources, in one direction of time.
#[derive(Clone, Debug, Default)]
struct Member {
    start: Vec<u32>,
    makespan: u32,
    /// Ties in the makespan go to schedules that end their activities early.
    ends: u64,
}

impl Member {
    fn better(&self, other: &Self) -> bool {
        (self.makespan, self.ends) < (other.makespan, other.ends)
    }

    fn is(&self, other: &Self) -> bool {
        (self.makespan, self.ends) == (other.makespan, other.ends) && self.start == other.start
    }
}

/// The search; it can be run for a while, left and taken up again.
pub(super) struct Genetic<'a> {
    networks: [Network; 2],
    load: &'a Load,
    random: Random,
    /// Left-justified in their own direction of time.
    populations: [Vec<Member>; 2],
    /// The population that gives parents.
    side: usize,
    size: usize,
    stale: usize,
    best_here: u32,
    /// Start times in true time.
    pub(super) best: Vec<u32>,
    pub(super) makespan: u32,
    profile: Profile,
    list: Vec<u32>,
    counts: Vec<u32>,
    keys: Vec<u32>,
    /// Schedules generated so far.
    pub(super) decoded: u64,
}

/// Size of the first population.
const SMALLEST: usize = 24;
/// Size above which it no longer grows.
const LARGEST: usize = 200;
/// Generations without improvement after which the search starts again.
const PATIENCE: usize = 80;

impl<'a> Genetic<'a> {
    /// Starts from schedules in true time, made by priority rules.
    pub(super) fn new(network: &Network, load: &'a Load, first: &[Vec<u32>], seed: u64) -> Self {
        let networks = [network.clone(), network.mirrored()];
        let mut search = Self {
            networks,
            load,
            random: Random::new(seed),
            populations: [Vec::new(), Vec::new()],
            side: 0,
            size: SMALLEST,
            stale: 0,
            best_here: u32::MAX,
            best: Vec::new(),
            makespan: u32::MAX,
            profile: Profile::default(),
            list: Vec::new(),
            counts: Vec::new(),
            keys: Vec::new(),
            decoded: 0,
        };
        for start in first {
            let member = search.member(0, start.clone());
            search.note(0, &member);
            search.populations[0].push(member);
        }
        search.fill();
        search
    }

    /// One generation: parents of one direction, children of the other.
    pub(super) fn generation(&mut self) {
        let (from, to) = (self.side, 1 - self.side);
        let before = self.makespan.min(self.best_here);
        for at in 0..self.size {
            let partner = self.tournament(from, at);
            self.cross(from, at, partner);
            let mut child = self.decode(to);
            if self.populations[to].iter().any(|other| child.is(other)) {
                // A twin teaches nothing: it is shaken until it differs, which keeps the population apart.
                self.shake();
                child = self.decode(to);
            }
            self.note(to, &child);
            let slot = &mut self.populations[to];
            if slot.len() <= at {
                slot.push(child);
            } else if child.better(&slot[at]) || self.random.below(8) == 0 {
                slot[at] = child;
            }
        }
        self.side = to;
        let least = self.populations[to].iter().map(|member| member.makespan).min().unwrap_or(u32::MAX);
        self.best_here = self.best_here.min(least);
        self.stale = if self.best_here < before { 0 } else { self.stale + 1 };
        if self.stale > PATIENCE {
            self.restart();
        }
    }

    /// Learns a schedule in true time that somebody else found.
    pub(super) fn learn(&mut self, start: &[u32]) {
        let member = self.member(0, start.to_vec());
        self.note(0, &member);
        if self.side == 0 && !self.populations[0].is_empty() {
            self.populations[0][0] = member;
        }
    }

    fn member(&self, _side: usize, start: Vec<u32>) -> Member {
        let ends = start.iter().zip(&self.load.duration).map(|(start, length)| u64::from(start + length));
        let makespan = ends.clone().max().unwrap_or(0) as u32;
        Member { ends: ends.sum(), makespan, start }
    }

    fn note(&mut self, side: usize, member: &Member) {
        if member.makespan >= self.makespan {
            return;
        }
        self.makespan = member.makespan;
        self.best.clone_from(&member.start);
        if side == 1 {
            generation::mirror(&member.start, &self.load.duration, member.makespan, &mut self.best);
        }
    }

    fn tournament(&mut self, side: usize, but: usize) -> usize {
        let size = self.populations[side].len();
        let mut pick = || {
            let at = self.random.below(size - 1);
            if at >= but { at + 1 } else { at }
        };
        let (a, b) = (pick(), pick());
        if self.populations[side][a].better(&self.populations[side][b]) { a } else { b }
    }

    /// The child's keys: inside a stretch of time of the father his order, outside it the mother's.
    fn cross(&mut self, side: usize, mother: usize, father: usize) {
        let population = &self.populations[side];
        let (mother, father) = (&population[mother], &population[father]);
        let n = mother.start.len();
        let span = father.makespan.max(1);
        let length = span / 4 + self.random.below((span / 2).max(1) as usize) as u32;
        let last = span.saturating_sub(length);
        // Of a few stretches the one in which most is done.
        let mut stretch = (0, 0);
        for _ in 0..3 {
            let from = self.random.below(last as usize + 1) as u32;
            let busy: u32 = (0..n)
                .map(|at| {
                    let (start, end) = (father.start[at], father.start[at] + self.load.duration[at]);
                    end.min(from + length).saturating_sub(start.max(from))
                })
                .sum();
            if busy >= stretch.1 {
                stretch = (from, busy);
            }
        }
        let (from, to) = (stretch.0, stretch.0 + length);
        let wide = mother.makespan.max(father.makespan) + 1;
        self.keys.clear();
        self.keys.extend((0..n).map(|at| match father.start[at] {
            time if time < from => mother.start[at],
            time if time <= to => wide + time,
            _ => 2 * wide + mother.start[at],
        }));
        let (same, random) = (mother.start == father.start, &mut self.random);
        let swaps = if same { 4 } else { usize::from(random.below(4) == 0) };
        // The opposite direction takes the latest end first.
        let greatest =
            self.keys.iter().zip(&self.load.duration).map(|(key, length)| key + length).max().unwrap_or(0);
        for (key, length) in self.keys.iter_mut().zip(&self.load.duration) {
            *key = greatest - (*key + length);
        }
        for _ in 0..swaps {
            let at = random.below(n);
            let by = random.below(9) as u32;
            self.keys[at] =
                if random.below(2) == 0 { self.keys[at] + by } else { self.keys[at].saturating_sub(by) };
        }
    }

    /// Moves some of the keys of the last child.
    fn shake(&mut self) {
        let n = self.keys.len();
        let far = 1 + self.keys.iter().copied().max().unwrap_or(0) as usize / 4;
        for _ in 0..2 + n / 10 {
            let (at, by) = (self.random.below(n), self.random.below(far) as u32);
            self.keys[at] =
                if self.random.below(2) == 0 { self.keys[at] + by } else { self.keys[at].saturating_sub(by) };
        }
    }

    /// A schedule in a direction of time from the keys. Keys that contradict precedence are raised to respect it.
    fn decode(&mut self, side: usize) -> Member {
        let network = &self.networks[side];
        for &at in &network.order {
            let at = at as usize;
            let before = network.waits_for(at).iter().map(|(before, _)| self.keys[*before as usize]).max();
            self.keys[at] = self.keys[at].max(before.unwrap_or(0));
        }
        generation::by_time(network, &self.keys, &mut self.list, &mut self.counts);
        let mut start = vec![0; self.keys.len()];
        generation::serial(network, self.load, &self.list, &mut start, &mut self.profile);
        self.decoded += 1;
        self.member(side, start)
    }

    /// Fills the population of the left with random schedules.
    fn fill(&mut self) {
        let n = self.load.duration.len();
        let tails = self.networks[1].heads(&self.load.duration);
        let most = tails.iter().copied().max().unwrap_or(0);
        while self.populations[0].len() < self.size {
            let noise = 1 + most as usize / 2;
            self.keys = (0..n).map(|at| most - tails[at] + self.random.below(noise) as u32).collect();
            let member = self.decode(0);
            self.note(0, &member);
            self.populations[0].push(member);
        }
        self.side = 0;
    }

    /// A larger population, with the best kept every other time.
    fn restart(&mut self) {
        self.size = (self.size * 3 / 2).min(LARGEST);
        self.stale = 0;
        self.best_here = u32::MAX;
        self.populations = [Vec::new(), Vec::new()];
        if self.random.below(2) == 0 {
            let best = self.member(0, self.best.clone());
            self.populations[0].push(best);
        }
        self.fill();
    }
}
