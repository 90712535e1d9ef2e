//! Moments, quantiles, correlations and ranks of a column; missing values are left out.

/// The values that are there.
pub fn present(x: &[f64]) -> impl Iterator<Item = f64> + Clone + '_ {
    x.iter().copied().filter(|value| !value.is_nan())
}

/// How many values are there.
pub fn count(x: &[f64]) -> usize {
    present(x).count()
}

/// Arithmetic mean; `NaN` of nothing. Summed twice, so that a constant column has its constant as mean.
pub fn mean(x: &[f64]) -> f64 {
    let n = count(x) as f64;
    let first = present(x).sum::<f64>() / n;
    first + present(x).map(|value| value - first).sum::<f64>() / n
}

/// The sum of a function over a column without missing values, in eight lanes: the order is fixed, and a processor adds
/// several at once.
pub(super) fn sum_of(x: &[f64], of: impl Fn(f64) -> f64) -> f64 {
    let mut lanes = [0.0; 8];
    let chunks = x.chunks_exact(8);
    let rest: f64 = chunks.remainder().iter().map(|x| of(*x)).sum();
    for chunk in chunks {
        for (lane, x) in lanes.iter_mut().zip(chunk) {
            *lane += of(*x);
        }
    }
    lanes.iter().sum::<f64>() + rest
}

/// Least and greatest of a column without missing values, in lanes as well.
pub(super) fn ends(x: &[f64]) -> (f64, f64) {
    let (mut low, mut high) = ([f64::INFINITY; 8], [f64::NEG_INFINITY; 8]);
    let chunks = x.chunks_exact(8);
    for (lane, x) in chunks.remainder().iter().enumerate() {
        (low[lane], high[lane]) = (*x, *x);
    }
    for chunk in chunks {
        for ((low, high), x) in low.iter_mut().zip(&mut high).zip(chunk) {
            *low = if *x < *low { *x } else { *low };
            *high = if *x > *high { *x } else { *high };
        }
    }
    (low.into_iter().fold(f64::INFINITY, f64::min), high.into_iter().fold(f64::NEG_INFINITY, f64::max))
}

/// Sample variance, divided by n − 1; `NaN` for fewer than two values.
pub fn variance(x: &[f64]) -> f64 {
    let n = count(x);
    if n < 2 {
        return f64::NAN;
    }
    let mean = mean(x);
    present(x).map(|value| (value - mean).powi(2)).sum::<f64>() / (n - 1) as f64
}

/// Sample standard deviation.
pub fn deviation(x: &[f64]) -> f64 {
    variance(x).sqrt()
}

/// Least value; `NaN` of nothing.
pub fn least(x: &[f64]) -> f64 {
    present(x).fold(f64::NAN, f64::min)
}

/// Greatest value; `NaN` of nothing.
pub fn greatest(x: &[f64]) -> f64 {
    present(x).fold(f64::NAN, f64::max)
}

/// Median.
pub fn median(x: &[f64]) -> f64 {
    quantile(x, 0.5)
}

/// Quantile by linear interpolation between order statistics (type 7 of Hyndman and Fan, 1996, The American
/// Statistician 50(4):361–365).
pub fn quantile(x: &[f64], at: f64) -> f64 {
    let mut sorted: Vec<f64> = present(x).collect();
    sorted.sort_by(f64::total_cmp);
    if sorted.is_empty() {
        return f64::NAN;
    }
    let place = at.clamp(0.0, 1.0) * (sorted.len() - 1) as f64;
    let (below, part) = (place.floor() as usize, place.fract());
    let above = (below + 1).min(sorted.len() - 1);
    sorted[below] + part * (sorted[above] - sorted[below])
}

/// Skewness G1 of a sample (Joanes and Gill, 1998, The Statistician 47(1):183–189); `NaN` for fewer than three values
/// or a constant column.
pub fn skewness(x: &[f64]) -> f64 {
    let n = count(x) as f64;
    if n < 3.0 {
        return f64::NAN;
    }
    let (second, third) = (moment(x, 2), moment(x, 3));
    third / second.powf(1.5) * (n * (n - 1.0)).sqrt() / (n - 2.0)
}

/// Excess kurtosis G2 of a sample (Joanes and Gill, 1998); `NaN` for fewer than four values or a constant column.
pub fn kurtosis(x: &[f64]) -> f64 {
    let n = count(x) as f64;
    if n < 4.0 {
        return f64::NAN;
    }
    let g2 = moment(x, 4) / moment(x, 2).powi(2) - 3.0;
    (n - 1.0) / ((n - 2.0) * (n - 3.0)) * ((n + 1.0) * g2 + 6.0)
}

