//! Units put together from the scores of others.

use super::{build::Data, fault::Fault, matrix::Matrix, recipe::Recipe};

/// Fills in the scores of composed units, period by period, and says which places of `scores` are parts alone, which take
/// no place among the units.
pub(super) fn compose(
    data: &Data,
    recipe: &Recipe,
    rows: &[usize],
    parts: &[Vec<usize>],
    scores: &mut Matrix,
    faults: &mut Vec<Fault>,
) -> Vec<bool> {
    let mut hidden = vec![false; rows.len()];
    for composed in &recipe.composed {
        let mut found = false;
        for period in parts {
            let at = |unit: &str| period.iter().copied().find(|place| data.units[rows[*place]] == unit);
            let whole = at(&composed.unit);
            let members: Vec<(usize, f64)> =
                composed.parts.iter().filter_map(|(unit, weight)| Some((at(unit)?, *weight))).collect();
            if !composed.parts_ranked {
                members.iter().for_each(|(place, _)| hidden[*place] = true);
            }
            let Some(whole) = whole else { continue };
            found = true;
            if members.len() < composed.parts.len() {
                let missing: Vec<&str> =
                    composed.parts.keys().map(String::as_str).filter(|unit| at(unit).is_none()).collect();
                let missing = missing.join(", ");
                faults.push(
                    Fault::of(
                        "no_part",
                        &composed.unit,
                        format!("缺少组成部分：{missing}；该单位无得分"),
                        format!("its parts {missing} are not in the data; the unit has no score"),
                    )
                    .at(&composed.unit),
                );
            }
            let total: f64 = composed.parts.values().sum();
            for slot in 0..scores.columns() {
                let sum: f64 = members.iter().map(|(place, weight)| weight * scores.at(*place, slot)).sum();
                let whole_there = members.len() == composed.parts.len();
                scores.column_mut(slot)[whole] = if whole_there { sum / total } else { f64::NAN };
            }
        }
        if !found {
            faults.push(Fault::of(
                "no_composed",
                &composed.unit,
                "数据中没有这一单位；请加一行，单元格可留空",
                "the unit is not in the data; add a row for it, whose cells may be empty",
            ));
        }
    }
    hidden
}
