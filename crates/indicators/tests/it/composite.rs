//! Composite indices: the shortcut is the long way, threads change nothing, what is declared is done.

use proptest::prelude::*;
use zhidian_indicators::composite::{
    Data, Recipe, build, explain,
    uncertainty::{Model, Options, Room, analyse},
};

const RECIPE: &str = r#"
title = "three levels"
normalise = { method = "min_max", range = [1, 100] }
[[node]]
id = "index"
[[node]]
id = "a"
parent = "index"
weight = 2
[[node]]
id = "b"
parent = "index"
[[indicator]]
id = "x"
parent = "a"
[[indicator]]
id = "y"
parent = "a"
weight = 3
direction = -1
[[indicator]]
id = "z"
parent = "b"
[[uncertain]]
factor = "normalise"
choices = [{ method = "min_max", range = [1, 100] }, { method = "z_score", mean = 10, deviation = 2 }]
[[uncertain]]
factor = "weight_noise"
share = 0.3
sets = 20
[[uncertain]]
factor = "aggregate"
choices = [{ method = "arithmetic" }, { method = "geometric" }, { method = "harmonic" }]
"#;

fn recipe(text: &str) -> Recipe {
    toml::from_str(text).unwrap()
}

fn data(rows: &[[f64; 3]]) -> Data {
    let column = |at: usize| rows.iter().map(|row| row[at]).collect::<Vec<f64>>();
    Data {
        units: (0..rows.len()).map(|row| format!("u{row}")).collect(),
        columns: ["x", "y", "z"].iter().enumerate().map(|(at, id)| ((*id).to_owned(), column(at))).collect(),
        ..Data::default()
    }
}

fn some() -> Data {
    data(&[[1.0, 5.0, 2.0], [2.0, 3.0, 9.0], [4.0, 8.0, 5.0], [3.0, 1.0, 7.0], [0.5, 2.0, 4.0]])
}

#[test]
fn one_thread_and_two_give_the_same_bits() {
    let run = |threads| {
        let options = Options { points: 64, resamples: 20, seed: 7, threads };
        analyse(&some(), &recipe(RECIPE), &options).unwrap()
    };
    let (one, two) = (run(1), run(2));
    let bits = |scores: &[Vec<f64>]| scores.iter().flatten().map(|x| x.to_bits()).collect::<Vec<_>>();
    assert_eq!(bits(&one.scores), bits(&two.scores));
    assert_eq!(format!("{one:?}"), format!("{two:?}"));
}

proptest! {
    /// A run of the model is the index that the recipe with those choices declares.
    #[test]
    fn a_run_is_the_index_with_those_choices(scale in 0_usize..2, how in 0_usize..3) {
        let declared = recipe(RECIPE);
        let model = Model::new(&some(), &declared, 1).unwrap();
        let mut still = recipe(&RECIPE.replace("share = 0.3", "share = 0.0"));
        let calm = Model::new(&some(), &still, 1).unwrap();
        let mut room = Room::default();
        let run = calm.scores(&[scale, 3, how], &mut room).to_vec();
        if let [
            zhidian_indicators::composite::uncertainty::Factor::Normalise { choices: scales },
            _,
            zhidian_indicators::composite::uncertainty::Factor::Aggregate { choices: ways },
        ] = &declared.uncertain[..] {
            (still.normalise, still.aggregate) = (scales[scale].clone(), ways[how].clone());
        }
        still.uncertain.clear();
        let built = build(&some(), &still).unwrap();
        for (a, b) in run.iter().zip(built.scores.column(built.tree.root())) {
            prop_assert!((a - b).abs() < 1e-12 * b.abs().max(1.0), "{} {}", a, b);
        }
        prop_assert_eq!(model.choices(), vec![2, 20, 3]);
    }

    /// What indicators add to a gap sums to it, for means of every kind.
    #[test]
    fn drivers_sum_to_the_gap(
        how in prop::sample::select(vec!["arithmetic", "geometric", "harmonic", "least", "median"]),
        rows in prop::collection::vec(prop::array::uniform3(1.0..50.0_f64), 3..8),
    ) {
        let text = RECIPE.split("[[uncertain]]").next().unwrap();
        let declared = recipe(&format!("aggregate = {{ method = \"{how}\" }}\n{text}"));
        let data = data(&rows);
        let built = build(&data, &declared).unwrap();
        let parts = explain::drivers(&built, &declared, &[0, 1, 2], (0, 1)).unwrap();
        let root = built.tree.root();
        let gap = built.scores.at(0, root) - built.scores.at(1, root);
        prop_assert!((parts[..3].iter().sum::<f64>() - gap).abs() < 1e-9, "{:?} {}", parts, gap);
    }
}

#[test]
fn a_fragility_index_has_its_least_first_and_a_total_is_not_divided() {
    let text = "title = \"t\"\nfirst = \"lowest\"\naggregate = { method = \"sum\" }\nnormalise = { method = \"none\" }\n\
                [[node]]\nid = \"index\"\n[[indicator]]\nid = \"x\"\nparent = \"index\"\n[[indicator]]\nid = \"z\"\n\
                parent = \"index\"\nweight = -1\n";
    let built = build(&some(), &recipe(text)).unwrap();
    let root = built.tree.root();
    assert_eq!(built.scores.column(root), [-1.0, -7.0, -1.0, -4.0, -3.5]);
    assert_eq!(built.places.column(root), [4.0, 1.0, 4.0, 2.0, 3.0]);
}