/// Central moment, divided by n.
fn moment(x: &[f64], order: i32) -> f64 {
    let mean = mean(x);
    present(x).map(|value| (value - mean).powi(order)).sum::<f64>() / count(x) as f64
}

/// How pairs of columns move together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Correlation {
    /// Of values.
    Pearson,
    /// Of ranks, ties in the middle.
    Spearman,
    /// Tau-b: of orders, corrected for ties (Kendall, 1945, Biometrika 33(3):239–251).
    Kendall,
}

/// Correlation over the units where both are there; `NaN` where one is constant.
pub fn correlation(how: Correlation, x: &[f64], y: &[f64]) -> f64 {
    let (x, y): (Vec<f64>, Vec<f64>) = x.iter().zip(y).filter(|(x, y)| !x.is_nan() && !y.is_nan()).unzip();
    match how {
        Correlation::Pearson => pearson(&x, &y),
        Correlation::Spearman => pearson(&ranks_averaged(&x), &ranks_averaged(&y)),
        Correlation::Kendall => kendall(&x, &y),
    }
}

fn pearson(x: &[f64], y: &[f64]) -> f64 {
    let (mx, my) = (mean(x), mean(y));
    let (mut xy, mut xx, mut yy) = (0.0, 0.0, 0.0);
    for (x, y) in x.iter().zip(y) {
        let (dx, dy) = (x - mx, y - my);
        xy += dx * dy;
        xx += dx * dx;
        yy += dy * dy;
    }
    if xx == 0.0 || yy == 0.0 { f64::NAN } else { (xy / (xx.sqrt() * yy.sqrt())).clamp(-1.0, 1.0) }
}

fn kendall(x: &[f64], y: &[f64]) -> f64 {
    let (mut agree, mut untied_x, mut untied_y) = (0.0, 0.0, 0.0);
    for i in 0..x.len() {
        for j in 0..i {
            let (dx, dy) = (sign(x[i] - x[j]), sign(y[i] - y[j]));
            agree += dx * dy;
            untied_x += dx.abs();
            untied_y += dy.abs();
        }
    }
    if untied_x == 0.0 || untied_y == 0.0 { f64::NAN } else { agree / f64::sqrt(untied_x * untied_y) }
}

fn sign(x: f64) -> f64 {
    if x > 0.0 {
        1.0
    } else if x < 0.0 {
        -1.0
    } else {
        0.0
    }
}

/// What units that are equal share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ties {
    /// The best place: 1, 2, 2, 4.
    Least,
    /// The middle of their places: 1, 2.5, 2.5, 4.
    Average,
    /// The worst place: 1, 3, 3, 4.
    Greatest,
    /// The best place, none left out behind: 1, 2, 2, 3.
    Dense,
}

/// Places from the greatest value down, 1 the first; a missing value has none (`NaN`).
pub fn places(x: &[f64], ties: Ties) -> Vec<f64> {
    let negated: Vec<f64> = x.iter().map(|value| -value).collect();
    ranks(&negated, ties)
}

/// Ranks from the least value up, 1 the first, ties in the middle; a missing value has none (`NaN`).
pub fn ranks_averaged(x: &[f64]) -> Vec<f64> {
    ranks(x, Ties::Average)
}

/// Ranks from the least value up, 1 the first; a missing value has none (`NaN`).
pub fn ranks(x: &[f64], ties: Ties) -> Vec<f64> {
    let mut order: Vec<usize> = (0..x.len()).filter(|at| !x[*at].is_nan()).collect();
    order.sort_by(|a, b| x[*a].total_cmp(&x[*b]));
    let mut out = vec![f64::NAN; x.len()];
    let (mut from, mut levels) = (0, 0.0);
    while from < order.len() {
        let same = order[from..].iter().take_while(|at| x[**at] == x[order[from]]).count();
        levels += 1.0;
        let rank = match ties {
            Ties::Greatest => (from + same) as f64,
            Ties::Dense => levels,
            Ties::Least => from as f64 + 1.0,
            Ties::Average => from as f64 + (same as f64 + 1.0) / 2.0,
        };
        for at in &order[from..from + same] {
            out[*at] = rank;
        }
        from += same;
    }
    out
}
