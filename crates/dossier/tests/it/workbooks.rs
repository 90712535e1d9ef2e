//! Workbooks: numbers, dates, texts, errors, merged cells, and files that are none.

use crate::folder::{self, Folder, ORIGINS};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use zhidian_dossier::{Dossiers, Limits, Options};
use zhidian_model::{Cell, Tables};

const COLUMNS: [&str; 11] = [
    "subject",
    "measure",
    "period",
    "scope",
    "value",
    "unit",
    "decimals",
    "status",
    "published",
    "edition",
    "origin",
];

type Made = Result<(), XlsxError>;

/// Opens a dossier whose observations are one workbook.
fn open(make: impl Fn(&mut Worksheet) -> Made, options: &Options) -> Dossiers {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("数据").unwrap();
    make(sheet).unwrap();
    let folder = Folder::new();
    folder.write_bytes("d/tables/o.xlsx", &book.save_to_buffer().unwrap());
    read(&folder, options)
}

fn read(folder: &Folder, options: &Options) -> Dossiers {
    folder.write("d/origins.csv", ORIGINS);
    let tables = [("observations", "tables/o.xlsx"), ("origins", "origins.csv")];
    folder.write("d/datapackage.json", &folder::package("d", &[], &tables, ""));
    Dossiers::open(&[folder.path("d")], options).unwrap()
}

fn header(sheet: &mut Worksheet, row: u32) -> Made {
    for (column, name) in (0_u16..).zip(COLUMNS) {
        sheet.write_string(row, column, name)?;
    }
    Ok(())
}

fn figure(sheet: &mut Worksheet, row: u32, period: &str, value: f64) -> Made {
    let texts = [(0, "330800"), (1, "gdp"), (2, period), (5, "亿元"), (7, "A"), (10, "good")];
    for (column, text) in texts {
        sheet.write_string(row, column, text)?;
    }
    sheet.write_number(row, 4, value)?;
    sheet.write_number(row, 6, 2)?;
    Ok(())
}

/// Code, row, column of each problem.
fn problems(dossiers: &Dossiers) -> Vec<(String, Option<u64>, String)> {
    let of = |problem: &zhidian_model::Problem| {
        (problem.code.clone(), problem.row, problem.column.clone().unwrap_or_default())
    };
    dossiers.problems().iter().map(of).collect()
}

fn values(dossiers: &Dossiers) -> Vec<(u64, String, String)> {
    let mut out = Vec::new();
    dossiers.tables().each("observations", &mut |row| {
        assert_eq!(row.place.sheet.as_deref(), Some("数据"));
        out.push((
            row.place.row,
            row.number("value").unwrap().to_string(),
            row.text("period").unwrap().to_string(),
        ));
    });
    out
}

fn told(code: &str, row: u64, column: &str) -> (String, Option<u64>, String) {
    (code.to_owned(), Some(row), column.to_owned())
}

#[test]
fn cells_of_every_kind_are_read() {
    let dossiers = open(
        |sheet| {
            header(sheet, 0)?;
            let day = Format::new().set_num_format("yyyy-mm-dd");
            figure(sheet, 1, "2020", 1639.12)?;
            // Codes and years as numbers, a day as a day.
            figure(sheet, 2, "", 0.1 + 0.2)?;
            sheet.write_number(2, 0, 330_100)?;
            sheet.write_number(2, 2, 2020)?;
            sheet.write_datetime_with_format(2, 8, ExcelDateTime::from_ymd(2021, 3, 1)?, &day)?;
            // A blank row counts as a row.
            figure(sheet, 4, "2019", 0.0)?;
            sheet.write_string(4, 4, "1573.52")?;
            // Excel made 1 September of 2020-09.
            figure(sheet, 5, "", 1.0)?;
            sheet.write_datetime_with_format(5, 2, ExcelDateTime::from_ymd(2020, 9, 1)?, &day)?;
            figure(sheet, 6, "", 1.5)?;
            sheet.write_datetime_with_format(6, 2, ExcelDateTime::from_ymd(2020, 12, 31)?, &day)?;
            figure(sheet, 7, "2018", 1.0)?;
            sheet.write_formula(7, 4, rust_xlsxwriter::Formula::new("=NA()").set_result("#N/A"))?;
            Ok(())
        },
        &Options::default(),
    );
    assert_eq!(
        values(&dossiers),
        [
            (2, "1639.12".into(), "2020".into()),
            (3, "0.3".into(), "2020".into()),
            (5, "1573.52".into(), "2019".into()),
            (7, "1.5".into(), "2020-12-31".into()),
        ]
    );
    assert_eq!(
        problems(&dossiers),
        [
            told("cell.number_as_text", 5, "value"),
            told("period.malformed", 6, "period"),
            told("cell.error", 8, "value"),
        ]
    );
    let mut published = Vec::new();
    dossiers.tables().each("observations", &mut |row| published.push(row.cell("published").clone()));
    assert_eq!(published[1], Cell::Date(jiff::civil::date(2021, 3, 1)));
}

#[test]
fn a_heading_merged_over_the_header_is_read_past() {
    let dossiers = open(
        |sheet| {
            sheet.merge_range(0, 0, 0, 10, "各市主要指标", &Format::new())?;
            header(sheet, 1)?;
            figure(sheet, 2, "2020", 1639.12)
        },
        &Options::default(),
    );
    assert_eq!(problems(&dossiers), [told("header.two_rows", 1, "")]);
    assert_eq!(values(&dossiers).len(), 1);
}

