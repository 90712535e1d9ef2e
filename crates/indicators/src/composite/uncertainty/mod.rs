//! The choices of an index varied: where a unit's place may lie, who beats whom, and which choice it hangs on.

mod factor;
mod model;
pub mod sobol;

pub use factor::Factor;
pub use model::{Model, Room, Setting};

use super::{
    build::Data,
    fault::Fault,
    recipe::Recipe,
    statistics::{Ties, mean, places, quantile, ranks},
};

/// How an analysis is made.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Options {
    /// Points of the design; the index is computed (factors + 2) times as often.
    pub points: usize,
    /// Resamples of the bootstrap.
    pub resamples: usize,
    /// The only source of randomness.
    pub seed: u64,
    /// Threads; the result does not hang on their number.
    pub threads: usize,
}

/// Where places lie and what they hang on.
#[derive(Clone, Debug, PartialEq)]
pub struct Uncertainty {
    /// Rows of the data that have a score.
    pub rows: Vec<usize>,
    /// Names of the factors.
    pub factors: Vec<&'static str>,
    /// The setting of every run.
    pub settings: Vec<Setting>,
    /// The scores of every run, one a row.
    pub scores: Vec<Vec<f64>>,
    /// Each row's place over the runs drawn at random (A and B of the design).
    pub places: Vec<Spread>,
    /// Share of those runs in which one row scores above another, ties halved.
    pub beats: Vec<Vec<f64>>,
    /// For each row, what its score hangs on, a factor each.
    pub of_score: Vec<Vec<sobol::Index>>,
    /// For each row, what its place hangs on.
    pub of_place: Vec<Vec<sobol::Index>>,
    /// What the mean absolute change of place hangs on.
    pub of_change: Vec<sobol::Index>,
    /// Greatest difference between the indices of `of_change` from half of the points and from all: near zero where
    /// there are points enough.
    pub unsettled: f64,
}

/// Where a place lies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// Under the recipe as it stands.
    pub nominal: f64,
    /// Mean.
    pub mean: f64,
    /// Median.
    pub median: f64,
    /// 5 % quantile.
    pub low: f64,
    /// 95 % quantile.
    pub high: f64,
}

/// Varies the factors of a recipe.
///
/// # Errors
/// Everything that cannot be varied as declared.
pub fn analyse(data: &Data, recipe: &Recipe, options: &Options) -> Result<Uncertainty, Vec<Fault>> {
    let model = Model::new(data, recipe, options.seed)?;
    let choices = model.choices();
    let n = options.points.clamp(2, 1 << 16);
    let settings: Vec<Setting> = sobol::design(n, choices.len(), options.seed as u32)
        .iter()
        .map(|point| chosen(point, &choices))
        .collect();
    let scores = replay(&model, &settings, options.threads);
    let nominal = nominal(data, recipe, model.rows())?;
    Ok(summarise(&model, settings, scores, &nominal, n, options))
}

/// The alternative of each factor at a point of the unit cube.
fn chosen(point: &[f64], choices: &[usize]) -> Setting {
    point.iter().zip(choices).map(|(x, n)| ((x * *n as f64) as usize).min(n - 1)).collect()
}

/// The scores under given settings, in their order.
pub fn replay(model: &Model, settings: &[Setting], threads: usize) -> Vec<Vec<f64>> {
    let part = settings.len().div_ceil(threads.max(1)).max(1);
    let run = |settings: &[Setting]| {
        let mut room = Room::default();
        settings.iter().map(|setting| model.scores(setting, &mut room).to_vec()).collect::<Vec<_>>()
    };
    std::thread::scope(|scope| {
        let parts: Vec<_> =
            settings.chunks(part).map(|settings| scope.spawn(move || run(settings))).collect();
        parts.into_iter().flat_map(|part| part.join().unwrap_or_default()).collect()
    })
}

fn nominal(data: &Data, recipe: &Recipe, rows: &[usize]) -> Result<Vec<f64>, Vec<Fault>> {
    let mut fixed = recipe.clone();
    fixed.uncertain.clear();
    let built = super::build::build(data, &fixed)?;
    let scores = built.scores.column(built.tree.root());
    let at = |row: &usize| built.rows.iter().position(|other| other == row).map_or(f64::NAN, |at| scores[at]);
    Ok(rows.iter().map(at).collect())
}

