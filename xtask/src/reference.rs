//! Builds `dossiers/reference` and the chain tables of `dossiers/quzhou` from the collected facts.
//!
//! The facts are CSV files of figures and list entries with a source each; what each indicator, source and register
//! means, and what is left out, is decided in the tables under `xtask/reference`. The same facts and decisions give the
//! same bytes. What is left out is counted by reason and printed.

mod chains;
mod facts;
mod observations;
mod origins;
mod package;
mod registers;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use serde::Serialize;

use facts::{Decisions, Entry, Fact, Failure, read};
use observations::{Decimals, Observation, Remark, ordered, sift};
use origins::Origins;
use package::Table;

/// What `cargo xtask reference` takes.
#[derive(clap::Args)]
pub struct Options {
    /// Folder of the collected facts
    #[arg(long, default_value = "../shared/facts")]
    facts: PathBuf,
    /// Folder of the tables of decisions
    #[arg(long, default_value = "xtask/reference")]
    decisions: PathBuf,
    /// Folder of the dossiers that are written
    #[arg(long, default_value = "dossiers")]
    out: PathBuf,
}

/// Files of figures: the table each goes to, how it writes decimals, and which provinces are taken (all when empty).
const SOURCES: [(&str, &str, Decimals, &[&str]); 13] = [
    ("A_B_city_yearbook_2018_2023_zhejiang_guangxi_henan", "yearbook", Decimals::Printed, &[]),
    ("A_B_research_panel_2005_2023_zhejiang_guangxi_henan", "panel", Decimals::Printed, &[]),
    ("A_B_gdp_budget_2024_2025_zhejiang_guangxi_henan", "recent", Decimals::Padded, &[]),
    ("B_bulletins_2025_cities_incl_xinxiang_henan", "recent", Decimals::Printed, &["33", "41", "45"]),
    ("A_zhejiang_income_2020Q1-Q3_official", "income", Decimals::Printed, &[]),
    ("A_B_scattered_official_media_points", "points", Decimals::Printed, &[]),
    ("H_zhejiang_cities_2020_indicators", "points", Decimals::Printed, &[]),
    ("D_gov_debt_2018_2025_zhejiang_guangxi_henan", "debt", Decimals::Padded, &[]),
    ("D_county_cities_heshan_and_peers_2015_2023", "counties", Decimals::Printed, &[]),
    ("C_ship_locks", "locks", Decimals::Printed, &[]),
    ("H_laibin_parks_xijiang_locks", "locks", Decimals::Printed, &[]),
    ("D_industry_resources", "industry", Decimals::Printed, &[]),
    ("H_quzhou_environment_credit_chains", "environment", Decimals::Printed, &[]),
];
/// More files of figures, which share a table with those above.
const MORE: [(&str, &str, Decimals); 2] = [
    ("H_henan_business_environment_xinxiang", "environment", Decimals::Printed),
    ("E_business_environment", "environment", Decimals::Printed),
];
/// Files of list entries. What is from memory has a file of its own and is not read.
const REGISTERS: [&str; 6] = [
    "resource_exhausted_cities",
    "resource_based_city_classes_partial",
    "business_environment_rankings",
    "city_credit_monitoring_ranks",
    "zhejiang_wanmu_qianyi_platforms",
    "designations_and_plans",
];

