//! The chains of Quzhou: nodes, links and firms, each row with a grade of its own.

use std::{collections::BTreeSet, path::Path};

use serde::{Deserialize, Serialize};

use super::{
    facts::{Failure, read},
    origins::Origin,
};

#[derive(Deserialize)]
struct FactNode {
    node_id: String,
    name_zh: String,
    name_en: String,
    chain: String,
    stage: String,
    quzhou_presence: String,
    bottleneck_note: String,
    sources: String,
    quality: String,
}

#[derive(Deserialize)]
struct FactLink {
    from_node: String,
    to_node: String,
    sources: String,
    quality: String,
}

#[derive(Deserialize)]
struct FactFirm {
    firm_zh: String,
    ticker: String,
    location: String,
    node_ids: String,
    claim: String,
    sources: String,
    quality: String,
}

#[derive(Deserialize)]
struct FactSource {
    source_id: String,
    url: String,
    what_was_read: String,
    quality: String,
}

/// A product or material of a chain.
#[derive(Serialize)]
pub(crate) struct Node {
    node: String,
    chain: String,
    stage: String,
    name: String,
    name_en: String,
    presence: String,
    note: String,
    grade: String,
    origin: String,
    origins: String,
}

/// One node is made from another.
#[derive(Serialize)]
pub(crate) struct Link {
    from: String,
    to: String,
    grade: String,
    origin: String,
    origins: String,
}

/// A firm and the nodes it is said to make.
#[derive(Serialize)]
pub(crate) struct Firm {
    firm: String,
    name: String,
    names: String,
    ticker: String,
    location: String,
    nodes: String,
    text: String,
    grade: String,
    origin: String,
    origins: String,
}

/// A named thing of the chains, in the layout of `registers/entities.csv`.
#[derive(Serialize)]
pub(crate) struct Entity {
    entity: String,
    name: String,
    names: String,
    name_en: String,
    region: String,
    origin: String,
}

/// The tables of Quzhou's chains.
pub(crate) struct Chains {
    pub entities: Vec<Entity>,
    pub nodes: Vec<Node>,
    pub links: Vec<Link>,
    pub firms: Vec<Firm>,
    pub origins: Vec<Origin>,
}

/// The document under test: never evidence for itself.
const DOCUMENT: &str = "S1";

/// Reads the collected chains and turns them into the dossier's tables.
///
/// # Errors
/// A file that cannot be read, or a chain or firm that has no name of ours.
pub(crate) fn chains(folder: &Path) -> Result<Chains, Failure> {
    let nodes: Vec<FactNode> = read(&folder.join("nodes.csv"))?;
    let links: Vec<FactLink> = read(&folder.join("links.csv"))?;
    let firms: Vec<FactFirm> = read(&folder.join("firms.csv"))?;
    let sources: Vec<FactSource> = read(&folder.join("sources.csv"))?;
    let nodes = nodes.into_iter().map(node).collect::<Result<Vec<_>, _>>()?;
    let links = links.into_iter().map(link).collect::<Vec<_>>();
    let firms = firms.into_iter().map(firm).collect::<Result<Vec<_>, _>>()?;
    let cited: BTreeSet<&str> = nodes
        .iter()
        .map(|row| &row.origins)
        .chain(links.iter().map(|row| &row.origins))
        .chain(firms.iter().map(|row| &row.origins))
        .flat_map(|origins| origins.split(';'))
        .collect();
    let cited = sources.iter().map(origin).filter(|row| cited.contains(row.id.as_str()));
    let mut origins: Vec<Origin> = [example()].into_iter().chain(cited).collect();
    origins.sort_by(|one, other| one.id.cmp(&other.id));
    let mut entities: Vec<Entity> =
        CHAINS.iter().map(chain).chain([park()]).chain(firms.iter().map(named)).collect();
    entities.sort_by(|one, other| one.entity.cmp(&other.entity));
    Ok(Chains { entities, nodes, links, firms, origins })
}

fn node(row: FactNode) -> Result<Node, Failure> {
    let chain = CHAINS.iter().find(|(letter, ..)| *letter == row.chain);
    let (_, chain, ..) = chain.ok_or_else(|| format!("chain {:?} has no entity", row.chain))?;
    let (origin, origins) = cited(&row.sources);
    Ok(Node {
        node: row.node_id,
        chain: (*chain).to_string(),
        stage: row.stage,
        name: row.name_zh,
        name_en: row.name_en,
        presence: row.quzhou_presence,
        note: row.bottleneck_note,
        grade: grade(&row.quality).into(),
        origin,
        origins,
    })
}

fn link(row: FactLink) -> Link {
    let (origin, origins) = cited(&row.sources);
    Link { from: row.from_node, to: row.to_node, grade: grade(&row.quality).into(), origin, origins }
}

fn firm(row: FactFirm) -> Result<Firm, Failure> {
    let firm = FIRMS.iter().find(|(name, _, _)| *name == row.firm_zh);
    let (name, id, names) = firm.ok_or_else(|| format!("firm {} has no id", row.firm_zh))?;
    let (origin, origins) = cited(&row.sources);
    Ok(Firm {
        firm: format!("firm:{id}"),
        name: (*name).to_string(),
        names: (*names).to_string(),
        ticker: row.ticker.split(' ').next().unwrap_or_default().to_string(),
        location: row.location,
        nodes: row.node_ids,
        text: row.claim,
        grade: grade(&row.quality).into(),
        origin,
        origins,
    })
}

