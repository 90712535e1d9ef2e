//! Fewest items: matters that repeat each other, and materials asked for more than once.

use schemars::JsonSchema;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// A matter as a register declares it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Matter {
    /// Its name.
    pub name: String,
    /// Its limit in working days.
    pub limit: Option<f64>,
    /// Names of the materials it asks for, where the register lists them.
    pub materials: Vec<String>,
    /// How many it asks for, where it only counts them.
    pub documents: Option<f64>,
}

/// Two matters that might be one.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Candidate {
    /// Index of the first.
    pub a: usize,
    /// Index of the second.
    pub b: usize,
    /// How alike they are, 0 to 1: of names and, where both list them, of materials.
    pub likeness: f64,
    /// Working days saved for an applicant who needs both: the shorter limit falls away.
    pub days_saved: f64,
    /// Materials handed in once instead of twice.
    pub documents_saved: f64,
}

/// Likeness from which two matters are candidates. It is a threshold of the method for what is shown, not a finding.
const ALIKE: f64 = 0.6;

/// Pairs that might be merged, those first that save most days, then most documents.
///
/// Likeness of names is the overlap of their pairs of neighbouring characters (Dice, 1945), administrative filler words left
/// out; of materials, the share both ask for (Jaccard, 1901). The greater of the two counts.
pub fn merge_candidates(matters: &[Matter]) -> Vec<Candidate> {
    let names: Vec<BTreeMap<(char, char), u32>> =
        matters.iter().map(|matter| pairs(&plain(&matter.name))).collect();
    let materials: Vec<BTreeSet<String>> =
        matters.iter().map(|matter| matter.materials.iter().map(|name| plain(name)).collect()).collect();
    // Only matters that share a pair of characters or a material can be alike: an index keeps this from being quadratic.
    let mut shared: BTreeSet<(usize, usize)> = BTreeSet::new();
    let mut by: BTreeMap<Mark<'_>, Vec<usize>> = BTreeMap::new();
    for at in 0..matters.len() {
        names[at].keys().for_each(|pair| by.entry(Mark::Pair(*pair)).or_default().push(at));
        materials[at].iter().for_each(|name| by.entry(Mark::Material(name)).or_default().push(at));
    }
    // A mark most matters bear tells nothing.
    let common = matters.len().max(40) / 2;
    for holders in by.values().filter(|holders| holders.len() <= common) {
        for (index, a) in holders.iter().enumerate() {
            shared.extend(holders[index + 1..].iter().map(|b| (*a, *b)));
        }
    }
    let mut candidates: Vec<Candidate> = shared
        .into_iter()
        .filter_map(|(a, b)| {
            let both = materials[a].intersection(&materials[b]).count();
            let either = materials[a].union(&materials[b]).count();
            let by_materials = if either == 0 { 0.0 } else { both as f64 / either as f64 };
            let likeness = dice(&names[a], &names[b]).max(by_materials);
            let least = |of: fn(&Matter) -> Option<f64>| {
                of(&matters[a]).zip(of(&matters[b])).map_or(0.0, |(x, y)| x.min(y))
            };
            let documents = match either {
                // Without lists, as much of the shorter one as the names are alike.
                0 => (least(|matter| matter.documents) * likeness).floor(),
                _ => both as f64,
            };
            (likeness >= ALIKE).then(|| Candidate {
                a,
                b,
                likeness,
                days_saved: least(|matter| matter.limit),
                documents_saved: documents,
            })
        })
        .collect();
    candidates.sort_by(|x, y| {
        let by =
            |candidate: &Candidate| (candidate.days_saved, candidate.documents_saved, candidate.likeness);
        by(y).partial_cmp(&by(x)).unwrap_or(std::cmp::Ordering::Equal).then((x.a, x.b).cmp(&(y.a, y.b)))
    });
    candidates
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Mark<'a> {
    Pair((char, char)),
    Material(&'a str),
}

/// A name without what every name has.
fn plain(name: &str) -> String {
    const FILLER: [&str; 8] = ["行政许可", "审批", "核准", "许可", "的", "申请", "办理", "事项"];
    let mut plain: String = name.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    for word in FILLER {
        let without = plain.replace(word, "");
        if !without.is_empty() {
            plain = without;
        }
    }
    plain
}

fn pairs(name: &str) -> BTreeMap<(char, char), u32> {
    let characters: Vec<char> = name.chars().collect();
    let mut pairs = BTreeMap::new();
    for pair in characters.windows(2) {
        *pairs.entry((pair[0], pair[1])).or_default() += 1;
    }
    pairs
}

fn dice(a: &BTreeMap<(char, char), u32>, b: &BTreeMap<(char, char), u32>) -> f64 {
    let both: u32 = a.iter().filter_map(|(pair, count)| b.get(pair).map(|other| count.min(other))).sum();
    let all: u32 = a.values().chain(b.values()).sum();
    if all == 0 { 0.0 } else { 2.0 * f64::from(both) / f64::from(all) }
}

/// Materials that several matters ask for, most first: what could be handed in once.
pub fn repeated_materials(matters: &[Matter]) -> Vec<(String, usize)> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for matter in matters {
        let distinct: BTreeSet<&String> = matter.materials.iter().collect();
        for material in distinct {
            *counts.entry(material.clone()).or_default() += 1;
        }
    }
    let mut repeated: Vec<(String, usize)> = counts.into_iter().filter(|(_, count)| *count > 1).collect();
    repeated.sort_by(|x, y| y.1.cmp(&x.1).then_with(|| x.0.cmp(&y.0)));
    repeated
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matter(name: &str, limit: f64, materials: &[&str]) -> Matter {
        Matter {
            name: name.into(),
            limit: Some(limit),
            materials: materials.iter().map(|name| (*name).into()).collect(),
            documents: None,
        }
    }

    #[test]
    fn alike_matters_are_found_and_ranked_by_days() {
        let matters = [
            matter("建筑工程施工许可证核发", 7.0, &["申请表", "规划许可证"]),
            matter("建筑工程施工许可证变更", 5.0, &["申请表"]),
            matter("食品经营许可", 10.0, &["营业执照", "平面图"]),
            matter("药品零售登记", 12.0, &["营业执照", "平面图"]),
        ];
        let found = merge_candidates(&matters);
        assert_eq!(found.iter().map(|pair| (pair.a, pair.b)).collect::<Vec<_>>(), [(2, 3), (0, 1)]);
        assert_eq!((found[0].days_saved, found[0].documents_saved), (10.0, 2.0));
        assert_eq!(repeated_materials(&matters)[0], ("平面图".into(), 2));
    }
}
