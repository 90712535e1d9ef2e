//! The closed lists of the contract in words, in both languages.

use zhidian_ledger::contract::Outcome;
use zhidian_model::{Grade, Severity, Text};

/// The language of a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// Simplified Chinese.
    #[default]
    Zh,
    /// English.
    En,
}

impl Language {
    /// The tag of BCP 47.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Zh => "zh-CN",
            Self::En => "en",
        }
    }

    /// The other one.
    pub fn other(self) -> Self {
        match self {
            Self::Zh => Self::En,
            Self::En => Self::Zh,
        }
    }

    /// One of two things.
    pub(crate) fn of<T>(self, zh: T, en: T) -> T {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }

    /// One of a pair.
    pub(crate) fn pair<T>(self, (zh, en): (T, T)) -> T {
        self.of(zh, en)
    }

    /// A message; the other language's words rather than none.
    pub(crate) fn text(self, text: &Text) -> &str {
        let (own, other) = match self {
            Self::Zh => (&text.zh, &text.en),
            Self::En => (&text.en, &text.zh),
        };
        if own.trim().is_empty() { other } else { own }
    }

    /// Several things in one breath: 甲、乙 or a, b.
    pub(crate) fn list<S: AsRef<str>>(self, items: &[S]) -> String {
        let items: Vec<&str> = items.iter().map(AsRef::as_ref).collect();
        items.join(self.of("、", ", "))
    }
}

/// The four families of outcomes: a colour and a line each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Family {
    /// The data agrees.
    Agree,
    /// The data is against it.
    Against,
    /// Open.
    Open,
    /// Words without a value.
    Word,
}

impl Family {
    pub(crate) fn class(self) -> &'static str {
        match self {
            Self::Agree => "f-agree",
            Self::Against => "f-against",
            Self::Open => "f-open",
            Self::Word => "f-word",
        }
    }
}

pub(crate) fn family(outcome: Outcome) -> Family {
    match outcome {
        Outcome::Supported | Outcome::Met | Outcome::OnTrack | Outcome::Coherent => Family::Agree,
        Outcome::Contradicted | Outcome::Missed | Outcome::OffTrack | Outcome::Incoherent => Family::Against,
        Outcome::Disputed | Outcome::Undecided => Family::Open,
        Outcome::Bearing => Family::Word,
    }
}

/// The name used in classes and in JSON.
pub(crate) fn outcome_name(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Supported => "supported",
        Outcome::Contradicted => "contradicted",
        Outcome::Disputed => "disputed",
        Outcome::Undecided => "undecided",
        Outcome::Met => "met",
        Outcome::Missed => "missed",
        Outcome::OnTrack => "on_track",
        Outcome::OffTrack => "off_track",
        Outcome::Coherent => "coherent",
        Outcome::Incoherent => "incoherent",
        Outcome::Bearing => "bearing",
    }
}

/// What an outcome says, for the key to the marks.
pub(crate) fn outcome_meaning(outcome: Outcome) -> (&'static str, &'static str) {
    match outcome {
        Outcome::Supported => ("查得的值落在原文所述的范围里", "the value found lies within what is stated"),
        Outcome::Contradicted => (
            "指标、对象、时段、单位、口径都相同，而值不同",
            "same measure, subject, period, unit and scope, another value",
        ),
        Outcome::Disputed => ("同等可靠的来源互不一致", "equally good sources are at odds"),
        Outcome::Undecided => {
            ("可以判，但数据不足；写明缺什么", "can be decided, but data is missing; it says which")
        }
        Outcome::Met => ("目标已到期，实绩达到", "a target now due, and reached"),
        Outcome::Missed => ("目标已到期，实绩没有达到", "a target now due, and not reached"),
        Outcome::OnTrack => {
            ("目标未到期，按现有进度可以达到", "a target not yet due that the present pace reaches")
        }
        Outcome::OffTrack => {
            ("目标未到期，按现有进度达不到", "a target not yet due that the present pace does not reach")
        }
        Outcome::Coherent => (
            "原文前后一致；不涉及外部事实",
            "the document agrees with itself; nothing is said about the world",
        ),
        Outcome::Incoherent => ("原文前后不一致", "the document disagrees with itself"),
        Outcome::Bearing => (
            "没有可比的值：目标、建议或列举；列出相关事实",
            "no value to compare: a goal, a proposal, a list; facts that bear on it are shown",
        ),
    }
}

pub(crate) fn grade(grade: Grade) -> (&'static str, &'static str) {
    match grade {
        Grade::Official => ("官方", "official"),
        Grade::Media => ("媒体", "media"),
        Grade::Aggregator => ("汇编转录", "aggregator"),
        Grade::Unverified => ("未核实", "unverified"),
        Grade::Modelled => ("模型推算", "modelled"),
        Grade::Synthetic => ("合成", "synthetic"),
        Grade::Assumed => ("假设", "assumed"),
    }
}

