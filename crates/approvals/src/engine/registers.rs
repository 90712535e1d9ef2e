//! What the registers of matters and the ratings say.

use super::input::{Item, Matters};
use super::{Approvals, ITEMS, LEGAL, Options, asks, labelled};
use rust_decimal::Decimal;
use std::sync::Arc;
use zhidian_model::{
    Cell, Chart, Engine, Estimate, Evidence, Finding, Interval, Key, Mark, Output, Period, Subject, Table,
    Text,
};
use zhidian_vocabulary::words;

/// Findings of one measure at the asked key.
pub(super) fn answers(input: &Matters, code: &str, key: &Key) -> Vec<Finding> {
    let at = input.items.iter().filter(|((region, period), _)| asks(key, region, period));
    at.filter_map(|((region, period), items)| match code {
        ITEMS => count(key, region, period, items),
        _ => mean_limit(key, region, period, items, code == LEGAL),
    })
    .collect()
}

fn name(region: &Subject) -> (String, String) {
    match region {
        Subject::Region(code) => words::region(*code),
        Subject::Entity { id, .. } => (id.to_string(), id.to_string()),
    }
}

fn count(key: &Key, region: &Subject, period: &Period, items: &[Item]) -> Option<Finding> {
    let key = key.at(*period);
    let (first, rest) = items.split_first()?;
    let evidence = Evidence::derived(
        "count",
        Some(key.clone()),
        first.evidence.clone(),
        rest.iter().map(|item| item.evidence.clone()),
    );
    let count = Decimal::from(items.len());
    let value =
        Estimate::Value { printed: count, interval: Interval::closed(count, count), unit: "项".into() };
    let (zh, en) = labelled(name(region), first.evidence.grade());
    let (when_zh, when_en) = words::period(&period.to_string());
    let text = Text::new(
        format!("{zh}{when_zh}清单共{count}项"),
        format!("{en}, {when_en}: {count} matters in the register"),
    );
    Some(Finding::new(Approvals::CARD.id, key, value, evidence, "count", text))
}

/// The mean over all matters; none as soon as one lacks its limit.
fn mean_limit(key: &Key, region: &Subject, period: &Period, items: &[Item], legal: bool) -> Option<Finding> {
    let key = key.at(*period);
    let limits: Option<Vec<(Decimal, &Evidence)>> = items
        .iter()
        .map(|item| match legal {
            true => item.legal.map(|limit| (limit, &item.limits.0)),
            false => item.promised.map(|limit| (limit, &item.limits.1)),
        })
        .collect();
    let limits = limits?;
    let sum = limits.iter().try_fold(Decimal::ZERO, |sum, (limit, _)| sum.checked_add(*limit))?;
    let mean = sum.checked_div(Decimal::from(limits.len()))?;
    let (first, rest) = limits.split_first()?;
    let evidence = Evidence::derived(
        "mean",
        Some(key.clone()),
        first.1.clone(),
        rest.iter().map(|(_, evidence)| (*evidence).clone()),
    );
    // A limit is set, not measured: its mean is exact.
    let value = Estimate::Value {
        printed: mean.round_dp(2),
        interval: Interval::closed(mean, mean),
        unit: "工作日".into(),
    };
    let (zh, en) = labelled(name(region), first.1.grade());
    let (when_zh, when_en) = words::period(&period.to_string());
    let (kind_zh, kind_en) = if legal { ("法定", "by law") } else { ("承诺", "as promised") };
    let shown = mean.round_dp(2);
    let text = Text::new(
        format!("{zh}{when_zh}{}个事项平均{kind_zh}时限{shown}个工作日", limits.len()),
        format!("{en}, {when_en}: mean limit {kind_en} over {} matters, {shown} working days", limits.len()),
    );
    Some(Finding::new(Approvals::CARD.id, key, value, evidence, "mean", text))
}

/// Published scores.
pub(super) fn ratings(input: &Matters, key: &Key) -> Vec<Finding> {
    let asked = input.ratings.iter().filter(|rating| asks(key, &rating.region, &rating.period));
    asked
        .map(|rating| {
            let ulp = Decimal::new(1, rating.score.scale());
            let value = Estimate::Value {
                printed: rating.score,
                interval: Interval::printed(rating.score, ulp),
                unit: "score".into(),
            };
            let (zh, en) = labelled(name(&rating.region), rating.evidence.grade());
            let (when_zh, when_en) = words::period(&rating.period.to_string());
            let text = Text::new(
                format!("{zh}{when_zh}政务服务评价{}分", rating.score),
                format!("{en}, {when_en}: services rated {}", rating.score),
            );
            let key = key.at(rating.period);
            Finding::new(Approvals::CARD.id, key, value, rating.evidence.clone(), "read", text)
        })
        .collect()
}

