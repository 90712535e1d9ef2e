//! The closed list of what can be wrong with a dossier, and the collector of what is.

use std::collections::BTreeMap;
use zhidian_model::{Problem, Severity, Text};

/// One kind of fault: its stable code, what it costs, and what to do about it in both languages.
#[derive(Debug, PartialEq, Eq)]
pub struct Fault {
    /// `number.malformed`
    pub code: &'static str,
    /// What it costs.
    pub severity: Severity,
    /// What to do, in Chinese.
    pub zh: &'static str,
    /// What to do, in English.
    pub en: &'static str,
}

macro_rules! faults {
    ($($name:ident = $code:literal $severity:ident $zh:literal $en:literal;)*) => {
        $(pub(crate) const $name: &Fault = &Fault { code: $code, severity: Severity::$severity, zh: $zh, en: $en };)*
        /// Every kind of fault, in the order of the documentation.
        pub const FAULTS: &[&Fault] = &[$($name),*];
    };
}

faults! {
    PACKAGE_MISSING = "package.missing" Fatal
        "“uses” 指向的文件夹里应有 datapackage.json；请更正路径" "point `uses` at a folder that holds datapackage.json";
    PACKAGE_MALFORMED = "package.malformed" Fatal
        "请在所示行修正 datapackage.json 的 JSON 语法" "mend the JSON of datapackage.json at the line shown";
    PACKAGE_PROPERTY = "package.property" Error
        "请按格式说明改正该属性" "correct the property as the format describes it";
    PACKAGE_FORMAT = "package.format" Warning
        "请将 zhidian.format 写为 zhidian.dossier/1" "set zhidian.format to zhidian.dossier/1";
    USES_CYCLE = "uses.cycle" Error
        "请从其中一个资料夹的 “uses” 中去掉这一环" "remove the cycle from the `uses` of one of the dossiers";
    USES_DEEP = "uses.deep" Error
        "请直接引用所需的资料夹，缩短引用链" "use the dossier directly instead of through so many others";
    USES_MANY = "uses.many" Error
        "请减少一起打开的资料夹" "open fewer dossiers together";
    PATH_ESCAPES = "path.escapes" Fatal
        "路径须在资料夹之内：请把文件放进来，写相对路径，不用 “..”、绝对路径或指向外面的链接"
        "keep the file inside the dossier and give a relative path without `..`, no absolute path and no link to the outside";
    FILE_MISSING = "file.missing" Fatal
        "请把文件放到所示位置，或更正路径" "put the file where the path says, or correct the path";
    FILE_UNREADABLE = "file.unreadable" Fatal
        "请检查文件是否为普通文件、有读取权限且未损坏" "see that it is a plain file, may be read and is not damaged";
    FILE_TOO_LARGE = "file.too_large" Fatal
        "请拆分文件或删去不用的内容" "split the file or take out what is not needed";
    FILE_FORMAT = "file.format" Fatal
        "请另存为 CSV（UTF-8）或 XLSX；文档存为 .txt、.md、.html、.docx 或 .pdf"
        "save it as CSV (UTF-8) or XLSX; documents as .txt, .md, .html, .docx or .pdf";
    FILE_UNLISTED = "file.unlisted" Warning
        "请在 datapackage.json 的 resources 中登记此文件，否则不会读取"
        "list the file under `resources` in datapackage.json, else it is not read";
    RESOURCE_MALFORMED = "resource.malformed" Error
        "请为资源写出 name 与 path，并使名称唯一" "give the resource a name of its own and a path";
    SHEET_MISSING = "sheet.missing" Fatal
        "请在 dialect.sheet 写出工作簿中已有的工作表名" "name a sheet of the workbook in dialect.sheet";
    ENCODING_BOM = "encoding.bom" Warning
        "已正常读取；建议另存为不带 BOM 的 UTF-8" "it was read; better save it as UTF-8 without a byte order mark";
    ENCODING_LEGACY = "encoding.legacy" Warning
        "已按所示编码读取；请在资源的 encoding 中写明，或另存为 UTF-8"
        "it was read as shown; declare it in the resource's `encoding` or save the file as UTF-8";
    ENCODING_DIFFERS = "encoding.differs" Warning
        "请使声明的 encoding 与文件一致" "make the declared `encoding` agree with the file";
    ENCODING_UNKNOWN = "encoding.unknown" Warning
        "请写 utf-8 或 gb18030" "write utf-8 or gb18030";
    TEXT_UNREADABLE = "text.unreadable" Error
        "此处字节在该编码下无法解读；请核对编码并重新输入" "these bytes mean nothing in that encoding; check the encoding and type the text again";
    TEXT_NUL = "text.nul" Error
        "请删除空字符（NUL）" "remove the NUL characters";
    TEXT_FORMULA = "text.formula" Warning
        "按文本读取，不会执行；导出时会在前面加 '" "it is read as text and never run; exports put ' before it";
    CELL_TOO_LONG = "cell.too_long" Error
        "请缩短单元格内容；长文请放入 documents" "shorten the cell; long texts belong into documents";
    CELL_ERROR = "cell.error" Error
        "请修正表格中的公式错误，或清空该单元格" "mend the formula in the workbook, or empty the cell";
    CELL_NUMBER_AS_TEXT = "cell.number_as_text" Warning
        "已按数读取；请在表格中改为数值格式" "it was read as a number; make it a number in the workbook";
    CELLS_MERGED = "cells.merged" Error
        "请取消合并，并在每个单元格中填写内容" "unmerge the cells and fill in every one of them";
    ROW_RAGGED = "row.ragged" Error
        "请使每行的单元格数与表头一致；含逗号的内容用双引号括起"
        "give the row as many cells as the header has; put cells with commas into double quotes";
    QUOTE_STRAY = "quote.stray" Warning
        "已按原样读取；引号应成对括住整个单元格，其中的引号写两次"
        "it was read as it stands; quotes go around a whole cell, and a quote within is doubled";
    QUOTE_UNCLOSED = "quote.unclosed" Error
        "请补上缺少的右引号" "add the missing closing quote";
    ROWS_TOO_MANY = "rows.too_many" Fatal
        "请拆分资料夹；其余的行未读取" "split the dossier; the remaining rows were not read";
    COLUMNS_TOO_MANY = "columns.too_many" Fatal
        "请改为长表：一行一个数" "make the table long: one row a figure";
    HEADER_MISSING = "header.missing" Fatal
        "第一行须为列名" "put the names of the columns into the first row";
    HEADER_MERGED = "header.merged" Fatal
        "请取消合并，只留一行表头，每列写出列名" "unmerge the header and leave one row with a name for each column";
    HEADER_TWO_ROWS = "header.two_rows" Warning
        "已按下一行的列名读取；请只留一行表头" "it was read by the names in the lower row; leave one header row";
    COLUMN_MISSING = "column.missing" Fatal
        "请补上该必需列" "add the required column";
    COLUMN_ABSENT = "column.absent" Warning
        "请补上该列，或从 schema 中删去" "add the column, or take it out of the schema";
    COLUMN_UNEXPECTED = "column.unexpected" Warning
        "此列未读取：请在 schema 中写明，或更正列名" "the column is not read: describe it in the schema or correct its name";
    COLUMN_REPEATED = "column.repeated" Error
        "列名须唯一；只读取第一列" "give each column a name of its own; only the first is read";
    SCHEMA_MALFORMED = "schema.malformed" Error
        "请按 Table Schema 改正" "correct it as Table Schema describes";
    SCHEMA_DIFFERS = "schema.differs" Warning
        "按内置说明读取；请使 schema 与之一致" "it is read as the built-in description says; make the schema agree";
    SCHEMA_NONE = "schema.none" Warning
        "所有列按文本读取；请写出 schema" "every column is read as text; give the table a schema";
    VALUE_MISSING = "value.missing" Error
        "请填写；不知道的数不要写行" "fill it in; leave the whole row out where it is not known";
    VALUE_NOT_LISTED = "value.not_listed" Error
        "请写所列值之一" "write one of the listed values";
    VALUE_CONSTRAINT = "value.constraint" Error
        "请按 schema 的约束改正" "correct it to what the schema's constraint allows";
    NUMBER_MALFORMED = "number.malformed" Error
        "请只写数字，用 “.” 作小数点，不带单位、逗号或其他符号"
        "write digits only, with `.` for decimals, without unit, separators or signs of other kinds";
    NUMBER_RANGE = "number.range" Error
        "数值超出可精确表示的 28 位；请换用更大的单位" "the number has more than 28 digits; use a larger unit";
    INTEGER_MALFORMED = "integer.malformed" Error
        "请写整数" "write a whole number";
    DATE_MALFORMED = "date.malformed" Error
        "请写成 2020-12-31" "write 2020-12-31";
    TRUTH_MALFORMED = "truth.malformed" Error
        "请写 true 或 false" "write true or false";
    TEXT_MALFORMED = "text.malformed" Error
        "请按该列的类型书写" "write it as the type of the column asks";
    PERIOD_MALFORMED = "period.malformed" Error
        "请写 2020、2020-H1、2020-Q3、2020-09、2020-12-31 或 2020-01..2020-09"
        "write 2020, 2020-H1, 2020-Q3, 2020-09, 2020-12-31 or 2020-01..2020-09";
    INTERVAL_EMPTY = "interval.empty" Error
        "起始日不能晚于截止日" "the first day must not be after the last";
    SUBJECT_MALFORMED = "subject.malformed" Error
        "请写六位区划代码，或 kind:id（如 lock:datengxia）" "write a six-digit region code or kind:id such as lock:datengxia";
    REGION_UNKNOWN = "region.unknown" Error
        "请写 GB/T 2260 中的六位代码" "write a six-digit code of GB/T 2260";
    ENTITY_UNKNOWN = "entity.unknown" Warning
        "请在 registers/entities.csv 中登记" "list it in registers/entities.csv";
    MEASURE_MALFORMED = "measure.malformed" Error
        "请写指标代码，如 gdp.growth.real 或 rank(gdp.growth.real)"
        "write a code such as gdp.growth.real or rank(gdp.growth.real)";
    MEASURE_UNKNOWN = "measure.unknown" Warning
        "仍会读取，但没有语句会用到它；请用指标表中的代码" "it is read, but no statement asks for it; use a code of the vocabulary";
    UNIT_UNKNOWN = "unit.unknown" Error
        "请按印刷写单位：亿元、%、个百分点、万人；名次写 “位”" "write the unit as printed: 亿元, %, 个百分点, 万人; 位 for a rank";
    UNIT_DIFFERS = "unit.differs" Error
        "单位与指标不符：请核对单位或指标" "the unit does not measure this: check the unit or the measure";
    UNIT_COUNTER = "unit.counter" Warning
        "已读取；请按该指标的量词书写，或核对两者是否同义"
        "it was read; count in the measure's own counter, or see that both mean the same";
    DECIMALS_MALFORMED = "decimals.malformed" Error
        "请写 0 到 28 的整数；按数值的小数位读取" "write a whole number from 0 to 28; the decimals of the value are taken instead";
    DECIMALS_FEW = "decimals.few" Error
        "小数位不能少于数值所印；按数值的小数位读取" "it cannot be less than the value has; the decimals of the value are taken instead";
    STATUS_UNKNOWN = "status.unknown" Error
        "请写 A、P、F、E、D、T、S 或 U" "write A, P, F, E, D, T, S or U";
    SCOPE_MISSING = "scope.missing" Warning
        "名次须写明在哪个名册中计算" "say which roster the rank is counted in";
    ORIGIN_MISSING = "origin.missing" Error
        "请写出 origins.csv 中的来源；没有来源的数不使用" "name an origin of origins.csv; a figure without one is not used";
    ORIGIN_UNKNOWN = "origin.unknown" Error
        "请在 origins.csv 中登记该来源，或更正" "add the origin to origins.csv, or correct its id";
    ORIGIN_GRADE = "origin.grade" Error
        "请写 official、media、aggregator、unverified、modelled、synthetic 或 assumed"
        "write official, media, aggregator, unverified, modelled, synthetic or assumed";
    ORIGIN_RENAMED = "origin.renamed" Warning
        "两个资料夹用同一代号指不同来源；后者已加前缀，请改名"
        "two dossiers give this id to different origins; the later one got a prefix, so rename it";
    ORIGIN_COPY = "origin.copy" Error
        "copy_of 须指向另一条已登记、且自身不是副本的来源" "copy_of must name another listed origin that is no copy of this one";
    ORIGIN_ADDRESS = "origin.address" Warning
        "有网址须写 primary 或 repost，无网址则留空" "say primary or repost where there is an address, and nothing where there is none";
    KEY_REPEATED = "key.repeated" Error
        "同一主键只能一行；只保留第一行" "one row a key; the first is kept";
    ROW_REPEATED = "row.repeated" Warning
        "与另一文件的行完全相同；请删去一行" "the same row stands in another file; remove one of them";
    ROSTER_UNKNOWN = "roster.unknown" Error
        "请在 rosters.csv 中登记该名册，或更正" "add the roster to rosters.csv, or correct its id";
    ROSTER_DIFFERS = "roster.differs" Warning
        "同一名册的 title、reads、origin 各行应一致；以第一行为准"
        "title, reads and origin must be the same in each row of a roster; the first row counts";
    ROSTER_OVERLAP = "roster.overlap" Error
        "同一成员的时间重复或断开；请合并为一行" "the member is listed for overlapping or separate times; make one row of them";
    ROSTER_READS = "roster.reads" Warning
        "请写成 330000/prefecture" "write it like 330000/prefecture";
    LIST_UNKNOWN = "list.unknown" Error
        "请在 registers/lists.csv 中登记该名单，或更正" "add the list to registers/lists.csv, or correct its id";
    LIST_COMPLETE = "list.complete" Error
        "请写 yes、no 或 for:330800;451300；按 no 处理" "write yes, no or for:330800;451300; it is taken as no";
    DOCUMENT_EMPTY = "document.empty" Error
        "请放入正文" "put the text in";
    DOCUMENT_NO_TEXT = "document.no_text" Fatal
        "该 PDF 没有文字层（多为扫描件）；请先做文字识别（OCR），或另存为 .docx、.txt"
        "the PDF has no text layer, as scans have none; run it through text recognition (OCR) first, or save it as .docx or .txt";
    DOCUMENT_LOCKED = "document.locked" Fatal
        "该文件设有密码；请去掉密码后再读" "the file asks for a password; take the password off first";
    DOCUMENT_PROPERTY = "document.property" Error
        "请按格式说明改正该文档的属性" "correct this property of the document as the format describes it";
    TOML_MALFORMED = "toml.malformed" Fatal
        "请在所示行修正 TOML 语法" "mend the TOML at the line shown";
    PARAMETER_MALFORMED = "parameter.malformed" Error
        "参数须有 name、value（引号中的数）、unit、valid、origin 与 reference"
        "a parameter has a name, a value (a number in quotes), unit, valid, origin and reference";
    PARAMETER_OVERLAP = "parameter.overlap" Error
        "同名参数的时段不得重叠；只保留第一个" "periods of one parameter must not overlap; the first is kept";
    PARAMETER_SHADOWED = "parameter.shadowed" Warning
        "采用先打开的资料夹中的值" "the value of the dossier opened first is used";
    SCENARIO_MALFORMED = "scenario.malformed" Error
        "情景由 title、[[rows.表名]] 与 [[parameter]] 组成" "a scenario consists of title, [[rows.TABLE]] and [[parameter]]";
    SCENARIO_TABLE = "scenario.table" Error
        "请写已有的表名" "name a table that exists";
    SCENARIO_REPEATED = "scenario.repeated" Error
        "情景名称须唯一" "give the scenario a name of its own";
    PROBLEMS_MORE = "problems.more" Warning
        "请先修正已列出的问题" "mend the listed ones first";
}

