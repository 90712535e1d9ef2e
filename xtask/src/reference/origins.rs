//! Where each figure comes from: one origin an address or edition, graded by its weakest part.

use std::collections::BTreeMap;

use serde::Serialize;

use super::facts::{Decisions, Described, Fact, Failure};

/// The address of the collection that mirrors yearbooks, bulletins and debt tables.
const ATLAS: &str = "github:chenfei2008c/china-local-debt-atlas@1dce311 ";
/// The collection that holds the yearbooks' county tables.
const YEARBOOKS: &str = "github:Zeeny-lin/vibe-coding-gis-@2bed227 ";

/// A row of `origins.csv`.
#[derive(Clone, Debug, Default, Serialize, PartialEq, Eq)]
pub(crate) struct Origin {
    pub id: String,
    pub grade: String,
    pub publisher: String,
    pub title: String,
    pub address: String,
    pub address_kind: String,
    pub published: String,
    pub edition: String,
    pub licence: String,
    pub sha256: String,
    pub copy_of: String,
    pub note: String,
}

/// The origins met so far, by id, and the source text each was made from.
#[derive(Default)]
pub(crate) struct Origins {
    rows: BTreeMap<String, Origin>,
    ids: BTreeMap<String, String>,
}

impl Origins {
    /// The rows in order of their ids.
    pub(crate) fn rows(&self) -> impl Iterator<Item = &Origin> {
        self.rows.values()
    }

    /// The origin of this id.
    pub(crate) fn get(&self, id: &str) -> Option<&Origin> {
        self.rows.get(id)
    }

    /// Adds an origin that decisions name by its id.
    pub(crate) fn named(&mut self, id: &str, decisions: &Decisions) -> Result<(), Failure> {
        if !self.rows.contains_key(id) {
            let row = decisions.described.iter().find(|row| row.id == id);
            let row = row.ok_or_else(|| format!("origin {id} is not described in origins.csv"))?;
            self.rows.insert(id.to_string(), described(row, &row.grade));
        }
        Ok(())
    }

    /// The id of the origin of a source text met with this quality.
    ///
    /// A source met with several qualities keeps the weakest.
    pub(crate) fn of(&mut self, fact: &Fact, decisions: &Decisions) -> Result<String, Failure> {
        self.of_source(&fact.source, &fact.quality, fact, decisions)
    }

    /// As [`Origins::of`], for the entry of a register.
    pub(crate) fn of_entry(
        &mut self,
        source: &str,
        grade: &str,
        decisions: &Decisions,
    ) -> Result<String, Failure> {
        let fact = Fact {
            region_code: String::new(),
            region_name: String::new(),
            indicator: String::new(),
            period: String::new(),
            value: String::new(),
            unit: String::new(),
            source: source.to_string(),
            quality: grade.to_string(),
        };
        self.of(&fact, decisions)
    }

    fn of_source(
        &mut self,
        source: &str,
        quality: &str,
        fact: &Fact,
        decisions: &Decisions,
    ) -> Result<String, Failure> {
        if let Some(id) = self.ids.get(source) {
            if let Some(row) = self.rows.get_mut(id) {
                row.grade = weaker(&row.grade, quality);
            }
            return Ok(id.clone());
        }
        let mut origin = made(source, quality, fact, decisions)?;
        let taken = self.rows.get(&origin.id);
        if taken.is_some_and(|row| row.address != origin.address || row.note != origin.note) {
            let base = origin.id.clone();
            let free = (2..).map(|n| format!("{base}-{n}")).find(|id| !self.rows.contains_key(id));
            origin.id = free.unwrap_or(base);
        }
        let id = origin.id.clone();
        let grade = origin.grade.clone();
        let row = self.rows.entry(id.clone()).or_insert(origin);
        row.grade = weaker(&row.grade, &grade);
        self.ids.insert(source.to_string(), id.clone());
        Ok(id)
    }
}

