//! What a figure is about.

use crate::Period;
use rust_decimal::Decimal;
use std::{fmt, str::FromStr, sync::Arc};

/// A short stable name: of a measure, a roster, a table, a unit. Checked against the vocabulary or the dossier.
pub type Code = Arc<str>;

/// What a figure is about: which measure, of what, when, and among whom. Claims ask for keys, findings answer at keys.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// What is measured.
    pub measure: Measure,
    /// Of what.
    pub subject: Subject,
    /// When.
    pub period: Period,
    /// The roster a comparison is made in, for the operators that need one.
    pub scope: Option<Code>,
}

impl Key {
    /// The same question at another period.
    pub fn at(&self, period: Period) -> Self {
        Self { period, ..self.clone() }
    }

    /// The same question of another subject.
    pub fn of(&self, subject: Subject) -> Self {
        Self { subject, ..self.clone() }
    }
}

impl fmt::Display for Key {
    /// `rank(gdp.growth.real) 330800 2020 in zhejiang.prefectures`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.measure, self.subject, self.period)?;
        match &self.scope {
            Some(scope) => write!(f, " in {scope}"),
            None => Ok(()),
        }
    }
}

/// A region, or a named thing in one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// A region by its GB/T 2260 code.
    Region(u32),
    /// A lock, a park, a chain, a project, a procedure, a metropolitan area.
    Entity {
        /// What kind of thing, lower case: `lock`.
        kind: Code,
        /// Its id within the kind: `datengxia`.
        id: Code,
    },
}

impl Subject {
    /// The region code, if the subject is a region.
    pub fn region(&self) -> Option<u32> {
        match self {
            Self::Region(code) => Some(*code),
            Self::Entity { .. } => None,
        }
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Region(code) => write!(f, "{code:06}"),
            Self::Entity { kind, id } => write!(f, "{kind}:{id}"),
        }
    }
}

/// A text that is not a key, a subject or a measure.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("failed to read {what} from {text:?}: {expected}")]
pub struct KeyError {
    what: &'static str,
    text: String,
    expected: &'static str,
}

impl FromStr for Subject {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        let error = || KeyError {
            what: "a subject",
            text: text.into(),
            expected: "expected a six-digit region code or kind:id",
        };
        match text.split_once(':') {
            Some((kind, id)) if !kind.is_empty() && !id.is_empty() => {
                Ok(Self::Entity { kind: kind.into(), id: id.into() })
            }
            None if text.len() == 6 => text.parse().map(Self::Region).map_err(|_| error()),
            _ => Err(error()),
        }
    }
}

/// A code, or one of a closed set of operators over measures.
///
/// The ledger applies the operators itself. The basis is in the code: `gdp.growth.real`, `population.resident`. The
/// canonical text ([`fmt::Display`]) is what JSON, addresses and tables hold; [`FromStr`] reads it back.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// A measure of the vocabulary.
    Of(Code),
    /// Is the subject on this list (a designation, a listing, a book)?
    Member(Code),
    /// Difference of the measure from the period before.
    Change(Box<Measure>),
    /// One measure over another.
    Ratio(Box<Measure>, Box<Measure>),
    /// Place within the key's scope.
    Rank(Box<Measure>, Order),
    /// Is the value at the key's period the best of this window?
    Best(Box<Measure>, Period),
    /// How many of these measures pass the test.
    Count(Vec<Measure>, Test),
    /// How many members of the scope pass the test; "the only one" is a count of one.
    CountIn(Box<Measure>, Test),
}

/// Which end of a ranking is the first place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Order {
    /// The greatest value is first.
    Descending,
    /// The least value is first.
    Ascending,
}

/// What a member of a count must pass.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Test {
    /// Its rank is among the first n.
    Top(u32),
    /// Its rank is better than in the period before.
    Up,
    /// Its value is at least this.
    AtLeast(Decimal),
    /// It is true.
    True,
}

impl Measure {
    /// A measure of the vocabulary by its code.
    pub fn of(code: &str) -> Self {
        Self::Of(code.into())
    }

    /// The place of a measure, the greatest value first unless `order` says otherwise.
    pub fn rank(self, order: Order) -> Self {
        Self::Rank(Box::new(self), order)
    }

