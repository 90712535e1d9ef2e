//! Divisions: the table is a tree, codes and names find each other, homonyms are said to be so.
use std::collections::BTreeMap;

use zhidian_vocabulary::regions::{
    CHINA, Level, Region, Resolution, abbreviation, all, by_code, children, contains, named, province_of,
    resolve,
};

fn one(name: &str, within: Option<u32>) -> u32 {
    match resolve(name, within) {
        Resolution::One(region) => region.code,
        other => panic!("{name} within {within:?}: {other:?}"),
    }
}

fn several(name: &str, within: Option<u32>) -> Vec<u32> {
    match resolve(name, within) {
        Resolution::Several(regions) => regions.iter().map(|region| region.code).collect(),
        other => panic!("{name} within {within:?}: {other:?}"),
    }
}

#[test]
fn the_table_is_a_tree_with_levels_going_down() {
    for region in all() {
        if region.code == CHINA {
            assert_eq!(region.parent, 0);
            continue;
        }
        let parent = by_code(region.parent).unwrap_or_else(|| panic!("{} has no parent", region.code));
        assert!(parent.level < region.level, "{} under {}", region.code, parent.code);
        assert!(contains(CHINA, region.code) && contains(parent.code, region.code));
        assert!(!contains(region.code, parent.code));
        assert_eq!(province_of(region.code), province_of(parent.code).max(province_of(region.code)));
        assert!(children(parent.code).contains(&region));
    }
}

#[test]
fn every_name_and_code_finds_its_region() {
    for region in all() {
        assert_eq!(by_code(region.code), Some(region));
        for name in [region.name, region.short, region.english] {
            assert!(!name.is_empty(), "{} lacks a name", region.code);
            assert!(named(name).contains(&region), "{name} does not find {}", region.code);
        }
        for (former, _) in &region.former {
            assert!(named(former).contains(&region), "{former}");
        }
    }
}

#[test]
fn years_are_years_in_order() {
    for region in all() {
        let year = |text: Option<&str>| text.map(|text| text.parse::<u16>().expect("a year of four digits"));
        let (from, to) = (year(region.from), year(region.to));
        assert!(from.is_none_or(|from| from > 1980) && to.is_none_or(|to| (2000..2024).contains(&to)));
        assert!(from.zip(to).is_none_or(|(from, to)| from <= to), "{}", region.code);
    }
}

#[test]
fn the_counts_are_those_of_the_code_list() {
    let count = |level: Level| all().filter(|region| region.level == level && region.in_force()).count();
    assert_eq!(count(Level::Province), 34);
    // 293 prefecture-level cities, 7 prefectures, 30 autonomous prefectures, 3 leagues, as of 2020 to 2024.
    assert_eq!(count(Level::Prefecture), 333);
    let prefectures = |province: u32| {
        children(province).iter().filter(|r| r.in_force() && r.level == Level::Prefecture).count()
    };
    assert_eq!((prefectures(330_000), prefectures(450_000), prefectures(410_000)), (11, 14, 17));
    assert!((2840..=2860).contains(&count(Level::County)), "{}", count(Level::County));
}

/// The law of homonyms: a name of several divisions in force is one only if a rule decides, and the rule is the level or
/// the full name.
#[test]
fn a_homonym_is_never_silently_one() {
    let mut names: BTreeMap<&str, Vec<&Region>> = BTreeMap::new();
    for region in all().filter(|region| region.in_force()) {
        for name in [region.name, region.short, region.english] {
            let regions = names.entry(name).or_default();
            if !regions.contains(&region) {
                regions.push(region);
            }
        }
    }
    let mut homonyms = 0;
    for (name, _) in names.iter().filter(|(_, regions)| regions.len() > 1) {
        homonyms += 1;
        let candidates: Vec<&Region> = named(name).into_iter().filter(|region| region.in_force()).collect();
        let full: Vec<&Region> = candidates.iter().copied().filter(|region| region.name == *name).collect();
        let pool = if full.is_empty() { &candidates } else { &full };
        let highest = pool.iter().map(|region| region.level).min();
        let expected: Vec<&Region> =
            pool.iter().copied().filter(|region| Some(region.level) == highest).collect();
        match resolve(name, None) {
            Resolution::One(region) => assert_eq!(vec![region], expected, "{name}"),
            Resolution::Several(regions) => {
                assert!(regions.len() > 1);
                assert_eq!(regions, expected, "{name}");
            }
            Resolution::None => panic!("{name} is not found"),
        }
    }
    assert!(homonyms > 100, "only {homonyms} homonyms: the table must have changed");
}

#[test]
fn a_bare_short_name_is_the_higher_level() {
    assert_eq!(one("新乡", None), 410_700);
    assert_eq!(one("新乡县", None), 410_721);
    assert_eq!(one("吉林", None), 220_000);
    assert_eq!(one("吉林市", None), 220_200);
    assert_eq!(one("朝阳", None), 211_300);
    assert_eq!(one("海南", None), 460_000);
    assert_eq!(one("河南", None), 410_000);
}

