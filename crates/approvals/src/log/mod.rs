//! Event logs in columns: what happened in which case, when, and who did it.

mod attributes;
mod builder;
mod intern;
pub mod time;

pub use attributes::{Attributes, Value};
pub use builder::Builder;
pub use intern::{Interner, Ordered};

/// No resource, no start: the value that stands for a missing one.
pub const NONE: u32 = u32::MAX;
/// No time.
pub const NEVER: i64 = i64::MIN;

/// Where an activity stands in its life cycle (the standard transitional model of XES).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Transition {
    /// Not stated, or finished: most logs record completion alone.
    #[default]
    Complete,
    /// Begun.
    Start,
    /// Put on the list of work.
    Schedule,
    /// Given to somebody.
    Assign,
    /// Interrupted.
    Suspend,
    /// Taken up again.
    Resume,
    /// Given up, skipped, withdrawn.
    Abort,
    /// Any other word.
    Other,
}

impl Transition {
    /// Reads the word of a log, in English or Chinese.
    pub fn read(word: &[u8]) -> Self {
        let mut lower = [0; 24];
        let Some(lower) = lower.get_mut(..word.len()) else { return Self::Other };
        lower.copy_from_slice(word);
        lower.make_ascii_lowercase();
        match &*lower {
            b"" | b"complete" | b"completed" => Self::Complete,
            b"start" | b"started" => Self::Start,
            b"schedule" | b"scheduled" => Self::Schedule,
            b"assign" | b"reassign" => Self::Assign,
            b"suspend" => Self::Suspend,
            b"resume" => Self::Resume,
            b"ate_abort" | b"pi_abort" | b"withdraw" | b"manualskip" | b"autoskip" => Self::Abort,
            _ => match std::str::from_utf8(word).unwrap_or_default() {
                "完成" | "结束" | "办结" => Self::Complete,
                "开始" | "受理" => Self::Start,
                "暂停" | "中止" => Self::Suspend,
                "恢复" => Self::Resume,
                "终止" | "撤回" => Self::Abort,
                _ => Self::Other,
            },
        }
    }
}

/// A log: events in columns, ordered by case, time and place in the file (a stable order).
///
/// Cases are numbered in order of first sight. `times` is when an event happened or was finished; `starts` holds the
/// beginning where the log has one, else it is empty.
#[derive(Clone, Debug, Default)]
pub struct EventLog {
    /// Names of activities.
    pub activities: Interner,
    /// Names of those who act.
    pub resources: Interner,
    /// Ids of cases.
    pub cases: Interner,
    /// Events of case `c` are `offsets[c]..offsets[c + 1]`.
    pub offsets: Vec<u32>,
    /// Activity of each event.
    pub activity: Vec<u32>,
    /// Microseconds since 1970-01-01 UTC of each event.
    pub times: Vec<i64>,
    /// Microseconds of each event's start, [`NEVER`] where unknown; empty when no event has one.
    pub starts: Vec<i64>,
    /// Resource of each event, or [`NONE`].
    pub resource: Vec<u32>,
    /// Transition of each event; empty when all are complete.
    pub transitions: Vec<Transition>,
    /// Place of each event in the file, counted from 0; empty when the file was in order.
    pub places: Vec<u32>,
    /// Attributes of events, by place.
    pub attributes: Attributes,
    /// Attributes of cases, by case.
    pub case_attributes: Attributes,
    /// Events whose time lies before that of the event before them in the file, within their case.
    pub out_of_order: u64,
    /// Events whose start lies after their end.
    pub negative: u64,
    /// Events equal to the one before in activity, time, resource and transition.
    pub repeated: u64,
}

/// The events of one case, as slices of the columns.
#[derive(Clone, Copy, Debug)]
pub struct Case<'a> {
    /// Its number.
    pub number: u32,
    /// Its id.
    pub id: &'a str,
    /// Number of its first event.
    pub first: u32,
    /// Activities.
    pub activity: &'a [u32],
    /// Times.
    pub times: &'a [i64],
    /// Resources.
    pub resource: &'a [u32],
    /// Starts, or empty.
    pub starts: &'a [i64],
    /// Transitions, or empty.
    pub transitions: &'a [Transition],
}

impl EventLog {
    /// Number of events.
    pub fn len(&self) -> usize {
        self.activity.len()
    }

    /// Has it no event?
    pub fn is_empty(&self) -> bool {
        self.activity.is_empty()
    }

    /// One case.
    pub fn case(&self, number: u32) -> Case<'_> {
        let at = number as usize;
        let range = self.offsets[at] as usize..self.offsets[at + 1] as usize;
        Case {
            number,
            id: self.cases.text(number),
            first: self.offsets[at],
            activity: &self.activity[range.clone()],
            times: &self.times[range.clone()],
            resource: &self.resource[range.clone()],
            starts: self.starts.get(range.clone()).unwrap_or_default(),
            transitions: self.transitions.get(range).unwrap_or_default(),
        }
    }

    /// Every case that has events, in order of first sight.
    pub fn each(&self) -> impl Iterator<Item = Case<'_>> {
        (0..self.cases.len() as u32).map(|number| self.case(number)).filter(|case| !case.activity.is_empty())
    }

    /// The log with only the events of one transition.
    pub fn only(&self, transition: Transition) -> Self {
        let mut kept = Builder::default();
        for case in self.each() {
            let number = kept.case(case.id.as_bytes());
            for at in 0..case.activity.len() {
                if case.transitions.get(at).copied().unwrap_or_default() != transition {
                    continue;
                }
                kept.push(
                    number,
                    self.activities.get(case.activity[at]),
                    case.times[at],
                    case.starts.get(at).copied().unwrap_or(NEVER),
                    (case.resource[at] != NONE).then(|| self.resources.get(case.resource[at])),
                    transition,
                );
            }
        }
        let mut kept = kept.finish();
        kept.case_attributes = self.case_attributes.clone();
        kept
    }
}