#[test]
fn names_in_two_merged_rows_are_read_where_they_are_clear() {
    let dossiers = open(
        |sheet| {
            header(sheet, 1)?;
            for column in [0, 1, 2, 3] {
                sheet.merge_range(0, column, 1, column, COLUMNS[usize::from(column)], &Format::new())?;
            }
            sheet.merge_range(0, 4, 0, 6, "数", &Format::new())?;
            figure(sheet, 2, "2020", 1639.12)
        },
        &Options::default(),
    );
    assert_eq!(problems(&dossiers), [told("header.two_rows", 1, "")]);
    assert_eq!(values(&dossiers).len(), 1);
}

#[test]
fn a_merged_header_without_the_names_is_refused_with_what_is_missing() {
    let dossiers = open(
        |sheet| {
            sheet.merge_range(0, 0, 1, 0, "地区", &Format::new())?;
            sheet.merge_range(0, 1, 0, 2, "生产总值", &Format::new())?;
            sheet.write_string(1, 1, "2019")?;
            sheet.write_string(1, 2, "2020")?;
            sheet.write_string(2, 0, "衢州")?;
            Ok(())
        },
        &Options::default(),
    );
    let codes = problems(&dossiers);
    assert!(codes.contains(&told("header.merged", 1, "")), "{codes:?}");
    assert!(codes.contains(&told("column.missing", 1, "subject")), "{codes:?}");
    assert_eq!(values(&dossiers), []);
}

#[test]
fn merged_data_is_named_by_its_cells() {
    let dossiers = open(
        |sheet| {
            header(sheet, 0)?;
            figure(sheet, 1, "2020", 1639.12)?;
            figure(sheet, 2, "2019", 1573.52)?;
            figure(sheet, 3, "2018", 1470.58)?;
            sheet.merge_range(2, 0, 3, 0, "330800", &Format::new())?;
            Ok(())
        },
        &Options::default(),
    );
    let codes = problems(&dossiers);
    assert_eq!(codes, [told("cells.merged", 3, "subject"), told("value.missing", 4, "subject")]);
    assert_eq!(dossiers.problems()[0].found, "A3:A4");
    assert_eq!(values(&dossiers).len(), 2);
}

#[test]
fn cells_far_apart_take_no_room() {
    let dossiers = open(
        |sheet| {
            header(sheet, 0)?;
            figure(sheet, 1, "2020", 1639.12)?;
            sheet.write_string(1_048_575, 16_383, "far")?;
            Ok(())
        },
        &Options::default(),
    );
    assert_eq!(problems(&dossiers), [told("row.ragged", 1_048_576, "")]);
    assert_eq!(values(&dossiers).len(), 1);
}

#[test]
fn what_unpacks_to_too_much_is_not_read() {
    let options = Options { limits: Limits { unpacked: 4096, ..Limits::default() } };
    let dossiers = open(
        |sheet| {
            header(sheet, 0)?;
            figure(sheet, 1, "2020", 1639.12)
        },
        &options,
    );
    assert_eq!(problems(&dossiers), [("file.too_large".to_owned(), None, String::new())]);
}

#[test]
fn what_is_no_workbook_is_said_to_be_none() {
    let folder = Folder::new();
    folder.write("d/tables/o.xlsx", "subject,measure\n");
    let dossiers = read(&folder, &Options::default());
    assert_eq!(problems(&dossiers), [("file.unreadable".to_owned(), None, String::new())]);
}

#[test]
fn a_sheet_that_is_not_there_is_answered_with_those_that_are() {
    let folder = Folder::new();
    let mut book = Workbook::new();
    header(book.add_worksheet().set_name("甲").unwrap(), 0).unwrap();
    folder.write_bytes("d/tables/o.xlsx", &book.save_to_buffer().unwrap());
    folder.write("d/origins.csv", ORIGINS);
    folder.write(
        "d/datapackage.json",
        r#"{"name": "d", "zhidian": {"format": "zhidian.dossier/1"}, "resources": [
            {"name": "origins", "path": "origins.csv"},
            {"name": "o", "path": "tables/o.xlsx", "zhidian": {"table": "observations"}, "dialect": {"sheet": "乙"}}]}"#,
    );
    let dossiers = Dossiers::open(&[folder.path("d")], &Options::default()).unwrap();
    let problem = &dossiers.problems()[0];
    assert_eq!((&*problem.code, &*problem.found, &*problem.expected), ("sheet.missing", "乙", "甲"));
}

/// A workbook whose one long text no spreadsheet would have written.
fn with_long_text(megabytes: usize) -> Vec<u8> {
    use std::io::{Cursor, Read, Write};
    let mut book = Workbook::new();
    header(book.add_worksheet(), 0).unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(book.save_to_buffer().unwrap())).unwrap();
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        out.start_file(part.name().unwrap(), zip::write::SimpleFileOptions::default()).unwrap();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        let text = text.replace("edition", &"9".repeat(megabytes << 20));
        out.write_all(text.as_bytes()).unwrap();
    }
    out.finish().unwrap().into_inner()
}

#[test]
fn a_text_no_cell_can_hold_is_found_before_the_workbook_is_read() {
    let folder = Folder::new();
    folder.write_bytes("d/tables/o.xlsx", &with_long_text(20));
    let dossiers = read(&folder, &Options::default());
    assert_eq!(problems(&dossiers), [("cell.too_long".to_owned(), None, String::new())]);
    assert!(dossiers.problems()[0].found.contains("xl/sharedStrings.xml"), "{:?}", dossiers.problems());
}
