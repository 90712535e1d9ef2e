//! The ASEM sustainable connectivity index: every stage, every alternative, all saved runs.

use crate::sheet::{Sheet, assert_column, assert_columns, oracles};
use std::collections::BTreeMap;
use zhidian_indicators::composite::{
    Composite, Data, Matrix, Recipe,
    aggregate::Aggregate,
    analysis, build,
    impute::{Impute, Scarce, Screen},
    normalise::Normalise,
    recipe::{Direction, Indicator, Node, Step, Treat},
    statistics::{self, Correlation},
    uncertainty::{Factor, Model, replay, sobol},
};

/// The data and the declaration, as the files give them.
struct Asem {
    data: Data,
    recipe: Recipe,
    units: Vec<String>,
    indicators: Vec<String>,
    nodes: Vec<String>,
}

fn asem() -> Asem {
    let (sheet, meta) = (Sheet::read("coinr/ASEM_iData.csv"), Sheet::read("coinr/ASEM_iMeta.csv"));
    let (ids, levels) = (meta.text("iCode"), meta.text("Level"));
    let (parents, kinds) = (meta.text("Parent"), meta.text("Type"));
    let (directions, weights) = (meta.numbers("Direction"), meta.numbers("Weight"));
    let (targets, denominators) = (meta.numbers("Target"), meta.text("Denominator"));
    let numeric = |id: &String| (id.clone(), sheet.numbers(id));
    let grouped = |id: &String| (id.clone(), sheet.text(id));
    let of_kind = |kind: &str| -> Vec<String> {
        ids.iter().zip(&kinds).filter(|(_, of)| *of == kind).map(|(id, _)| id.clone()).collect()
    };
    let numbers = [of_kind("Indicator"), of_kind("Denominator")].concat();
    let data = Data {
        units: sheet.text("uCode"),
        periods: vec![],
        columns: numbers.iter().map(numeric).collect(),
        groups: of_kind("Group").iter().map(grouped).collect(),
    };
    let mut recipe: Recipe = toml::from_str("title = \"ASEM\"").unwrap();
    recipe.impute = Impute::GroupMean { group: "EurAsia_group".into() };
    recipe.treat = Some(Treat::default());
    recipe.screen = Some(Screen { by: Scarce::Missing, share: 0.9 });
    for at in 0..ids.len() {
        let parent = Some(parents[at].clone()).filter(|parent| !parent.is_empty());
        if levels[at] == "1" {
            let declared = format!("id = \"{}\"\nparent = \"{}\"", ids[at], parents[at]);
            recipe.indicators.push(Indicator {
                weight: weights[at],
                direction: if directions[at] < 0.0 { Direction::Less } else { Direction::More },
                target: Some(targets[at]).filter(|target| !target.is_nan()),
                denominator: Some(denominators[at].clone()).filter(|by| !by.is_empty()),
                ..toml::from_str(&declared).unwrap()
            });
        } else if !levels[at].is_empty() {
            let declared: Node = toml::from_str(&format!("id = \"{}\"", ids[at])).unwrap();
            recipe.nodes.push(Node { parent, weight: weights[at], ..declared });
        }
    }
    let indicators = recipe.indicators.iter().map(|indicator| indicator.id.clone()).collect();
    let nodes = recipe.nodes.iter().map(|node| node.id.clone()).collect();
    Asem { units: data.units.clone(), data, recipe, indicators, nodes }
}

impl Asem {
    fn theirs(&self, file: &str, columns: &[String]) -> Matrix {
        Sheet::read(&format!("coinr/{file}.csv")).matrix("uCode", &self.units, columns)
    }

    fn step(&self, composite: &Composite, step: Step) -> Matrix {
        composite.steps.iter().find(|(other, _)| *other == step).unwrap().1.clone()
    }
}

fn nodes_of(composite: &Composite, nodes: &[String]) -> Matrix {
    let slots: Vec<usize> = nodes.iter().map(|node| composite.tree.slot(node).unwrap()).collect();
    composite.scores.pick_columns(&slots)
}