const TABLES: [Table; 15] = [
    observations(
        "yearbook",
        "tables/yearbook.csv",
        "城市统计年鉴 2018—2023",
        "China City Statistical Yearbook 2019 to 2024, a transcription",
    ),
    observations("panel", "tables/panel.csv", "研究面板 2005—2023（未核实）", "a research panel, unverified"),
    observations(
        "recent",
        "tables/recent.csv",
        "2024—2025 年经济财政",
        "rating reports and bulletins of 2024 and 2025",
    ),
    observations(
        "income",
        "tables/income.csv",
        "浙江居民收入 2020 年 1—9 月",
        "monthly card of Lishui's bureau of statistics",
    ),
    observations(
        "points",
        "tables/points.csv",
        "零散官方与媒体数据",
        "bulletins, plans and reports of single cities",
    ),
    observations("debt", "tables/debt.csv", "政府债务限额与余额", "debt disclosure and rating reports"),
    observations(
        "counties",
        "tables/counties.csv",
        "合山等县级市",
        "China City Statistical Yearbook, county-level cities",
    ),
    observations("locks", "tables/locks.csv", "船闸与航道", "reports on ship locks and waterways"),
    observations("industry", "tables/industry.csv", "产业与资源", "reports on industries"),
    observations(
        "environment",
        "tables/environment.csv",
        "营商环境、审批、信用与项目",
        "evaluations and reports",
    ),
    Table {
        name: "remarks",
        path: "tables/remarks.csv",
        kind: "remarks",
        title: "约数、上下限与非数值事实",
        source: "as the rows say",
    },
    Table {
        name: "origins", path: "origins.csv", kind: "origins", title: "来源", source: "as the rows say"
    },
    Table {
        name: "rosters",
        path: "rosters.csv",
        kind: "rosters",
        title: "可比城市名册",
        source: "as the rows say",
    },
    Table {
        name: "lists",
        path: "registers/lists.csv",
        kind: "lists",
        title: "名单",
        source: "as the rows say",
    },
    Table {
        name: "items",
        path: "registers/items.csv",
        kind: "items",
        title: "名单条目",
        source: "as the rows say",
    },
];
const ENTITIES: Table = Table {
    name: "entities",
    path: "registers/entities.csv",
    kind: "entities",
    title: "实体",
    source: "as the rows say",
};

const fn observations(
    name: &'static str,
    path: &'static str,
    title: &'static str,
    source: &'static str,
) -> Table {
    Table { name, path, kind: "observations", title, source }
}

/// Builds the files and writes those that changed.
pub fn run(options: &Options) -> Result<(), Failure> {
    let (files, left_out) = build(&options.facts, &options.decisions)?;
    for (path, bytes) in &files {
        let path = options.out.join(path);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        }
        if std::fs::read(&path).is_ok_and(|held| held == *bytes) {
            continue;
        }
        std::fs::write(&path, bytes).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    for (reason, rows) in left_out {
        eprintln!("left out {rows}: {reason}");
    }
    Ok(())
}

/// Files by their path below the dossiers, and what was left out, by reason.
type Built = (BTreeMap<String, Vec<u8>>, BTreeMap<String, usize>);

