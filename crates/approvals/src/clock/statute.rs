//! The statutory clock of an administrative approval, day by day.
//!
//! # Rules
//! Each number is a dated parameter ([`Statute`]); the articles are those of the Administrative Licensing Law (行政许可法).
//! - Periods are working days, statutory holidays left out (art. 82). The day on which a period begins is not counted.
//! - What is missing from an application must be told at once and completely, within five days at the latest; told later, the
//!   application counts as accepted on the day it was received (art. 32).
//! - A decision is due within the limit of acceptance; the head of the authority may extend it once (art. 42). A joint or
//!   unified procedure has its own limit and extension (art. 42).
//! - Hearings, tenders, auctions, inspections, tests, quarantines, appraisals and reviews by experts take time that is not
//!   counted, if the applicant was told in writing (art. 45).
//! - The licence is delivered within ten days of the decision (art. 44).
//! - An application to renew that was made in time and not decided before the licence ends counts as granted (art. 50).
//!
//! # Conventions
//! A stop from day A to day B takes out the days after A up to and including B: on A the period still ran, and B ends the
//! interruption as the first day begins the period. A stop whose ground the law does not know, or of which the applicant was
//! not told, does not stop the clock; the audit says so.

use super::{Calendar, DayKind, Unpublished};
use crate::log::time::date_text;
use schemars::JsonSchema;
use serde::Serialize;

/// Limits in working days; each a dated parameter of the dossier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Statute {
    /// Decision of one authority.
    pub single: u32,
    /// Its extension.
    pub single_extension: u32,
    /// Decision in a joint or unified procedure.
    pub joint: u32,
    /// Its extension.
    pub joint_extension: u32,
    /// Telling what is missing.
    pub supplement: u32,
    /// Delivery after the decision.
    pub delivery: u32,
    /// Days (of the calendar) before its end at which renewal must be asked for.
    pub renewal: u32,
}

/// The parameters a statute is made of: name in the dossier, article.
pub const PARAMETERS: [(&str, &str); 7] = [
    ("approvals.limit.single", "行政许可法第四十二条"),
    ("approvals.limit.single_extension", "行政许可法第四十二条"),
    ("approvals.limit.joint", "行政许可法第四十二条"),
    ("approvals.limit.joint_extension", "行政许可法第四十二条"),
    ("approvals.limit.supplement", "行政许可法第三十二条"),
    ("approvals.limit.delivery", "行政许可法第四十四条"),
    ("approvals.limit.renewal", "行政许可法第五十条"),
];

impl Statute {
    /// From a way to look parameters up by name.
    ///
    /// # Errors
    /// The first that is not there.
    pub fn from_parameters<E>(mut at: impl FnMut(&'static str) -> Result<u32, E>) -> Result<Self, E> {
        let [single, single_extension, joint, joint_extension, supplement, delivery, renewal] = PARAMETERS;
        Ok(Self {
            single: at(single.0)?,
            single_extension: at(single_extension.0)?,
            joint: at(joint.0)?,
            joint_extension: at(joint_extension.0)?,
            supplement: at(supplement.0)?,
            delivery: at(delivery.0)?,
            renewal: at(renewal.0)?,
        })
    }
}

/// An interruption of the clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stop {
    /// Its first day.
    pub from: i64,
    /// Its last day; none while it lasts.
    pub to: Option<i64>,
    /// Why, in the words of the file.
    pub ground: String,
    /// Was the applicant told in writing?
    pub told: bool,
}

/// Words by which art. 45 is known: time spent on these is not counted.
const GROUNDS: [(&str, &[&str]); 8] = [
    ("hearing", &["听证", "hearing"]),
    ("tender", &["招标", "tender", "bidding"]),
    ("auction", &["拍卖", "auction"]),
    ("inspection", &["检验", "inspection"]),
    ("test", &["检测", "test"]),
    ("quarantine", &["检疫", "quarantine"]),
    ("appraisal", &["鉴定", "appraisal"]),
    ("expert_review", &["专家评审", "评审", "expert"]),
];

