//! Process trees (Leemans, Fahland and van der Aalst, "Discovering block-structured process models from event logs", 2013).

use super::net::Net;
use std::fmt::Write;

/// How children are put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Operator {
    /// One of them.
    Choice,
    /// One after the other.
    Sequence,
    /// All of them, in any order.
    Parallel,
    /// The first; then, as often as wanted, one of the others and the first again.
    Loop,
}

/// A process tree.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tree {
    /// Nothing is done.
    Silent,
    /// An activity by its name.
    Activity(String),
    /// Children put together.
    Node(Operator, Vec<Tree>),
}

impl Tree {
    /// Children put together; choices in choices, sequences in sequences and parallels in parallels are joined.
    pub fn node(operator: Operator, children: Vec<Tree>) -> Self {
        let mut flat = Vec::with_capacity(children.len());
        for child in children {
            match child {
                Self::Node(inner, grandchildren) if inner == operator && operator != Operator::Loop => {
                    flat.extend(grandchildren);
                }
                Self::Silent if matches!(operator, Operator::Sequence | Operator::Parallel) => {}
                Self::Silent if operator == Operator::Choice && flat.contains(&Self::Silent) => {}
                other => flat.push(other),
            }
        }
        match (flat.len(), operator) {
            (0, _) => Self::Silent,
            (1, Operator::Choice | Operator::Sequence | Operator::Parallel) => flat.remove(0),
            _ => Self::Node(operator, flat),
        }
    }

    /// As a workflow net with one beginning and one end, sound by construction.
    pub fn net(&self) -> Net {
        let mut net = Net::default();
        let (source, sink) = (net.place("source"), net.place("sink"));
        net.initial = vec![(source, 1)];
        net.finals = vec![(sink, 1)];
        self.lay(&mut net, source, sink);
        net
    }

    fn lay(&self, net: &mut Net, from: u32, to: u32) {
        match self {
            Self::Silent => net.join(None, &[from], &[to]),
            Self::Activity(name) => net.join(Some(name), &[from], &[to]),
            Self::Node(Operator::Choice, children) => {
                children.iter().for_each(|child| child.lay(net, from, to));
            }
            Self::Node(Operator::Sequence, children) => {
                let mut at = from;
                for (index, child) in children.iter().enumerate() {
                    let next = if index + 1 == children.len() { to } else { net.fresh() };
                    child.lay(net, at, next);
                    at = next;
                }
            }
            Self::Node(Operator::Parallel, children) => {
                let ends: Vec<(u32, u32)> = children.iter().map(|_| (net.fresh(), net.fresh())).collect();
                let (begins, overs): (Vec<u32>, Vec<u32>) = ends.iter().copied().unzip();
                net.join(None, &[from], &begins);
                for (child, (begin, over)) in children.iter().zip(&ends) {
                    child.lay(net, *begin, *over);
                }
                net.join(None, &overs, &[to]);
            }
            Self::Node(Operator::Loop, children) => {
                let (begin, over) = (net.fresh(), net.fresh());
                net.join(None, &[from], &[begin]);
                for (index, child) in children.iter().enumerate() {
                    match index {
                        0 => child.lay(net, begin, over),
                        _ => child.lay(net, over, begin),
                    }
                }
                net.join(None, &[over], &[to]);
            }
        }
    }

    /// Number of activities in it.
    pub fn activities(&self) -> usize {
        match self {
            Self::Silent => 0,
            Self::Activity(_) => 1,
            Self::Node(_, children) => children.iter().map(Self::activities).sum(),
        }
    }
}

/// `->( 'a', X( 'b', tau ), +( 'c', 'd' ) )`, a loop being `*`.
impl std::fmt::Display for Tree {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Silent => f.write_str("tau"),
            Self::Activity(name) => write!(f, "'{}'", name.replace('\\', "\\\\").replace('\'', "\\'")),
            Self::Node(operator, children) => {
                f.write_str(match operator {
                    Operator::Choice => "X( ",
                    Operator::Sequence => "->( ",
                    Operator::Parallel => "+( ",
                    Operator::Loop => "*( ",
                })?;
                for (index, child) in children.iter().enumerate() {
                    if index > 0 {
                        f.write_str(", ")?;
                    }
                    child.fmt(f)?;
                }
                f.write_char(' ')?;
                f.write_char(')')
            }
        }
    }
}