/// The chains as the facts letter them, their ids, names and English names.
const CHAINS: [(&str, &str, &str, &str, &str); 3] = [
    ("F", "chain:quzhou-fluorine", "衢州氟产业链", "氟产业链;氟链", "fluorine chain of Quzhou"),
    ("Si", "chain:quzhou-silicon", "衢州硅产业链", "硅产业链;硅链", "silicon chain of Quzhou"),
    ("Co", "chain:quzhou-cobalt", "衢州钴产业链", "钴产业链;钴链", "cobalt chain of Quzhou"),
];
/// The region all of them lie in.
const QUZHOU: &str = "330800";
/// The origin of what only the document names.
const EXAMPLE: &str = "example-quzhou";

fn chain((_, entity, name, names, english): &(&str, &str, &str, &str, &str)) -> Entity {
    Entity {
        entity: (*entity).to_string(),
        name: (*name).to_string(),
        names: (*names).to_string(),
        name_en: (*english).to_string(),
        region: QUZHOU.into(),
        origin: EXAMPLE.into(),
    }
}

/// The park the document names; no source at hand describes it.
fn park() -> Entity {
    Entity {
        entity: "park:quzhou-electronic-chemicals".into(),
        name: "中国电子化学材料产业园".into(),
        names: "电子化学材料产业园".into(),
        name_en: "China Electronic Chemical Materials Industrial Park".into(),
        region: QUZHOU.into(),
        origin: EXAMPLE.into(),
    }
}

fn named(firm: &Firm) -> Entity {
    Entity {
        entity: firm.firm.clone(),
        name: firm.name.split('/').next().unwrap_or_default().to_string(),
        names: firm.names.clone(),
        name_en: String::new(),
        region: QUZHOU.into(),
        origin: firm.origin.clone(),
    }
}

/// Where the document and what only it names come from.
fn example() -> Origin {
    Origin {
        id: EXAMPLE.into(),
        grade: "assumed".into(),
        publisher: "支点示例文稿 Zhidian example".into(),
        title: "衢州：环境引才聚业，新材料立市强市".into(),
        note: "自撰示例，不作数据来源 An example in our own words; not a source of figures".into(),
        ..Origin::default()
    }
}

/// Firms as the facts print them, their ids, and the names documents use.
const FIRMS: [(&str, &str, &str); 16] = [
    ("巨化集团/巨化股份", "juhua", "巨化集团;巨化股份;巨化"),
    ("衢州华友钴新材料(华友钴业)", "huayou-quzhou", "衢州华友;衢州华友钴新材料;华友钴业"),
    ("华金新能源材料(衢州)", "huajin", "华金新能源材料"),
    ("隆基乐叶(浙江)", "longi-leye", "隆基乐叶;浙江隆基乐叶"),
    ("一道新能", "yidao", "一道新能源"),
    ("金瑞泓微电子(立昂微)", "jinruihong", "金瑞泓微电子;金瑞泓"),
    ("中巨芯", "grandit", "中巨芯科技"),
    ("衢州杉杉新材料", "shanshan-quzhou", "衢州杉杉"),
    ("永和股份", "yonghe", "浙江永和制冷"),
    ("中天氟硅/中天控股", "zhongtian", "中天氟硅;中天控股"),
    ("中宁硅业", "zhongning", "浙江中宁硅业"),
    ("衢州康鹏化学", "kangpeng", "康鹏化学"),
    ("时代锂电", "shidai-lithium", "时代锂电"),
    ("鹏辉能源", "penghui", "鹏辉能源"),
    ("吉利三电", "geely-edrive", "吉利三电"),
    ("先导稀材/先导电科", "vital", "先导稀材;先导电科"),
];

/// The first source and all of them, without the document under test.
fn cited(sources: &str) -> (String, String) {
    let ids: Vec<String> = sources.split(' ').filter(|id| *id != DOCUMENT).map(id).collect();
    (ids.first().cloned().unwrap_or_default(), ids.join(";"))
}

fn id(source: &str) -> String {
    format!("chains-{}", source.to_lowercase())
}

/// A: a filing; B: news or an industry's site; all else cannot be checked.
fn grade(quality: &str) -> &'static str {
    match quality {
        "A" => "official",
        "B" => "media",
        _ => "unverified",
    }
}

/// The origin of a source of the chains.
fn origin(source: &FactSource) -> Origin {
    let address = if source.url.starts_with("http") { source.url.as_str() } else { "" };
    let host =
        address.split("://").nth(1).and_then(|rest| rest.split('/').next()).unwrap_or("process chemistry");
    let filing = source.quality == "A";
    let note = if filing { "filing, read where it is disclosed" } else { "read as an excerpt" };
    Origin {
        id: id(&source.source_id),
        grade: grade(&source.quality).into(),
        publisher: if filing { "issuer of the filing".into() } else { host.to_string() },
        title: source.what_was_read.clone(),
        address: address.to_string(),
        address_kind: match (address.is_empty(), filing) {
            (true, _) => "",
            (false, true) => "repost",
            (false, false) => "primary",
        }
        .into(),
        note: note.into(),
        ..Origin::default()
    }
}
