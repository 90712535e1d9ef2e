//! Lists, their entries, entities and rosters.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{
    facts::{Decisions, Entry, Fact, Failure},
    origins::Origins,
};

/// A row of `registers/items.csv`.
#[derive(Clone, Debug, Serialize, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Item {
    pub list: String,
    pub item: String,
    pub subject: String,
    pub names: String,
    pub class: String,
    pub rank: String,
    pub from: String,
    pub to: String,
    pub origin: String,
    pub note: String,
}

/// A row of `rosters.csv`.
#[derive(Clone, Debug, Serialize, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Member {
    pub roster: String,
    pub title: String,
    pub reads: String,
    pub member: String,
    pub from: String,
    pub to: String,
    pub of: String,
    pub origin: String,
}

/// The entries of all lists, in order.
///
/// # Errors
/// An entry of no known list, or an origin nobody describes.
pub(crate) fn items(
    entries: &[Entry],
    facts: &[Fact],
    decisions: &Decisions,
    origins: &mut Origins,
) -> Result<Vec<Item>, Failure> {
    let mut items = BTreeSet::new();
    // What is from memory has no address.
    for entry in entries.iter().filter(|entry| !entry.source.is_empty()) {
        let lists = decisions.lists_of(entry)?;
        let origin = origins.of_entry(&entry.source, &entry.grade, decisions)?;
        for list in lists {
            items.insert(Item {
                list: list.to_string(),
                item: entry.item_name.clone(),
                subject: decisions.subject(&entry.item_name, &entry.item_region_code),
                names: String::new(),
                class: class(&entry.class),
                rank: rank(&entry.class).unwrap_or_default(),
                from: String::new(),
                to: String::new(),
                origin: origin.clone(),
                note: entry.note.clone(),
            });
        }
    }
    for fact in facts {
        items.extend(from_fact(fact, decisions, origins)?);
    }
    Ok(items.into_iter().collect())
}

/// The entries that stand among the facts: first-level indicators, ranked indices, single designations.
fn from_fact(fact: &Fact, decisions: &Decisions, origins: &mut Origins) -> Result<Vec<Item>, Failure> {
    let item = |list: &str, item: &str, subject: &str, class: &str, rank: String, origin: String| Item {
        list: list.into(),
        item: item.into(),
        subject: subject.into(),
        names: String::new(),
        class: class.into(),
        rank,
        from: String::new(),
        to: String::new(),
        origin,
        note: String::new(),
    };
    if let Some(number) = fact.indicator.strip_prefix("ndrc_first_level_") {
        if number.parse::<u8>().is_err() {
            return Ok(vec![]);
        }
        let origin = origins.of(fact, decisions)?;
        let group = fact.unit.split("group ").nth(1).unwrap_or_default().trim_end_matches(')');
        let subject = format!("indicator:ndrc-{number}");
        let name = fact.value.split('(').next().unwrap_or_default();
        return Ok(vec![item("ndrc-evaluation-indicators", name, &subject, group, String::new(), origin)]);
    }
    if fact.indicator == "wanbo_city_business_environment_index" {
        let origin = origins.of(fact, decisions)?;
        let place = rank(fact.unit.trim_start_matches("index (").trim_end_matches(')')).unwrap_or_default();
        return Ok(vec![item("wanbo-2020", &fact.region_name, &fact.region_code, "", place, origin)]);
    }
    if decisions.indicators.get(&fact.indicator).is_none_or(|row| row.decision != "item") {
        return Ok(vec![]);
    }
    let origin = origins.of(fact, decisions)?;
    let rows = decisions.items.iter().filter(|row| row.indicator == fact.indicator && row.origin == origin);
    Ok(rows
        .map(|row| item(&row.list, &row.item, &row.subject, &row.class, String::new(), origin.clone()))
        .collect())
}

/// `rank 4`, `rank 2 of 16`, `rank 1 (89.09)`: the place.
fn rank(class: &str) -> Option<String> {
    let digits: String = class.strip_prefix("rank ")?.chars().take_while(char::is_ascii_digit).collect();
    (!digits.is_empty()).then_some(digits)
}

/// The class, unless it only tells the place.
fn class(text: &str) -> String {
    if rank(text).is_some() { String::new() } else { text.to_string() }
}

/// The members of all rosters: the cities of a province that the yearbook prints, or what a ranking names.
///
/// # Errors
/// A roster whose cities are not as many as it says, unless it is drawn from a partial ranking.
pub(crate) fn members(
    yearbook: &[Fact],
    items: &[Item],
    decisions: &Decisions,
) -> Result<Vec<Member>, Failure> {
    let cities: BTreeSet<&str> = yearbook.iter().map(|fact| fact.region_code.as_str()).collect();
    let mut members = BTreeSet::new();
    for roster in &decisions.rosters {
        let lists: Vec<&str> = roster.lists.split(';').filter(|list| !list.is_empty()).collect();
        let codes: BTreeSet<&str> = if lists.is_empty() {
            let province = &roster.province[..2];
            cities
                .iter()
                .copied()
                .filter(|code| code.starts_with(province))
                .chain(extra(&roster.extra))
                .collect()
        } else {
            items
                .iter()
                .filter(|item| lists.contains(&item.list.as_str()))
                .map(|item| item.subject.as_str())
                .collect()
        };
        let of: usize = roster.of.parse()?;
        if lists.is_empty() && codes.len() != of {
            return Err(format!("{} has {} members, expected {of}", roster.roster, codes.len()).into());
        }
        for code in &codes {
            members.insert(Member {
                roster: roster.roster.clone(),
                title: roster.title.clone(),
                reads: roster.reads.clone(),
                member: (*code).to_string(),
                from: String::new(),
                to: String::new(),
                of: roster.of.clone(),
                origin: roster.origin.clone(),
            });
        }
    }
    Ok(members.into_iter().collect())
}

fn extra(codes: &str) -> impl Iterator<Item = &str> {
    codes.split(';').filter(|code| !code.is_empty())
}

/// Checks that lists and entities name origins and entities that exist, and marks the origins as used.
///
/// # Errors
/// An entry of an undeclared list, or an entity that nothing declares.
pub(crate) fn check(items: &[Item], decisions: &Decisions, origins: &mut Origins) -> Result<(), Failure> {
    let lists: BTreeSet<&str> = decisions.lists.iter().map(|list| list.list.as_str()).collect();
    let entities: BTreeMap<&str, &str> =
        decisions.entities.iter().map(|row| (row.entity.as_str(), row.name.as_str())).collect();
    for item in items {
        if !lists.contains(item.list.as_str()) {
            return Err(format!("list {} is not in lists.csv", item.list).into());
        }
        let entity = item.subject.contains(':') && !item.subject.starts_with("indicator:");
        if entity && !entities.contains_key(item.subject.as_str()) {
            return Err(format!("entity {} is not in entities.csv", item.subject).into());
        }
    }
    for list in &decisions.lists {
        origins.named(&list.origin, decisions)?;
    }
    for entity in &decisions.entities {
        origins.named(&entity.origin, decisions)?;
    }
    for roster in &decisions.rosters {
        origins.named(&roster.origin, decisions)?;
    }
    Ok(())
}