#[test]
fn words_as_posts_and_clips_stand_where_the_data_says() {
    let text = "title = \"t\"\nnormalise = { method = \"goalposts\", range = [1, 7] }\n[[node]]\nid = \"index\"\n\
                clip = [2, 6]\n[[indicator]]\nid = \"x\"\nparent = \"index\"\nclip = [1, \"p75\"]\nposts = [\"min\", \"max\"]\n";
    let built = build(&some(), &recipe(text)).unwrap();
    // Clipped to 1 and 3: 1, 2, 3, 3, 1.
    assert_eq!(built.scores.column(0), [1.0, 4.0, 7.0, 7.0, 1.0]);
    assert_eq!(built.scores.column(1), [2.0, 4.0, 6.0, 6.0, 2.0]);
}

#[test]
fn a_zero_makes_a_geometric_mean_zero_and_is_said() {
    let text = RECIPE.split("[[uncertain]]").next().unwrap().replace("range = [1, 100]", "range = [0, 100]");
    let built =
        build(&some(), &recipe(&format!("aggregate = {{ method = \"geometric\" }}\n{text}"))).unwrap();
    assert_eq!(built.scores.at(0, built.tree.root()), 0.0);
    assert!(built.faults.iter().any(|fault| fault.code == "zero_under_mean"));
}

#[test]
fn a_base_period_makes_years_comparable() {
    let text = "title = \"t\"\nscale = { period = \"2019\" }\n[[node]]\nid = \"index\"\n[[indicator]]\nid = \"x\"\nparent = \"index\"\n";
    let mut data = data(&[[1.0, 0.0, 0.0], [3.0, 0.0, 0.0], [2.0, 0.0, 0.0], [5.0, 0.0, 0.0]]);
    data.units = ["a", "b", "a", "b"].map(str::to_owned).to_vec();
    data.periods = vec![2019.0, 2019.0, 2020.0, 2020.0];
    let built = build(&data, &recipe(text)).unwrap();
    assert_eq!(built.scores.column(1), [0.0, 100.0, 50.0, 200.0]);
}

/// Six units in two groups, with words and a base year.
fn grouped() -> Data {
    let mut data = data(&[[10.0, 40.0, 1.0], [20.0, 30.0, 2.0], [30.0, 20.0, 3.0], [40.0, 10.0, f64::NAN]]);
    data.units = ["a", "b", "c", "d"].map(str::to_owned).to_vec();
    data.columns.insert("stage".into(), vec![1.0, 1.0, 2.0, 2.0]);
    data.groups.insert("law".into(), ["yes", "no", "yes", "partly"].map(str::to_owned).to_vec());
    data
}

#[test]
fn weights_and_posts_may_hang_on_a_group() {
    let text = "title = \"t\"\nnormalise = { method = \"none\" }\n[[node]]\nid = \"index\"\n\
                weights_by = { column = \"stage\", of = { 1 = { x = 3 } } }\n\
                [[indicator]]\nid = \"x\"\nparent = \"index\"\n[[indicator]]\nid = \"y\"\nparent = \"index\"\n";
    let built = build(&grouped(), &recipe(text)).unwrap();
    assert_eq!(built.scores.column(2), [17.5, 22.5, 25.0, 25.0]);
    let posts = "title = \"t\"\nnormalise = { method = \"goalposts\" }\n[[node]]\nid = \"index\"\n\
                 [[indicator]]\nid = \"x\"\nparent = \"index\"\nposts = [0, 100]\nround = 1\n\
                 posts_by = { column = \"stage\", of = { 2 = [0, 60] } }\n";
    let built = build(&grouped(), &recipe(posts)).unwrap();
    assert_eq!(built.scores.column(0), [0.1, 0.2, 0.5, 0.7]);
    let wrong = text.replace("{ x = 3 }", "{ w = 3 }");
    assert_eq!(build(&grouped(), &recipe(&wrong)).unwrap_err()[0].code, "weights_by");
    let zero = text.replace("{ x = 3 }", "{ x = 0, y = 0 }");
    assert_eq!(build(&grouped(), &recipe(&zero)).unwrap_err()[0].code, "weights_by");
}