/// Where something is wrong.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct At<'a> {
    /// File as shown.
    pub(crate) file: &'a str,
    /// Sheet of a workbook.
    pub(crate) sheet: Option<&'a str>,
    /// Row or line.
    pub(crate) row: Option<u64>,
    /// Column.
    pub(crate) column: Option<&'a str>,
}

impl<'a> At<'a> {
    /// A whole file.
    pub(crate) fn file(file: &'a str) -> Self {
        Self { file, ..Self::default() }
    }

    /// A line of it.
    pub(crate) fn row(self, row: u64) -> Self {
        Self { row: Some(row), ..self }
    }

    /// A line of it, where known.
    pub(crate) fn line(self, row: Option<u64>) -> Self {
        Self { row, ..self }
    }

    /// A column of it.
    pub(crate) fn column(self, column: &'a str) -> Self {
        Self { column: Some(column), ..self }
    }
}

/// What was wrong so far. Of one kind in one file only so many are listed; the rest are counted.
#[derive(Debug)]
pub(crate) struct Faults {
    problems: Vec<Problem>,
    counts: BTreeMap<(String, &'static str), usize>,
    most: usize,
}

impl Faults {
    /// An empty collector that lists `most` problems of one kind for one file.
    pub(crate) fn new(most: usize) -> Self {
        Self { problems: Vec::new(), counts: BTreeMap::new(), most }
    }

