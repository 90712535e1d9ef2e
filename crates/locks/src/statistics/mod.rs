//! Means with intervals and quantiles with a stated error, from streams too long to keep.

mod sketch;
mod student;

pub use sketch::Sketch;
pub(crate) use student::ln_gamma;
pub use student::{normal_below, normal_quantile, student_quantile};

use serde::Serialize;

/// A mean with its standard error and 99 % interval.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Mean {
    /// The mean.
    pub mean: f64,
    /// Its standard error.
    pub error: f64,
    /// Half the width of its 99 % interval by Student's t.
    pub half99: f64,
}

/// The mean of independent values of equal weight.
pub fn mean(values: &[f64]) -> Mean {
    let n = values.len() as f64;
    if values.is_empty() {
        return Mean::default();
    }
    let mean = values.iter().sum::<f64>() / n;
    if values.len() < 2 {
        return Mean { mean, error: f64::INFINITY, half99: f64::INFINITY };
    }
    let variance = values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / (n - 1.0);
    let error = (variance / n).sqrt();
    Mean { mean, error, half99: student_quantile(0.995, n - 1.0) * error }
}

/// The mean of one long run, by the means of its consecutive batches (Law and Kelton).
///
/// Batches double in length when there are too many of them, so that memory stays fixed.
#[derive(Clone, Debug)]
pub struct Batches {
    length: u64,
    sum: f64,
    n: u64,
    means: Vec<f64>,
}

/// Batches kept at most.
const BATCHES: usize = 128;

impl Batches {
    /// Batches of this length to begin with.
    pub fn new(length: u64) -> Self {
        Self { length: length.max(1), sum: 0.0, n: 0, means: Vec::with_capacity(BATCHES) }
    }

    /// Counts a value.
    #[inline]
    pub fn add(&mut self, value: f64) {
        self.sum += value;
        self.n += 1;
        if self.n == self.length {
            self.close();
        }
    }

    #[cold]
    fn close(&mut self) {
        self.means.push(self.sum / self.length as f64);
        (self.sum, self.n) = (0.0, 0);
        if self.means.len() == BATCHES {
            self.means = self.means.chunks(2).map(|pair| (pair[0] + pair[1]) / 2.0).collect();
            self.length *= 2;
        }
    }

    /// The mean of all complete batches.
    pub fn mean(&self) -> Mean {
        mean(&self.means)
    }
}
