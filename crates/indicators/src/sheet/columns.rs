//! Which columns mean what, by their names.

use super::{Layout, SheetError};

/// Usual names of the column of units, of periods, of measures, of values; upper case as SDMX writes them.
const UNITS: [&str; 13] = [
    "subject", "unit", "ucode", "code", "ref_area", "geo", "region", "country", "city", "地区", "城市",
    "单位", "代码",
];
const PERIODS: [&str; 7] = ["period", "year", "time", "time_period", "date", "年份", "时期"];
const MEASURES: [&str; 6] = ["measure", "indicator", "series", "variable", "指标", "指标名称"];
const VALUES: [&str; 4] = ["value", "obs_value", "数值", "值"];
/// Columns of SDMX-CSV that are no dimensions of a figure (SDMX 2.1, field guide to SDMX-CSV; SDMX 3.0, section 5).
const NO_DIMENSIONS: [&str; 12] = [
    "dataflow",
    "structure",
    "structure_id",
    "structure_name",
    "action",
    "obs_status",
    "obs_conf",
    "decimals",
    "unit_mult",
    "unit_measure",
    "conf_status",
    "freq",
];

/// Which columns of a file mean what.
pub(super) enum Columns {
    Wide { unit: usize, period: Option<usize> },
    Long { unit: usize, period: Option<usize>, measure: Vec<usize>, value: usize },
}

impl Columns {
    pub(super) fn of(header: &[String], layout: &Layout) -> Result<Self, SheetError> {
        let all = || header.join(", ");
        let named = |name: &String| {
            let at = header.iter().position(|column| column == name);
            at.ok_or_else(|| SheetError::NoColumn { name: name.clone(), columns: all() })
        };
        let usual = |names: &[&str]| {
            names.iter().find_map(|name| header.iter().position(|column| column.to_lowercase() == *name))
        };
        let unit = match &layout.unit {
            Some(name) => named(name)?,
            None => usual(&UNITS).unwrap_or(0),
        };
        if header.len() < 2 {
            return Err(SheetError::NoUnits(all()));
        }
        let period = match &layout.period {
            Some(name) => Some(named(name)?),
            None => usual(&PERIODS).filter(|at| *at != unit),
        };
        let Some(value) = usual(&VALUES) else { return Ok(Self::Wide { unit, period }) };
        let measure = match usual(&MEASURES) {
            Some(measure) => vec![measure],
            // SDMX-CSV: what is left of the dimensions names the figure.
            None => (0..value)
                .filter(|at| *at != unit && Some(*at) != period)
                .filter(|at| !NO_DIMENSIONS.contains(&&*header[*at].to_lowercase()))
                .collect(),
        };
        Ok(Self::Long { unit, period, measure, value })
    }
}