fn summarise(
    model: &Model,
    settings: Vec<Setting>,
    scores: Vec<Vec<f64>>,
    nominal: &[f64],
    n: usize,
    options: &Options,
) -> Uncertainty {
    let place = if model.lowest_first() { ranks } else { places };
    let ranks: Vec<Vec<f64>> = scores.iter().map(|scores| place(scores, Ties::Least)).collect();
    let nominal = place(nominal, Ties::Least);
    let units = nominal.len();
    let drawn = 2 * n;
    let over_runs = |table: &[Vec<f64>], unit: usize, runs: usize| -> Vec<f64> {
        table[..runs].iter().map(|run| run[unit]).collect()
    };
    let spread = |unit: usize| {
        let x = over_runs(&ranks, unit, drawn);
        Spread {
            nominal: nominal[unit],
            mean: mean(&x),
            median: quantile(&x, 0.5),
            low: quantile(&x, 0.05),
            high: quantile(&x, 0.95),
        }
    };
    let beats = |a: usize, b: usize| {
        let won = ranks[..drawn].iter().map(|run| match run[a].total_cmp(&run[b]) {
            std::cmp::Ordering::Less => 1.0,
            std::cmp::Ordering::Equal => 0.5,
            std::cmp::Ordering::Greater => 0.0,
        });
        won.sum::<f64>() / drawn as f64
    };
    let hangs = |y: &[f64]| sobol::indices(y, n, options.resamples, options.seed);
    let change: Vec<f64> = ranks
        .iter()
        .map(|run| mean(&run.iter().zip(&nominal).map(|(a, b)| (a - b).abs()).collect::<Vec<_>>()))
        .collect();
    let of_change = hangs(&change);
    Uncertainty {
        rows: model.rows().to_vec(),
        factors: model.factors(),
        places: (0..units).map(spread).collect(),
        beats: (0..units).map(|a| (0..units).map(|b| beats(a, b)).collect()).collect(),
        of_score: (0..units).map(|unit| hangs(&over_runs(&scores, unit, scores.len()))).collect(),
        of_place: (0..units).map(|unit| hangs(&over_runs(&ranks, unit, ranks.len()))).collect(),
        unsettled: unsettled(&change, n, &of_change),
        of_change,
        settings,
        scores,
    }
}

/// How far the indices from the first half of the points lie from those of all.
fn unsettled(y: &[f64], n: usize, all: &[sobol::Index]) -> f64 {
    let half = n / 2;
    if half < 2 {
        return f64::NAN;
    }
    let first: Vec<f64> = y.chunks_exact(n).flat_map(|block| block[..half].iter().copied()).collect();
    let differences = sobol::indices(&first, half, 0, 0)
        .into_iter()
        .zip(all)
        .flat_map(|(half, all)| [(half.first - all.first).abs(), (half.total - all.total).abs()]);
    differences.fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail loudly")]
    use super::*;

    /// Two factors that vary one choice would leave one of them without effect.
    #[test]
    fn a_choice_is_varied_by_one_factor() {
        let recipe: Recipe = toml::from_str(
            "title = \"t\"\n[[node]]\nid = \"index\"\n[[indicator]]\nid = \"a\"\nparent = \"index\"\n\
             [[uncertain]]\nfactor = \"weight_noise\"\nshare = 0.2\n\
             [[uncertain]]\nfactor = \"weight_sets\"\nsets = [{ a = 1 }, { a = 2 }]\n",
        )
        .unwrap();
        let data = Data {
            units: vec!["u".into(), "v".into()],
            columns: [("a".to_owned(), vec![1.0, 2.0])].into(),
            ..Data::default()
        };
        let refused = Model::new(&data, &recipe, 0).err().unwrap();
        assert_eq!(refused.iter().map(|fault| fault.code).collect::<Vec<_>>(), ["factor_twice"]);
    }
}
