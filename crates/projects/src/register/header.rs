//! What the columns of a sheet mean: offices name them freely, over one or two rows, with units in brackets.

use super::{Month, Source, amounts::Unit};
use std::collections::BTreeMap;

/// What is counted in a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// Planned.
    Planned,
    /// Work done (形象进度).
    Earned,
    /// Spent (财务支出).
    Spent,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// Code of the project.
    Code,
    /// Its name.
    Name,
    /// Who builds it.
    Owner,
    /// Where.
    Place,
    /// Trade.
    Trade,
    /// Kind.
    Kind,
    /// Stage.
    Stage,
    /// Total planned investment.
    Total,
    /// Planned for a year; without one, for the year of the report.
    YearPlan(Option<i16>),
    /// Done since the beginning.
    Done,
    /// Done in a year so far.
    YearDone(Option<i16>),
    /// Start of building.
    Start,
    /// Completion due.
    Due,
    /// Admission to the statistical register.
    Admitted,
    /// Codes of the projects before it.
    Before,
    /// The project it is a phase of.
    PhaseOf,
    /// Funds planned from a source.
    Funds(Source),
    /// Funds of a source in place.
    FundsIn(Source),
    /// What is to be done by when: 桩基 2026-03；封顶 2026-08.
    Milestones,
    /// Resources it takes: 塔吊 2；班组 3.
    Needs,
    /// The unit of the row's amounts.
    Unit,
    /// A month's amount.
    Monthly(Month, What),
    /// The month a row of progress is about.
    Period,
    /// A row's amount.
    Amount(What),
}

impl Field {
    /// Does it hold money?
    pub fn is_money(self) -> bool {
        matches!(
            self,
            Self::Total
                | Self::YearPlan(_)
                | Self::Done
                | Self::YearDone(_)
                | Self::Funds(_)
                | Self::FundsIn(_)
                | Self::Monthly(..)
                | Self::Amount(_)
        )
    }
}