#[test]
fn every_stage() {
    if oracles().is_none() {
        return;
    }
    let asem = asem();
    let built = build(&asem.data, &asem.recipe).unwrap();
    assert_eq!(built.rows.len(), 51);
    for (step, file) in [
        (Step::Denominate, "Denominated"),
        (Step::Impute, "Imputed"),
        (Step::Screen, "Screened"),
        (Step::Treat, "Treated"),
        (Step::Normalise, "Normalised"),
    ] {
        let theirs = asem.theirs(&format!("asem_stage_{file}"), &asem.indicators);
        assert_columns(file, &asem.step(&built, step), &theirs);
    }
    let theirs = asem.theirs("asem_stage_Aggregated", &asem.nodes);
    assert_columns("Aggregated", &nodes_of(&built, &asem.nodes), &theirs);
    let index = built.tree.root();
    let switzerland = asem.units.iter().position(|unit| unit == "CHE").unwrap();
    let score = built.scores.at(switzerland, index);
    assert!((score - 68.383_724_238_341_71).abs() < 1e-12 * 68.0, "{score}");
    let ranks = Sheet::read("coinr/asem_results_ranks.csv").matrix("uCode", &asem.units, &asem.nodes);
    for (at, node) in asem.nodes.iter().enumerate() {
        let ours = built.places.column(built.tree.slot(node).unwrap());
        assert_eq!(ours, ranks.column(at), "{node}");
    }
}

#[test]
fn every_normalisation() {
    if oracles().is_none() {
        return;
    }
    let asem = asem();
    let z = |mean: f64, deviation: f64| Normalise::ZScore { mean, deviation, population: false, clip: None };
    let cases = [
        ("minmax_0_100", Normalise::MinMax { range: (0.0, 100.0) }),
        ("minmax_1_100", Normalise::MinMax { range: (1.0, 100.0) }),
        ("zscore", z(0.0, 1.0)),
        ("zscore_10_2", z(10.0, 2.0)),
        ("dist2max", Normalise::DistanceToMax),
        ("dist2ref_DEU", Normalise::DistanceToReference { unit: "DEU".into(), cap: false }),
        ("fracmax", Normalise::FractionOfMax),
        ("prank", Normalise::PercentileRank),
        ("rank", Normalise::Rank),
        ("borda", Normalise::Borda),
        ("scaled", Normalise::Scaled { subtract: 0.0, divide: 1.0, times: 1.0, plus: 0.0, clip: None }),
    ];
    for (file, normalise) in cases {
        let recipe = Recipe { normalise, ..asem.recipe.clone() };
        let built = build(&asem.data, &recipe).unwrap();
        let theirs = asem.theirs(&format!("asem_norm_{file}"), &asem.indicators);
        assert_columns(file, &asem.step(&built, Step::Normalise), &theirs);
    }
}

/// Distances to targets were taken from the data as it came: targets are in the units of the raw columns.
#[test]
fn distance_to_target() {
    if oracles().is_none() {
        return;
    }
    let asem = asem();
    let recipe = Recipe {
        normalise: Normalise::DistanceToTarget { cap: false },
        steps: vec![Step::Normalise, Step::Aggregate],
        ..asem.recipe.clone()
    };
    let built = build(&asem.data, &recipe).unwrap();
    let theirs = asem.theirs("asem_norm_dist2targ_raw", &asem.indicators);
    assert_columns("distance to target", &asem.step(&built, Step::Normalise), &theirs);
}

#[test]
fn every_aggregation() {
    if oracles().is_none() {
        return;
    }
    let asem = asem();
    let base = Recipe { normalise: Normalise::MinMax { range: (1.0, 100.0) }, ..asem.recipe.clone() };
    for (file, aggregate) in [
        ("amean", Aggregate::Arithmetic),
        ("gmean", Aggregate::Geometric),
        ("hmean", Aggregate::Harmonic),
        ("genmean_p0.5", Aggregate::Power { p: 0.5 }),
    ] {
        let built = build(&asem.data, &Recipe { aggregate, ..base.clone() }).unwrap();
        let theirs = asem.theirs(&format!("asem_agg_{file}_minmax_1_100"), &asem.nodes);
        assert_columns(file, &nodes_of(&built, &asem.nodes), &theirs);
    }
    let mut mixed = base;
    for node in mixed.nodes.iter_mut().filter(|node| node.parent.is_none()) {
        node.aggregate = Some(Aggregate::Geometric);
    }
    let built = build(&asem.data, &mixed).unwrap();
    let theirs = asem.theirs("asem_agg_amean_amean_gmean_minmax_1_100", &asem.nodes);
    assert_columns("mixed", &nodes_of(&built, &asem.nodes), &theirs);
}

