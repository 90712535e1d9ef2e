//! `zhidian indicators convert`: the figures of a file in another format.

use super::{
    Source,
    tables::{self, Table},
};
use crate::{
    outcome::{Exit, Failure},
    talk::Talk,
};
use clap::{Args, ValueEnum};
use std::path::{Path, PathBuf};
use zhidian_dossier::{export, write_atomically};
use zhidian_indicators::{
    sdmx::{self, Edition},
    sheet::Sheet,
};

#[derive(Debug, Args)]
pub(super) struct Convert {
    #[command(flatten)]
    source: Source,
    /// 格式 The format
    #[arg(long, value_enum)]
    to: Format,
    /// 写到 Where to
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// SDMX 的数据流 The dataflow that SDMX-CSV names
    #[arg(long, default_value = "ZHIDIAN:FIGURES(1.0)", value_name = "AGENCY:ID(VERSION)")]
    dataflow: String,
}

/// A format of figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// SDMX-CSV 1.0, of SDMX 2.1
    #[value(name = "sdmx-csv-1")]
    SdmxOne,
    /// SDMX-CSV 2.0, of SDMX 3.0
    #[value(name = "sdmx-csv-2")]
    SdmxTwo,
    /// CSV, a row a unit and period, a column a measure
    Csv,
    /// XLSX, as CSV
    Xlsx,
}

pub(super) fn convert(command: &Convert, talk: &Talk) -> Result<Exit, Failure> {
    let opened = command.source.open()?;
    let sheet = &opened.sheet;
    let text = match command.to {
        Format::SdmxOne => sdmx::write(sheet, Edition::One, &command.dataflow),
        Format::SdmxTwo => sdmx::write(sheet, Edition::Two, &command.dataflow),
        Format::Csv => csv(&command.out, sheet)?,
        Format::Xlsx => {
            tables::save(&command.out, &[("figures".to_owned(), wide(sheet))])?;
            command.source.tell(&opened, talk);
            return Ok(Exit::Ok);
        }
    };
    write_atomically(&command.out, text.as_bytes()).map_err(|error| Failure::write(&command.out, &error))?;
    command.source.tell(&opened, talk);
    Ok(Exit::Ok)
}

/// A row a unit and period: its name, its period, its groups, its figures.
fn wide(sheet: &Sheet) -> Table {
    let timed = !sheet.periods.is_empty();
    let mut columns = vec!["unit".to_owned()];
    columns.extend(timed.then(|| "period".to_owned()));
    columns.extend(sheet.data.groups.keys().cloned());
    columns.extend(sheet.measures.iter().cloned());
    let row = |row: usize| {
        let mut cells = vec![sheet.data.units[row].clone().into()];
        cells.extend(sheet.periods.get(row).map(|period| period.clone().into()));
        cells.extend(sheet.data.groups.values().map(|words| words[row].clone().into()));
        let values = sheet.measures.iter().filter_map(|measure| sheet.values(measure));
        cells.extend(values.map(|values| super::number(values[row]).into()));
        cells
    };
    Table { columns, rows: (0..sheet.data.units.len()).map(row).collect() }
}

fn csv(path: &Path, sheet: &Sheet) -> Result<String, Failure> {
    let lines = wide(sheet).lines();
    export::csv(&lines[0], &lines[1..]).map_err(|error| {
        let path = path.display();
        Failure::data(format!("无法写入 {path}：{error}"), format!("{path}: {error}"))
    })
}
