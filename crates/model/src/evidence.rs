//! The way from a figure back to the rows it came from.

use crate::{Code, Grade, Key, Origin, Period};
use jiff::civil::Date;
use std::{collections::BTreeSet, sync::Arc};

/// The rows, parameters and derivations a figure stands on.
///
/// It is private and its constructors need a source, so a finding without one does not compile. A derivation is as
/// strong as its weakest input ([`Evidence::grade`]).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence(Arc<Node>);

/// One step of the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// One cell of one row of a table.
    Row(Citation),
    /// A dated parameter with its reference.
    Parameter {
        /// Its name.
        name: Code,
        /// The period it holds in.
        valid: Period,
        /// Where it comes from.
        origin: Arc<Origin>,
    },
    /// Computed from other evidence by a stated rule.
    Derived {
        /// The operator or method.
        by: Code,
        /// What it was computed for.
        key: Option<Box<Key>>,
        /// What it was computed from.
        from: Vec<Evidence>,
    },
    /// Computed by a model: graded modelled at best.
    Model {
        /// The engine's id.
        engine: Code,
        /// Its version.
        version: Code,
        /// The seed it ran with.
        seed: u64,
        /// What it was computed from.
        from: Vec<Evidence>,
    },
}

/// One cell of one row: enough to open the file and put a finger on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// Where the row says it comes from.
    pub origin: Arc<Origin>,
    /// Path of the file relative to the place the dossiers share, `/` between.
    pub file: Arc<str>,
    /// Sheet of a workbook.
    pub sheet: Option<Arc<str>>,
    /// Row of the file, the header being row 1.
    pub row: u64,
    /// Column by its name.
    pub column: Code,
    /// What stands in the cell.
    pub value: String,
    /// When this figure was published: the row's own date, else its origin's.
    pub published: Option<Date>,
    /// The edition it belongs to; figures of different editions are never compared.
    pub edition: Option<Arc<str>>,
}

impl Evidence {
    /// A row of a table.
    pub fn row(citation: Citation) -> Self {
        Self(Arc::new(Node::Row(citation)))
    }

    /// A dated parameter.
    pub fn parameter(name: Code, valid: Period, origin: Arc<Origin>) -> Self {
        Self(Arc::new(Node::Parameter { name, valid, origin }))
    }

    /// Derived by an operator or a stated rule from at least one source.
    pub fn derived(by: &str, key: Option<Key>, first: Self, rest: impl IntoIterator<Item = Self>) -> Self {
        let from = std::iter::once(first).chain(rest).collect();
        Self(Arc::new(Node::Derived { by: by.into(), key: key.map(Box::new), from }))
    }

    /// Computed by a model from at least one source.
    pub fn model(
        engine: Code,
        version: Code,
        seed: u64,
        first: Self,
        rest: impl IntoIterator<Item = Self>,
    ) -> Self {
        let from = std::iter::once(first).chain(rest).collect();
        Self(Arc::new(Node::Model { engine, version, seed, from }))
    }

    /// The last step.
    pub fn node(&self) -> &Node {
        &self.0
    }

    /// What the last step was computed from; empty at a row or a parameter.
    pub fn inputs(&self) -> &[Self] {
        match self.node() {
            Node::Row(_) | Node::Parameter { .. } => &[],
            Node::Derived { from, .. } | Node::Model { from, .. } => from,
        }
    }

    /// As strong as the weakest input; what a model computed is modelled at best.
    pub fn grade(&self) -> Grade {
        let weakest = self.inputs().iter().map(Self::grade).min();
        match self.node() {
            Node::Row(citation) => citation.origin.grade,
            Node::Parameter { origin, .. } => origin.grade,
            Node::Derived { .. } => weakest.unwrap_or(Grade::Assumed),
            Node::Model { .. } => weakest.unwrap_or(Grade::Assumed).min(Grade::Modelled),
        }
    }

    /// Every cell it rests on, in order of first use, each once.
    pub fn citations(&self) -> Vec<&Citation> {
        let (mut seen, mut out) = (BTreeSet::new(), Vec::new());
        self.visit(&mut |evidence| {
            if let Node::Row(citation) = evidence.node()
                && seen.insert((&citation.file, &citation.sheet, citation.row, &citation.column))
            {
                out.push(citation);
            }
        });
        out
    }

    /// Every origin it rests on, by id, each once.
    pub fn origins(&self) -> Vec<&Arc<Origin>> {
        let (mut seen, mut out) = (BTreeSet::new(), Vec::new());
        self.visit(&mut |evidence| {
            let origin = match evidence.node() {
                Node::Row(citation) => &citation.origin,
                Node::Parameter { origin, .. } => origin,
                Node::Derived { .. } | Node::Model { .. } => return,
            };
            if seen.insert(&origin.id) {
                out.push(origin);
            }
        });
        out
    }

    /// The last day any of its rows was published on; none as soon as one of them has no date.
    pub fn published(&self) -> Option<Date> {
        let dates: Option<Vec<Date>> = self.citations().iter().map(|citation| citation.published).collect();
        dates?.into_iter().max()
    }

    /// The editions its rows belong to.
    pub fn editions(&self) -> BTreeSet<Arc<str>> {
        self.citations().iter().filter_map(|citation| citation.edition.clone()).collect()
    }

    fn visit<'a>(&'a self, see: &mut dyn FnMut(&'a Self)) {
        see(self);
        for input in self.inputs() {
            input.visit(see);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn row(grade: Grade, number: u64) -> Evidence {
        let origin = Arc::new(Origin::new(format!("{grade}"), grade));
        Evidence::row(Citation {
            origin,
            file: "tables/t.csv".into(),
            sheet: None,
            row: number,
            column: "value".into(),
            value: "1".into(),
            published: None,
            edition: None,
        })
    }

    proptest! {
        #[test]
        fn a_derivation_is_as_strong_as_its_weakest_input(grades in prop::collection::vec(0..7_usize, 1..6)) {
            let rows: Vec<_> = grades.iter().zip(2..).map(|(g, n)| row(Grade::ALL[*g], n)).collect();
            let weakest = grades.iter().map(|g| Grade::ALL[*g]).min().unwrap();
            let derived = Evidence::derived("sum", None, rows[0].clone(), rows[1..].to_vec());
            prop_assert_eq!(derived.grade(), weakest);
            prop_assert_eq!(derived.citations().len(), rows.len());
            let modelled = Evidence::model("m".into(), "1".into(), 0, derived, []);
            prop_assert_eq!(modelled.grade(), weakest.min(Grade::Modelled));
            prop_assert!(!modelled.grade().decides());
        }
    }

    #[test]
    fn the_same_cell_is_cited_once() {
        let twice = Evidence::derived("sum", None, row(Grade::Official, 2), [row(Grade::Official, 2)]);
        assert_eq!(twice.citations().len(), 1);
    }
}