/// Names as offices write them, without brackets, spaces and years; the first that fits is taken.
const NAMES: &[(Field, &[&str])] = &[
    (
        Field::Code,
        &[
            "项目代码",
            "项目编码",
            "统一代码",
            "赋码",
            "项目编号",
            "代码",
            "编码",
            "code",
            "projectcode",
            "id",
        ],
    ),
    (Field::PhaseOf, &["所属项目", "总项目", "母项目", "phaseof", "phase_of", "parent"]),
    (Field::Before, &["前置项目", "紧前项目", "依赖项目", "before", "requires", "predecessors"]),
    (Field::Name, &["项目名称", "工程名称", "建设项目", "名称", "name", "projectname", "project"]),
    (
        Field::Owner,
        &["项目单位", "建设单位", "项目业主", "业主", "项目法人", "责任单位", "实施单位", "owner"],
    ),
    (
        Field::Place,
        &[
            "建设地点",
            "所在地",
            "所属县区",
            "县区",
            "县（市、区）",
            "县市区",
            "区县",
            "地区",
            "属地",
            "region",
            "place",
            "location",
        ],
    ),
    (Field::Trade, &["行业", "行业类别", "所属行业", "产业类别", "trade", "sector", "industry"]),
    (Field::Kind, &["类别", "项目类别", "项目类型", "类型", "kind", "type"]),
    (
        Field::Stage,
        &["建设阶段", "项目阶段", "建设性质", "项目状态", "建设状态", "阶段", "状态", "stage", "phase"],
    ),
    (
        Field::Total,
        &[
            "总投资",
            "计划总投资",
            "项目总投资",
            "投资总额",
            "概算总投资",
            "investtotal",
            "invest_total",
            "total",
            "totalinvestment",
        ],
    ),
    (
        Field::YearPlan(None),
        &[
            "年度计划投资",
            "年度投资计划",
            "年计划投资",
            "计划投资",
            "年度计划",
            "年度投资",
            "当年计划投资",
            "本年计划投资",
            "当年计划",
            "本年计划",
            "年度目标",
            "年度计划完成投资",
            "计划完成投资",
            "investyear",
            "invest_year",
            "yearplan",
            "plan",
        ],
    ),
    (
        Field::YearDone(None),
        &[
            "本年完成投资",
            "当年完成投资",
            "年度完成投资",
            "今年完成投资",
            "本年累计完成投资",
            "当年累计完成投资",
            "年度累计完成投资",
            "年内完成投资",
            "年完成投资",
            "本年完成",
            "yeardone",
        ],
    ),
    (
        Field::Done,
        &[
            "累计完成投资",
            "开工以来累计完成投资",
            "自开工累计完成投资",
            "自开工以来累计完成投资",
            "已完成投资",
            "累计完成",
            "累计投资",
            "至上年底累计完成投资",
            "investdone",
            "invest_done",
            "done",
        ],
    ),
    (
        Field::Start,
        &[
            "开工时间",
            "开工日期",
            "开工年月",
            "计划开工时间",
            "实际开工时间",
            "建设起始时间",
            "start",
            "startdate",
        ],
    ),
    (
        Field::Due,
        &[
            "竣工时间",
            "竣工日期",
            "竣工年月",
            "完工时间",
            "计划竣工时间",
            "计划完工时间",
            "建成时间",
            "投产时间",
            "due",
            "end",
            "finish",
        ],
    ),
    (Field::Admitted, &["入库时间", "入库日期", "纳统时间", "纳统日期", "入统时间", "admitted"]),
    (
        Field::FundsIn(Source::All),
        &["到位资金", "资金到位", "已到位资金", "累计到位资金", "fundsin", "funds_in", "funds"],
    ),
    (Field::Funds(Source::All), &["资金来源合计", "筹资计划", "计划资金", "资金筹措", "fundsplanned"]),
    (Field::Milestones, &["里程碑", "关键节点", "主要节点", "节点计划", "milestones"]),
    (Field::Unit, &["金额单位", "货币单位", "计价单位", "单位", "unit"]),
    (Field::Needs, &["所需资源", "资源需求", "资源", "resources", "needs"]),
    (Field::Period, &["时期", "月份", "报告期", "年月", "period", "month"]),
    (
        Field::Amount(What::Planned),
        &["计划完成额", "计划值", "本月计划", "plannedvalue", "planned_value", "pv"],
    ),
    (
        Field::Amount(What::Earned),
        &[
            "形象进度折算额",
            "挣值",
            "完成投资",
            "本月完成投资",
            "当月完成投资",
            "本月完成",
            "形象进度",
            "earnedvalue",
            "earned_value",
            "ev",
        ],
    ),
    (
        Field::Amount(What::Spent),
        &["实际支出", "财务支出", "本月支出", "当月支出", "支出", "actualcost", "actual_cost", "ac", "spent"],
    ),
];

/// What the names of columns mean beside what is built in: from a mapping file.
pub type Mapping = BTreeMap<String, String>;

/// The field a mapping file names: `invest_total`, `invest_year:2026`, `earned:2025-01`.
pub fn named(name: &str) -> Option<Field> {
    let (name, of) = name.split_once(':').map_or((name, None), |(name, of)| (name, Some(of)));
    let year = of.and_then(|of| of.parse().ok());
    let what = match name {
        "planned" => Some(What::Planned),
        "earned" => Some(What::Earned),
        "spent" => Some(What::Spent),
        _ => None,
    };
    match (what, of) {
        (Some(what), Some(of)) => return month_alone(of, None).map(|month| Field::Monthly(month, what)),
        (Some(what), None) => return Some(Field::Amount(what)),
        _ => {}
    }
    if let (Some(field), Some(source)) = (NAMES.iter().find(|(_, names)| names.contains(&name)), of) {
        match field.0 {
            Field::Funds(_) => return source_of(source).map(Field::Funds),
            Field::FundsIn(_) => return source_of(source).map(Field::FundsIn),
            _ => {}
        }
    }
    Some(match name {
        "invest_year" => Field::YearPlan(year),
        "year_done" => Field::YearDone(year),
        _ => NAMES.iter().find(|(_, names)| names.contains(&name)).map(|(field, _)| *field)?,
    })
}

/// Names of sources as statistics and offices write them.
const SOURCES: &[(Source, &[&str])] = &[
    (Source::Budget, &["国家预算资金", "预算内资金", "预算资金", "财政资金"]),
    (Source::Loans, &["国内贷款", "银行贷款", "贷款"]),
    (Source::Foreign, &["利用外资", "外资"]),
    (Source::Own, &["企业自筹资金", "自筹资金", "企业自筹", "自筹"]),
    (Source::Other, &["其他资金", "其它资金", "其他来源", "其它来源"]),
];