#[test]
fn treatment() {
    if oracles().is_none() {
        return;
    }
    let asem = asem();
    for points in 1..=5 {
        let mut recipe = asem.recipe.clone();
        recipe.treat.get_or_insert_default().points = Some(points);
        let built = build(&asem.data, &recipe).unwrap();
        let theirs = asem.theirs(&format!("asem_treated_winmax{points}"), &asem.indicators);
        assert_columns(&format!("winsorised {points}"), &asem.step(&built, Step::Treat), &theirs);
    }
    let details = Sheet::read("coinr/asem_treat_details.csv");
    let (ids, points) = (details.text("iCode"), details.numbers("winsorise.nwin"));
    let skewness = details.numbers("check_SkewKurt0.Skew");
    let built = build(&asem.data, &asem.recipe).unwrap();
    let before = asem.step(&built, Step::Screen);
    for (id, (points, skewness)) in ids.iter().zip(points.iter().zip(&skewness)) {
        let at = asem.indicators.iter().position(|other| other == id).unwrap();
        let ours = built.treated[at][0].winsorised.map_or(f64::NAN, |points| points as f64);
        assert!(ours == *points || (ours.is_nan() && points.is_nan()), "{id}: {ours} against {points}");
        assert_column(id, &[statistics::skewness(before.column(at))], &[*skewness]);
    }
}

/// The runs another program saved, from their parameters: 100 drawn at random and 300 of a design.
#[test]
fn saved_runs() {
    if oracles().is_none() {
        return;
    }
    let asem = asem();
    let noisy = Sheet::read("coinr/asem_sa_noisy_weights.csv");
    let mut sets: BTreeMap<usize, BTreeMap<String, f64>> = BTreeMap::new();
    let (reps, ids, weights) = (noisy.numbers("weights_rep"), noisy.text("iCode"), noisy.numbers("Weight"));
    for (at, rep) in reps.iter().enumerate() {
        sets.entry(*rep as usize).or_default().insert(ids[at].clone(), weights[at]);
    }
    let places: Vec<usize> = sets.keys().copied().collect();
    let recipe = Recipe {
        uncertain: vec![
            Factor::Points { choices: (1..=5).collect() },
            Factor::Normalise {
                choices: vec![
                    Normalise::MinMax { range: (1.0, 100.0) },
                    Normalise::ZScore { mean: 10.0, deviation: 2.0, population: false, clip: None },
                ],
            },
            Factor::WeightSets { sets: sets.into_values().collect() },
            Factor::Aggregate { choices: vec![Aggregate::Arithmetic, Aggregate::Geometric] },
        ],
        ..asem.recipe.clone()
    };
    let model = Model::new(&asem.data, &recipe, 0).unwrap();
    for (runs, file) in [(100, "ua100"), (300, "sa50")] {
        let parameters = Sheet::read(&format!("coinr/asem_{file}_params.csv"));
        let (points, norm, agg) =
            (parameters.numbers("winmax"), parameters.text("norm"), parameters.text("agg"));
        let set = parameters.numbers("weights_rep");
        let settings: Vec<Vec<usize>> = (0..points.len())
            .map(|run| {
                vec![
                    points[run] as usize - 1,
                    usize::from(norm[run] == "n_zscore"),
                    places.iter().position(|place| *place == set[run] as usize).unwrap(),
                    usize::from(agg[run] == "a_gmean"),
                ]
            })
            .collect();
        assert_eq!(settings.len(), runs);
        let ours = replay(&model, &settings, 2);
        assert_eq!(ours, replay(&model, &settings, 1), "threads change nothing");
        let columns: Vec<String> = (1..=runs).map(|run| format!("r_{run}")).collect();
        let theirs = asem.theirs(&format!("asem_{file}_scores"), &columns);
        for (run, scores) in ours.iter().enumerate() {
            assert_column(&format!("{file}, run {}", run + 1), scores, theirs.column(run));
        }
    }
}