impl Stop {
    /// The ground of art. 45 it names.
    pub fn legal_ground(&self) -> Option<&'static str> {
        let lower = self.ground.to_lowercase();
        GROUNDS.iter().find(|(_, words)| words.iter().any(|word| lower.contains(word))).map(|(name, _)| *name)
    }

    fn takes(&self, day: i64) -> bool {
        self.from < day && self.to.is_none_or(|to| day <= to)
    }
}

/// A case before the clock. Days are day numbers of local dates.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filing {
    /// Its id.
    pub case: String,
    /// When the application was received, if that differs from acceptance.
    pub received: Option<i64>,
    /// When the applicant was told what is missing.
    pub told_missing: Option<i64>,
    /// Accepted with papers still to come (容缺受理): the day by which they were promised, and the day they came.
    pub tolerated: Option<(i64, Option<i64>)>,
    /// When it was accepted: the day the period begins.
    pub accepted: i64,
    /// Limit in working days, where a shorter one was promised or the law sets another; else the statute's.
    pub limit: Option<u32>,
    /// Is it handled jointly?
    pub joint: bool,
    /// Was the limit extended, and by how many days; zero for as many as the statute allows.
    pub extended: Option<u32>,
    /// Interruptions.
    pub stops: Vec<Stop>,
    /// When it was decided.
    pub decided: Option<i64>,
    /// When the licence was delivered.
    pub delivered: Option<i64>,
}

/// One day of an audit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct AuditDay {
    /// The day.
    pub date: String,
    /// Does it count?
    pub counted: bool,
    /// Why: `start`, `working_day`, `made_up_day`, `weekend`, `holiday 春节`, `stopped hearing 听证`.
    pub why: String,
}

/// What the clock says of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reckoning {
    /// The day the period begins on; the day of receipt where art. 32 says so.
    pub start: i64,
    /// The limit with its extension.
    pub limit: u32,
    /// Last day in time; none while a stop lasts.
    pub due: Option<i64>,
    /// Days counted up to the decision, or to the last day looked at.
    pub used: u32,
    /// Was it decided late? None when it was not decided and the last day looked at is not past the limit.
    pub late: Option<bool>,
    /// Was the licence delivered late?
    pub delivery_late: Option<bool>,
    /// What a lawyer should look at: `deemed_accepted_on_receipt`, `stop_without_legal_ground`, `stop_not_told`,
    /// `extension_beyond_statute`, `limit_beyond_statute`, `tolerated_papers_overdue`.
    pub remarks: Vec<String>,
    /// Day by day.
    pub audit: Vec<AuditDay>,
}

/// Longest span of days an audit runs over.
const LONGEST: i64 = 366 * 30;

