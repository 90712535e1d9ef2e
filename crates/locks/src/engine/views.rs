//! Tables and charts of a run.

use super::day::{Day, Kind};
use crate::{
    Direction,
    capacity::Capacity,
    lock::When,
    need::{Alternative, Need, Outlook, Spread, Year},
    simulate::Replicated,
    traffic::Class,
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

/// All that is shown of one lock.
pub(super) struct Shown<'a> {
    pub lock: String,
    /// zh, en.
    pub name: &'a (String, String),
    pub alternatives: &'a [Alternative],
    pub classes: &'a [Class],
    pub outlook: &'a Outlook,
    /// Today's traffic.
    pub ships_per_day: f64,
    pub need: &'a Need,
    /// A year worked round the clock.
    pub now: &'a Replicated,
    pub capacity: &'a Capacity,
    /// One day of each alternative, in their order.
    pub days: &'a [Day],
}

/// Adds the tables and what they draw.
pub(super) fn add(output: &mut Output, evidence: &Evidence, shown: &Shown<'_>) {
    let Shown { alternatives, need, now, capacity, .. } = *shown;
    let (zh, en) = shown.name;
    // Of a second lock the tables have its name in their ids.
    let again = output.tables.iter().any(|table| &*table.id == "waiting_by_traffic");
    let named = |id: &str| Code::from(if again { format!("{id}@{}", shown.lock) } else { id.to_owned() });
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
            id: named(id),
            title: heading.clone(),
            columns,
            rows,
            evidence: evidence.clone(),
        });
        if let Some((mark, x, y)) = mark {
            output.charts.push(Chart { title: heading, table: named(id), mark, x: x.into(), y });
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

    let mut table = |id: &str, heading: Text, columns: &[&str], rows| {
        add(id, heading, columns.iter().map(|c| Code::from(*c)).collect(), rows, None);
    };
    table(
        "alternatives",
        title("方案", "alternatives"),
        &["alternative", "lines", "hours", "mean_wait_h", "need_year"],
        shown.alternatives().collect(),
    );
    table("basis", title("推算所据", "what it goes by"), &["name", "value", "unit"], shown.basis());
    table(
        "wait_spread",
        title("各年平均待闸时间（小时）的分布", "mean wait (h) by year, quantiles over paths of growth"),
        &["alternative", "year", "ships_per_day", "p5", "p25", "p50", "p75", "p95", "p_exceed"],
        shown.spread(),
    );
    table(
        "chamber_sizes",
        title("闸室尺寸", "sizes of the chambers"),
        &["alternative", "chamber", "length_m", "width_m", "gap_length_m", "gap_width_m"],
        shown.sizes(),
    );
    table(
        "day_lockages",
        title("一天的闸次", "lockages of a day"),
        &["alternative", "lockage", "kind", "chamber", "direction", "start_h", "end_h", "ships", "area_used"],
        shown.lockages(),
    );
    table(
        "day_ships",
        title("一天的船舶", "ships of a day"),
        &[
            "alternative",
            "ship",
            "class",
            "length_m",
            "beam_m",
            "direction",
            "arrival_h",
            "start_h",
            "wait_h",
            "chamber",
            "lockage",
            "x_m",
            "y_m",
        ],
        shown.ships(),
    );
}

fn way(direction: Direction) -> Cell {
    text(if direction == Direction::Up { "up" } else { "down" })
}

/// Minutes as hours, to the second.
fn hours(minutes: f64) -> Cell {
    number(minutes / 60.0, 4)
}