fn build(folder: &Path, decisions: &Path) -> Result<Built, Failure> {
    let parameters = decisions.join("parameters.toml");
    let decisions = Decisions::read(decisions)?;
    let mut origins = Origins::default();
    let mut tables: BTreeMap<&str, Vec<Observation>> = BTreeMap::new();
    let mut remarks: BTreeSet<Remark> = BTreeSet::new();
    let mut left_out: BTreeMap<String, usize> = BTreeMap::new();
    let mut all = Vec::new();
    let more = MORE.iter().map(|(file, table, decimals)| (*file, *table, *decimals, &[] as &[&str]));
    for (file, table, decimals, provinces) in SOURCES.into_iter().chain(more) {
        let facts: Vec<Fact> = read(&folder.join(format!("{file}.csv")))?;
        let (facts, others): (Vec<_>, Vec<_>) = facts.into_iter().partition(|fact| {
            provinces.is_empty() || provinces.iter().any(|province| fact.region_code.starts_with(province))
        });
        if !others.is_empty() {
            *left_out.entry("another province".into()).or_default() += others.len();
        }
        let sifted = sift(&facts, decimals, &decisions, &mut origins)?;
        tables.entry(table).or_default().extend(sifted.observations);
        remarks.extend(sifted.remarks);
        for (reason, rows) in sifted.left_out {
            *left_out.entry(reason).or_default() += rows;
        }
        all.push(facts);
    }
    let mut entries: Vec<Entry> = Vec::new();
    for file in REGISTERS {
        entries.extend(read::<Entry>(&folder.join("registers").join(format!("{file}.csv")))?);
    }
    let facts: Vec<Fact> = all.iter().flatten().cloned().collect();
    let items = registers::items(&entries, &facts, &decisions, &mut origins)?;
    registers::check(&items, &decisions, &mut origins)?;
    let members = registers::members(&all[0], &items, &decisions)?;
    let parameters = std::fs::read_to_string(&parameters)?;
    for line in parameters.lines() {
        if let Some(id) = line.strip_prefix("origin = ") {
            origins.named(id.trim_matches('"'), &decisions)?;
        }
    }

    let mut files = BTreeMap::new();
    let mut put = |path: &str, bytes: Vec<u8>| files.insert(path.to_string(), bytes);
    let mut rows = Vec::new();
    let mut seen = BTreeSet::new();
    // The tables of single figures come first: what stands there is not repeated in a table of one field.
    let order = |table: &str| SOURCES.iter().position(|(_, of, ..)| *of == table);
    let mut tables: Vec<_> = tables.into_iter().collect();
    tables.sort_by_key(|(table, _)| order(table));
    for (table, observations) in tables {
        // An origin may have turned out weaker after its first rows were read.
        let observations = observations.into_iter().map(|row| regraded(row, &origins));
        let observations = ordered(observations.filter(|row| !seen.contains(row)).collect())?;
        seen.extend(observations.iter().cloned());
        put(&format!("reference/tables/{table}.csv"), csv(&observations)?);
        rows.extend(observations);
    }
    ordered(rows)?;
    let remarks: Vec<Remark> = remarks.into_iter().collect();
    put("reference/tables/remarks.csv", csv(&remarks)?);
    put("reference/origins.csv", csv(&origins.rows().collect::<Vec<_>>())?);
    put("reference/rosters.csv", csv(&members)?);
    put(
        "reference/registers/lists.csv",
        csv(&decisions.lists.iter().map(ListRow::from).collect::<Vec<_>>())?,
    );
    put("reference/registers/items.csv", csv(&items)?);
    put(
        "reference/registers/entities.csv",
        csv(&decisions.entities.iter().map(EntityRow::from).collect::<Vec<_>>())?,
    );
    put("reference/parameters.toml", parameters.into_bytes());
    let described: Vec<Table> = TABLES.into_iter().chain([ENTITIES]).collect();
    put("reference/datapackage.json", package::descriptor(&described)?);

    let chains = chains::chains(&folder.join("chains"))?;
    put("quzhou/tables/chain_nodes.csv", csv(&chains.nodes)?);
    put("quzhou/tables/chain_links.csv", csv(&chains.links)?);
    put("quzhou/tables/firms.csv", csv(&chains.firms)?);
    put("quzhou/origins.csv", csv(&chains.origins)?);
    put("quzhou/registers/entities.csv", csv(&chains.entities)?);
    Ok((files, left_out))
}

/// A figure of an origin that cannot be checked is marked as such.
fn regraded(mut row: Observation, origins: &Origins) -> Observation {
    let unverified = origins.get(&row.origin).is_some_and(|origin| origin.grade == "unverified");
    if unverified && row.status == "A" {
        row.status = "U".into();
    }
    row
}

/// Rows as CSV with a heading, lines ending in LF.
fn csv<T: Serialize>(rows: &[T]) -> Result<Vec<u8>, Failure> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.serialize(row)?;
    }
    Ok(writer.into_inner().map_err(|error| error.to_string())?)
}

/// A row of `registers/lists.csv`.
#[derive(Serialize)]
struct ListRow<'a> {
    list: &'a str,
    title: &'a str,
    names: &'a str,
    issuer: &'a str,
    issued: &'a str,
    complete: &'a str,
    topic: &'a str,
    about: &'a str,
    origin: &'a str,
    note: &'a str,
}

impl<'a> From<&'a facts::List> for ListRow<'a> {
    fn from(row: &'a facts::List) -> Self {
        Self {
            list: &row.list,
            title: &row.title,
            names: &row.names,
            issuer: &row.issuer,
            issued: &row.issued,
            complete: &row.complete,
            topic: &row.topic,
            about: &row.about,
            origin: &row.origin,
            note: &row.note,
        }
    }
}

/// A row of `registers/entities.csv`.
#[derive(Serialize)]
struct EntityRow<'a> {
    entity: &'a str,
    name: &'a str,
    names: &'a str,
    name_en: &'a str,
    region: &'a str,
    origin: &'a str,
}

impl<'a> From<&'a facts::Entity> for EntityRow<'a> {
    fn from(row: &'a facts::Entity) -> Self {
        Self {
            entity: &row.entity,
            name: &row.name,
            names: &row.names,
            name_en: &row.name_en,
            region: &row.region,
            origin: &row.origin,
        }
    }
}
