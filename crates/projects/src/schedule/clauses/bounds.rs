//! Start times as bounds, the trail of their changes, and clauses over bounds.
//!
//! Each start `s` is two variables, `s` and `−s`, so that every bound is a lower one: `s ≤ 4` is `−s ≥ −4`. A literal is
//! such a bound; its negation is one too.

/// A variable seen from one side: `2 i` is the start of activity `i`, `2 i + 1` its negative.
pub(super) type Side = u32;

/// The bound `side ≥ value`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Literal {
    pub(super) side: Side,
    pub(super) value: i32,
}

impl Literal {
    pub(super) fn new(side: Side, value: i32) -> Self {
        Self { side, value }
    }

    /// `s ≥ v` is false exactly when `−s ≥ 1 − v`.
    pub(super) fn negated(self) -> Self {
        Self { side: self.side ^ 1, value: 1 - self.value }
    }
}

/// Why a bound holds.
#[derive(Clone, Copy, Debug)]
pub(super) enum Reason {
    /// Decided, or true from the outset.
    None,
    /// `side ≥ other + by`, whatever the bound of the other.
    Edge { from: Side, by: i32 },
    /// All other literals of a clause are false; the implied one stands first.
    Clause(u32),
    /// These literals of the arena hold.
    Because { first: u32, last: u32 },
}

/// One change of a bound.
#[derive(Clone, Copy, Debug)]
pub(super) struct Change {
    pub(super) side: Side,
    pub(super) old: i32,
    pub(super) new: i32,
    /// The change of this side before; `u32::MAX` is none.
    pub(super) before: u32,
    pub(super) level: u32,
    pub(super) reason: Reason,
    arena: u32,
}

/// A contradiction: bounds that hold and cannot hold together.
#[derive(Clone, Debug, Default)]
pub(super) struct Conflict(pub(super) Vec<Literal>);

#[derive(Clone, Copy, Debug)]
struct Watcher {
    clause: u32,
    /// A literal of the clause that saves the look when it is true.
    blocker: Literal,
}

/// A clause: a stretch of the store of literals.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clause {
    first: u32,
    length: u32,
    /// How many levels of decision it joins: the fewer, the better.
    pub(super) levels: u32,
    pub(super) dropped: bool,
    /// Took part in a contradiction since clauses were last dropped, or is new.
    pub(super) used: bool,
}

/// Bounds, their trail, edges and clauses.
#[derive(Clone, Debug)]
pub(super) struct Bounds {
    pub(super) low: Vec<i32>,
    pub(super) trail: Vec<Change>,
    last: Vec<u32>,
    pub(super) level: u32,
    starts: Vec<u32>,
    arena: Vec<Literal>,
    /// `side ≥ other + by`, by the other.
    edges: Vec<Vec<(Side, i32)>>,
    literals: Vec<Literal>,
    pub(super) clauses: Vec<Clause>,
    /// Clauses that are not dropped.
    pub(super) live: usize,
    /// By side and value: whose watched literal becomes false there.
    watches: Vec<Vec<Vec<Watcher>>>,
    base: Vec<i32>,
    /// Changes before this one have been taken to clauses and edges.
    head: usize,
    /// Steps of propagation so far: the deterministic measure of work.
    pub(super) steps: u64,
}

impl Bounds {
    /// With these earliest and latest values.
    pub(super) fn new(ranges: &[(i32, i32)]) -> Self {
        let low: Vec<i32> = ranges.iter().flat_map(|(low, high)| [*low, -*high]).collect();
        let watches = ranges
            .iter()
            .flat_map(|(low, high)| {
                let width = (high - low).max(0) as usize + 2;
                [vec![Vec::new(); width], vec![Vec::new(); width]]
            })
            .collect();
        let sides = low.len();
        Self {
            base: low.clone(),
            low,
            trail: Vec::new(),
            last: vec![u32::MAX; sides],
            level: 0,
            starts: Vec::new(),
            arena: Vec::new(),
            edges: vec![Vec::new(); sides],
            literals: Vec::new(),
            clauses: Vec::new(),
            live: 0,
            watches,
            head: 0,
            steps: 0,
        }
    }

    /// `second ≥ first + by`.
    pub(super) fn edge(&mut self, first: usize, second: usize, by: i32) {
        let (first, second) = (2 * first as Side, 2 * second as Side);
        self.edges[first as usize].push((second, by));
        self.edges[second as usize ^ 1].push((first ^ 1, by));
    }

    pub(super) fn is_true(&self, literal: Literal) -> bool {
        self.low[literal.side as usize] >= literal.value
    }

