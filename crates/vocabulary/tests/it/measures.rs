//! Measures: every name belongs to one measure, every code comes back, the claims' codes map one to one.
use std::collections::{BTreeMap, BTreeSet};

use zhidian_vocabulary::measures::{
    Basis, Better, Composed, Suffix, all, by_claims_code, by_code, exact, find,
};
use zhidian_vocabulary::{topics, units};

/// The base codes of annotated claims.
const CLAIMS: &[&str] = &[
    "GDP",
    "VA.primary",
    "VA.secondary",
    "VA.tertiary",
    "FAI",
    "RETAIL",
    "TRADE.total",
    "TRADE.exports",
    "TRADE.imports",
    "DPI",
    "DPI.urban",
    "DPI.rural",
    "FISCAL.gpb_revenue",
    "FISCAL.gpb_expenditure",
    "FISCAL.total_revenue",
    "TAX",
    "IND.above_scale.va",
    "IND.above_scale.revenue",
    "IND.above_scale.profit",
    "CPI",
    "UNEMP.surveyed",
    "JOBS.urban_new",
    "URBANISATION",
    "GRAIN.output",
    "POP.resident",
];

#[test]
fn no_name_belongs_to_two_measures() {
    let mut owners: BTreeMap<String, &str> = BTreeMap::new();
    for measure in all() {
        let names = [measure.zh, measure.en]
            .into_iter()
            .chain(measure.aliases_zh.iter().chain(&measure.aliases_en).copied());
        let names: BTreeSet<String> = names.map(str::to_ascii_lowercase).collect();
        for name in names {
            if let Some(other) = owners.insert(name.clone(), measure.code) {
                panic!("“{name}” names both {other} and {}", measure.code);
            }
            assert_eq!(
                exact(&name).iter().map(|found| found.code).collect::<Vec<_>>(),
                [measure.code],
                "“{name}”"
            );
        }
    }
}

#[test]
fn every_name_is_found_whole_in_a_sentence() {
    for measure in all() {
        for name in measure.aliases_zh.iter().chain([&measure.zh]) {
            let text = format!("全市{name}达到");
            let found = find(&text);
            assert_eq!(found.len(), 1, "{text}");
            assert_eq!((&text[found[0].range.clone()], found[0].measure.code), (*name, measure.code));
        }
    }
}

#[test]
fn every_measure_is_sound() {
    for measure in all() {
        assert!(
            units::by_code(measure.unit).is_some(),
            "{} has the unknown unit {}",
            measure.code,
            measure.unit
        );
        assert!(
            topics::TOPICS.contains(&measure.topic),
            "{} has the unknown topic {}",
            measure.code,
            measure.topic
        );
        assert!(!topics::tables_for(measure.topic).is_empty(), "no table decides {}", measure.code);
        assert!(!measure.zh.is_empty() && !measure.en.is_empty() && !measure.engine.is_empty());
        let suffix = Suffix::ALL
            .iter()
            .find(|suffix| **suffix != Suffix::None && measure.code.ends_with(suffix.as_str()));
        assert_eq!(suffix, None, "{} reads as a base with a suffix", measure.code);
    }
}