#[test]
fn estimator_of_sensitivity() {
    if oracles().is_none() {
        return;
    }
    let asem = asem();
    let columns: Vec<String> =
        std::iter::once("Nominal".to_owned()).chain((1..=300).map(|r| format!("r_{r}"))).collect();
    let scores = asem.theirs("asem_sa50_scores", &columns);
    let ranks: Vec<Vec<f64>> =
        scores.each().map(|column| statistics::places(column, statistics::Ties::Least)).collect();
    let change: Vec<f64> = ranks[1..]
        .iter()
        .map(|run| {
            statistics::mean(&run.iter().zip(&ranks[0]).map(|(a, b)| (a - b).abs()).collect::<Vec<_>>())
        })
        .collect();
    let ours = sobol::indices(&change, 50, 0, 0);
    let theirs = Sheet::read("coinr/asem_sa50_sobol.csv");
    assert_column("first order", &ours.iter().map(|i| i.first).collect::<Vec<_>>(), &theirs.numbers("Si"));
    assert_column("total", &ours.iter().map(|i| i.total).collect::<Vec<_>>(), &theirs.numbers("STi"));
}

#[test]
fn effective_weights_and_leaving_out() {
    if oracles().is_none() {
        return;
    }
    let asem = asem();
    let built = build(&asem.data, &asem.recipe).unwrap();
    let effective = analysis::effective_weights(&built);
    let sheet = Sheet::read("coinr/asem_eff_weights.csv");
    for (id, weight) in sheet.text("iCode").iter().zip(sheet.numbers("EffWeight")) {
        assert_column(id, &[effective[built.tree.slot(id).unwrap()]], &[weight]);
    }
    let removed = Sheet::read("coinr/asem_remove_L2_meanabsdiff.csv");
    for (id, moved) in removed.text("el").iter().zip(removed.numbers("mad")).skip(1) {
        let (_, ours) = analysis::without(&asem.data, &asem.recipe, id).unwrap();
        assert_column(id, &[ours], &[moved]);
    }
}

#[test]
fn correlations() {
    if oracles().is_none() {
        return;
    }
    let asem = asem();
    let built = build(&asem.data, &asem.recipe).unwrap();
    let column = |id: &str| built.scores.column(built.tree.slot(id).unwrap());
    for (file, how) in [("pearson_L1_L2", Correlation::Pearson), ("kendall_L2_L3", Correlation::Kendall)] {
        let sheet = Sheet::read(&format!("coinr/asem_corr_{file}.csv"));
        let (first, second, theirs) = (sheet.text("Var1"), sheet.text("Var2"), sheet.numbers("Correlation"));
        for at in (0..theirs.len()).filter(|at| !theirs[*at].is_nan()) {
            let ours = statistics::correlation(how, column(&first[at]), column(&second[at]));
            assert!(
                (ours - theirs[at]).abs() < 1e-12,
                "{file} {} {}: {ours} {}",
                first[at],
                second[at],
                theirs[at]
            );
        }
    }
    let sheet = Sheet::read("coinr/asem_corr_spearman_raw_L1_L1.csv");
    let (first, second, theirs) = (sheet.text("Var1"), sheet.text("Var2"), sheet.numbers("Correlation"));
    for at in (0..theirs.len()).filter(|at| !theirs[*at].is_nan()) {
        let raw = |id: &str| &asem.data.columns[id];
        let ours = statistics::correlation(Correlation::Spearman, raw(&first[at]), raw(&second[at]));
        assert!((ours - theirs[at]).abs() < 1e-12, "{} {}: {ours} {}", first[at], second[at], theirs[at]);
    }
}