/// The source of exactly these words.
fn source_of(words: &str) -> Option<Source> {
    SOURCES.iter().find(|(_, names)| names.contains(&words)).map(|(source, _)| *source)
}

/// 其中：国内贷款, 自筹资金到位, 到位资金国家预算资金: a source, and whether its funds are in place.
fn funds(name: &str) -> Option<Field> {
    let name = name.trim_start_matches("其中").trim_start_matches("资金来源");
    let (name, in_place) = match name.strip_prefix("到位资金").or_else(|| name.strip_prefix("资金到位"))
    {
        Some(rest) => (rest, true),
        None => match name.strip_suffix("到位资金").or_else(|| name.strip_suffix("到位")) {
            Some(rest) => (rest.trim_end_matches('已'), true),
            None => (name.trim_start_matches("筹资计划").trim_end_matches("计划"), false),
        },
    };
    source_of(name).map(if in_place { Field::FundsIn } else { Field::Funds })
}

/// A header's words without what does not tell columns apart, and the unit they state.
fn bare(words: &str) -> (String, Option<Unit>) {
    let mut out = String::new();
    let mut depth = 0;
    for c in words.chars() {
        match c {
            '（' | '(' | '[' | '【' => depth += 1,
            '）' | ')' | ']' | '】' => depth = (depth - 1).max(0),
            c if depth > 0 || c.is_whitespace() || matches!(c, ':' | '：' | '*' | '\u{feff}') => {}
            c => out.extend(c.to_lowercase()),
        }
    }
    let unit = Unit::in_words(words);
    let out = out.replace("单位万元", "").replace("单位亿元", "");
    (out, unit)
}

/// What a header means, with its unit. `year` is the year of the report, where it is known.
pub fn meaning(words: &str, mapping: &Mapping, year: Option<i16>) -> Option<(Field, Option<Unit>)> {
    let (name, unit) = bare(words);
    if name.is_empty() || words.chars().count() > 80 {
        return None;
    }
    if let Some(target) = mapping.get(words.trim()).or_else(|| mapping.get(&name)) {
        return named(target).map(|field| (field, unit));
    }
    if let Some(field) = monthly(&name, year) {
        return Some((field, unit));
    }
    if let Some(field) = funds(&name) {
        return Some((field, unit));
    }
    let (of, name) = leading_year(&name);
    let name = name.trim_start_matches("截至目前").trim_start_matches("其中").trim_start_matches("投资");
    let name = if name.is_empty() { "总投资" } else { name };
    let find = |name: &str| NAMES.iter().find(|(_, names)| names.contains(&name)).map(|(field, _)| *field);
    let with_unit_off = ["万元", "亿元", "千元", "元"].iter().find_map(|unit| name.strip_suffix(unit));
    let field = find(name).or_else(|| with_unit_off.and_then(find))?;
    Some(match (field, of) {
        // 2026年计划完成投资 is a year's plan, 2026年完成投资 what was done in it.
        (Field::YearPlan(None), of) => (Field::YearPlan(of), unit),
        (Field::Amount(What::Earned), Some(of)) => (Field::YearDone(Some(of)), unit),
        (Field::YearDone(None) | Field::Done, Some(of)) => (Field::YearDone(Some(of)), unit),
        (field, _) => (field, unit),
    })
}

/// 2026年度计划投资 → 2026, 年度计划投资.
fn leading_year(name: &str) -> (Option<i16>, &str) {
    let year =
        name.get(..4).and_then(|year| year.parse::<i16>().ok()).filter(|year| (1950..2150).contains(year));
    match year {
        Some(year) => {
            let rest = &name[4..];
            let keep =
                rest.starts_with("年度") || rest.starts_with("年计划投资") || rest.starts_with("年完成投资");
            let rest = if keep { rest } else { rest.strip_prefix('年').unwrap_or(rest) };
            (Some(year), rest.trim_start_matches(['_', '-']))
        }
        None => {
            let end = name.len().checked_sub(4).filter(|end| name.is_char_boundary(*end));
            let tail = end.map(|end| name.split_at(end));
            match tail.and_then(|(rest, year)| {
                Some((rest, year.parse::<i16>().ok().filter(|y| *y > 1950 && *y < 2150)?))
            }) {
                Some((rest, year)) => (Some(year), rest.trim_end_matches(['_', '-'])),
                None => (None, name),
            }
        }
    }
}