#[test]
fn words_classes_and_outliers_beyond_the_fences() {
    let text = "title = \"t\"\nnormalise = { method = \"none\" }\n[[node]]\nid = \"index\"\n\
                [[indicator]]\nid = \"law\"\nparent = \"index\"\nwords = { yes = 1, no = 0 }\n\
                [[indicator]]\nid = \"y\"\nparent = \"index\"\ncurve = { steps = [[0, 1], [20, 2], [35, 3]] }\n\
                [[indicator]]\nid = \"x\"\nparent = \"index\"\nclip = [15, 35]\nbeyond = \"nearest\"\n";
    let built = build(&grouped(), &recipe(text)).unwrap();
    let law = built.scores.column(0);
    assert_eq!(law[..3], [1.0, 0.0, 1.0]);
    assert!(law[3].is_nan() && built.faults.iter().any(|fault| fault.code == "unknown_word"));
    assert_eq!(built.scores.column(1), [3.0, 2.0, 2.0, 1.0]);
    assert_eq!(built.scores.column(2), [20.0, 20.0, 30.0, 30.0]);
    let missing = build(&grouped(), &recipe(&text.replace("nearest", "missing"))).unwrap();
    assert!(missing.scores.column(2)[0].is_nan() && missing.scores.column(2)[1] == 20.0);
    let unsorted = text.replace("[20, 2], [35, 3]", "[35, 3], [20, 2]");
    assert_eq!(build(&grouped(), &recipe(&unsorted)).unwrap_err()[0].code, "curve_points");
}

#[test]
fn ties_and_coverage_as_declared() {
    let text = "title = \"t\"\nnormalise = { method = \"none\" }\n[[node]]\nid = \"index\"\n\
                [[node]]\nid = \"part\"\nparent = \"index\"\nenough_indicators = 0.9\n\
                [[indicator]]\nid = \"stage\"\nparent = \"part\"\n[[indicator]]\nid = \"z\"\nparent = \"part\"\nweight = 0\n";
    let places = |ties: &str| {
        let built = build(&grouped(), &recipe(&format!("ties = \"{ties}\"\n{text}"))).unwrap();
        built.places.column(built.tree.slot("stage").unwrap()).to_vec()
    };
    assert_eq!(places("least"), [3.0, 3.0, 1.0, 1.0]);
    assert_eq!(places("greatest"), [4.0, 4.0, 2.0, 2.0]);
    assert_eq!(places("dense"), [2.0, 2.0, 1.0, 1.0]);
    assert_eq!(places("average"), [3.5, 3.5, 1.5, 1.5]);
    let built = build(&grouped(), &recipe(text)).unwrap();
    assert!(built.scores.column(built.tree.root())[3].is_nan(), "d lacks one of the two indicators below");
    assert_eq!(built.scores.column(built.tree.root())[2], 2.0);
}

#[test]
fn a_base_year_of_the_units_own_is_a_hundred() {
    let text = "title = \"t\"\nnormalise = { method = \"fraction_of_base\", period = \"2019\", times = 100 }\n\
                [[node]]\nid = \"index\"\n[[indicator]]\nid = \"x\"\nparent = \"index\"\n\
                [[indicator]]\nid = \"y\"\nparent = \"index\"\ndirection = \"less\"\n";
    let mut data = data(&[[2.0, 8.0, 0.0], [4.0, 8.0, 0.0], [3.0, 4.0, 0.0], [2.0, 16.0, 0.0]]);
    data.units = ["a", "b", "a", "b"].map(str::to_owned).to_vec();
    data.periods = vec![2019.0, 2019.0, 2020.0, 2020.0];
    let built = build(&data, &recipe(text)).unwrap();
    assert_eq!(built.scores.column(0), [100.0, 100.0, 150.0, 50.0]);
    assert_eq!(built.scores.column(1), [100.0, 100.0, 200.0, 50.0]);
    let least = "title = \"t\"\nnormalise = { method = \"fraction_of_min\" }\n[[node]]\nid = \"index\"\n\
                 [[indicator]]\nid = \"y\"\nparent = \"index\"\ndirection = \"less\"\n";
    let built = build(&grouped(), &recipe(least)).unwrap();
    assert_eq!(built.scores.column(0)[..2], [0.25, 1.0 / 3.0]);
}

proptest! {
    /// Methods that compare units are taken apart by exchanging two of them: what the indicators add sums to the gap.
    #[test]
    fn an_exchange_sums_to_the_gap(
        how in prop::sample::select(vec![
            "topsis", "vikor", "copeland", "wsm", "wpm", "edas", "codas", "aras", "mabac", "marcos", "waspas", "promethee",
            "benefit_of_the_doubt",
        ]),
        rows in prop::collection::vec(prop::array::uniform3(1.0..50.0_f64), 3..8),
    ) {
        let text = "title = \"t\"\nnormalise = { method = \"min_max\", range = [1, 100] }\n[[node]]\nid = \"index\"\n\
                    [[indicator]]\nid = \"x\"\nparent = \"index\"\n[[indicator]]\nid = \"y\"\nparent = \"index\"\nweight = 2\n\
                    [[indicator]]\nid = \"z\"\nparent = \"index\"\n";
        let declared = recipe(&format!("aggregate = {{ method = \"{how}\" }}\n{text}"));
        let data = data(&rows);
        let built = build(&data, &declared).unwrap();
        let peers: Vec<usize> = (0..rows.len()).collect();
        let parts = explain::drivers(&built, &declared, &peers, (0, 1)).unwrap();
        let root = built.tree.root();
        let gap = built.scores.at(0, root) - built.scores.at(1, root);
        prop_assert!((parts[..3].iter().sum::<f64>() - gap).abs() < 1e-9 * gap.abs().max(1.0), "{:?} {}", parts, gap);
    }
}
