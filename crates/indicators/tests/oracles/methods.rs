//! Weights and multi-criteria scores as published, and as other programs give them.

use crate::sheet::{Sheet, assert_column, oracles};
use serde_json::Value;
use zhidian_indicators::composite::{
    Matrix,
    aggregate::Aggregate,
    mcdm::{Method, Scale},
    weights::{Weighting, benefit_of_the_doubt},
};

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|x| x.as_f64().unwrap()).collect()
}

fn json(path: &str) -> Value {
    serde_json::from_str(&std::fs::read_to_string(oracles().unwrap().join(path)).unwrap()).unwrap()
}

/// Published tables are rounded to so many decimals; what is better when less is turned by the caller, as a recipe
/// does.
#[test]
fn published_weights() {
    if oracles().is_none() {
        return;
    }
    for case in json("mcdm/published_weights.json").as_array().unwrap() {
        let name = case["method"].as_str().unwrap();
        let rows: Vec<Vec<f64>> = case["matrix"].as_array().unwrap().iter().map(numbers).collect();
        let types = case["types"]
            .as_array()
            .map(|types| types.iter().map(|t| t.as_i64().unwrap()).collect::<Vec<_>>());
        let n = rows[0].len();
        let matrix = Matrix::from_rows(&rows);
        let costs = types.unwrap_or_else(|| vec![1; n]);
        // MEREC and CILOS take a cost by its reciprocal, up to a factor.
        let turned = matrix.map_columns(|at, column| {
            if costs[at] > 0 { column.to_vec() } else { column.iter().map(|x| 1.0 / x).collect() }
        });
        if name == "idocriw" {
            // The paper takes entropies of the table as it came and losses of the turned one.
            let product: Vec<f64> = Weighting::Entropy
                .of(&matrix, &vec![1.0; n])
                .weights
                .iter()
                .zip(Weighting::Cilos.of(&turned, &vec![1.0; n]).weights)
                .map(|(entropy, loss)| entropy * loss)
                .collect();
            assert_near(name, &relative(&product), case);
            continue;
        }
        let weighting = match name {
            "entropy" => Weighting::Entropy,
            "std" => Weighting::StandardDeviation,
            "merec" => Weighting::Merec,
            "critic" => Weighting::Critic,
            "cilos" => Weighting::Cilos,
            "angle" => Weighting::Angle,
            "gini" => Weighting::Gini,
            "variance" => Weighting::Variance,
            "ahp_eigenvector" => Weighting::Ahp { judgements: rows.clone() },
            other => panic!("no method {other}"),
        };
        let ours = weighting.of(&turned, &vec![1.0; n]).weights;
        assert_near(name, &ours, case);
    }
}

fn relative(x: &[f64]) -> Vec<f64> {
    let total: f64 = x.iter().sum();
    x.iter().map(|x| x / total).collect()
}

/// Equal to the decimals printed.
fn assert_near(name: &str, ours: &[f64], case: &Value) {
    let unit = 0.51 * 10_f64.powi(-i32::try_from(case["decimals"].as_i64().unwrap()).unwrap());
    for (at, (a, b)) in ours.iter().zip(numbers(&case["expected"])).enumerate() {
        assert!((a - b).abs() <= unit, "{name}, weight {at}: {a} against {b}");
    }
}

#[test]
fn multicriteria() {
    if oracles().is_none() {
        return;
    }
    let theirs = json("mcdm/asem_pymcdm.json");
    let texts = |key: &str| -> Vec<String> {
        theirs[key].as_array().unwrap().iter().map(|x| x.as_str().unwrap().to_owned()).collect()
    };
    let matrix =
        Sheet::read("coinr/asem_norm_minmax_1_100.csv").matrix("uCode", &texts("units"), &texts("columns"));
    let equal = vec![1.0; matrix.columns()];
    for (name, weighting) in [
        ("entropy", Weighting::Entropy),
        ("critic", Weighting::Critic),
        ("standard_deviation", Weighting::StandardDeviation),
        ("variance", Weighting::Variance),
        ("gini", Weighting::Gini),
        ("merec", Weighting::Merec),
    ] {
        let ours = weighting.of(&matrix, &equal).weights;
        assert_column(name, &ours, &numbers(&theirs["weights"][format!("{name}_weights")]));
    }
    // Scores were taken with weights of entropy.
    let weights = Weighting::Entropy.of(&matrix, &equal).weights;
    for (name, method) in [
        ("WSM", Method::Wsm),
        ("WPM", Method::Wpm),
        ("TOPSIS", Method::Topsis { scale: Scale::MinMax }),
        ("TOPSIS_vector", Method::Topsis { scale: Scale::Vector }),
        ("VIKOR", Method::Vikor { v: 0.5 }),
        ("EDAS", Method::Edas),
        ("CODAS", Method::Codas { threshold: 0.02 }),
        ("ARAS", Method::Aras),
        ("MABAC", Method::Mabac),
        ("MARCOS", Method::Marcos),
        ("WASPAS", Method::Waspas { lambda: 0.5 }),
        ("PROMETHEE_II", Method::Promethee),
    ] {
        let ours = method.score(&matrix, &weights);
        assert_column(name, &ours, &numbers(&theirs["scores"][name]));
    }
}

#[test]
fn mazziotta_pareto_and_benefit_of_the_doubt() {
    if oracles().is_none() {
        return;
    }
    let sheet = Sheet::read("compind/BLI_2017_z100_10_mpi.csv");
    let units = sheet.text("country");
    let indicators: Vec<String> = sheet.columns[1..12].to_vec();
    let matrix = sheet.matrix("country", &units, &indicators);
    let equal = vec![1.0; 11];
    for (column, positive) in [("mpi_neg", false), ("mpi_pos", true)] {
        let ours =
            Aggregate::MazziottaPareto { positive, population: false }.apply(&matrix, &equal, 0.0).values;
        assert_column(column, &ours, &sheet.numbers(column));
    }
    let scaled = Sheet::read("compind/BLI_2017_minmax.csv").matrix("country", &units, &indicators);
    let theirs = Sheet::read("compind/BLI_2017_bod_minmax.csv");
    assert_eq!(theirs.text("country"), units);
    for ((ours, theirs), unit) in benefit_of_the_doubt(&scaled).iter().zip(theirs.numbers("bod")).zip(&units)
    {
        assert!((ours - theirs).abs() < 1e-9, "{unit}: {ours} against {theirs}");
    }
}
