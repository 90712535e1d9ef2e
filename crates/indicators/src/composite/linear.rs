//! The little linear algebra that weights need: symmetric eigenvectors, a dominant eigenvector, a linear programme.

/// Eigenvalues, greatest first, and the eigenvectors beside them, of a symmetric matrix, by cyclic Jacobi rotations
/// (Golub and Van Loan, Matrix Computations, 8.5). Each vector's greatest component is positive.
pub fn eigen(matrix: &[Vec<f64>]) -> Vec<(f64, Vec<f64>)> {
    let n = matrix.len();
    let mut a = matrix.to_vec();
    let mut v: Vec<Vec<f64>> =
        (0..n).map(|i| (0..n).map(|j| f64::from(u8::from(i == j))).collect()).collect();
    let scale: f64 = a.iter().flatten().map(|x| x * x).sum();
    for _ in 0..100 {
        let off: f64 = (0..n).flat_map(|i| (0..i).map(move |j| (i, j))).map(|(i, j)| a[i][j] * a[i][j]).sum();
        if off <= 1e-30 * scale {
            break;
        }
        for p in 0..n {
            for q in p + 1..n {
                rotate(&mut a, &mut v, p, q);
            }
        }
    }
    let mut pairs: Vec<(f64, Vec<f64>)> =
        (0..n).map(|k| (a[k][k], upright(v.iter().map(|row| row[k]).collect()))).collect();
    pairs.sort_by(|x, y| y.0.total_cmp(&x.0));
    pairs
}

fn rotate(a: &mut [Vec<f64>], v: &mut [Vec<f64>], p: usize, q: usize) {
    if a[p][q] == 0.0 {
        return;
    }
    let theta = (a[q][q] - a[p][p]) / (2.0 * a[p][q]);
    let t = theta.signum() / (theta.abs() + (theta * theta + 1.0).sqrt());
    let t = if theta == 0.0 { 1.0 } else { t };
    let c = 1.0 / (t * t + 1.0).sqrt();
    let s = t * c;
    for row in a.iter_mut().chain(v.iter_mut()) {
        let (x, y) = (row[p], row[q]);
        row[p] = c * x - s * y;
        row[q] = s * x + c * y;
    }
    let (rows_p, rows_q) = a.split_at_mut(q);
    for (x, y) in rows_p[p].iter_mut().zip(&mut rows_q[0]) {
        (*x, *y) = (c * *x - s * *y, s * *x + c * *y);
    }
}

fn upright(vector: Vec<f64>) -> Vec<f64> {
    let greatest =
        vector.iter().copied().fold(0.0_f64, |most, x| if x.abs() > most.abs() { x } else { most });
    if greatest < 0.0 { vector.iter().map(|x| -x).collect() } else { vector }
}

/// Dominant eigenvalue and its vector, summing to one, of a matrix with positive entries, by power iteration.
pub fn dominant(matrix: &[Vec<f64>]) -> (f64, Vec<f64>) {
    let n = matrix.len();
    let mut x = vec![1.0 / n as f64; n];
    let mut value = 0.0;
    for _ in 0..10_000 {
        let next: Vec<f64> = matrix.iter().map(|row| row.iter().zip(&x).map(|(a, x)| a * x).sum()).collect();
        let sum: f64 = next.iter().sum();
        let next: Vec<f64> = next.iter().map(|x| x / sum).collect();
        let moved: f64 = next.iter().zip(&x).map(|(a, b)| (a - b).abs()).sum();
        (value, x) = (sum, next);
        if moved < 1e-15 {
            break;
        }
    }
    (value, x)
}

/// Greatest `c·x` over `x ≥ 0`, `Ax ≤ b` with `b ≥ 0`, by the primal simplex method with Bland's rule (1977), which
/// does not cycle. The value and `x`; nothing when it is unbounded.
pub fn maximise(c: &[f64], a: &[Vec<f64>], b: &[f64]) -> Option<(f64, Vec<f64>)> {
    const EPS: f64 = 1e-11;
    let (m, n) = (a.len(), c.len());
    let mut rows: Vec<Vec<f64>> = (0..m)
        .map(|i| {
            let slack = (0..m).map(|k| f64::from(u8::from(k == i)));
            a[i].iter().copied().chain(slack).chain([b[i]]).collect()
        })
        .collect();
    let mut goal: Vec<f64> = c.iter().map(|c| -c).chain(std::iter::repeat_n(0.0, m + 1)).collect();
    let mut basis: Vec<usize> = (n..n + m).collect();
    while let Some(enter) = (0..n + m).find(|j| goal[*j] < -EPS) {
        let ratios = (0..m).filter(|i| rows[*i][enter] > EPS).map(|i| (rows[i][n + m] / rows[i][enter], i));
        let leave = ratios.min_by(|x, y| x.0.total_cmp(&y.0).then(basis[x.1].cmp(&basis[y.1])))?.1;
        let pivot = rows[leave][enter];
        rows[leave].iter_mut().for_each(|x| *x /= pivot);
        let pivoted = rows[leave].clone();
        for (_, row) in rows.iter_mut().enumerate().filter(|(i, _)| *i != leave) {
            eliminate(row, &pivoted, enter);
        }
        eliminate(&mut goal, &pivoted, enter);
        basis[leave] = enter;
    }
    let mut x = vec![0.0; n];
    for (row, at) in rows.iter().zip(&basis).filter(|(_, at)| **at < n) {
        x[*at] = row[n + m];
    }
    Some((goal[n + m], x))
}

fn eliminate(row: &mut [f64], by: &[f64], at: usize) {
    let factor = row[at];
    if factor != 0.0 {
        row.iter_mut().zip(by).for_each(|(x, by)| *x -= factor * by);
    }
}