/// Makes the origin of a source text.
fn made(source: &str, quality: &str, fact: &Fact, decisions: &Decisions) -> Result<Origin, Failure> {
    let plain = source.strip_prefix("derived from ").unwrap_or(source);
    if let Some(row) = find(plain, decisions) {
        return Ok(described(
            row,
            &if row.grade.is_empty() { quality.to_string() } else { weaker(&row.grade, quality) },
        ));
    }
    if let Some(rest) = source.strip_prefix(YEARBOOKS) {
        return county_yearbook(rest, quality);
    }
    let Some(rest) = source.strip_prefix(ATLAS) else {
        return Err(format!("no origin is described for {source:?}").into());
    };
    if rest.contains("city_yearbook") {
        yearbook(rest, quality)
    } else if rest.contains("city_panel") {
        Ok(panel(rest, quality))
    } else if rest.contains("statistical_bulletin") {
        bulletin(rest, quality, fact)
    } else if let Some((file, parts)) = rest.split_once(" <- ") {
        collected(file, parts, quality, decisions)
    } else {
        Err(format!("no origin is known for {source:?}").into())
    }
}

/// The description whose address the source begins with, the longest address first.
fn find<'a>(source: &str, decisions: &'a Decisions) -> Option<&'a Described> {
    let begins = |row: &&Described| {
        !row.address.is_empty()
            && source
                .strip_prefix(row.address.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(" ("))
    };
    decisions.described.iter().filter(begins).max_by_key(|row| row.address.len())
}

fn described(row: &Described, grade: &str) -> Origin {
    let address =
        if row.address.contains(' ') && !row.address.starts_with("github:") { "" } else { &row.address };
    Origin {
        id: row.id.clone(),
        grade: grade.to_string(),
        publisher: row.publisher.clone(),
        title: row.title.clone(),
        address: address.to_string(),
        address_kind: if address.is_empty() { String::new() } else { row.address_kind.clone() },
        published: row.published.clone(),
        edition: row.edition.clone(),
        licence: row.licence.clone(),
        sha256: String::new(),
        copy_of: row.copy_of.clone(),
        note: row.note.clone(),
    }
}

/// An edition of the yearbook's table of prefecture-level cities, read from a transcription.
fn yearbook(rest: &str, quality: &str) -> Result<Origin, Failure> {
    let path = rest.split(" (").next().unwrap_or(rest);
    let year = edition_year(path)?;
    Ok(Origin {
        id: format!("csy{year}"),
        grade: quality.to_string(),
        publisher: "国家统计局".into(),
        title: format!("中国城市统计年鉴{year}（地级市）"),
        address: format!("https://github.com/chenfei2008c/china-local-debt-atlas/blob/1dce311/{path}"),
        address_kind: "repost".into(),
        edition: format!("城市统计年鉴{year}"),
        note: "a third party's transcription of the printed yearbook, itself a mirror of \
               github.com/Zeeny-lin/vibe-coding-gis-; no licence stated"
            .into(),
        ..Origin::default()
    })
}

/// An edition of the yearbook's table of county-level cities.
fn county_yearbook(rest: &str, quality: &str) -> Result<Origin, Failure> {
    let year = edition_year(rest)?;
    Ok(Origin {
        id: format!("csy{year}-county"),
        grade: quality.to_string(),
        publisher: "国家统计局".into(),
        title: format!("中国城市统计年鉴{year}（县级市）"),
        address: "https://github.com/Zeeny-lin/vibe-coding-gis-/tree/2bed227".into(),
        address_kind: "repost".into(),
        edition: format!("城市统计年鉴{year}县级市"),
        note: "a third party's transcription of the printed yearbook; no licence stated".into(),
        ..Origin::default()
    })
}

/// The first year from 2000 on that the text names.
fn edition_year(text: &str) -> Result<&str, Failure> {
    let year = text
        .match_indices("20")
        .find_map(|(at, _)| text.get(at..at + 4).filter(|y| y.parse::<u16>().is_ok()));
    Ok(year.ok_or_else(|| format!("no edition in {text:?}"))?)
}

