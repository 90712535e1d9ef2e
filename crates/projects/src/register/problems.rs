//! What is wrong with a register, said once in one way.

use zhidian_model::{Problem, Severity, Text};

/// Most problems that are told one by one; the rest are counted.
const MOST: usize = 5_000;

/// Problems of one sheet.
#[derive(Clone, Debug, Default)]
pub(super) struct Problems {
    pub(super) all: Vec<Problem>,
    pub(super) file: String,
    pub(super) sheet: Option<String>,
    pub(super) left_out: usize,
}

/// A kind of problem: how bad, its code, what should stand there and what to do.
pub(super) struct Kind {
    pub(super) severity: Severity,
    pub(super) code: &'static str,
    pub(super) expected: &'static str,
    pub(super) remedy: (&'static str, &'static str),
}

impl Problems {
    pub(super) fn add(&mut self, kind: &Kind, row: Option<u64>, column: Option<&str>, found: &str) {
        if self.all.len() >= MOST {
            self.left_out += 1;
            return;
        }
        self.all.push(Problem {
            severity: kind.severity,
            code: kind.code.into(),
            file: self.file.clone(),
            sheet: self.sheet.clone(),
            row,
            column: column.map(Into::into),
            found: found.chars().take(80).collect(),
            expected: kind.expected.into(),
            remedy: Text::new(kind.remedy.0, kind.remedy.1),
        });
    }

    pub(super) fn finish(mut self) -> Vec<Problem> {
        if self.left_out > 0 {
            let found = format!("{} more problems", self.left_out);
            self.left_out = 0;
            let most = self.all.len();
            self.all.truncate(most - 1);
            self.add(&TOO_MANY, None, None, &found);
        }
        self.all
    }
}

const fn kind(
    severity: Severity,
    code: &'static str,
    expected: &'static str,
    remedy: (&'static str, &'static str),
) -> Kind {
    Kind { severity, code, expected, remedy }
}

use Severity::{Error, Fatal, Warning};

pub(super) const TOO_MANY: Kind = kind(
    Warning,
    "problems.many",
    "fewer problems",
    ("问题过多，其余未逐条列出；先改正前面的再查", "too many to tell one by one; mend these and check again"),
);
pub(super) const NO_HEADER: Kind = kind(
    Fatal,
    "register.no_header",
    "a header row with 项目名称 or 项目代码 among the first 20 rows",
    (
        "补上表头，或用对照文件（--map）说明各列",
        "add a header row, or say with a mapping file (--map) what the columns are",
    ),
);
pub(super) const UNIT_UNKNOWN: Kind = kind(
    Error,
    "money.unit_unknown",
    "a unit in the header such as 总投资（万元）, a line 单位：万元 above it, or --unit",
    (
        "在表头写明单位，或用 --unit 指定；在此之前该列不用",
        "state the unit in the header or with --unit; until then the column is left out",
    ),
);
pub(super) const MALFORMED_MONEY: Kind = kind(
    Error,
    "money.malformed",
    "a number such as 12345.6",
    ("改为数字；在此之前此格不用", "write a number; until then the cell is left out"),
);
pub(super) const NEGATIVE: Kind = kind(
    Error,
    "money.negative",
    "an amount that is not negative",
    ("核对正负号；在此之前此格不用", "check the sign; until then the cell is left out"),
);
pub(super) const TOO_LARGE: Kind = kind(
    Error,
    "money.too_large",
    "an amount below 360 万亿元",
    ("核对数字与单位；在此之前此格不用", "check the number and its unit; until then the cell is left out"),
);
pub(super) const OWN_UNIT: Kind = kind(
    Warning,
    "money.unit_differs",
    "the unit of the column",
    (
        "此格按格内所写单位计；请统一单位",
        "the cell is taken in the unit written in it; use one unit in a column",
    ),
);
pub(super) const ROUNDED: Kind = kind(
    Warning,
    "money.rounded",
    "no more decimals than a fen",
    ("已四舍五入到分", "it was rounded to a hundredth of a yuan"),
);
pub(super) const MAGNITUDE: Kind = kind(
    Warning,
    "money.magnitude",
    "amounts of one size in a column",
    (
        "此格与同列其他数相差约万倍，可能把万元与亿元混用；请核对，未作换算",
        "it differs from the others of its column by about ten thousand times: units may be mixed; check it, nothing was converted",
    ),
);
pub(super) const MALFORMED_DAY: Kind = kind(
    Error,
    "date.malformed",
    "a date such as 2025-03-01, 2025年3月",
    ("改为日期；在此之前此格不用", "write a date; until then the cell is left out"),
);
pub(super) const AMBIGUOUS_DAY: Kind = kind(
    Error,
    "date.ambiguous",
    "2025-04-03: year, month, day",
    ("日与月分不清，请写成 年-月-日", "day and month cannot be told apart: write year-month-day"),
);
pub(super) const SERIAL_DAY: Kind = kind(
    Warning,
    "date.serial",
    "a date",
    (
        "此格是序列号，已按 Excel 的日期序列读取；请把格式设为日期",
        "a serial number was read as Excel's date; format the cell as a date",
    ),
);
pub(super) const TOTAL_DIFFERS: Kind = kind(
    Warning,
    "register.total_differs",
    "the sum of the rows above",
    (
        "合计与各行之和不符（前为表中合计，后为各行之和），请核对",
        "the stated total (first) is not the sum of the rows (second): check it",
    ),
);
pub(super) const MALFORMED_NEED: Kind = kind(
    Error,
    "needs.malformed",
    "a resource and a number such as 塔吊 2；班组 3",
    ("写成“名称 数量”，以分号隔开", "write name and number, parted by semicolons"),
);
pub(super) const UNKNOWN_STAGE: Kind = kind(
    Warning,
    "stage.unknown",
    "储备, 前期, 新开工, 续建 or 竣工",
    ("改为五个阶段之一", "write one of the five stages"),
);
pub(super) const NO_PROJECT: Kind = kind(
    Error,
    "project.unnamed",
    "a code or a name",
    ("补上项目代码或名称；在此之前该行不用", "add a code or a name; until then the row is left out"),
);
pub(super) const NOT_IN_REGISTER: Kind = kind(
    Warning,
    "progress.no_project",
    "a code of the register",
    (
        "进度表中的代码不在项目库中，已作为新项目列入",
        "its code is not in the register: it was taken as a project of its own",
    ),
);
pub(super) const BAD_PERIOD: Kind = kind(
    Error,
    "progress.period",
    "a month such as 2025-03",
    ("改为月份；在此之前该行不用", "write a month; until then the row is left out"),
);
pub(super) const ERROR_CELL: Kind =
    kind(Error, "cell.error", "a value", ("此格公式出错，请改正", "the formula of the cell fails: mend it"));
pub(super) const UNREADABLE: Kind = kind(
    Fatal,
    "file.unreadable",
    "a CSV file (UTF-8 or GB18030) or a workbook (XLSX)",
    ("另存为 CSV 或 XLSX 再读", "save it as CSV or XLSX"),
);
pub(super) const TOO_BIG: Kind = kind(
    Fatal,
    "file.too_large",
    "at most 1,000,000 rows, 2,000 columns and 2 GB unpacked",
    ("拆分后再读", "split it"),
);