#[test]
fn context_decides_between_homonyms() {
    assert_eq!(several("鼓楼区", None), [320_106, 320_302, 350_102, 410_204]);
    assert_eq!(one("鼓楼区", Some(410_200)), 410_204);
    assert_eq!(several("鼓楼区", Some(320_000)), [320_106, 320_302]);
    assert_eq!(several("朝阳区", None), [110_105, 220_104]);
    assert_eq!(one("朝阳区", Some(220_000)), 220_104);
    assert_eq!(one("Taizhou", Some(330_000)), 331_000);
    assert_eq!(several("Taizhou", None), [321_200, 331_000]);
    assert_eq!(one("浙江", Some(330_800)), 330_000);
}

#[test]
fn codes_in_force_come_before_past_ones() {
    assert_eq!(one("晋宁", None), 530_115);
    assert_eq!(one("晋宁县", None), 530_122);
    assert_eq!(one("九台市", None), 220_181);
    assert_eq!(one("莱芜市", None), 371_200);
    assert_eq!(one("襄樊市", None), 420_600);
    assert_eq!(one("普洱市", None), 530_800);
    let laiwu = by_code(371_200).expect("莱芜市");
    assert!(laiwu.in_force_in(2010) && !laiwu.in_force_in(2020) && !laiwu.in_force());
}

#[test]
fn provinces_have_their_short_signs() {
    for (sign, code) in [
        ('浙', 330_000),
        ('皖', 340_000),
        ('闽', 350_000),
        ('赣', 360_000),
        ('桂', 450_000),
        ('豫', 410_000),
        ('沪', 310_000),
    ] {
        assert_eq!(abbreviation(sign).map(|region| region.code), Some(code));
        assert_eq!(one(&sign.to_string(), None), code);
    }
    assert_eq!(abbreviation('县'), None);
    for province in all().filter(|region| region.level == Level::Province) {
        let signs = ('\u{4e00}'..='\u{9fff}').filter(|&sign| abbreviation(sign) == Some(province)).count();
        assert!(signs >= 1, "{} has no sign", province.name);
    }
}

#[test]
fn english_names_are_the_established_ones() {
    for (code, english) in [
        (150_000, "Inner Mongolia"),
        (610_000, "Shaanxi"),
        (140_000, "Shanxi"),
        (610_100, "Xi'an"),
        (341_500, "Lu'an"),
        (340_300, "Bengbu"),
        (150_100, "Hohhot"),
        (650_100, "Urumqi"),
        (540_100, "Lhasa"),
        (330_800, "Quzhou"),
        (451_300, "Laibin"),
        (410_700, "Xinxiang"),
        (820_000, "Macao"),
    ] {
        assert_eq!(by_code(code).map(|region| region.english), Some(english));
        assert!(named(&english.to_uppercase()).iter().any(|region| region.code == code));
    }
    assert_eq!(one("Tibet", None), 540_000);
    assert_eq!(one("Xizang", None), 540_000);
    assert_eq!(one("ürümqi", None), 650_100);
}

#[test]
fn contractions_and_aliases() {
    assert_eq!(one("湘西州", None), 433_100);
    assert_eq!(one("金秀县", None), 451_324);
    assert_eq!(one("全国", None), CHINA);
    assert_eq!(one("China", None), CHINA);
    assert_eq!(resolve("高老庄", None), Resolution::None);
    assert!(named("").is_empty());
}

/// Every code in the collected facts is in the table and in force in some year since 2000.
#[test]
fn every_code_of_the_facts_is_known() {
    let Some(folder) = crate::shared::facts() else {
        eprintln!("skipped: no facts");
        return;
    };
    let mut seen = 0;
    for folder in [folder.clone(), folder.join("registers")] {
        for file in std::fs::read_dir(folder).expect("the folder is there").flatten() {
            let path = file.path();
            if path.extension().is_none_or(|extension| extension != "csv") {
                continue;
            }
            let text = std::fs::read_to_string(&path).expect("facts are UTF-8");
            let mut lines = text.trim_start_matches('\u{feff}').lines();
            let Some(head) = lines.next() else { continue };
            let Some(column) = head.split(',').position(|name| name.ends_with("region_code")) else {
                continue;
            };
            for line in lines {
                // Codes stand before any quoted cell in every file; a cell that is no six digits is no code.
                let Some(code) = line.split(',').nth(column).filter(|code| code.len() == 6) else { continue };
                let Ok(code) = code.parse::<u32>() else { continue };
                // 419000 and its like head the counties directly under a province: a heading, no division.
                if code % 10_000 == 9_000 {
                    continue;
                }
                assert!(by_code(code).is_some(), "{code} of {} is not in the table", path.display());
                seen += 1;
            }
        }
    }
    assert!(seen > 10_000, "only {seen} codes read");
}
