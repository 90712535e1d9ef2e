//! China's divisions to county level by the codes of GB/T 2260, in force at any time since 2000.
//!
//! The table carries the years in which each code is found in the yearly code lists, so that a register of 2009 and a
//! bulletin of 2024 can both name their places by the codes of their day. English names are the established ones for
//! provinces and prefectures and pinyin, as a best effort, for counties. Hong Kong, Macao and Taiwan stand at province
//! level only.
mod mentions;
mod resolve;

use std::collections::BTreeMap;
use std::sync::LazyLock;

pub use mentions::{Mention, mentions};
pub use resolve::{Resolution, resolve};

use crate::tables::{list, rows};

/// The code of China as a whole.
pub const CHINA: u32 = 100_000;

/// The level of a division.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// China.
    Country,
    /// Province, autonomous region, municipality under the central government, special administrative region.
    Province,
    /// Prefecture-level city, prefecture, league, autonomous prefecture.
    Prefecture,
    /// County, county-level city, district, banner; also those directly under a province (济源市 419001).
    County,
}

/// A division with its code.
#[derive(Debug, PartialEq, Eq)]
pub struct Region {
    /// Six digits of GB/T 2260.
    pub code: u32,
    /// Full Chinese name, the last one the code had: 衢州市.
    pub name: &'static str,
    /// Chinese name without its administrative ending: 衢州. Two-character names keep theirs: 沙县.
    pub short: &'static str,
    /// English name without its administrative ending: Quzhou.
    pub english: &'static str,
    /// Country, province, prefecture or county.
    pub level: Level,
    /// Code of the division directly above; 0 for China.
    pub parent: u32,
    /// First year the code is found, as ISO 8601 `YYYY`; `None`: before 1980.
    pub from: Option<&'static str>,
    /// Last year the code is found, as ISO 8601 `YYYY`; `None`: still in force in 2024, the last list.
    pub to: Option<&'static str>,
    /// Earlier names of the same code since 2000, each with the last year it was found: (襄樊市, 2009).
    pub former: Vec<(&'static str, &'static str)>,
}

impl Region {
    /// Whether the code is in force in the last list.
    pub fn in_force(&self) -> bool {
        self.to.is_none()
    }

    /// Whether the code stands in the list of this year; a bound not known does not exclude.
    pub fn in_force_in(&self, year: u16) -> bool {
        let after = self.from.and_then(|from| from.parse().ok()).is_none_or(|from: u16| from <= year);
        let before = self.to.and_then(|to| to.parse().ok()).is_none_or(|to: u16| year <= to);
        after && before
    }
}

