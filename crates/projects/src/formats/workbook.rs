//! A register as a workbook (XLSX), and the form of a monthly report; the reader of registers reads both back.

use crate::register::{Fen, Month, Project, Register, Source, Unit, amounts};
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

/// What a cell of a row is to hold.
enum Put {
    Text(String),
    Money(Option<Fen>),
}

/// A column: its header and what it takes from a project.
type Column = (String, Box<dyn Fn(&Project) -> Put>);

fn words(name: &str, of: impl Fn(&Project) -> String + 'static) -> Column {
    (name.to_owned(), Box::new(move |project| Put::Text(of(project))))
}

fn money(name: &str, of: impl Fn(&Project) -> Option<Fen> + 'static) -> Column {
    (format!("{name}（万元）"), Box::new(move |project| Put::Money(of(project))))
}

fn day(name: &str, of: fn(&Project) -> Option<jiff::civil::Date>) -> Column {
    words(name, move |project| of(project).map(|day| day.to_string()).unwrap_or_default())
}

/// Writes a register; amounts in 万元, days as text in ISO form so that nothing depends on a locale.
///
/// # Errors
/// When the sheet would be too large.
pub fn write(register: &Register) -> Result<Vec<u8>, XlsxError> {
    let mut columns = vec![
        words("项目代码", |project| project.code.clone()),
        words("项目名称", |project| project.name.clone()),
        words("项目单位", |project| project.owner.clone()),
        words("建设地点", |project| project.place.clone()),
        words("行业", |project| project.trade.clone()),
        words("类别", |project| project.kind.clone()),
        words("建设阶段", |project| project.stage.map_or("", |stage| stage.words().0).to_owned()),
        money("总投资", |project| project.total),
        money("累计完成投资", |project| project.done),
        day("开工时间", |project| project.start),
        day("竣工时间", |project| project.due),
        day("入库时间", |project| project.admitted),
        words("前置项目", |project| project.before.join(";")),
        words("所属项目", |project| project.phase_of.clone()),
        words("关键节点", milestones),
        words("所需资源", needs),
    ];
    columns.extend(funds(register));
    columns.extend(years(register));
    columns.extend(months(register));
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("项目库")?;
    fill(sheet, 0, &columns, &register.projects)?;
    sheet.set_freeze_panes(1, 2)?;
    book.save_to_buffer()
}

/// The form of a monthly report: every project with what is planned for the month, and empty columns for what was done.
///
/// # Errors
/// When the sheet would be too large.
pub fn monthly_report(register: &Register, month: Month) -> Result<Vec<u8>, XlsxError> {
    let empty = |name: &str| money(name, |_| None);
    let columns = [
        words("项目代码", |project| project.code.clone()),
        words("项目名称", |project| project.name.clone()),
        words("项目单位", |project| project.owner.clone()),
        words("月份", move |_| month.to_string()),
        money("本月计划", move |project| project.planned.at(month)),
        empty("本月完成投资"),
        empty("本月支出"),
        words("备注", |_| String::new()),
    ];
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("月报")?;
    sheet.merge_range(0, 0, 0, 7, &format!("{month} 项目进展月报"), &Format::new().set_bold())?;
    sheet.write_string(1, 0, "完成投资按形象进度填，支出按财务支出填；没有填“—”。")?;
    fill(sheet, 2, &columns, &register.projects)?;
    sheet.set_freeze_panes(3, 2)?;
    book.save_to_buffer()
}

fn fill(sheet: &mut Worksheet, top: u32, columns: &[Column], projects: &[Project]) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    for (column, (name, _)) in columns.iter().enumerate() {
        sheet.write_string_with_format(top, column as u16, name, &bold)?;
    }
    for (row, project) in (top + 1..).zip(projects) {
        for (column, (_, of)) in columns.iter().enumerate() {
            match of(project) {
                Put::Text(text) if text.is_empty() => {}
                Put::Text(text) => {
                    sheet.write_string(row, column as u16, text)?;
                }
                Put::Money(None) => {}
                Put::Money(Some(fen)) => {
                    // As a number for those who calculate; 万元 to the fen are within what a double holds.
                    let number = amounts::shown(fen, Unit::TenThousand).parse::<f64>().unwrap_or(f64::NAN);
                    sheet.write_number(row, column as u16, number)?;
                }
            }
        }
    }
    Ok(())
}

fn milestones(project: &Project) -> String {
    let each = project.milestones.iter().map(|milestone| format!("{} {}", milestone.name, milestone.due));
    each.collect::<Vec<_>>().join("；")
}

fn needs(project: &Project) -> String {
    project.needs.iter().map(|(name, number)| format!("{name} {number}")).collect::<Vec<_>>().join("；")
}

/// Funds planned and in place, for each source that the register tells.
fn funds(register: &Register) -> Vec<Column> {
    let mut columns = Vec::new();
    for source in [Source::All].into_iter().chain(Source::EACH) {
        let of = move |project: &Project| project.funds.iter().find(|fund| fund.source == source).cloned();
        let told: Vec<_> = register.projects.iter().filter_map(of).collect();
        let name = if source == Source::All { "资金来源合计" } else { source.words().0 };
        if told.iter().any(|fund| fund.planned.is_some()) {
            columns.push(money(name, move |project| of(project)?.planned));
        }
        let name =
            if source == Source::All { "到位资金".into() } else { format!("{}到位", source.words().0) };
        if told.iter().any(|fund| fund.in_place.is_some()) {
            columns.push(money(&name, move |project| of(project)?.in_place));
        }
    }
    columns
}

fn years(register: &Register) -> Vec<Column> {
    let list = |of: fn(&Project) -> &Vec<(i16, Fen)>| {
        let all = register.projects.iter().flat_map(of).map(|(year, _)| *year);
        all.collect::<std::collections::BTreeSet<i16>>()
    };
    let of_year =
        |list: &[(i16, Fen)], year: i16| list.iter().find(|(of, _)| *of == year).map(|(_, fen)| *fen);
    let named = |year: i16, what: &str| match year {
        0 => format!("年度{what}"),
        year => format!("{year}年{what}"),
    };
    let planned = list(|project| &project.year_plan)
        .into_iter()
        .map(|year| money(&named(year, "计划投资"), move |project| of_year(&project.year_plan, year)));
    let done = list(|project| &project.year_done)
        .into_iter()
        .map(|year| money(&named(year, "完成投资"), move |project| of_year(&project.year_done, year)));
    planned.chain(done).collect()
}

fn months(register: &Register) -> Vec<Column> {
    let mut columns = Vec::new();
    for (at, what) in ["计划", "完成投资", "支出"].into_iter().enumerate() {
        let all = register
            .projects
            .iter()
            .flat_map(|project| [&project.planned, &project.earned, &project.spent][at].iter());
        let months: std::collections::BTreeSet<Month> = all.map(|(month, _)| month).collect();
        columns.extend(months.into_iter().map(|month| {
            money(&format!("{month}{what}"), move |project| {
                [&project.planned, &project.earned, &project.spent][at].at(month)
            })
        }));
    }
    columns
}
