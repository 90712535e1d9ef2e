//! Reading the files that answers are compared with; they are not part of the repository.

use std::{collections::BTreeMap, path::PathBuf};
use zhidian_indicators::composite::Matrix;

/// The folder of the files, or nothing where it is not there.
pub(crate) fn oracles() -> Option<PathBuf> {
    let root = std::env::var_os("ZHIDIAN_ORACLES").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/oracles"),
        PathBuf::from,
    );
    let folder = root.join("indicators");
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("skipped: no oracles");
    None
}

/// A file with a header, its first column naming the rows.
pub(crate) struct Sheet {
    pub(crate) columns: Vec<String>,
    pub(crate) rows: Vec<Vec<String>>,
}

impl Sheet {
    pub(crate) fn read(path: &str) -> Self {
        let path = oracles().unwrap().join(path);
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_path(&path).unwrap();
        let columns = reader.headers().unwrap().iter().map(str::to_owned).collect();
        let rows = reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
        Self { columns, rows }
    }

    pub(crate) fn text(&self, column: &str) -> Vec<String> {
        let at = self
            .columns
            .iter()
            .position(|name| name == column)
            .unwrap_or_else(|| panic!("no column {column}"));
        self.rows.iter().map(|row| row[at].clone()).collect()
    }

    pub(crate) fn numbers(&self, column: &str) -> Vec<f64> {
        self.text(column)
            .iter()
            .map(|cell| cell.parse().ok().filter(|x: &f64| x.is_finite()).unwrap_or(f64::NAN))
            .collect()
    }

    /// The numbers of columns with the rows in the order of `units`.
    pub(crate) fn matrix(&self, key: &str, units: &[String], columns: &[String]) -> Matrix {
        let place: BTreeMap<String, usize> =
            self.text(key).into_iter().enumerate().map(|(at, unit)| (unit, at)).collect();
        let column = |column: &String| {
            let values = self.numbers(column);
            units.iter().map(|unit| values[place[unit]]).collect()
        };
        Matrix::from_columns(&columns.iter().map(column).collect::<Vec<_>>())
    }
}

/// Equal to 1e-12 of the greater of the value and the column's scale.
pub(crate) fn assert_columns(name: &str, ours: &Matrix, theirs: &Matrix) {
    assert_eq!((ours.rows(), ours.columns()), (theirs.rows(), theirs.columns()), "{name}");
    for (at, (a, b)) in ours.each().zip(theirs.each()).enumerate() {
        assert_column(&format!("{name}, column {at}"), a, b);
    }
}

pub(crate) fn assert_column(name: &str, ours: &[f64], theirs: &[f64]) {
    let scale = theirs.iter().filter(|x| !x.is_nan()).fold(0.0_f64, |most, x| most.max(x.abs()));
    for (row, (a, b)) in ours.iter().zip(theirs).enumerate() {
        let near = (a - b).abs() <= 1e-12 * b.abs().max(scale) || (a.is_nan() && b.is_nan());
        assert!(near, "{name}, row {row}: {a} against {b}");
    }
}