pub(crate) fn grade_meaning(grade: Grade) -> (&'static str, &'static str) {
    match grade {
        Grade::Official => ("编制数字的机关自己发布", "the office that makes the figure"),
        Grade::Media => ("署名媒体的报道", "a named medium"),
        Grade::Aggregator => ("第三方转录或汇编", "a third party’s copy or compilation"),
        Grade::Unverified => ("来源无法核对", "a source that cannot be checked"),
        Grade::Modelled => ("由模型推算，只作参考，不作判据", "computed by a model; shown, never decides"),
        Grade::Synthetic => {
            ("为试验而造，只作示意，不作判据", "made up to try something; shown, never decides")
        }
        Grade::Assumed => ("情景或示例中的假设，不作判据", "assumed by a scenario or example; never decides"),
    }
}

/// One of the reasons why a statement is not decided, or not more firmly.
pub(crate) fn reason(name: &str) -> Option<(&'static str, &'static str)> {
    Some(match name {
        "no_finding" => ("没有查到相应的数据", "no figure was found"),
        "period_differs" => ("数据的时段与原文不同", "the period of the data differs"),
        "subject_differs" => ("数据的对象与原文不同", "the subject of the data differs"),
        "scope_differs" => ("比较的范围与原文不同", "the peers compared with differ"),
        "unit_differs" => ("单位不同，不能换算", "the unit differs and does not convert"),
        "measure_differs" => ("指标与原文不同", "the measure differs"),
        "edition_differs" => ("数据出自不同版次", "the figures belong to different editions"),
        "straddles_rounding" => ("差距小于取整的误差", "the distance is within rounding"),
        "tie" => ("并列，名次取决于怎样处理并列", "a tie: the place depends on how ties are broken"),
        "readings_differ" => {
            ("原文有不止一种读法，结论随读法而变", "the sentence admits several readings that differ")
        }
        "sources_differ" => ("来源之间不一致", "the sources differ"),
        "only_modelled" => ("只有模型推算的数据", "only modelled figures are held"),
        "only_synthetic" => ("只有合成数据", "only synthetic figures are held"),
        "only_assumed" => ("只有假设的数据", "only assumed figures are held"),
        "roster_incomplete" => ("同列单位的数据不全", "figures of some peers are missing"),
        "term_undefined" => ("原文的用语没有定义", "a term of the statement is not defined"),
        "no_engine" => ("没有能回答这一问题的方法", "no method answers this question"),
        _ => return None,
    })
}

pub(crate) fn lacks(name: &str) -> Option<(&'static str, &'static str)> {
    Some(match name {
        "measure" => (
            "没有说用什么指标衡量。写上指标、数值和年份，这一句就能跟踪。",
            "It names no measure. With a measure, a value and a year it can be followed up.",
        ),
        "due_date" => (
            "没有说到什么时候。写上期限，这一句就能跟踪。",
            "It names no date. With a due date it can be followed up.",
        ),
        "register" => (
            "没有相应的名录或清单。有了名录，就能逐项核对。",
            "There is no list or register of what it names. With one, each item can be checked.",
        ),
        "nothing" => ("表述完整，可以直接跟踪。", "It lacks nothing: it can be followed up as it stands."),
        _ => return None,
    })
}

/// The type of a statement in the layout of the reader.
pub(crate) fn statement_type(name: &str) -> (&'static str, &'static str) {
    match name {
        "quantity" => ("数量", "quantity"),
        "growth" => ("增速", "growth"),
        "rank" => ("名次", "rank"),
        "status" => ("名录", "status"),
        "enumeration" => ("列举", "list"),
        "goal" => ("目标", "goal"),
        "action" => ("举措", "action"),
        "proposal" => ("建议", "proposal"),
        _ => ("表述", "statement"),
    }
}

/// The mood of a statement.
pub(crate) fn modality(name: &str) -> Option<(&'static str, &'static str)> {
    Some(match name {
        "fact" => ("事实", "fact"),
        "forecast" => ("预计", "forecast"),
        "target" => ("目标", "target"),
        "ongoing" => ("在做", "ongoing"),
        "proposal" => ("建议", "proposal"),
        _ => return None,
    })
}

/// How an operator of the ledger works, where that is what found a finding.
pub(crate) fn operator(name: &str) -> Option<(&'static str, &'static str)> {
    Some(match name {
        "rank" => (
            "名次：在同一张表、同一版次内，按当时的名录排序；并列照原样记为区间，缺数的一方使区间放宽",
            "rank: within one table and edition, among the roster of the time; a tie stands as an interval, a missing peer widens it",
        ),
        "best" => {
            ("最好：窗口内逐期比较，有并列则不算独占", "best: compared period by period within the window")
        }
        "member" => {
            ("名录：查对象是否在登记册上，以登记册的日期为准", "membership: looked up in a dated register")
        }
        "change" => {
            ("变化：同一版次内与上期之差", "change: difference from the period before, within one edition")
        }
        "ratio" => ("比值：同期两数相除", "ratio: one figure over another of the same period"),
        "count" => {
            ("计数：逐项检验，数出符合的项数", "count: each measure is tested, those that pass are counted")
        }
        "count_in" => (
            "计数：在名录内逐个检验，数出符合的个数",
            "count: each member of the roster is tested, those that pass are counted",
        ),
        _ => return None,
    })
}

pub(crate) fn severity(severity: Severity) -> (&'static str, &'static str) {
    match severity {
        Severity::Warning => ("提示", "warning"),
        Severity::Error => ("错误：该行未用", "error: row left out"),
        Severity::Fatal => ("严重：整表未用", "fatal: table left out"),
    }
}
