//! Times methods of the library alone, without reading and printing, in processor seconds.
//!
//! usage: timed replay RECIPE.toml DATA.csv UNIT_COLUMN PERIOD_COLUMN CHOICES.csv | timed topsis ROWS COLUMNS
#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs, reason = "a measurement may fail loudly")]

use std::fs;
use zhidian_indicators::{
    composite::{
        Matrix,
        mcdm::{Method, Scale},
        uncertainty::{Model, Setting, replay},
        weights::Weighting,
    },
    sheet::{Layout, Limits, Sheet},
};

/// Processor seconds of this process, in hundredths.
fn processor() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap().split_whitespace().collect();
    (fields[11].parse::<f64>().unwrap() + fields[12].parse::<f64>().unwrap()) / 100.0
}

/// Seconds of one call, from as many calls as take about a second.
fn seconds<T>(mut once: impl FnMut() -> T) -> f64 {
    let (start, mut calls) = (processor(), 0);
    while processor() - start < 1.5 {
        for _ in 0..10 {
            std::hint::black_box(once());
        }
        calls += 10;
    }
    (processor() - start) / f64::from(calls)
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let (took, scores) = match arguments[1].as_str() {
        "replay" => replays(&arguments[2..]),
        _ => topsis(arguments[2].parse().unwrap(), arguments[3].parse().unwrap()),
    };
    println!("{}", serde_json::json!({ "cpu_seconds": took, "scores": scores }));
}

fn replays(arguments: &[String]) -> (f64, Vec<Vec<f64>>) {
    let recipe = toml::from_str(&fs::read_to_string(&arguments[0]).unwrap()).unwrap();
    let layout = Layout { unit: Some(arguments[2].clone()), period: Some(arguments[3].clone()) };
    let sheet = Sheet::read(fs::File::open(&arguments[1]).unwrap(), &layout, &Limits::default()).unwrap();
    let model = Model::new(&sheet.data, &recipe, 0).unwrap();
    let choices = fs::read_to_string(&arguments[4]).unwrap();
    let settings: Vec<Setting> = choices
        .lines()
        .skip(1)
        .map(|line| line.split(',').map(|choice| choice.parse::<usize>().unwrap() - 1).collect())
        .collect();
    (seconds(|| replay(&model, &settings, 1)), replay(&model, &settings, 1))
}

fn topsis(rows: usize, columns: usize) -> (f64, Vec<Vec<f64>>) {
    let value = |row: usize, column: usize| ((row * 7919 + column * 104_729) % 100_003) as f64 / 100.0 + 1.0;
    let table: Vec<Vec<f64>> =
        (0..columns).map(|column| (0..rows).map(|row| value(row, column)).collect()).collect();
    let matrix = Matrix::from_columns(&table);
    let score = || {
        let weights = Weighting::Entropy.of(&matrix, &[]).weights;
        Method::Topsis { scale: Scale::Vector }.score(&matrix, &weights)
    };
    (seconds(score), vec![score()])
}
