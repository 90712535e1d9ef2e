//! Tables and charts of a run.

use crate::{
    capacity::Capacity,
    need::{Alternative, Need},
    simulate::Replicated,
};
use rust_decimal::{Decimal, prelude::FromPrimitive};
use std::sync::Arc;
use zhidian_model::{Cell, Chart, Code, Evidence, Mark, Output, Table, Text};

fn number(value: f64, decimals: u32) -> Cell {
    match Decimal::from_f64(value) {
        Some(value) if value.abs() < Decimal::from(10_i64.pow(15)) => Cell::Number(value.round_dp(decimals)),
        _ => Cell::Missing,
    }
}

fn text(value: &str) -> Cell {
    Cell::Text(Arc::from(value))
}

/// Adds the tables and what they draw.
pub(super) fn add(
    output: &mut Output,
    evidence: &Evidence,
    alternatives: &[Alternative],
    need: &Need,
    now: &Replicated,
    capacity: &Capacity,
    name: &(String, String),
) {
    let (zh, en) = name;
    let title = |a: &str, b: &str| Text::new(format!("{zh}：{a}"), format!("{en}: {b}"));
    let names: Vec<Code> = alternatives.iter().map(|one| Code::from(one.id.as_str())).collect();
    let with =
        |first: &str| -> Vec<Code> { std::iter::once(first.into()).chain(names.iter().cloned()).collect() };
    let mut add = |id: &str,
                   heading: Text,
                   columns: Vec<Code>,
                   rows: Vec<Vec<Cell>>,
                   mark: Option<(Mark, &str, Vec<Code>)>| {
        output.tables.push(Table {
            id: id.into(),
            title: heading.clone(),
            columns,
            rows,
            evidence: evidence.clone(),
        });
        if let Some((mark, x, y)) = mark {
            output.charts.push(Chart { title: heading, table: id.into(), mark, x: x.into(), y });
        }
    };

    // Waits against traffic: the levels are the same for all alternatives.
    let levels = need.curves.first().map_or(0, Vec::len);
    let rows = (0..levels)
        .map(|at| {
            let ships = number(need.curves[0][at].ships_per_day, 1);
            std::iter::once(ships)
                .chain(need.curves.iter().map(|curve| number(curve[at].mean_h, 2)))
                .collect()
        })
        .collect();
    add(
        "waiting_by_traffic",
        title("平均待闸时间（小时）随日均船舶数", "mean wait (h) against ships a day"),
        with("ships_per_day"),
        rows,
        Some((Mark::Line, "ships_per_day", names.clone())),
    );

    let mut years: Vec<u32> = need.years.iter().map(|year| year.year).collect();
    years.dedup();
    years.sort_unstable();
    years.dedup();
    let at = |year: u32, id: &str| need.years.iter().find(|one| one.year == year && one.alternative == id);
    let by_year = |value: &dyn Fn(&crate::need::Year) -> f64| -> Vec<Vec<Cell>> {
        years
            .iter()
            .map(|year| {
                let cells = alternatives
                    .iter()
                    .map(|one| at(*year, &one.id).map_or(Cell::Missing, |found| number(value(found), 3)));
                std::iter::once(text(&year.to_string())).chain(cells).collect()
            })
            .collect()
    };
    add(
        "exceed_by_year",
        title("各年超过服务标准的概率", "probability of exceeding the limit, by year"),
        with("year"),
        by_year(&|year| year.p_exceed),
        Some((Mark::Line, "year", names.clone())),
    );
    add(
        "wait_by_year",
        title("各年平均待闸时间（小时，中位路径）", "mean wait (h) on the median path, by year"),
        with("year"),
        by_year(&|year| year.mean_wait_h),
        Some((Mark::Line, "year", names.clone())),
    );

    let rows = capacity
        .methods
        .iter()
        .map(|m| {
            vec![
                text(m.name),
                number(m.mt_per_year_one_way, 2),
                number(m.lockages_per_day, 1),
                number(m.ships_per_day, 1),
                number(m.ships_per_lockage, 2),
            ]
        })
        .collect();
    add(
        "capacity",
        title("单向年通过能力（百万吨），三种方法", "cargo one way (million t a year), three ways"),
        ["method", "mt_per_year_one_way", "lockages_per_day", "ships_per_day", "ships_per_lockage"]
            .map(Code::from)
            .to_vec(),
        rows,
        Some((Mark::Bar, "method", vec!["mt_per_year_one_way".into()])),
    );

    let month = 525_600.0 / 12.0;
    let runs = now.each.len() as f64;
    let rows = (now.all.months.iter().enumerate().skip(1).take(12))
        .map(|(at, (sum, most))| {
            vec![text(&(at + 1).to_string()), number(sum / month / runs, 2), number(*most as f64, 0)]
        })
        .collect();
    add(
        "queue_by_month",
        title("滞留船舶（艘），昼夜运行", "ships waiting, worked round the clock"),
        ["month", "mean_waiting", "most_waiting"].map(Code::from).to_vec(),
        rows,
        Some((Mark::Line, "month", vec!["mean_waiting".into(), "most_waiting".into()])),
    );

    let minutes = now.all.minutes().max(1e-9);
    let rows = (now.all.used.iter().enumerate())
        .map(|(at, used)| {
            vec![
                text(&(at + 1).to_string()),
                number(used.busy / minutes * 100.0, 1),
                number(used.area / (used.lockages as f64).max(1.0) * 100.0, 1),
                number(used.lockages as f64 * 1_440.0 / minutes, 1),
                number(used.empty as f64 * 1_440.0 / minutes, 1),
                number(used.ships as f64 / (used.lockages as f64).max(1.0), 2),
            ]
        })
        .collect();
    add(
        "chambers",
        title("闸室利用率（%）", "use of chambers (%)"),
        ["chamber", "time_used", "area_used", "lockages_per_day", "empty_per_day", "ships_per_lockage"]
            .map(Code::from)
            .to_vec(),
        rows,
        Some((Mark::Bar, "chamber", vec!["time_used".into(), "area_used".into()])),
    );

    let rows = now
        .all
        .lines
        .iter()
        .take(60)
        .map(|line| {
            vec![
                number((line.start / 1_440.0).floor() + 1.0, 0),
                number(line.start.rem_euclid(1_440.0) / 60.0, 2),
                number((line.end - line.start) / 60.0, 2),
                text(&(line.chamber + 1).to_string()),
                text(if line.direction == crate::Direction::Up { "up" } else { "down" }),
                number(line.ships as f64, 0),
            ]
        })
        .collect();
    add(
        "lockages",
        title("闸次表（前 60 次）", "lockages, the first 60"),
        ["day", "start_h", "hours", "chamber", "direction", "ships"].map(Code::from).to_vec(),
        rows,
        None,
    );
}