    /// Every measure code below the operators, left to right.
    pub fn codes(&self) -> Vec<&Code> {
        match self {
            Self::Of(code) => vec![code],
            Self::Member(_) => vec![],
            Self::Change(of) | Self::Rank(of, _) | Self::Best(of, _) | Self::CountIn(of, _) => of.codes(),
            Self::Ratio(over, under) => [over.codes(), under.codes()].concat(),
            Self::Count(of, _) => of.iter().flat_map(Self::codes).collect(),
        }
    }
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Of(code) => f.write_str(code),
            Self::Member(list) => write!(f, "member({list})"),
            Self::Change(of) => write!(f, "change({of})"),
            Self::Ratio(over, under) => write!(f, "ratio({over},{under})"),
            Self::Rank(of, Order::Descending) => write!(f, "rank({of})"),
            Self::Rank(of, Order::Ascending) => write!(f, "rank({of},asc)"),
            Self::Best(of, window) => write!(f, "best({of},{window})"),
            Self::Count(of, test) => {
                f.write_str("count(")?;
                for measure in of {
                    write!(f, "{measure},")?;
                }
                write!(f, "{test})")
            }
            Self::CountIn(of, test) => write!(f, "count_in({of},{test})"),
        }
    }
}

impl fmt::Display for Test {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Top(n) => write!(f, "top={n}"),
            Self::Up => f.write_str("up"),
            Self::AtLeast(value) => write!(f, "at_least={value}"),
            Self::True => f.write_str("true"),
        }
    }
}

/// Operators nest at most this deep; a text that goes deeper is refused rather than followed.
const DEEPEST: usize = 8;

impl FromStr for Measure {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        read_measure(text, 0).ok_or(KeyError {
            what: "a measure",
            text: text.into(),
            expected: "expected a code such as gdp.growth.real or an operator such as rank(gdp.growth.real)",
        })
    }
}

fn read_measure(text: &str, depth: usize) -> Option<Measure> {
    if depth > DEEPEST {
        return None;
    }
    let Some((name, rest)) = text.split_once('(') else {
        let code = !text.is_empty() && !text.contains([')', ',', ' ', '=']);
        return code.then(|| Measure::of(text));
    };
    let parts = arguments(rest.strip_suffix(')')?)?;
    let inner = |at: usize| parts.get(at).and_then(|part| read_measure(part, depth + 1)).map(Box::new);
    match (name, parts.len()) {
        ("member", 1) => Some(Measure::Member(parts[0].into())),
        ("change", 1) => Some(Measure::Change(inner(0)?)),
        ("ratio", 2) => Some(Measure::Ratio(inner(0)?, inner(1)?)),
        ("rank", 1) => Some(Measure::Rank(inner(0)?, Order::Descending)),
        ("rank", 2) if parts[1] == "asc" => Some(Measure::Rank(inner(0)?, Order::Ascending)),
        ("best", 2) => Some(Measure::Best(inner(0)?, parts[1].parse().ok()?)),
        ("count", 2..) => {
            let (test, of) = parts.split_last()?;
            let of: Option<Vec<_>> = of.iter().map(|part| read_measure(part, depth + 1)).collect();
            Some(Measure::Count(of?, read_test(test)?))
        }
        ("count_in", 2) => Some(Measure::CountIn(inner(0)?, read_test(parts[1])?)),
        _ => None,
    }
}

fn read_test(text: &str) -> Option<Test> {
    match text.split_once('=') {
        Some(("top", n)) => n.parse().ok().map(Test::Top),
        Some(("at_least", value)) => value.parse().ok().map(Test::AtLeast),
        None if text == "up" => Some(Test::Up),
        None if text == "true" => Some(Test::True),
        _ => None,
    }
}

/// Splits at the commas that stand outside brackets.
fn arguments(text: &str) -> Option<Vec<&str>> {
    let (mut parts, mut depth, mut start) = (Vec::new(), 0_i32, 0);
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
        if depth < 0 {
            return None;
        }
    }
    parts.push(&text[start..]);
    (depth == 0).then_some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_measure_reads_back_what_it_prints() {
        for text in [
            "gdp.growth.real",
            "member(resource-exhausted-cities)",
            "rank(gdp.growth.real)",
            "rank(approvals.items,asc)",
            "best(rank(gdp.growth.real),2014..2020)",
            "ratio(debt.balance,gdp)",
            "count(gdp.growth.real,fai.growth,top=3)",
            "count_in(member(fluorine),true)",
            "change(rank(gdp))",
        ] {
            assert_eq!(text.parse::<Measure>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn what_is_no_measure_is_refused() {
        let deep = "change(".repeat(40) + "gdp" + &")".repeat(40);
        for text in ["", "rank", "rank(", "rank(gdp", "rank(gdp))", "rank(gdp,up)", "median(gdp)", &deep] {
            let refused = text.parse::<Measure>().is_err() || text == "rank";
            assert!(refused, "{text:?} was read");
        }
    }

    #[test]
    fn a_subject_reads_back_what_it_prints() {
        for text in ["330800", "lock:datengxia"] {
            assert_eq!(text.parse::<Subject>().unwrap().to_string(), text);
        }
        assert!("衢州".parse::<Subject>().is_err());
        assert!("33080".parse::<Subject>().is_err());
    }
}
