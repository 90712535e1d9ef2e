//! Which bound to decide next: the one that took part in most contradictions lately (Moskewicz and others, "Chaff", 2001).

use super::bounds::Literal;

/// A heap of the bounds `s ≤ v` by activity.
#[derive(Clone, Debug)]
pub(super) struct Activity {
    first: Vec<u32>,
    low: Vec<i32>,
    owner: Vec<u32>,
    score: Vec<f64>,
    heap: Vec<u32>,
    place: Vec<u32>,
    step: f64,
}

const OUT: u32 = u32::MAX;

impl Activity {
    /// Every `s ≤ v` with `v` below the latest value; earlier values first while nothing is known.
    pub(super) fn new(ranges: &[(i32, i32)]) -> Self {
        let mut activity = Self {
            first: vec![0],
            low: Vec::new(),
            owner: Vec::new(),
            score: Vec::new(),
            heap: Vec::new(),
            place: Vec::new(),
            step: 1.0,
        };
        let span = ranges.iter().map(|(_, high)| *high).max().unwrap_or(0).max(1);
        for (at, (low, high)) in ranges.iter().enumerate() {
            activity.low.push(*low);
            for value in *low..*high {
                activity.owner.push(at as u32);
                activity.score.push(1e-3 * f64::from(span - value) / f64::from(span));
            }
            activity.first.push(activity.owner.len() as u32);
        }
        activity.place = vec![OUT; activity.owner.len()];
        for at in 0..activity.owner.len() as u32 {
            activity.insert(at);
        }
        activity
    }

    fn id(&self, variable: usize, value: i32) -> Option<u32> {
        let id = self.first[variable] as i32 + value - self.low[variable];
        (id >= self.first[variable] as i32 && id < self.first[variable + 1] as i32).then_some(id as u32)
    }

    /// The bound `s ≤ v` a literal speaks of: itself or its negation.
    fn of(&self, literal: Literal) -> Option<u32> {
        let value = if literal.side & 1 == 1 { -literal.value } else { literal.value - 1 };
        self.id(literal.side as usize / 2, value)
    }

    pub(super) fn bump(&mut self, literal: Literal) {
        let Some(id) = self.of(literal) else { return };
        self.score[id as usize] += self.step;
        if self.score[id as usize] > 1e100 {
            self.score.iter_mut().for_each(|score| *score *= 1e-100);
            self.step *= 1e-100;
        }
        if self.place[id as usize] != OUT {
            self.rise(self.place[id as usize] as usize);
        }
    }

    pub(super) fn decay(&mut self) {
        self.step /= 0.92;
    }

    /// The values of a side between two bounds may be decided again.
    pub(super) fn reopen(&mut self, side: u32, old: i32, new: i32) {
        for value in old + 1..=new {
            if let Some(id) = self.of(Literal::new(side, value)) {
                self.insert(id);
            }
        }
    }

    /// The most active bound `s ≤ v` that is open: variable and value.
    pub(super) fn pop(&mut self, open: impl Fn(usize, i32) -> bool) -> Option<(usize, i32)> {
        while let Some(id) = self.take() {
            let variable = self.owner[id as usize] as usize;
            let value = self.low[variable] + (id - self.first[variable]) as i32;
            if open(variable, value) {
                return Some((variable, value));
            }
        }
        None
    }

    fn insert(&mut self, id: u32) {
        if self.place[id as usize] == OUT {
            self.place[id as usize] = self.heap.len() as u32;
            self.heap.push(id);
            self.rise(self.heap.len() - 1);
        }
    }

    fn take(&mut self) -> Option<u32> {
        let top = *self.heap.first()?;
        self.place[top as usize] = OUT;
        let last = self.heap.pop()?;
        if last != top {
            self.heap[0] = last;
            self.place[last as usize] = 0;
            self.sink(0);
        }
        Some(top)
    }

    fn before(&self, a: u32, b: u32) -> bool {
        let (x, y) = (self.score[a as usize], self.score[b as usize]);
        x > y || (x == y && a < b)
    }

    fn rise(&mut self, mut at: usize) {
        while at > 0 {
            let parent = (at - 1) / 2;
            if !self.before(self.heap[at], self.heap[parent]) {
                break;
            }
            self.swap(at, parent);
            at = parent;
        }
    }

    fn sink(&mut self, mut at: usize) {
        loop {
            let (left, right) = (2 * at + 1, 2 * at + 2);
            let mut best = at;
            for child in [left, right] {
                if child < self.heap.len() && self.before(self.heap[child], self.heap[best]) {
                    best = child;
                }
            }
            if best == at {
                return;
            }
            self.swap(at, best);
            at = best;
        }
    }

    fn swap(&mut self, a: usize, b: usize) {
        self.heap.swap(a, b);
        self.place[self.heap[a] as usize] = a as u32;
        self.place[self.heap[b] as usize] = b as u32;
    }
}