    /// Notes one more.
    pub(crate) fn add(
        &mut self,
        fault: &'static Fault,
        at: At<'_>,
        found: &str,
        expected: impl Into<String>,
    ) {
        let count = self.counts.entry((at.file.to_owned(), fault.code)).or_default();
        *count += 1;
        if *count > self.most {
            return;
        }
        self.problems.push(Problem {
            severity: fault.severity,
            code: fault.code.to_owned(),
            file: at.file.to_owned(),
            sheet: at.sheet.map(shorten),
            row: at.row,
            column: at.column.map(shorten),
            found: shorten(found),
            expected: shorten_to(&expected.into(), 240),
            remedy: Text::new(fault.zh, fault.en),
        });
    }

    /// All that was noted, file by file and row by row, with a count of what was not listed.
    pub(crate) fn finish(self) -> Vec<Problem> {
        let mut problems = self.problems;
        problems.sort_by(|a, b| (&a.file, &a.sheet, a.row).cmp(&(&b.file, &b.sheet, b.row)));
        for ((file, code), count) in self.counts.into_iter().filter(|(_, count)| *count > self.most) {
            problems.push(Problem {
                severity: PROBLEMS_MORE.severity,
                code: PROBLEMS_MORE.code.to_owned(),
                file,
                sheet: None,
                row: None,
                column: None,
                found: format!("{count} × {code}"),
                expected: format!("at most {} are listed", self.most),
                remedy: Text::new(PROBLEMS_MORE.zh, PROBLEMS_MORE.en),
            });
        }
        problems
    }
}

/// At most 80 characters of a text, on one line.
pub(crate) fn shorten(text: &str) -> String {
    shorten_to(text, 80)
}

fn shorten_to(text: &str, most: usize) -> String {
    let plain = |c: char| if c.is_control() { '␀' } else { c };
    match text.char_indices().nth(most) {
        None => text.chars().map(plain).collect(),
        Some(_) => text.chars().take(most - 1).map(plain).chain(['…']).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn codes_are_unique_and_both_languages_are_there() {
        let codes: BTreeSet<_> = FAULTS.iter().map(|fault| fault.code).collect();
        assert_eq!(codes.len(), FAULTS.len());
        for fault in FAULTS {
            assert!(fault.zh.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)), "{}", fault.code);
            assert!(fault.en.is_ascii() || fault.code == "unit.unknown", "{}", fault.code);
        }
    }

    #[test]
    fn the_documentation_lists_every_code_and_its_severity() {
        let page = include_str!("../../../docs/problems.md");
        let listed: Vec<_> = page.lines().filter(|line| line.starts_with("| `")).collect();
        assert_eq!(listed.len(), FAULTS.len(), "docs/problems.md has another number of codes");
        for fault in FAULTS {
            let severity = format!("{:?}", fault.severity).to_lowercase();
            let row = format!("| `{}` | {severity} | ", fault.code);
            assert!(listed.iter().any(|line| line.starts_with(&row)), "docs/problems.md lacks {row}");
        }
    }

    #[test]
    fn a_flood_is_counted() {
        let mut faults = Faults::new(2);
        for row in 0..5 {
            faults.add(NUMBER_MALFORMED, At::file("a.csv").row(row), "x", "a number");
        }
        let problems = faults.finish();
        assert_eq!(problems.len(), 3);
        assert_eq!(problems[2].found, "5 × number.malformed");
    }

    #[test]
    fn found_is_short_and_on_one_line() {
        let text = "字\n".repeat(100);
        let short = shorten(&text);
        assert_eq!(short.chars().count(), 80);
        assert!(!short.contains('\n'));
    }
}
