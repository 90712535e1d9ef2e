//! Facts to observations: measure, subject, period, unit and the decimals of the source's column.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{
    facts::{Decisions, Fact, Failure, Indicator},
    origins::Origins,
};

/// A row of a table of observations.
#[derive(Clone, Debug, Serialize, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Observation {
    pub subject: String,
    pub measure: String,
    pub period: String,
    pub scope: String,
    pub value: String,
    pub unit: String,
    pub decimals: usize,
    pub status: String,
    pub published: String,
    pub edition: String,
    pub origin: String,
}

/// A figure that is only a bound, rough or undated, or a fact that is no figure: shown, never decisive.
#[derive(Clone, Debug, Serialize, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Remark {
    pub subject: String,
    pub measure: String,
    pub period: String,
    pub value: String,
    pub unit: String,
    pub text: String,
    pub origin: String,
}

/// What a file of facts gives, and what of it was left out, by reason.
#[derive(Default)]
pub(crate) struct Sifted {
    pub observations: Vec<Observation>,
    pub remarks: Vec<Remark>,
    pub left_out: BTreeMap<String, usize>,
}

/// How a file writes its decimals.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Decimals {
    /// As the source printed them.
    Printed,
    /// Padded with zeros to a fixed number; the padding is not the source's.
    Padded,
}

/// Turns the facts of one file into observations and remarks.
pub(crate) fn sift(
    facts: &[Fact],
    decimals: Decimals,
    decisions: &Decisions,
    origins: &mut Origins,
) -> Result<Sifted, Failure> {
    let mut sifted = Sifted::default();
    for fact in facts {
        if let Some(reason) = refused(fact) {
            *sifted.left_out.entry(reason.to_string()).or_default() += 1;
            continue;
        }
        if fact.indicator.starts_with("ndrc_first_level_") {
            continue; // an entry of a list, see registers
        }
        let known = decisions.indicators.get(&fact.indicator);
        let indicator =
            known.ok_or_else(|| format!("indicator {} is not in indicators.csv", fact.indicator))?;
        match indicator.decision.as_str() {
            "keep" => keep(fact, indicator, decisions, origins, &mut sifted)?,
            "chamber" => chamber(fact, indicator, decisions, origins, &mut sifted)?,
            "remark" => remark(fact, indicator, &indicator.note, decisions, origins, &mut sifted)?,
            "item" => {}
            "drop" => *sifted.left_out.entry(indicator.note.clone()).or_default() += 1,
            other => return Err(format!("decision {other:?} on {} is not known", fact.indicator).into()),
        }
    }
    measure_columns(&mut sifted.observations, decimals);
    Ok(sifted)
}

/// Why a fact is left out whatever its indicator.
fn refused(fact: &Fact) -> Option<&'static str> {
    let is = |indicator: &str| fact.indicator == indicator;
    let panel = fact.source.contains("city_panel");
    if fact.quality == "unverified-memory" {
        Some("from memory")
    } else if fact.source.contains("nianjianbao.com") || fact.source.contains("ksdka.cn") {
        Some("machine-written page")
    } else if fact.region_code == "330800" && is("goods_imports") && fact.period == "2019" {
        Some("total trade printed in the column of imports")
    } else if is("pm25_annual_mean") && (panel || ["2018", "2019"].contains(&fact.period.as_str())) {
        Some("heading doubtful: PM2.5 or inhalable particles")
    } else if panel && is("goods_exports") {
        Some("unit not known")
    } else if panel && is("hukou_population") && fact.period.as_str() >= "2018" {
        Some("registered or resident population, not known which")
    } else if fact.unit == "million t/yr" {
        Some("the agency's English version of a figure that is carried")
    } else if fact.period.contains("春运") {
        Some("days not printed")
    } else {
        None
    }
}

/// A figure at a period.
fn keep(
    fact: &Fact,
    indicator: &Indicator,
    decisions: &Decisions,
    origins: &mut Origins,
    sifted: &mut Sifted,
) -> Result<(), Failure> {
    let Some(period) = period(&fact.period, &indicator.kind) else {
        let note = format!("period as printed: {}", fact.period);
        return remark(fact, indicator, &note, decisions, origins, sifted);
    };
    if let Some(bound) = bound(&fact.unit) {
        return remark(fact, indicator, bound, decisions, origins, sifted);
    }
    let scope = if indicator.measure.starts_with("rank(") {
        decisions
            .scope(fact)
            .ok_or_else(|| format!("no scope for {} {} {}", fact.indicator, fact.region_name, fact.unit))?
    } else {
        ""
    };
    let origin = origins.of(fact, decisions)?;
    let held = origins.get(&origin).cloned().unwrap_or_default();
    // What is read off a page that cannot be checked says so in each row.
    let doubtful = held.grade == "unverified" && indicator.status == "A";
    sifted.observations.push(Observation {
        subject: decisions.subject_of(fact),
        measure: indicator.measure.clone(),
        period,
        scope: scope.to_string(),
        value: number(&fact.value, fact)?,
        unit: unit(fact, indicator)?,
        decimals: places(&fact.value),
        status: if doubtful { "U".into() } else { indicator.status.clone() },
        published: held.published,
        edition: held.edition,
        origin,
    });
    Ok(())
}

