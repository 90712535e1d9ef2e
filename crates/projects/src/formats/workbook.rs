//! A register as a workbook (XLSX): the form of a monthly report, which the reader of registers reads back.

use crate::register::{Register, Unit, amounts};
use rust_xlsxwriter::{Format, Workbook, XlsxError};

const HEADER: [&str; 14] = [
    "项目代码",
    "项目名称",
    "项目单位",
    "建设地点",
    "行业",
    "类别",
    "建设阶段",
    "总投资（万元）",
    "累计完成投资（万元）",
    "到位资金（万元）",
    "开工时间",
    "竣工时间",
    "入库时间",
    "前置项目",
];

/// Writes a register; amounts in 万元, days as text in ISO form so that nothing depends on a locale.
///
/// # Errors
/// When the sheet would be too large.
pub fn write(register: &Register) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("项目库")?;
    let bold = Format::new().set_bold();
    let mut years: Vec<i16> = register
        .projects
        .iter()
        .flat_map(|project| project.year_plan.iter().map(|(year, _)| *year))
        .collect();
    years.sort_unstable();
    years.dedup();
    let mut months: Vec<_> = register
        .projects
        .iter()
        .flat_map(|project| [&project.planned, &project.earned, &project.spent])
        .flat_map(|series| series.iter().map(|(month, _)| month))
        .collect();
    months.sort_unstable();
    months.dedup();
    let mut header: Vec<String> = HEADER.iter().map(|name| (*name).to_owned()).collect();
    header.extend(years.iter().map(|year| match year {
        0 => "年度计划投资（万元）".to_owned(),
        year => format!("{year}年计划投资（万元）"),
    }));
    for what in ["计划", "完成投资", "支出"] {
        header.extend(months.iter().map(|month| format!("{month}{what}（万元）")));
    }
    for (column, name) in header.iter().enumerate() {
        sheet.write_string_with_format(0, column as u16, name, &bold)?;
    }
    for (at, project) in register.projects.iter().enumerate() {
        let row = at as u32 + 1;
        let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
        let before = project.before.join(";");
        let texts = [
            (0, project.code.as_str()),
            (1, &project.name),
            (2, &project.owner),
            (3, &project.place),
            (4, &project.trade),
            (5, &project.kind),
            (6, project.stage.map_or("", |stage| stage.words().0)),
            (10, &day(project.start)),
            (11, &day(project.due)),
            (12, &day(project.admitted)),
            (13, &before),
        ];
        for (column, text) in texts.iter().filter(|(_, text)| !text.is_empty()) {
            sheet.write_string(row, *column, *text)?;
        }
        let funds = project.funds.iter().filter_map(|fund| fund.in_place).reduce(|a, b| a + b);
        let mut money = vec![(7, project.total), (8, project.done), (9, funds)];
        for (column, year) in years.iter().enumerate() {
            let plan = project.year_plan.iter().find(|(of, _)| of == year).map(|(_, plan)| *plan);
            money.push((HEADER.len() + column, plan));
        }
        let mut column = HEADER.len() + years.len();
        for series in [&project.planned, &project.earned, &project.spent] {
            for month in &months {
                money.push((column, series.at(*month)));
                column += 1;
            }
        }
        for (column, fen) in money {
            let Some(fen) = fen else { continue };
            // As a number for those who calculate; 万元 to the fen are within what a double holds.
            let number: f64 = amounts::shown(fen, Unit::TenThousand).parse().unwrap_or(f64::NAN);
            sheet.write_number(row, column as u16, number)?;
        }
    }
    sheet.set_freeze_panes(1, 2)?;
    book.save_to_buffer()
}
