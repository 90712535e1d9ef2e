//! A lower bound on what is left to pay, from the marking equation.
//!
//! Of the transitions `t` still to fire, `x[t]` times each, the marking equation asks `m + C x = m_f`. What is paid for an
//! activity is the difference between how often its transitions fire and how often it still stands in the trace. So
//! the bound is the linear programme
//!
//! ```text
//! min Σ_a (u_a + v_a)   with   C x = m_f − m,   Σ_{t of a} x_t − u_a + v_a = n_a,   x, u, v ≥ 0
//! ```
//!
//! with weights for model moves (`u`) and log moves (`v`); it has a row for each place and each activity, however long the trace
//! (cf. Adriansyah, "Aligning Observed and Modeled Behavior", 2014, and van Dongen, "Efficiently Computing Alignments
//! Using the Extended Marking Equation", 2018). It is solved by the dual simplex method: costs never change and only
//! right-hand sides do, so the basis of the last question is a beginning for the next. The objective of every basis on the
//! way is a bound itself, so stopping early is safe.

use crate::procedure::Net;

/// The programme of a net, with the basis of the last question.
#[derive(Clone, Debug)]
pub(super) struct Bound {
    rows: usize,
    /// Columns: transitions, then `u` and `v` by activity. The slack of each row is fixed at zero.
    columns: usize,
    costs: Vec<f64>,
    start: Vec<f64>,
    /// Row by row: `columns` coefficients of the current basis, then the inverse of the basis.
    table: Vec<f64>,
    reduced: Vec<f64>,
    /// The column of each row; those from `columns` on are slacks.
    basis: Vec<usize>,
    values: Vec<f64>,
    pivots: usize,
}

/// What a question came to.
pub(super) enum Answer {
    /// At least this is left to pay; `solution` holds how often each transition fires, when the bound is exact.
    AtLeast(f64, Option<Vec<f32>>),
    /// The final marking cannot be reached.
    Never,
}

const EPSILON: f64 = 1e-7;

impl Bound {
    /// `labels` names the activity of each transition, or none; `counts` activities there are.
    pub(super) fn new(net: &Net, labels: &[Option<u32>], activities: usize, model: &[f64], log: f64) -> Self {
        let places = net.places.len();
        let transitions = net.transitions.len();
        let (rows, columns) = (places + activities, transitions + 2 * activities);
        let width = columns + rows;
        let mut start = vec![0.0; rows * width];
        for (at, transition) in net.transitions.iter().enumerate() {
            for (place, weight) in &transition.inputs {
                start[*place as usize * width + at] -= f64::from(*weight);
            }
            for (place, weight) in &transition.outputs {
                start[*place as usize * width + at] += f64::from(*weight);
            }
            if let Some(label) = labels[at] {
                start[(places + label as usize) * width + at] = 1.0;
            }
        }
        for activity in 0..activities {
            let row = (places + activity) * width;
            start[row + transitions + activity] = -1.0;
            start[row + transitions + activities + activity] = 1.0;
        }
        for row in 0..rows {
            start[row * width + columns + row] = 1.0;
        }
        let mut costs = vec![0.0; transitions];
        costs.extend_from_slice(model);
        costs.extend(std::iter::repeat_n(log, activities));
        let mut bound = Self {
            rows,
            columns,
            reduced: costs.clone(),
            costs,
            table: start.clone(),
            start,
            basis: Vec::new(),
            values: Vec::new(),
            pivots: 0,
        };
        bound.reset();
        bound
    }

    fn reset(&mut self) {
        self.table.copy_from_slice(&self.start);
        self.reduced.copy_from_slice(&self.costs);
        self.basis = (self.columns..self.columns + self.rows).collect();
        self.values = vec![0.0; self.rows];
        self.pivots = 0;
    }

    /// The bound for a right-hand side: tokens still to come on each place, then events still to come of each activity.
    pub(super) fn ask(&mut self, right: &[f64]) -> Answer {
        if self.pivots > 2000 {
            self.reset();
        }
        let width = self.columns + self.rows;
        for row in 0..self.rows {
            let inverse = &self.table[row * width + self.columns..(row + 1) * width];
            self.values[row] = inverse.iter().zip(right).map(|(a, b)| a * b).sum();
        }
        let limit = self.pivots + 50 + 4 * self.rows;
        while let Some((row, low)) = self.leaving() {
            if self.pivots >= limit {
                let value = self.objective();
                self.reset();
                return Answer::AtLeast(value, None);
            }
            let Some(column) = self.entering(row, low) else {
                return Answer::Never;
            };
            self.pivot(row, column);
        }
        let mut solution = vec![0.0_f32; self.columns];
        for (row, column) in self.basis.iter().enumerate() {
            if *column < self.columns {
                solution[*column] = self.values[row] as f32;
            }
        }
        Answer::AtLeast(self.objective(), Some(solution))
    }

    fn objective(&self) -> f64 {
        let paid = self.basis.iter().zip(&self.values).filter(|(column, _)| **column < self.columns);
        paid.map(|(column, value)| self.costs[*column] * value).sum::<f64>().max(0.0)
    }

    /// The row whose value is furthest outside, and whether it is too low.
    fn leaving(&self) -> Option<(usize, bool)> {
        let (mut worst, mut found) = (EPSILON, None);
        for (row, value) in self.values.iter().enumerate() {
            let fixed = self.basis[row] >= self.columns;
            if -value > worst {
                (worst, found) = (-value, Some((row, true)));
            } else if fixed && *value > worst {
                (worst, found) = (*value, Some((row, false)));
            }
        }
        found
    }

    /// The column that keeps every reduced cost non-negative; of equal ones the largest pivot, then the first.
    fn entering(&self, row: usize, low: bool) -> Option<usize> {
        let width = self.columns + self.rows;
        let line = &self.table[row * width..row * width + self.columns];
        let (mut least, mut size, mut found) = (f64::INFINITY, 0.0, None);
        for (column, coefficient) in line.iter().enumerate() {
            let along = if low { -coefficient } else { *coefficient };
            if along > EPSILON {
                let ratio = self.reduced[column].max(0.0) / along;
                if ratio < least - 1e-12 || (ratio <= least + 1e-12 && along > size) {
                    (least, size, found) = (ratio.min(least), along, Some(column));
                }
            }
        }
        found
    }

    fn pivot(&mut self, row: usize, column: usize) {
        let width = self.columns + self.rows;
        let inverse = 1.0 / self.table[row * width + column];
        for value in &mut self.table[row * width..(row + 1) * width] {
            *value *= inverse;
        }
        self.values[row] *= inverse;
        let (before, rest) = self.table.split_at_mut(row * width);
        let (line, after) = rest.split_at_mut(width);
        let moved = self.values[row];
        let mut other = |at: usize, target: &mut [f64]| {
            let factor = target[column];
            if factor != 0.0 {
                for (value, pivot) in target.iter_mut().zip(line.iter()) {
                    *value -= factor * pivot;
                }
                self.values[at] -= factor * moved;
            }
        };
        for (at, target) in before.chunks_exact_mut(width).enumerate() {
            other(at, target);
        }
        for (at, target) in after.chunks_exact_mut(width).enumerate() {
            other(row + 1 + at, target);
        }
        let factor = self.reduced[column];
        for (value, pivot) in self.reduced.iter_mut().zip(line.iter()) {
            *value -= factor * pivot;
        }
        self.basis[row] = column;
        self.pivots += 1;
    }
}