/// Length, width and depth over the sill of a chamber, printed as `340x34x5.8`.
fn chamber(
    fact: &Fact,
    indicator: &Indicator,
    decisions: &Decisions,
    origins: &mut Origins,
    sifted: &mut Sifted,
) -> Result<(), Failure> {
    for (part, value) in ["length", "width", "sill_depth"].iter().zip(fact.value.split('x')) {
        let of_part = Indicator { measure: format!("{}.{part}", indicator.measure), ..indicator.clone() };
        let value = Fact { value: value.to_string(), ..fact.clone() };
        keep(&value, &of_part, decisions, origins, sifted)?;
    }
    Ok(())
}

fn remark(
    fact: &Fact,
    indicator: &Indicator,
    text: &str,
    decisions: &Decisions,
    origins: &mut Origins,
    sifted: &mut Sifted,
) -> Result<(), Failure> {
    let numeric = fact.value.parse::<f64>().is_ok();
    let weight = fact.indicator.strip_prefix("gba_institute_weight_").unwrap_or_default();
    let mut said: Vec<&str> = [text, weight].into_iter().filter(|part| !part.is_empty()).collect();
    if !numeric {
        said.push(&fact.value);
    }
    sifted.remarks.push(Remark {
        subject: decisions.subject_of(fact),
        measure: indicator.measure.clone(),
        period: period(&fact.period, &indicator.kind).unwrap_or_default(),
        value: if numeric { fact.value.clone() } else { String::new() },
        unit: if numeric { unit(fact, indicator)? } else { String::new() },
        text: said.join(": "),
        origin: origins.of(fact, decisions)?,
    });
    Ok(())
}

/// The value as printed, if it is a plain decimal.
fn number(text: &str, fact: &Fact) -> Result<String, Failure> {
    let plain = text.trim();
    let digits = plain.strip_prefix('-').unwrap_or(plain);
    let decimal = !digits.is_empty()
        && digits.split('.').count() <= 2
        && digits.split('.').all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
    if decimal {
        Ok(plain.to_string())
    } else {
        Err(format!("{} {} {}: {text:?} is no decimal", fact.region_name, fact.indicator, fact.period).into())
    }
}

/// Decimals as written.
fn places(value: &str) -> usize {
    value.split_once('.').map_or(0, |(_, decimals)| decimals.len())
}

/// Decimals without the zeros a fixed format appends.
fn places_unpadded(value: &str) -> usize {
    value.split_once('.').map_or(0, |(_, decimals)| decimals.trim_end_matches('0').len())
}

/// The value without zeros beyond the decimals of its column.
fn without_padding(value: &str, decimals: usize) -> String {
    let Some((whole, fraction)) = value.split_once('.') else { return value.to_string() };
    let kept = fraction.trim_end_matches('0').len().max(decimals).min(fraction.len());
    if kept == 0 { whole.to_string() } else { format!("{whole}.{}", &fraction[..kept]) }
}

/// Gives every observation the decimals of its column: the most found for its measure, unit, period and origin.
fn measure_columns(observations: &mut [Observation], decimals: Decimals) {
    let found = |row: &Observation| match decimals {
        Decimals::Printed => places(&row.value),
        Decimals::Padded => places_unpadded(&row.value),
    };
    // Padded collections cut one column of theirs into many origins; the column is theirs.
    let column = |row: &Observation| {
        let origin = if decimals == Decimals::Padded { &row.edition } else { &row.origin };
        (row.measure.clone(), row.unit.clone(), row.period.clone(), origin.clone())
    };
    let mut most: BTreeMap<_, usize> = BTreeMap::new();
    for row in observations.iter() {
        let entry = most.entry(column(row)).or_default();
        *entry = (*entry).max(found(row));
    }
    for row in observations {
        row.decimals = most.get(&column(row)).copied().unwrap_or_default();
        row.value = without_padding(&row.value, row.decimals);
    }
}

