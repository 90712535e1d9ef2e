//! A register of projects: what an office keeps of each, and what it did month by month.

use jiff::civil::Date;
use serde::Serialize;

/// Money in hundredths of a yuan, so that sums are exact.
pub type Fen = i64;

/// Where a project stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// 储备
    Reserve,
    /// 前期
    Preparing,
    /// 新开工
    NewStart,
    /// 续建
    Continuing,
    /// 竣工
    Completed,
}

impl Stage {
    /// Every stage in order.
    pub const ALL: [Self; 5] =
        [Self::Reserve, Self::Preparing, Self::NewStart, Self::Continuing, Self::Completed];

    /// The word for it: zh, en.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Reserve => ("储备", "reserve"),
            Self::Preparing => ("前期", "preparing"),
            Self::NewStart => ("新开工", "new start"),
            Self::Continuing => ("续建", "continuing"),
            Self::Completed => ("竣工", "completed"),
        }
    }

    /// The stage that an office's word means.
    pub fn of(text: &str) -> Option<Self> {
        let text = text.trim().to_lowercase();
        let any = |words: &[&str]| words.iter().any(|word| text.contains(word));
        Some(match () {
            () if any(&["竣工", "完工", "建成", "投产", "投用", "completed", "finished"]) => {
                Self::Completed
            }
            () if any(&["续建", "在建", "continuing", "under construction"]) => Self::Continuing,
            () if any(&["新开工", "已开工", "计划开工", "拟开工", "new start", "new_start", "started"]) => {
                Self::NewStart
            }
            () if any(&["前期", "preparing", "preparation"]) => Self::Preparing,
            () if any(&["储备", "谋划", "策划", "reserve", "pipeline", "planned"]) => Self::Reserve,
            () => return None,
        })
    }
}

/// A calendar month, counted from the year 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Month(pub i32);

impl Month {
    /// A month of a year.
    pub fn new(year: i16, month: i8) -> Self {
        Self(i32::from(year) * 12 + i32::from(month) - 1)
    }

    /// The month a day lies in.
    pub fn of(day: Date) -> Self {
        Self::new(day.year(), day.month())
    }

    /// Its year.
    pub fn year(self) -> i16 {
        i16::try_from(self.0.div_euclid(12)).unwrap_or(i16::MAX)
    }

    /// Its number in the year, from one.
    pub fn number(self) -> i8 {
        self.0.rem_euclid(12) as i8 + 1
    }
}

impl std::fmt::Display for Month {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}", self.year(), self.number())
    }
}

/// What was planned, done or paid in each month from the first on; empty where nothing was reported at all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Series {
    first: i32,
    values: Vec<Fen>,
}

/// A month without a report.
const NONE: Fen = Fen::MIN;
/// Most months between the first and the last of a series: a century.
const LONGEST: i32 = 1200;

impl Series {
    /// Sets a month; `false` when it lies a century from the others.
    pub fn set(&mut self, month: Month, value: Fen) -> bool {
        if self.values.is_empty() {
            self.first = month.0;
        }
        let end = self.first + self.values.len() as i32;
        if month.0 < end - LONGEST || month.0 >= self.first + LONGEST {
            return false;
        }
        if month.0 < self.first {
            let more = (self.first - month.0) as usize;
            self.values.splice(0..0, std::iter::repeat_n(NONE, more));
            self.first = month.0;
        }
        let at = (month.0 - self.first) as usize;
        if at >= self.values.len() {
            self.values.resize(at + 1, NONE);
        }
        self.values[at] = value;
        true
    }

    /// The value of a month, where there is one.
    pub fn at(&self, month: Month) -> Option<Fen> {
        let at = usize::try_from(month.0 - self.first).ok()?;
        self.values.get(at).copied().filter(|value| *value != NONE)
    }

    /// Every month that has a value.
    pub fn iter(&self) -> impl Iterator<Item = (Month, Fen)> + '_ {
        let there = self.values.iter().enumerate().filter(|(_, value)| **value != NONE);
        there.map(|(at, value)| (Month(self.first + at as i32), *value))
    }

    /// Its sum over months up to and including one.
    pub fn until(&self, month: Month) -> Fen {
        self.iter().take_while(|(at, _)| *at <= month).map(|(_, value)| value).sum()
    }

    /// Its sum within a year; none when no month of the year has a value.
    pub fn in_year(&self, year: i16) -> Option<Fen> {
        self.iter().filter(|(month, _)| month.year() == year).map(|(_, value)| value).reduce(|a, b| a + b)
    }

    /// The last month with a value.
    pub fn last(&self) -> Option<Month> {
        self.iter().last().map(|(month, _)| month)
    }

    /// Is there no value?
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }
}

/// Where a project stands in its file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct At {
    /// Index of the sheet among those read.
    pub sheet: u32,
    /// Row, counted from one.
    pub row: u64,
}