impl Shown<'_> {
    fn each(&self) -> impl Iterator<Item = (&str, &Alternative, &Day)> {
        self.alternatives.iter().zip(self.days).map(|(one, day)| (one.id.as_str(), one, day))
    }

    fn alternatives(&self) -> impl Iterator<Item = Vec<Cell>> {
        self.alternatives.iter().map(|one| {
            let open = one.lock.closures.iter().find_map(|closure| match closure.when {
                When::OpenHours { from, to } => Some(to - from),
                _ => None,
            });
            let mut of = self.need.years.iter().filter(|year| year.alternative == one.id);
            let today = self.need.spread.iter().find(|year| year.alternative == one.id);
            vec![
                text(&one.id),
                number(one.lock.chambers.len() as f64, 0),
                number(open.unwrap_or(24.0), 2),
                today.map_or(Cell::Missing, |year| number(year.wait_h[2], 2)),
                of.find(|year| year.p_exceed >= 0.5)
                    .map_or(Cell::Missing, |year| text(&year.year.to_string())),
            ]
        })
    }

    fn basis(&self) -> Vec<Vec<Cell>> {
        let Outlook { limit_mean_h, limit_p90_h, growth, longest_h, .. } = *self.outlook;
        let rows = [
            ("limit_mean_h", limit_mean_h, 2, "h"),
            ("limit_p90_h", limit_p90_h, 2, "h"),
            ("longest_h", longest_h, 2, "h"),
            ("growth", growth * 100.0, 3, "percent"),
            ("ships_per_day", self.ships_per_day, 1, "ships"),
        ];
        rows.map(|(name, value, decimals, unit)| vec![text(name), number(value, decimals), text(unit)])
            .to_vec()
    }

    fn spread(&self) -> Vec<Vec<Cell>> {
        let row = |(spread, year): (&Spread, &Year)| {
            let head = [
                text(&spread.alternative),
                text(&spread.year.to_string()),
                number(spread.ships_per_day[2], 1),
            ];
            let waits = spread.wait_h.iter().map(|hours| number(*hours, 2));
            head.into_iter().chain(waits).chain([number(year.p_exceed, 4)]).collect()
        };
        self.need.spread.iter().zip(&self.need.years).map(row).collect()
    }

    fn sizes(&self) -> Vec<Vec<Cell>> {
        let rows = self.alternatives.iter().flat_map(|one| {
            one.lock.chambers.iter().map(|chamber| {
                let sizes = [chamber.length_m, chamber.width_m, chamber.gap_length_m, chamber.gap_width_m];
                [text(&one.id), text(&chamber.id)].into_iter().chain(sizes.map(|m| number(m, 2))).collect()
            })
        });
        rows.collect()
    }

    fn lockages(&self) -> Vec<Vec<Cell>> {
        let rows = self.each().flat_map(|(id, one, day)| {
            day.spans.iter().enumerate().map(move |(at, span)| {
                vec![
                    text(id),
                    number((at + 1) as f64, 0),
                    text(match span.kind {
                        Kind::Lockage => "lockage",
                        Kind::Empty => "empty",
                        Kind::Closed => "closed",
                    }),
                    text(&one.lock.chambers[span.chamber].id),
                    span.direction.map_or(Cell::Missing, way),
                    hours(span.start),
                    hours(span.end),
                    number(span.ships as f64, 0),
                    number(span.area * 100.0, 1),
                ]
            })
        });
        rows.collect()
    }

    fn ships(&self) -> Vec<Vec<Cell>> {
        let rows = self.each().flat_map(|(id, one, day)| {
            day.ships.iter().enumerate().map(move |(at, ship)| {
                let class = &self.classes[ship.class];
                let passed = ship.passed.as_ref().map(|passed| (passed, &day.spans[passed.lockage]));
                let start = passed.map(|(_, span)| span.start);
                let or_missing =
                    |value: Option<f64>, decimals| value.map_or(Cell::Missing, |v| number(v, decimals));
                let place = passed.and_then(|(passed, _)| passed.place);
                vec![
                    text(id),
                    number((at + 1) as f64, 0),
                    text(&class.id),
                    number(class.length_m, 2),
                    number(class.beam_m, 2),
                    way(ship.direction),
                    hours(ship.arrival),
                    start.map_or(Cell::Missing, hours),
                    start.map_or(Cell::Missing, |start| hours(start - ship.arrival)),
                    passed.map_or(Cell::Missing, |(_, span)| text(&one.lock.chambers[span.chamber].id)),
                    or_missing(passed.map(|(passed, _)| (passed.lockage + 1) as f64), 0),
                    or_missing(place.map(|(x, _)| x), 2),
                    or_missing(place.map(|(_, y)| y), 2),
                ]
            })
        });
        rows.collect()
    }
}