/// The period as the format writes it; a year of a stock is its last day.
fn period(printed: &str, kind: &str) -> Option<String> {
    let text = printed.split(" (").next().unwrap_or_default().trim();
    let text = text.strip_prefix("DB").unwrap_or(text);
    let text = if text.len() == 13 && text.as_bytes()[10] == b'T' { &text[..10] } else { text };
    let text = match text.as_bytes() {
        [year @ .., b'Q', quarter] if year.len() == 4 => {
            format!("{}-Q{}", &text[..4], char::from(*quarter))
        }
        _ => text.to_string(),
    };
    let whole = text.split("..").all(|part| {
        let parts: Vec<&str> = part.split('-').collect();
        let widths = [4, 2, 2];
        parts.len() <= 3
            && parts.iter().zip(widths).all(|(part, width)| {
                part.len() == width && (part.bytes().all(|b| b.is_ascii_digit()) || part.starts_with('Q'))
            })
    });
    if !whole || text.is_empty() {
        return None;
    }
    let is_year = text.len() == 4;
    Some(if kind == "stock" && is_year { format!("{text}-12-31") } else { text })
}

/// Does the unit say that the figure is only a bound or rough?
fn bound(unit: &str) -> Option<&'static str> {
    let (_, said) = unit.split_once(" (")?;
    let begins = |mark: &str| said.starts_with(mark);
    if begins(">=") {
        Some("at least")
    } else if begins(">") {
        Some("more than")
    } else if begins("<=") {
        Some("at most")
    } else if begins("<") {
        Some("less than")
    } else if begins("near") || begins("近") || begins("report says") {
        Some("about")
    } else {
        None
    }
}

/// The unit as the format writes it.
fn unit(fact: &Fact, indicator: &Indicator) -> Result<String, Failure> {
    let printed = fact.unit.split(" (").next().unwrap_or_default();
    let known = match printed {
        "count" | "text" | "name" | "艘" | "艘/日" => "",
        "index" | "score" => "分",
        rank if rank == "rank" || rank.starts_with("rank of ") => "位",
        "百分点" => "个百分点",
        "km2" => "平方公里",
        "km" => "公里",
        "m" => "米",
        "t" | "t/年" => "吨",
        "h" => "小时",
        "min" => "分钟",
        "days" => "天",
        "MW" => "兆瓦",
        "亿m3" => "亿立方米",
        "亿kWh" => "亿千瓦时",
        "万kW" => "万千瓦",
        "闸次" | "闸次/日" => "次",
        "艘/闸次" => "艘",
        "万吨/年" | "万吨/日" => "万吨",
        "亿元/年" => "亿元",
        other => other,
    };
    let unit = if known.is_empty() { indicator.unit.as_str() } else { known };
    if unit.is_empty() {
        return Err(format!("{} {}: no unit for {:?}", fact.indicator, fact.region_name, fact.unit).into());
    }
    Ok(unit.to_string())
}

/// Sorts, drops repeated rows and checks that no key has two values.
pub(crate) fn ordered(mut rows: Vec<Observation>) -> Result<Vec<Observation>, Failure> {
    rows.sort();
    rows.dedup();
    let mut seen = BTreeSet::new();
    for row in &rows {
        let key =
            (&row.subject, &row.measure, &row.period, &row.scope, &row.status, &row.edition, &row.origin);
        if !seen.insert(key) {
            return Err(format!("two values for {key:?}").into());
        }
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_written_as_the_format_writes_them() {
        for (printed, kind, expected) in [
            ("2020", "flow", Some("2020")),
            ("2020", "stock", Some("2020-12-31")),
            ("2020Q3", "flow", Some("2020-Q3")),
            ("2018-09 (year inferred)", "constant", Some("2018-09")),
            ("2020-01..2020-09", "flow", Some("2020-01..2020-09")),
            ("2026-02-24T08", "stock", Some("2026-02-24")),
            ("undated, 2020..2022", "flow", None),
            ("<=2022", "flow", None),
        ] {
            assert_eq!(period(printed, kind).as_deref(), expected, "{printed}");
        }
    }

    #[test]
    fn padding_is_not_precision() {
        assert_eq!(places_unpadded("4.70"), 1);
        assert_eq!(places("4.70"), 2);
        assert_eq!(places_unpadded("21860.00"), 0);
        assert_eq!(without_padding("4.70", 1), "4.7");
        assert_eq!(without_padding("21860.00", 2), "21860.00");
        assert_eq!(without_padding("21860.00", 0), "21860");
    }

    #[test]
    fn a_bound_is_told_from_a_figure() {
        assert_eq!(bound("亿元 (>)"), Some("more than"));
        assert_eq!(bound("% (>=)"), Some("at least"));
        assert_eq!(bound("km2 (CONFLICT: parts sum to 60)"), None);
        assert_eq!(bound("rank of 18"), None);
    }
}