struct Table {
    regions: BTreeMap<u32, Region>,
    /// Lower-cased name → codes in ascending order.
    names: BTreeMap<String, Vec<u32>>,
    /// Further names, from `data/region_aliases.tsv`.
    aliases: Vec<(&'static str, u32)>,
    /// Usual contractions of autonomous divisions: 湘西州, 金秀县.
    contractions: Vec<(String, u32)>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut regions = BTreeMap::new();
    regions.insert(
        CHINA,
        Region {
            code: CHINA,
            name: "中国",
            short: "中国",
            english: "China",
            level: Level::Country,
            parent: 0,
            from: None,
            to: None,
            former: Vec::new(),
        },
    );
    let read: Vec<[&'static str; 7]> = rows(include_str!("../data/regions.tsv")).collect();
    for [code, name, short, english, from, to, former] in read {
        let code: u32 = code.parse().expect("codes are numbers; the tests read every row");
        let region = Region {
            code,
            name,
            short,
            english,
            level: level(code),
            parent: 0,
            from: Some(from).filter(|year| !year.is_empty()),
            to: Some(to).filter(|year| !year.is_empty()),
            former: list(former).filter_map(|entry| entry.split_once('@')).collect(),
        };
        regions.insert(code, region);
    }
    let codes: Vec<u32> = regions.keys().copied().filter(|&code| code != CHINA).collect();
    for code in codes {
        let prefecture = code / 100 * 100;
        let parent = match level(code) {
            Level::Country => 0,
            Level::Province => CHINA,
            Level::Prefecture => code / 10_000 * 10_000,
            Level::County if regions.contains_key(&prefecture) => prefecture,
            Level::County => code / 10_000 * 10_000,
        };
        if let Some(region) = regions.get_mut(&code) {
            region.parent = parent;
        }
    }
    let mut names: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    let mut name = |key: &str, code: u32| {
        let codes = names.entry(key.to_lowercase()).or_default();
        if !codes.contains(&code) {
            codes.push(code);
        }
    };
    for region in regions.values() {
        name(region.name, region.code);
        name(region.short, region.code);
        name(region.english, region.code);
        for (former, _) in &region.former {
            name(former, region.code);
        }
    }
    let aliases: Vec<(&'static str, u32)> = rows(include_str!("../data/region_aliases.tsv"))
        .map(|[alias, code]| (alias, code.parse().expect("codes are numbers; the tests read every row")))
        .collect();
    for (alias, code) in &aliases {
        name(alias, *code);
    }
    let contractions: Vec<(String, u32)> = regions.values().filter_map(contraction).collect();
    for (contraction, code) in &contractions {
        name(contraction, *code);
    }
    for (sign, code) in ABBREVIATIONS {
        name(&sign.to_string(), *code);
    }
    Table { regions, names, aliases, contractions }
});

/// 湘西土家族苗族自治州 is called 湘西州, 金秀瑶族自治县 金秀县.
fn contraction(region: &Region) -> Option<(String, u32)> {
    let ending = ["州", "县", "旗"]
        .into_iter()
        .find(|ending| region.name.strip_suffix(ending).is_some_and(|stem| stem.ends_with("自治")))?;
    Some((format!("{}{ending}", region.short), region.code))
}

fn level(code: u32) -> Level {
    if code == CHINA {
        Level::Country
    } else if code.is_multiple_of(10_000) {
        Level::Province
    } else if code.is_multiple_of(100) {
        Level::Prefecture
    } else {
        Level::County
    }
}

/// The one-character names of provinces, as on number plates and in words such as 浙皖闽赣, with the literary second
/// ones in use (陇, 黔, 滇 …).
const ABBREVIATIONS: &[(char, u32)] = &[
    ('京', 110_000),
    ('津', 120_000),
    ('冀', 130_000),
    ('晋', 140_000),
    ('蒙', 150_000),
    ('辽', 210_000),
    ('吉', 220_000),
    ('黑', 230_000),
    ('沪', 310_000),
    ('申', 310_000),
    ('苏', 320_000),
    ('浙', 330_000),
    ('皖', 340_000),
    ('闽', 350_000),
    ('赣', 360_000),
    ('鲁', 370_000),
    ('豫', 410_000),
    ('鄂', 420_000),
    ('湘', 430_000),
    ('粤', 440_000),
    ('桂', 450_000),
    ('琼', 460_000),
    ('渝', 500_000),
    ('川', 510_000),
    ('蜀', 510_000),
    ('黔', 520_000),
    ('贵', 520_000),
    ('滇', 530_000),
    ('云', 530_000),
    ('藏', 540_000),
    ('陕', 610_000),
    ('秦', 610_000),
    ('甘', 620_000),
    ('陇', 620_000),
    ('青', 630_000),
    ('宁', 640_000),
    ('新', 650_000),
    ('台', 710_000),
    ('港', 810_000),
    ('澳', 820_000),
];

/// The division with this code.
pub fn by_code(code: u32) -> Option<&'static Region> {
    TABLE.regions.get(&code)
}

/// Every division, in the order of the codes.
pub fn all() -> impl Iterator<Item = &'static Region> {
    TABLE.regions.values()
}

/// The divisions directly under this one, in the order of the codes, past ones included.
pub fn children(code: u32) -> Vec<&'static Region> {
    all().filter(|region| region.parent == code).collect()
}

/// The code of the province a code lies in; China's own for China.
pub fn province_of(code: u32) -> u32 {
    if code == CHINA { CHINA } else { code / 10_000 * 10_000 }
}

/// Whether `inner` is `outer` or lies in it. A code that is not in the table lies in nothing.
pub fn contains(outer: u32, inner: u32) -> bool {
    let mut code = inner;
    while let Some(region) = by_code(code) {
        if code == outer {
            return true;
        }
        code = region.parent;
    }
    false
}

/// Every division with exactly this name: full, short, English (in any case), former, or a province's abbreviation.
pub fn named(name: &str) -> Vec<&'static Region> {
    let codes = TABLE.names.get(&name.trim().to_lowercase());
    codes.into_iter().flatten().filter_map(|code| by_code(*code)).collect()
}

/// The province with this one-character name: 浙, 皖, 闽, 赣, 桂, 豫 …
pub fn abbreviation(c: char) -> Option<&'static Region> {
    ABBREVIATIONS.iter().find(|(sign, _)| *sign == c).and_then(|(_, code)| by_code(*code))
}