    pub(super) fn is_false(&self, literal: Literal) -> bool {
        self.is_true(literal.negated())
    }

    /// Earliest and latest value of a variable.
    pub(super) fn range(&self, variable: usize) -> (i32, i32) {
        (self.low[2 * variable], -self.low[2 * variable + 1])
    }

    pub(super) fn push_level(&mut self) {
        self.level += 1;
        self.starts.push(self.trail.len() as u32);
    }

    /// Makes a literal true for a reason; a contradiction names the reason's literals and the opposite bound.
    pub(super) fn set(&mut self, literal: Literal, reason: Reason) -> Result<(), Conflict> {
        let side = literal.side as usize;
        if self.low[side] >= literal.value {
            return Ok(());
        }
        if self.is_false(literal) {
            let mut conflict = vec![literal.negated()];
            self.explain(literal, reason, &mut conflict);
            return Err(Conflict(conflict));
        }
        self.trail.push(Change {
            side: literal.side,
            old: self.low[side],
            new: literal.value,
            before: self.last[side],
            level: self.level,
            reason,
            arena: self.arena.len() as u32,
        });
        self.last[side] = self.trail.len() as u32 - 1;
        self.low[side] = literal.value;
        Ok(())
    }

    /// Makes a literal true because all of these hold.
    pub(super) fn set_because(&mut self, literal: Literal, because: &[Literal]) -> Result<(), Conflict> {
        if self.is_true(literal) {
            return Ok(());
        }
        let first = self.arena.len() as u32;
        self.arena.extend(because);
        let last = self.arena.len() as u32;
        self.set(literal, Reason::Because { first, last })
    }

    /// The literals by which a literal follows from its reason.
    pub(super) fn explain(&self, literal: Literal, reason: Reason, out: &mut Vec<Literal>) {
        match reason {
            Reason::None => {}
            Reason::Edge { from, by } => out.push(Literal::new(from, literal.value - by)),
            Reason::Clause(clause) => {
                out.extend(self.literals(clause).iter().skip(1).map(|other| other.negated()));
            }
            Reason::Because { first, last } => out.extend(&self.arena[first as usize..last as usize]),
        }
    }

    pub(super) fn literals(&self, clause: u32) -> &[Literal] {
        let Clause { first, length, .. } = self.clauses[clause as usize];
        &self.literals[first as usize..(first + length) as usize]
    }

    /// The change that made a literal true; none when it is true from the outset.
    pub(super) fn change_of(&self, literal: Literal) -> Option<u32> {
        let mut at = self.last[literal.side as usize];
        loop {
            let change = self.trail.get(at as usize)?;
            if change.old < literal.value {
                return Some(at);
            }
            at = change.before;
        }
    }

    /// Undoes every change above a level; `undone` sees each.
    pub(super) fn back_to(&mut self, level: u32, mut undone: impl FnMut(&Change)) {
        if level >= self.level {
            return;
        }
        let start = self.starts[level as usize] as usize;
        while self.trail.len() > start {
            if let Some(change) = self.trail.pop() {
                self.low[change.side as usize] = change.old;
                self.last[change.side as usize] = change.before;
                undone(&change);
                // What the change's own reason put into the arena stood before its mark; later marks are larger.
                if let Reason::Because { first, .. } = change.reason {
                    self.arena.truncate(first as usize);
                } else {
                    self.arena.truncate(change.arena as usize);
                }
            }
        }
        self.starts.truncate(level as usize);
        self.level = level;
        self.head = self.head.min(start);
    }

    /// Adds a clause whose first literal is the one to be made true now; the second is false at the latest level.
    pub(super) fn learn(&mut self, literals: &[Literal], levels: u32) -> Reason {
        let clause = self.clauses.len() as u32;
        let first = self.literals.len() as u32;
        self.literals.extend(literals);
        self.live += 1;
        self.clauses.push(Clause {
            first,
            length: literals.len() as u32,
            levels,
            dropped: false,
            used: true,
        });
        if let [one, two, ..] = literals {
            self.watch(*one, clause, *two);
            self.watch(*two, clause, *one);
        }
        Reason::Clause(clause)
    }

    fn watch(&mut self, literal: Literal, clause: u32, blocker: Literal) {
        let falsified = literal.negated();
        let side = falsified.side as usize;
        let at = falsified.value - self.base[side];
        if let Some(bucket) = usize::try_from(at).ok().and_then(|at| self.watches[side].get_mut(at)) {
            bucket.push(Watcher { clause, blocker });
        }
    }