/// Where funds come from, as investment statistics tell sources apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// 资金合计: all sources together.
    All,
    /// 国家预算资金
    Budget,
    /// 国内贷款
    Loans,
    /// 利用外资
    Foreign,
    /// 自筹资金
    Own,
    /// 其他资金
    Other,
}

impl Source {
    /// Every source by itself.
    pub const EACH: [Self; 5] = [Self::Budget, Self::Loans, Self::Foreign, Self::Own, Self::Other];

    /// The word for it: zh, en.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::All => ("资金", "funds"),
            Self::Budget => ("国家预算资金", "state budget"),
            Self::Loans => ("国内贷款", "domestic loans"),
            Self::Foreign => ("利用外资", "foreign capital"),
            Self::Own => ("自筹资金", "own funds"),
            Self::Other => ("其他资金", "other funds"),
        }
    }
}

/// A day by which a part of a project is to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Milestone {
    /// What is to be done.
    pub name: String,
    /// By when.
    pub due: Date,
}

/// Funds from one source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fund {
    /// Where they come from.
    pub source: Source,
    /// Planned.
    pub planned: Option<Fen>,
    /// In place.
    pub in_place: Option<Fen>,
}

/// One project.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Project {
    /// Code of the online approval platform.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Who builds it.
    pub owner: String,
    /// Where.
    pub place: String,
    /// Trade.
    pub trade: String,
    /// Kind: new infrastructure, key project …
    pub kind: String,
    /// Where it stands.
    pub stage: Option<Stage>,
    /// Total planned investment.
    pub total: Option<Fen>,
    /// Planned for years.
    pub year_plan: Vec<(i16, Fen)>,
    /// Done since the beginning.
    pub done: Option<Fen>,
    /// Done in a year as stated beside the months.
    pub year_done: Vec<(i16, Fen)>,
    /// Funds by source.
    pub funds: Vec<Fund>,
    /// Start of building.
    pub start: Option<Date>,
    /// Completion due.
    pub due: Option<Date>,
    /// Admitted to the statistical register.
    pub admitted: Option<Date>,
    /// Codes of the projects that must be complete before.
    pub before: Vec<String>,
    /// The project it is a phase of.
    pub phase_of: String,
    /// What is to be done by when.
    pub milestones: Vec<Milestone>,
    /// Resources it takes while it is under way: name and number.
    pub needs: Vec<(String, u32)>,
    /// Planned by month.
    pub planned: Series,
    /// Work done by month (形象进度).
    pub earned: Series,
    /// Spent by month (财务支出).
    pub spent: Series,
    /// Where it stands.
    pub at: At,
}

impl Project {
    /// What is planned for a year: as stated, else the months planned.
    pub fn plan_of(&self, year: i16) -> Option<Fen> {
        let stated = self.year_plan.iter().find(|(of, _)| *of == year).map(|(_, plan)| *plan);
        stated.or_else(|| self.planned.in_year(year))
    }

    /// What was done in a year: by the months, else as stated.
    pub fn done_in(&self, year: i16) -> Option<Fen> {
        let stated = self.year_done.iter().find(|(of, _)| *of == year).map(|(_, done)| *done);
        self.earned.in_year(year).or(stated)
    }

    /// Funds by source, planned or in place: as stated for all sources together, else their sum.
    fn funds_of(&self, part: impl Fn(&Fund) -> Option<Fen>) -> Option<Fen> {
        let stated = self.funds.iter().find(|fund| fund.source == Source::All).and_then(&part);
        stated.or_else(|| self.funds.iter().filter_map(&part).reduce(|a, b| a + b))
    }

    /// Funds in place.
    pub fn funds_in_place(&self) -> Option<Fen> {
        self.funds_of(|fund| fund.in_place)
    }

    /// Funds planned.
    pub fn funds_planned(&self) -> Option<Fen> {
        self.funds_of(|fund| fund.planned)
    }

    /// How to speak of it: name, else code.
    pub fn called(&self) -> &str {
        if self.name.is_empty() { &self.code } else { &self.name }
    }
}

/// A register.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Register {
    /// In the order of the file.
    pub projects: Vec<Project>,
    /// Sheets as they were read: file and sheet.
    pub sheets: Vec<(String, Option<String>)>,
}

impl Register {
    /// The last month in which anything was done or paid.
    pub fn last_month(&self) -> Option<Month> {
        self.projects.iter().flat_map(|project| [project.earned.last(), project.spent.last()]).flatten().max()
    }

    /// The year a report of this register is about: that of the last month, else the latest year that is planned.
    pub fn year(&self) -> Option<i16> {
        let planned =
            self.projects.iter().flat_map(|project| project.year_plan.iter().map(|(year, _)| *year)).max();
        self.last_month().map(Month::year).or(planned)
    }
}