/// Cities beside each other: matters and limits in three readings as far as they are known.
pub(super) fn tables(input: &Matters, options: &Options, output: &mut Output) {
    let evidence = input.items.values().flatten().map(|item| item.evidence.clone()).collect::<Vec<_>>();
    let Some((first, rest)) = evidence.split_first() else { return };
    let text = |text: &str| Cell::Text(Arc::from(text));
    let mean = |items: &[Item], of: fn(&Item) -> Option<Decimal>| {
        let all: Option<Vec<Decimal>> = items.iter().map(of).collect();
        let sum = all.and_then(|all| all.into_iter().try_fold(Decimal::ZERO, Decimal::checked_add));
        let mean = sum.and_then(|sum| sum.checked_div(Decimal::from(items.len())));
        mean.map_or(Cell::Missing, |mean| Cell::Number(mean.round_dp(2)))
    };
    let rows = input
        .items
        .iter()
        .take(options.rows.max(1))
        .map(|((region, period), items)| {
            vec![
                text(&labelled(name(region), items[0].evidence.grade()).0),
                text(&period.to_string()),
                Cell::Number(Decimal::from(items.len())),
                mean(items, |item| item.legal),
                mean(items, |item| item.promised),
                mean(items, |item| item.documents),
                mean(items, |item| item.visits),
            ]
        })
        .collect();
    let columns = ["region", "period", "items", "legal_limit", "promised_limit", "documents", "visits"];
    output.tables.push(Table {
        id: "approval_registers".into(),
        title: Text::new("各地事项与时限", "Matters and limits by region"),
        columns: columns.map(Into::into).to_vec(),
        rows,
        evidence: Evidence::derived("summary", None, first.clone(), rest.iter().cloned()),
    });
    output.charts.push(Chart {
        title: Text::new("各地审批事项数", "Matters subject to approval by region"),
        table: "approval_registers".into(),
        mark: Mark::Bar,
        x: "region".into(),
        y: vec!["items".into()],
    });
    duplicates(input, options, output);
    materials(input, options, output);
}

/// Documents that several matters of one register ask for, by name: what could be handed in once.
fn materials(input: &Matters, options: &Options, output: &mut Output) {
    let mut rows = Vec::new();
    let mut evidence = Vec::new();
    for ((region, period), items) in &input.items {
        let facts: Vec<crate::items::Matter> = items.iter().map(matter).collect();
        let repeated = crate::items::repeated_materials(&facts);
        if !repeated.is_empty() {
            evidence.extend(items.iter().map(|item| item.evidence.clone()));
        }
        rows.extend(repeated.into_iter().map(|(material, matters)| {
            vec![
                Cell::Text(Arc::from(labelled(name(region), items[0].evidence.grade()).0)),
                Cell::Text(Arc::from(period.to_string())),
                Cell::Text(Arc::from(material)),
                Cell::Number(Decimal::from(matters)),
                Cell::Number(Decimal::from(matters - 1)),
            ]
        }));
    }
    rows.truncate(options.rows.max(1));
    let Some((first, rest)) = evidence.split_first() else { return };
    output.tables.push(Table {
        id: "approval_materials".into(),
        title: Text::new("多个事项重复要求的材料", "Documents that several matters ask for"),
        columns: ["region", "period", "material", "matters", "saved"].map(Into::into).to_vec(),
        rows,
        evidence: Evidence::derived("count", None, first.clone(), rest.iter().cloned()),
    });
}

/// Pairs of matters of one region whose names are nearly the same: candidates for a merger.
fn duplicates(input: &Matters, options: &Options, output: &mut Output) {
    let mut rows = Vec::new();
    let mut evidence = Vec::new();
    for ((region, _), items) in &input.items {
        let facts: Vec<crate::items::Matter> = items.iter().map(matter).collect();
        for pair in crate::items::merge_candidates(&facts) {
            let (a, b) = (&items[pair.a], &items[pair.b]);
            evidence.extend([a.evidence.clone(), b.evidence.clone()]);
            let number = |value: f64| {
                Decimal::try_from(value).map_or(Cell::Missing, |value| Cell::Number(value.round_dp(2)))
            };
            rows.push(vec![
                Cell::Text(Arc::from(labelled(name(region), a.evidence.grade()).0)),
                Cell::Text(a.name.clone()),
                Cell::Text(b.name.clone()),
                number(pair.likeness),
                number(pair.days_saved),
                number(pair.documents_saved),
            ]);
        }
    }
    rows.truncate(options.rows.max(1));
    let Some((first, rest)) = evidence.split_first() else { return };
    output.tables.push(Table {
        id: "approval_mergers".into(),
        title: Text::new("可考虑合并的事项", "Matters that might be merged"),
        columns: ["region", "item", "other", "likeness", "days_saved", "documents_saved"]
            .map(Into::into)
            .to_vec(),
        rows,
        evidence: Evidence::derived("compare", None, first.clone(), rest.iter().cloned()),
    });
}

fn matter(item: &Item) -> crate::items::Matter {
    use rust_decimal::prelude::ToPrimitive;
    crate::items::Matter {
        name: item.name.to_string(),
        limit: item.promised.or(item.legal).and_then(|limit| limit.to_f64()),
        materials: item.materials.iter().map(ToString::to_string).collect(),
        documents: item.documents.and_then(|documents| documents.to_f64()),
    }
}