/// Runs the clock over a case. `today` is the last day looked at for a case that is not decided.
///
/// # Errors
/// When it runs into a year whose holidays are not published.
pub fn reckon(
    filing: &Filing,
    statute: &Statute,
    calendar: &Calendar,
    today: Option<i64>,
) -> Result<Reckoning, Unpublished> {
    let mut remarks = Vec::new();
    let start = begin(filing, statute, calendar, &mut remarks)?;
    let limit = limit(filing, statute, &mut remarks);
    for stop in &filing.stops {
        match stop.legal_ground() {
            None => remarks.push(format!("stop_without_legal_ground {}", stop.ground)),
            Some(_) if !stop.told => remarks.push(format!("stop_not_told {}", stop.ground)),
            Some(_) => {}
        }
    }
    if let Some((promised, came)) = filing.tolerated
        && came.or(filing.decided).or(today).is_some_and(|came| came > promised)
    {
        remarks.push("tolerated_papers_overdue".into());
    }
    let stopped = |day: i64| {
        filing.stops.iter().find(|stop| stop.told && stop.legal_ground().is_some() && stop.takes(day))
    };
    let end = filing.decided.or(today);
    let (mut audit, mut counted, mut used, mut due) = (vec![first_day(start)], 0, 0, None);
    if limit == 0 {
        due = Some(start);
    }
    for day in start + 1..start + LONGEST {
        let past_end = end.is_none_or(|end| day > end);
        if past_end && due.is_some() {
            break;
        }
        let stop = stopped(day);
        if past_end && stop.is_some_and(|stop| stop.to.is_none()) {
            break;
        }
        let (kind, name) = calendar.kind(day)?;
        let counts = kind.works() && stop.is_none();
        counted += u32::from(counts);
        if !past_end {
            used = counted;
            let why = why(kind, name, stop);
            audit.push(AuditDay { date: date_text(day), counted: counts, why });
        }
        if counts && counted == limit {
            due = Some(day);
        }
    }
    let late = match (filing.decided, due, today) {
        (Some(decided), Some(due), _) => Some(decided > due),
        (Some(_), None, _) => Some(false),
        (None, Some(due), Some(today)) if today > due => Some(true),
        _ => None,
    };
    let delivery_late = match (filing.decided, filing.delivered) {
        (Some(decided), Some(delivered)) => Some(delivered > calendar.due(decided, statute.delivery)?),
        _ => None,
    };
    Ok(Reckoning { start, limit, due, used, late, delivery_late, remarks, audit })
}

/// The day the period begins on (art. 32).
fn begin(
    filing: &Filing,
    statute: &Statute,
    calendar: &Calendar,
    remarks: &mut Vec<String>,
) -> Result<i64, Unpublished> {
    let (Some(received), Some(told)) = (filing.received, filing.told_missing) else {
        return Ok(filing.accepted);
    };
    if told > calendar.due(received, statute.supplement)? && received < filing.accepted {
        remarks.push("deemed_accepted_on_receipt".into());
        return Ok(received);
    }
    Ok(filing.accepted)
}

fn limit(filing: &Filing, statute: &Statute, remarks: &mut Vec<String>) -> u32 {
    let (most, extension) = match filing.joint {
        true => (statute.joint, statute.joint_extension),
        false => (statute.single, statute.single_extension),
    };
    let limit = filing.limit.unwrap_or(most);
    if limit > most {
        remarks.push(format!("limit_beyond_statute {limit} > {most}"));
    }
    let extended = match filing.extended {
        None => 0,
        Some(0) => extension,
        Some(days) => {
            if days > extension {
                remarks.push(format!("extension_beyond_statute {days} > {extension}"));
            }
            days
        }
    };
    limit.saturating_add(extended)
}

fn first_day(day: i64) -> AuditDay {
    AuditDay { date: date_text(day), counted: false, why: "start".into() }
}

fn why(kind: DayKind, name: &str, stop: Option<&Stop>) -> String {
    if let Some(stop) = stop {
        return format!("stopped {} {}", stop.legal_ground().unwrap_or_default(), stop.ground)
            .trim_end()
            .into();
    }
    match kind {
        DayKind::Weekday => "working_day".into(),
        DayKind::Weekend => "weekend".into(),
        DayKind::Holiday => format!("holiday {name}").trim_end().into(),
        DayKind::MadeUp => format!("made_up_day {name}").trim_end().into(),
    }
}

/// A licence about to end (art. 50).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Renewal {
    /// Was renewal asked for in time?
    pub in_time: bool,
    /// Does it count as granted, because nothing was decided before the end?
    pub deemed: bool,
}

/// Whether a renewal was asked for in time, and whether silence granted it. Days before the end are days of the calendar.
pub fn renewal(ends: i64, applied: i64, decided: Option<i64>, statute: &Statute) -> Renewal {
    let in_time = applied <= ends - i64::from(statute.renewal);
    Renewal { in_time, deemed: in_time && decided.is_none_or(|decided| decided > ends) }
}