#[test]
fn every_code_comes_back() {
    for measure in all() {
        assert_eq!(by_code(measure.code), Some(measure));
        for suffix in Suffix::ALL {
            let composed = Composed { base: measure, suffix };
            assert_eq!(Composed::parse_code(&composed.code()), Ok(composed));
            assert_eq!(composed.to_string().parse(), Ok(composed));
            if let Some(code) = composed.claims_code() {
                assert_eq!(Composed::parse_claims_code(&code), Ok(composed));
            }
        }
    }
    for wrong in ["", "gdp.growth.fast", "GDP", "gdp.", ".growth", "gdp.growth.growth"] {
        assert!(Composed::parse_code(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn the_claims_codes_map_one_to_one() {
    let ours: Vec<&str> =
        CLAIMS.iter().map(|code| by_claims_code(code).unwrap_or_else(|| panic!("{code}")).code).collect();
    assert_eq!(ours.iter().collect::<BTreeSet<_>>().len(), CLAIMS.len());
    assert_eq!(
        all().filter_map(|measure| measure.claims_code).collect::<BTreeSet<_>>(),
        CLAIMS.iter().copied().collect()
    );
}

#[test]
fn the_claims_codes_are_those_of_the_guide() {
    let Some(oracles) = crate::shared::oracles() else {
        eprintln!("skipped: no oracles");
        return;
    };
    let text = std::fs::read_to_string(oracles.join("claims/codes.json")).expect("codes.json");
    let codes: serde_json::Value = serde_json::from_str(&text).expect("codes.json is JSON");
    let bases = codes["indicator_base"].as_object().expect("the base codes");
    assert_eq!(bases.keys().map(String::as_str).collect::<BTreeSet<_>>(), CLAIMS.iter().copied().collect());
    for (code, names) in bases {
        for name in names.as_str().unwrap_or_default().split(", ") {
            assert_eq!(
                exact(name).iter().map(|m| m.claims_code).collect::<Vec<_>>(),
                [Some(code.as_str())],
                "{name}"
            );
        }
    }
    let counters = codes["unit"]["counters, as written"].as_array().expect("counters");
    for code in counters.iter().filter_map(|code| code.as_str()).filter(|code| !code.starts_with("and ")) {
        let spelled = units::spelling(code).unwrap_or_else(|| panic!("counter {code}"));
        assert_eq!((spelled.unit.code, spelled.unit.kind), (code, units::Kind::Counter));
    }
    for list in ["money, in base units", "rates", "physical, SI or named", "a bare count"] {
        for code in codes["unit"][list].as_array().expect(list).iter().filter_map(|code| code.as_str()) {
            assert!(units::by_code(code).is_some(), "unit {code}");
        }
    }
}

#[test]
fn growth_has_the_basis_of_its_publication() {
    for (stated, conventional) in [
        ("gdp.growth", "gdp.growth.real"),
        ("industry.scale.va.growth", "industry.scale.va.growth.real"),
        ("fai.growth", "fai.growth.nominal"),
        ("income.urban.growth", "income.urban.growth.nominal"),
        ("budget.revenue.growth", "budget.revenue.growth.nominal"),
        ("population.resident.growth", "population.resident.growth"),
        ("gdp", "gdp"),
        ("gdp.growth.nominal", "gdp.growth.nominal"),
        ("va.primary.share", "va.primary.share"),
    ] {
        let composed: Composed = stated.parse().expect(stated);
        assert_eq!(composed.conventional().code(), conventional);
    }
    let basis = |code: &str| by_code(code).and_then(|measure| measure.growth_basis);
    assert_eq!(
        (basis("gdp"), basis("retail"), basis("jobs.urban_new")),
        (Some(Basis::Real), Some(Basis::Nominal), None)
    );
    assert_eq!(by_code("unemployment.surveyed").map(|measure| measure.better), Some(Better::Lower));
}

#[test]
fn claims_codes_compose() {
    let composed = Composed::parse_claims_code("DPI.urban.growth").expect("a claims code");
    assert_eq!(composed.code(), "income.urban.growth");
    let nominal: Composed = "gdp.growth.nominal".parse().expect("ours");
    assert_eq!(nominal.claims_code(), None);
    assert_eq!("debt.balance".parse::<Composed>().expect("ours").claims_code(), None);
}

#[test]
fn the_longest_name_wins_and_joint_names_give_all() {
    let codes = |text: &str| find(text).iter().map(|alias| alias.measure.code).collect::<Vec<_>>();
    assert_eq!(codes("城镇居民人均可支配收入和居民人均可支配收入"), ["income.urban", "income"]);
    assert_eq!(codes("规模以上工业增加值与工业增加值"), ["industry.scale.va", "va.industry"]);
    assert_eq!(codes("城乡居民人均可支配收入增幅"), ["income.urban", "income.rural"]);
    assert_eq!(codes("一二三产增加值分别增长"), ["va.primary", "va.secondary", "va.tertiary"]);
    assert_eq!(codes("Gross domestic product (GDP) grew"), ["gdp"]);
    assert_eq!(codes("the importsubstitution"), Vec::<&str>::new());
    assert_eq!(codes("GDP、人均GDP"), ["gdp", "gdp.per_capita"]);
}
