//! From a contradiction to a clause: the bounds that cause it, traced back to the first one of the latest decision
//! through which all of them pass.

use super::bounds::{Bounds, Conflict, Literal, Reason};

/// A learnt clause and where it leads.
pub(super) struct Learnt {
    /// The literal to be made true first, then one false at the level returned to.
    pub(super) literals: Vec<Literal>,
    pub(super) level: u32,
    /// Levels of decision it joins.
    pub(super) levels: u32,
    /// Every bound that took part.
    pub(super) touched: Vec<Literal>,
}

/// Scratch space of the analysis.
#[derive(Clone, Debug, Default)]
pub(super) struct Analysis {
    /// By change of the trail: the weakest bound asked of it that suffices, `i32::MIN` when it is not asked.
    asked: Vec<i32>,
    marked: Vec<u32>,
    reasons: Vec<Literal>,
    strongest: Vec<i32>,
}

impl Analysis {
    /// The clause of a contradiction; `None` when it does not rest on any decision.
    pub(super) fn analyse(&mut self, bounds: &mut Bounds, conflict: &Conflict) -> Option<Learnt> {
        self.asked.clear();
        self.asked.resize(bounds.trail.len(), i32::MIN);
        self.marked.clear();
        let mut touched = Vec::new();
        // A contradiction may have become one at an earlier level than the present one.
        let level = conflict.0.iter().filter_map(|literal| bounds.change_of(*literal));
        let level = level.map(|at| bounds.trail[at as usize].level).max().filter(|level| *level > 0)?;
        let mut open = 0;
        for literal in &conflict.0 {
            self.ask(bounds, *literal, level, &mut open, &mut touched);
        }
        let mut at = bounds.trail.len();
        let first = loop {
            at -= 1;
            if self.asked[at] == i32::MIN || bounds.trail[at].level != level {
                continue;
            }
            let literal = Literal::new(bounds.trail[at].side, self.asked[at]);
            if open == 1 {
                break literal;
            }
            open -= 1;
            self.asked[at] = i32::MIN;
            let mut reasons = std::mem::take(&mut self.reasons);
            reasons.clear();
            if let Reason::Clause(clause) = bounds.trail[at].reason {
                bounds.clauses[clause as usize].used = true;
            }
            bounds.explain(literal, bounds.trail[at].reason, &mut reasons);
            for reason in &reasons {
                self.ask(bounds, *reason, level, &mut open, &mut touched);
            }
            self.reasons = reasons;
        };
        let rest = self.rest(bounds, level, first);
        let mut literals = vec![first.negated()];
        let mut levels: Vec<u32> = Vec::with_capacity(rest.len());
        let mut back = 0;
        for (literal, level) in rest {
            literals.push(literal.negated());
            if level > back {
                back = level;
                let last = literals.len() - 1;
                literals.swap(1, last);
            }
            levels.push(level);
        }
        levels.sort_unstable();
        levels.dedup();
        Some(Learnt { literals, level: back, levels: levels.len() as u32 + 1, touched })
    }

    fn ask(
        &mut self,
        bounds: &Bounds,
        literal: Literal,
        level: u32,
        open: &mut u32,
        touched: &mut Vec<Literal>,
    ) {
        let Some(at) = bounds.change_of(literal) else { return };
        let change = &bounds.trail[at as usize];
        if change.level == 0 {
            return;
        }
        let asked = &mut self.asked[at as usize];
        if *asked == i32::MIN {
            if change.level == level {
                *open += 1;
            } else {
                self.marked.push(at);
            }
            touched.push(literal);
        }
        *asked = (*asked).max(literal.value);
    }

    /// The bounds of earlier levels, without those that others of the clause imply.
    fn rest(&mut self, bounds: &Bounds, level: u32, first: Literal) -> Vec<(Literal, u32)> {
        let marked = std::mem::take(&mut self.marked);
        self.strongest.clear();
        self.strongest.resize(bounds.low.len(), i32::MIN);
        self.strongest[first.side as usize] = first.value;
        for at in &marked {
            let strongest = &mut self.strongest[bounds.trail[*at as usize].side as usize];
            *strongest = (*strongest).max(self.asked[*at as usize]);
        }
        // A weaker bound beside a stronger one of the same side says nothing, and no longer counts for others.
        for at in &marked {
            let side = bounds.trail[*at as usize].side as usize;
            if self.strongest[side] > self.asked[*at as usize] {
                self.asked[*at as usize] = i32::MIN;
            }
        }
        let mut rest = Vec::with_capacity(marked.len());
        for at in &marked {
            let change = &bounds.trail[*at as usize];
            let asked = self.asked[*at as usize];
            if asked == i32::MIN || self.follows(bounds, Literal::new(change.side, asked), *at) {
                continue;
            }
            debug_assert!(change.level < level);
            rest.push((Literal::new(change.side, asked), change.level));
        }
        self.marked = marked;
        rest
    }

    /// Do other literals of the clause imply this one? Only earlier changes count, so that no two imply each other.
    fn follows(&mut self, bounds: &Bounds, literal: Literal, at: u32) -> bool {
        let change = &bounds.trail[at as usize];
        if matches!(change.reason, Reason::None) {
            return false;
        }
        let mut reasons = std::mem::take(&mut self.reasons);
        reasons.clear();
        bounds.explain(literal, change.reason, &mut reasons);
        let follows = reasons.iter().all(|reason| {
            bounds.change_of(*reason).is_none_or(|at| {
                bounds.trail[at as usize].level == 0 || self.asked[at as usize] >= reason.value
            })
        });
        self.reasons = reasons;
        follows
    }
}