/// 2025年1月完成投资, 计划2025-01, earned_2025-01, 1月计划.
fn monthly(name: &str, year: Option<i16>) -> Option<Field> {
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '年' | '月' | '-' | '/' | '.');
    let start = name.find(|c: char| c.is_ascii_digit())?;
    let length = name[start..].find(|c| !is_part(c)).unwrap_or(name.len() - start);
    let month = month_alone(name[start..start + length].trim_end_matches(['-', '.']), year)?;
    let rest = format!("{}{}", &name[..start], &name[start + length..]);
    let rest = rest.trim_matches(['_', '-']);
    let any = |words: &[&str]| words.iter().any(|word| rest.contains(word));
    let what = match () {
        () if any(&["计划", "plan", "pv"]) => What::Planned,
        () if any(&["支出", "支付", "财务", "spent", "cost", "ac"]) => What::Spent,
        () if rest.is_empty() || any(&["完成", "形象", "earned", "done", "ev", "投资"]) => What::Earned,
        () => return None,
    };
    Some(Field::Monthly(month, what))
}

/// 2025-01, 2025年1月, 202501, 1月.
fn month_alone(text: &str, year: Option<i16>) -> Option<Month> {
    if let Some(month) = text.strip_suffix('月').and_then(|month| month.parse::<i8>().ok()) {
        return year.filter(|_| (1..=12).contains(&month)).map(|year| Month::new(year, month));
    }
    let days = super::dates::read(text).ok().filter(|days| days.grain == super::dates::Grain::Month)?;
    Some(Month::of(days.first))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(words: &str) -> Option<Field> {
        meaning(words, &Mapping::new(), Some(2026)).map(|(field, _)| field)
    }

    #[test]
    fn headers_of_offices() {
        assert_eq!(field("项目代码"), Some(Field::Code));
        assert_eq!(field(" 项 目 名 称 "), Some(Field::Name));
        assert_eq!(
            meaning("计划总投资（万元）", &Mapping::new(), None),
            Some((Field::Total, Some(Unit::TenThousand)))
        );
        assert_eq!(field("2026年计划投资(亿元)"), Some(Field::YearPlan(Some(2026))));
        assert_eq!(field("2026年度计划投资"), Some(Field::YearPlan(Some(2026))));
        assert_eq!(field("年度计划投资"), Some(Field::YearPlan(None)));
        assert_eq!(field("2025年完成投资"), Some(Field::YearDone(Some(2025))));
        assert_eq!(field("自开工以来累计完成投资（万元）"), Some(Field::Done));
        assert_eq!(field("3月完成投资"), Some(Field::Monthly(Month::new(2026, 3), What::Earned)));
        assert_eq!(field("2025年3月计划"), Some(Field::Monthly(Month::new(2025, 3), What::Planned)));
        assert_eq!(field("2025-03"), Some(Field::Monthly(Month::new(2025, 3), What::Earned)));
        assert_eq!(field("spent_2025-03"), Some(Field::Monthly(Month::new(2025, 3), What::Spent)));
        assert_eq!(field("invest_year_2026"), Some(Field::YearPlan(Some(2026))));
        assert_eq!(field("其中：国内贷款（万元）"), Some(Field::Funds(Source::Loans)));
        assert_eq!(field("自筹资金到位"), Some(Field::FundsIn(Source::Own)));
        assert_eq!(field("到位资金国家预算资金"), Some(Field::FundsIn(Source::Budget)));
        assert_eq!(named("funds:国内贷款"), Some(Field::FundsIn(Source::Loans)));
        assert_eq!(field("关键节点"), Some(Field::Milestones));
        assert_eq!(field("备注"), None);
        assert_eq!(field("联系电话"), None);
    }

    #[test]
    fn a_mapping_goes_before_what_is_built_in() {
        let mapping: Mapping = [("盘子".to_owned(), "invest_total".to_owned())].into();
        assert_eq!(meaning("盘子", &mapping, None).map(|(field, _)| field), Some(Field::Total));
        assert_eq!(named("earned:2025-01"), Some(Field::Monthly(Month::new(2025, 1), What::Earned)));
        assert_eq!(named("nonsense"), None);
    }
}
