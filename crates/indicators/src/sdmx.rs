//! Figures as SDMX-CSV, the exchange form of statistical offices.
//!
//! 1.0 belongs to SDMX 2.1 (field guide of SDMX-CSV), 2.0 to SDMX 3.0 (section 5). Both have one row a figure; they differ in
//! how the dataflow is named. What is missing has no row.

use crate::sheet::Sheet;

/// Which edition of SDMX-CSV.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edition {
    /// `DATAFLOW` names it.
    One,
    /// `STRUCTURE`, `STRUCTURE_ID` and `ACTION` name it.
    Two,
}

/// The figures of a sheet. `dataflow` names the structure, as `AGENCY:ID(VERSION)`.
pub fn write(sheet: &Sheet, edition: Edition, dataflow: &str) -> String {
    let timed = !sheet.periods.is_empty();
    let mut out = match edition {
        Edition::One => "DATAFLOW".to_owned(),
        Edition::Two => "STRUCTURE,STRUCTURE_ID,ACTION".to_owned(),
    };
    out.push_str(",REF_AREA,MEASURE");
    out.push_str(if timed { ",TIME_PERIOD,OBS_VALUE\n" } else { ",OBS_VALUE\n" });
    let flow = match edition {
        Edition::One => cell(dataflow),
        Edition::Two => format!("dataflow,{},I", cell(dataflow)),
    };
    for (measure, decimals) in sheet.measures.iter().zip(&sheet.decimals) {
        let Some(values) = sheet.values(measure) else { continue };
        let measure = cell(measure);
        for (row, value) in values.iter().enumerate().filter(|(_, value)| !value.is_nan()) {
            out.push_str(&flow);
            out.push(',');
            out.push_str(&cell(&sheet.data.units[row]));
            out.push(',');
            out.push_str(&measure);
            if timed {
                out.push(',');
                out.push_str(&cell(&sheet.periods[row]));
            }
            out.push(',');
            out.push_str(&printed(*value, *decimals));
            out.push('\n');
        }
    }
    out
}

/// The value with the decimals of its column, unless it has more: nothing is rounded away.
fn printed(value: f64, decimals: u32) -> String {
    let padded = format!("{value:.*}", decimals as usize);
    if padded.parse() == Ok(value) { padded } else { value.to_string() }
}

/// A cell of a CSV file.
fn cell(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail loudly")]
    use super::*;
    use crate::sheet::{Layout, Limits};
    use proptest::prelude::*;

    fn read(text: &str) -> Sheet {
        Sheet::read(text.as_bytes(), &Layout::default(), &Limits::default()).unwrap()
    }

    proptest! {
        /// What is written reads back, to the last bit and the last printed digit.
        #[test]
        fn both_editions_read_back(values in prop::collection::vec(-1e9..1e9_f64, 6), timed in any::<bool>()) {
            let mut text = String::from(if timed { "city,year,gdp,\"a, b\"\n" } else { "city,gdp,\"a, b\"\n" });
            for (unit, pair) in ["甲", "乙, 丙", "丁"].iter().zip(values.chunks(2)) {
                let year = if timed { "2020," } else { "" };
                text += &format!("\"{unit}\",{year}{},{}\n", pair[0], pair[1]);
            }
            let sheet = read(&text);
            for edition in [Edition::One, Edition::Two] {
                let back = read(&write(&sheet, edition, "ZD:FIGURES(1.0)"));
                prop_assert_eq!(&back.data, &sheet.data);
                prop_assert_eq!(&back.periods, &sheet.periods);
                prop_assert_eq!(&back.decimals, &sheet.decimals);
            }
        }
    }

    #[test]
    fn a_missing_figure_has_no_row_and_printed_zeros_stay() {
        let sheet = read("city,gdp,pop\nA,1.50,3\nB,2.25,\n");
        let text = write(&sheet, Edition::One, "ZD:F(1.0)");
        assert_eq!(
            text,
            "DATAFLOW,REF_AREA,MEASURE,OBS_VALUE\nZD:F(1.0),A,gdp,1.50\nZD:F(1.0),B,gdp,2.25\nZD:F(1.0),A,pop,3\n"
        );
    }
}