    /// Takes every change to edges and clauses until nothing follows any more.
    pub(super) fn propagate(&mut self) -> Result<(), Conflict> {
        while let Some(change) = self.trail.get(self.head).copied() {
            self.head += 1;
            self.steps += 1;
            for at in 0..self.edges[change.side as usize].len() {
                let (to, by) = self.edges[change.side as usize][at];
                self.set(Literal::new(to, change.new + by), Reason::Edge { from: change.side, by })?;
            }
            let base = self.base[change.side as usize];
            for value in change.old + 1..=change.new {
                self.falsified(change.side as usize, (value - base) as usize)?;
            }
        }
        Ok(())
    }

    /// The watched literals of a bucket have become false: each clause finds another, implies its last, or fails.
    fn falsified(&mut self, side: usize, bucket: usize) -> Result<(), Conflict> {
        let Some(list) = self.watches[side].get_mut(bucket).filter(|list| !list.is_empty()) else {
            return Ok(());
        };
        let mut watchers = std::mem::take(list);
        let gone = Literal::new(side as Side, self.base[side] + bucket as i32).negated();
        let (mut kept, mut at, mut result) = (0, 0, Ok(()));
        while at < watchers.len() {
            let watcher = watchers[at];
            at += 1;
            watchers[kept] = watcher;
            kept += 1;
            // Most looks end here, without touching the clause.
            if self.is_true(watcher.blocker) {
                continue;
            }
            let clause = self.clauses[watcher.clause as usize];
            self.steps += 1;
            let (first, end) = (clause.first as usize, (clause.first + clause.length) as usize);
            if self.literals[first] == gone {
                self.literals.swap(first, first + 1);
            }
            let implied = self.literals[first];
            if self.is_true(implied) {
                watchers[kept - 1].blocker = implied;
                continue;
            }
            if let Some(other) = (first + 2..end).find(|at| !self.is_false(self.literals[*at])) {
                self.literals.swap(first + 1, other);
                let found = self.literals[first + 1];
                self.watch(found, watcher.clause, implied);
                kept -= 1;
                continue;
            }
            if let Err(conflict) = self.set(implied, Reason::Clause(watcher.clause)) {
                result = Err(conflict);
                break;
            }
        }
        // Whatever was not looked at stays.
        while at < watchers.len() {
            watchers[kept] = watchers[at];
            kept += 1;
            at += 1;
        }
        watchers.truncate(kept);
        // A clause that moved its watch into this very bucket stands in the list that was empty meanwhile.
        let arrived = std::mem::replace(&mut self.watches[side][bucket], watchers);
        self.watches[side][bucket].extend(arrived);
        result
    }

    /// Drops the weaker half of the learnt clauses that are no reason for anything now; those used lately go last.
    pub(super) fn forget(&mut self) {
        let mut locked = vec![false; self.clauses.len()];
        for change in &self.trail {
            if let Reason::Clause(clause) = change.reason {
                locked[clause as usize] = true;
            }
        }
        let mut open: Vec<u32> = (0..self.clauses.len() as u32)
            .filter(|at| {
                let clause = self.clauses[*at as usize];
                !clause.dropped && !locked[*at as usize] && clause.levels > 2 && clause.length > 2
            })
            .collect();
        open.sort_by_key(|at| {
            let clause = self.clauses[*at as usize];
            (clause.used, std::cmp::Reverse(clause.levels), std::cmp::Reverse(clause.length), *at)
        });
        for at in open.iter().take(open.len() / 2) {
            self.clauses[*at as usize].dropped = true;
            self.live -= 1;
        }
        self.clauses.iter_mut().for_each(|clause| clause.used = false);
        for bucket in self.watches.iter_mut().flatten().filter(|bucket| !bucket.is_empty()) {
            bucket.retain(|watcher| !self.clauses[watcher.clause as usize].dropped);
        }
        self.compact();
    }

    /// Frees what dropped clauses held once they are most of the store.
    fn compact(&mut self) {
        let held: u32 =
            self.clauses.iter().filter(|clause| !clause.dropped).map(|clause| clause.length).sum();
        if (held as usize) * 2 > self.literals.len() {
            return;
        }
        let mut literals = Vec::with_capacity(held as usize);
        for clause in self.clauses.iter_mut().filter(|clause| !clause.dropped) {
            let first = clause.first as usize;
            clause.first = literals.len() as u32;
            literals.extend_from_slice(&self.literals[first..first + clause.length as usize]);
        }
        for clause in self.clauses.iter_mut().filter(|clause| clause.dropped) {
            (clause.first, clause.length) = (0, 0);
        }
        self.literals = literals;
    }
}