fn panel(rest: &str, quality: &str) -> Origin {
    let path = rest.split(" (").next().unwrap_or(rest);
    Origin {
        id: "research-panel".into(),
        grade: quality.to_string(),
        publisher: "course project (JasmineHao.github.io, econ6083)".into(),
        title: "China city panel 1990–2023".into(),
        address: format!("https://github.com/chenfei2008c/china-local-debt-atlas/blob/1dce311/{path}"),
        address_kind: "repost".into(),
        edition: "research-panel".into(),
        note: "sources of the single figures are not stated; only source here for 2005 to 2017; no licence stated".into(),
        ..Origin::default()
    }
}

/// A city's bulletin of 2025.
fn bulletin(rest: &str, quality: &str, fact: &Fact) -> Result<Origin, Failure> {
    let (_, address) = rest.split_once(" <- ").ok_or_else(|| format!("no address in {rest:?}"))?;
    Ok(Origin {
        id: format!("bulletin-2025-{}", fact.region_code),
        grade: quality.to_string(),
        publisher: format!("{}统计局", fact.region_name),
        title: format!("{}2025年国民经济和社会发展统计公报", fact.region_name),
        address: address.into(),
        address_kind: if quality == "official" { "primary" } else { "repost" }.into(),
        edition: "2025年统计公报".into(),
        note: "figures picked from the text by pattern".into(),
        ..Origin::default()
    })
}

/// A row of the collection's own tables, which names one or more sources: `SRC-ID[GRADE] address ; …`.
///
/// Which of several sources gave the figure is not said, so the weakest grade counts.
fn collected(file: &str, parts: &str, quality: &str, decisions: &Decisions) -> Result<Origin, Failure> {
    let sources: Vec<(&str, &str, &str)> = parts.split(" ; ").filter_map(source).collect();
    let &(first, _, address) = sources.first().ok_or_else(|| format!("no source in {parts:?}"))?;
    let grade =
        sources.iter().fold(quality.to_string(), |grade, (_, letter, _)| weaker(&grade, graded(letter)));
    let host = address.split("://").nth(1).and_then(|rest| rest.split('/').next()).unwrap_or_default();
    let official = grade == "official";
    let mut note = format!("as collected in {file}");
    if first.contains("CHART") {
        note.push_str("; read off a chart");
    }
    for (id, _, also) in sources.iter().skip(1) {
        note.push_str(&format!("; also {id} {also}"));
    }
    Ok(Origin {
        id: first.trim_start_matches("SRC-").to_lowercase(),
        grade,
        publisher: decisions.publisher_at(host).to_string(),
        title: first.trim_start_matches("SRC-").replace('-', " ").to_lowercase(),
        address: address.to_string(),
        address_kind: match (address.is_empty(), official) {
            (true, _) => "",
            (false, true) => "primary",
            (false, false) => "repost",
        }
        .into(),
        edition: series(file, official).into(),
        note,
        ..Origin::default()
    })
}

/// The series a collected figure belongs to: official accounts and what rating reports print are two.
fn series(file: &str, official: bool) -> &'static str {
    match (file.contains("debt"), official) {
        (true, true) => "政府债务公开",
        (true, false) => "评级与债券报告",
        (false, true) => "财政经济快报",
        (false, false) => "财政经济快报（转引）",
    }
}

/// `SRC-ID[GRADE] address` in its three parts.
fn source(text: &str) -> Option<(&str, &str, &str)> {
    let (id, rest) = text.trim().split_once('[')?;
    let (grade, address) = rest.split_once(']')?;
    Some((id, grade, address.trim()))
}

/// The collection's letters: A the office itself, B a report or copy, all else cannot be checked.
fn graded(letter: &str) -> &'static str {
    match letter.as_bytes().first() {
        Some(b'A') => "official",
        Some(b'B') => "aggregator",
        _ => "unverified",
    }
}

/// The weaker of two grades.
pub(crate) fn weaker(one: &str, other: &str) -> String {
    const STRONGEST_FIRST: [&str; 7] =
        ["official", "media", "aggregator", "unverified", "modelled", "synthetic", "assumed"];
    let place = |grade: &str| STRONGEST_FIRST.iter().position(|known| *known == grade).unwrap_or(usize::MAX);
    if place(one) >= place(other) { one } else { other }.to_string()
}
